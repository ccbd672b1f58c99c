/* engine.h: what lasts as long as the process, read-only: shared by all jobs. */
#ifndef ZP_ENGINE_H
#define ZP_ENGINE_H

#include "app/status.h"
#include "base/diag.h"
#include "doc/template.h"
#include "layout/font.h"

typedef struct {
    const zp_template *template;
    zp_fonts *fonts; /* NULL when no format asked for needs pages */
    int64_t date;    /* of the files made: seconds since 1970-01-01 UTC */
    zp_str producer; /* "ziping 0.1.0" */
} zp_engine;

/* Opens the template of that name or path (NULL: base) and, where needed, the fonts. They are
 * looked for in $ZIPING_DATA, else in
 * ../share/ziping beside the program, else in the source tree around the build folder. What is
 * wrong is in `diag` or has been said. */
zp_status zp_engine_open(zp_arena *arena, const char *template, bool needs_fonts, zp_diag *diag,
                         zp_engine *engine);
void zp_engine_close(zp_engine *engine);

#endif
