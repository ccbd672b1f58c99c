/* zip.h: the files in a ZIP, through libzip.
 *
 * Names are UTF-8: where the entry does not say so, bytes that are no UTF-8 are read as GB18030.
 * Folders are left out; names with .. or an absolute path are refused one by one (`bad-entry-name`,
 * a warning).
 */
#ifndef ZP_ZIP_H
#define ZP_ZIP_H

#include "base/diag.h"

typedef struct zp_zip zp_zip;

enum { ZP_ZIP_ENTRIES = 20000 };

/* Opens `bytes`, which must stay as long as the zip is read; NULL after an error (`bad-zip`). */
zp_zip *zp_zip_open(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag);
void zp_zip_close(zp_zip *zip); /* NULL is allowed */

/* Names of its files, sorted by bytes. */
const zp_str *zp_zip_names(const zp_zip *zip, size_t *count);

/* A file's bytes, at most `limit`. False when there is none such (no message), or after an error
 * (`zip-bomb`, `bad-zip`, `encrypted-zip`). */
bool zp_zip_read(zp_zip *zip, zp_str name, size_t limit, zp_diag *diag, zp_str *bytes);

#endif
