/* holding.c: a folder in, an archive that is nobody else's and in one piece out. */
#include "app/holding.h"

#include <stdio.h>
#include <time.h>
#include "archive/catalog.h"
#include "archive/journal.h"
#include "base/files.h"

zp_str zp_holding_day(zp_arena *arena, int64_t seconds)
{
    time_t time = (time_t)seconds;
    struct tm day = {0};
    gmtime_r(&time, &day);
    return zp_str_format(arena, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

static zp_status refuse(zp_arena *arena, const char *what, const char *which, zp_str why)
{
    zp_complain(what, which, zp_str_cstr(arena, why));
    return ZP_ENVIRONMENT;
}

/* The lock file is written anew, so its date is the time by the clock that dates the files. */
static bool take(zp_arena *arena, const char *path, zp_holding *holding, bool *busy, zp_str *why)
{
    zp_file_stamp stamp = {0};
    holding->lock = zp_file_lock(arena, path, busy, why);
    if (holding->lock < 0)
        return false;
    if (!zp_file_put(arena, path, ZP_STR("ziping\n"), why))
        return false;
    zp_file_stamp_of(path, &stamp);
    holding->begun = stamp.changed;
    return true;
}

/* What a file was being replaced by when the power failed (files.c); nobody else writes here now.
 */
static void clear_temporaries(zp_arena *arena, zp_str folder)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    if (!zp_folder_list(arena, zp_str_cstr(arena, folder), &names, &count, &why))
        return;
    for (size_t i = 0; i < count; i++)
        if (zp_str_starts(names[i], ZP_STR(ZP_FILE_TEMPORARY)) &&
            zp_str_ends(names[i], ZP_STR(".tmp")))
            (void)zp_path_remove(arena, zp_str_cstr(arena, zp_path_join(arena, folder, names[i])),
                                 &why);
}

static zp_status recover(zp_arena *arena, const char *folder, zp_telling *telling,
                         const zp_holding *holding)
{
    bool finished;
    zp_str why;
    if (!zp_journal_recover(arena, holding->folder, &finished, &why))
        return refuse(arena, "上次没有写完，接着写也不行", folder, why);
    clear_temporaries(arena, holding->folder);
    clear_temporaries(arena, zp_path_join(arena, holding->folder, ZP_STR(ZP_STORE_PRIVATE)));
    if (finished && telling->form == ZP_FORM_TEXT)
        fprintf(stderr, "上次中断了，已经接着写完：%s\n", folder);
    return ZP_DONE;
}

/* What an archive would overwrite in a folder that is none, by its name; empty: nothing. */
static zp_str in_the_way(zp_arena *arena, zp_str folder)
{
    static const char *const ours[] = {"index.html", ZP_CATALOG_NAME, ZP_SEARCH_NAME};
    const zp_str *names;
    size_t count, number;
    zp_str why, year, found = ZP_STR("");
    if (!zp_folder_list(arena, zp_str_cstr(arena, folder), &names, &count, &why))
        return found;
    for (size_t i = 0; i < count; i++) {
        zp_str tag = zp_path_join(arena, names[i], ZP_STR("bagit.txt"));
        if (zp_str_eq(names[i], ZP_STR(ZP_STORE_PRIVATE)) ||
            zp_path_kind_of(zp_str_cstr(arena, zp_path_join(arena, folder, tag))) == ZP_PATH_FILE)
            return ZP_STR("");
        bool taken = zp_bag_name_read(names[i], &year, &number);
        for (size_t k = 0; k < sizeof ours / sizeof *ours; k++)
            taken = taken || zp_str_eq(names[i], zp_str_from(ours[k]));
        found = taken ? names[i] : found;
    }
    return found;
}

zp_status zp_holding_take(zp_arena *arena, const char *folder, zp_telling *telling,
                          zp_holding *holding)
{
    zp_str why;
    bool busy = false;
    *holding = (zp_holding){.folder = zp_str_from(folder), .lock = -1};
    zp_str private = zp_path_join(arena, holding->folder, ZP_STR(ZP_STORE_PRIVATE));
    if (!zp_folder_make(arena, zp_str_cstr(arena, private), &why))
        return refuse(arena, "写不了文件夹", folder, why);
    const char *lock = zp_str_cstr(arena, zp_path_join(arena, private, ZP_STR("lock")));
    if (!take(arena, lock, holding, &busy, &why)) {
        zp_holding_close(holding);
        return refuse(arena, busy ? "另一个 ziping 正在写这个文件夹" : "写不了文件夹", folder,
                      busy ? ZP_STR("等它结束再运行") : why);
    }
    zp_status status = recover(arena, folder, telling, holding);
    if (status != ZP_DONE)
        zp_holding_close(holding);
    return status;
}

zp_status zp_holding_open(zp_arena *arena, const char *folder, zp_telling *telling,
                          zp_holding *holding)
{
    zp_diag *diag = zp_diag_new(arena);
    zp_str theirs = in_the_way(arena, zp_str_from(folder));
    if (theirs.n > 0)
        return refuse(arena, "这个文件夹不是归档，不写进去", folder,
                      zp_str_format(arena, "里面已有“%.*s”；换一个新的文件夹", ZP_ARG(theirs)));
    zp_status status = zp_holding_take(arena, folder, telling, holding);
    if (status != ZP_DONE)
        return status;
    holding->store = zp_store_open(arena, holding->folder, diag);
    holding->cache = zp_cache_read(arena, holding->folder);
    zp_telling_tell(telling, arena, diag);
    if (holding->store)
        return ZP_DONE;
    zp_holding_close(holding);
    return ZP_ENVIRONMENT;
}

/* A commit leaves the folders that its files were staged in. */
void zp_holding_close(const zp_holding *holding)
{
    zp_arena *arena = zp_arena_new();
    zp_str why, stage = zp_path_join(arena, holding->folder, ZP_STR(ZP_STORE_PRIVATE "/stage"));
    if (holding->lock >= 0 && !zp_journal_pending(arena, holding->folder))
        (void)zp_journal_clear(arena, stage, &why);
    zp_arena_free(arena);
    zp_file_unlock(holding->lock);
}

bool zp_holding_commit(zp_arena *arena, const zp_holding *holding, zp_change *change,
                       zp_cache *cache)
{
    bool half;
    zp_str why;
    bool same = zp_change_is_empty(change) &&
                zp_str_eq(zp_cache_render(arena, cache), holding->cache->text);
    if (same || zp_change_commit(change, cache, &half, &why))
        return true;
    zp_str rest = half ? ZP_STR("；排除以后再运行一次，或运行 ziping verify --repair，就会接着写完")
                       : ZP_STR("；原有的归档没有动");
    refuse(arena, half ? "归档写到一半停了" : "写不了归档", zp_str_cstr(arena, holding->folder),
           zp_str_format(arena, "%.*s%.*s", ZP_ARG(why), ZP_ARG(rest)));
    return false;
}
