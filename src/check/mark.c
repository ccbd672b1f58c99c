/* mark.c: punctuation: half and full width, doubled marks, ellipses, quotes, 、 where none is due.
 *
 * A mark of half width is blamed only where Han stand on its left: in Latin, figures, times
 * (8:00-11:30), ratios and addresses none do.
 */
#include "check/form.h"
#include "check/scan.h"

enum { HALF, BRACKET, QUOTE, FULL, DOUBLE, ELLIPSIS, DASH, PAUSE, ETC };

static const zp_rule rules[] = {
    [HALF] = {"halfwidth-mark", ZP_ERROR, true, "中文里用了半角标点",
              "中文里的标点用全角：，；：？！。", "GB/T 15834—2011 5.1",
              "加强预算管理,提高资金效益。\n", "加强预算管理，提高资金效益。\n"},
    [BRACKET] = {"halfwidth-bracket", ZP_ERROR, true, "中文里用了半角括号",
                 "括号里是中文的，用全角括号（）。", "GB/T 15834—2011 4.9",
                 "共3个项目(含结转项目)。\n", "共3个项目（含结转项目）。\n"},
    [QUOTE] = {"straight-quote", ZP_ERROR, true, "中文里用了直引号", "中文的引号用“”和‘’。",
               "GB/T 15834—2011 4.8", "评价等级为\"优\"。\n", "评价等级为“优”。\n"},
    [FULL] = {"fullwidth-letter", ZP_WARNING, true, "数字、字母用了全角",
              "阿拉伯数字、字母和百分号用半角。", "GB/T 15835—2011 5.1.7", "共１２个项目。\n",
              "共12个项目。\n"},
    [DOUBLE] = {"double-mark", ZP_ERROR, true, "两个标点连在一起",
                "两个点号不连用，删去多余的一个。", "GB/T 15834—2011 4",
                "加强预算管理，，提高资金效益。。\n", "加强预算管理，提高资金效益。\n"},
    [ELLIPSIS] = {"ellipsis", ZP_WARNING, true, "省略号写得不对", "省略号是六个点：……，占两个字。",
                  "GB/T 15834—2011 4.11", "包括培训、会议...\n", "包括培训、会议……\n"},
    [DASH] = {"dash", ZP_WARNING, true, "破折号写得不对", "破折号是——，占两个字。",
              "GB/T 15834—2011 4.10", "重点项目--会议经费。\n", "重点项目——会议经费。\n"},
    [PAUSE] = {"pause-between-quotes", ZP_HINT, true, "引号、书名号之间用了顿号",
               "并列的引号之间、书名号之间通常不用顿号。", "GB/T 15834—2011 4.5.3.5",
               "按照《预算法》、《会计法》执行。\n", "按照《预算法》《会计法》执行。\n"},
    [ETC] = {"pause-before-etc", ZP_WARNING, true, "“等”前面用了顿号",
             "列举之后的“等”前面不用顿号。", "GB/T 15834—2011 4.5", "包括培训、会议、等费用。\n",
             "包括培训、会议等费用。\n"},
};

/* A mark of half width, and what Chinese has in its place. */
static const struct {
    uint32_t half;
    const char *full;
} widths[] = {{',', "，"}, {';', "；"}, {':', "："}, {'?', "？"}, {'!', "！"}, {'.', "。"}};

typedef struct {
    zp_checker *c;
    size_t passage;
    zp_scan scan;
    bool cell;
    size_t bracket; /* behind the last half-width ( that is open; 0: none */
    bool han;       /* a Han stood behind it */
} reader;

static zp_where here(const reader *r)
{
    return (zp_where){r->passage, r->scan.start, r->scan.end};
}

static bool is_stop(uint32_t code)
{
    return zp_code_in(code, ZP_STR("，。、；：？！"));
}

/* In a table's cells, where room is scarce and much is copied from other programs, it is a hint. */
static zp_finding finding_of(const reader *r, zp_str expected)
{
    return (zp_finding){.expected = expected, .severity = ZP_HINT, .other_severity = r->cell};
}

/* --- Width ------------------------------------------------------------------------------------ */

static bool is_after_han(uint32_t code)
{
    return zp_code_is_han(code) || zp_code_in(code, ZP_STR("”》）"));
}

