/* rule.h: what the checker looks for: one row a rule, gathered in groups.
 *
 * A group is a file: its rules and the function that looks for what breaks them. Adding a rule is
 * adding a row to its group's table; adding a group is adding a line to the list in check.c.
 */
#ifndef ZP_RULE_H
#define ZP_RULE_H

#include "base/diag.h"
#include "base/str.h"

typedef struct zp_checker zp_checker;

typedef struct {
    const char *id; /* stable, English, as messages and silences name it: figure-repeat */
    /* By the clause: what a standard prescribes (应当, 不得) is an ERROR, what it recommends (一般,
     * 宜) a WARNING, what it allows or only taste asks for a HINT; a figure that cannot be right is
     * an ERROR, one that somebody must look at a WARNING. */
    zp_severity severity;
    bool folds; /* its repeats in a report are one finding with three places and a count */
    /* The rest is for `ziping explain`, in Chinese; none is NULL. */
    const char *title; /* a phrase: 前后两处的数不一致 */
    const char *about; /* the rule, in a sentence or two */
    const char *basis; /* standard and clause: GB/T 15834—2011 5.1.3 */
    /* An example that breaks it, and the same put right: Markdown as a report's body holds it, or,
     * where it begins with ---, a whole report with its front matter. The tests run them; what no
     * single report of the base template can show has none. */
    const char *wrong, *right;
} zp_rule;

typedef struct {
    const zp_rule *rules;
    size_t count;
    void (*run)(zp_checker *checker); /* NULL: others find what these rules name */
} zp_rule_group;

#define ZP_RULE_GROUP(rules, run)                                                                  \
    {                                                                                              \
        (rules), sizeof(rules) / sizeof *(rules), (run)                                            \
    }

/* All groups, in the order in which they run; NULL ends them. */
extern const zp_rule_group *const zp_rule_groups[];

/* The rule of that id; NULL when there is none. */
const zp_rule *zp_rule_find(zp_str id);

/* The id of a rule that `word` was most likely meant to be; empty when none is near. */
zp_str zp_rule_nearest(zp_arena *arena, zp_str word);

#endif
