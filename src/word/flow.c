/* flow.c: paragraphs, tables and what they flow into: the body, cells, boxes, notes. */
#include "word/reader.h"

#include "base/utf8.h"

/* --- Paragraphs ------------------------------------------------------------------------------- */

void zp_word_items_add(zp_arena *arena, zp_word_items *items, const zp_word_item *item)
{
    zp_list_grow(arena, items->all, items->count, items->capacity);
    items->all[items->count++] = *item;
}

/* Whether what flows there becomes blocks; else it becomes text. */
static bool makes_blocks(const zp_word_reader *r, const zp_word_flow *to)
{
    return to->kind == ZP_WORD_BODY || (to->kind == ZP_WORD_BOX && r->part == ZP_WORD_MAIN);
}

static void add_item(zp_word_reader *r, const zp_word_item *item)
{
    zp_word_item made = *item;
    bool boxed = r->flow->kind == ZP_WORD_BOX;
    made.block.where = boxed ? ZP_LINE_BOX : ZP_LINE_PARAGRAPH;
    zp_word_items_add(r->d->arena, boxed ? &r->boxes : &r->d->items, &made);
}

static bool is_in(const zp_word_reader *r, zp_word_flow_kind kind)
{
    for (const zp_word_flow *f = r->flow; f; f = f->outer)
        if (f->kind == kind)
            return true;
    return false;
}

/* Boxes and pictures that could not stand where they were anchored. */
static void flush_boxes(zp_word_reader *r)
{
    if (is_in(r, ZP_WORD_BOX) || is_in(r, ZP_WORD_CELL) || r->paragraph)
        return;
    for (size_t i = 0; i < r->boxes.count; i++)
        zp_word_items_add(r->d->arena, &r->d->items, &r->boxes.all[i]);
    r->boxes.count = 0;
}

/* The level of a list that is linked to the style, or to one that it is based on. */
static bool find_level(const zp_word_reader *r, const zp_word_style *style, uint32_t list,
                       unsigned *level)
{
    for (int i = 0; style && i < ZP_WORD_BASES; i++) {
        if (zp_word_lists_level(r->d->lists, list, style->id, level))
            return true;
        style = style->base.n > 0 ? zp_word_styles_find(r->d->styles, style->base) : NULL;
    }
    return false;
}

/* What the paragraph and its style say together. */
static zp_word_format format_of(const zp_word_reader *r, const zp_word_paragraph *p,
                                const zp_word_style *style)
{
    zp_word_format f = p->format;
    if (!style)
        return f;
    if (!f.has_outline)
        f.outline = style->format.outline;
    if (!f.has_side)
        f.centred = style->format.centred;
    if (f.has_list)
        return f;
    f.list = style->format.list;
    if (!f.has_level && f.list > 0 && !find_level(r, style, f.list, &f.level))
        f.level = style->format.level;
    return f;
}

/* A cell's text is a string: a note stands in it in brackets, a picture behind the table. */
static zp_str settle_marks(zp_word_reader *r, const zp_word_paragraph *p)
{
    zp_buf out = {.arena = r->d->arena};
    size_t done = 0;
    for (size_t i = 0; i < p->mark_count; i++) {
        const zp_word_mark *mark = &p->marks[i];
        zp_buf_add(&out, zp_str_slice(zp_buf_str(&p->text), done, mark->at));
        done = mark->at;
        if (mark->kind == ZP_WORD_NOTE) {
            zp_buf_format(&out, "（脚注：%.*s）", ZP_ARG(r->d->notes[mark->index].text));
            zp_word_tally(r, ZP_WORD_COUNT_CELL_NOTE);
        } else if (r->part == ZP_WORD_MAIN) {
            zp_word_mark *alone = zp_new(r->d->arena, zp_word_mark);
            *alone = (zp_word_mark){ZP_WORD_PICTURE, 0, mark->index};
            zp_word_item item = {.block = {.where = ZP_LINE_BOX, .marks = alone, .mark_count = 1}};
            zp_word_items_add(r->d->arena, &r->boxes, &item);
            zp_word_tally(r, ZP_WORD_COUNT_CELL_PICTURE);
        }
    }
    zp_buf_add(&out, zp_str_slice(zp_buf_str(&p->text), done, p->text.n));
    return zp_buf_str(&out);
}

