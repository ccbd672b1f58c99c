/* figures.c: declarations and data in; the data with their figures, and findings out.
 *
 * A formula is run twice only where a given value disagrees with it: exactly, and then with the
 * figures it uses as they print, since people compute from what they see. Rows are reached by the
 * dotted name of their list; a run over them keeps what does not depend on the row (formula.h).
 */
#include "data/figures.h"

#include "data/agree.h"
#include "data/declaration.h"
#include "data/expand.h"
#include "data/printing.h"
#include "data/schema.h"

enum { LISTS_DEPTH = 64 }; /* lists in one another that a name leads through */

/* One figure, or check, being worked through its rows. */
typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_figure *figure;
    const zp_check *check;
    zp_value *data;
    zp_formula_run *exact;
    zp_formula_run *printed;               /* made when it is needed */
    const zp_value *filled_for, *filled;   /* the schema's rule that was last joined with the */
    const zp_value *adopted_for, *adopted; /* declaration, and the result; the same of the given */
} work;

/* --- Rules ----------------------------------------------------------------------------------- */

/* The names of both, as a list. */
static zp_value *all_names(zp_arena *arena, const zp_value *one, const zp_value *other)
{
    const zp_value *const rules[] = {one, other};
    zp_value *names = zp_value_new(arena, ZP_VALUE_LIST, one->span);
    zp_str name;
    names->key = ZP_STR("alias");
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 1; zp_schema_name(rules[i], k, &name); k++) {
            zp_value *entry = zp_value_new(arena, ZP_VALUE_TEXT, rules[i]->span);
            entry->text = name;
            zp_value_append(names, entry);
        }
    return names;
}

/* `over` on `base`, answering to the names of both. */
static const zp_value *join_rules(zp_arena *arena, const zp_value *base, const zp_value *over)
{
    zp_value *names = zp_value_new(arena, ZP_VALUE_MAP, over->span);
    names->key = over->key;
    zp_value_append(names, all_names(arena, over, base));
    return zp_schema_merge(arena, zp_schema_merge(arena, base, over), names);
}

/* The schema's rule for the figure's field in `map`, NULL when it has none. */
static const zp_value *schema_rule(const work *w, const zp_value *map, const zp_value *given)
{
    if (given != NULL && given->rule != NULL)
        return given->rule;
    const zp_value *fields = map->rule != NULL ? zp_value_find(map->rule, ZP_STR("fields")) : NULL;
    return zp_schema_find(fields, w->figure->field);
}

/* The rule of a value that is computed: the declaration, with what else the schema says. */
static const zp_value *rule_of(work *w, const zp_value *own, const zp_value *schema)
{
    if (schema == NULL || schema == own)
        return own;
    if (own != w->figure->rule)
        return join_rules(w->arena, schema, own);
    if (w->filled_for != schema)
        w->filled = join_rules(w->arena, schema, own);
    w->filled_for = schema;
    return w->filled;
}

/* --- Putting in ----------------------------------------------------------------------------- */

/* The value under the figure's key, or one of its names. */
static zp_value *find_given(const work *w, const zp_value *map)
{
    zp_str name = w->figure->field;
    const zp_value *given = zp_schema_lookup(map, name);
    for (size_t k = 1; given == NULL && zp_schema_name(w->figure->rule, k, &name); k++)
        given = zp_schema_lookup(map, name);
    return (zp_value *)given;
}

static void put(work *w, zp_value *map, zp_value *given, zp_value *value)
{
    if (given == NULL) {
        value->key = w->figure->field;
        value->key_span = w->figure->rule->key_span;
        zp_value_append(map, value);
        return;
    }
    value->key = given->key;
    value->key_span = given->key_span;
    value->next = given->next;
    *given = *value;
}

