/* subset.c: a font and what is used of it in, a smaller font out, by HarfBuzz.
 */
#include "write/subset.h"

#include <hb-subset.h>
#include <hb.h>

struct zp_subset {
    zp_arena *arena;
    hb_subset_input_t *input;
    hb_face_t *veiled; /* NULL: the font's own face was cut */
    hb_subset_plan_t *plan;
    hb_face_t *face;
};

static void add_all(hb_set_t *set, const uint32_t *members, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hb_set_add(set, members[i]);
}

/* Of the tables that the face has, those that the kind does without: a PDF what makes a font of
 * outlines, text on a horizontal page what is for vertical ones and for old screens. */
static void drop_tables(hb_subset_input_t *input, zp_subset_kind kind)
{
    static const uint32_t of_drawing[] = {
        ZP_TABLE('O', 'S', '/', '2'), ZP_TABLE('n', 'a', 'm', 'e'), ZP_TABLE('p', 'o', 's', 't')};
    static const uint32_t of_text[] = {
        ZP_TABLE('B', 'A', 'S', 'E'), ZP_TABLE('D', 'S', 'I', 'G'), ZP_TABLE('V', 'O', 'R', 'G'),
        ZP_TABLE('v', 'h', 'e', 'a'), ZP_TABLE('v', 'm', 't', 'x'), ZP_TABLE('h', 'd', 'm', 'x'),
        ZP_TABLE('L', 'T', 'S', 'H'), ZP_TABLE('V', 'D', 'M', 'X'), ZP_TABLE('g', 'a', 's', 'p'),
        ZP_TABLE('k', 'e', 'r', 'n'), ZP_TABLE('m', 'e', 't', 'a'), ZP_TABLE('F', 'F', 'T', 'M')};
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    if (kind == ZP_SUBSET_DRAWING)
        add_all(dropped, of_drawing, sizeof of_drawing / sizeof *of_drawing);
    else if (kind == ZP_SUBSET_TEXT)
        add_all(dropped, of_text, sizeof of_text / sizeof *of_text);
}

/* The notices of copyright and licence stay; the font's name does not, since several licences
 * reserve it for the font as its makers made it (SIL OFL 1.1, clause 3). */
static void keep_notices(hb_subset_input_t *input)
{
    static const uint32_t names[] = {0, 13, 14}; /* OpenType, name: copyright, licence, its URL */
    hb_set_t *kept = hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID);
    hb_set_clear(kept);
    add_all(kept, names, sizeof names / sizeof *names);
}

/* The rules that a browser needs for Chinese and for the Latin among it; the many alternative
 * forms that nobody asks for would bring their glyphs with them. */
static void keep_rules(hb_subset_input_t *input)
{
    static const uint32_t features[] = {
        ZP_TABLE('c', 'c', 'm', 'p'), ZP_TABLE('l', 'o', 'c', 'l'), ZP_TABLE('f', 'w', 'i', 'd'),
        ZP_TABLE('h', 'a', 'l', 't'), ZP_TABLE('c', 'h', 'w', 's'), ZP_TABLE('k', 'e', 'r', 'n'),
        ZP_TABLE('m', 'a', 'r', 'k'), ZP_TABLE('m', 'k', 'm', 'k'),
    };
    hb_set_t *kept = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    hb_set_clear(kept);
    add_all(kept, features, sizeof features / sizeof *features);
}

static hb_subset_input_t *ask(zp_subset_kind kind, const uint32_t *members, size_t count)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_add(hb_subset_input_glyph_set(input), 0);
    add_all(kind == ZP_SUBSET_TEXT ? hb_subset_input_unicode_set(input)
                                   : hb_subset_input_glyph_set(input),
            members, count);
    /* Without subroutines a CFF deflates better. */
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                     HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    if (kind == ZP_SUBSET_GLYPHS) /* the face has no characters to tell the ranges by */
        flags |= HB_SUBSET_FLAGS_NO_PRUNE_UNICODE_RANGES;
    hb_subset_input_set_flags(input, flags);
    drop_tables(input, kind);
    keep_notices(input);
    if (kind == ZP_SUBSET_TEXT)
        keep_rules(input);
    return input;
}

