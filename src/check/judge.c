/* judge.c: verdicts into findings. */
#include "check/judge.h"

#include "base/utf8.h"

enum {
    HUNCH_DIGITS = 3,   /* a figure of fewer is changed into another by too many slips */
    REPAIRS_MAX = 2000, /* equations of one report for which slips are looked for */
    QUOTE_WORDS = 36,   /* bytes of the words before a figure */
};

static const unsigned all_slips = 1U << ZP_MISPRINT_SWAPPED | 1U << ZP_MISPRINT_LOST |
                                  1U << ZP_MISPRINT_EXTRA | 1U << ZP_MISPRINT_POINT |
                                  1U << ZP_MISPRINT_UNIT;
static const unsigned sure_slips =
    1U << ZP_MISPRINT_SWAPPED | 1U << ZP_MISPRINT_POINT | 1U << ZP_MISPRINT_UNIT;

size_t zp_judge_index(const zp_checker *c, const zp_quantity *q)
{
    return (size_t)(q - c->quantities->all);
}

zp_where zp_judge_where(const zp_quantity *q)
{
    return (zp_where){q->passage, q->start, q->end};
}

zp_str zp_judge_quote(const zp_checker *c, const zp_quantity *q)
{
    zp_str words = c->names[zp_judge_index(c, q)].words;
    size_t start = words.n > QUOTE_WORDS ? words.n - QUOTE_WORDS : 0;
    while (start < words.n && ((unsigned char)words.p[start] & 0xC0U) == 0x80U)
        start++;
    zp_str text = zp_quantity_text(c->arena, c->passages, q);
    return zp_str_format(c->arena, "%.*s%.*s", ZP_ARG(zp_str_slice(words, start, words.n)),
                         ZP_ARG(text));
}

/* --- In words --------------------------------------------------------------------------------- */

static zp_str text_of(const zp_checker *c, const zp_quantity *q)
{
    return zp_quantity_text(c->arena, c->passages, q);
}

/* The right side of an equation: 3062.66万元÷3074.03万元. */
static zp_str formula(const zp_checker *c, const zp_equation *e)
{
    zp_str a = text_of(c, e->operands[0]), b = e->count > 1 ? text_of(c, e->operands[1]) : a;
    zp_buf sum = {.arena = c->arena};
    switch (e->kind) {
    case ZP_EQUATION_SUM:
        for (size_t i = 0; i < e->count; i++)
            zp_buf_format(&sum, "%s%.*s",
                          i == 0                    ? ""
                          : i < e->count - e->minus ? "＋"
                                                    : "－",
                          ZP_ARG(text_of(c, e->operands[i])));
        return zp_buf_str(&sum);
    case ZP_EQUATION_RATIO:
        return zp_str_format(c->arena, "%.*s÷%.*s", ZP_ARG(a), ZP_ARG(b));
    case ZP_EQUATION_GROWTH:
        return zp_str_format(c->arena, "（%.*s－%.*s）÷%.*s", ZP_ARG(a), ZP_ARG(b), ZP_ARG(b));
    case ZP_EQUATION_RISE:
        return zp_str_format(c->arena, "%.*s÷（%.*s－%.*s）", ZP_ARG(b), ZP_ARG(a), ZP_ARG(b));
    case ZP_EQUATION_FALL:
        return zp_str_format(c->arena, "%.*s÷（%.*s＋%.*s）", ZP_ARG(b), ZP_ARG(a), ZP_ARG(b));
    }
    return ZP_STR("");
}

/* 若“…3026.66万元”应为3062.66万元（…），就相符. */
static zp_str hint_of(const zp_checker *c, const zp_repair *repair)
{
    return zp_str_format(c->arena, "“%.*s”若应为%.*s（%.*s），就相符",
                         ZP_ARG(zp_judge_quote(c, repair->figure)), ZP_ARG(repair->right),
                         ZP_ARG(zp_misprint_words(repair->kind)));
}

/* --- Findings --------------------------------------------------------------------------------- */

/* The other figures of the equation, where they stand elsewhere. */
static size_t others_of(const zp_equation *e, const zp_quantity *blamed, zp_where *others)
{
    size_t count = 0;
    for (size_t i = 0; i <= e->count; i++) {
        const zp_quantity *q = zp_equation_figure(e, i);
        if (q != blamed)
            others[count++] = zp_judge_where(q);
    }
    return count;
}

