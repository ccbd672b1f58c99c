/* matrix.c: the passages of a table in; cells read as amounts, heads and labels, out. */
#include "check/matrix.h"

#include <string.h>
#include "base/utf8.h"
#include "data/label.h"

enum {
    LABEL_MAX = 300,  /* bytes of a text that may be a label */
    LABELS_LEAST = 3, /* in a head within a form */
};

typedef struct {
    zp_arena *arena;
    const zp_passages *passages;
    size_t first, end;        /* its passages */
    const zp_node *from, *to; /* its rows: the first, and behind the last (NULL: all) */
    uint32_t head;            /* rows of the head */
    zp_matrix *m;
} maker;

zp_matrix_cell *zp_matrix_at(const zp_matrix *m, uint32_t row, uint32_t column)
{
    return &m->cells[(size_t)row * m->column_count + column];
}

/* --- Words ------------------------------------------------------------------------------------ */

static bool matches(zp_str text, const char *words, bool whole)
{
    zp_str all = zp_str_from(words);
    for (size_t at = 0, end; at < all.n; at = end + 1) {
        end = zp_str_find(all, ZP_STR(" "), at);
        zp_str word = zp_str_slice(all, at, end);
        if (whole ? zp_str_eq(text, word) : zp_str_find(text, word, 0) < text.n)
            return true;
    }
    return false;
}

bool zp_matrix_head_has(const zp_matrix_column *column, const char *words)
{
    return matches(column->head, words, false);
}

bool zp_matrix_head_is(const zp_matrix_column *column, const char *words)
{
    return matches(column->head, words, true);
}

/* --- Places ----------------------------------------------------------------------------------- */

static bool is_cell(const zp_passage *passage)
{
    return passage->node != NULL && passage->node->kind == ZP_NODE_CELL;
}

static const zp_node *next_row(const zp_node *node)
{
    do
        node = node->next;
    while (node != NULL && node->kind != ZP_NODE_ROW);
    return node;
}

static bool is_strong(const zp_node *cell)
{
    for (const zp_node *child = cell->first; child != NULL; child = child->next)
        if (child->kind != ZP_NODE_STRONG && child->kind != ZP_NODE_BREAK)
            return false;
    return cell->first != NULL;
}

/* A form has heads further down: rows in which all that is written is strong, labels of columns. */
static bool is_head(const zp_node *row)
{
    size_t strong = 0;
    if (row->row.head)
        return true;
    for (const zp_node *cell = row->first; cell != NULL; cell = cell->next) {
        if (cell->first != NULL && !is_strong(cell))
            return false;
        strong += cell->first != NULL;
    }
    return strong >= LABELS_LEAST;
}

/* The size, by the tree: rows without any text count too. False: not to be looked at. */
static bool measure(maker *k, const zp_node *table)
{
    uint32_t rows = 0;
    for (const zp_node *row = k->from; row != k->to; row = next_row(row)) {
        k->head += k->head == rows && is_head(row);
        rows++;
    }
    k->m->table = table;
    k->m->column_count = table->table.columns;
    k->m->row_count = rows - k->head;
    return k->m->row_count > 0 && k->m->column_count > 0 &&
           k->m->column_count <= ZP_MATRIX_COLUMNS &&
           k->m->row_count <= ZP_MATRIX_PLACES / k->m->column_count;
}

/* --- Heads ------------------------------------------------------------------------------------ */

/* A head cell over the columns it covers; one lower down takes the place of what is above. */
static void read_head(maker *k, zp_passage passage)
{
    zp_str text = passage.text.n <= LABEL_MAX ? passage.text : ZP_STR(""), rest;
    zp_str folded = zp_label_fold(k->arena, text);
    zp_str unit = zp_unit_of_head(folded, &rest);
    uint32_t from = passage.node->cell.column, to = from + passage.node->cell.columns;
    for (uint32_t c = from; c < to && c < k->m->column_count; c++) {
        zp_matrix_column *column = &k->m->columns[c];
        if (column->head.n > 0)
            column->above = column->head;
        column->head = rest;
        column->full = zp_label_squeeze(k->arena, text);
        column->unit = unit.n > 0 ? unit : column->unit;
    }
}

/* --- Cells ------------------------------------------------------------------------------------ */

