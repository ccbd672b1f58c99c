/* footnote.h: the notes of a report, found by label and numbered by use.
 */
#ifndef ZP_FOOTNOTE_H
#define ZP_FOOTNOTE_H

#include "base/diag.h"
#include "doc/node.h"

typedef struct {
    zp_str label;  /* without [^ and ] */
    zp_span mark;  /* [^label] where the note is written */
    zp_node *node; /* a NOTE; number 0 until it is referred to */
} zp_footnote;

typedef struct {
    zp_footnote *notes; /* in the order of the text */
    size_t count;
    zp_footnote **by_label; /* made by zp_footnotes_index */
    size_t labels;
} zp_footnotes;

/* A label that is there twice is a warning (`duplicate-note`); the first note is found. */
void zp_footnotes_index(zp_arena *arena, zp_footnotes *footnotes, zp_diag *diag);
zp_footnote *zp_footnotes_find(const zp_footnotes *footnotes, zp_str label);

/* Numbers the notes in the order of the NOTEREFs in `document` and appends them to it; a note that
 * is referred to in notes only comes after these. One without a reference is reported
 * (`unused-note`). */
void zp_footnotes_number(zp_footnotes *footnotes, zp_node *document, zp_diag *diag);

#endif
