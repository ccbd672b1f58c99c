/* evaluate.c: the tree of a formula and data in, its worth out.
 *
 * Evaluation recurses over the formula, whose depth is bounded when it is parsed, and over lists in
 * lists, bounded by LISTS_DEPTH. What a name outside the row leads to, and a sum over a list that
 * is not the row's own, are kept by their node's index, so that a share of a total in every row of
 * a list does not add the list up for every row.
 */
#include "data/evaluate.h"

#include <stdlib.h>
#include "data/function.h"
#include "data/schema.h"

enum {
    LISTS_DEPTH = 64
}; /* as deep as YAML goes: lists in one another that a name leads through */

static const zp_span nowhere = {NULL, 0, 0};

/* --- Names ----------------------------------------------------------------------------------- */

/* A row has what is in it, and also what its schema says could be: where that is missing, nothing
 * of the same name further out stands in for it. */
static bool in_row(const zp_formula_run *run, const zp_expr *name)
{
    const zp_value *row = run->row;
    if (zp_schema_lookup(row, name->parts[0]) != NULL)
        return true;
    const zp_value *fields =
        row != NULL && row->rule != NULL ? zp_value_find(row->rule, ZP_STR("fields")) : NULL;
    return zp_schema_find(fields, name->parts[0]) != NULL;
}

/* The map that the first part of a name is found in. */
static const zp_value *home_of(const zp_formula_run *run, const zp_expr *name)
{
    if (in_row(run, name))
        return run->row;
    if (zp_schema_lookup(run->with, name->parts[0]) != NULL)
        return run->with;
    return run->data;
}

const zp_value *zp_evaluate_name(zp_formula_run *run, const zp_expr *name)
{
    const zp_value *value = home_of(run, name);
    for (size_t i = 0; i < name->part_count && value != NULL; i++) {
        value = zp_schema_lookup(value, name->parts[i]);
        if (value != NULL && value->kind == ZP_VALUE_LIST)
            break;
    }
    return value;
}

static const zp_term *keep(zp_formula_run *run, const zp_expr *e, zp_term term)
{
    zp_term *kept = zp_new(run->arena, zp_term);
    *kept = term;
    run->memo[e->index] = kept;
    return kept;
}

static zp_term datum(zp_formula_run *run, const zp_expr *name)
{
    if (in_row(run, name))
        return zp_term_datum(run, zp_evaluate_name(run, name), name->text);
    if (run->memo[name->index] != NULL)
        return *run->memo[name->index];
    return *keep(run, name, zp_term_datum(run, zp_evaluate_name(run, name), name->text));
}

/* --- Lists ----------------------------------------------------------------------------------- */

/* An entry of a list, under the key of its group. */
typedef struct {
    zp_str key;
    size_t order; /* as the list has it */
    const zp_value *value, *row;
    const zp_expr *operand;
    const zp_term *result; /* of its group, once that is known; kept by the group's first */
} member;

/* What the operands of a call with `by` lead to, sorted by key. */
typedef struct zp_grouping {
    member *members;
    size_t count, capacity;
    const zp_expr *nothing; /* the operand that leads to no list, NULL: none */
} grouping;

typedef struct {
    zp_formula_run *run;
    const zp_expr *call, *operand;
    const zp_taker *taker; /* NULL: the entries go to `into` */
    grouping *into;
} walk;

/* Whether the condition holds for a row. */
static bool selected(const walk *w, const zp_value *row)
{
    if (w->call->where == NULL)
        return true;
    const zp_value *outer = w->run->row;
    w->run->row = row;
    zp_term term = zp_evaluate(w->run, w->call->where);
    bool holds = zp_term_is_truth(w->run, &term) && term.r.truth;
    w->run->row = outer;
    return holds;
}

static bool take_one(zp_formula_run *run, const zp_taker *taker, const zp_expr *operand,
                     const zp_value *value, const zp_value *row)
{
    if (value == NULL && row != NULL && taker->raw)
        return true;
    zp_term term = zp_term_unknown(operand->text, row != NULL ? row->span : nowhere);
    if (value != NULL && !taker->raw)
        term = zp_term_datum(run, value, operand->text);
    return taker->take(taker->user, value, operand, term);
}

static zp_str key_of(const walk *w, const zp_value *row)
{
    const zp_expr *by = w->call->by;
    for (size_t i = 0; i < by->part_count && row != NULL; i++)
        row = zp_schema_lookup(row, by->parts[i]);
    return zp_value_text(row);
}

static void add_member(const walk *w, const zp_value *value, const zp_value *row)
{
    grouping *g = w->into;
    zp_list_grow(w->run->arena, g->members, g->count, g->capacity);
    g->members[g->count] = (member){key_of(w, row), g->count, value, row, w->operand, NULL};
    g->count++;
}

static bool take_datum(const walk *w, const zp_value *value, const zp_value *row)
{
    bool nothing = value == NULL && row == NULL; /* not even the list is there */
    if (!nothing && !selected(w, row))
        return true;
    if (w->into == NULL)
        return take_one(w->run, w->taker, w->operand, value, row);
    if (nothing)
        w->into->nothing = w->operand;
    else
        add_member(w, value, row);
    return true;
}

