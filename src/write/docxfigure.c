/* docxfigure.c: a FIGURE node in, a picture in a line of its own out.
 *
 * What the pages show of the figure is looked up in them: a picture's file goes in as it is, a
 * chart (or the frame of what could not be drawn) as the dots that its items make. DrawingML:
 * ECMA-376 Part 1, 20.
 */
#include "write/docxfigure.h"

#include "layout/figure.h"
#include "layout/raster.h"

#define DRAWING "http://schemas.openxmlformats.org/drawingml/2006/"

enum {
    EMU = 12700, /* a point */
    AIR = 6,     /* points above and below together; figure.c */
    NEAR = 4,    /* at most, above a caption */
};

/* A figure on a page: what it is, and the items of its own behind it. */
typedef struct {
    const zp_item *box, *items;
    size_t count;
} shown;

/* Figures come in the order of the pages. */
static shown find_figure(zp_docx *d, const zp_node *node)
{
    for (size_t p = d->picture_page; p < d->pages->count; p++) {
        const zp_page *page = &d->pages->pages[p];
        for (size_t i = p == d->picture_page ? d->picture_item : 0; i < page->count; i++) {
            if (page->items[i].kind != ZP_ITEM_FIGURE || page->items[i].node != node)
                continue;
            size_t end = i + 1;
            while (end < page->count && page->items[end].node == node)
                end++;
            d->picture_page = p;
            d->picture_item = end;
            return (shown){&page->items[i], &page->items[i + 1], end - i - 1};
        }
    }
    return (shown){0};
}

/* The relation of the part that holds it. A picture that stands twice is there twice. */
static size_t add_part(zp_docx *d, const shown *s)
{
    const struct zp_picture *picture =
        s->count > 0 && s->items[0].kind == ZP_ITEM_IMAGE ? s->items[0].image.picture : NULL;
    bool jpeg = picture && picture->kind == ZP_PICTURE_JPEG;
    zp_str name = zp_str_format(d->arena, "media/image%zu.%s", d->drawings, jpeg ? "jpeg" : "png");
    if (picture)
        return zp_docx_part_add(&d->parts, ZP_PART_PICTURE, name, picture->bytes);
    zp_raster raster = zp_raster_draw(d->arena, s->items, s->count, s->box->x, s->box->y,
                                      s->box->width, s->box->height);
    return zp_docx_part_add(
        &d->parts, ZP_PART_PICTURE, name,
        zp_picture_encode(d->arena, raster.samples, raster.width, raster.height));
}

/* How a stored picture is turned to be seen, in 60000ths of a degree, and whether mirrored; by its
 * EXIF orientation, which Word does not look at. */
static const struct {
    const char *turn;
    bool mirrored;
} turns[] = {{"0", false},        {"0", false},       {"0", true},
             {"10800000", false}, {"10800000", true}, {"16200000", true},
             {"5400000", false},  {"5400000", true},  {"16200000", false}};

static unsigned orientation_of(const shown *s)
{
    bool picture = s->count > 0 && s->items[0].kind == ZP_ITEM_IMAGE;
    unsigned own = picture ? s->items[0].image.picture->orientation : 1;
    return own < sizeof turns / sizeof *turns ? own : 1;
}

static int64_t emu(zp_len length)
{
    int64_t scaled = (int64_t)length * EMU / ZP_PT;
    return scaled > 0 ? scaled : 1;
}

static void put_size(zp_docx *d, const char *element, zp_len width, zp_len height)
{
    zp_xml_open(d->x, element);
    zp_xml_set_int(d->x, "cx", emu(width));
    zp_xml_set_int(d->x, "cy", emu(height));
    zp_xml_close(d->x);
}

static void put_name(zp_docx *d, const char *element, zp_str words)
{
    zp_xml_open(d->x, element);
    zp_xml_set_int(d->x, "id", (int64_t)d->drawings);
    zp_xml_set(d->x, "name", zp_str_format(d->arena, "图 %zu", d->drawings));
    zp_xml_set(d->x, "descr", words);
    zp_xml_close(d->x);
}

/* A picture that is stored lying on its side has the size of the stored one. */
static void put_stored_size(zp_docx *d, const char *element, const shown *s)
{
    bool across = orientation_of(s) > 4;
    put_size(d, element, across ? s->box->height : s->box->width,
             across ? s->box->width : s->box->height);
}

