/* html.c: a bound report becomes one HTML page, by way of a throwaway cmark tree.
 *
 * In: zp_report. Out: the template's page.html with its placeholders filled. cmark renders what
 * CommonMark knows; tables, notes, headings with anchors and run-in heads are custom nodes. The
 * rule that keeps hostile text out: on_enter and on_exit strings hold only markup from this file,
 * numbers and anchors that passed `is_anchor`; whatever an author wrote goes in as a TEXT, CODE or
 * LINK node, which cmark escapes.
 *
 * A block of ours that must not have white space inside (a cell, a heading beside its text) is a
 * custom inline within a custom block, because cmark puts line ends around blocks and none around
 * inlines.
 */
#include "write/html.h"

#include <assert.h>
#include <cmark.h>
#include <stdlib.h>

#include "base/utf8.h"

enum {
    LEVELS = 6,
    ANCHOR_MAX = 200, /* bytes of an author's id */
};

/* The author's id of one heading. */
typedef struct {
    const zp_node *heading;
    bool used; /* sound, and the first of its kind */
} anchor;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    cmark_node *open; /* where the next node goes; a node's user data is what was open around it */
    zp_buf scratch;   /* one string at a time for cmark, which copies it */
    const anchor *anchors;    /* of the headings that have an id, in order, from the next one on */
    uint8_t levels[LEVELS];   /* of the heading last met and those it stands under */
    uint32_t numbers[LEVELS]; /* which of its kind each is */
    size_t depth;
    uint32_t referred; /* notes up to this number have been referred to */
    bool thead;        /* the open table's head rows have a group of their own */
} writer;

/* Making cmark nodes. */

static const char *scratch(writer *w, zp_str text)
{
    w->scratch.n = 0;
    zp_buf_add(&w->scratch, text);
    zp_buf_byte(&w->scratch, '\0');
    return w->scratch.p;
}

static cmark_node *add(writer *w, cmark_node_type type)
{
    cmark_node *node = cmark_node_new(type);
    int fits = cmark_node_append_child(w->open, node);
    assert(fits);
    (void)fits;
    return node;
}

static void add_literal(writer *w, cmark_node_type type, zp_str text)
{
    cmark_node_set_literal(add(w, type), scratch(w, text));
}

static void enter(writer *w, cmark_node *node)
{
    cmark_node_set_user_data(node, w->open);
    w->open = node;
}

static void leave(writer *w)
{
    w->open = cmark_node_get_user_data(w->open);
}

static void enter_new(writer *w, cmark_node_type type)
{
    enter(w, add(w, type));
}

/* A custom node around what follows; `before` and `after` are markup. */
static void enter_custom(writer *w, cmark_node_type type, const char *before, const char *after)
{
    cmark_node *node = add(w, type);
    cmark_node_set_on_enter(node, before);
    cmark_node_set_on_exit(node, after);
    enter(w, node);
}

static void enter_block(writer *w, const char *before, const char *after)
{
    enter_custom(w, CMARK_NODE_CUSTOM_BLOCK, before, after);
}

static void enter_inline(writer *w, const char *before, const char *after)
{
    enter_custom(w, CMARK_NODE_CUSTOM_INLINE, before, after);
}

/* before, a number, after: as one string. */
static const char *numbered(writer *w, const char *before, uint32_t number, const char *after)
{
    w->scratch.n = 0;
    zp_buf_format(&w->scratch, "%s%u%s", before, number, after);
    zp_buf_byte(&w->scratch, '\0');
    return w->scratch.p;
}

/* Anchors. */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(zp_str s, size_t from)
{
    for (; from < s.n; from++)
        if (!is_digit(s.p[from]) && s.p[from] != '-')
            return false;
    return true;
}

/* s1-2, note-3, ref-3: what this file makes itself. */
static bool is_ours(zp_str id)
{
    if (zp_str_starts(id, ZP_STR("note-")))
        return all_digits(id, 5);
    if (zp_str_starts(id, ZP_STR("ref-")))
        return all_digits(id, 4);
    return id.n > 1 && id.p[0] == 's' && is_digit(id.p[1]) && all_digits(id, 1);
}

static bool is_anchor(zp_str id)
{
    if (id.n == 0 || id.n > ANCHOR_MAX || is_ours(id))
        return false;
    for (size_t at = 0; at < id.n;) {
        uint32_t c = zp_utf8_next(id, &at);
        bool sound = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     c == '-' || c == '_' || zp_code_is_han(c);
        if (!sound)
            return false;
    }
    return true;
}

