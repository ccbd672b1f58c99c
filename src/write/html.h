/* html.h: a report as one self-contained HTML page.
 *
 * The tree is copied into a throwaway cmark tree (our own kinds as custom blocks and inlines),
 * cmark renders and escapes it, and the result stands in the template's page.html (webpage.h). No
 * script, no outside request, no raw HTML of the author.
 *
 * Pictures are in the page itself, as data, as wide as on paper.
 *
 * Anchors: a heading or figure has its author's id when that is letters, digits, -, _ and Han, the
 * first of its kind, and none of ours
 * (`bad-id`, `duplicate-id` otherwise, warnings); a heading without one, s1, s1-2 … by its place.
 * Notes are note-1, references ref-1. In the place of a picture that cannot be drawn stand its
 * words; errors of picture.h, and `picture-not-drawn` for one that does not stand by itself, say so
 * and do not stop the writing.
 */
#ifndef ZP_HTML_H
#define ZP_HTML_H

#include "base/diag.h"
#include "doc/report.h"
#include "layout/picture.h"

/* False when there is no page: page.html names what is not there, or in another way than it may
 * (webpage.h). */
bool zp_html_write(zp_arena *arena, const zp_report *report, zp_pictures *pictures, zp_diag *diag,
                   zp_buf *out);

#endif
