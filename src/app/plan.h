/* plan.h: what a build reads and which files it writes, settled before anything is done. */
#ifndef ZP_PLAN_H
#define ZP_PLAN_H

#include "app/job.h"
#include "app/options.h"
#include "app/status.h"

enum { ZP_PLAN_FORMATS = 8 };

typedef struct {
    zp_arena *arena;
    const zp_options *chosen;
    zp_str input;  /* path of the report; empty for standard input */
    zp_str name;   /* of its outputs, without ending */
    zp_str folder; /* where they go; of many reports, all of them */
    const zp_format *formats[ZP_PLAN_FORMATS];
    zp_str paths[ZP_PLAN_FORMATS]; /* of one report; empty: standard output */
    zp_str stem; /* how its files are called, when they lead to one another: without ending */
    size_t count;
} zp_plan;

/* By the word of --edition, NULL for the full one. False, and said so, when there is no such. */
bool zp_edition_choose(const char *word, bool *public);

/* Settles the plan; a folder named as OUT is made. What is wrong has been said on stderr. */
zp_status zp_plan_make(zp_arena *arena, const zp_options *chosen, zp_plan *plan);

/* Whether a format of the plan is laid out on pages. */
bool zp_plan_needs_fonts(const zp_plan *plan);

/* Of page `index`, from 0, of a format that makes a file of each: NAME-1.svg, whether `path` is
 * NAME.svg or NAME. */
zp_str zp_plan_page_path(zp_arena *arena, const zp_format *format, zp_str path, size_t index);

#endif