/* By id, then by place. */
static int compare_anchors(const void *a, const void *b)
{
    const anchor *x = *(anchor *const *)a, *y = *(anchor *const *)b;
    int order = zp_str_compare(x->heading->id, y->heading->id);
    return order != 0 ? order : (x > y) - (x < y);
}

/* Decides which of `count` ids are used, with a warning for each that is not. */
static void judge_anchors(writer *w, anchor *anchors, size_t count)
{
    anchor **sorted = zp_new_array(w->arena, anchor *, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &anchors[i];
    qsort(sorted, count, sizeof *sorted, compare_anchors);
    for (size_t i = 0; i < count; i++) {
        const zp_node *heading = sorted[i]->heading;
        if (!is_anchor(heading->id))
            zp_diag_add(w->diag, ZP_WARNING, "bad-id", heading->span,
                        "只用字母、数字、汉字、- 和 _；s1、note-1、ref-1 这样的由程序使用",
                        "标题的编号“%.*s”不能用", ZP_ARG(heading->id));
        else if (i > 0 && zp_str_eq(heading->id, sorted[i - 1]->heading->id))
            zp_diag_add(w->diag, ZP_WARNING, "duplicate-id", heading->span, "改用别的编号",
                        "前面的标题已用了编号“%.*s”", ZP_ARG(heading->id));
        else
            sorted[i]->used = true;
    }
}

static void collect_anchors(writer *w, const zp_node *root)
{
    size_t count = 0, capacity = 0;
    anchor *anchors = NULL;
    zp_walk walk = {(zp_node *)root, true};
    do {
        const zp_node *node = walk.node;
        if (!walk.entering || node->kind != ZP_NODE_HEADING || node->id.n == 0)
            continue;
        if (count == capacity) {
            size_t more = capacity * 2 + 16;
            anchors = zp_arena_grow(w->arena, anchors, capacity * sizeof *anchors,
                                    zp_array_size(more, sizeof *anchors));
            capacity = more;
        }
        anchors[count++].heading = node;
    } while (zp_walk_next(&walk, root));
    judge_anchors(w, anchors, count);
    w->anchors = anchors;
}

/* Counts a heading among those under the same one: 1, 1-1, 1-2, 2 … */
static void count_heading(writer *w, uint8_t level)
{
    while (w->depth > 0 && w->levels[w->depth - 1] >= level)
        w->depth--;
    w->levels[w->depth] = level;
    w->numbers[w->depth]++;
    w->depth++;
    if (w->depth < LEVELS)
        w->numbers[w->depth] = 0;
}

static bool runs_in(const zp_node *node)
{
    return node != NULL && node->kind == ZP_NODE_HEADING && node->heading.run_in &&
           node->next != NULL && node->next->kind == ZP_NODE_PARAGRAPH;
}

/* <h3 id="…"> into the scratch buffer. */
static const char *heading_tag(writer *w, const zp_node *heading, int rank)
{
    zp_buf *tag = &w->scratch;
    const anchor *own = NULL;
    if (heading->id.n > 0)
        own = w->anchors++;
    tag->n = 0;
    zp_buf_format(tag, "%s<h%d id=\"", runs_in(heading) ? "<div class=\"run-in\">" : "", rank);
    if (own != NULL && own->used)
        zp_buf_add(tag, heading->id);
    for (size_t i = 0; i < w->depth && !(own != NULL && own->used); i++)
        zp_buf_format(tag, "%s%u", i == 0 ? "s" : "-", w->numbers[i]);
    zp_buf_lit(tag, "\">");
    zp_buf_byte(tag, '\0');
    return tag->p;
}

/* Blocks. */

/* The title alone is h1. A run-in heading opens a <div>, which its paragraph closes. */
static void enter_heading(writer *w, const zp_node *heading)
{
    static const char *const ends[] = {"</h2>", "</h3>", "</h4>", "</h5>", "</h6>"};
    int rank = heading->heading.level < 2 ? 2 : heading->heading.level;
    rank = rank > LEVELS ? LEVELS : rank;
    count_heading(w, heading->heading.level);
    enter_block(w, "", "");
    enter_inline(w, heading_tag(w, heading, rank), ends[rank - 2]);
}

static void leave_heading(writer *w, const zp_node *heading)
{
    leave(w);
    if (!runs_in(heading))
        leave(w);
}

static void enter_paragraph(writer *w, const zp_node *paragraph)
{
    if (runs_in(paragraph->previous))
        enter_inline(w, "<p>", "</p></div>");
    else
        enter_new(w, CMARK_NODE_PARAGRAPH);
}

static void leave_paragraph(writer *w, const zp_node *paragraph)
{
    leave(w);
    if (runs_in(paragraph->previous))
        leave(w);
}

static void enter_list(writer *w, const zp_node *list)
{
    enter_new(w, CMARK_NODE_LIST);
    cmark_node_set_list_type(w->open, list->list.ordered ? CMARK_ORDERED_LIST : CMARK_BULLET_LIST);
    cmark_node_set_list_tight(w->open, list->list.tight);
    if (list->list.ordered && list->list.start <= 999999999)
        cmark_node_set_list_start(w->open, (int)list->list.start);
}

static void add_code(writer *w, const zp_node *code)
{
    cmark_node *node = add(w, CMARK_NODE_CODE_BLOCK);
    cmark_node_set_literal(node, scratch(w, code->text));
    cmark_node_set_fence_info(node, scratch(w, code->id));
}

/* Tables. */

/* Whether the head rows can be a group: a cell that reaches below them would be cut off at its end.
 */
static bool has_thead(const zp_node *table)
{
    uint32_t rows = 0, at = 0;
    for (const zp_node *row = table->first; row != NULL && row->row.head; row = row->next)
        rows++;
    for (const zp_node *row = table->first; at < rows; row = row->next, at++)
        for (const zp_node *cell = row->first; cell != NULL; cell = cell->next)
            if (cell->cell.rows > rows - at)
                return false;
    return rows > 0;
}

/* The outer block scrolls where the table is wider than the page, so it can be reached by keyboard.
 */
static void enter_table(writer *w, const zp_node *table)
{
    w->thead = has_thead(table);
    enter_block(w,
                "<div class=\"table\" role=\"region\" aria-label=\"表格\" tabindex=\"0\">\n<table>",
                "</table>\n</div>");
    if (w->thead)
        enter_block(w, "<thead>", "</thead>");
    else
        enter_block(w, "<tbody>", "</tbody>");
}

static void leave_table(writer *w)
{
    leave(w);
    leave(w);
}

static void enter_row(writer *w, const zp_node *row)
{
    if (w->thead && !row->row.head && row->previous != NULL && row->previous->row.head) {
        leave(w);
        enter_block(w, "<tbody>", "</tbody>");
    }
    enter_block(w, "<tr>", "</tr>");
}

static void enter_cell(writer *w, const zp_node *cell)
{
    static const char *const classes[] = {
        [ZP_ALIGN_NONE] = "",
        [ZP_ALIGN_LEFT] = " class=\"left\"",
        [ZP_ALIGN_CENTER] = " class=\"center\"",
        [ZP_ALIGN_RIGHT] = " class=\"right\"",
    };
    bool head = cell->parent->row.head;
    zp_buf *tag = &w->scratch;
    tag->n = 0;
    zp_buf_format(tag, "%s%s", head ? "<th scope=\"col\"" : "<td", classes[cell->cell.align]);
    if (cell->cell.columns > 1)
        zp_buf_format(tag, " colspan=\"%u\"", cell->cell.columns);
    if (cell->cell.rows > 1)
        zp_buf_format(tag, " rowspan=\"%u\"", cell->cell.rows);
    zp_buf_byte(tag, '>');
    zp_buf_byte(tag, '\0');
    enter_inline(w, tag->p, head ? "</th>" : "</td>");
}

/* Notes. */

static void enter_note(writer *w, const zp_node *note)
{
    if (note->previous == NULL || note->previous->kind != ZP_NODE_NOTE)
        enter_block(w, "<section class=\"notes\" aria-label=\"注释\">\n<ol>", "</ol>\n</section>");
    enter_block(w, numbered(w, "<li id=\"note-", note->note.number, "\">"), "</li>");
}

/* The way back stands at the end of the note's last paragraph. */
static void add_back_link(writer *w, uint32_t number)
{
    cmark_node *last = cmark_node_last_child(w->open);
    if (last != NULL && cmark_node_get_type(last) == CMARK_NODE_PARAGRAPH)
        enter(w, last);
    else
        enter_new(w, CMARK_NODE_PARAGRAPH);
    enter_inline(
        w, numbered(w, "<a class=\"back\" href=\"#ref-", number, "\" aria-label=\"回到正文\">"),
        "</a>");
    add_literal(w, CMARK_NODE_TEXT, ZP_STR("↑"));
    leave(w);
    leave(w);
}

static void leave_note(writer *w, const zp_node *note)
{
    if (note->note.number <= w->referred)
        add_back_link(w, note->note.number);
    leave(w);
    if (note->next == NULL || note->next->kind != ZP_NODE_NOTE)
        leave(w);
}

/* Notes are numbered by their first references, so a number not met before is one; only it is where
 * the note leads back to. */
static void add_reference(writer *w, const zp_node *note)
{
    if (note == NULL)
        return;
    uint32_t number = note->note.number;
    if (number > w->referred) {
        w->referred = number;
        enter_inline(w, numbered(w, "<sup id=\"ref-", number, "\">"), "</sup>");
    } else {
        enter_inline(w, "<sup>", "</sup>");
    }
    enter_inline(w, numbered(w, "<a href=\"#note-", number, "\">"), "</a>");
    add_literal(w, CMARK_NODE_TEXT, zp_str_format(w->arena, "[%u]", number));
    leave(w);
    leave(w);
}

/* Links and pictures. */

static bool same_word(zp_str text, zp_str lower)
{
    if (text.n != lower.n)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != lower.p[i])
            return false;
    }
    return true;
}

