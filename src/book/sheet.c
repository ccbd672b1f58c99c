/* sheet.c: cells in any order in, a grid in reading order out, and questions about places in it.
 *
 * Joins may be as hostile as they like (larger than the sheet, over one another, two million of
 * them), so nothing here walks the area that a join covers: coverage.h knows it while the sheet is
 * settled. Afterwards, a cell that is joined downwards is filed under one row: the one it covers
 * whose number a power of two divides furthest. Of the rows filed under, only some twenty can
 * matter to a place, and joins filed under one row do not share columns, so each costs one binary
 * search.
 */
#include "book/sheet.h"

#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "book/coverage.h"

enum {
    FIRST_CELLS = 64,
    INDEX_BITS = 24,   /* of a cell's number in a sort key; above it stands the place */
    PADDING = 4 << 20, /* tabs that may be spent on blank cells at the rows' ends */
    FAR = 256,         /* bytes between a CSV file's cell and a blank one */
};
_Static_assert(ZP_SHEET_CELLS < 1 << INDEX_BITS, "a sort key holds a cell's number");

/* --- Gathering ------------------------------------------------------------------------------- */

static uint64_t place_of(const zp_cell *cell)
{
    return (uint64_t)cell->row * ZP_SHEET_COLUMNS + cell->column;
}

static void refuse(zp_diag *diag, zp_span span)
{
    zp_diag_add(diag, ZP_ERROR, "too-many-cells", span,
                "请只保留要用的行和列，删去远处的空格和格式，或把数据分成几个文件",
                "表格太大：一张表最多 %d 个有内容的单元格、%d 行、%d 列、%d MB 文字",
                ZP_SHEET_CELLS, ZP_SHEET_ROWS, ZP_SHEET_COLUMNS, ZP_SOURCE_MAX >> 20);
}

/* A size of at least 1 that ends before `limit`. */
static uint32_t fit_size(uint32_t size, uint32_t start, uint32_t limit)
{
    uint32_t room = limit - start;
    return size == 0 ? 1 : size < room ? size : room;
}

void zp_sheet_reserve(zp_sheet_maker *maker, size_t count)
{
    size_t old = maker->capacity;
    if (count <= old)
        return;
    maker->capacity = count < ZP_SHEET_CELLS ? count : ZP_SHEET_CELLS;
    maker->cells = zp_arena_grow(maker->arena, maker->cells, old * sizeof *maker->cells,
                                 zp_array_size(maker->capacity, sizeof *maker->cells));
}

void zp_sheet_add(zp_sheet_maker *maker, const zp_cell *cell)
{
    bool blank = cell->kind == ZP_CELL_BLANK || zp_utf8_is_blank(cell->text);
    if (maker->full || (blank && !cell->uncomputed && cell->rows <= 1 && cell->columns <= 1))
        return;
    if (cell->row >= ZP_SHEET_ROWS || cell->column >= ZP_SHEET_COLUMNS ||
        maker->count == ZP_SHEET_CELLS) {
        maker->full = true;
        refuse(maker->diag, cell->span);
        return;
    }
    if (maker->count == maker->capacity)
        zp_sheet_reserve(maker, maker->capacity ? maker->capacity * 2 : FIRST_CELLS);
    zp_cell *added = &maker->cells[maker->count++];
    *added = *cell;
    if (blank) {
        added->kind = ZP_CELL_BLANK;
        added->text = ZP_STR("");
    }
    if (added > maker->cells && place_of(added) <= place_of(added - 1))
        maker->disordered = true;
    added->rows = fit_size(cell->rows, cell->row, ZP_SHEET_ROWS);
    added->columns = fit_size(cell->columns, cell->column, ZP_SHEET_COLUMNS);
    if (added->rows > 1 || added->columns > 1)
        maker->joined = true;
}

/* --- Sorting --------------------------------------------------------------------------------- */

