/* report.c: one source and one template become a bound report.
 *
 * In: the text of a report, its front matter and Markdown together. Out: metadata under the
 * schema's own keys, the tree with its title taken out and, where the template says so, paragraphs
 * numbered 一、 or （一） made headings.
 *
 * A paragraph is judged by its opening alone, a fixed number of characters however long it is;
 * where only its first phrase is a heading, the inlines around the cut (a strong that goes on
 * behind it) are split in two.
 */
#include "doc/report.h"

#include "base/files.h"
#include <stdlib.h>
#include "base/utf8.h"
#include "data/schema.h"
#include "doc/caption.h"
#include "doc/edition.h"
#include "doc/markdown.h"
#include "doc/outline.h"
#include "doc/placed.h"

enum {
    HEADING_MAX = 30, /* 字 in a heading by number */
    OPENING_MAX =
        HEADING_MAX +
        2, /* what must be seen of a paragraph: a mark behind the heading, text behind the mark */
    HINTS_MAX = 100, /* links whose nearest target is looked for */
};

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_report *report;
    zp_span fence; /* of the front matter; the whole file without one */
    bool draft;    /* what is missing is not an error */
    bool reading;  /* nor is it in a text without front matter; else it stops nothing */
} reader;

/* Whether nobody minds that something is missing which a report to be written must have. */
static bool may_lack(const reader *r)
{
    return r->draft || (r->reading && r->fence.start == ZP_WHOLE_FILE);
}

/* Metadata. */

static bool is_blank(const zp_value *value)
{
    return value == NULL || value->kind == ZP_VALUE_NULL ||
           (value->kind == ZP_VALUE_TEXT && zp_value_text(value).n == 0);
}

/* What the schema wants of `map`, which stands at `place`. The title may also be a heading:
 * read_title looks for it. */
static void require(reader *r, const zp_value *map, const zp_value *schema, zp_span place, bool top)
{
    zp_severity lacking = r->reading ? ZP_FLAW : ZP_ERROR;
    for (const zp_value *entry = schema->first; entry != NULL; entry = entry->next) {
        const zp_value *value = zp_value_find(map, entry->key);
        if (top && zp_str_eq(entry->key, ZP_STR("title")))
            continue;
        if (is_blank(value) && zp_value_bool(zp_value_find(entry, ZP_STR("required")), false)) {
            const zp_value *alias = zp_value_find(entry, ZP_STR("alias"));
            zp_str name =
                zp_value_text(alias && alias->kind == ZP_VALUE_LIST ? alias->first : alias);
            zp_diag_add(r->diag, lacking, "missing-key", value ? value->span : place,
                        "在开头的基本信息里补上这一项", "缺少“%.*s”",
                        ZP_ARG(name.n > 0 ? name : entry->key));
        }
        const zp_value *fields = zp_value_find(entry, ZP_STR("fields"));
        if (value != NULL && value->kind == ZP_VALUE_MAP && fields != NULL)
            require(r, value, fields, value->key_span, false);
    }
}

static zp_str department_of(const zp_value *meta)
{
    zp_str name = zp_value_text(zp_value_path(meta, ZP_STR("department.name")));
    return name.n > 0 ? name : zp_value_text(zp_value_find(meta, ZP_STR("department")));
}

static void read_meta(reader *r, const zp_value *meta)
{
    zp_report *report = r->report;
    report->meta = meta;
    report->department = department_of(meta);
    report->year = zp_value_text(zp_value_find(meta, ZP_STR("year")));
    report->subject = report->template->subject;
    report->matter = zp_matter_read(r->arena, meta, report->department, r->diag);
}

/* The title. */

/* `text` in one line: white space at the ends dropped; within, spaces as typed, but a line end or
 * tab is one space, or nothing between two Chinese characters. */
static zp_str one_line(zp_arena *arena, zp_str text)
{
    zp_buf line = {.arena = arena};
    uint32_t last = 0;
    size_t gap = 0;
    bool broken = false;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t code = zp_utf8_next(text, &at);
        if (zp_code_is_space(code)) {
            broken |= code < ' ';
            continue;
        }
        if (last != 0 && !broken)
            zp_buf_add(&line, zp_str_slice(text, gap, start));
        else if (last != 0 && !(zp_code_is_chinese(last) && zp_code_is_chinese(code)))
            zp_buf_byte(&line, ' ');
        zp_buf_add(&line, zp_str_slice(text, start, at));
        last = code;
        gap = at;
        broken = false;
    }
    return zp_buf_str(&line);
}

/* `text` with every \\ between two Chinese characters made `with`: there the author wants the title
 * parted. */
