/* zipwrite.h: files as a ZIP, through libzip.
 *
 * The entries stand in the order given, all dated 1980-01-01, the first day a ZIP knows: the same
 * files are the same bytes.
 */
#ifndef ZP_ZIPWRITE_H
#define ZP_ZIPWRITE_H

#include "base/str.h"

typedef struct {
    zp_str name;  /* UTF-8, folders parted by / */
    zp_str bytes; /* must stay until the ZIP is written */
    bool stored;  /* not packed: what is packed already, as pictures are */
} zp_zip_file;

/* Adds the ZIP to `out`. */
void zp_zip_write(zp_arena *arena, const zp_zip_file *files, size_t count, zp_buf *out);

#endif
