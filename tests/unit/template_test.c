/* template_test.c: folders of templates on disk become templates: what is read, what is inherited,
 * what is refused where.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/files.h"
#include "data/schema.h"
#include "doc/template.h"

/* A whole template.yaml but for the part a test is about. */
#define PAGE                                                                                       \
    "page: {width: 210mm, height: 297mm, top: 37mm, left: 28mm, body_width: 156mm, "               \
    "body_height: 225mm, lines: 22, cells: 28, number_drop: 7mm}\n"
#define STYLES                                                                                     \
    "styles:\n"                                                                                    \
    "  title: {font: 小标宋, size: 二号, align: center, before: 1行, after: 2行}\n"         \
    "  body: {font: 仿宋, size: 三号, grid: true, indent: 2字}\n"                             \
    "  heading2: {font: 黑体, size: 16pt}\n"                                                     \
    "  heading3: {font: 楷体, size: 1字}\n"                                                     \
    "  heading4: {font: 仿宋, size: 0.5行}\n"                                                   \
    "  heading5: {font: 仿宋, size: 10.5pt}\n"                                                   \
    "  quote: {font: 楷体, size: 三号}\n"                                                      \
    "  code: {font: 西文, size: 小四, align: left}\n"                                          \
    "  table: {font: 仿宋, size: 小四, align: justify}\n"                                      \
    "  table_head: {font: 黑体, size: 5mm, align: right}\n"                                      \
    "  note: {font: 仿宋, size: 小四}\n"                                                       \
    "  caption: {font: 仿宋, size: 小四}\n"                                                    \
    "  table_note: {font: 仿宋, size: 小四}\n"                                                 \
    "  letterhead: {font: 仿宋, size: 小四}\n"                                                 \
    "  imprint: {font: 仿宋, size: 小四}\n"                                                    \
    "  running_head: {font: 仿宋, size: 小四}\n"                                               \
    "  page_number: {font: 宋体, size: 四号}\n"
#define SCHEMA                                                                                     \
    "schema:\n"                                                                                    \
    "  title: {alias: [标题, 题目], required: true}\n"                                         \
    "  year: {alias: 年度}\n"                                                                    \
    "  budget: {alias: [预算], fields: {initial: {alias: [年初预算数]}, spent: {}}}\n"      \
    "  plain:\n"
#define LINE_RULES                                                                                 \
    "lines: {kinsoku: gb+, start: trim, end: trim, kern: true, gap: 0.05, gap_min: 0.05, "         \
    "gap_max: 0.05, gap_limit: 0.09, space: 1/3, space_min: 1/4, space_max: 1/2}\n"                \
    "table: {style: three-line, smallest: 六号}\n"

#define WHOLE "name: 基\nsubject: 报告\nheadings: by-number\n" PAGE STYLES LINE_RULES SCHEMA

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    char root[64];
} bench;

static void write_file(bench *b, const char *folder, const char *name, const char *text)
{
    zp_str why;
    zp_str dir = zp_path_join(b->arena, zp_str_from(b->root), zp_str_from(folder));
    zp_str path = zp_path_join(b->arena, dir, zp_str_from(name));
    assert_true(zp_folder_make(b->arena, zp_str_cstr(b->arena, dir), &why));
    assert_true(zp_file_replace(b->arena, zp_str_cstr(b->arena, path), zp_str_from(text), &why));
}

static void write_template(bench *b, const char *folder, const char *yaml)
{
    write_file(b, folder, "template.yaml", yaml);
}

static const zp_template *load(bench *b, const char *folder)
{
    return zp_template_load(
        b->arena, zp_path_join(b->arena, zp_str_from(b->root), zp_str_from(folder)), NULL, b->diag);
}

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    bench *b = zp_new(arena, bench);
    b->arena = arena;
    b->diag = zp_diag_new(arena);
    snprintf(b->root, sizeof b->root, "%s/template_test.XXXXXX", P_tmpdir);
    if (mkdtemp(b->root) == NULL)
        return -1;
    *state = b;
    write_template(b, "base", WHOLE);
    write_file(b, "base", "page.html", "{{{body}}}");
    write_file(b, "base", "style.css", "p {}");
    return 0;
}

