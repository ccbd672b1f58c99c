/* workbook_test.c: workbooks of all kinds as sheets; what is hostile, broken or too old. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include "book/workbook.h"
#include "pack.h"

#define MAIN     "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE   "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE  "http://schemas.openxmlformats.org/package/2006/relationships"
#define RELATION "<Relationships xmlns='" PACKAGE "'>"
#define ROOT_RELATIONS                                                                             \
    RELATION "<Relationship Id='r' Type='" OFFICE "/officeDocument' Target='xl/workbook.xml'/>"    \
             "</Relationships>"
#define BOOK_RELATIONS                                                                             \
    RELATION "<Relationship Id='r1' Type='" OFFICE "/worksheet' Target='worksheets/sheet1.xml'/>"  \
             "<Relationship Id='r2' Type='" OFFICE "/styles' Target='styles.xml'/>"                \
             "<Relationship Id='r3' Type='" OFFICE                                                 \
             "/sharedStrings' Target='/xl/sharedStrings.xml'/>"                                    \
             "</Relationships>"
#define BOOK(inside)  "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'>" inside "</workbook>"
#define ONE_SHEET     BOOK("<sheets><sheet name='预算' sheetId='1' r:id='r1'/></sheets>")
#define SHEET(inside) "<worksheet xmlns='" MAIN "'>" inside "</worksheet>"
#define DATA(inside)  SHEET("<sheetData>" inside "</sheetData>")
#define STYLES                                                                                     \
    "<styleSheet xmlns='" MAIN "'><numFmts count='2'>"                                             \
    "<numFmt numFmtId='176' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'/>"    \
    "<numFmt numFmtId='177' formatCode='0.00_ '/></numFmts>"                                       \
    "<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"                   \
    "<xf numFmtId='4'><alignment horizontal='right'/></xf><xf numFmtId='9'/>"                      \
    "<xf numFmtId='176'><alignment horizontal='center'/></xf><xf numFmtId='49'/>"                  \
    "<xf numFmtId='177'/><xf numFmtId='99999'/></cellXfs>"                                         \
    "<dxfs><dxf><numFmt numFmtId='177' formatCode='0'/></dxf></dxfs></styleSheet>"
#define STRINGS                                                                                    \
    "<sst xmlns='" MAIN "'><si><t>项目</t></si>"                                                 \
    "<si><r><rPr/><t>基本</t></r><r><t xml:space='preserve'> 支出</t></r>"                     \
    "<rPh sb='0' eb='1'><t>jiben</t></rPh><phoneticPr/></si>"                                      \
    "<si><t>  两边\n </t></si><si><t>一_x000D_\n二_x0041_</t></si><si><t/></si></sst>"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
} fixture;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    fixture *f = zp_new(arena, fixture);
    *f = (fixture){arena, zp_diag_new(arena)};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(((fixture *)*state)->arena);
    return 0;
}

/* --- Making and looking ---------------------------------------------------------------------- */

enum { PARTS = 7 };

/* A package of the given sheet; NULL for `book` is one sheet named 预算. */
static zp_str package(fixture *f, const char *book, zp_str sheet)
{
    const pack_file files[PARTS] = {
        {"[Content_Types].xml", ZP_STR("<Types/>")},
        {"_rels/.rels", ZP_STR(ROOT_RELATIONS)},
        {"xl/workbook.xml", zp_str_from(book ? book : ONE_SHEET)},
        {"xl/_rels/workbook.xml.rels", ZP_STR(BOOK_RELATIONS)},
        {"xl/styles.xml", ZP_STR(STYLES)},
        {"xl/sharedStrings.xml", ZP_STR(STRINGS)},
        {"xl/worksheets/sheet1.xml", sheet},
    };
    return pack(f->arena, files, PARTS);
}

static const zp_book *read_bytes(fixture *f, zp_str bytes)
{
    f->diag = zp_diag_new(f->arena);
    return zp_workbook_read(f->arena, ZP_STR("表.xls"), bytes, f->diag);
}

static const zp_book *read_sheet(fixture *f, const char *sheet)
{
    return read_bytes(f, package(f, NULL, zp_str_from(sheet)));
}

