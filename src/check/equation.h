/* equation.h: figures that should be what others give: whether they are, and which slip of the hand
 * would explain that they are not.
 *
 * Printed figures are intervals (rounding.h); an equation holds when what the operands may give and
 * what the result may be have an amount in common. Where it does not hold, each figure in turn is
 * asked: had it been written without a slip (misprint.h), would it hold?
 */
#ifndef ZP_EQUATION_H
#define ZP_EQUATION_H

#include "check/misprint.h"
#include "check/rounding.h"

typedef enum {
    ZP_EQUATION_SUM,    /* result = all operands together, the last `minus` of them taken off */
    ZP_EQUATION_RATIO,  /* result = the first ÷ the second */
    ZP_EQUATION_GROWTH, /* result = (the first − the second) ÷ the second */
    ZP_EQUATION_RISE, /* result = the second ÷ (the first − the second): 增加36万元，增长1.2% */
    ZP_EQUATION_FALL, /* result = the second ÷ (the first + the second) */
} zp_equation_kind;

enum { ZP_EQUATION_OPERANDS = 24 };

typedef struct {
    zp_equation_kind kind;
    const zp_quantity *result;
    const zp_quantity *operands[ZP_EQUATION_OPERANDS];
    size_t count, minus;
} zp_equation;

/* Its operands in their order, and with `i` = count the result. */
const zp_quantity *zp_equation_figure(const zp_equation *equation, size_t i);

typedef enum {
    ZP_EQUATION_HOLDS,
    ZP_EQUATION_CUT, /* it would, had the result been rounded instead of cut off */
    ZP_EQUATION_FAILS,
    ZP_EQUATION_UNKNOWN, /* something is divided by nought, or has no value */
} zp_verdict;

zp_verdict zp_equation_try(zp_arena *arena, const zp_equation *equation);

/* What the operands give, as the result would be printed; empty when it is not known. */
zp_str zp_equation_result(zp_arena *arena, const zp_equation *equation);

/* A figure, and what it would be without a slip. */
typedef struct {
    const zp_quantity *figure;
    zp_str right; /* with its unit: 3062.66万元 */
    zp_misprint kind;
} zp_repair;

/* Whether a failed equation holds once a slip in figure `i` (as in zp_equation_figure) is undone;
 * if so, which. `kinds` as in zp_misprint_undo. What was printed from data has no slips. */
bool zp_equation_repair(zp_arena *arena, const zp_equation *equation, size_t i, unsigned kinds,
                        zp_repair *repair);

#endif
