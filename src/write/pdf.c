/* pdf.c: pages in, PDF bytes out.
 *
 * The one idea: libharu is an object store. Dictionaries, arrays, strings and cross references are
 * libharu's and it writes each value; a stream's bytes never enter it (it would copy them a byte at
 * a time and deflate them slowly) but wait beside, already compressed, until pdffile.c puts both
 * into the file. The structure tree's elements, thousands of equals, are text from the start
 * (structure.c) and come behind libharu's objects. libharu's allocator callback has no user
 * pointer, so the document's arena is reached through a thread-local variable; with an arena behind
 * it libharu never sees an allocation fail.
 */
#include "write/pdf.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_encrypt.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <string.h>
#include <time.h>
#include "write/content.h"
#include "write/icc.h"
#include "write/pdffile.h"
#include "write/structure.h"
#include "write/textstring.h"
#include "write/xmp.h"

enum {
    OUTLINE_DEPTH = 8,
    CHINA_TIME = 8 * 3600,
    ARRAY_MAX = 8191, /* entries, in PDF/A-1 (ISO 19005-1, 6.1.12) */
};

static _Thread_local zp_arena *haru_arena;

static void *HPDF_STDCALL allocate(HPDF_UINT size)
{
    return zp_arena_alloc(haru_arena, size);
}

static void HPDF_STDCALL ignore_free(void *memory)
{
    (void)memory;
}

typedef struct {
    zp_arena *arena;
    const zp_pdf_options *options;
    HPDF_Doc haru;
    zp_str *streams; /* by object number: compressed bytes; p NULL for what is no stream */
    size_t stream_capacity;
    zp_deflater *deflater;
    zp_content_uses uses;
    HPDF_Dict *pages;
    HPDF_Dict fonts; /* resource dictionary: name -> font */
    HPDF_Dict resources;
    HPDF_Dict structure; /* holds the place of the structure tree's root; NULL: there is none */
    size_t widest;       /* the most children that an element has */
    HPDF_MD5_CTX digest; /* of all that makes the file what it is, for its ID */
} pdf;

/* ---- objects ---- */

static HPDF_Dict new_dict(pdf *p)
{
    HPDF_Dict dict = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Xref_Add(p->haru->xref, dict);
    return dict;
}

static size_t number_of(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF;
}

static void digest(pdf *p, zp_str bytes)
{
    HPDF_MD5Update(&p->digest, (const HPDF_BYTE *)bytes.p, (HPDF_UINT32)bytes.n);
}

/* A stream object of bytes that `filter` unpacks; NULL: they are as they are. */
static HPDF_Dict new_packed_stream(pdf *p, zp_str packed, const char *filter)
{
    HPDF_Dict dict = new_dict(p);
    if (filter)
        HPDF_Dict_AddName(dict, "Filter", filter);
    HPDF_Dict_AddNumber(dict, "Length", (HPDF_INT32)packed.n);
    size_t number = number_of(dict);
    if (number >= p->stream_capacity) {
        size_t capacity = 2 * number + 64;
        p->streams = zp_arena_grow(p->arena, p->streams, p->stream_capacity * sizeof(zp_str),
                                   capacity * sizeof(zp_str));
        p->stream_capacity = capacity;
    }
    p->streams[number] = packed;
    return dict;
}

/* A stream object of `bytes`, compressed. */
static HPDF_Dict new_stream(pdf *p, zp_str bytes, zp_effort effort)
{
    return new_packed_stream(p, zp_deflate(p->arena, p->deflater, bytes, effort), "FlateDecode");
}

static void *new_text(pdf *p, zp_str text)
{
    zp_buf bytes = {.arena = p->arena};
    text = zp_textstring_clip(text);
    if (zp_textstring_is_ascii(text))
        return HPDF_String_New(p->haru->mmgr, zp_str_cstr(p->arena, text), NULL);
    zp_textstring_encode(text, &bytes);
    return HPDF_Binary_New(p->haru->mmgr, (HPDF_BYTE *)bytes.p, (HPDF_UINT)bytes.n);
}

/* ---- pages and outline ---- */

