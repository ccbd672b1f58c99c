/* base64.h: bytes as text, for what must travel inside a page (RFC 4648, section 4). */
#ifndef ZP_BASE64_H
#define ZP_BASE64_H

#include "base/str.h"

/* `bytes` at the end of `out`, padded with =, without line ends. */
void zp_base64_add(zp_buf *out, zp_str bytes);

#endif
