/* overview.h: what stands above the bags of an archive, made of them: catalog.sqlite,
 * search.sqlite, index.html and, of each year, 汇总表-YEAR in .xlsx, .html and .pdf.
 */
#ifndef ZP_OVERVIEW_H
#define ZP_OVERVIEW_H

#include "app/options.h"
#include "base/diag.h"

/* Brings all of it in step with the bags. What has not changed is not written again, and fonts are
 * opened only when something has. `arena` lasts as long as `diag`. What is wrong is in `diag` or
 * has been said; ZP_REPORT when a report could not be taken in. */
zp_status zp_overview_write(zp_arena *arena, zp_str archive, zp_diag *diag);

extern const zp_command zp_catalog_command;

#endif
