/* bind.c: values under their people's names in; copies under the schema's names out.
 *
 * The rows of a list mostly have the same keys, so what a key leads to is looked up once a column
 * and used again as long as the next row's key is the very same string in memory: records.c shares
 * its header's. Depth is that of the schema, which declarations.c bounds; below what a schema
 * describes values are shared, not copied.
 */
#include "data/bind.h"

#include "base/utf8.h"
#include "data/amount.h"
#include "data/pattern.h"
#include "data/printing.h"

enum {
    STEPS_MAX = 9,      /* of a dotted path: as deep as schemas are */
    HINTS_MAX = 100,    /* unknown keys whose nearest name is looked for */
    HINT_KEY_MAX = 120, /* bytes of a key that may be a mistyped one */
    KEY_MAX = 1000,     /* bytes of a key that a schema may know */
};

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_bind_options *options;
    size_t unknown; /* keys so far */
} binder;

/* Where a key leads: through the maps of some rules to the last one's entry. */
typedef struct {
    const char *key; /* as the row has it; NULL before the first row */
    size_t length;
    const zp_value *rules[STEPS_MAX];
    size_t count; /* 0: the schema does not know the key */
} column;

static zp_value *bind(binder *b, const zp_value *value, const zp_value *rule);

/* --- Keys ------------------------------------------------------------------------------------ */

static void resolve(column *c, zp_str key, const zp_value *schema)
{
    *c = (column){.key = key.p, .length = key.n};
    for (size_t at = 0; schema != NULL && key.n <= KEY_MAX && c->count < STEPS_MAX;) {
        zp_str rest = zp_str_slice(key, at, key.n);
        const zp_value *rule = zp_schema_find(schema, rest);
        size_t end = rest.n;
        for (size_t i = 0; rule == NULL && i < rest.n; i++)
            if (rest.p[i] == '.' || rest.p[i] == '/')
                rule = zp_schema_find(schema, zp_str_slice(rest, 0, end = i));
        if (rule == NULL)
            break;
        c->rules[c->count++] = rule;
        if (end == rest.n)
            return;
        schema = zp_value_find(rule, ZP_STR("fields"));
        at += end + 1;
    }
    c->count = 0;
}

static void warn_unknown(binder *b, const zp_value *entry, const zp_value *schema)
{
    const char *hint = NULL;
    if (b->unknown++ < HINTS_MAX && entry->key.n <= HINT_KEY_MAX) {
        size_t count;
        const zp_str *names = zp_schema_names(b->arena, schema, &count);
        zp_str nearest = zp_str_nearest(entry->key, names, count);
        if (nearest.n > 0)
            hint =
                zp_str_cstr(b->arena, zp_str_format(b->arena, "是不是“%.*s”？", ZP_ARG(nearest)));
    }
    zp_diag_add(b->diag, ZP_WARNING, "unknown-key", entry->key_span, hint, "没有名为“%.*s”的项目",
                ZP_ARG(entry->key));
}

/* The map in `bound` that the last of the rules is an entry of; made where it is not there. NULL
 * when something else stands in its way. */
static zp_value *reach(binder *b, zp_value *bound, const column *c, const zp_value *entry)
{
    for (size_t i = 0; i + 1 < c->count; i++) {
        zp_value *map = bound->first;
        while (map != NULL && !zp_str_eq(map->key, c->rules[i]->key))
            map = map->next;
        if (map == NULL) {
            map = zp_value_new(b->arena, ZP_VALUE_MAP, entry->span);
            map->key = c->rules[i]->key;
            map->key_span = entry->key_span;
            map->rule = c->rules[i];
            zp_value_append(bound, map);
        }
        if (map->kind != ZP_VALUE_MAP)
            return NULL;
        bound = map;
    }
    return bound;
}

