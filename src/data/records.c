/* records.c: a sheet in, the list on it out: where the header is, what the columns are called, and
 * which rows belong to the list.
 *
 * Everything is decided from the texts and joins of the rows around the header; nothing is guessed
 * from the figures below, but that a row of nothing but figures is no header. The walk over the
 * list goes row by row over the columns that have a head, so its cost is that of the values it
 * makes.
 */
#include "data/records.h"

#include <stdlib.h>
#include "data/label.h"
#include "data/unit.h"

enum {
    HEADER_ROWS = 3,
    NUMBERED = 3,   /* columns, at least, of a row that numbers them */
    WIDE_HEAD = 16, /* columns of a head that is joined across in which a value is looked for */
};

typedef struct {
    const zp_cell *head; /* the lowest of the header in this column */
    uint32_t column;
    zp_str key, folded; /* folded: the lowest head's label */
    zp_str unit;
    bool fill, told;      /* told: that a cell of it was never computed */
    const zp_cell *above; /* FILL: the last cell that held something */
} head;

typedef struct {
    zp_arena *arena;
    const zp_sheet *sheet;
    const zp_records_options *options;
    zp_diag *diag;
    uint32_t top, bottom; /* of the header, inclusive */
    head *heads;
    size_t count;
    size_t values;
} list;

/* --- Cells ----------------------------------------------------------------------------------- */

static bool holds(const zp_cell *cell)
{
    return cell && (cell->uncomputed || cell->kind != ZP_CELL_BLANK);
}

zp_value *zp_cell_value(zp_arena *arena, const zp_cell *cell, zp_span span)
{
    if (!cell || cell->kind == ZP_CELL_BLANK || !cell->text.n)
        return zp_value_new(arena, ZP_VALUE_NULL, cell ? cell->span : span);
    zp_value *value = zp_value_new(arena, ZP_VALUE_TEXT, cell->span);
    value->text = cell->text;
    value->stored = cell->stored;
    value->unit = cell->unit;
    return value;
}

/* The cells that begin in a row. */
static const zp_cell *row_cells(const zp_sheet *sheet, uint32_t row, size_t *count)
{
    size_t start = sheet->starts[row];
    *count = sheet->starts[row + 1] - start;
    return sheet->cells + start;
}

static bool is_numeric(const zp_cell *cell)
{
    if (cell->kind == ZP_CELL_NUMBER || cell->kind == ZP_CELL_DATE)
        return true;
    zp_str text = zp_str_trim(cell->text);
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] < '0' || text.p[i] > '9') && !(text.p[i] >= '%' && text.p[i] <= '.'))
            return false;
    return true;
}

/* --- Above the list -------------------------------------------------------------------------- */

/* The part of a head that counts. */
static zp_str head_text(zp_arena *arena, zp_str text)
{
    if (text.n > ZP_RECORDS_HEAD) {
        size_t end = ZP_RECORDS_HEAD;
        while (end && ((unsigned char)text.p[end] & 0xC0U) == 0x80)
            end--;
        text = zp_str_slice(text, 0, end);
    }
    return zp_label_squeeze(arena, text);
}

static bool has_colon(zp_str text, bool *at_end)
{
    *at_end = zp_str_ends(text, ZP_STR(":")) || zp_str_ends(text, ZP_STR("："));
    return zp_str_find(text, ZP_STR(":"), 0) < text.n ||
           zp_str_find(text, ZP_STR("："), 0) < text.n;
}

/* What a row above the list looks like. */
typedef struct {
    size_t texts;
    bool named;  /* its first text is one like 编制单位：, and not all are */
    zp_str unit; /* that it names for the whole table */
} glance;

static glance glance_at(zp_arena *arena, const zp_sheet *sheet, uint32_t row)
{
    size_t count, ended = 0;
    const zp_cell *cells = row_cells(sheet, row, &count);
    glance seen = {0, false, ZP_STR("")};
    for (size_t i = 0; i < count; i++) {
        if (!holds(&cells[i]))
            continue;
        zp_str text = head_text(arena, cells[i].text);
        bool at_end, colon = has_colon(text, &at_end);
        if (colon && seen.texts == 0)
            seen.named = !zp_str_starts(text, ZP_STR("其中"));
        if (colon && !seen.unit.n)
            seen.unit = zp_label_table_unit(cells[i].text, count == 1);
        ended += at_end;
        seen.texts++;
    }
    seen.named = seen.named && ended < seen.texts;
    return seen;
}

