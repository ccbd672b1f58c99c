/* archiving.h: one run of `ziping archive`: what it knows, and the steps that share it.
 *
 * SOURCEs are looked through (intake.c): a report whose files' dates say that nothing has changed
 * is only noted, the rest become tasks. Workers make these (making.c), and what they made is put
 * into the bags in the order of the reports; a commit follows every so many and at the end, and
 * until then nothing in the archive has changed. What is said on the way stands here, and raises
 * `status`.
 */
#ifndef ZP_ARCHIVING_H
#define ZP_ARCHIVING_H

#include "app/deposit.h"
#include "app/engine.h"
#include "app/holding.h"
#include "app/maker.h"
#include "app/options.h"
#include "app/origin.h"
#include "app/progress.h"
#include "app/telling.h"
#include "archive/change.h"
#include "archive/record.h"
#include "base/nameset.h"

typedef struct {
    zp_arena *arena;
    const zp_options *chosen;
    zp_telling telling;
    size_t threads;
    zp_holding holding; /* lock, store, cache */
    zp_engine engine;   /* without fonts until something is to be made */
    zp_makers makers;   /* of what is in the cache */
    zp_origins origins;
    zp_cache *fresh; /* the cache that is to be */
    zp_depositing depositing;
    zp_deposit_task *tasks;
    size_t task_count;
    zp_arena *changing; /* of `change` */
    zp_change *change;
    size_t pending;         /* reports in it */
    zp_nameset claimed;     /* YEAR/data/UNIT/NAME/ of all reports of this run */
    zp_nameset years, told; /* hashes of what the workers had to say */
    zp_progress progress;
    _Atomic bool stop;
    zp_status status;
    size_t made, same, failed, flawed, older, errors, warnings, gone;
    zp_nameset ours;  /* YEAR/data/UNIT/NAME/ that the cache knows from these SOURCEs */
    zp_record record; /* what SOURCE's 归档.yaml says */
    bool recorded;    /* it is there */
} zp_archiving;

void zp_archiving_tell(zp_archiving *a, zp_diag *diag);

/* One message of our own, about `path`; empty: about nothing in particular. */
void zp_archiving_say(zp_archiving *a, zp_severity severity, const char *id, zp_str path,
                      const char *hint, const char *format, ...) ZP_PRINTF(6, 7);

/* Templates; fonts too where reports are to be made. False, and said so, when they cannot be had.
 */
bool zp_archiving_open(zp_archiving *a, bool needs_fonts);

/* The place in the archive of a report, and its year, are of this run. */
void zp_archiving_claim(zp_archiving *a, const zp_cached *entry);

/* A report is as `entry` says, with these dates now. */
void zp_archiving_keep(zp_archiving *a, const zp_cached *entry, zp_str path, zp_str key,
                       zp_str stamps);

/* What is to be changed next in the archive, and its change; false, and said so, when the disk does
 * not let us. */
void zp_archiving_begin(zp_archiving *a);
bool zp_archiving_commit(zp_archiving *a);

/* The reports of SOURCEs, or of --each: those unchanged kept, the others in `tasks`. */
bool zp_archiving_find(zp_archiving *a);

/* The tasks, done and put into the change. False when the environment forbids going on. */
bool zp_archiving_make(zp_archiving *a);

#endif
