/* misprint_test.c: slips of the hand, told apart and undone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/number.h"
#include "check/misprint.h"

static void each_kind_is_told(void **state)
{
    static const struct {
        const char *wrong, *right;
        zp_misprint kind;
    } rows[] = {
        {"3026.66", "3062.66", ZP_MISPRINT_SWAPPED},
        {"3066.26", "3062.66", ZP_MISPRINT_SWAPPED}, /* over the point */
        {"5062.63", "3062.66", ZP_MISPRINT_NONE},    /* no exchange */
        {"6032.66", "3062.66", ZP_MISPRINT_SWAPPED}, /* not neighbours */
        {"3062.67", "3062.66", ZP_MISPRINT_CHANGED},
        {"3062.77", "3062.66", ZP_MISPRINT_NONE},
        {"362.66", "3062.66", ZP_MISPRINT_LOST},
        {"3062.6", "3062.66", ZP_MISPRINT_LOST},
        {"33062.66", "3062.66", ZP_MISPRINT_EXTRA},
        {"30.6266", "3062.66", ZP_MISPRINT_POINT},
        {"306.266", "3062.66", ZP_MISPRINT_POINT},
        {"3062660", "3062.66", ZP_MISPRINT_POINT},
        {"30626600", "3062.66", ZP_MISPRINT_UNIT},
        {"0.306266", "3062.66", ZP_MISPRINT_UNIT},
        {"306266000", "3062.66", ZP_MISPRINT_NONE}, /* the point has moved too far */
        {"1000", "100", ZP_MISPRINT_POINT},         /* as many noughts as one likes */
        {"3062.66", "3062.66", ZP_MISPRINT_NONE},
        {"0", "3062.66", ZP_MISPRINT_NONE},
        {"", "3062.66", ZP_MISPRINT_NONE},
        {"12345", "67890", ZP_MISPRINT_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        zp_misprint got =
            zp_misprint_between(zp_str_from(rows[i].wrong), zp_str_from(rows[i].right));
        if (got != rows[i].kind)
            fail_msg("%s for %s: %d, not %d", rows[i].wrong, rows[i].right, (int)got,
                     (int)rows[i].kind);
    }
}

static void numerals_too_long_to_compare_are_no_slips(void **state)
{
    char one[60], other[60];
    (void)state;
    memset(one, '7', sizeof one);
    memset(other, '7', sizeof other);
    one[3] = '8';
    assert_int_equal(zp_misprint_between((zp_str){one, sizeof one}, (zp_str){other, sizeof other}),
                     ZP_MISPRINT_NONE);
    assert_int_equal(zp_misprint_between((zp_str){one, 30}, (zp_str){other, 30}),
                     ZP_MISPRINT_CHANGED);
}

/* What is looked for among the digits that are given. */
typedef struct {
    zp_arena *arena;
    const zp_number *wanted;
    unsigned kinds; /* of all that were given */
    zp_misprint kind;
    size_t count;
} search;

static bool look(void *user, zp_str digits, zp_misprint kind)
{
    search *s = user;
    const zp_number *value = zp_number_read(s->arena, digits);
    s->count++;
    s->kinds |= 1U << kind;
    if (value == NULL || zp_number_compare(value, s->wanted) != 0)
        return false;
    s->kind = kind;
    return true;
}

static bool undo(search *s, const char *wrong, const char *right, unsigned kinds)
{
    *s = (search){.arena = s->arena, .wanted = zp_number_read(s->arena, zp_str_from(right))};
    return zp_misprint_undo(zp_str_from(wrong), kinds, look, s);
}

enum {
    ALL = 1U << ZP_MISPRINT_SWAPPED | 1U << ZP_MISPRINT_LOST | 1U << ZP_MISPRINT_EXTRA |
          1U << ZP_MISPRINT_POINT | 1U << ZP_MISPRINT_UNIT
};

static void each_kind_is_undone(void **state)
{
    static const struct {
        const char *wrong, *right;
        zp_misprint kind;
    } rows[] = {
        {"3026.66", "3062.66", ZP_MISPRINT_SWAPPED}, {"3066.26", "3062.66", ZP_MISPRINT_SWAPPED},
        {"362.66", "3062.66", ZP_MISPRINT_LOST},     {"062.66", "3062.66", ZP_MISPRINT_LOST},
        {"3062.6", "3062.66", ZP_MISPRINT_LOST},     {"33062.66", "3062.66", ZP_MISPRINT_EXTRA},
        {"3062.661", "3062.66", ZP_MISPRINT_EXTRA},  {"30.6266", "3062.66", ZP_MISPRINT_POINT},
        {"30626.6", "3062.66", ZP_MISPRINT_POINT},   {"30626600", "3062.66", ZP_MISPRINT_UNIT},
        {"0.306266", "3062.66", ZP_MISPRINT_UNIT},
    };
    zp_arena *arena = zp_arena_new();
    search s = {.arena = arena};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool found = undo(&s, rows[i].wrong, rows[i].right, ALL);
        if (!found || s.kind != rows[i].kind)
            fail_msg("%s: undone %d as %d, not %d", rows[i].wrong, (int)found, (int)s.kind,
                     (int)rows[i].kind);
        if (undo(&s, rows[i].wrong, rows[i].right, ALL & ~(1U << rows[i].kind)))
            fail_msg("%s is undone without its kind as well: %d", rows[i].wrong, (int)s.kind);
    }
    zp_arena_free(arena);
}

static void only_the_kinds_asked_for_are_tried(void **state)
{
    zp_arena *arena = zp_arena_new();
    search s = {.arena = arena};
    (void)state;
    for (unsigned kind = ZP_MISPRINT_SWAPPED; kind <= ZP_MISPRINT_UNIT; kind++) {
        assert_false(undo(&s, "3026.66", "1", 1U << kind));
        assert_int_equal(s.kinds, kind == ZP_MISPRINT_CHANGED ? 0 : 1U << kind);
    }
    assert_false(undo(&s, "3026.66", "3062.66", 0));
    assert_int_equal(s.count, 0);
    assert_false(undo(&s, "", "1", ALL));
    assert_int_equal(s.count, 0);
    zp_arena_free(arena);
}

static void equal_neighbours_do_not_change_places(void **state)
{
    zp_arena *arena = zp_arena_new();
    search s = {.arena = arena};
    (void)state;
    assert_false(undo(&s, "66.66", "1", 1U << ZP_MISPRINT_SWAPPED));
    assert_int_equal(s.count, 0);
    assert_false(undo(&s, "12.3", "1", 1U << ZP_MISPRINT_SWAPPED));
    assert_int_equal(s.count, 2); /* 21.3, and 13.2 over the point */
    zp_arena_free(arena);
}

static void every_kind_has_words(void **state)
{
    (void)state;
    assert_int_equal(zp_misprint_words(ZP_MISPRINT_NONE).n, 0);
    for (int kind = ZP_MISPRINT_SWAPPED; kind <= ZP_MISPRINT_UNIT; kind++)
        assert_true(zp_misprint_words((zp_misprint)kind).n > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_told),
        cmocka_unit_test(numerals_too_long_to_compare_are_no_slips),
        cmocka_unit_test(each_kind_is_undone),
        cmocka_unit_test(only_the_kinds_asked_for_are_tried),
        cmocka_unit_test(equal_neighbours_do_not_change_places),
        cmocka_unit_test(every_kind_has_words),
    };
    return cmocka_run_group_tests_name("misprint", tests, NULL, NULL);
}
