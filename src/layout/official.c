/* official.c: the front matter's words in; letterhead, addressee, signature and imprint out.
 *
 * Every distance is the standard's and cites its clause. Words are single lines set alone, so their
 * widths are known before they are placed against the right edge or one another.
 */
#include "layout/official.h"

#include "base/utf8.h"
#include "doc/phrase.h"

enum {
    SIGN_BLANK = 2,       /* 字 right of the organ's name, without seal (7.3.5.2) */
    SEAL_BLANK = 4,       /* 字 right of the date, under a seal (7.3.5.1) */
    DATE_SHIFT = 2,       /* 字 by which the date begins right of the name (7.3.5.2) */
    MARK_TOP_MM10 = 350,  /* from the 版心's edge to that of the mark (7.2.4) */
    FACE_HUNDREDTHS = 47, /* of an em, from a face's centre to its edge */
    RULE_BELOW_MM10 = 40, /* from the number to the red rule (7.2.7) */
    PART_TITLE_GAP = 1,   /* blank lines between 附件's label and title: lines 1 and 3 (7.3.7) */
    RED_RULE_MM10 = 5,    /* thickness of the red rule: the standard leaves it open */
    THICK_MM100 = 35,     /* 版记's outer rules 0.35 mm, inner ones 0.25 mm (7.4.1) */
    THIN_MM100 = 25,
    COVER_TITLE_LINES = 6, /* blank lines above the cover's title */
    SMALLEST = 5,          /* pt, of what one line must hold, made smaller by */
    SHRINK = 95,           /* per cent at a time */
    COVER_FOOT_LINES = 17, /* the line where the cover's organ and date stand */
};

static const zp_style *style_of(const zp_column *column, zp_style_name name)
{
    return &column->report->template->styles[name];
}

static const zp_matter *matter_of(const zp_column *column)
{
    return &column->report->matter;
}

static zp_len body_width(const zp_column *column)
{
    return column->report->template->page.body_width;
}

/* The first `count` boxes from `first` keep together. */
static void keep_from(zp_column *column, size_t first)
{
    for (size_t i = first; i < column->count; i++)
        column->boxes[i].keeps = true;
}

/* Runs as one line, in smaller type where they are longer than it: text is not lost. */
static zp_line one_line(zp_column *column, zp_runs *runs, const zp_measure *measure)
{
    zp_lines lines = zp_inline_set(column->setter, runs->runs, runs->count, measure);
    while (lines.count > 1 && runs->runs[0].size > SMALLEST * ZP_PT) {
        for (size_t i = 0; i < runs->count; i++) {
            runs->runs[i].size = zp_len_scale(runs->runs[i].size, SHRINK, 100);
            runs->runs[i].cell = zp_len_scale(runs->runs[i].cell, SHRINK, 100);
        }
        lines = zp_inline_set(column->setter, runs->runs, runs->count, measure);
    }
    return lines.count ? lines.lines[0] : (zp_line){0};
}

/* Words that are not in the document's tree are a paragraph of their own. */
static const zp_node *new_paragraph(const zp_column *column)
{
    return zp_node_new(column->arena, ZP_NODE_PARAGRAPH, (zp_span){0});
}

/* A line of text alone; its natural width. */
static zp_line set_line(zp_column *column, zp_str text, const zp_node *node, const zp_style *style,
                        zp_align align, zp_len width)
{
    zp_run run = {.text = text,
                  .role = style->role,
                  .size = style->size,
                  .cell = zp_column_cell(column, style),
                  .node = node};
    zp_measure measure = {
        .width = width, .align = align, .rules = &column->report->template->lines};
    return one_line(column, &(zp_runs){.runs = &run, .count = 1}, &measure);
}

static zp_len width_of(zp_column *column, zp_str text, const zp_style *style)
{
    return set_line(column, text, NULL, style, ZP_ALIGN_LEFT, body_width(column)).width;
}

/* A paragraph flush left without indent, moved right by dx. */
static size_t put_at(zp_column *column, zp_str text, const zp_node *node, const zp_style *style,
                     zp_len dx)
{
    return zp_column_text(column, text, (zp_span){0}, style, node,
                          (zp_measure){.width = body_width(column) - dx, .align = ZP_ALIGN_LEFT},
                          dx);
}