/* A scheme is what stands before a colon that no / ? # precedes (RFC 3986, 4.2). A browser drops
 * tabs and line ends within it, so what is not one of these to the letter is refused. */
static bool is_safe_url(zp_str url)
{
    size_t end = 0;
    while (end < url.n && url.p[end] != ':' && url.p[end] != '/' && url.p[end] != '?' &&
           url.p[end] != '#')
        end++;
    zp_str scheme = zp_str_slice(url, 0, end);
    if (url.n == 0)
        return false;
    if (end == url.n || url.p[end] != ':')
        return true;
    return same_word(scheme, ZP_STR("http")) || same_word(scheme, ZP_STR("https")) ||
           same_word(scheme, ZP_STR("mailto"));
}

static void enter_link(writer *w, const zp_node *link)
{
    if (!is_safe_url(link->text)) {
        enter_inline(w, "", "");
        return;
    }
    enter_new(w, CMARK_NODE_LINK);
    cmark_node_set_url(w->open, scratch(w, link->text));
}

/* A picture's place is marked with its words; that it is not drawn is said. */
static void enter_picture(writer *w, const zp_node *image)
{
    zp_diag_add(w->diag, ZP_FLAW, "picture-not-drawn", image->span, "网页暂时只标出图片的位置",
                "图片“%.*s”没有放进网页", ZP_ARG(image->text));
    enter_inline(w, "<span class=\"picture\">［图：", "］</span>");
}

