/* docxstyle.c: the template's styles in, styles.xml, fontTable.xml and settings.xml out.
 *
 * Word is strict about the order of elements. In w:pPr it is (17.3.1.26): pStyle keepNext keepLines
 * pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens
 * kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
 * snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
 * textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr. In w:rPr (17.3.2.28): rStyle
 * rFonts b i … snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect
 * bdr shd fitText vertAlign rtl cs em lang. In w:style (17.7.4.17): name aliases basedOn next link
 * … uiPriority … qFormat … pPr rPr tblPr.
 */
#include "write/docxstyle.h"

#include <string.h>

/* A font by the name offices know it by, and what else it is called where that one is not: for
 * 仿宋_GB2312 the system's own 仿宋, then free ones. */
static const struct {
    const char *name, *others, *panose;
} fonts[] = {
    [ZP_ROLE_FANGSONG] = {"仿宋_GB2312", "FangSong_GB2312,方正仿宋_GBK,仿宋,FangSong,FandolFang R",
                          "02010609030101010101"},
    [ZP_ROLE_KAITI] = {"楷体_GB2312", "KaiTi_GB2312,方正楷体_GBK,楷体,KaiTi,FandolKai",
                       "02010609030101010101"},
    [ZP_ROLE_HEITI] = {"黑体", "SimHei,方正黑体_GBK,Noto Sans CJK SC", "02010609060101010101"},
    [ZP_ROLE_XIAOBIAOSONG] = {"方正小标宋简体",
                              "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,STZhongsong,"
                              "Noto Serif CJK SC",
                              "02010601030101010101"},
    [ZP_ROLE_SONGTI] = {"宋体", "SimSun,方正书宋_GBK,Noto Serif CJK SC", "02010600030101010101"},
    [ZP_ROLE_LATIN] = {"Times New Roman", "Liberation Serif", "02020603050405020304"},
};

static const struct {
    const char *id, *name, *run_in; /* run_in: the style of characters linked with it */
    int outline;                    /* level from 1; 0: none */
    bool custom;                    /* no style that Word has itself */
} styles[] = {
    [ZP_STYLE_TITLE] = {"Title", "Title", NULL, 0, false},
    [ZP_STYLE_BODY] = {"BodyText", "Body Text", NULL, 0, false},
    [ZP_STYLE_HEADING2] = {"Heading1", "heading 1", "Heading1Char", 1, false},
    [ZP_STYLE_HEADING3] = {"Heading2", "heading 2", "Heading2Char", 2, false},
    [ZP_STYLE_HEADING4] = {"Heading3", "heading 3", "Heading3Char", 3, false},
    [ZP_STYLE_HEADING5] = {"Heading4", "heading 4", "Heading4Char", 4, false},
    [ZP_STYLE_QUOTE] = {"Quote", "Quote", NULL, 0, false},
    [ZP_STYLE_CODE] = {"HTMLPreformatted", "HTML Preformatted", NULL, 0, false},
    [ZP_STYLE_TABLE] = {"TableText", "公文表格", NULL, 0, true},
    [ZP_STYLE_TABLE_HEAD] = {"TableHead", "公文表头", NULL, 0, true},
    [ZP_STYLE_CAPTION] = {"Caption", "caption", NULL, 0, false},
    [ZP_STYLE_TABLE_NOTE] = {"TableNote", "公文表注", NULL, 0, true},
    [ZP_STYLE_NOTE] = {"FootnoteText", "footnote text", NULL, 0, false},
    [ZP_STYLE_LETTERHEAD] = {"Letterhead", "公文版头", NULL, 0, true},
    [ZP_STYLE_IMPRINT] = {"Imprint", "公文版记", NULL, 0, true},
    [ZP_STYLE_RUNNING_HEAD] = {"Header", "header", NULL, 0, false},
    [ZP_STYLE_PAGE_NUMBER] = {"Footer", "footer", NULL, 0, false},
};

enum {
    TABLE_LEADING = 140, /* of lines off the grid, in hundredths of the type; cells.c */
    NOTE_LEADING = 150,  /* note.c */
    NUMBER_LEADING = 125,
    LOWEST = 14, /* twips: the lowest line that Word sets */
};

const char *zp_docx_style(zp_style_name style)
{
    return styles[style].id;
}

const char *zp_docx_run_in_style(zp_style_name style)
{
    return styles[style].run_in;
}

/* ---- lengths ---- */

