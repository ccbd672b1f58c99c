/* shelf_test.c: which folder a template's name means: the nearest place, the next one behind
 * itself, and nothing by a path.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "doc/shelf.h"
#include "folder.h"

/* Three places with the templates a b, b, b c. */
static zp_shelf make(world *w)
{
    static const char *const files[] = {"1/a", "1/b", "2/b", "3/b", "3/c", "1/.hidden"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        write_text(w, zp_str_cstr(w->arena, zp_str_format(w->arena, "%s/template.yaml", files[i])),
                   "name: x\n");
    write_text(w, "1/empty/report.md", "");
    zp_place *places = zp_new_array(w->arena, zp_place, 4);
    places[0] = (zp_place){path_of(w, "1"), "近"};
    places[1] = (zp_place){path_of(w, "not-there"), "无"};
    places[2] = (zp_place){path_of(w, "2"), "中"};
    places[3] = (zp_place){path_of(w, "3"), "远"};
    return (zp_shelf){places, 4};
}

static void expect_found(world *w, const zp_shelf *shelf, const char *name, const char *itself,
                         const char *folder)
{
    zp_str found = zp_shelf_find(w->arena, shelf, zp_str_from(name),
                                 *itself ? path_of(w, itself) : ZP_STR(""), NULL);
    zp_str wanted = *folder ? path_of(w, folder) : ZP_STR("");
    if (!zp_str_eq(found, wanted))
        fail_msg("%s is %.*s, not %.*s", name, ZP_ARG(found), ZP_ARG(wanted));
}

static void test_the_nearest_place_counts(void **state)
{
    world *w = *state;
    zp_shelf shelf = make(w);
    expect_found(w, &shelf, "a", "", "1/a");
    expect_found(w, &shelf, "b", "", "1/b");
    expect_found(w, &shelf, "c", "", "3/c");
    expect_found(w, &shelf, "d", "", "");
    expect_found(w, &shelf, "empty", "", "");
    const zp_place *place = NULL;
    zp_shelf_find(w->arena, &shelf, ZP_STR("c"), ZP_STR(""), &place);
    assert_string_equal(place->origin, "远");
}

static void test_itself_means_the_next_one_behind(void **state)
{
    world *w = *state;
    zp_shelf shelf = make(w);
    expect_found(w, &shelf, "b", "1/b", "2/b");
    expect_found(w, &shelf, "b", "2/b", "3/b"); /* not 1/b, which would lead back */
    expect_found(w, &shelf, "b", "3/b", "");
    expect_found(w, &shelf, "a", "1/b", "1/a");
    expect_found(w, &shelf, "b", "elsewhere", "1/b");
}

static void test_a_path_is_no_name(void **state)
{
    world *w = *state;
    zp_shelf shelf = make(w);
    const char *const paths[] = {"", ".", "..", "../1/a", "/etc", "a/", ".hidden", "1/a"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        expect_found(w, &shelf, paths[i], "", "");
}

static void test_all_names_once_and_sorted(void **state)
{
    world *w = *state;
    zp_shelf shelf = make(w);
    size_t count;
    const zp_str *names = zp_shelf_names(w->arena, &shelf, &count);
    assert_int_equal(count, 3);
    assert_true(zp_str_eq(names[0], ZP_STR("a")) && zp_str_eq(names[1], ZP_STR("b")) &&
                zp_str_eq(names[2], ZP_STR("c")));
    const zp_shelf none = {NULL, 0};
    zp_shelf_names(w->arena, &none, &count);
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_nearest_place_counts),
        TEST(test_itself_means_the_next_one_behind),
        TEST(test_a_path_is_no_name),
        TEST(test_all_names_once_and_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
