/* svg.c: one page's items in, SVG out.
 *
 * Items come one by one; what is open (a turned group, a picture or an artifact, a <text>, a block
 * in it, a link, a path of rules) stays open while the next item belongs to it. All lengths are
 * points.
 */
#include "write/svg.h"

#include <stdlib.h>
#include "base/base64.h"
#include "base/utf8.h"
#include "layout/picture.h"
#include "write/drawing.h"

typedef struct {
    const zp_svg *svg;
    const zp_page *page;
    zp_buf *out;
    size_t first_line; /* of the page; 0: none yet */
    bool turned, artifact, in_text, in_block, in_link, in_rules;
    const zp_node *figure; /* open as a picture */
    const zp_node *block;  /* of the last text */
    const zp_node *link;   /* likewise, whether it leads anywhere or not */
    const zp_font *font;   /* the open <text>'s */
    zp_len size;
    bool red;
    zp_len y; /* of the last glyph in it */
} writer;

zp_svg zp_svg_new(zp_arena *arena, const zp_report *report, const zp_pages *pages)
{
    size_t count;
    const zp_link_area *areas = zp_link_areas(arena, pages, &count);
    return (zp_svg){.arena = arena,
                    .report = report,
                    .pages = pages,
                    .targets = zp_targets_find(arena, pages, areas, count)};
}

/* ---- text and lengths ---- */

/* What XML 1.0 can hold at all (2.2); for the rest stands U+FFFD. */
static bool is_of_xml(uint32_t code)
{
    return code == '\t' || code == '\n' || (code >= ' ' && code != 0xFFFE && code != 0xFFFF);
}

static void add_code(zp_buf *out, uint32_t code)
{
    char bytes[4];
    zp_markup_add(out, (zp_str){bytes, zp_utf8_encode(is_of_xml(code) ? code : 0xFFFD, bytes)});
}

static void add_words(zp_buf *out, zp_str words)
{
    for (size_t at = 0; at < words.n;)
        add_code(out, zp_utf8_next(words, &at));
}

static void add_attribute(writer *w, const char *name, zp_len length)
{
    zp_buf_format(w->out, " %s=\"", name);
    zp_drawing_length(w->out, length);
    zp_buf_byte(w->out, '"');
}

/* A font that is not there must not take the page's layout with it: each glyph has its place. */
static void add_font(writer *w, const zp_font *font)
{
    zp_buf_format(w->out, " font-family=\"%.*s,serif\"",
                  ZP_ARG(zp_webfont_family(w->svg->arena, font)));
}

/* ---- places ---- */

/* The block that an item's node is part of; NULL of an artifact. */
static const zp_node *block_of(const zp_node *node)
{
    while (node && !zp_node_is_block(node->kind))
        node = node->parent;
    return node;
}

/* Where a block begins in what its author wrote; no source when nowhere. */
static zp_span place_of(const zp_svg *svg, const zp_node *block)
{
    if (!block)
        return (zp_span){0};
    zp_span span = block->kind == ZP_NODE_DOCUMENT ? svg->report->title_span
                   : block->kind == ZP_NODE_ENTRY  ? block->entry.heading->span
                                                   : block->span;
    span = zp_span_origin(span);
    return span.start == ZP_WHOLE_FILE ? (zp_span){0} : span;
}

size_t zp_svg_line(const zp_svg *svg, size_t index)
{
    const zp_page *page = &svg->pages->pages[index];
    size_t line, column;
    for (size_t i = 0; i < page->count; i++) {
        zp_span place = place_of(svg, block_of(page->items[i].node));
        if (place.source != svg->report->source || !place.source)
            continue;
        zp_source_place(place.source, place.start, &line, &column);
        return line;
    }
    return 0;
}