static HPDF_Dict add_page(pdf *p, const zp_page *page, size_t index)
{
    zp_str text = zp_content_write(&p->uses, page, index);
    digest(p, text);
    HPDF_Dict dict = new_dict(p);
    dict->header.obj_class |= HPDF_OSUBCLASS_PAGE; /* by this mark libharu counts pages */
    HPDF_Dict_AddName(dict, "Type", "Page");
    HPDF_Array box = HPDF_Array_New(p->haru->mmgr);
    HPDF_Array_AddNumber(box, 0);
    HPDF_Array_AddNumber(box, 0);
    HPDF_Array_AddReal(box, (HPDF_REAL)page->width / (HPDF_REAL)ZP_PT);
    HPDF_Array_AddReal(box, (HPDF_REAL)page->height / (HPDF_REAL)ZP_PT);
    HPDF_Dict_Add(dict, "MediaBox", box);
    if (page->turned)
        HPDF_Dict_AddNumber(dict, "Rotate", 90);
    HPDF_Dict_Add(dict, "Resources", p->resources);
    HPDF_Dict_Add(dict, "Contents", new_stream(p, text, ZP_EFFORT_TEXT));
    if (p->uses.tags)
        HPDF_Dict_AddNumber(dict, "StructParents", (HPDF_INT32)index);
    HPDF_Dict_Add(dict, "Parent", p->haru->root_pages);
    HPDF_Array kids = HPDF_Dict_GetItem(p->haru->root_pages, "Kids", HPDF_OCLASS_ARRAY);
    HPDF_Array_Add(kids, dict);
    return dict;
}

typedef struct {
    HPDF_Dict open[OUTLINE_DEPTH + 1]; /* the last entry of each level; [0] is the outline itself */
    HPDF_Dict last[OUTLINE_DEPTH + 1]; /* last child of each of these */
    unsigned levels[OUTLINE_DEPTH + 1]; /* the headings' own levels */
    unsigned depth;
} outline;

static void add_destination(pdf *p, HPDF_Dict entry, HPDF_Dict page, zp_len x, zp_len y)
{
    HPDF_Array destination = HPDF_Array_New(p->haru->mmgr);
    HPDF_Array_Add(destination, page);
    HPDF_Array_AddName(destination, "XYZ");
    HPDF_Array_AddReal(destination, (HPDF_REAL)zp_milli(x) / 1000);
    HPDF_Array_AddReal(destination, (HPDF_REAL)zp_milli(y) / 1000);
    HPDF_Array_Add(destination, HPDF_Null_New(p->haru->mmgr));
    HPDF_Dict_Add(entry, "Dest", destination);
}

/* An entry under the nearest one before it of a lesser level. */
static void add_outline_entry(pdf *p, outline *o, const zp_item *anchor, const zp_page *page,
                              HPDF_Dict page_dict)
{
    if (!o->open[0]) {
        o->open[0] = new_dict(p);
        HPDF_Dict_AddName(o->open[0], "Type", "Outlines");
    }
    while (o->depth > 0 && o->levels[o->depth] >= anchor->anchor.level)
        o->depth--;
    if (o->depth == OUTLINE_DEPTH)
        o->depth--;
    HPDF_Dict entry = new_dict(p), parent = o->open[o->depth];
    HPDF_Dict_Add(entry, "Title", new_text(p, anchor->anchor.title));
    HPDF_Dict_Add(entry, "Parent", parent);
    add_destination(p, entry, page_dict, anchor->x, page->height - anchor->y);
    HPDF_Dict previous = o->last[o->depth];
    if (previous) {
        HPDF_Dict_Add(previous, "Next", entry);
        HPDF_Dict_Add(entry, "Prev", previous);
    } else {
        HPDF_Dict_Add(parent, "First", entry);
    }
    HPDF_Dict_Add(parent, "Last", entry);
    for (unsigned i = 0; i <= o->depth; i++) { /* all are open: Count is all below */
        HPDF_Number count = HPDF_Dict_GetItem(o->open[i], "Count", HPDF_OCLASS_NUMBER);
        if (count)
            count->value++;
        else
            HPDF_Dict_AddNumber(o->open[i], "Count", 1);
    }
    o->last[o->depth] = entry;
    o->depth++;
    o->open[o->depth] = entry;
    o->last[o->depth] = NULL;
    o->levels[o->depth] = anchor->anchor.level;
}

