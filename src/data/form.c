/* form.c: a sheet and the description of a form in, the values beside its labels out.
 *
 * All labels of the sheet are folded and sorted once; then each one that the description names is
 * a binary search, and the first of equal ones is the first in reading order. A cell whose label
 * ends in a unit, 项目资金（万元）, stands in the index under both names. A form is as large as its
 * description, whatever the sheet holds: only lists walk over rows, and records.h does that.
 */
#include "data/form.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "data/label.h"
#include "data/records.h"
#include "data/unit.h"

enum {
    LABEL_MAX = 300,  /* bytes of a cell's text that may be a label */
    TEXTS_MAX = 2000, /* texts of a sheet that a missing one is compared with */
    NEAR_ROWS = 2,    /* a grid's or list's head may stand so far below its header's first */
};

typedef struct {
    zp_str label; /* folded */
    size_t cell;
} mark;

/* What a description calls one thing by: alternatives. */
typedef struct {
    zp_str *folded;
    size_t count;
    zp_str first; /* as written */
} names;

typedef struct {
    zp_arena *arena;
    const zp_sheet *sheet;
    zp_diag *diag;
    zp_str *folded; /* of each cell; empty when it is too long for a label */
    mark *marks;    /* by label, then in reading order */
    size_t count;
    zp_str unit;   /* of the whole sheet: 单位：万元 */
    zp_str *texts; /* that a slip is looked for among */
    size_t text_count;
    zp_buf missed; /* labels that are not there, quoted */
    zp_value *result;
} form;

/* --- The index ------------------------------------------------------------------------------- */

static int compare_marks(const void *a, const void *b)
{
    const mark *left = a, *right = b;
    int order = zp_str_compare(left->label, right->label);
    return order ? order : (left->cell > right->cell) - (left->cell < right->cell);
}

static void add_mark(form *f, zp_str label, size_t cell)
{
    if (label.n)
        f->marks[f->count++] = (mark){label, cell};
}

static void index_cell(form *f, size_t i)
{
    const zp_cell *cell = &f->sheet->cells[i];
    if (cell->text.n > LABEL_MAX)
        return;
    zp_str label = f->folded[i] = zp_label_fold(f->arena, cell->text), rest;
    add_mark(f, label, i);
    if (zp_unit_of_head(label, &rest).n)
        add_mark(f, rest, i);
    if (!f->unit.n)
        f->unit = zp_label_table_unit(cell->text, false);
    if (f->text_count < TEXTS_MAX)
        f->texts[f->text_count++] = zp_label_squeeze(f->arena, cell->text);
}

static form open_form(zp_arena *arena, const zp_sheet *sheet, zp_diag *diag)
{
    form f = {.arena = arena,
              .sheet = sheet,
              .diag = diag,
              .marks = zp_new_array(arena, mark, zp_array_size(sheet->count, 2)),
              .folded = zp_new_array(arena, zp_str, sheet->count),
              .texts = zp_new_array(arena, zp_str, TEXTS_MAX),
              .missed = {.arena = arena},
              .unit = ZP_STR("")};
    for (size_t i = 0; i < sheet->count; i++)
        index_cell(&f, i);
    if (f.count)
        qsort(f.marks, f.count, sizeof *f.marks, compare_marks);
    return f;
}

/* The first cell of that folded label at or behind `from` in reading order; NULL when there is
 * none. */
