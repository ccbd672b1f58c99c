/* bind_test.c: data under people's names come out under the schema's: aliases, paths, lists, units,
 * and what cannot be taken for a figure.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "data/amount.h"
#include "data/bind.h"
#include "data/yaml.h"

static const char schema_text[] =
    "title: {alias: [标题], type: text}\n"
    "department: {alias: [单位], split: [code, name], fields: {name: {alias: [名称]}, code: "
    "{alias: "
    "[编码], type: code}}}\n"
    "date: {alias: 日期, type: date}\n"
    "budget:\n"
    "  alias: [预算]\n"
    "  fields:\n"
    "    initial: {alias: [年初预算数, 年初预算数/财政拨款], type: money}\n"
    "    spent: {alias: [实际支出数], type: money, unit: 元}\n"
    "    rate: {alias: [执行率], type: rate}\n"
    "    count: {type: number, unit: 个}\n"
    "projects:\n"
    "  alias: [项目]\n"
    "  fields: {name: {alias: [项目名称]}, code: {type: code}, money: {fields: {total: {alias: "
    "[合计], type: money, unit: 万元}}}}\n"
    "marks: {fields: {level1: {alias: 一级, fill: true}, level2: {fill: true}, name: {}}}\n";

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_value *schema;
} world;

static zp_value *yaml(world *w, const char *name, const char *text)
{
    const zp_source *source = zp_source_new(w->arena, zp_str_from(name), zp_str_from(text));
    zp_value *value = zp_yaml_read(w->arena, zp_span_of(source, 0, source->text.n), w->diag);
    assert_non_null(value);
    return value;
}

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    world *w = zp_new(arena, world);
    *w = (world){arena, zp_diag_new(arena), NULL};
    w->schema = yaml(w, "schema", schema_text);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    world *w = *state;
    zp_arena_free(w->arena);
    return 0;
}

static zp_value *bind_with(world *w, const char *text, zp_bind_options options)
{
    w->diag = zp_diag_new(w->arena);
    return zp_bind(w->arena, yaml(w, "data", text), w->schema, &options, w->diag);
}

static zp_value *bind(world *w, const char *text)
{
    return bind_with(w, text, (zp_bind_options){ZP_STR("万元"), true});
}

static void expect_text(const zp_value *data, const char *path, const char *text)
{
    const zp_value *value = zp_value_path(data, zp_str_from(path));
    assert_non_null(value);
    zp_str found = zp_value_text(value);
    if (!zp_str_eq(found, zp_str_from(text)))
        fail_msg("%s is %.*s, not %s", path, ZP_ARG(found), text);
}

/* The messages, in order, are of these ids and at these texts: "id text id text …". */
static void expect_messages(world *w, const char *expected)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(w->diag, &count);
    zp_buf found = {.arena = w->arena};
    for (size_t i = 0; i < count; i++) {
        zp_span span = messages[i].span;
        zp_buf_format(&found, "%s%s ", i > 0 ? " " : "", messages[i].id);
        if (span.source)
            zp_buf_add(&found, zp_str_slice(span.source->text, span.start, span.end));
    }
    assert_string_equal(zp_str_cstr(w->arena, zp_buf_str(&found)), expected);
}

static void test_aliases_and_paths_lead_to_the_keys(void **state)
{
    world *w = *state;
    zp_value *data = bind(w, "标题: 报告\n单位.名称: 某某局\n预算: {年初预算数: 10}\n"
                             "预算.实际支出数: 9元\n");
    expect_messages(w, "");
    expect_text(data, "title", "报告");
    expect_text(data, "department.name", "某某局");
    expect_text(data, "budget.initial", "10");
    expect_text(data, "budget.spent", "9元");
}

static void test_a_path_of_heads_is_an_alias(void **state)
{
    world *w = *state;
    zp_value *data = bind(w, "预算/年初预算数/财政拨款: 12\n");
    expect_text(data, "budget.initial", "12");
}

static void test_what_has_two_names_is_given_once(void **state)
{
    world *w = *state;
    zp_value *data = bind(w, "标题: 甲\ntitle: 乙\n单位: {名称: 丙}\n单位.名称: 丁\n");
    expect_messages(w, "duplicate-key title duplicate-key 单位.名称");
    expect_text(data, "title", "甲");
    expect_text(data, "department.name", "丙");
}