static void add_place(writer *w, const zp_node *block)
{
    size_t line, column;
    zp_span place = w->svg->places ? place_of(w->svg, block) : (zp_span){0};
    if (!place.source)
        return;
    zp_source_place(place.source, place.start, &line, &column);
    if (place.source == w->svg->report->source) {
        zp_buf_format(w->out, " data-line=\"%lld\" data-column=\"%zu\"",
                      (long long)line - (long long)w->first_line, column);
        return;
    }
    zp_buf_lit(w->out, " data-file=\"");
    add_words(w->out, place.source->name);
    if (place.source->sheet.n > 0) {
        zp_buf_lit(w->out, "\" data-sheet=\"");
        add_words(w->out, place.source->sheet);
    }
    zp_buf_format(w->out, "\" data-line=\"%zu\" data-column=\"%zu\"", line, column);
}

/* A heading says that it is one. */
static void add_role(writer *w, const zp_node *block)
{
    unsigned level = !block                            ? 0
                     : block->kind == ZP_NODE_DOCUMENT ? 1
                     : block->kind == ZP_NODE_HEADING  ? block->heading.level
                                                       : 0;
    if (level > 0)
        zp_buf_format(w->out, " role=\"heading\" aria-level=\"%u\"", level);
}

/* ---- what is open ---- */

static void end_link(writer *w)
{
    if (w->in_link)
        zp_buf_lit(w->out, "</a>");
    w->in_link = false;
    w->link = NULL;
}

static void end_block(writer *w)
{
    end_link(w);
    if (w->in_block)
        zp_buf_lit(w->out, "</tspan>");
    w->in_block = false;
}

/* Text or rules. */
static void end_run(writer *w)
{
    end_block(w);
    if (w->in_text)
        zp_buf_lit(w->out, "</text>\n");
    if (w->in_rules)
        zp_buf_lit(w->out, "\"/>\n");
    w->in_text = w->in_rules = false;
}

static void end_group(writer *w)
{
    end_run(w);
    if (w->figure || w->artifact)
        zp_buf_lit(w->out, "</g>\n");
    w->figure = NULL;
    w->artifact = false;
}

/* Whether an item stands on the sheet otherwise than the page is shown. */
static void turn(writer *w, bool turned)
{
    if (turned == w->turned)
        return;
    end_group(w);
    if (!turned) {
        zp_buf_lit(w->out, "</g>\n");
    } else if (w->page->turned) { /* an upright item: a quarter clockwise */
        zp_buf_lit(w->out, "<g transform=\"matrix(0 1 -1 0 ");
        zp_drawing_length(w->out, w->page->height);
        zp_buf_lit(w->out, " 0)\">\n");
    } else {
        zp_buf_lit(w->out, "<g transform=\"matrix(0 -1 1 0 0 ");
        zp_drawing_length(w->out, w->page->height);
        zp_buf_lit(w->out, ")\">\n");
    }
    w->turned = turned;
}

/* ---- text ---- */

/* A block that goes on in the same line with the next one. */
static bool runs_in(const zp_node *block)
{
    return block && ((block->kind == ZP_NODE_HEADING && block->heading.run_in) ||
                     block->kind == ZP_NODE_ITEM || block->kind == ZP_NODE_NOTE);
}

/* Whether `block` goes on in the line in which `before`, which runs in, has begun. */
static bool goes_on(const zp_node *before, const zp_node *block)
{
    if (!runs_in(before) || !block)
        return false;
    return before->kind == ZP_NODE_HEADING ? before->next == block : before == block->parent;
}

static void begin_text(writer *w, const zp_item *item, const zp_node *block)
{
    end_run(w);
    zp_buf_lit(w->out, "<text");
    add_font(w, item->text.font);
    add_attribute(w, "font-size", item->text.size);
    if (item->red)
        zp_buf_lit(w->out, " fill=\"red\"");
    if (!runs_in(block)) {
        add_place(w, block);
        add_role(w, block);
    }
    zp_buf_byte(w->out, '>');
    w->in_text = true;
    w->font = item->text.font;
    w->size = item->text.size;
    w->red = item->red;
    w->y = INT32_MIN;
    w->block = NULL;
}

