/* sketch_test.c: circles are round, hatches stay inside, texts are wrapped to their width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/sketch.h"

static int64_t square(int64_t a)
{
    return a * a;
}

static bool is_near(int64_t a, int64_t b, int64_t by)
{
    return a - b <= by && b - a <= by;
}

static void circle_points_lie_on_the_circle(void **state)
{
    (void)state;
    const zp_point centre = {1000 * ZP_PT, 500 * ZP_PT};
    const zp_len radius = 100 * ZP_PT;
    for (int64_t angle = 0; angle <= ZP_TURN; angle += 997) {
        zp_point p = zp_circle_point(centre, radius, angle);
        int64_t distance = square(p.x - centre.x) + square(p.y - centre.y);
        assert_true(is_near(distance / radius, radius, 64)); /* a thousandth of a point */
    }
}

static void circle_begins_at_the_top_and_goes_clockwise(void **state)
{
    (void)state;
    const zp_point centre = {0, 0};
    const zp_len r = 100 * ZP_PT;
    const zp_point want[] = {{0, -r}, {r, 0}, {0, r}, {-r, 0}, {0, -r}};
    for (int i = 0; i < 5; i++) {
        zp_point p = zp_circle_point(centre, r, (int64_t)ZP_TURN * i / 4);
        assert_true(is_near(p.x, want[i].x, 64) && is_near(p.y, want[i].y, 64));
    }
}

/* A cubic Bézier at its middle. */
static int64_t middle(int64_t a, int64_t b, int64_t c, int64_t d)
{
    return (a + 3 * b + 3 * c + d) / 8;
}

static void arcs_keep_to_the_circle_between_their_ends(void **state)
{
    const zp_point centre = {0, 0};
    const zp_len r = 100 * ZP_PT;
    zp_path path = {.arena = *state};
    zp_path_arc(&path, centre, r, ZP_TURN / 10, ZP_TURN, true);
    assert_int_equal(path.steps[0], ZP_PATH_MOVE);
    assert_int_equal(path.step_count, 5); /* nine tenths of a turn: four curves */
    for (uint32_t i = 1; i < path.step_count; i++) {
        const zp_point *p = &path.points[3 * (i - 1)];
        int64_t x = middle(p[0].x, p[1].x, p[2].x, p[3].x);
        int64_t y = middle(p[0].y, p[1].y, p[2].y, p[3].y);
        assert_true(is_near((square(x) + square(y)) / r, r, r / 1000));
    }
}

static void hatch_lines_stay_in_their_polygon(void **state)
{
    /* an angle: not convex */
    const zp_point shape[] = {{0, 0},
                              {90 * ZP_PT, 0},
                              {90 * ZP_PT, 30 * ZP_PT},
                              {30 * ZP_PT, 30 * ZP_PT},
                              {30 * ZP_PT, 90 * ZP_PT},
                              {0, 90 * ZP_PT}};
    for (zp_hatch hatch = ZP_HATCH_RISING; hatch <= ZP_HATCH_UPRIGHT; hatch++) {
        zp_path path = {.arena = *state};
        zp_path_hatch(&path, shape, 6, hatch);
        assert_true(path.step_count > 20);
        for (uint32_t i = 0; i + 1 < path.point_count; i += 2) {
            zp_len x = (path.points[i].x + path.points[i + 1].x) / 2;
            zp_len y = (path.points[i].y + path.points[i + 1].y) / 2;
            assert_in_range(x, 0, 90 * ZP_PT);
            assert_in_range(y, 0, 90 * ZP_PT);
            assert_false(x > 30 * ZP_PT + 2 && y > 30 * ZP_PT + 2);
        }
    }
}

static void no_hatch_draws_nothing(void **state)
{
    const zp_point shape[] = {{0, 0}, {ZP_PT, 0}, {ZP_PT, ZP_PT}};
    zp_path path = {.arena = *state};
    zp_path_hatch(&path, shape, 3, ZP_HATCH_NONE);
    zp_path_hatch(&path, shape, 0, ZP_HATCH_CROSS);
    assert_int_equal(path.step_count, 0);
}

static void wraps_between_characters_but_not_in_numbers(void **state)
{
    zp_str lines[4];
    bool whole;
    size_t count =
        zp_sketch_wrap(*state, ZP_STR("社会保障2024年"), 10 * ZP_PT, 41 * ZP_PT, lines, 4, &whole);
    assert_true(whole);
    assert_int_equal(count, 2);
    assert_string_equal(zp_str_cstr(*state, lines[0]), "社会保障");
    assert_string_equal(zp_str_cstr(*state, lines[1]), "2024年");
}

static void no_line_begins_with_a_closing_mark(void **state)
{
    zp_str lines[4];
    bool whole;
    zp_sketch_wrap(*state, ZP_STR("基本支出，项目"), 10 * ZP_PT, 40 * ZP_PT, lines, 4, &whole);
    assert_string_equal(zp_str_cstr(*state, lines[0]), "基本支");
    assert_true(zp_str_starts(lines[1], ZP_STR("出，")));
}

static void shortens_what_has_no_room(void **state)
{
    zp_str lines[2];
    bool whole;
    size_t count = zp_sketch_wrap(*state, ZP_STR("一二三四五六七八九十"), 10 * ZP_PT, 40 * ZP_PT,
                                  lines, 2, &whole);
    assert_false(whole);
    assert_int_equal(count, 2);
    assert_string_equal(zp_str_cstr(*state, lines[1]), "五六七…");
    assert_int_equal(zp_sketch_wrap(*state, ZP_STR(""), ZP_PT, ZP_PT, lines, 2, &whole), 0);
    assert_true(whole);
}

static void shortens_words_longer_than_a_line(void **state)
{
    zp_buf word = {.arena = *state};
    for (int i = 0; i < 10000; i++)
        zp_buf_byte(&word, 'x');
    zp_str lines[3];
    bool whole;
    size_t count =
        zp_sketch_wrap(*state, zp_buf_str(&word), 10 * ZP_PT, 50 * ZP_PT, lines, 3, &whole);
    assert_false(whole);
    assert_int_equal(count, 1);
    assert_true(zp_sketch_width(lines[0], 10 * ZP_PT) <= 50 * ZP_PT);
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(circle_points_lie_on_the_circle),
        cmocka_unit_test(circle_begins_at_the_top_and_goes_clockwise),
        cmocka_unit_test_setup_teardown(arcs_keep_to_the_circle_between_their_ends, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(hatch_lines_stay_in_their_polygon, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_hatch_draws_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wraps_between_characters_but_not_in_numbers, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(no_line_begins_with_a_closing_mark, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shortens_what_has_no_room, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shortens_words_longer_than_a_line, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
