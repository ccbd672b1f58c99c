/* font.c: fonts.yaml and font files in; glyph look-up out.
 *
 * A font is mapped, not read: HarfBuzz answers from the file's own tables. Each font file is opened
 * once however many roles name it. What costs time (FreeType's parse, shaping the shared marks,
 * measuring the face) is done here, once.
 */
#include "layout/font.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H
#include <hb-ot.h>
#include <hb.h>
#include <string.h>
#include "base/bigendian.h"
#include "base/files.h"
#include "base/utf8.h"
#include "data/yaml.h"
#include "layout/cff.h"

enum {
    YAML_LIMIT = 1 << 20, /* bytes of fonts.yaml */
    CHAIN_MAX = 16,       /* fonts of one role */
    NAME_BYTES = 96,      /* bytes of a PostScript name */
    MARK_COUNT = 8,
    DASH_MARK = 7, /* index of ⸺ in `marks` */
    EMBEDDING_RESTRICTED =
        0x0002,                 /* OS/2 fsType: restricted licence (OpenType spec, fsType bit 1) */
    EMBEDDING_PREVIEW = 0x0004, /* preview and print only */
    EMBEDDING_EDITABLE = 0x0008,
    EMBEDDING_NO_SUBSET = 0x0100, /* bit 8 */
};

/* Marks that Chinese shares with Latin: fonts often give their proportional form unless asked for
 * zh-Hans. */
static const uint32_t marks[MARK_COUNT] = {0x2018, 0x2019, 0x201C, 0x201D,
                                           0x2014, 0x2026, 0x00B7, 0x2E3A};

struct zp_font {
    hb_blob_t *blob;
    hb_face_t *face, *drawing; /* all tables; those that make a font of glyphs */
    hb_font_t *hb;
    zp_str file;
    unsigned index, face_index;
    hb_blob_t *cff_table; /* of a CFF font; `cff` points into it */
    zp_cff cff;
    uint16_t marks[MARK_COUNT];
    bool wide_dash; /* marks[DASH_MARK] is two ems wide */
    int centre;     /* of the Han face, in font units */
    char name[NAME_BYTES];
    zp_font_facts facts;
};

/* A font in a role's chain, and characters that it has but draws wrongly. */
typedef struct {
    const zp_font *font;
    zp_str skip;
} link;

struct zp_fonts {
    link chains[ZP_ROLE_COUNT][CHAIN_MAX];
    unsigned lengths[ZP_ROLE_COUNT];
    zp_font *fonts[ZP_FONT_MAX];
    unsigned count;
    hb_language_t language;
};

static hb_blob_t *reference_drawing_table(hb_face_t *face, hb_tag_t tag, void *whole)
{
    (void)face;
    switch (tag) {
    case HB_TAG('C', 'F', 'F', ' '):
    case HB_TAG('g', 'l', 'y', 'f'):
    case HB_TAG('l', 'o', 'c', 'a'):
    case HB_TAG('h', 'e', 'a', 'd'):
    case HB_TAG('h', 'h', 'e', 'a'):
    case HB_TAG('h', 'm', 't', 'x'):
    case HB_TAG('m', 'a', 'x', 'p'):
    case HB_TAG('O', 'S', '/', '2'):
    case HB_TAG('n', 'a', 'm', 'e'):
    case HB_TAG('p', 'o', 's', 't'):
        return hb_face_reference_table(whole, tag);
    default:
        return NULL;
    }
}

static int per_mille(const zp_font *font, long units)
{
    long upem = (long)font->facts.units_per_em;
    return (int)((units * 1000 + (units < 0 ? -upem / 2 : upem / 2)) / upem);
}

