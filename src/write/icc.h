/* icc.h: the colour space that a PDF/A file's RGB is meant in. */
#ifndef ZP_ICC_H
#define ZP_ICC_H

#include "base/str.h"

/* sRGB (IEC 61966-2-1) as an ICC profile of version 2.1, which every part of PDF/A takes (ISO
 * 19005-1, 6.2.2); the same bytes always. */
zp_str zp_icc_srgb(zp_arena *arena);

#endif
