/* job.h: one report through the whole pipeline, in memory.
 *
 * Everything that turns a report into files goes through zp_job_run: the command line, tests and
 * benchmarks alike.
 */
#ifndef ZP_JOB_H
#define ZP_JOB_H

#include "app/engine.h"
#include "base/diag.h"
#include "doc/report.h"
#include "layout/picture.h"

/* A report on its way: each writer takes what it needs and makes the pages at most once. */
typedef struct {
    zp_arena *arena;
    zp_engine *engine;
    const zp_report *report;
    zp_pictures *pictures;
    bool public;       /* the edition without what is marked 内部 */
    const void *pages; /* once laid out */
    zp_diag *diag;
    zp_diag *findings; /* of the checker; with their pages once laid out */
} zp_job;

typedef struct {
    const char *name, *ending; /* of --to and of file names */
    bool needs_fonts;
    bool to_stdout; /* goes there unless -o says otherwise */
    bool holds_all; /* what is marked 内部 too, whatever the edition */
    bool (*write)(zp_job *job, zp_buf *out);
} zp_format;

/* All formats; the last has no name. */
extern const zp_format zp_formats[];

/* The report with `front`, with the data that `facts` adds, in each of `count` formats. ZP_DONE
 * with errors in `diag` means that a part is missing in what is written, each named; anything else
 * that nothing may be written: errors are in `diag` or have been said. */
zp_status zp_job_run(zp_arena *arena, zp_engine *engine, const zp_front *front,
                     const zp_facts_options *facts, const zp_format *const *formats, size_t count,
                     zp_diag *diag, zp_job *job, zp_buf *outputs);

#endif