static zp_value *value_of(const work *w, const zp_result *result)
{
    zp_span place = result->place.source != NULL ? result->place : w->figure->formula->span;
    zp_value *value = zp_value_new(w->arena, ZP_VALUE_TEXT, place);
    value->rule = w->figure->rule;
    if (result->kind == ZP_RESULT_TRUTH) {
        value->text = result->truth ? ZP_STR("true") : ZP_STR("false");
    } else if (result->kind == ZP_RESULT_TEXT) {
        value->text = result->text;
        value->quoted = true;
    } else if (result->kind == ZP_RESULT_NO_RATE) {
        value->rule = w->figure->no_rate;
        value->text = zp_value_find(value->rule, ZP_STR("blank"))->text;
    } else {
        value->number = result->number;
        if (w->figure->unit.kind == ZP_UNIT_NONE)
            value->unit = result->unit.kind == ZP_UNIT_RATE ? ZP_STR("1") : result->unit.name;
    }
    return value;
}

static void fill(work *w, zp_value *map, zp_value *given, const zp_result *result)
{
    zp_value *value = value_of(w, result);
    value->rule = rule_of(w, value->rule, schema_rule(w, map, given));
    if (result->kind == ZP_RESULT_NUMBER)
        value->text = zp_print_value(w->arena, value);
    put(w, map, given, value);
}

/* Says of a figure that is not known what is missing; a dash written for it stays. */
static void leave_open(work *w, zp_value *map, zp_value *given, const zp_result *result)
{
    if (given != NULL && zp_value_text(given).n > 0)
        return;
    zp_value *open = zp_value_new(w->arena, ZP_VALUE_NULL, result->place);
    open->text = result->missing.n > 0 ? result->missing : w->figure->label;
    open->rule = rule_of(w, w->figure->rule, schema_rule(w, map, given));
    put(w, map, given, open);
}

/* --- Agreeing -------------------------------------------------------------------------------- */

/* The unit that the figure should be in: the declared one, else the schema's. */
static zp_unit unit_for(const work *w, const zp_value *schema)
{
    return w->figure->unit.kind == ZP_UNIT_NONE ? zp_declared_unit(schema) : w->figure->unit;
}

/* A bare result takes that unit. False: it is of another kind. */
static bool fit_unit(const work *w, zp_unit unit, zp_result *result)
{
    if (result->kind != ZP_RESULT_NUMBER || unit.kind == ZP_UNIT_NONE)
        return true;
    if (result->unit.kind == ZP_UNIT_NONE && unit.kind != ZP_UNIT_RATE)
        result->number = zp_number_scale(w->arena, result->number, unit.power);
    else if (result->unit.kind != ZP_UNIT_NONE && result->unit.kind != unit.kind)
        return false;
    result->unit = unit;
    return result->number != NULL;
}

static void report_unit(const work *w, zp_unit unit, const zp_result *result)
{
    static const char *const kinds[] = {"没有单位的数", "金额", "比率", "数量"};
    const zp_figure *f = w->figure;
    zp_diag_add(w->diag, ZP_ERROR, "unit-mismatch", f->formula->span,
                "请核对算式，以及其中各数的单位", "“%.*s”应当是%s，“%.*s”算出来却是%s",
                ZP_ARG(f->label), kinds[unit.kind], ZP_ARG(f->formula->text),
                kinds[result->unit.kind]);
}

/* The same figure from the figures it uses as they print. */
static zp_result printed_result(work *w, const zp_value *row)
{
    if (w->printed == NULL) {
        const zp_formula_scope scope = {
            .data = w->data, .with = w->figure->with, .printed = true, .diag = NULL};
        w->printed = zp_formula_start(w->arena, w->figure->formula, &scope);
    }
    return zp_formula_row(w->printed, row);
}

/* How it is computed, in words where the template has some. */
static zp_str way_of(const work *w)
{
    const zp_value *about = zp_value_find(w->figure->rule, ZP_STR("about"));
    return about ? zp_value_text(about)
                 : zp_str_format(w->arena, "“%.*s”", ZP_ARG(w->figure->formula->text));
}

