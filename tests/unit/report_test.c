/* report_test.c: texts become bound reports: front matter, keys, title, headings by number, and
 * what is refused where.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "data/yaml.h"
#include "doc/report.h"

static const char schema[] =
    "title: {alias: [标题], required: true}\n"
    "department:\n"
    "  alias: [单位]\n"
    "  type: any\n"
    "  fields: {name: {alias: [名称]}, code: {alias: [编码], required: true}}\n"
    "year: {alias: [年度]}\n"
    "budget: {alias: [预算], fields: {initial: {alias: [年初预算数]}}}\n"
    "projects: {alias: [项目], fields: {name: {alias: [名称]}}}\n"
    "headings: {alias: [标题识别]}\n";

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_template template;
    const zp_source *source;
    zp_report *report;
} bench;

static const zp_value *yaml(bench *b, const char *text)
{
    const zp_source *source = zp_source_new(b->arena, ZP_STR("schema"), zp_str_from(text));
    return zp_yaml_read(b->arena, zp_span_of(source, 0, source->text.n), b->diag);
}

/* Gives the template that schema. */
static void declare(bench *b, const char *schema_text)
{
    zp_value *map = zp_value_new(b->arena, ZP_VALUE_MAP, (zp_span){0});
    zp_value *entry = zp_value_copy(b->arena, yaml(b, schema_text));
    entry->key = ZP_STR("schema");
    zp_value_append(map, entry);
    const zp_value *chain[] = {map};
    b->template.content = zp_declarations_read(b->arena, chain, 1, b->diag);
}

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    bench *b = zp_new(arena, bench);
    b->arena = arena;
    b->diag = zp_diag_new(arena);
    declare(b, schema);
    b->template.subject = ZP_STR("绩效自评报告");
    b->template.headings_by_number = true;
    *state = b;
    return (int)zp_diag_count(b->diag, ZP_ERROR);
}

static int tear_down(void **state)
{
    bench *b = *state;
    zp_arena_free(b->arena);
    return 0;
}

static zp_report *read_text(bench *b, zp_str text)
{
    b->diag = zp_diag_new(b->arena);
    b->source = zp_source_new(b->arena, ZP_STR("报告.md"), text);
    b->report = zp_report_read(b->arena, b->source, &b->template, b->diag);
    return b->report;
}

static zp_report *read_report(bench *b, const char *text)
{
    return read_text(b, zp_str_from(text));
}

/* A report with a title and just this body. */
static zp_node *read_body(bench *b, const char *body)
{
    zp_buf text = {.arena = b->arena};
    zp_buf_lit(&text, "---\ntitle: 题\n---\n");
    zp_buf_add(&text, zp_str_from(body));
    assert_non_null(read_text(b, zp_buf_str(&text)));
    return b->report->root;
}

static void assert_str(zp_str actual, const char *expected)
{
    assert_int_equal(actual.n, strlen(expected));
    assert_memory_equal(actual.p, expected, actual.n);
}

static void assert_text(bench *b, const zp_node *node, const char *expected)
{
    assert_non_null(node);
    assert_str(zp_node_text(b->arena, node), expected);
}

static void assert_heading(bench *b, const zp_node *node, int level, bool run_in, const char *text)
{
    assert_non_null(node);
    assert_int_equal(node->kind, ZP_NODE_HEADING);
    assert_int_equal(node->heading.level, level);
    assert_int_equal(node->heading.run_in, run_in);
    assert_text(b, node, text);
}

static void assert_paragraph(bench *b, const zp_node *node, const char *text)
{
    assert_non_null(node);
    assert_int_equal(node->kind, ZP_NODE_PARAGRAPH);
    assert_text(b, node, text);
}

/* The one message there is: its severity, id, and line (0: the file as a whole). */
static const zp_message *assert_message(bench *b, zp_severity severity, const char *id, size_t line)
{
    size_t count, found = 0, column;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    assert_int_equal(count, 1);
    assert_string_equal(messages[0].id, id);
    assert_int_equal(messages[0].severity, severity);
    assert_ptr_equal(messages[0].span.source, b->source);
    if (messages[0].span.start != ZP_WHOLE_FILE)
        zp_source_place(b->source, messages[0].span.start, &found, &column);
    assert_int_equal(found, line);
    return &messages[0];
}

static void assert_silent(bench *b)
{
    size_t count;
    zp_diag_messages(b->diag, &count);
    assert_int_equal(count, 0);
}

static void assert_refused(bench *b, const char *text, const char *id, size_t line)
{
    assert_null(read_report(b, text));
    assert_message(b, ZP_ERROR, id, line);
}

