/* escape_test.c: whatever a value holds, the reader of Markdown gives it back as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "data/expand.h"
#include "data/yaml.h"
#include "doc/markdown.h"

enum { PIECES_MAX = 7, DEFAULT_ROUNDS = 1500 };

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_value *data;
} fixture;

static int set_up(void **state)
{
    *state = zp_arena_new();
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(*state);
    return 0;
}

static fixture begin(zp_arena *arena)
{
    return (fixture){arena, zp_diag_new(arena),
                     zp_value_new(arena, ZP_VALUE_MAP, (zp_span){NULL, 0, 0})};
}

static void put(fixture *f, const char *key, zp_str text)
{
    zp_value *value = zp_value_new(f->arena, ZP_VALUE_TEXT, (zp_span){NULL, 0, 0});
    value->key = zp_str_from(key);
    value->text = text;
    zp_value_append(f->data, value);
}

static const zp_source *expand(fixture *f, zp_escape escape, const char *text)
{
    zp_expand_options options = {.escape = escape, .missing = ZP_MISSING_ERROR};
    const zp_source *source = zp_source_new(f->arena, ZP_STR("模板.md"), zp_str_from(text));
    return zp_expand(f->arena, zp_span_of(source, 0, source->text.n), f->data, &options, f->diag);
}

static zp_str expand_one(zp_arena *arena, zp_escape escape, const char *text, const char *value)
{
    fixture f = begin(arena);
    put(&f, "v", zp_str_from(value));
    const zp_source *made = expand(&f, escape, text);
    assert_non_null(made);
    return made->text;
}

static void assert_made(zp_arena *arena, const char *text, const char *value, const char *expected)
{
    zp_str found = expand_one(arena, ZP_ESCAPE_MARKDOWN, text, value);
    if (!zp_str_eq(found, zp_str_from(expected)))
        fail_msg("%s with %s is %.*s, not %s", text, value, ZP_ARG(found), expected);
}

/* --- Random values ---------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static zp_str random_value(zp_arena *arena, uint32_t *seed)
{
    static const char *const pieces[] = {
        "\\",        "`",    "*",          "_",
        "[",         "]",    "{",          "}",
        "|",         "&",    "<",          ">",
        "!",         "#",    "-",          "+",
        "=",         "~",    ".",          ")",
        "(",         "^",    ":",          ";",
        "\"",        "'",    "/",          "@",
        "%",         "$",    "1",          "23",
        "a",         "amp",  "lt",         "某",
        "（一）",    "，",   "。",         " ",
        "  ",        "\n",   "\t",         "\r\n",
        "---",       "```",  "~~~",        "==",
        "<!--",      "-->",  "1.",         "2) ",
        "# ",        "＃",   "&amp;",      "&#35;",
        "[^1]",      "{#a}", "<b>",        "</p>",
        "**",        "__",   "> ",         "- ",
        "\\newpage", "://",  "\xC2\xA0",   "\xE3\x80\x80",
        "——",        "㐀",   "http://a.b", "\x01",
        "\x02",      "\x03", "\x7f",       "\\*",
        "[a](b)",    "![",   "||",         "|-|",
    };
    zp_buf value = {.arena = arena};
    size_t count = 1 + next_random(seed) % PIECES_MAX;
    for (size_t i = 0; i < count; i++)
        zp_buf_add(&value,
                   zp_str_from(pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]));
    return zp_buf_str(&value);
}

/* Without white space: Markdown joins and trims it. */
static zp_str squeeze(zp_arena *arena, zp_str s)
{
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(" \t\r\n", s.p[i]))
            zp_buf_byte(&out, s.p[i]);
    return zp_buf_str(&out);
}

static const zp_node *find_node(const zp_node *root, zp_node_kind kind, size_t skip)
{
    zp_walk walk = {(zp_node *)(uintptr_t)root, true};
    do
        if (walk.entering && walk.node->kind == kind && skip-- == 0)
            return walk.node;
    while (zp_walk_next(&walk, root));
    return NULL;
}

