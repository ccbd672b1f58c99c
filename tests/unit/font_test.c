/* font_test.c: fonts.yaml and font files become chains of fonts: which of them draws a character,
 * what a PDF will call its glyph, and what is said of files that are missing or damaged.
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
#include "base/bigendian.h"
#include "base/files.h"
#include "base/utf8.h"
#include "press.h"

enum { EM = 1000 * ZP_PT, FONT_BYTES = 64 << 20 };

/* The free fonts alone, whatever licensed ones lie in the user's folder. */
static const char chains[] =
    "仿宋:\n"
    "  - {file: bought.ttf, optional: true}\n"
    "  - {file: FandolFang-Regular.otf}\n"
    "  - {file: LXGWWenKai-Light.ttf}\n"
    "楷体: [{file: FandolKai-Regular.otf}, {file: LXGWWenKai-Light.ttf}]\n"
    "黑体: [{file: NotoSansCJK-Regular.ttc, face: 2}]\n"
    "小标宋: [{file: NotoSerifCJK-Bold.ttc, face: 2}]\n"
    "宋体: [{file: NotoSerifCJK-Regular.ttc, face: 2}]\n"
    "西文: [{file: LiberationSerif-Regular.ttf}, {file: DejaVuSans.ttf}]\n";

/* A folder of fonts that a test may spoil. */
typedef struct {
    zp_arena *arena;
    zp_str path;
    zp_diag *diag;
} folder;

static const char *inside(const folder *f, const char *name)
{
    return zp_str_cstr(f->arena, zp_path_join(f->arena, f->path, zp_str_from(name)));
}

static void write_file(const folder *f, const char *name, zp_str bytes)
{
    zp_str why;
    assert_true(zp_file_replace(f->arena, inside(f, name), bytes, &why));
}

static zp_str read_font(const folder *f, const char *name)
{
    zp_str bytes, why;
    assert_true(zp_file_read(f->arena, inside(f, name), FONT_BYTES, &bytes, &why));
    return bytes;
}

static folder make_folder(const char *yaml)
{
    zp_arena *arena = zp_arena_new();
    const char *place = getenv("TMPDIR");
    zp_str pattern =
        zp_str_format(arena, "%s/ziping-fonts-XXXXXX", place && *place ? place : P_tmpdir);
    char *path = (char *)zp_str_cstr(arena, pattern);
    assert_non_null(mkdtemp(path));
    folder f = {arena, zp_str_from(path), zp_diag_new(arena)};
    zp_str ours = press_folder(arena, "fonts"), why;
    char *real = realpath(zp_str_cstr(arena, ours), NULL);
    assert_non_null(real);
    const zp_str *names;
    size_t count;
    assert_true(zp_folder_list(arena, real, &names, &count, &why));
    for (size_t i = 0; i < count; i++) {
        const char *name = zp_str_cstr(arena, names[i]);
        const char *target = zp_str_cstr(arena, zp_path_join(arena, zp_str_from(real), names[i]));
        if (strcmp(name, "fonts.yaml") != 0)
            assert_int_equal(symlink(target, inside(&f, name)), 0);
    }
    free(real);
    if (yaml)
        write_file(&f, "fonts.yaml", zp_str_from(yaml));
    return f;
}

static void drop_folder(folder *f)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    if (zp_folder_list(f->arena, zp_str_cstr(f->arena, f->path), &names, &count, &why))
        for (size_t i = 0; i < count; i++)
            unlink(inside(f, zp_str_cstr(f->arena, names[i])));
    rmdir(zp_str_cstr(f->arena, f->path));
    zp_arena_free(f->arena);
}

/* Opening fails with one error, and at this line of fonts.yaml (0: at no line). */
static void assert_refused(folder *f, const char *id, size_t line)
{
    assert_null(zp_fonts_open(f->arena, f->path, f->diag));
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    assert_true(count >= 1);
    assert_string_equal(messages[0].id, id);
    assert_int_equal(messages[0].severity, ZP_ERROR);
    if (line > 0) {
        size_t at, column;
        assert_non_null(messages[0].span.source);
        zp_source_place(messages[0].span.source, messages[0].span.start, &at, &column);
        assert_int_equal(at, line);
    }
}

