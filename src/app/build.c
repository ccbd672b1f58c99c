/* build.c: options in; one report read, made and written, or handed to each.c for many. */
#include "app/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "app/each.h"
#include "app/input.h"
#include "base/files.h"
#include "base/utf8.h"

/* --- Options --------------------------------------------------------------------------------- */

static bool choose_standard(zp_build *build)
{
    const char *name = build->chosen->pdf_standard;
    build->standard = zp_standard_find(zp_str_from(name));
    if (name && !build->standard) {
        zp_complain("没有这种 PDF 标准", name, "--pdf-standard 可写的见 ziping help build");
        return false;
    }
    if (name && build->facts.public && zp_standard_embeds(build->standard)) {
        zp_complain("公开版不能用这种 PDF 标准", name,
                    "它把报告的 Markdown 和数据附在 PDF 里，里面会留下标为“内部”的内容");
        return false;
    }
    return true;
}

static bool choose_fonts(zp_build *build)
{
    const char *name = build->chosen->fonts;
    build->web_fonts = name && strcmp(name, "subset") == 0;
    if (!name || build->web_fonts || strcmp(name, "none") == 0)
        return true;
    zp_complain("没有这种写法", name, "--fonts 可写 none（默认）或 subset");
    return false;
}

/* Formats that are data still hold what the public edition leaves out. */
static bool suits_edition(const zp_build *build)
{
    for (size_t i = 0; i < build->plan.count; i++)
        if (build->facts.public && build->plan.formats[i]->holds_all) {
            zp_complain("公开版不能写成这种格式", build->plan.formats[i]->name,
                        "里面会留下标为“内部”的内容；请用 pdf 或 html");
            return false;
        }
    return true;
}

/* NAME=FILE, as often as given. */
static bool read_given(zp_build *build)
{
    const zp_options *chosen = build->chosen;
    zp_given *given = zp_new_array(build->arena, zp_given, chosen->data_count);
    for (size_t i = 0; i < chosen->data_count; i++) {
        zp_str word = zp_str_from(chosen->data[i]), name;
        size_t equals = zp_str_find(word, ZP_STR("="), 0);
        if (equals == 0 || equals + 1 >= word.n) {
            zp_complain("数据写得不对", chosen->data[i], "写成 --data 名称=文件");
            return false;
        }
        name = zp_utf8_clean(build->arena, zp_str_slice(word, 0, equals));
        given[i] = (zp_given){name, zp_str_slice(word, equals + 1, word.n)};
    }
    build->facts.given = given;
    build->facts.given_count = chosen->data_count;
    return true;
}

/* --- Files ---------------------------------------------------------------------- */

static bool is_data_file(const zp_job *job, const char *path)
{
    for (size_t i = 0; i < job->report->file_count; i++)
        if (zp_path_same(path, zp_str_cstr(job->arena, job->report->files[i].path)))
            return true;
    return false;
}

static bool is_read(const zp_build *build, const zp_job *job, zp_str path)
{
    const char *name = zp_str_cstr(job->arena, path);
    if (path.n == 0 || zp_path_kind_of(name) != ZP_PATH_FILE)
        return false;
    if (!zp_path_same(name, zp_str_cstr(job->arena, build->plan.input)) &&
        !(build->table.n > 0 && zp_path_same(name, zp_str_cstr(job->arena, build->table))) &&
        !is_data_file(job, name))
        return false;
    zp_complain("结果会盖掉报告或它的数据文件", name, "请用 -o 换一个文件夹或名字");
    return true;
}

static zp_status write_one(const zp_job *job, zp_str path, const zp_buf *output)
{
    zp_str why, bytes = zp_buf_str(output);
    const char *name = zp_str_cstr(job->arena, path);
    bool good = path.n > 0 ? zp_file_replace(job->arena, name, bytes, &why)
                           : zp_file_write_to(job->arena, STDOUT_FILENO, bytes, &why);
    if (good)
        return ZP_DONE;
    zp_complain("写不了", path.n > 0 ? name : "标准输出", zp_str_cstr(job->arena, why));
    return ZP_ENVIRONMENT;
}

/* The paths of all files of the outputs in one list, for as long as the job. */
static zp_str *all_paths(const zp_build *build, const zp_job *job, const zp_output *outputs,
                         const zp_str *paths)
{
    size_t count = 0;
    for (size_t i = 0; i < build->plan.count; i++)
        count += outputs[i].count;
    zp_str *all = zp_new_array(job->arena, zp_str, count), *next = all;
    for (size_t i = 0; i < build->plan.count; i++)
        for (size_t k = 0; k < outputs[i].count; k++)
            *next++ = build->plan.formats[i]->write_pages
                          ? zp_plan_page_path(job->arena, build->plan.formats[i], paths[i], k)
                          : paths[i];
    return all;
}

