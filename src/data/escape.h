/* escape.h: a value's characters written so that they come out as what they are.
 */
#ifndef ZP_ESCAPE_H
#define ZP_ESCAPE_H

#include "data/landing.h"

/* What stands behind the value in the text: a byte, \n also for the text's end, or not yet known.
 */
typedef struct {
    bool known;
    char byte;
} zp_following;

void zp_escape_html(zp_str value, zp_buf *out);

/* `landing` is read on to the end of `out` first. `in_row`: the line may be a row of a table. */
void zp_escape_markdown(zp_landing *landing, zp_str value, zp_following after, bool in_row,
                        zp_buf *out);

#endif
