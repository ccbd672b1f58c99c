/* docx.h: a report as a Word document (ECMA-376 Part 1, WordprocessingML, transitional).
 *
 * For people who go on writing in WPS or Word: real styles for every level of headings and kind of
 * text, tables, footnotes, sections. The page is the one of GB/T 9704: A4, the 版心 with a grid of
 * lines and characters (w:docGrid linesAndChars). The text does not lean on that grid, which every
 * reader applies in its own way (LibreOffice takes a negative charSpace for a positive one): its
 * lines are exactly as high as the grid's, its characters are tracked to the grid's cells, so that
 * the pages come out as ours do. Where the layout decides, the document is told: the line ends of a
 * title, the widths of a table's columns, the heights of its rows, the size of a picture. Numbers
 * of headings, labels of lists and numbers of captions are text, as typed.
 *
 * LibreOffice (7.4) does not read two of the things said: that no gap stands between Han and digits
 * (it puts a fifth of the type there) and that marks side by side are squeezed. Its lines hold less
 * where a report is full of figures, by one or two a page; nothing that would be right in Word too
 * makes up for it. With these two told to it, its pages are ours (tests/cli/office_test.py).
 *
 * What Word has no word for: 续表 above a table's further pages (its head is repeated), line ends
 * weighed over a whole paragraph, a note's number in brackets.
 *
 * Fonts are named as offices have them (仿宋_GB2312, 方正小标宋简体 …), with their other names in
 * the font table. Charts are pictures of 300 dots an inch.
 *
 * There is no well-kept C library for writing OOXML in Debian (libreofficekit needs an office
 * suite, libxlsxwriter knows workbooks only), so the parts are written here, over libxml2 and
 * libzip: docxstyle (how it looks), docxtext (paragraphs and runs), docxtable, docxfigure,
 * docxmatter (what stands around the text), docxfile (the package).
 */
#ifndef ZP_DOCX_H
#define ZP_DOCX_H

#include "doc/report.h"
#include "layout/display.h"

typedef struct {
    int64_t date;    /* of the document: seconds since 1970-01-01 UTC */
    zp_str producer; /* "ziping 0.1.0" */
} zp_docx_options;

/* Adds the document to `out`. `pages` are the report's. */
void zp_docx_write(zp_arena *arena, const zp_report *report, const zp_pages *pages,
                   const zp_docx_options *options, zp_buf *out);

#endif
