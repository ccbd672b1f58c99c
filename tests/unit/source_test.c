/* source_test.c: which encoding is chosen, what becomes of bad bytes, and places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/diag.h"
#include "base/source.h"

#define BAD "\xEF\xBF\xBD"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
} fixture;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    fixture *f = zp_new(arena, fixture);
    *f = (fixture){arena, zp_diag_new(arena)};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(((fixture *)*state)->arena);
    return 0;
}

static const zp_source *read_as(fixture *f, zp_str bytes, const char *encoding)
{
    return zp_source_read(f->arena, ZP_STR("a.md"), bytes, encoding, f->diag);
}

static void assert_text(const zp_source *source, zp_str expected)
{
    assert_non_null(source);
    if (!zp_str_eq(source->text, expected))
        fail_msg("“%.*s” is not “%.*s”", ZP_ARG(source->text), ZP_ARG(expected));
}

static size_t count_messages(const fixture *f)
{
    size_t count;
    zp_diag_messages(f->diag, &count);
    return count;
}

static void assert_message(const fixture *f, size_t i, const char *id, size_t start)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    assert_true(i < count);
    assert_string_equal(messages[i].id, id);
    assert_int_equal(messages[i].span.start, start);
}

static zp_str times(fixture *f, zp_str piece, size_t count)
{
    zp_buf buf = {.arena = f->arena};
    for (size_t i = 0; i < count; i++)
        zp_buf_add(&buf, piece);
    return zp_buf_str(&buf);
}

static void utf8_stays_as_it_is(void **state)
{
    fixture *f = *state;
    assert_text(read_as(f, ZP_STR("标题\n湴𬭎\n"), NULL), ZP_STR("标题\n湴𬭎\n"));
    assert_text(read_as(f, ZP_STR(""), NULL), ZP_STR(""));
    assert_text(read_as(f, (zp_str){NULL, 0}, NULL), ZP_STR(""));
    assert_int_equal(count_messages(f), 0);
}

static void a_byte_order_mark_decides_and_goes(void **state)
{
    fixture *f = *state;
    assert_text(read_as(f,
                        ZP_STR("\xEF\xBB\xBF"
                               "标题"),
                        NULL),
                ZP_STR("标题"));
    assert_text(read_as(f, ZP_STR("\xFF\xFE\x07\x68\x98\x98"), NULL), ZP_STR("标题"));
    assert_text(read_as(f, ZP_STR("\xFE\xFF\x68\x07\x98\x98"), NULL), ZP_STR("标题"));
    assert_text(read_as(f, ZP_STR("\xFF\xFE\x72\xD8\x4E\xDF"), NULL), ZP_STR("𬭎"));
    assert_text(read_as(f, ZP_STR("\xFF\xFE\0\0\x07\x68\0\0"), NULL), ZP_STR("标"));
    assert_text(read_as(f, ZP_STR("\x84\x31\x95\x33\xB1\xEA"), NULL), ZP_STR("标"));
    assert_text(read_as(f, ZP_STR("\xEF\xBB\xBF"), NULL), ZP_STR(""));
    assert_int_equal(count_messages(f), 0);
}

static void gb18030_is_recognized(void **state)
{
    fixture *f = *state;
    assert_text(read_as(f, ZP_STR("\xB1\xEA\xCC\xE2\n"), NULL), ZP_STR("标题\n"));
    assert_text(read_as(f, ZP_STR("year 2023 \xC4\xEA\n"), NULL), ZP_STR("year 2023 年\n"));
    assert_text(read_as(f, ZP_STR("\x99\x33\xA9\x32\xB1\xEA"), NULL),
                ZP_STR("𬭎标")); /* 4 + 2 bytes */
    assert_int_equal(count_messages(f), 0);
}

static void bad_bytes_in_gb18030_are_named(void **state)
{
    fixture *f = *state;
    zp_str gb = ZP_STR("\xB1\xEA\xCC\xE2\xFF\xB1\xEA\xCC\xE2\n\xB1");
    assert_text(read_as(f, gb, NULL), ZP_STR("标题" BAD "标题\n" BAD));
    assert_int_equal(count_messages(f), 2);
    assert_message(f, 0, "bad-byte", 6);
    assert_message(f, 1, "bad-byte", 16);
}

