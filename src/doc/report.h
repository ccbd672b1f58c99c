/* report.h: a report bound to its template: metadata checked and named, headings settled.
 *
 * This is what layout and the HTML writer see.
 */
#ifndef ZP_REPORT_H
#define ZP_REPORT_H

#include "base/diag.h"
#include "data/value.h"
#include "doc/facts.h"
#include "doc/front.h"
#include "doc/matter.h"
#include "doc/node.h"
#include "doc/template.h"

typedef struct {
    const zp_source *source;
    zp_str folder; /* that the report stands in: pictures come from there and below; empty for
                      standard input */
    const zp_template *template;
    const zp_front *front; /* as written */
    const zp_value *meta;  /* all its data and figures, keys as in the schema; never NULL */
    zp_span body;          /* the Markdown that was read: expanded, its tables in place */
    zp_node *root;         /* DOCUMENT, without the # heading that was taken as the title */
    zp_str title;          /* one line, spaces trimmed; empty only of a report to be read */
    zp_str title_lines;    /* the same with a line end wherever the author put a \\ to part it */
    zp_span title_span;
    zp_str department; /* empty when not given; `department` as text or its `name` */
    zp_str year;
    zp_str subject;         /* the template's */
    zp_matter matter;       /* 主送, 落款 and the like */
    zp_str stamp;           /* on every page, 征求意见稿 and the like; empty: none */
    bool public;            /* the edition without what is marked 内部 */
    bool draft;             /* of which nothing is missing yet */
    bool sample;            /* holds the template's 示例数据 */
    const zp_loaded *files; /* data files that were read, for this report or others of a row */
    size_t file_count;
    const zp_loaded *used; /* those that this report was made of */
    size_t used_count;
} zp_report;

/* The report with `front` under `template`. Its data are gathered (facts.h), the body is expanded
 * with them (expand.h), sheets are placed (placed.h), and the result is read as Markdown.
 *
 * Unknown keys are warnings (`unknown-key`, with the nearest name as hint), required ones that are
 * missing errors (`missing-key`), a key given by two of its names is `duplicate-key`, an error.
 * `headings` in the front matter overrides the template's; another word than its two is
 * `bad-value`.
 *
 * The title is the front matter's or that of the first # heading, which then leaves the tree;
 * neither is `missing-title`. Where both are there and differ in more than white space, the front
 * matter wins and the heading stays (`two-titles`, a warning). A further # heading is
 * `second-title` (warning; it stays). A heading more than one level below the one before it is
 * `skipped-level`, a warning. A report without any text is `empty-report`, and says nothing
 * else of what it lacks. Headings of the template's outline that are not there, or not in its
 * order, are `missing-section`, a warning. In a draft nothing is missing. Of a report that is only
 * to be read and checked, a missing title or key stops nothing, and where there is no front matter
 * nobody asks for them.
 *
 * With headings by-number: a paragraph of the top level that opens with 一、 （一） or (一) and has
 * at most 30 字 without ，；。 is that heading (levels 2 and 3); of another one the first phrase up
 * to ： or 。, under the same limits and with text following, becomes a run-in heading. White space
 * is not counted. Never 1. or （1）; Markdown's own headings are not touched.
 *
 * Full-width spaces at the start of paragraphs, an indent made by hand, are dropped
 * (`typed-indent`, one hint for all).
 *
 * NULL when nothing may be written: any error so far. */
zp_report *zp_report_make(zp_arena *arena, const zp_front *front, const zp_template *template,
                          const zp_facts_options *options, zp_diag *diag);

/* Front matter and body of `source`, without further data. */
zp_report *zp_report_read(zp_arena *arena, const zp_source *source, const zp_template *template,
                          zp_diag *diag);

#endif
