/* function.c: the functions of formulas: operands in, a term out.
 *
 * Those over lists take entry after entry and stop at the first that makes the result not known.
 * What formula.h says of each is not repeated here.
 */
#include "data/function.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "data/evaluate.h"
#include "data/label.h"
#include "data/schema.h"

enum { BANDS_MAX = 100 }; /* of one scale */

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define LITERAL(text)                                                                              \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    } /* a zp_str in a table */

static zp_term operand(zp_formula_run *run, const zp_expr *call, size_t k)
{
    const zp_expr *e = call->first;
    for (; k > 0; k--)
        e = e->next;
    return zp_evaluate(run, e);
}

static zp_span first_place(zp_span a, zp_span b)
{
    return a.source != NULL ? a : b;
}

/* --- Over lists: sum, min, max --------------------------------------------------------------- */

typedef struct {
    zp_formula_run *run;
    zp_op op;      /* ADD; LT, GT: which of two stays */
    bool any;      /* `total` holds something */
    bool faulty;   /* … that makes the result not known */
    bool blank;    /* a blank entry was left out */
    zp_term total; /* so far; of blanks alone: the first */
} fold;

static void add(fold *f, zp_term term)
{
    if (f->op == ZP_OP_ADD) {
        f->total = zp_term_join(f->run, ZP_OP_ADD, f->total, term);
        return;
    }
    if (!zp_term_agree(f->run, &f->total, &term))
        return;
    int order = zp_number_compare(term.r.number, f->total.r.number);
    if (f->op == ZP_OP_LT ? order < 0 : order > 0)
        f->total = term;
}

static bool take(void *user, const zp_value *value, const zp_expr *e, zp_term term)
{
    (void)value;
    (void)e;
    fold *f = user;
    if (term.blank) {
        if (!f->any && !f->blank)
            f->total = term;
        f->blank = true;
        return true;
    }
    bool number = zp_term_is_number(f->run, &term);
    if (number && f->any)
        add(f, term);
    else
        f->total = number ? zp_term_with(f->run, term, term.r.number) : term;
    f->any = true;
    f->faulty = f->total.r.kind != ZP_RESULT_NUMBER;
    return !f->faulty;
}

static zp_term fold_all(zp_formula_run *run, const zp_expr *call, zp_op op)
{
    fold f = {.run = run, .op = op};
    const zp_taker taker = {take, &f, false};
    zp_evaluate_entries(run, call, &taker);
    if (f.any || f.blank)
        return f.total;
    if (op == ZP_OP_ADD)
        return zp_term_number(zp_number_int(run->arena, 0));
    return zp_term_unknown(call->first->text, run->formula->span);
}

static zp_term call_sum(zp_formula_run *run, const zp_expr *call)
{
    return fold_all(run, call, ZP_OP_ADD);
}

static zp_term call_min(zp_formula_run *run, const zp_expr *call)
{
    return fold_all(run, call, ZP_OP_LT);
}

static zp_term call_max(zp_formula_run *run, const zp_expr *call)
{
    return fold_all(run, call, ZP_OP_GT);
}

/* --- Over lists: count, distinct ------------------------------------------------------------- */

typedef struct {
    zp_formula_run *run;
    bool texts; /* they are wanted, and not just counted */
    size_t count, capacity;
    zp_str *found;
    zp_span place;
    zp_term missing; /* the list that is not there */
    bool is_missing;
} tally;

static bool take_text(void *user, const zp_value *value, const zp_expr *e, zp_term term)
{
    (void)e;
    tally *t = user;
    if (value == NULL) {
        t->missing = term;
        t->is_missing = true;
        return false;
    }
    if (zp_term_is_blank(t->run->arena, value))
        return true;
    t->place = first_place(t->place, value->span);
    if (t->texts) {
        zp_list_grow(t->run->arena, t->found, t->count, t->capacity);
        t->found[t->count] = zp_value_text(value);
    }
    t->count++;
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return zp_str_compare(*(const zp_str *)a, *(const zp_str *)b);
}

