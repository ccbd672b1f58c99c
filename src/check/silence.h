/* silence.h: rules that the author, or the template, does not want to hear.
 *
 *     <!-- ziping: ignore ID 理由 -->    on a line of its own: for the paragraph, heading or table
 *                                        that follows
 *     忽略: {ID: 理由}                   in the front matter: for the whole report; ID: ~ takes one
 *                                        of the template's away
 *     ignore: {ID: 理由}                 in template.yaml: for all its reports
 *
 * An ID may be of a rule (rule.h) or of any finding of the layers below (a check of the template by
 * its name …). One that silences nothing is itself a finding, `unused-ignore`, at its place; of the
 * template's there is none. An ID that no rule has is `unknown-ignore`, with the nearest; one
 * without a reason is a hint, `ignore-reason`. The first 500 are heeded.
 */
#ifndef ZP_SILENCE_H
#define ZP_SILENCE_H

#include "doc/report.h"

typedef struct zp_silences zp_silences;

zp_silences *zp_silences_read(zp_arena *arena, const zp_report *report);

/* Whether what is found at `span` by the rule `id` is silenced. */
bool zp_silences_cover(zp_silences *silences, zp_str id, zp_span span);

/* Once all rules have run: those that silenced nothing, and those of unknown rules. */
void zp_silences_finish(const zp_silences *silences, zp_diag *diag);

#endif
