/* diag_test.c: what is collected, its order, and both printed forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/diag.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_source *source;
} fixture;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    fixture *f = zp_new(arena, fixture);
    f->arena = arena;
    f->diag = zp_diag_new(arena);
    f->source = zp_source_new(arena, ZP_STR("报告.md"), ZP_STR("---\n单为: 某局\n---\n\n正文a\n"));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(((fixture *)*state)->arena);
    return 0;
}

static void add(fixture *f, zp_severity severity, const char *id, size_t start, size_t end)
{
    zp_diag_add(f->diag, severity, id, zp_span_of(f->source, start, end), NULL, "话");
}

static zp_str text_of(fixture *f)
{
    zp_buf out = {.arena = f->arena};
    zp_diag_write_text(f->diag, false, &out);
    return zp_buf_str(&out);
}

static zp_str json_of(fixture *f)
{
    zp_buf out = {.arena = f->arena};
    zp_diag_write_json(f->diag, &out);
    return zp_buf_str(&out);
}

static void assert_text(zp_str found, const char *expected)
{
    if (!zp_str_eq(found, zp_str_from(expected)))
        fail_msg("found:\n%.*s\nexpected:\n%s", ZP_ARG(found), expected);
}

static size_t count_of(zp_str s, const char *what)
{
    zp_str needle = zp_str_from(what);
    size_t count = 0;
    for (size_t at = 0; (at = zp_str_find(s, needle, at)) < s.n; at += needle.n)
        count++;
    return count;
}

static void messages_are_kept_in_order_of_adding(void **state)
{
    fixture *f = *state;
    add(f, ZP_WARNING, "second-place", 20, 21);
    add(f, ZP_ERROR, "first-place", 0, 1);
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    assert_int_equal(count, 2);
    assert_string_equal(messages[0].id, "second-place");
    assert_true(messages[0].order < messages[1].order);
    assert_int_equal(zp_diag_count(f->diag, ZP_ERROR), 1);
    assert_int_equal(zp_diag_count(f->diag, ZP_WARNING), 1);
    assert_int_equal(zp_diag_count(f->diag, ZP_HINT), 0);
}

static void nothing_prints_nothing(void **state)
{
    fixture *f = *state;
    assert_int_equal(text_of(f).n, 0);
    assert_int_equal(json_of(f).n, 0);
}

static void the_text_form_shows_line_caret_and_hint(void **state)
{
    fixture *f = *state;
    zp_diag_add(f->diag, ZP_ERROR, "unknown-key", zp_span_of(f->source, 4, 10), "是不是“单位”？",
                "没有名为“%s”的项目", "单为");
    assert_text(text_of(f), "报告.md:2:1: 错误: 没有名为“单为”的项目 [unknown-key]\n"
                            "    2 | 单为: 某局\n"
                            "      | ^~~~\n"
                            "   提示: 是不是“单位”？\n");
}

static void severities_have_their_words(void **state)
{
    fixture *f = *state;
    zp_diag_add(f->diag, ZP_WARNING, "w", (zp_span){NULL, 0, 0}, NULL, "甲");
    zp_diag_add(f->diag, ZP_HINT, "h", (zp_span){NULL, 0, 0}, "乙", "丙");
    assert_text(text_of(f), "警告: 甲 [w]\n建议: 丙 [h]\n   提示: 乙\n");
}

static void the_caret_stands_under_wide_characters_and_after_tabs(void **state)
{
    fixture *f = *state;
    f->source = zp_source_new(f->arena, ZP_STR("x"), ZP_STR("\t一a二\n"));
    add(f, ZP_ERROR, "e", 5, 8);
    assert_text(text_of(f), "x:1:4: 错误: 话 [e]\n    1 |     一a二\n      |        ^~\n");
}

static void a_place_without_width_has_one_caret(void **state)
{
    fixture *f = *state;
    f->source = zp_source_new(f->arena, ZP_STR("x"), ZP_STR("ab\n\n"));
    add(f, ZP_ERROR, "at-the-end", 2, 2);
    add(f, ZP_ERROR, "on-an-empty-line", 3, 3);
    add(f, ZP_ERROR, "at-the-very-end", 4, 4);
    assert_text(text_of(f), "x:1:3: 错误: 话 [at-the-end]\n    1 | ab\n      |   ^\n"
                            "x:2:1: 错误: 话 [on-an-empty-line]\n"
                            "x:3:1: 错误: 话 [at-the-very-end]\n");
}

static void a_span_over_lines_is_underlined_on_its_first(void **state)
{
    fixture *f = *state;
    f->source = zp_source_new(f->arena, ZP_STR("x"), ZP_STR("abc\ndef\n"));
    add(f, ZP_ERROR, "e", 1, 6);
    assert_text(text_of(f), "x:1:2: 错误: 话 [e]\n    1 | abc\n      |  ^~\n");
}

static void a_span_that_splits_characters_is_shown_all_the_same(void **state)
{
    fixture *f = *state;
    f->source = zp_source_new(f->arena, ZP_STR("x"), ZP_STR("一二\n"));
    add(f, ZP_ERROR, "e", 4, 5);
    assert_text(text_of(f), "x:1:3: 错误: 话 [e]\n    1 | 一二\n      |   ^~\n");
}

static void the_whole_file_has_no_line(void **state)
{
    fixture *f = *state;
    zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_file(f->source), NULL, "空");
    add(f, ZP_ERROR, "later", 0, 1);
    zp_str text = text_of(f);
    assert_true(zp_str_starts(text, ZP_STR("报告.md: 错误: 空 [e]\n报告.md:1:1: ")));
    zp_str json = json_of(f);
    assert_true(
        zp_str_starts(json, ZP_STR("{\"id\":\"e\",\"severity\":\"error\",\"message\":\"空\","
                                   "\"file\":\"报告.md\"}\n")));
}

/* The columns that the second and third line of a message have, as far as these tests need it. */
static size_t columns_of(zp_str s)
{
    size_t columns = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char byte = (unsigned char)s.p[i];
        bool ellipsis = zp_str_starts(zp_str_slice(s, i, s.n), ZP_STR("…"));
        columns += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xE0 && !ellipsis ? 2 : 1;
    }
    return columns;
}

