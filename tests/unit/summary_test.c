/* summary_test.c: what adds up, and what is weighed by money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "archive/summary.h"
#include "book/workbook.h"

static void put(zp_str *row, const char *name, const char *budget, const char *spent,
                const char *score, const char *grade, const char *projects)
{
    row[ZP_REPORT_UNIT] = row[ZP_REPORT_NAME] = zp_str_from(name);
    row[ZP_REPORT_BUDGET] = zp_str_from(budget);
    row[ZP_REPORT_SPENT] = zp_str_from(spent);
    row[ZP_REPORT_SCORE] = zp_str_from(score);
    row[ZP_REPORT_GRADE] = zp_str_from(grade);
    row[ZP_REPORT_PROJECTS] = zp_str_from(projects);
    row[ZP_REPORT_ERRORS] = ZP_STR("1");
}

static const zp_summary *make(zp_arena *arena)
{
    zp_str *cells = zp_new_array(arena, zp_str, 4 * ZP_REPORT_COLUMNS);
    put(cells, "甲", "1000000", "500000", "80", "良", "2");
    put(cells + ZP_REPORT_COLUMNS, "乙", "9000000", "9000000", "95.01", "优", "3");
    put(cells + 2 * ZP_REPORT_COLUMNS, "丙", "5000000", "", "", "", "0");
    put(cells + 3 * ZP_REPORT_COLUMNS, "=丁", "", "", "99", "优秀", "1");
    const zp_rows rows = {ZP_REPORT_COLUMNS, 4, cells};
    return zp_summary_make(arena, ZP_STR("2024"), &rows);
}

static void assert_cell(const zp_rows *rows, size_t row, size_t column, const char *expected)
{
    zp_str found = zp_rows_at(rows, row, column);
    if (!zp_str_eq(found, zp_str_from(expected)))
        fail_msg("“%.*s” instead of “%s”", ZP_ARG(found), expected);
}

static void totals(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_summary *summary = make(arena);
    const zp_rows *units = &summary->units;
    assert_int_equal(units->rows, 5);
    assert_cell(units, 0, ZP_SUMMARY_RATE, "50.00%");
    assert_cell(units, 2, ZP_SUMMARY_RATE, "");
    assert_cell(units, 4, ZP_SUMMARY_PROJECTS, "6");
    assert_cell(units, 4, ZP_SUMMARY_BUDGET, "1000.00"); /* without 丙, whose spending is unknown */
    assert_cell(units, 4, ZP_SUMMARY_RATE, "95.00%");    /* not 75 %, the mean of rates */
    assert_cell(units, 4, ZP_SUMMARY_SCORE, "91.34");    /* (80 + 95.01 + 99) ÷ 3 = 91.3366… */
    assert_cell(units, 4, ZP_SUMMARY_ERRORS, "4");
    assert_int_equal(summary->with_money, 2);
    assert_int_equal(summary->scored, 3);
    zp_arena_free(arena);
}

static void a_units_money_once(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *folder, *title, *shown;
    } rows[] = {
        {"001", "001/整体支出绩效自评报告", "甲整体支出绩效自评报告", "甲"},
        {"001", "001/设备项目绩效自评报告", "设备项目绩效自评报告", "甲（设备项目绩效自评报告）"},
        {"002", "002/培训项目绩效自评报告", "培训项目绩效自评报告", "甲（培训项目绩效自评报告）"},
        {"003", "003/绩效自评报告", "甲绩效自评报告", "甲"},
    };
    zp_arena *arena = zp_arena_new();
    zp_str *cells = zp_new_array(arena, zp_str, 4 * ZP_REPORT_COLUMNS);
    for (size_t i = 0; i < 4; i++) {
        zp_str *row = cells + i * ZP_REPORT_COLUMNS;
        put(row, "甲", "1000000", "500000", "80", "良", "");
        row[ZP_REPORT_UNIT] = zp_str_from(rows[i].unit);
        row[ZP_REPORT_FOLDER] = zp_str_from(rows[i].folder);
        row[ZP_REPORT_TITLE] = zp_str_from(rows[i].title);
    }
    const zp_rows reports = {ZP_REPORT_COLUMNS, 4, cells};
    const zp_rows *units = &zp_summary_make(arena, ZP_STR("2024"), &reports)->units;
    for (size_t i = 0; i < 4; i++)
        assert_cell(units, i, ZP_SUMMARY_NAME, rows[i].shown);
    assert_cell(units, 1, ZP_SUMMARY_BUDGET, "100.00");
    assert_cell(units, 4, ZP_SUMMARY_BUDGET, "300.00"); /* without 设备项目: it is in 整体 */
    assert_cell(units, 0, ZP_SUMMARY_PROJECTS, "");
    zp_arena_free(arena);
}