static const zp_cell *find_label(const form *f, zp_str label, size_t from)
{
    mark wanted = {label, from};
    size_t low = 0, high = f->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_marks(&f->marks[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < f->count && zp_str_eq(f->marks[low].label, wanted.label);
    return found ? &f->sheet->cells[f->marks[low].cell] : NULL;
}

/* --- Descriptions ---------------------------------------------------------------------------- */

/* The text or texts of an entry, or what it has under `label`; none of NULL. */
static names read_names(const form *f, const zp_value *entry)
{
    if (entry && entry->kind == ZP_VALUE_MAP)
        entry = zp_value_find(entry, ZP_STR("label"));
    names n = {.first = ZP_STR("")};
    if (!entry)
        return n;
    bool many = entry->kind == ZP_VALUE_LIST;
    n.folded = zp_new_array(f->arena, zp_str, many ? entry->count : 1);
    for (const zp_value *text = many ? entry->first : entry; text;
         text = many ? text->next : NULL) {
        if (!n.count)
            n.first = zp_value_text(text);
        n.folded[n.count++] = zp_label_fold(f->arena, zp_value_text(text));
    }
    return n;
}

/* The names of each entry of a list or map. */
static names *read_all_names(const form *f, const zp_value *entries)
{
    names *all = zp_new_array(f->arena, names, entries->count);
    size_t i = 0;
    for (const zp_value *entry = entries->first; entry; entry = entry->next)
        all[i++] = read_names(f, entry);
    return all;
}

/* The first cell with one of the names, at or behind the cell `from`, in the rows up to `last`. */
static const zp_cell *find_any(const form *f, const names *n, size_t from, uint32_t last)
{
    const zp_cell *first = NULL;
    for (size_t i = 0; i < n->count; i++) {
        const zp_cell *cell = find_label(f, n->folded[i], from);
        if (cell && cell->row <= last && (!first || cell < first))
            first = cell;
    }
    return first;
}

static void miss(form *f, const names *n)
{
    zp_str nearest = zp_str_nearest(n->first, f->texts, f->text_count);
    if (nearest.n)
        zp_diag_add(f->diag, ZP_WARNING, "missing-label", zp_sheet_span(f->sheet),
                    zp_str_cstr(f->arena, zp_str_format(f->arena,
                                                        "是不是“%.*s”？是的话改成“%.*s”，"
                                                        "或者把它加进模板的 forms",
                                                        ZP_ARG(nearest), ZP_ARG(n->first))),
                    "表上没有找到“%.*s”", ZP_ARG(n->first));
    else
        zp_buf_format(&f->missed, "“%.*s”", ZP_ARG(n->first));
}

/* All that nothing on the sheet resembles, at once: of another province's form it is half. */
static void tell_missed(form *f)
{
    zp_str missed = zp_buf_str(&f->missed);
    if (missed.n)
        zp_diag_add(f->diag, ZP_WARNING, "missing-label", zp_sheet_span(f->sheet),
                    "表上没有的可以不管；文字不同的，照这样改，或者把表上的写法加进模板的 forms",
                    "表上没有找到%.*s", ZP_ARG(missed));
}

/* --- The result ------------------------------------------------------------------------------ */

static zp_value *find_map(zp_value *map, zp_str key)
{
    for (zp_value *entry = map->first; entry; entry = entry->next)
        if (zp_str_eq(entry->key, key))
            return entry;
    return NULL;
}

/* Puts a value under a dotted path. zp_form_check saw to it that no path leads through another. */
static void put(form *f, zp_str path, zp_value *value, zp_span key_span)
{
    zp_value *map = f->result;
    size_t at = 0;
    for (size_t dot; (dot = zp_str_find(path, ZP_STR("."), at)) < path.n; at = dot + 1) {
        zp_str key = zp_str_slice(path, at, dot);
        zp_value *inner = find_map(map, key);
        if (!inner) {
            inner = zp_value_new(f->arena, ZP_VALUE_MAP, value->span);
            inner->key = key;
            inner->key_span = key_span;
            zp_value_append(map, inner);
        }
        if (inner->kind != ZP_VALUE_MAP)
            return;
        map = inner;
    }
    value->key = zp_str_slice(path, at, path.n);
    value->key_span = key_span;
    if (!find_map(map, value->key))
        zp_value_append(map, value);
}

/* The value at a place that is not the label's own. */
static zp_value *value_at(const form *f, const zp_cell *label, uint32_t row, uint32_t column)
{
    const zp_cell *cell = zp_sheet_at(f->sheet, row, column);
    zp_span span = zp_sheet_place(f->sheet, row, column);
    if (cell && cell->uncomputed)
        zp_diag_add(f->diag, ZP_ERROR, "no-cached-value", cell->span,
                    "用表格软件打开这个文件，重新计算并保存", "这个公式没有算出的结果");
    return zp_cell_value(f->arena, cell == label ? NULL : cell, span);
}

static zp_str unit_of(const zp_cell *cell)
{
    zp_str rest;
    return cell && cell->text.n <= LABEL_MAX ? zp_unit_of_head(cell->text, &rest) : ZP_STR("");
}

static void set_unit(zp_value *value, zp_str unit)
{
    if (value->kind == ZP_VALUE_TEXT && !value->unit.n)
        value->unit = unit;
}

/* The sheet's unit `unit` for a value under labels that may have it. */
static void set_table_unit(const form *f, zp_value *value, const zp_cell *label, zp_str unit)
{
    if (label->text.n <= LABEL_MAX && zp_label_takes_unit(zp_label_fold(f->arena, label->text)))
        set_unit(value, unit);
}

/* --- Fields ---------------------------------------------------------------------------------- */

/* The first digits in [from, to) of a folded text, and a point among them. */
static zp_str find_figures(zp_str text, size_t from, size_t to)
{
    size_t start = from;
    while (start < to && (text.p[start] < '0' || text.p[start] > '9'))
        start++;
    size_t end = start;
    while (end < to && ((text.p[end] >= '0' && text.p[end] <= '9') ||
                        (text.p[end] == '.' && end + 1 < to && text.p[end + 1] >= '0' &&
                         text.p[end + 1] <= '9')))
        end++;
    return zp_str_slice(text, start, end);
}

/* The figures right before a label that stands at `at`; else those behind it; else the first. */
static zp_str figures_beside(zp_str text, size_t at, size_t end)
{
    size_t start = at;
    while (start > 0 &&
           ((text.p[start - 1] >= '0' && text.p[start - 1] <= '9') || text.p[start - 1] == '.'))
        start--;
    zp_str figures = find_figures(text, start, at);
    if (!figures.n)
        figures = find_figures(text, end, text.n);
    return figures.n ? figures : find_figures(text, 0, at);
}

/* The figures in the first cell that holds one of the names and figures; NULL when none holds the
 * name. */
static zp_value *read_inside(const form *f, const names *n, const zp_cell **cell)
{
    size_t first = f->sheet->count; /* the first that holds a name, but no figures */
    for (size_t k = 0; k < n->count; k++) {
        zp_str label = n->folded[k];
        for (size_t i = 0; i < f->sheet->count; i++) {
            zp_str said = f->folded[i];
            size_t at = zp_str_find(said, label, 0);
            if (at == said.n)
                continue;
            zp_str figures = figures_beside(said, at, at + label.n);
            if (figures.n) {
                *cell = &f->sheet->cells[i];
                zp_value *value = zp_value_new(f->arena, ZP_VALUE_TEXT, (*cell)->span);
                value->text = figures;
                return value;
            }
            if (first == f->sheet->count)
                first = i;
        }
    }
    if (first == f->sheet->count)
        return NULL;
    *cell = &f->sheet->cells[first];
    return zp_value_new(f->arena, ZP_VALUE_NULL, (*cell)->span);
}

/* The value right of or below a label. */
static zp_value *read_beside(const form *f, const zp_cell *label, bool below)
{
    zp_value *value = below ? value_at(f, label, label->row + label->rows, label->column)
                            : value_at(f, label, label->row, label->column + label->columns);
    set_unit(value, unit_of(label));
    set_table_unit(f, value, label, f->unit);
    return value;
}

static void read_field(form *f, const zp_value *entry)
{
    names n = read_names(f, entry);
    zp_str at = zp_value_text(zp_value_find(entry, ZP_STR("at")));
    const zp_cell *cell = NULL;
    zp_value *value = NULL;
    if (zp_str_eq(at, ZP_STR("inside"))) {
        value = read_inside(f, &n, &cell);
    } else {
        cell = find_any(f, &n, 0, UINT32_MAX);
        if (cell)
            value = read_beside(f, cell, zp_str_eq(at, ZP_STR("below")));
    }
    if (value)
        put(f, entry->key, value, cell->span);
    else
        miss(f, &n);
}

/* --- Headers --------------------------------------------------------------------------------- */

/* How many of `all` have a cell in the rows [row, last]. */
static size_t count_heads(const form *f, const names *all, size_t count, uint32_t row,
                          uint32_t last)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += find_any(f, &all[i], f->sheet->starts[row], last) != NULL;
    return found;
}

/* The first row of the header that holds most of the names, in all its rows; of such ones that
 * with most in its first row; then the first. Returns how many it holds. Rows in which a name
 * stands are tried, up to TRIES for each name: a name that is everywhere is no head. */
static size_t find_header(const form *f, const names *all, size_t count, uint32_t *header)
{
    enum { TRIES = 1000 };
    size_t best = 0, best_first = 0;
    for (size_t i = 0; i < count; i++) {
        size_t from = 0;
        for (unsigned tries = 0; tries < TRIES; tries++) {
            const zp_cell *cell = find_any(f, &all[i], from, UINT32_MAX);
            if (!cell)
                break;
            uint32_t row = cell->row;
            size_t found = count_heads(f, all, count, row, row + NEAR_ROWS);
            size_t first = count_heads(f, all, count, row, row);
            if (found > best || (found == best && first > best_first) ||
                (found == best && first == best_first && row < *header)) {
                best = found;
                best_first = first;
                *header = row;
            }
            from = f->sheet->starts[row + 1];
        }
    }
    return best;
}

/* --- Grids ----------------------------------------------------------------------------------- */

/* The unit that a cell at the left of `end` names: 项目资金（万元）. */
static zp_str find_corner_unit(const form *f, uint32_t row, uint32_t end)
{
    for (uint32_t column = 0; column < end;) {
        const zp_cell *cell = zp_sheet_at(f->sheet, row, column);
        zp_str unit = unit_of(cell);
        if (unit.n)
            return unit;
        column = cell ? cell->column + cell->columns : column + 1;
    }
    return ZP_STR("");
}

typedef struct {
    const zp_value *columns;
    const zp_cell **heads; /* one of each column, or NULL */
    uint32_t header;
    zp_str unit; /* of the corner */
} grid;

/* A row of the grid as a map; values have the unit of their head, else of their row's label, what
 * stands left of that, the corner, or the sheet. */
static zp_value *read_grid_row(const form *f, const grid *g, const zp_cell *label)
{
    zp_value *map = zp_value_new(f->arena, ZP_VALUE_MAP, label->span);
    zp_str row_unit = unit_of(label);
    if (!row_unit.n)
        row_unit = find_corner_unit(f, label->row, label->column);
    size_t i = 0;
    for (const zp_value *column = g->columns->first; column; column = column->next, i++) {
        const zp_cell *head = g->heads[i];
        if (!head)
            continue;
        zp_value *value = value_at(f, label, label->row, head->column);
        set_unit(value, unit_of(head));
        set_table_unit(f, value, head, row_unit);
        set_table_unit(f, value, head, g->unit);
        set_table_unit(f, value, head, f->unit);
        value->key = column->key;
        value->key_span = head->span;
        zp_value_append(map, value);
    }
    return map;
}

static void find_heads(form *f, grid *g, const names *all)
{
    uint32_t left = f->sheet->column_count;
    for (size_t i = 0; i < g->columns->count; i++) {
        g->heads[i] = find_any(f, &all[i], f->sheet->starts[g->header], g->header + NEAR_ROWS);
        if (!g->heads[i])
            miss(f, &all[i]);
        else if (g->heads[i]->column < left)
            left = g->heads[i]->column;
    }
    g->unit = find_corner_unit(f, g->header, left);
}

/* The rows of a grid whose heads are known. */
static zp_value *read_grid_rows(form *f, const grid *g, const zp_value *rows)
{
    const zp_cell *first = NULL;
    zp_value *map = zp_value_new(f->arena, ZP_VALUE_MAP, (zp_span){NULL, 0, 0});
    size_t below = f->sheet->starts[g->header + 1];
    for (const zp_value *row = rows->first; row; row = row->next) {
        names n = read_names(f, row);
        const zp_cell *label = find_any(f, &n, below, UINT32_MAX);
        if (!label) {
            miss(f, &n);
            continue;
        }
        zp_value *values = read_grid_row(f, g, label);
        values->key = row->key;
        values->key_span = label->span;
        zp_value_append(map, values);
        first = first ? first : label;
    }
    if (first)
        map->span = first->span;
    return map;
}

static void read_grid(form *f, const zp_value *entry)
{
    grid g = {.columns = zp_value_find(entry, ZP_STR("columns"))};
    names *all = read_all_names(f, g.columns);
    g.heads = zp_new_array(f->arena, const zp_cell *, g.columns->count);
    if (!find_header(f, all, g.columns->count, &g.header)) {
        for (size_t i = 0; i < g.columns->count; i++)
            miss(f, &all[i]);
        return;
    }
    find_heads(f, &g, all);
    zp_value *map = read_grid_rows(f, &g, zp_value_find(entry, ZP_STR("rows")));
    if (map->count)
        put(f, entry->key, map, map->span);
}

/* --- Lists ----------------------------------------------------------------------------------- */

/* Names the labels of a list's head that are nowhere on the sheet, or says that they are apart. */
static void miss_head(form *f, const names *all, size_t count)
{
    bool told = false;
    for (size_t i = 0; i < count; i++)
        if (!find_any(f, &all[i], 0, UINT32_MAX)) {
            miss(f, &all[i]);
            told = true;
        }
    if (!told)
        zp_diag_add(f->diag, ZP_WARNING, "missing-label", zp_sheet_span(f->sheet),
                    "列表各列的名称应在同一行，或在上下相连的表头里",
                    "表上没有同时写着“%.*s”等的表头", ZP_ARG(all[0].first));
}

static void read_list(form *f, const zp_value *entry)
{
    const zp_value *head = zp_value_find(entry, ZP_STR("head"));
    names *all = read_all_names(f, head);
    names until = read_names(f, zp_value_find(entry, ZP_STR("until")));
    names fill = read_names(f, zp_value_find(entry, ZP_STR("fill")));
    zp_records_options options = {.unit = f->unit,
                                  .until = until.folded,
                                  .until_count = until.count,
                                  .total_ends = true,
                                  .fill = fill.folded,
                                  .fill_count = fill.count};
    if (find_header(f, all, head->count, &options.top) < head->count) {
        miss_head(f, all, head->count);
        return;
    }
    zp_value *records = zp_records_below(f->arena, f->sheet, &options, f->diag);
    if (records)
        put(f, entry->key, records, records->span);
}

/* --- The form -------------------------------------------------------------------------------- */

bool zp_form_matches(const zp_sheet *sheet, const zp_value *description)
{
    zp_arena *arena = zp_arena_new(); /* what is folded here is of no use later */
    form f = {.arena = arena, .sheet = sheet};
    names titles = read_names(&f, zp_value_find(description, ZP_STR("title")));
    bool found = false;
    for (size_t i = 0; i < sheet->count && titles.count && !found; i++) {
        if (sheet->cells[i].text.n > LABEL_MAX)
            continue;
        zp_str said = zp_label_fold(arena, sheet->cells[i].text);
        for (size_t k = 0; k < titles.count && !found; k++)
            found = zp_str_find(said, titles.folded[k], 0) < said.n;
    }
    zp_arena_free(arena);
    return found;
}

static void read_each(form *f, const zp_value *description, zp_str part,
                      void (*read)(form *, const zp_value *))
{
    const zp_value *entries = zp_value_find(description, part);
    for (const zp_value *entry = entries ? entries->first : NULL; entry; entry = entry->next)
        read(f, entry);
}

zp_value *zp_form_read(zp_arena *arena, const zp_sheet *sheet, const zp_value *description,
                       zp_diag *diag)
{
    form f = open_form(arena, sheet, diag);
    f.result = zp_value_new(arena, ZP_VALUE_MAP, zp_sheet_span(sheet));
    read_each(&f, description, ZP_STR("fields"), read_field);
    read_each(&f, description, ZP_STR("grids"), read_grid);
    read_each(&f, description, ZP_STR("lists"), read_list);
    tell_missed(&f);
    return f.result;
}
