/* webfont.c: pages in, the fonts that they draw with out, as WOFF.
 *
 * First every glyph of the pages is noted once for its font, then each font is cut to them, and
 * gets a cmap and, where —— is drawn by one glyph, a rule for it.
 */
#include "write/webfont.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/base64.h"
#include "base/bigendian.h"
#include "base/hash.h"
#include "write/subset.h"
#include "write/woff.h"

enum { GLYPHS = 65536, EM_DASH = 0x2014 };

/* What the pages draw with one font. */
typedef struct {
    const zp_font *font; /* NULL: nothing */
    uint32_t *last;      /* by glyph: 1 + index of what was noted last for it */
    zp_webfont_glyph *glyphs;
    size_t count, capacity;
} uses;

zp_str zp_webfont_family(zp_arena *arena, const zp_font *font)
{
    return zp_str_format(arena, "zp%u", zp_font_index(font));
}

/* ---- what is used ---- */

static bool same_glyph(const zp_webfont_glyph *a, const zp_webfont_glyph *b)
{
    return a->code == b->code && a->repeat == b->repeat && a->id == b->id;
}

static int compare_glyphs(const void *a, const void *b)
{
    const zp_webfont_glyph *x = a, *y = b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return (int)x->repeat - (int)y->repeat;
}

static void note(zp_arena *arena, uses *u, const zp_glyph *drawn)
{
    zp_webfont_glyph glyph = {drawn->code, drawn->id, drawn->repeat};
    uint32_t last = u->last[glyph.id];
    if (last > 0 && same_glyph(&u->glyphs[last - 1], &glyph))
        return;
    zp_list_grow(arena, u->glyphs, u->count, u->capacity);
    u->glyphs[u->count++] = glyph;
    u->last[glyph.id] = (uint32_t)u->count;
}

static void note_page(zp_arena *arena, const zp_page *page, uses *fonts)
{
    for (size_t i = 0; i < page->count; i++) {
        const zp_item *item = &page->items[i];
        if (item->kind != ZP_ITEM_TEXT)
            continue;
        uses *u = &fonts[zp_font_index(item->text.font)];
        if (!u->font) {
            u->font = item->text.font;
            u->last = zp_new_array(arena, uint32_t, GLYPHS);
        }
        for (uint32_t k = 0; k < item->text.count; k++)
            note(arena, u, &item->text.glyphs[k]);
    }
}

/* In order, each once: characters that share a glyph and take turns are noted again and again. */
static void settle(uses *u)
{
    size_t kept = 0;
    qsort(u->glyphs, u->count, sizeof *u->glyphs, compare_glyphs);
    for (size_t i = 0; i < u->count; i++)
        if (i == 0 || compare_glyphs(&u->glyphs[kept - 1], &u->glyphs[i]) != 0)
            u->glyphs[kept++] = u->glyphs[i];
        else
            assert(u->glyphs[kept - 1].id == u->glyphs[i].id);
    u->count = kept;
}

/* ---- tables ---- */

/* A character and its glyph's new number. */
typedef struct {
    uint32_t code;
    uint16_t glyph;
} mapping;

/* One subtable of format 12, for Unicode platforms and for Windows (OpenType, cmap). */
static zp_str make_cmap(zp_arena *arena, const mapping *map, size_t count)
{
    enum { HEAD = 20, GROUPS = 16, GROUP = 12 };
    zp_buf out = {.arena = arena}, groups = {.arena = arena};
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && map[end].code == map[end - 1].code + 1 &&
                          map[end].glyph == map[end - 1].glyph + 1;)
            end++;
        zp_buf_big32(&groups, map[i].code);
        zp_buf_big32(&groups, map[end - 1].code);
        zp_buf_big32(&groups, map[i].glyph);
    }
    static const unsigned records[][2] = {{0, 4}, {3, 10}};
    zp_buf_big16(&out, 0);
    zp_buf_big16(&out, 2);
    for (int i = 0; i < 2; i++) {
        zp_buf_big16(&out, records[i][0]);
        zp_buf_big16(&out, records[i][1]);
        zp_buf_big32(&out, HEAD);
    }
    zp_buf_big16(&out, 12);
    zp_buf_big16(&out, 0);
    zp_buf_big32(&out, GROUPS + groups.n);
    zp_buf_big32(&out, 0);
    zp_buf_big32(&out, groups.n / GROUP);
    zp_buf_add(&out, zp_buf_str(&groups));
    return zp_buf_str(&out);
}

/* The rule `ccmp`, which no style sheet switches off: `count` glyphs `part` in a row are drawn by
 * `whole` (OpenType, GSUB 1.0, lookup type 4). All offsets are from the table that they stand in.
 */
static zp_str make_rule(zp_arena *arena, unsigned part, unsigned whole, unsigned count)
{
    const unsigned words[] = {
        1,
        0,
        10,
        30,
        44, /* version 1.0; scripts, features, lookups */
        1,
        'D' << 8 | 'F',
        'L' << 8 | 'T',
        8, /* one script, for all */
        4,
        0,
        0,
        0xFFFF,
        1,
        0, /* its only language has feature 0 */
        1,
        'c' << 8 | 'c',
        'm' << 8 | 'p',
        8, /* one feature */
        0,
        1,
        0, /* it has lookup 0 */
        1,
        4, /* one lookup */
        4,
        0,
        1,
        8, /* ligatures; one subtable */
        1,
        8,
        1,
        14, /* coverage, one set */
        1,
        1,
        part, /* coverage: the part */
        1,
        4, /* set: one ligature */
        whole,
        count, /* and its other parts: */
    };
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        zp_buf_big16(&out, words[i]);
    for (unsigned i = 1; i < count; i++)
        zp_buf_big16(&out, part);
    return zp_buf_str(&out);
}

