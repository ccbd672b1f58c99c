/* expand_test.c: names, sections, lists, joins; the source map; what is said of mistakes; limits.
 * The language itself is in mustache_spec_test.c, escaping in escape_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "data/expand.h"
#include "data/yaml.h"

enum { MANY = 10000 };

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_value *data;
    zp_expand_options options;
    const char *partials[2][2]; /* name, text */
    size_t asked;
} fixture;

static const zp_source *find_partial(void *user, zp_str name, zp_span tag)
{
    fixture *f = user;
    int64_t number;
    const zp_value digits = {.kind = ZP_VALUE_TEXT, .text = name};
    (void)tag;
    f->asked++;
    if (zp_value_int(&digits, 0, MANY, &number)) /* as many partials in one another */
        return zp_source_new(f->arena, name,
                             number == 0 ? ZP_STR("x")
                                         : zp_str_format(f->arena, "{{> %d}}", (int)number - 1));
    for (size_t i = 0; i < 2; i++)
        if (f->partials[i][0] && zp_str_eq(name, zp_str_from(f->partials[i][0])))
            return zp_source_new(f->arena, name, zp_str_from(f->partials[i][1]));
    return NULL;
}

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    fixture *f = zp_new(arena, fixture);
    *f = (fixture){.arena = arena, .diag = zp_diag_new(arena)};
    f->options = (zp_expand_options){ZP_ESCAPE_MARKDOWN, ZP_MISSING_ERROR, find_partial, f};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(((fixture *)*state)->arena);
    return 0;
}

static zp_value *read_yaml(fixture *f, const char *name, const char *yaml)
{
    const zp_source *source = zp_source_new(f->arena, zp_str_from(name), zp_str_from(yaml));
    zp_value *value = zp_yaml_read(f->arena, zp_span_of(source, 0, source->text.n), f->diag);
    assert_non_null(value);
    return value;
}

static void give(fixture *f, const char *yaml)
{
    f->data = read_yaml(f, "数据.yaml", yaml);
}

/* The data under a schema, as bind.h leaves it: each value knows its rule. */
static void give_schema(fixture *f, const char *yaml)
{
    zp_value *rule = read_yaml(f, "template.yaml", yaml);
    f->data->rule = rule;
    for (zp_value *entry = f->data->first; entry; entry = entry->next)
        entry->rule = zp_value_find(zp_value_find(rule, ZP_STR("fields")), entry->key);
}

static const zp_source *expand(fixture *f, const char *text)
{
    const zp_source *source = zp_source_new(f->arena, ZP_STR("报告.md"), zp_str_from(text));
    return zp_expand(f->arena, zp_span_of(source, 0, source->text.n), f->data, &f->options,
                     f->diag);
}

static void assert_made(fixture *f, const char *text, const char *expected)
{
    const zp_source *made = expand(f, text);
    zp_str found = made ? made->text : ZP_STR("(nothing)");
    if (zp_str_eq(found, zp_str_from(expected)))
        return;
    zp_buf out = {.arena = f->arena};
    zp_diag_write_text(f->diag, false, &out);
    fail_msg("%s\nis\n%.*s\nnot\n%s\n%.*s", text, ZP_ARG(found), expected,
             ZP_ARG(zp_buf_str(&out)));
}

/* The messages, a line each: id start-end. */
static void assert_messages(fixture *f, const char *expected)
{
    zp_buf out = {.arena = f->arena};
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    for (size_t i = 0; i < count; i++)
        zp_buf_format(&out, "%s %zu-%zu\n", messages[i].id, messages[i].span.start,
                      messages[i].span.end);
    assert_true(out.n == strlen(expected));
    if (out.n)
        assert_memory_equal(out.p, expected, out.n);
}

static void assert_hint(fixture *f, const char *part)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    assert_true(count > 0);
    zp_str hint = messages[count - 1].hint, wanted = zp_str_from(part);
    if (zp_str_find(hint, wanted, 0) == hint.n)
        fail_msg("“%.*s” does not say “%s”", ZP_ARG(hint), part);
}

/* --- Names ------------------------------------------------------------------------------------ */

