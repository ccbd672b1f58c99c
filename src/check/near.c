/* near.c: two long figures a slip apart, whatever they are called.
 *
 * Two figures of six digits and more that are the same but for two digits changed round, or one
 * lost, are so rare by chance that one is taken for the other misprinted, unless something in the
 * report bears each of them out. Figures are looked up by what a slip would have made of them, so
 * the work is linear.
 */
#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"

#include <stdlib.h>

enum {
    DIGITS_LEAST = 6,  /* of both */
    UNDONE_MAX = 3000, /* figures of one report whose slips are undone */
};

static const zp_rule rules[] = {
    {"figure-near", ZP_WARNING, false, "两个数像是同一个数写错了一个",
     "两个六位以上的数，只是有两个数字颠倒、少一个数字或小数点错位，又没有别的数能印证它；多半是同"
     "一个数抄错了一处。",
     "财预〔2020〕10号：数据真实", "拨付工程款18642.35万元……工程款共16842.35万元。",
     "拨付工程款18642.35万元……工程款共18642.35万元。"},
};

typedef struct {
    zp_checker *checker;
    const zp_quantity **all; /* by value */
    size_t count;
} book;

typedef struct {
    const book *book;
    const zp_quantity *figure, *found;
    zp_misprint kind;
} search;

static int by_value(const void *a, const void *b)
{
    const zp_quantity *const *one = a, *const *other = b;
    int order = zp_number_compare((*one)->value, (*other)->value);
    return order ? order : (*one > *other) - (*one < *other);
}

static const zp_quantity *find(const book *b, const zp_number *value, const zp_quantity *like)
{
    size_t low = 0, high = b->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zp_number_compare(b->all[middle]->value, value) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < b->count && zp_number_compare(b->all[low]->value, value) == 0; low++)
        if (b->all[low] != like && zp_sentence_alike(b->all[low], like))
            return b->all[low];
    return NULL;
}

static bool try_digits(void *user, zp_str digits, zp_misprint kind)
{
    search *s = user;
    zp_arena *arena = s->book->checker->arena;
    const zp_number *value =
        zp_number_scale(arena, zp_number_read(arena, digits), s->figure->unit.power);
    const zp_quantity *found = value ? find(s->book, value, s->figure) : NULL;
    if (found == NULL || found->significant < DIGITS_LEAST)
        return false;
    s->found = found;
    s->kind = kind;
    return true;
}

static void check(const book *b, const zp_quantity *q)
{
    static const unsigned kinds = 1U << ZP_MISPRINT_SWAPPED | 1U << ZP_MISPRINT_LOST |
                                  1U << ZP_MISPRINT_EXTRA | 1U << ZP_MISPRINT_POINT |
                                  1U << ZP_MISPRINT_UNIT;
    zp_checker *c = b->checker;
    search s = {b, q, NULL, ZP_MISPRINT_NONE};
    if (find(b, q->value, q) != NULL || !zp_misprint_undo(q->digits, kinds, try_digits, &s))
        return;
    const zp_where also = zp_judge_where(s.found);
    const zp_finding finding = {
        .found = zp_quantity_text(c->arena, c->passages, q), .also = &also, .also_count = 1};
    c->blamed[zp_judge_index(c, q)] = c->blamed[zp_judge_index(c, s.found)] = true;
    zp_checker_find(c, &rules[0], zp_judge_where(q), &finding,
                    "“%.*s”与%.*s的“%.*s”像是同一个数：%.*s", ZP_ARG(zp_judge_quote(c, q)),
                    ZP_ARG(zp_checker_place(c, s.found->passage)),
                    ZP_ARG(zp_judge_quote(c, s.found)), ZP_ARG(zp_misprint_words(s.kind)));
}

static void run(zp_checker *c)
{
    book b = {.checker = c};
    b.all = zp_new_array(c->arena, const zp_quantity *, c->quantities->count);
    for (size_t i = 0; i < c->quantities->count; i++)
        if (zp_sentence_is_amount(c, i) && c->quantities->all[i].unit.kind == ZP_UNIT_MONEY)
            b.all[b.count++] = &c->quantities->all[i];
    if (b.count > 0)
        qsort(b.all, b.count, sizeof *b.all, by_value);
    for (size_t i = 0, undone = 0; i < b.count && undone < UNDONE_MAX; i++) {
        size_t index = zp_judge_index(c, b.all[i]);
        if (b.all[i]->significant < DIGITS_LEAST || b.all[i]->printed || c->sound[index] ||
            c->blamed[index])
            continue;
        undone++;
        check(&b, b.all[i]);
    }
}

const zp_rule_group zp_near_rules = ZP_RULE_GROUP(rules, run);
