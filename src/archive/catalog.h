/* catalog.h: catalog.sqlite, what an archive holds as tables, and search.sqlite, the words in it.
 *
 * Both are made of the bags, and can be made again of them at any time: what they say is in the
 * bags too. catalog.sqlite has the tables of entry.h; what is in it depends on nothing but the bags
 * (`.dump` gives the same text whatever happened before), and any program that speaks SQL can ask
 * it. search.sqlite is an index over its chapters and lines (words.h); without it everything but
 * the search works.
 *
 * Both are changed in one transaction (a rollback journal in each and one above them, synchronous
 * FULL): whatever interrupts it, the next who opens them finds the state before or after. Files
 * that SQLite cannot read, or that another version of this program made, are made anew.
 */
#ifndef ZP_CATALOG_H
#define ZP_CATALOG_H

#include "archive/entry.h"
#include "base/diag.h"

#define ZP_CATALOG_NAME "catalog.sqlite"
#define ZP_SEARCH_NAME  "search.sqlite"

typedef struct zp_catalog zp_catalog;

/* To be read; NULL, with the end of a sentence in `why`, when it is not there, damaged or of
 * another version. What is taken from it lives in `arena`. */
zp_catalog *zp_catalog_open(zp_arena *arena, zp_str archive, zp_str *why);
/* Whether search.sqlite is there and can be asked. */
bool zp_catalog_can_search(const zp_catalog *catalog);

void zp_catalog_close(zp_catalog *catalog); /* NULL is allowed */

/* --- In step with the bags ------------------------------------------------------------------- */

/* All reports of an archive, of each year and folder the newest. */
typedef struct {
    void *user;
    size_t count;
    /* Their places; `files` only in those given by `read`. */
    const zp_entry_place *places;
    /* Fills in the report of that index; NULL when it cannot be read, and why is in `diag`. Called
     * only for those that the catalogue does not have in that state. The entry need not outlive the
     * next call; where `diag` points to must. */
    const zp_entry *(*read)(void *user, size_t index, zp_arena *arena, zp_diag *diag);
} zp_catalog_source;

/* Brings both files in the folder `archive` in step with `source`; *changed counts the reports that
 * were put in, replaced or taken out. A report that cannot be read is left out, an error in `diag`.
 * False when they cannot be written. */
bool zp_catalog_update(zp_arena *arena, zp_str archive, const zp_catalog_source *source,
                       size_t *changed, zp_diag *diag, zp_str *why);

/* Whether catalog.sqlite says exactly what the bags do: reads every report again. */
bool zp_catalog_agrees(zp_arena *arena, zp_str archive, const zp_catalog_source *source,
                       zp_diag *diag, zp_str *why);

/* --- What is asked of it ---------------------------------------------------------------------- */

zp_rows zp_catalog_years(zp_catalog *catalog); /* one column, ascending */

/* A whole table of entry.h, `year` and `folder` where they are not empty; in the order of its key.
 */
zp_rows zp_catalog_table(zp_catalog *catalog, zp_entry_table table, zp_str year, zp_str folder);

/* Every report with the files that people open, by year (the latest first) and folder. */
typedef enum {
    ZP_INDEX_YEAR,
    ZP_INDEX_FOLDER,
    ZP_INDEX_BAG,
    ZP_INDEX_CODE,
    ZP_INDEX_NAME,
    ZP_INDEX_TITLE,
    ZP_INDEX_BUDGET,
    ZP_INDEX_SPENT,
    ZP_INDEX_RATE,
    ZP_INDEX_SCORE,
    ZP_INDEX_GRADE,
    ZP_INDEX_ERRORS,
    ZP_INDEX_WARNINGS,
    ZP_INDEX_HTML,     /* paths in the bag; empty where there is none */
    ZP_INDEX_ORIGINAL, /* 正本 */
    ZP_INDEX_LAYOUT,   /* our PDF beside a 盖章件 */
    ZP_INDEX_COLUMNS
} zp_index_column;
zp_rows zp_catalog_index(zp_catalog *catalog, zp_str year);

/* Where the words of `query` (zp_words_query) stand, best first: chapters' headings and their
 * lines, and units' names and titles. Narrowed to a year and to a unit
 * (its code or name) where these are not empty. */
typedef enum {
    ZP_HIT_YEAR,
    ZP_HIT_FOLDER,
    ZP_HIT_BAG,
    ZP_HIT_NAME,
    ZP_HIT_TITLE,
    ZP_HIT_HEADING, /* empty: the hit is the unit's name or the title */
    ZP_HIT_TEXT,    /* empty: the hit is the heading */
    ZP_HIT_COLUMNS
} zp_hit_column;

/* At most `limit`; *total counts all. False when search.sqlite is not there or damaged. */
bool zp_catalog_search(zp_catalog *catalog, zp_str query, zp_str year, zp_str unit, size_t limit,
                       zp_rows *hits, size_t *total, zp_str *why);

#endif
