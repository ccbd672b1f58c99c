/* embed.c: glyphs used in; subset font program and ToUnicode out.
 *
 * A CID is what finds a glyph in the font program (ISO 32000-1, 9.7.4.2): in a CID-keyed CFF its
 * own, which it keeps through subsetting; in any other font its number in the subset.
 */
#include "write/embed.h"

#include <stdlib.h>
#include "write/subset.h"

enum {
    CMAP_BLOCK = 100, /* entries of one bfchar or bfrange section (Adobe Technical Note 5014) */
    TAG_LENGTH = 6,
};

zp_embed *zp_embed_new(zp_arena *arena, const zp_font *font)
{
    zp_embed *embed = zp_new(arena, zp_embed);
    embed->arena = arena;
    embed->font = font;
    embed->slots = zp_new_array(arena, uint16_t, zp_font_facts_of(font)->glyph_count);
    return embed;
}

void zp_embed_note(zp_embed *embed, const zp_glyph *glyph)
{
    uint16_t *slot = &embed->slots[glyph->id];
    if (*slot > 0)
        return;
    zp_list_grow(embed->arena, embed->glyphs, embed->count, embed->capacity);
    embed->glyphs[embed->count++] = (zp_embed_glyph){
        .id = glyph->id,
        .width = (uint16_t)zp_font_width(embed->font, glyph->id),
        .repeat = glyph->repeat,
        .code = glyph->code,
    };
    *slot = (uint16_t)embed->count;
}

const zp_embed_glyph *zp_embed_find(const zp_embed *embed, const zp_glyph *glyph)
{
    return &embed->glyphs[embed->slots[glyph->id] - 1];
}

bool zp_embed_reads(const zp_embed *embed, const zp_glyph *glyph)
{
    const zp_embed_glyph *noted = zp_embed_find(embed, glyph);
    return noted->code == glyph->code && noted->repeat == glyph->repeat;
}

/* ---- the font program ---- */

static int compare_ids(const void *a, const void *b)
{
    return (int)((const zp_embed_glyph *)a)->id - (int)((const zp_embed_glyph *)b)->id;
}

static void name_glyphs(zp_embed *embed, const zp_subset *subset)
{
    bool cid_keyed = zp_font_facts_of(embed->font)->cid_keyed;
    for (size_t i = 0; i < embed->count; i++) {
        zp_embed_glyph *glyph = &embed->glyphs[i];
        embed->slots[glyph->id] = (uint16_t)(i + 1);
        glyph->cid =
            cid_keyed ? zp_font_cid(embed->font, glyph->id) : zp_subset_number(subset, glyph->id);
    }
}

bool zp_embed_cut(zp_embed *embed, zp_diag *diag)
{
    qsort(embed->glyphs, embed->count, sizeof *embed->glyphs, compare_ids);
    uint32_t *ids = zp_new_array(embed->arena, uint32_t, embed->count + 1);
    for (size_t i = 0; i < embed->count; i++)
        ids[i] = embed->glyphs[i].id;
    zp_subset *subset =
        zp_subset_open(embed->arena, embed->font, ZP_SUBSET_DRAWING, ids, embed->count, diag);
    if (!subset)
        return false;
    name_glyphs(embed, subset);
    embed->held = zp_subset_count(subset);
    embed->program = zp_font_facts_of(embed->font)->cff
                         ? zp_subset_table(subset, ZP_TABLE('C', 'F', 'F', ' '))
                         : zp_subset_file(subset);
    zp_subset_close(subset);
    return true;
}

/* ---- ToUnicode ---- */

static void add_hex(zp_buf *out, uint32_t value, int digits)
{
    static const char hex[] = "0123456789ABCDEF";
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        zp_buf_byte(out, hex[value >> shift & 15]);
}

static void add_utf16(zp_buf *out, uint32_t code)
{
    if (code < 0x10000) {
        add_hex(out, code, 4);
        return;
    }
    add_hex(out, 0xD800 + ((code - 0x10000) >> 10), 4);
    add_hex(out, 0xDC00 + ((code - 0x10000) & 0x3FF), 4);
}

static void add_entry(zp_buf *out, const zp_embed_glyph *glyph)
{
    zp_buf_byte(out, '<');
    add_hex(out, glyph->cid, 4);
    zp_buf_lit(out, "><");
    for (unsigned i = 0; i < glyph->repeat; i++)
        add_utf16(out, glyph->code);
    zp_buf_lit(out, ">\n");
}

zp_str zp_embed_to_unicode(const zp_embed *embed)
{
    zp_buf out = {.arena = embed->arena};
    zp_buf_reserve(&out, 512 + embed->count * 20);
    zp_buf_lit(&out, "/CIDInit /ProcSet findresource begin\n"
                     "12 dict begin\n"
                     "begincmap\n"
                     "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                     "/CMapName /Adobe-Identity-UCS def\n"
                     "/CMapType 2 def\n"
                     "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (size_t i = 0; i < embed->count; i += CMAP_BLOCK) {
        size_t count = embed->count - i < CMAP_BLOCK ? embed->count - i : CMAP_BLOCK;
        zp_buf_uint(&out, count);
        zp_buf_lit(&out, " beginbfchar\n");
        for (size_t k = i; k < i + count; k++)
            add_entry(&out, &embed->glyphs[k]);
        zp_buf_lit(&out, "endbfchar\n");
    }
    zp_buf_lit(&out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return zp_buf_str(&out);
}

/* Of a font that is not CID-keyed all numbers are CIDs, those of parts of glyphs too. */
zp_str zp_embed_cid_set(const zp_embed *embed)
{
    bool cid_keyed = zp_font_facts_of(embed->font)->cid_keyed;
    size_t last = embed->held - 1;
    if (cid_keyed)
        last = embed->count ? embed->glyphs[embed->count - 1].cid : 0;
    char *set = zp_arena_alloc(embed->arena, last / 8 + 1);
    for (size_t i = 0; i < (cid_keyed ? embed->count : embed->held); i++) {
        size_t cid = cid_keyed ? embed->glyphs[i].cid : i;
        set[cid / 8] = (char)(set[cid / 8] | 0x80 >> cid % 8);
    }
    set[0] = (char)(set[0] | 0x80); /* .notdef */
    return (zp_str){set, last / 8 + 1};
}

/* Six letters that differ when the font or its glyphs differ (ISO 32000-1, 9.6.4). */
zp_str zp_embed_name(const zp_embed *embed)
{
    const char *font = zp_font_facts_of(embed->font)->name;
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (const char *p = font; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 1099511628211u;
    for (size_t i = 0; i < embed->count; i++)
        hash = (hash ^ embed->glyphs[i].id) * 1099511628211u;
    char tag[TAG_LENGTH];
    for (int i = 0; i < TAG_LENGTH; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    return zp_str_format(embed->arena, "%.*s+%s", TAG_LENGTH, tag, font);
}
