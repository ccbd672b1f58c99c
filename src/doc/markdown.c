/* markdown.c: in goes a part of a source, out comes its tree; cmark stands in between.
 *
 * cmark decides what is a list, a link, code. What it does not say is where: it joins text across
 * escapes and entities, and its lines and columns go astray. So while its tree is copied, a cursor
 * walks along the draft (draft.h) beside it: a TEXT of cmark's is read again from the draft until
 * as many characters have come out as cmark has, and each piece knows its place.
 *
 * cmark's emphasis is taken apart again into its marks, and emphasis.c pairs them the Chinese way.
 */
#include "doc/markdown.h"

#include <cmark.h>
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "doc/draft.h"
#include "doc/emphasis.h"
#include "doc/link.h"
#include "doc/mask.h"

enum {
    ENTITIES_KEPT = 64, /* a power of two */
    ENTITY_MAX = 34,    /* bytes of the longest name, & and ; included */
};

typedef struct {
    zp_str name, text;
} entity;

typedef struct {
    zp_arena *arena, *scratch;
    zp_diag *diag;
    const zp_draft *draft;
    zp_node *root, *parent; /* the node that is open */
    size_t at;              /* the cursor in the draft */
    zp_str block;           /* the draft up to the end of the block being read */
    size_t depth, quotes;
    size_t cells, notes, tables; /* of the draft's, met so far */
    bool verbatim;               /* in <url>, where \ and * are themselves */
    bool failed;
    zp_run *runs;
    size_t run_count, run_room;
    zp_node *soft; /* the TEXT made of a line end that was read last */
    entity entities[ENTITIES_KEPT];
} reader;

/* The text of a line end: known by its address until it is settled whether it is a space. */
static const char line_space[] = " ";

static zp_span span_at(const reader *r, size_t start, size_t end)
{
    size_t from = zp_draft_place(r->draft, start);
    size_t to = end > start ? zp_draft_place(r->draft, end - 1) + 1 : from;
    return zp_span_of(r->draft->source, from, to < from ? from : to);
}

/* Tree */

static void open_node(reader *r, zp_node *node)
{
    if (node->parent == NULL && node->kind != ZP_NODE_NOTE)
        zp_node_append(r->parent, node);
    r->parent = node;
    if (++r->depth > ZP_MARKDOWN_DEPTH && !r->failed) {
        zp_diag_add(r->diag, ZP_ERROR, "too-deep", node->span, "减少嵌套的层数",
                    "引用、列表和链接最多套 %d 层", (int)ZP_MARKDOWN_DEPTH);
        r->failed = true;
    }
}

static void close_node(reader *r)
{
    zp_node *node = r->parent;
    r->parent = node->parent != NULL && node->kind != ZP_NODE_CELL ? node->parent : r->root;
    r->depth--;
}

static zp_node *add_node(reader *r, zp_node_kind kind, size_t start, size_t end)
{
    zp_node *node = zp_node_new(r->arena, kind, span_at(r, start, end));
    zp_node_append(r->parent, node);
    return node;
}

/* Text */

static bool is_verbatim(const zp_node *text)
{
    return text->text.n == text->span.end - text->span.start;
}

static bool is_run(const reader *r, const zp_node *node)
{
    return r->run_count > 0 && r->runs[r->run_count - 1].node == node;
}

/* Text that stands in the source as it is, joined to the one before it. */
static void add_verbatim(reader *r, size_t start, size_t end)
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
static zp_node *add_made(reader *r, size_t start, size_t end, zp_str text)
{
    zp_node *node = add_node(r, ZP_NODE_TEXT, start, end);
    node->text = text;
    if (is_verbatim(node))
        node->span.end--;
    return node;
}

static void add_run(reader *r, size_t length)
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
    if (r->run_count == r->run_room) {
        size_t size = r->run_room * sizeof *r->runs;
        r->run_room = r->run_room * 2 + 16;
        r->runs = zp_arena_grow(r->scratch, r->runs, size, r->run_room * sizeof *r->runs);
    }
    zp_node *node = add_node(r, ZP_NODE_TEXT, at, at + length);
    node->text = zp_str_slice(r->draft->source->text, node->span.start, node->span.end);
    r->runs[r->run_count++] =
        (zp_run){.node = node, .at = at, .length = length, .mark = r->block.p[at]};
}

