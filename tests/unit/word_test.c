/* word_test.c: Word documents written by hand, with the habits of WPS among them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/listing.h"
#include "doc/manuscript.h"
#include "pack.h"
#include "word/numeral.h"
#include "word/word.h"

#define W    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define STYLED(style, text)                                                                        \
    "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define LISTED(list, level, text)                                                                  \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" list                     \
    "\"/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(properties, text) "<w:tc><w:tcPr>" properties "</w:tcPr>" P(text) "</w:tc>"

static const char relations[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"r1\" Type=\"" TYPE "styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"r2\" Type=\"" TYPE "numbering\" Target=\"numbering.xml\"/>"
    "<Relationship Id=\"r3\" Type=\"" TYPE "footnotes\" Target=\"footnotes.xml\"/>"
    "<Relationship Id=\"r4\" Type=\"" TYPE "image\" Target=\"media/image1.png\"/>"
    "<Relationship Id=\"r5\" Type=\"" TYPE "header\" Target=\"header1.xml\"/>"
    "<Relationship Id=\"r6\" Type=\"" TYPE "image\" Target=\"https://example.org/a.png\" "
    "TargetMode=\"External\"/>"
    "</Relationships>";

static const char package_relations[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"r1\" Type=\"" TYPE "officeDocument\" Target=\"word/document.xml\"/>"
    "</Relationships>";

static const char styles[] =
    "<w:styles " W ">"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/>"
    "</w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/>"
    "<w:basedOn w:val=\"a\"/><w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 2\"/>"
    "<w:basedOn w:val=\"1\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"20\"><w:name w:val=\"own\"/>"
    "<w:basedOn w:val=\"2\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"t\"><w:name w:val=\"Title\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"toc1\"><w:name w:val=\"toc 1\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"ring\"><w:name w:val=\"ring\"/>"
    "<w:basedOn w:val=\"ring\"/></w:style>"
    "</w:styles>";

#define LEVEL(at, format, text, more)                                                              \
    "<w:lvl w:ilvl=\"" at "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format "\"/>" more         \
    "<w:lvlText w:val=\"" text "\"/></w:lvl>"

static const char numbering[] =
    "<w:numbering " W ">"
    "<w:abstractNum w:abstractNumId=\"0\">" LEVEL("0", "chineseCounting", "%1、",
                                                  "") LEVEL("1", "chineseCounting", "（%2）", "")
        LEVEL("2", "decimal", "%1.%3", "<w:isLgl/>") LEVEL(
            "3", "lowerLetter", "%4)",
            "<w:lvlRestart w:val=\"0\"/>") "</w:abstractNum>"
                                           "<w:abstractNum w:abstractNumId=\"1\">" LEVEL(
                                               "0", "bullet", "\xEF\x82\xB7",
                                               "") "</w:abstractNum>"
                                                   "<w:abstractNum "
                                                   "w:abstractNumId=\"2\"><w:numStyleLink "
                                                   "w:val=\"liststyle\"/></w:abstractNum>"
                                                   "<w:abstractNum "
                                                   "w:abstractNumId=\"3\"><w:styleLink "
                                                   "w:val=\"liststyle\"/>" LEVEL(
                                                       "0", "upperRoman", "%1",
                                                       "<w:pStyle w:val=\"1\"/>")
                                                       LEVEL(
                                                           "1", "decimal", "%2.",
                                                           "<w:pStyle w:val=\"2\"/>") "</"
                                                                                      "w:"
                                                                                      "abstractNum>"
                                                                                      "<w:num "
                                                                                      "w:numId="
                                                                                      "\"1\"><w:"
                                                                                      "abstractNumI"
                                                                                      "d "
                                                                                      "w:val=\"0\"/"
                                                                                      "></w:num>"
                                                                                      "<w:num "
                                                                                      "w:numId="
                                                                                      "\"2\"><w:"
                                                                                      "abstractNumI"
                                                                                      "d "
                                                                                      "w:val=\"0\"/"
                                                                                      "><w:"
                                                                                      "lvlOverride "
                                                                                      "w:ilvl="
                                                                                      "\"0\">"
                                                                                      "<w:"
                                                                                      "startOverrid"
                                                                                      "e "
                                                                                      "w:val=\"5\"/"
                                                                                      "></"
                                                                                      "w:"
                                                                                      "lvlOverride>"
                                                                                      "</w:num>"
                                                                                      "<w:num "
                                                                                      "w:numId="
                                                                                      "\"3\"><w:"
                                                                                      "abstractNumI"
                                                                                      "d "
                                                                                      "w:val=\"1\"/"
                                                                                      "></w:num>"
                                                                                      "<w:num "
                                                                                      "w:numId="
                                                                                      "\"4\"><w:"
                                                                                      "abstractNumI"
                                                                                      "d "
                                                                                      "w:val=\"2\"/"
                                                                                      "></w:num>"
                                                                                      "<w:num "
                                                                                      "w:numId="
                                                                                      "\"5\"><w:"
                                                                                      "abstractNumI"
                                                                                      "d "
                                                                                      "w:val=\"0\"/"
                                                                                      "><w:"
                                                                                      "lvlOverride "
                                                                                      "w:ilvl="
                                                                                      "\"0\""
                                                                                      ">" LEVEL(
                                                                                          "0",
                                                                                          "decimalE"
                                                                                          "nclosedC"
                                                                                          "ircle",
                                                                                          "%1",
                                                                                          "") "</"
                                                                                              "w:"
                                                                                              "lvlO"
                                                                                              "verr"
                                                                                              "ide>"
                                                                                              "</"
                                                                                              "w:"
                                                                                              "num>"
                                                                                              "</"
                                                                                              "w:"
                                                                                              "numb"
                                                                                              "erin"
                                                                                              "g>";

static const char footnotes[] =
    "<w:footnotes " W ">"
    "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>"
    "<w:footnote w:id=\"7\">" P("第七") "</w:footnote>"
                                        "<w:footnote w:id=\"3\">" P("第三")
                                            P("又一段") "</w:footnote>"
                                                        "</w:footnotes>";

static const char header[] = "<w:hdr " W ">" P("某某局文件") "</w:hdr>";

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_word *word;
} bench;

static int set_up(void **state)
{
    bench *b = malloc(sizeof *b);
    b->arena = zp_arena_new();
    b->diag = zp_diag_new(b->arena);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    zp_arena_free(b->arena);
    free(b);
    return 0;
}

static zp_str docx(bench *b, const char *body)
{
    zp_str document = zp_str_format(b->arena,
                                    "<?xml version=\"1.0\"?><w:document " W " " R
                                    " xmlns:a=\"a\" xmlns:mc=\"mc\" xmlns:v=\"v\"><w:body>%s"
                                    "</w:body></w:document>",
                                    body);
    const pack_file files[] = {
        {"[Content_Types].xml", ZP_STR("<Types/>")},
        {"_rels/.rels", zp_str_from(package_relations)},
        {"word/_rels/document.xml.rels", zp_str_from(relations)},
        {"word/document.xml", document},
        {"word/styles.xml", zp_str_from(styles)},
        {"word/numbering.xml", zp_str_from(numbering)},
        {"word/footnotes.xml", zp_str_from(footnotes)},
        {"word/header1.xml", zp_str_from(header)},
        {"word/media/image1.png", ZP_STR("\x89PNG")},
    };
    return pack(b->arena, files, sizeof files / sizeof *files);
}

static void read(bench *b, const char *body)
{
    b->word = zp_word_read(b->arena, ZP_STR("报告.docx"), docx(b, body), b->diag);
    if (!b->word) {
        zp_buf said = {.arena = b->arena};
        zp_diag_write_text(b->diag, false, &said);
        fail_msg("%.*s", ZP_ARG(zp_buf_str(&said)));
    }
}

static void assert_str(zp_str found, const char *wanted)
{
    if (!zp_str_eq(found, zp_str_from(wanted)))
        fail_msg("“%.*s” is not “%s”", ZP_ARG(found), wanted);
}

/* The texts of the paragraphs, a / behind each. */
static void assert_texts(bench *b, const char *wanted)
{
    zp_buf out = {.arena = b->arena};
    for (size_t i = 0; i < b->word->block_count; i++) {
        zp_buf_add(&out, b->word->blocks[i].text);
        zp_buf_byte(&out, '/');
    }
    assert_str(zp_buf_str(&out), wanted);
}