static void report_disagreement(const work *w, const zp_value *given, const zp_result *result)
{
    const char *hint = "请核对两个数；以填的为准排印";
    if (zp_agree_percent(w->arena, given, result)) {
        zp_str text = zp_value_text(given);
        hint = zp_str_cstr(
            w->arena, zp_str_format(w->arena, "如果是百分数，请写上百分号：%.*s%%", ZP_ARG(text)));
    }
    zp_str computed = zp_agree_like(w->arena, given, result);
    zp_str text = zp_value_text(given);
    const zp_figure *f = w->figure;
    if (result->kind == ZP_RESULT_NO_RATE)
        zp_diag_add(w->diag, ZP_WARNING, "figure-disagrees", given->span, hint,
                    "“%.*s”填的是 %.*s，但“%.*s”是 0 除以 0，没有比率", ZP_ARG(f->label),
                    ZP_ARG(text), ZP_ARG(f->formula->text));
    else
        zp_diag_add(w->diag, ZP_WARNING, "figure-disagrees", given->span, hint,
                    "“%.*s”填的是 %.*s，按%.*s算出来是 %.*s", ZP_ARG(f->label), ZP_ARG(text),
                    ZP_ARG(way_of(w)), ZP_ARG(computed));
}

/* A value given by hand stays, and prints by the schema's rule and then the declaration's. */
static void adopt(work *w, const zp_value *schema, zp_value *given)
{
    if (schema == NULL || schema == w->figure->rule) {
        given->rule = w->figure->rule;
        return;
    }
    if (w->adopted_for != schema)
        w->adopted = join_rules(w->arena, w->figure->rule, schema);
    w->adopted_for = schema;
    given->rule = w->adopted;
}

static void compare(work *w, const zp_value *row, const zp_value *schema, const zp_value *given,
                    const zp_result *result)
{
    if (zp_agree(w->arena, given, result))
        return;
    zp_result printed = printed_result(w, row);
    if (fit_unit(w, unit_for(w, schema), &printed) && zp_agree(w->arena, given, &printed))
        return;
    report_disagreement(w, given, result);
}

/* --- One figure ------------------------------------------------------------------------------ */

static bool is_blank(const work *w, const zp_value *value)
{
    return value == NULL || value->kind == ZP_VALUE_NULL ||
           (value->kind == ZP_VALUE_TEXT && zp_amount_of(w->arena, value).kind == ZP_AMOUNT_BLANK);
}

/* `none`, written by hand where it is right. */
static bool says_no_rate(const work *w, const zp_value *given, const zp_result *result)
{
    zp_str none = zp_value_text(zp_value_find(w->figure->rule, ZP_STR("none")));
    return result->kind == ZP_RESULT_NO_RATE && none.n > 0 && zp_str_eq(none, zp_value_text(given));
}

static void report_zero(const work *w, const zp_value *given, const zp_result *result)
{
    zp_span place = result->place.source != NULL ? result->place
                    : given != NULL              ? given->span
                                                 : w->figure->formula->span;
    zp_diag_add(w->diag, ZP_ERROR, "zero-divisor", place, "请核对这个数：是 0，却要用它去除别的数",
                "“%.*s”算不出来：“%.*s”的除数是 0", ZP_ARG(w->figure->label),
                ZP_ARG(w->figure->formula->text));
}

