/* numbering.c: the numbers of headings and paragraphs, and how headings end.
 *
 * Each form of number (一、 （一） 1. （1）) counts on from the last of its form; a heading begins
 * the count of what stands below it anew. Headings must count; paragraphs, which may quote or go on
 * after a table, are only blamed where a number follows that cannot.
 */
#include "check/form.h"

#include "check/scan.h"

enum { GAP, DOUBLE, BRACKETS, MARK, SPACE, LEVEL, END, STYLE };

static const zp_rule rules[] = {
    [GAP] = {"number-gap", ZP_ERROR, false, "序号不连续", "同一层的序号要一个接一个，不能跳过。",
             "GB/T 9704—2012 7.3.3", "## 一、基本情况\n\n情况。\n\n## 三、自评结论\n\n结论。\n",
             "## 一、基本情况\n\n情况。\n\n## 二、自评结论\n\n结论。\n"},
    [DOUBLE] = {"number-double", ZP_ERROR, false, "序号重复", "同一层里两个序号不能相同。",
                "GB/T 9704—2012 7.3.3", "## 一、基本情况\n\n情况。\n\n## 一、自评结论\n\n结论。\n",
                "## 一、基本情况\n\n情况。\n\n## 二、自评结论\n\n结论。\n"},
    [BRACKETS] = {"number-brackets", ZP_ERROR, true, "序号的括号不统一",
                  "序号“（一）”“（1）”用全角括号，全文统一；有的全角、有的半角是错误。",
                  "GB/T 9704—2012 7.3.3",
                  "## 一、情况\n\n### (一)职能\n\n职能。\n\n### （二）收支\n\n收支。\n",
                  "## 一、情况\n\n### （一）职能\n\n职能。\n\n### （二）收支\n\n收支。\n"},
    [MARK] = {"number-mark", ZP_WARNING, true, "序号后面的标点不对",
              "汉字序号后用顿号（一、），阿拉伯数字后用下脚点（1.），带括号的序号后面不用标点。",
              "GB/T 15834—2011 附录B.4", "## 一、情况\n\n#### 1、职能\n\n职能。\n",
              "## 一、情况\n\n#### 1.职能\n\n职能。\n"},
    [SPACE] = {"number-space", ZP_WARNING, true, "序号后面有空格", "序号和后面的文字之间不空格。",
               "GB/T 9704—2012 7.3.3", "## 一、 情况\n\n情况。\n", "## 一、情况\n\n情况。\n"},
    [LEVEL] = {"number-level", ZP_WARNING, true, "序号跳了层次",
               "结构层次依次用“一、”“（一）”“1.”“（1）”，“（1）”不直接放在“一、”下面。",
               "GB/T 9704—2012 7.3.3", "## 一、情况\n\n### （1）职能\n\n职能。\n",
               "## 一、情况\n\n### （一）职能\n\n职能。\n"},
    [END] = {"heading-mark", ZP_WARNING, true, "标题末尾有标点",
             "单独成行的标题末尾不用标点；和正文排在一起的小标题才用冒号或句号。",
             "GB/T 15834—2011 附录A.1", "## 一、情况，\n\n情况。\n", "## 一、情况\n\n情况。\n"},
    [STYLE] = {"heading-style", ZP_HINT, true, "同一层标题的写法不统一",
               "同一层的标题，有的单独成行，有的和正文排在一起，可以统一。", NULL,
               "## 一、情况\n\n### （一）职能：\n\n职能。\n\n### （二）收支\n\n收支。\n",
               "## 一、情况\n\n### （一）职能\n\n职能。\n\n### （二）收支\n\n收支。\n"},
};

/* How a number is written; the order is that of the levels. */
typedef enum { HAN, HAN_BRACKETS, DIGITS, DIGITS_BRACKETS, FORMS } number_form;

enum {
    BELOW_HEADINGS = 7, /* the level of a paragraph's number */
    LEVELS = 8,
};

typedef struct {
    number_form form;
    unsigned value;
    size_t end;       /* behind its mark or bracket */
    bool half;        /* a bracket of half width */
    bool wrong_mark;  /* 1、 一. （一）、 */
    size_t wrong_end; /* of that mark */
} number;

