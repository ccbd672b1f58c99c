/* bind.h: data under the names of a schema.
 *
 * People write 单位, 名称 and 预算数; a template's schema (schema.h) says that these are
 * department, name and budget. Binding gives a copy of a map under the schema's own keys, each
 * value knowing its rule (the schema's entry: type, unit, places …), so that expand.h finds it by
 * either name and printing.h prints it as the template wants.
 *
 *   - An entry is matched by key, by alias, by the path of a header (年初预算数/财政拨款 among the
 * aliases) or by a dotted path of either (单位.名称), which goes into the map of that name.
 *   - A list's maps are rows that each have the fields.
 *   - type: number, money, rate and date are checked: what cannot be read as one is `not-a-number`
 *     or `not-a-date`, an error at its place; BLANK passes. text: a number keeps its digits as
 * shown. code: text as stored, leading zeros kept. any: not looked at.
 *   - split: [code, name]: 001-某某局 becomes a map of these two (the part before the first - or
 * —); a text without it is the last of the two.
 *   - A text where the rule has fields, and neither split nor a type of its own, is `not-a-map`,
 * an error; but true and false pass, and where `name` is one of the fields, whatever is not a data
 * file's name.
 *   - A unit (of the rule, the column or 金额单位) that is not known is `unknown-unit`, an error.
 */
#ifndef ZP_BIND_H
#define ZP_BIND_H

#include "base/diag.h"
#include "data/schema.h"

typedef struct {
    zp_str money_unit; /* of bare amounts of money whose rule and column name none: 金额单位 */
    bool warn_unknown; /* front matter: a key that the schema does not know is `unknown-key`, a
                          warning with the nearest name; in data files such columns are kept */
} zp_bind_options;

/* A copy of `map` (a MAP) under `schema` (NULL: any). A key given by two of its names is
 * `duplicate-key`, an error at the second. */
zp_value *zp_bind(zp_arena *arena, const zp_value *map, const zp_value *schema,
                  const zp_bind_options *options, zp_diag *diag);

/* A value bound as if it stood under the schema's entry `rule` (NULL: any). */
zp_value *zp_bind_entry(zp_arena *arena, const zp_value *value, const zp_value *rule,
                        const zp_bind_options *options, zp_diag *diag);

#endif
