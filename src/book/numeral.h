/* numeral.h: a number as a spreadsheet stores it: at most 15 significant decimal digits.
 *
 * Workbooks hold binary fractions, written with up to 17 digits; what Excel computes and shows with
 * are the first 15. Here they are digits, so rounding is the rounding that people do on paper, and
 * no locale and no binary fraction has a say.
 */
#ifndef ZP_NUMERAL_H
#define ZP_NUMERAL_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

enum {
    ZP_NUMERAL_DIGITS = 15,
    ZP_NUMERAL_POWER = 400, /* of ten, either way: the largest binary fraction has 309 */
};

/* 0.d1d2d3… × 10^point. No zeros at either end of the digits; zero has none, and no sign. */
typedef struct {
    bool negative;
    int count, point;
    char digits[ZP_NUMERAL_DIGITS]; /* '0' to '9' */
} zp_numeral;

/* All of `text`: sign, ASCII digits with a point, e or E with an exponent. More than 15 significant
 * digits are rounded to these. False when it is none, or beyond ZP_NUMERAL_POWER. */
bool zp_numeral_read(zp_str text, zp_numeral *numeral);

zp_numeral zp_numeral_int(int64_t value); /* of at most 15 digits */

/* To `places` decimals (negative: tens, hundreds …), halves away from zero (四舍五入). */
void zp_numeral_round(zp_numeral *numeral, int places);

/* The same value times 10^power. */
void zp_numeral_scale(zp_numeral *numeral, int power);

int zp_numeral_compare(const zp_numeral *a, const zp_numeral *b); /* -1, 0, 1 */

/* Plain, without exponent and zeros at the end: 3074.03, -0.0001, 0. */
void zp_numeral_print(const zp_numeral *numeral, zp_buf *out);

double zp_numeral_double(const zp_numeral *numeral); /* nearly: for comparing and clocks */

#endif
