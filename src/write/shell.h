/* shell.h: the template's page around a report's body.
 *
 * {{name}} stands for a value that is escaped, {{{name}}} for one that is markup already.
 */
#ifndef ZP_SHELL_H
#define ZP_SHELL_H

#include "base/diag.h"

typedef struct {
    zp_str name, value;
    bool raw; /* in three braces, as it is; else in two, escaped */
} zp_placeholder;

/* Adds the page to `out`. False when a placeholder is none of those known (`page-placeholder`). */
bool zp_shell_fill(const zp_source *page, const zp_placeholder *known, size_t count, zp_diag *diag,
                   zp_buf *out);

#endif
