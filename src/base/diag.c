/* diag.c: messages in, one page of text or lines of JSON out.
 *
 * Both printers work on the same sorted list of rows. A message about text that was made from
 * others becomes a row at its origin, once, before anything is sorted. Lines and columns of all
 * rows are found in one sweep over each text, so a million messages on one long line cost no more
 * than the line.
 *
 * What came from the input may hold anything: on its way to a terminal, control characters and
 * characters without a shape become U+FFFD.
 */
#include "base/diag.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/utf8.h"

enum {
    SEVERITIES = ZP_ERROR + 1,
    MESSAGE_MAX = 1000, /* bytes of a message; a longer one quotes too much */
    EXCERPT_COLUMNS = 100,
    EXCERPT_BEFORE = 40, /* columns left of the place in an excerpt that is cut */
    NUMBER_WIDTH = 5,
    TAB_COLUMNS = 4,
    ALPHABET = 26,
    CELL_LETTERS = 16, /* more than a column's number in base 26 has */
};

#define REPLACEMENT 0xFFFDU

struct zp_diag {
    zp_arena *arena;
    zp_message *messages;
    size_t count, capacity;
    size_t added[SEVERITIES], kept[SEVERITIES];
    zp_str about;
};

typedef struct {
    size_t line, column; /* 0: none */
    size_t cell;         /* tabs before it in its line: of a sheet, the column from 0 */
    size_t cell_start;   /* offset behind the last of them, or of the line */
} place;

/* A message to be printed, and where that is. */
typedef struct {
    const zp_message *message;
    zp_span span; /* in what its author wrote */
    place start, end;
} row;

typedef struct {
    row *rows;
    size_t count;
} table;

void zp_diag_about(zp_diag *diag, zp_str report)
{
    diag->about = report;
}

zp_diag *zp_diag_new(zp_arena *arena)
{
    zp_diag *diag = zp_new(arena, zp_diag);
    diag->arena = arena;
    return diag;
}

/* `text` as far as it is whole UTF-8: cutting may have split its last character. */
static zp_str without_torn_end(zp_str text)
{
    size_t fault = zp_utf8_fault(text, text.n > 4 ? text.n - 4 : 0);
    while (fault < text.n && fault + zp_utf8_fault_length(text, fault) < text.n)
        fault = zp_utf8_fault(text, fault + zp_utf8_fault_length(text, fault));
    return zp_str_slice(text, 0, fault);
}

static zp_message *next_message(zp_diag *diag)
{
    if (diag->count == diag->capacity) {
        size_t old = diag->capacity;
        diag->capacity = old ? old * 2 : 16;
        diag->messages = zp_arena_grow(diag->arena, diag->messages, old * sizeof(zp_message),
                                       zp_array_size(diag->capacity, sizeof(zp_message)));
    }
    return &diag->messages[diag->count++];
}

size_t zp_diag_put(zp_diag *diag, const zp_message *message)
{
    diag->added[message->severity]++;
    if (diag->kept[message->severity] == ZP_DIAG_KEPT)
        return ZP_DIAG_NONE;
    diag->kept[message->severity]++;
    zp_message *added = next_message(diag);
    *added = *message;
    added->order = diag->count;
    return diag->count - 1;
}

zp_message *zp_diag_message(zp_diag *diag, size_t index)
{
    return &diag->messages[index];
}

void zp_diag_drop(zp_diag *diag, bool (*drop)(void *user, const zp_message *message), void *user)
{
    size_t kept = 0;
    for (size_t i = 0; i < diag->count; i++) {
        const zp_message *message = &diag->messages[i];
        if (drop(user, message)) {
            diag->added[message->severity]--;
            diag->kept[message->severity]--;
        } else {
            diag->messages[kept++] = *message;
        }
    }
    diag->count = kept;
}

zp_str zp_diag_word(zp_arena *arena, const char *format, va_list arguments)
{
    char text[MESSAGE_MAX];
    int length = vsnprintf(text, sizeof text, format, arguments);
    assert(length >= 0);
    bool cut = (size_t)length >= sizeof text;
    zp_str message = {text, cut ? sizeof text - 1 : (size_t)length};
    return cut ? zp_str_format(arena, "%.*s…", ZP_ARG(without_torn_end(message)))
               : zp_str_copy(arena, message);
}

