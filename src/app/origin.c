/* origin.c: folders in, reports and their files out, in one walk.
 *
 * Folders wait on a stack. A folder's own files come before those of the folders in it, so all
 * files below a folder stand in one run of the list.
 */
#include "app/origin.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    zp_str path;
    bool searched; /* for reports */
} place;

typedef struct {
    place *all;
    size_t count, capacity;
} stack;

static void push(zp_arena *arena, stack *s, place one)
{
    zp_list_grow(arena, s->all, s->count, s->capacity);
    s->all[s->count++] = one;
}

static void add_file(zp_origins *o, zp_str path, const zp_file_stamp *stamp)
{
    zp_list_grow(o->arena, o->files, o->file_count, o->file_capacity);
    o->files[o->file_count++] = (zp_origin_file){.path = path, .stamp = *stamp};
}

static zp_origin *add_origin(zp_origins *o, zp_origin one)
{
    zp_list_grow(o->arena, o->all, o->count, o->capacity);
    o->all[o->count] = one;
    return &o->all[o->count++];
}

static bool is_made(zp_str name)
{
    return zp_str_ends(name, ZP_STR(".pdf")) || zp_str_ends(name, ZP_STR(".html")) ||
           zp_str_ends(name, ZP_STR(".svg"));
}

/* What is seen in one folder. */
typedef struct {
    zp_str report;
    size_t texts;
    bool own; /* report.md */
} sight;

static void see(sight *s, zp_str name)
{
    if (s->own || !zp_str_ends(name, ZP_STR(".md")))
        return;
    s->own = zp_str_eq(name, ZP_STR("report.md"));
    s->report = name;
    s->texts++;
}

static void conclude(zp_origins *o, zp_str folder, const sight *s, size_t first)
{
    if (s->texts == 0)
        return;
    bool clear = s->own || s->texts == 1;
    add_origin(o, (zp_origin){
                      .folder = folder,
                      .path = clear ? zp_path_join(o->arena, folder, s->report) : folder,
                      .why = clear ? ZP_STR("")
                                   : ZP_STR("文件夹里有几个 .md 文件，不知道归档哪一份；请把报告"
                                            "命名为 report.md"),
                      .first = first,
                  });
}

static void look_into(zp_origins *o, place here, stack *folders)
{
    const zp_str *names;
    size_t count, first = o->file_count;
    zp_str why;
    sight seen = {0};
    stack inner = {0};
    if (!zp_folder_list(o->arena, zp_str_cstr(o->arena, here.path), &names, &count, &why)) {
        add_origin(o, (zp_origin){.folder = here.path, .path = here.path, .why = why});
        return;
    }
    for (size_t i = 0; here.searched && i < count; i++)
        if (zp_str_eq(names[i], ZP_STR("bagit.txt")))
            return;
    for (size_t i = 0; i < count; i++) {
        zp_file_stamp stamp;
        zp_str path = zp_path_join(o->arena, here.path, names[i]);
        if ((here.searched && names[i].p[0] == '.') ||
            !zp_file_stamp_of(zp_str_cstr(o->arena, path), &stamp))
            continue;
        bool attached = zp_str_eq(names[i], ZP_STR(ZP_ATTACHMENTS));
        if (stamp.kind == ZP_PATH_FOLDER && !stamp.link)
            push(o->arena, &inner, (place){path, here.searched && !attached});
        else if (!here.searched || !is_made(names[i]))
            add_file(o, path, &stamp);
        if (here.searched && stamp.kind == ZP_PATH_FILE)
            see(&seen, names[i]);
    }
    if (here.searched)
        conclude(o, here.path, &seen, first);
    while (inner.count > 0)
        push(o->arena, folders, inner.all[--inner.count]);
}

static bool is_below(zp_str path, zp_str folder)
{
    return zp_str_starts(path, folder) && path.n > folder.n && path.p[folder.n] == '/';
}

/* The runs of files, once all are known; and the keys. */
static void settle(zp_origins *o, size_t from, zp_str root, zp_str real)
{
    for (size_t i = from; i < o->count; i++) {
        zp_origin *origin = &o->all[i];
        size_t end = origin->first;
        while (end < o->file_count && is_below(o->files[end].path, origin->folder))
            end++;
        origin->count = end - origin->first;
        origin->key = zp_str_format(o->arena, "%.*s%.*s", ZP_ARG(real),
                                    (int)(origin->path.n - root.n), origin->path.p + root.n);
    }
}

static zp_str real_path(zp_arena *arena, zp_str path)
{
    char *real = realpath(zp_str_cstr(arena, path), NULL);
    zp_str copy = real ? zp_str_copy(arena, zp_str_from(real)) : path;
    free(real);
    return copy;
}

static void walk(zp_origins *o, place root)
{
    stack folders = {0};
    push(o->arena, &folders, root);
    while (folders.count > 0) {
        place next = folders.all[--folders.count];
        if (!zp_path_same(zp_str_cstr(o->arena, next.path), o->archive))
            look_into(o, next, &folders);
    }
}

static void add_tree(zp_origins *o, zp_str root)
{
    size_t from = o->count;
    while (root.n > 1 && zp_str_ends(root, ZP_STR("/")))
        root = zp_str_slice(root, 0, root.n - 1);
    walk(o, (place){root, true});
    zp_str real = real_path(o->arena, root);
    o->roots[o->root_count++] = real;
    settle(o, from, root, real);
    if (o->count == from)
        add_origin(
            o, (zp_origin){.folder = root,
                           .path = root,
                           .key = real,
                           .why = ZP_STR("文件夹里没有报告（report.md，或唯一一个 .md 文件）")});
}

