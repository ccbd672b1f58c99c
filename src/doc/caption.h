/* caption.h: what belongs to a table or a figure is gathered under it.
 *
 * A paragraph that begins with 表： (or 表1：) before a table is its CAPTION, 单位： its UNIT, in
 * either order; 注： after it is a REMARK, 签署： its SIGNING. A paragraph that holds nothing but a
 * picture, or a fenced block named chart, is a FIGURE; 图： after it its CAPTION. Tables and
 * figures with captions are numbered in order, each kind by itself.
 *
 * A caption may end in {#id key=value …}: the id is for links, the rest goes to the TABLE's or
 * FIGURE's text, as typed, for layout. With `number=off` it is not numbered.
 *
 * A paragraph that is just \newpage or \分页 is a PAGEBREAK.
 */
#ifndef ZP_CAPTION_H
#define ZP_CAPTION_H

#include "doc/node.h"

/* Regroups the blocks of the top level. */
void zp_caption_settle(zp_arena *arena, zp_node *root);

/* The value of `key` among attributes "key=value key2=value2"; empty when it is not there. */
zp_str zp_attribute_find(zp_str attributes, zp_str key);

/* The widths of `columns` columns in relation to one another, as widths=1,2,1 gives them; not all
 * are 0. NULL where `value` is anything else. */
const uint32_t *zp_attribute_weights(zp_arena *arena, zp_str value, uint32_t columns);

/* Whether a # heading's text begins with 附件, 附件N, 附件N-M, 附表 or 附表N, the label of an
 * attached part: bytes of that label, else 0. */
size_t zp_caption_part_label(zp_str heading);

/* What follows such a label and the mark or space behind it. */
zp_str zp_caption_part_title(zp_str heading, size_t label);

/* Whether a heading begins an attached part: a # heading that has such a label, or stands right
 * after a PAGEBREAK. */
bool zp_caption_begins_part(zp_arena *arena, const zp_node *heading);

#endif
