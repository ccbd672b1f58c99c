/* display.h: pages as flat lists of positioned items: all that a page writer sees.
 *
 * Coordinates are zp_len from the top left corner of the sheet, y downward. A text item is a run of
 * glyphs of one font and size on one baseline; each glyph has its own x, so squeezing and
 * stretching are already decided. Items of a page stand in reading order. Every item names the node
 * it came from (paragraph, heading, cell …), or is an artifact of the page (node NULL).
 */
#ifndef ZP_DISPLAY_H
#define ZP_DISPLAY_H

#include "base/length.h"
#include "base/str.h"
#include "doc/node.h"
#include "layout/font.h"

typedef struct {
    uint32_t code;    /* the character drawn; a space drawn for extraction is U+0020 */
    uint16_t id, cid; /* of the item's font */
    uint8_t
        repeat; /* how many times `code` stands in the text for this one glyph: 1, or 2 for —— */
    zp_len x;   /* of its origin, from the item's x */
} zp_glyph;

typedef enum {
    ZP_ITEM_TEXT,   /* font, size, glyphs; x, y is the origin of the first glyph on the baseline */
    ZP_ITEM_RULE,   /* a filled black rectangle x, y, width, height */
    ZP_ITEM_ANCHOR, /* a heading begins at x, y: title, level */
} zp_item_kind;

typedef struct {
    zp_item_kind kind;
    const zp_node *node;
    zp_len x, y, width, height;
    union {
        struct {
            const zp_font *font;
            zp_len size;
            const zp_glyph *glyphs;
            uint32_t count;
        } text;
        struct {
            zp_str title;
            uint32_t level; /* from 1, without gaps */
        } anchor;
    };
} zp_item;

typedef struct {
    zp_len width, height;
    zp_item *items;
    size_t count, capacity;
} zp_page;

typedef struct {
    zp_page *pages;
    size_t count, capacity;
} zp_pages;

/* An empty page at the end. */
zp_page *zp_pages_add(zp_arena *arena, zp_pages *pages, zp_len width, zp_len height);

/* `count` items at the end of a page, each moved by dx, dy. */
void zp_page_add(zp_arena *arena, zp_page *page, const zp_item *items, size_t count, zp_len dx,
                 zp_len dy);

/* The pages as text: a line an item, lengths in points with three decimals, and the characters; for
 * tests and `--to pages`. */
void zp_pages_dump(const zp_pages *pages, zp_buf *out);

#endif
