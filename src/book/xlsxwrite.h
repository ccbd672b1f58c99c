/* xlsxwrite.h: tables as an XLSX workbook that people open, filter and print.
 *
 * Each sheet is one table: a title and a line under it where given, a head, rows. The head stays in
 * view and repeats on every printed page, columns can be filtered, the sheet prints one page wide.
 * Text is text: what begins with = + - @ is never a formula. Same input and date, same bytes.
 */
#ifndef ZP_XLSXWRITE_H
#define ZP_XLSXWRITE_H

#include "base/str.h"

typedef enum {
    ZP_COLUMN_TEXT,   /* to the left, wrapped */
    ZP_COLUMN_CENTRE, /* to the middle, wrapped */
    ZP_COLUMN_NUMBER, /* a number where the text is one (12.5, -3), else text to the right */
} zp_column_kind;

typedef struct {
    zp_str head;
    double width; /* in characters, of which a Han takes two */
    zp_column_kind kind;
    const char *form; /* of numbers: "0.00", "#,##0.00"; NULL: as in the text */
} zp_out_column;

typedef struct {
    zp_str name;  /* of the sheet: cut to 31 characters, without []:*?/\ */
    zp_str title; /* above the table; empty: none */
    zp_str note;  /* to the right above the head, as 单位：万元; empty: none */
    const zp_out_column *columns;
    size_t column_count;
    const zp_str *cells; /* row_count * column_count */
    size_t row_count;
    size_t printed; /* so many columns are printed, the title above them; 0: all */
    bool landscape;
} zp_out_sheet;

/* Adds the workbook to `out`. `date`: of its properties, seconds since 1970-01-01 UTC. False, with
 * the end of a sentence in `why`, when libxlsxwriter is not there or there is no room for it. */
bool zp_xlsx_write(zp_arena *arena, const zp_out_sheet *sheets, size_t count, int64_t date,
                   zp_buf *out, zp_str *why);

#endif
