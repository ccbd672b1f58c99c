/* docxtable.c: a TABLE node and its setting in, w:tbl out.
 *
 * A joined cell stands in each of its rows: the first restarts it (w:vMerge), those below go on
 * with it and are empty. Order of elements: w:tblPr (17.4.60) tblW jc tblBorders tblLayout
 * tblCellMar; w:tcPr (17.4.70) tcW gridSpan vMerge tcBorders vAlign.
 */
#include "write/docxtable.h"

#include "layout/legend.h"
#include "layout/sketch.h"

enum {
    THIN = 4, /* eighths of a point; ruling.c */
    THICK = 8,
    SPACE_PART = 50,   /* blank above and below a table, in hundredths of its type; grid.c */
    WORDS_MOST = 32,   /* of a signing row */
    COLUMNS_MOST = 63, /* that Word opens; what stands further right goes into the last */
    SIDE_AIR_PT10 = 2,
};

typedef struct {
    zp_docx *d;
    const zp_table_setting *s;
    uint32_t columns;
    const zp_node **above; /* by column: the joined cell that reaches down to this row, or NULL */
    uint32_t *left;        /* by column: how many rows of it are still to come */
    size_t cell;           /* the next in the setting */
    zp_docx_face face;
    zp_len line;
} tabler;

const zp_table_setting *zp_docx_table_setting(const zp_docx *d, const zp_node *table)
{
    for (size_t i = d->next_table; i < d->pages->table_count; i++)
        if (d->pages->tables[i].node == table)
            return &d->pages->tables[i];
    return NULL;
}

/* ---- around the table ---- */

static void put_caption(zp_docx *d, const zp_node *table, const zp_node *caption)
{
    zp_docx_open(d, &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_CAPTION), .keeps = true});
    size_t target = zp_docx_begin_target(d, table);
    zp_docx_run(d, zp_legend_label(d->arena, caption), &(zp_docx_face){0});
    zp_docx_inlines(d, caption, &(zp_docx_face){0});
    zp_docx_end_target(d, target);
    zp_docx_close(d);
}

static void put_unit(zp_docx *d, const zp_node *unit)
{
    zp_docx_open(d, &(zp_docx_paragraph){
                        .style = zp_docx_style(ZP_STYLE_TABLE_NOTE), .keeps = true, .jc = "right"});
    zp_docx_run(d, ZP_STR("单位："), &(zp_docx_face){0});
    zp_docx_inlines(d, unit, &(zp_docx_face){0});
    zp_docx_close(d);
}

static void put_remark(zp_docx *d, const zp_node *remark, bool keeps)
{
    zp_docx_open(d,
                 &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_TABLE_NOTE), .keeps = keeps});
    zp_docx_run(d, zp_legend_remark(remark), &(zp_docx_face){0});
    zp_docx_inlines(d, remark, &(zp_docx_face){0});
    zp_docx_close(d);
}

/* Words with the same room behind each, at tabs. */
static void put_signing(zp_docx *d, const zp_node *signing, zp_len width)
{
    const zp_style *style = &d->report->template->styles[ZP_STYLE_TABLE_NOTE];
    zp_str text = zp_node_text(d->arena, signing), words[WORDS_MOST];
    zp_len tabs[WORDS_MOST], taken = 0, x = 0;
    size_t count = 0, at = 0;
    while (count < WORDS_MOST && zp_legend_word(text, &at, &words[count]))
        taken += zp_sketch_width(words[count++], style->size);
    zp_len room = count ? (width - taken) / (zp_len)count : 0;
    zp_buf line = {.arena = d->arena};
    for (size_t i = 0; i < count; i++) {
        tabs[i] = x += zp_sketch_width(words[i], style->size) + (room > 0 ? room : 0);
        zp_buf_add(&line, words[i]);
        if (i + 1 < count)
            zp_buf_byte(&line, room > 0 ? '\t' : ' ');
    }
    zp_docx_line(
        d,
        &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_TABLE_NOTE),
                             .line = zp_len_scale(style->size, ZP_DOCX_SIGNING_LEADING, 100),
                             .tabs = tabs,
                             .tab_count = count && room > 0 ? count - 1 : 0},
        zp_buf_str(&line));
}

/* ---- properties ---- */

static void put_border(zp_docx *d, const char *side, int eighths)
{
    zp_xml_open(d->x, side);
    zp_xml_set(d->x, "w:val", zp_str_from(eighths ? "single" : "nil"));
    if (eighths) {
        zp_xml_set_int(d->x, "w:sz", eighths);
        zp_xml_set(d->x, "w:space", ZP_STR("0"));
        zp_xml_set(d->x, "w:color", ZP_STR("auto"));
    }
    zp_xml_close(d->x);
}

