/* escape.c: a value and where it lands in, text for HTML, Markdown or YAML out.
 *
 * Reports are read as Markdown too (--to md), so a mark is escaped only where it would be one: a
 * minus before a number stays, the one before a space at the start of a line does not. What stands
 * behind the value counts: a ! that ends it is harmless unless a [ follows.
 */
#include "data/escape.h"

#include <ctype.h>
#include <string.h>
#include "base/utf8.h"

enum { ENTITY_MAX = 34, NUMBER_DIGITS = 9 };

#define WIDE_HASH "\xEF\xBC\x83" /* ＃: draft.c takes it for # */

/* A value on its way into text. */
typedef struct {
    zp_str value;
    zp_following after;
    bool starts;   /* at the start of its line */
    bool cell;     /* at the start of its cell */
    bool row;      /* in a row of a table */
    bool url;      /* in a link's address */
    char before;   /* the byte in front of it in the line, or 0 */
    size_t digits; /* that alone stand before it in the line */
} writing;

/* --- HTML ------------------------------------------------------------------------------------- */

void zp_escape_html(zp_str value, zp_buf *out)
{
    static const struct {
        char mark;
        const char *name;
    } names[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    size_t done = 0;
    for (size_t i = 0; i < value.n; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (value.p[i] == names[k].mark) {
                zp_buf_add(out, zp_str_slice(value, done, i));
                zp_buf_add(out, zp_str_from(names[k].name));
                done = i + 1;
            }
    zp_buf_add(out, zp_str_slice(value, done, value.n));
}

/* --- YAML ------------------------------------------------------------------------------------- */

/* What YAML takes for a line end, or does not take at all. */
static bool needs_number(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

static void write_double(zp_str value, zp_buf *out)
{
    for (size_t at = 0; at < value.n;) {
        uint32_t code = zp_utf8_next(value, &at);
        if (code == '\n')
            zp_buf_lit(out, "\\n");
        else if (code == '"' || code == '\\')
            zp_buf_format(out, "\\%c", (int)code);
        else if (needs_number(code))
            zp_buf_format(out, "\\u%04X", (unsigned)code);
        else
            zp_buf_code(out, code);
    }
}

/* Single marks know one escape. What YAML takes for a line end becomes a space. */
static void write_single(zp_str value, zp_buf *out)
{
    for (size_t at = 0; at < value.n;) {
        uint32_t code = zp_utf8_next(value, &at);
        if (code == '\'')
            zp_buf_byte(out, '\'');
        zp_buf_code(out, needs_number(code) ? ' ' : code);
    }
}

static void write_yaml(const zp_landing *l, zp_str value, zp_buf *out)
{
    if (l->quote == '\'') {
        write_single(value, out);
        return;
    }
    if (!l->quote)
        zp_buf_byte(out, '"');
    write_double(value, out);
    if (!l->quote)
        zp_buf_byte(out, '"');
}

/* --- Markdown --------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Whether one of `bytes`, or something unknown, follows the byte at `i`. */
static bool may_precede(const writing *w, size_t i, const char *bytes)
{
    bool inside = i + 1 < w->value.n;
    char next = inside ? w->value.p[i + 1] : w->after.byte;
    return (!inside && !w->after.known) || (next && strchr(bytes, next));
}

static bool may_precede_tag(const writing *w, size_t i)
{
    bool inside = i + 1 < w->value.n;
    char next = inside ? w->value.p[i + 1] : w->after.byte;
    return (!inside && !w->after.known) || isalpha((unsigned char)next) ||
           (next && strchr("/!?", next));
}

/* Each of these says whether the mark at `i` would be one. */

static bool always(const writing *w, size_t i)
{
    (void)w;
    (void)i;
    return true;
}

/* At the start of a line; elsewhere only what would end a heading. */
static bool check_hash(const writing *w, size_t i)
{
    if (w->starts && i == 0)
        return true;
    if (i > 0 && !is_blank(w->value.p[i - 1]) && !is_line_end(w->value.p[i - 1]))
        return false;
    while (i + 1 < w->value.n && w->value.p[i + 1] == '#')
        i++;
    while (i + 1 < w->value.n && is_blank(w->value.p[i + 1]))
        i++;
    return i + 1 == w->value.n && may_precede(w, i, " \t\n\r#");
}

static bool check_bullet(const writing *w, size_t i)
{
    const char *next = w->value.p[i] == '-' ? " \t\n\r-" : " \t\n\r";
    return w->starts && i == 0 && may_precede(w, i, next);
}

static bool check_underline(const writing *w, size_t i)
{
    if (!w->starts || i > 0)
        return false;
    while (i < w->value.n && (w->value.p[i] == '=' || is_blank(w->value.p[i])))
        i++;
    return i == w->value.n;
}

static bool check_fence(const writing *w, size_t i)
{
    return w->starts && i == 0 && may_precede(w, i, "~");
}

/* 1. and 1) open a list. The digits may stand in the text before. */
static bool check_number(const writing *w, size_t i)
{
    if (w->url && w->value.p[i] == ')')
        return true;
    if (!(w->starts || w->digits) || i + w->digits == 0 || i + w->digits > NUMBER_DIGITS)
        return false;
    for (size_t k = 0; k < i; k++)
        if (!isdigit((unsigned char)w->value.p[k]))
            return false;
    return may_precede(w, i, " \t\n\r");
}

static bool check_open(const writing *w, size_t i)
{
    (void)i;
    return w->url;
}

static bool check_less(const writing *w, size_t i)
{
    return w->url || ((w->starts || w->cell) && i == 0) || may_precede_tag(w, i);
}

/* A quote; or the end of a comment that the author wrote around the value. */
static bool check_more(const writing *w, size_t i)
{
    return w->url || (w->starts && i == 0) ||
           (i > 1 && w->value.p[i - 1] == '-' && w->value.p[i - 2] == '-');
}

/* The mark that joins cells, when it is all there is; or that of a note behind the author's [. */
static bool check_caret(const writing *w, size_t i)
{
    if (i == 0 && w->before == '[')
        return true;
    return w->cell && i == 0 && zp_str_trim(w->value).n == 1;
}

static bool check_exclamation(const writing *w, size_t i)
{
    return i + 1 == w->value.n && may_precede(w, i, "[");
}

static bool is_letter_before(zp_str s, size_t at)
{
    if (at == 0)
        return false;
    return isalnum((unsigned char)s.p[at - 1]) || zp_code_is_han(zp_utf8_before(s, at));
}

static bool is_letter_at(zp_str s, size_t at)
{
    if (at == s.n)
        return false;
    return isalnum((unsigned char)s.p[at]) || zp_code_is_han(zp_utf8_next(s, &at));
}

/* Between letters _ is no emphasis. */
static bool check_underscore(const writing *w, size_t i)
{
    return !is_letter_before(w->value, i) || !is_letter_at(w->value, i + 1);
}

static bool check_entity(const writing *w, size_t i)
{
    size_t end = i + 1;
    while (end < w->value.n && end - i < ENTITY_MAX &&
           (isalnum((unsigned char)w->value.p[end]) || w->value.p[end] == '#'))
        end++;
    if (end < w->value.n)
        return w->value.p[end] == ';';
    char next = w->after.byte;
    return !w->after.known || isalnum((unsigned char)next) || next == '#' || next == ';';
}

typedef bool check(const writing *w, size_t i);

/* What to ask of each mark of ASCII. */
static check *const checks[128] = {
    ['\\'] = always,      ['`'] = always,       ['*'] = always,       ['['] = always,
    [']'] = always,       ['{'] = always,       ['|'] = always,       ['_'] = check_underscore,
    ['&'] = check_entity, ['<'] = check_less,   ['>'] = check_more,   ['!'] = check_exclamation,
    ['#'] = check_hash,   ['-'] = check_bullet, ['+'] = check_bullet, ['='] = check_underline,
    ['~'] = check_fence,  ['.'] = check_number, [')'] = check_number, ['('] = check_open,
    ['^'] = check_caret,
};

/* A blank or line end. In an address either would end it. */
static size_t write_white(const writing *w, size_t i, zp_buf *out)
{
    char c = w->value.p[i];
    bool pair = c == '\r' && i + 1 < w->value.n && w->value.p[i + 1] == '\n';
    if (w->url)
        zp_buf_lit(out, "&#32;");
    else if (is_line_end(c) && w->row)
        zp_buf_lit(out, "&#10;");
    else
        zp_buf_byte(out, is_line_end(c) ? ' ' : c);
    return pair ? 2 : 1;
}

/* Writes what needs care at `i`; how many bytes of the value that was, 0 when none. */
static size_t write_special(const writing *w, size_t i, zp_buf *out)
{
    char c = w->value.p[i];
    if (is_line_end(c) || (w->url && is_blank(c)))
        return write_white(w, i, out);
    if (!c) {
        zp_buf_code(out, 0xFFFD);
        return 1;
    }
    check *needed = checks[(unsigned char)c];
    if (!needed || !needed(w, i))
        return 0;
    zp_buf_byte(out, '\\');
    zp_buf_byte(out, c);
    return 1;
}

/* Blanks at an end of a line would be lost, or worse: four make code, two break the line. */
static zp_str trim(const writing *w)
{
    size_t start = 0, end = w->value.n;
    while (start < end && (is_line_end(w->value.p[start]) ||
                           ((w->starts || w->cell) && is_blank(w->value.p[start]))))
        start++;
    while (end > start && is_line_end(w->value.p[end - 1]))
        end--;
    size_t text = end;
    while (text > start && (is_blank(w->value.p[text - 1]) || is_line_end(w->value.p[text - 1])))
        text--;
    if (w->after.known && !is_line_end(w->after.byte))
        return zp_str_slice(w->value, start, end);
    bool spaced = text < end && !w->after.known;
    return zp_str_slice(w->value, start, spaced ? text + 1 : text);
}

static void write_text(const writing *w, bool escaped, zp_buf *out)
{
    size_t i = 0, done = 0;
    /* The author's backslash makes the first mark plain already. */
    if (escaped && w->value.n && ispunct((unsigned char)w->value.p[0]))
        i = 1;
    if (w->starts && zp_str_starts(w->value, ZP_STR(WIDE_HASH))) {
        zp_buf_lit(out, "&#xFF03;");
        i = done = sizeof WIDE_HASH - 1;
    }
    while (i < w->value.n) {
        unsigned char c = (unsigned char)w->value.p[i];
        if (c >= 0x80 || (c > ' ' && !checks[c])) {
            i++;
            continue;
        }
        zp_buf_add(out, zp_str_slice(w->value, done, i));
        size_t n = write_special(w, i, out);
        done = i + n;
        i += n ? n : 1;
    }
    zp_buf_add(out, zp_str_slice(w->value, done, w->value.n));
}

void zp_escape_markdown(zp_landing *landing, zp_str value, zp_following after, bool in_row,
                        zp_buf *out)
{
    zp_landing_follow(landing, zp_buf_str(out));
    if (landing->fence) {
        write_yaml(landing, value, out);
        return;
    }
    writing w = {.value = value,
                 .after = after,
                 .row = in_row || landing->bar,
                 .before = landing->last,
                 .url = landing->url};
    w.starts = zp_landing_starts_line(landing, zp_buf_str(out));
    w.digits = landing->digits;
    w.cell = w.row && (landing->cell || w.starts);
    w.value = trim(&w);
    write_text(&w, landing->escaped, out);
}
