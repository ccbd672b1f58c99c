/* facts.c: layers of data in, one map out.
 *
 * Each layer is bound to the schema by itself, so that a file's 单位 and the front matter's
 * department meet under one key, and then laid over the farther ones.
 */
#include "doc/facts.h"

#include "base/files.h"
#include "base/utf8.h"
#include "data/bind.h"

enum {
    PARTIAL_MAX = 4 << 20,
    REFERENCES_MAX = 500, /* to data files: each is laid over all that is there */
    TEXTS_MAX = 500,      /* with placeholders; more are expanded in the order they stand in */
    ROUNDS_MAX = 8,       /* texts that name texts that name texts … */
};

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_front *front;
    const zp_template *template;
    const zp_facts_options *options;
    zp_str folder;
    zp_facts *facts;
    size_t references; /* to data files so far */
} gatherer;

/* --- Layers ---------------------------------------------------------------------------------- */

/* What data may be given: the schema's entries, and figures, which someone may give by hand. */
static const zp_value *schema_of(const gatherer *g)
{
    return zp_value_find(g->template->content.names, ZP_STR("fields"));
}

/* Whether `key` leads to `wanted` in `schema`, or `rest` of it (behind a point) below that. */
static bool leads_to(const zp_value *schema, zp_str key, zp_str wanted, zp_str *rest)
{
    size_t cut = 0;
    while (cut < key.n && key.p[cut] != '.' && key.p[cut] != '/')
        cut++;
    const zp_value *rule = zp_schema_find(schema, zp_str_slice(key, 0, cut));
    *rest = zp_str_slice(key, cut < key.n ? cut + 1 : cut, key.n);
    return rule && zp_str_eq(rule->key, wanted);
}

/* 金额单位 as a layer gives it, before it is bound; NULL: it does not. */
static const zp_value *find_unit(const zp_value *layer, const zp_value *schema)
{
    zp_str rest, none;
    const zp_value *fields =
        zp_value_find(zp_schema_find(schema, ZP_STR("budget")), ZP_STR("fields"));
    for (const zp_value *entry = layer ? layer->first : NULL; entry; entry = entry->next) {
        if (!leads_to(schema, entry->key, ZP_STR("budget"), &rest))
            continue;
        if (rest.n > 0 && leads_to(fields, rest, ZP_STR("unit"), &none))
            return entry;
        for (const zp_value *part = entry->kind == ZP_VALUE_MAP ? entry->first : NULL; part;
             part = part->next)
            if (leads_to(fields, part->key, ZP_STR("unit"), &none))
                return part;
    }
    return NULL;
}

/* The unit of bare money in `layer`: what it says itself, else what the report says, which is the
 * front matter, the row, and what is known by now. One that nobody knows is an error where it
 * stands, and none. */
static zp_str money_unit(const gatherer *g, const zp_value *layer)
{
    const zp_value *own = find_unit(layer, schema_of(g));
    const zp_value *units[] = {own, find_unit(g->front->map, schema_of(g)),
                               find_unit(g->options->row, schema_of(g)),
                               zp_value_path(g->facts->data, ZP_STR("budget.unit"))};
    zp_unit unit;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (zp_value_text(units[i]).n > 0 && zp_unit_find(zp_value_text(units[i]), &unit) &&
            unit.kind == ZP_UNIT_MONEY)
            return unit.name;
        else if (units[i] && units[i] == own && zp_value_text(own).n > 0)
            zp_diag_add(g->diag, ZP_ERROR, "unknown-unit", own->span, "写成 元、万元 或 亿元",
                        "金额单位不能是“%.*s”", ZP_ARG(zp_value_text(own)));
    return ZP_STR("");
}

/* `layer` (bound) over what is there. */
static void lay(gatherer *g, const zp_value *layer)
{
    g->facts->data = zp_schema_merge(g->arena, g->facts->data, layer);
}

static zp_value *bind_layer(gatherer *g, const zp_value *map, bool warn_unknown)
{
    const zp_bind_options options = {money_unit(g, map), warn_unknown};
    return zp_bind(g->arena, map, schema_of(g), &options, g->diag);
}

/* A layer that is not this report's alone. */
static void lay_copy(gatherer *g, const zp_value *map)
{
    if (map)
        lay(g, bind_layer(g, zp_value_copy(g->arena, map), false));
}

/* --- Data files ------------------------------------------------------------------------------ */

