/* archived.h: for tests of the catalogue and of what is asked of it: made-up reports (示例数据) as
 * their report.json, and a catalogue of them in the test's folder.
 */
#ifndef ZP_TEST_ARCHIVED_H
#define ZP_TEST_ARCHIVED_H

#include "archive/catalog.h"
#include "folder.h"

typedef struct {
    const char *year, *folder, *json;
    bool sealed;       /* it has a 盖章件 */
    const char *state; /* NULL: one that all such have */
} archived;

typedef struct {
    zp_arena *arena;
    const archived *reports;
    zp_entry_place *places;
} archived_list;

static inline const zp_entry *read_archived(void *user, size_t index, zp_arena *arena,
                                            zp_diag *diag)
{
    const archived_list *list = user;
    const zp_str ours = ZP_STR("正本");
    zp_entry_place place = list->places[index];
    const zp_entry_file files[] = {
        {zp_str_format(arena, "data/%.*s/a.html", ZP_ARG(place.folder)), ZP_STR("网页"),
         ZP_STR("01")},
        {zp_str_format(arena, "data/%.*s/a.pdf", ZP_ARG(place.folder)),
         list->reports[index].sealed ? ZP_STR("版式文件") : ours, ZP_STR("02")},
        {zp_str_format(arena, "data/%.*s/附件/盖章.pdf", ZP_ARG(place.folder)), ours, ZP_STR("03")},
    };
    place.files = files;
    place.file_count = list->reports[index].sealed ? 3 : 2;
    const zp_entry *entry = zp_entry_read(arena, &place, zp_str_from(list->reports[index].json));
    if (!entry)
        zp_diag_add(diag, ZP_ERROR, "unread", (zp_span){0}, NULL, "no report");
    return entry;
}

/* `reports` by year and folder. */
static inline zp_catalog_source archived_source(world *w, const archived *reports, size_t count)
{
    archived_list *list = zp_new(w->arena, archived_list);
    *list = (archived_list){w->arena, reports, zp_new_array(w->arena, zp_entry_place, count)};
    for (size_t i = 0; i < count; i++) {
        const char *state = reports[i].state ? reports[i].state : "s";
        list->places[i] =
            (zp_entry_place){.year = zp_str_from(reports[i].year),
                             .folder = zp_str_from(reports[i].folder),
                             .bag = zp_str_from(reports[i].year),
                             .state = zp_str_format(w->arena, "%s%d", state, reports[i].sealed)};
    }
    return (zp_catalog_source){list, count, list->places, read_archived};
}

/* Brings the catalogue in the test's folder in step; how many reports changed. */
static inline size_t archive_all(world *w, const archived *reports, size_t count)
{
    size_t changed;
    zp_str why = ZP_STR("");
    zp_catalog_source source = archived_source(w, reports, count);
    if (!zp_catalog_update(w->arena, zp_str_from(w->root), &source, &changed, w->diag, &why))
        fail_msg("%.*s", ZP_ARG(why));
    return changed;
}

static inline zp_catalog *open_catalog(world *w)
{
    zp_str why = ZP_STR("");
    zp_catalog *catalog = zp_catalog_open(w->arena, zp_str_from(w->root), &why);
    if (!catalog)
        fail_msg("%.*s", ZP_ARG(why));
    return catalog;
}

static inline void expect_cell(const zp_rows *rows, size_t row, size_t column, const char *expected)
{
    if (row >= rows->rows || column >= rows->columns)
        fail_msg("row %zu, column %zu of %zu × %zu", row, column, rows->rows, rows->columns);
    zp_str found = zp_rows_at(rows, row, column);
    if (!zp_str_eq(found, zp_str_from(expected)))
        fail_msg("row %zu, column %zu: “%.*s” instead of “%s”", row, column, ZP_ARG(found),
                 expected);
}

/* A whole row, its cells with | between. */
static inline void expect_row(world *w, const zp_rows *rows, size_t row, const char *expected)
{
    zp_buf line = {.arena = w->arena};
    if (row >= rows->rows)
        fail_msg("there is no row %zu", row);
    for (size_t i = 0; i < rows->columns; i++)
        zp_buf_format(&line, "%s%.*s", i > 0 ? "|" : "", ZP_ARG(zp_rows_at(rows, row, i)));
    if (!zp_str_eq(zp_buf_str(&line), zp_str_from(expected)))
        fail_msg("row %zu: “%.*s” instead of “%s”", row, ZP_ARG(zp_buf_str(&line)), expected);
}

#endif
