/* order_test.c: figures that use one another, declared in any order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "data/order.h"
#include "data/yaml.h"

static const char schema[] =
    "fields:\n"
    "  budget: {alias: [预算], fields: {plan: {alias: [预算数]}, spent: {alias: [支出数]}}}\n"
    "  score: {alias: [得分]}\n"
    "  items:\n"
    "    alias: [项目]\n"
    "    fields:\n"
    "      score: {alias: [得分]}\n"
    "      rate: {alias: [执行率]}\n"
    "      parts: {alias: [指标], fields: {kind: {alias: [类别]}, score: {alias: [得分]}}}\n";

static zp_value *yaml(zp_arena *arena, zp_diag *diag, const char *text)
{
    const zp_source *source = zp_source_new(arena, ZP_STR("t.yaml"), zp_str_from(text));
    zp_value *value = zp_yaml_read(arena, zp_span_of(source, 0, source->text.n), diag);
    assert_non_null(value);
    return value;
}

/* The ids in order, with spaces between. */
static void assert_order(const char *figures, bool with_schema, const char *expected)
{
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    const zp_figures *read = zp_figures_read(arena, yaml(arena, diag, figures), NULL, NULL, diag);
    assert_non_null(read);
    const zp_value *names = with_schema ? yaml(arena, diag, schema) : NULL;
    const size_t *order = zp_order_find(arena, read, names);
    zp_buf ids = {.arena = arena};
    for (size_t i = 0; i < read->count; i++) {
        if (i > 0)
            zp_buf_byte(&ids, ' ');
        zp_buf_add(&ids, read->figures[order[i]].id);
    }
    zp_buf_byte(&ids, '\0');
    assert_string_equal(zp_buf_str(&ids).p, expected);
    zp_arena_free(arena);
}

static void figures_that_cannot_be_read_have_no_order(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    const zp_value *figures = yaml(arena, diag, "a: {formula: 1}\nb: {formula: summ(a)}\n");
    assert_null(zp_figures_read(arena, figures, NULL, yaml(arena, diag, schema), diag));
    assert_int_equal(zp_diag_count(diag, ZP_ERROR), 1);
    zp_arena_free(arena);
}

static void a_figure_is_called_by_its_alias_or_its_fields(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    const zp_value *figures = yaml(arena, diag,
                                   "a: {formula: 1}\nb: {alias: [乙], formula: 1}\n"
                                   "c: {each: 项目.指标, field: score, formula: 1}\n");
    const zp_figures *read = zp_figures_read(arena, figures, NULL, yaml(arena, diag, schema), diag);
    assert_true(zp_str_eq(read->figures[0].label, ZP_STR("a")));
    assert_true(zp_str_eq(read->figures[1].label, ZP_STR("乙")));
    assert_true(zp_str_eq(read->figures[2].label, ZP_STR("得分")));
    zp_arena_free(arena);
}

static void what_is_used_comes_first(void **state)
{
    (void)state;
    assert_order("c: {formula: 乙 + 1}\n"
                 "b: {alias: [乙], formula: a + 1}\n"
                 "a: {formula: 预算.支出数}\n",
                 true, "a b c");
}

static void else_the_order_of_declaration_stands(void **state)
{
    (void)state;
    assert_order("c: {formula: 1}\nb: {formula: 2}\na: {formula: 3}\n", true, "c b a");
    assert_order("c: {formula: b}\nb: {formula: 2}\n", false, "c b");
}

static void rows_go_by_their_lists_names(void **state)
{
    (void)state;
    /* 得分 of the report, of an item and of its parts are three things. */
    assert_order("score: {formula: sum(项目.得分)}\n"
                 "item: {each: 项目, field: score, formula: sum(指标.得分)}\n"
                 "part: {each: 项目.指标, field: score, formula: 10}\n",
                 true, "part item score");
}

static void conditions_are_looked_into(void **state)
{
    (void)state;
    assert_order("total: {formula: count(项目.指标 where 得分 = 10)}\n"
                 "good: {formula: count(项目 where 执行率 > 好)}\n"
                 "part: {each: 项目.指标, field: score, formula: 10}\n"
                 "limit: {alias: [好], formula: 90%}\n"
                 "rate: {each: 项目, field: rate, formula: 100%}\n",
                 true, "part total limit rate good");
}

static void a_field_without_schema_goes_by_its_alias(void **state)
{
    (void)state;
    assert_order("all: {formula: sum(项目.份额)}\n"
                 "share: {each: 项目, field: share, alias: [份额], formula: 0.5}\n",
                 true, "share all");
}

static void a_circle_keeps_its_order(void **state)
{
    (void)state;
    assert_order("a: {formula: b}\nb: {formula: a}\nc: {formula: c}\n", true, "c a b");
}

/* Each looked at once: not once for every way that leads to it. */
static void conditions_in_one_another(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_buf text = {.arena = arena};
    zp_buf_lit(&text, "all: {formula: \"");
    for (int i = 0; i < 40; i++)
        zp_buf_lit(&text, "count(项目.指标 where ");
    zp_buf_lit(&text, "得分 = 10");
    for (int i = 0; i < 40; i++)
        zp_buf_lit(&text, ") > 1");
    zp_buf_lit(&text, "\"}\npart: {each: 项目.指标, field: score, formula: 10}\n");
    zp_buf_byte(&text, '\0');
    assert_order(zp_buf_str(&text).p, true, "part all");
    zp_arena_free(arena);
}

/* A formula that could not be read has no names. */
static void a_bad_formula_has_no_order(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    const zp_value *figures = yaml(arena, diag, "a: {formula: b +}\nb: {formula: 1}\n");
    const zp_value *names = yaml(arena, diag, schema);
    assert_null(zp_figures_read(arena, figures, NULL, names, diag));
    assert_int_equal(zp_diag_count(diag, ZP_ERROR), 1);
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_used_comes_first),
        cmocka_unit_test(else_the_order_of_declaration_stands),
        cmocka_unit_test(rows_go_by_their_lists_names),
        cmocka_unit_test(conditions_are_looked_into),
        cmocka_unit_test(a_field_without_schema_goes_by_its_alias),
        cmocka_unit_test(figures_that_cannot_be_read_have_no_order),
        cmocka_unit_test(a_figure_is_called_by_its_alias_or_its_fields),
        cmocka_unit_test(a_circle_keeps_its_order),
        cmocka_unit_test(conditions_in_one_another),
        cmocka_unit_test(a_bad_formula_has_no_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
