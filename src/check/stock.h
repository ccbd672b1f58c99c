/* stock.h: the text that a template brings along: all reports made with it share it.
 *
 * It is read from the report.md and the partials of the template and those that it extends. A text
 * of a report that stands in one of them, what was printed from data aside, is not its author's.
 */
#ifndef ZP_STOCK_H
#define ZP_STOCK_H

#include "check/passage.h"

typedef struct zp_stock zp_stock;

/* Files that are not there hold nothing. */
const zp_stock *zp_stock_read(zp_arena *arena, const zp_template *template);

/* Whether the bytes of a passage, white space and what was printed aside, are the template's. */
bool zp_stock_holds(const zp_stock *stock, const zp_passages *passages, size_t passage,
                    size_t start, size_t end);

#endif
