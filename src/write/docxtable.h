/* docxtable.h: tables of a Word document, as they were set on our pages.
 *
 * Widths of columns and least heights of rows are the layout's. The head is repeated on further
 * pages (w:tblHeader), a row is not parted (w:cantSplit) unless it is higher than a page, rows that
 * stay together on our pages do in Word.
 */
#ifndef ZP_DOCXTABLE_H
#define ZP_DOCXTABLE_H

#include "write/docxtext.h"

/* The next TABLE's setting: they come in the order of the document. */
const zp_table_setting *zp_docx_table_setting(const zp_docx *d, const zp_node *table);

void zp_docx_table(zp_docx *d, const zp_node *table);

#endif
