/* look.h: how the parts of a report look: by class in a page, which has a style sheet, and by style
 * in a fragment, which has none.
 *
 * What the elements themselves say (a heading, a list, emphasis) has no class; a fragment leaves it
 * to the page that it is pasted into. The fragment's faces are that page's too.
 */
#ifndef ZP_LOOK_H
#define ZP_LOOK_H

#include <stdbool.h>

#include "base/str.h"

typedef enum {
    ZP_LOOK_NONE,
    ZP_LOOK_PARAGRAPH,
    ZP_LOOK_HEADING,
    ZP_LOOK_RUN_IN, /* a heading and its paragraph in one line: what is around both */
    ZP_LOOK_RUN_IN_PART,
    ZP_LOOK_EMPH,
    ZP_LOOK_PART, /* the heading of an attached part */
    ZP_LOOK_PART_LABEL,
    ZP_LOOK_ADDRESSEE,
    ZP_LOOK_ATTACHMENTS,
    ZP_LOOK_ATTACHMENTS_MORE,
    ZP_LOOK_ORGAN,
    ZP_LOOK_DATE,
    ZP_LOOK_PUBLIC_REMARK,
    ZP_LOOK_STAMP,
    ZP_LOOK_LETTERHEAD_MARKS, /* 密级, 紧急程度 */
    ZP_LOOK_LETTERHEAD,       /* 发文机关标志 */
    ZP_LOOK_LETTERHEAD_NUMBER,
    ZP_LOOK_ISSUER,
    ZP_LOOK_BYLINE, /* of a cover */
    ZP_LOOK_IMPRINT,
    ZP_LOOK_IMPRINT_LINE,
    ZP_LOOK_TABLE, /* around a table */
    ZP_LOOK_TABLE_THREE_LINE,
    ZP_LOOK_TABLE_PLAIN,
    ZP_LOOK_ROWS, /* the table itself */
    ZP_LOOK_ROWS_THREE_LINE,
    ZP_LOOK_CAPTION,
    ZP_LOOK_UNIT,
    ZP_LOOK_REMARK,
    ZP_LOOK_SIGNING,
    ZP_LOOK_WORD, /* of a line whose words stand apart */
    ZP_LOOK_TOTAL,
    ZP_LOOK_HEAD, /* cells: of grids, then of three-line tables, then of plain ones */
    ZP_LOOK_CELL,
    ZP_LOOK_HEAD_THREE_LINE,
    ZP_LOOK_CELL_BARE,
    ZP_LOOK_NUMBER, /* how a cell stands */
    ZP_LOOK_LEFT,
    ZP_LOOK_CENTER,
    ZP_LOOK_RIGHT,
    ZP_LOOK_FIGURE,
    ZP_LOOK_IMAGE,
    ZP_LOOK_PICTURE, /* words in the place of a picture */
    ZP_LOOK_NOTES,
    ZP_LOOK_BACK,
} zp_look;

/* Adds ` class="…"`, or in a fragment ` style="…"`, of up to two looks; nothing where they have
 * none. */
void zp_look_add(zp_buf *tag, bool fragment, zp_look first, zp_look second);

#endif