static void redden(zp_column *column, size_t first)
{
    for (size_t i = first; i < column->count; i++) {
        zp_item *items = zp_new_array(column->arena, zp_item, column->boxes[i].count);
        for (uint32_t k = 0; k < column->boxes[i].count; k++) {
            items[k] = column->boxes[i].items[k];
            items[k].red = true;
        }
        column->boxes[i].items = items;
    }
}

/* The line's items behind those of the box, moved by dx. */
static void append_line(zp_column *column, zp_box *box, const zp_line *line, zp_len dx)
{
    zp_item *items = zp_new_array(column->arena, zp_item, (size_t)box->count + line->count);
    for (uint32_t i = 0; i < box->count; i++)
        items[i] = box->items[i];
    for (uint32_t i = 0; i < line->count; i++) {
        items[box->count + i] = line->items[i];
        items[box->count + i].x += dx;
    }
    box->items = items;
    box->count += line->count;
}

/* ---- 版头 (7.2) ---- */

static void put_red_rule(zp_column *column)
{
    zp_item *rule = zp_new(column->arena, zp_item);
    *rule = (zp_item){.kind = ZP_ITEM_RULE,
                      .red = true,
                      .width = body_width(column),
                      .height = zp_len_mm10(RED_RULE_MM10)};
    /* Measured from the number's characters, which do not fill their line. */
    zp_len face = zp_len_scale(style_of(column, ZP_STYLE_BODY)->size, FACE_HUNDREDTHS, 100);
    zp_box *box = zp_column_add(column);
    box->items = rule;
    box->count = 1;
    box->dy = zp_len_mm10(RULE_BELOW_MM10) - (zp_column_pitch(column) / 2 - face);
    box->height = box->dy + zp_len_mm10(RULE_BELOW_MM10);
}

/* 份号, 密级, 紧急程度, top down, flush left (7.2.1-7.2.3); how many lines. */
static int put_marks(zp_column *column)
{
    const zp_matter *matter = matter_of(column);
    const zp_str marks[] = {matter->letterhead.copy, matter->letterhead.secrecy,
                            matter->letterhead.urgency};
    int lines = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i].n == 0)
            continue;
        put_at(column, marks[i], new_paragraph(column),
               style_of(column, i ? ZP_STYLE_HEADING2 : ZP_STYLE_BODY), 0);
        lines++;
    }
    return lines;
}

/* 发文字号 centred, or at the left with 签发人 at the right (7.2.5, 7.2.6). */
static void put_number(zp_column *column)
{
    const zp_style *body = style_of(column, ZP_STYLE_BODY);
    zp_len cell = zp_column_cell(column, body);
    zp_str number = matter_of(column)->letterhead.number;
    zp_str issuer = matter_of(column)->letterhead.issuer;
    if (issuer.n == 0) {
        zp_column_text(column, number, (zp_span){0}, body, new_paragraph(column),
                       (zp_measure){.width = body_width(column), .align = ZP_ALIGN_CENTER}, 0);
        return;
    }
    size_t first = put_at(column, number, new_paragraph(column), body, cell);
    if (first == column->count)
        return;
    const zp_node *signer = new_paragraph(column);
    zp_runs runs = {0};
    zp_runs_add(column, &runs, ZP_STR("签发人："), (zp_span){0}, ZP_STYLE_BODY, signer);
    zp_runs_add(column, &runs, issuer, (zp_span){0}, ZP_STYLE_BODY, signer)->role = ZP_ROLE_KAITI;
    zp_len taken = 2 * cell + width_of(column, number, body);
    zp_measure right = {.width = body_width(column) - cell - taken,
                        .align = ZP_ALIGN_RIGHT,
                        .rules = &column->report->template->lines};
    zp_line line = one_line(column, &runs, &right);
    append_line(column, &column->boxes[first], &line, taken - cell);
}