static zp_term tally_all(zp_formula_run *run, const zp_expr *call, bool texts)
{
    tally t = {.run = run, .texts = texts};
    const zp_taker taker = {take_text, &t, true};
    if (!zp_evaluate_entries(run, call, &taker) && t.is_missing)
        return t.missing;
    size_t count = t.count;
    if (texts && count > 0) {
        qsort(t.found, t.count, sizeof *t.found, by_bytes);
        count = 1;
        for (size_t i = 1; i < t.count; i++)
            count += zp_str_eq(t.found[i], t.found[i - 1]) ? 0 : 1;
    }
    zp_term term = zp_term_number(zp_number_int(run->arena, (int64_t)count));
    term.r.place = t.place;
    return term;
}

static zp_term call_count(zp_formula_run *run, const zp_expr *call)
{
    return tally_all(run, call, false);
}

static zp_term call_distinct(zp_formula_run *run, const zp_expr *call)
{
    return tally_all(run, call, true);
}

/* --- Over lists: rounds ---------------------------------------------------------------------- */

typedef struct {
    fold exact, shown;
    int places; /* the most that any part prints, in the unit of the first */
} rounding;

static bool take_both(void *user, const zp_value *value, const zp_expr *e, zp_term term)
{
    rounding *r = user;
    zp_term shown = term;
    if (value != NULL && term.r.kind == ZP_RESULT_NUMBER) {
        zp_formula_run printed = *r->exact.run;
        printed.printed = true;
        printed.diag = NULL;
        shown = zp_term_datum(&printed, value, e->text);
    }
    if (!take(&r->exact, value, e, term) || !take(&r->shown, value, e, shown))
        return false;
    if (shown.r.kind == ZP_RESULT_NUMBER) {
        int places = shown.places + r->exact.total.r.unit.power - shown.r.unit.power;
        r->places = places > r->places ? places : r->places;
    }
    return true;
}

static zp_term call_rounds(zp_formula_run *run, const zp_expr *call)
{
    rounding r = {.exact = {.run = run, .op = ZP_OP_ADD}, .shown = {.run = run, .op = ZP_OP_ADD}};
    const zp_taker taker = {take_both, &r, false};
    zp_evaluate_entries(run, call, &taker);
    if (!r.exact.any)
        return r.exact.blank ? r.exact.total : zp_term_truth(false);
    if (r.exact.total.r.kind != ZP_RESULT_NUMBER || r.shown.total.r.kind != ZP_RESULT_NUMBER)
        return r.exact.total;
    int power = r.exact.total.r.unit.power;
    int places = r.places < ZP_NUMBER_PLACES ? r.places : ZP_NUMBER_PLACES;
    const zp_number *sum = zp_number_scale(run->arena, r.exact.total.r.number, -power);
    const zp_number *parts = zp_number_scale(run->arena, r.shown.total.r.number, -power);
    if (sum == NULL || parts == NULL)
        return zp_term_with(run, r.exact.total, NULL);
    sum = zp_number_round(run->arena, sum, places);
    zp_term term = zp_term_truth(zp_number_compare(sum, parts) != 0);
    term.r.place = r.exact.total.r.place;
    return term;
}

/* --- Numbers --------------------------------------------------------------------------------- */

