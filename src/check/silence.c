/* silence.c: comments, front matter and template in; whether a finding is wanted, out.
 *
 * A comment's reach is settled once: the block behind it, as bytes of the body. Comments stand in
 * the order of the body, so of those that reach a place the last that begins before it is found by
 * halving; several that are stacked over one block share its reach and stand side by side.
 */
#include "check/silence.h"

#include "check/groups.h"

enum { SILENCES_MAX = 500 }; /* that are heeded; an author who needs more has another trouble */

typedef struct {
    zp_str id, reason;
    zp_span place;       /* of the comment or entry; none: the template's */
    size_t start, end;   /* of what it is about, in the body's source */
    bool used, template; /* it silenced something; it is the template's */
} silence;

struct zp_silences {
    zp_arena *arena;
    const zp_report *report;
    silence *all; /* for the whole report first, then those of comments, by reach */
    size_t whole, count;
    zp_span fault_place; /* the first comment that says something else */
    bool overflown;      /* there are more */
};

static void add(zp_silences *s, silence one)
{
    s->overflown = s->overflown || s->count == SILENCES_MAX;
    if (s->count < SILENCES_MAX)
        s->all[s->count++] = one;
}

/* --- Front matter and template ---------------------------------------------------------------- */

static void read_front(zp_silences *s, const zp_value *map, const zp_value *inherited)
{
    for (const zp_value *entry = map ? map->first : NULL; entry != NULL; entry = entry->next) {
        bool listed = map->kind == ZP_VALUE_LIST; /* [ID, ID], without reasons */
        bool empty = entry->kind == ZP_VALUE_NULL;
        zp_str id = listed ? zp_value_text(entry) : entry->key;
        if (empty && zp_value_find(inherited, id) != NULL)
            continue;
        add(s, (silence){.id = id,
                         .reason = listed ? ZP_STR("") : zp_str_trim(zp_value_text(entry)),
                         .place = listed ? entry->span : entry->key_span});
    }
}

/* The nearest wins: what the front matter names is its own to say. */
static void read_template(zp_silences *s, const zp_value *map, const zp_value *front)
{
    for (const zp_value *entry = map ? map->first : NULL; entry != NULL; entry = entry->next)
        if (front == NULL || zp_value_find(front, entry->key) == NULL)
            add(s, (silence){.id = entry->key, .template = true});
}

/* --- Comments --------------------------------------------------------------------------------- */

/* A fenced block that is open: its mark and how many of it open it. */
typedef struct {
    char mark;
    size_t length;
} fence;

/* Whether the line belongs to fenced code, the fences included. */
static bool is_code(zp_str line, fence *open)
{
    line = zp_str_trim(line);
    char mark = line.n > 0 ? line.p[0] : ' ';
    size_t length = 0;
    while (length < line.n && line.p[length] == mark)
        length++;
    bool fenced = (mark == '`' || mark == '~') && length >= 3;
    if (open->length == 0) {
        if (fenced)
            *open = (fence){mark, length};
        return fenced;
    }
    if (fenced && mark == open->mark && length >= open->length && length == line.n)
        open->length = 0;
    return true;
}

static size_t word_end(zp_str text, size_t at)
{
    while (at < text.n && text.p[at] != ' ' && text.p[at] != '\t')
        at++;
    return at;
}

/* The next word of `text`, which is cut off. */
static zp_str next_word(zp_str *text)
{
    *text = zp_str_trim(*text);
    size_t end = word_end(*text, 0);
    zp_str word = zp_str_slice(*text, 0, end);
    *text = zp_str_trim(zp_str_slice(*text, end, text->n));
    return word;
}

/* A line that is a comment to ziping, and no more. */
static void read_line(zp_silences *s, zp_span line)
{
    zp_str text = zp_str_trim(zp_str_slice(line.source->text, line.start, line.end));
    zp_str open = ZP_STR("<!--"), close = ZP_STR("-->");
    if (!zp_str_starts(text, open) || !zp_str_ends(text, close) || text.n < open.n + close.n)
        return;
    zp_str words = zp_str_trim(zp_str_slice(text, open.n, text.n - close.n));
    if (!zp_str_starts(words, ZP_STR("ziping:")))
        return;
    words = zp_str_slice(words, sizeof "ziping:" - 1, words.n);
    zp_str verb = next_word(&words), id = next_word(&words);
    if (zp_str_eq(verb, ZP_STR("ignore")) && id.n > 0)
        add(s, (silence){.id = id, .reason = words, .place = line, .start = line.end});
    else if (s->fault_place.source == NULL)
        s->fault_place = line;
}

