/* toc.h: the table of contents, from the anchors of finished pages.
 *
 * It stands before the text and is not numbered, so it moves no page number that it shows.
 */
#ifndef ZP_TOC_H
#define ZP_TOC_H

#include "layout/column.h"

/* Whether the report asks for one: `contents: true`. */
bool zp_toc_wanted(const zp_report *report);

/* Adds its title and an entry for every heading down to the third level: the heading, leaders, the
 * number of its page. */
void zp_toc_layout(zp_column *column, const zp_pages *body);

#endif
