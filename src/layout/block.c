/* block.c: the bound document in, boxes out.
 *
 * One walk over the tree without recursion; lists and quotes only change how the paragraphs in them
 * are set. A paragraph's lines know which neighbour they must not leave: the last line its
 * neighbour above, a heading the two lines below it.
 */
#include "layout/block.h"

#include "doc/caption.h"
#include "doc/markdown.h"
#include "doc/phrase.h"
#include "layout/figure.h"
#include "layout/grid.h"
#include "layout/note.h"
#include "layout/official.h"

enum {
    HEADING_FOLLOW = 2, /* lines that stay with a heading */
    NEST_INDENT = 2,    /* 字 by which a list or quote inside another is moved in */
    NEST_MAX = 4,       /* deeper ones are not moved further: a line needs room */
};

static const zp_style *style_of(const zp_column *column, zp_style_name name)
{
    return &column->report->template->styles[name];
}

typedef struct {
    zp_column *column;
    int quotes, lists;                       /* entered and not left */
    uint32_t numbers[ZP_MARKDOWN_DEPTH + 2]; /* of the next item, by depth of lists */
    zp_str label; /* of the list item whose first paragraph has not come yet */
    const zp_node *label_item;
    bool closed;         /* 落款 and the like have been set: what follows are 附件 */
    const zp_node *skip; /* a paragraph already set with its run-in heading */
} builder;

static zp_len nest_offset(const builder *b, zp_len cell)
{
    int depth = b->quotes + b->lists - 1;
    depth = depth < 0 ? 0 : depth > NEST_MAX ? NEST_MAX : depth;
    return depth * NEST_INDENT * cell;
}

static zp_measure measure_for(const builder *b, const zp_style *style, zp_len *dx)
{
    zp_len cell = zp_column_cell(b->column, style);
    *dx = nest_offset(b, cell);
    return (zp_measure){.width = b->column->report->template->page.body_width - *dx,
                        .indent = style->indent * cell,
                        .align = style->align,
                        .rules = &b->column->report->template->lines};
}

static void set_title(builder *b)
{
    const zp_report *report = b->column->report;
    const zp_style *style = style_of(b->column, ZP_STYLE_TITLE);
    zp_runs runs = {0};
    zp_runs_add(b->column, &runs, report->title_lines, report->title_span, ZP_STYLE_TITLE,
                report->root);
    zp_len dx;
    zp_measure measure = measure_for(b, style, &dx);
    measure.balanced = true;
    measure.kept = zp_phrase_list(b->column->arena, b->column->report, &measure.kept_count);
    zp_column_blank(b->column, style->before);
    size_t first = zp_column_lines(b->column, &runs, &measure, dx);
    for (size_t i = first; i < b->column->count; i++)
        b->column->boxes[i].keeps = true;
    zp_column_blank(b->column, style->after);
}

static zp_style_name paragraph_style(const builder *b)
{
    return b->quotes > 0 ? ZP_STYLE_QUOTE : ZP_STYLE_BODY;
}

static void set_paragraph(builder *b, const zp_node *paragraph)
{
    zp_style_name name = paragraph_style(b);
    zp_runs runs = {0};
    if (b->label.n) {
        zp_runs_add(b->column, &runs, b->label, b->label_item->span, name, b->label_item);
        b->label.n = 0;
    }
    zp_runs_collect(b->column, paragraph, name, paragraph, &runs);
    zp_len dx;
    zp_measure measure = measure_for(b, style_of(b->column, name), &dx);
    zp_column_lines(b->column, &runs, &measure, dx);
}

/* ---- headings ---- */

static zp_style_name heading_style(const zp_node *heading)
{
    int level = heading->heading.level;
    level = level < 2 ? 2 : level > 5 ? 5 : level;
    return (zp_style_name)(ZP_STYLE_HEADING2 + level - 2);
}

/* The head phrase, for the bookmark: without the ： or 。 that joins it to its text. */
static zp_str bookmark(const zp_column *column, const zp_node *heading)
{
    zp_str title = zp_str_trim(zp_node_text(column->arena, heading));
    size_t label = heading->heading.level == 1 ? zp_caption_part_label(title) : 0;
    if (label > 0) /* a wide space: a narrow one between digit and Han would be dropped */
        return zp_str_format(column->arena, "%.*s　%.*s", (int)label, title.p,
                             ZP_ARG(zp_caption_part_title(title, label)));
    if (zp_str_ends(title, ZP_STR("：")) || zp_str_ends(title, ZP_STR("。")))
        title.n -= sizeof "：" - 1;
    return title;
}

/* The first line's items with the heading's anchor before them. */
static void add_anchor(zp_column *column, const zp_node *heading, zp_box *box)
{
    zp_item *items = zp_new_array(column->arena, zp_item, (size_t)box->count + 1);
    items[0] = (zp_item){.kind = ZP_ITEM_ANCHOR, .node = heading, .y = -box->dy};
    items[0].anchor.title = bookmark(column, heading);
    items[0].anchor.level = heading->heading.level > 1 ? heading->heading.level - 1u : 1u;
    for (uint32_t i = 0; i < box->count; i++)
        items[i + 1] = box->items[i];
    box->items = items;
    box->count++;
}

