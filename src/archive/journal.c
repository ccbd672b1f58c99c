/* journal.c: steps in, a file that says them, then renames.
 *
 * The file is text, a step a line; its last line is the hash of all before it. Names within an
 * archive hold no tab and no line end (store.h), so nothing needs escapes.
 */
#include "archive/journal.h"

#include <assert.h>
#include <string.h>
#include "archive/store.h"
#include "base/files.h"

#define HEAD "ziping-journal 1\n"

enum { JOURNAL_MAX = 1 << 30 };

typedef struct {
    zp_str staged; /* empty: `target` is to go */
    zp_str target;
} step;

struct zp_journal {
    zp_arena *arena;
    zp_str archive;
    step *steps;
    size_t count, capacity;
};

static zp_str private_path(zp_arena *arena, zp_str archive, const char *name)
{
    zp_str folder = zp_path_join(arena, archive, ZP_STR(ZP_STORE_PRIVATE));
    return zp_path_join(arena, folder, zp_str_from(name));
}

zp_journal *zp_journal_new(zp_arena *arena, zp_str archive)
{
    zp_journal *journal = zp_new(arena, zp_journal);
    *journal = (zp_journal){.arena = arena, .archive = archive};
    return journal;
}

static void add(zp_journal *j, zp_str staged, zp_str target)
{
    zp_list_grow(j->arena, j->steps, j->count, j->capacity);
    j->steps[j->count++] = (step){staged, target};
}

void zp_journal_put(zp_journal *journal, zp_str staged, zp_str target)
{
    assert(!memchr(staged.p, '\t', staged.n) && !memchr(target.p, '\n', target.n));
    add(journal, staged, target);
}

void zp_journal_drop(zp_journal *journal, zp_str target)
{
    assert(!memchr(target.p, '\n', target.n));
    add(journal, ZP_STR(""), target);
}

/* --- The file -------------------------------------------------------------------------------- */

static zp_str render(const zp_journal *j)
{
    zp_buf out = {.arena = j->arena};
    zp_buf_lit(&out, HEAD);
    for (size_t i = 0; i < j->count; i++)
        zp_buf_format(&out, "%.*s\t%.*s\n", ZP_ARG(j->steps[i].staged), ZP_ARG(j->steps[i].target));
    zp_buf_add(&out, zp_hash_of(j->arena, ZP_SHA256, zp_buf_str(&out)));
    zp_buf_byte(&out, '\n');
    return zp_buf_str(&out);
}

static bool read_steps(zp_journal *j, zp_str text)
{
    size_t end = text.n < 65 ? 0 : text.n - 65;
    zp_str said = zp_str_trim(zp_str_slice(text, end, text.n));
    zp_str steps = zp_str_slice(text, 0, end);
    if (!zp_str_starts(steps, ZP_STR(HEAD)) ||
        !zp_str_eq(said, zp_hash_of(j->arena, ZP_SHA256, steps)))
        return false;
    for (size_t at = sizeof HEAD - 1; at < steps.n;) {
        size_t stop = zp_str_find(steps, ZP_STR("\n"), at);
        size_t tab = zp_str_find(steps, ZP_STR("\t"), at);
        if (tab >= stop)
            return false;
        add(j, zp_str_slice(steps, at, tab), zp_str_slice(steps, tab + 1, stop));
        at = stop + 1;
    }
    return true;
}

/* --- Doing it -------------------------------------------------------------------------------- */

bool zp_journal_clear(zp_arena *arena, zp_str folder, zp_str *why)
{
    /* Folders to be emptied, each again once what is in it has been. */
    size_t count = 1, capacity = 64;
    zp_str *stack = zp_new_array(arena, zp_str, capacity);
    stack[0] = folder;
    while (count > 0) {
        const zp_str *names;
        size_t found, before = count;
        zp_str top = stack[count - 1];
        const char *path = zp_str_cstr(arena, top);
        bool is_folder = !zp_path_is_link(path) && zp_path_kind_of(path) == ZP_PATH_FOLDER;
        if (is_folder && !zp_folder_list(arena, path, &names, &found, why))
            return false;
        for (size_t i = 0; is_folder && i < found; i++) {
            zp_str inner = zp_path_join(arena, top, names[i]);
            const char *name = zp_str_cstr(arena, inner);
            if (zp_path_is_link(name) || zp_path_kind_of(name) != ZP_PATH_FOLDER) {
                if (!zp_path_remove(arena, name, why))
                    return false;
                continue;
            }
            zp_list_grow(arena, stack, count, capacity);
            stack[count++] = inner;
        }
        if (count == before && !zp_path_remove(arena, path, why))
            return false;
        count -= count == before;
    }
    return true;
}

