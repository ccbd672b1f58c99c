/* json.h: what a report knows, as report.json: `--to json`.
 *
 * One object: the report's data under the schema's keys, `figures` {id: {value, unit, printed}} and
 * `findings`, the messages so far (diag.h). It can be given back as next year's data:
 * `data: {last: 2023/report.json}`.
 */
#ifndef ZP_JSON_H
#define ZP_JSON_H

#include "doc/report.h"

/* `value` as JSON: maps, lists, null, and every scalar as a string but for figures written as plain
 * numerals and for true and false. */
void zp_json_value(const zp_value *value, zp_buf *out);

void zp_json_write(zp_arena *arena, const zp_report *report, const zp_diag *diag, zp_buf *out);

#endif
