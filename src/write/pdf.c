/* pdf.c: pages in, PDF bytes out.
 *
 * The one idea: libharu is an object store. Dictionaries, arrays, strings and cross references are
 * libharu's and it writes each value; a stream's bytes never enter it (it would copy them a byte at
 * a time and deflate them slowly) but wait beside, already compressed, until their dictionary has
 * been written. libharu's allocator callback has no user pointer, so the document's arena is
 * reached through a thread-local variable; with an arena behind it libharu never sees an allocation
 * fail.
 */
#include "write/pdf.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_encrypt.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <libdeflate.h>
#include <string.h>
#include <time.h>
#include "base/utf8.h"
#include "write/content.h"
#include "write/target.h"

enum {
    /* libdeflate levels. Font programs hardly deflate: more effort wins a hundredth of their size.
     */
    LEVEL_FONT = 1,
    LEVEL_TEXT = 6,
    OUTLINE_DEPTH = 8,
    STRING_MAX = 32000, /* bytes of a text string; libharu stops at 65535 */
    CHINA_TIME = 8 * 3600,
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
    HPDF_Doc haru;
    zp_buf *out;
    zp_str *streams; /* by object number: compressed bytes; empty for what is no stream */
    size_t stream_capacity;
    struct libdeflate_compressor *text, *font;
    zp_content_uses uses;
    HPDF_Dict fonts; /* resource dictionary: name -> font */
    HPDF_Dict resources;
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

/* A stream object of bytes that `filter` unpacks. */
static HPDF_Dict new_packed_stream(pdf *p, zp_str packed, const char *filter)
{
    HPDF_Dict dict = new_dict(p);
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

static zp_str deflate(zp_arena *arena, zp_str bytes, struct libdeflate_compressor *compressor)
{
    size_t bound = libdeflate_zlib_compress_bound(compressor, bytes.n);
    char *packed = zp_arena_alloc(arena, bound);
    return (zp_str){packed, libdeflate_zlib_compress(compressor, bytes.p, bytes.n, packed, bound)};
}

/* A stream object of `bytes`, compressed. */
static HPDF_Dict new_stream(pdf *p, zp_str bytes, struct libdeflate_compressor *compressor)
{
    return new_packed_stream(p, deflate(p->arena, bytes, compressor), "FlateDecode");
}

static bool is_ascii(zp_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < 0x20 || text.p[i] > 0x7E)
            return false;
    return true;
}

/* A text string: ASCII, or UTF-16BE with its mark (ISO 32000-1, 7.9.2.2). */
static void *new_text(pdf *p, zp_str text)
{
    if (text.n > STRING_MAX)
        for (text.n = STRING_MAX; ((unsigned char)text.p[text.n] & 0xC0) == 0x80;)
            text.n--; /* to where a character begins */
    if (is_ascii(text))
        return HPDF_String_New(p->haru->mmgr, zp_str_cstr(p->arena, text), NULL);
    zp_buf utf16 = {.arena = p->arena};
    zp_buf_lit(&utf16, "\xFE\xFF");
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        uint32_t units[2] = {code, 0};
        if (code >= 0x10000) {
            units[0] = 0xD800 + ((code - 0x10000) >> 10);
            units[1] = 0xDC00 + ((code - 0x10000) & 0x3FF);
        }
        for (int k = 0; k < 2 && units[k]; k++) {
            zp_buf_byte(&utf16, (char)(units[k] >> 8));
            zp_buf_byte(&utf16, (char)(units[k] & 0xFF));
        }
    }
    return HPDF_Binary_New(p->haru->mmgr, (HPDF_BYTE *)utf16.p, (HPDF_UINT)utf16.n);
}

/* ---- pages and outline ---- */

