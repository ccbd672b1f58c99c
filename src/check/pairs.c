/* pairs.c: brackets and quotation marks open and close within a paragraph.
 *
 * One pass with a short stack; paragraphs that pages tore apart are read as one. A quotation of
 * several paragraphs opens in one and closes in another: such a pair of leftovers is dropped.
 */
#include "check/form.h"
#include "check/scan.h"

enum { UNPAIRED, MIXED, NESTED };

static const zp_rule rules[] = {
    [UNPAIRED] = {"unpaired-mark", ZP_ERROR, false, "括号、引号不成对",
                  "括号、引号、书名号要成对，在一段里有开有合。", "GB/T 15834—2011 4.8、4.9、4.14",
                  "按照《预算法的规定执行。\n", "按照《预算法》的规定执行。\n"},
    [MIXED] = {"mixed-bracket", ZP_ERROR, true, "一对括号一半全角、一半半角",
               "一对括号的两半要一样，中文用全角。", "GB/T 15834—2011 4.9",
               "共3个项目（含结转项目)。\n", "共3个项目（含结转项目）。\n"},
    [NESTED] = {"nested-bracket", ZP_HINT, true, "同一种括号套用",
                "括号里再用括号，换另一种；书名号里面用单书名号，引号里面用单引号。",
                "GB/T 15834—2011 4.8.3、4.9.3、4.15.3", "见《关于印发《办法》的通知》。\n",
                "见《关于印发〈办法〉的通知》。\n"},
};

enum {
    ROUND,
    TITLE,
    QUOTE,
    TURTLE,
    LENS,
    KINDS,
    SAID_MAX = 3,   /* findings in a paragraph; what follows is of the same making */
    DEPTH_MAX = 32, /* of brackets in brackets; deeper is no prose, and not looked at */
};

/* What opens and what closes, by kind; of round ones there are two widths. */
static const struct {
    uint32_t open, close;
    const char *name, *halves[2];
} marks[KINDS] = {
    [ROUND] = {0xFF08, 0xFF09, "括号", {"（", "）"}},
    [TITLE] = {0x300A, 0x300B, "书名号", {"《", "》"}},
    [QUOTE] = {0x201C, 0x201D, "引号", {"“", "”"}},
    [TURTLE] = {0x3014, 0x3015, "六角括号", {"〔", "〕"}},
    [LENS] = {0x3010, 0x3011, "方头括号", {"【", "】"}},
};

typedef struct {
    int kind;
    bool half;
    zp_where where;
} opened;

typedef struct {
    zp_checker *c;
    opened stack[DEPTH_MAX];
    size_t depth;
    size_t said; /* findings in this paragraph */
    bool lost;   /* deeper than the stack: nothing more is said of this paragraph */
    struct {
        bool waits;
        zp_where where;
        size_t section;
    } left[KINDS]; /* opened in an earlier paragraph of the section and not closed there */
} pairing;

static int kind_of(uint32_t code, bool *opens)
{
    *opens = code == '(';
    if (code == '(' || code == ')')
        return ROUND;
    for (int i = 0; i < KINDS; i++)
        if (code == marks[i].open || code == marks[i].close) {
            *opens = code == marks[i].open;
            return i;
        }
    return KINDS;
}

static zp_str text_of(const pairing *p, zp_where where)
{
    return p->c->passages->all[where.passage].text;
}

static zp_str sign_of(const pairing *p, zp_where where)
{
    return zp_str_slice(text_of(p, where), where.start, where.end);
}

/* An unpaired mark: `half` is 0 when it opens, 1 when it closes. */
static void say(pairing *p, int kind, zp_where where, int half)
{
    if (p->said == SAID_MAX || !zp_where_is_typed(p->c, where))
        return;
    p->said++;
    zp_checker_find(p->c, &rules[UNPAIRED], where, NULL, "%s不成对：这一段里有%s，没有与它成对的%s",
                    marks[kind].name, marks[kind].halves[half], marks[kind].halves[!half]);
}

/* A leftover of its kind, for a paragraph further on. */
static void leave(pairing *p, const opened *mark)
{
    if (p->left[mark->kind].waits)
        say(p, mark->kind, p->left[mark->kind].where, 0);
    p->left[mark->kind].waits = true;
    p->left[mark->kind].where = mark->where;
    p->left[mark->kind].section = p->c->passages->all[mark->where.passage].section;
}