static zp_status write_all(const zp_build *build, const zp_job *job, const zp_output *outputs,
                           const zp_str *paths)
{
    for (size_t i = 0; i < build->plan.count; i++)
        for (size_t k = 0; k < outputs[i].count; k++) {
            zp_status written = write_one(job, *paths++, &outputs[i].files[k]);
            if (written != ZP_DONE)
                return written;
        }
    return ZP_DONE;
}

zp_status zp_build_deliver(zp_build *build, const zp_job *job, const zp_output *outputs,
                           const zp_str *paths)
{
    const zp_str *all = all_paths(build, job, outputs, paths);
    size_t count = 0;
    for (size_t i = 0; i < build->plan.count; i++)
        count += outputs[i].count;
    for (size_t i = 0; i < count; i++)
        if (is_read(build, job, all[i]))
            return ZP_USAGE;
    zp_vigil_hold(build->vigil);
    zp_status written = write_all(build, job, outputs, all);
    zp_vigil_release(build->vigil);
    if (written != ZP_DONE)
        return written;
    build->written = true;
    for (size_t i = 0; i < count && !build->vigil; i++)
        if (all[i].n > 0)
            printf("%.*s\n", ZP_ARG(all[i]));
    size_t missing = zp_diag_count(job->diag, ZP_ERROR) + zp_diag_count(job->diag, ZP_FLAW);
    size_t found = build->chosen->strict ? zp_diag_count(job->diag, ZP_WARNING) +
                                               zp_diag_count(job->findings, ZP_WARNING) +
                                               zp_diag_count(job->findings, ZP_ERROR)
                                         : 0;
    return missing + found > 0 ? ZP_REPORT : ZP_DONE;
}

/* --- What the checker found ------------------------------------------------------------------- */

void zp_build_tally(zp_build *build, const zp_job *job)
{
    build->errors += zp_diag_count(job->findings, ZP_ERROR);
    build->warnings += zp_diag_count(job->findings, ZP_WARNING);
    if (build->chosen->strict)
        zp_telling_tell(&build->telling, job->arena, job->findings);
}

/* A line for people, a message for programs; nothing where nothing was found. */
static void say_findings(zp_build *build)
{
    zp_buf line = {.arena = build->arena};
    zp_str input = build->plan.input;
    if (build->errors + build->warnings == 0)
        return;
    zp_buf_lit(&line, "检查：");
    if (build->errors > 0)
        zp_buf_format(&line, "%zu 处错误", build->errors);
    if (build->warnings > 0)
        zp_buf_format(&line, "%s%zu 处警告", build->errors > 0 ? "，" : "", build->warnings);
    if (input.n > 0 && !build->chosen->each && !build->chosen->strict)
        zp_buf_format(&line, "；详见 ziping check %.*s",
                      ZP_ARG(zp_utf8_clean(build->arena, input)));
    if (build->telling.form == ZP_FORM_TEXT) {
        fprintf(stderr, "%.*s\n", ZP_ARG(zp_buf_str(&line)));
        return;
    }
    zp_diag *diag = zp_diag_new(build->arena);
    zp_diag_add(diag, ZP_HINT, "check-summary", (zp_span){0}, NULL, "%.*s",
                ZP_ARG(zp_buf_str(&line)));
    zp_telling_tell(&build->telling, build->arena, diag);
}

/* --- The build ------------------------------------------------------------------------------- */

static zp_status read_input(zp_build *build, zp_diag *diag)
{
    const zp_plan *plan = &build->plan;
    zp_str why;
    const zp_source *source =
        zp_input_read(plan->arena, plan->input, build->chosen->encoding, diag, &why);
    if (why.n > 0) {
        zp_complain("读不了", zp_str_cstr(plan->arena, zp_input_name(plan->input)),
                    zp_str_cstr(plan->arena, why));
        return ZP_ENVIRONMENT;
    }
    if (!source)
        return ZP_REPORT;
    build->front = zp_front_read(plan->arena, source, diag);
    return ZP_DONE;
}

