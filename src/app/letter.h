/* letter.h: 版头 and 版记 (GB/T 9704-2012 7.2, 7.4) of a report without front matter.
 *
 * They stand around the report, where its text cannot: import.c writes what is found into the front
 * matter. 版头 is what stands above the title in paragraphs of their own: 份号 (digits), 密级, 紧急
 * 程度, 发文机关标志, and below it 发文字号 (示财〔2024〕12号), perhaps with 签发人：. Without a
 * 发文字号 there is none. 版记 is a table of one column at the end: 抄送：…, …印发.
 */
#ifndef ZP_LETTER_H
#define ZP_LETTER_H

#include "base/source.h"

typedef struct {
    zp_str copy, secrecy, urgency, mark, number, issuer; /* empty: not found; number: all are */
    zp_str other; /* Markdown of what else stands above the title; blank lines between */
    bool has_imprint;
    zp_str copies, printer, date;
    zp_span imprint; /* its lines in the text */
} zp_letter;

/* In Markdown: `above` is what stands before the title. */
zp_letter zp_letter_find(zp_arena *arena, const zp_source *source, zp_span above);

#endif
