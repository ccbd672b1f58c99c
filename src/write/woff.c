/* woff.c: the tables of a font in, one WOFF file out.
 *
 * A checksum over the font as it will be unpacked stands in the table `head`, so that font is laid
 * out here too, in numbers only: its tables in the order of their tags, each beginning on a
 * multiple of four bytes.
 */
#include "write/woff.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/bigendian.h"

enum {
    SFNT_HEADER = 12,
    SFNT_ENTRY = 16,
    WOFF_HEADER = 44,
    WOFF_ENTRY = 20,
    ADJUSTMENT = 8, /* offset of checkSumAdjustment in head */
};
#define WHOLE_SUM 0xB1B0AFBAu /* OpenType, head: that the whole font sums up to */
#define HEAD      0x68656164u

static size_t padded(size_t length)
{
    return (length + 3) & ~(size_t)3;
}

static void pad(zp_buf *out)
{
    while (out->n % 4)
        zp_buf_byte(out, '\0');
}

/* The sum of big-endian words, the last filled up with zeros. */
static uint32_t sum_of(zp_str bytes)
{
    uint32_t sum = 0;
    for (size_t i = 0; i + 4 <= bytes.n; i += 4)
        sum += zp_big32(bytes.p + i);
    char rest[4] = {0};
    memcpy(rest, bytes.p + bytes.n / 4 * 4, bytes.n % 4);
    return sum + zp_big32(rest);
}

static int compare_tags(const void *a, const void *b)
{
    uint32_t x = ((const zp_font_table *)a)->tag, y = ((const zp_font_table *)b)->tag;
    return (x > y) - (x < y);
}

static bool is_among(uint32_t tag, const zp_font_table *tables, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tables[i].tag == tag)
            return true;
    return false;
}

/* All tables of the new font, by tag. */
static zp_font_table *gather(zp_arena *arena, zp_str file, const zp_font_table *tables,
                             size_t count, size_t *all)
{
    assert(file.n >= SFNT_HEADER);
    size_t own = zp_big16(file.p + 4);
    assert(file.n >= SFNT_HEADER + own * SFNT_ENTRY);
    zp_font_table *merged = zp_new_array(arena, zp_font_table, own + count);
    if (count > 0)
        memcpy(merged, tables, count * sizeof *tables);
    *all = count;
    for (size_t i = 0; i < own; i++) {
        const char *entry = file.p + SFNT_HEADER + i * SFNT_ENTRY;
        size_t start = zp_big32(entry + 8), length = zp_big32(entry + 12);
        assert(start <= file.n && length <= file.n - start);
        if (!is_among(zp_big32(entry), tables, count))
            merged[(*all)++] =
                (zp_font_table){zp_big32(entry), zp_str_slice(file, start, start + length)};
    }
    qsort(merged, *all, sizeof *merged, compare_tags);
    return merged;
}

/* The head of the unpacked font (OpenType, table directory): what a binary search in the directory
 * begins with is part of it. */
static uint32_t sum_of_directory(zp_arena *arena, zp_str file, const zp_font_table *tables,
                                 size_t count)
{
    zp_buf directory = {.arena = arena};
    unsigned log = 0;
    while ((size_t)2 << log <= count)
        log++;
    size_t range = (size_t)SFNT_ENTRY << log, at = SFNT_HEADER + count * SFNT_ENTRY;
    zp_buf_big32(&directory, zp_big32(file.p));
    zp_buf_big16(&directory, count);
    zp_buf_big16(&directory, range);
    zp_buf_big16(&directory, log);
    zp_buf_big16(&directory, count * SFNT_ENTRY - range);
    for (size_t i = 0; i < count; i++) {
        zp_buf_big32(&directory, tables[i].tag);
        zp_buf_big32(&directory, sum_of(tables[i].bytes));
        zp_buf_big32(&directory, at);
        zp_buf_big32(&directory, tables[i].bytes.n);
        at += padded(tables[i].bytes.n);
    }
    return sum_of(zp_buf_str(&directory));
}

/* Gives `head`, which every font has, its checksum; its own sum is taken without it. */
static void adjust(zp_arena *arena, zp_str file, zp_font_table *tables, size_t count)
{
    size_t k = 0;
    while (k + 1 < count && tables[k].tag != HEAD)
        k++;
    assert(tables[k].tag == HEAD && tables[k].bytes.n >= ADJUSTMENT + 4);
    tables[k].bytes = zp_str_copy(arena, tables[k].bytes);
    char *adjustment = (char *)tables[k].bytes.p + ADJUSTMENT;
    memset(adjustment, 0, 4);
    uint32_t sum = sum_of_directory(arena, file, tables, count);
    for (size_t i = 0; i < count; i++)
        sum += sum_of(tables[i].bytes);
    for (int i = 0; i < 4; i++)
        adjustment[i] = (char)((WHOLE_SUM - sum) >> (24 - 8 * i) & 0xFF);
}

/* The sum that stands in the directory for a table. */
static uint32_t sum_entered(const zp_font_table *table)
{
    uint32_t sum = sum_of(table->bytes);
    return table->tag == HEAD ? sum - zp_big32(table->bytes.p + ADJUSTMENT) : sum;
}

static void put_header(zp_buf *out, uint32_t flavor, size_t length, const zp_font_table *tables,
                       size_t count)
{
    size_t unpacked = SFNT_HEADER + count * SFNT_ENTRY;
    for (size_t i = 0; i < count; i++)
        unpacked += padded(tables[i].bytes.n);
    zp_buf_lit(out, "wOFF");
    zp_buf_big32(out, flavor);
    zp_buf_big32(out, length);
    zp_buf_big16(out, count);
    zp_buf_big16(out, 0);
    zp_buf_big32(out, unpacked);
    zp_buf_big32(out, 1 << 16); /* version 1.0 of the file */
    for (int i = 0; i < 5; i++)
        zp_buf_big32(out, 0); /* no metadata, no private data */
}

zp_str zp_woff_pack(zp_arena *arena, const zp_deflater *deflater, zp_str file,
                    const zp_font_table *tables, size_t count)
{
    zp_font_table *all = gather(arena, file, tables, count, &count);
    zp_buf out = {.arena = arena}, directory = {.arena = arena}, data = {.arena = arena};
    size_t start = WOFF_HEADER + count * WOFF_ENTRY;
    zp_buf_reserve(&data, file.n);
    adjust(arena, file, all, count);
    for (size_t i = 0; i < count; i++) {
        zp_str packed = zp_deflate(arena, deflater, all[i].bytes, ZP_EFFORT_FONT);
        if (packed.n >= all[i].bytes.n) /* then it stands as it is (section 5) */
            packed = all[i].bytes;
        zp_buf_big32(&directory, all[i].tag);
        zp_buf_big32(&directory, start + data.n);
        zp_buf_big32(&directory, packed.n);
        zp_buf_big32(&directory, all[i].bytes.n);
        zp_buf_big32(&directory, sum_entered(&all[i]));
        zp_buf_add(&data, packed);
        pad(&data);
    }
    zp_buf_reserve(&out, start + data.n);
    put_header(&out, zp_big32(file.p), start + data.n, all, count);
    zp_buf_add(&out, zp_buf_str(&directory));
    zp_buf_add(&out, zp_buf_str(&data));
    return zp_buf_str(&out);
}
