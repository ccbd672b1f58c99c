/* markdown.c: in goes a part of a source, out comes its tree; cmark stands in between.
 *
 * cmark is given the draft (draft.h) and decides what is a list, a link, code; its tree is copied
 * event by event. Blocks are placed by cmark's line and column, inlines by a cursor (cursor.h). The
 * first paragraphs of the draft are cells and the quotes after them notes: these go into nodes that
 * exist.
 */
#include "doc/markdown.h"

#include <cmark.h>
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "doc/cursor.h"
#include "doc/draft.h"
#include "doc/link.h"
#include "doc/mask.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_draft *draft;
    zp_cursor *cursor;
    zp_node *root, *parent; /* the block that is open */
    size_t depth;
    size_t cells, notes, tables; /* of the draft's, met so far */
    bool failed;
} reader;

static void refuse_depth(reader *r, zp_span span)
{
    if (!r->failed)
        zp_diag_add(r->diag, ZP_ERROR, "too-deep", span, "减少嵌套的层数",
                    "引用、列表、强调和链接最多套 %d 层", (int)ZP_MARKDOWN_DEPTH);
    r->failed = true;
}

/* `node` is a child of the open one, or a CELL or NOTE, which belong elsewhere. */
static void open_node(reader *r, zp_node *node)
{
    r->parent = node;
    if (++r->depth > ZP_MARKDOWN_DEPTH + 1) /* a paragraph in the innermost does not count */
        refuse_depth(r, node->span);
}

static void close_node(reader *r)
{
    zp_node *node = r->parent;
    bool apart = node->kind == ZP_NODE_CELL || node->kind == ZP_NODE_NOTE;
    r->parent = apart ? r->root : node->parent;
    r->depth--;
}

static zp_node *add_node(reader *r, zp_node_kind kind, size_t start, size_t end)
{
    zp_node *node = zp_node_new(r->arena, kind, zp_draft_span(r->draft, start, end));
    zp_node_append(r->parent, node);
    return node;
}

static size_t start_of(const reader *r, cmark_node *node)
{
    size_t line = (size_t)cmark_node_get_start_line(node);
    return r->draft->lines[line - 1] + (size_t)cmark_node_get_start_column(node) - 1;
}

static size_t end_of(const reader *r, cmark_node *node)
{
    return zp_draft_line_end(r->draft, (size_t)cmark_node_get_end_line(node));
}

/* Containers */

static void enter_quote(reader *r, cmark_node *node)
{
    size_t start = start_of(r, node);
    r->cursor->quotes++;
    if (r->parent == r->root && r->notes < r->draft->footnotes.count)
        open_node(r, r->draft->footnotes.notes[r->notes++].node);
    else
        open_node(r, add_node(r, ZP_NODE_QUOTE, start, start + 1));
}

static void enter_list(reader *r, cmark_node *node)
{
    size_t start = start_of(r, node);
    zp_node *list = add_node(r, ZP_NODE_LIST, start, start + 1);
    list->list.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    list->list.tight = cmark_node_get_list_tight(node) != 0;
    list->list.start = list->list.ordered ? (uint32_t)cmark_node_get_list_start(node) : 1;
    open_node(r, list);
}

static void enter_item(reader *r, cmark_node *node)
{
    size_t start = start_of(r, node);
    open_node(r, add_node(r, ZP_NODE_ITEM, start, start + 1));
}

/* A container ends where its last child does; a note, with its lines. */
static void leave_container(reader *r, cmark_node *node)
{
    zp_node *made = r->parent;
    (void)node;
    if (made->last != NULL && made->kind != ZP_NODE_NOTE && made->last->span.end > made->span.end)
        made->span.end = made->last->span.end;
    close_node(r);
}

static void leave_quote(reader *r, cmark_node *node)
{
    r->cursor->quotes--;
    leave_container(r, node);
}

/* Blocks of inlines */

static void enter_paragraph(reader *r, cmark_node *node)
{
    zp_cursor *cursor = r->cursor;
    size_t start = start_of(r, node);
    bool cell = r->cells < r->draft->cell_count;
    zp_node *block =
        cell ? r->draft->cells[r->cells++] : add_node(r, ZP_NODE_PARAGRAPH, start, start + 1);
    zp_cursor_begin(cursor, block, start, end_of(r, node));
    if (!cell)
        zp_cursor_skip_definitions(cursor);
    block->span.start = cell ? block->span.start : zp_draft_place(r->draft, cursor->at);
    open_node(r, block);
}

