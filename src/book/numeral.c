/* numeral.c: text to at most 15 decimal digits and a power, and back.
 *
 * Everything is done on the digits. The one step over to a double (zp_numeral_double) is for
 * questions where its error cannot show.
 */
#include "book/numeral.h"

#include <string.h>

enum {
    KEPT = 40,            /* digits read before rounding: halves beyond these do not occur */
    EXPONENT_MAX = 10000, /* larger ones are cut here, and are too large anyway */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void drop_zeros(zp_numeral *n)
{
    while (n->count > 0 && n->digits[n->count - 1] == '0')
        n->count--;
    if (n->count == 0)
        *n = (zp_numeral){.count = 0};
}

/* Keeps `keep` of `count` digits, rounded; what is kept goes into the numeral. A carry past the
 * first digit moves the point. */
static void keep_digits(zp_numeral *n, const char *digits, int count, int keep)
{
    if (keep < 0 || count == 0) {
        *n = (zp_numeral){.count = 0};
        return;
    }
    bool up = keep < count && digits[keep] >= '5';
    n->count = keep < count ? keep : count;
    memmove(n->digits, digits, (size_t)n->count);
    if (up) {
        while (n->count > 0 && n->digits[n->count - 1] == '9')
            n->count--;
        if (n->count > 0) {
            n->digits[n->count - 1]++;
        } else {
            n->digits[n->count++] = '1';
            n->point++;
        }
    }
    drop_zeros(n);
}

/* Digits and a point, and how many bytes they are; 0 when there is no digit. */
typedef struct {
    char digits[KEPT];
    int count;
    int64_t point;
} mantissa;

static size_t read_mantissa(zp_str text, mantissa *m)
{
    bool after = false, any = false;
    size_t at = 0;
    for (; at < text.n; at++) {
        char c = text.p[at];
        if (c == '.' && !after) {
            after = true;
            continue;
        }
        if (!is_digit(c))
            break;
        any = true;
        bool leading = m->count == 0 && c == '0';
        if (!leading && m->count < KEPT)
            m->digits[m->count++] = c;
        if (leading && after)
            m->point--;
        else if (!leading && !after)
            m->point++;
    }
    return any ? at : 0;
}

/* `text` from its e on; true when it is an exponent, or empty. */
static bool read_exponent(zp_str text, int64_t *exponent)
{
    *exponent = 0;
    if (text.n == 0)
        return true;
    if (text.p[0] != 'e' && text.p[0] != 'E')
        return false;
    size_t at = 1;
    bool minus = at < text.n && text.p[at] == '-';
    if (at < text.n && (text.p[at] == '-' || text.p[at] == '+'))
        at++;
    if (at == text.n)
        return false;
    for (; at < text.n; at++) {
        if (!is_digit(text.p[at]))
            return false;
        if (*exponent < EXPONENT_MAX)
            *exponent = *exponent * 10 + (text.p[at] - '0');
    }
    if (minus)
        *exponent = -*exponent;
    return true;
}

bool zp_numeral_read(zp_str text, zp_numeral *numeral)
{
    *numeral = (zp_numeral){.count = 0};
    bool negative = text.n > 0 && text.p[0] == '-';
    size_t at = negative || (text.n > 0 && text.p[0] == '+');
    mantissa m = {.count = 0};
    size_t length = read_mantissa(zp_str_slice(text, at, text.n), &m);
    int64_t exponent;
    if (!length || !read_exponent(zp_str_slice(text, at + length, text.n), &exponent))
        return false;
    if (m.count == 0)
        return true;
    int64_t point = m.point + exponent;
    if (point > ZP_NUMERAL_POWER || point < -ZP_NUMERAL_POWER)
        return false;
    numeral->negative = negative;
    numeral->point = (int)point;
    keep_digits(numeral, m.digits, m.count, ZP_NUMERAL_DIGITS);
    return true;
}

zp_numeral zp_numeral_int(int64_t value)
{
    zp_numeral n = {.negative = value < 0};
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char digits[20];
    int count = 0;
    for (; rest; rest /= 10)
        digits[sizeof digits - 1 - (size_t)count++] = (char)('0' + rest % 10);
    n.point = count;
    keep_digits(&n, digits + sizeof digits - (size_t)count, count, ZP_NUMERAL_DIGITS);
    return n;
}

void zp_numeral_round(zp_numeral *n, int places)
{
    int keep = n->point + places;
    if (keep < n->count)
        keep_digits(n, n->digits, n->count, keep);
}

void zp_numeral_scale(zp_numeral *n, int power)
{
    if (n->count > 0)
        n->point += power;
}

static int compare_sizes(const zp_numeral *a, const zp_numeral *b)
{
    if (!a->count || !b->count)
        return (a->count > 0) - (b->count > 0);
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    int common = a->count < b->count ? a->count : b->count;
    int order = memcmp(a->digits, b->digits, (size_t)common);
    if (order)
        return order < 0 ? -1 : 1;
    return (a->count > b->count) - (a->count < b->count);
}

int zp_numeral_compare(const zp_numeral *a, const zp_numeral *b)
{
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    int order = compare_sizes(a, b);
    return a->negative ? -order : order;
}

static void add_zeros(zp_buf *out, int count)
{
    for (int i = 0; i < count; i++)
        zp_buf_byte(out, '0');
}

void zp_numeral_print(const zp_numeral *n, zp_buf *out)
{
    zp_str digits = {n->digits, (size_t)n->count};
    if (n->negative)
        zp_buf_byte(out, '-');
    if (n->count == 0) {
        zp_buf_byte(out, '0');
    } else if (n->point <= 0) {
        zp_buf_lit(out, "0.");
        add_zeros(out, -n->point);
        zp_buf_add(out, digits);
    } else if (n->point >= n->count) {
        zp_buf_add(out, digits);
        add_zeros(out, n->point - n->count);
    } else {
        zp_buf_add(out, zp_str_slice(digits, 0, (size_t)n->point));
        zp_buf_byte(out, '.');
        zp_buf_add(out, zp_str_slice(digits, (size_t)n->point, digits.n));
    }
}

double zp_numeral_double(const zp_numeral *n)
{
    double value = 0, scale = 1;
    for (int i = 0; i < n->count; i++)
        value = value * 10 + (n->digits[i] - '0');
    int power = n->point - n->count;
    for (int i = 0; i < (power < 0 ? -power : power); i++)
        scale *= 10;
    value = power < 0 ? value / scale : value * scale;
    return n->negative ? -value : value;
}
