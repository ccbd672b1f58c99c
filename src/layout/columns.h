/* columns.h: how wide a table's columns are.
 *
 * Where all cells find room in one line, columns are as wide as that, and what is left over widens
 * them in proportion. Where not, they share the width so that the columns' texts come to the fewest
 * lines together; a text in a cell that is joined down over several rows then wants no more width
 * than lets it stand in these rows, one 字 a line if need be.
 */
#ifndef ZP_COLUMNS_H
#define ZP_COLUMNS_H

#include "layout/cells.h"

/* Finds what the columns need, from cells that have been measured. */
void zp_columns_measure(zp_grid *g);

/* The least width of the table in type of that size, with whole words or with words parted
 * anywhere. */
int64_t zp_columns_least(const zp_grid *g, zp_len size, bool whole_words);

/* Settles the edges of the columns, for the grid's size and width. */
void zp_columns_solve(zp_grid *g);

#endif
