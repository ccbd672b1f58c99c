/* rounding.c: printed figures as the intervals that they stand for. */
#include "check/rounding.h"

#include "base/utf8.h"

const zp_number *zp_rounding_slack(zp_arena *arena, const zp_quantity *q)
{
    return zp_number_scale(arena, zp_number_int(arena, 5), q->unit.power - q->places - 1);
}

/* `value`, in the basic unit, rounded to the places of `like`; still in the basic unit. */
static const zp_number *round_like(zp_arena *arena, const zp_number *value, const zp_quantity *like)
{
    value = zp_number_scale(arena, value, -like->unit.power);
    value = zp_number_round(arena, value, like->places);
    return zp_number_scale(arena, value, like->unit.power);
}

static bool equal(const zp_number *a, const zp_number *b)
{
    return a != NULL && b != NULL && zp_number_compare(a, b) == 0;
}

bool zp_rounding_same(zp_arena *arena, const zp_quantity *a, const zp_quantity *b)
{
    return equal(a->value, b->value) || equal(a->value, round_like(arena, b->value, a)) ||
           equal(b->value, round_like(arena, a->value, b));
}

static bool within(zp_arena *arena, const zp_number *value, const zp_number *middle,
                   const zp_number *slack)
{
    const zp_number *low = zp_number_sub(arena, middle, slack);
    const zp_number *high = zp_number_add(arena, middle, slack);
    return value != NULL && low != NULL && high != NULL && zp_number_compare(value, low) >= 0 &&
           zp_number_compare(value, high) <= 0;
}

zp_ratio zp_rounding_ratio(zp_arena *arena, const zp_quantity *rate, const zp_quantity *part,
                           const zp_quantity *whole)
{
    if (part->value == NULL || whole->value == NULL || rate->value == NULL ||
        zp_number_sign(whole->value) == 0)
        return ZP_RATIO_UNKNOWN;
    /* The quotient moves by about (slack of part + quotient × slack of whole) ÷ whole. */
    const zp_number *quotient = zp_number_div(arena, part->value, whole->value);
    const zp_number *moved =
        zp_number_add(arena, zp_rounding_slack(arena, part),
                      zp_number_mul(arena, quotient, zp_rounding_slack(arena, whole)));
    moved = zp_number_div(arena, moved, whole->value);
    const zp_number *half = zp_rounding_slack(arena, rate);
    if (within(arena, quotient, rate->value, zp_number_add(arena, half, moved)))
        return ZP_RATIO_FITS;
    const zp_number *cut = zp_number_add(arena, rate->value, half);
    return within(arena, quotient, cut, half) ? ZP_RATIO_CUT : ZP_RATIO_OFF;
}

zp_str zp_rounding_print(zp_arena *arena, const zp_number *value, const zp_quantity *like)
{
    zp_str digits =
        zp_number_fixed(arena, zp_number_scale(arena, value, -like->unit.power), like->places);
    return zp_str_format(arena, "%.*s%.*s", ZP_ARG(digits), ZP_ARG(like->unit.name));
}

zp_str zp_rounding_print_ratio(zp_arena *arena, const zp_quantity *rate, const zp_number *part,
                               const zp_number *whole)
{
    const zp_number *quotient = zp_number_div(arena, part, whole);
    return quotient == NULL ? ZP_STR("") : zp_rounding_print(arena, quotient, rate);
}

zp_str zp_quantity_text(zp_arena *arena, const zp_passages *passages, const zp_quantity *q)
{
    zp_buf out = {.arena = arena};
    zp_str text = zp_str_slice(passages->all[q->passage].text, q->start, q->end);
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        if (!zp_code_is_space(zp_utf8_next(text, &at)))
            zp_buf_add(&out, zp_str_slice(text, start, at));
    }
    return zp_buf_str(&out);
}
