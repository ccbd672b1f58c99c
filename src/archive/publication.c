/* publication.c: files in, a folder that holds these and no other of ours out. */
#include "archive/publication.h"

#include <stdlib.h>
#include "archive/journal.h"
#include "archive/store.h"
#include "base/files.h"

#define LIST ZP_STR(ZP_STORE_PRIVATE "/public")

enum { LIST_MAX = 1 << 28, DIGITS = 64 };

typedef struct {
    zp_str path, hash;
    zp_str staged; /* empty: it is there already */
} item;

typedef struct {
    item *all;
    size_t count, capacity;
} items;

struct zp_publication {
    zp_arena *arena;
    zp_str folder;
    items old; /* by path */
    items now;
};

static void add(zp_arena *arena, items *list, item one)
{
    zp_list_grow(arena, list->all, list->count, list->capacity);
    list->all[list->count++] = one;
}

static int by_path(const void *a, const void *b)
{
    return zp_str_compare(((const item *)a)->path, ((const item *)b)->path);
}

static void sort(items *list)
{
    if (list->count > 0)
        qsort(list->all, list->count, sizeof *list->all, by_path);
}

static const item *find(const items *sorted, zp_str path)
{
    const item wanted = {.path = path};
    return sorted->count == 0
               ? NULL
               : bsearch(&wanted, sorted->all, sorted->count, sizeof wanted, by_path);
}

static const char *place_of(zp_arena *arena, const zp_publication *p, zp_str path)
{
    return zp_str_cstr(arena, zp_path_join(arena, p->folder, path));
}

/* --- Whose folder ----------------------------------------------------------------------------- */

bool zp_publication_may(zp_arena *arena, zp_str folder)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    const char *path = zp_str_cstr(arena, folder);
    const char *list = zp_str_cstr(arena, zp_path_join(arena, folder, LIST));
    if (zp_path_kind_of(path) == ZP_PATH_NONE || zp_path_kind_of(list) == ZP_PATH_FILE)
        return true;
    /* A first run that did not come to its commit leaves nothing but its private folder. */
    return zp_folder_list(arena, path, &names, &count, &why) &&
           (count == 0 || (count == 1 && zp_str_eq(names[0], ZP_STR(ZP_STORE_PRIVATE))));
}

/* Lines of paths that lead out of the folder are not believed. */
zp_publication *zp_publication_new(zp_arena *arena, zp_str folder)
{
    zp_publication *p = zp_new(arena, zp_publication);
    *p = (zp_publication){.arena = arena, .folder = folder};
    zp_str text = ZP_STR(""), why;
    (void)zp_file_read(arena, place_of(arena, p, LIST), LIST_MAX, &text, &why);
    for (size_t at = 0; at < text.n;) {
        size_t end = zp_str_find(text, ZP_STR("\n"), at);
        zp_str line = zp_str_slice(text, at, end);
        at = end + 1;
        if (line.n <= DIGITS + 2)
            continue;
        item one = {.hash = zp_str_slice(line, 0, DIGITS),
                    .path = zp_str_slice(line, DIGITS + 2, line.n)};
        if (zp_path_is_inside(arena, folder, one.path))
            add(arena, &p->old, one);
    }
    sort(&p->old);
    return p;
}

/* --- Its files -------------------------------------------------------------------------------- */

/* The folders above must be folders, and lie in ours: links may lead elsewhere. */
static bool is_barred(const zp_publication *p, zp_str path)
{
    for (zp_str up = zp_path_folder(path); !zp_str_eq(up, ZP_STR(".")); up = zp_path_folder(up)) {
        zp_path_kind kind = zp_path_kind_of(place_of(p->arena, p, up));
        if ((kind != ZP_PATH_NONE && kind != ZP_PATH_FOLDER) ||
            !zp_path_is_inside(p->arena, p->folder, up))
            return true;
    }
    return false;
}

bool zp_publication_is_taken(const zp_publication *publication, zp_str path)
{
    const char *place = place_of(publication->arena, publication, path);
    zp_path_kind kind = zp_path_kind_of(place);
    bool there = kind != ZP_PATH_NONE || zp_path_is_link(place);
    return kind == ZP_PATH_FOLDER || (there && !find(&publication->old, path)) ||
           is_barred(publication, path);
}

