/* docxfile.c: parts in, a package out: content types, relations, properties, the ZIP.
 */
#include "write/docxfile.h"

#include <time.h>
#include "book/xmlwrite.h"
#include "book/zipwrite.h"

#define OFFICE  "http://schemas.openxmlformats.org/officeDocument/2006/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORD    "application/vnd.openxmlformats-officedocument.wordprocessingml."

struct zp_docx_part {
    zp_part_kind kind;
    zp_str name, bytes;
};

/* Ends of the relation's type, and the part's type. */
static const struct {
    const char *relation, *type;
} kinds[] = {
    [ZP_PART_STYLES] = {"styles", WORD "styles+xml"},
    [ZP_PART_SETTINGS] = {"settings", WORD "settings+xml"},
    [ZP_PART_FONTS] = {"fontTable", WORD "fontTable+xml"},
    [ZP_PART_FOOTNOTES] = {"footnotes", WORD "footnotes+xml"},
    [ZP_PART_HEADER] = {"header", WORD "header+xml"},
    [ZP_PART_FOOTER] = {"footer", WORD "footer+xml"},
    [ZP_PART_PICTURE] = {"image", NULL}, /* by their endings */
    [ZP_PART_LINK] = {"hyperlink", NULL},
};

size_t zp_docx_part_add(zp_docx_parts *parts, zp_part_kind kind, zp_str name, zp_str bytes)
{
    zp_list_grow(parts->arena, parts->parts, parts->count, parts->capacity);
    parts->parts[parts->count++] = (zp_docx_part){kind, name, bytes};
    return parts->count;
}

static void put_type(zp_xml_writer *x, const char *part, const char *type)
{
    zp_xml_leaf(x, "Override", "PartName", part, "ContentType", type, NULL);
}

static zp_str content_types(const zp_docx_parts *parts)
{
    zp_xml_writer *x = zp_xml_begin(parts->arena);
    zp_xml_open(x, "Types");
    zp_xml_set(x, "xmlns", ZP_STR(PACKAGE "content-types"));
    static const char *const endings[][2] = {
        {"rels", "application/vnd.openxmlformats-package.relationships+xml"},
        {"xml", "application/xml"},
        {"png", "image/png"},
        {"jpeg", "image/jpeg"},
    };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        zp_xml_leaf(x, "Default", "Extension", endings[i][0], "ContentType", endings[i][1], NULL);
    put_type(x, "/word/document.xml", WORD "document.main+xml");
    put_type(x, "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    put_type(x, "/docProps/app.xml",
             "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    for (size_t i = 0; i < parts->count; i++) {
        const zp_docx_part *part = &parts->parts[i];
        if (kinds[part->kind].type)
            put_type(x,
                     zp_str_cstr(parts->arena,
                                 zp_str_format(parts->arena, "/word/%.*s", ZP_ARG(part->name))),
                     kinds[part->kind].type);
    }
    return zp_xml_end(x);
}

static void put_relation(zp_xml_writer *x, zp_arena *arena, size_t id, const char *type,
                         zp_str target, bool outside)
{
    zp_xml_open(x, "Relationship");
    zp_xml_set(x, "Id", zp_str_format(arena, "rId%zu", id));
    zp_xml_set(x, "Type", zp_str_from(type));
    zp_xml_set(x, "Target", target);
    if (outside)
        zp_xml_set(x, "TargetMode", ZP_STR("External"));
    zp_xml_close(x);
}

static zp_xml_writer *begin_relations(zp_arena *arena)
{
    zp_xml_writer *x = zp_xml_begin(arena);
    zp_xml_open(x, "Relationships");
    zp_xml_set(x, "xmlns", ZP_STR(PACKAGE "relationships"));
    return x;
}

/* Of the document, or (only links) of its footnotes. */
static zp_str relations(const zp_docx_parts *parts, bool links)
{
    zp_xml_writer *x = begin_relations(parts->arena);
    for (size_t i = 0; i < parts->count; i++) {
        const zp_docx_part *part = &parts->parts[i];
        bool link = part->kind == ZP_PART_LINK;
        zp_str type =
            zp_str_format(parts->arena, OFFICE "relationships/%s", kinds[part->kind].relation);
        if (link || !links)
            put_relation(x, parts->arena, i + 1, zp_str_cstr(parts->arena, type), part->name, link);
    }
    return zp_xml_end(x);
}

