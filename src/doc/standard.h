/* standard.h: what a PDF promises to be, by the names that templates and the command line use. */
#ifndef ZP_STANDARD_H
#define ZP_STANDARD_H

#include <stdbool.h>
#include "base/str.h"

typedef struct {
    zp_str name;
    unsigned part;   /* of PDF/A, ISO 19005; 0: none */
    char level;      /* its conformance level: A accessible, B basic, U with Unicode */
    bool accessible; /* PDF/UA-1 too, ISO 14289-1 */
} zp_standard;

/* By name: a-2a+ua-1, a-1b, a-1a, a-2b, a-2u, a-3a, none; NULL when there is none of that name. */
const zp_standard *zp_standard_find(zp_str name);

/* The names, parted by spaces. */
extern const char zp_standard_names[];

/* Whether it asks for a structure tree. */
bool zp_standard_is_tagged(const zp_standard *standard);

/* Whether the files that the report was made of go into the PDF: PDF/A-3 exists for that (ISO
 * 19005-3, 6.8). */
bool zp_standard_embeds(const zp_standard *standard);

#endif
