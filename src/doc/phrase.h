/* phrase.h: what the lines of a title do not part.
 *
 * Names and phrases are kept whole: the department, the year with 年度, and the template's phrases.
 * Both writers ask this; PDF weighs it when it balances a title's lines, HTML tells the browser.
 */
#ifndef ZP_PHRASE_H
#define ZP_PHRASE_H

#include "doc/report.h"

enum { ZP_PHRASE_TITLE = 2000 }; /* bytes of a title, beyond which it is no title but a text */

/* The phrases; the department first. */
const zp_str *zp_phrase_list(zp_arena *arena, const zp_report *report, size_t *count);

/* Bytes start to end of a text. */
typedef struct {
    size_t start, end;
} zp_stretch;

/* The stretches of `title` that a line does not part, in order: where phrases overlap they are one,
 * a mark that may not stand alone is with the text it belongs to, 的 and 和 begin no line and 关于
 * ends none. None of a title longer than ZP_PHRASE_TITLE. */
const zp_stretch *zp_phrase_find(zp_arena *arena, zp_str title, const zp_str *phrases,
                                 size_t phrase_count, size_t *count);

#endif
