/* legend.h: the lines around a table: caption and unit above, remarks and the signing row below.
 *
 *          表1　预算执行情况                  centred; on later pages 续表1　预算执行情况
 *                          单位：万元         flush right
 *     注：……
 *     填报人      审核人      填报日期         spread over the width
 */
#ifndef ZP_LEGEND_H
#define ZP_LEGEND_H

#include "layout/cells.h"

typedef struct {
    zp_box *boxes;
    size_t count, capacity;
    zp_len height;
} zp_legend;

/* For the grid's width. `repeat` comes at the head of each further page: the caption as 续表, and
 * the unit; its items belong to no node. */
void zp_legend_above(const zp_grid *g, zp_legend *above, zp_legend *repeat);
void zp_legend_below(const zp_grid *g, zp_legend *below);

/* `表1　`, or nothing where the caption has no number; and 注： as it was typed, perhaps with a
 * number in it. */
zp_str zp_legend_label(zp_arena *arena, const zp_node *caption);
zp_str zp_legend_remark(const zp_node *remark);

/* The next word of a signing row from *at on; *at is moved past it. False when there is none. */
bool zp_legend_word(zp_str text, size_t *at, zp_str *word);

#endif
