/* docxmatter.c: the front matter's words in, paragraphs and sections out.
 *
 * Distances are those of layout/official.c, with the clauses of GB/T 9704-2012; lengths of words
 * are estimated, so what must end somewhere stands against the right edge.
 */
#include "write/docxmatter.h"

#include "doc/caption.h"
#include "layout/sketch.h"

enum {
    SIGN_BLANK = 2,        /* 字 right of the organ's name, without seal (7.3.5.2) */
    SEAL_BLANK = 4,        /* 字 right of the date, under a seal (7.3.5.1) */
    SEAL_LINES = 3,        /* blank above the name, for the seal */
    MARK_TOP_MM10 = 350,   /* from the 版心's edge to 发文机关标志 (7.2.4) */
    RULE_SPACE_PT10 = 45,  /* from the line of 发文字号 to the rule 4 mm below its characters */
    TITLE_BELOW_RULE = 3,  /* lines: that of the rule, and two blank ones (7.3.1) */
    COVER_TITLE_LINES = 6, /* blank lines above the cover's title */
    COVER_FOOT_LINES = 17, /* the line where organ and date stand */
    TOC_LEVELS = 2,
};

static const zp_style *style_of(const zp_docx *d, zp_style_name name)
{
    return &d->report->template->styles[name];
}

static zp_len pitch_of(const zp_docx *d)
{
    return zp_docx_pitch(d->report->template);
}

static zp_len body_cell(const zp_docx *d)
{
    return zp_docx_cell(d->report->template, style_of(d, ZP_STYLE_BODY));
}

static zp_len body_width(const zp_docx *d)
{
    return d->report->template->page.body_width;
}

static const zp_matter *matter_of(const zp_docx *d)
{
    return &d->report->matter;
}

/* ---- cover and contents ---- */

static int count_lines(zp_str text)
{
    int lines = 1;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    return lines;
}

static void put_cover(zp_docx *d)
{
    zp_str title = zp_docx_as_laid(d, d->report->title_lines, d->report->root, 0);
    int foot = COVER_FOOT_LINES - COVER_TITLE_LINES - count_lines(title);
    zp_docx_paragraph line = {.style = zp_docx_style(ZP_STYLE_TITLE),
                              .before = COVER_TITLE_LINES * pitch_of(d)};
    zp_docx_line(d, &line, title);
    line = (zp_docx_paragraph){.style = ZP_DOCX_FLUSH,
                               .before = (foot > 0 ? foot : 1) * pitch_of(d) -
                                         style_of(d, ZP_STYLE_TITLE)->after * pitch_of(d),
                               .jc = "center"};
    zp_docx_line(d, &line, d->report->department);
    line.before = 0;
    if (matter_of(d)->date.n > 0)
        zp_docx_line(d, &line, matter_of(d)->date);
    d->breaks = true;
}

static size_t target_of(const zp_docx *d, const zp_node *heading, size_t *from)
{
    for (size_t i = *from; i < d->target_count; i++)
        if (d->targets[i].node == heading) {
            *from = i + 1;
            return d->targets[i].number;
        }
    return 0;
}

/* The number is a field, so that Word can count the pages anew. */
static void put_entry(zp_docx *d, const zp_item *anchor, size_t page, size_t target)
{
    zp_docx_open(d, &(zp_docx_paragraph){.style = anchor->anchor.level > 1 ? ZP_DOCX_TOC "2"
                                                                           : ZP_DOCX_TOC "1"});
    zp_xml_open(d->x, "w:hyperlink");
    zp_xml_set(d->x, "w:anchor", zp_str_format(d->arena, "_zp%zu", target));
    zp_docx_run(d, anchor->anchor.title, &(zp_docx_face){0});
    zp_docx_run(d, ZP_STR("\t"), &(zp_docx_face){0});
    zp_docx_field(d, zp_str_format(d->arena, " PAGEREF _zp%zu \\h ", target),
                  zp_str_format(d->arena, "%zu", page), &(zp_docx_face){0});
    zp_xml_close(d->x);
    zp_docx_close(d);
}

