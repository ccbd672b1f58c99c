/* yaml.c: libyaml's events in, a value tree out; and what people meant when it was no YAML.
 *
 * libyaml's marks count characters, a span counts bytes: marks come in order, so one cursor that
 * walks along with them turns all of them in one pass. The tree is built on an explicit stack, and
 * reading stops at its limits before libyaml, which looks ahead by a line at most, has gone much
 * further.
 *
 * Half of the slips people make are still YAML: `单位：某局` is a fine scalar. So slips are looked
 * for in the source line, both where libyaml gives up and where a scalar stands in the place of a
 * map.
 *
 * JSON writes a character beyond U+FFFF as two escapes, which YAML refuses. libyaml is given one
 * escape and two noncharacters instead: just as many characters, so that all marks stay right. The
 * noncharacters are taken out of the text again.
 */
#include "data/yaml.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>
#include "data/slip.h"

enum {
    SLIPS_NAMED = 20,   /* in one document */
    PLACES_NAMED = 100, /* first places of keys that stand twice */
    ESCAPE = 6,         /* bytes of \uD83D */
};

#define FILLER      "\xEF\xB7\x90\xEF\xB7\x90" /* U+FDD0 twice */
#define FILLER_MORE 4                          /* bytes beyond its two characters */

/* A map or list whose end has not come yet. */
typedef struct {
    zp_value *container;
    bool flow;  /* in brackets */
    bool keyed; /* MAP: `key` waits for its value */
    zp_str key;
    zp_span key_span;
} level;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_span part;
    zp_str input; /* what libyaml is given */
    bool joined;  /* pairs of escapes in it were */
    yaml_parser_t parser;
    level levels[ZP_YAML_DEPTH];
    size_t depth;
    zp_value *root;
    size_t values, duplicates, slips;
    size_t index, offset; /* the cursor: the same place as libyaml and as a span counts it */
    bool failed;          /* there was an error after which reading goes on */
} reader;

/* --- Slips ------------------------------------------------------------------------------------ */

static bool has_at(zp_str s, size_t at, zp_str what)
{
    return zp_str_starts(zp_str_slice(s, at, s.n), what);
}

static void report_slip(reader *r, const zp_slip *s)
{
    const char *hint = "改正后再试";
    if (s->fixed.n)
        hint =
            zp_str_cstr(r->arena, zp_str_format(r->arena, "这一行应写成: %.*s", ZP_ARG(s->fixed)));
    zp_diag_add(r->diag, ZP_ERROR, s->id, zp_span_of(r->part.source, s->start, s->end), hint, "%s",
                s->message);
    r->slips++;
    r->failed = true;
}

/* Reports the slips in the lines that hold offsets from to to; whether there were any. After
 * SLIPS_NAMED the author has seen what is wrong. */
static bool report_slips(reader *r, size_t from, size_t to, bool tabs)
{
    size_t before = r->slips;
    for (size_t at = from; at <= to && r->slips < SLIPS_NAMED;) {
        zp_yaml_line l = zp_yaml_line_at(r->part, at);
        zp_slip found;
        if (zp_slip_find(r->arena, &l, tabs, &found))
            report_slip(r, &found);
        at = l.start + l.text.n + 1;
    }
    return r->slips > before;
}

/* Whether a line reads `键：值`, and so may have been meant for a map. */
static bool is_wide_mapping(reader *r, size_t offset)
{
    zp_yaml_line l = zp_yaml_line_at(r->part, offset);
    zp_slip found;
    return zp_slip_find(r->arena, &l, false, &found) && strcmp(found.id, "yaml-syntax") != 0;
}

/* --- Places ---------------------------------------------------------------------------------- */

static bool is_tail(zp_str s, size_t at)
{
    return ((unsigned char)s.p[at] & 0xC0U) == 0x80;
}

static size_t offset_of(reader *r, yaml_mark_t mark)
{
    zp_str text = r->part.source->text;
    for (; r->index < mark.index && r->offset < r->part.end; r->index++) {
        r->offset++;
        while (r->offset < r->part.end && is_tail(text, r->offset))
            r->offset++;
    }
    for (; r->index > mark.index; r->index--) {
        r->offset--;
        while (is_tail(text, r->offset))
            r->offset--;
    }
    return r->offset;
}

/* From mark to mark, without white space at the end (a block scalar's marks include its line end).
 */
