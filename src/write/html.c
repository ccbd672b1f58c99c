/* html.c: a bound report becomes HTML, by way of a throwaway cmark tree.
 *
 * In: zp_report. Out: the template's page.html with the report in it (webpage.h), or a fragment.
 * cmark renders what CommonMark knows; what has attributes (sections, headings, paragraphs, tables,
 * figures, notes) is a custom node. The rule that keeps hostile text out: on_enter and on_exit
 * strings hold only markup of this project's, numbers, ids that anchor.h has found sound, and text
 * that zp_markup_add has escaped; whatever else an author wrote goes in as a TEXT, CODE or LINK
 * node, which cmark escapes.
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
#include "doc/caption.h"
#include "layout/chart.h"
#include "layout/figure.h"
#include "layout/legend.h"
#include "write/anchor.h"
#include "write/drawing.h"
#include "write/letter.h"
#include "write/look.h"
#include "write/navigation.h"
#include "write/tabletag.h"
#include "write/webpage.h"

enum { LEVELS = 6 };

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    const zp_html_options *options;
    zp_pictures *pictures;
    zp_diag *diag;
    size_t embedded;  /* bytes of pictures so far */
    cmark_node *open; /* where the next node goes; a node's user data is what was open around it */
    zp_buf scratch;   /* one string at a time for cmark, which copies it */
    zp_str prefix;    /* of all ids */
    zp_anchors *anchors;
    zp_navigation navigation;
    zp_buf rules;             /* of the style sheet, for this report's tables alone */
    uint8_t levels[LEVELS];   /* of the heading last met and those it stands under */
    uint32_t numbers[LEVELS]; /* which of its kind each is */
    size_t depth;             /* as many sections are open */
    uint32_t tables;          /* so far */
    uint32_t referred;        /* notes up to this number have been referred to */
    bool closed;              /* what stands below the text has been written */
    bool whole;               /* the node just entered has been written with all that is in it */
    zp_tabletag table;        /* the open one */
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

/* Making tags, in the scratch buffer. */

/* `<name` with a look, for further attributes. */
static zp_buf *begin_tag(writer *w, const char *name, zp_look first, zp_look second)
{
    w->scratch.n = 0;
    zp_buf_format(&w->scratch, "<%s", name);
    zp_look_add(&w->scratch, w->options->fragment, first, second);
    return &w->scratch;
}

static void add_id(const writer *w, zp_buf *tag, zp_str id)
{
    if (id.n > 0)
        zp_buf_format(tag, " id=\"%.*s%.*s\"", ZP_ARG(w->prefix), ZP_ARG(id));
}

/* Where the node stands in what its author wrote; a file is named where it is not the report. */
static void add_place(const writer *w, zp_buf *tag, const zp_node *node)
{
    zp_span at = zp_span_origin(node->span);
    size_t line, column;
    if (!w->options->places || at.source == NULL || at.start == ZP_WHOLE_FILE)
        return;
    zp_source_place(at.source, at.start, &line, &column);
    zp_buf_format(tag, " data-line=\"%zu\"", line);
    if (at.source == w->report->source)
        return;
    zp_buf_lit(tag, " data-file=\"");
    zp_markup_add(tag, at.source->name);
    zp_buf_byte(tag, '"');
}

/* Ends the tag; `node`: of whose place it is, or NULL. */
static const char *end_tag(writer *w, const zp_node *node)
{
    if (node != NULL)
        add_place(w, &w->scratch, node);
    zp_buf_byte(&w->scratch, '>');
    zp_buf_byte(&w->scratch, '\0');
    return w->scratch.p;
}

/* What is already markup. */
static void add_markup(writer *w, const zp_buf *markup)
{
    if (markup->n == 0)
        return;
    enter_block(w, scratch(w, zp_buf_str(markup)), "");
    leave(w);
}

/* Headings and sections. */

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

/* Its author's, else s1-2 by its place. */
static zp_str heading_id(writer *w, const zp_node *heading)
{
    zp_str own = zp_anchors_take(w->anchors, heading);
    if (own.n > 0)
        return own;
    zp_buf id = {.arena = w->arena};
    for (size_t i = 0; i < w->depth; i++)
        zp_buf_format(&id, "%s%u", i == 0 ? "s" : "-", w->numbers[i]);
    return zp_buf_str(&id);
}