static zp_str replace_hints(zp_arena *arena, zp_str text, zp_str with)
{
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < text.n;) {
        size_t start = at, next = at + 1;
        uint32_t code = zp_utf8_next(text, &at);
        bool hint = code == '\\' && start > 0 && next < text.n &&
                    zp_code_is_chinese(zp_utf8_before(text, start)) &&
                    zp_code_is_chinese(zp_utf8_next(text, &next));
        zp_buf_add(&out, hint ? with : zp_str_slice(text, start, at));
    }
    return zp_buf_str(&out);
}

/* The next character of `text` that is no white space, 0 at the end. */
static uint32_t next_word_code(zp_str text, size_t *at)
{
    while (*at < text.n) {
        uint32_t code = zp_utf8_next(text, at);
        if (!zp_code_is_space(code))
            return code;
    }
    return 0;
}

static bool same_words(zp_str a, zp_str b)
{
    size_t i = 0, k = 0;
    uint32_t code;
    do {
        code = next_word_code(a, &i);
        if (code != next_word_code(b, &k))
            return false;
    } while (code != 0);
    return true;
}

/* The first # heading that says something and is the report's own; NULL when there is none. */
static zp_node *find_title(zp_arena *arena, const zp_node *root)
{
    for (zp_node *node = root->first; node != NULL; node = node->next)
        if (node->kind == ZP_NODE_HEADING && node->heading.level == 1 &&
            !zp_caption_begins_part(arena, node) && zp_str_trim(zp_node_text(arena, node)).n > 0)
            return node;
    return NULL;
}

static void warn_titles(reader *r, const zp_node *heading)
{
    for (const zp_node *node = heading->next; node != NULL; node = node->next)
        if (node->kind == ZP_NODE_HEADING && node->heading.level == 1 &&
            !zp_caption_begins_part(r->arena, node))
            zp_diag_add(r->diag, ZP_WARNING, "second-title", node->span,
                        "正文的标题从 ## 开始，# 只用于报告的总标题", "又出现了一个总标题");
}

static void settle_title(reader *r, zp_node *heading)
{
    zp_report *report = r->report;
    const zp_value *given = zp_value_find(report->meta, ZP_STR("title"));
    zp_str typed = heading ? one_line(r->arena, zp_node_text(r->arena, heading)) : ZP_STR("");
    report->title = one_line(r->arena, zp_value_text(given));
    report->title_span = given ? given->span : r->fence;
    if (heading != NULL)
        warn_titles(r, heading);
    if (report->title.n == 0 && heading == NULL && r->draft) {
        report->title = ZP_STR(ZP_TO_FILL);
    } else if (report->title.n == 0 && heading == NULL) {
        if (!may_lack(r))
            zp_diag_add(r->diag, r->reading ? ZP_FLAW : ZP_ERROR, "missing-title", r->fence,
                        "在开头的基本信息里写“标题: …”，或在正文第一行写“# …”", "报告没有标题");
    } else if (report->title.n == 0) {
        report->title = typed;
        report->title_span = heading->span;
        zp_node_unlink(heading);
    } else if (heading != NULL && same_words(typed, report->title)) {
        zp_node_unlink(heading);
    } else if (heading != NULL) {
        zp_diag_add(r->diag, ZP_WARNING, "two-titles", heading->span,
                    "删去一处；现在以基本信息里的标题为准", "正文的标题和基本信息里的标题不一样");
    }
    report->title_lines = replace_hints(r->arena, report->title, ZP_STR("\n"));
    report->title = replace_hints(r->arena, report->title, ZP_STR(""));
}

/* Whether anything but `title` says something. */
static bool has_text(const zp_node *root, const zp_node *title)
{
    for (zp_node *block = root->first; block != NULL; block = block->next) {
        if (block == title)
            continue;
        zp_walk walk = {block, true};
        do {
            zp_node_kind kind = walk.node->kind;
            if (kind == ZP_NODE_IMAGE || kind == ZP_NODE_CODE || kind == ZP_NODE_CHART ||
                kind == ZP_NODE_MONO ||
                (kind == ZP_NODE_TEXT && zp_str_trim(walk.node->text).n > 0))
                return true;
        } while (zp_walk_next(&walk, block));
    }
    return false;
}

/* Headings by number. */

typedef struct {
    uint32_t code;
    zp_node *node; /* the TEXT or MONO it stands in */
    size_t end;    /* offset behind it in the node's text */
} glyph;

/* How a paragraph begins, without white space. */
typedef struct {
    glyph at[OPENING_MAX];
    size_t n;
    bool whole; /* there is no more */
} opening;

