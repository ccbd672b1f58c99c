/* note.c: NOTE nodes in; lines at the foot of pages out.
 *
 * Boxes learn their notes from their items: those of a reference belong to its NOTEREF node.
 */
#include "layout/note.h"

enum {
    LEADING = 150,    /* of a note's line, in hundredths of its type size */
    RULE_SPACE = 8,   /* points that the rule and the blank around it take */
    SPLIT_LINES = 12, /* of a note that must stand on the page of its reference; more may go on */
    RULE_TENTHS = 5,  /* thickness in tenths of a point */
};

static const zp_style *note_style(const zp_column *column)
{
    return &column->report->template->styles[ZP_STYLE_NOTE];
}

static zp_len note_leading(const zp_column *column)
{
    return zp_len_scale(note_style(column)->size, LEADING, 100);
}

/* ---- set ---- */

static void append_lines(zp_arena *arena, zp_lines *lines, zp_lines more)
{
    lines->lines = zp_arena_grow(arena, lines->lines, lines->count * sizeof(zp_line),
                                 (lines->count + more.count) * sizeof(zp_line));
    for (size_t i = 0; i < more.count; i++)
        lines->lines[lines->count++] = more.lines[i];
}

/* A note's paragraphs, its number before the first. Other blocks in a note are set as their text.
 */
static zp_note_text set_note(zp_column *column, const zp_node *note, uint32_t number)
{
    const zp_style *style = note_style(column);
    zp_len cell = zp_column_cell(column, style);
    zp_measure measure = {.width = column->report->template->page.body_width,
                          .indent = style->indent * cell,
                          .rules = &column->report->template->lines};
    zp_note_text text = {.number = number};
    for (const zp_node *block = note->first; block; block = block->next) {
        zp_runs runs = {0};
        if (block == note->first)
            zp_runs_add(column, &runs, zp_str_format(column->arena, "[%u] ", number), note->span,
                        ZP_STYLE_NOTE, note);
        zp_runs_collect(column, block, ZP_STYLE_NOTE, block, &runs);
        append_lines(column->arena, &text.lines,
                     zp_inline_set(column->setter, runs.runs, runs.count, &measure));
    }
    return text;
}

/* ---- attach ---- */

static void add_note(zp_column *column, zp_box *box, const zp_node *note)
{
    for (uint32_t i = 0; i < box->note_count; i++)
        if (box->notes[i] == note)
            return;
    const zp_node **notes = zp_new_array(column->arena, const zp_node *, box->note_count + 1);
    for (uint32_t i = 0; i < box->note_count; i++)
        notes[i] = box->notes[i];
    notes[box->note_count] = note;
    box->notes = notes;
    box->note_count++;
}

void zp_note_attach(zp_column *column)
{
    const zp_node *last = column->report->root->last;
    if (!last || last->kind != ZP_NODE_NOTE)
        return;
    zp_note_text *texts = zp_new_array(column->arena, zp_note_text, last->note.number);
    for (const zp_node *note = last; note && note->kind == ZP_NODE_NOTE; note = note->previous)
        texts[note->note.number - 1] = set_note(column, note, note->note.number);
    column->note_texts = texts;
    bool *seen = zp_new_array(column->arena, bool, last->note.number);
    for (size_t i = 0; i < column->count; i++)
        for (uint32_t k = 0; k < column->boxes[i].count; k++) {
            const zp_node *node = column->boxes[i].items[k].node;
            if (!node || node->kind != ZP_NODE_NOTEREF || seen[node->noteref.note->note.number - 1])
                continue; /* a note stands where it is first referred to */
            seen[node->noteref.note->note.number - 1] = true;
            add_note(column, &column->boxes[i], node->noteref.note);
        }
}

/* ---- measure and place ---- */

/* With the rule; no more than ZP_LEN_MAX / 2, which no page holds. */
static zp_len height_of(zp_len leading, size_t lines)
{
    zp_len most = ZP_LEN_MAX / 2;
    if (lines == 0)
        return 0;
    if (lines > (size_t)((most - RULE_SPACE * ZP_PT) / leading))
        return most;
    return RULE_SPACE * ZP_PT + (zp_len)lines * leading;
}

static const zp_lines *lines_of(const zp_column *column, const zp_node *note)
{
    return &column->note_texts[note->note.number - 1].lines;
}

