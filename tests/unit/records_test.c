/* records_test.c: lists as the budget system exports them and as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "book/csv.h"
#include "data/label.h"
#include "data/records.h"
#include "drawn.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_sheet_maker maker;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = zp_arena_new();
    f->diag = zp_diag_new(f->arena);
    f->maker = (zp_sheet_maker){.arena = f->arena, .diag = f->diag};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    zp_arena_free(f->arena);
    free(f);
    return 0;
}

static zp_sheet *draw(fixture *f, const char *text)
{
    f->maker = (zp_sheet_maker){.arena = f->arena, .diag = f->diag};
    return draw_sheet(&f->maker, text);
}

/* A list as text: key=value[unit] of each row, - for a blank. */
static void assert_list(fixture *f, const zp_value *records, const char *expected)
{
    assert_non_null(records);
    assert_int_equal(records->kind, ZP_VALUE_LIST);
    zp_buf out = {.arena = f->arena};
    for (const zp_value *map = records->first; map; map = map->next) {
        assert_int_equal(map->kind, ZP_VALUE_MAP);
        for (const zp_value *v = map->first; v; v = v->next) {
            assert_non_null(v->span.source);
            assert_non_null(v->key_span.source);
            zp_buf_format(&out, "%.*s=", ZP_ARG(v->key));
            if (v->kind == ZP_VALUE_NULL)
                zp_buf_lit(&out, "-");
            zp_buf_add(&out, v->text);
            if (v->unit.n)
                zp_buf_format(&out, "[%.*s]", ZP_ARG(v->unit));
            zp_buf_byte(&out, v->next ? ' ' : '\n');
        }
    }
    zp_str text = zp_buf_str(&out);
    if (!zp_str_eq(text, zp_str_from(expected)))
        fail_msg("\n%.*sis not\n%s", ZP_ARG(text), expected);
}

static void assert_drawn(fixture *f, const char *drawing, const char *expected)
{
    assert_list(f, zp_records_read(f->arena, draw(f, drawing), f->diag), expected);
}

static void assert_quiet(const fixture *f)
{
    size_t count;
    zp_diag_messages(f->diag, &count);
    assert_int_equal(count, 0);
}

static void assert_message(const fixture *f, const char *id, size_t wanted)
{
    size_t count, found = 0;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    for (size_t i = 0; i < count; i++)
        found += strcmp(messages[i].id, id) == 0;
    assert_int_equal(found, wanted);
}

static void a_plain_list_is_a_list(void **state)
{
    assert_drawn(*state,
                 "项目名称|预算数|执行数\n"
                 "办公|1|2\n"
                 "||\n"
                 "乙||3\n",
                 "项目名称=办公 预算数=1 执行数=2\n"
                 "项目名称=乙 预算数=- 执行数=3\n");
    assert_quiet(*state);
}

static void an_export_is_a_list(void **state)
{
    assert_drawn(
        *state,
        "2024年度项目支出执行情况表（示例数据）|<|<|<|<|<\n"
        "编制单位：某某局||||| 单位：万元\n"
        "序号|项目名称|年初 预算数|<|执行率（%）|备注\n"
        "^|^|财政拨款|其他 资金|^|^\n"
        "1|2|3|4|5=3/4|6\n"
        "合 计||#110|#5|#90.1|\n"
        "1|甲|#100|#5|#90|\n"
        "2|乙|#10|—|#91|好\n"
        "小计：2项||#110|#5||\n"
        "||||||\n"
        "填表人：|张|||联系电话：|\n"
        "3|丙|#1|#1|#1|\n",
        "序号=1 项目名称=甲[万元] 年初预算数/财政拨款=100[万元] 年初预算数/其他资金=5[万元] "
        "执行率=90[%] 备注=-\n"
        "序号=2 项目名称=乙[万元] 年初预算数/财政拨款=10[万元] 年初预算数/其他资金=—[万元] "
        "执行率=91[%] 备注=好[万元]\n");
    assert_quiet(*state);
}

static void a_header_has_up_to_three_rows(void **state)
{
    assert_drawn(*state,
                 "项目|支出（万元）|<|<|<\n"
                 "^|基本|<|项目支出（元）|<\n"
                 "^|人员|公用|本级|转移\n"
                 "物业|1|2|3|4\n",
                 "项目=物业 支出/基本/人员=1[万元] 支出/基本/公用=2[万元] 支出/项目支出/本级=3[元] "
                 "支出/项目支出/转移=4[元]\n");
    assert_drawn(*state,
                 "项目|支出|<\n"
                 "|基本|项目\n"
                 "物业|1|2\n",
                 "项目=物业 支出/基本=1 支出/项目=2\n");
    assert_drawn(*state, /* all heads two rows high */
                 "项目|支出\n"
                 "^|^\n"
                 "甲|1\n",
                 "项目=甲 支出=1\n");
    assert_quiet(*state);
}

