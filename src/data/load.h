/* load.h: a data file, or many, as a value.
 *
 * A reference is a path relative to the report's folder, and inside it; then, for workbooks,
 * #sheet and !range: book.xlsx#预算!A1:D20. The last part of the path may hold * and ?: a LIST with
 * one value a file, sorted by name. A ZIP is a folder: 导出.zip alone is all its files,
 * 导出.zip with a / and a pattern behind it some of them. book.xlsx#* is one value a sheet.
 *
 * What the file is, is seen from its content: a workbook or CSV becomes a list of rows (records.h)
 * or, where `form` says so, the values of a form (form.h); YAML and JSON are values as they stand.
 * CSV is told from YAML by the name (.csv .tsv .txt), JSON and YAML by theirs.
 *
 * Errors are at `place`, where the reference was written: `missing-data` (no such file, sheet or
 * range; the nearest name as hint), `outside-folder`, `data-too-large`, `unknown-data`, and those
 * of the readers at their own places.
 */
#ifndef ZP_LOAD_H
#define ZP_LOAD_H

#include "base/diag.h"
#include "data/sheet.h"
#include "data/value.h"

enum {
    ZP_DATA_FILE = 256 << 20, /* bytes of one file */
    ZP_DATA_FILES = 20000,    /* that one reference may match */
};

typedef struct {
    zp_str folder;         /* that references are relative to, and stay inside */
    bool anywhere;         /* the user named the file on the command line: it may be anywhere */
    const zp_value *forms; /* the template's `forms`, or NULL */
    zp_str form;           /* the one to use; empty: the first of `forms` whose title a sheet holds,
                              only when `as_form` */
    bool as_form;
} zp_load_options;

/* The value, or NULL after an error. Each file is read once, however many references name it. */
zp_value *zp_load(zp_arena *arena, zp_str reference, zp_span place, const zp_load_options *options,
                  zp_diag *diag);

/* The sheet that a reference names (for a table set as it stands); NULL after an error. */
const zp_sheet *zp_load_sheet(zp_arena *arena, zp_str reference, zp_span place,
                              const zp_load_options *options, zp_diag *diag);

#endif
