/* cursor.h: reading inlines again beside cmark, to know where they stand.
 *
 * cmark says what an inline is, but it joins text across escapes and entities, and its lines and
 * columns go astray. The cursor walks along the draft, told by cmark what comes next. For each
 * block: zp_cursor_begin, then each inline in its order, then zp_cursor_end.
 */
#ifndef ZP_CURSOR_H
#define ZP_CURSOR_H

#include "doc/draft.h"
#include "doc/emphasis.h"

/* The characters of an entity (`&amp;`); the name itself when there is none such. */
typedef zp_str zp_entity_decode(zp_arena *arena, zp_str name);

typedef struct {
    zp_str name, text;
} zp_entity;

enum { ZP_CURSOR_ENTITIES = 64 }; /* remembered; a power of two */

typedef struct {
    zp_arena *arena, *scratch;
    zp_diag *diag;
    const zp_draft *draft;
    zp_entity_decode *decode;
    size_t quotes;   /* around the block */
    zp_node *parent; /* the block, or the link that is open */
    size_t at;       /* in the draft */
    zp_str block;    /* the draft up to the block's end */
    bool in_cell;
    bool verbatim;    /* in <url>, where \ and * are themselves */
    size_t line;      /* where the line begins */
    size_t line_text; /* and the text in it */
    zp_run *runs;
    size_t run_count, run_room;
    zp_entity entities[ZP_CURSOR_ENTITIES];
} zp_cursor;

/* `block` has text in the draft from `start` to `end`, marks of quotes and all. */
void zp_cursor_begin(zp_cursor *cursor, zp_node *block, size_t start, size_t end);

/* Passes over the definitions of links at the beginning of a paragraph. */
void zp_cursor_skip_definitions(zp_cursor *cursor);

void zp_cursor_text(zp_cursor *cursor, zp_str text);
void zp_cursor_marks(zp_cursor *cursor, size_t count); /* of cmark's emphasis: 1 or 2 */
void zp_cursor_break(zp_cursor *cursor, bool hard);
void zp_cursor_mono(zp_cursor *cursor, zp_str text);
void zp_cursor_html(zp_cursor *cursor, zp_str html);
void zp_cursor_open_link(zp_cursor *cursor, zp_node_kind kind, zp_str url);
void zp_cursor_close_link(zp_cursor *cursor);

/* Pairs emphasis, settles line ends, cuts a heading's {#id}. The cursor is then at the text's end.
 */
void zp_cursor_end(zp_cursor *cursor);

/* The message for HTML (`raw-html`). */
void zp_report_html(zp_diag *diag, zp_span span);

#endif