/* A name that needs no escape in a PDF. */
static void copy_name(zp_font *font, const char *name)
{
    size_t n = 0;
    for (const char *p = name ? name : ""; *p && n + 1 < NAME_BYTES; p++) {
        bool plain = (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') ||
                     (*p >= '0' && *p <= '9') || *p == '-' || *p == '_';
        font->name[n++] = plain ? *p : '-';
    }
    if (n == 0)
        font->name[n++] = 'F';
    font->name[n] = '\0';
    font->facts.name = font->name;
}

/* False when the font has a CFF table that cannot be read. */
static bool read_cff(zp_arena *arena, zp_font *font)
{
    font->cff_table = hb_face_reference_table(font->face, HB_TAG('C', 'F', 'F', ' '));
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(font->cff_table, &length);
    font->facts.cff = length > 0;
    if (length == 0)
        return true;
    bool good = zp_cff_read(arena, (zp_str){bytes, length}, &font->cff) &&
                font->cff.glyph_count >= font->facts.glyph_count;
    font->facts.cid_keyed = font->cff.cid_keyed;
    return good;
}

static void read_facts(zp_font *font, FT_Face face)
{
    zp_font_facts *facts = &font->facts;
    copy_name(font, FT_Get_Postscript_Name(face));
    facts->box[0] = per_mille(font, face->bbox.xMin);
    facts->box[1] = per_mille(font, face->bbox.yMin);
    facts->box[2] = per_mille(font, face->bbox.xMax);
    facts->box[3] = per_mille(font, face->bbox.yMax);
    facts->ascent = per_mille(font, face->ascender);
    facts->descent = per_mille(font, face->descender);
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
    facts->cap_height =
        os2 && os2->version >= 2 && os2->sCapHeight > 0 ? per_mille(font, os2->sCapHeight) : 700;
    int weight = os2 && os2->usWeightClass <= 1000 ? os2->usWeightClass : 400;
    facts->stem =
        50 + weight * weight / 4225; /* the usual estimate of StemV from the weight class */
}

/* A damaged table may name a glyph that is not there: that is none. */
static uint16_t existing(const zp_font *font, hb_codepoint_t glyph)
{
    return glyph < font->facts.glyph_count ? (uint16_t)glyph : 0;
}

/* The glyph a Chinese reader expects for a mark, asked for alone and full-width. */
static uint16_t shape_mark(const zp_font *font, hb_language_t language, uint32_t code)
{
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf32(buffer, &code, 1, 0, 1);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer, language);
    hb_feature_t full_width = {HB_TAG('f', 'w', 'i', 'd'), 1, 0, (unsigned)-1};
    hb_shape(font->hb, buffer, &full_width, 1);
    unsigned count = 0;
    const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(buffer, &count);
    uint16_t glyph = count == 1 ? existing(font, glyphs[0].codepoint) : 0;
    hb_buffer_destroy(buffer);
    return glyph;
}

static void read_marks(zp_font *font, hb_language_t language)
{
    for (unsigned i = 0; i < MARK_COUNT; i++)
        font->marks[i] = shape_mark(font, language, marks[i]);
    uint16_t dash = font->marks[DASH_MARK];
    font->wide_dash = dash && hb_font_get_glyph_h_advance(font->hb, dash) ==
                                  2 * (hb_position_t)font->facts.units_per_em;
}

/* Mean middle of four square characters; a font without Han keeps 0.38 em, the middle of an em box
 * that stands 0.12 em below the baseline. */
static void measure_centre(zp_font *font)
{
    static const uint32_t square[] = {0x56FD, 0x4E1C, 0x6C38, 0x7530}; /* 国东永田 */
    int sum = 0, found = 0;
    for (unsigned i = 0; i < sizeof square / sizeof *square; i++) {
        hb_codepoint_t glyph;
        hb_glyph_extents_t ink;
        if (hb_font_get_nominal_glyph(font->hb, square[i], &glyph) &&
            hb_font_get_glyph_extents(font->hb, glyph, &ink)) {
            sum += ink.y_bearing + ink.height / 2;
            found++;
        }
    }
    font->centre = found ? sum / found : (int)font->facts.units_per_em * 38 / 100;
}

/* Whether all tables that the font names lie inside the file: HarfBuzz takes one cut short for
 * absent. */
static bool tables_are_whole(const zp_font *font)
{
    unsigned length = 0;
    const char *p = hb_blob_get_data(font->blob, &length);
    uint64_t start = 0;
    if (length >= 16 && memcmp(p, "ttcf", 4) == 0) {
        if (length < 16 + 4 * (uint64_t)font->face_index)
            return false;
        start = zp_big32(p + 12 + 4 * font->face_index);
    }
    if (start + 12 > length)
        return false;
    unsigned tables = zp_big16(p + start + 4);
    if (start + 12 + 16 * (uint64_t)tables > length)
        return false;
    for (unsigned i = 0; i < tables; i++) {
        const char *entry = p + start + 12 + 16 * i;
        if ((uint64_t)zp_big32(entry + 8) + zp_big32(entry + 12) > length)
            return false;
    }
    return true;
}