static zp_term call_round(zp_formula_run *run, const zp_expr *call)
{
    zp_term x = operand(run, call, 0), wanted = operand(run, call, 1);
    bool known = zp_term_is_number(run, &x);
    if (!zp_term_is_number(run, &wanted) || !known)
        return zp_term_worse(x, wanted);
    int places = 0;
    while (places <= ZP_NUMBER_PLACES &&
           zp_number_compare(wanted.r.number, zp_number_int(run->arena, places)) != 0)
        places++;
    if (places > ZP_NUMBER_PLACES) {
        zp_run_error(run, "bad-formula", run->formula->span, call->function->usage,
                     "“%.*s”里 round 的位数要是 0 到 %d 的整数", ZP_ARG(run->formula->text),
                     ZP_NUMBER_PLACES);
        return zp_term_unknown(ZP_STR(""), x.r.place);
    }
    int power = x.r.unit.kind == ZP_UNIT_RATE ? 0 : x.r.unit.power;
    const zp_number *number = zp_number_scale(run->arena, x.r.number, -power);
    number = number != NULL ? zp_number_round(run->arena, number, places) : NULL;
    return zp_term_with(run, x, zp_number_scale(run->arena, number, power));
}

static const zp_number *magnitude(zp_arena *arena, const zp_number *a)
{
    return zp_number_sign(a) < 0 ? zp_number_sub(arena, zp_number_int(arena, 0), a) : a;
}

static zp_term call_abs(zp_formula_run *run, const zp_expr *call)
{
    zp_term x = operand(run, call, 0);
    if (!zp_term_is_number(run, &x))
        return x;
    return zp_term_with(run, x, magnitude(run->arena, x.r.number));
}

/* Two numbers that can be added. False: *a says why not. */
static bool two_alike(zp_formula_run *run, const zp_expr *call, zp_term *a, zp_term *b)
{
    *a = operand(run, call, 0);
    *b = operand(run, call, 1);
    bool known = zp_term_is_number(run, a);
    if (!zp_term_is_number(run, b) || !known) {
        *a = zp_term_worse(*a, *b);
        return false;
    }
    return zp_term_agree(run, a, b);
}

static zp_term call_growth(zp_formula_run *run, const zp_expr *call)
{
    zp_term now, before;
    if (!two_alike(run, call, &now, &before))
        return now;
    zp_term change = zp_term_join(run, ZP_OP_SUB, now, before);
    before.r.number = magnitude(run->arena, before.r.number);
    return change.r.kind == ZP_RESULT_NUMBER ? zp_term_rate(run, change, before) : change;
}

static zp_term at_most_one(zp_formula_run *run, zp_term rate)
{
    const zp_number *one = zp_number_int(run->arena, 1);
    if (rate.r.kind == ZP_RESULT_NUMBER && zp_number_compare(rate.r.number, one) > 0)
        rate.r.number = one;
    return rate;
}

static zp_term call_execution(zp_formula_run *run, const zp_expr *call)
{
    zp_term spent, budget;
    if (!two_alike(run, call, &spent, &budget))
        return spent;
    return at_most_one(run, zp_term_rate(run, spent, budget));
}

/* --- 财预〔2020〕10号 art. 16 ---------------------------------------------------------------- */

/* In one unit; a bare one takes the other's, percent too: people write 98 where the target says
 * ≥95%. */
static bool made_alike(zp_formula_run *run, zp_term *target, zp_term *actual)
{
    zp_term *bare = target->r.unit.kind == ZP_UNIT_NONE ? target : actual;
    zp_unit unit = bare == target ? actual->r.unit : target->r.unit;
    if (bare->r.unit.kind == ZP_UNIT_NONE && unit.kind == ZP_UNIT_RATE) {
        bare->r.number = zp_number_scale(run->arena, bare->r.number, unit.power);
        bare->r.unit = unit;
    }
    return zp_term_unify(run, target, actual) && target->r.number != NULL &&
           actual->r.number != NULL;
}

/* top ÷ bottom for a target that was missed: below 1, and 0 where that is no share (a target of 0,
 * or signs that differ). */
static const zp_number *missed(zp_arena *arena, const zp_number *top, const zp_number *bottom)
{
    const zp_number *zero = zp_number_int(arena, 0);
    if (zp_number_sign(bottom) <= 0 || zp_number_sign(top) < 0)
        return zero;
    const zp_number *share = zp_number_div(arena, top, bottom);
    return share != NULL ? share : zero;
}