static void a_wide_head_is_no_group(void **state)
{
    assert_drawn(*state,
                 "项目|<|金额\n"
                 "甲|<|1\n"
                 "|乙|2\n",
                 "项目=甲 金额=1\n"
                 "项目=乙 金额=2\n");
    assert_drawn(*state,
                 "项目|<|金额|<\n"
                 "物业|乙|#1|#2\n",
                 "项目=物业 金额=1\n");
    assert_quiet(*state);
}

static void a_join_downwards_stands_in_each_row(void **state)
{
    assert_drawn(*state,
                 "科室|项目|金额\n"
                 "一科|小计|3\n"
                 "^|甲|1\n"
                 "^|乙|2\n"
                 "合计|<|3\n"
                 "二科|丙|^\n",
                 "科室=一科 项目=甲 金额=1\n"
                 "科室=一科 项目=乙 金额=2\n"
                 "科室=二科 项目=丙 金额=3\n");
    assert_quiet(*state);
}

static void a_list_of_a_total_is_empty(void **state)
{
    assert_drawn(*state, "项目|金额\n合计|3\n", "");
    assert_drawn(*state, "项目|金额\n", "");
    assert_drawn(*state, "项目|金额\n项目|金额|\n合计|3\n", "项目=项目 金额=金额\n");
    assert_quiet(*state);
}

static void a_column_without_head_is_passed_over(void **state)
{
    assert_drawn(*state,
                 "绩效指标|一级||三级\n"
                 "^|a|x|b\n"
                 "^|c|y|d\n"
                 "^|||\n"
                 "^||z|\n",
                 "一级=a 三级=b\n"
                 "一级=c 三级=d\n");
    assert_quiet(*state);
}

static void heads_that_stand_twice_are_told(void **state)
{
    assert_drawn(*state,
                 "项目|金额|金额（元）| 项　目\n"
                 "物业|1|2|乙\n",
                 "项目=物业 金额=1\n");
    assert_message(*state, "duplicate-column", 2);
}

static void the_first_of_twins_counts_at_any_place(void **state)
{
    assert_drawn(*state, "b|a|b|a|c\n9|8|7|6|5\n", "b=9 a=8 c=5\n");
    assert_message(*state, "duplicate-column", 2);
}

static void a_row_that_numbers_the_columns_is_passed_over(void **state)
{
    static const char *const rows[] = {"甲|1|2|3\n", "1|2|3|4\n", "栏次|||1\n",
                                       "（1）|（2）|3|4=3-2\n"};
    static const char *const lists[] = {"项目|1|2|3\n", "2|3|4|5\n", "1|1|1|1\n", "1||2|\n"};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        zp_str text = zp_str_format(f->arena, "a|b|c|d\n%sx|||\n", rows[i]);
        assert_drawn(f, zp_str_cstr(f->arena, text), "a=x b=- c=- d=-\n");
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        zp_str text = zp_str_format(f->arena, "a|b|c|d\n%s", lists[i]);
        zp_sheet *sheet = draw(f, zp_str_cstr(f->arena, text));
        assert_int_equal(zp_records_read(f->arena, sheet, f->diag)->count, 1);
    }
}

static void one_column_is_a_list_too(void **state)
{
    assert_drawn(*state, "单位\n某局\n某委\n", "单位=某局\n单位=某委\n");
    assert_quiet(*state);
}

static void a_sheet_without_header_is_an_error(void **state)
{
    fixture *f = *state;
    assert_null(zp_records_read(f->arena, draw(f, ""), f->diag));
    assert_null(
        zp_records_read(f->arena, draw(f, "标题|<|<\n单位：万元||\n编制：|某局||x\n"), f->diag));
    assert_message(f, "no-header", 2);
}

static void csv_has_a_header_of_one_row(void **state)
{
    fixture *f = *state;
    const zp_source *source =
        zp_source_new(f->arena, ZP_STR("a.csv"),
                      ZP_STR("示例数据,,\n单位：元,,\n名称,金额,\n财政,其他,\n,5,x\n合计,6,\n"));
    const zp_value *records =
        zp_records_read(f->arena, zp_csv_read(f->arena, source, f->diag), f->diag);
    assert_list(f, records, "名称=财政[元] 金额=其他[元]\n名称=- 金额=5[元]\n");
    const zp_value *blank = records->last->first;
    size_t line, column;
    zp_source_place(source, blank->span.start, &line, &column);
    assert_int_equal(line, 5);
    assert_int_equal(column, 1);
    zp_source_place(source, records->last->last->key_span.start, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 4);
}

