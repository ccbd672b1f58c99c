/* holdings.c: manifests in, reports with their files out. */
#include "archive/holdings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/files.h"
#include "base/hash.h"

enum {
    MANIFEST_MOST = 1 << 30, /* bytes */
    REPORT_MOST = 64 << 20,
    DIGITS = 128, /* of a SHA-512 */
};

typedef struct {
    zp_arena *arena;
    zp_held *reports;
    size_t count, capacity;
} gathering;

/* --- Manifests -------------------------------------------------------------------------------- */

/* The first four digits of a bag's name; empty when it is none. */
static zp_str year_of(zp_str name)
{
    for (size_t i = 0; i < 4; i++)
        if (i >= name.n || name.p[i] < '0' || name.p[i] > '9')
            return ZP_STR("");
    bool whole = name.n == 4 || (name.n > 5 && name.p[4] == '-');
    return whole ? zp_str_slice(name, 0, 4) : ZP_STR("");
}

/* A path as a manifest has it: only CR, LF and % are escaped (RFC 8493, 2.1.3). */
static zp_str unescape(zp_arena *arena, zp_str path)
{
    static const char *const escapes[][2] = {{"%0D", "\r"}, {"%0A", "\n"}, {"%25", "%"}};
    if (zp_str_find(path, ZP_STR("%"), 0) == path.n)
        return path;
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < path.n;) {
        size_t i = 0;
        zp_str rest = zp_str_slice(path, at, path.n);
        while (i < 3 && !zp_str_starts(rest, zp_str_from(escapes[i][0])))
            i++;
        zp_buf_add(&out, i < 3 ? zp_str_from(escapes[i][1]) : zp_str_slice(rest, 0, 1));
        at += i < 3 ? 3 : 1;
    }
    return zp_buf_str(&out);
}

/* The folder in data/UNIT/NAME/…; empty for what stands higher. */
static zp_str folder_of(zp_str path)
{
    const zp_str data = ZP_STR("data/");
    if (!zp_str_starts(path, data))
        return ZP_STR("");
    size_t slash = zp_str_find(path, ZP_STR("/"), data.n);
    size_t end = slash < path.n ? zp_str_find(path, ZP_STR("/"), slash + 1) : path.n;
    return end < path.n ? zp_str_slice(path, data.n, end) : ZP_STR("");
}

static int compare_files(const void *a, const void *b)
{
    return zp_str_compare(((const zp_held_file *)a)->path, ((const zp_held_file *)b)->path);
}

/* The files that a manifest names, by path; those of one report stand together. */
static const zp_held_file *read_lines(zp_arena *arena, zp_str text, size_t *count)
{
    size_t lines = 0;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    zp_held_file *files = zp_new_array(arena, zp_held_file, lines + 1);
    *count = 0;
    for (size_t at = 0; at < text.n;) {
        size_t end = zp_str_find(text, ZP_STR("\n"), at);
        zp_str line = zp_str_slice(text, at, end);
        at = end + 1;
        if (line.n < DIGITS + 3)
            continue;
        zp_str path = zp_str_trim(zp_str_slice(line, DIGITS, line.n));
        files[*count].sha512 = zp_str_slice(line, 0, DIGITS);
        files[(*count)++].path = unescape(arena, path);
    }
    qsort(files, *count, sizeof *files, compare_files);
    return files;
}

static zp_str state_of(zp_arena *arena, const zp_held_file *files, size_t count)
{
    zp_hash *hash = zp_hash_new(arena, ZP_SHA256);
    for (size_t i = 0; i < count; i++) {
        zp_hash_add(hash, files[i].sha512);
        zp_hash_add(hash, files[i].path);
    }
    return zp_hash_end(hash);
}

static void add_report(gathering *g, zp_held report)
{
    zp_str wanted = zp_str_format(g->arena, "data/%.*s/report.json", ZP_ARG(report.folder));
    bool found = false;
    for (size_t i = 0; i < report.file_count; i++)
        found = found || zp_str_eq(report.files[i].path, wanted);
    if (!found)
        return;
    if (g->count == g->capacity) {
        size_t more = g->capacity > 0 ? g->capacity * 2 : 64;
        g->reports = zp_arena_grow(g->arena, g->reports, g->capacity * sizeof report,
                                   zp_array_size(more, sizeof report));
        g->capacity = more;
    }
    report.state = state_of(g->arena, report.files, report.file_count);
    g->reports[g->count++] = report;
}

static bool read_bag(gathering *g, zp_str archive, zp_str name, zp_str *why)
{
    zp_str bag = zp_path_join(g->arena, archive, name), text;
    zp_str manifest = zp_path_join(g->arena, bag, ZP_STR("manifest-sha512.txt"));
    if (!zp_file_read(g->arena, zp_str_cstr(g->arena, manifest), MANIFEST_MOST, &text, why))
        return false;
    size_t count;
    const zp_held_file *files = read_lines(g->arena, text, &count);
    for (size_t start = 0, end; start < count; start = end) {
        zp_str folder = folder_of(files[start].path);
        end = start + 1;
        while (end < count && zp_str_eq(folder_of(files[end].path), folder))
            end++;
        if (folder.n > 0)
            add_report(g, (zp_held){.year = year_of(name),
                                    .bag = name,
                                    .folder = folder,
                                    .files = files + start,
                                    .file_count = end - start});
    }
    return true;
}

/* --- All bags --------------------------------------------------------------------------------- */

