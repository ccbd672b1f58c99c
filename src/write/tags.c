/* tags.c: items in, elements out.
 *
 * An element is made when its first item comes, after those around it; only tables are made whole,
 * for their empty cells have no items. So the order of children is that of the pages, and sections
 * are open from one heading to the next of their rank.
 */
#include "write/tags.h"

#include <assert.h>
#include "write/tagtable.h"

enum { H2_RANK = 2 };

struct zp_tag_slot {
    const zp_node *node;
    zp_tag *tag;
};

const char *zp_tag_name(zp_tag_type type)
{
    static const char *const names[] = {
#define X(type, name) name,
        ZP_TAG_TYPES(X)
#undef X
    };
    return names[type];
}

/* ---- node -> tag ---- */

static struct zp_tag_slot *slot_of(const zp_tags *tags, const zp_node *node)
{
    size_t i = ((uintptr_t)node >> 4) * 0x9E3779B97F4A7C15U >> 32 & (tags->slot_capacity - 1);
    while (tags->slots[i].node && tags->slots[i].node != node)
        i = (i + 1) & (tags->slot_capacity - 1);
    return &tags->slots[i];
}

static void widen(zp_tags *tags)
{
    zp_tags wider = *tags;
    wider.slot_capacity *= 2;
    wider.slots = zp_new_array(tags->arena, struct zp_tag_slot, wider.slot_capacity);
    for (size_t i = 0; i < tags->slot_capacity; i++)
        if (tags->slots[i].node)
            *slot_of(&wider, tags->slots[i].node) = tags->slots[i];
    *tags = wider;
}

static zp_tag *look_up(const zp_tags *tags, const zp_node *node)
{
    return slot_of(tags, node)->tag;
}

static void remember(zp_tags *tags, const zp_node *node, zp_tag *tag)
{
    if (tags->slot_capacity < 2 * (tags->slot_count + 1))
        widen(tags);
    *slot_of(tags, node) = (struct zp_tag_slot){node, tag};
    tags->slot_count++;
}

/* ---- elements ---- */

static zp_tag *new_tag(zp_arena *arena, zp_tag_type type, const zp_node *node)
{
    zp_tag *tag = zp_new(arena, zp_tag);
    tag->type = type;
    tag->node = node;
    return tag;
}

static void append(zp_tag *parent, zp_tag *tag)
{
    tag->parent = parent;
    if (parent->last)
        parent->last->next = tag;
    else
        parent->first = tag;
    parent->last = tag;
}

static void prepend(zp_tag *parent, zp_tag *tag)
{
    tag->parent = parent;
    tag->next = parent->first;
    parent->first = tag;
    if (!parent->last)
        parent->last = tag;
}

zp_tag *zp_tags_add(zp_tags *tags, zp_tag *parent, zp_tag_type type, const zp_node *node)
{
    zp_tag *tag = new_tag(tags->arena, type, node);
    append(parent, tag);
    if (node)
        remember(tags, node, tag);
    return tag;
}

void zp_tags_identify(zp_tags *tags, zp_tag *tag)
{
    zp_list_grow(tags->arena, tags->identified, tags->id_count, tags->id_capacity);
    tags->identified[tags->id_count++] = tag;
    tag->id = tags->id_count;
}

zp_tag *zp_tag_next(const zp_tag *from)
{
    if (from->first)
        return from->first;
    while (from && !from->next)
        from = from->parent;
    return from ? from->next : NULL;
}

/* ---- from nodes to elements ---- */

/* A heading opens a section that ends where the next of its rank or a higher one begins. */
static zp_tag *open_section(zp_tags *tags, unsigned rank)
{
    while (tags->depth > 0 && tags->ranks[tags->depth - 1] >= rank)
        tags->depth--;
    zp_tag *around = tags->depth > 0 ? tags->sections[tags->depth - 1] : tags->document;
    zp_tag *section = zp_tags_add(tags, around, ZP_TAG_SECT, NULL);
    tags->sections[tags->depth] = section;
    tags->ranks[tags->depth++] = rank;
    return section;
}

/* Where a block stands that has no element around it: what is in the document's tree, in the open
 * section; what is only on pages, in none. */
static zp_tag *top_of(const zp_tags *tags, const zp_node *node)
{
    return node->parent && tags->depth > 0 ? tags->sections[tags->depth - 1] : tags->document;
}

/* What holds the element's children. */
static zp_tag *inside(zp_tags *tags, zp_tag *tag)
{
    if (tag->type != ZP_TAG_LI)
        return tag;
    if (!tag->body)
        tag->body = zp_tags_add(tags, tag, ZP_TAG_LBODY, NULL);
    return tag->body;
}

