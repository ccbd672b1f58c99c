/* source.h: one input's text, and places in it.
 *
 * Whatever encoding the bytes came in, the text is UTF-8 with LF line ends and without BOM. A
 * zp_span is a range of byte offsets in it: cheap to keep on every node. Lines and columns (from 1,
 * columns in code points) are found when a message is printed, and not before.
 */
#ifndef ZP_SOURCE_H
#define ZP_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/str.h"

typedef struct zp_diag zp_diag;

typedef struct zp_source zp_source;

/* Bytes start to end of source->text. source NULL: no place. start == end == ZP_WHOLE_FILE: the
 * file as a whole, printed without line and column. */
typedef struct {
    const zp_source *source;
    size_t start, end;
} zp_span;

/* A stretch of a text that was made of others: from `start` to the next piece's start it came from
 * `from`, byte for byte when `verbatim`, else as a whole. `printed`: from data, not from a text
 * that somebody wrote to be read. */
typedef struct {
    size_t start;
    bool verbatim;
    zp_span from;
    bool printed;
} zp_piece;

/* What a line of a text is that was taken out of a document in which nobody counts lines. */
typedef enum {
    ZP_LINE_TEXT,      /* a line like any other, known by its number */
    ZP_LINE_PARAGRAPH, /* of a Word document; tables and blank paragraphs are not counted */
    ZP_LINE_ROW,       /* of a table in one, with tabs between its cells */
    ZP_LINE_NOTE,      /* a footnote or endnote in one */
    ZP_LINE_BOX,       /* a text box in one */
    ZP_LINE_PAGE,      /* some line on that page of a PDF */
} zp_line_kind;

typedef struct {
    zp_line_kind kind;
    uint32_t number; /* of the paragraph, table, note, box or page, from 1 */
    uint32_t row;    /* of a ROW: from 0 */
} zp_line_place;

/* A file that came inside the input's: a picture of a Word document. */
typedef struct {
    zp_str name, bytes;
} zp_enclosed;

struct zp_source {
    zp_str name; /* as the user knows it: a path, or “标准输入” */
    zp_str
        sheet; /* of a workbook: then a line is a row of it, and tabs part its cells; else empty */
    zp_str text;
    zp_str bytes;          /* as they were read; empty for text that was made here */
    const uint32_t *lines; /* offset at which each line begins; lines[0] is 0 */
    size_t line_count;
    const zp_piece *pieces; /* of expanded text, from 0 on; NULL: it stands in the file like this */
    size_t piece_count;
    const zp_line_place *places; /* of each line, where that is not its number; else NULL */
    const zp_enclosed *enclosed;
    size_t enclosed_count;
};

#define ZP_WHOLE_FILE ((size_t)-1)

enum {
    /* An official report is well under 1 MB of text; what is larger is a mistake or an attack. */
    ZP_SOURCE_MAX = 32 << 20,
    /* Bad bytes that are named one by one before the rest is only counted. */
    ZP_SOURCE_FAULTS_NAMED = 20,
};

/* Decodes `bytes`. `encoding` is what the user said (an iconv name) or NULL: then a BOM decides,
 * then UTF-8, then GB18030: only where that has fewer faults and the bytes hold at least as many
 * faults as good sequences (of three bytes and more) of UTF-8. CR LF and CR become LF.
 *
 * Each byte that cannot be decoded and each NUL is an error at its place (`bad-byte`, `nul-byte`;
 * the first ZP_SOURCE_FAULTS_NAMED, then one message with the count), and U+FFFD in the text. An
 * encoding that iconv does not know is `unknown-encoding`, a text over ZP_SOURCE_MAX is
 * `input-too-large`: both give NULL. */
const zp_source *zp_source_read(zp_arena *arena, zp_str name, zp_str bytes, const char *encoding,
                                zp_diag *diag);

/* A source for text that is already clean UTF-8 (tests, expanded text). */
const zp_source *zp_source_new(zp_arena *arena, zp_str name, zp_str text);

/* The line, from 1, of an offset <= text.n. */
size_t zp_source_line_at(const zp_source *source, size_t offset);

/* Line and column, from 1, of an offset <= text.n. */
void zp_source_place(const zp_source *source, size_t offset, size_t *line, size_t *column);

/* The text of a line (from 1) without its line end. */
zp_str zp_source_line(const zp_source *source, size_t line);

/* The place in what its author wrote, when `span` lies in text that was made of it: that of its
 * first byte, as far as the same piece goes. */
zp_span zp_span_origin(zp_span span);

/* Whether any byte of `span`, at any step of its making, was printed from data. */
bool zp_span_is_printed(zp_span span);

zp_span zp_span_of(const zp_source *source, size_t start, size_t end);
zp_span zp_span_file(const zp_source *source);

#endif