static void a_long_line_is_cut_around_the_place(void **state)
{
    fixture *f = *state;
    zp_buf line = {.arena = f->arena};
    for (int i = 0; i < 100000; i++)
        zp_buf_lit(&line, "一");
    size_t place = line.n;
    zp_buf_lit(&line, "错");
    for (int i = 0; i < 100000; i++)
        zp_buf_lit(&line, "二");
    f->source = zp_source_new(f->arena, ZP_STR("x"), zp_buf_str(&line));
    add(f, ZP_ERROR, "e", place, place + 3);
    zp_str text = text_of(f);
    size_t first = zp_str_find(text, ZP_STR("\n"), 0) + 1;
    size_t second = zp_str_find(text, ZP_STR("\n"), first) + 1;
    zp_str excerpt = zp_str_slice(text, first, second - 1);
    zp_str caret = zp_str_slice(text, second, text.n - 1);
    assert_in_range(columns_of(excerpt), 80, 115);
    assert_true(zp_str_starts(excerpt, ZP_STR("    1 | …一")));
    assert_true(zp_str_ends(excerpt, ZP_STR("二…")));
    size_t wrong = zp_str_find(excerpt, ZP_STR("错"), 0);
    assert_true(wrong < excerpt.n);
    assert_int_equal(columns_of(zp_str_slice(excerpt, 0, wrong)), caret.n - 2);
    assert_true(zp_str_ends(caret, ZP_STR("^~")));
}

static void a_long_span_is_underlined_within_the_excerpt(void **state)
{
    fixture *f = *state;
    char *line = zp_arena_alloc(f->arena, 1000);
    memset(line, 'a', 1000);
    f->source = zp_source_new(f->arena, ZP_STR("x"), (zp_str){line, 1000});
    add(f, ZP_ERROR, "e", 0, 1000);
    assert_int_equal(count_of(text_of(f), "~"), 99);
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    fixture *f = *state;
    f->source = zp_source_new(f->arena, ZP_STR("a\x1b[31m.md"),
                              ZP_STR("x\x1b[2J\x7f\xC2\x9B\xE2\x80\xAEy\n"));
    zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_of(f->source, 0, 1), "z\x1b]0;t\x07", "“%s”",
                "\x1b[1m\nq");
    zp_str text = text_of(f);
    assert_int_equal(count_of(text, "\x1b"), 0);
    assert_int_equal(count_of(text, "\x07"), 0);
    assert_int_equal(count_of(text, "\x7f"), 0);
    assert_int_equal(count_of(text, "\xC2\x9B"), 0);
    assert_int_equal(count_of(text, "\xE2\x80\xAE"), 0);
    assert_int_equal(count_of(text, "\n"), 4);
}

