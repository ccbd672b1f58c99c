/* zip.h: the files in a ZIP, through libzip.
 *
 * Names are UTF-8: where the entry does not say so, bytes that are no UTF-8 are read as GB18030,
 * and \ is read as /. Folders are left out, and what macOS adds under __MACOSX/. A name that leads
 * out of the folder (.. or an absolute path), holds a control character, or stands there twice is
 * refused by itself (`bad-entry-name`, a warning).
 */
#ifndef ZP_ZIP_H
#define ZP_ZIP_H

#include "base/diag.h"

typedef struct zp_zip zp_zip;

enum { ZP_ZIP_ENTRIES = 20000 }; /* a ZIP with more is `bad-zip` */

/* Opens `bytes`, which must stay as long as the zip is read; NULL after an error (`bad-zip`).
 * `name` is what messages call it. */
zp_zip *zp_zip_open(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag);
void zp_zip_close(zp_zip *zip); /* NULL is allowed */

/* Names of its files, sorted by bytes. */
const zp_str *zp_zip_names(const zp_zip *zip, size_t *count);

/* A file's bytes, taken from the zip's arena, at most `limit`. False when there is none such (no
 * message), or after an error (`zip-bomb`: it is larger; `bad-zip`, `encrypted-zip`). */
bool zp_zip_read(zp_zip *zip, zp_str name, size_t limit, zp_diag *diag, zp_str *bytes);

/* The same, the bytes taken from another arena, which may go before the zip does. */
bool zp_zip_read_to(zp_arena *arena, zp_zip *zip, zp_str name, size_t limit, zp_diag *diag,
                    zp_str *bytes);

#endif
