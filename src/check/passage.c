/* passage.c: the tree in, passages out, in one walk.
 *
 * Most passages hold one TEXT: then the node's own bytes are the passage's text. Others are put
 * together, with a piece for each node, so that an offset leads back to its node and from there to
 * the source.
 */
#include "check/passage.h"

#include "base/utf8.h"

enum {
    LEVELS = 7,        /* of headings, 1 to 6 */
    EXCERPT_ROOM = 12, /* characters shown on each side of a place */
    NAME_MAX = 60,     /* bytes of a heading or a head cell in a place */
};

typedef struct {
    zp_arena *arena;
    zp_passage *all;
    size_t count, capacity;
    size_t open[LEVELS]; /* the heading of each level that is open, ZP_NO_PASSAGE: none */
    size_t section;
    size_t paragraphs; /* in the section */
    size_t tables, figures;
} maker;

/* --- One passage ------------------------------------------------------------------------------ */

static bool holds_text(const zp_node *node)
{
    return node->kind == ZP_NODE_TEXT || node->kind == ZP_NODE_MONO || node->kind == ZP_NODE_BREAK;
}

/* The next node of a walk below `block` that holds text, outside pictures; NULL at the end. */
static const zp_node *next_text(zp_walk *walk, const zp_node *block)
{
    while (zp_walk_next(walk, block)) {
        if (walk->entering && walk->node->kind == ZP_NODE_IMAGE) {
            walk->entering = false;
            continue;
        }
        if (walk->entering && holds_text(walk->node))
            return walk->node;
    }
    return NULL;
}

static zp_str text_of(const zp_node *node)
{
    return node->kind == ZP_NODE_BREAK ? ZP_STR("\n") : node->text;
}

static void read_text(maker *m, const zp_node *block, zp_passage *passage)
{
    size_t count = 0;
    zp_walk walk = {(zp_node *)block, true};
    while (next_text(&walk, block) != NULL)
        count++;
    zp_passage_piece *pieces = zp_new_array(m->arena, zp_passage_piece, count);
    zp_buf text = {.arena = m->arena};
    size_t i = 0;
    walk = (zp_walk){(zp_node *)block, true};
    for (const zp_node *node; (node = next_text(&walk, block)) != NULL;) {
        pieces[i++] = (zp_passage_piece){text.n, node};
        if (count == 1)
            passage->text = text_of(node);
        else
            zp_buf_add(&text, text_of(node));
    }
    if (count > 1)
        passage->text = zp_buf_str(&text);
    passage->pieces = pieces;
    passage->piece_count = count;
}

static zp_passage *add(maker *m, zp_passage passage)
{
    zp_list_grow(m->arena, m->all, m->count, m->capacity);
    m->all[m->count] = passage;
    return &m->all[m->count++];
}

/* --- The walk --------------------------------------------------------------------------------- */

static void add_heading(maker *m, const zp_node *node)
{
    size_t level = node->heading.level < LEVELS ? node->heading.level : LEVELS - 1;
    size_t above = ZP_NO_PASSAGE;
    for (size_t i = 0; i < level; i++)
        above = m->open[i] != ZP_NO_PASSAGE ? m->open[i] : above;
    for (size_t i = level; i < LEVELS; i++)
        m->open[i] = ZP_NO_PASSAGE;
    m->open[level] = m->section = m->count;
    m->paragraphs = 0;
    zp_passage passage = {.node = node, .section = above, .run_on = node->heading.run_in};
    read_text(m, node, &passage);
    add(m, passage);
}

static void add_block(maker *m, const zp_node *node, size_t ordinal)
{
    zp_passage passage = {.node = node, .section = m->section, .ordinal = ordinal};
    read_text(m, node, &passage);
    if (passage.piece_count > 0)
        add(m, passage);
}