/* ---- fonts ---- */

/* The tables that the subset wants besides its own; how many. */
static size_t make_tables(zp_arena *arena, const zp_subset *subset, const uses *u,
                          zp_font_table *tables)
{
    mapping *map = zp_new_array(arena, mapping, u->count);
    size_t mapped = 0, count = 1;
    for (size_t i = 0; i < u->count; i++) {
        const zp_webfont_glyph *glyph = &u->glyphs[i];
        uint16_t number = zp_subset_number(subset, glyph->id);
        /* A character that stands only in a ligature is led to it, or there is nothing to join. */
        if (mapped == 0 || map[mapped - 1].code != glyph->code)
            map[mapped++] = (mapping){glyph->code, number};
        if (glyph->repeat > 1) {
            assert(glyph->code == EM_DASH && count == 1);
            tables[count++] =
                (zp_font_table){ZP_TABLE('G', 'S', 'U', 'B'),
                                make_rule(arena, map[mapped - 1].glyph, number, glyph->repeat)};
        }
    }
    tables[0] = (zp_font_table){ZP_TABLE('c', 'm', 'a', 'p'), make_cmap(arena, map, mapped)};
    return count;
}

/* False after an error. */
static bool cut(zp_arena *arena, const zp_deflater *deflater, const uses *u, zp_diag *diag,
                zp_webfont *out)
{
    uint32_t *ids = zp_new_array(arena, uint32_t, u->count);
    for (size_t i = 0; i < u->count; i++)
        ids[i] = u->glyphs[i].id;
    zp_subset *subset = zp_subset_open(arena, u->font, ZP_SUBSET_GLYPHS, ids, u->count, diag);
    if (!subset)
        return false;
    zp_font_table tables[2];
    size_t count = make_tables(arena, subset, u, tables);
    out->bytes = zp_woff_pack(arena, deflater, zp_subset_file(subset), tables, count);
    out->hash = zp_hash_of(arena, ZP_SHA256, out->bytes);
    zp_subset_close(subset);
    return true;
}

/* Whether `font` draws all that is used: both are in order. */
static bool covers(const zp_webfont *font, const uses *u)
{
    size_t k = 0;
    for (size_t i = 0; i < u->count; i++) {
        while (k < font->glyph_count && compare_glyphs(&font->glyphs[k], &u->glyphs[i]) < 0)
            k++;
        if (k == font->glyph_count || !same_glyph(&font->glyphs[k], &u->glyphs[i]))
            return false;
    }
    return true;
}

static bool take_over(zp_arena *arena, const zp_webfonts *before, const uses *u, zp_webfont *out)
{
    for (size_t i = 0; before && i < before->count; i++) {
        const zp_webfont *font = &before->fonts[i];
        if (font->bytes.n == 0 || !zp_str_eq(font->family, out->family) || !covers(font, u))
            continue;
        zp_webfont_glyph *glyphs = zp_new_array(arena, zp_webfont_glyph, font->glyph_count);
        memcpy(glyphs, font->glyphs, font->glyph_count * sizeof *glyphs);
        out->bytes = zp_str_copy(arena, font->bytes);
        out->hash = zp_str_copy(arena, font->hash);
        out->glyphs = glyphs;
        out->glyph_count = font->glyph_count;
        return true;
    }
    return false;
}

static bool make(zp_arena *arena, const zp_deflater *deflater, const zp_webfonts *before, uses *u,
                 zp_diag *diag, zp_webfont *out)
{
    const zp_font_facts *facts = zp_font_facts_of(u->font);
    settle(u);
    *out = (zp_webfont){
        .family = zp_webfont_family(arena, u->font), .glyphs = u->glyphs, .glyph_count = u->count};
    if (facts->web)
        return take_over(arena, before, u, out) || cut(arena, deflater, u, diag, out);
    out->local = zp_str_copy(arena, zp_str_from(facts->name));
    return true;
}

const zp_webfonts *zp_webfonts_cut(zp_arena *arena, const zp_page *pages, size_t count,
                                   const zp_webfonts *before, zp_diag *diag)
{
    uses *fonts = zp_new_array(arena, uses, ZP_FONT_MAX);
    for (size_t i = 0; i < count; i++)
        note_page(arena, &pages[i], fonts);
    zp_webfonts *made = zp_new(arena, zp_webfonts);
    made->fonts = zp_new_array(arena, zp_webfont, ZP_FONT_MAX);
    zp_deflater *deflater = zp_deflater_open(arena);
    bool good = true;
    for (size_t i = 0; i < ZP_FONT_MAX; i++) {
        if (!fonts[i].font)
            continue;
        good = good && make(arena, deflater, before, &fonts[i], diag, &made->fonts[made->count]);
        made->count++;
    }
    zp_deflater_close(deflater);
    return good ? made : NULL;
}

void zp_webfonts_css(const zp_webfonts *fonts, zp_str folder, zp_buf *out)
{
    for (size_t i = 0; i < fonts->count; i++) {
        const zp_webfont *font = &fonts->fonts[i];
        zp_buf_format(out,
                      "@font-face{font-family:%.*s;font-display:block;src:", ZP_ARG(font->family));
        if (font->local.n > 0) {
            zp_buf_format(out, "local(\"%.*s\")}\n", ZP_ARG(font->local));
        } else if (folder.n > 0) {
            zp_buf_format(out, "url(%.*s%.*s.woff)format(\"woff\")}\n", ZP_ARG(folder),
                          ZP_ARG(font->hash));
        } else {
            zp_buf_lit(out, "url(data:font/woff;base64,");
            zp_base64_add(out, font->bytes);
            zp_buf_lit(out, ")format(\"woff\")}\n");
        }
    }
}