/* An annotation's place on its page. */
static void add_rectangle(pdf *p, HPDF_Dict annotation, const zp_link_area *area, zp_len height)
{
    const zp_len sides[4] = {area->left, height - area->bottom, area->right, height - area->top};
    HPDF_Array rectangle = HPDF_Array_New(p->haru->mmgr), border = HPDF_Array_New(p->haru->mmgr);
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddReal(rectangle, (HPDF_REAL)zp_milli(sides[i]) / 1000);
    for (int i = 0; i < 3; i++)
        HPDF_Array_AddNumber(border, 0);
    HPDF_Dict_Add(annotation, "Rect", rectangle);
    HPDF_Dict_Add(annotation, "Border", border);
}

/* The annotation is part of its page and of the link's element, and says in words where it leads
 * (ISO 14289-1, 7.18.5). */
static void enter_annotation(pdf *p, HPDF_Dict annotation, const zp_link_area *area)
{
    const zp_node *link = area->link;
    zp_str words = zp_node_text(p->arena, link->kind == ZP_NODE_ENTRY ? link->entry.heading : link);
    HPDF_Dict page = p->pages[area->page];
    HPDF_Array all = HPDF_Dict_GetItem(page, "Annots", HPDF_OCLASS_ARRAY);
    if (!all) {
        all = HPDF_Array_New(p->haru->mmgr);
        HPDF_Dict_Add(page, "Annots", all);
        HPDF_Dict_AddName(page, "Tabs", "S"); /* from one to the next as the structure has them */
    }
    HPDF_Array_Add(all, annotation);
    HPDF_Dict_Add(annotation, "Contents", new_text(p, words.n > 0 ? words : link->text));
    if (p->uses.tags)
        HPDF_Dict_AddNumber(
            annotation, "StructParent",
            (HPDF_INT32)zp_tags_annotate(p->uses.tags, link, area->page, number_of(annotation)));
}

/* An annotation over one area of a link (ISO 32000-1, 12.5.6.5). */
static void add_link(pdf *p, const zp_pages *pages, const zp_targets *targets,
                     const zp_link_area *area)
{
    const zp_target *target = zp_target_of(targets, area->link);
    if (!zp_target_leads(targets, area->link))
        return; /* nowhere: that has been said */
    HPDF_Dict annotation = new_dict(p);
    HPDF_Dict_AddName(annotation, "Type", "Annot");
    HPDF_Dict_AddName(annotation, "Subtype", "Link");
    HPDF_Dict_AddNumber(annotation, "F", 4); /* printed */
    add_rectangle(p, annotation, area, pages->pages[area->page].height);
    if (target) {
        add_destination(p, annotation, p->pages[target->page], target->x,
                        pages->pages[target->page].height - target->y);
    } else {
        HPDF_Dict action = HPDF_Dict_New(p->haru->mmgr);
        HPDF_Dict_AddName(action, "S", "URI");
        HPDF_Dict_Add(
            action, "URI",
            HPDF_String_New(p->haru->mmgr, zp_str_cstr(p->arena, area->link->text), NULL));
        HPDF_Dict_Add(annotation, "A", action);
    }
    enter_annotation(p, annotation, area);
}

static void add_outline(pdf *p, const zp_pages *pages)
{
    outline o = {0};
    for (size_t i = 0; i < pages->count; i++)
        for (size_t k = 0; k < pages->pages[i].count; k++)
            if (pages->pages[i].items[k].kind == ZP_ITEM_ANCHOR)
                add_outline_entry(p, &o, &pages->pages[i].items[k], &pages->pages[i], p->pages[i]);
    if (!o.open[0])
        return;
    HPDF_Dict_Add(p->haru->catalog, "Outlines", o.open[0]);
    HPDF_Dict_AddName(p->haru->catalog, "PageMode", "UseOutlines");
}

