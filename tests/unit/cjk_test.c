/* Classes, breaks and kerns of Chinese line layout, and the cutting of text into tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/utf8.h"
#include "layout/cjk.h"

enum { TEXT_MAX = 128 };

/* The tokens of `text` as "一/HAN 2025/W …". */
static zp_str cut(zp_arena *arena, const char *text)
{
    static const char *const names[] = {"HAN", "OP", "CL", "PZ", "ST", "S2", "MD", "HY",
                                        "SL",  "DS", "EL", "W",  "SP", "PR", "PO", "FN"};
    uint32_t codes[TEXT_MAX];
    size_t count = 0;
    zp_str s = zp_str_from(text);
    for (size_t at = 0; at < s.n;)
        codes[count++] = zp_utf8_next(s, &at);
    zp_cjk_token tokens[TEXT_MAX];
    size_t n = zp_cjk_cut(codes, count, tokens);
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < n; i++) {
        if (i)
            zp_buf_byte(&out, ' ');
        for (uint32_t k = 0; k < tokens[i].count; k++)
            zp_buf_code(&out, codes[tokens[i].first + k]);
        zp_buf_format(&out, "/%s", names[tokens[i].class]);
    }
    return zp_buf_str(&out);
}

static void assert_cut(const char *text, const char *expected)
{
    zp_arena *arena = zp_arena_new();
    assert_string_equal(zp_str_cstr(arena, cut(arena, text)), expected);
    zp_arena_free(arena);
}

static void numbers_are_whole(void **state)
{
    (void)state;
    assert_cut("率99.63%。", "率/HAN 99.63%/W 。/ST");
    assert_cut("12,345件", "12,345/W 件/HAN");
    assert_cut("为-5.2℃", "为/HAN -5.2℃/W");
    assert_cut("2025-01-31", "2025-01-31/W");
    assert_cut("依GB/T 9704", "依/HAN GB/T/W  /SP 9704/W");
}

static void a_point_after_a_number_is_a_mark(void **state)
{
    (void)state;
    assert_cut("1.人大", "1/W ./PO 人/HAN 大/HAN");
    assert_cut("为10.", "为/HAN 10/W ./PO");
}

static void the_gap_between_han_and_latin_is_no_token(void **state)
{
    (void)state;
    assert_cut("全年 13 次", "全/HAN 年/HAN 13/W 次/HAN");
    assert_cut("线索 高效", "线/HAN 索/HAN  /SP 高/HAN 效/HAN");
    assert_cut("(一) 部门", "(/PR 一/HAN )/PO  /SP 部/HAN 门/HAN");
}

static void pairs_are_one_token(void **state)
{
    (void)state;
    assert_cut("是——吗？！", "是/HAN ——/DS 吗/HAN ？！/S2");
    assert_cut("等等……好！！！", "等/HAN 等/HAN ……/EL 好/HAN ！！！/S2");
}

static void quotation_marks_follow_their_text(void **state)
{
    (void)state;
    assert_cut("“随手拍”", "“/OP 随/HAN 手/HAN 拍/HAN ”/CL");
    assert_cut("称“A”的", "称/HAN “/OP A/W ”/CL 的/HAN");
    assert_cut("the “best” one", "the/W  /SP “/PR best/W ”/PO  /SP one/W");
    assert_cut("it’s", "it’s/W");
}

static void non_bmp_and_variation_selectors(void **state)
{
    (void)state;
    assert_cut("𬭎", "𬭎/HAN");
    assert_cut("葛\xF3\xA0\x84\x80城", "葛\xF3\xA0\x84\x80/HAN 城/HAN");
}

static void closing_marks_begin_no_line(void **state)
{
    (void)state;
    const zp_cjk_class never[] = {ZP_CJK_CL, ZP_CJK_PZ, ZP_CJK_ST, ZP_CJK_S2, ZP_CJK_MD,
                                  ZP_CJK_HY, ZP_CJK_SL, ZP_CJK_PO, ZP_CJK_FN, ZP_CJK_SP};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_false(zp_cjk_may_break(ZP_CJK_HAN, never[i], ZP_KINSOKU_BASIC));
    assert_true(zp_cjk_may_break(ZP_CJK_HAN, ZP_CJK_OP, ZP_KINSOKU_STRICT));
    assert_true(zp_cjk_may_break(ZP_CJK_HAN, ZP_CJK_W, ZP_KINSOKU_STRICT));
}

static void opening_marks_end_no_line(void **state)
{
    (void)state;
    assert_false(zp_cjk_may_break(ZP_CJK_OP, ZP_CJK_HAN, ZP_KINSOKU_BASIC));
    assert_false(zp_cjk_may_break(ZP_CJK_PR, ZP_CJK_W, ZP_KINSOKU_BASIC));
    assert_true(zp_cjk_may_break(ZP_CJK_SL, ZP_CJK_HAN, ZP_KINSOKU_BASIC));
    assert_false(zp_cjk_may_break(ZP_CJK_SL, ZP_CJK_HAN, ZP_KINSOKU_GB));
}

static void levels_differ_in_ellipsis_and_dash(void **state)
{
    (void)state;
    assert_true(zp_cjk_may_break(ZP_CJK_HAN, ZP_CJK_EL, ZP_KINSOKU_GB));
    assert_false(zp_cjk_may_break(ZP_CJK_HAN, ZP_CJK_EL, ZP_KINSOKU_GB_PLUS));
    assert_true(zp_cjk_may_break(ZP_CJK_HAN, ZP_CJK_DS, ZP_KINSOKU_GB_PLUS));
    assert_false(zp_cjk_may_break(ZP_CJK_HAN, ZP_CJK_DS, ZP_KINSOKU_STRICT));
}

static void adjacent_marks_give_half_an_em(void **state)
{
    (void)state;
    assert_int_equal(zp_cjk_kern(ZP_CJK_ST, ZP_CJK_CL), ZP_KERN_LEFT);
    assert_int_equal(zp_cjk_kern(ZP_CJK_PZ, ZP_CJK_OP), ZP_KERN_LEFT);
    assert_int_equal(zp_cjk_kern(ZP_CJK_OP, ZP_CJK_OP), ZP_KERN_RIGHT);
    assert_int_equal(zp_cjk_kern(ZP_CJK_OP, ZP_CJK_ST), ZP_KERN_NONE);
    assert_int_equal(zp_cjk_kern(ZP_CJK_CL, ZP_CJK_HAN), ZP_KERN_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_whole),
        cmocka_unit_test(a_point_after_a_number_is_a_mark),
        cmocka_unit_test(the_gap_between_han_and_latin_is_no_token),
        cmocka_unit_test(pairs_are_one_token),
        cmocka_unit_test(quotation_marks_follow_their_text),
        cmocka_unit_test(non_bmp_and_variation_selectors),
        cmocka_unit_test(closing_marks_begin_no_line),
        cmocka_unit_test(opening_marks_end_no_line),
        cmocka_unit_test(levels_differ_in_ellipsis_and_dash),
        cmocka_unit_test(adjacent_marks_give_half_an_em),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
