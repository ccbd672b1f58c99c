/* paging.c: the display list read once; each finding then found by halving.
 *
 * A stretch is what one page holds of one node. A paragraph that goes over to the next page has
 * two: the characters of the first one tell on which of them a place in the text stands.
 */
#include "app/paging.h"

#include <stdlib.h>
#include "base/utf8.h"

enum { EXACT_MAX = 16 << 10 }; /* bytes before a place that are counted; beyond, it is estimated */

typedef struct {
    const zp_node *node;
    size_t page;       /* from 1 */
    size_t characters; /* drawn there, without spaces */
    size_t order;
} stretch;

typedef struct {
    zp_arena *arena;
    stretch *all;
    size_t count, capacity;
} stretches;

static stretch *stretch_of(stretches *s, const zp_node *node, size_t page)
{
    stretch *last = s->count > 0 ? &s->all[s->count - 1] : NULL;
    if (last != NULL && last->node == node && last->page == page)
        return last;
    zp_list_grow(s->arena, s->all, s->count, s->capacity);
    s->all[s->count] = (stretch){.node = node, .page = page, .order = s->count};
    return &s->all[s->count++];
}

static void read_page(stretches *s, const zp_page *page, size_t number)
{
    for (size_t i = 0; i < page->count; i++) {
        const zp_item *item = &page->items[i];
        if (item->kind != ZP_ITEM_TEXT || item->node == NULL)
            continue;
        stretch *one = stretch_of(s, item->node, number);
        for (uint32_t k = 0; k < item->text.count; k++)
            one->characters +=
                zp_code_is_space(item->text.glyphs[k].code) ? 0 : item->text.glyphs[k].repeat;
    }
}

/* By text, then by place in it, then as the pages have them. */
static int by_place(const void *a, const void *b)
{
    const stretch *one = a, *other = b;
    zp_span x = one->node->span, y = other->node->span;
    if (x.source != y.source)
        return (uintptr_t)x.source < (uintptr_t)y.source ? -1 : 1;
    if (x.start != y.start)
        return x.start < y.start ? -1 : 1;
    return (one->order > other->order) - (one->order < other->order);
}

/* Behind the last stretch whose node begins at `place` or before it. */
static size_t behind(const stretches *s, zp_span place)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        zp_span span = s->all[middle].node->span;
        bool before = span.source == place.source
                          ? span.start <= place.start
                          : (uintptr_t)span.source < (uintptr_t)place.source;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many characters are drawn of `node` before `place`, of `all` in it. */
static size_t count_before(const zp_node *node, zp_span place, size_t all)
{
    size_t before = place.start - node->span.start, whole = node->span.end - node->span.start;
    if (before > EXACT_MAX)
        return (size_t)((double)all * (double)before / (double)whole);
    size_t count = 0;
    for (size_t at = node->span.start; at < place.start;)
        count += !zp_code_is_space(zp_utf8_next(place.source->text, &at));
    return count;
}

static size_t page_of(const stretches *s, zp_span place)
{
    size_t end = behind(s, place), first = end;
    if (end == 0 || place.source == NULL || place.start == ZP_WHOLE_FILE)
        return 0;
    const zp_node *node = s->all[end - 1].node;
    if (node->span.source != place.source || node->span.end < place.start)
        return 0;
    size_t all = 0, seen = 0;
    for (; first > 0 && s->all[first - 1].node == node; first--)
        all += s->all[first - 1].characters;
    size_t before = end - first > 1 ? count_before(node, place, all) : 0;
    while (first + 1 < end && seen + s->all[first].characters <= before)
        seen += s->all[first++].characters;
    return s->all[first].page;
}

void zp_paging_settle(zp_arena *arena, const zp_pages *pages, zp_diag *findings)
{
    stretches s = {.arena = arena};
    size_t count;
    zp_diag_messages(findings, &count);
    for (size_t i = 0; count > 0 && i < pages->count; i++)
        read_page(&s, &pages->pages[i], i + 1);
    if (s.count > 0)
        qsort(s.all, s.count, sizeof *s.all, by_place);
    for (size_t i = 0; i < count; i++) {
        zp_message *message = zp_diag_message(findings, i);
        message->page = page_of(&s, message->span);
    }
}
