/* declarations.c: the content half of a chain of template.yaml, checked and merged.
 *
 * Each part is merged from the farthest ancestor on, as value trees (zp_schema_merge); only what
 * has a grammar of its own, forms and figures, is then handed to its reader.
 */
#include "doc/declarations.h"

#include "data/form.h"
#include "data/amount.h"
#include "data/schema.h"

enum {
    SCHEMA_DEPTH = 8,  /* fields in fields */
    SCHEMA_KEYS = 500, /* entries at one level: looking one up is linear */
    NAMES_MAX = 50,    /* aliases of one entry */
    PLACES_MAX = 12,
};

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_value *const *chain;
    size_t count;
} reader;

static bool refuse(reader *r, const zp_value *value, const char *hint)
{
    zp_diag_add(r->diag, ZP_ERROR, "bad-value", value->span, hint, "“%.*s”的值不对",
                ZP_ARG(value->key));
    return false;
}

static bool is_map(reader *r, const zp_value *value)
{
    return value->kind == ZP_VALUE_MAP || value->kind == ZP_VALUE_NULL ||
           refuse(r, value, "下面应当分行写“名称: 值”");
}

/* --- Rules of the schema --------------------------------------------------------------------- */

static bool check_names_list(reader *r, const zp_value *names)
{
    const char *hint = "写成 [标题, 题目] 这样的名字";
    if (names->kind != ZP_VALUE_LIST)
        return zp_value_text(names).n > 0 || refuse(r, names, hint);
    for (const zp_value *name = names->first; name != NULL; name = name->next)
        if (zp_value_text(name).n == 0)
            return refuse(r, names, hint);
    return names->count <= NAMES_MAX || refuse(r, names, "名字太多，最多 50 个");
}

static bool check_flag(reader *r, const zp_value *value)
{
    return zp_value_bool(value, false) == zp_value_bool(value, true) ||
           refuse(r, value, "可以写：true（是）或 false（否）");
}

static bool check_places(reader *r, const zp_value *value)
{
    int64_t places;
    return zp_value_int(value, 0, PLACES_MAX, &places) || refuse(r, value, "写成 0 到 12 的整数");
}

static bool check_type(reader *r, const zp_value *value)
{
    static const char *const types[] = {"text", "number", "money", "rate", "date",
                                        "code", "bool",   "list",  "any"};
    zp_str given = zp_value_text(value);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (zp_str_eq(given, zp_str_from(types[i])))
            return true;
    return refuse(r, value, "可以写：text number money rate date code bool list any");
}

static bool check_negative(reader *r, const zp_value *value)
{
    zp_str given = zp_value_text(value);
    return zp_str_eq(given, ZP_STR("minus")) || zp_str_eq(given, ZP_STR("brackets")) ||
           refuse(r, value, "可以写：minus（减号）或 brackets（括号）");
}

static bool check_unit(reader *r, const zp_value *value)
{
    zp_unit unit;
    return zp_unit_find(zp_value_text(value), &unit) || refuse(r, value, "写成 万元、%、个 这样");
}

static bool check_text(reader *r, const zp_value *value)
{
    return value->kind == ZP_VALUE_TEXT || value->kind == ZP_VALUE_NULL ||
           refuse(r, value, "写成一段文字");
}

static bool check_split(reader *r, const zp_value *value)
{
    return (value->kind == ZP_VALUE_LIST && value->count == 2 && check_names_list(r, value)) ||
           refuse(r, value, "写成两个名字，如 [code, name]");
}

static const struct {
    const char *key;
    bool (*check)(reader *r, const zp_value *value); /* NULL: `fields` */
} rule_keys[] = {
    {"alias", check_names_list}, {"required", check_flag},     {"fields", NULL},
    {"type", check_type},        {"unit", check_unit},         {"places", check_places},
    {"group", check_flag},       {"zero", check_text},         {"blank", check_text},
    {"none", check_text},        {"negative", check_negative}, {"split", check_split},
    {"form", check_text},        {"about", check_text},        {"least", check_places},
    {"fill", check_flag},
};

enum { RULE_KEYS = sizeof rule_keys / sizeof *rule_keys };

