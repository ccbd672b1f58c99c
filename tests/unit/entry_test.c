/* entry_test.c: report.json as rows: what is in 元, what is not known, what is no report at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "archived.h"

static const zp_entry *entry_of(world *w, const char *json)
{
    const zp_entry_place place = {.year = ZP_STR("2024"),
                                  .folder = ZP_STR("001/自评报告"),
                                  .bag = ZP_STR("2024-2"),
                                  .state = ZP_STR("s")};
    return zp_entry_read(w->arena, &place, zp_str_from(json));
}

static const zp_rows *table_of(world *w, const char *json, zp_entry_table table)
{
    const zp_entry *entry = entry_of(w, json);
    assert_non_null(entry);
    return &entry->tables[table];
}

static void expect_report(world *w, const char *json, zp_report_column column, const char *expected)
{
    expect_cell(table_of(w, json, ZP_ENTRY_REPORT), 0, column, expected);
}

static void columns_are_those_of_the_tables(void **state)
{
    (void)state;
    assert_int_equal(zp_entry_columns(ZP_ENTRY_REPORT), ZP_REPORT_COLUMNS);
    assert_int_equal(zp_entry_columns(ZP_ENTRY_FIGURE), ZP_FIGURE_PRINTED + 1);
    assert_int_equal(zp_entry_columns(ZP_ENTRY_INDICATOR), ZP_INDICATOR_REASON + 1);
    assert_int_equal(zp_entry_columns(ZP_ENTRY_CHAPTER), ZP_CHAPTER_HEADING + 1);
    assert_int_equal(zp_entry_columns(ZP_ENTRY_LINE), ZP_TEXT_LINE + 1);
}

static void a_report_is_one_row(void **state)
{
    world *w = *state;
    const zp_rows *rows =
        table_of(w,
                 "{\"template\": \"t\", \"title\": \"题名\", \"date\": \"2025-03-20\", "
                 "\"department\": {\"name\": \"甲局\", \"code\": \"007\"}, "
                 "\"budget\": {\"unit\": \"万元\", \"initial\": 90, \"adjusted\": \"1,000.50\", "
                 "\"spent\": \"500.25万元\"}, \"score\": 95.10, \"grade\": \"优\", "
                 "\"findings\": [{\"severity\": \"error\"}, {\"severity\": \"warning\"}, "
                 "{\"severity\": \"error\"}, {\"severity\": \"hint\"}]}",
                 ZP_ENTRY_REPORT);
    assert_int_equal(rows->rows, 1);
    expect_row(w, rows, 0,
               "2024|001/自评报告|2024-2|s|001|007|甲局|题名|2025-03-20|t|10005000|5002500|0.5|"
               "95.1|优|||2|1");
}

/* A blank, a dash and a word are not zero; nor is what they would be part of. */
static void what_is_not_known_is_empty(void **state)
{
    world *w = *state;
    static const char *const unknown[] = {
        "{}",
        "{\"budget\": {\"adjusted\": 10, \"spent\": \"\"}}",
        "{\"budget\": {\"adjusted\": 10, \"spent\": \"—\"}}",
        "{\"budget\": {\"adjusted\": 10, \"spent\": null}}",
        "{\"budget\": {\"adjusted\": 10, \"spent\": \"不详\"}}",
        "{\"budget\": {\"adjusted\": 10, \"spent\": {\"x\": 1}}}",
        "{\"budget\": 10}",
    };
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        expect_report(w, unknown[i], ZP_REPORT_SPENT, "");
        expect_report(w, unknown[i], ZP_REPORT_RATE, "");
    }
    expect_report(w, "{\"budget\": {\"adjusted\": 10, \"spent\": 0}}", ZP_REPORT_SPENT, "0");
    expect_report(w, "{\"budget\": {\"adjusted\": 10, \"spent\": 0}}", ZP_REPORT_RATE, "0");
    expect_report(w, "{\"budget\": {\"adjusted\": 0, \"spent\": 5}}", ZP_REPORT_RATE, "");
    expect_report(w, "{\"score\": \"未评\"}", ZP_REPORT_SCORE, "");
    expect_report(w, "{\"budget\": {\"adjusted\": 3, \"spent\": 1}}", ZP_REPORT_RATE, "0.333333");
    expect_report(w, "{\"budget\": {\"initial\": 3}}", ZP_REPORT_BUDGET, "3");
    expect_report(w, "{}", ZP_REPORT_PROJECTS, "");
    expect_report(w, "{\"projects\": []}", ZP_REPORT_PROJECTS, "0");
}

