/* style.h: paragraph styles (17.7): word/styles.xml, as far as they say what a paragraph is.
 */
#ifndef ZP_WORD_STYLE_H
#define ZP_WORD_STYLE_H

#include "base/diag.h"

/* What a style or a paragraph says of itself; what it does not say, the style it is based on may.
 */
typedef struct {
    bool has_outline, has_list, has_level, has_side;
    unsigned outline; /* 1 to 9; 0: body text */
    uint32_t list;    /* of list.h; 0: none */
    unsigned level;   /* in that list */
    bool centred;
} zp_word_format;

typedef struct {
    zp_str id, name; /* the name in small letters, as Word has it in English: heading 1, title */
    zp_str base;
    zp_word_format format; /* with what it inherits, once all styles are read */
} zp_word_style;

typedef struct zp_word_styles zp_word_styles;

zp_word_styles *zp_word_styles_new(zp_arena *arena);

/* Reads word/styles.xml. False after an error. */
bool zp_word_styles_read(zp_word_styles *styles, zp_span file, zp_str bytes, zp_diag *diag);

enum { ZP_WORD_BASES = 30 }; /* styles that are based on one another; a ring ends there */

/* The style of that id; the default one for the empty id; NULL when there is none. */
const zp_word_style *zp_word_styles_find(const zp_word_styles *styles, zp_str id);

/* One property of a paragraph as an element (pStyle is not among them) says it. */
void zp_word_format_note(zp_word_format *format, zp_str element, zp_str value);

#endif
