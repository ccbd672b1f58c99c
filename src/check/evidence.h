/* evidence.h: a report's tables as data, where the data do not hold them already.
 *
 * What a report has only as text, a pipe table with the heads 三级指标 年度指标值 分值 得分, is
 * read as the rows of the list in the template's schema that answers to most of its heads: at least
 * three, one of them its points, score or actual value. Tables of one kind go on each other. A
 * table laid out as one of the template's forms (自评表) is read as that form. So the checks of a
 * template see one kind of data, whether it came from files or from the text.
 *
 * A list that the data hold already is left alone; a table that was printed from data, in whole or
 * in part, is no evidence.
 */
#ifndef ZP_EVIDENCE_H
#define ZP_EVIDENCE_H

#include "check/checker.h"

/* The report's data with what its tables add, figures filled in; a copy. Its new values have their
 * places in the body. NULL: no table adds anything. *whole: a table sums itself up, so its list is
 * all there is, and not an extract. */
zp_value *zp_evidence_gather(const zp_checker *checker, bool *whole);

#endif
