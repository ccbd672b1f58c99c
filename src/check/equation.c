/* equation.c: intervals through an operation. Every operation here rises or falls with each of its
 * operands, so the ends of the result come from the ends of the operands. */
#include "check/equation.h"

typedef struct {
    const zp_number *low, *high;
} interval;

/* Things are counted whole: 82人 is 82. */
static bool is_exact(const zp_quantity *q)
{
    return q->unit.kind == ZP_UNIT_COUNT && q->places == 0 && q->unit.power == 0;
}

/* NULL: none. */
static const zp_number *slack_of(zp_arena *arena, const zp_quantity *q)
{
    return is_exact(q) ? NULL : zp_rounding_slack(arena, q);
}

static interval around(zp_arena *arena, const zp_number *value, const zp_number *slack)
{
    if (slack == NULL)
        return (interval){value, value};
    return (interval){zp_number_sub(arena, value, slack), zp_number_add(arena, value, slack)};
}

static interval add(zp_arena *arena, interval a, interval b)
{
    return (interval){zp_number_add(arena, a.low, b.low), zp_number_add(arena, a.high, b.high)};
}

static interval subtract(zp_arena *arena, interval a, interval b)
{
    return (interval){zp_number_sub(arena, a.low, b.high), zp_number_sub(arena, a.high, b.low)};
}

/* Of amounts that are not negative, by one that is positive. */
static interval divide(zp_arena *arena, interval a, interval b)
{
    if (b.low == NULL || zp_number_sign(b.low) <= 0)
        return (interval){NULL, NULL};
    return (interval){zp_number_div(arena, a.low, b.high), zp_number_div(arena, a.high, b.low)};
}

static interval less_one(zp_arena *arena, interval a)
{
    const zp_number *one = zp_number_int(arena, 1);
    return (interval){zp_number_sub(arena, a.low, one), zp_number_sub(arena, a.high, one)};
}

static interval work_out(zp_arena *arena, const zp_equation *e, const interval *operands)
{
    interval a = operands[0], b = e->count > 1 ? operands[1] : operands[0];
    switch (e->kind) {
    case ZP_EQUATION_SUM:
        for (size_t i = 1; i < e->count; i++)
            a = i < e->count - e->minus ? add(arena, a, operands[i])
                                        : subtract(arena, a, operands[i]);
        return a;
    case ZP_EQUATION_RATIO:
        return divide(arena, a, b);
    case ZP_EQUATION_GROWTH:
        return less_one(arena, divide(arena, a, b));
    case ZP_EQUATION_RISE:
        return divide(arena, b, subtract(arena, a, b));
    case ZP_EQUATION_FALL:
        return divide(arena, b, add(arena, a, b));
    }
    return (interval){NULL, NULL};
}

static bool meet(interval a, interval b)
{
    return zp_number_compare(a.low, b.high) <= 0 && zp_number_compare(b.low, a.high) <= 0;
}

/* A fall is written as a positive rate; whichever sign it has here, that of the words decides. */
static interval without_sign(zp_arena *arena, interval a)
{
    if (zp_number_sign(a.high) >= 0)
        return a;
    const zp_number *nought = zp_number_int(arena, 0);
    return (interval){zp_number_sub(arena, nought, a.high), zp_number_sub(arena, nought, a.low)};
}

/* An equation's figures, each with what its rounding leaves open; the result stands last. */
typedef struct {
    const zp_equation *equation;
    interval figures[ZP_EQUATION_OPERANDS + 1];
} reading;

const zp_quantity *zp_equation_figure(const zp_equation *e, size_t i)
{
    return i == e->count ? e->result : e->operands[i];
}

static reading read_as_printed(zp_arena *arena, const zp_equation *e)
{
    reading r = {.equation = e};
    for (size_t i = 0; i <= e->count; i++) {
        const zp_quantity *q = zp_equation_figure(e, i);
        if (q->value)
            r.figures[i] = around(arena, q->value, slack_of(arena, q));
    }
    return r;
}

/* What the operands give and what is printed, without their signs; false when either is not known.
 */
static bool work_out_sides(zp_arena *arena, const reading *r, interval *found, interval *given)
{
    const zp_equation *e = r->equation;
    for (size_t i = 0; i <= e->count; i++)
        if (!r->figures[i].low)
            return false;
    *found = work_out(arena, e, r->figures);
    if (found->low == NULL || found->high == NULL)
        return false;
    *found = without_sign(arena, *found);
    *given = without_sign(arena, r->figures[e->count]);
    return true;
}

