/* yaml_test.c: YAML to values with their places; slips, each by its id and place; hostile input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "data/yaml.h"

#define WIDE "\xE3\x80\x80"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_source *source;
} fixture;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    fixture *f = zp_new(arena, fixture);
    f->arena = arena;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(((fixture *)*state)->arena);
    return 0;
}

static zp_value *read_str(fixture *f, zp_str text)
{
    f->diag = zp_diag_new(f->arena);
    f->source = zp_source_new(f->arena, ZP_STR("a.yaml"), text);
    return zp_yaml_read(f->arena, zp_span_of(f->source, 0, text.n), f->diag);
}

static zp_value *read_text(fixture *f, const char *text)
{
    return read_str(f, zp_str_from(text));
}

static void assert_dump(fixture *f, const char *text, const char *expected)
{
    zp_value *root = read_text(f, text);
    size_t count;
    zp_diag_messages(f->diag, &count);
    if (!root || count)
        fail_msg("not read: %s", text);
    zp_buf out = {.arena = f->arena};
    zp_value_dump(root, &out);
    if (!zp_str_eq(zp_buf_str(&out), zp_str_from(expected)))
        fail_msg("found:\n%.*s\nexpected:\n%s", ZP_ARG(zp_buf_str(&out)), expected);
}

static const zp_message *message_at(fixture *f, size_t i)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    if (i >= count)
        fail_msg("only %zu messages", count);
    return &messages[i];
}

static size_t count_messages(fixture *f)
{
    size_t count;
    zp_diag_messages(f->diag, &count);
    return count;
}

static void assert_message(fixture *f, size_t i, const char *id, size_t line, size_t column)
{
    const zp_message *message = message_at(f, i);
    size_t found_line, found_column;
    zp_source_place(f->source, message->span.start, &found_line, &found_column);
    if (strcmp(message->id, id) != 0 || found_line != line || found_column != column)
        fail_msg("%s at %zu:%zu, not %s at %zu:%zu", message->id, found_line, found_column, id,
                 line, column);
}

/* The only message when `text` is read; `fixed` is how its hint ends, or NULL. */
static void assert_error(fixture *f, const char *text, const char *id, size_t line, size_t column,
                         const char *fixed)
{
    if (read_text(f, text))
        fail_msg("read: %s", text);
    assert_message(f, 0, id, line, column);
    assert_int_equal(count_messages(f), 1);
    zp_str hint = message_at(f, 0)->hint;
    assert_true(hint.n > 0);
    if (fixed && !zp_str_ends(hint, zp_str_format(f->arena, ": %s", fixed)))
        fail_msg("%.*s", ZP_ARG(hint));
}

static zp_str times(fixture *f, const char *piece, size_t count)
{
    zp_buf buf = {.arena = f->arena};
    for (size_t i = 0; i < count; i++)
        zp_buf_add(&buf, zp_str_from(piece));
    return zp_buf_str(&buf);
}

/* --- What is YAML ---------------------------------------------------------------------------- */

static void front_matter_becomes_a_map(void **state)
{
    assert_dump(
        *state,
        "标题: 某局报告\n单位:\n  名称: 某局 # 全称\n  编码: \"001\"\n附件:\n- 附件1：表\n- b\n",
        "map 3\n  标题: '某局报告'\n  单位: map 2\n    名称: '某局'\n    编码: \"001\"\n"
        "  附件: list 2\n    '附件1：表'\n    'b'\n");
}

static void json_is_yaml(void **state)
{
    assert_dump(*state, "{\"a\": [1, \"2\", null, {}],\n\t\"b\": {\"c\": \"d\\n\"}}",
                "map 2\n  a: list 4\n    '1'\n    \"2\"\n    null\n    map 0\n"
                "  b: map 1\n    c: \"d\\n\"\n");
}