/* A fragment has no sections: the page it is pasted into has its own. */
static void close_sections(writer *w, uint8_t level)
{
    for (size_t open = w->depth; open > 0 && w->levels[open - 1] >= level; open--)
        if (!w->options->fragment)
            leave(w);
}

/* 附件说明, 落款, 附注: before the attached parts and the notes. */
static void close_text(writer *w)
{
    zp_buf markup = {.arena = w->arena};
    if (w->closed)
        return;
    w->closed = true;
    zp_letter_close(w->report, w->options->fragment, &markup);
    add_markup(w, &markup);
}

/* Before the notes, or at the end. */
static void end_text(writer *w)
{
    close_sections(w, 0);
    w->depth = 0;
    close_text(w);
}

/* The section that a heading of the text begins; its id. */
static zp_str open_section(writer *w, const zp_node *heading, bool part)
{
    close_sections(w, heading->heading.level);
    if (part)
        close_text(w);
    count_heading(w, heading->heading.level);
    if (!w->options->fragment)
        enter_block(w, "<section>", "</section>");
    zp_str id = heading_id(w, heading);
    zp_navigation_add(&w->navigation, w->depth, id, zp_node_text(w->arena, heading));
    return id;
}

/* The title of an attached part: the label stands above it. */
static void add_part_words(writer *w, const zp_node *heading)
{
    zp_str text = zp_str_trim(zp_node_text(w->arena, heading));
    size_t label = zp_caption_part_label(text);
    if (label == 0 || label == text.n)
        return;
    begin_tag(w, "span", ZP_LOOK_PART_LABEL, ZP_LOOK_NONE);
    enter_inline(w, end_tag(w, NULL), "</span> ");
    add_literal(w, CMARK_NODE_TEXT, zp_str_slice(text, 0, label));
    leave(w);
    add_literal(w, CMARK_NODE_TEXT, zp_str_trim(zp_str_slice(text, label, text.n)));
    w->whole = true;
}

/* The title alone is h1. A run-in heading opens a <div>, which its paragraph closes. */
static void enter_heading(writer *w, const zp_node *heading)
{
    static const char *const names[] = {"h2", "h3", "h4", "h5", "h6"};
    static const char *const ends[] = {"</h2>", "</h3>", "</h4>", "</h5>", "</h6>"};
    int rank = heading->heading.level < 2 ? 2 : heading->heading.level;
    rank = rank > LEVELS ? LEVELS : rank;
    bool inner = heading->parent->kind != ZP_NODE_DOCUMENT; /* of a quotation or a list */
    bool part = !inner && zp_caption_begins_part(w->arena, heading), run_in = runs_in(heading);
    zp_str id = inner ? zp_anchors_take(w->anchors, heading) : open_section(w, heading, part);
    enter_block(w, "", "");
    if (run_in) {
        begin_tag(w, "div", ZP_LOOK_RUN_IN, ZP_LOOK_NONE);
        enter_inline(w, end_tag(w, NULL), "</div>");
    }
    zp_buf *tag = begin_tag(w, names[rank - 2], part ? ZP_LOOK_PART : ZP_LOOK_HEADING,
                            run_in ? ZP_LOOK_RUN_IN_PART : ZP_LOOK_NONE);
    add_id(w, tag, id);
    enter_inline(w, end_tag(w, heading), ends[rank - 2]);
    if (part)
        add_part_words(w, heading);
}

static void leave_heading(writer *w, const zp_node *heading)
{
    leave(w);
    if (!runs_in(heading))
        leave(w);
}

/* A paragraph of a tight list is its item's text; but a place needs a tag to stand in. */
static bool is_bare(const writer *w, const zp_node *paragraph)
{
    const zp_node *item = paragraph->parent;
    return item->kind == ZP_NODE_ITEM && item->parent->list.tight && !w->options->places &&
           !runs_in(paragraph->previous);
}

static void enter_paragraph(writer *w, const zp_node *paragraph)
{
    bool run_in = runs_in(paragraph->previous);
    bool top = paragraph->parent->kind == ZP_NODE_DOCUMENT;
    if (is_bare(w, paragraph)) {
        enter_new(w, CMARK_NODE_PARAGRAPH);
        return;
    }
    if (!run_in)
        enter_block(w, "", "");
    begin_tag(w, "p",
              run_in ? ZP_LOOK_RUN_IN_PART
              : top  ? ZP_LOOK_PARAGRAPH
                     : ZP_LOOK_NONE,
              ZP_LOOK_NONE);
    enter_inline(w, end_tag(w, paragraph), "</p>");
}