static void remove_folder(zp_arena *arena, const char *folder)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    if (!zp_folder_list(arena, folder, &names, &count, &why))
        return;
    for (size_t i = 0; i < count; i++)
        unlink(zp_str_cstr(arena, zp_path_join(arena, zp_str_from(folder), names[i])));
    rmdir(folder);
}

static int tear_down(void **state)
{
    bench *b = *state;
    const zp_str *names;
    size_t count;
    zp_str why;
    if (zp_folder_list(b->arena, b->root, &names, &count, &why))
        for (size_t i = 0; i < count; i++)
            remove_folder(
                b->arena,
                zp_str_cstr(b->arena, zp_path_join(b->arena, zp_str_from(b->root), names[i])));
    rmdir(b->root);
    zp_arena_free(b->arena);
    return 0;
}

static void assert_str(zp_str actual, const char *expected)
{
    assert_int_equal(actual.n, strlen(expected));
    assert_memory_equal(actual.p, expected, actual.n);
}

/* The template of `folder` is refused with just one message, `id`, at `line` of its file (0: no
 * place). */
static void assert_refused_in(bench *b, const char *folder, const char *id, size_t line)
{
    size_t count, column, found = 0;
    assert_null(load(b, folder));
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    assert_int_equal(count, 1);
    assert_string_equal(messages[0].id, id);
    if (messages[0].span.source != NULL)
        zp_source_place(messages[0].span.source, messages[0].span.start, &found, &column);
    assert_int_equal(found, line);
}

static void assert_refused(bench *b, const char *yaml, const char *id, size_t line)
{
    write_template(b, "bad", yaml);
    assert_refused_in(b, "bad", id, line);
}

/* ---- reading ---- */

static void a_whole_template_is_read(void **state)
{
    bench *b = *state;
    const zp_template *t = load(b, "base");
    assert_non_null(t);
    assert_int_equal(zp_diag_count(b->diag, ZP_ERROR), 0);
    assert_str(t->name, "基");
    assert_str(t->subject, "报告");
    assert_true(t->headings_by_number);
    assert_str(t->page_html->text, "{{{body}}}");
    assert_str(t->style_css->text, "p {}");
    assert_int_equal(t->page.width, zp_len_mm10(2100));
    assert_int_equal(t->page.body_height, zp_len_mm10(2250));
    assert_int_equal(t->page.lines, 22);
    assert_int_equal(t->page.cells, 28);
    assert_int_equal(t->page.number_drop, zp_len_mm10(70));
}

static void lengths_have_units(void **state)
{
    const zp_template *t = load(*state, "base");
    assert_non_null(t);
    assert_int_equal(t->styles[ZP_STYLE_TITLE].size, zp_len_pt10(220));
    assert_int_equal(t->styles[ZP_STYLE_BODY].size, zp_len_pt10(160));
    assert_int_equal(t->styles[ZP_STYLE_HEADING2].size, zp_len_pt10(160));
    assert_int_equal(t->styles[ZP_STYLE_HEADING3].size, zp_len_scale(zp_len_mm10(1560), 1, 28));
    assert_int_equal(t->styles[ZP_STYLE_HEADING4].size, zp_len_scale(zp_len_mm10(2250), 1, 44));
    assert_int_equal(t->styles[ZP_STYLE_HEADING5].size, zp_len_pt10(105));
    assert_int_equal(t->styles[ZP_STYLE_TABLE_HEAD].size, zp_len_mm10(50));
}