static void put_contents(zp_docx *d)
{
    zp_docx_line(d, &(zp_docx_paragraph){.style = ZP_DOCX_CONTENTS}, ZP_STR("目　录"));
    size_t from = 0;
    for (size_t p = d->pages->front; p < d->pages->count; p++)
        for (size_t i = 0; i < d->pages->pages[p].count; i++) {
            const zp_item *item = &d->pages->pages[p].items[i];
            if (item->kind == ZP_ITEM_ANCHOR && item->anchor.level <= TOC_LEVELS)
                put_entry(d, item, p - d->pages->front + 1, target_of(d, item->node, &from));
        }
}

void zp_docx_front(zp_docx *d)
{
    if (matter_of(d)->cover)
        put_cover(d);
    if (matter_of(d)->contents)
        put_contents(d);
    d->breaks = false;
    if (matter_of(d)->cover || matter_of(d)->contents)
        zp_docx_section(d, ZP_SECTION_FRONT, false);
}

/* ---- 版头, title, 主送 ---- */

/* 份号, 密级, 紧急程度, top down, flush left (7.2.1-7.2.3). */
static int put_marks(zp_docx *d)
{
    const zp_matter *m = matter_of(d);
    const zp_str marks[] = {m->letterhead.copy, m->letterhead.secrecy, m->letterhead.urgency};
    int lines = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i].n == 0)
            continue;
        zp_docx_paragraph p = {.style = ZP_DOCX_FLUSH};
        zp_docx_open(d, &p);
        zp_docx_run(d, marks[i], &(zp_docx_face){.strong = i > 0});
        zp_docx_close(d);
        lines++;
    }
    return lines;
}

/* 发文字号 in the middle, or at the left with 签发人 at the right (7.2.5, 7.2.6); the red rule
 * below (7.2.7). What is blank below it stands above the title: of two blanks that meet,
 * LibreOffice takes the larger. */
static void put_number(zp_docx *d)
{
    zp_str issuer = matter_of(d)->letterhead.issuer;
    const zp_len left = body_cell(d);
    zp_docx_paragraph p = {.style = ZP_DOCX_FLUSH,
                           .before = 2 * pitch_of(d),
                           .jc = issuer.n > 0 ? "left" : "center",
                           .rule = "12",
                           .red = true,
                           .rule_space = zp_len_pt10(RULE_SPACE_PT10)};
    if (issuer.n > 0) {
        p.tabs = &left;
        p.tab_count = 1;
        p.right_tab = body_width(d) - body_cell(d);
    }
    zp_docx_open(d, &p);
    if (issuer.n > 0)
        zp_docx_run(d, ZP_STR("\t"), &(zp_docx_face){0});
    zp_docx_run(d, matter_of(d)->letterhead.number, &(zp_docx_face){0});
    if (issuer.n > 0) {
        zp_docx_run(d, ZP_STR("\t签发人："), &(zp_docx_face){0});
        zp_docx_run(d, issuer, &(zp_docx_face){.emph = true}); /* 楷体 */
    }
    zp_docx_close(d);
}

static void put_letterhead(zp_docx *d)
{
    zp_str mark = matter_of(d)->letterhead.mark;
    if (mark.n == 0)
        return;
    zp_len above = zp_len_mm10(MARK_TOP_MM10) - put_marks(d) * pitch_of(d);
    zp_docx_open(d, &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_LETTERHEAD),
                                         .keeps = true,
                                         .before = above > 0 ? above : 0});
    zp_docx_run(d, mark, &(zp_docx_face){.red = true});
    zp_docx_close(d);
    put_number(d);
}

void zp_docx_opening(zp_docx *d)
{
    put_letterhead(d);
    bool headed = matter_of(d)->letterhead.mark.n > 0;
    zp_docx_line(d,
                 &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_TITLE),
                                      .keeps = true,
                                      .before = headed ? TITLE_BELOW_RULE * pitch_of(d) : 0},
                 zp_docx_as_laid(d, d->report->title_lines, d->report->root, 0));
    zp_str names = matter_of(d)->addressee;
    if (names.n > 0)
        zp_docx_line(d, &(zp_docx_paragraph){.style = ZP_DOCX_FLUSH},
                     zp_str_format(d->arena, "%.*s：", ZP_ARG(names)));
}

