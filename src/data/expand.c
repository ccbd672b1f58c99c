/* expand.c: templates and data in, one text and its source map out.
 *
 * Templates are lists of steps (mustache.h); a section is a jump, a partial a call. Both stacks are
 * here, with limits, so that neither hostile nesting nor a partial that calls itself is stack
 * depth. Lists in lists can cost much and print nothing, so steps are counted, not only bytes.
 */
#include "data/expand.h"

#include <string.h>
#include "data/amount.h"
#include "data/escape.h"
#include "data/mapped.h"
#include "data/mustache.h"
#include "data/printing.h"
#include "data/scope.h"

enum {
    STEPS_MAX = 200000000, /* run, and scopes looked into */
    PARTIALS_MAX = 4096,   /* of different names */
    NEAREST_MAX = 100,     /* missing names that are compared with all others */
    QUOTED_NAME = 60,      /* bytes of a name in a message */
};

/* What is to be remembered of one step from run to run. */
typedef struct {
    bool reported; /* a fault of the tag itself, named once */
    bool resolved; /* PARTIAL */
    const struct program *partial;
    zp_str text; /* what a value with 合并 printed last, and in which entry of which list */
    size_t index, run;
} memory;

typedef struct program {
    const zp_mustache *mustache;
    memory *memories; /* one for each step */
} program;

typedef struct {
    zp_str name;
    const program *program; /* NULL: there is none */
} named_program;

typedef struct {
    const program *program;
    size_t at;
    zp_str indent; /* of each of its lines */
} call;

typedef struct {
    zp_arena *arena;
    const zp_expand_options *options;
    zp_diag *diag;
    zp_scopes *scopes;
    zp_mapped out;
    zp_landing landing;
    call calls[ZP_EXPAND_DEPTH + 1];
    size_t depth;
    named_program *partials; /* sorted by name */
    size_t partial_count, steps, compared;
    zp_value counter; /* what @序号 printed last */
} expander;

/* --- Messages --------------------------------------------------------------------------------- */

static zp_span span_of(const call *c, const zp_step *s)
{
    return zp_span_of(c->program->mustache->source, s->start, s->end);
}

/* Whether a fault of the tag at hand is still to be named: with EMPTY there are none. */
static bool is_news(const expander *e, const call *c)
{
    memory *m = &c->program->memories[c->at - 1];
    bool news = !m->reported && e->options->missing == ZP_MISSING_ERROR;
    m->reported = true;
    return news;
}

static zp_str brief(zp_str text)
{
    size_t n = text.n < QUOTED_NAME ? text.n : QUOTED_NAME;
    while (n < text.n && ((unsigned char)text.p[n] & 0xC0U) == 0x80)
        n--;
    return zp_str_slice(text, 0, n);
}

static bool stop(expander *e, const char *id, zp_span span, const char *hint, const char *message)
{
    zp_diag_add(e->diag, ZP_ERROR, id, span, hint, "%s", message);
    return false;
}

static bool check_size(expander *e, const call *c, const zp_step *s)
{
    if (e->out.text.n <= ZP_EXPAND_MAX && e->out.count <= ZP_EXPAND_PIECES && e->steps <= STEPS_MAX)
        return true;
    return stop(e, "expansion-too-large", span_of(c, s), "请检查数据是不是选错了，或者把报告拆开",
                "模板填入数据后太大");
}

/* What to fill in for a figure that is not known. */
static const char *unknown_hint(expander *e, const zp_value *figure)
{
    zp_str place = zp_diag_place(e->arena, figure->span), open = {0}, close = {0};
    if (place.n > 0) {
        open = ZP_STR("（");
        close = ZP_STR("）");
    }
    return zp_str_cstr(e->arena, zp_str_format(e->arena, "填上“%.*s”%.*s%.*s%.*s，就能算出来",
                                               ZP_ARG(brief(figure->text)), ZP_ARG(open),
                                               ZP_ARG(place), ZP_ARG(close)));
}

/* Where to fill in what is open. */
static const char *open_hint(expander *e, const zp_value *open)
{
    zp_str place = zp_diag_place(e->arena, open->span);
    if (!place.n)
        place = ZP_STR("数据里");
    return zp_str_cstr(
        e->arena,
        zp_str_format(e->arena, "在 %.*s 填上它；空白也可以的，在模板里写明空白怎么印（blank）",
                      ZP_ARG(place)));
}

