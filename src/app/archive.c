/* archive.c: SOURCEs in, an archive brought in step with them out.
 *
 * What the dates of its files show to be unchanged is only noted. The rest goes to workers
 * (deposit.h), whose results come back in the order of the reports and are put into the bags; a
 * commit (change.h) follows every COMMIT_EVERY reports and at the end. Until then nothing in the
 * archive has changed.
 */
#include "app/archive.h"

#include <stdlib.h>
#include <string.h>
#include "app/crew.h"
#include "app/deposit.h"
#include "app/holding.h"
#include "app/merge.h"
#include "app/overview.h"
#include "app/progress.h"
#include "app/publish.h"
#include "app/recall.h"
#include "app/rollcall.h"
#include "app/rowset.h"
#include "base/nameset.h"
#include "base/utf8.h"
#include "write/json.h"

enum { COMMIT_EVERY = 1000, GONE_NAMED = 20 };

typedef struct {
    zp_arena *arena;
    const zp_options *chosen;
    zp_telling telling;
    zp_holding holding; /* lock, store, cache */
    zp_engine engine;   /* without fonts until something is to be made */
    zp_makers makers;   /* of what is in the cache */
    zp_origins origins;
    zp_cache *fresh; /* the cache that is to be */
    zp_depositing depositing;
    zp_deposit_task *tasks;
    size_t task_count;
    zp_arena *changing; /* of `change` */
    zp_change *change;
    size_t pending;         /* reports in it */
    zp_nameset claimed;     /* YEAR/data/UNIT/NAME/ of all reports of this run */
    zp_nameset years, told; /* hashes of what the workers had to say */
    zp_diag *diag;
    zp_progress progress;
    _Atomic bool stop;
    zp_status status;
    size_t made, same, failed, flawed, older, errors, warnings, gone;
    zp_nameset ours;  /* YEAR/data/UNIT/NAME/ that the cache knows from these SOURCEs */
    zp_record record; /* what SOURCE's 归档.yaml says */
    bool recorded;    /* it is there */
} archiving;

static void tell(archiving *a, zp_diag *diag)
{
    zp_progress_clear(&a->progress);
    zp_telling_tell(&a->telling, a->arena, diag);
}

/* One message of our own. */
static void say(archiving *a, zp_severity severity, const char *id, zp_str path, const char *hint,
                const char *format, ...) ZP_PRINTF(6, 7);

static void say(archiving *a, zp_severity severity, const char *id, zp_str path, const char *hint,
                const char *format, ...)
{
    va_list arguments;
    zp_diag *diag = zp_diag_new(a->arena);
    va_start(arguments, format);
    zp_str words = zp_diag_word(a->arena, format, arguments);
    va_end(arguments);
    zp_span place = {0};
    if (path.n > 0)
        place = zp_span_file(zp_source_new(a->arena, zp_utf8_clean(a->arena, path), ZP_STR("")));
    zp_diag_add(diag, severity, id, place, hint, "%.*s", ZP_ARG(words));
    tell(a, diag);
    if (severity >= ZP_FLAW)
        a->status = a->status > ZP_REPORT ? a->status : ZP_REPORT;
}

/* --- What changed ---------------------------------------------------------------------------- */

static void claim(archiving *a, const zp_cached *entry)
{
    zp_nameset_take(&a->claimed, zp_recall_place(a->arena, entry->year, entry->folder));
    zp_nameset_take(&a->years, entry->year);
}

/* The hash of what would make the report of an entry today; empty when that is not known. */
static zp_str maker_now(archiving *a, const zp_cached *entry)
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
static bool maker_is_same(archiving *a, const zp_cached *entry)
{
    return zp_str_eq(maker_now(a, entry), entry->maker);
}

static void note_same(archiving *a, const zp_cached *entry, zp_str path, zp_str key, zp_str stamps)
{
    zp_cached now = *entry;
    now.key = key;
    now.stamps = stamps;
    zp_cache_add(a->fresh, &now);
    claim(a, entry);
    a->same++;
    a->flawed += entry->flawed.n > 0;
    if (entry->flawed.n > 0)
        say(a, ZP_FLAW, "archive-flawed", path,
            "补上以后再运行；缺什么，加 --rebuild 年度 再看一次", "归档里的这一份缺了一部分");
}

