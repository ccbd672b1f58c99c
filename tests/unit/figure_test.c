/* figure_test.c: figures become boxes: how large a picture is, and that nothing leaves its caption.
 * With the real fonts and the base template.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "layout/figure.h"

typedef struct {
    zp_arena *arena;
    zp_fonts *fonts;
    zp_diag *diag;
    zp_report report;
    const zp_page_setup *page;
    zp_column column;
} bench;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    bench *b = zp_new(arena, bench);
    const char *given = getenv("ZIPING_DATA");
    const char *data = given && *given ? given : ".";
    b->arena = arena;
    b->diag = zp_diag_new(arena);
    b->fonts = zp_fonts_open(arena, zp_str_format(arena, "%s/fonts", data), b->diag);
    b->report.template =
        zp_template_load(arena, zp_str_format(arena, "%s/templates/base", data), NULL, b->diag);
    if (!b->fonts || !b->report.template)
        return -1;
    b->page = &b->report.template->page;
    b->column = (zp_column){.arena = arena,
                            .report = &b->report,
                            .setter = zp_setter_new(arena, b->fonts, b->diag),
                            .pictures = zp_pictures_new(arena, ZP_STR("tests/cases"), b->diag),
                            .diag = b->diag};
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    zp_fonts_close(b->fonts);
    zp_arena_free(b->arena);
    return 0;
}

static zp_node *add(bench *b, zp_node *parent, zp_node_kind kind, const char *text)
{
    zp_node *node = zp_node_new(b->arena, kind, (zp_span){0});
    node->text = zp_str_from(text);
    zp_node_append(parent, node);
    return node;
}

/* A figure of the picture at `url`; `caption` may be NULL. */
static zp_node *make_figure(bench *b, const char *url, const char *caption, const char *attributes)
{
    zp_node *figure = zp_node_new(b->arena, ZP_NODE_FIGURE, (zp_span){0});
    figure->text = zp_str_from(attributes);
    zp_node *image = add(b, figure, ZP_NODE_IMAGE, url);
    add(b, image, ZP_NODE_TEXT, "替代文字");
    if (caption) {
        zp_node *line = add(b, figure, ZP_NODE_CAPTION, "");
        line->caption.number = 1;
        add(b, line, ZP_NODE_TEXT, caption);
    }
    return figure;
}

/* ---- widths ---- */

static zp_len width_of(bench *b, const char *attributes)
{
    return zp_figure_width(&b->report, make_figure(b, "a.png", NULL, attributes), b->diag);
}

static void test_widths_that_can_be_asked_for(void **state)
{
    bench *b = *state;
    assert_int_equal(width_of(b, ""), 0);
    assert_int_equal(width_of(b, "number=off"), 0);
    assert_int_equal(width_of(b, "width=80mm"), zp_len_mm10(10) * 80);
    assert_int_equal(width_of(b, "number=off width=8cm"), zp_len_mm10(100) * 8);
    assert_int_equal(width_of(b, "width=12.5mm"), zp_len_mm10(10) * 25 / 2);
    assert_int_equal(width_of(b, "width=50%"), b->page->body_width / 100 * 50);
    assert_int_equal(width_of(b, "width=50％"), b->page->body_width / 100 * 50);
    assert_int_equal(width_of(b, "width=999mm"), b->page->body_width);
    assert_int_equal(width_of(b, "width=999999%"), b->page->body_width);
    assert_int_equal(zp_diag_count(b->diag, ZP_WARNING), 0);
}

static void test_words_that_are_no_width(void **state)
{
    bench *b = *state;
    const char *const words[] = {"width=mm",    "width=0mm",       "width=80",
                                 "width=80px",  "width=-80mm",     "width=.5.mm",
                                 "width=1e3mm", "width=9999999mm", "width=1.9999999mm"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_int_equal(width_of(b, words[i]), 0);
        assert_int_equal(zp_diag_count(b->diag, ZP_WARNING), i + 1);
    }
}

static void test_the_caption_overrules_the_pictures_title(void **state)
{
    bench *b = *state;
    zp_node *figure = make_figure(b, "a.png", NULL, "");
    figure->first->id = ZP_STR("width=40mm");
    assert_int_equal(zp_figure_width(&b->report, figure, b->diag), zp_len_mm10(10) * 40);
    figure->text = ZP_STR("width=30mm");
    assert_int_equal(zp_figure_width(&b->report, figure, b->diag), zp_len_mm10(10) * 30);
}

/* ---- sizes ---- */

static void expect_fit(bench *b, uint32_t across, uint32_t down, zp_len wanted, zp_len width,
                       zp_len height)
{
    const zp_picture picture = {
        .width = across, .height = down, .density_x = 10000, .density_y = 10000, .orientation = 1};
    zp_len w, h;
    zp_figure_fit(b->page, &picture, wanted, b->page->body_height, &w, &h);
    assert_in_range(w, width - 100, width + 100); /* a hundred units are 0.0015 pt */
    assert_in_range(h, height - 100, height + 100);
}

