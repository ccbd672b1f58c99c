/* mapped.h: text in the making that knows where each stretch of it came from.
 */
#ifndef ZP_MAPPED_H
#define ZP_MAPPED_H

#include "base/source.h"

/* Zero it and set `text.arena` to begin. `text` may be written to directly: what is put there
 * belongs to the last piece, so zp_mapped_piece comes right after it. */
typedef struct {
    zp_buf text;
    zp_piece *pieces;
    size_t count, capacity;
} zp_mapped;

/* The bytes from `start` (where the last piece ended) to the text's end came from `from`: byte for
 * byte when `verbatim`, else as a whole. Joined to the piece before when both are verbatim and
 * follow one another there. Nothing when there are no such bytes. */
void zp_mapped_piece(zp_mapped *mapped, size_t start, bool verbatim, zp_span from);

/* The same for what was printed from data. */
void zp_mapped_printed(zp_mapped *mapped, size_t start, bool verbatim, zp_span from);

/* Adds the text of `from` as it is. */
void zp_mapped_copy(zp_mapped *mapped, zp_span from);

/* What was made, as a source. */
const zp_source *zp_mapped_source(const zp_mapped *mapped, zp_str name);

#endif
