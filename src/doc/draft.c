/* draft.c: in goes the masked text, line by line; out comes the draft.
 *
 * In the body every line keeps its length, so one piece of the map carries far; only the space put
 * into `#标题` begins a new one. Cells and notes have a piece for each line.
 *
 * At the end the draft is checked against the limits: this is the last place before cmark.
 */
#include "doc/draft.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "doc/markdown.h"
#include "doc/mask.h"
#include "doc/table.h"

enum { NOTE_INDENT = 4 }; /* columns by which a note's further paragraphs are set in */

typedef struct {
    zp_buf text, pieces; /* bytes; zp_draft_piece */
} part;

typedef struct {
    zp_arena *arena, *scratch;
    zp_diag *diag;
    zp_span span;
    zp_str masked;
    zp_table_reader tables;
    part body, cells, notes;
    zp_buf cell_nodes, table_list, note_list; /* zp_node *, zp_draft_table, zp_footnote */
} drafting;

/* A zp_buf as a growing array. */
static void push(zp_buf *array, const void *element, size_t size)
{
    zp_buf_add(array, (zp_str){element, size});
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static size_t line_end(zp_str text, size_t at)
{
    const char *end = at < text.n ? memchr(text.p + at, '\n', text.n - at) : NULL;
    return end == NULL ? text.n : (size_t)(end - text.p);
}

static size_t skip_blanks(zp_str text, size_t at, size_t end)
{
    while (at < end && is_blank(text.p[at]))
        at++;
    return at;
}

/* Up to three spaces; more, or a tab, is code. SIZE_MAX then. */
static size_t skip_indent(zp_str text, size_t at, size_t end)
{
    size_t i = at;
    while (i < end && text.p[i] == ' ')
        i++;
    return i - at > 3 || (i < end && text.p[i] == '\t') ? SIZE_MAX : i;
}

static void begin_piece(const drafting *d, part *into, size_t at)
{
    zp_draft_piece piece = {into->text.n, d->span.start + at};
    push(&into->pieces, &piece, sizeof piece);
}

static void copy(const drafting *d, part *into, size_t start, size_t end)
{
    zp_buf_add(&into->text, zp_str_slice(d->masked, start, end));
}

static void fill(zp_buf *text, char byte, size_t n)
{
    zp_buf_reserve(text, n);
    memset(text->p + text->n, byte, n);
    text->n += n;
}

/* As many blanks as the lines have bytes, and their line ends. */
static void blank_lines(drafting *d, size_t start, size_t end)
{
    size_t begin = d->body.text.n;
    fill(&d->body.text, ' ', end - start);
    for (size_t at = line_end(d->masked, start); at < end; at = line_end(d->masked, at + 1))
        d->body.text.p[begin + at - start] = '\n';
}

static zp_span span_of(const drafting *d, size_t start, size_t end)
{
    return zp_span_of(d->span.source, d->span.start + start, d->span.start + end);
}

/* Cells */

static bool is_plain(zp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < ' ' || c == ZP_MASK_OTHER || strchr("\\&*_[]!<>`", c) != NULL)
            return false;
    }
    return true;
}

/* A cell without any mark needs no cmark. HIDDEN keeps the others from being anything but a
 * paragraph. */
static void add_cell(drafting *d, zp_node *cell)
{
    size_t start = cell->span.start - d->span.start, end = cell->span.end - d->span.start;
    if (start == end)
        return;
    if (is_plain(zp_str_slice(d->masked, start, end))) {
        zp_node *text = zp_node_new(d->arena, ZP_NODE_TEXT, cell->span);
        text->text = zp_str_slice(cell->span.source->text, cell->span.start, cell->span.end);
        zp_node_append(cell, text);
        return;
    }
    push(&d->cell_nodes, &cell, sizeof(zp_node *));
    zp_buf_byte(&d->cells.text, ZP_MASK_HIDDEN);
    begin_piece(d, &d->cells, start);
    copy(d, &d->cells, start, end);
    zp_buf_lit(&d->cells.text, "\n\n");
}

