/* engine.h: what lasts as long as the process and is shared by all jobs: fonts, templates, the
 * date.
 */
#ifndef ZP_ENGINE_H
#define ZP_ENGINE_H

#include "app/status.h"
#include "base/diag.h"
#include "doc/template.h"
#include "layout/font.h"

enum { ZP_ENGINE_TEMPLATES = 16 };

typedef struct {
    zp_arena *arena;
    zp_shelf shelf;            /* where templates stand: the user's own, then ours */
    const zp_template *wanted; /* what --template says; NULL: each report's own choice */
    const zp_template *opened[ZP_ENGINE_TEMPLATES]; /* by reports, so far */
    size_t opened_count;
    zp_fonts *fonts;             /* NULL when no format asked for needs pages */
    int64_t date;                /* of the files made: seconds since 1970-01-01 UTC */
    zp_str producer;             /* "ziping 0.1.0" */
    const zp_standard *standard; /* of PDFs; NULL: the template's */
    bool web_fonts;              /* HTML pages hold their fonts */
    zp_str stamp;                /* put on every page: 征求意见稿 and the like; empty: none */
} zp_engine;

/* Opens the template of that name or path (NULL: none yet) and, where needed, the fonts. Ours are
 * looked for in $ZIPING_DATA, else in ../share/ziping beside the program, else in the source tree
 * around the build folder; the user's templates in $ZIPING_TEMPLATES and in ziping/templates of the
 * user's configuration folder. What is wrong is in `diag` or has been said. */
zp_status zp_engine_open(zp_arena *arena, const char *template, bool needs_fonts, zp_diag *diag,
                         zp_engine *engine);
/* The same engine for a later job: fonts stay, templates are read anew when they are asked for,
 * into `arena`, and the date is that of now. `template` as above. */
zp_status zp_engine_renew(const zp_engine *engine, zp_arena *arena, const char *template,
                          zp_diag *diag, zp_engine *renewed);

void zp_engine_close(zp_engine *engine);

/* Where our fonts are. */
zp_str zp_engine_fonts(zp_arena *arena);

/* Just the shelf. */
zp_shelf zp_engine_shelf(zp_arena *arena);

/* The template for a report whose front matter names `named` (NULL: base). One that is not there is
 * `template-missing`, an error at its place. */
zp_status zp_engine_template(zp_engine *engine, const zp_value *named, zp_diag *diag,
                             const zp_template **template);

#endif
