/* grid.c: a table node in, boxes out: which page, which type, and where the table may be parted.
 *
 * A page may end below a row unless a joined cell crosses there; a cell that covers much of a page
 * may be parted where its text finds room on both sides. So what stands between two such places
 * goes on a page as a whole.
 */
#include "layout/grid.h"

#include "doc/measure.h"

#include "doc/caption.h"
#include "layout/columns.h"
#include "layout/legend.h"
#include "layout/ruling.h"

enum {
    KEPT_PART = 40, /* of a page, in hundredths: joined rows, and whole tables, up to this high are
                       not parted */
    HEADED_PART = 33, /* of a page: what a table set whole may have above it there */
    REPEAT_PART = 50, /* of a page: a higher head does not come again */
    SPACE_PART = 50,  /* blank above and below a table, in hundredths of its type size */
    STEPS_MAX = 8,
    SHRINK = 4, /* a column that holds one character at all: its width is the type size and half of
                   it, and to spare */
};

/* The table's boxes under construction. */
typedef struct {
    zp_grid *g;
    int64_t *tops; /* of rows from the table's top; rows + 1 */
    zp_legend above, repeat, below;
    const zp_box *again; /* what begins each further page */
    size_t again_count;
    zp_len again_height;
    bool whole; /* not parted at all */
} cutter;

/* ---- attributes ---- */

static zp_span attribute_place(const zp_grid *g)
{
    const zp_node *part = g->table->first;
    while (part && part->kind != ZP_NODE_CAPTION)
        part = part->next;
    return part ? part->span : g->table->span;
}

static void warn(const zp_grid *g, const char *id, const char *hint, const char *what, zp_str which)
{
    zp_diag_add(g->column->diag, ZP_WARNING, id, attribute_place(g), hint, "%s“%.*s”", what,
                ZP_ARG(which));
}

static zp_str find(const zp_grid *g, const char *key)
{
    return zp_attribute_find(g->table->text, zp_str_from(key));
}

static void check_keys(const zp_grid *g)
{
    const zp_str known[] = {ZP_STR("number"), ZP_STR("widths"), ZP_STR("style"),
                            ZP_STR("size"),   ZP_STR("page"),   ZP_STR("fit")};
    zp_str text = g->table->text;
    for (size_t at = 0; at < text.n;) {
        size_t end = zp_str_find(text, ZP_STR(" "), at);
        zp_str word = zp_str_slice(text, at, end);
        zp_str key = zp_str_slice(word, 0, zp_str_find(word, ZP_STR("="), 0));
        bool good = word.n == 0;
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
            good = good || (key.n < word.n && zp_str_eq(key, known[i]));
        if (!good)
            warn(g, "unknown-attribute", "可以写：widths= style= size= page= fit= number=off",
                 "表题后面的大括号里没有这一项：", word);
        at = end + 1;
    }
}

static void read_widths(zp_grid *g)
{
    zp_str text = find(g, "widths");
    if (text.n == 0)
        return;
    g->weights = zp_attribute_weights(g->column->arena, text, g->columns);
    if (g->weights == NULL)
        warn(g, "bad-widths", "每栏一个整数，用逗号隔开，如 widths=1,2,1", "没有用上这些栏宽：",
             text);
    for (uint32_t i = 0; g->weights != NULL && i < g->columns; i++) {
        if (g->weights[i] > 0)
            continue;
        warn(g, "bad-widths", "写 1 或更大的数", "有一栏的宽度是 0，排成了最窄：", text);
        return;
    }
}

static void read_style(zp_grid *g)
{
    zp_str name = find(g, "style");
    zp_table_style style = zp_table_style_find(name);
    g->style = g->column->report->template->table.style;
    if (name.n > 0 && style == ZP_TABLE_STYLES)
        warn(g, "bad-attribute", "可以写：grid three-line plain", "没有这种表格样式：", name);
    else if (name.n > 0)
        g->style = style;
}

static void read_size(zp_grid *g)
{
    zp_str name = find(g, "size");
    zp_len size = zp_type_size(name);
    if (name.n > 0 && size == 0)
        warn(g, "bad-attribute", "写成“五号”“10.5pt”这样", "字号不对：", name);
    else if (name.n > 0)
        g->size = size;
}

/* Whether `key` has its one good value; another is said to be none. */
static bool is_set(const zp_grid *g, const char *key, const char *value, const char *hint)
{
    zp_str given = find(g, key);
    bool set = zp_str_eq(given, zp_str_from(value));
    if (given.n > 0 && !set)
        zp_diag_add(g->column->diag, ZP_WARNING, "bad-attribute", attribute_place(g), hint,
                    "%s= 的值“%.*s”不对", key, ZP_ARG(given));
    return set;
}

