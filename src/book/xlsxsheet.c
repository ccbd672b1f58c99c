/* xlsxsheet.c: a worksheet's XML in, a sheet out.
 *
 * Rows and cells may leave out where they stand: then each stands behind the one before. Joins come
 * behind all cells, and are added as blank cells that zp_sheet_finish brings together with what
 * stands in them.
 */
#include "book/cellshow.h"
#include "book/sheetdraft.h"
#include "book/workbook.h"
#include "book/xlsx.h"
#include "book/xlsxtext.h"

enum { CELL_BYTES = 36 }; /* of XML that a cell takes at the least, as programs write it */

/* What a c element says of its value (ECMA-376-1, 18.18.11). */
typedef enum { NUMBER, SHARED, INLINE, STRING, BOOLEAN, ERROR, DATE } value_type;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_xlsx_shared *shared;
    zp_sheet_draft draft;
    const zp_cell_format *general;
    uint32_t row, column; /* of the cell being read; the row from 0 */
    uint32_t next_row, next_column;
    bool in_data, in_row, in_cell, in_value, in_inline;
    value_type type;
    uint32_t style;
    bool has_formula, has_value;
    zp_buf value;
    zp_xlsx_text text;
} reader;

static bool refuse(reader *r, const char *what, zp_str name)
{
    zp_diag_add(r->diag, ZP_ERROR, "bad-workbook", r->draft.place,
                "请用 WPS 或 Excel 打开后另存，再试一次", "%s：%.*s", what,
                ZP_ARG(zp_xlsx_excerpt(name)));
    return false;
}

/* The elements that come a hundred thousand times have names of one letter. */
static bool is_letter(zp_str name, char letter)
{
    return name.n == 1 && name.p[0] == letter;
}

/* --- Elements -------------------------------------------------------------------------------- */

static bool open_row(reader *r, const zp_xml_attribute *attributes, size_t count)
{
    uint32_t number = r->next_row + 1;
    zp_str given = zp_xml_value(attributes, count, ZP_STR("r"));
    if (given.n && (!zp_xlsx_uint(given, &number) || number < 1 || number > ZP_SHEET_ROWS))
        return refuse(r, "行号不对", given);
    r->row = number - 1;
    r->next_row = number;
    r->next_column = 0;
    r->in_row = true;
    if (zp_xlsx_bool(zp_xml_value(attributes, count, ZP_STR("hidden"))))
        zp_sheet_draft_hide_rows(&r->draft, r->row, r->row);
    return true;
}