static void enter(maker *m, const zp_node *node)
{
    switch (node->kind) {
    case ZP_NODE_HEADING:
        add_heading(m, node);
        break;
    case ZP_NODE_PARAGRAPH:
        add_block(m, node, ++m->paragraphs);
        break;
    case ZP_NODE_TABLE:
        m->tables++;
        break;
    case ZP_NODE_FIGURE:
        m->figures++;
        break;
    case ZP_NODE_CAPTION:
        add_block(m, node, node->parent->kind == ZP_NODE_TABLE ? m->tables : m->figures);
        break;
    case ZP_NODE_CELL:
    case ZP_NODE_UNIT:
    case ZP_NODE_REMARK:
    case ZP_NODE_SIGNING:
        add_block(m, node, m->tables);
        break;
    case ZP_NODE_DOCUMENT:
    case ZP_NODE_QUOTE:
    case ZP_NODE_LIST:
    case ZP_NODE_ITEM:
    case ZP_NODE_CODE:
    case ZP_NODE_RULE:
    case ZP_NODE_ROW:
    case ZP_NODE_CHART:
    case ZP_NODE_PAGEBREAK:
    case ZP_NODE_NOTE:
    case ZP_NODE_TEXT:
    case ZP_NODE_BREAK:
    case ZP_NODE_EMPH:
    case ZP_NODE_STRONG:
    case ZP_NODE_MONO:
    case ZP_NODE_LINK:
    case ZP_NODE_IMAGE:
    case ZP_NODE_NOTEREF:
    case ZP_NODE_CONTENTS:
    case ZP_NODE_ENTRY:
        break;
    }
}

/* --- Torn paragraphs -------------------------------------------------------------------------- */

static bool is_one_of(uint32_t code, zp_str set)
{
    for (size_t at = 0; at < set.n;)
        if (zp_utf8_next(set, &at) == code)
            return true;
    return false;
}

/* A paragraph that ends in Han, a comma or an opening mark, at the top level, with one behind it
 * that begins with no number of its own: sentences are not set so, pages are. */
static bool is_torn(const zp_passage *passage, const zp_passage *next)
{
    int level;
    bool paragraphs = passage->node && passage->node->kind == ZP_NODE_PARAGRAPH &&
                      next->node->kind == ZP_NODE_PARAGRAPH &&
                      passage->node->parent->kind == ZP_NODE_DOCUMENT &&
                      passage->node->next == next->node;
    zp_str text = zp_str_trim(passage->text), after = zp_str_trim(next->text);
    if (!paragraphs || text.n == 0 || after.n == 0 || zp_passage_number(after, &level) > 0)
        return false;
    size_t at = 0;
    uint32_t last = zp_utf8_before(text, text.n), first = zp_utf8_next(after, &at);
    return (zp_code_is_han(last) || is_one_of(last, ZP_STR("，、（《“‘〔"))) &&
           (zp_code_is_han(first) || (first >= '0' && first <= '9'));
}

zp_passages *zp_passages_make(zp_arena *arena, const zp_report *report)
{
    maker m = {.arena = arena, .section = ZP_NO_PASSAGE};
    for (size_t i = 0; i < LEVELS; i++)
        m.open[i] = ZP_NO_PASSAGE;
    add(&m, (zp_passage){.text = report->title, .section = ZP_NO_PASSAGE});
    zp_walk walk = {report->root, true};
    do {
        if (walk.entering)
            enter(&m, walk.node);
    } while (zp_walk_next(&walk, report->root));
    for (size_t i = 0; i + 1 < m.count; i++)
        m.all[i].torn = is_torn(&m.all[i], &m.all[i + 1]);
    zp_passages *passages = zp_new(arena, zp_passages);
    *passages = (zp_passages){report, m.all, m.count};
    return passages;
}

/* --- Places ----------------------------------------------------------------------------------- */

