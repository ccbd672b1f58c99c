/* utf8_test.c: decoding both ways, faults as the Unicode standard counts them, classes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/utf8.h"

static bool is_scalar(uint32_t code)
{
    return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

static void every_code_point_survives_encoding_and_decoding(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        if (!is_scalar(code))
            continue;
        char bytes[4];
        zp_str s = {bytes, zp_utf8_encode(code, bytes)};
        size_t at = 0;
        if (zp_utf8_fault(s, 0) != s.n || zp_utf8_next(s, &at) != code || at != s.n ||
            zp_utf8_before(s, s.n) != code || zp_utf8_count(s) != 1)
            fail_msg("U+%04X", code);
    }
}

static void walking_forth_and_back_meets_the_same_characters(void **state)
{
    (void)state;
    zp_str s = ZP_STR("aé单𬭎.");
    const uint32_t codes[] = {'a', 0xE9, 0x5355, 0x2CB4E, '.'};
    size_t at = 0;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(zp_utf8_next(s, &at), codes[i]);
        assert_int_equal(zp_utf8_before(s, at), codes[i]);
    }
    assert_int_equal(at, s.n);
    assert_int_equal(zp_utf8_count(s), 5);
}

static void assert_fault(zp_str s, size_t place, size_t length)
{
    assert_int_equal(zp_utf8_fault(s, 0), place);
    assert_int_equal(zp_utf8_fault_length(s, place), length);
}

static void faults_are_found_with_their_length(void **state)
{
    (void)state;
    assert_fault(ZP_STR("ab\x80"), 2, 1);   /* a tail alone */
    assert_fault(ZP_STR("\xC0\xAF"), 0, 1); /* overlong */
    assert_fault(ZP_STR("\xC1\xBF"), 0, 1);
    assert_fault(ZP_STR("\xE0\x9F\xBF"), 0, 1);
    assert_fault(ZP_STR("\xF0\x8F\xBF\xBF"), 0, 1);
    assert_fault(ZP_STR("\xED\xA0\x80"), 0, 1);     /* a surrogate */
    assert_fault(ZP_STR("\xF4\x90\x80\x80"), 0, 1); /* above U+10FFFF */
    assert_fault(ZP_STR("\xF5\x80\x80\x80"), 0, 1);
    assert_fault(ZP_STR("\xFF"), 0, 1);
    assert_fault(ZP_STR("\xE5\x8D"), 0, 2); /* torn at the end */
    assert_fault(ZP_STR("\xF0\xAC\xAD"), 0, 3);
    assert_fault(ZP_STR("\xE5\x8D"
                        "a"),
                 0, 2); /* torn in the middle */
    assert_fault(ZP_STR("\xF1\x80\xE5\x8D\x95"), 0, 2);
}

static void faults_are_found_anywhere_among_ascii(void **state)
{
    (void)state;
    char text[64];
    for (size_t place = 0; place < sizeof text; place++) {
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = i == place ? (char)0xFF : 'a';
        assert_int_equal(zp_utf8_fault((zp_str){text, sizeof text}, 0), place);
        assert_int_equal(zp_utf8_fault((zp_str){text, sizeof text}, place + 1), sizeof text);
    }
}

static void clean_text_has_no_fault(void **state)
{
    (void)state;
    zp_str s = ZP_STR("2023年度，某某局\xF4\x8F\xBF\xBF\xED\x9F\xBF\xEE\x80\x80");
    assert_int_equal(zp_utf8_fault(s, 0), s.n);
    assert_int_equal(zp_utf8_fault((zp_str){NULL, 0}, 0), 0);
}

static void han_are_all_blocks_and_kana(void **state)
{
    (void)state;
    const uint32_t han[] = {0x3005,  0x3007,  0x3042,  0x30AB,  0x30FC,  0x3400,  0x4DBF,
                            0x4E00,  0x9FFF,  0xF900,  0xFAFF,  0x20000, 0x2A6DF, 0x2CB4E,
                            0x2EBF0, 0x2F800, 0x2FA1F, 0x30000, 0x323AF};
    for (size_t i = 0; i < sizeof han / sizeof *han; i++)
        assert_true(zp_code_is_han(han[i]) && zp_code_is_chinese(han[i]));
    const uint32_t others[] = {'a',    '1',    0x3000, 0x3001,  0x3002, 0x300A, 0xFF0C,
                               0xFF21, 0xAC00, 0x4DC0, 0x1F600, 0x2014, 0xFFFD};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(zp_code_is_han(others[i]));
}

static void chinese_includes_marks(void **state)
{
    (void)state;
    zp_str marks = ZP_STR("“”‘’…—·，。、：；！？（）《》【】〔〕％￥Ａ１");
    for (size_t at = 0; at < marks.n;)
        assert_true(zp_code_is_chinese(zp_utf8_next(marks, &at)));
    zp_str others = ZP_STR("aé1,.()\"'-–%$ ");
    for (size_t at = 0; at < others.n;)
        assert_false(zp_code_is_chinese(zp_utf8_next(others, &at)));
}

static void text_is_cleaned_of_faults(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_str good = ZP_STR("好a");
    assert_ptr_equal(zp_utf8_clean(arena, good).p, good.p);
    zp_str mended = zp_utf8_clean(arena, ZP_STR("\xFF"
                                                "a\xE5\xA5"));
    assert_true(zp_str_eq(mended, ZP_STR("\xEF\xBF\xBD"
                                         "a\xEF\xBF\xBD")));
    zp_arena_free(arena);
}

static void cut_between_characters(void **state)
{
    (void)state;
    zp_str s = ZP_STR("a\u5e74\U00020bb7");
    const size_t expected[] = {0, 1, 1, 1, 4, 4, 4, 4, 8, 8};
    for (size_t n = 0; n < sizeof expected / sizeof *expected; n++)
        assert_int_equal(zp_utf8_cut(s, n).n, expected[n]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cleaned_of_faults),
        cmocka_unit_test(cut_between_characters),
        cmocka_unit_test(every_code_point_survives_encoding_and_decoding),
        cmocka_unit_test(walking_forth_and_back_meets_the_same_characters),
        cmocka_unit_test(faults_are_found_with_their_length),
        cmocka_unit_test(faults_are_found_anywhere_among_ascii),
        cmocka_unit_test(clean_text_has_no_fault),
        cmocka_unit_test(han_are_all_blocks_and_kana),
        cmocka_unit_test(chinese_includes_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