/* ---- 附件说明, 落款, 附注 (7.3.4-7.3.6) ---- */

/* A turned line stands under the first character of the name above. */
static void put_attachments(zp_docx *d)
{
    const zp_matter *m = matter_of(d);
    zp_len cell = body_cell(d), size = style_of(d, ZP_STYLE_BODY)->size;
    zp_len label = zp_sketch_width(ZP_STR("附件："), cell);
    for (size_t i = 0; i < m->attachment_count; i++) {
        zp_str digits = {0};
        if (m->attachment_count > 1)
            digits = zp_str_format(d->arena, "%zu.", i + 1);
        zp_len hang = 2 * cell + label + zp_sketch_width(digits, size);
        zp_len first = 2 * cell + (i > 0 ? label : 0);
        zp_docx_line(d,
                     &(zp_docx_paragraph){.style = ZP_DOCX_FLUSH,
                                          .keeps = i + 1 < m->attachment_count || m->is_signed,
                                          .before = i == 0 ? pitch_of(d) : 0,
                                          .indented = true,
                                          .left = hang,
                                          .first = first - hang,
                                          .jc = "left"},
                     zp_str_format(d->arena, "%s%.*s%.*s", i == 0 ? "附件：" : "", ZP_ARG(digits),
                                   ZP_ARG(m->attachments[i])));
    }
}

/* Blank right of name and date: a date that is shorter begins 2 字 right of the name, which is 2 字
 * from the edge; a longer one is 2 字 from it itself. Under a seal the name is centred on the date,
 * 4 字 from the edge. */
static void place_signature(const zp_docx *d, zp_len *name_right, zp_len *date_right)
{
    const zp_matter *m = matter_of(d);
    zp_len cell = body_cell(d);
    zp_len name = zp_sketch_width(m->organ, cell);
    zp_len date = zp_sketch_width(m->date, style_of(d, ZP_STYLE_BODY)->size); /* digits mostly */
    if (m->seal) {
        *date_right = SEAL_BLANK * cell;
        *name_right = *date_right - (name - date) / 2;
        zp_len lack = SIGN_BLANK * cell - *name_right;
        *name_right += lack > 0 ? lack : 0;
        *date_right += lack > 0 ? lack : 0;
    } else if (date <= name) {
        *name_right = SIGN_BLANK * cell;
        *date_right = name - date;
    } else {
        *date_right = SIGN_BLANK * cell;
        *name_right = date - name + 2 * SIGN_BLANK * cell;
    }
    zp_len room = body_width(d) - name; /* a name as wide as the page stands at its left */
    *name_right = *name_right > room ? (room > 0 ? room : 0) : *name_right;
}

static void put_signature(zp_docx *d)
{
    const zp_matter *m = matter_of(d);
    if (!m->is_signed)
        return;
    zp_len name_right, date_right;
    place_signature(d, &name_right, &date_right);
    zp_docx_paragraph p = {.style = ZP_DOCX_FLUSH,
                           .keeps = true,
                           .before = (m->seal ? SEAL_LINES : 1) * pitch_of(d),
                           .indented = true,
                           .right = name_right,
                           .jc = "right"};
    zp_docx_line(d, &p, m->organ);
    p.before = 0;
    p.keeps = m->remark.n > 0;
    p.right = date_right;
    zp_docx_line(d, &p, m->date);
}

void zp_docx_closing(zp_docx *d)
{
    put_attachments(d);
    put_signature(d);
    if (matter_of(d)->remark.n > 0)
        zp_docx_line(d, &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_BODY)},
                     matter_of(d)->remark);
}

/* ---- 附件 (7.3.7) ---- */

