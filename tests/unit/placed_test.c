/* Table blocks: what they become, where each piece came from, and what is said of wrong ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "doc/markdown.h"
#include "doc/placed.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_sheet_maker maker;
    zp_sheet *sheet; /* what every reference leads to; NULL: to nothing */
    zp_str asked;
    bool public;
} bench;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    bench *b = zp_new(arena, bench);
    b->arena = arena;
    b->diag = zp_diag_new(arena);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(((bench *)*state)->arena);
    return 0;
}

static const zp_sheet *load(void *user, zp_str reference, zp_span place)
{
    bench *b = user;
    b->asked = reference;
    assert_int_equal(place.end - place.start, reference.n);
    return b->sheet;
}

static zp_cell *put(bench *b, uint32_t row, uint32_t column, const char *text)
{
    b->maker.arena = b->arena;
    b->maker.diag = b->diag;
    zp_cell cell = {.kind = *text ? ZP_CELL_TEXT : ZP_CELL_BLANK,
                    .text = zp_str_from(text),
                    .row = row,
                    .column = column,
                    .rows = 1,
                    .columns = *text ? 1 : 2};
    zp_sheet_add(&b->maker, &cell);
    return &b->maker.cells[b->maker.count - 1];
}

static void join(bench *b, uint32_t row, uint32_t column, const char *text, uint32_t rows,
                 uint32_t columns)
{
    zp_cell *cell = put(b, row, column, text);
    cell->rows = rows;
    cell->columns = columns;
}

static void finish(bench *b)
{
    b->maker.arena = b->arena;
    b->sheet = zp_sheet_finish(&b->maker, NULL, ZP_STR("附表.xlsx"), ZP_STR("预算"));
}

/* A sheet of text: cells parted by |, rows by line ends. */
static void make_sheet(bench *b, const char *text)
{
    uint32_t row = 0, column = 0;
    zp_str all = zp_str_from(text);
    for (size_t at = 0; at < all.n;) {
        size_t end = at;
        while (end < all.n && all.p[end] != '|' && all.p[end] != '\n')
            end++;
        if (end > at)
            put(b, row, column, zp_str_cstr(b->arena, zp_str_slice(all, at, end)));
        column++;
        if (end < all.n && all.p[end] == '\n') {
            row++;
            column = 0;
        }
        at = end + 1;
    }
    finish(b);
}

static zp_span expand(bench *b, const char *text)
{
    const zp_source *source = zp_source_new(b->arena, ZP_STR("report.md"), zp_str_from(text));
    zp_placed_options options = {load, b, b->public};
    return zp_placed_expand(b->arena, zp_span_of(source, 0, source->text.n), &options, b->diag);
}

static const char *text_of(bench *b, zp_span span)
{
    return zp_str_cstr(b->arena, zp_str_slice(span.source->text, span.start, span.end));
}

static void assert_becomes(bench *b, const char *text, const char *expected)
{
    zp_span made = expand(b, text);
    assert_string_equal(text_of(b, made), expected);
    size_t count;
    zp_diag_messages(b->diag, &count);
    assert_int_equal(count, 0);
    assert_non_null(zp_markdown_read(b->arena, made, b->diag));
    zp_diag_messages(b->diag, &count);
    assert_int_equal(count, 0); /* no join that leads nowhere, no ragged row */
}

static const zp_message *only_message(bench *b, const char *id, zp_severity severity)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    assert_int_equal(count, 1);
    assert_string_equal(messages[0].id, id);
    assert_int_equal(messages[0].severity, severity);
    return messages;
}

#define BLOCK(yaml) "```table\nsrc: a.xlsx\n" yaml "```\n"

static void a_block_becomes_a_table(void **state)
{
    bench *b = *state;
    make_sheet(b, "项目|预算\n甲|1.5\n乙|2\n");
    assert_becomes(b, "前文\n\n```table\nsrc: book.xlsx#预算!A1:B3\n```\n\n后文\n",
                   "前文\n\n| 项目 | 预算 |\n| --- | --- |\n| 甲 | 1.5 |\n| 乙 | 2 |\n\n后文\n");
    assert_string_equal(zp_str_cstr(b->arena, b->asked), "book.xlsx#预算!A1:B3");
}

