/* grid.h: a table of a Word document while it is read: rows and cells as they come.
 *
 * Cells are joined to the left by gridSpan (17.4.17) or hMerge (17.4.22), downwards by vMerge
 * (17.4.84): a cell that goes on with the one above it has the same columns. Text that stands in a
 * cell that was joined away is added to the one that shows.
 */
#ifndef ZP_WORD_GRID_H
#define ZP_WORD_GRID_H

#include "base/diag.h"
#include "book/sheet.h"

typedef enum { ZP_WORD_ALONE, ZP_WORD_BEGINS, ZP_WORD_GOES_ON } zp_word_join;

typedef struct {
    uint32_t columns; /* it covers */
    zp_word_join down, right;
    zp_side side;
    zp_str text;
} zp_word_cell;

typedef struct zp_word_grid zp_word_grid;

zp_word_grid *zp_word_grid_new(zp_arena *arena);

/* The next row: `before` columns stay free at its beginning; `head`: it is repeated on each page.
 */
void zp_word_grid_row(zp_word_grid *grid, uint32_t before, bool head);

/* The next cell of that row; its text is borrowed. */
void zp_word_grid_add(zp_word_grid *grid, const zp_word_cell *cell);

/* Whether no cell holds any text. */
bool zp_word_grid_is_blank(const zp_word_grid *grid);

/* Rows at the top that are repeated on each page. */
uint32_t zp_word_grid_head(const zp_word_grid *grid);

/* Rows in all. */
uint32_t zp_word_grid_rows(const zp_word_grid *grid);

/* Adds a line a row to `text`, what will be the text of `source`, and makes the sheet whose cells
 * stand there. */
const zp_sheet *zp_word_grid_place(zp_word_grid *grid, const zp_source *source, zp_buf *text,
                                   zp_diag *diag);

#endif