static void bytes_that_are_no_utf8_become_replacement_characters(void **state)
{
    fixture *f = *state;
    f->source = zp_source_new(f->arena, ZP_STR("\xFFname.md"), ZP_STR("x\n"));
    zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_of(f->source, 0, 1), NULL, "%s", "\xB1\xEA");
    assert_true(zp_str_starts(text_of(f), ZP_STR("\xEF\xBF\xBDname.md:1:1: 错误: \xEF\xBF\xBD\xEF"
                                                 "\xBF\xBD [e]")));
    assert_int_equal(count_of(json_of(f), "\xB1"), 0);
    assert_int_equal(count_of(json_of(f), "\xEF\xBF\xBD"), 3);
}

static void colour_marks_severity_and_place(void **state)
{
    fixture *f = *state;
    add(f, ZP_ERROR, "e", 0, 1);
    zp_buf out = {.arena = f->arena};
    zp_diag_write_text(f->diag, true, &out);
    assert_int_equal(count_of(zp_buf_str(&out), "\x1b[31m"), 2);
    assert_int_equal(count_of(zp_buf_str(&out), "\x1b[0m"), 2);
}

static void printing_is_sorted_by_source_and_place(void **state)
{
    fixture *f = *state;
    const zp_source *other = zp_source_new(f->arena, ZP_STR("a.md"), ZP_STR("x\n"));
    add(f, ZP_ERROR, "m3", 4, 7);
    zp_diag_add(f->diag, ZP_HINT, "m1", zp_span_of(other, 0, 1), NULL, "话");
    add(f, ZP_ERROR, "m2", 0, 1);
    add(f, ZP_WARNING, "m4", 4, 10);
    zp_diag_add(f->diag, ZP_ERROR, "m0", (zp_span){NULL, 0, 0}, NULL, "话");
    zp_str forms[] = {text_of(f), json_of(f)};
    for (size_t k = 0; k < 2; k++) {
        size_t at = 0;
        for (int i = 0; i < 5; i++) {
            size_t next = zp_str_find(forms[k], zp_str_format(f->arena, "m%d", i), at);
            assert_true(next < forms[k].n);
            at = next;
        }
    }
}

static void equal_messages_at_one_place_are_printed_once(void **state)
{
    fixture *f = *state;
    add(f, ZP_ERROR, "same", 4, 7);
    add(f, ZP_ERROR, "between", 4, 7);
    add(f, ZP_ERROR, "same", 4, 7);
    add(f, ZP_ERROR, "same", 7, 7);
    assert_int_equal(count_of(text_of(f), "[same]"), 2);
    assert_int_equal(count_of(json_of(f), "\"same\""), 2);
    assert_int_equal(zp_diag_count(f->diag, ZP_ERROR), 4);
}

static void text_shows_a_hundred_and_counts_the_rest(void **state)
{
    fixture *f = *state;
    char *text = zp_arena_alloc(f->arena, 1000);
    memset(text, 'a', 1000);
    f->source = zp_source_new(f->arena, ZP_STR("x"), (zp_str){text, 1000});
    for (size_t i = 0; i < 150; i++)
        add(f, ZP_HINT, "hint", i, i + 1);
    add(f, ZP_ERROR, "the-error", 999, 1000);
    zp_str shown = text_of(f);
    assert_int_equal(count_of(shown, "[hint]"), ZP_DIAG_SHOWN - 1);
    assert_int_equal(count_of(shown, "[the-error]"), 1);
    assert_int_equal(count_of(shown, "51"), 2); /* column 51, and the count */
    assert_int_equal(count_of(json_of(f), "\n"), 151);
}

