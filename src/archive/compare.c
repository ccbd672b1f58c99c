/* compare.c: rows of two years in, rows with both and their change out.
 *
 * Rows are paired by a key: those of the second year are sorted by it once and looked up.
 */
#include "archive/compare.h"

#include <stdlib.h>
#include "base/number.h"

/* --- Changes ---------------------------------------------------------------------------------- */

static const zp_number *number(zp_arena *arena, zp_str text)
{
    return zp_number_read(arena, text);
}

/* With a sign; `unit` behind it. */
static zp_str signed_text(zp_arena *arena, const zp_number *value, int places, const char *unit)
{
    if (!value)
        return ZP_STR("");
    zp_str digits = zp_number_fixed(arena, value, places);
    bool more = zp_number_sign(value) > 0 && zp_number_sign(zp_number_read(arena, digits)) > 0;
    return zp_str_format(arena, "%s%.*s%s", more ? "+" : "", ZP_ARG(digits), unit);
}

/* (to − from) ÷ from, in percent. */
static zp_str growth(zp_arena *arena, zp_str from, zp_str to)
{
    const zp_number *before = number(arena, from);
    const zp_number *more = zp_number_sub(arena, number(arena, to), before);
    return signed_text(arena, zp_number_scale(arena, zp_number_div(arena, more, before), 2), 2,
                       "%");
}

static zp_str difference(zp_arena *arena, zp_str from, zp_str to)
{
    return signed_text(arena, zp_number_sub(arena, number(arena, to), number(arena, from)), 2, "");
}

static zp_str points(zp_arena *arena, zp_str from, zp_str to)
{
    const zp_number *more = zp_number_sub(arena, number(arena, to), number(arena, from));
    return signed_text(arena, zp_number_scale(arena, more, 2), 2, "个百分点");
}

static zp_str money(zp_arena *arena, zp_str yuan)
{
    return zp_number_fixed(arena, zp_number_scale(arena, number(arena, yuan), -4), 2);
}

static zp_str percent(zp_arena *arena, zp_str ratio)
{
    zp_str digits = zp_number_fixed(arena, zp_number_scale(arena, number(arena, ratio), 2), 2);
    return digits.n > 0 ? zp_str_format(arena, "%.*s%%", ZP_ARG(digits)) : digits;
}

static zp_str decimals(zp_arena *arena, zp_str text)
{
    zp_str digits = zp_number_fixed(arena, number(arena, text), 2);
    return digits.n > 0 ? digits : text;
}

/* --- Pairs ------------------------------------------------------------------------------------ */

typedef struct {
    zp_str key;
    size_t row;
    bool used;
} keyed;

typedef struct {
    keyed *all; /* by key, equal ones by row */
    size_t count;
} keyring;

static int compare_keyed(const void *a, const void *b)
{
    const keyed *one = a, *other = b;
    int order = zp_str_compare(one->key, other->key);
    return order != 0 ? order : one->row < other->row ? -1 : one->row > other->row;
}

static keyring make_keyring(zp_arena *arena, const zp_rows *rows,
                            zp_str (*key_of)(zp_arena *arena, const zp_rows *rows, size_t row))
{
    keyring ring = {zp_new_array(arena, keyed, rows->rows), rows->rows};
    for (size_t i = 0; i < rows->rows; i++)
        ring.all[i] = (keyed){key_of(arena, rows, i), i, false};
    if (ring.count > 0)
        qsort(ring.all, ring.count, sizeof *ring.all, compare_keyed);
    return ring;
}

