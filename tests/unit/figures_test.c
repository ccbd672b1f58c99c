/* figures_test.c: the figures that templates declare, in the reports they are declared for, and
 * what is said of figures given by hand. The amounts are 示例数据, but for those of the seed
 * report.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "data/figures.h"
#include "data/printing.h"
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

static zp_value *yaml(world *w, const char *name, const char *text)
{
    const zp_source *source = zp_source_new(w->arena, zp_str_from(name), zp_str_from(text));
    zp_value *value = zp_yaml_read(w->arena, zp_span_of(source, 0, source->text.n), w->diag);
    assert_non_null(value);
    return value;
}

/* What binding does, as far as figures see it: every value knows its rule. */
static void bind(zp_value *value, const zp_value *fields)
{
    if (fields == NULL)
        return;
    for (zp_value *entry = value->first; entry != NULL; entry = entry->next) {
        if (value->kind == ZP_VALUE_LIST) {
            entry->rule = value->rule;
            bind(entry, fields);
            continue;
        }
        entry->rule = zp_schema_find(fields, entry->key);
        bind(entry, entry->rule != NULL ? zp_value_find(entry->rule, ZP_STR("fields")) : NULL);
    }
}

static const zp_figures *declared(world *w, const char *template)
{
    const zp_value *map = yaml(w, "template.yaml", template);
    return zp_figures_read(w->arena, zp_value_find(map, ZP_STR("figures")),
                           zp_value_find(map, ZP_STR("checks")), NULL, w->diag);
}

/* `data` with the figures and the schema of `template`. */
static zp_value *computed(world *w, const char *template, const char *text)
{
    const zp_figures *figures = declared(w, template);
    assert_non_null(figures);
    const zp_value *schema = zp_value_find(yaml(w, "t.yaml", template), ZP_STR("schema"));
    zp_value *data = yaml(w, "report.md", text);
    bind(data, schema);
    zp_figures_compute(w->arena, figures, data, w->diag);
    return data;
}

/* The value at a dotted path; a number is a list's entry, from 0. */
static const zp_value *at(const zp_value *value, const char *path)
{
    zp_str all = zp_str_from(path);
    for (size_t i = 0; value != NULL && i <= all.n;) {
        size_t dot = zp_str_find(all, ZP_STR("."), i);
        zp_str part = zp_str_slice(all, i, dot);
        if (value->kind == ZP_VALUE_LIST) {
            int k = part.p[0] - '0';
            for (value = value->first; k > 0; k--)
                value = value->next;
        } else {
            value = zp_schema_lookup(value, part);
        }
        i = dot + 1;
    }
    return value;
}

static void prints(world *w, const zp_value *data, const char *path, const char *wanted)
{
    const zp_value *value = at(data, path);
    if (value == NULL)
        fail_msg("%s is not there", path);
    zp_str got = zp_print_value(w->arena, value);
    if (!zp_str_eq(got, zp_str_from(wanted)))
        fail_msg("%s prints %.*s, should print %s", path, ZP_ARG(got), wanted);
}

/* Not there, or a figure that is not known. */
static void absent(const zp_value *data, const char *path)
{
    const zp_value *value = at(data, path);
    if (value != NULL && (value->kind != ZP_VALUE_NULL || value->text.n == 0))
        fail_msg("%s is there", path);
}

/* A figure that is not known for want of that datum. */
static void wants(const zp_value *data, const char *path, const char *datum)
{
    const zp_value *value = at(data, path);
    if (value == NULL || value->kind != ZP_VALUE_NULL ||
        !zp_str_eq(value->text, zp_str_from(datum)))
        fail_msg("%s should want %s", path, datum);
}

/* All messages, a line each: id at “text”: message (hint). */
static zp_str heard(const world *w)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(w->diag, &count);
    zp_buf out = {.arena = w->arena};
    for (size_t i = 0; i < count; i++) {
        const zp_message *m = &messages[i];
        zp_str text = ZP_STR("");
        if (m->span.source != NULL)
            text = zp_str_slice(m->span.source->text, m->span.start, m->span.end);
        size_t line = zp_str_find(text, ZP_STR("\n"), 0);
        zp_buf_format(&out, "%s at “%.*s”: %.*s（%.*s%.*s）\n", m->id,
                      ZP_ARG(zp_str_slice(text, 0, line)), ZP_ARG(m->message), ZP_ARG(m->hint),
                      ZP_ARG(m->basis));
    }
    return zp_buf_str(&out);
}

static void hears(const world *w, const char *wanted)
{
    zp_str got = heard(w);
    if (!zp_str_eq(got, zp_str_from(wanted)))
        fail_msg("heard:\n%.*sshould be:\n%s", ZP_ARG(got), wanted);
}

/* --- Templates ------------------------------------------------------------------------------- */

static const char budget_schema[] =
    "schema:\n"
    "  budget:\n"
    "    alias: 预算\n"
    "    fields:\n"
    "      initial: {alias: 年初预算数, type: money, unit: 万元, places: 2}\n"
    "      adjusted: {alias: 调整后预算数, type: money, unit: 万元, places: 2}\n"
    "      spent: {alias: 实际支出数, type: money, unit: 万元, places: 2}\n"
    "  projects:\n"
    "    alias: 项目\n"
    "    fields:\n"
    "      name: {alias: 名称}\n"
    "      parent: {alias: 一级项目}\n"
    "      amount: {alias: 金额, type: money, unit: 万元, places: 2}\n"
    "  indicators:\n"
    "    alias: 指标\n"
    "    fields:\n"
    "      block: {alias: 一级指标}\n"
    "      points: {alias: 分值}\n"
    "      score: {alias: 自评得分}\n"
    "      reason: {alias: 扣分原因}\n";

