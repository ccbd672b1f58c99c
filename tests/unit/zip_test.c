/* zip_test.c: names and bytes of a ZIP; names that lead out, bombs, damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "book/zip.h"
#include "pack.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
} fixture;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    fixture *f = zp_new(arena, fixture);
    *f = (fixture){arena, zp_diag_new(arena)};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(((fixture *)*state)->arena);
    return 0;
}

static zp_zip *open_zip(fixture *f, zp_str bytes)
{
    f->diag = zp_diag_new(f->arena);
    return zp_zip_open(f->arena, ZP_STR("导出.zip"), bytes, f->diag);
}

static void assert_ids(fixture *f, const char *expected)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    zp_buf ids = {.arena = f->arena};
    for (size_t i = 0; i < count; i++)
        zp_buf_format(&ids, "%s%s", i ? " " : "", messages[i].id);
    if (!zp_str_eq(zp_buf_str(&ids), zp_str_from(expected)))
        fail_msg("messages: %.*s", ZP_ARG(zp_buf_str(&ids)));
}

static void assert_names(fixture *f, const zp_zip *zip, const char *expected)
{
    size_t count;
    const zp_str *names = zp_zip_names(zip, &count);
    zp_buf all = {.arena = f->arena};
    for (size_t i = 0; i < count; i++)
        zp_buf_format(&all, "%.*s\n", ZP_ARG(names[i]));
    if (!zp_str_eq(zp_buf_str(&all), zp_str_from(expected)))
        fail_msg("names:\n%.*s", ZP_ARG(zp_buf_str(&all)));
}

static void reads_files(void **state)
{
    fixture *f = *state;
    const pack_file files[] = {
        {"b.csv", ZP_STR("一,二\n")},
        {"表/a.csv", ZP_STR("")},
        {"表/", ZP_STR("")},
        {"__MACOSX/._b.csv", ZP_STR("x")},
    };
    zp_zip *zip = open_zip(f, pack(f->arena, files, 4));
    assert_non_null(zip);
    assert_names(f, zip, "b.csv\n表/a.csv\n");
    zp_str bytes;
    assert_true(zp_zip_read(zip, ZP_STR("b.csv"), 100, f->diag, &bytes));
    assert_true(zp_str_eq(bytes, ZP_STR("一,二\n")));
    assert_true(zp_zip_read(zip, ZP_STR("表/a.csv"), 0, f->diag, &bytes));
    assert_int_equal(bytes.n, 0);
    assert_false(zp_zip_read(zip, ZP_STR("c.csv"), 100, f->diag, &bytes));
    assert_ids(f, "");
    zp_zip_close(zip);
}

static void names_in_gb18030(void **state)
{
    fixture *f = *state;
    const pack_file files[] = {{"xxxx.csv", ZP_STR("1")}, {"d/e.csv", ZP_STR("2")}};
    zp_str bytes = pack(f->arena, files, 2);
    bytes = pack_patch(f->arena, bytes, ZP_STR("xxxx"), ZP_STR("\xB1\xA8\xB1\xED")); /* 报表 */
    bytes = pack_patch(f->arena, bytes, ZP_STR("d/e"), ZP_STR("d\\e"));
    zp_zip *zip = open_zip(f, bytes);
    assert_names(f, zip, "d/e.csv\n报表.csv\n");
    zp_str content;
    assert_true(zp_zip_read(zip, ZP_STR("报表.csv"), 9, f->diag, &content));
    assert_true(zp_str_eq(content, ZP_STR("1")));
    zp_zip_close(zip);
}