/* The first row with that key that was not taken before, which it now is; NULL when none is. */
static const keyed *take(keyring *ring, zp_str key)
{
    size_t low = 0, high = ring->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zp_str_compare(ring->all[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < ring->count && zp_str_eq(ring->all[low].key, key); low++)
        if (!ring->all[low].used) {
            ring->all[low].used = true;
            return &ring->all[low];
        }
    return NULL;
}

/* Cells row by row. */
typedef struct {
    zp_arena *arena;
    zp_str report; /* which rows are being added of */
    zp_str *cells;
    size_t columns, rows, capacity;
} table;

/* A new row of empty cells. */
static zp_str *add_row(table *t)
{
    if (t->rows == t->capacity) {
        size_t more = t->capacity > 0 ? t->capacity * 2 : 16;
        size_t row = zp_array_size(t->columns, sizeof(zp_str));
        t->cells = zp_arena_grow(t->arena, t->cells, t->capacity * row, zp_array_size(more, row));
        t->capacity = more;
    }
    return t->cells + t->columns * t->rows++;
}

static zp_rows rows_of(const table *t)
{
    return (zp_rows){t->columns, t->rows, t->cells};
}

/* A cell of a row that may not be there. */
static zp_str at(const zp_rows *rows, const size_t *row, size_t column)
{
    return row ? zp_rows_at(rows, *row, column) : ZP_STR("");
}

/* Calls `add` for each row of `from` with its like in `to`, then for what only `to` has. */
static void pair(table *t, const zp_rows *from, const zp_rows *to,
                 zp_str (*key_of)(zp_arena *arena, const zp_rows *rows, size_t row),
                 void (*add)(table *t, const zp_rows *from, const size_t *old, const zp_rows *to,
                             const size_t *new))
{
    keyring ring = make_keyring(t->arena, to, key_of);
    for (size_t i = 0; i < from->rows; i++) {
        const keyed *like = take(&ring, key_of(t->arena, from, i));
        add(t, from, &i, to, like ? &like->row : NULL);
    }
    for (size_t i = 0; i < ring.count; i++)
        if (!ring.all[i].used)
            add(t, from, NULL, to, &ring.all[i].row);
}

/* --- All units -------------------------------------------------------------------------------- */

enum {
    UNIT_CODE,
    UNIT_NAME,
    UNIT_BUDGET_FROM,
    UNIT_BUDGET_TO,
    UNIT_BUDGET_CHANGE,
    UNIT_SPENT_FROM,
    UNIT_SPENT_TO,
    UNIT_SPENT_CHANGE,
    UNIT_RATE_FROM,
    UNIT_RATE_TO,
    UNIT_RATE_CHANGE,
    UNIT_SCORE_FROM,
    UNIT_SCORE_TO,
    UNIT_SCORE_CHANGE,
    UNIT_GRADE_FROM,
    UNIT_GRADE_TO,
    UNIT_NOTE,
    UNIT_COLUMNS
};

/* Code, or else the unit's folder. */
static zp_str unit_key(const zp_rows *rows, size_t row)
{
    zp_str code = zp_rows_at(rows, row, ZP_REPORT_CODE);
    return code.n > 0 ? code : zp_rows_at(rows, row, ZP_REPORT_UNIT);
}

/* The report's own folder in that of its unit. */
static zp_str name_of(zp_str folder)
{
    size_t slash = zp_str_find(folder, ZP_STR("/"), 0);
    return zp_str_slice(folder, slash < folder.n ? slash + 1 : slash, folder.n);
}

static zp_str report_key(zp_arena *arena, const zp_rows *rows, size_t row)
{
    zp_str folder = zp_rows_at(rows, row, ZP_REPORT_FOLDER);
    return zp_str_format(arena, "%.*s/%.*s", ZP_ARG(unit_key(rows, row)), ZP_ARG(name_of(folder)));
}

/* A unit may have a report in one year and another one in the other. */
static zp_str note_of(zp_arena *arena, zp_str before, zp_str after, zp_str folder)
{
    if (before.n == 0 || after.n == 0)
        return zp_str_format(arena, "%s没有%.*s", before.n == 0 ? "上年" : "本年",
                             ZP_ARG(name_of(folder)));
    return zp_str_eq(before, after) ? ZP_STR("") : zp_str_format(arena, "原名%.*s", ZP_ARG(before));
}

static void add_unit(table *t, const zp_rows *from, const size_t *old, const zp_rows *to,
                     const size_t *new)
{
    static const struct {
        zp_report_column column;
        size_t first; /* of the three columns: from, to, change */
        zp_str (*show)(zp_arena *arena, zp_str text);
        zp_str (*change)(zp_arena *arena, zp_str from, zp_str to);
    } parts[] = {
        {ZP_REPORT_BUDGET, UNIT_BUDGET_FROM, money, growth},
        {ZP_REPORT_SPENT, UNIT_SPENT_FROM, money, growth},
        {ZP_REPORT_RATE, UNIT_RATE_FROM, percent, points},
        {ZP_REPORT_SCORE, UNIT_SCORE_FROM, decimals, difference},
    };
    zp_str *row = add_row(t);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        zp_str before = at(from, old, parts[i].column), after = at(to, new, parts[i].column);
        row[parts[i].first] = parts[i].show(t->arena, before);
        row[parts[i].first + 1] = parts[i].show(t->arena, after);
        row[parts[i].first + 2] = parts[i].change(t->arena, before, after);
    }
    zp_str before = at(from, old, ZP_REPORT_NAME), after = at(to, new, ZP_REPORT_NAME);
    row[UNIT_CODE] = new ? at(to, new, ZP_REPORT_CODE) : at(from, old, ZP_REPORT_CODE);
    row[UNIT_NAME] = new ? after : before;
    row[UNIT_GRADE_FROM] = at(from, old, ZP_REPORT_GRADE);
    row[UNIT_GRADE_TO] = at(to, new, ZP_REPORT_GRADE);
    row[UNIT_NOTE] = note_of(t->arena, before, after,
                             new ? at(to, new, ZP_REPORT_FOLDER) : at(from, old, ZP_REPORT_FOLDER));
}

