/* legend.c: CAPTION, UNIT, REMARKs and SIGNING of a table in, boxes out.
 *
 * They stand off the grid of lines, close to their table; the text after it goes back to the grid
 * by itself.
 */
#include "layout/legend.h"

#include "base/utf8.h"

enum {
    LEADING = 160,             /* of these lines, in hundredths of their type size */
    SIGNING_LEADING = 240,     /* room to write above */
    KEPT_LINES = 4,            /* a longer text is not kept whole with its table */
    MARK_BYTES = 40,           /* of 注1： as typed */
    HEIGHT_MAX = 5000 * ZP_PT, /* a higher one counts as this: no page holds it */
};

static const zp_style *style_of(const zp_grid *g, zp_style_name name)
{
    return &g->column->report->template->styles[name];
}

static zp_box *add_box(const zp_grid *g, zp_legend *legend, zp_len height)
{
    zp_list_grow(g->column->arena, legend->boxes, legend->count, legend->capacity);
    zp_box *box = &legend->boxes[legend->count++];
    *box = (zp_box){.height = height, .landscape = g->landscape, .dy = height / 2};
    if (legend->height < HEIGHT_MAX - height)
        legend->height += height;
    return box;
}

static void add_lines(const zp_grid *g, zp_legend *legend, const zp_runs *runs, zp_align align,
                      zp_len leading)
{
    zp_measure measure = {
        .width = g->width, .align = align, .rules = &g->column->report->template->lines};
    zp_lines lines = zp_inline_set(g->column->setter, runs->runs, runs->count, &measure);
    for (size_t i = 0; i < lines.count; i++) {
        zp_box *box = add_box(g, legend, leading);
        box->items = lines.lines[i].items;
        box->count = lines.lines[i].count;
    }
}

/* A part's runs behind a mark that is not in its inlines. */
static zp_runs marked_runs(const zp_grid *g, zp_str mark, const zp_node *part, zp_style_name style,
                           const zp_node *owner)
{
    zp_runs runs = {0};
    if (mark.n > 0)
        zp_runs_add(g->column, &runs, mark, part->span, style, owner);
    zp_runs_collect(g->column, part, style, owner, &runs);
    return runs;
}

zp_str zp_legend_label(zp_arena *arena, const zp_node *caption)
{
    if (caption->caption.number == 0)
        return (zp_str){0};
    return zp_str_format(arena, "表%u　", caption->caption.number);
}

/* 续表1, or 续表 where the table has no number. */
static zp_str repeat_label(zp_arena *arena, const zp_node *caption)
{
    if (caption->caption.number == 0)
        return ZP_STR("续表　");
    return zp_str_format(arena, "续表%u　", caption->caption.number);
}

static void add_caption(const zp_grid *g, const zp_node *caption, zp_str label, zp_legend *legend)
{
    const zp_style *style = style_of(g, ZP_STYLE_CAPTION);
    zp_runs runs = marked_runs(g, label, caption, ZP_STYLE_CAPTION, caption);
    add_lines(g, legend, &runs, style->align, zp_len_scale(style->size, LEADING, 100));
}

/* Items as they are but of no node: said before, they are no content. */
static void disown(const zp_grid *g, zp_legend *legend)
{
    for (size_t i = 0; i < legend->count; i++) {
        zp_box *box = &legend->boxes[i];
        zp_item *items = zp_new_array(g->column->arena, zp_item, box->count);
        for (uint32_t k = 0; k < box->count; k++) {
            items[k] = box->items[k];
            zp_item_disown(&items[k]);
        }
        box->items = items;
    }
}

static void add_unit(const zp_grid *g, const zp_node *unit, zp_legend *legend)
{
    zp_runs runs = marked_runs(g, ZP_STR("单位："), unit, ZP_STYLE_TABLE_NOTE, unit);
    add_lines(g, legend, &runs, ZP_ALIGN_RIGHT,
              zp_len_scale(style_of(g, ZP_STYLE_TABLE_NOTE)->size, LEADING, 100));
}

static const zp_node *find_part(const zp_grid *g, zp_node_kind kind)
{
    const zp_node *part = g->table->first;
    while (part && part->kind != kind)
        part = part->next;
    return part;
}

void zp_legend_above(const zp_grid *g, zp_legend *above, zp_legend *repeat)
{
    const zp_node *caption = find_part(g, ZP_NODE_CAPTION), *unit = find_part(g, ZP_NODE_UNIT);
    if (caption) {
        add_caption(g, caption, zp_legend_label(g->column->arena, caption), above);
        add_caption(g, caption, repeat_label(g->column->arena, caption), repeat);
    }
    if (unit) {
        add_unit(g, unit, above);
        add_unit(g, unit, repeat);
    }
    disown(g, repeat);
    for (size_t i = 0; i < above->count; i++)
        above->boxes[i].keeps = above->count <= KEPT_LINES || i + 2 > above->count;
}

