/* naming.h: what each figure is of: its name, whose it is, of which year and fund.
 *
 * A sentence names its figures as it goes:
 * 2023年度，一般公共预算财政拨款年初数3067.35万元，调整后预算数 3074.03万元. The words of a
 * figure's own clause name it; year, fund and owner are carried on from clause to clause. What the
 * lexicon (lexicon.h) does not know in that clause is somebody's own name: 代表培训支出 is not the
 * unit's 支出, but that of 代表培训.
 */
#ifndef ZP_NAMING_H
#define ZP_NAMING_H

#include "check/lexicon.h"
#include "check/quantity.h"

typedef struct {
    const zp_term *term; /* NULL: none that is known and counted like this */
    const zp_term *base; /* of a rate: what its words name instead, 占项目支出的; else NULL */
    unsigned fund;       /* 0: none is named */
    int year;            /* the report's where none is named; 0: nobody knows */
    zp_str owner;        /* in the words of the text, without spaces; empty: the unit as a whole */
    bool clear;          /* its own words say whose it is */
    bool parts;          /* stands behind 其中 in its sentence */
    bool opens;          /* and 其中 stands between it and the figure before */
    zp_str words;        /* what its own clause says in front of it, without spaces */
    bool aside;          /* stands alone in brackets: 产出指标（50分） */
} zp_name;

/* In a table a figure is named by its row and its column's head.
 *
 * One for each of the quantities. `year`: the report's, 0 when not known. */
const zp_name *zp_naming_find(zp_arena *arena, const zp_passages *passages,
                              const zp_quantities *quantities, const zp_matrices *matrices,
                              const zp_lexicon *lexicon, int year);

#endif
