/* pdftext.h: the text of a PDF, through pdftotext of poppler, where that is installed.
 *
 * It runs as a program of its own, without a shell, for a minute at most; what it prints is cut at
 * ZP_SOURCE_MAX. Page numbers alone on a line at the edge of a page are left out, pages join, and
 * lines that go on with one another become paragraphs (plain.h). Places are pages.
 */
#ifndef ZP_PDFTEXT_H
#define ZP_PDFTEXT_H

#include "base/diag.h"

/* As Markdown, with a warning that the lines were put together again (`pdf-text`). NULL: `why` says
 * that there is no such program, that it failed, or that the PDF has no text. */
const zp_source *zp_pdftext_read(zp_arena *arena, zp_str path, zp_diag *diag, zp_str *why);

#endif
