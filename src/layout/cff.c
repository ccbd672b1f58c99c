/* cff.c: a CFF table in; its charset and the lengths of its charstrings out.
 *
 * Font files are input like any other: a reader that has run past the end gives zeros and remembers
 * that it failed.
 */
#include "layout/cff.h"

enum {
    OP_CHARSET = 15, /* Top DICT operators (5176, table 9) */
    OP_CHARSTRINGS = 17,
    OP_ROS = 12 << 8 | 30,
    CHARSTRING_END = 14, /* of Type 2 charstrings (Adobe Technical Note 5177, 3.2, 4.3): endchar, */
    CHARSTRING_SHORT = 28,  /* a number of two bytes, */
    CHARSTRING_FIXED = 255, /* and one of four */
};

typedef struct {
    zp_str bytes;
    size_t at;
    bool failed;
} reader;

static uint32_t read(reader *r, unsigned size)
{
    if (r->failed || r->bytes.n - r->at < size) {
        r->failed = true;
        return 0;
    }
    uint32_t value = 0;
    for (unsigned i = 0; i < size; i++)
        value = value << 8 | (unsigned char)r->bytes.p[r->at++];
    return value;
}

static void seek(reader *r, size_t at)
{
    r->failed = r->failed || at > r->bytes.n;
    if (!r->failed)
        r->at = at;
}

/* An INDEX: its offsets, and the reader behind it. */
typedef struct {
    uint32_t count;
    unsigned offset_size;
    zp_str offsets;
    size_t data; /* offsets count from the byte before it */
} index_table;

static uint32_t offset_at(zp_str offsets, unsigned size, uint32_t i)
{
    reader r = {offsets, (size_t)i * size, false};
    return read(&r, size);
}

static index_table read_index(reader *r)
{
    index_table index = {.count = read(r, 2)};
    if (index.count == 0)
        return index;
    index.offset_size = read(r, 1);
    size_t start = r->at, length = ((size_t)index.count + 1) * index.offset_size;
    seek(r, start + length);
    if (r->failed || index.offset_size < 1 || index.offset_size > 4) {
        r->failed = true;
        return (index_table){0};
    }
    index.offsets = zp_str_slice(r->bytes, start, start + length);
    index.data = r->at;
    seek(r, index.data - 1 + offset_at(index.offsets, index.offset_size, index.count));
    return index;
}

typedef struct {
    uint32_t charset, charstrings;
    bool ros;
} top_dict;

/* One operand; only whole numbers matter here. */
static int32_t read_operand(reader *r, uint32_t first)
{
    if (first == 28)
        return (int16_t)read(r, 2);
    if (first == 29)
        return (int32_t)read(r, 4);
    if (first == 30) { /* a real number, to the nibble 15 */
        uint32_t byte;
        do
            byte = read(r, 1);
        while (!r->failed && (byte & 15) != 15 && byte >> 4 != 15);
        return 0;
    }
    if (first <= 246)
        return (int32_t)first - 139;
    if (first <= 250)
        return (int32_t)((first - 247) * 256 + read(r, 1) + 108);
    return -(int32_t)((first - 251) * 256) - (int32_t)read(r, 1) - 108;
}

static top_dict read_top_dict(reader *r, size_t end)
{
    top_dict dict = {0};
    int32_t last = 0;
    while (!r->failed && r->at < end) {
        uint32_t byte = read(r, 1);
        if (byte >= 28) {
            last = read_operand(r, byte);
            continue;
        }
        uint32_t op = byte == 12 ? 12u << 8 | read(r, 1) : byte;
        if (op == OP_CHARSET)
            dict.charset = (uint32_t)last;
        else if (op == OP_CHARSTRINGS)
            dict.charstrings = (uint32_t)last;
        else if (op == OP_ROS)
            dict.ros = true;
    }
    return dict;
}

/* The CIDs of all glyphs, format 0, 1 or 2 (5176, 13); whether they are the identity. */
static bool read_charset(reader *r, uint16_t *cids, uint32_t count)
{
    bool identity = true;
    uint32_t format = read(r, 1);
    r->failed = r->failed || format > 2;
    for (uint32_t glyph = 1; glyph < count && !r->failed;) {
        uint32_t cid = read(r, 2), more = format ? read(r, format) : 0;
        for (uint32_t k = 0; k <= more && glyph < count; k++, glyph++) {
            cids[glyph] = (uint16_t)(cid + k);
            identity = identity && cid + k == glyph;
        }
    }
    return identity;
}

bool zp_cff_read(zp_arena *arena, zp_str table, zp_cff *out)
{
    *out = (zp_cff){0};
    reader r = {table, 0, false};
    seek(&r, 2);
    seek(&r, read(&r, 1)); /* past the header, as long as it says */
    read_index(&r);        /* names */
    index_table tops = read_index(&r);
    if (r.failed || tops.count == 0)
        return false;
    reader top = {table, tops.data, false};
    top_dict dict =
        read_top_dict(&top, tops.data - 1 + offset_at(tops.offsets, tops.offset_size, 1));
    seek(&r, dict.charstrings);
    index_table charstrings = read_index(&r);
    if (top.failed || r.failed || charstrings.count == 0)
        return false;
    out->charstrings = zp_str_slice(table, charstrings.data, r.at);
    out->offsets = charstrings.offsets;
    out->offset_size = charstrings.offset_size;
    out->glyph_count = charstrings.count;
    out->cid_keyed = dict.ros;
    if (!dict.ros)
        return true;
    uint16_t *cids = zp_new_array(arena, uint16_t, charstrings.count);
    seek(&r, dict.charset);
    if (!read_charset(&r, cids, charstrings.count))
        out->cids = cids;
    return !r.failed;
}

bool zp_cff_is_blank(const zp_cff *cff, unsigned glyph)
{
    if (glyph >= cff->glyph_count)
        return true;
    uint32_t start = offset_at(cff->offsets, cff->offset_size, glyph);
    uint32_t end = offset_at(cff->offsets, cff->offset_size, glyph + 1);
    if (start < 1 || end <= start || end - 1 > cff->charstrings.n)
        return true;
    reader r = {zp_str_slice(cff->charstrings, start - 1, end - 1), 0, false};
    uint32_t byte = read(&r, 1);
    while (!r.failed && (byte >= 32 || byte == CHARSTRING_SHORT)) { /* the width */
        if (byte == CHARSTRING_FIXED)
            read(&r, 4);
        else
            read_operand(&r, byte);
        byte = read(&r, 1);
    }
    return r.failed || byte == CHARSTRING_END;
}
