/* docxmatter.h: what stands around the text of a Word document: cover, table of contents, the
 * elements of an official document, headers, footers and sections.
 */
#ifndef ZP_DOCXMATTER_H
#define ZP_DOCXMATTER_H

#include "write/docxtext.h"

/* Cover and table of contents, in a section of their own without page numbers; nothing when none is
 * asked for. */
void zp_docx_front(zp_docx *d);

/* 版头, title, 主送. */
void zp_docx_opening(zp_docx *d);

/* 附件说明, 落款, 附注. */
void zp_docx_closing(zp_docx *d);

/* A part 附件 begins. */
void zp_docx_attachment(zp_docx *d, const zp_node *heading);

/* 版记 at the foot of the last page, and, where the layout adds pages for it, those. */
void zp_docx_imprint(zp_docx *d);

/* Writes the parts that all sections share; before the first section ends. */
void zp_docx_header_parts(zp_docx *d);

typedef enum {
    ZP_SECTION_FRONT,
    ZP_SECTION_UPRIGHT,
    ZP_SECTION_TURNED,
    ZP_SECTION_BARE
} zp_section;

/* Ends a section of that kind: with a paragraph of its own, or (last) the document. */
void zp_docx_section(zp_docx *d, zp_section kind, bool last);

#endif
