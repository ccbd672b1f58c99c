/* sarif.h: messages as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for tools
 * that show findings beside the text.
 *
 * One log with one run: begin, then the results of any number of lists of messages with commas
 * between, then end. The rules are those of rule.h; a message of another id has no ruleIndex. An
 * error is `error`, a warning `warning`, a hint `note`; columns are code points; a place in words
 * is a logical location; other places are related locations. What SARIF has no key for (expected,
 * found, basis, hint, excerpt, page, count, cell) is among the result's properties.
 */
#ifndef ZP_SARIF_H
#define ZP_SARIF_H

#include "base/diag.h"

void zp_sarif_begin(zp_buf *out);
void zp_sarif_results(const zp_diag *diag, zp_buf *out); /* nothing where there are none */
void zp_sarif_end(zp_buf *out);

#endif
