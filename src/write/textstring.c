/* textstring.c: UTF-8 in, text strings out. */
#include "write/textstring.h"

#include "base/utf8.h"

/* Bytes of UTF-8, none of which makes more than two of UTF-16. */
enum { CLIP = 16000 };

zp_str zp_textstring_clip(zp_str text)
{
    if (text.n <= CLIP)
        return text;
    for (text.n = CLIP; ((unsigned char)text.p[text.n] & 0xC0) == 0x80;)
        text.n--; /* to where a character begins */
    return text;
}

bool zp_textstring_is_ascii(zp_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < 0x20 || text.p[i] > 0x7E)
            return false;
    return true;
}

static void add_unit(zp_buf *out, uint32_t unit)
{
    zp_buf_byte(out, (char)(unit >> 8));
    zp_buf_byte(out, (char)(unit & 0xFF));
}

void zp_textstring_encode(zp_str text, zp_buf *out)
{
    add_unit(out, 0xFEFF);
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        if (code < 0x10000) {
            add_unit(out, code);
            continue;
        }
        add_unit(out, 0xD800 + ((code - 0x10000) >> 10));
        add_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FF));
    }
}

static void write_ascii(zp_str text, zp_buf *out)
{
    zp_buf_byte(out, '(');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '(' || text.p[i] == ')' || text.p[i] == '\\')
            zp_buf_byte(out, '\\');
        zp_buf_byte(out, text.p[i]);
    }
    zp_buf_byte(out, ')');
}

void zp_textstring_write(zp_str text, zp_buf *out)
{
    static const char hex[] = "0123456789ABCDEF";
    zp_buf bytes = {.arena = out->arena};
    text = zp_textstring_clip(text);
    if (zp_textstring_is_ascii(text)) {
        write_ascii(text, out);
        return;
    }
    zp_textstring_encode(text, &bytes);
    zp_buf_byte(out, '<');
    for (size_t i = 0; i < bytes.n; i++) {
        zp_buf_byte(out, hex[(unsigned char)bytes.p[i] >> 4]);
        zp_buf_byte(out, hex[(unsigned char)bytes.p[i] & 15]);
    }
    zp_buf_byte(out, '>');
}
