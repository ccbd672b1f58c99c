/* main.c: arguments in, files and messages out; the exit status.
 *
 * 0 the files asked for are written; 1 nothing written, or written with a part missing; 2 wrong
 * usage; 3 environment (INPUT, OUT, fonts, disk, memory). Options are rows of a table, from which
 * the help is printed.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "app/plan.h"
#include "base/files.h"

typedef enum { FORM_TEXT, FORM_JSON } message_form;

typedef struct {
    const char *name, *short_name, *value, *help;
    size_t offset; /* of its field in zp_options */
} option_row;

static const option_row build_options[] = {
    {"--out", "-o", "OUT", "写到哪里：文件（按后缀定格式）、文件夹，或 -（标准输出，只能一种格式）",
     offsetof(zp_options, output)},
    {"--to", NULL, "格式", "pdf,html（默认两种都要）；tree、pages 供检查用",
     offsetof(zp_options, to)},
    {"--template", NULL, "名称", "模板的名称，或模板文件夹的路径；默认 base",
     offsetof(zp_options, template)},
    {"--encoding", NULL, "编码", "INPUT 的编码（如 GB18030）；默认自动判断",
     offsetof(zp_options, encoding)},
    {"--stamp", NULL, "文字", "盖在每一页右上方，如 征求意见稿", offsetof(zp_options, stamp)},
    {"--diagnostics", NULL, "样式", "text（默认，给人看）或 json（每行一条，给程序看）",
     offsetof(zp_options, diagnostics)},
};

enum { BUILD_OPTION_COUNT = sizeof build_options / sizeof *build_options };

/* ---- help ---- */

static int print_start(void)
{
    fputs("ziping（自评）：把 Markdown 写的自评报告排成符合 GB/T 9704 的 PDF 和网页。\n"
          "  ziping build 报告.md            生成 报告.pdf 和 报告.html\n"
          "  ziping build 文件夹 -o 结果/    文件夹里的 report.md，结果放进“结果”\n"
          "  ziping help build               全部选项\n"
          "  ziping --version                版本\n",
          stdout);
    return ZP_DONE;
}

static int print_build_help(void)
{
    puts("用法：ziping build [选项] INPUT\n\n"
         "INPUT 是 .md 文件、含有 report.md（或唯一一个 .md 文件）的文件夹，或 -（标准输入，须有 "
         "-o）。\n"
         "不写 -o 时，结果放在报告旁边，与报告（或文件夹）同名。\n\n选项：");
    for (size_t i = 0; i < BUILD_OPTION_COUNT; i++) {
        const option_row *row = &build_options[i];
        printf("  %s%s%s %s\n      %s\n", row->short_name ? row->short_name : "",
               row->short_name ? ", " : "", row->name, row->value, row->help);
    }
    puts("\n退出状态：0 已生成；1 报告有错，没有生成或缺了一部分；2 用法不对；\n"
         "3 环境有问题（找不到输入、写不了输出、缺字体、磁盘或内存不足）。\n\n"
         "环境变量：ZIPING_DATA 指定含 templates 和 fonts 的文件夹；SOURCE_DATE_EPOCH "
         "固定文件日期；\n"
         "NO_COLOR 不用颜色。");
    return ZP_DONE;
}

static int print_help(int count, char **words)
{
    if (count == 0)
        return print_start();
    if (strcmp(words[0], "build") == 0)
        return print_build_help();
    fprintf(stderr, "ziping: 没有名为“%s”的命令；命令有：build、help\n", words[0]);
    return ZP_USAGE;
}

/* ---- messages ---- */

static void print_messages(zp_arena *arena, const zp_diag *diag, message_form form)
{
    zp_buf text = {.arena = arena};
    if (form == FORM_JSON)
        zp_diag_write_json(diag, &text);
    else
        zp_diag_write_text(diag, isatty(STDERR_FILENO) && !getenv("NO_COLOR"), &text);
    if (text.n > 0)
        fwrite(text.p, 1, text.n, stderr);
}

/* ---- arguments ---- */

static const option_row *find_option(const char *word, size_t length)
{
    for (size_t i = 0; i < BUILD_OPTION_COUNT; i++) {
        const option_row *row = &build_options[i];
        if ((strlen(row->name) == length && strncmp(row->name, word, length) == 0) ||
            (row->short_name && strlen(row->short_name) == length &&
             strncmp(row->short_name, word, length) == 0))
            return row;
    }
    return NULL;
}

/* One option with its value, as `--name value` or `--name=value`; gives the words used, 0 when it
 * is wrong. */
static int read_option(int count, char **words, zp_options *chosen)
{
    const char *equals = strchr(words[0], '=');
    size_t length = equals ? (size_t)(equals - words[0]) : strlen(words[0]);
    const option_row *row = find_option(words[0], length);
    if (!row) {
        zp_complain("没有这个选项", words[0], "选项见 ziping help build");
        return 0;
    }
    if (!equals && count < 2) {
        zp_complain("选项后面少了值", words[0], "写法见 ziping help build");
        return 0;
    }
    *(const char **)(void *)((char *)chosen + row->offset) = equals ? equals + 1 : words[1];
    return equals ? 1 : 2;
}

