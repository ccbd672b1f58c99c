/* check.h: is it right? A bound report in, findings out.
 *
 * All rules (rule.h) are run over the report; what they find are diagnostics, with the place in
 * words, the excerpt, what was expected, and the basis. Findings of the layers below that are in
 * `diag` already (a figure given by hand that disagrees, a check of the template that failed) are
 * silenced here like the others.
 *
 * Linear in the report's length, whatever it holds.
 */
#ifndef ZP_CHECK_H
#define ZP_CHECK_H

#include "check/passage.h"
#include "check/rule.h"

const zp_passages *zp_check_report(zp_arena *arena, const zp_report *report, zp_diag *diag);

/* The same, but what the rules find goes to `findings`: `diag` only loses what is silenced. */
const zp_passages *zp_check_report_apart(zp_arena *arena, const zp_report *report, zp_diag *diag,
                                         zp_diag *findings);

#endif