/* The last number of a form. */
typedef struct {
    unsigned value;
    size_t passage, end;
    int level;  /* of its heading, or BELOW_HEADINGS */
    bool loose; /* a heading without number stood between: it may begin anew */
} last_number;

typedef struct {
    zp_checker *c;
    last_number last[FORMS];
    int above[LEVELS];         /* the form of the open heading of each level, -1 when it has none */
    size_t half, full;         /* brackets so far */
    zp_where half_at, full_at; /* the first of each */
    size_t styled[LEVELS][2]; /* the first heading of a level on its own line, and run-in; from 1 */
} numbering;

/* --- Reading a number ------------------------------------------------------------------------- */

static bool read_bracketed(zp_str text, size_t at, number *out)
{
    size_t end;
    out->value = zp_ordinal_read(text, at, &end);
    uint32_t open = zp_code_before(text, at), close = zp_code_at(text, end);
    if (out->value == 0 || (close != ')' && close != 0xFF09))
        return false;
    out->form = zp_code_is_digit(zp_code_at(text, at)) ? DIGITS_BRACKETS : HAN_BRACKETS;
    out->half = open == '(' || close == ')';
    out->end = end + (close == ')' ? 1 : ZP_STR("）").n);
    uint32_t mark = zp_code_at(text, out->end);
    out->wrong_mark = zp_code_in(mark, ZP_STR("、.．，"));
    out->wrong_end = out->end + (mark == '.' ? 1 : ZP_STR("、").n);
    return true;
}

/* 一、 1. and what is meant for them: 一. 1、 1． */
static bool read_marked(zp_str text, number *out)
{
    size_t end;
    out->value = zp_ordinal_read(text, 0, &end);
    if (out->value == 0 || end >= text.n)
        return false;
    bool digits = zp_code_is_digit(zp_code_at(text, 0));
    uint32_t mark = zp_utf8_next(text, &end), next = zp_code_at(text, end);
    bool dot = mark == '.' || mark == 0xFF0E;
    if ((!dot && mark != 0x3001) || (digits && dot && zp_code_is_digit(next)) ||
        (!digits && dot && !zp_code_is_han(next)))
        return false;
    out->form = digits ? DIGITS : HAN;
    out->end = out->wrong_end = end;
    out->wrong_mark = digits ? mark != '.' : mark != 0x3001;
    return true;
}

static bool read_number(zp_str text, number *out)
{
    *out = (number){0};
    uint32_t first = zp_code_at(text, 0);
    if (first == '(' || first == 0xFF08)
        return read_bracketed(text, first == '(' ? 1 : ZP_STR("（").n, out);
    return read_marked(text, out);
}

/* 一、二季度完成… and 3、4月…: no number, but two counts. */
static bool is_pair(zp_str text, const number *n)
{
    size_t end;
    return n->end < text.n && (n->form == HAN || n->form == DIGITS) &&
           zp_ordinal_read(text, n->end, &end) == n->value + 1;
}

static zp_str write_number(zp_arena *arena, number_form form, unsigned value)
{
    zp_buf out = {.arena = arena};
    bool bracket = form == HAN_BRACKETS || form == DIGITS_BRACKETS;
    zp_buf_add(&out, bracket ? ZP_STR("（") : ZP_STR(""));
    if (form == HAN || form == HAN_BRACKETS)
        zp_ordinal_write(&out, value);
    else
        zp_buf_uint(&out, value);
    zp_buf_add(&out, bracket ? ZP_STR("）") : form == HAN ? ZP_STR("、") : ZP_STR("."));
    return zp_buf_str(&out);
}

/* --- Its form --------------------------------------------------------------------------------- */

static void check_form(numbering *n, zp_where where, zp_str text, const number *found)
{
    zp_str right = write_number(n->c->arena, found->form, found->value);
    if (found->wrong_mark) {
        where.end = found->wrong_end;
        zp_finding finding = {.expected = right, .found = zp_str_slice(text, 0, where.end)};
        zp_checker_find(n->c, &rules[MARK], where, &finding, "序号“%.*s”的标点不对，应写成“%.*s”",
                        ZP_ARG(finding.found), ZP_ARG(right));
        return;
    }
    where.end = found->end;
    if (zp_code_is_space(zp_code_at(text, found->end)) && zp_code_at(text, found->end) != '\n') {
        zp_finding finding = {.severity = ZP_HINT, .other_severity = found->form == DIGITS};
        zp_checker_find(n->c, &rules[SPACE], where, &finding, "序号“%.*s”后面多了空格",
                        ZP_ARG(zp_str_slice(text, 0, where.end)));
    }
    if (found->form != HAN_BRACKETS && found->form != DIGITS_BRACKETS)
        return;
    size_t *count = found->half ? &n->half : &n->full;
    if ((*count)++ == 0)
        *(found->half ? &n->half_at : &n->full_at) = where;
}

