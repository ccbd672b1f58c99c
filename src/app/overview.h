/* overview.h: what stands above the bags of an archive, made of them: catalog.sqlite,
 * search.sqlite, index.html and, of each year, 汇总表-YEAR in .xlsx, .html and .pdf.
 */
#ifndef ZP_OVERVIEW_H
#define ZP_OVERVIEW_H

#include "app/options.h"
#include "archive/store.h"

/* Brings all of it in step with the bags of an archive that is held (holding.h). A file that would
 * say the same is not written again, and fonts are opened only when one would not. What is wrong
 * is in `diag`, which lasts no longer than the store, or has been said; ZP_REPORT when a report
 * could not be taken in. */
zp_status zp_overview_write(zp_store *store, zp_diag *diag);

extern const zp_command zp_catalog_command;

#endif
