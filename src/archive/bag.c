/* bag.c: manifests in, a sorted list of files; a changed list in, tag files out.
 *
 * The list borrows from the bytes of manifest-sha512.txt, so a bag of a hundred thousand files
 * costs little more than that text.
 */
#include "archive/bag.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/files.h"

enum { MANIFEST_MAX = 1 << 30, INFO_MAX = 1 << 20, SHA512_DIGITS = 128, SHA256_DIGITS = 64 };

/* --- Names ----------------------------------------------------------------------------------- */

static bool all_digits(zp_str s)
{
    bool good = s.n > 0;
    for (size_t i = 0; i < s.n; i++)
        good = good && s.p[i] >= '0' && s.p[i] <= '9';
    return good;
}

bool zp_bag_name_read(zp_str name, zp_str *year, size_t *number)
{
    size_t dash = zp_str_find(name, ZP_STR("-"), 0);
    zp_str rest = zp_str_slice(name, dash < name.n ? dash + 1 : dash, name.n);
    *year = zp_str_slice(name, 0, dash);
    *number = 1;
    if (dash != 4 || !all_digits(*year))
        return false;
    if (dash == name.n)
        return true;
    if (!all_digits(rest) || rest.n > 4 || rest.p[0] == '0' || zp_str_eq(rest, ZP_STR("1")))
        return false;
    for (*number = 0; rest.n > 0; rest = zp_str_slice(rest, 1, rest.n))
        *number = *number * 10 + (size_t)(rest.p[0] - '0');
    return true;
}

zp_bag *zp_bag_new(zp_arena *arena, zp_str name)
{
    zp_bag *bag = zp_new(arena, zp_bag);
    size_t number;
    bag->arena = arena;
    bag->name = name;
    bool good = zp_bag_name_read(name, &bag->year, &number);
    assert(good);
    (void)good;
    return bag;
}

void zp_bag_path_add(zp_buf *out, zp_str path)
{
    for (size_t i = 0; i < path.n; i++)
        switch (path.p[i]) {
        case '\n':
            zp_buf_lit(out, "%0A");
            break;
        case '\r':
            zp_buf_lit(out, "%0D");
            break;
        case '%':
            zp_buf_lit(out, "%25");
            break;
        default:
            zp_buf_byte(out, path.p[i]);
        }
}

bool zp_bag_path_read(zp_arena *arena, zp_str written, zp_str *path)
{
    static const struct {
        const char *code;
        char byte;
    } escapes[] = {{"%0A", '\n'}, {"%0a", '\n'}, {"%0D", '\r'}, {"%0d", '\r'}, {"%25", '%'}};
    zp_buf out = {.arena = arena};
    *path = written;
    if (!memchr(written.p, '%', written.n))
        return true;
    for (size_t at = 0; at < written.n;) {
        size_t escape = zp_str_find(written, ZP_STR("%"), at), i = 0;
        zp_buf_add(&out, zp_str_slice(written, at, escape));
        at = escape;
        while (at < written.n && i < sizeof escapes / sizeof *escapes &&
               !zp_str_starts(zp_str_slice(written, at, written.n), zp_str_from(escapes[i].code)))
            i++;
        if (i == sizeof escapes / sizeof *escapes)
            return false;
        if (at < written.n) {
            zp_buf_byte(&out, escapes[i].byte);
            at += 3;
        }
    }
    *path = zp_buf_str(&out);
    return true;
}

/* --- Reading --------------------------------------------------------------------------------- */

static int by_path(const void *a, const void *b)
{
    return zp_str_compare(((const zp_bag_file *)a)->path, ((const zp_bag_file *)b)->path);
}

static void reserve(zp_bag *bag, size_t capacity)
{
    if (capacity <= bag->capacity)
        return;
    bag->files = zp_arena_grow(bag->arena, bag->files, bag->capacity * sizeof *bag->files,
                               zp_array_size(capacity, sizeof *bag->files));
    bag->capacity = capacity;
}

static zp_bag_file *add_file(zp_bag *bag)
{
    if (bag->count == bag->capacity)
        reserve(bag, bag->capacity ? bag->capacity * 2 : 64);
    return &bag->files[bag->count++];
}

