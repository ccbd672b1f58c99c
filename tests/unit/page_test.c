/* page_test.c: reports become pages: what keeps together over a page's end, what is dropped at its
 * head, and where everything stands. Each case is tried with 0, 1, 2 … lines before it, so that the
 * page's end falls at every place in it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/utf8.h"
#include "layout/page.h"
#include "press.h"

enum { LINES = 22, TITLE_LINES = 3, CYCLE = LINES + 1 };

#define HEAD "---\ntitle: 示例\nyear: 2023\n---\n\n"
#define LONG                                                                                       \
    "这一段示例数据有好几行，示例数据示例数据示例数据示例数据示例数据示例数据示例数据示例数据示"
#define THREE LONG LONG "例。\n"

/* A report with `before` one-line paragraphs, then `text`. */
static const zp_pages *lay_out(press *p, int before, const char *text)
{
    press_begin(p);
    zp_buf source = {.arena = p->arena};
    zp_buf_lit(&source, HEAD);
    for (int i = 0; i < before; i++)
        zp_buf_lit(&source, "前面一行。\n\n");
    zp_buf_add(&source, zp_str_from(text));
    const zp_report *report = press_report(p, zp_buf_str(&source));
    assert_non_null(report);
    return zp_page_layout(p->arena, report, p->fonts,
                          zp_pictures_new(p->arena, (zp_str){0}, p->diag), p->diag);
}

/* Line of the grid in which an item stands; LINES and more below the text. Tops of lines are
 * rounded down to the unit. */
static int row_of(const press *p, const zp_item *item)
{
    const zp_page_setup *page = &p->base->page;
    return (int)((int64_t)(item->y - page->top + 1) * page->lines / page->body_height);
}

/* Where a character first stands: page from 0, and row. */
typedef struct {
    size_t page;
    int row;
} spot;

static spot find(const press *p, const zp_pages *pages, const char *character)
{
    size_t at = 0;
    uint32_t code = zp_utf8_next(zp_str_from(character), &at);
    for (size_t i = 0; i < pages->count; i++)
        for (size_t k = 0; k < pages->pages[i].count; k++) {
            const zp_item *item = &pages->pages[i].items[k];
            for (uint32_t g = 0; item->kind == ZP_ITEM_TEXT && g < item->text.count; g++)
                if (item->text.glyphs[g].code == code)
                    return (spot){i, row_of(p, item)};
        }
    fail_msg("%s is on no page", character);
    return (spot){0, 0};
}

/* Rows of a page that hold text, as bits. */
static uint32_t rows_of(const press *p, const zp_page *page)
{
    uint32_t rows = 0;
    for (size_t k = 0; k < page->count; k++) {
        int row = row_of(p, &page->items[k]);
        if (page->items[k].kind == ZP_ITEM_TEXT && row < LINES)
            rows |= 1u << row;
    }
    return rows;
}

/* ---- what keeps together ---- */

static void a_heading_stays_with_two_lines_of_its_text(void **state)
{
    press *p = *state;
    for (int before = 0; before < CYCLE; before++) {
        const zp_pages *pages = lay_out(p, before, "## 甲标题\n\n" THREE);
        spot head = find(p, pages, "甲"), text = find(p, pages, "这");
        assert_int_equal(head.page, text.page);
        assert_int_equal(head.row + 1, text.row);
        assert_true(text.row + 1 < LINES);
        assert_true(rows_of(p, &pages->pages[text.page]) & 1u << (text.row + 1));
    }
}

static void headings_in_a_row_stay_together(void **state)
{
    press *p = *state;
    for (int before = 0; before < CYCLE; before++) {
        const zp_pages *pages = lay_out(p, before, "## 甲\n\n### 乙\n\n#### 丙\n\n" THREE);
        size_t page = find(p, pages, "甲").page;
        assert_int_equal(find(p, pages, "乙").page, page);
        assert_int_equal(find(p, pages, "丙").page, page);
        assert_int_equal(find(p, pages, "这").page, page);
    }
}

static void a_run_in_heading_is_not_alone_at_the_foot(void **state)
{
    press *p = *state;
    for (int before = 0; before < CYCLE; before++) {
        const zp_pages *pages = lay_out(p, before, "### 甲标题：\n\n" THREE);
        spot head = find(p, pages, "甲");
        assert_true(head.row + 1 < LINES);
        assert_true(rows_of(p, &pages->pages[head.page]) & 1u << (head.row + 1));
    }
}

static void no_last_line_stands_alone_at_the_head(void **state)
{
    press *p = *state;
    for (int before = 0; before < CYCLE; before++) {
        const zp_pages *pages = lay_out(p, before, LONG LONG "例数据示例数据末。\n");
        spot end = find(p, pages, "末");
        if (end.page > 0)
            assert_true(end.row > 0);
    }
}

