/* decimal.h: figures as people type them, exactly, and printed again.
 *
 * A figure is a whole number of units of 10^-decimals. What is read: a sign (+ - − －), digits with
 * or without commas (, ，) between groups of three, a point, a % or ％ at the end. Nothing, — - –
 * － / stand for a figure that is not there.
 */
#ifndef ZP_DECIMAL_H
#define ZP_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

enum {
    ZP_DECIMAL_DIGITS =
        15, /* of a figure, leading zeros not counted: sums of a thousand fit in 64 bits */
    ZP_DECIMAL_PLACES = 6, /* after the point */
};

typedef struct {
    int64_t units;
    int decimals;
    bool missing, percent, grouped;
} zp_decimal;

typedef enum { ZP_DECIMAL_READ, ZP_DECIMAL_NONE, ZP_DECIMAL_TOO_LONG } zp_decimal_outcome;

/* `text` as a figure; NONE when it is something else. */
zp_decimal_outcome zp_decimal_read(zp_str text, zp_decimal *decimal);

/* The same figure with more decimals; false when that needs more than ZP_DECIMAL_DIGITS digits. */
bool zp_decimal_widen(zp_decimal *decimal, int decimals);

/* `units` of 10^-decimals with `places` after the point, rounded half away from zero; commas
 * between thousands when `grouped`. */
zp_str zp_decimal_print(zp_arena *arena, int64_t units, int decimals, int places, bool grouped);

#endif
