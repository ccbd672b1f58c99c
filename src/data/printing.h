/* printing.h: figures and dates as words: what stands behind the bar in {{ 预算数 | 万元 }}.
 *
 * A filter takes a figure or a text and gives a text. They chain; conversions are exact, and
 * rounding happens once, at the end (halves away from zero, never −0.00).
 */
#ifndef ZP_PRINTING_H
#define ZP_PRINTING_H

#include "base/diag.h"
#include "data/amount.h"

/* A value without filters, printed by its rule:
 *
 *     unit      万元 …: a figure in another unit of its kind is converted to it
 *     places    decimals; not given: as written (a computed figure: 2)
 *     least     noughts behind so many decimals are dropped: with least: 0, 50 and 2.5
 *     group     true: 千分位; false: none; not given: as written
 *     zero      text for 0 (after rounding);  blank: text for what is BLANK (default: as written)
 *     negative  minus (-12.30, the default) or brackets
 *     type: rate   printed as a percentage
 *
 * A scalar whose rule says none of these, or that has no rule, prints its text as it stands; so
 * does one that is no figure, or whose unit is of another kind than its rule's. A computed figure
 * always prints from its number. Unit words are not printed, except % for a rate; a relation is
 * (≥95%, 约2000). Empty for NULL, a list or a map. */
zp_str zp_print_value(zp_arena *arena, const zp_value *value);

/* The value run through `filters` (the text behind the first bar, without it): names separated by
 * |, each with white space around it:
 *
 *     万元 元 千元 亿元   converted, without the unit word; two decimals unless N位 follows
 *     百分比             × 100 and %; two decimals unless N位 follows
 *     N位               N decimals (0 to 30; also 两位, 2位小数)
 *     千分位             3,074.03
 *     大写               大写金额: 叁仟零柒拾肆万零叁佰元整 (of an amount of money, in 元, rounded
 *                       to 分, under 10^16)
 *     日期               2024年5月8日, from 2024-05-08, 2024/5/8, 2024.5.8, 20240508,
 *                       2024年05月08日, or the date stored in a cell
 *     中文数字            三千零七十四 (a whole number under 10^16, in the unit in which it would
 * be printed; 十二, not 一十二)
 *
 * N位 and 千分位 alone leave the figure in its rule's unit, else in its own, with % where it was
 * written with one. `zero` and `negative` of the rule hold here too.
 *
 * A BLANK value passes through all filters as the rule's `blank`, else as written; so does the text
 * that the rule gives for `none`. False, with an error in `diag` at `place` (or, where the value is
 * at fault, at the value's own place): `unknown-filter` with the nearest name, `not-a-number`,
 * `not-a-date`, `unit-mismatch` (a count | 万元), `unknown-unit` (a bare number of which nobody
 * says whether it is 元 or 万元). */
bool zp_print_filtered(zp_arena *arena, const zp_value *value, zp_str filters, zp_span place,
                       zp_diag *diag, zp_str *printed);

#endif
