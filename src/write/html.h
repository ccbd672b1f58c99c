/* html.h: a report as one self-contained HTML page, or as a fragment of one.
 *
 * The tree is copied into a throwaway cmark tree (our own kinds as custom blocks and inlines),
 * cmark renders and escapes it, and the result stands in the template's page.html (webpage.h). No
 * script, no outside request, no raw HTML of the author. Pictures are in the page itself, as data,
 * as wide as on paper.
 *
 * A section for each heading of the text; ids are anchor.h's. Notes follow the text, each with a
 * way back. In the place of a picture that cannot be drawn stand its words; errors of picture.h,
 * and `picture-not-drawn` for one that does not stand by itself, say so and do not stop the
 * writing.
 */
#ifndef ZP_HTML_H
#define ZP_HTML_H

#include "base/diag.h"
#include "doc/report.h"
#include "layout/picture.h"

typedef struct {
    /* One <div> to be pasted into a page of somebody else's: no title, headings from h2 on, all
     * looks as style attributes, every id with a prefix made of the title. page.html is not used.
     */
    bool fragment;
    /* Blocks, rows and cells say where they stand in what their author wrote: data-line, from 1,
     * and where that is not the report's file, data-file, its name. For the preview; a file of
     * somebody's has none. */
    bool places;
    /* Rules that stand at the end of the page's style sheet: faces that go with the page, as data.
     * A fragment has none. */
    zp_str style;
} zp_html_options;

/* False when there is no page: page.html names what is not there, or in another way than it may
 * (webpage.h). */
bool zp_html_write(zp_arena *arena, const zp_report *report, const zp_html_options *options,
                   zp_pictures *pictures, zp_diag *diag, zp_buf *out);

#endif
