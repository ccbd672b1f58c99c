/* page.c: boxes in, pages out; the only file that knows a page number.
 *
 * Each page is first measured: boxes are taken until one does not fit, then given back as far as
 * the last place where a page may end. Only then are they placed, so nothing is ever removed from a
 * page. Notes count with the line that refers to them: a line fits when its notes fit below it.
 */
#include "layout/page.h"

#include "layout/block.h"
#include "layout/inline.h"
#include "layout/note.h"
#include "layout/official.h"
#include "layout/toc.h"

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    const zp_page_setup *setup;
    zp_column *column;
    zp_pages *pages;
    size_t number;        /* of the page being made; 0: it shows none */
    uint32_t note_number; /* of the last note on this page, or so far */
    zp_note_queue notes;  /* lines of notes that still want a place */
} maker;

/* The frame that a page's boxes are cut into: the 版心, or the same turned. */
typedef struct {
    zp_len height;
    int lines;
} frame;

static frame frame_of(const maker *m, const zp_box *box)
{
    if (!box->landscape)
        return (frame){m->setup->body_height, m->setup->lines};
    zp_len pitch = m->setup->body_height / m->setup->lines;
    return (frame){m->setup->body_width, (int)(m->setup->body_width / pitch)};
}

/* Top of line k of the page, from the top of the 版心. */
static zp_len line_top(const frame *f, int64_t k)
{
    return (zp_len)(k * f->height / f->lines);
}

/* The first line of the grid that begins at or below y. */
static int64_t line_from(const frame *f, zp_len y)
{
    int64_t k = (int64_t)y * f->lines / f->height;
    while (line_top(f, k) < y)
        k++;
    return k;
}

/* Where a box would begin and end when the page is filled down to `y`. */
static zp_len box_top(const frame *f, const zp_box *box, zp_len y)
{
    return box->lines ? line_top(f, line_from(f, y)) : y;
}

static zp_len box_bottom(const frame *f, const zp_box *box, zp_len y)
{
    return box->lines ? line_top(f, line_from(f, y) + box->lines) : y + box->height;
}

/* The first box from `start` that is not to be dropped at the head of a page. */
static size_t skip_blanks(const maker *m, size_t start)
{
    while (m->pages->count > 0 && start < m->column->count && m->column->boxes[start].blank &&
           !m->column->boxes[start].breaks)
        start++;
    return start;
}

/* Below what comes again before the box that a page begins with. */
static zp_len repeat_height(const frame *f, const zp_box *box)
{
    zp_len y = 0;
    for (size_t i = 0; i < box->repeat_count; i++)
        y = box_bottom(f, &box->repeat[i], y);
    return y;
}

/* ---- measure ---- */

/* Whether the page must end before box `end`, whatever room there is. */
static bool must_end(const maker *m, size_t start, size_t end)
{
    const zp_box *box = &m->column->boxes[end];
    return end > start && (box->breaks || box->landscape != m->column->boxes[start].landscape);
}

/* The box after the last that fits on the page that begins with `start`. */
static size_t last_fit(const maker *m, size_t start)
{
    const zp_box *first = &m->column->boxes[start];
    frame f = frame_of(m, first);
    bool top = m->pages->count == 0 || !first->repeat_count;
    zp_len y = top ? 0 : repeat_height(&f, first);
    zp_len notes = zp_note_queue_height(&m->notes);
    if (notes > f.height / 2) /* text and a long note share the page */
        notes = f.height / 2;
    for (size_t end = start; end < m->column->count; end++) {
        const zp_box *box = &m->column->boxes[end];
        zp_len below = notes + zp_note_height(m->column, box, notes > 0);
        zp_len bottom = box_bottom(&f, box, y);
        if (must_end(m, start, end) || bottom + below > f.height)
            return end;
        y = bottom;
        notes = below;
    }
    return m->column->count;
}

/* Where the first page ends when keeping everything together would leave it without text, which it
 * must show (GB/T 9704-2012 7.3.3): before a distance, else wherever it is full. */