static bool make_faces(zp_font *font, unsigned face_index)
{
    if (face_index >= hb_face_count(font->blob) || !tables_are_whole(font))
        return false;
    font->face = hb_face_create(font->blob, face_index);
    zp_font_facts *facts = &font->facts;
    facts->glyph_count = hb_face_get_glyph_count(font->face);
    facts->units_per_em = hb_face_get_upem(font->face);
    if (facts->glyph_count == 0 || facts->glyph_count > 65535)
        return false;
    hb_face_make_immutable(font->face);
    font->hb = hb_font_create(font->face);
    hb_font_make_immutable(font->hb);
    font->drawing = hb_face_create_for_tables(reference_drawing_table, font->face, NULL);
    hb_face_set_glyph_count(font->drawing, facts->glyph_count);
    hb_face_set_upem(font->drawing, facts->units_per_em);
    hb_face_make_immutable(font->drawing);
    facts->face = font->drawing;
    facts->whole = font->face;
    return true;
}

static void destroy_font(zp_font *font)
{
    hb_blob_destroy(font->cff_table);
    hb_font_destroy(font->hb);
    hb_face_destroy(font->drawing);
    hb_face_destroy(font->face);
    hb_blob_destroy(font->blob);
}

/* What opening a file came to; the messages stand in the table below. */
typedef enum { OPENED, DAMAGED, NOT_EMBEDDABLE } outcome;

static outcome inspect(zp_arena *arena, zp_fonts *fonts, FT_Library library, zp_font *font)
{
    if (!make_faces(font, font->face_index) || !read_cff(arena, font))
        return DAMAGED;
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(font->blob, &length);
    FT_Face face;
    if (FT_New_Memory_Face(library, (const FT_Byte *)bytes, (FT_Long)length,
                           (FT_Long)font->face_index, &face) != 0)
        return DAMAGED;
    FT_UShort embedding = FT_Get_FSType_Flags(face);
    read_facts(font, face);
    FT_Done_Face(face);
    if ((embedding & 0xF) == EMBEDDING_RESTRICTED || embedding & EMBEDDING_NO_SUBSET)
        return NOT_EMBEDDABLE;
    font->facts.web = !(embedding & EMBEDDING_PREVIEW) || embedding & EMBEDDING_EDITABLE;
    read_marks(font, fonts->language);
    measure_centre(font);
    return OPENED;
}

static void report_font(zp_diag *diag, zp_span span, outcome what, zp_str path)
{
    if (what == NOT_EMBEDDABLE)
        zp_diag_add(diag, ZP_ERROR, "font-not-embeddable", span,
                    "请换用许可嵌入的字体，或从 fonts.yaml 里去掉这一行",
                    "字体文件“%.*s”的许可不允许嵌入 PDF", ZP_ARG(path));
    else
        zp_diag_add(diag, ZP_ERROR, "font-damaged", span,
                    "请删除这个文件，再运行 ./setup 重新取得字体",
                    "字体文件“%.*s”已损坏，或不是字体", ZP_ARG(path));
}

static zp_font *find_open(const zp_fonts *fonts, zp_str file, unsigned face_index)
{
    for (unsigned i = 0; i < fonts->count; i++)
        if (zp_str_eq(fonts->fonts[i]->file, file) && fonts->fonts[i]->face_index == face_index)
            return fonts->fonts[i];
    return NULL;
}

typedef struct {
    zp_arena *arena;
    zp_fonts *fonts;
    FT_Library library;
    zp_str folder;
    zp_diag *diag;
} opening;

/* One entry of a chain: opened, or skipped when optional and absent. False after an error. */
static bool open_entry(opening *o, const zp_value *entry, zp_role role)
{
    zp_str file = zp_value_text(zp_value_find(entry, ZP_STR("file")));
    int64_t face_index = 0;
    const zp_value *face = zp_value_find(entry, ZP_STR("face"));
    if (file.n == 0 || (face && !zp_value_int(face, 0, 255, &face_index)) ||
        o->fonts->lengths[role] == CHAIN_MAX || o->fonts->count == ZP_FONT_MAX) {
        zp_diag_add(o->diag, ZP_ERROR, "fonts-yaml", entry->span, NULL,
                    "fonts.yaml 的这一行不对：要有 file，face 是数字，每个角色最多 %d 种字体",
                    CHAIN_MAX);
        return false;
    }
    bool optional = zp_value_bool(zp_value_find(entry, ZP_STR("optional")), false);
    zp_font *font = find_open(o->fonts, file, (unsigned)face_index);
    if (!font) {
        zp_str path = zp_path_join(o->arena, o->folder, file);
        font = zp_new(o->arena, zp_font);
        font->file = file;
        font->face_index = (unsigned)face_index;
        font->index = o->fonts->count;
        font->blob = hb_blob_create_from_file_or_fail(zp_str_cstr(o->arena, path));
        if (!font->blob) {
            if (optional)
                return true;
            zp_diag_add(o->diag, ZP_ERROR, "font-missing", entry->span,
                        "请运行 ./setup 取得字体，或从 fonts.yaml 里去掉这一行",
                        "没有字体文件“%.*s”", ZP_ARG(path));
            return false;
        }
        o->fonts->fonts[o->fonts->count++] = font; /* from here on zp_fonts_close frees it */
        outcome what = inspect(o->arena, o->fonts, o->library, font);
        if (what != OPENED) {
            report_font(o->diag, entry->span, what, path);
            return false;
        }
    }
    if (optional)
        font->facts.web = false;
    zp_str skip = zp_value_text(zp_value_find(entry, ZP_STR("skip")));
    o->fonts->chains[role][o->fonts->lengths[role]++] = (link){font, skip};
    return true;
}

