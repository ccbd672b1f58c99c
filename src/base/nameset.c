/* nameset.c: an open hash of names. */
#include "base/nameset.h"

#include <strings.h>

/* File systems may not tell A from a. */
static size_t hash_of(zp_str name)
{
    size_t hash = 14695981039346656037U;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32U : c)) * 1099511628211U;
    }
    return hash;
}

static bool same_name(zp_str a, zp_str b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static zp_str *slot_of(const zp_nameset *n, zp_str name)
{
    size_t i = hash_of(name) & (n->capacity - 1);
    while (n->slots[i].n > 0 && !same_name(n->slots[i], name))
        i = (i + 1) & (n->capacity - 1);
    return &n->slots[i];
}

static void grow(zp_nameset *n)
{
    zp_nameset wider = {n->arena, NULL, n->count, n->capacity ? n->capacity * 2 : 256};
    wider.slots = zp_new_array(n->arena, zp_str, wider.capacity);
    for (size_t i = 0; i < n->capacity; i++)
        if (n->slots[i].n > 0)
            *slot_of(&wider, n->slots[i]) = n->slots[i];
    *n = wider;
}

bool zp_nameset_take(zp_nameset *names, zp_str name)
{
    if (names->capacity < 2 * (names->count + 1))
        grow(names);
    zp_str *slot = slot_of(names, name);
    if (slot->n > 0)
        return false;
    *slot = zp_str_copy(names->arena, name);
    names->count++;
    return true;
}

bool zp_nameset_has(const zp_nameset *names, zp_str name)
{
    return names->capacity > 0 && slot_of(names, name)->n > 0;
}
