/* printing_test.c: figures print by their rule and through filters; words for amounts, numbers and
 * days; what cannot be printed says why, at its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "data/date.h"
#include "data/printing.h"
#include "data/wording.h"

static zp_value *text_value(zp_arena *arena, const char *text)
{
    zp_value *value = zp_value_new(arena, ZP_VALUE_TEXT, (zp_span){0});
    value->text = zp_str_from(text);
    return value;
}

/* A rule from “unit=万元 places=2”; NULL for "". */
static const zp_value *make_rule(zp_arena *arena, const char *text)
{
    zp_str left = zp_str_from(text);
    zp_value *rule = zp_value_new(arena, ZP_VALUE_MAP, (zp_span){0});
    for (size_t at = 0; at < left.n;) {
        size_t end = zp_str_find(left, ZP_STR(" "), at);
        size_t equal = zp_str_find(left, ZP_STR("="), at);
        zp_value *entry = zp_value_new(arena, ZP_VALUE_TEXT, (zp_span){0});
        entry->key = zp_str_slice(left, at, equal);
        entry->text = zp_str_slice(left, equal + 1, end);
        zp_value_append(rule, entry);
        at = end + 1;
    }
    return text[0] ? rule : NULL;
}

static void check_print(zp_arena *arena, const char *text, const char *rule, const char *printed)
{
    zp_value *value = text_value(arena, text);
    value->rule = make_rule(arena, rule);
    const char *got = zp_str_cstr(arena, zp_print_value(arena, value));
    if (strcmp(got, printed) != 0)
        fail_msg("“%s” by “%s” prints “%s”, not “%s”", text, rule, got, printed);
}

