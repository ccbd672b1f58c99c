/* docxtext.c: inlines in, runs out.
 *
 * Runs carry w:hint="eastAsia": “ ” — … · are then drawn by the Chinese font, as they are on our
 * pages, and not by the Latin one. Where our pages have it otherwise (≥10, “word”) they do not.
 */
#include "write/docxtext.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "doc/link.h"
#include "layout/cjk.h"

void zp_docx_number(zp_docx *d, const char *element, int64_t value)
{
    zp_xml_open(d->x, element);
    zp_xml_set_int(d->x, "w:val", value);
    zp_xml_close(d->x);
}

void zp_docx_set_length(zp_docx *d, const char *attribute, zp_len length)
{
    zp_xml_set_int(d->x, attribute, zp_docx_twips(length));
}

/* ---- paragraphs ---- */

static void put_rule(zp_docx *d, const zp_docx_paragraph *p)
{
    zp_xml_open(d->x, "w:pBdr");
    zp_xml_open(d->x, "w:bottom");
    zp_xml_set(d->x, "w:val", ZP_STR("single"));
    zp_xml_set(d->x, "w:sz", zp_str_from(p->rule));
    zp_xml_set_int(d->x, "w:space", p->rule_space / ZP_PT);
    zp_xml_set(d->x, "w:color", zp_str_from(p->red ? "FF0000" : "auto"));
    zp_xml_close(d->x);
    zp_xml_close(d->x);
}

static void put_tab(zp_docx *d, const char *kind, zp_len at)
{
    zp_xml_open(d->x, "w:tab");
    zp_xml_set(d->x, "w:val", zp_str_from(kind));
    zp_docx_set_length(d, "w:pos", at);
    zp_xml_close(d->x);
}

static void put_tabs(zp_docx *d, const zp_docx_paragraph *p)
{
    if (p->tab_count == 0 && p->right_tab == 0)
        return;
    zp_xml_open(d->x, "w:tabs");
    for (size_t i = 0; i < p->tab_count; i++)
        put_tab(d, "left", p->tabs[i]);
    if (p->right_tab > 0)
        put_tab(d, "right", p->right_tab);
    zp_xml_close(d->x);
}

static void put_spacing(zp_docx *d, const zp_docx_paragraph *p, zp_len before)
{
    if (before == 0 && p->after == 0 && p->line == 0)
        return;
    zp_xml_open(d->x, "w:spacing");
    if (before > 0)
        zp_docx_set_length(d, "w:before", before);
    if (p->after > 0)
        zp_docx_set_length(d, "w:after", p->after);
    if (p->line > 0) {
        zp_docx_set_length(d, "w:line", p->line);
        zp_xml_set(d->x, "w:lineRule", ZP_STR("exact"));
    }
    zp_xml_close(d->x);
}

static void put_indent(zp_docx *d, const zp_docx_paragraph *p)
{
    if (!p->indented)
        return;
    zp_xml_open(d->x, "w:ind");
    zp_docx_set_length(d, "w:left", p->left);
    zp_docx_set_length(d, "w:right", p->right);
    zp_xml_set(d->x, p->first < 0 ? "w:hangingChars" : "w:firstLineChars", ZP_STR("0"));
    if (p->first < 0)
        zp_docx_set_length(d, "w:hanging", -p->first);
    else
        zp_docx_set_length(d, "w:firstLine", p->first);
    zp_xml_close(d->x);
}

/* In the order that docxstyle.c gives. */
void zp_docx_open(zp_docx *d, const zp_docx_paragraph *p)
{
    zp_xml_open(d->x, "w:p");
    zp_xml_open(d->x, "w:pPr");
    zp_xml_leaf(d->x, "w:pStyle", "w:val", p->style, NULL);
    if (p->keeps)
        zp_xml_leaf(d->x, "w:keepNext", NULL);
    if (d->breaks)
        zp_xml_leaf(d->x, "w:pageBreakBefore", NULL);
    if (p->rule)
        put_rule(d, p);
    put_tabs(d, p);
    put_spacing(d, p, p->before + d->before);
    put_indent(d, p);
    if (p->jc)
        zp_xml_leaf(d->x, "w:jc", "w:val", p->jc, NULL);
    zp_xml_close(d->x);
    d->breaks = false;
    d->after_table = false;
    d->before = 0;
}