/* ---- page and type ---- */

/* The type sizes to be tried, largest first: the table's own, then Word's smaller ones. */
static size_t list_sizes(const zp_grid *g, zp_len sizes[STEPS_MAX])
{
    static const int32_t tenths[] = {120, 105, 90, 75, 65, 55, 50};
    size_t count = 0;
    sizes[count++] = g->size;
    for (size_t i = 0; i < sizeof tenths / sizeof tenths[0]; i++) {
        zp_len size = zp_len_pt10(tenths[i]);
        if (size < g->size && size >= g->column->report->template->table.smallest)
            sizes[count++] = size;
    }
    return count;
}

static void turn(zp_grid *g, bool landscape)
{
    const zp_page_setup *page = &g->column->report->template->page;
    g->landscape = landscape;
    g->width = landscape ? page->body_height : page->body_width;
    g->room = landscape ? page->body_width : page->body_height;
}

/* The largest size at which the columns find room; else the smallest, at which the fewest words are
 * parted; false when not even characters find room then. */
static bool choose_size(zp_grid *g)
{
    zp_len sizes[STEPS_MAX];
    size_t count = list_sizes(g, sizes), i = 0;
    while (i + 1 < count && zp_columns_least(g, sizes[i], true) > g->width)
        i++;
    g->size = sizes[i];
    return zp_columns_least(g, g->size, false) <= g->width;
}

/* Upright if the columns find room there, else turned; then in smaller type, and at last in type as
 * small as it takes. */
static void choose_frame(zp_grid *g, bool landscape)
{
    turn(g, landscape ||
                zp_columns_least(g, g->size, true) > g->column->report->template->page.body_width);
    if (choose_size(g))
        return;
    zp_diag_add(g->column->diag, ZP_WARNING, "table-too-wide", g->table->span,
                "把表拆成几个，每个少几栏", "表有 %u 栏，一页排不下，字缩得很小", g->columns);
    g->size = g->width / (zp_len)g->columns * SHRINK / (SHRINK + 3);
    if (g->size < ZP_PT)
        g->size = ZP_PT;
}

static zp_len part_of_room(const zp_grid *g, int hundredths)
{
    return zp_len_scale(g->room, hundredths, 100);
}

/* ---- heights ---- */

static void set_table(cutter *k, bool last_try)
{
    zp_grid *g = k->g;
    zp_columns_solve(g);
    zp_cells_set(g, last_try);
    for (uint32_t r = 0; r < g->rows; r++)
        k->tops[r + 1] = k->tops[r] + g->row[r].height;
    k->above = k->repeat = k->below = (zp_legend){0};
    zp_legend_above(g, &k->above, &k->repeat);
    zp_legend_below(g, &k->below);
}

static int64_t total_height(const cutter *k)
{
    return k->tops[k->g->rows] + k->above.height + k->below.height +
           zp_len_scale(k->g->size, 2 * SPACE_PART, 100);
}

/* Rows of one line each are the least that a table can be. */
static bool cannot_fit(const zp_grid *g, zp_len size, int64_t room)
{
    int64_t row = zp_grid_leading(size) + 2 * zp_grid_padding(size);
    return row * g->rows > room;
}

static bool fit_room(cutter *k, const zp_len *sizes, size_t count, int64_t room)
{
    zp_grid *g = k->g;
    for (size_t i = 0; i < count; i++) {
        if (cannot_fit(g, sizes[i], room))
            continue;
        g->size = sizes[i];
        set_table(k, false);
        if (total_height(k) <= room)
            return true;
    }
    return false;
}

/* What stands on the page before the table, when that is known: the page was begun for it, and it
 * is not much (附件1 and its title). Else 0. */
static int64_t headed(const zp_grid *g)
{
    const zp_column *column = g->column;
    int64_t height = 0;
    for (size_t i = column->count; i-- > 0 && height <= part_of_room(g, HEADED_PART);) {
        const zp_box *box = &column->boxes[i];
        if (box->landscape != g->landscape)
            return 0;
        height += box->lines > 0 ? box->lines * zp_column_pitch(column) : box->height;
        if (box->breaks)
            return height <= part_of_room(g, HEADED_PART) ? height : 0;
    }
    return 0;
}

/* On the page that it is headed on; else, so that no title stands alone, on this one and the next
 * as they come; else on a page of its own. */
