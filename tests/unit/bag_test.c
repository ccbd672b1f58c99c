/* bag_test.c: names of bags, paths in manifests, lists changed and rendered, what is read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "archive/bag.h"
#include "archive/store.h"
#include "folder.h"

#define assert_str(s, expected) assert_true(zp_str_eq((s), zp_str_from(expected)))

static zp_arena *arena_of(void **state)
{
    return ((world *)*state)->arena;
}

static zp_bag_file file_of(zp_arena *arena, const char *path, const char *content)
{
    zp_str bytes = zp_str_from(content);
    return (zp_bag_file){zp_str_from(path), zp_hash_of(arena, ZP_SHA512, bytes),
                         zp_hash_of(arena, ZP_SHA256, bytes), bytes.n};
}

static void names_are_years_with_a_number(void **state)
{
    static const struct {
        const char *name;
        size_t number; /* 0: no bag */
    } cases[] = {{"2023", 1},    {"2023-2", 2}, {"2023-10", 10}, {"2023-1", 0},
                 {"2023-02", 0}, {"2023-", 0},  {"202", 0},      {"20233", 0},
                 {"abcd", 0},    {"2023-x", 0}, {".ziping", 0},  {"", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str year;
        size_t number = 0;
        bool good = zp_bag_name_read(zp_str_from(cases[i].name), &year, &number);
        assert_int_equal(good ? number : 0, cases[i].number);
        if (good)
            assert_str(year, "2023");
    }
}

/* RFC 8493, 2.1.3: CR, LF and % alone. */
static void paths_escape_line_ends_and_percent(void **state)
{
    zp_str back;
    zp_buf out = {.arena = arena_of(state)};
    zp_str path = ZP_STR("data/单位 100%/a\r\nb");
    zp_bag_path_add(&out, path);
    assert_str(zp_buf_str(&out), "data/单位 100%25/a%0D%0Ab");
    assert_true(zp_bag_path_read(arena_of(state), zp_buf_str(&out), &back));
    assert_true(zp_str_eq(back, path));
    assert_true(zp_bag_path_read(arena_of(state), ZP_STR("%0a%25"), &back));
    assert_str(back, "\n%");
    assert_false(zp_bag_path_read(arena_of(state), ZP_STR("50%"), &back));
    assert_false(zp_bag_path_read(arena_of(state), ZP_STR("%E5"), &back));
}

static zp_bag *sample(zp_arena *arena)
{
    zp_bag *bag = zp_bag_new(arena, ZP_STR("2023-2"));
    const zp_bag_file one[] = {file_of(arena, "data/001/x/a.pdf", "one"),
                               file_of(arena, "data/001/x/b.pdf", "two")};
    const zp_bag_file other[] = {file_of(arena, "data/001/x-y/c.pdf", "three")};
    const zp_bag_file paper[] = {file_of(arena, "data/说明文件.txt", "four")};
    zp_bag_replace(bag, ZP_STR("data/001/x/"), one, 2);
    zp_bag_replace(bag, ZP_STR("data/说明文件.txt"), paper, 1);
    zp_bag_replace(bag, ZP_STR("data/001/x-y/"), other, 1);
    bag->date = ZP_STR("2024-03-31");
    bag->reason = ZP_STR("示例：数字有误");
    return bag;
}

static void replacing_keeps_the_order(void **state)
{
    zp_bag *bag = sample(arena_of(state));
    static const char *const order[] = {"data/001/x-y/c.pdf", "data/001/x/a.pdf",
                                        "data/001/x/b.pdf", "data/说明文件.txt"};
    assert_int_equal(bag->count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_str(bag->files[i].path, order[i]);
    const zp_bag_file fewer[] = {file_of(arena_of(state), "data/001/x/0.pdf", "zero")};
    zp_bag_replace(bag, ZP_STR("data/001/x/"), fewer, 1);
    assert_int_equal(bag->count, 3);
    assert_str(bag->files[1].path, "data/001/x/0.pdf");
    assert_str(bag->files[2].path, "data/说明文件.txt");
    zp_bag_replace(bag, ZP_STR("data/001/x/"), NULL, 0);
    assert_int_equal(bag->count, 2);
}

/* What is rendered, written to a folder; gives its path. */
static zp_str write_bag(world *w, const zp_bag *bag)
{
    zp_bag_tag tags[ZP_BAG_TAGS];
    zp_bag_render(w->arena, bag, ZP_STR("ziping test"), tags);
    for (size_t i = 0; i < ZP_BAG_TAGS; i++) {
        zp_str name = zp_path_join(w->arena, bag->name, tags[i].name);
        write_bytes(w, zp_str_cstr(w->arena, name), tags[i].bytes);
    }
    return path_of(w, zp_str_cstr(w->arena, bag->name));
}

static void what_is_rendered_reads_the_same(void **state)
{
    world *w = *state;
    zp_str why = ZP_STR("");
    zp_bag *bag = sample(w->arena);
    const zp_bag *back = zp_bag_read(w->arena, write_bag(w, bag), &why);
    assert_str(why, "");
    assert_int_equal(back->count, bag->count);
    for (size_t i = 0; i < back->count; i++) {
        assert_true(zp_str_eq(back->files[i].path, bag->files[i].path));
        assert_true(zp_str_eq(back->files[i].sha512, bag->files[i].sha512));
        assert_true(zp_str_eq(back->files[i].sha256, bag->files[i].sha256));
    }
    assert_str(back->year, "2023");
    assert_str(back->date, "2024-03-31");
    assert_str(back->reason, "示例：数字有误");
    assert_str(back->oxum, "15.4");
    assert_int_equal(back->sealed.n, 0);
}

/* A manifest that lists a file twice, or one outside the payload, or other files than its fellow.
 */
static void a_wrong_manifest_is_refused(void **state)
{
    static const char *const paths[] = {"data/001/x/a.pdf", "data/../x", "x", "data/", "data//x"};
    world *w = *state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        zp_str why = ZP_STR(""), text, root = write_bag(w, sample(w->arena));
        const char *name = "2023-2/manifest-sha512.txt";
        assert_true(zp_file_read(w->arena, in_folder(w, name), 1 << 20, &text, &why));
        text = zp_str_format(w->arena, "%.*s%.*s  %s\n", ZP_ARG(text),
                             ZP_ARG(zp_hash_of(w->arena, ZP_SHA512, text)), paths[i]);
        write_bytes(w, name, text);
        assert_null(zp_bag_read(w->arena, root, &why));
        assert_true(why.n > 0);
    }
}

