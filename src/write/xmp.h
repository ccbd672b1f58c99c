/* xmp.h: what a PDF says of itself as XMP (ISO 16684-1), in step with its document information. */
#ifndef ZP_XMP_H
#define ZP_XMP_H

#include "base/str.h"
#include "doc/standard.h"

/* Empty texts are left out. */
typedef struct {
    zp_str title, author, subject, creator, producer;
    zp_str date; /* 2024-04-01T08:00:00+08:00: made and last changed */
    const zp_standard *standard;
} zp_xmp_facts;

/* Adds the packet. */
void zp_xmp_write(const zp_xmp_facts *facts, zp_buf *out);

#endif
