/* evaluate.h: walking a formula; for the functions, which call it back.
 *
 * zp_formula_start and zp_formula_row (formula.h) are the way in.
 */
#ifndef ZP_EVALUATE_H
#define ZP_EVALUATE_H

#include "data/term.h"

/* The worth of an expression in the present row. */
zp_term zp_evaluate(zp_formula_run *run, const zp_expr *e);

/* What a NAME leads to: the row's, the declaration's, the report's; NULL: nothing. A list on the
 * way ends it: the list is given. */
const zp_value *zp_evaluate_name(zp_formula_run *run, const zp_expr *name);

/* Calls `take` with every entry that the operands of `call` lead to and that its condition holds
 * for: `value` is the datum, `term` what it is worth. An operand that is no name has no datum.
 * Where a row lacks the datum, `value` is NULL and `term` UNKNOWN; a `raw` taker is spared those,
 * and gets no term of data: it gets NULL only where there is not even a list. False: `take` gave
 * false, and the walk ended. */
typedef struct {
    bool (*take)(void *user, const zp_value *value, const zp_expr *operand, zp_term term);
    void *user;
    bool raw;
} zp_taker;
bool zp_evaluate_entries(zp_formula_run *run, const zp_expr *call, const zp_taker *taker);

/* Whether what the names of `call` lead to depends on the present row. */
bool zp_evaluate_of_row(zp_formula_run *run, const zp_expr *call);

#endif
