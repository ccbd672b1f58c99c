/* docxfigure.h: pictures and charts of a Word document, as large as on our pages.
 */
#ifndef ZP_DOCXFIGURE_H
#define ZP_DOCXFIGURE_H

#include "write/docxtext.h"

void zp_docx_figure(zp_docx *d, const zp_node *figure);

#endif
