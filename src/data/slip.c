/* slip.c: a line of what should be YAML in, what its author did wrong out.
 *
 * The line is cut into indentation, list marks, key and value without asking whether that is YAML.
 * Each kind of slip has a function that looks for it and writes the mended line; the order in which
 * they are asked matters, since a slip further left makes what is right of it look wrong.
 */
#include "data/slip.h"

#include <string.h>

enum {
    KEY_BYTES = 60,    /* what stands before a full-width colon and is longer is no key */
    FIXED_BYTES = 400, /* longer lines are not shown again */
    WIDE_BYTES = sizeof ZP_WIDE_SPACE - 1,
};

static bool has_at(zp_str s, size_t at, zp_str what)
{
    return zp_str_starts(zp_str_slice(s, at, s.n), what);
}

static size_t skip(zp_str s, size_t at, zp_str what)
{
    while (has_at(s, at, what))
        at += what.n;
    return at;
}

/* Over the quoted key at `at`, if one stands there. */
static size_t skip_quoted(zp_str s, size_t at)
{
    if (at == s.n || (s.p[at] != '"' && s.p[at] != '\''))
        return at;
    size_t end = zp_str_find(s, zp_str_slice(s, at, at + 1), at + 1);
    return end < s.n ? end + 1 : at;
}

/* The colon that ends the key: one with a space of any kind behind it. */
static size_t find_colon(zp_str s, size_t at)
{
    for (at = skip_quoted(s, at); at < s.n; at++) {
        if (s.p[at] == '#' && at > 0 && s.p[at - 1] == ' ')
            break;
        if (s.p[at] != ':')
            continue;
        if (at + 1 == s.n || s.p[at + 1] == ' ' || s.p[at + 1] == '\t' ||
            has_at(s, at + 1, ZP_STR(ZP_WIDE_SPACE)))
            return at;
    }
    return s.n;
}

zp_yaml_line zp_yaml_line_at(zp_span part, size_t offset)
{
    size_t line = zp_source_line_at(part.source, offset);
    size_t start = part.source->lines[line - 1];
    size_t end = start + zp_source_line(part.source, line).n;
    start = start > part.start ? start : part.start;
    end = end < part.end ? end : part.end;
    zp_yaml_line l = {
        .part = part, .text = zp_str_slice(part.source->text, start, end), .start = start};
    size_t i = 0;
    while (i < l.text.n &&
           (l.text.p[i] == ' ' || l.text.p[i] == '\t' || has_at(l.text, i, ZP_STR(ZP_WIDE_SPACE))))
        i += l.text.p[i] == ' ' || l.text.p[i] == '\t' ? 1 : WIDE_BYTES;
    l.indent = i;
    while (has_at(l.text, i, ZP_STR("- ")))
        i = skip(l.text, i + 1, ZP_STR(" "));
    l.content = i;
    l.colon = find_colon(l.text, i);
    return l;
}

bool zp_yaml_line_is_blank(const zp_yaml_line *line)
{
    return line->content == line->text.n || line->text.p[line->content] == '#';
}

/* The line with bytes start to end replaced; empty when it is too long to show. */
static zp_str mend(zp_arena *arena, const zp_yaml_line *l, size_t start, size_t end, zp_str by)
{
    if (l->text.n > FIXED_BYTES)
        return ZP_STR("");
    zp_buf buf = {.arena = arena};
    zp_buf_add(&buf, zp_str_slice(l->text, 0, start));
    zp_buf_add(&buf, by);
    zp_buf_add(&buf, zp_str_slice(l->text, end, l->text.n));
    return zp_buf_str(&buf);
}

/* `value` in the quotes that need least escaping; as it is when it is too long to show. */
static zp_str quote(zp_arena *arena, zp_str value)
{
    if (value.n > FIXED_BYTES)
        return value;
    bool single = zp_str_find(value, ZP_STR("\""), 0) < value.n ||
                  zp_str_find(value, ZP_STR("\\"), 0) < value.n;
    zp_buf buf = {.arena = arena};
    zp_buf_byte(&buf, single ? '\'' : '"');
    for (size_t i = 0; i < value.n; i++) {
        if (single && value.p[i] == '\'')
            zp_buf_byte(&buf, '\'');
        zp_buf_byte(&buf, value.p[i]);
    }
    zp_buf_byte(&buf, single ? '\'' : '"');
    return zp_buf_str(&buf);
}

