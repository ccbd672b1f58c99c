/* htmlsheet.c: a web page in, its tables as sheets out.
 *
 * Rows and columns are joined by rowspan and colspan: for each column it is kept from which row on
 * it is free. Tables stand in one another, so there is a stack of them, one place a depth, used
 * again for each table at that depth. Cells are text as it is shown, white space run together as a
 * browser does; a number is one only where the page says so (x:num).
 */
#include "book/htmlsheet.h"

#include <string.h>
#include <strings.h>
#include "book/cellshow.h"
#include "book/sheetdraft.h"
#include "book/xlsx.h"
#include "book/xml.h"

enum { ROWSPAN_MAX = 65534 }; /* as HTML has it */

typedef struct {
    zp_sheet_draft draft;
    uint32_t row, column; /* where the next cell may stand */
    uint32_t width;       /* columns that `free_from` knows of */
    uint32_t free_from[ZP_HTML_COLUMNS];
    uint32_t table_column; /* of col elements */
    bool in_row, in_cell;
    zp_cell cell;
    zp_buf text;
    bool space, line; /* owed before the next character */
    bool is_number, is_text;
    zp_str number; /* what x:num says; empty: the shown text */
} table;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_str file;
    table *tables[ZP_HTML_NESTED];
    size_t depth, ignored; /* tables open; those too deep to be kept */
    zp_sheet *sheets;
    size_t sheet_count, cells;
    size_t unseen; /* title elements that are open: not part of the page */
} reader;

typedef struct {
    const zp_xml_attribute *attributes;
    size_t count;
} tag;

static zp_str value_of(tag t, const char *name)
{
    return zp_xml_value(t.attributes, t.count, zp_str_from(name));
}

static bool has(tag t, const char *name)
{
    for (size_t i = 0; i < t.count; i++)
        if (t.attributes[i].prefix.n && zp_str_eq(t.attributes[i].name, zp_str_from(name)))
            return true;
    return false;
}

static table *current(reader *r)
{
    return r->depth ? r->tables[r->depth - 1] : NULL;
}

/* --- Text ------------------------------------------------------------------------------------ */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void add_text_to(table *t, zp_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        bool wide = text.n - i > 1 && memcmp(text.p + i, "\xC2\xA0", 2) == 0;
        if (wide || is_space(text.p[i])) {
            t->space = true;
            i += wide;
            continue;
        }
        bool fresh = t->text.n == 0 || t->text.p[t->text.n - 1] == '\n';
        if (!fresh && (t->line || t->space))
            zp_buf_byte(&t->text, t->line ? '\n' : ' ');
        t->space = t->line = false;
        zp_buf_byte(&t->text, text.p[i]);
    }
}

static void add_line_end(table *t)
{
    zp_buf_byte(&t->text, '\n');
    t->space = t->line = false;
}

/* --- Values ---------------------------------------------------------------------------------- */

static bool holds(zp_str text, const char *word)
{
    return zp_str_find(text, zp_str_from(word), 0) < text.n;
}

/* A shown number without commas, currency and %: its numeral and its decimals. */
static bool read_shown(zp_str text, zp_numeral *shown, int *places)
{
    char plain[64];
    size_t n = 0;
    int decimals = -1;
    for (size_t i = 0; i < text.n && n < sizeof plain; i++) {
        char c = text.p[i];
        bool digit = c >= '0' && c <= '9';
        if (digit || c == '.' || (c == '-' && n == 0))
            plain[n++] = c;
        else if (c == '%' && i + 1 == text.n)
            break;
        else if (c != ',')
            return false;
        decimals += (digit && decimals >= 0) || (c == '.' && decimals < 0);
    }
    *places = decimals > 0 ? decimals : 0;
    if (n == sizeof plain || !zp_numeral_read((zp_str){plain, n}, shown))
        return false;
    if (zp_str_ends(text, ZP_STR("%"))) {
        zp_numeral_scale(shown, -2);
        *places += 2;
    }
    return true;
}