/* ---- below ---- */

zp_str zp_legend_remark(const zp_node *remark)
{
    const zp_source *source = remark->span.source;
    size_t start = remark->span.start, end = remark->first ? remark->first->span.start : start;
    if (!source || end <= start || end - start > MARK_BYTES || end > source->text.n)
        return ZP_STR("注：");
    zp_str typed = zp_str_trim(zp_str_slice(source->text, start, end));
    return zp_str_starts(typed, ZP_STR("注")) ? typed : ZP_STR("注：");
}

static void add_remark(const zp_grid *g, const zp_node *remark, zp_legend *below)
{
    const zp_style *style = style_of(g, ZP_STYLE_TABLE_NOTE);
    zp_runs runs = marked_runs(g, zp_legend_remark(remark), remark, ZP_STYLE_TABLE_NOTE, remark);
    add_lines(g, below, &runs, style->align, zp_len_scale(style->size, LEADING, 100));
}

bool zp_legend_word(zp_str text, size_t *at, zp_str *word)
{
    size_t start = *at, end = *at;
    while (*at < text.n) {
        uint32_t code = zp_utf8_next(text, at);
        bool space = code == ' ' || code == '\t' || code == 0x3000;
        if (space && end > start)
            break;
        if (space)
            start = *at;
        end = *at;
    }
    *word = zp_str_slice(text, start, end);
    return end > start;
}

/* The words of a signing row, each a line of its own. */
static zp_lines signing_words(const zp_grid *g, const zp_node *signing)
{
    zp_runs runs = marked_runs(g, (zp_str){0}, signing, ZP_STYLE_TABLE_NOTE, signing);
    zp_buf text = {.arena = g->column->arena};
    zp_str word;
    for (size_t i = 0; i < runs.count; i++)
        for (size_t at = 0; zp_legend_word(runs.runs[i].text, &at, &word);) {
            zp_buf_add(&text, word);
            zp_buf_byte(&text, '\n');
        }
    zp_runs words = {0};
    zp_runs_add(g->column, &words, zp_buf_str(&text), signing->span, ZP_STYLE_TABLE_NOTE, signing);
    zp_measure measure = {
        .width = g->width, .align = ZP_ALIGN_LEFT, .rules = &g->column->report->template->lines};
    return zp_inline_set(g->column->setter, words.runs, words.count, &measure);
}

/* Words in one line with the same room to write behind each; false when they find none. */
static bool spread(const zp_grid *g, const zp_lines *words, zp_len leading, zp_legend *below)
{
    int64_t width = 0, x = 0;
    zp_items items = {.arena = g->column->arena};
    for (size_t i = 0; i < words->count; i++)
        width += words->lines[i].width;
    int64_t room = words->count ? (g->width - width) / (int64_t)words->count : 0;
    if (room < style_of(g, ZP_STYLE_TABLE_NOTE)->size)
        return false;
    for (size_t i = 0; i < words->count; i++) {
        for (uint32_t k = 0; k < words->lines[i].count; k++) {
            zp_item *item = zp_items_add(&items);
            *item = words->lines[i].items[k];
            item->x += (zp_len)x;
        }
        x += words->lines[i].width + room;
    }
    zp_box *box = add_box(g, below, leading);
    box->items = items.items;
    box->count = items.count;
    return true;
}

static void add_signing(const zp_grid *g, const zp_node *signing, zp_legend *below)
{
    const zp_style *style = style_of(g, ZP_STYLE_TABLE_NOTE);
    zp_len leading = zp_len_scale(style->size, SIGNING_LEADING, 100);
    zp_lines words = signing_words(g, signing);
    if (spread(g, &words, leading, below))
        return;
    zp_runs runs = marked_runs(g, (zp_str){0}, signing, ZP_STYLE_TABLE_NOTE, signing);
    add_lines(g, below, &runs, style->align, leading);
}

void zp_legend_below(const zp_grid *g, zp_legend *below)
{
    for (const zp_node *part = g->table->first; part; part = part->next)
        if (part->kind == ZP_NODE_REMARK)
            add_remark(g, part, below);
        else if (part->kind == ZP_NODE_SIGNING)
            add_signing(g, part, below);
    for (size_t i = 0; i + 1 < below->count; i++)
        below->boxes[i].keeps = below->count <= KEPT_LINES;
}
