/* wording_test.c: words, dates, document numbers, residue, repeated sentences, units of a column.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

static void test_words(void **state)
{
    bench *b = *state;
    expect_found(b, "word-repeat", "完成了了年度任务。\n", "了");
    expect_found(b, "word-repeat", "我局通过通过公开招标确定。\n", "通过");
    expect_none(
        b, "word-repeat",
        "目的的实现，标的的确定，为了了解情况，参与与否，现在在建，天天讨论讨论，一个一个地办。\n");
    expect_found(b, "word-confused", "截止目前，已完成。\n", "截至");
    expect_none(b, "word-confused", "报名截止后，既使用财政资金，又可以经常检查，不报消防。\n");
    expect_found(b, "word-confused", "其它费用。\n", "其他");
    expect_found(b, "relative-time", "去年完成。\n", NULL);
}

static void test_spaces(void **state)
{
    bench *b = *state;
    expect_found(b, "word-space", "全面实施预算绩 效管理，成效明显。\n", NULL);
    expect_none(b, "word-space",
                "# 附件 项目支出绩效自评表\n\n文。\n\n第一条 为了管理，制定本办法。\n");
    expect_none(b, "word-space",
                "填报人 审核人\n\n2023 年完成 3 项，任务。\n\n以“甲 乙”为题，报道。\n");
}

static void test_dates(void **state)
{
    bench *b = *state;
    expect_found(b, "date-zero", "文。\n\n某某局\n\n2024年05月08日\n", "5月8日");
    assert_int_equal(message_of(b, "date-zero")->severity, ZP_ERROR);
    expect_found(b, "date-zero", "于2023年06月05日印发。\n", "6月5日");
    assert_int_equal(message_of(b, "date-zero")->severity, ZP_WARNING);
    expect_found(b, "date-zero", "于2023年06月印发。\n", NULL);
    expect_none(b, "date-zero", "于2023年6月5日、10月20日印发，编号2023-06-05。\n");
    expect_found(b, "date-none", "于2月30日印发。\n", NULL);
    expect_found(b, "date-none", "于13月1日印发。\n", NULL);
    expect_none(b, "date-none", "于2月29日印发。\n");
    expect_found(b, "date-hao", "于6月5号印发。\n", NULL);
    expect_none(b, "date-hao", "迁至5号楼，6月5日印发10号文。\n");
    expect_found(b, "year-short", "编制23年度预算，23年6月下达。\n", NULL);
    expect_none(b, "year-short", "历时23年，近10年度均完成，2023年度。\n");
    expect_found(b, "year-circle", "二O二三年\n", "〇");
    expect_found(b, "year-circle", "二0二三年\n", "〇");
    expect_none(b, "year-circle", "二〇二三年\n");
}

static void test_file_numbers(void **state)
{
    bench *b = *state;
    expect_found(b, "file-number-bracket", "国发（2018）34号。\n", "〔2018〕34号");
    expect_found(b, "file-number-bracket", "国发【2018】34号。\n", "〔2018〕34号");
    expect_found(b, "file-number-form", "国发〔2018〕034号。\n", "〔2018〕34号");
    expect_found(b, "file-number-year", "国发〔18〕34号。\n", NULL);
    expect_none(b, "file-number-bracket",
                "第（3）号，（2023）粤01民初123号，国发〔2018〕34号，甲（2023年）。\n");
}

static void test_residue(void **state)
{
    bench *b = *state;
    expect_found(b, "residue-blank", "单位为××××。\n", NULL);
    expect_found(b, "residue-blank", "金额____万元。\n", NULL);
    expect_found(b, "residue-blank", "结果为【待补充】。\n", NULL);
    expect_found(b, "residue-blank", "TODO：核对。\n", NULL);
    expect_none(b, "residue-blank", "面积3×5米，型号XXL、X1，GB/Txxxx2，TODOLIST，二○二三。\n");
    expect_found(b, "residue-choice", "比上年增长/下降3%。\n", NULL);
    expect_none(b, "residue-choice", "比上年增加3万元，减少（不含结转）2万元。\n");
    expect_found(b, "residue-guide", "概述，300字以内。\n", NULL);
    expect_found(b, "residue-guide", "请填写单位职能。\n", NULL);
    expect_none(b, "residue-guide", "3个工作日以内，填写3张表。\n");
    expect_found(b, "residue-sample", "示例：甲。\n", NULL);
}

#define SENTENCE "我局按照要求组织各科室和下属单位全面开展预算绩效管理各项工作。"

static void test_sentences(void **state)
{
    bench *b = *state;
    expect_found(b, "sentence-repeat", SENTENCE "\n\n文。" SENTENCE "\n", NULL);
    assert_int_equal(message_of(b, "sentence-repeat")->severity, ZP_WARNING);
    expect_none(b, "sentence-repeat",
                SENTENCE "\n\n| 甲 |\n|---|\n| " SENTENCE " |\n| " SENTENCE " |\n");
    expect_none(b, "sentence-repeat", "完成任务。完成任务。\n");
    expect_found(b, "sentence-repeat", "全面完成年度各项目标任务。文。全面完成年度各项目标任务。\n",
                 NULL);
    assert_int_equal(message_of(b, "sentence-repeat")->severity, ZP_HINT);
}

static void test_columns(void **state)
{
    bench *b = *state;
    expect_found(
        b, "column-units",
        "| 项目 | 金额 |\n|---|---|\n| 甲 | 3万元 |\n| 乙 | 2.5万元 |\n| 丙 | 30,000元 |\n", NULL);
    expect_none(
        b, "column-units",
        "| 指标 | 值 |\n|---|---|\n| 甲 | 3万元 |\n| 乙 | 20元 |\n| 丙 | 95% |\n| 丁 | 3元 |\n");
    expect_none(b, "column-units",
                "| 项目 | 金额 |\n|---|---|\n| 甲 | 3 |\n| 乙 | 2元 |\n| 丙 | 无 |\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_words),   TEST(test_spaces),    TEST(test_dates),   TEST(test_file_numbers),
        TEST(test_residue), TEST(test_sentences), TEST(test_columns),
    };
    return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}