/* Where a template says which of its figures is the budget, that one. */
static void a_template_has_a_budget_of_its_own(void **state)
{
    world *w = *state;
    const char *said =
        "{\"budget\": {\"adjusted\": 7}, \"figures\": {\"total_budget\": {\"value\": 2.5, "
        "\"unit\": \"万元\"}, \"total_spent\": {\"value\": 5000, \"unit\": \"元\"}}}";
    expect_report(w, said, ZP_REPORT_BUDGET, "25000");
    expect_report(w, said, ZP_REPORT_SPENT, "5000");
    expect_report(w, said, ZP_REPORT_RATE, "0.2");
}

static void a_unit_has_some_name(void **state)
{
    world *w = *state;
    expect_report(w, "{\"department\": \"甲局\"}", ZP_REPORT_NAME, "甲局");
    expect_report(w, "{\"department\": {\"name\": \"甲局\"}}", ZP_REPORT_NAME, "甲局");
    expect_report(w, "{\"department\": {\"code\": \"1\"}}", ZP_REPORT_NAME, "001");
    expect_report(w, "{\"department\": \"\"}", ZP_REPORT_NAME, "001");
}

/* Where the department gives no money, its projects' sum; of that none may be missing. */
static void projects_stand_in_for_the_department(void **state)
{
    world *w = *state;
    const char *two = "{\"projects\": [{\"funds\": {\"total\": {\"budget\": \"1.5万元\", "
                      "\"spent\": 1}}}, {\"funds\": {\"total\": {\"budget\": 2.5}}}]}";
    expect_report(w, two, ZP_REPORT_PROJECTS, "2");
    expect_report(w, two, ZP_REPORT_BUDGET, "15002.5");
    expect_report(w, two, ZP_REPORT_PROJECT_BUDGET, "15002.5");
    expect_report(w, two, ZP_REPORT_SPENT, "");
    const char *one = "{\"projects\": {\"score\": 88, \"grade\": \"良\"}}"; /* as good as a list */
    expect_report(w, one, ZP_REPORT_PROJECTS, "1");
    expect_report(w, one, ZP_REPORT_SCORE, "88");
    expect_report(w, one, ZP_REPORT_GRADE, "良");
    const char *more = "{\"projects\": [{\"score\": 88, \"grade\": \"良\"}, {\"score\": 90}]}";
    expect_report(w, more, ZP_REPORT_SCORE, "");
    expect_report(w, more, ZP_REPORT_GRADE, "");
    expect_report(w, "{\"score\": 70, \"projects\": [{\"score\": 88}]}", ZP_REPORT_SCORE, "70");
    expect_report(w, "{\"projects\": [1, null, []]}", ZP_REPORT_BUDGET, "");
}

