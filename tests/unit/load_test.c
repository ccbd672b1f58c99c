/* load_test.c: references to data files on disk become values: kinds of files, globs, sheets,
 * ranges, and what must not be reached. ZIPs and xlsx are tested at the command line
 * (tests/cli/data_test.py).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "data/load.h"
#include "data/yaml.h"
#include "folder.h"

#define BOOK_HEAD                                                                                  \
    "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n"                        \
    "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "                            \
    "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\n"
#define CELL(text) "<Cell><Data ss:Type=\"String\">" text "</Data></Cell>"
#define SHEET(name, head, value)                                                                   \
    "<Worksheet ss:Name=\"" name "\"><Table><Row>" CELL(head) CELL("金额") "</Row><Row>" CELL(     \
        value) "<Cell><Data ss:Type=\"Number\">5</Data></Cell></Row></Table></Worksheet>\n"

static const char book[] = BOOK_HEAD SHEET("甲局", "项目", "会议")
    SHEET("乙局 ", "项目", "培训") "<Worksheet ss:Name=\"空\"><Table></Table></Worksheet>\n"
                                   "</Workbook>\n";

static zp_loader *loader_of(world *w)
{
    w->diag = zp_diag_new(w->arena);
    return zp_loader_new(w->arena, zp_str_from(w->root), NULL, w->diag);
}

static zp_value *load(world *w, const char *reference)
{
    return zp_load(loader_of(w), zp_str_from(reference), ZP_LOAD_INSIDE, ZP_STR(""), (zp_span){0});
}

static void expect_refused(world *w, const char *reference, const char *id)
{
    assert_null(load(w, reference));
    expect_ids(w, id);
}

/* The hint of the only message. */
static void expect_hint(world *w, const char *reference, const char *hint)
{
    size_t count;
    assert_null(load(w, reference));
    const zp_message *messages = zp_diag_messages(w->diag, &count);
    assert_int_equal(count, 1);
    if (zp_str_find(messages[0].hint, zp_str_from(hint), 0) == messages[0].hint.n)
        fail_msg("%s: the hint is %.*s", reference, ZP_ARG(messages[0].hint));
}

static void expect_first(world *w, const char *reference, const char *key, const char *text)
{
    const zp_value *list = load(w, reference);
    expect_ids(w, "");
    assert_non_null(list);
    assert_int_equal(list->kind, ZP_VALUE_LIST);
    expect_entry(list->first, key, text);
}