static int compare_keys(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* By place, and as they were added where that is equal. */
static void sort_cells(zp_sheet_maker *maker)
{
    if (!maker->disordered)
        return;
    uint64_t *keys = zp_new_array(maker->arena, uint64_t, maker->count);
    for (size_t i = 0; i < maker->count; i++)
        keys[i] = place_of(&maker->cells[i]) << INDEX_BITS | i;
    qsort(keys, maker->count, sizeof *keys, compare_keys);
    zp_cell *sorted = zp_new_array(maker->arena, zp_cell, maker->count);
    for (size_t i = 0; i < maker->count; i++)
        sorted[i] = maker->cells[keys[i] & ((1U << INDEX_BITS) - 1)];
    maker->cells = sorted;
    maker->capacity = maker->count;
}

/* --- Settling joins -------------------------------------------------------------------------- */

static bool has_tall_joins(const zp_sheet_maker *maker)
{
    for (size_t i = 0; i < maker->count; i++)
        if (maker->cells[i].rows > 1)
            return true;
    return false;
}

/* The cells at the place of cell *i as one, and *i moved past them. */
static zp_cell take_place(const zp_sheet_maker *maker, size_t *i)
{
    zp_cell taken = maker->cells[*i];
    uint64_t place = place_of(&taken);
    for (++*i; *i < maker->count && place_of(&maker->cells[*i]) == place; ++*i) {
        const zp_cell *other = &maker->cells[*i];
        uint32_t rows = taken.rows > other->rows ? taken.rows : other->rows;
        uint32_t columns = taken.columns > other->columns ? taken.columns : other->columns;
        if (taken.kind == ZP_CELL_BLANK && !taken.uncomputed)
            taken = *other;
        taken.rows = rows;
        taken.columns = columns;
    }
    return taken;
}

/* Leaves one cell a place, and none under another. What covers a place of a cell's first row came
 * before it, from above or from the left, and a join from above that touches the cell at all
 * touches its first row: so to cut the width is enough. */
static void settle(zp_sheet_maker *maker)
{
    if (!maker->disordered && !maker->joined)
        return; /* most lists */
    bool tall = has_tall_joins(maker);
    zp_coverage c = tall ? zp_coverage_new(maker->arena) : (zp_coverage){NULL, NULL};
    uint64_t free = 0; /* the first place that the cells to the left leave open */
    size_t kept = 0;
    for (size_t i = 0; i < maker->count;) {
        zp_cell cell = take_place(maker, &i);
        if (place_of(&cell) < free)
            continue;
        uint32_t end = cell.column + cell.columns;
        if (tall)
            end = zp_coverage_find(&c, cell.column, end, cell.row);
        if (end == cell.column)
            continue;
        cell.columns = end - cell.column;
        free = place_of(&cell) + cell.columns;
        if (cell.rows > 1)
            zp_coverage_add(&c, cell.column, end, cell.row + cell.rows);
        maker->cells[kept++] = cell;
    }
    maker->count = kept;
}

/* --- The line-a-row text --------------------------------------------------------------------- */

/* Adds `text` on one line and without tabs. */
static void add_flat(zp_buf *out, zp_str text)
{
    size_t start = out->n;
    zp_buf_add(out, text);
    for (size_t i = start; i < out->n; i++)
        if (out->p[i] == '\n' || out->p[i] == '\r' || out->p[i] == '\t')
            out->p[i] = ' ';
}

static void add_bytes(zp_buf *out, char byte, size_t count)
{
    if (!count)
        return;
    zp_buf_reserve(out, count);
    memset(out->p + out->n, byte, count);
    out->n += count;
}

/* The text that stands before a cell: the rest of the rows above it, and tabs up to it. */
static size_t measure_gap(const zp_cell *before, const zp_cell *cell, uint32_t padded)
{
    if (before->row == cell->row)
        return cell->column - before->column;
    size_t padding = padded > before->column ? padded - before->column : 0;
    return padding + (cell->row - before->row) + cell->column;
}

static void add_gap(zp_buf *out, const zp_cell *before, const zp_cell *cell, uint32_t padded)
{
    uint32_t column = before->column;
    if (before->row < cell->row) {
        add_bytes(out, '\t', padded > column ? padded - column : 0);
        add_bytes(out, '\n', cell->row - before->row);
        column = 0;
    }
    add_bytes(out, '\t', cell->column - column);
}

/* Writes the cells' text and their places in it; how many had room. `padded`: the last column that
 * each row with cells gets a tab for, or 0. */
static size_t write_cells(zp_sheet_maker *maker, uint32_t padded, zp_buf *out)
{
    size_t room = maker->other_text < ZP_BOOK_TEXT ? ZP_BOOK_TEXT - maker->other_text : 0;
    size_t limit = room < ZP_SOURCE_MAX ? room : ZP_SOURCE_MAX;
    zp_cell before = {.row = 0, .column = 0};
    for (size_t i = 0; i < maker->count; i++) {
        zp_cell *cell = &maker->cells[i];
        size_t gap = measure_gap(&before, cell, padded);
        if (out->n + gap + cell->text.n > limit)
            return i;
        add_gap(out, &before, cell, padded);
        cell->span.start = out->n;
        add_flat(out, cell->text);
        cell->span.end = out->n;
        before = *cell;
    }
    if (maker->count && out->n + padded < limit)
        add_bytes(out, '\t', padded > before.column ? padded - before.column : 0);
    return maker->count;
}

/* How many rows and columns the cells reach. */
static void measure(const zp_sheet_maker *maker, uint32_t *rows, uint32_t *columns)
{
    *rows = *columns = 0;
    for (size_t i = 0; i < maker->count; i++) {
        const zp_cell *cell = &maker->cells[i];
        if (cell->row + cell->rows > *rows)
            *rows = cell->row + cell->rows;
        if (cell->column + cell->columns > *columns)
            *columns = cell->column + cell->columns;
    }
}

static const zp_source *write_source(zp_sheet_maker *maker, zp_str file, zp_str name)
{
    uint32_t rows, columns;
    measure(maker, &rows, &columns);
    bool cheap = columns && rows <= (uint32_t)PADDING / columns;
    zp_buf text = {.arena = maker->arena};
    size_t written = write_cells(maker, cheap ? columns - 1 : 0, &text);
    zp_source *source = zp_new(maker->arena, zp_source);
    *source = *zp_source_new(maker->arena, file, zp_buf_str(&text));
    source->sheet = name;
    for (size_t i = 0; i < written; i++)
        maker->cells[i].span.source = source;
    if (written < maker->count)
        refuse(maker->diag, zp_span_of(source, text.n, text.n));
    maker->count = written;
    return source;
}

/* --- The finished sheet ---------------------------------------------------------------------- */

/* The number of [first, last], first > 0, that a power of two divides furthest: they agree in the
 * bits above the highest one in which first - 1 and last differ. */
static uint32_t find_middle(uint32_t first, uint32_t last)
{
    unsigned bit = 31U - (unsigned)__builtin_clz((first - 1) ^ last);
    return last >> bit << bit;
}

static int compare_covers(const void *a, const void *b)
{
    const zp_cover *left = a, *right = b;
    if (left->middle != right->middle)
        return left->middle < right->middle ? -1 : 1;
    return (left->column > right->column) - (left->column < right->column);
}

static void file_covers(zp_arena *arena, zp_sheet *sheet)
{
    size_t count = 0;
    for (size_t i = 0; i < sheet->count; i++)
        count += sheet->cells[i].rows > 1;
    zp_cover *covers = zp_new_array(arena, zp_cover, count);
    for (size_t i = 0; i < sheet->count; i++) {
        const zp_cell *cell = &sheet->cells[i];
        if (cell->rows > 1)
            covers[sheet->cover_count++] =
                (zp_cover){find_middle(cell->row + 1, cell->row + cell->rows), cell->column, i};
    }
    if (count)
        qsort(covers, count, sizeof *covers, compare_covers);
    sheet->covers = covers;
}

static const size_t *find_starts(zp_arena *arena, const zp_sheet *sheet)
{
    size_t *starts = zp_new_array(arena, size_t, (size_t)sheet->row_count + 1);
    size_t cell = 0;
    for (uint32_t row = 0; row <= sheet->row_count; row++) {
        starts[row] = cell;
        while (cell < sheet->count && sheet->cells[cell].row == row)
            cell++;
    }
    return starts;
}

zp_sheet *zp_sheet_finish(zp_sheet_maker *maker, const zp_source *source, zp_str file, zp_str name)
{
    sort_cells(maker);
    settle(maker);
    zp_sheet *sheet = zp_new(maker->arena, zp_sheet);
    sheet->name = name;
    sheet->source = source ? source : write_source(maker, file, name);
    measure(maker, &sheet->row_count, &sheet->column_count);
    sheet->cells = maker->cells;
    sheet->count = maker->count;
    sheet->starts = find_starts(maker->arena, sheet);
    file_covers(maker->arena, sheet);
    return sheet;
}

/* The last cell of a row that begins at or before `column`; NULL when there is none. */
static const zp_cell *find_in_row(const zp_sheet *sheet, uint32_t row, uint32_t column)
{
    if (row >= sheet->row_count)
        return NULL;
    size_t first = sheet->starts[row], low = first, high = sheet->starts[row + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sheet->cells[middle].column <= column)
            low = middle + 1;
        else
            high = middle;
    }
    return low > first ? &sheet->cells[low - 1] : NULL;
}