static const char dept_overall[] =
    "figures:\n"
    "  execution_rate: {alias: 预算执行率, formula: 预算.实际支出数 / 预算.调整后预算数,\n"
    "                   type: rate, places: 2}\n"
    "  adjustment_rate: {alias: 预算调整率, formula: 'growth(预算.调整后预算数, "
    "预算.年初预算数)',\n"
    "                    type: rate, places: 2}\n"
    "  unspent: {alias: 结转结余, formula: 预算.调整后预算数 - 预算.实际支出数, unit: 万元,\n"
    "            places: 2}\n"
    "  level1: {alias: 一级项目数, formula: distinct(项目.一级项目), places: 0}\n"
    "  level2: {alias: 二级项目数, formula: count(项目), places: 0}\n"
    "  project_total: {alias: 项目资金, formula: sum(项目.金额), unit: 万元, places: 2}\n"
    "  share: {each: 项目, alias: 占比, formula: 金额 / project_total, type: rate, places: 2}\n"
    "  shares_round: {formula: rounds(项目.share)}\n"
    "  management: {formula: sum(指标.自评得分 where 一级指标 = '管理效率'), places: 2}\n"
    "  score: {alias: 自评得分, formula: sum(指标.自评得分), places: 2}\n"
    "  grade: {alias: 等级, formula: 'band(score, bands)',\n"
    "          with: {bands: [{name: 优, from: 90}, {name: 良, from: 80}, {name: 中, from: 60},\n"
    "                         {name: 差, from: 0}]}}\n"
    "checks:\n"
    "  points: {rule: sum(指标.分值) = 100, message: 指标分值之和应为 100, basis: 评分表}\n"
    "  within: {each: 指标, rule: 自评得分 >= 0 and 自评得分 <= 分值, message: 得分应在 0 "
    "和分值之间}\n"
    "  reason: {each: 指标, rule: 自评得分 >= 分值 or known(扣分原因), message: 扣了分要写原因}\n"
    "  spent: {rule: 预算.实际支出数 <= 预算.调整后预算数, message: 支出不应超过预算}\n"
    "  levels: {rule: 一级项目数 <= 二级项目数}\n";

static const char dept_data[] = "budget: {initial: 3067.35, adjusted: 3074.03, spent: 3062.66}\n"
                                "projects:\n"
                                "- {name: 示例一, parent: 会议, amount: 30.26}\n"
                                "- {name: 示例二, parent: 会议, amount: 100.10}\n"
                                "- {name: 示例三, parent: 代表工作, amount: 250.06}\n"
                                "indicators:\n"
                                "- {block: 履职效能, points: 50, score: 49.96, reason: 执行率}\n"
                                "- {block: 管理效率, points: 45, score: 44, reason: ''}\n";

static const char *joined(world *w, const char *one, const char *other)
{
    return zp_str_cstr(w->arena, zp_str_format(w->arena, "%s%s", one, other));
}

static void a_department_has_its_figures(void **state)
{
    world *w = *state;
    const zp_value *data = computed(w, joined(w, budget_schema, dept_overall), dept_data);
    prints(w, data, "预算执行率", "99.63%");
    prints(w, data, "execution_rate", "99.63%");
    prints(w, data, "预算调整率", "0.22%");
    prints(w, data, "结转结余", "11.37");
    prints(w, data, "一级项目数", "2");
    prints(w, data, "二级项目数", "3");
    prints(w, data, "项目资金", "380.42");
    prints(w, data, "项目.0.占比", "7.95%");
    prints(w, data, "项目.1.占比", "26.31%");
    prints(w, data, "项目.2.占比", "65.73%");
    prints(w, data, "shares_round", "true"); /* 99.99% */
    prints(w, data, "management", "44.00");
    prints(w, data, "自评得分", "93.96");
    prints(w, data, "等级", "优");
    assert_true(at(data, "等级")->quoted); /* a text whatever it looks like */
    hears(w, "points at “50”: 指标分值之和应为 100（现在是 95）（评分表）\n"
             "reason at “44”: 扣了分要写原因（）\n");
}

static void a_figure_is_exact_and_finds_its_filters(void **state)
{
    world *w = *state;
    const zp_value *data = computed(w, joined(w, budget_schema, dept_overall), dept_data);
    zp_str printed;
    assert_true(zp_print_filtered(w->arena, at(data, "预算执行率"), ZP_STR("百分比 | 4位"),
                                  (zp_span){NULL, 0, 0}, w->diag, &printed));
    assert_true(zp_str_eq(printed, ZP_STR("99.6301%")));
    assert_true(zp_print_filtered(w->arena, at(data, "项目资金"), ZP_STR("元"),
                                  (zp_span){NULL, 0, 0}, w->diag, &printed));
    assert_true(zp_str_eq(printed, ZP_STR("3804200.00")));
    const zp_value *rate = at(data, "预算执行率");
    assert_true(zp_str_eq(rate->text, ZP_STR("99.63%")));
    assert_non_null(rate->number);
}