static void bind_entry(binder *b, const zp_value *entry, const zp_value *schema, const column *c,
                       zp_value *bound)
{
    const zp_value *rule = c->count > 0 ? c->rules[c->count - 1] : NULL;
    zp_value *parent = reach(b, bound, c, entry);
    if (rule == NULL && b->options->warn_unknown && schema != NULL)
        warn_unknown(b, entry, schema);
    if (rule != NULL && (parent == NULL || zp_value_find(parent, rule->key) != NULL)) {
        zp_diag_add(b->diag, ZP_ERROR, "duplicate-key", entry->key_span, "删去一处",
                    "“%.*s”和前面的一项是同一项", ZP_ARG(entry->key));
        return;
    }
    zp_value *copy = bind(b, entry, rule);
    if (rule != NULL)
        copy->key = rule->key;
    zp_value_append(parent, copy);
}

/* `columns`: room for as many as the map has entries, from the row before; NULL: none. */
static void bind_map(binder *b, const zp_value *map, const zp_value *schema, column *columns,
                     zp_value *bound)
{
    size_t i = 0;
    for (const zp_value *entry = map->first; entry != NULL; entry = entry->next, i++) {
        column own, *c = columns ? &columns[i] : &own;
        if (!columns || c->key != entry->key.p || c->length != entry->key.n)
            resolve(c, entry->key, schema);
        bind_entry(b, entry, schema, c, bound);
    }
}

/* --- Values ---------------------------------------------------------------------------------- */

static bool is_word(const zp_value *rule, zp_str key, const char *word)
{
    return zp_str_eq(zp_value_text(zp_value_find(rule, key)), zp_str_from(word));
}

/* Types of figures, and what kind of unit each has. */
static const struct {
    const char *name, *words;
    zp_unit_kind kind; /* NONE: any */
    const char *units;
} figure_types[] = {
    {"money", "金额", ZP_UNIT_MONEY, "写成 元、万元、亿元 这样的单位"},
    {"rate", "比率", ZP_UNIT_RATE, "写成 % 这样的单位，或者不写单位"},
    {"number", "数字", ZP_UNIT_NONE, "写成 个、项、% 这样的单位"},
};

enum { FIGURE_TYPES = sizeof figure_types / sizeof *figure_types };

/* What people call it: by the name they wrote; what a form or a program named, by its alias. */
static zp_str name_of(const zp_value *value)
{
    zp_str alias;
    bool own = value->rule != NULL && zp_str_eq(value->key, value->rule->key) &&
               zp_schema_name(value->rule, 1, &alias);
    return own ? alias : value->key;
}

/* What cannot be known is what a head or 金额单位 says; the rule's is the template's matter. */
static bool check_unit(binder *b, const zp_value *value, size_t type)
{
    zp_unit unit;
    zp_unit_kind kind = figure_types[type].kind;
    if (value->unit.n == 0 ||
        (zp_unit_find(value->unit, &unit) && (kind == ZP_UNIT_NONE || unit.kind == kind)))
        return true;
    zp_diag_add(b->diag, ZP_ERROR, "unknown-unit",
                value->key_span.source ? value->key_span : value->span, figure_types[type].units,
                "“%.*s”是%s，单位不能是“%.*s”", ZP_ARG(name_of(value)), figure_types[type].words,
                ZP_ARG(value->unit));
    return false;
}

/* A figure, whose unit, when it is written with one, is of the type's kind: no 3万镑 for money. */
static void check_number(binder *b, const zp_value *value, size_t type)
{
    const zp_amount amount = zp_amount_of(b->arena, value);
    zp_unit_kind kind = figure_types[type].kind;
    if (amount.kind == ZP_AMOUNT_TEXT)
        zp_diag_add(b->diag, ZP_ERROR, "not-a-number", value->span,
                    "只写数字（和单位）；没有就留空，或写 —", "“%.*s”应当是%s，写的是“%.*s”",
                    ZP_ARG(name_of(value)), figure_types[type].words, ZP_ARG(value->text));
    else if (amount.kind == ZP_AMOUNT_NUMBER && kind != ZP_UNIT_NONE &&
             amount.unit.kind != ZP_UNIT_NONE && amount.unit.kind != kind)
        zp_diag_add(b->diag, ZP_ERROR, "unknown-unit", value->span, figure_types[type].units,
                    "“%.*s”应当是%s，写的是“%.*s”", ZP_ARG(name_of(value)),
                    figure_types[type].words, ZP_ARG(value->text));
}

