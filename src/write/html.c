/* html.c: a bound report becomes one HTML page, by way of a throwaway cmark tree.
 *
 * In: zp_report. Out: the template's page.html with the report in it (webpage.h). cmark renders
 * what CommonMark knows; tables, notes, headings with anchors and run-in heads are custom nodes.
 * The rule that keeps hostile text out: on_enter and on_exit strings hold only markup from this
 * file, numbers, anchors that passed `is_anchor`, and drawings, in which drawing.c escapes all
 * text; whatever else an author wrote goes in as a TEXT, CODE or LINK node, which cmark escapes.
 *
 * A block of ours that must not have white space inside (a cell, a heading beside its text) is a
 * custom inline within a custom block, because cmark puts line ends around blocks and none around
 * inlines.
 */
#include "write/html.h"

#include <assert.h>
#include <cmark.h>
#include <stdlib.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "doc/caption.h"
#include "layout/chart.h"
#include "layout/figure.h"
#include "layout/legend.h"
#include "write/drawing.h"
#include "write/tabletag.h"
#include "write/webpage.h"

enum {
    LEVELS = 6,
    ANCHOR_MAX = 200, /* bytes of an author's id */
};

/* The author's id of one heading, figure or table. */
typedef struct {
    const zp_node *node;
    bool used; /* sound, and the first of its kind */
} anchor;

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    zp_pictures *pictures;
    zp_diag *diag;
    size_t embedded;  /* bytes of pictures so far */
    cmark_node *open; /* where the next node goes; a node's user data is what was open around it */
    zp_buf scratch;   /* one string at a time for cmark, which copies it */
    const anchor *anchors;    /* of the nodes that have an id, in order, from the next one on */
    uint8_t levels[LEVELS];   /* of the heading last met and those it stands under */
    uint32_t numbers[LEVELS]; /* which of its kind each is */
    size_t depth;
    uint32_t referred;          /* notes up to this number have been referred to */
    bool closed;                /* what stands below the text has been written */
    bool thead;                 /* the open table's head rows have a group of their own */
    const zp_holding *holdings; /* of its columns */
} writer;

/* Making cmark nodes. */

static const char *scratch(writer *w, zp_str text)
{
    w->scratch.n = 0;
    zp_buf_add(&w->scratch, text);
    zp_buf_byte(&w->scratch, '\0');
    return w->scratch.p;
}

static cmark_node *add(writer *w, cmark_node_type type)
{
    cmark_node *node = cmark_node_new(type);
    int fits = cmark_node_append_child(w->open, node);
    assert(fits);
    (void)fits;
    return node;
}

static void add_literal(writer *w, cmark_node_type type, zp_str text)
{
    cmark_node_set_literal(add(w, type), scratch(w, text));
}

static void enter(writer *w, cmark_node *node)
{
    cmark_node_set_user_data(node, w->open);
    w->open = node;
}

static void leave(writer *w)
{
    w->open = cmark_node_get_user_data(w->open);
}

static void enter_new(writer *w, cmark_node_type type)
{
    enter(w, add(w, type));
}

/* A custom node around what follows; `before` and `after` are markup. */
static void enter_custom(writer *w, cmark_node_type type, const char *before, const char *after)
{
    cmark_node *node = add(w, type);
    cmark_node_set_on_enter(node, before);
    cmark_node_set_on_exit(node, after);
    enter(w, node);
}

static void enter_block(writer *w, const char *before, const char *after)
{
    enter_custom(w, CMARK_NODE_CUSTOM_BLOCK, before, after);
}

static void enter_inline(writer *w, const char *before, const char *after)
{
    enter_custom(w, CMARK_NODE_CUSTOM_INLINE, before, after);
}

/* before, a number, after: as one string. */
static const char *numbered(writer *w, const char *before, uint32_t number, const char *after)
{
    w->scratch.n = 0;
    zp_buf_format(&w->scratch, "%s%u%s", before, number, after);
    zp_buf_byte(&w->scratch, '\0');
    return w->scratch.p;
}

