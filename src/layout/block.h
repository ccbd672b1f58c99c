/* block.h: blocks of the document to a column of boxes. */
#ifndef ZP_BLOCK_H
#define ZP_BLOCK_H

#include "layout/column.h"

/* All of the report: title, text, and what the front matter asks for around them. */
void zp_block_layout(zp_column *column);

#endif
