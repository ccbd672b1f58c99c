/* order.h: in which order figures are computed: each after those that it uses.
 *
 * A template that extends another adds figures behind the inherited ones, and changes inherited
 * ones to use them; its author does not think of order. What a formula uses is found by name in the
 * schema, as data will be found by it later; where figures use one another in a circle, and where
 * nothing else decides, the order of declaration stands.
 */
#ifndef ZP_ORDER_H
#define ZP_ORDER_H

#include "data/declaration.h"

/* More figures than this keep the order they are declared in. */
enum { ZP_ORDER_MAX = 500 };

/* The indexes of all figures, in order. `names` is the rule whose fields are the schema (NULL: the
 * order of declaration). */
const size_t *zp_order_find(zp_arena *arena, const zp_figures *figures, const zp_value *names);

#endif
