/* number.c: numerals and numbers in, exact rationals out, through GMP.
 *
 * GMP allocates for itself, so nothing of GMP's outlives a call: a number is a sign and the limbs
 * of a fraction in lowest terms, in the arena, and GMP gets a read-only view of them
 * (mpz_roinit_n). Results are made in temporary objects, copied to the arena and cleared. Since
 * operands are bounded, so is the work of one operation, whatever the result.
 */
#include "base/number.h"

#include <assert.h>
#include <gmp.h>
#include <string.h>

enum {
    /* No two numbers within ZP_NUMBER_BITS are further apart than this power of ten. */
    SCALE_MAX = ZP_NUMBER_BITS,
};

struct zp_number {
    int sign;          /* -1, 0, 1 */
    size_t top;        /* limbs of the numerator; 0 for zero */
    size_t bottom;     /* limbs of the denominator, which is positive */
    mp_limb_t limbs[]; /* the numerator's, then the denominator's */
};

/* A view of `a` that must only be read, and not cleared. */
static void view(const zp_number *a, mpq_t shown)
{
    mp_size_t top = (mp_size_t)a->top;
    mpz_roinit_n(mpq_numref(shown), a->limbs, a->sign < 0 ? -top : top);
    mpz_roinit_n(mpq_denref(shown), a->limbs + a->top, (mp_size_t)a->bottom);
}

static bool fits(mpz_srcptr part)
{
    return mpz_sizeinbase(part, 2) <= ZP_NUMBER_BITS;
}

/* A copy in the arena of `q`, which is in lowest terms; clears it. */
static const zp_number *keep(zp_arena *arena, mpq_t q)
{
    zp_number *kept = NULL;
    if (fits(mpq_numref(q)) && fits(mpq_denref(q))) {
        size_t top = mpz_size(mpq_numref(q)), bottom = mpz_size(mpq_denref(q));
        kept = zp_arena_alloc(arena, sizeof *kept + (top + bottom) * sizeof(mp_limb_t));
        kept->sign = mpq_sgn(q);
        kept->top = top;
        kept->bottom = bottom;
        if (top > 0)
            memcpy(kept->limbs, mpz_limbs_read(mpq_numref(q)), top * sizeof(mp_limb_t));
        memcpy(kept->limbs + top, mpz_limbs_read(mpq_denref(q)), bottom * sizeof(mp_limb_t));
    }
    mpq_clear(q);
    return kept;
}

const zp_number *zp_number_int(zp_arena *arena, int64_t value)
{
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    mpq_t q;
    mpq_init(q);
    mpz_import(mpq_numref(q), 1, 1, sizeof size, 0, 0, &size);
    if (value < 0)
        mpq_neg(q, q);
    return keep(arena, q);
}

/* --- Reading --------------------------------------------------------------------------------- */

/* A numeral taken apart: ± digits × 10^scale. */
typedef struct {
    bool minus;
    char digits[ZP_NUMBER_DIGITS + 1]; /* ends in NUL */
    size_t count;
    int scale;
} numeral;

static bool skip(zp_str text, size_t *at, const char *mark)
{
    bool there = zp_str_starts(zp_str_slice(text, *at, text.n), zp_str_from(mark));
    *at += there ? strlen(mark) : 0;
    return there;
}

