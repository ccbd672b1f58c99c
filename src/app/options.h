/* options.h: what the command line says, command by command.
 *
 * A command is a constant that the file which runs it defines: its name, its options, what it runs.
 * main.c lists them all; the help is printed from them.
 */
#ifndef ZP_OPTIONS_H
#define ZP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include "app/status.h"

enum { ZP_OPTIONS_DATA = 100 };        /* --data */
#define ZP_OPTIONS_INPUTS ((size_t)-1) /* of a command that takes many */

/* NULL, false or 0 where the command line said nothing. */
typedef struct {
    char **inputs;
    size_t input_count;
    const char *input; /* the first of them */
    const char *output, *to, *template, *encoding, *diagnostics, *stamp;
    const char *report, *since; /* 审核意见表 go there; an earlier check */
    const char *edition, *each, *name, *unit, *year, *threads, *pdf_standard, *fonts, *port, *limit;
    const char *seal, *rebuild, *reason, *shard, *roster; /* of `archive` */
    bool draft, strict, hints, pages, prune, public, force, merge, repair, watch, open;
    const char *data[ZP_OPTIONS_DATA]; /* NAME=FILE each */
    size_t data_count;
} zp_options;

typedef enum { ZP_OPTION_TEXT, ZP_OPTION_FLAG, ZP_OPTION_LIST } zp_option_kind;

typedef struct {
    zp_option_kind kind;
    const char *name, *short_name, *value, *help;
    size_t offset; /* of its field in zp_options */
} zp_option;

/* Rows of a table of options; `field` is that of zp_options. */
#define ZP_TEXT_OPTION(name, short_name, value, help, field)                                       \
    {                                                                                              \
        ZP_OPTION_TEXT, name, short_name, value, help, offsetof(zp_options, field)                 \
    }
#define ZP_FLAG_OPTION(name, help, field)                                                          \
    {                                                                                              \
        ZP_OPTION_FLAG, name, NULL, NULL, help, offsetof(zp_options, field)                        \
    }

typedef struct {
    const char *name;
    const char *usage;        /* one line: ziping build [选项] INPUT */
    const char *about;        /* what INPUT is, and more */
    const zp_option *options; /* the last has no name */
    size_t inputs;            /* at most so many */
    const char *missing;      /* what to say when none is given; NULL: it can do without */
    const char *status;       /* what its exit status means; NULL: as for most */
    zp_status (*run)(const zp_options *chosen);
} zp_command;

/* Reads the words after the command's name; those that are inputs are moved to the front of
 * `words`, where they are borrowed. False, and said so on stderr, when they are wrong. */
bool zp_options_read(const zp_command *command, int count, char **words, zp_options *chosen);

void zp_command_help(const zp_command *command);

#endif
