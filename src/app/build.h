/* build.h: the command `build`: a report to files, or one for every row of a table. */
#ifndef ZP_BUILD_H
#define ZP_BUILD_H

#include "app/plan.h"
#include "app/telling.h"
#include "app/vigil.h"

/* What all reports of one command share. */
typedef struct {
    zp_arena *arena; /* as long as the command */
    const zp_options *chosen;
    zp_telling telling;          /* of messages, on stderr */
    const zp_standard *standard; /* that --pdf-standard names; NULL: the template's */
    bool web_fonts;              /* --fonts subset */
    zp_plan plan;
    zp_engine engine;
    zp_front front;
    zp_facts_options facts;
    zp_vigil *vigil;         /* with --watch, else NULL */
    zp_str table;            /* file of --each; empty: none */
    bool written;            /* files are, of this report or of one of a table */
    size_t errors, warnings; /* that the checker found, in all reports */
} zp_build;

extern const zp_command zp_build_command;

/* What the command line settles, all but the engine; for as long as `arena`. What is wrong has been
 * said. */
zp_status zp_build_settle(zp_arena *arena, const zp_options *chosen, zp_build *build);

/* Opens the engine, with that template where one is named. What is wrong has been said. */
zp_status zp_build_open(zp_build *build, const char *template);

/* The same build once more, in an arena of its own, with templates and data read anew; `engine` is
 * open. */
zp_status zp_build_renew(const zp_build *build, zp_arena *arena, zp_diag *diag, zp_build *renewed);

/* For each.c: */

/* Counts what the checker found in the report of `job`; with --strict, tells it. */
void zp_build_tally(zp_build *build, const zp_job *job);

/* Writes what `job` made to `paths` (one a format of the plan; empty: standard output; of a format
 * that makes a file of each page, the pages' number comes before the ending), names them on stdout,
 * and gives how it ended: ZP_REPORT when a part is missing, or with --strict anything
 * was found. */
zp_status zp_build_deliver(zp_build *build, const zp_job *job, const zp_output *outputs,
                           const zp_str *paths);

#endif
