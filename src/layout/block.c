/* block.c: the bound document in, boxes out.
 *
 * One walk over the tree without recursion; lists and quotes only change how the paragraphs in them
 * are set. A paragraph's lines know which neighbour they must not leave: the last line its
 * neighbour above, a heading the two lines below it.
 */
#include "layout/block.h"

#include "doc/caption.h"
#include "doc/markdown.h"
#include "layout/figure.h"
#include "layout/grid.h"
#include "layout/note.h"
#include "layout/official.h"

enum {
    HEADING_FOLLOW = 2, /* lines that stay with a heading */
    NEST_INDENT = 2,    /* 字 by which a list or quote inside another is moved in */
    NEST_MAX = 4,       /* deeper ones are not moved further: a line needs room */
    MARK_SIZE = 60,     /* a reference to a note: its size and rise in hundredths of the text's */
    MARK_RISE = 35,
    LABEL_MAX = 16,
};

zp_box *zp_column_add(zp_column *column)
{
    if (column->count == column->capacity) {
        size_t capacity = column->capacity ? column->capacity * 2 : 256;
        column->boxes = zp_arena_grow(column->arena, column->boxes,
                                      column->capacity * sizeof(zp_box), capacity * sizeof(zp_box));
        column->capacity = capacity;
    }
    zp_box *box = &column->boxes[column->count++];
    *box = (zp_box){.breaks = column->breaks};
    column->breaks = false;
    if (column->follow > 0 && column->count > 1) {
        box[-1].keeps = true;
        column->follow--;
    }
    return box;
}

static const zp_style *style_of(const zp_column *column, zp_style_name name)
{
    return &column->report->template->styles[name];
}

zp_len zp_column_cell(const zp_column *column, const zp_style *style)
{
    const zp_page_setup *page = &column->report->template->page;
    return style->grid ? zp_len_scale(page->body_width, 1, page->cells) : style->size;
}

/* ---- inlines to runs ---- */

static zp_run *add_run(zp_column *column, zp_runs *runs)
{
    if (runs->count == runs->capacity) {
        size_t capacity = runs->capacity ? runs->capacity * 2 : 16;
        runs->runs = zp_arena_grow(column->arena, runs->runs, runs->capacity * sizeof(zp_run),
                                   capacity * sizeof(zp_run));
        runs->capacity = capacity;
    }
    zp_run *run = &runs->runs[runs->count++];
    *run = (zp_run){0};
    return run;
}

/* Text in a style, in the role that emphasis gives it. */
zp_run *zp_runs_add(zp_column *column, zp_runs *runs, zp_str text, zp_span span, zp_style_name name,
                    const zp_node *owner)
{
    const zp_style *style = style_of(column, name);
    zp_run *run = add_run(column, runs);
    run->text = text;
    run->span = span;
    run->node = owner;
    run->role = style->role;
    run->size = style->size;
    run->cell = zp_column_cell(column, style);
    run->plain = style->own_latin;
    return run;
}

static void add_note_mark(zp_column *column, zp_runs *runs, const zp_node *reference,
                          zp_style_name style, const zp_node *owner)
{
    zp_str text = zp_str_format(column->arena, "[%u]", reference->noteref.note->note.number);
    zp_run *run = zp_runs_add(column, runs, text, reference->span, style, owner);
    run->node = reference; /* by it the page finds the note */
    run->rise = zp_len_scale(run->size, MARK_RISE, 100);
    run->size = run->cell = zp_len_scale(run->size, MARK_SIZE, 100);
    run->note_mark = true;
}

/* A picture in the midst of text is not drawn: its place is marked. */
static void add_picture_mark(zp_column *column, zp_runs *runs, const zp_node *image,
                             zp_style_name style, const zp_node *owner)
{
    zp_diag_add(column->diag, ZP_FLAW, "picture-not-drawn", image->span,
                "图片要单独成段，前后各空一行，不放在列表、引用、表格里",
                "图片“%.*s”夹在文字里，没有画出来", ZP_ARG(image->text));
    zp_str text =
        zp_str_format(column->arena, "［图：%.*s］", ZP_ARG(zp_node_text(column->arena, image)));
    zp_runs_add(column, runs, text, image->span, style, owner);
}

/* **Strong** is 黑体 and *emphasis* 楷体, the 公文 way; Latin keeps its face. */
static zp_role emphasized(const zp_style *style, int strong, int emph)
{
    if (strong > 0)
        return ZP_ROLE_HEITI;
    return emph > 0 ? ZP_ROLE_KAITI : style->role;
}

void zp_runs_collect(zp_column *column, const zp_node *node, zp_style_name style,
                     const zp_node *owner, zp_runs *runs)
{
    int strong = 0, emph = 0;
    const zp_node *link = NULL; /* links do not nest */
    size_t first = runs->count;
    zp_walk walk = {(zp_node *)node, true};
    while (zp_walk_next(&walk, node)) {
        const zp_node *n = walk.node;
        if (n->kind == ZP_NODE_STRONG)
            strong += walk.entering ? 1 : -1;
        else if (n->kind == ZP_NODE_EMPH)
            emph += walk.entering ? 1 : -1;
        else if (n->kind == ZP_NODE_LINK)
            link = walk.entering && n->text.n > 0 ? n : NULL;
        if (!walk.entering)
            continue;
        first = runs->count;
        if (n->kind == ZP_NODE_TEXT || n->kind == ZP_NODE_MONO)
            zp_runs_add(column, runs, n->text, n->span, style, owner)->role =
                emphasized(style_of(column, style), strong, emph);
        else if (n->kind == ZP_NODE_BREAK)
            zp_runs_add(column, runs, ZP_STR("\n"), n->span, style, owner);
        else if (n->kind == ZP_NODE_NOTEREF)
            add_note_mark(column, runs, n, style, owner);
        else if (n->kind == ZP_NODE_IMAGE) {
            add_picture_mark(column, runs, n, style, owner);
            walk.entering = false; /* its text is in the mark */
        }
        for (size_t i = first; i < runs->count; i++)
            runs->runs[i].link = link;
    }
}