/* The whole tree. */

static void enter_node(writer *w, const zp_node *node)
{
    switch (node->kind) {
    case ZP_NODE_DOCUMENT:
        break;
    case ZP_NODE_HEADING:
        enter_heading(w, node);
        break;
    case ZP_NODE_PARAGRAPH:
        enter_paragraph(w, node);
        break;
    case ZP_NODE_QUOTE:
        enter_new(w, CMARK_NODE_BLOCK_QUOTE);
        break;
    case ZP_NODE_LIST:
        enter_list(w, node);
        break;
    case ZP_NODE_ITEM:
        enter_new(w, CMARK_NODE_ITEM);
        break;
    case ZP_NODE_CODE:
        add_code(w, node);
        break;
    case ZP_NODE_RULE:
        add(w, CMARK_NODE_THEMATIC_BREAK);
        break;
    case ZP_NODE_TABLE:
        enter_table(w, node);
        break;
    case ZP_NODE_ROW:
        enter_row(w, node);
        break;
    case ZP_NODE_CELL:
        enter_cell(w, node);
        break;
    case ZP_NODE_NOTE:
        enter_note(w, node);
        break;
    case ZP_NODE_TEXT:
        add_literal(w, CMARK_NODE_TEXT, node->text);
        break;
    case ZP_NODE_BREAK:
        add(w, CMARK_NODE_LINEBREAK);
        break;
    case ZP_NODE_EMPH:
        enter_new(w, CMARK_NODE_EMPH);
        break;
    case ZP_NODE_STRONG:
        enter_new(w, CMARK_NODE_STRONG);
        break;
    case ZP_NODE_MONO:
        add_literal(w, CMARK_NODE_CODE, node->text);
        break;
    case ZP_NODE_LINK:
        enter_link(w, node);
        break;
    case ZP_NODE_IMAGE:
        enter_picture(w, node);
        break;
    case ZP_NODE_NOTEREF:
        add_reference(w, node->noteref.note);
        break;
    }
}

