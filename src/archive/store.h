/* store.h: what is in an archive, as its bags say.
 *
 *     ARCHIVE/2023/              a BagIt bag (bag.h): the reports of 2023
 *       bagit.txt bag-info.txt manifest-sha512.txt manifest-sha256.txt tagmanifest-*.txt
 *       data/归档文件目录.xlsx .xml, data/说明文件.txt         (papers.h)
 *       data/UNIT/NAME/          one report: UNIT is the unit's code, or else its name; NAME is the
 *                                title without year and unit (整体支出绩效自评报告), so that it is
 *                                the same every year, and two reports of a unit do not clash
 *         TITLE.pdf TITLE.html report.json
 *         source/…               report.md and the data, pictures and partials it was made of
 *         template/TEMPLATE/…    the template, and each that it extends
 *         附件/…                 as the unit sent them
 *     ARCHIVE/2023-2/            corrections to 2023 after it was sealed: whole reports
 *     ARCHIVE/catalog.sqlite, index.html, 汇总表-2023.*      made of the bags, at any time again
 *     ARCHIVE/.ziping/           lock, journal (journal.h), stage, cache (statcache.h)
 *
 * The list of a bag's files is manifest-sha512.txt; nothing here reads a payload file. UNIT and
 * NAME are safe file names.
 *
 * report.json is that of write/json.h, with one member more:
 *     "archive": {"template", "pages", "original", "files", "bytes", "inputs": [{"path",
 * "sha256"}]}
 */
#ifndef ZP_STORE_H
#define ZP_STORE_H

#include "archive/bag.h"
#include "base/diag.h"

#define ZP_STORE_PRIVATE ".ziping"

/* By its place in the report's folder; 附件 by the names of their folders or files. */
#define ZP_STORED_KINDS(X)                                                                         \
    X(ORIGINAL, "正本")   /* the 盖章件, or where there is none our PDF */                      \
    X(LAYOUT, "版式文件") /* our PDF beside a 盖章件 */                                         \
    X(PAGE, "网页")                                                                                \
    X(DATA, "数据")     /* report.json */                                                          \
    X(SOURCE, "源文件") /* source/ */                                                              \
    X(TEMPLATE, "模板") /* template/ */                                                            \
    X(SEALED, "盖章件") /* a further one, or one that is no PDF */                                 \
    X(PROOF, "佐证材料")                                                                           \
    X(OPINION, "评审意见")                                                                         \
    X(ATTACHMENT, "附件") /* any other */

typedef enum {
#define X(kind, name) ZP_STORED_##kind,
    ZP_STORED_KINDS(X)
#undef X
        ZP_STORED_KIND_COUNT
} zp_stored_kind;

zp_str zp_stored_kind_name(zp_stored_kind kind);

typedef struct {
    zp_str path; /* within the bag: data/001/整体支出绩效自评报告/report.json */
    zp_str sha512, sha256;
    zp_stored_kind kind;
} zp_stored_file;

typedef struct {
    const zp_bag *bag;
    zp_str year;                 /* 2023, also of the bag 2023-2 */
    zp_str unit, name;           /* the folders */
    zp_str folder;               /* within the bag, with a slash at its end: data/UNIT/NAME/ */
    zp_str state;                /* 64 hexadecimal digits that change when any of its files does */
    const zp_stored_file *files; /* by path */
    size_t file_count;
    bool newest; /* no later bag of the year has it again */
} zp_stored_report;

/* The reports of one bag. */
typedef struct {
    const zp_bag *bag;
    const zp_stored_report *reports;
    size_t count;
} zp_stored_share;

typedef struct {
    zp_arena *arena;
    zp_str folder;       /* of the archive */
    zp_bag *const *bags; /* by year, then 2023, 2023-2, … 2023-10 */
    size_t bag_count;
    /* As opened, or as refreshed since: */
    const zp_stored_report *reports; /* by bag, unit, name */
    size_t report_count;
    const zp_stored_share *shares; /* of each bag */
    size_t share_count;
    bool stale; /* the bags have changed since (change.h) */
} zp_store;

/* The archive in `folder`; a folder that is not there or empty is an archive without bags. NULL
 * when it cannot be read, or a bag is damaged so that its manifest cannot be (`bag-damaged`). */
zp_store *zp_store_open(zp_arena *arena, zp_str folder, zp_diag *diag);

/* Reports and shares anew, if the bags have changed since. */
void zp_store_refresh(zp_store *store);

/* The reports in one bag, from its manifest; what is not in a folder of a report is left out. */
const zp_stored_report *zp_store_reports(zp_arena *arena, const zp_bag *bag, size_t *count);

/* That with a folder among those of one bag; NULL when there is none. */
const zp_stored_report *zp_store_find(const zp_stored_report *reports, size_t count, zp_str folder);

/* The newest version of a report, as the archive was opened or refreshed; NULL when there is none.
 */
const zp_stored_report *zp_store_newest(const zp_store *store, zp_str year, zp_str folder);

/* What a change of the bag needs to say of a report before it is there: the kinds of its files,
 * whose paths are within its folder, and its state. */
zp_stored_kind zp_stored_kind_of(zp_str within);
void zp_stored_files_settle(zp_stored_file *files, size_t count); /* which is the 正本 */
zp_str zp_stored_state(zp_arena *arena, zp_str folder, const zp_bag_file *files, size_t count);

/* The file of a kind; NULL when there is none. */
const zp_stored_file *zp_stored_find(const zp_stored_report *report, zp_stored_kind kind);

/* Where a file of a bag lies. */
zp_str zp_store_path(zp_arena *arena, zp_str archive, const zp_bag *bag, zp_str path);

/* A name as a safe one for a folder or file (filename.h), with room for `ending` bytes more;
 * without combining marks, so that no file system that composes or decomposes names takes two for
 * one; empty when nothing remains. */
zp_str zp_store_name(zp_arena *arena, zp_str name, size_t ending);

#endif