static void a_block_stands_apart_from_its_neighbours(void **state)
{
    bench *b = *state;
    make_sheet(b, "甲|乙\n");
    assert_becomes(b, "| 前\n" BLOCK("") "后 | 文\n",
                   "| 前\n\n| 甲 | 乙 |\n| --- | --- |\n\n后 | 文\n");
    assert_becomes(b, "- 项\n\n  ~~~ table\n  src: a.xlsx\n  ~~~\n",
                   "- 项\n\n  | 甲 | 乙 |\n  | --- | --- |\n");
}

static void what_is_no_block_is_left_alone(void **state)
{
    bench *b = *state;
    static const char *const texts[] = {
        "没有\n",
        "",
        "行内 ```table``` 代码\n",
        "````\n```table\nsrc: a\n```\n````\n",
        "~~~ markdown\n```table\nsrc: a\n```\n~~~\n",
        "<!--\n```table\nsrc: a\n```\n-->\n",
        "    ```table\n    src: a\n    ```\n",
        "```tables\nsrc: a\n```\n",
        "```table x\nsrc: a\n```\n",
        "```chart\ntable: t1\n```\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const zp_source *source = zp_source_new(b->arena, ZP_STR("a"), zp_str_from(texts[i]));
        zp_placed_options options = {load, b, false};
        zp_span part = zp_span_of(source, 0, source->text.n);
        zp_span made = zp_placed_expand(b->arena, part, &options, b->diag);
        assert_ptr_equal(made.source, source);
        assert_int_equal(made.end, part.end);
    }
    assert_null(b->asked.p);
}

static void joins_become_marks(void **state)
{
    bench *b = *state;
    join(b, 0, 0, "项目", 2, 1);
    join(b, 0, 1, "预算", 1, 2);
    put(b, 1, 1, "年初");
    put(b, 1, 2, "调整");
    join(b, 2, 0, "甲", 2, 1);
    join(b, 2, 1, "1", 2, 2);
    put(b, 4, 0, "乙");
    join(b, 4, 1, "", 1, 2);
    put(b, 5, 0, "丙");
    put(b, 5, 2, "3");
    finish(b);
    assert_becomes(b, BLOCK(""),
                   "| 项目 | 预算 | < |\n| ^ | 年初 | 调整 |\n| --- | --- | --- |\n"
                   "| 甲 | 1 | < |\n| ^ | ^ | ^ |\n| 乙 |  | < |\n| 丙 |  | 3 |\n");
}

static void lines_above_the_head_belong_to_it(void **state)
{
    bench *b = *state;
    join(b, 0, 0, "预算表", 1, 3);
    put(b, 1, 2, "单位：万元");
    put(b, 2, 0, "项目");
    put(b, 2, 1, "预算");
    put(b, 2, 2, "执行");
    put(b, 3, 0, "甲");
    put(b, 3, 1, "1");
    finish(b);
    assert_becomes(b, BLOCK(""),
                   "| 预算表 | < | < |\n|  |  | 单位：万元 |\n| 项目 | 预算 | 执行 |\n"
                   "| --- | --- | --- |\n| 甲 | 1 |  |\n");
    assert_becomes(b, BLOCK("head: 1\n"),
                   "| 预算表 | < | < |\n| --- | --- | --- |\n|  |  | 单位：万元 |\n"
                   "| 项目 | 预算 | 执行 |\n| 甲 | 1 |  |\n");
    assert_becomes(
        b, BLOCK("columns: [预算, 项目]\n"),
        "| 预算表 | < |\n|  | 单位：万元 |\n| 预算 | 项目 |\n| --- | --- |\n| 1 | 甲 |\n");
}

static void a_line_with_the_unit_may_name_more(void **state)
{
    bench *b = *state;
    put(b, 0, 0, "填报单位：某某局");
    put(b, 0, 3, "单位：万元");
    join(b, 1, 0, "项目", 2, 1);
    join(b, 1, 1, "预算", 1, 3);
    put(b, 2, 1, "财政");
    put(b, 2, 2, "自筹");
    put(b, 2, 3, "其他");
    put(b, 3, 0, "甲");
    put(b, 3, 1, "1");
    finish(b);
    assert_becomes(b, BLOCK(""),
                   "| 填报单位：某某局 |  |  | 单位：万元 |\n| 项目 | 预算 | < | < |\n"
                   "| ^ | 财政 | 自筹 | 其他 |\n| --- | --- | --- | --- |\n| 甲 | 1 |  |  |\n");
    assert_becomes(b, BLOCK("columns: [财政, 自筹]\n"),
                   "| 填报单位：某某局 | 单位：万元 |\n| 预算 | < |\n| 财政 | 自筹 |\n"
                   "| --- | --- |\n| 1 |  |\n");
}

