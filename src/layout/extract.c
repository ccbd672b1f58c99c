/* extract.c: a TABLE node in, its columns out.
 *
 * Joined cells are spread over the places they cover, so that afterwards every place is looked up
 * plainly.
 */
#include "layout/extract.h"

#include "doc/numeric.h"
#include "layout/decimal.h"

const zp_node *zp_extract_find(const zp_node *root, zp_str id)
{
    for (const zp_node *node = root->first; node; node = node->next)
        if (node->kind == ZP_NODE_TABLE && id.n > 0 && zp_str_eq(node->id, id))
            return node;
    return NULL;
}

/* Rows of the head or of the body, and their cells by place: `columns` a row. */
typedef struct {
    const zp_node **rows;
    const zp_node **cells;
    size_t columns, row_count;
} spread;

static const zp_node *cell_at(const spread *s, size_t row, size_t column)
{
    return s->cells[row * s->columns + column];
}

static void spread_cell(spread *s, size_t row, const zp_node *cell)
{
    size_t bottom = row + cell->cell.rows, right = cell->cell.column + cell->cell.columns;
    for (size_t i = row; i < s->row_count && i < bottom; i++)
        for (size_t k = cell->cell.column; k < s->columns && k < right; k++)
            s->cells[i * s->columns + k] = cell;
}

static size_t count_rows(const zp_node *table, bool head)
{
    size_t count = 0;
    for (const zp_node *row = table->first; row && count <= ZP_EXTRACT_ROWS; row = row->next)
        count += row->kind == ZP_NODE_ROW && row->row.head == head;
    return count;
}

static spread spread_rows(zp_arena *arena, const zp_node *table, bool head, size_t count)
{
    spread s = {.columns = table->table.columns};
    s.rows = zp_new_array(arena, const zp_node *, count);
    s.cells = zp_new_array(arena, const zp_node *, zp_array_size(s.columns, count));
    for (const zp_node *row = table->first; row && s.row_count < count; row = row->next)
        if (row->kind == ZP_NODE_ROW && row->row.head == head)
            s.rows[s.row_count++] = row;
    for (size_t i = 0; i < s.row_count; i++)
        for (const zp_node *cell = s.rows[i]->first; cell; cell = cell->next)
            spread_cell(&s, i, cell);
    return s;
}

/* The text of a place; nothing in a column of figures where a cell goes on that began above or on
 * the left. */
static zp_extract_cell text_at(zp_arena *arena, const spread *s, size_t row, size_t column)
{
    const zp_node *cell = cell_at(s, row, column);
    bool goes_on =
        column > 0 && cell &&
        (cell->cell.column != column || (row > 0 && cell_at(s, row - 1, column) == cell));
    if (!cell || goes_on)
        return (zp_extract_cell){0};
    return (zp_extract_cell){zp_str_trim(zp_node_text(arena, cell)), cell->span};
}

static void name_columns(zp_arena *arena, const spread *head, zp_extract *extract)
{
    for (size_t k = 0; k < extract->column_count && head->row_count > 0; k++) {
        const zp_node *cell = cell_at(head, head->row_count - 1, k);
        if (cell)
            extract->columns[k].name = zp_str_trim(zp_node_text(arena, cell));
    }
}

static void read_rows(zp_arena *arena, const spread *body, zp_extract *extract)
{
    for (size_t i = 0; i < body->row_count; i++) {
        if (zp_row_is_total(arena, body->rows[i]))
            continue;
        for (size_t k = 0; k < extract->column_count; k++)
            extract->columns[k].cells[extract->row_count] = text_at(arena, body, i, k);
        extract->row_count++;
    }
}

bool zp_extract_read(zp_arena *arena, const zp_node *table, zp_extract *extract)
{
    size_t rows = count_rows(table, false), heads = count_rows(table, true);
    *extract = (zp_extract){.column_count = table->table.columns};
    if (rows > ZP_EXTRACT_ROWS || heads > ZP_EXTRACT_ROWS ||
        extract->column_count > ZP_EXTRACT_COLUMNS)
        return false;
    extract->columns = zp_new_array(arena, zp_extract_column, extract->column_count);
    for (size_t k = 0; k < extract->column_count; k++)
        extract->columns[k].cells = zp_new_array(arena, zp_extract_cell, rows);
    spread head = spread_rows(arena, table, true, heads);
    spread body = spread_rows(arena, table, false, rows);
    name_columns(arena, &head, extract);
    read_rows(arena, &body, extract);
    for (const zp_node *part = table->first; part; part = part->next)
        if (part->kind == ZP_NODE_UNIT)
            extract->unit = zp_str_trim(zp_node_text(arena, part));
    return true;
}

bool zp_extract_counts(const zp_extract *extract, size_t column)
{
    for (size_t i = 0; i < extract->row_count; i++) {
        zp_decimal decimal;
        zp_str text = extract->columns[column].cells[i].text;
        if (zp_decimal_read(text, &decimal) == ZP_DECIMAL_READ && !decimal.missing)
            return true;
    }
    return false;
}