/* A run of pages from `first` on is numbered from 1, in a style of its own. */
static void add_label(pdf *p, HPDF_Array numbers, size_t first, const char *style)
{
    HPDF_Dict label = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Dict_AddName(label, "S", style);
    HPDF_Array_AddNumber(numbers, (HPDF_INT32)first);
    HPDF_Array_Add(numbers, label);
}

/* Pages are called by the numbers that they bear; cover and table of contents, which bear none, i,
 * ii and so on (ISO 32000-1, 12.4.2). */
static void add_labels(pdf *p, const zp_pages *pages)
{
    HPDF_Array numbers = HPDF_Array_New(p->haru->mmgr);
    HPDF_Dict labels = HPDF_Dict_New(p->haru->mmgr);
    size_t front = 0;
    while (front < pages->count && pages->pages[front].number == 0)
        front++;
    if (front > 0)
        add_label(p, numbers, 0, "r");
    if (front < pages->count)
        add_label(p, numbers, front, "D");
    HPDF_Dict_Add(labels, "Nums", numbers);
    HPDF_Dict_Add(p->haru->catalog, "PageLabels", labels);
}

static void add_pages(pdf *p, const zp_pages *pages)
{
    size_t count;
    const zp_link_area *areas = zp_link_areas(p->arena, pages, &count);
    zp_targets targets = zp_targets_find(p->arena, pages, areas, count);
    if (zp_standard_is_tagged(p->options->standard))
        p->uses.tags =
            zp_tags_new(p->arena, &targets, pages->count, p->options->standard->part == 1);
    p->pages = zp_new_array(p->arena, HPDF_Dict, pages->count);
    for (size_t i = 0; i < pages->count; i++)
        p->pages[i] = add_page(p, &pages->pages[i], i);
    for (size_t i = 0; i < count; i++)
        add_link(p, pages, &targets, &areas[i]);
    add_outline(p, pages);
    add_labels(p, pages);
    if (!p->uses.tags)
        return;
    zp_tags_finish(p->uses.tags);
    p->structure = new_dict(p);
}

/* ---- fonts ---- */

/* Widths other than an em, in runs of consecutive CIDs (ISO 32000-1, 9.7.4.3). */
static void add_widths(pdf *p, HPDF_Dict font, const zp_embed *embed)
{
    HPDF_Array widths = HPDF_Array_New(p->haru->mmgr), run = NULL;
    unsigned next = 0;
    for (size_t i = 0; i < embed->count; i++) {
        const zp_embed_glyph *glyph = &embed->glyphs[i];
        if (glyph->width == 1000)
            continue;
        if (!run || glyph->cid != next) {
            HPDF_Array_AddNumber(widths, glyph->cid);
            run = HPDF_Array_New(p->haru->mmgr);
            HPDF_Array_Add(widths, run);
        }
        HPDF_Array_AddNumber(run, glyph->width);
        next = glyph->cid + 1u;
    }
    HPDF_Dict_AddNumber(font, "DW", 1000);
    HPDF_Dict_Add(font, "W", widths);
}

static HPDF_Dict new_descriptor(pdf *p, const zp_embed *embed, const char *name)
{
    const zp_font_facts *facts = zp_font_facts_of(embed->font);
    HPDF_Dict program = new_stream(p, embed->program, ZP_EFFORT_FONT);
    if (facts->cff)
        HPDF_Dict_AddName(program, "Subtype", "CIDFontType0C");
    else
        HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)embed->program.n);
    HPDF_Dict descriptor = new_dict(p);
    HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor");
    HPDF_Dict_AddName(descriptor, "FontName", name);
    HPDF_Dict_AddNumber(descriptor, "Flags", 4); /* symbolic: not the standard Latin set */
    HPDF_Array box = HPDF_Array_New(p->haru->mmgr);
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddNumber(box, facts->box[i]);
    HPDF_Dict_Add(descriptor, "FontBBox", box);
    HPDF_Dict_AddNumber(descriptor, "ItalicAngle", 0);
    HPDF_Dict_AddNumber(descriptor, "Ascent", facts->ascent);
    HPDF_Dict_AddNumber(descriptor, "Descent", facts->descent);
    HPDF_Dict_AddNumber(descriptor, "CapHeight", facts->cap_height);
    HPDF_Dict_AddNumber(descriptor, "StemV", facts->stem);
    HPDF_Dict_Add(descriptor, facts->cff ? "FontFile3" : "FontFile2", program);
    if (p->options->standard->part == 1) /* later parts do without, and want it exact if at all */
        HPDF_Dict_Add(descriptor, "CIDSet", new_stream(p, zp_embed_cid_set(embed), ZP_EFFORT_TEXT));
    return descriptor;
}

