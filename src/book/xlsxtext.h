/* xlsxtext.h: the text of a shared or inline string (ECMA-376-1, 18.4): its runs joined, without
 * the phonetic ones.
 */
#ifndef ZP_XLSXTEXT_H
#define ZP_XLSXTEXT_H

#include "book/xml.h"

/* Zero it and set text.arena to begin; set text.n to 0 for the next string. */
typedef struct {
    zp_buf text;
    size_t start;  /* of the run being read */
    int phonetic;  /* rPh elements that are open */
    bool inside;   /* a t is open */
    bool preserve; /* white space at the run's ends is meant */
} zp_xlsx_text;

void zp_xlsx_text_open(zp_xlsx_text *text, zp_str name, const zp_xml_attribute *attributes,
                       size_t count);
void zp_xlsx_text_add(zp_xlsx_text *text, zp_str piece);
void zp_xlsx_text_close(zp_xlsx_text *text, zp_str name);

/* `raw` with _x000D_ and the like decoded (ECMA-376-1, 22.4.2.4), lines ended by \n. A copy. */
zp_str zp_xlsx_text_decode(zp_arena *arena, zp_str raw);

#endif
