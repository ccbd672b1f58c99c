/* main.c: the list of commands, and the help.
 *
 * Exit status: 0 the files asked for are written; 1 nothing written, or written with a part
 * missing; 2 wrong usage; 3 environment (INPUT, OUT, fonts, disk, memory).
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "app/archive.h"
#include "app/build.h"
#include "app/check.h"
#include "app/diff.h"
#include "app/explain.h"
#include "app/import.h"
#include "app/overview.h"
#include "app/preview.h"
#include "app/search.h"
#include "app/start.h"
#include "app/verify.h"

static const zp_command *const commands[] = {
    &zp_build_command,  &zp_check_command,     &zp_explain_command, &zp_import_command,
    &zp_new_command,    &zp_templates_command, &zp_archive_command, &zp_catalog_command,
    &zp_search_command, &zp_diff_command,      &zp_preview_command, &zp_verify_command,
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const zp_command *find_command(const char *word)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(word, commands[i]->name) == 0)
            return commands[i];
    return NULL;
}

static zp_status print_start(void)
{
    fputs("ziping（自评）：把 Markdown 写的自评报告排成符合 GB/T 9704 的 PDF 和网页。\n"
          "  ziping new 文件夹               新建一份报告；从 Word 报告来：ziping import 报告.docx "
          "-o 文件夹\n"
          "  ziping build 文件夹 -o 结果/    生成 PDF 和网页，放进“结果”；边写边看：ziping preview "
          "文件夹 --open\n"
          "  ziping check 报告.docx            "
          "查前后不一致的数、算不拢的率和合计等；归档：ziping archive 文件夹 -o 归档\n"
          "  ziping help build               全部选项（--each 表里一行生成一份）；版本：ziping "
          "--version\n",
          stdout);
    return ZP_DONE;
}

static zp_status print_help(int count, char **words)
{
    const zp_command *command = count > 0 ? find_command(words[0]) : NULL;
    if (count > 0 && !command) {
        fprintf(stderr, "ziping: 没有名为“%s”的命令；命令有：", words[0]);
        for (size_t i = 0; i < COMMANDS; i++)
            fprintf(stderr, "%s、", commands[i]->name);
        fputs("help\n", stderr);
        return ZP_USAGE;
    }
    if (!command)
        return print_start();
    zp_command_help(command);
    printf("\n退出状态：%s\n\n",
           command->status ? command->status
                           : "0 已生成；1 报告有错，没有生成或缺了一部分；2 用法不对；\n"
                             "3 环境有问题（找不到输入、写不了输出、缺字体、磁盘或内存不足）。");
    puts("环境变量：ZIPING_DATA 指定含 templates 和 fonts 的文件夹；ZIPING_TEMPLATES "
         "指定自备模板的文件夹；\n"
         "SOURCE_DATE_EPOCH 固定文件日期；NO_COLOR 不用颜色。");
    return ZP_DONE;
}

static bool asks_help(int count, char **words)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return true;
    return false;
}

/* What was said on stdout must have got there. */
static int finish(zp_status status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return (int)status;
    zp_complain("写不了", "标准输出", "磁盘可能已满，或者接收的程序已经退出");
    return ZP_ENVIRONMENT;
}

int main(int count, char **words)
{
    if (count < 2)
        return finish(print_start());
    const char *word = words[1];
    const zp_command *command = find_command(word);
    if (command && asks_help(count - 2, words + 2))
        return finish(print_help(1, words + 1));
    if (command) {
        zp_options chosen = {0};
        bool good = zp_options_read(command, count - 2, words + 2, &chosen);
        return good ? finish(command->run(&chosen)) : ZP_USAGE;
    }
    if (strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return finish(print_help(count - 2, words + 2));
    if (strcmp(word, "--version") == 0 || strcmp(word, "version") == 0) {
        puts("ziping " ZIPING_VERSION);
        return finish(ZP_DONE);
    }
    zp_complain("没有这个命令", word, "命令见 ziping help");
    return ZP_USAGE;
}