static void a_first_line_may_stand_alone_at_the_foot(void **state)
{
    press *p = *state;
    size_t alone = 0;
    for (int before = 0; before < CYCLE; before++) {
        const zp_pages *pages = lay_out(p, before, THREE);
        alone += find(p, pages, "这").row == LINES - 1;
    }
    assert_int_equal(alone, 1);
}

static void more_headings_than_a_page_holds_still_end(void **state)
{
    press *p = *state;
    zp_buf text = {.arena = p->lasting};
    for (int i = 0; i < 3 * LINES; i++)
        zp_buf_lit(&text, "## 标题\n\n");
    zp_buf_byte(&text, '\0');
    const zp_pages *pages = lay_out(p, 0, text.p);
    assert_int_equal(pages->count, (3 * LINES + TITLE_LINES + LINES - 1) / LINES);
}

/* ---- the grid ---- */

static void a_page_has_22_lines(void **state)
{
    press *p = *state;
    const zp_pages *pages = lay_out(p, 2 * LINES - TITLE_LINES, "末。\n");
    assert_int_equal(pages->count, 3);
    assert_int_equal(rows_of(p, &pages->pages[1]), (1u << LINES) - 1);
    assert_int_equal(rows_of(p, &pages->pages[2]), 1);
}

static void the_title_has_a_line_above_and_below(void **state)
{
    press *p = *state;
    const zp_pages *pages = lay_out(p, 0, "正文。\n");
    assert_int_equal(find(p, pages, "示").row, 1);
    assert_int_equal(find(p, pages, "正").row, 3);
}

static void blank_lines_are_dropped_at_the_head_of_a_page(void **state)
{
    press *p = *state;
    size_t dropped = 0;
    for (int before = 0; before < CYCLE; before++) {
        const zp_pages *pages = lay_out(p, before, "```\n甲\n\n乙\n```\n");
        spot above = find(p, pages, "甲"), below = find(p, pages, "乙");
        if (below.page == above.page) {
            assert_int_equal(below.row, above.row + 2);
        } else {
            assert_int_equal(below.row, 0);
            dropped++;
        }
    }
    assert_int_equal(dropped, 2); /* the blank line at the foot, and at the head */
}

static void text_after_a_table_is_on_the_grid_again(void **state)
{
    press *p = *state;
    const char *table = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n丙丁\n";
    const zp_pages *pages = lay_out(p, 0, "丙丁\n"), *after;
    zp_len plain = 0, found = 0;
    for (size_t k = 0; k < pages->pages[0].count; k++)
        if (pages->pages[0].items[k].kind == ZP_ITEM_TEXT && plain == 0 &&
            pages->pages[0].items[k].text.glyphs[0].code == 0x4E19)
            plain = pages->pages[0].items[k].y;
    assert_true(plain > 0);
    after = lay_out(p, 0, table);
    for (size_t k = 0; k < after->pages[0].count; k++)
        if (after->pages[0].items[k].kind == ZP_ITEM_TEXT &&
            after->pages[0].items[k].text.glyphs[0].code == 0x4E19)
            found = after->pages[0].items[k].y;
    const zp_page_setup *page = &p->base->page;
    zp_len pitch = zp_len_scale(page->body_height, 1, page->lines);
    int lines = (int)((found - plain + pitch / 2) / pitch);
    assert_true(lines >= 2);
    assert_in_range(found - plain - lines * pitch + LINES, 0, 2 * LINES);
}

static void a_table_row_is_not_parted_unless_it_is_tall(void **state)
{
    press *p = *state;
    for (int before = 0; before < CYCLE; before++) {
        const zp_pages *pages =
            lay_out(p, before, "| 表 | 头 |\n|---|---|\n| 甲" LONG LONG LONG "乙 | 丙 |\n\n后\n");
        assert_int_equal(find(p, pages, "甲").page, find(p, pages, "乙").page);
        assert_int_equal(find(p, pages, "表").page, find(p, pages, "甲").page);
    }
}

static void a_row_taller_than_a_page_goes_on_over_its_end(void **state)
{
    press *p = *state;
    zp_buf text = {.arena = p->lasting};
    zp_buf_lit(&text, "| 表 | 头 |\n|---|---|\n| 甲");
    for (int i = 0; i < 60; i++)
        zp_buf_lit(&text, LONG);
    zp_buf_lit(&text, "乙 | 丙 |\n");
    zp_buf_byte(&text, '\0');
    const zp_pages *pages = lay_out(p, 5, text.p);
    assert_true(find(p, pages, "乙").page > find(p, pages, "甲").page);
    const zp_page_setup *page = &p->base->page;
    for (size_t i = 0; i < pages->count; i++)
        for (size_t k = 0; k < pages->pages[i].count; k++) {
            const zp_item *item = &pages->pages[i].items[k];
            if (item->kind == ZP_ITEM_RULE)
                assert_true(item->y + item->height <= page->top + page->body_height + ZP_PT);
        }
}

/* ---- the sheet ---- */

