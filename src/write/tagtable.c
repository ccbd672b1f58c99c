/* tagtable.c: a TABLE node in, elements out. */
#include "write/tagtable.h"

#include "write/tabletag.h"

/* Heads in force while the rows are walked. */
typedef struct {
    zp_tags *tags;
    zp_tag ***above;       /* by column: the THs of the head that stand over it */
    uint32_t *above_count; /* and how many */
    zp_tag **beside;       /* by column: the last TH of the body that began there */
    uint32_t *beside_end;  /* the row that it does not reach any more */
    uint32_t columns, row; /* row: the one being made */
    bool named;            /* TDs name their heads */
} heads;

static bool is_head(const zp_node *cell)
{
    return cell->parent->row.head || cell->cell.rows > 1;
}

/* Whether there are heads in several rows, or beside the rows too. */
static bool wants_names(const zp_node *table)
{
    uint32_t head_rows = 0;
    bool beside = false;
    for (const zp_node *row = table->first; row; row = row->next) {
        if (row->kind != ZP_NODE_ROW)
            continue;
        head_rows += row->row.head;
        for (const zp_node *cell = row->first; cell && !row->row.head; cell = cell->next)
            beside = beside || is_head(cell);
    }
    return head_rows > 1 || beside;
}

static heads new_heads(zp_tags *tags, const zp_node *table)
{
    heads h = {.tags = tags, .columns = table->table.columns, .named = wants_names(table)};
    uint32_t head_rows = 0;
    for (const zp_node *row = table->first; row; row = row->next)
        head_rows += row->kind == ZP_NODE_ROW && row->row.head;
    h.above = zp_new_array(tags->arena, zp_tag **, h.columns);
    h.above_count = zp_new_array(tags->arena, uint32_t, h.columns);
    h.beside = zp_new_array(tags->arena, zp_tag *, h.columns);
    h.beside_end = zp_new_array(tags->arena, uint32_t, h.columns);
    for (uint32_t c = 0; c < h.columns; c++)
        h.above[c] = zp_new_array(tags->arena, zp_tag *, head_rows);
    return h;
}

static void add_head(heads *h, zp_tag *tag)
{
    const zp_node *cell = tag->node;
    uint32_t first = cell->cell.column;
    if (h->named)
        zp_tags_identify(h->tags, tag);
    if (!cell->parent->row.head) {
        h->beside[first] = tag;
        h->beside_end[first] = h->row + cell->cell.rows;
        return;
    }
    for (uint32_t c = first; c < first + cell->cell.columns; c++)
        h->above[c][h->above_count[c]++] = tag;
}

/* The heads over a cell's columns, each once, and those that stand left of it in its row. */
static void name_heads(const heads *h, zp_tag *tag)
{
    uint32_t first = tag->node->cell.column, end = first + tag->node->cell.columns, most = first;
    for (uint32_t c = first; c < end; c++)
        most += h->above_count[c];
    uint32_t *ids = zp_new_array(h->tags->arena, uint32_t, most);
    for (uint32_t c = first; c < end; c++)
        for (uint32_t i = 0; i < h->above_count[c]; i++) {
            const zp_tag *head = h->above[c][i];
            if (c == first || head->node->cell.column == c)
                ids[tag->head_count++] = head->id;
        }
    for (uint32_t c = 0; c < first; c++)
        if (h->beside[c] && h->beside_end[c] > h->row)
            ids[tag->head_count++] = h->beside[c]->id;
    tag->heads = ids;
}

static void add_row(heads *h, zp_tag *group, const zp_node *row)
{
    zp_tag *tag = zp_tags_add(h->tags, group, ZP_TAG_TR, row);
    for (const zp_node *cell = row->first; cell; cell = cell->next) {
        zp_tag *made = zp_tags_add(h->tags, tag, is_head(cell) ? ZP_TAG_TH : ZP_TAG_TD, cell);
        if (is_head(cell))
            add_head(h, made);
        else if (h->named)
            name_heads(h, made);
    }
    h->row++;
}

static const zp_node *find_part(const zp_node *table, zp_node_kind kind)
{
    const zp_node *part = table->first;
    while (part && part->kind != kind)
        part = part->next;
    return part;
}

static bool has_body(const zp_node *table)
{
    for (const zp_node *row = table->first; row; row = row->next)
        if (row->kind == ZP_NODE_ROW && !row->row.head)
            return true;
    return false;
}

static void add_rows(heads *h, zp_tag *table, const zp_node *node)
{
    bool grouped = h->tags->groups_rows && zp_tabletag_groups_head(node) && has_body(node);
    zp_tag *head = grouped ? zp_tags_add(h->tags, table, ZP_TAG_THEAD, NULL) : table;
    zp_tag *body = grouped ? zp_tags_add(h->tags, table, ZP_TAG_TBODY, NULL) : table;
    for (const zp_node *row = node->first; row; row = row->next)
        if (row->kind == ZP_NODE_ROW)
            add_row(h, row->row.head ? head : body, row);
}

zp_tag *zp_tagtable_make(zp_tags *tags, zp_tag *around, const zp_node *node)
{
    const zp_node *unit = find_part(node, ZP_NODE_UNIT);
    const zp_node *caption = find_part(node, ZP_NODE_CAPTION);
    if (unit)
        zp_tags_add(tags, around, ZP_TAG_P, unit);
    zp_tag *table = zp_tags_add(tags, around, ZP_TAG_TABLE, node);
    if (caption && (caption->first || caption->caption.number > 0))
        zp_tags_add(tags, table, ZP_TAG_CAPTION, caption);
    heads h = new_heads(tags, node);
    add_rows(&h, table, node);
    return table;
}
