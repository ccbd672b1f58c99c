/* silence_test.c: what a comment and the front matter keep from being heard, and what is said of
 * them when they keep nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

#define IGNORE "<!-- ziping: ignore ragged-row 空格无碍 -->\n\n"
#define TABLE  "| 甲 | 乙 |\n|---|---|\n| 1 |\n\n"
#define FRONT  "---\n标题: 自评报告\n"

static void test_comment_before_a_table(void **state)
{
    bench *b = *state;
    check_body(b, TABLE);
    assert_int_equal(count_of(b, "ragged-row"), 1);
    check_body(b, IGNORE TABLE);
    assert_int_equal(count_of(b, "ragged-row"), 0);
    assert_int_equal(count_of(b, "unused-ignore"), 0);
    /* Its caption and unit are between them. */
    check_body(b, IGNORE "单位：万元\n\n表：收支\n\n" TABLE);
    assert_int_equal(count_of(b, "ragged-row"), 0);
}

static void test_reach_ends_with_the_block(void **state)
{
    bench *b = *state;
    check_body(b, IGNORE "一段。\n\n" TABLE);
    assert_int_equal(count_of(b, "ragged-row"), 1);
    assert_int_equal(count_of(b, "unused-ignore"), 1);
    check_body(b, IGNORE TABLE "一段。\n\n" TABLE);
    assert_int_equal(count_of(b, "ragged-row"), 1);
    check_body(b, TABLE IGNORE);
    assert_int_equal(count_of(b, "unused-ignore"), 1);
}

static void test_several_stack(void **state)
{
    bench *b = *state;
    check_body(b, IGNORE "<!-- ziping: ignore figure-repeat 无 -->\n\n" TABLE);
    assert_int_equal(count_of(b, "ragged-row"), 0);
    assert_int_equal(count_of(b, "unused-ignore"), 1);
}

static void test_unknown_and_reasonless(void **state)
{
    bench *b = *state;
    check_body(b, "<!-- ziping: ignore ragged-rows x -->\n\n" TABLE);
    assert_int_equal(count_of(b, "unknown-ignore"), 1);
    assert_non_null(strstr(message_of(b, "unknown-ignore")->hint.p, "ragged-row"));
    check_body(b, "<!-- ziping: ignore ragged-row -->\n\n" TABLE);
    assert_int_equal(count_of(b, "ragged-row"), 0);
    assert_int_equal(count_of(b, "ignore-reason"), 1);
    check_body(b, "<!-- ziping: ingore ragged-row x -->\n\n" TABLE);
    assert_int_equal(count_of(b, "unknown-ignore"), 1);
}

static void test_code_and_other_comments_are_none(void **state)
{
    bench *b = *state;
    check_body(b, "```\n" IGNORE "```\n\n<!-- 填写 -->\n\n" TABLE);
    assert_int_equal(count_of(b, "ragged-row"), 1);
    assert_int_equal(count_of(b, "unused-ignore"), 0);
}

static void test_front_matter(void **state)
{
    bench *b = *state;
    check_text(b, ZP_STR(FRONT "忽略: {ragged-row: 空格无碍}\n---\n\n" TABLE "一段。\n\n" TABLE));
    assert_int_equal(count_of(b, "ragged-row"), 0);
    check_text(b, ZP_STR(FRONT "ignore: [ragged-row]\n---\n\n" TABLE));
    assert_int_equal(count_of(b, "ragged-row"), 0);
    assert_int_equal(count_of(b, "ignore-reason"), 1);
    check_text(b, ZP_STR(FRONT "ignore: {ragged-row: 无}\n---\n\n一段。\n"));
    assert_int_equal(count_of(b, "unused-ignore"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_comment_before_a_table),
        TEST(test_reach_ends_with_the_block),
        TEST(test_several_stack),
        TEST(test_unknown_and_reasonless),
        TEST(test_code_and_other_comments_are_none),
        TEST(test_front_matter),
    };
    return cmocka_run_group_tests_name("silence", tests, NULL, NULL);
}
