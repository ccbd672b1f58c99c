/* mask.h: a copy of the text, byte for byte as long, in which cmark stumbles over nothing of ours.
 *
 * Three stand-ins replace what cmark must not see. A byte of the text that happens to be one of
 * them becomes DEL, so a stand-in in the copy is always ours; the source says what it stands for.
 *
 *  - HIDDEN: a byte of a comment <!-- -->; it is left out. (One that fills whole lines is blank.)
 *  - NOTE: a byte of a mark [^label].
 *  - PLAIN: text as it stands: the < of <! and <?, at which cmark 0.30 may be quadratic, and in
 *    fenced code what else looked like a table, a note or a heading.
 *
 * All of it is harmless inside code, whose text is taken from the source.
 */
#ifndef ZP_MASK_H
#define ZP_MASK_H

#include "base/str.h"

enum { ZP_MASK_HIDDEN = 1, ZP_MASK_NOTE = 2, ZP_MASK_PLAIN = 3, ZP_MASK_OTHER = 0x7f };

enum { ZP_MASK_LABEL = 200 }; /* bytes of a note's label */

zp_str zp_mask_make(zp_arena *arena, zp_str text);

/* Length of the mark [^label] at the start of `s`, or 0. A label holds no space and none of [ ] ` <
 * \ */
size_t zp_mask_note(zp_str s);

#endif