void zp_compare_all(zp_catalog *catalog, zp_arena *arena, zp_str from, zp_str to,
                    zp_comparison *comparison)
{
    static const zp_str keys[] = {
        ZP_STR("code"),      ZP_STR("name"),          ZP_STR("budget_from"),
        ZP_STR("budget_to"), ZP_STR("budget_growth"), ZP_STR("spent_from"),
        ZP_STR("spent_to"),  ZP_STR("spent_growth"),  ZP_STR("rate_from"),
        ZP_STR("rate_to"),   ZP_STR("rate_change"),   ZP_STR("score_from"),
        ZP_STR("score_to"),  ZP_STR("score_change"),  ZP_STR("grade_from"),
        ZP_STR("grade_to"),  ZP_STR("note")};
    static const char *const heads[] = {"编码", "单位", "预算",   "预算",   "增长", "支出",
                                        "支出", "增长", "执行率", "执行率", "变化", "得分",
                                        "得分", "变化", "等级",   "等级",   "说明"};
    zp_str *named = zp_new_array(arena, zp_str, UNIT_COLUMNS);
    table t = {.arena = arena, .columns = UNIT_COLUMNS};
    zp_rows old = zp_catalog_table(catalog, ZP_ENTRY_REPORT, from, ZP_STR(""));
    zp_rows new = zp_catalog_table(catalog, ZP_ENTRY_REPORT, to, ZP_STR(""));
    for (size_t i = 0; i < UNIT_COLUMNS; i++) {
        zp_str key = keys[i];
        zp_str year = zp_str_ends(key, ZP_STR("_from")) ? from
                      : zp_str_ends(key, ZP_STR("_to")) ? to
                                                        : ZP_STR("");
        named[i] = zp_str_format(arena, "%.*s%s", ZP_ARG(year), heads[i]);
    }
    pair(&t, &old, &new, report_key, add_unit);
    *comparison = (zp_comparison){.count = 1};
    comparison->tables[0] = (zp_compared){ZP_STR("units"), ZP_STR("各单位"),    keys,
                                          named,           "llrrrrrrrrrrrrccl", rows_of(&t)};
}

/* --- One unit --------------------------------------------------------------------------------- */

enum {
    FIGURE_REPORT,
    FIGURE_NAME,
    FIGURE_FROM,
    FIGURE_TO,
    FIGURE_CHANGE,
    FIGURE_GROWTH,
    FIGURE_COLUMNS
};