static void the_list_goes_into_the_report_file(void **state)
{
    world *w = *state;
    const char *template = joined(w, budget_schema, dept_overall);
    const zp_value *data = computed(w, template, dept_data);
    zp_value *list = zp_figures_list(w->arena, declared(w, template), data);
    zp_buf out = {.arena = w->arena};
    zp_value_dump(at(list, "grade"), &out);
    zp_value_dump(at(list, "project_total"), &out);
    zp_value_dump(at(list, "level1"), &out);
    zp_value_dump(at(list, "unspent"), &out);
    assert_string_equal(
        zp_str_cstr(w->arena, zp_buf_str(&out)),
        "map 4\n  name: \"等级\"\n  value: \"优\"\n  unit: \"\"\n  printed: \"优\"\n"
        "map 4\n  name: \"项目资金\"\n  value: '380.42'\n  unit: \"万元\"\n  printed: \"380.42\"\n"
        "map 4\n  name: \"一级项目数\"\n  value: '2'\n  unit: \"\"\n  printed: \"2\"\n"
        "map 4\n  name: \"结转结余\"\n  value: '11.37'\n  unit: \"万元\"\n  printed: \"11.37\"\n");
    assert_true(zp_str_starts(at(list, "execution_rate.value")->text, ZP_STR("0.99630127")));
    assert_true(zp_str_eq(at(list, "execution_rate.unit")->text, ZP_STR("1")));
    assert_null(at(list, "share")); /* it is in the rows */
}

/* 财预〔2015〕88号: tasks with two kinds of money, the points of execution shared out. */
static void a_central_department_has_its_table(void **state)
{
    world *w = *state;
    const zp_value *data = computed(
        w,
        "schema:\n"
        "  任务:\n"
        "    fields:\n"
        "      预算数: {fields: {财政拨款: {unit: 万元}, 其他资金: {unit: 万元}, 总额: {unit: "
        "万元}}}\n"
        "      执行数: {fields: {财政拨款: {unit: 万元}, 其他资金: {unit: 万元}, 总额: {unit: "
        "万元}}}\n"
        "figures:\n"
        "  budget: {each: 任务.预算数, field: 总额, formula: 'sum(财政拨款, 其他资金)', unit: "
        "万元}\n"
        "  spent: {each: 任务.执行数, field: 总额, formula: 'sum(财政拨款, 其他资金)', unit: "
        "万元}\n"
        "  rate: {each: 任务, alias: 执行率, formula: 执行数.总额 / 预算数.总额, type: rate,\n"
        "         none: 无预算}\n"
        "  points: {each: 任务, alias: 得分, formula: '分值 * execution(执行数.总额, "
        "预算数.总额)',\n"
        "           none: /}\n"
        "  total: {alias: 合计预算数, formula: sum(任务.预算数.总额), unit: 万元}\n"
        "  execution: {alias: 合计得分, formula: sum(任务.得分 where known(得分))}\n",
        "任务:\n"
        "- {名称: 示例一, 分值: 6, 预算数: {财政拨款: 100, 其他资金: 20.5},\n"
        "   执行数: {财政拨款: 100, 其他资金: —}}\n"
        "- {名称: 示例二, 分值: 4, 预算数: {财政拨款: 10, 其他资金: ''},\n"
        "   执行数: {财政拨款: 12, 其他资金: 0}}\n"
        "- {名称: 示例三, 分值: 1, 预算数: {财政拨款: 0, 其他资金: 0},\n"
        "   执行数: {财政拨款: 0, 其他资金: 0}}\n");
    prints(w, data, "任务.0.预算数.总额", "120.50");
    prints(w, data, "任务.0.执行数.总额", "100.00");
    prints(w, data, "任务.0.执行率", "82.99%");
    prints(w, data, "任务.0.得分", "4.98");
    prints(w, data, "任务.1.执行率", "120.00%");
    prints(w, data, "任务.1.得分", "4.00");
    prints(w, data, "任务.2.执行率", "无预算");
    prints(w, data, "任务.2.得分", "/");
    prints(w, data, "合计预算数", "130.50");
    prints(w, data, "合计得分", "8.98");
    hears(w, "");
}

