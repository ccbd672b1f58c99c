/* scope.h: the names that a template may use at a place: maps in one another, searched from the
 * innermost out.
 *
 * A name goes by key, then by the aliases of the map's schema. Looking up is what expanding a long
 * list mostly does, so what a schema answers to a name is remembered, and a large map that is asked
 * often gets an index.
 */
#ifndef ZP_SCOPE_H
#define ZP_SCOPE_H

#include "data/schema.h"

enum { ZP_SCOPES = 256 }; /* in one another, besides the outermost */

typedef struct {
    const zp_value *value;  /* what names are looked up in, when it is a MAP */
    const zp_value *schema; /* of that map, or NULL */
    const zp_value *list;   /* when `value` is an entry of one, else NULL */
    size_t index;           /* of the entry, from 1 */
    size_t run;             /* which list that was opened this is */
    bool joining;           /* for 合并: whatever was to be joined in this entry, was */
} zp_scope;

typedef struct zp_scopes zp_scopes;

/* Just the outermost scope: `data`, a MAP. */
zp_scopes *zp_scopes_new(zp_arena *arena, const zp_value *data);

/* Goes into a value, or the first entry of a list that has one. False at the limit. */
bool zp_scopes_enter(zp_scopes *scopes, const zp_value *value);

/* To the next entry of the list; false when there is none, or it is no list. */
bool zp_scopes_next(zp_scopes *scopes);

void zp_scopes_leave(zp_scopes *scopes);

/* The innermost entry of a list, NULL outside of lists. It stands until the next is entered. */
zp_scope *zp_scopes_entry(zp_scopes *scopes);

/* The value of a dotted name, or of `.`, the innermost value; NULL when there is none. The first
 * part is searched from the innermost map out, the others below what that found. `*in_entry` says
 * whether it was found in an entry of a list. `*cost` grows by the number of scopes looked into. */
const zp_value *zp_scopes_find(zp_scopes *scopes, zp_str name, bool *in_entry, size_t *cost);

/* The name that `name` was most likely meant to be, dots and all; empty when none is near. */
zp_str zp_scopes_nearest(zp_scopes *scopes, zp_arena *arena, zp_str name);

#endif
