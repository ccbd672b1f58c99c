/* listing.c: messages in, sorted rows with lines and columns out.
 *
 * A message about text that was made from others becomes a row at its origin, once, before anything
 * is sorted. Lines and columns of all rows are found in one sweep over each text, so a million
 * messages on one long line cost no more than the line.
 */
#include "base/listing.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"

enum {
    ALPHABET = 26,
    CELL_LETTERS = 16, /* more than a column's number in base 26 has */
};

/* --- Sorting --------------------------------------------------------------------------------- */

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* Messages without a place first, then file by file; a file as a whole before its lines. */
static int compare_places(const zp_listed *a, const zp_listed *b)
{
    const zp_source *one = a->at.span.source, *other = b->at.span.source;
    if (!one || !other)
        return (one != NULL) - (other != NULL);
    int order = one == other ? 0 : zp_str_compare(one->name, other->name);
    if (!order && one != other)
        order = zp_str_compare(one->sheet, other->sheet);
    /* ZP_WHOLE_FILE + 1 is 0. */
    return order ? order : compare_sizes(a->at.span.start + 1, b->at.span.start + 1);
}

static int compare_contents(const zp_listed *x, const zp_listed *y)
{
    const zp_message *a = x->message, *b = y->message;
    int order = compare_sizes(x->at.span.end + 1, y->at.span.end + 1);
    if (!order)
        order = (int)b->severity - (int)a->severity;
    if (!order)
        order = strcmp(a->id, b->id);
    if (!order)
        order = zp_str_compare(a->message, b->message);
    return order ? order : zp_str_compare(a->hint, b->hint);
}

static int by_likeness(const void *a, const void *b)
{
    const zp_listed *one = a, *other = b;
    int order = compare_places(one, other);
    if (!order)
        order = compare_contents(one, other);
    return order ? order : compare_sizes(one->message->order, other->message->order);
}

static int by_place(const void *a, const void *b)
{
    const zp_listed *one = a, *other = b;
    int order = compare_places(one, other);
    return order ? order : compare_sizes(one->message->order, other->message->order);
}

static int by_severity(const void *a, const void *b)
{
    const zp_listed *one = a, *other = b;
    int order = (int)other->message->severity - (int)one->message->severity;
    return order ? order : by_place(a, b);
}

static zp_listed row_of(zp_arena *arena, const zp_message *message)
{
    zp_listed row = {.message = message, .at = {.span = zp_span_origin(message->span)}};
    row.others = zp_new_array(arena, zp_listed_place, message->other_count);
    for (size_t i = 0; i < message->other_count; i++)
        row.others[i].span = zp_span_origin(message->others[i]);
    return row;
}

/* Every message once: also where a line of a template gave it for each of a thousand rows. */
static zp_listing collect(const zp_diag *diag, zp_arena *arena)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(diag, &count);
    zp_listing t = {.rows = zp_new_array(arena, zp_listed, count)};
    for (size_t i = 0; i < count; i++)
        t.rows[i] = row_of(arena, &messages[i]);
    if (count > 0)
        qsort(t.rows, count, sizeof *t.rows, by_likeness);
    for (size_t i = 0; i < count; i++) {
        const zp_listed *next = &t.rows[i];
        const zp_listed *last = t.count ? &t.rows[t.count - 1] : NULL;
        bool again = last && !compare_places(last, next) && !compare_contents(last, next);
        if (!again)
            t.rows[t.count++] = *next;
    }
    return t;
}

/* --- Lines and columns ----------------------------------------------------------------------- */

typedef struct {
    const zp_source *source;
    size_t offset;
    zp_spot *found;
} question;

static int by_offset(const void *a, const void *b)
{
    const question *one = a, *other = b;
    if (one->source != other->source)
        return (uintptr_t)one->source < (uintptr_t)other->source ? -1 : 1;
    return compare_sizes(one->offset, other->offset);
}

/* Moves `here`, the place of offset `at` of a sheet, over the tabs before `end`. */
static void count_cells(zp_str text, size_t at, size_t end, zp_spot *here)
{
    for (; at < end; at++)
        if (text.p[at] == '\t') {
            here->cell++;
            here->cell_start = at + 1;
        }
}

/* Answers questions in order of offset: columns are counted on from the last answer. */
static void answer(question *questions, size_t count)
{
    const zp_source *source = NULL;
    zp_spot here = {0};
    size_t at = 0; /* whose place it is */
    for (size_t i = 0; i < count; i++) {
        const question *q = &questions[i];
        if (!source || q->source != source) {
            source = q->source;
            here = (zp_spot){.line = 1, .column = 1};
            at = 0;
        }
        while (here.line < source->line_count && source->lines[here.line] <= q->offset) {
            at = source->lines[here.line];
            here = (zp_spot){.line = here.line + 1, .column = 1, .cell_start = at};
        }
        here.column += zp_utf8_count(zp_str_slice(source->text, at, q->offset));
        if (source->sheet.n || source->places)
            count_cells(source->text, at, q->offset, &here);
        at = q->offset;
        *q->found = here;
    }
}

