/* target.h: what can be clicked on finished pages, and where it leads.
 *
 * A link's text may lie on several lines; each piece is an area of its own.
 */
#ifndef ZP_TARGET_H
#define ZP_TARGET_H

#include "layout/display.h"

typedef struct {
    const zp_node *link; /* LINK, ENTRY */
    size_t page;         /* index */
    zp_len left, top, right, bottom;
} zp_link_area;

/* All areas of the pages, in order. */
const zp_link_area *zp_link_areas(zp_arena *arena, const zp_pages *pages, size_t *count);

/* The place of a heading, table or figure that a link asks for: by its id, or, in the table of
 * contents, by itself. */
typedef struct {
    zp_str id;
    const zp_node *heading; /* NULL: by id */
    bool found;
    size_t page;
    zp_len x, y;
} zp_target;

typedef struct {
    zp_target *targets;
    size_t count;
} zp_targets;

/* The places that the areas' links ask for: urls "#id", and ENTRYs. */
zp_targets zp_targets_find(zp_arena *arena, const zp_pages *pages, const zp_link_area *areas,
                           size_t count);

/* NULL when no page holds it, or the link leads out of the document. */
const zp_target *zp_target_of(const zp_targets *targets, const zp_node *link);

/* Whether the link leads anywhere, in the document or out of it. */
bool zp_target_leads(const zp_targets *targets, const zp_node *link);

#endif
