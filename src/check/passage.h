/* passage.h: a report's words as a list of passages, each with its place in words.
 *
 * A passage is what is read in one go: the title, a heading, a paragraph, a cell of a table, a
 * caption, a line of a note. Rules look at text and say offsets in it; where those bytes stand in
 * what the author wrote, and how that place is called, is known here.
 *
 * Passages stand in the order of the document; a table's cells row by row. Code, links' addresses
 * and the alternative text of pictures are no passages. A footnote's paragraphs come last.
 */
#ifndef ZP_PASSAGE_H
#define ZP_PASSAGE_H

#include "doc/report.h"

#define ZP_NO_PASSAGE ((size_t)-1)

/* From `start` of a passage's text on, what stands in `node` (TEXT, MONO or BREAK). */
typedef struct {
    size_t start;
    const zp_node *node;
} zp_passage_piece;

typedef struct {
    const zp_node *node; /* HEADING, PARAGRAPH, CELL, CAPTION, UNIT, REMARK or SIGNING; NULL: the
                            report's title */
    zp_str text;         /* as typed, spaces and all; a forced line end is \n */
    size_t section;      /* the passage of the heading it stands under; of a heading, the one above;
                            ZP_NO_PASSAGE: none */
    size_t ordinal; /* of a PARAGRAPH: among those of its section, from 1; of a table's passages:
                       the table's own in the report, from 1 */
    bool run_on;    /* a HEADING whose paragraph goes on in the same line */
    bool torn; /* a paragraph that ends in the middle of a sentence, which the next passage goes on
                  with: text copied from pages */
    const zp_passage_piece *pieces;
    size_t piece_count;
} zp_passage;

typedef struct {
    const zp_report *report;
    const zp_passage *all;
    size_t count;
} zp_passages;

zp_passages *zp_passages_make(zp_arena *arena, const zp_report *report);

/* The bytes `start` to `end` of a passage's text in the source they were read from. */
zp_span zp_passage_span(const zp_passages *passages, size_t passage, size_t start, size_t end);

/* Whether these bytes were printed from data, wholly or in part: a placeholder or a sheet, not the
 * author's hand. */
bool zp_passage_is_printed(const zp_passages *passages, size_t passage, size_t start, size_t end);

/* The passage's place in words: 二（一）自评结论 第1段; 标题; 表2 第3行“得分”. */
zp_str zp_passage_place(zp_arena *arena, const zp_passages *passages, size_t passage);

/* What stands there with a few characters on both sides: “…支出 3026.66 万元，自评…”, without the
 * quotes. */
zp_str zp_passage_excerpt(zp_arena *arena, const zp_passages *passages, size_t passage,
                          size_t start, size_t end);

/* The number that a heading or a paragraph of an outline begins with, 一、 （一） 1. （1）, marks
 * and all: its bytes, 0 when there is none. *level: 2 to 5, by its form. */
size_t zp_passage_number(zp_str text, int *level);

#endif
