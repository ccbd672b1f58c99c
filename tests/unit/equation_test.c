/* equation_test.c: printed figures as intervals: rounding, equations, and their repairs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/number.h"
#include "check/equation.h"

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

/* 3062.66万元, -3.2%, 82人, 5. */
static const zp_quantity *figure(zp_arena *arena, const char *text)
{
    zp_quantity *q = zp_new(arena, zp_quantity);
    size_t sign = text[0] == '-', n = strspn(text + sign, "0123456789.");
    const char *unit = text + sign + n;
    zp_str digits = zp_str_slice(zp_str_from(text), sign, sign + n);
    size_t point = zp_str_find(digits, ZP_STR("."), 0);
    if (*unit != '\0')
        assert_true(zp_unit_find(zp_str_from(unit), &q->unit));
    q->digits = digits;
    q->places = point < digits.n ? (int)(digits.n - point - 1) : 0;
    q->value = zp_number_scale(
        arena, zp_number_read(arena, zp_str_slice(zp_str_from(text), 0, sign + n)), q->unit.power);
    assert_non_null(q->value);
    return q;
}

static void figures_are_the_same_within_their_places(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"3062.66万元", "3062.66万元", true},
        {"3062.66万元", "30626600元", true},
        {"3062.66万元", "30626649元", true},
        {"3062.66万元", "30626651元", false},
        {"3062.7万元", "3062.66万元", true},
        {"3062.6万元", "3062.66万元", false},
        {"3062.66万元", "3062.67万元", false},
        {"3062.66万元", "3026.66万元", false},
        {"99.6%", "99.63%", true},
        {"99.63%", "99.64%", false},
        {"0.31亿元", "3062.66万元", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const zp_quantity *a = figure(*state, rows[i].a), *b = figure(*state, rows[i].b);
        if (zp_rounding_same(*state, a, b) != rows[i].same ||
            zp_rounding_same(*state, b, a) != rows[i].same)
            fail_msg("%s and %s should %sbe the same", rows[i].a, rows[i].b,
                     rows[i].same ? "" : "not ");
    }
}

