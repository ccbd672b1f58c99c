/* filename.c: a text in, a safe name out, character by character. */
#include "base/filename.h"

#include <string.h>
#include <strings.h>
#include "base/utf8.h"

static bool is_forbidden(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) ||
           (code < 0x80 && strchr("/\\:*?\"<>|", (int)code));
}

/* Names that Windows keeps for itself, whatever the ending. */
static bool is_device(zp_str name)
{
    static const char *const plain[] = {"con", "prn", "aux", "nul"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (name.n == 3 && strncasecmp(name.p, plain[i], 3) == 0)
            return true;
    return name.n == 4 && name.p[3] >= '0' && name.p[3] <= '9' &&
           (strncasecmp(name.p, "com", 3) == 0 || strncasecmp(name.p, "lpt", 3) == 0);
}

zp_str zp_filename_make(zp_arena *arena, zp_str name, size_t ending)
{
    zp_buf out = {.arena = arena};
    name = zp_utf8_clean(arena, name);
    for (size_t at = 0; at < name.n;) {
        size_t start = at;
        uint32_t code = zp_utf8_next(name, &at);
        bool leading = out.n == 0 && (code == '.' || code == ' ');
        if (is_forbidden(code) || leading)
            continue;
        if (out.n + (at - start) + ending > ZP_FILENAME)
            break;
        zp_buf_add(&out, zp_str_slice(name, start, at));
    }
    while (out.n > 0 && (out.p[out.n - 1] == '.' || out.p[out.n - 1] == ' '))
        out.n--;
    if (is_device(zp_buf_str(&out)))
        zp_buf_byte(&out, '_');
    return zp_buf_str(&out);
}