/* Anchors. */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(zp_str s, size_t from)
{
    for (; from < s.n; from++)
        if (!is_digit(s.p[from]) && s.p[from] != '-')
            return false;
    return true;
}

/* s1-2, note-3, ref-3: what this file makes itself. */
static bool is_ours(zp_str id)
{
    if (zp_str_starts(id, ZP_STR("note-")))
        return all_digits(id, 5);
    if (zp_str_starts(id, ZP_STR("ref-")))
        return all_digits(id, 4);
    return id.n > 1 && id.p[0] == 's' && is_digit(id.p[1]) && all_digits(id, 1);
}

static bool is_anchor(zp_str id)
{
    if (id.n == 0 || id.n > ANCHOR_MAX || is_ours(id))
        return false;
    for (size_t at = 0; at < id.n;) {
        uint32_t c = zp_utf8_next(id, &at);
        bool sound = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     c == '-' || c == '_' || zp_code_is_han(c);
        if (!sound)
            return false;
    }
    return true;
}

/* By id, then by place. */
static int compare_anchors(const void *a, const void *b)
{
    const anchor *x = *(anchor *const *)a, *y = *(anchor *const *)b;
    int order = zp_str_compare(x->node->id, y->node->id);
    return order != 0 ? order : (x > y) - (x < y);
}

