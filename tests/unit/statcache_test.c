/* statcache_test.c: entries survive the file whatever their texts hold; fresh dates are not kept.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "archive/statcache.h"
#include "folder.h"

#define assert_str(s, expected) assert_true(zp_str_eq((s), zp_str_from(expected)))

static zp_cache *cache_of(zp_arena *arena)
{
    static const char *const keys[] = {"/b\t\n\\t/报告.md", "/a/报告.md", "/c"};
    zp_cache *cache = zp_new(arena, zp_cache);
    cache->arena = arena;
    cache->fonts = ZP_STR("f");
    for (size_t i = 0; i < 3; i++)
        zp_cache_add(cache,
                     &(zp_cached){.key = zp_str_from(keys[i]),
                                  .year = ZP_STR("2023"),
                                  .card = {.title = ZP_STR("题\t名"), .files = ZP_STR("7")}});
    return cache;
}

static void entries_come_back(void **state)
{
    world *w = *state;
    zp_arena *arena = w->arena;
    zp_str root = zp_str_from(w->root), text = zp_cache_render(arena, cache_of(arena));
    write_bytes(w, ".ziping/cache", text);
    zp_cache *back = zp_cache_read(arena, root);
    assert_int_equal(back->count, 3);
    const zp_cached *entry = zp_cache_find(back, ZP_STR("/b\t\n\\t/报告.md"));
    assert_non_null(entry);
    assert_str(entry->year, "2023");
    assert_str(entry->card.title, "题\t名");
    assert_str(entry->card.files, "7");
    assert_null(zp_cache_find(back, ZP_STR("/b")));
    assert_true(zp_str_eq(zp_cache_render(arena, back), text));

    /* Cut anywhere it is no cache, or one of whole lines. */
    for (size_t n = 0; n < text.n; n++) {
        write_bytes(w, ".ziping/cache", zp_str_slice(text, 0, n));
        const zp_cache *cut = zp_cache_read(arena, root);
        assert_true(cut->count < 3);
    }
}

static void fresh_dates_are_not_kept(void **state)
{
    const int64_t begun = 1000 * ZP_CACHE_TICK;
    (void)state;
    assert_str(zp_cache_stamps(begun, begun - ZP_CACHE_TICK - 1, ZP_STR("s")), "s");
    assert_str(zp_cache_stamps(begun, begun - ZP_CACHE_TICK, ZP_STR("s")), "");
    assert_str(zp_cache_stamps(begun, begun, ZP_STR("s")), "");
    assert_str(zp_cache_stamps(begun, begun + ZP_CACHE_TICK, ZP_STR("s")), ""); /* of tomorrow */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(entries_come_back),
        cmocka_unit_test(fresh_dates_are_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
