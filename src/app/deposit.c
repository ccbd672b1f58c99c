/* deposit.c: an origin in, staged files and a cache entry out. */
#include "app/deposit.h"

#include <string.h>
#include "app/input.h"
#include "app/job.h"
#include "archive/store.h"
#include "base/json.h"
#include "base/utf8.h"
#include "layout/display.h"
#include "write/json.h"

enum { ENDING = 5 /* .html */, YEAR = 4 };

typedef struct {
    const zp_depositing *d;
    zp_engine engine;
    zp_makers makers;
    zp_arena *passing; /* of the report */
} worker;

void *zp_deposit_begin(const zp_depositing *depositing, zp_arena *lasting)
{
    worker *w = zp_new(lasting, worker);
    *w = (worker){.d = depositing, .engine = depositing->engine};
    w->engine.arena = lasting;
    w->makers = (zp_makers){.arena = lasting, .fonts = depositing->fonts};
    return w;
}

/* A message about the report as a whole, or one of its files. */
static void refuse(worker *w, zp_diag *diag, zp_severity severity, const char *id, zp_str path,
                   const char *hint, zp_str message)
{
    zp_str name = zp_utf8_clean(w->passing, path);
    zp_span place = zp_span_file(zp_source_new(w->passing, name, ZP_STR("")));
    zp_diag_add(diag, severity, id, place, hint, "%.*s", ZP_ARG(message));
}

/* --- Whether it changed ---------------------------------------------------------------------- */

/* The hash of names and bytes of all its files, and of the row. False when one cannot be read. */
static bool hash_content(worker *w, const zp_deposit_task *task, zp_str *content, zp_diag *diag)
{
    zp_arena *arena = w->passing;
    const zp_origin *origin = task->origin;
    zp_hash *hash = zp_hash_new(arena, ZP_SHA256);
    zp_buf row = {.arena = arena};
    if (task->row)
        zp_json_value(task->row, &row);
    zp_hash_add(hash, zp_buf_str(&row));
    bool good = true;
    for (size_t i = 0; good && i < origin->count; i++) {
        const zp_origin_file *file = &w->d->origins->files[origin->first + i];
        zp_hash *const hashes[] = {hash, NULL};
        uint64_t bytes = 0;
        zp_str why;
        zp_hash_add(hash, zp_origin_within(origin, file));
        zp_hash_add(hash, (zp_str){"", 1});
        if (file->stamp.kind == ZP_PATH_FILE)
            good = zp_file_copy(arena, zp_str_cstr(arena, file->path), NULL, hashes, &bytes, &why);
        zp_hash_add(hash, zp_str_format(arena, "%llu\n", (unsigned long long)bytes));
        bool there = zp_path_kind_of(zp_str_cstr(arena, file->path)) != ZP_PATH_NONE;
        if (!good)
            refuse(w, diag, ZP_ERROR, there ? "file-unreadable" : "file-gone", file->path,
                   there ? NULL : "归档时不要移动或改动报告的文件；再运行一次",
                   zp_str_format(arena, "没有归档：读不了这个文件：%.*s", ZP_ARG(why)));
    }
    *content = zp_hash_end(hash);
    return good;
}

/* --- Where it goes --------------------------------------------------------------------------- */

/* `text` without the first `part`. */
static zp_str without(zp_arena *arena, zp_str text, zp_str part)
{
    size_t at = part.n > 0 ? zp_str_find(text, part, 0) : text.n;
    if (at == text.n)
        return text;
    return zp_str_format(arena, "%.*s%.*s", ZP_ARG(zp_str_slice(text, 0, at)),
                         ZP_ARG(zp_str_slice(text, at + part.n, text.n)));
}

/* The title without what changes from year to year and unit to unit. */
static zp_str lasting_name(zp_arena *arena, const zp_report *report, zp_str year)
{
    zp_str name = report->title;
    zp_str abbreviation = zp_value_text(zp_value_path(report->meta, ZP_STR("department.short")));
    name = without(arena, name, zp_str_format(arena, "%.*s年度", ZP_ARG(year)));
    name = without(arena, name, zp_str_format(arena, "%.*s年", ZP_ARG(year)));
    name = without(arena, without(arena, name, report->department), abbreviation);
    name = zp_store_name(arena, zp_str_trim(name), ENDING);
    return name.n > 0 ? name : zp_store_name(arena, report->template->name, ENDING);
}

