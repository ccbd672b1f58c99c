/* number_test.c: exact rationals obey the laws of arithmetic, round as integers do, and refuse what
 * is too large before working on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/number.h"

static const zp_number *read(void *arena, const char *text)
{
    return zp_number_read(arena, zp_str_from(text));
}

static const char *plain(void *arena, const zp_number *a)
{
    return zp_str_cstr(arena, zp_number_plain(arena, a));
}

static const char *fixed(void *arena, const zp_number *a, int places)
{
    return zp_str_cstr(arena, zp_number_fixed(arena, a, places));
}

static const char *repeat(zp_arena *arena, const char *before, char c, size_t count,
                          const char *after)
{
    zp_buf out = {.arena = arena};
    zp_buf_add(&out, zp_str_from(before));
    for (size_t i = 0; i < count; i++)
        zp_buf_byte(&out, c);
    zp_buf_add(&out, zp_str_from(after));
    return zp_str_cstr(arena, zp_buf_str(&out));
}

/* A small generator (xorshift64), so that a failure comes again. */
static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static int64_t random_within(uint64_t *seed, int64_t most)
{
    return (int64_t)(next_random(seed) % (uint64_t)(2 * most + 1)) - most;
}

/* n / d of any size: many small ones, some of hundreds of digits. */
static const zp_number *random_number(zp_arena *arena, uint64_t *seed)
{
    int64_t most = next_random(seed) % 2 ? 50 : INT64_C(1000000000000);
    int64_t d = random_within(seed, most);
    const zp_number *n = zp_number_int(arena, random_within(seed, most));
    n = zp_number_div(arena, n, zp_number_int(arena, d ? d : 1));
    return next_random(seed) % 4 ? n : zp_number_scale(arena, n, (int)random_within(seed, 200));
}