static void put_borders(zp_docx *d, zp_table_style style)
{
    int edge = style == ZP_TABLE_GRID ? THIN : style == ZP_TABLE_THREE_LINE ? THICK : 0;
    int inner = style == ZP_TABLE_GRID ? THIN : 0;
    zp_xml_open(d->x, "w:tblBorders");
    put_border(d, "w:top", edge);
    put_border(d, "w:left", inner);
    put_border(d, "w:bottom", edge);
    put_border(d, "w:right", inner);
    put_border(d, "w:insideH", inner);
    put_border(d, "w:insideV", inner);
    zp_xml_close(d->x);
}

static void put_width(zp_docx *d, const char *element, zp_len width)
{
    zp_xml_open(d->x, element);
    zp_docx_set_length(d, "w:w", width);
    zp_xml_set(d->x, "w:type", ZP_STR("dxa"));
    zp_xml_close(d->x);
}

/* Readers add the rule to the height of the row: the padding above gives it up. Those at the sides
 * give up a little, because readers round the widths of columns: text that fills its cell to the
 * hair would be broken. */
static void put_padding(zp_docx *d, const zp_table_setting *s)
{
    zp_len rule = s->style == ZP_TABLE_GRID ? zp_len_pt10(5) : 0;
    zp_len side = s->padding - zp_len_pt10(SIDE_AIR_PT10);
    zp_xml_open(d->x, "w:tblCellMar");
    put_width(d, "w:top", s->padding - rule);
    put_width(d, "w:left", side);
    put_width(d, "w:bottom", s->padding);
    put_width(d, "w:right", side);
    zp_xml_close(d->x);
}

/* Of the column before `end`. */
static zp_len right_edge(const tabler *t, uint32_t end)
{
    return t->s->edges[end == t->columns ? t->s->columns : end];
}

static void put_table_properties(const tabler *t)
{
    zp_docx *d = t->d;
    const zp_table_setting *s = t->s;
    zp_xml_open(d->x, "w:tblPr");
    put_width(d, "w:tblW", s->edges[s->columns]);
    put_borders(d, s->style);
    zp_xml_leaf(d->x, "w:tblLayout", "w:type", "fixed", NULL);
    put_padding(d, s);
    zp_xml_close(d->x);
    zp_xml_open(d->x, "w:tblGrid");
    for (uint32_t c = 0; c < t->columns; c++) {
        zp_xml_open(d->x, "w:gridCol");
        zp_xml_set_int(d->x, "w:w",
                       zp_docx_twips(right_edge(t, c + 1)) - zp_docx_twips(s->edges[c]));
        zp_xml_close(d->x);
    }
    zp_xml_close(d->x);
}

/* ---- rows ---- */

static void put_row_properties(const tabler *t, uint32_t row)
{
    zp_docx *d = t->d;
    const zp_page_setup *page = &d->report->template->page;
    zp_len room = t->s->landscape ? page->body_width : page->body_height;
    zp_xml_open(d->x, "w:trPr");
    if (t->s->heights[row] < room)
        zp_xml_leaf(d->x, "w:cantSplit", NULL);
    zp_xml_open(d->x, "w:trHeight");
    zp_docx_set_length(d, "w:val", t->s->heights[row] < room ? t->s->heights[row] : t->s->leading);
    zp_xml_set(d->x, "w:hRule", ZP_STR("atLeast"));
    zp_xml_close(d->x);
    if (t->s->repeats && row < t->s->head_rows)
        zp_xml_leaf(d->x, "w:tblHeader", NULL);
    zp_xml_close(d->x);
}

/* Three-line tables: a rule below the head, and below a joined head within it. */
static bool is_ruled_below(const tabler *t, const zp_node *cell, uint32_t last_row)
{
    return t->s->style == ZP_TABLE_THREE_LINE && last_row < t->s->head_rows &&
           (last_row + 1 == t->s->head_rows || cell->cell.columns > 1);
}

static uint32_t end_of(const tabler *t, const zp_node *cell)
{
    uint32_t end = cell->cell.column + cell->cell.columns;
    return end < t->columns ? end : t->columns;
}

static void open_cell(const tabler *t, const zp_node *cell, const char *merge, bool ruled)
{
    zp_docx *d = t->d;
    uint32_t first = cell->cell.column, end = end_of(t, cell);
    zp_xml_open(d->x, "w:tc");
    zp_xml_open(d->x, "w:tcPr");
    put_width(d, "w:tcW", right_edge(t, end) - t->s->edges[first]);
    if (end - first > 1)
        zp_docx_number(d, "w:gridSpan", end - first);
    if (merge)
        zp_xml_leaf(d->x, "w:vMerge", "w:val", merge, NULL);
    if (ruled) {
        zp_xml_open(d->x, "w:tcBorders");
        put_border(d, "w:bottom", THIN);
        zp_xml_close(d->x);
    }
    zp_xml_leaf(d->x, "w:vAlign", "w:val", "center", NULL);
    zp_xml_close(d->x);
}