static void leave_paragraph(writer *w, const zp_node *paragraph)
{
    leave(w);
    if (is_bare(w, paragraph))
        return;
    if (runs_in(paragraph->previous))
        leave(w); /* what is around the heading and it */
    leave(w);
}

static void enter_list(writer *w, const zp_node *list)
{
    enter_new(w, CMARK_NODE_LIST);
    cmark_node_set_list_type(w->open, list->list.ordered ? CMARK_ORDERED_LIST : CMARK_BULLET_LIST);
    cmark_node_set_list_tight(w->open, list->list.tight && !w->options->places);
    if (list->list.ordered && list->list.start <= 999999999)
        cmark_node_set_list_start(w->open, (int)list->list.start);
}

static void add_code(writer *w, const zp_node *code)
{
    if (w->options->places) {
        begin_tag(w, "div", ZP_LOOK_NONE, ZP_LOOK_NONE);
        enter_block(w, end_tag(w, code), "</div>");
    }
    cmark_node *node = add(w, CMARK_NODE_CODE_BLOCK);
    cmark_node_set_literal(node, scratch(w, code->text));
    cmark_node_set_fence_info(node, scratch(w, code->id));
    if (w->options->places)
        leave(w);
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
    w->table = zp_tabletag_make(w->arena, w->report, table, ++w->tables, w->options->fragment);
    w->table.prefix = w->prefix;
    w->scratch.n = 0;
    zp_tabletag_open(&w->table, zp_anchors_take(w->anchors, table), &w->scratch);
    enter_block(w, end_tag(w, table), "</div>");
    w->scratch.n = 0;
    zp_tabletag_rows(&w->table, &w->scratch);
    enter_block(w, end_tag(w, NULL), "</table>");
    if (!is_row(table->first)) {
        zp_buf *tag = begin_tag(w, "caption", ZP_LOOK_CAPTION, ZP_LOOK_NONE);
        add_id(w, tag, w->table.label);
        enter_inline(w, end_tag(w, table->first), "</caption>");
    }
}

/* Between the caption and the rows. */
static void add_columns(writer *w)
{
    zp_buf columns = {.arena = w->arena};
    zp_tabletag_columns(&w->table, &columns, &w->rules);
    add_markup(w, &columns);
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
        begin_tag(w, "span", ZP_LOOK_UNIT, ZP_LOOK_NONE);
        enter_inline(w, end_tag(w, NULL), "</span>");
        add_literal(w, CMARK_NODE_TEXT, ZP_STR("单位："));
        return;
    }
    if (is_row(part->previous))
        end_rows(w);
    bool remark = part->kind == ZP_NODE_REMARK;
    begin_tag(w, "p", remark ? ZP_LOOK_REMARK : ZP_LOOK_SIGNING, ZP_LOOK_NONE);
    enter_inline(w, end_tag(w, part), "</p>\n");
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
        begin_tag(w, "span", ZP_LOOK_WORD, ZP_LOOK_NONE);
        enter_inline(w, end_tag(w, NULL), "</span>");
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
    if (first)
        add_columns(w);
    bool turns = w->table.groups_head && !first && !row->row.head && row->previous->row.head;
    if (turns)
        leave(w);
    if (first && w->table.groups_head)
        enter_block(w, "<thead>", "</thead>");
    else if (first || turns)
        enter_block(w, "<tbody>", "</tbody>");
    begin_tag(w, "tr", zp_row_is_total(w->arena, row) ? ZP_LOOK_TOTAL : ZP_LOOK_NONE, ZP_LOOK_NONE);
    enter_block(w, end_tag(w, row), "</tr>");
}

static void enter_cell(writer *w, const zp_node *cell)
{
    w->scratch.n = 0;
    const char *end = zp_tabletag_cell(&w->table, cell, &w->scratch);
    enter_inline(w, end_tag(w, cell), end);
}

/* Notes. */

