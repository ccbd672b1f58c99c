/* workbook.c: bytes in; what they are, and the reader for it.
 *
 * Names lie: a .xls is as often XML or a web page as a workbook. So the first bytes decide, and for
 * a ZIP its list of files.
 */
#include "book/workbook.h"

#include <string.h>
#include "book/htmlsheet.h"
#include "book/sheetxml.h"
#include "book/xlsx.h"
#include "book/zip.h"

enum { LOOKED_AT = 4 << 10 }; /* bytes at the beginning that tell XML and HTML */

/* The beginning in small letters, without the NULs of UTF-16 and what is no ASCII. */
typedef struct {
    char text[LOOKED_AT];
    size_t n;
} beginning;

static beginning look(zp_str bytes)
{
    beginning b = {.n = 0};
    for (size_t i = 0; i < bytes.n && i < LOOKED_AT; i++) {
        char c = bytes.p[i];
        if (c <= 0 || (b.n == 0 && c <= ' ')) /* a BOM, blanks before the first character */
            continue;
        b.text[b.n++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    return b;
}

static bool says(const beginning *b, const char *word)
{
    zp_str text = {b->text, b->n};
    return zp_str_find(text, zp_str_from(word), 0) < text.n;
}

static zp_file_kind kind_of_markup(const beginning *b)
{
    if (b->n < 2 || b->text[0] != '<' || !strchr("!?abcdefghijklmnopqrstuvwxyz", b->text[1]))
        return ZP_FILE_TEXT;
    bool html = says(b, "<html") || says(b, "<!doctype html");
    if (!html && says(b, "urn:schemas-microsoft-com:office:spreadsheet"))
        return ZP_FILE_XML_SHEET;
    return html || says(b, "<table") || says(b, "<meta") || says(b, "<body") ? ZP_FILE_HTML
                                                                             : ZP_FILE_TEXT;
}

/* A package that holds a workbook; a Word file is a ZIP like any other. */
static zp_file_kind kind_of_zip(zp_str bytes)
{
    zp_arena *arena = zp_arena_new();
    zp_zip *zip = zp_zip_open(arena, ZP_STR(""), bytes, zp_diag_new(arena));
    bool typed = false, workbook = false;
    size_t count = 0;
    const zp_str *names = zip ? zp_zip_names(zip, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        typed = typed || zp_str_eq(names[i], ZP_STR("[Content_Types].xml"));
        workbook = workbook || zp_str_starts(names[i], ZP_STR("xl/"));
    }
    zp_zip_close(zip);
    zp_arena_free(arena);
    return typed && workbook ? ZP_FILE_OOXML : ZP_FILE_ZIP;
}

zp_file_kind zp_file_kind_of(zp_str bytes)
{
    if (zp_str_starts(bytes, ZP_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
        return ZP_FILE_OLD_BINARY;
    if (zp_str_starts(bytes, ZP_STR("PK\x03\x04")) || zp_str_starts(bytes, ZP_STR("PK\x05\x06")))
        return kind_of_zip(bytes);
    beginning b = look(bytes);
    return kind_of_markup(&b);
}

static void refuse(zp_diag *diag, zp_span file, const char *id, const char *hint,
                   const char *message)
{
    zp_diag_add(diag, ZP_ERROR, id, file, hint, "%s", message);
}

/* An OLE2 file that holds an encrypted package has a stream of that name, in UTF-16. */
static void refuse_binary(zp_diag *diag, zp_span file, zp_str bytes)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    if (memmem(bytes.p, bytes.n, name, sizeof name))
        refuse(diag, file, "encrypted-workbook",
               "用 WPS 或 Excel 打开，去掉打开密码（文件 → 文档加密、信息 → 保护工作簿），再保存",
               "工作簿设了打开密码，读不了");
    else
        refuse(diag, file, "old-workbook",
               "用 WPS 或 Excel 打开，文件 → 另存为 → Excel 工作簿（*.xlsx）",
               "这是旧格式的二进制文件（.xls），不能直接读");
}

const zp_book *zp_workbook_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag)
{
    zp_span file = zp_span_file(zp_source_new(arena, name, ZP_STR("")));
    size_t errors = zp_diag_count(diag, ZP_ERROR);
    const zp_book *book = NULL;
    switch (zp_file_kind_of(bytes)) {
    case ZP_FILE_OOXML:
        book = zp_xlsx_read(arena, name, bytes, diag);
        break;
    case ZP_FILE_XML_SHEET:
        book = zp_sheetxml_read(arena, name, bytes, diag);
        break;
    case ZP_FILE_HTML:
        book = zp_htmlsheet_read(arena, name, bytes, diag);
        break;
    case ZP_FILE_OLD_BINARY:
        refuse_binary(diag, file, bytes);
        break;
    case ZP_FILE_ZIP:
        refuse(diag, file, "bad-workbook",
               "请检查是不是选错了文件；损坏的工作簿请重新取得，或用 WPS 或 Excel 打开后另存",
               "这是一个压缩包，里面没有完整的工作簿");
        break;
    case ZP_FILE_TEXT:
        refuse(diag, file, "bad-workbook", "请检查是不是选错了文件", "这不是工作簿");
        break;
    }
    return zp_diag_count(diag, ZP_ERROR) == errors ? book : NULL;
}