/* A paragraph that was only a comment is none. */
static void leave_paragraph(reader *r, cmark_node *node)
{
    zp_node *block = r->parent;
    (void)node;
    zp_cursor_end(r->cursor);
    close_node(r);
    if (block->kind == ZP_NODE_CELL)
        return;
    block->span.end = zp_draft_place(r->draft, r->cursor->at - 1) + 1;
    if (block->first == NULL)
        zp_node_unlink(block);
}

static bool is_table(reader *r, size_t at)
{
    const zp_draft *draft = r->draft;
    while (r->tables < draft->table_count && draft->tables[r->tables].at < at)
        r->tables++;
    return r->tables < draft->table_count && draft->tables[r->tables].at == at;
}

/* Where the text after the #s begins, or `start` when the heading is an underlined one. */
static size_t skip_marks(const zp_draft *draft, size_t start)
{
    size_t at = start;
    while (draft->text.p[at] == '#')
        at++;
    bool marks = at > start && at - start <= 6 && strchr(" \t\n", draft->text.p[at]) != NULL;
    return marks ? zp_link_line_begin(draft->text, at, 0) : start;
}

static bool is_underline(const reader *r, size_t line)
{
    size_t at = r->draft->lines[line - 1], end = zp_draft_line_end(r->draft, line);
    while (at < end && strchr(" \t>", r->draft->text.p[at]) != NULL)
        at++;
    zp_str text = zp_str_trim(zp_str_slice(r->draft->text, at, end));
    char mark = text.n > 0 ? text.p[0] : ' ';
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != mark)
            return false;
    return mark == '=' || mark == '-';
}

/* Where the text of an underlined heading ends: cmark gives the underline or the line after it. */
static size_t underlined_end(const reader *r, cmark_node *node)
{
    size_t line = (size_t)cmark_node_get_end_line(node);
    bool before = line - 1 > (size_t)cmark_node_get_start_line(node) && is_underline(r, line - 1);
    return zp_draft_line_end(r->draft, before ? line - 2 : line - 1);
}

static void enter_heading(reader *r, cmark_node *node)
{
    size_t start = start_of(r, node);
    if (is_table(r, start)) {
        zp_node_append(r->parent, r->draft->tables[r->tables].table);
        return;
    }
    zp_node *heading = add_node(r, ZP_NODE_HEADING, start, start + 1);
    heading->heading.level = (uint8_t)cmark_node_get_heading_level(node);
    size_t text = skip_marks(r->draft, start);
    bool underlined = text == start;
    size_t end = underlined ? underlined_end(r, node) : end_of(r, node);
    zp_cursor_begin(r->cursor, heading, text, end);
    if (underlined) {
        zp_cursor_skip_definitions(r->cursor);
        heading->span.start = zp_draft_place(r->draft, r->cursor->at);
    }
    open_node(r, heading);
}

static void leave_heading(reader *r, cmark_node *node)
{
    zp_node *heading = r->parent;
    (void)node;
    if (heading->kind != ZP_NODE_HEADING)
        return;
    zp_cursor_end(r->cursor);
    size_t end = zp_draft_place(r->draft, r->cursor->at - 1) + 1;
    heading->span.end = end > heading->span.end ? end : heading->span.end;
    close_node(r);
}

/* What cmark made of entities: for U+FFFE and U+FFFF, which are no characters, it writes a byte
 * that is no UTF-8; they become U+FFFD, as its other impossible ones do. */
static zp_str clean(zp_arena *arena, const char *made)
{
    zp_str text = zp_str_from(made);
    size_t fault = zp_utf8_fault(text, 0), done = 0;
    if (fault == text.n)
        return text;
    zp_buf buf = {.arena = arena};
    for (; fault < text.n; fault = zp_utf8_fault(text, done)) {
        zp_buf_add(&buf, zp_str_slice(text, done, fault));
        zp_buf_code(&buf, 0xFFFD);
        done = fault + zp_utf8_fault_length(text, fault);
    }
    zp_buf_add(&buf, zp_str_slice(text, done, text.n));
    return zp_buf_str(&buf);
}

/* Leaves */

