/* content.h: a page as the content stream of a PDF.
 *
 * Fonts are called F and their index, pictures I and theirs. What the pages use is noted while they
 * are written; the objects are made of it at the end.
 */
#ifndef ZP_CONTENT_H
#define ZP_CONTENT_H

#include "layout/picture.h"
#include "write/embed.h"

typedef struct {
    zp_arena *arena;
    zp_embed *embeds[ZP_FONT_MAX];               /* by a font's index; NULL: not used */
    const zp_picture *pictures[ZP_PICTURES_MAX]; /* by a picture's */
} zp_content_uses;

zp_str zp_content_write(zp_content_uses *uses, const zp_page *page);

/* Thousandths of a point. */
int64_t zp_milli(zp_len length);

#endif