void zp_docx_close(zp_docx *d)
{
    zp_xml_close(d->x);
}

void zp_docx_line(zp_docx *d, const zp_docx_paragraph *p, zp_str text)
{
    zp_docx_open(d, p);
    zp_docx_run(d, text, &(zp_docx_face){0});
    zp_docx_close(d);
}

void zp_docx_mark(zp_docx *d)
{
    zp_docx_open(d, &(zp_docx_paragraph){.style = ZP_DOCX_MARK});
    zp_docx_close(d);
}

/* ---- runs ---- */

static void put_face(zp_docx *d, const zp_docx_face *face, bool latin)
{
    const char *style = face->strong ? "Strong" : face->emph ? "Emphasis" : face->style;
    zp_xml_open(d->x, "w:rPr");
    if (style)
        zp_xml_leaf(d->x, "w:rStyle", "w:val", style, NULL);
    if (!latin)
        zp_xml_leaf(d->x, "w:rFonts", "w:hint", "eastAsia", NULL);
    if (face->red)
        zp_xml_leaf(d->x, "w:color", "w:val", "FF0000", NULL);
    int64_t size = ((int64_t)face->size * 2 + ZP_PT / 2) / ZP_PT;
    if (size > 0) {
        zp_docx_number(d, "w:sz", size);
        zp_docx_number(d, "w:szCs", size);
    }
    zp_xml_close(d->x);
}

static void put_words(zp_docx *d, zp_str text)
{
    if (text.n == 0)
        return;
    zp_xml_open(d->x, "w:t");
    zp_xml_set(d->x, "xml:space", ZP_STR("preserve"));
    zp_xml_text(d->x, text);
    zp_xml_close(d->x);
}

static void put_run(zp_docx *d, zp_str text, const zp_docx_face *face, bool latin)
{
    zp_xml_open(d->x, "w:r");
    put_face(d, face, latin);
    size_t start = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '\n' && text.p[i] != '\t')
            continue;
        put_words(d, zp_str_slice(text, start, i));
        zp_xml_leaf(d->x, text.p[i] == '\n' ? "w:br" : "w:tab", NULL);
        start = i + 1;
    }
    put_words(d, zp_str_slice(text, start, text.n));
    zp_xml_close(d->x);
}

/* Whether a character of both fonts is the Latin one's: in a word or number, or a quotation mark
 * around one. */
static bool is_latin(const zp_cjk_token *token, uint32_t code)
{
    bool quotes = code >= 0x2018 && code <= 0x201D;
    return token->class == ZP_CJK_W ||
           (quotes && (token->class == ZP_CJK_PR || token->class == ZP_CJK_PO));
}

/* A run, or several where it turns from one font to the other in what is not ASCII. */
void zp_docx_run(zp_docx *d, zp_str text, const zp_docx_face *face)
{
    size_t most = zp_utf8_count(text), start = 0, end = 0, count = 0;
    uint32_t *codes = zp_new_array(d->arena, uint32_t, most);
    zp_cjk_token *tokens = zp_new_array(d->arena, zp_cjk_token, most);
    while (end < text.n)
        codes[count++] = zp_utf8_next(text, &end);
    size_t cut = zp_cjk_cut(codes, count, tokens), token = 0;
    bool latin = false;
    for (size_t i = 0, at = 0, next = 0; i < count; i++, at = next) {
        zp_utf8_next(text, &next);
        while (token < cut && tokens[token].first + tokens[token].count <= i)
            token++;
        if (codes[i] < 0x80 || token == cut || tokens[token].first > i ||
            is_latin(&tokens[token], codes[i]) == latin)
            continue;
        if (at > start)
            put_run(d, zp_str_slice(text, start, at), face, latin);
        start = at;
        latin = !latin;
    }
    if (text.n > start)
        put_run(d, zp_str_slice(text, start, text.n), face, latin);
}

static void put_field_mark(zp_docx *d, const char *kind)
{
    zp_xml_open(d->x, "w:r");
    zp_xml_leaf(d->x, "w:fldChar", "w:fldCharType", kind, NULL);
    zp_xml_close(d->x);
}

