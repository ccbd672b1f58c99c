/* agree.h: whether a figure given by hand is the figure that is computed.
 */
#ifndef ZP_AGREE_H
#define ZP_AGREE_H

#include "data/formula.h"

/* Whether `given`, a scalar that knows its rule, is `result` at the decimals it is written with. */
bool zp_agree(zp_arena *arena, const zp_value *given, const zp_result *result);

/* Whether it would be, were its bare number a percentage: 99.63 for 0.9963. */
bool zp_agree_percent(zp_arena *arena, const zp_value *given, const zp_result *result);

/* `result` written the way `given` is: its decimals, its unit. */
zp_str zp_agree_like(zp_arena *arena, const zp_value *given, const zp_result *result);

/* A number for a message: 95, 99.63%, 12.5万元. */
zp_str zp_agree_shown(zp_arena *arena, const zp_result *result);

#endif
