/* tray.c: bytes and files in, staged files and their lines in a manifest out. */
#include "app/tray.h"

#include <stdlib.h>
#include "archive/journal.h"
#include "base/diag.h"
#include "base/files.h"
#include "base/source.h"
#include "base/utf8.h"

/* In UTF-8 where it was not: an old disk's names are GB18030. */
static zp_str in_utf8(zp_arena *arena, zp_str name)
{
    if (zp_utf8_fault(name, 0) == name.n)
        return name;
    const zp_source *read = zp_source_read(arena, ZP_STR(""), name, "GB18030", zp_diag_new(arena));
    return read ? read->text : zp_utf8_clean(arena, name);
}

zp_str zp_tray_name(zp_arena *arena, zp_str within)
{
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < within.n;) {
        size_t end = zp_str_find(within, ZP_STR("/"), at);
        zp_str part = in_utf8(arena, zp_str_slice(within, at, end));
        for (size_t i = 0; i < part.n; i++)
            zp_buf_byte(&out, (unsigned char)part.p[i] < ' ' ? '_' : part.p[i]);
        if (end < within.n)
            zp_buf_byte(&out, '/');
        at = end + 1;
    }
    return zp_buf_str(&out);
}

/* Without empty parts and points: what is not there to be named. */
static zp_str tidy(zp_arena *arena, zp_str path)
{
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < path.n;) {
        size_t end = zp_str_find(path, ZP_STR("/"), at);
        zp_str part = zp_str_slice(path, at, end);
        at = end + 1;
        if (part.n == 0 || zp_str_eq(part, ZP_STR(".")) || zp_str_eq(part, ZP_STR("..")))
            continue;
        if (out.n > 0)
            zp_buf_byte(&out, '/');
        zp_buf_add(&out, part);
    }
    return zp_buf_str(&out);
}

static bool has(const zp_tray *tray, zp_str path)
{
    for (size_t i = 0; i < tray->count; i++)
        if (zp_str_eq(tray->files[i].path, path))
            return true;
    return false;
}

zp_str zp_tray_free_name(const zp_tray *tray, zp_str within)
{
    zp_str name = within = zp_tray_name(tray->arena, within);
    size_t dot = within.n, slash = within.n - zp_path_base(within).n;
    for (size_t i = slash + 1; i < within.n; i++)
        dot = within.p[i] == '.' ? i : dot;
    for (size_t i = 2;
         has(tray, zp_str_format(tray->arena, "%.*s%.*s", ZP_ARG(tray->folder), ZP_ARG(name))); i++)
        name = zp_str_format(tray->arena, "%.*s-%zu%.*s", ZP_ARG(zp_str_slice(within, 0, dot)), i,
                             ZP_ARG(zp_str_slice(within, dot, within.n)));
    return name;
}

static zp_bag_file *add(zp_tray *tray, zp_str within)
{
    zp_str path = zp_str_format(tray->arena, "%.*s%.*s", ZP_ARG(tray->folder),
                                ZP_ARG(tidy(tray->arena, zp_tray_name(tray->arena, within))));
    if (has(tray, path))
        return NULL;
    zp_list_grow(tray->arena, tray->files, tray->count, tray->capacity);
    tray->files[tray->count] = (zp_bag_file){.path = path};
    return &tray->files[tray->count++];
}

static const char *place(zp_tray *tray, const zp_bag_file *file)
{
    zp_str within = zp_str_slice(file->path, tray->folder.n, file->path.n);
    zp_str staged = zp_path_join(tray->arena, tray->staged, within);
    return zp_journal_stage(tray->arena, tray->archive, staged, &tray->why);
}

static void settle(zp_tray *tray, zp_str within, bool good)
{
    tray->failed = !good;
    if (!good)
        tray->where = within;
}

void zp_tray_put(zp_tray *tray, zp_str within, zp_str bytes, zp_str sha512, zp_str sha256)
{
    zp_bag_file *file = tray->failed ? NULL : add(tray, within);
    if (!file)
        return;
    file->bytes = bytes.n;
    file->sha512 = sha512.n > 0 ? sha512 : zp_hash_of(tray->arena, ZP_SHA512, bytes);
    file->sha256 = sha256.n > 0 ? sha256 : zp_hash_of(tray->arena, ZP_SHA256, bytes);
    const char *path = place(tray, file);
    settle(tray, within, path && zp_file_put(tray->arena, path, bytes, &tray->why));
    tray->disk = tray->failed;
}

void zp_tray_copy(zp_tray *tray, zp_str within, const char *from)
{
    zp_bag_file *file = tray->failed ? NULL : add(tray, within);
    if (!file)
        return;
    zp_hash *const hashes[] = {zp_hash_new(tray->arena, ZP_SHA512),
                               zp_hash_new(tray->arena, ZP_SHA256), NULL};
    const char *path = place(tray, file);
    bool good = path && zp_file_copy(tray->arena, from, path, hashes, &file->bytes, &tray->why);
    file->sha512 = zp_hash_end(hashes[0]);
    file->sha256 = zp_hash_end(hashes[1]);
    settle(tray, within, good);
}

uint64_t zp_tray_bytes(const zp_tray *tray)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < tray->count; i++)
        bytes += tray->files[i].bytes;
    return bytes;
}

static int by_path(const void *a, const void *b)
{
    return zp_str_compare(((const zp_bag_file *)a)->path, ((const zp_bag_file *)b)->path);
}

void zp_tray_sort(zp_tray *tray)
{
    if (tray->count > 0)
        qsort(tray->files, tray->count, sizeof *tray->files, by_path);
}
