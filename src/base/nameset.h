/* nameset.h: names that are taken; A and a are one, as file systems may have it.
 */
#ifndef ZP_NAMESET_H
#define ZP_NAMESET_H

#include "base/str.h"

/* Zero it and set `arena` to begin. */
typedef struct {
    zp_arena *arena;
    zp_str *slots;
    size_t count, capacity; /* a power of two, at least twice the count */
} zp_nameset;

/* False when the name, which is not empty, was taken before. It is copied. */
bool zp_nameset_take(zp_nameset *names, zp_str name);

bool zp_nameset_has(const zp_nameset *names, zp_str name);

#endif
