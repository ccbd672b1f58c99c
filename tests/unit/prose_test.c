/* prose_test.c: the rules of figures in prose: what each must find, with the right figure, and the
 * texts that look like it and are right. The figures are 示例数据.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

/* A wrong text, what is expected there (NULL: it cannot be known), and the text put right. */
typedef struct {
    const char *id, *wrong, *expected, *right;
} pair;

/* How often a rule of figures speaks, whichever it is. */
static bool is_of_figures(const char *id)
{
    static const char *const families[] = {"figure-", "quote-", "score-", "year-", "list-"};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (strncmp(id, families[i], strlen(families[i])) == 0)
            return true;
    return false;
}

/* How many findings of figures there are; told, where there should be others. */
static size_t heard(const bench *b, zp_buf *out)
{
    size_t count, found = 0;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    for (size_t i = 0; i < count; i++)
        if (is_of_figures(messages[i].id)) {
            found++;
            zp_buf_format(out, "    %s, expected %.*s: %.*s\n", messages[i].id,
                          ZP_ARG(messages[i].expected), ZP_ARG(messages[i].message));
        }
    return found;
}

static void check(bench *b, const char *text)
{
    if (strncmp(text, "---\n", 4) == 0)
        check_text(b, zp_str_from(text));
    else
        check_body(b, text);
}

static int try_pair(bench *b, const pair *p)
{
    int failed = 0;
    check(b, p->wrong);
    zp_buf out = {.arena = b->arena};
    size_t found = heard(b, &out);
    const zp_message *message = message_of(b, p->id);
    if (found != 1 || message == NULL ||
        (p->expected && !zp_str_eq(message->expected, zp_str_from(p->expected)))) {
        print_error("%s should be found once, and expect %s:\n  %s\n%.*s", p->id,
                    p->expected ? p->expected : "anything", p->wrong, ZP_ARG(zp_buf_str(&out)));
        failed++;
    }
    check(b, p->right);
    out = (zp_buf){.arena = b->arena};
    if (heard(b, &out) > 0) {
        print_error("put right:\n  %s\n%.*s", p->right, ZP_ARG(zp_buf_str(&out)));
        failed++;
    }
    return failed;
}