static const char project_self[] =
    "schema:\n"
    "  funds: {alias: 项目资金, fields: {item: {alias: 项}, initial: {alias: 年初预算数, unit: "
    "万元},\n"
    "    adjusted: {alias: [全年预算数], unit: 万元}, spent: {alias: 全年执行数, unit: 万元}}}\n"
    "  indicators: {alias: 绩效指标, fields: {level1: {alias: 一级指标}, target: {alias: "
    "年度指标值},\n"
    "    actual: {alias: 实际完成值}, points: {alias: 分值}, score: {alias: 得分},\n"
    "    reason: {alias: 偏差原因}}}\n"
    "figures:\n"
    "  initial: {formula: sum(项目资金.年初预算数), unit: 万元}\n"
    "  adjusted: {alias: 全年预算数, formula: sum(项目资金.全年预算数), unit: 万元}\n"
    "  spent: {alias: 全年执行数, formula: sum(项目资金.全年执行数), unit: 万元}\n"
    "  rate: {alias: 执行率, formula: 全年执行数 / 全年预算数, type: rate}\n"
    "  rate_score: {alias: 执行率得分, formula: '10 * execution(全年执行数, 全年预算数)'}\n"
    "  item_score: {each: 绩效指标, field: score, places: 2,\n"
    "               formula: 'score(年度指标值, 实际完成值, 分值, 得分)'}\n"
    "  total: {alias: 总分, formula: 执行率得分 + sum(绩效指标.得分), places: 2}\n"
    "  points: {formula: 10 + sum(绩效指标.分值), places: 0}\n"
    "checks:\n"
    "  points: {rule: points = 100, message: 分值合计应为 100}\n"
    "  far: {each: 绩效指标, rule: 'not achieved(target, actual) > 1.3 or known(reason)',\n"
    "        message: 完成值远超指标值，请说明原因}\n"
    "  missed: {each: 绩效指标, rule: score >= points or known(reason), message: "
    "未得满分，请写偏差原因}\n";

static void a_project_is_scored(void **state)
{
    world *w = *state;
    const zp_value *data = computed(
        w, project_self,
        "项目资金:\n"
        "- {项: 当年财政拨款, initial: 90, adjusted: 100, spent: 95.5}\n"
        "- {项: 上年结转资金, initial: —, adjusted: 20, spent: 20}\n"
        "indicators:\n"
        "- {level1: 产出, target: ≥10场次, actual: 20, points: 50, score: ''}\n"
        "- {level1: 效益, target: 显著提升, actual: 基本达成, points: 30, score: 25, reason: "
        "示例}\n"
        "- {level1: 满意度, target: ≥95%, actual: 92%, points: 10, score: 9.5, reason: 示例}\n");
    prints(w, data, "全年预算数", "120.00");
    prints(w, data, "全年执行数", "115.50");
    prints(w, data, "执行率", "96.25%");
    prints(w, data, "执行率得分", "9.63");
    prints(w, data, "indicators.0.score", "50.00");
    prints(w, data, "indicators.0.得分", "50.00"); /* still by the schema's name */
    prints(w, data, "indicators.1.得分", "25.00");
    prints(w, data, "indicators.2.得分", "9.50"); /* what was given stays */
    prints(w, data, "总分", "94.13");
    hears(
        w,
        "figure-disagrees at “9.5”: “item_score”填的是 9.5，按“score(年度指标值, 实际完成值, 分值, "
        "得分)”算出来是 9.7（请核对两个数；以填的为准排印）\n"
        "far at “≥10场次”: 完成值远超指标值，请说明原因（）\n");
}

static void what_is_not_filled_in_is_not_guessed(void **state)
{
    world *w = *state;
    const zp_value *data = computed(
        w, project_self,
        "项目资金: [{项: 财政拨款, initial: 90, adjusted: 100, spent: 95.5}]\n"
        "indicators:\n"
        "- {level1: 产出, target: ≥10场次, actual: 20, points: 50, score: '', reason: 示例}\n"
        "- {level1: 效益, target: 显著提升, actual: 基本达成, points: 40, score: ''}\n");
    prints(w, data, "indicators.0.得分", "50.00");
    absent(data, "indicators.1.score"); /* the empty one is a missing value now */
    absent(data, "总分");
    prints(w, data, "points", "100");
    hears(w, "");
}

/* 财预〔2020〕10号 附件2: rates of several kinds, blocks of a framework. */
static void an_evaluation_has_its_blocks(void **state)
{
    world *w = *state;
    const zp_value *data = computed(
        w,
        "figures:\n"
        "  arrived: {alias: 资金到位率, formula: 到位资金 / 预算资金, type: rate}\n"
        "  execution: {alias: 预算执行率, formula: 实际支出 / 到位资金, type: rate}\n"
        "  saving: {alias: 成本节约率, formula: (计划成本 - 实际成本) / 计划成本, type: rate}\n"
        "  done: {alias: 实际完成率, formula: 实际产出数 / 计划产出数, type: rate, places: 1}\n"
        "  process: {alias: 过程得分, formula: sum(评分表.得分 where 一级 = '过程')}\n"
        "  weight: {formula: sum(评分表.分值 where 一级 = '产出' or 一级 = '效益') /\n"
        "                    sum(评分表.分值), type: rate}\n"
        "  grade: {formula: 'band(sum(评分表.得分), 等级标准)'}\n"
        "  rest: {each: 评分表, formula: 分值 - 得分, zero: —, places: 1}\n"
        "checks:\n"
        "  weight: {rule: weight >= 60%, message: 产出、效益的权重不低于 60%}\n"
        "  cost: {rule: 实际成本 <= 计划成本}\n",
        "预算资金: 100万元\n到位资金: 95万元\n实际支出: 800000元\n计划成本: 90万元\n"
        "实际成本: 90.9万元\n计划产出数: 30个\n实际产出数: 29个\n"
        "等级标准: [{name: 优, from: 90}, {name: 良, from: 80}, {name: 差, from: 0}]\n"
        "评分表:\n"
        "- {一级: 决策, 分值: 20, 得分: 20}\n- {一级: 过程, 分值: 25, 得分: 21.5}\n"
        "- {一级: 产出, 分值: 30, 得分: 27}\n- {一级: 效益, 分值: 25, 得分: 20}\n");
    prints(w, data, "资金到位率", "95.00%");
    prints(w, data, "预算执行率", "84.21%");
    prints(w, data, "成本节约率", "-1.00%");
    prints(w, data, "实际完成率", "96.7%");
    prints(w, data, "过程得分", "21.50");
    prints(w, data, "weight", "55.00%");
    prints(w, data, "grade", "良");
    prints(w, data, "评分表.0.rest", "—");
    prints(w, data, "评分表.1.rest", "3.5");
    hears(w, "weight at “30”: 产出、效益的权重不低于 60%（现在是 55%）（）\n"
             "cost at “90.9万元”: 不符合“实际成本 <= 计划成本”（现在是 90.9万元 和 "
             "90万元）（）\n");
}

