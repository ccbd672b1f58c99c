/* docxfile.h: the parts of a Word document and how they refer to one another (ECMA-376 Part 2).
 */
#ifndef ZP_DOCXFILE_H
#define ZP_DOCXFILE_H

#include "base/str.h"

/* Kinds of parts that the main part refers to. */
typedef enum {
    ZP_PART_STYLES,
    ZP_PART_SETTINGS,
    ZP_PART_FONTS,
    ZP_PART_FOOTNOTES,
    ZP_PART_HEADER,
    ZP_PART_FOOTER,
    ZP_PART_PICTURE,
    ZP_PART_LINK, /* no part: an address outside */
    ZP_PART_KINDS
} zp_part_kind;

/* Parts under construction. Zero it and set `arena` to begin. */
typedef struct zp_docx_part zp_docx_part;
typedef struct {
    zp_arena *arena;
    zp_docx_part *parts;
    size_t count, capacity;
} zp_docx_parts;

/* Another part; gives the number n of its relation, rIdn, in the main part. `name` is that within
 * word/, of a LINK the address. */
size_t zp_docx_part_add(zp_docx_parts *parts, zp_part_kind kind, zp_str name, zp_str bytes);

typedef struct {
    zp_str title, author, producer;
    int64_t date;
} zp_docx_facts;

/* Adds the package to `out`. The relations of links are those of the footnotes too. */
void zp_docx_parts_write(const zp_docx_parts *parts, zp_str document, const zp_docx_facts *facts,
                         zp_buf *out);

#endif
