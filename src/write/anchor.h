/* anchor.h: ids of the places in an HTML page that links lead to.
 *
 * The author's, where they are letters, digits, -, _ and Han, the first of their kind, and none of
 * ours: s1-2 of a heading by its place, table-3, note-4, ref-4.
 */
#ifndef ZP_ANCHOR_H
#define ZP_ANCHOR_H

#include "base/diag.h"
#include "doc/node.h"

typedef struct zp_anchors zp_anchors;

/* Of all headings, tables and figures. An id that is not used is `bad-id` or `duplicate-id`, a
 * warning. */
zp_anchors *zp_anchors_collect(zp_arena *arena, const zp_node *root, zp_diag *diag);

/* The author's id of the node, or nothing. To be asked once for each of these nodes, in order. */
zp_str zp_anchors_take(zp_anchors *anchors, const zp_node *node);

/* What stands before each id of a fragment: other texts on its page, other reports among them, have
 * ids of their own. */
zp_str zp_anchors_prefix(zp_arena *arena, zp_str title);

/* Whether a link may lead there: within the page, to a file beside it, by http, https or mailto. */
bool zp_url_is_safe(zp_str url);

#endif