static void read_comments(zp_silences *s, zp_span body)
{
    fence open = {0};
    zp_str text = zp_str_slice(body.source->text, 0, body.end);
    if (zp_str_find(text, ZP_STR("ziping:"), body.start) == text.n)
        return;
    for (size_t at = body.start; at < body.end;) {
        size_t end = zp_str_find(text, ZP_STR("\n"), at);
        if (!is_code(zp_str_slice(text, at, end), &open))
            read_line(s, zp_span_of(body.source, at, end));
        at = end + 1;
    }
}

/* --- Reach ------------------------------------------------------------------------------------ */

/* Whether a comment before `node` is about all of it. */
static bool is_reached(const zp_node *node)
{
    return node->kind == ZP_NODE_HEADING || node->kind == ZP_NODE_PARAGRAPH ||
           node->kind == ZP_NODE_TABLE || node->kind == ZP_NODE_FIGURE ||
           node->kind == ZP_NODE_CODE;
}

/* From the first byte to the last of a block: a table's caption stands outside its rows. */
static void measure(const zp_node *block, size_t *start, size_t *end)
{
    zp_walk walk = {(zp_node *)block, true};
    *start = block->span.start;
    *end = block->span.end;
    while (zp_walk_next(&walk, block)) {
        *start = walk.node->span.start < *start ? walk.node->span.start : *start;
        *end = walk.node->span.end > *end ? walk.node->span.end : *end;
    }
    if (block->kind == ZP_NODE_HEADING && block->heading.run_in && block->next != NULL)
        *end = block->next->span.end;
}

/* Comments before `block` are about it; the next that waits. */
static size_t reach(zp_silences *s, size_t waiting, const zp_node *block)
{
    size_t start, end;
    if (waiting == s->count || s->all[waiting].start > block->span.start)
        return waiting;
    measure(block, &start, &end);
    for (; waiting < s->count && s->all[waiting].place.end <= block->span.start; waiting++) {
        s->all[waiting].start = start;
        s->all[waiting].end = end;
    }
    return waiting;
}

static void settle_reach(zp_silences *s)
{
    size_t waiting = s->whole;
    zp_walk walk = {s->report->root, true};
    while (zp_walk_next(&walk, s->report->root) && waiting < s->count) {
        if (walk.entering && walk.node->kind == ZP_NODE_NOTE)
            break;
        if (!walk.entering || !is_reached(walk.node))
            continue;
        waiting = reach(s, waiting, walk.node);
        walk.entering = walk.node->kind == ZP_NODE_HEADING && walk.node->first == NULL;
    }
    for (; waiting < s->count; waiting++) /* nothing stands behind them */
        s->all[waiting].start = s->all[waiting].end = (size_t)-1;
}

zp_silences *zp_silences_read(zp_arena *arena, const zp_report *report)
{
    zp_silences *s = zp_new(arena, zp_silences);
    const zp_value *front = zp_value_find(report->meta, ZP_STR("ignore"));
    const zp_value *inherited = report->template->content.ignore;
    *s = (zp_silences){.arena = arena, .report = report};
    s->all = zp_new_array(arena, silence, SILENCES_MAX);
    read_front(s, front, inherited);
    read_template(s, inherited, front);
    s->whole = s->count;
    if (report->body.source != NULL)
        read_comments(s, report->body);
    if (s->count > s->whole)
        settle_reach(s);
    return s;
}

/* --- Use -------------------------------------------------------------------------------------- */

