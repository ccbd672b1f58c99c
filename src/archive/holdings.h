/* holdings.h: the store's reports as the catalogue takes them in: of each year and folder the
 * newest, by year and folder.
 */
#ifndef ZP_HOLDINGS_H
#define ZP_HOLDINGS_H

#include "archive/catalog.h"
#include "archive/store.h"

typedef struct {
    const zp_store *store;
    const zp_stored_report **reports;
    zp_entry_place *places;
    size_t count;
} zp_holdings;

zp_holdings *zp_holdings_make(zp_arena *arena, const zp_store *store);

/* Reads report.json of those that the catalogue asks for. */
zp_catalog_source zp_holdings_source(zp_holdings *holdings);

#endif
