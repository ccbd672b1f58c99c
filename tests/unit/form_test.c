/* form_test.c: self-evaluation forms of the ministry and of cities, read by descriptions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "data/form.h"
#include "data/yaml.h"
#include "drawn.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = zp_arena_new();
    f->diag = zp_diag_new(f->arena);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    zp_arena_free(f->arena);
    free(f);
    return 0;
}

static zp_sheet *draw(fixture *f, const char *text)
{
    zp_sheet_maker maker = {.arena = f->arena, .diag = f->diag};
    return draw_sheet(&maker, text);
}

static const zp_value *describe(fixture *f, const char *yaml)
{
    const zp_source *source = zp_source_new(f->arena, ZP_STR("template.yaml"), zp_str_from(yaml));
    const zp_value *form = zp_yaml_read(f->arena, zp_span_of(source, 0, source->text.n), f->diag);
    assert_non_null(form);
    return form;
}

/* 财预〔2020〕10号, annex 1. */
static zp_sheet *national_form(fixture *f)
{
    return draw(
        f, "项目支出绩效自评表|<|<|<|<|<|<|<|<\n"
           "（ 2024 年度）|<|<|<|<|<|<|<|<\n"
           "项目名称|<|示例项目（示例数据）|<|<|<|<|<|<\n"
           "主管部门|<|001-某某局|<|<|实施单位：|某某中心|<|<\n"
           "项目资金（万元）|<||<|年初预算数|全年预算数（A）|全年执行数(B)|分值|执行率(B/A)|得 分\n"
           "^|^|年度资金总额|<|#100|#120|#110|#10|#91.67%|#9.17\n"
           "^|^|其中：当年财政拨款|<|#90|#110|#100|—||—\n"
           "^|^|上年结转资金|<|#10|#10|#10|—||—\n"
           "^|^|　　其他资金|<|||#0|—||—\n"
           "年度总体目标|预期目标|<|<|<|<|实际完成情况|<|<|<\n"
           "^|建成。|<|<|<|<|已建成。|<|<|<\n"
           "绩效指标|一级指标|二级指标|三级指标|<|年度指标值|实际完成值|分值|得分|"
           "偏差原因分析及改进措施\n"
           "^|产出指标(50)|数量指标|座数|<|≥2座|2座|25|25|\n"
           "^|^|质量指标|合格率|<|100%|100%|25|25|\n"
           "^|效益指标(30)|社会效益|满意|<|好|好|30|28|不足\n"
           "^|满意度指标(10)|服务对象满意度指标|满意度|<|≥90%|95%|10|10|\n"
           "总分：100|<|<|<|<|<|<|100|97.17|\n"
           "填表人：张|<|<|<|<|<|<|||\n");
}

static const char national_description[] =
    "title: 项目支出绩效自评表\n"
    "fields:\n"
    "  name: 项目名称\n"
    "  department.name: 主管部门\n"
    "  department.unit: 实施单位\n"
    "  goal.expected: {label: 预期目标, at: below}\n"
    "  goal.actual: {label: 实际完成情况, at: below}\n"
    "  year: {label: 年度, at: inside}\n"
    "grids:\n"
    "  funds:\n"
    "    rows: {total: 年度资金总额, fiscal: [财政拨款, 当年财政拨款], other: 其他资金}\n"
    "    columns: {initial: 年初预算数, budget: 全年预算数(A), points: 分值, rate: 执行率(B/A)}\n"
    "lists:\n"
    "  indicators: {head: [一级指标, 三级指标], until: 总分, fill: [一级指标, 二级指标]}\n";

