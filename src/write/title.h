/* title.h: a report's title as HTML. */
#ifndef ZP_TITLE_H
#define ZP_TITLE_H

#include "doc/report.h"

/* Adds the title, escaped, for an <h1>: each stretch that its lines do not part (phrase.h) is a
 * <span>, with further ones in it where it holds shorter phrases, for style.css to keep whole while
 * it fits. Where the author parted the title with \ every line is a <span class="line">. */
void zp_title_write(zp_arena *arena, const zp_report *report, zp_buf *out);

#endif
