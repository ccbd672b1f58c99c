/* grid.h: tables: a TABLE node with its caption, unit, remarks and signing row to boxes.
 *
 * A row is a box, and goes on a page as a whole; rows that a joined cell holds together are one
 * box, unless the cell is so long that it must be parted: then its text is said again at the head
 * of each page. What is higher than a page is cut into boxes of one line each. Each further page
 * begins with 续表, the unit and the table's head; where one ends within the table, a rule closes
 * it.
 *
 * A table says more of itself in the braces that end its caption:
 *     widths=1,2,1     widths of the columns against each other; else they are solved from the
 * content style=three-line grid, three-line, plain; else the template's size=五号         type,
 * heads in proportion; else the template's page=landscape   on turned pages; else, of itself, when
 * its words do not find room across an upright one fit=page         the whole table on one page, in
 * smaller type if need be: `table-does-not-fit` when that does not help What is none of these is a
 * warning: `unknown-attribute`, `bad-attribute`, `bad-widths`.
 *
 * A table whose columns do not fit into a turned page in the smallest type of the template is set
 * smaller yet, and `table-too-wide` is said of it; a row higher than a page is `row-split`, a word
 * wider than its column `long-word`: warnings, nothing is lost.
 */
#ifndef ZP_GRID_H
#define ZP_GRID_H

#include "layout/column.h"

/* Where a cell's text stands in it. */
typedef struct {
    const zp_node *node;
    zp_align align; /* NONE: justified */
    zp_len inset; /* of a number that stands on its column's points: from the end of the text to the
                     right padding; else 0 */
} zp_cell_setting;

/* A table as it was set, for writers whose readers set it again. */
typedef struct zp_table_setting {
    const zp_node *node;
    zp_table_style style;
    bool landscape, repeats; /* on turned pages; further pages begin with the head */
    uint32_t columns, rows, head_rows;
    zp_len size, padding, leading;
    const zp_len *edges;          /* of columns, from the table's left edge; columns + 1 */
    const zp_len *heights;        /* of rows */
    const bool *keeps;            /* no page ends between this row and the next */
    const zp_cell_setting *cells; /* in the order of the document */
    size_t cell_count;
} zp_table_setting;

/* Adds the table's boxes to the column, and its setting to the column's tables. */
void zp_grid_layout(zp_column *column, const zp_node *table);

#endif