/* A table as row,column,rows,columns=text; in reading order. */
static void assert_cells(bench *b, size_t block, const char *wanted)
{
    zp_buf out = {.arena = b->arena};
    const zp_sheet *sheet = b->word->blocks[block].sheet;
    assert_non_null(sheet);
    for (size_t i = 0; i < sheet->count; i++) {
        const zp_cell *c = &sheet->cells[i];
        zp_buf_format(&out, "%u,%u,%u,%u=%.*s;", c->row, c->column, c->rows, c->columns,
                      ZP_ARG(c->text));
    }
    assert_str(zp_buf_str(&out), wanted);
}

static size_t count_id(const bench *b, const char *id)
{
    size_t count, found = 0;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    for (size_t i = 0; i < count; i++)
        found += strcmp(messages[i].id, id) == 0;
    return found;
}

static void assert_markdown(bench *b, const char *wanted)
{
    const zp_source *source = zp_manuscript_write(b->arena, b->word);
    assert_str(zp_str_trim(source->text), wanted);
}

/* --- Paragraphs ------------------------------------------------------------------------------- */

static void test_text(void **state)
{
    bench *b = *state;
    read(b, "<w:p><w:r><w:t>预算</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 数 </w:t></w:r>"
            "<w:r><w:tab/><w:t>\n  甲&amp;乙 </w:t><w:br/><w:t>次行</w:t>"
            "<w:br w:type=\"page\"/><w:noBreakHyphen/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/>"
            "<w:sym w:font=\"x\" w:char=\"F001\"/></w:r></w:p><w:p/>" P("　") P("末段"));
    assert_texts(b, "预算 数  甲&乙\n次行-☑〓/末段/");
    assert_int_equal(count_id(b, "word-symbol"), 1);
    assert_markdown(b, "# 预算 数  甲&乙次行-☑〓\n\n末段");
}

