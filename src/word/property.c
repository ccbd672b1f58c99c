/* property.c: properties of paragraphs, runs, rows and cells; and what is only counted. */
#include "word/reader.h"

#include "book/xlsx.h"

/* What a switch says: on, unless it says off (17.17.4). */
static bool is_on(zp_word_attributes a)
{
    zp_str value = zp_word_value(a, "val");
    return value.n == 0 || zp_xlsx_bool(value) || zp_str_eq(value, ZP_STR("on"));
}

/* --- What is only counted --------------------------------------------------------------------- */

static bool open_chart(zp_word_reader *r, zp_word_attributes a)
{
    if (zp_word_value(a, "id").n > 0)
        zp_word_tally(r, ZP_WORD_COUNT_CHART);
    return false;
}

static bool open_comment(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    zp_word_tally(r, ZP_WORD_COUNT_COMMENT);
    return false;
}

static bool open_formula(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    zp_word_tally(r, ZP_WORD_COUNT_FORMULA);
    return false;
}

static bool open_link(zp_word_reader *r, zp_word_attributes a)
{
    if (zp_word_value(a, "id").n > 0)
        zp_word_tally(r, ZP_WORD_COUNT_LINK);
    return false;
}

static bool open_inserted(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    zp_word_tally(r, ZP_WORD_COUNT_INSERTED);
    return false;
}

static bool open_deleted(zp_word_reader *r, zp_word_attributes a)
{
    zp_word_tally(r, ZP_WORD_COUNT_DELETED);
    if (!r->property)
        return zp_word_skip(r, a);
    if (r->kind == ZP_WORD_OF_PARAGRAPH && r->paragraph)
        r->paragraph->joined = true;
    if (r->kind == ZP_WORD_OF_ROW && r->table)
        r->table->row_deleted = true;
    return false;
}

static bool open_deleted_cell(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    zp_word_tally(r, ZP_WORD_COUNT_DELETED);
    return false;
}

/* --- Properties ------------------------------------------------------------------------------- */

static void begin_properties(zp_word_reader *r, zp_word_properties kind)
{
    if (r->property)
        return;
    r->property = r->depth;
    r->kind = kind;
}

static bool open_paragraph_properties(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    begin_properties(r, ZP_WORD_OF_PARAGRAPH);
    return false;
}

static bool open_run_properties(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    begin_properties(r, ZP_WORD_OF_RUN);
    return false;
}

static bool open_row_properties(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    begin_properties(r, ZP_WORD_OF_ROW);
    return false;
}

static bool open_cell_properties(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    begin_properties(r, ZP_WORD_OF_CELL);
    return false;
}

static bool open_other_properties(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    begin_properties(r, ZP_WORD_OF_OTHERS);
    return false;
}

static bool open_style(zp_word_reader *r, zp_word_attributes a)
{
    if (r->kind == ZP_WORD_OF_PARAGRAPH && r->paragraph)
        r->paragraph->style = zp_str_copy(r->d->arena, zp_word_value(a, "val"));
    return false;
}

static bool note_format(zp_word_reader *r, const char *name, zp_word_attributes a)
{
    if (r->property && r->kind == ZP_WORD_OF_PARAGRAPH && r->paragraph)
        zp_word_format_note(&r->paragraph->format, zp_str_from(name), zp_word_value(a, "val"));
    return false;
}

static bool open_outline(zp_word_reader *r, zp_word_attributes a)
{
    return note_format(r, "outlineLvl", a);
}

static bool open_list(zp_word_reader *r, zp_word_attributes a)
{
    return note_format(r, "numId", a);
}

static bool open_level(zp_word_reader *r, zp_word_attributes a)
{
    return note_format(r, "ilvl", a);
}

static bool open_side(zp_word_reader *r, zp_word_attributes a)
{
    zp_str side = zp_word_value(a, "val");
    note_format(r, "jc", a);
    if (r->kind == ZP_WORD_OF_PARAGRAPH && r->flow && r->flow->kind == ZP_WORD_CELL && r->table)
        r->table->cell.side = zp_str_eq(side, ZP_STR("center")) ? ZP_SIDE_CENTER
                              : zp_str_eq(side, ZP_STR("right")) || zp_str_eq(side, ZP_STR("end"))
                                  ? ZP_SIDE_RIGHT
                                  : ZP_SIDE_LEFT;
    return false;
}

static bool open_hidden(zp_word_reader *r, zp_word_attributes a)
{
    if (r->property && r->kind == ZP_WORD_OF_RUN && is_on(a)) {
        r->hidden = true;
        zp_word_tally(r, ZP_WORD_COUNT_HIDDEN);
    }
    return false;
}

static bool open_emphasis(zp_word_reader *r, zp_word_attributes a)
{
    if (r->property && r->kind == ZP_WORD_OF_RUN)
        r->emphatic = r->emphatic || is_on(a);
    return false;
}