/* A block within a <text> that holds several. */
static void begin_block(writer *w, const zp_node *block)
{
    end_block(w);
    zp_buf_lit(w->out, "<tspan");
    add_place(w, block);
    add_role(w, block);
    zp_buf_byte(w->out, '>');
    w->in_block = true;
}

/* The name of a file within an address (RFC 3986, 2.3). */
static void add_name(zp_buf *out, zp_str name)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
            c == '-' || c == '_' || c == '.' || c == '~') {
            zp_buf_byte(out, (char)c);
            continue;
        }
        zp_buf_byte(out, '%');
        zp_buf_byte(out, hex[c >> 4]);
        zp_buf_byte(out, hex[c & 15]);
    }
}

/* The id of a place: by the place itself, so that it changes only with it. */
static void add_id(zp_buf *out, size_t page, zp_len x, zp_len y)
{
    zp_buf_format(out, "p%zu-%d-%d", page + 1, (int)(x / ZP_PT), (int)(y / ZP_PT));
}

static void begin_link(writer *w, const zp_node *link)
{
    const zp_svg *svg = w->svg;
    end_link(w);
    w->link = link;
    if (!link || !zp_target_leads(&svg->targets, link))
        return;
    const zp_target *target = zp_target_of(&svg->targets, link);
    zp_buf_lit(w->out, "<a href=\"");
    if (target) {
        if (svg->stem.n > 0) {
            add_name(w->out, svg->stem);
            zp_buf_format(w->out, "-%zu.svg", target->page + 1);
        }
        zp_buf_byte(w->out, '#');
        add_id(w->out, target->page, target->x, target->y);
    } else {
        add_words(w->out, link->text);
    }
    zp_buf_lit(w->out, "\">");
    w->in_link = true;
}

/* Glyphs from `first` on that one tspan can hold: each x goes to one UTF-16 unit of the text, so a
 * glyph that stands for more than one is the last, and the others have none. */
static uint32_t piece_end(const zp_item *item, uint32_t first)
{
    for (uint32_t i = first; i < item->text.count; i++)
        if (item->text.glyphs[i].code >= 0x10000 || item->text.glyphs[i].repeat > 1)
            return i + 1;
    return item->text.count;
}

static void add_piece(writer *w, const zp_item *item, uint32_t first, uint32_t end)
{
    const zp_glyph *glyphs = item->text.glyphs;
    zp_buf_lit(w->out, "<tspan");
    if (item->text.font != w->font)
        add_font(w, item->text.font);
    if (item->text.size != w->size)
        add_attribute(w, "font-size", item->text.size);
    if (item->red != w->red)
        zp_buf_add(w->out, item->red ? ZP_STR(" fill=\"red\"") : ZP_STR(" fill=\"black\""));
    if (item->y != w->y)
        add_attribute(w, "y", item->y);
    w->y = item->y;
    zp_buf_lit(w->out, " x=\"");
    for (uint32_t i = first; i < end; i++) {
        if (i > first)
            zp_buf_byte(w->out, ' ');
        zp_drawing_length(w->out, item->x + glyphs[i].x);
    }
    zp_buf_lit(w->out, "\">");
    for (uint32_t i = first; i < end; i++)
        for (unsigned k = 0; k < glyphs[i].repeat; k++)
            add_code(w->out, glyphs[i].code);
    zp_buf_lit(w->out, "</tspan>");
}

static void write_text(writer *w, const zp_item *item)
{
    const zp_node *block = block_of(item->node);
    if (!w->in_text || (block != w->block && !goes_on(w->block, block) && !w->artifact)) {
        begin_text(w, item, block);
        if (runs_in(block))
            begin_block(w, block);
    } else if (block != w->block) {
        begin_block(w, block);
    }
    w->block = block;
    if (item->link != w->link)
        begin_link(w, item->link);
    for (uint32_t i = 0, end; i < item->text.count; i = end) {
        end = piece_end(item, i);
        add_piece(w, item, i, end);
    }
}