/* --- Given by hand --------------------------------------------------------------------------- */

static const char rate_template[] =
    "schema:\n"
    "  spent: {unit: 万元, places: 2}\n"
    "  budget: {unit: 万元, places: 2}\n"
    "figures:\n"
    "  rate: {alias: 预算执行率, formula: spent / budget, type: rate, places: 2}\n"
    "  left: {alias: 结余, formula: budget - spent, unit: 万元, places: 2}\n"
    "  score: {formula: 10 * rate, places: 2}\n";

static void agrees(const char *given, bool wanted)
{
    void *state;
    set_up(&state);
    world *w = state;
    zp_str text = zp_str_format(w->arena, "spent: 3062.66\nbudget: 3074.03\n%s\n", given);
    computed(w, rate_template, zp_str_cstr(w->arena, text));
    size_t count;
    zp_diag_messages(w->diag, &count);
    if ((count == 0) != wanted)
        fail_msg("%s: %.*s", given, ZP_ARG(heard(w)));
    tear_down(&state);
}

static void given_figures_agree_at_their_own_decimals(void **state)
{
    (void)state;
    /* exactly 0.99630127… */
    agrees("rate: 99.63%", true);
    agrees("预算执行率: 99.63%", true);
    agrees("rate: 99.6%", true);
    agrees("rate: 100%", true);
    agrees("rate: 99.630%", true);
    agrees("rate: 99.6301%", true);
    agrees("rate: 0.9963", true);
    agrees("rate: 1.00", true);
    agrees("rate: 996.30‰", true);
    agrees("rate: 99.64%", false);
    agrees("rate: 99.62%", false);
    agrees("rate: 99.631%", false);
    agrees("rate: 0.9964", false);
    agrees("rate: 98.46%", false);
    agrees("rate: 99.63", false); /* 9963% */
    agrees("rate: 99.63万元", false);
    agrees("rate: 很高", false);
    agrees("rate: —", true); /* is filled */
    agrees("rate: ''", true);
    agrees("left: 11.37", true);
    agrees("left: 113700元", true);
    agrees("left: 11万元", true);
    agrees("left: 0.0011亿元", true);
    agrees("left: 11.4", true);
    agrees("left: 11.38", false);
    agrees("left: 11.37元", false);
    agrees("left: 11.37个", false);
    agrees("left: '-11.37'", false);
    /* 10 × 99.63% is 9.963 as printed, 9.96301… exactly */
    agrees("score: 9.96", true);
    agrees("score: 9.963", true);
    agrees("score: 9.96301", true);
    agrees("score: 9.96300", true);
    agrees("score: 9.96302", false);
    agrees("score: 9.97", false);
}

/* Where no unit is declared, a bare number is in the other's. */
static void bare_figures_agree_in_the_unit_of_the_other(void **state)
{
    world *w = *state;
    static const char template[] = "figures: {left: {formula: a - b, places: 2}}\n";
    computed(w, template, "a: 12.5万元\nb: 2万元\nleft: 10.5\n");
    computed(w, template, "a: 12.5\nb: 2\nleft: 10.5万元\n");
    computed(w, template, "a: 12.5\nb: 2\nleft: 1050%\n");
    hears(w, "");
    computed(w, template, "a: 12.5万元\nb: 2万元\nleft: 105000\n");
    computed(w, template, "a: 12.5\nb: 2\nleft: 10.6万元\n");
    hears(w, "figure-disagrees at “105000”: “left”填的是 105000，按“a - b”算出来是 11"
             "（请核对两个数；以填的为准排印）\n"
             "figure-disagrees at “10.6万元”: “left”填的是 10.6万元，按“a - b”算出来是 10.5万元"
             "（请核对两个数；以填的为准排印）\n");
}

static void a_figure_answers_to_all_its_names(void **state)
{
    world *w = *state;
    static const char template[] = "schema: {score: {alias: 得分, unit: 分}}\n"
                                   "figures: {score: {alias: [自评得分, 总分], formula: 45 * 2}}\n";
    const zp_value *data = computed(w, template, "得分: ''\nscore: ''\n");
    prints(w, data, "score", "90.00");
    prints(w, data, "得分", ""); /* a key of its own: nothing was bound */
    prints(w, data, "总分", "90.00");
    data = computed(w, template, "score: 90\n");
    prints(w, data, "得分", "90");
    prints(w, data, "总分", "90");
    data = computed(w, template, "score:\n");
    prints(w, data, "得分", "90.00");
    prints(w, data, "自评得分", "90.00");
    hears(w, "");
}