static bool covers_place(const zp_cell *cell, uint32_t row, uint32_t column)
{
    return cell->row <= row && row - cell->row < cell->rows && cell->column <= column &&
           column - cell->column < cell->columns;
}

/* The cell filed under `middle` that covers the place. */
static const zp_cell *find_filed(const zp_sheet *sheet, uint32_t middle, uint32_t row,
                                 uint32_t column)
{
    zp_cover wanted = {middle, column, 0};
    size_t low = 0, high = sheet->cover_count;
    while (low < high) {
        size_t half = low + (high - low) / 2;
        if (compare_covers(&sheet->covers[half], &wanted) <= 0)
            low = half + 1;
        else
            high = half;
    }
    if (low == 0 || sheet->covers[low - 1].middle != middle)
        return NULL;
    const zp_cell *cell = &sheet->cells[sheet->covers[low - 1].cell];
    return covers_place(cell, row, column) ? cell : NULL;
}

const zp_cell *zp_sheet_at(const zp_sheet *sheet, uint32_t row, uint32_t column)
{
    const zp_cell *cell = find_in_row(sheet, row, column);
    if (cell && covers_place(cell, row, column))
        return cell;
    if (row >= sheet->row_count || column >= sheet->column_count)
        return NULL;
    uint32_t number = row + 1, last = sheet->row_count;
    for (unsigned bit = 0; sheet->cover_count && 1U << bit <= last; bit++) {
        uint32_t middle = (number >> bit | 1U) << bit;
        cell = find_filed(sheet, middle, row, column);
        if (cell)
            return cell;
    }
    return NULL;
}

