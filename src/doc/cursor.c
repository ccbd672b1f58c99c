/* cursor.c: in go cmark's inlines one after the other, out come ours with their places.
 *
 * The text of an inline is read again from the draft until as many bytes have come out as cmark
 * has; so every piece of it knows its place. cmark's emphasis is taken apart into its marks, and
 * when a block or a link's text ends they are paired the Chinese way (emphasis.h).
 */
#include "doc/cursor.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "doc/link.h"
#include "doc/mask.h"

enum { ENTITY_MAX = 34 }; /* bytes of the longest name, & and ; included */

/* The text of a line end: known by its address until it is settled whether it is a space. */
static const char line_space[] = " ";

static zp_node *add_node(zp_cursor *r, zp_node_kind kind, size_t start, size_t end)
{
    zp_node *node = zp_node_new(r->arena, kind, zp_draft_span(r->draft, start, end));
    zp_node_append(r->parent, node);
    return node;
}

/* Text */

static bool is_verbatim(const zp_node *text)
{
    return text->text.n == text->span.end - text->span.start;
}

static bool is_run(const zp_cursor *r, const zp_node *node)
{
    return r->run_count > 0 && r->runs[r->run_count - 1].node == node;
}

/* Text that stands in the source as it is, joined to the one before it. */
static void add_verbatim(zp_cursor *r, size_t start, size_t end)
{
    size_t place = zp_draft_place(r->draft, start);
    zp_node *last = r->parent->last;
    if (last != NULL && last->kind == ZP_NODE_TEXT && last->span.end == place &&
        is_verbatim(last) && !is_run(r, last)) {
        last->text.n += end - start;
        last->span.end += end - start;
        return;
    }
    zp_node *node = add_node(r, ZP_NODE_TEXT, start, end);
    node->text = zp_str_slice(r->draft->source->text, place, place + (end - start));
}

/* Text that the source says in other words. Its length must not be its span's: node.h. */
static void add_made(zp_cursor *r, size_t start, size_t end, zp_str text)
{
    zp_node *node = add_node(r, ZP_NODE_TEXT, start, end);
    node->text = text;
    if (is_verbatim(node))
        node->span.end--;
}

static void add_run(zp_cursor *r, size_t length)
{
    size_t at = r->at;
    zp_run *last = r->run_count > 0 ? &r->runs[r->run_count - 1] : NULL;
    if (last != NULL && last->node == r->parent->last && last->at + last->length == at &&
        last->mark == r->block.p[at]) {
        last->length += length;
        last->node->text.n += length;
        last->node->span.end += length;
        return;
    }
    zp_list_grow(r->scratch, r->runs, r->run_count, r->run_room);
    zp_node *node = add_node(r, ZP_NODE_TEXT, at, at + length);
    node->text = zp_str_slice(r->draft->source->text, node->span.start, node->span.end);
    r->runs[r->run_count++] = (zp_run){.node = node,
                                       .at = at,
                                       .length = length,
                                       .mark = r->block.p[at],
                                       .first = at == r->line_text};
}

static zp_str decode_entity(zp_cursor *r, zp_str name)
{
    uint32_t hash = 0;
    for (size_t i = 0; i < name.n; i++)
        hash = hash * 31 + (unsigned char)name.p[i];
    zp_entity *kept = &r->entities[hash & (ZP_CURSOR_ENTITIES - 1)];
    if (!zp_str_eq(kept->name, name))
        *kept = (zp_entity){name, r->decode(r->arena, name)};
    return kept->text;
}

/* Length of what looks like an entity at the cursor, or 0. */
static size_t entity_length(const zp_cursor *r)
{
    size_t end = r->at + 1;
    while (end < r->block.n && end - r->at < ENTITY_MAX &&
           (isalnum((unsigned char)r->block.p[end]) || r->block.p[end] == '#'))
        end++;
    return end < r->block.n && r->block.p[end] == ';' ? end + 1 - r->at : 0;
}

/* Each of these reads one piece of what cmark has as `rest`, and says how many bytes of that it
 * was. */

static size_t read_plain(zp_cursor *r, zp_str rest)
{
    size_t n = 1;
    while (n < rest.n && r->at + n < r->block.n && r->block.p[r->at + n] == rest.p[n] &&
           (unsigned char)rest.p[n] > ZP_MASK_PLAIN && strchr("\\&*_", rest.p[n]) == NULL)
        n++;
    add_verbatim(r, r->at, r->at + n);
    r->at += n;
    return n;
}

