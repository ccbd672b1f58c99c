/* value_test.c: the tree of values and the questions one asks of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "data/value.h"

static const zp_span nowhere = {NULL, 0, 0};

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

static zp_value *text(zp_arena *arena, const char *key, const char *said)
{
    zp_value *value = zp_value_new(arena, ZP_VALUE_TEXT, nowhere);
    value->key = zp_str_from(key);
    value->text = zp_str_from(said);
    return value;
}

static zp_value *container(zp_arena *arena, zp_value_kind kind, const char *key)
{
    zp_value *value = zp_value_new(arena, kind, nowhere);
    value->key = zp_str_from(key);
    return value;
}

/* {标题: 报告, page: {lines: 22, "": none}, 附件: [甲, 乙]} */
static zp_value *sample(zp_arena *arena)
{
    zp_value *map = container(arena, ZP_VALUE_MAP, NULL);
    zp_value_append(map, text(arena, "标题", "报告"));
    zp_value *page = container(arena, ZP_VALUE_MAP, "page");
    zp_value_append(page, text(arena, "lines", "22"));
    zp_value_append(page, text(arena, "", "none"));
    zp_value_append(map, page);
    zp_value *list = container(arena, ZP_VALUE_LIST, "附件");
    zp_value_append(list, text(arena, NULL, "甲"));
    zp_value_append(list, text(arena, NULL, "乙"));
    zp_value_append(map, list);
    return map;
}

static void entries_keep_their_order(void **state)
{
    zp_value *map = sample(*state);
    assert_int_equal(map->count, 3);
    assert_true(zp_str_eq(map->first->key, ZP_STR("标题")));
    assert_true(zp_str_eq(map->first->next->key, ZP_STR("page")));
    assert_true(zp_str_eq(map->last->key, ZP_STR("附件")));
    assert_null(map->last->next);
}

static void find_looks_in_maps_only(void **state)
{
    zp_value *map = sample(*state);
    assert_ptr_equal(zp_value_find(map, ZP_STR("标题")), map->first);
    assert_null(zp_value_find(map, ZP_STR("标")));
    assert_null(zp_value_find(map->last, ZP_STR("")));
    assert_null(zp_value_find(map->first, ZP_STR("标题")));
    assert_null(zp_value_find(NULL, ZP_STR("标题")));
}

static void path_goes_down_at_dots(void **state)
{
    zp_value *map = sample(*state);
    assert_ptr_equal(zp_value_path(map, ZP_STR("标题")), map->first);
    assert_true(zp_str_eq(zp_value_text(zp_value_path(map, ZP_STR("page.lines"))), ZP_STR("22")));
    assert_true(zp_str_eq(zp_value_text(zp_value_path(map, ZP_STR("page."))), ZP_STR("none")));
    assert_null(zp_value_path(map, ZP_STR("page.none")));
    assert_null(zp_value_path(map, ZP_STR("标题.x")));
    assert_null(zp_value_path(map, ZP_STR("")));
    assert_null(zp_value_path(NULL, ZP_STR("a.b")));
}

static void text_is_trimmed_and_never_missing(void **state)
{
    zp_arena *arena = *state;
    assert_true(zp_str_eq(zp_value_text(text(arena, "k", " a b\n")), ZP_STR("a b")));
    assert_int_equal(zp_value_text(NULL).n, 0);
    assert_int_equal(zp_value_text(container(arena, ZP_VALUE_NULL, "k")).n, 0);
    assert_int_equal(zp_value_text(sample(arena)).n, 0);
}

static void yes_and_no_have_many_words(void **state)
{
    zp_arena *arena = *state;
    const char *yes[] = {"true", "True", "TRUE", "yes", "on", "是", " yes "};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(zp_value_bool(text(arena, "k", yes[i]), false));
    const char *no[] = {"false", "No", "off", "否"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(zp_value_bool(text(arena, "k", no[i]), true));
    const char *neither[] = {"", "1", "y", "对", "truee"};
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++) {
        assert_true(zp_value_bool(text(arena, "k", neither[i]), true));
        assert_false(zp_value_bool(text(arena, "k", neither[i]), false));
    }
    assert_true(zp_value_bool(NULL, true));
    assert_false(zp_value_bool(NULL, false));
}

