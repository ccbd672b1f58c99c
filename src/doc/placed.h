/* placed.h: sheets set as tables: text to text, before Markdown is read.
 *
 * A fenced block named table
 *
 *     ```table
 *     src: book.xlsx#预算!A1:D20
 *     columns: [项目, 预算数]
 *     internal: [备注]
 *     head: 2
 *     ```
 *
 * becomes a pipe table (pipe.h) of the sheet as it stands. `src` is required. `columns` takes these
 * columns in this order, `internal` leaves these out of the public edition; a column goes by any
 * text of its head, or by the path of them all (年初预算数/财政拨款), white space not counted; a
 * head joined over several columns names them all. `head` is the number of head rows, lines above
 * the heads counted too (1 to ZP_MARKDOWN_HEAD); without it, lines of one text at the top, or with
 * the unit (a title, 填报单位：… 单位：万元) and then the first row and as many further ones as its
 * joined cells reach down to.
 *
 * The fence may be indented by three spaces at most; in a quote it is code. A block within a
 * comment or another fence is none.
 *
 * Left out are hidden rows and columns (`hidden-rows`, one warning a table) and blank rows and
 * columns at the edges. Errors: those of the YAML and of `load`, `missing-key`, `bad-value`,
 * `missing-column` (with the nearest head), `empty-table`, `table-open` (a fence that is not
 * closed). A key that is not known is `unknown-key`, a warning. In the place of a table that
 * Markdown would not hold stands a line that says so (`too-many-cells`, a FLAW).
 */
#ifndef ZP_PLACED_H
#define ZP_PLACED_H

#include "base/diag.h"
#include "book/sheet.h"

typedef struct {
    /* The sheet that `reference`, written at `place`, names; NULL after an error of its own. */
    const zp_sheet *(*load)(void *user, zp_str reference, zp_span place);
    void *user;
    bool public; /* the edition */
} zp_placed_options;

/* `part` with its table blocks replaced: all of a new source, named like the first, whose pieces
 * lead to the sheets' cells, to the blocks and to `part`. `part` itself where there is no block.
 * After an error the block is left out. */
zp_span zp_placed_expand(zp_arena *arena, zp_span part, const zp_placed_options *options,
                         zp_diag *diag);

#endif