/* A name that the schema knows, and the data does not have: a column was left out. */
static const char *absent_hint(expander *e)
{
    const zp_scope *entry = zp_scopes_entry(e->scopes);
    zp_str place = entry ? zp_diag_place(e->arena, entry->value->span) : (zp_str){0};
    if (!place.n)
        return "在数据里加上这一项；没有内容的可以空着";
    return zp_str_cstr(
        e->arena,
        zp_str_format(e->arena, "在数据里加上这一项（%.*s）；没有内容的可以空着", ZP_ARG(place)));
}

static const char *missing_hint(expander *e, zp_str name, const zp_value *found)
{
    if (found)
        return found->text.n > 0 ? unknown_hint(e, found) : open_hint(e, found);
    if (name.p[0] == '@')
        return "@序号、@首、@末 只能用在列表的区段里";
    zp_str near = {0};
    if (e->compared++ < NEAREST_MAX)
        near = zp_scopes_nearest(e->scopes, e->arena, name);
    if (!near.n)
        return "在报告开头或数据里写上这一项，或改正这里的名称";
    if (zp_str_eq(near, name))
        return absent_hint(e);
    return zp_str_cstr(e->arena, zp_str_format(e->arena, "是不是“%.*s”？", ZP_ARG(brief(near))));
}

/* `found` is a NULL in the data, or nothing. */
static void report_missing(expander *e, const call *c, const zp_step *s, const zp_value *found)
{
    if (!is_news(e, c))
        return;
    const zp_scope *entry = zp_scopes_entry(e->scopes);
    zp_str where = {0};
    if (entry)
        where = zp_str_format(e->arena, "列表第 %zu 项里", entry->index);
    zp_diag_add(e->diag, ZP_ERROR, "missing-value", span_of(c, s), missing_hint(e, s->name, found),
                "%.*s“%.*s”%s", ZP_ARG(where), ZP_ARG(brief(s->name)),
                found && found->text.n > 0 ? "算不出来"
                : found                    ? "没有填写"
                                           : "没有值");
}

static void report_kind(expander *e, const call *c, const zp_step *s, const zp_value *value)
{
    if (e->options->missing == ZP_MISSING_EMPTY || c->program->memories[c->at - 1].reported)
        return;
    c->program->memories[c->at - 1].reported = true;
    bool list = value->kind == ZP_VALUE_LIST;
    const char *hint = "逐项印出写作 {{#名称}}…{{/名称}}";
    if (!list && value->first)
        hint = zp_str_cstr(e->arena,
                           zp_str_format(e->arena, "写出其中的一项，如 {{%.*s.%.*s}}",
                                         ZP_ARG(brief(s->name)), ZP_ARG(brief(value->first->key))));
    zp_diag_add(e->diag, ZP_ERROR, "not-a-text", span_of(c, s), hint, "“%.*s”是%s，不能印成文字",
                ZP_ARG(brief(s->name)), list ? "一个列表" : "一组数据");
}

/* --- Writing ---------------------------------------------------------------------------------- */

static void add_indent(expander *e, const call *c, const zp_step *s)
{
    size_t start = e->out.text.n;
    zp_buf_add(&e->out.text, c->indent);
    zp_mapped_piece(&e->out, start, false, span_of(c, s));
}

/* Text of a partial that stands indented: each of its lines is, unless there is nothing in it. */
static void add_lines(expander *e, const call *c, const zp_step *s)
{
    zp_span all = span_of(c, s);
    zp_str text = zp_str_slice(all.source->text, 0, all.end);
    bool begins = s->begins_line;
    for (size_t at = all.start; at < all.end; begins = true) {
        size_t end = zp_str_find(text, ZP_STR("\n"), at);
        end = end < all.end ? end + 1 : end;
        if (begins && text.p[at] != '\n' && text.p[at] != '\r')
            add_indent(e, c, s);
        zp_mapped_copy(&e->out, zp_span_of(all.source, at, end));
        at = end;
    }
}

static bool take_text(expander *e, call *c, const zp_step *s)
{
    if (c->indent.n)
        add_lines(e, c, s);
    else
        zp_mapped_copy(&e->out, span_of(c, s));
    return true;
}

/* What the next step puts behind this one, where that is text. */
static zp_following next_byte(const expander *e, const call *c)
{
    const zp_mustache *m = c->program->mustache;
    if (c->at == m->count)
        return (zp_following){e->depth == 1, '\n'};
    const zp_step *next = &m->steps[c->at];
    if (next->kind != ZP_STEP_TEXT)
        return (zp_following){false, 0};
    return (zp_following){true, m->source->text.p[next->start]};
}

