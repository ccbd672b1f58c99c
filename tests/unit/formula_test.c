/* formula_test.c: formulas that templates write, on data as people give them; a model in whole
 * numbers to hold the arithmetic against; and formulas that are no formulas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "data/formula.h"
#include "data/schema.h"
#include "data/yaml.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
} world;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    world *w = zp_new(arena, world);
    *w = (world){arena, zp_diag_new(arena)};
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    world *w = *state;
    zp_arena_free(w->arena);
    return 0;
}

static zp_value *yaml(world *w, const char *text)
{
    const zp_source *source = zp_source_new(w->arena, ZP_STR("数据.yaml"), zp_str_from(text));
    zp_value *value = zp_yaml_read(w->arena, zp_span_of(source, 0, source->text.n), w->diag);
    assert_non_null(value);
    return value;
}

/* What binding does, as far as formulas see it: every value knows its rule. */
static void bind(zp_value *value, const zp_value *fields)
{
    if (fields == NULL)
        return;
    for (zp_value *entry = value->first; entry != NULL; entry = entry->next) {
        if (value->kind == ZP_VALUE_LIST) {
            bind(entry, fields);
            continue;
        }
        entry->rule = zp_schema_find(fields, entry->key);
        bind(entry, entry->rule != NULL ? zp_value_find(entry->rule, ZP_STR("fields")) : NULL);
    }
}

static const zp_formula *read_text(world *w, const char *text)
{
    zp_value *value = zp_value_new(w->arena, ZP_VALUE_TEXT, (zp_span){NULL, 0, 0});
    value->text = zp_str_from(text);
    return zp_formula_read(w->arena, value, w->diag);
}

/* A result as text: numbers in the unit they are best shown in. */
static zp_str said(world *w, zp_result r)
{
    switch (r.kind) {
    case ZP_RESULT_NUMBER: {
        int power = r.unit.kind == ZP_UNIT_RATE ? -2 : r.unit.power;
        zp_str unit = r.unit.kind == ZP_UNIT_RATE ? ZP_STR("%") : r.unit.name;
        zp_str number = zp_number_plain(
            w->arena, zp_number_round(w->arena, zp_number_scale(w->arena, r.number, -power), 6));
        return zp_str_format(w->arena, "%.*s%.*s", ZP_ARG(number), ZP_ARG(unit));
    }
    case ZP_RESULT_TEXT:
        return zp_str_format(w->arena, "'%.*s'", ZP_ARG(r.text));
    case ZP_RESULT_TRUTH:
        return r.truth ? ZP_STR("true") : ZP_STR("false");
    case ZP_RESULT_UNKNOWN:
        return zp_str_format(w->arena, "unknown %.*s", ZP_ARG(r.missing));
    case ZP_RESULT_NO_RATE:
        return ZP_STR("no rate");
    case ZP_RESULT_OVER_ZERO:
        return ZP_STR("over zero");
    }
    return ZP_STR("");
}

static zp_str value_of(world *w, const char *formula, const zp_value *row, const zp_value *data)
{
    const zp_formula *f = read_text(w, formula);
    if (f == NULL)
        return ZP_STR("bad formula");
    return said(w, zp_formula_value(w->arena, f, row, data, w->diag));
}

static void expect(world *w, const zp_value *data, const char *formula, const char *wanted)
{
    zp_str got = value_of(w, formula, NULL, data);
    if (!zp_str_eq(got, zp_str_from(wanted)))
        fail_msg("%s: %.*s, should be %s", formula, ZP_ARG(got), wanted);
}

static void no_message(const world *w)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(w->diag, &count);
    if (count > 0)
        fail_msg("%s: %.*s", messages[0].id, ZP_ARG(messages[0].message));
}

/* The last message's id, and the bytes that it is about. */
static void expect_message(const world *w, const char *id, const char *at)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(w->diag, &count);
    assert_true(count > 0);
    const zp_message *last = &messages[count - 1];
    assert_string_equal(last->id, id);
    assert_int_equal(last->severity, ZP_ERROR);
    if (at == NULL)
        return;
    assert_non_null(last->span.source);
    zp_str text = zp_str_slice(last->span.source->text, last->span.start, last->span.end);
    if (!zp_str_eq(text, zp_str_from(at)))
        fail_msg("the message is at “%.*s”, should be at “%s”", ZP_ARG(text), at);
}

/* --- Arithmetic ------------------------------------------------------------------------------ */