static void what_was_never_computed_is_told_once_a_column(void **state)
{
    fixture *f = *state;
    draw(f, "甲|乙\n");
    for (uint32_t row = 1; row < 4; row++)
        for (uint32_t column = 0; column < 2; column++) {
            zp_cell cell = {.kind = ZP_CELL_NUMBER,
                            .text = ZP_STR(""),
                            .uncomputed = true,
                            .row = row,
                            .column = column};
            zp_sheet_add(&f->maker, &cell);
        }
    zp_sheet *sheet = zp_sheet_finish(&f->maker, NULL, ZP_STR("b.xlsx"), ZP_STR("表"));
    assert_list(f, zp_records_read(f->arena, sheet, f->diag), "甲=- 乙=-\n甲=- 乙=-\n甲=- 乙=-\n");
    assert_message(f, "no-cached-value", 2);
}

static void a_cell_keeps_what_it_stores(void **state)
{
    fixture *f = *state;
    zp_cell cell = {.kind = ZP_CELL_NUMBER,
                    .text = ZP_STR("9%"),
                    .stored = ZP_STR("0.09"),
                    .unit = ZP_STR("1")};
    const zp_value *value = zp_cell_value(f->arena, &cell, (zp_span){NULL, 3, 4});
    assert_int_equal(value->kind, ZP_VALUE_TEXT);
    assert_true(zp_str_eq(value->stored, ZP_STR("0.09")));
    assert_true(zp_str_eq(value->unit, ZP_STR("1")));
    cell.kind = ZP_CELL_BLANK;
    assert_int_equal(zp_cell_value(f->arena, &cell, cell.span)->kind, ZP_VALUE_NULL);
    value = zp_cell_value(f->arena, NULL, (zp_span){NULL, 3, 4});
    assert_int_equal(value->kind, ZP_VALUE_NULL);
    assert_int_equal(value->span.start, 3);
}

