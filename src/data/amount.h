/* amount.h: what a cell or a scalar says as a figure: number, unit, sign, relation.
 *
 * People write 3,074.03 and 30.26万元, >=100百分比 and 76 under a head 执行率（%）; a blank, —, /,
 * 无 and 不适用 are not zero. Here such a text becomes an exact number in the basic unit of its
 * kind (money in 元, rates as a ratio), so that 99.63%, 0.9963 and 99.63 under （%） are one value.
 */
#ifndef ZP_AMOUNT_H
#define ZP_AMOUNT_H

#include "base/number.h"
#include "data/value.h"

/* A unit by one of its names. `power`: of ten, from one of it to the kind's basic unit (万元: 4,
 * %: -2). A unit of things (个, 项, 人次, 平方米 …) is COUNT, power 0 (万人: 4), and compares only
 * with its own `basic` name. */
typedef enum { ZP_UNIT_NONE, ZP_UNIT_MONEY, ZP_UNIT_RATE, ZP_UNIT_COUNT } zp_unit_kind;

typedef struct {
    zp_unit_kind kind;
    int power;
    zp_str name;  /* as known: 万元, %, 个 */
    zp_str basic; /* 元; empty for rates; the thing counted without 万 or 亿 */
} zp_unit;

/* By any of its names (百分比 % ％ 百分点; 元 人民币元 千元 万元 百万元 亿元; 千分比 ‰; 1 for a
 * bare ratio; a short word that counts things). False when it is not one that is known. */
bool zp_unit_find(zp_str name, zp_unit *unit);

/* The unit that a column head or a label names in brackets at its end, 预算数（万元）, 执行率(%),
 * or that a line 单位：万元 names: the unit's text, and in *rest the head without it. Empty when
 * there is none; the brackets of 全年预算数(A) or （一） hold no unit and stay. */
zp_str zp_unit_of_head(zp_str head, zp_str *rest);

typedef enum { ZP_AMOUNT_BLANK, ZP_AMOUNT_NUMBER, ZP_AMOUNT_TEXT } zp_amount_kind;

/* ≥ ≤ > < = and 约, as the text had it in front; NONE: nothing. */
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
 * empty, white space, — – - / 无 不适用 N/A. TEXT: anything else. A minus may be - − － or 负, or
 * brackets around the number as accountants write it: (12.30). A unit that follows the number and
 * is not known makes it TEXT, except that a short word of Han counts things. */
zp_amount zp_amount_read(zp_arena *arena, zp_str text, zp_str expected);

/* The figure that a scalar holds: its exact `number` where it was computed, else what is stored in
 * its cell, else its text; bare numbers in the value's unit, else in its rule's. BLANK for NULL and
 * for a list or map. */
zp_amount zp_amount_of(zp_arena *arena, const zp_value *value);

#endif