static void enter_note(writer *w, const zp_node *note)
{
    end_text(w);
    if (note->previous == NULL || note->previous->kind != ZP_NODE_NOTE) {
        zp_buf *tag = begin_tag(w, "section", ZP_LOOK_NOTES, ZP_LOOK_NONE);
        zp_buf_lit(tag, " role=\"doc-endnotes\" aria-label=\"注释\">\n<ol");
        enter_block(w, end_tag(w, NULL), "</ol>\n</section>");
    }
    zp_buf *tag = begin_tag(w, "li", ZP_LOOK_NONE, ZP_LOOK_NONE);
    add_id(w, tag, zp_str_format(w->arena, "note-%u", note->note.number));
    enter_block(w, end_tag(w, note), "</li>");
}

/* `<a href="#note-1"`, for further attributes. */
static zp_buf *begin_link(writer *w, zp_look look, const char *to, uint32_t number)
{
    zp_buf *tag = begin_tag(w, "a", look, ZP_LOOK_NONE);
    zp_buf_format(tag, " href=\"#%.*s%s%u\"", ZP_ARG(w->prefix), to, number);
    return tag;
}

/* The way back stands at the end of the note's last paragraph. */
static void add_back_link(writer *w, const zp_node *note)
{
    cmark_node *last = cmark_node_last_child(w->open);
    bool text = note->last != NULL && note->last->kind == ZP_NODE_PARAGRAPH;
    enter(w, text ? cmark_node_last_child(last) : add(w, CMARK_NODE_PARAGRAPH));
    zp_buf *tag = begin_link(w, ZP_LOOK_BACK, "ref-", note->note.number);
    zp_buf_format(tag, " role=\"doc-backlink\" aria-label=\"回到注%u处\"", note->note.number);
    enter_inline(w, end_tag(w, NULL), "</a>");
    add_literal(w, CMARK_NODE_TEXT, ZP_STR("↑"));
    leave(w);
    leave(w);
}

static void leave_note(writer *w, const zp_node *note)
{
    if (note->note.number <= w->referred)
        add_back_link(w, note);
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
    zp_buf *tag = begin_tag(w, "sup", ZP_LOOK_NONE, ZP_LOOK_NONE);
    if (number > w->referred) {
        w->referred = number;
        add_id(w, tag, zp_str_format(w->arena, "ref-%u", number));
    }
    enter_inline(w, end_tag(w, NULL), "</sup>");
    zp_buf_lit(begin_link(w, ZP_LOOK_NONE, "note-", number), " role=\"doc-noteref\"");
    enter_inline(w, end_tag(w, NULL), "</a>");
    add_literal(w, CMARK_NODE_TEXT, zp_str_format(w->arena, "[%u]", number));
    leave(w);
    leave(w);
}

/* Links and pictures. */

static void enter_link(writer *w, const zp_node *link)
{
    if (!zp_url_is_safe(link->text)) {
        enter_inline(w, "", "");
        return;
    }
    enter_new(w, CMARK_NODE_LINK);
    zp_str url = link->text;
    if (zp_str_starts(url, ZP_STR("#")))
        url = zp_str_format(w->arena, "#%.*s%.*s", ZP_ARG(w->prefix),
                            ZP_ARG(zp_str_slice(url, 1, url.n)));
    cmark_node_set_url(w->open, scratch(w, url));
}

/* In the pixels that a browser counts, 96 to the inch. */
static unsigned pixels(zp_len length)
{
    return (unsigned)(((int64_t)length * 96 + 36 * ZP_PT) / (72 * ZP_PT));
}

/* As wide as on paper, as far as there is room. */
static void add_size(const writer *w, const zp_node *image, const zp_picture *picture, zp_buf *tag)
{
    const zp_page_setup *page = &w->report->template->page;
    zp_len width = zp_figure_width(w->report, image->parent, w->diag), height;
    zp_figure_fit(page, picture, width, page->body_height, &width, &height);
    zp_buf_format(tag, " width=\"%u\" height=\"%u\"", pixels(width), pixels(height));
}

