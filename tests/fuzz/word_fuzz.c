/* word_fuzz.c: any bytes as the main part of a Word document: read, written as Markdown, and read
 * as that. Nothing may crash, hang or leave its memory.
 *
 * With clang it is a target of libFuzzer (README.md beside this file). Without, the driver below
 * takes the files of the corpus apart and together again, always in the same way.
 */
#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "../unit/pack.h"
#include "base/files.h"
#include "doc/manuscript.h"
#include "doc/markdown.h"
#include "word/word.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

#ifndef ZIPING_LIBFUZZER

enum { SEED = 20231231, ROUNDS = 400, EDITS = 4 };

static uint32_t next(uint32_t *state) /* xorshift, Marsaglia 2003 */
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

/* One edit: a tag taken out, doubled or moved, or a byte changed. */
static zp_str edit(zp_arena *arena, zp_str text, uint32_t *state)
{
    size_t from = text.n ? next(state) % text.n : 0, to = text.n ? next(state) % text.n : 0;
    zp_buf out = {.arena = arena};
    from = zp_str_find(text, ZP_STR("<"), from);
    size_t end = zp_str_find(text, ZP_STR(">"), from);
    zp_str tag = zp_str_slice(text, from, end < text.n ? end + 1 : end);
    zp_str rest = zp_str_slice(text, from + tag.n, text.n);
    switch (next(state) % 4) {
    case 0:
        zp_buf_add(&out, zp_str_slice(text, 0, from));
        zp_buf_add(&out, rest);
        break;
    case 1:
        zp_buf_add(&out, zp_str_slice(text, 0, from + tag.n));
        zp_buf_add(&out, tag);
        zp_buf_add(&out, rest);
        break;
    case 2:
        to = zp_str_find(text, ZP_STR("<"), to);
        zp_buf_add(&out, zp_str_slice(text, 0, to));
        zp_buf_add(&out, tag);
        zp_buf_add(&out, zp_str_slice(text, to, text.n));
        break;
    default:
        zp_buf_add(&out, text);
        if (to < out.n)
            out.p[to] = (char)next(state);
        break;
    }
    return zp_buf_str(&out);
}

/* Files of the corpus as words of the command line. */
int main(int count, char **words)
{
    uint32_t state = SEED;
    for (int i = 1; i < count; i++)
        for (int round = 0; round < ROUNDS; round++) {
            zp_arena *arena = zp_arena_new();
            zp_str text, why;
            if (!zp_file_read(arena, words[i], 1 << 20, &text, &why)) {
                fprintf(stderr, "%s: %.*s\n", words[i], ZP_ARG(why));
                return 1;
            }
            for (uint32_t k = round > 0 ? 1 + next(&state) % EDITS : 0; k > 0; k--)
                text = edit(arena, text, &state);
            LLVMFuzzerTestOneInput((const uint8_t *)text.p, text.n);
            zp_arena_free(arena);
        }
    printf("%d documents, %d times each\n", count - 1, ROUNDS);
    return count > 1 ? 0 : 1;
}

#endif