static void report_unknown(reader *r, const zp_value *entry)
{
    zp_str names[RULE_KEYS];
    for (size_t i = 0; i < RULE_KEYS; i++)
        names[i] = zp_str_from(rule_keys[i].key);
    zp_str nearest = zp_str_nearest(entry->key, names, RULE_KEYS);
    const char *hint = NULL;
    if (nearest.n > 0)
        hint = zp_str_cstr(r->arena, zp_str_format(r->arena, "是不是“%.*s”？", ZP_ARG(nearest)));
    zp_diag_add(r->diag, ZP_ERROR, "unknown-key", entry->key_span, hint, "模板里没有“%.*s”这一项",
                ZP_ARG(entry->key));
}

/* The unit of money is one of money; 万圆 would be a thing to count. */
static bool check_kind(reader *r, const zp_value *rule)
{
    zp_unit unit;
    const zp_value *given = zp_value_find(rule, ZP_STR("unit"));
    zp_str type = zp_value_text(zp_value_find(rule, ZP_STR("type")));
    if (given == NULL || !zp_unit_find(zp_value_text(given), &unit))
        return true;
    if (zp_str_eq(type, ZP_STR("money")) && unit.kind != ZP_UNIT_MONEY)
        return refuse(r, given, "写成 元、万元 或 亿元");
    return !zp_str_eq(type, ZP_STR("rate")) || unit.kind == ZP_UNIT_RATE ||
           refuse(r, given, "写成 % 或 ‰");
}

static bool check_schema(reader *r, const zp_value *schema, int depth);

static bool check_rule(reader *r, const zp_value *rule, int depth)
{
    bool sound = is_map(r, rule);
    for (const zp_value *part = rule->first; sound && part != NULL; part = part->next) {
        size_t i = 0;
        while (i < RULE_KEYS && !zp_str_eq(part->key, zp_str_from(rule_keys[i].key)))
            i++;
        if (i == RULE_KEYS) {
            report_unknown(r, part);
            sound = false;
        } else {
            sound =
                rule_keys[i].check ? rule_keys[i].check(r, part) : check_schema(r, part, depth + 1);
        }
    }
    return sound && check_kind(r, rule);
}

static bool check_schema(reader *r, const zp_value *schema, int depth)
{
    if (!is_map(r, schema))
        return false;
    if (depth > SCHEMA_DEPTH || schema->count > SCHEMA_KEYS) {
        zp_diag_add(r->diag, ZP_ERROR, "schema-too-deep", schema->span, NULL,
                    "schema 最多 %d 层，每层最多 %d 项", SCHEMA_DEPTH, SCHEMA_KEYS);
        return false;
    }
    bool sound = true;
    for (const zp_value *rule = schema->first; rule != NULL; rule = rule->next)
        sound = check_rule(r, rule, depth) && sound;
    return sound;
}

/* Every name leads to the entry that bears it, at every level. */
static void check_unique(reader *r, const zp_value *schema)
{
    zp_str name;
    for (const zp_value *entry = schema->first; entry != NULL; entry = entry->next) {
        for (size_t k = 0; zp_schema_name(entry, k, &name); k++)
            if (zp_schema_find(schema, name) != entry)
                zp_diag_add(r->diag, ZP_ERROR, "duplicate-key", entry->key_span, NULL,
                            "模板里有两项都叫“%.*s”", ZP_ARG(name));
        const zp_value *fields = zp_value_find(entry, ZP_STR("fields"));
        if (fields != NULL)
            check_unique(r, fields);
    }
}

/* --- Merging --------------------------------------------------------------------------------- */

/* The MAPs under `key` of the whole chain in one; an empty MAP when none gives it. */
static zp_value *merged(reader *r, zp_str key, bool (*check)(reader *r, const zp_value *value))
{
    zp_value *all = zp_value_new(r->arena, ZP_VALUE_MAP, r->chain[0]->span);
    for (size_t i = r->count; i-- > 0;) {
        const zp_value *given = zp_value_find(r->chain[i], key);
        if (given != NULL && given->kind != ZP_VALUE_NULL && check(r, given))
            all = zp_schema_merge(r->arena, all, given);
    }
    return all;
}

static bool check_whole_schema(reader *r, const zp_value *value)
{
    return check_schema(r, value, 1);
}