/* The other manifest may list the files in any order, but these and each of them once. */
static void the_other_manifest_has_an_order_of_its_own(void **state)
{
    world *w = *state;
    const char *name = "2023-2/manifest-sha256.txt";
    zp_str why = ZP_STR(""), text, root = write_bag(w, sample(w->arena));
    assert_true(zp_file_read(w->arena, in_folder(w, name), 1 << 20, &text, &why));
    size_t first = zp_str_find(text, ZP_STR("\n"), 0) + 1;
    zp_str line = zp_str_slice(text, 0, first), rest = zp_str_slice(text, first, text.n);
    write_bytes(w, name, zp_str_format(w->arena, "%.*s%.*s", ZP_ARG(rest), ZP_ARG(line)));
    const zp_bag *back = zp_bag_read(w->arena, root, &why);
    assert_non_null(back);
    assert_true(zp_str_eq(back->files[0].sha256, sample(w->arena)->files[0].sha256));
    const zp_str wrong[] = {rest, zp_str_format(w->arena, "%.*s%.*s", ZP_ARG(text), ZP_ARG(line)),
                            zp_str_format(w->arena, "%.*sx", ZP_ARG(text))};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        write_bytes(w, name, wrong[i]);
        assert_null(zp_bag_read(w->arena, root, &why));
    }
}

static void reports_are_runs_of_files(void **state)
{
    size_t count;
    const zp_stored_report *reports =
        zp_store_reports(arena_of(state), sample(arena_of(state)), &count);
    assert_int_equal(count, 2);
    assert_str(reports[0].folder, "data/001/x-y/");
    assert_str(reports[1].name, "x");
    assert_int_equal(reports[1].file_count, 2);
    assert_true(zp_store_find(reports, count, ZP_STR("data/001/x/")) == &reports[1]);
    assert_true(zp_store_find(reports, count, ZP_STR("data/001/x-y/")) == &reports[0]);
    assert_null(zp_store_find(reports, count, ZP_STR("data/001/")));
    assert_false(zp_str_eq(reports[0].state, reports[1].state));
}

static void kinds_are_seen_from_names(void **state)
{
    static const struct {
        const char *within;
        zp_stored_kind kind;
    } cases[] = {
        {"自评报告.pdf", ZP_STORED_LAYOUT},
        {"自评报告.html", ZP_STORED_PAGE},
        {"report.json", ZP_STORED_DATA},
        {"source/评审意见.csv", ZP_STORED_SOURCE},
        {"template/base/style.css", ZP_STORED_TEMPLATE},
        {"附件/盖章件/佐证.pdf", ZP_STORED_SEALED},
        {"附件/自评报告（盖章）.pdf", ZP_STORED_SEALED},
        {"附件/佐证材料/照片.jpg", ZP_STORED_PROOF},
        {"附件/专家评审意见.docx", ZP_STORED_OPINION},
        {"附件/其他.txt", ZP_STORED_ATTACHMENT},
    };
    zp_stored_file files[sizeof cases / sizeof *cases] = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        files[i].path = zp_str_from(cases[i].within);
        files[i].kind = zp_stored_kind_of(files[i].path);
        assert_int_equal(files[i].kind, cases[i].kind);
    }
    zp_stored_files_settle(files, 5); /* none is sealed: ours is the original */
    assert_int_equal(files[0].kind, ZP_STORED_ORIGINAL);
    files[0].kind = ZP_STORED_LAYOUT;
    zp_stored_files_settle(files, sizeof cases / sizeof *cases);
    assert_int_equal(files[0].kind, ZP_STORED_LAYOUT);
    assert_int_equal(files[5].kind, ZP_STORED_ORIGINAL);
    assert_int_equal(files[6].kind, ZP_STORED_SEALED);
}

static void names_are_safe(void **state)
{
    assert_str(zp_store_name(arena_of(state), ZP_STR("../../etc"), 5), "etc");
    assert_str(zp_store_name(arena_of(state), ZP_STR("a/b\\c\n"), 5), "abc");
    assert_str(zp_store_name(arena_of(state), ZP_STR("cafe\xCC\x81"), 5), "cafe");
    assert_str(zp_store_name(arena_of(state), ZP_STR(".."), 5), "");
    assert_str(zp_store_name(arena_of(state), ZP_STR("示例单位"), 5), "示例单位");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_are_years_with_a_number),
        TEST(paths_escape_line_ends_and_percent),
        TEST(replacing_keeps_the_order),
        TEST(what_is_rendered_reads_the_same),
        TEST(a_wrong_manifest_is_refused),
        TEST(reports_are_runs_of_files),
        TEST(the_other_manifest_has_an_order_of_its_own),
        TEST(kinds_are_seen_from_names),
        TEST(names_are_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
