/* plan.c: options in, plan out: which report, which formats, which paths.
 *
 * The rules of the command line about INPUT, --to and -o stand here and nowhere else.
 */
#include "app/plan.h"

#include <stdlib.h>
#include <string.h>
#include "app/input.h"
#include "base/files.h"

static bool can_be_built(zp_str name)
{
    zp_input_kind kind = zp_input_kind_of(name);
    return kind == ZP_INPUT_TEXT || kind == ZP_INPUT_WORD;
}

static zp_str without_ending(zp_str name)
{
    for (size_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.')
            return zp_str_slice(name, 0, i - 1);
    return name;
}

/* report.md of a folder, or its only .md file. */
static zp_status find_report(zp_plan *plan, const char *folder)
{
    const zp_str *names;
    size_t count, found = 0;
    zp_str why, report = {0};
    if (!zp_folder_list(plan->arena, folder, &names, &count, &why)) {
        zp_complain("读不了文件夹", folder, zp_str_cstr(plan->arena, why));
        return ZP_ENVIRONMENT;
    }
    for (size_t i = 0; i < count; i++) {
        if (zp_str_eq(names[i], ZP_STR("report.md"))) {
            report = names[i];
            found = 1;
            break;
        }
        if (zp_str_ends(names[i], ZP_STR(".md"))) {
            report = names[i];
            found++;
        }
    }
    if (found != 1) {
        zp_complain(found ? "不知道生成哪一份：文件夹里有几个 .md 文件" : "文件夹里没有报告",
                    folder, "请把报告命名为 report.md，或直接写出文件名");
        return ZP_ENVIRONMENT;
    }
    plan->input = zp_path_join(plan->arena, zp_str_from(folder), report);
    return ZP_DONE;
}

/* The name of a folder, also when it is given as “.”. */
static zp_str folder_name(zp_arena *arena, const char *folder)
{
    char *real = realpath(folder, NULL);
    zp_str name = zp_str_copy(arena, zp_path_base(zp_str_from(real ? real : folder)));
    free(real);
    return name.n ? name : ZP_STR("report");
}

static zp_status plan_input(zp_plan *plan)
{
    const char *input = plan->chosen->input;
    if (strcmp(input, "-") == 0) {
        plan->name = ZP_STR("report");
        plan->folder = ZP_STR(".");
        if (plan->chosen->output)
            return ZP_DONE;
        zp_complain("没有说写到哪里", input, "从标准输入读时要用 -o 说明");
        return ZP_USAGE;
    }
    plan->input = zp_str_from(input);
    plan->folder = zp_path_folder(plan->input);
    plan->name = without_ending(zp_path_base(plan->input));
    switch (zp_path_kind_of(input)) {
    case ZP_PATH_NONE:
        zp_complain("没有这个文件", input, "请检查文件名和所在的文件夹");
        return ZP_ENVIRONMENT;
    case ZP_PATH_FOLDER:
        plan->folder = zp_str_from(input);
        plan->name = folder_name(plan->arena, input);
        return find_report(plan, input);
    case ZP_PATH_FILE:
        if (can_be_built(plan->input))
            return ZP_DONE;
        zp_complain("这不是能生成的报告", input, "INPUT 要以 .md 或 .docx 结尾");
        return ZP_USAGE;
    case ZP_PATH_OTHER:
        return ZP_DONE;
    }
    return ZP_ENVIRONMENT;
}

static bool add_format(zp_plan *plan, const zp_format *format)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->formats[i] == format)
            return true;
    if (plan->count == ZP_PLAN_FORMATS)
        return false;
    plan->formats[plan->count++] = format;
    return true;
}

static zp_status plan_formats(zp_plan *plan)
{
    if ((plan->chosen->to && !*plan->chosen->to) ||
        (plan->chosen->output && !*plan->chosen->output)) {
        zp_complain("选项的值是空的",
                    plan->chosen->output && !*plan->chosen->output ? "-o" : "--to",
                    "写法见 ziping help build");
        return ZP_USAGE;
    }
    zp_str list = zp_str_from(plan->chosen->to);
    zp_str out = zp_str_from(plan->chosen->output);
    const zp_format *by_ending = zp_format_find(out, true);
    if (list.n == 0 && by_ending && zp_path_kind_of(plan->chosen->output) != ZP_PATH_FOLDER) {
        add_format(plan, by_ending);
        return ZP_DONE;
    }
    if (list.n == 0)
        list = ZP_STR("pdf,html");
    for (size_t start = 0; start <= list.n;) {
        size_t end = zp_str_find(list, ZP_STR(","), start);
        zp_str name = zp_str_trim(zp_str_slice(list, start, end));
        const zp_format *format = zp_format_find(name, false);
        if (!format || !add_format(plan, format)) {
            zp_complain("没有这种格式", zp_str_cstr(plan->arena, name),
                        "--to 可写 pdf、html、html-fragment、svg、md、json，几种之间用逗号");
            return ZP_USAGE;
        }
        start = end + 1;
    }
    return ZP_DONE;
}

static bool names_folder(const char *out)
{
    size_t n = strlen(out);
    return zp_path_kind_of(out) == ZP_PATH_FOLDER || (n > 0 && out[n - 1] == '/');
}