static bool in_set(uint32_t code, zp_str set)
{
    for (size_t at = 0; at < set.n;)
        if (zp_utf8_next(set, &at) == code)
            return true;
    return false;
}

static bool look_at_text(zp_node *node, opening *o)
{
    for (size_t at = 0; at < node->text.n;) {
        uint32_t code = zp_utf8_next(node->text, &at);
        if (zp_code_is_space(code))
            continue;
        if (o->n == OPENING_MAX)
            return false;
        o->at[o->n++] = (glyph){code, node, at};
    }
    return true;
}

static void look_at(zp_node *paragraph, opening *o)
{
    o->n = 0;
    o->whole = true;
    zp_walk walk = {paragraph, true};
    do {
        zp_node_kind kind = walk.node->kind;
        if (walk.entering && (kind == ZP_NODE_TEXT || kind == ZP_NODE_MONO))
            o->whole = look_at_text(walk.node, o);
    } while (o->whole && zp_walk_next(&walk, paragraph));
}

/* The level that the number at the start stands for, 2 for 一、 and 3 for （一）; 0 for none.
 * *behind: the first glyph after it. */
static uint8_t number_level(const opening *o, size_t *behind)
{
    size_t i = 0;
    bool bracket = o->n > 0 && in_set(o->at[0].code, ZP_STR("（("));
    size_t first = i = bracket ? 1 : 0;
    while (i < o->n && in_set(o->at[i].code, ZP_STR("一二三四五六七八九十百零〇")))
        i++;
    *behind = i + 1;
    if (i == first || *behind >= o->n)
        return 0;
    if (bracket)
        return in_set(o->at[i].code, ZP_STR("）)")) ? 3 : 0;
    return o->at[i].code == 0x3001 ? 2 : 0;
}

/* The first glyph from `from` on that is one of `marks`; o->n when there is none. */
static size_t find_mark(const opening *o, size_t from, zp_str marks)
{
    while (from < o->n && !in_set(o->at[from].code, marks))
        from++;
    return from;
}

/* `node` cut at `offset` of its text; the second half, not yet in the tree, or NULL when it would
 * be empty. */
static zp_node *cut_text(zp_arena *arena, zp_node *node, size_t offset)
{
    if (offset == node->text.n)
        return NULL;
    zp_node *tail = zp_node_new(arena, node->kind, node->span);
    tail->text = zp_str_slice(node->text, offset, node->text.n);
    bool verbatim = node->span.end - node->span.start == node->text.n;
    node->text.n = offset;
    if (verbatim)
        tail->span.start = node->span.end = node->span.start + offset;
    else /* the halves have no places of their own; an empty span keeps them from looking as if they
            had */
        tail->span.start = node->span.start = node->span.end;
    return tail;
}

/* What follows `child` in its parent, behind `tail` (NULL: nothing), as a node of the parent's
 * kind; NULL when that is nothing. */
static zp_node *cut_parent(zp_arena *arena, zp_node *child, zp_node *tail)
{
    zp_node *parent = child->parent;
    if (tail == NULL && child->next == NULL)
        return NULL;
    size_t cut = tail != NULL ? tail->span.start : child->next->span.start;
    zp_node *half = zp_node_new(arena, parent->kind, parent->span);
    half->text = parent->text;
    half->span.start = parent->span.end = cut;
    if (tail != NULL)
        zp_node_append(half, tail);
    while (child->next != NULL) {
        zp_node *next = child->next;
        zp_node_unlink(next);
        zp_node_append(half, next);
    }
    return half;
}

/* Makes a heading of `paragraph` up to `last`, the rest a paragraph behind it. */
static void run_in(zp_arena *arena, zp_node *paragraph, const glyph *last, uint8_t level)
{
    zp_node *tail = cut_text(arena, last->node, last->end);
    for (zp_node *node = last->node; node != paragraph; node = node->parent)
        tail = cut_parent(arena, node, tail);
    paragraph->kind = ZP_NODE_HEADING;
    paragraph->heading.level = level;
    paragraph->heading.run_in = tail != NULL;
    if (tail != NULL)
        zp_node_insert_after(paragraph, tail);
}

static void try_heading(zp_arena *arena, zp_node *paragraph)
{
    opening o;
    size_t behind;
    look_at(paragraph, &o);
    uint8_t level = number_level(&o, &behind);
    if (level == 0)
        return;
    size_t stop = find_mark(&o, behind, ZP_STR("，；。"));
    if (o.whole && o.n <= HEADING_MAX && stop == o.n) {
        paragraph->kind = ZP_NODE_HEADING;
        paragraph->heading.level = level;
        paragraph->heading.run_in = false;
        return;
    }
    size_t end = find_mark(&o, behind, ZP_STR("：。"));
    if (end > behind && end <= HEADING_MAX && end <= stop && end + 1 < o.n)
        run_in(arena, paragraph, &o.at[end], level);
}