/* `value` is what the parts of the name before `part` lead to; `row` the entry of the innermost
 * list it is in. */
static bool visit(const walk *w, const zp_value *value, size_t part, const zp_value *row, int depth)
{
    if (value != NULL && value->kind == ZP_VALUE_LIST && depth < LISTS_DEPTH) {
        for (const zp_value *entry = value->first; entry != NULL; entry = entry->next)
            if (!visit(w, entry, part, entry->kind == ZP_VALUE_MAP ? entry : row, depth + 1))
                return false;
        return true;
    }
    if (value == NULL || part == w->operand->part_count)
        return take_datum(w, value, row);
    return visit(w, zp_schema_lookup(value, w->operand->parts[part]), part + 1, row, depth);
}

static bool visit_name(const walk *w)
{
    const zp_value *home = home_of(w->run, w->operand);
    return visit(w, home, 0, home == w->run->row ? home : NULL, 0);
}

/* The members of the present group. */
static bool take_group(zp_formula_run *run, const zp_taker *taker)
{
    const grouping *g = run->grouping;
    if (g->nothing != NULL && !take_one(run, taker, g->nothing, NULL, NULL))
        return false;
    for (size_t i = run->group_start; i < run->group_end; i++) {
        const member *m = &g->members[i];
        if (!take_one(run, taker, m->operand, m->value, m->row))
            return false;
    }
    return true;
}

bool zp_evaluate_entries(zp_formula_run *run, const zp_expr *call, const zp_taker *taker)
{
    if (call->by != NULL)
        return take_group(run, taker);
    for (const zp_expr *e = call->first; e != NULL; e = e->next) {
        const walk w = {run, call, e, taker, NULL};
        if (e->kind == ZP_EXPR_NAME ? !visit_name(&w)
                                    : !taker->take(taker->user, NULL, e, zp_evaluate(run, e)))
            return false;
    }
    return true;
}

bool zp_evaluate_of_row(zp_formula_run *run, const zp_expr *call)
{
    if (run->row == NULL)
        return false;
    for (const zp_expr *e = call->first; e != NULL; e = e->next)
        if (e->kind != ZP_EXPR_NUMBER && (e->kind != ZP_EXPR_NAME || in_row(run, e)))
            return true;
    return false;
}

