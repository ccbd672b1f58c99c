/* html.h: a report as one self-contained HTML page.
 *
 * The tree is copied into a throwaway cmark tree (our own kinds as custom blocks and inlines),
 * cmark renders and escapes it, and the result stands in the template's page.html: {{title}}
 * {{department}} {{year}} {{subject}} escaped, {{{style}}} and
 * {{{body}}} as they are. No script, no outside request, no raw HTML of the author.
 *
 * Anchors: a heading has its author's id when that is letters, digits, -, _ and Han, the first of
 * its kind, and none of ours
 * (`bad-id`, `duplicate-id` otherwise, warnings); else s1, s1-2 … by its place among the headings.
 * Notes are note-1, references ref-1. A picture is not drawn yet: its words stand in its place, and
 * `picture-not-drawn` says so, an error that does not stop the writing.
 */
#ifndef ZP_HTML_H
#define ZP_HTML_H

#include "base/diag.h"
#include "doc/report.h"

/* False when there is no page: a placeholder in page.html that does not exist, has the wrong number
 * of braces or is not closed
 * (`page-placeholder`). */
bool zp_html_write(zp_arena *arena, const zp_report *report, zp_diag *diag, zp_buf *out);

#endif