static void grades(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_rows *rows = &make(arena)->grades;
    static const char *const names[] = {"优", "优秀", "良", "未评"};
    assert_int_equal(rows->rows, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_cell(rows, i, 0, names[i]);
        assert_cell(rows, i, 1, "1");
        assert_cell(rows, i, 2, "25.00%");
    }
    zp_arena_free(arena);
}

/* However many there are, each report is counted, and none under another's grade but the last. */
static void any_number_of_grades(void **state)
{
    enum { COUNT = 30 };
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_str *cells = zp_new_array(arena, zp_str, COUNT * ZP_REPORT_COLUMNS);
    for (size_t i = 0; i < COUNT; i++)
        cells[i * ZP_REPORT_COLUMNS + ZP_REPORT_GRADE] =
            zp_str_format(arena, "%02zu级", i * 7 % COUNT);
    const zp_rows rows = {ZP_REPORT_COLUMNS, COUNT, cells};
    const zp_rows *grades = &zp_summary_make(arena, ZP_STR("2024"), &rows)->grades;
    assert_int_equal(grades->rows, 20);
    for (size_t i = 0; i + 1 < grades->rows; i++)
        assert_cell(grades, i, 1, "1");
    assert_cell(grades, grades->rows - 1, 1, "11");
    zp_arena_free(arena);
}

/* Nothing to add up is not zero, nor a rate of zero. */
static void nothing_is_known(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_str *cells = zp_new_array(arena, zp_str, ZP_REPORT_COLUMNS);
    put(cells, "甲'%s", "100", "", "", "", "");
    zp_rows rows = {ZP_REPORT_COLUMNS, 1, cells};
    const zp_summary *summary = zp_summary_make(arena, ZP_STR(""), &rows);
    assert_cell(&summary->units, 0, ZP_SUMMARY_NAME, "甲'%s");
    assert_cell(&summary->units, 1, ZP_SUMMARY_BUDGET, "");
    assert_cell(&summary->units, 1, ZP_SUMMARY_RATE, "");
    assert_cell(&summary->units, 1, ZP_SUMMARY_SCORE, "");
    rows.rows = 0;
    summary = zp_summary_make(arena, ZP_STR("2024"), &rows);
    assert_int_equal(summary->units.rows, 1);
    assert_int_equal(summary->grades.rows, 0);
    assert_cell(&summary->units, 0, ZP_SUMMARY_NAME, "0 份");
    zp_buf out = {.arena = arena};
    zp_str why;
    assert_true(zp_summary_xlsx(arena, summary, 0, &out, &why));
    zp_arena_free(arena);
}

static void as_workbook(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_buf out = {.arena = arena};
    zp_str why;
    assert_true(zp_summary_xlsx(arena, make(arena), 0, &out, &why));
    const zp_book *book =
        zp_workbook_read(arena, ZP_STR("汇总表.xlsx"), zp_buf_str(&out), zp_diag_new(arena));
    assert_int_equal(book->count, 2);
    const zp_cell *cell = zp_sheet_at(&book->sheets[0], 6, ZP_SUMMARY_NAME);
    assert_int_equal(cell->kind, ZP_CELL_TEXT); /* and no formula */
    assert_true(zp_str_eq(cell->text, ZP_STR("=丁")));
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals),           cmocka_unit_test(a_units_money_once),
        cmocka_unit_test(grades),           cmocka_unit_test(any_number_of_grades),
        cmocka_unit_test(nothing_is_known), cmocka_unit_test(as_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
