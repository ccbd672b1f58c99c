/* grid.c: a table node in, slices out.
 *
 * `beside` holds, for each column, the cell that stands there now; a cell that covers several
 * columns stands in its first. A row's slices go on until every cell that ends in this row has
 * given all its lines.
 */
#include "layout/grid.h"

#include "base/utf8.h"

enum {
    PADDING = 3,     /* points between rule and text, at all sides */
    LEADING = 140,   /* of a line, in hundredths of the type size */
    WHOLE_ROW = 12,  /* a row of at most so many lines is not parted by a page's end */
    RULE_TENTHS = 5, /* thickness in tenths of a point */
};

/* A cell whose lines are being handed out. */
typedef struct {
    const zp_node *node;
    zp_lines lines;
    size_t given;
    uint32_t rows_left; /* this one included */
} open_cell;

typedef struct {
    zp_column *column;
    const zp_node *node;
    uint32_t columns;
    zp_len *edges;     /* columns + 1 */
    open_cell *beside; /* columns */
    zp_len leading, padding, thickness;
} table;

/* ---- column widths ---- */

/* About how wide the text is in one line: full-width characters an em, others half. */
static int64_t natural_width(zp_column *column, const zp_node *cell, zp_len em)
{
    zp_str text = zp_node_text(column->arena, cell);
    int64_t width = 0;
    for (size_t at = 0; at < text.n;)
        width += zp_utf8_next(text, &at) < 0x2000 ? em / 2 : em;
    return width;
}

/* What each column would like, from the cells that stand in it alone. */
static int64_t *wanted_widths(const table *t)
{
    zp_len em = t->column->report->template->styles[ZP_STYLE_TABLE].size;
    int64_t *wanted = zp_new_array(t->column->arena, int64_t, t->columns);
    for (uint32_t i = 0; i < t->columns; i++)
        wanted[i] = 2 * em + 2 * t->padding;
    for (const zp_node *row = t->node->first; row; row = row->next)
        for (const zp_node *cell = row->first; cell; cell = cell->next) {
            if (cell->cell.columns > 1)
                continue;
            int64_t width = natural_width(t->column, cell, em) + 2 * t->padding + em / 2;
            if (width > wanted[cell->cell.column])
                wanted[cell->cell.column] = width;
        }
    return wanted;
}