/* What cmark makes of an entity; the name itself when it is none. */
static zp_str ask_entity(reader *r, zp_str name)
{
    cmark_node *document = cmark_parse_document(name.p, name.n, CMARK_OPT_DEFAULT);
    cmark_node *paragraph = cmark_node_first_child(document);
    cmark_node *text = paragraph == NULL ? NULL : cmark_node_first_child(paragraph);
    zp_str answer = zp_str_from(text == NULL ? NULL : cmark_node_get_literal(text));
    answer = zp_str_copy(r->arena, answer);
    cmark_node_free(document);
    return answer;
}

static zp_str decode_entity(reader *r, zp_str name)
{
    uint32_t hash = 0;
    for (size_t i = 0; i < name.n; i++)
        hash = hash * 31 + (unsigned char)name.p[i];
    entity *kept = &r->entities[hash & (ENTITIES_KEPT - 1)];
    if (!zp_str_eq(kept->name, name))
        *kept = (entity){name, ask_entity(r, name)};
    return kept->text;
}

/* Length of what looks like an entity at the cursor, or 0. */
static size_t entity_length(const reader *r)
{
    size_t end = r->at + 1;
    while (end < r->block.n && end - r->at < ENTITY_MAX &&
           (isalnum((unsigned char)r->block.p[end]) || r->block.p[end] == '#'))
        end++;
    return end < r->block.n && r->block.p[end] == ';' ? end + 1 - r->at : 0;
}

/* Each of these reads one piece of what cmark has as `rest`, and says how many bytes of that it
 * was. */

static size_t read_plain(reader *r, zp_str rest)
{
    size_t n = 1;
    while (n < rest.n && r->at + n < r->block.n && r->block.p[r->at + n] == rest.p[n] &&
           (unsigned char)rest.p[n] > ZP_MASK_PLAIN && strchr("\\&*_", rest.p[n]) == NULL)
        n++;
    add_verbatim(r, r->at, r->at + n);
    r->at += n;
    return n;
}

static size_t read_escape(reader *r)
{
    zp_span span = span_at(r, r->at, r->at + 2);
    add_made(r, r->at, r->at + 2,
             zp_str_slice(r->draft->source->text, span.start + 1, span.start + 2));
    r->at += 2;
    return 1;
}

static size_t read_entity(reader *r, zp_str rest)
{
    size_t length = entity_length(r);
    if (length == 0)
        return read_plain(r, rest);
    zp_str name = zp_str_slice(r->block, r->at, r->at + length);
    zp_str text = decode_entity(r, name);
    if (text.n == 0 || zp_str_eq(text, name) || !zp_str_starts(rest, text))
        return read_plain(r, rest);
    add_made(r, r->at, r->at + length, text);
    r->at += length;
    return text.n;
}

static size_t read_run(reader *r, zp_str rest)
{
    size_t n = 1;
    while (n < rest.n && rest.p[n] == rest.p[0] && r->at + n < r->block.n &&
           r->block.p[r->at + n] == rest.p[0])
        n++;
    add_run(r, n);
    r->at += n;
    return n;
}

static size_t read_note(reader *r, zp_str rest)
{
    const zp_str source = r->draft->source->text;
    size_t place = zp_draft_place(r->draft, r->at);
    size_t n = zp_mask_note(zp_str_slice(source, place, source.n));
    n = n > 0 && n <= rest.n ? n : 1;
    zp_str label = n > 3 ? zp_str_slice(source, place + 2, place + n - 1) : ZP_STR("");
    const zp_footnote *note = zp_footnotes_find(&r->draft->footnotes, label);
    if (note == NULL) {
        zp_diag_add(r->diag, ZP_ERROR, "missing-note", span_at(r, r->at, r->at + n),
                    "另起一行写：[^标签]: 注文", "没有脚注“%.*s”的注文", ZP_ARG(label));
        add_verbatim(r, r->at, r->at + n);
    } else {
        add_node(r, ZP_NODE_NOTEREF, r->at, r->at + n)->noteref.note = note->node;
    }
    r->at += n;
    return n;
}

