/* statcache.h: what the last run knew of each report that was sent in, so that one that has not
 * changed costs no more than looking at the dates of its files.
 *
 * ARCHIVE/.ziping/cache, never in a bag: without it everything is only made again. It changes in
 * the same commit as the bags (journal.h), and an entry counts only while the bag still has the
 * report in the state that the entry says.
 *
 * Dates are not trusted blindly: of a file changed so shortly before a run began that a second
 * change could bear the same date (ZP_CACHE_TICK, the coarsest clock of any file system in use), no
 * dates are kept, and the next run looks into it again.
 */
#ifndef ZP_STATCACHE_H
#define ZP_STATCACHE_H

#include "archive/card.h"
#include "base/str.h"

#define ZP_CACHE_TICK INT64_C(2000000000) /* nanoseconds: FAT counts in steps of two seconds */

/* X(field): texts of an entry, besides the card. */
#define ZP_CACHED_FIELDS(X)                                                                        \
    X(key)     /* of the report: path of its text, and of --each the row */                        \
    X(stamps)  /* hash of names, sizes and dates of its files; empty: not to be trusted */         \
    X(content) /* hash of their names and bytes */                                                 \
    X(maker)   /* hash of program, template and fonts */                                           \
    X(named)   /* the template as the report names it; empty: it names none */                     \
    X(year)                                                                                        \
    X(folder) /* data/UNIT/NAME/ */                                                                \
    X(state)  /* of the report in its newest bag */                                                \
    X(flawed) /* not empty: a part is missing in what was written */

typedef struct {
#define X(field) zp_str field;
    ZP_CACHED_FIELDS(X)
#undef X
    zp_card card;
} zp_cached;

typedef struct {
    zp_arena *arena;
    zp_cached *entries; /* by key */
    size_t count, capacity;
    zp_str text;               /* the file, as read */
    zp_str font_stamps, fonts; /* hash of the fonts' dates, and of their bytes */
} zp_cache;

/* An empty one where there is none that can be read. */
zp_cache *zp_cache_read(zp_arena *arena, zp_str archive);

/* Adds an entry, copied; those of a run may come in any order, each key once. */
void zp_cache_add(zp_cache *cache, const zp_cached *entry);

/* After the last zp_cache_add. */
void zp_cache_sort(zp_cache *cache);

/* NULL when there is none. */
const zp_cached *zp_cache_find(const zp_cache *cache, zp_str key);

/* What to keep of `stamps` whose latest date is `newest`, in a run that began at `begun`: they, or
 * nothing. */
zp_str zp_cache_stamps(int64_t begun, int64_t newest, zp_str stamps);

/* Sorted, as a file. */
zp_str zp_cache_render(zp_arena *arena, zp_cache *cache);

#endif