/* A tree as text, with units and cells: a.b=text[unit]@row:column, a line each. */
static void dump(const zp_value *value, zp_str path, zp_arena *arena, zp_buf *out)
{
    if (value->kind == ZP_VALUE_MAP || value->kind == ZP_VALUE_LIST) {
        size_t i = 0;
        for (const zp_value *entry = value->first; entry; entry = entry->next, i++) {
            zp_str key = entry->key.n ? entry->key : zp_str_format(arena, "%zu", i);
            zp_str inner =
                path.n ? zp_str_format(arena, "%.*s.%.*s", ZP_ARG(path), ZP_ARG(key)) : key;
            dump(entry, inner, arena, out);
        }
        return;
    }
    zp_buf_format(out, "%.*s=%.*s", ZP_ARG(path), ZP_ARG(value->text));
    if (value->unit.n)
        zp_buf_format(out, "[%.*s]", ZP_ARG(value->unit));
    assert_non_null(value->span.source);
    assert_non_null(value->key_span.source);
    if (value->span.start != ZP_WHOLE_FILE) {
        size_t line, column;
        zp_source_place(value->span.source, value->span.start, &line, &column);
        size_t tabs = 0;
        for (size_t i = value->span.source->lines[line - 1]; i < value->span.start; i++)
            tabs += value->span.source->text.p[i] == '\t';
        zp_buf_format(out, " %c%zu", (char)('A' + tabs), line);
    }
    zp_buf_lit(out, "\n");
}

static void assert_form(fixture *f, const zp_value *form, const char *expected)
{
    assert_non_null(form);
    zp_buf out = {.arena = f->arena};
    dump(form, ZP_STR(""), f->arena, &out);
    zp_str text = zp_buf_str(&out);
    if (!zp_str_eq(text, zp_str_from(expected)))
        fail_msg("\n%.*sis not\n%s", ZP_ARG(text), expected);
}

static size_t count_messages(const fixture *f, const char *id)
{
    size_t count, found = 0;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    for (size_t i = 0; i < count; i++)
        found += strcmp(messages[i].id, id) == 0;
    return found;
}

static void assert_quiet(const fixture *f)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    if (count)
        fail_msg("%.*s", ZP_ARG(messages[0].message));
}

static void the_national_form_is_read(void **state)
{
    fixture *f = *state;
    const zp_value *description = describe(f, national_description);
    assert_true(zp_form_check(description, f->diag));
    zp_sheet *sheet = national_form(f);
    assert_true(zp_form_matches(sheet, description));
    assert_form(f, zp_form_read(f->arena, sheet, description, f->diag),
                "name=示例项目（示例数据） C3\n"
                "department.name=001-某某局 C4\n"
                "department.unit=某某中心 G4\n"
                "goal.expected=建成。 B11\n"
                "goal.actual=已建成。 G11\n"
                "year=2024 A2\n"
                "funds.total.initial=100[万元] E6\n"
                "funds.total.budget=120[万元] F6\n"
                "funds.total.points=10 H6\n"
                "funds.total.rate=91.67% I6\n"
                "funds.fiscal.initial=90[万元] E7\n"
                "funds.fiscal.budget=110[万元] F7\n"
                "funds.fiscal.points=— H7\n"
                "funds.fiscal.rate= I7\n"
                "funds.other.initial= E9\n"
                "funds.other.budget= F9\n"
                "funds.other.points=— H9\n"
                "funds.other.rate= I9\n"
                "indicators.0.一级指标=产出指标(50) B13\n"
                "indicators.0.二级指标=数量指标 C13\n"
                "indicators.0.三级指标=座数 D13\n"
                "indicators.0.年度指标值=≥2座 F13\n"
                "indicators.0.实际完成值=2座 G13\n"
                "indicators.0.分值=25 H13\n"
                "indicators.0.得分=25 I13\n"
                "indicators.0.偏差原因分析及改进措施= J13\n"
                "indicators.1.一级指标=产出指标(50) B13\n"
                "indicators.1.二级指标=质量指标 C14\n"
                "indicators.1.三级指标=合格率 D14\n"
                "indicators.1.年度指标值=100% F14\n"
                "indicators.1.实际完成值=100% G14\n"
                "indicators.1.分值=25 H14\n"
                "indicators.1.得分=25 I14\n"
                "indicators.1.偏差原因分析及改进措施= J14\n"
                "indicators.2.一级指标=效益指标(30) B15\n"
                "indicators.2.二级指标=社会效益 C15\n"
                "indicators.2.三级指标=满意 D15\n"
                "indicators.2.年度指标值=好 F15\n"
                "indicators.2.实际完成值=好 G15\n"
                "indicators.2.分值=30 H15\n"
                "indicators.2.得分=28 I15\n"
                "indicators.2.偏差原因分析及改进措施=不足 J15\n"
                "indicators.3.一级指标=满意度指标(10) B16\n"
                "indicators.3.二级指标=服务对象满意度指标 C16\n"
                "indicators.3.三级指标=满意度 D16\n"
                "indicators.3.年度指标值=≥90% F16\n"
                "indicators.3.实际完成值=95% G16\n"
                "indicators.3.分值=10 H16\n"
                "indicators.3.得分=10 I16\n"
                "indicators.3.偏差原因分析及改进措施= J16\n");
    assert_quiet(f);
}