static bool open_roles(opening *o, const zp_value *table)
{
    bool good = true;
    for (const zp_value *chain = table->first; chain; chain = chain->next) {
        zp_role role = zp_role_find(chain->key);
        if (role == ZP_ROLE_COUNT || chain->kind != ZP_VALUE_LIST) {
            zp_diag_add(o->diag, ZP_ERROR, "fonts-yaml", chain->key_span,
                        "角色有：仿宋、楷体、黑体、小标宋、宋体、西文", "没有名为“%.*s”的字体角色",
                        ZP_ARG(chain->key));
            good = false;
            continue;
        }
        for (const zp_value *entry = chain->first; entry; entry = entry->next)
            good = open_entry(o, entry, role) && good;
    }
    for (unsigned role = 0; good && role < ZP_ROLE_COUNT; role++)
        if (o->fonts->lengths[role] == 0) {
            zp_diag_add(o->diag, ZP_ERROR, "font-missing", table->span, "请运行 ./setup 取得字体",
                        "字体角色“%s”没有字体", zp_role_name((zp_role)role));
            good = false;
        }
    return good;
}

zp_fonts *zp_fonts_open(zp_arena *arena, zp_str folder, zp_diag *diag)
{
    zp_str path = zp_path_join(arena, folder, ZP_STR("fonts.yaml"));
    zp_str bytes, why;
    if (!zp_file_read(arena, zp_str_cstr(arena, path), YAML_LIMIT, &bytes, &why)) {
        zp_diag_add(diag, ZP_ERROR, "font-missing", (zp_span){0}, "请重新安装，或运行 ./setup",
                    "读不了字体角色表“%.*s”：%.*s", ZP_ARG(path), ZP_ARG(why));
        return NULL;
    }
    const zp_source *source = zp_source_read(arena, path, bytes, NULL, diag);
    if (!source)
        return NULL;
    const zp_value *table = zp_yaml_read(arena, zp_span_of(source, 0, source->text.n), diag);
    if (!table)
        return NULL;

    opening o = {arena, zp_new(arena, zp_fonts), NULL, folder, diag};
    o.fonts->language = hb_language_from_string("zh-hans", -1);
    if (FT_Init_FreeType(&o.library) != 0) {
        zp_diag_add(diag, ZP_ERROR, "font-damaged", (zp_span){0}, NULL, "FreeType 无法启动");
        return NULL;
    }
    bool good = open_roles(&o, table);
    FT_Done_FreeType(o.library);
    if (good)
        return o.fonts;
    zp_fonts_close(o.fonts);
    return NULL;
}

void zp_fonts_close(zp_fonts *fonts)
{
    for (unsigned i = 0; fonts && i < fonts->count; i++)
        destroy_font(fonts->fonts[i]);
}

uint16_t zp_font_cid(const zp_font *font, uint16_t glyph)
{
    return font->cff.cids ? font->cff.cids[glyph] : glyph;
}

static bool is_blank(const zp_font *font, hb_codepoint_t glyph)
{
    if (font->facts.cff)
        return zp_cff_is_blank(&font->cff, glyph);
    hb_glyph_extents_t ink;
    return hb_font_get_glyph_extents(font->hb, glyph, &ink) && ink.width == 0 && ink.height == 0;
}

static uint16_t find_glyph(const zp_font *font, uint32_t code)
{
    if (code >= 0x80 && !zp_code_is_han(code))
        for (unsigned i = 0; i < MARK_COUNT; i++)
            if (marks[i] == code)
                return font->marks[i];
    hb_codepoint_t glyph = 0;
    if (!hb_font_get_nominal_glyph(font->hb, code, &glyph))
        return 0;
    if (zp_code_is_han(code) && is_blank(font, glyph))
        return 0;
    return existing(font, glyph);
}

