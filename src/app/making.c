/* making.c: tasks in, what the workers made of them put into the archive's next change. */
#include "app/archiving.h"

#include "app/crew.h"
#include "app/recall.h"

enum { COMMIT_EVERY = 1000 };

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

static void fail(zp_archiving *a, const zp_deposit_task *task)
{
    a->failed++;
    a->status = a->status > ZP_REPORT ? a->status : ZP_REPORT;
    if (task->before)
        zp_archiving_claim(a, task->before);
}

/* Whether the report is the first of the run at its place in the archive; else that is said. */
static bool take_place(zp_archiving *a, const zp_deposit_task *task, const zp_cached *entry)
{
    zp_str place = zp_recall_place(a->arena, entry->year, entry->folder);
    bool first = zp_nameset_take(&a->claimed, place);
    if (!first) {
        zp_archiving_say(
            a, ZP_ERROR, "archive-clash", task->origin->path,
            "同一单位同一年度的两份报告，题名（去掉年度和单位）要不同；编码也不要只差大小写",
            "没有归档：已有一份报告归入 %.*s", ZP_ARG(place));
        fail(a, task);
    }
    return first;
}

static void store(zp_archiving *a, const zp_deposit_task *task, const zp_deposit *made)
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
        zp_archiving_say(a, ZP_ERROR, "archive-sealed", task->origin->path,
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
        zp_archiving_commit(a);
}

static void *begin_worker(void *user, zp_arena *lasting)
{
    return zp_deposit_begin(&((const zp_archiving *)user)->depositing, lasting);
}

/* A mistake in a template is told of once; what it kept out of the archive is named each time. */
static void tell_of(zp_archiving *a, const zp_deposit_task *task, const zp_deposit *made)
{
    if (made->told.n == 0)
        return;
    zp_progress_clear(&a->progress);
    if (zp_nameset_take(&a->told, zp_hash_of(a->arena, ZP_SHA256, made->told)))
        zp_telling_put(&a->telling, a->arena, made->told);
    else if (!made->made && !made->same)
        zp_archiving_say(a, ZP_ERROR, "unarchived", task->origin->path, NULL, "没有归档：原因同上");
}

static void deliver(void *user, size_t index, void *result)
{
    zp_archiving *a = user;
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
            zp_archiving_keep(a, made->before, task->origin->path, task->key, task->stamps);
        }
    } else if (made->made) {
        store(a, task, made);
    } else {
        fail(a, task);
    }
    zp_progress_step(&a->progress, index + 1);
}

bool zp_archiving_make(zp_archiving *a)
{
    if (a->task_count > 0 && !zp_archiving_open(a, true))
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
    zp_crew_run(&crew, a->threads);
    return a->status != ZP_ENVIRONMENT;
}
