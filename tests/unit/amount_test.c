/* amount_test.c: what people write in cells becomes exact figures with units, or is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "data/amount.h"

static const char *plain(void *arena, const zp_number *a)
{
    return zp_str_cstr(arena, zp_number_plain(arena, a));
}

static zp_amount read_as(void *arena, const char *text, const char *expected)
{
    return zp_amount_read(arena, zp_str_from(text), zp_str_from(expected));
}

static void assert_str(zp_arena *arena, zp_str s, const char *expected)
{
    assert_string_equal(zp_str_cstr(arena, s), expected);
}

typedef struct {
    const char *text, *expected, *number;
    int kind;
    const char *name;
    int relation;
    int places;
} figure;

static void check_figures(zp_arena *arena, const figure *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        zp_amount a = read_as(arena, cases[i].text, cases[i].expected);
        if (a.kind != ZP_AMOUNT_NUMBER)
            fail_msg("“%s” was not read", cases[i].text);
        if (strcmp(plain(arena, a.number), cases[i].number) != 0 ||
            (int)a.unit.kind != cases[i].kind || (int)a.relation != cases[i].relation ||
            a.places != cases[i].places || !zp_str_eq(a.unit.name, zp_str_from(cases[i].name)))
            fail_msg("“%s” is %s %.*s (kind %d, relation %d, places %d)", cases[i].text,
                     plain(arena, a.number), ZP_ARG(a.unit.name), (int)a.unit.kind, (int)a.relation,
                     a.places);
    }
}

enum {
    NONE = ZP_UNIT_NONE,
    MONEY = ZP_UNIT_MONEY,
    RATE = ZP_UNIT_RATE,
    COUNT = ZP_UNIT_COUNT,
};

static void reads_numbers_signs_and_commas(void **state)
{
    static const figure cases[] = {
        {"3,074.03", "", "3074.03", NONE, "", 0, 2},
        {"3074.03", "", "3074.03", NONE, "", 0, 2},
        {"1,234,567", "", "1234567", NONE, "", 0, 0},
        {"1，234，567", "", "1234567", NONE, "", 0, 0},
        {"３０７４．０３", "", "3074.03", NONE, "", 0, 2},
        {" 3,074.03 ", "", "3074.03", NONE, "", 0, 2},
        {"\xE3\x80\x80"
         "12\xC2\xA0\n",
         "", "12", NONE, "", 0, 0},
        {"\xE2\x80\x8B"
         "12\xEF\xBB\xBF",
         "", "12", NONE, "", 0, 0},
        {"-3.10", "", "-3.1", NONE, "", 0, 2},
        {"−3.10", "", "-3.1", NONE, "", 0, 2},
        {"－3.10", "", "-3.1", NONE, "", 0, 2},
        {"–3.10", "", "-3.1", NONE, "", 0, 2},
        {"负3.10", "", "-3.1", NONE, "", 0, 2},
        {"- 3.10", "", "-3.1", NONE, "", 0, 2},
        {"+3.10", "", "3.1", NONE, "", 0, 2},
        {"(12.30)", "", "-12.3", NONE, "", 0, 2},
        {"（12.30）", "", "-12.3", NONE, "", 0, 2},
        {"( 1,234.50 )", "万元", "-12345000", MONEY, "万元", 0, 2},
        {"(12.30)万元", "", "-123000", MONEY, "万元", 0, 2},
        {"(12.30万元)", "", "-123000", MONEY, "万元", 0, 2},
        {"(5%)", "", "-0.05", RATE, "%", 0, 0},
        {".5", "", "0.5", NONE, "", 0, 1},
        {"0", "", "0", NONE, "", 0, 0},
        {"-0.00", "", "0", NONE, "", 0, 2},
        {"007", "", "7", NONE, "", 0, 0},
        {"1.2E+05", "", "120000", NONE, "", 0, 0},
        {"1.25e-3", "", "0.00125", NONE, "", 0, 5},
        {"0.0900000762939453", "", "0.0900000762939453", NONE, "", 0, 16},
    };
    check_figures(*state, cases, sizeof cases / sizeof *cases);
}

static void reads_units_of_money(void **state)
{
    static const figure cases[] = {
        {"30.26万元", "", "302600", MONEY, "万元", 0, 2},
        {"30.26 万 元", "", "302600", MONEY, "万元", 0, 2},
        {"30.26万元", "元", "302600", MONEY, "万元", 0, 2},
        {"302600元", "万元", "302600", MONEY, "元", 0, 0},
        {"30.26", "万元", "302600", MONEY, "万元", 0, 2},
        {"30.26", "人民币万元", "302600", MONEY, "万元", 0, 2},
        {"3千元", "", "3000", MONEY, "千元", 0, 0},
        {"3百万元", "", "3000000", MONEY, "百万元", 0, 0},
        {"1.5亿元", "", "150000000", MONEY, "亿元", 0, 1},
        {"2万亿元", "", "2000000000000", MONEY, "万亿元", 0, 0},
        {"100元整", "", "100", MONEY, "元", 0, 0},
        {"人民币30万元", "", "300000", MONEY, "万元", 0, 0},
        {"30万元人民币", "", "300000", MONEY, "万元", 0, 0},
        {"¥3,074.03", "", "3074.03", MONEY, "元", 0, 2},
        {"￥3,074.03元", "", "3074.03", MONEY, "元", 0, 2},
        {"¥30.26", "万元", "302600", MONEY, "万元", 0, 2},
        {"¥30.26", "%", "30.26", MONEY, "元", 0, 2},
        {"-¥5", "", "-5", MONEY, "元", 0, 0},
        {"¥-5", "", "-5", MONEY, "元", 0, 0},
        {"¥(5)", "", "-5", MONEY, "元", 0, 0},
        {"30万", "万元", "300000", MONEY, "万元", 0, 0},
        {"30万", "元", "300000", MONEY, "万元", 0, 0},
        {"3亿", "万元", "300000000", MONEY, "亿元", 0, 0},
        {"30万", "人", "300000", COUNT, "万人", 0, 0},
        {"30万", "", "300000", NONE, "", 0, 0},
        {"¥30万", "", "300000", MONEY, "万元", 0, 0},
    };
    check_figures(*state, cases, sizeof cases / sizeof *cases);
}

static void reads_rates_as_one_value(void **state)
{
    static const figure cases[] = {
        {"99.63%", "", "0.9963", RATE, "%", 0, 2},
        {"0.9963", "1", "0.9963", RATE, "1", 0, 4},
        {"99.63", "%", "0.9963", RATE, "%", 0, 2},
        {"99.63", "％", "0.9963", RATE, "%", 0, 2},
        {"99.63", "百分比", "0.9963", RATE, "%", 0, 2},
        {"１２．５％", "", "0.125", RATE, "%", 0, 1},
        {"99.63%", "1", "0.9963", RATE, "%", 0, 2},
        {"99.63%", "万元", "0.9963", RATE, "%", 0, 2},
        {"76", "%", "0.76", RATE, "%", 0, 0},
        {"5‰", "", "0.005", RATE, "‰", 0, 0},
        {"5", "千分比", "0.005", RATE, "‰", 0, 0},
        {"3个百分点", "", "0.03", RATE, "%", 0, 0},
        {"-2.5 %", "", "-0.025", RATE, "%", 0, 1},
    };
    check_figures(*state, cases, sizeof cases / sizeof *cases);
}

static void reads_relations(void **state)
{
    static const figure cases[] = {
        {">=100百分比", "", "1", RATE, "%", ZP_RELATION_AT_LEAST, 0},
        {"≥95%", "", "0.95", RATE, "%", ZP_RELATION_AT_LEAST, 0},
        {"≥ 95 ％", "", "0.95", RATE, "%", ZP_RELATION_AT_LEAST, 0},
        {"＞＝95", "%", "0.95", RATE, "%", ZP_RELATION_AT_LEAST, 0},
        {"=>95%", "", "0.95", RATE, "%", ZP_RELATION_AT_LEAST, 0},
        {"不低于95%", "", "0.95", RATE, "%", ZP_RELATION_AT_LEAST, 0},
        {"95%以上", "", "0.95", RATE, "%", ZP_RELATION_AT_LEAST, 0},
        {"95%及以上", "", "0.95", RATE, "%", ZP_RELATION_AT_LEAST, 0},
        {"≤30.26万元", "", "302600", MONEY, "万元", ZP_RELATION_AT_MOST, 2},
        {"不超过30万元", "", "300000", MONEY, "万元", ZP_RELATION_AT_MOST, 0},
        {"5天以内", "", "5", COUNT, "天", ZP_RELATION_AT_MOST, 0},
        {">3", "", "3", NONE, "", ZP_RELATION_ABOVE, 0},
        {"大于等于3", "", "3", NONE, "", ZP_RELATION_AT_LEAST, 0},
        {"大于3", "", "3", NONE, "", ZP_RELATION_ABOVE, 0},
        {"<3", "", "3", NONE, "", ZP_RELATION_BELOW, 0},
        {"＜-3", "", "-3", NONE, "", ZP_RELATION_BELOW, 0},
        {"=12个", "", "12", COUNT, "个", ZP_RELATION_EQUAL, 0},
        {"约2000件", "", "2000", COUNT, "件", ZP_RELATION_ABOUT, 0},
        {"2000件左右", "", "2000", COUNT, "件", ZP_RELATION_ABOUT, 0},
    };
    check_figures(*state, cases, sizeof cases / sizeof *cases);
}

static void counts_things(void **state)
{
    static const figure cases[] = {
        {"12个", "", "12", COUNT, "个", 0, 0},
        {"12 人次", "", "12", COUNT, "人次", 0, 0},
        {"3.5万人", "", "35000", COUNT, "万人", 0, 1},
        {"120平方米", "", "120", COUNT, "平方米", 0, 0},
        {"120㎡", "", "120", COUNT, "㎡", 0, 0},
        {"500元/人", "", "500", COUNT, "元/人", 0, 0},
        {"2万元／公里", "", "20000", COUNT, "万元/公里", 0, 0},
        {"12", "项", "12", COUNT, "项", 0, 0},
        {"12个", "万元", "12", COUNT, "个", 0, 0},
        {"5kg", "", "5", COUNT, "kg", 0, 0},
    };
    check_figures(*state, cases, sizeof cases / sizeof *cases);
    assert_str(*state, read_as(*state, "3.5万人", "").unit.basic, "人");
    assert_str(*state, read_as(*state, "3人", "").unit.basic, "人");
    assert_str(*state, read_as(*state, "2万元/公里", "").unit.basic, "元/公里");
}

static void tells_blanks_from_zero(void **state)
{
    static const char *const blanks[] = {
        "",  " ", "\xE3\x80\x80", "\n\t ", "—",    "——",     "-",   "--",  "–",      "－",
        "−", "/", "／",           "无",    " 无 ", "不适用", "N/A", "n/a", "Ｎ／Ａ", "\xC2\xA0"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        zp_amount a = read_as(*state, blanks[i], "万元");
        if (a.kind != ZP_AMOUNT_BLANK)
            fail_msg("“%s” is no blank", blanks[i]);
    }
    assert_int_equal(zp_amount_read(*state, (zp_str){NULL, 0}, (zp_str){NULL, 0}).kind,
                     ZP_AMOUNT_BLANK);
    assert_int_equal(read_as(*state, "0", "").kind, ZP_AMOUNT_NUMBER);
}

static void refuses_what_is_text(void **state)
{
    static const char *const texts[] = {"三百",     "三百万元",
                                        "15%～30%", "15%-30%",
                                        "15-30",    "15~30",
                                        "1,23",     "12,34.5",
                                        "1,2345",   ",123",
                                        "1,234,56", "0,123",
                                        "1234,567", "1,234.567,890",
                                        "1,",       "1,234,",
                                        "5.",       ".",
                                        "1.2.3",    "1 200",
                                        "1, 200",   "5 1",
                                        "1 . 5",    "--1",
                                        "-+1",      "+-1",
                                        "(-5)",     "((5))",
                                        "(5",       "5)",
                                        "(5)(6)",   "()",
                                        "%",        "万元",
                                        "元",       "≥",
                                        "约",       "≥≥5",
                                        "≥5以上",   "5%%",
                                        "5%万元",   "¥5%",
                                        "5元6角",   "0x10",
                                        "NaN",      "inf",
                                        "1e",       "e5",
                                        "1e5000",   "5abc",
                                        "5kgm",     "100已完成",
                                        "100余人",  "10多家",
                                        "3至5人",   "2024-05-08",
                                        "2024/5/8", "20240508号文件批复的项目",
                                        "1/2",      "10:1",
                                        "#DIV/0!",  "####",
                                        "空",       "5/",
                                        "5/人",     "5人/",
                                        "5三",      "±5",
                                        "5。5",     "12345678901234567890名字很长的东西",
                                        "５０％５", "人民币",
                                        "负",       "(一)",
                                        "A",        "=",
                                        "5万%",     "½",
                                        "²",        "Ⅲ"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (read_as(*state, texts[i], "").kind != ZP_AMOUNT_TEXT)
            fail_msg("“%s” was read", texts[i]);
    assert_int_equal(read_as(*state, "30万", "%").kind, ZP_AMOUNT_TEXT);
    assert_int_equal(zp_amount_read(*state, (zp_str){"1\0002", 3}, ZP_STR("")).kind,
                     ZP_AMOUNT_TEXT);
}

static zp_str repeated(zp_arena *arena, const char *text, size_t count)
{
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        zp_buf_add(&out, zp_str_from(text));
    return zp_buf_str(&out);
}

/* Each takes linear time; a quadratic one would not end. */
static void is_quick_with_hostile_texts(void **state)
{
    static const char *const parts[] = {"9", "９",     ",",        "1,", "(",   ")",
                                        "≥", "¥",      "负",       "-",  "万",  "元",
                                        "%", "单位：", "（万元）", "1e", "人/", " 1"};
    zp_str rest;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        zp_str text = repeated(*state, parts[i], 300000);
        zp_amount a = zp_amount_read(*state, text, text);
        assert_int_equal(a.kind, ZP_AMOUNT_TEXT);
        zp_unit_of_head(text, &rest);
        zp_arena_clear(*state);
    }
    assert_int_equal(
        zp_amount_read(*state, repeated(*state, " \xE3\x80\x80", 300000), ZP_STR("")).kind,
        ZP_AMOUNT_BLANK);
    zp_str most = repeated(*state, "9", ZP_NUMBER_DIGITS);
    assert_int_equal(zp_amount_read(*state, most, ZP_STR("亿元")).kind, ZP_AMOUNT_NUMBER);
}