/* ---- all else ---- */

/* Rules in a row are one path. */
static void write_rule(writer *w, const zp_item *item)
{
    if (!w->in_rules || item->red != w->red) {
        end_run(w);
        zp_buf_format(w->out, "<path%s d=\"", item->red ? " fill=\"red\"" : "");
        w->in_rules = true;
        w->red = item->red;
    }
    const zp_len lengths[] = {item->x, item->y, item->width, item->height, -item->width};
    static const char *const commands[] = {"M", " ", "h", "v", "h"};
    for (int i = 0; i < 5; i++) {
        zp_buf_add(w->out, zp_str_from(commands[i]));
        zp_drawing_length(w->out, lengths[i]);
    }
    zp_buf_byte(w->out, 'z');
}

static void write_path(writer *w, const zp_item *item)
{
    zp_shape shape = {.kind = ZP_SHAPE_PATH,
                      .path = {.points = item->path.points,
                               .steps = item->path.steps,
                               .step_count = item->path.step_count,
                               .gray = item->path.gray,
                               .line = item->path.line,
                               .dash = item->path.dash}};
    end_run(w);
    zp_drawing_path(w->out, &shape, item->x, item->y);
}

/* Pictures are shown as they are stored (ZP_SVG_CSS) and turned here: browsers differ in what they
 * do with a camera's orientation in SVG. The unit square goes to the picture's place. */
static void place_image(writer *w, const zp_item *item)
{
    zp_picture_view view = zp_picture_view_of(item->image.picture);
    zp_len across = view.mirrored ? -item->width : item->width;
    zp_len down = view.upended ? -item->height : item->height;
    zp_len left = view.mirrored ? item->x + item->width : item->x;
    zp_len top = view.upended ? item->y + item->height : item->y;
    const zp_len upright[] = {across, 0, 0, down, left, top};
    /* A stored row runs up the page, and the next one stands on its left. */
    const zp_len turned[] = {0, -down, -across, 0, left + across, top + down};
    const zp_len *matrix = view.turned ? turned : upright;
    zp_buf_lit(w->out, " width=\"1\" height=\"1\" transform=\"matrix(");
    for (int i = 0; i < 6; i++) {
        if (i > 0)
            zp_buf_byte(w->out, ' ');
        zp_drawing_length(w->out, matrix[i]);
    }
    zp_buf_lit(w->out, ")\"");
}

static void write_image(writer *w, const zp_item *item)
{
    const zp_picture *picture = item->image.picture;
    end_run(w);
    zp_buf_lit(w->out, "<image");
    place_image(w, item);
    zp_buf_format(w->out, " preserveAspectRatio=\"none\" href=\"data:image/%s;base64,",
                  picture->kind == ZP_PICTURE_PNG ? "png" : "jpeg");
    zp_base64_add(w->out, picture->bytes);
    zp_buf_lit(w->out, "\"/>\n");
}

static void begin_figure(writer *w, const zp_item *item)
{
    end_group(w);
    zp_buf_lit(w->out, "<g role=\"img\"");
    add_place(w, block_of(item->node));
    zp_buf_lit(w->out, " aria-label=\"");
    add_words(w->out, item->figure.words);
    zp_buf_lit(w->out, "\">\n");
    w->figure = item->node;
}

static void write_item(writer *w, const zp_item *item)
{
    if (item->kind == ZP_ITEM_ANCHOR)
        return;
    turn(w, item->turned != w->page->turned);
    if (item->kind == ZP_ITEM_FIGURE) {
        begin_figure(w, item);
        return;
    }
    if ((w->figure && item->node != w->figure) || w->artifact != !item->node)
        end_group(w);
    if (!item->node && !w->artifact) {
        zp_buf_lit(w->out, "<g aria-hidden=\"true\">\n");
        w->artifact = true;
    }
    switch (item->kind) {
    case ZP_ITEM_TEXT:
        write_text(w, item);
        break;
    case ZP_ITEM_RULE:
        write_rule(w, item);
        break;
    case ZP_ITEM_IMAGE:
        write_image(w, item);
        break;
    case ZP_ITEM_PATH:
        write_path(w, item);
        break;
    case ZP_ITEM_ANCHOR:
    case ZP_ITEM_FIGURE:
        break;
    }
}