static value_type type_of(zp_str text)
{
    static const struct {
        zp_str name;
        value_type type;
    } types[] = {
        {ZP_STR("s"), SHARED},  {ZP_STR("n"), NUMBER}, {ZP_STR("str"), STRING},
        {ZP_STR("b"), BOOLEAN}, {ZP_STR("e"), ERROR},  {ZP_STR("inlineStr"), INLINE},
        {ZP_STR("d"), DATE},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (zp_str_eq(text, types[i].name))
            return types[i].type;
    return NUMBER;
}

static bool open_cell(reader *r, const zp_xml_attribute *attributes, size_t count)
{
    r->in_cell = true;
    r->type = NUMBER;
    r->style = 0;
    r->has_formula = r->has_value = false;
    r->value.n = r->text.text.n = 0;
    r->column = r->next_column;
    for (size_t i = 0; i < count; i++) {
        const zp_xml_attribute *a = &attributes[i];
        zp_range at;
        if (a->name.n != 1)
            continue;
        if (a->name.p[0] == 't') {
            r->type = type_of(a->value);
        } else if (a->name.p[0] == 's' && !zp_xlsx_uint(a->value, &r->style)) {
            r->style = 0;
        } else if (a->name.p[0] == 'r') {
            if (!zp_range_read(a->value, &at) || at.row != at.last_row ||
                at.column != at.last_column)
                return refuse(r, "单元格的位置不对", a->value);
            r->row = at.row;
            r->column = at.column;
        }
    }
    r->next_column = r->column + 1;
    return true;
}

static bool add_join(reader *r, const zp_xml_attribute *attributes, size_t count)
{
    zp_range range;
    zp_str given = zp_xml_value(attributes, count, ZP_STR("ref"));
    if (!zp_range_read(given, &range))
        return refuse(r, "合并单元格的范围不对", given);
    zp_cell cell = {
        .kind = ZP_CELL_BLANK,
        .row = range.row,
        .column = range.column,
        .rows = range.last_row - range.row + 1,
        .columns = range.last_column - range.column + 1,
    };
    return zp_sheet_draft_add(&r->draft, cell);
}

static void hide_columns(reader *r, const zp_xml_attribute *attributes, size_t count)
{
    uint32_t first, last;
    if (zp_xlsx_bool(zp_xml_value(attributes, count, ZP_STR("hidden"))) &&
        zp_xlsx_uint(zp_xml_value(attributes, count, ZP_STR("min")), &first) &&
        zp_xlsx_uint(zp_xml_value(attributes, count, ZP_STR("max")), &last) && first && last)
        zp_sheet_draft_hide_columns(&r->draft, first - 1, last - 1);
}

static bool open_inside_cell(reader *r, zp_str name, const zp_xml_attribute *attributes,
                             size_t count)
{
    if (is_letter(name, 'v'))
        r->in_value = r->has_value = true;
    else if (is_letter(name, 'f'))
        r->has_formula = true;
    else if (zp_str_eq(name, ZP_STR("is")))
        r->in_inline = true;
    else if (r->in_inline)
        zp_xlsx_text_open(&r->text, name, attributes, count);
    return true;
}

static bool open(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    reader *r = user;
    if (r->in_cell)
        return open_inside_cell(r, name, attributes, count);
    if (r->in_row)
        return !is_letter(name, 'c') || open_cell(r, attributes, count);
    if (r->in_data)
        return !zp_str_eq(name, ZP_STR("row")) || open_row(r, attributes, count);
    if (zp_str_eq(name, ZP_STR("sheetData")))
        r->in_data = true;
    else if (zp_str_eq(name, ZP_STR("col")))
        hide_columns(r, attributes, count);
    else if (zp_str_eq(name, ZP_STR("mergeCell")))
        return add_join(r, attributes, count);
    return true;
}

static bool add_text(void *user, zp_str text)
{
    reader *r = user;
    if (r->in_value)
        zp_buf_add(&r->value, text);
    else if (r->in_inline)
        zp_xlsx_text_add(&r->text, text);
    return true;
}

/* --- Cells ----------------------------------------------------------------------------------- */

static bool show_shared(reader *r, zp_str value, const zp_cell_format *format, zp_cell *cell)
{
    uint32_t index;
    if (!zp_xlsx_uint(zp_str_trim(value), &index) || index >= r->shared->string_count)
        return refuse(r, "单元格的文字在文件里找不到",
                      zp_cell_name(r->arena, cell->row, cell->column));
    zp_cell_show_text(r->arena, format, r->shared->strings[index], cell);
    return true;
}

static void show_words(reader *r, zp_str raw, const zp_cell_format *format, zp_cell *cell)
{
    zp_cell_show_text(r->arena, format, zp_xlsx_text_decode(r->arena, raw), cell);
}

/* A value of a plain type; what is not of its type is text. */
static void show_value(reader *r, zp_str value, const zp_cell_format *format, zp_cell *cell)
{
    zp_numeral number;
    zp_moment moment;
    zp_str trimmed = zp_str_trim(value);
    if (r->type == NUMBER && zp_numeral_read(trimmed, &number)) {
        zp_cell_show_number(r->arena, format, number, r->shared->since_1904, cell);
    } else if (r->type == DATE && zp_moment_of_iso(trimmed, &moment)) {
        zp_cell_show_moment(r->arena, format, &moment, cell);
    } else if (r->type == BOOLEAN) {
        cell->kind = ZP_CELL_BOOL;
        cell->text = zp_xlsx_bool(trimmed) ? ZP_STR("TRUE") : ZP_STR("FALSE");
    } else if (r->type == ERROR) {
        cell->kind = ZP_CELL_ERROR;
        cell->text = zp_str_copy(r->arena, trimmed);
    } else {
        show_words(r, value, format, cell);
    }
}

static bool finish_cell(reader *r)
{
    bool styled = r->style < r->shared->style_count;
    const zp_cell_format *format = styled ? r->shared->styles[r->style].format : r->general;
    zp_str value = zp_buf_str(&r->value);
    zp_cell cell = {
        .kind = ZP_CELL_BLANK,
        .side = styled ? r->shared->styles[r->style].side : ZP_SIDE_NONE,
        .row = r->row,
        .column = r->column,
        .rows = 1,
        .columns = 1,
    };
    if (value.n && r->type == SHARED) {
        if (!show_shared(r, value, format, &cell))
            return false;
    } else if (value.n) {
        show_value(r, value, format, &cell);
    } else if (r->text.text.n) {
        show_words(r, zp_buf_str(&r->text.text), format, &cell);
    } else if (r->has_formula && !(r->has_value && r->type == STRING)) {
        cell.kind = ZP_CELL_TEXT;
        cell.uncomputed = true;
    }
    bool empty = cell.kind == ZP_CELL_TEXT && !cell.text.n && !cell.uncomputed;
    return empty || zp_sheet_draft_add(&r->draft, cell);
}

static bool close(void *user, zp_str name)
{
    reader *r = user;
    if (r->in_cell && is_letter(name, 'v')) {
        r->in_value = false;
    } else if (r->in_cell && zp_str_eq(name, ZP_STR("is"))) {
        r->in_inline = false;
    } else if (r->in_cell && is_letter(name, 'c')) {
        r->in_cell = r->in_value = r->in_inline = false;
        return finish_cell(r);
    } else if (r->in_inline) {
        zp_xlsx_text_close(&r->text, name);
    } else if (!r->in_cell && zp_str_eq(name, ZP_STR("row"))) {
        r->in_row = false;
    } else if (!r->in_cell && zp_str_eq(name, ZP_STR("sheetData"))) {
        r->in_data = r->in_row = false;
    }
    return true;
}

const zp_sheet *zp_xlsx_read_sheet(zp_arena *arena, zp_str bytes, zp_str name,
                                   zp_xlsx_shared *shared, zp_diag *diag)
{
    static const zp_xml_events events = {open, close, add_text};
    reader r = {
        .arena = arena,
        .diag = diag,
        .shared = shared,
        .draft = zp_sheet_draft_new(arena, shared->file.source->name, name, &shared->cells, diag),
        .general = zp_cell_format_read(arena, ZP_STR("General")),
        .value = {.arena = arena},
        .text = {.text = {.arena = arena}},
    };
    zp_sheet_draft_expect(&r.draft, bytes.n / CELL_BYTES);
    if (!zp_xml_read(arena, r.draft.place, bytes, false, &events, &r, diag))
        return NULL;
    return zp_sheet_draft_finish(&r.draft);
}
