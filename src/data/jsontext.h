/* jsontext.h: JSON text made ready for a reader of YAML.
 *
 * YAML (yaml.h) reads JSON but for one thing: JSON writes a character beyond U+FFFF as two escapes,
 * a surrogate pair (RFC 8259, section 7), each of which is no character to YAML.
 */
#ifndef ZP_JSONTEXT_H
#define ZP_JSONTEXT_H

#include "base/source.h"

/* `source` with each pair \ud83d\ude00 in a string as the one escape \U0001f600, and a half without
 * the other as \ufffd; itself where there is none. Columns behind a pair are two less than in the
 * file. */
const zp_source *zp_json_source(zp_arena *arena, const zp_source *source);

#endif
