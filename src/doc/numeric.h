/* numeric.h: which columns of a table hold amounts, and which rows sum them up.
 *
 * Both writers ask this, so that amounts stand on their point in PDF and flush right in HTML.
 */
#ifndef ZP_NUMERIC_H
#define ZP_NUMERIC_H

#include "doc/node.h"

typedef enum {
    ZP_HOLDS_TEXT,
    ZP_HOLDS_AMOUNTS, /* most cells below the head are numbers */
    ZP_HOLDS_LABELS, /* so they are, but they count or name (序号, 年度): nothing is compared by its
                        digits */
} zp_holding;

/* Whether the text is one number: sign, ￥, digits, commas, a point, %, in this order. */
bool zp_text_is_number(zp_str text);

/* Whether it is nothing, or a dash that stands for it. */
bool zp_text_is_blank(zp_str text);

/* What each of the table's columns holds. Empty cells and dashes say nothing. */
const zp_holding *zp_numeric_columns(zp_arena *arena, const zp_node *table);

/* How a cell below the head stands when its author says nothing: numbers, dashes, cells joined
 * downwards, labels (strong throughout, as forms have them) and the word 合计 in the middle, a text
 * as its style has it (NONE). `*number` tells whether it is a number in a column of amounts. */
zp_align zp_cell_align(zp_arena *arena, const zp_node *cell, const zp_holding *holdings,
                       bool *number);

/* Whether a row below the head begins with 合计, 总计 or 小计, spaces between them or not. */
bool zp_row_is_total(zp_arena *arena, const zp_node *row);

#endif