static void text_is_escaped(void **state)
{
    bench *b = *state;
    put(b, 0, 0, "a|b*c*");
    put(b, 0, 1, "^");
    put(b, 1, 0, "第一行\n第二行");
    put(b, 1, 1, "<");
    put(b, 2, 0, "  其中：甲");
    put(b, 2, 1, " 12 ");
    finish(b);
    zp_span made = expand(b, BLOCK(""));
    const zp_node *root = zp_markdown_read(b->arena, made, b->diag);
    zp_buf out = {.arena = b->arena};
    for (const zp_node *row = root->first->first; row != NULL; row = row->next)
        for (const zp_node *cell = row->first; cell != NULL; cell = cell->next)
            zp_buf_format(&out, "%.*s;", ZP_ARG(zp_node_text(b->arena, cell)));
    assert_string_equal(zp_str_cstr(b->arena, zp_buf_str(&out)),
                        "a|b*c*;^;第一行 第二行;<;　其中：甲;12;");
}

static void dashes_in_the_head_are_no_delimiter(void **state)
{
    bench *b = *state;
    make_sheet(b, "项目|数\n-|--:\n甲|-\n");
    assert_becomes(b, BLOCK("head: 2\n"),
                   "| 项目 | 数 |\n| \\- | \\--: |\n| --- | --- |\n| 甲 | - |\n");
}

static void columns_stand_as_most_of_their_cells(void **state)
{
    bench *b = *state;
    static const zp_side sides[3][4] = {
        {ZP_SIDE_LEFT, ZP_SIDE_CENTER, ZP_SIDE_RIGHT, ZP_SIDE_NONE},
        {ZP_SIDE_LEFT, ZP_SIDE_CENTER, ZP_SIDE_RIGHT, ZP_SIDE_NONE},
        {ZP_SIDE_RIGHT, ZP_SIDE_CENTER, ZP_SIDE_NONE, ZP_SIDE_RIGHT},
    };
    for (uint32_t k = 0; k < 4; k++)
        put(b, 0, k, "头")->side = ZP_SIDE_RIGHT;
    for (uint32_t row = 0; row < 3; row++)
        for (uint32_t k = 0; k < 4; k++)
            put(b, row + 1, k, "1")->side = sides[row][k];
    finish(b);
    zp_span made = expand(b, BLOCK(""));
    assert_non_null(strstr(text_of(b, made), "\n| :-- | :-: | --: | --- |\n"));
}

static void hidden_rows_are_left_out_and_named(void **state)
{
    bench *b = *state;
    make_sheet(b, "项目|预算|密\n甲|1|a\n乙|2|b\n丙|3|c\n丁|4|d\n");
    static const uint32_t rows[] = {1, 3}, columns[] = {2};
    b->sheet->hidden_rows = rows;
    b->sheet->hidden_row_count = 2;
    b->sheet->hidden_columns = columns;
    b->sheet->hidden_column_count = 1;
    assert_string_equal(text_of(b, expand(b, BLOCK(""))),
                        "| 项目 | 预算 |\n| --- | --- |\n| 乙 | 2 |\n| 丁 | 4 |\n");
    const zp_message *m = only_message(b, "hidden-rows", ZP_WARNING);
    assert_string_equal(zp_str_cstr(b->arena, m->message),
                        "隐藏的 2 行（第 2、4 行）和 1 列（C 列）没有排印");
}

static void hidden_rows_of_a_part_have_the_sheets_numbers(void **state)
{
    bench *b = *state;
    make_sheet(b, "x\n|项目|密|预算\n|甲|a|1\n|乙|b|2\n");
    static const uint32_t rows[] = {2}, columns[] = {2};
    b->sheet->hidden_rows = rows;
    b->sheet->hidden_row_count = 1;
    b->sheet->hidden_columns = columns;
    b->sheet->hidden_column_count = 1;
    b->sheet = zp_sheet_part(b->arena, b->sheet, (zp_range){1, 1, 3, 3});
    assert_string_equal(text_of(b, expand(b, BLOCK(""))),
                        "| 项目 | 预算 |\n| --- | --- |\n| 乙 | 2 |\n");
    assert_string_equal(zp_str_cstr(b->arena, only_message(b, "hidden-rows", ZP_WARNING)->message),
                        "隐藏的 1 行（第 3 行）和 1 列（C 列）没有排印");
}