static zp_str figure_key(zp_arena *arena, const zp_rows *rows, size_t row)
{
    (void)arena;
    return zp_rows_at(rows, row, ZP_FIGURE_ID);
}

/* Numbers, and grades; truths say nothing side by side. */
static void add_figure(table *t, const zp_rows *from, const size_t *old, const zp_rows *to,
                       const size_t *new)
{
    const zp_rows *any = new ? to : from;
    const size_t *row = new ? new : old;
    zp_str value = at(any, row, ZP_FIGURE_VALUE), name = at(any, row, ZP_FIGURE_NAME);
    if (zp_str_eq(value, ZP_STR("true")) || zp_str_eq(value, ZP_STR("false")))
        return;
    zp_str before = at(from, old, ZP_FIGURE_VALUE), after = at(to, new, ZP_FIGURE_VALUE);
    bool rate = zp_str_eq(at(any, row, ZP_FIGURE_MEASURE), ZP_STR("1"));
    zp_str *cells = add_row(t);
    cells[FIGURE_REPORT] = t->report;
    cells[FIGURE_NAME] = name.n > 0 ? name : at(any, row, ZP_FIGURE_ID);
    cells[FIGURE_FROM] = at(from, old, ZP_FIGURE_PRINTED);
    cells[FIGURE_TO] = at(to, new, ZP_FIGURE_PRINTED);
    cells[FIGURE_CHANGE] =
        rate ? points(t->arena, before, after) : difference(t->arena, before, after);
    cells[FIGURE_GROWTH] = rate ? ZP_STR("") : growth(t->arena, before, after);
}

enum {
    INDICATOR_REPORT,
    INDICATOR_PROJECT,
    INDICATOR_NAME,
    INDICATOR_TARGET_FROM,
    INDICATOR_ACTUAL_FROM,
    INDICATOR_SCORE_FROM,
    INDICATOR_TARGET_TO,
    INDICATOR_ACTUAL_TO,
    INDICATOR_SCORE_TO,
    INDICATOR_CHANGE,
    INDICATOR_COLUMNS
};

static zp_str indicator_key(zp_arena *arena, const zp_rows *rows, size_t row)
{
    return zp_str_format(arena, "%.*s\n%.*s", ZP_ARG(zp_rows_at(rows, row, ZP_INDICATOR_PROJECT)),
                         ZP_ARG(zp_rows_at(rows, row, ZP_INDICATOR_LEVEL3)));
}

static void add_indicator(table *t, const zp_rows *from, const size_t *old, const zp_rows *to,
                          const size_t *new)
{
    const zp_rows *any = new ? to : from;
    const size_t *row = new ? new : old;
    zp_str before = at(from, old, ZP_INDICATOR_SCORE), after = at(to, new, ZP_INDICATOR_SCORE);
    zp_str *cells = add_row(t);
    cells[INDICATOR_REPORT] = t->report;
    cells[INDICATOR_PROJECT] = at(any, row, ZP_INDICATOR_PROJECT);
    cells[INDICATOR_NAME] = at(any, row, ZP_INDICATOR_LEVEL3);
    cells[INDICATOR_TARGET_FROM] = at(from, old, ZP_INDICATOR_TARGET);
    cells[INDICATOR_ACTUAL_FROM] = at(from, old, ZP_INDICATOR_ACTUAL);
    cells[INDICATOR_SCORE_FROM] = decimals(t->arena, before);
    cells[INDICATOR_TARGET_TO] = at(to, new, ZP_INDICATOR_TARGET);
    cells[INDICATOR_ACTUAL_TO] = at(to, new, ZP_INDICATOR_ACTUAL);
    cells[INDICATOR_SCORE_TO] = decimals(t->arena, after);
    cells[INDICATOR_CHANGE] = difference(t->arena, before, after);
}

