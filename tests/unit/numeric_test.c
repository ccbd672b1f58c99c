/* numeric_test.c: what counts as a number, and what that makes of columns and rows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "doc/markdown.h"
#include "doc/numeric.h"

static void numbers_are_told_from_words(void **state)
{
    (void)state;
    const char *const numbers[] = {"0",    "12.5",  "1,234.56", "99.63%", "-3",
                                   "−3.0", "￥100", "5‰",       " 7 ",    "50％"};
    const char *const words[] = {"",    "—", "12次", "≥10", "1.2.3", ".5",
                                 "12.", "+", "3-5",  "，1", "一",    "100 %"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (!zp_text_is_number(zp_str_from(numbers[i])))
            fail_msg("no number: %s", numbers[i]);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (zp_text_is_number(zp_str_from(words[i])))
            fail_msg("a number: %s", words[i]);
}

static const zp_node *read_table(zp_arena *arena, const char *text)
{
    const zp_source *source = zp_source_new(arena, ZP_STR("表.md"), zp_str_from(text));
    const zp_node *root =
        zp_markdown_read(arena, zp_span_of(source, 0, source->text.n), zp_diag_new(arena));
    assert_non_null(root);
    assert_int_equal(root->first->kind, ZP_NODE_TABLE);
    return root->first;
}

static void columns_hold_what_most_of_their_cells_are(void **state)
{
    zp_arena *arena = zp_arena_new();
    const zp_node *table =
        read_table(arena, "| 序号 | 项目 | 金额 | 空 | 混 |\n|---|---|---|---|---|\n"
                          "| 1 | 甲 | 3.5 | — | 1 |\n"
                          "| 2 | 2023 | — |  | 二 |\n"
                          "| 3 | 丙 | 待定 |  | < |\n"
                          "| 4 | 丁 | 70% |  | 三 |\n");
    const zp_holding *holds = zp_numeric_columns(arena, table);
    assert_int_equal(holds[0], ZP_HOLDS_LABELS);
    assert_int_equal(holds[1], ZP_HOLDS_TEXT);
    assert_int_equal(holds[2], ZP_HOLDS_AMOUNTS);
    assert_int_equal(holds[3], ZP_HOLDS_TEXT);
    assert_int_equal(holds[4], ZP_HOLDS_TEXT);
    zp_arena_free(arena);
    (void)state;
}

static void totals_are_rows_of_the_body(void **state)
{
    zp_arena *arena = zp_arena_new();
    const zp_node *table =
        read_table(arena, "| 合计 | 1 |\n|---|---|\n| 合　计 | 1 |\n| 总 计（万元） | 1 |\n"
                          "| 小计 | 1 |\n| 合同 | 1 |\n| 计 | 1 |\n|  | 合计 |\n");
    const bool expected[] = {false, true, true, true, false, false, false};
    size_t at = 0;
    for (const zp_node *row = table->first; row != NULL; row = row->next)
        assert_int_equal(zp_row_is_total(arena, row), expected[at++]);
    zp_arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_told_from_words),
        cmocka_unit_test(columns_hold_what_most_of_their_cells_are),
        cmocka_unit_test(totals_are_rows_of_the_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