static void what_is_not_kept_is_counted(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < ZP_DIAG_KEPT + 5; i++)
        add(f, ZP_HINT, "h", 0, 1);
    add(f, ZP_ERROR, "e", 0, 1);
    size_t count;
    zp_diag_messages(f->diag, &count);
    assert_int_equal(count, ZP_DIAG_KEPT + 1);
    assert_int_equal(zp_diag_count(f->diag, ZP_HINT), ZP_DIAG_KEPT + 5);
    zp_str json = json_of(f);
    assert_int_equal(count_of(json, "\n"), 3);
    assert_int_equal(count_of(json, "\"id\":\"more-messages\",\"severity\":\"hint\""), 1);
    assert_int_equal(count_of(text_of(f), "[e]"), 1);
}

static void json_is_escaped_and_counts_code_points(void **state)
{
    fixture *f = *state;
    zp_diag_add(f->diag, ZP_WARNING, "w", zp_span_of(f->source, 7, 14), "a\tb", "“\"\\\n\x01”");
    assert_text(json_of(f),
                "{\"id\":\"w\",\"severity\":\"warning\",\"message\":\"“\\\"\\\\\\n\\u0001”\","
                "\"file\":\"报告.md\",\"line\":2,\"column\":2,\"end_line\":2,"
                "\"end_column\":6,\"hint\":\"a\\u0009b\"}\n");
}

static void places_are_right_however_spans_lie(void **state)
{
    fixture *f = *state;
    add(f, ZP_ERROR, "a", 0, 24);
    add(f, ZP_ERROR, "b", 20, 21);
    add(f, ZP_ERROR, "c", 4, 23);
    zp_str json = json_of(f);
    assert_int_equal(count_of(json, "\"line\":1,\"column\":1,\"end_line\":5"), 1);
    assert_int_equal(count_of(json, "\"line\":2,\"column\":1,\"end_line\":"), 1);
    size_t line, column;
    zp_source_place(f->source, 20, &line, &column);
    zp_str expected = zp_str_format(f->arena, "\"line\":%zu,\"column\":%zu,", line, column);
    assert_true(zp_str_find(json, expected, 0) < json.n);
}

static void many_messages_on_one_long_line_are_quick(void **state)
{
    fixture *f = *state;
    size_t n = 20 << 20;
    char *text = zp_arena_alloc(f->arena, n);
    memset(text, 'a', n);
    f->source = zp_source_new(f->arena, ZP_STR("x"), (zp_str){text, n});
    for (size_t i = 0; i < ZP_DIAG_KEPT; i++)
        add(f, ZP_ERROR, "e", n - 1 - i, n);
    assert_int_equal(count_of(json_of(f), "\n"), ZP_DIAG_KEPT);
}

static void an_endless_message_is_cut_at_a_character(void **state)
{
    fixture *f = *state;
    for (size_t shift = 0; shift < 3; shift++) {
        zp_buf word = {.arena = f->arena};
        for (size_t i = 0; i < shift; i++)
            zp_buf_byte(&word, 'a');
        for (int i = 0; i < 100000; i++)
            zp_buf_lit(&word, "字");
        zp_str s = zp_buf_str(&word);
        zp_diag_add(f->diag, ZP_ERROR, "e", (zp_span){NULL, 0, 0}, NULL, "%.*s", ZP_ARG(s));
        size_t count;
        zp_str message = zp_diag_messages(f->diag, &count)[shift].message;
        assert_in_range(message.n, 900, 1010);
        assert_true(zp_str_ends(message, ZP_STR("字…")));
    }
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* --- Origins ---------------------------------------------------------------------------------- */

static void a_message_in_made_text_prints_at_its_origin_once(void **state)
{
    fixture *f = *state;
    const zp_source *data = zp_source_new(f->arena, ZP_STR("数据.csv"), ZP_STR("a\n甲,12\n"));
    const zp_piece pieces[] = {{0, true, zp_span_of(f->source, 4, 10), false},
                               {6, false, zp_span_of(data, 6, 8), false},
                               {9, true, zp_span_of(f->source, 4, 10), false}};
    zp_source *made = zp_new(f->arena, zp_source);
    *made = *zp_source_new(f->arena, ZP_STR("报告.md"), ZP_STR("单为12!单为"));
    made->pieces = pieces;
    made->piece_count = 3;
    zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_of(made, 0, 6), NULL, "话");
    zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_of(made, 9, 15), NULL, "话");
    zp_diag_add(f->diag, ZP_ERROR, "d", zp_span_of(made, 7, 12), NULL, "数");
    zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_of(f->source, 4, 10), NULL, "话");
    assert_text(text_of(f), "报告.md:2:1: 错误: 话 [e]\n"
                            "    2 | 单为: 某局\n"
                            "      | ^~~~\n"
                            "数据.csv:2:3: 错误: 数 [d]\n"
                            "    2 | 甲,12\n"
                            "      |    ^~\n");
    assert_text(json_of(f),
                "{\"id\":\"e\",\"severity\":\"error\",\"message\":\"话\",\"file\":\"报告.md\","
                "\"line\":2,\"column\":1,\"end_line\":2,\"end_column\":3}\n"
                "{\"id\":\"d\",\"severity\":\"error\",\"message\":\"数\",\"file\":\"数据.csv\","
                "\"line\":2,\"column\":3,\"end_line\":2,\"end_column\":5}\n");
}

