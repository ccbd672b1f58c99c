/* schema.c: what a template says of metadata, as the value tree that template.yaml holds.
 *
 * No table is built: schemas are short, and looking a name up walks them. Only what is merged may
 * be long, as data are: then the entries are sorted once.
 */
#include "data/schema.h"

enum { LARGE = 16 }; /* entries of maps that are merged by index */

bool zp_schema_name(const zp_value *entry, size_t k, zp_str *name)
{
    *name = entry->key;
    if (k == 0)
        return true;
    const zp_value *alias = zp_value_find(entry, ZP_STR("alias"));
    if (alias == NULL)
        return false;
    if (alias->kind != ZP_VALUE_LIST) {
        *name = zp_value_text(alias);
        return k == 1;
    }
    for (alias = alias->first; alias != NULL && k > 1; k--)
        alias = alias->next;
    *name = zp_value_text(alias);
    return alias != NULL;
}

/* Whether `name` is among the rule's aliases: looked up for every key of the data, so it walks the
 * list once. */
static bool answers(const zp_value *rule, zp_str name)
{
    const zp_value *alias = zp_value_find(rule, ZP_STR("alias"));
    if (alias == NULL || alias->kind != ZP_VALUE_LIST)
        return alias != NULL && zp_str_eq(zp_value_text(alias), name);
    for (const zp_value *own = alias->first; own != NULL; own = own->next)
        if (zp_str_eq(zp_value_text(own), name))
            return true;
    return false;
}

const zp_value *zp_schema_find(const zp_value *schema, zp_str name)
{
    if (schema == NULL || schema->kind != ZP_VALUE_MAP)
        return NULL;
    for (const zp_value *entry = schema->first; entry != NULL; entry = entry->next)
        if (zp_str_eq(entry->key, name) || answers(entry, name))
            return entry;
    return NULL;
}

const zp_value *zp_schema_lookup(const zp_value *map, zp_str name)
{
    if (map == NULL || map->kind != ZP_VALUE_MAP)
        return NULL;
    const zp_value *found = zp_value_find(map, name);
    if (found != NULL)
        return found;
    for (const zp_value *entry = map->first; entry != NULL; entry = entry->next)
        if (entry->rule != NULL && answers(entry->rule, name))
            return entry;
    const zp_value *fields = map->rule != NULL ? zp_value_find(map->rule, ZP_STR("fields")) : NULL;
    const zp_value *rule = zp_schema_find(fields, name);
    return rule != NULL ? zp_value_find(map, rule->key) : NULL;
}

const zp_str *zp_schema_names(zp_arena *arena, const zp_value *schema, size_t *count)
{
    zp_str own;
    size_t n = 0;
    const zp_value *first = schema != NULL && schema->kind == ZP_VALUE_MAP ? schema->first : NULL;
    for (const zp_value *entry = first; entry != NULL; entry = entry->next)
        for (size_t k = 0; zp_schema_name(entry, k, &own); k++)
            n++;
    zp_str *names = zp_new_array(arena, zp_str, n);
    *count = n;
    n = 0;
    for (const zp_value *entry = first; entry != NULL; entry = entry->next)
        for (size_t k = 0; zp_schema_name(entry, k, &own); k++)
            names[n++] = own;
    return names;
}

static zp_value *copy_of(zp_arena *arena, const zp_value *entry)
{
    zp_value *copy = zp_new(arena, zp_value);
    *copy = *entry;
    copy->next = NULL;
    return copy;
}

zp_value *zp_schema_merge(zp_arena *arena, const zp_value *base, const zp_value *over)
{
    bool large =
        base->count > LARGE && over->count > LARGE; /* else sorting costs more than it saves */
    zp_value_index older = {base, NULL}, newer = {over, NULL};
    zp_value *merged = zp_value_new(arena, ZP_VALUE_MAP, over->span);
    if (large) {
        older = zp_value_index_make(arena, base);
        newer = zp_value_index_make(arena, over);
    }
    merged->key = over->key;
    merged->key_span = over->key_span;
    merged->rule = over->rule != NULL ? over->rule : base->rule;
    for (const zp_value *entry = base->first; entry != NULL; entry = entry->next) {
        const zp_value *own = zp_value_index_find(&newer, entry->key);
        bool maps = own != NULL && own->kind == ZP_VALUE_MAP && entry->kind == ZP_VALUE_MAP;
        zp_value_append(merged, maps ? zp_schema_merge(arena, entry, own)
                                     : copy_of(arena, own != NULL ? own : entry));
    }
    for (const zp_value *entry = over->first; entry != NULL; entry = entry->next)
        if (zp_value_index_find(&older, entry->key) == NULL)
            zp_value_append(merged, copy_of(arena, entry));
    return merged;
}