/* ---- front matter ---- */

static void a_report_is_bound(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "---\n标题: 报告\n单位: 某单位\n年度: 2023\n---\n\n正文。\n"));
    assert_silent(b);
    assert_str(b->report->title, "报告");
    assert_str(b->report->department, "某单位");
    assert_str(b->report->year, "2023");
    assert_str(b->report->subject, "绩效自评报告");
    assert_ptr_equal(b->report->source, b->source);
    assert_ptr_equal(b->report->template, &b->template);
    assert_int_equal(b->report->title_span.start, strlen("---\n标题: "));
    assert_paragraph(b, b->report->root->first, "正文。");
    assert_null(b->report->root->first->next);
}

static void fences_may_have_blanks_and_end_in_dots(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "--- \t\ntitle: 甲\n... \n文\n"));
    assert_str(b->report->title, "甲");
    assert_non_null(read_report(b, "---\n---\n# 乙\n文\n\n---\n"));
    assert_str(b->report->title, "乙");
    assert_non_null(read_report(b, "---\ntitle: 丙\n---\n文"));
    assert_silent(b);
}

static void other_first_lines_are_text(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "\n---\n\n# 甲\n\n文\n"));
    assert_str(b->report->title, "甲");
    assert_non_null(read_report(b, "----\n\n# 乙\n\n文\n"));
    assert_int_equal(b->report->meta->kind, ZP_VALUE_MAP);
    assert_null(zp_value_find(b->report->meta, ZP_STR("title")));
}

static void open_front_matter_is_refused(void **state)
{
    assert_refused(*state, "---\ntitle: 甲\n\n正文\n", "front-matter-open", 1);
    assert_refused(*state, "---", "front-matter-open", 1);
    assert_refused(*state, "---\ntitle: 甲\n ---\n", "front-matter-open", 1);
}

static void bad_front_matter_is_all_that_is_said(void **state)
{
    bench *b = *state;
    assert_null(read_report(b, "---\ntitle: [\n---\n文\n"));
    size_t count;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    assert_int_equal(count, 1);
    assert_string_not_equal(messages[0].id, "missing-title");
}

/* ---- keys ---- */

static void aliases_become_keys_at_every_level(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "---\n标题: 甲\n预算:\n  年初预算数: 30.5\n项目:\n  - 名称: 一\n"
                                   "  - 名称: 二\n---\n文\n"));
    assert_silent(b);
    const zp_value *meta = b->report->meta;
    assert_str(zp_value_text(zp_value_path(meta, ZP_STR("budget.initial"))), "30.5");
    assert_null(zp_value_find(meta, ZP_STR("预算")));
    const zp_value *projects = zp_value_find(meta, ZP_STR("projects"));
    assert_int_equal(projects->count, 2);
    assert_str(zp_value_text(zp_value_find(projects->last, ZP_STR("name"))), "二");
}

static void department_may_have_parts(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "---\n标题: 甲\n单位: {名称: 某单位, 编码: 101}\n---\n文\n"));
    assert_str(b->report->department, "某单位");
    assert_non_null(read_report(b, "---\n标题: 甲\n---\n文\n"));
    assert_str(b->report->department, "");
    assert_str(b->report->year, "");
}

static void unknown_keys_are_warnings_and_stay(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "---\n标题: 甲\n年渡: 2023\n---\n文\n"));
    const zp_message *message = assert_message(b, ZP_WARNING, "unknown-key", 3);
    assert_true(zp_str_find(message->hint, ZP_STR("年度"), 0) < message->hint.n);
    assert_int_equal(message->span.end - message->span.start, strlen("年渡"));
    assert_str(zp_value_text(zp_value_find(b->report->meta, ZP_STR("年渡"))), "2023");
}

static void unknown_keys_are_found_in_maps_and_rows(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "---\ntitle: 甲\nbudget: {x: 1}\n---\n文\n"));
    assert_message(b, ZP_WARNING, "unknown-key", 3);
    assert_non_null(read_report(b, "---\ntitle: 甲\nprojects:\n- name: 一\n- nmae: 二\n---\n文\n"));
    assert_message(b, ZP_WARNING, "unknown-key", 5);
}

static void a_key_under_two_of_its_names_is_refused(void **state)
{
    assert_refused(*state, "---\ntitle: 甲\n标题: 乙\n---\n文\n", "duplicate-key", 3);
    assert_refused(*state, "---\ntitle: 甲\nbudget:\n  initial: 1\n  年初预算数: 1\n---\n文\n",
                   "duplicate-key", 5);
}

