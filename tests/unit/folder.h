/* folder.h: for tests of what reads disks: a folder of their own, gone afterwards; and what was
 * said about it.
 */
#ifndef ZP_TEST_FOLDER_H
#define ZP_TEST_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/diag.h"
#include "base/files.h"
#include "data/value.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    char root[64];
} world;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    world *w = zp_new(arena, world);
    w->arena = arena;
    w->diag = zp_diag_new(arena);
    snprintf(w->root, sizeof w->root, "%s/ziping_test.XXXXXX", P_tmpdir);
    *state = w;
    return mkdtemp(w->root) ? 0 : -1;
}

static void remove_folder(zp_arena *arena, zp_str folder)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    if (!zp_folder_list(arena, zp_str_cstr(arena, folder), &names, &count, &why))
        return;
    for (size_t i = 0; i < count; i++) {
        zp_str path = zp_path_join(arena, folder, names[i]);
        if (unlink(zp_str_cstr(arena, path)) != 0)
            remove_folder(arena, path);
    }
    rmdir(zp_str_cstr(arena, folder));
}

static int tear_down(void **state)
{
    world *w = *state;
    remove_folder(w->arena, zp_str_from(w->root));
    zp_arena_free(w->arena);
    return 0;
}

static inline zp_str path_of(world *w, const char *name)
{
    return zp_path_join(w->arena, zp_str_from(w->root), zp_str_from(name));
}

/* The same for those who want it ended by a zero. */
static inline const char *in_folder(world *w, const char *name)
{
    return zp_str_cstr(w->arena, path_of(w, name));
}

/* Folders on the way are made. */
static inline void write_bytes(world *w, const char *name, zp_str bytes)
{
    zp_str why = ZP_STR("");
    const char *folder = zp_str_cstr(w->arena, zp_path_folder(path_of(w, name)));
    if (!zp_folder_make(w->arena, folder, &why) ||
        !zp_file_replace(w->arena, in_folder(w, name), bytes, &why))
        fail_msg("%s: %.*s", name, ZP_ARG(why));
}

static inline void write_text(world *w, const char *name, const char *text)
{
    write_bytes(w, name, zp_str_from(text));
}

static inline void expect_bytes(world *w, const char *name, zp_str expected)
{
    zp_str bytes, why = ZP_STR("");
    if (!zp_file_read(w->arena, in_folder(w, name), 100 << 20, &bytes, &why))
        fail_msg("%s: %.*s", name, ZP_ARG(why));
    if (!zp_str_eq(bytes, expected))
        fail_msg("%s holds something else", name);
}

/* `text` NULL: the file is not there. */
static inline void expect_text(world *w, const char *name, const char *text)
{
    if (text)
        expect_bytes(w, name, zp_str_from(text));
    else if (zp_path_kind_of(in_folder(w, name)) != ZP_PATH_NONE)
        fail_msg("%s is there", name);
}

/* The ids of all messages, in order, with a blank between; and none is left. */
static inline void expect_ids(world *w, const char *expected)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(w->diag, &count);
    zp_buf ids = {.arena = w->arena}, text = {.arena = w->arena};
    for (size_t i = 0; i < count; i++)
        zp_buf_format(&ids, "%s%s", i > 0 ? " " : "", messages[i].id);
    zp_diag_write_text(w->diag, false, &text);
    if (!zp_str_eq(zp_buf_str(&ids), zp_str_from(expected)))
        fail_msg("messages are %.*s, not %s:\n%.*s", ZP_ARG(zp_buf_str(&ids)), expected,
                 ZP_ARG(zp_buf_str(&text)));
    w->diag = zp_diag_new(w->arena);
}

static inline void expect_entry(const zp_value *data, const char *path, const char *text)
{
    const zp_value *value = zp_value_path(data, zp_str_from(path));
    zp_str found = zp_value_text(value);
    if (value == NULL || !zp_str_eq(found, zp_str_from(text)))
        fail_msg("%s is %.*s, not %s", path, ZP_ARG(value ? found : ZP_STR("not there")), text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
