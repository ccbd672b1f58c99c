/* roster_test.c: who should have reported against who has, by code and by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "archive/roster.h"
#include "archived.h"
#include "data/load.h"

#define UNIT(name, code, projects)                                                                 \
    "{\"department\": {\"name\": \"" name "\", \"code\": \"" code "\"}, \"projects\": [" projects  \
    "]}"
#define PROJECT(wan) "{\"funds\": {\"total\": {\"budget\": \"" wan "万元\"}}}"
#define UNPRICED     "{\"funds\": {\"total\": {\"budget\": \"\"}}}"

/* Two that have one name, one without a code, one with two reports. */
static const archived reports[] = {
    {"2024", "001/整体", UNIT("甲局", "001", PROJECT("10")), true, NULL},
    {"2024", "001/项目", UNIT("甲局", "001", PROJECT("5.5")), true, NULL},
    {"2024", "002/整体", UNIT("办公室", "002", ""), false, NULL},
    {"2024", "003/整体", UNIT("办公室", "003", PROJECT("1") ", " UNPRICED), true, NULL},
    {"2024", "丁'局/整体", UNIT("丁'局", "", ""), true, NULL},
};
enum { COUNT = sizeof reports / sizeof *reports };

static bool check(world *w, const char *csv, const char *year, zp_roster_sum *sum)
{
    write_text(w, "名单.csv", csv);
    zp_loader *loader = zp_loader_new(w->arena, ZP_STR(""), NULL, w->diag);
    zp_str path = path_of(w, "名单.csv");
    const zp_value *list = zp_load(loader, path, ZP_LOAD_ANYWHERE, ZP_STR(""),
                                   zp_span_file(zp_source_new(w->arena, path, ZP_STR(""))));
    archive_all(w, reports, COUNT);
    zp_catalog *catalog = open_catalog(w);
    bool good = list && zp_roster_check(w->arena, list, catalog, zp_str_from(year), w->diag, sum);
    zp_catalog_close(catalog);
    return good;
}

/* What is said of a roster over all units, so that none is left over. */
static zp_roster_sum expect_said(world *w, const char *csv, const char *ids)
{
    zp_roster_sum sum;
    assert_true(check(w, csv, "2024", &sum));
    expect_ids(w, ids);
    return sum;
}

#define HEAD "编码,名称,应报项目,应报金额\n"
#define ALL  "001,甲局,2,15.5\n002,办公室,0,0\n003,办公室,2,\n,丁'局,,\n"

static void all_is_well(void **state)
{
    world *w = *state;
    zp_roster_sum sum = expect_said(w, HEAD ALL, "roster-unsealed"); /* 002 */
    assert_int_equal(sum.units, 4);
    assert_int_equal(sum.reported, 4);
    assert_int_equal(sum.unsealed, 1);
    assert_int_equal(sum.extra, 0);
    assert_int_equal(sum.projects, 4);
    assert_int_equal(sum.projects_reported, 4);
    assert_true(zp_str_eq(sum.money, ZP_STR("15.50")));
    assert_true(zp_str_eq(sum.money_reported, ZP_STR("15.50")));
}

static void what_is_missing_is_named(void **state)
{
    world *w = *state;
    expect_said(w, HEAD "009,新局,1,1\n" ALL, "roster-unreported roster-unsealed");
    expect_said(w, HEAD "001,甲局,3,16\n002,办公室,,\n003,办公室,1,\n,丁'局,,\n",
                "roster-forms roster-money roster-unsealed roster-extra");
    expect_said(w, HEAD "001,甲局,,\n003,办公室,,\n", "roster-extra roster-extra");
    expect_said(w, HEAD "001,甲局,,\n002,,,\n003,办公室,,1\n,丁'局,,\n",
                "roster-unsealed roster-money");
}

/* What the projects come to is not known when one of them does not say. */
static void a_project_without_money_is_not_zero(void **state)
{
    world *w = *state;
    zp_roster_sum sum;
    size_t count;
    assert_true(check(w, HEAD "003,办公室,2,1\n001,甲局,,\n002,,,\n,丁'局,,\n", "2024", &sum));
    const zp_message *messages = zp_diag_messages(w->diag, &count);
    assert_int_equal(count, 2);
    assert_true(zp_str_find(messages[0].message, ZP_STR("有的项目没有写预算数"), 0) <
                messages[0].message.n);
}

