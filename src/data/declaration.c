/* declaration.c: `figures` and `checks` of template.yaml in, declarations with parsed formulas out.
 */
#include "data/declaration.h"

#include "data/order.h"
#include "data/schema.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define LITERAL(text)                                                                              \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    } /* a zp_str in a table */

typedef enum { KEY_TEXT, KEY_NAMES, KEY_MAP, KEY_BOOL, KEY_PLACES, KEY_UNIT, KEY_CHOICE } key_kind;

/* What a declaration may hold. */
typedef struct {
    zp_str name;
    key_kind kind;
    const char *choices; /* KEY_CHOICE: parted and enclosed by spaces */
} key;

static const key figure_keys[] = {
    {LITERAL("formula"), KEY_TEXT, NULL},
    {LITERAL("alias"), KEY_NAMES, NULL},
    {LITERAL("type"), KEY_CHOICE, " text number money rate date bool any "},
    {LITERAL("unit"), KEY_UNIT, NULL},
    {LITERAL("places"), KEY_PLACES, NULL},
    {LITERAL("least"), KEY_PLACES, NULL},
    {LITERAL("group"), KEY_BOOL, NULL},
    {LITERAL("zero"), KEY_TEXT, NULL},
    {LITERAL("blank"), KEY_TEXT, NULL},
    {LITERAL("negative"), KEY_CHOICE, " minus brackets "},
    {LITERAL("none"), KEY_TEXT, NULL},
    {LITERAL("each"), KEY_TEXT, NULL},
    {LITERAL("field"), KEY_TEXT, NULL},
    {LITERAL("with"), KEY_MAP, NULL},
    {LITERAL("about"), KEY_TEXT, NULL},
};

static const key check_keys[] = {
    {LITERAL("rule"), KEY_TEXT, NULL},  {LITERAL("message"), KEY_TEXT, NULL},
    {LITERAL("basis"), KEY_TEXT, NULL}, {LITERAL("each"), KEY_TEXT, NULL},
    {LITERAL("with"), KEY_MAP, NULL},   {LITERAL("about"), KEY_TEXT, NULL},
    {LITERAL("hint"), KEY_TEXT, NULL},  {LITERAL("severity"), KEY_CHOICE, " error warning hint "},
};

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    bool sound;
} reader;

static void fail(reader *r, const char *id, const zp_value *at, const char *hint, zp_str message)
{
    zp_diag_add(r->diag, ZP_ERROR, id,
                at->key.n > 0 && at->span.source == NULL ? at->key_span : at->span, hint, "%.*s",
                ZP_ARG(message));
    r->sound = false;
}

/* --- One key --------------------------------------------------------------------------------- */

static bool is_choice(const char *choices, zp_str word)
{
    zp_str all = zp_str_from(choices);
    for (size_t at = zp_str_find(all, word, 0); word.n > 0 && at < all.n;
         at = zp_str_find(all, word, at + 1))
        if (all.p[at - 1] == ' ' && all.p[at + word.n] == ' ')
            return true;
    return false;
}

static bool is_names(const zp_value *value)
{
    if (value->kind != ZP_VALUE_LIST)
        return zp_value_text(value).n > 0;
    for (const zp_value *one = value->first; one != NULL; one = one->next)
        if (zp_value_text(one).n == 0)
            return false;
    return true;
}

/* What the key should hold, when it does not; else NULL. */
static const char *wrong(const key *k, const zp_value *value)
{
    int64_t places;
    zp_unit unit;
    switch (k->kind) {
    case KEY_TEXT:
        return value->kind == ZP_VALUE_TEXT || value->kind == ZP_VALUE_NULL ? NULL : "一段文字";
    case KEY_NAMES:
        return is_names(value) ? NULL : "一个或几个名字：[预算执行率, 执行率]";
    case KEY_MAP:
        return value->kind == ZP_VALUE_MAP ? NULL : "一组“名字: 值”";
    case KEY_BOOL:
        return zp_value_bool(value, true) == zp_value_bool(value, false) ? NULL : "true 或 false";
    case KEY_PLACES:
        return zp_value_int(value, 0, ZP_NUMBER_PLACES, &places) ? NULL : "小数位数，0 到 30";
    case KEY_UNIT:
        return zp_unit_find(zp_value_text(value), &unit) ? NULL : "单位：万元、元、%、个等";
    case KEY_CHOICE:
        return is_choice(k->choices, zp_value_text(value)) ? NULL : k->choices;
    }
    return NULL;
}

