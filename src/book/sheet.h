/* sheet.h: a grid of cells, whatever file it came from.
 *
 * CSV, workbooks and HTML tables all become sheets; records.h makes lists of rows of them, form.h
 * picks values out of forms, and a report can set one as a table. Only cells that hold something
 * or are joined are kept, in reading order.
 *
 * Places: of a CSV file the source is its text, and a cell's span lies in it. Of a workbook's sheet
 * the source has a line a row, its shown texts with tabs between (tabs and line ends in a text as
 * spaces) and source->sheet, so a message names it as 预算!B7. Tabs go on to the sheet's last
 * column where that costs little, so that blank cells have places too.
 */
#ifndef ZP_SHEET_H
#define ZP_SHEET_H

#include "base/diag.h"
#include "base/source.h"
#include "book/range.h"

typedef enum {
    ZP_CELL_BLANK, /* a joined range without text */
    ZP_CELL_TEXT,
    ZP_CELL_NUMBER,
    ZP_CELL_DATE,
    ZP_CELL_BOOL,
    ZP_CELL_ERROR, /* #DIV/0! and the like: the text says which */
} zp_cell_kind;

typedef enum { ZP_SIDE_NONE, ZP_SIDE_LEFT, ZP_SIDE_CENTER, ZP_SIDE_RIGHT } zp_side;

typedef struct {
    zp_cell_kind kind;
    zp_side side;    /* how the cell is aligned, where the file says so */
    bool uncomputed; /* a formula of which the file holds no value */
    zp_str text;     /* as shown; \n between the lines of a cell */
    zp_str stored;   /* NUMBER: the stored value as a plain numeral at 15 significant digits, where
                        it says more than the text; DATE: 2024-05-08 (with T08:30:00 if there is a
                        time); else empty */
    zp_str unit;     /* "1" where the text is a percentage of the stored ratio; else empty */
    zp_span span;
    uint32_t row, column;   /* from 0, of its top left corner */
    uint32_t rows, columns; /* it covers; 1 unless joined */
} zp_cell;

/* Where zp_sheet_at looks for cells that are joined downwards: of the numbers (from 1) of the rows
 * that one covers, `middle` is the one that a power of two divides furthest. */
typedef struct {
    uint32_t middle, column;
    size_t cell;
} zp_cover;

typedef struct {
    zp_str name; /* of a CSV file: empty */
    const zp_source *source;
    const zp_cell *cells;
    size_t count;
    const size_t
        *starts; /* the first cell of each row, and after the last the count: row_count + 1 */
    uint32_t row_count, column_count;
    const uint32_t *hidden_rows, *hidden_columns; /* numbers from 0, ascending */
    size_t hidden_row_count, hidden_column_count;
    const zp_cover *covers; /* by middle, then column */
    size_t cover_count;
    bool hidden; /* the workbook does not show this sheet */
} zp_sheet;

typedef struct {
    const zp_sheet *sheets;
    size_t count;
} zp_book;

enum {
    ZP_SHEET_CELLS = 2500000, /* kept, of one sheet: some 260 MB */
    ZP_BOOK_SHEETS = 1000,
    ZP_BOOK_TEXT = 64 << 20, /* bytes of the line-a-row texts of one file */
};

/* Gathers cells for one sheet in any order. Zero it and set `arena` and `diag` to begin; a limit
 * that is passed is `too-many-cells`, an error at `span` of that cell, once, and the rest is
 * dropped. A cell with nothing but white space is BLANK; a blank one that is neither joined nor
 * uncomputed is not kept. Rows or columns of 0 are 1. */
typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_cell *cells;
    size_t count, capacity;
    size_t other_text; /* bytes in the sources of the file's sheets made before this one, which
                          count for ZP_BOOK_TEXT */
    bool full, disordered, joined; /* zp_sheet_add's notes on what came */
} zp_sheet_maker;

void zp_sheet_add(zp_sheet_maker *maker, const zp_cell *cell);

/* Makes room at once for `count` cells, where somebody knows: growing leaves as much behind as it
 * takes. */
void zp_sheet_reserve(zp_sheet_maker *maker, size_t count);

/* Sorts what was gathered, drops cells that another one covers, and counts. Cells added at the same
 * place become one: the first that holds something, as large as the largest; so a join can be added
 * as a blank cell apart from what stands in it. Of joins that overlap the first in reading order
 * counts, and the other is cut. When `source` is NULL, makes the line-a-row text (source->name is
 * `file`, source->sheet is `name`) and the cells' spans in it; a text beyond ZP_SOURCE_MAX, or
 * beyond ZP_BOOK_TEXT with the others, is `too-many-cells`, and the cells from there on are
 * dropped. Hidden rows and columns are the caller's to set. The maker is used up. */
zp_sheet *zp_sheet_finish(zp_sheet_maker *maker, const zp_source *source, zp_str file, zp_str name);

/* The cell that covers a place, NULL when there is none. */
const zp_cell *zp_sheet_at(const zp_sheet *sheet, uint32_t row, uint32_t column);

/* The place of the cell that covers a place, or where it would stand: an empty span between the
 * separators of its row. The whole file when the row holds nothing that tells. */
zp_span zp_sheet_place(const zp_sheet *sheet, uint32_t row, uint32_t column);

/* The place of what concerns the whole sheet: its first cell, so that the sheet is named. */
zp_span zp_sheet_span(const zp_sheet *sheet);

bool zp_sheet_row_is_hidden(const zp_sheet *sheet, uint32_t row);
bool zp_sheet_column_is_hidden(const zp_sheet *sheet, uint32_t column);

/* The cells of `sheet` in `range`, renumbered from its corner; spans stay. Joined cells are cut at
 * the edge. It is as large as the range, as far as the sheet goes. */
zp_sheet *zp_sheet_part(zp_arena *arena, const zp_sheet *sheet, zp_range range);

#endif