/* --- The tree -------------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    const member *one = a, *other = b;
    int order = zp_str_compare(one->key, other->key);
    return order != 0 ? order : one->order < other->order ? -1 : 1;
}

static grouping *group(zp_formula_run *run, const zp_expr *call)
{
    grouping *g = zp_new(run->arena, grouping);
    for (const zp_expr *e = call->first; e != NULL; e = e->next)
        visit_name(&(walk){run, call, e, NULL, g});
    if (g->count > 0)
        qsort(g->members, g->count, sizeof *g->members, by_key);
    return g;
}

/* The first member whose key is not below `key`, or above it when `past`. */
static size_t bound(const grouping *g, zp_str key, bool past)
{
    size_t low = 0, high = g->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = zp_str_compare(g->members[middle].key, key);
        if (order < 0 || (past && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A call with `by`: over the group that the present row names. */
static zp_term call_group(zp_formula_run *run, const zp_expr *e)
{
    zp_term key = zp_evaluate(run, e->key);
    if (key.r.kind == ZP_RESULT_NUMBER && key.r.text.n == 0)
        key.r.text = zp_number_plain(run->arena, key.r.number);
    if (key.r.kind == ZP_RESULT_TRUTH)
        zp_term_is_number(run, &key); /* it is none: that is said */
    if (key.r.kind != ZP_RESULT_NUMBER && key.r.kind != ZP_RESULT_TEXT)
        return key;
    bool own = zp_evaluate_of_row(run, e); /* a list of the row's own: not kept for the next */
    grouping *g = own ? NULL : run->groupings[e->index];
    if (g == NULL)
        g = group(run, e);
    if (!own)
        run->groupings[e->index] = g;
    size_t start = bound(g, key.r.text, false), end = bound(g, key.r.text, true);
    if (start < end && g->members[start].result != NULL)
        return *g->members[start].result;
    const zp_formula_run outer = *run; /* may be in the middle of a group itself */
    run->grouping = g;
    run->group_start = start;
    run->group_end = end;
    zp_term *result = zp_new(run->arena, zp_term);
    *result = e->function->call(run, e);
    run->grouping = outer.grouping;
    run->group_start = outer.group_start;
    run->group_end = outer.group_end;
    if (start < end)
        g->members[start].result = result;
    return *result;
}

static zp_term call_function(zp_formula_run *run, const zp_expr *e)
{
    if (e->by != NULL)
        return call_group(run, e);
    if (!e->function->lists || zp_evaluate_of_row(run, e))
        return e->function->call(run, e);
    if (run->memo[e->index] == NULL)
        keep(run, e, e->function->call(run, e));
    return *run->memo[e->index];
}

static zp_term chain(zp_formula_run *run, const zp_expr *e)
{
    zp_term term = zp_evaluate(run, e->first);
    for (const zp_expr *next = e->first->next; next != NULL; next = next->next)
        term = zp_term_join(run, next->join, term, zp_evaluate(run, next));
    return term;
}

/* and is decided by what is false, or by what is true; else by the worst of what is not known. */
static zp_term logic(zp_formula_run *run, const zp_expr *e)
{
    bool decides = e->op == ZP_OP_OR;
    zp_term result = zp_term_truth(!decides);
    for (const zp_expr *next = e->first; next != NULL; next = next->next) {
        zp_term term = zp_evaluate(run, next);
        if (!zp_term_is_truth(run, &term))
            result = zp_term_worse(result, term);
        else if (term.r.truth == decides)
            return term;
        if (result.r.place.source == NULL)
            result.r.place = term.r.place;
    }
    return result;
}

static zp_term negate(zp_formula_run *run, const zp_expr *e)
{
    zp_term term = zp_evaluate(run, e->first);
    if (!zp_term_is_number(run, &term))
        return term;
    const zp_number *zero = zp_number_int(run->arena, 0);
    return zp_term_with(run, term, zp_number_sub(run->arena, zero, term.r.number));
}

static zp_term invert(zp_formula_run *run, const zp_expr *e)
{
    zp_term term = zp_evaluate(run, e->first);
    if (zp_term_is_truth(run, &term))
        term.r.truth = !term.r.truth;
    return term;
}

static zp_term literal(const zp_expr *e)
{
    zp_term term = zp_term_plain(ZP_RESULT_NUMBER, nowhere);
    term.r.kind = e->kind == ZP_EXPR_NUMBER  ? ZP_RESULT_NUMBER
                  : e->kind == ZP_EXPR_TRUTH ? ZP_RESULT_TRUTH
                                             : ZP_RESULT_TEXT;
    term.r.number = e->number;
    term.r.unit = e->unit;
    term.r.truth = e->truth;
    term.r.text = e->text;
    return term;
}

zp_term zp_evaluate(zp_formula_run *run, const zp_expr *e)
{
    switch (e->kind) {
    case ZP_EXPR_NUMBER:
    case ZP_EXPR_TEXT:
    case ZP_EXPR_TRUTH:
        break;
    case ZP_EXPR_NAME:
        return datum(run, e);
    case ZP_EXPR_CALL:
        return call_function(run, e);
    case ZP_EXPR_CHAIN:
        return chain(run, e);
    case ZP_EXPR_LOGIC:
        return logic(run, e);
    case ZP_EXPR_COMPARE:
        return zp_term_compare(run, e->op, zp_evaluate(run, e->first),
                               zp_evaluate(run, e->first->next));
    case ZP_EXPR_NEGATE:
        return negate(run, e);
    case ZP_EXPR_NOT:
        return invert(run, e);
    }
    return literal(e);
}

/* --- The ways in ----------------------------------------------------------------------------- */

zp_formula_run *zp_formula_start(zp_arena *arena, const zp_formula *formula,
                                 const zp_formula_scope *scope)
{
    zp_formula_run *run = zp_new(arena, zp_formula_run);
    *run = (zp_formula_run){.arena = arena,
                            .formula = formula,
                            .data = scope->data,
                            .with = scope->with,
                            .printed = scope->printed,
                            .diag = scope->diag,
                            .memo = zp_new_array(arena, const zp_term *, formula->nodes),
                            .groupings = zp_new_array(arena, grouping *, formula->nodes)};
    return run;
}

zp_result zp_formula_row(zp_formula_run *run, const zp_value *row)
{
    run->row = row;
    return zp_evaluate(run, run->formula->root).r;
}

zp_result zp_formula_value(zp_arena *arena, const zp_formula *formula, const zp_value *row,
                           const zp_value *data, zp_diag *diag)
{
    const zp_formula_scope scope = {.data = data, .diag = diag};
    return zp_formula_row(zp_formula_start(arena, formula, &scope), row);
}

int zp_formula_sides(zp_formula_run *run, const zp_value *row, zp_result *left, zp_result *right)
{
    const zp_expr *root = run->formula->root;
    if (root->kind != ZP_EXPR_COMPARE)
        return 0;
    zp_diag *diag = run->diag;
    run->diag = NULL;
    run->row = row;
    zp_term a = zp_evaluate(run, root->first), b = zp_evaluate(run, root->last);
    bool numbers =
        a.r.kind == ZP_RESULT_NUMBER && b.r.kind == ZP_RESULT_NUMBER && zp_term_agree(run, &a, &b);
    run->diag = diag;
    bool written = root->last->kind == ZP_EXPR_NUMBER;
    bool swap = !written && root->first->kind == ZP_EXPR_NUMBER;
    *left = swap ? b.r : a.r;
    *right = swap ? a.r : b.r;
    return !numbers ? 0 : swap || written ? 1 : 2;
}
