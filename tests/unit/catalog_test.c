/* catalog_test.c: what goes into the catalogue comes out, is found, and stays in step. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <cmocka.h>
#include "archive/words.h"
#include "archived.h"

#define UNIT(name, code, text)                                                                     \
    "{\"title\": \"" name "自评报告\", \"department\": {\"name\": \"" name "\", \"code\": \"" code \
    "\"}, \"budget\": {\"adjusted\": 100, \"spent\": 50}, "                                        \
    "\"figures\": {\"rate\": {\"value\": 0.5}}, "                                                  \
    "\"chapters\": [{\"heading\": \"一、基本情况\", \"lines\": [\"" text "\"]}]}"

/* Names as they come, and as nobody should name a unit. */
static const archived reports[] = {
    {"2023", "001/自评报告", UNIT("甲局", "001", "培训计划执行率偏低"), false, NULL},
    {"2024", "001/自评报告", UNIT("甲局", "001", "培训已经改进"), true, NULL},
    {"2024", "002/自评报告", UNIT("O'Brien“引”局", "002", "完成100%的任务_下划线"), false, NULL},
    {"2024", "003/自评报告", UNIT("x'; DROP TABLE report; --", "003", "单引号'双引号 𠮷字"), false,
     NULL},
};
enum { COUNT = sizeof reports / sizeof *reports };

static zp_rows search(world *w, const char *typed, const char *year, const char *unit)
{
    zp_rows hits;
    size_t total;
    zp_str why = ZP_STR("");
    zp_catalog *catalog = open_catalog(w);
    zp_str query = zp_words_query(w->arena, zp_str_from(typed));
    if (!zp_catalog_search(catalog, query, zp_str_from(year), zp_str_from(unit), 100, &hits, &total,
                           &why))
        fail_msg("%s: %.*s", typed, ZP_ARG(why));
    assert_int_equal(total, hits.rows);
    zp_catalog_close(catalog);
    return hits;
}

static void expect_hits(world *w, const char *typed, size_t count)
{
    zp_rows hits = search(w, typed, "", "");
    if (hits.rows != count)
        fail_msg("%s: %zu hits instead of %zu", typed, hits.rows, count);
}

static void what_goes_in_comes_out(void **state)
{
    world *w = *state;
    assert_int_equal(archive_all(w, reports, COUNT), COUNT);
    zp_catalog *catalog = open_catalog(w);
    zp_rows years = zp_catalog_years(catalog);
    assert_int_equal(years.rows, 2);
    expect_cell(&years, 0, 0, "2023");
    zp_rows units = zp_catalog_table(catalog, ZP_ENTRY_REPORT, ZP_STR("2024"), ZP_STR(""));
    assert_int_equal(units.rows, 3);
    assert_int_equal(units.columns, ZP_REPORT_COLUMNS);
    expect_cell(&units, 0, ZP_REPORT_CODE, "001");
    expect_cell(&units, 0, ZP_REPORT_RATE, "0.5");
    expect_cell(&units, 0, ZP_REPORT_SCORE, ""); /* a blank is not zero */
    expect_cell(&units, 1, ZP_REPORT_NAME, "O'Brien“引”局");
    expect_cell(&units, 2, ZP_REPORT_NAME, "x'; DROP TABLE report; --");
    zp_rows lines =
        zp_catalog_table(catalog, ZP_ENTRY_LINE, ZP_STR("2024"), ZP_STR("002/自评报告"));
    assert_int_equal(lines.rows, 1);
    expect_cell(&lines, 0, ZP_TEXT_LINE, "完成100%的任务_下划线");
    zp_rows all = zp_catalog_table(catalog, ZP_ENTRY_FIGURE, ZP_STR(""), ZP_STR(""));
    assert_int_equal(all.rows, COUNT);
    zp_rows none = zp_catalog_table(catalog, ZP_ENTRY_REPORT, ZP_STR("2024' OR '1"), ZP_STR(""));
    assert_int_equal(none.rows, 0);
    zp_catalog_close(catalog);
}

