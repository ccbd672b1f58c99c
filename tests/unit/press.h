/* press.h: what tests of layout need: the real fonts and the base template, opened once, and an
 * arena that is cleared before each piece of work. Run in the project's root, or with ZIPING_DATA.
 */
#ifndef ZP_TEST_PRESS_H
#define ZP_TEST_PRESS_H

#include <stdlib.h>
#include "doc/report.h"
#include "layout/font.h"

typedef struct {
    zp_arena *lasting, *arena;
    zp_fonts *fonts;
    const zp_template *base;
    zp_diag *diag; /* of the piece of work */
} press;

static inline zp_str press_folder(zp_arena *arena, const char *name)
{
    const char *given = getenv("ZIPING_DATA");
    return zp_str_format(arena, "%s/%s", given && *given ? given : ".", name);
}

static inline void press_begin(press *p)
{
    zp_arena_clear(p->arena);
    p->diag = zp_diag_new(p->arena);
}

static inline int press_open(void **state)
{
    press *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    *state = p;
    p->lasting = zp_arena_new();
    p->arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(p->lasting);
    p->fonts = zp_fonts_open(p->lasting, press_folder(p->lasting, "fonts"), diag);
    p->base = zp_template_load(p->lasting, press_folder(p->lasting, "templates/base"), NULL, diag);
    press_begin(p);
    return p->fonts && p->base ? 0 : -1;
}

static inline int press_close(void **state)
{
    press *p = *state;
    zp_fonts_close(p->fonts);
    zp_arena_free(p->arena);
    zp_arena_free(p->lasting);
    free(p);
    return 0;
}

/* The report in `text`, which must be without fault. */
static inline const zp_report *press_report(press *p, zp_str text)
{
    const zp_source *source = zp_source_new(p->arena, ZP_STR("test.md"), text);
    return zp_report_read(p->arena, source, p->base, p->diag);
}

#endif
