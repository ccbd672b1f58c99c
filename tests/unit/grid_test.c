/* grid_test.c: tables become boxes: widths, places of cells, where pages may end, and what hostile
 * tables come to. With the base template and the real fonts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "doc/caption.h"
#include "doc/markdown.h"
#include "layout/columns.h"
#include "layout/grid.h"

/* Template and fonts live as long as the program; everything else as long as a table. */
typedef struct {
    zp_arena *lasting, *arena;
    const zp_template *template;
    zp_fonts *fonts;
    zp_diag *diag;
    zp_report report;
    zp_column column;
    const zp_node *table;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->lasting = zp_arena_new();
    b->arena = zp_arena_new();
    const char *data = getenv("ZIPING_DATA");
    const char *root = data && *data ? data : ".";
    zp_diag *diag = zp_diag_new(b->lasting);
    b->template = zp_template_load(b->lasting, zp_str_format(b->lasting, "%s/templates/base", root),
                                   NULL, diag);
    b->fonts = zp_fonts_open(b->lasting, zp_str_format(b->lasting, "%s/fonts", root), diag);
    assert_non_null(b->template);
    assert_non_null(b->fonts);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    zp_fonts_close(b->fonts);
    zp_arena_free(b->arena);
    zp_arena_free(b->lasting);
    free(b);
    return 0;
}

static void read_table(bench *b, zp_str text)
{
    zp_arena_clear(b->arena);
    b->diag = zp_diag_new(b->arena);
    const zp_source *source = zp_source_new(b->arena, ZP_STR("表.md"), zp_str_copy(b->arena, text));
    zp_node *root = zp_markdown_read(b->arena, zp_span_of(source, 0, text.n), b->diag);
    assert_non_null(root);
    zp_caption_settle(b->arena, root);
    b->report = (zp_report){.source = source, .template = b->template, .root = root};
    b->column = (zp_column){.arena = b->arena,
                            .report = &b->report,
                            .setter = zp_setter_new(b->arena, b->fonts, b->diag),
                            .diag = b->diag};
    for (b->table = root->first; b->table->kind != ZP_NODE_TABLE;)
        b->table = b->table->next;
}

static void lay(bench *b, const char *text)
{
    read_table(b, zp_str_from(text));
    zp_grid_layout(&b->column, b->table);
}

static size_t count_id(const bench *b, const char *id)
{
    size_t count, found = 0;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    for (size_t i = 0; i < count; i++)
        found += strcmp(messages[i].id, id) == 0;
    return found;
}

/* ---- what stands in boxes ---- */

static zp_str item_text(zp_arena *arena, const zp_item *item)
{
    zp_buf text = {.arena = arena};
    for (uint32_t i = 0; item->kind == ZP_ITEM_TEXT && i < item->text.count; i++)
        zp_buf_code(&text, item->text.glyphs[i].code);
    return zp_buf_str(&text);
}

static const zp_item *find_in(bench *b, const zp_item *items, uint32_t count, const char *text)
{
    for (uint32_t i = 0; i < count; i++)
        if (zp_str_eq(item_text(b->arena, &items[i]), zp_str_from(text)))
            return &items[i];
    return NULL;
}

/* The first box from `from` that has a text item of just that; its index. */
static size_t box_from(bench *b, size_t from, const char *text)
{
    for (size_t i = from; i < b->column.count; i++)
        if (find_in(b, b->column.boxes[i].items, b->column.boxes[i].count, text))
            return i;
    fail_msg("no box with %s", text);
    return 0;
}

static const zp_item *item_of(bench *b, const char *text)
{
    const zp_box *box = &b->column.boxes[box_from(b, 0, text)];
    return find_in(b, box->items, box->count, text);
}

static zp_len right_of(const zp_item *item)
{
    const zp_glyph *last = &item->text.glyphs[item->text.count - 1];
    return item->x + last->x + zp_font_advance(item->text.font, last->id, item->text.size);
}

/* Where a number's point stands, or would. */
static zp_len point_of(const zp_item *item)
{
    for (uint32_t i = 0; i < item->text.count; i++)
        if (item->text.glyphs[i].code == '.' || item->text.glyphs[i].code == '%')
            return item->x + item->text.glyphs[i].x;
    return right_of(item);
}

