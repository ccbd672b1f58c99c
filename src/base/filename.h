/* filename.h: a text as the name of a file that every file system takes. */
#ifndef ZP_FILENAME_H
#define ZP_FILENAME_H

#include "base/str.h"

/* `name` without what file systems forbid (/ \ : * ? " < > | and control characters; points and
 * spaces at the ends; a name of a device, CON and the like, gets a _), cut on a character so that
 * with `ending` it is at most ZP_FILENAME bytes. Empty when nothing remains. */
enum { ZP_FILENAME = 240 };
zp_str zp_filename_make(zp_arena *arena, zp_str name, size_t ending);

#endif
