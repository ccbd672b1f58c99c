/* calendar.c: how dates and years are written.
 *
 * A paragraph that is nothing but a date is the date of the document (成文日期), of which GB/T 9704
 * forbids what elsewhere is only unusual.
 */
#include "check/form.h"
#include "check/scan.h"

enum { ZERO, NONE, HAO, SHORT, CIRCLE };

static const zp_rule rules[] = {
    [ZERO] = {"date-zero", ZP_ERROR, true, "日期里补了0",
              "成文日期的月、日不编虚位：1不写成01。正文里的日期也应一致，不一致的是警告。",
              "GB/T 9704—2012 7.3.5", "报告如上。\n\n2024年05月08日\n",
              "报告如上。\n\n2024年5月8日\n"},
    [NONE] = {"date-none", ZP_ERROR, false, "没有这一天", "月在1和12之间，日不超过当月的天数。",
              NULL, "6月31日印发。\n", "6月30日印发。\n"},
    [HAO] = {"date-hao", ZP_WARNING, true, "日期写成了“号”", "公文的日期写“日”，不写“号”。",
             "GB/T 9704—2012 7.3.5", "会议于6月5号召开。\n", "会议于6月5日召开。\n"},
    [SHORT] = {"year-short", ZP_WARNING, true, "年份没有写全", "年份写全四位，不写成“23年度”。",
               "GB/T 15835—2011 5.1.4", "完成23年度绩效自评。\n", "完成2023年度绩效自评。\n"},
    [CIRCLE] = {"year-circle", ZP_ERROR, true, "年份里的“〇”用错了字",
                "汉字年份里的零是“〇”，不是圆圈○、字母O或数字0。", "GB/T 15835—2011 5.2.2",
                "二○二三年度工作。\n", "二〇二三年度工作。\n"},
};

static size_t two_digits(zp_str text, size_t at, size_t *value)
{
    size_t end = zp_digits_end(text, at);
    if (end == at || end > at + 2)
        return 0;
    *value = 0;
    for (size_t i = at; i < end; i++)
        *value = *value * 10 + (size_t)(text.p[i] - '0');
    return end;
}

static bool is_padded(zp_str text, size_t at)
{
    return text.p[at] == '0';
}

/* Whether the passage holds nothing but its date, spaces aside: year or not. */
static bool is_alone(zp_str text, size_t start, size_t end)
{
    size_t from = start;
    if (zp_str_ends(zp_str_slice(text, 0, from), ZP_STR("年"))) {
        from -= ZP_STR("年").n;
        while (from > 0 && zp_code_is_digit((unsigned char)text.p[from - 1]))
            from--;
    }
    return zp_utf8_is_blank(zp_str_slice(text, 0, from)) &&
           zp_utf8_is_blank(zp_str_slice(text, end, text.n));
}