/* What a box draws in all, with the height it says it has. A glyph's own blank may reach beyond the
 * edge, as a mark's at a line's end does; its place may not. */
static void assert_inside(const zp_box *box, const zp_item *items, uint32_t count, zp_len width,
                          zp_len room)
{
    for (uint32_t i = 0; i < count; i++) {
        const zp_item *item = &items[i];
        zp_len left = box->dx + item->x, top = box->dy + item->y, right = left + item->width;
        if (item->kind == ZP_ITEM_TEXT)
            right = left + item->text.glyphs[item->text.count - 1].x;
        assert_true(left >= 0 && right <= width);
        assert_true(top >= 0 && top + item->height <= room);
    }
}

static void assert_boxes_hold(const bench *b)
{
    const zp_page_setup *page = &b->template->page;
    for (size_t i = 0; i < b->column.count; i++) {
        const zp_box *box = &b->column.boxes[i];
        zp_len width = box->landscape ? page->body_height : page->body_width;
        zp_len room = box->landscape ? page->body_width : page->body_height;
        for (size_t k = 0; k < box->repeat_count; k++)
            room -= box->repeat[k].height;
        assert_true(box->height > 0 && box->height <= room);
        assert_inside(box, box->items, box->count, width, room);
        assert_inside(box, box->top_items, box->top_count, width, room);
        assert_inside(box, box->bottom_items, box->bottom_count, width, box->height);
    }
}

/* ---- widths ---- */

static zp_len column_width(const zp_grid *g, uint32_t column)
{
    return g->edges[column + 1] - g->edges[column];
}

static zp_grid *solve(bench *b, const char *text)
{
    read_table(b, zp_str_from(text));
    zp_grid *g = zp_cells_read(&b->column, b->table);
    g->width = b->template->page.body_width;
    zp_cells_measure(g);
    zp_columns_measure(g);
    zp_columns_solve(g);
    assert_int_equal(g->edges[g->columns], g->width);
    return g;
}

static void columns_that_fit_are_as_wide_as_their_contents_ask(void **state)
{
    zp_grid *g = solve(*state, "| 甲 | 乙 |\n|---|---|\n| 一二三四五六七八 | 一二三四 |\n");
    zp_len padding = 2 * zp_grid_padding(g->size);
    assert_true(column_width(g, 0) > column_width(g, 1));
    assert_true(column_width(g, 0) >= 8 * g->size + padding);
    zp_len wide = column_width(g, 0) / (8 * g->size / ZP_PT + padding / ZP_PT);
    zp_len narrow = column_width(g, 1) / (4 * g->size / ZP_PT + padding / ZP_PT);
    assert_true(abs(wide - narrow) < ZP_PT / 100);
}

static void a_long_text_takes_no_width_from_numbers(void **state)
{
    bench *b = *state;
    zp_buf text = {.arena = b->lasting};
    zp_buf_lit(&text, "| 甲 | 数 |\n|---|---|\n| ");
    for (int i = 0; i < 200; i++)
        zp_buf_lit(&text, "很长的文字");
    zp_buf_lit(&text, " | 123,456.78 |\n");
    zp_buf_byte(&text, '\0');
    zp_grid *g = solve(b, text.p);
    assert_true(column_width(g, 1) >= zp_grid_at(g, 1, 1)->natural + 2 * zp_grid_padding(g->size));
    assert_true(column_width(g, 0) > 4 * column_width(g, 1));
}

static void a_joined_cell_is_stacked_where_width_is_short(void **state)
{
    bench *b = *state;
    zp_buf text = {.arena = b->lasting};
    zp_buf_lit(&text, "| 类 | 甲 | 乙 |\n|---|---|---|\n");
    for (int i = 0; i < 8; i++)
        zp_buf_format(&text,
                      "| %s | 很长的文字很长的文字很长的文字很长的文字 | "
                      "很长的文字很长的文字很长的文字很长的文字 |\n",
                      i ? "^" : "绩效指标");
    zp_buf_byte(&text, '\0');
    zp_grid *g = solve(b, text.p);
    assert_true(column_width(g, 0) < 2 * g->size + 2 * zp_grid_padding(g->size));
    zp_cells_set(g, true);
    assert_int_equal(zp_grid_at(g, 1, 0)->lines.count, 4);
    assert_int_equal(zp_diag_count(b->diag, ZP_WARNING), 0);
}

