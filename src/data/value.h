/* value.h: figures and where they stand.
 *
 * A tree of maps, lists and scalars, read from YAML, JSON, CSV and workbooks. A scalar keeps its
 * text as written or shown: what it means (a number, a date, yes or no) is for the one who asks,
 * who knows the schema (amount.h reads figures). Every value and every key remembers its place.
 */
#ifndef ZP_VALUE_H
#define ZP_VALUE_H

#include <stdbool.h>
#include "base/number.h"
#include "base/source.h"
#include "base/str.h"

typedef enum { ZP_VALUE_NULL, ZP_VALUE_TEXT, ZP_VALUE_LIST, ZP_VALUE_MAP } zp_value_kind;

typedef struct zp_value zp_value;

struct zp_value {
    zp_value_kind kind;
    zp_span span;
    zp_str text;   /* TEXT: the scalar, unquoted and unescaped; NULL: the datum for want of which a
                      figure is not known, empty when it is none */
    bool quoted;   /* TEXT: stood in quotes or in a block, so is text whatever it looks like */
    zp_str stored; /* TEXT of a workbook's cell, where that holds more than it shows: a numeral, or
                      a date as 2024-05-08; else empty */
    zp_str unit; /* TEXT: of a bare number: from its column's head or a 单位： line; "1": the number
                    stored is a ratio, shown in %; empty: its rule's */
    const zp_number *number; /* TEXT: the exact value of a computed figure; else NULL */
    const zp_value *rule; /* the schema's entry, or the figure's declaration, that it is bound to;
                             NULL: none */
    zp_str key;           /* in a MAP: the key this value stands under */
    zp_span key_span;
    zp_value *first, *last; /* LIST, MAP: the entries in order; in a map no key twice */
    zp_value *next;         /* the next entry of the list or map this one is in */
    size_t count;           /* LIST, MAP: entries */
};

zp_value *zp_value_new(zp_arena *arena, zp_value_kind kind, zp_span span);
void zp_value_append(zp_value *parent, zp_value *entry);

/* A copy that shares nothing but strings, in no list or map yet. As deep as the tree, whose reader
 * bounds it. */
zp_value *zp_value_copy(zp_arena *arena, const zp_value *value);

/* The entry of a MAP under `key`; NULL when there is none, or `map` is NULL or no map. */
const zp_value *zp_value_find(const zp_value *map, zp_str key);

/* The entries of a MAP by key, for one of which many are asked; the map must not change meanwhile.
 */
typedef struct {
    const zp_value *map;
    const zp_value **sorted; /* NULL: the map is short */
} zp_value_index;

zp_value_index zp_value_index_make(zp_arena *arena, const zp_value *map);
const zp_value *zp_value_index_find(const zp_value_index *index, zp_str key);

/* A nested entry by its dotted path: "page.lines". */
const zp_value *zp_value_path(const zp_value *map, zp_str path);

/* The scalar's text, trimmed; empty when `value` is NULL or no scalar. */
zp_str zp_value_text(const zp_value *value);

/* true (是) false (否) yes no on off; `fallback` when `value` is NULL or says none of these. */
bool zp_value_bool(const zp_value *value, bool fallback);

/* A whole number in decimal within [low, high]; false when it is not one. */
bool zp_value_int(const zp_value *value, int64_t low, int64_t high, int64_t *number);

/* The tree as indented text, for tests. */
void zp_value_dump(const zp_value *value, zp_buf *out);

#endif
