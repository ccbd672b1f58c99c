/* cells.h: a table as a grid of cells that know what they hold and how much room it takes.
 *
 * Private to the table layout (grid.c, cells.c, columns.c, ruling.c, legend.c); others see grid.h.
 * A table passes through in this order: read, measured in one line a cell, columns solved, set in
 * them, cut into boxes.
 */
#ifndef ZP_CELLS_H
#define ZP_CELLS_H

#include "doc/numeric.h"
#include "layout/column.h"

typedef struct {
    const zp_node *node;
    uint32_t row, rows; /* from 0; how many it covers */
    bool head;
    bool on_point;  /* a number of a column whose numbers stand on their points */
    zp_align align; /* NONE: justified */
    zp_len before;  /* on_point: how much of the number stands left of its point */
    zp_lines lines; /* flush left in a width of their own; none: empty, or too long to have been
                       measured by setting */
    zp_len size;    /* of the type they are set in */

    /* At the style's size of type: */
    int64_t natural; /* width in one line; of a long text, about */
    zp_len word;     /* the widest piece that no line end parts */
} zp_grid_cell;

typedef struct {
    const zp_node *node;
    bool total; /* 合计 and the like: stays with the row above */
    bool keeps; /* no page ends below it, the row below it being no table's end */
    zp_len height;
} zp_grid_row;

/* What columns ask for: columns.c. */
typedef struct zp_column_need zp_column_need;

typedef struct {
    zp_column *column;
    const zp_node *table;
    uint32_t columns, rows;
    uint32_t head_rows; /* the first ones */
    zp_grid_cell **at;  /* the cell that covers each place, row by row */
    zp_grid_row *row;
    const zp_holding *holdings;
    zp_len *before, *after;  /* the most that a column's numbers have on either side of the point */
    const uint32_t *weights; /* of columns, as the author gave them; NULL: solved from content */

    zp_table_style style;
    bool landscape;
    zp_len width, room; /* of the table; height of a page's frame */
    zp_len base, size;  /* type size of the style, and of this table */
    zp_column_need *needs;
    zp_len *edges; /* columns + 1 */
} zp_grid;

/* The cell at a place. */
zp_grid_cell *zp_grid_at(const zp_grid *g, uint32_t row, uint32_t column);

/* Between rule and text at all sides, and from line to line, in type of that size. */
zp_len zp_grid_padding(zp_len size);
zp_len zp_grid_leading(zp_len size);

/* The grid of a table that table.c has read: its cells cover every place once. */
zp_grid *zp_cells_read(zp_column *column, const zp_node *table);

/* Finds what each cell takes: natural and word. */
void zp_cells_measure(zp_grid *g);

/* Sets all cells in their columns at the grid's size, and finds the height of each row. Words that
 * had to be parted are a warning
 * (`long-word`, once a table), if `warn`. */
void zp_cells_set(zp_grid *g, bool warn);

/* Height of the cell's text with the padding around it. */
zp_len zp_cell_height(const zp_grid *g, const zp_grid_cell *cell);

/* Where the text of a set cell ends before its right padding, if it is a number that stands on its
 * point; else 0. */
zp_len zp_cell_inset(const zp_grid *g, const zp_grid_cell *cell);

/* Items under construction. */
typedef struct {
    zp_arena *arena;
    zp_item *items;
    uint32_t count;
    size_t capacity;
} zp_items;
zp_item *zp_items_add(zp_items *items);

/* Line k of a cell with its middle at y. `again`: it has been said before, and belongs to no node.
 */
void zp_cell_put_line(const zp_grid *g, const zp_grid_cell *cell, size_t k, zp_len y, bool again,
                      zp_items *items);

/* The inlines of a part of the table in `style`, scaled to a type size. */
zp_runs zp_grid_runs(const zp_grid *g, const zp_node *node, zp_style_name style, zp_len from,
                     zp_len to);

#endif
