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

/* What the line is in which a place begins; ZP_LINE_TEXT and 0 where there is no line. */
zp_line_place zp_listed_line(const zp_listed_place *place);

/* Whether a place is known by its cell, that of a workbook's sheet or of a table in a Word
 * document; and that cell's name, B7: the letters count A to Z, AA to ZZ and so on, without a
 * nought. */
bool zp_listed_has_cell(const zp_listed_place *place);
void zp_listed_cell(const zp_listed_place *place, zp_buf *out);

/* A line in words: 第12行, 第12段, 表2, 脚注1, 文本框1, 第6页. */
void zp_line_words(zp_line_place line, zp_buf *out);

/* A place that is not known by its line: 第12段, 表2 B3; nothing of another. */
void zp_listed_words(const zp_listed_place *place, zp_buf *out);

#endif
