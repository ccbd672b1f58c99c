/* block.h: blocks of the document to one endless column of boxes.
 *
 * A box is what a page takes or leaves as a whole: a line of text, a slice of a table row, a blank
 * line. Where pages end is not decided here; boxes only say what must stay together.
 */
#ifndef ZP_BLOCK_H
#define ZP_BLOCK_H

#include "doc/report.h"
#include "layout/display.h"
#include "layout/inline.h"

typedef struct {
    const zp_item *items;
    uint32_t count;
    zp_len dx,
        dy; /* added to the items' places: from the left edge of the 版心, from the box's top */
    int lines; /* height in lines of the page; the box stands on the grid. 0: `height` counts,
                  wherever it comes */
    zp_len height;
    bool blank; /* nothing but distance: dropped at the head of a page, but for the first */
    bool keeps; /* no page ends after this box */
} zp_box;

/* A column under construction. */
typedef struct {
    zp_arena *arena;
    const zp_report *report;
    zp_setter *setter;
    zp_diag *diag;
    zp_box *boxes;
    size_t count, capacity;
    int follow; /* lines still to be kept with the heading before them */
} zp_column;

/* All of the report: title, text, notes. */
void zp_block_layout(zp_column *column);

/* For grid.c: */

/* A box at the end of the column. */
zp_box *zp_column_add(zp_column *column);

typedef struct {
    zp_run *runs;
    size_t count, capacity;
} zp_runs;

/* The inlines below `node` as runs in `style`; their items belong to `owner`. */
void zp_runs_collect(zp_column *column, const zp_node *node, zp_style_name style,
                     const zp_node *owner, zp_runs *runs);

#endif
