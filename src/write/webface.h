/* webface.h: the faces of a template's roles for its HTML page, as data.
 *
 * A style sheet names faces that need not be there: ziping-fangsong, ziping-kaiti, ziping-heiti,
 * ziping-biaosong, ziping-songti, and ziping-latin for digits and letters, before those that a
 * reader's machine may have. These are rules that bring them along: for each role the fonts of its
 * chain, cut to the report's characters. Unlike on a finished page (webfont.h) it is the browser
 * who sets this text, so the fonts keep their cmap and the rules that Chinese needs: locl and fwid
 * for the full-width forms of marks, halt and chws for marks that stand together, ccmp and kern.
 * (vert is left out: no line is vertical.)
 *
 * Which face an element has is the style sheet's to say and not known here. So the face of the body
 * holds all characters; the others those that stand in their styles (template.h), in strong and
 * emphasized text; all hold the marks and words by which a page is put together. A character that
 * is missing is taken from the reader's fonts.
 *
 * Licences as in webfont.h: a font that may not go along is only named.
 */
#ifndef ZP_WEBFACE_H
#define ZP_WEBFACE_H

#include "base/diag.h"
#include "doc/report.h"
#include "layout/font.h"

/* Adds the rules; false after an error: a font that cannot be subset (`font-damaged`). */
bool zp_webface_write(zp_arena *arena, const zp_report *report, const zp_fonts *fonts,
                      zp_diag *diag, zp_buf *out);

#endif
