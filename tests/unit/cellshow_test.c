/* cellshow_test.c: number formats: what a cell shows, stores, and in which unit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "book/cellshow.h"

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

static zp_cell show_in(zp_arena *arena, const char *code, const char *number, bool since_1904)
{
    zp_cell cell = {.kind = ZP_CELL_BLANK};
    zp_numeral n;
    assert_true(zp_numeral_read(zp_str_from(number), &n));
    zp_cell_show_number(arena, zp_cell_format_read(arena, zp_str_from(code)), n, since_1904, &cell);
    return cell;
}

static zp_cell show(zp_arena *arena, const char *code, const char *number)
{
    return show_in(arena, code, number, false);
}

static void assert_field(const char *code, const char *number, const char *field, zp_str found,
                         const char *expected)
{
    if (!zp_str_eq(found, zp_str_from(expected)))
        fail_msg("%s by %s: %s is “%.*s”, not “%s”", number, code, field, ZP_ARG(found), expected);
}

typedef struct {
    const char *code, *number, *text;
} shown;

static void assert_shown(zp_arena *arena, const shown *cases, size_t count, zp_cell_kind kind)
{
    for (size_t i = 0; i < count; i++) {
        zp_cell cell = show(arena, cases[i].code, cases[i].number);
        assert_field(cases[i].code, cases[i].number, "the text", cell.text, cases[i].text);
        if (cell.kind != kind)
            fail_msg("%s by %s: kind %d", cases[i].number, cases[i].code, cell.kind);
    }
}

#define ASSERT_SHOWN(state, cases, kind)                                                           \
    assert_shown((state), (cases), sizeof(cases) / sizeof *(cases), (kind))

static void general(void **state)
{
    static const shown cases[] = {
        {"General", "0", "0"},
        {"", "12", "12"},
        {"General", "-3074.03", "-3074.03"},
        {"General", "0.333333333333333", "0.333333333"},
        {"General", "1234567.123456", "1234567.123"},
        {"General", "99999999999", "99999999999"},
        {"General", "123456789012", "1.23457E+11"},
        {"General", "999999999999", "1E+12"},
        {"General", "0.00001", "0.00001"},
        {"General", "0.0000123456789", "1.23457E-05"},
        {"G/通用格式\"元\"", "5.5", "5.5元"},
        {"General;[Red]-General", "-5", "-5"},
        {"# ?/?", "3.25", "3.25"}, /* fractions are shown plainly */
    };
    ASSERT_SHOWN(*state, cases, ZP_CELL_NUMBER);
}

static void digits(void **state)
{
    static const shown cases[] = {
        {"0", "2.5", "3"},
        {"0", "-2.5", "-3"},
        {"0.00", "1.005", "1.01"},
        {"0.00", "-0.001", "0.00"}, /* never -0.00 */
        {"#,##0.00", "3074.03", "3,074.03"},
        {"#,##0.00", "1234567890.125", "1,234,567,890.13"},
        {"#,##0", "999.5", "1,000"},
        {"#,##0", "12", "12"},
        {"0,000", "5", "0,005"},
        {"000", "7", "007"},
        {"000-0000-0000", "13800138000", "138-0013-8000"},
        {"#.##", "0.5", ".5"},
        {"0.##", "5", "5"},
        {"0.0#", "5.255", "5.26"},
        {"0.0?", "5.1", "5.1"},
        {"#", "0", ""},
        {".00", "12.3", "12.30"},
        {"0.00E+00", "1234.5", "1.23E+03"},
        {"0.0E-0", "0.00096", "9.6E-4"},
        {"##0.0E+0", "12345", "12.3E+3"},
        {"0E+0", "9.9", "1E+1"},
        {"0.00E+00", "0", "0.00E+00"},
        {"0.1.2", "5", "5.1.2"},
        {"@", "440101199001011", "440101199001011"},
    };
    ASSERT_SHOWN(*state, cases, ZP_CELL_NUMBER);
}

static void sections(void **state)
{
    static const shown cases[] = {
        {"0.00;(0.00)", "-5.5", "(5.50)"},
        {"0.00;[Red]-0.00;\"—\"", "0", "—"},
        {"0.00_);[Red]\\(0.00\\)", "-1", "(1.00)"},
        {"0;0;;@", "0", ""},
        {";;;", "5", ""},
        {"_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", "-"},
        {"_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-1234.5", "-1,234.50"},
        {"[>=10000]0!.0,\"万\";0", "12345", "1.2万"},
        {"[>=10000]0!.0,\"万\";0", "999", "999"},
        {"[<0]\"负\"0;[=0]\"零\";0", "0", "零"},
        {"[<0](0);0", "-3", "(3)"},
        {"[Blue][<>1]0.0;\"一\"", "1", "一"},
        {"[$￥-804]#,##0.00", "5", "￥5.00"},
        {"\"合计 \"0\" 个\"", "3", "合计 3 个"},
        {"0\\-0", "12", "1-2"},
        {"[红色]0", "1", "1"},
    };
    ASSERT_SHOWN(*state, cases, ZP_CELL_NUMBER);
}

