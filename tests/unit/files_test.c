/* files_test.c: paths; reading with a ceiling; writing that is whole or not at all. */
#include <fcntl.h>
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
#include "base/files.h"

#define assert_str(s, expected) assert_true(zp_str_eq((s), ZP_STR(expected)))

typedef struct {
    zp_arena *arena;
    char folder[64];
} fixture;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    fixture *f = zp_new(arena, fixture);
    f->arena = arena;
    snprintf(f->folder, sizeof f->folder, P_tmpdir "/files-test-XXXXXX");
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

static const char *path(fixture *f, const char *name)
{
    zp_str joined = zp_path_join(f->arena, zp_str_from(f->folder), zp_str_from(name));
    return zp_str_cstr(f->arena, joined);
}

static void write_file(fixture *f, const char *name, zp_str bytes)
{
    zp_str why = ZP_STR("");
    if (!zp_file_replace(f->arena, path(f, name), bytes, &why))
        fail_msg("%s: %.*s", name, ZP_ARG(why));
}

static void assert_file(fixture *f, const char *name, zp_str expected)
{
    zp_str bytes, why = ZP_STR("");
    if (!zp_file_read(f->arena, path(f, name), 100 << 20, &bytes, &why))
        fail_msg("%s: %.*s", name, ZP_ARG(why));
    assert_true(zp_str_eq(bytes, expected));
}

static size_t count_names(fixture *f)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    assert_true(zp_folder_list(f->arena, f->folder, &names, &count, &why));
    return count;
}

static zp_str filled(fixture *f, size_t n)
{
    char *bytes = zp_arena_alloc(f->arena, n);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)(i * 7 % 251);
    return (zp_str){bytes, n};
}

static void kinds_follow_links(void **state)
{
    fixture *f = *state;
    write_file(f, "a", ZP_STR("x"));
    assert_int_equal(symlink("a", path(f, "link")), 0);
    assert_int_equal(symlink("nowhere", path(f, "broken")), 0);
    assert_int_equal(zp_path_kind_of(path(f, "a")), ZP_PATH_FILE);
    assert_int_equal(zp_path_kind_of(path(f, "link")), ZP_PATH_FILE);
    assert_int_equal(zp_path_kind_of(path(f, "broken")), ZP_PATH_NONE);
    assert_int_equal(zp_path_kind_of(f->folder), ZP_PATH_FOLDER);
    assert_int_equal(zp_path_kind_of("/dev/null"), ZP_PATH_OTHER);
    assert_true(zp_path_same(path(f, "a"), path(f, "link")));
    assert_true(zp_path_same(path(f, "a"), path(f, "./a")));
    assert_false(zp_path_same(path(f, "a"), f->folder));
    assert_false(zp_path_same(path(f, "none"), path(f, "none")));
}

static void paths_are_joined(void **state)
{
    fixture *f = *state;
    assert_str(zp_path_join(f->arena, ZP_STR("a/b"), ZP_STR("c")), "a/b/c");
    assert_str(zp_path_join(f->arena, ZP_STR("a/"), ZP_STR("c")), "a/c");
    assert_str(zp_path_join(f->arena, ZP_STR("/"), ZP_STR("c")), "/c");
    assert_str(zp_path_join(f->arena, ZP_STR(""), ZP_STR("c")), "c");
    assert_str(zp_path_join(f->arena, ZP_STR("a"), ZP_STR("/c")), "/c");
}

static void paths_are_taken_apart(void **state)
{
    (void)state;
    assert_str(zp_path_folder(ZP_STR("a/b.md")), "a");
    assert_str(zp_path_base(ZP_STR("a/b.md")), "b.md");
    assert_str(zp_path_folder(ZP_STR("b.md")), ".");
    assert_str(zp_path_base(ZP_STR("b.md")), "b.md");
    assert_str(zp_path_folder(ZP_STR("a/b//")), "a");
    assert_str(zp_path_base(ZP_STR("a/b//")), "b");
    assert_str(zp_path_folder(ZP_STR("/b")), "/");
    assert_str(zp_path_folder(ZP_STR("a//b")), "a");
    assert_str(zp_path_folder(ZP_STR("")), ".");
    assert_str(zp_path_base(ZP_STR("")), "");
}

static void reading_has_a_ceiling(void **state)
{
    fixture *f = *state;
    zp_str bytes, why;
    write_file(f, "a", ZP_STR("12345"));
    assert_true(zp_file_read(f->arena, path(f, "a"), 5, &bytes, &why));
    assert_str(bytes, "12345");
    assert_false(zp_file_read(f->arena, path(f, "a"), 4, &bytes, &why));
    assert_true(why.n > 0);
    /* A device tells no size and never ends. */
    assert_false(zp_file_read(f->arena, "/dev/zero", 1 << 20, &bytes, &why));
    assert_true(zp_file_read(f->arena, "/dev/null", 0, &bytes, &why));
    assert_int_equal(bytes.n, 0);
}

