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
#include "base/files.h"

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
    char folder[] = P_tmpdir "/cache-test-XXXXXX";
    zp_arena *arena = zp_arena_new();
    zp_str why, root, file;
    (void)state;
    assert_non_null(mkdtemp(folder));
    root = zp_str_from(folder);
    file = zp_path_join(arena, root, ZP_STR(".ziping/cache"));
    assert_true(zp_folder_make(arena, zp_str_cstr(arena, zp_path_folder(file)), &why));
    zp_str text = zp_cache_render(arena, cache_of(arena));
    assert_true(zp_file_put(arena, zp_str_cstr(arena, file), text, &why));
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
        assert_true(zp_file_put(arena, zp_str_cstr(arena, file), zp_str_slice(text, 0, n), &why));
        const zp_cache *cut = zp_cache_read(arena, root);
        assert_true(cut->count < 3);
    }
    assert_int_equal(system(zp_str_cstr(arena, zp_str_format(arena, "rm -rf '%s'", folder))), 0);
    zp_arena_free(arena);
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
        cmocka_unit_test(entries_come_back),
        cmocka_unit_test(fresh_dates_are_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
