/* number.h: exact rational numbers, through GMP.
 *
 * Money and rates are computed exactly and rounded once, when they are printed. A number is
 * immutable and lives in an arena. NULL is “not known”: an operation with a NULL operand, a
 * division by zero, or a result larger than ZP_NUMBER_BITS gives NULL, so a chain of operations
 * needs one test at its end.
 */
#ifndef ZP_NUMBER_H
#define ZP_NUMBER_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

typedef struct zp_number zp_number;

enum {
    ZP_NUMBER_DIGITS = 400, /* of a numeral that is read */
    ZP_NUMBER_BITS = 8192,  /* of a numerator or denominator */
    ZP_NUMBER_PLACES = 30,  /* decimals that may be asked for */
};

const zp_number *zp_number_int(zp_arena *arena, int64_t value);

/* A plain numeral, all of `text`: sign (+ - −), ASCII digits, a point with digits behind it, e or E
 * with an exponent within ±ZP_NUMBER_DIGITS. NULL when it is none. No commas, no units: amount.h
 * reads those. */
const zp_number *zp_number_read(zp_arena *arena, zp_str text);

const zp_number *zp_number_add(zp_arena *arena, const zp_number *a, const zp_number *b);
const zp_number *zp_number_sub(zp_arena *arena, const zp_number *a, const zp_number *b);
const zp_number *zp_number_mul(zp_arena *arena, const zp_number *a, const zp_number *b);
const zp_number *zp_number_div(zp_arena *arena, const zp_number *a, const zp_number *b);
const zp_number *zp_number_scale(zp_arena *arena, const zp_number *a, int power); /* a × 10^power */

/* To `places` decimals (0 to ZP_NUMBER_PLACES, else NULL), halves away from zero (四舍五入). */
const zp_number *zp_number_round(zp_arena *arena, const zp_number *a, int places);

/* Both known. */
int zp_number_compare(const zp_number *a, const zp_number *b); /* -1, 0, 1 */
int zp_number_sign(const zp_number *a);

/* Rounded like zp_number_round and printed with exactly `places` decimals: “0.46”, “-3.10”, never
 * “-0.00”. Empty for NULL, and for places that may not be asked for. */
zp_str zp_number_fixed(zp_arena *arena, const zp_number *a, int places);

/* With as many decimals as it needs, when ZP_NUMBER_PLACES are enough; else rounded to these. No
 * zeros at the end. Empty for NULL. */
zp_str zp_number_plain(zp_arena *arena, const zp_number *a);

#endif
