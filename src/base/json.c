/* json.c: the escapes of JSON strings. */
#include "base/json.h"

#include "base/utf8.h"

/* Quotes, controls (C1 too), and the line ends that JavaScript knows besides. */
static bool is_escaped(uint32_t code)
{
    return code == '"' || code == '\\' || code < 0x20 || (code >= 0x7F && code < 0xA0) ||
           code == 0x2028 || code == 0x2029;
}

static void add_escaped(zp_buf *out, uint32_t code)
{
    if (code == '"' || code == '\\') {
        zp_buf_byte(out, '\\');
        zp_buf_byte(out, (char)code);
    } else if (code == '\n') {
        zp_buf_lit(out, "\\n");
    } else {
        zp_buf_format(out, "\\u%04x", (unsigned)code);
    }
}

void zp_json_string(zp_buf *out, zp_str s)
{
    size_t from = 0; /* of what is added as it stands */
    s = zp_utf8_clean(out->arena, s);
    zp_buf_byte(out, '"');
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t code = zp_utf8_next(s, &at);
        if (!is_escaped(code))
            continue;
        zp_buf_add(out, zp_str_slice(s, from, start));
        add_escaped(out, code);
        from = at;
    }
    zp_buf_add(out, zp_str_slice(s, from, s.n));
    zp_buf_byte(out, '"');
}

void zp_json_key(zp_buf *out, const char *key)
{
    char last = out->p[out->n - 1];
    zp_buf_format(out, "%s\"%s\":", last == '{' ? "" : ",", key);
}
