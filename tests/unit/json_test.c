/* json_test.c: strings and values as JSON text, and that what is written reads back the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/json.h"
#include "data/amount.h"
#include "data/json.h"
#include "data/yaml.h"
#include "folder.h"
#include "write/json.h"

static void expect_quoted(world *w, zp_str text, const char *json)
{
    zp_buf out = {.arena = w->arena};
    zp_json_string(&out, text);
    assert_string_equal(zp_str_cstr(w->arena, zp_buf_str(&out)), json);
}

static void test_strings(void **state)
{
    world *w = *state;
    expect_quoted(w, ZP_STR(""), "\"\"");
    expect_quoted(w, ZP_STR("某局 \"a\\b\"/"), "\"某局 \\\"a\\\\b\\\"/\"");
    expect_quoted(w, ZP_STR("\n\t\x01\x7f"), "\"\\n\\u0009\\u0001\\u007f\"");
    expect_quoted(w, ZP_STR("\xE2\x80\xA8"), "\"\\u2028\"");
    expect_quoted(w, ZP_STR("\xF0\x9F\x98\x80"), "\"\xF0\x9F\x98\x80\"");
    expect_quoted(w, ZP_STR("a\xFF\xE4\xB8z"), "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\"");
}

static void expect_json(world *w, const zp_value *value, const char *json)
{
    zp_buf out = {.arena = w->arena};
    zp_json_value(value, &out);
    assert_string_equal(zp_str_cstr(w->arena, zp_buf_str(&out)), json);
}

static zp_value *yaml(world *w, const char *text)
{
    const zp_source *source = zp_source_new(w->arena, ZP_STR("x.yaml"), zp_str_from(text));
    zp_value *value = zp_yaml_read_any(w->arena, zp_span_of(source, 0, source->text.n), w->diag);
    assert_non_null(value);
    return value;
}

static void test_values(void **state)
{
    world *w = *state;
    expect_json(w, yaml(w, "[1, -2.50, 0, 007, 1e3, +1, 1., .5, '3', 3万元, true, 是, ~, '']"),
                "[1, -2.50, 0, \"007\", \"1e3\", \"+1\", \"1.\", \".5\", \"3\", \"3万元\", true, "
                "\"是\", null, \"\"]");
    expect_json(w, yaml(w, "[123456789012345, 6222021234567890]"),
                "[123456789012345, \"6222021234567890\"]");
    expect_json(w, yaml(w, "{甲: {乙: [], 丙: {}}, 'a\"b': x}"),
                "{\"甲\": {\"乙\": [], \"丙\": {}}, \"a\\\"b\": \"x\"}");
}

static zp_value cell(const char *text, const char *stored, const char *unit)
{
    return (zp_value){.kind = ZP_VALUE_TEXT,
                      .text = zp_str_from(text),
                      .stored = zp_str_from(stored),
                      .unit = zp_str_from(unit)};
}

/* The value is written as `json`, which read under no rule at all is the same figure. */
static void expect_kept(world *w, zp_value value, const char *json)
{
    expect_json(w, &value, json);
    zp_amount before = zp_amount_of(w->arena, &value);
    zp_amount after = zp_amount_of(
        w->arena, yaml(w, zp_str_cstr(w->arena, zp_str_format(w->arena, "[%s]", json)))->first);
    assert_int_equal(after.kind, before.kind);
    if (before.kind == ZP_AMOUNT_NUMBER)
        assert_int_equal(zp_number_compare(before.number, after.number), 0);
}

static void test_figures_keep_their_units(void **state)
{
    world *w = *state;
    expect_kept(w, cell("3,074.03", "", "万元"), "\"3,074.03万元\"");
    expect_kept(w, cell("12", "", "元"), "\"12元\"");
    expect_kept(w, cell("3万元", "", "元"), "\"3万元\"");
    expect_kept(w, cell("76", "", "%"), "\"76%\"");
    expect_kept(w, cell("76.5", "", "‰"), "\"76.5‰\"");
    expect_kept(w, cell("9%", "0.0912345", "1"), "\"9.12345%\"");
    expect_kept(w, cell("0.91", "0.912345", ""), "0.912345");
    expect_kept(w, cell("3,074.03", "3074.0312", "万元"), "\"3074.0312万元\"");
    expect_kept(w, cell("1,234.6", "12345678", "万元"), "\"1234.5678万元\"");
    expect_kept(w, cell("—", "", "万元"), "\"—\"");
    expect_kept(w, cell("≥95", "", "%"), "\"≥95%\"");
    expect_kept(w, cell("2024年5月8日", "2024-05-08", ""), "\"2024年5月8日\"");
    zp_value code = cell("001", "", "");
    code.quoted = true;
    expect_json(w, &code, "\"001\"");
    const zp_value *rule = yaml(w, "{type: money, unit: 万元}");
    zp_value ruled = cell("100.00", "", "");
    ruled.rule = rule;
    expect_kept(w, ruled, "\"100.00万元\"");
    ruled.number = zp_number_int(w->arena, 1000000);
    expect_kept(w, ruled, "\"100.00万元\"");
}

/* ---- read again ---- */

static void expect_kept_whole(world *w, const char *json)
{
    const zp_value *value = zp_json_read(w->arena, zp_str_from(json));
    assert_non_null(value);
    expect_json(w, value, json);
}

static void test_what_is_written_reads_back(void **state)
{
    world *w = *state;
    expect_kept_whole(w, "{}");
    expect_kept_whole(w, "{\"甲\": {\"乙\": [], \"丙\": {}}, \"a\\\"b\": \"x\"}");
    expect_kept_whole(w, "{\"a\": [1, -2.50, 0, \"007\", \"3万元\", true, null, \"\"]}");
    expect_kept_whole(w, "{\"a\": 0.996301272271253045676197044271, \"b\": 123456789012345}");
    const zp_value *value =
        zp_json_read(w->arena, ZP_STR(" \n{\"a\": \"\\u4e2d\\ud83d\\ude00\"}\n"));
    assert_non_null(value);
    assert_true(zp_str_eq(value->first->text, ZP_STR("中\xF0\x9F\x98\x80")));
    assert_true(value->first->quoted);
}

static void test_what_is_no_object_is_not_read(void **state)
{
    static const char *const texts[] = {"",
                                        "[1]",
                                        "null",
                                        "{",
                                        "{\"a\": 1} x",
                                        "{\"a\": 1,}",
                                        "{\"a\": 01}",
                                        "{\"a\": 123456789012345678901234567890}",
                                        "{\"a\": -123456789012345678901234567890}",
                                        "{\"a\": -123456789012345678901234567890}",
                                        "{\"a\": \"\xFF\"}",
                                        "// {}"};
    world *w = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(zp_json_read(w->arena, zp_str_from(texts[i])));
    zp_buf deep = {.arena = w->arena};
    for (int i = 0; i < 100000; i++)
        zp_buf_lit(&deep, "{\"a\":");
    assert_null(zp_json_read(w->arena, zp_buf_str(&deep)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_strings),
        TEST(test_values),
        TEST(test_figures_keep_their_units),
        TEST(test_what_is_written_reads_back),
        TEST(test_what_is_no_object_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