static void a_text_without_tags_is_returned_as_it_is(void **state)
{
    fixture *f = *state;
    const zp_source *source = zp_source_new(f->arena, ZP_STR("a.md"), ZP_STR("一二{三"));
    assert_ptr_equal(
        zp_expand(f->arena, zp_span_of(source, 0, source->text.n), f->data, &f->options, f->diag),
        source);
    const zp_source *part =
        zp_expand(f->arena, zp_span_of(source, 3, source->text.n), f->data, &f->options, f->diag);
    assert_ptr_equal(part->text.p, source->text.p + 3);
    zp_span origin = zp_span_origin(zp_span_of(part, 3, 4));
    assert_ptr_equal(origin.source, source);
    assert_int_equal(origin.start, 6);
}

static void names_go_by_key_dot_and_alias(void **state)
{
    fixture *f = *state;
    give(f, "department: {name: 某局, short: 局}\nyear: 2024\nrows:\n  - {budget: 1}\n  - {budget: "
            "2}\n");
    give_schema(
        f, "fields:\n  department:\n    alias: [单位]\n    fields:\n      name: {alias: 名称}\n"
           "  year: {alias: [年度, 年份]}\n"
           "  rows:\n    alias: [项目]\n    fields:\n      budget: {alias: [预算数]}\n");
    assert_made(f, "{{department.name}} {{单位.名称}} {{ 单位 . short }} {{年份}}",
                "某局 某局 局 2024");
    assert_made(f, "{{#项目}}{{预算数}}{{年度}};{{/项目}}", "12024;22024;");
    assert_made(f, "{{#单位}}{{名称}}{{/单位}}", "某局");
    assert_messages(f, "");
    zp_str by_alias = zp_value_text(zp_expand_find(f->data, ZP_STR("单位.名称")));
    assert_true(zp_str_eq(by_alias, ZP_STR("某局")));
    assert_null(zp_expand_find(f->data, ZP_STR("单位.电话")));
}

static void a_key_wins_over_an_alias_and_the_nearest_map_over_outer_ones(void **state)
{
    fixture *f = *state;
    give(f, "甲: 键\na: 值\nm: {a: 内}\n");
    give_schema(f, "fields:\n  a: {alias: 甲}\n");
    assert_made(f, "{{甲}}{{#m}}{{a}}{{甲}}{{/m}}", "键内键");
}

static void what_the_schema_gives_a_row_is_not_looked_for_outside(void **state)
{
    fixture *f = *state;
    give(f, "score: 98\nyear: 2024\nrows: [{name: 甲}, {name: 乙, score: 90}]\n");
    assert_made(f, "{{#rows}}{{name}}{{#score}}{{score}}{{/score}}{{year}} {{/rows}}",
                "甲982024 乙902024 ");
    give_schema(f, "fields:\n  rows: {fields: {name: {}, score: {alias: 得分}}}\n");
    assert_made(f, "{{#rows}}{{name}}{{#得分}}{{得分}}{{/得分}}{{year}} {{/rows}}",
                "甲2024 乙902024 ");
}

static void a_large_map_finds_its_names(void **state)
{
    fixture *f = *state;
    zp_buf yaml = {.arena = f->arena}, text = {.arena = f->arena}, wanted = {.arena = f->arena};
    for (int i = 0; i < 300; i++) {
        zp_buf_format(&yaml, "k%d: v%d\n", i, i);
        zp_buf_format(&text, "{{k%d}}", 299 - i);
        zp_buf_format(&wanted, "v%d", 299 - i);
    }
    give(f, zp_str_cstr(f->arena, zp_buf_str(&yaml)));
    assert_made(f, zp_str_cstr(f->arena, zp_buf_str(&text)),
                zp_str_cstr(f->arena, zp_buf_str(&wanted)));
}

static void literals_and_filters(void **state)
{
    fixture *f = *state;
    give(f, "a: 12\nb:\n");
    assert_made(f,
                "{{'甲'}}{{ '{{' }}{{'it''s }}'}}{{ '3' | 中文数字 }}，{{a|千分位|1位}}，{{{ a | "
                "中文数字 }}}",
                "甲\\{\\{it's }}三，12.0，十二");
    assert_messages(f, "");
    assert_made(f, "甲{{a | 无此}}乙", "甲乙");
    assert_messages(f, "unknown-filter 3-17\n");
}

