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
#include "base/files.h"

typedef struct {
    zp_arena *arena;
    char folder[64];
} fixture;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    fixture *f = zp_new(arena, fixture);
    f->arena = arena;
    snprintf(f->folder, sizeof f->folder, P_tmpdir "/journal-test-XXXXXX");
    *state = f;
    return mkdtemp(f->folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    zp_str command = zp_str_format(f->arena, "rm -rf '%s'", f->folder);
    int status = system(zp_str_cstr(f->arena, command));
    zp_arena_free(f->arena);
    return status;
}

static zp_str root(const fixture *f)
{
    return zp_str_from(f->folder);
}

static const char *path(fixture *f, const char *name)
{
    return zp_str_cstr(f->arena, zp_path_join(f->arena, root(f), zp_str_from(name)));
}

static void put(fixture *f, const char *name, const char *content)
{
    zp_str why;
    const char *file = path(f, name);
    zp_str folder = zp_path_folder(zp_str_from(file));
    assert_true(zp_folder_make(f->arena, zp_str_cstr(f->arena, folder), &why));
    assert_true(zp_file_put(f->arena, file, zp_str_from(content), &why));
}

static void stage(fixture *f, const char *name, const char *content)
{
    zp_str why;
    const char *file = zp_journal_stage(f->arena, root(f), zp_str_from(name), &why);
    assert_non_null(file);
    assert_true(zp_file_put(f->arena, file, zp_str_from(content), &why));
}

/* `content` NULL: not there. */
static void assert_holds(fixture *f, const char *name, const char *content)
{
    zp_str bytes, why;
    bool there = zp_file_read(f->arena, path(f, name), 1 << 20, &bytes, &why);
    assert_int_equal(there, content != NULL);
    if (content)
        assert_true(zp_str_eq(bytes, zp_str_from(content)));
}

/* An old report that is replaced, one that is new, one that goes, and a manifest. */
static zp_journal *plan(fixture *f)
{
    put(f, "2023/data/001/x/old.pdf", "old");
    put(f, "2023/data/002/x/a.pdf", "a");
    put(f, "2023/manifest", "before");
    stage(f, "0/new.pdf", "new");
    stage(f, "1/b.pdf", "b");
    stage(f, "m", "after");
    zp_journal *journal = zp_journal_new(f->arena, root(f));
    zp_journal_put(journal, ZP_STR("0"), ZP_STR("2023/data/001/x"));
    zp_journal_put(journal, ZP_STR("1"), ZP_STR("2023/data/003/x"));
    zp_journal_drop(journal, ZP_STR("2023/data/002/x"));
    zp_journal_put(journal, ZP_STR("m"), ZP_STR("2023/manifest"));
    return journal;
}

static void assert_after(fixture *f)
{
    assert_holds(f, "2023/data/001/x/old.pdf", NULL);
    assert_holds(f, "2023/data/001/x/new.pdf", "new");
    assert_holds(f, "2023/data/003/x/b.pdf", "b");
    assert_int_equal(zp_path_kind_of(path(f, "2023/data/002")), ZP_PATH_NONE);
    assert_holds(f, "2023/manifest", "after");
    assert_false(zp_journal_pending(f->arena, root(f)));
    assert_int_equal(zp_path_kind_of(path(f, ".ziping/trash")), ZP_PATH_NONE);
}

static void a_commit_does_all(void **state)
{
    bool half;
    zp_str why;
    fixture *f = *state;
    assert_true(zp_journal_commit(plan(f), &half, &why));
    assert_after(f);
}

static void before_the_commit_nothing_has_changed(void **state)
{
    bool finished;
    zp_str why;
    fixture *f = *state;
    plan(f);
    assert_true(zp_journal_recover(f->arena, root(f), &finished, &why));
    assert_false(finished);
    assert_holds(f, "2023/data/001/x/old.pdf", "old");
    assert_holds(f, "2023/manifest", "before");
    assert_int_equal(zp_path_kind_of(path(f, ".ziping/stage")), ZP_PATH_NONE);
}

/* A file where a folder must be made stops the commit halfway; once it is out of the way, recovery
 * goes on from there, however much of it was done. */
static void what_stopped_halfway_is_finished(void **state)
{
    bool half, finished;
    zp_str why;
    fixture *f = *state;
    zp_journal *journal = plan(f);
    put(f, "2023/data/003", "in the way");
    assert_false(zp_journal_commit(journal, &half, &why));
    assert_true(half);
    assert_true(zp_journal_pending(f->arena, root(f)));
    assert_holds(f, "2023/data/001/x/new.pdf", "new");
    assert_holds(f, "2023/manifest", "before");
    assert_false(zp_journal_recover(f->arena, root(f), &finished, &why));
    assert_int_equal(unlink(path(f, "2023/data/003")), 0);
    assert_true(zp_journal_recover(f->arena, root(f), &finished, &why));
    assert_true(finished);
    assert_after(f);
    assert_true(zp_journal_recover(f->arena, root(f), &finished, &why));
    assert_false(finished);
}

static void a_damaged_journal_is_not_followed(void **state)
{
    bool finished;
    zp_str why;
    fixture *f = *state;
    plan(f);
    put(f, ".ziping/journal", "ziping-journal 1\n\t2023/manifest\n0123\n");
    assert_false(zp_journal_recover(f->arena, root(f), &finished, &why));
    assert_holds(f, "2023/manifest", "before");
}

static void clearing_follows_no_links(void **state)
{
    zp_str why;
    fixture *f = *state;
    put(f, "kept/a", "a");
    put(f, "cleared/deep/er/b", "b");
    assert_int_equal(symlink(path(f, "kept"), path(f, "cleared/deep/link")), 0);
    zp_str folder = zp_path_join(f->arena, root(f), ZP_STR("cleared"));
    assert_true(zp_journal_clear(f->arena, folder, &why));
    assert_int_equal(zp_path_kind_of(path(f, "cleared")), ZP_PATH_NONE);
    assert_holds(f, "kept/a", "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_commit_does_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(before_the_commit_nothing_has_changed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_stopped_halfway_is_finished, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_journal_is_not_followed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(clearing_follows_no_links, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
