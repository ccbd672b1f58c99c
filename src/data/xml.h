/* xml.h: XML and HTML read as events, through libxml2.
 *
 * No DTD, no entities of the document's own, no network, no file: a document type declaration ends
 * the reading with `xml-dtd`. Names come without their prefix.
 */
#ifndef ZP_XML_H
#define ZP_XML_H

#include "base/diag.h"

typedef struct {
    zp_str name, value; /* name without prefix; `prefix` apart */
    zp_str prefix;
} zp_xml_attribute;

/* What a reader wants to hear. Strings live only during the call. Returning false ends the reading.
 */
typedef struct {
    bool (*open)(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count);
    bool (*close)(void *user, zp_str name);
    bool (*text)(void *user, zp_str text); /* a run of text may come in pieces */
} zp_xml_events;

/* Reads all of `bytes` (`html`: leniently, as HTML). False after an error (`bad-xml`, `xml-dtd`,
 * `too-deep`) or when the reader ended it. `file` is what messages call it. */
bool zp_xml_read(zp_arena *arena, zp_span file, zp_str bytes, bool html,
                 const zp_xml_events *events, void *user, zp_diag *diag);

#endif