int32_t zp_docx_twips(zp_len length)
{
    return (int32_t)(((int64_t)length * 20 + (length < 0 ? -ZP_PT / 2 : ZP_PT / 2)) / ZP_PT);
}

/* Rounded down: lines that are higher by a hair leave the page one short. */
zp_len zp_docx_pitch(const zp_template *template)
{
    int64_t twips = (int64_t) template->page.body_height * 20 / template->page.lines / ZP_PT;
    return (zp_len)(twips * ZP_PT / 20);
}

zp_len zp_docx_cell(const zp_template *template, const zp_style *style)
{
    return style->grid ? template->page.body_width / template->page.cells : style->size;
}

/* The height of a line in a style: whole lines of the page in the text, less in tables and notes.
 */
static zp_len leading_of(const zp_template *template, zp_style_name name)
{
    zp_len size = template->styles[name].size, pitch = zp_docx_pitch(template);
    switch (name) {
    case ZP_STYLE_TABLE:
    case ZP_STYLE_TABLE_HEAD:
        return zp_len_scale(size, TABLE_LEADING, 100);
    case ZP_STYLE_CAPTION:
    case ZP_STYLE_TABLE_NOTE:
        return zp_len_scale(size, ZP_DOCX_CAPTION_LEADING, 100);
    case ZP_STYLE_NOTE:
        return zp_len_scale(size, NOTE_LEADING, 100);
    case ZP_STYLE_PAGE_NUMBER:
        return zp_len_scale(size, NUMBER_LEADING, 100);
    case ZP_STYLE_LETTERHEAD:
        return size;
    case ZP_STYLE_TITLE:
    case ZP_STYLE_BODY:
    case ZP_STYLE_HEADING2:
    case ZP_STYLE_HEADING3:
    case ZP_STYLE_HEADING4:
    case ZP_STYLE_HEADING5:
    case ZP_STYLE_QUOTE:
    case ZP_STYLE_CODE:
    case ZP_STYLE_IMPRINT:
    case ZP_STYLE_RUNNING_HEAD:
    case ZP_STYLE_COUNT:
        break;
    }
    return pitch * (1 + (size + size / 10 - 1) / pitch);
}

/* ---- properties ---- */

void zp_docx_fonts(zp_xml_writer *x, zp_role role, bool own_latin)
{
    const char *han = fonts[role].name;
    const char *latin = own_latin ? han : fonts[ZP_ROLE_LATIN].name;
    zp_xml_leaf(x, "w:rFonts", "w:ascii", latin, "w:eastAsia", han, "w:hAnsi", latin, "w:cs", latin,
                NULL);
}

static void put_value(zp_xml_writer *x, const char *name, const char *value)
{
    zp_xml_leaf(x, name, "w:val", value, NULL);
}

static void put_number(zp_xml_writer *x, const char *name, int64_t value)
{
    zp_xml_open(x, name);
    zp_xml_set_int(x, "w:val", value);
    zp_xml_close(x);
}

/* How much closer than their size characters stand to come out as the grid's cells, in twips,
 * rounded to the closer side and one more: a line must hold its 28 also where a reader rounds its
 * grid to less than the 版心. What is then left of the line is spread over it. */
static int64_t tracking(const zp_template *template, const zp_style *style)
{
    int64_t more = ((int64_t)zp_docx_cell(template, style) - style->size) * 20;
    return more < 0 ? (more - ZP_PT + 1) / ZP_PT - 1 : more / ZP_PT;
}

/* Size in half points. */
static void put_face(zp_xml_writer *x, const zp_template *template, const zp_style *style)
{
    zp_xml_open(x, "w:rPr");
    zp_docx_fonts(x, style->role, style->own_latin);
    put_value(x, "w:b", "0");
    put_value(x, "w:i", "0");
    put_value(x, "w:snapToGrid", "0");
    put_value(x, "w:color", "auto");
    put_number(x, "w:spacing", tracking(template, style));
    int64_t size = ((int64_t)style->size * 2 + ZP_PT / 2) / ZP_PT;
    put_number(x, "w:sz", size);
    put_number(x, "w:szCs", size);
    zp_xml_close(x);
}

static void put_spacing(zp_xml_writer *x, zp_len before, zp_len after, zp_len line)
{
    zp_xml_open(x, "w:spacing");
    zp_xml_set_int(x, "w:before", zp_docx_twips(before));
    zp_xml_set_int(x, "w:after", zp_docx_twips(after));
    zp_xml_set_int(x, "w:line", zp_docx_twips(line));
    zp_xml_set(x, "w:lineRule", ZP_STR("exact"));
    zp_xml_close(x);
}