/* ---- lines to boxes ---- */

void zp_column_blank(zp_column *column, int lines)
{
    for (int i = 0; i < lines; i++) {
        zp_box *box = zp_column_add(column);
        box->lines = 1;
        box->blank = true;
    }
}

static zp_len line_pitch(const zp_page_setup *page)
{
    return zp_len_scale(page->body_height, 1, page->lines);
}

/* Lines of the page that a line of type takes: room for the type and a tenth more. */
static int lines_for(const zp_page_setup *page, zp_len size)
{
    return 1 + (int)((size + size / 10 - 1) / line_pitch(page));
}

static zp_box *add_line(zp_column *column, const zp_line *line, zp_len dx, zp_len size)
{
    const zp_page_setup *page = &column->report->template->page;
    zp_box *box = zp_column_add(column);
    box->items = line->items;
    box->count = line->count;
    box->dx = dx;
    box->lines = lines_for(page, size);
    box->dy = (zp_len)((int64_t)box->lines * page->body_height / page->lines / 2);
    return box;
}

/* A paragraph of runs; gives its first box's index. */
static size_t add_lines(zp_column *column, const zp_runs *runs, const zp_measure *measure,
                        zp_len dx)
{
    size_t first = column->count;
    if (runs->count == 0)
        return first;
    zp_lines lines = zp_inline_set(column->setter, runs->runs, runs->count, measure);
    for (size_t i = 0; i < lines.count; i++) {
        zp_box *box = add_line(column, &lines.lines[i], dx, runs->runs[0].size);
        if (i + 2 == lines.count) /* no last line alone at the head of a page */
            box->keeps = true;
    }
    return first;
}

size_t zp_column_text(zp_column *column, zp_str text, zp_span span, const zp_style *style,
                      const zp_node *node, zp_measure measure, zp_len dx)
{
    zp_run *run = zp_new(column->arena, zp_run);
    *run = (zp_run){.text = text,
                    .span = span,
                    .node = node,
                    .role = style->role,
                    .size = style->size,
                    .cell = zp_column_cell(column, style),
                    .plain = style->own_latin};
    if (!measure.rules)
        measure.rules = &column->report->template->lines;
    zp_runs runs = {run, 1, 1};
    return add_lines(column, &runs, &measure, dx);
}

typedef struct {
    zp_column *column;
    int quotes, lists;                       /* entered and not left */
    uint32_t numbers[ZP_MARKDOWN_DEPTH + 2]; /* of the next item, by depth of lists */
    zp_str label; /* of the list item whose first paragraph has not come yet */
    zp_span label_span;
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

const zp_str *zp_column_kept(zp_column *column, size_t *count)
{
    const zp_report *report = column->report;
    const zp_template *template = report->template;
    zp_str *kept = zp_new_array(column->arena, zp_str, template->phrase_count + 2);
    *count = 0;
    kept[(*count)++] = report->department;
    if (report->year.n > 0)
        kept[(*count)++] = zp_str_format(column->arena, "%.*s年度", ZP_ARG(report->year));
    for (size_t i = 0; i < template->phrase_count; i++)
        kept[(*count)++] = template->phrases[i];
    return kept;
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
    measure.kept = zp_column_kept(b->column, &measure.kept_count);
    zp_column_blank(b->column, style->before);
    size_t first = add_lines(b->column, &runs, &measure, dx);
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
        zp_runs_add(b->column, &runs, b->label, b->label_span, name, paragraph);
        b->label.n = 0;
    }
    zp_runs_collect(b->column, paragraph, name, paragraph, &runs);
    zp_len dx;
    zp_measure measure = measure_for(b, style_of(b->column, name), &dx);
    add_lines(b->column, &runs, &measure, dx);
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
    size_t first = add_lines(column, &runs, &measure, dx);
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
            add_lines(b->column, &runs, &measure, dx);
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
    box->dy = line_pitch(page) / 2;
}

static void begin_item(builder *b, const zp_node *item)
{
    if (!item->parent->list.ordered) {
        b->label = ZP_STR("• ");
    } else {
        uint32_t number = b->numbers[b->lists]++;
        b->label = zp_str_format(b->column->arena, "%u.", number);
    }
    b->label_span = item->span;
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
    zp_str title = zp_str_slice(text, label, text.n);
    while (zp_str_starts(title, ZP_STR("：")) || zp_str_starts(title, ZP_STR("　")))
        title = zp_str_slice(title, sizeof "：" - 1, title.n);
    size_t first = b->column->count;
    zp_official_attachment(b->column, zp_str_slice(text, 0, label), zp_str_trim(title), heading);
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