static zp_status build_one(zp_build *build, zp_diag *diag)
{
    const zp_plan *plan = &build->plan;
    zp_output outputs[ZP_PLAN_FORMATS];
    zp_job job;
    zp_status result =
        zp_job_make(build->arena, &build->engine, &build->front, &build->facts, diag, &job);
    if (result != ZP_DONE)
        return result;
    job.name = plan->stem;
    if (!zp_job_write(&job, plan->formats, plan->count, outputs))
        return ZP_REPORT;
    zp_build_tally(build, &job);
    return zp_build_deliver(build, &job, outputs, build->plan.paths);
}

/* The report, or those of the table, and what was said of them. */
static zp_status build_all(zp_build *build, zp_diag *diag)
{
    zp_status result = read_input(build, diag);
    if (result == ZP_DONE)
        result = build->chosen->each ? zp_each_build(build, diag) : build_one(build, diag);
    zp_telling_tell(&build->telling, build->arena, diag);
    return result;
}

zp_status zp_build_settle(zp_arena *arena, const zp_options *chosen, zp_build *build)
{
    *build = (zp_build){.arena = arena, .chosen = chosen, .facts = {.draft = chosen->draft}};
    if (!zp_telling_choose(&build->telling, chosen->diagnostics, stderr) ||
        !zp_edition_choose(chosen->edition, &build->facts.public) || !choose_standard(build) ||
        !choose_fonts(build) || !read_given(build))
        return ZP_USAGE;
    zp_status result = zp_plan_make(arena, chosen, &build->plan);
    return result == ZP_DONE && !suits_edition(build) ? ZP_USAGE : result;
}

zp_status zp_build_open(zp_build *build, const char *template)
{
    zp_diag *diag = zp_diag_new(build->arena);
    zp_status result =
        zp_engine_open(build->arena, template,
                       build->web_fonts || zp_plan_needs_fonts(&build->plan), diag, &build->engine);
    zp_telling_tell(&build->telling, build->arena, diag);
    build->engine.standard = build->standard;
    build->engine.web_fonts = build->web_fonts;
    build->engine.stamp = zp_utf8_clean(build->arena, zp_str_from(build->chosen->stamp));
    return result;
}

zp_status zp_build_renew(const zp_build *build, zp_arena *arena, zp_diag *diag, zp_build *renewed)
{
    *renewed = *build;
    renewed->arena = renewed->plan.arena = arena;
    return zp_engine_renew(&build->engine, arena, build->chosen->template, diag, &renewed->engine);
}

static zp_status run_once(zp_build *build)
{
    zp_status result = zp_build_open(build, build->chosen->template);
    if (result == ZP_DONE)
        result = build_all(build, zp_diag_new(build->arena));
    say_findings(build);
    zp_telling_end(&build->telling, build->arena);
    return result;
}

/* --- Again and again -------------------------------------------------------------------------- */

/* 14:03:22 34 ms 已生成；2 处错误，1 处警告 */
static void say_round(const zp_build *round, zp_status result, const zp_diag *diag, unsigned ms)
{
    size_t errors = round->errors + zp_diag_count(diag, ZP_ERROR) + zp_diag_count(diag, ZP_FLAW);
    size_t warnings = round->warnings + zp_diag_count(diag, ZP_WARNING);
    zp_buf line = {.arena = round->arena};
    zp_vigil_clock(&line);
    zp_buf_format(&line, " %u ms %s", ms,
                  result <= ZP_REPORT && round->written ? "已生成" : "没有生成");
    zp_vigil_count(&line, errors, warnings);
    printf("%.*s\n", ZP_ARG(zp_buf_str(&line)));
    fflush(stdout);
}

static void watch_round(void *user, zp_looks *looks)
{
    const zp_build *build = user;
    zp_arena *arena = zp_arena_new();
    zp_build round;
    unsigned begun = zp_vigil_ms();
    zp_files_record(arena, looks);
    zp_diag *diag = zp_diag_new(arena);
    zp_status result = zp_build_renew(build, arena, diag, &round);
    if (result == ZP_DONE)
        result = build_all(&round, diag);
    else
        zp_telling_tell(&round.telling, arena, diag);
    say_round(&round, result, diag, zp_vigil_ms() - begun);
    zp_arena_free(arena);
}

static zp_status run_watching(zp_build *build)
{
    build->vigil = zp_vigil_new(build->arena);
    zp_status result = zp_build_open(build, NULL);
    return result == ZP_DONE ? zp_vigil_keep(build->vigil, watch_round, build) : result;
}