static zp_str package_relations(zp_arena *arena)
{
    zp_xml_writer *x = begin_relations(arena);
    put_relation(x, arena, 1, OFFICE "relationships/officeDocument", ZP_STR("word/document.xml"),
                 false);
    put_relation(x, arena, 2, PACKAGE "relationships/metadata/core-properties",
                 ZP_STR("docProps/core.xml"), false);
    put_relation(x, arena, 3, OFFICE "relationships/extended-properties",
                 ZP_STR("docProps/app.xml"), false);
    return zp_xml_end(x);
}

/* ---- properties ---- */

static void put_property(zp_xml_writer *x, const char *name, zp_str value)
{
    zp_xml_open(x, name);
    zp_xml_text(x, value);
    zp_xml_close(x);
}

static void put_moment(zp_xml_writer *x, const char *name, zp_str moment)
{
    zp_xml_open(x, name);
    zp_xml_set(x, "xsi:type", ZP_STR("dcterms:W3CDTF"));
    zp_xml_text(x, moment);
    zp_xml_close(x);
}

static zp_str core_properties(zp_arena *arena, const zp_docx_facts *facts)
{
    time_t date = (time_t)facts->date;
    struct tm utc;
    gmtime_r(&date, &utc);
    zp_str moment = zp_str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", utc.tm_year + 1900,
                                  utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
    zp_xml_writer *x = zp_xml_begin(arena);
    zp_xml_open(x, "cp:coreProperties");
    zp_xml_set(x, "xmlns:cp", ZP_STR(PACKAGE "metadata/core-properties"));
    zp_xml_set(x, "xmlns:dc", ZP_STR("http://purl.org/dc/elements/1.1/"));
    zp_xml_set(x, "xmlns:dcterms", ZP_STR("http://purl.org/dc/terms/"));
    zp_xml_set(x, "xmlns:xsi", ZP_STR("http://www.w3.org/2001/XMLSchema-instance"));
    put_property(x, "dc:title", facts->title);
    put_property(x, "dc:creator", facts->author);
    put_moment(x, "dcterms:created", moment);
    put_moment(x, "dcterms:modified", moment);
    return zp_xml_end(x);
}

static zp_str extended_properties(zp_arena *arena, const zp_docx_facts *facts)
{
    zp_xml_writer *x = zp_xml_begin(arena);
    zp_xml_open(x, "Properties");
    zp_xml_set(x, "xmlns", ZP_STR(OFFICE "extended-properties"));
    put_property(x, "Application", facts->producer);
    return zp_xml_end(x);
}

/* ---- the package ---- */

void zp_docx_parts_write(const zp_docx_parts *parts, zp_str document, const zp_docx_facts *facts,
                         zp_buf *out)
{
    zp_arena *arena = parts->arena;
    zp_zip_file *files = zp_new_array(arena, zp_zip_file, parts->count + 7);
    size_t count = 0;
    files[count++] = (zp_zip_file){ZP_STR("[Content_Types].xml"), content_types(parts), false};
    files[count++] = (zp_zip_file){ZP_STR("_rels/.rels"), package_relations(arena), false};
    files[count++] =
        (zp_zip_file){ZP_STR("docProps/core.xml"), core_properties(arena, facts), false};
    files[count++] =
        (zp_zip_file){ZP_STR("docProps/app.xml"), extended_properties(arena, facts), false};
    files[count++] = (zp_zip_file){ZP_STR("word/document.xml"), document, false};
    files[count++] =
        (zp_zip_file){ZP_STR("word/_rels/document.xml.rels"), relations(parts, false), false};
    for (size_t i = 0; i < parts->count; i++) {
        const zp_docx_part *part = &parts->parts[i];
        if (part->kind == ZP_PART_LINK)
            continue;
        files[count++] = (zp_zip_file){zp_str_format(arena, "word/%.*s", ZP_ARG(part->name)),
                                       part->bytes, part->kind == ZP_PART_PICTURE};
        if (part->kind == ZP_PART_FOOTNOTES)
            files[count++] = (zp_zip_file){ZP_STR("word/_rels/footnotes.xml.rels"),
                                           relations(parts, true), false};
    }
    zp_zip_write(arena, files, count, out);
}
