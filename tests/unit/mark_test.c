/* mark_test.c: punctuation, brackets and quotes, ranges.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

static void test_half_width(void **state)
{
    bench *b = *state;
    expect_found(b, "halfwidth-mark", "加强管理;提高效益。\n", "；");
    expect_found(b, "halfwidth-mark", "时间:8:00-11:30。\n", "：");
    expect_found(b, "halfwidth-mark", "完成年度任务.\n", "。");
    expect_found(b, "halfwidth-mark", "完成年度任务!加强管理.提高效益.\n", "！");
    assert_int_equal(message_of(b, "halfwidth-mark")->repeats, 3);
    expect_none(b, "halfwidth-mark",
                "见附件.pdf，网址http://example.com/a,b?c。共1,234.50万元。\n");
    expect_found(b, "halfwidth-bracket", "共3个(含结转)。\n", "（）");
    expect_none(b, "halfwidth-bracket", "全年执行数(B)除以全年预算数(A)，指标(3)。\n");
    expect_found(b, "straight-quote", "评为\"优\"。\n", "“”");
    expect_none(b, "straight-quote", "The so-called \"one stop\" service, it's 5\" wide.\n");
    expect_found(b, "fullwidth-letter", "共１２项，占５０％。\n", "1");
    assert_int_equal(message_of(b, "fullwidth-letter")->repeats, 2);
}

static void test_cells(void **state)
{
    bench *b = *state;
    expect_found(b, "halfwidth-mark", "| 甲,乙 | 丙 |\n|---|---|\n| 丁 | 戊 |\n", NULL);
    assert_int_equal(message_of(b, "halfwidth-mark")->severity, ZP_HINT);
}

static void test_doubled(void **state)
{
    bench *b = *state;
    expect_found(b, "double-mark", "加强管理，。\n", NULL);
    expect_found(b, "double-mark", "加强管理。。\n", NULL);
    expect_none(b, "double-mark", "真的吗？！是的！！\n");
    expect_none(b, "double-mark", "包括培训、会议。。。\n");
    expect_found(b, "ellipsis", "包括培训、会议。。。\n", "……");
    expect_found(b, "ellipsis", "包括培训、会议…\n", "……");
    expect_none(b, "ellipsis", "包括培训、会议……\n\n“甲……乙……”\n");
    expect_found(b, "dash", "重点--会议。\n", "——");
    expect_none(b, "dash", "编号2023--01，a--b。\n");
    expect_found(b, "pause-before-etc", "甲、乙、等。\n", NULL);
    expect_none(b, "pause-before-etc", "取号、等候、办理，分优、等外两级。\n");
    expect_found(b, "pause-between-quotes", "“甲”、“乙”\n", NULL);
}

static void test_pairs(void **state)
{
    bench *b = *state;
    expect_found(b, "unpaired-mark", "依照《预算法执行。\n", NULL);
    expect_found(b, "unpaired-mark", "依照预算法》执行。\n", NULL);
    expect_found(b, "unpaired-mark", "评为“优。\n", NULL);
    expect_found(b, "unpaired-mark", "甲（乙“丙）丁。\n", NULL);
    expect_found(b, "mixed-bracket", "共3个（含结转)。\n", NULL);
    expect_none(b, "unpaired-mark", "1）甲；2）乙；a）丙；①）丁。“1）甲；2）乙。”\n");
    /* a sentence that a page tore apart, and a quotation of two paragraphs */
    expect_none(b, "unpaired-mark", "报道了《代\n\n表寻线索》一文，\n\n反响很好。\n");
    expect_none(b, "unpaired-mark", "他说：“甲。\n\n乙。”\n");
    expect_found(b, "nested-bracket", "见《关于《甲》的通知》。\n", NULL);
    expect_none(b, "nested-bracket", "见《关于〈甲〉的通知》（甲〔2023〕1号）。\n");
}

static void test_ranges(void **state)
{
    bench *b = *state;
    expect_found(b, "range-unit", "控制在15-30%。\n", "15%～30%");
    expect_found(b, "range-unit", "每家13～17万元。\n", "13万元～17万元");
    expect_found(b, "range-mark", "控制在15%-30%。\n", "15%～30%");
    expect_none(b, "range-unit", "控制在15%～30%，5000至1万株，编号2023-0012，3-5个月。\n");
}

/* However deep and however many: no more than a few findings, and soon. */
static void test_hostile(void **state)
{
    bench *b = *state;
    zp_buf text = {.arena = b->arena};
    for (int i = 0; i < 300000; i++)
        zp_buf_lit(&text, "（");
    zp_buf_byte(&text, 0);
    check_body(b, text.p);
    assert_true(count_of(b, "unpaired-mark") < 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_half_width), TEST(test_cells),  TEST(test_doubled),
        TEST(test_pairs),      TEST(test_ranges), TEST(test_hostile),
    };
    return cmocka_run_group_tests_name("mark", tests, NULL, NULL);
}
