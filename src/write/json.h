/* json.h: what a report knows, as report.json: `--to json`.
 *
 * One object: the report's data under the schema's keys, `figures` {id: {name, value, unit,
 * printed}}, `chapters`, its text (chapters.h), and `findings`, the messages so far (diag.h). It
 * can be given back as next year's data: `data: {last: 2023/report.json}`.
 */
#ifndef ZP_JSON_H
#define ZP_JSON_H

#include "doc/report.h"

/* `value` as JSON: maps, lists, null, and every scalar as a string but for figures written as plain
 * numerals and for true and false. A figure whose unit stands in its column's head or its rule
 * takes it along (100万元, 76%), so that it means the same wherever it is read; one whose cell
 * holds more than it shows is given as held. */
void zp_json_value(const zp_value *value, zp_buf *out);

void zp_json_write(zp_arena *arena, const zp_report *report, const zp_diag *diag,
                   const zp_diag *findings, zp_buf *out);

#endif
