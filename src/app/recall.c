/* recall.c: the last run's cache in, entries that still hold out. */
#include "app/recall.h"

#include <stdlib.h>
#include "base/nameset.h"

zp_str zp_recall_place(zp_arena *arena, zp_str year, zp_str folder)
{
    return zp_str_format(arena, "%.*s/%.*s", ZP_ARG(year), ZP_ARG(folder));
}

const zp_cached *zp_recall_entry(const zp_holding *holding, const char *rebuild, zp_str key,
                                 bool *forced, bool *frozen)
{
    const zp_cached *entry = zp_cache_find(holding->cache, key);
    const zp_stored_report *stored =
        entry ? zp_store_newest(holding->store, entry->year, entry->folder) : NULL;
    bool known = stored && zp_str_eq(stored->state, entry->state);
    *forced = known && rebuild && zp_str_eq(entry->year, zp_str_from(rebuild));
    *frozen = known && stored->bag->sealed.n > 0;
    return known ? entry : NULL;
}

static int by_content(const void *a, const void *b)
{
    return zp_str_compare(((const zp_deposit_moved *)a)->entry->content,
                          ((const zp_deposit_moved *)b)->entry->content);
}

const zp_deposit_moved *zp_recall_moved(zp_arena *arena, const zp_holding *holding,
                                        const char *rebuild, zp_cache *fresh,
                                        const zp_deposit_task *tasks, size_t task_count,
                                        size_t *count)
{
    const zp_cache *old = holding->cache;
    zp_nameset seen = {.arena = arena};
    size_t new = 0;
    *count = 0;
    for (size_t i = 0; i < task_count; i++) {
        new += !tasks[i].before;
        zp_nameset_take(&seen, tasks[i].key);
    }
    if (new == 0)
        return NULL;
    zp_deposit_moved *moved = zp_new_array(arena, zp_deposit_moved, old->count);
    zp_cache_sort(fresh);
    for (size_t i = 0; i < old->count; i++) {
        zp_deposit_moved *one = &moved[*count];
        zp_str key = old->entries[i].key;
        if (zp_cache_find(fresh, key) || zp_nameset_has(&seen, key))
            continue;
        one->entry = zp_recall_entry(holding, rebuild, key, &one->forced, &one->frozen);
        *count += one->entry != NULL;
    }
    if (*count > 0)
        qsort(moved, *count, sizeof *moved, by_content);
    return moved;
}

/* The old entries of keys and places that no fresh one has. Mostly there are none. */
static void keep_others(zp_cache *now, const zp_cache *old, const zp_cache *fresh)
{
    zp_nameset taken = {.arena = now->arena};
    bool listed = false;
    for (size_t i = 0; i < old->count; i++) {
        const zp_cached *entry = &old->entries[i];
        if (zp_cache_find(fresh, entry->key))
            continue;
        for (size_t k = 0; !listed && k < fresh->count; k++)
            zp_nameset_take(&taken, zp_recall_place(now->arena, fresh->entries[k].year,
                                                    fresh->entries[k].folder));
        listed = true;
        if (!zp_nameset_has(&taken, zp_recall_place(now->arena, entry->year, entry->folder)))
            zp_cache_add(now, entry);
    }
}

zp_cache *zp_recall_cache(zp_arena *arena, const zp_holding *holding, zp_cache *fresh)
{
    const zp_cache *old = holding->cache;
    zp_cache *now = zp_new(arena, zp_cache);
    *now = (zp_cache){.arena = arena, .font_stamps = old->font_stamps, .fonts = old->fonts};
    zp_cache_sort(fresh);
    for (size_t i = 0; i < fresh->count; i++)
        zp_cache_add(now, &fresh->entries[i]);
    keep_others(now, old, fresh);
    return now;
}