/* Lines of the chapters of a kind. */
static zp_rows lines_of(zp_catalog *catalog, zp_arena *arena, zp_str year, zp_str folder,
                        zp_str kind)
{
    table t = {.arena = arena, .columns = 1};
    if (folder.n == 0)
        return rows_of(&t);
    zp_rows chapters = zp_catalog_table(catalog, ZP_ENTRY_CHAPTER, year, folder);
    zp_rows lines = zp_catalog_table(catalog, ZP_ENTRY_LINE, year, folder);
    for (size_t i = 0, c = 0; i < lines.rows; i++) {
        while (c < chapters.rows && !zp_str_eq(zp_rows_at(&chapters, c, ZP_CHAPTER_N),
                                               zp_rows_at(&lines, i, ZP_TEXT_CHAPTER)))
            c++;
        zp_str is = c < chapters.rows ? zp_rows_at(&chapters, c, ZP_CHAPTER_KIND) : ZP_STR("");
        if (zp_str_eq(is, kind) || zp_str_eq(is, ZP_STR("both")))
            *add_row(&t) = zp_rows_at(&lines, i, ZP_TEXT_LINE);
    }
    return rows_of(&t);
}

static bool has_line(const zp_rows *lines, zp_str text)
{
    bool found = false;
    for (size_t i = 0; i < lines->rows; i++)
        found = found || zp_str_eq(lines->cells[i], text);
    return found;
}

enum { PROBLEM_REPORT, PROBLEM, PROBLEM_AGAIN, MEASURE, PROBLEM_COLUMNS };

/* Last year's problems beside this year's measures, and whether a problem stands there again. */
static void set_against(table *t, const zp_rows *problems, const zp_rows *again,
                        const zp_rows *measures)
{
    for (size_t i = 0; i < problems->rows || i < measures->rows; i++) {
        zp_str *row = add_row(t);
        row[PROBLEM_REPORT] = t->report;
        if (i < problems->rows) {
            row[PROBLEM] = problems->cells[i];
            row[PROBLEM_AGAIN] = has_line(again, problems->cells[i]) ? ZP_STR("是") : ZP_STR("");
        }
        if (i < measures->rows)
            row[MEASURE] = measures->cells[i];
    }
}

static zp_str with_year(zp_arena *arena, zp_str year, const char *head)
{
    return zp_str_format(arena, "%.*s%s", ZP_ARG(year), head);
}

/* What is compared: the unit's reports of both years in pairs, a row each of two folders, of which
 * one may be empty. */
typedef struct {
    zp_catalog *catalog;
    zp_arena *arena;
    zp_str from, to;
    zp_rows pairs;
} comparing;

static zp_rows rows_in(const comparing *c, zp_entry_table which, zp_str year, zp_str folder)
{
    return folder.n > 0 ? zp_catalog_table(c->catalog, which, year, folder) : (zp_rows){0};
}

/* The first of the pair that is there, for a table whose rows are next added of it. */
static void begin_pair(const comparing *c, table *t, size_t i, zp_str *old, zp_str *new)
{
    *old = zp_rows_at(&c->pairs, i, 0);
    *new = zp_rows_at(&c->pairs, i, 1);
    t->report = name_of(new->n > 0 ? *new : *old);
}

static void add_all(const comparing *c, table *t, zp_entry_table from,
                    zp_str (*key_of)(zp_arena *arena, const zp_rows *rows, size_t row),
                    void (*add)(table *t, const zp_rows *from, const size_t *old, const zp_rows *to,
                                const size_t *new))
{
    for (size_t i = 0; i < c->pairs.rows; i++) {
        zp_str old, new;
        begin_pair(c, t, i, &old, &new);
        zp_rows before = rows_in(c, from, c->from, old), after = rows_in(c, from, c->to, new);
        pair(t, &before, &after, key_of, add);
    }
}

/* A table that begins with the report, which is not said when there is only one. */
static zp_compared finish(const comparing *c, zp_compared all)
{
    if (c->pairs.rows > 1)
        return all;
    zp_rows rows = {all.rows.columns - 1, all.rows.rows, NULL};
    zp_str *cells = zp_new_array(c->arena, zp_str, rows.rows * rows.columns);
    for (size_t i = 0; i < rows.rows * rows.columns; i++)
        cells[i] = zp_rows_at(&all.rows, i / rows.columns, i % rows.columns + 1);
    rows.cells = cells;
    return (zp_compared){all.key, all.caption, all.keys + 1, all.heads + 1, all.aligned + 1, rows};
}

