/* shelf.c: template names to folders. A folder is a template when it holds a template.yaml. */
#include "doc/shelf.h"

#include <stdlib.h>
#include "base/files.h"

static bool is_template(zp_arena *arena, zp_str folder)
{
    zp_str file = zp_path_join(arena, folder, ZP_STR("template.yaml"));
    return zp_path_look(arena, file) == ZP_PATH_FILE;
}

static bool is_name(zp_str name)
{
    return name.n > 0 && name.p[0] != '.' && zp_str_find(name, ZP_STR("/"), 0) == name.n;
}

zp_str zp_shelf_find(zp_arena *arena, const zp_shelf *shelf, zp_str name, zp_str itself,
                     const zp_place **place)
{
    const char *own = zp_str_cstr(arena, itself);
    zp_str nearest = ZP_STR("");
    const zp_place *where = NULL;
    for (size_t i = 0; is_name(name) && i < shelf->count; i++) {
        zp_str folder = zp_path_join(arena, shelf->places[i].folder, name);
        bool same = itself.n > 0 && zp_path_same(zp_str_cstr(arena, folder), own);
        if (same) /* what stands before it would lead back to it */
            nearest = ZP_STR("");
        else if (nearest.n == 0 && is_template(arena, folder)) {
            nearest = folder;
            where = &shelf->places[i];
        }
    }
    if (place && nearest.n > 0)
        *place = where;
    return nearest;
}

static int compare_names(const void *a, const void *b)
{
    return zp_str_compare(*(const zp_str *)a, *(const zp_str *)b);
}

const zp_str *zp_shelf_names(zp_arena *arena, const zp_shelf *shelf, size_t *count)
{
    zp_str *names = NULL;
    size_t n = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        const zp_str *found;
        size_t found_count;
        zp_str why, folder = shelf->places[i].folder;
        if (!zp_folder_list(arena, zp_str_cstr(arena, folder), &found, &found_count, &why))
            continue; /* a place that is not there holds nothing */
        names = zp_arena_grow(arena, names, n * sizeof *names, (n + found_count) * sizeof *names);
        for (size_t k = 0; k < found_count; k++)
            if (is_name(found[k]) && is_template(arena, zp_path_join(arena, folder, found[k])))
                names[n++] = found[k];
    }
    if (n > 0)
        qsort(names, n, sizeof *names, compare_names);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (*count == 0 || !zp_str_eq(names[*count - 1], names[i]))
            names[(*count)++] = names[i];
    return names;
}
