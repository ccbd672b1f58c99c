/* ruling.c: rows in, rules out: each border as one long rule.
 */
#include "layout/ruling.h"

enum {
    THIN_TENTHS = 5,   /* thickness in tenths of a point */
    THICK_TENTHS = 10, /* above and below a three-line table */
};

static zp_len thin(void)
{
    return zp_len_pt10(THIN_TENTHS);
}

static zp_len thick(const zp_grid *g)
{
    return zp_len_pt10(g->style == ZP_TABLE_THREE_LINE ? THICK_TENTHS : THIN_TENTHS);
}

static void add(zp_items *items, zp_len x, zp_len y, zp_len width, zp_len height)
{
    *zp_items_add(items) =
        (zp_item){.kind = ZP_ITEM_RULE, .x = x, .y = y, .width = width, .height = height};
}

/* ---- across ---- */

/* Whether a rule lies above the place. */
static bool is_ruled_above(const zp_grid *g, uint32_t row, uint32_t column, bool page_top)
{
    if (row == 0 || (page_top && g->style == ZP_TABLE_GRID))
        return true;
    const zp_grid_cell *here = zp_grid_at(g, row, column), *above = zp_grid_at(g, row - 1, column);
    if (here == above)
        return false;
    if (g->style == ZP_TABLE_GRID || row == g->head_rows)
        return true;
    return row < g->head_rows &&
           above->node->cell.columns > 1; /* three-line: below a joined head */
}

/* How far a rule between columns first and end goes: under a joined head of a three-line table not
 * quite to its edges. */
static void add_across(const zp_grid *g, uint32_t row, uint32_t first, uint32_t end, zp_len y,
                       zp_len thickness, zp_items *items)
{
    bool inset = g->style == ZP_TABLE_THREE_LINE && row > 0 && row < g->head_rows;
    zp_len margin = inset ? zp_grid_padding(g->size) / 2 : 0;
    zp_len left = g->edges[first] + margin, right = g->edges[end] - margin;
    zp_len half = inset ? 0 : thin() / 2;
    left -= first > 0 ? half : 0;
    right += end < g->columns ? half : 0;
    add(items, left, y, right - left, thickness);
}

static void rule_above(const zp_grid *g, const zp_ruled_part *part, uint32_t row, zp_items *items)
{
    bool page_top = part->page_top && row == part->first;
    zp_len thickness = row == 0 ? thick(g) : thin();
    zp_len y = part->tops[row - part->first];
    for (uint32_t first = 0, c = 0; c <= g->columns; c++) {
        bool parts = c < g->columns && g->style == ZP_TABLE_THREE_LINE && c > first && row > 0 &&
                     row < g->head_rows &&
                     zp_grid_at(g, row - 1, c) != zp_grid_at(g, row - 1, c - 1);
        bool ruled = c < g->columns && is_ruled_above(g, row, c, page_top);
        if ((!ruled || parts) && c > first)
            add_across(g, row, first, c, y, thickness, items);
        if (!ruled)
            first = c + 1;
        else if (parts)
            first = c;
    }
}

/* ---- down ---- */

static bool is_ruled_left(const zp_grid *g, uint32_t row, uint32_t column)
{
    return column == 0 || column == g->columns ||
           zp_grid_at(g, row, column) != zp_grid_at(g, row, column - 1);
}

static void rule_edge(const zp_grid *g, const zp_ruled_part *part, uint32_t column, zp_items *items)
{
    zp_len x = g->edges[column] - thin() / 2;
    if (column == 0)
        x = 0;
    else if (column == g->columns)
        x = g->width - thin();
    for (uint32_t first = part->first, r = first; r <= part->end; r++) {
        if (r < part->end && is_ruled_left(g, r, column))
            continue;
        if (r > first)
            add(items, x, part->tops[first - part->first], thin(),
                part->tops[r - part->first] - part->tops[first - part->first]);
        first = r + 1;
    }
}

void zp_ruling_foot(const zp_grid *g, zp_len height, zp_items *items)
{
    add(items, 0, height - thin(), g->width, thin());
}

void zp_ruling_close(const zp_grid *g, zp_len height, zp_items *items)
{
    if (g->style != ZP_TABLE_PLAIN)
        add(items, 0, height - thick(g), g->width, thick(g));
}

void zp_ruling_add(const zp_grid *g, const zp_ruled_part *part, zp_items *items)
{
    if (g->style == ZP_TABLE_PLAIN)
        return;
    for (uint32_t r = part->first; r < part->end; r++)
        if (r > part->first || part->opens)
            rule_above(g, part, r, items);
    for (uint32_t c = 0; g->style == ZP_TABLE_GRID && c <= g->columns; c++)
        rule_edge(g, part, c, items);
    if (part->closes)
        zp_ruling_close(g, part->tops[part->end - part->first], items);
}