/* A city's form: a unit for the whole sheet, blanks for what stands above, and a block of its own
 * for the execution. */
static void a_city_form_is_read(void **state)
{
    fixture *f = *state;
    const zp_value *description =
        describe(f, "title: [部门整体绩效自评表, 项目自评表]\n"
                    "fields: {code: 项目编码}\n"
                    "grids:\n"
                    "  budget:\n"
                    "    rows: {all: [合计, 总计]}\n"
                    "    columns: {initial: 年初预算数, year: 全年(调整)预算数, rate: 执行率}\n"
                    "lists:\n"
                    "  indicators: {head: [指标名称, 计量单位], fill: 类别}\n");
    assert_true(zp_form_check(description, f->diag));
    zp_sheet *sheet = draw(f, "2024年重庆某区项目自评表（示例数据）|<|<|<|<|<\n"
                              "编制单位：某某局|||||金额单位：元\n"
                              "项目编码|0012|||||\n"
                              "资金|年初预算数|全年（调整）预算数|全年执行数|执行率（%）|得分\n"
                              "总 计|#10|#20|#5|#25|#2.5\n"
                              "类别|指标名称|计量单位|全年完成值|得分系数（%）|\n"
                              "产出|面积|亩|#3|#100|\n"
                              "|天数|天|#4|#90|\n"
                              "|<|<|<|<|\n"
                              "效益|收入|元|#5|#80|\n"
                              "小计||||\n"
                              "合计||||#9|\n"
                              "|x|y|||\n");
    assert_true(zp_form_matches(sheet, description));
    assert_form(f, zp_form_read(f->arena, sheet, description, f->diag),
                "code=0012 B3\n"
                "budget.all.initial=10[元] B5\n"
                "budget.all.year=20[元] C5\n"
                "budget.all.rate=25[%] E5\n"
                "indicators.0.类别=产出[元] A7\n"
                "indicators.0.指标名称=面积[元] B7\n"
                "indicators.0.计量单位=亩[元] C7\n"
                "indicators.0.全年完成值=3[元] D7\n"
                "indicators.0.得分系数=100[%] E7\n"
                "indicators.1.类别=产出[元] A7\n"
                "indicators.1.指标名称=天数[元] B8\n"
                "indicators.1.计量单位=天[元] C8\n"
                "indicators.1.全年完成值=4[元] D8\n"
                "indicators.1.得分系数=90[%] E8\n"
                "indicators.2.类别=效益[元] A10\n"
                "indicators.2.指标名称=收入[元] B10\n"
                "indicators.2.计量单位=元[元] C10\n"
                "indicators.2.全年完成值=5[元] D10\n"
                "indicators.2.得分系数=80[%] E10\n");
    assert_quiet(f);
}

static void another_sheet_is_not_the_form(void **state)
{
    fixture *f = *state;
    const zp_value *description = describe(f, national_description);
    assert_false(zp_form_matches(draw(f, "项目名称|甲\n"), description));
    assert_false(zp_form_matches(draw(f, ""), description));
    assert_false(zp_form_matches(draw(f, "项目支出\n"), describe(f, "fields: {a: b}\n")));
    assert_true(zp_form_matches(draw(f, "x|附件 2024 项目支出 绩效自评表\n"), description));
}