static void the_index_has_the_files_that_people_open(void **state)
{
    world *w = *state;
    archive_all(w, reports, COUNT);
    zp_catalog *catalog = open_catalog(w);
    zp_rows index = zp_catalog_index(catalog, ZP_STR(""));
    assert_int_equal(index.rows, COUNT);
    expect_cell(&index, 0, ZP_INDEX_YEAR, "2024"); /* the latest first */
    expect_cell(&index, 0, ZP_INDEX_ORIGINAL, "data/001/自评报告/附件/盖章.pdf");
    expect_cell(&index, 0, ZP_INDEX_LAYOUT, "data/001/自评报告/a.pdf");
    expect_cell(&index, 1, ZP_INDEX_ORIGINAL, "data/002/自评报告/a.pdf");
    expect_cell(&index, 1, ZP_INDEX_LAYOUT, "");
    expect_cell(&index, 1, ZP_INDEX_HTML, "data/002/自评报告/a.html");
    expect_cell(&index, 3, ZP_INDEX_YEAR, "2023");
    assert_int_equal(zp_catalog_index(catalog, ZP_STR("2023")).rows, 1);
    zp_catalog_close(catalog);
}

static void words_of_any_length_are_found(void **state)
{
    world *w = *state;
    archive_all(w, reports, COUNT);
    expect_hits(w, "培", 2);
    expect_hits(w, "培训", 2);
    expect_hits(w, "培训计划执行率", 1);
    expect_hits(w, "𠮷", 1);
    expect_hits(w, "训培", 0);
    expect_hits(w, "培训 改进", 1);
    expect_hits(w, "o", 1); /* a letter may go on */
    expect_hits(w, "brien", 1);
    expect_hits(w, "rien", 0);
    expect_hits(w, "一、", COUNT);
}

static void nothing_typed_is_an_operator(void **state)
{
    world *w = *state;
    archive_all(w, reports, COUNT);
    expect_hits(w, "100%", 1);
    expect_hits(w, "1%", 1); /* 100 begins so; nothing else does */
    expect_hits(w, "任务_下", 1);
    expect_hits(w, "任%下", 0);
    expect_hits(w, "任_", 1); /* a mark parts words and stands for none */
    expect_hits(w, "培*划", 0);
    expect_hits(w, "O'Brien", 1);
    expect_hits(w, "'单引号'", 1);
    expect_hits(w, "\"培训\" OR \"任务\"", 0); /* the word OR is in none */
    expect_hits(w, "name:培训", 0);
    expect_hits(w, "DROP TABLE", 1);
    assert_int_equal(search(w, "培训", "2024", "").rows, 1);
    assert_int_equal(search(w, "局", "2024", "O'Brien“引”局").rows, 1);
    assert_int_equal(search(w, "局", "", "001").rows, 2);
    assert_int_equal(search(w, "局", "", "%").rows, 0);
}

static void hits_say_where(void **state)
{
    world *w = *state;
    archive_all(w, reports, COUNT);
    zp_rows hits = search(w, "甲局", "2023", "");
    expect_row(w, &hits, 0, "2023|001/自评报告|2023|甲局|甲局自评报告||");
    hits = search(w, "基本情况", "2023", "");
    expect_row(w, &hits, 0, "2023|001/自评报告|2023|甲局|甲局自评报告|一、基本情况|");
    hits = search(w, "偏低", "", "");
    expect_row(w, &hits, 0,
               "2023|001/自评报告|2023|甲局|甲局自评报告|一、基本情况|培训计划执行率偏低");
}

