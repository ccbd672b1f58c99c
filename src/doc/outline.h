/* outline.h: whether a report has the sections that its template wants, in their order.
 *
 * The outline is a LIST: a text is a section, a list in it holds the sections of the one before:
 * [部门基本情况, [部门职能, 收支情况], 绩效自评情况]. A heading is that section when its text,
 * spaces aside, holds the words.
 */
#ifndef ZP_OUTLINE_H
#define ZP_OUTLINE_H

#include "base/diag.h"
#include "data/value.h"
#include "doc/node.h"

/* Sections without a heading are `missing-section`, one warning at `place`; one whose heading
 * stands before that of a section it should follow is `section-order`, a warning at that heading.
 * `outline` may be NULL. */
void zp_outline_check(zp_arena *arena, const zp_node *root, const zp_value *outline, zp_span place,
                      zp_diag *diag);

#endif
