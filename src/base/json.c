/* json.c: the escapes of JSON strings. */
#include "base/json.h"

#include "base/utf8.h"

static void add_escaped(zp_buf *out, uint32_t code)
{
    if (code == '"' || code == '\\') {
        zp_buf_byte(out, '\\');
        zp_buf_byte(out, (char)code);
    } else if (code == '\n') {
        zp_buf_lit(out, "\\n");
    } else if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029) {
        zp_buf_format(out, "\\u%04x", (unsigned)code);
    } else {
        zp_buf_code(out, code);
    }
}

void zp_json_string(zp_buf *out, zp_str s)
{
    zp_buf_byte(out, '"');
    s = zp_utf8_clean(out->arena, s);
    for (size_t at = 0; at < s.n;)
        add_escaped(out, zp_utf8_next(s, &at));
    zp_buf_byte(out, '"');
}

void zp_json_key(zp_buf *out, const char *key)
{
    char last = out->p[out->n - 1];
    zp_buf_format(out, "%s\"%s\":", last == '{' ? "" : ",", key);
}
