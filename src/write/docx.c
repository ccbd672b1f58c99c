/* docx.c: a bound report and its pages in, a Word document out.
 *
 * One walk over the tree, as block.c walks it: lists and quotes only move what is in them. Where a
 * table stands on turned pages, a section ends before and behind it.
 */
#include "write/docx.h"

#include "doc/caption.h"
#include "doc/markdown.h"
#include "write/docxfigure.h"
#include "write/docxmatter.h"
#include "write/docxtable.h"

enum {
    NEST_INDENT = 2, /* 字; block.c */
    NEST_MAX = 4,
};

typedef struct {
    zp_docx *d;
    int quotes, lists;                       /* entered and not left */
    uint32_t numbers[ZP_MARKDOWN_DEPTH + 2]; /* of the next item, by depth of lists */
    zp_str label; /* of the list item whose first paragraph has not come yet */
    bool closed, turned;
    const zp_node *skip; /* a paragraph already written with its run-in heading */
} walker;

static zp_style_name heading_style(const zp_node *heading)
{
    int level = heading->heading.level;
    level = level < 2 ? 2 : level > 5 ? 5 : level;
    return (zp_style_name)(ZP_STYLE_HEADING2 + level - 2);
}

/* A paragraph in a style, moved right as far as lists and quotes want it. */
static zp_docx_paragraph nested(const walker *w, zp_style_name name)
{
    const zp_template *template = w->d->report->template;
    const zp_style *style = &template->styles[name];
    int depth = w->quotes + w->lists - 1;
    depth = depth < 0 ? 0 : depth > NEST_MAX ? NEST_MAX : depth;
    zp_len cell = zp_docx_cell(template, style);
    return (zp_docx_paragraph){.style = zp_docx_style(name),
                               .indented = depth > 0,
                               .left = depth * NEST_INDENT * cell,
                               .first = style->indent * cell};
}

static void put_paragraph(walker *w, const zp_node *paragraph)
{
    zp_docx_paragraph p = nested(w, w->quotes > 0 ? ZP_STYLE_QUOTE : ZP_STYLE_BODY);
    zp_docx_open(w->d, &p);
    zp_docx_run(w->d, w->label, &(zp_docx_face){0});
    w->label.n = 0;
    zp_docx_inlines(w->d, paragraph, &(zp_docx_face){0});
    zp_docx_close(w->d);
}

/* A heading that runs in is a phrase of its paragraph, in the heading's characters. */
static void put_heading(walker *w, const zp_node *heading)
{
    zp_style_name name = heading_style(heading);
    bool run_in = heading->heading.run_in;
    zp_docx_paragraph p = nested(w, run_in ? ZP_STYLE_BODY : name);
    zp_docx_face face = {.style = run_in ? zp_docx_run_in_style(name) : NULL};
    zp_docx_open(w->d, &p);
    size_t target = zp_docx_begin_target(w->d, heading);
    zp_docx_inlines(w->d, heading, &face);
    zp_docx_end_target(w->d, target);
    if (run_in) {
        w->skip = heading->next;
        zp_docx_inlines(w->d, w->skip, &(zp_docx_face){0});
    }
    zp_docx_close(w->d);
}

static void put_code(walker *w, const zp_node *code)
{
    zp_docx_paragraph p = nested(w, ZP_STYLE_CODE);
    for (size_t start = 0; start < code->text.n;) {
        size_t end = zp_str_find(code->text, ZP_STR("\n"), start);
        zp_docx_line(w->d, &p, zp_str_slice(code->text, start, end));
        start = end + 1;
    }
}

static void put_rule(walker *w)
{
    zp_len third = w->d->report->template->page.body_width / 3;
    zp_docx_open(w->d, &(zp_docx_paragraph){.style = ZP_DOCX_FLUSH,
                                            .indented = true,
                                            .left = third,
                                            .right = third,
                                            .rule = "4",
                                            .line = zp_docx_pitch(w->d->report->template) / 2,
                                            .after = zp_docx_pitch(w->d->report->template) / 2});
    zp_docx_close(w->d);
}