/* `map` without its empty entries. */
static zp_value *without_removed(reader *r, const zp_value *map)
{
    zp_value *kept = zp_value_new(r->arena, ZP_VALUE_MAP, map->span);
    for (const zp_value *entry = map->first; entry != NULL; entry = entry->next) {
        if (entry->kind == ZP_VALUE_NULL)
            continue;
        zp_value *copy = zp_new(r->arena, zp_value);
        *copy = *entry;
        copy->next = NULL;
        zp_value_append(kept, copy);
    }
    return kept;
}

static const zp_value *read_forms(reader *r)
{
    const zp_value *forms = without_removed(r, merged(r, ZP_STR("forms"), is_map));
    for (const zp_value *form = forms->first; form != NULL; form = form->next)
        if (!zp_form_check(form, r->diag))
            break;
    return forms;
}

static const zp_value *read_list(reader *r, zp_str key, const char *hint)
{
    for (size_t i = 0; i < r->count; i++) {
        const zp_value *list = zp_value_find(r->chain[i], key);
        if (list == NULL)
            continue;
        if (list->kind == ZP_VALUE_LIST)
            return list;
        if (list->kind != ZP_VALUE_NULL)
            refuse(r, list, hint);
        return NULL;
    }
    return NULL;
}

/* The lists of `words` along the chain, those of one kind joined. */
static const zp_value *read_words(reader *r)
{
    zp_value *all = zp_value_new(r->arena, ZP_VALUE_MAP, r->chain[0]->span);
    for (size_t i = 0; i < r->count; i++) {
        const zp_value *given = zp_value_find(r->chain[i], ZP_STR("words"));
        if (given == NULL || !is_map(r, given))
            continue;
        for (const zp_value *kind = given->first; kind != NULL; kind = kind->next) {
            zp_value *list = (zp_value *)zp_value_find(all, kind->key);
            if (list == NULL) {
                list = zp_value_new(r->arena, ZP_VALUE_LIST, kind->span);
                list->key = kind->key;
                zp_value_append(all, list);
            }
            for (const zp_value *word = kind->first; word != NULL; word = word->next)
                zp_value_append(list, zp_value_copy(r->arena, word));
        }
    }
    return all;
}

/* Figures of single rows go by the names of their list's fields. */
static const zp_value *name_all(reader *r, const zp_value *schema, const zp_value *figures)
{
    zp_value *named = zp_value_new(r->arena, ZP_VALUE_MAP, figures->span);
    for (const zp_value *figure = figures->first; figure != NULL; figure = figure->next) {
        if (zp_value_find(figure, ZP_STR("each")) != NULL)
            continue;
        zp_value *copy = zp_new(r->arena, zp_value);
        *copy = *figure;
        copy->next = NULL;
        zp_value_append(named, copy);
    }
    zp_value *fields = zp_schema_merge(r->arena, schema, named);
    check_unique(r, fields);
    fields->key = ZP_STR("fields");
    zp_value *rule = zp_value_new(r->arena, ZP_VALUE_MAP, schema->span);
    zp_value_append(rule, fields);
    return rule;
}

zp_declarations zp_declarations_read(zp_arena *arena, const zp_value *const *chain, size_t count,
                                     zp_diag *diag)
{
    reader r = {arena, diag, chain, count};
    const zp_value *figures = without_removed(&r, merged(&r, ZP_STR("figures"), is_map));
    const zp_value *checks = without_removed(&r, merged(&r, ZP_STR("checks"), is_map));
    zp_declarations d = {
        .schema = merged(&r, ZP_STR("schema"), check_whole_schema),
        .forms = read_forms(&r),
        .defaults = merged(&r, ZP_STR("defaults"), is_map),
        .outline = read_list(&r, ZP_STR("outline"), "写成 [部门基本情况, 绩效自评情况] 这样"),
        .tables = read_list(&r, ZP_STR("tables"), "写成 [评分表] 这样"),
        .problems = read_list(&r, ZP_STR("problems"), "写成 [存在的问题] 这样"),
        .measures = read_list(&r, ZP_STR("measures"), "写成 [改进措施] 这样"),
        .ignore = without_removed(&r, merged(&r, ZP_STR("ignore"), is_map)),
        .terms = without_removed(&r, merged(&r, ZP_STR("terms"), is_map)),
        .words = read_words(&r),
    };
    d.names = name_all(&r, d.schema, figures);
    d.figures = zp_figures_read(arena, figures, checks, d.names, diag);
    return d;
}