static void find(zp_checker *c, const zp_rule *rule, const zp_equation *e,
                 const zp_quantity *blamed, const zp_repair *repair, zp_str message)
{
    zp_where others[ZP_EQUATION_OPERANDS + 1];
    size_t index = zp_judge_index(c, blamed);
    if (c->blamed[index])
        return;
    c->blamed[index] = true;
    zp_finding finding = {.found = text_of(c, blamed), .also = others};
    finding.also_count = others_of(e, blamed, others);
    if (repair != NULL) {
        finding.hint = hint_of(c, repair);
        if (repair->figure == blamed)
            finding.expected = repair->right;
    } else if (blamed == e->result) {
        finding.expected = zp_equation_result(c->arena, e);
    }
    zp_checker_find(c, rule, zp_judge_where(blamed), &finding, "%.*s", ZP_ARG(message));
}

static void mark_sound(zp_checker *c, const zp_equation *e)
{
    c->sound[zp_judge_index(c, e->result)] = true;
    for (size_t i = 0; i < e->count; i++)
        c->sound[zp_judge_index(c, e->operands[i])] = true;
}

static zp_str say(const zp_checker *c, const zp_equation *e, zp_verdict verdict,
                  const zp_quantity *instead, zp_str claim)
{
    zp_str right = zp_equation_result(c->arena, e);
    zp_buf out = {.arena = c->arena};
    zp_buf_format(&out, "“%.*s”与前后的数不符：%.*s%s%.*s应为%.*s",
                  ZP_ARG(zp_judge_quote(c, e->result)), ZP_ARG(claim), claim.n ? "＝" : "",
                  ZP_ARG(formula(c, e)), ZP_ARG(right));
    if (verdict == ZP_EQUATION_CUT)
        zp_buf_lit(&out, "，末位没有四舍五入");
    if (instead != NULL)
        zp_buf_format(&out, "；现在的数是按“%.*s”算的", ZP_ARG(zp_judge_quote(c, instead)));
    return zp_buf_str(&out);
}

/* 元 for 万元 is the common slip, not the other way. */
static bool is_better(const zp_repair *one, const zp_repair *other)
{
    if (one->kind != other->kind)
        return one->kind < other->kind;
    return one->kind == ZP_MISPRINT_UNIT && one->figure->unit.power < other->figure->unit.power;
}

/* What slips would explain a failure: some (`any`), and `one` that is better than all others. */
typedef struct {
    bool any, one;
    zp_repair best;
} explanation;

static void consider(explanation *x, const zp_repair *repair)
{
    bool better = !x->any || is_better(repair, &x->best);
    x->one = better || (x->one && is_better(&x->best, repair));
    x->any = true;
    if (better)
        x->best = *repair;
}

/* Whether a figure, with a lost digit put back, has enough of them. */
static bool has_digits(const zp_quantity *q, bool lost)
{
    return q->significant + lost >= HUNCH_DIGITS;
}

static explanation explain(zp_checker *c, const zp_equation *e, unsigned kinds)
{
    explanation x = {.any = false};
    if (c->repairs++ >= REPAIRS_MAX)
        return x;
    for (size_t i = 0; i <= e->count; i++) {
        const zp_quantity *q = zp_equation_figure(e, i);
        zp_repair repair;
        if (!c->sound[zp_judge_index(c, q)] && has_digits(q, true) &&
            zp_equation_repair(c->arena, e, i, kinds, &repair) &&
            has_digits(q, repair.kind == ZP_MISPRINT_LOST))
            consider(&x, &repair);
    }
    return x;
}

/* Whether the failure is to be told: the words claim the equation, or the slip is no chance. */
static bool is_telling(const zp_equation *e, zp_verdict verdict, zp_strength strength,
                       const zp_repair *repair, bool any)
{
    if (strength == ZP_CLAIMED)
        return true;
    if (verdict == ZP_EQUATION_CUT)
        return e->result->significant >= HUNCH_DIGITS;
    return repair != NULL || (strength == ZP_LIKELY && any);
}

bool zp_judge(zp_checker *c, const zp_rule *rule, const zp_equation *e, zp_strength strength,
              const zp_quantity *instead, zp_str claim)
{
    explanation why = {.any = false};
    zp_verdict verdict = zp_equation_try(c->arena, e);
    if (verdict == ZP_EQUATION_HOLDS)
        mark_sound(c, e);
    if (verdict == ZP_EQUATION_HOLDS || verdict == ZP_EQUATION_UNKNOWN)
        return verdict == ZP_EQUATION_HOLDS;
    if (strength != ZP_CLAIMED && e->kind != ZP_EQUATION_SUM &&
        c->sound[zp_judge_index(c, e->result)])
        return false; /* something else gives the rate */
    if (verdict == ZP_EQUATION_FAILS && instead == NULL)
        why = explain(c, e, strength == ZP_HUNCH ? sure_slips : all_slips);
    const zp_repair *repair = why.one ? &why.best : NULL;
    if (is_telling(e, verdict, strength, repair, why.any))
        find(c, rule, e, repair ? repair->figure : e->result, repair,
             say(c, e, verdict, instead, claim));
    return false;
}
