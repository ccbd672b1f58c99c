/* contradiction.c: one figure, named twice in a report, is one figure.
 *
 * Figures of one name (ledger.h) are compared with each other. Where they differ, what speaks for
 * each is weighed: that it was printed from data, that it stands there more often, that a rate of
 * the report agrees with it.
 */
#include "check/groups.h"

#include <stdlib.h>
#include "check/judge.h"
#include "check/misprint.h"
#include "check/sentence.h"

enum {
    VALUES_MAX = 8,   /* different values under one name; more are no slip */
    WORDS_LEAST = 12, /* bytes of words that are no accident */
    NEAR_DIGITS = 4,  /* a figure of fewer is near to too many others */
};

enum { REPEAT, UNCLEAR };

static const zp_rule rules[] = {
    [REPEAT] =
        {"figure-repeat", ZP_ERROR, false, "同一个数前后不一致",
         "报告里同一个数（名称、年度、资金、所属都相同）写了两次以上，应当完全一样；"
         "只因保留的位数不同而不同的，不算。",
         "财政部《项目支出绩效评价管理办法》（财预〔2020〕10号）：自评结果应当数据真实、结果客观",
         "实际支出数3062.66万元……部门整体支出3026.66万元。",
         "实际支出数3062.66万元……部门整体支出3062.66万元。"},
    [UNCLEAR] =
        {"figure-unclear", ZP_HINT, false, "名称相同的数不一样",
         "名称相同、却看不出是不是同一件事的两个数不一样，请看一看；确是两件事的，写明各是谁的。",
         "财预〔2020〕10号：数据真实", "全年支出50万元……支出30万元。",
         "A项目全年支出50万元……B项目支出30万元。"},
};

/* One of the values that a name has. */
typedef struct {
    size_t first; /* the first quantity with it */
    size_t count;
    int support;
    zp_str evidence; /* 预算执行率99.63%与它相符 */
} value;

static const zp_quantity *at(const zp_checker *c, size_t index)
{
    return &c->quantities->all[index];
}

static size_t collect(const zp_checker *c, const size_t *indexes, size_t count, value *values)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < n && !zp_rounding_same(c->arena, at(c, values[k].first), at(c, indexes[i])))
            k++;
        if (k == n && n == VALUES_MAX)
            return 0;
        if (k == n)
            values[n++] = (value){.first = indexes[i]};
        values[k].count++;
        values[k].support += at(c, indexes[i])->printed ? NEAR_DIGITS : 1;
    }
    return n;
}

/* --- What speaks for a value ------------------------------------------------------------------ */

/* Whether the figures of the rate `term` agree with the value as their part. */
static bool agrees(const zp_checker *c, const zp_term *term, value *v)
{
    const zp_name *name = &c->names[v->first];
    const zp_quantity *rate = zp_report_find(c, term, name, name->owner);
    for (size_t w = 0; rate != NULL && w < ZP_TERM_WHOLES && term->wholes[w] != NULL; w++) {
        const zp_quantity *whole = zp_report_find(c, term->wholes[w], name, name->owner);
        if (whole == NULL)
            continue;
        const zp_equation e = {ZP_EQUATION_RATIO, rate, {at(c, v->first), whole}, 2, 0};
        if (zp_equation_try(c->arena, &e) != ZP_EQUATION_HOLDS)
            continue;
        v->evidence =
            zp_str_format(c->arena, "%.*s与%.*s相符", ZP_ARG(zp_judge_quote(c, rate)),
                          ZP_ARG(zp_quantity_text(c->arena, c->passages, at(c, v->first))));
        return true;
    }
    return false;
}

static void weigh(const zp_checker *c, value *v)
{
    size_t count;
    const zp_term *terms = zp_lexicon_terms(c->lexicon, &count);
    for (size_t i = 0; i < count; i++)
        if (terms[i].part == c->names[v->first].term && agrees(c, &terms[i], v)) {
            v->support += NEAR_DIGITS;
            return;
        }
}

/* The value with most support; NULL where two have as much. */
static const value *strongest(const value *values, size_t n)
{
    const value *best = &values[0];
    bool tie = false;
    for (size_t i = 1; i < n; i++) {
        tie = values[i].support == best->support || (tie && values[i].support < best->support);
        if (values[i].support > best->support)
            best = &values[i];
    }
    return tie ? NULL : best;
}

/* --- Findings --------------------------------------------------------------------------------- */

/* Both in the unit of the first, to be compared digit by digit. */
static zp_misprint misprint(const zp_checker *c, const zp_quantity *wrong, const zp_quantity *right)
{
    if (wrong->significant < NEAR_DIGITS && right->significant < NEAR_DIGITS)
        return ZP_MISPRINT_NONE;
    int places = wrong->places > right->places ? wrong->places : right->places;
    places += wrong->unit.power > right->unit.power ? wrong->unit.power - right->unit.power : 0;
    if (places > ZP_NUMBER_PLACES)
        return ZP_MISPRINT_NONE;
    zp_str a = zp_number_fixed(c->arena,
                               zp_number_scale(c->arena, wrong->value, -wrong->unit.power), places);
    zp_str b = zp_number_fixed(c->arena,
                               zp_number_scale(c->arena, right->value, -wrong->unit.power), places);
    return zp_misprint_between(a, b);
}

