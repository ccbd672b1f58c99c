/* selfname.h: what the reporting unit is called: its full name, and the short ones that it gives
 * itself.
 */
#ifndef ZP_SELFNAME_H
#define ZP_SELFNAME_H

#include "check/passage.h"

enum { ZP_SELFNAMES = 6 };

/* The names, none of them empty: those of the metadata; where these have none, what the title has
 * beside the year and the kind of report; and 简称 that are introduced right behind one of them.
 * How many. */
size_t zp_selfname_find(zp_arena *arena, const zp_passages *passages, zp_str names[ZP_SELFNAMES]);

#endif
