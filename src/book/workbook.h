/* workbook.h: workbooks as people send them, recognised by content, whatever the name says.
 *
 *   OOXML (.xlsx)             libzip and libxml2; shared and inline strings, numbers, both date
 *                             systems, formats (percent, dates, Chinese dates), booleans, errors,
 *                             joined cells, hidden rows and columns, alignment
 *   XML Spreadsheet 2003      one XML file, often named .xls
 *   an HTML table             named .xls by the system that exported it; UTF-8 or GB18030
 *   binary .xls               an error that names the menu to save it anew (`old-workbook`)
 *
 * Sheets that the workbook hides come behind those that it shows, and are marked. Charts are no
 * sheets. Nested tables of HTML are sheets of their own when they have two rows and two columns,
 * else their text stays in the cell they stand in.
 *
 * Formulas give their cached value; a formula without one is `no-cached-value`, a warning at its
 * cell, and the cell is `uncomputed`, a TEXT without text. Stored numbers are taken at Excel's 15
 * significant digits, except where they differ from what is shown only by binary noise:
 * 0.0900000762939453 shown as 9% is 0.09 (cellshow.h has the rule, and what `stored` and `unit`
 * are).
 *
 * Hostile files: `zip-bomb` (a part that unpacks to more than ZP_WORKBOOK_PART, or all to more than
 * ZP_WORKBOOK_ALL), `xml-dtd` (a DTD or an entity of its own), `bad-workbook` (what is not what it
 * seems), `bad-zip`, `bad-xml`, `too-deep`, `too-many-cells`; `encrypted-workbook`. Nothing outside
 * the bytes is ever looked at.
 */
#ifndef ZP_WORKBOOK_H
#define ZP_WORKBOOK_H

#include "book/sheet.h"

enum {
    ZP_WORKBOOK_PART = 256 << 20, /* bytes of one part, unpacked */
    ZP_WORKBOOK_ALL = 512 << 20,
    ZP_WORKBOOK_STRINGS = 4000000, /* shared strings */
    ZP_WORKBOOK_CELLS = 4000000,   /* kept, of all sheets */
};

/* What the bytes are. */
typedef enum {
    ZP_FILE_TEXT, /* none of the others: CSV, YAML, JSON */
    ZP_FILE_OOXML,
    ZP_FILE_ZIP, /* a ZIP that is no workbook, or a damaged one */
    ZP_FILE_XML_SHEET,
    ZP_FILE_HTML,
    ZP_FILE_OLD_BINARY, /* OLE2: .xls, .doc, or an encrypted .xlsx */
} zp_file_kind;

zp_file_kind zp_file_kind_of(zp_str bytes);

/* A workbook of the kind OOXML, XML_SHEET or HTML (each table a sheet: 表1, 表2 …); of another kind
 * `old-workbook`, `encrypted-workbook` or `bad-workbook`. NULL after an error. `name` is the
 * file's, for messages, and stays. */
const zp_book *zp_workbook_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag);

#endif
