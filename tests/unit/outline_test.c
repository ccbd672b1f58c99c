/* outline_test.c: sections that a template wants beside the headings that a report has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "data/yaml.h"
#include "doc/caption.h"
#include "doc/markdown.h"
#include "doc/outline.h"
#include "folder.h"

static void check(world *w, const char *outline, const char *text)
{
    zp_arena *arena = w->arena;
    zp_str wrapped = zp_str_format(arena, "outline: %s\n", outline);
    const zp_source *yaml = zp_source_new(arena, ZP_STR("template.yaml"), wrapped);
    const zp_source *source = zp_source_new(arena, ZP_STR("report.md"), zp_str_from(text));
    const zp_value *map = zp_yaml_read(arena, zp_span_of(yaml, 0, yaml->text.n), w->diag);
    zp_node *root = zp_markdown_read(arena, zp_span_of(source, 0, source->text.n), w->diag);
    zp_caption_settle(arena, root);
    zp_outline_check(arena, root, zp_value_find(map, ZP_STR("outline")), zp_span_file(source),
                     w->diag);
}

static void test_sections_in_their_order(void **state)
{
    world *w = *state;
    const char *outline = "[基本情况, [部门职能, 收支情况], 自评 情况]";
    check(w, outline,
          "## 一、基本情况\n\n### （一）部门职能：\n\n### （二）收 支　情况\n\n## 二、自评情况\n");
    expect_ids(w, "");
    check(w, outline, "## 一、基本情况\n\n### （一）收支情况\n\n## 二、自评情况\n");
    expect_ids(w, "missing-section");
    check(w, outline,
          "## 一、基本情况\n\n### 收支情况\n\n### 部门职能\n\n## 二、自评情况\n\n## 三、其他\n");
    expect_ids(w, "section-order");
    check(w, outline, "文字\n");
    expect_ids(w, "missing-section"); /* all in one */
}

static void test_what_is_bound_behind_has_an_outline_of_its_own(void **state)
{
    world *w = *state;
    check(w, "[甲, 乙]", "## 甲\n\n文字\n\n# 附件1 表\n\n## 乙\n");
    expect_ids(w, "missing-section");
}

static void test_a_heading_is_one_section(void **state)
{
    world *w = *state;
    check(w, "[说明, 说明]", "## 一、说明\n");
    expect_ids(w, "section-order");
    check(w, "[说明, 说明]", "## 一、说明\n\n## 二、说明\n");
    expect_ids(w, "");
}

static void test_no_outline_wants_nothing(void **state)
{
    world *w = *state;
    check(w, "~", "文字\n");
    check(w, "[]", "文字\n");
    check(w, "['', ~, {甲: 1}]", "文字\n");
    check(w, "[[[[[[[太深]]]]]]]", "文字\n");
    expect_ids(w, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sections_in_their_order),
        TEST(test_what_is_bound_behind_has_an_outline_of_its_own),
        TEST(test_a_heading_is_one_section),
        TEST(test_no_outline_wants_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
