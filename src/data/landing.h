/* landing.h: where in a Markdown text the next value will land.
 *
 * What a value's characters would mean depends on what stands before them: at the start of a line
 * - opens a list, in a table's cell a lone ^ joins it to the one above, in a fenced block a value
 * is YAML. This follows the text as it is written and says where its end is.
 */
#ifndef ZP_LANDING_H
#define ZP_LANDING_H

#include "base/str.h"

/* Zero it to begin. */
typedef struct {
    size_t at;   /* read so far */
    size_t line; /* where the line begins */

    char fence; /* ` or ~ while a fenced block is open */
    size_t fence_length, fence_column;
    bool fence_quoted;  /* it is in a quote */
    bool fence_checked; /* the line so far goes on with the block */
    size_t item;        /* column of the text of the list item that the line may be in */

    bool has_text; /* more than marks of lists, quotes and notes stands in the line */
    size_t digits; /* nothing but that many digits does, or 0 */
    bool escaped;  /* a backslash waits for its character */
    bool bar;      /* a bar stands in the line */
    bool cell;     /* and only blanks behind it */
    bool url;      /* in (…) behind ] */
    char last;     /* the byte before */
    char quote;    /* in a fenced block: the mark that is open */
} zp_landing;

/* Reads on to the end of `text`, which must begin with what was read before. */
void zp_landing_follow(zp_landing *landing, zp_str text);

/* After zp_landing_follow: whether what comes is the first text of its line. */
bool zp_landing_starts_line(zp_landing *landing, zp_str text);

#endif
