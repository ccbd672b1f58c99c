/* sheetdraft.h: one sheet of a workbook while it is read: cells, and what is hidden. */
#ifndef ZP_SHEETDRAFT_H
#define ZP_SHEETDRAFT_H

#include "book/sheet.h"

typedef struct {
    zp_sheet_maker maker;
    zp_str name;
    zp_span place; /* the sheet as a whole: for messages, and of cells until it is finished */
    size_t *cells; /* of the whole book so far */
    bool full;
    uint32_t *rows; /* hidden, in any order */
    size_t row_count, row_capacity;
    int32_t *columns; /* at each the change in how many stretches hide it; NULL: none are */
} zp_sheet_draft;

/* `file` is the book's name; `cells` counts over all of its sheets, up to ZP_WORKBOOK_CELLS. */
zp_sheet_draft zp_sheet_draft_new(zp_arena *arena, zp_str file, zp_str name, size_t *cells,
                                  zp_diag *diag);

/* About how many cells will come: their room is taken at once. */
void zp_sheet_draft_expect(zp_sheet_draft *draft, size_t count);

/* False when there are too many cells, which is an error, said once: reading on gains nothing. */
bool zp_sheet_draft_add(zp_sheet_draft *draft, zp_cell cell);

/* From `first` to `last`; what no sheet can have is passed over. Hidden rows count as cells, and
 * beyond ZP_WORKBOOK_CELLS no more are noted. */
void zp_sheet_draft_hide_rows(zp_sheet_draft *draft, uint32_t first, uint32_t last);
void zp_sheet_draft_hide_columns(zp_sheet_draft *draft, uint32_t first, uint32_t last);

/* The finished sheet; each formula without a value is warned of. */
zp_sheet *zp_sheet_draft_finish(zp_sheet_draft *draft);

#endif
