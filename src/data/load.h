/* load.h: a data file, or many, as a value.
 *
 * A reference is a path relative to the report's folder, and inside it; then, for workbooks,
 * #sheet, #sheet!range or #!range: book.xlsx#预算!A1:D20. What the file is, is seen from its
 * content: a workbook or CSV becomes a list of rows (records.h) or, where a form is asked for, the
 * values of that form (form.h); YAML and JSON are values as they stand. Only text goes by its name:
 * .csv .tsv .txt, .yaml .yml, .json; what is named .xls and is text is taken for CSV.
 *
 * The last part of the path may hold * and ?: then the value is a LIST with one MAP a file, sorted
 * by name: the file's own map, or {行: its list}, with 文件 (the file's name) added. book.xlsx#* is
 * the same for sheets, with 表名; hidden and empty ones are passed over. A ZIP is a folder:
 * 导出.zip alone is all its files (where it holds only one, that file), 导出.zip/表1.csv one of
 * them; patterns work there too. Hidden files and ~$… are passed over.
 *
 * Errors are at `place`, where the reference was written: `missing-data` (no such file, sheet or
 * range; the nearest name as hint), `bad-data` (it could not be read before), `outside-folder`,
 * `unknown-data` (a file of no known kind), `too-many-files`, `too-much-data`, `unknown-form`,
 * `missing-form` (no sheet of the file is that form); and those of the readers at their own places.
 */
#ifndef ZP_LOAD_H
#define ZP_LOAD_H

#include "base/diag.h"
#include "book/sheet.h"
#include "data/value.h"

enum {
    ZP_DATA_FILE = 256 << 20, /* bytes of one file */
    ZP_DATA_ALL = 512 << 20,  /* bytes of all that a loader reads, a ZIP and its files both */
    ZP_DATA_FILES = 20000,    /* that one reference may match */
};

/* Reads each file once, however many references name it. */
typedef struct zp_loader zp_loader;

/* `folder`: that references are relative to and stay inside; empty: nothing can be read. `forms`:
 * the template's, or NULL. */
zp_loader *zp_loader_new(zp_arena *arena, zp_str folder, const zp_value *forms, zp_diag *diag);

/* A loader for one of many reports: its values are in `arena` and its messages go to `diag`, but
 * the files that any of them reads are kept with `first`, and read once. */
zp_loader *zp_loader_share(zp_arena *arena, const zp_loader *first, zp_str folder,
                           const zp_value *forms, zp_diag *diag);

/* What the user said on the command line is relative to the working folder, and may be anywhere. */
typedef enum { ZP_LOAD_INSIDE, ZP_LOAD_ANYWHERE } zp_load_trust;

/* The value, or NULL after an error. `form` names the form to read; * is the first of the
 * template's that a sheet is; empty: a list of rows. */
zp_value *zp_load(zp_loader *loader, zp_str reference, zp_load_trust trust, zp_str form,
                  zp_span place);

/* The sheet that a reference names, for a table set as it stands; NULL after an error. */
const zp_sheet *zp_load_sheet(zp_loader *loader, zp_str reference, zp_span place);

/* The files read so far. */
typedef struct {
    zp_str path, bytes;
} zp_loaded;
const zp_loaded *zp_loader_files(const zp_loader *loader, size_t *count);

/* Those that this loader asked for itself, whoever read them first; archives, not what they hold.
 */
const zp_loaded *zp_loader_used(const zp_loader *loader, size_t *count);

#endif
