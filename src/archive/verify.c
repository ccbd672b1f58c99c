/* verify.c: a bag's folder and its manifests in, where they differ out.
 *
 * What is on disk is walked over with a stack of folders, sorted, and merged with the list of the
 * manifest. Nothing is repaired here.
 */
#include "archive/verify.h"

#include <stdlib.h>
#include <string.h>
#include "archive/store.h"
#include "base/files.h"
#include "base/utf8.h"

enum { TAG_FILE = 1 << 20 };

typedef struct {
    zp_arena *arena;
    zp_str *all;
    size_t count, capacity;
} paths;

static void add(paths *p, zp_str path)
{
    zp_list_grow(p->arena, p->all, p->count, p->capacity);
    p->all[p->count++] = path;
}

static void tell(zp_arena *arena, zp_diag *diag, const char *id, zp_str path, const char *words,
                 zp_str why)
{
    zp_str name = zp_str_copy(arena, zp_utf8_clean(arena, path));
    zp_diag_add(diag, ZP_ERROR, id, zp_span_file(zp_source_new(arena, name, ZP_STR(""))), NULL,
                "%s%.*s", words, ZP_ARG(why));
}

/* --- What is on disk -------------------------------------------------------------------------- */

/* All that is no folder below the folder `root`, from there on. */
static void walk(zp_arena *arena, zp_str root, zp_diag *diag, paths *found)
{
    zp_arena *passing = zp_arena_new();
    paths folders = {.arena = arena};
    add(&folders, ZP_STR(""));
    while (folders.count > 0) {
        const zp_str *names;
        size_t count;
        zp_str why, within = folders.all[--folders.count];
        zp_arena_clear(passing);
        zp_str folder = within.n > 0 ? zp_path_join(passing, root, within) : root;
        if (!zp_folder_list(passing, zp_str_cstr(passing, folder), &names, &count, &why)) {
            tell(arena, diag, "bag-unreadable", folder, "读不了：", why);
            continue;
        }
        for (size_t i = 0; i < count; i++) {
            zp_file_stamp stamp = {0};
            zp_str path = zp_path_join(passing, folder, names[i]);
            zp_file_stamp_of(zp_str_cstr(passing, path), &stamp);
            bool is_folder = stamp.kind == ZP_PATH_FOLDER && !stamp.link;
            path = zp_str_copy(arena, zp_str_slice(path, root.n + 1, path.n));
            add(is_folder ? &folders : found, path);
        }
    }
    zp_arena_free(passing);
}

static int by_bytes(const void *a, const void *b)
{
    return zp_str_compare(*(const zp_str *)a, *(const zp_str *)b);
}

/* --- Tag files -------------------------------------------------------------------------------- */

static bool is_tag(zp_str path)
{
    static const char *const names[] = {"bag-info.txt",           "bagit.txt",
                                        "manifest-sha256.txt",    "manifest-sha512.txt",
                                        "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"};
    for (size_t i = 0; i < ZP_BAG_TAGS; i++)
        if (zp_str_eq(path, zp_str_from(names[i])))
            return true;
    return false;
}

/* A tag manifest's text; NULL when it cannot be read, which is told of. */
static const zp_str *read_tags(zp_arena *arena, zp_str folder, const char *name, zp_diag *diag)
{
    zp_str why, *text = zp_new(arena, zp_str),
                path = zp_path_join(arena, folder, zp_str_from(name));
    if (zp_file_read(arena, zp_str_cstr(arena, path), TAG_FILE, text, &why))
        return text;
    tell(arena, diag, "bag-damaged", path, "读不了：", why);
    return NULL;
}

/* The tag manifests: four files, each with its hash in both. */
static void check_tags(zp_arena *arena, zp_str folder, zp_diag *diag)
{
    static const char *const listed[] = {"bag-info.txt", "bagit.txt", "manifest-sha256.txt",
                                         "manifest-sha512.txt"};
    static const char *const manifests[] = {"tagmanifest-sha512.txt", "tagmanifest-sha256.txt"};
    const zp_str *texts[] = {read_tags(arena, folder, manifests[0], diag),
                             read_tags(arena, folder, manifests[1], diag)};
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++) {
        zp_str why, tag = zp_path_join(arena, folder, zp_str_from(listed[i]));
        zp_hash *const hashes[] = {zp_hash_new(arena, ZP_SHA512), zp_hash_new(arena, ZP_SHA256),
                                   NULL};
        uint64_t bytes;
        bool read = zp_file_copy(arena, zp_str_cstr(arena, tag), NULL, hashes, &bytes, &why);
        if (!read)
            tell(arena, diag, "bag-damaged", tag, "读不了：", why);
        for (size_t m = 0; m < 2; m++) {
            zp_str hash = zp_hash_end(hashes[m]);
            zp_str line = zp_str_format(arena, "%.*s  %s\n", ZP_ARG(hash), listed[i]);
            if (read && texts[m] && zp_str_find(*texts[m], line, 0) == texts[m]->n)
                tell(arena, diag, "bag-damaged", tag, "和校验清单不符：",
                     zp_str_from(manifests[m]));
        }
    }
}

