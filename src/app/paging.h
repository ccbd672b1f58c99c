/* paging.h: on which page of the PDF a finding stands. */
#ifndef ZP_PAGING_H
#define ZP_PAGING_H

#include "base/diag.h"
#include "layout/display.h"

/* Gives the messages that are about text on `pages` their page. */
void zp_paging_settle(zp_arena *arena, const zp_pages *pages, zp_diag *findings);

#endif