static bool read_arguments(int count, char **words, zp_options *chosen)
{
    bool only_inputs = false;
    for (int i = 0; i < count;) {
        if (!only_inputs && strcmp(words[i], "--") == 0) {
            only_inputs = true;
            i++;
        } else if (!only_inputs && words[i][0] == '-' && words[i][1] != '\0') {
            int used = read_option(count - i, words + i, chosen);
            if (used == 0)
                return false;
            i += used;
        } else if (chosen->input) {
            zp_complain("多了一个输入", words[i], "一次只生成一份报告");
            return false;
        } else {
            chosen->input = words[i++];
        }
    }
    if (!chosen->input)
        fputs("ziping: 错误: 没有说生成哪份报告；写法：ziping build 报告.md\n", stderr);
    return chosen->input;
}

/* ---- build ---- */

static const zp_source *read_input(const zp_plan *plan, zp_diag *diag, zp_status *result)
{
    zp_str bytes, why, name = plan->input.n ? plan->input : ZP_STR("标准输入");
    bool good = plan->input.n
                    ? zp_file_read(plan->arena, zp_str_cstr(plan->arena, plan->input),
                                   ZP_SOURCE_MAX + 1, &bytes, &why)
                    : zp_file_read_from(plan->arena, STDIN_FILENO, ZP_SOURCE_MAX + 1, &bytes, &why);
    if (!good) {
        zp_complain("读不了", zp_str_cstr(plan->arena, name), zp_str_cstr(plan->arena, why));
        *result = ZP_ENVIRONMENT;
        return NULL;
    }
    *result = ZP_REPORT;
    return zp_source_read(plan->arena, name, bytes, plan->chosen->encoding, diag);
}

static zp_status write_outputs(const zp_plan *plan, const zp_buf *outputs)
{
    for (size_t i = 0; i < plan->count; i++) {
        zp_str path = plan->paths[i], why, bytes = zp_buf_str(&outputs[i]);
        bool good = path.n
                        ? zp_file_replace(plan->arena, zp_str_cstr(plan->arena, path), bytes, &why)
                        : zp_file_write_to(plan->arena, STDOUT_FILENO, bytes, &why);
        if (!good) {
            zp_complain("写不了", path.n ? zp_str_cstr(plan->arena, path) : "标准输出",
                        zp_str_cstr(plan->arena, why));
            return ZP_ENVIRONMENT;
        }
    }
    for (size_t i = 0; i < plan->count; i++)
        if (plan->paths[i].n)
            printf("%.*s\n", ZP_ARG(plan->paths[i]));
    return fflush(stdout) == 0 ? ZP_DONE : ZP_ENVIRONMENT;
}

static bool needs_fonts(const zp_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->formats[i]->needs_fonts)
            return true;
    return false;
}

static zp_status build_report(const zp_plan *plan, zp_diag *diag, zp_engine *engine)
{
    zp_status result =
        zp_engine_open(plan->arena, plan->chosen->template, needs_fonts(plan), diag, engine);
    if (result != ZP_DONE)
        return result;
    engine->stamp = zp_str_from(plan->chosen->stamp);
    const zp_source *source = read_input(plan, diag, &result);
    if (!source)
        return result;
    zp_buf outputs[ZP_PLAN_FORMATS];
    if (!zp_job_run(plan->arena, engine, source, plan->formats, plan->count, diag, outputs))
        return ZP_REPORT;
    result = write_outputs(plan, outputs);
    if (result == ZP_DONE && zp_diag_count(diag, ZP_ERROR) + zp_diag_count(diag, ZP_FLAW) > 0)
        return ZP_REPORT;
    return result;
}

static bool choose_form(const char *name, message_form *form)
{
    *form = name && strcmp(name, "json") == 0 ? FORM_JSON : FORM_TEXT;
    if (!name || *form == FORM_JSON || strcmp(name, "text") == 0)
        return true;
    zp_complain("没有这种样式", name, "--diagnostics 可写 text 或 json");
    return false;
}

static int run_build(int count, char **words)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return print_build_help();
    zp_options chosen = {0};
    message_form form;
    if (!read_arguments(count, words, &chosen) || !choose_form(chosen.diagnostics, &form))
        return ZP_USAGE;
    zp_arena *arena = zp_arena_new();
    zp_plan plan;
    zp_status result = zp_plan_make(arena, &chosen, &plan);
    if (result == ZP_DONE) {
        zp_diag *diag = zp_diag_new(arena);
        zp_engine engine = {0};
        result = build_report(&plan, diag, &engine);
        print_messages(arena, diag, form);
        zp_engine_close(&engine);
    }
    zp_arena_free(arena);
    return (int)result;
}

int main(int count, char **words)
{
    if (count < 2)
        return print_start();
    const char *command = words[1];
    if (strcmp(command, "build") == 0)
        return run_build(count - 2, words + 2);
    if (strcmp(command, "help") == 0 || strcmp(command, "--help") == 0 ||
        strcmp(command, "-h") == 0)
        return print_help(count - 2, words + 2);
    if (strcmp(command, "--version") == 0 || strcmp(command, "version") == 0) {
        puts("ziping " ZIPING_VERSION);
        return ZP_DONE;
    }
    zp_complain("没有这个命令", command, "命令见 ziping help");
    return ZP_USAGE;
}
