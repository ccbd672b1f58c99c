/* job.h: one report through the whole pipeline, in memory.
 *
 * Everything that turns a report into files goes through zp_job_make and zp_job_write: the command
 * line, tests and benchmarks alike.
 */
#ifndef ZP_JOB_H
#define ZP_JOB_H

#include "app/engine.h"
#include "base/diag.h"
#include "doc/report.h"
#include "layout/display.h"
#include "layout/picture.h"

/* A report on its way: each writer takes what it needs and makes the pages at most once. */
typedef struct {
    zp_arena *arena;
    zp_engine *engine;
    const zp_report *report;
    zp_pictures *pictures;
    zp_str name;           /* of its files, without ending: one leads to another by it */
    bool public;           /* the edition without what is marked 内部 */
    const zp_pages *pages; /* once laid out */
    zp_diag *diag;
    zp_diag *findings; /* of the checker; with their pages once laid out */
} zp_job;

/* What a report has become in one format: a file; of a format with `write_pages` one for each page.
 */
typedef struct {
    zp_buf *files;
    size_t count;
} zp_output;

typedef struct {
    const char *name, *ending; /* of --to and of file names */
    bool needs_fonts;
    bool to_stdout;                          /* goes there unless -o says otherwise */
    bool holds_all;                          /* what is marked 内部 too, whatever the edition */
    bool (*write)(zp_job *job, zp_buf *out); /* one of the two */
    bool (*write_pages)(zp_job *job, zp_output *out);
} zp_format;

/* All formats; the last has no name. */
extern const zp_format zp_formats[];

/* The format of that name, NULL when there is none; or, `by_ending`, that whose file names end so.
 */
const zp_format *zp_format_find(zp_str name, bool by_ending);

/* The report with `front`, with the data that `facts` adds, bound and checked: ZP_DONE. Anything
 * else: nothing can be written, errors are in `diag` or have been said. */
zp_status zp_job_make(zp_arena *arena, zp_engine *engine, const zp_front *front,
                      const zp_facts_options *facts, zp_diag *diag, zp_job *job);

/* The report laid out: NULL when it cannot be, after errors. */
const zp_pages *zp_job_pages(zp_job *job);

/* The report in each of `count` formats. True with errors in the job's diag means that a part is
 * missing in what is written, each named; false that nothing may be written. */
bool zp_job_write(zp_job *job, const zp_format *const *formats, size_t count, zp_output *outputs);

#endif