static bool looks_like_date(zp_str text)
{
    return holds(text, "年") || holds(text, "/") || holds(text, ":") ||
           (text.n > 7 && zp_str_find(text, ZP_STR("-"), 1) < text.n);
}

static void set_number(reader *r, zp_numeral number, zp_cell *cell)
{
    zp_numeral shown;
    zp_moment moment;
    int places;
    cell->kind = ZP_CELL_NUMBER;
    if (read_shown(cell->text, &shown, &places)) {
        number = zp_cell_without_noise(number, shown, places);
        if (zp_str_ends(cell->text, ZP_STR("%")))
            cell->unit = ZP_STR("1");
    } else if (looks_like_date(cell->text) && zp_moment_of_serial(&number, false, &moment)) {
        cell->kind = moment.days ? ZP_CELL_DATE : ZP_CELL_TEXT;
        cell->stored = moment.days ? zp_moment_print(r->arena, &moment) : ZP_STR("");
        return;
    }
    zp_buf out = {.arena = r->arena};
    zp_numeral_print(&number, &out);
    if (!zp_str_eq(zp_buf_str(&out), cell->text))
        cell->stored = zp_buf_str(&out);
}

static bool end_cell(reader *r, table *t)
{
    if (!t->in_cell)
        return true;
    t->in_cell = false;
    zp_str text = zp_str_trim(zp_buf_str(&t->text));
    zp_numeral number;
    int places;
    t->cell.text = zp_str_copy(r->arena, text);
    if (text.n)
        t->cell.kind = ZP_CELL_TEXT;
    if (text.n && t->is_number && !t->is_text &&
        (t->number.n ? zp_numeral_read(t->number, &number) : read_shown(text, &number, &places)))
        set_number(r, number, &t->cell);
    return zp_sheet_draft_add(&t->draft, t->cell);
}

/* --- Rows and cells -------------------------------------------------------------------------- */

static bool is_hidden(tag t)
{
    zp_str style = value_of(t, "style");
    return holds(style, "display:none") || holds(style, "display: none");
}

static zp_side side_of(tag t)
{
    static const struct {
        const char *name, *style;
        zp_side side;
    } sides[] = {
        {"left", "text-align:left", ZP_SIDE_LEFT},
        {"center", "text-align:center", ZP_SIDE_CENTER},
        {"right", "text-align:right", ZP_SIDE_RIGHT},
    };
    zp_str align = value_of(t, "align"), style = value_of(t, "style");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if ((align.n == strlen(sides[i].name) &&
             strncasecmp(align.p, sides[i].name, align.n) == 0) ||
            holds(style, sides[i].style))
            return sides[i].side;
    return ZP_SIDE_NONE;
}

static bool end_row(reader *r, table *t)
{
    bool fine = end_cell(r, t);
    if (t->in_row)
        t->row++;
    t->in_row = false;
    return fine;
}

static bool open_row(reader *r, table *t, tag in)
{
    if (!end_row(r, t))
        return false;
    t->in_row = true;
    t->column = 0;
    if (is_hidden(in))
        zp_sheet_draft_hide_rows(&t->draft, t->row, t->row);
    return true;
}

static uint32_t span_of(tag t, const char *name, uint32_t limit)
{
    uint32_t span;
    if (!zp_xlsx_uint(zp_str_trim(value_of(t, name)), &span) || span == 0)
        return 1;
    return span < limit ? span : limit;
}

/* Finds the place of a cell that would be `columns` wide, and takes it; how wide it may be there. 0
 * when the row is full. */
static uint32_t take_place(table *t, uint32_t rows, uint32_t columns)
{
    while (t->column < t->width && t->free_from[t->column] > t->row)
        t->column++;
    uint32_t wide = 0;
    for (uint32_t c = t->column; c < ZP_HTML_COLUMNS && wide < columns; c++, wide++) {
        if (c < t->width && t->free_from[c] > t->row)
            break;
        t->free_from[c] = t->row + rows;
        if (c >= t->width)
            t->width = c + 1;
    }
    return wide;
}

