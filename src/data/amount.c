/* amount.c: what people write in a cell in, an exact number with its unit out.
 *
 * The text is first written out in half width and without white space, so that the rest sees one
 * way of writing. Then it is taken apart from the left: relation, currency, sign, number, unit,
 * relation in words. What does not end so is text: a figure that is misread in silence is worse
 * than one that is refused.
 */
#include "data/amount.h"

#include <string.h>
#include "base/utf8.h"

enum {
    TEXT_MAX = 1500,     /* bytes of an amount in half width; what is longer is text */
    COMPUTED_PLACES = 2, /* decimals with which a computed figure prints if nothing says more */
};

typedef struct {
    const char *mark;
    zp_relation relation;
} relation_mark;

/* Longer marks before those that begin them. */
static const relation_mark marks_before[] = {
    {">=", ZP_RELATION_AT_LEAST},       {"=>", ZP_RELATION_AT_LEAST},
    {"≥", ZP_RELATION_AT_LEAST},        {"≧", ZP_RELATION_AT_LEAST},
    {"⩾", ZP_RELATION_AT_LEAST},        {"大于或等于", ZP_RELATION_AT_LEAST},
    {"大于等于", ZP_RELATION_AT_LEAST}, {"不低于", ZP_RELATION_AT_LEAST},
    {"不少于", ZP_RELATION_AT_LEAST},   {"不小于", ZP_RELATION_AT_LEAST},
    {"<=", ZP_RELATION_AT_MOST},        {"=<", ZP_RELATION_AT_MOST},
    {"≤", ZP_RELATION_AT_MOST},         {"≦", ZP_RELATION_AT_MOST},
    {"⩽", ZP_RELATION_AT_MOST},         {"小于或等于", ZP_RELATION_AT_MOST},
    {"小于等于", ZP_RELATION_AT_MOST},  {"不高于", ZP_RELATION_AT_MOST},
    {"不超过", ZP_RELATION_AT_MOST},    {"不多于", ZP_RELATION_AT_MOST},
    {"不大于", ZP_RELATION_AT_MOST},    {">", ZP_RELATION_ABOVE},
    {"大于", ZP_RELATION_ABOVE},        {"高于", ZP_RELATION_ABOVE},
    {"超过", ZP_RELATION_ABOVE},        {"<", ZP_RELATION_BELOW},
    {"小于", ZP_RELATION_BELOW},        {"低于", ZP_RELATION_BELOW},
    {"少于", ZP_RELATION_BELOW},        {"=", ZP_RELATION_EQUAL},
    {"等于", ZP_RELATION_EQUAL},        {"大约", ZP_RELATION_ABOUT},
    {"约为", ZP_RELATION_ABOUT},        {"约", ZP_RELATION_ABOUT},
    {"≈", ZP_RELATION_ABOUT},
};

static const relation_mark marks_behind[] = {
    {"及以上", ZP_RELATION_AT_LEAST}, {"以上", ZP_RELATION_AT_LEAST},
    {"及以下", ZP_RELATION_AT_MOST},  {"以下", ZP_RELATION_AT_MOST},
    {"以内", ZP_RELATION_AT_MOST},    {"左右", ZP_RELATION_ABOUT},
};

static const char *const currencies[] = {"¥", "人民币"};

/* --- Writing out in half width --------------------------------------------------------------- */

/* White space between these stays, since it parts two numbers: 1 200. */
static bool is_numeric(uint32_t code)
{
    return (code >= '0' && code <= '9') || code == '.' || code == ',';
}

/* `text` in half width without white space, or the empty string when that is over TEXT_MAX. */
static zp_str narrow(zp_arena *arena, zp_str text, bool *long_text)
{
    zp_buf out = {.arena = arena};
    uint32_t before = 0;
    bool space = false;
    for (size_t at = 0; at < text.n && out.n <= TEXT_MAX;) {
        uint32_t code = zp_code_narrow(zp_utf8_next(text, &at));
        if (code == ' ') {
            space = true;
            continue;
        }
        if (space && is_numeric(before) && is_numeric(code))
            zp_buf_byte(&out, ' ');
        zp_buf_code(&out, code);
        before = code;
        space = false;
    }
    *long_text = out.n > TEXT_MAX;
    return zp_buf_str(&out);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool starts_with_digit(zp_str text)
{
    return text.n > 0 && is_digit(text.p[0]);
}

/* Whether `text`, in half width, stands for no figure: dashes, /, 无, 不适用, N/A. */
static bool is_blank(zp_str text)
{
    static const char *const words[] = {"/", "无", "不适用", "N/A", "n/a", "NA", "N.A."};
    if (starts_with_digit(text))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (zp_str_eq(text, zp_str_from(words[i])))
            return true;
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        if (code != '-' && code != 0x2014 && code != 0x2015) /* — ― */
            return false;
    }
    return true;
}

/* --- Taking apart ---------------------------------------------------------------------------- */

