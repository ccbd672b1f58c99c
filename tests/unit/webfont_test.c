/* webfont_test.c: the fonts of pages, read back by FreeType and HarfBuzz.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_SFNT_NAMES_H
#include FT_TRUETYPE_TABLES_H
#include <hb.h>
#include <unistd.h>
#include "base/files.h"
#include "layout/page.h"
#include "press.h"
#include "write/webfont.h"

#define HEAD "---\ntitle: 示例——单位“自评”报告\ndepartment: 示例单位\n---\n\n"
#define REPORT                                                                                     \
    HEAD "## 一、甲——乙\n\n正文“引用”2023年……，湴𬭎。A–B "             \
         "50%。\n\n### "                                                                          \
         "（一）丙\n\n正文——正文。\n"

static const zp_pages *lay_out(press *p, const zp_fonts *fonts, zp_str text)
{
    const zp_report *report = press_report(p, text);
    assert_non_null(report);
    const zp_pages *pages = zp_page_layout(
        p->arena, report, fonts, zp_pictures_new(p->arena, (zp_str){0}, p->diag), p->diag);
    assert_non_null(pages);
    return pages;
}

static const zp_webfonts *cut(press *p, const zp_pages *pages, const zp_webfonts *before)
{
    const zp_webfonts *fonts =
        zp_webfonts_cut(p->arena, pages->pages, pages->count, before, p->diag);
    assert_non_null(fonts);
    return fonts;
}

/* ---- reading back ---- */

typedef struct {
    FT_Library library;
    FT_Face face;
    hb_face_t *tables;
    hb_font_t *font;
} reader;

static void free_table(void *table)
{
    free(table);
}

static hb_blob_t *read_table(hb_face_t *face, hb_tag_t tag, void *user)
{
    FT_ULong length = 0;
    (void)face;
    if (FT_Load_Sfnt_Table(user, tag, 0, NULL, &length) != 0)
        return NULL;
    FT_Byte *bytes = malloc(length);
    assert_int_equal(FT_Load_Sfnt_Table(user, tag, 0, bytes, &length), 0);
    return hb_blob_create((const char *)bytes, (unsigned)length, HB_MEMORY_MODE_READONLY, bytes,
                          free_table);
}

/* FreeType unpacks WOFF, HarfBuzz reads the tables. */
static reader read_back(zp_str woff)
{
    reader r = {0};
    assert_int_equal(FT_Init_FreeType(&r.library), 0);
    assert_int_equal(
        FT_New_Memory_Face(r.library, (const FT_Byte *)woff.p, (FT_Long)woff.n, 0, &r.face), 0);
    r.tables = hb_face_create_for_tables(read_table, r.face, NULL);
    r.font = hb_font_create(r.tables);
    return r;
}

static void close_reader(reader *r)
{
    hb_font_destroy(r->font);
    hb_face_destroy(r->tables);
    FT_Done_Face(r->face);
    FT_Done_FreeType(r->library);
}

static const zp_webfont *find(const zp_webfonts *fonts, zp_str family)
{
    for (size_t i = 0; i < fonts->count; i++)
        if (zp_str_eq(fonts->fonts[i].family, family))
            return &fonts->fonts[i];
    fail_msg("no %.*s", ZP_ARG(family));
    return NULL;
}

/* The glyphs that a browser will take for an item's text. */
static hb_buffer_t *shape(const reader *r, const zp_item *item)
{
    hb_buffer_t *buffer = hb_buffer_create();
    for (uint32_t i = 0; i < item->text.count; i++)
        for (unsigned k = 0; k < item->text.glyphs[i].repeat; k++)
            hb_buffer_add(buffer, item->text.glyphs[i].code, i);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string("zh-CN", -1));
    hb_shape(r->font, buffer, NULL, 0);
    return buffer;
}

static void assert_same_glyph(const reader *r, uint32_t made, const zp_item *item, uint32_t chosen)
{
    hb_font_t *whole = hb_font_create((hb_face_t *)zp_font_facts_of(item->text.font)->whole);
    hb_glyph_extents_t a = {0}, b = {0};
    hb_font_get_glyph_extents(whole, chosen, &a);
    hb_font_get_glyph_extents(r->font, made, &b);
    assert_memory_equal(&a, &b, sizeof a);
    assert_int_equal(hb_font_get_glyph_h_advance(whole, chosen),
                     hb_font_get_glyph_h_advance(r->font, made));
    hb_font_destroy(whole);
}

static void check_item(const zp_webfonts *fonts, const zp_item *item)
{
    zp_arena *arena = zp_arena_new();
    const zp_webfont *font = find(fonts, zp_webfont_family(arena, item->text.font));
    reader r = read_back(font->bytes);
    hb_buffer_t *buffer = shape(&r, item);
    unsigned count;
    const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(buffer, &count);
    assert_int_equal(count, item->text.count);
    for (unsigned i = 0; i < count; i++)
        assert_same_glyph(&r, glyphs[i].codepoint, item, item->text.glyphs[i].id);
    hb_buffer_destroy(buffer);
    close_reader(&r);
    zp_arena_free(arena);
}

