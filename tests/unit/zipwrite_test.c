/* zipwrite_test.c: what is written as a ZIP is read back; the same files are the same bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "book/zip.h"
#include "book/zipwrite.h"

static void files_are_read_back(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_zip_file files[] = {{ZP_STR("乙/文.xml"), ZP_STR("<甲/>"), false},
                                 {ZP_STR("a.png"), ZP_STR("\0\1\2"), true},
                                 {ZP_STR("空"), {0}, false}};
    zp_buf out = {.arena = arena};
    zp_zip_write(arena, files, 3, &out);
    zp_diag *diag = zp_diag_new(arena);
    zp_zip *zip = zp_zip_open(arena, ZP_STR("x.zip"), zp_buf_str(&out), diag);
    assert_non_null(zip);
    for (size_t i = 0; i < 3; i++) {
        zp_str bytes;
        assert_true(zp_zip_read(zip, files[i].name, 100, diag, &bytes));
        assert_true(zp_str_eq(bytes, files[i].bytes));
    }
    zp_zip_close(zip);
    zp_arena_free(arena);
}

static void the_same_files_are_the_same_bytes(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_zip_file file = {ZP_STR("a"), ZP_STR("示例数据示例数据示例数据"), false};
    zp_buf once = {.arena = arena}, again = {.arena = arena};
    zp_zip_write(arena, &file, 1, &once);
    zp_zip_write(arena, &file, 1, &again);
    assert_true(zp_str_eq(zp_buf_str(&once), zp_buf_str(&again)));
    /* The local header: MS-DOS time 0, date 1980-01-01. */
    assert_memory_equal(once.p + 10, "\0\0\x21\0", 4);
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_read_back),
        cmocka_unit_test(the_same_files_are_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
