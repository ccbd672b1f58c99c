/* tags.h: the structure tree of a PDF: what its pages' items are, in reading order (ISO 32000-1,
 * 14.7 and 14.8).
 *
 * It grows while the pages' content streams are written: each item names a node, and the node's
 * place in the document tree says which element it is and which are around it. A stretch of a
 * content stream that belongs to one element is a child of that element, known by its page and a
 * number counted there (MCID); so is the annotation that lies over a link. What goes on over a
 * page's end has several stretches and is one element.
 *
 *     title                   H1            list, item       L, LI (Lbl, LBody)
 *     heading                 Sect, H2…     table            Table: tagtable.h
 *     paragraph, 落款, 主送    P             figure, chart     Figure, Caption beside it
 *     unit, remark, signing   P             contents, entry  TOC, TOCI > Reference > Link
 *     quote                   BlockQuote    link             Link
 *     code                    P > Code      note, its mark   Note (Lbl, P), Reference
 *
 * Notes come last in the document, as in its tree. Kinds without a row have no element of their
 * own: figure is transparent, a thematic break is an artifact, emphasis is a matter of fonts.
 */
#ifndef ZP_TAGS_H
#define ZP_TAGS_H

#include "layout/display.h"
#include "write/target.h"

/* Standard structure types (14.8.4), and the two kinds of children that are no elements. */
#define ZP_TAG_TYPES(X)                                                                            \
    X(DOCUMENT, "Document")                                                                        \
    X(SECT, "Sect")                                                                                \
    X(H1, "H1")                                                                                    \
    X(H2, "H2")                                                                                    \
    X(H3, "H3")                                                                                    \
    X(H4, "H4")                                                                                    \
    X(H5, "H5")                                                                                    \
    X(H6, "H6")                                                                                    \
    X(P, "P")                                                                                      \
    X(BLOCKQUOTE, "BlockQuote")                                                                    \
    X(L, "L")                                                                                      \
    X(LI, "LI")                                                                                    \
    X(LBL, "Lbl")                                                                                  \
    X(LBODY, "LBody")                                                                              \
    X(CODE, "Code")                                                                                \
    X(TABLE, "Table")                                                                              \
    X(THEAD, "THead")                                                                              \
    X(TBODY, "TBody")                                                                              \
    X(TR, "TR")                                                                                    \
    X(TH, "TH")                                                                                    \
    X(TD, "TD")                                                                                    \
    X(CAPTION, "Caption")                                                                          \
    X(FIGURE, "Figure")                                                                            \
    X(TOC, "TOC")                                                                                  \
    X(TOCI, "TOCI")                                                                                \
    X(REFERENCE, "Reference")                                                                      \
    X(NOTE, "Note")                                                                                \
    X(SPAN, "Span")                                                                                \
    X(LINK, "Link")                                                                                \
    X(CONTENT, NULL) /* a stretch of a page: page, number (MCID) */                                \
    X(OBJECT, NULL)  /* an annotation: page, number (of its object) */

typedef enum {
#define X(type, name) ZP_TAG_##type,
    ZP_TAG_TYPES(X)
#undef X
} zp_tag_type;

typedef struct zp_tag zp_tag;

struct zp_tag {
    zp_tag_type type;
    zp_tag *parent, *first, *last, *next;
    const zp_node *node; /* that it stands for, or NULL */
    zp_tag *label;       /* LI, NOTE: the Lbl, once there is one */
    zp_tag *body;        /* LI: the LBody */
    uint32_t id;         /* TH, NOTE: from 1, of the document; 0: none */
    size_t page;         /* CONTENT, OBJECT, FIGURE: index */
    size_t number;       /* CONTENT: the MCID; OBJECT: the annotation's object; of an element: its
                            own object, once they are numbered */
    zp_str words;  /* FIGURE: alternative text; SPAN: what its glyphs stand for, empty: English */
    zp_len box[4]; /* FIGURE: left, bottom, right, top, from the page's lower left corner */
    const uint32_t *heads; /* TD: ids of the THs that head it, */
    uint32_t head_count;   /* where Scope alone does not tell */
};

/* What leads from a page's content or from an annotation back to elements. */
typedef struct {
    zp_tag **tags; /* of a page, by MCID; of an annotation, the one */
    size_t count, capacity;
} zp_tag_parents;

typedef struct {
    zp_arena *arena;
    const zp_targets *targets;
    bool groups_rows; /* THead and TBody, which PDF 1.4 does not know */
    zp_tag *document;
    zp_tag *notes; /* holds the Notes until the end */
    zp_tag *title;
    zp_tag *sections[6]; /* the open ones, outermost first */
    unsigned ranks[6], depth;
    unsigned last_rank;        /* of the last heading; the title's is 1 */
    struct zp_tag_slot *slots; /* node -> tag */
    size_t slot_count, slot_capacity;
    zp_tag **identified; /* by id - 1 */
    uint32_t id_count;
    size_t id_capacity;
    zp_tag_parents *parents; /* by key: of the pages by index, then of annotations */
    size_t parent_count, parent_capacity, page_count;
    const zp_item *last_item; /* looked up last, and its element */
    zp_tag *last_tag;
} zp_tags;

/* No elements yet, of `page_count` pages whose links lead to `targets`. `old`: for PDF 1.4, which
 * knows no groups of rows. */
zp_tags *zp_tags_new(zp_arena *arena, const zp_targets *targets, size_t page_count, bool old);

/* The element that an item is part of, made if need be; NULL: it is an artifact. Items are asked
 * for in the order of the pages. */
zp_tag *zp_tags_find(zp_tags *tags, const zp_item *item);

/* An item of kind FIGURE on page `page`, which is `height` high: its element learns what it shows.
 */
void zp_tags_describe(zp_tags *tags, const zp_item *item, size_t page, zp_len height);

/* A further stretch of a page belongs to the element; gives its MCID. */
size_t zp_tags_mark(zp_tags *tags, zp_tag *tag, size_t page);

/* A further element within `tag`, for glyphs that stand for `words`, or, empty, for English text.
 */
zp_tag *zp_tags_span(zp_tags *tags, zp_tag *tag, zp_str words);

/* The annotation with that object number lies over a part of the link on a page; gives its key in
 * the parent tree (StructParent). */
size_t zp_tags_annotate(zp_tags *tags, const zp_node *link, size_t page, size_t object);

/* All items have been asked for. */
void zp_tags_finish(zp_tags *tags);

/* The next element in reading order, `from` and its children left or entered; NULL after the last.
 */
zp_tag *zp_tag_next(const zp_tag *from);

const char *zp_tag_name(zp_tag_type type); /* NULL: no element */

/* For tagtable.c: a last child; it is found by its node where that is not NULL. */
zp_tag *zp_tags_add(zp_tags *tags, zp_tag *parent, zp_tag_type type, const zp_node *node);

/* Gives the element an id. */
void zp_tags_identify(zp_tags *tags, zp_tag *tag);

#endif
