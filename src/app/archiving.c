/* archiving.c: what all steps of a run do: say, note, commit. */
#include "app/archiving.h"

#include "app/recall.h"
#include "base/utf8.h"

void zp_archiving_tell(zp_archiving *a, zp_diag *diag)
{
    zp_progress_clear(&a->progress);
    zp_telling_tell(&a->telling, a->arena, diag);
}

void zp_archiving_say(zp_archiving *a, zp_severity severity, const char *id, zp_str path,
                      const char *hint, const char *format, ...)
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
    zp_archiving_tell(a, diag);
    if (severity >= ZP_FLAW)
        a->status = a->status > ZP_REPORT ? a->status : ZP_REPORT;
}

bool zp_archiving_open(zp_archiving *a, bool needs_fonts)
{
    zp_diag *diag = zp_diag_new(a->arena);
    zp_status opened = zp_engine_open(a->arena, a->chosen->template, needs_fonts, diag, &a->engine);
    if (opened != ZP_DONE) {
        zp_archiving_tell(a, diag);
        a->status = opened;
    }
    return opened == ZP_DONE;
}

void zp_archiving_claim(zp_archiving *a, const zp_cached *entry)
{
    zp_nameset_take(&a->claimed, zp_recall_place(a->arena, entry->year, entry->folder));
    zp_nameset_take(&a->years, entry->year);
}

void zp_archiving_keep(zp_archiving *a, const zp_cached *entry, zp_str path, zp_str key,
                       zp_str stamps)
{
    zp_cached now = *entry;
    now.key = key;
    now.stamps = stamps;
    zp_cache_add(a->fresh, &now);
    zp_archiving_claim(a, entry);
    a->same++;
    a->flawed += entry->flawed.n > 0;
    if (entry->flawed.n > 0)
        zp_archiving_say(a, ZP_FLAW, "archive-flawed", path,
                         "补上以后再运行；缺什么，加 --rebuild 年度 再看一次",
                         "归档里的这一份缺了一部分");
}

void zp_archiving_begin(zp_archiving *a)
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

bool zp_archiving_commit(zp_archiving *a)
{
    if (a->status == ZP_ENVIRONMENT)
        return false;
    for (size_t i = 0; a->recorded && i < a->holding.store->bag_count; i++)
        zp_change_record(a->change, a->holding.store->bags[i], &a->record);
    zp_progress_clear(&a->progress);
    bool good = zp_holding_commit(a->arena, &a->holding, a->change,
                                  zp_recall_cache(a->changing, &a->holding, a->fresh));
    if (good)
        zp_archiving_begin(a);
    else
        a->status = ZP_ENVIRONMENT;
    a->stop = !good;
    return good;
}