static const zp_source *make_sheet(fixture *f, const char *name, const char *text)
{
    zp_source *sheet = zp_new(f->arena, zp_source);
    *sheet = *zp_source_new(f->arena, ZP_STR("自评表.xlsx"), zp_str_from(text));
    sheet->sheet = zp_str_from(name);
    return sheet;
}

/* Readers have arenas of their own, gone when the messages are printed. */
static void a_hint_outlives_its_maker(void **state)
{
    fixture *f = *state;
    char hint[] = "补上";
    size_t count;
    zp_diag_add(f->diag, ZP_ERROR, "a", (zp_span){NULL, 0, 0}, hint, "甲");
    hint[0] = '\0';
    assert_true(zp_str_eq(zp_diag_messages(f->diag, &count)[0].hint, ZP_STR("补上")));
}

static void a_place_in_a_sheet_is_a_cell(void **state)
{
    fixture *f = *state;
    const zp_source *sheet = make_sheet(f, "预算", "项目\t金额\n甲\t约三百\t\n\t\t乙");
    zp_diag_add(f->diag, ZP_ERROR, "not-a-number", zp_span_of(sheet, 18, 27), NULL, "不是数");
    zp_diag_add(f->diag, ZP_ERROR, "blank", zp_span_of(sheet, 28, 28), "填上", "空");
    zp_diag_add(f->diag, ZP_ERROR, "part", zp_span_of(sheet, 21, 24), NULL, "中间");
    zp_diag_add(f->diag, ZP_ERROR, "whole", zp_span_file(make_sheet(f, "A", "")), NULL, "整张");
    assert_text(text_of(f), "自评表.xlsx[A]: 错误: 整张 [whole]\n"
                            "自评表.xlsx[预算!B2]: 错误: 不是数 [not-a-number]\n"
                            "   B2 | 约三百\n"
                            "      | ^~~~~~\n"
                            "自评表.xlsx[预算!B2]: 错误: 中间 [part]\n"
                            "   B2 | 约三百\n"
                            "      |   ^~\n"
                            "自评表.xlsx[预算!C2]: 错误: 空 [blank]\n"
                            "   提示: 填上\n");
    zp_str json = json_of(f);
    assert_true(
        zp_str_starts(json, ZP_STR("{\"id\":\"whole\",\"severity\":\"error\",\"message\":\"整张\","
                                   "\"file\":\"自评表.xlsx\",\"sheet\":\"A\"}\n")));
    assert_int_equal(count_of(json, "\"sheet\":\"预算\",\"cell\":\"B2\"}"), 2);
    assert_int_equal(count_of(json, "\"line\""), 0);
}

static void sheets_of_a_file_follow_one_another(void **state)
{
    fixture *f = *state;
    const zp_source *b = make_sheet(f, "B", "x\ty"), *a = make_sheet(f, "A", "x\ty");
    zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_of(b, 0, 1), NULL, "一");
    zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_of(a, 2, 3), NULL, "二");
    zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_of(a, 0, 1), NULL, "一");
    zp_str json = json_of(f);
    size_t first = zp_str_find(json, ZP_STR("\"A\",\"cell\":\"A1\""), 0);
    size_t second = zp_str_find(json, ZP_STR("\"A\",\"cell\":\"B1\""), first);
    assert_true(zp_str_find(json, ZP_STR("\"B\",\"cell\":\"A1\""), second) < json.n);
}

