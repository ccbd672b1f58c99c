/* node.h: the document as a tree.
 *
 * The kinds are a closed set: a switch over them has no default, so the compiler lists the places
 * that a new kind must reach. Blocks come first, inlines after; the order is fixed by
 * zp_node_is_block.
 *
 * Invariant of TEXT: a node whose span is as long as its text holds those very bytes of the source,
 * so the place of its k-th byte is span.start + k. What does not stand in the source byte for byte
 * (an entity, an escaped character, the space made of a line end) is a TEXT of its own, and its
 * length is never its span's.
 */
#ifndef ZP_NODE_H
#define ZP_NODE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/source.h"
#include "base/str.h"

#define ZP_NODE_KINDS(X)                                                                           \
    X(DOCUMENT)  /* blocks; after them the NOTEs in order of first reference */                    \
    X(HEADING)   /* level, run_in, id; inlines */                                                  \
    X(PARAGRAPH) /* inlines */                                                                     \
    X(QUOTE)     /* blocks */                                                                      \
    X(LIST)      /* ITEMs; ordered, start, tight */                                                \
    X(ITEM)      /* blocks */                                                                      \
    X(CODE)      /* text; info */                                                                  \
    X(RULE)      /* a thematic break */                                                            \
    X(TABLE)     /* CAPTION?, UNIT?, ROWs, REMARK*, SIGNING?; columns; id; text: the caption's     \
                    attributes */                                                                  \
    X(ROW)       /* CELLs; head */                                                                 \
    X(CELL)      /* inlines; column, columns, rows, align */                                       \
    X(FIGURE)    /* an IMAGE or a CHART, CAPTION?; id; text: the caption's attributes */           \
    X(CHART)     /* text: the YAML of a fenced block named chart */                                \
    X(CAPTION)   /* inlines, without 表： or 图：; number, 0 when it has none */               \
    X(UNIT)      /* inlines of a line 单位：… above a table */                                \
    X(REMARK)    /* inlines of a line 注：… below a table */                                   \
    X(SIGNING)   /* inlines of a line 签署：… below a table, without 签署： */             \
    X(PAGEBREAK) /* a paragraph \\newpage or \\分页 */                                           \
    X(CONTENTS)  /* CAPTION, ENTRYs: made by layout, not part of the document's tree */            \
    X(ENTRY)     /* heading; no children */                                                        \
    X(NOTE)      /* blocks of a footnote; number */                                                \
    X(TEXT)      /* text */                                                                        \
    X(BREAK)     /* a forced line end */                                                           \
    X(EMPH)      /* inlines */                                                                     \
    X(STRONG)    /* inlines */                                                                     \
    X(MONO)      /* text */                                                                        \
    X(LINK)      /* url; inlines */                                                                \
    X(IMAGE)     /* url; id: its title; inlines are the alternative text */                        \
    X(NOTEREF)   /* note */

typedef enum {
#define X(kind) ZP_NODE_##kind,
    ZP_NODE_KINDS(X)
#undef X
} zp_node_kind;

typedef enum { ZP_ALIGN_NONE, ZP_ALIGN_LEFT, ZP_ALIGN_CENTER, ZP_ALIGN_RIGHT } zp_align;

typedef struct zp_node zp_node;

struct zp_node {
    zp_node_kind kind;
    zp_span span;
    zp_node *parent, *first, *last, *previous, *next;

    zp_str text; /* TEXT, MONO, CODE, CHART: the characters; LINK, IMAGE: the url; TABLE, FIGURE:
                    attributes */
    zp_str id; /* HEADING, TABLE, FIGURE: from {#id}, without # and braces, or empty; CODE: the info
                  string; IMAGE: the title */
    union {
        struct {
            uint8_t level; /* HEADING: 1 to 6, as many # as typed */
            bool run_in; /* HEADING: ends in ： or 。 and is followed by a PARAGRAPH, its sibling,
                            that goes on in the same line */
        } heading;
        struct {
            bool ordered, tight;
            uint32_t start; /* number of the first item */
        } list;
        struct {
            uint32_t columns;
        } table;
        struct {
            bool head; /* above the delimiter row, or reached by a cell from there */
        } row;
        struct {
            uint32_t column; /* from 0, of its left edge */
            uint32_t columns,
                rows; /* it covers; 1 unless joined. Cells covered by others are not in the tree */
            zp_align align;
        } cell;
        struct {
            uint32_t number; /* NOTE: from 1 */
        } note;
        struct {
            uint32_t number; /* CAPTION: from 1, tables and figures apart; 0: it shows none */
        } caption;
        struct {
            zp_node *note; /* NOTEREF */
        } noteref;
        struct {
            const zp_node *heading; /* ENTRY: that it leads to */
        } entry;
    };
};

zp_node *zp_node_new(zp_arena *arena, zp_node_kind kind, zp_span span);
void zp_node_append(zp_node *parent, zp_node *child);     /* child has no parent */
void zp_node_insert_after(zp_node *place, zp_node *node); /* node has no parent */
void zp_node_unlink(zp_node *node);                       /* out of its parent, with its children */

bool zp_node_is_block(zp_node_kind kind);    /* DOCUMENT to NOTE */
const char *zp_node_name(zp_node_kind kind); /* "paragraph" */

/* The next step of a walk in document order without recursion. Begin with {root, true} (entering
 * the root); each node is entered once and left once. False when the root has been left. */
typedef struct {
    zp_node *node;
    bool entering;
} zp_walk;
bool zp_walk_next(zp_walk *walk, const zp_node *root);

/* All TEXT and MONO below `node` as one string; a BREAK is a space. */
zp_str zp_node_text(zp_arena *arena, const zp_node *node);

/* The tree as indented text, a line a node: kind, line:column, attributes, text. For tests and
 * `--to tree`. */
void zp_node_dump(const zp_node *root, zp_buf *out);

#endif
