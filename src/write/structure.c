/* structure.c: finished tags in, StructElems, ParentTree and IDTree out.
 */
#include "write/structure.h"

#include "write/content.h"
#include "write/textstring.h"

/* Keys of one leaf of a tree: PDF/A-1 knows no arrays of more than 8191 entries. */
enum { LEAF = 1000 };

typedef struct {
    zp_arena *arena;
    const zp_tags *tags;
    const zp_structure_numbers *numbers;
    zp_str *objects;
    size_t count, capacity;
} writer;

static size_t add_object(writer *w, zp_str value)
{
    zp_list_grow(w->arena, w->objects, w->count, w->capacity);
    w->objects[w->count] = value;
    return w->numbers->next + w->count++;
}

static bool is_element(const zp_tag *tag)
{
    return tag->type != ZP_TAG_CONTENT && tag->type != ZP_TAG_OBJECT;
}

static void add_reference(zp_buf *out, size_t number)
{
    zp_buf_uint(out, number);
    zp_buf_lit(out, " 0 R");
}

/* ---- children ---- */

/* The page that an element's stretches are on unless they say otherwise; NULL: it has none. */
static const zp_tag *first_leaf(const zp_tag *tag)
{
    for (const zp_tag *child = tag->first; child; child = child->next)
        if (!is_element(child))
            return child;
    return NULL;
}

static void add_child(const writer *w, const zp_tag *child, size_t page, zp_buf *out)
{
    if (is_element(child)) {
        add_reference(out, child->number);
        return;
    }
    if (child->type == ZP_TAG_CONTENT && child->page == page) {
        zp_buf_uint(out, child->number);
        return;
    }
    zp_buf_add(out, child->type == ZP_TAG_CONTENT ? ZP_STR("<</Type/MCR") : ZP_STR("<</Type/OBJR"));
    if (child->page != page) {
        zp_buf_lit(out, "/Pg ");
        add_reference(out, w->numbers->pages[child->page]);
    }
    if (child->type == ZP_TAG_CONTENT) {
        zp_buf_lit(out, "/MCID ");
        zp_buf_uint(out, child->number);
    } else {
        zp_buf_lit(out, "/Obj ");
        add_reference(out, child->number);
    }
    zp_buf_lit(out, ">>");
}

static void add_children(const writer *w, const zp_tag *tag, zp_buf *out)
{
    const zp_tag *leaf = first_leaf(tag);
    if (leaf) {
        zp_buf_lit(out, "/Pg ");
        add_reference(out, w->numbers->pages[leaf->page]);
    }
    if (!tag->first)
        return;
    zp_buf_lit(out, "/K[");
    for (const zp_tag *child = tag->first; child; child = child->next) {
        if (child != tag->first)
            zp_buf_byte(out, ' ');
        add_child(w, child, leaf ? leaf->page : 0, out);
    }
    zp_buf_byte(out, ']');
}

/* ---- attributes (14.8.5) ---- */

static void add_id(zp_buf *out, uint32_t id)
{
    zp_buf_format(out, "(%07u)", id); /* as wide as all others: sorted by number and by bytes */
}

static void add_cell(const zp_tag *tag, zp_buf *out)
{
    const zp_node *cell = tag->node;
    bool head = tag->type == ZP_TAG_TH;
    if (!head && cell->cell.columns == 1 && cell->cell.rows == 1 && tag->head_count == 0)
        return;
    zp_buf_lit(out, "/A<</O/Table");
    if (head)
        zp_buf_add(out, cell->parent->row.head ? ZP_STR("/Scope/Column") : ZP_STR("/Scope/Row"));
    if (cell->cell.columns > 1)
        zp_buf_format(out, "/ColSpan %u", cell->cell.columns);
    if (cell->cell.rows > 1)
        zp_buf_format(out, "/RowSpan %u", cell->cell.rows);
    if (tag->head_count > 0) {
        zp_buf_lit(out, "/Headers[");
        for (uint32_t i = 0; i < tag->head_count; i++)
            add_id(out, tag->heads[i]);
        zp_buf_byte(out, ']');
    }
    zp_buf_lit(out, ">>");
}

static void add_figure(const zp_tag *tag, zp_buf *out)
{
    zp_buf_lit(out, "/A<</O/Layout/Placement/Block/BBox[");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            zp_buf_byte(out, ' ');
        zp_milli_add(out, zp_milli(tag->box[i]));
    }
    zp_buf_lit(out, "]>>/Alt");
    zp_textstring_write(tag->words, out);
}

static void add_span(const zp_tag *tag, zp_buf *out)
{
    if (tag->words.n == 0) {
        zp_buf_lit(out, "/Lang(en)");
        return;
    }
    zp_buf_lit(out, "/ActualText");
    zp_textstring_write(tag->words, out);
}

static void add_attributes(const zp_tag *tag, zp_buf *out)
{
    if (tag->id > 0) {
        zp_buf_lit(out, "/ID");
        add_id(out, tag->id);
    }
    if (tag->type == ZP_TAG_TH || tag->type == ZP_TAG_TD)
        add_cell(tag, out);
    else if (tag->type == ZP_TAG_FIGURE)
        add_figure(tag, out);
    else if (tag->type == ZP_TAG_SPAN)
        add_span(tag, out);
    else if (tag->type == ZP_TAG_L)
        zp_buf_add(out, tag->node->list.ordered ? ZP_STR("/A<</O/List/ListNumbering/Decimal>>")
                                                : ZP_STR("/A<</O/List/ListNumbering/Disc>>"));
}

