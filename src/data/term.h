/* term.h: what one place of a formula is worth, and the arithmetic of two of them.
 *
 * The rules of units, of blanks and of what is not known (formula.h) are here; walking the formula
 * is evaluate.h's.
 */
#ifndef ZP_TERM_H
#define ZP_TERM_H

#include "data/expression.h"

typedef struct {
    zp_result r;
    zp_relation relation; /* of a datum: ≥100 */
    int places;           /* of a datum, as written; -1 of all else */
    bool blank;           /* UNKNOWN because a datum that is there says nothing */
} zp_term;

/* What an evaluation is about; one lives as long as its formula_run. */
struct zp_formula_run {
    zp_arena *arena;
    const zp_formula *formula;
    const zp_value *data, *with, *row;
    bool printed;
    zp_diag *diag;                      /* NULL: silent */
    const zp_term **memo;               /* by a node's index: what does not depend on the row */
    struct zp_grouping **groupings;     /* the same, of calls with `by` */
    const struct zp_grouping *grouping; /* of the call being evaluated, and which of its members */
    size_t group_start, group_end;
};

zp_term zp_term_number(const zp_number *number);
zp_term zp_term_truth(bool truth);
zp_term zp_term_unknown(zp_str name, zp_span place);
zp_term zp_term_plain(zp_result_kind kind, zp_span place);

/* A datum, found under `name`; NULL: there is none. A list or map is an error. */
zp_term zp_term_datum(zp_formula_run *run, const zp_value *value, zp_str name);

/* Whether a datum says nothing: blank, or a figure that is 0 ÷ 0. */
bool zp_term_is_blank(zp_arena *arena, const zp_value *value);

/* True when it is a number. What is a text or truth is reported, and becomes UNKNOWN. */
bool zp_term_is_number(zp_formula_run *run, zp_term *term);

/* The truth that a condition is, texts for yes and no included: NUMBER and other texts are reported
 * and become UNKNOWN. False when it is not known. */
bool zp_term_is_truth(zp_formula_run *run, zp_term *term);

/* Of two that are not both numbers, the one that says why the result is not known: a division by
 * zero, then what is missing, then no rate. */
zp_term zp_term_worse(zp_term a, zp_term b);

/* Two numbers in one unit, for adding and comparing: a bare one takes the other's. False, when they
 * cannot be, without a word. */
bool zp_term_unify(zp_formula_run *run, zp_term *a, zp_term *b);

/* The same, but reported as `unit-mismatch`. */
bool zp_term_agree(zp_formula_run *run, zp_term *a, zp_term *b);

/* a op b for + - * /, whatever they are. */
zp_term zp_term_join(zp_formula_run *run, zp_op op, zp_term a, zp_term b);

/* a op b for a comparison. */
zp_term zp_term_compare(zp_formula_run *run, zp_op op, zp_term a, zp_term b);

/* `a` ÷ `b`, numbers that were made one unit, as a rate. */
zp_term zp_term_rate(zp_formula_run *run, zp_term a, zp_term b);

/* `term` with another number, NULL (too large to know) reported. */
zp_term zp_term_with(zp_formula_run *run, zp_term term, const zp_number *number);

/* An error of the evaluation at `place`, or where that is none, at the formula. */
#define zp_run_error(run, id, where, hint, ...)                                                    \
    do {                                                                                           \
        if ((run)->diag != NULL)                                                                   \
            zp_diag_add((run)->diag, ZP_ERROR, (id),                                               \
                        (where).source != NULL ? (where) : (run)->formula->span, (hint),           \
                        __VA_ARGS__);                                                              \
    } while (0)

#endif
