/* declarations_test.c: what a chain of templates says of data: merged, checked, refused where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "data/schema.h"
#include "data/yaml.h"
#include "doc/declarations.h"
#include "folder.h"

static const zp_value *yaml(world *w, const char *text)
{
    const zp_source *source = zp_source_new(w->arena, ZP_STR("template.yaml"), zp_str_from(text));
    const zp_value *map = zp_yaml_read(w->arena, zp_span_of(source, 0, source->text.n), w->diag);
    assert_non_null(map);
    return map;
}

/* `near` extends `far`. */
static zp_declarations read_both(world *w, const char *near, const char *far)
{
    const zp_value *chain[] = {yaml(w, near), yaml(w, far)};
    return zp_declarations_read(w->arena, chain, 2, w->diag);
}

static void expect_refused(world *w, const char *text, const char *ids)
{
    const zp_value *chain[] = {yaml(w, text)};
    zp_declarations_read(w->arena, chain, 1, w->diag);
    expect_ids(w, ids);
}

static void test_the_nearest_wins_entry_by_entry(void **state)
{
    world *w = *state;
    zp_declarations d = read_both(w,
                                  "schema: {a: {unit: 元}, c: {alias: 丙}}\n"
                                  "defaults: {x: 1}\noutline: [甲]\n",
                                  "schema: {a: {alias: [甲], unit: 万元}, b: {alias: 乙}}\n"
                                  "defaults: {x: 2, y: 3}\noutline: [乙, 丙]\n");
    expect_ids(w, "");
    expect_entry(zp_schema_find(d.schema, ZP_STR("甲")), "unit", "元");
    assert_non_null(zp_schema_find(d.schema, ZP_STR("乙")));
    assert_non_null(zp_schema_find(d.schema, ZP_STR("丙")));
    expect_entry(d.defaults, "x", "1");
    expect_entry(d.defaults, "y", "3");
    assert_int_equal(d.outline->count, 1);
}

static void test_an_empty_entry_takes_one_away(void **state)
{
    world *w = *state;
    zp_declarations d = read_both(w, "figures: {a: ~}\nforms: {f: ~}\noutline: ~\n",
                                  "figures: {a: {formula: 1 + 1}, b: {formula: 2}}\n"
                                  "forms: {f: {title: 甲, fields: {a: 乙}}}\noutline: [甲]\n");
    expect_ids(w, "");
    const zp_value *names = zp_value_find(d.names, ZP_STR("fields"));
    assert_null(zp_schema_find(names, ZP_STR("a")));
    assert_non_null(zp_schema_find(names, ZP_STR("b")));
    assert_int_equal(d.forms->count, 0);
    assert_null(d.outline);
}

static void test_nothing_given_is_sound(void **state)
{
    world *w = *state;
    expect_refused(w, "name: x\n", "");
    expect_refused(w, "schema:\nfigures:\nforms:\ndefaults:\nchecks:\n", "");
}

static void test_what_is_wrong_in_a_schema(void **state)
{
    world *w = *state;
    static const struct {
        const char *text, *ids;
    } cases[] = {
        {"schema: 甲\n", "bad-value"},
        {"schema: [甲]\n", "bad-value"},
        {"schema: {a: 甲}\n", "bad-value"},
        {"schema: {a: {type: 金额}}\n", "bad-value"},
        {"schema: {a: {unit: 1个}}\n", "bad-value"},
        {"schema: {a: {type: money, unit: 万圆}}\n", "bad-value"},
        {"schema: {a: {type: rate, unit: 万元}}\n", "bad-value"},
        {"schema: {a: {places: 13}}\n", "bad-value"},
        {"schema: {a: {places: 两位}}\n", "bad-value"},
        {"schema: {a: {required: 也许}}\n", "bad-value"},
        {"schema: {a: {negative: 红字}}\n", "bad-value"},
        {"schema: {a: {split: [code]}}\n", "bad-value"},
        {"schema: {a: {alias: []}}\n", ""},
        {"schema: {a: {alias: ['']}}\n", "bad-value"},
        {"schema: {a: {alias: {b: c}}}\n", "bad-value"},
        {"schema: {a: {unti: 元}}\n", "unknown-key"},
        {"schema: {a: {fields: {b: {unti: 元}}}}\n", "unknown-key"},
        {"schema: {a: {alias: 甲}, b: {alias: 甲}}\n", "duplicate-key"},
        {"schema: {a: {alias: b}, b: {}}\n", "duplicate-key"},
        {"outline: 甲\n", "bad-value"},
        {"forms: {f: 甲}\n", "bad-form"},
        {"figures: {a: 甲}\n", "bad-figure"},
        {"figures: 甲\n", "bad-value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("%s", cases[i].text);
        expect_refused(w, cases[i].text, cases[i].ids);
    }
}

static void test_limits(void **state)
{
    world *w = *state;
    zp_buf deep = {.arena = w->arena}, wide = {.arena = w->arena};
    zp_buf_lit(&deep, "schema: {a: ");
    for (int i = 0; i < 9; i++)
        zp_buf_lit(&deep, "{fields: {a: ");
    for (int i = 0; i < 9; i++)
        zp_buf_lit(&deep, "}}");
    zp_buf_lit(&deep, "}\n");
    expect_refused(w, zp_str_cstr(w->arena, zp_buf_str(&deep)), "schema-too-deep");
    zp_buf_lit(&wide, "schema: {a: {alias: [");
    for (int i = 0; i < 51; i++)
        zp_buf_format(&wide, "n%d,", i);
    zp_buf_lit(&wide, "]}}\n");
    expect_refused(w, zp_str_cstr(w->arena, zp_buf_str(&wide)), "bad-value");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_nearest_wins_entry_by_entry),
        TEST(test_an_empty_entry_takes_one_away),
        TEST(test_nothing_given_is_sound),
        TEST(test_what_is_wrong_in_a_schema),
        TEST(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