static void report_html(reader *r, zp_span span)
{
    zp_diag_add(r->diag, ZP_ERROR, "raw-html", span, "若要写 < 本身，写作 \\<",
                "报告中不能使用 HTML 标签");
}

static size_t read_shown(reader *r, zp_str rest)
{
    zp_span span = span_at(r, r->at, r->at + 1);
    if (r->draft->source->text.p[span.start] == '<')
        report_html(r, (zp_span){span.source, span.start, span.end + 1});
    return read_plain(r, rest);
}

/* Where cursor and cmark no longer agree, text is kept and its place is a guess. */
static size_t read_lost(reader *r, zp_str rest)
{
    add_made(r, r->at, r->at, zp_str_copy(r->arena, rest));
    return rest.n;
}

static size_t read_piece(reader *r, zp_str rest)
{
    char c = r->at < r->block.n ? r->block.p[r->at] : '\n';
    bool escape = c == '\\' && !r->verbatim && r->at + 1 < r->block.n &&
                  ispunct((unsigned char)r->block.p[r->at + 1]);
    if (escape && rest.p[0] == r->block.p[r->at + 1])
        return read_escape(r);
    if (c == '&')
        return read_entity(r, rest);
    if (c != rest.p[0])
        return read_lost(r, rest);
    if ((c == '*' || c == '_') && !r->verbatim)
        return read_run(r, rest);
    if (c == ZP_MASK_NOTE)
        return read_note(r, rest);
    if (c == ZP_MASK_PLAIN)
        return read_shown(r, rest);
    if (c != ZP_MASK_HIDDEN)
        return read_plain(r, rest);
    r->at++;
    return 1;
}

/* Only a line with four spaces before it begins with a > that is text: it is not the mark of a
 * quote. */
static void mind_quote(reader *r, char first)
{
    if (r->soft == NULL || r->quotes == 0 || first != '>' || r->at >= r->block.n ||
        strchr(">\\&", r->block.p[r->at]) != NULL)
        return;
    while (r->at > 0 && r->block.p[r->at] != '>' && r->block.p[r->at] != '\n')
        r->at--;
}

static void read_text(reader *r, const char *literal)
{
    zp_str rest = zp_str_from(literal);
    if (rest.n > 0)
        mind_quote(r, rest.p[0]);
    while (rest.n > 0) {
        size_t n = read_piece(r, rest);
        rest = zp_str_slice(rest, n, rest.n);
        r->soft = NULL;
    }
}

/* Other inlines */

static size_t run_length(const reader *r, size_t at)
{
    size_t end = at;
    while (end < r->block.n && r->block.p[end] == r->block.p[at])
        end++;
    return end - at;
}

static void read_break(reader *r, bool hard)
{
    size_t start = r->at;
    while (r->at < r->block.n && r->block.p[r->at] != '\n')
        r->at++;
    size_t line = r->at < r->block.n ? r->at + 1 : r->at;
    r->at = zp_link_line_begin(r->block, line, r->quotes);
    if (hard) {
        add_node(r, ZP_NODE_BREAK, start, line);
        return;
    }
    bool in_comment = start > 0 && r->block.p[start - 1] == ZP_MASK_HIDDEN && r->at < r->block.n &&
                      r->block.p[r->at] == ZP_MASK_HIDDEN;
    r->soft = in_comment ? NULL : add_made(r, start, line, (zp_str){line_space, 1});
}

