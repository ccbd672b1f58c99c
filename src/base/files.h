/* files.h: the only door to disk.
 *
 * Reading has a ceiling. Writing never leaves a half file: the bytes go to a temporary name beside
 * the target, are synced, and take its place by rename; a target that exists and is no regular file
 * (a device, a pipe) is written to and stays what it is. Where something fails, `why` says so in
 * Chinese, as the end of a sentence: “没有这个文件”, “没有读取权限”, “磁盘已满”.
 */
#ifndef ZP_FILES_H
#define ZP_FILES_H

#include <stdbool.h>
#include <stdint.h>
#include "base/hash.h"
#include "base/str.h"

typedef enum { ZP_PATH_NONE, ZP_PATH_FILE, ZP_PATH_FOLDER, ZP_PATH_OTHER } zp_path_kind;

/* What stands at `path`, links followed; ZP_PATH_OTHER is a device, pipe or socket. */
zp_path_kind zp_path_kind_of(const char *path);

/* The same, remembered in a record of what was looked at (below). */
zp_path_kind zp_path_look(zp_arena *arena, zp_str path);

/* Whether `path` itself is a symbolic link. */
bool zp_path_is_link(const char *path);

/* Whether both paths lead to the same file. */
bool zp_path_same(const char *a, const char *b);

/* `dir` + "/" + `name`; just `name` when it is absolute or `dir` is empty. */
zp_str zp_path_join(zp_arena *arena, zp_str dir, zp_str name);
zp_str zp_path_folder(zp_str path); /* before the last /; "." when there is none */
zp_str zp_path_base(zp_str path);   /* after the last / (slashes at the end left out) */

/* The whole of a file, at most `limit` bytes. */
bool zp_file_read(zp_arena *arena, const char *path, size_t limit, zp_str *bytes, zp_str *why);

/* Whether the path `relative` leads to something in the folder `root` or below it: it is not
 * absolute, has no part .., and no link on its way ends elsewhere. What is not there is inside. An
 * empty `root` is no folder: nothing is inside. */
bool zp_path_is_inside(zp_arena *arena, zp_str root, zp_str relative);

/* The whole of a regular file inside `root`, named by somebody whom we need not trust. */
bool zp_file_read_inside(zp_arena *arena, zp_str root, zp_str relative, size_t limit, zp_str *bytes,
                         zp_str *why);

/* The whole of an open descriptor (standard input). */
bool zp_file_read_from(zp_arena *arena, int fd, size_t limit, zp_str *bytes, zp_str *why);

/* What the names of temporary files begin with; they end in .tmp. */
#define ZP_FILE_TEMPORARY ".ziping-"

/* False with the new bytes in place when they are there but not lasting: the folder's sync failed.
 */
bool zp_file_replace(zp_arena *arena, const char *path, zp_str bytes, zp_str *why);
bool zp_file_write_to(zp_arena *arena, int fd, zp_str bytes, zp_str *why);

/* Makes `path` and its missing parents. */
bool zp_folder_make(zp_arena *arena, const char *path, zp_str *why);

/* --- Many files at once ---------------------------------------------------------------------
 *
 * A transaction over thousands of files cannot wait for the disk at each of them. What follows
 * writes, moves and removes without waiting; zp_disk_sync then waits once, for all of it.
 */

/* What tells whether a file changed without reading it. */
typedef struct {
    zp_path_kind kind; /* links followed; NONE of one that leads nowhere */
    bool link;         /* it is one itself */
    uint64_t bytes, inode;
    int64_t changed; /* the later of mtime and ctime, in nanoseconds */
} zp_file_stamp;

/* Of what stands at `path`; false when nothing does. */
bool zp_file_stamp_of(const char *path, zp_file_stamp *stamp);

/* Writes `path` anew, in place, without waiting: for files that nobody looks for yet. */
bool zp_file_put(zp_arena *arena, const char *path, zp_str bytes, zp_str *why);

/* Copies a regular file piece by piece, likewise, and adds its bytes to `hashes` (which end in
 * NULL) on the way. `to` NULL: only hashes. */
bool zp_file_copy(zp_arena *arena, const char *from, const char *to, zp_hash *const *hashes,
                  uint64_t *bytes, zp_str *why);

/* Gives `from` the name `to`, in the place of what had it. */
bool zp_file_move(zp_arena *arena, const char *from, const char *to, zp_str *why);

/* A file, or a folder that is empty; one that is not there is removed already. */
bool zp_path_remove(zp_arena *arena, const char *path, zp_str *why);

/* Waits until all that was written, moved and removed so far on the disk that `folder` lies on is
 * lasting (syncfs: one wait, where fsync of each file and folder would be thousands). */
bool zp_disk_sync(zp_arena *arena, const char *folder, zp_str *why);

/* Waits until the names in `folder` are lasting. */
bool zp_folder_sync(zp_arena *arena, const char *folder, zp_str *why);

/* Holds the lock file `path` as long as this process lives or until zp_file_unlock: its descriptor;
 * -1 when another process holds it (*busy) or it cannot be made. */
int zp_file_lock(zp_arena *arena, const char *path, bool *busy, zp_str *why);
void zp_file_unlock(int lock);

/* The names in a folder (not . and ..), sorted by bytes. */
bool zp_folder_list(zp_arena *arena, const char *path, const zp_str **names, size_t *count,
                    zp_str *why);

/* --- What was looked at: for whoever wants to know when to look again --- */

/* How a path was found: of a file what stat says, of a folder that was listed its names; equal
 * marks, nothing has changed. */
typedef struct {
    uint64_t words[4];
} zp_mark;

typedef struct {
    zp_str path;
    bool listed;  /* a folder, of which the names count */
    zp_mark mark; /* as it was just before it was looked at */
} zp_look;

typedef struct {
    zp_arena *arena; /* of the paths */
    zp_look *all;    /* each path once, with its first mark */
    size_t count, capacity;
} zp_looks;

/* From now on what is read, listed or looked for through `arena` is put into `looks`, what is not
 * there too; NULL: no longer. */
void zp_files_record(zp_arena *arena, zp_looks *looks);

/* Who keeps that record; NULL: nobody. */
zp_looks *zp_files_recorded(const zp_arena *arena);

/* Whether something at the path is not any more as it was. */
bool zp_look_is_stale(zp_arena *arena, const zp_look *look);

#endif