/* The level to which wide columns are cut so that all fit: narrow ones keep what they want. */
static int64_t cut_level(const int64_t *wanted, uint32_t count, int64_t width)
{
    int64_t low = 0, high = width;
    while (low < high) {
        int64_t middle = (low + high + 1) / 2, sum = 0;
        for (uint32_t i = 0; i < count; i++)
            sum += wanted[i] < middle ? wanted[i] : middle;
        if (sum <= width)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static void solve_columns(table *t)
{
    int64_t width = t->column->report->template->page.body_width;
    int64_t *wanted = wanted_widths(t);
    int64_t level = cut_level(wanted, t->columns, width), sum = 0;
    for (uint32_t i = 0; i < t->columns; i++) {
        wanted[i] = wanted[i] < level ? wanted[i] : level;
        sum += wanted[i];
    }
    int64_t seen = 0;
    for (uint32_t i = 0; i < t->columns; i++) { /* what is left over widens all in proportion */
        seen += wanted[i];
        t->edges[i + 1] = (zp_len)(width * seen / (sum ? sum : 1));
    }
}

/* ---- cells ---- */

static zp_lines set_cell(const table *t, const zp_node *cell, bool head)
{
    zp_style_name name = head ? ZP_STYLE_TABLE_HEAD : ZP_STYLE_TABLE;
    const zp_style *style = &t->column->report->template->styles[name];
    zp_len width = t->edges[cell->cell.column + cell->cell.columns] - t->edges[cell->cell.column] -
                   2 * t->padding;
    zp_measure measure = {
        .width = width > style->size ? width : style->size,
        .rules = &t->column->report->template->lines,
        .align = cell->cell.align != ZP_ALIGN_NONE ? cell->cell.align
                 : style->align != ZP_ALIGN_NONE   ? style->align
                                                   : ZP_ALIGN_LEFT,
    };
    zp_runs runs = {0};
    zp_runs_collect(t->column, cell, name, cell, &runs);
    return zp_inline_set(t->column->setter, runs.runs, runs.count, &measure);
}

/* Whether no cell from above still covers the column. */
static bool is_free(const table *t, uint32_t column)
{
    return t->beside[column].rows_left == 0;
}

static void open_row(table *t, const zp_node *row)
{
    for (const zp_node *cell = row->first; cell; cell = cell->next) {
        uint32_t column = cell->cell.column;
        if (column + cell->cell.columns <= t->columns && is_free(t, column))
            t->beside[column] =
                (open_cell){cell, set_cell(t, cell, row->row.head), 0, cell->cell.rows};
    }
}

/* Slices this row needs: the lines still to come of the cells that end in it. */
static size_t slices_needed(const table *t)
{
    size_t needed = 1;
    for (uint32_t i = 0; i < t->columns; i++) {
        const open_cell *cell = &t->beside[i];
        if (cell->rows_left == 1 && cell->lines.count - cell->given > needed)
            needed = cell->lines.count - cell->given;
    }
    return needed;
}

/* ---- slices ---- */

typedef struct {
    zp_item *items;
    uint32_t count, capacity;
} item_list;

static zp_item *add_item(const table *t, item_list *list)
{
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity ? list->capacity * 2 : 32;
        list->items = zp_arena_grow(t->column->arena, list->items, list->capacity * sizeof(zp_item),
                                    capacity * sizeof(zp_item));
        list->capacity = capacity;
    }
    return &list->items[list->count++];
}

static void add_rule(const table *t, item_list *list, zp_len x, zp_len y, zp_len width,
                     zp_len height)
{
    *add_item(t, list) = (zp_item){.kind = ZP_ITEM_RULE,
                                   .x = x - t->thickness / 2,
                                   .y = y - t->thickness / 2,
                                   .width = width + t->thickness,
                                   .height = height + t->thickness};
}

/* The cell's next line, if any, with its middle at y. */
static void give_line(const table *t, item_list *list, open_cell *cell, zp_len y)
{
    if (cell->given == cell->lines.count)
        return;
    const zp_line *line = &cell->lines.lines[cell->given++];
    for (uint32_t i = 0; i < line->count; i++) {
        zp_item *item = add_item(t, list);
        *item = line->items[i];
        item->x += t->edges[cell->node->cell.column] + t->padding;
        item->y += y;
    }
}

/* Rules around the part of a cell that is in this slice. */
static void rule_cell(const table *t, item_list *list, const open_cell *cell, bool top, bool bottom,
                      zp_len height)
{
    zp_len left = t->edges[cell->node->cell.column];
    zp_len right = t->edges[cell->node->cell.column + cell->node->cell.columns];
    if (top && cell->rows_left == cell->node->cell.rows)
        add_rule(t, list, left, 0, right - left, 0);
    if (bottom && cell->rows_left == 1)
        add_rule(t, list, left, height, right - left, 0);
    add_rule(t, list, left, 0, 0, height);
    add_rule(t, list, right, 0, 0, height);
}

static void add_slice(table *t, bool first, bool last)
{
    zp_len top = first ? t->padding : 0;
    zp_len height = top + t->leading + (last ? t->padding : 0);
    item_list list = {0};
    for (uint32_t i = 0; i < t->columns; i++) {
        open_cell *cell = &t->beside[i];
        if (cell->rows_left == 0)
            continue;
        rule_cell(t, &list, cell, first, last, height);
        give_line(t, &list, cell, top + t->leading / 2);
    }
    zp_box *box = zp_column_add(t->column);
    box->items = list.items;
    box->count = list.count;
    box->height = height;
}

static void add_row(table *t, const zp_node *row)
{
    open_row(t, row);
    size_t needed = slices_needed(t), first = t->column->count;
    for (size_t i = 0; i < needed; i++)
        add_slice(t, i == 0, i + 1 == needed);
    bool whole = needed <= WHOLE_ROW;
    for (size_t i = first; i + 1 < t->column->count; i++)
        t->column->boxes[i].keeps = whole;
    if (row->row.head && row->next)
        t->column->boxes[t->column->count - 1].keeps = true;
    for (uint32_t i = 0; i < t->columns; i++)
        if (t->beside[i].rows_left > 0)
            t->beside[i].rows_left--;
}

void zp_grid_layout(zp_column *column, const zp_node *node)
{
    const zp_style *style = &column->report->template->styles[ZP_STYLE_TABLE];
    table t = {.column = column,
               .node = node,
               .columns = node->table.columns,
               .edges = zp_new_array(column->arena, zp_len, (size_t)node->table.columns + 1),
               .beside = zp_new_array(column->arena, open_cell, node->table.columns),
               .leading = zp_len_scale(style->size, LEADING, 100),
               .padding = PADDING * ZP_PT,
               .thickness = zp_len_pt10(RULE_TENTHS)};
    solve_columns(&t);
    for (const zp_node *row = node->first; row; row = row->next)
        add_row(&t, row);
}
