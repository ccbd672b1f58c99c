/* change_test.c: reports put into an archive and taken out, in one commit; sealed bags stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "archive/change.h"
#include "archive/journal.h"
#include "folder.h"

static zp_store *open_store(world *w)
{
    zp_store *store = zp_store_open(w->arena, zp_str_from(w->root), w->diag);
    expect_ids(w, "");
    assert_non_null(store);
    return store;
}

static zp_change *begin_in(world *w, zp_store *store, const char *reason)
{
    const zp_change_options options = {.store = store,
                                       .software = ZP_STR("ziping test"),
                                       .date = ZP_STR("2025-03-31"),
                                       .reason = zp_str_from(reason)};
    return zp_change_new(w->arena, &options);
}

static zp_change *begin(world *w, const char *reason)
{
    return begin_in(w, open_store(w), reason);
}

/* Stages a report of one file, and puts it in. */
static zp_str put(world *w, zp_change *change, zp_bag *bag, const char *folder, const char *json)
{
    zp_str bytes = zp_str_from(json);
    zp_str path = zp_str_format(w->arena, "%sreport.json", folder);
    zp_str staged = zp_str_format(w->arena, ".ziping/stage/%p/report.json", (const void *)json);
    const zp_bag_file file = {path, zp_hash_of(w->arena, ZP_SHA512, bytes),
                              zp_hash_of(w->arena, ZP_SHA256, bytes), bytes.n};
    const zp_card card = zp_card_read(w->arena, bytes);
    write_bytes(w, zp_str_cstr(w->arena, staged), bytes);
    return zp_change_put(change, bag, zp_str_from(folder),
                         zp_str_format(w->arena, "%p", (const void *)json), &file, 1, &card);
}

static void commit(world *w, zp_change *change)
{
    bool half;
    zp_str why = ZP_STR("");
    if (!zp_change_commit(change, NULL, &half, &why))
        fail_msg("%.*s", ZP_ARG(why));
    assert_false(half);
    assert_false(zp_journal_pending(w->arena, zp_str_from(w->root)));
}

static bool holds(world *w, const char *file, const char *part)
{
    zp_str bytes, why;
    assert_true(zp_file_read(w->arena, in_folder(w, file), 1 << 20, &bytes, &why));
    return zp_str_find(bytes, zp_str_from(part), 0) < bytes.n;
}

#define ONE   "{\"title\": \"甲局'自评%报告\", \"department\": \"甲局\"}"
#define OTHER "{\"title\": \"乙局自评报告\", \"department\": \"乙局\"}"
#define LATER "{\"title\": \"甲局自评报告（改）\", \"department\": \"甲局\"}"

/* An archive with two reports of 2024. */
static void begin_archive(world *w)
{
    zp_change *change = begin(w, "");
    zp_bag *bag = zp_change_bag(change, ZP_STR("2024"));
    assert_non_null(bag);
    put(w, change, bag, "data/001/自评/", ONE);
    put(w, change, bag, "data/002/自评/", OTHER);
    commit(w, change);
}

static void a_commit_makes_a_bag(void **state)
{
    world *w = *state;
    begin_archive(w);
    const zp_store *store = open_store(w);
    assert_int_equal(store->bag_count, 1);
    assert_int_equal(store->report_count, 2);
    expect_text(w, "2024/data/001/自评/report.json", ONE);
    assert_true(holds(w, "2024/data/归档文件目录.xml", "<题名>甲局'自评%报告</题名>"));
    assert_true(holds(w, "2024/data/说明文件.txt", "共 2 份报告"));
    assert_true(holds(w, "2024/bag-info.txt", "Bagging-Date: 2025-03-31"));
    assert_false(holds(w, "2024/bag-info.txt", "Sealing-Date"));
}

static void nothing_is_written_before_the_commit(void **state)
{
    world *w = *state;
    zp_change *change = begin(w, "");
    assert_true(zp_change_is_empty(change));
    zp_bag *bag = zp_change_bag(change, ZP_STR("2024"));
    assert_true(zp_change_is_empty(change)); /* to ask for a bag changes none */
    assert_true(zp_change_bag(change, ZP_STR("2024")) == bag);
    put(w, change, bag, "data/001/自评/", ONE);
    assert_false(zp_change_is_empty(change));
    expect_text(w, "2024", NULL);
}

/* What the papers say of a report that this change does not touch comes out of its report.json. */
static void a_change_leaves_the_others(void **state)
{
    world *w = *state;
    begin_archive(w);
    zp_change *change = begin(w, "");
    zp_bag *bag = zp_change_bag(change, ZP_STR("2024"));
    zp_str state_before = open_store(w)->reports[0].state;
    zp_str state_after = put(w, change, bag, "data/001/自评/", LATER);
    assert_false(zp_str_eq(state_before, state_after));
    commit(w, change);
    const zp_store *store = open_store(w);
    assert_int_equal(store->report_count, 2);
    assert_true(zp_str_eq(store->reports[0].state, state_after));
    expect_text(w, "2024/data/001/自评/report.json", LATER);
    assert_true(holds(w, "2024/data/归档文件目录.xml", "甲局自评报告（改）"));
    assert_true(holds(w, "2024/data/归档文件目录.xml", "乙局自评报告"));
}

static void what_is_dropped_is_gone(void **state)
{
    world *w = *state;
    begin_archive(w);
    zp_change *change = begin(w, "");
    zp_change_drop(change, zp_change_bag(change, ZP_STR("2024")), ZP_STR("data/001/自评/"));
    assert_false(zp_change_is_empty(change));
    commit(w, change);
    assert_int_equal(open_store(w)->report_count, 1);
    expect_text(w, "2024/data/001", NULL);
    assert_false(holds(w, "2024/manifest-sha512.txt", "data/001/"));
    assert_true(holds(w, "2024/data/说明文件.txt", "共 1 份报告"));
}

