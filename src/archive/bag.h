/* bag.h: a BagIt bag (RFC 8493) as a list of files, and the list as its tag files.
 *
 * A bag here is what its manifests say: each payload file once, with both hashes, by path. It is
 * read, changed in memory, and rendered anew; journal.h sees to it that files and manifests change
 * together. In a manifest only CR, LF and % are percent-encoded (RFC 8493, 2.1.3): Chinese names
 * stand as they are, as sha512sum -c wants them.
 */
#ifndef ZP_BAG_H
#define ZP_BAG_H

#include "archive/record.h"
#include "base/hash.h"
#include "base/str.h"

#define ZP_BAG_UNMEASURED UINT64_MAX

typedef struct {
    zp_str path; /* data/…, within the bag */
    zp_str sha512, sha256;
    uint64_t bytes; /* manifests do not say it: ZP_BAG_UNMEASURED of one read */
} zp_bag_file;

typedef struct {
    zp_arena *arena;
    zp_str name;        /* of its folder: 2023, 2023-2 */
    zp_str year;        /* 2023 */
    zp_bag_file *files; /* by path */
    size_t count, capacity;
    /* Of bag-info.txt; empty where it does not say. Dates are 2024-03-31. */
    zp_str date;       /* Bagging-Date */
    zp_str sealed;     /* Sealing-Date: since then nothing rewrites it */
    zp_str reason;     /* Correction-Reason, of a further bag of its year */
    zp_str oxum;       /* Payload-Oxum as read: bytes.files */
    zp_record record;  /* of the 档号 of its reports */
    bool changed;      /* since it was read */
    size_t before;     /* reports in earlier bags of its year, whose 件号 come first */
    size_t unnumbered; /* its reports without 档号, once its papers have been made */
} zp_bag;

/* Year and number (1 of 2023, 2 of 2023-2) of a bag by the name of its folder; false for other
 * folders. */
bool zp_bag_name_read(zp_str name, zp_str *year, size_t *number);

/* The bag in `folder`; NULL when its manifests cannot be read or do not list the same files, the
 * end of a sentence in `why`. */
zp_bag *zp_bag_read(zp_arena *arena, zp_str folder, zp_str *why);

zp_bag *zp_bag_new(zp_arena *arena, zp_str name);

/* The index of a path, or of the first that comes after it. */
size_t zp_bag_find(const zp_bag *bag, zp_str path);

/* The files whose paths begin with `prefix` (data/001/…/): the first, and how many. */
size_t zp_bag_below(const zp_bag *bag, zp_str prefix, size_t *first);

/* Takes out all files whose paths begin with `prefix` and puts `files` (sorted, all such) there. */
void zp_bag_replace(zp_bag *bag, zp_str prefix, const zp_bag_file *files, size_t count);

/* A tag file and its bytes. */
typedef struct {
    zp_str name, bytes;
} zp_bag_tag;

enum { ZP_BAG_TAGS = 6 };

/* All its tag files, the tag manifests last; every file is measured. `software` is put into
 * bag-info.txt. Bag-info has, besides RFC 8493's own items, those of DA/T 46 and GB/T 18894 that a
 * bag as a whole has. */
void zp_bag_render(zp_arena *arena, const zp_bag *bag, zp_str software,
                   zp_bag_tag tags[ZP_BAG_TAGS]);

/* A path as a line of a manifest has it, and back; false when an escape is none. */
void zp_bag_path_add(zp_buf *out, zp_str path);
bool zp_bag_path_read(zp_arena *arena, zp_str written, zp_str *path);

#endif