static void flush(pairing *p)
{
    for (int i = 0; i < KINDS; i++)
        if (p->left[i].waits) {
            p->left[i].waits = false;
            say(p, i, p->left[i].where, 0);
        }
}

static void open_mark(pairing *p, int kind, bool half, zp_where where)
{
    if (p->depth == DEPTH_MAX) {
        p->lost = true;
        return;
    }
    bool nested = p->depth > 0 && p->stack[p->depth - 1].kind == kind;
    if (nested && zp_where_is_typed(p->c, where))
        zp_checker_find(p->c, &rules[NESTED], where, NULL, "“%.*s”里面又用了“%.*s”",
                        ZP_ARG(sign_of(p, p->stack[p->depth - 1].where)),
                        ZP_ARG(sign_of(p, where)));
    p->stack[p->depth++] = (opened){kind, half, where};
}

/* 1） and a) begin an item: their bracket closes nothing. So does 一）. */
static bool is_item(zp_str text, size_t bracket)
{
    size_t at = bracket;
    while (at > 0) {
        uint32_t code = zp_utf8_before(text, at);
        if (!zp_code_is_digit(code) && !zp_code_is_letter(code) && !zp_code_is_numeral(code) &&
            !(code >= 0x2460 && code <= 0x2473))
            break;
        at -= code < 0x80 ? 1 : 3;
        if (bracket - at > ZP_STR("二十一").n)
            return false;
    }
    uint32_t before = zp_code_before(text, at);
    return at < bracket && (before == 0 || zp_code_is_space(before) ||
                            zp_code_in(before, ZP_STR("。；：，、！？;:,.“”）")));
}

static void close_without(pairing *p, int kind, zp_where where)
{
    size_t section = p->c->passages->all[where.passage].section;
    if (kind == ROUND && is_item(text_of(p, where), where.start))
        return;
    if (p->left[kind].waits && p->left[kind].section == section)
        p->left[kind].waits = false;
    else
        say(p, kind, where, 1);
}

static void close_mark(pairing *p, int kind, bool half, zp_where where)
{
    size_t at = p->depth;
    while (at > 0 && p->stack[at - 1].kind != kind)
        at--;
    if (at == 0) {
        close_without(p, kind, where);
        return;
    }
    while (p->depth > at) {
        const opened *lost = &p->stack[--p->depth];
        say(p, lost->kind, lost->where, 0);
    }
    const opened *mark = &p->stack[--p->depth];
    zp_finding finding = {.also = &mark->where, .also_count = 1};
    int level; /* of a heading's number, which is numbering's to blame */
    if (mark->where.start == 0 && zp_passage_number(text_of(p, where), &level) == where.end)
        return;
    if (mark->half != half && zp_where_is_typed(p->c, where))
        zp_checker_find(p->c, &rules[MIXED], where, &finding,
                        "一对括号一半全角、一半半角：%.*s与%.*s", ZP_ARG(sign_of(p, mark->where)),
                        ZP_ARG(sign_of(p, where)));
}

static void check_passage(pairing *p, size_t index)
{
    zp_scan scan = {.text = p->c->passages->all[index].text};
    while (!p->lost && zp_scan_next(&scan)) {
        bool opens;
        int kind = zp_code_is_han(scan.code) ? KINDS : kind_of(scan.code, &opens);
        zp_where where = {index, scan.start, scan.end};
        bool half = scan.code < 0x80;
        if (kind == KINDS)
            continue;
        if (opens)
            open_mark(p, kind, half, where);
        else
            close_mark(p, kind, half, where);
    }
}

static void end_paragraph(pairing *p)
{
    for (size_t i = 0; !p->lost && i < p->depth; i++)
        leave(p, &p->stack[i]);
    p->depth = p->said = 0;
    p->lost = false;
}

static void run(zp_checker *c)
{
    pairing p = {.c = c};
    for (size_t i = 0; i < c->passages->count; i++) {
        const zp_passage *passage = &c->passages->all[i];
        if (passage->node == NULL || !zp_passage_is_prose(passage))
            flush(&p);
        check_passage(&p, i);
        bool goes_on = passage->torn || passage->run_on;
        if (!goes_on)
            end_paragraph(&p);
        if (!goes_on && !zp_passage_is(passage, ZP_NODE_PARAGRAPH))
            flush(&p);
    }
    flush(&p);
}

const zp_rule_group zp_pair_rules = ZP_RULE_GROUP(rules, run);
