/* merge.c: several archives in, one out.
 *
 * Payload is copied, never made again; manifests and papers are rendered from what is put together,
 * as they would be after one run.
 */
#include "app/merge.h"

#include <string.h>
#include "app/crew.h"
#include "app/engine.h"
#include "app/holding.h"
#include "app/progress.h"
#include "app/tray.h"
#include "base/files.h"
#include "base/nameset.h"

enum { MARK_FILE = 64, JSON_FILE = 64 << 20 };

/* Bags of one name, in all parts together. */
typedef struct {
    zp_str name, part; /* the first of the parts that have it */
    zp_str date, sealed, reason;
    zp_record record;
} joint;

/* A report of one of the parts. */
typedef struct {
    const zp_store *part;
    const zp_stored_report *report;
} piece;

typedef struct {
    zp_arena *arena;
    const zp_options *chosen;
    zp_telling *telling;
    const zp_holding *holding;
    zp_store **parts;
    joint *joints;
    size_t joint_count;
    piece *pieces;
    size_t count, merged, same, failed;
    zp_cache *cache;
    zp_change *change;
    zp_nameset claimed;
    zp_progress progress;
} merging;

static zp_str mark_path(zp_arena *arena, zp_str archive)
{
    return zp_path_join(arena, archive, ZP_STR(ZP_STORE_PRIVATE "/shard"));
}

bool zp_merge_mark(zp_arena *arena, zp_str archive, zp_str shard, zp_str *why)
{
    return zp_file_replace(arena, zp_str_cstr(arena, mark_path(arena, archive)), shard, why);
}

static void tell(merging *m, const char *id, zp_str path, const char *format, ...) ZP_PRINTF(4, 5);

static void tell(merging *m, const char *id, zp_str path, const char *format, ...)
{
    va_list arguments;
    zp_diag *diag = zp_diag_new(m->arena);
    va_start(arguments, format);
    zp_str words = zp_diag_word(m->arena, format, arguments);
    va_end(arguments);
    zp_diag_add(diag, ZP_ERROR, id, zp_span_file(zp_source_new(m->arena, path, ZP_STR(""))), NULL,
                "%.*s", ZP_ARG(words));
    zp_progress_clear(&m->progress);
    zp_telling_tell(m->telling, m->arena, diag);
    m->failed++;
}

/* --- The parts -------------------------------------------------------------------------------- */

static void open_parts(merging *m)
{
    m->parts = zp_new_array(m->arena, zp_store *, m->chosen->input_count);
    for (size_t i = 0; i < m->chosen->input_count; i++) {
        zp_str folder = zp_str_from(m->chosen->inputs[i]);
        zp_diag *diag = zp_diag_new(m->arena);
        if (zp_path_kind_of(m->chosen->inputs[i]) != ZP_PATH_FOLDER)
            tell(m, "merge-part", folder, "没有合并：没有这个归档文件夹");
        else
            m->parts[i] = zp_store_open(m->arena, folder, diag);
        zp_telling_tell(m->telling, m->arena, diag);
        m->failed += zp_diag_count(diag, ZP_ERROR);
        m->count += m->parts[i] ? m->parts[i]->report_count : 0;
    }
}

static zp_str later(zp_str a, zp_str b)
{
    return zp_str_compare(a, b) < 0 ? b : a;
}

static bool holds(zp_str whole, zp_str part)
{
    return part.n == 0 || zp_str_find(whole, part, 0) < whole.n;
}

/* Reasons of corrections, each once, as one run after the other would have put them together. */
static zp_str both(zp_arena *arena, zp_str one, zp_str other)
{
    if (holds(one, other) || holds(other, one))
        return holds(one, other) ? one : other;
    return zp_str_format(arena, "%.*s；%.*s", ZP_ARG(one), ZP_ARG(other));
}

