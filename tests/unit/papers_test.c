/* papers_test.c: what a bag says of itself, read back; whatever its reports are called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "archive/papers.h"
#include "book/workbook.h"
#include "book/xml.h"

static int set_up(void **state)
{
    *state = zp_arena_new();
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(*state);
    return 0;
}

/* One whose 正本 is a 盖章件, one that has none, one that says nothing and has no PDF. */
static const zp_stored_file sealed[] = {
    {ZP_STR("data/001/a/a.pdf"), ZP_STR("5"), ZP_STR("2a"), ZP_STORED_LAYOUT},
    {ZP_STR("data/001/a/附件/盖章.pdf"), ZP_STR("6"), ZP_STR("2b"), ZP_STORED_ORIGINAL},
};
static const zp_stored_file plain[] = {
    {ZP_STR("data/<&\"'>/a.pdf"), ZP_STR("7"), ZP_STR("2c"), ZP_STORED_ORIGINAL},
};
static const zp_card cards[] = {
    {.title = ZP_STR("2024年度甲局自评报告"),
     .department = ZP_STR("甲局"),
     .date = ZP_STR("2025-03-20"),
     .secrecy = ZP_STR("内部"),
     .pages = ZP_STR("12"),
     .bytes = ZP_STR("4096"),
     .files = ZP_STR("9")},
    {.title = ZP_STR("=1+1 <b>&\"'\x01]]>"), .department = ZP_STR("%s%n"), .pages = ZP_STR("3")},
    {.title = ZP_STR("")},
};
enum { COUNT = sizeof cards / sizeof *cards };

static size_t make_of(zp_arena *arena, const zp_bag *bag, size_t count, const zp_card *of,
                      zp_paper papers[ZP_PAPERS_MOST])
{
    const zp_stored_report reports[COUNT] = {
        {.bag = bag, .unit = ZP_STR("001"), .files = sealed, .file_count = 2},
        {.bag = bag, .unit = ZP_STR("002"), .files = plain, .file_count = 1},
        {.bag = bag, .unit = ZP_STR("003"), .folder = ZP_STR("data/003/a/")},
    };
    size_t made = zp_papers_make(arena, bag, reports, of, count, papers);
    assert_true(made == 2 || made == 3); /* the workbook where libxlsxwriter is */
    assert_true(zp_str_eq(papers[0].name, ZP_STR("说明文件.txt")));
    assert_true(zp_str_eq(papers[1].name, ZP_STR("归档文件目录.xml")));
    return made;
}

static size_t make(zp_arena *arena, const char *year, size_t count, const zp_card *of,
                   zp_paper papers[ZP_PAPERS_MOST])
{
    return make_of(arena, zp_bag_new(arena, zp_str_from(year)), count, of, papers);
}

static void expect(zp_str found, const char *expected)
{
    if (!zp_str_eq(found, zp_str_from(expected)))
        fail_msg("“%.*s” instead of “%s”", ZP_ARG(found), expected);
}

static bool holds(zp_str text, const char *part)
{
    return zp_str_find(text, zp_str_from(part), 0) < text.n;
}

/* A row of the workbook by the head of a column. */
static zp_str cell_of(const zp_sheet *sheet, uint32_t row, const char *head)
{
    for (uint32_t c = 0; c < sheet->column_count; c++) {
        const zp_cell *cell = zp_sheet_at(sheet, 1, c);
        if (cell && zp_str_eq(cell->text, zp_str_from(head))) {
            cell = zp_sheet_at(sheet, 2 + row, c);
            return cell ? cell->text : ZP_STR("");
        }
    }
    fail_msg("there is no column %s", head);
    return ZP_STR("");
}

static void the_list_has_a_row_a_report(void **state)
{
    zp_paper papers[ZP_PAPERS_MOST];
    zp_arena *arena = *state;
    if (make(arena, "2024-2", COUNT, cards, papers) < 3)
        skip();
    expect(papers[2].name, "归档文件目录.xlsx");
    const zp_book *book =
        zp_workbook_read(arena, papers[2].name, papers[2].bytes, zp_diag_new(arena));
    assert_non_null(book);
    const zp_sheet *sheet = &book->sheets[0];
    expect(zp_sheet_at(sheet, 0, 0)->text, "2024年度绩效自评报告归档文件目录");
    expect(cell_of(sheet, 0, "顺序号"), "1");
    expect(cell_of(sheet, 0, "题名"), "2024年度甲局自评报告");
    expect(cell_of(sheet, 0, "责任者"), "甲局");
    expect(cell_of(sheet, 0, "密级"), "内部");
    expect(cell_of(sheet, 0, "年度"), "2024"); /* of the bag 2024-2 too */
    expect(cell_of(sheet, 0, "电子档案名称"), "data/001/a/附件/盖章.pdf");
    expect(cell_of(sheet, 0, "正本的SHA-256"), "2b");
    expect(cell_of(sheet, 0, "格式信息"), "PDF（盖章件）");
    expect(cell_of(sheet, 0, "页数"), ""); /* ours are not those of the 盖章件 */
    expect(cell_of(sheet, 0, "档号"), "");
    expect(cell_of(sheet, 1, "责任者"), "%s%n");
    expect(cell_of(sheet, 1, "页数"), "3");
    expect(cell_of(sheet, 1, "格式信息"), "PDF/A-2a，PDF/UA-1");
    assert_int_equal(zp_sheet_at(sheet, 3, 3)->kind, ZP_CELL_TEXT); /* =1+1 is no formula */
    expect(cell_of(sheet, 2, "责任者"), "003"); /* who says nothing is called by his folder */
    expect(cell_of(sheet, 2, "电子档案名称"), "data/003/a/");
    expect(cell_of(sheet, 2, "格式信息"), "");
    expect(cell_of(sheet, 2, "文件数"), "");
}