/* Decides which of `count` ids are used, with a warning for each that is not. */
static void judge_anchors(writer *w, anchor *anchors, size_t count)
{
    anchor **sorted = zp_new_array(w->arena, anchor *, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &anchors[i];
    qsort(sorted, count, sizeof *sorted, compare_anchors);
    for (size_t i = 0; i < count; i++) {
        const zp_node *node = sorted[i]->node;
        if (!is_anchor(node->id))
            zp_diag_add(w->diag, ZP_WARNING, "bad-id", node->span,
                        "只用字母、数字、汉字、- 和 _；s1、note-1、ref-1 这样的由程序使用",
                        "编号“%.*s”不能用", ZP_ARG(node->id));
        else if (i > 0 && zp_str_eq(node->id, sorted[i - 1]->node->id))
            zp_diag_add(w->diag, ZP_WARNING, "duplicate-id", node->span, "改用别的编号",
                        "前面已用了编号“%.*s”", ZP_ARG(node->id));
        else
            sorted[i]->used = true;
    }
}

static void collect_anchors(writer *w, const zp_node *root)
{
    size_t count = 0, capacity = 0;
    anchor *anchors = NULL;
    zp_walk walk = {(zp_node *)root, true};
    do {
        const zp_node *node = walk.node;
        bool marked = node->kind == ZP_NODE_HEADING || node->kind == ZP_NODE_FIGURE ||
                      node->kind == ZP_NODE_TABLE;
        if (!walk.entering || !marked || node->id.n == 0)
            continue;
        if (count == capacity) {
            size_t more = capacity * 2 + 16;
            anchors = zp_arena_grow(w->arena, anchors, capacity * sizeof *anchors,
                                    zp_array_size(more, sizeof *anchors));
            capacity = more;
        }
        anchors[count++].node = node;
    } while (zp_walk_next(&walk, root));
    judge_anchors(w, anchors, count);
    w->anchors = anchors;
}

/* The node's own id, if that is used. To be called once for each that was collected, in order. */
static zp_str take_id(writer *w, const zp_node *node)
{
    if (node->id.n == 0)
        return node->id;
    const anchor *own = w->anchors++;
    return own->used ? node->id : (zp_str){0};
}

/* Counts a heading among those under the same one: 1, 1-1, 1-2, 2 … */
static void count_heading(writer *w, uint8_t level)
{
    while (w->depth > 0 && w->levels[w->depth - 1] >= level)
        w->depth--;
    w->levels[w->depth] = level;
    w->numbers[w->depth]++;
    w->depth++;
    if (w->depth < LEVELS)
        w->numbers[w->depth] = 0;
}

static bool runs_in(const zp_node *node)
{
    return node != NULL && node->kind == ZP_NODE_HEADING && node->heading.run_in &&
           node->next != NULL && node->next->kind == ZP_NODE_PARAGRAPH;
}

/* <h3 id="…"> into the scratch buffer. */
static const char *heading_tag(writer *w, const zp_node *heading, int rank)
{
    zp_buf *tag = &w->scratch;
    zp_str id = take_id(w, heading);
    tag->n = 0;
    zp_buf_format(tag, "%s<h%d id=\"", runs_in(heading) ? "<div class=\"run-in\">" : "", rank);
    zp_buf_add(tag, id);
    for (size_t i = 0; i < w->depth && id.n == 0; i++)
        zp_buf_format(tag, "%s%u", i == 0 ? "s" : "-", w->numbers[i]);
    zp_buf_lit(tag, "\">");
    zp_buf_byte(tag, '\0');
    return tag->p;
}

/* What the front matter asks for around the text. */

static void add_line(writer *w, const char *tag, zp_str text)
{
    if (text.n == 0)
        return;
    enter_block(w, tag, "</p>");
    add_literal(w, CMARK_NODE_TEXT, text);
    leave(w);
}

static void open_text(writer *w)
{
    const zp_matter *matter = &w->report->matter;
    if (matter->addressee.n > 0)
        add_line(w, "<p class=\"addressee\">",
                 zp_str_format(w->arena, "%.*s：", ZP_ARG(matter->addressee)));
}

/* 附件说明, 落款, 附注: before the attached parts and the notes. */
static void close_text(writer *w)
{
    const zp_matter *matter = &w->report->matter;
    if (w->closed)
        return;
    w->closed = true;
    for (size_t i = 0; i < matter->attachment_count; i++) {
        zp_str name = matter->attachments[i];
        if (matter->attachment_count > 1)
            name = zp_str_format(w->arena, "%zu.%.*s", i + 1, ZP_ARG(name));
        if (i == 0)
            name = zp_str_format(w->arena, "附件：%.*s", ZP_ARG(name));
        add_line(w, i == 0 ? "<p class=\"attachments\">" : "<p class=\"attachments more\">", name);
    }
    if (matter->is_signed) {
        add_line(w, "<p class=\"organ\">", matter->organ);
        add_line(w, "<p class=\"date\">", matter->date);
    }
    add_line(w, "<p class=\"public-remark\">", matter->remark);
}

/* Blocks. */

/* The title alone is h1. A run-in heading opens a <div>, which its paragraph closes. */
static void enter_heading(writer *w, const zp_node *heading)
{
    static const char *const ends[] = {"</h2>", "</h3>", "</h4>", "</h5>", "</h6>"};
    int rank = heading->heading.level < 2 ? 2 : heading->heading.level;
    if (zp_caption_begins_part(w->arena, heading))
        close_text(w);
    rank = rank > LEVELS ? LEVELS : rank;
    count_heading(w, heading->heading.level);
    enter_block(w, "", "");
    enter_inline(w, heading_tag(w, heading, rank), ends[rank - 2]);
}

static void leave_heading(writer *w, const zp_node *heading)
{
    leave(w);
    if (!runs_in(heading))
        leave(w);
}

static void enter_paragraph(writer *w, const zp_node *paragraph)
{
    if (runs_in(paragraph->previous))
        enter_inline(w, "<p>", "</p></div>");
    else
        enter_new(w, CMARK_NODE_PARAGRAPH);
}

static void leave_paragraph(writer *w, const zp_node *paragraph)
{
    leave(w);
    if (runs_in(paragraph->previous))
        leave(w);
}

static void enter_list(writer *w, const zp_node *list)
{
    enter_new(w, CMARK_NODE_LIST);
    cmark_node_set_list_type(w->open, list->list.ordered ? CMARK_ORDERED_LIST : CMARK_BULLET_LIST);
    cmark_node_set_list_tight(w->open, list->list.tight);
    if (list->list.ordered && list->list.start <= 999999999)
        cmark_node_set_list_start(w->open, (int)list->list.start);
}

static void add_code(writer *w, const zp_node *code)
{
    cmark_node *node = add(w, CMARK_NODE_CODE_BLOCK);
    cmark_node_set_literal(node, scratch(w, code->text));
    cmark_node_set_fence_info(node, scratch(w, code->id));
}

/* Tables. */

static bool is_row(const zp_node *node)
{
    return node != NULL && node->kind == ZP_NODE_ROW;
}

/* The outer block scrolls where the table is wider than the page, so it can be reached by keyboard.
 * What precedes the rows is the caption; what follows them stands outside the table. */
static void enter_table(writer *w, const zp_node *table)
{
    zp_buf *tag = &w->scratch;
    tag->n = 0;
    zp_tabletag_open(w->report, table, take_id(w, table), tag);
    zp_buf_byte(tag, '\0');
    w->thead = zp_tabletag_groups_head(table);
    w->holdings = zp_numeric_columns(w->arena, table);
    enter_block(w, tag->p, "</div>");
    enter_block(w, "<table>", "</table>");
    if (!is_row(table->first))
        enter_inline(w, "<caption>", "</caption>");
}

static void end_rows(writer *w)
{
    leave(w);
    leave(w);
}

static void leave_table(writer *w, const zp_node *table)
{
    if (is_row(table->last))
        end_rows(w);
    leave(w);
}

/* The unit in the caption; remarks and the signing row below the rows. */
static void enter_legend(writer *w, const zp_node *part)
{
    if (part->kind == ZP_NODE_UNIT) {
        enter_inline(w, "<span class=\"unit\">", "</span>");
        add_literal(w, CMARK_NODE_TEXT, ZP_STR("单位："));
        return;
    }
    if (is_row(part->previous))
        end_rows(w);
    bool remark = part->kind == ZP_NODE_REMARK;
    enter_inline(w, remark ? "<p class=\"remark\">" : "<p class=\"signing\">", "</p>\n");
    if (remark)
        add_literal(w, CMARK_NODE_TEXT, zp_legend_remark(part));
}

/* Text; that of a signing row word by word. */
static void add_text(writer *w, const zp_node *text)
{
    zp_str word;
    if (text->parent->kind != ZP_NODE_SIGNING)
        add_literal(w, CMARK_NODE_TEXT, text->text);
    for (size_t at = 0;
         text->parent->kind == ZP_NODE_SIGNING && zp_legend_word(text->text, &at, &word);) {
        enter_inline(w, "<span>", "</span>");
        add_literal(w, CMARK_NODE_TEXT, word);
        leave(w);
    }
}

/* Rows stand in groups of head and body. */
static void enter_row(writer *w, const zp_node *row)
{
    bool first = !is_row(row->previous);
    if (first && row->previous != NULL)
        leave(w); /* the caption */
    bool turns = w->thead && !first && !row->row.head && row->previous->row.head;
    if (turns)
        leave(w);
    if (first && w->thead)
        enter_block(w, "<thead>", "</thead>");
    else if (first || turns)
        enter_block(w, "<tbody>", "</tbody>");
    enter_block(w, zp_row_is_total(w->arena, row) ? "<tr class=\"total\">" : "<tr>", "</tr>");
}

static void enter_cell(writer *w, const zp_node *cell)
{
    zp_buf *tag = &w->scratch;
    tag->n = 0;
    const char *end = zp_tabletag_cell(w->arena, cell, w->holdings, tag);
    zp_buf_byte(tag, '\0');
    enter_inline(w, tag->p, end);
}

/* Notes. */

static void enter_note(writer *w, const zp_node *note)
{
    close_text(w);
    if (note->previous == NULL || note->previous->kind != ZP_NODE_NOTE)
        enter_block(w, "<section class=\"notes\" aria-label=\"注释\">\n<ol>", "</ol>\n</section>");
    enter_block(w, numbered(w, "<li id=\"note-", note->note.number, "\">"), "</li>");
}

/* The way back stands at the end of the note's last paragraph. */
static void add_back_link(writer *w, uint32_t number)
{
    cmark_node *last = cmark_node_last_child(w->open);
    if (last != NULL && cmark_node_get_type(last) == CMARK_NODE_PARAGRAPH)
        enter(w, last);
    else
        enter_new(w, CMARK_NODE_PARAGRAPH);
    enter_inline(
        w, numbered(w, "<a class=\"back\" href=\"#ref-", number, "\" aria-label=\"回到正文\">"),
        "</a>");
    add_literal(w, CMARK_NODE_TEXT, ZP_STR("↑"));
    leave(w);
    leave(w);
}

static void leave_note(writer *w, const zp_node *note)
{
    if (note->note.number <= w->referred)
        add_back_link(w, note->note.number);
    leave(w);
    if (note->next == NULL || note->next->kind != ZP_NODE_NOTE)
        leave(w);
}

/* Notes are numbered by their first references, so a number not met before is one; only it is where
 * the note leads back to. */
static void add_reference(writer *w, const zp_node *note)
{
    if (note == NULL)
        return;
    uint32_t number = note->note.number;
    if (number > w->referred) {
        w->referred = number;
        enter_inline(w, numbered(w, "<sup id=\"ref-", number, "\">"), "</sup>");
    } else {
        enter_inline(w, "<sup>", "</sup>");
    }
    enter_inline(w, numbered(w, "<a href=\"#note-", number, "\">"), "</a>");
    add_literal(w, CMARK_NODE_TEXT, zp_str_format(w->arena, "[%u]", number));
    leave(w);
    leave(w);
}

/* Links and pictures. */

static bool same_word(zp_str text, zp_str lower)
{
    if (text.n != lower.n)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != lower.p[i])
            return false;
    }
    return true;
}

