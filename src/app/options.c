/* options.c: words in, zp_options out, by the tables of the commands. */
#include "app/options.h"

#include <stdio.h>
#include <string.h>
#include "app/status.h"

void zp_command_help(const zp_command *command)
{
    printf("用法：%s\n\n%s\n\n选项：\n", command->usage, command->about);
    for (const zp_option *o = command->options; o->name; o++)
        printf("  %s%s%s%s%s\n      %s\n", o->short_name ? o->short_name : "",
               o->short_name ? ", " : "", o->name, o->value ? " " : "", o->value ? o->value : "",
               o->help);
}

static const zp_option *find(const zp_command *command, const char *word, size_t length)
{
    for (const zp_option *o = command->options; o->name; o++)
        if ((strlen(o->name) == length && strncmp(o->name, word, length) == 0) ||
            (o->short_name && strlen(o->short_name) == length &&
             strncmp(o->short_name, word, length) == 0))
            return o;
    return NULL;
}

static bool store(const zp_option *option, const char *value, zp_options *chosen)
{
    void *field = (char *)chosen + option->offset;
    switch (option->kind) {
    case ZP_OPTION_TEXT:
        *(const char **)field = value;
        return true;
    case ZP_OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case ZP_OPTION_LIST:
        if (chosen->data_count == ZP_OPTIONS_DATA) {
            zp_complain("选项写得太多", option->name, "把数据写进报告开头的 data");
            return false;
        }
        chosen->data[chosen->data_count++] = value;
        return true;
    }
    return false;
}

/* One option with its value, as `--name value` or `--name=value`; gives the words used, 0 when it
 * is wrong. */
static int read_option(const zp_command *command, int count, char **words, zp_options *chosen)
{
    char hint[80];
    const char *equals = strchr(words[0], '=');
    size_t length = equals ? (size_t)(equals - words[0]) : strlen(words[0]);
    const zp_option *option = find(command, words[0], length);
    bool flag = option && option->kind == ZP_OPTION_FLAG;
    snprintf(hint, sizeof hint, "写法见 ziping help %s", command->name);
    if (!option) {
        zp_complain("没有这个选项", words[0], hint);
        return 0;
    }
    if (flag && equals) {
        zp_complain("这个选项后面不写值", words[0], hint);
        return 0;
    }
    if (!flag && !equals && count < 2) {
        zp_complain("选项后面少了值", words[0], hint);
        return 0;
    }
    if (!store(option, flag ? NULL : equals ? equals + 1 : words[1], chosen))
        return 0;
    return flag || equals ? 1 : 2;
}

bool zp_options_read(const zp_command *command, int count, char **words, zp_options *chosen)
{
    bool only_inputs = false;
    chosen->inputs = words;
    for (int i = 0; i < count;) {
        if (!only_inputs && strcmp(words[i], "--") == 0) {
            only_inputs = true;
            i++;
        } else if (!only_inputs && words[i][0] == '-' && words[i][1] != '\0') {
            int used = read_option(command, count - i, words + i, chosen);
            if (used == 0)
                return false;
            i += used;
        } else if (chosen->input_count == command->inputs) {
            zp_complain("多了一个输入", words[i], command->usage);
            return false;
        } else {
            words[chosen->input_count++] = words[i++];
        }
    }
    bool missing = chosen->input_count == 0 && command->missing;
    if (missing)
        fprintf(stderr, "ziping: 错误: %s\n", command->missing);
    chosen->input = chosen->input_count > 0 ? words[0] : NULL;
    return !missing;
}
