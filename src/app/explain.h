/* explain.h: the command `explain`: what a rule looks for, why, and how it looks wrong and right.
 */
#ifndef ZP_EXPLAIN_H
#define ZP_EXPLAIN_H

#include "app/options.h"
#include "app/status.h"

/* The rule of that id, or without one a line for each. */
zp_status zp_explain_run(const zp_options *chosen);

#endif