/* Whether text before a full-width colon is such as people use for keys: short, and no sentence. */
static bool is_key_shaped(zp_str s)
{
    static const char *const marks[] = {"，", "。", "；", "、", "！", "？", "“", "”", "\"",
                                        "'",  "[",  "{",  "#",  "|",  ">",  ",", "/"};
    if (!s.n || s.n > KEY_BYTES)
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (zp_str_find(s, zp_str_from(marks[i]), 0) < s.n)
            return false;
    return true;
}

static zp_slip slip_at(const zp_yaml_line *l, size_t start, size_t end, const char *id,
                       const char *message)
{
    return (zp_slip){
        .id = id, .message = message, .start = l->start + start, .end = l->start + end};
}

/* Columns of the white space before the text, a tab or U+3000 worth two. */
static size_t indent_of(const zp_yaml_line *l)
{
    size_t columns = 0;
    for (size_t i = 0; i < l->indent; i++)
        if (l->text.p[i] == ' ')
            columns++;
        else if (l->text.p[i] == '\t' || has_at(l->text, i, ZP_STR(ZP_WIDE_SPACE)))
            columns += 2;
    return columns;
}

/* How far the line should be indented: as it is when the zp_yaml_line above that is indented less
 * opens a map or list; else that line is its sibling. */
static size_t right_indent(const zp_yaml_line *l)
{
    size_t columns = indent_of(l);
    for (size_t at = l->start; at > l->part.start;) {
        zp_yaml_line above = zp_yaml_line_at(l->part, at - 1);
        at = above.start;
        if (zp_yaml_line_is_blank(&above) || indent_of(&above) >= columns)
            continue;
        bool opens = zp_str_ends(zp_str_trim(above.text), ZP_STR(":"));
        bool item = above.content > above.indent;
        return opens || item ? columns : indent_of(&above);
    }
    return 0;
}

/* A tab or U+3000 before the text. */
static bool find_indent_slip(zp_arena *arena, const zp_yaml_line *l, bool tabs, zp_slip *found)
{
    size_t tab = zp_str_find(zp_str_slice(l->text, 0, l->indent), ZP_STR("\t"), 0);
    size_t wide = zp_str_find(zp_str_slice(l->text, 0, l->indent), ZP_STR(ZP_WIDE_SPACE), 0);
    tabs = tabs && tab < l->indent;
    if (!tabs && wide == l->indent)
        return false;
    if (tabs)
        *found = slip_at(l, tab, tab + 1, "yaml-tab", "这一行用制表符（Tab）缩进");
    else
        *found =
            slip_at(l, wide, wide + WIDE_BYTES, "yaml-fullwidth-space", "这一行用全角空格缩进");
    zp_buf spaces = {.arena = arena};
    for (size_t i = l->text.n > FIXED_BYTES ? 0 : right_indent(l); i > 0; i--)
        zp_buf_byte(&spaces, ' ');
    found->fixed = mend(arena, l, 0, l->indent, zp_buf_str(&spaces));
    return true;
}

/* The `-` of a list with something else than a space behind it. */
static bool find_item_slip(zp_arena *arena, const zp_yaml_line *l, bool tabs, zp_slip *found)
{
    if (!has_at(l->text, l->content, ZP_STR("-")))
        return false;
    size_t start = l->content + 1;
    size_t end = skip(l->text, start, ZP_STR(ZP_WIDE_SPACE));
    if (end > start)
        *found = slip_at(l, start, end, "yaml-fullwidth-space", "“-”后面是全角空格");
    else if (tabs && (end = skip(l->text, start, ZP_STR("\t"))) > start)
        *found = slip_at(l, start, end, "yaml-tab", "“-”后面是制表符（Tab）");
    else
        return false;
    found->fixed = mend(arena, l, start, end, ZP_STR(" "));
    return true;
}