/* Of the report's files, and of its row. */
static zp_str stamps_of(archiving *a, const zp_origin *origin, const zp_value *row, int64_t *newest)
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
static void sort_out(archiving *a, const zp_origin *origin, zp_str key, const zp_value *row)
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
            note_same(a, entry, origin->path, key, stamps);
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

/* --- What the workers made ------------------------------------------------------------------- */

static void begin_change(archiving *a)
{
    zp_arena_clear(a->changing);
    const zp_change_options options = {
        .store = a->holding.store,
        .software = a->engine.producer,
        .date = a->holding.date,
        .reason = zp_utf8_clean(a->arena, zp_str_from(a->chosen->reason)),
    };
    a->change = zp_change_new(a->changing, &options);
    a->pending = 0;
}

static bool commit(archiving *a)
{
    if (a->status == ZP_ENVIRONMENT)
        return false;
    for (size_t i = 0; a->recorded && i < a->holding.store->bag_count; i++)
        zp_change_record(a->change, a->holding.store->bags[i], &a->record);
    zp_progress_clear(&a->progress);
    bool good = zp_holding_commit(a->arena, &a->holding, a->change,
                                  zp_recall_cache(a->changing, &a->holding, a->fresh));
    if (good)
        begin_change(a);
    else
        a->status = ZP_ENVIRONMENT;
    a->stop = !good;
    return good;
}

/* The files of its source and 附件: what the unit sent. */
static bool is_sent(const zp_stored_file *file)
{
    return file->kind == ZP_STORED_SOURCE || file->kind == ZP_STORED_SEALED ||
           file->kind == ZP_STORED_PROOF || file->kind == ZP_STORED_OPINION ||
           file->kind == ZP_STORED_ATTACHMENT ||
           zp_str_find(file->path, ZP_STR("/" ZP_ATTACHMENTS "/"), 0) < file->path.n;
}

/* Whether what was made is made of the same files as what is stored. */
static bool same_sent(const zp_deposit *made, const zp_stored_report *stored)
{
    size_t n = 0, old = 0;
    for (size_t i = 0; i < stored->file_count; i++)
        old += is_sent(&stored->files[i]);
    for (size_t i = 0; i < made->count; i++) {
        zp_str path = made->files[i].path;
        const zp_stored_file file = {
            .path = path, .kind = zp_stored_kind_of(zp_str_slice(path, stored->folder.n, path.n))};
        if (!is_sent(&file))
            continue;
        size_t k = 0;
        while (k < stored->file_count &&
               !(zp_str_eq(stored->files[k].path, path) &&
                 zp_str_eq(stored->files[k].sha512, made->files[i].sha512)))
            k++;
        if (k == stored->file_count)
            return false;
        n++;
    }
    return n == old;
}

static void fail(archiving *a, const zp_deposit_task *task)
{
    a->failed++;
    a->status = a->status > ZP_REPORT ? a->status : ZP_REPORT;
    if (task->before)
        claim(a, task->before);
}

/* Whether the report is the first of the run at its place in the archive; else that is said. */
static bool take_place(archiving *a, const zp_deposit_task *task, const zp_cached *entry)
{
    zp_str place = zp_recall_place(a->arena, entry->year, entry->folder);
    bool first = zp_nameset_take(&a->claimed, place);
    if (!first) {
        say(a, ZP_ERROR, "archive-clash", task->origin->path,
            "同一单位同一年度的两份报告，题名（去掉年度和单位）要不同；编码也不要只差大小写",
            "没有归档：已有一份报告归入 %.*s", ZP_ARG(place));
        fail(a, task);
    }
    return first;
}

