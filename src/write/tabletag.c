/* tabletag.c: TABLE and CELL nodes in, opening tags out.
 */
#include "write/tabletag.h"

#include "doc/caption.h"
#include "write/look.h"

/* How a table of each style looks. */
static const struct {
    zp_look around, rows, head, cell;
} looks[ZP_TABLE_STYLES] = {
    [ZP_TABLE_GRID] = {ZP_LOOK_TABLE, ZP_LOOK_ROWS, ZP_LOOK_HEAD, ZP_LOOK_CELL},
    [ZP_TABLE_THREE_LINE] = {ZP_LOOK_TABLE_THREE_LINE, ZP_LOOK_ROWS_THREE_LINE,
                             ZP_LOOK_HEAD_THREE_LINE, ZP_LOOK_CELL_BARE},
    [ZP_TABLE_PLAIN] = {ZP_LOOK_TABLE_PLAIN, ZP_LOOK_ROWS, ZP_LOOK_CELL_BARE, ZP_LOOK_CELL_BARE},
};

static zp_table_style style_of(const zp_report *report, const zp_node *table)
{
    zp_table_style style = zp_table_style_find(zp_attribute_find(table->text, ZP_STR("style")));
    return style < ZP_TABLE_STYLES ? style : report->template->table.style;
}

static const zp_node *find_part(const zp_node *table, zp_node_kind kind)
{
    const zp_node *part = table->first;
    while (part != NULL && part->kind != kind)
        part = part->next;
    return part;
}

zp_tabletag zp_tabletag_make(zp_arena *arena, const zp_report *report, const zp_node *table,
                             uint32_t ordinal, bool fragment)
{
    const zp_node *row = find_part(table, ZP_NODE_ROW);
    zp_tabletag made = {.arena = arena,
                        .node = table,
                        .ordinal = ordinal,
                        .style = style_of(report, table),
                        .holdings = zp_numeric_columns(arena, table),
                        .fragment = fragment,
                        .has_head = row != NULL && row->row.head,
                        .groups_head = zp_tabletag_groups_head(table)};
    if (find_part(table, ZP_NODE_CAPTION) != NULL)
        made.label = zp_str_format(arena, "table-%u", ordinal);
    return made;
}

void zp_tabletag_open(const zp_tabletag *table, zp_str id, zp_buf *tag)
{
    zp_buf_lit(tag, "<div");
    zp_look_add(tag, table->fragment, looks[table->style].around, ZP_LOOK_NONE);
    if (id.n > 0)
        zp_buf_format(tag, " id=\"%.*s%.*s\"", ZP_ARG(table->prefix), ZP_ARG(id));
    zp_buf_lit(tag, " role=\"region\" tabindex=\"0\"");
    if (table->label.n > 0)
        zp_buf_format(tag, " aria-labelledby=\"%.*s%.*s\"", ZP_ARG(table->prefix),
                      ZP_ARG(table->label));
    else
        zp_buf_format(tag, " aria-label=\"第%u个表格\"", table->ordinal);
}

static const uint32_t *weights_of(const zp_tabletag *table)
{
    zp_str text = zp_attribute_find(table->node->text, ZP_STR("widths"));
    return zp_attribute_weights(table->arena, text, table->node->table.columns);
}

void zp_tabletag_rows(const zp_tabletag *table, zp_buf *tag)
{
    zp_buf_lit(tag, "<table");
    zp_look_add(tag, table->fragment, looks[table->style].rows, ZP_LOOK_NONE);
    if (!table->fragment && weights_of(table) != NULL)
        zp_buf_format(tag, " class=\"columns-%u\"", table->ordinal);
}

