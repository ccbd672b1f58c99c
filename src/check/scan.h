/* scan.h: a passage's text read character by character, with the neighbours of each.
 *
 * What the rules of form share: most of them ask of a character what stands beside it. Nothing is
 * copied, so a text of any length costs no memory.
 */
#ifndef ZP_SCAN_H
#define ZP_SCAN_H

#include "base/utf8.h"
#include "check/checker.h"

/* Begin with {.text = text}. */
typedef struct {
    zp_str text;
    size_t start, end;            /* the bytes of `code` */
    size_t ahead;                 /* where those of `after` end */
    uint32_t before, code, after; /* 0 beyond either edge */
} zp_scan;

/* The next character; false at the end. */
bool zp_scan_next(zp_scan *scan);

/* The character that begins at `at`, or 0 when that is the text's end. */
uint32_t zp_code_at(zp_str text, size_t at);

/* The character that ends at `at`, or 0 at the text's beginning. */
uint32_t zp_code_before(zp_str text, size_t at);

bool zp_code_in(uint32_t code, zp_str set);
bool zp_code_is_digit(uint32_t code);   /* 0 to 9 */
bool zp_code_is_letter(uint32_t code);  /* A to Z, a to z */
bool zp_code_is_numeral(uint32_t code); /* 一 to 十 */

/* Whether `word` stands in `text` at `at`. */
bool zp_text_has(zp_str text, size_t at, zp_str word);

/* The two characters that each word of a table begins with, so that a text is read once, and
 * compared with the table only where a word may begin. Zero it to begin; it may say yes where no
 * word begins, never no where one does. */
typedef struct {
    uint64_t bits[64];
} zp_openers;
void zp_openers_add(zp_openers *openers, zp_str word);
bool zp_openers_has(const zp_openers *openers, const zp_scan *scan);

/* Where the run of ASCII digits that begins at `at` ends. */
size_t zp_digits_end(zp_str text, size_t at);

/* A count of at most two digits, or of 一 to 九十九, that begins at `at`: its value, and in *end
 * where it ends; 0 when there is none, or a longer one. */
unsigned zp_ordinal_read(zp_str text, size_t at, size_t *end);

/* 1 to 99 in Chinese numerals. */
void zp_ordinal_write(zp_buf *out, unsigned value);

/* How many characters of `text` are Han. */
size_t zp_han_count(zp_str text);

/* Whether a passage is a paragraph or a heading of the report's text: no title, cell, caption or
 * note. */
bool zp_passage_is_prose(const zp_passage *passage);
bool zp_passage_is(const zp_passage *passage, zp_node_kind kind);

/* Whether a heading is marked as one, by #. Others are paragraphs that were taken for headings by
 * their number, and may be the items of a list. */
bool zp_heading_is_marked(const zp_passage *heading);

/* Whether the author wrote these bytes: they are not printed from data. */
bool zp_where_is_typed(const zp_checker *checker, zp_where where);

#endif
