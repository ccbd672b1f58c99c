/* node.c: making, joining, walking and printing the tree.
 *
 * Every walk goes by the links between nodes and keeps no stack, so the depth of a tree costs
 * nothing but the indentation of its dump.
 */
#include "doc/node.h"

#include <assert.h>

zp_node *zp_node_new(zp_arena *arena, zp_node_kind kind, zp_span span)
{
    zp_node *node = zp_new(arena, zp_node);
    node->kind = kind;
    node->span = span;
    return node;
}

void zp_node_append(zp_node *parent, zp_node *child)
{
    assert(child->parent == NULL);
    child->parent = parent;
    child->previous = parent->last;
    child->next = NULL;
    if (parent->last != NULL)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void zp_node_insert_after(zp_node *place, zp_node *node)
{
    assert(node->parent == NULL && place->parent != NULL);
    node->parent = place->parent;
    node->previous = place;
    node->next = place->next;
    if (place->next != NULL)
        place->next->previous = node;
    else
        place->parent->last = node;
    place->next = node;
}

void zp_node_unlink(zp_node *node)
{
    if (node->parent == NULL)
        return;
    if (node->previous != NULL)
        node->previous->next = node->next;
    else
        node->parent->first = node->next;
    if (node->next != NULL)
        node->next->previous = node->previous;
    else
        node->parent->last = node->previous;
    node->parent = node->previous = node->next = NULL;
}

bool zp_node_is_block(zp_node_kind kind)
{
    return kind <= ZP_NODE_NOTE;
}

const char *zp_node_name(zp_node_kind kind)
{
    static const char *const names[] = {
        [ZP_NODE_DOCUMENT] = "document",   [ZP_NODE_HEADING] = "heading",
        [ZP_NODE_PARAGRAPH] = "paragraph", [ZP_NODE_QUOTE] = "quote",
        [ZP_NODE_LIST] = "list",           [ZP_NODE_ITEM] = "item",
        [ZP_NODE_CODE] = "code",           [ZP_NODE_RULE] = "rule",
        [ZP_NODE_TABLE] = "table",         [ZP_NODE_ROW] = "row",
        [ZP_NODE_CELL] = "cell",           [ZP_NODE_FIGURE] = "figure",
        [ZP_NODE_CHART] = "chart",         [ZP_NODE_CAPTION] = "caption",
        [ZP_NODE_UNIT] = "unit",           [ZP_NODE_REMARK] = "remark",
        [ZP_NODE_SIGNING] = "signing",     [ZP_NODE_PAGEBREAK] = "pagebreak",
        [ZP_NODE_CONTENTS] = "contents",   [ZP_NODE_ENTRY] = "entry",
        [ZP_NODE_NOTE] = "note",           [ZP_NODE_TEXT] = "text",
        [ZP_NODE_BREAK] = "break",         [ZP_NODE_EMPH] = "emph",
        [ZP_NODE_STRONG] = "strong",       [ZP_NODE_MONO] = "mono",
        [ZP_NODE_LINK] = "link",           [ZP_NODE_IMAGE] = "image",
        [ZP_NODE_NOTEREF] = "noteref",
    };
    return names[kind];
}

bool zp_walk_next(zp_walk *walk, const zp_node *root)
{
    zp_node *node = walk->node;
    if (walk->entering) {
        if (node->first != NULL)
            walk->node = node->first;
        else
            walk->entering = false;
        return true;
    }
    if (node == root)
        return false;
    walk->entering = node->next != NULL;
    walk->node = walk->entering ? node->next : node->parent;
    return true;
}

zp_str zp_node_text(zp_arena *arena, const zp_node *node)
{
    zp_buf text = {.arena = arena};
    zp_walk walk = {(zp_node *)node, true};
    do {
        if (!walk.entering)
            continue;
        if (walk.node->kind == ZP_NODE_TEXT || walk.node->kind == ZP_NODE_MONO)
            zp_buf_add(&text, walk.node->text);
        else if (walk.node->kind == ZP_NODE_BREAK)
            zp_buf_byte(&text, ' ');
    } while (zp_walk_next(&walk, node));
    return zp_buf_str(&text);
}

static void add_quoted(zp_buf *out, zp_str text)
{
    zp_buf_byte(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n') {
            zp_buf_lit(out, "\\n");
            continue;
        }
        if (text.p[i] == '"' || text.p[i] == '\\')
            zp_buf_byte(out, '\\');
        zp_buf_byte(out, text.p[i]);
    }
    zp_buf_byte(out, '"');
}

static void add_number(zp_buf *out, const char *name, uint32_t number)
{
    zp_buf_format(out, " %s=%u", name, (unsigned)number);
}

