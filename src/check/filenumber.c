/* filenumber.c: numbers of official documents: 财预〔2020〕10号.
 *
 * A number is Han or a letter, a year in brackets of any shape, and a count with 号.
 */
#include "check/form.h"
#include "check/scan.h"

enum { BRACKET, FORM, YEAR };

static const zp_rule rules[] = {
    [BRACKET] = {"file-number-bracket", ZP_ERROR, true, "发文字号的括号不对",
                 "发文字号的年份用六角括号〔〕括入。", "GB/T 9704—2012 7.2.5",
                 "按照财预[2020]10号执行。\n", "按照财预〔2020〕10号执行。\n"},
    [FORM] = {"file-number-form", ZP_ERROR, true, "发文字号的顺序号写得不对",
              "发文顺序号不加“第”字，不编虚位：1不写成01。", "GB/T 9704—2012 7.2.5",
              "按照财预〔2020〕第10号执行。\n", "按照财预〔2020〕10号执行。\n"},
    [YEAR] = {"file-number-year", ZP_ERROR, true, "发文字号的年份不全", "发文字号的年份写全四位。",
              "GB/T 9704—2012 7.2.5", "按照财预〔20〕10号执行。\n", "按照财预〔2020〕10号执行。\n"},
};

/* Brackets that stand for 〔 and 〕. */
#define OPENING "[【﹝［（(〔"
#define CLOSING "]】﹞］）)〕"

typedef struct {
    size_t open, year, year_end, close_end; /* 〔2020〕 */
    size_t count, count_end, end;           /* 10 and behind 号 */
    bool ordinal;                           /* 第 before it */
} file_number;

static size_t width_of(uint32_t code)
{
    return code < 0x80 ? 1 : 3;
}

static bool read_file_number(zp_str text, size_t open, file_number *out)
{
    out->open = open;
    out->year = open + width_of(zp_code_at(text, open));
    out->year_end = zp_digits_end(text, out->year);
    uint32_t close = zp_code_at(text, out->year_end);
    if (out->year_end == out->year || close == 0 || !zp_code_in(close, ZP_STR(CLOSING)))
        return false;
    out->close_end = out->count = out->year_end + width_of(close);
    out->ordinal = zp_text_has(text, out->close_end, ZP_STR("第"));
    out->count += out->ordinal ? ZP_STR("第").n : 0;
    out->count_end = zp_digits_end(text, out->count);
    out->end = out->count_end + ZP_STR("号").n;
    return out->count_end > out->count && zp_text_has(text, out->count_end, ZP_STR("号"));
}

static void check_number(zp_checker *c, size_t passage, zp_str text, const file_number *n)
{
    zp_where where = {passage, n->open, n->end};
    zp_str year = zp_str_slice(text, n->year, n->year_end);
    zp_str count = zp_str_slice(text, n->count, n->count_end);
    bool padded = count.n > 1 && count.p[0] == '0';
    while (count.n > 1 && count.p[0] == '0')
        count = zp_str_slice(count, 1, count.n);
    zp_finding finding = {
        .expected = zp_str_format(c->arena, "〔%.*s〕%.*s号", ZP_ARG(year), ZP_ARG(count)),
        .found = zp_str_slice(text, where.start, where.end)};
    bool turtle =
        zp_text_has(text, n->open, ZP_STR("〔")) && zp_text_has(text, n->year_end, ZP_STR("〕"));
    if (year.n == 2 && turtle) {
        finding.expected = ZP_STR("");
        zp_checker_find(c, &rules[YEAR], where, &finding, "发文字号“%.*s”的年份应写全四位",
                        ZP_ARG(finding.found));
    }
    if (year.n != 4 || (year.p[0] != '1' && year.p[0] != '2'))
        return;
    if (!turtle)
        zp_checker_find(c, &rules[BRACKET], where, &finding,
                        "发文字号的年份应用六角括号：“%.*s”应写成“%.*s”", ZP_ARG(finding.found),
                        ZP_ARG(finding.expected));
    else if (n->ordinal || padded)
        zp_checker_find(c, &rules[FORM], where, &finding,
                        "发文顺序号不加“第”、前面不补0：“%.*s”应写成“%.*s”", ZP_ARG(finding.found),
                        ZP_ARG(finding.expected));
}

static void check_passage(zp_checker *c, size_t index)
{
    zp_scan scan = {.text = c->passages->all[index].text};
    while (zp_scan_next(&scan)) {
        file_number found;
        if (!zp_code_is_digit(scan.after) || zp_code_is_han(scan.code))
            continue;
        bool named = zp_code_is_han(scan.before) || zp_code_is_letter(scan.before);
        if (named && zp_code_in(scan.code, ZP_STR(OPENING)) &&
            read_file_number(scan.text, scan.start, &found) &&
            zp_where_is_typed(c, (zp_where){index, found.open, found.end}))
            check_number(c, index, scan.text, &found);
    }
}

static void run(zp_checker *c)
{
    for (size_t i = 0; i < c->passages->count; i++)
        check_passage(c, i);
}

const zp_rule_group zp_file_number_rules = ZP_RULE_GROUP(rules, run);
