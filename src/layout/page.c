/* page.c: boxes in, pages out; the only file that knows a page number.
 *
 * Each page is first measured: boxes are taken until one does not fit, then given back as far as
 * the last place where a page may end. Only then are they placed, so nothing is ever removed from a
 * page.
 */
#include "layout/page.h"

#include "layout/block.h"
#include "layout/inline.h"

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    const zp_page_setup *setup;
    zp_setter *setter;
    const zp_column *column;
    zp_pages *pages;
} maker;

/* Top of line k of the page, from the top of the 版心. */
static zp_len line_top(const zp_page_setup *setup, int64_t k)
{
    return (zp_len)(k * setup->body_height / setup->lines);
}

/* The first line of the grid that begins at or below y. */
static int64_t line_from(const zp_page_setup *setup, zp_len y)
{
    int64_t k = (int64_t)y * setup->lines / setup->body_height;
    while (line_top(setup, k) < y)
        k++;
    return k;
}

/* Where a box would begin and end when the page is filled down to `y`. */
static zp_len box_top(const zp_page_setup *setup, const zp_box *box, zp_len y)
{
    return box->lines ? line_top(setup, line_from(setup, y)) : y;
}

static zp_len box_bottom(const zp_page_setup *setup, const zp_box *box, zp_len y)
{
    return box->lines ? line_top(setup, line_from(setup, y) + box->lines) : y + box->height;
}

/* The first box from `start` that is not to be dropped at the head of a page. */
static size_t skip_blanks(const maker *m, size_t start)
{
    while (m->pages->count > 0 && start < m->column->count && m->column->boxes[start].blank)
        start++;
    return start;
}

/* The box after the last that goes on the page that begins with `start`: at least one goes. */
static size_t page_end(const maker *m, size_t start)
{
    zp_len y = 0;
    size_t end = start;
    while (end < m->column->count) {
        zp_len bottom = box_bottom(m->setup, &m->column->boxes[end], y);
        if (bottom > m->setup->body_height)
            break;
        y = bottom;
        end++;
    }
    if (end == m->column->count)
        return end;
    for (size_t k = end; k > start; k--)
        if (!m->column->boxes[k - 1].keeps)
            return k;
    return end > start ? end : start + 1;
}

/* `— 1 —`, 4号宋体. */
static void number_page(maker *m, zp_page *page)
{
    const zp_style *style = &m->report->template->styles[ZP_STYLE_PAGE_NUMBER];
    size_t number = m->pages->count;
    zp_run run = {.text = zp_str_format(m->arena, "— %zu —", number),
                  .role = style->role,
                  .size = style->size,
                  .cell = style->size,
                  .plain = style->own_latin};
    zp_len cell = zp_len_scale(m->setup->body_width, 1, m->setup->cells);
    zp_measure measure = {.width = m->setup->body_width - 2 * cell,
                          .rules = &m->report->template->lines,
                          .align = number % 2 ? ZP_ALIGN_RIGHT : ZP_ALIGN_LEFT};
    zp_lines lines = zp_inline_set(m->setter, &run, 1, &measure);
    if (lines.count != 1 || lines.lines[0].count == 0)
        return;
    const zp_item *dash = &lines.lines[0].items[0];
    zp_len stroke =
        dash->y - zp_font_ink_middle(dash->text.font, dash->text.glyphs[0].id, dash->text.size);
    zp_len y = m->setup->top + m->setup->body_height + m->setup->number_drop - stroke;
    zp_page_add(m->arena, page, lines.lines[0].items, lines.lines[0].count, m->setup->left + cell,
                y);
}

static void make_page(maker *m, size_t start, size_t end)
{
    zp_page *page = zp_pages_add(m->arena, m->pages, m->setup->width, m->setup->height);
    zp_len y = 0;
    for (size_t i = start; i < end; i++) {
        const zp_box *box = &m->column->boxes[i];
        zp_len top = box_top(m->setup, box, y);
        zp_page_add(m->arena, page, box->items, box->count, m->setup->left + box->dx,
                    m->setup->top + top + box->dy);
        y = box_bottom(m->setup, box, y);
    }
    number_page(m, page);
}

const zp_pages *zp_page_layout(zp_arena *arena, const zp_report *report, const zp_fonts *fonts,
                               zp_diag *diag)
{
    zp_setter *setter = zp_setter_new(arena, fonts, diag);
    zp_column column = {.arena = arena, .report = report, .setter = setter, .diag = diag};
    zp_block_layout(&column);
    maker m = {.arena = arena,
               .report = report,
               .setup = &report->template->page,
               .setter = setter,
               .column = &column,
               .pages = zp_new(arena, zp_pages)};
    for (size_t start = skip_blanks(&m, 0); start < column.count;) {
        size_t end = page_end(&m, start);
        make_page(&m, start, end);
        start = skip_blanks(&m, end);
    }
    return zp_setter_missed(setter) ? NULL : m.pages;
}
