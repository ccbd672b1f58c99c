/* xlsxwrite.c: tables in, the bytes of a workbook out, by libxlsxwriter.
 *
 * The library writes only to a path; ours is that of a file in memory, so nothing reaches the disk
 * but by files.h.
 */
#include "book/xlsxwrite.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include "base/files.h"
#include "base/library.h"
#include "base/utf8.h"

enum {
    NAME_LENGTH = 31,        /* of a sheet (the file format's limit) */
    TEXT_LENGTH = 32767,     /* of a cell, in UTF-16 units (the file format's limit) */
    LINE_HEIGHT = 16,        /* points, of 11 point type */
    HEIGHT_MOST = 409,       /* points, of a row (the file format's limit) */
    PAPER_A4 = 9,            /* ECMA-376 Part 1, 18.3.1.63 */
    WORKBOOK_MOST = 1 << 30, /* bytes */
};

/* The functions of the library that we call. */
typedef struct {
    ZP_LIBRARY_POINTER(workbook_new_opt);
    ZP_LIBRARY_POINTER(workbook_add_worksheet);
    ZP_LIBRARY_POINTER(workbook_add_format);
    ZP_LIBRARY_POINTER(workbook_set_properties);
    ZP_LIBRARY_POINTER(workbook_close);
    ZP_LIBRARY_POINTER(worksheet_write_string);
    ZP_LIBRARY_POINTER(worksheet_write_number);
    ZP_LIBRARY_POINTER(worksheet_write_blank);
    ZP_LIBRARY_POINTER(worksheet_merge_range);
    ZP_LIBRARY_POINTER(worksheet_set_column);
    ZP_LIBRARY_POINTER(worksheet_set_row);
    ZP_LIBRARY_POINTER(worksheet_freeze_panes);
    ZP_LIBRARY_POINTER(worksheet_autofilter);
    ZP_LIBRARY_POINTER(worksheet_repeat_rows);
    ZP_LIBRARY_POINTER(worksheet_fit_to_pages);
    ZP_LIBRARY_POINTER(worksheet_print_area);
    ZP_LIBRARY_POINTER(worksheet_set_paper);
    ZP_LIBRARY_POINTER(worksheet_set_landscape);
    ZP_LIBRARY_POINTER(format_set_font_name);
    ZP_LIBRARY_POINTER(format_set_font_size);
    ZP_LIBRARY_POINTER(format_set_bold);
    ZP_LIBRARY_POINTER(format_set_text_wrap);
    ZP_LIBRARY_POINTER(format_set_align);
    ZP_LIBRARY_POINTER(format_set_border);
    ZP_LIBRARY_POINTER(format_set_num_format);
} functions;

#define ENTRY(name) ZP_LIBRARY_ENTRY(functions, name)
static const zp_library_entry entries[] = {
    ENTRY(workbook_new_opt),       ENTRY(workbook_add_worksheet),
    ENTRY(workbook_add_format),    ENTRY(workbook_set_properties),
    ENTRY(workbook_close),         ENTRY(worksheet_write_string),
    ENTRY(worksheet_write_number), ENTRY(worksheet_write_blank),
    ENTRY(worksheet_merge_range),  ENTRY(worksheet_set_column),
    ENTRY(worksheet_set_row),      ENTRY(worksheet_freeze_panes),
    ENTRY(worksheet_autofilter),   ENTRY(worksheet_repeat_rows),
    ENTRY(worksheet_fit_to_pages), ENTRY(worksheet_print_area),
    ENTRY(worksheet_set_paper),    ENTRY(worksheet_set_landscape),
    ENTRY(format_set_font_name),   ENTRY(format_set_font_size),
    ENTRY(format_set_bold),        ENTRY(format_set_text_wrap),
    ENTRY(format_set_align),       ENTRY(format_set_border),
    ENTRY(format_set_num_format),  {0},
};

typedef struct {
    functions call;
    zp_arena *arena;
    lxw_workbook *book;
    lxw_format *title, *note, *head, *text, *centre, *plain;
} writer;

/* --- Formats --------------------------------------------------------------------------------- */

static lxw_format *new_format(writer *w, uint8_t across, bool bordered)
{
    lxw_format *format = w->call.workbook_add_format(w->book);
    w->call.format_set_font_name(format, "宋体");
    w->call.format_set_font_size(format, 11);
    w->call.format_set_align(format, across);
    w->call.format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (bordered) {
        w->call.format_set_border(format, LXW_BORDER_THIN);
        w->call.format_set_text_wrap(format);
    }
    return format;
}