static zp_span span_of(reader *r, const yaml_event_t *event)
{
    size_t start = offset_of(r, event->start_mark);
    size_t end = offset_of(r, event->end_mark);
    zp_str all = r->part.source->text;
    while (end > start && (all.p[end - 1] == '\n' || all.p[end - 1] == ' '))
        end--;
    return zp_span_of(r->part.source, start, end);
}

static zp_span character_at(const reader *r, size_t offset)
{
    zp_str text = r->part.source->text;
    size_t end = offset;
    if (end < r->part.end && text.p[end] != '\n') {
        end++;
        while (end < r->part.end && is_tail(text, end))
            end++;
    }
    return zp_span_of(r->part.source, offset, end);
}

/* --- Pairs of escapes ------------------------------------------------------------------------- */

/* The number in \uXXXX at `at`; 0 when none stands there. */
static uint32_t escape_at(zp_str s, size_t at)
{
    uint32_t code = 0;
    if (s.n - at < ESCAPE || s.p[at] != '\\' || s.p[at + 1] != 'u')
        return 0;
    for (size_t i = at + 2; i < at + ESCAPE; i++) {
        const char *digits = "0123456789abcdefABCDEF";
        const char *digit = s.p[i] ? strchr(digits, s.p[i]) : NULL;
        if (!digit)
            return 0;
        size_t value = (size_t)(digit - digits);
        code = code * 16 + (uint32_t)(value < 16 ? value : value - 6);
    }
    return code;
}

/* The character that two escapes at `at` make together; 0 when they make none. */
static uint32_t pair_at(zp_str s, size_t at)
{
    uint32_t high = escape_at(s, at);
    if (high < 0xD800 || high > 0xDBFF)
        return 0;
    uint32_t low = escape_at(s, at + ESCAPE);
    return low >= 0xDC00 && low <= 0xDFFF ? 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) : 0;
}

/* JSON with its pairs of escapes joined. */
static zp_str join_pairs(zp_arena *arena, zp_str json)
{
    zp_buf out = {.arena = arena};
    size_t done = 0;
    bool quoted = false;
    for (size_t at = 0; at < json.n; at++) {
        uint32_t code = quoted ? pair_at(json, at) : 0;
        if (json.p[at] == '"')
            quoted = !quoted;
        if (code) {
            zp_buf_add(&out, zp_str_slice(json, done, at));
            zp_buf_format(&out, "\\U%08X" FILLER, (unsigned)code);
            done = at + 2 * (size_t)ESCAPE;
            at = done - 1;
        } else if (quoted && json.p[at] == '\\') {
            at++;
        }
    }
    if (!done)
        return json;
    zp_buf_add(&out, zp_str_slice(json, done, json.n));
    return zp_buf_str(&out);
}

static bool is_json(zp_str text)
{
    zp_str trimmed = zp_str_trim(text);
    return trimmed.n && (trimmed.p[0] == '{' || trimmed.p[0] == '[');
}

static zp_str without_filler(zp_arena *arena, zp_str text)
{
    zp_str filler = ZP_STR(FILLER);
    zp_buf out = {.arena = arena};
    for (size_t at = 0, end; at < text.n; at = end + filler.n) {
        end = zp_str_find(text, filler, at);
        zp_buf_add(&out, zp_str_slice(text, at, end));
    }
    return zp_buf_str(&out);
}

/* An offset in what libyaml was given, in the part. */
static size_t without_filler_before(const reader *r, size_t offset)
{
    size_t fillers = 0;
    zp_str filler = ZP_STR(FILLER), before = zp_str_slice(r->input, 0, offset);
    for (size_t at = 0; r->joined && (at = zp_str_find(before, filler, at)) < before.n;
         at += filler.n)
        fillers++;
    return offset - fillers * FILLER_MORE;
}

/* --- Building the tree ----------------------------------------------------------------------- */

static bool stop(reader *r, const char *id, zp_span span, const char *hint, const char *message)
{
    zp_diag_add(r->diag, ZP_ERROR, id, span, hint, "%s", message);
    r->failed = true;
    return false;
}

static level *top_of(reader *r)
{
    return r->depth ? &r->levels[r->depth - 1] : NULL;
}

static bool awaits_key(const level *top)
{
    return top && top->container->kind == ZP_VALUE_MAP && !top->keyed;
}