static void begin_item(walker *w, const zp_node *item)
{
    if (!item->parent->list.ordered)
        w->label = ZP_STR("• ");
    else
        w->label = zp_str_format(w->d->arena, "%u.", w->numbers[w->lists]++);
}

static void turn(walker *w, bool turned)
{
    if (turned == w->turned)
        return;
    zp_docx_section(w->d, w->turned ? ZP_SECTION_TURNED : ZP_SECTION_UPRIGHT, false);
    w->turned = turned;
}

static void close_text(walker *w)
{
    if (!w->closed)
        zp_docx_closing(w->d);
    w->closed = true;
}

static void put_leaf(walker *w, const zp_node *node)
{
    if (node == w->skip || node->kind == ZP_NODE_NOTE)
        return;
    const zp_table_setting *setting =
        node->kind == ZP_NODE_TABLE ? zp_docx_table_setting(w->d, node) : NULL;
    if (node->kind == ZP_NODE_PAGEBREAK) {
        w->d->breaks = true;
        return;
    }
    turn(w, setting && setting->landscape);
    if (setting)
        zp_docx_table(w->d, node);
    else if (node->kind == ZP_NODE_PARAGRAPH)
        put_paragraph(w, node);
    else if (zp_caption_begins_part(w->d->arena, node)) {
        close_text(w);
        zp_docx_attachment(w->d, node);
    } else if (node->kind == ZP_NODE_HEADING)
        put_heading(w, node);
    else if (node->kind == ZP_NODE_CODE)
        put_code(w, node);
    else if (node->kind == ZP_NODE_FIGURE)
        zp_docx_figure(w->d, node);
    else if (node->kind == ZP_NODE_RULE)
        put_rule(w);
}

static bool is_container(zp_node_kind kind)
{
    return kind == ZP_NODE_DOCUMENT || kind == ZP_NODE_QUOTE || kind == ZP_NODE_LIST ||
           kind == ZP_NODE_ITEM;
}

static void put_text(walker *w)
{
    const zp_node *root = w->d->report->root;
    zp_walk walk = {(zp_node *)root, true};
    while (zp_walk_next(&walk, root)) {
        const zp_node *node = walk.node;
        int step = walk.entering ? 1 : -1;
        if (node->kind == ZP_NODE_QUOTE)
            w->quotes += step;
        else if (node->kind == ZP_NODE_LIST)
            w->lists += step;
        if (!walk.entering)
            continue;
        if (node->kind == ZP_NODE_LIST)
            w->numbers[w->lists] = node->list.start;
        if (node->kind == ZP_NODE_ITEM)
            begin_item(w, node);
        if (!is_container(node->kind)) {
            put_leaf(w, node);
            walk.entering = false;
        }
    }
    turn(w, false);
    close_text(w);
}

/* ---- footnotes ---- */

static void put_separator(zp_docx *d, const char *id, const char *type, const char *element)
{
    zp_xml_open(d->x, "w:footnote");
    zp_xml_set(d->x, "w:type", zp_str_from(type));
    zp_xml_set(d->x, "w:id", zp_str_from(id));
    zp_docx_open(d, &(zp_docx_paragraph){.style = ZP_DOCX_FLUSH, .line = zp_len_pt10(80)});
    zp_xml_open(d->x, "w:r");
    zp_xml_leaf(d->x, element, NULL);
    zp_xml_close(d->x);
    zp_docx_close(d);
    zp_xml_close(d->x);
}