static void operators_bind_as_in_school(void **state)
{
    world *w = *state;
    static const char *const cases[][2] = {
        {"1 + 2 * 3", "7"},
        {"(1 + 2) * 3", "9"},
        {"10 - 3 - 2", "5"},
        {"24 / 4 / 2", "3"},
        {"-2 * -3", "6"},
        {"2 - -3", "5"},
        {"+5", "5"},
        {"1 ÷ 4 × 2 − 1", "-0.5"},
        {"（１ + 2）", "bad formula"}, /* a full-width digit is no digit */
        {"（1 ＋ 2）＊ 3", "9"},
        {"1/3*3", "1"},
        {"0.1 + 0.2", "0.3"},
        {"1 < 2", "true"},
        {"2 ＞= 3", "false"},
        {"2 ≥ 2 and 2 ≤ 2 and 1 ≠ 2", "true"},
        {"1 = 1 and not 1 = 2", "true"},
        {"1 = 2 or 1 = 1 and 2 = 3", "false"},
        {"not (1 = 2 or 2 = 2)", "false"},
        {"true and not false", "true"},
        {"'一级' = “一级”", "true"},
        {"'一级' != \"二级\"", "true"},
        {"5% * 3", "0.15"},
        {"5% + 5％", "10%"},
        {"100万元 + 20000元", "102万元"},
        {"1 + 2 = 3", "true"},
        {"1 / 0", "over zero"},
        {"0 / 0", "no rate"},
        {"10 * (0 / 0)", "no rate"},
        {"0 / 0 + 1 / 0", "over zero"},
        {"abs(-3) + abs(3)", "6"},
        {"round(2.345, 2)", "2.35"},
        {"round(-2.345, 2)", "-2.35"},
        {"round(2.5, 0)", "3"},
        {"round(99.6301%, 4)", "99.63%"},
        {"round(123456元, 0) + round(1.26万元, 1)", "136456元"},
        {"min(3, 1, 2) + max(3, 1, 2)", "4"},
        {"max(1万元, 5)", "5万元"},
        {"sum(1, 2, 3)", "6"},
        {"if(1 < 2, 10, 1 / 0)", "10"},
        {"if(1 > 2, 10, '无此项')", "'无此项'"},
        {"growth(120, 100)", "20%"},
        {"growth(-50, -100)", "50%"},
        {"growth(5, 0)", "over zero"},
        {"growth(0, 0)", "no rate"},
        {"execution(50, 100)", "50%"},
        {"execution(150, 100)", "100%"},
        {"execution(0, 0)", "no rate"},
        {"execution(1, 0)", "over zero"},
        {"10 * execution(3062.66, 3074.03)", "9.963013"},
        {"or_else(0 / 0, 7)", "7"},
        {"or_else(1 / 0, 7)", "over zero"},
        {"known(0 / 0)", "false"},
        {"known(3)", "true"},
    };
    const zp_value *data = yaml(w, "{}");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(w, data, cases[i][0], cases[i][1]);
}

static const char budget_schema[] =
    "budget: {alias: [预算], fields: {initial: {alias: [年初预算数], type: money, unit: 万元},\n"
    "  adjusted: {alias: [调整后预算数], type: money, unit: 万元},\n"
    "  spent: {alias: [实际支出数], type: money, unit: 万元}, rate: {type: rate}}}\n"
    "people: {alias: [在职人数], unit: 人}\n"
    "code: {type: code}\n"
    "items: {alias: [项目], fields: {name: {alias: [名称]}, kind: {alias: [类别]},\n"
    "  amount: {alias: [金额], unit: 万元}, key: {alias: [重点]}}}\n";

static const char budget_data[] =
    "budget: {initial: 3067.35, adjusted: 3074.03, spent: '3,062.66', rate: 99.63%}\n"
    "people: 42\n"
    "code: 007\n"
    "empty:\n"
    "dash: —\n"
    "words: 详见附件\n"
    "「」: 1\n"
    "年初预算数/财政拨款: 12\n"
    "2023年: 5\n"
    "a: {b.c: 3}\n"
    "items:\n"
    "- {name: 甲, kind: 一级, amount: 100, key: 是}\n"
    "- {name: 乙, kind: 二级, amount: 30.5, key: 否}\n"
    "- {name: 丙, kind: 二级, amount: 5000元, key: 否}\n"
    "- {name: 丁, kind: '', amount: —, key: 否}\n";

static const zp_value *budget(world *w)
{
    zp_value *data = yaml(w, budget_data);
    bind(data, yaml(w, budget_schema));
    return data;
}

