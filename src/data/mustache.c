/* mustache.c: in goes a template's text, out come its steps.
 *
 * The text is searched for the opening delimiter, tag by tag. What has to be known of lines is
 * known at a tag: whether only blanks stand before it (then it may stand alone), and when a line
 * ends, whether there was a bar in it outside of tags: the steps of that line are told then.
 */
#include "data/mustache.h"

#include <string.h>
#include "base/utf8.h"

enum { QUOTED_NAME = 60 }; /* bytes of a name in a message */

/* A tag as it stands. */
typedef struct {
    char mark;         /* # ^ / > ! = & { or 0 for a plain name */
    size_t start, end; /* with its delimiters */
    zp_str inside;     /* behind the mark, trimmed */
    bool alone;        /* in its line */
    size_t line;       /* where its line begins; only when alone */
} tag;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_span part;
    zp_str text;        /* the source's, up to the end of the part */
    zp_str open, close; /* the delimiters */
    size_t at;          /* behind the last tag, or its line */
    bool begins_line;   /* the next step does */
    size_t line_step;   /* the first step of the line */
    bool bar;           /* outside of tags in the line */
    zp_step *steps;
    size_t count, capacity;
    uint32_t sections[ZP_MUSTACHE_SECTIONS];
    size_t depth;
} reader;

static bool refuse(reader *r, const char *id, size_t start, size_t end, const char *hint,
                   const char *message)
{
    zp_diag_add(r->diag, ZP_ERROR, id, zp_span_of(r->part.source, start, end), hint, "%s", message);
    return false;
}