static void add_sheet(zp_buf *out, const zp_sheet *sheet)
{
    static const char *const kinds[] = {"blank", "text", "number", "date", "bool", "error"};
    static const char *const sides[] = {"", " left", " center", " right"};
    zp_buf_format(out, "[%.*s%s]\n", ZP_ARG(sheet->name), sheet->hidden ? " hidden" : "");
    for (size_t i = 0; i < sheet->count; i++) {
        const zp_cell *c = &sheet->cells[i];
        zp_str name = zp_cell_name(out->arena, c->row, c->column);
        zp_buf_format(out, "%.*s %s%s", ZP_ARG(name), kinds[c->kind], sides[c->side]);
        if (c->rows > 1 || c->columns > 1)
            zp_buf_format(out, " %ux%u", c->rows, c->columns);
        zp_buf_format(out, "%s “%.*s”", c->uncomputed ? " uncomputed" : "", ZP_ARG(c->text));
        if (c->stored.n)
            zp_buf_format(out, " %.*s", ZP_ARG(c->stored));
        if (c->unit.n)
            zp_buf_format(out, " (%.*s)", ZP_ARG(c->unit));
        zp_buf_byte(out, '\n');
    }
}

static void assert_book(fixture *f, const zp_book *book, const char *expected)
{
    zp_buf out = {.arena = f->arena};
    if (!book) {
        zp_diag_write_text(f->diag, false, &out);
        fail_msg("not read: %.*s", ZP_ARG(zp_buf_str(&out)));
    }
    for (size_t i = 0; i < book->count; i++)
        add_sheet(&out, &book->sheets[i]);
    if (!zp_str_eq(zp_buf_str(&out), zp_str_from(expected)))
        fail_msg("found:\n%.*s\nexpected:\n%s", ZP_ARG(zp_buf_str(&out)), expected);
}

static void assert_refused(fixture *f, zp_str bytes, const char *id)
{
    size_t count;
    if (read_bytes(f, bytes))
        fail_msg("read, without %s", id);
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    if (count != 1 || strcmp(messages[0].id, id) != 0 || messages[0].severity != ZP_ERROR)
        fail_msg("%zu messages, %s instead of %s", count, count ? messages[0].id : "none", id);
    assert_true(zp_str_eq(messages[0].span.source->name, ZP_STR("表.xls")));
    assert_true(messages[0].hint.n > 0);
}

static void assert_sheet_refused(fixture *f, const char *sheet, const char *id)
{
    assert_refused(f, package(f, NULL, zp_str_from(sheet)), id);
}

/* --- OOXML ----------------------------------------------------------------------------------- */

static void kinds_of_cells(void **state)
{
    fixture *f = *state;
    const zp_book *book = read_sheet(
        f,
        DATA("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'><v>3074.0300000000002</v></c>"
             "<c r='C1' s='2'><v>0.0900000762939453</v></c><c r='D1' s='3'><v>45420</v></c></row>"
             "<row r='2'><c r='A2' t='s'><v>1</v></c><c r='B2' t='inlineStr'><is><r><t>甲</t></r>"
             "<rPh><t>jia</t></rPh><r><t>乙</t></r></is></c><c r='C2' t='b'><v>1</v></c>"
             "<c r='D2' t='e'><v>#DIV/0!</v></c><c r='E2' t='str'><f>A1</f><v>丙 </v></c>"
             "<c r='F2' t='d' s='3'><v>2024-05-08T00:00:00</v></c></row>"
             "<row r='3'><c r='A3' t='s'><v>2</v></c><c r='B3' t='s'><v>3</v></c>"
             "<c r='C3' t='s'><v>4</v></c><c r='D3' s='4'><v>440101199001011</v></c>"
             "<c r='E3' s='5'><v>12</v></c><c r='F3' s='6'><v>12</v></c>"
             "<c r='G3' s='77'><v>1.5</v></c><c r='H3'><v>abc</v></c><c r='I3' s='1'/></row>"));
    assert_book(f, book,
                "[预算]\n"
                "A1 text “项目”\n"
                "B1 number right “3,074.03” 3074.03\n"
                "C1 number “9%” 0.09 (1)\n"
                "D1 date center “2024年5月8日” 2024-05-08\n"
                "A2 text “基本 支出”\n"
                "B2 text “甲乙”\n"
                "C2 bool “TRUE”\n"
                "D2 error “#DIV/0!”\n"
                "E2 text “丙 ”\n"
                "F2 date center “2024年5月8日” 2024-05-08\n"
                "A3 text “两边”\n"
                "B3 text “一\n二A”\n"
                "D3 number “440101199001011”\n"
                "E3 number “12.00” 12\n"
                "F3 number “12”\n"
                "G3 number “1.5”\n"
                "H3 text “abc”\n");
    assert_int_equal(zp_diag_count(f->diag, ZP_WARNING), 0);
}

