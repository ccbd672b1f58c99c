/* webpage.h: the template's page.html around a report's body.
 *
 * page.html is a Mustache text (expand.h). {{title}} {{department}} {{year}} {{subject}} and all of
 * the report's metadata, by key or alias, print escaped. Markup are only these, in three braces:
 *
 *     style        the template's style.css as <style>, and before it the policy (a <meta>) that
 *                  lets this style sheet in, by its hash, and nothing else but data: neither
 *                  script nor anything from outside
 *     outline      <nav> with links to the headings
 *     letterhead   the stamp and 版头 (letter.h)
 *     heading      the title for an <h1> (title.h)
 *     body         the report
 *
 * {{{ }}} and {{& }} around any other name, and other delimiters, are `page-placeholder`.
 */
#ifndef ZP_WEBPAGE_H
#define ZP_WEBPAGE_H

#include "base/diag.h"
#include "doc/report.h"

typedef struct {
    zp_str outline, body;
    zp_str rules, style; /* further rules of the style sheet: the report's tables', the caller's */
} zp_webpage;

/* Adds the page to `out`. False when there is none: after `page-placeholder` or an error of
 * zp_expand, all at their place in page.html. */
bool zp_webpage_write(zp_arena *arena, const zp_report *report, const zp_webpage *parts,
                      zp_diag *diag, zp_buf *out);

#endif
