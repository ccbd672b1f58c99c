/* main.c: the commands: what each is called, which options it has, what it runs.
 *
 * Exit status: 0 the files asked for are written; 1 nothing written, or written with a part
 * missing; 2 wrong usage; 3 environment (INPUT, OUT, fonts, disk, memory).
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "app/build.h"
#include "app/check.h"
#include "app/explain.h"
#include "app/start.h"

#define TEXT(name, short_name, value, help, field)                                                 \
    {                                                                                              \
        ZP_OPTION_TEXT, name, short_name, value, help, offsetof(zp_options, field)                 \
    }
#define FLAG(name, help, field)                                                                    \
    {                                                                                              \
        ZP_OPTION_FLAG, name, NULL, NULL, help, offsetof(zp_options, field)                        \
    }

static const zp_option build_options[] = {
    TEXT("--out", "-o", "OUT",
         "写到哪里：文件（按后缀定格式）、文件夹，或 -（标准输出，只能一种格式）", output),
    TEXT(
        "--to", NULL, "格式",
        "pdf,html（默认两种都要）；md 展开后的 Markdown；json 数据和算出的数；tree、pages 供检查用",
        to),
    TEXT("--template", NULL, "名称", "模板的名称，或模板文件夹的路径；默认由报告开头的“模板”决定",
         template),
    {ZP_OPTION_LIST, "--data", NULL, "名称=文件",
     "再加一份数据（.csv .xlsx .yaml .json），可以写多次；文件后面可写 #工作表!A1:D20", 0},
    TEXT("--each", NULL, "表",
         "表里每行生成一份报告，要用 -o 指定文件夹；book.xlsx#* 是每个工作表一份", each),
    TEXT("--name", NULL, "样式", "和 --each 一起用：文件名，如 '{{year}}-{{department.name}}'",
         name),
    TEXT("--edition", NULL, "版本", "public（公开）：标为“内部”的内容不排；full（完整，默认）",
         edition),
    TEXT("--pdf-standard", NULL, "标准",
         "PDF 合乎的标准：a-2a+ua-1（长期保存并能朗读，默认）、a-1b、a-1a、a-2b、a-2u、"
         "a-3a（附上报告的 Markdown 和数据）、none",
         pdf_standard),
    FLAG("--draft", "草稿：缺的数印成【待填】，每页印“草稿”", draft),
    FLAG("--strict", "有任何提醒时，写完后以状态 1 结束", strict),
    TEXT("--encoding", NULL, "编码", "INPUT 的编码（如 GB18030）；默认自动判断", encoding),
    TEXT("--stamp", NULL, "文字", "盖在每一页右上方，如 征求意见稿", stamp),
    TEXT("--diagnostics", NULL, "样式", "text（默认，给人看）或 json（每行一条，给程序看）",
         diagnostics),
    {0},
};

static const zp_option new_options[] = {
    TEXT("--template", NULL, "名称", "用哪个模板，见 ziping templates；默认 dept-overall",
         template),
    TEXT("--unit", NULL, "名称", "单位的全称", unit),
    TEXT("--year", NULL, "年度", "如 2024", year),
    {0},
};

static const zp_option check_options[] = {
    FLAG("--hints", "把建议也列出来", hints),
    FLAG("--pages", "排一次版，说出每一处在 PDF 的第几页", pages),
    FLAG("--strict", "有警告时也以状态 1 结束", strict),
    TEXT("--template", NULL, "名称", "模板的名称，或模板文件夹的路径；默认由报告开头的“模板”决定",
         template),
    TEXT("--encoding", NULL, "编码", "INPUT 的编码（如 GB18030）；默认自动判断", encoding),
    TEXT("--diagnostics", NULL, "样式",
         "text（默认，给人看）、json（每行一条）或 sarif（SARIF 2.1.0），给程序看", diagnostics),
    TEXT("--jobs", "-j", "N", "同时检查几份；默认有几个处理器就几份", threads),
    {0},
};

static const zp_option explain_options[] = {
    TEXT("--diagnostics", NULL, "样式", "text（默认，给人看）或 json（每行一条，给程序看）",
         diagnostics),
    {0},
};

static const zp_option no_options[] = {{0}};

typedef struct {
    zp_command command;
    zp_status (*run)(const zp_options *chosen);
} command_row;

static const command_row commands[] = {
    {{"build", "ziping build [选项] INPUT",
      "INPUT 是 .md 文件、含有 report.md（或唯一一个 .md 文件）的文件夹，或 -（标准输入，须有 "
      "-o）。\n"
      "不写 -o 时，结果放在报告旁边，与报告（或文件夹）同名。",
      build_options, 1, "没有说生成哪份报告；写法：ziping build 报告.md", NULL},
     zp_build_run},
    {{"check", "ziping check [选项] INPUT…",
      "INPUT 是 .md、.markdown、.txt 文件，或放着报告的文件夹（逐层查看），或 "
      "-（标准输入）；可以写多个。\n"
      "查出来的写到标准输出。某一条要做什么、依据是什么：ziping explain 规则名。",
      check_options, ZP_OPTIONS_INPUTS, "没有说检查什么；写法：ziping check 报告.md",
      "0 没有错误；1 有错误，或有的没能检查（--strict：有警告也是 1）；2 用法不对；\n"
      "3 环境有问题（缺模板或字体、磁盘或内存不足）。"},
     zp_check_run},
    {{"explain", "ziping explain [选项] [规则名]",
      "说明一条规则：查什么，依据是什么，错误和正确的例子；不写规则名，就列出全部规则。",
      explain_options, 1, NULL, NULL},
     zp_explain_run},
    {{"new", "ziping new [选项] 文件夹",
      "新建一个文件夹，写好报告的样子和示例数据，马上就可以 ziping build。", new_options, 1,
      "没有说建哪个文件夹；写法：ziping new 文件夹", NULL},
     zp_start_new},
    {{"templates", "ziping templates", "列出可以用的模板：名称、来自哪里、是什么。", no_options, 0,
      NULL, NULL},
     zp_start_templates},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const command_row *find_command(const char *word)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(word, commands[i].command.name) == 0)
            return &commands[i];
    return NULL;
}

static zp_status print_start(void)
{
    fputs(
        "ziping（自评）：把 Markdown 写的自评报告排成符合 GB/T 9704 的 PDF 和网页。\n"
        "  ziping new 文件夹               新建一份报告，附示例数据；有哪些模板：ziping templates\n"
        "  ziping build 文件夹 -o 结果/    文件夹里的 report.md，生成 PDF 和网页，放进“结果”\n"
        "  ziping check 报告.md            "
        "查前后不一致的数、算不拢的率和合计、标点序号等；可以查文件夹\n"
        "  ziping help build               全部选项（--each 表里一行生成一份）；版本：ziping "
        "--version\n",
        stdout);
    return ZP_DONE;
}

static zp_status print_help(int count, char **words)
{
    const command_row *row = count > 0 ? find_command(words[0]) : NULL;
    if (count > 0 && !row) {
        fprintf(stderr,
                "ziping: 没有名为“%s”的命令；命令有：build、check、explain、new、templates、help\n",
                words[0]);
        return ZP_USAGE;
    }
    if (!row)
        return print_start();
    zp_command_help(&row->command);
    printf("\n退出状态：%s\n\n",
           row->command.status
               ? row->command.status
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
    const command_row *row = find_command(word);
    if (row && asks_help(count - 2, words + 2))
        return finish(print_help(1, words + 1));
    if (row) {
        zp_options chosen = {0};
        bool good = zp_options_read(&row->command, count - 2, words + 2, &chosen);
        return good ? finish(row->run(&chosen)) : ZP_USAGE;
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
