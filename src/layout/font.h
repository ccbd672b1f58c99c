/* font.h: opened fonts, and which of them draws a character.
 *
 * fonts/fonts.yaml names for each role (仿宋, 楷体 …) a chain of font files; a character is drawn
 * by the first that has it. Punctuation must be full-width and sit where Chinese readers expect it,
 * so at opening each font is asked once, with HarfBuzz and the language zh-Hans, for its best glyph
 * of the marks that Latin shares (“ ” ‘ ’ — … ·).
 *
 * Faces of different make stand at different heights in their em: every font knows the centre of
 * its Han face, and whoever mixes fonts aligns those centres.
 *
 * FreeType inspects a font while it is being opened. What remains afterwards is immutable and
 * shared by all threads.
 */
#ifndef ZP_FONT_H
#define ZP_FONT_H

#include "base/diag.h"
#include "base/length.h"
#include "doc/template.h"

typedef struct hb_face_t hb_face_t;
typedef struct zp_font zp_font;
typedef struct zp_fonts zp_fonts;

enum { ZP_FONT_MAX = 64 }; /* files opened in all; a font's index is below this */

/* Opens the fonts of `folder`/fonts.yaml. NULL after an error: a role without any font, or a file
 * that is damaged
 * (`font-missing`, `font-damaged`, `font-not-embeddable`: what to do is in the hint). */
zp_fonts *zp_fonts_open(zp_arena *arena, zp_str folder, zp_diag *diag);
void zp_fonts_close(zp_fonts *fonts);

/* A glyph of a font. */
typedef struct {
    const zp_font *font; /* NULL: no font has the character */
    uint16_t id;
    bool double_width; /* draws the whole of a two-em dash */
} zp_glyph_ref;

/* The glyph for `code` in `role`; `latin` asks the 西文 chain first, as for digits and letters. A
 * Han glyph without outline counts as missing. */
zp_glyph_ref zp_fonts_find(const zp_fonts *fonts, zp_role role, bool latin, uint32_t code);

/* The first font of a role's chain: the one that gives the baseline. */
const zp_font *zp_fonts_primary(const zp_fonts *fonts, zp_role role);

/* One glyph for ——, two ems wide, if the role's first font has it; else font is NULL. */
zp_glyph_ref zp_fonts_dash(const zp_fonts *fonts, zp_role role);

/* Advance of a glyph at `size`. */
zp_len zp_font_advance(const zp_font *font, uint16_t glyph, zp_len size);

/* Height of the centre of the Han face above the baseline, at `size`. */
zp_len zp_font_centre(const zp_font *font, zp_len size);

/* Vertical middle of a glyph's ink above the baseline, at `size`. */
zp_len zp_font_ink_middle(const zp_font *font, uint16_t glyph, zp_len size);

/* What draws an outline: points from the glyph's origin, y downward. Contours close by themselves.
 */
typedef struct {
    void (*move)(void *user, zp_len x, zp_len y);
    void (*line)(void *user, zp_len x, zp_len y);
    void (*curve)(void *user, const zp_len x[3], const zp_len y[3]); /* two controls and the end */
} zp_font_pen;

/* Leads the pen along a glyph's outline at `size`. */
void zp_font_trace(const zp_font *font, uint16_t glyph, zp_len size, const zp_font_pen *pen,
                   void *user);

/* What a writer needs to know of a font. `web`: whoever owns it lets it be part of a web page or a
 * file that is opened in a browser; neither the fonts that fonts.yaml marks `optional` (the
 * licensed ones, sold for documents) nor those whose fsType allows no more than printing and
 * preview. */
typedef struct {
    const char *name;    /* PostScript name, ASCII without delimiters */
    bool cff, cid_keyed; /* outlines; what glyphs are named by */
    unsigned glyph_count, units_per_em;
    int box[4], ascent, descent, cap_height, stem; /* thousandths of an em */
    const hb_face_t *face;  /* only the tables of a font without characters */
    const hb_face_t *whole; /* all tables */
    bool web;
} zp_font_facts;
const zp_font_facts *zp_font_facts_of(const zp_font *font);
unsigned zp_font_index(const zp_font *font); /* below ZP_FONT_MAX, for tables by font */

/* The CID of a glyph of a CID-keyed font. */
uint16_t zp_font_cid(const zp_font *font, uint16_t glyph);

/* Advance in thousandths of an em, rounded: the width a PDF reader will use. */
int zp_font_width(const zp_font *font, uint16_t glyph);

#endif