static void store(archiving *a, const zp_deposit_task *task, const zp_deposit *made)
{
    zp_cached entry = made->entry;
    const zp_stored_report *stored = zp_store_newest(a->holding.store, entry.year, entry.folder);
    if (!take_place(a, task, &entry))
        return;
    zp_nameset_take(&a->years, entry.year);
    if (stored && stored->bag->sealed.n > 0 && !task->forced && same_sent(made, stored)) {
        entry.state = stored->state;
        zp_cache_add(a->fresh, &entry);
        a->same++;
        return;
    }
    zp_bag *bag = zp_change_bag(a->change, entry.year);
    if (!bag) {
        say(a, ZP_ERROR, "archive-sealed", task->origin->path,
            "确要更正的，加 --reason 写明原因，更正的报告另存一包",
            "没有归档：%.*s 年已经封存，这份报告%s", ZP_ARG(entry.year),
            task->forced ? "要重做"
            : stored     ? "改过了"
                         : "是封存以后才有的");
        fail(a, task);
        return;
    }
    entry.state = zp_change_put(a->change, bag, entry.folder, made->staged, made->files,
                                made->count, &entry.card);
    zp_cache_add(a->fresh, &entry);
    a->made++;
    a->flawed += made->flaws > 0;
    a->errors += made->errors;
    a->warnings += made->warnings;
    if (++a->pending >= COMMIT_EVERY)
        commit(a);
}

static void *begin_worker(void *user, zp_arena *lasting)
{
    return zp_deposit_begin(&((const archiving *)user)->depositing, lasting);
}

/* A mistake in a template is told of once; what it kept out of the archive is named each time. */
static void tell_of(archiving *a, const zp_deposit_task *task, const zp_deposit *made)
{
    if (made->told.n == 0)
        return;
    zp_progress_clear(&a->progress);
    if (zp_nameset_take(&a->told, zp_hash_of(a->arena, ZP_SHA256, made->told)))
        zp_telling_put(&a->telling, a->arena, made->told);
    else if (!made->made && !made->same)
        say(a, ZP_ERROR, "unarchived", task->origin->path, NULL, "没有归档：原因同上");
}

static void deliver(void *user, size_t index, void *result)
{
    archiving *a = user;
    const zp_deposit *made = result;
    const zp_deposit_task *task = &a->tasks[index];
    if (a->stop)
        return;
    tell_of(a, task, made);
    if (made->environment) {
        a->status = ZP_ENVIRONMENT;
        a->stop = true;
    } else if (made->same) {
        if (task->before || take_place(a, task, made->before)) {
            a->older += made->older;
            note_same(a, made->before, task->origin->path, task->key, task->stamps);
        }
    } else if (made->made) {
        store(a, task, made);
    } else {
        fail(a, task);
    }
    zp_progress_step(&a->progress, index + 1);
}

/* --- The reports ----------------------------------------------------------------------------- */

static bool open_engine(archiving *a, bool needs_fonts)
{
    zp_diag *diag = zp_diag_new(a->arena);
    zp_status opened = zp_engine_open(a->arena, a->chosen->template, needs_fonts, diag, &a->engine);
    if (opened != ZP_DONE) {
        tell(a, diag);
        a->status = opened;
    }
    return opened == ZP_DONE;
}

static bool make_all(archiving *a)
{
    size_t threads;
    if (!zp_crew_threads(a->chosen->threads, &threads)) {
        a->status = ZP_USAGE;
        return false;
    }
    if (a->task_count > 0 && !open_engine(a, true))
        return false;
    a->depositing = (zp_depositing){.chosen = a->chosen,
                                    .telling = a->telling,
                                    .engine = a->engine,
                                    .archive = a->holding.folder,
                                    .fonts = a->makers.fonts,
                                    .origins = &a->origins,
                                    .tasks = a->tasks,
                                    .stop = &a->stop};
    a->depositing.moved = zp_recall_moved(a->arena, &a->holding, a->chosen->rebuild, a->fresh,
                                          a->tasks, a->task_count, &a->depositing.moved_count);
    const zp_crew crew = {.user = a,
                          .count = a->task_count,
                          .begin = begin_worker,
                          .work = zp_deposit_work,
                          .deliver = deliver};
    a->progress = zp_progress_begin("归档", a->task_count, a->telling.form != ZP_FORM_TEXT);
    zp_crew_run(&crew, threads);
    return a->status != ZP_ENVIRONMENT;
}

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
static bool read_record(archiving *a, zp_str folder)
{
    bool there;
    zp_record record;
    zp_diag *diag = zp_diag_new(a->arena);
    bool good = zp_record_find(a->arena, folder, diag, &record, &there);
    tell(a, diag);
    if (!good) {
        a->status = ZP_REPORT;
    } else if (there && a->recorded && !zp_record_eq(&record, &a->record)) {
        say(a, ZP_ERROR, "record-differs", folder, "分开归档，或写成一样",
            "没有归档：这里的 " ZP_RECORD_NAME " 和另一个文件夹里的不一样");
        good = false;
    } else if (there) {
        a->record = record;
        a->recorded = true;
    }
    return good;
}