static void enter_rule(reader *r, cmark_node *node)
{
    size_t start = start_of(r, node), end = start;
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

/* Only a fence has a word after it; a line that repeats a bare one would close it, so where code
 * begins with its first line, that line is indented code. */
static bool is_fenced(const reader *r, size_t start, size_t line, zp_str info, zp_str code)
{
    zp_str first = zp_str_slice(r->draft->text, start, zp_draft_line_end(r->draft, line));
    bool fence = zp_str_starts(first, ZP_STR("```")) || zp_str_starts(first, ZP_STR("~~~"));
    size_t end = zp_str_find(code, ZP_STR("\n"), 0);
    return info.n > 0 || (fence && !zp_str_eq(first, zp_str_slice(code, 0, end)));
}

static bool closes_fence(const reader *r, size_t line, char mark)
{
    size_t at = r->draft->lines[line - 1], end = zp_draft_line_end(r->draft, line);
    while (at < end && strchr(" \t>", r->draft->text.p[at]) != NULL)
        at++;
    return end - at >= 3 && r->draft->text.p[at] == mark;
}

static void enter_code(reader *r, cmark_node *node)
{
    size_t start = start_of(r, node);
    zp_str literal = zp_str_from(cmark_node_get_literal(node));
    zp_str info = clean(r->arena, cmark_node_get_fence_info(node));
    char *code = zp_arena_alloc(r->arena, literal.n);
    memcpy(code, literal.p, literal.n);
    size_t line = (size_t)cmark_node_get_start_line(node);
    size_t last = (size_t)cmark_node_get_end_line(node);
    bool fenced = is_fenced(r, start, line, info, literal);
    size_t next = line + fenced;
    for (size_t at = 0, end; at < literal.n; at = end + 1, next++) {
        end = zp_str_find(literal, ZP_STR("\n"), at);
        unmask(r, code + at, end - at, zp_draft_line_end(r->draft, next));
    }
    bool closed = fenced && next <= last && closes_fence(r, next, r->draft->text.p[start]);
    size_t final = closed ? next : next > line ? next - 1 : line;
    zp_node *made = add_node(r, ZP_NODE_CODE, start, zp_draft_line_end(r->draft, final));
    made->text = (zp_str){code, literal.n};
    made->id = zp_str_copy(r->arena, info);
}

static void enter_html(reader *r, cmark_node *node)
{
    size_t line = (size_t)cmark_node_get_start_line(node);
    zp_span span = zp_draft_span(r->draft, start_of(r, node), zp_draft_line_end(r->draft, line));
    if (strncmp(cmark_node_get_literal(node), "<!--", 4) != 0)
        zp_report_html(r->diag, span);
}

/* Inlines */

static void enter_text(reader *r, cmark_node *node)
{
    zp_cursor_text(r->cursor, clean(r->arena, cmark_node_get_literal(node)));
}

static void enter_line_end(reader *r, cmark_node *node)
{
    zp_cursor_break(r->cursor, cmark_node_get_type(node) == CMARK_NODE_LINEBREAK);
}

static void enter_mono(reader *r, cmark_node *node)
{
    zp_cursor_mono(r->cursor, zp_str_from(cmark_node_get_literal(node)));
}

static void enter_html_inline(reader *r, cmark_node *node)
{
    zp_cursor_html(r->cursor, zp_str_from(cmark_node_get_literal(node)));
}

/* The marks of emphasis are pieces of text to the cursor, on both sides. */
static void pass_emphasis(reader *r, cmark_node *node)
{
    zp_cursor_marks(r->cursor, cmark_node_get_type(node) == CMARK_NODE_STRONG ? 2 : 1);
}

static void enter_link(reader *r, cmark_node *node)
{
    zp_node_kind kind =
        cmark_node_get_type(node) == CMARK_NODE_IMAGE ? ZP_NODE_IMAGE : ZP_NODE_LINK;
    zp_cursor_open_link(r->cursor, kind, clean(r->arena, cmark_node_get_url(node)));
    if (kind == ZP_NODE_IMAGE)
        r->cursor->parent->id = zp_str_copy(r->arena, clean(r->arena, cmark_node_get_title(node)));
}

static void leave_link(reader *r, cmark_node *node)
{
    (void)node;
    zp_cursor_close_link(r->cursor);
}

/* The whole */

typedef void action(reader *r, cmark_node *node);

/* What to do when a node of cmark's is entered, and left. */
static const struct {
    action *enter, *leave;
} actions[CMARK_NODE_LAST_INLINE + 1] = {
    [CMARK_NODE_BLOCK_QUOTE] = {enter_quote, leave_quote},
    [CMARK_NODE_LIST] = {enter_list, leave_container},
    [CMARK_NODE_ITEM] = {enter_item, leave_container},
    [CMARK_NODE_CODE_BLOCK] = {enter_code, NULL},
    [CMARK_NODE_HTML_BLOCK] = {enter_html, NULL},
    [CMARK_NODE_PARAGRAPH] = {enter_paragraph, leave_paragraph},
    [CMARK_NODE_HEADING] = {enter_heading, leave_heading},
    [CMARK_NODE_THEMATIC_BREAK] = {enter_rule, NULL},
    [CMARK_NODE_TEXT] = {enter_text, NULL},
    [CMARK_NODE_SOFTBREAK] = {enter_line_end, NULL},
    [CMARK_NODE_LINEBREAK] = {enter_line_end, NULL},
    [CMARK_NODE_CODE] = {enter_mono, NULL},
    [CMARK_NODE_HTML_INLINE] = {enter_html_inline, NULL},
    [CMARK_NODE_EMPH] = {pass_emphasis, pass_emphasis},
    [CMARK_NODE_STRONG] = {pass_emphasis, pass_emphasis},
    [CMARK_NODE_LINK] = {enter_link, leave_link},
    [CMARK_NODE_IMAGE] = {enter_link, leave_link},
};

static void read_tree(reader *r, cmark_node *document)
{
    cmark_iter *events = cmark_iter_new(document);
    cmark_event_type event = cmark_iter_next(events);
    for (; event != CMARK_EVENT_DONE && !r->failed; event = cmark_iter_next(events)) {
        cmark_node *node = cmark_iter_get_node(events);
        cmark_node_type type = cmark_node_get_type(node);
        action *act = event == CMARK_EVENT_ENTER ? actions[type].enter : actions[type].leave;
        if (act != NULL)
            act(r, node);
    }
    cmark_iter_free(events);
}

static zp_str decode_entity(zp_arena *arena, zp_str name)
{
    cmark_node *document = cmark_parse_document(name.p, name.n, CMARK_OPT_DEFAULT);
    cmark_node *paragraph = cmark_node_first_child(document);
    cmark_node *text = paragraph == NULL ? NULL : cmark_node_first_child(paragraph);
    zp_str answer = clean(arena, text == NULL ? NULL : cmark_node_get_literal(text));
    answer = zp_str_copy(arena, answer);
    cmark_node_free(document);
    return answer;
}

static void settle_run_in(zp_arena *arena, zp_node *heading)
{
    if (heading->next == NULL || heading->next->kind != ZP_NODE_PARAGRAPH)
        return;
    zp_str text = zp_str_trim(zp_node_text(arena, heading));
    heading->heading.run_in = zp_str_ends(text, ZP_STR("：")) || zp_str_ends(text, ZP_STR("。"));
}

/* Emphasis is made after cmark, so its depth is known only here. DOCUMENT and the block do not
 * count. */
static void settle(reader *r, zp_arena *scratch)
{
    size_t depth = 0;
    zp_walk walk = {r->root, true};
    do {
        depth += walk.entering ? 1 : (size_t)-1;
        if (depth > ZP_MARKDOWN_DEPTH + 3)
            refuse_depth(r, walk.node->span);
        if (walk.entering && walk.node->kind == ZP_NODE_HEADING)
            settle_run_in(scratch, walk.node);
    } while (zp_walk_next(&walk, r->root));
}

static zp_node *read_draft(zp_arena *arena, zp_arena *scratch, zp_draft *draft, zp_span part,
                           zp_diag *diag)
{
    zp_cursor *cursor = zp_new(scratch, zp_cursor);
    *cursor = (zp_cursor){.arena = arena, .scratch = scratch, .diag = diag, .draft = draft};
    cursor->decode = decode_entity;
    reader r = {.arena = arena, .diag = diag, .draft = draft, .cursor = cursor};
    r.root = r.parent = zp_node_new(arena, ZP_NODE_DOCUMENT, part);
    zp_footnotes_index(scratch, &draft->footnotes, diag);
    cmark_node *document = cmark_parse_document(draft->text.p, draft->text.n, CMARK_OPT_DEFAULT);
    read_tree(&r, document);
    cmark_node_free(document);
    if (r.failed)
        return NULL;
    zp_footnotes_number(&draft->footnotes, r.root, diag);
    settle(&r, scratch);
    return r.failed ? NULL : r.root;
}

zp_node *zp_markdown_read(zp_arena *arena, zp_span part, zp_diag *diag)
{
    zp_arena *scratch = zp_arena_new();
    zp_draft *draft = zp_draft_make(arena, scratch, part, diag);
    zp_node *root = draft == NULL ? NULL : read_draft(arena, scratch, draft, part, diag);
    zp_arena_free(scratch);
    return root;
}