/* ---- the page ---- */

static int compare_points(const void *a, const void *b)
{
    const zp_point *p = a, *q = b;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return (p->x > q->x) - (p->x < q->x);
}

/* What links lead to on this page: areas too small to be seen, each place once. */
static void write_targets(writer *w, size_t index)
{
    const zp_targets *targets = &w->svg->targets;
    zp_point *places = zp_new_array(w->svg->arena, zp_point, targets->count);
    size_t count = 0;
    for (size_t i = 0; i < targets->count; i++)
        if (targets->targets[i].found && targets->targets[i].page == index)
            places[count++] =
                (zp_point){targets->targets[i].x / ZP_PT, targets->targets[i].y / ZP_PT};
    qsort(places, count, sizeof *places, compare_points);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && compare_points(&places[i - 1], &places[i]) == 0)
            continue;
        zp_buf_lit(w->out, "<rect id=\"");
        add_id(w->out, index, places[i].x * ZP_PT, places[i].y * ZP_PT);
        zp_buf_format(w->out, "\" x=\"%d\" y=\"%d\" width=\"1\" height=\"1\" fill=\"none\"/>\n",
                      (int)places[i].x, (int)places[i].y);
    }
}

/* The root element; a file of its own has a title, and its style and fonts. */
static void begin_page(writer *w, const zp_webfonts *fonts)
{
    const zp_page *page = w->page;
    zp_len width = page->turned ? page->height : page->width;
    zp_len height = page->turned ? page->width : page->height;
    zp_buf_lit(w->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"page\" lang=\"zh-CN\" "
                       "xml:space=\"preserve\"");
    if (page->number > 0)
        zp_buf_format(w->out, " role=\"group\" aria-label=\"第%zu页\"", page->number);
    zp_buf_lit(w->out, " width=\"");
    zp_drawing_length(w->out, width);
    zp_buf_lit(w->out, "pt\" height=\"");
    zp_drawing_length(w->out, height);
    zp_buf_lit(w->out, "pt\" viewBox=\"0 0 ");
    zp_drawing_length(w->out, width);
    zp_buf_byte(w->out, ' ');
    zp_drawing_length(w->out, height);
    zp_buf_lit(w->out, "\">\n");
    if (fonts) {
        zp_buf_lit(w->out, "<title>");
        add_words(w->out, w->svg->report->title);
        zp_buf_lit(w->out, "</title>\n<style>\n" ZP_SVG_CSS "\n");
        zp_webfonts_css(fonts, ZP_STR(""), w->out);
        zp_buf_lit(w->out, "</style>\n");
    }
    zp_buf_lit(w->out, "<path fill=\"white\" d=\"M0 0H");
    zp_drawing_length(w->out, width);
    zp_buf_byte(w->out, 'V');
    zp_drawing_length(w->out, height);
    zp_buf_lit(w->out, "H0z\"/>\n");
}

void zp_svg_write(const zp_svg *svg, size_t index, const zp_webfonts *fonts, zp_buf *out)
{
    const zp_page *page = &svg->pages->pages[index];
    writer w = {.svg = svg, .page = page, .out = out, .first_line = zp_svg_line(svg, index)};
    begin_page(&w, fonts);
    write_targets(&w, index);
    for (size_t i = 0; i < page->count; i++)
        write_item(&w, &page->items[i]);
    turn(&w, false);
    end_group(&w);
    zp_buf_lit(out, "</svg>\n");
}
