/* misprint.h: how one figure may have come of another by a slip of the hand. */
#ifndef ZP_MISPRINT_H
#define ZP_MISPRINT_H

#include <stdbool.h>
#include "base/str.h"

typedef enum {
    ZP_MISPRINT_NONE,
    ZP_MISPRINT_SWAPPED, /* two digits changed places: 3062.66, 3026.66 */
    ZP_MISPRINT_CHANGED, /* one digit is another */
    ZP_MISPRINT_LOST,    /* a digit is missing */
    ZP_MISPRINT_EXTRA,   /* there is a digit more */
    ZP_MISPRINT_POINT,   /* the decimal point moved by one to three places */
    ZP_MISPRINT_UNIT,    /* ten thousand times too large or too small: 元 for 万元 */
} zp_misprint;

/* From `right` to `wrong`, numerals without sign and commas in one unit. */
zp_misprint zp_misprint_between(zp_str wrong, zp_str right);

/* What `digits` may have been before a slip of one of `kinds` (a set of 1U << kind; CHANGED is not
 * among them): each is given to `visit` until that says true, which is the result. The digits given
 * live only as long as the call. */
bool zp_misprint_undo(zp_str digits, unsigned kinds,
                      bool (*visit)(void *user, zp_str digits, zp_misprint kind), void *user);

/* In words, as the end of a sentence: 两个数字写颠倒了; empty for NONE. */
zp_str zp_misprint_words(zp_misprint kind);

#endif
