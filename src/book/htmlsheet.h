/* htmlsheet.h: the tables of a web page, which systems like to name .xls. */
#ifndef ZP_HTMLSHEET_H
#define ZP_HTMLSHEET_H

#include "book/sheet.h"

enum {
    ZP_HTML_COLUMNS = 1000, /* of a table: wider ones are cut, with an error */
    ZP_HTML_NESTED = 16,    /* tables in one another: of deeper ones only the text is kept */
};

/* Each table that holds anything is a sheet. NULL after an error, or when there is no table. */
const zp_book *zp_htmlsheet_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag);

#endif