static HPDF_Dict new_descendant(pdf *p, const zp_embed *embed, const char *name)
{
    bool cff = zp_font_facts_of(embed->font)->cff;
    HPDF_Dict font = new_dict(p);
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", cff ? "CIDFontType0" : "CIDFontType2");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict system = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Dict_Add(system, "Registry", HPDF_String_New(p->haru->mmgr, "Adobe", NULL));
    HPDF_Dict_Add(system, "Ordering", HPDF_String_New(p->haru->mmgr, "Identity", NULL));
    HPDF_Dict_AddNumber(system, "Supplement", 0);
    HPDF_Dict_Add(font, "CIDSystemInfo", system);
    HPDF_Dict_Add(font, "FontDescriptor", new_descriptor(p, embed, name));
    add_widths(p, font, embed);
    if (!cff)
        HPDF_Dict_AddName(font, "CIDToGIDMap", "Identity");
    return font;
}

static void add_font(pdf *p, const zp_embed *embed)
{
    const char *name = zp_str_cstr(p->arena, zp_embed_name(embed));
    HPDF_Dict font = new_dict(p);
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    HPDF_Array descendants = HPDF_Array_New(p->haru->mmgr);
    HPDF_Array_Add(descendants, new_descendant(p, embed, name));
    HPDF_Dict_Add(font, "DescendantFonts", descendants);
    HPDF_Dict_Add(font, "ToUnicode", new_stream(p, zp_embed_to_unicode(embed), ZP_EFFORT_TEXT));
    zp_str key = zp_str_format(p->arena, "F%u", zp_font_index(embed->font));
    HPDF_Dict_Add(p->fonts, zp_str_cstr(p->arena, key), font);
}

static void add_fonts(pdf *p)
{
    for (unsigned i = 0; i < ZP_FONT_MAX; i++)
        if (p->uses.embeds[i])
            add_font(p, p->uses.embeds[i]);
}

/* ---- pictures ---- */

/* A PNG's samples, compressed; with the scratch memory they came through given back. */
static zp_str pack_samples(pdf *p, const zp_picture *picture)
{
    zp_arena *scratch = zp_arena_new();
    zp_str samples, packed = {0};
    if (zp_picture_decode(scratch, picture, &samples))
        packed = zp_str_copy(p->arena, zp_deflate(scratch, p->deflater, samples, ZP_EFFORT_TEXT));
    zp_arena_free(scratch);
    return packed;
}

/* A JPEG's file goes in as it is: the reader decodes it. */
static HPDF_Dict new_image(pdf *p, const zp_picture *picture)
{
    bool jpeg = picture->kind == ZP_PICTURE_JPEG;
    zp_str bytes = jpeg ? picture->bytes : pack_samples(p, picture);
    HPDF_Dict image = new_packed_stream(p, bytes, jpeg ? "DCTDecode" : "FlateDecode");
    HPDF_Dict_AddName(image, "Type", "XObject");
    HPDF_Dict_AddName(image, "Subtype", "Image");
    HPDF_Dict_AddNumber(image, "Width", (HPDF_INT32)picture->width);
    HPDF_Dict_AddNumber(image, "Height", (HPDF_INT32)picture->height);
    HPDF_Dict_AddName(image, "ColorSpace", picture->gray ? "DeviceGray" : "DeviceRGB");
    HPDF_Dict_AddNumber(image, "BitsPerComponent", 8);
    digest(p, bytes);
    return image;
}

