/* sentence.c: quantities are in the order of the text, so a sentence is a stretch of them. */
#include "check/sentence.h"

#include "check/rounding.h"

bool zp_sentence_next(const zp_checker *c, size_t *at, zp_sentence *sentence)
{
    const zp_quantity *all = c->quantities->all;
    if (*at >= c->quantities->count)
        return false;
    sentence->first = *at;
    while (*at < c->quantities->count && all[*at].passage == all[sentence->first].passage &&
           all[*at].sentence == all[sentence->first].sentence)
        ++*at;
    sentence->end = *at;
    return true;
}

bool zp_sentence_is_amount(const zp_checker *c, size_t index)
{
    const zp_quantity *q = &c->quantities->all[index];
    return q->kind == ZP_QUANTITY_FIGURE && q->value != NULL && !q->rough && !q->points;
}

bool zp_sentence_alike(const zp_quantity *a, const zp_quantity *b)
{
    static const char *const heads[] = {"人", "名", "位"};
    bool head_a = false, head_b = false;
    if (a->unit.kind != b->unit.kind)
        return false;
    if (a->unit.kind != ZP_UNIT_COUNT || zp_str_eq(a->unit.basic, b->unit.basic))
        return true;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        head_a |= zp_str_eq(a->unit.basic, zp_str_from(heads[i]));
        head_b |= zp_str_eq(b->unit.basic, zp_str_from(heads[i]));
    }
    return head_a && head_b;
}

static size_t back_to(const zp_sentence *sentence, size_t index)
{
    return index - sentence->first > ZP_SENTENCE_BACK ? index - ZP_SENTENCE_BACK : sentence->first;
}

const zp_quantity *zp_sentence_find(const zp_checker *c, const zp_sentence *sentence, size_t index,
                                    const zp_term *term)
{
    const zp_name *name = &c->names[index];
    for (size_t i = index, end = back_to(sentence, index); i-- > end;)
        if (zp_sentence_is_amount(c, i) && c->names[i].term == term &&
            c->names[i].year == name->year && zp_str_eq(c->names[i].owner, name->owner))
            return &c->quantities->all[i];
    return NULL;
}

const zp_quantity *zp_sentence_find_group(const zp_checker *c, const zp_sentence *sentence,
                                          size_t index, const zp_term *term)
{
    for (size_t i = index, end = back_to(sentence, index); i-- > end;)
        if (zp_sentence_is_amount(c, i) && c->names[i].term == term &&
            c->names[i].year == c->names[index].year)
            return &c->quantities->all[i];
    return NULL;
}

/* The one value of those that have the fund; `fund` NULL: of all. *any tells whether there were
 * some. */
static const zp_quantity *only(const zp_checker *c, const size_t *found, size_t count,
                               const unsigned *fund, bool *any)
{
    const zp_quantity *first = NULL;
    for (size_t i = 0; i < count; i++) {
        const zp_quantity *q = &c->quantities->all[found[i]];
        if (fund != NULL && c->names[found[i]].fund != *fund)
            continue;
        *any = true;
        if (first != NULL && !zp_rounding_same(c->arena, first, q))
            return NULL;
        first = first ? first : q;
    }
    return first;
}

const zp_quantity *zp_report_find(const zp_checker *c, const zp_term *term, const zp_name *like,
                                  zp_str owner)
{
    size_t count;
    bool any = false;
    const size_t *found = zp_ledger_find(c->ledger, term, like->year, owner, &count);
    if (count > ZP_REPORT_NAMESAKES)
        return NULL;
    const zp_quantity *one = only(c, found, count, &like->fund, &any);
    return any ? one : only(c, found, count, NULL, &any);
}

bool zp_sentence_says(const zp_checker *c, size_t index, zp_str word)
{
    zp_str words = c->names[index].words;
    return zp_str_find(words, word, 0) < words.n;
}

bool zp_sentence_deals(const zp_checker *c, const zp_sentence *sentence)
{
    for (size_t i = sentence->first; i < sentence->end; i++)
        if (zp_sentence_says(c, i, ZP_STR("分别")))
            return true;
    return false;
}