/* The map {name: value}, so that a dotted name finds its place like any key. */
static void lay_named(gatherer *g, zp_str name, zp_span name_span, zp_value *value)
{
    zp_value *map = zp_value_new(g->arena, ZP_VALUE_MAP, value->span);
    value->key = name;
    value->key_span = name_span;
    zp_value_append(map, value);
    lay(g, bind_layer(g, map, false));
}

/* The form that the schema wants of data under `name`; empty: none. */
static zp_str form_for(const gatherer *g, zp_str name)
{
    const zp_value *rule = zp_schema_find(schema_of(g), name);
    return zp_value_text(zp_value_find(rule, ZP_STR("form")));
}

static void lay_whole(gatherer *g, const zp_value *reference)
{
    zp_value *value = zp_load(g->facts->loader, zp_value_text(reference), ZP_LOAD_INSIDE,
                              ZP_STR(""), reference->span);
    if (value && value->kind == ZP_VALUE_MAP)
        lay(g, bind_layer(g, value, false));
    else if (value)
        zp_diag_add(g->diag, ZP_ERROR, "unnamed-data", reference->span,
                    "写成“名称: 文件”，如 projects: projects.csv",
                    "这个文件是一张表，要给它一个名称");
}

/* The value of a reference, or of {file: reference, form: name}; NULL after an error. */
static zp_value *load_entry(gatherer *g, zp_str name, const zp_value *entry)
{
    bool detailed = entry->kind == ZP_VALUE_MAP;
    const zp_value *file = detailed ? zp_value_find(entry, ZP_STR("file")) : entry;
    const zp_value *form = detailed ? zp_value_find(entry, ZP_STR("form")) : NULL;
    zp_str reference = zp_value_text(file);
    if (reference.n == 0) {
        zp_diag_add(g->diag, ZP_ERROR, "bad-value", entry->span,
                    "写成“名称: 文件”，如 projects: projects.csv", "“%.*s”没有写数据文件",
                    ZP_ARG(name));
        return NULL;
    }
    return zp_load(g->facts->loader, reference, ZP_LOAD_INSIDE,
                   form ? zp_value_text(form) : form_for(g, name), file->span);
}

/* name: [reference, …]: one list, of all that each of them is or has. */
static zp_value *load_together(gatherer *g, const zp_value *entry)
{
    zp_value *all = zp_value_new(g->arena, ZP_VALUE_LIST, entry->span);
    for (const zp_value *part = entry->first; part; part = part->next) {
        zp_value *value = load_entry(g, entry->key, part);
        bool many = value && value->kind == ZP_VALUE_LIST;
        for (zp_value *item = many ? value->first : value, *next; item; item = next) {
            next = many ? item->next : NULL;
            item->next = NULL;
            zp_value_append(all, item);
        }
    }
    return all;
}

static void lay_entry(gatherer *g, const zp_value *entry)
{
    if (g->references++ == REFERENCES_MAX)
        zp_diag_add(g->diag, ZP_ERROR, "too-many-files", entry->span,
                    "一批文件写成一项，如 自评表/*.xlsx", "“数据”最多写 %d 项", REFERENCES_MAX);
    if (g->references > REFERENCES_MAX)
        return;
    bool several = entry->kind == ZP_VALUE_LIST && entry->count > 0;
    zp_value *value = several ? load_together(g, entry) : load_entry(g, entry->key, entry);
    if (value)
        lay_named(g, entry->key, entry->key_span, value);
}

static void lay_files(gatherer *g, const zp_value *data)
{
    if (data == NULL || data->kind == ZP_VALUE_NULL)
        return;
    if (data->kind == ZP_VALUE_TEXT)
        lay_whole(g, data);
    else if (data->kind == ZP_VALUE_MAP)
        for (const zp_value *entry = data->first; entry; entry = entry->next)
            lay_entry(g, entry);
    else
        for (const zp_value *part = data->first; part; part = part->next) {
            if (part->kind == ZP_VALUE_TEXT)
                lay_whole(g, part);
            for (const zp_value *entry = part->kind == ZP_VALUE_MAP ? part->first : NULL; entry;
                 entry = entry->next)
                lay_entry(g, entry);
        }
}

/* Names that both the front matter and its `data` give: the front matter's stand. */
static void lay_front(gatherer *g)
{
    zp_value *bound = bind_layer(g, zp_value_copy(g->arena, g->front->map), true);
    lay_files(g, zp_value_find(bound, ZP_STR("data")));
    lay(g, bound);
}

