/* diagtext.c: messages as text for a person.
 *
 * What came from the input may hold anything: on its way to a terminal, control characters and
 * characters without a shape become U+FFFD.
 */
#include "base/listing.h"
#include "base/utf8.h"

enum {
    EXCERPT_COLUMNS = 100,
    EXCERPT_BEFORE = 40, /* columns left of the place in an excerpt that is cut */
    NUMBER_WIDTH = 5,
    TAB_COLUMNS = 4,
};

#define REPLACEMENT 0xFFFDU

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

/* What the excerpt shows: the line, or of a sheet's the cell; and where it begins. */
static zp_str shown_text(const zp_listed *r, size_t *begin)
{
    const zp_source *source = r->at.span.source;
    zp_str line = zp_source_line(source, r->at.start.line);
    *begin = source->lines[r->at.start.line - 1];
    if (!zp_listed_has_cell(&r->at))
        return line;
    size_t cell = r->at.start.cell_start - *begin;
    *begin = r->at.start.cell_start;
    return zp_str_slice(line, cell, zp_str_find(line, ZP_STR("\t"), cell));
}

/* What stands left of the excerpt: the number of the line, or the name of the cell; or nothing,
 * where the line above says which paragraph it is. */
static zp_str gutter_text(zp_arena *arena, const zp_listed *r)
{
    zp_buf name = {.arena = arena};
    if (zp_listed_has_cell(&r->at))
        zp_listed_cell(&r->at, &name);
    else if (zp_listed_line(&r->at).kind == ZP_LINE_TEXT)
        zp_buf_uint(&name, r->at.start.line);
    return zp_buf_str(&name);
}

/* The source line and under it the place: ^ at its first character, ~ at the others. */
static void add_excerpt(zp_buf *out, const zp_listed *r, bool colour)
{
    zp_span span = r->at.span;
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

static void add_place(zp_buf *out, const zp_listed_place *at, bool column)
{
    const zp_source *source = at->span.source;
    add_clean(out, source->name);
    if (source->sheet.n) {
        zp_buf_lit(out, "[");
        add_clean(out, source->sheet);
        if (at->start.line) {
            zp_buf_lit(out, "!");
            zp_listed_cell(at, out);
        }
        zp_buf_lit(out, "]");
    } else if (zp_listed_line(at).kind != ZP_LINE_TEXT) {
        zp_buf_byte(out, ' ');
        zp_listed_words(at, out);
    } else if (at->start.line) {
        zp_buf_format(out, ":%zu", at->start.line);
        if (column)
            zp_buf_format(out, ":%zu", at->start.column);
    }
}

zp_str zp_diag_place(zp_arena *arena, zp_span span)
{
    zp_buf out = {.arena = arena};
    zp_listed_place place = zp_listing_place(arena, span);
    if (place.span.source)
        add_place(&out, &place, false);
    return zp_buf_str(&out);
}

/* --- What the checker adds -------------------------------------------------------------------- */

static void add_line(zp_buf *out, const char *label, zp_str text)
{
    if (text.n == 0)
        return;
    zp_buf_format(out, "   %s", label);
    add_clean(out, text);
    zp_buf_byte(out, '\n');
}

/* 二（一）自评结论 第1段（PDF 第6页）：“…支出 3026.66 万元…” */
static void add_words(zp_buf *out, const zp_message *message)
{
    zp_buf words = {.arena = out->arena};
    zp_buf_add(&words, message->place);
    if (message->page > 0)
        zp_buf_format(&words, "（PDF 第%zu页）", message->page);
    if (message->excerpt.n > 0)
        zp_buf_format(&words, "：“%.*s”", ZP_ARG(message->excerpt));
    add_line(out, "", zp_buf_str(&words));
}

/* 12行, 第12段, or with the file's name where it is another file. */
static void add_other(zp_buf *out, const zp_listed *r, const zp_listed_place *other)
{
    bool here = other->span.source == r->at.span.source && !other->span.source->sheet.n;
    if (!here)
        add_place(out, other, false);
    else if (other->start.line && zp_listed_line(other).kind == ZP_LINE_TEXT)
        zp_buf_format(out, "%zu行", other->start.line);
    else
        zp_listed_words(other, out);
}

/* 共 7 处，另见 12行、30行 */
static void add_others(zp_buf *out, const zp_listed *r)
{
    const zp_message *message = r->message;
    zp_buf line = {.arena = out->arena};
    if (message->repeats > 0)
        zp_buf_format(&line, "共 %zu 处，", message->repeats);
    for (size_t i = 0; i < message->other_count; i++) {
        if (!r->others[i].span.source)
            continue;
        zp_buf_add(&line, i == 0 ? ZP_STR("另见 ") : ZP_STR("、"));
        add_other(&line, r, &r->others[i]);
    }
    add_line(out, "", zp_buf_str(&line));
}

static void add_values(zp_buf *out, const zp_message *message)
{
    zp_buf line = {.arena = out->arena};
    if (message->expected.n > 0)
        zp_buf_format(&line, "应为: %.*s", ZP_ARG(message->expected));
    if (message->found.n > 0)
        zp_buf_format(&line, "%s现为: %.*s", line.n > 0 ? "；" : "", ZP_ARG(message->found));
    add_line(out, "", zp_buf_str(&line));
}

static void add_text(zp_buf *out, const zp_listed *r, bool colour)
{
    const zp_message *message = r->message;
    if (r->at.span.source) {
        add_place(out, &r->at, true);
        zp_buf_lit(out, ": ");
    }
    add_coloured(out, colour, message->severity, word_for(message->severity));
    if (message->since)
        zp_buf_format(out, "（%s）", message->since);
    zp_buf_lit(out, ": ");
    add_clean(out, message->message);
    zp_buf_format(out, " [%s]\n", message->id);
    if (message->place.n > 0)
        add_words(out, message);
    else if (r->at.span.source && r->at.start.line)
        add_excerpt(out, r, colour);
    add_others(out, r);
    add_values(out, message);
    add_line(out, "依据: ", message->basis);
    add_line(out, "提示: ", message->hint);
}

void zp_diag_write_text(const zp_diag *diag, bool colour, zp_buf *out)
{
    zp_listing t = zp_listing_make(out->arena, diag, ZP_DIAG_SHOWN);
    for (size_t i = 0; i < t.count; i++)
        add_text(out, &t.rows[i], colour);
    if (t.left > 0)
        zp_buf_format(out, "还有 %zu 条没有列出\n", t.left);
}
