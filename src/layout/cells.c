/* cells.c: a TABLE node in, cells with set lines out.
 *
 * Each cell is first set in one endless line. That tells what its column should be; and where the
 * column turns out wide enough, which is the common case, the line is already the one to be
 * printed.
 */
#include "layout/cells.h"

#include "base/utf8.h"
#include "layout/cjk.h"

enum {
    ENDLESS = 2000 * ZP_PT, /* wider than any page */
    PADDING_PART = 4,       /* of the type size */
    LEADING = 140,          /* of a line, in hundredths of the type size */
    LONG_WORD = 4,          /* 字: a shorter piece is parted without a word about it */
};

zp_grid_cell *zp_grid_at(const zp_grid *g, uint32_t row, uint32_t column)
{
    return g->at[(size_t)row * g->columns + column];
}

zp_len zp_grid_padding(zp_len size)
{
    return size / PADDING_PART;
}

zp_len zp_grid_leading(zp_len size)
{
    return zp_len_scale(size, LEADING, 100);
}

/* ---- read ---- */

/* Heads as their style has it; else what the author asked for; else what suits the content. */
static zp_align choose_align(const zp_grid *g, const zp_grid_cell *cell, bool *number)
{
    const zp_style *styles = g->column->report->template->styles;
    zp_align head = styles[ZP_STYLE_TABLE_HEAD].align;
    zp_align typed = cell->node->cell.align, body = styles[ZP_STYLE_TABLE].align;
    if (cell->head)
        return head != ZP_ALIGN_NONE ? head : typed;
    zp_align own = zp_cell_align(g->column->arena, cell->node, g->holdings, number);
    if (typed != ZP_ALIGN_NONE)
        return typed;
    return own != ZP_ALIGN_NONE ? own : body;
}

static void read_cell(zp_grid *g, const zp_node *node, uint32_t row)
{
    zp_grid_cell *cell = zp_new(g->column->arena, zp_grid_cell);
    *cell = (zp_grid_cell){
        .node = node, .row = row, .rows = node->cell.rows, .head = row < g->head_rows};
    bool number = false;
    cell->align = choose_align(g, cell, &number);
    cell->on_point = number && cell->align != ZP_ALIGN_LEFT && cell->align != ZP_ALIGN_NONE;
    for (uint32_t r = row; r < row + cell->rows; r++)
        for (uint32_t c = 0; c < node->cell.columns; c++)
            g->at[(size_t)r * g->columns + node->cell.column + c] = cell;
}

static void count_rows(zp_grid *g)
{
    for (const zp_node *row = g->table->first; row; row = row->next) {
        if (row->kind != ZP_NODE_ROW)
            continue;
        g->head_rows += row->row.head && g->head_rows == g->rows;
        g->rows++;
    }
}

zp_grid *zp_cells_read(zp_column *column, const zp_node *table)
{
    zp_arena *arena = column->arena;
    zp_grid *g = zp_new(arena, zp_grid);
    *g = (zp_grid){.column = column, .table = table, .columns = table->table.columns};
    count_rows(g);
    g->base = g->size = column->report->template->styles[ZP_STYLE_TABLE].size;
    g->holdings = zp_numeric_columns(arena, table);
    g->at = zp_new_array(arena, zp_grid_cell *, zp_array_size(g->rows, g->columns));
    g->row = zp_new_array(arena, zp_grid_row, g->rows);
    g->edges = zp_new_array(arena, zp_len, (size_t)g->columns + 1);
    g->before = zp_new_array(arena, zp_len, g->columns);
    g->after = zp_new_array(arena, zp_len, g->columns);
    uint32_t at = 0;
    for (const zp_node *row = table->first; row; row = row->next) {
        if (row->kind != ZP_NODE_ROW)
            continue;
        g->row[at] = (zp_grid_row){.node = row, .total = zp_row_is_total(arena, row)};
        for (const zp_node *cell = row->first; cell; cell = cell->next)
            read_cell(g, cell, at);
        at++;
    }
    return g;
}

/* ---- measure ---- */

