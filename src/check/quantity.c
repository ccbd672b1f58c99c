/* quantity.c: passages in, the figures in them out. */
#include "check/quantity.h"

zp_quantities *zp_quantities_find(zp_arena *arena, const zp_passages *passages)
{
    (void)passages;
    return zp_new(arena, zp_quantities);
}

size_t zp_quantities_of(const zp_quantities *quantities, size_t passage, size_t *end)
{
    (void)passage;
    *end = quantities->count;
    return 0;
}