/* WPS names theme fonts in every run, and leaves runs without text. */
static void test_wps_runs(void **state)
{
    bench *b = *state;
    read(b, "<w:p><w:pPr><w:rPr><w:rFonts w:asciiTheme=\"minorEastAsia\"/></w:rPr></w:pPr>"
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\" w:eastAsiaTheme=\"minorEastAsia\"/>"
            "<w:lang w:val=\"en-US\"/></w:rPr><w:t>支</w:t></w:r><w:r><w:rPr/></w:r>"
            "<w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"0\"/>"
            "<w:r><w:rPr><w:rFonts w:asciiTheme=\"minorHAnsi\"/></w:rPr><w:t/></w:r>"
            "<w:r><w:t>出</w:t></w:r></w:p>");
    assert_texts(b, "支出/");
}

static void test_content_controls(void **state)
{
    bench *b = *state;
    read(b,
         "<w:sdt><w:sdtPr><w:alias w:val=\"单位\"/><w:text/></w:sdtPr><w:sdtContent>"
         "<w:p><w:r><w:t>外</w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>内</w:t></w:r>"
         "</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
         "<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>" TC(
             "", "甲") "</w:sdtContent></w:sdt>" TC("",
                                                    "乙") "</w:tr></w:sdtContent></w:sdt></w:tbl>");
    assert_texts(b, "外内//");
    assert_cells(b, 1, "0,0,1,1=甲;0,1,1,1=乙;");
}