static void bind_figure(binder *b, zp_value *value, size_t type)
{
    bool money = figure_types[type].kind == ZP_UNIT_MONEY;
    zp_str own = zp_value_text(zp_value_find(value->rule, ZP_STR("unit")));
    if (money && value->unit.n == 0 && own.n == 0)
        value->unit = b->options->money_unit;
    if (check_unit(b, value, type))
        check_number(b, value, type);
}

/* A code as it is shown, unless a cell shows a long one as 1.23E+11 or with commas. */
static zp_str code_of(const zp_value *value)
{
    bool plain = true;
    for (size_t i = 0; i < value->text.n; i++)
        plain = plain && value->text.p[i] != '.' && value->text.p[i] != ',';
    return plain || value->stored.n == 0 ? value->text : value->stored;
}

/* A code has no Han: the dash in 示例集团-一分公司 is part of a name. */
static bool is_code(zp_str text)
{
    for (size_t at = 0; at < text.n;)
        if (zp_code_is_han(zp_utf8_next(text, &at)))
            return false;
    return true;
}

/* 001-某某局 as a map of the two names in `split`. */
static zp_value *split_value(binder *b, zp_value *value, const zp_value *split)
{
    zp_str text = zp_str_trim(value->text);
    size_t cut = zp_str_find(text, ZP_STR("-"), 0), dash = zp_str_find(text, ZP_STR("—"), 0);
    size_t width = dash < cut ? sizeof "—" - 1 : 1;
    cut = dash < cut ? dash : cut;
    if (!is_code(zp_str_slice(text, 0, cut)))
        cut = text.n;
    zp_value *map = zp_value_new(b->arena, ZP_VALUE_MAP, value->span);
    const zp_value *fields = zp_value_find(value->rule, ZP_STR("fields"));
    map->key = value->key;
    map->key_span = value->key_span;
    map->rule = value->rule;
    zp_str parts[2] = {zp_str_slice(text, 0, cut < text.n ? cut : 0),
                       cut < text.n ? zp_str_slice(text, cut + width, text.n) : text};
    for (size_t i = 0; i < 2; i++) {
        if (parts[i].n == 0)
            continue;
        zp_value *part = zp_value_new(b->arena, ZP_VALUE_TEXT, value->span);
        part->text = zp_str_trim(parts[i]);
        part->quoted = true;
        part->key = zp_value_text(i == 0 ? split->first : split->first->next);
        part->rule = zp_schema_find(fields, part->key);
        zp_value_append(map, part);
    }
    return map;
}

/* A bare text where entries are wanted. It may stand for the `name` among them (单位: 某某局), but
 * a file's name is none; true and false say that there is such a thing, or none. */
static void check_entries(binder *b, const zp_value *value)
{
    static const char *const files[] = {".csv", ".tsv",  ".xls", ".xlsx", ".yaml",
                                        ".yml", ".json", ".zip", NULL};
    const zp_value *fields = zp_value_find(value->rule, ZP_STR("fields"));
    bool truth = zp_value_bool(value, false) == zp_value_bool(value, true);
    bool name = zp_schema_find(fields, ZP_STR("name")) && !zp_name_ends(value->text, files);
    if (fields == NULL || truth || name || zp_value_find(value->rule, ZP_STR("split")) ||
        zp_value_find(value->rule, ZP_STR("type")) ||
        zp_amount_of(b->arena, value).kind == ZP_AMOUNT_BLANK)
        return;
    zp_diag_add(b->diag, ZP_ERROR, "not-a-map", value->span,
                "下面分行写“名称: 值”；数据在文件里的，写在基本信息的“数据”下面",
                "“%.*s”要分项写，这里只有“%.*s”", ZP_ARG(value->key), ZP_ARG(value->text));
}