static void test_a_picture_is_made_smaller_to_the_page_but_not_larger(void **state)
{
    bench *b = *state;
    const zp_len mm = zp_len_mm10(10), wide = b->page->body_width, high = b->page->body_height;
    expect_fit(b, 500, 300, 0, 50 * mm, 30 * mm); /* ten pixels a millimetre */
    expect_fit(b, 3120, 1000, 0, wide, 50 * mm);
    expect_fit(b, 500, 4500, 0, 25 * mm, high);
    expect_fit(b, 500, 300, 100 * mm, 100 * mm, 60 * mm);
    expect_fit(b, 100, 1000, 100 * mm, high / 10, high);
}

static void test_extreme_pictures_have_some_size(void **state)
{
    bench *b = *state;
    const uint32_t sides[] = {1, ZP_PICTURE_SIDE}, densities[] = {900, 200000};
    for (unsigned i = 0; i < 16; i++) {
        const zp_picture picture = {.width = sides[i & 1],
                                    .height = sides[i >> 1 & 1],
                                    .density_x = densities[i >> 2 & 1],
                                    .density_y = densities[i >> 3 & 1],
                                    .orientation = 1};
        for (zp_len wanted = 0; wanted <= b->page->body_width; wanted += b->page->body_width) {
            zp_len width, height;
            zp_figure_fit(b->page, &picture, wanted, b->page->body_height, &width, &height);
            assert_in_range(width, 1, b->page->body_width);
            assert_in_range(height, 1, b->page->body_height);
        }
    }
}

/* ---- boxes ---- */

static void test_picture_and_caption_keep_together(void **state)
{
    bench *b = *state;
    zp_figure_layout(&b->column, make_figure(b, "pictures/fields.png", "说明", ""));
    assert_int_equal(b->column.count, 2);
    const zp_box *picture = &b->column.boxes[0], *caption = &b->column.boxes[1];
    assert_int_equal(picture->count, 2); /* what it shows, and it */
    assert_int_equal(picture->items[0].kind, ZP_ITEM_FIGURE);
    assert_true(zp_str_eq(picture->items[0].figure.words, ZP_STR("替代文字")));
    assert_int_equal(picture->items[1].kind, ZP_ITEM_IMAGE);
    assert_true(picture->keeps);
    assert_false(caption->keeps);
    assert_int_equal(picture->dx + picture->items[0].width / 2, b->page->body_width / 2);
    assert_int_equal(caption->lines, 1);
    assert_int_equal(caption->items[0].kind, ZP_ITEM_TEXT);
    assert_int_equal(caption->items[0].text.glyphs[0].code, 0x56FE); /* 图 */
}

static void test_every_line_of_a_long_caption_keeps_with_the_next(void **state)
{
    bench *b = *state;
    zp_buf words = {.arena = b->arena};
    for (int i = 0; i < 60; i++)
        zp_buf_lit(&words, "说明文字");
    zp_buf_byte(&words, '\0');
    zp_figure_layout(&b->column, make_figure(b, "pictures/fields.png", words.p, ""));
    assert_true(b->column.count > 4);
    for (size_t i = 0; i + 1 < b->column.count; i++)
        assert_true(b->column.boxes[i].keeps);
    assert_false(b->column.boxes[b->column.count - 1].keeps);
}

static void test_a_high_picture_leaves_room_for_its_caption(void **state)
{
    bench *b = *state;
    zp_figure_layout(&b->column, make_figure(b, "pictures/high.png", "说明", ""));
    assert_int_equal(b->column.boxes[0].lines + b->column.boxes[1].lines, b->page->lines);
    b->column.count = 0;
    zp_figure_layout(&b->column, make_figure(b, "pictures/high.png", NULL, ""));
    assert_int_equal(b->column.boxes[0].lines, b->page->lines);
    assert_int_equal(b->column.boxes[0].items[0].height, b->page->body_height);
    assert_int_equal(b->column.boxes[0].dy, 0);
}

static void test_a_missing_picture_is_a_frame_with_its_words(void **state)
{
    bench *b = *state;
    zp_figure_layout(&b->column, make_figure(b, "pictures/none.png", "说明", ""));
    assert_int_equal(zp_diag_count(b->diag, ZP_ERROR), 1);
    assert_int_equal(b->column.count, 2);
    const zp_box *frame = &b->column.boxes[0];
    assert_true(frame->count > 4);
    assert_int_equal(frame->items[0].kind, ZP_ITEM_FIGURE);
    for (int i = 1; i < 5; i++)
        assert_int_equal(frame->items[i].kind, ZP_ITEM_RULE);
    const zp_item *words = &frame->items[5];
    assert_int_equal(words->kind, ZP_ITEM_TEXT);
    assert_int_equal(words->text.glyphs[0].code, 0xFF3B); /* ［ */
    assert_in_range(words->x, 0, b->page->body_width);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_widths_that_can_be_asked_for),
        TEST(test_words_that_are_no_width),
        TEST(test_the_caption_overrules_the_pictures_title),
        TEST(test_a_picture_is_made_smaller_to_the_page_but_not_larger),
        TEST(test_extreme_pictures_have_some_size),
        TEST(test_picture_and_caption_keep_together),
        TEST(test_every_line_of_a_long_caption_keeps_with_the_next),
        TEST(test_a_high_picture_leaves_room_for_its_caption),
        TEST(test_a_missing_picture_is_a_frame_with_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
