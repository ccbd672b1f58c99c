/* pipe.h: a sheet as a pipe table.
 *
 * What is shown of a sheet are its rows and columns that are not hidden, without blank ones at the
 * edges; they are numbered anew from 0. A view holds them; columns may then be taken from it by
 * their heads, in any order.
 */
#ifndef ZP_PIPE_H
#define ZP_PIPE_H

#include "data/mapped.h"
#include "book/sheet.h"

typedef struct {
    const zp_sheet *sheet;
    uint32_t *row_at, *column_at; /* of each of the sheet's, one behind included: the first shown
                                     one that is not before it */
    uint32_t rows, columns;       /* that are shown */
    uint32_t lines;               /* rows at the top: one text each, or the unit */
    uint32_t head;                /* rows above the delimiter, `lines` among them */
    zp_str *heads;   /* of each shown column: the folded texts above one another, a \n between */
    uint32_t *taken; /* shown columns that are set, in order; at first all of them */
    size_t taken_count;
} zp_pipe_view;

/* Looks at a sheet. `head` 0: as many head rows as it seems to have. A view without rows has
 * nothing to show. */
zp_pipe_view *zp_pipe_look(zp_arena *arena, const zp_sheet *sheet, uint32_t head);

/* `text` without white space and a mark {内部} at its end: so are heads compared. */
zp_str zp_pipe_fold(zp_arena *arena, zp_str text);

/* The lowest text in the head of a shown column, folded. */
zp_str zp_pipe_leaf(const zp_pipe_view *view, uint32_t column);

/* Whether the folded `name` is one of the texts in the column's head, or all of them with / between
 * them. */
bool zp_pipe_is_named(const zp_pipe_view *view, uint32_t column, zp_str name);

/* Adds the table's lines, each behind `indent`. Cells lead to the sheet's, the rest to `place`. The
 * caller has seen to it that they are no more than ZP_MARKDOWN_COLUMNS and ZP_MARKDOWN_CELLS. Stops
 * where the text has become longer than `limit` bytes. */
void zp_pipe_write(zp_arena *scratch, const zp_pipe_view *view, zp_str indent, zp_span place,
                   size_t limit, bool printed, zp_mapped *out);

#endif
