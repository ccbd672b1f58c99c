/* pdf.h: pages to a PDF file: 1.7, or 1.4 for PDF/A-1.
 *
 * libharu keeps the objects and writes them; fonts are ours (embed.h): Type0, Identity-H, subset,
 * with ToUnicode. All text is placed by its glyphs' own positions. What the pages' items are is
 * said by a structure tree (tags.h), what the file is by XMP (xmp.h), as the standard asks. Same
 * pages, same date: same bytes.
 */
#ifndef ZP_PDF_H
#define ZP_PDF_H

#include "base/diag.h"
#include "doc/report.h"
#include "doc/standard.h"
#include "layout/display.h"

/* A file that the report was made of. */
typedef struct {
    zp_str name;
    const char *mime; /* text/markdown */
    bool source;      /* the text itself; else data that went into it */
    zp_str bytes;
} zp_pdf_attachment;

typedef struct {
    int64_t date;    /* seconds since 1970-01-01 UTC; printed in China's time, +08:00 */
    zp_str producer; /* "ziping 0.1.0": by this mark ziping knows its own files */
    const zp_standard *standard;
    const zp_pdf_attachment *attachments; /* for a standard that embeds files */
    size_t attachment_count;
} zp_pdf_options;

/* False after an error: a font that cannot be subset (`font-damaged`), more than libharu or the
 * standard can hold (`pdf-limit`). */
bool zp_pdf_write(zp_arena *arena, const zp_report *report, const zp_pages *pages,
                  const zp_pdf_options *options, zp_diag *diag, zp_buf *out);

#endif
