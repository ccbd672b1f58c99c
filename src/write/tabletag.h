/* tabletag.h: the tags of a table's parts in HTML; what an author wrote is in none of them but ids
 * that have been found sound.
 */
#ifndef ZP_TABLETAG_H
#define ZP_TABLETAG_H

#include "doc/numeric.h"
#include "doc/report.h"

/* <div class="table …"> around the table; `id` may be empty. */
void zp_tabletag_open(const zp_report *report, const zp_node *table, zp_str id, zp_buf *tag);

/* Whether the head rows can be a group: a cell that reaches below them would be cut off at its end.
 */
bool zp_tabletag_groups_head(const zp_node *table);

/* <th …> or <td …>; gives the tag that ends it. */
const char *zp_tabletag_cell(zp_arena *arena, const zp_node *cell, const zp_holding *holdings,
                             zp_buf *tag);

#endif