static void put_indent(zp_xml_writer *x, const zp_template *template, const zp_style *style)
{
    zp_xml_open(x, "w:ind");
    zp_xml_set_int(x, "w:firstLineChars", style->indent * 100);
    zp_xml_set_int(x, "w:firstLine", zp_docx_twips(style->indent * zp_docx_cell(template, style)));
    zp_xml_close(x);
}

static const char *jc_of(zp_align align)
{
    static const char *const words[] = {[ZP_ALIGN_NONE] = "both",
                                        [ZP_ALIGN_LEFT] = "left",
                                        [ZP_ALIGN_CENTER] = "center",
                                        [ZP_ALIGN_RIGHT] = "right"};
    return words[align];
}

/* ---- styles ---- */

static void open_style(zp_xml_writer *x, const char *type, const char *id, const char *name,
                       bool custom)
{
    zp_xml_open(x, "w:style");
    zp_xml_set(x, "w:type", zp_str_from(type));
    if (custom)
        zp_xml_set(x, "w:customStyle", ZP_STR("1"));
    zp_xml_set(x, "w:styleId", zp_str_from(id));
    put_value(x, "w:name", name);
}

static void open_default(zp_xml_writer *x, const char *type, const char *id, const char *name)
{
    zp_xml_open(x, "w:style");
    zp_xml_set(x, "w:type", zp_str_from(type));
    zp_xml_set(x, "w:default", ZP_STR("1"));
    zp_xml_set(x, "w:styleId", zp_str_from(id));
    put_value(x, "w:name", name);
}

static void put_style(zp_xml_writer *x, const zp_template *template, zp_style_name name)
{
    const zp_style *style = &template->styles[name];
    zp_len pitch = zp_docx_pitch(template);
    open_style(x, "paragraph", styles[name].id, styles[name].name, styles[name].custom);
    put_value(x, "w:basedOn", "Normal");
    if (styles[name].outline > 0)
        put_value(x, "w:next", styles[ZP_STYLE_BODY].id);
    if (styles[name].run_in)
        put_value(x, "w:link", styles[name].run_in);
    zp_xml_leaf(x, "w:qFormat", NULL);
    zp_xml_open(x, "w:pPr");
    if (styles[name].outline > 0)
        zp_xml_leaf(x, "w:keepNext", NULL);
    put_spacing(x, style->before * pitch, style->after * pitch, leading_of(template, name));
    put_indent(x, template, style);
    put_value(x, "w:jc", jc_of(style->align));
    if (styles[name].outline > 0)
        put_number(x, "w:outlineLvl", styles[name].outline - 1);
    zp_xml_close(x);
    put_face(x, template, style);
    zp_xml_close(x);
    if (!styles[name].run_in)
        return;
    open_style(x, "character", styles[name].run_in, styles[name].run_in, true);
    put_value(x, "w:link", styles[name].id);
    put_face(x, template, style);
    zp_xml_close(x);
}

/* A style like another, but for its lines: first-line indent none, blank lines around. */
static void put_derived(zp_xml_writer *x, const zp_template *template, const char *id,
                        const char *name, zp_style_name from, int after, int outline)
{
    zp_len pitch = zp_docx_pitch(template);
    bool own = strcmp(id, ZP_DOCX_CONTENTS) != 0; /* Word has that one itself */
    open_style(x, "paragraph", id, name, own);
    put_value(x, "w:basedOn", styles[from].id);
    zp_xml_leaf(x, "w:qFormat", NULL);
    zp_xml_open(x, "w:pPr");
    put_spacing(x, 0, after * pitch, leading_of(template, from));
    zp_xml_leaf(x, "w:ind", "w:firstLineChars", "0", "w:firstLine", "0", NULL);
    put_number(x, "w:outlineLvl", outline > 0 ? outline - 1 : 9);
    zp_xml_close(x);
    zp_xml_close(x);
}

/* Entries of the table of contents: one level is two characters right of the other, the number at
 * the end of the line, after dots. */
