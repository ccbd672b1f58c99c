/* display.c: pages as lists that grow, and their dump.
 *
 * The dump prints what a reader of a golden file needs to see a change: where a line begins and
 * ends, in which font and size, with which characters; not every glyph's x.
 */
#include "layout/display.h"

#include <string.h>
#include "base/utf8.h"

zp_page *zp_pages_add(zp_arena *arena, zp_pages *pages, zp_len width, zp_len height)
{
    zp_list_grow(arena, pages->pages, pages->count, pages->capacity);
    zp_page *page = &pages->pages[pages->count++];
    *page = (zp_page){.width = width, .height = height};
    return page;
}

void zp_pages_append(zp_arena *arena, zp_pages *pages, const zp_pages *more)
{
    for (size_t i = 0; i < more->count; i++)
        *zp_pages_add(arena, pages, 0, 0) = more->pages[i];
}

void zp_page_add(zp_arena *arena, zp_page *page, const zp_item *items, size_t count, zp_len dx,
                 zp_len dy)
{
    if (page->count + count > page->capacity) {
        size_t capacity = page->capacity ? page->capacity * 2 : 128;
        while (capacity < page->count + count)
            capacity *= 2;
        page->items = zp_arena_grow(arena, page->items, page->capacity * sizeof(zp_item),
                                    capacity * sizeof(zp_item));
        page->capacity = capacity;
    }
    zp_item *placed = page->items + page->count;
    if (count)
        memcpy(placed, items, count * sizeof(zp_item));
    page->count += count;
    for (size_t i = 0; i < count; i++) {
        placed[i].x += dx;
        placed[i].y += dy;
    }
}

void zp_item_disown(zp_item *item)
{
    item->node = item->link = NULL;
    item->artifact = ZP_ARTIFACT_REPEAT;
}

/* In points, rounded to three decimals. */
static void add_length(zp_buf *out, zp_len length)
{
    int64_t milli = ((int64_t)length * 1000 + (length < 0 ? -ZP_PT / 2 : ZP_PT / 2)) / ZP_PT;
    uint64_t size = (uint64_t)(milli < 0 ? -milli : milli);
    zp_buf_format(out, "%s%u.%03u", milli < 0 ? "-" : "", (unsigned)(size / 1000),
                  (unsigned)(size % 1000));
}

static void add_text(const zp_item *item, zp_buf *out)
{
    const zp_glyph *last = &item->text.glyphs[item->text.count - 1];
    zp_buf_lit(out, " to ");
    add_length(out,
               item->x + last->x + zp_font_advance(item->text.font, last->id, item->text.size));
    zp_buf_format(out, " %s ", zp_font_facts_of(item->text.font)->name);
    add_length(out, item->text.size);
    zp_buf_lit(out, " “");
    for (uint32_t i = 0; i < item->text.count; i++)
        for (unsigned k = 0; k < item->text.glyphs[i].repeat; k++)
            zp_buf_code(out, item->text.glyphs[i].code);
    zp_buf_lit(out, "”");
}

static void dump_item(const zp_item *item, zp_buf *out)
{
    static const char *const names[] = {"text", "rule", "image", "path", "anchor", "figure"};
    zp_buf_format(out, "  %s%s ", item->turned ? "turned " : "", names[item->kind]);
    add_length(out, item->x);
    zp_buf_byte(out, ' ');
    add_length(out, item->y);
    switch (item->kind) {
    case ZP_ITEM_TEXT:
        add_text(item, out);
        break;
    case ZP_ITEM_PATH:
        zp_buf_format(out, " steps=%u gray=%u", item->path.step_count, item->path.gray);
        break;
    case ZP_ITEM_RULE:
    case ZP_ITEM_IMAGE:
        zp_buf_byte(out, ' ');
        add_length(out, item->width);
        zp_buf_byte(out, ' ');
        add_length(out, item->height);
        break;
    case ZP_ITEM_FIGURE:
        zp_buf_byte(out, ' ');
        add_length(out, item->width);
        zp_buf_byte(out, ' ');
        add_length(out, item->height);
        zp_buf_format(out, " “%.*s”", ZP_ARG(item->figure.words));
        break;
    case ZP_ITEM_ANCHOR:
        zp_buf_format(out, " level=%u “%.*s”", item->anchor.level, ZP_ARG(item->anchor.title));
        break;
    }
    zp_buf_format(out, " %s\n", item->node ? zp_node_name(item->node->kind) : "artifact");
}

void zp_pages_dump(const zp_pages *pages, zp_buf *out)
{
    for (size_t i = 0; i < pages->count; i++) {
        zp_buf_format(out, "page %zu\n", i + 1);
        for (size_t k = 0; k < pages->pages[i].count; k++)
            dump_item(&pages->pages[i].items[k], out);
    }
}