static void test_hidden(void **state)
{
    bench *b = *state;
    read(b, "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>见</w:t></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不见</w:t></w:r>"
            "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>也见</w:t></w:r></w:p>");
    assert_texts(b, "见也见/");
    assert_int_equal(count_id(b, "word-hidden"), 1);
}

static size_t told(bench *b, const char *id, const char *number)
{
    size_t count, found = 0;
    const zp_message *all = zp_diag_messages(b->diag, &count);
    for (size_t i = 0; i < count; i++)
        found += strcmp(all[i].id, id) == 0 &&
                 zp_str_find(all[i].message, zp_str_from(number), 0) < all[i].message.n;
    return found;
}

/* Runs that look otherwise and have text; not a paragraph's end, and not what is switched off. */
static void test_looks_that_are_lost(void **state)
{
    bench *b = *state;
    read(b, "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:rPr><w:b/><w:i/></w:rPr><w:t>粗</w:t>"
            "<w:t>体</w:t></w:r><w:r><w:rPr><w:b w:val=\"0\"/><w:u w:val=\"none\"/></w:rPr>"
            "<w:t>常</w:t></w:r><w:r><w:rPr><w:u w:val=\"single\"/></w:rPr><w:t>线</w:t></w:r>"
            "<w:r><w:rPr><w:strike/></w:rPr><w:t> </w:t></w:r><w:r><w:t>m</w:t></w:r><w:r><w:rPr>"
            "<w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r></w:p>");
    assert_texts(b, "粗体常线m2/");
    assert_int_equal(told(b, "word-emphasis", "2 处"), 1);
    assert_int_equal(told(b, "word-raised", "1 处"), 1);
}

static void test_revisions(void **state)
{
    bench *b = *state;
    read(b,
         "<w:p><w:r><w:t>留</w:t></w:r><w:ins w:id=\"1\"><w:r><w:t>入</w:t></w:r></w:ins>"
         "<w:del w:id=\"2\"><w:r><w:delText>出</w:delText><w:t>出</w:t></w:r></w:del></w:p>"
         "<w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>" P(
             "后半") "<w:p><w:pPr><w:numPr><w:numId "
                     "w:val=\"0\"/></w:numPr><w:pPrChange><w:pPr><w:numPr>"
                     "<w:ilvl w:val=\"0\"/><w:numId "
                     "w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>"
                     "<w:r><w:t>无号</w:t></w:r></w:p>"
                     "<w:tbl><w:tr><w:trPr><w:del w:id=\"5\"/></w:trPr>" TC(
                         "", "删") "</w:tr><w:tr>" TC("", "在") "</w:tr></w:tbl>");
    assert_texts(b, "留入/前半后半/无号//");
    assert_cells(b, 3, "0,0,1,1=在;");
    assert_int_equal(count_id(b, "open-revisions"), 1);
}

static void test_fields(void **state)
{
    bench *b = *state;
    read(b,
         STYLED(
             "toc1",
             "一、概况\t1") "<w:p><w:r><w:fldChar "
                            "w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> TOC \\o "
                            "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
                            "<w:r><w:t>二、情况 3</w:t></w:r></w:p>" P("三、问题 5")
                                P("不是目录的话。") "<w:p><w:r><w:fldChar "
                                                    "w:fldCharType=\"end\"/></w:r></w:p>"
                                                    "<w:p><w:r><w:t>第</w:t></w:r><w:r><w:fldChar "
                                                    "w:fldCharType=\"begin\"/></w:r>"
                                                    "<w:r><w:instrText>REF "
                                                    "x</w:instrText><w:t>码</w:t></w:r>"
                                                    "<w:r><w:fldChar "
                                                    "w:fldCharType=\"separate\"/></"
                                                    "w:r><w:r><w:t>2</w:t></w:r>"
                                                    "<w:r><w:fldChar "
                                                    "w:fldCharType=\"end\"/></w:r><w:r><w:t>条</"
                                                    "w:t></w:r></w:p>");
    assert_texts(b, "不是目录的话。/第2条/");
    assert_int_equal(count_id(b, "word-contents"), 1);
}