/* The piece that holds the byte at `offset`. */
static size_t piece_at(const zp_passage *passage, size_t offset)
{
    size_t low = 0, high = passage->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (passage->pieces[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The source's bytes for the part of a passage from `start` to `end` that the i-th piece holds. */
static zp_span span_in(const zp_passage *passage, size_t i, size_t start, size_t end)
{
    const zp_passage_piece *piece = &passage->pieces[i];
    zp_span span = piece->node->span;
    zp_str text = text_of(piece->node);
    if (span.end - span.start != text.n)
        return span;
    size_t from = start > piece->start ? start - piece->start : 0;
    size_t to = end - piece->start < text.n ? end - piece->start : text.n;
    return zp_span_of(span.source, span.start + from, span.start + (to > from ? to : from));
}

zp_span zp_passage_span(const zp_passages *passages, size_t passage, size_t start, size_t end)
{
    const zp_passage *p = &passages->all[passage];
    if (p->node == NULL)
        return passages->report->title_span;
    if (p->piece_count == 0)
        return p->node->span;
    size_t first = piece_at(p, start), last = end > start ? piece_at(p, end - 1) : first;
    zp_span span = span_in(p, first, start, end), until = span_in(p, last, start, end);
    if (until.source == span.source && until.end > span.end)
        span.end = until.end;
    return span;
}

bool zp_passage_is_printed(const zp_passages *passages, size_t passage, size_t start, size_t end)
{
    const zp_passage *p = &passages->all[passage];
    if (p->piece_count == 0 || end <= start)
        return false;
    for (size_t i = piece_at(p, start); i < p->piece_count && p->pieces[i].start < end; i++)
        if (zp_span_is_printed(span_in(p, i, start, end)))
            return true;
    return false;
}

/* --- Places in words -------------------------------------------------------------------------- */

static bool is_numeral(uint32_t code)
{
    return is_one_of(code, ZP_STR("一二三四五六七八九十百零〇"));
}

static size_t skip_numeral(zp_str text, size_t at, bool digits)
{
    while (at < text.n) {
        size_t next = at;
        uint32_t code = zp_utf8_next(text, &next);
        if (digits ? code < '0' || code > '9' : !is_numeral(code))
            break;
        at = next;
    }
    return at;
}

static bool is_decimal(zp_str text, size_t at)
{
    return at < text.n && text.p[at] >= '0' && text.p[at] <= '9';
}

size_t zp_passage_number(zp_str text, int *level)
{
    size_t start = 0;
    uint32_t first = text.n > 0 ? zp_utf8_next(text, &start) : 0;
    bool bracket = first == '(' || first == 0xFF08;
    start = bracket ? start : 0;
    bool digits = is_decimal(text, start);
    size_t at = skip_numeral(text, start, digits), behind = at;
    if (at == start || at >= text.n)
        return 0;
    uint32_t mark = zp_utf8_next(text, &behind);
    *level = bracket ? (digits ? 5 : 3) : digits ? 4 : 2;
    if (bracket)
        return mark == ')' || mark == 0xFF09 ? behind : 0;
    if (digits)
        return (mark == '.' && !is_decimal(text, behind)) || mark == 0xFF0E || mark == 0x3001
                   ? behind
                   : 0;
    return mark == 0x3001 ? behind : 0;
}

/* `text` without white space, its number and the marks at its end, cut to a name. */
static zp_str name_of(zp_arena *arena, zp_str text, size_t from)
{
    zp_buf out = {.arena = arena};
    for (size_t at = from; at < text.n && out.n < NAME_MAX;) {
        size_t start = at;
        if (!zp_code_is_space(zp_utf8_next(text, &at)))
            zp_buf_add(&out, zp_str_slice(text, start, at));
    }
    while (out.n > 3 && is_one_of(zp_utf8_before(zp_buf_str(&out), out.n), ZP_STR("：。、")))
        out.n -= 3;
    return zp_buf_str(&out);
}

/* Heads from the outermost on: their numbers in a row, then the name of the last. */
static void add_section(zp_buf *out, const zp_passages *passages, size_t section)
{
    size_t chain[LEVELS], count = 0;
    for (size_t i = section; i != ZP_NO_PASSAGE && count < LEVELS; i = passages->all[i].section)
        chain[count++] = i;
    while (count-- > 0) {
        int level = 0;
        zp_str text = zp_str_trim(passages->all[chain[count]].text);
        size_t behind = zp_passage_number(text, &level);
        level = behind > 0 ? level : 0;
        zp_str number = zp_str_slice(text, 0, behind);
        if (level == 2 || (level == 4 && zp_str_ends(number, ZP_STR("、"))))
            number.n -= ZP_STR("、").n; /* 一、（二） is said 一（二） */
        else if (level == 4)
            number.n--;
        zp_buf_add(out, number);
        if (count == 0 || behind == 0)
            zp_buf_add(out, name_of(out->arena, text, behind));
        if (count > 0 && behind == 0)
            zp_buf_lit(out, "/");
    }
}

/* The text of the head cell over `cell`; empty when there is none. */
static zp_str head_over(zp_arena *arena, const zp_node *cell)
{
    zp_str found = ZP_STR("");
    for (const zp_node *row = cell->parent->parent->first; row != NULL; row = row->next) {
        if (row->kind != ZP_NODE_ROW || !row->row.head)
            continue;
        for (const zp_node *head = row->first; head != NULL; head = head->next)
            if (head->cell.column <= cell->cell.column &&
                cell->cell.column < head->cell.column + head->cell.columns)
                found = name_of(arena, zp_node_text(arena, head), 0);
    }
    return found;
}

static void add_cell(zp_buf *out, const zp_passage *passage)
{
    size_t number = 1;
    for (const zp_node *row = passage->node->parent; row->previous != NULL; row = row->previous)
        number += row->previous->kind == ZP_NODE_ROW;
    zp_str head = head_over(out->arena, passage->node);
    zp_buf_format(out, " 表%zu 第%zu行", passage->ordinal, number);
    if (head.n > 0 && !passage->node->parent->row.head)
        zp_buf_format(out, "“%.*s”", ZP_ARG(head));
}

zp_str zp_passage_place(zp_arena *arena, const zp_passages *passages, size_t passage)
{
    zp_buf out = {.arena = arena};
    const zp_passage *p = &passages->all[passage];
    if (p->node == NULL)
        return ZP_STR("标题");
    if (p->node->kind == ZP_NODE_HEADING) {
        add_section(&out, passages, passage);
        zp_buf_lit(&out, " 标题");
        return zp_buf_str(&out);
    }
    if (p->section != ZP_NO_PASSAGE)
        add_section(&out, passages, p->section);
    if (p->node->kind == ZP_NODE_PARAGRAPH)
        zp_buf_format(&out, " 第%zu段", p->ordinal);
    else if (p->node->kind == ZP_NODE_CELL)
        add_cell(&out, p);
    else
        zp_buf_format(&out, " %s%zu %s", p->node->parent->kind == ZP_NODE_FIGURE ? "图" : "表",
                      p->ordinal, p->node->kind == ZP_NODE_CAPTION ? "题" : "附注");
    return zp_str_trim(zp_buf_str(&out));
}

/* --- Excerpts --------------------------------------------------------------------------------- */

static size_t step_back(zp_str text, size_t at, int characters)
{
    while (at > 0 && characters > 0) {
        do
            at--;
        while (at > 0 && ((unsigned char)text.p[at] & 0xC0U) == 0x80U);
        characters--;
    }
    return at;
}

static size_t step_on(zp_str text, size_t at, int characters)
{
    for (; at < text.n && characters > 0; characters--)
        zp_utf8_next(text, &at);
    return at;
}

zp_str zp_passage_excerpt(zp_arena *arena, const zp_passages *passages, size_t passage,
                          size_t start, size_t end)
{
    zp_str text = passages->all[passage].text;
    size_t first = step_back(text, start, EXCERPT_ROOM);
    size_t limit = step_on(text, start, EXCERPT_ROOM * 4);
    size_t last = step_on(text, end < limit ? end : limit, EXCERPT_ROOM);
    zp_buf out = {.arena = arena};
    if (first > 0)
        zp_buf_lit(&out, "…");
    for (size_t at = first; at < last;) {
        size_t from = at;
        if (zp_utf8_next(text, &at) >= ' ')
            zp_buf_add(&out, zp_str_slice(text, from, at));
    }
    if (last < text.n)
        zp_buf_lit(&out, "…");
    return zp_buf_str(&out);
}