static void weights_set_the_widths(void **state)
{
    bench *b = *state;
    lay(b, "表：题 {widths=1,3}\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n");
    zp_len width = b->template->page.body_width;
    zp_len first = item_of(b, "乙")->x - (width - width / 4 - 12 * ZP_PT) / 2;
    assert_true(abs(first - width / 4) < ZP_PT / 10);
    lay(b, "表：题 {widths=1,0}\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二三 |\n");
    assert_int_equal(count_id(b, "bad-widths"), 1);
    assert_boxes_hold(b);
    item_of(b, "二"); /* one character a line */
    lay(b, "表：题 {widths=1,2,3}\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二三 |\n");
    assert_int_equal(count_id(b, "bad-widths"), 1);
    item_of(b, "二三");
}

/* ---- places ---- */

static void numbers_stand_on_their_points(void **state)
{
    bench *b = *state;
    lay(b, "| 项 | 数 |\n|---|---|\n| 甲 | 1,234.5 |\n| 乙 | 36 |\n| 丙 | 99.63% |\n| 丁 | 7% |\n");
    zp_len point = point_of(item_of(b, "1,234.5"));
    assert_int_equal(point_of(item_of(b, "36")), point);
    assert_int_equal(point_of(item_of(b, "99.63%")), point);
    assert_int_equal(point_of(item_of(b, "7%")), point);
    lay(b, "| 项 | 数 |\n|---|:---|\n| 甲 | 1,234.5 |\n| 乙 | 36 |\n");
    assert_int_equal(item_of(b, "36")->x, item_of(b, "1,234.5")->x);
    lay(b, "| 项 | 数 |\n|---|---:|\n| 甲 | 1,234.5 |\n| 乙 | 36 |\n");
    zp_len edge = b->template->page.body_width - zp_grid_padding(12 * ZP_PT);
    assert_int_equal(right_of(item_of(b, "1,234.5")), edge);
    assert_int_equal(point_of(item_of(b, "36")), point_of(item_of(b, "1,234.5")));
}

static void a_lower_cell_stands_in_the_middle_of_its_row(void **state)
{
    bench *b = *state;
    lay(b, "表：题 {widths=1,1}\n\n| 甲 | 乙 |\n|---|---|\n| 低 | "
           "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十 |\n");
    const zp_box *box = &b->column.boxes[box_from(b, 0, "低")];
    const zp_item *low = find_in(b, box->items, box->count, "低");
    zp_len first = 0, last = 0;
    for (uint32_t i = 0; i < box->count; i++)
        if (box->items[i].kind == ZP_ITEM_TEXT && &box->items[i] != low) {
            last = box->items[i].y;
            first = first ? first : last;
        }
    assert_true(last > first);
    assert_true(abs(low->y - (first + last) / 2) <= 1);
}

static void a_caption_stands_above_the_unit_and_the_table(void **state)
{
    bench *b = *state;
    lay(b, "表：执行情况\n\n单位：万元\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n\n注：说明。\n\n"
           "签署：填报人 审核人　填报日期\n");
    size_t caption = box_from(b, 0, "表"), unit = box_from(b, 0, "单位：万元");
    size_t head = box_from(b, 0, "甲"), remark = box_from(b, 0, "注：说明。");
    assert_true(caption < unit && unit < head && head < remark);
    assert_int_equal(right_of(item_of(b, "单位：万元")), b->template->page.body_width);
    assert_true(b->column.boxes[caption].keeps && b->column.boxes[unit].keeps);
    zp_len first = item_of(b, "填报人")->x, second = item_of(b, "审核人")->x;
    zp_len third = item_of(b, "填报日期")->x;
    assert_int_equal(first, 0);
    assert_true(abs((third - second) - (second - first)) <= 1);
    assert_int_equal(box_from(b, 0, "填报人"), box_from(b, 0, "填报日期"));
    lay(b, "表：自评表 {number=off}\n\n| 甲 |\n|---|\n| 一 |\n");
    item_of(b, "自评表");
}

static size_t count_rules(const zp_box *box, zp_len least_width)
{
    size_t count = 0;
    for (uint32_t i = 0; i < box->count; i++)
        count += box->items[i].kind == ZP_ITEM_RULE && box->items[i].width >= least_width;
    return count;
}