/* A scheme is what stands before a colon that no / ? # precedes (RFC 3986, 4.2). A browser drops
 * tabs and line ends within it, so what is not one of these to the letter is refused. */
static bool is_safe_url(zp_str url)
{
    size_t end = 0;
    while (end < url.n && url.p[end] != ':' && url.p[end] != '/' && url.p[end] != '?' &&
           url.p[end] != '#')
        end++;
    zp_str scheme = zp_str_slice(url, 0, end);
    if (url.n == 0)
        return false;
    if (end == url.n || url.p[end] != ':')
        return true;
    return same_word(scheme, ZP_STR("http")) || same_word(scheme, ZP_STR("https")) ||
           same_word(scheme, ZP_STR("mailto"));
}

static void enter_link(writer *w, const zp_node *link)
{
    if (!is_safe_url(link->text)) {
        enter_inline(w, "", "");
        return;
    }
    enter_new(w, CMARK_NODE_LINK);
    cmark_node_set_url(w->open, scratch(w, link->text));
}

/* The picture's bytes are the page's own. Each time a picture is shown they stand there once more,
 * so what all come to is limited here too. */
static bool embed_picture(writer *w, const zp_node *image)
{
    const zp_picture *picture = zp_pictures_open(w->pictures, image);
    if (picture == NULL)
        return false;
    w->embedded += picture->bytes.n;
    if (w->embedded > ZP_PICTURES_BYTES) {
        zp_diag_add(w->diag, ZP_ERROR, "picture-too-many", image->span,
                    "缩小图片，或把报告分成几份", "网页里放不下这么多图片");
        return false;
    }
    zp_buf *url = &w->scratch;
    url->n = 0;
    zp_buf_format(url, "data:image/%s;base64,", picture->kind == ZP_PICTURE_PNG ? "png" : "jpeg");
    zp_base64_add(url, picture->bytes);
    zp_buf_byte(url, '\0');
    enter_new(w, CMARK_NODE_IMAGE);
    cmark_node_set_url(w->open, url->p);
    return true;
}