/* --- Numbers ---------------------------------------------------------------------------------- */

static void test_lists(void **state)
{
    bench *b = *state;
    read(b, LISTED("1", "0", "甲") LISTED("1", "1", "乙") LISTED("1", "1", "丙")
                LISTED("1", "2", "丁") LISTED("1", "3", "戊") LISTED("1", "0", "己")
                    LISTED("1", "1", "庚") LISTED("1", "2", "辛") LISTED("1", "3", "壬")
                        LISTED("3", "0", "点") LISTED("99", "0", "无"));
    assert_texts(b, "一、甲/（一）乙/（二）丙/1.1 丁/a)戊/二、己/（一）庚/2.1 辛/b)壬/点/无/");
    assert_true(b->word->blocks[9].bullet);
}

static void test_overrides(void **state)
{
    bench *b = *state;
    read(b, LISTED("1", "0", "甲") LISTED("2", "0", "乙") LISTED("2", "0", "丙")
                LISTED("1", "0", "丁") LISTED("5", "0", "戊"));
    assert_texts(b, "一、甲/五、乙/六、丙/七、丁/⑧戊/");
}

/* Headings numbered by their styles, through a list style; 无 takes it back. */
static void test_style_lists(void **state)
{
    bench *b = *state;
    read(b, STYLED("1", "概况") STYLED("2", "职能")
                STYLED("20", "机构") "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:numId "
                                     "w:val=\"0\"/></w:numPr></w:pPr>"
                                     "<w:r><w:t>无号</w:t></w:r></w:p>" STYLED("1", "情况")
                                         STYLED("ring", "环"));
    assert_texts(b, "I 概况/1.职能/2.机构/无号/II 情况/环/");
    assert_int_equal(b->word->blocks[0].outline, 1);
    assert_int_equal(b->word->blocks[2].outline, 2);
}