static void styles_are_read(void **state)
{
    const zp_template *t = load(*state, "base");
    assert_non_null(t);
    const zp_style *title = &t->styles[ZP_STYLE_TITLE], *body = &t->styles[ZP_STYLE_BODY];
    assert_int_equal(title->role, ZP_ROLE_XIAOBIAOSONG);
    assert_int_equal(title->align, ZP_ALIGN_CENTER);
    assert_int_equal(title->before, 1);
    assert_int_equal(title->after, 2);
    assert_int_equal(title->indent, 0);
    assert_false(title->grid);
    assert_int_equal(body->role, ZP_ROLE_FANGSONG);
    assert_int_equal(body->align, ZP_ALIGN_NONE);
    assert_int_equal(body->indent, 2);
    assert_true(body->grid);
    assert_int_equal(t->styles[ZP_STYLE_CODE].role, ZP_ROLE_LATIN);
    assert_int_equal(t->styles[ZP_STYLE_CODE].align, ZP_ALIGN_LEFT);
    assert_int_equal(t->styles[ZP_STYLE_TABLE].align, ZP_ALIGN_NONE);
    assert_int_equal(t->styles[ZP_STYLE_TABLE_HEAD].align, ZP_ALIGN_RIGHT);
}

static void roles_have_names(void **state)
{
    (void)state;
    assert_int_equal(zp_role_find(ZP_STR("小标宋")), ZP_ROLE_XIAOBIAOSONG);
    assert_int_equal(zp_role_find(ZP_STR("隶书")), ZP_ROLE_COUNT);
    for (unsigned i = 0; i < ZP_ROLE_COUNT; i++)
        assert_int_equal(zp_role_find(zp_str_from(zp_role_name((zp_role)i))), i);
}

static void schema_entries_answer_to_key_and_aliases(void **state)
{
    bench *b = *state;
    const zp_template *t = load(b, "base");
    assert_non_null(t);
    assert_str(zp_schema_find(t->content.schema, ZP_STR("title"))->key, "title");
    assert_str(zp_schema_find(t->content.schema, ZP_STR("题目"))->key, "title");
    assert_str(zp_schema_find(t->content.schema, ZP_STR("年度"))->key, "year");
    assert_str(zp_schema_find(t->content.schema, ZP_STR("plain"))->key, "plain");
    assert_null(zp_schema_find(t->content.schema, ZP_STR("年初预算数")));
    assert_null(zp_schema_find(t->content.schema, ZP_STR("alias")));
    assert_null(zp_schema_find(NULL, ZP_STR("title")));
    const zp_value *fields = zp_value_path(t->content.schema, ZP_STR("budget.fields"));
    assert_str(zp_schema_find(fields, ZP_STR("年初预算数"))->key, "initial");
}

static void schema_names_are_all_keys_and_aliases(void **state)
{
    static const char *const expected[] = {"title", "标题",   "题目", "year",
                                           "年度",  "budget", "预算", "plain"};
    bench *b = *state;
    const zp_template *t = load(b, "base");
    assert_non_null(t);
    size_t count;
    const zp_str *names = zp_schema_names(b->arena, t->content.schema, &count);
    assert_int_equal(count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < count; i++)
        assert_str(names[i], expected[i]);
}

static void the_base_template_of_the_project_loads(void **state)
{
    static const char *const aliases[][2] = {
        {"标题", "title"},     {"单位", "department"},   {"年度", "year"},
        {"日期", "date"},      {"预算", "budget"},       {"自评得分", "score"},
        {"等级", "grade"},     {"项目", "projects"},     {"指标", "indicators"},
        {"目录", "contents"},  {"附件", "attachments"},  {"落款", "signature"},
        {"主送", "addressee"}, {"headings", "headings"},
    };
    bench *b = *state;
    const zp_template *t = zp_template_load(b->arena, ZP_STR("templates/base"), NULL, b->diag);
    assert_non_null(t);
    assert_int_equal(t->page.left + t->page.body_width, zp_len_mm10(1840));
    assert_int_equal(t->page.lines * t->page.cells, 22 * 28);
    assert_true(t->headings_by_number);
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        assert_str(zp_schema_find(t->content.schema, zp_str_from(aliases[i][0]))->key,
                   aliases[i][1]);
}