static size_t end_with_text(const maker *m, size_t end)
{
    for (size_t k = end; k > m->column->text + 1; k--)
        if (m->column->boxes[k].blank)
            return k;
    return end;
}

/* The box after the last that goes on the page: at least one goes. */
static size_t page_end(const maker *m, size_t start)
{
    size_t end = last_fit(m, start);
    size_t least = m->pages->count == 0 ? m->column->text : start;
    if (end == m->column->count || (end > start && must_end(m, start, end)))
        return end;
    for (size_t k = end; k > least; k--)
        if (!m->column->boxes[k - 1].keeps)
            return k;
    if (least > start && end > least)
        return end_with_text(m, end);
    return end > start ? end : start + 1;
}

/* ---- place ---- */

/* Items of a box, in the frame's place on the sheet; those of a turned page are marked. */
static void put_items(maker *m, zp_page *page, const zp_box *box, const zp_item *items,
                      uint32_t count, zp_len top)
{
    /* On a turned page the left edge of the sheet is the top, and its foot the left (GB/T 9704 8).
     */
    zp_len left =
        box->landscape ? m->setup->height - m->setup->top - m->setup->body_height : m->setup->left;
    zp_len head = box->landscape ? m->setup->left : m->setup->top;
    size_t first = page->count;
    zp_page_add(m->arena, page, items, count, left + box->dx, head + top + box->dy);
    for (size_t i = first; i < page->count; i++)
        page->items[i].turned = box->landscape;
    if (m->column->note_texts)
        zp_note_renumber(m->column, box, m->note_number, page->items + first, page->count - first);
}

static zp_len put_box(maker *m, zp_page *page, const zp_box *box, zp_len y, bool top, bool bottom)
{
    frame f = frame_of(m, box);
    zp_len at = box_top(&f, box, y);
    bool again = top && box->top_items;
    put_items(m, page, box, again ? box->top_items : box->items,
              again ? box->top_count : box->count, at);
    if (bottom && box->bottom_items)
        put_items(m, page, box, box->bottom_items, box->bottom_count, at);
    return box_bottom(&f, box, y);
}

static void put_boxes(maker *m, zp_page *page, size_t start, size_t end)
{
    const zp_box *first = &m->column->boxes[start];
    bool goes_on = m->pages->count > 1;
    zp_len y = 0;
    for (size_t i = 0; goes_on && i < first->repeat_count; i++)
        y = put_box(m, page, &first->repeat[i], y, false, false);
    for (size_t i = start; i < end; i++) {
        const zp_box *box = &m->column->boxes[i];
        bool cut = i + 1 == end && end < m->column->count;
        y = put_box(m, page, box, y, goes_on && i == start, cut);
        zp_note_enqueue(m->column, box, &m->note_number, &m->notes);
    }
}

/* The notes at the foot of the 版心: as many lines as there is room for, the rest on the next page.
 */
static void put_notes(maker *m, zp_page *page, zp_len filled)
{
    zp_len room = m->setup->body_height - filled;
    zp_len height = zp_note_queue_fit(&m->notes, room, filled == 0); /* a page holds something */
    zp_len y = m->setup->body_height - height;
    zp_note_queue_place(m->column, &m->notes, height, page, m->setup->left, m->setup->top + y);
}

static zp_len filled_height(const maker *m, size_t start, size_t end)
{
    frame f = frame_of(m, &m->column->boxes[start]);
    zp_len y = m->pages->count > 1 ? repeat_height(&f, &m->column->boxes[start]) : 0;
    for (size_t i = start; i < end; i++)
        y = box_bottom(&f, &m->column->boxes[i], y);
    return y;
}