zp_runs zp_grid_runs(const zp_grid *g, const zp_node *node, zp_style_name style, zp_len from,
                     zp_len to)
{
    zp_runs runs = {0};
    zp_runs_collect(g->column, node, style, node, &runs);
    for (size_t i = 0; i < runs.count && from != to; i++) {
        runs.runs[i].size = zp_len_scale(runs.runs[i].size, to, from);
        runs.runs[i].cell = zp_len_scale(runs.runs[i].cell, to, from);
        runs.runs[i].rise = zp_len_scale(runs.runs[i].rise, to, from);
    }
    return runs;
}

static zp_lines set(const zp_grid *g, const zp_grid_cell *cell, zp_len width, zp_len size)
{
    zp_runs runs = zp_grid_runs(g, cell->node, cell->head ? ZP_STYLE_TABLE_HEAD : ZP_STYLE_TABLE,
                                g->base, size);
    zp_measure measure = {.width = width,
                          .rules = &g->column->report->template->lines,
                          .align = cell->align == ZP_ALIGN_NONE ? ZP_ALIGN_NONE : ZP_ALIGN_LEFT};
    return zp_inline_set(g->column->setter, runs.runs, runs.count, &measure);
}

/* About how wide a code point is, for texts too long to be set in one line. */
static zp_len rough_width(uint32_t code, zp_len em)
{
    return code < 0x2000 ? em / 2 : em;
}

/* Codes of a text and where each begins in its one line. */
typedef struct {
    uint32_t *codes;
    int64_t *x; /* count + 1 */
    size_t count;
} strip;

static strip new_strip(zp_arena *arena, size_t count)
{
    return (strip){zp_new_array(arena, uint32_t, count), zp_new_array(arena, int64_t, count + 1),
                   0};
}

static strip rough_strip(zp_arena *arena, zp_str text, zp_len em)
{
    strip s = new_strip(arena, zp_utf8_count(text));
    for (size_t at = 0; at < text.n; s.count++) {
        uint32_t code = zp_utf8_next(text, &at);
        s.codes[s.count] = code;
        s.x[s.count + 1] = s.x[s.count] + rough_width(code, em);
    }
    return s;
}

static strip line_strip(zp_arena *arena, const zp_line *line)
{
    size_t count = 0;
    for (uint32_t i = 0; i < line->count; i++)
        count += line->items[i].text.count;
    strip s = new_strip(arena, count);
    for (uint32_t i = 0; i < line->count; i++)
        for (uint32_t k = 0; k < line->items[i].text.count; k++) {
            const zp_glyph *glyph = &line->items[i].text.glyphs[k];
            s.codes[s.count] = glyph->code;
            s.x[s.count++] = line->items[i].x + glyph->x;
        }
    s.x[s.count] = line->width;
    return s;
}

