/* inputs.c: words in, paths of reports out.
 *
 * Folders wait on a stack, so that no depth of theirs is depth of ours.
 */
#include "app/inputs.h"

#include <string.h>
#include "app/input.h"
#include "base/files.h"

enum { PDF_MAX = 256 << 20 };

/* Folders that are still to be looked into, the next one last. */
typedef struct {
    zp_str *paths;
    size_t count, capacity;
} stack;

static void add(zp_inputs *inputs, zp_str path, zp_str why)
{
    zp_list_grow(inputs->arena, inputs->all, inputs->count, inputs->capacity);
    inputs->all[inputs->count++] = (zp_input){.path = path, .why = why};
}

static void push(zp_arena *arena, stack *folders, zp_str path)
{
    zp_list_grow(arena, folders->paths, folders->count, folders->capacity);
    folders->paths[folders->count++] = path;
}

/* --- Files ----------------------------------------------------------------------------------- */

/* What programs leave beside a file that is open: ~$报告.docx, .~报告.docx, .报告.swp. */
static bool is_left_behind(zp_str name)
{
    return name.p[0] == '.' || zp_str_starts(name, ZP_STR("~$"));
}

static bool is_report(zp_str name)
{
    zp_input_kind kind = zp_input_kind_of(name);
    return kind == ZP_INPUT_TEXT || kind == ZP_INPUT_WORD;
}

static bool is_readable(zp_str name)
{
    return is_report(name) || zp_input_kind_of(name) == ZP_INPUT_PDF;
}

static zp_str stem(zp_str name)
{
    size_t end = name.n;
    while (end > 1 && name.p[end - 1] != '.')
        end--;
    return zp_str_slice(name, 0, end > 1 ? end - 1 : name.n);
}

/* Whether a PDF or an older file is only another form of a report that can be read: it has its
 * name. */
static bool has_better(const zp_str *names, size_t count, zp_str name)
{
    for (size_t i = 0; i < count; i++)
        if (is_report(names[i]) && zp_str_eq(stem(names[i]), stem(name)))
            return true;
    return false;
}

/* What ziping wrote is no input: the metadata of its PDFs say so (xmp.c), uncompressed. */
static bool is_our_pdf(zp_str path)
{
    static const char mark[] = "<pdf:Producer>ziping ";
    zp_arena *arena = zp_arena_new();
    zp_str bytes, why;
    bool ours = zp_input_kind_of(path) == ZP_INPUT_PDF &&
                zp_file_read(arena, zp_str_cstr(arena, path), PDF_MAX, &bytes, &why) &&
                memmem(bytes.p, bytes.n, mark, sizeof mark - 1) != NULL;
    zp_arena_free(arena);
    return ours;
}

/* Whether the file is one that a folder without a report.md is looked into for. */
static bool is_wanted(const zp_str *names, size_t count, zp_str name)
{
    zp_input_kind kind = zp_input_kind_of(name);
    if (is_left_behind(name) || kind == ZP_INPUT_OTHER)
        return false;
    return is_report(name) || !has_better(names, count, name);
}

/* --- Papers ---------------------------------------------------------------------------------- */

/* The only one of a folder's inputs for which `is` holds; NULL: there is none, or another. */
static zp_input *find_only(zp_inputs *inputs, size_t from, bool (*is)(zp_str name))
{
    zp_input *only = NULL;
    for (size_t i = from; i < inputs->count; i++) {
        zp_input *input = &inputs->all[i];
        if (input->why.n > 0 || !is(zp_path_base(input->path)))
            continue;
        if (only)
            return NULL;
        only = input;
    }
    return only;
}

static bool is_named_report(zp_str name)
{
    return is_report(name) && zp_str_find(name, ZP_STR("报告"), 0) < name.n;
}

/* A PDF beside a report is its 盖章件 or evidence. */
static void settle_papers(zp_inputs *inputs, size_t from)
{
    zp_input *owner = find_only(inputs, from, is_report);
    owner = owner ? owner : find_only(inputs, from, is_named_report);
    owner = owner ? owner : find_only(inputs, from, is_readable);
    if (owner)
        owner->papers = ZP_PAPERS_OWN;
    for (size_t i = from; !owner && i < inputs->count; i++)
        if (inputs->all[i].why.n == 0) {
            inputs->all[i].papers = ZP_PAPERS_APART;
            break;
        }
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
    size_t before = inputs->count;
    bool own = false;
    for (size_t i = 0; i < count; i++)
        own = own || zp_str_eq(names[i], ZP_STR("report.md"));
    for (size_t i = 0; i < count; i++) {
        bool wanted =
            own ? zp_str_eq(names[i], ZP_STR("report.md")) : is_wanted(names, count, names[i]);
        zp_str path = zp_path_join(inputs->arena, folder, names[i]);
        if (wanted && zp_path_kind_of(zp_str_cstr(inputs->arena, path)) == ZP_PATH_FILE &&
            !is_our_pdf(path))
            add(inputs, path, is_readable(names[i]) ? ZP_STR("") : zp_input_refusal(names[i]));
    }
    settle_papers(inputs, before);
    for (size_t i = count; i-- > 0;) {
        zp_str path = zp_path_join(inputs->arena, folder, names[i]);
        const char *name = zp_str_cstr(inputs->arena, path);
        bool papers = inputs->count > before && zp_str_eq(names[i], ZP_STR("附件"));
        if (names[i].p[0] != '.' && !papers && zp_path_kind_of(name) == ZP_PATH_FOLDER &&
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
        add(inputs, folder, ZP_STR("文件夹里没有 .docx、.md 或 .txt 文件"));
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
        add(inputs, path, is_readable(path) ? ZP_STR("") : zp_input_refusal(path));
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
