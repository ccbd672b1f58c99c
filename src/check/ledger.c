/* ledger.c: indexes of quantities, sorted by name. */
#include "check/ledger.h"

#include <stdlib.h>

typedef struct {
    const zp_term *term;
    int year;
    zp_str owner;
    size_t index;
} entry;

struct zp_ledger {
    entry *entries; /* sorted */
    size_t *indexes;
    size_t count;
};

static int compare_names(const entry *a, const entry *b)
{
    if (a->term != b->term) /* of one array: the order is that of the template */
        return a->term < b->term ? -1 : 1;
    if (a->year != b->year)
        return a->year < b->year ? -1 : 1;
    return zp_str_compare(a->owner, b->owner);
}

static int by_name(const void *a, const void *b)
{
    const entry *one = a, *other = b;
    int order = compare_names(one, other);
    return order ? order : (one->index > other->index) - (one->index < other->index);
}

zp_ledger *zp_ledger_make(zp_arena *arena, const zp_quantities *quantities, const zp_name *names)
{
    zp_ledger *l = zp_new(arena, zp_ledger);
    l->entries = zp_new_array(arena, entry, quantities->count);
    for (size_t i = 0; i < quantities->count; i++) {
        const zp_quantity *q = &quantities->all[i];
        if (q->kind == ZP_QUANTITY_FIGURE && q->value != NULL && !q->rough && !q->points &&
            names[i].term != NULL && !names[i].term->change)
            l->entries[l->count++] = (entry){names[i].term, names[i].year, names[i].owner, i};
    }
    if (l->count > 0)
        qsort(l->entries, l->count, sizeof *l->entries, by_name);
    l->indexes = zp_new_array(arena, size_t, l->count);
    for (size_t i = 0; i < l->count; i++)
        l->indexes[i] = l->entries[i].index;
    return l;
}

const size_t *zp_ledger_next(const zp_ledger *l, size_t *at, size_t *count)
{
    size_t start = *at;
    if (start >= l->count)
        return NULL;
    while (*at < l->count && compare_names(&l->entries[start], &l->entries[*at]) == 0)
        ++*at;
    *count = *at - start;
    return l->indexes + start;
}

const size_t *zp_ledger_find(const zp_ledger *l, const zp_term *term, int year, zp_str owner,
                             size_t *count)
{
    const entry wanted = {term, year, owner, 0};
    size_t low = 0, high = l->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_names(&l->entries[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < l->count && compare_names(&l->entries[low + *count], &wanted) == 0)
        ++*count;
    return l->indexes + low;
}
