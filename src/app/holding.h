/* holding.h: an archive held for writing: its lock, what an interrupted commit left finished, its
 * bags and its cache.
 */
#ifndef ZP_HOLDING_H
#define ZP_HOLDING_H

#include "app/status.h"
#include "app/telling.h"
#include "archive/change.h"

typedef struct {
    zp_str folder;
    int lock;
    int64_t begun; /* by the clock of the archive's disk, nanoseconds */
    zp_str date;   /* of what is written: 2024-03-31 */
    zp_store *store;
    zp_cache *cache;
} zp_holding;

/* Only the lock, and what an interrupted commit left finished: of a folder that is no archive but
 * changes as one does (publication.h). */
zp_status zp_holding_take(zp_arena *arena, const char *folder, zp_telling *telling,
                          zp_holding *holding);

/* Makes the folder where there is none. What is wrong has been said: another run holds it, it
 * cannot be written, a bag is damaged. */
zp_status zp_holding_open(zp_arena *arena, const char *folder, zp_telling *telling,
                          zp_holding *holding);
void zp_holding_close(const zp_holding *holding);

/* Carries out a change; false, and said so, when it could not be. `cache` as for zp_change_commit.
 */
bool zp_holding_commit(zp_arena *arena, const zp_holding *holding, zp_change *change,
                       zp_cache *cache);

/* The day, UTC, of seconds since 1970. */
zp_str zp_holding_day(zp_arena *arena, int64_t seconds);

#endif