/* How much further it reaches than that size when it has been turned about its middle. */
static void put_reach(zp_docx *d, const shown *s)
{
    int64_t more = (emu(s->box->width) - emu(s->box->height)) / 2;
    zp_xml_open(d->x, "wp:effectExtent");
    zp_xml_set_int(d->x, "l", more);
    zp_xml_set_int(d->x, "t", -more);
    zp_xml_set_int(d->x, "r", more);
    zp_xml_set_int(d->x, "b", -more);
    zp_xml_close(d->x);
}

static void put_shape(zp_docx *d, const shown *s)
{
    unsigned own = orientation_of(s);
    zp_xml_open(d->x, "pic:spPr");
    zp_xml_open(d->x, "a:xfrm");
    if (own > 1) {
        zp_xml_set(d->x, "rot", zp_str_from(turns[own].turn));
        if (turns[own].mirrored)
            zp_xml_set(d->x, "flipH", ZP_STR("1"));
    }
    zp_xml_leaf(d->x, "a:off", "x", "0", "y", "0", NULL);
    put_stored_size(d, "a:ext", s);
    zp_xml_close(d->x);
    zp_xml_open(d->x, "a:prstGeom");
    zp_xml_set(d->x, "prst", ZP_STR("rect"));
    zp_xml_leaf(d->x, "a:avLst", NULL);
    zp_xml_close(d->x);
    zp_xml_close(d->x);
}

static void put_picture(zp_docx *d, const shown *s, size_t relation)
{
    zp_xml_open(d->x, "pic:pic");
    zp_xml_set(d->x, "xmlns:pic", ZP_STR(DRAWING "picture"));
    zp_xml_open(d->x, "pic:nvPicPr");
    put_name(d, "pic:cNvPr", s->box->figure.words);
    zp_xml_leaf(d->x, "pic:cNvPicPr", NULL);
    zp_xml_close(d->x);
    zp_xml_open(d->x, "pic:blipFill");
    zp_xml_open(d->x, "a:blip");
    zp_xml_set(d->x, "r:embed", zp_str_format(d->arena, "rId%zu", relation));
    zp_xml_close(d->x);
    zp_xml_open(d->x, "a:stretch");
    zp_xml_leaf(d->x, "a:fillRect", NULL);
    zp_xml_close(d->x);
    zp_xml_close(d->x);
    put_shape(d, s);
    zp_xml_close(d->x);
}

static void put_drawing(zp_docx *d, const shown *s)
{
    d->drawings++;
    size_t relation = add_part(d, s);
    zp_xml_open(d->x, "w:r");
    zp_xml_open(d->x, "w:drawing");
    zp_xml_open(d->x, "wp:inline");
    static const char *const distances[] = {"distT", "distB", "distL", "distR"};
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++)
        zp_xml_set(d->x, distances[i], ZP_STR("0"));
    put_stored_size(d, "wp:extent", s);
    if (orientation_of(s) > 4)
        put_reach(d, s);
    put_name(d, "wp:docPr", s->box->figure.words);
    zp_xml_open(d->x, "a:graphic");
    zp_xml_set(d->x, "xmlns:a", ZP_STR(DRAWING "main"));
    zp_xml_open(d->x, "a:graphicData");
    zp_xml_set(d->x, "uri", ZP_STR(DRAWING "picture"));
    put_picture(d, s, relation);
    for (int i = 0; i < 5; i++)
        zp_xml_close(d->x);
}

/* The picture and the blank around it take whole lines of the page. */
void zp_docx_figure(zp_docx *d, const zp_node *figure)
{
    shown s = find_figure(d, figure->first);
    const zp_node *caption = zp_figure_caption(figure);
    if (s.box) {
        zp_len pitch = zp_docx_pitch(d->report->template);
        zp_len lines = (s.box->height + AIR * ZP_PT + pitch - 1) / pitch;
        zp_len spare = lines * pitch - s.box->height, below = spare / 2;
        if (caption && below > NEAR * ZP_PT)
            below = NEAR * ZP_PT;
        zp_docx_open(d, &(zp_docx_paragraph){.style = ZP_DOCX_PICTURE,
                                             .keeps = caption != NULL,
                                             .before = spare - below - ZP_PT * 2,
                                             .after = below});
        put_drawing(d, &s);
        zp_docx_close(d);
    }
    if (!caption)
        return;
    zp_docx_open(d, &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_CAPTION),
                                         .line = zp_docx_pitch(d->report->template)});
    size_t target = zp_docx_begin_target(d, figure);
    zp_docx_run(d, zp_figure_label(d->arena, caption), &(zp_docx_face){0});
    zp_docx_inlines(d, caption, &(zp_docx_face){0});
    zp_docx_end_target(d, target);
    zp_docx_close(d);
}
