/* link.c: in goes the text and a place in it, out comes where a link or a definition ends.
 *
 * A paragraph's lines may begin with the marks of the quotes around it; only blank space can hold a
 * line end that matters here, so skipping it is all that has to know of them.
 */
#include "doc/link.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
    LABEL_MAX = 1000, /* cmark's limits */
    PARENTHESES_MAX = 32,
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static bool is_escape(zp_str text, size_t at)
{
    return text.p[at] == '\\' && at + 1 < text.n && ispunct((unsigned char)text.p[at + 1]);
}

static char byte_at(zp_str text, size_t at)
{
    return at < text.n ? text.p[at] : '\n';
}

static size_t skip_spaces(zp_str text, size_t at)
{
    while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t'))
        at++;
    return at;
}

size_t zp_link_line_begin(zp_str text, size_t at, size_t quotes)
{
    at = skip_spaces(text, at);
    for (; quotes > 0 && at < text.n && text.p[at] == '>'; quotes--)
        at = skip_spaces(text, at + 1);
    return at;
}

static size_t skip_white(zp_str text, size_t at, size_t quotes)
{
    while (at < text.n && (is_space(text.p[at]) || text.p[at] == '\n')) {
        bool line = text.p[at] == '\n';
        at = line ? zp_link_line_begin(text, at + 1, quotes) : at + 1;
    }
    return at;
}

/* White space with at most one line end. */
static size_t skip_one_line(zp_str text, size_t at, size_t quotes)
{
    at = skip_spaces(text, at);
    if (at < text.n && text.p[at] == '\n')
        at = zp_link_line_begin(text, at + 1, quotes);
    return at;
}

/* Each of these gives the end of what it reads, or `at` when it is not there. */

static size_t skip_pointed(zp_str text, size_t at)
{
    for (size_t i = at + 1; i < text.n && text.p[i] != '\n' && text.p[i] != '<'; i++) {
        if (text.p[i] == '>')
            return i + 1;
        if (text.p[i] == '\\')
            i++;
    }
    return at;
}

/* An empty bare url is allowed in (), so `found` tells it from none. */
static size_t skip_url(zp_str text, size_t at, bool *found)
{
    if (byte_at(text, at) == '<') {
        size_t end = skip_pointed(text, at);
        *found = end > at;
        return end;
    }
    size_t open = 0, i = at;
    *found = false;
    for (; i < text.n && !is_space(text.p[i]) && text.p[i] != '\n'; i++) {
        if (is_escape(text, i))
            i++;
        else if (text.p[i] == '(' && ++open > PARENTHESES_MAX)
            return at;
        else if (text.p[i] == ')' && open-- == 0)
            break;
    }
    *found = i < text.n && (text.p[i] == ')' ? true : open == 0 && i > at);
    return i;
}

/* cmark takes the longest title: a quotation mark behind a backslash may but need not end it. */
static size_t skip_title(zp_str text, size_t at)
{
    char open = byte_at(text, at), close = open == '(' ? ')' : open;
    size_t end = at;
    if (open != '"' && open != '\'' && open != '(')
        return at;
    for (size_t i = at + 1; i < text.n; i++) {
        bool escaped = text.p[i - 1] == '\\' && i > at + 1;
        if (text.p[i] == close)
            end = i + 1;
        bool ends = text.p[i] == close || text.p[i] == open;
        bool blank_line = text.p[i] == '\n' && text.p[i - 1] == '\n';
        if ((ends && !escaped) || blank_line)
            break;
    }
    return end;
}

static size_t skip_label(zp_str text, size_t at)
{
    if (byte_at(text, at) != '[')
        return at;
    for (size_t i = at + 1; i < text.n && i - at <= LABEL_MAX + 1; i++) {
        if (text.p[i] == ']')
            return i + 1;
        if (text.p[i] == '[')
            return at;
        if (is_escape(text, i))
            i++;
    }
    return at;
}

static bool read_parenthesis(zp_str text, size_t at, size_t quotes, zp_link_tail *tail)
{
    bool found;
    tail->url = skip_white(text, at + 1, quotes);
    tail->url_end = skip_url(text, tail->url, &found);
    if (!found)
        return false;
    size_t title = skip_white(text, tail->url_end, quotes);
    size_t end = title == tail->url_end ? title : skip_title(text, title);
    end = skip_white(text, end, quotes);
    tail->end = end + 1;
    return byte_at(text, end) == ')';
}

zp_link_tail zp_link_tail_read(zp_str text, size_t at, size_t quotes)
{
    zp_link_tail tail;
    if (byte_at(text, at) == '(' && read_parenthesis(text, at, quotes, &tail))
        return tail;
    return (zp_link_tail){.end = skip_label(text, at)};
}

static bool ends_line(zp_str text, size_t *at)
{
    size_t end = skip_spaces(text, *at);
    if (end < text.n && text.p[end] != '\n')
        return false;
    *at = end;
    return true;
}

size_t zp_link_definition_skip(zp_str text, size_t at, size_t quotes)
{
    bool found;
    size_t end = skip_label(text, at);
    if (end == at || byte_at(text, end) != ':' || skip_white(text, at + 1, quotes) == end - 1)
        return at;
    end = skip_url(text, skip_one_line(text, end + 1, quotes), &found);
    if (!found)
        return at;
    size_t before_title = end;
    size_t title = skip_one_line(text, end, quotes);
    end = title > before_title ? skip_title(text, title) : title;
    if (end == title || !ends_line(text, &end)) {
        end = before_title;
        if (!ends_line(text, &end))
            return at;
    }
    return end < text.n ? zp_link_line_begin(text, end + 1, quotes) : end;
}

bool zp_link_is_safe(zp_str url)
{
    static const char *const schemes[] = {"http", "https", "mailto"};
    size_t end = 0;
    while (end < url.n && strchr(":/?#", url.p[end]) == NULL)
        end++;
    if (end == url.n || url.p[end] != ':')
        return true;
    /* Whatever is not exactly a known scheme is unknown, blanks and look-alikes included. */
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strlen(schemes[i]) == end && strncasecmp(url.p, schemes[i], end) == 0)
            return true;
    return false;
}
