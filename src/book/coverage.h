/* coverage.h: which columns are covered how far down, while the joins of a sheet are settled.
 *
 * Noting a join and asking about one cost the depth of a tree over the columns, however wide they
 * are.
 */
#ifndef ZP_COVERAGE_H
#define ZP_COVERAGE_H

#include "base/arena.h"
#include "book/range.h"

/* Node 1 is all columns, 2n and 2n+1 are the halves of n. */
typedef struct {
    uint32_t *free;  /* the first row from which all of the node's columns are free */
    uint32_t *whole; /* such a row noted for the node as a whole, and not below it */
} zp_coverage;

zp_coverage zp_coverage_new(zp_arena *arena);

/* Notes that the columns from `first` to before `end` are covered up to before row `until`. */
void zp_coverage_add(zp_coverage *c, uint32_t first, uint32_t end, uint32_t until);

/* The first column from `first` to before `end` that is covered in `row`; `end` when none is. */
uint32_t zp_coverage_find(const zp_coverage *c, uint32_t first, uint32_t end, uint32_t row);

#endif