void zp_docx_attachment(zp_docx *d, const zp_node *heading)
{
    zp_str text = zp_str_trim(zp_node_text(d->arena, heading));
    size_t label = zp_caption_part_label(text);
    zp_str title = zp_caption_part_title(text, label);
    d->breaks = true;
    size_t target = 0;
    if (label > 0) {
        zp_docx_open(d, &(zp_docx_paragraph){.style = ZP_DOCX_LABEL, .keeps = true});
        target = zp_docx_begin_target(d, heading);
        zp_docx_run(d, zp_str_slice(text, 0, label), &(zp_docx_face){0});
        zp_docx_end_target(d, target);
        zp_docx_close(d);
    }
    if (title.n == 0)
        return;
    zp_docx_open(d, &(zp_docx_paragraph){.style = ZP_DOCX_PART, .keeps = true});
    target = label > 0 ? 0 : zp_docx_begin_target(d, heading);
    zp_docx_run(d, zp_docx_as_laid(d, title, heading, label > 0 ? 1 : 0), &(zp_docx_face){0});
    zp_docx_end_target(d, target);
    zp_docx_close(d);
}

/* ---- 版记 (7.4) ---- */

static void put_side(zp_docx *d, const char *side, const char *eighths)
{
    zp_xml_leaf(d->x, side, "w:val", "single", "w:sz", eighths, "w:space", "0", "w:color", "auto",
                NULL);
}

static void put_imprint_row(zp_docx *d, const zp_docx_paragraph *p, zp_str text)
{
    zp_xml_open(d->x, "w:tr");
    zp_xml_open(d->x, "w:tc");
    zp_xml_open(d->x, "w:tcPr");
    zp_xml_open(d->x, "w:tcW");
    zp_docx_set_length(d, "w:w", body_width(d));
    zp_xml_set(d->x, "w:type", ZP_STR("dxa"));
    zp_xml_close(d->x);
    zp_xml_close(d->x);
    zp_docx_line(d, p, text);
    zp_xml_close(d->x);
    zp_xml_close(d->x);
}

/* A table that stands at the foot of the 版心, whatever is above it; rules of 0.35 and 0.25 mm. */
static void put_imprint_table(zp_docx *d)
{
    const zp_matter *m = matter_of(d);
    zp_len cell = style_of(d, ZP_STYLE_IMPRINT)->size;
    zp_xml_open(d->x, "w:tbl");
    zp_xml_open(d->x, "w:tblPr");
    zp_xml_leaf(d->x, "w:tblpPr", "w:vertAnchor", "margin", "w:horzAnchor", "margin", "w:tblpXSpec",
                "left", "w:tblpYSpec", "bottom", NULL);
    zp_xml_open(d->x, "w:tblW");
    zp_docx_set_length(d, "w:w", body_width(d));
    zp_xml_set(d->x, "w:type", ZP_STR("dxa"));
    zp_xml_close(d->x);
    zp_xml_open(d->x, "w:tblBorders");
    put_side(d, "w:top", "8");
    put_side(d, "w:bottom", "8");
    put_side(d, "w:insideH", "6");
    zp_xml_close(d->x);
    zp_xml_leaf(d->x, "w:tblLayout", "w:type", "fixed", NULL);
    zp_xml_close(d->x);
    zp_xml_open(d->x, "w:tblGrid");
    zp_xml_open(d->x, "w:gridCol");
    zp_docx_set_length(d, "w:w", body_width(d));
    zp_xml_close(d->x);
    zp_xml_close(d->x);
    zp_docx_paragraph p = {.style = zp_docx_style(ZP_STYLE_IMPRINT),
                           .indented = true,
                           .left = 4 * cell,
                           .right = cell,
                           .first = -3 * cell};
    zp_str copies = m->imprint.copies;
    if (copies.n > 0)
        put_imprint_row(d, &p,
                        zp_str_format(d->arena, "抄送：%.*s%s", ZP_ARG(copies),
                                      zp_str_ends(copies, ZP_STR("。")) ? "" : "。"));
    p = (zp_docx_paragraph){
        .style = p.style, .indented = true, .left = cell, .right_tab = body_width(d) - cell};
    put_imprint_row(d, &p,
                    m->imprint.date.n > 0
                        ? zp_str_format(d->arena, "%.*s\t%.*s印发", ZP_ARG(m->imprint.printer),
                                        ZP_ARG(m->imprint.date))
                        : m->imprint.printer);
    zp_xml_close(d->x);
}

