/* tabletag.c: TABLE and CELL nodes in, opening tags out.
 */
#include "write/tabletag.h"

#include "doc/caption.h"

static const char *style_class(const zp_report *report, const zp_node *table)
{
    static const char *const classes[] = {
        [ZP_TABLE_GRID] = "",
        [ZP_TABLE_THREE_LINE] = " three-line",
        [ZP_TABLE_PLAIN] = " plain",
    };
    zp_table_style style = zp_table_style_find(zp_attribute_find(table->text, ZP_STR("style")));
    return classes[style < ZP_TABLE_STYLES ? style : report->template->table.style];
}

void zp_tabletag_open(const zp_report *report, const zp_node *table, zp_str id, zp_buf *tag)
{
    zp_buf_format(tag, "<div class=\"table%s\"", style_class(report, table));
    if (id.n > 0)
        zp_buf_format(tag, " id=\"%.*s\"", ZP_ARG(id));
    zp_buf_lit(tag, " role=\"region\" aria-label=\"表格\" tabindex=\"0\">");
}

static const zp_node *first_row(const zp_node *table)
{
    const zp_node *row = table->first;
    while (row != NULL && row->kind != ZP_NODE_ROW)
        row = row->next;
    return row;
}

bool zp_tabletag_groups_head(const zp_node *table)
{
    uint32_t rows = 0, at = 0;
    for (const zp_node *row = first_row(table);
         row != NULL && row->kind == ZP_NODE_ROW && row->row.head; row = row->next)
        rows++;
    for (const zp_node *row = first_row(table); at < rows; row = row->next, at++)
        for (const zp_node *cell = row->first; cell != NULL; cell = cell->next)
            if (cell->cell.rows > rows - at)
                return false;
    return rows > 0;
}

/* Heads stand as the style sheet has them. */
static const char *align_class(zp_arena *arena, const zp_node *cell, const zp_holding *holdings)
{
    static const char *const classes[] = {
        [ZP_ALIGN_NONE] = "",
        [ZP_ALIGN_LEFT] = " class=\"left\"",
        [ZP_ALIGN_CENTER] = " class=\"center\"",
        [ZP_ALIGN_RIGHT] = " class=\"right\"",
    };
    bool number = false;
    if (cell->parent->row.head)
        return "";
    zp_align own = zp_cell_align(arena, cell, holdings, &number);
    if (cell->cell.align != ZP_ALIGN_NONE)
        return classes[cell->cell.align];
    return number ? " class=\"number\"" : classes[own];
}

/* Heads of columns, and the joined cells of the body that head several rows. */
static const char *element(const zp_node *cell)
{
    if (cell->parent->row.head)
        return cell->cell.columns > 1 ? "<th scope=\"colgroup\"" : "<th scope=\"col\"";
    return cell->cell.rows > 1 ? "<th scope=\"rowgroup\"" : "<td";
}

const char *zp_tabletag_cell(zp_arena *arena, const zp_node *cell, const zp_holding *holdings,
                             zp_buf *tag)
{
    zp_buf_format(tag, "%s%s", element(cell), align_class(arena, cell, holdings));
    if (cell->cell.columns > 1)
        zp_buf_format(tag, " colspan=\"%u\"", cell->cell.columns);
    if (cell->cell.rows > 1)
        zp_buf_format(tag, " rowspan=\"%u\"", cell->cell.rows);
    zp_buf_byte(tag, '>');
    return cell->parent->row.head || cell->cell.rows > 1 ? "</th>" : "</td>";
}