static void lay_given(gatherer *g)
{
    for (size_t i = 0; i < g->options->given_count; i++) {
        const zp_given *given = &g->options->given[i];
        const zp_source *word =
            zp_source_new(g->arena, ZP_STR("--data"), zp_utf8_clean(g->arena, given->reference));
        zp_span place = zp_span_of(word, 0, word->text.n);
        zp_value *value = zp_load(g->facts->loader, given->reference, ZP_LOAD_ANYWHERE,
                                  form_for(g, given->name), place);
        if (value)
            lay_named(g, given->name, place, value);
    }
}

/* --- Partials -------------------------------------------------------------------------------- */

/* NAME.md of the report's own folder, else of the template's. */
static const zp_source *find_partial(void *user, zp_str name, zp_span tag)
{
    gatherer *g = user;
    zp_str file = zp_str_format(g->arena, "%.*s.md", ZP_ARG(name)), bytes, why;
    for (size_t i = 0; i <= g->template->folder_count; i++) {
        zp_str folder = i == 0 ? g->folder : g->template->folders[i - 1];
        zp_str path = zp_path_join(g->arena, folder, file);
        if (folder.n == 0 || zp_path_look(g->arena, path) != ZP_PATH_FILE)
            continue;
        if (zp_file_read_inside(g->arena, folder, file, PARTIAL_MAX, &bytes, &why))
            return zp_source_read(g->arena, path, bytes, NULL, g->diag);
        zp_diag_add(g->diag, ZP_ERROR, "outside-folder", tag, "片段要放在报告所在的文件夹里",
                    "读不了片段 %.*s：%.*s", ZP_ARG(path), ZP_ARG(why));
        return NULL;
    }
    return NULL;
}

/* --- Texts with placeholders ----------------------------------------------------------------- */

/* Whether its author wrote the text for this report or template: what a data file holds is never
 * expanded. */
static bool is_authored(const gatherer *g, const zp_value *value)
{
    if (value->span.source == g->front->source)
        return true;
    for (size_t i = 0; i < g->template->folder_count; i++)
        if (value->span.source == g->template->sources[i])
            return true;
    return false;
}

/* Texts to be expanded, in the order of the data. */
typedef struct {
    zp_value **values;
    size_t count, capacity;
} texts;

static void keep_text(gatherer *g, texts *t, zp_value *value)
{
    zp_list_grow(g->arena, t->values, t->count, t->capacity);
    t->values[t->count++] = value;
}

/* As deep as front matter may be (ZP_YAML_DEPTH). */
static void collect_texts(gatherer *g, zp_value *value, texts *t)
{
    if (value->kind == ZP_VALUE_TEXT && is_authored(g, value) &&
        zp_str_find(value->text, ZP_STR("{{"), 0) < value->text.n)
        keep_text(g, t, value);
    if (value->kind != ZP_VALUE_MAP && value->kind != ZP_VALUE_LIST)
        return;
    for (zp_value *entry = value->first; entry; entry = entry->next)
        collect_texts(g, entry, t);
}

/* The name in the tag whose braces open at `at`; *at is moved behind it. */
static zp_str name_in_tag(zp_str text, size_t *at)
{
    size_t close = zp_str_find(text, ZP_STR("}}"), *at), begin = *at + 2;
    zp_str tag = zp_str_slice(text, begin < close ? begin : close, close);
    *at = close;
    while (tag.n > 0 && (tag.p[0] == '{' || tag.p[0] == '&' || tag.p[0] == '#' || tag.p[0] == '^'))
        tag = zp_str_slice(tag, 1, tag.n);
    return zp_str_trim(zp_str_slice(tag, 0, zp_str_find(tag, ZP_STR("|"), 0)));
}

/* Whether `text` names one of the texts that are still to be expanded. */
static bool must_wait(const gatherer *g, zp_str text, const texts *t)
{
    for (size_t at = 0; (at = zp_str_find(text, ZP_STR("{{"), at)) < text.n;) {
        const zp_value *named = zp_expand_find(g->facts->data, name_in_tag(text, &at));
        for (size_t i = 0; named != NULL && i < t->count; i++)
            if (t->values[i] == named)
                return true;
    }
    return false;
}

static void expand_text(gatherer *g, zp_value *value)
{
    zp_expand_options plain = g->facts->expansion;
    plain.escape = ZP_ESCAPE_NONE;
    zp_str text;
    if (zp_expand_text(g->arena, value->text, value->span, g->facts->data, &plain, g->diag, &text))
        value->text = text;
}