static void test_numerals(void **state)
{
    bench *b = *state;
    static const struct {
        uint32_t number;
        const char *format, *text;
    } cases[] = {
        {10, "chineseCounting", "十"},
        {21, "chineseCounting", "二十一"},
        {105, "chineseCounting", "一百零五"},
        {110, "chineseCountingThousand", "一百一十"},
        {1010, "chineseCounting", "一千零一十"},
        {12, "chineseLegalSimplified", "壹拾贰"},
        {10, "ideographDigital", "一〇"},
        {4, "upperRoman", "IV"},
        {27, "lowerLetter", "aa"},
        {20, "decimalEnclosedCircle", "⑳"},
        {21, "decimalEnclosedCircle", "21"},
        {2, "ideographTraditional", "乙"},
        {7, "decimalZero", "07"},
        {7, "unheardOf", "7"},
        {12, "decimalFullWidth", "１２"},
        {3, "none", ""},
        {100000, "chineseCounting", "100000"},
        {0, "upperLetter", "0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_buf out = {.arena = b->arena};
        zp_word_numeral(cases[i].number, zp_str_from(cases[i].format), &out);
        assert_str(zp_buf_str(&out), cases[i].text);
    }
}

/* --- Tables ----------------------------------------------------------------------------------- */

#define DOWN(word) "<w:vMerge" word "/>"
#define WIDE(n)    "<w:gridSpan w:val=\"" n "\"/>"

static void test_joins(void **state)
{
    bench *b = *state;
    read(b, P("前") "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" TC(DOWN(" w:val=\"restart\""),
                                                                      "项目")
                TC(WIDE("2"), "金额") "</w:tr><w:tr>" TC(DOWN(""), "") TC("", "预算")
                    TC("", "执行") "</w:tr><w:tr>" TC(DOWN(" w:val=\"restart\""), "甲") TC("", "1")
                        TC("<w:hMerge w:val=\"restart\"/>", "2")
                            TC("<w:hMerge w:val=\"continue\"/>",
                               "余") "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/>"
                                     "</w:trPr>" TC("", "3") "</w:tr></w:tbl>");
    assert_cells(b, 1,
                 "0,0,2,1=项目;0,1,1,2=金额;1,1,1,1=预算;1,2,1,1=执行;2,0,1,1=甲;2,1,1,1=1;"
                 "2,2,1,2=2\n余;3,1,1,1=3;");
    assert_int_equal(b->word->blocks[1].head, 1);
    assert_markdown(b, "# 前\n\n| 项目 | 金额 | < |\n| --- | --- | --- |\n| ^ | 预算 | 执行 |\n"
                       "| 甲 | 1 | 2&#10;余 |\n|  | 3 |  |");
}

static void test_nested_table(void **state)
{
    bench *b = *state;
    read(b, "<w:tbl><w:tr><w:tc>" P("外") "<w:tbl><w:tr>" TC("", "甲")
                TC("", "乙") "</w:tr><w:tr>" TC("", "丙")
                    TC("", "丁") "</w:tr></w:tbl>" P("后") "</w:tc></w:tr></w:tbl>");
    assert_cells(b, 0, "0,0,1,1=外\n甲　乙\n丙　丁\n后;");
    assert_int_equal(count_id(b, "nested-table"), 1);
}

/* What stands right of the last column that there can be is added to it. */
static void test_wide_table(void **state)
{
    bench *b = *state;
    read(b, "<w:tbl><w:tr>" TC(WIDE("4000000000"), "宽") TC("", "外") "</w:tr></w:tbl>");
    assert_cells(b, 0, "0,0,1,200=宽\n外;");
}

/* --- Notes, boxes, pictures, edges ------------------------------------------------------------ */

#define NOTE(id) "<w:r><w:footnoteReference w:id=\"" id "\"/></w:r>"

static void test_notes(void **state)
{
    bench *b = *state;
    read(b, "<w:p><w:r><w:t>甲</w:t></w:r>" NOTE("3") "<w:r><w:t>乙</w:t></w:r>" NOTE("7") NOTE("3")
                NOTE("99") "</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r>" NOTE(
                    "7") "</w:p></w:tc></w:tr></w:tbl>");
    assert_int_equal(b->word->note_count, 2);
    assert_str(b->word->notes[0].text, "第三\n又一段");
    assert_cells(b, 1, "0,0,1,1=格（脚注：第七）;");
    assert_markdown(b,
                    "# 甲[^1]乙[^2][^1]\n\n| 格（脚注：第七） |\n| --- |\n\n\n[^1]: 第三 又一段\n\n"
                    "[^2]: 第七");
}

static void test_boxes(void **state)
{
    bench *b = *state;
    read(b, "<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>" P(
                "框") "</w:txbxContent></"
                      "mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" P(
                          "框") "</"
                                "w:"
                                "txbxConte"
                                "nt></"
                                "v:"
                                "textbox><"
                                "/w:pict><"
                                "/mc:"
                                "Fallback>"
                                "</"
                                "mc:"
                                "Alternate"
                                "Content><"
                                "/w:r>"
                                "<w:r><w:"
                                "t>后</"
                                "w:t></"
                                "w:r></"
                                "w:p>" P(
                                    "次") "<w:sectPr><w:headerReference r:id=\"r5\"/></w:sectPr>");
    assert_texts(b, "前后/框/次/");
    assert_int_equal(b->word->blocks[1].where, ZP_LINE_BOX);
    assert_int_equal(count_id(b, "word-box"), 1);
    assert_int_equal(count_id(b, "word-margin"), 1);
}

static void test_pictures(void **state)
{
    bench *b = *state;
    read(b, "<w:p><w:r><w:t>看图</w:t><w:drawing><wp:docPr xmlns:wp=\"x\" descr=\"楼]\"/>"
            "<a:blip r:embed=\"r4\"/></w:drawing></w:r></w:p><w:p><w:r><w:drawing>"
            "<a:blip r:embed=\"r6\"/></w:drawing><w:pict><v:imagedata r:id=\"r4\"/></w:pict></w:r>"
            "</w:p>");
    assert_int_equal(b->word->picture_count, 1);
    assert_int_equal(count_id(b, "word-picture"), 1); /* nothing is fetched */
    const zp_source *source = zp_manuscript_write(b->arena, b->word);
    assert_str(zp_str_trim(source->text),
               "# 看图\n\n![楼\\]](图片/image1.png)\n\n![楼\\]](图片/image1.png)");
    assert_int_equal(source->enclosed_count, 1);
    assert_str(source->enclosed[0].bytes, "\x89PNG");
}

/* --- Titles and headings ---------------------------------------------------------------------- */

#define CENTRED(text)                                                                              \
    "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"

static void test_title(void **state)
{
    bench *b = *state;
    read(
        b,
        P("附件2") CENTRED("2023年度某某局") CENTRED("整体支出绩效自评报告") CENTRED("2024年3月") P(
            "一、概况") "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>（一）职能</w:t>"
                        "</w:r></w:p>");
    assert_markdown(b, "附件2\n\n# 2023年度某某局整体支出绩效自评报告\n\n2024年3月\n\n一、概况\n\n"
                       "### （一）职能");
}

static void test_escapes(void **state)
{
    bench *b = *state;
    read(b, STYLED("t", "题") P("# 不是标题") P("{{占位}}") P("- 不是列表") P("1. 也不是")
                P("&lt;b&gt;*星*") P("　　缩进"));
    assert_markdown(b, "# 题\n\n\\# 不是标题\n\n\\{\\{占位}}\n\n\\- 不是列表\n\n1\\. 也不是\n\n"
                       "\\<b>\\*星\\*\n\n缩进");
}

/* --- Places ----------------------------------------------------------------------------------- */

static void test_places(void **state)
{
    bench *b = *state;
    read(b, P("甲") "<w:tbl><w:tr>" TC("", "a") TC("", "b") "</w:tr><w:tr>" TC("", "c")
                TC("", "支出") "</w:tr></w:tbl>" P("乙万元") "<w:p><w:r><w:t>丙</w:t></w:r>" NOTE(
                    "7") "</w:p>");
    const zp_source *source = zp_manuscript_write(b->arena, b->word);
    static const struct {
        const char *text, *words;
    } cases[] = {{"支出", "表1 B2"}, {"万元", "第2段"}, {"第七", "脚注1"}, {"a", "表1 A1"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str text = zp_str_from(cases[i].text);
        size_t at = zp_str_find(source->text, text, 0);
        zp_listed_place place = zp_listing_place(b->arena, zp_span_of(source, at, at + text.n));
        zp_buf words = {.arena = b->arena};
        zp_listed_words(&place, &words);
        assert_str(zp_buf_str(&words), cases[i].words);
        assert_str(zp_str_slice(place.span.source->text, place.span.start, place.span.end),
                   cases[i].text);
    }
    size_t at = zp_str_find(source->text, ZP_STR("支出"), 0);
    zp_diag *diag = zp_diag_new(b->arena);
    zp_diag_add(diag, ZP_WARNING, "x", zp_span_of(source, at, at + 6), NULL, "错");
    zp_buf json = {.arena = b->arena};
    zp_diag_write_json(diag, &json);
    assert_str(zp_str_trim(zp_buf_str(&json)),
               "{\"id\":\"x\",\"severity\":\"warning\",\"message\":\"错\",\"file\":\"报告.docx\","
               "\"table\":1,\"cell\":\"B2\"}");
}

/* --- Hostile files ---------------------------------------------------------------------------- */

static void refused(bench *b, zp_str bytes, const char *id)
{
    size_t before = count_id(b, id);
    assert_null(zp_word_read(b->arena, ZP_STR("坏.docx"), bytes, b->diag));
    assert_int_equal(count_id(b, id), before + 1);
}

static void test_hostile(void **state)
{
    bench *b = *state;
    const pack_file no_document[] = {{"_rels/.rels", zp_str_from(package_relations)}};
    refused(b, pack(b->arena, no_document, 1), "bad-word");
    const pack_file no_body[] = {{"word/document.xml", ZP_STR("<w:document xmlns:w=\"w\"/>")}};
    refused(b, pack(b->arena, no_body, 1), "bad-word");
    const pack_file outside[] = {
        {"_rels/.rels", ZP_STR("<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
                               "Target=\"../../etc/passwd\"/></Relationships>")}};
    refused(b, pack(b->arena, outside, 1), "bad-word");
    const pack_file entity[] = {
        {"word/document.xml", ZP_STR("<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                                     "<d>&e;</d>")}};
    refused(b, pack(b->arena, entity, 1), "xml-dtd");
    refused(b, ZP_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W.o.r.d"), "old-word");
    refused(b, ZP_STR("no zip at all"), "bad-zip");
    static const char encrypted[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
                                    "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    refused(b, (zp_str){encrypted, sizeof encrypted - 1}, "encrypted-word");
}

/* Content controls in one another without end. */
static void test_depth(void **state)
{
    bench *b = *state;
    zp_buf body = {.arena = b->arena};
    for (int i = 0; i < 100000; i++)
        zp_buf_lit(&body, "<w:sdt><w:sdtContent>");
    zp_buf_byte(&body, '\0');
    refused(b, docx(b, body.p), "too-deep");
}

static void test_long_table(void **state)
{
    bench *b = *state;
    zp_buf body = {.arena = b->arena};
    zp_buf_lit(&body, "<w:tbl>");
    for (int i = 0; i < 20000; i++)
        zp_buf_format(&body, "<w:tr>" TC("", "%d") TC("", "x") "</w:tr>", i);
    zp_buf_lit(&body, "</w:tbl>");
    zp_buf_byte(&body, '\0');
    read(b, body.p);
    assert_int_equal(b->word->blocks[0].sheet->count, 40000);
    assert_str(b->word->blocks[0].sheet->cells[39998].text, "19999");
}

/* Elements where they cannot stand. */
static void test_disorder(void **state)
{
    bench *b = *state;
    read(b, "<w:tc>" P("格") "</w:tc><w:tr>" P(
                "行") "</w:tr><w:t>字</w:t><w:r><w:t>散</w:t></w:r>"
                      "<w:tbl><w:tr><w:tr>" TC("", "甲") "</w:tr></w:tr>" P(
                          "表中") "</w:tbl>"
                                  "<w:p><w:p><w:r><w:t>里</w:t></w:r></w:p><w:r><w:t>外</w:t></"
                                  "w:r></w:p>"
                                  "<w:body>" P("又一体") "</w:body><w:txbxContent>" P(
                                      "框") "</w:txbxContent>");
    assert_true(b->word->block_count >= 6);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_text),
        TEST(test_wps_runs),
        TEST(test_content_controls),
        TEST(test_hidden),
        TEST(test_looks_that_are_lost),
        TEST(test_revisions),
        TEST(test_fields),
        TEST(test_lists),
        TEST(test_overrides),
        TEST(test_style_lists),
        TEST(test_numerals),
        TEST(test_joins),
        TEST(test_nested_table),
        TEST(test_wide_table),
        TEST(test_notes),
        TEST(test_boxes),
        TEST(test_pictures),
        TEST(test_title),
        TEST(test_escapes),
        TEST(test_places),
        TEST(test_hostile),
        TEST(test_depth),
        TEST(test_long_table),
        TEST(test_disorder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