/* The widest run of tokens between which no line may end. */
static int64_t widest_piece(zp_arena *arena, const strip *s, zp_kinsoku kinsoku)
{
    zp_cjk_token *tokens = zp_new_array(arena, zp_cjk_token, s->count);
    size_t count = zp_cjk_cut(s->codes, s->count, tokens);
    int64_t widest = 0;
    for (size_t first = 0, i = 0; i < count; i++) {
        if (i > 0 && zp_cjk_may_break((zp_cjk_class)tokens[i - 1].class,
                                      (zp_cjk_class)tokens[i].class, kinsoku))
            first = i;
        int64_t width = s->x[tokens[i].first + tokens[i].count] - s->x[tokens[first].first];
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void measure_cell(zp_grid *g, zp_grid_cell *cell)
{
    zp_arena *arena = g->column->arena;
    zp_kinsoku kinsoku = g->column->report->template->lines.kinsoku;
    strip s = rough_strip(arena, zp_node_text(arena, cell->node), g->base);
    cell->natural = s.x[s.count];
    int64_t word = 0;
    if (cell->natural > ENDLESS / 2) {
        word = widest_piece(arena, &s, kinsoku);
    } else {
        cell->lines = set(g, cell, ENDLESS, g->base);
        cell->size = g->base;
        cell->natural = 0;
        for (size_t i = 0; i < cell->lines.count; i++) {
            s = line_strip(arena, &cell->lines.lines[i]);
            int64_t piece = widest_piece(arena, &s, kinsoku);
            word = piece > word ? piece : word;
            if (cell->lines.lines[i].width > cell->natural)
                cell->natural = cell->lines.lines[i].width;
        }
    }
    cell->word = word < ENDLESS ? (zp_len)word : ENDLESS;
}

/* Whether the place is the cell's own, its upper left one: so each cell is met once. */
static bool begins_at(const zp_grid_cell *cell, uint32_t row, uint32_t column)
{
    return cell->row == row && cell->node->cell.column == column;
}

/* Where the point of a number is or would be: before the first character that is none of its whole
 * part's. */
static zp_len point_of(const zp_line *line)
{
    for (uint32_t i = 0; i < line->count; i++)
        for (uint32_t k = 0; k < line->items[i].text.count; k++) {
            uint32_t code = line->items[i].text.glyphs[k].code;
            if (code == '.' || code == '%' || code == 0xFF05 || code == 0x2030)
                return line->items[i].x + line->items[i].text.glyphs[k].x;
        }
    return line->width;
}

static void widen(zp_len *most, zp_len width)
{
    if (width > *most)
        *most = width;
}

/* Measures the numbers of all columns on either side of their points. */
static void part_numbers(zp_grid *g)
{
    for (uint32_t c = 0; c < g->columns; c++)
        g->before[c] = g->after[c] = 0;
    for (uint32_t r = 0; r < g->rows; r++)
        for (uint32_t c = 0; c < g->columns; c++) {
            zp_grid_cell *cell = zp_grid_at(g, r, c);
            if (!cell->on_point || !begins_at(cell, r, c) || cell->lines.count != 1)
                continue;
            cell->before = point_of(&cell->lines.lines[0]);
            widen(&g->before[c], cell->before);
            widen(&g->after[c], cell->lines.lines[0].width - cell->before);
        }
}

void zp_cells_measure(zp_grid *g)
{
    for (uint32_t r = 0; r < g->rows; r++)
        for (uint32_t c = 0; c < g->columns; c++)
            if (begins_at(zp_grid_at(g, r, c), r, c))
                measure_cell(g, zp_grid_at(g, r, c));
    part_numbers(g);
}

/* ---- set ---- */

static zp_len inner_width(const zp_grid *g, const zp_grid_cell *cell)
{
    uint32_t column = cell->node->cell.column;
    zp_len width = g->edges[column + cell->node->cell.columns] - g->edges[column] -
                   2 * zp_grid_padding(g->size);
    return width > g->size ? width : g->size;
}

/* Whether a word of the cell has to be parted. */
static bool is_too_narrow(const zp_grid *g, const zp_grid_cell *cell)
{
    int64_t word = (int64_t)cell->word * g->size / g->base;
    return word > inner_width(g, cell) && word > (int64_t)LONG_WORD * g->size;
}

static void report_narrow(const zp_grid *g)
{
    const zp_grid_cell *first = NULL;
    uint32_t count = 0;
    for (uint32_t r = g->rows; r-- > 0;)
        for (uint32_t c = g->columns; c-- > 0;) {
            const zp_grid_cell *cell = zp_grid_at(g, r, c);
            if (!begins_at(cell, r, c) || !is_too_narrow(g, cell))
                continue;
            first = cell;
            count++;
        }
    if (first)
        zp_diag_add(g->column->diag, ZP_WARNING, "long-word", first->node->span,
                    "用 widths= 加宽这一栏，或者分开写",
                    "表里有 %u 格，格里的词比栏还宽，只好拆开排", count);
}

static void set_cell(zp_grid *g, zp_grid_cell *cell)
{
    zp_len inner = inner_width(g, cell);
    bool ready = cell->size == g->size && cell->lines.count == 1 && cell->natural <= inner;
    if (ready || cell->natural == 0)
        return;
    cell->lines = set(g, cell, inner, g->size);
    cell->size = g->size;
}

zp_len zp_cell_height(const zp_grid *g, const zp_grid_cell *cell)
{
    size_t lines = cell->lines.count > 0 ? cell->lines.count : 1;
    int64_t height = (int64_t)lines * zp_grid_leading(g->size) + 2 * zp_grid_padding(g->size);
    return height < INT32_MAX ? (zp_len)height : INT32_MAX;
}

static void raise_row(zp_grid_row *row, int64_t height)
{
    if (height > row->height)
        row->height = height < INT32_MAX ? (zp_len)height : INT32_MAX;
}

/* A joined cell whose text is higher than its rows makes them all higher by the same. */
static void raise_rows(zp_grid *g, const zp_grid_cell *cell)
{
    int64_t height = 0;
    for (uint32_t r = cell->row; r < cell->row + cell->rows; r++)
        height += g->row[r].height;
    int64_t lack = zp_cell_height(g, cell) - height;
    if (lack <= 0)
        return;
    int64_t share = (lack + cell->rows - 1) / cell->rows;
    for (uint32_t r = cell->row; r < cell->row + cell->rows; r++)
        raise_row(&g->row[r], g->row[r].height + share);
}

void zp_cells_set(zp_grid *g, bool warn)
{
    for (uint32_t r = 0; r < g->rows; r++) {
        g->row[r].height = zp_grid_leading(g->size) + 2 * zp_grid_padding(g->size);
        for (uint32_t c = 0; c < g->columns; c++) {
            zp_grid_cell *cell = zp_grid_at(g, r, c);
            if (!begins_at(cell, r, c))
                continue;
            set_cell(g, cell);
            if (cell->rows == 1)
                raise_row(&g->row[r], zp_cell_height(g, cell));
        }
    }
    for (uint32_t r = 0; r < g->rows; r++)
        for (uint32_t c = 0; c < g->columns; c++)
            if (begins_at(zp_grid_at(g, r, c), r, c) && zp_grid_at(g, r, c)->rows > 1)
                raise_rows(g, zp_grid_at(g, r, c));
    part_numbers(g);
    if (warn)
        report_narrow(g);
}

/* ---- place ---- */

zp_item *zp_items_add(zp_items *items)
{
    zp_list_grow(items->arena, items->items, items->count, items->capacity);
    return &items->items[items->count++];
}

static bool stands_on_point(const zp_grid *g, const zp_grid_cell *cell)
{
    uint32_t c = cell->node->cell.column;
    return cell->on_point && cell->lines.count == 1 &&
           g->before[c] + g->after[c] <= inner_width(g, cell);
}

/* From the cell's left padding to the line. */
static zp_len indent_of(const zp_grid *g, const zp_grid_cell *cell, const zp_line *line)
{
    uint32_t c = cell->node->cell.column;
    zp_len inner = inner_width(g, cell), block = g->before[c] + g->after[c];
    bool on_point = stands_on_point(g, cell);
    zp_len spare = inner - (on_point ? block : line->width);
    zp_len indent = on_point ? g->before[c] - cell->before : 0;
    if (spare <= 0 || cell->align == ZP_ALIGN_NONE || cell->align == ZP_ALIGN_LEFT)
        return indent;
    return indent + (cell->align == ZP_ALIGN_CENTER ? spare / 2 : spare);
}

zp_len zp_cell_inset(const zp_grid *g, const zp_grid_cell *cell)
{
    if (!stands_on_point(g, cell))
        return 0;
    const zp_line *line = &cell->lines.lines[0];
    return inner_width(g, cell) - indent_of(g, cell, line) - line->width;
}

void zp_cell_put_line(const zp_grid *g, const zp_grid_cell *cell, size_t k, zp_len y, bool again,
                      zp_items *items)
{
    const zp_line *line = &cell->lines.lines[k];
    zp_len x =
        g->edges[cell->node->cell.column] + zp_grid_padding(g->size) + indent_of(g, cell, line);
    for (uint32_t i = 0; i < line->count; i++) {
        zp_item *item = zp_items_add(items);
        *item = line->items[i];
        item->x += x;
        item->y += y;
        if (again)
            zp_item_disown(item);
    }
}