void zp_official_letterhead(zp_column *column)
{
    zp_str mark = matter_of(column)->letterhead.mark;
    if (mark.n == 0)
        return;
    size_t start = column->count;
    int lines = put_marks(column);
    const zp_style *style = style_of(column, ZP_STYLE_LETTERHEAD);
    zp_len face = zp_len_scale(style->size, FACE_HUNDREDTHS, 100);
    zp_len above = zp_len_mm10(MARK_TOP_MM10) - lines * zp_column_pitch(column);
    zp_column_add(column)->height = above > 0 ? above : 0;
    size_t first =
        zp_column_text(column, mark, (zp_span){0}, style, column->report->root,
                       (zp_measure){.width = body_width(column), .align = ZP_ALIGN_CENTER}, 0);
    for (size_t i = first; i < column->count; i++) {
        column->boxes[i].lines = 0; /* off the grid: its upper edge is given */
        column->boxes[i].dy = face;
        column->boxes[i].height = 2 * face;
    }
    redden(column, first);
    zp_column_blank(column, 2);
    put_number(column);
    put_red_rule(column);
    zp_column_blank(column, 1);
    keep_from(column, start);
}

/* ---- 主送, 附件说明, 落款, 附注 (7.3) ---- */

void zp_official_addressee(zp_column *column)
{
    zp_str names = matter_of(column)->addressee;
    if (names.n == 0)
        return;
    put_at(column, zp_str_format(column->arena, "%.*s：", ZP_ARG(names)), new_paragraph(column),
           style_of(column, ZP_STYLE_BODY), 0);
}

/* A label, and a text that hangs from it: turned lines stand under the first character of the text.
 */
static void put_hanging(zp_column *column, zp_str label, zp_str text, zp_len dx, zp_len hang)
{
    const zp_style *body = style_of(column, ZP_STYLE_BODY);
    const zp_node *node = new_paragraph(column);
    zp_line head = set_line(column, label, node, body, ZP_ALIGN_LEFT, body_width(column));
    size_t first = put_at(column, text, node, body, hang);
    if (first == column->count)
        return;
    zp_box *box = &column->boxes[first];
    zp_item *items = zp_new_array(column->arena, zp_item, (size_t)box->count + head.count);
    for (uint32_t i = 0; i < head.count; i++) {
        items[i] = head.items[i];
        items[i].x += dx - hang;
    }
    for (uint32_t i = 0; i < box->count; i++)
        items[head.count + i] = box->items[i];
    box->items = items;
    box->count += head.count;
}

/* What was added from `first` on keeps together, and with the last line of the text before it
 * (7.3.5.5). */
static void keep_with_text(zp_column *column, size_t first)
{
    size_t with = first;
    while (with > 0 && (with == first || column->boxes[with].blank))
        with--;
    for (size_t i = with; i + 1 < column->count; i++)
        column->boxes[i].keeps = true;
}

/* 附件：1.… under one another; a single one has no number, and none ends in a mark (7.3.4). */
static void put_attachments(zp_column *column)
{
    const zp_matter *matter = matter_of(column);
    if (matter->attachment_count == 0)
        return;
    const zp_style *body = style_of(column, ZP_STYLE_BODY);
    zp_len indent = 2 * zp_column_cell(column, body);
    zp_len word_width = width_of(column, ZP_STR("附件："), body) + zp_column_cell(column, body) / 2;
    size_t first = column->count;
    zp_column_blank(column, 1);
    if (matter->attachment_count == 1)
        put_hanging(column, ZP_STR("附件："), matter->attachments[0], indent, indent + word_width);
    for (size_t i = 0; matter->attachment_count > 1 && i < matter->attachment_count; i++) {
        zp_str digits = zp_str_format(column->arena, "%zu.", i + 1);
        zp_str label = i == 0 ? zp_str_format(column->arena, "附件：%.*s", ZP_ARG(digits)) : digits;
        put_hanging(column, label, matter->attachments[i], i == 0 ? indent : indent + word_width,
                    indent + word_width + width_of(column, digits, body));
    }
    keep_with_text(column, first);
}

/* Left edges of name and date. Without seal the date begins 2 字 right of the name, which is 2 字
 * from the edge; a longer date is, and the name moves left. With a seal the name is centred on the
 * date, 4 字 from the edge, as far as the edge allows. */