/* --- Sections --------------------------------------------------------------------------------- */

static void sections_ask_what_officers_write(void **state)
{
    fixture *f = *state;
    give(f, "a: 否\nb: 是\nc: '否'\nd: ''\ne: []\nf: 0\ng:\nh: ' '\ni: off\nj: {}\n");
    assert_made(f,
                "{{#a}}a{{/a}}{{#b}}b{{/b}}{{#c}}c{{/c}}{{#d}}d{{/d}}{{#e}}e{{/e}}{{#f}}f{{/f}}"
                "{{#g}}g{{/g}}{{#h}}h{{/h}}{{#i}}i{{/i}}{{#j}}j{{/j}}{{#k}}k{{/k}}{{^k}}K{{/k}}",
                "bcfjK");
    assert_messages(f, "");
    give(f, "a: 无\nb: —\nc: 不适用\nd: '无'\ne: 无异议\nf: 0\n");
    assert_made(f, "{{#a}}a{{/a}}{{#b}}b{{/b}}{{^c}}c{{/c}}{{#d}}d{{/d}}{{#e}}e{{/e}}{{#f}}f{{/f}}",
                "cdef");
    assert_messages(f, "");
}

static void entries_are_counted(void **state)
{
    fixture *f = *state;
    give(f, "l: [甲, 乙, 丙]\nm: [{n: [1, 2]}, {n: [3]}]\n");
    assert_made(f, "{{#l}}{{@序号}}{{.}}{{^@末}}、{{/@末}}{{#@first}}!{{/@first}}{{/l}}",
                "1甲、!2乙、3丙");
    assert_made(f, "{{#m}}{{@index}}:{{#n}}{{@index}}{{/n}}{{#@last}}。{{/@last}}{{/m}}",
                "1:122:1。");
    assert_messages(f, "");
    assert_made(f, "{{@序号}}", "");
    assert_messages(f, "missing-value 0-11\n");
}

static void equal_cells_are_joined_from_the_left(void **state)
{
    fixture *f = *state;
    give(f, "l:\n  - {a: 11, b: 一, c: 1}\n  - {a: 11, b: 一, c: 2}\n  - {a: 11, b: 二, c: 2}\n"
            "  - {a: 12, b: 二, c: 2}\n");
    assert_made(f, "{{#l}}\n| {{a | 合并}} | {{b|merge}} | {{c}} |\n{{/l}}\n",
                "| 11 | 一 | 1 |\n| ^ | ^ | 2 |\n| ^ | 二 | 2 |\n| 12 | 二 | 2 |\n");
    assert_made(f, "{{#l}}{{a | 合并 | 中文数字}};{{/l}}{{#l}}{{a|合并}};{{/l}}",
                "十一;^;^;十二;11;^;^;12;");
    assert_messages(f, "");
}

static void only_neighbours_are_joined(void **state)
{
    fixture *f = *state;
    give(f, "l: [{a: 1, s: 是}, {a: 1, s: 否}, {a: 1, s: 是}, {a: 1, s: 是}]\n");
    assert_made(f, "{{#l}}{{#s}}{{a | 合并}}{{/s}};{{/l}}", "1;;1;^;");
    assert_made(f, "{{a | 合并}}{{#l}}{{/l}}", "");
}

static void a_cell_that_is_a_caret_is_no_join(void **state)
{
    fixture *f = *state;
    give(f, "a: '^'\n");
    assert_made(f, "| {{a}} | 乙 |", "| \\^ | 乙 |");
}

/* --- Partials --------------------------------------------------------------------------------- */

static void a_partial_is_asked_for_once_and_indented(void **state)
{
    fixture *f = *state;
    give(f, "a: \"1\\n2\"\n");
    f->partials[0][0] = "p";
    f->partials[0][1] = "甲\n\n{{{a}}}\n{{! 注 }}\n{{> q}}乙\n";
    f->partials[1][0] = "q";
    f->partials[1][1] = "丙";
    assert_made(f, "- x\n  {{> p}}\n{{>p}}", "- x\n  甲\n\n  1\n2\n  丙乙\n甲\n\n1\n2\n丙乙\n");
    assert_int_equal(f->asked, 2);
}

