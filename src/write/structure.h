/* structure.h: elements as the objects of a PDF (ISO 32000-1, 14.7.2 to 14.7.5).
 *
 * Their text is made here and not by libharu: there are thousands of them, all alike.
 */
#ifndef ZP_STRUCTURE_H
#define ZP_STRUCTURE_H

#include "write/tags.h"

typedef struct {
    const size_t *pages; /* object numbers of the pages */
    size_t root;         /* of the structure tree's root, */
    size_t next;         /* and from which on all others are numbered */
} zp_structure_numbers;

typedef struct {
    zp_str root;           /* the value of the structure tree's root */
    const zp_str *objects; /* the values of the others, in order */
    size_t count;
    size_t widest; /* the most children that an element has */
} zp_structure;

/* The finished tags as objects; each element learns the number of its own. */
zp_structure zp_structure_write(zp_arena *arena, const zp_tags *tags,
                                const zp_structure_numbers *numbers);

#endif