static size_t read_escape(zp_cursor *r)
{
    zp_span span = zp_draft_span(r->draft, r->at, r->at + 2);
    add_made(r, r->at, r->at + 2,
             zp_str_slice(r->draft->source->text, span.start + 1, span.start + 2));
    r->at += 2;
    return 1;
}

static size_t read_entity(zp_cursor *r, zp_str rest)
{
    size_t length = entity_length(r);
    zp_str name = zp_str_slice(r->block, r->at, r->at + length);
    zp_str text = length > 0 ? decode_entity(r, name) : name;
    if (text.n == 0 || zp_str_eq(text, name) || !zp_str_starts(rest, text))
        return 0;
    bool line_end = zp_str_eq(text, ZP_STR("\n"));
    if (line_end && r->in_cell) /* where no line can end otherwise */
        add_node(r, ZP_NODE_BREAK, r->at, r->at + length);
    else
        add_made(r, r->at, r->at + length, line_end ? ZP_STR(" ") : text);
    r->at += length;
    return text.n;
}

static size_t read_run(zp_cursor *r, zp_str rest)
{
    size_t n = 1;
    while (n < rest.n && rest.p[n] == rest.p[0] && r->at + n < r->block.n &&
           r->block.p[r->at + n] == rest.p[0])
        n++;
    add_run(r, n);
    r->at += n;
    return n;
}

static size_t read_note(zp_cursor *r, zp_str rest)
{
    const zp_str source = r->draft->source->text;
    size_t place = zp_draft_place(r->draft, r->at);
    size_t n = zp_mask_note(zp_str_slice(source, place, source.n));
    n = n > 0 && n <= rest.n ? n : 1;
    zp_str label = n > 3 ? zp_str_slice(source, place + 2, place + n - 1) : ZP_STR("");
    const zp_footnote *note = zp_footnotes_find(&r->draft->footnotes, label);
    if (note == NULL) {
        zp_diag_add(r->diag, ZP_ERROR, "missing-note", zp_draft_span(r->draft, r->at, r->at + n),
                    "另起一行写：[^标签]: 注文", "没有脚注“%.*s”的注文", ZP_ARG(label));
        add_verbatim(r, r->at, r->at + n);
    } else {
        add_node(r, ZP_NODE_NOTEREF, r->at, r->at + n)->noteref.note = note->node;
    }
    r->at += n;
    return n;
}

void zp_report_html(zp_diag *diag, zp_span span)
{
    zp_str typed = zp_str_slice(span.source->text, span.start, span.source->text.n);
    if (zp_str_starts(typed, ZP_STR("<!--")))
        zp_diag_add(diag, ZP_ERROR, "raw-html", span, "在注释末尾加上 -->", "注释没有结束");
    else
        zp_diag_add(diag, ZP_ERROR, "raw-html", span, "若要写 < 本身，写作 \\<",
                    "报告中不能使用 HTML 标签");
}

static size_t read_shown(zp_cursor *r, zp_str rest)
{
    zp_span span = zp_draft_span(r->draft, r->at, r->at + 1);
    if (r->draft->source->text.p[span.start] == '<')
        zp_report_html(r->diag, (zp_span){span.source, span.start, span.end + 1});
    return read_plain(r, rest);
}

/* Of the spaces on both sides of a comment one is left. */
static size_t read_hidden(zp_cursor *r, zp_str rest)
{
    const zp_node *last = r->parent->last;
    bool space_before = last != NULL && last->kind == ZP_NODE_TEXT && last->text.n > 0 &&
                        last->text.p[last->text.n - 1] == ' ';
    size_t n = space_before && rest.n > 1 && rest.p[1] == ' ' ? 2 : 1;
    r->at += n;
    return n;
}

/* Where cursor and cmark no longer agree, text is kept and its place is a guess. */
static size_t read_lost(zp_cursor *r, zp_str rest)
{
    add_made(r, r->at, r->at, zp_str_copy(r->arena, rest));
    return rest.n;
}

static size_t read_piece(zp_cursor *r, zp_str rest)
{
    char c = r->at < r->block.n ? r->block.p[r->at] : '\n';
    bool escape = c == '\\' && !r->verbatim && r->at + 1 < r->block.n &&
                  ispunct((unsigned char)r->block.p[r->at + 1]);
    if (escape && rest.p[0] == r->block.p[r->at + 1])
        return read_escape(r);
    size_t entity = c == '&' ? read_entity(r, rest) : 0;
    if (entity > 0)
        return entity;
    if (c != rest.p[0])
        return read_lost(r, rest);
    if ((c == '*' || c == '_') && !r->verbatim)
        return read_run(r, rest);
    if (c == ZP_MASK_NOTE)
        return read_note(r, rest);
    if (c == ZP_MASK_PLAIN)
        return read_shown(r, rest);
    return c == ZP_MASK_HIDDEN ? read_hidden(r, rest) : read_plain(r, rest);
}

