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
#include "folder.h"

#define assert_str(s, expected) assert_true(zp_str_eq((s), ZP_STR(expected)))

static size_t count_names(world *w)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    assert_true(zp_folder_list(w->arena, w->root, &names, &count, &why));
    return count;
}

static zp_str filled(world *w, size_t n)
{
    char *bytes = zp_arena_alloc(w->arena, n);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)(i * 7 % 251);
    return (zp_str){bytes, n};
}

static void kinds_follow_links(void **state)
{
    world *w = *state;
    write_bytes(w, "a", ZP_STR("x"));
    assert_int_equal(symlink("a", in_folder(w, "link")), 0);
    assert_int_equal(symlink("nowhere", in_folder(w, "broken")), 0);
    assert_int_equal(zp_path_kind_of(in_folder(w, "a")), ZP_PATH_FILE);
    assert_int_equal(zp_path_kind_of(in_folder(w, "link")), ZP_PATH_FILE);
    assert_int_equal(zp_path_kind_of(in_folder(w, "broken")), ZP_PATH_NONE);
    assert_int_equal(zp_path_kind_of(w->root), ZP_PATH_FOLDER);
    assert_int_equal(zp_path_kind_of("/dev/null"), ZP_PATH_OTHER);
    assert_true(zp_path_same(in_folder(w, "a"), in_folder(w, "link")));
    assert_true(zp_path_same(in_folder(w, "a"), in_folder(w, "./a")));
    assert_false(zp_path_same(in_folder(w, "a"), w->root));
    assert_false(zp_path_same(in_folder(w, "none"), in_folder(w, "none")));
}

static void paths_are_joined(void **state)
{
    world *w = *state;
    assert_str(zp_path_join(w->arena, ZP_STR("a/b"), ZP_STR("c")), "a/b/c");
    assert_str(zp_path_join(w->arena, ZP_STR("a/"), ZP_STR("c")), "a/c");
    assert_str(zp_path_join(w->arena, ZP_STR("/"), ZP_STR("c")), "/c");
    assert_str(zp_path_join(w->arena, ZP_STR(""), ZP_STR("c")), "c");
    assert_str(zp_path_join(w->arena, ZP_STR("a"), ZP_STR("/c")), "/c");
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
    world *w = *state;
    zp_str bytes, why;
    write_bytes(w, "a", ZP_STR("12345"));
    assert_true(zp_file_read(w->arena, in_folder(w, "a"), 5, &bytes, &why));
    assert_str(bytes, "12345");
    assert_false(zp_file_read(w->arena, in_folder(w, "a"), 4, &bytes, &why));
    assert_true(why.n > 0);
    /* A device tells no size and never ends. */
    assert_false(zp_file_read(w->arena, "/dev/zero", 1 << 20, &bytes, &why));
    assert_true(zp_file_read(w->arena, "/dev/null", 0, &bytes, &why));
    assert_int_equal(bytes.n, 0);
}

static void what_cannot_be_read_has_a_reason(void **state)
{
    world *w = *state;
    zp_str bytes, why;
    assert_false(zp_file_read(w->arena, in_folder(w, "none"), 100, &bytes, &why));
    assert_str(why, "没有这个文件");
    assert_false(zp_file_read(w->arena, w->root, 100, &bytes, &why));
    assert_str(why, "这是一个文件夹");
    write_bytes(w, "a", ZP_STR("x"));
    assert_false(zp_file_read(w->arena, in_folder(w, "a/b"), 100, &bytes, &why));
    assert_true(why.n > 0);
    assert_int_equal(chmod(in_folder(w, "a"), 0), 0);
    if (access(in_folder(w, "a"), R_OK) != 0) { /* not so for root */
        assert_false(zp_file_read(w->arena, in_folder(w, "a"), 100, &bytes, &why));
        assert_str(why, "没有读取权限");
    }
}

static void a_pipe_is_read_to_its_end(void **state)
{
    world *w = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    zp_str bytes, why;
    assert_true(zp_file_write_to(w->arena, ends[1], ZP_STR("一\0二"), &why));
    close(ends[1]);
    assert_true(zp_file_read_from(w->arena, ends[0], 100, &bytes, &why));
    assert_str(bytes, "一\0二");
    close(ends[0]);
}