/* Texts of the front matter may name each other: those that name none of the others first, and so
 * on. */
static void expand_texts(gatherer *g)
{
    texts t = {0};
    collect_texts(g, g->facts->data, &t);
    bool ordered = t.count <= TEXTS_MAX;
    for (int round = 0; t.count > 0 && round < ROUNDS_MAX; round++) {
        texts waiting = {0};
        for (size_t i = 0; i < t.count; i++)
            if (ordered && must_wait(g, t.values[i]->text, &t))
                keep_text(g, &waiting, t.values[i]);
        for (size_t i = 0, k = 0; i < t.count; i++)
            if (k < waiting.count && t.values[i] == waiting.values[k])
                k++;
            else
                expand_text(g, t.values[i]);
        t = waiting;
    }
    for (size_t i = 0; i < t.count; i++)
        zp_diag_add(g->diag, ZP_ERROR, "names-itself", t.values[i]->span, "把其中一项直接写出来",
                    "这一项用花括号引用了它自己，或者几项互相引用");
}

/* --- Sample data ----------------------------------------------------------------------------- */

/* Whether it stands in the template under the same path, byte for byte. */
static bool is_sample(const gatherer *g, const zp_loaded *file)
{
    zp_str bytes, why, root = zp_path_join(g->arena, g->folder, ZP_STR(""));
    size_t cut = zp_str_starts(file->path, root) ? root.n : 0; /* load.h leaves ./ off */
    if (cut == 0 && !zp_str_eq(g->folder, ZP_STR(".")))
        return false;
    zp_str name = zp_str_slice(file->path, cut, file->path.n);
    for (size_t i = 0; i < g->template->folder_count; i++) {
        zp_str path = zp_path_join(g->arena, g->template->folders[i], name);
        if (zp_path_look(g->arena, path) == ZP_PATH_FILE &&
            zp_file_read(g->arena, zp_str_cstr(g->arena, path), ZP_DATA_FILE, &bytes, &why) &&
            zp_str_eq(bytes, file->bytes))
            return true;
    }
    return false;
}

static bool holds_sample(const gatherer *g)
{
    size_t count;
    const zp_loaded *files = zp_loader_files(g->facts->loader, &count);
    for (size_t i = 0; i < count; i++)
        if (is_sample(g, &files[i]))
            return true;
    return false;
}

/* --- All together ---------------------------------------------------------------------------- */

/* 内部 is ours to say, whatever the data hold under that name. */
static void add_edition(gatherer *g)
{
    zp_value *layer = zp_value_new(g->arena, ZP_VALUE_MAP, g->facts->data->span);
    zp_value *inner = zp_value_new(g->arena, ZP_VALUE_TEXT, (zp_span){0});
    inner->key = ZP_STR("内部");
    inner->text = g->options->public ? ZP_STR("false") : ZP_STR("true");
    zp_value_append(layer, inner);
    lay(g, layer);
}

zp_facts *zp_facts_gather(zp_arena *arena, const zp_front *front, zp_str folder,
                          const zp_template *template, const zp_facts_options *options,
                          zp_diag *diag)
{
    gatherer *g = zp_new(arena, gatherer); /* lives on: the body's partials are found through it */
    *g = (gatherer){arena, diag, front, template, options, folder, NULL, 0};
    zp_facts *facts = g->facts = zp_new(arena, zp_facts);
    const zp_declarations *content = &template->content;
    facts->data = zp_value_new(arena, ZP_VALUE_MAP, front->fence);
    facts->loader = options->loader
                        ? zp_loader_share(arena, options->loader, folder, content->forms, diag)
                        : zp_loader_new(arena, folder, content->forms, diag);
    facts->expansion = (zp_expand_options){
        .escape = ZP_ESCAPE_MARKDOWN,
        .missing = options->draft ? ZP_MISSING_DRAFT : ZP_MISSING_ERROR,
        .partial = find_partial,
        .user = g,
    };
    lay_copy(g, content->defaults);
    lay_front(g);
    lay_given(g);
    lay_copy(g, options->row);
    add_edition(g);
    facts->data->rule = content->names;
    facts->sample = holds_sample(g);
    if (zp_diag_count(diag, ZP_ERROR) == 0)
        zp_figures_compute(arena, content->figures, facts->data, diag);
    if (zp_diag_count(diag, ZP_ERROR) > 0) /* what is missing now is missing because of them */
        facts->expansion.missing = ZP_MISSING_EMPTY;
    else
        expand_texts(g);
    return facts;
}