static void parts_are_rows(void **state)
{
    world *w = *state;
    const char *json =
        "{\"figures\": {\"rate\": {\"name\": \"执行率\", \"value\": 0.98, \"unit\": \"1\", "
        "\"printed\": \"98%\"}, \"grade\": {\"value\": \"优\"}}, "
        "\"indicators\": [{\"level1\": \"产出\", \"level3\": \"期数\", \"target\": \"≥12期\", "
        "\"actual\": \"\", \"points\": \"20分\", \"score\": \"—\"}], "
        "\"projects\": [{\"code\": \"P1\", \"name\": \"项目'甲\", \"indicators\": "
        "{\"level3\": \"次数\", \"score\": 9.50, \"reason\": \"受%影响_\"}}], "
        "\"findings\": [{\"severity\": \"error\", \"id\": \"r\", \"place\": \"一\", \"message\": "
        "\"“x”\"}], "
        "\"chapters\": [{\"level\": 2, \"heading\": \"一、甲\", \"lines\": [\"a\", \"\", \"b\"]}, "
        "{\"level\": 2, \"heading\": \"二\", \"problems\": true}, {\"problems\": true, "
        "\"measures\": true}, {\"measures\": true, \"lines\": \"不是列表\"}]}";
    const zp_entry *entry = entry_of(w, json);
    assert_non_null(entry);
    const zp_rows *t = entry->tables;
    expect_row(w, &t[ZP_ENTRY_FIGURE], 0, "2024|001/自评报告|rate|执行率|0.98|1|98%");
    expect_row(w, &t[ZP_ENTRY_FIGURE], 1, "2024|001/自评报告|grade||优||");
    expect_row(w, &t[ZP_ENTRY_INDICATOR], 0, "2024|001/自评报告|1||产出||期数|≥12期||20||");
    expect_row(w, &t[ZP_ENTRY_INDICATOR], 1, "2024|001/自评报告|2|项目'甲|||次数||||9.5|受%影响_");
    expect_row(w, &t[ZP_ENTRY_PROJECT], 0, "2024|001/自评报告|1|P1|项目'甲||||");
    expect_row(w, &t[ZP_ENTRY_FINDING], 0, "2024|001/自评报告|1|error|r|一|“x”");
    expect_row(w, &t[ZP_ENTRY_CHAPTER], 0, "2024|001/自评报告|1|2||一、甲");
    expect_cell(&t[ZP_ENTRY_CHAPTER], 1, ZP_CHAPTER_KIND, "problems");
    expect_cell(&t[ZP_ENTRY_CHAPTER], 2, ZP_CHAPTER_KIND, "both");
    expect_cell(&t[ZP_ENTRY_CHAPTER], 3, ZP_CHAPTER_KIND, "measures");
    assert_int_equal(t[ZP_ENTRY_LINE].rows, 3);
    expect_row(w, &t[ZP_ENTRY_LINE], 2, "2024|001/自评报告|1|3|b");
    assert_int_equal(t[ZP_ENTRY_FILE].rows, 0);
}

static void what_is_no_report_is_refused(void **state)
{
    world *w = *state;
    static const char *const bad[] = {"", "[1, 2]", "\"text\"", "{\"a\": ", " \n", "title: x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (entry_of(w, bad[i]))
            fail_msg("%s is taken", bad[i]);
    zp_buf deep = {.arena = w->arena};
    zp_buf_lit(&deep, "{\"projects\": ");
    for (size_t i = 0; i < 100000; i++)
        zp_buf_byte(&deep, '[');
    assert_null(entry_of(w, zp_str_cstr(w->arena, zp_buf_str(&deep))));
}

/* A row's key is not empty: what has no name is no figure. */
static void a_figure_without_a_name_is_left_out(void **state)
{
    world *w = *state;
    const zp_rows *rows = table_of(
        w, "{\"figures\": {\"\": {\"value\": 1}, \"a\": {\"value\": 2}}}", ZP_ENTRY_FIGURE);
    assert_int_equal(rows->rows, 1);
    expect_cell(rows, 0, ZP_FIGURE_ID, "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(columns_are_those_of_the_tables),
        TEST(a_report_is_one_row),
        TEST(what_is_not_known_is_empty),
        TEST(a_template_has_a_budget_of_its_own),
        TEST(a_unit_has_some_name),
        TEST(projects_stand_in_for_the_department),
        TEST(parts_are_rows),
        TEST(what_is_no_report_is_refused),
        TEST(a_figure_without_a_name_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