static void put_text(tabler *t, const zp_node *cell, uint32_t row)
{
    static const char *const words[] = {[ZP_ALIGN_NONE] = "both",
                                        [ZP_ALIGN_LEFT] = "left",
                                        [ZP_ALIGN_CENTER] = "center",
                                        [ZP_ALIGN_RIGHT] = "right"};
    const zp_cell_setting *setting = &t->s->cells[t->cell++];
    bool head = row < t->s->head_rows;
    zp_docx_paragraph p = {.style = zp_docx_style(head ? ZP_STYLE_TABLE_HEAD : ZP_STYLE_TABLE),
                           .keeps = t->s->keeps[row],
                           .line = t->line,
                           .jc = words[setting->align]};
    if (setting->inset > 0) {
        p.jc = "right";
        p.indented = true;
        p.right = setting->inset;
    }
    zp_docx_open(t->d, &p);
    zp_docx_inlines(t->d, cell, &t->face);
    zp_docx_close(t->d);
}

/* Closes a cell; the last one holds those right of it too. */
static void close_cell(tabler *t, const zp_node *cell, const zp_node *next, uint32_t row)
{
    for (; next && end_of(t, cell) == t->columns; next = next->next)
        put_text(t, next, row);
    zp_xml_close(t->d->x);
}

static void put_cell(tabler *t, const zp_node *cell, uint32_t row)
{
    bool joined = cell->cell.rows > 1;
    open_cell(t, cell, joined ? "restart" : NULL, is_ruled_below(t, cell, row) && !joined);
    put_text(t, cell, row);
    close_cell(t, cell, cell->next, row);
    for (uint32_t c = 0; joined && c < cell->cell.columns; c++) {
        t->above[cell->cell.column + c] = cell;
        t->left[cell->cell.column + c] = cell->cell.rows - 1;
    }
}

/* A further row of a joined cell, whose next cell of its own is `next`. */
static void put_rest(tabler *t, uint32_t column, const zp_node *next, uint32_t row)
{
    const zp_node *cell = t->above[column];
    bool last = t->left[column] == 1;
    open_cell(t, cell, "continue", last && is_ruled_below(t, cell, row));
    zp_docx_open(t->d, &(zp_docx_paragraph){.style = zp_docx_style(ZP_STYLE_TABLE),
                                            .keeps = t->s->keeps[row],
                                            .line = t->line});
    zp_docx_close(t->d);
    close_cell(t, cell, next, row);
    for (uint32_t c = 0; c < cell->cell.columns; c++)
        t->left[column + c]--;
}

static void put_row(tabler *t, const zp_node *node, uint32_t row)
{
    zp_xml_open(t->d->x, "w:tr");
    put_row_properties(t, row);
    const zp_node *cell = node->first;
    for (uint32_t c = 0; c < t->columns;) {
        if (t->left[c] > 0) {
            uint32_t width = t->above[c]->cell.columns;
            put_rest(t, c, cell, row);
            c += width;
        } else {
            put_cell(t, cell, row);
            c += cell->cell.columns;
            cell = cell->next;
        }
    }
    zp_xml_close(t->d->x);
}

static void put_rows(zp_docx *d, const zp_table_setting *s)
{
    tabler t = {.d = d, .s = s, .columns = s->columns < COLUMNS_MOST ? s->columns : COLUMNS_MOST};
    t.above = zp_new_array(d->arena, const zp_node *, s->columns);
    t.left = zp_new_array(d->arena, uint32_t, s->columns);
    if (s->size != d->report->template->styles[ZP_STYLE_TABLE].size) {
        t.face.size = s->size;
        t.line = s->leading;
    }
    zp_xml_open(d->x, "w:tbl");
    put_table_properties(&t);
    uint32_t row = 0;
    for (const zp_node *node = s->node->first; node; node = node->next)
        if (node->kind == ZP_NODE_ROW)
            put_row(&t, node, row++);
    zp_xml_close(d->x);
}

void zp_docx_table(zp_docx *d, const zp_node *table)
{
    const zp_table_setting *s = zp_docx_table_setting(d, table);
    d->next_table = (size_t)(s - d->pages->tables) + 1;
    zp_len space = zp_len_scale(s->size, SPACE_PART, 100);
    const zp_node *part = table->first;
    d->before += space;
    for (; part && part->kind != ZP_NODE_ROW; part = part->next)
        if (part->kind == ZP_NODE_CAPTION)
            put_caption(d, table, part);
        else if (part->kind == ZP_NODE_UNIT)
            put_unit(d, part);
    if (part == table->first && (d->after_table || d->breaks))
        zp_docx_mark(d); /* two tables that touch become one; and no page begins with a cell */
    d->before = 0;
    put_rows(d, s);
    d->after_table = true;
    for (; part; part = part->next)
        if (part->kind == ZP_NODE_REMARK)
            put_remark(d, part, part->next != NULL);
        else if (part->kind == ZP_NODE_SIGNING)
            put_signing(d, part, s->edges[s->columns]);
    d->before = space;
}