static bool fit_page(cutter *k)
{
    zp_grid *g = k->g;
    zp_len sizes[STEPS_MAX];
    size_t count = list_sizes(g, sizes);
    int64_t above = headed(g);
    if (fit_room(k, sizes, count, g->room - above))
        return true;
    g->size = sizes[0];
    zp_diag_add(g->column->diag, ZP_WARNING, "table-does-not-fit", attribute_place(g),
                "少写几行，或者去掉 fit=page",
                "字缩到最小，一页也排不下这张表，仍按原来的字号排成几页");
    return false;
}

/* ---- boxes ---- */

static zp_box *add_box(cutter *k, zp_len height)
{
    zp_box *box = zp_column_add(k->g->column);
    box->height = height;
    box->landscape = k->g->landscape;
    box->repeat = k->again;
    box->repeat_count = k->again_count;
    return box;
}

static void add_space(cutter *k)
{
    zp_box *box = add_box(k, zp_len_scale(k->g->size, SPACE_PART, 100));
    box->blank = true;
    box->repeat_count = 0;
}

static void add_legend(cutter *k, const zp_legend *legend)
{
    for (size_t i = 0; i < legend->count; i++)
        *zp_column_add(k->g->column) = legend->boxes[i];
}

/* All lines of a cell, the first with its middle at y. */
static void put_text(const zp_grid *g, const zp_grid_cell *cell, zp_len y, bool again,
                     zp_items *items)
{
    for (size_t i = 0; i < cell->lines.count; i++)
        zp_cell_put_line(g, cell, i, y + (zp_len)i * zp_grid_leading(g->size), again, items);
}

/* Where a cell's first line has its middle, from the top of row `first`: in the middle of its rows,
 * or, when these go on below `end` or began before `first`, at the head of them. */
static zp_len text_top(const cutter *k, const zp_grid_cell *cell, uint32_t first, uint32_t end)
{
    zp_len half = zp_grid_leading(k->g->size) / 2, padding = zp_grid_padding(k->g->size);
    if (cell->row < first)
        return padding + half;
    int64_t top = k->tops[cell->row] - k->tops[first];
    if (cell->row + cell->rows > end)
        return (zp_len)top + padding + half;
    int64_t height = k->tops[cell->row + cell->rows] - k->tops[cell->row];
    int64_t text = (int64_t)cell->lines.count * zp_grid_leading(k->g->size);
    return (zp_len)(top + (height - text) / 2) + half;
}

/* Texts and rules of rows first to end - 1. `page_top`: as a page begins with them, cells from
 * above said again. */
static zp_items draw_rows(const cutter *k, uint32_t first, uint32_t end, bool page_top)
{
    const zp_grid *g = k->g;
    zp_items items = {.arena = g->column->arena};
    zp_len *tops = zp_new_array(g->column->arena, zp_len, end - first + 1);
    for (uint32_t r = first; r <= end; r++)
        tops[r - first] = (zp_len)(k->tops[r] - k->tops[first]);
    zp_ruled_part part = {first, end, tops, true, end == g->rows, page_top};
    zp_ruling_add(g, &part, &items);
    for (uint32_t r = first; r < end; r++)
        for (uint32_t c = 0; c < g->columns; c += zp_grid_at(g, r, c)->node->cell.columns) {
            const zp_grid_cell *cell = zp_grid_at(g, r, c);
            bool again = page_top && r == first && cell->row < first;
            if (cell->row == r || again)
                put_text(g, cell, text_top(k, cell, first, end), again, &items);
        }
    return items;
}

static void close_box(const cutter *k, zp_box *box)
{
    zp_items items = {.arena = k->g->column->arena};
    zp_ruling_close(k->g, box->height, &items);
    box->bottom_items = items.items;
    box->bottom_count = items.count;
}

static bool is_crossed(const zp_grid *g, uint32_t row)
{
    for (uint32_t c = 0; row < g->rows && c < g->columns; c++)
        if (zp_grid_at(g, row, c)->row < row)
            return true;
    return false;
}

/* Rows that go on a page as a whole. */
static void add_rows(cutter *k, uint32_t first, uint32_t end)
{
    zp_items items = draw_rows(k, first, end, false);
    zp_box *box = add_box(k, (zp_len)(k->tops[end] - k->tops[first]));
    box->items = items.items;
    box->count = items.count;
    if (is_crossed(k->g, first)) {
        zp_items top = draw_rows(k, first, end, true);
        box->top_items = top.items;
        box->top_count = top.count;
    }
    if (end < k->g->rows)
        close_box(k, box);
}

/* ---- rows higher than a page ---- */

/* Lines of cells handed out one box after the other. */
typedef struct {
    size_t *given;  /* by column, of the cell that stands there */
    uint32_t first; /* row with which the handing out began: cells from above have been said */
} flow;