static bool is_of_calendar(size_t month, size_t day)
{
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

typedef struct {
    zp_checker *c;
    size_t passage;
    zp_str text;
} reader;

static void say_zero(reader *r, zp_where where, size_t month, size_t day)
{
    bool alone = is_alone(r->text, where.start, where.end);
    zp_finding finding = {.expected = zp_str_format(r->c->arena, "%zu月%zu日", month, day),
                          .found = zp_str_slice(r->text, where.start, where.end),
                          .severity = ZP_WARNING,
                          .other_severity = !alone};
    zp_checker_find(r->c, &rules[ZERO], where, &finding,
                    "日期的月、日前面不补0：“%.*s”应写成“%.*s”", ZP_ARG(finding.found),
                    ZP_ARG(finding.expected));
}

/* 06月05日, 13月1日, 6月5号; `at` is the month's first digit. */
static void check_day(reader *r, size_t at)
{
    size_t month = 0, day = 0, end = two_digits(r->text, at, &month);
    if (end == 0 || !zp_text_has(r->text, end, ZP_STR("月")))
        return;
    size_t from = end + ZP_STR("月").n;
    end = two_digits(r->text, from, &day);
    bool hao = end > 0 && zp_text_has(r->text, end, ZP_STR("号"));
    zp_where where = {r->passage, at, end + ZP_STR("日").n};
    if (end == 0 || (!hao && !zp_text_has(r->text, end, ZP_STR("日"))) ||
        !zp_where_is_typed(r->c, where))
        return;
    if (!is_of_calendar(month, day))
        zp_checker_find(r->c, &rules[NONE], where, NULL, "没有“%.*s”这一天",
                        ZP_ARG(zp_str_slice(r->text, where.start, where.end)));
    else if (hao && !zp_code_in(zp_code_at(r->text, where.end), ZP_STR("楼文线院令公通")))
        zp_checker_find(r->c, &rules[HAO], where, NULL, "日期应写“日”：%zu月%zu日", month, day);
    else if (!hao && (is_padded(r->text, at) || is_padded(r->text, from)))
        say_zero(r, where, month, day);
}

/* 2023年06月, without a day. */
static void check_month(reader *r, size_t at)
{
    size_t month = 0, end = two_digits(r->text, at, &month);
    zp_where where = {r->passage, at, end + ZP_STR("月").n};
    if (end > 0 && is_padded(r->text, at) && month > 0 &&
        zp_str_ends(zp_str_slice(r->text, 0, at), ZP_STR("年")) &&
        zp_text_has(r->text, end, ZP_STR("月")) &&
        !zp_code_is_digit(zp_code_at(r->text, where.end)) && zp_where_is_typed(r->c, where)) {
        zp_finding finding = {.severity = ZP_WARNING, .other_severity = true};
        zp_checker_find(r->c, &rules[ZERO], where, &finding, "月份前面不补0，应写成“%zu月”", month);
    }
}

/* 23年度 and 23年6月 are years; 23年 alone may be a time. */
static void check_year(reader *r, size_t at)
{
    size_t value = 0, end = two_digits(r->text, at, &value), behind = end + ZP_STR("年").n;
    if (end != at + 2 || !zp_text_has(r->text, end, ZP_STR("年")))
        return;
    zp_where where = {r->passage, at, behind};
    bool month = zp_code_is_digit(zp_code_at(r->text, behind)) &&
                 zp_text_has(r->text, zp_digits_end(r->text, behind), ZP_STR("月"));
    bool year = month || zp_text_has(r->text, behind, ZP_STR("度"));
    uint32_t before = zp_code_before(r->text, at);
    bool longer = before >= 0xFF10 && before <= 0xFF19; /* ２０07年: of full width in part */
    if (year && !longer && zp_where_is_typed(r->c, where) &&
        !zp_code_in(before, ZP_STR("近第这前后“‘'～-—、")))
        zp_checker_find(r->c, &rules[SHORT], where, NULL, "年份应写全四位，不写成“%02zu年”", value);
}

/* 二○二三, 二O二三, 二0二三. */
static void check_circle(reader *r, const zp_scan *scan)
{
    zp_where where = {r->passage, scan->start, scan->end};
    zp_finding finding = {.expected = ZP_STR("〇"),
                          .found = zp_str_slice(r->text, scan->start, scan->end)};
    size_t second = scan->end + ZP_STR("二").n;
    if (zp_code_is_numeral(scan->after) && zp_code_is_numeral(zp_code_at(r->text, second)) &&
        zp_where_is_typed(r->c, where))
        zp_checker_find(r->c, &rules[CIRCLE], where, &finding, "年份里的“%.*s”应是“〇”",
                        ZP_ARG(finding.found));
}

static void check_passage(zp_checker *c, size_t index)
{
    reader r = {c, index, c->passages->all[index].text};
    zp_scan scan = {.text = r.text};
    while (zp_scan_next(&scan)) {
        if (scan.before == 0x4E8C && zp_code_in(scan.code, ZP_STR("○◯OoＯ0"))) /* 二 */
            check_circle(&r, &scan);
        if (!zp_code_is_digit(scan.code) || zp_code_is_digit(scan.before) || scan.before == '.')
            continue;
        check_day(&r, scan.start);
        check_month(&r, scan.start);
        check_year(&r, scan.start);
    }
}

static void run(zp_checker *c)
{
    for (size_t i = 0; i < c->passages->count; i++)
        check_passage(c, i);
}

const zp_rule_group zp_calendar_rules = ZP_RULE_GROUP(rules, run);