static zp_str text_at(const numbering *n, zp_where where)
{
    return zp_str_slice(n->c->passages->all[where.passage].text, where.start, where.end);
}

/* Brackets of half width: once a report, whether or not others are full. */
static void check_brackets(numbering *n)
{
    if (n->half == 0)
        return;
    number found;
    zp_str half = text_at(n, n->half_at), full = text_at(n, n->full_at);
    read_number(half, &found);
    zp_finding finding = {.expected = write_number(n->c->arena, found.form, found.value),
                          .found = half,
                          .also = &n->full_at,
                          .also_count = n->full > 0,
                          .severity = ZP_WARNING,
                          .other_severity = n->full == 0};
    if (n->full > 0)
        zp_checker_find(n->c, &rules[BRACKETS], n->half_at, &finding,
                        "序号的括号不统一：“%.*s”等%zu处是半角，“%.*s”等%zu处是全角，应都用全角",
                        ZP_ARG(half), n->half, ZP_ARG(full), n->full);
    else
        zp_checker_find(n->c, &rules[BRACKETS], n->half_at, &finding,
                        "序号“%.*s”等%zu处的括号是半角，应用全角", ZP_ARG(half), n->half);
}

/* --- Its value -------------------------------------------------------------------------------- */

static void report_gap(numbering *n, zp_where where, const number *found, const last_number *last,
                       bool strict)
{
    zp_where before = {last->passage, 0, last->end};
    zp_str expected = write_number(n->c->arena, found->form, last->value + 1);
    zp_str actual = write_number(n->c->arena, found->form, found->value);
    zp_finding finding = {.found = actual,
                          .also = &before,
                          .also_count = last->value > 0,
                          .severity = ZP_WARNING,
                          .other_severity = !strict};
    if (found->value > last->value)
        zp_checker_find(n->c, &rules[GAP], where, &finding, "序号“%.*s”前面缺少“%.*s”",
                        ZP_ARG(actual), ZP_ARG(expected));
    else if (found->value == last->value)
        zp_checker_find(n->c, &rules[DOUBLE], where, &finding, "序号“%.*s”重复，前一个也是它",
                        ZP_ARG(actual));
    else
        zp_checker_find(n->c, &rules[DOUBLE], where, &finding,
                        "序号“%.*s”排在“%.*s”后面，重复或者颠倒了", ZP_ARG(actual),
                        ZP_ARG(write_number(n->c->arena, found->form, last->value)));
}

/* The number counts on from the last of its form. Only a heading must; a paragraph may begin with
 * any number, or begin anew. So may （一）, which is an item of a list as often as a heading. */
static void follow(numbering *n, zp_where where, const number *found, int level)
{
    last_number *last = &n->last[found->form], before = *last;
    bool heading = level < BELOW_HEADINGS;
    if (heading && before.level < BELOW_HEADINGS && before.level != level)
        before = (last_number){0};
    bool strict = heading && !before.loose && before.level < BELOW_HEADINGS;
    *last = (last_number){found->value, where.passage, found->end, level, false};
    if (!heading && before.value > 0)
        last->level = before.level; /* a long （二） between headings （一） and （三） */
    if (found->value == before.value + 1 ||
        (!strict && (before.value == 0 || found->value < before.value)) ||
        (found->value == 1 && before.value > 1 && (!strict || found->form != HAN)))
        return;
    strict = strict && found->value >= before.value;
    where.end = found->end;
    report_gap(n, where, found, &before, strict);
}

/* Numbers below a heading of that level, or below a paragraph's number of that form, begin anew;
 * not those of the form itself, when a list of long items goes on with one that is short enough to
 * be taken for a heading. */