static size_t lines_left(const flow *f, const zp_grid_cell *cell)
{
    return cell->row < f->first ? 0 : cell->lines.count - f->given[cell->node->cell.column];
}

/* Boxes this row needs: the lines still to come of the cells that end in it. */
static size_t boxes_needed(const zp_grid *g, const flow *f, uint32_t row)
{
    size_t needed = 1;
    for (uint32_t c = 0; c < g->columns; c += zp_grid_at(g, row, c)->node->cell.columns) {
        const zp_grid_cell *cell = zp_grid_at(g, row, c);
        if (cell->row + cell->rows == row + 1 && lines_left(f, cell) > needed)
            needed = lines_left(f, cell);
    }
    return needed;
}

static void add_slice(cutter *k, flow *f, uint32_t row, bool head, bool foot)
{
    const zp_grid *g = k->g;
    zp_len padding = zp_grid_padding(g->size), leading = zp_grid_leading(g->size);
    zp_len tops[] = {0, (head ? padding : 0) + leading + (foot ? padding : 0)};
    zp_items items = {.arena = g->column->arena};
    zp_ruled_part part = {row, row + 1, tops, head, foot && row + 1 == g->rows, false};
    zp_ruling_add(g, &part, &items);
    for (uint32_t c = 0; c < g->columns; c += zp_grid_at(g, row, c)->node->cell.columns) {
        const zp_grid_cell *cell = zp_grid_at(g, row, c);
        if (lines_left(f, cell) > 0)
            zp_cell_put_line(g, cell, f->given[cell->node->cell.column]++,
                             (head ? padding : 0) + leading / 2, false, &items);
    }
    zp_box *box = add_box(k, tops[1]);
    box->items = items.items;
    box->count = items.count;
    if (!part.closes)
        close_box(k, box);
}

/* Rows first to end - 1 a line at a time, so that they can go on over the pages' ends. */
static void add_flow(cutter *k, uint32_t first, uint32_t end)
{
    const zp_grid *g = k->g;
    flow f = {zp_new_array(g->column->arena, size_t, g->columns), first};
    zp_diag_add(g->column->diag, ZP_WARNING, "row-split", g->row[first].node->span,
                "分成几行写，或者把长文字移到表外", "%s比一页还高，接着排到了下一页",
                end - first > 1 ? "从这一行起连在一起的几行" : "这一行");
    for (uint32_t r = first; r < end; r++) {
        for (uint32_t c = 0; c < g->columns; c++)
            if (zp_grid_at(g, r, c)->row == r)
                f.given[c] = 0;
        size_t needed = boxes_needed(g, &f, r);
        for (size_t i = 0; i < needed; i++)
            add_slice(k, &f, r, i == 0, i + 1 == needed);
    }
}

/* ---- where the table may be parted ---- */

/* Whether the text of a joined cell finds room on both sides of a page's end above `row`. */
static bool may_part_cell(const cutter *k, const zp_grid_cell *cell, uint32_t row)
{
    int64_t top = k->tops[cell->row], foot = k->tops[cell->row + cell->rows];
    zp_len text = zp_cell_height(k->g, cell);
    return foot - top > part_of_room(k->g, KEPT_PART) && k->tops[row] - top >= text &&
           foot - k->tops[row] >= text;
}

static bool may_part(const cutter *k, uint32_t row)
{
    const zp_grid *g = k->g;
    for (uint32_t c = 0; c < g->columns; c += zp_grid_at(g, row, c)->node->cell.columns) {
        const zp_grid_cell *cell = zp_grid_at(g, row, c);
        if (cell->row < row && !may_part_cell(k, cell, row))
            return false;
    }
    return !k->whole;
}

/* The head, of which all further pages have a copy. */
static void add_head(cutter *k)
{
    zp_grid *g = k->g;
    zp_len height = (zp_len)k->tops[g->head_rows];
    zp_items items = draw_rows(k, 0, g->head_rows, false);
    zp_box *box = add_box(k, height), *copies = NULL;
    box->items = items.items;
    box->count = items.count;
    box->keeps = g->head_rows < g->rows;
    if (k->repeat.height + height > part_of_room(g, REPEAT_PART))
        return;
    copies = zp_new_array(g->column->arena, zp_box, k->repeat.count + 1);
    for (size_t i = 0; i < k->repeat.count; i++)
        copies[i] = k->repeat.boxes[i];
    copies[k->repeat.count] = *box;
    zp_items copy = {.arena = g->column->arena};
    for (uint32_t i = 0; i < items.count; i++) {
        *zp_items_add(&copy) = items.items[i];
        zp_item_disown(&copy.items[i]);
    }
    if (g->style == ZP_TABLE_THREE_LINE) /* elsewhere the row below it draws that rule */
        zp_ruling_foot(g, height, &copy);
    copies[k->repeat.count].items = copy.items;
    copies[k->repeat.count].count = copy.count;
    k->again = copies;
    k->again_count = k->repeat.count + 1;
    k->again_height = k->repeat.height + height;
}

