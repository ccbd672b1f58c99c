/* csv.h: comma-separated text as a sheet (RFC 4180, as spreadsheets write it).
 *
 * The separator is the one of , ; and tab that the first lines agree on, or that a first line sep=;
 * names (which is no row then). Fields in quotes may hold
 * separators, line ends and doubled quotes. A field's span is what stands between the separators,
 * without its quotes. All cells are TEXT: what is a number is for the one who asks.
 */
#ifndef ZP_CSV_H
#define ZP_CSV_H

#include "book/sheet.h"

/* One sheet without a name. A quote that is never closed is `csv-quote`, an error at its place, and
 * gives NULL; text behind a closing quote is taken as it stands, with a warning (`csv-quote`). */
const zp_sheet *zp_csv_read(zp_arena *arena, const zp_source *source, zp_diag *diag);

#endif