static void cells_far_to_the_right_have_names_of_letters(void **state)
{
    fixture *f = *state;
    zp_buf text = {.arena = f->arena};
    static const size_t columns[] = {25, 26, 51, 52, 701, 702, 16383};
    static const char *const names[] = {"[表!Z1]",  "[表!AA1]",  "[表!AZ1]", "[表!BA1]",
                                        "[表!ZZ1]", "[表!AAA1]", "[表!XFD1]"};
    for (size_t i = 0; i < 16384; i++)
        zp_buf_byte(&text, '\t');
    const zp_source *sheet = make_sheet(f, "表", zp_str_cstr(f->arena, zp_buf_str(&text)));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        zp_diag_add(f->diag, ZP_ERROR, "e", zp_span_of(sheet, columns[i], columns[i]), NULL, "话");
    zp_str found = text_of(f);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(count_of(found, names[i]), 1);
}

/* What the checker adds: the place in words instead of the line, other places, values, basis. */
static void findings_say_what_the_checker_knows(void **state)
{
    fixture *f = *state;
    zp_span others[] = {zp_span_of(f->source, 4, 10)};
    const zp_message finding = {
        .severity = ZP_ERROR,
        .id = "figure-repeat",
        .span = zp_span_of(f->source, 24, 27),
        .message = ZP_STR("不一致"),
        .place = ZP_STR("一 第1段"),
        .excerpt = ZP_STR("…正文…"),
        .expected = ZP_STR("5"),
        .found = ZP_STR("3"),
        .basis = ZP_STR("某条"),
        .hint = ZP_STR("改"),
        .others = others,
        .other_count = 1,
        .repeats = 7,
        .page = 6,
    };
    zp_diag_put(f->diag, &finding);
    assert_text(text_of(f), "报告.md:5:1: 错误: 不一致 [figure-repeat]\n"
                            "   一 第1段（PDF 第6页）：“…正文…”\n"
                            "   共 7 处，另见 2行\n"
                            "   应为: 5；现为: 3\n"
                            "   依据: 某条\n"
                            "   提示: 改\n");
    assert_text(
        json_of(f),
        "{\"id\":\"figure-repeat\",\"severity\":\"error\",\"message\":\"不一致\",\"file\":\"报告."
        "md\","
        "\"line\":5,\"column\":1,\"end_line\":5,\"end_column\":2,\"place\":\"一 第1段\",\"page\":6,"
        "\"excerpt\":\"…正文…\",\"expected\":\"5\",\"found\":\"3\",\"basis\":\"某条\",\"hint\":"
        "\"改\","
        "\"count\":7,\"places\":[{\"file\":\"报告.md\",\"line\":2,\"column\":1,\"end_line\":2,"
        "\"end_column\":3}]}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(messages_are_kept_in_order_of_adding),
        test(nothing_prints_nothing),
        test(findings_say_what_the_checker_knows),
        test(the_text_form_shows_line_caret_and_hint),
        test(severities_have_their_words),
        test(the_caret_stands_under_wide_characters_and_after_tabs),
        test(a_place_without_width_has_one_caret),
        test(a_span_over_lines_is_underlined_on_its_first),
        test(a_span_that_splits_characters_is_shown_all_the_same),
        test(the_whole_file_has_no_line),
        test(a_long_line_is_cut_around_the_place),
        test(a_long_span_is_underlined_within_the_excerpt),
        test(control_characters_do_not_reach_the_terminal),
        test(bytes_that_are_no_utf8_become_replacement_characters),
        test(colour_marks_severity_and_place),
        test(printing_is_sorted_by_source_and_place),
        test(equal_messages_at_one_place_are_printed_once),
        test(text_shows_a_hundred_and_counts_the_rest),
        test(what_is_not_kept_is_counted),
        test(json_is_escaped_and_counts_code_points),
        test(places_are_right_however_spans_lie),
        test(many_messages_on_one_long_line_are_quick),
        test(an_endless_message_is_cut_at_a_character),
        test(a_message_in_made_text_prints_at_its_origin_once),
        test(a_hint_outlives_its_maker),
        test(a_place_in_a_sheet_is_a_cell),
        test(sheets_of_a_file_follow_one_another),
        test(cells_far_to_the_right_have_names_of_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