static void what_cannot_be_read_has_a_reason(void **state)
{
    fixture *f = *state;
    zp_str bytes, why;
    assert_false(zp_file_read(f->arena, path(f, "none"), 100, &bytes, &why));
    assert_str(why, "没有这个文件");
    assert_false(zp_file_read(f->arena, f->folder, 100, &bytes, &why));
    assert_str(why, "这是一个文件夹");
    write_file(f, "a", ZP_STR("x"));
    assert_false(zp_file_read(f->arena, path(f, "a/b"), 100, &bytes, &why));
    assert_true(why.n > 0);
    assert_int_equal(chmod(path(f, "a"), 0), 0);
    if (access(path(f, "a"), R_OK) != 0) { /* not so for root */
        assert_false(zp_file_read(f->arena, path(f, "a"), 100, &bytes, &why));
        assert_str(why, "没有读取权限");
    }
}

static void a_pipe_is_read_to_its_end(void **state)
{
    fixture *f = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    zp_str bytes, why;
    assert_true(zp_file_write_to(f->arena, ends[1], ZP_STR("一\0二"), &why));
    close(ends[1]);
    assert_true(zp_file_read_from(f->arena, ends[0], 100, &bytes, &why));
    assert_str(bytes, "一\0二");
    close(ends[0]);
}

static void a_file_is_written_whole_and_alone(void **state)
{
    fixture *f = *state;
    zp_str large = filled(f, 3 << 20);
    write_file(f, "a", large);
    assert_file(f, "a", large);
    write_file(f, "a", ZP_STR("short"));
    assert_file(f, "a", ZP_STR("short"));
    write_file(f, "empty", ZP_STR(""));
    assert_file(f, "empty", ZP_STR(""));
    assert_int_equal(count_names(f), 2);
}