static bool is_skipped(const link *chain, uint32_t code)
{
    for (size_t at = 0; at < chain->skip.n;)
        if (zp_utf8_next(chain->skip, &at) == code)
            return true;
    return false;
}

static zp_glyph_ref find_in_chain(const zp_fonts *fonts, zp_role role, uint32_t code)
{
    for (unsigned i = 0; i < fonts->lengths[role]; i++) {
        const zp_font *font = fonts->chains[role][i].font;
        uint16_t glyph = find_glyph(font, code);
        if (glyph && !is_skipped(&fonts->chains[role][i], code))
            return (zp_glyph_ref){font, glyph, false};
    }
    return (zp_glyph_ref){0};
}

zp_glyph_ref zp_fonts_find(const zp_fonts *fonts, zp_role role, bool latin, uint32_t code)
{
    zp_glyph_ref found = find_in_chain(fonts, latin ? ZP_ROLE_LATIN : role, code);
    return found.font ? found : find_in_chain(fonts, latin ? role : ZP_ROLE_LATIN, code);
}

const zp_font *zp_fonts_primary(const zp_fonts *fonts, zp_role role)
{
    return fonts->chains[role][0].font;
}

zp_glyph_ref zp_fonts_dash(const zp_fonts *fonts, zp_role role)
{
    const zp_font *font = fonts->chains[role][0].font;
    uint16_t glyph = font->marks[DASH_MARK];
    if (!font->wide_dash)
        return (zp_glyph_ref){0};
    return (zp_glyph_ref){font, glyph, true};
}

zp_len zp_font_advance(const zp_font *font, uint16_t glyph, zp_len size)
{
    return zp_len_scale(size, hb_font_get_glyph_h_advance(font->hb, glyph),
                        font->facts.units_per_em);
}

zp_len zp_font_centre(const zp_font *font, zp_len size)
{
    return zp_len_scale(size, font->centre, font->facts.units_per_em);
}

zp_len zp_font_ink_middle(const zp_font *font, uint16_t glyph, zp_len size)
{
    hb_glyph_extents_t ink;
    if (!hb_font_get_glyph_extents(font->hb, glyph, &ink))
        return 0;
    return zp_len_scale(size, 2 * ink.y_bearing + ink.height,
                        2 * (int64_t)font->facts.units_per_em);
}

/* ---- outlines ---- */

typedef struct {
    const zp_font *font;
    zp_len size;
    const zp_font_pen *pen;
    void *user;
} tracing;

/* Font units, y upward, to lengths. */
static zp_len traced(const tracing *t, float units)
{
    return (zp_len)((double)units * t->size / t->font->facts.units_per_em);
}

static void trace_move(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, float x,
                       float y, void *user)
{
    (void)functions, (void)state, (void)user;
    const tracing *t = data;
    t->pen->move(t->user, traced(t, x), -traced(t, y));
}

static void trace_line(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, float x,
                       float y, void *user)
{
    (void)functions, (void)state, (void)user;
    const tracing *t = data;
    t->pen->line(t->user, traced(t, x), -traced(t, y));
}

static void trace_curve(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, float x1,
                        float y1, float x2, float y2, float x, float y, void *user)
{
    (void)functions, (void)state, (void)user;
    const tracing *t = data;
    const zp_len across[] = {traced(t, x1), traced(t, x2), traced(t, x)};
    const zp_len down[] = {-traced(t, y1), -traced(t, y2), -traced(t, y)};
    t->pen->curve(t->user, across, down);
}

/* HarfBuzz makes cubic curves of quadratic ones. */
void zp_font_trace(const zp_font *font, uint16_t glyph, zp_len size, const zp_font_pen *pen,
                   void *user)
{
    tracing t = {font, size, pen, user};
    hb_draw_funcs_t *functions = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(functions, trace_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(functions, trace_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(functions, trace_curve, NULL, NULL);
    hb_font_get_glyph_shape(font->hb, glyph, functions, &t);
    hb_draw_funcs_destroy(functions);
}

const zp_font_facts *zp_font_facts_of(const zp_font *font)
{
    return &font->facts;
}

unsigned zp_font_index(const zp_font *font)
{
    return font->index;
}

int zp_font_width(const zp_font *font, uint16_t glyph)
{
    return per_mille(font, hb_font_get_glyph_h_advance(font->hb, glyph));
}