static void prints_by_its_rule(void **state)
{
    static const struct {
        const char *text, *rule, *printed;
    } cases[] = {
        {" 3,074.03 ", "", " 3,074.03 "},
        {"三百", "unit=万元 places=2", "三百"},
        {"30.26万元", "type=money", "30.26万元"},
        {"30.26万元", "about=x", "30.26万元"},
        {"30.26万元", "unit=万元", "30.26"},
        {"302600元", "unit=万元", "30.26"},
        {"300000元", "unit=万元", "30"},
        {"300000.00元", "unit=万元", "30.00"},
        {"302600元", "unit=万元 places=1", "30.3"},
        {"30.26", "unit=万元", "30.26"},
        {"30.26", "unit=万元 places=4", "30.2600"},
        {"30.26万元", "unit=元", "302600"},
        {"30.26万元", "unit=元 group=true", "302,600"},
        {"3,074.03", "unit=万元", "3,074.03"},
        {"3,074.03", "unit=万元 group=false", "3074.03"},
        {"3074.03", "unit=万元 group=是", "3,074.03"},
        {"999.995", "places=2 group=true", "1,000.00"},
        {"1234567", "group=true", "1,234,567"},
        {"123", "group=true", "123"},
        {"-123456", "group=true", "-123,456"},
        {"0.455", "places=2", "0.46"},
        {"50.00", "places=2 least=0", "50"},
        {"2.5", "places=2 least=0", "2.5"},
        {"2.555", "places=2 least=1", "2.56"},
        {"2.5", "places=3 least=2", "2.50"},
        {"2.5", "places=1 least=3", "2.5"},
        {"-0.455", "places=2", "-0.46"},
        {"-0.004", "places=2", "0.00"},
        {"-12.30", "negative=minus", "-12.30"},
        {"-12.30", "negative=brackets", "(12.30)"},
        {"(12.30)", "places=1", "-12.3"},
        {"-0.004", "places=2 negative=brackets", "0.00"},
        {"-5%", "type=rate negative=brackets", "(5%)"},
        {"0", "zero=—", "—"},
        {"0.00", "zero=—", "—"},
        {"0.004", "zero=— places=2", "—"},
        {"-0.004", "zero=— places=2", "—"},
        {"0.005", "zero=— places=2", "0.01"},
        {"0", "zero=", ""},
        {"≥0", "zero=—", "≥0"},
        {"", "blank=—", "—"},
        {"/", "blank=—", "—"},
        {"无", "blank=", ""},
        {"无", "zero=—", "无"},
        {"—", "places=2", "—"},
        {"0.9963", "type=rate", "99.63%"},
        {"0.9", "type=rate", "90%"},
        {"1", "type=rate", "100%"},
        {"0.99630", "type=rate", "99.630%"},
        {"99.63%", "type=rate", "99.63%"},
        {"99.60%", "type=rate", "99.60%"},
        {"99.63", "type=rate unit=%", "99.63%"},
        {"0.9963", "type=rate places=1", "99.6%"},
        {"5‰", "type=rate", "0.5%"},
        {"99.63%", "unit=%", "99.63"},
        {"0.9963", "unit=% type=number", "0.9963"},
        {"99.63%", "places=1", "99.6%"},
        {"≥95%", "type=rate", "≥95%"},
        {">=95百分比", "type=rate places=1", "≥95.0%"},
        {"约2000件", "places=0", "约2000"},
        {"≥12个", "blank=/ zero=—", "≥12个"},
        {"30.26万元", "zero=—", "30.26万元"},
        {"0万元", "zero=—", "—"},
        {"5个", "unit=万元 places=2", "5个"},
        {"5个", "type=rate", "5个"},
        {"3.5万人", "unit=人", "35000"},
        {"35000人", "unit=万人", "3.5"},
        {"１２．５", "places=2", "12.50"},
        {"5", "places=99", "5"},
        {"5", "places=x", "5"},
        {"30.26", "unit=某某某某某某某 places=1", "30.3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_print(*state, cases[i].text, cases[i].rule, cases[i].printed);
}

static void prints_what_is_no_scalar_as_nothing(void **state)
{
    zp_value *value = zp_value_new(*state, ZP_VALUE_NULL, (zp_span){0});
    assert_int_equal(zp_print_value(*state, NULL).n, 0);
    assert_int_equal(zp_print_value(*state, value).n, 0);
    value->rule = make_rule(*state, "blank=—");
    assert_string_equal(zp_str_cstr(*state, zp_print_value(*state, value)), "—");
    assert_int_equal(zp_print_value(*state, zp_value_new(*state, ZP_VALUE_LIST, (zp_span){0})).n,
                     0);
}

static void prints_computed_figures_from_their_number(void **state)
{
    static const struct {
        const char *number, *rule, *printed;
    } cases[] = {
        {"307403.125", "unit=万元", "30.74"},
        {"307403.125", "unit=万元 places=4", "30.7403"},
        {"307403.125", "unit=万元 places=6", "30.740313"},
        {"0.99634", "type=rate", "99.63%"},
        {"0.99634", "type=rate places=1", "99.6%"},
        {"88", "", "88.00"},
        {"88", "places=0", "88"},
        {"88", "group=true", "88.00"},
        {"0", "zero=—", "—"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_value *value = text_value(*state, "（旧）");
        value->number = zp_number_read(*state, zp_str_from(cases[i].number));
        value->rule = make_rule(*state, cases[i].rule);
        assert_string_equal(zp_str_cstr(*state, zp_print_value(*state, value)), cases[i].printed);
    }
}

static void prints_cells_from_what_they_store(void **state)
{
    zp_value *value = text_value(*state, "3,074.03");
    value->stored = ZP_STR("3074.03125");
    value->unit = ZP_STR("万元");
    value->rule = make_rule(*state, "unit=万元 places=4");
    assert_string_equal(zp_str_cstr(*state, zp_print_value(*state, value)), "3,074.0313");
    zp_value *rate = text_value(*state, "99.63%");
    rate->stored = ZP_STR("0.996312");
    rate->unit = ZP_STR("1");
    assert_string_equal(zp_str_cstr(*state, zp_print_value(*state, rate)), "99.63%");
    rate->rule = make_rule(*state, "places=3");
    assert_string_equal(zp_str_cstr(*state, zp_print_value(*state, rate)), "99.631%");
}

/* --- Filters --------------------------------------------------------------------------------- */

static void check_filter(zp_arena *arena, const char *text, const char *rule, const char *filters,
                         const char *expected)
{
    zp_str printed;
    zp_diag *diag = zp_diag_new(arena);
    zp_value *value = text_value(arena, text);
    value->rule = make_rule(arena, rule);
    if (!zp_print_filtered(arena, value, zp_str_from(filters), (zp_span){0}, diag, &printed))
        fail_msg("“%s” | %s failed", text, filters);
    if (!zp_str_eq(printed, zp_str_from(expected)))
        fail_msg("“%s” | %s prints “%.*s”, not “%s”", text, filters, ZP_ARG(printed), expected);
    assert_int_equal(zp_diag_count(diag, ZP_ERROR), 0);
}

static void runs_through_filters(void **state)
{
    static const struct {
        const char *text, *rule, *filters, *printed;
    } cases[] = {
        {"30.26万元", "", "元", "302600.00"},
        {"30.26万元", "", "元|0位", "302600"},
        {"30.26万元", "", " 元 | 0位 | 千分位 ", "302,600"},
        {"302600元", "", "万元", "30.26"},
        {"302649元", "", "万元", "30.26"},
        {"302650元", "", "万元", "30.27"},
        {"302650元", "", "万元 | 4位", "30.2650"},
        {"302650元", "", "4位 | 万元", "30.27"},
        {"302650元", "", "千元", "302.65"},
        {"302650元", "", "亿元 | 6位", "0.003027"},
        {"1,302,650元", "", "万元 | 千分位", "130.27"},
        {"13,026,500,000元", "", "万元 | 千分位", "1,302,650.00"},
        {"-0.1元", "", "万元", "0.00"},
        {"30.26", "unit=万元", "元 | 0位", "302600"},
        {"30.26", "unit=万元 places=6", "万元", "30.26"},
        {"0", "unit=万元 zero=—", "万元", "—"},
        {"-12.3", "unit=万元 negative=brackets", "万元", "(12.30)"},
        {"0.9963", "", "百分比", "99.63%"},
        {"0.9963", "", "百分比 | 1位", "99.6%"},
        {"99.63%", "", "百分比 | 1位", "99.6%"},
        {"99.63%", "", "1位", "99.6%"},
        {"99.63%", "unit=%", "1位", "99.6"},
        {"0.9963", "type=rate", "1位", "99.6%"},
        {"3074.03", "", "千分位", "3,074.03"},
        {"3074.03万元", "", "1位", "3074.0"},
        {"3074.03", "", "一位", "3074.0"},
        {"3074.03", "", "两位", "3074.03"},
        {"3074.03", "", "3位小数", "3074.030"},
        {"3074.03", "", "０位", "3074"},
        {"0.1", "", "30位", "0.100000000000000000000000000000"},
        {"约2000元", "", "万元", "约0.20"},
        {"5个", "", "1位", "5.0"},
        {"3074.03万元", "", "大写", "叁仟零柒拾肆万零叁佰元整"},
        {"3074.03万元", "", "万元 | 大写", "叁仟零柒拾肆万零叁佰元整"},
        {"3074", "", "中文数字", "三千零七十四"},
        {"30万元", "", "中文数字", "三十"},
        {"30万元", "", "元 | 中文数字", "三十万"},
        {"12项", "", "中文数字", "十二"},
        {"2024-05-08", "", "日期", "2024年5月8日"},
        {"20240508", "", "日期", "2024年5月8日"},
        {"", "", "万元", ""},
        {"—", "", "万元 | 2位", "—"},
        {"无", "", "日期", "无"},
        {"/", "blank=0", "百分比", "0"},
        {"无预算", "type=rate none=无预算", "百分比", "无预算"},
        {"无预算", "type=rate none=无预算 blank=x", "1位", "无预算"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_filter(*state, cases[i].text, cases[i].rule, cases[i].filters, cases[i].printed);
}

static void takes_the_date_that_a_cell_stores(void **state)
{
    zp_str printed;
    zp_value *value = text_value(*state, "二〇二四年五月八日");
    value->stored = ZP_STR("2024-05-08");
    assert_true(zp_print_filtered(*state, value, ZP_STR("日期"), (zp_span){0}, zp_diag_new(*state),
                                  &printed));
    assert_string_equal(zp_str_cstr(*state, printed), "2024年5月8日");
}

static void says_why_it_cannot_print(void **state)
{
    static const struct {
        const char *text, *filters, *id;
        bool own; /* the value is at fault */
    } cases[] = {
        {"30.26", "万元", "unknown-unit", true},
        {"30.26", "大写", "unknown-unit", true},
        {"5个", "万元", "unit-mismatch", true},
        {"95%", "万元", "unit-mismatch", true},
        {"95%", "大写", "unit-mismatch", true},
        {"5个", "百分比", "unit-mismatch", true},
        {"30万元", "百分比", "unit-mismatch", true},
        {"三百", "万元", "not-a-number", true},
        {"三百", "2位", "not-a-number", true},
        {"三百", "千分位", "not-a-number", true},
        {"15%～30%", "百分比", "not-a-number", true},
        {"3.5", "中文数字", "not-a-number", true},
        {"10000000000000000", "中文数字", "not-a-number", true},
        {"1e16元", "大写", "not-a-number", true},
        {"30万元", "大写 | 2位", "not-a-number", false},
        {"昨天", "日期", "not-a-date", true},
        {"2023-02-29", "日期", "not-a-date", true},
        {"30万元", "万员", "unknown-filter", false},
        {"30万元", "", "unknown-filter", false},
        {"30万元", "万元 |", "unknown-filter", false},
        {"30万元", "| 万元", "unknown-filter", false},
        {"30万元", "31位", "unknown-filter", false},
        {"30万元", "99999999999999999999位", "unknown-filter", false},
        {"30万元", "位", "unknown-filter", false},
        {"30万元", "-1位", "unknown-filter", false},
        {"30万元", "万元 | upper", "unknown-filter", false},
        {"", "万员", "unknown-filter", false},
    };
    const zp_source *data = zp_source_new(*state, ZP_STR("数据"), ZP_STR("x"));
    const zp_source *page = zp_source_new(*state, ZP_STR("报告"), ZP_STR("y"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str printed;
        size_t count;
        zp_diag *diag = zp_diag_new(*state);
        zp_value *value = text_value(*state, cases[i].text);
        value->span = zp_span_of(data, 0, 1);
        if (zp_print_filtered(*state, value, zp_str_from(cases[i].filters), zp_span_of(page, 0, 1),
                              diag, &printed))
            fail_msg("“%s” | %s printed %.*s", cases[i].text, cases[i].filters, ZP_ARG(printed));
        const zp_message *messages = zp_diag_messages(diag, &count);
        assert_int_equal(count, 1);
        assert_string_equal(messages[0].id, cases[i].id);
        if (messages[0].span.source != (cases[i].own ? data : page))
            fail_msg("“%s” | %s is told at the wrong place", cases[i].text, cases[i].filters);
        assert_true(messages[0].hint.n > 0);
    }
}

static void names_the_nearest_filter(void **state)
{
    zp_str printed;
    size_t count;
    zp_diag *diag = zp_diag_new(*state);
    zp_print_filtered(*state, text_value(*state, "30万元"), ZP_STR("百分比例"), (zp_span){0}, diag,
                      &printed);
    const zp_message *messages = zp_diag_messages(diag, &count);
    assert_string_equal(zp_str_cstr(*state, messages[0].message), "没有名为“百分比例”的印法");
    assert_string_equal(zp_str_cstr(*state, messages[0].hint), "是不是“百分比”？");
}

/* --- Words ----------------------------------------------------------------------------------- */

static void writes_amounts_in_capitals(void **state)
{
    static const struct {
        const char *yuan, *words;
    } cases[] = {
        {"0", "零元整"},
        {"0.004", "零元整"},
        {"-0.004", "零元整"},
        {"0.01", "壹分"},
        {"0.05", "伍分"},
        {"0.5", "伍角整"},
        {"0.53", "伍角叁分"},
        {"1", "壹元整"},
        {"10", "壹拾元整"},
        {"15", "壹拾伍元整"},
        {"100", "壹佰元整"},
        {"101", "壹佰零壹元整"},
        {"110", "壹佰壹拾元整"},
        {"1001", "壹仟零壹元整"},
        {"1010", "壹仟零壹拾元整"},
        {"1100", "壹仟壹佰元整"},
        {"10000", "壹万元整"},
        {"10001", "壹万零壹元整"},
        {"10010", "壹万零壹拾元整"},
        {"11000", "壹万壹仟元整"},
        {"100100", "壹拾万零壹佰元整"},
        {"30740300", "叁仟零柒拾肆万零叁佰元整"},
        {"1409.50", "壹仟肆佰零玖元伍角整"},
        {"6007.14", "陆仟零柒元壹角肆分"},
        {"1680.32", "壹仟陆佰捌拾元零叁角贰分"},
        {"107000.53", "壹拾万柒仟元零伍角叁分"},
        {"16409.02", "壹万陆仟肆佰零玖元零贰分"},
        {"325.04", "叁佰贰拾伍元零肆分"},
        {"100000000", "壹亿元整"},
        {"100000001", "壹亿零壹元整"},
        {"100001000", "壹亿零壹仟元整"},
        {"100010000", "壹亿零壹万元整"},
        {"110000000", "壹亿壹仟万元整"},
        {"101000000", "壹亿零壹佰万元整"},
        {"1010101010", "壹拾亿壹仟零壹拾万壹仟零壹拾元整"},
        {"1000000000000", "壹万亿元整"},
        {"1000100000000", "壹万零壹亿元整"},
        {"1000000000001", "壹万亿零壹元整"},
        {"9999999999999999.99",
         "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
        {"-12.30", "负壹拾贰元叁角整"},
        {"0.995", "壹元整"},
        {"0.005", "壹分"},
        {"10000000000000000", ""},
        {"9999999999999999.995", ""},
        {"1e400", ""},
        {"-1e17", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str words = zp_wording_money(*state, zp_number_read(*state, zp_str_from(cases[i].yuan)));
        if (!zp_str_eq(words, zp_str_from(cases[i].words)))
            fail_msg("%s is “%.*s”, not “%s”", cases[i].yuan, ZP_ARG(words), cases[i].words);
    }
    assert_int_equal(zp_wording_money(*state, NULL).n, 0);
}

static void writes_numbers_in_words(void **state)
{
    static const struct {
        const char *number, *words;
    } cases[] = {
        {"0", "零"},
        {"2", "二"},
        {"10", "十"},
        {"12", "十二"},
        {"20", "二十"},
        {"110", "一百一十"},
        {"112", "一百一十二"},
        {"1010", "一千零一十"},
        {"3074", "三千零七十四"},
        {"100000", "十万"},
        {"120000", "十二万"},
        {"100010", "十万零一十"},
        {"1000000000", "十亿"},
        {"1000100000", "十亿零一十万"},
        {"9999999999999999", "九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九"},
        {"-5", "负五"},
        {"10000000000000000", ""},
        {"1.5", ""},
        {"1e400", ""},
        {"1e-400", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str words =
            zp_wording_number(*state, zp_number_read(*state, zp_str_from(cases[i].number)));
        if (!zp_str_eq(words, zp_str_from(cases[i].words)))
            fail_msg("%s is “%.*s”, not “%s”", cases[i].number, ZP_ARG(words), cases[i].words);
    }
    assert_int_equal(zp_wording_number(*state, NULL).n, 0);
}

/* The value of Chinese words, by the plain rule (places up to 千, then 万, then 亿), to see that no
 * digit is lost or moved. */
static uint64_t value_of_words(zp_str words)
{
    static const char *const digits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    static const char *const places[] = {"十", "百", "千"};
    uint64_t total = 0, part = 0, section = 0, digit = 0;
    bool given = false;
    for (size_t at = 0; at < words.n; at += 3) {
        zp_str one = zp_str_slice(words, at, at + 3);
        uint64_t power = 1;
        for (uint64_t i = 0; i < 10; i++)
            if (zp_str_eq(one, zp_str_from(digits[i]))) {
                digit = i;
                given = i > 0;
            }
        for (size_t i = 0; i < 3; i++) {
            power *= 10;
            if (zp_str_eq(one, zp_str_from(places[i]))) {
                section += (given ? digit : 1) * power;
                digit = 0;
                given = false;
            }
        }
        if (zp_str_eq(one, ZP_STR("万"))) {
            part = (section + digit) * 10000;
            section = digit = 0;
            given = false;
        } else if (zp_str_eq(one, ZP_STR("亿"))) {
            total = (part + section + digit) * 100000000;
            part = section = digit = 0;
            given = false;
        }
    }
    return total + part + section + digit;
}

static void loses_no_digit_in_words(void **state)
{
    uint64_t seed = 88172645463325252U;
    for (int i = 0; i < 20000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        uint64_t number = seed % 10000000000000000U, one = 1;
        for (int k = 0; k < 16; k++, one *= 10) /* many noughts, in all places */
            if ((seed >> (k + 20)) % 2)
                number -= number / one % 10 * one;
        zp_str words = zp_wording_number(*state, zp_number_int(*state, (int64_t)number));
        if (value_of_words(words) != number)
            fail_msg("%llu is not “%.*s”", (unsigned long long)number, ZP_ARG(words));
        assert_true(zp_str_find(words, ZP_STR("零零"), 0) == words.n);
        assert_true(number == 0 || !zp_str_ends(words, ZP_STR("零")));
        if (i % 100 == 0)
            zp_arena_clear(*state);
    }
}

static void reads_days(void **state)
{
    static const char *const same[] = {"2024-05-08",
                                       "2024-5-8",
                                       "2024/5/8",
                                       "2024/05/08",
                                       "2024.5.8",
                                       "20240508",
                                       "2024年5月8日",
                                       "2024年05月08日",
                                       "2024年5月8号",
                                       " 2024-05-08 ",
                                       "２０２４－０５－０８",
                                       "2024年 5月 8日",
                                       "2024-05-08T08:30:00",
                                       "2024-05-08 08:30",
                                       "2024／5／8",
                                       "2024年5月8日 8:30"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        zp_date date;
        if (!zp_date_read(zp_str_from(same[i]), &date))
            fail_msg("“%s” was not read", same[i]);
        assert_string_equal(zp_str_cstr(*state, zp_date_print(*state, date)), "2024年5月8日");
    }
    static const char *const none[] = {"",
                                       "2024",
                                       "2024-05",
                                       "2024-13-01",
                                       "2024-00-01",
                                       "2024-01-00",
                                       "2024-02-30",
                                       "2023-02-29",
                                       "1900-02-29",
                                       "2024-04-31",
                                       "24-05-08",
                                       "02024-05-08",
                                       "2024-05-081",
                                       "2024-05/08",
                                       "2024年5月",
                                       "2024年5月8",
                                       "2024 05 08",
                                       "202458",
                                       "2024-05-08x",
                                       "2024-05-08T",
                                       "2024-05-08 abc",
                                       "0999-01-01",
                                       "2024--05-08",
                                       "-2024-05-08",
                                       "20240508 号文",
                                       "2024-05-08T08",
                                       "五月八日"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        zp_date date;
        if (zp_date_read(zp_str_from(none[i]), &date))
            fail_msg("“%s” was read", none[i]);
    }
    zp_date leap;
    assert_true(zp_date_read(ZP_STR("2000-02-29"), &leap));
    assert_int_equal(leap.day, 29);
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
        TEST(prints_by_its_rule),
        TEST(prints_what_is_no_scalar_as_nothing),
        TEST(prints_computed_figures_from_their_number),
        TEST(prints_cells_from_what_they_store),
        TEST(runs_through_filters),
        TEST(takes_the_date_that_a_cell_stores),
        TEST(says_why_it_cannot_print),
        TEST(names_the_nearest_filter),
        TEST(writes_amounts_in_capitals),
        TEST(writes_numbers_in_words),
        TEST(loses_no_digit_in_words),
        TEST(reads_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