/* Puts a value where it belongs: under the waiting key, at the end of the list, or at the root. */
static bool add_value(reader *r, zp_value *value)
{
    if (++r->values > ZP_YAML_VALUES)
        return stop(r, "too-many-values", value->span, "请检查是不是选错了文件", "数据项太多");
    level *top = top_of(r);
    if (!top) {
        r->root = value;
        return true;
    }
    if (top->container->kind == ZP_VALUE_MAP) {
        value->key = top->key;
        value->key_span = top->key_span;
        top->keyed = false;
    }
    zp_value_append(top->container, value);
    return true;
}

/* The event's text: the source's own bytes where they are the same, else a copy. */
static zp_str text_of(reader *r, const yaml_event_t *event, zp_span span)
{
    zp_str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    zp_str written = zp_str_slice(r->part.source->text, span.start, span.end);
    if (r->joined && event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        return without_filler(r->arena, text);
    return zp_str_eq(text, written) ? written : zp_str_copy(r->arena, text);
}

static bool is_null(zp_str text)
{
    return !text.n || zp_str_eq(text, ZP_STR("~")) || zp_str_eq(text, ZP_STR("null")) ||
           zp_str_eq(text, ZP_STR("Null")) || zp_str_eq(text, ZP_STR("NULL"));
}

/* An unquoted scalar that is YAML but was hardly meant: `键：值` on lines of its own where a map
 * could stand, or U+3000 for a space. In a list `附件1：自评表` is text, unless a second line like
 * it follows. */
static void check_plain(reader *r, const level *top, const zp_value *value)
{
    size_t first = value->span.start, last = value->span.end;
    zp_yaml_line l = zp_yaml_line_at(r->part, first);
    bool own_line = first == l.start + l.content;
    bool in_list = top && top->container->kind == ZP_VALUE_LIST;
    bool one_line = last <= l.start + l.text.n;
    if (zp_str_starts(value->text, ZP_STR(ZP_WIDE_SPACE)) ||
        zp_str_starts(value->text, ZP_STR("-" ZP_WIDE_SPACE)))
        report_slips(r, first, first, false);
    else if (own_line && is_wide_mapping(r, first) &&
             (!in_list || (!one_line && is_wide_mapping(r, last))))
        report_slips(r, first, last, false);
}

static void take_key(reader *r, level *top, zp_str text, zp_span span, bool quoted)
{
    top->key = text;
    top->key_span = span;
    top->keyed = true;
    zp_str wide = ZP_STR(ZP_WIDE_SPACE);
    if (!quoted && !top->flow && (zp_str_starts(text, wide) || zp_str_ends(text, wide)))
        report_slips(r, span.start, span.start, false);
}

static bool take_scalar(reader *r, const yaml_event_t *event)
{
    level *top = top_of(r);
    zp_span span = span_of(r, event);
    zp_str text = text_of(r, event, span);
    bool quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (awaits_key(top)) {
        take_key(r, top, text, span, quoted);
        return true;
    }
    zp_value_kind kind = !quoted && is_null(text) ? ZP_VALUE_NULL : ZP_VALUE_TEXT;
    zp_value *value = zp_value_new(r->arena, kind, span);
    value->quoted = quoted;
    if (kind == ZP_VALUE_TEXT)
        value->text = text;
    if (kind == ZP_VALUE_TEXT && !quoted && top && !top->flow)
        check_plain(r, top, value);
    return add_value(r, value);
}

static bool open_container(reader *r, const yaml_event_t *event, zp_value_kind kind, bool flow)
{
    zp_span span = span_of(r, event);
    if (flow && has_at(r->part.source->text, span.start, ZP_STR("{{"))) {
        zp_yaml_line l = zp_yaml_line_at(r->part, span.start);
        zp_slip found;
        if (zp_slip_find(r->arena, &l, false, &found) && strcmp(found.id, "yaml-braces") == 0)
            report_slip(r, &found);
        else
            stop(r, "yaml-braces", span, "在整个值的两边加上引号", "以 {{ 开头的值没有加引号");
        return false;
    }
    if (awaits_key(top_of(r)))
        return stop(r, "yaml-syntax", span, "键要写成文字", "这里应当是键，却是括号或列表");
    if (r->depth == ZP_YAML_DEPTH)
        return stop(r, "too-deep", span, "请检查括号和缩进", "层次太深");
    zp_value *value = zp_value_new(r->arena, kind, span);
    if (!add_value(r, value))
        return false;
    r->levels[r->depth++] = (level){.container = value, .flow = flow};
    return true;
}

static int by_key(const void *a, const void *b)
{
    const zp_value *one = *(zp_value *const *)a, *other = *(zp_value *const *)b;
    int order = zp_str_compare(one->key, other->key);
    if (order)
        return order;
    return (one->key_span.start > other->key_span.start) -
           (one->key_span.start < other->key_span.start);
}

static int by_place(const void *a, const void *b)
{
    const zp_value *one = *(zp_value *const *)a, *other = *(zp_value *const *)b;
    return (one->key_span.start > other->key_span.start) -
           (one->key_span.start < other->key_span.start);
}

static void report_duplicate(reader *r, const zp_value *first, const zp_value *second)
{
    const char *hint = "删去其中一处";
    if (r->duplicates++ < PLACES_NAMED) {
        size_t number, column;
        zp_source_place(first->key_span.source, first->key_span.start, &number, &column);
        hint = zp_str_cstr(r->arena,
                           zp_str_format(r->arena, "第 %zu 行已经有了，删去其中一处", number));
    }
    zp_diag_add(r->diag, ZP_ERROR, "duplicate-key", second->key_span, hint, "“%.*s”写了两次",
                ZP_ARG(second->key));
}

/* Leaves the first of each key. Sorting, not hashing: nobody can choose keys that make it slow. */
static void drop_duplicates(reader *r, zp_value *map)
{
    size_t count = map->count, kept = 0;
    if (count < 2)
        return;
    zp_value **entries = zp_new_array(r->arena, zp_value *, count);
    size_t n = 0;
    for (zp_value *entry = map->first; entry; entry = entry->next)
        entries[n++] = entry;
    assert(n == count);
    qsort(entries, count, sizeof *entries, by_key);
    for (size_t i = 0; i < count; i++) {
        if (kept && zp_str_eq(entries[kept - 1]->key, entries[i]->key))
            report_duplicate(r, entries[kept - 1], entries[i]);
        else
            entries[kept++] = entries[i];
    }
    if (kept == count)
        return;
    qsort(entries, kept, sizeof *entries, by_place);
    map->first = map->last = NULL;
    map->count = 0;
    for (size_t i = 0; i < kept; i++) {
        entries[i]->next = NULL;
        zp_value_append(map, entries[i]);
    }
}

static void close_container(reader *r, const yaml_event_t *event)
{
    level *top = &r->levels[--r->depth];
    zp_value *container = top->container;
    /* In block style the end's mark is wherever the next thing begins. */
    if (top->flow)
        container->span.end = offset_of(r, event->end_mark);
    else if (container->last && container->last->span.end > container->span.end)
        container->span.end = container->last->span.end;
    if (container->kind == ZP_VALUE_MAP)
        drop_duplicates(r, container);
}

/* --- Errors ---------------------------------------------------------------------------------- */

/* libyaml's words, and ours. `context`: the place is where the thing began that went wrong. */
typedef struct {
    const char *problem;
    bool context;
    const char *message, *hint;
} saying;

static const saying *find_saying(const char *problem)
{
    static const saying sayings[] = {
        {"unexpected end of stream", true, "引号只有一个，没有成对", "在值的末尾补上引号"},
        {"unexpected document indicator", true, "引号只有一个，没有成对", "在值的末尾补上引号"},
        {"expected ',' or ']'", true, "方括号没有成对，或少了逗号", "补上 ]，或给整个值加上引号"},
        {"expected ',' or '}'", true, "花括号没有成对，或少了逗号", "补上 }，或给整个值加上引号"},
        {"expected ':'", true, "这一行没有冒号", "写成“键: 值”，冒号用半角，后面有一个空格"},
        {"mapping values", false, "这里不该有冒号",
         "值里有冒号时给整个值加上引号；也请检查这一行和上一行的缩进"},
        {"expected key", false, "这里应当是“键: 值”",
         "同一层的键要左对齐；值以引号开头时，引号要把整个值括起来"},
        {"expected '-'", false, "这里应当以“- ”开头", "同一个列表的“-”要左对齐"},
        {"start any token", false, "值不能以这个字符开头", "给整个值加上引号"},
        {"control characters", false, "这里有看不见的控制字符", "删去它"},
        {"tab", false, "这里不能用制表符（Tab）", "改成空格"},
        {"alphabetic or numeric", false, "值不能以 * 或 & 开头", "给整个值加上引号"},
        {"invalid Unicode", false, "\\u 后面的数字不是一个字", "改正它，或直接写出这个字"},
        {"unknown escape", false, "双引号里的 \\ 用得不对", "改用单引号，或写成 \\\\"},
        {"block sequence entries", false, "这里不该有“- ”", "列表要另起一行"},
    };
    static const saying other = {"", false, "这里不合 YAML 的写法",
                                 "请对照“键: 值”的样子检查这一行"};
    for (size_t i = 0; problem && i < sizeof sayings / sizeof *sayings; i++)
        if (strstr(problem, sayings[i].problem))
            return &sayings[i];
    return &other;
}

/* Where to look for the slip that made libyaml fail at `problem`: a line without a colon swallows
 * the next one, so the lines before it that have no colon are suspects too. */
static size_t first_suspect(const reader *r, size_t problem)
{
    size_t at = zp_yaml_line_at(r->part, problem).start, suspect = at;
    while (at > r->part.start) {
        zp_yaml_line l = zp_yaml_line_at(r->part, at - 1);
        bool sound = !has_at(l.text, l.colon, ZP_STR(":" ZP_WIDE_SPACE));
        if (!zp_yaml_line_is_blank(&l) && l.colon < l.text.n && sound)
            break;
        at = l.start;
        suspect = zp_yaml_line_is_blank(&l) ? suspect : at;
    }
    return suspect;
}

static bool explain_by_slips(reader *r, const char *words, size_t context, size_t problem)
{
    bool tabs = strstr(words, "tab") || strstr(words, "start any token");
    if (strstr(words, "expected ':'"))
        return report_slips(r, context, problem, tabs);
    if (strstr(words, "mapping values") || strstr(words, "document start"))
        return report_slips(r, first_suspect(r, problem), problem, tabs);
    return report_slips(r, problem, problem, tabs) ||
           (context != problem && report_slips(r, context, context, tabs));
}

static void report_failure(reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        zp_array_size(SIZE_MAX, SIZE_MAX); /* ends the program as any lack of memory does */
    const char *words = p->problem ? p->problem : "";
    const saying *said = find_saying(words);
    size_t problem, context;
    if (p->error == YAML_READER_ERROR) {
        size_t offset = p->problem_offset < r->input.n ? p->problem_offset : r->input.n;
        problem = r->part.start + without_filler_before(r, offset);
        problem = context = problem < r->part.end ? problem : r->part.end;
    } else {
        context = problem = offset_of(r, p->problem_mark);
        if (p->context)
            context = offset_of(r, p->context_mark);
        /* A slip found before is what made libyaml fail, too. */
        if (r->slips || explain_by_slips(r, words, context, problem))
            return;
    }
    bool reference = p->context && (strstr(p->context, "alias") || strstr(p->context, "anchor"));
    stop(r, reference ? "yaml-alias" : "yaml-syntax",
         character_at(r, said->context ? context : problem), said->hint, said->message);
}

static bool refuse_reference(reader *r, const yaml_event_t *event, const yaml_char_t *name)
{
    size_t start = offset_of(r, event->start_mark);
    size_t end = start + 1 + strlen((const char *)name);
    return stop(r, "yaml-alias", zp_span_of(r->part.source, start, end),
                "把内容直接写出来；值以 * 或 & 开头时，给整个值加上引号",
                "不能用 & 和 * 引用别处的值");
}

static bool refuse_tag(reader *r, const yaml_event_t *event)
{
    return stop(r, "yaml-syntax", character_at(r, offset_of(r, event->start_mark)),
                "给整个值加上引号", "值不能以 ! 开头");
}

/* The first thing in the part at or after `offset` that is no blank line, comment or `...`;
 * part.end when there is none. */
static size_t next_content(const reader *r, size_t offset)
{
    while (offset < r->part.end) {
        zp_yaml_line l = zp_yaml_line_at(r->part, offset);
        zp_str rest = zp_str_slice(l.text, offset - l.start, l.text.n);
        zp_str text = zp_str_trim(rest);
        if (text.n && text.p[0] != '#' && !zp_str_eq(text, ZP_STR("...")))
            return offset + (size_t)(text.p - rest.p);
        offset = l.start + l.text.n + 1;
    }
    return r->part.end;
}

/* --- Reading --------------------------------------------------------------------------------- */

static const yaml_char_t *anchor_of(const yaml_event_t *event)
{
    if (event->type == YAML_ALIAS_EVENT)
        return event->data.alias.anchor;
    if (event->type == YAML_SCALAR_EVENT)
        return event->data.scalar.anchor;
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return event->data.sequence_start.anchor;
    return event->type == YAML_MAPPING_START_EVENT ? event->data.mapping_start.anchor : NULL;
}

static bool has_tag(const yaml_event_t *event)
{
    if (event->type == YAML_SCALAR_EVENT)
        return event->data.scalar.tag != NULL;
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return event->data.sequence_start.tag != NULL;
    return event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.tag != NULL;
}

static bool end_document(reader *r, const yaml_event_t *event)
{
    /* A line that is no map ends the document early: check_root says so. */
    if (r->root && r->root->kind == ZP_VALUE_TEXT)
        return true;
    size_t next = next_content(r, offset_of(r, event->end_mark));
    if (next < r->part.end)
        return stop(r, "yaml-syntax", character_at(r, next), "只留一份，删去多余的“---”和“...”",
                    "这里开始了第二份数据");
    return true;
}

/* Takes one event; false when reading stops here. */
static bool take_event(reader *r, const yaml_event_t *event)
{
    const yaml_char_t *anchor = anchor_of(event);
    if (anchor)
        return refuse_reference(r, event, anchor);
    if (has_tag(event))
        return refuse_tag(r, event);
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return take_scalar(r, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_container(r, event, ZP_VALUE_LIST,
                              event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
    case YAML_MAPPING_START_EVENT:
        return open_container(r, event, ZP_VALUE_MAP,
                              event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_container(r, event);
        return true;
    case YAML_DOCUMENT_END_EVENT:
        return end_document(r, event);
    case YAML_NO_EVENT:
    case YAML_ALIAS_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
        break;
    }
    return true;
}

static void read_events(reader *r)
{
    bool more = true;
    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event)) {
            report_failure(r);
            return;
        }
        /* What follows the first document is not given to libyaml: see end_document. */
        bool last = event.type == YAML_DOCUMENT_END_EVENT || event.type == YAML_STREAM_END_EVENT;
        more = take_event(r, &event) && !last;
        yaml_event_delete(&event);
    }
}