/* The table's first line becomes an empty heading, which ends a paragraph and keeps its place in a
 * list. */
static void add_table(drafting *d, size_t *at)
{
    size_t start = *at, text = skip_blanks(d->masked, start, d->masked.n);
    zp_node *table = zp_table_read(d->arena, &d->tables, d->diag, at);
    zp_draft_table entry = {d->body.text.n + text - start, table};
    push(&d->table_list, &entry, sizeof entry);
    blank_lines(d, start, *at);
    d->body.text.p[entry.at] = '#';
    for (zp_node *row = table->first; row != NULL; row = row->next)
        for (zp_node *cell = row->first; cell != NULL; cell = cell->next)
            add_cell(d, cell);
}

/* Notes */

/* Length of `[^label]:` at the beginning of a line's text, or 0. */
static size_t note_length(const drafting *d, size_t at, size_t end)
{
    size_t i = at;
    while (i < end && d->masked.p[i] == ZP_MASK_NOTE)
        i++;
    if (i == at || i == end || d->masked.p[i] != ':')
        return 0;
    zp_str typed = zp_str_slice(d->span.source->text, d->span.start + at, d->span.start + i);
    return zp_mask_note(typed) == typed.n ? typed.n + 1 : 0;
}

static bool begins_note(const drafting *d, size_t at)
{
    size_t end = line_end(d->masked, at), text = skip_indent(d->masked, at, end);
    return text != SIZE_MAX && note_length(d, text, end) > 0;
}

static bool begins_item(zp_str line)
{
    size_t i = 0;
    while (i < line.n && i < 9 && isdigit((unsigned char)line.p[i]))
        i++;
    bool marked =
        i < line.n && (i > 0 ? strchr(".)", line.p[i]) : strchr("-+*", line.p[i])) != NULL;
    return marked && i + 1 < line.n && is_blank(line.p[i + 1]);
}

/* Whether a line without indentation goes on with the note's paragraph. */
static bool is_lazy(const drafting *d, size_t at, size_t end)
{
    size_t text = skip_blanks(d->masked, at, end);
    zp_str line = zp_str_slice(d->masked, text, end);
    return strchr("#>|", line.p[0]) == NULL && !zp_str_starts(line, ZP_STR("＃")) &&
           !zp_str_starts(line, ZP_STR("```")) && !zp_str_starts(line, ZP_STR("~~~")) &&
           !begins_item(line) && !begins_note(d, at) && !zp_table_begins(d->masked, at);
}

/* Behind the indentation of a note's line; `at` when it has not enough. */
static size_t skip_note_indent(zp_str text, size_t at, size_t end)
{
    size_t i = at, column = 0;
    for (; i < end && column < NOTE_INDENT && is_blank(text.p[i]); i++)
        column = text.p[i] == '\t' ? NOTE_INDENT : column + 1;
    return column >= NOTE_INDENT ? i : at;
}

static void add_note_line(drafting *d, size_t start, size_t end)
{
    zp_buf_lit(&d->notes.text, "> ");
    begin_piece(d, &d->notes, start);
    copy(d, &d->notes, start, end);
    zp_buf_byte(&d->notes.text, '\n');
}

/* The first line behind blank ones that is indented as the note's, or SIZE_MAX. */
static size_t find_note_line(const drafting *d, size_t at)
{
    while (at < d->masked.n) {
        size_t end = line_end(d->masked, at);
        if (skip_blanks(d->masked, at, end) < end)
            return skip_note_indent(d->masked, at, end) > at ? at : SIZE_MAX;
        at = end + 1;
    }
    return SIZE_MAX;
}

