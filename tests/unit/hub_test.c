/* The news of a hub as each listener hears them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "serve/hub.h"

/* What the listener hears next, in pieces of `piece` bytes, until there is nothing. */
static void expect(zp_hub *hub, zp_listener *listener, size_t piece, const char *expected)
{
    char room[200];
    size_t n = 0;
    for (size_t got; (got = zp_hub_hear(hub, listener, room + n, piece)) > 0;)
        n += got;
    room[n] = '\0';
    assert_string_equal(room, expected);
    assert_false(zp_hub_has_news(hub, listener));
}

static void whoever_comes_hears_the_latest(void **state)
{
    (void)state;
    zp_hub hub = {0};
    zp_listener early = zp_hub_join(&hub);
    expect(&hub, &early, 100, "");
    zp_hub_say(&hub, ZP_STR("1"));
    zp_listener late = zp_hub_join(&hub);
    assert_true(zp_hub_has_news(&hub, &late));
    expect(&hub, &early, 100, "data: 1\n\n");
    expect(&hub, &late, 3, "data: 1\n\n");
    zp_hub_leave(&early);
    zp_hub_leave(&late);
    zp_hub_close(&hub);
}

static void who_is_slow_misses_what_is_no_longer_true(void **state)
{
    (void)state;
    char room[4];
    zp_hub hub = {0};
    zp_listener slow = zp_hub_join(&hub);
    zp_hub_say(&hub, ZP_STR("1"));
    assert_int_equal(zp_hub_hear(&hub, &slow, room, sizeof room), 4);
    zp_hub_say(&hub, ZP_STR("2"));
    zp_hub_say(&hub, ZP_STR("3"));
    expect(&hub, &slow, 100, ": 1\n\ndata: 3\n\n");
    zp_hub_leave(&slow);
    zp_hub_close(&hub);
}

static void a_beat_is_a_comment(void **state)
{
    (void)state;
    zp_hub hub = {0};
    zp_listener listener = zp_hub_join(&hub);
    zp_hub_beat(&hub);
    expect(&hub, &listener, 100, ":\n\n");
    zp_hub_beat(&hub);
    zp_hub_say(&hub, ZP_STR("1"));
    expect(&hub, &listener, 100, "data: 1\n\n");
    zp_hub_leave(&listener);
    zp_hub_close(&hub);
}

static void who_leaves_lets_go(void **state)
{
    (void)state;
    char room[4];
    zp_hub hub = {0};
    zp_hub_say(&hub, ZP_STR("1"));
    zp_listener listener = zp_hub_join(&hub);
    zp_hub_hear(&hub, &listener, room, sizeof room);
    zp_hub_close(&hub); /* the sanitizers see that nothing is used after, nothing left */
    zp_hub_leave(&listener);
    zp_hub_leave(&listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_comes_hears_the_latest),
        cmocka_unit_test(who_is_slow_misses_what_is_no_longer_true),
        cmocka_unit_test(a_beat_is_a_comment),
        cmocka_unit_test(who_leaves_lets_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