/* The root as a map, or a list where that is allowed; what is neither was a slip. */
static zp_value *check_root(reader *r, bool list)
{
    zp_value *root = r->root;
    if (!root || root->kind == ZP_VALUE_NULL)
        return zp_value_new(r->arena, ZP_VALUE_MAP, r->part);
    if (root->kind == ZP_VALUE_MAP || (list && root->kind == ZP_VALUE_LIST))
        return root;
    bool plain = root->kind == ZP_VALUE_TEXT && !root->quoted;
    if (!plain || !report_slips(r, root->span.start, root->span.end, false))
        stop(r, "yaml-syntax", character_at(r, root->span.start),
             "每行写一项，冒号用半角，后面有一个空格", "这里应当是“键: 值”");
    return NULL;
}

static zp_value *read_document(zp_arena *arena, zp_span part, bool list, zp_diag *diag)
{
    reader *r = zp_new(arena, reader);
    *r = (reader){.arena = arena, .diag = diag, .part = part, .offset = part.start};
    size_t first = next_content(r, part.start);
    if (first < part.end && part.source->text.p[first] == '%') {
        /* Directives serve tags, which we refuse; libyaml is quadratic in their number. */
        stop(r, "yaml-syntax", character_at(r, first), "删去这一行", "不能用以 % 开头的指令");
        return NULL;
    }
    if (!yaml_parser_initialize(&r->parser))
        zp_array_size(SIZE_MAX, SIZE_MAX);
    zp_str text = zp_str_slice(part.source->text, part.start, part.end);
    r->input = is_json(text) ? join_pairs(arena, text) : text;
    r->joined = r->input.p != text.p;
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)r->input.p, r->input.n);
    read_events(r);
    yaml_parser_delete(&r->parser);
    zp_value *root = r->failed ? NULL : check_root(r, list);
    return r->failed ? NULL : root;
}

zp_value *zp_yaml_read(zp_arena *arena, zp_span part, zp_diag *diag)
{
    return read_document(arena, part, false, diag);
}

zp_value *zp_yaml_read_any(zp_arena *arena, zp_span part, zp_diag *diag)
{
    return read_document(arena, part, true, diag);
}