static void a_new_file_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own(void **state)
{
    fixture *f = *state;
    mode_t before = umask(027);
    write_file(f, "a", ZP_STR("x"));
    umask(before);
    struct stat status;
    assert_int_equal(stat(path(f, "a"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    assert_int_equal(chmod(path(f, "a"), 0604), 0);
    write_file(f, "a", ZP_STR("y"));
    assert_int_equal(stat(path(f, "a"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0604);
}

static void who_has_the_old_file_open_keeps_it(void **state)
{
    fixture *f = *state;
    write_file(f, "a", ZP_STR("old"));
    int fd = open(path(f, "a"), O_RDONLY);
    write_file(f, "a", ZP_STR("new"));
    zp_str bytes, why;
    assert_true(zp_file_read_from(f->arena, fd, 100, &bytes, &why));
    assert_str(bytes, "old");
    close(fd);
}

static void a_link_stays_and_its_target_is_replaced(void **state)
{
    fixture *f = *state;
    zp_str why;
    assert_true(zp_folder_make(f->arena, path(f, "sub"), &why));
    write_file(f, "sub/a", ZP_STR("old"));
    assert_int_equal(symlink("sub/a", path(f, "one")), 0);
    assert_int_equal(symlink("one", path(f, "two")), 0);
    write_file(f, "two", ZP_STR("new"));
    assert_file(f, "sub/a", ZP_STR("new"));
    struct stat status;
    assert_int_equal(lstat(path(f, "two"), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(lstat(path(f, "one"), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

static void a_link_to_nothing_gets_its_target(void **state)
{
    fixture *f = *state;
    assert_int_equal(symlink("later", path(f, "link")), 0);
    write_file(f, "link", ZP_STR("x"));
    assert_file(f, "later", ZP_STR("x"));
    assert_int_equal(symlink("circle", path(f, "circle")), 0);
    zp_str why = ZP_STR("");
    assert_false(zp_file_replace(f->arena, path(f, "circle"), ZP_STR("x"), &why));
    assert_true(why.n > 0);
}

static void a_device_is_written_to_and_stays(void **state)
{
    fixture *f = *state;
    zp_str why = ZP_STR("");
    assert_true(zp_file_replace(f->arena, "/dev/null", ZP_STR("x"), &why));
    assert_int_equal(zp_path_kind_of("/dev/null"), ZP_PATH_OTHER);
    if (access("/dev/full", W_OK) != 0)
        return;
    assert_false(zp_file_replace(f->arena, "/dev/full", ZP_STR("x"), &why));
    assert_str(why, "磁盘已满");
    assert_int_equal(zp_path_kind_of("/dev/full"), ZP_PATH_OTHER);
    int fd = open("/dev/full", O_WRONLY);
    assert_false(zp_file_write_to(f->arena, fd, ZP_STR("x"), &why));
    assert_str(why, "磁盘已满");
    close(fd);
}

static void a_link_to_a_pipe_is_written_to(void **state)
{
    fixture *f = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    zp_str name = zp_str_format(f->arena, "/proc/self/fd/%d", ends[1]);
    assert_int_equal(symlink(zp_str_cstr(f->arena, name), path(f, "out")), 0);
    write_file(f, "out", ZP_STR("x"));
    close(ends[1]);
    zp_str bytes, why;
    assert_true(zp_file_read_from(f->arena, ends[0], 100, &bytes, &why));
    assert_str(bytes, "x");
    close(ends[0]);
}

static void a_failed_write_leaves_nothing_behind(void **state)
{
    fixture *f = *state;
    zp_str why = ZP_STR("");
    assert_false(zp_file_replace(f->arena, path(f, "none/a"), ZP_STR("x"), &why));
    assert_str(why, "没有这个文件夹");
    assert_false(zp_file_replace(f->arena, f->folder, ZP_STR("x"), &why));
    assert_str(why, "这是一个文件夹");
    char *name = zp_arena_alloc(f->arena, 1000);
    memset(name, 'a', 999);
    assert_false(zp_file_replace(f->arena, path(f, name), ZP_STR("x"), &why));
    assert_int_equal(count_names(f), 0);
}

static void a_read_only_file_is_left_alone(void **state)
{
    fixture *f = *state;
    write_file(f, "a", ZP_STR("old"));
    assert_int_equal(chmod(path(f, "a"), 0444), 0);
    if (access(path(f, "a"), W_OK) == 0) /* root may */
        return;
    zp_str why = ZP_STR("");
    assert_false(zp_file_replace(f->arena, path(f, "a"), ZP_STR("new"), &why));
    assert_str(why, "没有写入权限");
    assert_file(f, "a", ZP_STR("old"));
}

static void folders_are_made_with_their_parents(void **state)
{
    fixture *f = *state;
    zp_str why = ZP_STR("");
    assert_true(zp_folder_make(f->arena, path(f, "a//b/c/"), &why));
    assert_int_equal(zp_path_kind_of(path(f, "a/b/c")), ZP_PATH_FOLDER);
    assert_true(zp_folder_make(f->arena, path(f, "a/b"), &why));
    assert_true(zp_folder_make(f->arena, "/", &why));
    write_file(f, "file", ZP_STR("x"));
    assert_false(zp_folder_make(f->arena, path(f, "file"), &why));
    assert_false(zp_folder_make(f->arena, path(f, "file/x"), &why));
    assert_true(why.n > 0);
    char *name = zp_arena_alloc(f->arena, 100000);
    memset(name, '/', 99999);
    assert_false(zp_folder_make(f->arena, name, &why));
}

static void a_folder_is_listed_in_order_of_bytes(void **state)
{
    fixture *f = *state;
    const char *made[] = {"b", "a", "报告.md", "B", ".hidden"};
    for (size_t i = 0; i < 5; i++)
        write_file(f, made[i], ZP_STR(""));
    const zp_str *names;
    size_t count;
    zp_str why;
    assert_true(zp_folder_list(f->arena, f->folder, &names, &count, &why));
    assert_int_equal(count, 5);
    const char *expected[] = {".hidden", "B", "a", "b", "报告.md"};
    for (size_t i = 0; i < 5; i++)
        assert_true(zp_str_eq(names[i], zp_str_from(expected[i])));
    assert_false(zp_folder_list(f->arena, path(f, "none"), &names, &count, &why));
    assert_str(why, "没有这个文件夹");
    assert_false(zp_folder_list(f->arena, path(f, "a"), &names, &count, &why));
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(kinds_follow_links),
        test(paths_are_joined),
        test(paths_are_taken_apart),
        test(reading_has_a_ceiling),
        test(what_cannot_be_read_has_a_reason),
        test(a_pipe_is_read_to_its_end),
        test(a_file_is_written_whole_and_alone),
        test(a_new_file_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own),
        test(who_has_the_old_file_open_keeps_it),
        test(a_link_stays_and_its_target_is_replaced),
        test(a_link_to_nothing_gets_its_target),
        test(a_device_is_written_to_and_stays),
        test(a_link_to_a_pipe_is_written_to),
        test(a_failed_write_leaves_nothing_behind),
        test(a_read_only_file_is_left_alone),
        test(folders_are_made_with_their_parents),
        test(a_folder_is_listed_in_order_of_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
