/* tray.h: the files of one report on their way into an archive: written into the stage, hashed, and
 * listed as a bag lists them.
 */
#ifndef ZP_TRAY_H
#define ZP_TRAY_H

#include "archive/bag.h"

typedef struct {
    zp_arena *arena;
    zp_str archive;
    zp_str staged; /* the tray's folder, within the stage */
    zp_str folder; /* of the report, within the bag: data/UNIT/NAME/ */
    zp_bag_file *files;
    size_t count, capacity;
    bool failed;
    bool disk;    /* nothing could be written; else a file could not be copied */
    zp_str where; /* which file, and why: the end of a sentence */
    zp_str why;
} zp_tray;

/* A path as a bag has it: in UTF-8 (RFC 8493, 2.1.1), which other bytes are taken from GB18030 for,
 * with _ for control characters. */
zp_str zp_tray_name(zp_arena *arena, zp_str within);

/* The same, with -2, -3 … before its ending while the tray has a file of that name. */
zp_str zp_tray_free_name(const zp_tray *tray, zp_str within);

/* Each does nothing once the tray has failed. A path that has been laid is not laid again.
 * `sha512` and `sha256` of bytes whose hashes are known; else empty. */
void zp_tray_put(zp_tray *tray, zp_str within, zp_str bytes, zp_str sha512, zp_str sha256);
void zp_tray_copy(zp_tray *tray, zp_str within, const char *from);

uint64_t zp_tray_bytes(const zp_tray *tray);

/* By path, as a bag wants them. */
void zp_tray_sort(zp_tray *tray);

#endif