static void make_formats(writer *w)
{
    w->title = new_format(w, LXW_ALIGN_CENTER, false);
    w->call.format_set_font_size(w->title, 16);
    w->call.format_set_bold(w->title);
    w->note = new_format(w, LXW_ALIGN_RIGHT, false);
    w->head = new_format(w, LXW_ALIGN_CENTER, true);
    w->call.format_set_bold(w->head);
    w->text = new_format(w, LXW_ALIGN_LEFT, true);
    w->centre = new_format(w, LXW_ALIGN_CENTER, true);
    w->plain = new_format(w, LXW_ALIGN_RIGHT, true);
}

static lxw_format *format_of(writer *w, const zp_out_column *column)
{
    switch (column->kind) {
    case ZP_COLUMN_TEXT:
        return w->text;
    case ZP_COLUMN_CENTRE:
        return w->centre;
    case ZP_COLUMN_NUMBER:
        break;
    }
    if (!column->form)
        return w->plain;
    lxw_format *format = new_format(w, LXW_ALIGN_RIGHT, true);
    w->call.format_set_num_format(format, column->form);
    return format;
}

/* --- Cells ----------------------------------------------------------------------------------- */

/* The beginning of it, at most `length` UTF-16 units. */
static const char *cut(zp_arena *arena, zp_str text, size_t length)
{
    size_t end = 0, at = 0, units = 0;
    while (at < text.n) {
        units += zp_utf8_next(text, &at) > 0xFFFF ? 2 : 1;
        if (units > length)
            break;
        end = at;
    }
    return zp_str_cstr(arena, zp_str_slice(text, 0, end));
}

/* A decimal numeral of at most 15 digits, which are all that a workbook keeps (ECMA-376 Part 1,
 * 18.18.22). Not strtod, whose decimal point depends on the locale. */
static bool read_number(zp_str text, double *number)
{
    double digits = 0, scale = 1;
    size_t count = 0, points = 0;
    bool negative = text.n > 0 && text.p[0] == '-';
    for (size_t i = negative; i < text.n; i++) {
        char c = text.p[i];
        if (c == '.' && points++ == 0)
            continue;
        if (c < '0' || c > '9' || ++count > 15)
            return false;
        digits = digits * 10 + (c - '0');
        scale *= points > 0 ? 10 : 1;
    }
    *number = (negative ? -digits : digits) / scale;
    return count > 0;
}

static void put(writer *w, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, zp_str text,
                zp_column_kind kind, lxw_format *format)
{
    double number;
    if (text.n == 0)
        w->call.worksheet_write_blank(sheet, row, column, format);
    else if (kind == ZP_COLUMN_NUMBER && read_number(text, &number))
        w->call.worksheet_write_number(sheet, row, column, number, format);
    else
        w->call.worksheet_write_string(sheet, row, column, cut(w->arena, text, TEXT_LENGTH),
                                       format);
}

/* A line across the whole table. */
static void put_across(writer *w, lxw_worksheet *sheet, lxw_row_t row, size_t columns, zp_str text,
                       lxw_format *format)
{
    const char *words = cut(w->arena, text, TEXT_LENGTH);
    if (columns > 1)
        w->call.worksheet_merge_range(sheet, row, 0, row, (lxw_col_t)(columns - 1), words, format);
    else
        w->call.worksheet_write_string(sheet, row, 0, words, format);
}

/* --- A sheet --------------------------------------------------------------------------------- */

static const char *sheet_name(zp_arena *arena, zp_str name)
{
    zp_buf clean = {.arena = arena};
    for (size_t i = 0; i < name.n; i++)
        if (!strchr("[]:*?/\\'", name.p[i]))
            zp_buf_byte(&clean, name.p[i]);
    return cut(arena, zp_buf_str(&clean), NAME_LENGTH);
}

/* Lines that a text takes in a column whose width is in digits of 11 point Calibri, 7 pixels each:
 * a Han of that size has 14 ⅔. The cell's margins take one digit, and marks that may not begin a
 * line leave about one more. */
static size_t lines_of(zp_str text, double width)
{
    const double han = 14.67 / 7, lost = 2;
    size_t lines = 1;
    double taken = 0;
    width = width > 3 * lost ? width - lost : width;
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        double own = code == '\n' ? 0 : code < 0x2000 ? 1 : han;
        taken += own;
        if (code == '\n' || taken > width) {
            lines++;
            taken = own;
        }
    }
    return lines;
}

/* Not every reader fits a row's height to its wrapped text by itself. */
static void set_height(writer *w, lxw_worksheet *sheet, const zp_out_sheet *from, size_t r,
                       lxw_row_t row)
{
    size_t lines = 1;
    for (size_t c = 0; c < from->column_count; c++) {
        size_t own = lines_of(from->cells[r * from->column_count + c], from->columns[c].width);
        lines = own > lines ? own : lines;
    }
    double height = (double)lines * LINE_HEIGHT;
    if (lines > 1)
        w->call.worksheet_set_row(sheet, row, height < HEIGHT_MOST ? height : HEIGHT_MOST, NULL);
}