/* The place of a value's text: the very bytes where they stand in its source, quoted or not. */
static zp_span find_text(const zp_value *value, zp_str text, bool *verbatim)
{
    zp_span span = value->span;
    *verbatim = false;
    if (span.start == ZP_WHOLE_FILE)
        return span;
    size_t n = span.end - span.start, quotes = value->quoted && n >= 2 && text.n + 2 == n;
    zp_str written = zp_str_slice(span.source->text, span.start + quotes, span.end - quotes);
    *verbatim = zp_str_eq(written, text);
    return *verbatim ? zp_span_of(span.source, span.start + quotes, span.end - quotes) : span;
}

static void add_escaped(expander *e, const call *c, const zp_step *s, zp_str text)
{
    zp_buf *out = &e->out.text;
    zp_escape escape = s->raw ? ZP_ESCAPE_NONE : e->options->escape;
    if (escape == ZP_ESCAPE_HTML)
        zp_escape_html(text, out);
    else if (escape == ZP_ESCAPE_MARKDOWN)
        zp_escape_markdown(&e->landing, text, next_byte(e, c), s->in_row, out);
    else
        zp_buf_add(out, text);
}

/* Adds what was printed of `value` (NULL: it has no place). */
static void add_value(expander *e, const call *c, const zp_step *s, const zp_value *value,
                      zp_str text)
{
    size_t start = e->out.text.n;
    bool verbatim = false;
    zp_span from = span_of(c, s);
    if (!text.n)
        return;
    add_escaped(e, c, s, text);
    zp_str made = zp_str_slice(zp_buf_str(&e->out.text), start, e->out.text.n);
    if (value && value->span.source)
        from = find_text(value, made, &verbatim);
    zp_mapped_printed(&e->out, start, verbatim, from);
}

/* --- Values ----------------------------------------------------------------------------------- */

/* @序号 and its like, about the entry of the list. */
static const zp_value *find_counter(expander *e, zp_str name)
{
    static const struct {
        const char *name;
        char what;
    } counters[] = {{"@序号", 'n'},  {"@index", 'n'}, {"@首", 'f'},
                    {"@first", 'f'}, {"@末", 'l'},    {"@last", 'l'}};
    static const zp_value words[] = {{.kind = ZP_VALUE_TEXT, .text = {"true", 4}},
                                     {.kind = ZP_VALUE_TEXT, .text = {"false", 5}}};
    const zp_scope *entry = zp_scopes_entry(e->scopes);
    char what = 0;
    for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
        what = zp_str_eq(name, zp_str_from(counters[i].name)) ? counters[i].what : what;
    if (!what || !entry)
        return NULL;
    if (what == 'n') {
        zp_buf digits = {.arena = e->arena};
        zp_buf_uint(&digits, entry->index);
        e->counter = (zp_value){.kind = ZP_VALUE_TEXT, .text = zp_buf_str(&digits)};
        return &e->counter;
    }
    bool yes = what == 'f' ? entry->index == 1 : !entry->value->next;
    return yes ? &words[0] : &words[1];
}

static const zp_value *find(expander *e, zp_str name, bool *in_entry)
{
    *in_entry = false;
    if (name.p[0] == '@')
        return find_counter(e, name);
    return zp_scopes_find(e->scopes, name, in_entry, &e->steps);
}

/* A blank cell of a list is blank; a key that was left open outside of lists is not filled in, and
 * a figure that is not known is missing anywhere. */
static bool is_missing(const zp_value *value, bool in_entry)
{
    if (!value)
        return true;
    return value->kind == ZP_VALUE_NULL && (!in_entry || value->text.n > 0) &&
           !zp_value_find(value->rule, ZP_STR("blank"));
}

static void add_missing(expander *e, const call *c, const zp_step *s, const zp_value *found)
{
    report_missing(e, c, s, found);
    if (e->options->missing == ZP_MISSING_DRAFT)
        add_value(e, c, s, NULL, ZP_STR(ZP_TO_FILL));
}

/* Whether the tag printed the same in the entry before, and all of them left of it did so too. */
static bool is_joined(expander *e, const call *c, zp_str text)
{
    memory *m = &c->program->memories[c->at - 1];
    zp_scope *entry = zp_scopes_entry(e->scopes);
    if (!entry)
        return false;
    bool same = m->run == entry->run && m->index + 1 == entry->index && zp_str_eq(m->text, text);
    entry->joining = entry->joining && same;
    m->run = entry->run;
    m->index = entry->index;
    m->text = text;
    return entry->joining;
}