static zp_buf *begin_image(writer *w, const char *kind, zp_str bytes, zp_str words)
{
    zp_buf *tag = begin_tag(w, "img", ZP_LOOK_IMAGE, ZP_LOOK_NONE);
    zp_buf_format(tag, " src=\"data:image/%s;base64,", kind);
    zp_base64_add(tag, bytes);
    zp_buf_lit(tag, "\" alt=\"");
    zp_markup_add(tag, words);
    zp_buf_byte(tag, '"');
    return tag;
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
    zp_buf *tag = begin_image(w, picture->kind == ZP_PICTURE_PNG ? "png" : "jpeg", picture->bytes,
                              zp_node_text(w->arena, image));
    add_size(w, image, picture, tag);
    enter_inline(w, end_tag(w, NULL), "");
    w->whole = true;
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
    begin_tag(w, "span", ZP_LOOK_PICTURE, ZP_LOOK_NONE);
    enter_inline(w, end_tag(w, NULL), "］</span>");
    add_literal(w, CMARK_NODE_TEXT, ZP_STR("［图："));
}

static void enter_figure(writer *w, const zp_node *figure)
{
    zp_str id = zp_anchors_take(w->anchors, figure);
    add_id(w, begin_tag(w, "figure", ZP_LOOK_FIGURE, ZP_LOOK_NONE), id);
    enter_block(w, end_tag(w, figure), "</figure>");
}

/* The same drawing as on paper. Where a fragment is pasted drawings are often not let in, but
 * pictures are. */
static void enter_chart(writer *w, const zp_node *chart)
{
    zp_len width = zp_figure_width(w->report, chart->parent, w->diag);
    const zp_sketch *sketch;
    zp_str words;
    zp_chart_sketch(w->arena, chart, width ? width : w->report->template->page.body_width, w->diag,
                    &sketch, &words);
    zp_buf svg = {.arena = w->arena};
    zp_drawing_write(sketch, words, &svg);
    if (!w->options->fragment) {
        enter_block(w, scratch(w, zp_buf_str(&svg)), "");
        return;
    }
    zp_buf *tag = begin_image(w, "svg+xml", zp_buf_str(&svg), words);
    zp_buf_format(tag, " width=\"%u\" height=\"%u\"", pixels(sketch->width),
                  pixels(sketch->height));
    enter_block(w, end_tag(w, NULL), "");
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
    zp_buf markup = {.arena = w->arena};
    (void)document;
    if (w->options->fragment)
        zp_letter_head(w->report, true, &markup);
    zp_letter_open(w->report, w->options->fragment, &markup);
    add_markup(w, &markup);
}

static void leave_document(writer *w, const zp_node *document)
{
    zp_buf markup = {.arena = w->arena};
    (void)document;
    end_text(w);
    zp_letter_imprint(w->report, w->options->fragment, &markup);
    add_markup(w, &markup);
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
    begin_tag(w, "em", ZP_LOOK_EMPH, ZP_LOOK_NONE);
    enter_inline(w, end_tag(w, NULL), "</em>");
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
    zp_walk walk = {(zp_node *)root, true};
    do {
        zp_node_kind kind = walk.node->kind;
        if (walk.entering && actions[kind].enter)
            actions[kind].enter(w, walk.node);
        if (w->whole)
            walk.entering = w->whole = false;
        if (!walk.entering && actions[kind].leave)
            actions[kind].leave(w, walk.node);
    } while (zp_walk_next(&walk, root));
    char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);
    cmark_node_free(document);
    return html;
}

static void write_fragment(zp_str body, zp_buf *out)
{
    zp_buf_lit(out, "<div lang=\"zh-CN\">\n");
    zp_buf_add(out, body);
    zp_buf_lit(out, "</div>\n");
}

bool zp_html_write(zp_arena *arena, const zp_report *report, const zp_html_options *options,
                   zp_pictures *pictures, zp_diag *diag, zp_buf *out)
{
    writer w = {.arena = arena,
                .report = report,
                .options = options,
                .pictures = pictures,
                .diag = diag,
                .scratch = {.arena = arena},
                .navigation = {.out = {.arena = arena}},
                .rules = {.arena = arena}};
    bool sound = true;
    if (options->fragment)
        w.prefix = zp_anchors_prefix(arena, report->title);
    w.anchors = zp_anchors_collect(arena, report->root, diag);
    char *body = render(&w, report->root);
    if (options->fragment)
        write_fragment(zp_str_from(body), out);
    else
        sound = zp_webpage_write(
            arena, report,
            &(zp_webpage){.outline = zp_navigation_end(&w.navigation, report->matter.contents),
                          .body = zp_str_from(body),
                          .rules = zp_buf_str(&w.rules),
                          .style = options->style},
            diag, out);
    free(body);
    return sound;
}