static zp_str year_of(const zp_report *report)
{
    zp_str year = zp_str_slice(report->year, 0, report->year.n < YEAR ? report->year.n : YEAR);
    zp_str rest = zp_str_slice(report->year, year.n, report->year.n);
    bool good = year.n == YEAR &&
                (rest.n == 0 || zp_str_eq(rest, ZP_STR("年")) || zp_str_eq(rest, ZP_STR("年度")));
    for (size_t i = 0; i < year.n; i++)
        good = good && year.p[i] >= '0' && year.p[i] <= '9';
    return good ? year : ZP_STR("");
}

/* Year and folder; false when the report does not say whose it is. */
static bool find_place(worker *w, const zp_report *report, zp_cached *entry, zp_diag *diag)
{
    zp_arena *arena = w->passing;
    zp_str code = zp_value_text(zp_value_path(report->meta, ZP_STR("department.code")));
    zp_str unit = zp_store_name(arena, code.n > 0 ? code : report->department, ENDING);
    entry->year = year_of(report);
    if (entry->year.n == 0)
        refuse(w, diag, ZP_ERROR, "archive-year", report->source->name, "在报告开头写明 年度: 2024",
               ZP_STR("不知道归入哪一年：报告没有写年度，或写的不是年份"));
    if (unit.n == 0)
        refuse(w, diag, ZP_ERROR, "archive-unit", report->source->name,
               "在报告开头写明 单位: {名称: 某某局, 编码: 001}",
               ZP_STR("不知道是哪个单位的报告：没有写单位，或名称、编码不能作文件名"));
    entry->folder = zp_str_format(arena, "data/%.*s/%.*s/", ZP_ARG(unit),
                                  ZP_ARG(lasting_name(arena, report, entry->year)));
    return entry->year.n > 0 && unit.n > 0;
}

/* --- Its files ------------------------------------------------------------------------------- */

static zp_str below(zp_str folder, zp_str path)
{
    bool inside = zp_str_starts(path, folder) && path.n > folder.n && path.p[folder.n] == '/';
    return inside ? zp_str_slice(path, folder.n + 1, path.n) : zp_path_base(path);
}

static zp_str in(zp_arena *arena, const char *folder, zp_str name)
{
    return zp_path_join(arena, zp_str_from(folder), name);
}

/* Text, data, pictures, and what else may have been a partial. */
static void lay_source(worker *w, const zp_deposit_task *task, const zp_job *job, zp_tray *tray)
{
    const zp_report *report = job->report;
    zp_arena *arena = w->passing;
    const zp_str none = {0};
    size_t count;
    zp_tray_put(tray, in(arena, "source", below(report->folder, report->source->name)),
                report->source->bytes, none, none);
    for (size_t i = 0; i < report->used_count; i++)
        zp_tray_put(tray, in(arena, "source", below(report->folder, report->used[i].path)),
                    report->used[i].bytes, none, none);
    const zp_picture_file *pictures = zp_pictures_files(arena, job->pictures, &count);
    for (size_t i = 0; i < count; i++)
        zp_tray_put(tray, in(arena, "source", pictures[i].path), pictures[i].bytes, none, none);
    for (size_t i = 0; i < task->origin->count; i++) {
        const zp_origin_file *file = &w->d->origins->files[task->origin->first + i];
        zp_str within = zp_origin_within(task->origin, file);
        bool partial = zp_str_ends(within, ZP_STR(".md")) && !memchr(within.p, '/', within.n);
        if (partial && file->stamp.kind == ZP_PATH_FILE)
            zp_tray_copy(tray, in(arena, "source", within), zp_str_cstr(arena, file->path));
    }
    zp_buf row = {.arena = arena};
    if (task->row) {
        zp_json_value(task->row, &row);
        zp_buf_byte(&row, '\n');
        zp_tray_put(tray, ZP_STR("source/row.json"), zp_buf_str(&row), none, none);
    }
}

