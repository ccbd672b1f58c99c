/* xlsx.h: OOXML workbooks (ECMA-376, ISO/IEC 29500; strict and transitional).
 *
 * The parts behind workbook.h: xlsx.c finds its way through the package, xlsxstyle.c reads the
 * formats, xlsxsheet.c the cells.
 */
#ifndef ZP_XLSX_H
#define ZP_XLSX_H

#include "book/cellformat.h"
#include "book/sheet.h"

/* A cell style: how its value is shown and where it stands. */
typedef struct {
    const zp_cell_format *format;
    zp_side side;
} zp_xlsx_style;

/* What the sheets of a workbook share. */
typedef struct {
    zp_span file;
    bool since_1904;
    const zp_str *strings;
    size_t string_count;
    const zp_xlsx_style *styles;
    size_t style_count;
    size_t cells; /* kept so far */
} zp_xlsx_shared;

/* A whole workbook, visible sheets before hidden ones; NULL after an error. */
const zp_book *zp_xlsx_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag);

/* xl/styles.xml: the styles that cells name by number. False after an error. */
bool zp_xlsx_read_styles(zp_arena *arena, zp_str bytes, zp_xlsx_shared *shared, zp_diag *diag);

/* xl/sharedStrings.xml: the texts that cells name by number. False after an error. */
bool zp_xlsx_read_strings(zp_arena *arena, zp_str bytes, zp_xlsx_shared *shared, zp_diag *diag);

/* xl/worksheets/sheetN.xml; NULL after an error. */
const zp_sheet *zp_xlsx_read_sheet(zp_arena *arena, zp_str bytes, zp_str name,
                                   zp_xlsx_shared *shared, zp_diag *diag);

/* What attributes say: a number of digits that fits, 1 or true. */
bool zp_xlsx_uint(zp_str text, uint32_t *value);
bool zp_xlsx_bool(zp_str text);

/* What of a hostile file's text a message quotes: as much as the longest name of a sheet (31
 * characters) can need. */
enum { ZP_XLSX_EXCERPT = 124 };
zp_str zp_xlsx_excerpt(zp_str text);

#endif