/* The header's first row, and the unit named above it. */
static bool find_top(zp_arena *arena, const zp_sheet *sheet, uint32_t *top, zp_str *unit)
{
    size_t wanted = sheet->column_count > 1 ? 2 : 1;
    for (uint32_t row = 0; row < sheet->row_count; row++) {
        glance seen = glance_at(arena, sheet, row);
        if (seen.unit.n) {
            *unit = seen.unit;
            continue;
        }
        if (seen.texts >= wanted && !seen.named) {
            *top = row;
            return true;
        }
    }
    return false;
}

/* --- The header ------------------------------------------------------------------------------ */

/* Whether row bottom + 1 goes on with the header: all its texts stand below heads that are joined
 * across, two or more of them, and none is a figure; or it holds none and all heads reach it. */
static bool goes_on(const list *l)
{
    const zp_sheet *sheet = l->sheet;
    uint32_t next = l->bottom + 1;
    if (next - l->top >= HEADER_ROWS || next >= sheet->row_count)
        return false;
    size_t count, texts = 0;
    const zp_cell *cells = row_cells(sheet, next, &count);
    for (size_t i = 0; i < count; i++) {
        if (!holds(&cells[i]))
            continue;
        const zp_cell *above = zp_sheet_at(sheet, l->bottom, cells[i].column);
        if (!holds(above) || above->row < l->top || above->columns <= cells[i].columns ||
            is_numeric(&cells[i]))
            return false;
        texts++;
    }
    if (texts)
        return texts > 1;
    cells = row_cells(sheet, l->top, &count);
    for (size_t i = 0; i < count; i++)
        if (holds(&cells[i]) && cells[i].row + cells[i].rows <= next)
            return false;
    return true;
}

/* The path of a column through the header's rows, and the unit that the lowest head names, or one
 * above it. */
static void name_head(const list *l, head *h)
{
    zp_buf path = {.arena = l->arena};
    const zp_cell *last = NULL;
    zp_str last_text = ZP_STR("");
    for (uint32_t row = l->top; row <= l->bottom; row++) {
        const zp_cell *cell = zp_sheet_at(l->sheet, row, h->column);
        if (!holds(cell) || cell == last)
            continue;
        zp_str text = head_text(l->arena, cell->text), rest = text;
        zp_str unit = zp_unit_of_head(text, &rest);
        if (unit.n)
            h->unit = unit;
        if (path.n && !zp_str_eq(rest, last_text))
            zp_buf_byte(&path, '/');
        if (!path.n || !zp_str_eq(rest, last_text))
            zp_buf_add(&path, rest);
        h->folded = zp_label_fold(l->arena, rest);
        last = cell;
        last_text = rest;
    }
    h->key = zp_buf_str(&path);
}

/* The lowest cell of the header in a column, when it begins there and ends with the header. */
static const zp_cell *find_head(const list *l, uint32_t column)
{
    for (uint32_t row = l->bottom + 1; row-- > l->top;) {
        const zp_cell *cell = zp_sheet_at(l->sheet, row, column);
        if (!holds(cell))
            continue;
        bool own = cell->column == column && cell->row >= l->top &&
                   cell->row + cell->rows <= l->bottom + 1;
        return own ? cell : NULL;
    }
    return NULL;
}

static bool is_in(zp_str text, const zp_str *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (zp_str_eq(text, texts[i]))
            return true;
    return false;
}

static int compare_heads(const void *a, const void *b)
{
    const head *left = *(head *const *)a, *right = *(head *const *)b;
    int order = zp_str_compare(left->key, right->key);
    return order ? order : (left->column > right->column) - (left->column < right->column);
}

/* Leaves the first of the heads with one key. */
static void drop_twins(list *l)
{
    head **sorted = zp_new_array(l->arena, head *, l->count);
    for (size_t i = 0; i < l->count; i++)
        sorted[i] = &l->heads[i];
    if (l->count)
        qsort(sorted, l->count, sizeof(head *), compare_heads);
    for (size_t i = 1; i < l->count; i++) {
        if (!zp_str_eq(sorted[i]->key, sorted[i - 1]->key))
            continue;
        zp_diag_add(l->diag, ZP_WARNING, "duplicate-column", sorted[i]->head->span,
                    "给两列起不同的名称；不要的一列可以删去", "有两列都叫“%.*s”，只用前面一列",
                    ZP_ARG(sorted[i]->key));
        sorted[i]->head = NULL;
    }
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++)
        if (l->heads[i].head)
            l->heads[kept++] = l->heads[i];
    l->count = kept;
}

