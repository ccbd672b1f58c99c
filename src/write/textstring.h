/* textstring.h: text as PDF holds it (ISO 32000-1, 7.9.2.2). */
#ifndef ZP_TEXTSTRING_H
#define ZP_TEXTSTRING_H

#include "base/str.h"

/* The text, cut where its UTF-16 would exceed what PDF/A-2 lets a string hold (32767 bytes; ISO
 * 19005-2, 6.1.13). */
zp_str zp_textstring_clip(zp_str text);

/* Whether all characters are printable ASCII, which need no encoding. */
bool zp_textstring_is_ascii(zp_str text);

/* Adds UTF-16BE behind its byte order mark: the bytes that the string holds. */
void zp_textstring_encode(zp_str text, zp_buf *out);

/* Adds the string as it is written in a file: (ASCII) or <FEFF…>, clipped. */
void zp_textstring_write(zp_str text, zp_buf *out);

#endif