void zp_diag_add(zp_diag *diag, zp_severity severity, const char *id, zp_span span,
                 const char *hint, const char *format, ...)
{
    if (diag->kept[severity] == ZP_DIAG_KEPT) {
        diag->added[severity]++;
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    zp_message message = {.severity = severity,
                          .id = id,
                          .span = span,
                          .message = zp_diag_word(diag->arena, format, arguments),
                          .hint = zp_str_copy(diag->arena, zp_str_from(hint))};
    va_end(arguments);
    zp_diag_put(diag, &message);
}

size_t zp_diag_count(const zp_diag *diag, zp_severity severity)
{
    return diag->added[severity];
}

const zp_message *zp_diag_messages(const zp_diag *diag, size_t *count)
{
    *count = diag->count;
    return diag->messages;
}

/* --- Choosing and sorting -------------------------------------------------------------------- */

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* Messages without a place first, then file by file; a file as a whole before its lines. */
static int compare_places(const row *a, const row *b)
{
    const zp_source *one = a->span.source, *other = b->span.source;
    if (!one || !other)
        return (one != NULL) - (other != NULL);
    int order = one == other ? 0 : zp_str_compare(one->name, other->name);
    if (!order && one != other)
        order = zp_str_compare(one->sheet, other->sheet);
    /* ZP_WHOLE_FILE + 1 is 0. */
    return order ? order : compare_sizes(a->span.start + 1, b->span.start + 1);
}

static int compare_contents(const row *x, const row *y)
{
    const zp_message *a = x->message, *b = y->message;
    int order = compare_sizes(x->span.end + 1, y->span.end + 1);
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
    const row *one = a, *other = b;
    int order = compare_places(one, other);
    if (!order)
        order = compare_contents(one, other);
    return order ? order : compare_sizes(one->message->order, other->message->order);
}

static int by_place(const void *a, const void *b)
{
    const row *one = a, *other = b;
    int order = compare_places(one, other);
    return order ? order : compare_sizes(one->message->order, other->message->order);
}

static int by_severity(const void *a, const void *b)
{
    const row *one = a, *other = b;
    int order = (int)other->message->severity - (int)one->message->severity;
    return order ? order : by_place(a, b);
}

/* Every message once: also where a line of a template gave it for each of a thousand rows. */
static table collect(const zp_diag *diag, zp_arena *arena)
{
    table t = {zp_new_array(arena, row, diag->count), 0};
    for (size_t i = 0; i < diag->count; i++)
        t.rows[i] =
            (row){.message = &diag->messages[i], .span = zp_span_origin(diag->messages[i].span)};
    if (diag->count)
        qsort(t.rows, diag->count, sizeof *t.rows, by_likeness);
    for (size_t i = 0; i < diag->count; i++) {
        const row *next = &t.rows[i];
        const row *last = t.count ? &t.rows[t.count - 1] : NULL;
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
    place *found;
} question;

static int by_offset(const void *a, const void *b)
{
    const question *one = a, *other = b;
    if (one->source != other->source)
        return (uintptr_t)one->source < (uintptr_t)other->source ? -1 : 1;
    return compare_sizes(one->offset, other->offset);
}

/* Moves `here`, the place of offset `at` of a sheet, over the tabs before `end`. */
static void count_cells(zp_str text, size_t at, size_t end, place *here)
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
    place here = {0};
    size_t at = 0; /* whose place it is */
    for (size_t i = 0; i < count; i++) {
        const question *q = &questions[i];
        if (!source || q->source != source) {
            source = q->source;
            here = (place){.line = 1, .column = 1};
            at = 0;
        }
        while (here.line < source->line_count && source->lines[here.line] <= q->offset) {
            at = source->lines[here.line];
            here = (place){.line = here.line + 1, .column = 1, .cell_start = at};
        }
        here.column += zp_utf8_count(zp_str_slice(source->text, at, q->offset));
        if (source->sheet.n)
            count_cells(source->text, at, q->offset, &here);
        at = q->offset;
        *q->found = here;
    }
}

static void find_places(table t, zp_arena *arena)
{
    question *questions = zp_new_array(arena, question, zp_array_size(t.count, 2));
    size_t count = 0;
    for (size_t i = 0; i < t.count; i++) {
        row *r = &t.rows[i];
        zp_span span = r->span;
        if (!span.source || span.start == ZP_WHOLE_FILE)
            continue;
        assert(span.start <= span.end && span.end <= span.source->text.n);
        questions[count++] = (question){span.source, span.start, &r->start};
        questions[count++] = (question){span.source, span.end, &r->end};
    }
    if (count)
        qsort(questions, count, sizeof *questions, by_offset);
    answer(questions, count);
}

/* --- Text ------------------------------------------------------------------------------------ */

typedef struct {
    uint32_t first, last;
} range;

static bool within(uint32_t code, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count && code >= ranges[i].first; i++)
        if (code <= ranges[i].last)
            return true;
    return false;
}