static void begin_anew(numbering *n, int level, int form)
{
    for (int i = 0; i < FORMS; i++) {
        bool below = n->last[i].level == BELOW_HEADINGS;
        if (n->last[i].level > level ? !below || i != form
                                     : below && level == BELOW_HEADINGS && i > form)
            n->last[i] = (last_number){0};
        else if (form < 0 && n->last[i].level == level)
            n->last[i].loose = true;
    }
}

/* （1） below 一、 or （一）. What stands below 一、 may be 1. where there are but two levels. */
static void check_level(numbering *n, zp_where where, const number *found, int level)
{
    int above = -1;
    for (int i = level - 1; i > 0 && above < 0; i--)
        above = n->above[i];
    for (int i = level; i < LEVELS; i++)
        n->above[i] = -1;
    n->above[level] = (int)found->form;
    where.end = found->end;
    if (found->form == DIGITS_BRACKETS && (above == HAN || above == HAN_BRACKETS))
        zp_checker_find(n->c, &rules[LEVEL], where, NULL, "“%.*s”下面直接用了“（%u）”，跳了层次",
                        ZP_ARG(write_number(n->c->arena, (number_form)above, 1)), found->value);
}

/* --- Headings --------------------------------------------------------------------------------- */

static void check_end(numbering *n, zp_where where, zp_str text)
{
    text = zp_str_trim(text);
    uint32_t last = zp_code_before(text, text.n);
    if (last != 0 && zp_code_in(last, ZP_STR("。，、；")))
        zp_checker_find(n->c, &rules[END], where, NULL, "标题末尾不用标点“%.*s”",
                        ZP_ARG(zp_str_slice(text, text.n - ZP_STR("。").n, text.n)));
}

static void check_style(numbering *n, zp_where where, int level, bool run_in)
{
    if (n->styled[level][run_in] == 0)
        n->styled[level][run_in] = where.passage + 1;
    size_t other = n->styled[level][!run_in];
    if (other == 0)
        return;
    zp_where also = {other - 1, 0, n->c->passages->all[other - 1].text.n};
    const zp_finding finding = {.also = &also, .also_count = 1};
    if (n->styled[level][run_in] == where.passage + 1)
        zp_checker_find(n->c, &rules[STYLE], where, &finding,
                        "同一层的标题有的单独成行，有的和正文排在一起");
}

static void check_heading(numbering *n, size_t index, const zp_passage *passage)
{
    number found;
    int level = passage->node->heading.level;
    zp_where where = {index, 0, passage->text.n};
    bool numbered = read_number(passage->text, &found);
    begin_anew(n, level, numbered ? (int)found.form : -1);
    if (numbered) {
        check_level(n, where, &found, level);
        follow(n, where, &found, level);
        check_form(n, where, passage->text, &found);
        check_style(n, where, level, passage->run_on);
    }
    if (level == 1) /* what is bound behind the report has its own ways */
        for (int i = 0; i < LEVELS; i++)
            n->styled[i][0] = n->styled[i][1] = 0;
    if (!passage->run_on)
        check_end(n, where, passage->text);
}

static void check_paragraph(numbering *n, size_t index, const zp_passage *passage)
{
    number found;
    if (!read_number(passage->text, &found) || is_pair(passage->text, &found) ||
        (index > 0 && n->c->passages->all[index - 1].torn))
        return;
    zp_where where = {index, 0, passage->text.n};
    if (!zp_where_is_typed(n->c, (zp_where){index, 0, found.end}))
        return;
    begin_anew(n, BELOW_HEADINGS, (int)found.form);
    follow(n, where, &found, BELOW_HEADINGS);
    check_form(n, where, passage->text, &found);
}

static void run(zp_checker *c)
{
    numbering n = {.c = c};
    for (int i = 0; i < LEVELS; i++)
        n.above[i] = -1;
    const zp_passage *all = c->passages->all;
    if (c->passages->count > 0)
        check_end(&n, (zp_where){0, 0, all[0].text.n}, all[0].text);
    for (size_t i = 1; i < c->passages->count; i++) {
        if (!zp_passage_is_prose(&all[i]))
            continue;
        if (all[i].node->kind == ZP_NODE_HEADING)
            check_heading(&n, i, &all[i]);
        else
            check_paragraph(&n, i, &all[i]);
    }
    check_brackets(&n);
}

const zp_rule_group zp_numbering_rules = ZP_RULE_GROUP(rules, run);
