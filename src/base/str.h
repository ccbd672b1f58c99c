/* str.h: borrowed strings and growing buffers.
 *
 * A zp_str is a slice of somebody's bytes: pointer and length, no NUL at the end. It owns
 * nothing; the bytes are the arena's, a source's or a literal's. Text is UTF-8.
 */
#ifndef ZP_STR_H
#define ZP_STR_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/arena.h"

typedef struct {
    const char *p;
    size_t n;
} zp_str;

/* A literal as a slice; and the two halves of printing one: printf("%.*s", ZP_ARG(s)). */
#define ZP_STR(literal) ((zp_str){(literal), sizeof(literal) - 1})
#define ZP_ARG(s)       (int)(s).n, (s).p

#define ZP_PRINTF(text, first) __attribute__((format(printf, text, first)))

/* These few are asked of every character of a text: hence in line. */

/* NULL gives the empty string. */
static inline zp_str zp_str_from(const char *cstr)
{
    return cstr ? (zp_str){cstr, strlen(cstr)} : ZP_STR("");
}

/* start <= end <= s.n */
static inline zp_str zp_str_slice(zp_str s, size_t start, size_t end)
{
    assert(start <= end && end <= s.n);
    return start ? (zp_str){s.p + start, end - start} : (zp_str){s.p, end};
}

/* Mostly the first byte tells. */
static inline bool zp_str_starts(zp_str s, zp_str prefix)
{
    return prefix.n == 0 ||
           (s.n >= prefix.n && s.p[0] == prefix.p[0] && memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool zp_str_eq(zp_str a, zp_str b)
{
    return a.n == b.n && zp_str_starts(a, b);
}

static inline bool zp_str_ends(zp_str s, zp_str suffix)
{
    return s.n >= suffix.n && zp_str_starts(zp_str_slice(s, s.n - suffix.n, s.n), suffix);
}

zp_str zp_str_trim(zp_str s); /* without ASCII white space at both ends */
zp_str zp_str_copy(zp_arena *arena, zp_str s);
const char *zp_str_cstr(zp_arena *arena, zp_str s); /* a copy that ends in NUL */
zp_str zp_str_format(zp_arena *arena, const char *format, ...) ZP_PRINTF(2, 3);

int zp_str_compare(zp_str a, zp_str b); /* by bytes, as strcmp */

/* Offset of the first `needle` at or after `from`; s.n when there is none. */
size_t zp_str_find(zp_str s, zp_str needle, size_t from);

/* The entry of `names` (count of them) that `word` was most likely meant to be: the one at the
 * least edit distance in characters, if that is at most a third of the word's length (at least 1);
 * else the empty string. */
zp_str zp_str_nearest(zp_str word, const zp_str *names, size_t count);

/* Bytes that grow, in an arena. Zero it and set `arena` to begin. */
typedef struct {
    zp_arena *arena;
    char *p;
    size_t n, capacity;
} zp_buf;

void zp_buf_reserve(zp_buf *buf, size_t more); /* room for `more` further bytes */
void zp_buf_add(zp_buf *buf, zp_str s);
static inline void zp_buf_byte(zp_buf *buf, char byte)
{
    if (buf->n == buf->capacity)
        zp_buf_reserve(buf, 1);
    buf->p[buf->n++] = byte;
}
void zp_buf_uint(zp_buf *buf, uint64_t number); /* in decimal */
void zp_buf_format(zp_buf *buf, const char *format, ...) ZP_PRINTF(2, 3);
zp_str zp_buf_str(const zp_buf *buf); /* what it holds, borrowed */

#define zp_buf_lit(buf, literal) zp_buf_add((buf), ZP_STR(literal))

#endif
