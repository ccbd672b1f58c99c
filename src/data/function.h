/* function.h: the functions that a formula may call, as a table.
 *
 * What each does is in formula.h. A new one is one more line in the table and its C function.
 */
#ifndef ZP_FUNCTION_H
#define ZP_FUNCTION_H

#include "data/term.h"

struct zp_function {
    zp_str name;
    size_t least, most; /* operands */
    bool lists;         /* its names may lead through lists, and it may have a condition */
    bool names_only;    /* of operands that are lists */
    zp_term (*call)(zp_formula_run *run, const zp_expr *call);
    const char *usage; /* a hint for the one who writes it */
};

/* NULL: there is none. */
const zp_function *zp_function_find(zp_str name);

/* The nearest name, or all there are: a hint for one that is not known. */
const char *zp_function_hint(zp_arena *arena, zp_str name);

#endif
