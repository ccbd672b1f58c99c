/* length.h: one unit for every length on a page.
 *
 * A zp_len is a whole number of 1/65536 points (1 point = 1/72 inch). Sums are exact, compare with
 * == and are the same on every machine; a page (842 pt) has room to 32767 pt. Sums over a paragraph
 * are taken in 64 bits.
 */
#ifndef ZP_LENGTH_H
#define ZP_LENGTH_H

#include <stdint.h>

typedef int32_t zp_len;

#define ZP_PT (1 << 16)

/* More than any line: what is longer is split before it is measured exactly. */
#define ZP_LEN_MAX (16000 * ZP_PT)

/* Tenths of a point and of a millimetre (1 mm = 360/127 pt), rounded to the nearest unit. */
static inline zp_len zp_len_pt10(int32_t tenths)
{
    return (zp_len)(((int64_t)tenths * ZP_PT + (tenths < 0 ? -5 : 5)) / 10);
}

static inline zp_len zp_len_mm10(int32_t tenths)
{
    return (zp_len)(((int64_t)tenths * 36 * ZP_PT + (tenths < 0 ? -63 : 63)) / 127);
}

/* value * numerator / denominator, rounded half away from zero; denominator > 0. */
static inline zp_len zp_len_scale(zp_len value, int64_t numerator, int64_t denominator)
{
    int64_t product = (int64_t)value * numerator;
    return (zp_len)((product + (product < 0 ? -denominator / 2 : denominator / 2)) / denominator);
}

#endif