static zp_tag *label_of(zp_tags *tags, zp_tag *tag)
{
    if (!tag->label) {
        tag->label = new_tag(tags->arena, ZP_TAG_LBL, NULL);
        prepend(tag, tag->label);
    }
    return tag->label;
}

/* The title is H1, ## and an attached part H2; no rank is skipped on the way down, though the
 * author may have (ISO 14289-1, 7.4.2). */
static unsigned rank_of(const zp_tags *tags, const zp_node *heading)
{
    unsigned rank = heading->heading.level < H2_RANK ? H2_RANK : heading->heading.level;
    return rank > tags->last_rank + 1 ? tags->last_rank + 1 : rank;
}

static zp_tag *make_heading(zp_tags *tags, zp_tag *around, const zp_node *heading)
{
    tags->last_rank = rank_of(tags, heading);
    return zp_tags_add(tags, around, (zp_tag_type)(ZP_TAG_H1 + tags->last_rank - 1), heading);
}

static zp_tag *make_note(zp_tags *tags, const zp_node *note)
{
    zp_tag *tag = zp_tags_add(tags, tags->notes, ZP_TAG_NOTE, note);
    zp_tags_identify(tags, tag);
    return tag;
}

static zp_tag *make_entry(zp_tags *tags, zp_tag *around, const zp_node *entry)
{
    zp_tag *item = zp_tags_add(tags, around, ZP_TAG_TOCI, NULL);
    zp_tag *reference = zp_tags_add(tags, item, ZP_TAG_REFERENCE, NULL);
    return zp_tags_add(tags, reference, ZP_TAG_LINK, entry);
}

/* The element of a node that has none yet, in `around`; NULL: at the top. */
static zp_tag *make(zp_tags *tags, zp_tag *around, const zp_node *node)
{
    static const zp_tag_type types[] = {
        [ZP_NODE_PARAGRAPH] = ZP_TAG_P,     [ZP_NODE_QUOTE] = ZP_TAG_BLOCKQUOTE,
        [ZP_NODE_LIST] = ZP_TAG_L,          [ZP_NODE_ITEM] = ZP_TAG_LI,
        [ZP_NODE_CHART] = ZP_TAG_FIGURE,    [ZP_NODE_IMAGE] = ZP_TAG_FIGURE,
        [ZP_NODE_CAPTION] = ZP_TAG_CAPTION, [ZP_NODE_UNIT] = ZP_TAG_P,
        [ZP_NODE_REMARK] = ZP_TAG_P,        [ZP_NODE_SIGNING] = ZP_TAG_P,
        [ZP_NODE_CONTENTS] = ZP_TAG_TOC,    [ZP_NODE_NOTEREF] = ZP_TAG_REFERENCE,
    };
    if (node->kind == ZP_NODE_NOTE)
        return make_note(tags, node);
    if (node->kind == ZP_NODE_HEADING && !around)
        return make_heading(tags, open_section(tags, rank_of(tags, node)), node);
    around = around ? inside(tags, around) : top_of(tags, node);
    if (around->type == ZP_TAG_NOTE) /* a note's blocks are all set as text */
        return zp_tags_add(tags, around, ZP_TAG_P, node);
    if (around->type == ZP_TAG_TABLE) /* remarks and signing row follow it */
        around = around->parent;
    if (node->kind == ZP_NODE_HEADING)
        return make_heading(tags, around, node);
    if (node->kind == ZP_NODE_TABLE)
        return zp_tagtable_make(tags, around, node);
    if (node->kind == ZP_NODE_ENTRY)
        return make_entry(tags, around, node);
    if (node->kind == ZP_NODE_CODE)
        return zp_tags_add(tags, zp_tags_add(tags, around, ZP_TAG_P, NULL), ZP_TAG_CODE, node);
    assert(node->kind < sizeof types / sizeof *types && types[node->kind] != ZP_TAG_DOCUMENT);
    return zp_tags_add(tags, around, types[node->kind], node);
}

/* The node around a block that has an element; NULL: none. */
static const zp_node *owner_of(const zp_node *node)
{
    const zp_node *owner = node->parent;
    if (owner && owner->kind == ZP_NODE_FIGURE)
        owner = owner->parent;
    return owner && owner->kind != ZP_NODE_DOCUMENT ? owner : NULL;
}

/* The element of a block, those around it made before. */
static zp_tag *tag_of(zp_tags *tags, const zp_node *block)
{
    zp_tag *tag;
    while (!(tag = look_up(tags, block))) {
        const zp_node *next = block, *owner = owner_of(next);
        while (owner && !look_up(tags, owner)) {
            next = owner;
            owner = owner_of(next);
        }
        make(tags, owner ? look_up(tags, owner) : NULL, next);
    }
    return tag;
}