/* --- Places of what is not there ------------------------------------------------------------- */

static bool is_separator(char c)
{
    return c == '\t' || c == ',' || c == ';';
}

/* The offset behind `count` separators from `at` on; only blank fields lie there. Of CSV the first
 * one met says which it is, and what is farther than FAR has no place of its own: its row's must
 * do. */
static size_t skip_right(const zp_source *source, size_t at, uint32_t count)
{
    zp_str text = source->text;
    if (source->sheet.n) {
        size_t end = count < text.n - at ? at + count : text.n;
        const char *newline = memchr(text.p + at, '\n', end - at);
        return newline ? (size_t)(newline - text.p) : end;
    }
    size_t end = text.n - at < FAR ? text.n : at + FAR;
    char separator = 0;
    for (size_t i = at; i < end && text.p[i] != '\n'; i++) {
        if (!separator && is_separator(text.p[i]))
            separator = text.p[i];
        if (text.p[i] == separator && --count == 0)
            return i + 1;
    }
    return at;
}

/* The same to the left, ending before the last one, or at the line's beginning. */
static size_t skip_left(const zp_source *source, size_t at, uint32_t count)
{
    zp_str text = source->text;
    if (source->sheet.n)
        return at > count ? at - count : 0;
    size_t low = at > FAR ? at - FAR : 0;
    char separator = 0;
    size_t i = at;
    for (; i > low && text.p[i - 1] != '\n'; i--) {
        if (!separator && is_separator(text.p[i - 1]))
            separator = text.p[i - 1];
        if (text.p[i - 1] == separator && count-- == 0)
            return i;
    }
    return i > low || low == 0 ? i : at;
}