/* top ÷ bottom for one that was met: at least 1, and 1 where that is no share. */
static const zp_number *met(zp_arena *arena, const zp_number *top, const zp_number *bottom)
{
    const zp_number *one = zp_number_int(arena, 1);
    if (zp_number_sign(bottom) <= 0)
        return one;
    const zp_number *share = zp_number_div(arena, top, bottom);
    return share != NULL && zp_number_compare(share, one) > 0 ? share : one;
}

static const zp_number *share_reached(zp_arena *arena, zp_relation relation,
                                      const zp_number *target, const zp_number *actual)
{
    int order = zp_number_compare(actual, target);
    bool less = relation == ZP_RELATION_AT_MOST || relation == ZP_RELATION_BELOW;
    /* A bare 0 is none at all (accidents): 0 or more would be met by anything. */
    bool none = relation == ZP_RELATION_NONE && zp_number_sign(target) == 0;
    bool exact = relation == ZP_RELATION_EQUAL || none;
    bool done = less ? order <= 0 : exact ? order == 0 : order >= 0;
    if (exact && done)
        return zp_number_int(arena, 1);
    bool upside = less || (exact && order > 0); /* target ÷ actual */
    const zp_number *top = upside ? target : actual, *bottom = upside ? actual : target;
    return done ? met(arena, top, bottom) : missed(arena, top, bottom);
}

/* The first two operands. False: not quantitative, *share says what is not known. */
static bool achieved(zp_formula_run *run, const zp_expr *call, zp_term *share)
{
    zp_term target = operand(run, call, 0), actual = operand(run, call, 1);
    if (target.r.kind != ZP_RESULT_NUMBER || actual.r.kind != ZP_RESULT_NUMBER) {
        *share = zp_term_worse(target, actual);
        if (share->r.kind == ZP_RESULT_TEXT || share->r.kind == ZP_RESULT_TRUTH ||
            share->r.kind == ZP_RESULT_NUMBER)
            *share = zp_term_unknown(call->first->text, share->r.place);
        return false;
    }
    if (!made_alike(run, &target, &actual)) {
        *share = zp_term_unknown(call->first->text, target.r.place);
        return false;
    }
    *share = zp_term_number(
        share_reached(run->arena, target.relation, target.r.number, actual.r.number));
    zp_unit_find(ZP_STR("%"), &share->r.unit);
    share->r.place = first_place(target.r.place, actual.r.place);
    return true;
}

static zp_term call_achieved(zp_formula_run *run, const zp_expr *call)
{
    zp_term share;
    achieved(run, call, &share);
    return share;
}

static zp_term call_score(zp_formula_run *run, const zp_expr *call)
{
    zp_term share, points = operand(run, call, 2), given = operand(run, call, 3);
    if (achieved(run, call, &share))
        return zp_term_join(run, ZP_OP_MUL, points, at_most_one(run, share));
    zp_term target = operand(run, call, 0);
    if (given.r.kind == ZP_RESULT_UNKNOWN && target.r.kind == ZP_RESULT_NUMBER)
        return zp_term_worse(share, given); /* the actual value is what is missing */
    if (zp_term_is_number(run, &given))
        return zp_term_with(run, given, given.r.number);
    return given;
}

/* --- Choosing -------------------------------------------------------------------------------- */

static zp_term call_if(zp_formula_run *run, const zp_expr *call)
{
    zp_term condition = operand(run, call, 0);
    if (!zp_term_is_truth(run, &condition))
        return condition;
    return operand(run, call, condition.r.truth ? 1 : 2);
}

static bool is_known(const zp_term *term)
{
    return term->r.kind == ZP_RESULT_NUMBER || term->r.kind == ZP_RESULT_TEXT ||
           term->r.kind == ZP_RESULT_TRUTH;
}