static void a_partial_that_is_not_there_is_an_error(void **state)
{
    fixture *f = *state;
    give(f, "a: 1\n");
    assert_made(f, "甲{{> 无}}乙", "甲乙");
    assert_messages(f, "missing-partial 3-12\n");
    f->options.missing = ZP_MISSING_EMPTY;
    assert_made(f, "甲{{> 无}}乙", "甲乙");
    f->options.partial = NULL;
    assert_made(f, "甲{{> 无}}乙", "甲乙");
    assert_messages(f, "missing-partial 3-12\n");
}

static void a_partial_in_itself_ends(void **state)
{
    fixture *f = *state;
    give(f, "a: 1\n");
    f->partials[0][0] = "p";
    f->partials[0][1] = "x{{> p}}";
    assert_null(expand(f, "{{> p}}"));
    assert_messages(f, "partial-too-deep 1-8\n");
}

static void partials_are_nested_to_a_limit(void **state)
{
    fixture *f = *state;
    give(f, "a: 1\n");
    assert_made(f, "{{> 63}}", "x");
    assert_messages(f, "");
    assert_null(expand(f, "{{> 64}}"));
    assert_messages(f, "partial-too-deep 0-7\n");
}

/* --- Missing ---------------------------------------------------------------------------------- */

static void a_missing_name_is_an_error_at_its_place(void **state)
{
    fixture *f = *state;
    give(f, "单位: {名称: 某局}\n年度: 2024\n空:\n");
    assert_made(f, "{{年渡}}", "");
    assert_messages(f, "missing-value 0-10\n");
    assert_hint(f, "“年度”");
    expand(f, "{{单位.名你}}");
    assert_hint(f, "“单位.名称”");
    expand(f, "{{空}}");
    assert_hint(f, "在 数据.yaml:3 填上");
    expand(f, "{{完全不同的名称啊}}");
    assert_hint(f, "写上");
}

static void a_column_that_was_left_out_is_asked_for(void **state)
{
    fixture *f = *state;
    give(f, "rows:\n- {name: 甲}\n- {name: 乙}\n");
    give_schema(f, "fields:\n  rows: {fields: {name: {}, proof: {alias: 佐证材料}}}\n");
    expand(f, "{{#rows}}{{佐证材料}}{{/rows}}");
    assert_messages(f, "missing-value 9-25\n");
    assert_hint(f, "加上这一项（数据.yaml:2）");
}

static void drafts_show_what_is_missing(void **state)
{
    fixture *f = *state;
    give(f, "空:\n");
    f->options.missing = ZP_MISSING_DRAFT;
    assert_made(f, "{{没有}}，{{空}}", "【待填】，【待填】");
    f->options.missing = ZP_MISSING_EMPTY;
    assert_made(f, "{{没有}}，{{空}}", "，");
    assert_messages(f, "");
}

static void blank_cells_of_rows_and_fields_with_a_rule_for_them_are_not_missing(void **state)
{
    fixture *f = *state;
    give(f, "rows: [{a: 1, b: }, {a: 2, b: 3}]\nn:\n");
    give_schema(f, "fields:\n  n: {blank: ——}\n");
    assert_made(f, "{{#rows}}{{a}}({{b}}){{/rows}}{{n}}", "1()2(3)——");
    assert_messages(f, "");
}

static void a_value_answers_to_the_names_of_its_own_rule(void **state)
{
    fixture *f = *state;
    give(f, "rows: [{a: 1, share: 2}]\n占比: 9\n");
    give_schema(f, "fields:\n  rows: {fields: {a: {}}}\n");
    zp_value *share = f->data->first->first->first->next;
    share->rule = read_yaml(f, "rule", "{alias: [占比]}");
    assert_made(f, "{{#rows}}{{占比}}{{/rows}}{{占比}}", "29");
}

static void a_name_missing_in_many_rows_is_one_message(void **state)
{
    fixture *f = *state;
    give(f, "rows: [{a: 1}, {b: 2}, {c: 3}]\n");
    assert_made(f, "{{#rows}}{{a}};{{/rows}}", "1;;;");
    assert_messages(f, "missing-value 9-14\n");
}

