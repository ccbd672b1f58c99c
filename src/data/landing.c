/* landing.c: in goes Markdown as it is written, out comes the state of its last line.
 *
 * Of a line that is finished only this matters: does it open or close a fence? The last line is
 * read byte by byte, each byte once.
 */
#include "data/landing.h"

#include <ctype.h>
#include <string.h>

enum { FENCE_LENGTH = 3, NUMBER_DIGITS = 9, CODE_INDENT = 4, NOTE_LABEL = 200 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
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
        n += text.p[begin] == '\t' ? CODE_INDENT - n % CODE_INDENT : 1;
    return n;
}

static size_t skip_digits(zp_str text, size_t at, size_t end)
{
    size_t limit = at + NUMBER_DIGITS;
    while (at < end && at < limit && isdigit((unsigned char)text.p[at]))
        at++;
    return at;
}

/* --- Fences ----------------------------------------------------------------------------------- */

/* Behind one mark of a list or quote with its blank, or `at` when there is none. */
static size_t skip_mark(zp_str text, size_t at, size_t end)
{
    if (at == end)
        return at;
    if (text.p[at] == '>')
        return at + 1;
    size_t next = at + 1;
    if (!strchr("-+*", text.p[at])) {
        next = skip_digits(text, at, end);
        if (next == at || next == end || (text.p[next] != '.' && text.p[next] != ')'))
            return at;
        next++;
    }
    return next < end && is_blank(text.p[next]) ? next : at;
}

/* Behind [^label]: or `at` when that is not there. */
static size_t skip_note(zp_str text, size_t at, size_t end)
{
    if (end - at < 2 || text.p[at] != '[' || text.p[at + 1] != '^')
        return at;
    size_t limit = end - at < NOTE_LABEL ? end : at + NOTE_LABEL;
    const char *close = memchr(text.p + at, ']', limit - at);
    size_t next = close ? (size_t)(close - text.p) + 1 : end;
    return next < end && text.p[next] == ':' ? next + 1 : at;
}

/* Where the text of a line begins behind the marks of lists and quotes. */
static size_t skip_marks(zp_landing *l, zp_str text, size_t at, size_t end, bool *quoted)
{
    size_t begin = at, next;
    bool marked = false;
    *quoted = false;
    at = skip_blanks(text, at, end);
    for (; (next = skip_mark(text, at, end)) > at; at = skip_blanks(text, next, end)) {
        *quoted = *quoted || text.p[at] == '>';
        marked = true;
    }
    size_t column = columns(text, begin, at);
    if (marked || (at < end && column < l->item))
        l->item = marked ? column : 0;
    return at;
}

static size_t run_length(zp_str text, size_t at, size_t end)
{
    size_t next = at;
    while (next < end && text.p[next] == text.p[at])
        next++;
    return next - at;
}

static void open_fence(zp_landing *l, zp_str text, size_t at, size_t end)
{
    bool quoted;
    size_t begin = at;
    at = skip_marks(l, text, at, end, &quoted);
    if (!quoted && columns(text, begin, at) >= l->item + CODE_INDENT)
        return;
    if (at == end || (text.p[at] != '`' && text.p[at] != '~'))
        return;
    size_t length = run_length(text, at, end);
    bool code = text.p[at] == '`' && memchr(text.p + at + length, '`', end - at - length);
    if (length < FENCE_LENGTH || code)
        return;
    l->fence = text.p[at];
    l->fence_length = length;
    l->fence_column = l->item;
    l->fence_quoted = quoted;
}

/* Whether a line that begins at `at` and has text at `end` at the latest leaves the block: it has
 * text left of the fence, or no mark of its quote. */
static bool leaves_fence(const zp_landing *l, zp_str text, size_t begin, size_t end)
{
    size_t at = skip_blanks(text, begin, end);
    if (l->fence_quoted)
        return at == end || text.p[at] != '>';
    return columns(text, begin, at) < l->fence_column;
}

static bool closes_fence(const zp_landing *l, zp_str text, size_t at, size_t end)
{
    at = skip_blanks(text, at, end);
    while (l->fence_quoted && at < end && (is_blank(text.p[at]) || text.p[at] == '>'))
        at++;
    if (at == end || text.p[at] != l->fence)
        return false;
    size_t length = run_length(text, at, end);
    return length >= l->fence_length && skip_blanks(text, at + length, end) == end;
}

static void finish_line(zp_landing *l, zp_str text, size_t end)
{
    size_t begin = l->line;
    if (end > begin && text.p[end - 1] == '\r')
        end--;
    bool blank = skip_blanks(text, begin, end) == end;
    if (l->fence && (l->fence_quoted || !blank) && leaves_fence(l, text, begin, end))
        l->fence = 0;
    if (!l->fence)
        open_fence(l, text, begin, end);
    else if (closes_fence(l, text, begin, end))
        l->fence = 0;
}

/* --- The line so far -------------------------------------------------------------------------- */

/* A mark of YAML opens a text only where a value may begin. */
static void follow_yaml(zp_landing *l, char c)
{
    if (l->escaped)
        l->escaped = false;
    else if (l->quote == '"' && c == '\\')
        l->escaped = true;
    else if (l->quote && c == l->quote)
        l->quote = 0;
    else if (!l->quote && (c == '"' || c == '\'') && (!l->last || strchr(" \t[{,:'", l->last)))
        l->quote = c;
}

static void follow_text(zp_landing *l, char c)
{
    if (l->escaped) {
        l->escaped = false;
        l->cell = false;
        return;
    }
    l->escaped = c == '\\';
    if (c == '|')
        l->bar = l->cell = true;
    else if (!is_blank(c))
        l->cell = false;
    if (c == '(' && l->last == ']')
        l->url = true;
    else if (c == ')' || is_blank(c))
        l->url = false;
}

static void begin_line(zp_landing *l, size_t at)
{
    l->line = at;
    l->has_text = l->escaped = l->bar = l->cell = l->url = l->fence_checked = false;
    l->digits = 0;
    l->last = l->quote = 0;
}

void zp_landing_follow(zp_landing *l, zp_str text)
{
    while (l->at < text.n) {
        const char *newline = memchr(text.p + l->at, '\n', text.n - l->at);
        if (!newline)
            break;
        l->at = (size_t)(newline - text.p);
        finish_line(l, text, l->at);
        begin_line(l, ++l->at);
    }
    if (l->fence && !l->fence_checked && leaves_fence(l, text, l->line, text.n)) {
        l->fence = 0;
        begin_line(l, l->at = l->line);
    }
    l->fence_checked = true;
    for (; l->at < text.n; l->at++) {
        char c = text.p[l->at];
        if (l->fence)
            follow_yaml(l, c);
        else
            follow_text(l, c);
        l->last = c;
    }
}

bool zp_landing_starts_line(zp_landing *l, zp_str text)
{
    l->digits = 0;
    if (l->has_text)
        return false;
    size_t at = l->line, next = skip_blanks(text, at, text.n);
    while (next > at || (next = skip_mark(text, at, text.n)) > at ||
           (next = skip_note(text, at, text.n)) > at) {
        at = next;
        next = skip_blanks(text, at, text.n);
    }
    if (at == text.n)
        return true;
    size_t digits = skip_digits(text, at, text.n);
    if (digits == text.n)
        l->digits = digits - at;
    else
        l->has_text = true;
    return false;
}