static const char *drawn_by(const zp_fonts *fonts, zp_role role, bool latin, uint32_t code)
{
    zp_glyph_ref glyph = zp_fonts_find(fonts, role, latin, code);
    return glyph.font ? zp_font_facts_of(glyph.font)->name : "nothing";
}

/* ---- chains ---- */

static void a_character_is_drawn_by_the_first_font_that_has_it(void **state)
{
    (void)state;
    folder f = make_folder(chains);
    zp_fonts *fonts = zp_fonts_open(f.arena, f.path, f.diag);
    assert_non_null(fonts);
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, false, 0x957F), "FandolFang-Regular");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, false, 0x6E74), "LXGWWenKai-Light");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, false, 0x2CB4E), "LXGWWenKai-Light");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_KAITI, false, 0x957F), "FandolKai-Regular");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_HEITI, false, 0x6E74), "NotoSansCJKsc-Regular");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, false, 0xE000), "nothing");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, false, 0x10FFFD), "nothing");
    assert_ptr_equal(zp_fonts_primary(fonts, ZP_ROLE_FANGSONG),
                     zp_fonts_find(fonts, ZP_ROLE_FANGSONG, false, 0x957F).font);
    zp_fonts_close(fonts);
    drop_folder(&f);
}

static void latin_asks_its_own_fonts_first_and_each_helps_the_other(void **state)
{
    (void)state;
    folder f = make_folder(chains);
    zp_fonts *fonts = zp_fonts_open(f.arena, f.path, f.diag);
    assert_non_null(fonts);
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, true, 'A'), "LiberationSerif");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, false, 'A'), "FandolFang-Regular");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, true, 0x957F), "FandolFang-Regular");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, false, 0x1F600), "DejaVuSans");
    zp_fonts_close(fonts);
    drop_folder(&f);
}

static void a_file_that_two_roles_name_is_opened_once(void **state)
{
    (void)state;
    folder f = make_folder(chains);
    zp_fonts *fonts = zp_fonts_open(f.arena, f.path, f.diag);
    assert_non_null(fonts);
    zp_glyph_ref a = zp_fonts_find(fonts, ZP_ROLE_FANGSONG, false, 0x2CB4E);
    zp_glyph_ref b = zp_fonts_find(fonts, ZP_ROLE_KAITI, false, 0x2CB4E);
    assert_ptr_equal(a.font, b.font);
    assert_true(zp_font_index(a.font) < ZP_FONT_MAX);
    zp_fonts_close(fonts);
    drop_folder(&f);
}

/* 《通用规范汉字表》, all three levels. */
static void every_role_draws_the_8105_characters_in_common_use(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_str table, why;
    assert_true(zp_file_read(p->arena, "tests/data/tgscc8105.txt", 1 << 20, &table, &why));
    for (zp_role role = 0; role < ZP_ROLE_LATIN; role++) {
        size_t count = 0;
        for (size_t at = 0; at < table.n;) {
            uint32_t code = zp_utf8_next(table, &at);
            if (code == '\n')
                continue;
            count++;
            zp_glyph_ref glyph = zp_fonts_find(p->fonts, role, false, code);
            if (!glyph.font)
                fail_msg("%s has no U+%04X", zp_role_name(role), (unsigned)code);
            zp_len advance = zp_font_advance(glyph.font, glyph.id, EM);
            if (advance < EM * 9 / 10 || advance > EM * 11 / 10)
                fail_msg("%s has a narrow U+%04X", zp_role_name(role), (unsigned)code);
        }
        assert_int_equal(count, 8105);
    }
}

static void marks_that_latin_shares_are_full_width_in_every_role(void **state)
{
    press *p = *state;
    const uint32_t marks[] = {0x201C, 0x201D, 0x2018, 0x2019, 0x2014, 0x2026};
    for (zp_role role = 0; role < ZP_ROLE_LATIN; role++)
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            zp_glyph_ref glyph = zp_fonts_find(p->fonts, role, false, marks[i]);
            assert_ptr_equal(glyph.font, zp_fonts_primary(p->fonts, role));
            assert_int_equal(zp_font_advance(glyph.font, glyph.id, EM), EM);
            assert_int_equal(zp_font_width(glyph.font, glyph.id), 1000);
        }
}