/* --- Units ----------------------------------------------------------------------------------- */

static void finds_units_by_any_name(void **state)
{
    static const struct {
        const char *name;
        int kind;
        int power;
        const char *known, *basic;
    } cases[] = {
        {"元", MONEY, 0, "元", "元"},
        {"人民币元", MONEY, 0, "元", "元"},
        {"千元", MONEY, 3, "千元", "元"},
        {"万元", MONEY, 4, "万元", "元"},
        {" 万 元 ", MONEY, 4, "万元", "元"},
        {"人民币万元", MONEY, 4, "万元", "元"},
        {"百万元", MONEY, 6, "百万元", "元"},
        {"亿元", MONEY, 8, "亿元", "元"},
        {"%", RATE, -2, "%", ""},
        {"％", RATE, -2, "%", ""},
        {"百分比", RATE, -2, "%", ""},
        {"百分点", RATE, -2, "%", ""},
        {"‰", RATE, -3, "‰", ""},
        {"千分比", RATE, -3, "‰", ""},
        {"1", RATE, 0, "1", ""},
        {"个", COUNT, 0, "个", "个"},
        {"万人", COUNT, 4, "万人", "人"},
        {"亿立方米", COUNT, 8, "亿立方米", "立方米"},
        {"平方米", COUNT, 0, "平方米", "平方米"},
        {"万", COUNT, 4, "万", ""},
        {"美元", COUNT, 0, "美元", "美元"},
        {"万美元", COUNT, 4, "万美元", "美元"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_unit unit;
        if (!zp_unit_find(zp_str_from(cases[i].name), &unit))
            fail_msg("“%s” was not found", cases[i].name);
        assert_int_equal(unit.kind, cases[i].kind);
        assert_int_equal(unit.power, cases[i].power);
        assert_str(*state, unit.name, cases[i].known);
        assert_str(*state, unit.basic, cases[i].basic);
    }
    static const char *const none[] = {"",
                                       " ",
                                       "A",
                                       "B/A",
                                       "2",
                                       "12元",
                                       "abc",
                                       "一",
                                       "一二",
                                       "已完成",
                                       "#",
                                       "%%",
                                       "元%",
                                       "万%",
                                       "/",
                                       "人/",
                                       "这是一个很长的说明"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        zp_unit unit;
        if (zp_unit_find(zp_str_from(none[i]), &unit))
            fail_msg("“%s” is a unit", none[i]);
        assert_int_equal(unit.kind, NONE);
    }
}

static void finds_the_unit_of_a_head(void **state)
{
    static const struct {
        const char *head, *unit, *rest;
    } cases[] = {
        {"预算数（万元）", "万元", "预算数"},
        {"预算数(万元)", "万元", "预算数"},
        {"预算数 （ 万元 ） ", "万元", "预算数"},
        {"预算数（万元)", "万元", "预算数"},
        {"预算数【万元】", "", "预算数【万元】"},
        {"预算数［万元］", "万元", "预算数"},
        {"执行率(%)", "%", "执行率"},
        {"执行率（％）", "％", "执行率"},
        {"金额(单位：万元)", "万元", "金额"},
        {"金额（单位:人民币万元）", "人民币万元", "金额"},
        {"单位:万元", "万元", ""},
        {"单位：万元", "万元", ""},
        {"单 位：万元", "", "单 位：万元"},
        {"单位：人民币万元", "人民币万元", ""},
        {"金额单位：元", "元", ""},
        {"计量单位： 个", "个", ""},
        {"（单位：万元）", "万元", ""},
        {"单位：万元（保留两位小数）", "万元", ""},
        {"填报单位：某某局 金额单位：万元", "万元", "填报单位：某某局"},
        {"人数（人次）", "人次", "人数"},
        {"面积（平方米）", "平方米", "面积"},
        {"标准（元/人）", "元/人", "标准"},
        {"规模（万人）", "万人", "规模"},
        {"得分（分）", "分", "得分"},
        {"全年预算数(A)", "", "全年预算数(A)"},
        {"执行率(B/A)", "", "执行率(B/A)"},
        {"（一）", "", "（一）"},
        {"（1）", "", "（1）"},
        {"分值(10)", "", "分值(10)"},
        {"填报单位（公章）", "", "填报单位（公章）"},
        {"单位名称（全称）", "", "单位名称（全称）"},
        {"预算数（调整后）", "", "预算数（调整后）"},
        {"预算数（2024年）", "", "预算数（2024年）"},
        {"单位：某某局", "", "单位：某某局"},
        {"单位名称", "", "单位名称"},
        {"预算数（万元", "", "预算数（万元"},
        {"万元）", "", "万元）"},
        {"（万元）预算数", "", "（万元）预算数"},
        {"预算（）", "", "预算（）"},
        {"）", "", "）"},
        {"(", "", "("},
        {"", "", ""},
        {" 预算数 ", "", "预算数"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str rest, unit = zp_unit_of_head(zp_str_from(cases[i].head), &rest);
        if (!zp_str_eq(unit, zp_str_from(cases[i].unit)) ||
            !zp_str_eq(rest, zp_str_from(cases[i].rest)))
            fail_msg("“%s” gives “%.*s” and “%.*s”", cases[i].head, ZP_ARG(unit), ZP_ARG(rest));
    }
    (void)state;
}

/* --- Scalars --------------------------------------------------------------------------------- */

static zp_value *text_value(zp_arena *arena, const char *text)
{
    zp_value *value = zp_value_new(arena, ZP_VALUE_TEXT, (zp_span){0});
    value->text = zp_str_from(text);
    return value;
}

static zp_value *rule_of(zp_arena *arena, const char *key, const char *text)
{
    zp_value *rule = zp_value_new(arena, ZP_VALUE_MAP, (zp_span){0});
    zp_value *entry = text_value(arena, text);
    entry->key = zp_str_from(key);
    zp_value_append(rule, entry);
    return rule;
}

static void takes_what_a_cell_stores(void **state)
{
    static const struct {
        const char *text, *stored, *unit, *number;
        int kind;
        int places;
    } cases[] = {
        {"3,074.03", "3074.0312", "万元", "30740312", MONEY, 2},
        {"3,074.03", "3074.0312", "", "3074.0312", NONE, 2},
        {"99.63%", "0.996312", "1", "0.996312", RATE, 2},
        {"9%", "0.09", "1", "0.09", RATE, 0},
        {"¥30.26", "30.2612", "万元", "302612", MONEY, 2},
        {"3,074.03元", "3074.031", "万元", "3074.031", MONEY, 2},
        {"1,234.6万元", "12345678", "", "12345678", MONEY, 1},
        {"12,346", "12345678", "千元", "12345678", MONEY, 0},
        {"1,234.6", "12345678", "万元", "12345678", MONEY, 1},
        {"76", "76.4", "%", "0.764", RATE, 0},
        {"76.4", "0.764", "%", "0.764", RATE, 1},
        {"-", "0", "万元", "0", MONEY, 0},
        {"(12.30)", "-12.3", "元", "-12.3", MONEY, 2},
        {"1.2E+05", "123456", "", "123456", NONE, 0},
        {"####", "5.25", "万元", "52500", MONEY, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_value *value = text_value(*state, cases[i].text);
        value->stored = zp_str_from(cases[i].stored);
        value->unit = zp_str_from(cases[i].unit);
        zp_amount a = zp_amount_of(*state, value);
        assert_int_equal(a.kind, ZP_AMOUNT_NUMBER);
        if (strcmp(plain(*state, a.number), cases[i].number) != 0)
            fail_msg("%s shown %s is %s", cases[i].stored, cases[i].text, plain(*state, a.number));
        assert_int_equal(a.unit.kind, cases[i].kind);
        assert_int_equal(a.places, cases[i].places);
    }
    zp_value *date = text_value(*state, "2024年5月8日");
    date->stored = ZP_STR("2024-05-08");
    assert_int_equal(zp_amount_of(*state, date).kind, ZP_AMOUNT_TEXT);
}

static void takes_units_from_text_then_value_then_rule(void **state)
{
    zp_value *value = text_value(*state, "30");
    value->rule = rule_of(*state, "unit", "千元");
    assert_string_equal(plain(*state, zp_amount_of(*state, value).number), "30000");
    value->unit = ZP_STR("万元");
    assert_string_equal(plain(*state, zp_amount_of(*state, value).number), "300000");
    value->text = ZP_STR("30元");
    assert_string_equal(plain(*state, zp_amount_of(*state, value).number), "30");
    zp_value *rate = text_value(*state, "0.9963");
    rate->rule = rule_of(*state, "type", "rate");
    zp_amount a = zp_amount_of(*state, rate);
    assert_int_equal(a.unit.kind, RATE);
    assert_string_equal(plain(*state, a.number), "0.9963");
    rate->text = ZP_STR("99.63%");
    assert_string_equal(plain(*state, zp_amount_of(*state, rate).number), "0.9963");
}

static void takes_computed_numbers_as_they_are(void **state)
{
    zp_value *value = text_value(*state, "30.74");
    value->number = zp_number_read(*state, ZP_STR("307403"));
    value->rule = rule_of(*state, "unit", "万元");
    zp_amount a = zp_amount_of(*state, value);
    assert_ptr_equal(a.number, value->number);
    assert_int_equal(a.unit.kind, MONEY);
    assert_int_equal(a.unit.power, 4);
    assert_int_equal(a.places, 2);
}

static void is_blank_for_what_is_no_scalar(void **state)
{
    assert_int_equal(zp_amount_of(*state, NULL).kind, ZP_AMOUNT_BLANK);
    const zp_value_kind kinds[] = {ZP_VALUE_NULL, ZP_VALUE_LIST, ZP_VALUE_MAP};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_int_equal(zp_amount_of(*state, zp_value_new(*state, kinds[i], (zp_span){0})).kind,
                         ZP_AMOUNT_BLANK);
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
        TEST(reads_numbers_signs_and_commas),
        TEST(reads_units_of_money),
        TEST(reads_rates_as_one_value),
        TEST(reads_relations),
        TEST(counts_things),
        TEST(tells_blanks_from_zero),
        TEST(refuses_what_is_text),
        TEST(is_quick_with_hostile_texts),
        TEST(finds_units_by_any_name),
        TEST(finds_the_unit_of_a_head),
        TEST(takes_what_a_cell_stores),
        TEST(takes_units_from_text_then_value_then_rule),
        TEST(takes_computed_numbers_as_they_are),
        TEST(is_blank_for_what_is_no_scalar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
