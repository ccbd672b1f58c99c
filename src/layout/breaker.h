/* breaker.h: where the lines of a measured paragraph end. */
#ifndef ZP_BREAKER_H
#define ZP_BREAKER_H

#include "layout/paragraph.h"

/* Token indices at which lines begin, `count` of them, and the end of the text after the last:
 * least total cost. */
const size_t *zp_breaker_total_fit(const zp_paragraph *p, size_t *count);

/* The same, filling line after line as CLREQ describes it. */
const size_t *zp_breaker_greedy(const zp_paragraph *p, size_t *count);

/* What a way of breaking costs, in 1/65536: total fit never costs more than greedy. */
int64_t zp_breaker_cost(const zp_paragraph *p, const size_t *starts, size_t count);

/* For a title: as few lines as possible, of like lengths, kept phrases whole. Falls back to total
 * fit when that cannot be. */
const size_t *zp_breaker_balance(zp_paragraph *p, size_t *count);

#endif