/* ---- inheriting ---- */

static void what_is_not_given_comes_from_the_extended(void **state)
{
    bench *b = *state;
    write_template(b, "city",
                   "name: 市\nextends: base\nheadings: markdown\n"
                   "page: {lines: 20}\n"
                   "styles: {body: {size: 四号}, heading3: {indent: 1字}}\n"
                   "schema: {title: {required: false}, 乡镇: {alias: [街道]}}\n");
    write_file(b, "city", "style.css", "h1 {}");
    const zp_template *t = load(b, "city");
    assert_non_null(t);
    assert_str(t->name, "市");
    assert_str(t->subject, "报告");
    assert_false(t->headings_by_number);
    assert_int_equal(t->page.lines, 20);
    assert_int_equal(t->page.cells, 28);
    assert_int_equal(t->styles[ZP_STYLE_BODY].size, zp_len_pt10(140));
    assert_int_equal(t->styles[ZP_STYLE_BODY].indent, 2);
    assert_int_equal(t->styles[ZP_STYLE_HEADING3].role, ZP_ROLE_KAITI);
    /* 行 is measured on the page as it is in the end. */
    assert_int_equal(t->styles[ZP_STYLE_HEADING4].size, zp_len_scale(zp_len_mm10(2250), 1, 40));
    assert_str(t->page_html->text, "{{{body}}}");
    assert_str(t->style_css->text, "h1 {}");
    assert_str(zp_schema_find(t->content.schema, ZP_STR("题目"))->key, "title");
    assert_str(zp_value_text(zp_value_path(t->content.schema, ZP_STR("title.required"))), "false");
    assert_str(zp_schema_find(t->content.schema, ZP_STR("街道"))->key, "乡镇");
    assert_str(zp_schema_find(t->content.schema, ZP_STR("预算"))->key, "budget");
}

static void a_template_without_a_name_has_its_folders(void **state)
{
    bench *b = *state;
    write_template(b, "plain", "extends: base\n");
    const zp_template *t = load(b, "plain/");
    assert_non_null(t);
    assert_str(t->name, "plain");
}

static void a_chain_of_five_steps_is_followed(void **state)
{
    bench *b = *state;
    write_template(b, "t1", "extends: base\n");
    write_template(b, "t2", "extends: t1\n");
    write_template(b, "t3", "extends: t2\n");
    write_template(b, "t4", "extends: t3\n");
    write_template(b, "t5", "extends: t4\n");
    write_template(b, "t6", "extends: t5\n");
    assert_non_null(load(b, "t5"));
    assert_refused_in(b, "t6", "template-extends", 1);
}

static void a_circle_is_refused(void **state)
{
    bench *b = *state;
    write_template(b, "a", "extends: b\n");
    write_template(b, "b", "name: b\nextends: a\n");
    assert_refused_in(b, "a", "template-extends", 2);
}

static void a_template_that_extends_itself_is_refused(void **state)
{
    assert_refused(*state, "extends: bad\n", "template-extends", 1);
}

static void extends_is_a_name_not_a_path(void **state)
{
    static const char *const names[] = {"../base", "..",      "/etc", "base/",
                                        "./base",  ".hidden", "a..b"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        bench *b = *state;
        char yaml[64];
        snprintf(yaml, sizeof yaml, "name: x\nextends: \"%s\"\n", names[i]);
        b->diag = zp_diag_new(b->arena);
        assert_refused(b, yaml, "template-extends", 2);
    }
}

/* ---- refusing ---- */

static void a_missing_template_is_named(void **state)
{
    assert_refused_in(*state, "none", "template-missing", 0);
}

