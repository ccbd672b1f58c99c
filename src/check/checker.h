/* checker.h: what every rule sees, and how it says what it found.
 *
 * The report's text is taken apart once: into passages, and the figures in them. Rules only look,
 * and report findings.
 */
#ifndef ZP_CHECKER_H
#define ZP_CHECKER_H

#include "check/ledger.h"
#include "check/matrix.h"
#include "check/naming.h"
#include "check/passage.h"
#include "check/quantity.h"
#include "check/rule.h"
#include "check/silence.h"

struct zp_checker {
    zp_arena *arena;
    zp_diag *diag;
    const zp_report *report;
    const zp_passages *passages;
    const zp_matrices *matrices;
    const zp_quantities *quantities;
    const zp_name *names; /* one for each of the quantities */
    const zp_lexicon *lexicon;
    const zp_ledger *ledger;
    int year;       /* the report's; 0: not known */
    bool *sound;    /* of each quantity: some equation that holds has it */
    bool *blamed;   /* of each: a finding says already that it is wrong */
    size_t repairs; /* equations for which slips were looked for */
    zp_silences *silences;
    struct zp_fold *folds; /* findings so far of rules that fold */
};

/* Bytes start to end of a passage's text. */
typedef struct {
    size_t passage, start, end;
} zp_where;

/* What more there is to say; zero what there is not. All strings are Chinese, and copied. */
typedef struct {
    zp_str expected, found; /* what it should be if only one answer fits; what it is */
    zp_str hint;            /* what to do */
    const zp_where *also;   /* the other places it is about: the second figure, its base */
    size_t also_count;
    zp_span instead;      /* of what stands in the metadata: its place, for that of `where` */
    zp_severity severity; /* with `other_severity`: instead of the rule's */
    bool other_severity;
} zp_finding;

/* A finding of `rule` at `where`, unless the author silenced the rule there. `finding` may be NULL.
 * The message is a sentence that an officer understands: what is wrong, which two places. Of a rule
 * that folds, the first three places are kept, and the others counted. */
void zp_checker_find(zp_checker *checker, const zp_rule *rule, zp_where where,
                     const zp_finding *finding, const char *format, ...) ZP_PRINTF(5, 6);

/* A place within a message: 一（四）部门整体收支情况 第1段. */
zp_str zp_checker_place(const zp_checker *checker, size_t passage);

#endif