static void a_list_is_no_text(void **state)
{
    fixture *f = *state;
    give(f, "l: [1]\nm: {名称: 甲}\n");
    assert_made(f, "{{l}}{{m}}", "");
    assert_messages(f, "not-a-text 0-5\nnot-a-text 5-10\n");
    assert_hint(f, "{{m.名称}}");
    f->options.missing = ZP_MISSING_EMPTY;
    assert_made(f, "{{l}}", "");
}

/* --- Tags that are wrong ---------------------------------------------------------------------- */

static void tags_that_are_wrong_stop_at_their_place(void **state)
{
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"甲{{a", "mustache-open 3-5\n"},
        {"甲{{a}\n\n{{b}}", "mustache-open 3-5\n"},
        {"{{{a}}", "mustache-open 0-2\n"},
        {"{{! 注", "mustache-open 0-2\n"},
        {"甲\n{{#a}}\n乙{{#b}}{{/b}}", "mustache-open 4-10\n"},
        {"{{/a}}", "mustache-close 0-6\n"},
        {"{{#a}}{{#b}}{{/a}}{{/b}}", "mustache-close 12-18\n"},
        {"甲{{}}", "mustache-tag 3-7\n"},
        {"{{ }}", "mustache-tag 0-5\n"},
        {"{{#}}", "mustache-tag 0-5\n"},
        {"{{a\nb}}", "mustache-tag 0-7\n"},
        {"{{a | }}", "mustache-tag 0-8\n"},
        {"{{| 万元}}", "mustache-tag 0-12\n"},
        {"{{#a | b}}{{/a}}", "mustache-tag 0-10\n"},
        {"{{'a' b}}", "mustache-tag 0-9\n"},
        {"{{=a=}}", "mustache-tag 0-7\n"},
        {"{{= =}}", "mustache-tag 0-7\n"},
        {"{{=a b c=}}", "mustache-tag 0-11\n"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        fixture *f = *state;
        f->diag = zp_diag_new(f->arena);
        give(f, "a: 1\n");
        if (expand(f, wrong[i].text))
            fail_msg("%s is let through", wrong[i].text);
        assert_messages(f, wrong[i].message);
    }
}

static void a_partial_with_a_wrong_tag_stops_all(void **state)
{
    fixture *f = *state;
    give(f, "a: 1\n");
    f->partials[0][0] = "p";
    f->partials[0][1] = "乙{{#a}}";
    assert_null(expand(f, "甲{{> p}}"));
    assert_messages(f, "mustache-open 3-9\n");
}

/* --- The source map --------------------------------------------------------------------------- */

static void assert_origin(const zp_source *made, const char *what, const char *file, size_t start,
                          size_t end)
{
    size_t at = zp_str_find(made->text, zp_str_from(what), 0);
    assert_true(at < made->text.n);
    zp_span origin = zp_span_origin(zp_span_of(made, at, at + strlen(what)));
    if (!zp_str_eq(origin.source->name, zp_str_from(file)) || origin.start != start ||
        origin.end != end)
        fail_msg("%s is from %.*s %zu-%zu", what, ZP_ARG(origin.source->name), origin.start,
                 origin.end);
}

static void every_byte_knows_where_it_came_from(void **state)
{
    fixture *f = *state;
    give(f, "a: 一二三\nb: \"四五六\"\nc: '七*八'\nd: 9\n");
    f->partials[0][0] = "p";
    f->partials[0][1] = "片段\n";
    const zp_source *made =
        expand(f, "前言{{a}}后\n{{b}}{{c}}\n  {{> p}}\n{{d | 中文数字}}{{'文字'}}{{没有}}尾");
    assert_origin(made, "前言", "报告.md", 0, 6);
    assert_origin(made, "二", "数据.yaml", 6, 9);
    assert_origin(made, "后", "报告.md", 11, 14);
    assert_origin(made, "五", "数据.yaml", 20, 23);
    assert_origin(made, "八", "数据.yaml", 31, 40); /* escaped: as a whole, with its quotes */
    assert_origin(made, "段", "p", 3, 6);
    assert_origin(made, "九", "数据.yaml", 44, 45);
    assert_origin(made, "字", "报告.md", 62, 65);
    assert_origin(made, "尾", "报告.md", 78, 81);
    assert_true(zp_str_eq(made->name, ZP_STR("报告.md")));
    size_t at = 0;
    for (size_t i = 0; i < made->piece_count; i++) {
        assert_true(i == 0 ? made->pieces[i].start == 0 : made->pieces[i].start > at);
        at = made->pieces[i].start;
    }
    assert_true(at < made->text.n);
}

