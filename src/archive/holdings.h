/* holdings.h: what the bags of an archive hold, as their manifests say.
 *
 * A bag is a folder of the archive with a bagit.txt, named by its year, a correction to a sealed
 * year by the year and a number: 2023, 2023-2 (RFC 8493 says what is in it). A report is a folder
 * of its data/ that has a report.json. Of each year and unit the newest bag counts.
 */
#ifndef ZP_HOLDINGS_H
#define ZP_HOLDINGS_H

#include "archive/catalog.h"

typedef struct {
    zp_str path;   /* within its bag: data/001/report.pdf */
    zp_str sha512; /* in hexadecimal */
} zp_held_file;

typedef struct {
    zp_str year, bag, folder;
    zp_str state; /* of the lines of the manifest that name its files */
    const zp_held_file *files;
    size_t file_count;
} zp_held;

typedef struct {
    zp_arena *arena;
    zp_str archive;
    const zp_held *reports; /* by year and folder */
    size_t count;
    const zp_entry_place *places; /* the same for the catalogue, without files */
} zp_holdings;

/* False, with the end of a sentence in `why`, when a folder or a manifest cannot be read. */
bool zp_holdings_read(zp_arena *arena, zp_str archive, zp_holdings *holdings, zp_str *why);

/* The holdings as the catalogue takes them in. */
zp_catalog_source zp_holdings_source(zp_holdings *holdings);

#endif