/* Whether it can be the same bag: not sealed here and open there, nor with other 档号. */
static bool is_alike(merging *m, const joint *j, zp_str part, const zp_bag *bag)
{
    bool sealed = j->sealed.n > 0;
    if (sealed != (bag->sealed.n > 0))
        tell(m, "merge-sealed", part,
             "不能合并：包 %.*s 在 %.*s 里%s，在这里%s；先把各份都封存，再合并", ZP_ARG(bag->name),
             ZP_ARG(j->part), sealed ? "已经封存" : "没有封存", sealed ? "没有" : "已经封存");
    else if (!zp_record_eq(&j->record, &bag->record))
        tell(m, "merge-record", part,
             "不能合并：包 %.*s 的全宗号、门类、保管期限、机构和 %.*s 里的不同", ZP_ARG(bag->name),
             ZP_ARG(j->part));
    else
        return true;
    return false;
}

/* One more bag of that name; false when it cannot be the same one. */
static bool join(merging *m, zp_str part, const zp_bag *bag)
{
    size_t i = 0;
    while (i < m->joint_count && !zp_str_eq(m->joints[i].name, bag->name))
        i++;
    joint *j = &m->joints[i];
    if (i == m->joint_count) {
        *j = (joint){bag->name, part, bag->date, bag->sealed, bag->reason, bag->record};
        m->joint_count++;
        return true;
    }
    if (!is_alike(m, j, part, bag))
        return false;
    j->date = later(j->date, bag->date);
    j->sealed = later(j->sealed, bag->sealed);
    j->reason = both(m->arena, j->reason, bag->reason);
    return true;
}

static bool join_bags(merging *m)
{
    size_t bags = 0;
    bool good = true;
    for (size_t i = 0; i < m->chosen->input_count; i++)
        bags += m->parts[i] ? m->parts[i]->bag_count : 0;
    m->joints = zp_new_array(m->arena, joint, bags);
    for (size_t i = 0; i < m->chosen->input_count; i++)
        for (size_t k = 0; m->parts[i] && k < m->parts[i]->bag_count; k++)
            good = join(m, m->parts[i]->folder, m->parts[i]->bags[k]) && good;
    return good;
}

/* Whether of N shards all are there, where any says that it is one. */
static void check_shards(merging *m)
{
    zp_nameset seen = {.arena = m->arena};
    size_t of = 0;
    for (size_t i = 0; i < m->chosen->input_count; i++) {
        zp_str text, why;
        const char *path =
            zp_str_cstr(m->arena, mark_path(m->arena, zp_str_from(m->chosen->inputs[i])));
        if (zp_path_kind_of(path) != ZP_PATH_FILE ||
            !zp_file_read(m->arena, path, MARK_FILE, &text, &why))
            continue;
        size_t slash = zp_str_find(text, ZP_STR("/"), 0);
        of = 0;
        for (size_t k = slash + 1; k < text.n; k++)
            of = of * 10 + (size_t)(text.p[k] - '0');
        zp_nameset_take(&seen, zp_str_slice(text, 0, slash));
    }
    for (size_t i = 1; i <= of; i++) {
        zp_str name = zp_str_format(m->arena, "%zu", i);
        if (!zp_nameset_has(&seen, name))
            tell(m, "merge-missing", m->holding->folder, "缺第 %zu 份（共 %zu 份），其余的照样合并",
                 i, of);
    }
}

static void list_pieces(merging *m)
{
    size_t count = 0;
    m->pieces = zp_new_array(m->arena, piece, m->count);
    for (size_t i = 0; i < m->chosen->input_count; i++)
        for (size_t k = 0; m->parts[i] && k < m->parts[i]->report_count; k++)
            m->pieces[count++] = (piece){m->parts[i], &m->parts[i]->reports[k]};
}