static void add_block(zp_word_reader *r, const zp_word_paragraph *p, zp_str number,
                      zp_word_format format, bool bullet, const zp_word_style *style)
{
    zp_str text = zp_buf_str(&p->text);
    if (number.n > 0)
        text = zp_str_format(r->d->arena, "%.*s%.*s", ZP_ARG(number), ZP_ARG(text));
    for (size_t i = 0; i < p->mark_count; i++)
        p->marks[i].at += number.n;
    zp_word_item item = {.block = {.kind = ZP_WORD_PARAGRAPH,
                                   .text = text,
                                   .marks = p->marks,
                                   .mark_count = p->mark_count,
                                   .outline = format.outline,
                                   .title = style && zp_str_eq(style->name, ZP_STR("title")),
                                   .centred = format.centred,
                                   .bullet = bullet,
                                   .indent = bullet ? format.level : 0}};
    add_item(r, &item);
}

static void add_line(zp_word_reader *r, const zp_word_paragraph *p, zp_str number)
{
    zp_buf *to = &r->flow->text;
    zp_str text = settle_marks(r, p);
    if (zp_utf8_is_blank(text) && number.n == 0)
        return;
    if (to->n > 0)
        zp_buf_byte(to, '\n');
    zp_buf_add(to, number);
    zp_buf_add(to, text);
}

/* A line of a table of contents ends with a page. */
static bool is_of_contents(const zp_word_paragraph *p, const zp_word_style *style)
{
    if (style && zp_str_starts(style->name, ZP_STR("toc ")))
        return true;
    zp_str text = zp_str_trim(zp_buf_str(&p->text));
    return p->contents && text.n > 0 && text.p[text.n - 1] >= '0' && text.p[text.n - 1] <= '9';
}

static void deliver(zp_word_reader *r, const zp_word_paragraph *p)
{
    const zp_word_style *style = zp_word_styles_find(r->d->styles, p->style);
    zp_word_format format = format_of(r, p, style);
    bool bullet = false, blank = zp_utf8_is_blank(zp_buf_str(&p->text)) && p->mark_count == 0;
    zp_buf number = {.arena = r->d->arena};
    if (!r->flow)
        return;
    if (is_of_contents(p, style)) {
        zp_word_tally(r, ZP_WORD_COUNT_CONTENTS);
        return;
    }
    if (format.list > 0)
        zp_word_lists_count(r->d->lists, format.list, format.level, &number, &bullet);
    if (blank && (number.n == 0 || makes_blocks(r, r->flow)))
        return;
    if (makes_blocks(r, r->flow))
        add_block(r, p, zp_buf_str(&number), format, bullet, style);
    else
        add_line(r, p, zp_buf_str(&number));
}

static bool open_paragraph(zp_word_reader *r, zp_word_attributes a)
{
    zp_word_paragraph *p = r->flow ? r->flow->carried : NULL;
    (void)a;
    if (p)
        r->flow->carried = NULL;
    else
        p = zp_new(r->d->arena, zp_word_paragraph);
    p->text.arena = r->d->arena;
    p->joined = false;
    p->contents = zp_word_is_in_contents(r);
    p->outer = r->paragraph;
    r->paragraph = p;
    return true;
}

static void close_paragraph(zp_word_reader *r)
{
    zp_word_paragraph *p = r->paragraph;
    r->paragraph = p->outer;
    r->hidden = r->emphatic = r->raised = false;
    if (p->joined && r->flow)
        r->flow->carried = p;
    else
        deliver(r, p);
    flush_boxes(r);
}

static bool open_run(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    r->hidden = r->emphatic = r->raised = false;
    return false;
}

/* --- Flows ------------------------------------------------------------------------------------ */

static bool open_flow(zp_word_reader *r, zp_word_flow_kind kind)
{
    zp_word_flow *f = zp_new(r->d->arena, zp_word_flow);
    *f = (zp_word_flow){.outer = r->flow, .kind = kind, .text = {.arena = r->d->arena}};
    r->flow = f;
    return true;
}

static zp_str close_flow(zp_word_reader *r)
{
    zp_word_flow *f = r->flow;
    if (f->carried)
        deliver(r, f->carried);
    r->flow = f->outer;
    return zp_buf_str(&f->text);
}

static bool open_body(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    r->found = true;
    return open_flow(r, ZP_WORD_BODY);
}

static void close_body(zp_word_reader *r)
{
    close_flow(r);
    flush_boxes(r);
}

static bool open_box(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    if (r->part == ZP_WORD_MAIN)
        zp_word_tally(r, ZP_WORD_COUNT_BOX);
    return r->flow && open_flow(r, ZP_WORD_BOX);
}