static void check_key(reader *r, const zp_value *value, const key *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!zp_str_eq(keys[i].name, value->key))
            continue;
        const char *what = wrong(&keys[i], value);
        if (what != NULL)
            fail(r, keys[i].kind == KEY_UNIT ? "unknown-unit" : "bad-figure", value, NULL,
                 zp_str_format(r->arena, "%.*s 的值应当是%s", ZP_ARG(value->key), what));
        return;
    }
    zp_str names[COUNT_OF(figure_keys)];
    for (size_t i = 0; i < count; i++)
        names[i] = keys[i].name;
    zp_str nearest = zp_str_nearest(value->key, names, count);
    zp_str hint = zp_str_format(r->arena, "是不是“%.*s”？", ZP_ARG(nearest));
    zp_diag_add(r->diag, ZP_ERROR, "bad-figure", value->key_span,
                nearest.n > 0 ? zp_str_cstr(r->arena, hint) : NULL, "这里没有“%.*s”这一项",
                ZP_ARG(value->key));
    r->sound = false;
}

/* --- One declaration ------------------------------------------------------------------------- */

/* The text under `name`; empty: none. */
static zp_str text_of(const zp_value *declaration, const char *name)
{
    return zp_value_text(zp_value_find(declaration, zp_str_from(name)));
}

/* The formula under `name`, NULL after an error. */
static const zp_formula *formula_of(reader *r, const zp_value *declaration, const char *name)
{
    const zp_value *text = zp_value_find(declaration, zp_str_from(name));
    if (zp_value_text(text).n == 0) {
        fail(r, "bad-figure", text != NULL ? text : declaration, NULL,
             zp_str_format(r->arena, "“%.*s”没有写 %s", ZP_ARG(declaration->key), name));
        return NULL;
    }
    const zp_formula *formula = zp_formula_read(r->arena, text, r->diag);
    r->sound = r->sound && formula != NULL;
    return formula;
}

/* The name under `each`, NULL when there is none or after an error. */
static const zp_expr *each_of(reader *r, const zp_value *declaration)
{
    const zp_value *text = zp_value_find(declaration, ZP_STR("each"));
    if (zp_value_text(text).n == 0)
        return NULL;
    const zp_formula *name = zp_formula_read(r->arena, text, r->diag);
    if (name != NULL && name->root->kind == ZP_EXPR_NAME)
        return name->root;
    if (name != NULL)
        fail(r, "bad-figure", text, NULL, ZP_STR("each 的值应当是一个名字，例如 项目.指标"));
    r->sound = false;
    return NULL;
}

/* False: it is not there (null, false), or no declaration at all. */
static bool is_declared(reader *r, const zp_value *declaration, const key *keys, size_t count)
{
    if (declaration->kind == ZP_VALUE_NULL || !zp_value_bool(declaration, true))
        return false;
    if (declaration->kind != ZP_VALUE_MAP) {
        fail(r, "bad-figure", declaration, NULL,
             zp_str_format(r->arena, "“%.*s”下面应当是一组“名字: 值”", ZP_ARG(declaration->key)));
        return false;
    }
    for (const zp_value *value = declaration->first; value != NULL; value = value->next)
        check_key(r, value, keys, count);
    return true;
}

static zp_value *entry(zp_arena *arena, const char *name, zp_str text, zp_span span)
{
    zp_value *value = zp_value_new(arena, ZP_VALUE_TEXT, span);
    value->key = zp_str_from(name);
    value->text = text;
    return value;
}

/* The declaration, for a figure that is 0 ÷ 0: its value is blank, and a blank prints as `none`. */
static const zp_value *no_rate_rule(zp_arena *arena, const zp_value *declaration)
{
    const zp_value *none = zp_value_find(declaration, ZP_STR("none"));
    zp_value *over = zp_value_new(arena, ZP_VALUE_MAP, declaration->span);
    over->key = declaration->key;
    zp_value_append(over, entry(arena, "no_rate", ZP_STR("true"), declaration->span));
    zp_value_append(
        over, entry(arena, "blank", none != NULL ? none->text : ZP_STR("—"), declaration->span));
    return zp_schema_merge(arena, declaration, over);
}

