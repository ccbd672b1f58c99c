/* embed.h: one font's share in one PDF: which glyphs are used, and what must be written for them.
 *
 * Glyphs are named by CID, as content streams name them. While pages are written each glyph is
 * noted once; at the end HarfBuzz cuts the font down to them and the tables that a reader needs are
 * made.
 */
#ifndef ZP_EMBED_H
#define ZP_EMBED_H

#include "layout/display.h"
#include "layout/font.h"

typedef struct {
    uint16_t cid, id;
    uint16_t width; /* thousandths of an em */
    uint8_t repeat; /* how many times `code` stands for it in the text */
    uint32_t code;  /* the first character it was drawn for */
} zp_embed_glyph;

typedef struct {
    zp_arena *arena;
    const zp_font *font;
    uint16_t *slots; /* cid -> 1 + index of its glyph */
    zp_embed_glyph *glyphs;
    size_t count, capacity;
} zp_embed;

zp_embed *zp_embed_new(zp_arena *arena, const zp_font *font);

/* Notes a glyph; its width. */
int zp_embed_use(zp_embed *embed, const zp_glyph *glyph);

typedef struct {
    zp_str program;    /* CFF: the bare table, for FontFile3 /CIDFontType0C; else TrueType for
                          FontFile2 */
    zp_str cid_to_gid; /* TrueType: two bytes for every CID up to the last used */
    zp_str to_unicode; /* the CMap, as text */
    zp_str name;       /* ABCDEF+Name; the tag depends on font and glyphs alone */
} zp_embedded;

/* Whether the glyph reads as its own character: its CID was first noted for the same. Two
 * characters may share a glyph; ToUnicode holds one of them. */
bool zp_embed_reads(const zp_embed *embed, const zp_glyph *glyph);

/* A bit for every CID that the finished font holds, the first CID's highest (ISO 32000-1, 9.8.3).
 */
zp_str zp_embed_cid_set(const zp_embed *embed);

/* Sorts the glyphs by CID and makes the rest. False when the font's data is not usable. */
bool zp_embed_finish(zp_embed *embed, zp_diag *diag, zp_embedded *out);

#endif
