/* telling.h: messages on their way to a stream, in the form that the command line asks for.
 */
#ifndef ZP_TELLING_H
#define ZP_TELLING_H

#include <stdio.h>
#include "base/diag.h"

typedef enum { ZP_FORM_TEXT, ZP_FORM_JSON, ZP_FORM_SARIF } zp_message_form;

typedef struct {
    zp_message_form form;
    FILE *to;
    bool colour; /* a terminal that may be coloured */
    bool begun;  /* something was put */
} zp_telling;

/* By the word of --diagnostics, NULL for text. False, and said so, when there is no such form. */
bool zp_telling_choose(zp_telling *telling, const char *word, FILE *to);

/* The messages of `diag` in that form: what zp_telling_put takes. Any thread. */
void zp_telling_render(const zp_telling *telling, const zp_diag *diag, zp_buf *out);

/* Prints what was rendered; a form that is one document for all (SARIF) needs the end. */
void zp_telling_put(zp_telling *telling, zp_arena *arena, zp_str rendered);
void zp_telling_end(zp_telling *telling, zp_arena *arena);

/* Renders and puts. */
void zp_telling_tell(zp_telling *telling, zp_arena *arena, const zp_diag *diag);

#endif
