/* declaration.h: the figures and checks of a template as figures.c uses them.
 */
#ifndef ZP_DECLARATION_H
#define ZP_DECLARATION_H

#include "data/expression.h"
#include "data/figures.h"

typedef struct {
    zp_str id;
    zp_str label; /* for messages: the first alias, else the id */
    const zp_formula *formula;
    const zp_expr *each; /* a NAME, or NULL: of the report itself */
    zp_str field;        /* the key it is kept under */
    const zp_value *rule;
    const zp_value *no_rate; /* the rule of one that is 0 ÷ 0: blank prints as `none` */
    const zp_value *with;
    zp_unit unit; /* that the result should be in; kind NONE: any */
} zp_figure;

typedef struct {
    const zp_value *rule;
    const zp_formula *formula;
    const zp_expr *each;
    zp_template_rule said;
    const zp_value *with;
} zp_check;

struct zp_figures {
    zp_figure *figures;
    size_t count;
    const size_t *order; /* in which they are computed */
    zp_check *checks;
    size_t check_count;
};

/* The unit that a declaration or a rule of a schema asks for: its `unit`, the ratio for `type:
 * rate`; else kind NONE. */
zp_unit zp_declared_unit(const zp_value *declaration);

#endif