static void read_mono(reader *r, const char *literal)
{
    size_t start = r->at, ticks = run_length(r, start), end = start + ticks;
    if (r->at >= r->block.n || r->block.p[start] != '`') {
        read_lost(r, zp_str_from(literal));
        return;
    }
    while (end < r->block.n && (r->block.p[end] != '`' || run_length(r, end) != ticks))
        end += r->block.p[end] == '`' ? run_length(r, end) : 1;
    zp_buf text = {.arena = r->arena};
    for (size_t i = start + ticks; i < end;) {
        bool line = r->block.p[i] == '\n';
        bool bar = r->parent->kind == ZP_NODE_CELL && r->block.p[i] == '\\' && i + 1 < end &&
                   r->block.p[i + 1] == '|';
        if (!bar)
            zp_buf_byte(&text, line ? ' ' : r->draft->source->text.p[zp_draft_place(r->draft, i)]);
        i = line ? zp_link_line_begin(r->block, i + 1, r->quotes) : i + 1;
    }
    zp_str mono = zp_buf_str(&text);
    if (mono.n > 2 && mono.p[0] == ' ' && mono.p[mono.n - 1] == ' ' && zp_str_trim(mono).n > 0)
        mono = zp_str_slice(mono, 1, mono.n - 1);
    r->at = end + ticks < r->block.n ? end + ticks : r->block.n;
    add_node(r, ZP_NODE_MONO, start, r->at)->text = mono;
}

static void read_html(reader *r, const char *literal)
{
    size_t start = r->at;
    for (const char *p = literal; *p != '\0' && r->at < r->block.n; p++)
        r->at = *p == '\n' ? zp_link_line_begin(r->block, r->at + 1, r->quotes) : r->at + 1;
    if (strncmp(literal, "<!--", 4) != 0)
        report_html(r, span_at(r, start, r->at));
}

static zp_str link_url(const reader *r, const char *url)
{
    zp_str typed = zp_str_from(url);
    for (size_t i = 0; i < typed.n; i++)
        if ((unsigned char)typed.p[i] <= ZP_MASK_PLAIN)
            return ZP_STR("");
    return zp_str_copy(r->arena, typed);
}

static void check_url(reader *r, zp_node *link)
{
    if (zp_link_is_safe(link->text))
        return;
    zp_diag_add(r->diag, ZP_ERROR, "unsafe-link", link->span, "文件名中有冒号时，在前面加 ./",
                "链接只能用 http、https、mailto 或文件名");
    link->text = ZP_STR("");
}

static void open_link(reader *r, zp_node_kind kind, const char *url)
{
    zp_node *link = add_node(r, kind, r->at, r->at + 1);
    link->text = link_url(r, url);
    r->verbatim = r->at < r->block.n && r->block.p[r->at] == '<';
    r->at += kind == ZP_NODE_IMAGE ? 2 : 1;
    open_node(r, link);
}

static uint32_t code_before(const reader *r, size_t at)
{
    if (at == 0)
        return ' ';
    char c = r->block.p[at - 1];
    return c == ZP_MASK_HIDDEN ? ' ' : zp_utf8_before(r->block, at);
}

static uint32_t code_after(const reader *r, size_t at)
{
    if (at >= r->block.n || r->block.p[at] == ZP_MASK_HIDDEN)
        return ' ';
    return zp_utf8_next(r->block, &at);
}

/* The runs among the children of the open node are the last ones. */
static void pair_runs(reader *r)
{
    size_t first = r->run_count;
    while (first > 0 && r->runs[first - 1].node->parent == r->parent)
        first--;
    for (size_t i = first; i < r->run_count; i++) {
        zp_run *run = &r->runs[i];
        zp_run_classify(run, code_before(r, run->at), code_after(r, run->at + run->length));
    }
    zp_emphasis_pair(r->arena, r->runs + first, r->run_count - first);
    r->run_count = first;
}

static void close_link(reader *r)
{
    zp_node *link = r->parent;
    pair_runs(r);
    if (r->verbatim) {
        r->at++;
    } else {
        zp_link_tail tail = zp_link_tail_read(r->block, r->at + 1, r->quotes);
        r->at = tail.end < r->block.n ? tail.end : r->block.n;
    }
    r->verbatim = false;
    link->span.end = zp_draft_place(r->draft, r->at - 1) + 1;
    check_url(r, link);
    close_node(r);
}