static zp_term call_known(zp_formula_run *run, const zp_expr *call)
{
    const zp_expr *e = call->first;
    const zp_value *value = e->kind == ZP_EXPR_NAME ? zp_evaluate_name(run, e) : NULL;
    zp_term term;
    if (value != NULL && (value->kind == ZP_VALUE_LIST || value->kind == ZP_VALUE_MAP)) {
        term = zp_term_truth(value->count > 0);
        term.r.place = value->span;
        return term;
    }
    term = zp_evaluate(run, e);
    zp_term result = zp_term_truth(is_known(&term));
    result.r.place = term.r.place;
    return result;
}

static zp_term call_or_else(zp_formula_run *run, const zp_expr *call)
{
    zp_term term = operand(run, call, 0);
    bool missing = term.r.kind == ZP_RESULT_UNKNOWN && term.r.missing.n > 0;
    return missing || term.r.kind == ZP_RESULT_NO_RATE ? operand(run, call, 1) : term;
}

/* The band with the highest `from` that x reaches. All are looked at for every row. */
static zp_term call_band(zp_formula_run *run, const zp_expr *call)
{
    zp_term x = operand(run, call, 0), best = {0}, from;
    const zp_expr *list = call->first->next;
    const zp_value *bands = list->kind == ZP_EXPR_NAME ? zp_evaluate_name(run, list) : NULL;
    if (!zp_term_is_number(run, &x))
        return x;
    if (bands == NULL || bands->kind != ZP_VALUE_LIST) {
        zp_run_error(run, "bad-bands", bands != NULL ? bands->span : run->formula->span,
                     "写成：[{name: 优, from: 90}, {name: 良, from: 80}]",
                     "“%.*s”要有一张分档的表，这里没有", ZP_ARG(run->formula->text));
        return zp_term_unknown(ZP_STR(""), x.r.place);
    }
    if (bands->count > BANDS_MAX) {
        zp_run_error(run, "bad-bands", bands->span, NULL, "“%.*s”分了 %zu 档，最多 %d 档",
                     ZP_ARG(list->text), bands->count, BANDS_MAX);
        return zp_term_unknown(ZP_STR(""), x.r.place);
    }
    zp_str name = ZP_STR("");
    for (const zp_value *band = bands->first; band != NULL; band = band->next) {
        zp_term reached = x;
        from = zp_term_datum(run, zp_schema_lookup(band, ZP_STR("from")), ZP_STR("from"));
        if (!zp_term_is_number(run, &from) || !zp_term_agree(run, &from, &reached))
            return zp_term_worse(from, x);
        if (zp_number_compare(reached.r.number, from.r.number) < 0 ||
            (name.n > 0 && zp_number_compare(from.r.number, best.r.number) <= 0))
            continue;
        best = from;
        name = zp_value_text(zp_schema_lookup(band, ZP_STR("name")));
    }
    if (name.n == 0)
        return zp_term_unknown(list->text, x.r.place);
    zp_term term = zp_term_plain(ZP_RESULT_TEXT, x.r.place);
    term.r.text = name;
    return term;
}

/* --- Names ----------------------------------------------------------------------------------- */

/* Whether all characters of `part` stand in `name`, in their order. */
static bool abbreviates(zp_str part, zp_str name)
{
    size_t at = 0, k = 0;
    while (k < part.n && at < name.n) {
        size_t next = k;
        k = zp_utf8_next(part, &next) == zp_utf8_next(name, &at) ? next : k;
    }
    return k == part.n;
}

/* 某某市财政局: no name, but the place of one. */
static bool is_blank_name(zp_str name)
{
    return zp_str_find(name, ZP_STR("某某"), 0) < name.n;
}