static zp_compared compare_figures(const comparing *c)
{
    static const zp_str keys[] = {ZP_STR("report"), ZP_STR("name"),   ZP_STR("from"),
                                  ZP_STR("to"),     ZP_STR("change"), ZP_STR("growth")};
    zp_str *heads = zp_new_array(c->arena, zp_str, FIGURE_COLUMNS);
    heads[FIGURE_REPORT] = ZP_STR("报告");
    heads[FIGURE_NAME] = ZP_STR("数");
    heads[FIGURE_FROM] = with_year(c->arena, c->from, "");
    heads[FIGURE_TO] = with_year(c->arena, c->to, "");
    heads[FIGURE_CHANGE] = ZP_STR("变化");
    heads[FIGURE_GROWTH] = ZP_STR("增长");
    table t = {.arena = c->arena, .columns = FIGURE_COLUMNS};
    add_all(c, &t, ZP_ENTRY_FIGURE, figure_key, add_figure);
    return finish(c, (zp_compared){ZP_STR("figures"), ZP_STR("算出的数"), keys, heads, "llrrrr",
                                   rows_of(&t)});
}

static zp_compared compare_indicators(const comparing *c)
{
    static const zp_str keys[] = {
        ZP_STR("report"),      ZP_STR("project"),     ZP_STR("indicator"), ZP_STR("target_from"),
        ZP_STR("actual_from"), ZP_STR("score_from"),  ZP_STR("target_to"), ZP_STR("actual_to"),
        ZP_STR("score_to"),    ZP_STR("score_change")};
    static const char *const words[] = {"报告", "项目",   "指标",   "指标值", "完成值",
                                        "得分", "指标值", "完成值", "得分",   "变化"};
    zp_str *heads = zp_new_array(c->arena, zp_str, INDICATOR_COLUMNS);
    for (size_t i = 0; i < INDICATOR_COLUMNS; i++) {
        bool first = i >= INDICATOR_TARGET_FROM && i <= INDICATOR_SCORE_FROM;
        bool second = i >= INDICATOR_TARGET_TO && i <= INDICATOR_SCORE_TO;
        heads[i] = with_year(c->arena, first ? c->from : second ? c->to : ZP_STR(""), words[i]);
    }
    table t = {.arena = c->arena, .columns = INDICATOR_COLUMNS};
    add_all(c, &t, ZP_ENTRY_INDICATOR, indicator_key, add_indicator);
    return finish(c, (zp_compared){ZP_STR("indicators"), ZP_STR("指标"), keys, heads, "llllrrlrrr",
                                   rows_of(&t)});
}

static zp_compared compare_problems(const comparing *c)
{
    static const zp_str keys[] = {ZP_STR("report"), ZP_STR("problem"), ZP_STR("again"),
                                  ZP_STR("measure")};
    zp_str *heads = zp_new_array(c->arena, zp_str, PROBLEM_COLUMNS);
    heads[PROBLEM_REPORT] = ZP_STR("报告");
    heads[PROBLEM] = with_year(c->arena, c->from, "年存在的问题");
    heads[PROBLEM_AGAIN] = with_year(c->arena, c->to, "年仍有");
    heads[MEASURE] = with_year(c->arena, c->to, "年的改进措施");
    table t = {.arena = c->arena, .columns = PROBLEM_COLUMNS};
    for (size_t i = 0; i < c->pairs.rows; i++) {
        zp_str old, new;
        begin_pair(c, &t, i, &old, &new);
        zp_rows problems = lines_of(c->catalog, c->arena, c->from, old, ZP_STR("problems"));
        zp_rows again = lines_of(c->catalog, c->arena, c->to, new, ZP_STR("problems"));
        zp_rows measures = lines_of(c->catalog, c->arena, c->to, new, ZP_STR("measures"));
        set_against(&t, &problems, &again, &measures);
    }
    return finish(c, (zp_compared){ZP_STR("problems"), ZP_STR("问题和措施"), keys, heads, "llcl",
                                   rows_of(&t)});
}