/* Of a row, only what is its own: what lies beside the report is all rows'. */
static void lay_attachments(worker *w, const zp_deposit_task *task, zp_tray *tray, zp_diag *diag)
{
    const zp_origin *origin = task->origin;
    for (size_t i = 0; i < origin->count; i++) {
        const zp_origin_file *file = &w->d->origins->files[origin->first + i];
        zp_str within = zp_origin_within(origin, file);
        if (!zp_str_starts(within, ZP_STR(ZP_ATTACHMENTS "/")) ||
            (task->row && file->within.n == 0))
            continue;
        if (file->stamp.kind == ZP_PATH_FILE && !file->stamp.link) {
            zp_str name = zp_tray_free_name(tray, within);
            zp_tray_copy(tray, name, zp_str_cstr(w->passing, file->path));
            if (!zp_str_eq(name, within))
                refuse(w, diag, ZP_WARNING, "attachment-renamed", file->path, NULL,
                       zp_str_format(w->passing,
                                     "文件名不是 UTF-8，或有不能显示的字，归档后叫“%.*s”",
                                     ZP_ARG(name)));
        } else
            refuse(w, diag, ZP_FLAW, "attachment-link", file->path, "把文件本身放进附件文件夹",
                   ZP_STR("没有归档：附件要是普通的文件，这是链接或别的东西"));
    }
}

/* Which file is the 正本: the path within the report's folder. */
static zp_str original_of(zp_arena *arena, const zp_tray *tray)
{
    zp_stored_file *files = zp_new_array(arena, zp_stored_file, tray->count);
    for (size_t i = 0; i < tray->count; i++) {
        zp_str within = zp_str_slice(tray->files[i].path, tray->folder.n, tray->files[i].path.n);
        files[i] = (zp_stored_file){.path = within, .kind = zp_stored_kind_of(within)};
    }
    zp_stored_files_settle(files, tray->count);
    for (size_t i = 0; i < tray->count; i++)
        if (files[i].kind == ZP_STORED_ORIGINAL)
            return files[i].path;
    return ZP_STR("");
}

static zp_str count(zp_arena *arena, uint64_t n)
{
    return zp_str_format(arena, "%llu", (unsigned long long)n);
}

static zp_card card_of(zp_arena *arena, const zp_job *job, const zp_tray *tray)
{
    zp_card card = zp_card_of(job->report->meta);
    card.template = job->report->template->name;
    card.pages = count(arena, job->pages ? job->pages->count : 0);
    card.original = original_of(arena, tray);
    card.files = count(arena, tray->count);
    card.bytes = count(arena, zp_tray_bytes(tray));
    return card;
}

/* report.json as in the archive: files of the report are named as they are called there, and the
 * member `archive` is added. */
static zp_str archive_json(worker *w, const zp_job *job, const zp_card *card, zp_str json)
{
    zp_arena *arena = w->passing;
    zp_buf out = {.arena = arena}, folder = {.arena = arena};
    zp_json_string(&folder, zp_str_format(arena, "%.*s/", ZP_ARG(job->report->folder)));
    zp_str outside =
        zp_str_slice(zp_buf_str(&folder), 0, folder.n - 1); /* without its last quote */
    size_t end = json.n;
    while (end > 0 && json.p[end - 1] != '}')
        end--;
    json = zp_str_trim(zp_str_slice(json, 0, end > 0 ? end - 1 : 0));
    for (size_t at = 0; at < json.n;) {
        size_t next = zp_str_find(json, outside, at);
        zp_buf_add(&out, zp_str_slice(json, at, next));
        if (next < json.n)
            zp_buf_lit(&out, "\"source/");
        at = next + (next < json.n ? outside.n : 0);
    }
    zp_buf_lit(&out, ",\n  \"archive\": {\"template\": ");
    zp_json_string(&out, card->template);
    zp_buf_lit(&out, ", \"program\": ");
    zp_json_string(&out, w->engine.producer);
    zp_buf_format(&out, ", \"pages\": %.*s, \"original\": ", ZP_ARG(card->pages));
    zp_json_string(&out, card->original);
    zp_buf_format(&out, ", \"files\": %.*s, \"bytes\": %.*s}\n}\n", ZP_ARG(card->files),
                  ZP_ARG(card->bytes));
    return zp_buf_str(&out);
}