static void places(void **state)
{
    fixture *f = *state;
    const zp_book *book = read_sheet(f, DATA("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/>"
                                             "<row><c r='B3'><v>3</v></c><c><v>4</v></c></row>"
                                             "<row r='10' hidden='1'><c r='AA10'><v>5</v></c></row>"
                                             "<row r='7'><c><v>6</v></c></row>"));
    assert_book(f, book,
                "[预算]\nA1 number “1”\nC1 number “2”\nB3 number “3”\nC3 number “4”\n"
                "A7 number “6”\nAA10 number “5”\n");
    const zp_sheet *sheet = &book->sheets[0];
    assert_true(zp_sheet_row_is_hidden(sheet, 9));
    assert_int_equal(sheet->hidden_row_count, 1);
    assert_true(zp_str_eq(sheet->source->sheet, ZP_STR("预算")));
    assert_true(zp_str_eq(sheet->source->name, ZP_STR("表.xls")));
    zp_span span = sheet->cells[1].span;
    assert_true(zp_str_eq(zp_str_slice(span.source->text, span.start, span.end), ZP_STR("2")));
}

static void joins_and_hidden_columns(void **state)
{
    fixture *f = *state;
    const zp_book *book = read_sheet(
        f,
        SHEET("<cols><col min='2' max='3' hidden='1'/><col min='3' max='4' hidden='true'/>"
              "<col min='9' max='10'/><col min='16000' max='4294967295' hidden='1'/></cols>"
              "<sheetData><row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row></sheetData>"
              "<mergeCells><mergeCell ref='A1:B2'/><mergeCell ref='D4:D6'/></mergeCells>"));
    assert_book(f, book, "[预算]\nA1 number 2x2 “1”\nD4 blank 3x1 “”\n");
    const zp_sheet *sheet = &book->sheets[0];
    assert_int_equal(sheet->hidden_columns[0], 1);
    assert_int_equal(sheet->hidden_columns[2], 3);
    assert_int_equal(sheet->hidden_columns[3], 15999);
    assert_int_equal(sheet->hidden_column_count, 3 + ZP_SHEET_COLUMNS - 15999);
}

static void formulas(void **state)
{
    fixture *f = *state;
    const zp_book *book =
        read_sheet(f, DATA("<row r='1'><c r='A1'><f>SUM(B1)</f><v>3</v></c><c r='B1'><f>1+1</f></c>"
                           "<c r='C1'><f t='shared' si='0'/><v/></c>"
                           "<c r='D1' t='str'><f>\"\"</f><v></v></c></row>"));
    assert_book(f, book, "[预算]\nA1 number “3”\nB1 blank uncomputed “”\nC1 blank uncomputed “”\n");
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    assert_int_equal(count, 2);
    assert_string_equal(messages[0].id, "no-cached-value");
    assert_int_equal(messages[0].severity, ZP_WARNING);
    assert_ptr_equal(messages[0].span.source, book->sheets[0].source);
    assert_int_equal(messages[0].span.start, book->sheets[0].cells[1].span.start);
}

static void sheets_in_order(void **state)
{
    fixture *f = *state;
    const char *book = BOOK("<workbookPr date1904='1'/><sheets>"
                            "<sheet name='藏' sheetId='1' state='hidden' r:id='r1'/>"
                            "<sheet name='乙&amp;丙' sheetId='3' r:id='r1'/>"
                            "<sheet name='甲' sheetId='2' state='visible' r:id='r1'/></sheets>");
    zp_str sheet = ZP_STR(DATA("<row r='1'><c r='A1' s='3'><v>43958</v></c></row>"));
    assert_book(f, read_bytes(f, package(f, book, sheet)),
                "[乙&丙]\nA1 date center “2024年5月8日” 2024-05-08\n"
                "[甲]\nA1 date center “2024年5月8日” 2024-05-08\n"
                "[藏 hidden]\nA1 date center “2024年5月8日” 2024-05-08\n");
}