/* Whether a report is of what was asked for: its unit's code, name or folder, or its own folder. */
static bool is_asked(const zp_rows *reports, size_t row, zp_str asked)
{
    static const zp_report_column columns[] = {ZP_REPORT_CODE, ZP_REPORT_NAME, ZP_REPORT_UNIT,
                                               ZP_REPORT_FOLDER};
    bool found = false;
    for (size_t i = 0; asked.n > 0 && i < sizeof columns / sizeof *columns; i++)
        found = found || zp_str_eq(zp_rows_at(reports, row, columns[i]), asked);
    return found;
}

/* Adds to `keys` (rows of one cell) those of the units that are asked for. */
static void find_units(const zp_rows *reports, zp_str asked, table *keys)
{
    for (size_t i = 0; i < reports->rows; i++) {
        zp_str key = unit_key(reports, i);
        zp_rows known = rows_of(keys);
        if (is_asked(reports, i, asked) && !has_line(&known, key))
            *add_row(keys) = key;
    }
}

/* The report's name where its own folder is what was asked for: a code may have a / too. */
static zp_str asked_name(const zp_rows *reports, zp_str asked)
{
    for (size_t i = 0; i < reports->rows; i++)
        if (zp_str_eq(zp_rows_at(reports, i, ZP_REPORT_FOLDER), asked))
            return name_of(asked);
    return ZP_STR("");
}

/* A unit's reports; only the one with that folder's name if `name` is not empty. */
static zp_rows reports_of(zp_arena *arena, const zp_rows *all, zp_str key, zp_str name)
{
    table t = {.arena = arena, .columns = ZP_REPORT_COLUMNS};
    for (size_t i = 0; i < all->rows; i++) {
        zp_str own = name_of(zp_rows_at(all, i, ZP_REPORT_FOLDER));
        if (!zp_str_eq(unit_key(all, i), key) || (name.n > 0 && !zp_str_eq(own, name)))
            continue;
        zp_str *row = add_row(&t);
        for (size_t c = 0; c < ZP_REPORT_COLUMNS; c++)
            row[c] = zp_rows_at(all, i, c);
    }
    return rows_of(&t);
}

static void add_pair(table *t, const zp_rows *from, const size_t *old, const zp_rows *to,
                     const size_t *new)
{
    zp_str *row = add_row(t);
    row[0] = at(from, old, ZP_REPORT_FOLDER);
    row[1] = at(to, new, ZP_REPORT_FOLDER);
}

size_t zp_compare_unit(zp_catalog *catalog, zp_arena *arena, zp_str from, zp_str to, zp_str unit,
                       zp_comparison *comparison)
{
    zp_rows before = zp_catalog_table(catalog, ZP_ENTRY_REPORT, from, ZP_STR(""));
    zp_rows after = zp_catalog_table(catalog, ZP_ENTRY_REPORT, to, ZP_STR(""));
    table keys = {.arena = arena, .columns = 1}, pairs = {.arena = arena, .columns = 2};
    find_units(&after, unit, &keys);
    find_units(&before, unit, &keys);
    if (keys.rows != 1)
        return keys.rows;
    zp_str name = asked_name(&before, unit);
    name = name.n > 0 ? name : asked_name(&after, unit);
    before = reports_of(arena, &before, keys.cells[0], name);
    after = reports_of(arena, &after, keys.cells[0], name);
    pair(&pairs, &before, &after, report_key, add_pair);
    const comparing c = {catalog, arena, from, to, rows_of(&pairs)};
    const zp_rows *last = after.rows > 0 ? &after : &before;
    if (last->rows == 0)
        return 0;
    *comparison = (zp_comparison){.count = 3, .unit = zp_rows_at(last, 0, ZP_REPORT_NAME)};
    comparison->tables[0] = compare_figures(&c);
    comparison->tables[1] = compare_indicators(&c);
    comparison->tables[2] = compare_problems(&c);
    return 1;
}
