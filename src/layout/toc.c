/* toc.c: anchors of pages in; lines with leaders and page numbers out. */
#include "layout/toc.h"

enum {
    LEVELS = 2,       /* 一、 and （一） */
    LEVEL_INDENT = 2, /* 字 */
    NUMBER_CELLS = 2, /* room kept for the page number */
    TEXT_MAX = 200,   /* leaders in a line at the most */
};

bool zp_toc_wanted(const zp_report *report)
{
    return report->matter.contents;
}

static zp_line one_line(zp_column *column, zp_str text, const zp_node *entry, const zp_style *style,
                        zp_align align, zp_len width)
{
    zp_run run = {.text = text,
                  .node = entry,
                  .link = entry,
                  .role = style->role,
                  .size = style->size,
                  .cell = zp_column_cell(column, style)};
    zp_measure measure = {
        .width = width, .align = align, .rules = &column->report->template->lines};
    zp_lines lines = zp_inline_set(column->setter, &run, 1, &measure);
    return lines.count ? lines.lines[0] : (zp_line){0};
}

/* Dots from the end of the heading to the number, artifacts of the page, in line with those of
 * other entries. */
static zp_line leaders(zp_column *column, const zp_style *style, zp_len from, zp_len to)
{
    static const char dots[] = "……………………………………………………………………………………";
    zp_len cell = zp_column_cell(column, style);
    int64_t count = (to - from - cell) / cell;
    count = count < 0 ? 0 : count > TEXT_MAX ? TEXT_MAX : count;
    size_t bytes = (size_t)count * (sizeof "…" - 1);
    if (bytes > sizeof dots - 1)
        bytes = sizeof dots - 1;
    return one_line(column, (zp_str){dots, bytes}, NULL, style, ZP_ALIGN_RIGHT, to - cell / 2);
}

static void append(zp_arena *arena, zp_box *box, const zp_line *line, zp_len dx)
{
    zp_item *items = zp_new_array(arena, zp_item, (size_t)box->count + line->count);
    for (uint32_t i = 0; i < box->count; i++)
        items[i] = box->items[i];
    for (uint32_t i = 0; i < line->count; i++) {
        items[box->count + i] = line->items[i];
        items[box->count + i].x += dx;
    }
    box->items = items;
    box->count += line->count;
}

/* The text of an entry leads where its number does. */
static void link_boxes(zp_column *column, size_t first, const zp_node *entry)
{
    for (size_t i = first; i < column->count; i++) {
        zp_box *box = &column->boxes[i];
        zp_item *items = zp_new_array(column->arena, zp_item, box->count);
        for (uint32_t k = 0; k < box->count; k++) {
            items[k] = box->items[k];
            items[k].link = entry;
        }
        box->items = items;
    }
}

static void add_entry(zp_column *column, zp_node *contents, const zp_item *anchor, size_t page)
{
    zp_node *entry = zp_node_new(column->arena, ZP_NODE_ENTRY, (zp_span){0});
    entry->entry.heading = anchor->node;
    zp_node_append(contents, entry);
    const zp_style *style = &column->report->template->styles[ZP_STYLE_BODY];
    zp_len cell = zp_column_cell(column, style);
    zp_len dx = (zp_len)(anchor->anchor.level - 1) * LEVEL_INDENT * cell;
    zp_len width = column->report->template->page.body_width - dx;
    zp_len text_width = width - NUMBER_CELLS * cell;
    zp_style plain = *style;
    plain.indent = 0;
    size_t first = zp_column_text(column, anchor->anchor.title, (zp_span){0}, &plain, entry,
                                  (zp_measure){.width = text_width, .align = ZP_ALIGN_LEFT}, dx);
    if (first == column->count)
        return;
    link_boxes(column, first, entry);
    zp_box *box = &column->boxes[column->count - 1];
    zp_len end = 0;
    for (uint32_t i = 0; i < box->count; i++) {
        const zp_item *item = &box->items[i];
        if (item->kind != ZP_ITEM_TEXT)
            continue;
        zp_len right = item->x + item->text.glyphs[item->text.count - 1].x + cell;
        end = right > end ? right : end;
    }
    zp_line dots = leaders(column, style, end, text_width);
    append(column->arena, box, &dots, 0);
    zp_line number = one_line(column, zp_str_format(column->arena, "%zu", page), entry, style,
                              ZP_ALIGN_RIGHT, width);
    append(column->arena, box, &number, 0);
}

void zp_toc_layout(zp_column *column, const zp_pages *body)
{
    const zp_style *title = &column->report->template->styles[ZP_STYLE_TITLE];
    zp_node *contents = zp_node_new(column->arena, ZP_NODE_CONTENTS, (zp_span){0});
    zp_node *caption = zp_node_new(column->arena, ZP_NODE_CAPTION, (zp_span){0});
    zp_node_append(contents, caption);
    zp_column_text(
        column, ZP_STR("目　录"), (zp_span){0}, title, caption,
        (zp_measure){.width = column->report->template->page.body_width, .align = ZP_ALIGN_CENTER},
        0);
    zp_column_blank(column, 1);
    for (size_t i = 0; i < body->count; i++)
        for (size_t k = 0; k < body->pages[i].count; k++) {
            const zp_item *item = &body->pages[i].items[k];
            if (item->kind == ZP_ITEM_ANCHOR && item->anchor.level <= LEVELS)
                add_entry(column, contents, item, i + 1);
        }
}