/* The figure in `map`, which is `row` or, where that is NULL, the report's data. */
static void settle(work *w, zp_value *map, const zp_value *row)
{
    zp_result result = zp_formula_row(w->exact, row);
    zp_value *given = find_given(w, map);
    bool blank = is_blank(w, given) || says_no_rate(w, given, &result);
    const zp_value *schema = schema_rule(w, map, given);
    zp_unit unit = unit_for(w, schema);
    if (!blank)
        adopt(w, schema, given);
    if (result.kind == ZP_RESULT_OVER_ZERO) {
        report_zero(w, given, &result);
    } else if (result.kind == ZP_RESULT_UNKNOWN) {
        if (blank)
            leave_open(w, map, given, &result);
    } else if (!fit_unit(w, unit, &result)) {
        report_unit(w, unit, &result);
    } else if (blank) {
        fill(w, map, given, &result);
    } else if (given->kind == ZP_VALUE_TEXT) {
        compare(w, row, schema, given, &result);
    } else {
        zp_diag_add(w->diag, ZP_ERROR, "not-a-number", given->span, NULL,
                    "“%.*s”应当是一个数，这里却有好几项", ZP_ARG(w->figure->label));
    }
}

/* --- Checks ---------------------------------------------------------------------------------- */

/* （现在是 95）, behind the message of a rule that compares two numbers; else nothing. */
static zp_str found(const work *w, const zp_value *row)
{
    zp_result left, right;
    int sides = zp_formula_sides(w->exact, row, &left, &right);
    if (sides == 0)
        return ZP_STR("");
    zp_str a = zp_agree_shown(w->arena, &left), b = zp_agree_shown(w->arena, &right);
    if (sides == 1)
        return zp_str_format(w->arena, "（现在是 %.*s）", ZP_ARG(a));
    return zp_str_format(w->arena, "（现在是 %.*s 和 %.*s）", ZP_ARG(a), ZP_ARG(b));
}

/* What the template says, with the report's own data in it. */
static zp_str message_of(const work *w, zp_span place)
{
    const zp_check *c = w->check;
    const zp_expand_options options = {.escape = ZP_ESCAPE_NONE, .missing = ZP_MISSING_EMPTY};
    zp_str message = c->said.message;
    if (message.n == 0)
        return zp_str_format(w->arena, "不符合“%.*s”", ZP_ARG(c->formula->text));
    zp_expand_text(w->arena, message, place, w->data, &options, w->diag, &message);
    return message;
}

static void try_check(work *w, const zp_value *row)
{
    const zp_check *c = w->check;
    zp_result result = zp_formula_row(w->exact, row);
    if (result.kind != ZP_RESULT_TRUTH || result.truth)
        return;
    zp_span place = result.place;
    if (place.source == NULL)
        place = row != NULL ? row->span : c->rule->span;
    zp_str more = found(w, row), message = message_of(w, place);
    const zp_message said = {
        .severity = c->said.severity,
        .id = c->said.id,
        .span = place,
        .message = zp_str_format(w->arena, "%.*s%.*s", ZP_ARG(message), ZP_ARG(more)),
        .hint = c->said.hint,
        .basis = c->said.basis,
    };
    zp_diag_put(w->diag, &said);
}

const zp_template_rule *zp_figures_rule(const zp_figures *figures, size_t k)
{
    return k < figures->check_count ? &figures->checks[k].said : NULL;
}

/* --- All ------------------------------------------------------------------------------------- */

/* Every row that the parts of `each` from `part` on lead to. */
static void visit(work *w, zp_value *value, const zp_expr *each, size_t part, int depth)
{
    if (value == NULL)
        return;
    if (value->kind == ZP_VALUE_LIST && depth < LISTS_DEPTH) {
        for (zp_value *entry = value->first; entry != NULL; entry = entry->next)
            visit(w, entry, each, part, depth + 1);
    } else if (part < each->part_count) {
        zp_value *next = (zp_value *)zp_schema_lookup(value, each->parts[part]);
        visit(w, next, each, part + 1, depth);
    } else if (value->kind == ZP_VALUE_MAP) {
        if (w->figure != NULL)
            settle(w, value, value);
        else
            try_check(w, value);
    }
}

static void compute(work *w, const zp_formula *formula, const zp_expr *each, const zp_value *with)
{
    const zp_formula_scope scope = {.data = w->data, .with = with, .diag = w->diag};
    w->exact = zp_formula_start(w->arena, formula, &scope);
    if (each != NULL)
        visit(w, w->data, each, 0, 0);
    else if (w->figure != NULL)
        settle(w, w->data, NULL);
    else
        try_check(w, NULL);
}

