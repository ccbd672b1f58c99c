/* json.h: text as a JSON string (RFC 8259), for those who print JSON. Reading it is yaml.h's. */
#ifndef ZP_JSON_TEXT_H
#define ZP_JSON_TEXT_H

#include "base/str.h"

/* `s` in quotes. Bytes that are no UTF-8 become U+FFFD; U+2028 and U+2029 are escaped, since not
 * every reader of lines leaves them whole. */
void zp_json_string(zp_buf *out, zp_str s);

/* The key of an object's next member, with its colon, and a comma before it unless `out` ends in
 * the object's brace. `key` needs no escapes; `out` is not empty. */
void zp_json_key(zp_buf *out, const char *key);

#endif
