/* crew_test.c: each piece of work once, delivered in order, in memory that lasts as long as
 * promised.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "app/crew.h"
#include "base/str.h"

enum { PIECES = 500 };

typedef struct {
    atomic_size_t workers, ahead, most_ahead;
    atomic_bool grown; /* memory that a piece left behind */
    size_t delivered;
} shared;

typedef struct {
    shared *all;
} worker;

static void *begin(void *user, zp_arena *lasting)
{
    worker *w = zp_new(lasting, worker);
    w->all = user;
    w->all->workers++;
    return w;
}

static void *work(void *state, size_t index, zp_arena *passing, zp_arena *keep)
{
    worker *w = state;
    zp_str number = zp_str_format(passing, "%zu", index);
    zp_new_array(passing, char, 100000);
    zp_new_array(keep, char, 100000);
    if (zp_arena_size(passing) > 1000000 || zp_arena_size(keep) > 1000000)
        w->all->grown = true; /* cmocka fails on its own thread alone */
    size_t ahead = ++w->all->ahead;
    if (ahead > w->all->most_ahead)
        w->all->most_ahead = ahead;
    zp_str *kept = zp_new(keep, zp_str);
    *kept = zp_str_copy(keep, number);
    return kept;
}

static void deliver(void *user, size_t index, void *result)
{
    shared *all = user;
    zp_arena *arena = zp_arena_new();
    assert_int_equal(index, all->delivered);
    assert_true(zp_str_eq(*(zp_str *)result, zp_str_format(arena, "%zu", index)));
    all->delivered++;
    all->ahead--;
    zp_arena_free(arena);
}

static void each_piece_comes_once_and_in_order(void **state)
{
    static const size_t threads[] = {1, 2, 7, ZP_CREW_MOST, 1000};
    (void)state;
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        shared all = {0};
        const zp_crew crew = {
            .user = &all, .count = PIECES, .begin = begin, .work = work, .deliver = deliver};
        size_t most = threads[i] < ZP_CREW_MOST ? threads[i] : ZP_CREW_MOST;
        zp_crew_run(&crew, threads[i]);
        assert_int_equal(all.delivered, PIECES);
        assert_true(all.workers >= 1 && all.workers <= most);
        assert_false(all.grown);
        assert_true(all.most_ahead <= most * ZP_CREW_AHEAD);
    }
}

static void no_more_workers_than_pieces(void **state)
{
    (void)state;
    for (size_t count = 0; count < 3; count++) {
        shared all = {0};
        const zp_crew crew = {
            .user = &all, .count = count, .begin = begin, .work = work, .deliver = deliver};
        zp_crew_run(&crew, 8);
        assert_int_equal(all.delivered, count);
        assert_true(all.workers <= count);
    }
}

static void *look(void *state, size_t index, zp_arena *passing, zp_arena *keep)
{
    (void)passing;
    (void)keep;
    return (void *)((uintptr_t)state + index);
}

static void see(void *user, size_t index, void *result)
{
    assert_true(result == (void *)((uintptr_t)user + index));
}

static void without_a_state_it_is_the_user(void **state)
{
    int user = 0;
    (void)state;
    const zp_crew crew = {.user = &user, .count = 20, .work = look, .deliver = see};
    zp_crew_run(&crew, 1);
    zp_crew_run(&crew, 2);
}

static void the_word_of_j_is_a_number(void **state)
{
    size_t threads = 9;
    (void)state;
    assert_true(zp_crew_threads(NULL, &threads));
    assert_int_equal(threads, 0);
    assert_true(zp_crew_threads("12", &threads));
    assert_int_equal(threads, 12);
    assert_true(zp_crew_threads("99999999999999999999", &threads));
    assert_int_equal(threads, ZP_CREW_MOST);
    static const char *const bad[] = {"", "0", "-1", " 2", "2x", "+2", "二"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(zp_crew_threads(bad[i], &threads));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_piece_comes_once_and_in_order),
        cmocka_unit_test(no_more_workers_than_pieces),
        cmocka_unit_test(without_a_state_it_is_the_user),
        cmocka_unit_test(the_word_of_j_is_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
