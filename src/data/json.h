/* json.h: JSON that programs wrote to a value tree, through json-c.
 *
 * For report.json and its like, which are read by the thousand: it takes half the time of YAML's
 * reader, whose values remember their places. What people write is read by yaml.h, JSON too. Of a
 * key that stands twice in a map the last counts.
 */
#ifndef ZP_DATA_JSON_H
#define ZP_DATA_JSON_H

#include "data/value.h"

/* One object, white space around it. Numbers are text as they were written. NULL when it is no
 * JSON, no object, deeper than ZP_YAML_DEPTH, or a whole number in it has more than 64 bits. */
zp_value *zp_json_read(zp_arena *arena, zp_str json);

#endif