/* Indented far enough, a > at the beginning of a line is text and no mark of a quote: cmark knows.
 */
static void find_line_text(zp_cursor *r, zp_str text)
{
    size_t n = 0;
    while (n < text.n && (text.p[n] == '>' || text.p[n] == ' '))
        n++;
    for (size_t quotes = r->quotes + 1; quotes-- > 0;) {
        r->at = zp_link_line_begin(r->block, r->line, quotes);
        zp_str rest = zp_str_slice(r->block, r->at, r->block.n);
        if (zp_str_starts(rest, zp_str_slice(text, 0, n)) && (rest.n == n || rest.p[n] != '>'))
            return;
    }
}

/* The first text of a line: cmark may have left the line's indentation in it, after a backslash. */
static zp_str begin_line(zp_cursor *r, zp_str text)
{
    size_t length = r->at < r->block.n && r->block.p[r->at] == '&' ? entity_length(r) : 0;
    zp_str entity = zp_str_slice(r->block, r->at, r->at + length);
    entity = length > 0 ? decode_entity(r, entity) : entity;
    while (text.n > 0 && (text.p[0] == ' ' || text.p[0] == '\t') &&
           (entity.n == 0 || !zp_str_starts(text, entity)))
        text = zp_str_slice(text, 1, text.n);
    bool shown = zp_str_starts(entity, ZP_STR(">")) ||
                 zp_str_starts(zp_str_slice(r->block, r->at, r->block.n), ZP_STR("\\>"));
    if (zp_str_starts(text, ZP_STR(">")) && r->quotes > 0 && !shown)
        find_line_text(r, text);
    return text;
}

void zp_cursor_text(zp_cursor *r, zp_str rest)
{
    if (r->at == r->line_text)
        rest = begin_line(r, rest);
    while (rest.n > 0) {
        size_t n = read_piece(r, rest);
        rest = zp_str_slice(rest, n, rest.n);
    }
}

void zp_cursor_marks(zp_cursor *r, size_t count)
{
    char mark = r->at < r->block.n ? r->block.p[r->at] : '*';
    char marks[] = {mark, mark};
    zp_cursor_text(r, (zp_str){marks, count > 1 ? 2 : 1});
}

/* Other inlines */

static size_t run_length(const zp_cursor *r, size_t at)
{
    size_t end = at;
    while (end < r->block.n && r->block.p[end] == r->block.p[at])
        end++;
    return end - at;
}

void zp_cursor_break(zp_cursor *r, bool hard)
{
    size_t start = r->at;
    while (r->at < r->block.n && r->block.p[r->at] != '\n')
        r->at++;
    r->line = r->at < r->block.n ? r->at + 1 : r->at;
    r->line_text = r->at = zp_link_line_begin(r->block, r->line, r->quotes);
    bool in_comment = start > 0 && r->block.p[start - 1] == ZP_MASK_HIDDEN && r->at < r->block.n &&
                      r->block.p[r->at] == ZP_MASK_HIDDEN;
    if (hard)
        add_node(r, ZP_NODE_BREAK, start, r->line);
    else if (!in_comment)
        add_made(r, start, r->line, (zp_str){line_space, 1});
}

static bool is_stand_in(char c)
{
    return (unsigned char)c <= ZP_MASK_PLAIN || c == ZP_MASK_OTHER;
}

/* cmark's code with the source's bytes for stand-ins, which are the same in the draft from `at` on.
 * In a cell a bar has a backslash before it even here. */
static zp_str mono_text(zp_cursor *r, zp_str code, size_t at)
{
    zp_buf text = {.arena = r->arena};
    for (size_t i = 0; i < code.n; i++) {
        bool bar = r->in_cell && code.p[i] == '\\' && i + 1 < code.n && code.p[i + 1] == '|';
        char c = code.p[i];
        if (is_stand_in(c)) {
            while (at < r->block.n && !is_stand_in(r->block.p[at]))
                at++;
            c = r->draft->source->text.p[zp_draft_place(r->draft, at++)];
        }
        if (!bar)
            zp_buf_byte(&text, c);
    }
    return zp_buf_str(&text);
}

void zp_cursor_mono(zp_cursor *r, zp_str literal)
{
    size_t start = r->at, ticks = run_length(r, start), end = start + ticks;
    if (r->at >= r->block.n || r->block.p[start] != '`') {
        read_lost(r, literal);
        return;
    }
    while (end < r->block.n && (r->block.p[end] != '`' || run_length(r, end) != ticks))
        end += r->block.p[end] == '`' ? run_length(r, end) : 1;
    r->at = end + ticks < r->block.n ? end + ticks : r->block.n;
    add_node(r, ZP_NODE_MONO, start, r->at)->text = mono_text(r, literal, start + ticks);
}