static void what_follows_from_printed_figures_agrees(void **state)
{
    world *w = *state;
    /* 1.004 + 1.004 is 2.01 (2.008), and 1.00 + 1.00 on paper */
    computed(w,
             "figures:\n  a: {formula: x * 1, places: 2}\n  b: {formula: y * 1, places: 2}\n"
             "  sum: {formula: a + b, places: 2}\n",
             "x: 1.004\ny: 1.004\nsum: 2.00\n");
    hears(w, "");
}

static void a_disagreement_names_both_and_the_formula(void **state)
{
    world *w = *state;
    const zp_value *data = computed(
        w, rate_template, "spent: 3062.66\nbudget: 3074.03\nrate: 98.46%\nleft: 36.00万元\n");
    prints(w, data, "rate", "98.46%");
    prints(w, data, "score", "9.85"); /* goes on with what is given */
    hears(
        w,
        "figure-disagrees at “98.46%”: “预算执行率”填的是 98.46%，按“spent / budget”算出来是 99.63%"
        "（请核对两个数；以填的为准排印）\n"
        "figure-disagrees at “36.00万元”: “结余”填的是 36.00万元，按“budget - spent”算出来是 "
        "11.37万元（请核对两个数；以填的为准排印）\n");
}

static void a_percentage_without_its_sign_is_pointed_out(void **state)
{
    world *w = *state;
    computed(w, rate_template, "spent: 3062.66\nbudget: 3074.03\nrate: 99.63\nscore: ''\n");
    hears(w,
          "figure-disagrees at “99.63”: “预算执行率”填的是 99.63，按“spent / budget”算出来是 1.00"
          "（如果是百分数，请写上百分号：99.63%）\n");
}

static void given_texts_and_truths_are_compared_too(void **state)
{
    world *w = *state;
    computed(w,
             "figures:\n  grade: {formula: \"if(score >= 90, '优', '良')\"}\n"
             "  over: {formula: score > 100}\n  fine: {formula: score > 80}\n",
             "score: 85\ngrade: 优\nover: 是\nfine: 是\n");
    hears(w,
          "figure-disagrees at “优”: “grade”填的是 优，按“if(score >= 90, '优', '良')”算出来是 良"
          "（请核对两个数；以填的为准排印）\n"
          "figure-disagrees at “是”: “over”填的是 是，按“score > 100”算出来是 否"
          "（请核对两个数；以填的为准排印）\n");
}

static void words_of_the_template_may_say_what_is_wrong(void **state)
{
    world *w = *state;
    computed(
        w,
        "figures: {rest: {about: 预算减支出, formula: budget - spent}}\n"
        "checks: {year: {rule: form_year = year, message: '不是报告的年度（{{year}}）{{没有}}'}}\n",
        "budget: 10\nspent: 8\nrest: 3\nyear: '2023'\nform_year: 去年\n");
    hears(w, "figure-disagrees at “3”: “rest”填的是 3，按预算减支出算出来是 2"
             "（请核对两个数；以填的为准排印）\n"
             "year at “去年”: 不是报告的年度（2023）（）\n");
}

/* A cell holds more than it shows: either may be what agrees. */
static void cells_agree_as_stored_or_as_shown(void **state)
{
    world *w = *state;
    const zp_figures *figures = declared(w, rate_template);
    static const char *const cells[][2] = {
        {"99.63%", "0.996301272531498"}, {"99.6%", "0.996"}, {"98.46%", "0.984593"}};
    for (size_t i = 0; i < 3; i++) {
        zp_value *data = yaml(w, "a.yaml", "spent: 3062.66\nbudget: 3074.03\nrate: x\n");
        data->last->text = zp_str_from(cells[i][0]);
        data->last->stored = zp_str_from(cells[i][1]);
        data->last->unit = ZP_STR("1");
        zp_figures_compute(w->arena, figures, data, w->diag);
        assert_int_equal(zp_diag_count(w->diag, ZP_WARNING), i < 2 ? 0 : 1);
    }
}

/* --- Not known ------------------------------------------------------------------------------- */

static void nothing_over_nothing_is_no_rate(void **state)
{
    world *w = *state;
    const char *template =
        "figures:\n  rate: {alias: 执行率, formula: spent / budget, type: rate, places: 2, none: "
        "无预算}\n"
        "  plain: {formula: spent / budget, type: rate}\n"
        "  score: {formula: 10 * rate}\n  other: {formula: 'or_else(rate, 1) * 10'}\n";
    const zp_value *data = computed(w, template, "spent: 0\nbudget: 0\nplain: ''\n");
    prints(w, data, "执行率", "无预算");
    prints(w, data, "plain", "—");
    prints(w, data, "score", "—");
    prints(w, data, "other", "10.00");
    assert_true(zp_str_eq(at(data, "rate")->text, ZP_STR("无预算")));
    zp_str printed;
    assert_true(zp_print_filtered(w->arena, at(data, "rate"), ZP_STR("百分比"),
                                  (zp_span){NULL, 0, 0}, w->diag, &printed));
    assert_true(zp_str_eq(printed, ZP_STR("无预算")));
    computed(w, template, "spent: 0\nbudget: 0\nrate: 无预算\nplain: —\n");
    hears(w, "");
    computed(w, template, "spent: 0\nbudget: 0\nrate: 100%\n");
    hears(w,
          "figure-disagrees at “100%”: “执行率”填的是 100%，但“spent / budget”是 0 除以 0，没有比率"
          "（请核对两个数；以填的为准排印）\n");
}

