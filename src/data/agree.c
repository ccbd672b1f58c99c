/* agree.c: a given scalar and a computed result in, the verdict out.
 *
 * Both are taken to the unit the given one is written in, and rounded to its decimals: so 99.63%
 * has two of a percentage and 0.9963 four of the ratio, and neither asks for more than it says. (A
 * cell may hold more than it shows: its decimals are those it shows.)
 */
#include "data/agree.h"

enum { SHOWN_PLACES = 4 }; /* of a number in a message that says what was found */

/* The unit that `given`'s number counts in when it goes with `result`; false when they are of
 * different kinds. A ratio and a bare number are one. */
static bool common_unit(const zp_amount *given, const zp_result *result, zp_unit *unit)
{
    zp_unit_kind kind = given->unit.kind, other = result->unit.kind;
    *unit = given->unit;
    if (kind == ZP_UNIT_NONE && other != ZP_UNIT_RATE)
        *unit = result->unit;
    if (kind == ZP_UNIT_COUNT && other == ZP_UNIT_COUNT)
        return zp_str_eq(given->unit.basic, result->unit.basic);
    return kind == other || kind == ZP_UNIT_NONE || other == ZP_UNIT_NONE;
}

static const zp_number *at_places(zp_arena *arena, const zp_number *number, int places)
{
    if (number == NULL || places > ZP_NUMBER_PLACES)
        return number;
    return zp_number_round(arena, number, places);
}

static bool same(zp_arena *arena, const zp_amount *given, const zp_result *result)
{
    zp_unit unit;
    if (given->kind != ZP_AMOUNT_NUMBER || !common_unit(given, result, &unit))
        return false;
    /* A bare number of a unit that only the result has is in that unit, not in its basic one. */
    int own = given->unit.kind == ZP_UNIT_NONE ? 0 : unit.power;
    int power = result->unit.kind == ZP_UNIT_NONE && unit.kind != ZP_UNIT_RATE ? 0 : unit.power;
    const zp_number *a = zp_number_scale(arena, given->number, -own);
    const zp_number *b = zp_number_scale(arena, result->number, -power);
    a = at_places(arena, a, given->places);
    b = at_places(arena, b, given->places);
    return a != NULL && b != NULL && zp_number_compare(a, b) == 0;
}

bool zp_agree(zp_arena *arena, const zp_value *given, const zp_result *result)
{
    if (result->kind == ZP_RESULT_TEXT)
        return zp_str_eq(zp_value_text(given), result->text);
    if (result->kind == ZP_RESULT_TRUTH)
        return zp_value_bool(given, !result->truth) == result->truth;
    if (result->kind != ZP_RESULT_NUMBER)
        return false;
    zp_amount amount = zp_amount_of(arena, given);
    return same(arena, &amount, result);
}

bool zp_agree_percent(zp_arena *arena, const zp_value *given, const zp_result *result)
{
    zp_amount amount = zp_amount_of(arena, given);
    if (result->kind != ZP_RESULT_NUMBER || amount.kind != ZP_AMOUNT_NUMBER ||
        amount.unit.power != 0 ||
        (amount.unit.kind != ZP_UNIT_RATE && amount.unit.kind != ZP_UNIT_NONE))
        return false;
    amount.number = zp_number_scale(arena, amount.number, -2);
    zp_unit_find(ZP_STR("%"), &amount.unit);
    return same(arena, &amount, result);
}

static bool ends(zp_str text, const char *end)
{
    return zp_str_ends(text, zp_str_from(end));
}

zp_str zp_agree_like(zp_arena *arena, const zp_value *given, const zp_result *result)
{
    if (result->kind == ZP_RESULT_TEXT)
        return result->text;
    if (result->kind == ZP_RESULT_TRUTH)
        return result->truth ? ZP_STR("是") : ZP_STR("否");
    if (result->kind != ZP_RESULT_NUMBER)
        return ZP_STR("—");
    zp_amount amount = zp_amount_of(arena, given);
    zp_unit unit;
    if (amount.kind != ZP_AMOUNT_NUMBER || !common_unit(&amount, result, &unit))
        return zp_agree_shown(arena, result);
    int places = amount.places < ZP_NUMBER_PLACES ? amount.places : ZP_NUMBER_PLACES;
    int power = result->unit.kind == ZP_UNIT_NONE && unit.kind != ZP_UNIT_RATE ? 0 : unit.power;
    zp_str text = zp_value_text(given);
    const zp_number *number = zp_number_scale(arena, result->number, -power);
    if (number == NULL)
        return zp_agree_shown(arena, result);
    zp_str digits = zp_number_fixed(arena, number, places);
    zp_str after = ZP_STR("");
    if (ends(text, "%") || ends(text, "％"))
        after = ZP_STR("%");
    else if (unit.name.n > 0 && zp_str_ends(text, unit.name))
        after = unit.name;
    return zp_str_format(arena, "%.*s%.*s", ZP_ARG(digits), ZP_ARG(after));
}

zp_str zp_agree_shown(zp_arena *arena, const zp_result *result)
{
    bool rate = result->unit.kind == ZP_UNIT_RATE;
    int power = rate ? -2 : result->unit.power;
    const zp_number *number = zp_number_scale(arena, result->number, -power);
    number = number != NULL ? zp_number_round(arena, number, SHOWN_PLACES) : NULL;
    if (number == NULL)
        return ZP_STR("—");
    zp_str digits = zp_number_plain(arena, number);
    zp_str unit = rate ? ZP_STR("%") : result->unit.name;
    return zp_str_format(arena, "%.*s%.*s", ZP_ARG(digits), ZP_ARG(unit));
}
