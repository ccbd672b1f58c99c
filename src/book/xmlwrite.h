/* xmlwrite.h: an XML document written element by element, through libxml2.
 *
 * Text and values are escaped; what XML 1.0 cannot hold (control characters, U+FFFE, U+FFFF) is
 * left out. No white space is added.
 */
#ifndef ZP_XMLWRITE_H
#define ZP_XMLWRITE_H

#include "base/str.h"

typedef struct zp_xml_writer zp_xml_writer;

/* A document that begins with its declaration. What libxml2 holds goes with zp_xml_end. */
zp_xml_writer *zp_xml_begin(zp_arena *arena);

/* An element is opened, given its attributes, then filled, then closed. Names are ours. */
void zp_xml_open(zp_xml_writer *writer, const char *name);
void zp_xml_set(zp_xml_writer *writer, const char *name, zp_str value);
void zp_xml_set_int(zp_xml_writer *writer, const char *name, int64_t value);
void zp_xml_text(zp_xml_writer *writer, zp_str text);
void zp_xml_close(zp_xml_writer *writer);

/* An element without content; then names and values of its attributes as C strings, and NULL. */
void zp_xml_leaf(zp_xml_writer *writer, const char *name, ...) __attribute__((sentinel));

/* The document, all its elements closed, in the arena. The writer is spent. */
zp_str zp_xml_end(zp_xml_writer *writer);

#endif
