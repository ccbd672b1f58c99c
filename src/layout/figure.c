/* figure.c: a FIGURE node in, boxes out.
 *
 * The picture's box takes whole lines of the page, so that the text after it stands on the grid
 * again; what the lines have too much goes above the picture, for its caption belongs near it.
 */
#include "layout/figure.h"

#include <assert.h>
#include "doc/caption.h"
#include "layout/chart.h"

enum {
    AIR = 6,         /* points that a picture has above and below together, where there is room */
    NEAR = 4,        /* points at most between it and the line of its caption */
    FRAME_LINES = 3, /* of the frame in a missing picture's place, and the air round it, */
    FRAME_PADDING = 12, /* its words' distance from its sides in points, */
    FRAME_TENTHS = 5,   /* and its strokes in tenths of a point */
    WIDTH_DIGITS = 6,   /* of a width, on each side of its point */
};

/* What is to be shown, from the top left corner of its own box. */
typedef struct {
    const zp_item *items;
    uint32_t count;
    zp_len width, height;
    const zp_node *node;
    zp_str words; /* that stand for it; may be empty */
} display;

const zp_node *zp_figure_caption(const zp_node *figure)
{
    const zp_node *last = figure->last;
    return last && last->kind == ZP_NODE_CAPTION ? last : NULL;
}

zp_str zp_figure_label(zp_arena *arena, const zp_node *caption)
{
    if (caption->caption.number == 0)
        return (zp_str){0};
    return zp_str_format(arena, "图%u%s", caption->caption.number, caption->first ? "　" : "");
}

/* ---- sizes ---- */

/* Digits at *at, at most WIDTH_DIGITS of them, as units of 10^-places; -1 when there are more. */
static int64_t read_digits(zp_str text, size_t *at)
{
    int64_t value = 0;
    for (int n = 0; *at < text.n && text.p[*at] >= '0' && text.p[*at] <= '9'; n++, (*at)++) {
        if (n == WIDTH_DIGITS)
            return -1;
        value = value * 10 + (text.p[*at] - '0');
    }
    return value;
}

/* 80mm, 8cm, 60%, 62.5%; 0 when it is nothing of the kind. */
static zp_len read_width(zp_str text, zp_len whole)
{
    size_t at = 0, point;
    int64_t value = read_digits(text, &at), fraction = 0, scale = 1;
    if (at == 0 || value < 0)
        return 0;
    if (at < text.n && text.p[at] == '.') {
        point = ++at;
        fraction = read_digits(text, &at);
        for (; point < at; point++)
            scale *= 10;
    }
    if (fraction < 0)
        return 0;
    zp_str unit = zp_str_slice(text, at, text.n);
    const struct {
        zp_str name;
        zp_len length;
    } units[] = {{ZP_STR("mm"), zp_len_mm10(10)},
                 {ZP_STR("cm"), zp_len_mm10(100)},
                 {ZP_STR("%"), whole / 100},
                 {ZP_STR("％"), whole / 100}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!zp_str_eq(unit, units[i].name))
            continue;
        int64_t length = (value * scale + fraction) * units[i].length / scale;
        return length < whole ? (zp_len)length : whole;
    }
    return 0;
}

zp_len zp_figure_width(const zp_report *report, const zp_node *figure, zp_diag *diag)
{
    zp_str words = zp_attribute_find(figure->text, ZP_STR("width"));
    if (words.n == 0 && figure->first->kind == ZP_NODE_IMAGE)
        words = zp_attribute_find(figure->first->id, ZP_STR("width"));
    if (words.n == 0)
        return 0;
    zp_len width = read_width(words, report->template->page.body_width);
    if (width == 0)
        zp_diag_add(diag, ZP_WARNING, "bad-width", figure->span,
                    "写成 width=80mm，或版心宽的百分之几：width=60%", "图片的宽度写得不对");
    return width;
}

