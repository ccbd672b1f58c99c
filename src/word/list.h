/* list.h: the numbers that Word makes by itself (17.9): word/numbering.xml.
 *
 * A list (num) points to a definition (abstractNum) of nine levels and may override some of them.
 * Lists of one definition count on together; a start that a list overrides counts anew at the
 * list's first paragraph of that level. A level begins anew behind one above it, unless lvlRestart
 * says otherwise.
 */
#ifndef ZP_WORD_LIST_H
#define ZP_WORD_LIST_H

#include "base/diag.h"

enum { ZP_WORD_LEVELS = 9 };

typedef struct zp_word_lists zp_word_lists;

/* Of a document without lists. */
zp_word_lists *zp_word_lists_new(zp_arena *arena);

/* Reads word/numbering.xml. False after an error. */
bool zp_word_lists_read(zp_word_lists *lists, zp_span file, zp_str bytes, zp_diag *diag);

/* The level of the list `list` that the style `style` (its id) stands for; false when none does. */
bool zp_word_lists_level(const zp_word_lists *lists, uint32_t list, zp_str style, unsigned *level);

/* The next paragraph of that list and level: its number goes to `out`, 一、 or 1. with a blank
 * behind it where Latin letters and digits would run into the text. *bullet: it has a mark that is
 * no number, and nothing is written. Nothing too when there is no such list. */
void zp_word_lists_count(zp_word_lists *lists, uint32_t list, unsigned level, zp_buf *out,
                         bool *bullet);

#endif