void zp_docx_field(zp_docx *d, zp_str instruction, zp_str result, const zp_docx_face *face)
{
    put_field_mark(d, "begin");
    zp_xml_open(d->x, "w:r");
    zp_xml_open(d->x, "w:instrText");
    zp_xml_set(d->x, "xml:space", ZP_STR("preserve"));
    zp_xml_text(d->x, instruction);
    zp_xml_close(d->x);
    zp_xml_close(d->x);
    put_field_mark(d, "separate");
    zp_docx_run(d, result, face);
    put_field_mark(d, "end");
}

static void begin_bookmark(zp_docx *d, size_t id, zp_str name)
{
    zp_xml_open(d->x, "w:bookmarkStart");
    zp_xml_set_int(d->x, "w:id", (int64_t)id);
    zp_xml_set(d->x, "w:name", name);
    zp_xml_close(d->x);
}

static void end_bookmark(zp_docx *d, size_t id)
{
    zp_xml_open(d->x, "w:bookmarkEnd");
    zp_xml_set_int(d->x, "w:id", (int64_t)id);
    zp_xml_close(d->x);
}

/* The first reference to a note is Word's own, of which the note's number is made; a further one is
 * a field that repeats that number. */
static void put_reference(zp_docx *d, const zp_node *node)
{
    uint32_t number = node->note.number;
    zp_docx_note *note = &d->notes[number - 1];
    zp_docx_face raised = {.style = "FootnoteReference"};
    zp_str name = zp_str_format(d->arena, "_zpn%u", number);
    if (note->met) {
        zp_docx_field(d, zp_str_format(d->arena, " NOTEREF %.*s \\h ", ZP_ARG(name)),
                      zp_str_format(d->arena, "%u", number), &raised);
        return;
    }
    note->met = true;
    size_t id = d->target_count + number; /* those of targets are below */
    if (note->references > 1)
        begin_bookmark(d, id, name);
    zp_xml_open(d->x, "w:r");
    put_face(d, &raised, false);
    zp_xml_open(d->x, "w:footnoteReference");
    zp_xml_set_int(d->x, "w:id", number);
    zp_xml_close(d->x);
    zp_xml_close(d->x);
    if (note->references > 1)
        end_bookmark(d, id);
}

/* ---- links and targets ---- */

static const zp_docx_target *find_id(const zp_docx *d, zp_str id)
{
    size_t low = 0, high = d->id_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = zp_str_compare(d->by_id[middle].node->id, id);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < d->id_count && zp_str_eq(d->by_id[low].node->id, id);
    return found ? &d->by_id[low] : NULL;
}

/* Opens a link; false when it leads nowhere. */
static bool open_link(zp_docx *d, zp_str url)
{
    if (url.n > 1 && url.p[0] == '#') {
        const zp_docx_target *target = find_id(d, zp_str_slice(url, 1, url.n));
        if (!target)
            return false;
        zp_xml_open(d->x, "w:hyperlink");
        zp_xml_set(d->x, "w:anchor", zp_str_format(d->arena, "_zp%zu", target->number));
        return true;
    }
    if (url.n == 0 || !zp_link_is_safe(url))
        return false;
    size_t id = zp_docx_part_add(&d->parts, ZP_PART_LINK, url, (zp_str){0});
    zp_xml_open(d->x, "w:hyperlink");
    zp_xml_set(d->x, "r:id", zp_str_format(d->arena, "rId%zu", id));
    return true;
}

void zp_docx_inlines(zp_docx *d, const zp_node *node, const zp_docx_face *face)
{
    int strong = 0, emph = 0;
    bool linked = false;
    zp_walk walk = {(zp_node *)node, true};
    while (zp_walk_next(&walk, node)) {
        const zp_node *n = walk.node;
        if (n->kind == ZP_NODE_STRONG)
            strong += walk.entering ? 1 : -1;
        else if (n->kind == ZP_NODE_EMPH)
            emph += walk.entering ? 1 : -1;
        else if (n->kind == ZP_NODE_LINK && walk.entering)
            linked = open_link(d, n->text);
        else if (n->kind == ZP_NODE_LINK && linked) {
            zp_xml_close(d->x);
            linked = false;
        }
        if (!walk.entering)
            continue;
        zp_docx_face own = *face;
        own.strong = strong > 0;
        own.emph = emph > 0;
        if (n->kind == ZP_NODE_TEXT || n->kind == ZP_NODE_MONO)
            zp_docx_run(d, n->text, &own);
        else if (n->kind == ZP_NODE_BREAK)
            zp_docx_run(d, ZP_STR("\n"), &own);
        else if (n->kind == ZP_NODE_NOTEREF)
            put_reference(d, n->noteref.note);
        else if (n->kind == ZP_NODE_IMAGE) {
            zp_docx_run(d,
                        zp_str_format(d->arena, "［图：%.*s］", ZP_ARG(zp_node_text(d->arena, n))),
                        &own);
            walk.entering = false;
        }
    }
}