static bool read_records(archiving *a)
{
    bool good = true;
    if (a->chosen->each)
        return read_record(a, zp_path_folder(zp_str_from(a->chosen->input)));
    for (size_t i = 0; i < a->chosen->input_count && good; i++)
        good = read_record(a, zp_str_from(a->chosen->inputs[i]));
    return good;
}

static bool find_rows(archiving *a, size_t shard, size_t shards)
{
    zp_rowset set;
    zp_diag *diag = zp_diag_new(a->arena);
    zp_status status = zp_rowset_read(a->arena, a->chosen, &a->engine, diag, &set);
    tell(a, diag);
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
            say(a, ZP_ERROR, "bad-row", set.table, "第一行写列名，下面每行一份报告",
                "第 %zu 行不是数据", i + 1);
    }
    return true;
}

static bool find_reports(archiving *a)
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
    a->makers.fonts = zp_maker_fonts(a->arena, folder, a->holding.begun, a->holding.cache);
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

/* --- What is there no more ------------------------------------------------------------------- */

static bool is_under_root(const archiving *a, zp_str key)
{
    for (size_t i = 0; i < a->origins.root_count; i++) {
        zp_str root = a->origins.roots[i];
        bool below = zp_str_starts(key, root) && key.n > root.n;
        if (below && (key.p[root.n] == '/' || key.p[root.n] == '#'))
            return true;
    }
    return false;
}

/* Whether what an entry was made of is still where it was: a row of a table is thought to be. */
static bool is_there(const archiving *a, zp_str key)
{
    return zp_str_find(key, ZP_STR("#"), 0) < key.n ||
           zp_path_kind_of(zp_str_cstr(a->arena, key)) != ZP_PATH_NONE;
}

/* Reports of the archive that come from a SOURCE of this run, or are of one of its years and from
 * nowhere known, and were not there. */
static const zp_stored_report **find_gone(archiving *a)
{
    const zp_store *s = a->holding.store;
    const zp_cache *old = a->holding.cache;
    zp_nameset elsewhere = {.arena = a->arena};
    const zp_stored_report **gone =
        zp_new_array(a->arena, const zp_stored_report *, s->report_count);
    for (size_t i = 0; i < old->count; i++) {
        zp_str place = zp_recall_place(a->arena, old->entries[i].year, old->entries[i].folder);
        if (is_under_root(a, old->entries[i].key))
            zp_nameset_take(&a->ours, place);
        else if (is_there(a, old->entries[i].key))
            zp_nameset_take(&elsewhere, place);
    }
    for (size_t i = 0; i < s->report_count; i++) {
        zp_str place = zp_recall_place(a->arena, s->reports[i].year, s->reports[i].folder);
        if (s->reports[i].newest && !zp_nameset_has(&a->claimed, place) &&
            !zp_nameset_has(&elsewhere, place) &&
            (zp_nameset_has(&a->ours, place) || zp_nameset_has(&a->years, s->reports[i].year)))
            gone[a->gone++] = &s->reports[i];
    }
    return gone;
}

static zp_bag *bag_of(const archiving *a, const zp_stored_report *report)
{
    for (size_t i = 0; i < a->holding.store->bag_count; i++)
        if (a->holding.store->bags[i] == report->bag)
            return a->holding.store->bags[i];
    return NULL;
}

static void prune(archiving *a, const zp_stored_report *report, zp_str path)
{
    if (report->bag->sealed.n > 0) {
        say(a, ZP_WARNING, "archive-gone", path, NULL,
            "上报文件夹里已经没有这份报告；包已封存，留着");
        return;
    }
    zp_change_drop(a->change, bag_of(a, report), report->folder);
    say(a, ZP_HINT, "archive-pruned", path, NULL, "上报文件夹里已经没有这份报告，从归档里去掉");
}

