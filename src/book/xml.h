/* xml.h: XML and HTML read as events, through libxml2.
 *
 * No DTD, no entities of the document's own, no network, no file: a document type declaration ends
 * the reading with `xml-dtd` (in HTML it says nothing, and is passed over). Names come without
 * their prefix. Nothing is kept, nothing recurses, and what libxml2 says goes nowhere else.
 */
#ifndef ZP_XML_H
#define ZP_XML_H

#include "base/diag.h"

enum {
    ZP_XML_DEPTH = 250,       /* elements in one another; libxml2's own limit is 256 */
    ZP_HTML_DEPTH = 1000,     /* pages that forget to close their elements get deep */
    ZP_XML_ATTRIBUTES = 200,  /* words of one tag: libxml2 compares each name with all others */
    ZP_XML_NAMESPACES = 1000, /* declared around one place: each prefix is looked for among them */
};

typedef struct {
    zp_str name, value; /* name without prefix; `prefix` apart */
    zp_str prefix;
} zp_xml_attribute;

/* What a reader wants to hear. Strings live only during the call. Returning false ends the reading.
 * Names of HTML elements and attributes are in lower case. All text is valid UTF-8.
 */
typedef struct {
    bool (*open)(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count);
    bool (*close)(void *user, zp_str name);
    bool (*text)(void *user, zp_str text); /* a run of text may come in pieces */
} zp_xml_events;

/* Reads all of `bytes` (`html`: leniently, as HTML). What is not UTF-8 is decoded by zp_source_read
 * first, whatever encoding the document says it has: those that say GB2312 hold characters that
 * only GB18030 has. False after an error (`bad-xml`, `xml-dtd`, `too-deep`; those of
 * zp_source_read) or when the reader ended it. `file` is the span for messages, as a whole file. */
bool zp_xml_read(zp_arena *arena, zp_span file, zp_str bytes, bool html,
                 const zp_xml_events *events, void *user, zp_diag *diag);

/* The value of the attribute `name`, whatever its prefix; empty when there is none. */
zp_str zp_xml_value(const zp_xml_attribute *attributes, size_t count, zp_str name);

#endif
