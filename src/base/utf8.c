/* utf8.c: decoding, checking, and the ranges of Chinese characters.
 *
 * Two decoders for two kinds of text. zp_utf8_next (utf8.h) is on every hot path and trusts the
 * text; zp_utf8_fault trusts nothing and follows table 3-7 of the Unicode standard: after the first
 * byte only the second one's range varies.
 */
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

typedef struct {
    uint32_t first, last;
} range;

static uint32_t byte_at(zp_str s, size_t at)
{
    return (unsigned char)s.p[at];
}

uint32_t zp_utf8_before(zp_str s, size_t at)
{
    assert(at > 0 && at <= s.n);
    size_t start = at - 1;
    while (start > 0 && (byte_at(s, start) & 0xC0U) == 0x80)
        start--;
    uint32_t code = zp_utf8_next(s, &start);
    assert(start == at);
    return code;
}

size_t zp_utf8_encode(uint32_t code, char out[4])
{
    assert(code <= 0x10FFFF);
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80U | (code & 0x3FU));
        code >>= 6;
    }
    out[0] = (char)((0xF00U >> n & 0xFFU) | code);
    return n;
}

void zp_buf_code(zp_buf *buf, uint32_t code)
{
    char bytes[4];
    zp_buf_add(buf, (zp_str){bytes, zp_utf8_encode(code, bytes)});
}

size_t zp_utf8_count(zp_str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += (byte_at(s, i) & 0xC0U) != 0x80;
    return count;
}

zp_str zp_utf8_cut(zp_str s, size_t n)
{
    n = n < s.n ? n : s.n;
    while (n < s.n && ((unsigned char)s.p[n] & 0xC0U) == 0x80)
        n--;
    return zp_str_slice(s, 0, n);
}

/* How many bytes a sequence that opens with `lead` has (0: none does), and the range its second
 * byte must be in. */
static size_t sequence_of(uint32_t lead, range *second)
{
    *second = (range){0x80, 0xBF};
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    if (lead == 0xE0)
        second->first = 0xA0;
    if (lead == 0xED)
        second->last = 0x9F;
    if (lead == 0xF0)
        second->first = 0x90;
    if (lead == 0xF4)
        second->last = 0x8F;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* How many of the bytes at `at` belong to one sequence; `*whole` when it is complete. */
static size_t measure(zp_str s, size_t at, bool *whole)
{
    range allowed;
    size_t length = sequence_of(byte_at(s, at), &allowed);
    size_t n = 1;
    while (n < length && n < s.n - at && byte_at(s, at + n) >= allowed.first &&
           byte_at(s, at + n) <= allowed.last) {
        allowed = (range){0x80, 0xBF};
        n++;
    }
    *whole = n == length;
    return n;
}

static size_t skip_ascii(zp_str s, size_t at)
{
    uint64_t word;
    for (; s.n - at >= sizeof word; at += sizeof word) {
        memcpy(&word, s.p + at, sizeof word);
        if (word & 0x8080808080808080U)
            break;
    }
    while (at < s.n && byte_at(s, at) < 0x80)
        at++;
    return at;
}

size_t zp_utf8_fault(zp_str s, size_t from)
{
    size_t at = from;
    while (at < s.n) {
        if (byte_at(s, at) < 0x80) {
            at = skip_ascii(s, at);
            continue;
        }
        bool whole;
        size_t length = measure(s, at, &whole);
        if (!whole)
            return at;
        at += length;
    }
    return s.n;
}

size_t zp_utf8_fault_length(zp_str s, size_t at)
{
    bool whole;
    return measure(s, at, &whole);
}

static bool within(uint32_t code, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count && code >= ranges[i].first; i++)
        if (code <= ranges[i].last)
            return true;
    return false;
}

zp_str zp_utf8_clean(zp_arena *arena, zp_str s)
{
    size_t fault = zp_utf8_fault(s, 0);
    if (fault == s.n)
        return s;
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < s.n;) {
        zp_buf_add(&out, zp_str_slice(s, at, fault));
        at = fault;
        if (fault < s.n) {
            zp_buf_code(&out, 0xFFFD);
            at += zp_utf8_fault_length(s, fault);
            fault = zp_utf8_fault(s, at);
        }
    }
    return zp_buf_str(&out);
}

bool zp_code_is_space(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || code == 0x3000 ||
           (code >= 0x2000 && code <= 0x200B) || code == 0x202F || code == 0x205F ||
           code == 0x2060 || code == 0xFEFF;
}

bool zp_utf8_is_blank(zp_str s)
{
    for (size_t at = 0; at < s.n;)
        if (!zp_code_is_space(zp_utf8_next(s, &at)))
            return false;
    return true;
}

/* Unicode's property Ideographic, the radicals that text copied out of a PDF has in their place,
 * and kana. Planes 2 and 3 are kept for ideographs, so blocks still to come are in. */
bool zp_code_is_han(uint32_t code)
{
    static const range ranges[] = {
        {0x2E80, 0x2FDF},                                       /* radicals */
        {0x3005, 0x3007},                                       /* 々 〆 〇 */
        {0x3021, 0x3029},                                       /* 〡 to 〩 */
        {0x3038, 0x303B},                                       /* 〸 to 〻 */
        {0x3041, 0x3096},                                       /* hiragana */
        {0x309D, 0x309F},   {0x30A1, 0x30FA},                   /* katakana */
        {0x30FC, 0x30FF},   {0x31F0, 0x31FF}, {0x3400, 0x4DBF}, /* extension A */
        {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},                   /* compatibility ideographs */
        {0xFF66, 0xFF9D},                                       /* half-width katakana */
        {0x1AFF0, 0x1B16F},                                     /* old kana */
        {0x20000, 0x2FFFD}, /* extensions B to F, I and compatibility */
        {0x30000, 0x3FFFD}, /* extensions G, H, J */
    };
    if (code >= 0x4E00 && code <= 0x9FFF)
        return true;
    return within(code, ranges, sizeof ranges / sizeof *ranges);
}

bool zp_code_is_chinese(uint32_t code)
{
    static const range ranges[] = {
        {0x00B7, 0x00B7}, /* · */
        {0x2014, 0x2014}, /* — */
        {0x2018, 0x2019}, /* ‘ ’ */
        {0x201C, 0x201D}, /* “ ” */
        {0x2026, 0x2026}, /* … */
        {0x3000, 0x303F}, /* CJK punctuation */
        {0x30FB, 0x30FB}, /* ・ */
        {0x3200, 0x33FF}, /* ㈠ ㎡: one cell each, written among Han */
        {0xFE10, 0xFE1F}, /* vertical forms */
        {0xFE30, 0xFE6F}, /* compatibility and small forms */
        {0xFF01, 0xFF65}, /* full-width forms and half-width Chinese marks */
        {0xFFE0, 0xFFE6}, /* ￥ and other full-width signs */
    };
    return zp_code_is_han(code) || within(code, ranges, sizeof ranges / sizeof *ranges);
}