/* `— 1 —`, 4号宋体. */
static void number_page(maker *m, zp_page *page)
{
    const zp_style *style = &m->report->template->styles[ZP_STYLE_PAGE_NUMBER];
    zp_run run = {.text = zp_str_format(m->arena, "— %zu —", m->number),
                  .role = style->role,
                  .size = style->size,
                  .cell = style->size,
                  .plain = style->own_latin};
    zp_len cell = zp_len_scale(m->setup->body_width, 1, m->setup->cells);
    zp_measure measure = {.width = m->setup->body_width - 2 * cell,
                          .rules = &m->report->template->lines,
                          .align = m->number % 2 ? ZP_ALIGN_RIGHT : ZP_ALIGN_LEFT};
    zp_lines lines = zp_inline_set(m->column->setter, &run, 1, &measure);
    if (lines.count != 1 || lines.lines[0].count == 0)
        return;
    const zp_item *dash = &lines.lines[0].items[0];
    zp_len stroke =
        dash->y - zp_font_ink_middle(dash->text.font, dash->text.glyphs[0].id, dash->text.size);
    zp_len y = m->setup->top + m->setup->body_height + m->setup->number_drop - stroke;
    size_t first = page->count;
    zp_page_add(m->arena, page, lines.lines[0].items, lines.lines[0].count, m->setup->left + cell,
                y);
    for (size_t i = first; i < page->count; i++)
        page->items[i].artifact = ZP_ARTIFACT_FOOTER;
}

static zp_page *make_page(maker *m, size_t start, size_t end)
{
    zp_page *page = zp_pages_add(m->arena, m->pages, m->setup->width, m->setup->height);
    m->note_number = 0;
    page->turned = start < end && m->column->boxes[start].landscape;
    page->number = m->number;
    put_boxes(m, page, start, end);
    if (!zp_note_queue_empty(&m->notes) && !page->turned)
        put_notes(m, page, start < end ? filled_height(m, start, end) : 0);
    if (m->number > 0)
        number_page(m, page);
    return page;
}

/* A column cut into pages, numbered from `first`; 0: not numbered. */
static void cut(maker *m, zp_column *column, zp_pages *pages, size_t first)
{
    m->column = column;
    m->pages = pages;
    m->number = first;
    size_t start = skip_blanks(m, 0);
    while (start < column->count || !zp_note_queue_empty(&m->notes)) {
        size_t end = start < column->count ? page_end(m, start) : start;
        make_page(m, start, end);
        m->number += first > 0;
        start = skip_blanks(m, end);
    }
    m->column = NULL; /* the caller's, as are the pages */
    m->pages = NULL;
}

static zp_column new_column(const maker *m, zp_setter *setter, zp_diag *diag)
{
    return (zp_column){.arena = m->arena, .report = m->report, .setter = setter, .diag = diag};
}

/* Cover and table of contents, unnumbered, before the text's pages. */
static void put_front(maker *m, zp_setter *setter, zp_diag *diag, zp_pages *all,
                      const zp_pages *body)
{
    zp_column cover = new_column(m, setter, diag), contents = cover;
    if (zp_official_wants_cover(m->report)) {
        zp_official_cover(&cover);
        cut(m, &cover, all, 0);
    }
    if (zp_toc_wanted(m->report)) {
        zp_toc_layout(&contents, body);
        zp_pages pages = {0};
        cut(m, &contents, &pages, 0);
        zp_pages_append(m->arena, all, &pages);
    }
}

const zp_pages *zp_page_layout(zp_arena *arena, const zp_report *report, const zp_fonts *fonts,
                               zp_pictures *pictures, zp_diag *diag)
{
    zp_setter *setter = zp_setter_new(arena, fonts, diag);
    maker m = {.arena = arena, .report = report, .setup = &report->template->page};
    zp_column column = new_column(&m, setter, diag);
    column.pictures = pictures;
    zp_block_layout(&column);
    zp_pages *body = zp_new(arena, zp_pages), *all = zp_new(arena, zp_pages);
    cut(&m, &column, body, 1);
    zp_official_imprint(&column, body);
    put_front(&m, setter, diag, all, body);
    all->front = all->count;
    zp_pages_append(arena, all, body);
    all->tables = column.tables;
    all->table_count = column.table_count;
    zp_official_mark_pages(&column, all);
    return zp_setter_missed(setter) ? NULL : all;
}
