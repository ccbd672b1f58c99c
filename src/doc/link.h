/* link.h: where links end in the text, and where they lead.
 *
 * cmark says that there is a link but not how long it is. These read what stands around the link's
 * text by the rules by which cmark 0.30 has just read it.
 */
#ifndef ZP_LINK_H
#define ZP_LINK_H

#include "base/str.h"

/* Where the text goes on in the line that begins at `at`, in a paragraph inside `quotes` quotes. */
size_t zp_link_line_begin(zp_str text, size_t at, size_t quotes);

typedef struct {
    size_t end;          /* behind the link */
    size_t url, url_end; /* (url) as typed; both 0 for a reference */
} zp_link_tail;

/* What follows the ] that ends a link's text and stands before `at`: (url "title"), [label] or
 * nothing. */
zp_link_tail zp_link_tail_read(zp_str text, size_t at, size_t quotes);

/* The line after a definition `[label]: url "title"` at `at`; `at` when there is none. */
size_t zp_link_definition_skip(zp_str text, size_t at, size_t quotes);

/* Whether the url has no scheme, or http, https or mailto. */
bool zp_link_is_safe(zp_str url);

#endif