static void join_caches(merging *m)
{
    zp_nameset keys = {.arena = m->arena};
    m->cache = zp_new(m->arena, zp_cache);
    m->cache->arena = m->arena;
    for (size_t i = 0; i <= m->chosen->input_count; i++) {
        zp_str folder =
            i < m->chosen->input_count ? zp_str_from(m->chosen->inputs[i]) : m->holding->folder;
        const zp_cache *one = zp_cache_read(m->arena, folder);
        if (m->cache->fonts.n == 0) {
            m->cache->fonts = one->fonts;
            m->cache->font_stamps = one->font_stamps;
        }
        for (size_t k = 0; k < one->count; k++)
            if (zp_nameset_take(&keys, one->entries[k].key))
                zp_cache_add(m->cache, &one->entries[k]);
    }
}

/* --- Copying ---------------------------------------------------------------------------------- */

typedef struct {
    bool same; /* is there already */
    zp_str where, why;
    zp_str staged;
    zp_bag_file *files;
    size_t count;
    zp_card card;
} copy;

/* The archive's own of a name, as it was opened; NULL when it had none. */
static const zp_stored_share *share_of(const merging *m, zp_str name)
{
    const zp_store *store = m->holding->store;
    for (size_t i = 0; i < store->share_count; i++)
        if (zp_str_eq(store->shares[i].bag->name, name))
            return &store->shares[i];
    return NULL;
}

static bool is_correction(const zp_bag *bag)
{
    return !zp_str_eq(bag->name, bag->year);
}

/* In the bag of that name; or, as a correction to it, the newest. */
static bool is_there(const merging *m, const zp_stored_report *report)
{
    const zp_stored_share *share = share_of(m, report->bag->name);
    const zp_stored_report *own =
        share ? zp_store_find(share->reports, share->count, report->folder) : NULL;
    const zp_stored_report *newest =
        is_correction(report->bag)
            ? NULL
            : zp_store_newest(m->holding->store, report->year, report->folder);
    return (own && zp_str_eq(own->state, report->state)) ||
           (newest && zp_str_eq(newest->state, report->state));
}

/* Where it goes; NULL: to nowhere, that is sealed. */
static zp_bag *bag_for(merging *m, const zp_stored_report *report)
{
    zp_bag *bag = zp_change_bag_named(m->change, report->bag->name);
    if (bag->sealed.n == 0)
        return bag;
    return is_correction(report->bag) ? NULL : zp_change_bag(m->change, report->year);
}

static void *copy_piece(void *state, size_t index, zp_arena *passing, zp_arena *keep)
{
    const merging *m = state;
    const piece *p = &m->pieces[index];
    const zp_stored_report *report = p->report;
    copy *made = zp_new(keep, copy);
    made->staged = zp_str_format(keep, "%zu", index);
    made->same = is_there(m, report);
    zp_tray tray = {.arena = keep,
                    .archive = m->holding->folder,
                    .staged = made->staged,
                    .folder = report->folder};
    for (size_t i = 0; !made->same && !tray.failed && i < report->file_count; i++) {
        const zp_stored_file *file = &report->files[i];
        zp_str from = zp_store_path(passing, p->part->folder, report->bag, file->path);
        zp_tray_copy(&tray, zp_str_slice(file->path, report->folder.n, file->path.n),
                     zp_str_cstr(passing, from));
        if (!tray.failed && !zp_str_eq(tray.files[tray.count - 1].sha512, file->sha512)) {
            tray.failed = true;
            tray.where = zp_str_copy(keep, from);
            tray.why = ZP_STR("内容和清单里的校验值不同");
        }
    }
    made->where = tray.where;
    made->why = tray.failed ? tray.why : ZP_STR("");
    made->files = tray.files;
    made->count = tray.count;
    return made;
}

/* What report.json in the part says. */
static zp_card card_of(zp_arena *arena, const piece *p)
{
    zp_str json, why;
    const zp_stored_file *file = zp_stored_find(p->report, ZP_STORED_DATA);
    zp_str path =
        file ? zp_store_path(arena, p->part->folder, p->report->bag, file->path) : ZP_STR("");
    bool read = file && zp_file_read(arena, zp_str_cstr(arena, path), JSON_FILE, &json, &why);
    return read ? zp_card_read(arena, json) : (zp_card){0};
}