static HPDF_Dict add_page(pdf *p, const zp_page *page)
{
    zp_str text = zp_content_write(&p->uses, page);
    HPDF_MD5Update(&p->digest, (const HPDF_BYTE *)text.p, (HPDF_UINT32)text.n);
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
    HPDF_Dict_Add(dict, "Contents", new_stream(p, text, p->text));
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

/* An annotation over one area of a link (ISO 32000-1, 12.5.6.5). */
static void add_link(pdf *p, const zp_pages *pages, const HPDF_Dict *dicts,
                     const zp_targets *targets, const zp_link_area *area)
{
    const zp_target *target = zp_target_of(targets, area->link->text);
    if (!target && zp_str_starts(area->link->text, ZP_STR("#")))
        return; /* leads nowhere: that has been said */
    zp_len height = pages->pages[area->page].height;
    const zp_len sides[4] = {area->left, height - area->bottom, area->right, height - area->top};
    HPDF_Dict annotation = new_dict(p);
    HPDF_Dict_AddName(annotation, "Type", "Annot");
    HPDF_Dict_AddName(annotation, "Subtype", "Link");
    HPDF_Dict_AddNumber(annotation, "F", 4); /* printed */
    HPDF_Array rectangle = HPDF_Array_New(p->haru->mmgr), border = HPDF_Array_New(p->haru->mmgr);
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddReal(rectangle, (HPDF_REAL)zp_milli(sides[i]) / 1000);
    for (int i = 0; i < 3; i++)
        HPDF_Array_AddNumber(border, 0);
    HPDF_Dict_Add(annotation, "Rect", rectangle);
    HPDF_Dict_Add(annotation, "Border", border);
    if (target) {
        add_destination(p, annotation, dicts[target->page], target->x,
                        pages->pages[target->page].height - target->y);
    } else {
        HPDF_Dict action = HPDF_Dict_New(p->haru->mmgr);
        HPDF_Dict_AddName(action, "S", "URI");
        HPDF_Dict_Add(
            action, "URI",
            HPDF_String_New(p->haru->mmgr, zp_str_cstr(p->arena, area->link->text), NULL));
        HPDF_Dict_Add(annotation, "A", action);
    }
    HPDF_Array all = HPDF_Dict_GetItem(dicts[area->page], "Annots", HPDF_OCLASS_ARRAY);
    if (!all) {
        all = HPDF_Array_New(p->haru->mmgr);
        HPDF_Dict_Add(dicts[area->page], "Annots", all);
    }
    HPDF_Array_Add(all, annotation);
}

static void add_links(pdf *p, const zp_pages *pages, const HPDF_Dict *dicts)
{
    size_t count;
    const zp_link_area *areas = zp_link_areas(p->arena, pages, &count);
    zp_targets targets = zp_targets_find(p->arena, pages, areas, count);
    for (size_t i = 0; i < count; i++)
        add_link(p, pages, dicts, &targets, &areas[i]);
}

static void add_pages(pdf *p, const zp_pages *pages)
{
    HPDF_Dict *dicts = zp_new_array(p->arena, HPDF_Dict, pages->count);
    outline o = {0};
    for (size_t i = 0; i < pages->count; i++) {
        const zp_page *page = &pages->pages[i];
        dicts[i] = add_page(p, page);
        for (size_t k = 0; k < page->count; k++)
            if (page->items[k].kind == ZP_ITEM_ANCHOR)
                add_outline_entry(p, &o, &page->items[k], page, dicts[i]);
    }
    add_links(p, pages, dicts);
    if (o.open[0]) {
        HPDF_Dict_Add(p->haru->catalog, "Outlines", o.open[0]);
        HPDF_Dict_AddName(p->haru->catalog, "PageMode", "UseOutlines");
    }
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

static HPDF_Dict new_descriptor(pdf *p, const zp_embed *embed, const zp_embedded *embedded,
                                const char *name)
{
    const zp_font_facts *facts = zp_font_facts_of(embed->font);
    HPDF_Dict program = new_stream(p, embedded->program, p->font);
    if (facts->cff)
        HPDF_Dict_AddName(program, "Subtype", "CIDFontType0C");
    else
        HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)embedded->program.n);
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
    return descriptor;
}

static HPDF_Dict new_descendant(pdf *p, const zp_embed *embed, const zp_embedded *embedded,
                                const char *name)
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
    HPDF_Dict_Add(font, "FontDescriptor", new_descriptor(p, embed, embedded, name));
    add_widths(p, font, embed);
    if (!cff)
        HPDF_Dict_Add(font, "CIDToGIDMap", new_stream(p, embedded->cid_to_gid, p->text));
    return font;
}