static size_t count_nodes(const zp_node *root)
{
    size_t count = 0;
    zp_walk walk = {(zp_node *)(uintptr_t)root, true};
    do
        count += walk.entering && walk.node->kind != ZP_NODE_TEXT &&
                 walk.node->kind != ZP_NODE_BREAK; /* a line end of a value, in a cell */
    while (zp_walk_next(&walk, root));
    return count;
}

/* A template with {{v}} in it, the kind of node that shall hold it, what stands around it there,
 * and how many nodes other than TEXT the report has. */
typedef struct {
    const char *text;
    zp_node_kind kind;
    size_t skip;
    const char *before, *after;
    size_t nodes;
    bool both; /* {{w}} stands behind {{v}} */
} setting;

static void check_setting(zp_arena *arena, const setting *s, zp_str value, zp_str other,
                          uint32_t seed)
{
    fixture f = begin(arena);
    put(&f, "v", value);
    put(&f, "w", other);
    const zp_source *made = expand(&f, ZP_ESCAPE_MARKDOWN, s->text);
    assert_non_null(made);
    zp_diag *diag = zp_diag_new(arena);
    const zp_node *root = zp_markdown_read(arena, zp_span_of(made, 0, made->text.n), diag);
    const zp_node *node = root ? find_node(root, s->kind, s->skip) : NULL;
    zp_str wanted = squeeze(arena, zp_str_format(arena, "%s%.*s%.*s%s", s->before, ZP_ARG(value),
                                                 s->both ? (int)other.n : 0, other.p, s->after));
    zp_str found = node ? squeeze(arena, zp_node_text(arena, node)) : ZP_STR("");
    size_t nodes = root ? count_nodes(root) : 0;
    if (zp_str_eq(found, wanted) && nodes == s->nodes && !zp_diag_count(diag, ZP_ERROR) &&
        !zp_diag_count(diag, ZP_FLAW))
        return;
    zp_buf out = {.arena = arena};
    if (root)
        zp_node_dump(root, &out);
    zp_diag_write_text(diag, false, &out);
    fail_msg("seed %u: %s with “%.*s” and “%.*s” is\n%.*s\nand reads\n%.*s", seed, s->text,
             ZP_ARG(value), ZP_ARG(other), ZP_ARG(made->text), ZP_ARG(zp_buf_str(&out)));
}