/* Blocks of inlines */

static void begin_inlines(reader *r, cmark_node *node, size_t start)
{
    size_t end = zp_draft_line_end(r->draft, (size_t)cmark_node_get_end_line(node));
    r->block = zp_str_slice(r->draft->text, 0, end > start ? end : start);
    r->at = start;
    r->run_count = 0;
    r->soft = NULL;
    r->verbatim = false;
}

static void skip_definitions(reader *r)
{
    for (size_t end; r->at < r->block.n; r->at = end) {
        end = zp_link_definition_skip(r->block, r->at, r->quotes);
        if (end == r->at)
            return;
    }
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

static void end_inlines(reader *r)
{
    zp_node *block = r->parent;
    pair_runs(r);
    settle_line_ends(block);
    join_texts(block);
    trim_block(block);
    if (block->kind != ZP_NODE_CELL)
        block->span.end = zp_draft_place(r->draft, r->at - 1) + 1;
    close_node(r);
    if (block->kind == ZP_NODE_PARAGRAPH && block->first == NULL)
        zp_node_unlink(block);
}

/* Headings */

static bool is_id_byte(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || strchr("-_.:", c) != NULL;
}

/* Where `{#id}` that ends at the cursor begins; the cursor when there is none. */
static size_t find_id(const reader *r)
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

static void cut_id(reader *r)
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

static void end_heading(reader *r)
{
    zp_node *heading = r->parent;
    cut_id(r);
    /* An underlined heading ends in its underline; finding that is not worth a second look. */
    size_t end = heading->span.end;
    end_inlines(r);
    if (heading->span.end < end)
        heading->span.end = end;
}

static bool is_table(reader *r, size_t at)
{
    const zp_draft *draft = r->draft;
    while (r->tables < draft->table_count && draft->tables[r->tables].at < at)
        r->tables++;
    return r->tables < draft->table_count && draft->tables[r->tables].at == at;
}

static void open_heading(reader *r, cmark_node *node, size_t start)
{
    begin_inlines(r, node, start);
    zp_node *heading = add_node(r, ZP_NODE_HEADING, start, start + 1);
    heading->heading.level = (uint8_t)cmark_node_get_heading_level(node);
    open_node(r, heading);
    size_t marks = r->block.p[start] == '#' ? run_length(r, start) : 0;
    size_t text = start + marks;
    bool marked = marks > 0 && marks <= 6 &&
                  (text == r->block.n || strchr(" \t\n", r->block.p[text]) != NULL);
    if (marked)
        r->at = zp_link_line_begin(r->block, text, 0);
    else
        skip_definitions(r);
}

/* Other blocks */

static size_t block_start(const reader *r, cmark_node *node)
{
    size_t line = (size_t)cmark_node_get_start_line(node);
    return r->draft->lines[line - 1] + (size_t)cmark_node_get_start_column(node) - 1;
}

static void open_paragraph(reader *r, cmark_node *node, size_t start)
{
    begin_inlines(r, node, start);
    if (r->cells < r->draft->cell_count) {
        open_node(r, r->draft->cells[r->cells++]);
        return;
    }
    skip_definitions(r);
    open_node(r, add_node(r, ZP_NODE_PARAGRAPH, r->at, r->at + 1));
}

static void open_quote(reader *r, size_t start)
{
    r->quotes++;
    if (r->parent == r->root && r->notes < r->draft->footnotes.count)
        open_node(r, r->draft->footnotes.notes[r->notes++].node);
    else
        open_node(r, add_node(r, ZP_NODE_QUOTE, start, start + 1));
}

static void open_list(reader *r, cmark_node *node, size_t start)
{
    zp_node *list = add_node(r, ZP_NODE_LIST, start, start + 1);
    list->list.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    list->list.tight = cmark_node_get_list_tight(node) != 0;
    list->list.start = list->list.ordered ? (uint32_t)cmark_node_get_list_start(node) : 1;
    open_node(r, list);
}

/* A container ends where its last child does. */
static void close_container(reader *r)
{
    zp_node *node = r->parent;
    if (node->last != NULL && node->kind != ZP_NODE_NOTE && node->last->span.end > node->span.end)
        node->span.end = node->last->span.end;
    close_node(r);
}

static void add_rule(reader *r, size_t start)
{
    size_t end = start;
    while (end < r->draft->text.n && r->draft->text.p[end] != '\n')
        end++;
    while (end > start && isspace((unsigned char)r->draft->text.p[end - 1]))
        end--;
    add_node(r, ZP_NODE_RULE, start, end);
}

/* Puts the source's bytes back for stand-ins in a line of code, which ends as the draft's line
 * does. */
static void unmask(const reader *r, char *code, size_t n, size_t line_end)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)code[i];
        if ((c <= ZP_MASK_PLAIN || c == ZP_MASK_OTHER) && n - i <= line_end)
            code[i] = r->draft->source->text.p[zp_draft_place(r->draft, line_end - (n - i))];
    }
}