static bool wants_numbers(reader *r)
{
    const zp_value *given = zp_value_find(r->report->meta, ZP_STR("headings"));
    zp_str word = zp_value_text(given);
    if (is_blank(given))
        return r->report->template->headings_by_number;
    if (!zp_str_eq(word, ZP_STR("by-number")) && !zp_str_eq(word, ZP_STR("markdown")))
        zp_diag_add(r->diag, ZP_ERROR, "bad-value", given->span, "可以写：by-number markdown",
                    "不认识的标题识别方式");
    return zp_str_eq(word, ZP_STR("by-number"));
}

/* The text of a run-in heading is spoken for, whatever it opens with. */
static void settle_headings(reader *r, zp_node *root)
{
    if (!wants_numbers(r))
        return;
    for (zp_node *node = root->first; node != NULL; node = node->next) {
        const zp_node *before = node->previous;
        bool taken = before != NULL && before->kind == ZP_NODE_HEADING && before->heading.run_in;
        if (node->kind == ZP_NODE_PARAGRAPH && !taken)
            try_heading(r->arena, node);
    }
}

/* Ids that links may lead to, sorted. */
static zp_str *collect_ids(zp_arena *arena, zp_node *root, size_t *count)
{
    zp_str *ids = NULL;
    size_t capacity = 0;
    *count = 0;
    zp_walk walk = {root, true};
    while (zp_walk_next(&walk, root)) {
        const zp_node *node = walk.node;
        bool bears = node->kind == ZP_NODE_HEADING || node->kind == ZP_NODE_TABLE ||
                     node->kind == ZP_NODE_FIGURE;
        if (!walk.entering || !bears || node->id.n == 0)
            continue;
        zp_list_grow(arena, ids, *count, capacity);
        ids[(*count)++] = node->id;
    }
    return ids;
}

static int compare_names(const void *a, const void *b)
{
    return zp_str_compare(*(const zp_str *)a, *(const zp_str *)b);
}

/* Links to headings, tables and figures lead somewhere. */
static void check_links(reader *r, zp_node *root)
{
    size_t count;
    zp_str *ids = collect_ids(r->arena, root, &count);
    if (count > 0)
        qsort(ids, count, sizeof *ids, compare_names);
    zp_walk walk = {root, true};
    while (zp_walk_next(&walk, root)) {
        const zp_node *node = walk.node;
        if (!walk.entering || node->kind != ZP_NODE_LINK || !zp_str_starts(node->text, ZP_STR("#")))
            continue;
        zp_str id = zp_str_slice(node->text, 1, node->text.n);
        if (count > 0 && bsearch(&id, ids, count, sizeof *ids, compare_names))
            continue;
        zp_str nearest = zp_str_nearest(id, ids, count < HINTS_MAX ? count : HINTS_MAX);
        zp_str hint = zp_str_format(r->arena, "是不是“#%.*s”？", ZP_ARG(nearest));
        zp_diag_add(r->diag, ZP_FLAW, "missing-target", node->span,
                    nearest.n > 0 ? zp_str_cstr(r->arena, hint)
                                  : "在标题或表题、图题的末尾写 {#名称}，链接才找得到",
                    "没有名为“%.*s”的标题、表或图", ZP_ARG(id));
    }
}

/* Takes U+3000 off a paragraph's front: the indent is ours to make. True when there was one. */
static bool drop_indent(zp_node *paragraph)
{
    zp_node *text = paragraph->first;
    if (text == NULL || text->kind != ZP_NODE_TEXT)
        return false;
    size_t count = 0;
    while (zp_str_starts(zp_str_slice(text->text, count, text->text.n), ZP_STR("　")))
        count += sizeof "　" - 1;
    if (count == 0)
        return false;
    if (text->span.end - text->span.start == text->text.n)
        text->span.start += count;
    text->text = zp_str_slice(text->text, count, text->text.n);
    return true;
}

static void drop_indents(reader *r, zp_node *root)
{
    size_t count = 0;
    zp_span first = {0};
    for (zp_node *node = root->first; node != NULL; node = node->next)
        if (node->kind == ZP_NODE_PARAGRAPH && drop_indent(node) && count++ == 0)
            first = node->span;
    if (count > 0)
        zp_diag_add(r->diag, ZP_HINT, "typed-indent", first, "段首不用空格，排版时自动空两字",
                    "%zu 段开头有全角空格，已去掉", count);
}

