/* groups.h: the groups of rules, each the file of its name. */
#ifndef ZP_GROUPS_H
#define ZP_GROUPS_H

#include "check/rule.h"

extern const zp_rule_group zp_contradiction_rules;
extern const zp_rule_group zp_ratio_rules;
extern const zp_rule_group zp_growth_rules;
extern const zp_rule_group zp_part_rules;
extern const zp_rule_group zp_literal_rules;
extern const zp_rule_group zp_near_rules;
extern const zp_rule_group zp_quote_rules;
extern const zp_rule_group zp_score_rules;
extern const zp_rule_group zp_year_rules;
extern const zp_rule_group zp_tally_rules;
extern const zp_rule_group zp_disclosure_rules; /* only of the public edition */
extern const zp_rule_group zp_silence_rules;
extern const zp_rule_group zp_inherited_rules;

#endif
