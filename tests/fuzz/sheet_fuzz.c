/* sheet_fuzz.c: any bytes as a sheet of an XLSX workbook: read, and its rows taken for records.
 * Nothing may crash, hang or leave its memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "../unit/pack.h"
#include "book/workbook.h"
#include "data/records.h"
#include "fuzz.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char root[] = "<Relationships><Relationship Id='r' Type='" OFFICE
                           "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char relations[] =
    "<Relationships><Relationship Id='r1' Type='" OFFICE "/worksheet' Target='sheet1.xml'/>"
    "<Relationship Id='r2' Type='" OFFICE "/styles' Target='styles.xml'/><Relationship Id='r3' "
    "Type='" OFFICE "/sharedStrings' Target='strings.xml'/></Relationships>";
static const char workbook[] =
    "<workbook xmlns:r='" OFFICE "'><sheets><sheet name='表' sheetId='1' r:id='r1'/></sheets>"
    "</workbook>";
static const char strings[] =
    "<sst><si><t>项目</t></si><si><r><t>预算数</t></r><r><t>（万元）</t></r></si></sst>";
static const char styles[] =
    "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='#,##0.00_ ;[Red]\\-0.0%'/></numFmts>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='10'/><xf numFmtId='164'/><xf numFmtId='14'/>"
    "</cellXfs></styleSheet>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    const pack_file files[] = {
        {"[Content_Types].xml", ZP_STR("<Types/>")},
        {"_rels/.rels", ZP_STR(root)},
        {"xl/workbook.xml", ZP_STR(workbook)},
        {"xl/_rels/workbook.xml.rels", ZP_STR(relations)},
        {"xl/strings.xml", ZP_STR(strings)},
        {"xl/styles.xml", ZP_STR(styles)},
        {"xl/sheet1.xml", {(const char *)data, size}},
    };
    zp_str bytes = pack(arena, files, sizeof files / sizeof *files);
    const zp_book *book = zp_workbook_read(arena, ZP_STR("fuzz.xlsx"), bytes, diag);
    for (size_t i = 0; book && i < book->count; i++)
        zp_records_read(arena, &book->sheets[i], diag);
    zp_buf said = {.arena = arena};
    zp_diag_write_text(diag, false, &said);
    zp_arena_free(arena);
    return 0;
}
