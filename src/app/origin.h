/* origin.h: the report folders that are to be archived, and all files in them.
 *
 * A report folder holds report.md, or exactly one .md file. Folders in folders are looked into;
 * what begins with a point, links to folders, 附件, the archive itself and bags of any other
 * archive are not looked for reports. All files in a report's folder and below it are its inputs,
 * whichever of them it names: a pattern of data files may match another one tomorrow. Not so what a
 * build leaves beside a report: .pdf, .html and .svg outside 附件.
 */
#ifndef ZP_ORIGIN_H
#define ZP_ORIGIN_H

#include "base/files.h"
#include "base/nameset.h"

#define ZP_ATTACHMENTS "附件"

typedef struct {
    zp_str path; /* as named, or below a folder that was */
    zp_file_stamp stamp;
    zp_str within; /* of a row's 附件, which lie elsewhere: 附件/… */
} zp_origin_file;

typedef struct {
    zp_str folder, path; /* of the report's text */
    zp_str key;          /* the real path of it */
    zp_str why;          /* why it cannot be archived, the end of a sentence; empty: it can */
    size_t first, count; /* of its files */
} zp_origin;

typedef struct {
    zp_arena *arena;
    const char *archive; /* which is passed over */
    zp_origin_file *files;
    size_t file_count, file_capacity;
    zp_origin *all; /* by key */
    size_t count, capacity;
    zp_str *roots; /* real paths of the SOURCEs */
    size_t root_count;
} zp_origins;

zp_origins zp_origins_find(zp_arena *arena, char *const *words, size_t count, const char *archive);

/* One report for many rows: the file `path`, and all files in its folder but `table`. */
zp_origins zp_origins_of_file(zp_arena *arena, const char *path, const char *table,
                              const char *archive);

/* What of it is a row's alone is not another's: files in those folders of `attachments` that `rows`
 * has. */
void zp_origins_part(zp_origins *origins, zp_str attachments, const zp_nameset *rows);

/* The report of a row: the files of that one, and all in the folder `attachments` as its 附件; an
 * empty one: it has none. Lives in the origins' arena. */
const zp_origin *zp_origin_of_row(zp_origins *origins, zp_str attachments);

/* The path of one of its files from the report's folder on. */
zp_str zp_origin_within(const zp_origin *origin, const zp_origin_file *file);

/* The hash of names, sizes and dates of its files; the latest date in *newest. */
zp_str zp_origin_stamps(zp_arena *arena, const zp_origins *origins, const zp_origin *origin,
                        int64_t *newest);

#endif