static void a_few_bad_bytes_leave_utf8_utf8(void **state)
{
    fixture *f = *state;
    /* As GB18030 the bytes of the first have no fault at all. */
    assert_text(read_as(f, ZP_STR("你好\xE4\xB8世界\n"), NULL), ZP_STR("你好" BAD "世界\n"));
    assert_text(read_as(f, ZP_STR("你好\xFF世界\n\x80"), NULL), ZP_STR("你好" BAD "世界\n" BAD));
    assert_int_equal(count_messages(f), 3);
    assert_message(f, 0, "bad-byte", 6);
    assert_message(f, 1, "bad-byte", 6);
    assert_message(f, 2, "bad-byte", 16);
}

static void ascii_with_a_bad_byte_is_utf8(void **state)
{
    fixture *f = *state;
    assert_text(read_as(f, ZP_STR("abc\xFF\n"), NULL), ZP_STR("abc" BAD "\n"));
    assert_message(f, 0, "bad-byte", 3);
}

static void the_named_encoding_overrides_all(void **state)
{
    fixture *f = *state;
    assert_text(read_as(f, ZP_STR("\xB1\xEA"), "gb18030"), ZP_STR("标"));
    assert_text(read_as(f, ZP_STR("\xB1\xEA"), "GBK"), ZP_STR("标"));
    assert_text(read_as(f, ZP_STR("\xBC\xD0"), "Big5"), ZP_STR("標"));
    assert_text(read_as(f, ZP_STR("\x07\x68\x98\x98"), "utf-16le"), ZP_STR("标题"));
    assert_text(read_as(f, ZP_STR("\xC4\xEA"), "latin1"), ZP_STR("Äê"));
    assert_text(read_as(f,
                        ZP_STR("\xEF\xBB\xBF"
                               "a"),
                        "utf-8"),
                ZP_STR("a"));
    assert_int_equal(count_messages(f), 0);
    assert_text(read_as(f, ZP_STR("\xB1\xEA"), "UTF-8"), ZP_STR(BAD BAD));
    assert_int_equal(count_messages(f), 2);
}

static void an_unknown_encoding_is_an_error(void **state)
{
    fixture *f = *state;
    const char *names[] = {"nonsense", "", "GBK//IGNORE", "../../x"};
    for (size_t i = 0; i < 4; i++) {
        assert_null(read_as(f, ZP_STR("a"), names[i]));
        assert_message(f, i, "unknown-encoding", ZP_WHOLE_FILE);
    }
    char *endless = zp_arena_alloc(f->arena, 100000);
    memset(endless, 'G', 99999);
    assert_null(read_as(f, ZP_STR("a"), endless));
}

static void broken_utf16_is_named_unit_by_unit(void **state)
{
    fixture *f = *state;
    /* a lone surrogate, a character, half a unit */
    assert_text(read_as(f, ZP_STR("\xFF\xFE\x00\xD8\x07\x68\x98"), NULL), ZP_STR(BAD "标" BAD));
    assert_int_equal(count_messages(f), 2);
    assert_message(f, 0, "bad-byte", 0);
    assert_message(f, 1, "bad-byte", 6);
}

static void codes_that_utf8_lacks_are_faults(void **state)
{
    fixture *f = *state;
    const zp_source *source = read_as(f, ZP_STR("\x00\x11\x00\x00\x00\x00\x00\x61"), "UTF-32BE");
    assert_non_null(source);
    assert_true(zp_str_ends(source->text, ZP_STR("a")));
    assert_true(zp_diag_count(f->diag, ZP_ERROR) > 0);
}

static void line_ends_become_lf(void **state)
{
    fixture *f = *state;
    assert_text(read_as(f, ZP_STR("a\r\nb\rc\n\r\n\r\rd\r"), NULL), ZP_STR("a\nb\nc\n\n\n\nd\n"));
    assert_text(read_as(f, ZP_STR("\xFF\xFE\r\0\n\0"), NULL), ZP_STR("\n"));
    /* CR and LF in different chunks of a conversion */
    for (size_t n = 16382; n < 16388; n++) {
        zp_buf buf = {.arena = f->arena};
        zp_buf_add(&buf, times(f, ZP_STR("a"), n));
        zp_buf_lit(&buf, "\r\nb");
        const zp_source *source = read_as(f, zp_buf_str(&buf), "GB18030");
        assert_int_equal(source->text.n, n + 2);
        assert_int_equal(source->line_count, 2);
    }
}

