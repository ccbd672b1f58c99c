/* textstring_test.c: text as PDF's strings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "write/textstring.h"

static int begin(void **state)
{
    *state = zp_arena_new();
    return 0;
}

static int end(void **state)
{
    zp_arena_free(*state);
    return 0;
}

static void expect(zp_arena *arena, const char *text, const char *written)
{
    zp_buf out = {.arena = arena};
    zp_textstring_write(zp_str_from(text), &out);
    assert_string_equal(zp_str_cstr(arena, zp_buf_str(&out)), written);
}

static void ascii_stands_as_it_is_escaped(void **state)
{
    expect(*state, "", "()");
    expect(*state, "a (b) \\", "(a \\(b\\) \\\\)");
}

static void all_else_is_utf16_behind_its_mark(void **state)
{
    expect(*state, "一a", "<FEFF4E000061>");
    expect(*state, "\xF0\xAC\xAD\x8E", "<FEFFD872DF4E>"); /* U+2CB4E */
    expect(*state, "\n", "<FEFF000A>");
}

static void a_long_text_is_cut_where_a_character_begins(void **state)
{
    zp_buf text = {.arena = *state};
    for (int i = 0; i < 6000; i++)
        zp_buf_lit(&text, "一");
    zp_str cut = zp_textstring_clip(zp_buf_str(&text));
    assert_int_equal(cut.n % 3, 0);
    assert_true(cut.n < 6000 * 3);
    zp_buf bytes = {.arena = *state};
    zp_textstring_encode(cut, &bytes);
    assert_true(bytes.n <= 32767);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ascii_stands_as_it_is_escaped, begin, end),
        cmocka_unit_test_setup_teardown(all_else_is_utf16_behind_its_mark, begin, end),
        cmocka_unit_test_setup_teardown(a_long_text_is_cut_where_a_character_begins, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
