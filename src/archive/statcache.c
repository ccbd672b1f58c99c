/* statcache.c: entries as lines of text, fields between tabs.
 *
 * What is read borrows from the file's bytes. A field's tabs, line ends and backslashes are escaped
 * with a backslash, which hardly any path has.
 */
#include "archive/statcache.h"

#include <stdlib.h>
#include <string.h>
#include "archive/store.h"
#include "base/files.h"

#define HEAD "ziping-cache 2"

enum { CACHE_MAX = 1 << 30 };

/* The fields in order, card included. */
enum {
#define X(field, ...) FIELD_##field,
    ZP_CACHED_FIELDS(X)
#undef X
        CACHED_FIELDS,
    CARD_BEFORE = CACHED_FIELDS - 1,
#define X(field, path) CARD_##field,
    ZP_CARD_FIELDS(X)
#undef X
        FIELDS
};

static zp_str *field_of(zp_cached *entry, int field)
{
    switch (field) {
#define X(name)                                                                                    \
    case FIELD_##name:                                                                             \
        return &entry->name;
        ZP_CACHED_FIELDS(X)
#undef X
#define X(name, path)                                                                              \
    case CARD_##name:                                                                              \
        return &entry->card.name;
        ZP_CARD_FIELDS(X)
#undef X
    default:
        return NULL;
    }
}

/* --- Text ------------------------------------------------------------------------------------ */

static void add_field(zp_buf *out, zp_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\\' || c == '\t' || c == '\n')
            zp_buf_byte(out, '\\');
        zp_buf_byte(out, c == '\t' ? 't' : c == '\n' ? 'n' : c);
    }
}

static zp_str read_field(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    if (!memchr(text.p, '\\', text.n))
        return text;
    for (size_t i = 0; i < text.n; i++) {
        bool escape = text.p[i] == '\\' && i + 1 < text.n;
        char c = text.p[escape ? ++i : i];
        zp_buf_byte(&out, escape && c == 't' ? '\t' : escape && c == 'n' ? '\n' : c);
    }
    return zp_buf_str(&out);
}

/* --- The list -------------------------------------------------------------------------------- */

static zp_cached *grow(zp_cache *cache)
{
    zp_list_grow(cache->arena, cache->entries, cache->count, cache->capacity);
    return &cache->entries[cache->count++];
}

void zp_cache_add(zp_cache *cache, const zp_cached *entry)
{
    zp_cached *made = grow(cache), given = *entry;
    for (int i = 0; i < FIELDS; i++)
        *field_of(made, i) = zp_str_copy(cache->arena, *field_of(&given, i));
}

static int by_key(const void *a, const void *b)
{
    return zp_str_compare(((const zp_cached *)a)->key, ((const zp_cached *)b)->key);
}

void zp_cache_sort(zp_cache *cache)
{
    if (cache->count > 0)
        qsort(cache->entries, cache->count, sizeof *cache->entries, by_key);
}

const zp_cached *zp_cache_find(const zp_cache *cache, zp_str key)
{
    const zp_cached wanted = {.key = key};
    return cache->count == 0
               ? NULL
               : bsearch(&wanted, cache->entries, cache->count, sizeof *cache->entries, by_key);
}

zp_str zp_cache_stamps(int64_t begun, int64_t newest, zp_str stamps)
{
    return newest < begun - ZP_CACHE_TICK ? stamps : ZP_STR("");
}

/* --- The file -------------------------------------------------------------------------------- */

/* The next field of the line that begins at *at; *last when the line ends behind it. */
static zp_str next_field(zp_arena *arena, zp_str text, size_t *at, bool *last)
{
    size_t start = *at, end = start;
    while (end < text.n && text.p[end] != '\t' && text.p[end] != '\n')
        end++;
    *last = end == text.n || text.p[end] == '\n';
    *at = end + 1;
    return read_field(arena, zp_str_slice(text, start, end));
}

/* Head, hashes of the fonts. */
static bool read_head(zp_cache *cache, zp_str text, size_t *at)
{
    bool last;
    zp_str head = next_field(cache->arena, text, at, &last);
    if (last || !zp_str_eq(head, ZP_STR(HEAD)))
        return false;
    cache->font_stamps = next_field(cache->arena, text, at, &last);
    cache->fonts = last ? ZP_STR("") : next_field(cache->arena, text, at, &last);
    return last;
}

static bool read_entries(zp_cache *cache, zp_str text)
{
    size_t at = 0;
    if (!zp_str_ends(text, ZP_STR("\n")) || !read_head(cache, text, &at))
        return false;
    while (at < text.n) {
        zp_cached *entry = grow(cache);
        bool last = false;
        for (int i = 0; i < FIELDS; i++) {
            if (last)
                return false;
            *field_of(entry, i) = next_field(cache->arena, text, &at, &last);
        }
        if (!last)
            return false;
    }
    return true;
}

zp_cache *zp_cache_read(zp_arena *arena, zp_str archive)
{
    zp_str path = zp_path_join(arena, archive, ZP_STR(ZP_STORE_PRIVATE "/cache")), text, why;
    zp_cache *cache = zp_new(arena, zp_cache);
    cache->arena = arena;
    if (!zp_file_read(arena, zp_str_cstr(arena, path), CACHE_MAX, &text, &why) ||
        !read_entries(cache, text))
        *cache = (zp_cache){.arena = arena};
    else
        cache->text = text;
    return cache;
}

zp_str zp_cache_render(zp_arena *arena, zp_cache *cache)
{
    zp_buf out = {.arena = arena};
    zp_cache_sort(cache);
    zp_buf_format(&out, HEAD "\t%.*s\t%.*s\n", ZP_ARG(cache->font_stamps), ZP_ARG(cache->fonts));
    for (size_t i = 0; i < cache->count; i++)
        for (int k = 0; k < FIELDS; k++) {
            add_field(&out, *field_of(&cache->entries[i], k));
            zp_buf_byte(&out, k + 1 < FIELDS ? '\t' : '\n');
        }
    return zp_buf_str(&out);
}
