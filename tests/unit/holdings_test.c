/* holdings_test.c: what the bags hold as the catalogue takes it: the newest of each report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "archive/holdings.h"
#include "folder.h"

/* A bag with files whose bytes are `contents`; both by path. */
static void write_bag(world *w, const char *name, const char *const *paths,
                      const char *const *contents, size_t count)
{
    zp_bag_tag tags[ZP_BAG_TAGS];
    zp_bag *bag = zp_bag_new(w->arena, zp_str_from(name));
    for (size_t i = 0; i < count; i++) {
        zp_str bytes = zp_str_from(contents[i]);
        const zp_bag_file file = {zp_str_from(paths[i]), zp_hash_of(w->arena, ZP_SHA512, bytes),
                                  zp_hash_of(w->arena, ZP_SHA256, bytes), bytes.n};
        zp_bag_replace(bag, file.path, &file, 1);
        zp_str path = zp_path_join(w->arena, bag->name, file.path);
        write_bytes(w, zp_str_cstr(w->arena, path), bytes);
    }
    zp_bag_render(w->arena, bag, ZP_STR("ziping test"), tags);
    for (size_t i = 0; i < ZP_BAG_TAGS; i++) {
        zp_str path = zp_path_join(w->arena, bag->name, tags[i].name);
        write_bytes(w, zp_str_cstr(w->arena, path), tags[i].bytes);
    }
}

#define JSON(title) "{\"title\": \"" title "\"}"

/* 002's report.json is broken, 003 has none, 001 was corrected; - comes before / in bytes. */
static zp_holdings *make(world *w)
{
    static const char *const paths[] = {"data/001-a/自评/report.json", "data/001/自评/a.pdf",
                                        "data/001/自评/report.json",   "data/002/自评/report.json",
                                        "data/003/自评/a.pdf",         "data/说明文件.txt"};
    static const char *const contents[] = {JSON("旁"),     "%PDF", JSON("旧"),
                                           "{\"title\": ", "%PDF", "x"};
    static const char *const later[] = {"data/001/自评/report.json"};
    static const char *const corrected[] = {JSON("新")};
    write_bag(w, "2024", paths, contents, 6);
    write_bag(w, "2024-2", later, corrected, 1);
    write_bag(w, "2023", later, contents, 1);
    zp_store *store = zp_store_open(w->arena, zp_str_from(w->root), w->diag);
    expect_ids(w, "");
    return zp_holdings_make(w->arena, store);
}

static zp_str title_of(world *w, const zp_catalog_source *source, size_t index)
{
    const zp_entry *entry = source->read(source->user, index, w->arena, w->diag);
    return entry ? zp_rows_at(&entry->tables[ZP_ENTRY_REPORT], 0, ZP_REPORT_TITLE) : ZP_STR("none");
}

static void each_report_is_there_once(void **state)
{
    static const struct {
        const char *year, *folder, *bag, *title;
    } expected[] = {
        {"2023", "001/自评", "2023", "旁"},   {"2024", "001-a/自评", "2024", "旁"},
        {"2024", "001/自评", "2024-2", "新"}, {"2024", "002/自评", "2024", "none"},
        {"2024", "003/自评", "2024", "none"},
    };
    world *w = *state;
    zp_holdings *holdings = make(w);
    zp_catalog_source source = zp_holdings_source(holdings);
    assert_int_equal(source.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < source.count; i++) {
        const zp_entry_place *place = &source.places[i];
        assert_true(zp_str_eq(place->year, zp_str_from(expected[i].year)));
        assert_true(zp_str_eq(place->folder, zp_str_from(expected[i].folder)));
        assert_true(zp_str_eq(place->bag, zp_str_from(expected[i].bag)));
        assert_true(zp_str_eq(title_of(w, &source, i), zp_str_from(expected[i].title)));
    }
    expect_ids(w, "catalog-report catalog-report");
}

static void its_files_are_listed_with_their_kind(void **state)
{
    world *w = *state;
    zp_catalog_source source = zp_holdings_source(make(w));
    const zp_entry *entry = source.read(source.user, 1, w->arena, w->diag);
    const zp_rows *files = &entry->tables[ZP_ENTRY_FILE];
    assert_int_equal(files->rows, 1);
    assert_true(zp_str_eq(zp_rows_at(files, 0, 2), ZP_STR("data/001-a/自评/report.json")));
    assert_true(zp_str_eq(zp_rows_at(files, 0, 3), ZP_STR("数据")));
    assert_int_equal(zp_rows_at(files, 0, 4).n, 128);
}

static void a_state_changes_with_any_file(void **state)
{
    world *w = *state;
    zp_str before = make(w)->places[1].state;
    assert_true(zp_str_eq(make(w)->places[1].state, before));
    static const char *const paths[] = {"data/001-a/自评/report.json"};
    static const char *const contents[] = {JSON("另")};
    write_bag(w, "2024", paths, contents, 1);
    zp_store *store = zp_store_open(w->arena, zp_str_from(w->root), w->diag);
    assert_false(zp_str_eq(zp_holdings_make(w->arena, store)->places[1].state, before));
}

static void an_empty_archive_holds_nothing(void **state)
{
    world *w = *state;
    zp_store *store = zp_store_open(w->arena, zp_str_from(w->root), w->diag);
    assert_int_equal(zp_holdings_make(w->arena, store)->count, 0);
    expect_ids(w, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_report_is_there_once),
        TEST(its_files_are_listed_with_their_kind),
        TEST(a_state_changes_with_any_file),
        TEST(an_empty_archive_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
