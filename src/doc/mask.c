/* mask.c: in goes the text, out comes its masked copy.
 *
 * Comments are the hard part: `<!--` in code is no comment, and a comment may hold anything. So the
 * text is taken chunk by chunk (lines up to a blank one or a fence), and in each chunk code spans
 * are paired as CommonMark pairs them: a run of backquotes goes with the next run of the same
 * length. Where this differs from what cmark will find (a chunk may be several blocks), nothing is
 * lost: a comment is then taken for text.
 */
#include "doc/mask.h"

#include <ctype.h>
#include <string.h>

enum { TICKS_MAX = 1000 }; /* longer runs of backquotes are text, in cmark too */

typedef struct {
    char mark; /* ` or ~; 0 outside a fence */
    size_t length;
    size_t column; /* a line that has text left of it ends the fence */
    bool quoted;
} fence;

typedef struct {
    zp_str text;
    char *out;
    size_t ticks[TICKS_MAX + 1]; /* where a run of each length was last seen, plus 1 */
    bool comments_done;          /* no --> follows */
    fence open;
    size_t item; /* column of the text of the list item that the line may be in */
} mask;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static size_t line_end(zp_str text, size_t at)
{
    const char *end = memchr(text.p + at, '\n', text.n - at);
    return end == NULL ? text.n : (size_t)(end - text.p);
}

static size_t skip_blanks(zp_str text, size_t at, size_t end)
{
    while (at < end && is_blank(text.p[at]))
        at++;
    return at;
}

static size_t columns(zp_str text, size_t begin, size_t at)
{
    size_t n = 0;
    for (; begin < at; begin++)
        n += text.p[begin] == '\t' ? 4 - n % 4 : 1;
    return n;
}

static size_t run_length(zp_str text, size_t at)
{
    size_t end = at;
    while (end < text.n && text.p[end] == text.p[at])
        end++;
    return end - at;
}

size_t zp_mask_note(zp_str s)
{
    if (s.n < 4 || s.p[0] != '[' || s.p[1] != '^')
        return 0;
    for (size_t i = 2; i < s.n && i < ZP_MASK_LABEL + 3; i++) {
        if (s.p[i] == ']')
            return i > 2 ? i + 1 : 0;
        if (is_blank(s.p[i]) || strchr("[`<\\\n", s.p[i]) != NULL)
            return 0;
    }
    return 0;
}

/* After a list marker at `at`, or `at` itself. */
static size_t skip_marker(zp_str text, size_t at, size_t end)
{
    size_t i = at;
    if (i < end && strchr("-+*", text.p[i]) != NULL) {
        i++;
    } else {
        while (i < end && i < at + 9 && isdigit((unsigned char)text.p[i]))
            i++;
        if (i == at || i == end || (text.p[i] != '.' && text.p[i] != ')'))
            return at;
        i++;
    }
    return i < end && is_blank(text.p[i]) ? i : at;
}

/* Where the text of a line begins behind quote and list markers. Sets the column of the list item
 * that the line is in, and whether it is in a quote. */
static size_t skip_markers(mask *m, size_t at, size_t end, bool *quoted)
{
    zp_str text = m->text;
    size_t begin = at, next;
    bool marked = false;
    *quoted = false;
    at = skip_blanks(text, at, end);
    for (; at < end; at = skip_blanks(text, next, end)) {
        *quoted = *quoted || text.p[at] == '>';
        next = text.p[at] == '>' ? at + 1 : skip_marker(text, at, end);
        if (next == at)
            break;
        marked = true;
    }
    size_t column = columns(text, begin, at);
    if (marked || (at < end && column < m->item))
        m->item = marked ? column : 0;
    return at;
}

/* Whether the line opens a fence. */
static bool opens_fence(mask *m, size_t at, size_t end)
{
    zp_str text = m->text;
    bool quoted;
    size_t begin = at;
    at = skip_markers(m, at, end, &quoted);
    if (!quoted && columns(text, begin, at) >= m->item + 4)
        return false; /* indented code */
    if (at == end || (text.p[at] != '`' && text.p[at] != '~'))
        return false;
    size_t length = run_length(text, at);
    bool code = text.p[at] == '`' && memchr(text.p + at + length, '`', end - at - length) != NULL;
    if (length < 3 || code)
        return false;
    m->open = (fence){text.p[at], length, m->item, quoted};
    return true;
}

/* Whether the line goes on with the fence; a line that closes it is its last. */
static bool in_fence(mask *m, size_t at, size_t end)
{
    fence *open = &m->open;
    zp_str text = m->text;
    size_t begin = at;
    at = skip_blanks(text, at, end);
    if (open->quoted) {
        if (at == end || text.p[at] != '>')
            open->mark = 0;
        while (at < end && (is_blank(text.p[at]) || text.p[at] == '>'))
            at++;
    } else if (at < end && columns(text, begin, at) < open->column) {
        open->mark = 0;
    }
    if (open->mark == 0)
        return false;
    if (at < end && text.p[at] == open->mark) {
        size_t length = run_length(text, at);
        if (length >= open->length && skip_blanks(text, at + length, end) == end)
            open->mark = 0;
    }
    return true;
}

