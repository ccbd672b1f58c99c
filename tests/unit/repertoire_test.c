/* repertoire_test.c: characters: the table of 8105, look-alikes, what is damaged or hidden.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

#include "base/files.h"
#include "base/utf8.h"
#include "check/lookalike.h"
#include "check/hanzi.h"

/* The constant and the text of the table hold the same characters. */
static void test_table(void **state)
{
    bench *b = *state;
    zp_str bytes, why;
    assert_true(zp_file_read(b->arena, "tests/data/tgscc8105.txt", 1 << 20, &bytes, &why));
    size_t listed = 0, held = 0;
    for (size_t at = 0; at < bytes.n;) {
        uint32_t code = zp_utf8_next(bytes, &at);
        if (zp_code_is_space(code))
            continue;
        assert_true(zp_code_is_standard(code));
        listed++;
    }
    for (uint32_t code = 0; code < 0x110000; code++)
        held += zp_code_is_standard(code);
    assert_int_equal(listed, 8105);
    assert_int_equal(held, 8105);
}

static void test_lookalikes(void **state)
{
    (void)state;
    assert_int_equal(zp_code_meant(0x2F00), 0x4E00); /* ⼀ 一 */
    assert_int_equal(zp_code_meant(0x2FD5), 0x9FA0); /* the last radical */
    assert_int_equal(zp_code_meant(0x2FD6), 0);
    assert_int_equal(zp_code_meant(0xF900), 0x8C48); /* 豈 */
    assert_int_equal(zp_code_meant(0xFA0E), 0); /* an ideograph of its own in spite of its place */
    assert_int_equal(zp_code_meant(0x2EA0), 0x6C11); /* ⺠ 民 */
    assert_int_equal(zp_code_meant(0x4E00), 0);
    for (uint32_t code = 0; code < 0x30000; code++)
        assert_int_equal(zp_code_meant(zp_code_meant(code)), 0);
}

static void test_rules(void **state)
{
    bench *b = *state;
    expect_found(b, "character-lookalike", "⺠政局⼯作。\n", "民");
    assert_int_equal(message_of(b, "character-lookalike")->repeats, 2);
    expect_found(b, "character-hidden", "预算\xE2\x80\x8B数。\n", NULL);
    expect_found(b, "character-damaged", "预算\xEE\x80\x80数。\n", NULL);
    expect_found(b, "character-rare", "國家。\n", NULL);
    assert_int_equal(message_of(b, "character-rare")->severity, ZP_HINT);
    expect_none(b, "character-rare", "二〇二三年长湴村，𬭎、々。\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_table), TEST(test_lookalikes), TEST(test_rules)};
    return cmocka_run_group_tests_name("repertoire", tests, NULL, NULL);
}
