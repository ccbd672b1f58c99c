/* facts.c: layers of data in, one map out.
 *
 * Each layer is bound to the schema by itself, so that a file's 单位 and the front matter's
 * department meet under one key, and then laid over the farther ones.
 */
#include "doc/facts.h"

#include "base/files.h"
#include "data/bind.h"

enum { PARTIAL_MAX = 4 << 20 };

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_front *front;
    const zp_template *template;
    const zp_facts_options *options;
    zp_str folder;
    zp_bind_options quiet; /* how data files are bound */
    zp_facts *facts;
} gatherer;

/* --- Layers ---------------------------------------------------------------------------------- */

/* What data may be given: the schema's entries, and figures, which someone may give by hand. */
static const zp_value *schema_of(const gatherer *g)
{
    return zp_value_find(g->template->content.names, ZP_STR("fields"));
}

/* 金额单位 as a layer gives it, before it is bound. */
static zp_str money_unit(const zp_value *layer, const zp_value *schema)
{
    for (const zp_value *entry = layer ? layer->first : NULL; entry; entry = entry->next) {
        const zp_value *rule = zp_schema_find(schema, entry->key);
        if (!rule || !zp_str_eq(rule->key, ZP_STR("budget")) || entry->kind != ZP_VALUE_MAP)
            continue;
        const zp_value *fields = zp_value_find(rule, ZP_STR("fields"));
        for (const zp_value *part = entry->first; part; part = part->next) {
            const zp_value *known = zp_schema_find(fields, part->key);
            if (known && zp_str_eq(known->key, ZP_STR("unit")))
                return zp_value_text(part);
        }
    }
    return ZP_STR("");
}

static void choose_unit(gatherer *g)
{
    const zp_value *layers[] = {g->options->row, g->front->map, g->template->content.defaults};
    for (size_t i = 0; i < sizeof layers / sizeof *layers && g->quiet.money_unit.n == 0; i++)
        g->quiet.money_unit = money_unit(layers[i], schema_of(g));
}

/* `layer` (bound) over what is there. */
static void lay(gatherer *g, const zp_value *layer)
{
    g->facts->data = zp_schema_merge(g->arena, g->facts->data, layer);
}

static void lay_raw(gatherer *g, const zp_value *map, const zp_bind_options *options)
{
    if (map)
        lay(g, zp_bind(g->arena, zp_value_copy(g->arena, map), schema_of(g), options, g->diag));
}

/* --- Data files ------------------------------------------------------------------------------ */

/* The map {name: value}, so that a dotted name finds its place like any key. */
static void lay_named(gatherer *g, zp_str name, zp_span name_span, zp_value *value)
{
    zp_value *map = zp_value_new(g->arena, ZP_VALUE_MAP, value->span);
    value->key = name;
    value->key_span = name_span;
    zp_value_append(map, value);
    lay(g, zp_bind(g->arena, map, schema_of(g), &g->quiet, g->diag));
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
        lay_raw(g, value, &g->quiet);
    else if (value)
        zp_diag_add(g->diag, ZP_ERROR, "unnamed-data", reference->span,
                    "写成“名称: 文件”，如 projects: projects.csv",
                    "这个文件是一张表，要给它一个名称");
}

/* name: reference, or name: {file: reference, form: name}. */
static void lay_entry(gatherer *g, const zp_value *entry)
{
    bool detailed = entry->kind == ZP_VALUE_MAP;
    const zp_value *file = detailed ? zp_value_find(entry, ZP_STR("file")) : entry;
    const zp_value *form = detailed ? zp_value_find(entry, ZP_STR("form")) : NULL;
    zp_str reference = zp_value_text(file);
    if (reference.n == 0) {
        zp_diag_add(g->diag, ZP_ERROR, "bad-value", entry->span,
                    "写成“名称: 文件”，如 projects: projects.csv", "“%.*s”没有写数据文件",
                    ZP_ARG(entry->key));
        return;
    }
    zp_value *value = zp_load(g->facts->loader, reference, ZP_LOAD_INSIDE,
                              form ? zp_value_text(form) : form_for(g, entry->key), file->span);
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
    zp_bind_options loud = g->quiet;
    loud.warn_unknown = true;
    zp_value *bound =
        zp_bind(g->arena, zp_value_copy(g->arena, g->front->map), schema_of(g), &loud, g->diag);
    lay_files(g, zp_value_find(bound, ZP_STR("data")));
    lay(g, bound);
}

