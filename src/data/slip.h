/* slip.h: what people write in the place of YAML, line by line.
 *
 * YAML takes `单位：某局` for text and a tab for a mistake it cannot name. Here a line is read the
 * way its author meant it, so that the message can say what to change, and how the line should
 * read.
 */
#ifndef ZP_SLIP_H
#define ZP_SLIP_H

#include <stdbool.h>
#include "base/source.h"
#include "base/str.h"

#define ZP_WIDE_SPACE "\xE3\x80\x80" /* U+3000 */
#define ZP_WIDE_COLON "\xEF\xBC\x9A" /* U+FF1A */

/* A line of a YAML text, taken apart as `  - key: value`. Offsets are in `text` unless said
 * otherwise. */
typedef struct {
    zp_span part;   /* the YAML text the line is in */
    zp_str text;    /* without its line end */
    size_t start;   /* in the source */
    size_t indent;  /* bytes of white space at the beginning, U+3000 included */
    size_t content; /* where the text begins, after the `- ` of lists */
    size_t colon;   /* the colon that ends the key, with white space behind it; text.n when there is
                       none */
} zp_yaml_line;

typedef struct {
    const char *id;
    const char *message;
    size_t start, end; /* in the source */
    zp_str fixed;      /* the line as it should read; empty when it is too long to show */
} zp_slip;

/* The line of `part` that holds a place in the source, part.start <= offset <= part.end. */
zp_yaml_line zp_yaml_line_at(zp_span part, size_t offset);

/* Whether it holds nothing, or just a comment. */
bool zp_yaml_line_is_blank(const zp_yaml_line *line);

/* The first slip of a line, if it has one: the ids are those of yaml.h. It looks for them in valid
 * lines too, and may find one there: the caller knows whether something is wrong. `tabs`: whether a
 * tab may be what is wrong. */
bool zp_slip_find(zp_arena *arena, const zp_yaml_line *line, bool tabs, zp_slip *found);

#endif