/* The sign that may stand here; whether it was a minus. */
static bool skip_sign(zp_str text, size_t *at)
{
    return !skip(text, at, "+") && (skip(text, at, "-") || skip(text, at, "\xE2\x88\x92"));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits from *at on; how many, or -1 when the numeral has more than may be read. */
static int take_digits(zp_str text, size_t *at, numeral *n)
{
    size_t before = n->count;
    for (; *at < text.n && is_digit(text.p[*at]); ++*at) {
        if (n->count == ZP_NUMBER_DIGITS)
            return -1;
        n->digits[n->count++] = text.p[*at];
    }
    return (int)(n->count - before);
}

static bool take_exponent(zp_str text, size_t *at, numeral *n)
{
    bool minus = skip_sign(text, at);
    size_t first = *at;
    int exponent = 0;
    for (; *at < text.n && is_digit(text.p[*at]); ++*at) {
        exponent = exponent * 10 + (text.p[*at] - '0');
        if (exponent > ZP_NUMBER_DIGITS)
            return false;
    }
    n->scale += minus ? -exponent : exponent;
    return *at > first;
}

static bool take_numeral(zp_str text, numeral *n)
{
    size_t at = 0;
    n->minus = skip_sign(text, &at);
    n->count = 0;
    n->scale = 0;
    if (take_digits(text, &at, n) < 0)
        return false;
    if (skip(text, &at, ".")) {
        int places = take_digits(text, &at, n);
        if (places < 1)
            return false;
        n->scale = -places;
    }
    if (n->count > 0 && (skip(text, &at, "e") || skip(text, &at, "E")))
        if (!take_exponent(text, &at, n))
            return false;
    n->digits[n->count] = '\0';
    return n->count > 0 && at == text.n;
}

/* q × 10^power, in lowest terms. `power` within ±SCALE_MAX. */
static void shift(mpq_t q, int power)
{
    mpz_t ten;
    mpz_init(ten);
    mpz_ui_pow_ui(ten, 10, (unsigned long)(power < 0 ? -power : power));
    mpz_ptr part = power < 0 ? mpq_denref(q) : mpq_numref(q);
    mpz_mul(part, part, ten);
    mpz_clear(ten);
    mpq_canonicalize(q);
}

const zp_number *zp_number_read(zp_arena *arena, zp_str text)
{
    numeral n;
    if (!take_numeral(text, &n))
        return NULL;
    mpq_t q;
    mpq_init(q);
    mpz_set_str(mpq_numref(q), n.digits, 10);
    if (n.minus)
        mpq_neg(q, q);
    if (n.scale != 0)
        shift(q, n.scale);
    return keep(arena, q);
}

/* --- Arithmetic ------------------------------------------------------------------------------ */

typedef void operation(mpq_ptr result, mpq_srcptr a, mpq_srcptr b);

static const zp_number *apply(zp_arena *arena, const zp_number *a, const zp_number *b,
                              operation *operate)
{
    if (a == NULL || b == NULL)
        return NULL;
    mpq_t left, right, result;
    view(a, left);
    view(b, right);
    mpq_init(result);
    operate(result, left, right);
    return keep(arena, result);
}

const zp_number *zp_number_add(zp_arena *arena, const zp_number *a, const zp_number *b)
{
    return apply(arena, a, b, mpq_add);
}

const zp_number *zp_number_sub(zp_arena *arena, const zp_number *a, const zp_number *b)
{
    return apply(arena, a, b, mpq_sub);
}

const zp_number *zp_number_mul(zp_arena *arena, const zp_number *a, const zp_number *b)
{
    return apply(arena, a, b, mpq_mul);
}

const zp_number *zp_number_div(zp_arena *arena, const zp_number *a, const zp_number *b)
{
    return b == NULL || b->sign == 0 ? NULL : apply(arena, a, b, mpq_div);
}

const zp_number *zp_number_scale(zp_arena *arena, const zp_number *a, int power)
{
    if (a == NULL || a->sign == 0 || power == 0)
        return a;
    if (power < -SCALE_MAX || power > SCALE_MAX)
        return NULL;
    mpq_t own, result;
    view(a, own);
    mpq_init(result);
    mpq_set(result, own);
    shift(result, power);
    return keep(arena, result);
}

int zp_number_compare(const zp_number *a, const zp_number *b)
{
    assert(a != NULL && b != NULL);
    mpq_t left, right;
    view(a, left);
    view(b, right);
    int order = mpq_cmp(left, right);
    return (order > 0) - (order < 0);
}

int zp_number_sign(const zp_number *a)
{
    assert(a != NULL);
    return a->sign;
}

/* --- Rounding and printing ------------------------------------------------------------------- */

static bool are_places(int places)
{
    return places >= 0 && places <= ZP_NUMBER_PLACES;
}

/* |a| × 10^places as the nearest whole number, halves upwards: ⌊(2|n|10^p + d) / 2d⌋. */
static void round_size(const zp_number *a, int places, mpz_t size)
{
    mpq_t own;
    view(a, own);
    mpz_t twice;
    mpz_init(twice);
    mpz_ui_pow_ui(size, 10, (unsigned long)places);
    mpz_mul(size, size, mpq_numref(own));
    mpz_abs(size, size);
    mpz_mul_2exp(size, size, 1);
    mpz_add(size, size, mpq_denref(own));
    mpz_mul_2exp(twice, mpq_denref(own), 1);
    mpz_fdiv_q(size, size, twice);
    mpz_clear(twice);
}

const zp_number *zp_number_round(zp_arena *arena, const zp_number *a, int places)
{
    if (a == NULL || !are_places(places))
        return NULL;
    mpq_t result;
    mpq_init(result);
    round_size(a, places, mpq_numref(result));
    if (a->sign < 0)
        mpq_neg(result, result);
    shift(result, -places);
    return keep(arena, result);
}

/* `digits` with `places` of them behind the point, and zeros before them where they are too few. */
static zp_str place_point(zp_arena *arena, bool minus, zp_str digits, size_t places)
{
    zp_buf out = {.arena = arena};
    zp_buf_reserve(&out, digits.n + places + 3);
    if (minus)
        zp_buf_byte(&out, '-');
    size_t whole = digits.n > places ? digits.n - places : 0;
    zp_buf_add(&out, whole > 0 ? zp_str_slice(digits, 0, whole) : ZP_STR("0"));
    if (places > 0)
        zp_buf_byte(&out, '.');
    for (size_t i = digits.n; i < places; i++)
        zp_buf_byte(&out, '0');
    zp_buf_add(&out, zp_str_slice(digits, whole, digits.n));
    return zp_buf_str(&out);
}

zp_str zp_number_fixed(zp_arena *arena, const zp_number *a, int places)
{
    if (a == NULL || !are_places(places))
        return ZP_STR("");
    mpz_t size;
    mpz_init(size);
    round_size(a, places, size);
    bool minus = a->sign < 0 && mpz_sgn(size) > 0;
    char *digits = zp_arena_alloc(arena, mpz_sizeinbase(size, 10) + 2);
    mpz_get_str(digits, 10, size);
    mpz_clear(size);
    return place_point(arena, minus, zp_str_from(digits), (size_t)places);
}

zp_str zp_number_plain(zp_arena *arena, const zp_number *a)
{
    bool whole = a != NULL && a->bottom == 1 && a->limbs[a->top] == 1;
    zp_str text = zp_number_fixed(arena, a, whole ? 0 : ZP_NUMBER_PLACES);
    if (whole || a == NULL)
        return text;
    while (text.p[text.n - 1] == '0')
        text.n--;
    if (text.p[text.n - 1] == '.')
        text.n--;
    return text;
}
