/* compare_test.c: two years side by side: who is the same unit, and what changed by how much. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "archive/compare.h"
#include "archived.h"

#define UNIT(name, code, more)                                                                     \
    "{\"department\": {\"name\": \"" name "\", \"code\": \"" code "\"}" more "}"
#define MONEY(budget, spent)                                                                       \
    ", \"budget\": {\"unit\": \"万元\", \"adjusted\": \"" budget "\", \"spent\": \"" spent "\"}"

static const archived reports[] = {
    {"2023", "001/自评",
     UNIT("旧名局", "001",
          MONEY("100",
                "50") ", \"score\": 80, \"grade\": "
                      "\"良\", \"figures\": {\"rate\": {\"name\": \"执行率\", \"value\": 0.5, "
                      "\"unit\": \"1\", "
                      "\"printed\": \"50%\"}, \"spent\": {\"value\": 500000, \"printed\": "
                      "\"50万元\"}, \"ok\": "
                      "{\"value\": true}, \"gone\": {\"value\": 1, \"printed\": \"1\"}}, "
                      "\"indicators\": "
                      "[{\"level3\": \"期数\", \"target\": \"12\", \"actual\": \"10\", \"score\": "
                      "8}, {\"level3\": "
                      "\"期数\", \"score\": 5}], \"chapters\": [{\"heading\": \"问题\", "
                      "\"problems\": true, "
                      "\"lines\": [\"执行慢\", \"台账'不全\"]}, {\"lines\": [\"与此无关\"]}]"),
     false, NULL},
    {"2023", "002/自评", UNIT("只有上年", "002", MONEY("1", "")), false, NULL},
    {"2023", "丙局/自评", UNIT("丙局", "", MONEY("0", "0")), false, NULL},
    {"2024", "001/自评",
     UNIT("新名局", "001",
          MONEY("150", "150") ", \"score\": 79.5, \"grade\": "
                              "\"中\", \"figures\": {\"rate\": {\"name\": \"执行率\", \"value\": "
                              "1, \"unit\": \"1\", "
                              "\"printed\": \"100%\"}, \"spent\": {\"value\": 1500000, "
                              "\"printed\": \"150万元\"}, \"ok\": "
                              "{\"value\": false}, \"new\": {\"name\": \"新的\", \"value\": 2, "
                              "\"printed\": \"2\"}}, "
                              "\"indicators\": [{\"level3\": \"期数\", \"target\": \"12\", "
                              "\"actual\": \"12\", \"score\": "
                              "10}, {\"level3\": \"期数\", \"score\": \"\"}, {\"level3\": "
                              "\"满意度\", \"score\": 9}], "
                              "\"chapters\": [{\"heading\": \"问题和措施\", \"problems\": true, "
                              "\"measures\": true, "
                              "\"lines\": [\"执行慢\"]}, {\"heading\": \"措施\", \"measures\": "
                              "true, \"lines\": "
                              "[\"按月通报\", \"补齐\", \"培训\"]}]"),
     false, NULL},
    {"2024", "003/自评", UNIT("只有本年", "003", ""), false, NULL},
    {"2024", "丙局/自评", UNIT("丙局", "", MONEY("10", "—")), false, NULL},
};
enum { COUNT = sizeof reports / sizeof *reports };

static zp_rows all_units(world *w, const char *from, const char *to)
{
    zp_comparison all;
    archive_all(w, reports, COUNT);
    zp_catalog *catalog = open_catalog(w);
    zp_compare_all(catalog, w->arena, zp_str_from(from), zp_str_from(to), &all);
    zp_catalog_close(catalog);
    assert_int_equal(all.count, 1);
    assert_int_equal(all.unit.n, 0);
    return all.tables[0].rows;
}

static bool one_unit(world *w, const char *from, const char *to, const char *unit,
                     zp_comparison *one)
{
    archive_all(w, reports, COUNT);
    zp_catalog *catalog = open_catalog(w);
    bool found = zp_compare_unit(catalog, w->arena, zp_str_from(from), zp_str_from(to),
                                 zp_str_from(unit), one);
    zp_catalog_close(catalog);
    return found;
}

static void units_are_followed_through_renaming(void **state)
{
    world *w = *state;
    zp_rows rows = all_units(w, "2023", "2024");
    assert_int_equal(rows.rows, 4);
    expect_row(w, &rows, 0,
               "001|新名局|100.00|150.00|+50.00%|50.00|150.00|+200.00%|50.00%|100.00%|"
               "+50.00个百分点|80.00|79.50|-0.50|良|中|原名旧名局");
    expect_row(w, &rows, 1, "002|只有上年|1.00||||||||||||||本年没有自评");
    /* From nothing there is no growth; what is not known does not change. */
    expect_row(w, &rows, 2, "|丙局|0.00|10.00||0.00|||||||||||");
    expect_row(w, &rows, 3, "003|只有本年|||||||||||||||上年没有自评");
}

