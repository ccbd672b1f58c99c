/* drawing.h: a sketch as SVG that stands in an HTML page. */
#ifndef ZP_DRAWING_H
#define ZP_DRAWING_H

#include "layout/sketch.h"

/* Adds <svg> with the sketch's shapes, as wide as on paper, and `words` as its text alternative.
 * Nothing in it is left unescaped. */
void zp_drawing_write(const zp_sketch *sketch, zp_str words, zp_buf *out);

/* For svg.c, the other writer of SVG: a length in points, with two decimals at most, and a shape
 * that is a path, moved by dx, dy. */
void zp_drawing_length(zp_buf *out, zp_len length);
void zp_drawing_path(zp_buf *out, const zp_shape *shape, zp_len dx, zp_len dy);

/* Adds text with & < > " ' escaped, for HTML and for SVG. */
void zp_markup_add(zp_buf *out, zp_str text);

#endif
