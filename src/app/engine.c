/* engine.c: finds templates and fonts and opens them.
 *
 * The only file that looks at the environment: ZIPING_DATA, the program's own place,
 * SOURCE_DATE_EPOCH and the clock.
 */
#include "app/engine.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "base/files.h"

enum { PATH_LIMIT = 4096 };

/* The folder that holds templates and fonts: $ZIPING_DATA, else ../share/ziping beside the program,
 * else the source tree around the build folder. */
static zp_str find_data(zp_arena *arena)
{
    const char *given = getenv("ZIPING_DATA");
    if (given && *given)
        return zp_str_from(given);
    char program[PATH_LIMIT];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program);
    if (n <= 0)
        return ZP_STR(".");
    zp_str beside = zp_path_folder((zp_str){program, (size_t)n});
    zp_str installed = zp_path_join(arena, beside, ZP_STR("../share/ziping"));
    if (zp_path_kind_of(zp_str_cstr(arena, installed)) == ZP_PATH_FOLDER)
        return installed;
    return zp_path_join(arena, beside, ZP_STR(".."));
}

/* A template by its name among ours, or by the path of its folder. */
static zp_status find_template(zp_arena *arena, const char *wanted, zp_str data, zp_str *folder)
{
    zp_str name = wanted ? zp_str_from(wanted) : ZP_STR("base");
    zp_str ours = zp_path_join(arena, zp_path_join(arena, data, ZP_STR("templates")), name);
    bool plain = zp_str_find(name, ZP_STR("/"), 0) == name.n;
    *folder = plain && zp_path_kind_of(zp_str_cstr(arena, ours)) == ZP_PATH_FOLDER ? ours : name;
    if (zp_path_kind_of(zp_str_cstr(arena, *folder)) == ZP_PATH_FOLDER)
        return ZP_DONE;
    zp_complain("找不到模板", zp_str_cstr(arena, wanted ? name : ours),
                wanted ? "请写模板的名称，或模板文件夹的路径"
                       : "请重新安装，或用 ZIPING_DATA 指定");
    return wanted ? ZP_USAGE : ZP_ENVIRONMENT;
}

/* SOURCE_DATE_EPOCH where it is a date that four digits of a year can write, else now. */
static int64_t file_date(void)
{
    const int64_t end_of_9999 = 253402300799;
    const char *given = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    long long seconds = given ? strtoll(given, &end, 10) : 0;
    bool good = given && *given && *end == '\0' && seconds >= 0 && seconds <= end_of_9999;
    return good ? seconds : (int64_t)time(NULL);
}

zp_status zp_engine_open(zp_arena *arena, const char *template, bool needs_fonts, zp_diag *diag,
                         zp_engine *engine)
{
    zp_str data = find_data(arena), folder;
    zp_status found = find_template(arena, template, data, &folder);
    if (found != ZP_DONE)
        return found;
    engine->template = zp_template_load(arena, folder, diag);
    if (!engine->template)
        return ZP_ENVIRONMENT;
    if (needs_fonts) {
        engine->fonts = zp_fonts_open(arena, zp_path_join(arena, data, ZP_STR("fonts")), diag);
        if (!engine->fonts)
            return ZP_ENVIRONMENT;
    }
    engine->date = file_date();
    engine->producer = ZP_STR("ziping " ZIPING_VERSION);
    return ZP_DONE;
}

void zp_engine_close(zp_engine *engine)
{
    zp_fonts_close(engine->fonts);
}
