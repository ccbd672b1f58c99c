/* svg_test.c: pages become SVG: what stands in it, and what it does not depend on. How it looks is
 * tests/browser's matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "layout/page.h"
#include "press.h"
#include "write/svg.h"

#define HEAD "---\ntitle: 示例<报告>\ndepartment: 示例单位\n---\n\n"

/* A report's pages, each as an element with places. */
typedef struct {
    zp_svg svg;
    size_t count;
    zp_str pages[8];
} sheets;

static sheets draw(press *p, zp_str text)
{
    const zp_report *report = press_report(p, text);
    assert_non_null(report);
    const zp_pages *pages = zp_page_layout(
        p->arena, report, p->fonts, zp_pictures_new(p->arena, (zp_str){0}, p->diag), p->diag);
    assert_non_null(pages);
    sheets s = {.svg = zp_svg_new(p->arena, report, pages), .count = pages->count};
    s.svg.places = true;
    assert_in_range(s.count, 1, 8);
    for (size_t i = 0; i < s.count; i++) {
        zp_buf out = {.arena = p->arena};
        zp_svg_write(&s.svg, i, NULL, &out);
        s.pages[i] = zp_buf_str(&out);
    }
    return s;
}

static size_t count_of(zp_str text, const char *needle)
{
    size_t count = 0;
    zp_str word = zp_str_from(needle);
    for (size_t at = 0; (at = zp_str_find(text, word, at)) < text.n; at += word.n)
        count++;
    return count;
}

static void assert_count(zp_str text, const char *needle, size_t count)
{
    if (count_of(text, needle) != count)
        fail_msg("%zu times %s in\n%.*s", count_of(text, needle), needle, ZP_ARG(text));
}

static void a_page_depends_on_itself_alone(void **state)
{
    press *p = *state;
    press_begin(p);
    sheets a =
        draw(p, ZP_STR(HEAD "第一页。\n\n\\分页\n\n第二页[^1]。\n\n\\分页\n\n## 一、第三页\n\n"
                            "正文。\n\n[^1]: 脚注。\n"));
    /* New characters, a new paragraph on page 1; another text on page 2. */
    sheets b = draw(p, ZP_STR(HEAD "换了字。\n\n添一段。\n\n\\分页\n\n别的字[^1]。\n\n\\分页\n\n"
                                   "## 一、第三页\n\n正文。\n\n[^1]: 脚注。\n"));
    assert_int_equal(a.count, 3);
    assert_int_equal(b.count, 3);
    assert_false(zp_str_eq(a.pages[0], b.pages[0]));
    assert_false(zp_str_eq(a.pages[1], b.pages[1]));
    assert_true(zp_str_eq(a.pages[2], b.pages[2]));
    assert_int_equal(zp_svg_line(&a.svg, 2), 14);
    assert_int_equal(zp_svg_line(&b.svg, 2), 16);
}

static void a_block_says_where_it_begins(void **state)
{
    press *p = *state;
    press_begin(p);
    sheets s = draw(p, ZP_STR(HEAD "## 一、甲\n\n### （一）乙：\n\n丙。\n\n- 丁\n\n"
                                   "| 戊 | 己 |\n|---|---|\n| 庚 | 辛 |\n"));
    zp_str page = s.pages[0];
    assert_int_equal(zp_svg_line(&s.svg, 0), 2); /* the title's */
    assert_count(page, "data-line=\"0\" data-column=\"8\" role=\"heading\" aria-level=\"1\"", 1);
    assert_count(page, "data-line=\"4\" data-column=\"1\" role=\"heading\" aria-level=\"2\"", 1);
    /* A heading that runs in and its paragraph are one text. */
    assert_count(page,
                 "<text font-family=\"zp4,serif\" font-size=\"16\"><tspan data-line=\"6\" "
                 "data-column=\"1\" role=\"heading\" aria-level=\"3\">",
                 1);
    assert_count(page, "</tspan></tspan><tspan data-line=\"8\" data-column=\"1\">", 1);
    assert_count(page, "data-line=\"14\" data-column=\"3\"", 1); /* 庚 */
    assert_count(page, "data-line=\"14\" data-column=\"7\"", 1);
    assert_count(page, "data-file", 0);
}

static void nothing_of_the_author_is_markup(void **state)
{
    press *p = *state;
    press_begin(p);
    sheets s = draw(
        p,
        ZP_STR(
            HEAD
            "## 一、\\<script>&\"'\n\n`</text><script>`[甲](https://example.org/?a=\"<b>&c)。\n"));
    zp_str page = s.pages[0];
    assert_count(page, "<script", 0);
    assert_count(page, "&lt;script&gt;&amp;", 1);
    assert_count(page, "style", 0);
    assert_count(page, " on", 0);
    assert_count(page, "<a href=\"https://example.org/?a=&quot;&lt;b&gt;&amp;c\">", 1);
}

static void what_is_no_text_is_hidden(void **state)
{
    press *p = *state;
    press_begin(p);
    sheets s = draw(p, ZP_STR(HEAD "正文。\n"));
    zp_str page = s.pages[0];
    assert_count(page, "<g aria-hidden=\"true\">", 1); /* the page's number */
    size_t hidden = zp_str_find(page, ZP_STR("<g aria-hidden"), 0);
    assert_true(zp_str_find(page, ZP_STR("— 1 —"), hidden) < page.n);
    assert_true(zp_str_find(page, ZP_STR("。"), 0) < hidden);
}

static void a_file_holds_its_fonts_and_asks_for_nothing(void **state)
{
    press *p = *state;
    press_begin(p);
    sheets s =
        draw(p, ZP_STR(HEAD "见[表](#t)。\n\n\\分页\n\n表：甲 {#t}\n\n| 乙 |\n|---|\n| 丙 |\n"));
    const zp_webfonts *fonts = zp_webfonts_cut(p->arena, s.svg.pages->pages, 1, NULL, p->diag);
    zp_buf out = {.arena = p->arena};
    s.svg.stem = ZP_STR("甲 #1");
    zp_svg_write(&s.svg, 0, fonts, &out);
    zp_str file = zp_buf_str(&out);
    assert_count(file, "<title>示例&lt;报告&gt;</title>", 1);
    assert_count(file, "@font-face", fonts->count);
    assert_count(file, "url(", count_of(file, "url(data:font/woff;base64,"));
    assert_count(file, "http", 1); /* the name space */
    assert_count(file, "<a href=\"%E7%94%B2%20%231-2.svg#p2-", 1);
    assert_count(s.pages[0], "<a href=\"#p2-", 1);
    assert_count(s.pages[1], "<rect id=\"p2-", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_depends_on_itself_alone),
        cmocka_unit_test(a_block_says_where_it_begins),
        cmocka_unit_test(nothing_of_the_author_is_markup),
        cmocka_unit_test(what_is_no_text_is_hidden),
        cmocka_unit_test(a_file_holds_its_fonts_and_asks_for_nothing),
    };
    return cmocka_run_group_tests_name("svg", tests, press_open, press_close);
}
