/* records.h: the rows below a header as a list of maps.
 *
 * What people send has more on the sheet than a list. Taken for what they are, above the header: a
 * title (a row with one text, joined or alone), a line 单位：万元 (the unit of bare numbers in
 * columns whose head names none) and lines like 编制单位：…; below it: rows that begin with 合计
 * 总计 小计, and from the first row that begins with 填表人 制表人 审核人 填报人 负责人 联系人 注
 * 说明 备注： on, all the rest. None of these is a row of the list.
 *
 * The header is the first row with texts in at least two columns (one, when the sheet has only one
 * column), and one or two further rows when cells of it are joined across columns: 年初预算数 over
 * 财政拨款 gives the path 年初预算数/财政拨款. A row right below that only numbers the columns
 * (1 2 3, or 栏次) is passed over. A cell that is joined downwards over several rows of the list
 * stands in each of them.
 *
 * A key is the head's text without white space, and without the unit in brackets at its end, which
 * becomes the unit of the column's values. A head that stands twice is `duplicate-column`, a
 * warning; the first is kept under the name. A column without head is passed over.
 */
#ifndef ZP_RECORDS_H
#define ZP_RECORDS_H

#include "book/sheet.h"
#include "data/value.h"

enum {
    ZP_RECORDS_VALUES = 2500000, /* in one list: some 440 MB */
    ZP_RECORDS_HEAD = 300,       /* bytes of a head's text that count */
};

/* A LIST of MAPs with the keys of the header, every row with every key; a blank cell is a NULL with
 * its place. Rows that are hidden are kept. Blank rows are passed over. A sheet without a header is
 * `no-header`, an error at the sheet, and gives NULL. Cells without a computed value
 * (`uncomputed`) are `no-cached-value`, an error, once for each column, at the first such cell.
 * More than ZP_RECORDS_VALUES are `too-many-cells`, an error; what was read until then is given. */
zp_value *zp_records_read(zp_arena *arena, const zp_sheet *sheet, zp_diag *diag);

/* A cell as a scalar (NULL for a blank or missing one, with the place `span`). */
zp_value *zp_cell_value(zp_arena *arena, const zp_cell *cell, zp_span span);

/* What form.h says of a list in the middle of a sheet. Labels are folded (label.h). */
typedef struct {
    uint32_t top;        /* the header's first row */
    zp_str unit;         /* of columns whose head names none */
    const zp_str *until; /* a row that begins with one of these ends the list */
    size_t until_count;
    bool total_ends;    /* 合计 below the first row does so too */
    const zp_str *fill; /* heads of columns in which a blank stands for the value above;
                         * a row with nothing else is none */
    size_t fill_count;
} zp_records_options;

/* The list under a header that is known. */
zp_value *zp_records_below(zp_arena *arena, const zp_sheet *sheet,
                           const zp_records_options *options, zp_diag *diag);

#endif