static void a_ratio_fits_is_cut_or_is_off(void **state)
{
    static const struct {
        const char *rate, *part, *whole;
        zp_ratio ratio;
    } rows[] = {
        {"99.63%", "3062.66万元", "3074.03万元", ZP_RATIO_FITS},
        {"98.46%", "3062.66万元", "3074.03万元", ZP_RATIO_OFF},
        {"66.67%", "2000.00万元", "3000.00万元", ZP_RATIO_FITS},
        {"66.66%", "2000.00万元", "3000.00万元", ZP_RATIO_CUT},
        {"66.65%", "2000.00万元", "3000.00万元", ZP_RATIO_OFF},
        {"33%", "1万元", "3万元", ZP_RATIO_FITS},
        {"45%", "1万元", "3万元", ZP_RATIO_FITS}, /* 1.4 ÷ 2.6 would be even more */
        {"50%", "5万元", "0万元", ZP_RATIO_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        zp_ratio got =
            zp_rounding_ratio(*state, figure(*state, rows[i].rate), figure(*state, rows[i].part),
                              figure(*state, rows[i].whole));
        if (got != rows[i].ratio)
            fail_msg("%s = %s ÷ %s: %d, not %d", rows[i].rate, rows[i].part, rows[i].whole,
                     (int)got, (int)rows[i].ratio);
    }
    zp_str printed = zp_rounding_print_ratio(*state, figure(*state, "0.00%"),
                                             figure(*state, "3062.66万元")->value,
                                             figure(*state, "3074.03万元")->value);
    assert_true(zp_str_eq(printed, ZP_STR("99.63%")));
    printed = zp_rounding_print_ratio(*state, figure(*state, "0%"), figure(*state, "5元")->value,
                                      figure(*state, "0元")->value);
    assert_int_equal(printed.n, 0);
}

enum { OPERANDS = 4 };

typedef struct {
    zp_equation_kind kind;
    size_t minus;
    const char *result, *operands[OPERANDS];
    zp_verdict verdict;
    const char *printed; /* what the operands give */
} row;

static zp_equation make(zp_arena *arena, const row *r)
{
    zp_equation e = {.kind = r->kind, .minus = r->minus, .result = figure(arena, r->result)};
    while (e.count < OPERANDS && r->operands[e.count] != NULL) {
        e.operands[e.count] = figure(arena, r->operands[e.count]);
        e.count++;
    }
    return e;
}

#define SUM    ZP_EQUATION_SUM
#define RATIO  ZP_EQUATION_RATIO
#define GROWTH ZP_EQUATION_GROWTH
#define RISE   ZP_EQUATION_RISE
#define FALL   ZP_EQUATION_FALL
#define HOLDS  ZP_EQUATION_HOLDS
#define FAILS  ZP_EQUATION_FAILS
#define CUT    ZP_EQUATION_CUT

static void equations_hold_or_fail(void **state)
{
    static const row rows[] = {
        {SUM, 0, "70.41万元", {"40.26万元", "30.15万元"}, HOLDS, "70.41万元"},
        {SUM, 0, "70.42万元", {"40.26万元", "30.15万元"}, HOLDS, "70.41万元"}, /* 尾差 */
        {SUM, 0, "70.43万元", {"40.26万元", "30.15万元"}, FAILS, "70.41万元"},
        {SUM, 0, "704100元", {"40.26万元", "30.15万元"}, HOLDS, "704100元"},
        {SUM, 1, "10.11万元", {"40.26万元", "30.15万元"}, HOLDS, "10.11万元"},
        {SUM, 1, "70.41万元", {"40.26万元", "30.15万元"}, FAILS, "10.11万元"},
        {SUM, 1, "120.00万元", {"100.00万元", "30.00万元", "10.00万元"}, HOLDS, "120.00万元"},
        {SUM, 2, "60.00万元", {"100.00万元", "30.00万元", "10.00万元"}, HOLDS, "60.00万元"},
        {SUM, 1, "5.00万元", {"10.00万元", "15.00万元"}, HOLDS, "5.00万元"}, /* the words' sign */
        {SUM, 0, "82人", {"40人", "42人"}, HOLDS, "82人"},
        {SUM, 0, "83人", {"40人", "42人"}, FAILS, "82人"}, /* counts are exact */
        {RATIO, 0, "99.63%", {"3062.66万元", "3074.03万元"}, HOLDS, "99.63%"},
        {RATIO, 0, "98.46%", {"3062.66万元", "3074.03万元"}, FAILS, "99.63%"},
        {RATIO, 0, "66.66%", {"2000.00万元", "3000.00万元"}, CUT, "66.67%"},
        {RATIO, 0, "95.31%", {"61件", "64件"}, HOLDS, "95.31%"},
        {RATIO, 0, "95.30%", {"61件", "64件"}, FAILS, "95.31%"},
        {GROWTH, 0, "10.00%", {"110.00万元", "100.00万元"}, HOLDS, "10.00%"},
        {GROWTH, 0, "10.00%", {"90.00万元", "100.00万元"}, HOLDS, "10.00%"}, /* a fall */
        {GROWTH, 0, "-10.00%", {"90.00万元", "100.00万元"}, HOLDS, "10.00%"},
        {GROWTH, 0, "9.09%", {"110.00万元", "100.00万元"}, FAILS, "10.00%"},
        {RISE, 0, "10.00%", {"110.00万元", "10.00万元"}, HOLDS, "10.00%"},
        {RISE, 0, "9.09%", {"110.00万元", "10.00万元"}, FAILS, "10.00%"},
        {FALL, 0, "10.00%", {"90.00万元", "10.00万元"}, HOLDS, "10.00%"},
        {FALL, 0, "11.11%", {"90.00万元", "10.00万元"}, FAILS, "10.00%"},
        {RATIO, 0, "50.00%", {"5.00万元", "0.00万元"}, ZP_EQUATION_UNKNOWN, ""},
        {RISE, 0, "50.00%", {"5.00万元", "5.00万元"}, ZP_EQUATION_UNKNOWN, ""},
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        zp_equation e = make(*state, &rows[i]);
        zp_verdict got = zp_equation_try(*state, &e);
        zp_str printed = zp_equation_result(*state, &e);
        if (got == rows[i].verdict && zp_str_eq(printed, zp_str_from(rows[i].printed)))
            continue;
        failed++;
        print_error("row %zu, %s: verdict %d, not %d; result %.*s, not %s\n", i, rows[i].result,
                    (int)got, (int)rows[i].verdict, ZP_ARG(printed), rows[i].printed);
    }
    assert_int_equal(failed, 0);
}

static void a_figure_without_value_leaves_it_unknown(void **state)
{
    zp_quantity blank = *figure(*state, "5.00万元");
    zp_equation e = {SUM, figure(*state, "10.00万元"), {figure(*state, "5.00万元"), &blank}, 2, 0};
    assert_int_equal(zp_equation_try(*state, &e), HOLDS);
    blank.value = NULL;
    assert_int_equal(zp_equation_try(*state, &e), ZP_EQUATION_UNKNOWN);
}

#define KIND(kind) (1U << ZP_MISPRINT_##kind)

static void failed_equations_are_repaired(void **state)
{
    static const struct {
        row row;
        unsigned kinds;
        const char *repairs;
    } rows[] = {
        {{SUM, 0, "70.14万元", {"40.26万元", "30.15万元"}, FAILS, NULL},
         KIND(SWAPPED),
         "70.14→70.41万元"},
        {{SUM, 0, "86.43万元", {"4.26万元", "30.15万元", "12.02万元"}, FAILS, NULL},
         KIND(LOST),
         "4.26→44.26万元"},
        {{SUM, 0, "70.41万元", {"40.26万元", "301.5万元"}, FAILS, NULL}, KIND(POINT), ""},
        {{SUM, 0, "70.2万元", {"40.1万元", "301.0万元"}, FAILS, NULL},
         KIND(POINT),
         "301.0→30.1万元"},
        {{SUM, 0, "70.41万元", {"40.26万元", "30.15元"}, FAILS, NULL},
         KIND(UNIT),
         "30.15→30.15万元"},
        {{RATIO, 0, "96.93%", {"61件", "64件"}, FAILS, NULL}, KIND(SWAPPED), ""},
        {{RATIO, 0, "95.13%", {"61件", "64件"}, FAILS, NULL}, KIND(SWAPPED), "95.13→95.31%"},
        {{SUM, 0, "75.97万元", {"40.26万元", "30.15万元"}, FAILS, NULL}, KIND(SWAPPED), ""},
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        zp_equation e = make(*state, &rows[i].row);
        zp_repair repair;
        zp_buf got = {.arena = *state};
        for (size_t k = 0; k <= e.count; k++)
            if (zp_equation_repair(*state, &e, k, rows[i].kinds, &repair))
                zp_buf_format(&got, "%s%.*s→%.*s", got.n ? " " : "", ZP_ARG(repair.figure->digits),
                              ZP_ARG(repair.right));
        if (zp_str_eq(zp_buf_str(&got), zp_str_from(rows[i].repairs)))
            continue;
        failed++;
        print_error("row %zu: %.*s, not %s\n", i, ZP_ARG(zp_buf_str(&got)), rows[i].repairs);
    }
    assert_int_equal(failed, 0);
}

static void what_was_printed_from_data_is_not_repaired(void **state)
{
    zp_quantity result = *figure(*state, "70.14万元");
    zp_equation e = {
        SUM, &result, {figure(*state, "40.26万元"), figure(*state, "30.15万元")}, 2, 0};
    zp_repair repair;
    assert_true(zp_equation_repair(*state, &e, e.count, KIND(SWAPPED), &repair));
    assert_int_equal(repair.kind, ZP_MISPRINT_SWAPPED);
    result.printed = true;
    assert_false(zp_equation_repair(*state, &e, e.count, KIND(SWAPPED), &repair));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(figures_are_the_same_within_their_places),
        TEST(a_ratio_fits_is_cut_or_is_off),
        TEST(equations_hold_or_fail),
        TEST(a_figure_without_value_leaves_it_unknown),
        TEST(failed_equations_are_repaired),
        TEST(what_was_printed_from_data_is_not_repaired),
    };
    return cmocka_run_group_tests_name("equation", tests, NULL, NULL);
}