static void test_a_name_that_is_not_known_is_kept(void **state)
{
    world *w = *state;
    zp_value *data = bind(w, "标提: 甲\n预算: {别的: 1}\n标题.甲: 2\n");
    expect_messages(w, "unknown-key 标提 unknown-key 别的 unknown-key 标题.甲");
    size_t count;
    assert_true(zp_str_find(zp_diag_messages(w->diag, &count)[0].hint, ZP_STR("标题"), 0) <
                zp_diag_messages(w->diag, &count)[0].hint.n);
    expect_text(data, "标提", "甲");
    expect_text(data, "budget.别的", "1");
    bind_with(w, "标提: 甲\n", (zp_bind_options){ZP_STR(""), false});
    expect_messages(w, "");
}

static void test_rows_of_a_list_are_bound_each(void **state)
{
    world *w = *state;
    zp_value *data = bind(w, "项目:\n- {项目名称: 甲, money.合计: 1}\n- {name: 乙, 备注: 有}\n"
                             "- 丙\n");
    const zp_value *rows = zp_value_find(data, ZP_STR("projects"));
    assert_int_equal(rows->count, 3);
    expect_text(rows->first, "name", "甲");
    expect_text(rows->first, "money.total", "1");
    expect_text(rows->first->next, "name", "乙");
    expect_text(rows->first->next, "备注", "有");
    assert_int_equal(rows->last->kind, ZP_VALUE_TEXT);
}

static void test_a_blank_stands_for_what_is_above(void **state)
{
    world *w = *state;
    zp_value *data =
        bind(w, "marks:\n- {一级: 产出, level2: 数量, name: 甲}\n"
                "- {一级: , level2: , name: 乙}\n- {一级: , level2: 质量, name: }\n"
                "- {一级: 效益, level2: , name: 丙}\n- {一级: , level2: , name: 丁}\n");
    static const char *expected[][2] = {
        {"产出", "数量"}, {"产出", "数量"}, {"产出", "质量"}, {"效益", ""}, {"效益", ""}};
    const zp_value *row = zp_value_find(data, ZP_STR("marks"))->first;
    for (size_t i = 0; i < 5; i++, row = row->next) {
        expect_text(row, "level1", expected[i][0]);
        expect_text(row, "level2", expected[i][1]);
    }
    row = zp_value_find(data, ZP_STR("marks"))->first->next->next;
    assert_int_equal(zp_value_find(row, ZP_STR("name"))->kind, ZP_VALUE_NULL);
}

static void test_bare_money_takes_the_unit_of_the_report(void **state)
{
    world *w = *state;
    zp_value *data = bind(w, "预算: {年初预算数: 10, 实际支出数: 10}\n");
    const zp_value *initial = zp_value_path(data, ZP_STR("budget.initial"));
    const zp_value *spent = zp_value_path(data, ZP_STR("budget.spent"));
    assert_int_equal(
        zp_number_compare(zp_amount_of(w->arena, initial).number, zp_number_int(w->arena, 100000)),
        0);
    /* the rule's own unit is nearer */
    assert_int_equal(
        zp_number_compare(zp_amount_of(w->arena, spent).number, zp_number_int(w->arena, 10)), 0);
}

static void test_what_is_no_figure_is_an_error_at_its_place(void **state)
{
    world *w = *state;
    bind(w, "预算: {年初预算数: 约三百, 执行率: 高, count: 许多}\n日期: 去年\n");
    expect_messages(w, "not-a-number 约三百 not-a-number 高 not-a-number 许多 not-a-date 去年");
    size_t count;
    bind(w, "budget: {initial: 约三百}\n"); /* people are told their name for it */
    assert_int_equal(
        zp_str_find(zp_diag_messages(w->diag, &count)->message, ZP_STR("“年初预算数”"), 0), 0);
    bind(w, "预算: {年初预算数: —, 执行率: , count: 无}\n日期: ''\n");
    expect_messages(w, "");
}

static void test_a_unit_that_is_not_known_is_an_error(void **state)
{
    world *w = *state;
    bind_with(w, "预算: {年初预算数: 10}\n", (zp_bind_options){ZP_STR("万圆"), true});
    expect_messages(w, "unknown-unit 年初预算数");
    zp_value *data = yaml(w, "data", "执行率: 10\n"); /* under a column head 执行率（万元） */
    data->first->unit = ZP_STR("万元");
    const zp_bind_options options = {ZP_STR(""), false};
    zp_bind(w->arena, data, zp_value_path(w->schema, ZP_STR("budget.fields")), &options, w->diag);
    expect_messages(w, "unknown-unit 年初预算数 unknown-unit 执行率");
}