static void a_nul_is_named_and_replaced(void **state)
{
    fixture *f = *state;
    assert_text(read_as(f, ZP_STR("a\0\r\nb\r\0\n"), NULL), ZP_STR("a" BAD "\nb\n" BAD "\n"));
    assert_int_equal(count_messages(f), 2);
    assert_message(f, 0, "nul-byte", 1);
    assert_message(f, 1, "nul-byte", 7);
}

static void many_faults_are_counted_not_named(void **state)
{
    fixture *f = *state;
    read_as(f, times(f, ZP_STR("\xFF"), 1000), NULL);
    assert_int_equal(count_messages(f), ZP_SOURCE_FAULTS_NAMED + 1);
    assert_message(f, ZP_SOURCE_FAULTS_NAMED, "bad-byte", 3 * ZP_SOURCE_FAULTS_NAMED);
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    zp_str rest = messages[count - 1].message;
    assert_true(zp_str_find(rest, ZP_STR("980"), 0) < rest.n);
}

static void twenty_faults_need_no_count(void **state)
{
    fixture *f = *state;
    read_as(f, times(f, ZP_STR("\0"), ZP_SOURCE_FAULTS_NAMED), NULL);
    assert_int_equal(count_messages(f), ZP_SOURCE_FAULTS_NAMED);
}

static void what_is_too_large_is_refused(void **state)
{
    fixture *f = *state;
    char *bytes = zp_arena_alloc(f->arena, ZP_SOURCE_MAX + 1);
    memset(bytes, 'a', ZP_SOURCE_MAX + 1);
    assert_non_null(read_as(f, (zp_str){bytes, ZP_SOURCE_MAX}, NULL));
    assert_int_equal(count_messages(f), 0);
    assert_null(read_as(f, (zp_str){bytes, ZP_SOURCE_MAX + 1}, NULL));
    assert_message(f, 0, "input-too-large", ZP_WHOLE_FILE);
    /* small enough as bytes, but not as text */
    memset(bytes, 0xFF, ZP_SOURCE_MAX);
    assert_null(read_as(f, (zp_str){bytes, ZP_SOURCE_MAX}, NULL));
    assert_message(f, 1, "input-too-large", ZP_WHOLE_FILE);
}

static void assert_place(const zp_source *source, size_t offset, size_t line, size_t column)
{
    size_t found_line, found_column;
    zp_source_place(source, offset, &found_line, &found_column);
    assert_int_equal(found_line, line);
    assert_int_equal(found_column, column);
}

static void places_count_lines_and_code_points(void **state)
{
    fixture *f = *state;
    const zp_source *source = zp_source_new(f->arena, ZP_STR("x"), ZP_STR("一二\n\n𬭎a\n"));
    assert_int_equal(source->line_count, 4);
    assert_place(source, 0, 1, 1);
    assert_place(source, 3, 1, 2);
    assert_place(source, 6, 1, 3);
    assert_place(source, 7, 2, 1);
    assert_place(source, 8, 3, 1);
    assert_place(source, 12, 3, 2);
    assert_place(source, 13, 3, 3);
    assert_place(source, 14, 4, 1);
}

