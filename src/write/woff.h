/* woff.h: a font file packed for web pages: WOFF 1.0 (W3C Recommendation, 13 December 2012).
 *
 * Its tables are deflated one by one. Every browser reads it, and it needs nothing that a PDF does
 * not need too; WOFF 2 would be a fifth smaller and want an encoder of Brotli.
 */
#ifndef ZP_WOFF_H
#define ZP_WOFF_H

#include "base/str.h"
#include "write/deflate.h"

typedef struct {
    uint32_t tag;
    zp_str bytes;
} zp_font_table;

/* The OpenType font `file` with `count` tables put in or in the place of its own; in the arena.
 * `file` is one that HarfBuzz has written. */
zp_str zp_woff_pack(zp_arena *arena, const zp_deflater *deflater, zp_str file,
                    const zp_font_table *tables, size_t count);

#endif
