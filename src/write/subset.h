/* subset.h: a font cut down to what a document uses of it.
 *
 * The one place that knows hb-subset. What is cut is a font file again, whose glyphs are numbered
 * anew. Hints are left out: they are for screens of long ago and cost an eighth of the size.
 */
#ifndef ZP_SUBSET_H
#define ZP_SUBSET_H

#include "layout/font.h"

typedef enum {
    ZP_SUBSET_DRAWING, /* outlines and widths: what a PDF embeds */
    ZP_SUBSET_GLYPHS,  /* with metrics and licence: a font, but for the cmap that its user makes */
    ZP_SUBSET_TEXT,    /* the font's own cmap and rules too: for text that somebody else will set */
} zp_subset_kind;

/* A four-letter name of a table. */
#define ZP_TABLE(a, b, c, d)                                                                       \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

typedef struct zp_subset zp_subset;

/* `font` cut to `members`: glyph ids, or of ZP_SUBSET_TEXT characters, of which the font need not
 * have all. NULL after an error: the font's data is not usable (`font-damaged`). What is open holds
 * memory of HarfBuzz. */
zp_subset *zp_subset_open(zp_arena *arena, const zp_font *font, zp_subset_kind kind,
                          const uint32_t *members, size_t count, zp_diag *diag);
void zp_subset_close(zp_subset *subset);

/* How many glyphs it has: those asked for, .notdef, and what these are made of. */
unsigned zp_subset_count(const zp_subset *subset);

/* The new number of a glyph of the font; 0 when it is left out. */
uint16_t zp_subset_number(const zp_subset *subset, uint16_t glyph);

/* The font file, and a table of it; in the arena. */
zp_str zp_subset_file(const zp_subset *subset);
zp_str zp_subset_table(const zp_subset *subset, uint32_t tag);

#endif
