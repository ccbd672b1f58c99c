/* jsontext.c: one pass over the text, from backslash to backslash; outside strings JSON has none.
 */
#include "data/jsontext.h"

#include <string.h>

enum {
    ESCAPE = 6, /* bytes of \ud83d */
    HIGH = 0xD800,
    LOW = 0xDC00,
    BEHIND = 0xE000,
    ASTRAL = 0x10000,
};

/* The code of the escape \uXXXX at `at`; 0 when there is none. */
static uint32_t escape_at(zp_str text, size_t at)
{
    uint32_t code = 0;
    if (at + ESCAPE > text.n || text.p[at] != '\\' || text.p[at + 1] != 'u')
        return 0;
    for (size_t i = at + 2; i < at + ESCAPE; i++) {
        char c = text.p[i];
        if (c >= '0' && c <= '9')
            code = code * 16 + (uint32_t)(c - '0');
        else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
            code = code * 16 + (uint32_t)((c & ~0x20) - 'A' + 10);
        else
            return 0;
    }
    return code;
}

/* The escape at `at`, in YAML's way, to `out`; its length in the text. */
static size_t add_escape(zp_str text, size_t at, zp_buf *out)
{
    uint32_t code = escape_at(text, at);
    uint32_t next = code >= HIGH && code < LOW ? escape_at(text, at + ESCAPE) : 0;
    size_t plain =
        at + 2 <= text.n ? 2 : 1; /* \\ and \" too, so that what follows is judged alone */
    if (next >= LOW && next < BEHIND) {
        zp_buf_format(out, "\\U%08x", (unsigned)(ASTRAL + ((code - HIGH) << 10) + (next - LOW)));
        return (size_t)2 * ESCAPE;
    }
    if (code >= HIGH && code < BEHIND) {
        zp_buf_lit(out, "\\ufffd");
        return ESCAPE;
    }
    zp_buf_add(out, zp_str_slice(text, at, at + plain));
    return plain;
}

const zp_source *zp_json_source(zp_arena *arena, const zp_source *source)
{
    zp_str text = source->text;
    if (!memmem(text.p, text.n, "\\ud", 3) && !memmem(text.p, text.n, "\\uD", 3))
        return source;
    zp_buf out = {.arena = arena};
    zp_buf_reserve(&out, text.n);
    for (size_t at = 0; at < text.n;) {
        size_t next = zp_str_find(text, ZP_STR("\\"), at);
        zp_buf_add(&out, zp_str_slice(text, at, next));
        at = next < text.n ? next + add_escape(text, next, &out) : next;
    }
    return zp_source_new(arena, source->name, zp_buf_str(&out));
}