static bool take_value(expander *e, call *c, const zp_step *s)
{
    bool in_entry = false;
    const zp_value *value = s->literal ? s->literal : find(e, s->name, &in_entry);
    if (is_missing(value, in_entry)) {
        add_missing(e, c, s, value);
        return true;
    }
    if (value->kind == ZP_VALUE_LIST || value->kind == ZP_VALUE_MAP) {
        report_kind(e, c, s, value);
        return true;
    }
    zp_str text;
    if (!s->filters.n)
        text = zp_print_value(e->arena, value);
    else if (!zp_print_filtered(e->arena, value, s->filters, span_of(c, s), e->diag, &text))
        return true;
    if (s->joins && is_joined(e, c, text)) {
        size_t start = e->out.text.n;
        zp_buf_byte(&e->out.text, '^');
        zp_mapped_piece(&e->out, start, false, span_of(c, s));
        return true;
    }
    add_value(e, c, s, value, text);
    return true;
}

/* --- Sections --------------------------------------------------------------------------------- */

/* What people write where there is nothing (无, —) is false as a blank is. */
static bool is_false(expander *e, const zp_value *value)
{
    if (!value || value->kind == ZP_VALUE_NULL)
        return true;
    if (value->kind == ZP_VALUE_TEXT)
        return !zp_value_text(value).n ||
               (!value->quoted && (!zp_value_bool(value, true) ||
                                   zp_amount_of(e->arena, value).kind == ZP_AMOUNT_BLANK));
    return value->kind == ZP_VALUE_LIST && !value->first;
}

static bool take_section(expander *e, call *c, const zp_step *s)
{
    bool in_entry;
    const zp_value *value = find(e, s->name, &in_entry);
    if (is_false(e, value)) {
        c->at = s->other + 1;
        return true;
    }
    return zp_scopes_enter(e->scopes, value) ||
           stop(e, "section-too-deep", span_of(c, s), "减少嵌套的层数", "区段套得太深");
}

static bool take_inverted(expander *e, call *c, const zp_step *s)
{
    bool in_entry;
    if (!is_false(e, find(e, s->name, &in_entry)))
        c->at = s->other + 1;
    return true;
}

static bool take_end(expander *e, call *c, const zp_step *s)
{
    if (c->program->mustache->steps[s->other].kind == ZP_STEP_INVERTED)
        return true;
    if (zp_scopes_next(e->scopes))
        c->at = s->other + 1;
    else
        zp_scopes_leave(e->scopes);
    return true;
}

/* --- Partials --------------------------------------------------------------------------------- */

static const program *read_program(expander *e, zp_span part)
{
    const zp_mustache *mustache = zp_mustache_read(e->arena, part, e->diag);
    if (!mustache)
        return NULL;
    program *made = zp_new(e->arena, program);
    *made = (program){mustache, zp_new_array(e->arena, memory, mustache->count)};
    return made;
}

/* Asks for a partial. False when it is there but cannot be read. */
static bool fetch_partial(expander *e, const call *c, const zp_step *s, const program **found)
{
    size_t before = zp_diag_count(e->diag, ZP_ERROR);
    const zp_source *source = NULL;
    *found = NULL;
    if (e->options->partial)
        source = e->options->partial(e->options->user, s->name, span_of(c, s));
    if (source) {
        *found = read_program(e, zp_span_of(source, 0, source->text.n));
        return *found != NULL;
    }
    if (e->options->missing != ZP_MISSING_EMPTY && zp_diag_count(e->diag, ZP_ERROR) == before)
        zp_diag_add(e->diag, ZP_ERROR, "missing-partial", span_of(c, s),
                    "检查名称；它应当是模板文件夹里的文件", "没有名为“%.*s”的片段",
                    ZP_ARG(brief(s->name)));
    return true;
}