static bool add_font(pdf *p, zp_embed *embed)
{
    zp_embedded embedded;
    if (!zp_embed_finish(embed, &embedded))
        return false;
    const char *name = zp_str_cstr(p->arena, embedded.name);
    HPDF_Dict font = new_dict(p);
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    HPDF_Array descendants = HPDF_Array_New(p->haru->mmgr);
    HPDF_Array_Add(descendants, new_descendant(p, embed, &embedded, name));
    HPDF_Dict_Add(font, "DescendantFonts", descendants);
    HPDF_Dict_Add(font, "ToUnicode", new_stream(p, embedded.to_unicode, p->text));
    zp_str key = zp_str_format(p->arena, "F%u", zp_font_index(embed->font));
    HPDF_Dict_Add(p->fonts, zp_str_cstr(p->arena, key), font);
    return true;
}

static bool add_fonts(pdf *p, zp_diag *diag)
{
    for (unsigned i = 0; i < ZP_FONT_MAX; i++)
        if (p->uses.embeds[i] && !add_font(p, p->uses.embeds[i])) {
            zp_diag_add(diag, ZP_ERROR, "font-damaged", (zp_span){0},
                        "请删除这个字体文件，再运行 ./setup 重新取得字体", "字体“%s”无法嵌入 PDF",
                        zp_font_facts_of(p->uses.embeds[i]->font)->name);
            return false;
        }
    return true;
}

/* ---- pictures ---- */

