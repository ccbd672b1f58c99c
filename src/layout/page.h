/* page.h: a report to pages.
 *
 * The column of boxes is cut into pages of 版心 height on the grid of lines (GB/T 9704-2012 5.2.3:
 * 22 lines a page). Boxes that keep together stay together if a page can hold them. The page number
 * stands outside the 版心 (7.5): on the right of odd pages, on the left of even ones, one character
 * from the edge, the dashes beside it `number_drop` below the 版心.
 */
#ifndef ZP_PAGE_H
#define ZP_PAGE_H

#include "base/diag.h"
#include "doc/report.h"
#include "layout/display.h"
#include "layout/font.h"

/* NULL after an error, such as a character that no font has. */
const zp_pages *zp_page_layout(zp_arena *arena, const zp_report *report, const zp_fonts *fonts,
                               zp_diag *diag);

#endif
