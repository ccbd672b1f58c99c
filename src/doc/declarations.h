/* declarations.h: what a template says of data: names, forms, figures, sections, defaults.
 *
 * The parts of template.yaml that are about content; template.c reads those about looks. Of a chain
 * of templates the nearest wins, entry by entry; an entry that is empty (score: ~) in `figures`,
 * `checks`, `forms` and `ignore` takes an inherited one away.
 *
 *     schema     data/schema.h          forms     data/form.h
 *     figures    data/figures.h          checks    data/figures.h
 *     defaults   a MAP of data for what the report does not give
 *     ignore     {ID: reason}: rules of the checker that its reports are not held to
 *     outline    [部门基本情况, [部门职能], 绩效自评情况]: outline.h; the nearest that is given
 *     tables     [评分表]: that must be attached; problems, measures: words of the headings of
 *                problems and of what is done about them; of each the nearest that is given
 *     terms      what figures are called in prose, and how they hang together: check/lexicon.h
 *     words      the other words that the checker knows, by kind; lists are joined: check/lexicon.h
 */
#ifndef ZP_DECLARATIONS_H
#define ZP_DECLARATIONS_H

#include "base/diag.h"
#include "data/figures.h"
#include "data/value.h"

typedef struct {
    const zp_value *schema;   /* a MAP; read it with schema.h */
    const zp_value *names;    /* a rule whose fields are the schema and the figures: that of a
                                 report's data as a whole */
    const zp_value *forms;    /* a MAP, each checked */
    const zp_value *defaults; /* a MAP */
    const zp_value *ignore;   /* a MAP */
    const zp_value *outline;  /* a LIST of texts, or NULL */
    const zp_value *tables, *problems, *measures; /* LISTs of texts, or NULL */
    const zp_value *terms; /* a MAP, name -> {also: [names], part, whole, sum, …} */
    const zp_value *words; /* a MAP, kind -> LIST */
    const zp_figures *figures;
} zp_declarations;

/* From the MAPs of a chain of template.yaml, nearest first. Errors are in `diag`: `bad-value`,
 * `unknown-key`, `schema-too-deep`, `duplicate-key` (two entries that answer to one name), and
 * those of forms and figures; what was wrong is left out. */
zp_declarations zp_declarations_read(zp_arena *arena, const zp_value *const *chain, size_t count,
                                     zp_diag *diag);

#endif
