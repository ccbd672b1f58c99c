/* sheetxml.h: XML Spreadsheet 2003, one XML file, which systems like to name .xls. */
#ifndef ZP_SHEETXML_H
#define ZP_SHEETXML_H

#include "book/sheet.h"

/* NULL after an error. */
const zp_book *zp_sheetxml_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag);

#endif
