/* recall.h: what an archive remembers of the reports that are sent in: its cache (statcache.h), as
 * far as the bags still bear it out.
 */
#ifndef ZP_RECALL_H
#define ZP_RECALL_H

#include "app/deposit.h"
#include "app/holding.h"

/* Where a report stands in an archive: YEAR/data/UNIT/NAME/. */
zp_str zp_recall_place(zp_arena *arena, zp_str year, zp_str folder);

/* The cache's entry, if the archive has the report as it says, else NULL; whether it is to be made
 * again in any case (its year is `rebuild`, which may be NULL), and whether its year is sealed. */
const zp_cached *zp_recall_entry(const zp_holding *holding, const char *rebuild, zp_str key,
                                 bool *forced, bool *frozen);

/* What the cache knows and this run does not see where it was: what is new by its place may be one
 * of these. `fresh` are the entries of the run so far. None while no task is new. */
const zp_deposit_moved *zp_recall_moved(zp_arena *arena, const zp_holding *holding,
                                        const char *rebuild, zp_cache *fresh,
                                        const zp_deposit_task *tasks, size_t task_count,
                                        size_t *count);

/* The cache as it is to be if nothing more happens: new entries, and old ones of what was not yet
 * looked at, or is not a SOURCE of this run. What has come to stand at another's place in the
 * archive is the same report from elsewhere, so the other is forgotten. */
zp_cache *zp_recall_cache(zp_arena *arena, const zp_holding *holding, zp_cache *fresh);

#endif