static void names_lead_to_data(void **state)
{
    world *w = *state;
    static const char *const cases[][2] = {
        {"预算.实际支出数 / 预算.调整后预算数", "99.630127%"},
        {"budget.spent ÷ budget.adjusted", "99.630127%"},
        {"growth(预算.adjusted, budget.年初预算数)", "0.217778%"},
        {"预算.调整后预算数 - 预算.年初预算数", "6.68万元"},
        {"预算.调整后预算数 / 在职人数", "73.19119万元"},
        {"「年初预算数/财政拨款」 + 1", "13"},
        {"「2023年」 * 2", "10"},
        {"a.「b.c」", "3"},
        {"「预算」.「实际支出数」 > 3062.65", "true"},
        {"预算.没有 + 1", "unknown 预算.没有"},
        {"没有.什么 * 2", "unknown 没有.什么"},
        {"empty + 1", "unknown empty"},
        {"dash + 1", "unknown dash"},
        {"or_else(dash, 0) + 预算.年初预算数", "3067.35万元"},
        {"code = '007'", "true"},
        {"code = '7'", "false"},
        {"known(预算) and known(words) and not known(empty)", "true"},
        {"known(没有) or known(dash)", "false"},
        {"words = '详见附件'", "true"},
        {"words = 5", "false"},
        {"没有 = 1 or 1 = 1", "true"},
        {"没有 = 1 and 1 = 2", "false"},
        {"1 = 1 or 没有 = 1", "true"},
        {"1 = 2 and 没有 = 1", "false"},
        {"没有 = 1 and 1 = 1", "unknown 没有"},
    };
    const zp_value *data = budget(w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(w, data, cases[i][0], cases[i][1]);
    no_message(w);
}

static void units_go_along(void **state)
{
    world *w = *state;
    static const char *const cases[][2] = {
        {"预算.年初预算数 > 100", "true"}, /* 万元, as the rule has it */
        {"预算.年初预算数 < 3068", "true"},
        {"预算.年初预算数 + 1", "3068.35万元"},
        {"1 + 预算.年初预算数", "3068.35万元"},
        {"预算.年初预算数 * 2 / 4", "1533.675万元"},
        {"预算.rate * 10", "9.963"},
        {"10 * 预算.rate", "9.963"},
        {"预算.rate > 0.9", "true"},
        {"预算.rate >= 99.63%", "true"},
        {"1 - 预算.rate", "0.37%"},
        {"预算.rate * 预算.adjusted", "3062.656089万元"},
        {"3062.66 / 预算.调整后预算数", "99.630127%"},
        {"在职人数 / 50", "0.84人"},
        {"在职人数 / 在职人数", "100%"},
        {"-预算.年初预算数", "-3067.35万元"},
        {"abs(1 - 在职人数)", "41人"},
    };
    const zp_value *data = budget(w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(w, data, cases[i][0], cases[i][1]);
    no_message(w);
}

static void lists_are_added_up(void **state)
{
    world *w = *state;
    static const char *const cases[][2] = {
        {"sum(项目.金额)", "131万元"},
        {"sum(items.amount where 类别 = '二级')", "31万元"},
        {"sum(items.amount where amount > 30 and 类别 != '一级')", "30.5万元"},
        {"sum(项目.金额 where 重点)", "100万元"},
        {"sum(项目.金额 where not 重点)", "31万元"},
        {"sum(项目.金额 where 类别 = '三级')", "0"},
        {"sum(项目.金额 where amount < budget.spent)", "131万元"},
        {"sum(项目.金额, 预算.年初预算数)", "3198.35万元"},
        {"max(项目.金额) - min(项目.金额)", "99.5万元"},
        {"count(项目)", "4"},
        {"count(项目 where 类别 = '二级')", "2"},
        {"count(项目.类别)", "3"}, /* blank is none */
        {"distinct(项目.类别)", "2"},
        {"distinct(项目.名称 where 重点)", "1"},
        {"count(项目 where not known(金额))", "1"},
        {"sum(项目.金额 where 类别 = '一级') / sum(项目.金额)", "76.335878%"},
        {"sum(项目.金额 where 名称 = '丁')", "unknown 项目.金额"}, /* all of them blank */
        {"sum(项目.没有)", "unknown 项目.没有"},
        {"sum(项目.没有 where known(没有))", "0"},
        {"sum(没有.金额 where 类别 = '一级')", "unknown 没有.金额"},
        {"count(没有)", "unknown 没有"},
        {"count(没有.金额 where 类别 = '一级')", "unknown 没有.金额"},
        {"max(项目.金额 where 类别 = '三级')", "unknown 项目.金额"},
        {"sum(项目.名称)", "unknown "},
    };
    const zp_value *data = budget(w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(w, data, cases[i][0], cases[i][1]);
    expect_message(w, "not-a-number", "甲");
}

static void lists_in_lists_flatten(void **state)
{
    world *w = *state;
    const zp_value *data =
        yaml(w, "项目:\n"
                "- {名称: 甲, 指标: [{分值: 10, 级: 产出}, {分值: 20, 级: 效益}]}\n"
                "- {名称: 乙, 指标: [{分值: 30, 级: 产出}]}\n"
                "- {名称: 丙, 指标: []}\n"
                "表: [[1, 2], [3, [4]]]\n"
                "无: []\n");
    expect(w, data, "sum(项目.指标.分值)", "60");
    expect(w, data, "sum(项目.指标.分值 where 级 = '产出')", "40");
    expect(w, data, "count(项目.指标)", "3");
    expect(w, data, "distinct(项目.指标.级)", "2");
    expect(w, data, "sum(表)", "10");
    expect(w, data, "count(表)", "4");
    expect(w, data, "count(无) + sum(无.金额)", "0");
    expect(w, data, "count(项目 where sum(指标.分值) > 25)", "2");
    expect(w, data->first->first, "sum(指标.分值)", "30");
    data =
        yaml(w, "表: [{级: 1, 值: [1, 2]}, {级: 2, 值: [4]}]\n"); /* of no maps: the row around */
    expect(w, data, "sum(表.值 where 级 = 1)", "3");
    no_message(w);
}

static void a_row_comes_first(void **state)
{
    world *w = *state;
    const zp_value *data = yaml(w, "金额: 1000\n倍: 2\n项目: [{金额: 10}, {金额: 30}]\n");
    const zp_value *row = zp_value_find(data, ZP_STR("项目"))->last;
    zp_str got = value_of(w, "金额 * 倍", row, data);
    assert_true(zp_str_eq(got, ZP_STR("60")));
    got = value_of(w, "金额 / sum(项目.金额)", row, data);
    assert_true(zp_str_eq(got, ZP_STR("0.75")));
    const zp_value *first = zp_value_find(data, ZP_STR("项目"))->first;
    got = value_of(w, "count(项目 where 金额 > 20) * 金额", first, data);
    assert_true(zp_str_eq(got, ZP_STR("10"))); /* the row is the same after the list */
    got = value_of(w, "sum(金额 where 倍 = 2 and 金额 = 30)", row, data);
    assert_true(zp_str_eq(got, ZP_STR("30")));
    got = value_of(w, "sum(金额 where 金额 = 10)", row, data);
    assert_true(zp_str_eq(got, ZP_STR("0")));
    no_message(w);
}

/* Subtotals: of the entries whose key is the present row's. */
static void groups_are_added_up(void **state)
{
    world *w = *state;
    zp_value *data =
        yaml(w, "组: [{名称: 会议}, {名称: 代表}, {名称: 没有}, {名称: ''}, {名称: 7}]\n"
                "项目:\n"
                "- {名称: 甲, 一级: 会议, 金额: 1}\n"
                "- {名称: 乙, 一级: 代表, 金额: 2}\n"
                "- {名称: 丙, 一级: 会议, 金额: 4}\n"
                "- {名称: 会议, 一级: '7', 金额: 8}\n"
                "- {名称: 丁, 金额: 16}\n");
    static const char *const wanted[][5] = {
        {"sum(项目.金额 by 一级 = 名称)", "5", "2", "0", "unknown 名称"},
        {"sum(项目.金额 by 一级 = 名称 where 金额 > 1)", "4", "2", "0", "unknown 名称"},
        {"count(项目 by 一级 = 名称)", "2", "1", "0", "unknown 名称"},
        {"max(项目.金额 by 一级 = 名称)", "4", "2", "unknown 项目.金额", "unknown 名称"},
        {"sum(项目.金额 by 一级 = 名称) / sum(项目.金额)", "0.16129", "0.064516", "0",
         "unknown 名称"},
        {"sum(没有.金额 by 一级 = 名称)", "unknown 没有.金额", "unknown 没有.金额",
         "unknown 没有.金额", "unknown 名称"},
        {"count(没有 by 一级 = 名称)", "unknown 没有", "unknown 没有", "unknown 没有",
         "unknown 名称"},
        {"sum(项目.没有 by 一级 = 名称)", "unknown 项目.没有", "unknown 项目.没有", "0",
         "unknown 名称"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const zp_formula_scope scope = {.data = data, .diag = w->diag};
        zp_formula_run *run = zp_formula_start(w->arena, read_text(w, wanted[i][0]), &scope);
        for (int again = 0; again < 2; again++) {
            const zp_value *row = data->first->first;
            for (size_t k = 1; k < 5; k++, row = row->next) {
                zp_str got = said(w, zp_formula_row(run, row));
                if (!zp_str_eq(got, zp_str_from(wanted[i][k])))
                    fail_msg("%s in row %zu: %.*s", wanted[i][0], k, ZP_ARG(got));
            }
        }
    }
    expect(w, data->first->last, "名称", "7");
    zp_str got = value_of(w, "sum(项目.金额 by 一级 = 名称)", data->first->last, data);
    assert_true(zp_str_eq(got, ZP_STR("8")));
    expect(w, data, "sum(项目.金额 by 一级 = '代表')", "2");
    expect(w, data, "sum(项目.金额 by 一级 = 7)", "8");
    data = yaml(
        w, "行: [{名: a, 子: [{类: a, 额: 1}]}, {名: a, 子: [{类: a, 额: 2}, {类: b, 额: 9}]}]\n");
    const zp_formula_scope scope = {.data = data, .diag = w->diag};
    zp_formula_run *run = zp_formula_start(w->arena, read_text(w, "sum(子.额 by 类 = 名)"), &scope);
    got = said(w, zp_formula_row(run, data->first->first));
    assert_true(zp_str_eq(got, ZP_STR("1")));
    got = said(w, zp_formula_row(run, data->first->last)); /* a list of the row's own */
    assert_true(zp_str_eq(got, ZP_STR("2")));
    no_message(w);
}

static void aliases_may_be_the_rule_of_the_map(void **state)
{
    world *w = *state;
    zp_value *data = yaml(w, "budget: {spent: 3, 剩余: 4}\n");
    data->first->rule = yaml(w, "fields: {spent: {alias: [支出, 剩余]}}\n");
    expect(w, data, "budget.支出", "3");
    expect(w, data, "budget.剩余", "4"); /* a key goes before an alias */
    expect(w, data, "budget.没有", "unknown budget.没有");
}

static void a_run_keeps_what_no_row_changes(void **state)
{
    world *w = *state;
    enum { ROWS = 20000 };
    zp_value *data = yaml(w, "项目: []\n");
    zp_value *list = data->first;
    for (int i = 0; i < ROWS; i++) {
        zp_value *row = zp_value_new(w->arena, ZP_VALUE_MAP, list->span);
        zp_value *amount = zp_value_new(w->arena, ZP_VALUE_TEXT, list->span);
        amount->key = ZP_STR("金额");
        amount->text = ZP_STR("1.25");
        zp_value_append(row, amount);
        zp_value_append(list, row);
    }
    const zp_formula_scope scope = {.data = data, .diag = w->diag};
    zp_formula_run *run = zp_formula_start(
        w->arena, read_text(w, "金额 / sum(项目.金额 where 金额 > 1) * count(项目)"), &scope);
    for (const zp_value *row = list->first; row != NULL; row = row->next)
        assert_true(zp_str_eq(said(w, zp_formula_row(run, row)), ZP_STR("1")));
    no_message(w);
}

/* --- 财预〔2020〕10号 ------------------------------------------------------------------------ */

static void scores_follow_the_rules(void **state)
{
    world *w = *state;
    static const struct {
        const char *target, *actual, *given, *score, *achieved;
    } cases[] = {
        {"≥10场次", "12", "", "10", "120%"},
        {">=10场次", "8场次", "", "8", "80%"},
        {"10", "10", "", "10", "100%"},
        {"10", "5", "", "5", "50%"},
        {">=100百分比", "98%", "", "9.8", "98%"},
        {"≥95%", "96", "", "10", "101.052632%"},
        {"≥95％", "0", "", "0", "0%"},
        {"≤5天", "4天", "", "10", "125%"},
        {"≤5天", "10", "", "5", "50%"},
        {"≤5天", "0", "", "10", "100%"},
        {"<100万元", "125万元", "", "8", "80%"},
        {"≤100万元", "800000元", "", "10", "125%"},
        {"=4次", "4", "", "10", "100%"},
        {"=4次", "5次", "", "8", "80%"},
        {"=4次", "3", "", "7.5", "75%"},
        {"≤0次", "0", "", "10", "100%"}, /* a target of 0 is met or not */
        {"≤0次", "1", "", "0", "0%"},
        {"≥0次", "3", "", "10", "100%"},
        {"0次", "0", "", "10", "100%"},
        {"0次", "1次", "", "0", "0%"},
        {"=0", "0", "", "10", "100%"},
        {"=0", "1", "", "0", "0%"},
        {"≥-5%", "-6%", "", "0", "0%"}, /* missed is missed, whatever the quotient */
        {"≥-5%", "-4%", "", "10", "100%"},
        {"≤-5%", "-3%", "", "0", "0%"},
        {"≥10", "-3", "", "0", "0%"},
        {"约10次", "9次", "", "9", "90%"},
        {"显著提升", "已提升", "9", "9", "unknown target"},
        {"显著提升", "已提升", "", "unknown given", "unknown target"},
        {"≥10场次", "12项", "9.5", "9.5", "unknown target"}, /* other things are counted */
        {"≥10万元", "12个", "7", "7", "unknown target"},
        {"≥10场次", "", "6", "6", "unknown actual"},
        {"≥10场次", "", "", "unknown actual", "unknown actual"},
        {"", "12", "6", "6", "unknown target"},
        {"15%~30%", "20%", "8", "8", "unknown target"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str text =
            zp_str_format(w->arena, "{target: '%s', actual: '%s', given: '%s', points: 10}",
                          cases[i].target, cases[i].actual, cases[i].given);
        const zp_value *data = yaml(w, zp_str_cstr(w->arena, text));
        zp_str score = value_of(w, "score(target, actual, points, given)", NULL, data);
        zp_str share = value_of(w, "achieved(target, actual)", NULL, data);
        if (!zp_str_eq(score, zp_str_from(cases[i].score)) ||
            !zp_str_eq(share, zp_str_from(cases[i].achieved)))
            fail_msg("%s, %s: %.*s and %.*s", cases[i].target, cases[i].actual, ZP_ARG(score),
                     ZP_ARG(share));
    }
    no_message(w);
}

static void bands_run_up_to_the_next(void **state)
{
    world *w = *state;
    static const char *const cases[][2] = {
        {"band(100, bands)", "'优'"},     {"band(90, bands)", "'优'"},
        {"band(89.99, bands)", "'良'"},   {"band(60, bands)", "'中'"},
        {"band(59, bands)", "'差'"},      {"band(-1, bands)", "unknown bands"},
        {"band(x, bands)", "'良'"},       {"band(没有, bands)", "unknown 没有"},
        {"band(0.95, shares)", "'高'"},   {"band(95%, shares)", "'高'"},
        {"band(5 / 10, shares)", "'低'"},
    };
    const zp_value *data =
        yaml(w, "bands: [{name: 中, from: 60}, {name: 优, from: 90}, {name: 良, from: 80},\n"
                "        {name: 差, from: 0}]\n"
                "shares: [{name: 低, from: 0}, {name: 高, from: 90%}]\n"
                "x: 85分\n"
                "words: [{name: 优, from: 九十}]\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(w, data, cases[i][0], cases[i][1]);
    no_message(w);
    expect(w, data, "band(5, words)", "unknown ");
    expect_message(w, "not-a-number", "九十");
    expect(w, data, "band(5, 没有)", "unknown ");
    expect_message(w, "bad-bands", NULL);
    zp_buf many = {.arena = w->arena};
    zp_buf_lit(&many, "bands:\n");
    for (int i = 0; i <= 100; i++)
        zp_buf_format(&many, "  - {name: 档, from: %d}\n", i);
    zp_buf_byte(&many, '\0');
    expect(w, yaml(w, zp_buf_str(&many).p), "band(5, bands)", "unknown ");
    expect_message(w, "bad-bands", NULL);
}

static void a_name_may_be_short(void **state)
{
    world *w = *state;
    static const char *const cases[][2] = {
        {"same_name('示例区财政局', '示例区财政局')", "true"},
        {"same_name('示例区财政局', ' 示例区 财政局')", "true"},
        {"same_name('示例区财政局', '区财政局')", "true"},
        {"same_name('区人大办', '示例区人民代表大会常务委员会办公室')", "true"},
        {"same_name('示例区财政局', '示例区民政局')", "false"},
        {"same_name('示例区财政局', '财示例区政局')", "false"},
        {"same_name('示例区财政局', '民政局', '财政局')", "true"},
        {"same_name('示例区财政局', blank, '民政局')", "false"},
        {"same_name('示例区财政局', blank, nothing)", "unknown blank"},
        {"same_name(blank, '财政局')", "unknown blank"},
        {"same_name('示例区财政局', '某某单位')", "unknown 某某单位"},
        {"same_name('某某区财政局', '某某区民政局')", "false"},
    };
    const zp_value *data = yaml(w, "blank: ''\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(w, data, cases[i][0], cases[i][1]);
    no_message(w);
}

static void parts_may_miss_their_sum_by_rounding(void **state)
{
    world *w = *state;
    zp_value *data = yaml(w, "a: [{x: 1.004}, {x: 1.004}, {x: 1.004}]\n"
                             "b: [{x: 1.00}, {x: 2.5}, {x: —}]\n"
                             "c: [{x: 33.333%}, {x: 33.333%}, {x: 33.334%}]\n"
                             "d: []\n"
                             "e: [{x: 1万元}, {x: 0.4元}, {x: 0.4元}, {x: 0.4元}]\n");
    expect(w, data, "rounds(e.x)", "false");
    bind(data, yaml(w, "a: {fields: {x: {places: 2}}}\n"
                       "e: {fields: {x: {unit: 元, places: 0}}}\n"
                       "c: {fields: {x: {type: rate, places: 1}}}\n"));
    expect(w, data, "rounds(a.x)", "true"); /* 1.00 three times, and 3.01 */
    expect(w, data, "rounds(b.x)", "false");
    expect(w, data, "rounds(c.x)", "true"); /* 33.3 three times, and 100.0 */
    expect(w, data, "rounds(d.x)", "false");
    expect(w, data, "rounds(e.x)", "true"); /* 10000 and three times 0, and 10001 */
    no_message(w);
}

/* --- Faults ---------------------------------------------------------------------------------- */

static void faults_of_data_are_at_their_place(void **state)
{
    world *w = *state;
    const zp_value *data = budget(w);
    static const char *const cases[][3] = {
        {"words + 1", "not-a-number", "详见附件"},
        {"1 - words", "not-a-number", "详见附件"},
        {"words > 1", "not-a-number", "详见附件"},
        {"sum(项目.名称)", "not-a-number", "甲"},
        {"code + 1", "not-a-number", "007"},
        {"or_else(words + 1, 5)", "not-a-number", "详见附件"}, /* no way round an error */
        {"sum(项目.金额 by 名称 = (1 = 1))", "not-a-number", NULL},
        {"预算.年初预算数 + 在职人数", "unit-mismatch", "42"},
        {"在职人数 > 预算.rate", "unit-mismatch", "99.63%"},
        {"预算.年初预算数 * 预算.spent", "unit-mismatch", "'3,062.66'"},
        {"预算 + 1", "not-a-number", NULL},
        {"项目 + 1", "not-a-number", NULL},
        {"项目.金额 + 1", "not-a-number", NULL},
        {"if(words, 1, 2)", "not-a-truth", "详见附件"},
        {"count(项目 where 名称)", "not-a-truth", NULL},
        {"1 + (1 = 2)", "not-a-number", NULL},
        {"round(1, 2.5)", "bad-formula", NULL},
        {"round(1, 31)", "bad-formula", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t before = zp_diag_count(w->diag, ZP_ERROR);
        zp_str got = value_of(w, cases[i][0], NULL, data);
        if (!zp_str_eq(got, ZP_STR("unknown ")) && !zp_str_eq(got, ZP_STR("0")))
            fail_msg("%s: %.*s", cases[i][0], ZP_ARG(got));
        if (zp_diag_count(w->diag, ZP_ERROR) == before)
            fail_msg("%s: nothing is said", cases[i][0]);
        expect_message(w, cases[i][1], cases[i][2]);
    }
    size_t before = zp_diag_count(w->diag, ZP_ERROR); /* … or silent */
    zp_formula_value(w->arena, read_text(w, "words + 1"), NULL, data, NULL);
    assert_int_equal(zp_diag_count(w->diag, ZP_ERROR), before);
}

static void results_know_their_first_datum(void **state)
{
    world *w = *state;
    const zp_value *data = yaml(w, "甲: 11\n乙: 22\n零: 0\n空:\n表: [{x: 33}, {x: 44}]\n");
    static const char *const cases[][2] = {
        {"1 + 甲 + 乙", "11"},     {"甲 / 零", "0"},           {"乙 < 甲", "22"},
        {"100 - sum(表.x)", "33"}, {"1 = 1 and 乙 = 1", "22"}, {"count(表) = 3", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_result r = zp_formula_value(w->arena, read_text(w, cases[i][0]), NULL, data, w->diag);
        assert_non_null(r.place.source);
        zp_str text = zp_str_slice(r.place.source->text, r.place.start, r.place.end);
        if (cases[i][1] != NULL && !zp_str_eq(text, zp_str_from(cases[i][1])))
            fail_msg("%s is at %.*s", cases[i][0], ZP_ARG(text));
    }
}

static void what_is_no_formula_is_refused(void **state)
{
    world *w = *state;
    static const char *const cases[][2] = {
        {"", NULL},
        {"1 +", NULL},
        {"* 2", "*"},
        {"(1 + 2", NULL},
        {"1 + 2)", ")"},
        {"()", ")"},
        {"1 2", "2"},
        {"甲 乙", "乙"},
        {"1 < 2 < 3", "<"},
        {"a == b", "="},
        {"a % b", "%"},
        {"a & b", "&"},
        {"100个", "100个"},
        {"2023年预算", "2023年预算"},
        {"1.2.3", "1.2.3"},
        {"a..b", "a..b"},
        {"a.", "a."},
        {".a", "."},
        {"「」", "「」"},
        {"「a", "「a"},
        {"「a」b", "「a」b"},
        {"a「b」", "a「b」"},
        {"'一级", "'一级"},
        {"summe(a)", "summe"},
        {"没有这个(1)", "没有这个"},
        {"sum()", "sum()"},
        {"round(1)", "round(1)"},
        {"score(1, 2, 3)", "score(1, 2, 3)"},
        {"abs(1, 2)", "abs(1, 2)"},
        {"abs(1 where 2 = 2)", "where"},
        {"count(1 + 2)", "count(1 + 2)"},
        {"sum(a where)", ")"},
        {"sum(a where b = 1, c)", ","},
        {"sum a", "a"},
        {"sum(a by b)", "by"},
        {"sum(a by b > c)", "by"},
        {"sum(a by 1 = c)", "by"},
        {"sum(a by b = c = d)", "="},
        {"sum(1 by b = c)", "sum(1 by b = c)"},
        {"abs(1 by a = b)", "by"},
        {"and", "and"},
        {"not", NULL},
        {"if(a, b)", "if(a, b)"},
        {"\x7f", "\x7f"},
        {"a\xE2\x80\x8B", "\xE2\x80\x8B"}, /* a zero-width space */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str line = zp_str_format(w->arena, "formula: %s\n", cases[i][0]);
        const zp_source *source = zp_source_new(w->arena, ZP_STR("template.yaml"), line);
        zp_value *text =
            zp_value_new(w->arena, ZP_VALUE_TEXT, zp_span_of(source, 9, source->text.n - 1));
        text->text = zp_str_from(cases[i][0]);
        size_t before = zp_diag_count(w->diag, ZP_ERROR);
        if (zp_formula_read(w->arena, text, w->diag) != NULL)
            fail_msg("%s is taken", cases[i][0]);
        if (zp_diag_count(w->diag, ZP_ERROR) != before + 1)
            fail_msg("%s: %zu messages", cases[i][0], zp_diag_count(w->diag, ZP_ERROR) - before);
        expect_message(w, "bad-formula", cases[i][1]);
    }
}

static void quotes_of_yaml_do_not_shift_the_place(void **state)
{
    world *w = *state;
    const zp_value *map = yaml(w, "formula: \"1 + sume(a)\"\n");
    assert_null(zp_formula_read(w->arena, map->first, w->diag));
    expect_message(w, "bad-formula", "sume");
    size_t count;
    const zp_message *messages = zp_diag_messages(w->diag, &count);
    assert_true(zp_str_find(messages[0].hint, ZP_STR("sum"), 0) < messages[0].hint.n);
}

/* `one` repeated, before and behind `middle`. */
static const char *repeated(world *w, const char *one, const char *middle, const char *other,
                            size_t times)
{
    zp_buf text = {.arena = w->arena};
    for (size_t i = 0; i < times; i++)
        zp_buf_add(&text, zp_str_from(one));
    zp_buf_add(&text, zp_str_from(middle));
    for (size_t i = 0; i < times; i++)
        zp_buf_add(&text, zp_str_from(other));
    return zp_str_cstr(w->arena, zp_buf_str(&text));
}

static void depth_and_length_are_bounded(void **state)
{
    world *w = *state;
    static const char *const deep[][3] = {
        {"(", "1", ")"},      {"abs(", "1", ")"},         {"-", "1", ""},
        {"not ", "true", ""}, {"if(true, ", "1", ", 2)"},
    };
    const zp_value *data = yaml(w, "{}");
    for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
        const char *fits = repeated(w, deep[i][0], deep[i][1], deep[i][2], ZP_FORMULA_DEPTH);
        assert_non_null(read_text(w, fits));
        value_of(w, fits, NULL, data);
        assert_null(
            read_text(w, repeated(w, deep[i][0], deep[i][1], deep[i][2], ZP_FORMULA_DEPTH + 1)));
        assert_null(read_text(w, repeated(w, deep[i][0], deep[i][1], deep[i][2], 300)));
        assert_null(read_text(w, repeated(w, deep[i][0], "", "", 300)));
    }
    expect(w, data, repeated(w, "1+", "1", "", 999), "1000"); /* a chain is not deep */
    assert_null(read_text(w, repeated(w, "1+", "1", "", 1000)));
    assert_null(read_text(w, repeated(w, "「", "", "", 600)));
    assert_null(read_text(w, repeated(w, "'", "", "", 601)));
    assert_null(read_text(w, repeated(w, ".", "a", "", 600)));
}

static void numbers_that_grow_past_all_bounds_are_unknown(void **state)
{
    world *w = *state;
    const zp_value *data = yaml(w, "a: 9e300\n");
    expect(w, data, repeated(w, "a*", "a", "", 40), "unknown ");
    expect_message(w, "number-too-large", NULL);
}

/* --- A model --------------------------------------------------------------------------------- */

/* Random formulas with their worth in whole numbers; divisions are exact by construction. */
typedef struct {
    uint64_t seed;
    zp_buf *text;
} maker;

static uint32_t draw(maker *m, uint32_t below)
{
    m->seed = m->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(m->seed >> 33) % below;
}

static const int variables[] = {7, -3, 0, 12, 100};

static int64_t make(maker *m, int depth);

static int64_t make_leaf(maker *m)
{
    uint32_t k = draw(m, 10);
    if (k < 5) {
        zp_buf_format(m->text, "v%u", k);
        return variables[k];
    }
    int64_t number = draw(m, 50);
    zp_buf_uint(m->text, (uint64_t)number);
    return number;
}

static int64_t make_pair(maker *m, int depth)
{
    static const char *const signs[] = {" + ", "−", "×", " * ", "-"};
    uint32_t which = draw(m, 5);
    zp_buf_lit(m->text, "(");
    int64_t a = make(m, depth - 1);
    zp_buf_add(m->text, zp_str_from(signs[which]));
    int64_t b = make(m, depth - 1);
    zp_buf_lit(m->text, ")");
    if (which == 0)
        return a + b;
    return which == 2 || which == 3 ? a * b : a - b;
}

static int64_t make_choice(maker *m, int depth)
{
    zp_buf_lit(m->text, "if(");
    int64_t a = make(m, depth - 1);
    static const char *const signs[] = {" < ", " <= ", "=", "≠", " >= "};
    uint32_t which = draw(m, 5);
    zp_buf_add(m->text, zp_str_from(signs[which]));
    int64_t b = make(m, depth - 1);
    const bool truths[] = {a < b, a <= b, a == b, a != b, a >= b};
    zp_buf_lit(m->text, ", ");
    int64_t yes = make(m, depth - 1);
    zp_buf_lit(m->text, "，");
    int64_t no = make(m, depth - 1);
    zp_buf_lit(m->text, ")");
    return truths[which] ? yes : no;
}

static int64_t make_most(maker *m, int depth)
{
    bool most = draw(m, 2) == 0;
    zp_buf_add(m->text, most ? ZP_STR("max(") : ZP_STR("min("));
    int64_t a = make(m, depth - 1);
    zp_buf_lit(m->text, ", ");
    int64_t b = make(m, depth - 1);
    zp_buf_lit(m->text, ")");
    return (a > b) == most ? a : b;
}

static int64_t make(maker *m, int depth)
{
    uint32_t which = depth > 0 && m->text->n < 600 ? draw(m, 7) : 0;
    if (which == 0)
        return make_leaf(m);
    if (which == 1) {
        zp_buf_lit(m->text, "-");
        return -make_leaf(m);
    }
    if (which == 2) { /* (k × x) ÷ k */
        zp_buf_lit(m->text, "3*");
        int64_t a = make_pair(m, depth);
        zp_buf_lit(m->text, "/3");
        return a;
    }
    return which == 3   ? make_choice(m, depth)
           : which == 4 ? make_most(m, depth)
                        : make_pair(m, depth);
}

static void random_formulas_are_worth_what_the_model_says(void **state)
{
    world *w = *state;
    const zp_value *data = yaml(w, "{v0: 7, v1: -3, v2: 0, v3: 12, v4: 100}");
    maker m = {.seed = 20240508};
    for (int i = 0; i < 3000; i++) {
        zp_buf text = {.arena = w->arena};
        m.text = &text;
        int64_t wanted = make(&m, 4);
        zp_str formula = zp_buf_str(&text);
        if (formula.n > ZP_FORMULA_LENGTH)
            continue;
        zp_str got = value_of(w, zp_str_cstr(w->arena, formula), NULL, data);
        zp_str model = zp_number_plain(w->arena, zp_number_int(w->arena, wanted));
        if (!zp_str_eq(got, model))
            fail_msg("%.*s = %.*s, should be %.*s", ZP_ARG(formula), ZP_ARG(got), ZP_ARG(model));
    }
    no_message(w);
}

/* Whatever is cut out of or put into a formula, it is read or refused with one message. */
static void broken_formulas_do_no_harm(void **state)
{
    world *w = *state;
    static const char whole[] =
        "if(sum(项目.「金 额」 where a != ‘一’) ≥ 3.5%, score(b, c, -d, e), "
        "or_else((f.g × 100万元) ÷ 3, band(x, y))) and not true or 1 <= 2";
    static const char *const salt[] = {"(",  ")",  "（", "），", ",", ".", "'",  "\"",
                                       "「", "」", "“",  "+",    "-", "*", "/",  "=",
                                       "<",  ">",  "!",  "%",    " ", "0", "甲", ""};
    const zp_value *data = budget(w);
    maker m = {.seed = 7};
    for (int i = 0; i < 4000; i++) {
        zp_str all = zp_str_from(whole);
        size_t start = draw(&m, (uint32_t)all.n), end = start + draw(&m, 12);
        end = end < all.n ? end : all.n;
        while (start > 0 && (all.p[start] & 0xC0) == 0x80)
            start--;
        while (end < all.n && (all.p[end] & 0xC0) == 0x80)
            end++;
        zp_buf text = {.arena = w->arena};
        zp_buf_add(&text, zp_str_slice(all, 0, start));
        zp_buf_add(&text, zp_str_from(salt[draw(&m, sizeof salt / sizeof *salt)]));
        zp_buf_add(&text, zp_str_slice(all, end, all.n));
        zp_diag *diag = zp_diag_new(w->arena);
        world own = {w->arena, diag};
        const zp_formula *f = read_text(&own, zp_str_cstr(w->arena, zp_buf_str(&text)));
        assert_int_equal(zp_diag_count(diag, ZP_ERROR), f == NULL ? 1 : 0);
        if (f != NULL)
            zp_formula_value(w->arena, f, data->first, data, diag);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(operators_bind_as_in_school),
        TEST(names_lead_to_data),
        TEST(units_go_along),
        TEST(lists_are_added_up),
        TEST(lists_in_lists_flatten),
        TEST(a_row_comes_first),
        TEST(groups_are_added_up),
        TEST(aliases_may_be_the_rule_of_the_map),
        TEST(a_run_keeps_what_no_row_changes),
        TEST(scores_follow_the_rules),
        TEST(bands_run_up_to_the_next),
        TEST(a_name_may_be_short),
        TEST(parts_may_miss_their_sum_by_rounding),
        TEST(faults_of_data_are_at_their_place),
        TEST(results_know_their_first_datum),
        TEST(what_is_no_formula_is_refused),
        TEST(quotes_of_yaml_do_not_shift_the_place),
        TEST(depth_and_length_are_bounded),
        TEST(numbers_that_grow_past_all_bounds_are_unknown),
        TEST(random_formulas_are_worth_what_the_model_says),
        TEST(broken_formulas_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
