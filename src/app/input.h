/* input.h: the text of a report, from a file or from standard input. */
#ifndef ZP_INPUT_H
#define ZP_INPUT_H

#include "base/diag.h"

/* What messages call the input at `path`; the empty path is standard input. */
zp_str zp_input_name(zp_str path);

/* Its text. NULL: `why` says that it cannot be read, or is empty and the reason is in `diag`. */
const zp_source *zp_input_read(zp_arena *arena, zp_str path, const char *encoding, zp_diag *diag,
                               zp_str *why);

#endif