static zp_status make_folder(zp_plan *plan, const char *out)
{
    zp_str why;
    plan->folder = zp_str_from(out);
    if (zp_folder_make(plan->arena, out, &why))
        return ZP_DONE;
    zp_complain("建不了文件夹", out, zp_str_cstr(plan->arena, why));
    return ZP_ENVIRONMENT;
}

/* Many reports go into one folder. */
static zp_status plan_many(zp_plan *plan)
{
    const char *out = plan->chosen->output;
    if (out && zp_format_find(zp_str_from(out), true) && !names_folder(out)) {
        zp_complain("一个文件放不下许多份报告", out, "用 -o 文件夹/ 说明放进哪个文件夹");
        return ZP_USAGE;
    }
    if (out && strcmp(out, "-") != 0)
        return make_folder(plan, out);
    zp_complain("没有说结果放进哪个文件夹", "--each", "用 -o 文件夹/ 说明");
    return ZP_USAGE;
}

static zp_str without_format(const zp_format *format, zp_str path)
{
    zp_str ending = zp_str_from(format->ending);
    return zp_str_ends(path, ending) ? zp_str_slice(path, 0, path.n - ending.n) : path;
}

zp_str zp_plan_page_path(zp_arena *arena, const zp_format *format, zp_str path, size_t index)
{
    return zp_str_format(arena, "%.*s-%zu%s", ZP_ARG(without_format(format, path)), index + 1,
                         format->ending);
}

/* Whether OUT, which is no folder, can take what is made: the pages' files want a name. */
static bool takes_pages(const zp_plan *plan, const char *out)
{
    bool named = strcmp(out, "-") != 0 && zp_path_kind_of(out) != ZP_PATH_OTHER;
    if (named || !plan->formats[0]->write_pages)
        return true;
    zp_complain("一页一个文件，写不到这里", out, "用 -o 文件夹/，或 -o 名称.svg");
    return false;
}

static zp_status plan_outputs(zp_plan *plan)
{
    const char *out = plan->chosen->output;
    if (plan->chosen->each)
        return plan_many(plan);
    if (out && names_folder(out)) {
        zp_status made = make_folder(plan, out);
        if (made != ZP_DONE)
            return made;
    } else if (out) {
        if (plan->count > 1) {
            zp_complain("一个文件放不下两种格式", out,
                        "请用 --to 选一种，或让 OUT 以 .pdf 或 .html 结尾，或以 / 结尾表示文件夹");
            return ZP_USAGE;
        }
        const zp_format *ending = zp_format_find(zp_str_from(out), true);
        if (ending &&
            !zp_str_ends(zp_str_from(plan->formats[0]->ending), zp_str_from(ending->ending))) {
            zp_complain("文件名的后缀和格式不一致", out, "请改后缀，或去掉 --to");
            return ZP_USAGE;
        }
        plan->paths[0] = strcmp(out, "-") == 0 ? (zp_str){0} : zp_str_from(out);
        plan->stem = zp_path_base(without_format(plan->formats[0], plan->paths[0]));
        return takes_pages(plan, out) ? ZP_DONE : ZP_USAGE;
    }
    plan->stem = plan->name;
    for (size_t i = 0; i < plan->count; i++) {
        if (!out && plan->formats[i]->to_stdout)
            continue;
        zp_str name =
            zp_str_format(plan->arena, "%.*s%s", ZP_ARG(plan->name), plan->formats[i]->ending);
        plan->paths[i] = zp_path_join(plan->arena, plan->folder, name);
    }
    return ZP_DONE;
}

static zp_status refuse_overwriting_input(const zp_plan *plan)
{
    for (size_t i = 0; i < plan->count && plan->input.n; i++) {
        const char *path = zp_str_cstr(plan->arena, plan->paths[i]);
        if (zp_path_kind_of(path) == ZP_PATH_FILE &&
            zp_path_same(path, zp_str_cstr(plan->arena, plan->input))) {
            zp_complain("结果会盖掉报告本身", path, "请用 -o 换一个名字");
            return ZP_USAGE;
        }
    }
    return ZP_DONE;
}

bool zp_plan_needs_fonts(const zp_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->formats[i]->needs_fonts)
            return true;
    return false;
}

bool zp_edition_choose(const char *word, bool *public)
{
    *public = word && (strcmp(word, "public") == 0 || strcmp(word, "公开") == 0);
    if (!word || *public || strcmp(word, "full") == 0 || strcmp(word, "完整") == 0)
        return true;
    zp_complain("没有这种版本", word, "--edition 可写 public（公开）或 full（完整）");
    return false;
}

zp_status zp_plan_make(zp_arena *arena, const zp_options *chosen, zp_plan *plan)
{
    *plan = (zp_plan){.arena = arena, .chosen = chosen};
    if (chosen->name && !chosen->each) {
        zp_complain("多了一个选项", "--name", "它和 --each 一起用；一份报告的文件名用 -o 说明");
        return ZP_USAGE;
    }
    zp_status result = plan_input(plan);
    if (result == ZP_DONE)
        result = plan_formats(plan);
    if (result == ZP_DONE)
        result = plan_outputs(plan);
    return result == ZP_DONE ? refuse_overwriting_input(plan) : result;
}