const zp_template_rule *zp_figures_find_rule(const zp_figures *figures, zp_str id)
{
    for (size_t k = 0; k < figures->check_count; k++)
        if (zp_str_eq(zp_str_from(figures->checks[k].said.id), id))
            return &figures->checks[k].said;
    return NULL;
}

static void fill_all(zp_arena *arena, const zp_figures *figures, zp_value *data, zp_diag *diag)
{
    for (size_t i = 0; i < figures->count; i++) {
        const zp_figure *f = &figures->figures[figures->order[i]];
        work w = {.arena = arena, .diag = diag, .figure = f, .data = data};
        compute(&w, f->formula, f->each, f->with);
    }
}

void zp_figures_fill(zp_arena *arena, const zp_figures *figures, zp_value *data)
{
    fill_all(arena, figures, data, zp_diag_new(arena));
}

void zp_figures_check(zp_arena *arena, const zp_figures *figures, zp_value *data, zp_diag *diag)
{
    for (size_t i = 0; i < figures->check_count; i++) {
        const zp_check *c = &figures->checks[i];
        work w = {.arena = arena, .diag = diag, .check = c, .data = data};
        compute(&w, c->formula, c->each, c->with);
    }
}

void zp_figures_compute(zp_arena *arena, const zp_figures *figures, zp_value *data, zp_diag *diag)
{
    fill_all(arena, figures, data, diag);
    zp_figures_check(arena, figures, data, diag);
}

/* --- For report.json ------------------------------------------------------------------------- */

static void append_text(zp_arena *arena, zp_value *map, const char *key, zp_str text, bool quoted)
{
    zp_value *value = zp_value_new(arena, ZP_VALUE_TEXT, map->span);
    value->key = zp_str_from(key);
    value->text = text;
    value->quoted = quoted;
    zp_value_append(map, value);
}

/* The number in the unit it is best shown in, and that unit's name; a rate as the ratio. */
static zp_str plain_number(zp_arena *arena, const zp_figure *figure, const zp_amount *amount,
                           zp_str *unit)
{
    zp_unit in = figure->unit.kind == amount->unit.kind ? figure->unit : amount->unit;
    if (in.kind == ZP_UNIT_RATE)
        zp_unit_find(ZP_STR("1"), &in);
    *unit = in.name;
    const zp_number *number = zp_number_scale(arena, amount->number, -in.power);
    return number != NULL ? zp_number_plain(arena, number) : ZP_STR("");
}

zp_value *zp_figures_list(zp_arena *arena, const zp_figures *figures, const zp_value *data)
{
    zp_value *list = zp_value_new(arena, ZP_VALUE_MAP, data->span);
    for (size_t i = 0; i < figures->count; i++) {
        const zp_figure *figure = &figures->figures[i];
        const work w = {.arena = arena, .figure = figure};
        const zp_value *value = figure->each == NULL ? find_given(&w, data) : NULL;
        if (value == NULL || value->kind != ZP_VALUE_TEXT)
            continue;
        zp_amount amount = zp_amount_of(arena, value);
        bool number = amount.kind == ZP_AMOUNT_NUMBER;
        zp_str unit = ZP_STR("");
        zp_str text = number ? plain_number(arena, figure, &amount, &unit) : zp_value_text(value);
        zp_value *entry = zp_value_new(arena, ZP_VALUE_MAP, value->span);
        entry->key = figure->id;
        append_text(arena, entry, "name", figure->label, true);
        append_text(arena, entry, "value", text, !number);
        append_text(arena, entry, "unit", unit, true);
        append_text(arena, entry, "printed", zp_print_value(arena, value), true);
        zp_value_append(list, entry);
    }
    return list;
}