static void joins_lose_what_is_hidden(void **state)
{
    bench *b = *state;
    join(b, 0, 0, "题", 1, 3);
    join(b, 1, 0, "甲", 3, 1);
    for (uint32_t row = 1; row < 4; row++)
        for (uint32_t k = 1; k < 3; k++)
            put(b, row, k, "1");
    finish(b);
    static const uint32_t rows[] = {1}, columns[] = {1};
    b->sheet->hidden_rows = rows;
    b->sheet->hidden_row_count = 1;
    b->sheet->hidden_columns = columns;
    b->sheet->hidden_column_count = 1;
    assert_string_equal(text_of(b, expand(b, BLOCK("head: 1\n"))),
                        "| 题 | < |\n| --- | --- |\n| 甲 | 1 |\n| ^ | 1 |\n");
}

static void blank_edges_are_dropped(void **state)
{
    bench *b = *state;
    put(b, 2, 1, "甲");
    put(b, 2, 3, "乙");
    put(b, 4, 1, "1");
    put(b, 4, 3, "2");
    put(b, 5, 4, " 　");
    join(b, 7, 0, "", 3, 6);
    finish(b);
    assert_becomes(b, BLOCK(""), "| 甲 |  | 乙 |\n| --- | --- | --- |\n|  |  |  |\n| 1 |  | 2 |\n");
}

static void columns_are_taken_by_their_heads(void **state)
{
    bench *b = *state;
    join(b, 0, 0, "项目", 2, 1);
    join(b, 0, 1, "年初 预算数", 1, 2);
    put(b, 1, 1, "财政拨款");
    put(b, 1, 2, "其他");
    join(b, 0, 3, "决算数", 1, 2);
    put(b, 1, 3, "财政拨款");
    put(b, 1, 4, "其他{内部}");
    for (uint32_t k = 0; k < 5; k++)
        put(b, 2, k, (const char *const[]){"甲", "1", "2", "3", "4"}[k]);
    finish(b);
    assert_becomes(b, BLOCK("columns: [年初预算数/其他, 项目]\n"),
                   "| 年初 预算数 | 项目 |\n| 其他 | ^ |\n| --- | --- |\n| 2 | 甲 |\n");
    assert_becomes(b, BLOCK("columns: [项目, 财政拨款]\n"),
                   "| 项目 | 年初 预算数 | 决算数 |\n| ^ | 财政拨款 | 财政拨款 |\n"
                   "| --- | --- | --- |\n| 甲 | 1 | 3 |\n");
    assert_becomes(b, BLOCK("columns: [决算数, 其他]\n"),
                   "| 决算数 | < | 年初 预算数 |\n| 财政拨款 | 其他\\{内部} | 其他 |\n"
                   "| --- | --- | --- |\n| 3 | 4 | 2 |\n");
}

static void a_join_whose_middle_is_not_taken_is_parted(void **state)
{
    bench *b = *state;
    put(b, 0, 0, "甲");
    put(b, 0, 1, "乙");
    put(b, 0, 2, "丙");
    join(b, 1, 0, "大", 2, 3);
    finish(b);
    assert_becomes(b, BLOCK("columns: [甲, 丙]\n"), "| 甲 | 丙 |\n| --- | --- |\n| 大 | < |\n");
    b->maker = (zp_sheet_maker){0};
    put(b, 0, 0, "甲");
    put(b, 0, 1, "乙");
    put(b, 0, 2, "丙");
    join(b, 1, 0, "大", 2, 2);
    put(b, 1, 2, "小");
    put(b, 2, 2, "微");
    finish(b);
    assert_becomes(b, BLOCK("columns: [甲, 丙, 乙]\n"),
                   "| 甲 | 丙 | 乙 |\n| --- | --- | --- |\n| 大 | 小 | 大 |\n| ^ | 微 | ^ |\n");
}

