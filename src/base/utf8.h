/* utf8.h: characters as code points, and the two questions that reading Chinese text asks of one.
 *
 * Unless said otherwise the text is valid UTF-8: zp_source_read sees to that once, at the door.
 */
#ifndef ZP_UTF8_H
#define ZP_UTF8_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

/* The bits that byte `at` of a sequence gives, if it is not the first. */
static inline uint32_t zp_utf8_tail(zp_str s, size_t at)
{
    return (unsigned char)s.p[at] & 0x3FU;
}

/* The code point at offset *at (< s.n), and *at moved past it. On every hot path: hence in line,
 * and Han first. */
static inline uint32_t zp_utf8_next(zp_str s, size_t *at)
{
    size_t i = *at;
    assert(i < s.n);
    uint32_t lead = (unsigned char)s.p[i];
    assert(lead < 0x80 || (lead >= 0xC2 && s.n - i >= (lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U)));
    if (lead >= 0xE0 && lead < 0xF0) {
        *at = i + 3;
        return (lead & 0xFU) << 12 | zp_utf8_tail(s, i + 1) << 6 | zp_utf8_tail(s, i + 2);
    }
    if (lead < 0x80) {
        *at = i + 1;
        return lead;
    }
    if (lead < 0xE0) {
        *at = i + 2;
        return (lead & 0x1FU) << 6 | zp_utf8_tail(s, i + 1);
    }
    *at = i + 4;
    return (lead & 7U) << 18 | zp_utf8_tail(s, i + 1) << 12 | zp_utf8_tail(s, i + 2) << 6 |
           zp_utf8_tail(s, i + 3);
}

/* The code point that ends at offset at (0 < at <= s.n). */
uint32_t zp_utf8_before(zp_str s, size_t at);

/* `code` as UTF-8 in `out`; how many bytes that is, 1 to 4. */
size_t zp_utf8_encode(uint32_t code, char out[4]);
void zp_buf_code(zp_buf *buf, uint32_t code);

size_t zp_utf8_count(zp_str s); /* code points in s */

/* The beginning of `s`, at most `n` bytes and whole characters. */
zp_str zp_utf8_cut(zp_str s, size_t n);

/* For bytes of unknown kind: offset of the first sequence at or after `from` that is not UTF-8
 * (overlong forms, surrogates and codes above U+10FFFF are not), or s.n; and how many bytes at such
 * a fault to skip (the longest prefix of a sequence that went wrong, at least 1; Unicode 15, 3.9).
 */
size_t zp_utf8_fault(zp_str s, size_t from);
size_t zp_utf8_fault_length(zp_str s, size_t at);

/* `s` with U+FFFD for each fault; `s` itself when it has none. */
zp_str zp_utf8_clean(zp_arena *arena, zp_str s);

/* White space of any width, no-break and zero-width ones included: what people do not see in a word
 * or cell. */
bool zp_code_is_space(uint32_t code);
bool zp_utf8_is_blank(zp_str s); /* nothing but that */

/* A Han ideograph (all blocks, compatibility ones, 〇 and 々) or kana. */
bool zp_code_is_han(uint32_t code);

/* Han, or a mark of Chinese writing: full-width forms, CJK punctuation, and “ ” ‘ ’ … — ·, which
 * Latin shares: a line end between two of these is no space. */
bool zp_code_is_chinese(uint32_t code);

#endif
