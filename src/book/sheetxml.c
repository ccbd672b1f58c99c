/* sheetxml.c: an XML Spreadsheet 2003 in, its sheets out.
 *
 * Rows and cells stand one behind the other, ss:Index makes them jump; a cell that is joined to the
 * right moves the next one on, one that is joined downwards does not (the writer jumps over it).
 * The style of a cell is its own or its row's. Text may hold runs of HTML, which are joined;
 * comments hold Data of their own, which is none of the cell's.
 */
#include "book/sheetxml.h"

#include <stdlib.h>
#include "book/cellshow.h"
#include "book/sheetdraft.h"
#include "book/workbook.h"
#include "book/xlsx.h"
#include "book/xml.h"

enum { STYLES = 65536 }; /* of one file; Excel has 64000 */

typedef struct {
    zp_str id;
    size_t order;
    const zp_cell_format *format;
    zp_side side;
} style;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_str file;
    style *styles;
    size_t style_count, style_capacity;
    bool sorted;
    const zp_cell_format *general;
    zp_sheet *sheets;
    size_t sheet_count;
    size_t cells;
    zp_sheet_draft draft;
    bool in_sheet, hidden, in_cell, in_data, in_comment, in_visible;
    uint32_t row, next_row, next_column, next_table_column, row_span;
    const style *row_style;
    zp_cell cell;
    const style *cell_style;
    bool has_formula, has_data;
    zp_str type;
    zp_buf text;
} reader;

typedef struct {
    const zp_xml_attribute *attributes;
    size_t count;
} tag;

static zp_str value_of(tag t, const char *name)
{
    return zp_xml_value(t.attributes, t.count, zp_str_from(name));
}

static uint32_t number_of(tag t, const char *name, uint32_t otherwise)
{
    uint32_t number;
    return zp_xlsx_uint(value_of(t, name), &number) ? number : otherwise;
}

static bool refuse(reader *r, const char *message)
{
    zp_span place =
        r->in_sheet ? r->draft.place : zp_span_file(zp_source_new(r->arena, r->file, ZP_STR("")));
    zp_diag_add(r->diag, ZP_ERROR, "bad-workbook", place, "请用 WPS 或 Excel 打开后另存，再试一次",
                "%s", message);
    return false;
}

/* --- Styles ---------------------------------------------------------------------------------- */

/* The formats that have names (SpreadsheetML reference, ss:Format), as the Chinese edition shows
 * them. */
