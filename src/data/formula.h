/* formula.h: the arithmetic that templates write: (预算.调整后 - 预算.年初) / 预算.年初
 *
 * A formula is parsed once, when its template is loaded, and evaluated exactly.
 *
 *   operators   + - * / (also × ÷ −), comparisons = != < <= > >= (also ≠ ≤ ≥), and or not,
 *               brackets (also full-width); a % b is not there: 5% is 0.05
 *   names       dotted, by key or alias; in a row its own fields first, then the report's
 *   texts       '一级'
 *   functions   sum(items.amount)  sum(items.amount where kind = '项目')
 *               count(items)  count(items where …)  distinct(items.parent)
 *               min(a, b, …)  max(a, b, …)  round(x, places)  abs(x)
 *               if(condition, a, b)  known(x)  or_else(x, y): y where x is not known
 *               growth(now, before): (now − before) ÷ |before|
 *               execution(spent, budget): spent ÷ budget, capped at 1
 *               score(target, actual, points, given): the rules of 财预〔2020〕10号 art. 16, below
 *               band(x, bands): the name of the band that x lies in; bands as a list in the
 *               template: [{name: 优, from: 90}, …], each up to the next
 *               rounds(items.amount): whether the printed parts miss the printed sum by rounding
 *
 * score(target, actual, points, given): quantitative, when target and actual are numbers of one
 * unit. Direction by the target's relation: ≥, > or none: points when actual ≥ target, else points
 * × actual ÷ target; ≤ or <: points when actual ≤ target, else points × target ÷ actual; = : points
 * when equal, else the smaller over the larger. A target of 0 is met (points) or not (0): no
 * division. Never below 0 or above points. Otherwise qualitative: `given` stands; not given is not
 * known.
 *
 * A value is a number with its unit's kind, a text, a truth, or not known, with the reason: which
 * datum is blank or missing, 0 ÷ 0 (“no rate”), a division by zero otherwise.
 */
#ifndef ZP_FORMULA_H
#define ZP_FORMULA_H

#include "base/diag.h"
#include "data/amount.h"

typedef struct zp_formula zp_formula;

enum {
    ZP_FORMULA_LENGTH = 2000, /* bytes */
    ZP_FORMULA_DEPTH = 50,    /* brackets and calls in one another */
};

/* NULL after an error: `bad-formula`, at its place in the template, with what was expected. */
const zp_formula *zp_formula_read(zp_arena *arena, const zp_value *text, zp_diag *diag);

typedef enum {
    ZP_RESULT_NUMBER,
    ZP_RESULT_TEXT,
    ZP_RESULT_TRUTH,
    ZP_RESULT_UNKNOWN,  /* a datum is blank or missing */
    ZP_RESULT_NO_RATE,  /* 0 ÷ 0 */
    ZP_RESULT_OVER_ZERO /* something ÷ 0 */
} zp_result_kind;

typedef struct {
    zp_result_kind kind;
    const zp_number *number;
    zp_unit unit; /* of the number: money stays money, a ratio of two is a rate */
    zp_str text;
    bool truth;
    zp_str missing;  /* UNKNOWN: the name that has no value */
    zp_span culprit; /* UNKNOWN, OVER_ZERO: the datum, when it has a place */
} zp_result;

/* Evaluates with names from `row` (a MAP, or NULL) and then `data`. A datum that is text where a
 * number must be is `not-a-number`, an error at its place, and amounts of different kinds that are
 * added or compared are `unit-mismatch`, an error at the second; both give UNKNOWN. */
zp_result zp_formula_value(zp_arena *arena, const zp_formula *formula, const zp_value *row,
                           const zp_value *data, zp_diag *diag);

/* As it was written, for messages. */
zp_str zp_formula_text(const zp_formula *formula);

#endif
