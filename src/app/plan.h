/* plan.h: what a build reads and which files it writes, settled before anything is done. */
#ifndef ZP_PLAN_H
#define ZP_PLAN_H

#include "app/job.h"
#include "app/status.h"

enum { ZP_PLAN_FORMATS = 8 };

/* What the command line said; NULL where it said nothing. */
typedef struct {
    const char *input, *output, *to, *template, *encoding, *diagnostics;
} zp_options;

typedef struct {
    zp_arena *arena;
    const zp_options *chosen;
    zp_str input;  /* path of the report; empty for standard input */
    zp_str name;   /* of its outputs, without ending */
    zp_str folder; /* where they go by default */
    const zp_format *formats[ZP_PLAN_FORMATS];
    zp_str paths[ZP_PLAN_FORMATS]; /* empty: standard output */
    size_t count;
} zp_plan;

/* Settles the plan; a folder named as OUT is made. What is wrong has been said on stderr. */
zp_status zp_plan_make(zp_arena *arena, const zp_options *chosen, zp_plan *plan);

#endif