static bool is_cell(const zp_checker *c, const zp_quantity *q)
{
    const zp_node *node = c->passages->all[q->passage].node;
    return node != NULL && node->kind == ZP_NODE_CELL;
}

/* Cells of one row under heads that nobody understood: 年初预算数 and 全年预算数, say. */
static bool in_one_row(const zp_checker *c, const zp_quantity *a, const zp_quantity *b)
{
    return is_cell(c, a) && is_cell(c, b) &&
           c->passages->all[a->passage].node->parent == c->passages->all[b->passage].node->parent;
}

static void compare(zp_checker *c, const value *wrong, const value *right, bool known)
{
    const zp_quantity *a = at(c, wrong->first), *b = at(c, right->first);
    const zp_name *one = &c->names[wrong->first], *other = &c->names[right->first];
    bool same_fund = one->fund == other->fund;
    if ((a->printed && b->printed) || (!same_fund && one->fund && other->fund))
        return;
    zp_misprint slip = misprint(c, a, b);
    if (slip == ZP_MISPRINT_NONE && is_cell(c, a) && is_cell(c, b))
        return; /* two tables may have rows of one name */
    if (!same_fund && slip == ZP_MISPRINT_NONE)
        return;
    bool sure = slip != ZP_MISPRINT_NONE ||
                (same_fund && one->clear && other->clear && one->term && !one->term->loose);
    const zp_where also = zp_judge_where(b);
    zp_str right_text = zp_quantity_text(c->arena, c->passages, b);
    zp_finding finding = {.found = zp_quantity_text(c->arena, c->passages, a),
                          .expected = known ? right_text : ZP_STR(""),
                          .hint = right->evidence,
                          .also = &also,
                          .also_count = 1};
    zp_str words = zp_misprint_words(slip);
    if (sure)
        c->blamed[wrong->first] = true;
    zp_checker_find(c, &rules[sure ? REPEAT : UNCLEAR], zp_judge_where(a), &finding,
                    "“%.*s”与%.*s的“%.*s”不一致%s%.*s", ZP_ARG(zp_judge_quote(c, a)),
                    ZP_ARG(zp_checker_place(c, b->passage)), ZP_ARG(zp_judge_quote(c, b)),
                    words.n ? "：" : "", ZP_ARG(words));
}

static void check_name(zp_checker *c, const size_t *indexes, size_t count)
{
    value values[VALUES_MAX] = {{0}};
    size_t n = collect(c, indexes, count, values);
    if (n < 2)
        return;
    for (size_t i = 0; i < n; i++)
        weigh(c, &values[i]);
    const value *right = strongest(values, n);
    bool known = right != NULL;
    right = known ? right : &values[0];
    for (size_t i = 0; i < n; i++)
        if (&values[i] != right)
            compare(c, &values[i], right, known);
}

/* --- The same words --------------------------------------------------------------------------- */

typedef struct {
    zp_str words;
    size_t index;
} phrase;

static int by_words(const void *a, const void *b)
{
    const phrase *one = a, *other = b;
    int order = zp_str_compare(one->words, other->words);
    return order ? order : (one->index > other->index) - (one->index < other->index);
}

/* Without 其中 in front, which only says where they stand. */
static zp_str bare_words(zp_str words)
{
    const zp_str among = ZP_STR("其中");
    return zp_str_starts(words, among) ? zp_str_slice(words, among.n, words.n) : words;
}

/* Figures that the lexicon has no name for, in the very same words: a slip apart, they are one. */
static void check_phrases(zp_checker *c)
{
    phrase *all = zp_new_array(c->arena, phrase, c->quantities->count);
    size_t count = 0;
    for (size_t i = 0; i < c->quantities->count; i++) {
        const zp_term *term = c->names[i].term;
        zp_str words = bare_words(c->names[i].words);
        if (zp_sentence_is_amount(c, i) && (term == NULL || term->change) &&
            words.n >= WORDS_LEAST && at(c, i)->significant >= NEAR_DIGITS)
            all[count++] = (phrase){words, i};
    }
    if (count > 0)
        qsort(all, count, sizeof *all, by_words);
    for (size_t i = 1; i < count; i++) {
        const value before = {.first = all[i - 1].index}, here = {.first = all[i].index};
        const zp_quantity *a = at(c, here.first), *b = at(c, before.first);
        if (zp_str_eq(all[i].words, all[i - 1].words) && zp_sentence_alike(a, b) &&
            a->passage != b->passage && !in_one_row(c, a, b) && !c->blamed[here.first] &&
            misprint(c, a, b) != ZP_MISPRINT_NONE)
            compare(c, &here, &before, false);
    }
}

static void run(zp_checker *c)
{
    size_t position = 0, count;
    const size_t *group;
    while ((group = zp_ledger_next(c->ledger, &position, &count)) != NULL)
        if (count > 1)
            check_name(c, group, count);
    check_phrases(c);
}

const zp_rule_group zp_contradiction_rules = ZP_RULE_GROUP(rules, run);