static void add_images(pdf *p)
{
    HPDF_Dict images = HPDF_Dict_New(p->haru->mmgr);
    for (unsigned i = 0; i < ZP_PICTURES_MAX; i++)
        if (p->uses.pictures[i]) {
            zp_str key = zp_str_format(p->arena, "I%u", i);
            HPDF_Dict_Add(images, zp_str_cstr(p->arena, key), new_image(p, p->uses.pictures[i]));
        }
    HPDF_Dict_Add(p->resources, "XObject", images);
}

/* ---- attached files ---- */

/* ISO 32000-1, 7.11.4; ISO 19005-3, 6.8. */
static HPDF_Dict new_attachment(pdf *p, const zp_pdf_attachment *attachment, zp_str date)
{
    HPDF_Dict stream = new_stream(p, attachment->bytes, ZP_EFFORT_TEXT);
    HPDF_Dict file = new_dict(p), embedded = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Dict parameters = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Dict_AddName(stream, "Type", "EmbeddedFile");
    HPDF_Dict_AddName(stream, "Subtype", attachment->mime);
    HPDF_Dict_AddNumber(parameters, "Size", (HPDF_INT32)attachment->bytes.n);
    HPDF_Dict_Add(parameters, "ModDate", new_text(p, date));
    HPDF_Dict_Add(stream, "Params", parameters);
    HPDF_Dict_AddName(file, "Type", "Filespec");
    HPDF_Dict_Add(file, "F", new_text(p, attachment->name));
    HPDF_Dict_Add(file, "UF", new_text(p, attachment->name));
    HPDF_Dict_AddName(file, "AFRelationship", attachment->source ? "Source" : "Data");
    HPDF_Dict_Add(embedded, "F", stream);
    HPDF_Dict_Add(embedded, "UF", stream);
    HPDF_Dict_Add(file, "EF", embedded);
    digest(p, attachment->name);
    digest(p, attachment->bytes);
    return file;
}

static void add_attachments(pdf *p, zp_str date)
{
    if (p->options->attachment_count == 0)
        return;
    HPDF_Array files = HPDF_Array_New(p->haru->mmgr), names = HPDF_Array_New(p->haru->mmgr);
    for (size_t i = 0; i < p->options->attachment_count; i++) {
        HPDF_Dict file = new_attachment(p, &p->options->attachments[i], date);
        HPDF_Array_Add(files, file);
        HPDF_Array_Add(names, new_text(p, zp_str_format(p->arena, "%06zu", i)));
        HPDF_Array_Add(names, file);
    }
    HPDF_Dict tree = HPDF_Dict_New(p->haru->mmgr), kinds = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Dict_Add(tree, "Names", names);
    HPDF_Dict_Add(kinds, "EmbeddedFiles", tree);
    HPDF_Dict_Add(p->haru->catalog, "Names", kinds);
    HPDF_Dict_Add(p->haru->catalog, "AF", files);
}

/* ---- document information ---- */

static void add_info(pdf *p, const char *key, zp_str value)
{
    if (value.n == 0)
        return;
    digest(p, value);
    HPDF_Dict_Add(p->haru->info, key, new_text(p, value));
}

