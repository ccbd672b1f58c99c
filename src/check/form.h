/* form.h: the groups of rules about form: how a report is written, not what it says.
 *
 * After GB/T 9704—2012 (the format of official documents), GB/T 15834—2011 (punctuation), GB/T
 * 15835—2011 (numerals) and 通用规范汉字表. Each group is a file of its own.
 */
#ifndef ZP_FORM_RULES_H
#define ZP_FORM_RULES_H

#include "check/rule.h"

extern const zp_rule_group zp_numbering_rules;   /* numbers of headings and paragraphs */
extern const zp_rule_group zp_enumeration_rules; /* 一是 二是, 第一 第二 in the text */
extern const zp_rule_group zp_outline_rules; /* sections that the template wants: found by doc */
extern const zp_rule_group zp_chapter_rules; /* empty and doubled chapters */
extern const zp_rule_group zp_mark_rules;    /* punctuation */
extern const zp_rule_group zp_pair_rules;    /* brackets and quotes */
extern const zp_rule_group zp_span_rules;    /* ranges, 15%～30% */
extern const zp_rule_group zp_file_number_rules; /* 财预〔2020〕10号 */
extern const zp_rule_group zp_calendar_rules;    /* dates and years */
extern const zp_rule_group zp_wording_rules;     /* repeated, confused and parted words */
extern const zp_rule_group zp_repeat_rules;      /* one sentence twice */
extern const zp_rule_group zp_residue_rules;     /* what a template left behind */
extern const zp_rule_group zp_name_rules;        /* the unit's name */
extern const zp_rule_group zp_column_rules;      /* units of a column of amounts */
extern const zp_rule_group zp_repertoire_rules;  /* characters */

#endif