static void lines_come_without_their_ends(void **state)
{
    fixture *f = *state;
    const zp_source *source = zp_source_new(f->arena, ZP_STR("x"), ZP_STR("一二\n\nc"));
    assert_true(zp_str_eq(zp_source_line(source, 1), ZP_STR("一二")));
    assert_true(zp_str_eq(zp_source_line(source, 2), ZP_STR("")));
    assert_true(zp_str_eq(zp_source_line(source, 3), ZP_STR("c")));
    const zp_source *empty = zp_source_new(f->arena, ZP_STR("x"), ZP_STR(""));
    assert_int_equal(empty->line_count, 1);
    assert_int_equal(zp_source_line(empty, 1).n, 0);
    assert_place(empty, 0, 1, 1);
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* --- Made text -------------------------------------------------------------------------------- */

static const zp_source *make(zp_arena *arena, zp_str text, const zp_piece *pieces, size_t count)
{
    zp_source *made = zp_new(arena, zp_source);
    *made = *zp_source_new(arena, ZP_STR("made"), text);
    made->pieces = pieces;
    made->piece_count = count;
    return made;
}

static void assert_origin(const zp_source *made, size_t start, size_t end, const zp_source *source,
                          size_t origin_start, size_t origin_end)
{
    zp_span origin = zp_span_origin(zp_span_of(made, start, end));
    assert_ptr_equal(origin.source, source);
    assert_int_equal(origin.start, origin_start);
    assert_int_equal(origin.end, origin_end);
}

static void a_place_in_made_text_leads_to_its_origin(void **state)
{
    fixture *f = *state;
    const zp_source *a = zp_source_new(f->arena, ZP_STR("a"), ZP_STR("0123456789"));
    const zp_source *b = zp_source_new(f->arena, ZP_STR("b"), ZP_STR("xyz"));
    const zp_piece pieces[] = {
        {0, true, zp_span_of(a, 2, 6), false},  /* 2345 */
        {4, false, zp_span_of(b, 0, 2), false}, /* !!! as a whole */
        {7, true, zp_span_of(a, 8, 10), false}, /* 89 */
    };
    const zp_source *made = make(f->arena, ZP_STR("2345!!!89"), pieces, 3);
    assert_origin(made, 0, 2, a, 2, 4);
    assert_origin(made, 1, 9, a, 3, 6); /* as far as the piece goes */
    assert_origin(made, 3, 3, a, 5, 5);
    assert_origin(made, 4, 4, b, 0, 2);
    assert_origin(made, 6, 9, b, 0, 2);
    assert_origin(made, 8, 9, a, 9, 10);
    assert_origin(made, 9, 9, a, 10, 10); /* the end of the text */
    assert_origin(a, 1, 3, a, 1, 3);
    zp_span whole = zp_span_origin(zp_span_file(made));
    assert_ptr_equal(whole.source, made);
    assert_ptr_equal(zp_span_origin((zp_span){NULL, 0, 0}).source, NULL);
}

static void text_made_of_made_text_leads_to_the_first(void **state)
{
    fixture *f = *state;
    const zp_source *a = zp_source_new(f->arena, ZP_STR("a"), ZP_STR("0123456789"));
    const zp_piece first = {0, true, zp_span_of(a, 4, 9), false};
    const zp_source *once = make(f->arena, ZP_STR("45678"), &first, 1);
    const zp_piece second[] = {{0, true, zp_span_of(once, 1, 3), false},
                               {2, false, zp_span_of(once, 3, 5), false}};
    const zp_source *twice = make(f->arena, ZP_STR("56(78)"), second, 2);
    assert_origin(twice, 1, 2, a, 6, 7);
    assert_origin(twice, 3, 4, a, 7, 9);
}

static void what_data_printed_is_told_from_what_was_written(void **state)
{
    fixture *f = *state;
    const zp_source *report = zp_source_new(f->arena, ZP_STR("a"), ZP_STR("支出{{x}}元"));
    const zp_source *data = zp_source_new(f->arena, ZP_STR("b"), ZP_STR("12"));
    const zp_piece pieces[] = {
        {0, true, zp_span_of(report, 0, 6), false},
        {6, true, zp_span_of(data, 0, 2), true},
        {8, true, zp_span_of(report, 11, 14), false},
    };
    const zp_source *made = make(f->arena, ZP_STR("支出12元"), pieces, 3);
    assert_false(zp_span_is_printed(zp_span_of(made, 0, 6)));
    assert_true(zp_span_is_printed(zp_span_of(made, 3, 7)));
    assert_true(zp_span_is_printed(zp_span_of(made, 6, 8)));
    assert_false(zp_span_is_printed(zp_span_of(made, 8, 11)));
    assert_false(zp_span_is_printed(zp_span_of(report, 0, 6)));
    const zp_piece again = {0, true, zp_span_of(made, 3, 11), false};
    assert_true(zp_span_is_printed(zp_span_of(make(f->arena, ZP_STR("出12元"), &again, 1), 3, 4)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(utf8_stays_as_it_is),
        test(a_byte_order_mark_decides_and_goes),
        test(gb18030_is_recognized),
        test(bad_bytes_in_gb18030_are_named),
        test(a_few_bad_bytes_leave_utf8_utf8),
        test(ascii_with_a_bad_byte_is_utf8),
        test(the_named_encoding_overrides_all),
        test(an_unknown_encoding_is_an_error),
        test(broken_utf16_is_named_unit_by_unit),
        test(codes_that_utf8_lacks_are_faults),
        test(line_ends_become_lf),
        test(a_nul_is_named_and_replaced),
        test(many_faults_are_counted_not_named),
        test(twenty_faults_need_no_count),
        test(what_is_too_large_is_refused),
        test(places_count_lines_and_code_points),
        test(lines_come_without_their_ends),
        test(a_place_in_made_text_leads_to_its_origin),
        test(text_made_of_made_text_leads_to_the_first),
        test(what_data_printed_is_told_from_what_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