static void deal_with_gone(archiving *a)
{
    if (a->chosen->shard || a->chosen->input_count == 0)
        return;
    const zp_stored_report **gone = find_gone(a);
    for (size_t i = 0; i < a->gone; i++) {
        zp_str path = zp_store_path(a->arena, a->holding.folder, gone[i]->bag, gone[i]->folder);
        zp_str place = zp_recall_place(a->arena, gone[i]->year, gone[i]->folder);
        /* One of those that could not be read today may be it. */
        bool sure = a->failed == 0 || zp_nameset_has(&a->ours, place);
        if (a->chosen->prune && sure)
            prune(a, gone[i], path);
        else if (i < GONE_NAMED)
            say(a, ZP_WARNING, "archive-gone", path,
                sure ? "要去掉的，加 --prune"
                     : "有报告没有归档，分不清是不是它，暂不能用 --prune 去掉",
                "上报文件夹里已经没有这份报告，归档里还留着");
    }
}

/* --- Sealing --------------------------------------------------------------------------------- */

static void seal(archiving *a)
{
    zp_str year = zp_str_from(a->chosen->seal);
    size_t sealed = 0, already = 0;
    if (a->failed > 0 && a->chosen->input_count > 0) {
        say(a, ZP_ERROR, "archive-seal", a->holding.folder, NULL, "没有封存：有 %zu 份报告没有归档",
            a->failed);
        return;
    }
    for (size_t i = 0; i < a->holding.store->bag_count; i++) {
        zp_bag *bag = a->holding.store->bags[i];
        already += zp_str_eq(bag->year, year) && bag->sealed.n > 0;
        if (!zp_str_eq(bag->year, year) || bag->sealed.n > 0)
            continue;
        zp_change_seal(a->change, bag, a->holding.date);
        sealed++;
    }
    if (sealed == 0 && already == 0)
        say(a, ZP_ERROR, "archive-seal", a->holding.folder, NULL, "没有封存：没有 %s 年的包",
            a->chosen->seal);
    else if (sealed > 0)
        say(a, ZP_HINT, "archive-sealed-now", a->holding.folder, NULL,
            "%s 年已封存，以后的更正另存一包", a->chosen->seal);
}

/* --- The command ------------------------------------------------------------------------------ */

/* In the bags that this run has written. */
static size_t count_unnumbered(const archiving *a)
{
    size_t count = 0;
    for (size_t i = 0; i < a->holding.store->bag_count; i++)
        count += a->holding.store->bags[i]->unnumbered;
    return count;
}

static void summarise(archiving *a)
{
    zp_buf line = {.arena = a->arena};
    if (a->chosen->input_count == 0)
        return;
    zp_buf_format(&line, "归档：写入 %zu 份，未变 %zu 份", a->made, a->same);
    if (a->failed > 0)
        zp_buf_format(&line, "，没有归档 %zu 份", a->failed);
    if (a->flawed > 0)
        zp_buf_format(&line, "；其中 %zu 份缺了一部分", a->flawed);
    if (a->gone > 0)
        zp_buf_format(&line, "；上报文件夹里已经没有的 %zu 份", a->gone);
    if (a->errors + a->warnings > 0)
        zp_buf_format(&line, "；检查写入的各份：%zu 处错误，%zu 处警告", a->errors, a->warnings);
    if (a->older > 0)
        zp_buf_format(&line,
                      "；已封存的 %zu 份是用旧的模板、字体或程序生成的（--rebuild 年度 重做）",
                      a->older);
    if (count_unnumbered(a) > 0)
        zp_buf_format(&line,
                      "；归档文件目录里 %zu "
                      "份没有档号（没有写全宗号、保管期限，或件号重复，见 " ZP_RECORD_NAME "）",
                      count_unnumbered(a));
    if (a->telling.form == ZP_FORM_TEXT)
        fprintf(stderr, "%.*s\n", ZP_ARG(zp_buf_str(&line)));
    else
        say(a, ZP_HINT, "archive-summary", ZP_STR(""), NULL, "%.*s", ZP_ARG(zp_buf_str(&line)));
}

static bool mark_shard(archiving *a)
{
    zp_str why;
    if (!a->chosen->shard ||
        zp_merge_mark(a->arena, a->holding.folder, zp_str_from(a->chosen->shard), &why))
        return true;
    zp_complain("写不了归档", a->chosen->output, zp_str_cstr(a->arena, why));
    a->status = ZP_ENVIRONMENT;
    return false;
}