void zp_figure_fit(const zp_page_setup *page, const zp_picture *picture, zp_len wanted, zp_len room,
                   zp_len *width, zp_len *height)
{
    int64_t across, down;
    zp_picture_size(picture, &across, &down);
    if (across <= 0 || down <= 0)
        across = down = 1;
    if (wanted > 0 || across > page->body_width) {
        int64_t to = wanted > 0 ? wanted : page->body_width;
        down = down * to / across;
        across = to;
    }
    if (down > room && down > 0) {
        across = across * room / down;
        down = room;
    }
    *width = across > 0 ? (zp_len)across : 1; /* a hair is still something to draw */
    *height = down > 0 ? (zp_len)down : 1;
}

/* Top of line k of a page. */
static zp_len line_top(const zp_page_setup *page, int64_t k)
{
    return (zp_len)(k * page->body_height / page->lines);
}

static int lines_for(const zp_page_setup *page, zp_len height)
{
    int lines = 1;
    while (line_top(page, lines) < height)
        lines++;
    return lines;
}

/* ---- pictures ---- */

static zp_item *frame_side(zp_item *item, const zp_node *node, zp_len x, zp_len y, zp_len width,
                           zp_len height)
{
    *item = (zp_item){
        .kind = ZP_ITEM_RULE, .node = node, .x = x, .y = y, .width = width, .height = height};
    return item + 1;
}

/* A frame around ［图：…］. */
static display frame_words(zp_column *column, const zp_node *image)
{
    const zp_page_setup *page = &column->report->template->page;
    const zp_len stroke = zp_len_pt10(FRAME_TENTHS), padding = FRAME_PADDING * ZP_PT;
    zp_str words =
        zp_str_format(column->arena, "［图：%.*s］", ZP_ARG(zp_node_text(column->arena, image)));
    zp_runs runs = {0};
    zp_runs_add(column, &runs, words, image->span, ZP_STYLE_TABLE, image);
    zp_measure measure = {.width = page->body_width - 2 * padding,
                          .align = ZP_ALIGN_CENTER,
                          .rules = &column->report->template->lines};
    zp_lines lines = zp_inline_set(column->setter, runs.runs, runs.count, &measure);
    display shown = {.node = image,
                     .width = page->body_width,
                     .height = line_top(page, FRAME_LINES) - AIR * ZP_PT};
    zp_item *items = zp_new_array(column->arena, zp_item, 4 + (size_t)lines.lines[0].count);
    zp_item *next = frame_side(items, image, 0, 0, shown.width, stroke);
    next = frame_side(next, image, 0, shown.height - stroke, shown.width, stroke);
    next = frame_side(next, image, 0, 0, stroke, shown.height);
    next = frame_side(next, image, shown.width - stroke, 0, stroke, shown.height);
    for (uint32_t i = 0; i < lines.lines[0].count;
         i++, next++) { /* of long words, the first line */
        *next = lines.lines[0].items[i];
        next->x += padding;
        next->y += shown.height / 2;
    }
    shown.items = items;
    shown.count = (uint32_t)(next - items);
    return shown;
}

static display show_picture(zp_column *column, const zp_node *image, zp_len wanted, zp_len room)
{
    const zp_picture *picture = zp_pictures_open(column->pictures, image);
    if (!picture)
        return frame_words(column, image);
    display shown = {.count = 1, .node = image};
    zp_figure_fit(&column->report->template->page, picture, wanted, room, &shown.width,
                  &shown.height);
    zp_item *item = zp_new(column->arena, zp_item);
    *item = (zp_item){
        .kind = ZP_ITEM_IMAGE, .node = image, .width = shown.width, .height = shown.height};
    item->image.picture = picture;
    shown.items = item;
    return shown;
}

/* One that cannot be drawn comes as a frame, too. */
static display show_chart(zp_column *column, const zp_node *chart, zp_len wanted)
{
    zp_len whole = column->report->template->page.body_width;
    display shown = {.width = wanted ? wanted : whole, .node = chart};
    zp_item *items;
    zp_chart_draw(column, chart, shown.width, &items, &shown.count, &shown.height, &shown.words);
    shown.items = items;
    return shown;
}

