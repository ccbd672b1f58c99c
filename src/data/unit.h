/* unit.h: what figures are counted in, by the names that people give it.
 *
 * Money is counted in 元, rates in 1; a unit is a power of ten of these. Whatever else is counted
 * (个, 人次, 平方米) is a kind of its own.
 */
#ifndef ZP_UNIT_H
#define ZP_UNIT_H

#include "base/str.h"

/* A unit by one of its names. `power`: of ten, from one of it to the kind's basic unit (万元: 4,
 * %: -2). A unit of things (个, 项, 人次, 平方米 …) is COUNT, power 0 (万人: 4), and compares only
 * with its own `basic` name. */
typedef enum { ZP_UNIT_NONE, ZP_UNIT_MONEY, ZP_UNIT_RATE, ZP_UNIT_COUNT } zp_unit_kind;

typedef struct {
    zp_unit_kind kind;
    int power;
    zp_str name; /* as known: 万元, %, 个 */
    zp_str basic; /* 元; empty for rates; the thing counted without 万 or 亿, empty for 万 alone */
} zp_unit;

/* By any of its names (百分比 % ％ 百分点; 元 人民币元 千元 万元 百万元 亿元; 千分比 ‰; 1 for a
 * bare ratio; a short word that counts things). False when it is not one that is known. The names
 * in `unit` are constants or slices of `name`. */
bool zp_unit_find(zp_str name, zp_unit *unit);

/* The longest known unit that `text` begins with, as behind a number in prose (1373个, 3.2万元,
 * 5个百分 点); its bytes, 0 when there is none. */
size_t zp_unit_begins(zp_str text, zp_unit *unit);

/* The unit that a column head or a label names in brackets at its end, 预算数（万元）, 执行率(%),
 * or that a line 单位：万元 names: the unit's text, and in *rest the head without it, trimmed (both
 * slices of `head`). Empty when there is none; the brackets of 全年预算数(A), （一） or （公章）
 * hold no unit and stay: of the words that count things only the common ones are taken for a unit
 * here, and 单位：某某局 names an office. */
zp_str zp_unit_of_head(zp_str head, zp_str *rest);

/* A character as it is written in half width (１ ％ （ ￥: 1 % ( ¥; all dashes that may be a minus:
 * -; all white space, also that without width: a space); else itself. */
uint32_t zp_code_narrow(uint32_t code);

#endif