/* Rows from `first` on that are not parted, all of the head among them; gives the row after them.
 */
static uint32_t add_part(cutter *k, uint32_t first)
{
    zp_grid *g = k->g;
    uint32_t end = first + 1;
    while (end < g->rows && end != g->head_rows && (end < g->head_rows || !may_part(k, end)))
        end++;
    if (k->tops[end] - k->tops[first] > g->room - k->again_height) {
        add_flow(k, first, end);
        return end;
    }
    for (uint32_t r = first; r + 1 < end; r++)
        g->row[r].keeps = true;
    if (g->row[first].total && first > g->head_rows) {
        g->column->boxes[g->column->count - 1].keeps = true;
        g->row[first - 1].keeps = true;
    }
    if (end == g->head_rows && k->tops[end] <= part_of_room(g, REPEAT_PART))
        add_head(k);
    else
        add_rows(k, first, end);
    return end;
}

static void cut_table(cutter *k)
{
    zp_column *column = k->g->column;
    add_space(k);
    add_legend(k, &k->above);
    size_t first = column->count;
    for (uint32_t r = 0; r < k->g->rows;)
        r = add_part(k, r);
    bool together = k->whole || k->tops[k->g->rows] <= part_of_room(k->g, KEPT_PART);
    for (size_t i = first; together && i + 1 < column->count; i++)
        column->boxes[i].keeps = true;
    for (uint32_t r = 0; r < k->g->rows; r++)
        if (together || r + 1 == k->g->head_rows)
            k->g->row[r].keeps = true;
    k->g->row[k->g->rows - 1].keeps = k->below.count > 0;
    column->boxes[column->count - 1].keeps = k->below.count > 0;
    add_legend(k, &k->below);
    add_space(k);
}

/* ---- what others are told ---- */

static zp_table_setting *new_setting(zp_column *column)
{
    zp_list_grow(column->arena, column->tables, column->table_count, column->table_capacity);
    return &column->tables[column->table_count++];
}

static void record_setting(const cutter *k)
{
    const zp_grid *g = k->g;
    zp_arena *arena = g->column->arena;
    zp_cell_setting *cells = zp_new_array(arena, zp_cell_setting, (size_t)g->rows * g->columns);
    zp_len *heights = zp_new_array(arena, zp_len, g->rows);
    bool *keeps = zp_new_array(arena, bool, g->rows);
    size_t count = 0;
    for (uint32_t r = 0; r < g->rows; r++) {
        heights[r] = g->row[r].height;
        keeps[r] = g->row[r].keeps;
        for (const zp_node *node = g->row[r].node->first; node; node = node->next) {
            const zp_grid_cell *cell = zp_grid_at(g, r, node->cell.column);
            cells[count++] = (zp_cell_setting){node, cell->align, zp_cell_inset(g, cell)};
        }
    }
    *new_setting(g->column) = (zp_table_setting){.node = g->table,
                                                 .style = g->style,
                                                 .landscape = g->landscape,
                                                 .repeats = k->again_count > 0,
                                                 .columns = g->columns,
                                                 .rows = g->rows,
                                                 .head_rows = g->head_rows,
                                                 .size = g->size,
                                                 .padding = zp_grid_padding(g->size),
                                                 .leading = zp_grid_leading(g->size),
                                                 .edges = g->edges,
                                                 .heights = heights,
                                                 .keeps = keeps,
                                                 .cells = cells,
                                                 .cell_count = count};
}

void zp_grid_layout(zp_column *column, const zp_node *table)
{
    zp_grid *g = zp_cells_read(column, table);
    cutter k = {.g = g, .tops = zp_new_array(column->arena, int64_t, (size_t)g->rows + 1)};
    check_keys(g);
    read_style(g);
    read_size(g);
    read_widths(g);
    zp_cells_measure(g);
    zp_columns_measure(g);
    choose_frame(g, is_set(g, "page", "landscape", "可以写：page=landscape"));
    k.whole = is_set(g, "fit", "page", "可以写：fit=page") && fit_page(&k);
    if (!k.whole)
        set_table(&k, true);
    cut_table(&k);
    record_setting(&k);
}
