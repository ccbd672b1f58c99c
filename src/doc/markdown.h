/* markdown.h: Markdown to our tree, through cmark, the way people write it in Chinese.
 *
 * CommonMark, with these differences:
 *
 *  - `**注意：**下一步` is strong: beside Han or a Chinese mark a run of * opens where text follows
 *    and closes where text precedes, whatever punctuation stands next to it. Likewise *emphasis*.
 *  - A line end between two Chinese characters (zp_code_is_chinese) is nothing, else a space.
 *  - [^标签] and `[^标签]: 注文` are footnotes. A reference without a note is an error
 *    (`missing-note`), a note without a reference a warning (`unused-note`), and so is a label that
 *    is there twice (`duplicate-note`; the first note counts).
 *  - Pipe tables: head rows, a delimiter row, rows up to a line without a bar; alone or in a list
 *    item. Where there is more than one head row, each begins with a bar. `\|` is a bar. A cell
 *    that is just `^` joins the cell above, just `<` the cell on the left (centred then only where
 *    both columns are); with \ before it, it is text. A row into which a head cell reaches down is
 * a head row too. `&#10;` in a cell is a forced line end (elsewhere a space). Rows shorter than the
 * head are filled up and longer ones cut, each with a warning (`ragged-row`); a join that leads
 * outside the table or is no rectangle is an error, and its mark stands as text (`bad-join`, a
 * FLAW). In the place of a table that is too large stands a paragraph that says so
 * (`too-many-cells`, a FLAW).
 *  - `#标题` without a space and `＃ 标题` are headings, with a hint (`heading-space`,
 *    `heading-fullwidth`).
 *  - `{#id}` at the end of a heading is its id.
 *  - A heading that ends in ： or 。 with a paragraph as its next sibling is run_in.
 *  - HTML is an error at its place (`raw-html`) and no tag is in the tree; a comment <!-- … --> is
 *    left out silently.
 *  - A link or picture whose url has a scheme other than http, https and mailto is an error
 *    (`unsafe-link`, a FLAW) and loses its url. Characters that only seem blank in a scheme do not
 * help it.
 *
 * Limits, so that hostile text costs no more than its length: the constants below, each an error
 * (`too-deep`, `too-many-brackets`). Where cmark would take quadratic time it is
 * found before cmark sees the text.
 */
#ifndef ZP_MARKDOWN_H
#define ZP_MARKDOWN_H

#include "base/diag.h"
#include "doc/node.h"

enum {
    ZP_MARKDOWN_DEPTH = 100,     /* blocks, or emphasis and links, in one another */
    ZP_MARKDOWN_BRACKETS = 1000, /* [ in one paragraph that no ] closes, ![ included */
    ZP_MARKDOWN_COLUMNS = 200,   /* of one table */
    ZP_MARKDOWN_HEAD = 10,       /* rows above its delimiter */
    ZP_MARKDOWN_CELLS = 1000000, /* of one report, cells made by filling up included */
};

/* Reads `part` of a source; the DOCUMENT node, or NULL when a limit was passed. Other errors are in
 * `diag` and reading went on. Every node's span is exact in the source. */
zp_node *zp_markdown_read(zp_arena *arena, zp_span part, zp_diag *diag);

#endif
