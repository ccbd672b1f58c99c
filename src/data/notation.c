/* notation.c: a rule and an amount in, the figure's digits out.
 *
 * Decimals that nobody asked for are those written, moved with the point: 0.9963 is 99.63%, and
 * 302600元 in 万元 is 30.26, not 30.2600.
 */
#include "data/notation.h"

enum { WIDTH = 3 }; /* digits between commas */

/* One walk over the entries, since this is done for every cell of a table. */
bool zp_print_rule_read(const zp_value *map, zp_print_rule *rule)
{
    *rule = (zp_print_rule){0};
    if (map == NULL || map->kind != ZP_VALUE_MAP)
        return false;
    const struct {
        zp_str key;
        const zp_value **entry;
    } keys[] = {
        {ZP_STR("unit"), &rule->unit},         {ZP_STR("places"), &rule->places},
        {ZP_STR("group"), &rule->group},       {ZP_STR("zero"), &rule->zero},
        {ZP_STR("least"), &rule->least},       {ZP_STR("blank"), &rule->blank},
        {ZP_STR("negative"), &rule->negative}, {ZP_STR("none"), &rule->none},
        {ZP_STR("type"), &rule->type},
    };
    for (const zp_value *entry = map->first; entry != NULL; entry = entry->next)
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (zp_str_eq(entry->key, keys[i].key))
                *keys[i].entry = entry;
    rule->shapes = zp_str_eq(zp_value_text(rule->type), ZP_STR("rate")) || rule->unit != NULL ||
                   rule->places != NULL || rule->group != NULL || rule->negative != NULL;
    return rule->shapes || rule->zero != NULL || rule->blank != NULL;
}

static bool has_comma(zp_str text)
{
    return zp_str_find(text, ZP_STR(","), 0) < text.n ||
           zp_str_find(text, ZP_STR("，"), 0) < text.n;
}

void zp_notation_set_places(zp_notation *notation, int places)
{
    notation->places = notation->least = places;
}

/* As many decimals in a unit of `power` as say the same as those written. */
static void set_power(zp_notation *n, const zp_amount *amount, int power)
{
    int places = amount->places + power - amount->unit.power;
    n->power = power;
    n->places = places < 0 ? 0 : places;
    n->least = amount->places;
}

/* Whether a figure in the one unit can be said in the other. */
static bool is_alike(const zp_unit *a, const zp_unit *b)
{
    return a->kind == b->kind && (a->kind != ZP_UNIT_COUNT || zp_str_eq(a->basic, b->basic));
}

/* Whether its text has its own sign of per cent, which stays where the rule is silent. */
static bool is_written_as_rate(zp_arena *arena, const zp_value *value)
{
    return value->number == NULL &&
           zp_amount_read(arena, value->text, ZP_STR("")).unit.kind == ZP_UNIT_RATE;
}

/* The unit to print in: the rule's, or a percentage, or its own. False when the rule's does not fit
 * it. */
static bool choose_unit(zp_arena *arena, const zp_value *value, const zp_amount *amount,
                        const zp_print_rule *rule, zp_notation *n)
{
    const zp_unit per_cent = {.kind = ZP_UNIT_RATE, .power = -2};
    zp_unit unit = amount->unit;
    bool percent = zp_str_eq(zp_value_text(rule->type), ZP_STR("rate"));
    if (!percent && rule->unit == NULL && unit.kind == ZP_UNIT_RATE)
        percent = is_written_as_rate(arena, value);
    if (percent)
        unit = per_cent;
    else if (rule->unit != NULL)
        zp_unit_find(zp_value_text(rule->unit), &unit);
    bool alike = is_alike(&unit, &amount->unit);
    set_power(n, amount, alike ? unit.power : amount->unit.power);
    n->percent = percent && alike;
    return alike;
}

bool zp_notation_make(zp_arena *arena, const zp_value *value, const zp_amount *amount,
                      const zp_print_rule *rule, zp_notation *notation)
{
    int64_t places;
    *notation = (zp_notation){.zero = rule->zero};
    bool alike = choose_unit(arena, value, amount, rule, notation);
    if (zp_value_int(rule->places, 0, ZP_NUMBER_PLACES, &places))
        zp_notation_set_places(notation, (int)places);
    else if (value->number != NULL)
        zp_notation_set_places(notation, amount->places);
    if (zp_value_int(rule->least, 0, notation->places, &places))
        notation->least = (int)places;
    bool written = value->number == NULL && has_comma(value->text);
    notation->group = zp_value_bool(rule->group, written);
    notation->brackets = zp_str_eq(zp_value_text(rule->negative), ZP_STR("brackets"));
    return alike;
}

static bool is_zero(zp_str digits)
{
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] != '0' && digits.p[i] != '.')
            return false;
    return true;
}

/* `digits` with commas between thousands. */
static void add_grouped(zp_buf *out, zp_str digits)
{
    size_t point = zp_str_find(digits, ZP_STR("."), 0);
    for (size_t i = 0; i < point; i++) {
        if (i > 0 && (point - i) % WIDTH == 0)
            zp_buf_byte(out, ',');
        zp_buf_byte(out, digits.p[i]);
    }
    zp_buf_add(out, zp_str_slice(digits, point, digits.n));
}

/* `digits` with a point in them, without the noughts behind `least` decimals. */
static zp_str drop_noughts(zp_str digits, int least)
{
    size_t point = zp_str_find(digits, ZP_STR("."), 0);
    while (digits.n > point + 1 + (size_t)least && digits.p[digits.n - 1] == '0')
        digits.n--;
    if (digits.n > point && digits.p[digits.n - 1] == '.')
        digits.n--;
    return digits;
}

static zp_str relation_word(zp_relation relation)
{
    static const char *const words[] = {
        [ZP_RELATION_NONE] = "",     [ZP_RELATION_EQUAL] = "=", [ZP_RELATION_AT_LEAST] = "≥",
        [ZP_RELATION_AT_MOST] = "≤", [ZP_RELATION_ABOVE] = ">", [ZP_RELATION_BELOW] = "<",
        [ZP_RELATION_ABOUT] = "约",
    };
    return zp_str_from(words[relation]);
}

zp_str zp_notation_print(zp_arena *arena, const zp_notation *notation, const zp_amount *amount)
{
    int places = notation->places < ZP_NUMBER_PLACES ? notation->places : ZP_NUMBER_PLACES;
    const zp_number *number = zp_number_scale(arena, amount->number, -notation->power);
    zp_str digits = zp_number_fixed(arena, number, places);
    bool minus = zp_str_starts(digits, ZP_STR("-")), brackets = minus && notation->brackets;
    digits = zp_str_slice(digits, minus ? 1 : 0, digits.n);
    if (notation->zero != NULL && amount->relation == ZP_RELATION_NONE && is_zero(digits))
        return notation->zero->text;
    if (notation->least < places)
        digits = drop_noughts(digits, notation->least);
    zp_buf out = {.arena = arena};
    zp_buf_reserve(&out, digits.n + digits.n / WIDTH + 8);
    zp_buf_add(&out, relation_word(amount->relation));
    if (minus)
        zp_buf_byte(&out, brackets ? '(' : '-');
    if (notation->group)
        add_grouped(&out, digits);
    else
        zp_buf_add(&out, digits);
    if (notation->percent)
        zp_buf_byte(&out, '%');
    if (brackets)
        zp_buf_byte(&out, ')');
    return zp_buf_str(&out);
}