static zp_term call_same_name(zp_formula_run *run, const zp_expr *call)
{
    zp_term name = operand(run, call, 0);
    if (name.r.text.n == 0)
        return name.r.kind == ZP_RESULT_UNKNOWN ? name
                                                : zp_term_unknown(call->first->text, name.r.place);
    zp_str wanted = zp_label_fold(run->arena, name.r.text);
    zp_term result = zp_term_unknown(call->first->next->text, name.r.place);
    for (const zp_expr *e = call->first->next; e; e = e->next) {
        zp_term other = zp_evaluate(run, e);
        zp_str said = zp_label_fold(run->arena, other.r.text);
        if (!is_known(&other) || said.n == 0 || is_blank_name(said) != is_blank_name(wanted))
            continue;
        bool same = abbreviates(said, wanted) || abbreviates(wanted, said);
        zp_span place = result.r.kind == ZP_RESULT_TRUTH ? result.r.place : other.r.place;
        result = zp_term_truth(same);
        result.r.place = place;
        if (same)
            break;
    }
    return result;
}

/* --- The table ------------------------------------------------------------------------------- */

enum { MANY = ZP_FORMULA_LENGTH };

static const zp_function functions[] = {
    {LITERAL("sum"), 1, MANY, true, false, call_sum, "写成 sum(项目.金额 where 类别 = '一级')"},
    {LITERAL("min"), 1, MANY, true, false, call_min, "写成 min(得分, 分值) 或 min(项目.金额)"},
    {LITERAL("max"), 1, MANY, true, false, call_max, "写成 max(金额, 0) 或 max(项目.金额)"},
    {LITERAL("count"), 1, MANY, true, true, call_count, "写成 count(项目 where 级次 = '一级')"},
    {LITERAL("distinct"), 1, MANY, true, true, call_distinct, "写成 distinct(项目.一级项目)"},
    {LITERAL("rounds"), 1, MANY, true, true, call_rounds, "写成 rounds(项目.金额)"},
    {LITERAL("round"), 2, 2, false, false, call_round, "写成 round(得分, 2)"},
    {LITERAL("abs"), 1, 1, false, false, call_abs, "写成 abs(结余)"},
    {LITERAL("if"), 3, 3, false, false, call_if, "写成 if(条件, 成立时的数, 不成立时的数)"},
    {LITERAL("known"), 1, 1, false, false, call_known, "写成 known(偏差原因)"},
    {LITERAL("or_else"), 2, 2, false, false, call_or_else, "写成 or_else(上年结转, 0)"},
    {LITERAL("growth"), 2, 2, false, false, call_growth, "写成 growth(本年数, 上年数)"},
    {LITERAL("execution"), 2, 2, false, false, call_execution,
     "写成 execution(实际支出数, 预算数)"},
    {LITERAL("achieved"), 2, 2, false, false, call_achieved, "写成 achieved(指标值, 完成值)"},
    {LITERAL("score"), 4, 4, false, false, call_score, "写成 score(指标值, 完成值, 分值, 得分)"},
    {LITERAL("band"), 2, 2, false, false, call_band, "写成 band(自评得分, 等级标准)"},
    {LITERAL("same_name"), 2, MANY, false, false, call_same_name,
     "写成 same_name(单位.名称, 主管部门, 实施单位)"},
};

const zp_function *zp_function_find(zp_str name)
{
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        if (zp_str_eq(functions[i].name, name))
            return &functions[i];
    return NULL;
}

const char *zp_function_hint(zp_arena *arena, zp_str name)
{
    zp_str names[COUNT_OF(functions)];
    zp_buf hint = {.arena = arena};
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        names[i] = functions[i].name;
    zp_str nearest = zp_str_nearest(name, names, COUNT_OF(functions));
    if (nearest.n > 0) {
        zp_buf_format(&hint, "是不是“%.*s”？", ZP_ARG(nearest));
        return zp_str_cstr(arena, zp_buf_str(&hint));
    }
    zp_buf_lit(&hint, "可以用的有：");
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        zp_buf_format(&hint, "%s%.*s", i > 0 ? "、" : "", ZP_ARG(names[i]));
    return zp_str_cstr(arena, zp_buf_str(&hint));
}
