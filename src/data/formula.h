/* formula.h: the arithmetic that templates write: (预算.调整后 - 预算.年初) / 预算.年初
 *
 * A formula is parsed once, when its template is loaded, and evaluated exactly.
 *
 *   operators   + - * / (also × ÷ −), comparisons = != < <= > >= (also ≠ ≤ ≥), and or not,
 *               brackets; all of them full-width too
 *   numbers     100  0.05  5%  100万元 (other units: written without)
 *   texts       '一级', also in “ ” or ""
 *   true false
 *   names       dotted, by key or alias; in a row its own fields (those of its schema, too, which
 *               the row lacks) first, then the declaration's
 *               `with` (figures.h), then the report's. A part that holds anything but Han, letters,
 *               digits and _, or that begins with a digit, stands in 「」: 「年初预算数/财政拨款」
 *
 *   over lists  a name that leads through lists stands for every entry (项目.指标.得分); all take
 *               several names or numbers, and a condition at the end (where kind = '项目'), on the
 *               entry's own fields, else the report's:
 *               sum(items.amount)  min(…)  max(…)  count(items)  distinct(items.parent)
 *               rounds(items.amount): whether the parts as printed miss their sum as printed
 *               sum(items.amount by parent = name where …), for subtotals in a list of groups: of
 *               the entries whose own `parent` is (as a text) what `name` is in the present row
 *   round(x, places)  in the unit that x has (of a rate: of the ratio)     abs(x)
 *   if(condition, a, b)  known(x)  or_else(x, y): y where x is not known or no rate
 *   growth(now, before): (now − before) ÷ |before|
 *   execution(spent, budget): spent ÷ budget, capped at 1
 *   achieved(target, actual): how much of the target was reached, below
 *   score(target, actual, points, given): points × achieved, at most points
 *   band(x, bands): the name of the band that x lies in; bands is the name of a list
 *               [{name: 优, from: 90}, …], each up to the next; at most 100
 *   same_name(name, others…): whether one of the others that are known is that name, or the one is
 *               short for the other: all its characters stand in it in their order (区人大办);
 *               one with 某某 in it is known only beside another such
 *
 * achieved and score are the rules of 财预〔2020〕10号 art. 16. Quantitative when target and actual
 * are numbers of one unit; a bare one takes the other's. By the target's relation: ≤ or <: target ÷
 * actual; = (and a bare 0): the smaller over the larger; else actual ÷ target. achieved may pass 1
 * (done far beyond the target is worth a look) except for =; where the target is missed it is below
 * 1, and not below 0. A target of 0 is met (1) or not (0): no division. Otherwise qualitative:
 * achieved is not known, the score is `given`. Where the target is a number and the actual blank,
 * too.
 *
 * A result is a number with its unit's kind, a text, a truth, or not known, with the reason: which
 * datum is blank or missing, 0 ÷ 0 (“no rate”), a division by zero otherwise. What uses one that is
 * not known is not known itself; but false and x is false, true or x is true, and a condition that
 * is not known selects nothing. Over lists, blank entries count for nothing (but where all are
 * blank the result is not known), an entry that is not there makes the result not known.
 *
 * Units. Added or compared, both must be of one kind (things counted: of one name); a bare number
 * takes the other's unit, which is that of its rule or else as written: 金额 > 100 where amounts
 * are in 万元 means 100 万元; beside a rate it is the ratio. Money ÷ money and count ÷ count are
 * rates; rate × bare is bare (10 × 执行率); else the result has the unit of the one that has one.
 */
#ifndef ZP_FORMULA_H
#define ZP_FORMULA_H

#include "base/diag.h"
#include "data/amount.h"

typedef struct zp_formula zp_formula;

enum {
    ZP_FORMULA_LENGTH = 2000, /* bytes */
    ZP_FORMULA_DEPTH = 50,    /* brackets, calls and signs in one another */
};

/* NULL after an error: `bad-formula`, at its place in the template, with what was expected. */
const zp_formula *zp_formula_read(zp_arena *arena, const zp_value *text, zp_diag *diag);

typedef enum {
    ZP_RESULT_NUMBER,
    ZP_RESULT_TEXT,
    ZP_RESULT_TRUTH,
    ZP_RESULT_UNKNOWN,  /* a datum is blank or missing, or an error was reported */
    ZP_RESULT_NO_RATE,  /* 0 ÷ 0 */
    ZP_RESULT_OVER_ZERO /* something ÷ 0 */
} zp_result_kind;

typedef struct {
    zp_result_kind kind;
    const zp_number *number; /* in the basic unit of its kind, as in amount.h */
    zp_unit unit;            /* of the number; its power is the one it is best shown in */
    zp_str text;             /* TEXT; and of a NUMBER that is a datum, as it was written */
    bool truth;
    zp_str missing; /* UNKNOWN: the name that has no value; empty after an error */
    zp_span place;  /* of the first datum that went in; UNKNOWN: the blank one; OVER_ZERO: the
                       divisor; without a source when there is none */
} zp_result;

/* Evaluates with names from `row` (a MAP, or NULL) and then `data`. A datum that is text where a
 * number must be is `not-a-number`, one that is neither yes nor no where a condition must be
 * `not-a-truth`, errors at its place; amounts of different kinds that are added or compared are
 * `unit-mismatch`, an error at the second; a number that grows past all bounds is
 * `number-too-large`. All give UNKNOWN. `diag` NULL: nothing is said. */
zp_result zp_formula_value(zp_arena *arena, const zp_formula *formula, const zp_value *row,
                           const zp_value *data, zp_diag *diag);

/* As it was written, for messages. */
zp_str zp_formula_text(const zp_formula *formula);

/* A formula over the rows of one list: what does not depend on the row is computed once, so all
 * rows together take time linear in the data. The data's own entries must not change meanwhile,
 * but for the rows that have been passed. */
typedef struct zp_formula_run zp_formula_run;

typedef struct {
    const zp_value *data;
    const zp_value *with; /* a MAP of constants, or NULL */
    bool printed;         /* figures count as they print, rounded to their places */
    zp_diag *diag;        /* or NULL */
} zp_formula_scope;

zp_formula_run *zp_formula_start(zp_arena *arena, const zp_formula *formula,
                                 const zp_formula_scope *scope);
zp_result zp_formula_row(zp_formula_run *run, const zp_value *row);

/* The sides of a formula that compares two numbers, in one unit, for a message that says what was
 * found: how many of them are not just written in the formula (then 1 is in `left`); 0: the formula
 * is something else. Nothing is reported. */
int zp_formula_sides(zp_formula_run *run, const zp_value *row, zp_result *left, zp_result *right);

#endif