static void assert_stored(zp_arena *arena, const char *code, const char *number, const char *text,
                          const char *stored, const char *unit)
{
    zp_cell cell = show(arena, code, number);
    assert_field(code, number, "the text", cell.text, text);
    assert_field(code, number, "stored", cell.stored, stored);
    assert_field(code, number, "the unit", cell.unit, unit);
}

static void stored_values(void **state)
{
    assert_stored(*state, "General", "12", "12", "", "");
    assert_stored(*state, "0.0", "12.34", "12.3", "12.34", "");
    assert_stored(*state, "0.00%", "0.9963", "99.63%", "0.9963", "1");
    assert_stored(*state, "0%", "-0.125", "-13%", "-0.125", "1");
    assert_stored(*state, "0.00\"%\"", "99.63", "99.63%", "99.63", "%");
    assert_stored(*state, "0.00\"万元\"", "30.256", "30.26万元", "30.256", "万元");
    assert_stored(*state, "0;-0;", "0", "", "0", "");
    assert_stored(*state, "0.00", "3074.0300000000002", "3074.03", "", "");
}

/* What a column's head calls 万元 is stored in 元: stored is in the unit that is shown. */
static void scaled_formats(void **state)
{
    assert_stored(*state, "0!.0,", "30741.5", "3.1", "3.07415", "");
    assert_stored(*state, "0\".\"0000", "30741.5", "3.0742", "3.07415", "");
    assert_stored(*state, "#,##0.00,", "1234567", "1,234.57", "1234.567", "");
    assert_stored(*state, "0.0,,\"百万\"", "1234567", "1.2百万", "1.234567", "");
}

static void binary_noise(void **state)
{
    /* of 32-bit arithmetic, seen in exports */
    assert_stored(*state, "0%", "0.0900000762939453", "9%", "0.09", "1");
    assert_stored(*state, "0.00%", "0.0900000762939453", "9.00%", "0.09", "1");
    /* 3074.03 and 99999.99 kept in 32 bits */
    assert_stored(*state, "#,##0.00", "3074.030029296875", "3,074.03", "3074.03", "");
    assert_stored(*state, "0.00", "99999.9921875", "99999.99", "99999.9921875", "");
    assert_stored(*state, "0.00", "-11.370000000000346", "-11.37", "", "");
    assert_stored(*state, "0.00", "0.000000000000227373675443", "0.00", "0", "");
    assert_stored(*state, "0.00", "0.0000001", "0.00", "0.0000001", "");
}

/* A figure with more decimals than are shown is that figure. */
static void more_decimals_are_no_noise(void **state)
{
    assert_stored(*state, "0.00%", "0.333333333333333", "33.33%", "0.333333333333333", "1");
    assert_stored(*state, "#,##0", "1234567.89", "1,234,568", "1234567.89", "");
    assert_stored(*state, "#,##0.00", "17636684.1428571", "17,636,684.14", "17636684.1428571", "");
    assert_stored(*state, "#,##0", "411522.333333333", "411,522", "411522.333333333", "");
    assert_stored(*state, "0.00", "0.005", "0.01", "0.005", "");
}

static void dates(void **state)
{
    static const shown cases[] = {
        {"yyyy/m/d", "45420", "2024/5/8"},
        {"yyyy\"年\"m\"月\"d\"日\"", "45420", "2024年5月8日"},
        {"yyyy\"年\"m\"月\"", "45420", "2024年5月"},
        {"m\"月\"d\"日\";@", "45420", "5月8日"},
        {"[$-804]yyyy-mm-dd;@", "45420", "2024-05-08"},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45420", "2024年5月8日"},
        {"yy-mmm-dd", "45420", "24-May-08"},
        {"aaaa", "45420", "星期三"},
        {"aaa", "45420", "三"},
        {"dddd", "45420", "Wednesday"},
        {"yyyy-mm-dd hh:mm", "45420.3541666667", "2024-05-08 08:30"},
        {"yyyy/m/d h:mm AM/PM", "45420.75", "2024/5/8 6:00 PM"},
        {"上午/下午h\"时\"mm\"分\"", "45420.25", "上午6时00分"},
        {"h:mm", "45420.5", "12:00"}, /* a time with its date behind it */
        {"mm:ss.0", "45420.00001", "00:00.8"},
        {"yyyy/m/d h:mm:ss", "45420.0416666667", "2024/5/8 1:00:00"},
        {"[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", "45285", "二〇二三年十二月二十五日"},
        {"yyyy/m/d", "60", "1900/2/29"},
        {"e\"年\"", "45420", "2024年"},
    };
    ASSERT_SHOWN(*state, cases, ZP_CELL_DATE);
    zp_cell cell = show(*state, "yyyy\"年\"m\"月\"", "45420.3541666667");
    assert_true(zp_str_eq(cell.stored, ZP_STR("2024-05-08T08:30:00")));
    cell = show_in(*state, "yyyy/m/d", "43958", true);
    assert_true(zp_str_eq(cell.text, ZP_STR("2024/5/8")));
    assert_true(zp_str_eq(cell.stored, ZP_STR("2024-05-08")));
}

