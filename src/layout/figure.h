/* figure.h: a picture or a chart, and below it its caption: 图1　说明, centred, never on another
 * page.
 *
 * A picture is as large as its density makes it, or as wide as the author says (width=80mm, or
 * width=60% of the text's width, in the caption's {…} or else in the picture's title), but never
 * wider than the 版心 nor higher than it is beside the caption. In the place of one that cannot be
 * drawn stands a frame with its words: ［图：…］.
 */
#ifndef ZP_FIGURE_H
#define ZP_FIGURE_H

#include "layout/column.h"
#include "layout/picture.h"

/* Adds a FIGURE's boxes to the column. */
void zp_figure_layout(zp_column *column, const zp_node *figure);

/* The figure's CAPTION; NULL when it has none. */
const zp_node *zp_figure_caption(const zp_node *figure);

/* What stands before a caption's own words: “图1　”, or nothing when it is not numbered. */
zp_str zp_figure_label(zp_arena *arena, const zp_node *caption);

/* The width that the author asks for, at most the 版心's; 0 when none. Words that are no width are
 * a warning, `bad-width`. */
zp_len zp_figure_width(const zp_report *report, const zp_node *figure, zp_diag *diag);

/* A picture's size on the page: `wanted` wide (0: as its density makes it), made smaller to the
 * 版心's width and to `room` below. */
void zp_figure_fit(const zp_page_setup *page, const zp_picture *picture, zp_len wanted, zp_len room,
                   zp_len *width, zp_len *height);

#endif
