/* deflate.h: bytes for streams with /Filter /FlateDecode (RFC 1950). */
#ifndef ZP_DEFLATE_H
#define ZP_DEFLATE_H

#include "base/str.h"

/* How hard to try. Font programs hardly deflate: more effort wins a hundredth of their size. */
typedef enum { ZP_EFFORT_FONT, ZP_EFFORT_TEXT, ZP_EFFORTS } zp_effort;

typedef struct zp_deflater zp_deflater;

/* Of one document, in its arena; what it holds besides is given back by zp_deflater_close. */
zp_deflater *zp_deflater_open(zp_arena *arena);
void zp_deflater_close(zp_deflater *deflater);

/* The packed bytes in `arena`. */
zp_str zp_deflate(zp_arena *arena, const zp_deflater *deflater, zp_str bytes, zp_effort effort);

#endif