static void read_cell(maker *k, size_t index, uint32_t row, zp_str table_unit)
{
    const zp_passage *passage = &k->passages->all[index];
    const zp_node *node = passage->node;
    uint32_t column = node->cell.column;
    if (row >= k->m->row_count || column >= k->m->column_count)
        return;
    for (uint32_t r = row; r < row + node->cell.rows && r < k->m->row_count; r++)
        for (uint32_t c = column; c < column + node->cell.columns && c < k->m->column_count; c++)
            *zp_matrix_at(k->m, r, c) =
                (zp_matrix_cell){.passage = index, .covered = r != row || c != column};
    zp_matrix_cell *cell = zp_matrix_at(k->m, row, column);
    zp_matrix_column *head = &k->m->columns[column];
    zp_str unit = head->unit.n > 0                  ? head->unit
                  : zp_label_takes_unit(head->head) ? table_unit
                                                    : ZP_STR("");
    zp_amount amount = zp_amount_read(k->arena, passage->text, unit);
    cell->kind = amount.kind;
    if (amount.kind == ZP_AMOUNT_NUMBER && amount.relation != ZP_RELATION_NONE)
        cell->kind = ZP_AMOUNT_TEXT;
    if (cell->kind != ZP_AMOUNT_NUMBER) {
        head->texts += cell->kind == ZP_AMOUNT_TEXT;
        return;
    }
    cell->value = amount.number;
    cell->unit = amount.unit;
    cell->places = amount.places;
    bool same = head->numbers == 0 || (head->uniform && head->kind.kind == amount.unit.kind &&
                                       head->kind.power == amount.unit.power &&
                                       zp_str_eq(head->kind.basic, amount.unit.basic));
    head->uniform = same;
    head->kind = amount.unit;
    head->places = amount.places > head->places ? amount.places : head->places;
    head->numbers++;
}

/* 单位：万元 above the table, else in its caption. */
static zp_str unit_above(const maker *k)
{
    zp_str unit = ZP_STR("");
    for (size_t i = k->first; i < k->end && unit.n == 0; i++) {
        const zp_node *node = k->passages->all[i].node;
        if (node->kind == ZP_NODE_CELL)
            break;
        zp_str rest;
        zp_unit known;
        unit = zp_label_table_unit(k->passages->all[i].text, true);
        if (unit.n == 0 && node->kind == ZP_NODE_UNIT &&
            zp_unit_find(zp_str_trim(k->passages->all[i].text), &known))
            unit = known.name;
        if (unit.n == 0)
            unit = zp_unit_of_head(k->passages->all[i].text, &rest);
    }
    return unit;
}

static void read_cells(maker *k, zp_str unit)
{
    const zp_node *row = k->from;
    uint32_t number = 0; /* of the row, heads among them */
    for (size_t i = k->first; i < k->end; i++) {
        const zp_passage *passage = &k->passages->all[i];
        if (!is_cell(passage))
            continue;
        for (; row != passage->node->parent; row = next_row(row))
            number++;
        if (number < k->head)
            read_head(k, *passage);
        else
            read_cell(k, i, number - k->head, unit);
    }
}

/* --- Rows ------------------------------------------------------------------------------------- */

static bool ends_with(zp_str text, const char *words)
{
    zp_str all = zp_str_from(words);
    for (size_t at = 0, end; at < all.n; at = end + 1) {
        end = zp_str_find(all, ZP_STR(" "), at);
        if (zp_str_ends(text, zp_str_slice(all, at, end)))
            return true;
    }
    return false;
}

static void rank(zp_matrix_row *row, zp_str label)
{
    bool total = zp_label_is_total(label);
    bool points = zp_label_begins(label, ZP_STR("总分")) ||
                  zp_label_begins(label, ZP_STR("总得分")) ||
                  zp_label_begins(label, ZP_STR("总分值"));
    row->named = !total && !points && ends_with(label, "小计 合计 总计 共计");
    if (!total && !points && !row->named)
        return;
    row->rank = ZP_ROW_TOTAL;
    if (zp_label_begins(label, ZP_STR("小计")) || ends_with(label, "小计"))
        row->rank = ZP_ROW_SUBTOTAL;
    else if (points || zp_label_begins(label, ZP_STR("总计")) || ends_with(label, "总计"))
        row->rank = ZP_ROW_GRAND;
}