static void times_are_text(void **state)
{
    static const shown cases[] = {
        {"h:mm", "0.354166666666667", "8:30"},
        {"[h]:mm", "1.5", "36:00"},
        {"[mm]:ss", "0.0416666666666667", "60:00"},
        {"[h]:mm:ss", "45420.5", "1090092:00:00"},
    };
    ASSERT_SHOWN(*state, cases, ZP_CELL_TEXT);
}

static void dates_that_are_none(void **state)
{
    static const shown cases[] = {
        {"yyyy/m/d", "-45420", "-45420"},
        {"yyyy/m/d", "3000000", "3000000"},
    };
    ASSERT_SHOWN(*state, cases, ZP_CELL_NUMBER);
}

static void moments(void **state)
{
    zp_cell cell = {.kind = ZP_CELL_BLANK};
    zp_moment m;
    assert_true(zp_moment_of_iso(ZP_STR("2024-05-08T00:00:00.000"), &m));
    zp_cell_show_moment(*state, zp_cell_format_read(*state, ZP_STR("General")), &m, &cell);
    assert_true(zp_str_eq(cell.text, ZP_STR("2024/5/8")));
    zp_cell_show_moment(*state, zp_cell_format_read(*state, ZP_STR("yyyy-mm")), &m, &cell);
    assert_true(zp_str_eq(cell.text, ZP_STR("2024-05")));
    assert_int_equal(cell.kind, ZP_CELL_DATE);
    assert_true(zp_str_eq(cell.stored, ZP_STR("2024-05-08")));
}

static void texts(void **state)
{
    static const shown cases[] = {
        {"General", "说明", "说明"}, {"@", "001", "001"},
        {"@\"元\"", "五", "五元"},   {"0;-0;0;\"[\"@\"]\"", "甲", "[甲]"},
        {";;;", "藏不住", "藏不住"}, {"0.00_ ;_ @_ ", "乙", "乙"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_cell cell = {.kind = ZP_CELL_BLANK};
        zp_cell_show_text(*state, zp_cell_format_read(*state, zp_str_from(cases[i].code)),
                          zp_str_from(cases[i].number), &cell);
        assert_field(cases[i].code, cases[i].number, "the text", cell.text, cases[i].text);
        assert_int_equal(cell.kind, ZP_CELL_TEXT);
    }
}

static void built_in_formats(void **state)
{
    static const struct {
        uint32_t id;
        const char *number, *text;
    } cases[] = {
        {0, "1.5", "1.5"},
        {1, "1.5", "2"},
        {4, "3074.03", "3,074.03"},
        {9, "0.09", "9%"},
        {10, "0.9963", "99.63%"},
        {14, "45420", "2024/5/8"},
        {31, "45420", "2024年5月8日"},
        {57, "45420", "2024年5月"},
        {58, "45420", "5月8日"},
        {44, "-5", "￥-5.00"},
        {41, "0", "-"},
        {20, "45420.5", "12:00"},
        {49, "12", "12"},
        {12, "0.5", "0.5"},
        {33, "45420.5", "12时00分00秒"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str code = zp_cell_format_built_in(cases[i].id);
        zp_cell cell = show(*state, zp_str_cstr(*state, code), cases[i].number);
        assert_field(zp_str_cstr(*state, code), cases[i].number, "the text", cell.text,
                     cases[i].text);
    }
    assert_int_equal(zp_cell_format_built_in(23).n, 0);
    assert_int_equal(zp_cell_format_built_in(UINT32_MAX).n, 0);
}

/* Any code is some format, and any number is shown by it. */
static void hostile_codes(void **state)
{
    static const char *const pieces[] = {"0",  "#",   ".",       ",", "%", "E+",      ";",  "[",
                                         "]",  "[h]", "y",       "m", "s", "\"",      "\\", "_",
                                         "*",  "@",   "General", "/", "!", "AM/PM",   "[<", "1",
                                         "[$", "元",  "e",       "a", "?", "[DBNum1]"};
    uint32_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        char code[200] = "";
        for (int j = 0; j < 12; j++) {
            seed = seed * 1664525 + 1013904223;
            strcat(code, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        show(*state, code, i % 2 ? "-45420.123" : "0.000123");
        show(*state, code, i % 2 ? "1e300" : "1e-300");
    }
    char *long_code = zp_arena_alloc(*state, ZP_FORMAT_LENGTH + 1);
    memset(long_code, '0', ZP_FORMAT_LENGTH);
    assert_int_equal(show(*state, long_code, "1").text.n, ZP_FORMAT_LENGTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(general),
        cmocka_unit_test(digits),
        cmocka_unit_test(sections),
        cmocka_unit_test(stored_values),
        cmocka_unit_test(scaled_formats),
        cmocka_unit_test(binary_noise),
        cmocka_unit_test(more_decimals_are_no_noise),
        cmocka_unit_test(dates),
        cmocka_unit_test(times_are_text),
        cmocka_unit_test(dates_that_are_none),
        cmocka_unit_test(moments),
        cmocka_unit_test(texts),
        cmocka_unit_test(built_in_formats),
        cmocka_unit_test(hostile_codes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