zp_unit zp_declared_unit(const zp_value *declaration)
{
    zp_unit unit = {0};
    zp_str type = text_of(declaration, "type");
    if (!zp_unit_find(text_of(declaration, "unit"), &unit) && zp_str_eq(type, ZP_STR("rate")))
        zp_unit_find(ZP_STR("1"), &unit);
    return unit;
}

/* What messages call it: its alias, else that of the field it is put in, else its id. */
static void name_figure(zp_figure *figure, const zp_value *names)
{
    const zp_value *rule = names;
    zp_str alias;
    figure->label = figure->id;
    if (zp_schema_name(figure->rule, 1, &alias) && alias.n > 0) {
        figure->label = alias;
        return;
    }
    for (size_t i = 0; figure->each != NULL && i < figure->each->part_count; i++)
        rule = zp_schema_find(zp_value_find(rule, ZP_STR("fields")), figure->each->parts[i]);
    rule = zp_schema_find(zp_value_find(rule, ZP_STR("fields")), figure->field);
    if (rule != NULL && zp_schema_name(rule, 1, &alias) && alias.n > 0)
        figure->label = alias;
}

static void read_figure(reader *r, const zp_value *declaration, zp_figures *all)
{
    if (!is_declared(r, declaration, figure_keys, COUNT_OF(figure_keys)))
        return;
    zp_figure *figure = &all->figures[all->count++];
    zp_str field = text_of(declaration, "field");
    figure->id = declaration->key;
    figure->formula = formula_of(r, declaration, "formula");
    figure->each = each_of(r, declaration);
    figure->field = field.n > 0 ? field : figure->id;
    figure->rule = declaration;
    figure->no_rate = no_rate_rule(r->arena, declaration);
    figure->with = zp_value_find(declaration, ZP_STR("with"));
    figure->unit = zp_declared_unit(declaration);
}

/* ERROR is a FLAW here: a check stands below the report, where an error would stop its making. */
static zp_severity severity_of(const zp_value *declaration)
{
    zp_str word = text_of(declaration, "severity");
    return zp_str_eq(word, ZP_STR("error"))  ? ZP_FLAW
           : zp_str_eq(word, ZP_STR("hint")) ? ZP_HINT
                                             : ZP_WARNING;
}

static void read_check(reader *r, const zp_value *declaration, zp_figures *all)
{
    if (!is_declared(r, declaration, check_keys, COUNT_OF(check_keys)))
        return;
    zp_check *check = &all->checks[all->check_count++];
    check->rule = declaration;
    check->formula = formula_of(r, declaration, "rule");
    check->each = each_of(r, declaration);
    check->said = (zp_template_rule){
        .id = zp_str_cstr(r->arena, declaration->key),
        .severity = severity_of(declaration),
        .rule = text_of(declaration, "rule"),
        .each = check->each != NULL,
        .message = text_of(declaration, "message"),
        .hint = text_of(declaration, "hint"),
        .basis = text_of(declaration, "basis"),
        .about = text_of(declaration, "about"),
    };
    check->with = zp_value_find(declaration, ZP_STR("with"));
}

/* The first declaration of a MAP, NULL when there is none. */
static const zp_value *first_of(reader *r, const zp_value *map, const char *name)
{
    if (map == NULL || map->kind == ZP_VALUE_NULL)
        return NULL;
    if (map->kind == ZP_VALUE_MAP)
        return map->first;
    fail(r, "bad-figure", map, NULL, zp_str_format(r->arena, "%s 下面应当是一组“名字: 值”", name));
    return NULL;
}

const zp_figures *zp_figures_read(zp_arena *arena, const zp_value *figures, const zp_value *checks,
                                  const zp_value *names, zp_diag *diag)
{
    reader r = {arena, diag, true};
    zp_figures *all = zp_new(arena, zp_figures);
    const zp_value *figure = first_of(&r, figures, "figures");
    const zp_value *check = first_of(&r, checks, "checks");
    all->figures = zp_new_array(arena, zp_figure, figure != NULL ? figures->count : 0);
    all->checks = zp_new_array(arena, zp_check, check != NULL ? checks->count : 0);
    for (; figure != NULL; figure = figure->next)
        read_figure(&r, figure, all);
    for (; check != NULL; check = check->next)
        read_check(&r, check, all);
    if (!r.sound)
        return NULL;
    for (size_t i = 0; i < all->count; i++)
        name_figure(&all->figures[i], names);
    all->order = zp_order_find(arena, all, names);
    return all;
}