static bool open_cell(reader *r, table *t, tag in)
{
    if (!end_cell(r, t))
        return false;
    if (!t->in_row) {
        t->in_row = true;
        t->column = 0;
    }
    uint32_t rows = span_of(in, "rowspan", ROWSPAN_MAX);
    uint32_t columns = take_place(t, rows, span_of(in, "colspan", ZP_HTML_COLUMNS));
    if (columns == 0) {
        zp_diag_add(r->diag, ZP_ERROR, "too-many-cells", t->draft.place,
                    "请用 WPS 或 Excel 打开，另存为 Excel 工作簿（*.xlsx）",
                    "网页表格太宽：最多 %d 列", ZP_HTML_COLUMNS);
        return false;
    }
    t->cell = (zp_cell){
        .row = t->row, .column = t->column, .rows = rows, .columns = columns, .side = side_of(in)};
    t->column += columns;
    t->in_cell = true;
    t->text.n = 0;
    t->space = t->line = false;
    zp_str style = value_of(in, "style");
    t->is_text = has(in, "str") || (holds(style, "mso-number-format") && holds(style, "\\@"));
    t->is_number = has(in, "num");
    t->number = zp_str_copy(r->arena, zp_str_trim(value_of(in, "num")));
    return true;
}

static bool open_column(table *t, tag in)
{
    uint32_t span = span_of(in, "span", ZP_HTML_COLUMNS);
    if (is_hidden(in))
        zp_sheet_draft_hide_columns(&t->draft, t->table_column, t->table_column + span - 1);
    if (t->table_column < ZP_HTML_COLUMNS)
        t->table_column += span;
    return true;
}

/* --- Tables ---------------------------------------------------------------------------------- */

/* The place of the next depth, cleared. Its draft is new only when the last one became a sheet. */
static void open_table(reader *r)
{
    if (r->depth == ZP_HTML_NESTED) {
        r->ignored++;
        return;
    }
    table *t = r->tables[r->depth];
    if (!t)
        t = r->tables[r->depth] = zp_new(r->arena, table);
    r->depth++;
    memset(t->free_from, 0, t->width * sizeof *t->free_from);
    t->row = t->column = t->width = t->table_column = 0;
    t->in_row = t->in_cell = false;
    t->text.arena = r->arena;
    if (!t->draft.place.source)
        t->draft = zp_sheet_draft_new(r->arena, r->file, ZP_STR(""), &r->cells, r->diag);
    t->draft.maker.count = 0;
    t->draft.row_count = 0;
    t->draft.columns = NULL;
}

/* A small nested table is text of the cell it stands in: rows are lines. */
static void flatten(const table *inner, table *outer)
{
    const zp_cell *cells = inner->draft.maker.cells;
    for (size_t i = 0; i < inner->draft.maker.count; i++) {
        outer->space = true;
        outer->line = i == 0 || cells[i].row != cells[i - 1].row;
        add_text_to(outer, cells[i].text);
    }
    outer->line = true;
}

static bool keep_sheet(reader *r, table *t)
{
    if (!r->sheets)
        r->sheets = zp_new_array(r->arena, zp_sheet, ZP_BOOK_SHEETS);
    if (r->sheet_count == ZP_BOOK_SHEETS) {
        zp_diag_add(r->diag, ZP_ERROR, "bad-workbook", t->draft.place,
                    "请用 WPS 或 Excel 打开，只保留要用的表，再另存",
                    "网页里的表格太多，超过 %d 个", ZP_BOOK_SHEETS);
        return false;
    }
    zp_str name = zp_str_format(r->arena, "表%zu", r->sheet_count + 1);
    zp_sheet_draft named = zp_sheet_draft_new(r->arena, r->file, name, &r->cells, r->diag);
    t->draft.name = name;
    t->draft.place = named.place;
    r->sheets[r->sheet_count++] = *zp_sheet_draft_finish(&t->draft);
    t->draft.place.source = NULL;
    return true;
}

