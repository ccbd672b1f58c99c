/* draft.h: a Word document while it is read: what the readers of its parts share.
 */
#ifndef ZP_WORD_DRAFT_H
#define ZP_WORD_DRAFT_H

#include "book/package.h"
#include "word/grid.h"
#include "word/list.h"
#include "word/style.h"
#include "word/word.h"

/* What is counted, to be told of in the end. */
typedef enum {
    ZP_WORD_COUNT_INSERTED,
    ZP_WORD_COUNT_DELETED,
    ZP_WORD_COUNT_CONTENTS,
    ZP_WORD_COUNT_NESTED,
    ZP_WORD_COUNT_BOX,
    ZP_WORD_COUNT_COMMENT,
    ZP_WORD_COUNT_HIDDEN,
    ZP_WORD_COUNT_EMPHASIS,
    ZP_WORD_COUNT_RAISED,
    ZP_WORD_COUNT_FORMULA,
    ZP_WORD_COUNT_CHART,
    ZP_WORD_COUNT_SYMBOL,
    ZP_WORD_COUNT_LINK,
    ZP_WORD_COUNT_CELL_NOTE,
    ZP_WORD_COUNT_CELL_PICTURE,
    ZP_WORD_COUNT_PICTURE,
    ZP_WORD_COUNT_DRAWING,
    ZP_WORD_COUNTS,
} zp_word_count;

/* A note of footnotes.xml or endnotes.xml. */
typedef struct {
    bool end;    /* an endnote */
    uint32_t id; /* by which it is referred to */
    zp_str text;
    size_t number; /* from 1, in the order of the first reference; 0: none yet */
} zp_word_draft_note;

/* The first reference to a note stands in a bookmark, by which others may repeat it. */
typedef struct {
    zp_str bookmark;
    size_t note; /* its index */
} zp_word_marked_note;

enum { ZP_WORD_MARKED = 4096 }; /* of them; a further one repeated is the text of its number */

/* A block, and the table it is made of. */
typedef struct {
    zp_word_block block;
    zp_word_grid *grid; /* NULL: a paragraph */
} zp_word_item;

typedef struct {
    zp_word_item *all;
    size_t count, capacity;
} zp_word_items;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_package *package; /* with the relations of the main part */
    zp_span file;
    zp_word_styles *styles;
    zp_word_lists *lists;
    zp_word_items items;
    zp_word_draft_note *notes; /* by kind and id */
    size_t note_count, note_capacity, numbered;
    zp_word_marked_note *marked; /* NULL: none */
    size_t marked_count;
    zp_word_picture *pictures;
    size_t picture_count, picture_bytes;
    zp_str margins[16]; /* relations of headers and footers */
    size_t margin_count;
    size_t counts[ZP_WORD_COUNTS];
} zp_word_draft;

typedef enum { ZP_WORD_MAIN, ZP_WORD_FOOTNOTES, ZP_WORD_ENDNOTES, ZP_WORD_MARGIN } zp_word_part;

/* Reads a part: the main one into draft->items, notes into draft->notes, a header's text (its
 * paragraphs with a blank between) into *text. False after an error. */
bool zp_word_body_read(zp_word_draft *draft, zp_word_part part, zp_str bytes, zp_str *text);

void zp_word_items_add(zp_arena *arena, zp_word_items *items, const zp_word_item *item);

/* The picture that a relation names, its index in draft->pictures; false when there is none to be
 * had, which is counted. */
bool zp_word_picture_take(zp_word_draft *draft, zp_str relation, zp_str text, size_t *index);

#endif
