/* quantity.h: the figures of a report's prose and cells, read as an auditor reads them.
 *
 * 3,062.66 万元, 99.63%, 10余次, 15%～30%, −3.2 and 近2000件 are quantities: number, unit, sign,
 * decimals. What looks like a figure and is a name is not: dates, times (8:00-11:30), ratios
 * (1:100), ordinals (第3条, 1. at a start), versions and standards (ISO 9001:2015), document
 * numbers (财预〔2020〕10号), codes (2023-0012), telephone numbers, and all within 《》. Years and
 * dates are kept apart, as kinds of their own.
 *
 * A minus (- − －) is a sign at the start of a cell, behind an opening bracket, = or a word of
 * change (增长, 变动率 …); between two numbers it is a range.
 */
#ifndef ZP_QUANTITY_H
#define ZP_QUANTITY_H

#include "check/matrix.h"
#include "check/passage.h"
#include "data/unit.h"

typedef enum {
    ZP_QUANTITY_FIGURE, /* number with or without a unit */
    ZP_QUANTITY_RANGE,  /* its lower end; the upper end is the next in the list, also a RANGE */
    ZP_QUANTITY_YEAR,   /* 2023年, 2023年度: `value` is the year */
    ZP_QUANTITY_DATE,   /* 2023年6月5日, 6月5日, 2023-06-05: no value */
} zp_quantity_kind;

typedef struct {
    zp_quantity_kind kind;
    size_t passage;
    size_t start, end; /* numeral and unit in the passage's text */
    size_t digits_end; /* where the numeral ends */
    size_t name_from;  /* where the words begin that may name it: behind the figure before it in
                          its sentence, or at the sentence's start */
    size_t sentence;   /* its sentence begins here in the passage's text */
    zp_str digits;     /* as written, without commas, sign and spaces: 3062.66 */
    const zp_number *value; /* exact, in the basic unit of its kind (unit.h), with its sign */
    zp_unit unit;           /* kind NONE: a bare number */
    int places;             /* decimals as written */
    int significant;        /* digits, without leading zeros */
    bool rough;   /* 约 近 余 多 左右 以上 不低于 … : not meant to the digit */
    bool points;  /* 百分点: a difference of rates, not a rate */
    bool printed; /* came from data by a placeholder */
} zp_quantity;

enum { ZP_QUANTITIES_MAX = 200000 }; /* of one report; more is no report, and is not read */

typedef struct {
    const zp_quantity *all; /* in the order of the text */
    size_t count;
    bool more; /* there were more than may be read */
} zp_quantities;

/* A cell that is just a figure has the unit that its column's head or a 单位： line gives it. */
zp_quantities *zp_quantities_find(zp_arena *arena, const zp_passages *passages,
                                  const zp_matrices *matrices);

/* The year that a YEAR names. */
int zp_quantity_year(const zp_quantity *q);

/* The first of the quantities of `passage`, and behind the last. */
size_t zp_quantities_of(const zp_quantities *quantities, size_t passage, size_t *end);

#endif
