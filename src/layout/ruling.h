/* ruling.h: the rules of a table, drawn for some of its rows at a time.
 *
 * Neighbours share their rule: it is drawn at the top of the lower row and on the edge between
 * columns, and runs on as far as the cells on its two sides differ. Everything stays within the
 * rows' own height and the table's width, so that nothing leaves the 版心 where a page is full.
 */
#ifndef ZP_RULING_H
#define ZP_RULING_H

#include "layout/cells.h"

/* A part of the table that one box shows: rows first to end - 1, their tops from the box's top, and
 * the foot of the last. */
typedef struct {
    uint32_t first, end;
    const zp_len *tops; /* end - first + 1 */
    bool opens, closes; /* its head is a border between rows, or a line within one; its foot is the
                           table's */
    bool page_top;      /* a page begins with it: joined cells are ruled off above too */
} zp_ruled_part;

void zp_ruling_add(const zp_grid *g, const zp_ruled_part *part, zp_items *items);

/* The rule that closes the table at a page's end, at the foot of a box of that height. */
void zp_ruling_foot(const zp_grid *g, zp_len height,
                    zp_items *items); /* a thin one, below the head */
void zp_ruling_close(const zp_grid *g, zp_len height, zp_items *items);

#endif