zp_verdict zp_equation_try(zp_arena *arena, const zp_equation *e)
{
    const reading r = read_as_printed(arena, e);
    interval found, given;
    if (!work_out_sides(arena, &r, &found, &given))
        return ZP_EQUATION_UNKNOWN;
    if (meet(found, given))
        return ZP_EQUATION_HOLDS;
    if (e->kind == ZP_EQUATION_SUM)
        return ZP_EQUATION_FAILS;
    /* Cut off, what was printed is the low end of a whole unit. */
    given.high = zp_number_add(arena, given.high, zp_rounding_slack(arena, e->result));
    return meet(found, given) ? ZP_EQUATION_CUT : ZP_EQUATION_FAILS;
}

zp_str zp_equation_result(zp_arena *arena, const zp_equation *e)
{
    interval operands[ZP_EQUATION_OPERANDS] = {{NULL, NULL}};
    for (size_t i = 0; i < e->count; i++)
        operands[i] = (interval){e->operands[i]->value, e->operands[i]->value};
    interval found = work_out(arena, e, operands);
    if (found.low == NULL)
        return ZP_STR("");
    return zp_rounding_print(arena, without_sign(arena, found).low, e->result);
}

/* --- Repairs ---------------------------------------------------------------------------------- */

typedef struct {
    zp_arena *arena;
    reading reading;
    interval *figure; /* of the reading, which is tried with others in its place */
    const zp_number *slack;
    zp_repair *repair;
} mender;

/* With the figure's places, and one more where the last digit was lost. */
static zp_str printed(zp_arena *arena, const zp_quantity *q, const zp_number *value)
{
    zp_str same = zp_number_fixed(arena, value, q->places);
    const zp_number *read = zp_number_read(arena, same);
    bool whole = read != NULL && zp_number_compare(read, value) == 0;
    return whole ? same : zp_number_fixed(arena, value, q->places + 1);
}

/* The figure without its slip, in words: a slip in the unit leaves the digits as they are. */
static zp_str repaired(zp_arena *arena, const zp_quantity *q, const zp_number *value,
                       zp_misprint kind)
{
    zp_str ten_thousand = ZP_STR("万"), unit = q->unit.name;
    if (kind != ZP_MISPRINT_UNIT)
        return zp_str_format(arena, "%.*s%.*s", ZP_ARG(printed(arena, q, value)), ZP_ARG(unit));
    if (zp_str_starts(unit, ten_thousand))
        return zp_str_format(arena, "%.*s%.*s", ZP_ARG(q->digits),
                             ZP_ARG(zp_str_slice(unit, ten_thousand.n, unit.n)));
    return zp_str_format(arena, "%.*s万%.*s", ZP_ARG(q->digits), ZP_ARG(unit));
}

/* Whether `value` can be printed with the figure's places; the digit that was lost may be the last.
 */
static bool fits_places(zp_arena *arena, const zp_quantity *q, const zp_number *value,
                        zp_misprint kind)
{
    const zp_number *rounded =
        zp_number_round(arena, value, q->places + (kind == ZP_MISPRINT_LOST));
    return rounded != NULL && zp_number_compare(rounded, value) == 0;
}

static bool try_digits(void *user, zp_str digits, zp_misprint kind)
{
    mender *m = user;
    const zp_quantity *q = m->repair->figure;
    const zp_number *value = zp_number_read(m->arena, digits);
    const zp_number *scaled = zp_number_scale(m->arena, value, q->unit.power);
    interval found, given;
    if (scaled == NULL || (kind == ZP_MISPRINT_UNIT && q->unit.kind != ZP_UNIT_MONEY))
        return false;
    *m->figure = around(m->arena, scaled, m->slack);
    if (!work_out_sides(m->arena, &m->reading, &found, &given) || !meet(found, given))
        return false;
    if (kind != ZP_MISPRINT_UNIT && !fits_places(m->arena, q, value, kind))
        return false;
    m->repair->right = repaired(m->arena, q, value, kind);
    m->repair->kind = kind;
    return true;
}

bool zp_equation_repair(zp_arena *arena, const zp_equation *e, size_t i, unsigned kinds,
                        zp_repair *repair)
{
    const zp_quantity *q = zp_equation_figure(e, i);
    *repair = (zp_repair){.figure = q};
    mender m = {.arena = arena,
                .reading = read_as_printed(arena, e),
                .slack = slack_of(arena, q),
                .repair = repair};
    m.figure = &m.reading.figures[i];
    return !q->printed && zp_misprint_undo(q->digits, kinds, try_digits, &m);
}
