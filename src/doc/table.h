/* table.h: pipe tables, from the lines they stand in.
 *
 * Cells are found and joined here; what is in them is Markdown and for markdown.c to read.
 */
#ifndef ZP_TABLE_H
#define ZP_TABLE_H

#include "base/diag.h"
#include "doc/node.h"

/* Whether a table's head begins with the line at `at` of the masked text. */
bool zp_table_begins(zp_str masked, size_t at);

typedef struct {
    zp_str masked; /* mask.h; its first byte is the source's at `place` */
    const zp_source *source;
    size_t place;
    size_t cells; /* counted so far in the report, against ZP_MARKDOWN_CELLS */
} zp_table_reader;

/* Reads the table at `*at` and moves `*at` to the line behind it. CELLs have their span (from the
 * first to the last character in them) and no children yet. One that passes a limit becomes a
 * PARAGRAPH that says so (`too-many-cells`, a FLAW). */
zp_node *zp_table_read(zp_arena *arena, zp_table_reader *reader, zp_diag *diag, size_t *at);

#endif