/* `text` cut to a length fit for a message. */
static zp_str brief(zp_str text)
{
    return zp_utf8_cut(text, QUOTED_NAME);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static zp_step *add_step(reader *r, zp_step_kind kind, size_t start, size_t end)
{
    zp_list_grow(r->arena, r->steps, r->count, r->capacity);
    zp_step *step = &r->steps[r->count++];
    *step = (zp_step){.kind = kind,
                      .start = (uint32_t)start,
                      .end = (uint32_t)end,
                      .begins_line = r->begins_line};
    r->begins_line = false;
    return step;
}

/* --- Lines ------------------------------------------------------------------------------------ */

static void end_line(reader *r)
{
    for (; r->line_step < r->count; r->line_step++)
        r->steps[r->line_step].in_row = r->bar;
    r->bar = false;
}

static bool has_bar(zp_str text, size_t start, size_t end)
{
    for (size_t at = start; at < end; at++) {
        const char *bar = memchr(text.p + at, '|', end - at);
        if (!bar)
            return false;
        at = (size_t)(bar - text.p);
        if (at == start || text.p[at - 1] != '\\')
            return true;
    }
    return false;
}

/* Text between tags. Only its first line and its last hold tags besides. */
static void add_text(reader *r, size_t start, size_t end)
{
    if (start == end)
        return;
    add_step(r, ZP_STEP_TEXT, start, end);
    size_t first = zp_str_find(zp_str_slice(r->text, 0, end), ZP_STR("\n"), start);
    r->bar = r->bar || has_bar(r->text, start, first);
    if (first == end)
        return;
    end_line(r);
    const char *last = memrchr(r->text.p + start, '\n', end - start);
    size_t line = (size_t)(last - r->text.p) + 1;
    r->bar = has_bar(r->text, line, end);
    r->begins_line = line == end;
}

/* Whether nothing but blanks stands between the last tag or line end and `start`, at the beginning
 * of a line: where that line begins. */
static bool begins_alone(const reader *r, size_t start, size_t *line)
{
    const char *newline = memrchr(r->text.p + r->at, '\n', start - r->at);
    bool fresh = r->at == r->part.start || (r->begins_line && r->text.p[r->at - 1] == '\n');
    if (!newline && !fresh)
        return false;
    *line = newline ? (size_t)(newline - r->text.p) + 1 : r->at;
    size_t at = *line;
    while (at < start && is_blank(r->text.p[at]))
        at++;
    return at == start;
}

/* Where the line goes on after blanks behind a tag that stands alone; 0 when text follows. */
static size_t ends_alone(const reader *r, size_t end)
{
    while (end < r->text.n && is_blank(r->text.p[end]))
        end++;
    if (end == r->text.n)
        return end;
    if (r->text.p[end] == '\r' && end + 1 < r->text.n)
        end++;
    return r->text.p[end] == '\n' ? end + 1 : 0;
}

/* --- Tags ------------------------------------------------------------------------------------- */

/* Where a literal that opens the tag ends, '' in it being one mark; `at` when there is none. */
static size_t skip_literal(zp_str text, size_t at)
{
    if (at == text.n || text.p[at] != '\'')
        return at;
    for (size_t end = at + 1; end < text.n && text.p[end] != '\n'; end++) {
        if (text.p[end] != '\'')
            continue;
        if (end + 1 == text.n || text.p[end + 1] != '\'')
            return end + 1;
        end++;
    }
    return at;
}

static size_t skip_white(zp_str text, size_t at)
{
    while (at < text.n && (is_blank(text.p[at]) || text.p[at] == '\n' || text.p[at] == '\r'))
        at++;
    return at;
}

/* What ends a tag that opens with `mark`: {{{ }}} and {{= =}} have a byte of their own before. */
static zp_str closing_of(const reader *r, char mark, char bytes[])
{
    if (mark != '{' && mark != '=')
        return r->close;
    bytes[0] = mark == '{' ? '}' : '=';
    memcpy(bytes + 1, r->close.p, r->close.n);
    return (zp_str){bytes, r->close.n + 1};
}

/* The mark that says what kind of tag it is, and `at` moved behind it. Blanks may stand before it,
 * except where it belongs to the delimiter. */
static char mark_at(zp_str text, size_t *at)
{
    size_t next = skip_white(text, *at);
    if (next == text.n || !text.p[next] || !strchr("#^/>!=&{", text.p[next]))
        return 0;
    if (next > *at && (text.p[next] == '=' || text.p[next] == '{'))
        return 0;
    *at = next + 1;
    return text.p[next];
}

static bool read_tag(reader *r, size_t start, tag *t)
{
    char bytes[ZP_MUSTACHE_DELIMITER + 1];
    size_t at = start + r->open.n;
    *t = (tag){.start = start};
    t->mark = mark_at(r->text, &at);
    zp_str closing = closing_of(r, t->mark, bytes);
    size_t from = at;
    if (!t->mark || t->mark == '{' || t->mark == '&')
        from = skip_literal(r->text, skip_white(r->text, at));
    size_t close = zp_str_find(r->text, closing, from);
    zp_str inside = zp_str_slice(r->text, from, close);
    bool swallowed = t->mark != '!' && t->mark != '=' && zp_str_find(inside, r->open, 0) < inside.n;
    if (close == r->text.n || swallowed)
        return refuse(r, "mustache-open", start, start + r->open.n,
                      "在名称后面补上 }}；若要写这个符号本身，写作 {{'{{'}}", "标记没有结束");
    t->end = close + closing.n;
    t->inside = zp_str_trim(zp_str_slice(r->text, at, close));
    size_t next = t->mark && strchr("#^/>!=", t->mark) ? ends_alone(r, t->end) : 0;
    t->alone = next > 0 && begins_alone(r, start, &t->line);
    return true;
}

static bool refuse_tag(reader *r, const tag *t, const char *hint, const char *message)
{
    return refuse(r, "mustache-tag", t->start, t->end, hint, message);
}

static bool has_line_end(zp_str s)
{
    return zp_str_find(s, ZP_STR("\n"), 0) < s.n;
}

/* Whether the tag holds a name, in one line and without a bar. */
static bool check_name(reader *r, const tag *t)
{
    if (!t->inside.n)
        return refuse_tag(r, t, "在里面写上名称", "这个标记里没有名称");
    if (has_line_end(t->inside))
        return refuse_tag(r, t, "检查这一行是不是少了 }}", "名称不能分成两行");
    if (memchr(t->inside.p, '|', t->inside.n))
        return refuse_tag(r, t, "竖线和它后面的内容只用于印出数值的标记", "这个标记里不能有竖线");
    return true;
}

/* --- Values ----------------------------------------------------------------------------------- */

static zp_str next_filter(zp_str filters, size_t *at)
{
    size_t end = zp_str_find(filters, ZP_STR("|"), *at);
    zp_str filter = zp_str_trim(zp_str_slice(filters, *at, end));
    *at = end + 1;
    return filter;
}

static bool is_joining(zp_str filter)
{
    return zp_str_eq(filter, ZP_STR("合并")) || zp_str_eq(filter, ZP_STR("merge"));
}

/* Takes 合并 out of the step's filters. */
static void settle_joining(reader *r, zp_step *step)
{
    zp_str all = step->filters;
    for (size_t at = 0; at < all.n;)
        step->joins = is_joining(next_filter(all, &at)) || step->joins;
    if (!step->joins)
        return;
    zp_buf rest = {.arena = r->arena};
    for (size_t at = 0; at < all.n;) {
        zp_str filter = next_filter(all, &at);
        if (is_joining(filter))
            continue;
        if (rest.n)
            zp_buf_lit(&rest, " | ");
        zp_buf_add(&rest, filter);
    }
    step->filters = zp_buf_str(&rest);
}

/* The text of a literal, which stands in the source as it is unless a mark is doubled in it. */
static const zp_value *read_literal(reader *r, zp_str quoted)
{
    size_t start = (size_t)(quoted.p - r->text.p) + 1, end = start + quoted.n - 2;
    zp_value *value = zp_value_new(r->arena, ZP_VALUE_TEXT, zp_span_of(r->part.source, start, end));
    value->quoted = true;
    value->text = zp_str_slice(r->text, start, end);
    if (!memchr(value->text.p, '\'', value->text.n))
        return value;
    zp_buf text = {.arena = r->arena};
    for (size_t i = start; i < end; i++) {
        zp_buf_byte(&text, r->text.p[i]);
        i += r->text.p[i] == '\'';
    }
    value->text = zp_buf_str(&text);
    return value;
}

static bool take_value(reader *r, const tag *t)
{
    zp_str inside = t->inside;
    size_t literal = skip_literal(inside, 0);
    size_t bar = zp_str_find(inside, ZP_STR("|"), literal);
    zp_str name = zp_str_trim(zp_str_slice(inside, 0, bar));
    if (!name.n)
        return refuse_tag(r, t, "写作 {{名称}} 或 {{名称 | 万元}}", "这个标记里没有名称");
    if (has_line_end(inside))
        return refuse_tag(r, t, "检查这一行是不是少了 }}", "名称不能分成两行");
    if (literal && literal < name.n)
        return refuse_tag(r, t, "引号里的文字后面只能是竖线", "引号后面有多余的字");
    zp_step *step = add_step(r, ZP_STEP_VALUE, t->start, t->end);
    step->name = name;
    step->raw = t->mark == '{' || t->mark == '&';
    step->literal = literal ? read_literal(r, name) : NULL;
    if (bar == inside.n)
        return true;
    step->filters = zp_str_trim(zp_str_slice(inside, bar + 1, inside.n));
    if (!step->filters.n)
        return refuse_tag(r, t, "写作 {{名称 | 万元}}，或删去竖线", "竖线后面没有内容");
    settle_joining(r, step);
    return true;
}

/* --- Structure -------------------------------------------------------------------------------- */

static bool take_section(reader *r, const tag *t)
{
    if (!check_name(r, t))
        return false;
    if (r->depth == ZP_MUSTACHE_SECTIONS)
        return refuse(r, "section-too-deep", t->start, t->end, "减少嵌套的层数", "区段套得太深");
    zp_step_kind kind = t->mark == '#' ? ZP_STEP_SECTION : ZP_STEP_INVERTED;
    zp_step *step = add_step(r, kind, t->start, t->end);
    step->name = t->inside;
    r->sections[r->depth++] = (uint32_t)(r->count - 1);
    return true;
}

static bool refuse_close(reader *r, const tag *t, const zp_step *open)
{
    zp_str hint = ZP_STR("删去它，或在前面补上对应的 {{#…}}");
    if (open) {
        size_t line, column;
        zp_source_place(r->part.source, open->start, &line, &column);
        zp_str name = brief(open->name);
        hint = zp_str_format(r->arena, "第 %zu 行的“%.*s”还没有结束，应先写 {{/%.*s}}", line,
                             ZP_ARG(name), ZP_ARG(name));
    }
    zp_diag_add(r->diag, ZP_ERROR, "mustache-close", zp_span_of(r->part.source, t->start, t->end),
                zp_str_cstr(r->arena, hint), "“%.*s”在这里结束，却没有在前面开始",
                ZP_ARG(brief(t->inside)));
    return false;
}

static bool take_end(reader *r, const tag *t)
{
    uint32_t begin = r->depth ? r->sections[r->depth - 1] : 0;
    if (!r->depth || !zp_str_eq(r->steps[begin].name, t->inside))
        return refuse_close(r, t, r->depth ? &r->steps[begin] : NULL);
    r->depth--;
    add_step(r, ZP_STEP_END, t->start, t->end)->other = begin;
    r->steps[begin].other = (uint32_t)(r->count - 1);
    return true;
}

static bool take_partial(reader *r, const tag *t)
{
    if (!check_name(r, t))
        return false;
    zp_step *step = add_step(r, ZP_STEP_PARTIAL, t->start, t->end);
    step->name = t->inside;
    step->alone = t->alone;
    if (t->alone)
        step->indent = zp_str_slice(r->text, t->line, t->start);
    return true;
}

/* The delimiters: two words without = in them. */
static bool take_delimiters(reader *r, const tag *t)
{
    zp_str s = t->inside;
    size_t first = 0, second;
    while (first < s.n && !is_blank(s.p[first]) && s.p[first] != '\n' && s.p[first] != '\r')
        first++;
    second = skip_white(s, first);
    zp_str open = zp_str_slice(s, 0, first), close = zp_str_slice(s, second, s.n);
    bool parted = open.n && close.n && open.n <= ZP_MUSTACHE_DELIMITER &&
                  close.n <= ZP_MUSTACHE_DELIMITER && skip_white(close, 0) == 0;
    for (size_t i = 0; i < close.n; i++)
        parted = parted && !is_blank(close.p[i]) && close.p[i] != '\n';
    if (!parted || memchr(s.p, '=', s.n))
        return refuse_tag(r, t, "写作 {{=<% %>=}}：两个记号，中间一个空格", "分隔记号写得不对");
    r->open = open;
    r->close = close;
    return true;
}

static bool take_tag(reader *r, const tag *t)
{
    switch (t->mark) {
    case '#':
    case '^':
        return take_section(r, t);
    case '/':
        return take_end(r, t);
    case '>':
        return take_partial(r, t);
    case '=':
        return take_delimiters(r, t);
    case '!':
        return true;
    default:
        return take_value(r, t);
    }
}

/* The text before a tag, then the tag, and where it stands alone the rest of its line. */
static bool pass_tag(reader *r, const tag *t)
{
    if (r->count + 2 > ZP_MUSTACHE_STEPS)
        return refuse(r, "expansion-too-large", t->start, t->end, "把模板拆开", "标记太多");
    add_text(r, r->at, t->alone ? t->line : t->start);
    if (t->alone)
        r->begins_line = false;
    if (!take_tag(r, t))
        return false;
    r->at = t->alone ? ends_alone(r, t->end) : t->end;
    if (t->alone) {
        end_line(r);
        r->begins_line = true;
    }
    return true;
}

const zp_mustache *zp_mustache_read(zp_arena *arena, zp_span part, zp_diag *diag)
{
    reader *r = zp_new(arena, reader);
    *r = (reader){.arena = arena,
                  .diag = diag,
                  .part = part,
                  .text = zp_str_slice(part.source->text, 0, part.end),
                  .open = ZP_STR("{{"),
                  .close = ZP_STR("}}"),
                  .at = part.start,
                  .begins_line = true};
    size_t start = zp_str_find(r->text, r->open, r->at);
    while (start < r->text.n) {
        tag t;
        if (!read_tag(r, start, &t) || !pass_tag(r, &t))
            return NULL;
        start = zp_str_find(r->text, r->open, r->at);
    }
    add_text(r, r->at, r->text.n);
    end_line(r);
    if (r->depth) {
        const zp_step *open = &r->steps[r->sections[r->depth - 1]];
        zp_str name = brief(open->name);
        zp_str hint = zp_str_format(arena, "在该结束的地方补上 {{/%.*s}}", ZP_ARG(name));
        refuse(r, "mustache-open", open->start, open->end, zp_str_cstr(arena, hint),
               "这一段没有结束");
        return NULL;
    }
    zp_mustache *made = zp_new(arena, zp_mustache);
    *made = (zp_mustache){part.source, r->steps, r->count};
    return made;
}
