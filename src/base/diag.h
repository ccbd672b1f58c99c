/* diag.h: what the user must hear, collected as data and printed once, by app.
 *
 * A message has a severity, a stable English id (tests and programs match on it), a place, a
 * sentence in Chinese, and often a hint that says what to do. Wording may change; ids do not.
 *
 * Text form, for a person:
 *
 *     报告.md:12:5: 错误: 没有名为“单为”的项目 [unknown-key]
 *        12 | 单为: 某某局
 *           | ^~~~
 *        提示: 是不是“单位”？
 *
 * What the checker found has its place in words instead of the line, and what more it knows:
 *
 *     报告.md:80:14: 错误: 实际支出数前后不一致 [figure-repeat]
 *        二（一）自评结论 第1段（PDF 第6页）：“…支出 3026.66 万元，自评…”
 *        另见 41行
 *        应为: 3062.66万元；现为: 3026.66万元
 *        依据: …
 *
 * JSON form, one object a line: report id severity message file line column end_line end_column
 * place page excerpt expected found basis hint count since places; absent keys are left out; lines
 * and columns from 1, columns in code points, the end exclusive; `count` where one message stands
 * for several places, `places` are the others, as objects.
 *
 * A place in text that was made of other texts prints as the place its author knows
 * (zp_span_origin). One in a workbook's sheet is a cell: 自评表.xlsx[预算!B7], with the cell's text
 * as excerpt, and in JSON `sheet` and `cell` instead of lines and columns.
 */
#ifndef ZP_DIAG_H
#define ZP_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include "base/source.h"
#include "base/str.h"

/* A FLAW is an error, and printed as one, that does not stop the writing: a link or picture whose
 * place is marked in what is written. */
typedef enum { ZP_HINT, ZP_WARNING, ZP_FLAW, ZP_ERROR } zp_severity;

typedef struct {
    zp_severity severity;
    const char *id; /* a literal, or of the template's lifetime */
    zp_span span;
    zp_str message, hint; /* hint may be empty */
    /* What the checker adds; empty, NULL or 0 where there is none. */
    zp_str place;           /* in words: 二（一）自评结论 第1段 */
    zp_str excerpt;         /* …支出3026.66万元，… */
    zp_str expected, found; /* what it should be, where only one answer fits; what it is */
    zp_str basis;           /* standard and clause */
    const zp_span *others;  /* further places that it is about, or where it is found again */
    size_t other_count;
    size_t repeats;    /* places in all, where one finding stands for several; else 0 */
    size_t page;       /* of the PDF, from 1 */
    const char *since; /* against an earlier check: 新增, 未改; NULL: not compared */
    size_t order;      /* of its adding, to keep sorting stable */
} zp_message;

enum {
    ZP_DIAG_SHOWN = 100,  /* printed as text, errors first; the rest is counted in a last line */
    ZP_DIAG_KEPT = 10000, /* kept of one severity; the rest is only counted */
};

zp_diag *zp_diag_new(zp_arena *arena);

/* `hint`, which is copied, may be NULL: none. */
void zp_diag_add(zp_diag *diag, zp_severity severity, const char *id, zp_span span,
                 const char *hint, const char *format, ...) ZP_PRINTF(6, 7);

/* Adds a message whole; its strings and places are borrowed and must live as long as `diag`. Its
 * index, for zp_diag_message; ZP_DIAG_NONE when it is only counted. */
#define ZP_DIAG_NONE ((size_t)-1)
size_t zp_diag_put(zp_diag *diag, const zp_message *message);

/* The words of a message: at most 1000 bytes, whole characters, in the arena. */
zp_str zp_diag_word(zp_arena *arena, const char *format, va_list arguments);

/* The message of that index, to add to it; good until the next is added. */
zp_message *zp_diag_message(zp_diag *diag, size_t index);

/* Takes back the messages that `drop` says. Indexes change. */
void zp_diag_drop(zp_diag *diag, bool (*drop)(void *user, const zp_message *message), void *user);

/* All of that severity. */
void zp_diag_drop_hints(zp_diag *diag);

/* Which of several reports the messages are about: JSON gives it as `report`. */
void zp_diag_about(zp_diag *diag, zp_str report);
zp_str zp_diag_subject(const zp_diag *diag);

/* A place as messages print it, for use within another message: 评分表.csv:7, 自评表.xlsx[表!D7];
 * empty where there is none. */
zp_str zp_diag_place(zp_arena *arena, zp_span span);

size_t zp_diag_count(const zp_diag *diag, zp_severity severity);

/* Of these, how many were only counted. */
size_t zp_diag_lost(const zp_diag *diag, zp_severity severity);

/* Messages in order of adding, for tests. */
const zp_message *zp_diag_messages(const zp_diag *diag, size_t *count);

/* Both print sorted by source, sheet and place; equal messages at one place are printed once. The
 * text form shows ZP_DIAG_SHOWN messages and underlines with ANSI colours when `colour`; the JSON
 * form all that were kept, then `more-messages` with the count of the others. */
void zp_diag_write_text(const zp_diag *diag, bool colour, zp_buf *out);
void zp_diag_write_json(const zp_diag *diag, zp_buf *out);

#endif
