/* store.c: an archive's bags in, their reports out.
 *
 * A report is a run of lines in its bag's manifest, so finding the reports is one walk over it.
 */
#include "archive/store.h"

#include <stdlib.h>
#include <string.h>
#include "base/filename.h"
#include "base/files.h"
#include "base/utf8.h"

static const char *const kind_names[] = {
#define X(kind, name) [ZP_STORED_##kind] = name,
    ZP_STORED_KINDS(X)
#undef X
};

zp_str zp_stored_kind_name(zp_stored_kind kind)
{
    return zp_str_from(kind_names[kind]);
}

zp_str zp_store_path(zp_arena *arena, zp_str archive, const zp_bag *bag, zp_str path)
{
    return zp_path_join(arena, zp_path_join(arena, archive, bag->name), path);
}

static bool is_combining(uint32_t code)
{
    return (code >= 0x300 && code <= 0x36F) || code == 0x3099 || code == 0x309A ||
           (code >= 0x1AB0 && code <= 0x1AFF) || (code >= 0x20D0 && code <= 0x20FF);
}

zp_str zp_store_name(zp_arena *arena, zp_str name, size_t ending)
{
    zp_buf bare = {.arena = arena};
    name = zp_utf8_clean(arena, name);
    for (size_t at = 0; at < name.n;) {
        uint32_t code = zp_utf8_next(name, &at);
        if (!is_combining(code))
            zp_buf_code(&bare, code);
    }
    return zp_filename_make(arena, zp_buf_str(&bare), ending);
}

/* --- Kinds ----------------------------------------------------------------------------------- */

static bool holds(zp_str s, const char *word)
{
    return zp_str_find(s, zp_str_from(word), 0) < s.n;
}

static bool is_pdf(zp_str path)
{
    return zp_str_ends(path, ZP_STR(".pdf")) || zp_str_ends(path, ZP_STR(".PDF"));
}

/* By its folder, else by its own name. */
static zp_stored_kind attachment_kind(zp_str within)
{
    static const struct {
        const char *word;
        zp_stored_kind kind;
    } words[] = {{"盖章", ZP_STORED_SEALED},  {"正本", ZP_STORED_SEALED},
                 {"佐证", ZP_STORED_PROOF},   {"评审", ZP_STORED_OPINION},
                 {"意见", ZP_STORED_OPINION}, {"证明", ZP_STORED_PROOF}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (holds(zp_path_folder(within), words[i].word))
            return words[i].kind;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (holds(zp_path_base(within), words[i].word))
            return words[i].kind;
    return ZP_STORED_ATTACHMENT;
}

zp_stored_kind zp_stored_kind_of(zp_str within)
{
    if (zp_str_starts(within, ZP_STR("source/")))
        return ZP_STORED_SOURCE;
    if (zp_str_starts(within, ZP_STR("template/")))
        return ZP_STORED_TEMPLATE;
    if (zp_str_starts(within, ZP_STR("附件/")))
        return attachment_kind(zp_str_slice(within, sizeof "附件/" - 1, within.n));
    if (is_pdf(within))
        return ZP_STORED_LAYOUT;
    return zp_str_ends(within, ZP_STR(".html")) ? ZP_STORED_PAGE : ZP_STORED_DATA;
}

void zp_stored_files_settle(zp_stored_file *files, size_t count)
{
    size_t original = count;
    for (size_t i = 0; i < count; i++)
        if (files[i].kind == ZP_STORED_SEALED && is_pdf(files[i].path)) {
            original = i;
            break;
        }
    for (size_t i = 0; i < count && original == count; i++)
        if (files[i].kind == ZP_STORED_LAYOUT)
            original = i;
    if (original < count)
        files[original].kind = ZP_STORED_ORIGINAL;
}

const zp_stored_file *zp_stored_find(const zp_stored_report *report, zp_stored_kind kind)
{
    for (size_t i = 0; i < report->file_count; i++)
        if (report->files[i].kind == kind)
            return &report->files[i];
    return NULL;
}

/* --- Reports --------------------------------------------------------------------------------- */

/* data/UNIT/NAME of a path in a report's folder; false for other files. */
static bool split(zp_str path, zp_stored_report *report)
{
    size_t unit = sizeof "data/" - 1, name = zp_str_find(path, ZP_STR("/"), unit);
    size_t end = name < path.n ? zp_str_find(path, ZP_STR("/"), name + 1) : path.n;
    if (end == path.n)
        return false;
    report->unit = zp_str_slice(path, unit, name);
    report->name = zp_str_slice(path, name + 1, end);
    report->folder = zp_str_slice(path, 0, end + 1);
    return true;
}

zp_str zp_stored_state(zp_arena *arena, zp_str folder, const zp_bag_file *files, size_t count)
{
    zp_hash *hash = zp_hash_new(arena, ZP_SHA256);
    for (size_t i = 0; i < count; i++) {
        zp_hash_add(hash, files[i].sha512);
        zp_hash_add(hash, zp_str_slice(files[i].path, folder.n, files[i].path.n));
        zp_hash_add(hash, ZP_STR("\n"));
    }
    return zp_hash_end(hash);
}

static const zp_stored_file *files_of(zp_arena *arena, zp_str folder, const zp_bag_file *files,
                                      size_t count)
{
    zp_stored_file *made = zp_new_array(arena, zp_stored_file, count);
    for (size_t i = 0; i < count; i++) {
        zp_str within = zp_str_slice(files[i].path, folder.n, files[i].path.n);
        made[i] = (zp_stored_file){files[i].path, files[i].sha512, files[i].sha256,
                                   zp_stored_kind_of(within)};
    }
    zp_stored_files_settle(made, count);
    return made;
}

const zp_stored_report *zp_store_reports(zp_arena *arena, const zp_bag *bag, size_t *count)
{
    zp_stored_report *reports = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < bag->count;) {
        zp_stored_report report = {.bag = bag, .year = bag->year, .newest = true};
        if (!split(bag->files[i].path, &report)) {
            i++;
            continue;
        }
        size_t end = i;
        while (end < bag->count && zp_str_starts(bag->files[end].path, report.folder))
            end++;
        zp_list_grow(arena, reports, *count, capacity);
        report.file_count = end - i;
        report.files = files_of(arena, report.folder, &bag->files[i], end - i);
        report.state = zp_stored_state(arena, report.folder, &bag->files[i], end - i);
        reports[(*count)++] = report;
        i = end;
    }
    return reports;
}