/* Strict OOXML, prefixed elements, a part of another name, capitals in its place, a chart. */
static void other_writers(void **state)
{
    fixture *f = *state;
    const pack_file files[] = {
        {"[Content_Types].xml", ZP_STR("<Types/>")},
        {"_rels/.rels", ZP_STR(RELATION "<Relationship Id='a' Type='http://purl.oclc.org/ooxml/"
                                        "officeDocument/relationships/officeDocument' "
                                        "Target='/xl/Book.xml'/></Relationships>")},
        {"xl/book.xml", ZP_STR("<x:workbook xmlns:x='u' xmlns:r='v'><x:sheets>"
                               "<x:sheet name='图' r:id='c'/><x:sheet name='表' r:id='s'/>"
                               "</x:sheets></x:workbook>")},
        {"xl/_rels/book.xml.rels",
         ZP_STR(RELATION "<Relationship Id='c' Type='x/chartsheet' Target='chart.xml'/>"
                         "<Relationship Id='s' Type='x/worksheet' Target='./a/../b/s.xml'/>"
                         "<Relationship Id='e' Type='x/styles' TargetMode='External' "
                         "Target='http://example.invalid/styles.xml'/></Relationships>")},
        {"xl/b/s.xml", ZP_STR("<x:worksheet xmlns:x='u'><x:sheetData><x:row r='1'><x:c r='A1'>"
                              "<x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>")},
    };
    assert_book(f, read_bytes(f, pack(f->arena, files, 5)), "[表]\nA1 number “5”\n");
}

static void hostile_cells(void **state)
{
    fixture *f = *state;
    assert_sheet_refused(f, DATA("<row r='4294967295'/>"), "bad-workbook");
    assert_sheet_refused(f, DATA("<row r='0'/>"), "bad-workbook");
    assert_sheet_refused(f, DATA("<row r='x'/>"), "bad-workbook");
    assert_sheet_refused(f, DATA("<row r='1'><c r='ZZZZ1'/></row>"), "bad-workbook");
    assert_sheet_refused(f, DATA("<row r='1'><c r='A99999999999'/></row>"), "bad-workbook");
    assert_sheet_refused(f, DATA("<row r='1'><c r='A1:B2'/></row>"), "bad-workbook");
    assert_sheet_refused(f, DATA("<row r='1'><c t='s'><v>5</v></c></row>"), "bad-workbook");
    assert_sheet_refused(f, DATA("<row r='1'><c t='s'><v>-1</v></c></row>"), "bad-workbook");
    assert_sheet_refused(f, DATA("<row r='1'><c t='s'><v>99999999999</v></c></row>"),
                         "bad-workbook");
    assert_sheet_refused(f, SHEET("<mergeCells><mergeCell ref='A1:XFE1'/></mergeCells>"),
                         "bad-workbook");
    assert_sheet_refused(f,
                         DATA("<row r='1048576'><c r='XFD1048576'><v>1</v></c><c><v>1</v></c>"
                              "</row>"),
                         "too-many-cells");
    assert_sheet_refused(f, "<!DOCTYPE x [<!ENTITY a 'b'>]>" DATA(""), "xml-dtd");
    assert_sheet_refused(f, "<worksheet><sheetData><row>", "bad-xml");
    assert_sheet_refused(f, "", "bad-xml");
}

static void many_joins(void **state)
{
    fixture *f = *state;
    zp_buf out = {.arena = f->arena};
    zp_buf_lit(&out, "<worksheet><sheetData/><mergeCells>");
    for (int i = 0; i < 1000000; i++)
        zp_buf_lit(&out, "<mergeCell ref='A1:XFD1048576'/>");
    zp_buf_lit(&out, "</mergeCells></worksheet>");
    clock_t start = clock();
    const zp_book *book = read_bytes(f, package(f, NULL, zp_buf_str(&out)));
    assert_non_null(book);
    assert_int_equal(book->sheets[0].count, 1);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 20);
}

/* A sheet of 300 MB of blanks, some 300 KB packed. */
static void bomb(void **state)
{
    fixture *f = *state;
    zp_str blanks = {zp_arena_alloc(f->arena, 300 << 20), 300 << 20};
    assert_refused(f, package(f, NULL, blanks), "zip-bomb");
}