static void check_declaration(zp_arena *arena, zp_str folder, zp_diag *diag)
{
    zp_str bytes, why, path = zp_path_join(arena, folder, ZP_STR("bagit.txt"));
    bool read = zp_file_read(arena, zp_str_cstr(arena, path), TAG_FILE, &bytes, &why);
    if (read && !zp_str_starts(bytes, ZP_STR("BagIt-Version: 1.0\n")))
        tell(arena, diag, "bag-damaged", path, "不是 BagIt 1.0 的声明", ZP_STR(""));
}

/* --- The bag ---------------------------------------------------------------------------------- */

/* Files of the manifest that are there; the rest is told of. */
static void compare(zp_arena *arena, zp_verifying *v, zp_str folder, const paths *disk,
                    zp_diag *diag)
{
    zp_bag_file *both = zp_new_array(arena, zp_bag_file, v->bag->count);
    size_t k = 0;
    v->files = both;
    for (size_t i = 0; i < v->bag->count; i++) {
        zp_str path = v->bag->files[i].path;
        for (; k < disk->count && zp_str_compare(disk->all[k], path) < 0; k++)
            if (!is_tag(disk->all[k]))
                tell(arena, diag, "bag-extra", zp_path_join(arena, folder, disk->all[k]),
                     "多出来的文件：清单里没有", ZP_STR(""));
        if (k < disk->count && zp_str_eq(disk->all[k], path)) {
            both[v->count++] = v->bag->files[i];
            k++;
        } else {
            tell(arena, diag, "bag-missing", zp_path_join(arena, folder, path),
                 "少了这个文件：清单里有", ZP_STR(""));
        }
    }
    for (; k < disk->count; k++)
        if (!is_tag(disk->all[k]))
            tell(arena, diag, "bag-extra", zp_path_join(arena, folder, disk->all[k]),
                 "多出来的文件：清单里没有", ZP_STR(""));
}

/* Payload-Oxum: bytes and files. Where a file is missing or changed that is told of already. */
static void check_oxum(zp_arena *arena, const zp_verifying *v, zp_str folder, zp_diag *diag)
{
    uint64_t bytes = 0;
    zp_arena *passing = zp_arena_new();
    for (size_t i = 0; i < v->count; i++) {
        zp_file_stamp stamp = {0};
        zp_file_stamp_of(zp_str_cstr(passing, zp_path_join(passing, folder, v->files[i].path)),
                         &stamp);
        bytes += stamp.bytes;
        zp_arena_clear(passing);
    }
    zp_arena_free(passing);
    zp_str oxum = zp_str_format(arena, "%llu.%zu", (unsigned long long)bytes, v->count);
    if (!zp_str_eq(oxum, v->bag->oxum))
        tell(arena, diag, "bag-damaged", zp_path_join(arena, folder, ZP_STR("bag-info.txt")),
             "Payload-Oxum 和文件不符，实际是 ", oxum);
}

zp_verifying zp_verify_begin(zp_arena *arena, zp_str archive, zp_str name, zp_diag *diag)
{
    zp_str why, folder = zp_path_join(arena, archive, name);
    zp_verifying v = {.archive = archive, .bag = zp_bag_read(arena, folder, &why)};
    paths disk = {.arena = arena};
    check_tags(arena, folder, diag);
    check_declaration(arena, folder, diag);
    if (!v.bag) {
        tell(arena, diag, "bag-damaged", folder, "包损坏：", why);
        return v;
    }
    walk(arena, folder, diag, &disk);
    if (disk.count > 0)
        qsort(disk.all, disk.count, sizeof *disk.all, by_bytes);
    size_t before = zp_diag_count(diag, ZP_ERROR);
    compare(arena, &v, folder, &disk, diag);
    if (before == zp_diag_count(diag, ZP_ERROR))
        check_oxum(arena, &v, folder, diag);
    return v;
}

void zp_verify_file(zp_arena *arena, const zp_verifying *verifying, size_t index, zp_diag *diag)
{
    const zp_bag_file *file = &verifying->files[index];
    zp_str why, path = zp_store_path(arena, verifying->archive, verifying->bag, file->path);
    zp_hash *const hashes[] = {zp_hash_new(arena, ZP_SHA512), zp_hash_new(arena, ZP_SHA256), NULL};
    uint64_t bytes;
    bool read = zp_file_copy(arena, zp_str_cstr(arena, path), NULL, hashes, &bytes, &why);
    zp_str sha512 = zp_hash_end(hashes[0]), sha256 = zp_hash_end(hashes[1]);
    if (!read)
        tell(arena, diag, "bag-unreadable", path, "读不了：", why);
    else if (!zp_str_eq(sha512, file->sha512) || !zp_str_eq(sha256, file->sha256))
        tell(arena, diag, "bag-changed", path, "内容变了：和清单里的校验值不同", ZP_STR(""));
}
