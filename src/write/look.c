/* look.c: a table of looks; attributes out. */
#include "write/look.h"

#define CELL   "padding:4px 6px;vertical-align:middle"
#define RULED  CELL ";border:1px solid #000"
#define COMMON ";font-weight:normal;text-align:left" /* of a cell that heads its row too */

/* Class and style; NULL: none. */
static const struct {
    const char *class, *style;
} looks[] = {
    [ZP_LOOK_NONE] = {NULL, NULL},
    [ZP_LOOK_PARAGRAPH] = {NULL, "margin:0;line-height:1.8;text-align:justify;text-indent:2em"},
    [ZP_LOOK_HEADING] = {NULL, "margin:0;line-height:1.8;text-indent:2em"},
    [ZP_LOOK_RUN_IN] = {"run-in", "line-height:1.8;text-align:justify;text-indent:2em"},
    [ZP_LOOK_RUN_IN_PART] = {NULL, "display:inline;margin:0"},
    [ZP_LOOK_EMPH] = {NULL, "font-family:KaiTi,STKaiti,serif;font-style:normal"},
    [ZP_LOOK_PART] = {"part", "margin:2em 0 1em;text-align:center"},
    [ZP_LOOK_PART_LABEL] = {"label", "display:block;text-align:left"},
    [ZP_LOOK_ADDRESSEE] = {"addressee", "margin:0;line-height:1.8"},
    [ZP_LOOK_ATTACHMENTS] = {"attachments", "margin:1em 0 0;line-height:1.8;text-indent:2em"},
    [ZP_LOOK_ATTACHMENTS_MORE] = {"attachments more", "margin:0;line-height:1.8;text-indent:5em"},
    [ZP_LOOK_ORGAN] = {"organ", "margin:1.8em 2em 0 0;line-height:1.8;text-align:right"},
    [ZP_LOOK_DATE] = {"date", "margin:0 2em 0 0;line-height:1.8;text-align:right"},
    [ZP_LOOK_PUBLIC_REMARK] = {"public-remark", "margin:0;line-height:1.8;text-indent:2em"},
    [ZP_LOOK_STAMP] = {"stamp", "margin:0;text-align:center"},
    [ZP_LOOK_LETTERHEAD_MARKS] = {"marks", "margin:0;line-height:1.8"},
    [ZP_LOOK_LETTERHEAD] = {"mark", "margin:1em 0;color:#c00;font-size:2em;text-align:center"},
    [ZP_LOOK_LETTERHEAD_NUMBER] = {"number-line", "margin:0 0 1em;padding:0 0 0.5em;border-bottom:"
                                                  "2px solid #c00;text-align:center"},
    [ZP_LOOK_ISSUER] = {"issuer", NULL},
    [ZP_LOOK_BYLINE] = {"byline", "margin:0 0 1em;text-align:center"},
    [ZP_LOOK_IMPRINT] = {"imprint", "margin:2em 0 0;padding:0.3em 1em;border:solid #000;"
                                    "border-width:1px 0"},
    [ZP_LOOK_IMPRINT_LINE] = {NULL, "margin:0;line-height:1.8"},
    [ZP_LOOK_TABLE] = {"table", "margin:1em 0;overflow-x:auto"},
    [ZP_LOOK_TABLE_THREE_LINE] = {"table three-line", "margin:1em 0;overflow-x:auto"},
    [ZP_LOOK_TABLE_PLAIN] = {"table plain", "margin:1em 0;overflow-x:auto"},
    [ZP_LOOK_ROWS] = {NULL, "width:100%;border-collapse:collapse"},
    [ZP_LOOK_ROWS_THREE_LINE] = {NULL, "width:100%;border-collapse:collapse;border:solid #000;"
                                       "border-width:2px 0"},
    [ZP_LOOK_CAPTION] = {NULL, "text-align:center"},
    [ZP_LOOK_UNIT] = {"unit", "display:block;text-align:right"},
    [ZP_LOOK_REMARK] = {"remark", "margin:0.3em 0 0"},
    [ZP_LOOK_SIGNING] = {"signing", "margin:0.6em 0 0"},
    [ZP_LOOK_WORD] = {NULL, "display:inline-block;margin-right:6em"},
    [ZP_LOOK_TOTAL] = {"total", NULL},
    [ZP_LOOK_HEAD] = {NULL, RULED ";text-align:center"},
    [ZP_LOOK_CELL] = {NULL, RULED COMMON},
    [ZP_LOOK_HEAD_THREE_LINE] = {NULL, CELL ";border-bottom:1px solid #000;text-align:center"},
    [ZP_LOOK_CELL_BARE] = {NULL, CELL COMMON},
    [ZP_LOOK_NUMBER] = {"number", "text-align:right;white-space:nowrap"},
    [ZP_LOOK_LEFT] = {"left", "text-align:left"},
    [ZP_LOOK_CENTER] = {"center", "text-align:center"},
    [ZP_LOOK_RIGHT] = {"right", "text-align:right"},
    [ZP_LOOK_FIGURE] = {NULL, "margin:1em 0;text-align:center"},
    [ZP_LOOK_IMAGE] = {NULL, "max-width:100%;height:auto"},
    [ZP_LOOK_PICTURE] = {"picture", NULL},
    [ZP_LOOK_NOTES] = {"notes", "margin-top:2em;border-top:1px solid #000"},
    [ZP_LOOK_BACK] = {"back", NULL},
};
_Static_assert(sizeof looks / sizeof *looks == ZP_LOOK_BACK + 1, "a row for every look");

void zp_look_add(zp_buf *tag, bool fragment, zp_look first, zp_look second)
{
    const char *words[] = {fragment ? looks[first].style : looks[first].class,
                           fragment ? looks[second].style : looks[second].class};
    if (!words[0] && !words[1])
        return;
    zp_buf_add(tag, fragment ? ZP_STR(" style=\"") : ZP_STR(" class=\""));
    zp_buf_add(tag, zp_str_from(words[0]));
    if (words[0] && words[1])
        zp_buf_byte(tag, fragment ? ';' : ' ');
    zp_buf_add(tag, zp_str_from(words[1]));
    zp_buf_byte(tag, '"');
}