static const zp_format *format_of(const char *name)
{
    const zp_format *format = zp_formats;
    while (strcmp(format->name, name) != 0)
        format++;
    return format;
}

/* All files of the report, and its card. */
static bool lay_all(worker *w, const zp_deposit_task *task, const zp_maker *maker, zp_job *job,
                    zp_tray *tray, zp_card *card)
{
    const zp_format *formats[] = {format_of("pdf"), format_of("html"), format_of("json")};
    const zp_str none = {0};
    zp_output outputs[3];
    zp_arena *arena = w->passing;
    zp_str name = zp_store_name(arena, job->report->title, ENDING);
    job->name = name = name.n > 0 ? name : ZP_STR("report");
    lay_attachments(w, task, tray, job->diag);
    if (!zp_job_write(job, formats, 3, outputs))
        return false;
    zp_tray_put(tray, zp_str_format(arena, "%.*s.pdf", ZP_ARG(name)),
                zp_buf_str(&outputs[0].files[0]), none, none);
    zp_tray_put(tray, zp_str_format(arena, "%.*s.html", ZP_ARG(name)),
                zp_buf_str(&outputs[1].files[0]), none, none);
    lay_source(w, task, job, tray);
    for (size_t i = 0; i < maker->count; i++) {
        const zp_maker_file *file = &maker->files[i];
        zp_tray_put(tray, in(arena, "template", file->within), file->bytes, file->sha512,
                    file->sha256);
    }
    *card = card_of(arena, job, tray);
    zp_str json = archive_json(w, job, card, zp_buf_str(&outputs[2].files[0]));
    zp_tray_put(tray, ZP_STR("report.json"), json, none, none);
    zp_tray_sort(tray);
    return true;
}

/* --- The report ------------------------------------------------------------------------------ */

static zp_str named_template(const zp_front *front)
{
    return zp_value_text(zp_front_template(front));
}

static const zp_maker *find_maker(worker *w, const zp_front *front, zp_diag *diag)
{
    zp_str why;
    const zp_template *template;
    if (zp_engine_template(&w->engine, zp_front_template(front), diag, &template) != ZP_DONE)
        return NULL;
    const zp_maker *maker = zp_makers_find(&w->makers, &w->engine, template, &why);
    if (!maker)
        refuse(w, diag, ZP_ERROR, "template-missing", template->folder, NULL,
               zp_str_format(w->passing, "读不了模板：%.*s", ZP_ARG(why)));
    return maker;
}

/* What is not known by its place may have been somewhere else: then its content tells. */
static zp_deposit_task look_up(const worker *w, const zp_deposit_task *task, zp_str content)
{
    zp_deposit_task known = *task;
    size_t low = 0, high = task->before ? 0 : w->d->moved_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const zp_deposit_moved *moved = &w->d->moved[middle];
        int order = zp_str_compare(moved->entry->content, content);
        if (order == 0) {
            known.before = moved->entry;
            known.forced = moved->forced;
            known.frozen = moved->frozen;
            break;
        }
        low = order < 0 ? middle + 1 : low;
        high = order > 0 ? middle : high;
    }
    return known;
}

/* Nothing needs to be made again. */
static bool is_same(const zp_deposit_task *task, const zp_cached *entry, zp_deposit *made)
{
    const zp_cached *before = task->before;
    if (!before || task->forced || !zp_str_eq(before->content, entry->content))
        return false;
    made->older = !zp_str_eq(before->maker, entry->maker);
    return !made->older || task->frozen;
}

