/* substance_test.c: the checks of templates over tables that stand only in the text, and problems
 * without measures. The figures are 示例数据.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

static bool is_ours(const char *id)
{
    return strncmp(id, "indicator_", 10) == 0 || strncmp(id, "project_", 8) == 0 ||
           strcmp(id, "problem-no-measure") == 0 || strcmp(id, "missing-table") == 0;
}

/* The ids of what is found; hints in brackets. */
static zp_str heard(bench *w, const char *front, const char *body)
{
    zp_diag *diag = zp_diag_new(w->arena);
    zp_str text = zp_str_format(w->arena, "---\n标题: 示例\n%s---\n\n%s\n", front, body);
    const zp_source *source = zp_source_new(w->arena, ZP_STR("报告.md"), text);
    const zp_report *report = zp_report_read(w->arena, source, w->template, diag);
    if (report == NULL) {
        zp_buf out = {.arena = w->arena};
        zp_diag_write_text(diag, false, &out);
        fail_msg("%.*s", ZP_ARG(zp_buf_str(&out)));
    }
    diag = zp_diag_new(w->arena);
    zp_check_report(w->arena, report, diag);
    size_t count;
    const zp_message *messages = zp_diag_messages(diag, &count);
    zp_buf out = {.arena = w->arena};
    for (size_t i = 0; i < count; i++) {
        if (!is_ours(messages[i].id))
            continue;
        zp_buf_format(&out, messages[i].severity == ZP_HINT ? "(%s) " : "%s ", messages[i].id);
        assert_true(messages[i].place.n > 0);
    }
    return zp_buf_str(&out);
}

static void hears(bench *w, const char *front, const char *body, const char *wanted)
{
    zp_str got = heard(w, front, body);
    if (!zp_str_eq(got, zp_str_from(wanted)))
        fail_msg("heard: %.*s\nshould be: %s\n%s", ZP_ARG(got), wanted, body);
}

#define HEAD                                                                                       \
    "|一级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因|\n|--|--|--|--|--|--|--|\n"

static void tables_of_scores_are_checked(void **state)
{
    bench *w = *state;
    hears(w, "",
          HEAD "|产出指标|人次|≥100人次|100人次|40|40||\n|效益指标|影响面|≥10个|10个|40|39|"
               "材料欠缺|\n|满意度指标|满意度|≥90%|95%|20|20|无|\n|总分||||100|99||\n",
          "");
    hears(w, "",
          HEAD "|产出指标|人次|≥100人次|90人次|40|36|无|\n|效益指标|影响面|≥10个|10个|40|40||\n"
               "|满意度指标|满意度|≥90%|95%|20|20||\n|总分||||100|96||\n",
          "indicator_reason ");
    hears(w, "",
          HEAD "|产出指标|人次|≥100人次|90人次|40|40|/|\n|效益指标|影响面|≥10个|20个|40|40||\n"
               "|满意度指标|满意度|≥90%|95%|20|19|少|\n|总分||||100|99||\n",
          "indicator_missed indicator_overachieved ");
    hears(w, "",
          HEAD "|产出指标|人次|≥100人次|100人次|30|30||\n|效益指标|影响面|≥10个|10个|20|19|少|\n"
               "|总分||||50|49||\n",
          "indicator_points ");
    /* an extract */
    hears(w, "",
          HEAD "|产出指标|人次|≥100人次|100人次|30|30||\n|效益指标|影响面|≥10个|10个|20|19|少|\n",
          "(indicator_points) ");
    /* the rest are the execution rate's */
    hears(w, "",
          HEAD "|产出指标|人次|≥100人次|100人次|50|50||\n|效益指标|影响面|≥10个|10个|40|39|少|\n"
               "|总分||||90|89||\n",
          "");
}

/* Without a column of reasons none are asked for: they may stand in the text. */
static void reasons_are_asked_for_in_their_column(void **state)
{
    bench *w = *state;
    hears(w, "",
          "|三级指标|年度指标值|实际完成值|分值|得分|\n|--|--|--|--|--|\n"
          "|人次|≥100人次|90人次|60|54|\n|影响面|≥10个|10个|40|40|\n|总分|||100|94|\n",
          "");
}

