/* arena_test.c: memory that is zeroed, aligned, grown and reused; and the end when there is none.
 */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/arena.h"

static bool is_zero(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i])
            return false;
    return true;
}

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    for (size_t size = 0; size < 3000; size += 7) {
        char *p = zp_arena_alloc(arena, size);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        assert_true(is_zero(p, size));
        memset(p, 0xA5, size);
    }
    zp_arena_free(arena);
}

static void pieces_do_not_overlap(void **state)
{
    (void)state;
    enum { COUNT = 2000 };
    zp_arena *arena = zp_arena_new();
    unsigned char *pieces[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        pieces[i] = zp_arena_alloc(arena, i % 97 + 1);
        memset(pieces[i], (int)(i % 251), i % 97 + 1);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < i % 97 + 1; k++)
            assert_int_equal(pieces[i][k], i % 251);
    zp_arena_free(arena);
}

static void pieces_of_no_size_have_their_own_address(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    char *empty = zp_arena_alloc(arena, 0);
    char *other = zp_arena_alloc(arena, 8);
    assert_non_null(empty);
    assert_ptr_not_equal(empty, other);
    char *grown = zp_arena_grow(arena, empty, 0, 8);
    memset(grown, 1, 8);
    assert_true(is_zero(other, 8));
    zp_arena_free(arena);
}

static void large_pieces_leave_the_current_block_alone(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    char *before = zp_arena_alloc(arena, 16);
    char *large = zp_arena_alloc(arena, 5 << 20);
    char *after = zp_arena_alloc(arena, 16);
    assert_true(is_zero(large, 5 << 20));
    assert_true(after > before && after - before < 256);
    zp_arena_free(arena);
}

static void the_last_piece_grows_in_its_place(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    char *p = zp_arena_alloc(arena, 10);
    memset(p, 'x', 10);
    char *grown = zp_arena_grow(arena, p, 10, 1000);
    assert_ptr_equal(grown, p);
    assert_memory_equal(grown, "xxxxxxxxxx", 10);
    assert_true(is_zero(grown + 10, 990));
    zp_arena_free(arena);
}

static void another_piece_is_copied_when_it_grows(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    char *p = zp_arena_alloc(arena, 10);
    memset(p, 'x', 10);
    char *wall = zp_arena_alloc(arena, 1);
    char *grown = zp_arena_grow(arena, p, 10, 100);
    assert_ptr_not_equal(grown, p);
    assert_memory_equal(grown, "xxxxxxxxxx", 10);
    assert_true(is_zero(grown + 10, 90));
    assert_int_equal(*wall, 0);
    assert_memory_equal(p, "xxxxxxxxxx", 10);
    zp_arena_free(arena);
}

static void growing_step_by_step_keeps_the_contents(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    uint32_t *numbers = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 300000; i++) {
        zp_list_grow(arena, numbers, i, capacity);
        numbers[i] = i;
    }
    for (uint32_t i = 0; i < 300000; i++)
        assert_int_equal(numbers[i], i);
    zp_arena_free(arena);
}

static void a_cleared_arena_reuses_its_blocks_zeroed(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    for (int i = 0; i < 3000; i++)
        memset(zp_arena_alloc(arena, 1000), 0xFF, 1000);
    size_t held = zp_arena_size(arena);
    for (int round = 0; round < 3; round++) {
        zp_arena_clear(arena);
        for (int i = 0; i < 3000; i++) {
            char *p = zp_arena_alloc(arena, 500);
            p = zp_arena_grow(arena, p, 500, 1000);
            assert_true(is_zero(p, 1000));
            memset(p, 0xFF, 1000);
        }
        assert_int_equal(zp_arena_size(arena), held);
    }
    zp_arena_free(arena);
}

static void size_counts_what_is_held(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    size_t before = zp_arena_size(arena);
    zp_arena_alloc(arena, 3 << 20);
    assert_in_range(zp_arena_size(arena) - before, 3 << 20, (3 << 20) + 4096);
    zp_arena_clear(arena);
    assert_int_equal(zp_arena_size(arena), before);
    zp_arena_free(arena);
    zp_arena_free(NULL);
}

/* The exit status of a child that runs `work`; what it said is in `said`. */
static int run_in_child(void (*work)(zp_arena *), zp_arena *arena, char *said, size_t room)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        work(arena);
        _exit(0);
    }
    close(ends[1]);
    ssize_t n = read(ends[0], said, room - 1);
    said[n > 0 ? n : 0] = '\0';
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void ask_for_too_much(zp_arena *arena)
{
    zp_arena_alloc(arena, SIZE_MAX - 100);
}

static void multiply_too_much(zp_arena *arena)
{
    (void)arena;
    zp_array_size(SIZE_MAX / 2, 3);
}

static void no_memory_ends_the_program_with_one_line(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    char said[100];
    assert_int_equal(run_in_child(ask_for_too_much, arena, said, sizeof said), 3);
    assert_string_equal(said, "ziping: 内存不足\n");
    assert_int_equal(run_in_child(multiply_too_much, arena, said, sizeof said), 3);
    assert_string_equal(said, "ziping: 内存不足\n");
    assert_int_equal(zp_array_size(SIZE_MAX / 4, 4), SIZE_MAX / 4 * 4);
    assert_int_equal(zp_array_size(5, 0), 0);
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(pieces_of_no_size_have_their_own_address),
        cmocka_unit_test(large_pieces_leave_the_current_block_alone),
        cmocka_unit_test(the_last_piece_grows_in_its_place),
        cmocka_unit_test(another_piece_is_copied_when_it_grows),
        cmocka_unit_test(growing_step_by_step_keeps_the_contents),
        cmocka_unit_test(a_cleared_arena_reuses_its_blocks_zeroed),
        cmocka_unit_test(size_counts_what_is_held),
        cmocka_unit_test(no_memory_ends_the_program_with_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