/* Where a picture cannot be drawn its words stand in its place; in the midst of text it never is.
 */
static void enter_picture(writer *w, const zp_node *image)
{
    bool alone = image->parent->kind == ZP_NODE_FIGURE;
    if (alone && embed_picture(w, image))
        return;
    if (!alone)
        zp_diag_add(w->diag, ZP_FLAW, "picture-not-drawn", image->span,
                    "图片要单独成段，前后各空一行，不放在列表、引用、表格里",
                    "图片“%.*s”夹在文字里，没有画出来", ZP_ARG(image->text));
    enter_inline(w, "<span class=\"picture\">［图：", "］</span>");
}

/* As wide as on paper. */
static void add_width(writer *w, const zp_node *figure, zp_buf *tag)
{
    const zp_page_setup *page = &w->report->template->page;
    if (figure->first->kind != ZP_NODE_IMAGE)
        return;
    const zp_picture *picture = zp_pictures_open(w->pictures, figure->first);
    if (picture == NULL)
        return;
    zp_len width = zp_figure_width(w->report, figure, w->diag), height;
    zp_figure_fit(page, picture, width, page->body_height, &width, &height);
    int64_t tenths = ((int64_t)width * 127 + 18 * ZP_PT) / (36 * ZP_PT);
    zp_buf_format(tag, " style=\"--width: %u.%umm\"", (unsigned)(tenths / 10),
                  (unsigned)(tenths % 10));
}

