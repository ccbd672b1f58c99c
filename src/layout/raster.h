/* raster.h: items of a page as a picture made of dots, for readers that know no drawings.
 *
 * Texts, rules and paths become gray on white, smooth at their edges, as they would look on paper.
 * Pictures among the items are left out.
 */
#ifndef ZP_RASTER_H
#define ZP_RASTER_H

#include "layout/display.h"

enum { ZP_RASTER_DPI = 300 };

typedef struct {
    uint32_t width, height;
    zp_str samples; /* a byte each, 0 black to 255 white; rows from the top, without gaps */
} zp_raster;

/* What `count` items draw within a box of the page. */
zp_raster zp_raster_draw(zp_arena *arena, const zp_item *items, size_t count, zp_len x, zp_len y,
                         zp_len width, zp_len height);

#endif