/* The lines of a note after its first; where it ends. */
static size_t add_note_lines(drafting *d, size_t at)
{
    while (at < d->masked.n) {
        size_t end = line_end(d->masked, at);
        size_t start = skip_note_indent(d->masked, at, end);
        if (skip_blanks(d->masked, at, end) == end) {
            size_t next = find_note_line(d, at);
            if (next == SIZE_MAX)
                return at;
            add_note_line(d, at, at);
            at = next;
            continue;
        }
        if (start == at && !is_lazy(d, at, end))
            return at;
        add_note_line(d, start, end);
        at = end + 1;
    }
    return d->masked.n;
}

static void add_note(drafting *d, size_t *at)
{
    size_t start = *at, end = line_end(d->masked, start);
    size_t mark = skip_indent(d->masked, start, end);
    size_t text = mark + note_length(d, mark, end);
    zp_footnote note = {.mark = span_of(d, mark, text - 1)};
    note.label = zp_str_slice(d->span.source->text, note.mark.start + 2, note.mark.end - 1);
    add_note_line(d, skip_blanks(d->masked, text, end), end);
    *at = end < d->masked.n ? add_note_lines(d, end + 1) : end;
    zp_buf_byte(&d->notes.text, '\n');
    note.node = zp_node_new(d->arena, ZP_NODE_NOTE, span_of(d, mark, *at));
    push(&d->note_list, &note, sizeof note);
    blank_lines(d, start, *at);
}

/* Headings that Chinese writers type */

/* Whether # before this text was meant as a heading: `#一、` and `#1.` are, `#include` is not. */
static bool follows_heading(zp_str text)
{
    size_t at = 0;
    if (text.n == 0)
        return false;
    uint32_t code = zp_utf8_next(text, &at);
    return zp_code_is_chinese(code) || (code >= '0' && code <= '9') || code == '(';
}

/* How often `mark` stands at `at`; 0 when more than six times. */
static size_t count_marks(zp_str text, size_t at, size_t end, zp_str mark)
{
    size_t count = 0;
    while (zp_str_starts(zp_str_slice(text, at, end), mark)) {
        at += mark.n;
        count++;
    }
    return count <= 6 ? count : 0;
}

static bool add_spaceless_heading(drafting *d, size_t start, size_t text, size_t end)
{
    size_t count = count_marks(d->masked, text, end, ZP_STR("#"));
    size_t title = text + count;
    if (count == 0 || !follows_heading(zp_str_slice(d->masked, title, end)))
        return false;
    zp_diag_add(d->diag, ZP_HINT, "heading-space", span_of(d, text, title),
                "在 # 和标题之间加一个空格", "# 之后没有空格，已当作标题");
    copy(d, &d->body, start, title);
    zp_buf_byte(&d->body.text, ' ');
    begin_piece(d, &d->body, title);
    copy(d, &d->body, title, end);
    return true;
}

static bool add_wide_heading(drafting *d, size_t start, size_t text, size_t end)
{
    zp_str mark = ZP_STR("＃");
    size_t count = count_marks(d->masked, text, end, mark);
    size_t title = text + count * mark.n;
    if (count == 0)
        return false;
    zp_diag_add(d->diag, ZP_HINT, "heading-fullwidth", span_of(d, text, title),
                "改用半角的 # 加一个空格", "全角的 ＃ 已当作标题的 #");
    copy(d, &d->body, start, text);
    fill(&d->body.text, '#', count);
    fill(&d->body.text, ' ', count * (mark.n - 1));
    copy(d, &d->body, title, end);
    return true;
}

static void add_line(drafting *d, size_t start, size_t end)
{
    size_t text = skip_indent(d->masked, start, end);
    bool done = text != SIZE_MAX && (add_spaceless_heading(d, start, text, end) ||
                                     add_wide_heading(d, start, text, end));
    if (!done)
        copy(d, &d->body, start, end);
    zp_buf_byte(&d->body.text, '\n');
}

static void add_lines(drafting *d)
{
    begin_piece(d, &d->body, 0);
    for (size_t at = 0; at < d->masked.n;) {
        if (zp_table_begins(d->masked, at)) {
            add_table(d, &at);
        } else if (begins_note(d, at)) {
            add_note(d, &at);
        } else {
            size_t end = line_end(d->masked, at);
            add_line(d, at, end);
            at = end + 1;
        }
    }
    zp_buf_byte(&d->body.text, '\n');
}