static zp_str package_with(fixture *f, const char *name, const char *bytes)
{
    pack_file files[PARTS] = {
        {"[Content_Types].xml", ZP_STR("<Types/>")},
        {"_rels/.rels", ZP_STR(ROOT_RELATIONS)},
        {"xl/workbook.xml", ZP_STR(ONE_SHEET)},
        {"xl/_rels/workbook.xml.rels", ZP_STR(BOOK_RELATIONS)},
        {"xl/styles.xml", ZP_STR(STYLES)},
        {"xl/sharedStrings.xml", ZP_STR(STRINGS)},
        {"xl/worksheets/sheet1.xml", ZP_STR(DATA("<row><c><v>1</v></c></row>"))},
    };
    size_t count = 0;
    for (size_t i = 0; i < PARTS; i++) {
        bool named = strcmp(files[i].name, name) == 0;
        if (named && !bytes)
            continue;
        files[count] = files[i];
        if (named)
            files[count].bytes = zp_str_from(bytes);
        count++;
    }
    return pack(f->arena, files, count);
}

static void missing_and_wrong_parts(void **state)
{
    fixture *f = *state;
    static const char *const needed[] = {"_rels/.rels", "xl/workbook.xml",
                                         "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        assert_refused(f, package_with(f, needed[i], NULL), "bad-workbook");
    assert_non_null(read_bytes(f, package_with(f, "xl/styles.xml", NULL)));
    assert_non_null(read_bytes(f, package_with(f, "xl/sharedStrings.xml", NULL)));
    assert_refused(f, package_with(f, "xl/styles.xml", "<styleSheet>"), "bad-xml");
    assert_refused(f, package_with(f, "xl/sharedStrings.xml", "<!DOCTYPE a><sst/>"), "xml-dtd");
    const char *rels = "xl/_rels/workbook.xml.rels";
    assert_refused(f,
                   package_with(f, rels,
                                RELATION "<Relationship Id='r1' Type='x/worksheet' "
                                         "Target='../../etc/passwd'/></Relationships>"),
                   "bad-workbook");
    assert_refused(f,
                   package_with(f, rels,
                                RELATION "<Relationship Id='r1' Type='x/worksheet' "
                                         "TargetMode='External' Target='s.xml'/></Relationships>"),
                   "bad-workbook");
    assert_refused(f, package_with(f, rels, RELATION "</Relationships>"), "bad-workbook");
    assert_refused(f, package_with(f, "xl/workbook.xml", BOOK("<sheets/>")), "bad-workbook");
    assert_refused(f,
                   package_with(f, "_rels/.rels",
                                RELATION "<Relationship Id='r' Type='x/officeDocument' "
                                         "Target='xl/workbook.bin'/></Relationships>"),
                   "old-workbook");
}

static void damaged_packages(void **state)
{
    fixture *f = *state;
    zp_str whole = package_with(f, "", NULL);
    for (size_t i = 0; i < whole.n; i += 7) {
        if (read_bytes(f, zp_str_slice(whole, 0, i)))
            fail_msg("read %zu bytes", i);
        assert_true(zp_diag_count(f->diag, ZP_ERROR) > 0);
        zp_str changed = zp_str_copy(f->arena, whole);
        ((char *)(uintptr_t)changed.p)[i] ^= (char)(1 << i % 8);
        bool read = read_bytes(f, changed) != NULL;
        assert_true(read == (zp_diag_count(f->diag, ZP_ERROR) == 0));
    }
}

/* --- What it is ------------------------------------------------------------------------------ */

static void kinds_of_files(void **state)
{
    fixture *f = *state;
    static const struct {
        zp_str bytes;
        zp_file_kind kind;
    } cases[] = {
        {ZP_STR(""), ZP_FILE_TEXT},
        {ZP_STR("a,b\n1,2\n"), ZP_FILE_TEXT},
        {ZP_STR("<<: *base\n"), ZP_FILE_TEXT},
        {ZP_STR("<5,table\n"), ZP_FILE_TEXT},
        {ZP_STR("<svg/>"), ZP_FILE_TEXT},
        {ZP_STR("\xEF\xBB\xBF\n<TABLE>"), ZP_FILE_HTML},
        {ZP_STR("<?xml version='1.0'?><!DOCTYPE html><html>"), ZP_FILE_HTML},
        {ZP_STR("<div>\xB5\xA5\xCE\xBB<table border=1>"), ZP_FILE_HTML},
        {ZP_STR("<html xmlns:x='urn:schemas-microsoft-com:office:spreadsheet'>"), ZP_FILE_HTML},
        {ZP_STR("<?xml version='1.0'?>\n<Workbook "
                "xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"),
         ZP_FILE_XML_SHEET},
        {ZP_STR("\xFF\xFE<\0h\0t\0m\0l\0>\0"), ZP_FILE_HTML},
        {ZP_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), ZP_FILE_OLD_BINARY},
        {ZP_STR("PK\x03\x04"), ZP_FILE_ZIP},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (zp_file_kind_of(cases[i].bytes) != cases[i].kind)
            fail_msg("case %zu is %d", i, zp_file_kind_of(cases[i].bytes));
    const pack_file word[] = {{"[Content_Types].xml", ZP_STR("x")}, {"word/a.xml", ZP_STR("x")}};
    assert_int_equal(zp_file_kind_of(pack(f->arena, word, 2)), ZP_FILE_ZIP);
    assert_int_equal(zp_file_kind_of(package_with(f, "", NULL)), ZP_FILE_OOXML);
}

static void what_is_no_workbook(void **state)
{
    fixture *f = *state;
    zp_str old = ZP_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0");
    assert_refused(f, old, "old-workbook");
    size_t count;
    zp_str hint = zp_diag_messages(f->diag, &count)[0].hint;
    assert_true(zp_str_find(hint, ZP_STR("另存为 → Excel 工作簿（*.xlsx）"), 0) < hint.n);
    assert_refused(f,
                   ZP_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 "
                          "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
                   "encrypted-workbook");
    assert_refused(f, ZP_STR("a,b"), "bad-workbook");
    assert_refused(f, ZP_STR("PK\x03\x04"), "bad-workbook");
    assert_refused(f, ZP_STR("<html><body>请登录</body></html>"), "bad-workbook");
}

/* --- XML Spreadsheet 2003 -------------------------------------------------------------------- */

#define XML_BOOK(inside)                                                                           \
    "<?xml version='1.0' encoding='GB2312'?><?mso-application progid='Excel.Sheet'?>"              \
    "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' "                              \
    "xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>"                                     \
    "<Styles><Style ss:ID='Default'><Alignment ss:Vertical='Center'/></Style>"                     \
    "<Style ss:ID='p'><Alignment ss:Horizontal='Right'/><NumberFormat ss:Format='Percent'/>"       \
    "</Style><Style ss:ID='d'><NumberFormat ss:Format='Short Date'/></Style>"                      \
    "<Style ss:ID='n'><NumberFormat ss:Format='#,##0.00_ '/></Style>"                              \
    "<Style ss:ID='t'><NumberFormat ss:Format='Short Time'/></Style></Styles>" inside              \
    "</Workbook>"
#define XML_SHEET(name, inside)                                                                    \
    "<Worksheet ss:Name='" name "'><Table>" inside "</Table></Worksheet>"
#define XML_CELL(type, text) "<Cell><Data ss:Type='" type "'>" text "</Data></Cell>"

static void xml_spreadsheet(void **state)
{
    fixture *f = *state;
    const zp_book *book = read_bytes(
        f,
        ZP_STR(XML_BOOK(
            "<Worksheet ss:Name='藏'><Table/><WorksheetOptions><Visible>SheetHidden</Visible>"
            "</WorksheetOptions></Worksheet>" XML_SHEET(
                "预算",
                "<Column ss:Index='2' ss:Hidden='1' ss:Span='1'/><Row>"
                "<Cell ss:MergeAcross='2' ss:MergeDown='1'><Data ss:Type='String'>甲&#10;乙</Data>"
                "<Comment><ss:Data>批注</ss:Data></Comment></Cell>" XML_CELL("String", "001")
                    XML_CELL(
                        "String",
                        "<B>粗</B>体") "</Row>"
                                       "<Row ss:Index='4' ss:Hidden='1' ss:StyleID='n'>" XML_CELL(
                                           "Number",
                                           "3074.03") "<Cell ss:Index='3' ss:StyleID='p'><Data "
                                                      "ss:Type='Number'>9.00000762939453E-2"
                                                      "</Data></Cell><Cell ss:StyleID='d'><Data "
                                                      "ss:Type='DateTime'>"
                                                      "2024-05-08T00:00:00.000</Data></Cell><Cell "
                                                      "ss:StyleID='t'>"
                                                      "<Data "
                                                      "ss:Type='DateTime'>1899-12-31T08:30:00.000</"
                                                      "Data></Cell>" XML_CELL("Boolean", "1")
                                                          XML_CELL("Error",
                                                                   "#N/A") "<Cell "
                                                                           "ss:Formula='=A1'/></"
                                                                           "Row><Row ss:Hidden='1' "
                                                                           "ss:Span='2'/>"
                                                                           "<Row>" XML_CELL(
                                                                               "Number",
                                                                               "x") "</Row>"))));
    assert_book(f, book,
                "[预算]\nA1 text 2x3 “甲\n乙”\nD1 text “001”\nE1 text “粗体”\n"
                "A4 number “3,074.03” 3074.03\nC4 number right “9.00%” 0.09 (1)\n"
                "D4 date “2024/5/8” 2024-05-08\nE4 text “8:30”\nF4 bool “TRUE”\n"
                "G4 error “#N/A”\nH4 blank uncomputed “”\nA8 text “x”\n[藏 hidden]\n");
    const zp_sheet *sheet = &book->sheets[0];
    assert_int_equal(sheet->hidden_row_count, 4);
    assert_int_equal(sheet->hidden_rows[3], 6);
    assert_int_equal(sheet->hidden_column_count, 2);
    assert_int_equal(zp_diag_count(f->diag, ZP_WARNING), 1);
}

static void hostile_xml_spreadsheets(void **state)
{
    fixture *f = *state;
    assert_refused(f, ZP_STR(XML_BOOK(XML_SHEET("a", "<Row ss:Index='4294967295'/>"))),
                   "bad-workbook");
    assert_refused(f, ZP_STR(XML_BOOK(XML_SHEET("a", "<Row><Cell ss:Index='16385'/></Row>"))),
                   "bad-workbook");
    assert_refused(f, ZP_STR(XML_BOOK("")), "bad-workbook");
    assert_refused(f, ZP_STR(XML_BOOK(XML_SHEET("a", "<Row>")) "x"), "bad-xml");
    assert_refused(f,
                   ZP_STR("<!DOCTYPE Workbook [<!ENTITY a 'b'>]><Workbook "
                          "xmlns='urn:schemas-microsoft-com:office:spreadsheet'>&a;</Workbook>"),
                   "xml-dtd");
    assert_book(f,
                read_bytes(f, ZP_STR(XML_BOOK(XML_SHEET(
                                  "a", "<Row><Cell ss:MergeAcross='4294967295' "
                                       "ss:MergeDown='4294967295'><Data>1</Data></Cell></Row>")))),
                "[a]\nA1 text 1048576x16384 “1”\n");
}

/* Every row of a thousand sheets hidden again and again: no more is noted than can matter. */
static void hidden_rows_are_bounded(void **state)
{
    fixture *f = *state;
    zp_buf out = {.arena = f->arena};
    zp_buf_lit(&out, "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>");
    for (int i = 0; i < 900; i++)
        zp_buf_lit(&out, "<Worksheet Name='a'><Table><Row Hidden='1' Span='1048574'/></Table>"
                         "</Worksheet>");
    zp_buf_lit(&out, "</Workbook>");
    read_bytes(f, zp_buf_str(&out));
    assert_true(zp_arena_size(f->arena) < (size_t)200 << 20);
}

/* --- HTML ------------------------------------------------------------------------------------ */

static void html_tables(void **state)
{
    fixture *f = *state;
    const zp_book *book = read_bytes(
        f,
        ZP_STR("<html><head><title>x</title><style>td{}</style></head><body>页眉<table>"
               "<caption>示例数据</caption><tr><th rowspan=2>单位</th><th colspan=2 align=center>"
               "预算<br>（万元）</th></tr><tr><td>年初<td style='text-align:right'> 执行&nbsp;\n 率"
               "<tr style='display:none'><td>001<td x:num='3074.0300000000002'>3,074.03"
               "<td x:num='0.0900000762939453'>9%</tr><tr><td x:num style='mso-number-format:"
               "\"\\@\"'>002<td x:num='45420'>2024年5月8日<td x:num>1,024.5</tr>"
               "<tr><td rowspan=9><p>甲</p><p>乙</p><td x:str x:num>3<td>4</table>页脚"));
    assert_book(
        f, book,
        "[表1]\nA1 text “示例数据”\nA2 text 2x1 “单位”\nB2 text center 1x2 “预算\n（万元）”\n"
        "B3 text “年初”\nC3 text right “执行 率”\nA4 text “001”\n"
        "B4 number “3,074.03” 3074.03\nC4 number “9%” 0.09 (1)\nA5 text “002”\n"
        "B5 date “2024年5月8日” 2024-05-08\nC5 number “1,024.5” 1024.5\n"
        "A6 text “甲\n乙”\nB6 text “3”\nC6 text “4”\n");
    assert_true(zp_sheet_row_is_hidden(&book->sheets[0], 3));
}

static void html_in_gb18030(void **state)
{
    fixture *f = *state;
    assert_book(f,
                read_bytes(f, ZP_STR("<html><meta charset=utf-8><table><tr><td>\xB5\xA5\xCE\xBB"
                                     "<td>\xD2\xBB</table>")),
                "[表1]\nA1 text “单位”\nB1 text “一”\n");
}

static void nested_tables(void **state)
{
    fixture *f = *state;
    assert_book(f,
                read_bytes(f, ZP_STR("<table><tr><td>外<table><tr><td>内<td>一</tr></table>后"
                                     "<td>右</table>")),
                "[表1]\nA1 text “外\n内 一\n后”\nB1 text “右”\n");
    assert_book(f,
                read_bytes(f, ZP_STR("<table><tr><td><table><tr><td>1<td>2<tr><td>3<td>4</table>"
                                     "</table><table><tr><td> </table><table><tr><td>5</table>")),
                "[表1]\nA1 text “1”\nB1 text “2”\nA2 text “3”\nB2 text “4”\n"
                "[表2]\nA1 text “5”\n");
    zp_buf out = {.arena = f->arena};
    for (int i = 0; i < 40; i++)
        zp_buf_lit(&out, "<table><tr><td>");
    zp_buf_lit(&out, "深");
    assert_book(f, read_bytes(f, zp_buf_str(&out)), "[表1]\nA1 text “深”\n");
}

static void joins_of_html(void **state)
{
    fixture *f = *state;
    assert_book(f,
                read_bytes(f, ZP_STR("<table><tr><td rowspan=3>a<td>b<td rowspan=2>c"
                                     "<tr><td colspan=0>d<tr><td colspan=5>e<td>f</table>")),
                "[表1]\nA1 text 3x1 “a”\nB1 text “b”\nC1 text 2x1 “c”\nB2 text “d”\n"
                "B3 text 1x5 “e”\nG3 text “f”\n");
    assert_book(f,
                read_bytes(f, ZP_STR("<table><tr><td>a<td rowspan=2>b<tr><td colspan=9>c"
                                     "<td rowspan=99999999999>d</table>")),
                "[表1]\nA1 text “a”\nB1 text 2x1 “b”\nA2 text “c”\nC2 text “d”\n");
    assert_refused(f, ZP_STR("<table><tr><td colspan=1000>a<td>b</table>"), "too-many-cells");
}

static void hostile_html(void **state)
{
    fixture *f = *state;
    static const char *const pieces[] = {
        "<table>",
        "<table><tr><td>1</table>",
        "<tr><td rowspan=65534>",
        "<b>",
        "<td colspan=1000>",
        "<caption>x",
        "</table>",
        "<tr style=display:none><td>x",
        "<col span=1000 style=display:none>",
        "<td a=\"",
        "<table><td colspan=999>x<td><table>",
        "&#x110000;&#0;",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        zp_buf out = {.arena = f->arena};
        zp_buf_lit(&out, "<html><table>");
        while (out.n < 300 << 10)
            zp_buf_add(&out, zp_str_from(pieces[i]));
        clock_t start = clock();
        read_bytes(f, zp_buf_str(&out));
        if ((double)(clock() - start) / CLOCKS_PER_SEC > 5)
            fail_msg("slow: %s", pieces[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kinds_of_cells, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(joins_and_hidden_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(formulas, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sheets_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_writers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_cells, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_joins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bomb, set_up, tear_down),
        cmocka_unit_test_setup_teardown(missing_and_wrong_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_packages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kinds_of_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_workbook, set_up, tear_down),
        cmocka_unit_test_setup_teardown(xml_spreadsheet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_xml_spreadsheets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hidden_rows_are_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_in_gb18030, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nested_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(joins_of_html, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_html, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