/* Behind the last comment whose reach begins at or before `at`. */
static size_t behind(const zp_silences *s, size_t at)
{
    size_t low = s->whole, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->all[middle].start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool zp_silences_cover(zp_silences *s, zp_str id, zp_span span)
{
    bool covered = false;
    for (size_t i = 0; i < s->whole; i++)
        if (zp_str_eq(s->all[i].id, id))
            covered = s->all[i].used = true;
    if (s->count == s->whole || span.source == NULL || span.source != s->report->body.source)
        return covered;
    for (size_t i = behind(s, span.start); i-- > s->whole && s->all[i].end > span.start;)
        if (zp_str_eq(s->all[i].id, id))
            covered = s->all[i].used = true;
    return covered;
}

/* --- What is wrong with them ------------------------------------------------------------------ */

enum { UNUSED, UNKNOWN, REASONLESS };

static const zp_rule rules[] = {
    [UNUSED] = {"unused-ignore", ZP_WARNING, false, "写了“忽略”，却没有什么可忽略的",
                "报告里写明忽略的规则，在那里没有发现问题：文字改过以后，这一句应当删去，免得日后把"
                "真的错误也忽略了。",
                "本项目：忽略只用于核对过、确实无误的地方",
                "<!-- ziping: ignore figure-repeat 两处口径不同 -->（下一段已经没有这个问题）",
                "删去这一行"},
    [UNKNOWN] = {"unknown-ignore", ZP_WARNING, false, "“忽略”后面的规则名不对",
                 "没有这条规则，或者这一行的写法不对，所以什么也没有忽略。",
                 "本项目：全部规则见 ziping explain",
                 "<!-- ziping: ignore figure-repeats 口径不同 -->",
                 "<!-- ziping: ignore figure-repeat 口径不同 -->"},
    [REASONLESS] = {"ignore-reason", ZP_HINT, true, "忽略一条规则没有写理由",
                    "写上理由，复核的人才知道这里核对过、为什么不算错。",
                    "本项目：忽略要能说明理由", "<!-- ziping: ignore figure-repeat -->",
                    "<!-- ziping: ignore figure-repeat 一处是全口径，一处只是财政拨款 -->"},
};

const zp_rule_group zp_silence_rules = ZP_RULE_GROUP(rules, NULL);

static void say_unknown(const zp_silences *s, const silence *one, zp_diag *diag)
{
    zp_str nearest = zp_rule_nearest(s->arena, one->id);
    zp_str hint = zp_str_format(s->arena, "是不是“%.*s”？", ZP_ARG(nearest));
    zp_diag_add(diag, ZP_WARNING, rules[UNKNOWN].id, one->place,
                nearest.n > 0 ? zp_str_cstr(s->arena, hint) : "全部规则见 ziping explain",
                "没有名为“%.*s”的规则", ZP_ARG(one->id));
}

/* What several reports share is found when all are read: nobody knows yet. */
static bool is_settled(const silence *one)
{
    return !zp_str_eq(one->id, ZP_STR("likeness"));
}

static void finish_one(const zp_silences *s, const silence *one, zp_diag *diag)
{
    if (one->template)
        return;
    if (zp_rule_find(one->id) == NULL)
        say_unknown(s, one, diag);
    else if (!one->used && is_settled(one))
        zp_diag_add(diag, ZP_WARNING, rules[UNUSED].id, one->place, "没有用了就删去",
                    "这里没有“%.*s”可以忽略", ZP_ARG(one->id));
    else if (one->reason.n == 0)
        zp_diag_add(diag, ZP_HINT, rules[REASONLESS].id, one->place, "在规则名后面写上理由",
                    "忽略“%.*s”没有写理由", ZP_ARG(one->id));
}

void zp_silences_finish(const zp_silences *s, zp_diag *diag)
{
    for (size_t i = 0; i < s->count; i++)
        finish_one(s, &s->all[i], diag);
    if (s->fault_place.source != NULL)
        zp_diag_add(diag, ZP_WARNING, rules[UNKNOWN].id, s->fault_place,
                    "写成 <!-- ziping: ignore 规则名 理由 -->", "看不懂写给 ziping 的这一行");
    if (s->overflown)
        zp_diag_add(diag, ZP_WARNING, rules[UNKNOWN].id, zp_span_file(s->report->source), NULL,
                    "忽略写得太多，只看了前 %d 条", SILENCES_MAX);
}
