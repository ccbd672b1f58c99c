/* papers.h: what a bag says of itself to those who have no ziping: 归档文件目录 and 说明文件.
 *
 * They are payload, so they are in the manifests; they are made anew whenever the bag changes, from
 * what is given here and nothing else (same bag, same bytes).
 */
#ifndef ZP_BAG_PAPERS_H
#define ZP_BAG_PAPERS_H

#include "archive/card.h"
#include "archive/store.h"

typedef struct {
    zp_str name, bytes; /* 归档文件目录.xml */
} zp_paper;

enum { ZP_PAPERS_MOST = 4 };

/* The papers of `bag`, which holds `reports`; cards[i] is what is said of reports[i]. Gives their
 * number. */
size_t zp_papers_make(zp_arena *arena, const zp_bag *bag, const zp_stored_report *reports,
                      const zp_card *cards, size_t count, zp_paper papers[ZP_PAPERS_MOST]);

/* How many of them have no 档号: 全宗号 or 保管期限 is not said, or their 件号 is another's. */
size_t zp_papers_unnumbered(zp_arena *arena, const zp_bag *bag, const zp_card *cards, size_t count);

#endif
