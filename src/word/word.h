/* word.h: a Word document (OOXML, ECMA-376 part 1; strict and transitional) as a list of blocks.
 *
 * What its reader sees is what counts: the typed text with the numbers that Word makes by itself in
 * front of it, tables with their joined cells, footnotes, pictures. Of tracked changes insertions
 * are read and deletions are not (`open-revisions`, a warning with their number). A field gives its
 * result. Headers, footers and text boxes stand apart from the text they were put beside. A table
 * of contents is left out: it repeats the headings (`word-contents`, a hint).
 *
 * Hints say what is not taken over as it is: `nested-table` (its text stays in the cell it stands
 * in), `word-box`, `word-margin` (headers and footers, with their text), `word-comment`,
 * `word-hidden` (text that is formatted as hidden), `word-emphasis` (bold, struck out …) and
 * `word-raised` (above or below the line) of what is then plain text, `word-formula`, `word-chart`,
 * `word-symbol`, `word-link` (addresses of links), `word-macro`.
 *
 * Every character has a place: the source has a line for each paragraph and for each row of a table
 * (tabs between its cells), and source->places says which is which. Line ends within a paragraph or
 * cell are blanks there, byte for byte.
 *
 * Hostile files: those of package.h and xml.h (`zip-bomb`, `xml-dtd`, `too-deep` …), `bad-word`
 * (a part is missing, or it is no Word document), `input-too-large` (more text than
 * ZP_SOURCE_MAX), `too-many-cells`; `encrypted-word`, `old-word` (.doc, .wps). Nothing outside the
 * bytes is ever looked at, nothing recurses.
 */
#ifndef ZP_WORD_H
#define ZP_WORD_H

#include "base/diag.h"
#include "book/sheet.h"

enum {
    ZP_WORD_COLUMNS = 200, /* of a table; Word itself knows 63. What stands further right is added
                              to the last */
    ZP_WORD_PICTURES = 1000,
};

typedef enum { ZP_WORD_NOTE, ZP_WORD_PICTURE } zp_word_mark_kind;

/* Between two characters of a paragraph's text. */
typedef struct {
    zp_word_mark_kind kind;
    size_t at;    /* offset in the text */
    size_t index; /* in the document's notes or pictures */
} zp_word_mark;

typedef enum { ZP_WORD_PARAGRAPH, ZP_WORD_TABLE } zp_word_kind;

typedef struct {
    zp_word_kind kind;
    zp_line_kind where; /* ZP_LINE_PARAGRAPH, or ZP_LINE_BOX: in a text box, which stands behind
                           what it was anchored in */
    /* Of a PARAGRAPH. */
    zp_str text;  /* as seen, the automatic number in front; \n at a forced line end */
    zp_span span; /* the same bytes in the source, where a line end is a blank */
    const zp_word_mark *marks;
    size_t mark_count;
    unsigned outline; /* 1 to 9, of a heading; 0: body text */
    bool title;       /* of the style Title */
    bool centred;
    bool bullet;     /* of a list without numbers; its mark is not in the text */
    unsigned indent; /* of a list: from 0 */
    /* Of a TABLE: its cells, with their places; and the rows that are repeated on each page. */
    const zp_sheet *sheet;
    uint32_t head;
} zp_word_block;

typedef struct {
    zp_str text;  /* its paragraphs with \n between */
    zp_span span; /* as of a paragraph */
} zp_word_note;

typedef struct {
    zp_str name;  /* of its part: image1.png */
    zp_str bytes; /* empty when it is not in the package (linked, or missing) */
    zp_str text;  /* alternative text */
} zp_word_picture;

typedef struct {
    const zp_source *source;
    const zp_word_block *blocks;
    size_t block_count;
    const zp_word_note *notes; /* those referred to, in the order of the first reference */
    size_t note_count;
    const zp_word_picture *pictures;
    size_t picture_count;
} zp_word;

/* The document; NULL after an error. `name` is the file's, for messages, and stays. */
const zp_word *zp_word_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag);

#endif