/* Both Fandol fonts draw a dollar sign for U+FFE5. */
static void a_yuan_sign_is_no_dollar_sign(void **state)
{
    press *p = *state;
    for (zp_role role = 0; role < ZP_ROLE_LATIN; role++)
        assert_null(strstr(drawn_by(p->fonts, role, false, 0xFFE5), "Fandol"));
}

static void a_two_em_dash_is_two_ems_wide_or_not_there(void **state)
{
    press *p = *state;
    size_t found = 0;
    for (zp_role role = 0; role < ZP_ROLE_LATIN; role++) {
        zp_glyph_ref dash = zp_fonts_dash(p->fonts, role);
        if (!dash.font)
            continue;
        found++;
        assert_true(dash.double_width);
        assert_ptr_equal(dash.font, zp_fonts_primary(p->fonts, role));
        assert_int_equal(zp_font_advance(dash.font, dash.id, EM), 2 * EM);
    }
    assert_true(found > 0);
}

static void the_face_centre_lies_between_a_quarter_and_a_half_of_the_em(void **state)
{
    press *p = *state;
    for (zp_role role = 0; role < ZP_ROLE_LATIN; role++)
        assert_in_range(zp_font_centre(zp_fonts_primary(p->fonts, role), EM), EM / 4, EM / 2);
}

/* ---- what glyphs are named by ---- */

static void assert_named(const zp_fonts *fonts, zp_role role, bool latin, uint32_t code,
                         unsigned glyph_id, unsigned cid)
{
    zp_glyph_ref glyph = zp_fonts_find(fonts, role, latin, code);
    assert_non_null(glyph.font);
    assert_int_equal(glyph.id, glyph_id);
    assert_int_equal(zp_font_cid(glyph.font, glyph.id), cid);
}

/* Taken from the fonts with another program. FandolFang's glyphs and CIDs part ways at glyph 8897.
 */
static void glyphs_of_a_cid_keyed_font_go_by_their_cids(void **state)
{
    (void)state;
    folder f = make_folder(chains);
    zp_fonts *fonts = zp_fonts_open(f.arena, f.path, f.diag);
    assert_non_null(fonts);
    assert_named(fonts, ZP_ROLE_FANGSONG, false, 0xA5, 9199, 22354);
    assert_named(fonts, ZP_ROLE_FANGSONG, false, 0x2013, 8899, 9910);
    assert_named(fonts, ZP_ROLE_FANGSONG, false, 0xFF5E, 106, 106);
    assert_true(zp_font_facts_of(zp_fonts_primary(fonts, ZP_ROLE_FANGSONG))->cid_keyed);
    assert_true(zp_font_facts_of(zp_fonts_primary(fonts, ZP_ROLE_FANGSONG))->cff);
    zp_fonts_close(fonts);
    drop_folder(&f);
}

static void a_truetype_font_has_no_cids(void **state)
{
    (void)state;
    folder f = make_folder(chains);
    zp_fonts *fonts = zp_fonts_open(f.arena, f.path, f.diag);
    assert_non_null(fonts);
    zp_glyph_ref glyph = zp_fonts_find(fonts, ZP_ROLE_FANGSONG, true, 'A');
    assert_false(zp_font_facts_of(glyph.font)->cff);
    assert_false(zp_font_facts_of(glyph.font)->cid_keyed);
    zp_fonts_close(fonts);
    drop_folder(&f);
}

/* ---- files that are not there, or no fonts ---- */

static void a_file_that_may_be_missing_is_passed_over(void **state)
{
    (void)state;
    folder f = make_folder(chains); /* bought.ttf */
    zp_fonts *fonts = zp_fonts_open(f.arena, f.path, f.diag);
    assert_non_null(fonts);
    assert_int_equal(zp_diag_count(f.diag, ZP_ERROR), 0);
    zp_fonts_close(fonts);
    drop_folder(&f);
}

static void a_missing_file_is_named_where_it_is_asked_for(void **state)
{
    (void)state;
    folder f = make_folder(chains);
    assert_int_equal(unlink(inside(&f, "LXGWWenKai-Light.ttf")), 0);
    assert_refused(&f, "font-missing", 4);
    drop_folder(&f);
}

