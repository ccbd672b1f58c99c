/* rowset.c: a table and a report in, a report a row out. */
#include "app/rowset.h"

#include <string.h>
#include "app/each.h"
#include "app/input.h"
#include "base/nameset.h"
#include "data/bind.h"

typedef struct {
    zp_arena *arena;
    const zp_options *chosen;
    const zp_template *template;
    zp_each_rows read;
    zp_str attachments; /* the folder 附件 beside the table */
    zp_nameset taken;   /* names in it that are rows' */
    zp_str *folders;    /* in it, one for each row; empty where there is none */
    zp_diag *diag;
} reader;

static zp_status read_rows(reader *r, zp_engine *engine)
{
    zp_str why;
    const zp_options *chosen = r->chosen;
    const zp_source *source =
        zp_input_read(r->arena, zp_str_from(chosen->input), chosen->encoding, r->diag, &why);
    if (why.n > 0) {
        zp_complain("读不了报告", chosen->input, zp_str_cstr(r->arena, why));
        return ZP_ENVIRONMENT;
    }
    if (!source)
        return ZP_REPORT;
    zp_front front = zp_front_read(r->arena, source, r->diag);
    zp_status status = zp_engine_template(engine, zp_front_template(&front), r->diag, &r->template);
    if (status != ZP_DONE)
        return status;
    bool good = zp_each_read(r->arena, chosen->each, r->template, r->diag, &r->read);
    return good ? ZP_DONE : ZP_REPORT;
}

/* What stands first in a row is its key, so that others may come before it. */
static zp_str key_of(const reader *r, zp_str report, const zp_value *row, zp_nameset *keys)
{
    zp_str name = zp_each_row_name(row);
    zp_str key = zp_str_format(r->arena, "%.*s#%.*s", ZP_ARG(report), ZP_ARG(name));
    for (size_t i = 2; !zp_nameset_take(keys, key); i++)
        key = zp_str_format(r->arena, "%.*s#%.*s#%zu", ZP_ARG(report), ZP_ARG(name), i);
    return key;
}

/* --- 附件 --------------------------------------------------------------------------------------
 */

/* The folder of a row's 附件, by the unit's code or name; empty where there is none. */
static zp_str folder_of(const reader *r, zp_arena *arena, const zp_value *row)
{
    const zp_bind_options options = {0};
    const zp_value *layer = zp_each_layer(arena, r->read.under, row);
    if (!layer)
        return ZP_STR("");
    layer = zp_bind(arena, layer, r->template->content.schema, &options, zp_diag_new(arena));
    const zp_str names[] = {zp_value_text(zp_value_path(layer, ZP_STR("department.code"))),
                            zp_value_text(zp_value_path(layer, ZP_STR("department.name"))),
                            zp_value_text(zp_value_find(layer, ZP_STR("department")))};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        zp_str name = names[i];
        if (name.n == 0 || name.p[0] == '.' || memchr(name.p, '/', name.n))
            continue;
        const char *folder = zp_str_cstr(arena, zp_path_join(arena, r->attachments, name));
        if (zp_path_kind_of(folder) == ZP_PATH_FOLDER && !zp_path_is_link(folder))
            return zp_str_from(folder);
    }
    return ZP_STR("");
}

static void find_folders(reader *r)
{
    size_t index = 0;
    zp_arena *passing = zp_arena_new();
    zp_str beside = zp_path_folder(r->read.table);
    r->attachments = zp_path_join(r->arena, beside, ZP_STR(ZP_ATTACHMENTS));
    r->folders = zp_new_array(r->arena, zp_str, r->read.rows->count);
    for (const zp_value *row = r->read.rows->first; row; row = row->next, index++) {
        zp_arena_clear(passing);
        r->folders[index] = zp_str_copy(r->arena, folder_of(r, passing, row));
        if (r->folders[index].n > 0)
            zp_nameset_take(&r->taken, zp_path_base(r->folders[index]));
    }
    zp_arena_free(passing);
}

static void name_unclaimed(const reader *r)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    const char *folder = zp_str_cstr(r->arena, r->attachments);
    if (zp_path_kind_of(folder) != ZP_PATH_FOLDER ||
        !zp_folder_list(r->arena, folder, &names, &count, &why))
        return;
    for (size_t i = 0; i < count; i++) {
        zp_str path = zp_path_join(r->arena, r->attachments, names[i]);
        if (!zp_nameset_has(&r->taken, names[i]) &&
            zp_path_kind_of(zp_str_cstr(r->arena, path)) == ZP_PATH_FOLDER)
            zp_diag_add(r->diag, ZP_WARNING, "attachment-unclaimed",
                        zp_span_file(zp_source_new(r->arena, path, ZP_STR(""))),
                        "文件夹的名称写单位的编码或名称，和表里的一样",
                        "没有归档：表里没有这个编码或名称的单位");
    }
}

/* --- The rows --------------------------------------------------------------------------------- */

zp_status zp_rowset_read(zp_arena *arena, const zp_options *chosen, zp_engine *engine,
                         zp_diag *diag, zp_rowset *set)
{
    reader r = {.arena = arena, .chosen = chosen, .taken = {.arena = arena}, .diag = diag};
    zp_nameset keys = {.arena = arena};
    size_t index = 0;
    *set = (zp_rowset){0};
    zp_status status = read_rows(&r, engine);
    if (status != ZP_DONE)
        return status;
    find_folders(&r);
    name_unclaimed(&r);
    set->table = r.read.table;
    set->origins =
        zp_origins_of_file(arena, chosen->input, zp_str_cstr(arena, r.read.table), chosen->output);
    zp_origins_part(&set->origins, r.attachments, &r.taken);
    set->count = r.read.rows->count;
    set->all = zp_new_array(arena, zp_row, set->count);
    for (const zp_value *row = r.read.rows->first; row; row = row->next, index++)
        set->all[index] = (zp_row){.key = key_of(&r, set->origins.all[0].key, row, &keys),
                                   .data = zp_each_layer(arena, r.read.under, row),
                                   .origin = zp_origin_of_row(&set->origins, r.folders[index])};
    return ZP_DONE;
}