static void put_contents_style(zp_xml_writer *x, const zp_template *template, int level)
{
    const zp_style *body = &template->styles[ZP_STYLE_BODY];
    char id[] = "TOC1", name[] = "toc 1";
    id[3] = (char)('0' + level);
    name[4] = (char)('0' + level);
    open_style(x, "paragraph", id, name, false);
    put_value(x, "w:basedOn", "Normal");
    zp_xml_open(x, "w:pPr");
    zp_xml_open(x, "w:tabs");
    zp_xml_open(x, "w:tab");
    zp_xml_set(x, "w:val", ZP_STR("right"));
    zp_xml_set(x, "w:leader", ZP_STR("middleDot"));
    zp_xml_set_int(x, "w:pos", zp_docx_twips(template->page.body_width));
    zp_xml_close(x);
    zp_xml_close(x);
    zp_xml_open(x, "w:ind");
    zp_xml_set_int(x, "w:left", zp_docx_twips((level - 1) * 2 * zp_docx_cell(template, body)));
    zp_xml_close(x);
    zp_xml_close(x);
    zp_xml_close(x);
}

/* **Strong** is 黑体 and *emphasis* 楷体, Latin as around it. */
static void put_emphasis(zp_xml_writer *x, const char *name, zp_role role)
{
    open_style(x, "character", name, name, false);
    zp_xml_leaf(x, "w:qFormat", NULL);
    zp_xml_open(x, "w:rPr");
    zp_xml_leaf(x, "w:rFonts", "w:eastAsia", fonts[role].name, NULL);
    put_value(x, "w:b", "0");
    put_value(x, "w:i", "0");
    zp_xml_close(x);
    zp_xml_close(x);
}

static void put_defaults(zp_xml_writer *x, const zp_template *template)
{
    zp_xml_open(x, "w:docDefaults");
    zp_xml_open(x, "w:rPrDefault");
    zp_xml_open(x, "w:rPr");
    zp_docx_fonts(x, template->styles[ZP_STYLE_BODY].role, false);
    int64_t size = ((int64_t) template->styles[ZP_STYLE_BODY].size * 2 + ZP_PT / 2) / ZP_PT;
    put_number(x, "w:sz", size);
    put_number(x, "w:szCs", size);
    zp_xml_leaf(x, "w:lang", "w:val", "en-US", "w:eastAsia", "zh-CN", "w:bidi", "ar-SA", NULL);
    zp_xml_close(x);
    zp_xml_close(x);
    zp_xml_open(x, "w:pPrDefault");
    zp_xml_open(x, "w:pPr");
    put_spacing(x, 0, 0, zp_docx_pitch(template));
    put_value(x, "w:jc", "both");
    zp_xml_close(x);
    zp_xml_close(x);
    zp_xml_close(x);
}

/* No paragraph of ours is Normal itself. It has the rules of all: a mark may hang at the end of a
 * line, as Word has it (ours give up their blank half instead, so that as many characters stand in
 * a line; LibreOffice 7.4 takes overflowPunct the wrong way round and hangs none, which is as well:
 * it loses some of those that hang), and is squeezed at its begin; no gap is added between Han and
 * Latin; indents and lines do not look at the grid. And it is what the grid of characters is
 * measured against. Its size is half a point below the cell's, because charSpace, which makes up
 * the rest, must not be negative: LibreOffice would take it for a positive one, and make its lines
 * narrower. */
zp_len zp_docx_normal_size(const zp_template *template)
{
    zp_len cell = template->page.body_width / template->page.cells;
    return cell / (ZP_PT / 2) * (ZP_PT / 2);
}

static void put_normal(zp_xml_writer *x, const zp_template *template)
{
    static const char *const rules[][2] = {
        {"w:overflowPunct", "1"}, {"w:topLinePunct", "1"},   {"w:autoSpaceDE", "0"},
        {"w:autoSpaceDN", "0"},   {"w:adjustRightInd", "0"}, {"w:snapToGrid", "0"},
    };
    int64_t size = zp_docx_normal_size(template) / (ZP_PT / 2);
    open_default(x, "paragraph", "Normal", "Normal");
    zp_xml_open(x, "w:pPr");
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        put_value(x, rules[i][0], rules[i][1]);
    zp_xml_close(x);
    zp_xml_open(x, "w:rPr");
    put_number(x, "w:sz", size);
    put_number(x, "w:szCs", size);
    zp_xml_close(x);
    zp_xml_close(x);
}

