/* deposit.h: one report of an archive made, and its files put into the stage: what a worker does.
 *
 * The hash of a report's inputs is taken before they are read to be built: what changes in between
 * is found to have changed by the next run.
 */
#ifndef ZP_DEPOSIT_H
#define ZP_DEPOSIT_H

#include "app/maker.h"
#include "app/options.h"
#include "app/origin.h"
#include "app/telling.h"
#include "app/tray.h"

/* A report that is to be looked into. */
typedef struct {
    const zp_origin *origin;
    const zp_value *row;     /* of --each, or NULL */
    zp_str key;              /* of the cache */
    zp_str stamps;           /* of its files */
    const zp_cached *before; /* what the cache has of it, the bag still holding it; or NULL */
    bool forced;             /* made again whatever is the same */
    bool frozen;             /* its year is sealed: a newer maker alone does not make it again */
} zp_deposit_task;

/* What the cache has of a report that is no longer where it was. */
typedef struct {
    const zp_cached *entry;
    bool forced, frozen; /* as in a task */
} zp_deposit_moved;

/* What all workers share. */
typedef struct {
    const zp_options *chosen;
    zp_telling telling;
    zp_engine engine;
    zp_str archive, fonts; /* the fonts' hash */
    const zp_origins *origins;
    const zp_deposit_task *tasks;
    const zp_deposit_moved *moved; /* by content */
    size_t moved_count;
    _Atomic bool *stop; /* nothing more can be written */
} zp_depositing;

typedef struct {
    bool same;        /* as `before`, but for its dates, or the place it stands at */
    bool older;       /* the same, by another maker, in a sealed year */
    bool made;        /* in the stage */
    bool environment; /* the disk is full, and the like */
    const zp_cached *before;
    zp_cached entry; /* `state` is still to come */
    zp_bag_file *files;
    size_t count;
    zp_str staged, told;     /* messages, as rendered */
    size_t flaws;            /* parts that are missing in what was made */
    size_t errors, warnings; /* that the checker found */
} zp_deposit;

/* For a crew (crew.h); a result is a zp_deposit. */
void *zp_deposit_begin(const zp_depositing *depositing, zp_arena *lasting);
void *zp_deposit_work(void *state, size_t index, zp_arena *passing, zp_arena *keep);

#endif
