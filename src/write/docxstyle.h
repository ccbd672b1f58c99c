/* docxstyle.h: how a Word document looks: styles, fonts, settings.
 *
 * Every style of the template has its counterpart: Word's own where it has one (标题 1 is 一、), so
 * that its outline and table of contents know them, else one of ours.
 */
#ifndef ZP_DOCXSTYLE_H
#define ZP_DOCXSTYLE_H

#include "book/xmlwrite.h"
#include "doc/template.h"

/* Where everything of WordprocessingML stands; and relations from it. */
#define ZP_DOCX_MAIN      "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define ZP_DOCX_RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

enum {
    ZP_DOCX_CAPTION_LEADING = 160, /* of a table's caption and notes, in hundredths of the type */
    ZP_DOCX_SIGNING_LEADING = 240,
};

/* The id of a style of paragraphs; and that of the characters of a heading that runs in. */
const char *zp_docx_style(zp_style_name style);
const char *zp_docx_run_in_style(zp_style_name style);

/* Styles beside the template's. */
#define ZP_DOCX_FLUSH    "Flush"       /* body text without indent: 主送, 附件说明, 落款 */
#define ZP_DOCX_LABEL    "PartLabel"   /* 附件1 */
#define ZP_DOCX_PART     "PartTitle"   /* the title of an attached part */
#define ZP_DOCX_MARK     "SectionMark" /* a paragraph without words, as low as can be */
#define ZP_DOCX_CONTENTS "TOCHeading"  /* 目录 */
#define ZP_DOCX_TOC      "TOC"         /* TOC1, TOC2 */
#define ZP_DOCX_PICTURE  "PictureLine" /* holds a picture alone */

/* In twentieths of a point, rounded. */
int32_t zp_docx_twips(zp_len length);
zp_len zp_docx_pitch(const zp_template *template); /* of the page's lines, in whole twips */
zp_len zp_docx_cell(const zp_template *template, const zp_style *style);
zp_len zp_docx_normal_size(const zp_template *template); /* of the style Normal */

/* w:rFonts of a role; its own Latin too, or 西文's. */
void zp_docx_fonts(zp_xml_writer *x, zp_role role, bool own_latin);

/* The three parts. */
zp_str zp_docx_styles(zp_arena *arena, const zp_template *template);
zp_str zp_docx_font_table(zp_arena *arena);
zp_str zp_docx_settings(zp_arena *arena, bool notes);

#endif
