/* part.c: parts against their whole, and figures side by side that add up.
 *
 * 其中 promises parts: each is at most the whole. That they are all parts is promised by their
 * names (人员经费 and 公用经费 are 基本支出: lexicon.h) or by shares that come to 100 %; then they
 * are the whole together. Without a promise a sum is only a hunch (judge.h).
 */
#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"

enum {
    TRIPLES = 5, /* figures of a sentence that are tried as a + b = c */
};

enum { PART, SUM, TRIPLE };

static const zp_rule rules[] = {
    [PART] = {"figure-part", ZP_ERROR, false, "部分比整体还大",
              "“其中”后面的数是前面那个数的一部分，不会比它大。", "财预〔2020〕10号：数据真实",
              "全年支出300万元，其中项目支出380万元。", "全年支出380万元，其中项目支出300万元。"},
    [SUM] = {"figure-sum", ZP_ERROR, false, "各部分之和与合计不符",
             "写全了的各部分（基本支出和项目支出、人员经费和公用经费、占比合起来是 100% "
             "的各项）相加等于合计；"
             "每项差半个末位以内是尾差，不算。",
             "财预〔2020〕10号：数据真实",
             "基本支出300万元，其中人员经费200万元，公用经费120万元。",
             "基本支出300万元，其中人员经费200万元，公用经费100万元。"},
    [TRIPLE] = {"figure-addend", ZP_ERROR, false, "几个数差一点就加得起来",
                "同一句里的几个数，只差一处笔误（两个数字颠倒、小数点错位）就正好相加相等。",
                "财预〔2020〕10号：数据真实",
                "年初预算5863.20万元，全年追加1274.56万元，调整后预算7110.76万元。",
                "年初预算5863.20万元，全年追加1247.56万元，调整后预算7110.76万元。"},
};

static const zp_quantity *at(const zp_checker *c, size_t index)
{
    return &c->quantities->all[index];
}

static bool is_amount(const zp_checker *c, size_t index)
{
    return zp_sentence_is_amount(c, index) && at(c, index)->unit.kind != ZP_UNIT_RATE &&
           at(c, index)->unit.kind != ZP_UNIT_NONE;
}

/* --- 其中 ------------------------------------------------------------------------------------- */

typedef struct {
    zp_equation sum; /* result: the whole */
    size_t from;     /* the first figure behind 其中 */
    const zp_number *shares;
    size_t share_count;
} breakdown;

static bool is_addend(const zp_term *whole, const zp_term *term)
{
    for (size_t i = 0; whole != NULL && i < whole->sum_count; i++)
        if (whole->sum[i] == term)
            return true;
    return false;
}

/* What stands in front of 其中 and is no difference and no other year's: the figure whose parts by
 * name these are, else the last. False when there is none. */
static bool find_whole(const zp_checker *c, const zp_sentence *s, breakdown *b)
{
    const zp_quantity *last = NULL, *named = NULL;
    size_t i = s->first;
    for (; i < s->end && !c->names[i].parts; i++) {
        const zp_name *name = &c->names[i];
        if (is_amount(c, i) && !(name->term && name->term->change) && name->year == c->year)
            last = at(c, i);
    }
    b->from = i;
    for (size_t k = s->first; i < s->end && k < i; k++)
        if (is_amount(c, k) && is_addend(c->names[k].term, c->names[i].term))
            named = at(c, k);
    b->sum = (zp_equation){.kind = ZP_EQUATION_SUM, .result = named ? named : last};
    return i < s->end && b->sum.result != NULL;
}

static void add_share(const zp_checker *c, breakdown *b, const zp_quantity *q)
{
    b->shares = b->shares ? zp_number_add(c->arena, b->shares, q->value) : q->value;
    b->share_count++;
}

/* The parts, up to a further 其中. */
static void gather(const zp_checker *c, const zp_sentence *s, breakdown *b)
{
    for (size_t i = b->from; i < s->end && b->sum.count < ZP_EQUATION_OPERANDS; i++) {
        const zp_quantity *q = at(c, i);
        const zp_name *name = &c->names[i];
        if (i > b->from && zp_sentence_says(c, i, ZP_STR("其中")))
            break;
        if (!zp_sentence_is_amount(c, i) || (name->term && name->term->change) ||
            name->year != c->year)
            continue;
        if (q->unit.kind == ZP_UNIT_RATE)
            add_share(c, b, q);
        else if (zp_sentence_alike(q, b->sum.result))
            b->sum.operands[b->sum.count++] = q;
    }
}

/* Whether the sentence says of what is not listed that there is none. */
static bool says_none(const zp_checker *c, const zp_sentence *s)
{
    static const char *const words[] = {"无", "没有", "未发生", "未安排", "不涉及"};
    const zp_quantity *last = at(c, s->end - 1);
    zp_str text = c->passages->all[last->passage].text;
    zp_str rest = zp_str_slice(text, last->sentence, text.n);
    rest = zp_str_slice(rest, 0, zp_str_find(rest, ZP_STR("。"), last->end - last->sentence));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (zp_str_find(rest, zp_str_from(words[i]), 0) < rest.n)
            return true;
    return false;
}