/* --- The archive ----------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const zp_bag *one = *(zp_bag *const *)a, *other = *(zp_bag *const *)b;
    zp_str year;
    size_t first, second;
    int order = zp_str_compare(one->year, other->year);
    zp_bag_name_read(one->name, &year, &first);
    zp_bag_name_read(other->name, &year, &second);
    return order != 0 ? order : (first > second) - (first < second);
}

static bool read_bags(zp_store *store, zp_diag *diag)
{
    const zp_str *names;
    size_t count, number;
    zp_str why, year;
    zp_arena *arena = store->arena;
    const char *folder = zp_str_cstr(arena, store->folder);
    if (zp_path_kind_of(folder) == ZP_PATH_NONE)
        return true;
    if (!zp_folder_list(arena, folder, &names, &count, &why)) {
        zp_diag_add(diag, ZP_ERROR, "archive-unreadable",
                    zp_span_file(zp_source_new(arena, store->folder, ZP_STR(""))), NULL,
                    "读不了归档文件夹：%.*s", ZP_ARG(why));
        return false;
    }
    zp_bag **bags = zp_new_array(arena, zp_bag *, count);
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        zp_str path = zp_path_join(arena, store->folder, names[i]);
        if (!zp_bag_name_read(names[i], &year, &number) ||
            zp_path_kind_of(zp_str_cstr(arena, path)) != ZP_PATH_FOLDER)
            continue;
        zp_bag *bag = zp_bag_read(arena, path, &why);
        if (!bag)
            zp_diag_add(
                diag, ZP_ERROR, "bag-damaged", zp_span_file(zp_source_new(arena, path, ZP_STR(""))),
                "损坏的包不会被改写；请从备份恢复，或移走这个文件夹", "包损坏：%.*s", ZP_ARG(why));
        else
            bags[store->bag_count++] = bag;
        good = good && bag;
    }
    store->bags = bags;
    return good;
}

const zp_stored_report *zp_store_find(const zp_stored_report *reports, size_t count, zp_str folder)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zp_str_compare(reports[middle].folder, folder) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && zp_str_eq(reports[low].folder, folder) ? &reports[low] : NULL;
}

/* What a later bag of the year has again is not the newest. */
static void mark_newest(const zp_store *store, zp_stored_report *all)
{
    const zp_stored_share *shares = store->shares;
    for (size_t later = 1; later < store->share_count; later++)
        for (size_t i = later; i-- > 0;) {
            if (!zp_str_eq(shares[i].bag->year, shares[later].bag->year))
                break;
            for (size_t k = 0; k < shares[later].count; k++) {
                const zp_stored_report *old = zp_store_find(shares[i].reports, shares[i].count,
                                                            shares[later].reports[k].folder);
                if (old)
                    all[old - store->reports].newest = false;
            }
        }
}

const zp_stored_report *zp_store_newest(const zp_store *store, zp_str year, zp_str folder)
{
    for (size_t i = store->share_count; i-- > 0;) {
        const zp_stored_share *share = &store->shares[i];
        const zp_stored_report *found = zp_str_eq(share->bag->year, year)
                                            ? zp_store_find(share->reports, share->count, folder)
                                            : NULL;
        if (found)
            return found;
    }
    return NULL;
}

/* A correction that was put in just now stands behind the others. */
static void sort_bags(zp_store *store)
{
    zp_bag **bags = zp_new_array(store->arena, zp_bag *, store->bag_count);
    for (size_t i = 0; i < store->bag_count; i++)
        bags[i] = store->bags[i];
    qsort(bags, store->bag_count, sizeof(zp_bag *), by_name);
    store->bags = bags;
}

void zp_store_refresh(zp_store *store)
{
    if (!store->stale)
        return;
    sort_bags(store);
    store->stale = false;
    store->report_count = 0;
    zp_stored_share *shares = zp_new_array(store->arena, zp_stored_share, store->bag_count);
    for (size_t i = 0; i < store->bag_count; i++) {
        shares[i].bag = store->bags[i];
        shares[i].reports = zp_store_reports(store->arena, store->bags[i], &shares[i].count);
        store->report_count += shares[i].count;
    }
    zp_stored_report *all = zp_new_array(store->arena, zp_stored_report, store->report_count);
    for (size_t i = 0, at = 0; i < store->bag_count; at += shares[i++].count) {
        if (shares[i].count > 0)
            memcpy(all + at, shares[i].reports, shares[i].count * sizeof *all);
        shares[i].reports = all + at;
    }
    store->reports = all;
    store->shares = shares;
    store->share_count = store->bag_count;
    mark_newest(store, all);
}

zp_store *zp_store_open(zp_arena *arena, zp_str folder, zp_diag *diag)
{
    zp_store *store = zp_new(arena, zp_store);
    *store = (zp_store){.arena = arena, .folder = folder, .stale = true};
    if (!read_bags(store, diag))
        return NULL;
    zp_store_refresh(store);
    return store;
}
