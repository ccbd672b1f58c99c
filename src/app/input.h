/* input.h: the text of a report, from a file or from standard input.
 *
 * A Word document becomes Markdown (manuscript.h), a PDF too (pdftext.h); both know for every byte
 * where it came from. Which of these a file is, its ending says; standard input is text.
 */
#ifndef ZP_INPUT_H
#define ZP_INPUT_H

#include "base/diag.h"

typedef enum {
    ZP_INPUT_TEXT,    /* .md .markdown .txt */
    ZP_INPUT_WORD,    /* .docx .docm */
    ZP_INPUT_PDF,     /* .pdf */
    ZP_INPUT_REFUSED, /* .doc .wps .et and the like: a report, but one that cannot be read */
    ZP_INPUT_OTHER,
} zp_input_kind;

zp_input_kind zp_input_kind_of(zp_str name);

/* Why a file of the kinds REFUSED and OTHER cannot be read, the end of a sentence. */
zp_str zp_input_refusal(zp_str name);

/* What messages call the input at `path`; the empty path is standard input. */
zp_str zp_input_name(zp_str path);

/* Its text. NULL: `why` says that it cannot be read, or is empty and the reason is in `diag`. */
const zp_source *zp_input_read(zp_arena *arena, zp_str path, const char *encoding, zp_diag *diag,
                               zp_str *why);

#endif