static void labels_say_what_a_row_is(void **state)
{
    (void)state;
    static const char *const totals[] = {"合计", " 合 计：", "总　计", "小计（3项）", "共计"};
    static const char *const others[] = {"总计划编制", "合计费", "项目合计", "", "计", "合"};
    static const char *const closing[] = {"填表人：", "填 表 人 张某", "审核人（签章）",
                                          "负责人",   "注：1",         "注1：",
                                          "说 明：",  "备注:",         "联系电话：1"};
    static const char *const open[] = {"注册费",       "负责人培训", "备注", "审核",
                                       "审核人员经费", "说明书印制", "注1",  "联系电话"};
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        assert_true(zp_label_is_total(zp_str_from(totals[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(zp_label_is_total(zp_str_from(others[i])));
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (!zp_label_is_closing(zp_str_from(closing[i])))
            fail_msg("%s", closing[i]);
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (zp_label_is_closing(zp_str_from(open[i])))
            fail_msg("%s", open[i]);
}

static void labels_begin_texts(void **state)
{
    (void)state;
    assert_true(zp_label_begins(ZP_STR("总分"), ZP_STR("总分")));
    assert_true(zp_label_begins(ZP_STR(" 总 分 ：100"), ZP_STR("总分")));
    assert_false(zp_label_begins(ZP_STR("总分值"), ZP_STR("总分")));
    assert_false(zp_label_begins(ZP_STR("总"), ZP_STR("总分")));
}

static void labels_are_folded(void **state)
{
    static const char *const pairs[][2] = {
        {"全年预算数（Ａ）：", "全年预算数(A)"},
        {"其中： 财政\n拨款", "财政拨款"},
        {"\xC2\xA0合\xE3\x80\x80计\xE2\x80\x8B", "合计"},
        {"其中", "其中"},
        {"：：", ""},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        zp_str folded = zp_label_fold(f->arena, zp_str_from(pairs[i][0]));
        if (!zp_str_eq(folded, zp_str_from(pairs[i][1])))
            fail_msg("%.*s is not %s", ZP_ARG(folded), pairs[i][1]);
    }
}

static void a_table_names_its_unit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool alone;
        const char *unit;
    } cases[] = {
        {"单位：万元", false, "万元"},
        {"（金额单位： 元）", false, "元"},
        {"编制单位：某某局   金额单位：万元", false, "万元"},
        {"单位：某某局", true, ""},
        {"编制单位：某某局", true, ""},
        {"收支表（单位：元）", true, "元"},
        {"预算数（单位：元）", false, ""},
        {"预算数（元）", true, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str unit = zp_label_table_unit(zp_str_from(cases[i].text), cases[i].alone);
        if (!zp_str_eq(unit, zp_str_from(cases[i].unit)))
            fail_msg("%s names %.*s", cases[i].text, ZP_ARG(unit));
    }
}

/* --- Hostile sheets -------------------------------------------------------------------------- */

static void add(fixture *f, uint32_t row, uint32_t column, uint32_t rows, uint32_t columns,
                zp_str text)
{
    zp_cell cell = {.kind = ZP_CELL_TEXT,
                    .text = text,
                    .row = row,
                    .column = column,
                    .rows = rows,
                    .columns = columns};
    zp_sheet_add(&f->maker, &cell);
}

static zp_value *read_made(fixture *f)
{
    zp_sheet *sheet = zp_sheet_finish(&f->maker, NULL, ZP_STR("b.xlsx"), ZP_STR("表"));
    return zp_records_read(f->arena, sheet, f->diag);
}

static void a_wide_header_over_sparse_rows_is_bounded(void **state)
{
    fixture *f = *state;
    for (uint32_t column = 0; column < ZP_SHEET_COLUMNS; column++)
        add(f, 0, column, 1, 1, zp_str_format(f->arena, "h%u", column));
    for (uint32_t row = 1; row < 1000; row++)
        add(f, row, row, 1, 1, ZP_STR("x"));
    zp_value *records = read_made(f);
    assert_message(f, "too-many-cells", 1);
    assert_true(records->count > 140 && records->count < 160);
}

static void a_long_head_over_many_columns_is_cut(void **state)
{
    fixture *f = *state;
    zp_buf text = {.arena = f->arena};
    while (text.n < 1 << 20)
        zp_buf_lit(&text, "长");
    add(f, 0, 0, 1, ZP_SHEET_COLUMNS, zp_buf_str(&text));
    add(f, 1, 0, 1, 8000, zp_buf_str(&text));
    add(f, 1, 8000, 1, 8000, zp_buf_str(&text));
    for (uint32_t column = 0; column < 16000; column++)
        add(f, 2, column, 1, 1, zp_str_format(f->arena, "h%u", column));
    add(f, 3, 1, 1, 1, ZP_STR("x"));
    zp_value *records = read_made(f);
    assert_int_equal(records->count, 1);
    assert_true(zp_arena_size(f->arena) < 100 << 20);
}

static void joins_over_everything_are_no_rows(void **state)
{
    fixture *f = *state;
    add(f, 0, 0, 1, 1, ZP_STR("a"));
    add(f, 0, 1, 1, 1, ZP_STR("b"));
    add(f, 1, 0, ZP_SHEET_ROWS, 1, ZP_STR("x"));
    add(f, 1, 1, ZP_SHEET_ROWS, ZP_SHEET_COLUMNS, ZP_STR("y"));
    assert_list(f, read_made(f), "a=x b=y\n");
}

static void ten_thousand_rows_are_a_list(void **state)
{
    fixture *f = *state;
    for (uint32_t column = 0; column < 20; column++)
        add(f, 0, column, 1, 1, zp_str_format(f->arena, "h%u", column));
    for (uint32_t row = 1; row <= 10000; row++)
        for (uint32_t column = 0; column < 20; column += 1 + row % 2)
            add(f, row, column, 1, 1, ZP_STR("12.5"));
    zp_value *records = read_made(f);
    assert_int_equal(records->count, 10000);
    assert_int_equal(records->last->count, 20);
    assert_quiet(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plain_list_is_a_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_export_is_a_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_header_has_up_to_three_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wide_head_is_no_group, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_join_downwards_stands_in_each_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_of_a_total_is_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_column_without_head_is_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(heads_that_stand_twice_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_of_twins_counts_at_any_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_row_that_numbers_the_columns_is_passed_over, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(one_column_is_a_list_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_sheet_without_header_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(csv_has_a_header_of_one_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_never_computed_is_told_once_a_column, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_cell_keeps_what_it_stores, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_say_what_a_row_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_begin_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_are_folded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_table_names_its_unit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wide_header_over_sparse_rows_is_bounded, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_long_head_over_many_columns_is_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(joins_over_everything_are_no_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ten_thousand_rows_are_a_list, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
