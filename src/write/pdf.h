/* pdf.h: pages to a PDF 1.7 file.
 *
 * libharu keeps the objects and writes them; fonts are ours (embed.h): Type0, Identity-H, subset,
 * with ToUnicode. All text is placed by its glyphs' own positions. Same pages, same date: same
 * bytes.
 */
#ifndef ZP_PDF_H
#define ZP_PDF_H

#include "base/diag.h"
#include "doc/report.h"
#include "layout/display.h"

typedef struct {
    int64_t date;    /* seconds since 1970-01-01 UTC; printed in China's time, +08:00 */
    zp_str producer; /* "ziping 0.1.0": by this mark ziping knows its own files */
} zp_pdf_options;

/* False after an error: a font that cannot be subset (`font-damaged`), more than libharu can hold
 * (`pdf-limit`). */
bool zp_pdf_write(zp_arena *arena, const zp_report *report, const zp_pages *pages,
                  const zp_pdf_options *options, zp_diag *diag, zp_buf *out);

#endif
