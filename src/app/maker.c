/* maker.c: a template's folders in, its files and one hash out. */
#include "app/maker.h"

#include "app/crew.h"
#include "base/files.h"

enum { TEMPLATE_FILE = 16 << 20 };

/* The sample report is copied by `ziping new`, and makes nothing. */
static bool is_wanted(zp_str name)
{
    return name.p[0] != '.' && !zp_str_eq(name, ZP_STR("report.md")) &&
           !zp_str_eq(name, ZP_STR("README.md"));
}

/* Adds the files of one folder of the chain. */
static bool add_folder(zp_arena *arena, zp_str folder, zp_maker *maker, zp_str *why)
{
    const zp_str *names;
    size_t count;
    if (!zp_folder_list(arena, zp_str_cstr(arena, folder), &names, &count, why))
        return false;
    zp_maker_file *files = zp_new_array(arena, zp_maker_file, maker->count + count);
    for (size_t i = 0; i < maker->count; i++)
        files[i] = maker->files[i];
    for (size_t i = 0; i < count; i++) {
        zp_maker_file *file = &files[maker->count];
        const char *path = zp_str_cstr(arena, zp_path_join(arena, folder, names[i]));
        if (!is_wanted(names[i]) || zp_path_kind_of(path) != ZP_PATH_FILE)
            continue;
        if (!zp_file_read(arena, path, TEMPLATE_FILE, &file->bytes, why))
            return false;
        file->within = zp_path_join(arena, zp_path_base(folder), names[i]);
        file->sha512 = zp_hash_of(arena, ZP_SHA512, file->bytes);
        file->sha256 = zp_hash_of(arena, ZP_SHA256, file->bytes);
        maker->count++;
    }
    maker->files = files;
    return true;
}

static zp_str hash_of(zp_arena *arena, const zp_maker *maker, zp_str fonts, zp_str producer)
{
    zp_hash *hash = zp_hash_new(arena, ZP_SHA256);
    zp_hash_add(hash, producer);
    zp_hash_add(hash, fonts);
    for (size_t i = 0; i < maker->count; i++) {
        zp_hash_add(hash, maker->files[i].within);
        zp_hash_add(hash, maker->files[i].sha256);
    }
    return zp_hash_end(hash);
}

const zp_maker *zp_makers_find(zp_makers *makers, const zp_engine *engine,
                               const zp_template *template, zp_str *why)
{
    for (size_t i = 0; i < makers->count; i++)
        if (makers->all[i]->template == template)
            return makers->all[i];
    zp_maker *made = zp_new(makers->arena, zp_maker);
    made->template = template;
    for (size_t i = 0; i < template->folder_count; i++)
        if (!add_folder(makers->arena, template->folders[i], made, why))
            return NULL;
    made->hash = hash_of(makers->arena, made, makers->fonts, engine->producer);
    if (makers->count < ZP_ENGINE_TEMPLATES)
        makers->all[makers->count++] = made;
    return made;
}

/* --- Fonts ----------------------------------------------------------------------------------- */

typedef struct {
    zp_str folder;
    const zp_str *names;
    zp_hash *all; /* of their names and hashes */
} hashing;

static void *hash_font(void *user, size_t index, zp_arena *passing, zp_arena *keep)
{
    const hashing *h = user;
    const char *path = zp_str_cstr(passing, zp_path_join(passing, h->folder, h->names[index]));
    zp_hash *const hashes[] = {zp_hash_new(keep, ZP_SHA256), NULL};
    uint64_t size;
    zp_str why;
    zp_file_copy(passing, path, NULL, hashes, &size, &why);
    zp_str *hash = zp_new(keep, zp_str);
    *hash = zp_hash_end(hashes[0]);
    return hash;
}

static void add_hash(void *user, size_t index, void *hash)
{
    const hashing *h = user;
    zp_hash_add(h->all, h->names[index]);
    zp_hash_add(h->all, *(const zp_str *)hash);
}

zp_str zp_maker_fonts(zp_arena *arena, zp_str folder, int64_t begun, zp_cache *cache,
                      size_t threads)
{
    const zp_str *names;
    size_t count = 0;
    zp_str why;
    int64_t newest = 0;
    zp_hash *stamps = zp_hash_new(arena, ZP_SHA256);
    if (!zp_folder_list(arena, zp_str_cstr(arena, folder), &names, &count, &why))
        count = 0;
    for (size_t i = 0; i < count; i++) {
        zp_file_stamp stamp = {0};
        zp_file_stamp_of(zp_str_cstr(arena, zp_path_join(arena, folder, names[i])), &stamp);
        zp_hash_add(stamps, names[i]);
        zp_hash_add(stamps,
                    zp_str_format(arena, "\t%llu\t%llu\t%lld\n", (unsigned long long)stamp.bytes,
                                  (unsigned long long)stamp.inode, (long long)stamp.changed));
        newest = stamp.changed > newest ? stamp.changed : newest;
    }
    zp_str dated = zp_hash_end(stamps);
    if (cache->fonts.n > 0 && zp_str_eq(dated, cache->font_stamps))
        return cache->fonts;
    hashing h = {folder, names, zp_hash_new(arena, ZP_SHA256)};
    const zp_crew crew = {.user = &h, .count = count, .work = hash_font, .deliver = add_hash};
    zp_crew_run(&crew, threads);
    cache->font_stamps = zp_cache_stamps(begun, newest, dated);
    cache->fonts = zp_hash_end(h.all);
    return cache->fonts;
}
