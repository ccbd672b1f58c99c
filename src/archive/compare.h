/* compare.h: two years of an archive side by side.
 *
 * A unit is followed by its code, so that a new name does not part it from itself; where it has
 * none, by its folder. Money is in 万元 and compared in percent; a rate in percentage points; a
 * score in points. What one of the years does not say has no change.
 */
#ifndef ZP_COMPARE_H
#define ZP_COMPARE_H

#include "archive/catalog.h"

/* A table of texts under heads; `keys` name its columns to programs. `aligned`: a letter a column,
 * l left, r right, c centred. */
typedef struct {
    zp_str key, caption;
    const zp_str *keys, *heads;
    const char *aligned;
    zp_rows rows;
} zp_compared;

enum { ZP_COMPARED_MOST = 3 };

typedef struct {
    zp_str unit; /* the name that it has last; empty: all units */
    zp_compared tables[ZP_COMPARED_MOST];
    size_t count;
} zp_comparison;

/* All units, a row each: budget, spending, execution rate, score, grade of both years. */
void zp_compare_all(zp_catalog *catalog, zp_arena *arena, zp_str from, zp_str to,
                    zp_comparison *comparison);

/* One unit, by its code, name or folder in either year: the figures and indicators of its reports,
 * and the problems of the first year beside the measures of the second. Of several reports each row
 * says which; UNIT/NAME asks for one. How many units are called so; none is compared unless it is
 * one. */
size_t zp_compare_unit(zp_catalog *catalog, zp_arena *arena, zp_str from, zp_str to, zp_str unit,
                       zp_comparison *comparison);

#endif