static bool is_fenced(const reader *r, size_t start, size_t line, zp_str code)
{
    zp_str first = zp_str_slice(r->draft->text, start, zp_draft_line_end(r->draft, line));
    bool fence = zp_str_starts(first, ZP_STR("```")) || zp_str_starts(first, ZP_STR("~~~"));
    size_t end = zp_str_find(code, ZP_STR("\n"), 0);
    return fence && !zp_str_eq(first, zp_str_slice(code, 0, end));
}

static void add_code(reader *r, cmark_node *node, size_t start)
{
    zp_str literal = zp_str_from(cmark_node_get_literal(node));
    char *code = zp_arena_alloc(r->arena, literal.n);
    memcpy(code, literal.p, literal.n);
    size_t line = (size_t)cmark_node_get_start_line(node);
    size_t last = (size_t)cmark_node_get_end_line(node);
    bool fenced = is_fenced(r, start, line, literal);
    size_t next = line + fenced;
    for (size_t at = 0, end; at < literal.n; at = end + 1, next++) {
        end = zp_str_find(literal, ZP_STR("\n"), at);
        unmask(r, code + at, end - at, zp_draft_line_end(r->draft, next));
    }
    size_t final = fenced && next <= last ? next : next > line ? next - 1 : line;
    zp_node *made = add_node(r, ZP_NODE_CODE, start, zp_draft_line_end(r->draft, final));
    made->text = (zp_str){code, literal.n};
    made->id = zp_str_copy(r->arena, zp_str_from(cmark_node_get_fence_info(node)));
}

static void read_html_block(reader *r, cmark_node *node, size_t start)
{
    size_t line = (size_t)cmark_node_get_start_line(node);
    if (strncmp(cmark_node_get_literal(node), "<!--", 4) != 0)
        report_html(r, span_at(r, start, zp_draft_line_end(r->draft, line)));
}

/* cmark's events */

static void enter_block(reader *r, cmark_node *node)
{
    size_t start = block_start(r, node);
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        open_quote(r, start);
        break;
    case CMARK_NODE_LIST:
        open_list(r, node, start);
        break;
    case CMARK_NODE_ITEM:
        open_node(r, add_node(r, ZP_NODE_ITEM, start, start + 1));
        break;
    case CMARK_NODE_CODE_BLOCK:
        add_code(r, node, start);
        break;
    case CMARK_NODE_HTML_BLOCK:
        read_html_block(r, node, start);
        break;
    case CMARK_NODE_PARAGRAPH:
        open_paragraph(r, node, start);
        break;
    case CMARK_NODE_HEADING:
        if (is_table(r, start))
            zp_node_append(r->parent, r->draft->tables[r->tables].table);
        else
            open_heading(r, node, start);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        add_rule(r, start);
        break;
    default:
        break;
    }
}