static void make(worker *w, const zp_deposit_task *task, const zp_maker *maker,
                 const zp_front *front, zp_deposit *made, zp_diag *diag)
{
    zp_job job;
    const zp_facts_options facts = {.row = task->row};
    zp_tray tray = {.arena = w->passing, .archive = w->d->archive, .staged = made->staged};
    if (zp_job_make(w->passing, &w->engine, front, &facts, diag, &job) != ZP_DONE ||
        !find_place(w, job.report, &made->entry, diag))
        return;
    if (job.report->sample)
        refuse(w, diag, ZP_WARNING, "archive-sample", task->origin->path,
               "换成本单位的数据，再归档一次",
               ZP_STR("用的还是模板的示例数据，每页印有“示例”，也归档了"));
    tray.folder = made->entry.folder;
    if (!lay_all(w, task, maker, &job, &tray, &made->entry.card))
        return;
    made->errors = zp_diag_count(job.findings, ZP_ERROR);
    made->warnings = zp_diag_count(job.findings, ZP_WARNING);
    made->flaws = zp_diag_count(diag, ZP_FLAW) + zp_diag_count(diag, ZP_ERROR);
    made->entry.flawed = made->flaws > 0 ? ZP_STR("1") : ZP_STR("");
    made->files = tray.files;
    made->count = tray.count;
    made->made = !tray.failed;
    made->environment = tray.disk;
    if (tray.failed)
        refuse(w, diag, ZP_ERROR, "archive-write", tray.where, NULL,
               zp_str_format(w->passing, "没有归档：%.*s", ZP_ARG(tray.why)));
}

static void examine(worker *w, const zp_deposit_task *task, zp_deposit *made, zp_diag *diag)
{
    zp_str why = task->origin->why;
    const char *encoding = w->d->chosen->encoding;
    made->entry.key = task->key;
    made->entry.stamps = task->stamps;
    if (why.n == 0 && !hash_content(w, task, &made->entry.content, diag))
        return;
    const zp_source *source =
        why.n > 0 ? NULL : zp_input_read(w->passing, task->origin->path, encoding, diag, &why);
    if (why.n > 0)
        refuse(w, diag, ZP_ERROR, "unarchived", task->origin->path, NULL,
               zp_str_format(w->passing, "没有归档：%.*s", ZP_ARG(why)));
    if (!source)
        return;
    zp_front front = zp_front_read(w->passing, source, diag);
    const zp_maker *maker = find_maker(w, &front, diag);
    if (!maker)
        return;
    made->entry.named = named_template(&front);
    made->entry.maker = maker->hash;
    zp_deposit_task known = look_up(w, task, made->entry.content);
    made->before = known.before;
    made->same = is_same(&known, &made->entry, made);
    if (!made->same)
        make(w, &known, maker, &front, made, diag);
}

/* What outlives the report. */
static void keep_result(zp_arena *keep, const zp_deposit *made, zp_deposit *kept)
{
    *kept = *made;
#define X(field) kept->entry.field = zp_str_copy(keep, made->entry.field);
    ZP_CACHED_FIELDS(X)
#undef X
#define X(field, path) kept->entry.card.field = zp_str_copy(keep, made->entry.card.field);
    ZP_CARD_FIELDS(X)
#undef X
    kept->staged = zp_str_copy(keep, made->staged);
    kept->files = zp_new_array(keep, zp_bag_file, made->count);
    for (size_t i = 0; i < made->count; i++)
        kept->files[i] = (zp_bag_file){
            zp_str_copy(keep, made->files[i].path), zp_str_copy(keep, made->files[i].sha512),
            zp_str_copy(keep, made->files[i].sha256), made->files[i].bytes};
}

void *zp_deposit_work(void *state, size_t index, zp_arena *passing, zp_arena *keep)
{
    worker *w = state;
    w->passing = passing;
    zp_deposit made = {0}, *kept = zp_new(keep, zp_deposit);
    zp_diag *diag = zp_diag_new(w->passing);
    zp_buf told = {.arena = w->passing};
    const zp_deposit_task *task = &w->d->tasks[index];
    made.staged = zp_str_format(w->passing, "%zu", index);
    if (!*w->d->stop)
        examine(w, task, &made, diag);
    zp_diag_drop_hints(diag); /* they are in report.json */
    zp_diag_about(diag, task->key);
    zp_telling_render(&w->d->telling, diag, &told);
    keep_result(keep, &made, kept);
    kept->told = zp_str_copy(keep, zp_buf_str(&told));
    return kept;
}