static void each_rule_finds_its_slip_and_nothing_in_the_text_put_right(void **state)
{
    static const pair pairs[] = {
        {"figure-repeat",
         "调整后预算数3074.03万元，实际支出数3062.66万元，预算执行率99.63%。\n\n部门整体支出3026."
         "66万元。",
         "3062.66万元",
         "调整后预算数3074.03万元，实际支出数3062.66万元，预算执行率99.63%。\n\n部门整体支出3062."
         "66万元。"},
        {"figure-rate", "调整后预算数3074.03万元，实际支出数3062.66万元，预算执行率99.36%。",
         "99.63%", "调整后预算数3074.03万元，实际支出数3062.66万元，预算执行率99.63%。"},
        {"figure-share", "支出200万元，其中基本支出150万元，占总支出的70%。", "75%",
         "支出200万元，其中基本支出150万元，占总支出的75%。"},
        {"figure-quotient", "收到64件，处理61件，达95.13%。", "95.31%",
         "收到64件，处理61件，达95.31%。"},
        {"figure-growth", "支出比上年的6517.08万元增加467.25万元，增长7.71%。", "7.17%",
         "支出比上年的6517.08万元增加467.25万元，增长7.17%。"},
        {"figure-change", "全年支出6984.33万元，比上年的6517.08万元增加476.25万元。", "467.25万元",
         "全年支出6984.33万元，比上年的6517.08万元增加467.25万元。"},
        {"figure-part", "全年支出300万元，其中项目支出380万元。", NULL,
         "全年支出380万元，其中项目支出300万元。"},
        {"figure-part-share", "支出200万元，其中基本支出150万元，占75%；项目支出50万元，占30%。",
         "25%", "支出200万元，其中基本支出150万元，占75%；项目支出50万元，占25%。"},
        {"figure-over", "养老机构14家，其中公办7家、民办9家。", NULL,
         "养老机构14家，其中公办5家、民办9家。"},
        {"figure-sum", "基本支出300万元，其中人员经费200万元，公用经费120万元。", NULL,
         "基本支出300万元，其中人员经费200万元，公用经费100万元。"},
        {"figure-adjusted", "年初预算100万元，追加20万元，调整后预算130万元。", NULL,
         "年初预算100万元，追加20万元，调整后预算120万元。"},
        {"figure-balance", "全年预算100万元，全年支出90万元，结余12万元。", NULL,
         "全年预算100万元，全年支出90万元，结余10万元。"},
        {"figure-near", "拨付工程款18642.35万元。\n\n工程款共16842.35万元。", NULL,
         "拨付工程款18642.35万元。\n\n工程款共18642.35万元。"},
        {"figure-data",
         "---\n标题: 示例\n预算: {金额单位: 万元, 实际支出数: 3062.66}\n---\n\n实际支出3026.66万元"
         "。\n",
         "3062.66万元",
         "---\n标题: 示例\n预算: {金额单位: 万元, 实际支出数: 3062.66}\n---\n\n实际支出3062.66万元"
         "。\n"},
        /* The template's grades begin at 90 and 0: too few digits for a slip of the hand. A year
           counts nothing. */
        {"figure-data",
         "---\n标题: 示例\n年度: 2023\n预算: {金额单位: 万元, 实际支出数: "
         "3062.66}\n---\n\n实际支出306.26万元"
         "，巡查7000处，整改2090处，回访2032户。\n",
         "3062.66万元",
         "---\n标题: 示例\n年度: 2023\n预算: {金额单位: 万元, 实际支出数: "
         "3062.66}\n---\n\n实际支出3062.66万元"
         "，巡查7000处，整改2090处，回访2032户。\n"},
        {"quote-slip",
         "新建农村卫生厕所1742户。\n\n| 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n"
         "|--|--|--|--|--|\n| 新建农村卫生厕所 | 1724户 | 1724户 | 10 | 10 |\n",
         "1724户",
         "新建农村卫生厕所1724户。\n\n| 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n"
         "|--|--|--|--|--|\n| 新建农村卫生厕所 | 1724户 | 1724户 | 10 | 10 |\n"},
        {"quote-differs",
         "新建农村卫生厕所1655户。\n\n| 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n"
         "|--|--|--|--|--|\n| 新建农村卫生厕所 | 1724户 | 1724户 | 10 | 10 |\n",
         NULL,
         "新建农村卫生厕所1724户。\n\n| 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n"
         "|--|--|--|--|--|\n| 新建农村卫生厕所 | 1724户 | 1724户 | 10 | 10 |\n"},
        {"score-range", "自评得分198.96分。", NULL, "自评得分98.96分。"},
        {"score-grade", "自评得分58.96分，评价等级为“优”。", NULL,
         "自评得分98.96分，评价等级为“优”。"},
        {"year-heading", "## 一、2022年度总体工作\n\n正文。\n", NULL,
         "## 一、2023年度总体工作\n\n正文。\n"},
        {"year-stale", "2022年度，实际支出数3062.66万元。", NULL,
         "2023年度，实际支出数3062.66万元。"},
        {"list-count", "内设4个股室，分别是办公室、规划股、财务股。", NULL,
         "内设3个股室，分别是办公室、规划股、财务股。"},
        {"list-steps", "存在以下四个问题：一是编制粗。二是执行慢。三是监管弱。", NULL,
         "存在以下三个问题：一是编制粗。二是执行慢。三是监管弱。"},
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        failed += try_pair(*state, &pairs[i]);
    assert_int_equal(failed, 0);
}

static void try_silent(bench *b, const char *const *texts, size_t count)
{
    int failed = 0;
    for (size_t i = 0; i < count; i++) {
        check(b, texts[i]);
        zp_buf out = {.arena = b->arena};
        if (heard(b, &out) == 0)
            continue;
        print_error("should be silent:\n  %s\n%.*s", texts[i], ZP_ARG(zp_buf_str(&out)));
        failed++;
    }
    assert_int_equal(failed, 0);
}

#define SILENT(b, texts) try_silent((b), (texts), sizeof(texts) / sizeof *(texts))

static void rounding_is_no_error(void **state)
{
    static const char *const texts[] = {
        "实际支出数3062.66万元。\n\n部门整体支出3062.7万元。",
        "实际支出数3062.66万元。\n\n部门整体支出30626600元。",
        "调整后预算数3074.03万元，实际支出数3062.66万元，预算执行率99.6%。",
        "基本支出300.01万元，其中人员经费200.00万元，公用经费100.00万元。",
        "支出比上年的6517.1万元增加467.3万元，增长7.17%。",
        "年初预算100.00万元，追加20.01万元，调整后预算120.02万元。",
    };
    SILENT(*state, texts);
}

static void other_things_may_have_other_figures(void **state)
{
    static const char *const texts[] = {
        /* funds */
        "一般公共预算支出3062.66万元。\n\n政府性基金预算支出2985.12万元。",
        /* owners */
        "“培训”支出30.25万元。\n\n“会议”支出30.52万元。",
        "实际支出数3062.66万元。\n\n“培训”支出30.66万元。",
        /* years */
        "实际支出数3062.66万元。\n\n上年支出2985.12万元。",
        "支出3062.66万元，上年支出2985.12万元。",
        "2022年度支出50万元，比2021年度增加。2023年度支出60万元。",
        /* rough figures and ranges */
        "实际支出数3062.66万元。\n\n支出约3100万元。",
        "自评得分在90～95分之间。",
        "支出10～20万元，其中项目支出15～30万元。",
        "满意度95%以上。\n\n满意度98.5%。",
    };
    SILENT(*state, texts);
}

static void parts_need_not_be_all(void **state)
{
    static const char *const texts[] = {
        "养老机构14家，其中公办3家、民办5家等。",
        "养老机构14家，其中公办3家。",
        "支出300万元，其中设备采购80万元，维修60万元。",
        "甲乙两地分别安排30万元、50万元，完成率分别为95%、98%。",
        "下达资金100万元，其中省级资金60万元。另安排设备款200万元。",
        "内设机构9个，分别是办公室、规划股、财务股等。",
        "支出200万元，其中基本支出150万元，占75%。",
    };
    SILENT(*state, texts);
}

static void two_tables_may_have_rows_of_one_name(void **state)
{
    static const char *const texts[] = {
        "| 项目 | 预算数 | 执行数 |\n|--|--|--|\n| 培训 | 30.25万元 | 30.25万元 |\n\n正文。\n\n"
        "| 项目 | 年度 | 执行数 |\n|--|--|--|\n| 培训 | 一季度 | 8.25万元 |\n",
        "| 项目 | 金额（万元） |\n|--|--|\n| 设备 | 12.50 |\n\n正文。\n\n"
        "| 项目 | 金额（万元） |\n|--|--|\n| 设备 | 31.80 |\n",
    };
    SILENT(*state, texts);
}

static void last_years_words_have_their_place(void **state)
{
    static const char *const texts[] = {
        "## 一、上年度整改情况\n\n根据2022年度评价结果，整改已完成。",
        "2022年以来，共支出50万元。",
        "项目于2021年启动，2023年竣工。",
        "与2022年相比，支出增长。",
    };
    SILENT(*state, texts);
}

static void scores_and_grades_that_agree(void **state)
{
    static const char *const texts[] = {
        "自评得分90分，评价等级为“优”。",
        "自评得分100分。",
        "自评得分98.96分，评价等级为“优秀”。",
        "等级标准为：90分以上为优，80分以上为良。",
    };
    SILENT(*state, texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_rule_finds_its_slip_and_nothing_in_the_text_put_right),
        TEST(rounding_is_no_error),
        TEST(other_things_may_have_other_figures),
        TEST(parts_need_not_be_all),
        TEST(two_tables_may_have_rows_of_one_name),
        TEST(last_years_words_have_their_place),
        TEST(scores_and_grades_that_agree),
    };
    return cmocka_run_group_tests_name("prose", tests, NULL, NULL);
}
