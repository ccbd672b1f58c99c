/* xmp_test.c: what a packet says, standard by standard; and the profile that stands beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "write/icc.h"
#include "write/xmp.h"

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

static const char *packet(zp_arena *arena, const char *standard)
{
    const zp_xmp_facts facts = {.title = ZP_STR("甲<乙>&"),
                                .producer = ZP_STR("ziping"),
                                .date = ZP_STR("2024-04-01T08:00:00+08:00"),
                                .standard = zp_standard_find(zp_str_from(standard))};
    zp_buf out = {.arena = arena};
    zp_xmp_write(&facts, &out);
    return zp_str_cstr(arena, zp_buf_str(&out));
}

static void texts_are_escaped_and_empty_ones_left_out(void **state)
{
    const char *xmp = packet(*state, "a-2b");
    assert_non_null(strstr(xmp, "甲&lt;乙&gt;&amp;</rdf:li>"));
    assert_null(strstr(xmp, "dc:creator"));
    assert_null(strstr(xmp, "dc:description"));
}

static void the_standard_is_named(void **state)
{
    assert_non_null(strstr(packet(*state, "a-1a"), "<pdfaid:part>1</pdfaid:part>"));
    assert_non_null(strstr(packet(*state, "a-2u"), "<pdfaid:conformance>U</pdfaid:conformance>"));
    assert_non_null(strstr(packet(*state, "a-2a+ua-1"), "<pdfuaid:part>1</pdfuaid:part>"));
    assert_null(strstr(packet(*state, "a-2u"), "pdfuaid"));
}

static void names_of_standards_are_those_that_are_listed(void **state)
{
    (void)state;
    zp_str names = zp_str_from(zp_standard_names);
    size_t count = 0;
    for (size_t at = 0, stop; at < names.n; at = stop + 1, count++) {
        stop = zp_str_find(names, ZP_STR(" "), at);
        assert_non_null(zp_standard_find(zp_str_slice(names, at, stop)));
    }
    assert_int_equal(count, 7);
    assert_null(zp_standard_find(ZP_STR("a-2")));
    assert_true(zp_standard_is_tagged(zp_standard_find(ZP_STR("a-3a"))));
    assert_false(zp_standard_is_tagged(zp_standard_find(ZP_STR("a-1b"))));
    assert_true(zp_standard_embeds(zp_standard_find(ZP_STR("a-3a"))));
    assert_false(zp_standard_embeds(zp_standard_find(ZP_STR("none"))));
}

static uint32_t big_endian(const char *bytes, int count)
{
    uint32_t value = 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

/* The middle of sRGB's curve, IEC 61966-2-1: 128 of 255 is 0.2158605 of the light. */
static void the_profile_is_whole_and_its_curve_is_srgbs(void **state)
{
    zp_str icc = zp_icc_srgb(*state);
    assert_int_equal(big_endian(icc.p, 4), icc.n);
    uint32_t count = big_endian(icc.p + 128, 4), curve = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *entry = icc.p + 132 + 12 * i;
        uint32_t at = big_endian(entry + 4, 4);
        assert_true(at % 4 == 0 && at + big_endian(entry + 8, 4) <= icc.n);
        if (memcmp(entry, "gTRC", 4) == 0)
            curve = at;
    }
    assert_int_equal(big_endian(icc.p + curve + 8, 4), 256);
    assert_int_equal(big_endian(icc.p + curve + 12, 2), 0);
    assert_int_equal(big_endian(icc.p + curve + 12 + 2 * 128, 2), 14146);
    assert_int_equal(big_endian(icc.p + curve + 12 + 2 * 255, 2), 65535);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(texts_are_escaped_and_empty_ones_left_out, begin, end),
        cmocka_unit_test_setup_teardown(the_standard_is_named, begin, end),
        cmocka_unit_test(names_of_standards_are_those_that_are_listed),
        cmocka_unit_test_setup_teardown(the_profile_is_whole_and_its_curve_is_srgbs, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