/* A PNG's samples, compressed; with the scratch memory they came through given back. */
static zp_str pack_samples(pdf *p, const zp_picture *picture)
{
    zp_arena *scratch = zp_arena_new();
    zp_str samples, packed = {0};
    if (zp_picture_decode(scratch, picture, &samples))
        packed = zp_str_copy(p->arena, deflate(scratch, samples, p->text));
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
    HPDF_MD5Update(&p->digest, (const HPDF_BYTE *)bytes.p, (HPDF_UINT32)bytes.n);
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

/* ---- document information ---- */

static void add_info(pdf *p, const char *key, zp_str value)
{
    if (value.n == 0)
        return;
    HPDF_MD5Update(&p->digest, (const HPDF_BYTE *)value.p, (HPDF_UINT32)value.n);
    HPDF_Dict_Add(p->haru->info, key, new_text(p, value));
}

static zp_str pdf_date(zp_arena *arena, int64_t seconds)
{
    time_t shifted = (time_t)(seconds + CHINA_TIME);
    struct tm tm;
    if (!gmtime_r(&shifted, &tm))
        return (zp_str){0};
    return zp_str_format(arena, "D:%04d%02d%02d%02d%02d%02d+08'00'", tm.tm_year + 1900,
                         tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void add_document(pdf *p, const zp_report *report, const zp_pdf_options *options)
{
    zp_str date = pdf_date(p->arena, options->date);
    add_info(p, "Title", report->title);
    add_info(p, "Author", report->department);
    add_info(p, "Subject", report->subject);
    add_info(p, "Creator", ZP_STR("ziping"));
    add_info(p, "Producer", options->producer);
    add_info(p, "CreationDate", date);
    add_info(p, "ModDate", date);
    HPDF_Dict catalog = p->haru->catalog;
    HPDF_Dict_Add(catalog, "Lang", HPDF_String_New(p->haru->mmgr, "zh-CN", NULL));
    HPDF_Dict preferences = HPDF_Dict_New(p->haru->mmgr);
    HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(catalog, "ViewerPreferences", preferences);

    HPDF_BYTE id[HPDF_MD5_KEY_LEN];
    HPDF_MD5Final(id, &p->digest);
    HPDF_Array ids = HPDF_Array_New(p->haru->mmgr);
    HPDF_Array_Add(ids, HPDF_Binary_New(p->haru->mmgr, id, sizeof id));
    HPDF_Array_Add(ids, HPDF_Binary_New(p->haru->mmgr, id, sizeof id));
    HPDF_Dict_Add(p->haru->trailer, "ID", ids);
    HPDF_Dict_Add(p->haru->trailer, "Root", catalog);
    HPDF_Dict_Add(p->haru->trailer, "Info", p->haru->info);
}

/* ---- the file ---- */

static HPDF_STATUS append(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT count)
{
    zp_buf_add(stream->attr, (zp_str){(const char *)bytes, count});
    return HPDF_OK;
}

/* One object: libharu writes the value, then the stream's bytes follow if it has any. */
static void write_object(pdf *p, HPDF_Stream writer, void *object)
{
    size_t number = number_of(object);
    zp_buf_uint(p->out, number);
    zp_buf_lit(p->out, " 0 obj\n");
    HPDF_Obj_WriteValue(object, writer, NULL);
    zp_str bytes = number < p->stream_capacity ? p->streams[number] : (zp_str){0};
    if (bytes.n > 0) {
        zp_buf_lit(p->out, "\nstream\n");
        zp_buf_add(p->out, bytes);
        zp_buf_lit(p->out, "\nendstream");
    }
    zp_buf_lit(p->out, "\nendobj\n");
}

/* Room for the whole file at once: what streams hold, and a guess for the rest. */
static void reserve_file(pdf *p, size_t objects)
{
    size_t total = objects * 256;
    for (size_t i = 0; i < p->stream_capacity; i++)
        total += p->streams[i].n;
    zp_buf_reserve(p->out, total);
}

static void write_file(pdf *p)
{
    HPDF_Stream writer = HPDF_CallbackWriter_New(p->haru->mmgr, append, p->out);
    HPDF_List entries = p->haru->xref->entries;
    reserve_file(p, entries->count);
    size_t *offsets = zp_new_array(p->arena, size_t, entries->count);
    zp_buf_lit(p->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    for (HPDF_UINT i = 1; i < entries->count; i++) {
        offsets[i] = p->out->n;
        write_object(p, writer, ((HPDF_XrefEntry)entries->obj[i])->obj);
    }
    size_t xref = p->out->n;
    zp_buf_format(p->out, "xref\n0 %u\n0000000000 65535 f\r\n", entries->count);
    for (HPDF_UINT i = 1; i < entries->count; i++)
        zp_buf_format(p->out, "%010zu 00000 n\r\n", offsets[i]);
    HPDF_Dict_AddNumber(p->haru->trailer, "Size", (HPDF_INT32)entries->count);
    zp_buf_lit(p->out, "trailer\n");
    HPDF_Obj_WriteValue(p->haru->trailer, writer, NULL);
    zp_buf_format(p->out, "\nstartxref\n%zu\n%%%%EOF\n", xref);
}

static bool make_file(pdf *p, const zp_report *report, const zp_pages *pages,
                      const zp_pdf_options *options, zp_diag *diag)
{
    HPDF_MD5Init(&p->digest);
    p->fonts = HPDF_Dict_New(p->haru->mmgr);
    p->resources = new_dict(p);
    HPDF_Dict_Add(p->resources, "Font", p->fonts);
    add_pages(p, pages);
    add_images(p);
    if (!add_fonts(p, diag))
        return false;
    add_document(p, report, options);
    write_file(p);
    HPDF_STATUS status = HPDF_GetError(p->haru);
    if (status != HPDF_OK)
        zp_diag_add(diag, ZP_ERROR, "pdf-limit", zp_span_file(report->source), "请把报告分成几份",
                    "报告太大，写不成一个 PDF（libharu %04lX）", (unsigned long)status);
    return status == HPDF_OK;
}

bool zp_pdf_write(zp_arena *arena, const zp_report *report, const zp_pages *pages,
                  const zp_pdf_options *options, zp_diag *diag, zp_buf *out)
{
    haru_arena = arena;
    pdf p = {.arena = arena, .out = out, .uses = {.arena = arena}};
    p.haru = HPDF_NewEx(NULL, allocate, ignore_free, 0, NULL);
    p.text = libdeflate_alloc_compressor(LEVEL_TEXT);
    p.font = libdeflate_alloc_compressor(LEVEL_FONT);
    bool good = p.haru && p.text && p.font && make_file(&p, report, pages, options, diag);
    libdeflate_free_compressor(p.text);
    libdeflate_free_compressor(p.font);
    if (p.haru)
        HPDF_Free(p.haru);
    return good;
}