static void only_what_differs_is_changed(void **state)
{
    world *w = *state;
    archived now[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        now[i] = reports[i];
    archive_all(w, reports, COUNT);
    assert_int_equal(archive_all(w, reports, COUNT), 0);
    now[1].json = UNIT("新局", "001", "改过的");
    assert_int_equal(archive_all(w, now, COUNT), 0); /* the state says that it is the same */
    now[1].state = "t";
    assert_int_equal(archive_all(w, now, COUNT), 1);
    expect_hits(w, "改过的", 1);
    expect_hits(w, "已经改进", 0);
    assert_int_equal(archive_all(w, now + 1, 1), COUNT - 1); /* the others are gone */
    expect_hits(w, "培训", 0);
    assert_int_equal(archive_all(w, now, 0), 1);
    zp_catalog *catalog = open_catalog(w);
    assert_int_equal(zp_catalog_years(catalog).rows, 0);
    zp_catalog_close(catalog);
}

static void one_bad_report_leaves_the_others(void **state)
{
    world *w = *state;
    static const archived some[] = {
        {"2024", "001/a", "{\"title\": ", false, NULL},
        {"2024", "002/a", "{\"figures\": {\"\": {\"value\": 1}}}", false, NULL},
        {"2024", "003/a", "{\"title\": \"a\\u0000b\", \"year\": []}", false, NULL},
    };
    archive_all(w, some, 3);
    zp_catalog *catalog = open_catalog(w);
    zp_rows units = zp_catalog_table(catalog, ZP_ENTRY_REPORT, ZP_STR(""), ZP_STR(""));
    expect_cell(&units, 0, ZP_REPORT_FOLDER, "002/a");
    expect_cell(&units, 1, ZP_REPORT_FOLDER, "003/a");
    zp_catalog_close(catalog);
    expect_ids(w, "unread");
}

static bool agrees(world *w, const archived *some, size_t count)
{
    zp_str why = ZP_STR("");
    zp_catalog_source source = archived_source(w, some, count);
    bool good = zp_catalog_agrees(w->arena, zp_str_from(w->root), &source, w->diag, &why);
    assert_int_equal(good, why.n == 0);
    return good;
}

static void the_catalogue_agrees_with_the_bags_or_not(void **state)
{
    world *w = *state;
    archived other[COUNT];
    assert_false(agrees(w, reports, COUNT)); /* there is none */
    archive_all(w, reports, COUNT);
    assert_true(agrees(w, reports, COUNT));
    assert_false(agrees(w, reports, COUNT - 1));
    assert_false(agrees(w, reports + 1, COUNT - 1));
    for (size_t i = 0; i < COUNT; i++)
        other[i] = reports[i];
    other[2].json = UNIT("O'Brien“引”局", "002", "完成100%的任务，下划线");
    assert_false(agrees(w, other, COUNT));
    assert_true(agrees(w, reports, COUNT)); /* looking changes nothing */
}

static void what_is_no_catalogue_is_made_anew(void **state)
{
    world *w = *state;
    zp_str why = ZP_STR(""), root = zp_str_from(w->root);
    assert_null(zp_catalog_open(w->arena, root, &why));
    assert_true(why.n > 0);
    write_text(w, ZP_CATALOG_NAME, "this is no database, however long it may be");
    write_text(w, ZP_SEARCH_NAME, "");
    assert_null(zp_catalog_open(w->arena, root, &why));
    assert_int_equal(archive_all(w, reports, COUNT), COUNT);
    expect_hits(w, "培训", 2);
    assert_int_equal(unlink(in_folder(w, ZP_SEARCH_NAME)), 0);
    zp_catalog *catalog = open_catalog(w); /* everything but the search works */
    zp_rows hits;
    size_t total;
    assert_int_equal(zp_catalog_years(catalog).rows, 2);
    assert_false(zp_catalog_search(catalog, ZP_STR("\"培 训\""), ZP_STR(""), ZP_STR(""), 1, &hits,
                                   &total, &why));
    zp_catalog_close(catalog);
    archive_all(w, reports, COUNT);
    expect_hits(w, "培训", 2);
}

/* SQLite takes some names for more than a name. */
static void a_folder_of_any_name_holds_it(void **state)
{
    world *w = *state;
    static const char *const names[] = {"a'b",    "a?mode=memory", "file:x",
                                        "100%2f", ":memory:",      "归 档"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t changed;
        zp_str why = ZP_STR(""), folder = path_of(w, names[i]);
        assert_true(zp_folder_make(w->arena, zp_str_cstr(w->arena, folder), &why));
        zp_catalog_source source = archived_source(w, reports, COUNT);
        if (!zp_catalog_update(w->arena, folder, &source, &changed, w->diag, &why))
            fail_msg("%s: %.*s", names[i], ZP_ARG(why));
        zp_str file = zp_path_join(w->arena, folder, ZP_STR(ZP_CATALOG_NAME));
        assert_int_equal(zp_path_kind_of(zp_str_cstr(w->arena, file)), ZP_PATH_FILE);
        zp_catalog *catalog = zp_catalog_open(w->arena, folder, &why);
        assert_non_null(catalog);
        assert_int_equal(zp_catalog_years(catalog).rows, 2);
        zp_catalog_close(catalog);
    }
    zp_catalog_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_goes_in_comes_out),
        TEST(the_index_has_the_files_that_people_open),
        TEST(words_of_any_length_are_found),
        TEST(nothing_typed_is_an_operator),
        TEST(hits_say_where),
        TEST(only_what_differs_is_changed),
        TEST(one_bad_report_leaves_the_others),
        TEST(the_catalogue_agrees_with_the_bags_or_not),
        TEST(what_is_no_catalogue_is_made_anew),
        TEST(a_folder_of_any_name_holds_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