/* What the run knew of every report is not needed any more: the memory is wanted for the pages. */
static void forget(archiving *a)
{
    zp_engine_close(&a->engine);
    a->engine = (zp_engine){0};
    zp_arena_free(a->changing);
    zp_arena_free(a->arena);
    a->changing = NULL;
    a->arena = zp_arena_new();
}

/* What stands above the bags, in step with them; parts that are to be merged have none. */
static void look_over(archiving *a)
{
    if (a->chosen->shard)
        return;
    forget(a);
    zp_diag *diag = zp_diag_new(a->arena);
    zp_status status = zp_overview_write(a->holding.store, diag);
    tell(a, diag);
    if (a->chosen->roster && status < ZP_ENVIRONMENT) {
        zp_str archive = a->holding.folder;
        zp_status called = zp_rollcall_run(a->arena, archive, a->chosen, &a->telling);
        status = called > status ? called : status;
    }
    a->status = status > a->status ? status : a->status;
}

static void archive_all(archiving *a)
{
    if (!open_engine(a, false))
        return;
    a->holding.date = zp_holding_day(a->arena, a->engine.date);
    begin_change(a);
    if (!find_reports(a) || !make_all(a))
        return;
    deal_with_gone(a);
    if (a->chosen->rebuild && !zp_nameset_has(&a->years, zp_str_from(a->chosen->rebuild)))
        say(a, ZP_ERROR, "archive-rebuild", a->holding.folder, NULL,
            "没有重做：上报的里面没有 %s 年的报告", a->chosen->rebuild);
    if (a->chosen->seal)
        seal(a);
    if (!commit(a) || !mark_shard(a))
        return;
    if (a->flawed > 0 && a->status == ZP_DONE)
        a->status = ZP_REPORT;
    look_over(a);
    summarise(a);
}

static void merge_all(archiving *a)
{
    if (!open_engine(a, false))
        return;
    a->holding.date = zp_holding_day(a->arena, a->engine.date);
    a->status = zp_merge_run(a->arena, a->chosen, &a->engine, &a->holding, &a->telling);
    if (a->status <= ZP_REPORT)
        look_over(a);
}

static bool words_are_good(archiving *a)
{
    const zp_options *c = a->chosen;
    const char *const years[] = {c->seal, c->rebuild};
    if (!c->output) {
        zp_complain("没有说归档到哪个文件夹", "-o", "写法：ziping archive 上报 -o 归档");
        return false;
    }
    if (c->input_count == 0 && !c->seal && !c->roster) {
        zp_complain("没有说归档哪些报告", c->output, "写法：ziping archive 上报 -o 归档");
        return false;
    }
    if (c->each && (c->input_count != 1 || zp_path_kind_of(c->input) != ZP_PATH_FILE)) {
        zp_complain("--each 要有一份报告", c->input,
                    "写法：ziping archive --each 单位.csv 报告.md -o 归档");
        return false;
    }
    for (size_t i = 0; i < c->input_count; i++)
        if (!c->public && zp_path_same(c->inputs[i], c->output)) {
            zp_complain("上报的文件夹和归档不能是同一个", c->output,
                        "写法：ziping archive 上报 -o 归档");
            return false;
        }
    for (size_t i = 0; i < 2; i++) {
        zp_str year;
        size_t number;
        if (years[i] && (!zp_bag_name_read(zp_str_from(years[i]), &year, &number) || number != 1)) {
            zp_complain("年度写得不对", years[i], "写成四位数字，如 2023");
            return false;
        }
    }
    return zp_telling_choose(&a->telling, c->diagnostics, stderr);
}

static zp_status run(const zp_options *chosen)
{
    zp_arena *lasting = zp_arena_new();
    archiving *a = zp_new(lasting, archiving);
    *a = (archiving){.arena = zp_arena_new(), .chosen = chosen, .changing = zp_arena_new()};
    a->claimed.arena = a->years.arena = a->told.arena = a->ours.arena = a->arena;
    a->fresh = zp_new(a->arena, zp_cache);
    a->fresh->arena = a->arena;
    a->status = words_are_good(a) ? ZP_DONE : ZP_USAGE;
    if (a->status == ZP_DONE && chosen->public)
        a->status = zp_publish_run(lasting, chosen, &a->telling);
    else if (a->status == ZP_DONE)
        a->status = zp_holding_open(lasting, chosen->output, &a->telling, &a->holding);
    if (a->holding.store && a->status == ZP_DONE) {
        if (chosen->merge)
            merge_all(a);
        else
            archive_all(a);
        zp_engine_close(&a->engine);
        zp_holding_close(&a->holding);
    }
    zp_telling_end(&a->telling, a->arena);
    zp_status status = a->status;
    zp_arena_free(a->changing);
    zp_arena_free(a->arena);
    zp_arena_free(lasting);
    return status;
}