static void test_text_is_known_by_its_name(void **state)
{
    world *w = *state;
    write_text(w, "a.csv", "项目,金额\n会议,5\n");
    write_text(w, "a.tsv", "项目\t金额\n会议\t5\n");
    write_text(w, "a.TXT", "项目;金额\n会议;5\n");
    write_text(w, "a.xls", "项目\t金额\n会议\t5\n");
    write_text(w, "a.yaml", "项目: 会议\n");
    write_text(w, "a.json", "{\"项目\": \"\\ud83d\\ude00会议\"}");
    write_text(w, "list.yml", "- {项目: 会议}\n");
    write_text(w, "a.doc", "会议");
    const char *const tables[] = {"a.csv", "a.tsv", "a.TXT", "a.xls", "list.yml"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        expect_first(w, tables[i], "项目", "会议");
    expect_entry(load(w, "a.yaml"), "项目", "会议");
    expect_entry(load(w, "a.json"), "项目", "\xF0\x9F\x98\x80会议");
    expect_refused(w, "a.doc", "unknown-data");
}

static void test_gb18030_is_read(void **state)
{
    world *w = *state;
    write_text(w, "a.csv", "\xCF\xEE\xC4\xBF,\xBD\xF0\xB6\xEE\n\xBB\xE1\xD2\xE9,5\n");
    expect_first(w, "a.csv", "项目", "会议");
}

static void test_sheets_go_by_name(void **state)
{
    world *w = *state;
    write_text(w, "book.xls", book);
    expect_first(w, "book.xls", "项目", "会议");
    expect_first(w, "book.xls#甲局", "项目", "会议");
    expect_first(w, "book.xls # 乙局", "项目", "培训"); /* a blank behind its name is not seen */
    expect_first(w, "book.xls#乙局!A1:B2", "项目", "培训");
    expect_first(w, "book.xls#!A:A", "项目", "会议");
    expect_refused(w, "book.xls#丙局", "missing-data");
    expect_hint(w, "book.xls#甲居", "甲局");
    expect_refused(w, "book.xls#甲局!A", "missing-data");
    expect_refused(w, "book.xls#甲局!F9:G20", "missing-data");
}

static void test_all_sheets_are_a_list(void **state)
{
    world *w = *state;
    write_text(w, "book.xls", book);
    const zp_value *sheets = load(w, "book.xls#*");
    expect_ids(w, "");
    assert_int_equal(sheets->count, 2); /* not the empty one */
    expect_entry(sheets->first, "表名", "甲局");
    expect_entry(zp_value_find(sheets->last, ZP_STR("行"))->first, "项目", "培训");
}

static void test_what_has_no_sheets_has_none_to_name(void **state)
{
    world *w = *state;
    write_text(w, "a.csv", "项目,金额\n会议,5\n培训,6\n");
    write_text(w, "a.yaml", "项目: 会议\n");
    expect_refused(w, "a.csv#预算", "missing-data");
    expect_refused(w, "a.yaml#预算", "missing-data");
    expect_refused(w, "a.yaml#!A1", "missing-data");
    const zp_value *rows = load(w, "a.csv#!A1:B2");
    assert_int_equal(rows->count, 1);
}

static void test_a_pattern_gives_a_value_a_file(void **state)
{
    world *w = *state;
    write_text(w, "表/乙.csv", "项目,金额\n培训,6\n");
    write_text(w, "表/甲.csv", "项目,金额\n会议,5\n");
    write_text(w, "表/丙.yaml", "项目: 差旅\n");
    write_text(w, "表/.丁.csv", "x");
    write_text(w, "表/~$甲.csv", "x");
    const zp_value *files = load(w, "表/*.csv");
    expect_ids(w, "");
    assert_int_equal(files->count, 2);
    expect_entry(files->first, "文件", "乙.csv");
    expect_entry(zp_value_find(files->last, ZP_STR("行"))->first, "项目", "会议");
    assert_int_equal(load(w, "表/?.csv")->count, 2);
    assert_int_equal(load(w, "表/*")->count, 3);
    files = load(w, "表/*.yaml"); /* one is a list too */
    assert_int_equal(files->kind, ZP_VALUE_LIST);
    expect_entry(files->first, "项目", "差旅");
    expect_entry(files->first, "文件", "丙.yaml");
    expect_refused(w, "表/*.xlsx", "missing-data");
    expect_refused(w, "没有/*.xlsx", "missing-data");
}

/* Read once: what stands in the file by the second report's time does not matter. */
static void test_many_reports_share_files(void **state)
{
    world *w = *state;
    zp_loader *first = loader_of(w);
    zp_str name = ZP_STR("a.csv"), bad = ZP_STR("b.csv"), none = {0};
    write_text(w, "a.csv", "项目,金额\n会议,5\n");
    write_text(w, "b.csv", "项目,金额\n\"会议,5\n");
    assert_non_null(zp_load(first, name, ZP_LOAD_INSIDE, none, (zp_span){0}));
    assert_null(zp_load(first, bad, ZP_LOAD_INSIDE, none, (zp_span){0}));
    expect_ids(w, "csv-quote");
    write_text(w, "a.csv", "项目,金额\n差旅,5\n");
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = w->diag = zp_diag_new(w->arena);
    zp_loader *next = zp_loader_share(arena, first, zp_str_from(w->root), NULL, diag);
    const zp_value *rows = zp_load(next, name, ZP_LOAD_INSIDE, none, (zp_span){0});
    expect_entry(rows->first, "项目", "会议");
    assert_null(zp_load(next, bad, ZP_LOAD_INSIDE, none, (zp_span){0}));
    expect_ids(w, "bad-data");
    zp_arena_free(arena);
}

static void test_patterns_cost_no_more_than_their_length(void **state)
{
    world *w = *state;
    write_text(w, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.csv", "x\n1\n");
    expect_refused(w, "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "missing-data");
}

static void test_nothing_outside_the_folder_is_read(void **state)
{
    world *w = *state;
    write_text(w, "in/a.csv", "项目\n会议\n");
    write_text(w, "out/b.csv", "项目\n会议\n");
    assert_int_equal(symlink("../out/b.csv", zp_str_cstr(w->arena, path_of(w, "in/link.csv"))), 0);
    assert_int_equal(symlink("../out", zp_str_cstr(w->arena, path_of(w, "in/folder"))), 0);
    zp_str inner = path_of(w, "in");
    const char *const outside[] = {"../out/b.csv", "/etc/passwd",  "link.csv", "folder/b.csv",
                                   "folder/*.csv", "../out/*.csv", "../*",     "../in/a.csv"};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        zp_loader *loader = zp_loader_new(w->arena, inner, NULL, w->diag);
        assert_null(
            zp_load(loader, zp_str_from(outside[i]), ZP_LOAD_INSIDE, ZP_STR(""), (zp_span){0}));
        expect_ids(w, "outside-folder");
    }
    zp_loader *loader = zp_loader_new(w->arena, inner, NULL, w->diag); /* a link in a glob */
    assert_null(zp_load(loader, ZP_STR("*.csv"), ZP_LOAD_INSIDE, ZP_STR(""), (zp_span){0}));
    loader = zp_loader_new(w->arena, inner, NULL, w->diag);
    assert_non_null(
        zp_load(loader, path_of(w, "out/b.csv"), ZP_LOAD_ANYWHERE, ZP_STR(""), (zp_span){0}));
}

static void test_without_a_folder_nothing_is_inside(void **state)
{
    world *w = *state;
    zp_loader *loader = zp_loader_new(w->arena, ZP_STR(""), NULL, w->diag);
    assert_null(zp_load(loader, ZP_STR("a.csv"), ZP_LOAD_INSIDE, ZP_STR(""), (zp_span){0}));
    expect_ids(w, "outside-folder");
}

static void test_what_is_not_there_has_a_hint(void **state)
{
    world *w = *state;
    write_text(w, "指标表.csv", "项目\n会议\n");
    write_text(w, "表/甲局.csv", "项目\n会议\n");
    expect_refused(w, "指标.xlsx", "missing-data");
    expect_hint(w, "指标表.cvs", "指标表.csv");
    expect_hint(w, "表/甲据.csv", "甲局.csv");
    expect_refused(w, "", "missing-data");
    expect_refused(w, "表", "missing-data");
    expect_refused(w, "指标表.csv/甲", "bad-zip");
}

static void test_a_file_is_read_once(void **state)
{
    world *w = *state;
    size_t count;
    write_text(w, "book.xls", book);
    write_text(w, "a.csv", "项目\n会议\n");
    zp_loader *loader = loader_of(w);
    zp_load(loader, ZP_STR("book.xls#甲局"), ZP_LOAD_INSIDE, ZP_STR(""), (zp_span){0});
    zp_load(loader, ZP_STR("book.xls#乙局"), ZP_LOAD_INSIDE, ZP_STR(""), (zp_span){0});
    zp_load(loader, ZP_STR("a.csv"), ZP_LOAD_INSIDE, ZP_STR(""), (zp_span){0});
    assert_non_null(zp_load_sheet(loader, ZP_STR("a.csv"), (zp_span){0}));
    const zp_loaded *files = zp_loader_files(loader, &count);
    assert_int_equal(count, 2);
    assert_true(zp_str_eq(files[1].path, path_of(w, "a.csv")));
}

static void test_a_sheet_as_it_stands(void **state)
{
    world *w = *state;
    write_text(w, "book.xls", book);
    const zp_sheet *sheet =
        zp_load_sheet(loader_of(w), ZP_STR("book.xls#甲局!A2:B2"), (zp_span){0});
    assert_int_equal(sheet->row_count, 1);
    assert_int_equal(sheet->column_count, 2);
    assert_null(zp_load_sheet(loader_of(w), ZP_STR("book.xls#无"), (zp_span){0}));
    expect_ids(w, "missing-data");
}

static void test_forms_are_known(void **state)
{
    world *w = *state;
    write_text(w, "a.csv", "项目\n会议\n");
    zp_loader *loader = loader_of(w);
    assert_null(zp_load(loader, ZP_STR("a.csv"), ZP_LOAD_INSIDE, ZP_STR("自评表"), (zp_span){0}));
    expect_ids(w, "unknown-form");
    loader = loader_of(w);
    assert_null(zp_load(loader, ZP_STR("a.csv"), ZP_LOAD_INSIDE, ZP_STR("*"), (zp_span){0}));
    expect_ids(w, "missing-form");
}

static void test_a_sheet_that_is_not_the_form_is_passed_over(void **state)
{
    world *w = *state;
    const zp_source *source = zp_source_new(w->arena, ZP_STR("forms"),
                                            ZP_STR("甲表: {title: 会议, fields: {a: 金额}}\n"));
    w->diag = zp_diag_new(w->arena);
    const zp_value *forms = zp_yaml_read(w->arena, zp_span_of(source, 0, source->text.n), w->diag);
    zp_loader *loader = zp_loader_new(w->arena, zp_str_from(w->root), forms, w->diag);
    write_text(w, "book.xls", book);
    const zp_value *sheets =
        zp_load(loader, ZP_STR("book.xls#*"), ZP_LOAD_INSIDE, ZP_STR("甲表"), (zp_span){0});
    expect_ids(w, "missing-form");
    assert_int_equal(zp_diag_count(w->diag, ZP_ERROR), 0);
    assert_int_equal(sheets->count, 1);
    expect_entry(sheets->first, "表名", "甲局");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_text_is_known_by_its_name),
        TEST(test_gb18030_is_read),
        TEST(test_sheets_go_by_name),
        TEST(test_all_sheets_are_a_list),
        TEST(test_what_has_no_sheets_has_none_to_name),
        TEST(test_a_pattern_gives_a_value_a_file),
        TEST(test_many_reports_share_files),
        TEST(test_patterns_cost_no_more_than_their_length),
        TEST(test_nothing_outside_the_folder_is_read),
        TEST(test_without_a_folder_nothing_is_inside),
        TEST(test_what_is_not_there_has_a_hint),
        TEST(test_a_file_is_read_once),
        TEST(test_a_sheet_as_it_stands),
        TEST(test_forms_are_known),
        TEST(test_a_sheet_that_is_not_the_form_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