static void a_value_without_a_place_leads_to_its_tag(void **state)
{
    fixture *f = *state;
    give(f, "a: 1\n");
    f->data->first->span = (zp_span){NULL, 0, 0};
    const zp_source *made = expand(f, "甲{{a}}{{#a}}{{.}}{{/a}}");
    assert_origin(made, "1", "报告.md", 3, 8);
}

static void text_that_goes_on_is_one_piece(void **state)
{
    fixture *f = *state;
    give(f, "a: 1\n");
    const zp_source *made = expand(f, "{{=<% %>=}}甲乙\n丙");
    assert_int_equal(made->piece_count, 1);
    made = expand(f, "甲{{#a}}乙{{/a}}丙");
    assert_int_equal(made->piece_count, 3);
}

static void part_of_a_source(void **state)
{
    fixture *f = *state;
    give(f, "a: 1\n");
    const zp_source *source = zp_source_new(f->arena, ZP_STR("x"),
                                            ZP_STR("---\n{{b}}\n---\n  {{#a}}\n甲{{a}}\n{{/a}}\n"));
    const zp_source *made =
        zp_expand(f->arena, zp_span_of(source, 14, source->text.n), f->data, &f->options, f->diag);
    assert_true(zp_str_eq(made->text, ZP_STR("甲1\n")));
    assert_origin(made, "甲", "x", 23, 26);
}

static void a_short_text_and_its_place(void **state)
{
    fixture *f = *state;
    give(f, "title: '{{年度}}年报告'\n年度: 2024\n");
    zp_str made;
    zp_span place = f->data->first->span;
    assert_true(zp_expand_text(f->arena, f->data->first->text, place, f->data, &f->options, f->diag,
                               &made));
    assert_true(zp_str_eq(made, ZP_STR("2024年报告")));
    assert_false(
        zp_expand_text(f->arena, ZP_STR("甲{{无}}"), place, f->data, &f->options, f->diag, &made));
    zp_buf out = {.arena = f->arena};
    zp_diag_write_json(f->diag, &out);
    zp_str json = zp_buf_str(&out);
    assert_true(zp_str_find(json, ZP_STR("\"file\":\"数据.yaml\",\"line\":1,\"column\":8,"), 0) <
                json.n);
    assert_true(
        zp_expand_text(f->arena, ZP_STR("无"), place, f->data, &f->options, f->diag, &made));
    assert_true(zp_str_eq(made, ZP_STR("无")));
}

/* --- Limits ----------------------------------------------------------------------------------- */

static const char *repeat(fixture *f, const char *text, size_t times)
{
    zp_buf buf = {.arena = f->arena};
    for (size_t i = 0; i < times; i++)
        zp_buf_add(&buf, zp_str_from(text));
    return zp_str_cstr(f->arena, zp_buf_str(&buf));
}

static void sections_are_nested_to_a_limit(void **state)
{
    fixture *f = *state;
    give(f, "a: 1\n");
    assert_null(expand(f, repeat(f, "{{#a}}", MANY)));
    assert_messages(f, "section-too-deep 1536-1542\n");
    f->diag = zp_diag_new(f->arena);
    f->partials[0][0] = "p";
    f->partials[0][1] = "{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{> p}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}";
    assert_null(expand(f, "{{> p}}"));
    assert_messages(f, "section-too-deep 6-12\n");
}

