/* guess.h: what a report without front matter says of itself: its title, unit and year.
 */
#ifndef ZP_GUESS_H
#define ZP_GUESS_H

#include "base/source.h"

typedef struct {
    zp_span heading; /* the line # of the title, where it is nothing but words; else no place */
    zp_str title, unit, year; /* empty: not found */
} zp_guess;

/* From Markdown: the first line that begins with one # and is no 附件, and in it what stands
 * between the year and 整体支出, 绩效 and the like; the year, else the first in the text. */
zp_guess zp_guess_make(zp_arena *arena, const zp_source *source);

/* Escaped Markdown as what it reads. */
zp_str zp_guess_unescape(zp_arena *arena, zp_str text);

#endif
