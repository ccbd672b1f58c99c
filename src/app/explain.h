/* explain.h: the command `explain`: what a rule looks for, why, and how it looks wrong and right.
 */
#ifndef ZP_EXPLAIN_H
#define ZP_EXPLAIN_H

#include "app/options.h"
#include "base/diag.h"
#include "check/rule.h"
#include "doc/template.h"

/* The rule of that id, or without one a line for each. */
extern const zp_command zp_explain_command;

/* The rule of that id, the checker's or a check of `template` (which may be NULL) made to look like
 * one, in the arena; NULL when there is none. */
const zp_rule *zp_explain_find(zp_arena *arena, zp_str id, const zp_template *template);

/* A rule as one JSON object and a line end. */
void zp_explain_json(const zp_rule *rule, zp_buf *out);

#endif