/* A store whose bags have changed says, refreshed, what one that is opened anew does. */
static void expect_refreshed(world *w, zp_store *store)
{
    zp_store_refresh(store);
    const zp_store *anew = open_store(w);
    assert_int_equal(store->bag_count, anew->bag_count);
    for (size_t i = 0; i < anew->bag_count; i++)
        assert_true(zp_str_eq(store->bags[i]->name, anew->bags[i]->name));
    assert_int_equal(store->report_count, anew->report_count);
    for (size_t i = 0; i < anew->report_count; i++) {
        const zp_stored_report *report = &store->reports[i], *other = &anew->reports[i];
        assert_true(zp_str_eq(report->folder, other->folder));
        assert_true(zp_str_eq(report->state, other->state));
        assert_int_equal(report->file_count, other->file_count);
        assert_int_equal(report->newest, other->newest);
    }
}

static void a_store_follows_its_changes(void **state)
{
    world *w = *state;
    zp_store *store = open_store(w);
    zp_change *change = begin_in(w, store, "");
    put(w, change, zp_change_bag(change, ZP_STR("2024")), "data/001/自评/", ONE);
    put(w, change, zp_change_bag(change, ZP_STR("2023")), "data/002/自评/", OTHER);
    zp_change_seal(change, zp_change_bag(change, ZP_STR("2023")), ZP_STR("2025-03-31"));
    commit(w, change);
    expect_refreshed(w, store);
    change = begin_in(w, store, "指标填错");
    put(w, change, zp_change_bag(change, ZP_STR("2023")), "data/002/自评/", LATER);
    zp_change_drop(change, zp_change_bag(change, ZP_STR("2024")), ZP_STR("data/001/自评/"));
    commit(w, change);
    expect_refreshed(w, store);
    assert_true(zp_str_eq(store->bags[1]->name, ZP_STR("2023-2")));
}

/* Both in one commit, as when archives are joined: each has the card of its own. */
static void a_report_and_its_correction_at_once(void **state)
{
    world *w = *state;
    zp_change *change = begin(w, "");
    put(w, change, zp_change_bag_named(change, ZP_STR("2024")), "data/001/自评/", ONE);
    put(w, change, zp_change_bag_named(change, ZP_STR("2024-2")), "data/001/自评/", LATER);
    commit(w, change);
    assert_true(holds(w, "2024/data/归档文件目录.xml", "<题名>甲局'自评%报告</题名>"));
    assert_true(holds(w, "2024-2/data/归档文件目录.xml", "<题名>甲局自评报告（改）</题名>"));
}

static void seal(world *w)
{
    zp_change *change = begin(w, "");
    zp_change_seal(change, zp_change_bag(change, ZP_STR("2024")), ZP_STR("2025-03-31"));
    commit(w, change);
}

static void a_sealed_year_takes_corrections_only(void **state)
{
    world *w = *state;
    begin_archive(w);
    seal(w);
    assert_true(holds(w, "2024/bag-info.txt", "Sealing-Date: 2025-03-31"));
    zp_change *change = begin(w, "");
    assert_null(zp_change_bag(change, ZP_STR("2024")));
    assert_non_null(zp_change_bag(change, ZP_STR("2025")));
    change = begin(w, "指标填错：100% 写成 10%");
    zp_bag *bag = zp_change_bag(change, ZP_STR("2024"));
    assert_true(zp_str_eq(bag->name, ZP_STR("2024-2")));
    put(w, change, bag, "data/001/自评/", LATER);
    commit(w, change);
    assert_true(holds(w, "2024-2/bag-info.txt", "指标填错：100% 写成 10%"));
    expect_text(w, "2024/data/001/自评/report.json", ONE);
    const zp_store *store = open_store(w);
    const zp_stored_report *newest =
        zp_store_newest(store, ZP_STR("2024"), ZP_STR("data/001/自评/"));
    assert_true(zp_str_eq(newest->bag->name, ZP_STR("2024-2")));
    assert_false(store->reports[0].newest);
    assert_true(store->reports[1].newest);
    /* The further bag is open: more goes there, and no reason is asked for. */
    change = begin(w, "");
    bag = zp_change_bag(change, ZP_STR("2024"));
    assert_true(zp_str_eq(bag->name, ZP_STR("2024-2")));
}

/* A file of the bag that is gone: nothing is changed, and it is named. */
static void a_damaged_bag_is_not_written_over(void **state)
{
    world *w = *state;
    bool half;
    zp_str why = ZP_STR("");
    begin_archive(w);
    assert_int_equal(unlink(in_folder(w, "2024/data/002/自评/report.json")), 0);
    zp_change *change = begin(w, "");
    put(w, change, zp_change_bag(change, ZP_STR("2024")), "data/001/自评/", LATER);
    assert_false(zp_change_commit(change, NULL, &half, &why));
    assert_false(half);
    assert_true(zp_str_find(why, ZP_STR("data/002/自评/report.json"), 0) < why.n);
    expect_text(w, "2024/data/001/自评/report.json", ONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_commit_makes_a_bag),
        TEST(nothing_is_written_before_the_commit),
        TEST(a_change_leaves_the_others),
        TEST(what_is_dropped_is_gone),
        TEST(a_store_follows_its_changes),
        TEST(a_report_and_its_correction_at_once),
        TEST(a_sealed_year_takes_corrections_only),
        TEST(a_damaged_bag_is_not_written_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
