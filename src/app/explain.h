/* explain.h: the command `explain`: what a rule looks for, why, and how it looks wrong and right.
 */
#ifndef ZP_EXPLAIN_H
#define ZP_EXPLAIN_H

#include "app/options.h"

/* The rule of that id, or without one a line for each. */
extern const zp_command zp_explain_command;

#endif
