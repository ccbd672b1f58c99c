/* words.c: characters in, words with spaces between out. */
#include "archive/words.h"

#include "base/utf8.h"

/* Stands for the point of a number: to the index a letter, and nobody types it. */
#define POINT "\xC2\xB7" /* U+00B7 */

typedef enum { APART, LETTER, DIGIT, HAN, MARK } sort;

static bool is_within(uint32_t code, uint32_t first, uint32_t last)
{
    return code >= first && code <= last;
}

/* Full-width ASCII in half width, capitals of ASCII small. */
static uint32_t fold(uint32_t code)
{
    if (is_within(code, 0xFF01, 0xFF5E))
        code -= 0xFF01 - '!';
    return is_within(code, 'A', 'Z') ? code - 'A' + 'a' : code;
}

/* A combining mark or a variation selector: part of what stands before it, and of no weight. */
static bool is_mark(uint32_t code)
{
    return is_within(code, 0x300, 0x36F) || is_within(code, 0xFE00, 0xFE0F) ||
           is_within(code, 0xE0100, 0xE01EF) || is_within(code, 0x200B, 0x200D);
}

static sort sort_of(uint32_t code)
{
    if (is_within(code, '0', '9'))
        return DIGIT;
    if (code < 0x80)
        return is_within(code, 'a', 'z') ? LETTER : APART;
    if (zp_code_is_han(code))
        return HAN;
    if (is_mark(code))
        return MARK;
    bool letter = code >= 0xC0 && !zp_code_is_space(code) && !zp_code_is_chinese(code) &&
                  !is_within(code, 0x2000, 0x2BFF);
    return letter ? LETTER : APART;
}

/* Whether the point or comma at `at` stands within a number. */
static bool is_within_number(zp_str text, size_t at, uint32_t code)
{
    if (at == 0 || at + 1 >= text.n || (code != '.' && code != ','))
        return false;
    return text.p[at - 1] >= '0' && text.p[at - 1] <= '9' && text.p[at + 1] >= '0' &&
           text.p[at + 1] <= '9';
}

/* Whether `text` has three digits and no more from `at` on: what a thousands mark stands before. */
static bool has_thousands(zp_str text, size_t at)
{
    size_t digits = 0;
    while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9' && digits < 4) {
        at++;
        digits++;
    }
    return digits == 3;
}

zp_str zp_words_spread(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    sort last = APART; /* of what the word that is being written ends in */
    for (size_t at = 0; at < text.n;) {
        size_t here = at;
        uint32_t code = fold(zp_utf8_next(text, &at));
        sort is = sort_of(code);
        if (is == MARK)
            continue;
        bool inside = is_within_number(text, here, code);
        if (inside && code == ',' && has_thousands(text, at))
            continue;
        if (inside && code == '.') {
            zp_buf_lit(&out, POINT);
            continue;
        }
        bool goes_on = last != APART && last != HAN && is != HAN;
        if (is != APART && out.n > 0 && !goes_on)
            zp_buf_byte(&out, ' ');
        if (is != APART)
            zp_buf_code(&out, code);
        last = is;
    }
    return zp_buf_str(&out);
}

/* What stands at *at up to white space, and *at moved behind it. */
static zp_str next_piece(zp_str typed, size_t *at)
{
    size_t start = *at, end = typed.n;
    while (*at < typed.n) {
        size_t here = *at;
        bool space = zp_code_is_space(zp_utf8_next(typed, at));
        if (space && here == start)
            start = *at;
        else if (space) {
            end = here;
            break;
        }
    }
    return zp_str_slice(typed, start, end);
}

zp_str zp_words_query(zp_arena *arena, zp_str typed)
{
    zp_buf query = {.arena = arena};
    for (size_t at = 0; at < typed.n;) {
        zp_str words = zp_words_spread(arena, next_piece(typed, &at));
        if (words.n == 0)
            continue;
        char last = words.p[words.n - 1];
        bool may_go_on = (last >= 'a' && last <= 'z') || (last >= '0' && last <= '9');
        if (query.n > 0)
            zp_buf_lit(&query, " AND ");
        zp_buf_byte(&query, '"');
        zp_buf_add(&query, words); /* letters, digits and spaces: no quote to escape */
        zp_buf_add(&query, may_go_on ? ZP_STR("\" *") : ZP_STR("\""));
    }
    return zp_buf_str(&query);
}
