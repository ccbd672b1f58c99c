/* What the lines of a title keep whole, and how HTML says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "doc/phrase.h"
#include "write/title.h"

static const zp_str phrases[] = {
    {"整体支出", 12}, {"部门整体支出", 18}, {"绩效自评", 12}, {"自评报告", 12}, {"财政局", 9},
};

static const char *write_title(zp_arena *arena, const char *title, const char *department,
                               const char *year)
{
    zp_template template = {.phrases = phrases, .phrase_count = sizeof phrases / sizeof *phrases};
    zp_report report = {.template = &template,
                        .title = ZP_STR("不用"),
                        .title_lines = zp_str_from(title),
                        .department = zp_str_from(department),
                        .year = zp_str_from(year)};
    zp_buf out = {.arena = arena};
    zp_title_write(arena, &report, &out);
    return zp_str_cstr(arena, zp_buf_str(&out));
}

static void assert_title(const char *title, const char *expected)
{
    zp_arena *arena = zp_arena_new();
    assert_string_equal(write_title(arena, title, "某市财政局", "2024"), expected);
    zp_arena_free(arena);
}

static void names_and_phrases_stay_whole(void **state)
{
    (void)state;
    assert_title("普通标题", "普通标题");
    assert_title("2024年度整体支出情况", "<span>2024年度</span><span>整体支出</span>情况");
}

static void phrases_that_overlap_are_one(void **state)
{
    (void)state;
    assert_title("部门整体支出绩效自评报告", "<span>部门整体支出</span><span>绩效自评报告</span>");
}

static void a_name_holds_its_phrases(void **state)
{
    (void)state;
    assert_title("某市财政局报告", "<span>某市<span>财政局</span></span>报告");
    assert_title("财政局报告", "<span>财政局</span>报告");
}

static void words_that_cling_do(void **state)
{
    (void)state;
    assert_title("收入和支出的报告", "收<span>入和</span>支<span>出的</span>报告");
    assert_title("机构关于工作报告", "机构<span>关于工</span>作报告");
    assert_title("关于", "<span>关于</span>");
}

static void marks_stay_with_phrases(void **state)
{
    (void)state;
    assert_title("《整体支出》批复（试行）", "<span>《整体支出》</span>批复（试行）");
}

static void text_is_escaped(void **state)
{
    (void)state;
    assert_title("<b>整体支出&\"", "&lt;b&gt;<span>整体支出</span>&amp;&quot;");
}

static void lines_of_the_author_are_blocks(void **state)
{
    (void)state;
    assert_title("某市\n整体支出", "<span class=\"line\">某市</span>"
                                   "<span class=\"line\"><span>整体支出</span></span>");
}

static void without_lines_the_title_is_taken(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    assert_string_equal(write_title(arena, "", "", ""), "不用");
    zp_arena_free(arena);
}

static void a_text_is_no_title(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_buf text = {.arena = arena};
    while (text.n <= ZP_PHRASE_TITLE)
        zp_buf_lit(&text, "整体支出");
    const char *title = zp_str_cstr(arena, zp_buf_str(&text));
    assert_string_equal(write_title(arena, title, "", ""), title);
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_phrases_stay_whole),
        cmocka_unit_test(phrases_that_overlap_are_one),
        cmocka_unit_test(a_name_holds_its_phrases),
        cmocka_unit_test(words_that_cling_do),
        cmocka_unit_test(marks_stay_with_phrases),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(lines_of_the_author_are_blocks),
        cmocka_unit_test(without_lines_the_title_is_taken),
        cmocka_unit_test(a_text_is_no_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