static void leave_node(writer *w, const zp_node *node)
{
    switch (node->kind) {
    case ZP_NODE_HEADING:
        leave_heading(w, node);
        break;
    case ZP_NODE_PARAGRAPH:
        leave_paragraph(w, node);
        break;
    case ZP_NODE_TABLE:
        leave_table(w);
        break;
    case ZP_NODE_NOTE:
        leave_note(w, node);
        break;
    case ZP_NODE_QUOTE:
    case ZP_NODE_LIST:
    case ZP_NODE_ITEM:
    case ZP_NODE_ROW:
    case ZP_NODE_CELL:
    case ZP_NODE_EMPH:
    case ZP_NODE_STRONG:
    case ZP_NODE_LINK:
    case ZP_NODE_IMAGE:
        leave(w);
        break;
    case ZP_NODE_DOCUMENT:
    case ZP_NODE_CODE:
    case ZP_NODE_RULE:
    case ZP_NODE_TEXT:
    case ZP_NODE_BREAK:
    case ZP_NODE_MONO:
    case ZP_NODE_NOTEREF:
        break;
    }
}

/* The body as HTML; cmark's memory, to be freed. */
static char *render(writer *w, const zp_node *root)
{
    cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT);
    w->open = document;
    collect_anchors(w, root);
    zp_walk walk = {(zp_node *)root, true};
    do {
        if (walk.entering)
            enter_node(w, walk.node);
        else
            leave_node(w, walk.node);
    } while (zp_walk_next(&walk, root));
    char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);
    cmark_node_free(document);
    return html;
}

/* The page around the body. */

typedef struct {
    zp_str name, value;
    bool raw; /* in three braces, as it is; else in two, escaped */
} placeholder;

static void add_escaped(zp_buf *out, zp_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '&':
            zp_buf_lit(out, "&amp;");
            break;
        case '<':
            zp_buf_lit(out, "&lt;");
            break;
        case '>':
            zp_buf_lit(out, "&gt;");
            break;
        case '"':
            zp_buf_lit(out, "&quot;");
            break;
        case '\'':
            zp_buf_lit(out, "&#39;");
            break;
        default:
            zp_buf_byte(out, text.p[i]);
        }
    }
}

/* The placeholder that begins at `at` ({{ or {{{), and *end behind it; NULL when there is none
 * such. */
static const placeholder *find_placeholder(zp_str page, size_t at, const placeholder *known,
                                           size_t count, size_t *end)
{
    bool raw = zp_str_starts(zp_str_slice(page, at, page.n), ZP_STR("{{{"));
    zp_str close = raw ? ZP_STR("}}}") : ZP_STR("}}");
    size_t from = at + close.n, to = zp_str_find(page, close, from);
    *end = to < page.n ? to + close.n : page.n;
    zp_str name = zp_str_trim(zp_str_slice(page, from, to));
    for (size_t i = 0; i < count && to < page.n; i++)
        if (known[i].raw == raw && zp_str_eq(known[i].name, name))
            return &known[i];
    return NULL;
}

static bool fill_page(const zp_source *page, const placeholder *known, size_t count, zp_diag *diag,
                      zp_buf *out)
{
    bool sound = true;
    zp_str text = page->text;
    for (size_t at = 0; at < text.n;) {
        size_t open = zp_str_find(text, ZP_STR("{{"), at), end = open;
        zp_buf_add(out, zp_str_slice(text, at, open));
        if (open == text.n)
            break;
        const placeholder *found = find_placeholder(text, open, known, count, &end);
        if (found == NULL) {
            zp_diag_add(
                diag, ZP_ERROR, "page-placeholder", zp_span_of(page, open, open + 2),
                "可以写：{{title}} {{department}} {{year}} {{subject}} {{{style}}} {{{body}}}",
                "页面模板里的占位符写得不对");
            sound = false;
        } else if (found->raw) {
            zp_buf_add(out, found->value);
        } else {
            add_escaped(out, found->value);
        }
        at = end;
    }
    return sound;
}

bool zp_html_write(zp_arena *arena, const zp_report *report, zp_diag *diag, zp_buf *out)
{
    writer w = {.arena = arena, .diag = diag, .scratch = {.arena = arena}};
    char *body = render(&w, report->root);
    const placeholder known[] = {
        {ZP_STR("title"), report->title, false},
        {ZP_STR("department"), report->department, false},
        {ZP_STR("year"), report->year, false},
        {ZP_STR("subject"), report->subject, false},
        {ZP_STR("style"), report->template->style_css->text, true},
        {ZP_STR("body"), zp_str_from(body), true},
    };
    bool sound =
        fill_page(report->template->page_html, known, sizeof known / sizeof known[0], diag, out);
    free(body);
    return sound;
}