static void any_value_comes_out_as_text(void **state)
{
    static const setting settings[] = {
        {"前{{v}}后\n", ZP_NODE_PARAGRAPH, 0, "前", "后", 2, false},
        {"a {{v}} b\n", ZP_NODE_PARAGRAPH, 0, "a ", " b", 2, false},
        {"{{v}}\n", ZP_NODE_PARAGRAPH, 0, "", "", 2, false},
        {"{{v}}后\n", ZP_NODE_PARAGRAPH, 0, "", "后", 2, false},
        {"上一行\n{{v}}\n下一行\n", ZP_NODE_PARAGRAPH, 0, "上一行", "下一行", 2, false},
        {"上一行\n  {{v}}", ZP_NODE_PARAGRAPH, 0, "上一行", "", 2, false},
        {"上\n\n{{v}}\n\n下\n", ZP_NODE_PARAGRAPH, 1, "", "", 4, false},
        {"- {{v}}\n", ZP_NODE_ITEM, 0, "", "", 4, false},
        {"3. {{v}}\n", ZP_NODE_ITEM, 0, "", "", 4, false},
        {"> {{v}}\n", ZP_NODE_QUOTE, 0, "", "", 3, false},
        {"> - {{v}}乙\n", ZP_NODE_ITEM, 0, "", "乙", 5, false},
        {"## {{v}}\n", ZP_NODE_HEADING, 0, "", "", 2, false},
        {"## 标题{{v}}\n", ZP_NODE_HEADING, 0, "标题", "", 2, false},
        {"[{{v}}](a.html)\n", ZP_NODE_LINK, 0, "", "", 3, false},
        {"见[甲{{v}}乙][丙]\n\n[丙]: a.html\n", ZP_NODE_LINK, 0, "甲", "乙", 3, false},
        {"{{v}}[甲](a.html)\n", ZP_NODE_PARAGRAPH, 0, "", "甲", 3, false},
        {"甲[^1]\n\n[^1]: {{v}}\n", ZP_NODE_NOTE, 0, "", "", 5, false},
        {"| 甲 | 乙 |\n|---|---|\n| {{v}} | 丁 |\n", ZP_NODE_CELL, 2, "", "", 8, false},
        {"| 甲 | 乙 |\n|---|---|\n| 丁 | 共{{v}}个 |\n", ZP_NODE_CELL, 3, "共", "个", 8, false},
        {"{{v}} | 乙\n---|---\n丙 | 丁\n", ZP_NODE_CELL, 0, "", "", 8, false},
        {"{{v}}{{w}}\n", ZP_NODE_PARAGRAPH, 0, "", "", 2, true},
        {"上\n{{v}}{{w}}\n下\n", ZP_NODE_PARAGRAPH, 0, "上", "下", 2, true},
        {"### {{v}}{{w}}\n", ZP_NODE_HEADING, 0, "", "", 2, true},
        {"[{{v}}{{w}}](a.html)\n", ZP_NODE_LINK, 0, "", "", 3, true},
        {"|甲|乙|\n|---|---|\n|{{v}}{{w}}|丁|\n", ZP_NODE_CELL, 2, "", "", 8, true},
        {"| 甲 | {{v}}|\n|---|---|\n|丙|丁|\n", ZP_NODE_CELL, 1, "", "", 8, false},
    };
    const char *wanted = getenv("ESCAPE_ROUNDS");
    unsigned rounds = wanted ? (unsigned)strtoul(wanted, NULL, 10) : DEFAULT_ROUNDS;
    uint32_t seed = 7;
    for (unsigned i = 0; i < rounds; i++) {
        zp_arena *arena = zp_arena_new();
        uint32_t now = seed;
        zp_str value = random_value(arena, &seed), other = random_value(arena, &seed);
        bool blank = !squeeze(arena, value).n; /* is as if there were none */
        for (size_t k = 0; !blank && k < sizeof settings / sizeof *settings; k++)
            check_setting(arena, &settings[k], value, other, now);
        zp_arena_free(arena);
    }
    (void)state;
}

/* In a fenced block the same values come through YAML unchanged. */
static void any_value_comes_through_a_fence(void **state)
{
    static const char *const texts[] = {"```chart\nx: {{v}}\n```\n", "~~~\nx: \"{{v}}\"\n~~~\n",
                                        "- 甲\n\n  ```\n  x: [{{v}}]\n  ```\n"};
    uint32_t seed = 3;
    (void)state;
    for (unsigned i = 0; i < DEFAULT_ROUNDS; i++) {
        zp_arena *arena = zp_arena_new();
        zp_str value = random_value(arena, &seed);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            fixture f = begin(arena);
            put(&f, "v", value);
            const zp_source *made = expand(&f, ZP_ESCAPE_MARKDOWN, texts[k]);
            zp_diag *diag = zp_diag_new(arena);
            const zp_node *root = zp_markdown_read(arena, zp_span_of(made, 0, made->text.n), diag);
            const zp_node *code = find_node(root, ZP_NODE_CODE, 0);
            assert_non_null(code);
            const zp_source *yaml = zp_source_new(arena, ZP_STR("x"), code->text);
            const zp_value *map = zp_yaml_read(arena, zp_span_of(yaml, 0, yaml->text.n), diag);
            const zp_value *x = zp_value_find(map, ZP_STR("x"));
            x = x && x->kind == ZP_VALUE_LIST ? x->first : x;
            if (!x || !zp_str_eq(x->text, value))
                fail_msg("“%.*s” is\n%.*s", ZP_ARG(value), ZP_ARG(made->text));
        }
        zp_arena_free(arena);
    }
}

