/* str.c: slices and buffers over an arena's memory.
 *
 * Nothing here reads past a slice's end or needs a NUL there. An empty slice may have a NULL
 * pointer, which the functions of <string.h> may not be given even with length 0: hence the tests
 * for n.
 */
#include "base/str.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "base/utf8.h"

enum {
    BUF_MIN = 64,      /* the first capacity of a buffer */
    UINT_DIGITS = 20,  /* of the largest uint64_t */
    NEAREST_WORD = 64, /* longer words, in characters, are no slips of the pen */
    NEAREST_SHARE = 3, /* a word may differ in one character of so many */
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

zp_str zp_str_trim(zp_str s)
{
    size_t start = 0, end = s.n;
    while (start < end && is_space(s.p[start]))
        start++;
    while (end > start && is_space(s.p[end - 1]))
        end--;
    return zp_str_slice(s, start, end);
}

const char *zp_str_cstr(zp_arena *arena, zp_str s)
{
    char *copy = zp_arena_alloc(arena, s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    return copy;
}

zp_str zp_str_copy(zp_arena *arena, zp_str s)
{
    return (zp_str){zp_str_cstr(arena, s), s.n};
}

int zp_str_compare(zp_str a, zp_str b)
{
    size_t shared = a.n < b.n ? a.n : b.n;
    int order = shared ? memcmp(a.p, b.p, shared) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

size_t zp_str_find(zp_str s, zp_str needle, size_t from)
{
    assert(from <= s.n);
    if (needle.n > s.n - from)
        return s.n;
    if (!needle.n)
        return from;
    const char *found = needle.n == 1 ? memchr(s.p + from, needle.p[0], s.n - from)
                                      : memmem(s.p + from, s.n - from, needle.p, needle.n);
    return found ? (size_t)(found - s.p) : s.n;
}

/* The characters of `word` as codes; how many, or SIZE_MAX when over NEAREST_WORD. */
static size_t spell(zp_str word, uint32_t codes[NEAREST_WORD])
{
    size_t count = 0;
    for (size_t at = 0; at < word.n;) {
        if (count == NEAREST_WORD)
            return SIZE_MAX;
        codes[count++] = zp_utf8_next(word, &at);
    }
    return count;
}

/* Levenshtein's distance; `row` holds the distances of a's prefix to every prefix of b. */
static size_t edit_distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    size_t row[NEAREST_WORD + 1];
    for (size_t j = 0; j <= b_count; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_count; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[b_count];
}

zp_str zp_str_nearest(zp_str word, const zp_str *names, size_t count)
{
    uint32_t codes[NEAREST_WORD], other[NEAREST_WORD];
    size_t length = spell(word, codes);
    zp_str nearest = ZP_STR("");
    if (length == 0 || length == SIZE_MAX)
        return nearest;
    size_t limit = length / NEAREST_SHARE > 1 ? length / NEAREST_SHARE : 1;
    for (size_t i = 0; i < count; i++) {
        size_t other_length = spell(names[i], other);
        if (other_length == SIZE_MAX)
            continue;
        size_t distance = edit_distance(codes, length, other, other_length);
        if (distance <= limit) {
            nearest = names[i];
            if (distance == 0)
                break;
            limit = distance - 1;
        }
    }
    return nearest;
}

void zp_buf_reserve(zp_buf *buf, size_t more)
{
    if (more <= buf->capacity - buf->n)
        return;
    size_t capacity = buf->capacity ? zp_array_size(buf->capacity, 2) : BUF_MIN;
    if (capacity - buf->n < more) {
        assert(more <= SIZE_MAX - buf->n);
        capacity = buf->n + more;
    }
    buf->p = zp_arena_grow(buf->arena, buf->p, buf->capacity, capacity);
    buf->capacity = capacity;
}

void zp_buf_add(zp_buf *buf, zp_str s)
{
    if (!s.n)
        return;
    zp_buf_reserve(buf, s.n);
    memcpy(buf->p + buf->n, s.p, s.n);
    buf->n += s.n;
}

void zp_buf_uint(zp_buf *buf, uint64_t number)
{
    char digits[UINT_DIGITS];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    zp_buf_add(buf, (zp_str){digits + at, sizeof digits - at});
}

/* Tries the room there is; only what does not fit is formatted a second time. */
static void __attribute__((format(printf, 2, 0)))
add_format(zp_buf *buf, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    zp_buf_reserve(buf, BUF_MIN);
    int length = vsnprintf(buf->p + buf->n, buf->capacity - buf->n, format, arguments);
    assert(length >= 0);
    if ((size_t)length >= buf->capacity - buf->n) {
        zp_buf_reserve(buf, (size_t)length + 1);
        vsnprintf(buf->p + buf->n, buf->capacity - buf->n, format, again);
    }
    buf->n += (size_t)length;
    va_end(again);
}

void zp_buf_format(zp_buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_format(buf, format, arguments);
    va_end(arguments);
}

zp_str zp_str_format(zp_arena *arena, const char *format, ...)
{
    zp_buf buf = {.arena = arena};
    va_list arguments;
    va_start(arguments, format);
    add_format(&buf, format, arguments);
    va_end(arguments);
    return zp_buf_str(&buf);
}

zp_str zp_buf_str(const zp_buf *buf)
{
    return buf->n ? (zp_str){buf->p, buf->n} : ZP_STR("");
}
