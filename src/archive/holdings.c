/* holdings.c: stored reports in, entries of the catalogue out. */
#include "archive/holdings.h"

#include <stdlib.h>
#include "base/files.h"

enum { REPORT_MOST = 64 << 20 /* bytes of a report.json */ };

/* UNIT/NAME */
static zp_str folder_of(const zp_stored_report *report)
{
    const zp_str data = ZP_STR("data/");
    return zp_str_slice(report->folder, data.n, report->folder.n - 1);
}

static int compare_reports(const void *a, const void *b)
{
    const zp_stored_report *one = *(const zp_stored_report *const *)a;
    const zp_stored_report *other = *(const zp_stored_report *const *)b;
    int years = zp_str_compare(one->year, other->year);
    return years != 0 ? years : zp_str_compare(folder_of(one), folder_of(other));
}

zp_holdings *zp_holdings_make(zp_arena *arena, const zp_store *store)
{
    zp_holdings *holdings = zp_new(arena, zp_holdings);
    holdings->store = store;
    holdings->reports = zp_new_array(arena, const zp_stored_report *, store->report_count);
    holdings->places = zp_new_array(arena, zp_entry_place, store->report_count);
    for (size_t i = 0; i < store->report_count; i++)
        if (store->reports[i].newest)
            holdings->reports[holdings->count++] = &store->reports[i];
    if (holdings->count > 0)
        qsort(holdings->reports, holdings->count, sizeof *holdings->reports, compare_reports);
    for (size_t i = 0; i < holdings->count; i++) {
        const zp_stored_report *report = holdings->reports[i];
        holdings->places[i] = (zp_entry_place){.year = report->year,
                                               .folder = folder_of(report),
                                               .bag = report->bag->name,
                                               .state = report->state};
    }
    return holdings;
}

static const char *path_of(zp_arena *arena, const zp_holdings *holdings,
                           const zp_stored_report *report, zp_str path)
{
    zp_str whole = zp_store_path(arena, holdings->store->folder, report->bag, path);
    return zp_str_cstr(arena, whole);
}

/* What cannot be read, an error at its file. */
static const zp_entry *complain(const zp_holdings *holdings, const char *path, zp_str why,
                                zp_diag *diag)
{
    zp_arena *lasting = holdings->store->arena;
    zp_str name = zp_str_copy(lasting, zp_str_from(path));
    zp_diag_add(diag, ZP_ERROR, "catalog-report",
                zp_span_file(zp_source_new(lasting, name, ZP_STR(""))), NULL, "没有收进目录：%.*s",
                ZP_ARG(why));
    return NULL;
}

static const zp_entry *read_entry(void *user, size_t index, zp_arena *arena, zp_diag *diag)
{
    const zp_holdings *holdings = user;
    const zp_stored_report *report = holdings->reports[index];
    const zp_stored_file *data = zp_stored_find(report, ZP_STORED_DATA);
    zp_entry_place place = holdings->places[index];
    zp_entry_file *files = zp_new_array(arena, zp_entry_file, report->file_count);
    for (size_t i = 0; i < report->file_count; i++) {
        const zp_stored_file *file = &report->files[i];
        files[i] = (zp_entry_file){
            .path = file->path, .kind = zp_stored_kind_name(file->kind), .sha512 = file->sha512};
    }
    place.files = files;
    place.file_count = report->file_count;
    zp_str json, why = ZP_STR("没有 report.json");
    const char *path = path_of(arena, holdings, report, data ? data->path : report->folder);
    if (!data || !zp_file_read(arena, path, REPORT_MOST, &json, &why))
        return complain(holdings, path, why, diag);
    const zp_entry *entry = zp_entry_read(arena, &place, json);
    return entry ? entry : complain(holdings, path, ZP_STR("report.json 读不懂"), diag);
}

zp_catalog_source zp_holdings_source(zp_holdings *holdings)
{
    return (zp_catalog_source){holdings, holdings->count, holdings->places, read_entry};
}