static void lay_given(gatherer *g)
{
    for (size_t i = 0; i < g->options->given_count; i++) {
        const zp_given *given = &g->options->given[i];
        zp_value *value = zp_load(g->facts->loader, given->reference, ZP_LOAD_ANYWHERE,
                                  form_for(g, given->name), (zp_span){0});
        if (value)
            lay_named(g, given->name, (zp_span){0}, value);
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
        if (folder.n == 0 || zp_path_kind_of(zp_str_cstr(g->arena, path)) != ZP_PATH_FILE)
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

/* As deep as front matter may be (ZP_YAML_DEPTH). */
static void expand_texts(gatherer *g, zp_value *value)
{
    if (value->kind == ZP_VALUE_TEXT && is_authored(g, value) &&
        zp_str_find(value->text, ZP_STR("{{"), 0) < value->text.n) {
        zp_expand_options plain = g->facts->expansion;
        plain.escape = ZP_ESCAPE_NONE;
        zp_str text;
        if (zp_expand_text(g->arena, value->text, value->span, g->facts->data, &plain, g->diag,
                           &text))
            value->text = text;
    }
    if (value->kind != ZP_VALUE_MAP && value->kind != ZP_VALUE_LIST)
        return;
    for (zp_value *entry = value->first; entry; entry = entry->next)
        expand_texts(g, entry);
}

/* --- Sample data ----------------------------------------------------------------------------- */

/* Whether it stands in the template under the same path, byte for byte. */
static bool is_sample(const gatherer *g, const zp_loaded *file)
{
    zp_str bytes, why, root = zp_path_join(g->arena, g->folder, ZP_STR(""));
    if (!zp_str_starts(file->path, root))
        return false;
    zp_str name = zp_str_slice(file->path, root.n, file->path.n);
    for (size_t i = 0; i < g->template->folder_count; i++) {
        zp_str path = zp_path_join(g->arena, g->template->folders[i], name);
        if (zp_path_kind_of(zp_str_cstr(g->arena, path)) == ZP_PATH_FILE &&
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

static void add_edition(gatherer *g)
{
    zp_value *inner = zp_value_new(g->arena, ZP_VALUE_TEXT, (zp_span){0});
    inner->key = ZP_STR("内部");
    inner->text = g->options->public ? ZP_STR("false") : ZP_STR("true");
    if (!zp_value_find(g->facts->data, inner->key))
        zp_value_append(g->facts->data, inner);
}

zp_facts *zp_facts_gather(zp_arena *arena, const zp_front *front, zp_str folder,
                          const zp_template *template, const zp_facts_options *options,
                          zp_diag *diag)
{
    gatherer *g = zp_new(arena, gatherer); /* lives on: the body's partials are found through it */
    *g = (gatherer){arena, diag, front, template, options, folder, {{0}, false}, NULL};
    zp_facts *facts = g->facts = zp_new(arena, zp_facts);
    const zp_declarations *content = &template->content;
    facts->data = zp_value_new(arena, ZP_VALUE_MAP, front->fence);
    facts->loader = zp_loader_new(arena, folder, content->forms, diag);
    facts->expansion = (zp_expand_options){
        .escape = ZP_ESCAPE_MARKDOWN,
        .missing = options->draft ? ZP_MISSING_DRAFT : ZP_MISSING_ERROR,
        .partial = find_partial,
        .user = g,
    };
    choose_unit(g);
    lay_raw(g, content->defaults, &g->quiet);
    lay_front(g);
    lay_given(g);
    lay_raw(g, options->row, &g->quiet);
    facts->data->rule = content->names;
    facts->sample = holds_sample(g);
    add_edition(g);
    if (zp_diag_count(diag, ZP_ERROR) == 0)
        zp_figures_compute(arena, content->figures, facts->data, diag);
    if (zp_diag_count(diag, ZP_ERROR) > 0) /* what is missing now is missing because of them */
        facts->expansion.missing = ZP_MISSING_EMPTY;
    else
        expand_texts(g, facts->data);
    return facts;
}