static zp_str code_of(zp_str format)
{
    static const struct {
        zp_str name, code;
    } named[] = {
        {ZP_STR("General Number"), ZP_STR("General")},
        {ZP_STR("General Date"), ZP_STR("yyyy/m/d h:mm")},
        {ZP_STR("Long Date"), ZP_STR("yyyy\"年\"m\"月\"d\"日\"")},
        {ZP_STR("Medium Date"), ZP_STR("d-mmm-yy")},
        {ZP_STR("Short Date"), ZP_STR("yyyy/m/d")},
        {ZP_STR("Long Time"), ZP_STR("h:mm:ss")},
        {ZP_STR("Medium Time"), ZP_STR("h:mm AM/PM")},
        {ZP_STR("Short Time"), ZP_STR("h:mm")},
        {ZP_STR("Currency"), ZP_STR("\"￥\"#,##0.00;\"￥\"-#,##0.00")},
        {ZP_STR("Euro Currency"), ZP_STR("\"€\"#,##0.00;\"€\"-#,##0.00")},
        {ZP_STR("Fixed"), ZP_STR("0.00")},
        {ZP_STR("Standard"), ZP_STR("#,##0.00")},
        {ZP_STR("Percent"), ZP_STR("0.00%")},
        {ZP_STR("Scientific"), ZP_STR("0.00E+00")},
        {ZP_STR("Yes/No"), ZP_STR("\"Yes\";\"Yes\";\"No\"")},
        {ZP_STR("True/False"), ZP_STR("\"True\";\"True\";\"False\"")},
        {ZP_STR("On/Off"), ZP_STR("\"On\";\"On\";\"Off\"")},
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (zp_str_eq(format, named[i].name))
            return named[i].code;
    return format;
}

static zp_side side_of(zp_str horizontal)
{
    static const struct {
        zp_str name;
        zp_side side;
    } sides[] = {
        {ZP_STR("Left"), ZP_SIDE_LEFT},
        {ZP_STR("Center"), ZP_SIDE_CENTER},
        {ZP_STR("CenterAcrossSelection"), ZP_SIDE_CENTER},
        {ZP_STR("Right"), ZP_SIDE_RIGHT},
    };
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (zp_str_eq(horizontal, sides[i].name))
            return sides[i].side;
    return ZP_SIDE_NONE;
}

static int compare_styles(const void *a, const void *b)
{
    const style *left = a, *right = b;
    int order = zp_str_compare(left->id, right->id);
    return order ? order : (left->order > right->order) - (left->order < right->order);
}

/* The style of that id; NULL when there is none. Styles stand before all sheets. */
static const style *find_style(reader *r, zp_str id)
{
    if (!r->sorted && r->style_count)
        qsort(r->styles, r->style_count, sizeof *r->styles, compare_styles);
    r->sorted = true;
    size_t low = 0, high = r->style_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zp_str_compare(r->styles[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = id.n && low < r->style_count && zp_str_eq(r->styles[low].id, id);
    return found ? &r->styles[low] : NULL;
}

/* A style begins as its parent, if that stands before it. */
static bool open_style(reader *r, tag t)
{
    if (r->style_count == STYLES)
        return refuse(r, "文件里的样式太多");
    zp_list_grow(r->arena, r->styles, r->style_count, r->style_capacity);
    r->styles[r->style_count] = (style){
        .id = zp_str_copy(r->arena, value_of(t, "ID")),
        .order = r->style_count,
        .format = r->general,
    };
    r->style_count++;
    return true;
}

static bool open_in_style(reader *r, zp_str name, tag t)
{
    style *last = r->style_count ? &r->styles[r->style_count - 1] : NULL;
    if (zp_str_eq(name, ZP_STR("Style")))
        return open_style(r, t);
    if (last && zp_str_eq(name, ZP_STR("NumberFormat"))) {
        zp_str code = zp_str_copy(r->arena, code_of(value_of(t, "Format")));
        last->format = zp_cell_format_read(r->arena, code);
    } else if (last && zp_str_eq(name, ZP_STR("Alignment"))) {
        last->side = side_of(value_of(t, "Horizontal"));
    }
    return true;
}

/* --- Sheets, rows, cells --------------------------------------------------------------------- */

static bool open_sheet(reader *r, tag t)
{
    if (r->sheet_count == ZP_BOOK_SHEETS)
        return refuse(r, "文件里的表太多");
    zp_str name = zp_str_copy(r->arena, zp_xlsx_excerpt(value_of(t, "Name")));
    r->draft = zp_sheet_draft_new(r->arena, r->file, name, &r->cells, r->diag);
    r->in_sheet = true;
    r->hidden = false;
    r->next_row = r->next_table_column = 0;
    return true;
}

/* An index counts from 1. False when it lies beyond any sheet. */
static bool jump(reader *r, tag t, uint32_t limit, uint32_t *at)
{
    uint32_t index = number_of(t, "Index", *at + 1);
    if (index == 0 || index > limit)
        return refuse(r, "行号或列号不对");
    *at = index - 1;
    return true;
}

/* The first and the last of what an element with ss:Span stands for. */
static uint32_t span_end(tag t, uint32_t first, uint32_t limit)
{
    uint32_t span = number_of(t, "Span", 0);
    return span < limit - first ? first + span : limit - 1;
}

static bool open_column(reader *r, tag t)
{
    if (!jump(r, t, ZP_SHEET_COLUMNS, &r->next_table_column))
        return false;
    uint32_t first = r->next_table_column, last = span_end(t, first, ZP_SHEET_COLUMNS);
    if (zp_xlsx_bool(value_of(t, "Hidden")))
        zp_sheet_draft_hide_columns(&r->draft, first, last);
    r->next_table_column = last + 1;
    return true;
}

static bool open_row(reader *r, tag t)
{
    if (!jump(r, t, ZP_SHEET_ROWS, &r->next_row))
        return false;
    uint32_t last = span_end(t, r->next_row, ZP_SHEET_ROWS);
    r->row = r->next_row;
    if (zp_xlsx_bool(value_of(t, "Hidden")))
        zp_sheet_draft_hide_rows(&r->draft, r->row, last);
    r->next_row = last + 1;
    r->next_column = 0;
    r->row_style = find_style(r, value_of(t, "StyleID"));
    return true;
}

static bool open_cell(reader *r, tag t)
{
    if (!jump(r, t, ZP_SHEET_COLUMNS, &r->next_column))
        return false;
    uint32_t across = number_of(t, "MergeAcross", 0), down = number_of(t, "MergeDown", 0);
    uint32_t columns = ZP_SHEET_COLUMNS - r->next_column, rows = ZP_SHEET_ROWS - r->row;
    r->cell = (zp_cell){
        .kind = ZP_CELL_BLANK,
        .row = r->row,
        .column = r->next_column,
        .rows = down < rows ? down + 1 : rows,
        .columns = across < columns ? across + 1 : columns,
    };
    r->next_column += r->cell.columns;
    r->cell_style = find_style(r, value_of(t, "StyleID"));
    if (!r->cell_style)
        r->cell_style = r->row_style;
    if (!r->cell_style)
        r->cell_style = find_style(r, ZP_STR("Default"));
    r->in_cell = true;
    r->has_formula = value_of(t, "Formula").n > 0;
    r->has_data = false;
    r->text.n = 0;
    return true;
}

static bool open_inside_cell(reader *r, zp_str name, tag t)
{
    if (zp_str_eq(name, ZP_STR("Comment"))) {
        r->in_comment = true;
    } else if (zp_str_eq(name, ZP_STR("Data")) && !r->in_comment) {
        r->in_data = r->has_data = true;
        r->type = zp_str_copy(r->arena, value_of(t, "Type"));
    } else if (r->in_data && (zp_str_eq(name, ZP_STR("br")) || zp_str_eq(name, ZP_STR("BR")))) {
        zp_buf_byte(&r->text, '\n');
    }
    return true;
}

static bool open_element(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    static const struct {
        zp_str name;
        bool (*open)(reader *, tag);
    } in_sheet[] = {
        {ZP_STR("Cell"), open_cell},
        {ZP_STR("Row"), open_row},
        {ZP_STR("Column"), open_column},
    };
    reader *r = user;
    tag t = {attributes, count};
    if (r->in_cell)
        return open_inside_cell(r, name, t);
    if (!r->in_sheet && zp_str_eq(name, ZP_STR("Worksheet")))
        return open_sheet(r, t);
    if (!r->in_sheet)
        return open_in_style(r, name, t);
    r->in_visible = zp_str_eq(name, ZP_STR("Visible"));
    for (size_t i = 0; i < sizeof in_sheet / sizeof *in_sheet; i++)
        if (zp_str_eq(name, in_sheet[i].name))
            return in_sheet[i].open(r, t);
    return true;
}

static bool add_text(void *user, zp_str text)
{
    reader *r = user;
    if (r->in_data)
        zp_buf_add(&r->text, text);
    else if (r->in_visible)
        r->hidden = r->hidden || zp_str_starts(text, ZP_STR("SheetHidden")) ||
                    zp_str_starts(text, ZP_STR("SheetVeryHidden"));
    return true;
}

/* --- Values ---------------------------------------------------------------------------------- */

/* Spaces of line ends in the file are part of the text; \r is not. */
static zp_str copy_text(reader *r, zp_str text)
{
    zp_buf out = {.arena = r->arena};
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\r')
            zp_buf_byte(&out, text.p[i]);
    return zp_buf_str(&out);
}

/* What is not of its type is text. */
static void show_value(reader *r, const zp_cell_format *format, zp_str value)
{
    zp_str trimmed = zp_str_trim(value);
    zp_numeral number;
    zp_moment moment;
    if (zp_str_eq(r->type, ZP_STR("Number")) && zp_numeral_read(trimmed, &number)) {
        zp_cell_show_number(r->arena, format, number, false, &r->cell);
    } else if (zp_str_eq(r->type, ZP_STR("DateTime")) && zp_moment_of_iso(trimmed, &moment)) {
        zp_cell_show_moment(r->arena, format, &moment, &r->cell);
    } else if (zp_str_eq(r->type, ZP_STR("Boolean"))) {
        r->cell.kind = ZP_CELL_BOOL;
        r->cell.text = zp_xlsx_bool(trimmed) ? ZP_STR("TRUE") : ZP_STR("FALSE");
    } else if (zp_str_eq(r->type, ZP_STR("Error"))) {
        r->cell.kind = ZP_CELL_ERROR;
        r->cell.text = zp_str_copy(r->arena, trimmed);
    } else {
        zp_cell_show_text(r->arena, format, copy_text(r, value), &r->cell);
    }
}

static bool close_cell(reader *r)
{
    zp_str value = zp_buf_str(&r->text);
    r->in_cell = r->in_data = r->in_comment = false;
    if (r->cell_style)
        r->cell.side = r->cell_style->side;
    if (value.n) {
        show_value(r, r->cell_style ? r->cell_style->format : r->general, value);
    } else if (r->has_formula && !r->has_data) {
        r->cell.kind = ZP_CELL_TEXT;
        r->cell.uncomputed = true;
    }
    return zp_sheet_draft_add(&r->draft, r->cell);
}

static void close_sheet(reader *r)
{
    r->in_sheet = false;
    if (!r->sheets)
        r->sheets = zp_new_array(r->arena, zp_sheet, ZP_BOOK_SHEETS);
    r->sheets[r->sheet_count] = *zp_sheet_draft_finish(&r->draft);
    r->sheets[r->sheet_count++].hidden = r->hidden;
}

static bool close_element(void *user, zp_str name)
{
    reader *r = user;
    r->in_visible = false;
    if (r->in_cell && zp_str_eq(name, ZP_STR("Data")) && !r->in_comment)
        r->in_data = false;
    else if (r->in_cell && zp_str_eq(name, ZP_STR("Comment")))
        r->in_comment = false;
    else if (r->in_cell && zp_str_eq(name, ZP_STR("Cell")))
        return close_cell(r);
    else if (r->in_sheet && !r->in_cell && zp_str_eq(name, ZP_STR("Worksheet")))
        close_sheet(r);
    return true;
}

static const zp_book *make_book(reader *r)
{
    zp_sheet *sheets = zp_new_array(r->arena, zp_sheet, r->sheet_count);
    zp_book *book = zp_new(r->arena, zp_book);
    for (int hidden = 0; hidden < 2; hidden++)
        for (size_t i = 0; i < r->sheet_count; i++)
            if (r->sheets[i].hidden == hidden)
                sheets[book->count++] = r->sheets[i];
    book->sheets = sheets;
    return book;
}

const zp_book *zp_sheetxml_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag)
{
    static const zp_xml_events events = {open_element, close_element, add_text};
    reader r = {
        .arena = arena,
        .diag = diag,
        .file = name,
        .general = zp_cell_format_read(arena, ZP_STR("General")),
        .text = {.arena = arena},
    };
    zp_span file = zp_span_file(zp_source_new(arena, name, ZP_STR("")));
    if (!zp_xml_read(arena, file, bytes, false, &events, &r, diag))
        return NULL;
    if (r.sheet_count)
        return make_book(&r);
    refuse(&r, "文件里没有表");
    return NULL;
}
