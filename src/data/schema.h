/* schema.h: which entries metadata and data may have, under which names, and how they print.
 *
 * A schema is a MAP of entries, key -> rule. It is data of a template; what is wrong in one is
 * found when the template is loaded. A rule is a MAP of:
 *
 *     alias      [names] people may write instead of the key
 *     required   true: a report without it is not written
 *     fields     a schema: of the map's entries, or of each map in the list
 *     type       text number money rate date code bool list any (default: any; with fields: a map)
 *     unit       of a bare figure: 万元, %, 个; it prints in this unit
 *     places least group zero blank negative none        how it prints: printing.h, figures.h
 *     split      [code, name]: how 001-某某局 is taken apart (bind.h)
 *     fill       true: in a list's rows, a blank stands for what the row above has
 *     form       the form (form.h) that its data files are
 *     about      a sentence for the one who fills it in
 */
#ifndef ZP_SCHEMA_H
#define ZP_SCHEMA_H

#include "data/value.h"

/* The k-th name of an entry: its key, then its aliases; false past the last. */
bool zp_schema_name(const zp_value *entry, size_t k, zp_str *name);

/* The entry of `schema` (its `schema`, or an entry's `fields`) that answers to `name`, which is its
 * key or an alias; NULL when there is none. The entry's key is the name to use. */
const zp_value *zp_schema_find(const zp_value *schema, zp_str name);

/* The entry of a MAP of data that answers to `name`: its key first, then an alias by the entry's
 * own rule, then one by the map's rule (its `fields`). NULL when there is none, or `map` is no map.
 */
const zp_value *zp_schema_lookup(const zp_value *map, zp_str name);

/* All keys and aliases of `schema`, to find the nearest to a mistyped one. */
const zp_str *zp_schema_names(zp_arena *arena, const zp_value *schema, size_t *count);

/* `over` on `base`: an entry that only one has is taken, one that both have is merged when both are
 * maps, else it is `over`'s. As deep as the schemas, which must have been checked. */
zp_value *zp_schema_merge(zp_arena *arena, const zp_value *base, const zp_value *over);

#endif
