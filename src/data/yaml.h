/* yaml.h: YAML (and so JSON) to a value tree, through libyaml.
 *
 * One document. Anchors and aliases are refused (`yaml-alias`): a report's metadata has no use for
 * them, and they are the way to make a small file large. Limits are the constants below. In JSON
 * (what begins with { or [) \ud83d\ude00 is one character, as JSON says.
 */
#ifndef ZP_YAML_H
#define ZP_YAML_H

#include "base/diag.h"
#include "data/value.h"

enum {
    ZP_YAML_DEPTH = 64,      /* maps and lists in one another */
    ZP_YAML_VALUES = 500000, /* scalars, lists and maps in one document */
};

/* The YAML in `part` of a source, as a MAP (an empty document is an empty map). NULL after an
 * error, which is in `diag` at its place in the source.
 *
 * The slips that people make get a message of their own, with the line as it should read in the
 * hint: a full-width colon after the key (`yaml-fullwidth-colon`), U+3000 as a space
 * (`yaml-fullwidth-space`), a tab as indentation (`yaml-tab`), an unquoted value that holds ": "
 * (`yaml-colon-in-value`) or starts with {{
 * (`yaml-braces`). What remains is `yaml-syntax`. A key that stands twice in one map is an error
 * (`duplicate-key`) at its second place; the first value is kept and reading goes on, so this error
 * alone does not make the result NULL. Past a limit: `too-deep`, `too-many-values`. Tags,
 * directives and a second document are `yaml-syntax` too. */
zp_value *zp_yaml_read(zp_arena *arena, zp_span part, zp_diag *diag);

/* The same, where a list may stand for the whole: data files. */
zp_value *zp_yaml_read_any(zp_arena *arena, zp_span part, zp_diag *diag);

#endif
