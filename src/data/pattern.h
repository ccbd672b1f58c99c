/* pattern.h: names of files: by * and ?, by their endings. */
#ifndef ZP_PATTERN_H
#define ZP_PATTERN_H

#include <stdbool.h>
#include "base/str.h"

/* Whether `name` holds * or ?. */
bool zp_pattern_is(zp_str name);

/* Whether `name` fits `pattern`: * stands for any characters, also none; ? for one. A / is a
 * character like any other. */
bool zp_pattern_fits(zp_str pattern, zp_str name);

/* Files that programs leave beside what people make: hidden ones, and ~$ of a workbook that is
 * open. */
bool zp_name_is_aside(zp_str name);

/* Whether `name` ends in one of `endings` (the last is NULL), in capitals or not, and is more than
 * it. */
bool zp_name_ends(zp_str name, const char *const *endings);

#endif