static void all_text_is_on_the_pages_once_and_in_order(void **state)
{
    press *p = *state;
    const zp_pages *pages = lay_out(p, 30, "## 甲\n\n" THREE "\n- 乙\n\n> 丙\n");
    zp_buf text = {.arena = p->arena};
    for (size_t i = 0; i < pages->count; i++)
        for (size_t k = 0; k < pages->pages[i].count; k++) {
            const zp_item *item = &pages->pages[i].items[k];
            for (uint32_t g = 0; item->kind == ZP_ITEM_TEXT && item->node && g < item->text.count;
                 g++)
                zp_buf_code(&text, item->text.glyphs[g].code);
        }
    zp_buf expected = {.arena = p->arena};
    zp_buf_lit(&expected, "示例");
    for (int i = 0; i < 30; i++)
        zp_buf_lit(&expected, "前面一行。");
    zp_buf_lit(&expected, "甲" LONG LONG "例。• 乙丙");
    assert_true(zp_str_eq(zp_buf_str(&text), zp_buf_str(&expected)));
}

static void page_numbers_stand_outside_on_the_right_then_on_the_left(void **state)
{
    press *p = *state;
    const zp_pages *pages = lay_out(p, 60, "末。\n");
    const zp_page_setup *setup = &p->base->page;
    zp_len cell = zp_len_scale(setup->body_width, 1, setup->cells);
    assert_int_equal(pages->count, 3);
    for (size_t i = 0; i < pages->count; i++) {
        const zp_page *page = &pages->pages[i];
        const zp_item *item = &page->items[page->count - 1];
        assert_null(item->node); /* an artifact of the page */
        assert_int_equal(item->text.count, 5);
        assert_int_equal(item->text.glyphs[2].code, '1' + i);
        const zp_glyph *last = &item->text.glyphs[item->text.count - 1];
        zp_len right =
            item->x + last->x + zp_font_advance(item->text.font, last->id, item->text.size);
        if (i % 2 == 0)
            assert_in_range(setup->left + setup->body_width - cell - right + 16, 0, 32);
        else
            assert_in_range(item->x - setup->left - cell + 16, 0, 32);
        zp_len stroke =
            item->y - zp_font_ink_middle(item->text.font, item->text.glyphs[0].id, item->text.size);
        zp_len wanted = setup->top + setup->body_height + setup->number_drop;
        assert_in_range(stroke - wanted + 16, 0, 32);
    }
}

static void anchors_stand_at_their_headings_on_their_pages(void **state)
{
    press *p = *state;
    const zp_pages *pages = lay_out(p, 25, "## 甲。\n\n### 乙：\n\n" THREE);
    size_t found = 0;
    for (size_t i = 0; i < pages->count; i++)
        for (size_t k = 0; k + 1 < pages->pages[i].count; k++) {
            const zp_item *item = &pages->pages[i].items[k];
            if (item->kind != ZP_ITEM_ANCHOR)
                continue;
            assert_int_equal(i, 1);
            assert_int_equal(item->anchor.level, ++found);
            assert_true(zp_str_eq(item->anchor.title, found == 1 ? ZP_STR("甲") : ZP_STR("乙")));
            assert_int_equal(row_of(p, item), row_of(p, item + 1));
            assert_true(item->y < item[1].y);
        }
    assert_int_equal(found, 2);
}

static void a_character_that_no_font_has_leaves_no_pages(void **state)
{
    press *p = *state;
    assert_null(lay_out(p, 0, "甲\xEE\x80\x80乙\n"));
    size_t count;
    const zp_message *messages = zp_diag_messages(p->diag, &count);
    assert_int_equal(count, 1);
    assert_string_equal(messages[0].id, "missing-glyph");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heading_stays_with_two_lines_of_its_text),
        cmocka_unit_test(headings_in_a_row_stay_together),
        cmocka_unit_test(a_run_in_heading_is_not_alone_at_the_foot),
        cmocka_unit_test(no_last_line_stands_alone_at_the_head),
        cmocka_unit_test(a_first_line_may_stand_alone_at_the_foot),
        cmocka_unit_test(more_headings_than_a_page_holds_still_end),
        cmocka_unit_test(a_page_has_22_lines),
        cmocka_unit_test(the_title_has_a_line_above_and_below),
        cmocka_unit_test(blank_lines_are_dropped_at_the_head_of_a_page),
        cmocka_unit_test(text_after_a_table_is_on_the_grid_again),
        cmocka_unit_test(a_table_row_is_not_parted_unless_it_is_tall),
        cmocka_unit_test(a_row_taller_than_a_page_goes_on_over_its_end),
        cmocka_unit_test(all_text_is_on_the_pages_once_and_in_order),
        cmocka_unit_test(page_numbers_stand_outside_on_the_right_then_on_the_left),
        cmocka_unit_test(anchors_stand_at_their_headings_on_their_pages),
        cmocka_unit_test(a_character_that_no_font_has_leaves_no_pages),
    };
    return cmocka_run_group_tests(tests, press_open, press_close);
}