/* Joining the parts */

static void append_part(zp_buf *text, zp_buf *pieces, const part *from)
{
    const zp_draft_piece *piece = (const void *)from->pieces.p;
    for (size_t i = 0; i < from->pieces.n / sizeof *piece; i++) {
        zp_draft_piece moved = {piece[i].at + text->n, piece[i].place};
        push(pieces, &moved, sizeof moved);
    }
    zp_buf_add(text, zp_buf_str(&from->text));
}

static void find_lines(zp_draft *draft, zp_arena *scratch)
{
    zp_buf lines = {.arena = scratch};
    for (size_t at = 0; at < draft->text.n; at = line_end(draft->text, at) + 1) {
        uint32_t begin = (uint32_t)at;
        push(&lines, &begin, sizeof begin);
    }
    draft->lines = (const void *)lines.p;
    draft->line_count = lines.n / sizeof *draft->lines;
}

static zp_draft *join(drafting *d)
{
    zp_draft *draft = zp_new(d->scratch, zp_draft);
    zp_buf text = {.arena = d->scratch}, pieces = {.arena = d->scratch};
    zp_buf_reserve(&text, d->cells.text.n + d->notes.text.n + d->body.text.n);
    append_part(&text, &pieces, &d->cells);
    append_part(&text, &pieces, &d->notes);
    zp_draft_table *tables = (void *)d->table_list.p;
    draft->table_count = d->table_list.n / sizeof *tables;
    for (size_t i = 0; i < draft->table_count; i++)
        tables[i].at += text.n;
    append_part(&text, &pieces, &d->body);
    draft->source = d->span.source;
    draft->text = zp_buf_str(&text);
    draft->tables = tables;
    draft->pieces = (const void *)pieces.p;
    draft->piece_count = pieces.n / sizeof *draft->pieces;
    draft->cells = (const void *)d->cell_nodes.p;
    draft->cell_count = d->cell_nodes.n / sizeof *draft->cells;
    draft->footnotes.notes = (void *)d->note_list.p;
    draft->footnotes.count = d->note_list.n / sizeof *draft->footnotes.notes;
    find_lines(draft, d->scratch);
    return draft;
}

/* Limits */

static size_t skip_item_marker(zp_str text, size_t at, size_t end)
{
    size_t i = at;
    if (strchr("-+*", text.p[i]) != NULL) {
        i++;
    } else {
        while (i < end && i < at + 9 && isdigit((unsigned char)text.p[i]))
            i++;
        if (i == at || i == end || (text.p[i] != '.' && text.p[i] != ')'))
            return at;
        i++;
    }
    return i == end || is_blank(text.p[i]) ? i : at;
}

static bool is_rule(zp_str text, size_t at, size_t end)
{
    char mark = text.p[at];
    for (; at < end; at++)
        if (text.p[at] != mark && !is_blank(text.p[at]))
            return false;
    return mark == '-' || mark == '*';
}

/* The most blocks that a line can be in: a list takes two columns of indentation, a marker one
 * block and its list. Only a line with a marker can go deeper than those before it. */
static size_t line_depth(zp_str text, size_t at, size_t end)
{
    size_t column = 0, markers = 0;
    for (; at < end && is_blank(text.p[at]); at++)
        column += text.p[at] == '\t' ? 4 : 1;
    if (at == end || is_rule(text, at, end))
        return 0;
    while (at < end) {
        size_t next = text.p[at] == '>' ? at + 1 : skip_item_marker(text, at, end);
        if (next == at)
            break;
        markers++;
        at = skip_blanks(text, next, end);
    }
    return markers == 0 ? 0 : column / 2 + markers;
}