static void nothing_is_an_empty_map(void **state)
{
    const char *texts[] = {"", "\n\n", "# 没有\n", "---\n", "~\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_dump(*state, texts[i], "map 0\n");
}

static void an_unquoted_nothing_is_null(void **state)
{
    assert_dump(*state, "a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\n",
                "map 5\n  a: null\n  b: null\n  c: null\n  d: \"\"\n  e: \"null\"\n");
}

static void blocks_are_text(void **state)
{
    assert_dump(*state, "a: |\n  一：二\n  三: 四\nb: >\n  折\n  行\n",
                "map 2\n  a: \"一：二\\n三: 四\\n\"\n  b: \"折 行\\n\"\n");
}

static void what_looks_like_a_slip_may_be_text(void **state)
{
    assert_dump(*state, "a: 一：二\n", "map 1\n  a: '一：二'\n");
    assert_dump(*state, "a: 一" WIDE "二\n", "map 1\n  a: '一" WIDE "二'\n");
    assert_dump(*state, "a: 2023年{{x}}\n", "map 1\n  a: '2023年{{x}}'\n");
    assert_dump(*state, "a: \"{{x}}: y\"\n", "map 1\n  a: \"{{x}}: y\"\n");
    assert_dump(*state, "a: http://x/y 12:30\n", "map 1\n  a: 'http://x/y 12:30'\n");
    assert_dump(*state, "a:\n  今年工作如下。说明：好\n", "map 1\n  a: '今年工作如下。说明：好'\n");
    assert_dump(*state, "a: 上\n  说明：下\n", "map 1\n  a: '上 说明：下'\n");
    assert_dump(*state, "a:\n- 附件1：甲\n- 附件2：乙\n  续行\n",
                "map 1\n  a: list 2\n    '附件1：甲'\n    '附件2：乙 续行'\n");
    assert_dump(*state, "a: 1\n...\n# 完\n", "map 1\n  a: '1'\n");
}

static void assert_span(fixture *f, zp_span span, const char *expected)
{
    zp_str found = zp_str_slice(f->source->text, span.start, span.end);
    assert_ptr_equal(span.source, f->source);
    if (!zp_str_eq(found, zp_str_from(expected)))
        fail_msg("“%.*s” is not “%s”", ZP_ARG(found), expected);
}

static void every_value_and_key_knows_its_place(void **state)
{
    fixture *f = *state;
    zp_value *root =
        read_text(f, "𬭎: 湴 # 注\n\"引\": '单' \n表: [一, {二: 三}]\n\n块: |\n  "
                     "甲\n  乙\n\n无:\n列:\n  - 丙\n\n# 完\n");
    const zp_value *entry = root->first;
    assert_span(f, entry->key_span, "𬭎");
    assert_span(f, entry->span, "湴");
    entry = entry->next;
    assert_span(f, entry->key_span, "\"引\"");
    assert_span(f, entry->span, "'单'");
    entry = entry->next;
    assert_span(f, entry->span, "[一, {二: 三}]");
    assert_span(f, entry->last->span, "{二: 三}");
    assert_span(f, entry->last->first->key_span, "二");
    assert_span(f, entry->last->first->span, "三");
    entry = entry->next;
    assert_span(f, entry->span, "|\n  甲\n  乙");
    entry = entry->next;
    assert_span(f, entry->key_span, "无");
    assert_span(f, entry->span, "");
    assert_int_equal(entry->span.start, entry->key_span.end + 1);
    entry = entry->next;
    assert_span(f, entry->span, "- 丙");
    assert_int_equal(root->span.start, 0);
    assert_int_equal(root->span.end, entry->span.end);
}

static void a_part_has_its_places_in_the_whole_source(void **state)
{
    fixture *f = *state;
    zp_str text = ZP_STR("---\n标题: 甲\n标题: 乙\n---\n单位：丙\n");
    f->diag = zp_diag_new(f->arena);
    f->source = zp_source_new(f->arena, ZP_STR("a.md"), text);
    zp_span part = zp_span_of(f->source, 4, zp_str_find(text, ZP_STR("---"), 4));
    zp_value *root = zp_yaml_read(f->arena, part, f->diag);
    assert_span(f, root->first->span, "甲");
    assert_int_equal(count_messages(f), 1);
    assert_message(f, 0, "duplicate-key", 3, 1);
}

/* --- Slips ----------------------------------------------------------------------------------- */

static void a_full_width_colon_is_found_wherever_it_stands(void **state)
{
    const char *id = "yaml-fullwidth-colon";
    assert_error(*state, "标题：报告\n", id, 1, 3, "标题: 报告");
    assert_error(*state, "标题：报告\n单位: 局\n", id, 1, 3, "标题: 报告");
    assert_error(*state, "标题: 报告\n单位：局\n", id, 2, 3, "单位: 局");
    assert_error(*state, "标题: 报告\n单位：局\n年度: 2023\n", id, 2, 3, "单位: 局");
    assert_error(*state, "标题：报告\n\n# 注\n单位: 局\n", id, 1, 3, "标题: 报告");
    assert_error(*state, "单位:\n  名称：局\n", id, 2, 5, "  名称: 局");
    assert_error(*state, "单位:\n  名称：局\n  简称: 局\n", id, 2, 5, "  名称: 局");
    assert_error(*state, "单位:\n  名称: 局\n  简称：局\n", id, 3, 5, "  简称: 局");
    assert_error(*state, "单位:\n  名称：局\n  # 注\n  简称: 局\n", id, 2, 5, "  名称: 局");
    assert_error(*state, "单位：\n  名称: 局\n", id, 1, 3, "单位:");
    assert_error(*state, "项目:\n  - 名称：甲\n    金额: 5\n", id, 2, 7, "  - 名称: 甲");
    assert_error(*state, "项目:\n  - 名称: 甲\n    金额：5\n", id, 3, 7, "    金额: 5");
    assert_error(*state, "标题：\xE3\x80\x80报告\n", id, 1, 3, "标题: 报告");
}

static void each_line_with_a_full_width_colon_is_named(void **state)
{
    fixture *f = *state;
    assert_null(read_text(f, "标题：报告\n单位：局\n年度：2023\n"));
    assert_int_equal(count_messages(f), 3);
    for (size_t i = 0; i < 3; i++)
        assert_message(f, i, "yaml-fullwidth-colon", i + 1, 3);
    assert_null(read_text(f, "项目:\n  - 名称：甲\n    金额：5\n"));
    assert_int_equal(count_messages(f), 2);
}

static void a_full_width_space_is_found_wherever_it_stands(void **state)
{
    const char *id = "yaml-fullwidth-space";
    assert_error(*state, "标题:" WIDE "报告\n", id, 1, 3, "标题: 报告");
    assert_error(*state, "标题:" WIDE "报告\n年度: 2023\n", id, 1, 3, "标题: 报告");
    assert_error(*state, "标题: " WIDE "报告\n", id, 1, 3, "标题: 报告");
    assert_error(*state, "标题" WIDE ": 报告\n", id, 1, 3, "标题: 报告");
    assert_error(*state, "单位:\n" WIDE "名称: 局\n", id, 2, 1, "  名称: 局");
    assert_error(*state, WIDE "标题: 报告\n", id, 1, 1, "标题: 报告");
    assert_error(*state, "标题: 报告\n" WIDE WIDE "年度: 2023\n", id, 2, 1, "年度: 2023");
    assert_error(*state, "附件:\n  -" WIDE "甲\n", id, 2, 4, "  - 甲");
}

static void a_tab_is_found(void **state)
{
    assert_error(*state, "单位:\n\t名称: 局\n", "yaml-tab", 2, 1, "  名称: 局");
    assert_error(*state, "单位:\n  名称: 局\n\t简称: 局\n", "yaml-tab", 3, 1, NULL);
    assert_error(*state, "附件:\n  -\t甲\n", "yaml-tab", 2, 4, "  - 甲");
}

static void a_colon_in_a_value_is_found(void **state)
{
    const char *id = "yaml-colon-in-value";
    assert_error(*state, "标题: 关于: 报告\n", id, 1, 7, "标题: \"关于: 报告\"");
    assert_error(*state, "标题: 关于报告:\n", id, 1, 9, "标题: \"关于报告:\"");
    assert_error(*state, "a: 1\n项目:\n  - 名称: 甲: 乙 # 注\n", id, 3, 10,
                 "  - 名称: \"甲: 乙\" # 注");
    assert_error(*state, "标题: 说\"好\": 'x'\n", id, 1, 9, "标题: '说\"好\": ''x'''");
}

static void braces_without_quotes_are_found(void **state)
{
    const char *id = "yaml-braces";
    assert_error(*state, "标题: {{name}}\n", id, 1, 5, "标题: \"{{name}}\"");
    assert_error(*state, "标题: {{name}}年度报告\n", id, 1, 5, "标题: \"{{name}}年度报告\"");
    assert_error(*state, "标题: {{{name}}}\n", id, 1, 5, "标题: \"{{{name}}}\"");
    assert_error(*state, "标题: {{name\n年度: 1\n", id, 1, 5, "标题: \"{{name\"");
    assert_error(*state, "标题: {{a.b \"c\"}}\n", id, 1, 5, "标题: '{{a.b \"c\"}}'");
    assert_error(*state, "a:\n- {{name}}\n", id, 2, 3, "- \"{{name}}\"");
    assert_error(*state, "a: [{{name}}]\n", id, 1, 5, NULL);
}

static void a_colon_without_a_space_is_a_syntax_error_with_the_right_line(void **state)
{
    assert_error(*state, "标题:报告\n", "yaml-syntax", 1, 3, "标题: 报告");
    assert_error(*state, "标题: 报告\n年度:2023\n", "yaml-syntax", 2, 3, "年度: 2023");
}

static void other_mistakes_are_syntax_errors_where_they_begin(void **state)
{
    const char *id = "yaml-syntax";
    assert_error(*state, "a: \"未完\nb: c\n", id, 1, 4, NULL);
    assert_error(*state, "a: [1, 2\nb: c\n", id, 1, 4, NULL);
    assert_error(*state, "a: {x: 1\n", id, 1, 4, NULL);
    assert_error(*state, "a: {x: y: z}\n", id, 1, 4, NULL);
    assert_error(*state, "a: b\njust text\n", id, 2, 1, NULL);
    assert_error(*state, "a: b\n  c: d\n", id, 2, 4, NULL);
    assert_error(*state, "a: @x\n", id, 1, 4, NULL);
    assert_error(*state, "a: %x\n", id, 1, 4, NULL);
    assert_error(*state, "a: \x01\n", id, 1, 4, NULL);
    assert_error(*state, "一：\n- a\n\x7f", id, 3, 1, NULL);
    assert_error(*state, "- a\n- b\n", id, 1, 1, NULL);
    assert_error(*state, "just text", id, 1, 1, NULL);
    assert_error(*state, "\"a\"", id, 1, 1, NULL);
    assert_error(*state, "[a]: b\n", id, 1, 1, NULL);
    assert_error(*state, "? {a: b}\n: c\n", id, 1, 3, NULL);
}

static void tags_directives_and_second_documents_are_refused(void **state)
{
    const char *id = "yaml-syntax";
    assert_error(*state, "a: !x b\n", id, 1, 4, NULL);
    assert_error(*state, "a: !!python/object:x {}\n", id, 1, 4, NULL);
    assert_error(*state, "# 注\n%YAML 1.1\n---\na: b\n", id, 2, 1, NULL);
    assert_error(*state, "a: 1\n---\nb: 2\n", id, 2, 1, NULL);
    assert_error(*state, "a: 1\n...\n# 注\n\n  b: 2\n", id, 5, 3, NULL);
    assert_error(*state, "---\n---\n", id, 2, 1, NULL);
}

/* --- Keys that stand twice ------------------------------------------------------------------- */

static void of_two_equal_keys_the_first_value_is_kept(void **state)
{
    fixture *f = *state;
    zp_value *root = read_text(f, "乙: 1\n甲: 2\n乙: 3\n丙: {x: 1, x: 2}\n'乙': 4\n");
    assert_non_null(root);
    assert_int_equal(root->count, 3);
    assert_true(zp_str_eq(zp_value_text(zp_value_find(root, ZP_STR("乙"))), ZP_STR("1")));
    assert_true(zp_str_eq(root->first->key, ZP_STR("乙")));
    assert_true(zp_str_eq(root->last->key, ZP_STR("丙")));
    assert_null(root->last->next);
    assert_int_equal(root->last->count, 1);
    assert_int_equal(count_messages(f), 3);
    assert_message(f, 0, "duplicate-key", 4, 11);
    assert_message(f, 1, "duplicate-key", 3, 1);
    assert_message(f, 2, "duplicate-key", 5, 1);
}

static void the_same_key_in_different_maps_is_no_duplicate(void **state)
{
    assert_dump(*state, "a: {x: 1}\nb: {x: 1}\nx: 1\n",
                "map 3\n  a: map 1\n    x: '1'\n  b: map 1\n    x: '1'\n  x: '1'\n");
}

/* --- Hostile input --------------------------------------------------------------------------- */

static void anchors_and_aliases_are_refused_at_the_first(void **state)
{
    assert_error(*state, "a: *b\n", "yaml-alias", 1, 4, NULL);
    assert_error(*state, "x: 1\na: &b c\n", "yaml-alias", 2, 4, NULL);
    assert_error(*state, "a: &b {x: 1}\n", "yaml-alias", 1, 4, NULL);
    assert_error(*state, "a: 1\nb:\n  <<: *c\n", "yaml-alias", 3, 7, NULL);
    assert_error(*state, "a: *重要*\n", "yaml-alias", 1, 5, NULL);
    assert_error(*state, "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n", "yaml-alias", 1,
                 4, NULL);
}

static void depth_is_limited(void **state)
{
    fixture *f = *state;
    /* the root map and 63 lists in it */
    zp_str open = times(f, "[", ZP_YAML_DEPTH - 1), shut = times(f, "]", ZP_YAML_DEPTH - 1);
    zp_str text = zp_str_format(f->arena, "a: %.*s%.*s", ZP_ARG(open), ZP_ARG(shut));
    assert_non_null(read_str(f, text));
    text = zp_str_format(f->arena, "a: [%.*s%.*s]", ZP_ARG(open), ZP_ARG(shut));
    assert_null(read_str(f, text));
    assert_message(f, 0, "too-deep", 1, 3 + ZP_YAML_DEPTH);
}

static void endless_nesting_ends_at_once(void **state)
{
    fixture *f = *state;
    const char *pieces[] = {"[", "{a: ", "- ", "? ", "[\n", "{", "[{"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        zp_str text = zp_str_format(f->arena, "a:\n %.*s", ZP_ARG(times(f, pieces[i], 100000)));
        assert_null(read_str(f, text));
        assert_int_equal(count_messages(f), 1);
    }
}

static void the_number_of_values_is_limited(void **state)
{
    fixture *f = *state;
    assert_non_null(read_str(
        f, zp_str_format(f->arena, "a:\n%.*s", ZP_ARG(times(f, "- 1\n", ZP_YAML_VALUES - 2)))));
    assert_null(read_str(
        f, zp_str_format(f->arena, "a:\n%.*s", ZP_ARG(times(f, "- 1\n", ZP_YAML_VALUES - 1)))));
    assert_message(f, 0, "too-many-values", ZP_YAML_VALUES, 3);
}

static void the_same_key_again_and_again_is_quick(void **state)
{
    fixture *f = *state;
    zp_value *root = read_str(f, times(f, "键: 1\n", ZP_YAML_VALUES / 2));
    assert_int_equal(root->count, 1);
    assert_int_equal(zp_diag_count(f->diag, ZP_ERROR), ZP_YAML_VALUES / 2 - 1);
    zp_buf flow = {.arena = f->arena};
    zp_buf_byte(&flow, '{');
    zp_buf_add(&flow, times(f, "k: 1, ", ZP_YAML_VALUES / 2));
    zp_buf_byte(&flow, '}');
    root = read_str(f, zp_buf_str(&flow));
    assert_int_equal(root->count, 1);
}

static void a_million_slips_are_quick_and_few_are_named(void **state)
{
    fixture *f = *state;
    const char *pieces[] = {"标题：字\n", "　a: b\n", "a:b ", "\t", ": ", "字\n", "%TAG !a! b\n",
                            "---\n",      "&a ",      "*",    "'",  "\"", "|\n",  "#\n\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        zp_str text = zp_str_format(f->arena, "a:\n%.*s", ZP_ARG(times(f, pieces[i], 100000)));
        read_str(f, text);
        size_t others = 0;
        for (size_t k = 0; k < count_messages(f); k++)
            others += strcmp(message_at(f, k)->id, "duplicate-key") != 0;
        assert_true(others <= 20);
    }
}

static void a_long_line_is_not_repeated_in_the_hint(void **state)
{
    fixture *f = *state;
    zp_str text = zp_str_format(f->arena, "标题：%.*s\n", ZP_ARG(times(f, "字", 100000)));
    assert_null(read_str(f, text));
    assert_message(f, 0, "yaml-fullwidth-colon", 1, 3);
    assert_true(message_at(f, 0)->hint.n < 200);
}

static void no_short_text_breaks_the_reader(void **state)
{
    fixture *f = *state;
    const char *pieces[] = {"a", ":",  " ",  "\n", "-",  "{",   "}",   "[",  "]", "\"",
                            "'", "：", WIDE, "#",  "\t", "|",   ">",   "&",  "*", "{{",
                            "!", "%",  ",",  "?",  "@",  "---", "...", "一", "`", "\\"};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    uint32_t random = 12345;
    for (int round = 0; round < 20000; round++) {
        zp_arena *arena = zp_arena_new();
        fixture own = {.arena = arena};
        zp_buf text = {.arena = arena};
        random = random * 1664525U + 1013904223U;
        for (uint32_t n = (random >> 16) % 14; n > 0; n--) {
            random = random * 1664525U + 1013904223U;
            zp_buf_add(&text, zp_str_from(pieces[(random >> 16) % PIECES]));
        }
        zp_value *root = read_str(&own, zp_buf_str(&text));
        if (!root && !zp_diag_count(own.diag, ZP_ERROR))
            fail_msg("no reason given for: %.*s", ZP_ARG(zp_buf_str(&text)));
        zp_buf out = {.arena = arena};
        zp_diag_write_text(own.diag, false, &out);
        zp_arena_free(arena);
    }
    (void)f;
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* --- JSON ------------------------------------------------------------------------------------- */

static void json_escapes_and_tabs_are_read(void **state)
{
    assert_dump(*state,
                "{\"a\":1,\"b\":\"x\\/y\\n\\u4e00\",\n\t\"c\": [true,null, \"\"],\"d\":{}}\n",
                "map 4\n  a: '1'\n  b: \"x/y\\n一\"\n  c: list 3\n    'true'\n    null\n    \"\"\n "
                " d: map 0\n");
}

static void pairs_of_escapes_are_one_character(void **state)
{
    fixture *f = *state;
    const char *text =
        "{\"一\\ud83d\\ude00\": \"\\uD842\\udfb7野\", \"b\": \"\\\\ud83d\\\\ude00\",\n \"c\": 3}";
    assert_dump(f, text, "map 3\n  一😀: \"𠮷野\"\n  b: \"\\ud83d\\ude00\"\n  c: '3'\n");
    zp_value *root = read_text(f, text);
    assert_int_equal(root->first->key_span.start, 1);
    assert_int_equal(root->first->key_span.end, 18);
    assert_int_equal(root->first->span.start, 20);
    assert_int_equal(root->first->span.end, 37);
    assert_true(zp_str_eq(
        zp_str_slice(f->source->text, root->last->span.start, root->last->span.end), ZP_STR("3")));
}

static void half_a_pair_is_an_error_at_its_place(void **state)
{
    fixture *f = *state;
    assert_null(read_text(f, "{\"a\": \"\\ud83d\\ude00\", \"b\": \"x\\ud83d\"}"));
    assert_message(f, 0, "yaml-syntax", 1, 32);
    assert_null(read_text(f, "{\"a\": \"\\ude00\\ud83d\"}"));
    assert_message(f, 0, "yaml-syntax", 1, 10);
    assert_null(read_text(f, "{\"a\": \"\\ud83d\\ude00\", \"b\": \"\x01\"}"));
    assert_message(f, 0, "yaml-syntax", 1, 29);
    /* YAML has no such pairs. */
    assert_null(read_text(f, "a: \"\\ud83d\\ude00\"\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(front_matter_becomes_a_map),
        test(json_is_yaml),
        test(nothing_is_an_empty_map),
        test(an_unquoted_nothing_is_null),
        test(blocks_are_text),
        test(what_looks_like_a_slip_may_be_text),
        test(every_value_and_key_knows_its_place),
        test(a_part_has_its_places_in_the_whole_source),
        test(a_full_width_colon_is_found_wherever_it_stands),
        test(each_line_with_a_full_width_colon_is_named),
        test(a_full_width_space_is_found_wherever_it_stands),
        test(a_tab_is_found),
        test(a_colon_in_a_value_is_found),
        test(braces_without_quotes_are_found),
        test(a_colon_without_a_space_is_a_syntax_error_with_the_right_line),
        test(other_mistakes_are_syntax_errors_where_they_begin),
        test(tags_directives_and_second_documents_are_refused),
        test(of_two_equal_keys_the_first_value_is_kept),
        test(the_same_key_in_different_maps_is_no_duplicate),
        test(anchors_and_aliases_are_refused_at_the_first),
        test(depth_is_limited),
        test(endless_nesting_ends_at_once),
        test(the_number_of_values_is_limited),
        test(the_same_key_again_and_again_is_quick),
        test(a_million_slips_are_quick_and_few_are_named),
        test(a_long_line_is_not_repeated_in_the_hint),
        test(no_short_text_breaks_the_reader),
        test(json_escapes_and_tabs_are_read),
        test(pairs_of_escapes_are_one_character),
        test(half_a_pair_is_an_error_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