/* Pages that the layout added have no number. */
void zp_docx_imprint(zp_docx *d)
{
    if (!matter_of(d)->imprint.asked)
        return;
    size_t added = 0;
    while (added < d->pages->count && d->pages->pages[d->pages->count - 1 - added].number == 0 &&
           d->pages->count - added > d->pages->front + 1)
        added++;
    if (added > 0)
        zp_docx_section(d, ZP_SECTION_UPRIGHT, false);
    d->breaks = false;
    for (; added > 1; added--) {
        zp_docx_mark(d);
        d->breaks = true;
    }
    if (d->breaks)
        zp_docx_mark(d);
    put_imprint_table(d);
    zp_docx_mark(d);
}

/* ---- headers and footers ---- */

static void begin_part(zp_docx *d, const char *root)
{
    d->x = zp_xml_begin(d->arena);
    zp_xml_open(d->x, root);
    zp_xml_set(d->x, "xmlns:w", ZP_STR(ZP_DOCX_MAIN));
    zp_xml_set(d->x, "xmlns:r", ZP_STR(ZP_DOCX_RELATIONS));
}

static const char *end_part(zp_docx *d, zp_part_kind kind, const char *name)
{
    zp_str bytes = zp_xml_end(d->x);
    size_t id = zp_docx_part_add(&d->parts, kind, zp_str_from(name), bytes);
    return zp_str_cstr(d->arena, zp_str_format(d->arena, "rId%zu", id));
}

/* `— 1 —`, one character from the outer edge (7.5). */
static void put_page_number(zp_docx *d, bool odd)
{
    zp_len cell = zp_len_scale(body_width(d), 1, d->report->template->page.cells);
    zp_docx_paragraph p = {.style = zp_docx_style(ZP_STYLE_PAGE_NUMBER),
                           .indented = true,
                           .left = odd ? 0 : cell,
                           .right = odd ? cell : 0,
                           .jc = odd ? "right" : "left"};
    zp_docx_open(d, &p);
    zp_docx_run(d, ZP_STR("— "), &(zp_docx_face){0});
    zp_docx_field(d, ZP_STR(" PAGE "), ZP_STR("1"), &(zp_docx_face){0});
    zp_docx_run(d, ZP_STR(" —"), &(zp_docx_face){0});
    zp_docx_close(d);
}

/* The stamp two lines above the 版心, the running head one. */
static bool put_header(zp_docx *d)
{
    bool titled = zp_str_eq(d->report->template->running_head, ZP_STR("title"));
    if (d->report->stamp.n == 0 && !titled)
        return false;
    begin_part(d, "w:hdr");
    zp_docx_open(d, &(zp_docx_paragraph){.style = ZP_DOCX_FLUSH, .jc = "right"});
    zp_docx_run(d, d->report->stamp, &(zp_docx_face){.strong = true});
    zp_docx_close(d);
    if (titled)
        zp_docx_line(d,
                     &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_RUNNING_HEAD),
                                          .line = pitch_of(d) - ZP_PT,
                                          .rule = "4"},
                     d->report->title);
    return true;
}

void zp_docx_header_parts(zp_docx *d)
{
    if (put_header(d))
        d->header = end_part(d, ZP_PART_HEADER, "header1.xml");
    for (int even = 0; even < 2; even++) {
        begin_part(d, "w:ftr");
        put_page_number(d, !even);
        d->footer[even] = end_part(d, ZP_PART_FOOTER, even ? "footer2.xml" : "footer1.xml");
    }
    begin_part(d, "w:ftr");
    zp_docx_line(d, &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_PAGE_NUMBER)},
                 (zp_str){0});
    d->no_footer = end_part(d, ZP_PART_FOOTER, "footer3.xml");
    d->x = NULL;
}

/* ---- sections ---- */

static void put_reference(zp_docx *d, const char *element, const char *type, const char *relation)
{
    if (relation)
        zp_xml_leaf(d->x, element, "w:type", type, "r:id", relation, NULL);
}

