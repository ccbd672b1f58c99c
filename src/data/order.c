/* order.c: figures and a schema in, an order out.
 *
 * A place where a value may stand is the rule of the map it stands in and the key in that map; what
 * a figure computes is such a place, and what a name in a formula leads to is one for each map that
 * the name may begin in: the row, the list of a condition, the report. Too many of them do no harm
 * beyond an order that was free anyway.
 */
#include "data/order.h"

#include "data/schema.h"

typedef struct {
    const zp_value *map; /* its rule; NULL: leads nowhere */
    zp_str key;
} place;

/* A condition, and the map that its names may begin in. */
typedef struct {
    const zp_expr *where;
    const zp_value *row;
} context;

typedef struct {
    zp_arena *arena;
    const zp_figures *figures;
    const zp_value *names;
    place *made; /* by each figure */
    bool *uses;  /* count × count: whether the one of the row uses the one of the column */
    size_t at;   /* the figure whose formula is looked at */
    context *seen;
    size_t seen_count, seen_capacity;
} orderer;

/* Where the first `count` parts of a name lead to from a map of that rule. */
static place follow(const zp_value *map, const zp_expr *name, size_t count)
{
    place found = {map, {0}};
    for (size_t i = 0; i < count && map != NULL; i++) {
        const zp_value *rule = zp_schema_find(zp_value_find(map, ZP_STR("fields")), name->parts[i]);
        found = (place){map, rule != NULL ? rule->key : name->parts[i]};
        map = rule;
        if (rule == NULL && i + 1 < count)
            found.map = NULL;
    }
    return found;
}

/* The rule of what the first `count` parts lead to. */
static const zp_value *rule_at(const zp_value *map, const zp_expr *name, size_t count)
{
    for (size_t i = 0; i < count && map != NULL; i++)
        map = zp_schema_find(zp_value_find(map, ZP_STR("fields")), name->parts[i]);
    return map;
}

static const zp_value *row_of(const orderer *o, const zp_figure *figure)
{
    return figure->each != NULL ? rule_at(o->names, figure->each, figure->each->part_count)
                                : o->names;
}

static bool answers(const zp_figure *figure, zp_str name)
{
    zp_str alias;
    for (size_t k = 1; zp_schema_name(figure->rule, k, &alias); k++)
        if (zp_str_eq(alias, name))
            return true;
    return false;
}

static void note_name(orderer *o, const zp_value *map, const zp_expr *name)
{
    place used = follow(map, name, name->part_count);
    for (size_t i = 0; used.map != NULL && i < o->figures->count; i++)
        if (i != o->at && o->made[i].map == used.map &&
            (zp_str_eq(o->made[i].key, used.key) || answers(&o->figures->figures[i], used.key)))
            o->uses[o->at * o->figures->count + i] = true;
}

/* Conditions in conditions lead to the same few maps again and again: each is looked at once. */
static bool is_new(orderer *o, const zp_value *row, const zp_expr *where)
{
    for (size_t i = 0; i < o->seen_count; i++)
        if (o->seen[i].where == where && o->seen[i].row == row)
            return false;
    zp_list_grow(o->arena, o->seen, o->seen_count, o->seen_capacity);
    o->seen[o->seen_count++] = (context){where, row};
    return true;
}

static void note_all(orderer *o, const zp_value *row, const zp_expr *e);

static void note_condition(orderer *o, const zp_value *row, const zp_expr *where)
{
    if (is_new(o, row, where))
        note_all(o, row, where);
}

/* As deep as formulas are (ZP_FORMULA_DEPTH). */
static void note_all(orderer *o, const zp_value *row, const zp_expr *e)
{
    if (e->kind == ZP_EXPR_NAME) {
        note_name(o, row, e);
        if (row != o->names)
            note_name(o, o->names, e);
    }
    for (const zp_expr *operand = e->first; operand != NULL; operand = operand->next) {
        note_all(o, row, operand);
        if (e->where == NULL || operand->kind != ZP_EXPR_NAME)
            continue;
        for (size_t count = 1; count <= operand->part_count; count++) {
            note_condition(o, rule_at(row, operand, count), e->where);
            note_condition(o, rule_at(o->names, operand, count), e->where);
        }
    }
}

/* The first that waits for none, else the first at all. */
static size_t next_one(const orderer *o, const bool *taken)
{
    size_t count = o->figures->count, first = count;
    for (size_t i = 0; i < count; i++) {
        if (taken[i])
            continue;
        size_t k = 0;
        while (k < count && (taken[k] || !o->uses[i * count + k]))
            k++;
        if (k == count)
            return i;
        first = first == count ? i : first;
    }
    return first;
}

const size_t *zp_order_find(zp_arena *arena, const zp_figures *figures, const zp_value *names)
{
    size_t count = figures->count;
    size_t *order = zp_new_array(arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    if (names == NULL || count > ZP_ORDER_MAX)
        return order;
    orderer o = {.arena = arena,
                 .figures = figures,
                 .names = names,
                 .made = zp_new_array(arena, place, count + 1),
                 .uses = zp_new_array(arena, bool, count *count + 1)};
    for (size_t i = 0; i < count; i++) {
        const zp_value *row = row_of(&o, &figures->figures[i]);
        const zp_value *fields = row != NULL ? zp_value_find(row, ZP_STR("fields")) : NULL;
        const zp_value *rule = zp_schema_find(fields, figures->figures[i].field);
        o.made[i] = (place){row, rule != NULL ? rule->key : figures->figures[i].field};
    }
    for (o.at = 0; o.at < count; o.at++) {
        o.seen_count = 0;
        note_all(&o, row_of(&o, &figures->figures[o.at]), figures->figures[o.at].formula->root);
    }
    bool *taken = zp_new_array(arena, bool, count + 1);
    for (size_t i = 0; i < count; i++) {
        order[i] = next_one(&o, taken);
        taken[order[i]] = true;
    }
    return order;
}
