/* decimal_test.c: figures as typed become whole numbers, and are printed again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/decimal.h"

static void reads_signs_points_commas_and_per_cents(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t units;
        int decimals;
        bool percent, grouped;
    } cases[] = {
        {"0", 0, 0, false, false},          {"12.50", 1250, 2, false, false},
        {"-3", -3, 0, false, false},        {"+3", 3, 0, false, false},
        {"−7.1", -71, 1, false, false},     {"－7.1", -71, 1, false, false},
        {"1,234.5", 12345, 1, false, true}, {"1，234，567", 1234567, 0, false, true},
        {" 99.63% ", 9963, 2, true, false}, {"8％", 8, 0, true, false},
        {"007", 7, 0, false, false},        {"000000000000000000001", 1, 0, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_decimal d;
        assert_int_equal(zp_decimal_read(zp_str_from(cases[i].text), &d), ZP_DECIMAL_READ);
        assert_false(d.missing);
        assert_int_equal(d.units, cases[i].units);
        assert_int_equal(d.decimals, cases[i].decimals);
        assert_int_equal(d.percent, cases[i].percent);
        assert_int_equal(d.grouped, cases[i].grouped);
    }
}

static void reads_nothing_and_dashes_as_missing(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "  ", "—", "——", "-", "/"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        zp_decimal d;
        assert_int_equal(zp_decimal_read(zp_str_from(texts[i]), &d), ZP_DECIMAL_READ);
        assert_true(d.missing);
    }
}

static void refuses_what_is_no_figure(void **state)
{
    (void)state;
    static const char *const texts[] = {"约12", "12万",    "1e5",   "3,5", "1,2345", ",123",
                                        "1,23", "12,34.5", "1.2.3", ".5",  "--1",    "1%%",
                                        "%",    "1 2",     "NaN",   "0x1", "+",      "1,"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        zp_decimal d;
        if (zp_decimal_read(zp_str_from(texts[i]), &d) != ZP_DECIMAL_NONE)
            fail_msg("“%s” was read", texts[i]);
    }
}

static void refuses_figures_too_long_for_sums(void **state)
{
    (void)state;
    zp_decimal d;
    assert_int_equal(zp_decimal_read(ZP_STR("999999999999999"), &d), ZP_DECIMAL_READ);
    assert_int_equal(zp_decimal_read(ZP_STR("1000000000000000"), &d), ZP_DECIMAL_TOO_LONG);
    assert_int_equal(zp_decimal_read(ZP_STR("0.1234567"), &d), ZP_DECIMAL_TOO_LONG);
    assert_int_equal(zp_decimal_read(ZP_STR("99999999999999999999999999"), &d),
                     ZP_DECIMAL_TOO_LONG);
}

static void widens_as_far_as_digits_allow(void **state)
{
    (void)state;
    zp_decimal d = {.units = -12, .decimals = 1};
    assert_true(zp_decimal_widen(&d, 3));
    assert_int_equal(d.units, -1200);
    d = (zp_decimal){.units = 999999999999999};
    assert_false(zp_decimal_widen(&d, 1));
}

static void prints_rounded_padded_and_grouped(void **state)
{
    static const struct {
        int64_t units;
        int decimals, places;
        bool grouped;
        const char *text;
    } cases[] = {
        {12345, 1, 1, true, "1,234.5"},
        {12345, 1, 0, false, "1235"},
        {-12345, 1, 0, false, "-1235"},
        {12344, 1, 0, false, "1234"},
        {5, 1, 3, false, "0.500"},
        {-4, 1, 0, false, "0"},
        {1000000, 0, 2, true, "1,000,000.00"},
        {999, 0, 0, true, "999"},
        {105, 2, 1, false, "1.1"},
        {100005, 5, 4, false, "1.0001"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str text = zp_decimal_print(*state, cases[i].units, cases[i].decimals, cases[i].places,
                                       cases[i].grouped);
        assert_string_equal(zp_str_cstr(*state, text), cases[i].text);
    }
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_signs_points_commas_and_per_cents),
        cmocka_unit_test(reads_nothing_and_dashes_as_missing),
        cmocka_unit_test(refuses_what_is_no_figure),
        cmocka_unit_test(refuses_figures_too_long_for_sums),
        cmocka_unit_test(widens_as_far_as_digits_allow),
        cmocka_unit_test_setup_teardown(prints_rounded_padded_and_grouped, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