static void assert_int(zp_arena *arena, const char *said, int64_t low, int64_t high,
                       int64_t expected)
{
    int64_t number = 77;
    assert_true(zp_value_int(text(arena, "k", said), low, high, &number));
    assert_true(number == expected);
}

static void whole_numbers_are_read_within_their_limits(void **state)
{
    zp_arena *arena = *state;
    assert_int(arena, "0", 0, 0, 0);
    assert_int(arena, " 22 ", 1, 22, 22);
    assert_int(arena, "-5", -5, 5, -5);
    assert_int(arena, "+5", -5, 5, 5);
    assert_int(arena, "007", 0, 10, 7);
    assert_int(arena, "9223372036854775807", 0, INT64_MAX, INT64_MAX);
    assert_int(arena, "-9223372036854775808", INT64_MIN, 0, INT64_MIN);
}

static void what_is_no_whole_number_is_refused(void **state)
{
    zp_arena *arena = *state;
    const char *bad[] = {"",
                         "-",
                         "+",
                         "1.0",
                         "1,5",
                         "0x10",
                         "二",
                         "１",
                         "1 2",
                         "--1",
                         "9223372036854775808",
                         "-9223372036854775809",
                         "99999999999999999999999"};
    int64_t number = 77;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(zp_value_int(text(arena, "k", bad[i]), INT64_MIN, INT64_MAX, &number));
    assert_false(zp_value_int(text(arena, "k", "23"), 1, 22, &number));
    assert_false(zp_value_int(text(arena, "k", "0"), 1, 22, &number));
    assert_false(zp_value_int(NULL, 1, 22, &number));
    assert_int_equal(number, 77);
}

static void an_index_finds_what_find_finds(void **state)
{
    zp_arena *arena = *state;
    for (size_t count = 0; count < 200; count += 7) {
        zp_value *map = container(arena, ZP_VALUE_MAP, NULL);
        for (size_t i = 0; i < count; i++)
            zp_value_append(
                map,
                text(arena, zp_str_cstr(arena, zp_str_format(arena, "%zu", i * 37 % count)), "值"));
        zp_value_index index = zp_value_index_make(arena, map);
        for (size_t i = 0; i < count + 5; i++) {
            zp_str key = zp_str_format(arena, "%zu", i);
            assert_ptr_equal(zp_value_index_find(&index, key), zp_value_find(map, key));
        }
    }
    zp_value_index none = zp_value_index_make(arena, NULL);
    assert_null(zp_value_index_find(&none, ZP_STR("a")));
}

static void dump_shows_the_tree(void **state)
{
    zp_buf out = {.arena = *state};
    zp_value_dump(sample(*state), &out);
    assert_true(zp_str_eq(zp_buf_str(&out), ZP_STR("map 3\n"
                                                   "  标题: '报告'\n"
                                                   "  page: map 2\n"
                                                   "    lines: '22'\n"
                                                   "    : 'none'\n"
                                                   "  附件: list 2\n"
                                                   "    '甲'\n"
                                                   "    '乙'\n")));
}

static void dump_needs_no_stack_for_depth(void **state)
{
    zp_arena *arena = *state;
    zp_value *root = container(arena, ZP_VALUE_LIST, NULL), *inner = root;
    for (int i = 0; i < 3000; i++) {
        zp_value *next = container(arena, ZP_VALUE_LIST, NULL);
        zp_value_append(inner, next);
        inner = next;
    }
    zp_buf out = {.arena = arena};
    zp_value_dump(root, &out);
    assert_true(zp_str_ends(zp_buf_str(&out), ZP_STR("  list 0\n")));
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(entries_keep_their_order),
        test(find_looks_in_maps_only),
        test(path_goes_down_at_dots),
        test(text_is_trimmed_and_never_missing),
        test(yes_and_no_have_many_words),
        test(whole_numbers_are_read_within_their_limits),
        test(what_is_no_whole_number_is_refused),
        test(an_index_finds_what_find_finds),
        test(dump_shows_the_tree),
        test(dump_needs_no_stack_for_depth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