/* An underline says of what kind it is, and that is no switch. */
static bool open_underline(zp_word_reader *r, zp_word_attributes a)
{
    zp_str kind = zp_word_value(a, "val");
    if (r->property && r->kind == ZP_WORD_OF_RUN && kind.n > 0)
        r->emphatic = r->emphatic || !zp_str_eq(kind, ZP_STR("none"));
    return false;
}

static bool open_raised(zp_word_reader *r, zp_word_attributes a)
{
    if (r->property && r->kind == ZP_WORD_OF_RUN)
        r->raised = !zp_str_eq(zp_word_value(a, "val"), ZP_STR("baseline"));
    return false;
}

static zp_word_join join_of(zp_word_attributes a)
{
    return zp_str_eq(zp_word_value(a, "val"), ZP_STR("restart")) ? ZP_WORD_BEGINS : ZP_WORD_GOES_ON;
}

static bool open_span(zp_word_reader *r, zp_word_attributes a)
{
    if (r->kind == ZP_WORD_OF_CELL && r->table)
        r->table->cell.columns = zp_word_number(a, "val");
    return false;
}

static bool open_down(zp_word_reader *r, zp_word_attributes a)
{
    if (r->kind == ZP_WORD_OF_CELL && r->table)
        r->table->cell.down = join_of(a);
    return false;
}

static bool open_right(zp_word_reader *r, zp_word_attributes a)
{
    if (r->kind == ZP_WORD_OF_CELL && r->table)
        r->table->cell.right = join_of(a);
    return false;
}

static bool open_head(zp_word_reader *r, zp_word_attributes a)
{
    if (r->kind == ZP_WORD_OF_ROW && r->table)
        r->table->head = is_on(a);
    return false;
}

static bool open_before(zp_word_reader *r, zp_word_attributes a)
{
    if (r->kind == ZP_WORD_OF_ROW && r->table)
        r->table->before = zp_word_number(a, "val");
    return false;
}

static bool open_margin(zp_word_reader *r, zp_word_attributes a)
{
    zp_word_draft *d = r->d;
    if (d->margin_count < sizeof d->margins / sizeof *d->margins)
        d->margins[d->margin_count++] = zp_str_copy(d->arena, zp_word_value(a, "id"));
    return false;
}

/* --- Elements -----------------------------------------------------------------------------------
 */

static const zp_word_element elements[] = {
    {"Fallback", zp_word_skip, NULL, true}, /* what the Choice before it says in an older way */
    {"b", open_emphasis, NULL, true},
    {"cellDel", open_deleted_cell, NULL, true},
    {"chart", open_chart, NULL, false},
    {"commentReference", open_comment, NULL, false},
    {"del", open_deleted, NULL, true},
    {"dstrike", open_emphasis, NULL, true},
    {"footerReference", open_margin, NULL, true},
    {"gridBefore", open_before, NULL, true},
    {"gridSpan", open_span, NULL, true},
    {"hMerge", open_right, NULL, true},
    {"headerReference", open_margin, NULL, true},
    {"hyperlink", open_link, NULL, false},
    {"i", open_emphasis, NULL, true},
    {"ilvl", open_level, NULL, true},
    {"ins", open_inserted, NULL, true},
    {"jc", open_side, NULL, true},
    {"moveFrom", open_deleted, NULL, true},
    {"moveTo", open_inserted, NULL, true},
    {"numId", open_list, NULL, true},
    {"numberingChange", zp_word_skip, NULL, true},
    {"oMath", open_formula, NULL, false},
    {"outlineLvl", open_outline, NULL, true},
    {"pPr", open_paragraph_properties, NULL, true},
    {"pPrChange", zp_word_skip, NULL, true},
    {"pStyle", open_style, NULL, true},
    {"rPr", open_run_properties, NULL, true},
    {"rPrChange", zp_word_skip, NULL, true},
    {"rt", zp_word_skip, NULL, false}, /* the reading beside a character */
    {"sectPr", open_other_properties, NULL, true},
    {"sectPrChange", zp_word_skip, NULL, true},
    {"strike", open_emphasis, NULL, true},
    {"tblGridChange", zp_word_skip, NULL, true},
    {"tblHeader", open_head, NULL, true},
    {"tblPr", open_other_properties, NULL, true},
    {"tblPrChange", zp_word_skip, NULL, true},
    {"tblPrEx", open_other_properties, NULL, true},
    {"tcPr", open_cell_properties, NULL, true},
    {"tcPrChange", zp_word_skip, NULL, true},
    {"trPr", open_row_properties, NULL, true},
    {"trPrChange", zp_word_skip, NULL, true},
    {"u", open_underline, NULL, true},
    {"vMerge", open_down, NULL, true},
    {"vanish", open_hidden, NULL, true},
    {"vertAlign", open_raised, NULL, true},
};

const zp_word_elements zp_word_property_elements = {elements, sizeof elements / sizeof *elements};
