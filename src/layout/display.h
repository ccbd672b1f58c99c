/* display.h: pages as flat lists of positioned items: all that a page writer sees.
 *
 * Coordinates are zp_len from the top left corner of the sheet, y downward. A text item is a run of
 * glyphs of one font and size on one baseline; each glyph has its own x, so squeezing and
 * stretching are already decided. Items of a page stand in reading order.
 *
 * Every item names the node that it came from, or is an artifact of the page (node NULL): nobody
 * reads it twice. The node is the leaf that the item is part of: a paragraph, heading, cell,
 * caption, picture, NOTEREF. Four kinds stand for less than all below them: DOCUMENT for the title,
 * ITEM and NOTE for their labels, ENTRY for a line of the table of contents. What stands only on
 * pages (the letterhead's lines, the signature) belongs to PARAGRAPHs, one for each, that are in no
 * tree.
 */
#ifndef ZP_DISPLAY_H
#define ZP_DISPLAY_H

#include "base/length.h"
#include "base/str.h"
#include "doc/node.h"
#include "layout/font.h"

typedef struct {
    uint32_t code; /* the character drawn; a space drawn for extraction is U+0020 */
    uint16_t id;   /* of the item's font */
    uint8_t
        repeat; /* how many times `code` stands in the text for this one glyph: 1, or 2 for —— */
    zp_len x;   /* of its origin, from the item's x */
} zp_glyph;

typedef struct {
    zp_len x, y;
} zp_point;

/* Steps of a path and how many points each takes. */
typedef enum {
    ZP_PATH_MOVE,  /* 1 */
    ZP_PATH_LINE,  /* 1 */
    ZP_PATH_CURVE, /* 3: two control points and the end */
    ZP_PATH_CLOSE, /* 0 */
} zp_path_step;

typedef enum {
    ZP_ITEM_TEXT,   /* font, size, glyphs; x, y is the origin of the first glyph on the baseline */
    ZP_ITEM_RULE,   /* a filled black rectangle x, y, width, height */
    ZP_ITEM_IMAGE,  /* a picture in x, y, width, height */
    ZP_ITEM_PATH,   /* lines and curves, filled or stroked in gray */
    ZP_ITEM_ANCHOR, /* a heading begins at x, y: title, level */
    ZP_ITEM_FIGURE, /* the items of its node that follow are a picture in x, y, width, height: words
                     */
} zp_item_kind;

/* What an item that belongs to no node is (ISO 32000-1, 14.8.2.2). */
typedef enum {
    ZP_ARTIFACT_LAYOUT, /* rules, leaders */
    ZP_ARTIFACT_HEADER, /* of the page */
    ZP_ARTIFACT_FOOTER,
    ZP_ARTIFACT_REPEAT, /* said on a page before: a table's head, 续表, the text of a joined cell */
} zp_artifact;

typedef struct {
    zp_item_kind kind;
    bool red;    /* 发文机关标志 and the rule under it; all else is black */
    bool turned; /* x and y are on the sheet turned: its left edge is the top, its foot the left */
    const zp_node *node;
    zp_artifact artifact; /* when node is NULL */
    const zp_node *link;  /* TEXT: the LINK or ENTRY it is part of, or NULL */
    zp_len x, y, width, height;
    union {
        struct {
            const zp_font *font;
            zp_len size;
            const zp_glyph *glyphs;
            uint32_t count;
        } text;
        struct {
            const struct zp_picture *picture;
        } image;
        struct {
            const zp_point *points; /* from the item's x and y */
            const uint8_t *steps;   /* zp_path_step, each takes its points in order */
            uint32_t step_count;
            uint8_t gray; /* 0 black to 255 white */
            zp_len line;  /* stroke of that width; 0: filled */
            zp_len dash;  /* length of dashes and gaps; 0: solid */
        } path;
        struct {
            zp_str title;
            uint32_t level; /* from 1, without gaps */
        } anchor;
        struct {
            zp_str words; /* what it shows, for those who do not see it; not empty */
        } figure;
    };
} zp_item;

typedef struct {
    zp_len width, height; /* of the sheet, upright */
    bool turned;          /* shown a quarter turned clockwise, so that turned items stand upright */
    size_t number;        /* that it bears; 0: none, as on cover and table of contents */
    zp_item *items;
    size_t count, capacity;
} zp_page;

typedef struct {
    zp_page *pages;
    size_t count, capacity;
    const struct zp_table_setting
        *tables; /* all of the report as they were set (grid.h), in order */
    size_t table_count;
    size_t front; /* how many of the pages come before the text: cover, table of contents */
} zp_pages;

/* An empty page at the end. */
zp_page *zp_pages_add(zp_arena *arena, zp_pages *pages, zp_len width, zp_len height);

/* All pages of `more` at the end of `pages`. */
void zp_pages_append(zp_arena *arena, zp_pages *pages, const zp_pages *more);

/* `count` items at the end of a page, each moved by dx, dy. */
void zp_page_add(zp_arena *arena, zp_page *page, const zp_item *items, size_t count, zp_len dx,
                 zp_len dy);

/* The item becomes an artifact: it repeats what has been said, and leads nowhere. */
void zp_item_disown(zp_item *item);

/* The pages as text: a line an item, lengths in points with three decimals, and the characters; for
 * tests and `--to pages`. */
void zp_pages_dump(const zp_pages *pages, zp_buf *out);

#endif