/* On a turned page the sheet's left edge is the top and its foot the left (GB/T 9704 8). */
static void put_page(zp_docx *d, bool turned)
{
    const zp_page_setup *p = &d->report->template->page;
    int32_t width = zp_docx_twips(p->width), height = zp_docx_twips(p->height);
    int32_t top = zp_docx_twips(p->top), left = zp_docx_twips(p->left);
    int32_t bottom = height - top - zp_docx_twips(p->body_height);
    int32_t right = width - left - zp_docx_twips(p->body_width);
    zp_len pitch = pitch_of(d), number = style_of(d, ZP_STYLE_PAGE_NUMBER)->size;
    int32_t footer = bottom - zp_docx_twips(p->number_drop + zp_len_scale(number, 125, 200));
    zp_xml_open(d->x, "w:pgSz");
    zp_xml_set_int(d->x, "w:w", turned ? height : width);
    zp_xml_set_int(d->x, "w:h", turned ? width : height);
    if (turned)
        zp_xml_set(d->x, "w:orient", ZP_STR("landscape"));
    zp_xml_close(d->x);
    zp_xml_open(d->x, "w:pgMar");
    zp_xml_set_int(d->x, "w:top", turned ? left : top);
    zp_xml_set_int(d->x, "w:right", turned ? top : right);
    zp_xml_set_int(d->x, "w:bottom", turned ? right : bottom);
    zp_xml_set_int(d->x, "w:left", turned ? bottom : left);
    zp_xml_set_int(d->x, "w:header",
                   turned ? left / 4 : zp_docx_twips(p->top - 2 * pitch - pitch / 2));
    zp_xml_set_int(d->x, "w:footer", turned ? right / 4 : footer);
    zp_xml_set(d->x, "w:gutter", ZP_STR("0"));
    zp_xml_close(d->x);
}

/* How much a cell of the grid is wider than Normal type, in 4096ths of a point, rounded down: a
 * line must hold its characters. */
static int64_t char_space(const zp_docx *d)
{
    const zp_page_setup *p = &d->report->template->page;
    int64_t size = zp_docx_normal_size(d->report->template);
    int64_t more = (int64_t)zp_docx_twips(p->body_width) * ZP_PT / 20 - size * p->cells;
    return more * 4096 / ((int64_t)p->cells * ZP_PT);
}

/* Order (17.6.17): references footnotePr type pgSz pgMar pgNumType cols docGrid. */
static void put_section(zp_docx *d, zp_section kind)
{
    bool numbered = kind == ZP_SECTION_UPRIGHT || kind == ZP_SECTION_TURNED;
    zp_xml_open(d->x, "w:sectPr");
    put_reference(d, "w:headerReference", "default", d->header);
    put_reference(d, "w:headerReference", "even", d->header);
    put_reference(d, "w:footerReference", "default", numbered ? d->footer[0] : d->no_footer);
    put_reference(d, "w:footerReference", "even", numbered ? d->footer[1] : d->no_footer);
    if (d->report->template->notes_per_page) {
        zp_xml_open(d->x, "w:footnotePr");
        zp_xml_leaf(d->x, "w:numRestart", "w:val", "eachPage", NULL);
        zp_xml_close(d->x);
    }
    put_page(d, kind == ZP_SECTION_TURNED);
    if (numbered && !d->sectioned)
        zp_xml_leaf(d->x, "w:pgNumType", "w:start", "1", NULL);
    d->sectioned = d->sectioned || numbered;
    zp_xml_open(d->x, "w:docGrid");
    zp_xml_set(d->x, "w:type", ZP_STR("linesAndChars"));
    zp_docx_set_length(d, "w:linePitch", pitch_of(d));
    zp_xml_set_int(d->x, "w:charSpace", char_space(d));
    zp_xml_close(d->x);
    zp_xml_close(d->x);
}

void zp_docx_section(zp_docx *d, zp_section kind, bool last)
{
    if (last) {
        put_section(d, kind);
        return;
    }
    zp_xml_open(d->x, "w:p");
    zp_xml_open(d->x, "w:pPr");
    zp_xml_leaf(d->x, "w:pStyle", "w:val", ZP_DOCX_MARK, NULL);
    put_section(d, kind);
    zp_xml_close(d->x);
    zp_xml_close(d->x);
    d->breaks = d->after_table = false;
    d->before = 0;
}