zp_span zp_sheet_place(const zp_sheet *sheet, uint32_t row, uint32_t column)
{
    const zp_cell *cell = zp_sheet_at(sheet, row, column);
    if (cell)
        return cell->span;
    if (row >= sheet->row_count || sheet->starts[row] == sheet->starts[row + 1])
        return zp_span_file(sheet->source);
    size_t at;
    cell = find_in_row(sheet, row, column);
    if (cell) {
        at = skip_right(sheet->source, cell->span.end, column - cell->column);
    } else {
        cell = &sheet->cells[sheet->starts[row]];
        at = skip_left(sheet->source, cell->span.start, cell->column - column);
    }
    return zp_span_of(sheet->source, at, at);
}

zp_span zp_sheet_span(const zp_sheet *sheet)
{
    return sheet->count ? sheet->cells[0].span : zp_span_file(sheet->source);
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static bool is_listed(const uint32_t *numbers, size_t count, uint32_t number)
{
    return count && bsearch(&number, numbers, count, sizeof *numbers, compare_numbers);
}

bool zp_sheet_row_is_hidden(const zp_sheet *sheet, uint32_t row)
{
    return is_listed(sheet->hidden_rows, sheet->hidden_row_count, row);
}

bool zp_sheet_column_is_hidden(const zp_sheet *sheet, uint32_t column)
{
    return is_listed(sheet->hidden_columns, sheet->hidden_column_count, column);
}

/* --- Parts ----------------------------------------------------------------------------------- */

/* What of the stretch [start, start + size) lies in [first, last]; false when nothing does. */
static bool cut(uint32_t *start, uint32_t *size, uint32_t first, uint32_t last)
{
    uint32_t end = *start + *size;
    if (end <= first || *start > last)
        return false;
    uint32_t from = *start > first ? *start : first;
    *size = (end <= last ? end : last + 1) - from;
    *start = from - first;
    return true;
}

static const uint32_t *cut_numbers(zp_arena *arena, const uint32_t *numbers, size_t *count,
                                   uint32_t first, uint32_t last)
{
    uint32_t *kept = zp_new_array(arena, uint32_t, *count);
    size_t kept_count = 0;
    for (size_t i = 0; i < *count; i++)
        if (numbers[i] >= first && numbers[i] <= last)
            kept[kept_count++] = numbers[i] - first;
    *count = kept_count;
    return kept;
}

/* How much of `count` lies in the range. */
static uint32_t cut_count(uint32_t count, uint32_t first, uint32_t last)
{
    uint32_t end = count <= last ? count : last + 1;
    return end > first ? end - first : 0;
}

/* A join may now be a cell like the others, and a blank one is not kept then. */
static void cut_cells(zp_sheet_maker *maker, const zp_sheet *sheet, zp_range range)
{
    for (size_t i = 0; i < sheet->count; i++) {
        zp_cell cell = sheet->cells[i];
        if (cut(&cell.row, &cell.rows, range.row, range.last_row) &&
            cut(&cell.column, &cell.columns, range.column, range.last_column))
            zp_sheet_add(maker, &cell);
    }
}

zp_sheet *zp_sheet_part(zp_arena *arena, const zp_sheet *sheet, zp_range range)
{
    zp_sheet_maker maker = {.arena = arena, .diag = zp_diag_new(arena)};
    cut_cells(&maker, sheet, range);
    sort_cells(&maker);
    zp_sheet *part = zp_new(arena, zp_sheet);
    *part = *sheet;
    part->cells = maker.cells;
    part->count = maker.count;
    part->row_count = cut_count(sheet->row_count, range.row, range.last_row);
    part->column_count = cut_count(sheet->column_count, range.column, range.last_column);
    part->starts = find_starts(arena, part);
    part->hidden_rows =
        cut_numbers(arena, sheet->hidden_rows, &part->hidden_row_count, range.row, range.last_row);
    part->hidden_columns = cut_numbers(arena, sheet->hidden_columns, &part->hidden_column_count,
                                       range.column, range.last_column);
    part->cover_count = 0;
    file_covers(arena, part);
    return part;
}