static void internal_columns_leave_the_public_edition(void **state)
{
    bench *b = *state;
    make_sheet(b, "项目|预算|备注\n甲|1|秘\n");
    assert_becomes(b, BLOCK("internal: 备注\n"),
                   "| 项目 | 预算 | 备注 |\n| --- | --- | --- |\n| 甲 | 1 | 秘 |\n");
    b->public = true;
    assert_becomes(b, BLOCK("internal: [备注]\n"), "| 项目 | 预算 |\n| --- | --- |\n| 甲 | 1 |\n");
    assert_becomes(b, BLOCK("columns: [备注, 项目]\ninternal: [备注]\n"),
                   "| 项目 |\n| --- |\n| 甲 |\n");
    assert_becomes(b, BLOCK("internal: [项目, 预算, 备注]\n"), "| {内部} |\n| --- |\n");
}

static void pieces_lead_to_cells_and_blocks(void **state)
{
    bench *b = *state;
    make_sheet(b, "项目|预算\na*b|2\n");
    const char *text = "前文\n\n" BLOCK("") "\n后文\n";
    zp_span made = expand(b, text);
    const zp_source *s = made.source;
    assert_int_equal(s->pieces[0].start, 0);
    assert_true(s->pieces[0].verbatim);
    for (size_t i = 0; i < s->piece_count; i++) {
        const zp_piece *p = &s->pieces[i];
        size_t end = i + 1 < s->piece_count ? s->pieces[i + 1].start : s->text.n;
        assert_true(p->start < end);
        zp_str stretch = zp_str_slice(s->text, p->start, end);
        zp_str from = zp_str_slice(p->from.source->text, p->from.start, p->from.end);
        if (p->verbatim)
            assert_true(zp_str_eq(stretch, from));
        if (zp_str_eq(stretch, ZP_STR("预算")))
            assert_ptr_equal(p->from.source, b->sheet->source);
        if (zp_str_eq(stretch, ZP_STR("a\\*b")))
            assert_true(!p->verbatim && zp_str_eq(from, ZP_STR("a*b")));
        if (zp_str_starts(stretch, ZP_STR("| ")))
            assert_true(zp_str_starts(from, ZP_STR("```table")));
    }
    assert_true(s->pieces[s->piece_count - 1].verbatim);
    assert_string_equal(zp_str_cstr(b->arena, s->name), "report.md");
}

static void a_part_of_a_text_is_expanded_alone(void **state)
{
    bench *b = *state;
    make_sheet(b, "甲|乙\n");
    const char *text = "---\nx\n---\n" BLOCK("") "尾";
    const zp_source *source = zp_source_new(b->arena, ZP_STR("report.md"), zp_str_from(text));
    zp_placed_options options = {load, b, false};
    zp_span part = zp_span_of(source, 10, source->text.n - 3);
    zp_span made = zp_placed_expand(b->arena, part, &options, b->diag);
    assert_string_equal(text_of(b, made), "| 甲 | 乙 |\n| --- | --- |\n");
    assert_int_equal(made.source->pieces[0].from.start, 10);
}

static void wrong_blocks_are_named(void **state)
{
    static const struct {
        const char *text, *id, *hint;
        zp_severity severity;
    } cases[] = {
        {"```table\nhead: 1\n```\n", "missing-key", NULL, ZP_ERROR},
        {"```table\nsrc: [a]\n```\n", "bad-value", NULL, ZP_ERROR},
        {BLOCK("head: 0\n"), "bad-value", NULL, ZP_ERROR},
        {BLOCK("head: 11\n"), "bad-value", NULL, ZP_ERROR},
        {BLOCK("head: 二\n"), "bad-value", NULL, ZP_ERROR},
        {BLOCK("columns: {a: b}\n"), "bad-value", NULL, ZP_ERROR},
        {BLOCK("columns: [[a]]\n"), "bad-value", NULL, ZP_ERROR},
        {BLOCK("columns: [预算书]\n"), "missing-column", "是不是“预算数”？", ZP_ERROR},
        {BLOCK("internal: [没有]\n"), "missing-column", NULL, ZP_ERROR},
        {BLOCK("collumns: [项目]\n"), "unknown-key", "是不是“columns”？", ZP_WARNING},
        {BLOCK("a: b: c\n"), "yaml-colon-in-value", NULL, ZP_ERROR},
        {"```table\nsrc: a\n", "table-open", NULL, ZP_ERROR},
        {"```table", "table-open", NULL, ZP_ERROR},
    };
    bench *b = *state;
    make_sheet(b, "项目|预算数\n甲|1\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        b->diag = zp_diag_new(b->arena);
        expand(b, cases[i].text);
        const zp_message *m = only_message(b, cases[i].id, cases[i].severity);
        if (cases[i].hint)
            assert_string_equal(zp_str_cstr(b->arena, m->hint), cases[i].hint);
    }
}