static void close_box(zp_word_reader *r)
{
    zp_str text = close_flow(r);
    if (text.n == 0 || !r->flow)
        return;
    if (r->flow->text.n > 0)
        zp_buf_byte(&r->flow->text, '\n');
    zp_buf_add(&r->flow->text, text);
}

static bool open_note(zp_word_reader *r, zp_word_attributes a)
{
    zp_str type = zp_word_value(a, "type");
    r->found = true;
    r->note = zp_word_number(a, "id");
    r->separator = type.n > 0 && !zp_str_eq(type, ZP_STR("normal"));
    return open_flow(r, ZP_WORD_TEXT);
}

static void close_note(zp_word_reader *r)
{
    zp_word_draft *d = r->d;
    zp_str text = close_flow(r);
    if (r->separator)
        return;
    zp_list_grow(d->arena, d->notes, d->note_count, d->note_capacity);
    d->notes[d->note_count++] =
        (zp_word_draft_note){.end = r->part == ZP_WORD_ENDNOTES, .id = r->note, .text = text};
}

static bool open_edge(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    r->found = true;
    return open_flow(r, ZP_WORD_TEXT);
}

static void close_edge(zp_word_reader *r)
{
    zp_buf_add(r->margin, close_flow(r));
}

/* --- Tables ----------------------------------------------------------------------------------- */

static bool open_table(zp_word_reader *r, zp_word_attributes a)
{
    if (!r->flow)
        return false;
    (void)a;
    zp_word_table *t = zp_new(r->d->arena, zp_word_table);
    *t = (zp_word_table){.outer = r->table,
                         .grid = zp_word_grid_new(r->d->arena),
                         .nested = !makes_blocks(r, r->flow),
                         .text = {.arena = r->d->arena}};
    r->table = t;
    return true;
}

static void close_table(zp_word_reader *r)
{
    zp_word_table *t = r->table;
    r->table = t->outer;
    if (!t->nested) {
        zp_word_item item = {.block = {.kind = ZP_WORD_TABLE}, .grid = t->grid};
        if (!zp_word_grid_is_blank(t->grid))
            add_item(r, &item);
        flush_boxes(r);
        return;
    }
    zp_word_tally(r, ZP_WORD_COUNT_NESTED);
    if (r->flow->text.n > 0 && t->text.n > 0)
        zp_buf_byte(&r->flow->text, '\n');
    zp_buf_add(&r->flow->text, zp_buf_str(&t->text));
}

static bool open_row(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    if (!r->table)
        return false;
    r->table->row_begun = r->table->head = r->table->row_deleted = false;
    r->table->before = 0;
    return true;
}

static bool open_cell(zp_word_reader *r, zp_word_attributes a)
{
    zp_word_table *t = r->table;
    if (!t)
        return false;
    if (t->row_deleted)
        return zp_word_skip(r, a);
    if (!t->row_begun && !t->nested)
        zp_word_grid_row(t->grid, t->before, t->head);
    else if (!t->row_begun && t->text.n > 0)
        zp_buf_byte(&t->text, '\n');
    else if (t->row_begun && t->nested)
        zp_buf_lit(&t->text, "　");
    t->row_begun = true;
    t->cell = (zp_word_cell){.columns = 1};
    return open_flow(r, ZP_WORD_CELL);
}

static void close_cell(zp_word_reader *r)
{
    zp_word_table *t = r->table;
    t->cell.text = close_flow(r);
    if (!t->nested) {
        zp_word_grid_add(t->grid, &t->cell);
        return;
    }
    for (size_t i = 0; i < t->cell.text.n; i++)
        zp_buf_byte(&t->text, t->cell.text.p[i] == '\n' ? ' ' : t->cell.text.p[i]);
}

static void close_nothing(zp_word_reader *r)
{
    (void)r;
}

/* --- Elements -----------------------------------------------------------------------------------
 */

static const zp_word_element elements[] = {
    {"body", open_body, close_body, false},
    {"endnote", open_note, close_note, false},
    {"footnote", open_note, close_note, false},
    {"ftr", open_edge, close_edge, false},
    {"hdr", open_edge, close_edge, false},
    {"p", open_paragraph, close_paragraph, false},
    {"r", open_run, NULL, false},
    {"tbl", open_table, close_table, false},
    {"tc", open_cell, close_cell, false},
    {"tr", open_row, close_nothing, false},
    {"txbxContent", open_box, close_box, false},
};

const zp_word_elements zp_word_flow_elements = {elements, sizeof elements / sizeof *elements};