static void add_string(zp_buf *out, const char *name, zp_str text)
{
    if (text.n == 0)
        return;
    zp_buf_format(out, " %s=", name);
    add_quoted(out, text);
}

static void add_flag(zp_buf *out, const char *name, bool set)
{
    if (set)
        zp_buf_format(out, " %s", name);
}

static void add_cell(zp_buf *out, const zp_node *cell)
{
    static const char *const aligns[] = {[ZP_ALIGN_NONE] = "",
                                         [ZP_ALIGN_LEFT] = " align=left",
                                         [ZP_ALIGN_CENTER] = " align=center",
                                         [ZP_ALIGN_RIGHT] = " align=right"};
    add_number(out, "column", cell->cell.column);
    add_number(out, "columns", cell->cell.columns);
    add_number(out, "rows", cell->cell.rows);
    zp_buf_add(out, zp_str_from(aligns[cell->cell.align]));
}

static void add_heading(zp_buf *out, const zp_node *heading)
{
    add_number(out, "level", heading->heading.level);
    add_flag(out, "run_in", heading->heading.run_in);
    if (heading->id.n > 0) {
        zp_buf_lit(out, " id=");
        zp_buf_add(out, heading->id);
    }
}

static void add_list(zp_buf *out, const zp_node *list)
{
    if (list->list.ordered)
        add_number(out, "start", list->list.start);
    add_flag(out, "tight", list->list.tight);
}

/* The id and attributes that a caption gave. */
static void add_anchor(zp_buf *out, const zp_node *node)
{
    if (node->id.n > 0)
        add_string(out, "id", node->id);
    if (node->text.n > 0)
        add_string(out, "attributes", node->text);
}

static void add_attributes(zp_buf *out, const zp_node *node)
{
    switch (node->kind) {
    case ZP_NODE_HEADING:
        add_heading(out, node);
        break;
    case ZP_NODE_LIST:
        add_list(out, node);
        break;
    case ZP_NODE_TABLE:
        add_number(out, "columns", node->table.columns);
        add_anchor(out, node);
        break;
    case ZP_NODE_FIGURE:
        add_anchor(out, node);
        break;
    case ZP_NODE_CAPTION:
        add_number(out, "number", node->caption.number);
        break;
    case ZP_NODE_ROW:
        add_flag(out, "head", node->row.head);
        break;
    case ZP_NODE_CELL:
        add_cell(out, node);
        break;
    case ZP_NODE_NOTE:
        add_number(out, "number", node->note.number);
        break;
    case ZP_NODE_NOTEREF:
        add_number(out, "note", node->noteref.note->note.number);
        break;
    case ZP_NODE_LINK:
        add_string(out, "url", node->text);
        break;
    case ZP_NODE_IMAGE:
        add_string(out, "url", node->text);
        add_string(out, "title", node->id);
        break;
    case ZP_NODE_CODE:
        add_string(out, "info", node->id);
        zp_buf_byte(out, ' ');
        add_quoted(out, node->text);
        break;
    case ZP_NODE_CHART:
    case ZP_NODE_TEXT:
    case ZP_NODE_MONO:
        zp_buf_byte(out, ' ');
        add_quoted(out, node->text);
        break;
    case ZP_NODE_DOCUMENT:
    case ZP_NODE_CONTENTS:
    case ZP_NODE_ENTRY:
    case ZP_NODE_PARAGRAPH:
    case ZP_NODE_QUOTE:
    case ZP_NODE_ITEM:
    case ZP_NODE_RULE:
    case ZP_NODE_UNIT:
    case ZP_NODE_REMARK:
    case ZP_NODE_SIGNING:
    case ZP_NODE_PAGEBREAK:
    case ZP_NODE_BREAK:
    case ZP_NODE_EMPH:
    case ZP_NODE_STRONG:
        break;
    }
}

static void add_line(zp_buf *out, const zp_node *node, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        zp_buf_lit(out, "  ");
    zp_buf_add(out, zp_str_from(zp_node_name(node->kind)));
    if (node->span.source != NULL && node->span.start != ZP_WHOLE_FILE) {
        size_t line, column;
        zp_source_place(node->span.source, node->span.start, &line, &column);
        zp_buf_format(out, " %zu:%zu", line, column);
    }
    add_attributes(out, node);
    zp_buf_byte(out, '\n');
}

void zp_node_dump(const zp_node *root, zp_buf *out)
{
    size_t depth = 0;
    zp_walk walk = {(zp_node *)root, true};
    do {
        if (walk.entering)
            add_line(out, walk.node, depth++);
        else
            depth--;
    } while (zp_walk_next(&walk, root));
}
