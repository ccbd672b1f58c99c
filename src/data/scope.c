/* scope.c: a name in, the value that it means at this place out.
 *
 * Two small tables make it quick. Both are keyed by addresses, of the schema and of the name as it
 * stands in the template, or of the map, all of which stay what they are while a text is expanded;
 * an entry that another one pushes out is found again the slow way.
 */
#include "data/scope.h"

#include <string.h>

enum {
    ALIASES = 512, /* remembered; a power of two, as is the next */
    INDEXES = 16,
    LARGE = 64, /* entries of a map that may get an index */
    ASKED = 32, /* times, before it does */
    SPREAD = 4, /* bits of an address that say nothing */
};

typedef struct {
    const zp_value *schema;
    const char *name;
    size_t length;
    const zp_value *entry;
} alias;

typedef struct {
    const zp_value *map;
    zp_value_index index; /* once it pays */
    size_t asked;
} index_slot;

struct zp_scopes {
    zp_arena *arena;
    zp_scope *stack;
    size_t depth, capacity;
    size_t runs;
    alias *aliases; /* NULL until it pays: most expansions are of a few words */
    size_t asked;
    index_slot indexes[INDEXES];
};

static size_t slot_of(const void *a, const void *b, size_t slots)
{
    uintptr_t mixed = ((uintptr_t)a >> SPREAD) * 31 + (uintptr_t)b;
    mixed ^= mixed >> 9;
    return (size_t)mixed & (slots - 1);
}

static const zp_value *fields_of(const zp_value *value)
{
    return value && value->rule ? zp_value_find(value->rule, ZP_STR("fields")) : NULL;
}

/* --- Maps ------------------------------------------------------------------------------------- */

static const zp_value *find_key(zp_scopes *s, const zp_value *map, zp_str key)
{
    if (map->count <= LARGE)
        return zp_value_find(map, key);
    index_slot *slot = &s->indexes[slot_of(map, NULL, INDEXES)];
    if (slot->map != map)
        *slot = (index_slot){.map = map};
    if (++slot->asked < ASKED)
        return zp_value_find(map, key);
    if (slot->asked == ASKED)
        slot->index = zp_value_index_make(s->arena, map);
    return zp_value_index_find(&slot->index, key);
}

/* The schema's entry that answers to a name. */
static const zp_value *find_entry(zp_scopes *s, const zp_value *schema, zp_str name)
{
    if (s->asked < ASKED) {
        s->asked++;
        return zp_schema_find(schema, name);
    }
    if (!s->aliases)
        s->aliases = zp_new_array(s->arena, alias, ALIASES);
    alias *kept = &s->aliases[slot_of(schema, name.p, ALIASES)];
    if (kept->schema != schema || kept->name != name.p || kept->length != name.n)
        *kept = (alias){schema, name.p, name.n, zp_schema_find(schema, name)};
    return kept->entry;
}

/* A figure of a row that no schema knows has its names in its own rule. */
static const zp_value *find_figure(const zp_value *map, zp_str name)
{
    zp_str called;
    for (const zp_value *entry = map->count <= LARGE ? map->first : NULL; entry;
         entry = entry->next)
        for (size_t k = 1; entry->rule && zp_schema_name(entry->rule, k, &called); k++)
            if (zp_str_eq(called, name))
                return entry;
    return NULL;
}

static const zp_value *find_in(zp_scopes *s, const zp_value *map, const zp_value *schema,
                               zp_str name)
{
    if (!map || map->kind != ZP_VALUE_MAP)
        return NULL;
    const zp_value *found = find_key(s, map, name);
    if (found)
        return found;
    const zp_value *entry = schema ? find_entry(s, schema, name) : NULL;
    if (entry)
        return zp_str_eq(entry->key, name) ? NULL : find_key(s, map, entry->key);
    return find_figure(map, name);
}

/* --- Scopes ----------------------------------------------------------------------------------- */

static zp_scope *push(zp_scopes *s)
{
    zp_list_grow(s->arena, s->stack, s->depth, s->capacity);
    return &s->stack[s->depth++];
}

zp_scopes *zp_scopes_new(zp_arena *arena, const zp_value *data)
{
    zp_scopes *s = zp_new(arena, zp_scopes);
    s->arena = arena;
    *push(s) = (zp_scope){.value = data, .schema = fields_of(data)};
    return s;
}

