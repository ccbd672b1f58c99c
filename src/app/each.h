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

#endif