/* Whether what lies there has the hash that the list says. */
static bool is_as_put(const zp_publication *p, const item *one)
{
    zp_arena *passing = zp_arena_new();
    zp_hash *hash = zp_hash_new(passing, ZP_SHA256);
    zp_hash *const hashes[] = {hash, NULL};
    uint64_t bytes;
    zp_str why;
    bool read = zp_file_copy(passing, place_of(passing, p, one->path), NULL, hashes, &bytes, &why);
    bool same = zp_str_eq(zp_hash_end(hash), one->hash) && read;
    zp_arena_free(passing);
    return same;
}

bool zp_publication_put(zp_publication *publication, zp_str path, zp_str bytes, zp_str *why)
{
    zp_publication *p = publication;
    zp_arena *arena = p->arena;
    const item *old = find(&p->old, path);
    item one = {.path = zp_str_copy(arena, path), .hash = zp_hash_of(arena, ZP_SHA256, bytes)};
    if (!old || !zp_str_eq(old->hash, one.hash) || !is_as_put(p, old)) {
        one.staged = zp_str_format(arena, "%zu", p->now.count);
        const char *file = zp_journal_stage(arena, p->folder, one.staged, why);
        if (!file || !zp_file_put(arena, file, bytes, why))
            return false;
    }
    add(arena, &p->now, one);
    return true;
}

/* --- The commit ------------------------------------------------------------------------------- */

/* The list comes first: wherever it stops, what is there is in it, or in the journal. */
static bool put_all(zp_publication *p, zp_journal *journal, zp_str *why)
{
    zp_buf list = {.arena = p->arena};
    for (size_t i = 0; i < p->now.count; i++)
        zp_buf_format(&list, "%.*s  %.*s\n", ZP_ARG(p->now.all[i].hash),
                      ZP_ARG(p->now.all[i].path));
    const char *file = zp_journal_stage(p->arena, p->folder, ZP_STR("public"), why);
    if (!file || !zp_file_put(p->arena, file, zp_buf_str(&list), why))
        return false;
    zp_journal_put(journal, ZP_STR("public"), LIST);
    for (size_t i = 0; i < p->now.count; i++)
        if (p->now.all[i].staged.n > 0)
            zp_journal_put(journal, p->now.all[i].staged, p->now.all[i].path);
    return true;
}

/* The folders above that nothing is left in. */
static void remove_folders(const zp_publication *p, zp_str path)
{
    zp_str why;
    for (zp_str up = zp_path_folder(path); !zp_str_eq(up, ZP_STR(".")); up = zp_path_folder(up))
        if (!zp_path_remove(p->arena, place_of(p->arena, p, up), &why))
            return;
}

static void drop_rest(zp_publication *p, zp_journal *journal, zp_diag *diag, items *dropped)
{
    items now = {.all = zp_new_array(p->arena, item, p->now.count), .count = p->now.count};
    for (size_t i = 0; i < now.count; i++)
        now.all[i] = p->now.all[i];
    sort(&now);
    for (size_t i = 0; i < p->old.count; i++) {
        const item *old = &p->old.all[i];
        const char *place = place_of(p->arena, p, old->path);
        if (find(&now, old->path) || zp_path_kind_of(place) == ZP_PATH_NONE)
            continue;
        if (is_as_put(p, old)) {
            zp_journal_drop(journal, old->path);
            add(p->arena, dropped, *old);
        } else {
            zp_span span = zp_span_file(zp_source_new(p->arena, zp_str_from(place), ZP_STR("")));
            zp_diag_add(diag, ZP_WARNING, "public-kept", span, "不要了的请自己删去",
                        "不再公开，但是写好以后有人改过，没有删去");
        }
    }
}

bool zp_publication_commit(zp_publication *publication, zp_diag *diag, size_t *dropped, bool *half,
                           zp_str *why)
{
    zp_publication *p = publication;
    items gone = {0};
    zp_journal *journal = zp_journal_new(p->arena, p->folder);
    *half = false;
    if (!put_all(p, journal, why))
        return false;
    drop_rest(p, journal, diag, &gone);
    if (!zp_journal_commit(journal, half, why))
        return false;
    for (size_t i = 0; i < gone.count; i++)
        remove_folders(p, gone.all[i].path);
    *dropped = gone.count;
    return true;
}
