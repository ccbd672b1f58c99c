/* draft.h: the text that cmark is given, and where each byte of it comes from.
 *
 * One document in three parts: first the cells of all tables, a paragraph each; then the footnotes,
 * a quote each; then the text itself, in which a table is an empty heading and a note is blank. So
 * cmark sees no table or note, and a link's definition anywhere serves everywhere.
 */
#ifndef ZP_DRAFT_H
#define ZP_DRAFT_H

#include "base/diag.h"
#include "doc/footnote.h"
#include "doc/node.h"

typedef struct {
    size_t at, place; /* from `at` on the draft follows the source at `place` */
} zp_draft_piece;

typedef struct {
    size_t at; /* of the heading that stands for it */
    zp_node *table;
} zp_draft_table;

typedef struct {
    const zp_source *source;
    zp_str text;           /* masked (mask.h); ends in a line end */
    const uint32_t *lines; /* offset at which each line begins */
    size_t line_count;
    const zp_draft_piece *pieces;
    size_t piece_count;
    zp_node *const *cells; /* CELLs, one for each of the first paragraphs */
    size_t cell_count;
    const zp_draft_table *tables; /* in order of the text */
    size_t table_count;
    zp_footnotes footnotes; /* one for each of the quotes after the cells */
} zp_draft;

/* Nodes come from `arena`, the draft itself from `scratch`. NULL when a limit of markdown.h was
 * passed. */
zp_draft *zp_draft_make(zp_arena *arena, zp_arena *scratch, zp_span part, zp_diag *diag);

/* The source's offset of the draft's byte at `at`; of a byte that was put in, the next one's. */
size_t zp_draft_place(const zp_draft *draft, size_t at);

/* The source's bytes from which the draft's from start to end come. */
zp_span zp_draft_span(const zp_draft *draft, size_t start, size_t end);

/* The end, without its line end, of a line (from 1, as cmark counts). */
size_t zp_draft_line_end(const zp_draft *draft, size_t line);

#endif
