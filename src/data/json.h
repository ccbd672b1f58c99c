/* json.h: JSON that programs wrote to a value tree, through json-c.
 *
 * For report.json and its like, which are read by the thousand: an order of magnitude faster than
 * YAML's reader, whose values remember their places (what people write is read by yaml.h, JSON
 * too). Strict JSON; a map whose keys stand twice keeps the last.
 */
#ifndef ZP_DATA_JSON_H
#define ZP_DATA_JSON_H

#include "data/value.h"

/* One object, white space around it. Numbers are text as they were written. NULL when it is no
 * JSON, no object, deeper than ZP_YAML_DEPTH, or a whole number in it has more than 64 bits. */
zp_value *zp_json_read(zp_arena *arena, zp_str json);

#endif
