/* tally.c: a count that opens a list, and the list.
 *
 * 内设6个股室，分别是…; 抓好以下三个方面：一是…二是…. Only where the words say that the list is
 * what was counted (分别是, 即, a colon), and no 等 ends it early. A 和 in the last item may join
 * two or belong to a name, so both counts are allowed.
 */
#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"

#include "base/utf8.h"

enum {
    COUNT_MAX = 60, /* things that are listed in prose */
    NEAR = 36,      /* bytes between a count and what opens its list */
    LIST_MAX = 3000,
};

enum { TALLY, STEPS };

static const zp_rule rules[] = {
    [TALLY] = {"list-count", ZP_WARNING, false, "说的个数与列出的不一样",
               "“分别是”“即”或冒号后面列出的，应当与前面说的个数一样；列不全的用“等”。",
               "GB/T 15834—2011（列举）；财预〔2020〕10号：数据真实",
               "内设4个股室，分别是办公室、规划股、财务股。",
               "内设3个股室，分别是办公室、规划股、财务股。"},
    [STEPS] = {"list-steps", ZP_WARNING, false, "说的方面数与“一是、二是”不一样",
               "“以下几个方面”后面的一是、二是、三是，应当与前面说的个数一样。",
               "财预〔2020〕10号：内容完整", "存在以下四个问题：一是……。二是……。三是……。",
               "存在以下三个问题：一是……。二是……。三是……。"},
};

static zp_str from(zp_str text, size_t at)
{
    return zp_str_slice(text, at, text.n);
}

/* --- Lists ------------------------------------------------------------------------------------ */

/* Where the list that a count opens begins: behind 分别是 and its like, close behind the count. 0:
 * nowhere. */
static size_t find_list(zp_str text, size_t at)
{
    static const char *const openers[] = {"分别是", "分别为", "即：",  "即",
                                          "包括：", "：",     "依次是"};
    zp_str near = zp_utf8_cut(zp_str_slice(text, at, text.n), NEAR);
    size_t start = near.n, end = 0;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        zp_str word = zp_str_from(openers[i]);
        size_t found = zp_str_find(near, word, 0);
        if (found < start || (found == start && found < near.n && found + word.n > end)) {
            start = found;
            end = found + word.n;
        }
    }
    for (size_t i = 0; i < start; i++)
        if (near.p[i] >= '0' && near.p[i] <= '9')
            return 0; /* another figure lies between */
    static const char *const stops[] = {"。", "；", "其中"};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (zp_str_find(near, zp_str_from(stops[i]), 0) < start)
            return 0;
    return start < near.n ? at + end : 0;
}

typedef struct {
    size_t commas, pauses, semicolons; /* ， 、 ； outside brackets and quotes */
    bool joined;                       /* a 和 or 及 stands behind the last of them */
    bool open;                         /* 等 ends it, or it is too long to be one */
} list;

static int depth_of(uint32_t code)
{
    switch (code) {
    case 0xFF08: /* （ */
    case 0x201C: /* “ */
    case 0x300A: /* 《 */
    case '(':
        return 1;
    case 0xFF09:
    case 0x201D:
    case 0x300B:
    case ')':
        return -1;
    default:
        return 0;
    }
}

/* One mark or word of a list, outside brackets. */
static void take(list *l, uint32_t code)
{
    switch (code) {
    case 0x3001: /* 、 */
        l->pauses++;
        l->joined = false;
        break;
    case 0xFF0C: /* ， */
        l->commas++;
        l->joined = false;
        break;
    case 0xFF1B: /* ； */
        l->semicolons++;
        l->joined = false;
        break;
    case 0x548C: /* 和 */
    case 0x53CA: /* 及 */
    case 0x4E0E: /* 与 */
        l->joined = true;
        break;
    case 0x7B49: /* 等 */
    case 0x2026: /* … */
        l->open = true;
        break;
    default:
        break;
    }
}

/* Up to the sentence's end, or only to its first ；. */
static list read_list(zp_str text, size_t at, bool whole)
{
    list l = {0};
    int depth = 0;
    size_t start = at;
    while (at < text.n && !l.open) {
        uint32_t code = zp_utf8_next(text, &at);
        depth += depth_of(code);
        bool ends = code == 0x3002 || code == '\n' || (code == 0xFF1B && !whole);
        if (ends && depth <= 0)
            return l;
        if (depth <= 0)
            take(&l, code);
        l.open = l.open || at - start > LIST_MAX;
    }
    return l;
}

/* The separator that parts the things, and how many things that makes. A 和 in the last of items
 * parted by 、 may join two more, or belong to a name. */
static bool fits(const list *l, const list *all, long count, size_t *items)
{
    bool joined = l->pauses > 0 && l->joined;
    *items = (l->pauses ? l->pauses : all->semicolons ? all->semicolons : l->commas) + 1;
    return count == (long)*items || count == (long)all->semicolons + 1 ||
           (joined && count == (long)*items + 1) ||
           (l->pauses > 0 && count == (long)(l->pauses + l->commas) + 1);
}

static long count_of(const zp_quantity *q)
{
    long count = 0;
    if (q->digits.n > 2 || q->places > 0)
        return 0;
    for (size_t i = 0; i < q->digits.n; i++)
        count = count * 10 + (q->digits.p[i] - '0');
    return count <= COUNT_MAX ? count : 0;
}

/* --- 一是 二是 ---------------------------------------------------------------------------------
 */