static void a_block_with_an_error_is_left_out(void **state)
{
    bench *b = *state; /* no sheet: load has said why */
    assert_string_equal(text_of(b, expand(b, "前\n" BLOCK("") "后\n")), "前\n\n\n后\n");
    finish(b);
    expand(b, BLOCK(""));
    only_message(b, "empty-table", ZP_ERROR);
}

static void a_table_too_large_is_marked(void **state)
{
    bench *b = *state;
    for (uint32_t k = 0; k < 300; k++)
        put(b, 0, k, k == 7 ? "七" : "头");
    put(b, 1, 7, "7");
    finish(b);
    assert_string_equal(text_of(b, expand(b, BLOCK(""))), "［表格太大，没有排印］\n");
    only_message(b, "too-many-cells", ZP_FLAW);
    b->diag = zp_diag_new(b->arena);
    assert_becomes(b, BLOCK("columns: 七\n"), "| 七 |\n| --- |\n| 7 |\n");
}

static void joins_over_one_another_stay_rectangles(void **state)
{
    bench *b = *state;
    zp_cell cells[] = {
        {.kind = ZP_CELL_TEXT, .text = ZP_STR("a"), .rows = 3, .columns = 2},
        {.kind = ZP_CELL_TEXT, .text = ZP_STR("b"), .column = 2, .rows = 1, .columns = 1},
        {.kind = ZP_CELL_TEXT, .text = ZP_STR("c"), .row = 1, .column = 1, .rows = 3, .columns = 2},
        {.kind = ZP_CELL_TEXT, .text = ZP_STR("d"), .row = 3, .rows = 1, .columns = 9},
    };
    size_t starts[] = {0, 2, 3, 3, 4};
    zp_sheet sheet = {.cells = cells, .count = 4, .starts = starts, .row_count = 4};
    sheet.column_count = 3;
    b->sheet = &sheet;
    assert_becomes(
        b, BLOCK("head: 1\n"),
        "| a | < | b |\n| --- | --- | --- |\n| ^ | ^ |  |\n| ^ | ^ |  |\n| d | < | < |\n");
}

static void many_blocks_of_a_large_sheet_come_to_an_end(void **state)
{
    bench *b = *state;
    put(b, 0, 0, "头");
    put(b, 1000000, 0, "尾");
    finish(b);
    zp_buf text = {.arena = b->arena};
    for (int i = 0; i < 300; i++)
        zp_buf_lit(&text, BLOCK("head: 1\n"));
    expand(b, zp_str_cstr(b->arena, zp_buf_str(&text)));
    size_t count;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    assert_string_equal(messages[count - 1].id, "expansion-too-large");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_block_becomes_a_table),
        TEST(a_block_stands_apart_from_its_neighbours),
        TEST(what_is_no_block_is_left_alone),
        TEST(joins_become_marks),
        TEST(lines_above_the_head_belong_to_it),
        TEST(a_line_with_the_unit_may_name_more),
        TEST(text_is_escaped),
        TEST(dashes_in_the_head_are_no_delimiter),
        TEST(columns_stand_as_most_of_their_cells),
        TEST(hidden_rows_are_left_out_and_named),
        TEST(hidden_rows_of_a_part_have_the_sheets_numbers),
        TEST(joins_lose_what_is_hidden),
        TEST(blank_edges_are_dropped),
        TEST(columns_are_taken_by_their_heads),
        TEST(a_join_whose_middle_is_not_taken_is_parted),
        TEST(internal_columns_leave_the_public_edition),
        TEST(pieces_lead_to_cells_and_blocks),
        TEST(a_part_of_a_text_is_expanded_alone),
        TEST(wrong_blocks_are_named),
        TEST(a_block_with_an_error_is_left_out),
        TEST(a_table_too_large_is_marked),
        TEST(joins_over_one_another_stay_rectangles),
        TEST(many_blocks_of_a_large_sheet_come_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