static bool count_open(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    (void)attributes;
    (void)count;
    *(size_t *)user += zp_str_eq(name, ZP_STR("文件"));
    return true;
}

static bool ignore_close(void *user, zp_str name)
{
    (void)user;
    (void)name;
    return true;
}

static bool ignore_text(void *user, zp_str text)
{
    (void)user;
    (void)text;
    return true;
}

static void the_list_in_xml_is_well_formed(void **state)
{
    zp_paper papers[ZP_PAPERS_MOST];
    zp_arena *arena = *state;
    make(arena, "2024", COUNT, cards, papers);
    zp_str xml = papers[1].bytes;
    assert_true(holds(xml, "件数=\"3\""));
    assert_true(holds(xml, "<大小>4096</大小>"));
    assert_true(holds(xml, "<题名>=1+1 &lt;b&gt;&amp;"));
    const zp_xml_events events = {count_open, ignore_close, ignore_text};
    size_t files = 0;
    zp_span place = zp_span_file(zp_source_new(arena, papers[1].name, ZP_STR("")));
    assert_true(zp_xml_read(arena, place, xml, false, &events, &files, zp_diag_new(arena)));
    assert_int_equal(files, COUNT);
}

static void the_text_says_how_many(void **state)
{
    zp_paper papers[ZP_PAPERS_MOST];
    make(*state, "2024", COUNT, cards, papers);
    assert_true(
        zp_str_starts(papers[0].bytes, ZP_STR("2024年度绩效自评报告归档文件说明\n\n共 3 份")));
    assert_true(holds(papers[0].bytes, "sha512sum -c"));
    make(*state, "2024", 0, cards, papers);
    assert_true(holds(papers[0].bytes, "共 0 份"));
    assert_true(holds(papers[1].bytes, "件数=\"0\""));
}

static void same_bag_same_bytes(void **state)
{
    zp_paper one[ZP_PAPERS_MOST], other[ZP_PAPERS_MOST];
    size_t made = make(*state, "2024", COUNT, cards, one);
    assert_int_equal(make(*state, "2024", COUNT, cards, other), made);
    for (size_t i = 0; i < made; i++)
        assert_true(zp_str_eq(one[i].bytes, other[i].bytes));
    make(*state, "2023", COUNT, cards, other);
    for (size_t i = 0; i < made; i++)
        assert_false(zp_str_eq(one[i].bytes, other[i].bytes));
}

/* More than a cell of a workbook may hold. */
static void a_title_of_any_length_is_taken(void **state)
{
    zp_paper papers[ZP_PAPERS_MOST];
    char *title = zp_arena_alloc(*state, 300001);
    for (size_t i = 0; i < 300000; i += 3)
        memcpy(title + i, "题", 3);
    zp_card long_cards[COUNT] = {{.title = {title, 300000}}};
    size_t made = make(*state, "2024", COUNT, long_cards, papers);
    assert_true(papers[1].bytes.n > 300000);
    assert_true(made == 2 || papers[2].bytes.n > 0);
}

/* 件号 of their own are kept, others take those that are free, behind those of earlier bags. */
static void numbers_are_given_once(void **state)
{
    zp_paper papers[ZP_PAPERS_MOST];
    zp_bag *bag = zp_bag_new(*state, ZP_STR("2024-2"));
    zp_card numbered[COUNT] = {{.section = ZP_STR("BGS")},
                               {.section = ZP_STR("BGS")},
                               {.section = ZP_STR("BGS"), .item = ZP_STR("8")}};
    bag->record = (zp_record){.fonds = ZP_STR("Z109"), .retention = ZP_STR("D30")};
    bag->before = 7;
    make_of(*state, bag, COUNT, numbered, papers);
    zp_str xml = papers[1].bytes;
    size_t first = zp_str_find(xml, ZP_STR("Z109-WS·2024-D30-BGS-0009"), 0);
    size_t second = zp_str_find(xml, ZP_STR("Z109-WS·2024-D30-BGS-0010"), 0);
    size_t third = zp_str_find(xml, ZP_STR("Z109-WS·2024-D30-BGS-0008"), 0);
    assert_true(first < second && second < third && third < xml.n);
    assert_int_equal(zp_papers_unnumbered(*state, bag, numbered, COUNT), 0);
    numbered[1].item = ZP_STR("0008");
    assert_int_equal(zp_papers_unnumbered(*state, bag, numbered, COUNT), 1);
    bag->record.fonds = ZP_STR("");
    numbered[1].fonds = ZP_STR("X001");
    assert_int_equal(zp_papers_unnumbered(*state, bag, numbered, COUNT), 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_list_has_a_row_a_report),    TEST(the_list_in_xml_is_well_formed),
        TEST(the_text_says_how_many),         TEST(same_bag_same_bytes),
        TEST(a_title_of_any_length_is_taken), TEST(numbers_are_given_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