static size_t count_uprights(const zp_box *box)
{
    size_t count = 0;
    for (uint32_t i = 0; i < box->count; i++)
        count += box->items[i].kind == ZP_ITEM_RULE && box->items[i].height > 2 * ZP_PT;
    return count;
}

static void styles_rule_as_they_say(void **state)
{
    bench *b = *state;
    const struct {
        const char *style;
        size_t head, last, uprights;
    } cases[] = {{"grid", 1, 2, 3}, {"three-line", 1, 2, 0}, {"plain", 0, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lay(b, zp_str_cstr(b->lasting, zp_str_format(b->lasting,
                                                     "表：题 {style=%s}\n\n| 甲 | 乙 |\n|---|---|\n"
                                                     "| 一 | 二 |\n",
                                                     cases[i].style)));
        const zp_box *head = &b->column.boxes[box_from(b, 0, "甲")];
        const zp_box *last = &b->column.boxes[box_from(b, 0, "一")];
        zp_len width = b->template->page.body_width;
        assert_int_equal(count_rules(head, width), cases[i].head);
        assert_int_equal(count_rules(last, width), cases[i].last);
        assert_int_equal(count_uprights(head), cases[i].uprights);
    }
}

/* ---- pages ---- */

/* A table of `rows` rows of this text. */
static void lay_rows(bench *b, const char *before, int rows, const char *row)
{
    zp_buf text = {.arena = b->lasting};
    zp_buf_add(&text, zp_str_from(before));
    for (int i = 0; i < rows; i++)
        zp_buf_add(&text, zp_str_from(row));
    read_table(b, zp_buf_str(&text));
    zp_grid_layout(&b->column, b->table);
}

static void further_pages_begin_with_the_label_the_unit_and_the_head(void **state)
{
    bench *b = *state;
    lay_rows(b, "表：长\n\n单位：元\n\n| 甲 | 乙 |\n|---|---|\n", 60, "| 一 | 二 |\n");
    size_t last = b->column.count - 2; /* a distance comes after it */
    const zp_box *box = &b->column.boxes[last];
    assert_int_equal(box->repeat_count, 3);
    assert_non_null(find_in(b, box->repeat[0].items, box->repeat[0].count, "续表"));
    assert_non_null(find_in(b, box->repeat[1].items, box->repeat[1].count, "单位：元"));
    const zp_box *head = &box->repeat[2];
    const zp_item *again = find_in(b, head->items, head->count, "甲");
    assert_non_null(again);
    assert_null(again->node); /* no content: it has been said */
    assert_null(box->bottom_items);
    assert_int_equal(box[-1].bottom_count, 1); /* a rule closes the page */
    assert_false(box[-1].keeps);
    assert_boxes_hold(b);
}

static void a_total_stays_with_the_row_above(void **state)
{
    bench *b = *state;
    lay_rows(b, "| 甲 | 乙 |\n|---|---|\n", 60, "| 项 | 二 |\n| 小 计 | 三 |\n");
    for (size_t i = 1; i + 1 < b->column.count; i++) {
        const zp_box *next = &b->column.boxes[i + 1];
        bool total = find_in(b, next->items, next->count, "三") != NULL;
        bool first = find_in(b, b->column.boxes[i].items, b->column.boxes[i].count, "甲") != NULL;
        assert_int_equal(b->column.boxes[i].keeps, total || first);
    }
}

static void joined_rows_are_one_box(void **state)
{
    bench *b = *state;
    lay_rows(b, "| 甲 | 乙 |\n|---|---|\n", 30, "| 合 | 二 |\n| ^ | 三 |\n| ^ | 四 |\n");
    for (size_t i = 0; i < b->column.count; i++) {
        const zp_box *box = &b->column.boxes[i];
        assert_int_equal(find_in(b, box->items, box->count, "二") != NULL,
                         find_in(b, box->items, box->count, "四") != NULL);
        const zp_item *joined = find_in(b, box->items, box->count, "合");
        const zp_item *middle = find_in(b, box->items, box->count, "三");
        assert_true(!joined || abs(joined->y - middle->y) <= 1);
        assert_int_equal(box->top_count, 0);
    }
}

static void a_long_joined_cell_is_said_again(void **state)
{
    bench *b = *state;
    lay_rows(b, "| 甲 | 乙 |\n|---|---|\n| 合并 | 首 |\n", 100, "| ^ | 二 |\n");
    size_t first = box_from(b, 0, "首");
    for (size_t i = first + 1; i < b->column.count - 1; i++) {
        const zp_box *box = &b->column.boxes[i];
        const zp_item *again = find_in(b, box->top_items, box->top_count, "合并");
        assert_non_null(again);
        assert_null(again->node);
        assert_non_null(find_in(b, box->top_items, box->top_count, "二")->node);
        assert_null(find_in(b, box->items, box->count, "合并"));
    }
    assert_boxes_hold(b);
}

static void a_row_higher_than_a_page_goes_on_line_by_line(void **state)
{
    bench *b = *state;
    zp_buf text = {.arena = b->lasting};
    zp_buf_lit(&text, "| 甲 | 乙 |\n|---|---|\n| 低 | ");
    for (int i = 0; i < 900; i++)
        zp_buf_lit(&text, "长文字");
    zp_buf_lit(&text, " |\n| 后 | 末 |\n");
    read_table(b, zp_buf_str(&text));
    zp_grid_layout(&b->column, b->table);
    assert_int_equal(count_id(b, "row-split"), 1);
    assert_boxes_hold(b);
    assert_true(box_from(b, 0, "末") > box_from(b, 0, "低") + 40);
}

static void a_table_fits_its_page_in_smaller_type(void **state)
{
    bench *b = *state;
    lay_rows(b, "表：题 {fit=page}\n\n| 甲 | 乙 |\n|---|---|\n", 32, "| 一 | 二 |\n");
    assert_int_equal(count_id(b, "table-does-not-fit"), 0);
    const zp_item *item = item_of(b, "一");
    assert_true(item->text.size < b->template->styles[ZP_STYLE_TABLE].size);
    int64_t height = 0;
    for (size_t i = 0; i < b->column.count; i++)
        height += b->column.boxes[i].height;
    assert_true(height <= b->template->page.body_height);
    for (size_t i = 1; i + 2 < b->column.count; i++)
        assert_true(b->column.boxes[i].keeps);
    lay_rows(b, "表：题 {fit=page}\n\n| 甲 | 乙 |\n|---|---|\n", 90, "| 一 | 二 |\n");
    assert_int_equal(count_id(b, "table-does-not-fit"), 1);
    assert_int_equal(item_of(b, "一")->text.size, b->template->styles[ZP_STYLE_TABLE].size);
}

static void a_wide_table_goes_on_a_turned_page(void **state)
{
    bench *b = *state;
    lay(b, "| 甲 | 乙 | 丙 | 丁 | 戊 | 己 | 庚 | 辛 |\n|---|---|---|---|---|---|---|---|\n"
           "| 123,456,789.00 | 123,456,789.00 | 123,456,789.00 | 123,456,789.00 | 123,456,789.00 "
           "| 123,456,789.00 | 123,456,789.00 | 1 |\n");
    for (size_t i = 0; i < b->column.count; i++)
        assert_true(b->column.boxes[i].landscape);
    assert_int_equal(zp_diag_count(b->diag, ZP_WARNING), 0);
    assert_true(right_of(item_of(b, "1")) > b->template->page.body_width);
    assert_boxes_hold(b);
    lay(b, "表：题 {page=landscape size=五号}\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n");
    assert_true(b->column.boxes[1].landscape);
    assert_int_equal(item_of(b, "一")->text.size, zp_len_pt10(105));
}

/* ---- bad input ---- */

static void two_hundred_columns_stay_on_the_page(void **state)
{
    bench *b = *state;
    zp_buf text = {.arena = b->lasting};
    for (int row = 0; row < 3; row++) {
        for (int i = 0; i < 200; i++)
            zp_buf_add(&text, zp_str_from(row == 1 ? "|---" : "| 文字123.5"));
        zp_buf_lit(&text, "|\n");
    }
    read_table(b, zp_buf_str(&text));
    zp_grid_layout(&b->column, b->table);
    assert_int_equal(count_id(b, "table-too-wide"), 1);
    assert_boxes_hold(b);
}

static void a_word_of_ten_thousand_characters_is_parted(void **state)
{
    bench *b = *state;
    zp_buf text = {.arena = b->lasting};
    zp_buf_lit(&text, "| 甲 | 乙 |\n|---|---|\n| 一 | ");
    for (int i = 0; i < 10000; i++)
        zp_buf_byte(&text, 'W');
    zp_buf_lit(&text, " |\n");
    read_table(b, zp_buf_str(&text));
    zp_grid_layout(&b->column, b->table);
    assert_int_equal(count_id(b, "long-word"), 1);
    assert_boxes_hold(b);
}

static void bad_attributes_are_named_and_change_nothing(void **state)
{
    bench *b = *state;
    lay(b, "表：题 {style=abc size=7 page=x fit=y colour=red foo widths=1,x}\n\n| 甲 | 乙 |\n"
           "|---|---|\n| 一 | 二 |\n");
    assert_int_equal(count_id(b, "bad-attribute"), 4);
    assert_int_equal(count_id(b, "unknown-attribute"), 2);
    assert_int_equal(count_id(b, "bad-widths"), 1);
    assert_int_equal(item_of(b, "一")->text.size, b->template->styles[ZP_STYLE_TABLE].size);
    assert_boxes_hold(b);
}

static void tables_of_any_joins_stay_within_their_boxes(void **state)
{
    bench *b = *state;
    const char *const cells[] = {
        "",    "—",    "12.5",        "1,234.56",
        "99%", "文字", "Latin words", "很长的文字，很长的文字，很长的文字，很长的文字"};
    const char *const heads[] = {"", "style=three-line", "fit=page", "page=landscape", "size=五号"};
    uint32_t seed = 7;
    for (int k = 0; k < 60; k++) {
        zp_buf text = {.arena = b->lasting};
        zp_buf_format(&text, "表：题 {%s}\n\n", heads[k % 5]);
        int columns = 1 + k % 8, rows = 1 + k * 2;
        for (int i = 0; i < 2 * columns; i++)
            zp_buf_format(&text, "%s%s",
                          i % columns ? ""
                          : i         ? "|\n"
                                      : "",
                          i < columns ? "| 头" : "|---");
        zp_buf_lit(&text, "|\n");
        for (int i = 0; i < rows * columns; i++) {
            seed = seed * 1664525U + 1013904223U;
            bool joins = i >= columns && (seed >> 24) % 3 == 0;
            zp_buf_format(&text, "| %s %s", joins ? "^" : cells[(seed >> 16) % 8],
                          i % columns == columns - 1 ? "|\n" : "");
        }
        read_table(b, zp_buf_str(&text));
        assert_int_equal(zp_diag_count(b->diag, ZP_ERROR), 0);
        zp_grid_layout(&b->column, b->table);
        assert_boxes_hold(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_that_fit_are_as_wide_as_their_contents_ask),
        cmocka_unit_test(a_long_text_takes_no_width_from_numbers),
        cmocka_unit_test(a_joined_cell_is_stacked_where_width_is_short),
        cmocka_unit_test(weights_set_the_widths),
        cmocka_unit_test(numbers_stand_on_their_points),
        cmocka_unit_test(a_lower_cell_stands_in_the_middle_of_its_row),
        cmocka_unit_test(a_caption_stands_above_the_unit_and_the_table),
        cmocka_unit_test(styles_rule_as_they_say),
        cmocka_unit_test(further_pages_begin_with_the_label_the_unit_and_the_head),
        cmocka_unit_test(a_total_stays_with_the_row_above),
        cmocka_unit_test(joined_rows_are_one_box),
        cmocka_unit_test(a_long_joined_cell_is_said_again),
        cmocka_unit_test(a_row_higher_than_a_page_goes_on_line_by_line),
        cmocka_unit_test(a_table_fits_its_page_in_smaller_type),
        cmocka_unit_test(a_wide_table_goes_on_a_turned_page),
        cmocka_unit_test(two_hundred_columns_stay_on_the_page),
        cmocka_unit_test(a_word_of_ten_thousand_characters_is_parted),
        cmocka_unit_test(bad_attributes_are_named_and_change_nothing),
        cmocka_unit_test(tables_of_any_joins_stay_within_their_boxes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
