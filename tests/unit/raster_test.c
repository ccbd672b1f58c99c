/* raster_test.c: rules, filled paths, strokes and dashes as dots. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "layout/raster.h"

enum { DOT = 72 * ZP_PT / ZP_RASTER_DPI }; /* a little less than a dot */

static unsigned at(const zp_raster *r, uint32_t x, uint32_t y)
{
    return (unsigned char)r->samples.p[(size_t)y * r->width + x];
}

static zp_raster draw(zp_arena *arena, const zp_item *item)
{
    return zp_raster_draw(arena, item, 1, 0, 0, 72 * ZP_PT, 36 * ZP_PT);
}

static zp_item line(const zp_point *points, const uint8_t *steps, uint32_t count, zp_len dash)
{
    zp_item item = {.kind = ZP_ITEM_PATH};
    item.path.points = points;
    item.path.steps = steps;
    item.path.step_count = count;
    item.path.line = 4 * DOT;
    item.path.dash = dash;
    return item;
}

static void a_rule_is_black_where_it_lies(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_item rule = {.kind = ZP_ITEM_RULE,
                    .x = 24 * ZP_PT,
                    .y = 12 * ZP_PT,
                    .width = 24 * ZP_PT,
                    .height = 12 * ZP_PT};
    zp_raster r = draw(arena, &rule);
    assert_int_equal(r.width, 300);
    assert_int_equal(r.height, 150);
    assert_int_equal(at(&r, 150, 75), 0);
    assert_int_equal(at(&r, 101, 51), 0);
    assert_int_equal(at(&r, 98, 75), 255);
    assert_int_equal(at(&r, 150, 48), 255);
    assert_int_equal(at(&r, 150, 101), 255);
    zp_arena_free(arena);
}

static void a_filled_path_has_its_gray(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_point points[] = {{0, 0}, {72 * ZP_PT, 0}, {0, 36 * ZP_PT}};
    const uint8_t steps[] = {ZP_PATH_MOVE, ZP_PATH_LINE, ZP_PATH_LINE, ZP_PATH_CLOSE};
    zp_item item = {.kind = ZP_ITEM_PATH};
    item.path.points = points;
    item.path.steps = steps;
    item.path.step_count = 4;
    item.path.gray = 128;
    zp_raster r = draw(arena, &item);
    assert_int_equal(at(&r, 30, 30), 128);
    assert_int_equal(at(&r, 290, 140), 255);
    zp_arena_free(arena);
}

static void a_stroke_goes_from_end_to_end(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_point points[] = {{12 * ZP_PT, 18 * ZP_PT}, {60 * ZP_PT, 18 * ZP_PT}};
    const uint8_t steps[] = {ZP_PATH_MOVE, ZP_PATH_LINE};
    zp_item item = line(points, steps, 2, 0);
    zp_raster r = draw(arena, &item);
    assert_int_equal(at(&r, 52, 75), 0);
    assert_int_equal(at(&r, 248, 75), 0);
    assert_int_equal(at(&r, 46, 75), 255);
    assert_int_equal(at(&r, 150, 80), 255);
    zp_arena_free(arena);
}

static void dashes_are_as_long_as_their_gaps(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_point points[] = {{0, 18 * ZP_PT}, {72 * ZP_PT, 18 * ZP_PT}};
    const uint8_t steps[] = {ZP_PATH_MOVE, ZP_PATH_LINE};
    zp_item item = line(points, steps, 2, 12 * ZP_PT); /* 50 dots */
    zp_raster r = draw(arena, &item);
    for (uint32_t x = 0; x < 300; x++)
        if (x % 50 > 2 && x % 50 < 47)
            assert_int_equal(at(&r, x, 75), x / 50 % 2 ? 255 : 0);
    zp_arena_free(arena);
}

/* FreeType's stroker does not survive them. */
static void what_has_no_length_draws_nothing(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    const zp_point points[] = {{ZP_PT, ZP_PT}, {9 * ZP_PT, 9 * ZP_PT}, {9 * ZP_PT, 9 * ZP_PT}};
    const uint8_t steps[] = {ZP_PATH_MOVE, ZP_PATH_MOVE, ZP_PATH_LINE, ZP_PATH_CLOSE};
    for (zp_len dash = 0; dash <= ZP_PT; dash += ZP_PT) {
        zp_item item = line(points, steps, 4, dash);
        zp_raster r = draw(arena, &item);
        for (size_t i = 0; i < r.samples.n; i++)
            assert_int_equal((unsigned char)r.samples.p[i], 255);
    }
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_is_black_where_it_lies),
        cmocka_unit_test(a_filled_path_has_its_gray),
        cmocka_unit_test(a_stroke_goes_from_end_to_end),
        cmocka_unit_test(dashes_are_as_long_as_their_gaps),
        cmocka_unit_test(what_has_no_length_draws_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