static const char *const numerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

enum { NUMERALS = sizeof numerals / sizeof *numerals };

/* The count of 以下三个方面 at `at`, which is behind 以下; 0: none. */
static size_t read_count(zp_str text, size_t at)
{
    static const char *const measures[] = {"个", "项", "大", "点", "方面", "条", "类"};
    zp_str rest = zp_str_slice(text, at, text.n);
    size_t count = zp_str_starts(rest, ZP_STR("两")) ? 2 : 0;
    for (size_t i = 0; i < NUMERALS; i++)
        if (zp_str_starts(rest, zp_str_from(numerals[i])))
            count = i + 1;
    if (count == 0)
        return 0;
    rest = zp_str_slice(rest, ZP_STR("一").n, rest.n);
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        if (zp_str_starts(rest, zp_str_from(measures[i])))
            return count;
    return 0;
}

/* The next `word` followed by 是; text.n when there is none. */
static size_t find_step(zp_str text, zp_str word, size_t at)
{
    for (at = zp_str_find(text, word, at); at < text.n; at = zp_str_find(text, word, at + word.n))
        if (zp_str_starts(zp_str_slice(text, at + word.n, text.n), ZP_STR("是")))
            return at;
    return text.n;
}

/* How far 一是, 二是 … go on from `at`. */
static size_t count_steps(zp_str text, size_t at)
{
    size_t steps = 0;
    for (; steps < NUMERALS; steps++) {
        zp_str numeral = zp_str_from(numerals[steps]);
        at = find_step(text, numeral, at);
        if (at == text.n)
            break;
        at += numeral.n;
    }
    return steps;
}

/* 以下3项措施：, and the things a paragraph each, numbered. */
static void check_paragraphs(zp_checker *c, const zp_quantity *q, long count)
{
    int level, first = 0;
    size_t items = 0;
    for (size_t i = q->passage + 1; i < c->passages->count; i++, items++) {
        const zp_passage *p = &c->passages->all[i];
        if (p->section != c->passages->all[q->passage].section || p->node == NULL ||
            p->node->kind != ZP_NODE_PARAGRAPH || zp_passage_number(p->text, &level) == 0)
            break;
        first = first ? first : level;
        if (level != first)
            return; /* items within items */
    }
    if (items < 2 || items == (size_t)count)
        return;
    const zp_finding finding = {
        .found = zp_quantity_text(c->arena, c->passages, q),
        .expected = zp_str_format(c->arena, "%zu%.*s", items, ZP_ARG(q->unit.name))};
    zp_checker_find(c, &rules[TALLY], zp_judge_where(q), &finding, "说是“%.*s”，后面列出了%zu%.*s",
                    ZP_ARG(zp_judge_quote(c, q)), items, ZP_ARG(q->unit.name));
}

static void check_list(zp_checker *c, size_t index)
{
    const zp_quantity *q = &c->quantities->all[index];
    zp_str text = c->passages->all[q->passage].text;
    long count = count_of(q);
    size_t start = count > 1 ? find_list(text, q->end) : 0;
    if (start == 0)
        return;
    if (zp_utf8_is_blank(from(text, start))) {
        check_paragraphs(c, q, count);
        return;
    }
    list l = read_list(text, start, false), all = read_list(text, start, true);
    size_t items,
        steps = zp_str_starts(from(text, start), ZP_STR("一是")) ? count_steps(text, start) : 0;
    bool right = fits(&l, &all, count, &items);
    if (steps > 0) {
        items = steps;
        right = steps == (size_t)count;
    }
    if (l.open || all.open || right || items < 2)
        return;
    const zp_finding finding = {
        .found = zp_quantity_text(c->arena, c->passages, q),
        .expected = l.joined ? ZP_STR("")
                             : zp_str_format(c->arena, "%zu%.*s", items, ZP_ARG(q->unit.name))};
    zp_checker_find(c, &rules[TALLY], zp_judge_where(q), &finding, "说是“%.*s”，后面列出了%zu%.*s",
                    ZP_ARG(zp_judge_quote(c, q)), items, ZP_ARG(q->unit.name));
}

static void check_steps(zp_checker *c, size_t passage)
{
    static const char *const leads[] = {"以下", "如下"};
    zp_str text = c->passages->all[passage].text;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        zp_str lead = zp_str_from(leads[i]);
        size_t at = zp_str_find(text, lead, 0);
        size_t count = at < text.n ? read_count(text, at + lead.n) : 0;
        size_t steps = count > 1 ? count_steps(text, at) : 0;
        if (steps < 2 || steps == count)
            continue;
        const zp_finding finding = {.found = zp_str_from(numerals[count - 1]),
                                    .expected = zp_str_from(numerals[steps - 1])};
        zp_checker_find(c, &rules[STEPS], (zp_where){passage, at, at + lead.n + ZP_STR("一个").n},
                        &finding, "前面说%s项，后面写到“%s是”", numerals[count - 1],
                        numerals[steps - 1]);
    }
}

static void run(zp_checker *c)
{
    for (size_t i = 0; i < c->quantities->count; i++)
        if (zp_sentence_is_amount(c, i) && c->quantities->all[i].unit.kind == ZP_UNIT_COUNT)
            check_list(c, i);
    for (size_t i = 0; i < c->passages->count; i++)
        check_steps(c, i);
}

const zp_rule_group zp_tally_rules = ZP_RULE_GROUP(rules, run);