/* The columns that begin under the header: each cell of its rows may begin one. */
static void read_heads(list *l)
{
    while (goes_on(l))
        l->bottom++;
    uint32_t columns = l->sheet->column_count;
    l->heads = zp_new_array(l->arena, head, columns);
    for (uint32_t column = 0; column < columns; column++) {
        head h = {.head = find_head(l, column), .column = column};
        if (!h.head)
            continue;
        name_head(l, &h);
        if (!h.key.n)
            continue;
        h.fill = is_in(h.folded, l->options->fill, l->options->fill_count);
        if (!h.unit.n && zp_label_takes_unit(h.folded))
            h.unit = l->options->unit;
        l->heads[l->count++] = h;
    }
    drop_twins(l);
}

/* --- The rows -------------------------------------------------------------------------------- */

/* Whether the row right below the header only numbers the columns: 栏次 … or 甲 1 2 3. */
static bool numbers_columns(const list *l, uint32_t row)
{
    size_t count, texts = 0;
    unsigned expected = 1;
    const zp_cell *cells = row_cells(l->sheet, row, &count);
    bool named = false;
    for (size_t i = 0; i < count; i++) {
        if (!holds(&cells[i]))
            continue;
        unsigned number;
        if (!zp_label_is_numbering(cells[i].text, &number))
            return false;
        if (number && number != expected++)
            return false;
        zp_str text = head_text(l->arena, cells[i].text);
        named = named || zp_str_eq(text, ZP_STR("栏次")) || zp_str_eq(text, ZP_STR("行次"));
        texts++;
    }
    return named || (texts >= NUMBERED && expected > 1);
}

/* The first text of a row, and the first that is not joined downwards from it: a group at the left
 * may begin with its subtotal. NULL when there is none. */
static void find_firsts(const list *l, uint32_t row, const zp_cell **first, const zp_cell **flat)
{
    size_t count;
    const zp_cell *cells = row_cells(l->sheet, row, &count);
    *first = *flat = NULL;
    for (size_t i = 0; i < count && !*flat; i++) {
        if (!holds(&cells[i]))
            continue;
        if (!*first)
            *first = &cells[i];
        if (cells[i].rows == 1)
            *flat = &cells[i];
    }
    if (!*flat)
        *flat = *first;
}

static bool ends_list(const list *l, zp_str text)
{
    const zp_records_options *options = l->options;
    for (size_t i = 0; i < options->until_count; i++)
        if (zp_label_begins(text, options->until[i]))
            return true;
    bool total = options->total_ends && l->values && zp_label_begins(text, ZP_STR("合计"));
    return total || zp_label_is_closing(text);
}

typedef enum { ROW_OF_LIST, ROW_PASSED, ROW_BEHIND } row_kind;

static row_kind judge(const list *l, uint32_t row)
{
    const zp_cell *first, *flat;
    find_firsts(l, row, &first, &flat);
    if (!first)
        return ROW_PASSED;
    if (ends_list(l, first->text))
        return ROW_BEHIND;
    const zp_cell *left = zp_sheet_at(l->sheet, row, l->heads[0].column);
    if (zp_label_is_total(first->text) || zp_label_is_total(flat->text) ||
        (left && zp_label_is_total(left->text)))
        return ROW_PASSED;
    return ROW_OF_LIST;
}

static void tell_uncomputed(list *l, head *h, const zp_cell *cell)
{
    if (h->told)
        return;
    h->told = true;
    zp_diag_add(l->diag, ZP_ERROR, "no-cached-value", cell->span,
                "用表格软件打开这个文件，重新计算并保存", "“%.*s”一列有公式没有算出的结果",
                ZP_ARG(h->key));
}

/* The cell of a row that belongs to a head: under a head that is joined across, the first that
 * holds something. What comes from a head further left is not its, and the header is no value. */
