/* Captions, units, remarks and figures: what the top level's blocks become. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "doc/caption.h"
#include "doc/markdown.h"

/* The settled tree of `text` without places: "table(caption1 unit row row remark) …". */
static void add_kinds(const zp_node *node, zp_buf *out)
{
    for (const zp_node *child = node->first; child; child = child->next) {
        if (child != node->first)
            zp_buf_byte(out, ' ');
        zp_buf_add(out, zp_str_from(zp_node_name(child->kind)));
        if (child->kind == ZP_NODE_CAPTION)
            zp_buf_uint(out, child->caption.number);
        if (child->kind == ZP_NODE_TABLE || child->kind == ZP_NODE_FIGURE) {
            zp_buf_byte(out, '(');
            add_kinds(child, out);
            zp_buf_byte(out, ')');
        }
    }
}

static zp_node *settle(zp_arena *arena, const char *text)
{
    const zp_source *source = zp_source_new(arena, ZP_STR("test.md"), zp_str_from(text));
    zp_diag *diag = zp_diag_new(arena);
    zp_node *root = zp_markdown_read(arena, zp_span_of(source, 0, source->text.n), diag);
    assert_non_null(root);
    zp_caption_settle(arena, root);
    return root;
}

static void assert_settles(const char *text, const char *expected)
{
    zp_arena *arena = zp_arena_new();
    zp_buf out = {.arena = arena};
    add_kinds(settle(arena, text), &out);
    assert_string_equal(zp_str_cstr(arena, zp_buf_str(&out)), expected);
    zp_arena_free(arena);
}

#define TABLE "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n"

static void a_table_takes_what_belongs_to_it(void **state)
{
    (void)state;
    assert_settles("表：标题\n\n单位：万元\n\n" TABLE "注：一\n\n注：二\n\n签署：填报人\n",
                   "table(caption1 unit row row remark remark signing)");
    assert_settles("单位：万元\n\n表3：标题\n\n" TABLE, "table(caption1 unit row row)");
    assert_settles("表：没有表格\n\n正文\n", "paragraph paragraph");
    assert_settles(TABLE "注意：这不是表注\n", "table(row row) paragraph");
}

static void tables_and_figures_are_numbered_apart(void **state)
{
    (void)state;
    assert_settles("表：一\n\n" TABLE "![图](a.png)\n\n图：一\n\n表：二\n\n" TABLE,
                   "table(caption1 row row) figure(image caption1) table(caption2 row row)");
    assert_settles("表：表单 {number=off}\n\n" TABLE "表：一\n\n" TABLE,
                   "table(caption0 row row) table(caption1 row row)");
}

static void pictures_alone_and_charts_are_figures(void **state)
{
    (void)state;
    assert_settles("![图](a.png)\n\n文字![图](a.png)\n\n```chart\ntype: bar\n```\n\n图：说明\n",
                   "figure(image) paragraph figure(chart caption1)");
}

static void a_caption_gives_id_and_attributes(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_node *table =
        settle(arena, "表：标题 {#tab style=three-line widths=1,2}\n\n" TABLE)->first;
    assert_true(zp_str_eq(table->id, ZP_STR("tab")));
    assert_true(zp_str_eq(zp_attribute_find(table->text, ZP_STR("style")), ZP_STR("three-line")));
    assert_true(zp_str_eq(zp_attribute_find(table->text, ZP_STR("widths")), ZP_STR("1,2")));
    assert_int_equal(zp_attribute_find(table->text, ZP_STR("size")).n, 0);
    assert_true(zp_str_eq(zp_node_text(arena, table->first), ZP_STR("标题")));
    zp_arena_free(arena);
}

static void page_breaks_are_paragraphs_of_their_own(void **state)
{
    (void)state;
    assert_settles("一\n\n\\分页\n\n二\n\n\\newpage\n\n三 \\newpage\n",
                   "paragraph pagebreak paragraph pagebreak paragraph");
}

static void labels_of_attached_parts(void **state)
{
    (void)state;
    assert_int_equal(zp_caption_part_label(ZP_STR("附件 名称")), sizeof "附件" - 1);
    assert_int_equal(zp_caption_part_label(ZP_STR("附件2-1 名称")), sizeof "附件2-1" - 1);
    assert_int_equal(zp_caption_part_label(ZP_STR("附表3")), sizeof "附表3" - 1);
    assert_int_equal(zp_caption_part_label(ZP_STR("附件说明")), 0);
    assert_int_equal(zp_caption_part_label(ZP_STR("总则")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_takes_what_belongs_to_it),
        cmocka_unit_test(tables_and_figures_are_numbered_apart),
        cmocka_unit_test(pictures_alone_and_charts_are_figures),
        cmocka_unit_test(a_caption_gives_id_and_attributes),
        cmocka_unit_test(page_breaks_are_paragraphs_of_their_own),
        cmocka_unit_test(labels_of_attached_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
