/* xlsxwrite_test.c: what is written as a workbook, read back by workbook.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "book/workbook.h"
#include "book/xlsxwrite.h"

static const zp_out_column columns[] = {
    {ZP_STR("单位"), 20, ZP_COLUMN_TEXT, NULL},
    {ZP_STR("预算数"), 12, ZP_COLUMN_NUMBER, "#,##0.00"},
    {ZP_STR("等级"), 8, ZP_COLUMN_CENTRE, NULL},
};
static const zp_str cells[] = {ZP_STR("=1+1"),           ZP_STR("3074.03"), ZP_STR("优"),
                               ZP_STR("㐂县𠮷乡财政所"), ZP_STR("-12.5"),   ZP_STR("")};

static zp_buf write_sheet(zp_arena *arena, const zp_out_sheet *sheet)
{
    zp_buf out = {.arena = arena};
    zp_str why;
    assert_true(zp_xlsx_write(arena, sheet, 1, 1700000000, &out, &why));
    return out;
}

static void assert_cell(const zp_sheet *sheet, uint32_t row, uint32_t column, zp_cell_kind kind,
                        const char *text)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->cells[i].row == row && sheet->cells[i].column == column) {
            assert_int_equal(sheet->cells[i].kind, kind);
            if (!zp_str_eq(sheet->cells[i].text, zp_str_from(text)))
                fail_msg("“%.*s” instead of “%s”", ZP_ARG(sheet->cells[i].text), text);
            return;
        }
    fail_msg("no cell at %u, %u", row, column);
}

static void reads_back(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    const zp_out_sheet sheet = {
        .name = ZP_STR("2024年度[汇总]：预算执行情况和自评得分一览表的很长的名字"),
        .title = ZP_STR("汇总表"),
        .note = ZP_STR("单位：万元"),
        .columns = columns,
        .column_count = 3,
        .cells = cells,
        .row_count = 2,
    };
    zp_buf out = write_sheet(arena, &sheet);
    const zp_book *book = zp_workbook_read(arena, ZP_STR("汇总表.xlsx"), zp_buf_str(&out), diag);
    assert_non_null(book);
    assert_int_equal(book->count, 1);
    const zp_sheet *read = &book->sheets[0];
    assert_true(
        zp_str_eq(read->name, ZP_STR("2024年度汇总：预算执行情况和自评得分一览表的很长的名字")));
    assert_cell(read, 0, 0, ZP_CELL_TEXT, "汇总表");
    assert_cell(read, 1, 0, ZP_CELL_TEXT, "单位：万元");
    assert_cell(read, 2, 1, ZP_CELL_TEXT, "预算数");
    assert_cell(read, 3, 0, ZP_CELL_TEXT, "=1+1");
    assert_cell(read, 3, 1, ZP_CELL_NUMBER, "3,074.03");
    assert_cell(read, 4, 0, ZP_CELL_TEXT, "㐂县𠮷乡财政所");
    assert_cell(read, 4, 1, ZP_CELL_NUMBER, "-12.50");
    zp_arena_free(arena);
}

static void same_bytes_at_the_same_date(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_out_sheet sheet = {.name = ZP_STR("表"),
                                .columns = columns,
                                .column_count = 3,
                                .cells = cells,
                                .row_count = 2};
    zp_buf a = write_sheet(arena, &sheet), b = write_sheet(arena, &sheet);
    assert_true(zp_str_eq(zp_buf_str(&a), zp_buf_str(&b)));
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back),
        cmocka_unit_test(same_bytes_at_the_same_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
