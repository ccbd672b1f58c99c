/* likeness.h: paragraphs that two reports share (雷同).
 *
 * A paragraph of ZP_LIKENESS_LEAST 字 and more that stands word for word in two reports was
 * copied from one to the other, unless their template brought it. White space is not compared.
 *
 * Each report's paragraphs are collected by themselves, on any thread, into its own arena or one
 * that lives longer; then one thread finds what several share. Both are linear; the result depends
 * on the order of the reports alone.
 */
#ifndef ZP_LIKENESS_H
#define ZP_LIKENESS_H

#include "check/passage.h"
#include "check/rule.h"
#include "check/silence.h"

enum { ZP_LIKENESS_LEAST = 60 }; /* 字 */

/* A paragraph, as much of it as is needed once its report is gone. */
typedef struct {
    uint64_t hash[2]; /* of its text without white space: 128 bits, so equal ones are equal texts */
    size_t line, column; /* where it begins, from 1 */
    zp_line_place at;    /* what that line is */
    size_t length;       /* 字 */
    zp_str place;        /* in words: 二（一）自评结论 第1段 */
    zp_str beginning;    /* its first characters */
} zp_likeness_mark;

typedef struct {
    zp_str file; /* the report's name, as messages print it */
    const zp_likeness_mark *marks;
    size_t count;
} zp_likeness_report;

/* A report's long paragraphs that its template did not bring, without those that its author
 * silenced (NULL: none); strings are copied into `arena`. */
zp_likeness_report zp_likeness_collect(zp_arena *arena, const zp_passages *passages,
                                       zp_silences *silences);

/* A paragraph of the report `later` that stands in `earlier` too: the first of the reports that
 * have it. Indexes of reports, and of their marks. */
typedef struct {
    size_t later, later_mark;
    size_t earlier, earlier_mark;
} zp_likeness;

/* In the order of the reports and their paragraphs; *found: how many. */
const zp_likeness *zp_likeness_find(zp_arena *arena, const zp_likeness_report *reports,
                                    size_t count, size_t *found);

/* The sentence that says it: both files, both lines, how many 字, how it begins. */
zp_str zp_likeness_word(zp_arena *arena, const zp_likeness_report *reports,
                        const zp_likeness *likeness);

/* Its rule, `likeness`. */
extern const zp_rule_group zp_likeness_rules;

#endif