void zp_cursor_html(zp_cursor *r, zp_str literal)
{
    size_t start = r->at;
    for (size_t i = 0; i < literal.n && r->at < r->block.n; i++)
        r->at =
            literal.p[i] == '\n' ? zp_link_line_begin(r->block, r->at + 1, r->quotes) : r->at + 1;
    if (!zp_str_starts(literal, ZP_STR("<!--")))
        zp_report_html(r->diag, zp_draft_span(r->draft, start, r->at));
}

static bool has_stand_in(zp_str url)
{
    for (size_t i = 0; i < url.n; i++)
        if (is_stand_in(url.p[i]))
            return true;
    return false;
}

/* What is typed between ( and ), without <>. */
static zp_str typed_url(const zp_cursor *r, const zp_link_tail *tail)
{
    zp_span span = zp_draft_span(r->draft, tail->url, tail->url_end);
    zp_str url = zp_str_slice(span.source->text, span.start, span.end);
    return zp_str_starts(url, ZP_STR("<")) ? zp_str_slice(url, 1, url.n - 1) : url;
}

static void settle_url(zp_cursor *r, zp_node *link, const zp_link_tail *tail)
{
    bool masked = has_stand_in(link->text), reference = tail->url_end == 0;
    bool safe = zp_link_is_safe(link->text) && !(masked && reference);
    if (masked)
        link->text = typed_url(r, tail);
    if (safe && zp_link_is_safe(link->text))
        return;
    zp_diag_add(r->diag, ZP_FLAW, "unsafe-link", link->span, "文件名中有冒号时，在前面加 ./",
                "链接只能用 http、https、mailto 或文件名");
    link->text = ZP_STR("");
}

void zp_cursor_open_link(zp_cursor *r, zp_node_kind kind, zp_str url)
{
    zp_node *link = add_node(r, kind, r->at, r->at + 1);
    link->text = zp_str_copy(r->arena, url);
    r->verbatim = r->at < r->block.n && r->block.p[r->at] == '<';
    r->at += kind == ZP_NODE_IMAGE ? 2 : 1;
    r->parent = link;
}

/* A character beside a run. Comments count as space; what else wears a stand-in is a mark. */
static uint32_t neighbour(uint32_t code)
{
    if (code == ZP_MASK_HIDDEN)
        return ' ';
    return code == ZP_MASK_NOTE || code == ZP_MASK_PLAIN ? '[' : code;
}

static void classify(const zp_cursor *r, zp_run *run)
{
    size_t end = run->at + run->length;
    uint32_t before = run->first || run->at == 0 ? ' ' : zp_utf8_before(r->block, run->at);
    uint32_t after = end < r->block.n ? zp_utf8_next(r->block, &end) : ' ';
    zp_run_classify(run, neighbour(before), neighbour(after));
}

/* The runs among the children of the open node are the last ones. */
static void pair_runs(zp_cursor *r)
{
    size_t first = r->run_count;
    while (first > 0 && r->runs[first - 1].node->parent == r->parent)
        first--;
    for (size_t i = first; i < r->run_count; i++)
        classify(r, &r->runs[i]);
    if (first < r->run_count)
        zp_emphasis_pair(r->arena, r->runs + first, r->run_count - first);
    r->run_count = first;
}

void zp_cursor_close_link(zp_cursor *r)
{
    zp_node *link = r->parent;
    pair_runs(r);
    zp_link_tail tail = {.end = r->at + 1};
    if (!r->verbatim)
        tail = zp_link_tail_read(r->block, r->at + 1, r->quotes);
    r->verbatim = false;
    r->at = tail.end < r->block.n ? tail.end : r->block.n;
    link->span.end = zp_draft_place(r->draft, r->at - 1) + 1;
    settle_url(r, link, &tail);
    r->parent = link->parent;
}

void zp_cursor_begin(zp_cursor *r, zp_node *block, size_t start, size_t end)
{
    r->parent = block;
    r->in_cell = block->kind == ZP_NODE_CELL;
    r->block = zp_str_slice(r->draft->text, 0, end > start ? end : start);
    r->at = start;
    r->run_count = 0;
    r->line = r->line_text = start;
    r->verbatim = false;
}

