/* webpage.h: the template's page.html around a report's body.
 *
 * page.html is a Mustache text (expand.h). {{title}} {{department}} {{year}} {{subject}} and all of
 * the report's metadata, by key or alias, print escaped; {{{heading}}} is the title for an <h1>
 * (title.h), {{{style}}} the template's style.css and {{{body}}} the report. Only these three are
 * markup: {{{ }}} and {{& }} around any other name, and other delimiters, are `page-placeholder`.
 */
#ifndef ZP_WEBPAGE_H
#define ZP_WEBPAGE_H

#include "base/diag.h"
#include "doc/report.h"

/* Adds the page to `out`. False when there is none: after `page-placeholder` or an error of
 * zp_expand, all at their place in page.html. */
bool zp_webpage_write(zp_arena *arena, const zp_report *report, zp_str body, zp_diag *diag,
                      zp_buf *out);

#endif
