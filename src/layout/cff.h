/* cff.h: two things about a CFF font that no library tells cheaply: its CIDs, and which glyphs are
 * blank.
 *
 * FreeType looks up a service by name for every CID it is asked for, and interpreting a glyph to
 * learn that it is empty costs as much as drawing it. Both are asked of every font and of every
 * character.
 */
#ifndef ZP_CFF_H
#define ZP_CFF_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

typedef struct {
    bool cid_keyed; /* glyphs are named by CIDs */
    const uint16_t
        *cids;          /* glyph -> CID; NULL when they are the same or the font is not CID-keyed */
    zp_str charstrings; /* the programs of all glyphs, one after the other */
    zp_str offsets;     /* where they begin, from 1, big-endian, `offset_size` bytes each */
    unsigned offset_size, glyph_count;
} zp_cff;

/* Reads the table 'CFF ' of a font (Adobe Technical Note 5176). `table` must outlive `out`. False
 * when it is damaged. */
bool zp_cff_read(zp_arena *arena, zp_str table, zp_cff *out);

/* Whether the glyph draws nothing: its charstring is a width and an end, or not even that. */
bool zp_cff_is_blank(const zp_cff *cff, unsigned glyph);

#endif