/* An amount being read: what is left of the text, and what was found in it. */
typedef struct {
    zp_str left;
    zp_relation relation;
    bool minus, currency, in_brackets;
    zp_str digits; /* the number as number.h reads it */
    int places;
    zp_unit unit;    /* kind NONE: a bare number */
    zp_str multiple; /* 万 or 亿 alone; the unit is bare then */
    int power;       /* of `multiple` */
} reading;

static bool skip(zp_str *left, const char *mark)
{
    zp_str word = zp_str_from(mark);
    if (!zp_str_starts(*left, word))
        return false;
    *left = zp_str_slice(*left, word.n, left->n);
    return true;
}

static void take_relation(reading *r)
{
    for (size_t i = 0; i < sizeof marks_before / sizeof *marks_before; i++)
        if (skip(&r->left, marks_before[i].mark)) {
            r->relation = marks_before[i].relation;
            return;
        }
}

static void take_currency(reading *r)
{
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
        r->currency = skip(&r->left, currencies[i]) || r->currency;
}

/* What stands before the digits; false when that holds a second sign. */
static bool take_front(reading *r)
{
    if (starts_with_digit(r->left))
        return true;
    take_relation(r);
    take_currency(r);
    r->in_brackets = skip(&r->left, "(");
    take_currency(r);
    bool plus = skip(&r->left, "+");
    r->minus = !plus && (skip(&r->left, "-") || skip(&r->left, "负"));
    if (r->in_brackets && (plus || r->minus))
        return false;
    r->minus = r->minus || r->in_brackets;
    take_currency(r);
    return true;
}

static size_t count_digits(zp_str text)
{
    size_t n = 0;
    while (n < text.n && is_digit(text.p[n]))
        n++;
    return n;
}

static void take(zp_str *left, size_t n, zp_buf *digits)
{
    zp_buf_add(digits, zp_str_slice(*left, 0, n));
    *left = zp_str_slice(*left, n, left->n);
}

/* The whole part: digits, or groups of three after one to three digits that begin with no zero. */
static bool take_whole(zp_str *left, zp_buf *digits)
{
    size_t n = count_digits(*left);
    bool may_group = n >= 1 && n <= 3 && left->p[0] != '0';
    take(left, n, digits);
    while (left->n > 0 && left->p[0] == ',') {
        zp_str group = zp_str_slice(*left, 1, left->n);
        if (!may_group || count_digits(group) != 3)
            return false;
        *left = group;
        take(left, 3, digits);
    }
    return true;
}

/* An exponent as programs write it: 1.2E+05. */
static void take_exponent(reading *r, zp_buf *digits)
{
    if (r->left.n < 2 || (r->left.p[0] != 'e' && r->left.p[0] != 'E'))
        return;
    size_t sign = r->left.p[1] == '-' || r->left.p[1] == '+';
    size_t n = count_digits(zp_str_slice(r->left, 1 + sign, r->left.n));
    int exponent = 0;
    for (size_t i = 0; i < n && exponent <= ZP_NUMBER_DIGITS; i++)
        exponent = exponent * 10 + (r->left.p[1 + sign + i] - '0');
    if (n == 0)
        return;
    r->places -= r->left.p[1] == '-' ? -exponent : exponent;
    take(&r->left, 1 + sign + n, digits);
    r->places = r->places < 0 ? 0 : r->places;
}

static bool take_number(zp_arena *arena, reading *r)
{
    zp_buf digits = {.arena = arena};
    if (r->minus)
        zp_buf_byte(&digits, '-');
    if (!take_whole(&r->left, &digits))
        return false;
    if (r->left.n > 0 && r->left.p[0] == '.') {
        size_t places = count_digits(zp_str_slice(r->left, 1, r->left.n));
        take(&r->left, 1 + places, &digits);
        r->places = (int)places;
    }
    take_exponent(r, &digits);
    r->digits = zp_buf_str(&digits);
    return true;
}

static bool take_behind(reading *r)
{
    if (r->left.n == 0)
        return true;
    for (size_t i = 0; i < sizeof marks_behind / sizeof *marks_behind; i++) {
        zp_str mark = zp_str_from(marks_behind[i].mark);
        if (!zp_str_ends(r->left, mark))
            continue;
        if (r->relation != ZP_RELATION_NONE)
            return false;
        r->relation = marks_behind[i].relation;
        r->left.n -= mark.n;
        return true;
    }
    return true;
}

/* The unit, with the bracket that ends the number before or behind it. */
static bool take_unit(reading *r)
{
    bool open = r->in_brackets && !skip(&r->left, ")");
    if (open) {
        if (!zp_str_ends(r->left, ZP_STR(")")))
            return false;
        r->left.n--;
    }
    if (r->left.n == 0)
        return true;
    char c = r->left.p[0];
    if (c == ' ' || is_digit(c) || !zp_unit_find(r->left, &r->unit))
        return false; /* 1 200, and 5 1: not in the unit 1 */
    if (r->unit.kind == ZP_UNIT_COUNT && r->unit.basic.n == 0) {
        r->multiple = r->unit.name;
        r->power = r->unit.power;
        r->unit = (zp_unit){0};
    }
    return true;
}

