/* letter.c: matter.h's words in, paragraphs out. Where they stand on a page of paper is
 * layout/official.c's; here they only have their order and their look. */
#include "write/letter.h"

#include "write/drawing.h"
#include "write/look.h"

typedef struct {
    const zp_matter *matter;
    bool fragment;
    zp_buf *out;
} letter;

static letter letter_of(const zp_report *report, bool fragment, zp_buf *out)
{
    return (letter){&report->matter, fragment, out};
}

static void open_tag(const letter *l, const char *name, zp_look look)
{
    zp_buf_format(l->out, "<%s", name);
    zp_look_add(l->out, l->fragment, look, ZP_LOOK_NONE);
    zp_buf_byte(l->out, '>');
}

/* before, text, after as a paragraph; nothing without a text. */
static void add_line(const letter *l, zp_look look, const char *before, zp_str text,
                     const char *after)
{
    if (text.n == 0)
        return;
    open_tag(l, "p", look);
    zp_buf_format(l->out, "%s", before);
    zp_markup_add(l->out, text);
    zp_buf_format(l->out, "%s</p>\n", after);
}

/* 发文字号, and 签发人 beside it (GB/T 9704-2012, 7.2.5 and 7.2.6). */
static void add_number(const letter *l)
{
    zp_str number = l->matter->letterhead.number, issuer = l->matter->letterhead.issuer;
    open_tag(l, "p", ZP_LOOK_LETTERHEAD_NUMBER);
    open_tag(l, "span", issuer.n > 0 ? ZP_LOOK_WORD : ZP_LOOK_NONE);
    zp_markup_add(l->out, number);
    zp_buf_lit(l->out, "</span>");
    if (issuer.n > 0) {
        zp_buf_lit(l->out, " <span>签发人：");
        open_tag(l, "span", ZP_LOOK_ISSUER);
        zp_markup_add(l->out, issuer);
        zp_buf_lit(l->out, "</span></span>");
    }
    zp_buf_lit(l->out, "</p>\n");
}

void zp_letter_head(const zp_report *report, bool fragment, zp_buf *out)
{
    letter l = letter_of(report, fragment, out);
    add_line(&l, ZP_LOOK_STAMP, "", report->stamp, "");
    if (l.matter->letterhead.mark.n == 0)
        return;
    add_line(&l, ZP_LOOK_ADDRESSEE, "", l.matter->letterhead.copy, "");
    add_line(&l, ZP_LOOK_LETTERHEAD_MARKS, "", l.matter->letterhead.secrecy, "");
    add_line(&l, ZP_LOOK_LETTERHEAD_MARKS, "", l.matter->letterhead.urgency, "");
    add_line(&l, ZP_LOOK_LETTERHEAD, "", l.matter->letterhead.mark, "");
    add_number(&l);
}

void zp_letter_open(const zp_report *report, bool fragment, zp_buf *out)
{
    letter l = letter_of(report, fragment, out);
    if (l.matter->cover) {
        add_line(&l, ZP_LOOK_BYLINE, "", report->department, "");
        add_line(&l, ZP_LOOK_BYLINE, "", l.matter->date, "");
    }
    add_line(&l, ZP_LOOK_ADDRESSEE, "", l.matter->addressee, "：");
}

void zp_letter_close(const zp_report *report, bool fragment, zp_buf *out)
{
    letter l = letter_of(report, fragment, out);
    size_t count = l.matter->attachment_count;
    for (size_t i = 0; i < count; i++) {
        open_tag(&l, "p", i == 0 ? ZP_LOOK_ATTACHMENTS : ZP_LOOK_ATTACHMENTS_MORE);
        zp_buf_format(out, "%s", i == 0 ? "附件：" : "");
        if (count > 1)
            zp_buf_format(out, "%zu.", i + 1);
        zp_markup_add(out, l.matter->attachments[i]);
        zp_buf_lit(out, "</p>\n");
    }
    if (l.matter->is_signed) {
        add_line(&l, ZP_LOOK_ORGAN, "", l.matter->organ, "");
        add_line(&l, ZP_LOOK_DATE, "", l.matter->date, "");
    }
    add_line(&l, ZP_LOOK_PUBLIC_REMARK, "", l.matter->remark, "");
}

void zp_letter_imprint(const zp_report *report, bool fragment, zp_buf *out)
{
    letter l = letter_of(report, fragment, out);
    if (!l.matter->imprint.asked)
        return;
    open_tag(&l, "footer", ZP_LOOK_IMPRINT);
    zp_buf_byte(out, '\n');
    zp_str copies = l.matter->imprint.copies;
    add_line(&l, ZP_LOOK_IMPRINT_LINE, "抄送：", copies,
             zp_str_ends(copies, ZP_STR("。")) ? "" : "。");
    open_tag(&l, "p", ZP_LOOK_IMPRINT_LINE);
    open_tag(&l, "span", ZP_LOOK_WORD);
    zp_markup_add(out, l.matter->imprint.printer);
    zp_buf_lit(out, "</span>");
    if (l.matter->imprint.date.n > 0) {
        zp_buf_lit(out, " <span>");
        zp_markup_add(out, l.matter->imprint.date);
        zp_buf_lit(out, "印发</span>");
    }
    zp_buf_lit(out, "</p>\n</footer>\n");
}