/* 1.1 and 1.1.2 by their points: 31, 32; else 0. */
static int dotted_level(zp_str text)
{
    int points = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '.' && i > 0 && i + 1 < text.n)
            points++;
        else if (text.p[i] < '0' || text.p[i] > '9')
            return i > 0 && points > 0 ? 30 + points : 0;
    }
    return 0;
}

static int level_of(zp_str text)
{
    int level = 0;
    if (zp_passage_number(text, &level) == 0)
        return dotted_level(text);
    return level == 5 ? 4 : level == 4 ? 3 : level - 1;
}

static bool is_part(zp_str text)
{
    zp_str folded = zp_str_trim(text);
    return zp_str_starts(folded, ZP_STR("其中")) || zp_str_starts(text, ZP_STR("\xE3\x80\x80"));
}

/* A row that only numbers the columns: 1 2 3 …, or 栏次. */
static bool numbers_columns(const maker *k, uint32_t r)
{
    unsigned number, wanted = 0;
    for (uint32_t c = 0; c < k->m->column_count; c++) {
        const zp_matrix_cell *cell = zp_matrix_at(k->m, r, c);
        if (cell->passage == ZP_NO_PASSAGE || cell->covered)
            continue;
        zp_str text = k->passages->all[cell->passage].text;
        if (text.n > LABEL_MAX || !zp_label_is_numbering(zp_label_fold(k->arena, text), &number))
            return false;
        if (number > 0 && number != ++wanted)
            return false;
    }
    return wanted > 1;
}

static void read_row(maker *k, uint32_t r)
{
    zp_matrix_row *row = &k->m->rows[r];
    for (uint32_t c = 0; c < k->m->column_count; c++) {
        const zp_matrix_cell *cell = zp_matrix_at(k->m, r, c);
        if (cell->kind == ZP_AMOUNT_NUMBER && row->label.n > 0)
            break; /* what stands behind a figure is no label */
        if (cell->kind != ZP_AMOUNT_TEXT || k->passages->all[cell->passage].text.n > LABEL_MAX)
            continue;
        zp_str text = k->passages->all[cell->passage].text;
        zp_str label = zp_label_fold(k->arena, text);
        if (row->label.n == 0 || !row->rank)
            rank(row, label);
        if (row->label.n == 0) {
            row->part = is_part(text);
            row->level = level_of(label);
        }
        if (row->label.n == 0 || row->rank)
            row->label = label;
        if (row->rank)
            break;
    }
    row->numbers_columns = r == 0 && numbers_columns(k, r);
}

/* A row of column numbers is as if it were not there. */
static void forget_numbering(maker *k)
{
    if (!k->m->rows[0].numbers_columns)
        return;
    for (uint32_t c = 0; c < k->m->column_count; c++) {
        zp_matrix_cell *cell = zp_matrix_at(k->m, 0, c);
        zp_matrix_column *column = &k->m->columns[c];
        if (cell->kind == ZP_AMOUNT_NUMBER)
            column->numbers--;
        if (cell->kind == ZP_AMOUNT_TEXT)
            column->texts--;
        *cell = (zp_matrix_cell){.passage = cell->passage};
    }
}

/* The part of a table that `k` has the rows and passages of; NULL: it has no body, or is too large.
 */
static zp_matrix *make(maker *k, const zp_node *table, zp_str unit)
{
    zp_matrix *m = k->m = zp_new(k->arena, zp_matrix);
    if (!measure(k, table))
        return NULL;
    size_t count = (size_t)m->row_count * m->column_count;
    m->cells = zp_new_array(k->arena, zp_matrix_cell, count);
    m->rows = zp_new_array(k->arena, zp_matrix_row, m->row_count);
    m->columns = zp_new_array(k->arena, zp_matrix_column, m->column_count);
    for (size_t i = 0; i < count; i++)
        m->cells[i] = (zp_matrix_cell){.passage = ZP_NO_PASSAGE};
    read_cells(k, unit);
    for (uint32_t r = 0; r < m->row_count; r++)
        read_row(k, r);
    forget_numbering(k);
    return m;
}

/* --- Figures ---------------------------------------------------------------------------------- */

const zp_number *zp_matrix_ulp(zp_arena *arena, const zp_matrix_column *column)
{
    return zp_number_scale(arena, zp_number_int(arena, 1), column->kind.power - column->places);
}