static void test_a_unit_of_another_kind_is_an_error(void **state)
{
    world *w = *state;
    bind(w, "预算: {年初预算数: 3万镑, 实际支出数: 5%, 执行率: 3万元, count: 3%}\n");
    expect_messages(w, "unknown-unit 3万镑 unknown-unit 5% unknown-unit 3万元");
    bind(w, "预算: {年初预算数: 3万, 实际支出数: 5亿元, 执行率: 0.9, count: 3个}\n");
    expect_messages(w, "");
}

static void test_codes_keep_their_noughts_and_are_text(void **state)
{
    world *w = *state;
    zp_value *data = bind(w, "项目: [{name: 甲, code: 007}]\n");
    const zp_value *row = zp_value_find(data, ZP_STR("projects"))->first;
    expect_text(row, "code", "007");
    assert_true(zp_value_find(row, ZP_STR("code"))->quoted);
}

static void test_a_code_and_a_name_are_split(void **state)
{
    world *w = *state;
    zp_value *data = bind(w, "单位: 001-某某局\n");
    expect_text(data, "department.code", "001");
    expect_text(data, "department.name", "某某局");
    data = bind(w, "单位: 某某局\n");
    expect_text(data, "department.name", "某某局");
    assert_null(zp_value_path(data, ZP_STR("department.code")));
    data = bind(w, "单位: 0-1—甲\n");
    expect_text(data, "department.name", "1—甲");
    data = bind(w, "单位: 示例集团-一分公司\n");
    expect_text(data, "department.name", "示例集团-一分公司");
    assert_null(zp_value_path(data, ZP_STR("department.code")));
}

static void test_a_text_where_entries_are_wanted_is_an_error(void **state)
{
    world *w = *state;
    bind(w, "项目: 项目.csv\n");
    expect_messages(w, "not-a-map 项目.csv");
    bind(w, "预算: 一百万\n");
    expect_messages(w, "not-a-map 一百万");
    bind(w, "项目: true\n预算: —\n");
    expect_messages(w, "");
    bind(w, "项目: 会议\n");
    expect_messages(w, "");
}

static void test_what_is_to_be_expanded_is_not_judged(void **state)
{
    world *w = *state;
    zp_value *data = bind(w, "预算: {年初预算数: '{{x}}'}\n项目: '{{y}}'\n单位: '{{a}}-{{b}}'\n");
    expect_messages(w, "");
    expect_text(data, "department", "{{a}}-{{b}}");
}

static void test_a_hostile_key_is_looked_up_in_no_time(void **state)
{
    world *w = *state;
    zp_buf key = {.arena = w->arena};
    for (int i = 0; i < 5000000; i++)
        zp_buf_lit(&key, "a.b/");
    zp_value *map = yaml(w, "data", "x: 1\n");
    map->first->key = zp_buf_str(&key);
    const zp_bind_options options = {ZP_STR(""), true};
    zp_bind(w->arena, map, w->schema, &options, w->diag);
    assert_int_equal(zp_diag_count(w->diag, ZP_WARNING), 1);
}

static void test_a_single_entry(void **state)
{
    world *w = *state;
    const zp_bind_options options = {ZP_STR("万元"), false};
    zp_value *row = yaml(w, "row", "项目名称: 甲\n");
    zp_value *bound = zp_bind_entry(w->arena, row, zp_value_find(w->schema, ZP_STR("projects")),
                                    &options, w->diag);
    expect_text(bound, "name", "甲");
    bound = zp_bind_entry(w->arena, row, NULL, &options, w->diag);
    expect_text(bound, "项目名称", "甲");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_aliases_and_paths_lead_to_the_keys),
        TEST(test_a_path_of_heads_is_an_alias),
        TEST(test_what_has_two_names_is_given_once),
        TEST(test_a_name_that_is_not_known_is_kept),
        TEST(test_rows_of_a_list_are_bound_each),
        TEST(test_a_blank_stands_for_what_is_above),
        TEST(test_bare_money_takes_the_unit_of_the_report),
        TEST(test_what_is_no_figure_is_an_error_at_its_place),
        TEST(test_a_unit_that_is_not_known_is_an_error),
        TEST(test_a_unit_of_another_kind_is_an_error),
        TEST(test_codes_keep_their_noughts_and_are_text),
        TEST(test_a_code_and_a_name_are_split),
        TEST(test_a_text_where_entries_are_wanted_is_an_error),
        TEST(test_what_is_to_be_expanded_is_not_judged),
        TEST(test_a_hostile_key_is_looked_up_in_no_time),
        TEST(test_a_single_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