static void the_order_of_years_is_that_asked_for(void **state)
{
    world *w = *state;
    zp_rows rows = all_units(w, "2024", "2023");
    expect_cell(&rows, 0, 1, "旧名局");
    expect_cell(&rows, 0, 4, "-33.33%");
    expect_cell(&rows, 0, 16, "原名新名局");
    rows = all_units(w, "2023", "2023");
    assert_int_equal(rows.rows, 3);
    expect_cell(&rows, 0, 4, "0.00%");
    expect_cell(&rows, 0, 16, "");
    rows = all_units(w, "1999", "2000");
    assert_int_equal(rows.rows, 0);
}

static void heads_and_keys_fit_the_rows(void **state)
{
    world *w = *state;
    zp_comparison tables[2];
    archive_all(w, reports, COUNT);
    zp_catalog *catalog = open_catalog(w);
    zp_compare_all(catalog, w->arena, ZP_STR("2023"), ZP_STR("2024"), &tables[0]);
    assert_true(zp_compare_unit(catalog, w->arena, ZP_STR("2023"), ZP_STR("2024"), ZP_STR("001"),
                                &tables[1]));
    zp_catalog_close(catalog);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < tables[i].count; k++) {
            const zp_compared *t = &tables[i].tables[k];
            assert_int_equal(strlen(t->aligned), t->rows.columns);
            for (size_t c = 0; c < t->rows.columns; c++)
                assert_true(t->keys[c].n > 0 && t->heads[c].n > 0);
        }
    assert_true(zp_str_eq(tables[0].tables[0].heads[2], ZP_STR("2023预算")));
    assert_true(zp_str_eq(tables[0].tables[0].heads[3], ZP_STR("2024预算")));
}

static void a_unit_in_full(void **state)
{
    world *w = *state;
    zp_comparison one;
    assert_true(one_unit(w, "2023", "2024", "001", &one));
    assert_int_equal(one.count, 3);
    assert_true(zp_str_eq(one.unit, ZP_STR("新名局")));
    const zp_rows *figures = &one.tables[0].rows, *indicators = &one.tables[1].rows;
    const zp_rows *problems = &one.tables[2].rows;
    assert_int_equal(figures->rows, 4); /* truths say nothing side by side */
    expect_row(w, figures, 0, "gone|1|||");
    expect_row(w, figures, 1, "执行率|50%|100%|+50.00个百分点|");
    expect_row(w, figures, 2, "spent|50万元|150万元|+1000000.00|+200.00%");
    expect_row(w, figures, 3, "新的||2||");
    assert_int_equal(indicators->rows, 3); /* of one name: in their order */
    expect_row(w, indicators, 0, "|期数|12|10|8.00|12|12|10.00|+2.00");
    expect_row(w, indicators, 1, "|期数|||5.00||||");
    expect_row(w, indicators, 2, "|满意度||||||9.00|");
    assert_int_equal(problems->rows, 4);
    expect_row(w, problems, 0, "执行慢|是|执行慢");
    expect_row(w, problems, 1, "台账'不全||按月通报");
    expect_row(w, problems, 3, "||培训");
}

static void a_unit_is_found_by_any_of_its_names(void **state)
{
    world *w = *state;
    zp_comparison one;
    static const char *const names[] = {"001", "旧名局", "新名局", "001/自评"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_true(one_unit(w, "2023", "2024", names[i], &one));
        assert_true(zp_str_eq(one.unit, ZP_STR("新名局")));
        expect_cell(&one.tables[0].rows, 1, 1, "50%");
    }
    assert_true(one_unit(w, "2023", "2024", "丙局", &one));
    assert_true(one_unit(w, "2023", "2024", "只有上年", &one));
    assert_true(zp_str_eq(one.unit, ZP_STR("只有上年")));
    assert_true(one_unit(w, "2023", "2024", "003", &one));
    assert_int_equal(one.tables[2].rows.rows, 0);
    static const char *const none[] = {"", "%", "00_", "001' OR '1'='1", "名局", "自评"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (one_unit(w, "2023", "2024", none[i], &one))
            fail_msg("“%s” is found", none[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(units_are_followed_through_renaming), TEST(the_order_of_years_is_that_asked_for),
        TEST(heads_and_keys_fit_the_rows),         TEST(a_unit_in_full),
        TEST(a_unit_is_found_by_any_of_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