void zp_tabletag_columns(const zp_tabletag *table, zp_buf *columns, zp_buf *rules)
{
    const uint32_t *weights = weights_of(table);
    uint64_t sum = 0;
    if (weights == NULL)
        return;
    uint32_t count = table->node->table.columns;
    for (uint32_t i = 0; i < count; i++)
        sum += weights[i];
    zp_buf_lit(columns, "<colgroup>");
    for (uint32_t i = 0; i < count; i++) {
        unsigned share = (unsigned)((weights[i] * UINT64_C(10000) + sum / 2) / sum);
        if (table->fragment) {
            zp_buf_format(columns, "<col style=\"width:%u.%02u%%\" />", share / 100, share % 100);
            continue;
        }
        zp_buf_lit(columns, "<col />");
        zp_buf_format(rules, ".columns-%u col:nth-child(%u) { width: %u.%02u%% }\n", table->ordinal,
                      i + 1, share / 100, share % 100);
    }
    zp_buf_lit(columns, "</colgroup>");
}

bool zp_tabletag_groups_head(const zp_node *table)
{
    uint32_t rows = 0, at = 0;
    const zp_node *first = find_part(table, ZP_NODE_ROW);
    for (const zp_node *row = first; row != NULL && row->kind == ZP_NODE_ROW && row->row.head;
         row = row->next)
        rows++;
    for (const zp_node *row = first; at < rows; row = row->next, at++)
        for (const zp_node *cell = row->first; cell != NULL; cell = cell->next)
            if (cell->cell.rows > rows - at)
                return false;
    return rows > 0;
}

/* Heads stand as the style sheet has them. */
static zp_look look_of_align(const zp_tabletag *table, const zp_node *cell)
{
    static const zp_look aligns[] = {
        [ZP_ALIGN_NONE] = ZP_LOOK_NONE,
        [ZP_ALIGN_LEFT] = ZP_LOOK_LEFT,
        [ZP_ALIGN_CENTER] = ZP_LOOK_CENTER,
        [ZP_ALIGN_RIGHT] = ZP_LOOK_RIGHT,
    };
    bool number = false;
    if (cell->parent->row.head)
        return ZP_LOOK_NONE;
    zp_align own = zp_cell_align(table->arena, cell, table->holdings, &number);
    if (cell->cell.align != ZP_ALIGN_NONE)
        return aligns[cell->cell.align];
    return number ? ZP_LOOK_NUMBER : aligns[own];
}

/* Whether a cell of the body says what its row is about: words in the first column of a table that
 * has heads above too. A head without words would be none. */
static bool heads_row(const zp_tabletag *table, const zp_node *cell)
{
    return table->has_head && table->node->table.columns > 1 && cell->cell.column == 0 &&
           cell->cell.columns < table->node->table.columns && table->holdings[0] == ZP_HOLDS_TEXT &&
           zp_str_trim(zp_node_text(table->arena, cell)).n > 0;
}

/* What a cell is the head of; NULL: of nothing. */
static const char *scope_of(const zp_tabletag *table, const zp_node *cell)
{
    if (cell->parent->row.head) {
        bool blank = zp_str_trim(zp_node_text(table->arena, cell)).n == 0;
        return blank ? NULL : cell->cell.columns > 1 ? "colgroup" : "col";
    }
    if (cell->cell.rows > 1)
        return "rowgroup";
    return heads_row(table, cell) ? "row" : NULL;
}

const char *zp_tabletag_cell(const zp_tabletag *table, const zp_node *cell, zp_buf *tag)
{
    const char *scope = scope_of(table, cell);
    if (scope != NULL)
        zp_buf_format(tag, "<th scope=\"%s\"", scope);
    else
        zp_buf_lit(tag, "<td");
    zp_look_add(tag, table->fragment,
                cell->parent->row.head ? looks[table->style].head : looks[table->style].cell,
                look_of_align(table, cell));
    if (cell->cell.columns > 1)
        zp_buf_format(tag, " colspan=\"%u\"", cell->cell.columns);
    if (cell->cell.rows > 1)
        zp_buf_format(tag, " rowspan=\"%u\"", cell->cell.rows);
    return scope != NULL ? "</th>" : "</td>";
}