static void spending_without_a_budget_is_an_error(void **state)
{
    world *w = *state;
    const zp_value *data = computed(w, rate_template, "spent: 5\nbudget: 0.00\n");
    absent(data, "rate");
    absent(data, "score");
    prints(w, data, "left", "-5.00");
    hears(w, "zero-divisor at “0.00”: “预算执行率”算不出来：“spent / budget”的除数是 0"
             "（请核对这个数：是 0，却要用它去除别的数）\n");
    assert_int_equal(zp_diag_count(w->diag, ZP_ERROR), 1);
}

static void what_is_missing_leaves_a_figure_open(void **state)
{
    world *w = *state;
    const zp_value *data =
        computed(w, rate_template, "spent:\nbudget: 5\nrate: ''\nleft: —\nscore: 9\n");
    wants(data, "rate", "spent");
    prints(w, data, "left", "—"); /* somebody meant that */
    prints(w, data, "score", "9.00");
    hears(w, "");
    assert_int_equal(data->count, 5);
    assert_ptr_equal(data->last, at(data, "score"));
    zp_value *cut = computed(w, rate_template, "budget: 5\nrate: ''\n");
    wants(cut, "rate", "spent");
    wants(cut, "score", "spent"); /* by way of the rate */
    wants(cut, "left", "spent");
}

static void what_the_schema_gives_a_row_is_not_taken_from_the_report(void **state)
{
    world *w = *state;
    zp_value *data = computed(w,
                              "schema: {score: {}, rows: {fields: {name: {}, score: {}}}}\n"
                              "figures:\n  half: {each: rows, formula: score / 2}\n",
                              "score: 98\nrows: [{name: 甲}, {name: 乙, score: 90}]\n");
    absent(data, "rows.0.half");
    prints(w, data, "rows.1.half", "45.00");
    hears(w, "");
}

static void the_wrong_kind_of_result_is_an_error(void **state)
{
    world *w = *state;
    const zp_value *data =
        computed(w,
                 "figures:\n  rate: {alias: 执行率, formula: a / n, type: rate}\n"
                 "  money: {formula: a / a, unit: 万元}\n"
                 "  deep: {each: a, formula: 1 + 1}\n",
                 "a: 5万元\nn: 3\nmoney: {b: 1}\n");
    absent(data, "rate");
    hears(w, "unit-mismatch at “a / n”: “执行率”应当是比率，“a / n”算出来却是金额"
             "（请核对算式，以及其中各数的单位）\n"
             "unit-mismatch at “a / a”: “money”应当是金额，“a / a”算出来却是比率"
             "（请核对算式，以及其中各数的单位）\n");
}

static void bare_results_take_the_declared_unit(void **state)
{
    world *w = *state;
    const zp_value *data =
        computed(w,
                 "schema: {c: {alias: 丙, unit: 万元}}\n"
                 "figures:\n  b: {formula: a * 2, unit: 万元}\n"
                 "  c: {formula: a * 3}\n  d: {formula: b + c, unit: 亿元, places: 4}\n",
                 "a: 5000\nc: ''\n");
    prints(w, data, "b", "10000.00");
    prints(w, data, "丙", "15000.00");
    prints(w, data, "d", "2.5000");
    hears(w, "");
}

/* --- Declarations ---------------------------------------------------------------------------- */