static const zp_cell *find_field(const list *l, const head *h, uint32_t row)
{
    uint32_t columns = h->head->columns < WIDE_HEAD ? h->head->columns : WIDE_HEAD;
    const zp_cell *cell = NULL;
    for (uint32_t i = 0; i < columns && !holds(cell); i++) {
        cell = zp_sheet_at(l->sheet, row, h->column + i);
        if (cell && (cell->row <= l->bottom || cell->column < h->column))
            cell = NULL;
    }
    return cell;
}

static zp_value *read_field(list *l, head *h, uint32_t row)
{
    const zp_cell *cell = find_field(l, h, row);
    if (cell && cell->uncomputed)
        tell_uncomputed(l, h, cell);
    if (holds(cell))
        h->above = cell;
    else if (h->fill && h->above)
        cell = h->above;
    zp_span span = cell ? cell->span : zp_sheet_place(l->sheet, row, h->column);
    zp_value *value = zp_cell_value(l->arena, cell, span);
    if (value->kind == ZP_VALUE_TEXT && !value->unit.n)
        value->unit = h->unit;
    value->key = h->key;
    value->key_span = h->head->span;
    return value;
}

/* Whether a cell that holds something begins in the row under one of the heads that are not filled:
 * 质量指标 alone is a line of the form that nobody needed. */
static bool has_fields(const list *l, uint32_t row)
{
    size_t count, h = 0;
    const zp_cell *cells = row_cells(l->sheet, row, &count);
    for (size_t i = 0; i < count; i++) {
        if (!holds(&cells[i]))
            continue;
        while (h < l->count && l->heads[h].column + l->heads[h].head->columns <= cells[i].column)
            h++;
        if (h < l->count && l->heads[h].column <= cells[i].column && !l->heads[h].fill)
            return true;
    }
    return false;
}

/* The row as a map; NULL when the list is full. */
static zp_value *read_row(list *l, uint32_t row)
{
    l->values += l->count;
    if (l->values > ZP_RECORDS_VALUES) {
        zp_diag_add(l->diag, ZP_ERROR, "too-many-cells",
                    zp_sheet_place(l->sheet, row, l->heads[0].column),
                    "请只留要用的行和列，或把数据分成几个文件", "数据太多：一个列表最多 %d 个值",
                    ZP_RECORDS_VALUES);
        return NULL;
    }
    zp_value *map = zp_value_new(l->arena, ZP_VALUE_MAP, zp_sheet_place(l->sheet, row, 0));
    for (size_t i = 0; i < l->count; i++)
        zp_value_append(map, read_field(l, &l->heads[i], row));
    map->span = map->first->span;
    return map;
}

static zp_value *refuse(const list *l, zp_span span)
{
    zp_diag_add(l->diag, ZP_ERROR, "no-header", span,
                "列表的第一行应是各列的名称；也可以在文件名后用 !A1:D20 这样的范围指明列表在哪里",
                "没有找到列表的表头");
    return NULL;
}

zp_value *zp_records_below(zp_arena *arena, const zp_sheet *sheet,
                           const zp_records_options *options, zp_diag *diag)
{
    list l = {.arena = arena,
              .sheet = sheet,
              .options = options,
              .diag = diag,
              .top = options->top,
              .bottom = options->top};
    if (options->top >= sheet->row_count)
        return refuse(&l, zp_sheet_span(sheet));
    read_heads(&l);
    if (!l.count)
        return refuse(&l, zp_sheet_place(sheet, options->top, 0));
    zp_value *records = zp_value_new(arena, ZP_VALUE_LIST, l.heads[0].head->span);
    uint32_t row = l.bottom + 1;
    if (row < sheet->row_count && numbers_columns(&l, row))
        row++;
    for (; row < sheet->row_count; row++) {
        row_kind kind = judge(&l, row);
        if (kind == ROW_BEHIND)
            break;
        if (kind == ROW_PASSED || !has_fields(&l, row))
            continue;
        zp_value *map = read_row(&l, row);
        if (!map)
            break;
        zp_value_append(records, map);
    }
    return records;
}

zp_value *zp_records_read(zp_arena *arena, const zp_sheet *sheet, zp_diag *diag)
{
    zp_records_options options = {.unit = ZP_STR("")};
    if (find_top(arena, sheet, &options.top, &options.unit))
        return zp_records_below(arena, sheet, &options, diag);
    list l = {.diag = diag};
    return refuse(&l, zp_sheet_span(sheet));
}
