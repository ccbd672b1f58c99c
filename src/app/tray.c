/* tray.c: bytes and files in, staged files and their lines in a manifest out. */
#include "app/tray.h"

#include <stdlib.h>
#include "archive/journal.h"
#include "base/files.h"

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

static zp_bag_file *add(zp_tray *tray, zp_str within)
{
    zp_str path = zp_str_format(tray->arena, "%.*s%.*s", ZP_ARG(tray->folder),
                                ZP_ARG(tidy(tray->arena, within)));
    for (size_t i = 0; i < tray->count; i++)
        if (zp_str_eq(tray->files[i].path, path))
            return NULL;
    if (tray->count == tray->capacity) {
        size_t more = tray->capacity ? tray->capacity * 2 : 32;
        tray->files = zp_arena_grow(tray->arena, tray->files, tray->capacity * sizeof *tray->files,
                                    zp_array_size(more, sizeof *tray->files));
        tray->capacity = more;
    }
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