/* Whether the words promise that these are all parts. */
static bool is_complete(const zp_checker *c, const zp_sentence *s, const breakdown *b)
{
    const zp_term *whole = c->names[zp_judge_index(c, b->sum.result)].term;
    size_t known = 0;
    for (size_t i = 0; i < b->sum.count; i++)
        known += is_addend(whole, c->names[zp_judge_index(c, b->sum.operands[i])].term);
    if (known == b->sum.count && whole != NULL &&
        (known == whole->sum_count || (known > 0 && says_none(c, s))))
        return true;
    const zp_number *all = zp_number_int(c->arena, 1);
    const zp_number *off = b->shares ? zp_number_sub(c->arena, b->shares, all) : NULL;
    const zp_number *slack = zp_number_scale(c->arena, zp_number_int(c->arena, 2), -4);
    return b->share_count == b->sum.count && b->sum.count > 1 && off != NULL &&
           zp_number_compare(off, slack) <= 0 &&
           zp_number_compare(zp_number_add(c->arena, off, slack), zp_number_int(c->arena, 0)) >= 0;
}

static void check_size(zp_checker *c, const breakdown *b)
{
    const zp_quantity *whole = b->sum.result;
    for (size_t i = 0; i < b->sum.count; i++) {
        const zp_quantity *part = b->sum.operands[i];
        size_t index = zp_judge_index(c, part);
        if (c->blamed[index] || zp_number_compare(part->value, whole->value) <= 0)
            continue;
        const zp_where also = zp_judge_where(whole);
        const zp_finding finding = {
            .found = zp_quantity_text(c->arena, c->passages, part), .also = &also, .also_count = 1};
        c->blamed[index] = true;
        zp_checker_find(c, &rules[PART], zp_judge_where(part), &finding,
                        "“%.*s”是“%.*s”的一部分，却比它大", ZP_ARG(zp_judge_quote(c, part)),
                        ZP_ARG(zp_judge_quote(c, whole)));
    }
}

static void check_parts(zp_checker *c, const zp_sentence *s)
{
    breakdown b = {.from = s->end};
    if (!find_whole(c, s, &b))
        return;
    gather(c, s, &b);
    if (b.sum.count > 1 && is_complete(c, s, &b))
        zp_judge_claim(c, &rules[SUM], &b.sum, NULL, ZP_STR("各部分之和"));
    else if (b.sum.count > 1)
        zp_judge_hunch(c, &rules[SUM], &b.sum);
    check_size(c, &b);
}

/* --- Side by side ----------------------------------------------------------------------------- */

/* The sum of two of three figures is the third. */
static bool try_triple(zp_checker *c, const zp_quantity *a, const zp_quantity *b,
                       const zp_quantity *sum, bool test)
{
    const zp_equation e = {ZP_EQUATION_SUM, sum, {a, b}, 2};
    if (!test)
        return zp_equation_try(c->arena, &e) == ZP_EQUATION_HOLDS &&
               zp_judge_hunch(c, &rules[TRIPLE], &e);
    zp_judge_hunch(c, &rules[TRIPLE], &e);
    return false;
}

/* In text, a sum stands before or behind its addends, and only then between them: the largest of
 * the three is tried. */
static bool try_largest(zp_checker *c, const zp_quantity *a, const zp_quantity *b,
                        const zp_quantity *d, bool test)
{
    if (zp_number_compare(a->value, b->value) >= 0 && zp_number_compare(a->value, d->value) >= 0)
        return try_triple(c, b, d, a, test);
    if (zp_number_compare(b->value, d->value) >= 0)
        return try_triple(c, a, d, b, test);
    return try_triple(c, a, b, d, test);
}

static void check_triples(zp_checker *c, const zp_sentence *s)
{
    const zp_quantity *found[TRIPLES];
    size_t count = 0;
    for (size_t i = s->first; i < s->end && count < TRIPLES; i++)
        if (is_amount(c, i) && at(c, i)->unit.kind == ZP_UNIT_MONEY)
            found[count++] = at(c, i);
    for (int test = 0; test < 2; test++)
        for (size_t i = 0; i + 2 < count; i++)
            for (size_t k = i + 1; k + 1 < count; k++)
                for (size_t m = k + 1; m < count; m++)
                    if (!test || (k == i + 1 && m == k + 1))
                        try_largest(c, found[i], found[k], found[m], test);
}

static void run(zp_checker *c)
{
    zp_sentence s;
    for (size_t position = 0; zp_sentence_next(c, &position, &s);)
        check_parts(c, &s);
    for (size_t position = 0; zp_sentence_next(c, &position, &s);)
        check_triples(c, &s);
}

const zp_rule_group zp_part_rules = ZP_RULE_GROUP(rules, run);
