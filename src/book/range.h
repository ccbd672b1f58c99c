/* range.h: how spreadsheets name cells: B7, $A$1:D20. */
#ifndef ZP_RANGE_H
#define ZP_RANGE_H

#include <stdbool.h>
#include "base/str.h"

enum {
    ZP_SHEET_ROWS = 1048576, /* as Excel has them */
    ZP_SHEET_COLUMNS = 16384,
};

/* From 0; ends inclusive. */
typedef struct {
    uint32_t row, column, last_row, last_column;
} zp_range;

/* A1, $B$7, A1:D20, A:D, 3:20 as a range, in order, whichever end is written first. False when it
 * is none, or lies beyond ZP_SHEET_ROWS or ZP_SHEET_COLUMNS. */
bool zp_range_read(zp_str text, zp_range *range);

/* "B7", from numbers that begin at 0. */
zp_str zp_cell_name(zp_arena *arena, uint32_t row, uint32_t column);

#endif
