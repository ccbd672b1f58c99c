/* pattern.c: a file's name in; whether it is one that is asked for. */
#include "data/pattern.h"

#include <string.h>
#include <strings.h>
#include "base/utf8.h"

bool zp_pattern_is(zp_str name)
{
    return zp_str_find(name, ZP_STR("*"), 0) < name.n || zp_str_find(name, ZP_STR("?"), 0) < name.n;
}

/* The next character, or byte where the names are not UTF-8: names of files need not be. */
static uint32_t next_of(zp_str s, size_t *at, bool bytes)
{
    return bytes ? (unsigned char)s.p[(*at)++] : zp_utf8_next(s, at);
}

/* Only the last * is ever tried again, so the cost is at most the product of the lengths. */
bool zp_pattern_fits(zp_str pattern, zp_str name)
{
    bool bytes = zp_utf8_fault(pattern, 0) < pattern.n || zp_utf8_fault(name, 0) < name.n;
    size_t p = 0, n = 0, star = SIZE_MAX, retry = 0;
    while (n < name.n) {
        size_t next = n, wild = p;
        uint32_t code = next_of(name, &next, bytes);
        uint32_t want = p < pattern.n ? next_of(pattern, &wild, bytes) : 0;
        if (want == '*') {
            star = p = wild;
            retry = n;
        } else if (p < pattern.n && (want == '?' || want == code)) {
            p = wild;
            n = next;
        } else if (star != SIZE_MAX) {
            next_of(name, &retry, bytes);
            n = retry;
            p = star;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

bool zp_name_is_aside(zp_str name)
{
    return zp_str_starts(name, ZP_STR(".")) || zp_str_starts(name, ZP_STR("~"));
}

bool zp_name_ends(zp_str name, const char *const *endings)
{
    for (; *endings; endings++) {
        size_t n = strlen(*endings);
        if (name.n > n && strncasecmp(name.p + name.n - n, *endings, n) == 0)
            return true;
    }
    return false;
}