static void text_is_set_in_the_glyphs_of_the_pages(void **state)
{
    press *p = *state;
    press_begin(p);
    const zp_pages *pages = lay_out(p, p->fonts, ZP_STR(REPORT));
    const zp_webfonts *fonts = cut(p, pages, NULL);
    size_t items = 0, dashes = 0;
    for (size_t i = 0; i < pages->pages[0].count; i++) {
        const zp_item *item = &pages->pages[0].items[i];
        if (item->kind != ZP_ITEM_TEXT)
            continue;
        check_item(fonts, item);
        items++;
        for (uint32_t k = 0; k < item->text.count; k++)
            dashes += item->text.glyphs[k].repeat == 2;
    }
    assert_true(items > 10);
    assert_true(dashes >= 2); /* in 小标宋 and in 黑体 */
}

static void the_licence_goes_along_and_the_name_does_not(void **state)
{
    press *p = *state;
    press_begin(p);
    const zp_webfonts *fonts = cut(p, lay_out(p, p->fonts, ZP_STR(REPORT)), NULL);
    for (size_t i = 0; i < fonts->count; i++) {
        reader r = read_back(fonts->fonts[i].bytes);
        FT_SfntName name;
        bool copyright = false;
        for (FT_UInt k = 0; k < FT_Get_Sfnt_Name_Count(r.face); k++) {
            assert_int_equal(FT_Get_Sfnt_Name(r.face, k, &name), 0);
            assert_true(name.name_id == 0 || name.name_id == 13 || name.name_id == 14);
            copyright = copyright || name.name_id == 0;
        }
        assert_true(copyright);
        close_reader(&r);
    }
}

static void a_font_that_draws_all_is_taken_over(void **state)
{
    press *p = *state;
    press_begin(p);
    const zp_webfonts *before = cut(p, lay_out(p, p->fonts, ZP_STR(REPORT)), NULL);
    const zp_webfonts *less = cut(p, lay_out(p, p->fonts, ZP_STR(HEAD "正文。\n")), before);
    const zp_webfonts *more = cut(p, lay_out(p, p->fonts, ZP_STR(REPORT "\n新字。\n")), before);
    for (size_t i = 0; i < less->count; i++) {
        const zp_webfont *old = find(before, less->fonts[i].family);
        assert_true(zp_str_eq(old->hash, less->fonts[i].hash));
        assert_true(zp_str_eq(old->bytes, less->fonts[i].bytes));
    }
    size_t changed = 0;
    for (size_t i = 0; i < more->count; i++)
        changed += !zp_str_eq(find(before, more->fonts[i].family)->hash, more->fonts[i].hash);
    assert_int_equal(changed, 1); /* 仿宋 has the new characters */
}

static void a_licensed_font_is_only_named(void **state)
{
    press *p = *state;
    press_begin(p);
    char *here = realpath("fonts", NULL);
    zp_buf table = {.arena = p->arena};
    static const char *const roles[] = {"仿宋", "楷体", "黑体", "小标宋", "宋体"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        zp_buf_format(&table, "%s:\n  - {file: %s/FandolFang-Regular.otf, optional: true}\n",
                      roles[i], here);
    zp_buf_format(&table, "西文:\n  - {file: %s/LiberationSerif-Regular.ttf}\n", here);
    free(here);
    char folder[64];
    snprintf(folder, sizeof folder, "%s/ziping_test.XXXXXX", P_tmpdir);
    assert_non_null(mkdtemp(folder));
    const char *file = zp_str_cstr(p->arena, zp_str_format(p->arena, "%s/fonts.yaml", folder));
    zp_str why;
    assert_true(zp_file_replace(p->arena, file, zp_buf_str(&table), &why));
    zp_fonts *fonts = zp_fonts_open(p->arena, zp_str_from(folder), p->diag);
    assert_int_equal(unlink(file) + rmdir(folder), 0);
    assert_non_null(fonts);
    const zp_webfonts *made = cut(p, lay_out(p, fonts, ZP_STR(HEAD "正文2023年。\n")), NULL);
    assert_int_equal(made->count, 2);
    assert_true(zp_str_eq(made->fonts[0].local, ZP_STR("FandolFang-Regular")));
    assert_int_equal(made->fonts[0].bytes.n, 0);
    assert_true(made->fonts[1].bytes.n > 0);
    zp_buf css = {.arena = p->arena};
    zp_webfonts_css(made, ZP_STR("/f/"), &css);
    zp_str expected = zp_str_format(
        p->arena,
        "@font-face{font-family:zp0;font-display:block;src:local(\"FandolFang-Regular\")}\n"
        "@font-face{font-family:zp1;font-display:block;src:url(/f/%.*s.woff)format(\"woff\")}\n",
        ZP_ARG(made->fonts[1].hash));
    assert_true(zp_str_eq(zp_buf_str(&css), expected));
    zp_fonts_close(fonts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_set_in_the_glyphs_of_the_pages),
        cmocka_unit_test(the_licence_goes_along_and_the_name_does_not),
        cmocka_unit_test(a_font_that_draws_all_is_taken_over),
        cmocka_unit_test(a_licensed_font_is_only_named),
    };
    return cmocka_run_group_tests_name("webfont", tests, press_open, press_close);
}