static void required_fields_are_asked_for_where_their_map_is(void **state)
{
    bench *b = *state;
    assert_refused(b, "---\ntitle: 甲\n单位: {名称: 某单位}\n---\n文\n", "missing-key", 3);
    assert_refused(b, "---\ntitle: 甲\n单位:\n  编码: ''\n---\n文\n", "missing-key", 4);
    assert_non_null(read_report(b, "---\ntitle: 甲\n单位: 某单位\n---\n文\n"));
}

static void required_keys_are_asked_for_at_the_front_matter(void **state)
{
    bench *b = *state;
    declare(b, "title: {}\ngrade: {alias: [等级], required: 是}\n");
    assert_refused(b, "---\ntitle: 甲\n---\n文\n", "missing-key", 1);
    assert_refused(b, "# 甲\n\n文\n", "missing-key", 0);
}

static void a_hostile_number_of_unknown_keys_costs_no_more_than_its_length(void **state)
{
    bench *b = *state;
    zp_buf text = {.arena = b->arena};
    zp_buf_lit(&text, "---\ntitle: 甲\n");
    for (unsigned i = 0; i < 50000; i++)
        zp_buf_format(&text, "k%u: 1\n", i);
    zp_buf_lit(&text, "---\n文\n");
    assert_non_null(read_text(b, zp_buf_str(&text)));
    assert_int_equal(zp_diag_count(b->diag, ZP_WARNING), 50000);
}

/* ---- title ---- */

static void a_single_heading_is_the_title(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "# 报告 **题目**\n\n正文\n"));
    assert_silent(b);
    assert_str(b->report->title, "报告 题目");
    assert_int_equal(b->report->title_span.start, 0);
    assert_paragraph(b, b->report->root->first, "正文");
}

static void the_title_is_one_line(void **state)
{
    bench *b = *state;
    assert_non_null(
        read_report(b, "---\ntitle: |\n  　某某单位\n  2023年度 A\n  B报告\n---\n文\n"));
    assert_str(b->report->title, "某某单位 2023年度 A B报告");
    assert_non_null(read_report(b, "---\ntitle: |\n  某某\n  单位\n---\n文\n"));
    assert_str(b->report->title, "某某单位");
}

static void the_same_title_twice_is_one(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "---\ntitle: 2023年度报告\n---\n# 2023 年度报告\n\n文\n"));
    assert_silent(b);
    assert_str(b->report->title, "2023年度报告");
    assert_paragraph(b, b->report->root->first, "文");
}

static void of_two_titles_the_front_matter_wins(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "---\ntitle: 甲\n---\n# 乙\n\n文\n"));
    assert_message(b, ZP_WARNING, "two-titles", 4);
    assert_str(b->report->title, "甲");
    assert_heading(b, b->report->root->first, 1, false, "乙");
}

static void a_second_title_stays_a_heading(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "# 甲\n\n文\n\n# 乙\n"));
    assert_message(b, ZP_WARNING, "second-title", 5);
    assert_str(b->report->title, "甲");
    assert_heading(b, b->report->root->last, 1, false, "乙");
}

static void no_title_is_refused(void **state)
{
    assert_refused(*state, "正文\n", "missing-title", 0);
    assert_refused(*state, "---\nyear: 2023\n---\n正文\n", "missing-title", 1);
    assert_refused(*state, "---\ntitle: ' '\n---\n#\n\n正文\n", "missing-title", 1);
}