static void nothing_is_escaped_without_need(void **state)
{
    static const char *const values[] = {
        "3,074.03",
        "-12.30",
        "某某局（本级）",
        "99.63%",
        "=100%",
        "a_b",
        "自评表_2023.xlsx",
        "R&D 经费",
        "A+B",
        "1.5",
        "2.",
        "5 < 6",
        "x > y",
        "一级/二级",
        "^",
        "#1",
        "甲：乙",
        "(12.30)",
        "~5",
        "A!",
        "第1.2条",
        "“引号”",
        "it's",
        "http://a.cn/b?c=d&e=f",
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        zp_str expected = zp_str_format(*state, "共%s个", values[i]);
        assert_made(*state, "共{{v}}个", values[i], zp_str_cstr(*state, expected));
    }
    assert_made(*state, "{{v}}\n", "-12.30", "-12.30\n");
    assert_made(*state, "{{v}}\n", "2023年", "2023年\n");
    assert_made(*state, "{{v}} 号", "2.5", "2.5 号");
    assert_made(*state, "| {{v}} | 乙 |", "-", "| - | 乙 |");
    assert_made(*state, "| {{v}} | 乙 |", "1. 甲", "| 1. 甲 | 乙 |");
}

static void marks_that_would_be_some_are_escaped(void **state)
{
    assert_made(*state, "{{v}}\n", "- 甲", "\\- 甲\n");
    assert_made(*state, "{{v}}\n", "1. 甲", "1\\. 甲\n");
    assert_made(*state, "1{{v}}\n", ". 甲", "1\\. 甲\n");
    assert_made(*state, "{{v}}\n", "#甲", "\\#甲\n");
    assert_made(*state, "{{v}}\n", "＃ 甲", "&#xFF03; 甲\n");
    assert_made(*state, "| {{v}} |", "^", "| \\^ |");
    assert_made(*state, "| {{v}} |", "甲\n乙|丙", "| 甲&#10;乙\\|丙 |");
    assert_made(*state, "甲\\|{{v}}", "一\n二", "甲\\|一 二");
    assert_made(*state, "甲{{v}}乙", "一\n二\n", "甲一 二乙");
    assert_made(*state, "{{v}}[甲](b)", "看!", "看\\![甲](b)");
    assert_made(*state, "\\{{v}}", "*", "\\*");
    assert_made(*state, "{{v}}", "甲  ", "甲");
    assert_made(*state, "[甲]({{v}})", "图 (1).png", "[甲](图&#32;\\(1\\).png)");
    assert_made(*state, "{{{v}}}", "**甲**", "**甲**");
}

static void in_a_fence_a_value_is_yaml(void **state)
{
    assert_made(*state, "```chart\nt: {{v}}\n```\n{{v}}\n", "a\"b*",
                "```chart\nt: \"a\\\"b*\"\n```\na\"b\\*\n");
    assert_made(*state, "```chart\nt: \"甲{{v}}\"\n```", "a\"b", "```chart\nt: \"甲a\\\"b\"\n```");
    assert_made(*state, "```chart\nt: '甲{{v}}'\n```", "it's", "```chart\nt: '甲it''s'\n```");
    assert_made(*state, "```\na: it's {{v}}\n```", "x", "```\na: it's \"x\"\n```");
    assert_made(*state, "``` a`b\n{{v}}\n", "*", "``` a`b\n\\*\n");
    assert_made(*state, "    ```\n{{v}}\n", "*", "    ```\n\\*\n");
    assert_made(*state, "~~~~\n~~~\n{{v}}\n~~~~~\n{{v}}", "a", "~~~~\n~~~\n\"a\"\n~~~~~\na");
    assert_made(*state, "> ```\n> {{v}}\n{{v}}\n", "a", "> ```\n> \"a\"\na\n");
}

static void html_and_plain_text(void **state)
{
    zp_str html = expand_one(*state, ZP_ESCAPE_HTML, "<p>{{v}}</p>{{{v}}}", "<a href=\"x\">&'");
    assert_true(
        zp_str_eq(html, ZP_STR("<p>&lt;a href=&quot;x&quot;&gt;&amp;&#39;</p><a href=\"x\">&'")));
    zp_str plain = expand_one(*state, ZP_ESCAPE_NONE, "{{v}}", "*<&|");
    assert_true(zp_str_eq(plain, ZP_STR("*<&|")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_value_comes_out_as_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_value_comes_through_a_fence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_escaped_without_need, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marks_that_would_be_some_are_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(in_a_fence_a_value_is_yaml, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_and_plain_text, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
