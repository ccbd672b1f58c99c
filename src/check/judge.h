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

/* Tries an equation that the words claim. `instead`: a figure that would fit in the place of the
 * last operand, or NULL (按年初预算数算的); `claim` names it: 预算执行率. True when it holds. */
bool zp_judge_claim(zp_checker *checker, const zp_rule *rule, const zp_equation *equation,
                    const zp_quantity *instead, zp_str claim);

/* Tries one that only suggests itself. True when it holds. */
bool zp_judge_hunch(zp_checker *checker, const zp_rule *rule, const zp_equation *equation);

/* The figure's index among the checker's quantities. */
size_t zp_judge_index(const zp_checker *checker, const zp_quantity *q);

/* The figure's place, for findings. */
zp_where zp_judge_where(const zp_quantity *q);

/* A figure with the words before it, as a message quotes it: 实际支出数3062.66万元. */
zp_str zp_judge_quote(const zp_checker *checker, const zp_quantity *q);

#endif
