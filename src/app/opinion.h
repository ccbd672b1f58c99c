/* opinion.h: what goes back to the units: 审核意见表, one a report, and 汇总 over all of them.
 *
 * Each is an HTML page (self-contained, no script, to be read, printed on A4 or sent) and an XLSX
 * workbook of the same name, in which the unit writes its answers. They are named after the units;
 * a further report of a unit gets -2.
 */
#ifndef ZP_OPINION_H
#define ZP_OPINION_H

#include "app/round.h"

typedef struct {
    zp_str unit, title; /* of the report; may be empty */
    zp_str file;
    bool checked;
    zp_findings found, gone; /* gone: since the earlier check */
} zp_opinion;

typedef struct zp_opinions zp_opinions;

/* Tables for the folder, which is made. `compared`: with an earlier check. NULL: it cannot be, and
 * that has been said. */
zp_opinions *zp_opinions_new(zp_arena *arena, const char *folder, bool compared, int64_t date);

/* Writes one report's table, and counts it. Reports come in their order. */
void zp_opinions_add(zp_opinions *opinions, const zp_opinion *opinion);

/* Writes 汇总; false when one of the files has not been written, which has been said. */
bool zp_opinions_end(zp_opinions *opinions);

#endif