static void set_heading(builder *b, const zp_node *heading)
{
    zp_column *column = b->column;
    zp_style_name name = heading_style(heading);
    const zp_style *style = style_of(column, name);
    zp_runs runs = {0};
    zp_runs_collect(column, heading, name, heading, &runs);
    if (heading->heading.run_in) {
        b->skip = heading->next;
        zp_runs_collect(column, b->skip, paragraph_style(b), b->skip, &runs);
    }
    zp_len dx;
    zp_measure measure = measure_for(b, style, &dx);
    zp_column_blank(column, style->before);
    size_t first = zp_column_lines(column, &runs, &measure, dx);
    if (first == column->count)
        return;
    add_anchor(column, heading, &column->boxes[first]);
    if (heading->heading.run_in) {
        column->boxes[first].keeps = first + 1 < column->count;
        return;
    }
    for (size_t i = first; i < column->count; i++)
        column->boxes[i].keeps = true;
    zp_column_blank(column, style->after);
    column->follow = HEADING_FOLLOW;
}

/* ---- the other blocks ---- */

static void set_code(builder *b, const zp_node *code)
{
    zp_len dx;
    zp_measure measure = measure_for(b, style_of(b->column, ZP_STYLE_CODE), &dx);
    size_t start = 0;
    while (start < code->text.n) {
        size_t end = zp_str_find(code->text, ZP_STR("\n"), start);
        zp_runs runs = {0};
        zp_runs_add(b->column, &runs, zp_str_slice(code->text, start, end), code->span,
                    ZP_STYLE_CODE, code);
        if (end == start)
            zp_column_blank(b->column, 1);
        else
            zp_column_lines(b->column, &runs, &measure, dx);
        start = end + 1;
    }
}

/* A short line in the middle of the column. */
static void set_rule(builder *b, const zp_node *rule)
{
    const zp_page_setup *page = &b->column->report->template->page;
    zp_item *item = zp_new(b->column->arena, zp_item);
    *item = (zp_item){.kind = ZP_ITEM_RULE,
                      .node = rule,
                      .x = page->body_width / 3,
                      .width = page->body_width / 3,
                      .height = zp_len_pt10(5)};
    zp_box *box = zp_column_add(b->column);
    box->items = item;
    box->count = 1;
    box->lines = 1;
    box->dy = zp_column_pitch(b->column) / 2;
}

static void begin_item(builder *b, const zp_node *item)
{
    if (!item->parent->list.ordered) {
        b->label = ZP_STR("• ");
    } else {
        uint32_t number = b->numbers[b->lists]++;
        b->label = zp_str_format(b->column->arena, "%u.", number);
    }
    b->label_item = item;
}

static void close_text(builder *b)
{
    if (!b->closed)
        zp_official_close(b->column);
    b->closed = true;
}

/* An attached part begins. */
static void set_part(builder *b, const zp_node *heading)
{
    close_text(b);
    zp_str text = zp_str_trim(zp_node_text(b->column->arena, heading));
    size_t label = zp_caption_part_label(text);
    size_t first = b->column->count;
    zp_official_attachment(b->column, zp_str_slice(text, 0, label),
                           zp_caption_part_title(text, label), heading);
    if (first < b->column->count)
        add_anchor(b->column, heading, &b->column->boxes[first]);
}

/* A block that is set as a whole, its inlines included. */
static void set_leaf(builder *b, const zp_node *node)
{
    if (node == b->skip)
        return;
    if (node->kind == ZP_NODE_PARAGRAPH)
        set_paragraph(b, node);
    else if (zp_caption_begins_part(b->column->arena, node))
        set_part(b, node);
    else if (node->kind == ZP_NODE_HEADING)
        set_heading(b, node);
    else if (node->kind == ZP_NODE_CODE)
        set_code(b, node);
    else if (node->kind == ZP_NODE_TABLE)
        zp_grid_layout(b->column, node);
    else if (node->kind == ZP_NODE_FIGURE)
        zp_figure_layout(b->column, node);
    else if (node->kind == ZP_NODE_PAGEBREAK)
        b->column->breaks = true;
    else if (node->kind == ZP_NODE_RULE)
        set_rule(b, node);
}

static bool is_container(zp_node_kind kind)
{
    return kind == ZP_NODE_DOCUMENT || kind == ZP_NODE_QUOTE || kind == ZP_NODE_LIST ||
           kind == ZP_NODE_ITEM;
}

void zp_block_layout(zp_column *column)
{
    builder b = {.column = column};
    zp_official_letterhead(column);
    set_title(&b);
    zp_official_addressee(column);
    column->text = column->count;
    zp_walk walk = {column->report->root, true};
    while (zp_walk_next(&walk, column->report->root)) {
        const zp_node *node = walk.node;
        int step = walk.entering ? 1 : -1;
        if (node->kind == ZP_NODE_QUOTE)
            b.quotes += step;
        else if (node->kind == ZP_NODE_LIST)
            b.lists += step;
        if (!walk.entering)
            continue;
        if (node->kind == ZP_NODE_LIST)
            b.numbers[b.lists] = node->list.start;
        if (node->kind == ZP_NODE_ITEM)
            begin_item(&b, node);
        if (!is_container(node->kind)) {
            set_leaf(&b, node);
            walk.entering = false;
        }
    }
    close_text(&b);
    zp_note_attach(column);
}
