/* extract.h: a table of the report by columns: texts that a chart may take for labels and figures.
 *
 * A joined cell in the first column stands for all its rows, in the others for its first alone.
 * Rows 合计, 总计 and 小计 are left out.
 */
#ifndef ZP_EXTRACT_H
#define ZP_EXTRACT_H

#include "doc/node.h"

typedef struct {
    zp_str text;
    zp_span span;
} zp_extract_cell;

typedef struct {
    zp_str name;            /* of the lowest head cell above it */
    zp_extract_cell *cells; /* one for each row */
} zp_extract_column;

typedef struct {
    zp_extract_column *columns;
    size_t column_count, row_count;
    zp_str unit; /* of the table's line 单位：, or empty */
} zp_extract;

enum { ZP_EXTRACT_COLUMNS = 64, ZP_EXTRACT_ROWS = 600 };

/* The table of `root` with that id; NULL when there is none. */
const zp_node *zp_extract_find(const zp_node *root, zp_str id);

/* False when the table has more columns or rows than the limits above. */
bool zp_extract_read(zp_arena *arena, const zp_node *table, zp_extract *extract);

/* Whether some cell of the column is a figure. */
bool zp_extract_counts(const zp_extract *extract, size_t column);

#endif
