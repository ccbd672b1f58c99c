/* str_test.c: slices, searching, the nearest name, and buffers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/str.h"

#define assert_str(s, expected) assert_true(zp_str_eq((s), ZP_STR(expected)))

static const zp_str nothing = {NULL, 0};

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

static void empty_slices_without_bytes_are_safe(void **state)
{
    assert_true(zp_str_eq(nothing, ZP_STR("")));
    assert_int_equal(zp_str_compare(nothing, ZP_STR("")), 0);
    assert_true(zp_str_starts(ZP_STR("a"), nothing));
    assert_true(zp_str_ends(nothing, nothing));
    assert_int_equal(zp_str_find(nothing, ZP_STR("a"), 0), 0);
    assert_int_equal(zp_str_trim(nothing).n, 0);
    assert_int_equal(zp_str_copy(*state, nothing).n, 0);
    assert_string_equal(zp_str_cstr(*state, nothing), "");
    assert_str(zp_str_from(NULL), "");
    assert_non_null(zp_str_from(NULL).p);
}

static void trim_takes_ascii_space_only(void **state)
{
    (void)state;
    assert_str(zp_str_trim(ZP_STR(" \t\r\n\v\fa b\n ")), "a b");
    assert_str(zp_str_trim(ZP_STR(" \n ")), "");
    assert_str(zp_str_trim(ZP_STR("　a　")), "　a　");
}

static void copies_end_in_nul(void **state)
{
    const char *copy = zp_str_cstr(*state, zp_str_slice(ZP_STR("abcdef"), 1, 4));
    assert_string_equal(copy, "bcd");
}

static void order_is_by_bytes(void **state)
{
    (void)state;
    assert_true(zp_str_compare(ZP_STR("a"), ZP_STR("b")) < 0);
    assert_true(zp_str_compare(ZP_STR("ab"), ZP_STR("a")) > 0);
    assert_true(zp_str_compare(ZP_STR("\xff"), ZP_STR("a")) > 0);
    assert_int_equal(zp_str_compare(ZP_STR("a\0b"), ZP_STR("a\0b")), 0);
    assert_true(zp_str_compare(ZP_STR("a\0b"), ZP_STR("a\0c")) < 0);
}

static void starts_and_ends(void **state)
{
    (void)state;
    assert_true(zp_str_starts(ZP_STR("报告.md"), ZP_STR("报告")));
    assert_false(zp_str_starts(ZP_STR("报"), ZP_STR("报告")));
    assert_true(zp_str_ends(ZP_STR("报告.md"), ZP_STR(".md")));
    assert_false(zp_str_ends(ZP_STR("md"), ZP_STR(".md")));
}

static void find_gives_the_first_place_or_the_length(void **state)
{
    (void)state;
    zp_str s = ZP_STR("abcabc");
    assert_int_equal(zp_str_find(s, ZP_STR("ca"), 0), 2);
    assert_int_equal(zp_str_find(s, ZP_STR("bc"), 2), 4);
    assert_int_equal(zp_str_find(s, ZP_STR("x"), 0), 6);
    assert_int_equal(zp_str_find(s, ZP_STR("c"), 6), 6);
    assert_int_equal(zp_str_find(s, ZP_STR(""), 3), 3);
    assert_int_equal(zp_str_find(ZP_STR("a\0b"), ZP_STR("b"), 0), 2);
}

static void the_nearest_name_is_within_a_third(void **state)
{
    (void)state;
    const zp_str names[] = {ZP_STR("标题"), ZP_STR("单位"), ZP_STR("department"), ZP_STR("budget")};
    assert_str(zp_str_nearest(ZP_STR("单为"), names, 4), "单位");
    assert_str(zp_str_nearest(ZP_STR("departmnt"), names, 4), "department");
    assert_str(zp_str_nearest(ZP_STR("bugdet"), names, 4), "budget");
    assert_str(zp_str_nearest(ZP_STR("budget"), names, 4), "budget");
    assert_str(zp_str_nearest(ZP_STR("金额"), names, 4), "");
    assert_str(zp_str_nearest(ZP_STR("bdgxtt"), names, 4), "");
    assert_str(zp_str_nearest(ZP_STR(""), names, 4), "");
    assert_str(zp_str_nearest(ZP_STR("单位"), NULL, 0), "");
}

static void of_equally_near_names_the_first_wins(void **state)
{
    (void)state;
    const zp_str names[] = {ZP_STR("abcx"), ZP_STR("abcy"), ZP_STR("abcd")};
    assert_str(zp_str_nearest(ZP_STR("abcz"), names, 3), "abcx");
    assert_str(zp_str_nearest(ZP_STR("abcd"), names, 3), "abcd");
}

static void a_long_word_has_no_nearest_name(void **state)
{
    char *word = zp_arena_alloc(*state, 1 << 20);
    memset(word, 'a', 1 << 20);
    const zp_str names[] = {{word, 1 << 20}, {word, 64}};
    assert_str(zp_str_nearest((zp_str){word, 1 << 20}, names, 2), "");
    assert_int_equal(zp_str_nearest((zp_str){word, 64}, names, 2).n, 64);
}

static void a_buffer_holds_what_was_added(void **state)
{
    zp_buf buf = {.arena = *state};
    assert_str(zp_buf_str(&buf), "");
    zp_buf_lit(&buf, "一");
    zp_buf_byte(&buf, '2');
    zp_buf_add(&buf, nothing);
    zp_buf_uint(&buf, 0);
    zp_buf_uint(&buf, UINT64_MAX);
    zp_buf_format(&buf, "[%s %d]", "x", -3);
    assert_str(zp_buf_str(&buf), "一2018446744073709551615[x -3]");
}

static void a_buffer_grows_past_any_block(void **state)
{
    zp_buf buf = {.arena = *state};
    for (int i = 0; i < 200000; i++)
        zp_buf_format(&buf, "%07d", i);
    zp_str s = zp_buf_str(&buf);
    assert_int_equal(s.n, 1400000);
    for (int i = 0; i < 200000; i += 777) {
        zp_str expected = zp_str_format(*state, "%07d", i);
        size_t at = (size_t)i * 7;
        assert_true(zp_str_eq(zp_str_slice(s, at, at + 7), expected));
    }
}

static void what_a_buffer_gave_stays_when_it_grows(void **state)
{
    zp_buf buf = {.arena = *state};
    zp_buf_lit(&buf, "before");
    zp_str early = zp_buf_str(&buf);
    zp_buf_reserve(&buf, 1 << 20);
    memset(buf.p + buf.n, 'x', 1 << 20);
    assert_str(early, "before");
}

static void formatting_needs_no_room_beforehand(void **state)
{
    char long_text[5000];
    memset(long_text, 'y', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    zp_str s = zp_str_format(*state, "<%s>", long_text);
    assert_int_equal(s.n, sizeof long_text + 1);
    assert_int_equal(s.p[0], '<');
    assert_int_equal(s.p[s.n - 1], '>');
    for (size_t n = 50; n < 80; n++)
        assert_int_equal(zp_str_format(*state, "%.*s", (int)n, long_text).n, n);
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(empty_slices_without_bytes_are_safe),
        test(trim_takes_ascii_space_only),
        test(copies_end_in_nul),
        test(order_is_by_bytes),
        test(starts_and_ends),
        test(find_gives_the_first_place_or_the_length),
        test(the_nearest_name_is_within_a_third),
        test(of_equally_near_names_the_first_wins),
        test(a_long_word_has_no_nearest_name),
        test(a_buffer_holds_what_was_added),
        test(a_buffer_grows_past_any_block),
        test(what_a_buffer_gave_stays_when_it_grows),
        test(formatting_needs_no_room_beforehand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
