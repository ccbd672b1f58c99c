/* grid.h: tables, plainly: columns as wide as their contents ask, every row ruled.
 *
 * A row becomes slices, each one line of every cell in it, so that a row taller than a page still
 * goes on over the page's end and a joined cell's text flows on beside the rows it covers.
 */
#ifndef ZP_GRID_H
#define ZP_GRID_H

#include "layout/block.h"

/* Adds the table's slices to the column. */
void zp_grid_layout(zp_column *column, const zp_node *table);

#endif