static void place_signature(zp_column *column, const zp_matter *s, zp_len *name_x, zp_len *date_x)
{
    const zp_style *body = style_of(column, ZP_STYLE_BODY);
    zp_len cell = zp_column_cell(column, body), width = body_width(column);
    zp_len name = width_of(column, s->organ, body), date = width_of(column, s->date, body);
    if (s->seal) {
        *date_x = width - SEAL_BLANK * cell - date;
        *name_x = *date_x + (date - name) / 2;
        zp_len over = *name_x + name - (width - SIGN_BLANK * cell);
        if (over > 0) {
            *name_x -= over;
            *date_x -= over;
        }
    } else if (date <= name) {
        *name_x = width - SIGN_BLANK * cell - name;
        *date_x = *name_x + DATE_SHIFT * cell;
    } else {
        *date_x = width - SIGN_BLANK * cell - date;
        *name_x = *date_x - DATE_SHIFT * cell;
    }
    *name_x = *name_x < 0 ? 0 : *name_x;
    *date_x = *date_x < 0 ? 0 : *date_x;
}

static void put_signature(zp_column *column)
{
    const zp_matter *s = matter_of(column);
    if (!s->is_signed)
        return;
    size_t before = column->count;
    zp_len name_x, date_x;
    place_signature(column, s, &name_x, &date_x);
    zp_column_blank(column, s->seal ? 3 : 1); /* room for the seal, which must not reach the text */
    put_at(column, s->organ, new_paragraph(column), style_of(column, ZP_STYLE_BODY), name_x);
    put_at(column, s->date, new_paragraph(column), style_of(column, ZP_STYLE_BODY), date_x);
    keep_with_text(column, before);
    for (size_t i = before; i < column->count; i++)
        column->boxes[i].blank = false;
}

void zp_official_close(zp_column *column)
{
    put_attachments(column);
    put_signature(column);
    zp_str remark = matter_of(column)->remark;
    if (remark.n == 0)
        return;
    const zp_style *body = style_of(column, ZP_STYLE_BODY);
    if (matter_of(column)->is_signed && column->count > 0)
        column->boxes[column->count - 1].keeps = true; /* the line below the date (7.3.6) */
    put_at(column, remark, new_paragraph(column), body, 2 * zp_column_cell(column, body));
}

/* ---- 附件 (7.3.7) ---- */

void zp_official_attachment(zp_column *column, zp_str label, zp_str title, const zp_node *heading)
{
    column->breaks = true;
    size_t first = column->count;
    zp_style flush = *style_of(column, ZP_STYLE_HEADING2);
    flush.indent = 0;
    if (label.n > 0) {
        zp_column_text(column, label, heading->span, &flush, heading,
                       (zp_measure){.width = body_width(column), .align = ZP_ALIGN_LEFT}, 0);
        zp_column_blank(column, PART_TITLE_GAP);
    }
    if (title.n > 0) {
        zp_measure balanced = {
            .width = body_width(column), .align = ZP_ALIGN_CENTER, .balanced = true};
        balanced.kept = zp_phrase_list(column->arena, column->report, &balanced.kept_count);
        zp_column_text(column, title, heading->span, style_of(column, ZP_STYLE_TITLE), heading,
                       balanced, 0);
        zp_column_blank(column, 1);
    }
    keep_from(column, first);
}

/* ---- cover ---- */

bool zp_official_wants_cover(const zp_report *report)
{
    return report->matter.cover;
}

void zp_official_cover(zp_column *column)
{
    const zp_style *title = style_of(column, ZP_STYLE_TITLE),
                   *body = style_of(column, ZP_STYLE_BODY);
    zp_measure centred = {.width = body_width(column), .align = ZP_ALIGN_CENTER};
    zp_measure balanced = centred;
    balanced.balanced = true;
    balanced.kept = zp_phrase_list(column->arena, column->report, &balanced.kept_count);
    zp_column_blank(column, COVER_TITLE_LINES);
    zp_column_text(column, column->report->title_lines, column->report->title_span, title,
                   new_paragraph(column), balanced, 0);
    int used = 0;
    for (size_t i = 0; i < column->count; i++)
        used += column->boxes[i].lines;
    zp_column_blank(column, COVER_FOOT_LINES - used);
    if (column->report->department.n > 0)
        zp_column_text(column, column->report->department, (zp_span){0}, body,
                       new_paragraph(column), centred, 0);
    if (matter_of(column)->date.n > 0)
        zp_column_text(column, matter_of(column)->date, (zp_span){0}, body, new_paragraph(column),
                       centred, 0);
}