static void tables_go_on_each_other(void **state)
{
    hears(*state, "",
          "甲：\n\n" HEAD
          "|产出指标|人次|≥100人次|100人次|60|60||\n|合计||||60|60||\n\n乙：\n\n" HEAD
          "|效益指标|影响面|≥10个|10个|40|39|少|\n|合计||||40|39||\n",
          "");
}

static void other_tables_are_left_alone(void **state)
{
    bench *w = *state;
    hears(w, "", "|项目|预算数|执行数|\n|--|--|--|\n|甲|1|1|\n", "");
    hears(w, "", "|一级指标|二级指标|三级指标|\n|--|--|--|\n|产出|数量|人次|\n", "");
    /* held by the data, which were checked when they were read */
    hears(w, "指标: [{三级指标: 甲, 分值: 100, 得分: 100}]\n",
          HEAD "|产出指标|人次|≥100人次|90人次|40|36|无|\n", "");
}

static void printed_tables_are_no_evidence(void **state)
{
    hears(*state, "示例: 90人次\n", HEAD "|产出指标|人次|≥100人次|{{示例}}|40|36|无|\n", "");
}

static void forms_are_read(void **state)
{
    static const char form[] =
        "表：项目支出绩效自评表\n\n|项目名称|示例项目|<|<|<|<|<|<|\n|--|--|--|--|--|--|--|--|\n"
        "|主管部门|示例局|<|<|实施单位|示例单位|<|<|\n"
        "|项目资金（万元）|<|年初预算数|全年预算数(A)|全年执行数(B)|分值|执行率(B/A)|得分|\n"
        "|^|年度资金总额|100|100|%s|10|90%%|9|\n|^|其中：当年财政拨款|100|%s|90|—||—|\n"
        "|^|上年结转资金||||—||—|\n|^|其他资金||||—||—|\n"
        "|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因|\n"
        "|产出指标|数量指标|培训人次|≥100人次|90人次|50|45|报名少|\n"
        "|效益指标|社会效益|影响面|≥10个|10个|30|30|无|\n"
        "|满意度指标|满意度|满意度|≥90%%|95%%|10|10|无|\n|总分|<|<|<|<|100|94|<|\n";
    bench *w = *state;
    zp_str right = zp_str_format(w->arena, form, "90", "100");
    hears(w, "", zp_str_cstr(w->arena, right), "");
    zp_str wrong = zp_str_format(w->arena, form, "120", "90");
    hears(w, "", zp_str_cstr(w->arena, wrong),
          "project_funds_budget project_funds_spent project_spent_within_budget ");
}

static void problems_have_measures(void **state)
{
    static const char problem[] = "一是预算编制不够细致，个别指标值偏低，管理制度有待完善。\n\n";
    bench *w = *state;
    const char *with = zp_str_cstr(
        w->arena, zp_str_format(w->arena, "## 一、存在的问题\n\n%s## 二、下一步改进措施\n\n%s",
                                problem, "一是细化预算编制，合理设置指标值；二是完善制度。\n"));
    hears(w, "", with, "");
    const char *without = zp_str_cstr(
        w->arena,
        zp_str_format(w->arena, "## 一、存在的问题\n\n%s## 二、下一步改进措施\n\n无\n", problem));
    hears(w, "", without, "problem-no-measure ");
    hears(w, "", "## 一、存在的问题\n\n无。\n\n## 二、下一步改进措施\n", "");
    const char *joined = zp_str_cstr(
        w->arena, zp_str_format(w->arena, "## 一、存在的问题及改进措施\n\n%s", problem));
    hears(w, "", joined, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tables_of_scores_are_checked),   TEST(reasons_are_asked_for_in_their_column),
        TEST(tables_go_on_each_other),        TEST(other_tables_are_left_alone),
        TEST(printed_tables_are_no_evidence), TEST(forms_are_read),
        TEST(problems_have_measures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
