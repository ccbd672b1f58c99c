/* inline.h: one paragraph to lines.
 *
 * Four steps: collect (runs of text to characters with their glyphs), prepare (tokens with widths,
 * kerns and what they can give or take), break (line ends of least total cost, by dynamic
 * programming), finish (squeeze and stretch each line to the width, to the unit, and make items).
 * Breaks do not depend on where one run ends and the next begins.
 */
#ifndef ZP_INLINE_H
#define ZP_INLINE_H

#include "base/diag.h"
#include "base/length.h"
#include "layout/display.h"
#include "layout/font.h"

/* Text set alike. A run's text may hold '\n', a forced line end. */
typedef struct {
    zp_str text;
    zp_span span;        /* of the text; where the lengths are equal, byte for byte */
    const zp_node *node; /* the items made of it belong to */
    zp_role role;
    zp_len size;         /* of the type */
    zp_len cell;         /* advance of a full-width character: the page's cell, or `size` */
    zp_len rise;         /* of the baseline, for references to notes */
    const zp_node *link; /* the LINK that the text is part of, or NULL */
    bool note_mark;      /* the whole run is a reference to a note: stays with what precedes */
    bool plain; /* digits and Latin too come from the role's own fonts: page numbers are 宋体
                   throughout */
} zp_run;

typedef struct {
    zp_len width;
    zp_len indent;  /* of the first line */
    zp_align align; /* NONE: justified */
    const zp_line_rules *rules;
    bool balanced;      /* a title: as few lines as possible, of like lengths */
    const zp_str *kept; /* phrases that a balanced line end does not part */
    size_t kept_count;
} zp_measure;

/* A line's items, x from the left edge of the measure, y from the line's vertical middle, where the
 * centres of the Han faces lie. */
typedef struct {
    const zp_item *items;
    uint32_t count;
    zp_len width; /* natural width as set, indent included */
} zp_line;

typedef struct {
    zp_line *lines;
    size_t count;
} zp_lines;

/* What setting paragraphs needs besides the paragraph: fonts, a memory of glyphs found, characters
 * that no font has. */
typedef struct zp_setter zp_setter;
zp_setter *zp_setter_new(zp_arena *arena, const zp_fonts *fonts, zp_diag *diag);

/* Whether some character had no glyph. */
bool zp_setter_missed(const zp_setter *setter);

/* Lines of a paragraph; none when the runs hold no character. A character that no font has is an
 * error in the setter's diag (`missing-glyph`, once a character); a word of some hundred characters
 * that is cut, a warning (`unbroken-text`). */
zp_lines zp_inline_set(zp_setter *setter, const zp_run *runs, size_t count,
                       const zp_measure *measure);

#endif