typedef struct {
    question *all;
    size_t count;
} inquiry;

static void ask(inquiry *q, zp_listed_place *place)
{
    zp_span span = place->span;
    if (!span.source || span.start == ZP_WHOLE_FILE)
        return;
    assert(span.start <= span.end && span.end <= span.source->text.n);
    q->all[q->count++] = (question){span.source, span.start, &place->start};
    q->all[q->count++] = (question){span.source, span.end, &place->end};
}

static void settle(inquiry *q)
{
    if (q->count > 0)
        qsort(q->all, q->count, sizeof *q->all, by_offset);
    answer(q->all, q->count);
}

static void find_places(zp_listing t, zp_arena *arena)
{
    size_t places = t.count;
    for (size_t i = 0; i < t.count; i++)
        places += t.rows[i].message->other_count;
    inquiry q = {.all = zp_new_array(arena, question, zp_array_size(places, 2))};
    for (size_t i = 0; i < t.count; i++) {
        ask(&q, &t.rows[i].at);
        for (size_t k = 0; k < t.rows[i].message->other_count; k++)
            ask(&q, &t.rows[i].others[k]);
    }
    settle(&q);
}

zp_listing zp_listing_make(zp_arena *arena, const zp_diag *diag, size_t limit)
{
    zp_listing t = collect(diag, arena);
    for (int s = ZP_HINT; s <= ZP_ERROR; s++)
        t.left += zp_diag_lost(diag, (zp_severity)s);
    if (limit > 0 && t.count > limit) {
        /* The error that stops the work must not hide behind a hundred hints. */
        qsort(t.rows, t.count, sizeof *t.rows, by_severity);
        t.left += t.count - limit;
        t.count = limit;
    }
    if (t.count > 0)
        qsort(t.rows, t.count, sizeof *t.rows, by_place);
    find_places(t, arena);
    return t;
}

zp_listed_place zp_listing_place(zp_arena *arena, zp_span span)
{
    zp_listed_place place = {.span = zp_span_origin(span)};
    inquiry q = {.all = zp_new_array(arena, question, 2)};
    ask(&q, &place);
    settle(&q);
    return place;
}

/* --- Cells and paragraphs ----------------------------------------------------------------------
 */

zp_line_place zp_listed_line(const zp_listed_place *place)
{
    const zp_source *source = place->span.source;
    size_t line = place->start.line;
    if (!source || !line)
        return (zp_line_place){0};
    return source->places ? source->places[line - 1]
                          : (zp_line_place){.kind = ZP_LINE_TEXT, .number = (uint32_t)line};
}

bool zp_listed_has_cell(const zp_listed_place *place)
{
    return place->start.line > 0 &&
           (place->span.source->sheet.n > 0 || zp_listed_line(place).kind == ZP_LINE_ROW);
}

void zp_listed_cell(const zp_listed_place *place, zp_buf *out)
{
    char letters[CELL_LETTERS];
    size_t at = sizeof letters;
    zp_line_place line = zp_listed_line(place);
    for (size_t n = place->start.cell + 1; n && at; n = (n - 1) / ALPHABET)
        letters[--at] = (char)('A' + (n - 1) % ALPHABET);
    zp_buf_add(out, (zp_str){letters + at, sizeof letters - at});
    zp_buf_uint(out, line.kind == ZP_LINE_ROW ? line.row + 1 : line.number);
}

void zp_line_words(zp_line_place line, zp_buf *out)
{
    static const char *const words[] = {
        [ZP_LINE_TEXT] = "第%u行", [ZP_LINE_PARAGRAPH] = "第%u段", [ZP_LINE_ROW] = "表%u",
        [ZP_LINE_NOTE] = "脚注%u", [ZP_LINE_BOX] = "文本框%u",     [ZP_LINE_PAGE] = "第%u页",
    };
    zp_str word = zp_str_from(words[line.kind]);
    size_t gap = zp_str_find(word, ZP_STR("%u"), 0);
    zp_buf_add(out, zp_str_slice(word, 0, gap));
    zp_buf_uint(out, line.number);
    zp_buf_add(out, zp_str_slice(word, gap + 2, word.n));
}

void zp_listed_words(const zp_listed_place *place, zp_buf *out)
{
    zp_line_place line = zp_listed_line(place);
    if (line.kind == ZP_LINE_TEXT)
        return;
    zp_line_words(line, out);
    if (line.kind == ZP_LINE_ROW) {
        zp_buf_byte(out, ' ');
        zp_listed_cell(place, out);
    }
}