static void reads_plain_numerals(void **state)
{
    static const struct {
        const char *text, *plain;
    } cases[] = {
        {"0", "0"},        {"-0", "0"},
        {"007", "7"},      {"+3.10", "3.1"},
        {"-3.10", "-3.1"}, {"−3.10", "-3.1"},
        {".5", "0.5"},     {"0.0900000762939453", "0.0900000762939453"},
        {"1e3", "1000"},   {"1.5E-3", "0.0015"},
        {"1e+2", "100"},   {"1e−2", "0.01"},
        {"-12e0", "-12"},  {"123456789012345678901234567890.5", "123456789012345678901234567890.5"},
        {"0e400", "0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const zp_number *n = read(*state, cases[i].text);
        assert_non_null(n);
        assert_string_equal(plain(*state, n), cases[i].plain);
    }
}

static void refuses_what_is_no_plain_numeral(void **state)
{
    static const char *const texts[] = {"",         " ",
                                        "+",        "-",
                                        ".",        "5.",
                                        "1 ",       " 1",
                                        "1,000",    "1_000",
                                        "1.2.",     "1..2",
                                        "--1",      "+-1",
                                        "1e",       "1e+",
                                        "e5",       ".e5",
                                        "1e5.0",    "1e401",
                                        "0x10",     "1e-401",
                                        "inf",      "nan",
                                        "NaN",      "1%",
                                        "１",       "一",
                                        "1/2",      "1e99999999999999999999",
                                        "+ 1",      "−",
                                        "\xE2\x88", "1\xE2\x88\x92"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (read(*state, texts[i]) != NULL)
            fail_msg("“%s” was read", texts[i]);
    assert_null(zp_number_read(*state, (zp_str){"1\0002", 3}));
    assert_null(zp_number_read(*state, (zp_str){NULL, 0}));
}

static void reads_as_many_digits_as_it_says(void **state)
{
    const zp_number *most = read(*state, repeat(*state, "", '9', ZP_NUMBER_DIGITS, "e400"));
    assert_non_null(most);
    assert_non_null(read(*state, repeat(*state, ".", '9', ZP_NUMBER_DIGITS, "e-400")));
    assert_null(read(*state, repeat(*state, "", '9', ZP_NUMBER_DIGITS + 1, "")));
    assert_null(read(*state, repeat(*state, "1.", '0', ZP_NUMBER_DIGITS, "")));
    assert_null(read(*state, repeat(*state, "", '0', 10 << 20, "")));
    assert_null(read(*state, repeat(*state, "1e", '9', 10 << 20, "")));
    assert_null(read(*state, repeat(*state, "", '-', 10 << 20, "1")));
}

static void keeps_the_edges_of_int64(void **state)
{
    assert_string_equal(plain(*state, zp_number_int(*state, INT64_MIN)), "-9223372036854775808");
    assert_string_equal(plain(*state, zp_number_int(*state, INT64_MAX)), "9223372036854775807");
    assert_string_equal(plain(*state, zp_number_int(*state, 0)), "0");
    assert_string_equal(plain(*state, zp_number_int(*state, -1)), "-1");
}

/* NULL operands, no division by zero, nothing over ZP_NUMBER_BITS. */
static void is_not_known_when_it_cannot_be(void **state)
{
    zp_arena *arena = *state;
    const zp_number *one = zp_number_int(arena, 1), *zero = zp_number_int(arena, 0);
    assert_null(zp_number_add(arena, NULL, one));
    assert_null(zp_number_sub(arena, one, NULL));
    assert_null(zp_number_mul(arena, NULL, NULL));
    assert_null(zp_number_div(arena, NULL, one));
    assert_null(zp_number_div(arena, one, NULL));
    assert_null(zp_number_scale(arena, NULL, 1));
    assert_null(zp_number_round(arena, NULL, 1));
    assert_int_equal(zp_number_fixed(arena, NULL, 2).n, 0);
    assert_int_equal(zp_number_plain(arena, NULL).n, 0);
    assert_null(zp_number_div(arena, one, zero));
    assert_null(zp_number_div(arena, zero, zero));
    assert_null(zp_number_round(arena, one, -1));
    assert_null(zp_number_round(arena, one, ZP_NUMBER_PLACES + 1));
    assert_int_equal(zp_number_fixed(arena, one, ZP_NUMBER_PLACES + 1).n, 0);
    assert_int_equal(zp_number_fixed(arena, one, -1).n, 0);
}

static void stops_where_numbers_grow_too_large(void **state)
{
    zp_arena *arena = *state;
    const zp_number *one = zp_number_int(arena, 1), *zero = zp_number_int(arena, 0);
    const int powers[] = {ZP_NUMBER_BITS, ZP_NUMBER_BITS + 1, 1000000, INT32_MAX, 2467};
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        assert_null(zp_number_scale(arena, one, powers[i]));
        assert_null(zp_number_scale(arena, one, -powers[i]));
        assert_int_equal(zp_number_sign(zp_number_scale(arena, zero, powers[i])), 0);
    }
    assert_null(zp_number_scale(arena, one, INT32_MIN));
    const zp_number *large = zp_number_scale(arena, one, 2400);
    const zp_number *small = zp_number_scale(arena, one, -2400);
    assert_non_null(large);
    assert_null(zp_number_mul(arena, large, large));
    assert_null(zp_number_div(arena, small, large));
    assert_int_equal(zp_number_compare(zp_number_mul(arena, large, small), one), 0);
    assert_int_equal(zp_number_compare(zp_number_scale(arena, small, 4800), large), 0);
    const zp_number *grown = zp_number_int(arena, 3);
    for (int i = 0; i < 100000 && grown != NULL; i++)
        grown = zp_number_mul(arena, grown, grown);
    assert_null(grown);
}

static void assert_same(const zp_number *a, const zp_number *b)
{
    assert_non_null(a);
    assert_non_null(b);
    assert_int_equal(zp_number_compare(a, b), 0);
}

static void obeys_the_laws_of_arithmetic(void **state)
{
    zp_arena *arena = *state;
    uint64_t seed = 88172645463325252;
    for (int i = 0; i < 2000; i++) {
        const zp_number *a = random_number(arena, &seed), *b = random_number(arena, &seed),
                        *c = random_number(arena, &seed), *zero = zp_number_int(arena, 0);
        assert_same(zp_number_add(arena, a, b), zp_number_add(arena, b, a));
        assert_same(zp_number_mul(arena, a, b), zp_number_mul(arena, b, a));
        assert_same(zp_number_add(arena, zp_number_add(arena, a, b), c),
                    zp_number_add(arena, a, zp_number_add(arena, b, c)));
        assert_same(zp_number_mul(arena, zp_number_mul(arena, a, b), c),
                    zp_number_mul(arena, a, zp_number_mul(arena, b, c)));
        assert_same(zp_number_mul(arena, a, zp_number_add(arena, b, c)),
                    zp_number_add(arena, zp_number_mul(arena, a, b), zp_number_mul(arena, a, c)));
        assert_same(zp_number_sub(arena, zp_number_add(arena, a, b), b), a);
        assert_same(zp_number_sub(arena, a, a), zero);
        if (zp_number_sign(b) != 0)
            assert_same(zp_number_mul(arena, zp_number_div(arena, a, b), b), a);
        assert_int_equal(zp_number_compare(a, b), zp_number_sign(zp_number_sub(arena, a, b)));
        assert_int_equal(zp_number_compare(a, b), -zp_number_compare(b, a));
        assert_same(zp_number_scale(arena, zp_number_scale(arena, a, 37), -37), a);
        if (i % 100 == 0)
            zp_arena_clear(arena);
    }
}

/* Against integers: |n| / d to `places`, halves upwards. */
static void rounds_as_integers_do(void **state)
{
    zp_arena *arena = *state;
    uint64_t seed = 1234567;
    for (int i = 0; i < 5000; i++) {
        int64_t d = 1 + (int64_t)(next_random(&seed) % (i % 2 ? 1000 : 8));
        int64_t n = random_within(&seed, i % 3 ? 100000 : 20), one = 1;
        int places = (int)(next_random(&seed) % 6);
        for (int k = 0; k < places; k++)
            one *= 10;
        int64_t size = (2 * (n < 0 ? -n : n) * one + d) / (2 * d);
        const zp_number *a = zp_number_div(arena, zp_number_int(arena, n), zp_number_int(arena, d));
        const zp_number *expected = zp_number_div(arena, zp_number_int(arena, n < 0 ? -size : size),
                                                  zp_number_int(arena, one));
        assert_same(zp_number_round(arena, a, places), expected);
        assert_same(read(arena, fixed(arena, a, places)), expected);
        if (i % 100 == 0)
            zp_arena_clear(arena);
    }
}

static void prints_with_fixed_places(void **state)
{
    static const struct {
        const char *text;
        int places;
        const char *printed;
    } cases[] = {
        {"0.455", 2, "0.46"},
        {"0.4549999", 2, "0.45"},
        {"-0.455", 2, "-0.46"},
        {"-3.1", 2, "-3.10"},
        {"-0.004", 2, "0.00"},
        {"-0.005", 2, "-0.01"},
        {"0.5", 0, "1"},
        {"-0.5", 0, "-1"},
        {"-0.4", 0, "0"},
        {"0", 2, "0.00"},
        {"0", 0, "0"},
        {"999.995", 2, "1000.00"},
        {"99.995", 2, "100.00"},
        {"2.5", 0, "3"},
        {"1e20", 1, "100000000000000000000.0"},
        {"1e-30", 30, "0.000000000000000000000000000001"},
        {"5e-31", 30, "0.000000000000000000000000000001"},
        {"4e-31", 30, "0.000000000000000000000000000000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(fixed(*state, read(*state, cases[i].text), cases[i].places),
                            cases[i].printed);
}

static void prints_plainly(void **state)
{
    zp_arena *arena = *state;
    const zp_number *third =
        zp_number_div(arena, zp_number_int(arena, -2), zp_number_int(arena, 3));
    assert_string_equal(plain(arena, third), "-0.666666666666666666666666666667");
    const zp_number *eighth =
        zp_number_div(arena, zp_number_int(arena, 1), zp_number_int(arena, 8));
    assert_string_equal(plain(arena, eighth), "0.125");
    assert_string_equal(plain(arena, read(arena, "-1e-31")), "0");
    assert_string_equal(plain(arena, read(arena, "1200")), "1200");
    assert_string_equal(plain(arena, read(arena, "1e-30")), "0.000000000000000000000000000001");
}

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

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_plain_numerals),
        TEST(refuses_what_is_no_plain_numeral),
        TEST(reads_as_many_digits_as_it_says),
        TEST(keeps_the_edges_of_int64),
        TEST(is_not_known_when_it_cannot_be),
        TEST(stops_where_numbers_grow_too_large),
        TEST(obeys_the_laws_of_arithmetic),
        TEST(rounds_as_integers_do),
        TEST(prints_with_fixed_places),
        TEST(prints_plainly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
