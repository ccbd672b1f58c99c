/* roster.h: who should have reported, against who has.
 *
 * A roster is a list of rows (records.h) with 编码, 名称, 应报项目 (how many projects the unit is
 * to report on) and 应报金额 (what they come to, 万元 where the head says nothing else); the last
 * two may be missing. A unit is found by its code, and where nobody reported under that by its
 * name, if no other row has the code of the one so found. A row that repeats another is not
 * counted. Findings, all warnings, stand at the unit's row:
 *
 *     roster-unreported   未报送
 *     roster-forms        缺自评表: fewer projects with a form than are to be reported
 *     roster-money        金额没有报全: the projects reported come to less, or not all say theirs
 *     roster-unsealed     缺盖章件
 *     roster-extra        多报: more projects; or, at the whole roster, a unit that it has not
 *     roster-repeated     the unit stands in a row above
 */
#ifndef ZP_ROSTER_H
#define ZP_ROSTER_H

#include "archive/catalog.h"
#include "data/value.h"

typedef struct {
    size_t units, reported, unsealed, extra; /* extra: units that the roster does not name */
    bool asks_projects, asks_money;          /* any row says how many, how much */
    size_t projects, projects_reported;
    zp_str money, money_reported; /* 万元 */
} zp_roster_sum;

/* `list` as zp_load gives it; the reports of `year`. False when it has no column 编码 or 名称, an
 * error in `diag` (`roster-columns`). */
bool zp_roster_check(zp_arena *arena, const zp_value *list, zp_catalog *catalog, zp_str year,
                     zp_diag *diag, zp_roster_sum *sum);

#endif