/* A dot ends a sentence only at the text's end or before Han; before Latin it parts a file's name,
 * behind a Chinese number it is numbering's. */
static bool is_wrong_half(const reader *r)
{
    const zp_scan *s = &r->scan;
    if (!is_after_han(s->before))
        return false;
    if (s->code == '.')
        return (s->after == 0 || zp_code_is_han(s->after)) && !zp_code_is_numeral(s->before);
    if (s->code == ':')
        return s->after != '/' && s->after != ':';
    return s->after != s->code;
}

static void check_half(reader *r)
{
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (widths[i].half == r->scan.code && is_wrong_half(r) &&
            zp_where_is_typed(r->c, here(r))) {
            zp_finding finding = finding_of(r, zp_str_from(widths[i].full));
            zp_checker_find(r->c, &rules[HALF], here(r), &finding, "中文里用了半角的“%c”，应是“%s”",
                            (int)r->scan.code, widths[i].full);
        }
}

static void say_bracket(reader *r)
{
    zp_where where = {r->passage, r->bracket - 1, r->scan.end};
    int level;
    bool number = zp_passage_number(zp_str_slice(r->scan.text, where.start, where.end), &level) > 0;
    if (number || !zp_where_is_typed(r->c, where))
        return;
    zp_finding finding = finding_of(r, ZP_STR("（）"));
    zp_checker_find(r->c, &rules[BRACKET], where, &finding, "括号里是中文，括号应用全角（）");
}

static void check_bracket(reader *r)
{
    if (r->scan.code == '(') {
        r->bracket = r->scan.end;
        r->han = false;
    } else if (r->scan.code == ')') {
        if (r->bracket > 0 && r->han)
            say_bracket(r);
        r->bracket = 0;
    } else if (zp_code_is_han(r->scan.code)) {
        r->han = true;
    }
}

static void check_quote(reader *r)
{
    const zp_scan *s = &r->scan;
    bool both = zp_code_is_han(s->before) && zp_code_is_han(s->after);
    bool beside = zp_code_is_chinese(s->before) || zp_code_is_chinese(s->after);
    bool inch = zp_code_is_digit(s->before) && s->code == '"';
    if ((s->code == '"' ? beside && !inch : both) && zp_where_is_typed(r->c, here(r))) {
        zp_finding finding = finding_of(r, s->code == '"' ? ZP_STR("“”") : ZP_STR("‘’"));
        zp_checker_find(r->c, &rules[QUOTE], here(r), &finding, "中文里的引号应用%s",
                        s->code == '"' ? "“”" : "‘’");
    }
}

/* ０ to ９, Ａ to Ｚ, ａ to ｚ, ％: one finding for a run of them. */
static bool is_full_letter(uint32_t code)
{
    return (code >= 0xFF10 && code <= 0xFF19) || (code >= 0xFF21 && code <= 0xFF3A) ||
           (code >= 0xFF41 && code <= 0xFF5A) || code == 0xFF05;
}

static void check_full(reader *r)
{
    if (is_full_letter(r->scan.before) || !zp_where_is_typed(r->c, here(r)))
        return;
    char half[4];
    zp_str expected = {half, zp_utf8_encode(r->scan.code - 0xFEE0, half)};
    zp_finding finding = finding_of(r, expected);
    zp_checker_find(r->c, &rules[FULL], here(r), &finding, "“%.*s”是全角，应用半角的“%.*s”",
                    ZP_ARG(zp_str_slice(r->scan.text, r->scan.start, r->scan.end)),
                    ZP_ARG(expected));
}

/* --- Marks beside marks ----------------------------------------------------------------------- */

/* 。。 and ，。 but not ？！ and ！！; of 。。。 an ellipsis is meant. */
static void check_double(reader *r)
{
    const zp_scan *s = &r->scan;
    bool loud = zp_code_in(s->code, ZP_STR("？！")) && zp_code_in(s->before, ZP_STR("？！"));
    if (!is_stop(s->before) || loud || (s->code == s->after && s->code == 0x3002) ||
        (s->code == s->before && s->before == 0x3002 && s->start >= 6 &&
         zp_code_before(s->text, s->start - 3) == 0x3002))
        return;
    zp_where where = {r->passage, s->start - 3, s->end};
    zp_finding finding = finding_of(r, ZP_STR(""));
    if (zp_where_is_typed(r->c, where))
        zp_checker_find(r->c, &rules[DOUBLE], where, &finding, "标点“%.*s”连在一起，多了一个",
                        ZP_ARG(zp_str_slice(s->text, where.start, where.end)));
}