/* A path that stays in the bag's payload. */
static bool is_payload(zp_str path)
{
    if (!zp_str_starts(path, ZP_STR("data/")))
        return false;
    for (size_t at = 0; at <= path.n;) {
        size_t end = zp_str_find(path, ZP_STR("/"), at);
        zp_str part = zp_str_slice(path, at, end);
        if (part.n == 0 || zp_str_eq(part, ZP_STR("..")) || zp_str_eq(part, ZP_STR(".")))
            return false;
        at = end + 1;
    }
    return true;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* A line of a manifest: digits, white space (and the * of a binary file), path. */
static bool read_line(zp_arena *arena, zp_str line, size_t digits, zp_str *hash, zp_str *path)
{
    if (line.n < digits + 2 || (line.p[digits] != ' ' && line.p[digits] != '\t'))
        return false;
    *hash = zp_str_slice(line, 0, digits);
    for (size_t i = 0; i < digits; i++)
        if (!is_hex(line.p[i]))
            return false;
    size_t start = digits;
    while (start < line.n && (line.p[start] == ' ' || line.p[start] == '\t'))
        start++;
    if (start < line.n && line.p[start] == '*')
        start++;
    return zp_bag_path_read(arena, zp_str_slice(line, start, line.n), path);
}

/* The line that begins at *at, which moves behind it. */
static zp_str next_line(zp_str text, size_t *at)
{
    const char *found = memchr(text.p + *at, '\n', text.n - *at);
    size_t end = found ? (size_t)(found - text.p) : text.n;
    zp_str line = zp_str_slice(text, *at, end);
    *at = end + 1;
    return line;
}

/* The files of manifest-sha512.txt. False when a line is wrong or a path stands twice. */
static bool read_files(zp_bag *bag, zp_str text)
{
    bool sorted = true;
    size_t lines = 0;
    for (size_t at = 0; at < text.n; lines++)
        next_line(text, &at);
    reserve(bag, lines);
    for (size_t at = 0; at < text.n;) {
        zp_str hash, path;
        if (!read_line(bag->arena, next_line(text, &at), SHA512_DIGITS, &hash, &path) ||
            !is_payload(path))
            return false;
        zp_bag_file *file = add_file(bag);
        *file = (zp_bag_file){.path = path, .sha512 = hash, .bytes = ZP_BAG_UNMEASURED};
        sorted = sorted && (bag->count < 2 || by_path(file - 1, file) < 0);
    }
    if (!sorted)
        qsort(bag->files, bag->count, sizeof *bag->files, by_path);
    for (size_t i = 1; !sorted && i < bag->count; i++)
        if (by_path(&bag->files[i - 1], &bag->files[i]) == 0)
            return false;
    return true;
}

/* The other hash of the same files; only the digits of `text` are kept. False when a line is wrong
 * or it lists other files. */
static bool read_other_hashes(zp_bag *bag, zp_arena *passing, zp_str text)
{
    size_t count = 0;
    char *digits = zp_arena_alloc(bag->arena, zp_array_size(bag->count, SHA256_DIGITS));
    for (size_t at = 0; at < text.n; count++) {
        zp_str hash, path;
        if (!read_line(passing, next_line(text, &at), SHA256_DIGITS, &hash, &path))
            return false;
        bool next = count < bag->count && zp_str_eq(bag->files[count].path, path);
        size_t index = next ? count : zp_bag_find(bag, path);
        if (index == bag->count || !zp_str_eq(bag->files[index].path, path) ||
            bag->files[index].sha256.n > 0)
            return false;
        char *copy = memcpy(digits + index * SHA256_DIGITS, hash.p, SHA256_DIGITS);
        bag->files[index].sha256 = (zp_str){copy, SHA256_DIGITS};
    }
    return count == bag->count;
}

/* An item of bag-info.txt; a line that begins with white space goes on the one before. */
static zp_str find_item(zp_arena *arena, zp_str info, const char *label)
{
    zp_str head = zp_str_format(arena, "%s:", label);
    zp_buf value = {.arena = arena};
    bool inside = false;
    for (size_t at = 0; at < info.n;) {
        size_t end = zp_str_find(info, ZP_STR("\n"), at);
        zp_str line = zp_str_slice(info, at, end);
        bool more = line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t');
        if (!more)
            inside = zp_str_starts(line, head);
        if (inside && more)
            zp_buf_byte(&value, ' ');
        if (inside)
            zp_buf_add(&value, zp_str_trim(zp_str_slice(line, more ? 0 : head.n, line.n)));
        at = end + 1;
    }
    return zp_buf_str(&value);
}

static bool read_part(zp_arena *arena, zp_str folder, const char *name, size_t limit, zp_str *text,
                      zp_str *why)
{
    zp_str path = zp_path_join(arena, folder, zp_str_from(name)), cause;
    if (zp_file_read(arena, zp_str_cstr(arena, path), limit, text, &cause))
        return true;
    *why = zp_str_format(arena, "读不了 %s：%.*s", name, ZP_ARG(cause));
    return false;
}

static bool read_manifests(zp_bag *bag, zp_str folder, zp_str *why)
{
    zp_str text;
    if (!read_part(bag->arena, folder, "manifest-sha512.txt", MANIFEST_MAX, &text, why))
        return false;
    if (!read_files(bag, text)) {
        *why = ZP_STR("manifest-sha512.txt 里有一行不对");
        return false;
    }
    zp_arena *passing = zp_arena_new();
    bool there = read_part(passing, folder, "manifest-sha256.txt", MANIFEST_MAX, &text, why);
    bool good = there && read_other_hashes(bag, passing, text);
    if (there && !good)
        *why = ZP_STR("manifest-sha256.txt 里有一行不对，或和 manifest-sha512.txt 列出的文件不同");
    else if (!there)
        *why = zp_str_copy(bag->arena, *why);
    zp_arena_free(passing);
    return good;
}

zp_bag *zp_bag_read(zp_arena *arena, zp_str folder, zp_str *why)
{
    zp_str info;
    zp_bag *bag = zp_bag_new(arena, zp_str_copy(arena, zp_path_base(folder)));
    if (!read_manifests(bag, folder, why) ||
        !read_part(arena, folder, "bag-info.txt", INFO_MAX, &info, why))
        return NULL;
    bag->date = find_item(arena, info, "Bagging-Date");
    bag->sealed = find_item(arena, info, "Sealing-Date");
    bag->reason = find_item(arena, info, "Correction-Reason");
    bag->oxum = find_item(arena, info, "Payload-Oxum");
#define X(part, word, item) bag->record.part = find_item(arena, info, item);
    ZP_RECORD_PARTS(X)
#undef X
    return bag;
}

/* --- The list -------------------------------------------------------------------------------- */

size_t zp_bag_find(const zp_bag *bag, zp_str path)
{
    size_t low = 0, high = bag->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zp_str_compare(bag->files[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t zp_bag_below(const zp_bag *bag, zp_str prefix, size_t *first)
{
    size_t end = *first = zp_bag_find(bag, prefix);
    while (end < bag->count && zp_str_starts(bag->files[end].path, prefix))
        end++;
    return end - *first;
}

void zp_bag_replace(zp_bag *bag, zp_str prefix, const zp_bag_file *files, size_t count)
{
    size_t first, old = zp_bag_below(bag, prefix, &first);
    for (size_t i = old; i < count; i++)
        add_file(bag);
    size_t before = count > old ? bag->count - (count - old) : bag->count;
    if (count != old)
        memmove(bag->files + first + count, bag->files + first + old,
                (before - first - old) * sizeof *bag->files);
    if (count > 0)
        memcpy(bag->files + first, files, count * sizeof *files);
    bag->count = before - old + count;
    bag->changed = true;
}

/* --- Rendering ------------------------------------------------------------------------------- */

static zp_str render_manifest(zp_arena *arena, const zp_bag *bag, zp_hash_kind kind)
{
    zp_buf out = {.arena = arena};
    size_t need = 0;
    for (size_t i = 0; i < bag->count; i++)
        need += bag->files[i].path.n + SHA512_DIGITS + 3;
    zp_buf_reserve(&out, need);
    for (size_t i = 0; i < bag->count; i++) {
        const zp_bag_file *file = &bag->files[i];
        zp_buf_add(&out, kind == ZP_SHA512 ? file->sha512 : file->sha256);
        zp_buf_lit(&out, "  ");
        zp_bag_path_add(&out, file->path);
        zp_buf_byte(&out, '\n');
    }
    return zp_buf_str(&out);
}

/* 1.2 MB, as RFC 8493 2.2.2 shows it. */
static void add_size(zp_buf *out, uint64_t bytes)
{
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
    size_t unit = 0;
    uint64_t tenths = bytes * 10;
    for (; tenths >= 10240 && unit < 4; unit++)
        tenths = (tenths + 512) / 1024;
    if (unit == 0)
        zp_buf_format(out, "%llu B", (unsigned long long)bytes);
    else
        zp_buf_format(out, "%llu.%llu %s", (unsigned long long)(tenths / 10),
                      (unsigned long long)(tenths % 10), units[unit]);
}

static void add_item(zp_buf *out, const char *label, zp_str value)
{
    if (value.n > 0)
        zp_buf_format(out, "%s: %.*s\n", label, ZP_ARG(value));
}

static zp_str render_info(zp_arena *arena, const zp_bag *bag, zp_str software)
{
    uint64_t bytes = 0;
    zp_buf out = {.arena = arena}, size = {.arena = arena};
    for (size_t i = 0; i < bag->count; i++) {
        assert(bag->files[i].bytes != ZP_BAG_UNMEASURED);
        bytes += bag->files[i].bytes;
    }
    add_size(&size, bytes);
    add_item(&out, "External-Description",
             zp_str_format(arena, "%.*s年度绩效自评报告归档文件", ZP_ARG(bag->year)));
    add_item(&out, "External-Identifier", bag->name);
    add_item(&out, "Bag-Group-Identifier", bag->year);
    add_item(&out, "Bagging-Date", bag->date);
    add_item(&out, "Bag-Size", zp_buf_str(&size));
    zp_buf_format(&out, "Payload-Oxum: %llu.%zu\n", (unsigned long long)bytes, bag->count);
    add_item(&out, "Bag-Software-Agent", software);
    add_item(&out, "Record-Aggregation", ZP_STR("案卷")); /* DA/T 46 M1 */
#define X(part, word, item) add_item(&out, item, bag->record.part);
    ZP_RECORD_PARTS(X)
#undef X
    add_item(&out, "Record-Year", bag->year);          /* M11 */
    add_item(&out, "Record-Genre", ZP_STR("报告"));    /* M34 */
    add_item(&out, "Record-Language", ZP_STR("汉语")); /* M44 */
    add_item(&out, "Sealing-Date", bag->sealed);
    if (!zp_str_eq(bag->name, bag->year)) {
        add_item(&out, "Correction-Of", bag->year);
        add_item(&out, "Correction-Date", bag->date);
        add_item(&out, "Correction-Reason", bag->reason);
    }
    return zp_buf_str(&out);
}

static zp_str render_tags(zp_arena *arena, const zp_bag_tag *tags, size_t count, zp_hash_kind kind)
{
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        zp_buf_format(&out, "%.*s  %.*s\n", ZP_ARG(zp_hash_of(arena, kind, tags[i].bytes)),
                      ZP_ARG(tags[i].name));
    return zp_buf_str(&out);
}

void zp_bag_render(zp_arena *arena, const zp_bag *bag, zp_str software,
                   zp_bag_tag tags[ZP_BAG_TAGS])
{
    tags[0] = (zp_bag_tag){ZP_STR("bag-info.txt"), render_info(arena, bag, software)};
    tags[1] = (zp_bag_tag){ZP_STR("bagit.txt"),
                           ZP_STR("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")};
    tags[2] = (zp_bag_tag){ZP_STR("manifest-sha256.txt"), render_manifest(arena, bag, ZP_SHA256)};
    tags[3] = (zp_bag_tag){ZP_STR("manifest-sha512.txt"), render_manifest(arena, bag, ZP_SHA512)};
    tags[4] =
        (zp_bag_tag){ZP_STR("tagmanifest-sha256.txt"), render_tags(arena, tags, 4, ZP_SHA256)};
    tags[5] =
        (zp_bag_tag){ZP_STR("tagmanifest-sha512.txt"), render_tags(arena, tags, 4, ZP_SHA512)};
}