static void enter_figure(writer *w, const zp_node *figure)
{
    zp_str id = take_id(w, figure);
    zp_buf tag = {.arena = w->arena};
    zp_buf_lit(&tag, "<figure");
    if (id.n > 0)
        zp_buf_format(&tag, " id=\"%.*s\"", ZP_ARG(id));
    add_width(w, figure, &tag);
    zp_buf_byte(&tag, '>');
    zp_buf_byte(&tag, '\0');
    enter_block(w, tag.p, "</figure>");
}

/* The same drawing as on paper. */
static void enter_chart(writer *w, const zp_node *chart)
{
    zp_len width = zp_figure_width(w->report, chart->parent, w->diag);
    const zp_sketch *sketch;
    zp_str words;
    zp_chart_sketch(w->arena, chart, width ? width : w->report->template->page.body_width, w->diag,
                    &sketch, &words);
    zp_buf svg = {.arena = w->arena};
    zp_drawing_write(sketch, words, &svg);
    zp_buf_byte(&svg, '\0');
    enter_block(w, svg.p, "");
}

static void enter_caption(writer *w, const zp_node *caption)
{
    bool figure = caption->parent->kind == ZP_NODE_FIGURE;
    enter_inline(w, figure ? "<figcaption>" : "", figure ? "</figcaption>" : "");
    add_literal(w, CMARK_NODE_TEXT,
                figure ? zp_figure_label(w->arena, caption) : zp_legend_label(w->arena, caption));
}

/* The whole tree: what each kind does when it is entered and left. */

typedef void action(writer *w, const zp_node *node);

static void enter_document(writer *w, const zp_node *document)
{
    (void)document;
    open_text(w);
}

static void leave_document(writer *w, const zp_node *document)
{
    (void)document;
    close_text(w);
}

static void enter_quote(writer *w, const zp_node *quote)
{
    (void)quote;
    enter_new(w, CMARK_NODE_BLOCK_QUOTE);
}

static void enter_item(writer *w, const zp_node *item)
{
    (void)item;
    enter_new(w, CMARK_NODE_ITEM);
}

static void add_rule(writer *w, const zp_node *rule)
{
    (void)rule;
    add(w, CMARK_NODE_THEMATIC_BREAK);
}

