/* substance.h: what a report must say, by its template: checks over its tables, problems that have
 * their measures, tables that must be there.
 *
 * No clause of a local rule is here: which checks, which headings and which tables, the template
 * says (declarations.h).
 */
#ifndef ZP_SUBSTANCE_H
#define ZP_SUBSTANCE_H

#include "check/rule.h"

extern const zp_rule_group zp_substance_group;

#endif
