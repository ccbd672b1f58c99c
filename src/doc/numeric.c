/* numeric.c: cells in, what their columns hold out.
 *
 * A column is one of amounts when most of its cells that say something are numbers; a cell that
 * covers several columns says nothing about any.
 */
#include "doc/numeric.h"

#include "base/utf8.h"

static bool is_one_of(uint32_t code, zp_str codes)
{
    for (size_t at = 0; at < codes.n;)
        if (zp_utf8_next(codes, &at) == code)
            return true;
    return false;
}

static void skip_one(zp_str text, size_t *at, zp_str codes)
{
    size_t next = *at;
    if (next < text.n && is_one_of(zp_utf8_next(text, &next), codes))
        *at = next;
}

static size_t skip_digits(zp_str text, size_t *at, bool commas)
{
    size_t digits = 0;
    for (; *at < text.n; ++*at) {
        char c = text.p[*at];
        if (c >= '0' && c <= '9')
            digits++;
        else if (!(commas && c == ',' && digits > 0))
            break;
    }
    return digits;
}

bool zp_text_is_number(zp_str text)
{
    size_t at = 0;
    text = zp_str_trim(text);
    skip_one(text, &at, ZP_STR("+-−－±"));
    skip_one(text, &at, ZP_STR("￥¥"));
    size_t digits = skip_digits(text, &at, true);
    if (digits > 0 && at < text.n && text.p[at] == '.') {
        at++;
        digits = skip_digits(text, &at, false);
    }
    skip_one(text, &at, ZP_STR("%％‰"));
    return digits > 0 && at == text.n;
}

bool zp_text_is_blank(zp_str text)
{
    text = zp_str_trim(text);
    for (size_t at = 0; at < text.n;)
        if (!is_one_of(zp_utf8_next(text, &at), ZP_STR("-–—－/／")))
            return false;
    return true;
}

static bool names_labels(zp_str head)
{
    const zp_str names[] = {ZP_STR("序号"), ZP_STR("编号"), ZP_STR("年度"), ZP_STR("年份")};
    head = zp_str_trim(head);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (zp_str_eq(head, names[i]))
            return true;
    return false;
}

typedef struct {
    uint32_t numbers, words;
    bool labels;
} tally;

static void count_cell(zp_arena *arena, const zp_node *cell, tally *columns)
{
    if (cell->cell.columns > 1)
        return;
    tally *column = &columns[cell->cell.column];
    zp_str text = zp_node_text(arena, cell);
    if (cell->parent->row.head)
        column->labels = column->labels || names_labels(text);
    else if (zp_text_is_number(text))
        column->numbers++;
    else if (!zp_text_is_blank(text))
        column->words++;
}

const zp_holding *zp_numeric_columns(zp_arena *arena, const zp_node *table)
{
    uint32_t count = table->table.columns;
    tally *columns = zp_new_array(arena, tally, count);
    for (const zp_node *row = table->first; row != NULL; row = row->next)
        for (const zp_node *cell = row->first; row->kind == ZP_NODE_ROW && cell != NULL;
             cell = cell->next)
            count_cell(arena, cell, columns);
    zp_holding *holdings = zp_new_array(arena, zp_holding, count);
    for (uint32_t i = 0; i < count; i++)
        if (columns[i].numbers > columns[i].words)
            holdings[i] = columns[i].labels ? ZP_HOLDS_LABELS : ZP_HOLDS_AMOUNTS;
    return holdings;
}

/* The first two characters that are no spaces. */
static void first_two(zp_str text, uint32_t codes[2])
{
    size_t found = 0;
    for (size_t at = 0; at < text.n && found < 2;) {
        uint32_t code = zp_utf8_next(text, &at);
        if (code != ' ' && code != '\t' && code != 0x3000)
            codes[found++] = code;
    }
}

bool zp_row_is_total(zp_arena *arena, const zp_node *row)
{
    if (row->row.head || row->first == NULL || row->first->cell.column > 0)
        return false;
    uint32_t codes[2] = {0};
    first_two(zp_node_text(arena, row->first), codes);
    return codes[1] == 0x8BA1 && is_one_of(codes[0], ZP_STR("合总小")); /* 计 */
}

/* Strong throughout: what a form's other cells are told apart by. */
static bool is_label(const zp_node *cell)
{
    return cell->first != NULL && cell->first == cell->last && cell->first->kind == ZP_NODE_STRONG;
}

zp_align zp_cell_align(zp_arena *arena, const zp_node *cell, const zp_holding *holdings,
                       bool *number)
{
    zp_str text = zp_node_text(arena, cell);
    zp_holding holding = cell->cell.columns > 1 ? ZP_HOLDS_TEXT : holdings[cell->cell.column];
    bool figure = zp_text_is_number(text);
    *number = figure && holding == ZP_HOLDS_AMOUNTS;
    bool middle = cell->cell.rows > 1 || holding != ZP_HOLDS_TEXT || figure ||
                  zp_text_is_blank(text) || is_label(cell) ||
                  (cell->previous == NULL && zp_row_is_total(arena, cell->parent));
    return middle ? ZP_ALIGN_CENTER : ZP_ALIGN_NONE;
}