static void a_missing_label_is_told_with_the_nearest(void **state)
{
    fixture *f = *state;
    const zp_value *description =
        describe(f, "fields: {a: 项目名称, b: 实施单位, c: {label: 年度, at: inside}}\n"
                    "grids: {g: {rows: {x: 总额, y: 结转资金}, columns: {p: 预算数, q: 执行数}},\n"
                    "        h: {rows: {x: 总额}, columns: {p: 没有}}}\n"
                    "lists: {l: {head: [一级, 二级]}, m: {head: [项目名称, 备注]}}\n");
    zp_sheet *sheet = draw(f, "项目名称|甲|实施单们|\n"
                              "|预算数||\n"
                              "总额|1||\n"
                              "|||备注\n");
    assert_form(f, zp_form_read(f->arena, sheet, description, f->diag),
                "a=甲 B1\n"
                "g.x.p=1 B3\n");
    /* 实施单位, the head of m, and all that resembles nothing at once */
    assert_int_equal(count_messages(f, "missing-label"), 3);
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    assert_int_equal(count, 3);
    assert_string_equal(zp_str_cstr(f->arena, messages[2].message),
                        "表上没有找到“年度”“执行数”“结转资金”“没有”“一级”“二级”");
    assert_int_equal(messages[0].severity, ZP_WARNING);
    assert_true(zp_str_find(messages[0].message, ZP_STR("实施单位"), 0) < messages[0].message.n);
    assert_true(zp_str_find(messages[0].hint, ZP_STR("实施单们"), 0) < messages[0].hint.n);
}

static void a_line_that_nobody_needed_is_none(void **state)
{
    fixture *f = *state;
    const zp_value *description =
        describe(f, "lists: {l: {head: [一级指标, 三级指标], fill: [一级指标, 二级指标]}}\n");
    zp_sheet *sheet = draw(f, "一级指标|二级指标|三级指标|分值\n"
                              "产出指标|数量指标|座数|50\n"
                              "|质量指标||\n"
                              "||合格率|\n");
    const zp_value *form = zp_form_read(f->arena, sheet, description, f->diag);
    const zp_value *rows = zp_value_find(form, ZP_STR("l"));
    assert_int_equal(rows->count, 2);
    assert_true(
        zp_str_eq(zp_value_text(zp_value_find(rows->last, ZP_STR("三级指标"))), ZP_STR("合格率")));
    assert_quiet(f);
}

static void figures_stand_inside_labels(void **state)
{
    static const struct {
        const char *text, *figures;
    } cases[] = {
        {"（2024年度）", "2024"},           {"（２０２４ 年度）", "2024"}, {"（    年度）", ""},
        {"2023年 表（2024年度）1", "2024"}, {"年度：2024（1）", "2024"},   {"第3期年度", "3"},
        {"（   年度）|2024年度", "2024"},
    };
    fixture *f = *state;
    const zp_value *description = describe(f, "fields: {y: {label: 年度, at: inside}}\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const zp_value *form = zp_form_read(f->arena, draw(f, cases[i].text), description, f->diag);
        assert_int_equal(form->count, 1);
        if (!zp_str_eq(form->first->text, zp_str_from(cases[i].figures)))
            fail_msg("%s: %.*s", cases[i].text, ZP_ARG(form->first->text));
        assert_int_equal(form->first->kind, cases[i].figures[0] ? ZP_VALUE_TEXT : ZP_VALUE_NULL);
    }
}

/* The corner stands in the header's row, then beside the rows; 分值 stands above the header too. */
static void a_grid_has_its_corners_unit(void **state)
{
    static const char *const sheets[] = {
        "分值|x||\n"
        "资金（千元）|预算数|执行率|分值\n"
        "总额|#1|#2|#3\n",
        "分值|x|||\n"
        "|||预算数|执行率|分值\n"
        "资金（千元）|总额||#1|#2|#3\n",
        "分值|x|||\n"
        "|||预算数|执行率|分值\n"
        "|总额（千元）||#1|#2|#3\n",
        "单位：千元|<|<\n"
        "分值|x||\n"
        "|预算数|执行率|分值\n"
        "总额|#1|#2|#3\n",
    };
    fixture *f = *state;
    const zp_value *description =
        describe(f, "grids: {g: {rows: {t: 总额}, columns: {p: 分值, b: 预算数, r: 执行率}}}\n");
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        const zp_value *form = zp_form_read(f->arena, draw(f, sheets[i]), description, f->diag);
        const zp_value *row = zp_value_path(form, ZP_STR("g.t"));
        const zp_value *budget = zp_value_find(row, ZP_STR("b"));
        assert_true(zp_str_eq(zp_value_text(budget), ZP_STR("1")));
        assert_true(zp_str_eq(budget->unit, ZP_STR("千元")));
        assert_int_equal(zp_value_find(row, ZP_STR("r"))->unit.n, 0);
        assert_true(zp_str_eq(zp_value_text(zp_value_find(row, ZP_STR("p"))), ZP_STR("3")));
    }
    assert_quiet(f);
}

