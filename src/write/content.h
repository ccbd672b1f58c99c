/* content.h: a page as the content stream of a PDF.
 *
 * Fonts are called F and their index, pictures I and theirs. Which glyphs the pages use is known
 * before they are written, which pictures after; the objects are made at the end.
 */
#ifndef ZP_CONTENT_H
#define ZP_CONTENT_H

#include "layout/picture.h"
#include "write/embed.h"
#include "write/tags.h"

typedef struct {
    zp_arena *arena;
    zp_embed *embeds[ZP_FONT_MAX];               /* by a font's index; NULL: not used */
    const zp_picture *pictures[ZP_PICTURES_MAX]; /* by a picture's */
    zp_tags *tags;                               /* NULL: content is not marked */
} zp_content_uses;

/* Cuts the fonts down to what the pages use of them. False when a font's data is not usable. */
bool zp_content_fonts(zp_content_uses *uses, const zp_pages *pages, zp_diag *diag);

/* Page `index` of the document. Each stretch of it belongs to an element or is an artifact, and
 * says so (ISO 32000-1, 14.6). Text that its glyphs do not tell has its own words beside them
 * (ActualText), and words of Latin letters their language. */
zp_str zp_content_write(zp_content_uses *uses, const zp_page *page, size_t index);

/* Thousandths of a point, and such a number as a decimal, without needless digits. */
int64_t zp_milli(zp_len length);
void zp_milli_add(zp_buf *out, int64_t milli);

#endif
