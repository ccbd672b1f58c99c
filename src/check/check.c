/* check.c: the report taken apart, all groups of rules run over it, silences settled.
 *
 * A new group is one line in the list.
 */
#include "check/check.h"

#include <stdlib.h>
#include "check/checker.h"
#include "check/form.h"
#include "check/groups.h"
#include "check/likeness.h"
#include "check/selfname.h"
#include "check/substance.h"
#include "check/tables.h"
#include "check/year.h"

enum { TITLE_LINES = 2 }; /* passages in which a report says its year */

/* A group a line. */
/* clang-format off */
const zp_rule_group *const zp_rule_groups[] = {
    &zp_contradiction_rules,
    &zp_ratio_rules,
    &zp_growth_rules,
    &zp_part_rules,
    &zp_literal_rules,
    &zp_near_rules,
    &zp_quote_rules,
    &zp_score_rules,
    &zp_year_rules,
    &zp_tally_rules,
    &zp_table_group,
    &zp_numbering_rules,
    &zp_enumeration_rules,
    &zp_outline_rules,
    &zp_chapter_rules,
    &zp_mark_rules,
    &zp_pair_rules,
    &zp_span_rules,
    &zp_file_number_rules,
    &zp_calendar_rules,
    &zp_wording_rules,
    &zp_residue_rules,
    &zp_repeat_rules,
    &zp_column_rules,
    &zp_likeness_rules,
    &zp_name_rules,
    &zp_repertoire_rules,
    &zp_substance_group,
    &zp_disclosure_rules,
    &zp_inherited_rules,
    &zp_silence_rules,
    NULL,
};
/* clang-format on */

const zp_rule *zp_rule_find(zp_str id)
{
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        for (size_t i = 0; i < zp_rule_groups[g]->count; i++)
            if (zp_str_eq(id, zp_str_from(zp_rule_groups[g]->rules[i].id)))
                return &zp_rule_groups[g]->rules[i];
    return NULL;
}

zp_str zp_rule_nearest(zp_arena *arena, zp_str word)
{
    size_t count = 0;
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        count += zp_rule_groups[g]->count;
    zp_str *ids = zp_new_array(arena, zp_str, count);
    count = 0;
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        for (size_t i = 0; i < zp_rule_groups[g]->count; i++)
            ids[count++] = zp_str_from(zp_rule_groups[g]->rules[i].id);
    return zp_str_nearest(word, ids, count);
}

/* Findings of the layers below, which knew nothing of silences. */
static bool is_silenced(void *user, const zp_message *message)
{
    bool finding = message->severity == ZP_HINT || message->severity == ZP_WARNING;
    return finding && zp_silences_cover(user, zp_str_from(message->id), message->span);
}

/* The report's year: its metadata's; else what its text says, else its title. */
static int year_of(const zp_checker *checker)
{
    int year = (int)strtol(zp_str_cstr(checker->arena, checker->report->year), NULL, 10);
    const zp_quantities *quantities = checker->quantities;
    year = year ? year : zp_year_usual(quantities);
    for (size_t i = 0; year == 0 && i < quantities->count; i++) {
        if (quantities->all[i].passage > TITLE_LINES)
            break;
        if (quantities->all[i].kind == ZP_QUANTITY_YEAR)
            year = zp_quantity_year(&quantities->all[i]);
    }
    return year;
}

const zp_passages *zp_check_report(zp_arena *arena, const zp_report *report, zp_diag *diag)
{
    return zp_check_report_apart(arena, report, diag, diag);
}

const zp_passages *zp_check_report_apart(zp_arena *arena, const zp_report *report, zp_diag *diag,
                                         zp_diag *findings)
{
    const zp_declarations *content = &report->template->content;
    const zp_passages *passages = zp_passages_make(arena, report);
    zp_str own[ZP_SELFNAMES];
    size_t own_count = zp_selfname_find(arena, passages, own);
    zp_checker checker = {
        .arena = arena,
        .diag = findings,
        .report = report,
        .passages = passages,
        .matrices = zp_matrices_make(arena, passages),
        .lexicon = zp_lexicon_read(arena, content->terms, content->words, own, own_count),
        .silences = zp_silences_read(arena, report),
    };
    checker.quantities = zp_quantities_find(arena, passages, checker.matrices);
    checker.year = year_of(&checker);
    checker.names = zp_naming_find(arena, passages, checker.quantities, checker.matrices,
                                   checker.lexicon, checker.year);
    checker.ledger = zp_ledger_make(arena, checker.quantities, checker.names);
    checker.sound = zp_new_array(arena, bool, checker.quantities->count);
    checker.blamed = zp_new_array(arena, bool, checker.quantities->count);
    if (checker.quantities->more)
        zp_diag_add(findings, ZP_WARNING, "figures-unread", zp_span_file(report->source),
                    "把报告分成几份再检查", "报告里的数太多，只核对了前%d个", ZP_QUANTITIES_MAX);
    zp_diag_drop(diag, is_silenced, checker.silences);
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        if (zp_rule_groups[g]->run != NULL)
            zp_rule_groups[g]->run(&checker);
    zp_silences_finish(checker.silences, findings);
    return passages;
}