static zp_value *bind_text(binder *b, zp_value *value)
{
    const zp_value *rule = value->rule;
    bool open = zp_str_find(value->text, ZP_STR("{{"), 0) < value->text.n; /* to be expanded */
    if (rule == NULL || open)
        return value;
    check_entries(b, value);
    for (size_t i = 0; i < FIGURE_TYPES; i++)
        if (is_word(rule, ZP_STR("type"), figure_types[i].name))
            bind_figure(b, value, i);
    if (is_word(rule, ZP_STR("type"), "date")) {
        zp_str ignored;
        zp_print_filtered(b->arena, value, ZP_STR("日期"), value->span, b->diag, &ignored);
    } else if (is_word(rule, ZP_STR("type"), "code")) {
        value->text = code_of(value);
        value->quoted = true;
    }
    const zp_value *split = zp_value_find(rule, ZP_STR("split"));
    return split != NULL ? split_value(b, value, split) : value;
}

static bool is_open(const zp_value *value)
{
    return value->kind == ZP_VALUE_NULL || zp_value_text(value).n == 0;
}

/* Fills a row's blanks from the row above, where their rule says so; but a group that begins anew
 * (another 一级指标) has nothing above it. */
static void fill_row(const zp_value *above, zp_value *row)
{
    bool anew = false;
    for (zp_value *entry = row->first; entry != NULL; entry = entry->next) {
        if (!zp_value_bool(zp_value_find(entry->rule, ZP_STR("fill")), false) ||
            (entry->kind != ZP_VALUE_NULL && entry->kind != ZP_VALUE_TEXT))
            continue;
        const zp_value *over = zp_value_find(above, entry->key);
        if (over == NULL || !is_open(entry)) {
            anew = anew || over == NULL || !zp_str_eq(zp_value_text(over), zp_value_text(entry));
        } else if (!anew) {
            zp_value *next = entry->next;
            *entry = *over;
            entry->next = next;
        }
    }
}

static void bind_rows(binder *b, const zp_value *list, const zp_value *fields, zp_value *bound)
{
    size_t width = 0;
    for (const zp_value *row = list->first; row != NULL; row = row->next)
        width = row->kind == ZP_VALUE_MAP && row->count > width ? row->count : width;
    column *columns = zp_new_array(b->arena, column, width);
    const zp_value *above = NULL;
    for (const zp_value *row = list->first; row != NULL; row = row->next) {
        zp_value *copy = zp_new(b->arena, zp_value);
        *copy = *row;
        copy->next = NULL;
        copy->rule = bound->rule;
        if (row->kind == ZP_VALUE_MAP) {
            copy->first = copy->last = NULL;
            copy->count = 0;
            bind_map(b, row, fields, columns, copy);
            if (above != NULL)
                fill_row(above, copy);
            above = copy;
        }
        zp_value_append(bound, copy);
    }
}

static zp_value *bind(binder *b, const zp_value *value, const zp_value *rule)
{
    zp_value *bound = zp_new(b->arena, zp_value);
    const zp_value *fields = zp_value_find(rule, ZP_STR("fields"));
    *bound = *value;
    bound->next = NULL;
    bound->rule = rule;
    if (value->kind == ZP_VALUE_TEXT)
        return bind_text(b, bound);
    if (fields == NULL || value->kind == ZP_VALUE_NULL)
        return bound;
    bound->first = bound->last = NULL;
    bound->count = 0;
    if (value->kind == ZP_VALUE_MAP)
        bind_map(b, value, fields, NULL, bound);
    else
        bind_rows(b, value, fields, bound);
    return bound;
}

zp_value *zp_bind(zp_arena *arena, const zp_value *map, const zp_value *schema,
                  const zp_bind_options *options, zp_diag *diag)
{
    binder b = {arena, diag, options, 0};
    zp_value *bound = zp_value_new(arena, ZP_VALUE_MAP, map->span);
    bind_map(&b, map, schema, NULL, bound);
    return bound;
}

zp_value *zp_bind_entry(zp_arena *arena, const zp_value *value, const zp_value *rule,
                        const zp_bind_options *options, zp_diag *diag)
{
    binder b = {arena, diag, options, 0};
    return bind(&b, value, rule);
}
