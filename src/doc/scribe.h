/* scribe.h: words that are no Markdown written as Markdown, each byte with the place it came from.
 */
#ifndef ZP_SCRIBE_H
#define ZP_SCRIBE_H

#include "data/escape.h"
#include "data/mapped.h"

/* Zero it and set `out.text.arena` to begin. */
typedef struct {
    zp_mapped out;
    zp_landing landing;
} zp_scribe;

/* Adds the text of `words`, on one line; what Markdown would take for a mark is escaped. `in_row`:
 * in a row of a table. */
void zp_scribe_words(zp_scribe *scribe, zp_span words, bool in_row);

/* Adds a mark of our own, which has the place of what follows it. */
void zp_scribe_mark(zp_scribe *scribe, zp_str mark, zp_span place);

#endif
