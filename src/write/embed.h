/* embed.h: one font's share in one PDF: which glyphs are used, and what must be written for them.
 *
 * First each glyph of the pages is noted, then HarfBuzz cuts the font down to them; only now do
 * they have the names that content streams call them by.
 */
#ifndef ZP_EMBED_H
#define ZP_EMBED_H

#include "layout/display.h"
#include "layout/font.h"

typedef struct {
    uint16_t id;
    uint16_t cid;   /* its name in the content stream under Identity-H, once the font is cut */
    uint16_t width; /* thousandths of an em */
    uint8_t repeat; /* how many times `code` stands for it in the text */
    uint32_t code;  /* the first character it was drawn for */
} zp_embed_glyph;

typedef struct {
    zp_arena *arena;
    const zp_font *font;
    uint16_t *slots; /* glyph id -> 1 + index of the glyph */
    zp_embed_glyph *glyphs;
    size_t count, capacity;
    zp_str program; /* once cut: of a CFF the bare table, for FontFile3 /CIDFontType0C; else
                       TrueType for FontFile2 */
    unsigned held;  /* glyphs that the program has */
} zp_embed;

zp_embed *zp_embed_new(zp_arena *arena, const zp_font *font);

void zp_embed_note(zp_embed *embed, const zp_glyph *glyph);

/* Cuts the font down to what has been noted. Glyphs are in order of id from here on, which is that
 * of CIDs, and no more are noted. False when the font's data is not usable. */
bool zp_embed_cut(zp_embed *embed, zp_diag *diag);

/* A glyph that was noted. */
const zp_embed_glyph *zp_embed_find(const zp_embed *embed, const zp_glyph *glyph);

/* Whether the glyph reads as its own character: it was first noted for the same. Two characters may
 * share a glyph; ToUnicode holds one of them. */
bool zp_embed_reads(const zp_embed *embed, const zp_glyph *glyph);

/* ABCDEF+Name; the tag depends on font and glyphs alone. */
zp_str zp_embed_name(const zp_embed *embed);

/* The CMap ToUnicode, as text. */
zp_str zp_embed_to_unicode(const zp_embed *embed);

/* A bit for every CID that the font holds, the first CID's highest (ISO 32000-1, 9.8.3). */
zp_str zp_embed_cid_set(const zp_embed *embed);

#endif