static void a_role_without_fonts_is_missing(void **state)
{
    (void)state;
    folder f = make_folder("仿宋: [{file: DejaVuSans.ttf}]\n");
    assert_refused(&f, "font-missing", 0);
    drop_folder(&f);
    f = make_folder("");
    assert_refused(&f, "font-missing", 0);
    drop_folder(&f);
}

static void a_folder_without_fonts_yaml_has_no_fonts(void **state)
{
    (void)state;
    folder f = make_folder(NULL);
    assert_refused(&f, "font-missing", 0);
    drop_folder(&f);
}

static void entries_that_make_no_sense_are_named(void **state)
{
    (void)state;
    const char *const wrong[] = {
        "仿宋:\n  - {face: 1}\n",
        "仿宋:\n  - {file: DejaVuSans.ttf, face: -1}\n",
        "仿宋:\n  - {file: DejaVuSans.ttf, face: 一}\n",
        "#\n幼圆: [{file: DejaVuSans.ttf}]\n",
        "#\n仿宋: DejaVuSans.ttf\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        folder f = make_folder(wrong[i]);
        assert_refused(&f, "fonts-yaml", 2);
        drop_folder(&f);
    }
}

static const char spoilt_chain[] = "西文:\n  - {file: spoilt.ttf}\n";

static void what_is_no_font_is_damaged(void **state)
{
    (void)state;
    const zp_str bytes[] = {ZP_STR(""), ZP_STR("x"), ZP_STR("OTTO"), ZP_STR("<html>404</html>"),
                            ZP_STR("\0\1\0\0\xFF\xFF\0\0\0\0\0\0glyf")};
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        folder f = make_folder(spoilt_chain);
        write_file(&f, "spoilt.ttf", bytes[i]);
        assert_refused(&f, "font-damaged", 2);
        drop_folder(&f);
    }
}

/* maxp says how many there are (OpenType, maxp); the cmap still tells of the others. */
static void a_glyph_beyond_the_last_is_none(void **state)
{
    (void)state;
    folder f = make_folder(chains);
    zp_str font = read_font(&f, "LiberationSerif-Regular.ttf");
    size_t entry = zp_str_find(font, ZP_STR("maxp"), 0);
    size_t table = zp_big32(font.p + entry + 8);
    zp_buf few = {.arena = f.arena};
    zp_buf_add(&few, zp_str_slice(font, 0, table + 4));
    zp_buf_big16(&few, 64); /* A is number 36, z is number 93 */
    zp_buf_add(&few, zp_str_slice(font, table + 6, font.n));
    write_file(&f, "bought.ttf", zp_buf_str(&few));
    zp_fonts *fonts = zp_fonts_open(f.arena, f.path, f.diag);
    assert_non_null(fonts);
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, false, 'A'), "LiberationSerif");
    assert_string_equal(drawn_by(fonts, ZP_ROLE_FANGSONG, false, 'z'), "FandolFang-Regular");
    zp_fonts_close(fonts);
    drop_folder(&f);
}

static void a_face_beyond_the_last_is_damaged(void **state)
{
    (void)state;
    folder f = make_folder("西文:\n  - {file: DejaVuSans.ttf, face: 1}\n");
    assert_refused(&f, "font-damaged", 2);
    drop_folder(&f);
}

static void a_font_cut_short_is_damaged(void **state)
{
    (void)state;
    const char *const names[] = {"LiberationSerif-Regular.ttf", "FandolKai-Regular.otf"};
    for (int i = 0; i < 2; i++) {
        folder f = make_folder(spoilt_chain);
        zp_str font = read_font(&f, names[i]);
        write_file(&f, "spoilt.ttf", zp_str_slice(font, 0, font.n / 2));
        assert_refused(&f, "font-damaged", 2);
        drop_folder(&f);
    }
}

/* A table of an OpenType font by its tag. */
static size_t find_table(zp_str font, const char *tag)
{
    size_t count = (size_t)(unsigned char)font.p[4] << 8 | (unsigned char)font.p[5];
    for (size_t i = 0; i < count; i++) {
        const unsigned char *entry = (const unsigned char *)font.p + 12 + 16 * i;
        if (memcmp(entry, tag, 4) == 0)
            return (size_t)entry[8] << 24 | (size_t)entry[9] << 16 | (size_t)entry[10] << 8 |
                   entry[11];
    }
    fail_msg("no table %s", tag);
    return 0;
}