static bool is_target(const zp_node *node)
{
    return node->kind == ZP_NODE_HEADING ||
           ((node->kind == ZP_NODE_TABLE || node->kind == ZP_NODE_FIGURE) && node->id.n > 0);
}

static int compare_targets(const void *a, const void *b)
{
    const zp_docx_target *x = a, *y = b;
    int order = zp_str_compare(x->node->id, y->node->id);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

void zp_docx_find_targets(zp_docx *d)
{
    size_t capacity = 0;
    zp_walk walk = {d->report->root, true};
    while (zp_walk_next(&walk, d->report->root)) {
        if (walk.entering && walk.node->kind == ZP_NODE_NOTEREF)
            d->notes[walk.node->noteref.note->note.number - 1].references++;
        if (!walk.entering || !is_target(walk.node))
            continue;
        zp_list_grow(d->arena, d->targets, d->target_count, capacity);
        d->targets[d->target_count] = (zp_docx_target){walk.node, d->target_count + 1};
        d->target_count++;
    }
    d->by_id = zp_new_array(d->arena, zp_docx_target, d->target_count);
    for (size_t i = 0; i < d->target_count; i++)
        if (d->targets[i].node->id.n > 0)
            d->by_id[d->id_count++] = d->targets[i];
    if (d->id_count > 0)
        qsort(d->by_id, d->id_count, sizeof *d->by_id, compare_targets);
}

/* Targets come in the order of the tree. */
size_t zp_docx_begin_target(zp_docx *d, const zp_node *node)
{
    size_t i = d->next_target;
    while (i < d->target_count && d->targets[i].node != node)
        i++;
    if (i == d->target_count)
        return 0;
    d->next_target = i + 1;
    begin_bookmark(d, i + 1, zp_str_format(d->arena, "_zp%zu", i + 1));
    return i + 1;
}

void zp_docx_end_target(zp_docx *d, size_t number)
{
    if (number > 0)
        end_bookmark(d, number);
}

/* ---- line ends ---- */

/* How many characters that are no spaces each line of the node's items holds, up to `most` lines.
 */
static size_t count_lines(const zp_docx *d, const zp_node *node, size_t *counts, size_t most)
{
    size_t lines = 0;
    zp_len y = 0;
    for (size_t p = d->pages->front; p < d->pages->count; p++)
        for (size_t i = 0; i < d->pages->pages[p].count; i++) {
            const zp_item *item = &d->pages->pages[p].items[i];
            if (item->kind != ZP_ITEM_TEXT || item->node != node || item->red)
                continue;
            zp_len apart = item->y - y;
            if (lines == 0 || apart > item->text.size / 2 || apart < -item->text.size / 2) {
                if (lines == most)
                    return lines;
                counts[lines++] = 0;
                y = item->y;
            }
            for (uint32_t k = 0; k < item->text.count; k++)
                if (item->text.glyphs[k].code != ' ' && item->text.glyphs[k].code != 0x3000)
                    counts[lines - 1] += item->text.glyphs[k].repeat;
        }
    return lines;
}

zp_str zp_docx_as_laid(const zp_docx *d, zp_str text, const zp_node *node, size_t skip)
{
    enum { LINES_MOST = 32 };
    size_t *counts = zp_new_array(d->arena, size_t, LINES_MOST), line = skip, given = 0;
    size_t lines = count_lines(d, node, counts, LINES_MOST);
    zp_buf out = {.arena = d->arena};
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t code = zp_utf8_next(text, &at);
        if (code == '\n')
            continue;
        bool space = code == ' ' || code == 0x3000;
        if (!space && line + 1 < lines && given == counts[line]) {
            zp_buf_byte(&out, '\n');
            line++;
            given = 0;
        }
        zp_buf_add(&out, zp_str_slice(text, start, at));
        given += !space;
    }
    return zp_buf_str(&out);
}