/* Each name is asked for once. */
static bool find_partial(expander *e, const call *c, const zp_step *s, const program **found)
{
    size_t low = 0, high = e->partial_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = zp_str_compare(e->partials[middle].name, s->name);
        if (!order) {
            *found = e->partials[middle].program;
            return true;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    if (e->partial_count == PARTIALS_MAX)
        return stop(e, "expansion-too-large", span_of(c, s), "把模板拆开", "片段太多");
    if (!fetch_partial(e, c, s, found))
        return false;
    if (!e->partials)
        e->partials = zp_new_array(e->arena, named_program, PARTIALS_MAX);
    memmove(e->partials + low + 1, e->partials + low,
            (e->partial_count - low) * sizeof *e->partials);
    e->partials[low] = (named_program){s->name, *found};
    e->partial_count++;
    return true;
}

static zp_str join_indents(expander *e, zp_str outer, zp_str inner)
{
    if (!outer.n || !inner.n)
        return outer.n ? outer : inner;
    zp_buf both = {.arena = e->arena};
    zp_buf_add(&both, outer);
    zp_buf_add(&both, inner);
    return zp_buf_str(&both);
}

static bool take_partial(expander *e, call *c, const zp_step *s)
{
    memory *m = &c->program->memories[c->at - 1];
    if (!m->resolved && !find_partial(e, c, s, &m->partial))
        return false;
    m->resolved = true;
    if (!m->partial)
        return true;
    if (e->depth > ZP_EXPAND_DEPTH)
        return stop(e, "partial-too-deep", span_of(c, s), "检查片段是不是引用了它自己",
                    "片段一个套一个，套得太深");
    zp_str indent = s->alone ? join_indents(e, c->indent, s->indent) : ZP_STR("");
    e->calls[e->depth++] = (call){m->partial, 0, indent};
    return true;
}

/* --- The whole -------------------------------------------------------------------------------- */

typedef bool action(expander *e, call *c, const zp_step *s);

static bool run(expander *e)
{
    static action *const actions[] = {
        [ZP_STEP_TEXT] = take_text,       [ZP_STEP_VALUE] = take_value,
        [ZP_STEP_SECTION] = take_section, [ZP_STEP_INVERTED] = take_inverted,
        [ZP_STEP_END] = take_end,         [ZP_STEP_PARTIAL] = take_partial,
    };
    while (e->depth) {
        call *c = &e->calls[e->depth - 1];
        if (c->at == c->program->mustache->count) {
            e->depth--;
            continue;
        }
        const zp_step *s = &c->program->mustache->steps[c->at++];
        e->steps++;
        if (s->begins_line && c->indent.n && s->kind != ZP_STEP_TEXT)
            add_indent(e, c, s);
        if (!actions[s->kind](e, c, s) || !check_size(e, c, s))
            return false;
    }
    return true;
}

/* `part` as it is: all of its source, or a source with one piece. */
static const zp_source *return_plain(zp_arena *arena, zp_span part, zp_str text)
{
    if (text.n == part.source->text.n)
        return part.source;
    zp_piece *piece = zp_new(arena, zp_piece);
    *piece = (zp_piece){0, true, part, false};
    zp_source *source = zp_new(arena, zp_source);
    *source = *zp_source_new(arena, part.source->name, text);
    source->pieces = piece;
    source->piece_count = 1;
    return source;
}

const zp_source *zp_expand(zp_arena *arena, zp_span part, const zp_value *data,
                           const zp_expand_options *options, zp_diag *diag)
{
    zp_str text = zp_str_slice(part.source->text, part.start, part.end);
    if (zp_str_find(text, ZP_STR("{{"), 0) == text.n)
        return return_plain(arena, part, text);
    expander *e = zp_new(arena, expander);
    *e = (expander){.arena = arena, .options = options, .diag = diag};
    const program *first = read_program(e, part);
    if (!first)
        return NULL;
    e->scopes = zp_scopes_new(arena, data);
    e->out.text.arena = arena;
    zp_buf_reserve(&e->out.text, text.n);
    e->calls[e->depth++] = (call){.program = first};
    return run(e) ? zp_mapped_source(&e->out, part.source->name) : NULL;
}

bool zp_expand_text(zp_arena *arena, zp_str text, zp_span place, const zp_value *data,
                    const zp_expand_options *options, zp_diag *diag, zp_str *expanded)
{
    *expanded = text;
    if (zp_str_find(text, ZP_STR("{{"), 0) == text.n)
        return true;
    /* A text that came from `place` as a whole: so messages about it lead there. */
    zp_piece *piece = zp_new(arena, zp_piece);
    *piece = (zp_piece){0, false, place, false};
    zp_source *source = zp_new(arena, zp_source);
    *source = *zp_source_new(arena, place.source ? place.source->name : ZP_STR(""), text);
    source->pieces = piece;
    source->piece_count = 1;
    size_t before = zp_diag_count(diag, ZP_ERROR);
    const zp_source *made = zp_expand(arena, zp_span_of(source, 0, text.n), data, options, diag);
    *expanded = made ? made->text : ZP_STR("");
    return made && zp_diag_count(diag, ZP_ERROR) == before;
}

const zp_value *zp_expand_find(const zp_value *data, zp_str name)
{
    const zp_value *found = data;
    for (size_t at = 0; found && at <= name.n;) {
        size_t dot = zp_str_find(name, ZP_STR("."), at);
        zp_str part = zp_str_slice(name, at, dot);
        const zp_value *map = found;
        found = zp_value_find(map, part);
        const zp_value *fields = map->rule ? zp_value_find(map->rule, ZP_STR("fields")) : NULL;
        const zp_value *entry = found ? NULL : zp_schema_find(fields, part);
        if (entry)
            found = zp_value_find(map, entry->key);
        at = dot + 1;
    }
    return found;
}
