/* tagtable.h: a table in the structure tree.
 *
 *     P (单位) · Table (Caption, THead (TR (TH)), TBody (TR (TH, TD))) · P (注, 签署)
 *
 * Cells of the head are TH with Scope Column, joined cells of the body, which head several rows, TH
 * with Scope Row: the same as in HTML. Where there are heads of two kinds or in several rows each
 * TD names its own besides (Headers), because Scope alone is then read differently by readers.
 * Without head rows, or with a head cell that reaches into the body, or in PDF 1.4, the rows stand
 * in the Table itself. Empty cells are elements too, so that all rows have as many columns (ISO
 * 14289-1, 7.5).
 */
#ifndef ZP_TAGTABLE_H
#define ZP_TAGTABLE_H

#include "write/tags.h"

/* The elements of a TABLE node and of all in it, in `around`; gives the Table. */
zp_tag *zp_tagtable_make(zp_tags *tags, zp_tag *around, const zp_node *table);

#endif
