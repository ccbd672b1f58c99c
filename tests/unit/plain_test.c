/* plain_test.c: a text without marks becomes Markdown whose bytes know where they came from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "doc/plain.h"

static int set_up(void **state)
{
    *state = zp_arena_new();
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(*state);
    return 0;
}

static const zp_source *source_of(zp_arena *arena, const char *text)
{
    return zp_source_new(arena, ZP_STR("报告.txt"), zp_str_from(text));
}

static void assert_markdown(zp_arena *arena, const char *text, const char *expected)
{
    const zp_source *made = zp_plain_read(arena, source_of(arena, text));
    if (!zp_str_eq(made->text, zp_str_from(expected)))
        fail_msg("found:\n%.*s\nexpected:\n%s", ZP_ARG(made->text), expected);
}

static void test_title_and_paragraphs(void **state)
{
    assert_markdown(*state, "\n\n年度报告\n\n一、情况\n召开会议13次。\n",
                    "# 年度报告\n\n一、情况\n\n召开会议13次。\n");
    assert_markdown(*state, "某某市\n年度报告\n一、情况\n", "# 某某市年度报告\n\n一、情况\n");
    assert_markdown(*state, "全年召开会议。\n完成。\n", "\n\n全年召开会议。\n\n完成。\n");
}

static void test_wrapped_lines(void **state)
{
    assert_markdown(*state,
                    "报告\n\n本单位坚持把绩效管理贯穿预算编制执行监督的全过程和\n各方面。\n",
                    "# 报告\n\n本单位坚持把绩效管理贯穿预算编制执行监督的全过程和\n各方面。\n");
    /* A number, an indent or a short line begins anew. */
    assert_markdown(*state, "报告\n\n短的一行\n又一行\n", "# 报告\n\n短的一行\n\n又一行\n");
    assert_markdown(*state,
                    "报告\n\n本单位坚持把绩效管理贯穿预算编制执行监督的全过程和\n　　各方面。\n",
                    "# 报告\n\n本单位坚持把绩效管理贯穿预算编制执行监督的全过程和\n\n各方面。\n");
}

static void test_marks_are_text(void **state)
{
    assert_markdown(*state, "报告\n\n# 不是标题\n", "# 报告\n\n\\# 不是标题\n");
    assert_markdown(*state, "报告\n\na*b*c\n", "# 报告\n\na\\*b\\*c\n");
}

/* Every byte of the result that is the text's own leads back to it. */
static void test_places(void **state)
{
    const char *text = "报告\n\n得*分 98.96 分\n";
    const zp_source *source = source_of(*state, text);
    const zp_source *made = zp_plain_read(*state, source);
    size_t at = zp_str_find(made->text, ZP_STR("98.96"), 0);
    zp_span origin = zp_span_origin(zp_span_of(made, at, at + 5));
    assert_ptr_equal(origin.source, source);
    assert_int_equal(origin.start, zp_str_find(source->text, ZP_STR("98.96"), 0));
    assert_int_equal(origin.end - origin.start, 5);
}

static void test_what_is_plain(void **state)
{
    assert_true(zp_plain_is(source_of(*state, "年度报告\n\n一、情况\n1. 会议\n")));
    assert_false(zp_plain_is(source_of(*state, "# 年度报告\n")));
    assert_false(zp_plain_is(source_of(*state, "---\ntitle: a\n---\n")));
    assert_false(zp_plain_is(source_of(*state, "年度\n\n| a | b |\n")));
    assert_false(zp_plain_is(source_of(*state, "年度**报告**\n")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_title_and_paragraphs), TEST(test_wrapped_lines),
        TEST(test_marks_are_text),       TEST(test_places),
        TEST(test_what_is_plain),
    };
    return cmocka_run_group_tests_name("plain", tests, NULL, NULL);
}