static void declarations_are_checked(void **state)
{
    static const char *const cases[][2] = {
        {"figures: {a: {formula: 1 +}}", "bad-formula"},
        {"figures: {a: {formule: 1}}", "bad-figure"},
        {"figures: {a: {alias: b}}", "bad-figure"},
        {"figures: {a: 1}", "bad-figure"},
        {"figures: [1]", "bad-figure"},
        {"figures: {a: {formula: 1, places: 31}}", "bad-figure"},
        {"figures: {a: {formula: 1, places: x}}", "bad-figure"},
        {"figures: {a: {formula: 1, type: monney}}", "bad-figure"},
        {"figures: {a: {formula: 1, type: ''}}", "bad-figure"},
        {"figures: {a: {formula: 1, unit: 很多很多很多的单位}}", "unknown-unit"},
        {"figures: {a: {formula: 1, group: maybe}}", "bad-figure"},
        {"figures: {a: {formula: 1, negative: red}}", "bad-figure"},
        {"figures: {a: {formula: 1, alias: [b, []]}}", "bad-figure"},
        {"figures: {a: {formula: 1, with: 5}}", "bad-figure"},
        {"figures: {a: {formula: 1, each: 1 + 2}}", "bad-figure"},
        {"figures: {a: {formula: 1, each: 项目.}}", "bad-formula"},
        {"figures: {a: {formula: [1]}}", "bad-figure"},
        {"checks: {a: {message: b}}", "bad-figure"},
        {"checks: {a: {rule: 1 = }}", "bad-formula"},
        {"checks: {a: {rule: 1 = 1, formula: 2}}", "bad-figure"},
        {"checks: {a: {rule: 1 = 1, severity: fatal}}", "bad-figure"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world *w = *state;
        w->diag = zp_diag_new(w->arena);
        if (declared(w, cases[i][0]) != NULL)
            fail_msg("%s is taken", cases[i][0]);
        size_t count;
        const zp_message *messages = zp_diag_messages(w->diag, &count);
        assert_true(count > 0);
        if (!zp_str_eq(zp_str_from(messages[0].id), zp_str_from(cases[i][1])))
            fail_msg("%s: %.*s", cases[i][0], ZP_ARG(heard(w)));
        assert_non_null(messages[0].span.source);
    }
}

static void declarations_can_be_dropped(void **state)
{
    world *w = *state;
    const zp_value *data = computed(w,
                                    "figures: {a: , b: false, c: {formula: 1}}\n"
                                    "checks: {d: , e: {rule: 1 = 2}}\n",
                                    "{}");
    assert_int_equal(data->count, 1);
    hears(w, "e at “{rule: 1 = 2}”: 不符合“1 = 2”（现在是 1）（）\n");
    assert_non_null(zp_figures_read(w->arena, NULL, NULL, NULL, w->diag));
}

static void a_check_says_how_grave_it_is(void **state)
{
    world *w = *state;
    const char *template =
        "checks:\n"
        "  grave: {rule: 1 = 2, severity: error, hint: 请核对, basis: 第一条, about: 一等于二}\n"
        "  plain: {rule: 1 = 2}\n"
        "  light: {rule: 1 = 2, severity: hint}\n";
    static const zp_severity wanted[] = {ZP_FLAW, ZP_WARNING, ZP_HINT};
    computed(w, template, "{}");
    size_t count;
    const zp_message *messages = zp_diag_messages(w->diag, &count);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(messages[i].severity, wanted[i]);
    assert_true(zp_str_eq(messages[0].hint, ZP_STR("请核对")));
    assert_true(zp_str_eq(messages[0].basis, ZP_STR("第一条")));
    const zp_figures *figures = declared(w, template);
    const zp_template_rule *rule = zp_figures_rule(figures, 0);
    assert_string_equal(rule->id, "grave");
    assert_true(zp_str_eq(rule->rule, ZP_STR("1 = 2")));
    assert_true(zp_str_eq(rule->about, ZP_STR("一等于二")));
    assert_non_null(zp_figures_rule(figures, 2));
    assert_null(zp_figures_rule(figures, 3));
}

/* --- Many rows ------------------------------------------------------------------------------- */

static zp_value *text(world *w, const char *key, zp_str said, zp_span place)
{
    zp_value *value = zp_value_new(w->arena, ZP_VALUE_TEXT, place);
    value->key = zp_str_from(key);
    value->text = said;
    return value;
}

static void many_rows_take_linear_time(void **state)
{
    world *w = *state;
    enum { ROWS = 10000 };
    zp_value *data = yaml(w, "a.yaml", "rows: []\n");
    for (int i = 0; i < ROWS; i++) {
        zp_value *row = zp_value_new(w->arena, ZP_VALUE_MAP, data->span);
        zp_value_append(row, text(w, "amount", zp_str_format(w->arena, "%d.50", i), data->span));
        zp_value_append(row, text(w, "share", ZP_STR("0.00%"), data->span)); /* mostly wrong */
        zp_value_append(data->first, row);
    }
    const zp_figures *figures = declared(
        w, "figures:\n  share: {each: rows, formula: amount / sum(rows.amount), type: rate}\n"
           "  kinds: {formula: distinct(rows.amount), places: 0}\n"
           "checks: {c: {each: rows, rule: amount <= max(rows.amount)}}\n");
    zp_figures_compute(w->arena, figures, data, w->diag);
    prints(w, data, "kinds", "10000");
    size_t count;
    zp_diag_messages(w->diag, &count);
    assert_true(count > ROWS / 2 && count < ROWS);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_department_has_its_figures),
        TEST(a_figure_is_exact_and_finds_its_filters),
        TEST(the_list_goes_into_the_report_file),
        TEST(a_central_department_has_its_table),
        TEST(a_project_is_scored),
        TEST(what_is_not_filled_in_is_not_guessed),
        TEST(an_evaluation_has_its_blocks),
        TEST(given_figures_agree_at_their_own_decimals),
        TEST(bare_figures_agree_in_the_unit_of_the_other),
        TEST(a_figure_answers_to_all_its_names),
        TEST(what_follows_from_printed_figures_agrees),
        TEST(a_disagreement_names_both_and_the_formula),
        TEST(a_percentage_without_its_sign_is_pointed_out),
        TEST(given_texts_and_truths_are_compared_too),
        TEST(words_of_the_template_may_say_what_is_wrong),
        TEST(cells_agree_as_stored_or_as_shown),
        TEST(nothing_over_nothing_is_no_rate),
        TEST(spending_without_a_budget_is_an_error),
        TEST(what_is_missing_leaves_a_figure_open),
        TEST(what_the_schema_gives_a_row_is_not_taken_from_the_report),
        TEST(the_wrong_kind_of_result_is_an_error),
        TEST(bare_results_take_the_declared_unit),
        TEST(declarations_are_checked),
        TEST(declarations_can_be_dropped),
        TEST(a_check_says_how_grave_it_is),
        TEST(many_rows_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
