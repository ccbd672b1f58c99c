/* edition.h: what is marked internal, kept out of the public edition.
 *
 * A table's column is internal when the text of one of its head cells ends in {内部} (｛内部｝ too,
 * and with white space in it). A head that is joined over several columns marks them all.
 */
#ifndef ZP_EDITION_H
#define ZP_EDITION_H

#include "doc/node.h"

/* Takes the marks off; when the edition is public, also the columns: joined cells shrink, rows in
 * which nothing is left go, a table's `widths` lose theirs. A table without columns leaves with its
 * caption, and those behind it are numbered anew; so do notes that only what has gone referred to.
 *
 * To be called when captions are settled (caption.h). */
void zp_edition_settle(zp_arena *arena, zp_node *root, bool public);

#endif
