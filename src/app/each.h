/* each.h: one report for every row of a table, or every sheet of a workbook.
 *
 * `--each units.csv`: the row's columns are the nearest layer of the report's data. `--each
 * 项目=book.xlsx#*`: each sheet's rows under that name, and 单位 is the sheet's name where nobody
 * else says it. A row with errors is named and does not stop the others.
 */
#ifndef ZP_EACH_H
#define ZP_EACH_H

#include "app/build.h"

/* ZP_DONE when every report is written whole, else ZP_REPORT (or what kept all of them from being
 * written). `diag` takes what is wrong with the table itself; each row's messages are printed as it
 * is done, and in the end a summary, on stderr. */
zp_status zp_each_build(zp_build *build, zp_diag *diag);

/* The rows that `--each` names. */
typedef struct {
    const zp_value *rows; /* a LIST, not empty */
    zp_str under;         /* the name that a row's value goes under; empty: it is the data itself */
    zp_str table;         /* the file */
    zp_loader *loader;    /* that read it, and can read the files of all reports */
} zp_each_rows;

/* False when there are none, which is in `diag` or has been said; `table` and `loader` are then
 * good all the same. */
bool zp_each_read(zp_arena *arena, const char *each, const zp_template *template, zp_diag *diag,
                  zp_each_rows *out);

/* What a row adds to its report's data; NULL when it is no map. */
const zp_value *zp_each_layer(zp_arena *arena, zp_str under, const zp_value *row);

/* What a row is called: the name of its sheet, or what stands first in it. */
zp_str zp_each_row_name(const zp_value *row);

#endif