/* The block that the mark of a note stands in; what a note holds is set block by block. */
static const zp_node *block_of(const zp_node *mark)
{
    const zp_node *block = NULL;
    for (const zp_node *node = mark->parent; node; node = node->parent) {
        if (!block && zp_node_is_block(node->kind))
            block = node;
        if (node->parent && node->parent->kind == ZP_NODE_NOTE)
            return node;
    }
    return block;
}

static zp_tag *child_of(zp_tags *tags, zp_tag *around, zp_tag_type type, const zp_node *node)
{
    zp_tag *tag = look_up(tags, node);
    return tag ? tag : zp_tags_add(tags, around, type, node);
}

static zp_tag *find(zp_tags *tags, const zp_item *item)
{
    const zp_node *node = item->node, *link = item->link;
    bool mark = node->kind == ZP_NODE_NOTEREF;
    if (node->kind == ZP_NODE_DOCUMENT) {
        if (!tags->title)
            tags->title = zp_tags_add(tags, tags->document, ZP_TAG_H1, NULL);
        return tags->title;
    }
    zp_tag *tag = tag_of(tags, mark ? block_of(node) : node);
    if (node->kind == ZP_NODE_ITEM || node->kind == ZP_NODE_NOTE)
        tag = label_of(tags, tag);
    if (link && link != node && zp_target_leads(tags->targets, link))
        tag = child_of(tags, tag, ZP_TAG_LINK, link);
    return mark ? child_of(tags, tag, ZP_TAG_REFERENCE, node) : tag;
}

zp_tag *zp_tags_find(zp_tags *tags, const zp_item *item)
{
    const zp_item *last = tags->last_item;
    if (!item->node || item->node->kind == ZP_NODE_RULE)
        return NULL;
    if (!last || last->node != item->node || last->link != item->link)
        tags->last_tag = find(tags, item);
    tags->last_item = item;
    return tags->last_tag;
}

void zp_tags_describe(zp_tags *tags, const zp_item *item, size_t page, zp_len height)
{
    zp_tag *tag = zp_tags_find(tags, item);
    const zp_len box[4] = {item->x, height - item->y - item->height, item->x + item->width,
                           height - item->y};
    tag->page = page;
    tag->words = item->figure.words;
    for (int i = 0; i < 4; i++)
        tag->box[i] = box[i];
}

/* ---- back from the pages ---- */

static void add_parent(zp_arena *arena, zp_tag_parents *parents, zp_tag *tag)
{
    zp_list_grow(arena, parents->tags, parents->count, parents->capacity);
    parents->tags[parents->count++] = tag;
}

static zp_tag *add_leaf(zp_tags *tags, zp_tag *parent, zp_tag_type type, size_t page, size_t number)
{
    zp_tag *leaf = zp_tags_add(tags, parent, type, NULL);
    leaf->page = page;
    leaf->number = number;
    return leaf;
}

zp_tag *zp_tags_span(zp_tags *tags, zp_tag *tag, zp_str words)
{
    zp_tag *span = zp_tags_add(tags, tag, ZP_TAG_SPAN, NULL);
    span->words = words;
    return span;
}

size_t zp_tags_mark(zp_tags *tags, zp_tag *tag, size_t page)
{
    zp_tag_parents *parents = &tags->parents[page];
    add_leaf(tags, tag, ZP_TAG_CONTENT, page, parents->count);
    add_parent(tags->arena, parents, tag);
    return parents->count - 1;
}

size_t zp_tags_annotate(zp_tags *tags, const zp_node *link, size_t page, size_t object)
{
    zp_tag *tag = look_up(tags, link);
    assert(tag);
    zp_list_grow(tags->arena, tags->parents, tags->parent_count, tags->parent_capacity);
    add_leaf(tags, tag, ZP_TAG_OBJECT, page, object);
    add_parent(tags->arena, &tags->parents[tags->parent_count], tag);
    return tags->parent_count++;
}

zp_tags *zp_tags_new(zp_arena *arena, const zp_targets *targets, size_t page_count, bool old)
{
    zp_tags *tags = zp_new(arena, zp_tags);
    tags->arena = arena;
    tags->targets = targets;
    tags->groups_rows = !old;
    tags->slot_capacity = 256;
    tags->slots = zp_new_array(arena, struct zp_tag_slot, tags->slot_capacity);
    tags->last_rank = 1;
    tags->document = new_tag(arena, ZP_TAG_DOCUMENT, NULL);
    tags->notes = new_tag(arena, ZP_TAG_DOCUMENT, NULL);
    tags->page_count = tags->parent_count = page_count;
    tags->parent_capacity = page_count + 16;
    tags->parents = zp_new_array(arena, zp_tag_parents, tags->parent_capacity);
    return tags;
}

void zp_tags_finish(zp_tags *tags)
{
    for (zp_tag *note = tags->notes->first, *next; note; note = next) {
        next = note->next;
        note->next = NULL;
        append(tags->document, note);
    }
}
