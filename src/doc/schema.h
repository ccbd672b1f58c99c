/* schema.h: which entries metadata may have, under which names.
 *
 * A schema is a MAP of entries, key -> {alias: [names], required: true, fields: schema}. It is data
 * of a template; what is wrong in one is found when the template is loaded.
 */
#ifndef ZP_SCHEMA_H
#define ZP_SCHEMA_H

#include "data/value.h"

/* The k-th name of an entry: its key, then its aliases; false past the last. */
bool zp_schema_name(const zp_value *entry, size_t k, zp_str *name);

/* The entry of `schema` (its `schema`, or an entry's `fields`) that answers to `name`, which is its
 * key or an alias; NULL when there is none. The entry's key is the name to use. */
const zp_value *zp_schema_find(const zp_value *schema, zp_str name);

/* All keys and aliases of `schema`, to find the nearest to a mistyped one. */
const zp_str *zp_schema_names(zp_arena *arena, const zp_value *schema, size_t *count);

/* `over` on `base`: an entry that only one has is taken, one that both have is merged when both are
 * maps, else it is `over`'s. As deep as the schemas, which must have been checked. */
zp_value *zp_schema_merge(zp_arena *arena, const zp_value *base, const zp_value *over);

#endif