static void a_missing_ancestor_is_named(void **state)
{
    bench *b = *state;
    size_t count;
    assert_refused(b, "name: x\nextends: none\n", "template-missing", 2);
    const zp_place place = {zp_str_from(b->root), "自备"};
    const zp_shelf shelf = {&place, 1};
    write_template(b, "bad", "extends: bse\n");
    b->diag = zp_diag_new(b->arena);
    zp_str folder = zp_path_join(b->arena, zp_str_from(b->root), ZP_STR("bad"));
    assert_null(zp_template_load(b->arena, folder, &shelf, b->diag));
    assert_str(zp_diag_messages(b->diag, &count)[0].hint, "是不是“base”？");
}

static void missing_files_are_named(void **state)
{
    bench *b = *state;
    write_template(b, "bad", WHOLE);
    assert_null(load(b, "bad"));
    assert_int_equal(zp_diag_count(b->diag, ZP_ERROR), 2);
    assert_string_equal(zp_diag_messages(b->diag, &(size_t){0})[0].id, "template-missing");
}

static void unknown_keys_are_errors_with_the_nearest_name(void **state)
{
    static const struct {
        const char *yaml, *nearest;
        size_t line;
    } cases[] = {
        {"extends: base\nsubjet: x\n", "subject", 2},
        {"extends: base\npage: {widthh: 210mm}\n", "width", 2},
        {"extends: base\nstyles:\n  bodi: {font: 仿宋}\n", "body", 3},
        {"extends: base\nstyles:\n  body:\n    idnent: 2字\n", "indent", 4},
        {"extends: base\nschema:\n  x:\n    requird: true\n", "required", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bench *b = *state;
        size_t count;
        b->diag = zp_diag_new(b->arena);
        assert_refused(b, cases[i].yaml, "unknown-key", cases[i].line);
        zp_str hint = zp_diag_messages(b->diag, &count)[0].hint;
        assert_true(zp_str_find(hint, zp_str_from(cases[i].nearest), 0) < hint.n);
    }
}

static void bad_lengths_name_their_place(void **state)
{
    static const char *const lengths[] = {
        "page: {width: 210}",
        "page: {width: 210cm}",
        "page: {width: 三号}",
        "page: {width: -5mm}",
        "page: {width: 99999mm}",
        "page: {width: 1200mm}",
        "page: {width: 210.12345mm}",
        "page: {width: 210.mm}",
        "page: {width: [210mm]}",
        "page: {width: 28字}",
        "styles: {body: {size: 七十号}}",
        "styles: {body: {size: 0pt}}",
        "styles: {body: {size: 9999字}}",
        "styles: {body: {indent: 2}}",
        "styles: {body: {indent: 2行}}",
        "styles: {body: {indent: 1.5字}}",
        "styles: {body: {indent: 21字}}",
        "styles: {body: {before: 1字}}",
    };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        bench *b = *state;
        char yaml[128];
        snprintf(yaml, sizeof yaml, "extends: base\n\n%s\n", lengths[i]);
        b->diag = zp_diag_new(b->arena);
        assert_refused(b, yaml, "bad-length", 3);
    }
}

static void bad_values_name_their_place(void **state)
{
    static const char *const values[] = {
        "page: {lines: 0}",
        "page: {cells: 很多}",
        "page: 5",
        "styles: [1]",
        "styles: {body: {font: 隶书}}",
        "styles: {body: {align: middle}}",
        "styles: {body: {grid: 也许}}",
        "headings: auto",
        "lines: {gap: 0.2}",
        "lines: {start: allow}",
        "lines: {space: wide}",
        "schema: {x: {alias: [[a]]}}",
        "schema: {x: {required: 也许}}",
        "schema: {x: 1}",
        "schema: x",
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        bench *b = *state;
        char yaml[128];
        snprintf(yaml, sizeof yaml, "extends: base\n\n%s\n", values[i]);
        b->diag = zp_diag_new(b->arena);
        assert_refused(b, yaml, "bad-value", 3);
    }
}

static void a_body_that_leaves_the_sheet_is_refused(void **state)
{
    static const char *const pages[] = {"left: 55mm", "top: 66mm", "body_width: 0mm",
                                        "number_drop: 40mm"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        bench *b = *state;
        char yaml[128];
        snprintf(yaml, sizeof yaml, "extends: base\npage: {%s}\n", pages[i]);
        b->diag = zp_diag_new(b->arena);
        assert_refused(b, yaml, "bad-page", 2);
    }
}

