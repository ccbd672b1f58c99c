/* Columns marked internal: marks, what is left of a table without them, notes and captions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "doc/caption.h"
#include "doc/edition.h"
#include "doc/markdown.h"

/* Cells as "text@column+columns*rows"; their alignment as < | > where there is one; rows end in /.
 */
static void add_cells(zp_arena *arena, const zp_node *table, zp_buf *out)
{
    static const char *const aligns[] = {"", "<", "|", ">"};
    for (const zp_node *row = table->first; row != NULL; row = row->next) {
        if (row->kind != ZP_NODE_ROW)
            continue;
        for (const zp_node *cell = row->first; cell != NULL; cell = cell->next)
            zp_buf_format(out, "%.*s@%u+%u*%u%s ", ZP_ARG(zp_node_text(arena, cell)),
                          (unsigned)cell->cell.column, (unsigned)cell->cell.columns,
                          (unsigned)cell->cell.rows, aligns[cell->cell.align]);
        zp_buf_lit(out, "/ ");
    }
    zp_buf_format(out, "%u", (unsigned)table->table.columns);
}

static zp_node *settle(zp_arena *arena, const char *text, bool public)
{
    const zp_source *source = zp_source_new(arena, ZP_STR("test.md"), zp_str_from(text));
    zp_diag *diag = zp_diag_new(arena);
    zp_node *root = zp_markdown_read(arena, zp_span_of(source, 0, source->text.n), diag);
    assert_non_null(root);
    size_t count;
    zp_diag_messages(diag, &count);
    assert_int_equal(count, 0);
    zp_caption_settle(arena, root);
    zp_edition_settle(arena, root, public);
    return root;
}

static const zp_node *find(const zp_node *root, zp_node_kind kind)
{
    zp_walk walk = {(zp_node *)root, true};
    while (zp_walk_next(&walk, root))
        if (walk.entering && walk.node->kind == kind)
            return walk.node;
    return NULL;
}

static void assert_table(const char *text, bool public, const char *expected)
{
    zp_arena *arena = zp_arena_new();
    zp_buf out = {.arena = arena};
    add_cells(arena, find(settle(arena, text, public), ZP_NODE_TABLE), &out);
    assert_string_equal(zp_str_cstr(arena, zp_buf_str(&out)), expected);
    zp_arena_free(arena);
}

#define PLAIN "| 甲 | 乙{内部} | 丙 |\n|:-:|---|--:|\n| 1 | 2 | 3 |\n"

static void the_mark_goes_and_in_public_the_column(void **state)
{
    (void)state;
    assert_table(PLAIN, false, "甲@0+1*1| 乙@1+1*1 丙@2+1*1> / 1@0+1*1| 2@1+1*1 3@2+1*1> / 3");
    assert_table(PLAIN, true, "甲@0+1*1| 丙@1+1*1> / 1@0+1*1| 3@1+1*1> / 2");
}

static void the_mark_is_known_however_it_is_typed(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "乙｛内部｝",   "乙 {内部}",    "乙　{ 内部 } ", "**乙{内部}**",
        "**乙**{内部}", "乙\\{内部\\}", "乙&#10;{内部}", "乙{内部&#125;",
    };
    zp_arena *arena = zp_arena_new();
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        zp_str text = zp_str_format(arena, "| 甲 | %s |\n|---|---|\n| 1 | 2 |\n", heads[i]);
        assert_table(zp_str_cstr(arena, text), true, "甲@0+1*1 / 1@0+1*1 / 1");
        assert_table(zp_str_cstr(arena, text), false, "甲@0+1*1 乙@1+1*1 / 1@0+1*1 2@1+1*1 / 2");
    }
    zp_arena_free(arena);
}

static void what_is_no_mark_stays(void **state)
{
    (void)state;
    assert_table("| 甲{内部}资料 | 内部 | {内部的} |\n|---|---|---|\n| {内部} | 2 | 3 |\n", true,
                 "甲{内部}资料@0+1*1 内部@1+1*1 {内部的}@2+1*1 / {内部}@0+1*1 2@1+1*1 3@2+1*1 / 3");
}

static void joined_cells_shrink(void **state)
{
    (void)state;
    assert_table("| 题 | < | < | < |\n| 甲 | 乙 | 丙{内部} | 丁 |\n|---|--:|---|:--|\n"
                 "| 1 | 2 | < | 4 |\n| ^ | 5 | 6 | < |\n| 7 | < | < | < |\n",
                 true,
                 "题@0+3*1 / 甲@0+1*1 乙@1+1*1> 丁@2+1*1< / 1@0+1*2 2@1+1*1> 4@2+1*1< / "
                 "5@1+1*1> 6@2+1*1< / 7@0+3*1 / 3");
}