static void a_font_whose_licence_forbids_embedding_is_refused(void **state)
{
    (void)state;
    enum { FS_TYPE = 8, RESTRICTED = 2 }; /* OpenType specification, OS/2 */
    folder f = make_folder(spoilt_chain);
    zp_str font = read_font(&f, "LiberationSerif-Regular.ttf");
    char *bytes = (char *)font.p;
    size_t table = find_table(font, "OS/2");
    bytes[table + FS_TYPE] = 0;
    bytes[table + FS_TYPE + 1] = RESTRICTED;
    write_file(&f, "spoilt.ttf", font);
    assert_refused(&f, "font-not-embeddable", 2);
    drop_folder(&f);
}

/* Whatever a few wrong bytes lead to, it is an answer. */
static void wrong_bytes_are_survived(void **state)
{
    (void)state;
    enum { TRIES = 40, WRONG = 20 };
    uint32_t random = 20231231;
    folder f = make_folder(chains);
    zp_str whole = read_font(&f, "LiberationSerif-Regular.ttf");
    assert_int_equal(unlink(inside(&f, "LiberationSerif-Regular.ttf")), 0);
    for (int i = 0; i < TRIES; i++) {
        zp_str font = zp_str_copy(f.arena, whole);
        for (int k = 0; k < WRONG; k++) {
            random = random * 1664525 + 1013904223; /* Numerical Recipes */
            size_t at = random >> 8;
            /* Half of them in the table directory and the first tables. */
            at %= k % 2 ? font.n : 2048;
            ((char *)font.p)[at] = (char)(random >> 3);
        }
        write_file(&f, "LiberationSerif-Regular.ttf", font);
        zp_fonts *fonts = zp_fonts_open(f.arena, f.path, f.diag);
        for (uint32_t code = 0x20; fonts && code < 0x300; code++) {
            zp_glyph_ref glyph = zp_fonts_find(fonts, ZP_ROLE_LATIN, true, code);
            if (glyph.font)
                zp_font_advance(glyph.font, glyph.id, EM);
        }
        assert_true(fonts || zp_diag_count(f.diag, ZP_ERROR) > 0);
        zp_fonts_close(fonts);
    }
    drop_folder(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_character_is_drawn_by_the_first_font_that_has_it),
        cmocka_unit_test(latin_asks_its_own_fonts_first_and_each_helps_the_other),
        cmocka_unit_test(a_file_that_two_roles_name_is_opened_once),
        cmocka_unit_test(every_role_draws_the_8105_characters_in_common_use),
        cmocka_unit_test(marks_that_latin_shares_are_full_width_in_every_role),
        cmocka_unit_test(a_yuan_sign_is_no_dollar_sign),
        cmocka_unit_test(a_two_em_dash_is_two_ems_wide_or_not_there),
        cmocka_unit_test(the_face_centre_lies_between_a_quarter_and_a_half_of_the_em),
        cmocka_unit_test(glyphs_of_a_cid_keyed_font_go_by_their_cids),
        cmocka_unit_test(a_truetype_font_has_no_cids),
        cmocka_unit_test(a_file_that_may_be_missing_is_passed_over),
        cmocka_unit_test(a_missing_file_is_named_where_it_is_asked_for),
        cmocka_unit_test(a_role_without_fonts_is_missing),
        cmocka_unit_test(a_folder_without_fonts_yaml_has_no_fonts),
        cmocka_unit_test(entries_that_make_no_sense_are_named),
        cmocka_unit_test(what_is_no_font_is_damaged),
        cmocka_unit_test(a_glyph_beyond_the_last_is_none),
        cmocka_unit_test(a_face_beyond_the_last_is_damaged),
        cmocka_unit_test(a_font_cut_short_is_damaged),
        cmocka_unit_test(a_font_whose_licence_forbids_embedding_is_refused),
        cmocka_unit_test(wrong_bytes_are_survived),
    };
    return cmocka_run_group_tests(tests, press_open, press_close);
}