/* ---- 版记 (7.4) ---- */

typedef struct {
    zp_column *column;
    const zp_page_setup *setup;
    const zp_style *style;
    zp_len pitch;
    const zp_node *copies, *printer; /* its two paragraphs */
} imprint;

static zp_len mm100(int hundredths)
{
    return zp_len_scale(zp_len_mm10(hundredths), 1, 10);
}

static void rule_at(const imprint *i, zp_page *page, zp_len y, int thickness)
{
    zp_len height = mm100(thickness);
    zp_item rule = {.kind = ZP_ITEM_RULE, .width = i->setup->body_width, .height = height};
    zp_page_add(i->column->arena, page, &rule, 1, i->setup->left, y - height);
}

static zp_lines copies_lines(const imprint *i, zp_str copies, zp_len *hang)
{
    zp_len cell = i->style->size;
    *hang = cell + width_of(i->column, ZP_STR("抄送："), i->style) + cell / 2;
    zp_run run = {.text = zp_str_format(i->column->arena, "%.*s%s", ZP_ARG(copies),
                                        zp_str_ends(copies, ZP_STR("。")) ? "" : "。"),
                  .role = i->style->role,
                  .size = i->style->size,
                  .cell = i->style->size,
                  .node = i->copies};
    zp_measure measure = {.width = i->setup->body_width - *hang - cell,
                          .rules = &i->column->report->template->lines};
    zp_lines lines = zp_inline_set(i->column->setter, &run, 1, &measure);
    size_t most = (size_t)i->setup->lines - 1; /* the last is the printer's */
    if (lines.count > most) {
        zp_diag_add(i->column->diag, ZP_FLAW, "long-imprint", i->column->report->title_span,
                    "各下级单位用统称，如：各县（市、区）财政局", "抄送机关一页放不下，没有写全");
        lines.count = most;
    }
    return lines;
}

static void put_line(const imprint *i, zp_page *page, const zp_line *line, zp_len dx, zp_len top)
{
    zp_page_add(i->column->arena, page, line->items, line->count, i->setup->left + dx,
                top + i->pitch / 2);
}

/* 抄送 above, 印发机关 and 印发日期 below, each between rules; from `top`. */
static void put_imprint(const imprint *i, zp_page *page, const zp_lines *copies, zp_len hang,
                        zp_len top)
{
    zp_len cell = i->style->size;
    rule_at(i, page, top, THICK_MM100);
    if (copies->count > 0) {
        zp_line label = set_line(i->column, ZP_STR("抄送："), i->copies, i->style, ZP_ALIGN_LEFT,
                                 i->setup->body_width);
        put_line(i, page, &label, cell, top);
        for (size_t k = 0; k < copies->count; k++, top += i->pitch)
            put_line(i, page, &copies->lines[k], hang, top);
        rule_at(i, page, top, THIN_MM100);
    }
    const zp_matter *matter = matter_of(i->column);
    zp_len room = i->setup->body_width - 2 * cell;
    zp_line date = {0};
    if (matter->imprint.date.n > 0) {
        zp_str text = zp_str_format(i->column->arena, "%.*s印发", ZP_ARG(matter->imprint.date));
        date = set_line(i->column, text, i->printer, i->style, ZP_ALIGN_RIGHT, room);
    }
    zp_line printer = set_line(i->column, matter->imprint.printer, i->printer, i->style,
                               ZP_ALIGN_LEFT, date.count > 0 ? room - date.width - cell : room);
    put_line(i, page, &printer, cell, top);
    put_line(i, page, &date, cell, top);
    rule_at(i, page, top + i->pitch, THICK_MM100);
}