static const zp_option archive_options[] = {
    ZP_TEXT_OPTION("--out", "-o", "ARCHIVE", "归档文件夹；每年一个 BagIt 包", output),
    ZP_TEXT_OPTION("--jobs", "-j", "N", "同时做几份；默认有几个处理器就几份", threads),
    ZP_TEXT_OPTION("--each", NULL, "表",
                   "表里每行归档一份，SOURCE 是那份报告：--each 单位.csv 报告.md", each),
    ZP_TEXT_OPTION("--template", NULL, "名称", "模板；默认由各份报告开头的“模板”决定", template),
    ZP_TEXT_OPTION("--encoding", NULL, "编码", "报告的编码；默认自动判断", encoding),
    ZP_TEXT_OPTION("--seal", NULL, "年度", "封存这一年的包：此后不再改写", seal),
    ZP_TEXT_OPTION("--reason", NULL, "原因", "更正已封存年度的原因；更正的报告另存一包，如 2023-2",
                   reason),
    ZP_TEXT_OPTION("--rebuild", NULL, "年度", "这一年的报告没有变也重新生成", rebuild),
    ZP_FLAG_OPTION("--prune", "上报文件夹里已经没有的报告，从没有封存的包里去掉", prune),
    ZP_TEXT_OPTION("--shard", NULL, "I/N",
                   "只做 N 份里的第 I 份，可以在几台机器上分头做；见 --merge", shard),
    ZP_FLAG_OPTION("--merge", "把几份（--shard 做的归档，写在 SOURCE 的位置）合成一个", merge),
    ZP_TEXT_OPTION("--roster", NULL, "名单",
                   "应报单位的名单（xlsx、csv；列：编码、名称、应报项目、应报金额）；"
                   "列出未报送、缺自评表、缺盖章件、多报的",
                   roster),
    ZP_TEXT_OPTION("--year", NULL, "年度", "名单是哪一年的；默认归档里最近的一年", year),
    ZP_FLAG_OPTION("--public",
                   "SOURCE 是一个归档：把其中每份报告的公开版（PDF、网页）和索引写到 -o 的文件夹，"
                   "没有原稿、附件和检查结果；先按公开版查，有身份证号、手机号、密级等的不公开",
                   public),
    ZP_FLAG_OPTION("--force", "公开前查出的都核对过了：有不能公开的内容的，也公开", force),
    ZP_TEXT_OPTION("--diagnostics", NULL, "样式", "text（默认，给人看）、json 或 sarif",
                   diagnostics),
    {0},
};

const zp_command zp_archive_command = {
    .name = "archive",
    .usage = "ziping archive [选项] SOURCE… -o ARCHIVE",
    .about =
        "SOURCE 是放着报告文件夹的文件夹（逐层查看；一个文件夹里有 report.md 或唯一一个 .md）。\n"
        "每年一个 BagIt 包，每份报告存 PDF、网页、源文件、数据、模板和“附件”里的文件；\n"
        "再运行一次只重做有变化的。\n"
        "SOURCE 里的 归档.yaml 写档号的各项：全宗号、保管期限、机构（或问题）、门类。\n"
        "不收报告、只对已有的归档做一件事：\n"
        "  ziping archive --seal 2023 -o ARCHIVE            封存一年\n"
        "  ziping archive --roster 名单.xlsx -o ARCHIVE     对名单，看谁没有报\n"
        "  ziping archive --merge PART… -o ARCHIVE          合并 --shard 分头做的\n"
        "  ziping archive ARCHIVE --public -o 公开          写出公开版",
    .options = archive_options,
    .inputs = ZP_OPTIONS_INPUTS,
    .status = "0 全部归档（公开）；1 有报告没有归档（公开），或缺了一部分；2 用法不对；\n"
              "3 环境有问题（缺字体、写不了归档、别的程序正在归档、磁盘或内存不足）。",
    .run = run,
};