/* Standard input is read once, and what goes to standard output goes there once. */
static bool can_watch(const zp_build *build)
{
    bool silent = true;
    for (size_t i = 0; i < build->plan.count && !build->chosen->each; i++)
        silent = silent && build->plan.paths[i].n > 0;
    if (!build->chosen->watch ||
        (build->plan.input.n > 0 && silent && build->telling.form == ZP_FORM_TEXT))
        return true;
    zp_complain("不能和别的选项一起用", "--watch",
                "INPUT 和 OUT 要是文件或文件夹，--diagnostics 要是 text");
    return false;
}

static zp_status run(const zp_options *chosen)
{
    zp_arena *arena = zp_arena_new();
    zp_build *build = zp_new(arena, zp_build);
    zp_status result = zp_build_settle(arena, chosen, build);
    if (result == ZP_DONE && !can_watch(build))
        result = ZP_USAGE;
    if (result == ZP_DONE)
        result = chosen->watch ? run_watching(build) : run_once(build);
    zp_engine_close(&build->engine);
    zp_arena_free(arena);
    return result;
}

/* --- The command ------------------------------------------------------------------------------ */

static const zp_option build_options[] = {
    ZP_TEXT_OPTION("--out", "-o", "OUT",
                   "写到哪里：文件（按后缀定格式）、文件夹，或 -（标准输出，只能一种格式）",
                   output),
    ZP_TEXT_OPTION(
        "--to", NULL, "格式",
        "pdf,html（默认两种都要）；docx 用 WPS、Word 接着改；html-fragment 贴进网站后台的一段；svg "
        "一页一个文件，名称后面加 -1、-2……；md 展开后的 Markdown；"
        "json 数据和算出的数；tree、pages 供检查用",
        to),
    ZP_TEXT_OPTION("--template", NULL, "名称",
                   "模板的名称，或模板文件夹的路径；默认由报告开头的“模板”决定", template),
    {ZP_OPTION_LIST, "--data", NULL, "名称=文件",
     "再加一份数据（.csv .xlsx .yaml .json），可以写多次；文件后面可写 #工作表!A1:D20", 0},
    ZP_TEXT_OPTION("--each", NULL, "表",
                   "表里每行生成一份报告，要用 -o 指定文件夹；book.xlsx#* 是每个工作表一份", each),
    ZP_TEXT_OPTION("--name", NULL, "样式",
                   "和 --each 一起用：文件名，如 '{{year}}-{{department.name}}'", name),
    ZP_TEXT_OPTION("--edition", NULL, "版本",
                   "public（公开）：标为“内部”的内容不排；full（完整，默认）", edition),
    ZP_TEXT_OPTION("--pdf-standard", NULL, "标准",
                   "PDF 合乎的标准：a-2a+ua-1（长期保存并能朗读，默认）、a-1b、a-1a、a-2b、a-2u、"
                   "a-3a（附上报告的 Markdown 和数据）、none",
                   pdf_standard),
    ZP_TEXT_OPTION("--fonts", NULL, "方式",
                   "网页里的字体：none（默认，用看的人电脑上的字体）或 subset（用到的字都放进网页，"
                   "在哪里看都一样，网页大几百 KB）",
                   fonts),
    ZP_FLAG_OPTION("--draft", "草稿：缺的数印成【待填】，每页印“草稿”", draft),
    ZP_FLAG_OPTION("--strict", "有任何提醒时，写完后以状态 1 结束", strict),
    ZP_FLAG_OPTION("--watch", "守着报告和它用到的文件，一存盘就再生成，每次一行；Ctrl-C 结束",
                   watch),
    ZP_TEXT_OPTION("--encoding", NULL, "编码", "INPUT 的编码（如 GB18030）；默认自动判断",
                   encoding),
    ZP_TEXT_OPTION("--stamp", NULL, "文字", "盖在每一页右上方，如 征求意见稿", stamp),
    ZP_TEXT_OPTION("--diagnostics", NULL, "样式",
                   "text（默认，给人看）或 json（每行一条，给程序看）", diagnostics),
    {0},
};

const zp_command zp_build_command = {
    .name = "build",
    .usage = "ziping build [选项] INPUT",
    .about = "INPUT 是 .md 或 .docx 文件、含有 report.md（或唯一一个 .md 文件）的文件夹，或 "
             "-（标准输入，须有 "
             "-o）。\n"
             "不写 -o 时，结果放在报告旁边，与报告（或文件夹）同名。",
    .options = build_options,
    .inputs = 1,
    .missing = "没有说生成哪份报告；写法：ziping build 报告.md",
    .run = run,
};