zp_str zp_matrix_shown(zp_arena *arena, const zp_matrix_column *column, const zp_number *value)
{
    return zp_number_fixed(arena, zp_number_scale(arena, value, -column->kind.power),
                           column->places);
}

/* --- All of a report -------------------------------------------------------------------------- */

static const uint32_t *rows_of(zp_arena *arena, const zp_matrix *m, size_t first, size_t end)
{
    uint32_t *rows = zp_new_array(arena, uint32_t, end - first);
    for (size_t i = 0; i < end - first; i++)
        rows[i] = ZP_NO_ROW;
    for (uint32_t r = 0; r < m->row_count; r++)
        for (uint32_t c = 0; c < m->column_count; c++) {
            const zp_matrix_cell *cell = zp_matrix_at(m, r, c);
            if (cell->passage != ZP_NO_PASSAGE && !cell->covered)
                rows[cell->passage - first] = r;
        }
    return rows;
}

static void add_entry(zp_arena *arena, zp_matrices *all, zp_matrix_entry entry)
{
    size_t n = all->count; /* room for a power of two of them, from 8 on */
    if (n == 0 || (n >= 8 && (n & (n - 1)) == 0)) {
        zp_matrix_entry *more = zp_new_array(arena, zp_matrix_entry, n ? n * 2 : 8);
        if (n > 0)
            memcpy(more, all->all, n * sizeof *more);
        all->all = more;
    }
    ((zp_matrix_entry *)all->all)[all->count++] = entry;
}

/* The first passage from `first` on that stands in the row, or behind it. */
static size_t passages_before(const zp_passages *passages, size_t first, size_t end,
                              const zp_node *from, const zp_node *to)
{
    const zp_node *row = from;
    size_t i = first;
    for (; i < end && row != to; i++) {
        const zp_node *parent = passages->all[i].node->parent;
        if (passages->all[i].node->kind != ZP_NODE_CELL)
            continue;
        while (row != to && row != parent)
            row = next_row(row);
    }
    return row == to && i > first && to != NULL ? i - 1 : i;
}

/* A table in parts: each begins with a head. */
static void add_table(zp_arena *arena, zp_matrices *all, size_t first, size_t end,
                      const zp_node *table)
{
    const zp_node *from = table->first;
    while (from != NULL && from->kind != ZP_NODE_ROW)
        from = from->next;
    maker k = {.arena = arena, .passages = all->passages, .first = first, .end = end};
    zp_str unit = unit_above(&k);
    while (from != NULL && k.first < end) {
        const zp_node *to = next_row(from), *before = from;
        while (to != NULL && (!is_head(to) || is_head(before))) {
            before = to;
            to = next_row(to);
        }
        k.from = from;
        k.to = to;
        k.head = 0;
        k.end = passages_before(all->passages, k.first, end, from, to);
        const zp_matrix *m = make(&k, table, unit);
        if (m != NULL)
            add_entry(arena, all,
                      (zp_matrix_entry){k.first, k.end, m, rows_of(arena, m, k.first, k.end)});
        k.first = k.end;
        from = to;
    }
}

zp_matrices *zp_matrices_make(zp_arena *arena, const zp_passages *passages)
{
    zp_matrices *all = zp_new(arena, zp_matrices);
    all->passages = passages;
    for (size_t i = 1, end; i < passages->count; i = end) {
        const zp_node *table = passages->all[i].node->parent;
        end = i + 1;
        if (table != NULL && table->kind == ZP_NODE_ROW)
            table = table->parent;
        if (table == NULL || table->kind != ZP_NODE_TABLE)
            continue;
        for (; end < passages->count; end++) {
            const zp_node *above = passages->all[end].node->parent;
            if (above != table && (above == NULL || above->parent != table))
                break;
        }
        add_table(arena, all, i, end, table);
    }
    return all;
}

const zp_matrix *zp_matrices_find(const zp_matrices *matrices, size_t passage, uint32_t *row,
                                  uint32_t *column)
{
    size_t low = 0, high = matrices->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (matrices->all[middle].end <= passage)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == matrices->count || passage < matrices->all[low].first)
        return NULL;
    const zp_matrix_entry *entry = &matrices->all[low];
    *row = entry->rows[passage - entry->first];
    if (*row == ZP_NO_ROW)
        return NULL;
    *column = matrices->passages->all[passage].node->cell.column;
    return entry->matrix;
}
