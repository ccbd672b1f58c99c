/* CFF tables: charsets of real fonts, and tables that end too early or lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "base/files.h"
#include "layout/cff.h"

enum { FONT_LIMIT = 64 << 20 };

static uint32_t number(const char *p, int size)
{
    uint32_t value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | (unsigned char)p[i];
    return value;
}

/* The table 'CFF ' of a font file, or of face `face` of a collection. */
static zp_str table_of(zp_arena *arena, const char *path, unsigned face)
{
    zp_str font, why;
    assert_true(zp_file_read(arena, path, FONT_LIMIT, &font, &why));
    size_t start = memcmp(font.p, "ttcf", 4) == 0 ? number(font.p + 12 + 4 * face, 4) : 0;
    for (uint32_t i = 0; i < number(font.p + start + 4, 2); i++) {
        const char *entry = font.p + start + 12 + 16 * i;
        if (memcmp(entry, "CFF ", 4) == 0)
            return zp_str_slice(font, number(entry + 8, 4),
                                (size_t)number(entry + 8, 4) + number(entry + 12, 4));
    }
    fail_msg("%s has no CFF table", path);
    return (zp_str){0};
}

static void a_charset_that_is_the_identity_needs_no_table(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_cff cff;
    assert_true(zp_cff_read(arena, table_of(arena, "fonts/NotoSerifCJK-Regular.ttc", 2), &cff));
    assert_true(cff.cid_keyed);
    assert_null(cff.cids);
    assert_int_equal(cff.glyph_count, 65535);
    zp_arena_free(arena);
}

static void another_charset_gives_each_glyph_its_cid(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_cff cff;
    assert_true(zp_cff_read(arena, table_of(arena, "fonts/FandolFang-Regular.otf", 0), &cff));
    assert_true(cff.cid_keyed);
    assert_non_null(cff.cids);
    assert_int_equal(cff.cids[111], 111); /* “ */
    assert_int_not_equal(cff.cids[cff.glyph_count - 1], cff.glyph_count - 1);
    zp_arena_free(arena);
}

static void a_space_is_blank_and_a_character_is_not(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_cff cff;
    assert_true(zp_cff_read(arena, table_of(arena, "fonts/FandolFang-Regular.otf", 0), &cff));
    assert_true(zp_cff_is_blank(&cff, 1));    /* U+0020 */
    assert_false(zp_cff_is_blank(&cff, 111)); /* “ */
    assert_true(zp_cff_is_blank(&cff, cff.glyph_count));
    zp_arena_free(arena);
}

static void damaged_tables_are_refused_or_read_within_their_bounds(void **state)
{
    (void)state;
    enum { HEAD = 4096, TRIALS = 20000 };
    zp_arena *arena = zp_arena_new();
    zp_str whole = table_of(arena, "fonts/FandolKai-Regular.otf", 0);
    zp_arena *trials = zp_arena_new();
    zp_cff cff;
    for (size_t n = 0; n < HEAD; n++)
        assert_false(zp_cff_read(trials, zp_str_slice(whole, 0, n), &cff));
    unsigned seed = 7;
    char *copy = malloc(HEAD);
    for (int trial = 0; trial < TRIALS; trial++) {
        memcpy(copy, whole.p, HEAD);
        for (int k = 0; k < 8; k++)
            copy[(size_t)rand_r(&seed) % 64] = (char)rand_r(&seed);
        if (zp_cff_read(trials, (zp_str){copy, HEAD}, &cff))
            for (unsigned g = 0; g < 100; g++)
                zp_cff_is_blank(&cff, g);
        if (trial % 1000 == 0)
            zp_arena_clear(trials);
    }
    free(copy);
    zp_arena_free(trials);
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_charset_that_is_the_identity_needs_no_table),
        cmocka_unit_test(another_charset_gives_each_glyph_its_cid),
        cmocka_unit_test(a_space_is_blank_and_a_character_is_not),
        cmocka_unit_test(damaged_tables_are_refused_or_read_within_their_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
