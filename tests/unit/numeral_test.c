/* numeral_test.c: numerals at 15 digits, read, rounded and printed; serial numbers to dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "book/moment.h"
#include "book/numeral.h"

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

static zp_numeral numeral(const char *text)
{
    zp_numeral n;
    if (!zp_numeral_read(zp_str_from(text), &n))
        fail_msg("no numeral: %s", text);
    return n;
}

static void assert_print(zp_arena *arena, zp_numeral n, const char *expected)
{
    zp_buf out = {.arena = arena};
    zp_numeral_print(&n, &out);
    if (!zp_str_eq(zp_buf_str(&out), zp_str_from(expected)))
        fail_msg("%.*s, not %s", ZP_ARG(zp_buf_str(&out)), expected);
}

static void reads_and_prints_plainly(void **state)
{
    static const char *const cases[][2] = {
        {"0", "0"},
        {"-0.000", "0"},
        {"3074.03", "3074.03"},
        {"+5.", "5"},
        {".5", "0.5"},
        {"00012.500", "12.5"},
        {"3074.0300000000002", "3074.03"},
        {"0.30000000000000004", "0.3"},
        {"0.0900000762939453", "0.0900000762939453"},
        {"999999999999999.9", "1000000000000000"},
        {"1234567890123456789", "1234567890123460000"},
        {"1E-3", "0.001"},
        {"-1.5e+3", "-1500"},
        {"1e20", "100000000000000000000"},
        {"12e-1", "1.2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_print(*state, numeral(cases[i][0]), cases[i][1]);
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    static const char *const cases[] = {"",     "-",    ".",    "1,000", "1e",      "e5",
                                        "1.2.", "0x10", "NaN",  "1e500", "1e-500",  " 1",
                                        "1 ",   "--1",  "1e+-", "１",    "1e999999"};
    zp_numeral n;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (zp_numeral_read(zp_str_from(cases[i]), &n))
            fail_msg("a numeral: %s", cases[i]);
}

static void rounds_halves_away_from_zero(void **state)
{
    static const struct {
        const char *text;
        int places;
        const char *expected;
    } cases[] = {
        {"2.5", 0, "3"},    {"-2.5", 0, "-3"},    {"2.45", 1, "2.5"},   {"0.005", 2, "0.01"},
        {"0.0049", 2, "0"}, {"1.005", 2, "1.01"}, {"99.995", 2, "100"}, {"0.5", 0, "1"},
        {"0.49", 0, "0"},   {"1250", -2, "1300"}, {"4", -1, "0"},       {"6", -1, "10"},
        {"1.2", 5, "1.2"},  {"9.9", 0, "10"},     {"0.04", 0, "0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_numeral n = numeral(cases[i].text);
        zp_numeral_round(&n, cases[i].places);
        assert_print(*state, n, cases[i].expected);
    }
}

static void compares(void **state)
{
    (void)state;
    static const char *const ordered[] = {"-10", "-2", "-1.5", "0", "0.001", "1", "1.5", "2", "10"};
    size_t count = sizeof ordered / sizeof *ordered;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            zp_numeral a = numeral(ordered[i]), b = numeral(ordered[j]);
            assert_int_equal(zp_numeral_compare(&a, &b), (i > j) - (i < j));
        }
}

static void whole_numbers(void **state)
{
    assert_print(*state, zp_numeral_int(0), "0");
    assert_print(*state, zp_numeral_int(-1200), "-1200");
    assert_print(*state, zp_numeral_int(INT64_MIN), "-9223372036854780000");
}

static void assert_serial(zp_arena *arena, const char *serial, bool since_1904,
                          const char *expected)
{
    zp_numeral n = numeral(serial);
    zp_moment m;
    if (!zp_moment_of_serial(&n, since_1904, &m))
        fail_msg("no date: %s", serial);
    zp_str found = zp_moment_print(arena, &m);
    if (!zp_str_eq(found, zp_str_from(expected)))
        fail_msg("%s is %.*s, not %s", serial, ZP_ARG(found), expected);
}

static void serials_are_dates(void **state)
{
    assert_serial(*state, "1", false, "1900-01-01");
    assert_serial(*state, "59", false, "1900-02-28");
    assert_serial(*state, "60", false, "1900-02-29"); /* as Excel has it */
    assert_serial(*state, "61", false, "1900-03-01");
    assert_serial(*state, "36585", false, "2000-02-29");
    assert_serial(*state, "45420", false, "2024-05-08");
    assert_serial(*state, "45420.3541666667", false, "2024-05-08T08:30:00");
    assert_serial(*state, "45420.99999999", false, "2024-05-09");
    assert_serial(*state, "2958465", false, "9999-12-31");
    assert_serial(*state, "0", true, "1904-01-01");
    assert_serial(*state, "43958", true, "2024-05-08");
    zp_moment m;
    zp_numeral n = numeral("45420");
    assert_true(zp_moment_of_serial(&n, false, &m));
    assert_int_equal(m.weekday, 3); /* a Wednesday */
}

static void serials_beyond_the_calendar(void **state)
{
    (void)state;
    static const char *const cases[] = {"-1", "-0.5", "2958466", "2958465.9999999999", "1e300"};
    zp_moment m;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_numeral n = numeral(cases[i]);
        if (zp_moment_of_serial(&n, false, &m))
            fail_msg("a date: %s", cases[i]);
    }
}

static void iso_dates(void **state)
{
    zp_moment m;
    assert_true(zp_moment_of_iso(ZP_STR("2024-05-08T08:30:15.250"), &m));
    assert_int_equal(m.days, 45420);
    assert_int_equal(m.milliseconds, 30615250);
    assert_true(zp_moment_of_iso(ZP_STR("1899-12-31T12:00:00.000"), &m));
    assert_int_equal(m.days, 0);
    assert_true(zp_moment_of_iso(ZP_STR("1850-01-01"), &m));
    zp_str early = zp_moment_print(*state, &m);
    assert_true(zp_str_eq(early, ZP_STR("1850-01-01")));
    assert_true(zp_moment_of_iso(ZP_STR("1900-02-28"), &m));
    assert_int_equal(m.days, 59);
    static const char *const bad[] = {"",           "2024-5-8",   "2023-02-29",       "2024-13-01",
                                      "2024-00-10", "20240508",   "2024-05-08T25:00", "2024-05-0x",
                                      "2024-05-32", "2024-05-08T"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (zp_moment_of_iso(zp_str_from(bad[i]), &m))
            fail_msg("a date: %s", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_prints_plainly),
        cmocka_unit_test(refuses_what_is_none),
        cmocka_unit_test(rounds_halves_away_from_zero),
        cmocka_unit_test(compares),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(serials_are_dates),
        cmocka_unit_test(serials_beyond_the_calendar),
        cmocka_unit_test(iso_dates),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