/* A level left out on the way down is no mistake to look at, but a reader who hears the headings
 * misses one. Below the title stands level 2, as does an attached part. */
static void check_levels(reader *r, zp_node *root)
{
    int last = 1;
    zp_walk walk = {root, true};
    while (zp_walk_next(&walk, root)) {
        if (!walk.entering || walk.node->kind != ZP_NODE_HEADING)
            continue;
        int level = walk.node->heading.level < 2 ? 2 : walk.node->heading.level;
        if (level > last + 1)
            zp_diag_add(r->diag, ZP_WARNING, "skipped-level", walk.node->span,
                        "逐级往下写：## ### #### #####", "标题跳级：上一个是 %.*s，这里是 %.*s",
                        last, "######", level, "######");
        last = level;
    }
}

static void settle(reader *r, zp_node *root, bool public)
{
    zp_caption_settle(r->arena, root);
    zp_edition_settle(r->arena, root, public);
    zp_node *title = find_title(r->arena, root);
    r->report->root = root;
    if (!has_text(root, title)) {
        zp_diag_add(r->diag, ZP_ERROR, "empty-report", zp_span_file(r->report->source),
                    "在基本信息下面写报告的正文", "报告没有正文");
        return;
    }
    if (!may_lack(r))
        require(r, r->report->meta, r->report->template->content.schema, r->fence, true);
    settle_title(r, title);
    drop_indents(r, root);
    settle_headings(r, root);
    check_levels(r, root);
    check_links(r, root);
    if (!r->draft)
        zp_outline_check(r->arena, root, r->report->template->content.outline, r->fence, r->diag);
}

/* --- The body --------------------------------------------------------------------------------- */

static const zp_sheet *load_sheet(void *user, zp_str reference, zp_span place)
{
    return zp_load_sheet(((zp_facts *)user)->loader, reference, place);
}

/* The body with its placeholders filled and its sheets placed; false after an error. */
static bool expand(reader *r, zp_facts *facts, bool public, zp_span *body)
{
    zp_str text = zp_str_slice(body->source->text, body->start, body->end);
    if (zp_str_find(text, ZP_STR("{{"), 0) < text.n) {
        const zp_source *expanded =
            zp_expand(r->arena, *body, facts->data, &facts->expansion, r->diag);
        if (expanded == NULL)
            return false;
        *body = zp_span_of(expanded, 0, expanded->text.n);
    }
    const zp_placed_options placing = {load_sheet, facts, public};
    *body = zp_placed_expand(r->arena, *body, &placing, r->diag);
    return true;
}

static void read_body(reader *r, zp_facts *facts, zp_span body, bool public)
{
    if (!expand(r, facts, public, &body))
        return;
    r->report->body = body;
    zp_node *root = zp_markdown_read(r->arena, body, r->diag);
    if (root == NULL)
        return;
    settle(r, root, public);
}

zp_report *zp_report_make(zp_arena *arena, const zp_front *front, const zp_template *template,
                          const zp_facts_options *options, zp_diag *diag)
{
    reader r = {.arena = arena, .diag = diag, .report = zp_new(arena, zp_report)};
    zp_report *report = r.report;
    report->source = front->source;
    report->template = template;
    r.fence = front->fence;
    r.draft = report->draft = options->draft;
    r.reading = options->reading;
    if (!zp_str_eq(front->source->name, ZP_STR("标准输入")))
        report->folder = zp_path_folder(front->source->name);
    report->front = front;
    if (front->map ==
        NULL) { /* then nobody knows what is missing, but the body has its own errors */
        if (front->body.source)
            zp_markdown_read(arena, front->body, diag);
        return NULL;
    }
    zp_facts *facts = zp_facts_gather(arena, front, report->folder, template, options, diag);
    report->sample = facts->sample;
    report->public = options->public;
    report->files = zp_loader_files(facts->loader, &report->file_count);
    read_meta(&r, facts->data);
    read_body(&r, facts, front->body, options->public);
    report->used = zp_loader_used(facts->loader, &report->used_count);
    return zp_diag_count(diag, ZP_ERROR) > 0 ? NULL : report;
}

zp_report *zp_report_read(zp_arena *arena, const zp_source *source, const zp_template *template,
                          zp_diag *diag)
{
    const zp_facts_options plain = {0};
    zp_front *front = zp_new(arena, zp_front);
    *front = zp_front_read(arena, source, diag);
    return zp_report_make(arena, front, template, &plain, diag);
}
