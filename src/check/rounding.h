/* rounding.h: whether printed figures agree as far as rounding lets one see.
 *
 * A figure that is printed with two decimals of 万元 stands for any amount within half of 0.01万元
 * of it. Nothing else is tolerated: a swapped digit is no rounding.
 */
#ifndef ZP_ROUNDING_H
#define ZP_ROUNDING_H

#include "check/quantity.h"

/* Half a unit of the last place that is printed, in the basic unit of the figure. */
const zp_number *zp_rounding_slack(zp_arena *arena, const zp_quantity *q);

/* Whether both are one amount: equal, or one what the other is when it is rounded to its places. */
bool zp_rounding_same(zp_arena *arena, const zp_quantity *a, const zp_quantity *b);

typedef enum {
    ZP_RATIO_FITS,
    ZP_RATIO_CUT, /* the places behind were cut off instead of rounded */
    ZP_RATIO_OFF,
    ZP_RATIO_UNKNOWN, /* a divisor of nought */
} zp_ratio;

/* Whether `rate` can be part ÷ whole, for any amounts that part and whole may stand for. */
zp_ratio zp_rounding_ratio(zp_arena *arena, const zp_quantity *rate, const zp_quantity *part,
                           const zp_quantity *whole);

/* part ÷ whole as `rate` would print it: 99.63%. Empty when the whole is nought. */
zp_str zp_rounding_print_ratio(zp_arena *arena, const zp_quantity *rate, const zp_number *part,
                               const zp_number *whole);

/* An amount in the unit and with the places of `like`: 3062.66万元. */
zp_str zp_rounding_print(zp_arena *arena, const zp_number *value, const zp_quantity *like);

/* The figure as it stands in its text, without spaces: 3062.66万元. */
zp_str zp_quantity_text(zp_arena *arena, const zp_passages *passages, const zp_quantity *q);

#endif