static bool close_table(reader *r)
{
    if (r->ignored) {
        r->ignored--;
        return true;
    }
    table *t = current(r);
    if (!t)
        return true;
    bool fine = end_row(r, t);
    r->depth--;
    table *outer = current(r);
    zp_sheet_maker *maker = &t->draft.maker;
    for (size_t i = 0; i < maker->count; i++) /* a rowspan ends with the table */
        if (maker->cells[i].rows > t->row - maker->cells[i].row)
            maker->cells[i].rows = t->row - maker->cells[i].row;
    bool small = t->row < 2 || t->width < 2;
    if (outer && outer->in_cell && small)
        flatten(t, outer);
    else if (maker->count)
        return keep_sheet(r, t) && fine;
    return fine;
}

/* --- Events ---------------------------------------------------------------------------------- */

static bool is_one_of(zp_str name, const char *const *names)
{
    for (; *names; names++)
        if (zp_str_eq(name, zp_str_from(*names)))
            return true;
    return false;
}

/* Elements that stand on lines of their own. */
static const char *const blocks[] = {"p",  "div", "li", "ul", "ol", "h1", "h2", "h3",
                                     "h4", "h5",  "h6", "dt", "dd", "tr", NULL};
static const char *const cells[] = {"td", "th", NULL};

static bool open_element(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    reader *r = user;
    tag in = {attributes, count};
    table *t = current(r);
    if (zp_str_eq(name, ZP_STR("title")))
        r->unseen++;
    if (zp_str_eq(name, ZP_STR("table"))) {
        open_table(r);
        return true;
    }
    if (!t)
        return true;
    if (r->ignored && is_one_of(name, cells))
        t->space = true;
    else if (!r->ignored && is_one_of(name, cells))
        return open_cell(r, t, in);
    else if (!r->ignored && zp_str_eq(name, ZP_STR("tr")))
        return open_row(r, t, in);
    else if (!r->ignored && zp_str_eq(name, ZP_STR("col")))
        return open_column(t, in);
    else if (!r->ignored && zp_str_eq(name, ZP_STR("caption")))
        return open_row(r, t, in) && open_cell(r, t, in);
    else if (zp_str_eq(name, ZP_STR("br")))
        add_line_end(t);
    else if (is_one_of(name, blocks))
        t->line = true;
    return true;
}

static bool close_element(void *user, zp_str name)
{
    reader *r = user;
    table *t = current(r);
    if (zp_str_eq(name, ZP_STR("title")) && r->unseen)
        r->unseen--;
    if (zp_str_eq(name, ZP_STR("table")))
        return close_table(r);
    if (!t)
        return true;
    if (!r->ignored && is_one_of(name, cells))
        return end_cell(r, t);
    if (!r->ignored && (zp_str_eq(name, ZP_STR("tr")) || zp_str_eq(name, ZP_STR("caption"))))
        return end_row(r, t);
    if (is_one_of(name, blocks))
        t->line = true;
    return true;
}

static bool add_text(void *user, zp_str text)
{
    reader *r = user;
    table *t = current(r);
    if (t && t->in_cell && !r->unseen)
        add_text_to(t, text);
    return true;
}

const zp_book *zp_htmlsheet_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag)
{
    static const zp_xml_events events = {open_element, close_element, add_text};
    reader *r = zp_new(arena, reader);
    *r = (reader){.arena = arena, .diag = diag, .file = name};
    zp_span file = zp_span_file(zp_source_new(arena, name, ZP_STR("")));
    if (!zp_xml_read(arena, file, bytes, true, &events, r, diag))
        return NULL;
    while (r->depth)
        if (!close_table(r))
            return NULL;
    zp_book *book = zp_new(arena, zp_book);
    *book = (zp_book){r->sheets, r->sheet_count};
    if (book->count)
        return book;
    zp_diag_add(diag, ZP_ERROR, "bad-workbook", file,
                "系统可能已退出登录，导出的只是一个提示页：请重新登录再导出",
                "这个文件是网页，里面没有表格");
    return NULL;
}