static void an_empty_report_is_refused(void **state)
{
    static const char *const texts[] = {
        "",       "\n\n",          "---\ntitle: 甲\n---\n",       "---\n---\n",
        "# 甲\n", "<!-- 无 -->\n", "---\ntitle: 甲\n---\n# 乙\n", "---\ntitle: 甲\n---\n\n---\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_refused(*state, texts[i], "empty-report", 0);
}

static void an_earlier_error_stops_the_report(void **state)
{
    bench *b = *state;
    const zp_source *source = zp_source_new(b->arena, ZP_STR("x"), ZP_STR("# 甲\n\n文\n"));
    zp_diag_add(b->diag, ZP_ERROR, "bad-byte", zp_span_file(source), NULL, "x");
    assert_null(zp_report_read(b->arena, source, &b->template, b->diag));
}

/* ---- headings by number ---- */

static void numbered_paragraphs_become_headings(void **state)
{
    bench *b = *state;
    const zp_node *n =
        read_body(b, "一、部门基本情况\n\n（一）部门职能\n\n(二) 年度：工作\n\n文\n")->first;
    assert_silent(b);
    assert_heading(b, n, 2, false, "一、部门基本情况");
    assert_heading(b, n->next, 3, false, "（一）部门职能");
    assert_heading(b, n->next->next, 3, false, "(二) 年度：工作");
    assert_paragraph(b, n->next->next->next, "文");
}

static void other_openings_stay_paragraphs(void **state)
{
    static const char *const texts[] = {
        "1\\.预算编制",   "（1）预算",      "一是加强",   "一、",         "（一）",     "、甲",
        "（）甲",         "甲一、乙",       "（一、甲",   "一）甲",       "1、甲",      "一，甲",
        "一、加强，改进", "一、加强；改进", "一、完成。", "（一）完成。", "一、。文字",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(read_body(*state, texts[i])->first->kind, ZP_NODE_PARAGRAPH);
}

#define TEN "一二三四五六七八九十"

static void a_heading_has_at_most_thirty_characters(void **state)
{
    bench *b = *state;
    assert_heading(b, read_body(b, "（一）甲乙 丙丁戊己庚" TEN TEN)->first, 3, false,
                   "（一）甲乙 丙丁戊己庚" TEN TEN);
    assert_paragraph(b, read_body(b, "（一）甲乙丙丁戊己庚辛" TEN TEN)->first,
                     "（一）甲乙丙丁戊己庚辛" TEN TEN);
}

static void the_first_phrase_of_a_long_paragraph_runs_in(void **state)
{
    bench *b = *state;
    const zp_node *n =
        read_body(b, "（一）部门职能：依法行使，各项职权。\n\n（二）目标。一是甲；二是乙。\n")
            ->first;
    assert_heading(b, n, 3, true, "（一）部门职能：");
    assert_paragraph(b, n->next, "依法行使，各项职权。");
    assert_heading(b, n->next->next, 3, true, "（二）目标。");
    assert_paragraph(b, n->next->next->next, "一是甲；二是乙。");
    assert_null(n->next->next->next->next);
}

static void a_phrase_has_the_limits_of_a_heading(void **state)
{
    bench *b = *state;
    const zp_node *n = read_body(b, "（一）甲乙丙丁戊己庚" TEN TEN "：文")->first;
    assert_heading(b, n, 3, true, "（一）甲乙丙丁戊己庚" TEN TEN "：");
    assert_paragraph(b, n->next, "文");
    assert_int_equal(read_body(b, "（一）甲乙丙丁戊己庚辛" TEN TEN "：文")->first->kind,
                     ZP_NODE_PARAGRAPH);
    assert_int_equal(read_body(b, "（一）甲，乙：文。")->first->kind, ZP_NODE_PARAGRAPH);
    assert_int_equal(read_body(b, "（一）甲；乙。文。")->first->kind, ZP_NODE_PARAGRAPH);
}

static void places_stay_exact_on_both_sides_of_the_cut(void **state)
{
    bench *b = *state;
    const zp_node *heading = read_body(b, "一、目标：甲，乙。")->first;
    zp_str text = b->source->text;
    zp_span head = heading->first->span, rest = heading->next->first->span;
    assert_str(zp_str_slice(text, head.start, head.end), "一、目标：");
    assert_str(zp_str_slice(text, rest.start, rest.end), "甲，乙。");
    assert_int_equal(heading->span.end, head.end);
    assert_int_equal(heading->next->span.start, rest.start);
}

static void strong_heads_are_cut_behind_or_within(void **state)
{
    bench *b = *state;
    const zp_node *n = read_body(b, "**一、目标：**甲，*乙*。")->first;
    assert_heading(b, n, 2, true, "一、目标：");
    assert_int_equal(n->first->kind, ZP_NODE_STRONG);
    assert_null(n->first->next);
    assert_paragraph(b, n->next, "甲，乙。");
    assert_int_equal(n->next->first->kind, ZP_NODE_TEXT);

    n = read_body(b, "***一、目标：甲*乙**，丙。")->first;
    assert_heading(b, n, 2, true, "一、目标：");
    assert_int_equal(n->first->kind, ZP_NODE_STRONG);
    assert_int_equal(n->first->first->kind, ZP_NODE_EMPH);
    assert_paragraph(b, n->next, "甲乙，丙。");
    assert_int_equal(n->next->first->kind, ZP_NODE_STRONG);
    assert_int_equal(n->next->first->first->kind, ZP_NODE_EMPH);
    assert_text(b, n->next->first->first, "甲");
    assert_text(b, n->next->first, "甲乙");
}

static void an_entity_is_never_cut(void **state)
{
    bench *b = *state;
    const zp_node *n = read_body(b, "一、目标&#xFF1A;甲，乙。")->first;
    assert_heading(b, n, 2, true, "一、目标：");
    assert_paragraph(b, n->next, "甲，乙。");
}

static void only_paragraphs_of_the_top_level_count(void **state)
{
    bench *b = *state;
    const zp_node *n = read_body(b, "> 一、概况\n\n- 二、概况\n")->first;
    assert_int_equal(n->first->kind, ZP_NODE_PARAGRAPH);
    assert_int_equal(n->next->first->first->kind, ZP_NODE_PARAGRAPH);
}

static void markdown_headings_are_not_touched(void **state)
{
    bench *b = *state;
    const zp_node *n =
        read_body(b, "#### 一、概况\n\n## （一）职能：\n\n一、甲\n\n一、乙\n")->first;
    assert_heading(b, n, 4, false, "一、概况");
    assert_heading(b, n->next, 2, true, "（一）职能：");
    assert_paragraph(b, n->next->next, "一、甲");
    assert_heading(b, n->next->next->next, 2, false, "一、乙");
}

static void the_template_says_whether_numbers_count(void **state)
{
    bench *b = *state;
    b->template.headings_by_number = false;
    assert_paragraph(b, read_body(b, "一、概况\n")->first, "一、概况");
}

static void the_front_matter_overrides_the_template(void **state)
{
    bench *b = *state;
    assert_non_null(read_report(b, "---\ntitle: 甲\nheadings: markdown\n---\n一、概况\n"));
    assert_paragraph(b, b->report->root->first, "一、概况");
    b->template.headings_by_number = false;
    assert_non_null(read_report(b, "---\ntitle: 甲\n标题识别: by-number\n---\n一、概况\n"));
    assert_heading(b, b->report->root->first, 2, false, "一、概况");
    assert_refused(b, "---\ntitle: 甲\nheadings: auto\n---\n一、概况\n", "bad-value", 3);
}

static void one_long_paragraph_is_judged_by_its_opening(void **state)
{
    bench *b = *state;
    zp_buf text = {.arena = b->arena};
    zp_buf_lit(&text, "一、目标：");
    for (int i = 0; i < 100000; i++)
        zp_buf_lit(&text, "甲乙丙");
    const zp_node *n = read_body(b, zp_str_cstr(b->arena, zp_buf_str(&text)))->first;
    assert_heading(b, n, 2, true, "一、目标：");
    assert_int_equal(zp_node_text(b->arena, n->next).n, 900000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_report_is_bound),
        TEST(fences_may_have_blanks_and_end_in_dots),
        TEST(other_first_lines_are_text),
        TEST(open_front_matter_is_refused),
        TEST(bad_front_matter_is_all_that_is_said),
        TEST(aliases_become_keys_at_every_level),
        TEST(department_may_have_parts),
        TEST(unknown_keys_are_warnings_and_stay),
        TEST(unknown_keys_are_found_in_maps_and_rows),
        TEST(a_key_under_two_of_its_names_is_refused),
        TEST(required_fields_are_asked_for_where_their_map_is),
        TEST(required_keys_are_asked_for_at_the_front_matter),
        TEST(a_hostile_number_of_unknown_keys_costs_no_more_than_its_length),
        TEST(a_single_heading_is_the_title),
        TEST(the_title_is_one_line),
        TEST(the_same_title_twice_is_one),
        TEST(of_two_titles_the_front_matter_wins),
        TEST(a_second_title_stays_a_heading),
        TEST(no_title_is_refused),
        TEST(an_empty_report_is_refused),
        TEST(an_earlier_error_stops_the_report),
        TEST(numbered_paragraphs_become_headings),
        TEST(other_openings_stay_paragraphs),
        TEST(a_heading_has_at_most_thirty_characters),
        TEST(the_first_phrase_of_a_long_paragraph_runs_in),
        TEST(a_phrase_has_the_limits_of_a_heading),
        TEST(places_stay_exact_on_both_sides_of_the_cut),
        TEST(strong_heads_are_cut_behind_or_within),
        TEST(an_entity_is_never_cut),
        TEST(only_paragraphs_of_the_top_level_count),
        TEST(markdown_headings_are_not_touched),
        TEST(the_template_says_whether_numbers_count),
        TEST(the_front_matter_overrides_the_template),
        TEST(one_long_paragraph_is_judged_by_its_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