static void what_no_template_gives_is_missing(void **state)
{
    bench *b = *state;
    write_template(b, "bad", "name: x\n" STYLES LINE_RULES);
    write_file(b, "bad", "page.html", "");
    write_file(b, "bad", "style.css", "");
    assert_null(load(b, "bad"));
    assert_int_equal(zp_diag_count(b->diag, ZP_ERROR), 9);
    assert_string_equal(zp_diag_messages(b->diag, &(size_t){0})[0].id, "missing-key");
}

static void two_entries_with_one_name_are_refused(void **state)
{
    assert_refused(*state, "extends: base\nschema:\n  other: {alias: [题目]}\n", "duplicate-key",
                   3);
}

static void a_schema_of_hostile_depth_is_refused(void **state)
{
    bench *b = *state;
    zp_buf yaml = {.arena = b->arena};
    zp_buf_lit(&yaml, "extends: base\nschema: ");
    for (int i = 0; i < 20; i++)
        zp_buf_lit(&yaml, "{x: {fields: ");
    zp_buf_lit(&yaml, "{}");
    for (int i = 0; i < 20; i++)
        zp_buf_lit(&yaml, "}}");
    assert_refused(b, zp_str_cstr(b->arena, zp_buf_str(&yaml)), "schema-too-deep", 2);
}

static void a_style_sheet_cannot_end_its_element(void **state)
{
    bench *b = *state;
    write_template(b, "bad", "extends: base\n");
    write_file(b, "bad", "style.css", "p {}\n</StYle><script>\n");
    assert_refused_in(b, "bad", "style-closes", 2);
}

static void line_rules_are_read(void **state)
{
    bench *b = *state;
    write_template(b, "base", WHOLE);
    write_template(
        b, "child",
        "extends: base\nlines: {kinsoku: strict, end: allow, breaker: greedy, hang: true, "
        "gap: 1/4, gap_min: 1/8, gap_max: 1/2, gap_limit: 1}\n");
    const zp_template *t = load(b, "child");
    assert_non_null(t);
    assert_int_equal(t->lines.kinsoku, ZP_KINSOKU_STRICT);
    assert_int_equal(t->lines.start, ZP_EDGE_TRIM);
    assert_int_equal(t->lines.end, ZP_EDGE_ALLOW);
    assert_true(t->lines.greedy);
    assert_true(t->lines.hang);
    assert_int_equal(t->lines.gap, ZP_EM / 4);
    assert_int_equal(t->lines.space, ZP_EM / 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_whole_template_is_read),
        TEST(lengths_have_units),
        TEST(styles_are_read),
        TEST(roles_have_names),
        TEST(line_rules_are_read),
        TEST(schema_entries_answer_to_key_and_aliases),
        TEST(schema_names_are_all_keys_and_aliases),
        TEST(the_base_template_of_the_project_loads),
        TEST(what_is_not_given_comes_from_the_extended),
        TEST(a_template_without_a_name_has_its_folders),
        TEST(a_chain_of_five_steps_is_followed),
        TEST(a_circle_is_refused),
        TEST(a_template_that_extends_itself_is_refused),
        TEST(extends_is_a_name_not_a_path),
        TEST(a_missing_template_is_named),
        TEST(a_missing_ancestor_is_named),
        TEST(missing_files_are_named),
        TEST(unknown_keys_are_errors_with_the_nearest_name),
        TEST(bad_lengths_name_their_place),
        TEST(bad_values_name_their_place),
        TEST(a_body_that_leaves_the_sheet_is_refused),
        TEST(what_no_template_gives_is_missing),
        TEST(two_entries_with_one_name_are_refused),
        TEST(a_schema_of_hostile_depth_is_refused),
        TEST(a_style_sheet_cannot_end_its_element),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