static zp_str make_element(const writer *w, const zp_tag *tag)
{
    zp_buf out = {.arena = w->arena};
    zp_buf_reserve(&out, 96);
    zp_buf_lit(&out, "<</Type/StructElem/S/");
    zp_buf_add(&out, zp_str_from(zp_tag_name(tag->type)));
    zp_buf_lit(&out, "/P ");
    add_reference(&out, tag->parent ? tag->parent->number : w->numbers->root);
    add_children(w, tag, &out);
    add_attributes(tag, &out);
    zp_buf_lit(&out, ">>");
    return zp_buf_str(&out);
}

/* ---- trees (7.9.6, 7.9.7) ---- */

/* A tree whose keys are counted from 0: their writing, and that of what each leads to. */
typedef struct {
    const char *entries; /* name of the array of pairs */
    void (*add_key)(size_t key, zp_buf *out);
    void (*add_value)(const writer *w, size_t key, zp_buf *out);
} tree_kind;

static void add_number(size_t key, zp_buf *out)
{
    zp_buf_uint(out, key);
}

/* What a page's MCIDs belong to, or an annotation. */
static void add_parents(const writer *w, size_t key, zp_buf *out)
{
    const zp_tag_parents *parents = &w->tags->parents[key];
    if (key >= w->tags->page_count) {
        add_reference(out, parents->tags[0]->number);
        return;
    }
    zp_buf_byte(out, '[');
    for (size_t i = 0; i < parents->count; i++) {
        if (i > 0)
            zp_buf_byte(out, ' ');
        add_reference(out, parents->tags[i]->number);
    }
    zp_buf_byte(out, ']');
}

static void add_name(size_t key, zp_buf *out)
{
    add_id(out, (uint32_t)key + 1);
}

static void add_identified(const writer *w, size_t key, zp_buf *out)
{
    add_reference(out, w->tags->identified[key]->number);
}

static const tree_kind parent_tree = {"Nums", add_number, add_parents};
static const tree_kind id_tree = {"Names", add_name, add_identified};

static zp_str make_leaf(const writer *w, const tree_kind *kind, size_t first, size_t end,
                        bool alone)
{
    zp_buf out = {.arena = w->arena};
    zp_buf_lit(&out, "<<");
    if (!alone) {
        zp_buf_lit(&out, "/Limits[");
        kind->add_key(first, &out);
        zp_buf_byte(&out, ' ');
        kind->add_key(end - 1, &out);
        zp_buf_byte(&out, ']');
    }
    zp_buf_format(&out, "/%s[", kind->entries);
    for (size_t key = first; key < end; key++) {
        kind->add_key(key, &out);
        zp_buf_byte(&out, ' ');
        kind->add_value(w, key, &out);
        zp_buf_byte(&out, ' ');
    }
    zp_buf_lit(&out, "]>>");
    return zp_buf_str(&out);
}

/* The number of the tree's root: its only leaf, or the node above all leaves. */
static size_t add_tree(writer *w, const tree_kind *kind, size_t count)
{
    zp_buf kids = {.arena = w->arena};
    if (count <= LEAF)
        return add_object(w, make_leaf(w, kind, 0, count, true));
    zp_buf_lit(&kids, "<</Kids[");
    for (size_t first = 0; first < count; first += LEAF) {
        size_t end = first + LEAF < count ? first + LEAF : count;
        add_reference(&kids, add_object(w, make_leaf(w, kind, first, end, false)));
        zp_buf_byte(&kids, ' ');
    }
    zp_buf_lit(&kids, "]>>");
    return add_object(w, zp_buf_str(&kids));
}

static size_t count_children(const zp_tag *tag)
{
    size_t count = 0;
    for (const zp_tag *child = tag->first; child; child = child->next)
        count++;
    return count;
}

static void number_elements(const writer *w)
{
    size_t number = w->numbers->next;
    zp_tag *tag = w->tags->document;
    do {
        if (is_element(tag))
            tag->number = number++;
    } while ((tag = zp_tag_next(tag)));
}

zp_structure zp_structure_write(zp_arena *arena, const zp_tags *tags,
                                const zp_structure_numbers *numbers)
{
    writer w = {.arena = arena, .tags = tags, .numbers = numbers};
    size_t widest = 0;
    number_elements(&w);
    const zp_tag *tag = tags->document;
    do {
        size_t children = count_children(tag);
        widest = children > widest ? children : widest;
        if (is_element(tag))
            add_object(&w, make_element(&w, tag));
    } while ((tag = zp_tag_next(tag)));
    zp_buf root = {.arena = arena};
    zp_buf_lit(&root, "<</Type/StructTreeRoot/K ");
    add_reference(&root, tags->document->number);
    zp_buf_lit(&root, "/ParentTree ");
    add_reference(&root, add_tree(&w, &parent_tree, tags->parent_count));
    zp_buf_format(&root, "/ParentTreeNextKey %zu", tags->parent_count);
    if (tags->id_count > 0) {
        zp_buf_lit(&root, "/IDTree ");
        add_reference(&root, add_tree(&w, &id_tree, tags->id_count));
    }
    zp_buf_lit(&root, ">>");
    return (zp_structure){zp_buf_str(&root), w.objects, w.count, widest};
}
