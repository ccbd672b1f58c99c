/* decimal.c: a figure's text in, a whole number and a place of its point out; and back.
 *
 * Commas are held to groups of three, so that 3,5 is not silently read as 35.
 */
#include "layout/decimal.h"

#include <string.h>

/* Moves *at over `mark` if it stands there. */
static bool skip(zp_str text, size_t *at, const char *mark)
{
    size_t n = strlen(mark);
    if (text.n - *at < n || memcmp(text.p + *at, mark, n) != 0)
        return false;
    *at += n;
    return true;
}

static bool is_missing(zp_str text)
{
    static const char *const marks[] = {"", "—", "——", "-", "–", "－", "/", "／"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (zp_str_eq(text, zp_str_from(marks[i])))
            return true;
    return false;
}

static bool skip_minus(zp_str text, size_t *at)
{
    if (skip(text, at, "+") || skip(text, at, "＋"))
        return false;
    return skip(text, at, "-") || skip(text, at, "−") || skip(text, at, "－");
}

/* Digits being read. */
typedef struct {
    int64_t units;
    int significant, count, run; /* digits without leading zeros, all, since the last comma */
    bool grouped, broken;        /* a comma was met; one that does not part thousands */
} digits;

static void take_digit(digits *d, char c)
{
    d->count++;
    d->run++;
    if (d->significant > 0 || c != '0')
        d->significant++;
    if (d->significant <= ZP_DECIMAL_DIGITS)
        d->units = d->units * 10 + (c - '0');
    if (d->count > 1 << 20) /* counts stay small whatever is written */
        d->broken = true;
}

static void take_comma(digits *d)
{
    if (d->grouped ? d->run != 3 : d->run < 1 || d->run > 3)
        d->broken = true;
    d->grouped = true;
    d->run = 0;
}

static void take_whole(zp_str text, size_t *at, digits *d)
{
    while (*at < text.n && !d->broken) {
        if (text.p[*at] >= '0' && text.p[*at] <= '9')
            take_digit(d, text.p[(*at)++]);
        else if (skip(text, at, ",") || skip(text, at, "，"))
            take_comma(d);
        else
            break;
    }
    if (d->grouped && d->run != 3)
        d->broken = true;
}

zp_decimal_outcome zp_decimal_read(zp_str text, zp_decimal *decimal)
{
    text = zp_str_trim(text);
    *decimal = (zp_decimal){.missing = is_missing(text)};
    if (decimal->missing)
        return ZP_DECIMAL_READ;
    size_t at = 0;
    bool minus = skip_minus(text, &at);
    digits d = {0};
    take_whole(text, &at, &d);
    int whole = d.count;
    if (whole > 0 && !d.broken && skip(text, &at, "."))
        while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9' && !d.broken)
            take_digit(&d, text.p[at++]);
    int places = d.count - whole;
    decimal->percent = skip(text, &at, "%") || skip(text, &at, "％");
    decimal->grouped = d.grouped;
    decimal->decimals = places;
    decimal->units = minus ? -d.units : d.units;
    if (whole == 0 || d.broken || at < text.n)
        return ZP_DECIMAL_NONE;
    bool fits = d.significant <= ZP_DECIMAL_DIGITS && places <= ZP_DECIMAL_PLACES;
    return fits ? ZP_DECIMAL_READ : ZP_DECIMAL_TOO_LONG;
}

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

bool zp_decimal_widen(zp_decimal *decimal, int decimals)
{
    const int64_t most = power_of_ten(ZP_DECIMAL_DIGITS);
    for (; decimal->decimals < decimals; decimal->decimals++) {
        decimal->units *= 10;
        if (decimal->units >= most || decimal->units <= -most)
            return false;
    }
    return true;
}

zp_str zp_decimal_print(zp_arena *arena, int64_t units, int decimals, int places, bool grouped)
{
    uint64_t size = units < 0 ? 0 - (uint64_t)units : (uint64_t)units;
    int kept = places < decimals ? places : decimals;
    uint64_t divisor = (uint64_t)power_of_ten(decimals - kept);
    size = (size + divisor / 2) / divisor;
    uint64_t one = (uint64_t)power_of_ten(kept), whole = size / one, rest = size % one;
    zp_buf out = {.arena = arena};
    if (units < 0 && size > 0)
        zp_buf_byte(&out, '-');
    zp_str text = zp_str_format(arena, "%llu", (unsigned long long)whole);
    for (size_t i = 0; i < text.n; i++) {
        if (grouped && i > 0 && (text.n - i) % 3 == 0)
            zp_buf_byte(&out, ',');
        zp_buf_byte(&out, text.p[i]);
    }
    if (places > 0)
        zp_buf_byte(&out, '.');
    for (int i = 0; i < places; i++) {
        one /= one > 1 ? 10 : 1;
        zp_buf_byte(&out, i < kept ? (char)('0' + rest / one % 10) : '0');
    }
    return zp_buf_str(&out);
}