static void lists_in_lists_end(void **state)
{
    fixture *f = *state;
    zp_buf yaml = {.arena = f->arena};
    zp_buf_add(&yaml, ZP_STR("a: ["));
    for (int i = 0; i < 1000; i++)
        zp_buf_add(&yaml, ZP_STR("一,"));
    zp_buf_add(&yaml, ZP_STR("]\n"));
    give(f, zp_str_cstr(f->arena, zp_buf_str(&yaml)));
    zp_str text = zp_str_format(f->arena, "%s一二三四五六七八九十%s", repeat(f, "{{#a}}", 9),
                                repeat(f, "{{/a}}", 9));
    assert_null(expand(f, zp_str_cstr(f->arena, text)));
    size_t count;
    assert_string_equal(zp_diag_messages(f->diag, &count)->id, "expansion-too-large");
}

static void many_rows_and_many_tags(void **state)
{
    fixture *f = *state;
    zp_value *rows = zp_value_new(f->arena, ZP_VALUE_LIST, (zp_span){NULL, 0, 0});
    f->data = zp_value_new(f->arena, ZP_VALUE_MAP, (zp_span){NULL, 0, 0});
    rows->key = ZP_STR("rows");
    zp_value_append(f->data, rows);
    for (int i = 0; i < MANY; i++) {
        zp_value *row = zp_value_new(f->arena, ZP_VALUE_MAP, (zp_span){NULL, 0, 0});
        zp_value *cell = zp_value_new(f->arena, ZP_VALUE_TEXT, (zp_span){NULL, 0, 0});
        cell->key = ZP_STR("a");
        cell->text = ZP_STR("3,074.03");
        zp_value_append(row, cell);
        zp_value_append(rows, row);
    }
    const zp_source *made = expand(f, "{{#rows}}\n| {{a}} | {{无}} |\n{{/rows}}\n");
    assert_int_equal(made->line_count, MANY + 1);
    assert_messages(f, "missing-value 20-27\n");
}

/* Front matter may have a million of them. */
static void a_short_text_takes_little(void **state)
{
    enum { TIMES = 1000, BYTES = 12 << 10 };
    fixture *f = *state;
    give(f, "年度: 2024\n");
    zp_str made;
    size_t before = zp_arena_size(f->arena);
    for (int i = 0; i < TIMES; i++)
        assert_true(zp_expand_text(f->arena, ZP_STR("{{年度}}年"), f->data->first->span, f->data,
                                   &f->options, f->diag, &made));
    assert_true(zp_arena_size(f->arena) - before < (size_t)TIMES * BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(a_text_without_tags_is_returned_as_it_is),
        TEST(names_go_by_key_dot_and_alias),
        TEST(a_key_wins_over_an_alias_and_the_nearest_map_over_outer_ones),
        TEST(what_the_schema_gives_a_row_is_not_looked_for_outside),
        TEST(a_large_map_finds_its_names),
        TEST(literals_and_filters),
        TEST(sections_ask_what_officers_write),
        TEST(entries_are_counted),
        TEST(equal_cells_are_joined_from_the_left),
        TEST(only_neighbours_are_joined),
        TEST(a_cell_that_is_a_caret_is_no_join),
        TEST(a_partial_is_asked_for_once_and_indented),
        TEST(a_partial_that_is_not_there_is_an_error),
        TEST(a_partial_in_itself_ends),
        TEST(partials_are_nested_to_a_limit),
        TEST(a_missing_name_is_an_error_at_its_place),
        TEST(a_column_that_was_left_out_is_asked_for),
        TEST(drafts_show_what_is_missing),
        TEST(blank_cells_of_rows_and_fields_with_a_rule_for_them_are_not_missing),
        TEST(a_value_answers_to_the_names_of_its_own_rule),
        TEST(a_name_missing_in_many_rows_is_one_message),
        TEST(a_list_is_no_text),
        TEST(tags_that_are_wrong_stop_at_their_place),
        TEST(a_partial_with_a_wrong_tag_stops_all),
        TEST(every_byte_knows_where_it_came_from),
        TEST(a_value_without_a_place_leads_to_its_tag),
        TEST(text_that_goes_on_is_one_piece),
        TEST(part_of_a_source),
        TEST(a_short_text_and_its_place),
        TEST(sections_are_nested_to_a_limit),
        TEST(lists_in_lists_end),
        TEST(many_rows_and_many_tags),
        TEST(a_short_text_takes_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
