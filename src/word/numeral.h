/* numeral.h: an ordinal in one of Word's number formats (17.18.59, ST_NumberFormat).
 */
#ifndef ZP_WORD_NUMERAL_H
#define ZP_WORD_NUMERAL_H

#include "base/str.h"

/* `number` as `format` names it (chineseCounting, upperRoman …); in decimal where the format is not
 * known, or does not reach so far: ① ends at ⑳. Nothing for `none` and `bullet`. */
void zp_word_numeral(uint32_t number, zp_str format, zp_buf *out);

#endif
