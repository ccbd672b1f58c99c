/* pdffile.h: numbered objects as the bytes of a PDF file (ISO 32000-1, 7.5).
 *
 * Two ways to write them: plain, each object for itself and a table of where they stand, as PDF 1.4
 * and PDF/A-1 know it (ISO 19005-1, 6.1.4); packed, with all that is no stream in compressed object
 * streams (7.5.7), which takes a structure tree to a tenth of its size.
 */
#ifndef ZP_PDFFILE_H
#define ZP_PDFFILE_H

#include "write/deflate.h"

enum { ZP_PDF_ID = 16 }; /* bytes of a file's ID */

typedef struct {
    zp_str value;  /* as it stands in the file */
    zp_str stream; /* what follows a stream's dictionary; p NULL: it is no stream */
} zp_pdf_object;

typedef struct {
    const char *version; /* "1.7" */
    bool packed;
    const zp_pdf_object *objects; /* by number; the first, 0, is none */
    size_t count;
    size_t root, info; /* numbers of the catalog and of the document information */
    unsigned char id[ZP_PDF_ID];
} zp_pdf_file;

void zp_pdffile_write(const zp_pdf_file *file, const zp_deflater *deflater, zp_buf *out);

#endif
