/* merge.h: archives that were made of shards, joined: `ziping archive --merge PART… -o ARCHIVE`. */
#ifndef ZP_MERGE_H
#define ZP_MERGE_H

#include "app/engine.h"
#include "app/holding.h"
#include "app/options.h"

/* Every report of the parts is put into the archive, its hashes checked on the way, in the bag that
 * is called as the one it comes from: a sealed year is sealed again, and corrections (2023-2) stay
 * what they are, by `threads` (zp_crew_run). The same shards give the same archive, byte for byte,
 * as one run over all. What is wrong has been said. */
zp_status zp_merge_run(zp_arena *arena, const zp_options *chosen, const zp_engine *engine,
                       const zp_holding *holding, size_t threads, zp_telling *telling);

/* Which shard an archive is, `2/4`, for the merge to see whether all are there. */
bool zp_merge_mark(zp_arena *arena, zp_str archive, zp_str shard, zp_str *why);

#endif
