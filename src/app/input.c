/* input.c: a path in, clean text out. */
#include "app/input.h"

#include <strings.h>
#include <unistd.h>
#include "app/pdftext.h"
#include "base/files.h"
#include "doc/manuscript.h"
#include "word/word.h"

enum { WORD_MAX = 256 << 20 }; /* bytes of a document with its pictures */

static const char save_as_docx[] = "不能读这种文件，请另存为 .docx";
static const char save_as_xlsx[] = "不能读这种文件，请另存为 .xlsx";

static const struct {
    const char *ending;
    zp_input_kind kind;
    const char *refusal;
} endings[] = {
    {".md", ZP_INPUT_TEXT, NULL},
    {".markdown", ZP_INPUT_TEXT, NULL},
    {".txt", ZP_INPUT_TEXT, NULL},
    {".docx", ZP_INPUT_WORD, NULL},
    {".docm", ZP_INPUT_WORD, NULL},
    {".pdf", ZP_INPUT_PDF, NULL},
    {".doc", ZP_INPUT_REFUSED, save_as_docx},
    {".wps", ZP_INPUT_REFUSED, save_as_docx},
    {".wpt", ZP_INPUT_REFUSED, save_as_docx},
    {".dot", ZP_INPUT_REFUSED, save_as_docx},
    {".rtf", ZP_INPUT_REFUSED, save_as_docx},
    {".odt", ZP_INPUT_REFUSED, save_as_docx},
    {".et", ZP_INPUT_REFUSED, save_as_xlsx},
    {".ofd", ZP_INPUT_REFUSED, "不能读这种文件，请取得它的 .docx 原稿"},
    {".html", ZP_INPUT_OTHER, "不能直接检查网页，请把文字另存为 .docx 或 .txt"},
    {".htm", ZP_INPUT_OTHER, "不能直接检查网页，请把文字另存为 .docx 或 .txt"},
};

enum { ENDINGS = sizeof endings / sizeof *endings };

/* The row of a name's ending, in small letters or capitals; ENDINGS when there is none. */
static size_t find_ending(zp_str name)
{
    size_t i = 0;
    for (; i < ENDINGS; i++) {
        zp_str ending = zp_str_from(endings[i].ending);
        if (name.n > ending.n && strncasecmp(name.p + name.n - ending.n, ending.p, ending.n) == 0)
            break;
    }
    return i;
}

zp_input_kind zp_input_kind_of(zp_str name)
{
    size_t row = find_ending(name);
    return row < ENDINGS ? endings[row].kind : ZP_INPUT_OTHER;
}

zp_str zp_input_refusal(zp_str name)
{
    size_t row = find_ending(name);
    return row < ENDINGS && endings[row].refusal
               ? zp_str_from(endings[row].refusal)
               : ZP_STR("只能读 .docx、.md、.markdown、.txt 和有文字的 .pdf");
}

zp_str zp_input_name(zp_str path)
{
    return path.n > 0 ? path : ZP_STR("标准输入");
}

static const zp_source *read_word(zp_arena *arena, zp_str path, zp_diag *diag, zp_str *why)
{
    zp_str bytes;
    if (!zp_file_read(arena, zp_str_cstr(arena, path), WORD_MAX, &bytes, why))
        return NULL;
    const zp_word *word = zp_word_read(arena, path, bytes, diag);
    return word ? zp_manuscript_write(arena, word) : NULL;
}

static const zp_source *read_text(zp_arena *arena, zp_str path, const char *encoding, zp_diag *diag,
                                  zp_str *why)
{
    zp_str bytes;
    bool good = path.n > 0
                    ? zp_file_read(arena, zp_str_cstr(arena, path), ZP_SOURCE_MAX + 1, &bytes, why)
                    : zp_file_read_from(arena, STDIN_FILENO, ZP_SOURCE_MAX + 1, &bytes, why);
    return good ? zp_source_read(arena, zp_input_name(path), bytes, encoding, diag) : NULL;
}

const zp_source *zp_input_read(zp_arena *arena, zp_str path, const char *encoding, zp_diag *diag,
                               zp_str *why)
{
    zp_input_kind kind = zp_input_kind_of(path);
    *why = (zp_str){0};
    if (kind == ZP_INPUT_WORD)
        return read_word(arena, path, diag, why);
    if (kind == ZP_INPUT_PDF)
        return zp_pdftext_read(arena, path, diag, why);
    return read_text(arena, path, encoding, diag, why);
}