/* A colon that is none: full-width, or without a space behind it. */
static bool find_colon_slip(zp_arena *arena, const zp_yaml_line *l, zp_slip *found)
{
    zp_str wide = ZP_STR(ZP_WIDE_COLON);
    size_t at = zp_str_find(l->text, wide, l->content), length = wide.n;
    if (at < l->text.n && is_key_shaped(zp_str_slice(l->text, l->content, at))) {
        *found = slip_at(l, at, at + length, "yaml-fullwidth-colon", "键后面是全角冒号“：”");
    } else {
        at = zp_str_find(l->text, ZP_STR(":"), l->content);
        length = 1;
        if (at == l->text.n || !is_key_shaped(zp_str_slice(l->text, l->content, at)) ||
            has_at(l->text, at, ZP_STR("://")))
            return false;
        *found = slip_at(l, at, at + length, "yaml-syntax", "冒号后面没有空格");
    }
    size_t value = at + length;
    while (has_at(l->text, value, ZP_STR(" ")) || has_at(l->text, value, ZP_STR(ZP_WIDE_SPACE)))
        value += l->text.p[value] == ' ' ? 1 : WIDE_BYTES;
    zp_str by = value < l->text.n ? ZP_STR(": ") : ZP_STR(":");
    found->fixed = mend(arena, l, at, value, by);
    return true;
}

/* U+3000 on either side of the colon. */
static bool find_space_slip(zp_arena *arena, const zp_yaml_line *l, zp_slip *found)
{
    size_t start = l->colon, end = l->colon + 1;
    bool wide = false;
    for (; start > l->content; start--) {
        if (l->text.p[start - 1] == ' ')
            continue;
        if (start < l->content + WIDE_BYTES ||
            !has_at(l->text, start - WIDE_BYTES, ZP_STR(ZP_WIDE_SPACE)))
            break;
        wide = true;
        start -= WIDE_BYTES - 1;
    }
    while (end < l->text.n) {
        if (has_at(l->text, end, ZP_STR(ZP_WIDE_SPACE))) {
            wide = true;
            end += WIDE_BYTES;
        } else if (l->text.p[end] == ' ') {
            end++;
        } else {
            break;
        }
    }
    if (!wide)
        return false;
    *found = slip_at(l, start, end, "yaml-fullwidth-space", "冒号旁边是全角空格");
    found->fixed = mend(arena, l, start, end, end < l->text.n ? ZP_STR(": ") : ZP_STR(":"));
    return true;
}

/* A value that YAML would take for something else, because it stands without quotes. */
static bool find_value_slip(zp_arena *arena, const zp_yaml_line *l, zp_slip *found)
{
    size_t start = l->colon < l->text.n ? skip(l->text, l->colon + 1, ZP_STR(" ")) : l->content;
    size_t end = zp_str_find(l->text, ZP_STR(" #"), start);
    zp_str value = zp_str_slice(l->text, start, end);
    while (value.n && value.p[value.n - 1] == ' ')
        value.n--;
    if (!value.n)
        return false;
    size_t inner = l->colon < l->text.n ? find_colon(l->text, start) : l->text.n;
    if (zp_str_starts(value, ZP_STR("{{")))
        *found = slip_at(l, start, start + 2, "yaml-braces", "以 {{ 开头的值没有加引号");
    else if (inner < start + value.n && !strchr("\"'[{|>&*!#%@`", value.p[0]))
        *found =
            slip_at(l, inner, inner + 1, "yaml-colon-in-value", "值里有冒号和空格，却没有加引号");
    else
        return false;
    found->fixed = mend(arena, l, start, start + value.n, quote(arena, value));
    return true;
}

bool zp_slip_find(zp_arena *arena, const zp_yaml_line *line, bool tabs, zp_slip *found)
{
    if (zp_yaml_line_is_blank(line))
        return false;
    if (find_indent_slip(arena, line, tabs, found) || find_item_slip(arena, line, tabs, found))
        return true;
    bool braces = has_at(line->text, line->content, ZP_STR("{{"));
    if (!braces && strchr("[{", line->text.p[line->content]))
        return false;
    if (line->colon == line->text.n)
        return find_colon_slip(arena, line, found) || find_value_slip(arena, line, found);
    return find_space_slip(arena, line, found) || find_value_slip(arena, line, found);
}
