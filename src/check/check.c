/* check.c: the report taken apart, all groups of rules run over it, silences settled.
 *
 * A new group is one line in the list.
 */
#include "check/check.h"

#include "check/checker.h"
#include "check/form.h"
#include "check/likeness.h"

const zp_rule_group *const zp_rule_groups[] = {
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
    NULL,
};

const zp_rule *zp_rule_find(zp_str id)
{
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        for (size_t i = 0; i < zp_rule_groups[g]->count; i++)
            if (zp_str_eq(id, zp_str_from(zp_rule_groups[g]->rules[i].id)))
                return &zp_rule_groups[g]->rules[i];
    return NULL;
}

/* Findings of the layers below, which knew nothing of silences. */
static bool is_silenced(void *user, const zp_message *message)
{
    bool finding = message->severity == ZP_HINT || message->severity == ZP_WARNING;
    return finding && zp_silences_cover(user, zp_str_from(message->id), message->span);
}

const zp_passages *zp_check_report(zp_arena *arena, const zp_report *report, zp_diag *diag)
{
    const zp_passages *passages = zp_passages_make(arena, report);
    zp_checker checker = {
        .arena = arena,
        .diag = diag,
        .report = report,
        .passages = passages,
        .quantities = zp_quantities_find(arena, passages),
        .silences = zp_silences_read(arena, report),
    };
    zp_diag_drop(diag, is_silenced, checker.silences);
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        if (zp_rule_groups[g]->run != NULL)
            zp_rule_groups[g]->run(&checker);
    zp_silences_finish(checker.silences, diag);
    return passages;
}
