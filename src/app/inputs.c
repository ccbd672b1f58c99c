/* inputs.c: words in, paths of reports out.
 *
 * Folders wait on a stack, so that no depth of theirs is depth of ours.
 */
#include "app/inputs.h"

#include <string.h>
#include "base/files.h"

/* Folders that are still to be looked into, the next one last. */
typedef struct {
    zp_str *paths;
    size_t count, capacity;
} stack;

static void add(zp_inputs *inputs, zp_str path, zp_str why)
{
    if (inputs->count == inputs->capacity) {
        size_t more = inputs->capacity ? inputs->capacity * 4 : 64;
        inputs->all =
            zp_arena_grow(inputs->arena, inputs->all, inputs->capacity * sizeof *inputs->all,
                          zp_array_size(more, sizeof *inputs->all));
        inputs->capacity = more;
    }
    inputs->all[inputs->count++] = (zp_input){path, why};
}

static void push(zp_arena *arena, stack *folders, zp_str path)
{
    if (folders->count == folders->capacity) {
        size_t more = folders->capacity ? folders->capacity * 4 : 64;
        folders->paths =
            zp_arena_grow(arena, folders->paths, folders->capacity * sizeof *folders->paths,
                          zp_array_size(more, sizeof *folders->paths));
        folders->capacity = more;
    }
    folders->paths[folders->count++] = path;
}

/* --- Files ----------------------------------------------------------------------------------- */

static bool is_report_name(zp_str name)
{
    return zp_str_ends(name, ZP_STR(".md")) || zp_str_ends(name, ZP_STR(".markdown")) ||
           zp_str_ends(name, ZP_STR(".txt"));
}

/* Why a file that was named is no report. */
static zp_str refusal(zp_str name)
{
    static const char *const others[] = {".doc", ".docx", ".wps", ".pdf", ".html", ".htm", ".rtf"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (zp_str_ends(name, zp_str_from(others[i])))
            return ZP_STR("不能直接检查这种文件，请把文字另存为 .txt 或 .md");
    return ZP_STR("只检查 .md、.markdown 和 .txt 文件");
}

/* --- Folders --------------------------------------------------------------------------------- */

/* The reports among a folder's names; the folders in it go onto the stack, the first on top. */
static void look_into(zp_inputs *inputs, zp_str folder, stack *folders)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    if (!zp_folder_list(inputs->arena, zp_str_cstr(inputs->arena, folder), &names, &count, &why)) {
        add(inputs, folder, why);
        return;
    }
    bool own = false;
    for (size_t i = 0; i < count; i++)
        own = own || zp_str_eq(names[i], ZP_STR("report.md"));
    for (size_t i = 0; i < count; i++) {
        bool wanted = own ? zp_str_eq(names[i], ZP_STR("report.md")) : is_report_name(names[i]);
        zp_str path = zp_path_join(inputs->arena, folder, names[i]);
        if (names[i].p[0] != '.' && wanted &&
            zp_path_kind_of(zp_str_cstr(inputs->arena, path)) == ZP_PATH_FILE)
            add(inputs, path, ZP_STR(""));
    }
    for (size_t i = count; i-- > 0;) {
        zp_str path = zp_path_join(inputs->arena, folder, names[i]);
        const char *name = zp_str_cstr(inputs->arena, path);
        if (names[i].p[0] != '.' && zp_path_kind_of(name) == ZP_PATH_FOLDER &&
            !zp_path_is_link(name))
            push(inputs->arena, folders, path);
    }
}

static void add_folder(zp_inputs *inputs, zp_str folder)
{
    stack folders = {0};
    size_t before = inputs->count;
    push(inputs->arena, &folders, folder);
    while (folders.count > 0)
        look_into(inputs, folders.paths[--folders.count], &folders);
    if (inputs->count == before)
        add(inputs, folder, ZP_STR("文件夹里没有 .md、.markdown 或 .txt 文件"));
}

static void add_word(zp_inputs *inputs, const char *word)
{
    zp_str path = zp_str_from(word);
    if (strcmp(word, "-") == 0) {
        add(inputs, ZP_STR(""), ZP_STR(""));
        return;
    }
    switch (zp_path_kind_of(word)) {
    case ZP_PATH_NONE:
        add(inputs, path, ZP_STR("没有这个文件"));
        break;
    case ZP_PATH_FOLDER:
        add_folder(inputs, path);
        break;
    case ZP_PATH_FILE:
        add(inputs, path, is_report_name(path) ? ZP_STR("") : refusal(path));
        break;
    case ZP_PATH_OTHER:
        add(inputs, path, ZP_STR(""));
        break;
    }
}

zp_inputs zp_inputs_find(zp_arena *arena, char *const *words, size_t count)
{
    zp_inputs inputs = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        add_word(&inputs, words[i]);
    return inputs;
}