/* Styles that hold no text of the report. */
static void put_bare_styles(zp_xml_writer *x)
{
    open_style(x, "paragraph", ZP_DOCX_MARK, "公文分节", true);
    put_value(x, "w:basedOn", "Normal");
    zp_xml_open(x, "w:pPr");
    put_spacing(x, 0, 0, LOWEST * ZP_PT / 20);
    zp_xml_close(x);
    zp_xml_open(x, "w:rPr");
    put_value(x, "w:sz", "2");
    put_value(x, "w:szCs", "2");
    zp_xml_close(x);
    zp_xml_close(x);
    open_style(x, "paragraph", ZP_DOCX_PICTURE, "公文插图", true);
    put_value(x, "w:basedOn", "Normal");
    zp_xml_open(x, "w:pPr");
    zp_xml_leaf(x, "w:spacing", "w:line", "240", "w:lineRule", "auto", NULL);
    put_value(x, "w:jc", "center");
    zp_xml_close(x);
    zp_xml_open(x, "w:rPr");
    put_value(x, "w:sz", "2");
    put_value(x, "w:szCs", "2");
    zp_xml_close(x);
    zp_xml_close(x);
    open_style(x, "character", "FootnoteReference", "footnote reference", false);
    zp_xml_open(x, "w:rPr");
    put_value(x, "w:vertAlign", "superscript");
    zp_xml_close(x);
    zp_xml_close(x);
    open_default(x, "table", "TableNormal", "Normal Table");
    zp_xml_close(x);
}

zp_str zp_docx_styles(zp_arena *arena, const zp_template *template)
{
    zp_xml_writer *x = zp_xml_begin(arena);
    zp_xml_open(x, "w:styles");
    zp_xml_set(x, "xmlns:w", ZP_STR(ZP_DOCX_MAIN));
    put_defaults(x, template);
    put_normal(x, template);
    for (int name = 0; name < ZP_STYLE_COUNT; name++)
        put_style(x, template, (zp_style_name)name);
    put_derived(x, template, ZP_DOCX_FLUSH, "公文顶格", ZP_STYLE_BODY, 0, 0);
    put_derived(x, template, ZP_DOCX_LABEL, "公文附件标签", ZP_STYLE_HEADING2, 1, 0);
    put_derived(x, template, ZP_DOCX_PART, "公文附件标题", ZP_STYLE_TITLE, 1, 1);
    put_derived(x, template, ZP_DOCX_CONTENTS, "TOC Heading", ZP_STYLE_TITLE, 1, 0);
    put_contents_style(x, template, 1);
    put_contents_style(x, template, 2);
    put_emphasis(x, "Strong", ZP_ROLE_HEITI);
    put_emphasis(x, "Emphasis", ZP_ROLE_KAITI);
    put_bare_styles(x);
    return zp_xml_end(x);
}

/* ---- fonts and settings ---- */

zp_str zp_docx_font_table(zp_arena *arena)
{
    zp_xml_writer *x = zp_xml_begin(arena);
    zp_xml_open(x, "w:fonts");
    zp_xml_set(x, "xmlns:w", ZP_STR(ZP_DOCX_MAIN));
    for (int role = 0; role < ZP_ROLE_COUNT; role++) {
        zp_xml_open(x, "w:font");
        zp_xml_set(x, "w:name", zp_str_from(fonts[role].name));
        put_value(x, "w:altName", fonts[role].others);
        put_value(x, "w:panose1", fonts[role].panose);
        put_value(x, "w:charset", role == ZP_ROLE_LATIN ? "00" : "86"); /* GB 2312 */
        put_value(x, "w:family", role == ZP_ROLE_LATIN ? "roman" : "auto");
        put_value(x, "w:pitch", "variable");
        zp_xml_close(x);
    }
    return zp_xml_end(x);
}

/* 17.15.1: evenAndOddHeaders, then characterSpacingControl, footnotePr, compat. Footnotes -1 and 0
 * are the lines above them. compatibilityMode 15 is Word 2013 and later: a table begins at the
 * margin, not its text. */
zp_str zp_docx_settings(zp_arena *arena, bool notes)
{
    zp_xml_writer *x = zp_xml_begin(arena);
    zp_xml_open(x, "w:settings");
    zp_xml_set(x, "xmlns:w", ZP_STR(ZP_DOCX_MAIN));
    zp_xml_leaf(x, "w:evenAndOddHeaders", NULL);
    put_value(x, "w:characterSpacingControl", "compressPunctuation");
    if (notes) {
        zp_xml_open(x, "w:footnotePr");
        zp_xml_leaf(x, "w:footnote", "w:id", "-1", NULL);
        zp_xml_leaf(x, "w:footnote", "w:id", "0", NULL);
        zp_xml_close(x);
    }
    zp_xml_open(x, "w:compat");
    zp_xml_leaf(x, "w:compatSetting", "w:name", "compatibilityMode", "w:uri",
                "http://schemas.microsoft.com/office/word", "w:val", "15", NULL);
    zp_xml_close(x);
    return zp_xml_end(x);
}
