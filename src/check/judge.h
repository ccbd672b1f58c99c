/* judge.h: equations put to the test, and the findings where they fail.
 *
 * Some equations are claimed by the words (执行率 is 支出 ÷ 预算; 其中 lists all parts): where such
 * a one fails, that is a finding. Others only suggest themselves, because three figures stand side
 * by side: there a finding needs more, a slip of the hand in one figure that would explain
 * everything.
 */
#ifndef ZP_JUDGE_H
#define ZP_JUDGE_H

#include "check/checker.h"
#include "check/equation.h"

/* How sure it is that an equation should hold, and so what it takes to report that it does not. */
typedef enum {
    ZP_CLAIMED, /* the words say so: that it fails is enough */
    ZP_LIKELY,  /* it is usual: any slip that explains the failure */
    ZP_HUNCH,   /* it only suggests itself: a slip that is no chance, digits swapped or the point
                   moved */
} zp_strength;

/* Tries an equation and reports it where it fails. `instead`: a figure that would fit in the place
 * of the last operand, or NULL (按年初预算数算的); `claim` names the result: 预算执行率. True when
 * it holds. */
bool zp_judge(zp_checker *checker, const zp_rule *rule, const zp_equation *equation,
              zp_strength strength, const zp_quantity *instead, zp_str claim);

/* The figure's index among the checker's quantities. */
size_t zp_judge_index(const zp_checker *checker, const zp_quantity *q);

/* The figure's place, for findings. */
zp_where zp_judge_where(const zp_quantity *q);

/* A figure with the words before it, as a message quotes it: 实际支出数3062.66万元. */
zp_str zp_judge_quote(const zp_checker *checker, const zp_quantity *q);

#endif