static void a_joined_head_marks_all_below_it(void **state)
{
    (void)state;
    assert_table("| 甲 | 乙{内部} | < | 丙 |\n| ^ | 上 | 下 | ^ |\n|---|---|---|---|\n"
                 "| 1 | 2 | 3 | 4 |\n",
                 true, "甲@0+1*1 丙@1+1*1 / 1@0+1*1 4@1+1*1 / 2");
    assert_table("| 甲 | 乙 | < | 丙 |\n| ^ | 上 | 下{内部} | ^ |\n|---|---|---|---|\n"
                 "| 1 | 2 | 3 | 4 |\n",
                 true, "甲@0+1*2 乙@1+1*1 丙@2+1*2 / 上@1+1*1 / 1@0+1*1 2@1+1*1 4@2+1*1 / 3");
}

static void rows_of_nothing_but_joins_go(void **state)
{
    (void)state;
    assert_table("| 甲 | 乙{内部} |\n|---|---|\n| 1 | 2 |\n| ^ | 3 |\n| ^ | 4 |\n| 5 | 6 |\n", true,
                 "甲@0+1*1 / 1@0+1*1 / 5@0+1*1 / 1");
}

static void widths_lose_theirs(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    static const char *const cases[][2] = {
        {"widths=1,2,3", "widths=1,3"},
        {"style=plain widths=1，2，3 size=五号", "style=plain widths=1,3 size=五号"},
        {"widths=1,2", "widths=1,2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zp_str text = zp_str_format(arena, "表：题 {#t %s}\n\n" PLAIN, cases[i][0]);
        const zp_node *table = find(settle(arena, zp_str_cstr(arena, text), true), ZP_NODE_TABLE);
        assert_string_equal(zp_str_cstr(arena, table->text), cases[i][1]);
    }
    zp_arena_free(arena);
}

static void a_table_without_columns_leaves_with_its_caption(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const char *text = "单位：元\n\n表：一\n\n| 甲{内部} |\n|---|\n| 1 |\n\n注：秘密\n\n正文\n\n"
                       "表：二\n\n| 乙 |\n|---|\n| 2 |\n\n表：三 {#c number=off}\n\n"
                       "| 丙 |\n|---|\n| 3 |\n\n表：四\n\n| 丁 |\n|---|\n| 4 |\n";
    const zp_node *root = settle(arena, text, true);
    assert_int_equal(root->first->kind, ZP_NODE_PARAGRAPH);
    const zp_node *second = root->first->next, *fourth = root->last;
    assert_int_equal(second->first->caption.number, 1);
    assert_int_equal(second->next->first->caption.number, 0);
    assert_int_equal(fourth->first->caption.number, 2);
    assert_int_equal(settle(arena, text, false)->last->first->caption.number, 3);
    zp_arena_free(arena);
}

static void notes_leave_with_what_referred_to_them(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const char *text = "| 甲 | 乙{内部} |\n|---|---|\n| 1[^b] | 2[^a] |\n\n正文[^c][^b]\n\n"
                       "[^a]: 内部的[^d]\n\n[^b]: 公开的\n\n[^c]: 也是\n\n[^d]: 更里面的\n";
    const zp_node *root = settle(arena, text, true);
    assert_int_equal(root->last->note.number, 2);
    assert_string_equal(zp_str_cstr(arena, zp_node_text(arena, root->last)), "也是");
    assert_int_equal(root->last->previous->note.number, 1);
    assert_int_equal(root->last->previous->previous->kind, ZP_NODE_PARAGRAPH);
    assert_int_equal(settle(arena, text, false)->last->note.number, 4);
    zp_arena_free(arena);
}

static void tables_in_lists_are_settled_too(void **state)
{
    (void)state;
    assert_table("- 项\n\n  | 甲 | 乙{内部} |\n  |---|---|\n  | 1 | 2 |\n", true,
                 "甲@0+1*1 / 1@0+1*1 / 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mark_goes_and_in_public_the_column),
        cmocka_unit_test(the_mark_is_known_however_it_is_typed),
        cmocka_unit_test(what_is_no_mark_stays),
        cmocka_unit_test(joined_cells_shrink),
        cmocka_unit_test(a_joined_head_marks_all_below_it),
        cmocka_unit_test(rows_of_nothing_but_joins_go),
        cmocka_unit_test(widths_lose_theirs),
        cmocka_unit_test(a_table_without_columns_leaves_with_its_caption),
        cmocka_unit_test(notes_leave_with_what_referred_to_them),
        cmocka_unit_test(tables_in_lists_are_settled_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
