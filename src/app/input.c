/* input.c: a path in, clean text out. */
#include "app/input.h"

#include <unistd.h>
#include "base/files.h"

zp_str zp_input_name(zp_str path)
{
    return path.n > 0 ? path : ZP_STR("标准输入");
}

const zp_source *zp_input_read(zp_arena *arena, zp_str path, const char *encoding, zp_diag *diag,
                               zp_str *why)
{
    zp_str bytes;
    *why = (zp_str){0};
    bool good = path.n > 0
                    ? zp_file_read(arena, zp_str_cstr(arena, path), ZP_SOURCE_MAX + 1, &bytes, why)
                    : zp_file_read_from(arena, STDIN_FILENO, ZP_SOURCE_MAX + 1, &bytes, why);
    return good ? zp_source_read(arena, zp_input_name(path), bytes, encoding, diag) : NULL;
}
