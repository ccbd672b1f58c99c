/* embed.c: glyphs used in; subset font program, ToUnicode and CIDToGIDMap out.
 *
 * Content streams are written before the subset exists, so its glyph numbers must not matter to
 * them: a CID-keyed CFF keeps its CIDs through subsetting, a TrueType font gets a map from the
 * original glyph numbers, and a name-keyed CFF keeps its numbering (ISO 32000-1, 9.7.4.2).
 */
#include "write/embed.h"

#include <stdlib.h>
#include "write/subset.h"

enum {
    CIDS = 65536,
    CMAP_BLOCK = 100, /* entries of one bfchar or bfrange section (Adobe Technical Note 5014) */
    TAG_LENGTH = 6,
};

zp_embed *zp_embed_new(zp_arena *arena, const zp_font *font)
{
    zp_embed *embed = zp_new(arena, zp_embed);
    embed->arena = arena;
    embed->font = font;
    embed->slots = zp_new_array(arena, uint16_t, CIDS);
    return embed;
}

int zp_embed_use(zp_embed *embed, const zp_glyph *glyph)
{
    uint16_t *slot = &embed->slots[glyph->cid];
    if (*slot == 0) {
        if (embed->count == embed->capacity) {
            size_t capacity = embed->capacity ? embed->capacity * 2 : 256;
            embed->glyphs =
                zp_arena_grow(embed->arena, embed->glyphs, embed->capacity * sizeof(zp_embed_glyph),
                              capacity * sizeof(zp_embed_glyph));
            embed->capacity = capacity;
        }
        embed->glyphs[embed->count++] =
            (zp_embed_glyph){glyph->cid, glyph->id, (uint16_t)zp_font_width(embed->font, glyph->id),
                             glyph->repeat, glyph->code};
        *slot = (uint16_t)embed->count;
    }
    return embed->glyphs[*slot - 1].width;
}

bool zp_embed_reads(const zp_embed *embed, const zp_glyph *glyph)
{
    const zp_embed_glyph *noted = &embed->glyphs[embed->slots[glyph->cid] - 1];
    return noted->code == glyph->code && noted->repeat == glyph->repeat;
}

static int compare_cids(const void *a, const void *b)
{
    return (int)((const zp_embed_glyph *)a)->cid - (int)((const zp_embed_glyph *)b)->cid;
}

/* ---- the font program ---- */

static zp_str map_cids(const zp_embed *embed, const zp_subset *subset)
{
    size_t count = embed->count ? (size_t)embed->glyphs[embed->count - 1].cid + 1 : 1;
    char *map = zp_arena_alloc(embed->arena, 2 * count);
    for (size_t i = 0; i < embed->count; i++) {
        uint16_t number = zp_subset_number(subset, embed->glyphs[i].id);
        map[2 * embed->glyphs[i].cid] = (char)(number >> 8);
        map[2 * embed->glyphs[i].cid + 1] = (char)(number & 0xFF);
    }
    return (zp_str){map, 2 * count};
}

static bool make_program(zp_embed *embed, zp_diag *diag, zp_embedded *out)
{
    uint32_t *ids = zp_new_array(embed->arena, uint32_t, embed->count + 1);
    for (size_t i = 0; i < embed->count; i++)
        ids[i] = embed->glyphs[i].id;
    zp_subset *subset =
        zp_subset_open(embed->arena, embed->font, ZP_SUBSET_DRAWING, ids, embed->count, diag);
    if (!subset)
        return false;
    if (zp_font_facts_of(embed->font)->cff) {
        out->program = zp_subset_table(subset, ZP_TABLE('C', 'F', 'F', ' '));
    } else {
        out->program = zp_subset_file(subset);
        out->cid_to_gid = map_cids(embed, subset);
    }
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

static zp_str make_to_unicode(const zp_embed *embed)
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

zp_str zp_embed_cid_set(const zp_embed *embed)
{
    size_t count = embed->count ? (size_t)embed->glyphs[embed->count - 1].cid / 8 + 1 : 1;
    char *set = zp_arena_alloc(embed->arena, count);
    set[0] = (char)0x80; /* .notdef */
    for (size_t i = 0; i < embed->count; i++)
        set[embed->glyphs[i].cid / 8] =
            (char)(set[embed->glyphs[i].cid / 8] | 0x80 >> embed->glyphs[i].cid % 8);
    return (zp_str){set, count};
}

/* Six letters that differ when the font or its glyphs differ (ISO 32000-1, 9.6.4). */
static zp_str make_name(const zp_embed *embed)
{
    const char *font = zp_font_facts_of(embed->font)->name;
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (const char *p = font; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 1099511628211u;
    for (size_t i = 0; i < embed->count; i++)
        hash = (hash ^ embed->glyphs[i].cid) * 1099511628211u;
    char tag[TAG_LENGTH];
    for (int i = 0; i < TAG_LENGTH; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    return zp_str_format(embed->arena, "%.*s+%s", TAG_LENGTH, tag, font);
}

bool zp_embed_finish(zp_embed *embed, zp_diag *diag, zp_embedded *out)
{
    *out = (zp_embedded){0};
    qsort(embed->glyphs, embed->count, sizeof *embed->glyphs, compare_cids);
    out->to_unicode = make_to_unicode(embed);
    out->name = make_name(embed);
    return make_program(embed, diag, out);
}
