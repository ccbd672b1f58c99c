/* word_fuzz.c: any bytes as the main part of a Word document: read, written as Markdown, and read
 * as that. Nothing may crash, hang or leave its memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "../unit/pack.h"
#include "fuzz.h"
#include "doc/manuscript.h"
#include "doc/markdown.h"
#include "word/word.h"

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char relations[] =
    "<Relationships><Relationship Id='r1' Type='" RELATIONS "numbering' Target='numbering.xml'/>"
    "<Relationship Id='r2' Type='" RELATIONS "footnotes' Target='footnotes.xml'/></Relationships>";
static const char numbering[] =
    "<numbering><abstractNum abstractNumId='0'><lvl ilvl='0'><start val='1'/><numFmt "
    "val='chineseCounting'/><lvlText val='%1、'/></lvl><lvl ilvl='1'><start val='1'/><numFmt "
    "val='decimal'/><lvlText val='%1.%2'/></lvl></abstractNum><num numId='1'><abstractNumId "
    "val='0'/></num></numbering>";
static const char footnotes[] =
    "<footnotes><footnote id='2'><p><r><t>注</t></r></p></footnote></footnotes>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    const pack_file files[] = {
        {"word/document.xml", {(const char *)data, size}},
        {"word/_rels/document.xml.rels", ZP_STR(relations)},
        {"word/numbering.xml", ZP_STR(numbering)},
        {"word/footnotes.xml", ZP_STR(footnotes)},
    };
    zp_str bytes = pack(arena, files, sizeof files / sizeof *files);
    const zp_word *word = zp_word_read(arena, ZP_STR("fuzz.docx"), bytes, diag);
    if (word) {
        const zp_source *source = zp_manuscript_write(arena, word);
        zp_markdown_read(arena, zp_span_of(source, 0, source->text.n), diag);
        zp_buf said = {.arena = arena};
        zp_diag_write_text(diag, false, &said);
    }
    zp_arena_free(arena);
    return 0;
}
