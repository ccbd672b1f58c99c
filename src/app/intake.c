/* intake.c: SOURCEs in, unchanged reports noted and tasks out. */
#include "app/archiving.h"

#include <stdlib.h>
#include "app/recall.h"
#include "app/rowset.h"
#include "app/status.h"
#include "base/utf8.h"
#include "write/json.h"

/* --- What changed ---------------------------------------------------------------------------- */

/* The hash of what would make the report of an entry today; empty when that is not known. */
static zp_str maker_now(zp_archiving *a, const zp_cached *entry)
{
    zp_str why;
    const zp_template *template;
    zp_diag *unheard = zp_diag_new(a->arena);
    zp_value *named = zp_value_new(a->arena, ZP_VALUE_TEXT, (zp_span){0});
    named->text = entry->named;
    if (zp_engine_template(&a->engine, named, unheard, &template) != ZP_DONE)
        return ZP_STR("");
    const zp_maker *maker = zp_makers_find(&a->makers, &a->engine, template, &why);
    return maker ? maker->hash : ZP_STR("");
}

/* Entries of one template come one after another, mostly. */
static bool maker_is_same(zp_archiving *a, const zp_cached *entry)
{
    return zp_str_eq(maker_now(a, entry), entry->maker);
}

/* Of the report's files, and of its row. */
static zp_str stamps_of(zp_archiving *a, const zp_origin *origin, const zp_value *row,
                        int64_t *newest)
{
    zp_buf both = {.arena = a->arena};
    zp_str stamps = zp_origin_stamps(a->arena, &a->origins, origin, newest);
    if (!row)
        return stamps;
    zp_buf_add(&both, stamps);
    zp_json_value(row, &both);
    return zp_hash_of(a->arena, ZP_SHA256, zp_buf_str(&both));
}

/* One report: noted as unchanged, or made a task. */
static void sort_out(zp_archiving *a, const zp_origin *origin, zp_str key, const zp_value *row)
{
    int64_t newest;
    bool forced, frozen;
    zp_str stamps = stamps_of(a, origin, row, &newest);
    const zp_cached *entry =
        zp_recall_entry(&a->holding, a->chosen->rebuild, key, &forced, &frozen);
    stamps = zp_cache_stamps(a->holding.begun, newest, stamps);
    if (entry && !forced && origin->why.n == 0 && stamps.n > 0 &&
        zp_str_eq(entry->stamps, stamps)) {
        bool same = maker_is_same(a, entry);
        a->older += !same && frozen;
        if (same || frozen) {
            zp_archiving_keep(a, entry, origin->path, key, stamps);
            return;
        }
    }
    a->tasks[a->task_count++] = (zp_deposit_task){.origin = origin,
                                                  .row = row,
                                                  .key = key,
                                                  .stamps = stamps,
                                                  .before = entry,
                                                  .forced = forced,
                                                  .frozen = frozen};
}

/* --- The reports ----------------------------------------------------------------------------- */

/* `I/N`; false, and said so, when it is not that. */
static bool read_shard(const char *word, size_t *index, size_t *of)
{
    char *end = NULL;
    unsigned long i = word ? strtoul(word, &end, 10) : 1, n = 1;
    if (word && *end == '/')
        n = strtoul(end + 1, &end, 10);
    *index = i;
    *of = n;
    if (!word || (*end == '\0' && i >= 1 && i <= n && n <= 100000))
        return true;
    zp_complain("分片写得不对", word, "写成 --shard 1/4 到 --shard 4/4");
    return false;
}

/* What stands in 归档.yaml of a SOURCE; where several have one they are to say the same. */
static bool read_record(zp_archiving *a, zp_str folder)
{
    bool there;
    zp_record record;
    zp_diag *diag = zp_diag_new(a->arena);
    bool good = zp_record_find(a->arena, folder, diag, &record, &there);
    zp_archiving_tell(a, diag);
    if (!good) {
        a->status = ZP_REPORT;
    } else if (there && a->recorded && !zp_record_eq(&record, &a->record)) {
        zp_archiving_say(a, ZP_ERROR, "record-differs", folder, "分开归档，或写成一样",
                         "没有归档：这里的 " ZP_RECORD_NAME " 和另一个文件夹里的不一样");
        good = false;
    } else if (there) {
        a->record = record;
        a->recorded = true;
    }
    return good;
}

static bool read_records(zp_archiving *a)
{
    bool good = true;
    if (a->chosen->each)
        return read_record(a, zp_path_folder(zp_str_from(a->chosen->input)));
    for (size_t i = 0; i < a->chosen->input_count && good; i++)
        good = read_record(a, zp_str_from(a->chosen->inputs[i]));
    return good;
}

static bool find_rows(zp_archiving *a, size_t shard, size_t shards)
{
    zp_rowset set;
    zp_diag *diag = zp_diag_new(a->arena);
    zp_status status = zp_rowset_read(a->arena, a->chosen, &a->engine, diag, &set);
    zp_archiving_tell(a, diag);
    a->status = status > a->status ? status : a->status;
    if (status != ZP_DONE)
        return false;
    a->origins = set.origins;
    a->tasks = zp_new_array(a->arena, zp_deposit_task, set.count);
    for (size_t i = shard; i < set.count; i += shards) {
        const zp_row *row = &set.all[i];
        if (row->data)
            sort_out(a, row->origin, row->key, row->data);
        else
            zp_archiving_say(a, ZP_ERROR, "bad-row", set.table, "第一行写列名，下面每行一份报告",
                             "第 %zu 行不是数据", i + 1);
    }
    return true;
}

bool zp_archiving_find(zp_archiving *a)
{
    size_t shard, shards;
    if (!read_shard(a->chosen->shard, &shard, &shards)) {
        a->status = ZP_USAGE;
        return false;
    }
    if (!read_records(a))
        return false;
    zp_str folder = zp_engine_fonts(a->arena);
    a->makers = (zp_makers){.arena = a->arena};
    a->makers.fonts =
        zp_maker_fonts(a->arena, folder, a->holding.begun, a->holding.cache, a->threads);
    if (a->chosen->each)
        return find_rows(a, shard - 1, shards);
    a->origins =
        zp_origins_find(a->arena, a->chosen->inputs, a->chosen->input_count, a->chosen->output);
    a->tasks = zp_new_array(a->arena, zp_deposit_task, a->origins.count);
    for (size_t i = 0; i < a->origins.count; i++)
        if (i % shards == shard - 1)
            sort_out(a, &a->origins.all[i], a->origins.all[i].key, NULL);
    return true;
}