/* A blank is not zero: nothing is asked, so nothing is missing and nothing too much. */
static void blanks_ask_nothing(void **state)
{
    world *w = *state;
    zp_roster_sum sum = expect_said(w, HEAD "001,甲局,,\n002,办公室,—,无\n003,办公室,,\n,丁'局,,\n",
                                    "roster-unsealed");
    assert_int_equal(sum.projects, 0);
    assert_true(zp_str_eq(sum.money, ZP_STR("0.00")));
    expect_said(w, HEAD "001,甲局,0,\n002,办公室,,\n003,办公室,,\n,丁'局,,\n",
                "roster-extra roster-unsealed");
}

static void units_are_found_by_code_and_else_by_name(void **state)
{
    world *w = *state;
    /* 改名; a code as a workbook makes it of 001; a name alone; another code for the name alone. */
    expect_said(w, HEAD "001,新名,,\n002,办公室,,\n003,办公室,,\n,丁'局,,\n", "roster-unsealed");
    expect_said(w, HEAD "1,甲局,,\n002,办公室,,\n003,办公室,,\n9,丁'局,,\n", "roster-unsealed");
    expect_said(w, HEAD ",甲局,,\n002,,,\n003,,,\n,丁'局,,\n", "roster-unsealed");
    /* 004 is not 002 or 003, whatever it is called. */
    zp_roster_sum sum =
        expect_said(w, HEAD "004,办公室,,\n" ALL, "roster-unreported roster-unsealed");
    assert_int_equal(sum.units - sum.reported, 1);
    /* Without codes two of one name are two. */
    sum =
        expect_said(w, "编码,名称\n001,甲局\n102,办公室\n103,办公室\n,丁'局\n", "roster-unsealed");
    assert_int_equal(sum.reported, 4);
}

static void what_stands_twice_is_counted_once(void **state)
{
    world *w = *state;
    static const char *const twice[] = {"001,甲局,2,15.5\n", "001,别名,9,99\n", ",甲局,2,15.5\n",
                                        "1,甲局,,\n"};
    for (size_t i = 0; i < sizeof twice / sizeof *twice; i++) {
        zp_str csv = zp_str_format(w->arena, HEAD ALL "%s", twice[i]);
        bool other = i == 3; /* a code that nobody has, and the name is taken: another unit */
        zp_roster_sum sum = expect_said(w, zp_str_cstr(w->arena, csv),
                                        other ? "roster-unsealed roster-unreported"
                                              : "roster-unsealed roster-repeated");
        assert_int_equal(sum.reported, 4);
        assert_int_equal(sum.projects_reported, 4);
        assert_true(zp_str_eq(sum.money, ZP_STR("15.50")));
    }
    zp_roster_sum sum = expect_said(w, HEAD ALL "009,新局,1,1\n009,新局,1,1\n",
                                    "roster-unsealed roster-unreported roster-repeated");
    assert_int_equal(sum.units, 5);
}

static void columns_may_be_missing(void **state)
{
    world *w = *state;
    zp_roster_sum sum;
    expect_said(w, "名称\n甲局\n办公室\n丁'局\n", "roster-unsealed roster-extra");
    expect_said(w, "编码\n001\n002\n003\n", "roster-unsealed roster-extra");
    assert_false(check(w, "代码,单位\n001,甲局\n", "2024", &sum));
    expect_ids(w, "roster-columns");
    assert_false(check(w, "", "2024", &sum));
    w->diag = zp_diag_new(w->arena);
}

static void a_year_without_reports_misses_all(void **state)
{
    world *w = *state;
    zp_roster_sum sum;
    assert_true(check(w, HEAD "001,甲局,,\n\n,,3,4\n002,办公室,1,\n", "2023", &sum));
    expect_ids(w, "roster-unreported roster-unreported");
    assert_int_equal(sum.units, 2);
    assert_int_equal(sum.reported, 0);
}

static void hostile_cells_are_texts(void **state)
{
    world *w = *state;
    expect_said(w,
                HEAD "001,%s%n_',99999999999999999999999999,1e999999999\n"
                     "'; DROP TABLE report; --,\"x\"\"\ny\",-1,-5\n002,办公室,0.5,三百\n",
                "roster-forms roster-unreported roster-unsealed roster-extra roster-extra");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_is_well),
        TEST(what_is_missing_is_named),
        TEST(a_project_without_money_is_not_zero),
        TEST(blanks_ask_nothing),
        TEST(units_are_found_by_code_and_else_by_name),
        TEST(what_stands_twice_is_counted_once),
        TEST(columns_may_be_missing),
        TEST(a_year_without_reports_misses_all),
        TEST(hostile_cells_are_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
