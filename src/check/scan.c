/* scan.c: text in, characters with their neighbours out. */
#include "check/scan.h"

#include <string.h>

bool zp_scan_next(zp_scan *scan)
{
    if (scan->end >= scan->text.n)
        return false;
    if (scan->end == 0)
        scan->after = zp_utf8_next(scan->text, &scan->ahead);
    scan->start = scan->end;
    scan->end = scan->ahead;
    scan->before = scan->code;
    scan->code = scan->after;
    scan->after = scan->end < scan->text.n ? zp_utf8_next(scan->text, &scan->ahead) : 0;
    return true;
}

uint32_t zp_code_at(zp_str text, size_t at)
{
    return at < text.n ? zp_utf8_next(text, &at) : 0;
}

uint32_t zp_code_before(zp_str text, size_t at)
{
    return at > 0 ? zp_utf8_before(text, at) : 0;
}

bool zp_code_in(uint32_t code, zp_str set)
{
    for (size_t at = 0; at < set.n;)
        if (zp_utf8_next(set, &at) == code)
            return true;
    return false;
}

bool zp_code_is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

bool zp_code_is_letter(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
}

static unsigned value_of(uint32_t code)
{
    static const uint32_t numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                        0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
    for (unsigned i = 0; i < sizeof numerals / sizeof *numerals; i++)
        if (numerals[i] == code)
            return i + 1;
    return 0;
}

bool zp_code_is_numeral(uint32_t code)
{
    return value_of(code) > 0;
}

bool zp_text_has(zp_str text, size_t at, zp_str word)
{
    return at <= text.n && word.n <= text.n - at && memcmp(text.p + at, word.p, word.n) == 0;
}

/* Which of the 4096 bits stands for two characters. */
static uint32_t bit_of(uint32_t first, uint32_t second)
{
    return (first * 31 + second) % 4096;
}

void zp_openers_add(zp_openers *openers, zp_str word)
{
    size_t at = 0;
    uint32_t first = zp_utf8_next(word, &at), bit = bit_of(first, zp_code_at(word, at));
    openers->bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

bool zp_openers_has(const zp_openers *openers, const zp_scan *scan)
{
    uint32_t bit = bit_of(scan->code, scan->after);
    return openers->bits[bit / 64] >> bit % 64 & 1;
}

size_t zp_digits_end(zp_str text, size_t at)
{
    while (at < text.n && zp_code_is_digit((unsigned char)text.p[at]))
        at++;
    return at;
}

static unsigned read_digits(zp_str text, size_t at, size_t *end)
{
    unsigned value = 0;
    for (*end = at; *end < text.n && *end < at + 3; ++*end) {
        if (!zp_code_is_digit((unsigned char)text.p[*end]))
            break;
        value = value * 10 + (unsigned)(text.p[*end] - '0');
    }
    return *end > at + 2 || text.p[at] == '0' ? 0 : value;
}

unsigned zp_ordinal_read(zp_str text, size_t at, size_t *end)
{
    if (zp_code_is_digit(zp_code_at(text, at)))
        return read_digits(text, at, end);
    unsigned tens = 0, ones = 0;
    for (*end = at; *end < text.n;) {
        size_t next = *end;
        unsigned value = value_of(zp_utf8_next(text, &next));
        if (value == 0)
            break;
        if (value < 10 ? ones > 0 : tens > 0)
            return 0;
        if (value == 10) {
            tens = ones ? ones : 1;
            ones = 0;
        } else {
            ones = value;
        }
        *end = next;
    }
    return tens * 10 + ones;
}

void zp_ordinal_write(zp_buf *out, unsigned value)
{
    static const char *const numerals[] = {"",   "一", "二", "三", "四",
                                           "五", "六", "七", "八", "九"};
    if (value >= 20)
        zp_buf_add(out, zp_str_from(numerals[value / 10 % 10]));
    if (value >= 10)
        zp_buf_lit(out, "十");
    zp_buf_add(out, zp_str_from(numerals[value % 10]));
}

size_t zp_han_count(zp_str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.n;)
        count += zp_code_is_han(zp_utf8_next(text, &at));
    return count;
}

bool zp_passage_is(const zp_passage *passage, zp_node_kind kind)
{
    return passage->node != NULL && passage->node->kind == kind;
}

bool zp_passage_is_prose(const zp_passage *passage)
{
    return (zp_passage_is(passage, ZP_NODE_PARAGRAPH) || zp_passage_is(passage, ZP_NODE_HEADING)) &&
           passage->node->parent->kind == ZP_NODE_DOCUMENT;
}

bool zp_heading_is_marked(const zp_passage *heading)
{
    zp_span span = heading->node->span;
    return span.source != NULL && span.start < span.source->text.n &&
           span.source->text.p[span.start] == '#';
}

bool zp_where_is_typed(const zp_checker *checker, zp_where where)
{
    return !zp_passage_is_printed(checker->passages, where.passage, where.start, where.end);
}
