/* target.c: items that belong to links in; rectangles and places out.
 *
 * What is asked for is sorted once; then one pass over the items looks up those whose nodes,
 * or the nodes around them, bear an id.
 */
#include "write/target.h"

#include <stdlib.h>

enum { NODE_DEPTH = 8 }; /* from an item's node up to the block that bears an id */

static zp_link_area area_of(const zp_item *item, size_t page)
{
    const zp_glyph *last = &item->text.glyphs[item->text.count - 1];
    return (zp_link_area){
        .link = item->link,
        .page = page,
        .left = item->x,
        .top = item->y - item->text.size,
        .right = item->x + last->x + zp_font_advance(item->text.font, last->id, item->text.size),
        .bottom = item->y + item->text.size / 4,
    };
}

/* Pieces of a link in one line, in several fonts, are one area. */
static bool joins(const zp_link_area *before, const zp_link_area *area)
{
    zp_len height = area->bottom - area->top;
    zp_len apart = area->top - before->top;
    return before->link == area->link && before->page == area->page && apart < height / 2 &&
           apart > -height / 2;
}

const zp_link_area *zp_link_areas(zp_arena *arena, const zp_pages *pages, size_t *count)
{
    zp_link_area *areas = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < pages->count; i++)
        for (size_t k = 0; k < pages->pages[i].count; k++) {
            const zp_item *item = &pages->pages[i].items[k];
            if (item->kind != ZP_ITEM_TEXT || !item->link || item->turned)
                continue;
            zp_link_area area = area_of(item, i);
            if (*count > 0 && joins(&areas[*count - 1], &area)) {
                areas[*count - 1].right = area.right;
                continue;
            }
            zp_list_grow(arena, areas, *count, capacity);
            areas[(*count)++] = area;
        }
    return areas;
}

/* What a link asks for; false when it leads out of the document. */
static bool ask(const zp_node *link, zp_target *asked)
{
    *asked = (zp_target){0};
    if (link->kind == ZP_NODE_ENTRY)
        asked->heading = link->entry.heading;
    else if (zp_str_starts(link->text, ZP_STR("#")))
        asked->id = zp_str_slice(link->text, 1, link->text.n);
    else
        return false;
    return true;
}

/* Headings first, in whatever order: the targets are only looked up. */
static int compare(const void *a, const void *b)
{
    const zp_target *x = a, *y = b;
    if (x->heading || y->heading)
        return (x->heading < y->heading) - (x->heading > y->heading);
    return zp_str_compare(x->id, y->id);
}

static zp_target *look_up(const zp_targets *targets, const zp_target *asked)
{
    if (targets->count == 0)
        return NULL;
    return bsearch(asked, targets->targets, targets->count, sizeof *asked, compare);
}

static void set_place(const zp_targets *targets, const zp_target *asked, const zp_item *item,
                      size_t page)
{
    zp_target *target = look_up(targets, asked);
    if (!target || target->found)
        return;
    target->found = true;
    target->page = page;
    target->x = item->x;
    target->y = item->kind == ZP_ITEM_TEXT ? item->y - item->text.size : item->y;
}

/* The first item of a node that is asked for, or of one inside it, gives the place. */
static void note_place(const zp_targets *targets, const zp_item *item, size_t page)
{
    const zp_node *node = item->node;
    if (item->kind == ZP_ITEM_ANCHOR)
        set_place(targets, &(zp_target){.heading = node}, item, page);
    for (int depth = 0; node && depth < NODE_DEPTH; node = node->parent, depth++)
        if (node->kind != ZP_NODE_CODE && node->id.n > 0)
            set_place(targets, &(zp_target){.id = node->id}, item, page);
}

zp_targets zp_targets_find(zp_arena *arena, const zp_pages *pages, const zp_link_area *areas,
                           size_t count)
{
    zp_targets targets = {zp_new_array(arena, zp_target, count), 0};
    for (size_t i = 0; i < count; i++)
        targets.count += ask(areas[i].link, &targets.targets[targets.count]);
    if (targets.count == 0)
        return targets;
    qsort(targets.targets, targets.count, sizeof(zp_target), compare);
    size_t kept = 1;
    for (size_t i = 1; i < targets.count; i++)
        if (compare(&targets.targets[i], &targets.targets[kept - 1]) != 0)
            targets.targets[kept++] = targets.targets[i];
    targets.count = kept;
    for (size_t i = 0; i < pages->count; i++)
        for (size_t k = 0; k < pages->pages[i].count; k++)
            note_place(&targets, &pages->pages[i].items[k], i);
    return targets;
}

const zp_target *zp_target_of(const zp_targets *targets, const zp_node *link)
{
    zp_target asked;
    const zp_target *target = ask(link, &asked) ? look_up(targets, &asked) : NULL;
    return target && target->found ? target : NULL;
}

bool zp_target_leads(const zp_targets *targets, const zp_node *link)
{
    zp_target asked;
    return !ask(link, &asked) || zp_target_of(targets, link);
}
