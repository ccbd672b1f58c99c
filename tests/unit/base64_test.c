/* base64_test.c: bytes become the text of RFC 4648. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/base64.h"

static void expect(const char *bytes, size_t count, const char *text)
{
    zp_arena *arena = zp_arena_new();
    zp_buf out = {.arena = arena};
    zp_base64_add(&out, (zp_str){bytes, count});
    assert_int_equal(out.n, zp_str_from(text).n);
    assert_true(zp_str_eq(zp_buf_str(&out), zp_str_from(text)));
    zp_arena_free(arena);
}

static void test_vectors_of_the_standard(void **state)
{
    (void)state;
    expect("", 0, "");
    expect("f", 1, "Zg==");
    expect("fo", 2, "Zm8=");
    expect("foo", 3, "Zm9v");
    expect("foob", 4, "Zm9vYg==");
    expect("fooba", 5, "Zm9vYmE=");
    expect("foobar", 6, "Zm9vYmFy");
}

static void test_bytes_above_127_and_zero(void **state)
{
    (void)state;
    expect("\xFB\xFF\xBF\x00\x10\x83", 6, "+/+/ABCD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors_of_the_standard),
        cmocka_unit_test(test_bytes_above_127_and_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
