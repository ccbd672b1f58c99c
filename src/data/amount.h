/* amount.h: what a cell or a scalar says as a figure: number, unit, sign, relation.
 *
 * People write 3,074.03 and 30.26万元, >=100百分比 and 76 under a head 执行率（%）; a blank, —, /,
 * 无 and 不适用 are not zero. Here such a text becomes an exact number in the basic unit of its
 * kind (money in 元, rates as a ratio), so that 99.63%, 0.9963 and 99.63 under （%） are one value.
 */
#ifndef ZP_AMOUNT_H
#define ZP_AMOUNT_H

#include "base/number.h"
#include "data/unit.h"
#include "data/value.h"

typedef enum { ZP_AMOUNT_BLANK, ZP_AMOUNT_NUMBER, ZP_AMOUNT_TEXT } zp_amount_kind;

/* ≥ ≤ > < = and 约, as the text had it in front, or in words (不低于, 不超过), or behind (以上 以下
 * 以内 左右; the first three include the number itself: Civil Code art. 1259). NONE: nothing. */
typedef enum {
    ZP_RELATION_NONE,
    ZP_RELATION_EQUAL,
    ZP_RELATION_AT_LEAST,
    ZP_RELATION_AT_MOST,
    ZP_RELATION_ABOVE,
    ZP_RELATION_BELOW,
    ZP_RELATION_ABOUT,
} zp_relation;

typedef struct {
    zp_amount_kind kind;
    const zp_number *number; /* NUMBER: in the basic unit of its kind */
    zp_unit unit;            /* as written, else the one expected; kind NONE when neither says */
    zp_relation relation;
    int places; /* decimals as written (of 99.63%: 2) */
} zp_amount;

/* All of `text` as an amount; a bare number has the unit `expected` (a name, or empty). BLANK:
 * empty, white space, — – - / 无 不适用 N/A. TEXT: anything else, Chinese numerals (三百) and
 * ranges (15%～30%) too.
 *
 * Full and half width are one, and white space is passed over except within a number. A minus may
 * be - − － or 负, or brackets around the number as accountants write it: (12.30). Commas must part
 * thousands. ¥ says money and leaves its size (元, 万元) to `expected`, 元 where that says none. 万
 * or 亿 alone multiplies the basic unit of `expected`: 30万 under 万元 is 300000元. A unit that
 * follows the number and is not known makes it TEXT, except that a short word of Han counts things
 * (unit.h). */
zp_amount zp_amount_read(zp_arena *arena, zp_str text, zp_str expected);

/* The figure that a scalar holds. BLANK for NULL and for a list or map.
 *
 *   - its exact `number`, in the basic unit of its kind, where it was computed;
 *   - else what is stored in its cell, in the unit in which its text shows it: a format that shows
 *     thousands or 万 (12345678 as 1,234.6) has divided by it, and so does this;
 *   - else its text.
 *
 * The unit is that in the text, else the value's, else its rule's `unit`; a rule of `type: rate`
 * without one makes a bare number a ratio. `places` of a computed number are 2. */
zp_amount zp_amount_of(zp_arena *arena, const zp_value *value);

#endif
