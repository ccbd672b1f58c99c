/* indexpage.h: index.html, an archive's reports to browse, search and sort in any browser.
 *
 * One file that works from a disk: its script and style stand in it and are allowed by their hashes
 * (CSP); nothing else runs, nothing is fetched. The reports are JSON that the script reads; without
 * a script the page says where the same list is to be had (the workbook).
 */
#ifndef ZP_INDEXPAGE_H
#define ZP_INDEXPAGE_H

#include "archive/catalog.h"

typedef struct {
    zp_str title; /* 绩效自评报告档案 */
    zp_str about; /* a line under it */
    bool public;  /* for everybody: without what the checker found, and no 盖章件 */
} zp_index_options;

/* `reports` as zp_catalog_index gives them; links are relative to the archive. */
void zp_index_write(zp_arena *arena, const zp_rows *reports, const zp_index_options *options,
                    zp_buf *out);

#endif