static void a_value_may_be_beyond_the_sheet(void **state)
{
    fixture *f = *state;
    const zp_value *description =
        describe(f, "fields: {a: 右, b: {label: 下, at: below}, c: 右（元）}\n");
    const zp_value *form =
        zp_form_read(f->arena, draw(f, "x|右（元）\n下|\n"), description, f->diag);
    assert_int_equal(form->count, 3);
    for (const zp_value *value = form->first; value; value = value->next)
        assert_int_equal(value->kind, ZP_VALUE_NULL);
    assert_quiet(f);
}

static void bad_descriptions_are_told(void **state)
{
    static const char *const bad[] = {
        "titel: x\n",
        "title: {a: b}\n",
        "title: ''\n",
        "fields: [a, b]\n",
        "fields: {}\n",
        "fields: {a: }\n",
        "fields: {a: []}\n",
        "fields: {a: [x, [y]]}\n",
        "fields: {a..b: x}\n",
        "fields: {.a: x}\n",
        "fields: {a.: x}\n",
        "fields: {a: {at: below}}\n",
        "fields: {a: {label: x, at: above}}\n",
        "fields: {a: {label: x, where: below}}\n",
        "fields: {a: x, a.b: y}\n",
        "fields: {a.b: y, a-c: z, a: x}\n",
        "fields: {a: x}\nlists: {a: {head: [x]}}\n",
        "grids: {g: {rows: {a: x}}}\n",
        "grids: {g: {rows: {a: x}, columns: []}}\n",
        "grids: {g: {rows: {a.b: x}, columns: {c: y}}}\n",
        "grids: {g: {rows: {a: x}, columns: {c: y}, other: z}}\n",
        "grids: {g: x}\n",
        "lists: {l: {head: x}}\n",
        "lists: {l: {until: x}}\n",
        "lists: {l: {head: [x], until: {a: b}}}\n",
        "lists: {l: {head: [x], fil: y}}\n",
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t before = count_messages(f, "bad-form");
        if (zp_form_check(describe(f, bad[i]), f->diag))
            fail_msg("%s is good", bad[i]);
        assert_int_equal(count_messages(f, "bad-form"), before + 1);
    }
    const zp_value *text = describe(f, "a: b\n")->first;
    assert_false(zp_form_check(text, f->diag));
    assert_true(zp_form_check(describe(f, "fields: {a.b: x, a.c: y, ab: z}\n"), f->diag));
}

static void add(zp_sheet_maker *maker, uint32_t row, uint32_t column, zp_str text)
{
    zp_cell cell = {.kind = ZP_CELL_TEXT, .text = text, .row = row, .column = column};
    zp_sheet_add(maker, &cell);
}

static void labels_that_are_everywhere_take_no_time(void **state)
{
    static const char *const labels[] = {"年初预算数", "全年预算数(A)", "分值", "执行率(B/A)",
                                         "一级指标",   "年度资金总额",  "年度"};
    fixture *f = *state;
    zp_sheet_maker maker = {.arena = f->arena, .diag = f->diag};
    for (uint32_t i = 0; i < 300000; i++)
        add(&maker, i / 3, i % 3, zp_str_from(labels[i % 7]));
    zp_sheet *sheet = zp_sheet_finish(&maker, NULL, ZP_STR("b.xlsx"), ZP_STR("表"));
    const zp_value *form =
        zp_form_read(f->arena, sheet, describe(f, national_description), f->diag);
    assert_true(form->count < 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_national_form_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_city_form_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_sheet_is_not_the_form, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_label_is_told_with_the_nearest, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_line_that_nobody_needed_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(figures_stand_inside_labels, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_grid_has_its_corners_unit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_value_may_be_beyond_the_sheet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_descriptions_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_that_are_everywhere_take_no_time, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
