/* notation.h: how one figure is to be printed: its unit, decimals, commas, sign. */
#ifndef ZP_NOTATION_H
#define ZP_NOTATION_H

#include "data/amount.h"

/* What a rule (schema.h) says of printing; NULL: nothing. */
typedef struct {
    const zp_value *unit, *places, *least, *group, *zero, *blank, *negative, *none, *type;
    bool shapes; /* it says more than what stands for zero and for a blank */
} zp_print_rule;

/* True when `map` (a rule, or NULL) says anything of how a figure prints. */
bool zp_print_rule_read(const zp_value *map, zp_print_rule *rule);

typedef struct {
    int power; /* of the unit it prints in */
    int places;
    int least; /* noughts behind so many decimals are dropped, when it is below `places` */
    bool group, percent, brackets;
    const zp_value *zero; /* its text stands for a figure that rounds to 0; NULL: 0 does */
} zp_notation;

/* For the figure `amount` (NUMBER) that `value` holds. False when its unit is of another kind than
 * the rule's: the notation is then in its own. */
bool zp_notation_make(zp_arena *arena, const zp_value *value, const zp_amount *amount,
                      const zp_print_rule *rule, zp_notation *notation);

void zp_notation_set_places(zp_notation *notation, int places);

zp_str zp_notation_print(zp_arena *arena, const zp_notation *notation, const zp_amount *amount);

#endif
