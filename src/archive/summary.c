/* summary.c: reports of a year in, a table with its totals out; exact until it is shown. */
#include "archive/summary.h"

#include "base/number.h"
#include "book/xlsxwrite.h"

typedef struct {
    zp_arena *arena;
    zp_summary *summary;
    zp_str *cells;
    const zp_number *budget, *spent, *score;
    size_t projects, errors;
} totalling;

static const zp_number *number_at(zp_arena *arena, const zp_rows *rows, size_t row, size_t column)
{
    return zp_number_read(arena, zp_rows_at(rows, row, column));
}

/* 万元, two decimals. */
static zp_str money(zp_arena *arena, const zp_number *yuan)
{
    return zp_number_fixed(arena, zp_number_scale(arena, yuan, -4), 2);
}

static zp_str percent(zp_arena *arena, const zp_number *part, const zp_number *whole)
{
    const zp_number *ratio = zp_number_div(arena, part, whole);
    zp_str digits = zp_number_fixed(arena, zp_number_scale(arena, ratio, 2), 2);
    return digits.n > 0 ? zp_str_format(arena, "%.*s%%", ZP_ARG(digits)) : digits;
}

/* A count of the catalogue; 0 where it says none. */
static size_t count_at(const zp_rows *rows, size_t row, size_t column)
{
    size_t count = 0;
    zp_str text = zp_rows_at(rows, row, column);
    for (size_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
        count = count * 10 + (size_t)(text.p[i] - '0');
    return count;
}

/* A report on all that a unit spends: the money of its projects is in it. */
static bool is_overall(const zp_rows *reports, size_t row)
{
    zp_str title = zp_rows_at(reports, row, ZP_REPORT_TITLE);
    return zp_str_find(title, ZP_STR("整体"), 0) < title.n;
}

/* Rows of one unit stand together. */
static bool is_same_unit(const zp_rows *reports, size_t a, size_t b)
{
    return zp_str_eq(zp_rows_at(reports, a, ZP_REPORT_UNIT),
                     zp_rows_at(reports, b, ZP_REPORT_UNIT));
}

/* What the unit has besides, in its rows before and behind this one. */
static void look_around(const zp_rows *reports, size_t row, bool *others, bool *overall)
{
    size_t first = row, end = row + 1;
    while (first > 0 && is_same_unit(reports, first - 1, row))
        first--;
    while (end < reports->rows && is_same_unit(reports, end, row))
        end++;
    *others = end - first > 1;
    *overall = false;
    for (size_t i = first; i < end; i++)
        *overall = *overall || is_overall(reports, i);
}

/* The unit, and which of its reports where that is not the one on all that it spends. */
static zp_str name_of(zp_arena *arena, const zp_rows *reports, size_t row, bool others)
{
    zp_str name = zp_rows_at(reports, row, ZP_REPORT_NAME);
    zp_str folder = zp_rows_at(reports, row, ZP_REPORT_FOLDER);
    size_t slash = zp_str_find(folder, ZP_STR("/"), 0);
    zp_str report = zp_str_slice(folder, slash < folder.n ? slash + 1 : slash, folder.n);
    bool project = zp_str_find(report, ZP_STR("项目"), 0) < report.n;
    if (is_overall(reports, row) || !(others || project))
        return name;
    return zp_str_format(arena, "%.*s（%.*s）", ZP_ARG(name), ZP_ARG(report));
}

static void add_report(totalling *t, const zp_rows *reports, size_t row)
{
    bool others, overall;
    look_around(reports, row, &others, &overall);
    zp_str *cells = t->cells + row * ZP_SUMMARY_COLUMNS;
    const zp_number *budget = number_at(t->arena, reports, row, ZP_REPORT_BUDGET);
    const zp_number *spent = number_at(t->arena, reports, row, ZP_REPORT_SPENT);
    const zp_number *score = number_at(t->arena, reports, row, ZP_REPORT_SCORE);
    zp_str code = zp_rows_at(reports, row, ZP_REPORT_CODE);
    cells[ZP_SUMMARY_NUMBER] = zp_str_format(t->arena, "%zu", row + 1);
    cells[ZP_SUMMARY_CODE] = code;
    cells[ZP_SUMMARY_NAME] = name_of(t->arena, reports, row, others);
    cells[ZP_SUMMARY_PROJECTS] = zp_rows_at(reports, row, ZP_REPORT_PROJECTS);
    cells[ZP_SUMMARY_BUDGET] = money(t->arena, budget);
    cells[ZP_SUMMARY_SPENT] = money(t->arena, spent);
    cells[ZP_SUMMARY_RATE] = percent(t->arena, spent, budget);
    cells[ZP_SUMMARY_SCORE] = zp_number_fixed(t->arena, score, 2);
    cells[ZP_SUMMARY_GRADE] = zp_rows_at(reports, row, ZP_REPORT_GRADE);
    cells[ZP_SUMMARY_ERRORS] = zp_rows_at(reports, row, ZP_REPORT_ERRORS);
    t->projects += count_at(reports, row, ZP_REPORT_PROJECTS);
    t->errors += count_at(reports, row, ZP_REPORT_ERRORS);
    if (budget && spent && (is_overall(reports, row) || !overall)) {
        t->budget = zp_number_add(t->arena, t->budget, budget);
        t->spent = zp_number_add(t->arena, t->spent, spent);
        t->summary->with_money++;
    }
    if (score) {
        t->score = zp_number_add(t->arena, t->score, score);
        t->summary->scored++;
    }
}

static void add_totals(totalling *t, size_t row)
{
    zp_str *cells = t->cells + row * ZP_SUMMARY_COLUMNS;
    const zp_number *scored = zp_number_int(t->arena, (int64_t)t->summary->scored);
    cells[ZP_SUMMARY_NUMBER] = ZP_STR("合计");
    cells[ZP_SUMMARY_CODE] = ZP_STR("");
    cells[ZP_SUMMARY_NAME] = zp_str_format(t->arena, "%zu 份", row);
    cells[ZP_SUMMARY_PROJECTS] = zp_str_format(t->arena, "%zu", t->projects);
    if (t->summary->with_money > 0) {
        cells[ZP_SUMMARY_BUDGET] = money(t->arena, t->budget);
        cells[ZP_SUMMARY_SPENT] = money(t->arena, t->spent);
        cells[ZP_SUMMARY_RATE] = percent(t->arena, t->spent, t->budget);
    }
    cells[ZP_SUMMARY_SCORE] =
        zp_number_fixed(t->arena, zp_number_div(t->arena, t->score, scored), 2);
    cells[ZP_SUMMARY_GRADE] = ZP_STR("");
    cells[ZP_SUMMARY_ERRORS] = zp_str_format(t->arena, "%zu", t->errors);
}

/* Where a grade stands among all: the four of 财预〔2020〕10号 first, then others, 未评 last. */
static size_t rank_of(zp_str grade)
{
    static const char *const known[] = {"优", "良", "中", "差"};
    if (zp_str_eq(grade, ZP_STR("未评")))
        return 5;
    for (size_t i = 0; i < 4; i++)
        if (zp_str_starts(grade, zp_str_from(known[i])))
            return i;
    return 4;
}

static bool is_before(zp_str a, zp_str b)
{
    size_t one = rank_of(a), other = rank_of(b);
    return one != other ? one < other : zp_str_compare(a, b) < 0;
}

enum { GRADES = 20, GRADE_COLUMNS = 3 }; /* more grades than that are counted as the last */

static void count_grades(totalling *t, const zp_rows *reports)
{
    zp_str names[GRADES];
    size_t counts[GRADES] = {0}, count = 0;
    for (size_t row = 0; row < reports->rows; row++) {
        zp_str grade = zp_rows_at(reports, row, ZP_REPORT_GRADE);
        grade = grade.n > 0 ? grade : ZP_STR("未评");
        size_t at = 0;
        while (at < count && is_before(names[at], grade))
            at++;
        bool is_new = at == count || !zp_str_eq(names[at], grade);
        if (is_new && count == GRADES) {
            at = count - 1;
        } else if (is_new) {
            for (size_t i = count++; i > at; i--) {
                names[i] = names[i - 1];
                counts[i] = counts[i - 1];
            }
            names[at] = grade;
            counts[at] = 0;
        }
        counts[at]++;
    }
    zp_str *cells = zp_new_array(t->arena, zp_str, count * GRADE_COLUMNS);
    const zp_number *all = zp_number_int(t->arena, (int64_t)reports->rows);
    for (size_t i = 0; i < count; i++) {
        cells[i * GRADE_COLUMNS] = names[i];
        cells[i * GRADE_COLUMNS + 1] = zp_str_format(t->arena, "%zu", counts[i]);
        cells[i * GRADE_COLUMNS + 2] =
            percent(t->arena, zp_number_int(t->arena, (int64_t)counts[i]), all);
    }
    t->summary->grades = (zp_rows){GRADE_COLUMNS, count, cells};
}

const zp_summary *zp_summary_make(zp_arena *arena, zp_str year, const zp_rows *reports)
{
    zp_summary *summary = zp_new(arena, zp_summary);
    const zp_number *nothing = zp_number_int(arena, 0);
    totalling t = {.arena = arena,
                   .summary = summary,
                   .cells = zp_new_array(arena, zp_str, (reports->rows + 1) * ZP_SUMMARY_COLUMNS),
                   .budget = nothing,
                   .spent = nothing,
                   .score = nothing};
    summary->year = year;
    summary->reports = reports->rows;
    for (size_t row = 0; row < reports->rows; row++)
        add_report(&t, reports, row);
    add_totals(&t, reports->rows);
    summary->units = (zp_rows){ZP_SUMMARY_COLUMNS, reports->rows + 1, t.cells};
    count_grades(&t, reports);
    return summary;
}

bool zp_summary_xlsx(zp_arena *arena, const zp_summary *summary, int64_t date, zp_buf *out,
                     zp_str *why)
{
    static const zp_out_column grade_columns[] = {
        {ZP_STR("等级"), 12, ZP_COLUMN_CENTRE, NULL},
        {ZP_STR("份数"), 12, ZP_COLUMN_NUMBER, NULL},
        {ZP_STR("占比"), 12, ZP_COLUMN_NUMBER, NULL},
    };
    zp_out_column columns[] = {
#define X(column, head, width) {ZP_STR(head), width, ZP_COLUMN_NUMBER, NULL},
        ZP_SUMMARY_TABLE(X)
#undef X
    };
    columns[ZP_SUMMARY_NUMBER].kind = columns[ZP_SUMMARY_GRADE].kind = ZP_COLUMN_CENTRE;
    columns[ZP_SUMMARY_CODE].kind = columns[ZP_SUMMARY_NAME].kind = ZP_COLUMN_TEXT;
    columns[ZP_SUMMARY_BUDGET].form = columns[ZP_SUMMARY_SPENT].form = "#,##0.00";
    columns[ZP_SUMMARY_SCORE].form = "0.00";
    zp_str title = zp_str_format(arena, "%.*s年度绩效自评情况汇总表", ZP_ARG(summary->year));
    const zp_out_sheet sheets[] = {
        {.name = ZP_STR("汇总"),
         .title = title,
         .note = ZP_STR("金额单位：万元"),
         .columns = columns,
         .column_count = ZP_SUMMARY_COLUMNS,
         .cells = summary->units.cells,
         .row_count = summary->units.rows,
         .landscape = true},
        {.name = ZP_STR("等级"),
         .title = title,
         .columns = grade_columns,
         .column_count = GRADE_COLUMNS,
         .cells = summary->grades.cells,
         .row_count = summary->grades.rows},
    };
    return zp_xlsx_write(arena, sheets, 2, date, out, why);
}