static void enter_inline(reader *r, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        read_text(r, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        read_break(r, false);
        break;
    case CMARK_NODE_LINEBREAK:
        read_break(r, true);
        break;
    case CMARK_NODE_CODE:
        read_mono(r, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_HTML_INLINE:
        read_html(r, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_EMPH:
        read_text(r, r->block.p[r->at] == '*' ? "*" : "_");
        break;
    case CMARK_NODE_STRONG:
        read_text(r, r->block.p[r->at] == '*' ? "**" : "__");
        break;
    case CMARK_NODE_LINK:
        open_link(r, ZP_NODE_LINK, cmark_node_get_url(node));
        break;
    case CMARK_NODE_IMAGE:
        open_link(r, ZP_NODE_IMAGE, cmark_node_get_url(node));
        break;
    default:
        break;
    }
}

static void leave(reader *r, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        r->quotes--;
        close_container(r);
        break;
    case CMARK_NODE_LIST:
    case CMARK_NODE_ITEM:
        close_container(r);
        break;
    case CMARK_NODE_PARAGRAPH:
        end_inlines(r);
        break;
    case CMARK_NODE_HEADING:
        if (r->parent->kind == ZP_NODE_HEADING)
            end_heading(r);
        break;
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
        enter_inline(r, node);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        close_link(r);
        break;
    default:
        break;
    }
}

static void read_tree(reader *r, cmark_node *document)
{
    cmark_iter *events = cmark_iter_new(document);
    for (cmark_event_type event;
         !r->failed && (event = cmark_iter_next(events)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(events);
        if (event == CMARK_EVENT_EXIT)
            leave(r, node);
        else if (cmark_node_get_type(node) < CMARK_NODE_FIRST_INLINE)
            enter_block(r, node);
        else
            enter_inline(r, node);
    }
    cmark_iter_free(events);
}

/* The whole */

static void settle_run_in(zp_arena *arena, zp_node *heading)
{
    if (heading->next == NULL || heading->next->kind != ZP_NODE_PARAGRAPH)
        return;
    zp_str text = zp_str_trim(zp_node_text(arena, heading));
    heading->heading.run_in = zp_str_ends(text, ZP_STR("：")) || zp_str_ends(text, ZP_STR("。"));
}

/* Emphasis is made after cmark, so its depth is known only here. */
static bool settle(reader *r)
{
    size_t depth = 0;
    zp_walk walk = {r->root, true};
    do {
        if (walk.entering && ++depth > ZP_MARKDOWN_DEPTH + 2 && !r->failed) {
            zp_diag_add(r->diag, ZP_ERROR, "too-deep", walk.node->span, "减少嵌套的层数",
                        "强调和链接最多套 %d 层", (int)ZP_MARKDOWN_DEPTH);
            r->failed = true;
        }
        if (!walk.entering)
            depth--;
        if (walk.entering && walk.node->kind == ZP_NODE_HEADING)
            settle_run_in(r->scratch, walk.node);
    } while (zp_walk_next(&walk, r->root));
    return !r->failed;
}

static zp_node *read_draft(reader *r)
{
    zp_str text = r->draft->text;
    cmark_node *document = cmark_parse_document(text.p, text.n, CMARK_OPT_DEFAULT);
    read_tree(r, document);
    cmark_node_free(document);
    if (r->failed)
        return NULL;
    zp_footnotes footnotes = r->draft->footnotes;
    zp_footnotes_number(&footnotes, r->root, r->diag);
    return settle(r) ? r->root : NULL;
}

zp_node *zp_markdown_read(zp_arena *arena, zp_span part, zp_diag *diag)
{
    zp_arena *scratch = zp_arena_new();
    zp_node *root = NULL;
    zp_draft *draft = zp_draft_make(arena, scratch, part, diag);
    if (draft != NULL) {
        zp_footnotes_index(scratch, &draft->footnotes, diag);
        reader *r = zp_new(scratch, reader);
        *r = (reader){.arena = arena, .scratch = scratch, .diag = diag, .draft = draft};
        r->root = r->parent = zp_node_new(arena, ZP_NODE_DOCUMENT, part);
        root = read_draft(r);
    }
    zp_arena_free(scratch);
    return root;
}