static void add_break(writer *w, const zp_node *line_end)
{
    (void)line_end;
    add(w, CMARK_NODE_LINEBREAK);
}

static void enter_emph(writer *w, const zp_node *emph)
{
    (void)emph;
    enter_new(w, CMARK_NODE_EMPH);
}

static void enter_strong(writer *w, const zp_node *strong)
{
    (void)strong;
    enter_new(w, CMARK_NODE_STRONG);
}

static void add_mono(writer *w, const zp_node *mono)
{
    add_literal(w, CMARK_NODE_CODE, mono->text);
}

static void enter_noteref(writer *w, const zp_node *reference)
{
    add_reference(w, reference->noteref.note);
}

static void leave_open(writer *w, const zp_node *node)
{
    (void)node;
    leave(w);
}

/* A row for every kind; NULL where nothing is to be done. */
static const struct {
    action *enter, *leave;
} actions[] = {
    [ZP_NODE_DOCUMENT] = {enter_document, leave_document},
    [ZP_NODE_HEADING] = {enter_heading, leave_heading},
    [ZP_NODE_PARAGRAPH] = {enter_paragraph, leave_paragraph},
    [ZP_NODE_QUOTE] = {enter_quote, leave_open},
    [ZP_NODE_LIST] = {enter_list, leave_open},
    [ZP_NODE_ITEM] = {enter_item, leave_open},
    [ZP_NODE_CODE] = {add_code, NULL},
    [ZP_NODE_RULE] = {add_rule, NULL},
    [ZP_NODE_TABLE] = {enter_table, leave_table},
    [ZP_NODE_ROW] = {enter_row, leave_open},
    [ZP_NODE_CELL] = {enter_cell, leave_open},
    [ZP_NODE_FIGURE] = {enter_figure, leave_open},
    [ZP_NODE_CHART] = {enter_chart, leave_open},
    [ZP_NODE_CAPTION] = {enter_caption, leave_open},
    [ZP_NODE_UNIT] = {enter_legend, leave_open},
    [ZP_NODE_REMARK] = {enter_legend, leave_open},
    [ZP_NODE_SIGNING] = {enter_legend, leave_open},
    [ZP_NODE_PAGEBREAK] = {NULL, NULL},
    [ZP_NODE_NOTE] = {enter_note, leave_note},
    [ZP_NODE_TEXT] = {add_text, NULL},
    [ZP_NODE_BREAK] = {add_break, NULL},
    [ZP_NODE_EMPH] = {enter_emph, leave_open},
    [ZP_NODE_STRONG] = {enter_strong, leave_open},
    [ZP_NODE_MONO] = {add_mono, NULL},
    [ZP_NODE_LINK] = {enter_link, leave_open},
    [ZP_NODE_IMAGE] = {enter_picture, leave_open},
    [ZP_NODE_NOTEREF] = {enter_noteref, NULL},
};
_Static_assert(sizeof actions / sizeof *actions == ZP_NODE_NOTEREF + 1, "a row for every kind");

/* The body as HTML; cmark's memory, to be freed. */
static char *render(writer *w, const zp_node *root)
{
    cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT);
    w->open = document;
    collect_anchors(w, root);
    zp_walk walk = {(zp_node *)root, true};
    do {
        action *act =
            walk.entering ? actions[walk.node->kind].enter : actions[walk.node->kind].leave;
        if (act)
            act(w, walk.node);
    } while (zp_walk_next(&walk, root));
    char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);
    cmark_node_free(document);
    return html;
}

bool zp_html_write(zp_arena *arena, const zp_report *report, zp_pictures *pictures, zp_diag *diag,
                   zp_buf *out)
{
    writer w = {.arena = arena,
                .report = report,
                .pictures = pictures,
                .diag = diag,
                .scratch = {.arena = arena}};
    char *body = render(&w, report->root);
    bool sound = zp_webpage_write(arena, report, zp_str_from(body), diag, out);
    free(body);
    return sound;
}