static bool make_parent(zp_arena *arena, zp_str path, zp_str *why)
{
    return zp_folder_make(arena, zp_str_cstr(arena, zp_path_folder(path)), why);
}

/* A file is replaced by rename itself; a folder has to make way first. */
static bool make_way(const zp_journal *j, size_t index, zp_str target, zp_str *why)
{
    zp_arena *arena = j->arena;
    const char *path = zp_str_cstr(arena, target);
    if (zp_path_kind_of(path) == ZP_PATH_NONE && !zp_path_is_link(path))
        return true;
    zp_str name = zp_str_format(arena, "%zu", index);
    zp_str trash = zp_path_join(arena, private_path(arena, j->archive, "trash"), name);
    return make_parent(arena, trash, why) &&
           zp_file_move(arena, path, zp_str_cstr(arena, trash), why);
}

static bool do_step(const zp_journal *j, size_t index, zp_str *why)
{
    zp_arena *arena = j->arena;
    const step *s = &j->steps[index];
    zp_str target = zp_path_join(arena, j->archive, s->target), unheard;
    zp_str stage = private_path(arena, j->archive, "stage");
    const char *staged = zp_str_cstr(arena, zp_path_join(arena, stage, s->staged));
    if (s->staged.n == 0) {
        bool gone = make_way(j, index, target, why);
        zp_str parent = zp_path_folder(target);
        if (gone) /* fails while there is more in it, and that is right */
            (void)zp_path_remove(arena, zp_str_cstr(arena, parent), &unheard);
        return gone;
    }
    zp_path_kind kind = zp_path_kind_of(staged);
    if (kind == ZP_PATH_NONE) /* done before */
        return true;
    return make_parent(arena, target, why) &&
           (kind == ZP_PATH_FILE || make_way(j, index, target, why)) &&
           zp_file_move(arena, staged, zp_str_cstr(arena, target), why);
}

/* Steps 3 to 5. */
static bool finish(const zp_journal *j, zp_str *why)
{
    zp_arena *arena = j->arena;
    const char *folder =
        zp_str_cstr(arena, zp_path_join(arena, j->archive, ZP_STR(ZP_STORE_PRIVATE)));
    const char *file = zp_str_cstr(arena, private_path(arena, j->archive, "journal"));
    for (size_t i = 0; i < j->count; i++)
        if (!do_step(j, i, why))
            return false;
    return zp_disk_sync(arena, folder, why) && zp_path_remove(arena, file, why) &&
           zp_folder_sync(arena, folder, why) &&
           zp_journal_clear(arena, private_path(arena, j->archive, "trash"), why);
}

bool zp_journal_commit(zp_journal *journal, bool *half, zp_str *why)
{
    zp_arena *arena = journal->arena;
    const char *folder = zp_str_cstr(arena, journal->archive);
    const char *file = zp_str_cstr(arena, private_path(arena, journal->archive, "journal"));
    *half = false;
    if (!zp_disk_sync(arena, folder, why))
        return false;
    if (!zp_file_replace(arena, file, render(journal), why)) {
        /* It may be there, and not last: nothing may be done by it. */
        zp_str unheard;
        *half = !zp_path_remove(arena, file, &unheard);
        return false;
    }
    *half = !finish(journal, why);
    return !*half;
}

bool zp_journal_pending(zp_arena *arena, zp_str archive)
{
    const char *file = zp_str_cstr(arena, private_path(arena, archive, "journal"));
    return zp_path_kind_of(file) == ZP_PATH_FILE;
}

bool zp_journal_recover(zp_arena *arena, zp_str archive, bool *finished, zp_str *why)
{
    zp_journal *journal = zp_journal_new(arena, archive);
    const char *file = zp_str_cstr(arena, private_path(arena, archive, "journal"));
    zp_str text;
    *finished = zp_journal_pending(arena, archive);
    if (*finished && !zp_file_read(arena, file, JOURNAL_MAX, &text, why))
        return false;
    if (*finished && !read_steps(journal, text)) {
        *why = ZP_STR("日志损坏");
        return false;
    }
    return (!*finished || finish(journal, why)) &&
           zp_journal_clear(arena, private_path(arena, archive, "trash"), why) &&
           zp_journal_clear(arena, private_path(arena, archive, "stage"), why);
}

const char *zp_journal_stage(zp_arena *arena, zp_str archive, zp_str within, zp_str *why)
{
    zp_str path = zp_path_join(arena, private_path(arena, archive, "stage"), within);
    return make_parent(arena, path, why) ? zp_str_cstr(arena, path) : NULL;
}