static void put(merging *m, const piece *p, const copy *made)
{
    zp_arena *passing = zp_arena_new();
    const zp_stored_report *report = p->report;
    zp_str place =
        zp_str_format(passing, "%.*s/%.*s", ZP_ARG(report->bag->name), ZP_ARG(report->folder));
    zp_bag *bag = NULL;
    if (made->why.n > 0)
        tell(m, "merge-copy", made->where, "没有合并：%.*s", ZP_ARG(made->why));
    else if (!zp_nameset_take(&m->claimed, place))
        tell(m, "archive-clash", zp_str_copy(m->arena, place), "没有合并：几份里都有这份报告");
    else if (made->same)
        m->same++;
    else if (!(bag = bag_for(m, report)))
        tell(m, "archive-sealed", zp_str_copy(m->arena, place),
             "没有合并：%.*s 已经封存；更正要用 --reason 写明原因", ZP_ARG(report->bag->name));
    if (bag) {
        zp_card card = card_of(passing, p);
        zp_change_put(m->change, bag, report->folder, made->staged, made->files, made->count,
                      &card);
        m->merged++;
    }
    zp_arena_free(passing);
}

static void deliver(void *user, size_t index, void *result)
{
    merging *m = user;
    put(m, &m->pieces[index], result);
    zp_progress_step(&m->progress, index + 1);
}

/* --- All -------------------------------------------------------------------------------------- */

/* What the parts' bags say of themselves, in those that were made of them. What lacks a report is
 * not sealed yet. */
static void settle_bags(merging *m)
{
    zp_arena *lasting = m->holding->store->arena;
    for (size_t i = 0; i < m->joint_count; i++) {
        const joint *j = &m->joints[i];
        zp_bag *bag = zp_change_bag_named(m->change, j->name);
        if (!zp_record_eq(&j->record, &(zp_record){0}))
            zp_change_record(m->change, bag, &j->record);
        if (!share_of(m, j->name))
            bag->date = zp_str_copy(lasting, j->date);
        if (bag->changed)
            bag->reason = zp_str_copy(lasting, both(m->arena, bag->reason, j->reason));
        if (j->sealed.n > 0 && bag->sealed.n == 0 && bag->count > 0 && m->failed == 0)
            zp_change_seal(m->change, bag, j->sealed);
    }
}

static zp_status merge_all(merging *m, size_t threads)
{
    open_parts(m);
    if (!join_bags(m))
        return ZP_REPORT;
    check_shards(m);
    list_pieces(m);
    const zp_crew crew = {.user = m, .count = m->count, .work = copy_piece, .deliver = deliver};
    m->progress = zp_progress_begin("合并", m->count, m->telling->form != ZP_FORM_TEXT);
    zp_crew_run(&crew, threads);
    settle_bags(m);
    join_caches(m);
    if (!zp_holding_commit(m->arena, m->holding, m->change, m->cache))
        return ZP_ENVIRONMENT;
    if (m->telling->form == ZP_FORM_TEXT)
        fprintf(stderr, "合并：写入 %zu 份，已有 %zu 份，%zu 处不成\n", m->merged, m->same,
                m->failed);
    return m->failed > 0 ? ZP_REPORT : ZP_DONE;
}

zp_status zp_merge_run(zp_arena *arena, const zp_options *chosen, const zp_engine *engine,
                       const zp_holding *holding, size_t threads, zp_telling *telling)
{
    merging *m = zp_new(arena, merging);
    const zp_change_options options = {.store = holding->store,
                                       .software = engine->producer,
                                       .date = holding->date,
                                       .reason = zp_str_from(chosen->reason)};
    *m = (merging){.arena = arena, .chosen = chosen, .telling = telling, .holding = holding};
    m->claimed.arena = arena;
    m->change = zp_change_new(arena, &options);
    return merge_all(m, threads);
}
