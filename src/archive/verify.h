/* verify.h: whether a bag is what its manifests say (RFC 8493, 3): complete, and valid.
 *
 * All that is found is a message at the file: `bag-missing`, `bag-extra`, `bag-changed` (another
 * hash), `bag-unreadable`, `bag-damaged` (a manifest or tag file).
 */
#ifndef ZP_VERIFY_H
#define ZP_VERIFY_H

#include "archive/bag.h"
#include "base/diag.h"

/* The list of files on disk and in the manifests, side by side; files that are only in one of them
 * are told of. What remains is to be hashed. */
typedef struct {
    zp_str archive;
    const zp_bag *bag;
    const zp_bag_file *files; /* on disk and in the manifest; both hashes are to fit */
    size_t count;
} zp_verifying;

/* NULL bag: it cannot be read, and is told of. */
zp_verifying zp_verify_begin(zp_arena *arena, zp_str archive, zp_str name, zp_diag *diag);

/* Hashes one file. Any thread; `arena` and `diag` are the caller's. */
void zp_verify_file(zp_arena *arena, const zp_verifying *verifying, size_t index, zp_diag *diag);

#endif
