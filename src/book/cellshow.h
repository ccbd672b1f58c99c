/* cellshow.h: what a cell shows of the value it stores, by its number format.
 *
 * Each of these sets kind, text, stored and unit of a cell and leaves the rest of it alone. The
 * text is what Excel shows in a column that is wide enough, without the spaces that only align;
 * a zero never has a minus.
 *
 * The stored numeral stands beside the text where the two differ. A format that shows thousands or
 * 万 (`0.00,` or `0!.0,`) is shown in a unit that only the column's head knows, so `stored` is
 * in that unit too. `unit` is "1" for a format with %, and the unit of money (or % in quotes) that
 * the format itself writes behind the number.
 *
 * Binary noise (workbook.h): what is shown was meant, and is stored, when the numeral has 14 digits
 * or more and differs from it by less than a millionth of itself and a thousandth of the last place
 * shown; or has as many, and is what a 32-bit fraction makes of it; or when a zero is shown of less
 * than 10^-9.
 */
#ifndef ZP_CELLSHOW_H
#define ZP_CELLSHOW_H

#include "book/cellformat.h"
#include "book/moment.h"
#include "book/sheet.h"

/* A NUMBER, or a DATE by the format: a time without a date, or hours counted on, is a TEXT. */
void zp_cell_show_number(zp_arena *arena, const zp_cell_format *format, zp_numeral number,
                         bool since_1904, zp_cell *cell);

void zp_cell_show_moment(zp_arena *arena, const zp_cell_format *format, const zp_moment *moment,
                         zp_cell *cell);

/* `text` must live as long as the cell. */
void zp_cell_show_text(zp_arena *arena, const zp_cell_format *format, zp_str text, zp_cell *cell);

/* What `number` was meant to be when `shown` of it, rounded to `places` decimals, is to be seen. */
zp_numeral zp_cell_without_noise(zp_numeral number, zp_numeral shown, int places);

#endif