static void names_that_lead_out(void **state)
{
    fixture *f = *state;
    const pack_file files[] = {
        {"good", ZP_STR("1")},    {"aa/bb/c", ZP_STR("2")}, {"xabs", ZP_STR("3")},
        {"x:drive", ZP_STR("4")}, {"tab?x", ZP_STR("5")},   {"..fine", ZP_STR("6")},
        {"twice1", ZP_STR("7")},  {"twice2", ZP_STR("8")},
    };
    zp_str bytes = pack(f->arena, files, 8);
    bytes = pack_patch(f->arena, bytes, ZP_STR("aa/bb/c"), ZP_STR("aa/../c"));
    bytes = pack_patch(f->arena, bytes, ZP_STR("xabs"), ZP_STR("/abs"));
    bytes = pack_patch(f->arena, bytes, ZP_STR("tab?x"), ZP_STR("tab\tx"));
    bytes = pack_patch(f->arena, bytes, ZP_STR("twice2"), ZP_STR("twice1"));
    zp_zip *zip = open_zip(f, bytes);
    assert_names(f, zip, "..fine\ngood\ntwice1\n");
    assert_ids(f, "bad-entry-name bad-entry-name bad-entry-name bad-entry-name bad-entry-name");
    zp_str content;
    assert_true(zp_zip_read(zip, ZP_STR("twice1"), 9, f->diag, &content));
    assert_true(zp_str_eq(content, ZP_STR("7")));
    zp_zip_close(zip);
}

static void bombs_stop_at_the_limit(void **state)
{
    fixture *f = *state;
    size_t n = 8 << 20;
    const pack_file files[] = {{"bomb", {zp_arena_alloc(f->arena, n), n}}};
    zp_str bytes = pack(f->arena, files, 1), content;
    zp_zip *zip = open_zip(f, bytes);
    assert_false(zp_zip_read(zip, ZP_STR("bomb"), n - 1, f->diag, &content));
    assert_ids(f, "zip-bomb");
    assert_true(zp_zip_read(zip, ZP_STR("bomb"), n, f->diag, &content));
    zp_zip_close(zip);
    /* one that promises 16 bytes, in both places that say so */
    bytes = pack_patch(f->arena, bytes, (zp_str){"\0\0\x80\0", 4}, (zp_str){"\x10\0\0\0", 4});
    zip = open_zip(f, bytes);
    if (zip)
        assert_false(zp_zip_read(zip, ZP_STR("bomb"), 1 << 20, f->diag, &content));
    assert_true(zp_diag_count(f->diag, ZP_ERROR) == 1);
    zp_zip_close(zip);
}

static void encrypted(void **state)
{
    fixture *f = *state;
    const pack_file files[] = {{"secret*", ZP_STR("text")}};
    zp_zip *zip = open_zip(f, pack(f->arena, files, 1));
    zp_str content;
    assert_false(zp_zip_read(zip, ZP_STR("secret*"), 100, f->diag, &content));
    assert_ids(f, "encrypted-zip");
    zp_zip_close(zip);
}

static void too_many_files(void **state)
{
    fixture *f = *state;
    pack_file *files = zp_new_array(f->arena, pack_file, ZP_ZIP_ENTRIES + 1);
    for (int i = 0; i <= ZP_ZIP_ENTRIES; i++)
        files[i].name = zp_str_cstr(f->arena, zp_str_format(f->arena, "%d", i));
    assert_null(open_zip(f, pack(f->arena, files, ZP_ZIP_ENTRIES + 1)));
    assert_ids(f, "bad-zip");
}

/* Cut short anywhere, and with any byte changed: an answer, and no crash. */
static void damaged(void **state)
{
    fixture *f = *state;
    const pack_file files[] = {{"a.csv", ZP_STR("一,二,三,四,五,六,七,一,二,三,四,五,六,七\n")},
                               {"b.csv", ZP_STR("1,2\n")}};
    zp_str whole = pack(f->arena, files, 2);
    for (size_t i = 0; i < 2 * whole.n; i++) {
        zp_str bytes = zp_str_copy(f->arena, zp_str_slice(whole, 0, i < whole.n ? i : whole.n));
        if (i >= whole.n)
            ((char *)(uintptr_t)bytes.p)[i - whole.n] ^= (char)(1 << i % 8);
        zp_zip *zip = open_zip(f, bytes);
        if (!zip && i < whole.n)
            assert_ids(f, "bad-zip");
        size_t count = 0;
        const zp_str *names = zip ? zp_zip_names(zip, &count) : NULL;
        zp_str content;
        for (size_t j = 0; j < count; j++)
            zp_zip_read(zip, names[j], 1 << 20, f->diag, &content);
        zp_zip_close(zip);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_in_gb18030, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_that_lead_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bombs_stop_at_the_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(encrypted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