/* The unit of a bare number: `expected`, or 元 where there is a ¥. With 万 or 亿 alone, that times
 * the basic unit. */
static bool settle_unit(zp_arena *arena, reading *r, zp_str expected)
{
    bool bare = r->unit.kind == ZP_UNIT_NONE;
    if (bare)
        zp_unit_find(expected, &r->unit);
    if (r->currency && r->unit.kind != ZP_UNIT_MONEY) {
        if (!bare)
            return false;
        zp_unit_find(ZP_STR("元"), &r->unit);
    }
    if (r->power == 0)
        return true;
    if (r->unit.kind == ZP_UNIT_RATE)
        return false;
    r->unit.power = r->power;
    return r->unit.kind == ZP_UNIT_NONE ||
           zp_unit_find(
               zp_str_format(arena, "%.*s%.*s", ZP_ARG(r->multiple), ZP_ARG(r->unit.basic)),
               &r->unit);
}

static bool take_apart(zp_arena *arena, zp_str expected, reading *r)
{
    return take_front(r) && take_number(arena, r) && take_behind(r) && take_unit(r) &&
           settle_unit(arena, r, expected);
}

/* The amount with its number as written, not yet in the basic unit. */
static zp_amount read_written(zp_arena *arena, zp_str text, zp_str expected)
{
    bool long_text;
    zp_amount amount = {.kind = ZP_AMOUNT_TEXT};
    reading r = {.left = narrow(arena, text, &long_text)};
    if (long_text)
        return amount;
    if (is_blank(r.left)) {
        amount.kind = ZP_AMOUNT_BLANK;
        return amount;
    }
    if (!take_apart(arena, expected, &r))
        return amount;
    amount.number = zp_number_read(arena, r.digits);
    if (amount.number == NULL)
        return amount;
    amount.kind = ZP_AMOUNT_NUMBER;
    amount.unit = r.unit;
    amount.relation = r.relation;
    amount.places = r.places;
    return amount;
}

static zp_amount in_basic_unit(zp_arena *arena, zp_amount amount)
{
    amount.number = zp_number_scale(arena, amount.number, amount.unit.power);
    if (amount.unit.kind == ZP_UNIT_NONE)
        amount.unit.power = 0;
    return amount;
}

zp_amount zp_amount_read(zp_arena *arena, zp_str text, zp_str expected)
{
    return in_basic_unit(arena, read_written(arena, text, expected));
}

/* --- Of a scalar ----------------------------------------------------------------------------- */

/* The name of the unit that a bare number of `value` has. */
static zp_str unit_of(const zp_value *value)
{
    if (value->unit.n > 0)
        return value->unit;
    zp_str unit = zp_value_text(zp_value_find(value->rule, ZP_STR("unit")));
    zp_str type = zp_value_text(zp_value_find(value->rule, ZP_STR("type")));
    return unit.n == 0 && zp_str_eq(type, ZP_STR("rate")) ? ZP_STR("1") : unit;
}

static zp_amount computed(const zp_value *value)
{
    zp_amount amount = {.kind = ZP_AMOUNT_NUMBER, .places = COMPUTED_PLACES};
    amount.number = value->number;
    zp_unit_find(unit_of(value), &amount.unit);
    return amount;
}

/* By which power of ten a cell's format divided what is stored: 0, or that of thousands, 万 …
 * where only this gives what is shown. */
static int power_of_format(zp_arena *arena, const zp_number *stored, const zp_amount *shown)
{
    static const int powers[] = {0, 3, 4, 6, 8, -2};
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        const zp_number *scaled = zp_number_scale(arena, stored, -powers[i]);
        scaled = zp_number_round(arena, scaled, shown->places);
        if (scaled != NULL && zp_number_compare(scaled, shown->number) == 0)
            return powers[i];
    }
    return 0;
}

/* What a cell holds, which shows `shown`. */
static zp_amount held(zp_arena *arena, const zp_value *value, const zp_number *stored,
                      zp_amount shown)
{
    zp_amount amount = shown;
    amount.kind = ZP_AMOUNT_NUMBER;
    amount.number = stored;
    if (zp_str_eq(value->unit, ZP_STR("1"))) {
        zp_unit_find(value->unit, &amount.unit);
        return amount;
    }
    if (shown.kind != ZP_AMOUNT_NUMBER)
        zp_unit_find(unit_of(value), &amount.unit);
    else if (shown.places <= ZP_NUMBER_PLACES)
        amount.number = zp_number_scale(arena, stored, -power_of_format(arena, stored, &shown));
    return in_basic_unit(arena, amount);
}

zp_amount zp_amount_of(zp_arena *arena, const zp_value *value)
{
    if (value == NULL || value->kind != ZP_VALUE_TEXT)
        return (zp_amount){.kind = ZP_AMOUNT_BLANK};
    if (value->number != NULL)
        return computed(value);
    zp_amount written = read_written(arena, value->text, unit_of(value));
    const zp_number *stored = value->stored.n > 0 ? zp_number_read(arena, value->stored) : NULL;
    if (stored != NULL)
        return held(arena, value, stored, written);
    return in_basic_unit(arena, written);
}
