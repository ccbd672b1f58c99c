/* xmlwrite.c: calls in, an XML document's bytes out.
 *
 * libxml2's writer keeps the open elements and escapes; that it fails is only for want of memory,
 * since the calls come in the right order by construction.
 */
#include "book/xmlwrite.h"

#include <libxml/xmlwriter.h>
#include "base/utf8.h"

struct zp_xml_writer {
    zp_arena *arena;
    xmlBufferPtr buffer;
    xmlTextWriterPtr text;
    zp_buf scratch; /* one string at a time, with a NUL */
};

static void must(bool good)
{
    if (!good)
        zp_arena_exhausted();
}

/* XML 1.0, 2.2. */
static bool is_char(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' ||
           (code >= 0x20 && code != 0xFFFE && code != 0xFFFF);
}

static const xmlChar *clean(zp_xml_writer *w, zp_str text)
{
    w->scratch.n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        if (is_char(zp_utf8_next(text, &at)))
            zp_buf_add(&w->scratch, zp_str_slice(text, start, at));
    }
    zp_buf_byte(&w->scratch, '\0');
    return (const xmlChar *)w->scratch.p;
}

zp_xml_writer *zp_xml_begin(zp_arena *arena)
{
    zp_xml_writer *w = zp_new(arena, zp_xml_writer);
    w->arena = w->scratch.arena = arena;
    w->buffer = xmlBufferCreate();
    must(w->buffer != NULL);
    w->text = xmlNewTextWriterMemory(w->buffer, 0);
    must(w->text && xmlTextWriterStartDocument(w->text, NULL, "UTF-8", "yes") >= 0);
    return w;
}

void zp_xml_open(zp_xml_writer *w, const char *name)
{
    must(xmlTextWriterStartElement(w->text, (const xmlChar *)name) >= 0);
}

void zp_xml_set(zp_xml_writer *w, const char *name, zp_str value)
{
    must(xmlTextWriterWriteAttribute(w->text, (const xmlChar *)name, clean(w, value)) >= 0);
}

void zp_xml_set_int(zp_xml_writer *w, const char *name, int64_t value)
{
    zp_xml_set(w, name, zp_str_format(w->arena, "%lld", (long long)value));
}

void zp_xml_text(zp_xml_writer *w, zp_str text)
{
    must(xmlTextWriterWriteString(w->text, clean(w, text)) >= 0);
}

void zp_xml_close(zp_xml_writer *w)
{
    must(xmlTextWriterEndElement(w->text) >= 0);
}

void zp_xml_leaf(zp_xml_writer *w, const char *name, ...)
{
    va_list words;
    va_start(words, name);
    zp_xml_open(w, name);
    for (const char *key = va_arg(words, const char *); key; key = va_arg(words, const char *))
        zp_xml_set(w, key, zp_str_from(va_arg(words, const char *)));
    zp_xml_close(w);
    va_end(words);
}

zp_str zp_xml_end(zp_xml_writer *w)
{
    must(xmlTextWriterEndDocument(w->text) >= 0);
    xmlFreeTextWriter(w->text); /* flushes */
    zp_str whole = {(const char *)xmlBufferContent(w->buffer), (size_t)xmlBufferLength(w->buffer)};
    whole = zp_str_copy(w->arena, whole);
    xmlBufferFree(w->buffer);
    return whole;
}
