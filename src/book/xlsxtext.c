/* xlsxtext.c: runs of a string in, its text out. */
#include "book/xlsxtext.h"

#include <string.h>
#include "base/utf8.h"

void zp_xlsx_text_open(zp_xlsx_text *text, zp_str name, const zp_xml_attribute *attributes,
                       size_t count)
{
    if (zp_str_eq(name, ZP_STR("rPh"))) {
        text->phonetic++;
    } else if (zp_str_eq(name, ZP_STR("t")) && !text->phonetic) {
        text->inside = true;
        text->start = text->text.n;
        text->preserve =
            zp_str_eq(zp_xml_value(attributes, count, ZP_STR("space")), ZP_STR("preserve"));
    }
}

void zp_xlsx_text_add(zp_xlsx_text *text, zp_str piece)
{
    if (text->inside)
        zp_buf_add(&text->text, piece);
}

void zp_xlsx_text_close(zp_xlsx_text *text, zp_str name)
{
    if (zp_str_eq(name, ZP_STR("rPh")) && text->phonetic) {
        text->phonetic--;
    } else if (zp_str_eq(name, ZP_STR("t")) && text->inside) {
        text->inside = false;
        if (text->preserve || text->text.n == text->start)
            return;
        zp_str run = zp_str_trim(zp_str_slice(zp_buf_str(&text->text), text->start, text->text.n));
        memmove(text->text.p + text->start, run.p, run.n);
        text->text.n = text->start + run.n;
    }
}

/* The code of _xHHHH_ at `at`, or -1. */
static int32_t escaped_at(zp_str s, size_t at)
{
    if (s.n - at < 7 || s.p[at] != '_' || s.p[at + 1] != 'x' || s.p[at + 6] != '_')
        return -1;
    int32_t code = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        const char *digits = "0123456789abcdef", *found = strchr(digits, s.p[i] | 0x20);
        if (!s.p[i] || !found || (s.p[i] < '0'))
            return -1;
        code = code * 16 + (int32_t)(found - digits);
    }
    return code;
}

/* Control characters but tab and line end are dropped, and half characters and noncharacters. */
static bool is_text(int32_t code)
{
    return code == '\t' || code == '\n' ||
           (code >= 0x20 && code != 0x7F && (code < 0xD800 || code > 0xDFFF) && code < 0xFFFE);
}

zp_str zp_xlsx_text_decode(zp_arena *arena, zp_str raw)
{
    if (raw.n == 0 || (!memmem(raw.p, raw.n, "_x", 2) && !memchr(raw.p, '\r', raw.n)))
        return zp_str_copy(arena, raw);
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < raw.n;) {
        int32_t code = escaped_at(raw, i);
        bool escaped = code >= 0;
        if (!escaped)
            code = (unsigned char)raw.p[i];
        i += escaped ? 7 : 1;
        if (code == '\r') {
            bool pair =
                (i < raw.n && raw.p[i] == '\n') || (i < raw.n && escaped_at(raw, i) == '\n');
            if (!pair)
                zp_buf_byte(&out, '\n');
        } else if (!escaped) {
            zp_buf_byte(&out, raw.p[i - 1]);
        } else if (is_text(code)) {
            zp_buf_code(&out, (uint32_t)code);
        }
    }
    return zp_buf_str(&out);
}
