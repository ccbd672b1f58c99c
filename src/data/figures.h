/* figures.h: figures that a template declares and ziping computes.
 *
 * `figures` in template.yaml, id -> declaration; each computed after those that its
 * formula uses, wherever they are declared (order.h):
 *
 *     execution_rate:
 *       alias: 预算执行率
 *       formula: 预算.实际支出数 / 预算.调整后预算数
 *       type: rate
 *       places: 2
 *       none: 无预算
 *     indicator_score:
 *       each: indicators
 *       field: score
 *       formula: score(target, actual, points, score)
 *     grade:
 *       formula: band(score, bands)
 *       with: {bands: [{name: 优, from: 90}, {name: 良, from: 80}]}
 *
 *   - `type`, `unit`, `places`, `least`, `zero`, `blank`, `negative` and `group` are as in the
 *     schema; `none` is what 0 ÷ 0 prints (default: —).
 *   - `each`: one for every row of a list (dotted; a list in a list: 项目.指标), kept in the row
 *     under `field` (default: the id).
 *   - `with`: constants of the formula.
 *
 * A figure goes into the data under its id (`field` in its row), as a scalar that holds the exact
 * number and prints by its declaration; it answers to the declaration's aliases, and to those of
 * the schema. A truth is the text true or false. A bare result takes the declared `unit` (a rate is
 * the ratio); a result of another kind than `unit` or `type` say is `unit-mismatch`.
 *
 * Where the data have a value there already (under the key or an alias), given by hand, that value
 * stays; when it disagrees it is a finding, `figure-disagrees`, a warning at its place that names
 * both and the formula, unless it is what one gets from the exact figure, or from the figures of
 * the formula as they print, at the decimals it is written with (99.63% has two of a percentage,
 * 0.9963 four of the ratio). A blank given by hand is filled. A formula may use the value given for
 * it: score above, where a qualitative score stands as given.
 *
 * A figure that is not known is a NULL that names what is missing (value.h), so that using it is a
 * missing value with a reason (but — and the like, written for it, stay); 0 ÷ 0 prints as `none`,
 * and what uses it is “no rate” too; something divided by zero is `zero-divisor`, an error at the
 * divisor (a zero budget with spending).
 *
 * `checks` in template.yaml, id -> {rule: formula, message: 指标分值之和应为 100, basis: …, each:
 * list, with: …, severity: error | warning | hint, hint: …, about: …}: a rule that is false is a
 * finding at the first datum of the rule, with what the rule compares behind the message: （现在是
 * 95）; one that is not known says nothing. Its id is the check's own, so that each can be silenced
 * and explained by itself. The severity is `warning` where none is given; `error` is a FLAW
 * (diag.h): the report is written all the same.
 *
 * A declaration or check that is null or false is none: so a template drops one of those it
 * extends.
 */
#ifndef ZP_FIGURES_H
#define ZP_FIGURES_H

#include "data/formula.h"

/* The declarations of a template, parsed. */
typedef struct zp_figures zp_figures;

/* From the MAPs `figures` and `checks` (either may be NULL). `names` is the rule whose fields are
 * all names there are, by which figures find one another (order.h), or NULL. What is wrong is
 * `bad-figure`, `unknown-unit` or `bad-formula`, an error at its place, and gives NULL. */
const zp_figures *zp_figures_read(zp_arena *arena, const zp_value *figures, const zp_value *checks,
                                  const zp_value *names, zp_diag *diag);

/* What a check of the template says of itself, for `ziping explain`; empty what it does not. */
typedef struct {
    const char *id;
    zp_severity severity; /* HINT, WARNING or FLAW */
    zp_str rule;          /* the formula */
    bool each;            /* tried on every row of a list by itself */
    zp_str message, hint, basis, about;
} zp_template_rule;

/* The k-th check, in the order of the template; NULL past the last. */
const zp_template_rule *zp_figures_rule(const zp_figures *figures, size_t k);

/* The check of that id; NULL when there is none. */
const zp_template_rule *zp_figures_find_rule(const zp_figures *figures, zp_str id);

/* Computes all into `data`, a MAP that is the caller's own to change, then tries the checks.
 * Linear in the data for each figure. */
void zp_figures_compute(zp_arena *arena, const zp_figures *figures, zp_value *data, zp_diag *diag);

/* The same without a word, and without the checks. */
void zp_figures_fill(zp_arena *arena, const zp_figures *figures, zp_value *data);

/* Tries the checks over data that hold their figures. */
void zp_figures_check(zp_arena *arena, const zp_figures *figures, zp_value *data, zp_diag *diag);

/* The declared figures that are known, as a MAP id -> {name, value, unit, printed}, for
 * report.json: `name` as people call it, `value` the exact number in `unit` (to ZP_NUMBER_PLACES
 * decimals; a rate is the ratio, in the unit 1), or a text; `printed` as in the report. Those of
 * rows are in their rows. */
zp_value *zp_figures_list(zp_arena *arena, const zp_figures *figures, const zp_value *data);

#endif
