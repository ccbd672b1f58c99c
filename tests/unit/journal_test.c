/* journal_test.c: many renames that all happen or none; what an interrupted one left is finished.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "archive/journal.h"
#include "folder.h"

static zp_str root(const world *w)
{
    return zp_str_from(w->root);
}

static void stage(world *w, const char *name, const char *content)
{
    zp_str why;
    const char *file = zp_journal_stage(w->arena, root(w), zp_str_from(name), &why);
    assert_non_null(file);
    assert_true(zp_file_put(w->arena, file, zp_str_from(content), &why));
}

/* An old report that is replaced, one that is new, one that goes, and a manifest. */
static zp_journal *plan(world *w)
{
    write_text(w, "2023/data/001/x/old.pdf", "old");
    write_text(w, "2023/data/002/x/a.pdf", "a");
    write_text(w, "2023/manifest", "before");
    stage(w, "0/new.pdf", "new");
    stage(w, "1/b.pdf", "b");
    stage(w, "m", "after");
    zp_journal *journal = zp_journal_new(w->arena, root(w));
    zp_journal_put(journal, ZP_STR("0"), ZP_STR("2023/data/001/x"));
    zp_journal_put(journal, ZP_STR("1"), ZP_STR("2023/data/003/x"));
    zp_journal_drop(journal, ZP_STR("2023/data/002/x"));
    zp_journal_put(journal, ZP_STR("m"), ZP_STR("2023/manifest"));
    return journal;
}

static void assert_after(world *w)
{
    expect_text(w, "2023/data/001/x/old.pdf", NULL);
    expect_text(w, "2023/data/001/x/new.pdf", "new");
    expect_text(w, "2023/data/003/x/b.pdf", "b");
    assert_int_equal(zp_path_kind_of(in_folder(w, "2023/data/002")), ZP_PATH_NONE);
    expect_text(w, "2023/manifest", "after");
    assert_false(zp_journal_pending(w->arena, root(w)));
    assert_int_equal(zp_path_kind_of(in_folder(w, ".ziping/trash")), ZP_PATH_NONE);
}

static void a_commit_does_all(void **state)
{
    bool half;
    zp_str why;
    world *w = *state;
    assert_true(zp_journal_commit(plan(w), &half, &why));
    assert_after(w);
}

static void before_the_commit_nothing_has_changed(void **state)
{
    bool finished;
    zp_str why;
    world *w = *state;
    plan(w);
    assert_true(zp_journal_recover(w->arena, root(w), &finished, &why));
    assert_false(finished);
    expect_text(w, "2023/data/001/x/old.pdf", "old");
    expect_text(w, "2023/manifest", "before");
    assert_int_equal(zp_path_kind_of(in_folder(w, ".ziping/stage")), ZP_PATH_NONE);
}

/* A file where a folder must be made stops the commit halfway; once it is out of the way, recovery
 * goes on from there, however much of it was done. */
static void what_stopped_halfway_is_finished(void **state)
{
    bool half, finished;
    zp_str why;
    world *w = *state;
    zp_journal *journal = plan(w);
    write_text(w, "2023/data/003", "in the way");
    assert_false(zp_journal_commit(journal, &half, &why));
    assert_true(half);
    assert_true(zp_journal_pending(w->arena, root(w)));
    expect_text(w, "2023/data/001/x/new.pdf", "new");
    expect_text(w, "2023/manifest", "before");
    assert_false(zp_journal_recover(w->arena, root(w), &finished, &why));
    assert_int_equal(unlink(in_folder(w, "2023/data/003")), 0);
    assert_true(zp_journal_recover(w->arena, root(w), &finished, &why));
    assert_true(finished);
    assert_after(w);
    assert_true(zp_journal_recover(w->arena, root(w), &finished, &why));
    assert_false(finished);
}

static void a_damaged_journal_is_not_followed(void **state)
{
    bool finished;
    zp_str why;
    world *w = *state;
    plan(w);
    write_text(w, ".ziping/journal", "ziping-journal 1\n\t2023/manifest\n0123\n");
    assert_false(zp_journal_recover(w->arena, root(w), &finished, &why));
    expect_text(w, "2023/manifest", "before");
}

static void clearing_follows_no_links(void **state)
{
    zp_str why;
    world *w = *state;
    write_text(w, "kept/a", "a");
    write_text(w, "cleared/deep/er/b", "b");
    assert_int_equal(symlink(in_folder(w, "kept"), in_folder(w, "cleared/deep/link")), 0);
    zp_str folder = zp_path_join(w->arena, root(w), ZP_STR("cleared"));
    assert_true(zp_journal_clear(w->arena, folder, &why));
    assert_int_equal(zp_path_kind_of(in_folder(w, "cleared")), ZP_PATH_NONE);
    expect_text(w, "kept/a", "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_commit_does_all),
        TEST(before_the_commit_nothing_has_changed),
        TEST(what_stopped_halfway_is_finished),
        TEST(a_damaged_journal_is_not_followed),
        TEST(clearing_follows_no_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
