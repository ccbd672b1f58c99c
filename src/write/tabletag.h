/* tabletag.h: the tags of a table's parts in HTML; what an author wrote is in none of them but ids
 * that have been found sound. None is ended with `>`: further attributes may follow.
 */
#ifndef ZP_TABLETAG_H
#define ZP_TABLETAG_H

#include "doc/numeric.h"
#include "doc/report.h"

typedef struct {
    zp_arena *arena;
    const zp_node *node;
    uint32_t ordinal; /* which of the report's tables it is, from 1 */
    zp_str prefix;    /* of ids */
    zp_str label;     /* the caption's id; empty: no caption */
    zp_table_style style;
    const zp_holding *holdings; /* of its columns */
    bool fragment;
    bool has_head;    /* head rows */
    bool groups_head; /* they have a group of their own */
} zp_tabletag;

/* What is to be known of a table before it is written. */
zp_tabletag zp_tabletag_make(zp_arena *arena, const zp_report *report, const zp_node *table,
                             uint32_t ordinal, bool fragment);

/* <div class="table …" around the table; `id` may be empty. */
void zp_tabletag_open(const zp_tabletag *table, zp_str id, zp_buf *tag);

/* <table */
void zp_tabletag_rows(const zp_tabletag *table, zp_buf *tag);

/* <colgroup> where the author says how wide the columns are: `rules` of the style sheet give the
 * widths, or in a fragment each column's style. */
void zp_tabletag_columns(const zp_tabletag *table, zp_buf *columns, zp_buf *rules);

/* <th … or <td …; gives the tag that ends it. */
const char *zp_tabletag_cell(const zp_tabletag *table, const zp_node *cell, zp_buf *tag);

/* Whether the head rows can be a group: a cell that reaches below them would be cut off at its end.
 */
bool zp_tabletag_groups_head(const zp_node *table);

#endif