/* Hides what would be a heading, a table or a note. */
static void mask_fenced(mask *m, size_t at, size_t end)
{
    zp_str line = zp_str_slice(m->text, 0, end), wide = ZP_STR("＃");
    at = skip_blanks(line, at, end);
    size_t marks = at < end && line.p[at] == '#' ? run_length(line, at) : 0;
    if (marks > 0 && at + marks < end && !is_blank(line.p[at + marks]))
        memset(m->out + at, ZP_MASK_PLAIN, marks);
    if (zp_str_starts(zp_str_slice(line, at, end), wide))
        memset(m->out + at, ZP_MASK_PLAIN, wide.n);
    for (; at < end; at++)
        if (line.p[at] == '|' || (line.p[at] == '[' && at + 1 < end && line.p[at + 1] == '^'))
            m->out[at] = ZP_MASK_PLAIN;
}

static void note_ticks(mask *m, size_t at, size_t end)
{
    while (at < end) {
        const char *tick = memchr(m->text.p + at, '`', end - at);
        if (tick == NULL)
            return;
        at = (size_t)(tick - m->text.p);
        size_t length = run_length(m->text, at);
        if (length <= TICKS_MAX)
            m->ticks[length] = at + 1;
        at += length;
    }
}

static bool is_markup(zp_str text, size_t at)
{
    return text.p[at] == '<' && at + 1 < text.n && (text.p[at + 1] == '!' || text.p[at + 1] == '?');
}

/* The run of backquotes at `at` and, if it opens a code span, the span; where it ends. */
static size_t skip_code(mask *m, size_t at)
{
    size_t length = run_length(m->text, at);
    if (length > TICKS_MAX || m->ticks[length] <= at + 1)
        return at + length;
    for (at += length;;) {
        if (m->text.p[at] == '`') {
            size_t run = run_length(m->text, at);
            at += run;
            if (run == length)
                return at;
            continue;
        }
        if (is_markup(m->text, at))
            m->out[at] = ZP_MASK_PLAIN;
        at++;
    }
}

static bool fills_lines(zp_str text, size_t start, size_t end)
{
    size_t begin = start;
    while (begin > 0 && text.p[begin - 1] == ' ')
        begin--;
    if (start - begin > 3 || (begin > 0 && text.p[begin - 1] != '\n'))
        return false;
    end = skip_blanks(text, end, text.n);
    return end == text.n || text.p[end] == '\n';
}

/* Hides the comment at `at`; where it ends, or `at` when nothing ends it. */
static size_t hide_comment(mask *m, size_t at)
{
    zp_str close = ZP_STR("-->");
    size_t end = m->comments_done ? m->text.n : zp_str_find(m->text, close, at + 2);
    if (end == m->text.n) {
        m->comments_done = true;
        return at;
    }
    end += close.n;
    char fill = fills_lines(m->text, at, end) ? ' ' : ZP_MASK_HIDDEN;
    for (size_t i = at; i < end; i++)
        if (m->text.p[i] != '\n')
            m->out[i] = fill;
    return end;
}

static size_t mask_markup(mask *m, size_t at)
{
    if (zp_str_starts(zp_str_slice(m->text, at, m->text.n), ZP_STR("<!--"))) {
        size_t end = hide_comment(m, at);
        if (end > at)
            return end;
    }
    m->out[at] = ZP_MASK_PLAIN;
    return at + 1;
}

static size_t mask_bracket(mask *m, size_t at)
{
    size_t length = zp_mask_note(zp_str_slice(m->text, at, m->text.n));
    memset(m->out + at, ZP_MASK_NOTE, length);
    return at + (length > 0 ? length : 1);
}

/* Where to go on: `end`, or behind it when a comment leads there. */
static size_t mask_chunk(mask *m, size_t at, size_t end)
{
    note_ticks(m, at, end);
    while (at < end) {
        switch (m->text.p[at]) {
        case '\\':
            at += at + 1 < end && ispunct((unsigned char)m->text.p[at + 1]) ? 2 : 1;
            break;
        case '`':
            at = skip_code(m, at);
            break;
        case '[':
            at = mask_bracket(m, at);
            break;
        case '<':
            at = is_markup(m->text, at) ? mask_markup(m, at) : at + 1;
            break;
        default:
            at++;
        }
    }
    return at;
}

static bool ends_chunk(mask *m, size_t at, size_t end)
{
    return skip_blanks(m->text, at, end) == end || opens_fence(m, at, end);
}

static size_t chunk_end(mask *m, size_t at)
{
    size_t end = line_end(m->text, at);
    while (end < m->text.n && !ends_chunk(m, end + 1, line_end(m->text, end + 1)))
        end = line_end(m->text, end + 1);
    m->open.mark = 0; /* the main loop comes to that line again */
    return end;
}

static char *copy_without_stand_ins(zp_arena *arena, zp_str text)
{
    char *out = zp_arena_alloc(arena, text.n);
    for (size_t i = 0; i < text.n; i++)
        out[i] =
            text.p[i] >= ZP_MASK_HIDDEN && text.p[i] <= ZP_MASK_PLAIN ? ZP_MASK_OTHER : text.p[i];
    return out;
}

zp_str zp_mask_make(zp_arena *arena, zp_str text)
{
    mask *m = zp_new(arena, mask);
    m->text = text;
    m->out = copy_without_stand_ins(arena, text);
    for (size_t at = 0; at < text.n;) {
        size_t end = line_end(text, at);
        bool whole_line = at == 0 || text.p[at - 1] == '\n';
        if (m->open.mark != 0 && in_fence(m, at, end)) {
            mask_fenced(m, at, end);
        } else if (!whole_line || !opens_fence(m, at, end)) {
            end = mask_chunk(m, at, chunk_end(m, at));
            if (end < text.n && text.p[end] != '\n') {
                at = end; /* a comment led into the middle of a line */
                continue;
            }
        }
        at = end + 1;
    }
    return (zp_str){m->out, text.n};
}