static zp_span place_of(const zp_draft *draft, size_t at)
{
    size_t place = zp_draft_place(draft, at);
    return zp_span_of(draft->source, place, place < draft->source->text.n ? place + 1 : place);
}

static bool check_depth(const zp_draft *draft, zp_diag *diag)
{
    for (size_t i = 0; i < draft->line_count; i++) {
        size_t end = zp_draft_line_end(draft, i + 1);
        if (line_depth(draft->text, draft->lines[i], end) <= ZP_MARKDOWN_DEPTH)
            continue;
        zp_diag_add(diag, ZP_ERROR, "too-deep", place_of(draft, draft->lines[i]),
                    "减少这一行开头的 > 和列表符号", "引用和列表最多套 %d 层",
                    (int)ZP_MARKDOWN_DEPTH);
        return false;
    }
    return true;
}

static bool refuse_brackets(const zp_draft *draft, size_t at, zp_diag *diag)
{
    zp_diag_add(diag, ZP_ERROR, "too-many-brackets", place_of(draft, at),
                "补上 ]，或在 [ 之前加 \\", "这一段里没有闭合的 [ 超过了 %d 个",
                (int)ZP_MARKDOWN_BRACKETS);
    return false;
}

/* Counts what no ] has closed yet; blank lines end every paragraph. */
static bool check_brackets(const zp_draft *draft, zp_diag *diag)
{
    zp_str text = draft->text;
    size_t open = 0;
    bool blank = true;
    for (size_t at = 0; at < text.n; at++) {
        char c = text.p[at];
        if (c == '\n') {
            open = blank ? 0 : open;
            blank = true;
            continue;
        }
        blank = blank && is_blank(c);
        if (c == '\\' && at + 1 < text.n && ispunct((unsigned char)text.p[at + 1]))
            at++;
        else if (c == ']' && open > 0)
            open--;
        else if (c == '[' && ++open > ZP_MARKDOWN_BRACKETS)
            return refuse_brackets(draft, at, diag);
    }
    return true;
}

static bool is_within_limits(const zp_draft *draft, zp_diag *diag)
{
    return check_depth(draft, diag) && check_brackets(draft, diag);
}

zp_draft *zp_draft_make(zp_arena *arena, zp_arena *scratch, zp_span span, zp_diag *diag)
{
    drafting *d = zp_new(scratch, drafting);
    d->arena = arena;
    d->scratch = scratch;
    d->diag = diag;
    d->span = span;
    d->masked = zp_mask_make(scratch, zp_str_slice(span.source->text, span.start, span.end));
    d->tables = (zp_table_reader){d->masked, span.source, span.start, 0};
    zp_buf *bufs[] = {&d->body.text,    &d->body.pieces, &d->cells.text,
                      &d->cells.pieces, &d->notes.text,  &d->notes.pieces,
                      &d->cell_nodes,   &d->table_list,  &d->note_list};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        bufs[i]->arena = scratch;
    zp_buf_reserve(&d->body.text, d->masked.n + 2);
    add_lines(d);
    zp_draft *draft = join(d);
    return is_within_limits(draft, diag) ? draft : NULL;
}

size_t zp_draft_place(const zp_draft *draft, size_t at)
{
    size_t low = 0, high = draft->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (draft->pieces[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    const zp_draft_piece *piece = &draft->pieces[low];
    size_t place = at < piece->at ? piece->place : piece->place + (at - piece->at);
    return place < draft->source->text.n ? place : draft->source->text.n;
}

size_t zp_draft_line_end(const zp_draft *draft, size_t line)
{
    return line < draft->line_count ? draft->lines[line] - 1 : draft->text.n - 1;
}

zp_span zp_draft_span(const zp_draft *draft, size_t start, size_t end)
{
    size_t from = zp_draft_place(draft, start);
    size_t to = end > start ? zp_draft_place(draft, end - 1) + 1 : from;
    size_t limit = draft->source->text.n;
    return zp_span_of(draft->source, from, to < from ? from : to < limit ? to : limit);
}