/* Whether a terminal might act on `code`, or show nothing. Marks of direction are among these: they
 * can make a line read as what it is not. */
static bool is_unprintable(uint32_t code)
{
    static const range ranges[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x200B, 0x200F},   {0x2028, 0x202E},
        {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    };
    return within(code, ranges, sizeof ranges / sizeof *ranges);
}

/* How many columns of a terminal a printable character takes (UAX #11: wide and full-width). */
static size_t columns_of(uint32_t code)
{
    static const range joined[] = {
        {0x300, 0x36F}, {0x20D0, 0x20F0}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF},
    };
    static const range wide[] = {
        {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},
        {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
        {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x1B2FF}, {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
    };
    if (code < 0x300)
        return code == '\t' ? TAB_COLUMNS : 1;
    if (within(code, joined, sizeof joined / sizeof *joined))
        return 0;
    return within(code, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

static void add_printable(zp_buf *out, uint32_t code)
{
    if (code == '\t')
        for (size_t i = 0; i < TAB_COLUMNS; i++)
            zp_buf_byte(out, ' ');
    else
        zp_buf_code(out, is_unprintable(code) ? REPLACEMENT : code);
}

/* Text on one line; where it came from, a file's name or an argument, it need not have been UTF-8.
 */
static void add_clean(zp_buf *out, zp_str s)
{
    s = zp_utf8_clean(out->arena, s);
    for (size_t at = 0; at < s.n;) {
        uint32_t code = zp_utf8_next(s, &at);
        add_printable(out, code == '\n' ? ' ' : code);
    }
}

static void add_times(zp_buf *out, char byte, size_t times)
{
    for (size_t i = 0; i < times; i++)
        zp_buf_byte(out, byte);
}

/* The end of the text that begins at `start` and fits in `columns`. */
static size_t fit(zp_str line, size_t start, size_t columns)
{
    size_t at = start;
    while (at < line.n) {
        size_t next = at;
        size_t taken = columns_of(zp_utf8_next(line, &next));
        /* Marks that take no column must not make the excerpt long either. */
        taken = taken ? taken : 1;
        if (taken > columns)
            break;
        columns -= taken;
        at = next;
    }
    return at;
}

/* The beginning of the text that ends at `end` and fits in `columns`. */
static size_t fit_back(zp_str line, size_t end, size_t columns)
{
    size_t at = end;
    while (at > 0) {
        uint32_t code = zp_utf8_before(line, at);
        size_t taken = columns_of(code);
        taken = taken ? taken : 1;
        if (taken > columns)
            break;
        columns -= taken;
        char bytes[4];
        at -= zp_utf8_encode(code, bytes);
    }
    return at;
}

static size_t width_of(zp_str s)
{
    size_t columns = 0;
    for (size_t at = 0; at < s.n;)
        columns += columns_of(zp_utf8_next(s, &at));
    return columns;
}

static const char *colour_of(zp_severity severity)
{
    switch (severity) {
    case ZP_HINT:
        return "\x1b[36m";
    case ZP_WARNING:
        return "\x1b[33m";
    case ZP_FLAW:
    case ZP_ERROR:
        break;
    }
    return "\x1b[31m";
}

static void add_coloured(zp_buf *out, bool colour, zp_severity severity, zp_str text)
{
    if (colour)
        zp_buf_add(out, zp_str_from(colour_of(severity)));
    zp_buf_add(out, text);
    if (colour)
        zp_buf_lit(out, "\x1b[0m");
}

static bool is_inside_character(zp_str s, size_t at)
{
    return at < s.n && ((unsigned char)s.p[at] & 0xC0U) == 0x80;
}

/* B7: the letters count A to Z, AA to ZZ and so on, without a nought. */
static void add_cell_name(zp_buf *out, place cell)
{
    char letters[CELL_LETTERS];
    size_t at = sizeof letters;
    for (size_t n = cell.cell + 1; n && at; n = (n - 1) / ALPHABET)
        letters[--at] = (char)('A' + (n - 1) % ALPHABET);
    zp_buf_add(out, (zp_str){letters + at, sizeof letters - at});
    zp_buf_uint(out, cell.line);
}

/* What the excerpt shows: the line, or of a sheet's the cell; and where it begins. */
static zp_str shown_text(const row *r, size_t *begin)
{
    const zp_source *source = r->span.source;
    zp_str line = zp_source_line(source, r->start.line);
    *begin = source->lines[r->start.line - 1];
    if (!source->sheet.n)
        return line;
    size_t cell = r->start.cell_start - *begin;
    *begin = r->start.cell_start;
    return zp_str_slice(line, cell, zp_str_find(line, ZP_STR("\t"), cell));
}

/* What stands left of the excerpt: the number of the line, or the name of the cell. */
static zp_str gutter_text(zp_arena *arena, const row *r)
{
    zp_buf name = {.arena = arena};
    if (r->span.source->sheet.n)
        add_cell_name(&name, r->start);
    else
        zp_buf_uint(&name, r->start.line);
    return zp_buf_str(&name);
}

/* The source line and under it the place: ^ at its first character, ~ at the others. */
static void add_excerpt(zp_buf *out, const row *r, bool colour)
{
    zp_span span = r->span;
    size_t line_start;
    zp_str line = shown_text(r, &line_start);
    size_t start = span.start - line_start;
    if (!line.n || start > line.n)
        return;
    size_t end = span.end - line_start < line.n ? span.end - line_start : line.n;
    /* Not to be printed in halves, even should a span be wrong by a byte. */
    while (is_inside_character(line, start))
        start--;
    while (is_inside_character(line, end))
        end++;
    size_t first = 0, last = fit(line, 0, EXCERPT_COLUMNS);
    if (last < line.n) {
        first = fit_back(line, start, EXCERPT_BEFORE);
        last = fit(line, first, EXCERPT_COLUMNS);
    }
    end = end < last ? end : last;

    zp_str number = gutter_text(out->arena, r);
    size_t gutter = number.n > NUMBER_WIDTH ? number.n : NUMBER_WIDTH;
    add_times(out, ' ', gutter - number.n);
    zp_buf_add(out, number);
    zp_buf_lit(out, " | ");
    if (first > 0)
        zp_buf_lit(out, "…");
    add_clean(out, zp_str_slice(line, first, last));
    zp_buf_add(out, last < line.n ? ZP_STR("…\n") : ZP_STR("\n"));

    add_times(out, ' ', gutter);
    zp_buf_lit(out, " | ");
    add_times(out, ' ', (first > 0) + width_of(zp_str_slice(line, first, start)));
    zp_buf mark = {.arena = out->arena};
    size_t columns = end > start ? width_of(zp_str_slice(line, start, end)) : 1;
    zp_buf_byte(&mark, '^');
    add_times(&mark, '~', columns ? columns - 1 : 0);
    add_coloured(out, colour, r->message->severity, zp_buf_str(&mark));
    zp_buf_byte(out, '\n');
}

static zp_str word_for(zp_severity severity)
{
    switch (severity) {
    case ZP_HINT:
        return ZP_STR("建议");
    case ZP_WARNING:
        return ZP_STR("警告");
    case ZP_FLAW:
    case ZP_ERROR:
        break;
    }
    return ZP_STR("错误");
}

static void add_place(zp_buf *out, const row *r, bool column)
{
    const zp_source *source = r->span.source;
    add_clean(out, source->name);
    if (source->sheet.n) {
        zp_buf_lit(out, "[");
        add_clean(out, source->sheet);
        if (r->start.line) {
            zp_buf_lit(out, "!");
            add_cell_name(out, r->start);
        }
        zp_buf_lit(out, "]");
    } else if (r->start.line) {
        zp_buf_format(out, ":%zu", r->start.line);
        if (column)
            zp_buf_format(out, ":%zu", r->start.column);
    }
}

zp_str zp_diag_place(zp_arena *arena, zp_span span)
{
    zp_buf out = {.arena = arena};
    zp_message message = {.span = span};
    row r = {.message = &message, .span = zp_span_origin(span)};
    if (r.span.source) {
        find_places((table){&r, 1}, arena);
        add_place(&out, &r, false);
    }
    return zp_buf_str(&out);
}

static void add_text(zp_buf *out, const row *r, bool colour)
{
    const zp_message *message = r->message;
    if (r->span.source) {
        add_place(out, r, true);
        zp_buf_lit(out, ": ");
    }
    add_coloured(out, colour, message->severity, word_for(message->severity));
    zp_buf_lit(out, ": ");
    add_clean(out, message->message);
    zp_buf_format(out, " [%s]\n", message->id);
    if (r->span.source && r->start.line)
        add_excerpt(out, r, colour);
    if (message->hint.n) {
        zp_buf_lit(out, "   提示: ");
        add_clean(out, message->hint);
        zp_buf_byte(out, '\n');
    }
}

/* Messages that were added but are not even kept. */
static size_t count_dropped(const zp_diag *diag)
{
    size_t dropped = 0;
    for (size_t i = 0; i < SEVERITIES; i++)
        dropped += diag->added[i] - diag->kept[i];
    return dropped;
}

void zp_diag_write_text(const zp_diag *diag, bool colour, zp_buf *out)
{
    table t = collect(diag, out->arena);
    size_t left = count_dropped(diag);
    if (t.count > ZP_DIAG_SHOWN) {
        /* The error that stops the work must not hide behind a hundred hints. */
        qsort(t.rows, t.count, sizeof *t.rows, by_severity);
        left += t.count - ZP_DIAG_SHOWN;
        t.count = ZP_DIAG_SHOWN;
    }
    if (t.count)
        qsort(t.rows, t.count, sizeof *t.rows, by_place);
    find_places(t, out->arena);
    for (size_t i = 0; i < t.count; i++)
        add_text(out, &t.rows[i], colour);
    if (left)
        zp_buf_format(out, "还有 %zu 条没有列出\n", left);
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void add_json_string(zp_buf *out, const char *key, zp_str s)
{
    zp_buf_format(out, "%s\"%s\":", out->p[out->n - 1] == '{' ? "" : ",", key);
    zp_json_string(out, s);
}

static zp_str json_word_for(zp_severity severity)
{
    switch (severity) {
    case ZP_HINT:
        return ZP_STR("hint");
    case ZP_WARNING:
        return ZP_STR("warning");
    case ZP_FLAW:
    case ZP_ERROR:
        break;
    }
    return ZP_STR("error");
}

static void add_json_place(zp_buf *out, const row *r)
{
    const zp_source *source = r->span.source;
    add_json_string(out, "file", source->name);
    if (source->sheet.n)
        add_json_string(out, "sheet", source->sheet);
    if (r->start.line && source->sheet.n) {
        zp_buf_lit(out, ",\"cell\":\"");
        add_cell_name(out, r->start);
        zp_buf_lit(out, "\"");
    } else if (r->start.line) {
        zp_buf_format(out, ",\"line\":%zu,\"column\":%zu,\"end_line\":%zu,\"end_column\":%zu",
                      r->start.line, r->start.column, r->end.line, r->end.column);
    }
}

static void add_json(zp_buf *out, zp_str about, const row *r)
{
    const zp_message *message = r->message;
    zp_buf_byte(out, '{');
    if (about.n)
        add_json_string(out, "report", about);
    add_json_string(out, "id", zp_str_from(message->id));
    add_json_string(out, "severity", json_word_for(message->severity));
    add_json_string(out, "message", message->message);
    if (r->span.source)
        add_json_place(out, r);
    if (message->hint.n)
        add_json_string(out, "hint", message->hint);
    zp_buf_lit(out, "}\n");
}

/* Says of one severity how many messages were not kept. */
static void add_json_rest(zp_buf *out, zp_str about, zp_severity severity, size_t dropped)
{
    zp_message rest = {.severity = severity,
                       .id = "more-messages",
                       .message = zp_str_format(out->arena, "还有 %zu 条没有列出", dropped)};
    add_json(out, about, &(row){.message = &rest});
}

void zp_diag_write_json(const zp_diag *diag, zp_buf *out)
{
    table t = collect(diag, out->arena);
    if (t.count)
        qsort(t.rows, t.count, sizeof *t.rows, by_place);
    find_places(t, out->arena);
    for (size_t i = 0; i < t.count; i++)
        add_json(out, diag->about, &t.rows[i]);
    for (int s = ZP_ERROR; s >= ZP_HINT; s--)
        if (diag->added[s] > diag->kept[s])
            add_json_rest(out, diag->about, (zp_severity)s, diag->added[s] - diag->kept[s]);
}
