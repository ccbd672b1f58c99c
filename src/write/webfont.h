/* webfont.h: the fonts of finished pages, for browsers.
 *
 * A page as SVG (svg.h) is text in these fonts. Layout has chosen each glyph: the full-width form
 * of “ or …, the one glyph for ——, which a font gives only when it is asked in the right way and
 * for the right language. A browser must not choose again. So a web font has no rules of its own to
 * choose by: it holds the glyphs that the pages draw, its cmap leads from each character to the
 * very glyph that layout took, and —— is a ligature of two U+2014, the only rule there is. The text
 * stays the author's characters, to be searched and copied; nothing depends on
 * font-feature-settings, on the language, or on the browser's age. (In one font a character has one
 * glyph: font.h. Private characters for the other forms would be as exact, but whoever copies them
 * gets nonsense.)
 *
 * A font is called by a family name that depends on fonts.yaml alone, never on the glyphs or the
 * bytes, so that a page stays the same, byte for byte, when another page needs a new character.
 *
 * Licences: zp_font_facts.web. A font that may not stand in a web page is only named.
 */
#ifndef ZP_WEBFONT_H
#define ZP_WEBFONT_H

#include "base/diag.h"
#include "layout/display.h"

/* What a web font draws; its glyphs are in order of code, then repeat. */
typedef struct {
    uint32_t code;
    uint16_t id; /* in the whole font */
    uint8_t repeat;
} zp_webfont_glyph;

typedef struct {
    zp_str family; /* zp4 */
    zp_str local; /* its PostScript name, when its licence keeps it out of web pages: then bytes and
                     hash are empty; else empty */
    zp_str bytes; /* WOFF 1.0 */
    zp_str hash;  /* SHA-256 of the bytes, in hexadecimal */
    const zp_webfont_glyph *glyphs;
    size_t glyph_count;
} zp_webfont;

typedef struct {
    zp_webfont *fonts;
    size_t count;
} zp_webfonts;

/* The family name of a font; it needs no quotes and no escapes. */
zp_str zp_webfont_family(zp_arena *arena, const zp_font *font);

/* One web font for each font that `count` pages draw with, in the arena. From `before`, which may
 * be NULL, a font that already draws all that is needed is taken over with its hash, copied: so a
 * reader who has it need not fetch it again. NULL after an error: a font that cannot be subset
 * (`font-damaged`). */
const zp_webfonts *zp_webfonts_cut(zp_arena *arena, const zp_page *pages, size_t count,
                                   const zp_webfonts *before, zp_diag *diag);

/* The CSS rules that give the families their fonts: each from the address `folder` + hash +
 * ".woff", or, when `folder` is empty, from the rule itself, as data. */
void zp_webfonts_css(const zp_webfonts *fonts, zp_str folder, zp_buf *out);

#endif