static void write_rows(writer *w, lxw_worksheet *sheet, const zp_out_sheet *from, lxw_row_t first)
{
    for (size_t r = 0; r < from->row_count; r++)
        set_height(w, sheet, from, r, first + 1 + (lxw_row_t)r);
    for (size_t c = 0; c < from->column_count; c++) {
        const zp_out_column *column = &from->columns[c];
        lxw_format *format = format_of(w, column);
        w->call.worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, column->width, NULL);
        put(w, sheet, first, (lxw_col_t)c, column->head, ZP_COLUMN_TEXT, w->head);
        for (size_t r = 0; r < from->row_count; r++)
            put(w, sheet, first + 1 + (lxw_row_t)r, (lxw_col_t)c,
                from->cells[r * from->column_count + c], column->kind, format);
    }
}

static bool write_sheet(writer *w, const zp_out_sheet *from)
{
    lxw_worksheet *sheet =
        w->call.workbook_add_worksheet(w->book, sheet_name(w->arena, from->name));
    if (!sheet)
        return false;
    lxw_row_t head = 0;
    size_t printed = from->printed > 0 ? from->printed : from->column_count;
    if (from->title.n > 0) {
        w->call.worksheet_set_row(sheet, head, 30, NULL);
        put_across(w, sheet, head++, printed, from->title, w->title);
    }
    if (from->note.n > 0)
        put_across(w, sheet, head++, printed, from->note, w->note);
    write_rows(w, sheet, from, head);
    w->call.worksheet_freeze_panes(sheet, head + 1, 0);
    if (from->row_count > 0)
        w->call.worksheet_autofilter(sheet, head, 0, head + (lxw_row_t)from->row_count,
                                     (lxw_col_t)(from->column_count - 1));
    w->call.worksheet_repeat_rows(sheet, head, head);
    w->call.worksheet_fit_to_pages(sheet, 1, 0);
    if (printed < from->column_count)
        w->call.worksheet_print_area(sheet, 0, 0, head + (lxw_row_t)from->row_count,
                                     (lxw_col_t)(printed - 1));
    w->call.worksheet_set_paper(sheet, PAPER_A4);
    if (from->landscape)
        w->call.worksheet_set_landscape(sheet);
    return true;
}

/* --- The workbook ---------------------------------------------------------------------------- */

static bool write_sheets(writer *w, const char *path, const zp_out_sheet *sheets, size_t count,
                         int64_t date)
{
    w->book = w->call.workbook_new_opt(path, NULL);
    if (!w->book)
        return false;
    lxw_doc_properties properties = {.created = (time_t)date};
    w->call.workbook_set_properties(w->book, &properties);
    make_formats(w);
    bool good = true;
    for (size_t i = 0; i < count; i++)
        good = write_sheet(w, &sheets[i]) && good;
    return w->call.workbook_close(w->book) == LXW_NO_ERROR && good;
}

/* The library prints numbers through the locale; its file format wants the decimal point. */
static bool write_book(writer *w, const char *path, const zp_out_sheet *sheets, size_t count,
                       int64_t date)
{
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
    bool good = write_sheets(w, path, sheets, count, date);
    uselocale(before);
    freelocale(plain);
    return good;
}

bool zp_xlsx_write(zp_arena *arena, const zp_out_sheet *sheets, size_t count, int64_t date,
                   zp_buf *out, zp_str *why)
{
    writer w = {.arena = arena};
    if (!zp_library_open(ZP_SONAME_XLSXWRITER, entries, &w.call)) {
        *why = ZP_STR("这台电脑没有 libxlsxwriter，请安装软件包 " ZP_SONAME_XLSXWRITER);
        return false;
    }
    int fd = memfd_create("workbook", MFD_CLOEXEC);
    if (fd < 0) {
        *why = ZP_STR("内存不足");
        return false;
    }
    zp_str path = zp_str_format(arena, "/proc/self/fd/%d", fd), bytes;
    bool good = write_book(&w, zp_str_cstr(arena, path), sheets, count, date);
    if (!good)
        *why = ZP_STR("工作簿没有写成：磁盘已满，或者两个工作表同名");
    good = good && lseek(fd, 0, SEEK_SET) == 0 &&
           zp_file_read_from(arena, fd, WORKBOOK_MOST, &bytes, why);
    close(fd);
    if (good)
        zp_buf_add(out, bytes);
    return good;
}