/* Where an entry does not say by what schema it was bound, its list does. */
static void set_entry(zp_scope *scope, const zp_value *entry)
{
    const zp_value *own = fields_of(entry);
    scope->value = entry;
    scope->schema = own ? own : fields_of(scope->list);
    scope->index++;
    scope->joining = true;
}

bool zp_scopes_enter(zp_scopes *s, const zp_value *value)
{
    if (s->depth > ZP_SCOPES)
        return false;
    zp_scope *scope = push(s);
    if (value->kind != ZP_VALUE_LIST) {
        *scope = (zp_scope){.value = value, .schema = fields_of(value)};
        return true;
    }
    *scope = (zp_scope){.list = value, .run = ++s->runs};
    set_entry(scope, value->first);
    return true;
}

bool zp_scopes_next(zp_scopes *s)
{
    zp_scope *scope = &s->stack[s->depth - 1];
    if (!scope->list || !scope->value->next)
        return false;
    set_entry(scope, scope->value->next);
    return true;
}

void zp_scopes_leave(zp_scopes *s)
{
    s->depth--;
}

zp_scope *zp_scopes_entry(zp_scopes *s)
{
    for (size_t i = s->depth; i-- > 0;)
        if (s->stack[i].list)
            return &s->stack[i];
    return NULL;
}

/* The part of a dotted name at `*at`, which moves behind the dot. */
static zp_str next_part(zp_str name, size_t *at)
{
    const char *found = *at < name.n ? memchr(name.p + *at, '.', name.n - *at) : NULL;
    size_t dot = found ? (size_t)(found - name.p) : name.n;
    zp_str part = zp_str_trim(zp_str_slice(name, *at, dot));
    *at = dot + 1;
    return part;
}

const zp_value *zp_scopes_find(zp_scopes *s, zp_str name, bool *in_entry, size_t *cost)
{
    const zp_value *found = NULL;
    size_t at = 0, i = s->depth;
    *in_entry = false;
    if (zp_str_eq(name, ZP_STR("."))) {
        *in_entry = s->stack[i - 1].list != NULL;
        return s->stack[i - 1].value;
    }
    zp_str part = next_part(name, &at);
    bool own = false; /* its schema has it, so it is not looked for further out */
    while (!found && !own && i-- > 0) {
        found = find_in(s, s->stack[i].value, s->stack[i].schema, part);
        own = i > 0 && s->stack[i].schema && find_entry(s, s->stack[i].schema, part);
        *in_entry = s->stack[i].list != NULL;
        ++*cost;
    }
    while (found && at <= name.n)
        found = find_in(s, found, fields_of(found), next_part(name, &at));
    return found;
}

/* --- Near names ------------------------------------------------------------------------------- */

typedef struct {
    zp_arena *arena;
    zp_str *names;
    size_t count, capacity;
} name_list;

static void add_name(name_list *l, zp_str name)
{
    zp_list_grow(l->arena, l->names, l->count, l->capacity);
    l->names[l->count++] = name;
}

static void add_names(name_list *l, const zp_value *map, const zp_value *schema)
{
    if (!map || map->kind != ZP_VALUE_MAP)
        return;
    for (const zp_value *entry = map->first; entry; entry = entry->next)
        add_name(l, entry->key);
    size_t count;
    const zp_str *names = zp_schema_names(l->arena, schema, &count);
    for (size_t i = 0; i < count; i++)
        add_name(l, names[i]);
}

/* The map that all parts but the last lead to, and where that last part begins; NULL when the name
 * has but one part, or they lead nowhere. */
static const zp_value *find_owner(zp_scopes *s, zp_str name, size_t *last)
{
    size_t dot = name.n;
    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    *last = dot;
    if (dot < 2)
        return NULL;
    bool in_entry;
    size_t cost = 0;
    return zp_scopes_find(s, zp_str_slice(name, 0, dot - 1), &in_entry, &cost);
}

zp_str zp_scopes_nearest(zp_scopes *s, zp_arena *arena, zp_str name)
{
    name_list l = {.arena = arena};
    size_t last;
    const zp_value *owner = find_owner(s, name, &last);
    if (owner)
        add_names(&l, owner, fields_of(owner));
    for (size_t i = s->depth; !owner && i-- > 0;)
        add_names(&l, s->stack[i].value, s->stack[i].schema);
    zp_str wrong = owner ? zp_str_slice(name, last, name.n) : name;
    zp_str near = zp_str_nearest(wrong, l.names, l.count);
    if (!near.n || !owner)
        return near;
    return zp_str_format(arena, "%.*s%.*s", (int)last, name.p, ZP_ARG(near));
}