/* The lowest ink of a page inside the 版心. */
static zp_len filled_to(const imprint *i, const zp_page *page)
{
    zp_len bottom = i->setup->top + i->setup->body_height, lowest = 0;
    for (size_t k = 0; k < page->count; k++) {
        zp_len y = page->items[k].y + page->items[k].height;
        if (page->items[k].kind != ZP_ITEM_FIGURE && y <= bottom && y > lowest)
            lowest = y;
    }
    return lowest;
}

void zp_official_imprint(zp_column *column, zp_pages *pages)
{
    if (!matter_of(column)->imprint.asked || pages->count == 0)
        return;
    const zp_page_setup *setup = &column->report->template->page;
    imprint i = {column,
                 setup,
                 style_of(column, ZP_STYLE_IMPRINT),
                 setup->body_height / setup->lines,
                 new_paragraph(column),
                 new_paragraph(column)};
    zp_str copies_text = matter_of(column)->imprint.copies;
    zp_len hang = 0;
    zp_lines copies = {0};
    if (copies_text.n > 0)
        copies = copies_lines(&i, copies_text, &hang);
    zp_len height = (zp_len)(copies.count + 1) * i.pitch;
    zp_len top = setup->top + setup->body_height - height;
    const zp_page *last = &pages->pages[pages->count - 1];
    bool even = pages->count % 2 == 0;
    bool fits = !last->turned && filled_to(&i, last) + i.pitch / 2 <= top;
    for (int more = even ? (fits ? 0 : 2) : 1; more > 0; more--)
        zp_pages_add(column->arena, pages, setup->width, setup->height);
    put_imprint(&i, &pages->pages[pages->count - 1], &copies, hang, top);
}

/* ---- every page ---- */

/* The middle of a line `lines` above the 版心, or the highest on the sheet. */
static zp_len line_above(const zp_page_setup *setup, int lines)
{
    zp_len pitch = setup->body_height / setup->lines;
    zp_len y = setup->top - lines * pitch;
    return y > pitch / 2 ? y : pitch / 2;
}

static void put_stamp(zp_column *column, zp_page *page, const zp_line *line)
{
    const zp_page_setup *setup = &column->report->template->page;
    zp_page_add(column->arena, page, line->items, line->count, setup->left, line_above(setup, 2));
}

static void put_running_head(zp_column *column, zp_page *page, const zp_line *line)
{
    const zp_page_setup *setup = &column->report->template->page;
    zp_len pitch = setup->body_height / setup->lines;
    zp_len y = line_above(setup, 1);
    zp_page_add(column->arena, page, line->items, line->count, setup->left, y);
    zp_item rule = {.kind = ZP_ITEM_RULE,
                    .artifact = ZP_ARTIFACT_HEADER,
                    .width = setup->body_width,
                    .height = zp_len_pt10(5)};
    zp_page_add(column->arena, page, &rule, 1, setup->left, y + pitch / 2);
}

/* Belongs to the page, not to the text. */
static zp_line page_line(zp_column *column, zp_str text, zp_style_name style, zp_align align)
{
    zp_line line = set_line(column, text, NULL, style_of(column, style), align, body_width(column));
    zp_item *items = zp_new_array(column->arena, zp_item, line.count);
    for (uint32_t i = 0; i < line.count; i++) {
        items[i] = line.items[i];
        items[i].artifact = ZP_ARTIFACT_HEADER;
    }
    line.items = items;
    return line;
}

void zp_official_mark_pages(zp_column *column, zp_pages *pages)
{
    zp_str stamp = column->report->stamp;
    zp_str head = column->report->template->running_head;
    if (stamp.n > 0) {
        zp_line line = page_line(column, stamp, ZP_STYLE_HEADING2, ZP_ALIGN_RIGHT);
        for (size_t i = 0; i < pages->count; i++)
            put_stamp(column, &pages->pages[i], &line);
    }
    if (zp_str_eq(head, ZP_STR("title"))) {
        zp_line line =
            page_line(column, column->report->title, ZP_STYLE_RUNNING_HEAD, ZP_ALIGN_CENTER);
        for (size_t i = 0; i < pages->count; i++)
            put_running_head(column, &pages->pages[i], &line);
    }
}
