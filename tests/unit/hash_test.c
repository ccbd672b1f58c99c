/* The examples of FIPS 180-4's SHA-256 and SHA-512. */
#include "base/hash.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void test_abc(void **state)
{
    zp_arena *arena = zp_arena_new();
    (void)state;
    assert_true(
        zp_str_eq(zp_hash_of(arena, ZP_SHA256, ZP_STR("abc")),
                  ZP_STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
    assert_true(
        zp_str_eq(zp_hash_of(arena, ZP_SHA512, ZP_STR("abc")),
                  ZP_STR("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                         "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")));
    zp_arena_free(arena);
}

static void test_pieces(void **state)
{
    zp_arena *arena = zp_arena_new();
    (void)state;
    zp_hash *hash = zp_hash_new(arena, ZP_SHA256);
    zp_hash_add(hash, ZP_STR("a"));
    zp_hash_add(hash, ZP_STR(""));
    zp_hash_add(hash, ZP_STR("bc"));
    zp_str whole = zp_hash_of(arena, ZP_SHA256, ZP_STR("abc"));
    assert_true(zp_str_eq(zp_hash_end(hash), whole));
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_abc),
        cmocka_unit_test(test_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