/* Behind three equal dots. */
static bool is_third(const reader *r, uint32_t dot)
{
    size_t width = dot < 0x80 ? 1 : 3;
    const zp_scan *s = &r->scan;
    return s->code == dot && s->before == dot && s->start >= 2 * width &&
           zp_code_before(s->text, s->start - width) == dot && s->after != dot;
}

/* ... behind Han, 。。。, and a … alone between Chinese. */
static void check_ellipsis(reader *r)
{
    const zp_scan *s = &r->scan;
    size_t from = s->start;
    bool dots = is_third(r, '.') || is_third(r, 0x3002);
    while (dots && from > 0 && zp_code_before(s->text, from) == s->code)
        from -= s->code < 0x80 ? 1 : 3;
    bool beside = zp_code_is_chinese(zp_code_before(s->text, from)) || zp_code_is_chinese(s->after);
    bool alone = s->code == 0x2026 && s->before != 0x2026 && s->after != 0x2026;
    zp_where where = {r->passage, from, s->end};
    zp_finding finding = finding_of(r, ZP_STR("……"));
    if (((dots && beside) || (alone && beside)) && zp_where_is_typed(r->c, where))
        zp_checker_find(r->c, &rules[ELLIPSIS], where, &finding, "省略号应写成“……”");
}

/* -- between Han. */
static void check_dash(reader *r)
{
    const zp_scan *s = &r->scan;
    if (s->code != '-' || s->before != '-' || s->start < 2 || !zp_code_is_han(s->after) ||
        !zp_code_is_han(zp_code_before(s->text, s->start - 1)))
        return;
    zp_finding finding = finding_of(r, ZP_STR("——"));
    zp_checker_find(r->c, &rules[DASH], (zp_where){r->passage, s->start - 1, s->end}, &finding,
                    "破折号应写成“——”");
}

/* 等 by itself, not 等待, 等级, 等额 … */
static bool is_etc(const zp_scan *s)
{
    return s->after == 0x7B49 && !zp_code_in(zp_code_at(s->text, s->end + ZP_STR("等").n),
                                             ZP_STR("级次外待候额同价距量于式值效比身"));
}

static void check_pause(reader *r)
{
    const zp_scan *s = &r->scan;
    bool quotes =
        (s->before == 0x201D && s->after == 0x201C) || (s->before == 0x300B && s->after == 0x300A);
    zp_finding finding = finding_of(r, ZP_STR(""));
    if (quotes && zp_where_is_typed(r->c, here(r)))
        zp_checker_find(r->c, &rules[PAUSE], here(r), NULL, "引号、书名号之间的顿号可以删去");
    else if (is_etc(s) && zp_where_is_typed(r->c, here(r)))
        zp_checker_find(r->c, &rules[ETC], here(r), &finding, "“等”前面的顿号应删去");
}

/* --- The reader ------------------------------------------------------------------------------- */

static void check_code(reader *r)
{
    uint32_t code = r->scan.code;
    if (code < 0x80 &&
        (code == '.' || code == ',' || code == ';' || code == ':' || code == '?' || code == '!'))
        check_half(r);
    check_bracket(r);
    if (zp_code_is_han(code) || zp_code_is_letter(code) || zp_code_is_digit(code))
        return;
    if (code == '"' || code == '\'')
        check_quote(r);
    if (is_full_letter(code))
        check_full(r);
    if (is_stop(code))
        check_double(r);
    if (code == '.' || code == 0x3002 || code == 0x2026)
        check_ellipsis(r);
    check_dash(r);
    if (code == 0x3001)
        check_pause(r);
}

static void run(zp_checker *c)
{
    for (size_t i = 0; i < c->passages->count; i++) {
        reader r = {.c = c, .passage = i, .scan = {.text = c->passages->all[i].text}};
        r.cell = zp_passage_is(&c->passages->all[i], ZP_NODE_CELL);
        while (zp_scan_next(&r.scan))
            check_code(&r);
    }
}

const zp_rule_group zp_mark_rules = ZP_RULE_GROUP(rules, run);
