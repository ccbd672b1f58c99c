/* engine.c: finds templates and fonts and opens them.
 *
 * The only file that looks at the environment: ZIPING_DATA, ZIPING_TEMPLATES, the user's
 * configuration folder, the program's own place, SOURCE_DATE_EPOCH and the clock.
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
    zp_str above = zp_str_copy(arena, zp_path_folder(beside));
    zp_str installed = zp_path_join(arena, above, ZP_STR("share/ziping"));
    return zp_path_kind_of(zp_str_cstr(arena, installed)) == ZP_PATH_FOLDER ? installed : above;
}

zp_str zp_engine_fonts(zp_arena *arena)
{
    return zp_path_join(arena, find_data(arena), ZP_STR("fonts"));
}

/* The user's own folder of templates, by the rules of the XDG base directories; empty: none. */
static zp_str find_own(zp_arena *arena)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (config && *config == '/')
        return zp_path_join(arena, zp_str_from(config), ZP_STR("ziping/templates"));
    if (home && *home == '/')
        return zp_path_join(arena, zp_str_from(home), ZP_STR(".config/ziping/templates"));
    return ZP_STR("");
}

zp_shelf zp_engine_shelf(zp_arena *arena)
{
    zp_place *places = zp_new_array(arena, zp_place, 3);
    const char *given = getenv("ZIPING_TEMPLATES");
    zp_str own = find_own(arena);
    size_t count = 0;
    if (given && *given)
        places[count++] = (zp_place){zp_str_from(given), "自备"};
    if (own.n > 0)
        places[count++] = (zp_place){own, "自备"};
    places[count++] =
        (zp_place){zp_path_join(arena, find_data(arena), ZP_STR("templates")), "自带"};
    return (zp_shelf){places, count};
}

/* A template by its name on the shelf, or by the path of its folder. */
static zp_status open_wanted(zp_engine *engine, const char *wanted, zp_diag *diag)
{
    zp_str name = zp_str_from(wanted);
    zp_str folder = zp_shelf_find(engine->arena, &engine->shelf, name, ZP_STR(""), NULL);
    if (folder.n == 0)
        folder = name;
    if (zp_path_kind_of(zp_str_cstr(engine->arena, folder)) != ZP_PATH_FOLDER) {
        zp_complain("找不到模板", wanted,
                    "请写模板的名称（见 ziping templates），或模板文件夹的路径");
        return ZP_USAGE;
    }
    engine->wanted = zp_template_load(engine->arena, folder, &engine->shelf, diag);
    return engine->wanted ? ZP_DONE : ZP_ENVIRONMENT;
}

static zp_status refuse_template(zp_engine *engine, const zp_value *named, zp_diag *diag)
{
    size_t count;
    const zp_str *names = zp_shelf_names(engine->arena, &engine->shelf, &count);
    if (!named || count == 0) {
        const zp_place *ours = &engine->shelf.places[engine->shelf.count - 1];
        zp_complain("找不到模板", zp_str_cstr(engine->arena, ours->folder),
                    "请重新安装，或用 ZIPING_DATA 指定");
        return ZP_ENVIRONMENT;
    }
    zp_str nearest = zp_str_nearest(zp_value_text(named), names, count);
    zp_str hint = zp_str_format(engine->arena, "是不是“%.*s”？", ZP_ARG(nearest));
    zp_diag_add(diag, ZP_ERROR, "template-missing", named->span,
                nearest.n > 0 ? zp_str_cstr(engine->arena, hint)
                              : "有哪些模板，见 ziping templates；自备的模板用 --template 给出路径",
                "没有名为“%.*s”的模板", ZP_ARG(named->text));
    return ZP_REPORT;
}

zp_status zp_engine_template(zp_engine *engine, const zp_value *named, zp_diag *diag,
                             const zp_template **template)
{
    *template = engine->wanted;
    if (engine->wanted)
        return ZP_DONE;
    if (zp_value_text(named).n == 0)
        named = NULL;
    zp_str name = named ? zp_value_text(named) : ZP_STR("base");
    zp_str folder = zp_shelf_find(engine->arena, &engine->shelf, name, ZP_STR(""), NULL);
    if (folder.n == 0)
        return refuse_template(engine, named, diag);
    for (size_t i = 0; i < engine->opened_count; i++)
        if (zp_str_eq(engine->opened[i]->folder, folder)) {
            *template = engine->opened[i];
            return ZP_DONE;
        }
    *template = zp_template_load(engine->arena, folder, &engine->shelf, diag);
    if (*template && engine->opened_count < ZP_ENGINE_TEMPLATES)
        engine->opened[engine->opened_count++] = *template;
    return *template ? ZP_DONE : ZP_ENVIRONMENT;
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
    *engine = (zp_engine){.arena = arena, .shelf = zp_engine_shelf(arena)};
    zp_status found = template ? open_wanted(engine, template, diag) : ZP_DONE;
    if (found != ZP_DONE)
        return found;
    if (needs_fonts) {
        engine->fonts = zp_fonts_open(arena, zp_engine_fonts(arena), diag);
        if (!engine->fonts)
            return ZP_ENVIRONMENT;
    }
    engine->date = file_date();
    engine->producer = ZP_STR("ziping " ZIPING_VERSION);
    return ZP_DONE;
}

zp_status zp_engine_renew(const zp_engine *engine, zp_arena *arena, const char *template,
                          zp_diag *diag, zp_engine *renewed)
{
    *renewed = *engine;
    renewed->arena = arena;
    renewed->wanted = NULL;
    renewed->opened_count = 0;
    renewed->date = file_date();
    return template ? open_wanted(renewed, template, diag) : ZP_DONE;
}

void zp_engine_close(zp_engine *engine)
{
    zp_fonts_close(engine->fonts);
}
