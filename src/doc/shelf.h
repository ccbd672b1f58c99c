/* shelf.h: where templates stand, and which folder a name means.
 *
 * Places are folders that hold a folder for each template; the nearest comes first, so a user's own
 * template goes before ours of the same name. A template that extends one of its own name means the
 * next place's.
 */
#ifndef ZP_SHELF_H
#define ZP_SHELF_H

#include "base/str.h"

typedef struct {
    zp_str folder;
    const char *origin; /* in words, for people: 自带 */
} zp_place;

typedef struct {
    const zp_place *places; /* nearest first */
    size_t count;
} zp_shelf;

/* The folder of the template `name`, or, where the folder `itself` (which may be empty) is one of
 * that name, the next one behind it; in *place (may be NULL) where it was found. Empty when there
 * is none. A name is no path: with a / or a leading . it is not found. */
zp_str zp_shelf_find(zp_arena *arena, const zp_shelf *shelf, zp_str name, zp_str itself,
                     const zp_place **place);

/* The names of all templates, each once, sorted. */
const zp_str *zp_shelf_names(zp_arena *arena, const zp_shelf *shelf, size_t *count);

#endif