static void a_file_is_written_whole_and_alone(void **state)
{
    world *w = *state;
    zp_str large = filled(w, 3 << 20);
    write_bytes(w, "a", large);
    expect_bytes(w, "a", large);
    write_bytes(w, "a", ZP_STR("short"));
    expect_bytes(w, "a", ZP_STR("short"));
    write_bytes(w, "empty", ZP_STR(""));
    expect_bytes(w, "empty", ZP_STR(""));
    assert_int_equal(count_names(w), 2);
}

static void a_new_file_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own(void **state)
{
    world *w = *state;
    mode_t before = umask(027);
    write_bytes(w, "a", ZP_STR("x"));
    umask(before);
    struct stat status;
    assert_int_equal(stat(in_folder(w, "a"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    assert_int_equal(chmod(in_folder(w, "a"), 0604), 0);
    write_bytes(w, "a", ZP_STR("y"));
    assert_int_equal(stat(in_folder(w, "a"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0604);
}

static void who_has_the_old_file_open_keeps_it(void **state)
{
    world *w = *state;
    write_bytes(w, "a", ZP_STR("old"));
    int fd = open(in_folder(w, "a"), O_RDONLY);
    write_bytes(w, "a", ZP_STR("new"));
    zp_str bytes, why;
    assert_true(zp_file_read_from(w->arena, fd, 100, &bytes, &why));
    assert_str(bytes, "old");
    close(fd);
}

static void a_link_stays_and_its_target_is_replaced(void **state)
{
    world *w = *state;
    zp_str why;
    assert_true(zp_folder_make(w->arena, in_folder(w, "sub"), &why));
    write_bytes(w, "sub/a", ZP_STR("old"));
    assert_int_equal(symlink("sub/a", in_folder(w, "one")), 0);
    assert_int_equal(symlink("one", in_folder(w, "two")), 0);
    write_bytes(w, "two", ZP_STR("new"));
    expect_bytes(w, "sub/a", ZP_STR("new"));
    struct stat status;
    assert_int_equal(lstat(in_folder(w, "two"), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(lstat(in_folder(w, "one"), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

static void a_link_to_nothing_gets_its_target(void **state)
{
    world *w = *state;
    assert_int_equal(symlink("later", in_folder(w, "link")), 0);
    write_bytes(w, "link", ZP_STR("x"));
    expect_bytes(w, "later", ZP_STR("x"));
    assert_int_equal(symlink("circle", in_folder(w, "circle")), 0);
    zp_str why = ZP_STR("");
    assert_false(zp_file_replace(w->arena, in_folder(w, "circle"), ZP_STR("x"), &why));
    assert_true(why.n > 0);
}

static void a_device_is_written_to_and_stays(void **state)
{
    world *w = *state;
    zp_str why = ZP_STR("");
    assert_true(zp_file_replace(w->arena, "/dev/null", ZP_STR("x"), &why));
    assert_int_equal(zp_path_kind_of("/dev/null"), ZP_PATH_OTHER);
    if (access("/dev/full", W_OK) != 0)
        return;
    assert_false(zp_file_replace(w->arena, "/dev/full", ZP_STR("x"), &why));
    assert_str(why, "磁盘已满");
    assert_int_equal(zp_path_kind_of("/dev/full"), ZP_PATH_OTHER);
    int fd = open("/dev/full", O_WRONLY);
    assert_false(zp_file_write_to(w->arena, fd, ZP_STR("x"), &why));
    assert_str(why, "磁盘已满");
    close(fd);
}

static void a_link_to_a_pipe_is_written_to(void **state)
{
    world *w = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    zp_str name = zp_str_format(w->arena, "/proc/self/fd/%d", ends[1]);
    assert_int_equal(symlink(zp_str_cstr(w->arena, name), in_folder(w, "out")), 0);
    write_bytes(w, "out", ZP_STR("x"));
    close(ends[1]);
    zp_str bytes, why;
    assert_true(zp_file_read_from(w->arena, ends[0], 100, &bytes, &why));
    assert_str(bytes, "x");
    close(ends[0]);
}

static void a_failed_write_leaves_nothing_behind(void **state)
{
    world *w = *state;
    zp_str why = ZP_STR("");
    assert_false(zp_file_replace(w->arena, in_folder(w, "none/a"), ZP_STR("x"), &why));
    assert_str(why, "没有这个文件夹");
    assert_false(zp_file_replace(w->arena, w->root, ZP_STR("x"), &why));
    assert_str(why, "这是一个文件夹");
    char *name = zp_arena_alloc(w->arena, 1000);
    memset(name, 'a', 999);
    assert_false(zp_file_replace(w->arena, in_folder(w, name), ZP_STR("x"), &why));
    assert_int_equal(count_names(w), 0);
}

static void a_read_only_file_is_left_alone(void **state)
{
    world *w = *state;
    write_bytes(w, "a", ZP_STR("old"));
    assert_int_equal(chmod(in_folder(w, "a"), 0444), 0);
    if (access(in_folder(w, "a"), W_OK) == 0) /* root may */
        return;
    zp_str why = ZP_STR("");
    assert_false(zp_file_replace(w->arena, in_folder(w, "a"), ZP_STR("new"), &why));
    assert_str(why, "没有写入权限");
    expect_bytes(w, "a", ZP_STR("old"));
}

static void folders_are_made_with_their_parents(void **state)
{
    world *w = *state;
    zp_str why = ZP_STR("");
    assert_true(zp_folder_make(w->arena, in_folder(w, "a//b/c/"), &why));
    assert_int_equal(zp_path_kind_of(in_folder(w, "a/b/c")), ZP_PATH_FOLDER);
    assert_true(zp_folder_make(w->arena, in_folder(w, "a/b"), &why));
    assert_true(zp_folder_make(w->arena, "/", &why));
    write_bytes(w, "file", ZP_STR("x"));
    assert_false(zp_folder_make(w->arena, in_folder(w, "file"), &why));
    assert_false(zp_folder_make(w->arena, in_folder(w, "file/x"), &why));
    assert_true(why.n > 0);
    char *name = zp_arena_alloc(w->arena, 100000);
    memset(name, '/', 99999);
    assert_false(zp_folder_make(w->arena, name, &why));
}

static void a_folder_is_listed_in_order_of_bytes(void **state)
{
    world *w = *state;
    const char *made[] = {"b", "a", "报告.md", "B", ".hidden"};
    for (size_t i = 0; i < 5; i++)
        write_bytes(w, made[i], ZP_STR(""));
    const zp_str *names;
    size_t count;
    zp_str why;
    assert_true(zp_folder_list(w->arena, w->root, &names, &count, &why));
    assert_int_equal(count, 5);
    const char *expected[] = {".hidden", "B", "a", "b", "报告.md"};
    for (size_t i = 0; i < 5; i++)
        assert_true(zp_str_eq(names[i], zp_str_from(expected[i])));
    assert_false(zp_folder_list(w->arena, in_folder(w, "none"), &names, &count, &why));
    assert_str(why, "没有这个文件夹");
    assert_false(zp_folder_list(w->arena, in_folder(w, "a"), &names, &count, &why));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(kinds_follow_links),
        TEST(paths_are_joined),
        TEST(paths_are_taken_apart),
        TEST(reading_has_a_ceiling),
        TEST(what_cannot_be_read_has_a_reason),
        TEST(a_pipe_is_read_to_its_end),
        TEST(a_file_is_written_whole_and_alone),
        TEST(a_new_file_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own),
        TEST(who_has_the_old_file_open_keeps_it),
        TEST(a_link_stays_and_its_target_is_replaced),
        TEST(a_link_to_nothing_gets_its_target),
        TEST(a_device_is_written_to_and_stays),
        TEST(a_link_to_a_pipe_is_written_to),
        TEST(a_failed_write_leaves_nothing_behind),
        TEST(a_read_only_file_is_left_alone),
        TEST(folders_are_made_with_their_parents),
        TEST(a_folder_is_listed_in_order_of_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