/* ---- the figure ---- */

static zp_lines set_caption(zp_column *column, const zp_node *caption)
{
    const zp_style *style = &column->report->template->styles[ZP_STYLE_CAPTION];
    zp_str label = zp_figure_label(column->arena, caption);
    zp_runs runs = {0};
    if (label.n > 0)
        zp_runs_add(column, &runs, label, caption->span, ZP_STYLE_CAPTION, caption);
    zp_runs_collect(column, caption, ZP_STYLE_CAPTION, caption, &runs);
    zp_measure measure = {.width = column->report->template->page.body_width,
                          .align = style->align,
                          .rules = &column->report->template->lines};
    return zp_inline_set(column->setter, runs.runs, runs.count, &measure);
}

/* What a picture shows: its alternative text, its caption, or at least that it is one. */
static zp_str words_of(zp_column *column, const display *shown)
{
    const zp_node *caption = zp_figure_caption(shown->node->parent);
    zp_str words = shown->words;
    if (words.n == 0)
        words = zp_str_trim(zp_node_text(column->arena, shown->node));
    if (words.n == 0 && caption)
        words = zp_str_trim(zp_node_text(column->arena, caption));
    return words.n > 0 ? words : ZP_STR("插图");
}

/* The items behind one that says what they are. */
static zp_item *named_items(zp_column *column, const display *shown)
{
    zp_item *items = zp_new_array(column->arena, zp_item, (size_t)shown->count + 1);
    items[0] = (zp_item){.kind = ZP_ITEM_FIGURE,
                         .node = shown->node,
                         .width = shown->width,
                         .height = shown->height};
    items[0].figure.words = words_of(column, shown);
    for (uint32_t i = 0; i < shown->count; i++)
        items[i + 1] = shown->items[i];
    return items;
}

static void add_display(zp_column *column, const display *shown, zp_len room, bool captioned)
{
    const zp_page_setup *page = &column->report->template->page;
    zp_box *box = zp_column_add(column);
    box->items = named_items(column, shown);
    box->count = shown->count + 1;
    bool airy = shown->height + AIR * ZP_PT <= room;
    box->lines = lines_for(page, shown->height + (airy ? AIR * ZP_PT : 0));
    box->keeps = captioned;
    box->dx = (page->body_width - shown->width) / 2;
    zp_len spare = line_top(page, box->lines) - shown->height, below = spare / 2;
    if (captioned && below > NEAR * ZP_PT)
        below = NEAR * ZP_PT;
    box->dy = spare > below ? spare - below : 0;
}

static void add_caption(zp_column *column, const zp_lines *lines, int height)
{
    const zp_page_setup *page = &column->report->template->page;
    for (size_t i = 0; i < lines->count; i++) {
        zp_box *box = zp_column_add(column);
        box->items = lines->lines[i].items;
        box->count = lines->lines[i].count;
        box->lines = height;
        box->dy = line_top(page, height) / 2;
        box->keeps = i + 1 < lines->count;
    }
}

void zp_figure_layout(zp_column *column, const zp_node *figure)
{
    const zp_page_setup *page = &column->report->template->page;
    const zp_node *caption = zp_figure_caption(figure);
    zp_lines lines = caption ? set_caption(column, caption) : (zp_lines){0};
    int height = lines_for(page, column->report->template->styles[ZP_STYLE_CAPTION].size);
    zp_len room =
        page->body_height / 2; /* of a caption that would leave less, the rest goes on overleaf */
    if ((int64_t)lines.count * height <= page->lines / 2)
        room = line_top(page, page->lines - (int64_t)lines.count * height);
    zp_len wanted = zp_figure_width(column->report, figure, column->diag);
    display shown = figure->first->kind == ZP_NODE_CHART
                        ? show_chart(column, figure->first, wanted)
                        : show_picture(column, figure->first, wanted, room);
    add_display(column, &shown, room, lines.count > 0);
    add_caption(column, &lines, height);
}