void zp_cursor_skip_definitions(zp_cursor *r)
{
    size_t end = zp_link_definition_skip(r->block, r->at, r->quotes);
    while (end > r->at) {
        r->at = end;
        end = zp_link_definition_skip(r->block, r->at, r->quotes);
    }
    r->line = r->line_text = r->at;
}

typedef struct {
    zp_node *soft;
    uint32_t before;
} joint;

/* A line end is a space unless Chinese stands on both sides. */
static void settle_line_end(joint *j, const zp_node *text)
{
    size_t at = 0;
    if (text->text.n == 0)
        return;
    uint32_t after = zp_utf8_next(text->text, &at);
    if (j->soft != NULL && zp_code_is_chinese(j->before) && zp_code_is_chinese(after))
        zp_node_unlink(j->soft);
    j->soft = NULL;
    j->before = zp_utf8_before(text->text, text->text.n);
}

static void settle_line_ends(zp_node *block)
{
    joint j = {NULL, 0};
    zp_walk walk = {block, true};
    do {
        zp_node *node = walk.node;
        if (!walk.entering)
            continue;
        if (node->kind == ZP_NODE_BREAK)
            j = (joint){NULL, 0};
        else if (node->kind == ZP_NODE_TEXT && node->text.p == line_space)
            j.soft = node;
        else if (node->kind == ZP_NODE_TEXT || node->kind == ZP_NODE_MONO)
            settle_line_end(&j, node);
    } while (zp_walk_next(&walk, block));
}

/* Marks that paired with nothing are text again, one with its neighbours. */
static void join_texts(zp_node *block)
{
    zp_walk walk = {block, true};
    do {
        zp_node *node = walk.node, *next = node->next;
        if (walk.entering || node->kind != ZP_NODE_TEXT || !is_verbatim(node))
            continue;
        while (next != NULL && next->kind == ZP_NODE_TEXT && is_verbatim(next) &&
               next->span.start == node->span.end) {
            node->text.n += next->text.n;
            node->span.end = next->span.end;
            zp_node_unlink(next);
            next = node->next;
        }
    } while (zp_walk_next(&walk, block));
}

/* Where a comment stood, a space may be left at either end. */
static void trim_block(zp_node *block)
{
    zp_node *first = block->first, *last = block->last;
    while (first != NULL && first->kind == ZP_NODE_TEXT && is_verbatim(first) &&
           first->text.n > 0 && first->text.p[0] == ' ') {
        first->text = zp_str_slice(first->text, 1, first->text.n);
        first->span.start++;
    }
    while (last != NULL && last->kind == ZP_NODE_TEXT && is_verbatim(last) && last->text.n > 0 &&
           last->text.p[last->text.n - 1] == ' ') {
        last->text.n--;
        last->span.end--;
    }
    if (first != NULL && first->kind == ZP_NODE_TEXT && first->text.n == 0)
        zp_node_unlink(first);
    if (last != NULL && last != first && last->kind == ZP_NODE_TEXT && last->text.n == 0)
        zp_node_unlink(last);
}

static bool is_id_byte(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || strchr("-_.:", c) != NULL;
}

/* Where `{#id}` that ends at the cursor begins; the cursor when there is none. */
static size_t find_id(const zp_cursor *r)
{
    size_t begin = r->at;
    if (begin < 4 || r->block.p[--begin] != '}')
        return r->at;
    while (begin > 0 && is_id_byte(r->block.p[begin - 1]))
        begin--;
    bool found = begin >= 2 && begin + 1 < r->at && r->block.p[begin - 1] == '#' &&
                 r->block.p[begin - 2] == '{' && (begin < 3 || r->block.p[begin - 3] != '\\');
    return found ? begin - 2 : r->at;
}

static void cut_id(zp_cursor *r)
{
    size_t begin = find_id(r);
    zp_node *heading = r->parent;
    size_t place = zp_draft_place(r->draft, begin);
    if (begin == r->at)
        return;
    heading->id = zp_str_slice(r->draft->source->text, place + 2, place + (r->at - begin) - 1);
    while (r->run_count > 0 && r->runs[r->run_count - 1].at >= begin)
        r->run_count--;
    while (heading->last != NULL && heading->last->span.start >= place)
        zp_node_unlink(heading->last);
    zp_node *last = heading->last;
    if (last != NULL && last->kind == ZP_NODE_TEXT && last->span.end > place) {
        last->text.n -= last->span.end - place;
        last->span.end = place;
    }
}

void zp_cursor_end(zp_cursor *r)
{
    zp_node *block = r->parent;
    if (block->kind == ZP_NODE_HEADING)
        cut_id(r);
    pair_runs(r);
    settle_line_ends(block);
    join_texts(block);
    trim_block(block);
}
