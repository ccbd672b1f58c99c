/* column.c: text in, boxes out.
 *
 * A paragraph's lines know which neighbour they must not leave: the last line its neighbour above.
 * What else keeps together is said by those who add the boxes.
 */
#include "layout/column.h"

enum {
    MARK_SIZE = 60, /* a reference to a note: its size and rise in hundredths of the text's */
    MARK_RISE = 35,
};

zp_box *zp_column_add(zp_column *column)
{
    zp_list_grow(column->arena, column->boxes, column->count, column->capacity);
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
    /* Rounded down: the cells of a line must not be wider than the line. */
    return style->grid ? page->body_width / page->cells : style->size;
}

/* ---- inlines to runs ---- */

static zp_run *add_run(zp_column *column, zp_runs *runs)
{
    zp_list_grow(column->arena, runs->runs, runs->count, runs->capacity);
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
    size_t first;
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

zp_len zp_column_pitch(const zp_column *column)
{
    const zp_page_setup *page = &column->report->template->page;
    return zp_len_scale(page->body_height, 1, page->lines);
}

/* Lines of the page that a line of type takes: room for the type and a tenth more. */
static int lines_for(const zp_column *column, zp_len size)
{
    return 1 + (int)((size + size / 10 - 1) / zp_column_pitch(column));
}

static zp_box *add_line(zp_column *column, const zp_line *line, zp_len dx, zp_len size)
{
    const zp_page_setup *page = &column->report->template->page;
    zp_box *box = zp_column_add(column);
    box->items = line->items;
    box->count = line->count;
    box->dx = dx;
    box->lines = lines_for(column, size);
    box->dy = (zp_len)((int64_t)box->lines * page->body_height / page->lines / 2);
    return box;
}

size_t zp_column_lines(zp_column *column, const zp_runs *runs, const zp_measure *measure, zp_len dx)
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
    return zp_column_lines(column, &runs, &measure, dx);
}
