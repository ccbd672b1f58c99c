/* listing.h: messages as they are told: sorted, each once, with lines and columns.
 */
#ifndef ZP_LISTING_H
#define ZP_LISTING_H

#include "base/diag.h"

typedef struct {
    size_t line, column; /* from 1; 0: none */
    size_t cell;         /* tabs before it in its line: of a sheet, the column from 0 */
    size_t cell_start;   /* offset behind the last of them, or of the line */
} zp_spot;

typedef struct {
    zp_span span; /* in what its author wrote */
    zp_spot start, end;
} zp_listed_place;

typedef struct {
    const zp_message *message;
    zp_listed_place at;
    zp_listed_place *others; /* message->other_count */
} zp_listed;

typedef struct {
    zp_listed *rows; /* by source, sheet and place */
    size_t count;
    size_t left; /* messages that are not among them */
} zp_listing;

/* The messages of `diag`; equal ones at one place once. Of more than `limit` (0: none) the gravest.
 */
zp_listing zp_listing_make(zp_arena *arena, const zp_diag *diag, size_t limit);

zp_listed_place zp_listing_place(zp_arena *arena, zp_span span);

/* B7, the name of a sheet's cell: the letters count A to Z, AA to ZZ and so on, without a nought.
 */
void zp_spot_cell(zp_spot spot, zp_buf *out);

#endif