/* The number behind a bag's year; 1 where there is none. */
static unsigned long number_of(zp_str bag)
{
    unsigned long number = 0;
    for (size_t i = 5; i < bag.n && bag.p[i] >= '0' && bag.p[i] <= '9'; i++)
        number = number * 10 + (unsigned long)(bag.p[i] - '0');
    return bag.n > 5 ? number : 1;
}

/* By year and folder, the newest first. */
static int compare_reports(const void *a, const void *b)
{
    const zp_held *one = a, *other = b;
    int order = zp_str_compare(one->year, other->year);
    if (order == 0)
        order = zp_str_compare(one->folder, other->folder);
    unsigned long first = number_of(one->bag), second = number_of(other->bag);
    return order != 0 ? order : first > second ? -1 : first < second;
}

static void settle(zp_holdings *holdings, gathering *g)
{
    zp_entry_place *places = zp_new_array(g->arena, zp_entry_place, g->count);
    size_t kept = 0;
    if (g->count > 0)
        qsort(g->reports, g->count, sizeof *g->reports, compare_reports);
    for (size_t i = 0; i < g->count; i++) {
        const zp_held *report = &g->reports[i];
        if (kept > 0 && zp_str_eq(places[kept - 1].year, report->year) &&
            zp_str_eq(places[kept - 1].folder, report->folder))
            continue;
        places[kept] = (zp_entry_place){.year = report->year,
                                        .folder = report->folder,
                                        .bag = report->bag,
                                        .state = report->state};
        g->reports[kept++] = *report;
    }
    holdings->reports = g->reports;
    holdings->places = places;
    holdings->count = kept;
}

bool zp_holdings_read(zp_arena *arena, zp_str archive, zp_holdings *holdings, zp_str *why)
{
    const zp_str *names;
    size_t count;
    gathering g = {.arena = arena};
    *holdings = (zp_holdings){.arena = arena, .archive = archive};
    if (!zp_folder_list(arena, zp_str_cstr(arena, archive), &names, &count, why))
        return false;
    for (size_t i = 0; i < count; i++) {
        zp_str mark =
            zp_path_join(arena, zp_path_join(arena, archive, names[i]), ZP_STR("bagit.txt"));
        bool bag =
            year_of(names[i]).n > 0 && zp_path_kind_of(zp_str_cstr(arena, mark)) == ZP_PATH_FILE;
        if (bag && !read_bag(&g, archive, names[i], why))
            return false;
    }
    settle(holdings, &g);
    return true;
}

/* --- For the catalogue ------------------------------------------------------------------------ */

static bool is_sealed(zp_str within)
{
    return zp_str_starts(within, ZP_STR("附件/")) && zp_str_ends(within, ZP_STR(".pdf")) &&
           zp_str_find(within, ZP_STR("盖章"), 0) < within.n;
}

/* What a file is, by where it stands and how it is called. */
static zp_str kind_of(zp_str within, bool sealed)
{
    bool deeper = zp_str_find(within, ZP_STR("/"), 0) < within.n;
    if (is_sealed(within))
        return ZP_STR("正本");
    if (zp_str_starts(within, ZP_STR("附件/")))
        return ZP_STR("附件");
    if (deeper)
        return ZP_STR("源文件");
    if (zp_str_ends(within, ZP_STR(".pdf")))
        return sealed ? ZP_STR("版式文件") : ZP_STR("正本");
    return zp_str_ends(within, ZP_STR(".html")) ? ZP_STR("网页") : ZP_STR("数据");
}

static zp_str path_in_archive(zp_arena *arena, const zp_holdings *holdings, const zp_held *report,
                              zp_str path)
{
    return zp_path_join(arena, zp_path_join(arena, holdings->archive, report->bag), path);
}

static size_t size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? (size_t)status.st_size : 0;
}

static const zp_entry *read_entry(void *user, size_t index, zp_arena *arena, zp_diag *diag)
{
    const zp_holdings *holdings = user;
    const zp_held *report = &holdings->reports[index];
    zp_entry_place place = holdings->places[index];
    zp_entry_file *files = zp_new_array(arena, zp_entry_file, report->file_count);
    const size_t before = sizeof "data/" + report->folder.n;
    bool sealed = false;
    for (size_t i = 0; i < report->file_count; i++)
        sealed = sealed ||
                 is_sealed(zp_str_slice(report->files[i].path, before, report->files[i].path.n));
    for (size_t i = 0; i < report->file_count; i++) {
        zp_str within = zp_str_slice(report->files[i].path, before, report->files[i].path.n);
        zp_str path = path_in_archive(arena, holdings, report, report->files[i].path);
        files[i] = (zp_entry_file){.path = report->files[i].path,
                                   .kind = kind_of(within, sealed),
                                   .sha512 = report->files[i].sha512,
                                   .bytes = size_of(zp_str_cstr(arena, path))};
    }
    place.files = files;
    place.file_count = report->file_count;
    zp_str json, why,
        name =
            path_in_archive(arena, holdings, report,
                            zp_str_format(arena, "data/%.*s/report.json", ZP_ARG(report->folder)));
    if (zp_file_read(arena, zp_str_cstr(arena, name), REPORT_MOST, &json, &why))
        return zp_entry_read(arena, &place, name, json, diag);
    zp_str lasting = zp_str_copy(holdings->arena, name);
    zp_diag_add(diag, ZP_ERROR, "catalog-report",
                zp_span_file(zp_source_new(holdings->arena, lasting, ZP_STR(""))), NULL,
                "没有收进目录：%.*s", ZP_ARG(why));
    return NULL;
}

zp_catalog_source zp_holdings_source(zp_holdings *holdings)
{
    return (zp_catalog_source){holdings, holdings->count, holdings->places, read_entry};
}
