/* expand.h: Mustache in, text out, and where every byte of it came from.
 *
 * {{name}} {{{name}}} {{&name}}, sections {{#name}}…{{/name}}, inverted ones {{^name}}, comments
 * {{! }}, partials {{> name}}, delimiters {{=<% %>=}}; tags that stand alone on a line take the
 * line with them, and a partial alone on its line is indented like it (mustache spec 1.4). Besides:
 *
 *   - names may be dotted (单位.名称) and go by key or by any alias of the schema (value->rule);
 *     a dotted name resolves its first part up the stack, the rest below that; a name that the
 *     schema of a section's map has is not looked for further out, where that map lacks it;
 *   - within a list {{@序号}} ({{@index}}) counts from 1; {{@首}} and {{@末}} ({{@first}} and
 *     {{@last}}) tell the first and last entry, for sections;
 *   - {{name | filter | filter}}: printing.h; without a filter the value prints by its rule;
 *   - {{'文字' | …}}: a literal; '' in it is one mark, and {{'{{'}} prints {{;
 *   - the filter 合并 (`merge`) gives ^, the mark that joins a table cell to the one above, where
 *     the tag printed the same in the previous entry of its list, and all 合并 left of it in the
 *     same entry joined too; never in the first entry. It is applied last.
 *
 * False in a section: NULL, an empty list, blank text, and unquoted words for no (false 否 no) or
 * for nothing (无 — 不适用: what amount.h calls BLANK).
 *
 * A value is escaped for where it lands:
 *   HTML      & < > " '
 *   MARKDOWN  in text whatever our reader (doc/markdown.h) would take for a mark, and no more: | in
 *             particular; a line end is a space (in a table cell: &#10;), blanks at the ends of a
 *             line are dropped; at the start of a line also # - + > = ~ and 1. , in a cell a lone ^
 *             or <. In a fenced code block the value is a double-quoted YAML scalar, unless the tag
 *             itself stands in quotes there: then only their escapes. What {{{ }}} gives is not
 *             escaped. In `code` and in <url> no escape holds: use {{{ }}} there
 *   NONE      as it is
 *
 * Linear in the length of the result.
 */
#ifndef ZP_EXPAND_H
#define ZP_EXPAND_H

#include "base/diag.h"
#include "data/value.h"

typedef enum { ZP_ESCAPE_NONE, ZP_ESCAPE_HTML, ZP_ESCAPE_MARKDOWN } zp_escape;

#define ZP_TO_FILL "【待填】"

/* What a name without a value prints: nothing; nothing, with an error; or ZP_TO_FILL. A NULL in the
 * data counts as none, except in an entry of a list, where it is a blank cell, and where its rule
 * says how `blank` prints. */
typedef enum { ZP_MISSING_EMPTY, ZP_MISSING_ERROR, ZP_MISSING_DRAFT } zp_missing;

enum {
    ZP_EXPAND_DEPTH = 64,       /* partials in one another; sections: 256 */
    ZP_EXPAND_MAX = 64 << 20,   /* bytes of a result */
    ZP_EXPAND_PIECES = 8000000, /* stretches of one origin in it */
};

typedef struct {
    zp_escape escape;
    zp_missing missing;
    /* The partial of that name; NULL when there is none (with `missing` EMPTY that is nothing, else
     * `missing-partial`, an error) or after an error of its own. */
    const zp_source *(*partial)(void *user, zp_str name, zp_span tag);
    void *user;
} zp_expand_options;

/* `part` of a source expanded with `data` (a MAP: the outermost names) as a source of its own,
 * named like the first, whose pieces lead to the templates and the values; NULL after an error that
 * leaves no text: `mustache-open` (a tag or section that is not closed, at its opening),
 * `mustache-close` (a closing one without an opening, or in the wrong order), `mustache-tag`,
 * `partial-too-deep`, `section-too-deep`, `expansion-too-large` (also: too many steps without
 * text). Errors of values: with ERROR, `missing-value` at the tag, with the nearest name there is;
 * with ERROR and DRAFT, `not-a-text` (a list or map where a text must be); always those of filters.
 * The first two are said once for a tag, however many entries lack the value; the caller looks at
 * `diag` to know that there were some. A section whose name is not there is no error. A text
 * without {{ is returned as it is, without a copy: its source is part.source only when `part` is
 * all of it. */
const zp_source *zp_expand(zp_arena *arena, zp_span part, const zp_value *data,
                           const zp_expand_options *options, zp_diag *diag);

/* The same for a short text that stands at `place` (a title in the front matter): just the text;
 * false after an error. Messages are at `place` as a whole. */
bool zp_expand_text(zp_arena *arena, zp_str text, zp_span place, const zp_value *data,
                    const zp_expand_options *options, zp_diag *diag, zp_str *expanded);

/* The value that a name leads to from `data`, by keys and aliases; NULL when none. */
const zp_value *zp_expand_find(const zp_value *data, zp_str name);

#endif