/* A note's paragraphs, its number before the first; other blocks as their text. */
static void put_note(zp_docx *d, const zp_node *note)
{
    zp_xml_open(d->x, "w:footnote");
    zp_xml_set_int(d->x, "w:id", note->note.number);
    const zp_node *block = note->first;
    do {
        zp_docx_open(d, &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_NOTE)});
        if (block == note->first) {
            zp_xml_open(d->x, "w:r");
            zp_xml_open(d->x, "w:rPr");
            zp_xml_leaf(d->x, "w:rStyle", "w:val", "FootnoteReference", NULL);
            zp_xml_close(d->x);
            zp_xml_leaf(d->x, "w:footnoteRef", NULL);
            zp_xml_close(d->x);
            zp_docx_run(d, ZP_STR(" "), &(zp_docx_face){0});
        }
        if (block)
            zp_docx_inlines(d, block, &(zp_docx_face){0});
        zp_docx_close(d);
        block = block ? block->next : NULL;
    } while (block);
    zp_xml_close(d->x);
}

static bool has_notes(const zp_docx *d)
{
    return d->report->root->last && d->report->root->last->kind == ZP_NODE_NOTE;
}

static zp_str footnotes(zp_docx *d)
{
    d->x = zp_xml_begin(d->arena);
    zp_xml_open(d->x, "w:footnotes");
    zp_xml_set(d->x, "xmlns:w", ZP_STR(ZP_DOCX_MAIN));
    zp_xml_set(d->x, "xmlns:r", ZP_STR(ZP_DOCX_RELATIONS));
    put_separator(d, "-1", "separator", "w:separator");
    put_separator(d, "0", "continuationSeparator", "w:continuationSeparator");
    for (const zp_node *note = d->report->root->first; note; note = note->next)
        if (note->kind == ZP_NODE_NOTE)
            put_note(d, note);
    return zp_xml_end(d->x);
}

/* ---- the document ---- */

static zp_str document(zp_docx *d)
{
    walker w = {.d = d};
    d->x = zp_xml_begin(d->arena);
    zp_xml_open(d->x, "w:document");
    zp_xml_set(d->x, "xmlns:w", ZP_STR(ZP_DOCX_MAIN));
    zp_xml_set(d->x, "xmlns:r", ZP_STR(ZP_DOCX_RELATIONS));
    zp_xml_set(d->x, "xmlns:wp",
               ZP_STR("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"));
    zp_xml_open(d->x, "w:body");
    zp_docx_front(d);
    zp_docx_opening(d);
    put_text(&w);
    if (d->after_table)
        zp_docx_mark(d); /* a document ends in a paragraph */
    size_t numbered = d->pages->count;
    zp_docx_imprint(d);
    bool bare = d->report->matter.imprint.asked && numbered > 0 &&
                d->pages->pages[numbered - 1].number == 0;
    zp_docx_section(d, bare ? ZP_SECTION_BARE : ZP_SECTION_UPRIGHT, true);
    return zp_xml_end(d->x);
}

void zp_docx_write(zp_arena *arena, const zp_report *report, const zp_pages *pages,
                   const zp_docx_options *options, zp_buf *out)
{
    zp_docx d = {.arena = arena, .report = report, .pages = pages, .parts = {.arena = arena}};
    uint32_t notes = has_notes(&d) ? report->root->last->note.number : 0;
    d.notes = zp_new_array(arena, zp_docx_note, notes);
    zp_docx_find_targets(&d);
    zp_docx_header_parts(&d);
    zp_str text = document(&d);
    zp_docx_part_add(&d.parts, ZP_PART_STYLES, ZP_STR("styles.xml"),
                     zp_docx_styles(arena, report->template));
    zp_docx_part_add(&d.parts, ZP_PART_SETTINGS, ZP_STR("settings.xml"),
                     zp_docx_settings(arena, notes > 0));
    zp_docx_part_add(&d.parts, ZP_PART_FONTS, ZP_STR("fontTable.xml"), zp_docx_font_table(arena));
    if (notes > 0)
        zp_docx_part_add(&d.parts, ZP_PART_FOOTNOTES, ZP_STR("footnotes.xml"), footnotes(&d));
    zp_docx_facts facts = {report->title, report->department, options->producer, options->date};
    zp_docx_parts_write(&d.parts, text, &facts, out);
}