zp_len zp_note_height(const zp_column *column, const zp_box *box, bool already)
{
    size_t lines = 0;
    for (uint32_t i = 0; i < box->note_count; i++) {
        size_t count = lines_of(column, box->notes[i])->count;
        lines += count < SPLIT_LINES ? count : SPLIT_LINES;
    }
    zp_len height = height_of(note_leading(column), lines);
    return height && already ? height - RULE_SPACE * ZP_PT : height;
}

static void push(zp_arena *arena, zp_note_queue *queue, const zp_line *line)
{
    zp_list_grow(arena, queue->lines, queue->count, queue->capacity);
    queue->lines[queue->count++] = line;
}

void zp_note_enqueue(zp_column *column, const zp_box *box, uint32_t *number, zp_note_queue *queue)
{
    queue->leading = note_leading(column);
    for (uint32_t i = 0; i < box->note_count; i++) {
        zp_note_text *text = &column->note_texts[box->notes[i]->note.number - 1];
        ++*number;
        if (column->report->template->notes_per_page && text->number != *number)
            *text = set_note(column, box->notes[i], *number);
        for (size_t k = 0; k < text->lines.count; k++)
            push(column->arena, queue, &text->lines.lines[k]);
    }
}

/* The number that a note has or will have, its box's notes counting on from `number`. */
static uint32_t number_on_page(const zp_column *column, const zp_box *box, uint32_t number,
                               const zp_node *note)
{
    for (uint32_t i = 0; i < box->note_count; i++)
        if (box->notes[i] == note)
            return number + i + 1;
    return column->note_texts[note->note.number - 1].number;
}

void zp_note_renumber(zp_column *column, const zp_box *box, uint32_t number, zp_item *items,
                      size_t count)
{
    if (!column->report->template->notes_per_page)
        return;
    for (size_t i = 0; i < count; i++) {
        const zp_node *node = items[i].node;
        if (items[i].kind != ZP_ITEM_TEXT || !node || node->kind != ZP_NODE_NOTEREF)
            continue;
        zp_run run = {.text =
                          zp_str_format(column->arena, "[%u]",
                                        number_on_page(column, box, number, node->noteref.note)),
                      .role = ZP_ROLE_LATIN,
                      .size = items[i].text.size,
                      .cell = items[i].text.size,
                      .node = node};
        zp_measure measure = {.width = ZP_LEN_MAX / 2,
                              .align = ZP_ALIGN_LEFT,
                              .rules = &column->report->template->lines};
        zp_lines lines = zp_inline_set(column->setter, &run, 1, &measure);
        if (lines.count > 0 && lines.lines[0].count > 0)
            items[i].text = lines.lines[0].items[0].text;
    }
}

bool zp_note_queue_empty(const zp_note_queue *queue)
{
    return queue->first == queue->count;
}

zp_len zp_note_queue_height(const zp_note_queue *queue)
{
    return height_of(queue->leading, queue->count - queue->first);
}

zp_len zp_note_queue_fit(const zp_note_queue *queue, zp_len room, size_t least)
{
    size_t lines = queue->count - queue->first;
    zp_len left = room - RULE_SPACE * ZP_PT;
    size_t fit = left < queue->leading ? 0 : (size_t)(left / queue->leading);
    fit = fit < least ? least : fit;
    return height_of(queue->leading, lines < fit ? lines : fit);
}

void zp_note_queue_place(const zp_column *column, zp_note_queue *queue, zp_len height,
                         zp_page *page, zp_len x, zp_len y)
{
    if (height == 0)
        return;
    zp_item rule = {.kind = ZP_ITEM_RULE,
                    .y = RULE_SPACE * ZP_PT / 2,
                    .width = column->report->template->page.body_width / 4,
                    .height = zp_len_pt10(RULE_TENTHS)};
    zp_page_add(column->arena, page, &rule, 1, x, y);
    size_t lines = (size_t)((height - RULE_SPACE * ZP_PT) / queue->leading);
    y += RULE_SPACE * ZP_PT + queue->leading / 2;
    for (size_t i = 0; i < lines; i++, y += queue->leading) {
        const zp_line *line = queue->lines[queue->first++];
        zp_page_add(column->arena, page, line->items, line->count, x, y);
    }
}