static int by_key(const void *a, const void *b)
{
    return zp_str_compare(((const zp_origin *)a)->key, ((const zp_origin *)b)->key);
}

/* A folder named twice, or within another that is named, counts once. */
static void drop_doubles(zp_origins *o)
{
    size_t kept = 0;
    if (o->count > 0)
        qsort(o->all, o->count, sizeof *o->all, by_key);
    for (size_t i = 0; i < o->count; i++)
        if (kept == 0 || !zp_str_eq(o->all[kept - 1].key, o->all[i].key))
            o->all[kept++] = o->all[i];
    o->count = kept;
}

zp_origins zp_origins_find(zp_arena *arena, char *const *words, size_t count, const char *archive)
{
    zp_origins origins = {.arena = arena, .archive = archive};
    origins.roots = zp_new_array(arena, zp_str, count);
    for (size_t i = 0; i < count; i++) {
        zp_str path = zp_str_from(words[i]);
        if (zp_path_kind_of(words[i]) == ZP_PATH_FOLDER)
            add_tree(&origins, path);
        else
            add_origin(&origins,
                       (zp_origin){.folder = path,
                                   .path = path,
                                   .key = real_path(arena, path),
                                   .why = zp_path_kind_of(words[i]) == ZP_PATH_NONE
                                              ? ZP_STR("没有这个文件夹")
                                              : ZP_STR("这不是文件夹；请写放着报告的文件夹")});
    }
    drop_doubles(&origins);
    return origins;
}

zp_origins zp_origins_of_file(zp_arena *arena, const char *path, const char *table,
                              const char *archive)
{
    zp_origins all = {.arena = arena, .archive = archive};
    zp_str folder = zp_path_folder(zp_str_from(path));
    size_t kept = 0;
    all.roots = zp_new_array(arena, zp_str, 1);
    add_tree(&all, folder);
    for (size_t i = 0; i < all.file_count; i++)
        if (!zp_path_same(zp_str_cstr(arena, all.files[i].path), table))
            all.files[kept++] = all.files[i];
    all.file_count = kept;
    all.count = 0;
    all.roots[0] = real_path(arena, zp_str_from(path));
    add_origin(&all,
               (zp_origin){.folder = folder,
                           .path = zp_path_join(arena, folder, zp_path_base(zp_str_from(path))),
                           .key = all.roots[0],
                           .count = kept});
    return all;
}

/* The part of a path below `folder` that leads into it: 001 of 附件/001/x.pdf; empty: elsewhere. */
static zp_str part_below(zp_str folder, zp_str path)
{
    if (!is_below(path, folder))
        return ZP_STR("");
    zp_str rest = zp_str_slice(path, folder.n + 1, path.n);
    return zp_str_slice(rest, 0, zp_str_find(rest, ZP_STR("/"), 0));
}

void zp_origins_part(zp_origins *origins, zp_str attachments, const zp_nameset *rows)
{
    size_t kept = 0;
    for (size_t i = 0; i < origins->file_count; i++) {
        zp_str part = part_below(attachments, origins->files[i].path);
        if (part.n == 0 || !zp_nameset_has(rows, part))
            origins->files[kept++] = origins->files[i];
    }
    origins->file_count = kept;
    origins->all[0].count = kept;
}

const zp_origin *zp_origin_of_row(zp_origins *origins, zp_str attachments)
{
    const zp_origin *shared = &origins->all[0];
    zp_origin *own = zp_new(origins->arena, zp_origin);
    if (attachments.n == 0)
        return shared;
    *own = *shared;
    own->first = origins->file_count;
    for (size_t i = 0; i < shared->count; i++)
        add_file(origins, origins->files[i].path, &origins->files[i].stamp);
    size_t from = origins->file_count;
    walk(origins, (place){attachments, false});
    for (size_t i = from; i < origins->file_count; i++) {
        zp_origin_file *file = &origins->files[i];
        file->within = zp_str_format(origins->arena, ZP_ATTACHMENTS "%.*s",
                                     ZP_ARG(zp_str_slice(file->path, attachments.n, file->path.n)));
    }
    own->count = origins->file_count - own->first;
    return own;
}

zp_str zp_origin_within(const zp_origin *origin, const zp_origin_file *file)
{
    if (file->within.n > 0)
        return file->within;
    return zp_str_slice(file->path, origin->folder.n + 1, file->path.n);
}

zp_str zp_origin_stamps(zp_arena *arena, const zp_origins *origins, const zp_origin *origin,
                        int64_t *newest)
{
    zp_hash *hash = zp_hash_new(arena, ZP_SHA256);
    *newest = 0;
    for (size_t i = 0; i < origin->count; i++) {
        const zp_origin_file *file = &origins->files[origin->first + i];
        const zp_file_stamp *stamp = &file->stamp;
        const uint64_t numbers[] = {(uint64_t)stamp->kind, stamp->link, stamp->bytes, stamp->inode,
                                    (uint64_t)stamp->changed};
        zp_hash_add(hash, (zp_str){(const char *)numbers, sizeof numbers});
        zp_hash_add(hash, zp_origin_within(origin, file));
        zp_hash_add(hash, (zp_str){"", 1});
        *newest = stamp->changed > *newest ? stamp->changed : *newest;
    }
    return zp_hash_end(hash);
}