/* The date in China's time, by a format that takes year, month, day, hour, minute, second. */
static zp_str print_date(zp_arena *arena, int64_t seconds, bool xmp)
{
    time_t shifted = (time_t)(seconds + CHINA_TIME);
    struct tm tm;
    if (!gmtime_r(&shifted, &tm))
        return (zp_str){0};
    int year = tm.tm_year + 1900, month = tm.tm_mon + 1;
    if (xmp)
        return zp_str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", year, month, tm.tm_mday,
                             tm.tm_hour, tm.tm_min, tm.tm_sec);
    return zp_str_format(arena, "D:%04d%02d%02d%02d%02d%02d+08'00'", year, month, tm.tm_mday,
                         tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* Uncompressed: to be found by those who know no PDF (ISO 19005-1, 6.7.2). */
static void add_metadata(pdf *p, const zp_xmp_facts *facts)
{
    zp_buf packet = {.arena = p->arena};
    zp_xmp_write(facts, &packet);
    HPDF_Dict metadata = new_packed_stream(p, zp_buf_str(&packet), NULL);
    HPDF_Dict_AddName(metadata, "Type", "Metadata");
    HPDF_Dict_AddName(metadata, "Subtype", "XML");
    HPDF_Dict_Add(p->haru->catalog, "Metadata", metadata);
    digest(p, zp_buf_str(&packet));
}

/* What colours mean (ISO 19005-1, 6.2.2). */
static void add_output_intent(pdf *p)
{
    HPDF_Dict profile = new_stream(p, zp_icc_srgb(p->arena), ZP_EFFORT_TEXT);
    HPDF_Dict_AddNumber(profile, "N", 3);
    HPDF_Dict intent = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Dict_AddName(intent, "Type", "OutputIntent");
    HPDF_Dict_AddName(intent, "S", "GTS_PDFA1");
    HPDF_Dict_Add(intent, "OutputConditionIdentifier", new_text(p, ZP_STR("sRGB IEC61966-2.1")));
    HPDF_Dict_Add(intent, "Info", new_text(p, ZP_STR("sRGB IEC61966-2.1")));
    HPDF_Dict_Add(intent, "DestOutputProfile", profile);
    HPDF_Array intents = HPDF_Array_New(p->haru->mmgr);
    HPDF_Array_Add(intents, intent);
    HPDF_Dict_Add(p->haru->catalog, "OutputIntents", intents);
}

static void add_promises(pdf *p, const zp_xmp_facts *facts)
{
    HPDF_Dict catalog = p->haru->catalog;
    if (facts->standard->part > 0 || facts->standard->accessible)
        add_metadata(p, facts);
    if (facts->standard->part > 0)
        add_output_intent(p);
    if (!p->structure)
        return;
    HPDF_Dict mark = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Dict_AddBoolean(mark, "Marked", HPDF_TRUE);
    HPDF_Dict_Add(catalog, "MarkInfo", mark);
    HPDF_Dict_Add(catalog, "StructTreeRoot", p->structure);
}

static void add_document(pdf *p, const zp_report *report)
{
    const zp_pdf_options *options = p->options;
    zp_str date = print_date(p->arena, options->date, false);
    const zp_xmp_facts facts = {
        .title = zp_textstring_clip(report->title),
        .author = zp_textstring_clip(report->department),
        .subject = zp_textstring_clip(report->subject),
        .creator = ZP_STR("ziping"),
        .producer = options->producer,
        .date = print_date(p->arena, options->date, true),
        .standard = options->standard,
    };
    add_info(p, "Title", facts.title);
    add_info(p, "Author", facts.author);
    add_info(p, "Subject", facts.subject);
    add_info(p, "Creator", facts.creator);
    add_info(p, "Producer", facts.producer);
    add_info(p, "CreationDate", date);
    add_info(p, "ModDate", date);
    HPDF_Dict catalog = p->haru->catalog;
    HPDF_Dict_Add(catalog, "Lang", HPDF_String_New(p->haru->mmgr, "zh-CN", NULL));
    HPDF_Dict preferences = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(catalog, "ViewerPreferences", preferences);
    add_attachments(p, date);
    add_promises(p, &facts);
}

/* ---- the file ---- */

static HPDF_STATUS append(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT count)
{
    zp_buf_add(stream->attr, (zp_str){(const char *)bytes, count});
    return HPDF_OK;
}

static zp_structure write_structure(pdf *p, size_t next)
{
    size_t count = p->uses.tags->page_count;
    size_t *pages = zp_new_array(p->arena, size_t, count);
    for (size_t i = 0; i < count; i++)
        pages[i] = number_of(p->pages[i]);
    const zp_structure_numbers numbers = {pages, number_of(p->structure), next};
    zp_structure structure = zp_structure_write(p->arena, p->uses.tags, &numbers);
    p->widest = structure.widest;
    for (size_t i = 0; i < structure.count; i++)
        digest(p, structure.objects[i]);
    return structure;
}

/* libharu's objects and the structure's behind them, by number. */
static const zp_pdf_object *list_objects(pdf *p, size_t *count)
{
    HPDF_List entries = p->haru->xref->entries;
    size_t own = entries->count;
    zp_structure structure = {0};
    if (p->structure)
        structure = write_structure(p, own);
    *count = own + structure.count;
    zp_pdf_object *objects = zp_new_array(p->arena, zp_pdf_object, *count);
    size_t *ends = zp_new_array(p->arena, size_t, own);
    zp_buf values = {.arena = p->arena};
    HPDF_Stream writer = HPDF_CallbackWriter_New(p->haru->mmgr, append, &values);
    zp_buf_reserve(&values, own * 256);
    for (size_t i = 1; i < own; i++) {
        HPDF_Obj_WriteValue(((HPDF_XrefEntry)entries->obj[i])->obj, writer, NULL);
        ends[i] = values.n;
    }
    for (size_t i = 1; i < own; i++) {
        objects[i].value = zp_str_slice(zp_buf_str(&values), ends[i - 1], ends[i]);
        if (i < p->stream_capacity)
            objects[i].stream = p->streams[i];
    }
    for (size_t i = 0; i < structure.count; i++)
        objects[own + i].value = structure.objects[i];
    if (p->structure)
        objects[number_of(p->structure)].value = structure.root;
    return objects;
}

static void write_file(pdf *p, zp_buf *out)
{
    zp_pdf_file file = {.version = p->options->standard->part == 1 ? "1.4" : "1.7",
                        .packed = p->options->standard->part != 1,
                        .root = number_of(p->haru->catalog),
                        .info = number_of(p->haru->info)};
    file.objects = list_objects(p, &file.count);
    HPDF_MD5Final(file.id, &p->digest);
    zp_pdffile_write(&file, p->deflater, out);
}

/* Whether the file is within what libharu and its standard can hold. */
static bool check_limits(const pdf *p, const zp_report *report, zp_diag *diag)
{
    HPDF_STATUS status = HPDF_GetError(p->haru);
    bool wide = p->options->standard->part == 1 && p->widest > ARRAY_MAX;
    if (status != HPDF_OK)
        zp_diag_add(diag, ZP_ERROR, "pdf-limit", zp_span_file(report->source), "请把报告分成几份",
                    "报告太大，写不成一个 PDF（libharu %04lX）", (unsigned long)status);
    else if (wide)
        zp_diag_add(diag, ZP_ERROR, "pdf-limit", zp_span_file(report->source),
                    "用 --pdf-standard a-2a+ua-1，或者把报告分成几份",
                    "PDF/A-1 里一张表最多 %d 行，一节最多这么多段", ARRAY_MAX);
    return status == HPDF_OK && !wide;
}

static bool make_file(pdf *p, const zp_report *report, const zp_pages *pages, zp_diag *diag,
                      zp_buf *out)
{
    HPDF_MD5Init(&p->digest);
    p->fonts = HPDF_Dict_New(p->haru->mmgr);
    p->resources = new_dict(p);
    HPDF_Dict_Add(p->resources, "Font", p->fonts);
    if (!zp_content_fonts(&p->uses, pages, diag))
        return false;
    add_pages(p, pages);
    add_images(p);
    add_fonts(p);
    add_document(p, report);
    write_file(p, out);
    return check_limits(p, report, diag);
}

bool zp_pdf_write(zp_arena *arena, const zp_report *report, const zp_pages *pages,
                  const zp_pdf_options *options, zp_diag *diag, zp_buf *out)
{
    haru_arena = arena;
    pdf p = {.arena = arena, .options = options, .uses = {.arena = arena}};
    p.haru = HPDF_NewEx(NULL, allocate, ignore_free, 0, NULL);
    p.deflater = zp_deflater_open(arena);
    bool good = make_file(&p, report, pages, diag, out);
    zp_deflater_close(p.deflater);
    HPDF_Free(p.haru);
    return good;
}