/* The plan runs each glyph's program, in search of accented letters that are put together from two
 * others by their names (endchar as seac: Adobe Technical Note 5177, appendix C). In a CID-keyed
 * font glyphs have no names, so there it is made without sight of the outlines: in two thirds of
 * the time, and no byte of the subset is another. */
typedef struct {
    hb_face_t *face;
    bool veiled;
} veil;

static hb_blob_t *look_through(hb_face_t *face, hb_tag_t tag, void *user)
{
    const veil *v = user;
    (void)face;
    bool hidden = v->veiled && tag == ZP_TABLE('C', 'F', 'F', ' ');
    return hidden ? hb_blob_get_empty() : hb_face_reference_table(v->face, tag);
}

/* `v`, over the face, is lifted once the plan is made; NULL: there is none. */
static void cut(zp_subset *subset, hb_face_t *face, veil *v)
{
    subset->plan = hb_subset_plan_create_or_fail(face, subset->input);
    if (v)
        v->veiled = false;
    subset->face = subset->plan ? hb_subset_plan_execute_or_fail(subset->plan) : NULL;
}

static bool has_outlines(hb_face_t *face)
{
    hb_blob_t *table = hb_face_reference_table(face, ZP_TABLE('C', 'F', 'F', ' '));
    bool some = hb_blob_get_length(table) > 0;
    hb_blob_destroy(table);
    return some;
}

/* A HarfBuzz that looked once and remembered would leave the outlines out. */
static void cut_by_cid(zp_subset *subset, const zp_font_facts *facts)
{
    veil *v = zp_new(subset->arena, veil);
    *v = (veil){.face = (hb_face_t *)facts->face, .veiled = true};
    subset->veiled = hb_face_create_for_tables(look_through, v, NULL);
    hb_face_set_glyph_count(subset->veiled, facts->glyph_count);
    hb_face_set_upem(subset->veiled, facts->units_per_em);
    cut(subset, subset->veiled, v);
    if (subset->face && has_outlines(subset->face))
        return;
    hb_face_destroy(subset->face);
    hb_subset_plan_destroy(subset->plan);
    cut(subset, (hb_face_t *)facts->face, NULL);
}

zp_subset *zp_subset_open(zp_arena *arena, const zp_font *font, zp_subset_kind kind,
                          const uint32_t *members, size_t count, zp_diag *diag)
{
    const zp_font_facts *facts = zp_font_facts_of(font);
    zp_subset *subset = zp_new(arena, zp_subset);
    subset->arena = arena;
    subset->input = ask(kind, members, count);
    if (subset->input && kind == ZP_SUBSET_DRAWING && facts->cid_keyed)
        cut_by_cid(subset, facts);
    else if (subset->input)
        cut(subset, (hb_face_t *)(kind == ZP_SUBSET_TEXT ? facts->whole : facts->face), NULL);
    if (subset->face)
        return subset;
    zp_diag_add(diag, ZP_ERROR, "font-damaged", (zp_span){0},
                "请删除这个字体文件，再运行 ./setup 重新取得字体", "字体“%s”取不出要用的字",
                facts->name);
    zp_subset_close(subset);
    return NULL;
}

void zp_subset_close(zp_subset *subset)
{
    hb_face_destroy(subset->face);
    hb_subset_plan_destroy(subset->plan);
    hb_face_destroy(subset->veiled);
    hb_subset_input_destroy(subset->input);
}

unsigned zp_subset_count(const zp_subset *subset)
{
    return hb_face_get_glyph_count(subset->face);
}

uint16_t zp_subset_number(const zp_subset *subset, uint16_t glyph)
{
    hb_codepoint_t number =
        hb_map_get(hb_subset_plan_old_to_new_glyph_mapping(subset->plan), glyph);
    return number == HB_MAP_VALUE_INVALID ? 0 : (uint16_t)number;
}

static zp_str copy_blob(zp_arena *arena, hb_blob_t *blob)
{
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(blob, &length);
    zp_str copy = zp_str_copy(arena, (zp_str){bytes, length});
    hb_blob_destroy(blob);
    return copy;
}

zp_str zp_subset_file(const zp_subset *subset)
{
    return copy_blob(subset->arena, hb_face_reference_blob(subset->face));
}

zp_str zp_subset_table(const zp_subset *subset, uint32_t tag)
{
    return copy_blob(subset->arena, hb_face_reference_table(subset->face, tag));
}
