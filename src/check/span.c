/* span.c: ranges of quantities: 15%～30%, 13万元～17万元.
 *
 * A range is two figures with a mark between them. Codes (2023-0012), telephone numbers, dates and
 * years have no unit behind their second figure, or 年, 月, 日, and are none.
 */
#include "check/form.h"

#include <string.h>

#include "check/scan.h"

enum { UNIT, MARK };

static const zp_rule rules[] = {
    [UNIT] = {"range-unit", ZP_WARNING, true, "数值范围的前一个数缺单位",
              "表示范围的两个数，百分号和“万”“亿”不能省：15%～30%，13万元～17万元。",
              "GB/T 15835—2011 5.1.3", "调整率控制在15～30%。\n", "调整率控制在15%～30%。\n"},
    [MARK] = {"range-mark", ZP_HINT, true, "数值范围的连接号不统一",
              "数值范围用浪纹线～或一字线—，不用短横线。", "GB/T 15834—2011 4.13.3",
              "调整率控制在15%-30%。\n", "调整率控制在15%～30%。\n"},
};

/* What may not be left out behind the first figure; the longer come first. */
static const char *const units[] = {"万元", "亿元", "%", "％", "‰", "万", "亿"};

typedef struct {
    size_t first, first_end; /* the first figure */
    size_t mark, mark_end;
    size_t second_end; /* of the second figure; its unit stands there */
} range;

static zp_str unit_at(zp_str text, size_t at)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (zp_text_has(text, at, zp_str_from(units[i])))
            return zp_str_from(units[i]);
    return ZP_STR("");
}

static size_t figure_end(zp_str text, size_t at)
{
    size_t end = zp_digits_end(text, at);
    if (end > at && end + 1 < text.n && text.p[end] == '.' &&
        zp_code_is_digit((unsigned char)text.p[end + 1]))
        end = zp_digits_end(text, end + 1);
    return end;
}

static size_t mark_end(zp_str text, size_t at)
{
    uint32_t mark = zp_code_at(text, at);
    if (!zp_code_in(mark, ZP_STR("-~－～—–至")) || mark == 0)
        return at;
    return at + (mark < 0x80 ? 1 : 3);
}

/* A range that begins with the figure at `at`. */
static bool read_range(zp_str text, size_t at, range *out)
{
    out->first = at;
    out->first_end = figure_end(text, at);
    out->mark = out->first_end + unit_at(text, out->first_end).n;
    out->mark_end = mark_end(text, out->mark);
    out->second_end = figure_end(text, out->mark_end);
    return out->mark_end > out->mark && out->second_end > out->mark_end;
}

/* 2023-0012%: a code, not a range; and 3-5-7. */
static bool is_code(zp_str text, const range *r)
{
    size_t digits = zp_digits_end(text, r->mark_end);
    return text.p[r->mark_end] == '0' && digits > r->mark_end + 1;
}

/* A range grows: of 5000至1万 the first figure has its own unit, none. */
static bool is_growing(zp_str text, const range *r)
{
    size_t first = zp_digits_end(text, r->first) - r->first;
    size_t second = zp_digits_end(text, r->mark_end) - r->mark_end;
    return first < second ||
           (first == second && memcmp(text.p + r->first, text.p + r->mark_end, first) <= 0);
}

static void check_range(zp_checker *c, size_t passage, zp_str text, const range *r)
{
    zp_where where = {passage, r->first, r->second_end};
    zp_str unit = unit_at(text, r->second_end);
    where.end += unit.n;
    if (unit.n == 0 || is_code(text, r) || !is_growing(text, r) || !zp_where_is_typed(c, where))
        return;
    zp_str first = zp_str_slice(text, r->first, r->first_end);
    zp_str second = zp_str_slice(text, r->mark_end, r->second_end);
    zp_str right = zp_str_format(c->arena, "%.*s%.*s～%.*s%.*s", ZP_ARG(first), ZP_ARG(unit),
                                 ZP_ARG(second), ZP_ARG(unit));
    uint32_t mark = zp_code_at(text, r->mark);
    zp_finding finding = {.expected = right, .found = zp_str_slice(text, where.start, where.end)};
    if (r->mark == r->first_end)
        zp_checker_find(c, &rules[UNIT], where, &finding, "“%.*s”前一个数缺单位，应写成“%.*s”",
                        ZP_ARG(finding.found), ZP_ARG(right));
    else if (mark == '-' || mark == '~')
        zp_checker_find(c, &rules[MARK], where, &finding, "“%.*s”的连接号应写成“～”",
                        ZP_ARG(finding.found));
}

static void check_passage(zp_checker *c, size_t index)
{
    zp_scan scan = {.text = c->passages->all[index].text};
    while (zp_scan_next(&scan)) {
        range found;
        if (!zp_code_is_digit(scan.code) || zp_code_is_letter(scan.before) ||
            zp_code_in(scan.before, ZP_STR("-.:/,")))
            continue;
        if (read_range(scan.text, scan.start, &found)) {
            check_range(c, index, scan.text, &found);
            scan.end = found.second_end;
        } else {
            scan.end = found.first_end;
        }
        scan.code = '0';
    }
}

static void run(zp_checker *c)
{
    for (size_t i = 0; i < c->passages->count; i++)
        check_passage(c, i);
}

const zp_rule_group zp_span_rules = ZP_RULE_GROUP(rules, run);
