/* files.c: paths, whole files in, whole files out.
 *
 * A file is replaced under a temporary name that O_EXCL makes ours, in the folder where the target
 * really stands: links are followed by hand first, because rename would replace the link itself.
 * Reasons for failure are made of errno in one place; they differ a little by what was being done.
 */
#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    READ_PIECE = 64 << 10,
    LINKS_MAX = 40,    /* as the kernel's own limit */
    NAMES_TRIED = 1000 /* for a temporary file */
};

typedef enum { READING, WRITING, LISTING } action;

static bool fail(zp_arena *arena, action what, int error, zp_str *why)
{
    static const struct {
        int error;
        const char *reading, *writing; /* writing NULL: the same words */
    } reasons[] = {
        {ENOENT, "没有这个文件", "没有这个文件夹"},
        {EACCES, "没有读取权限", "没有写入权限"},
        {EPERM, "没有读取权限", "没有写入权限"},
        {EISDIR, "这是一个文件夹", NULL},
        {ENOTDIR, "路径中有一段不是文件夹", NULL},
        {EEXIST, "已有同名的文件", NULL},
        {ENOSPC, "磁盘已满", NULL},
        {EDQUOT, "磁盘配额已满", NULL},
        {EROFS, "磁盘是只读的", NULL},
        {EFBIG, "文件太大", NULL},
        {EIO, "磁盘读取出错", "磁盘写入出错"},
        {ELOOP, "链接绕成了圈", NULL},
        {ENAMETOOLONG, "文件名太长", NULL},
        {EMFILE, "同时打开的文件太多", NULL},
        {ENFILE, "同时打开的文件太多", NULL},
        {EPIPE, "对方已经关闭", "接收的一方已经关闭"},
        {ETXTBSY, "文件正被占用", NULL},
        {EBUSY, "文件正被占用", NULL},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].error != error)
            continue;
        bool writing = what == WRITING || (what == LISTING && error == ENOENT);
        writing = writing && reasons[i].writing;
        *why = zp_str_from(writing ? reasons[i].writing : reasons[i].reading);
        return false;
    }
    *why = zp_str_format(arena, "系统错误（编号 %d）", error);
    return false;
}

/* --- What was looked at ---------------------------------------------------------------------- */

static bool list(zp_arena *arena, const char *path, zp_str **names, size_t *count, int *error);

/* A file written again differs in its times, if in nothing else; one that took its place by rename,
 * in its number. */
static zp_mark mark_of_file(const char *path)
{
    struct stat s;
    if (stat(path, &s) != 0)
        return (zp_mark){{0}};
    uint64_t size = S_ISDIR(s.st_mode) ? 0 : (uint64_t)s.st_size;
    uint64_t time = (uint64_t)s.st_mtim.tv_sec * 1000000000U + (uint64_t)s.st_mtim.tv_nsec;
    uint64_t place = (uint64_t)s.st_ino + ((uint64_t)s.st_dev << 40);
    return (zp_mark){{1 + (uint64_t)s.st_mode, size, S_ISDIR(s.st_mode) ? 0 : time, place}};
}

/* FNV-1a over the names but those with a point: temporary files, ours and other programs'. */
static zp_mark mark_of_names(zp_arena *arena, const char *path)
{
    zp_str *names;
    size_t count, visible = 0;
    int error;
    uint64_t hash = 14695981039346656037U;
    if (!list(arena, path, &names, &count, &error))
        return (zp_mark){{0}};
    for (size_t i = 0; i < count; i++) {
        if (names[i].p[0] == '.')
            continue;
        visible++;
        for (size_t k = 0; k <= names[i].n; k++) { /* with a NUL between them */
            unsigned char c = k < names[i].n ? (unsigned char)names[i].p[k] : 0;
            hash = (hash ^ c) * 1099511628211U;
        }
    }
    return (zp_mark){{1, visible, hash, 0}};
}

static zp_mark mark_of(zp_arena *arena, const char *path, bool listed)
{
    return listed ? mark_of_names(arena, path) : mark_of_file(path);
}

static void record(zp_arena *arena, const char *path, bool listed)
{
    zp_looks *looks = zp_arena_attached(arena);
    zp_str name = zp_str_from(path);
    if (!looks)
        return;
    for (size_t i = 0; i < looks->count; i++)
        if (looks->all[i].listed == listed && zp_str_eq(looks->all[i].path, name))
            return;
    zp_list_grow(looks->arena, looks->all, looks->count, looks->capacity);
    name = (zp_str){zp_str_cstr(looks->arena, name), name.n}; /* its NUL is kept */
    looks->all[looks->count++] = (zp_look){name, listed, mark_of(looks->arena, path, listed)};
}

void zp_files_record(zp_arena *arena, zp_looks *looks)
{
    zp_arena_attach(arena, looks);
}

zp_looks *zp_files_recorded(const zp_arena *arena)
{
    return zp_arena_attached(arena);
}

bool zp_look_is_stale(zp_arena *arena, const zp_look *look)
{
    zp_mark now = mark_of(arena, zp_str_cstr(arena, look->path), look->listed);
    return memcmp(&now, &look->mark, sizeof now) != 0;
}

/* --- Paths ----------------------------------------------------------------------------------- */

static zp_path_kind kind_of(const struct stat *status)
{
    if (S_ISREG(status->st_mode))
        return ZP_PATH_FILE;
    return S_ISDIR(status->st_mode) ? ZP_PATH_FOLDER : ZP_PATH_OTHER;
}

zp_path_kind zp_path_kind_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? kind_of(&status) : ZP_PATH_NONE;
}

zp_path_kind zp_path_look(zp_arena *arena, zp_str path)
{
    const char *name = zp_str_cstr(arena, path);
    record(arena, name, false);
    return zp_path_kind_of(name);
}

bool zp_path_is_link(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

bool zp_path_same(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

zp_str zp_path_join(zp_arena *arena, zp_str dir, zp_str name)
{
    if (!dir.n || zp_str_starts(name, ZP_STR("/")))
        return name;
    zp_buf path = {.arena = arena};
    zp_buf_add(&path, dir);
    if (!zp_str_ends(dir, ZP_STR("/")))
        zp_buf_byte(&path, '/');
    zp_buf_add(&path, name);
    return zp_buf_str(&path);
}

static zp_str without_end_slashes(zp_str path)
{
    size_t n = path.n;
    while (n > 1 && path.p[n - 1] == '/')
        n--;
    return zp_str_slice(path, 0, n);
}

zp_str zp_path_base(zp_str path)
{
    path = without_end_slashes(path);
    size_t start = path.n;
    while (start > 0 && path.p[start - 1] != '/')
        start--;
    return zp_str_slice(path, start, path.n);
}

zp_str zp_path_folder(zp_str path)
{
    path = without_end_slashes(path);
    size_t n = path.n - zp_path_base(path).n;
    return n ? without_end_slashes(zp_str_slice(path, 0, n)) : ZP_STR(".");
}

/* --- Reading --------------------------------------------------------------------------------- */

static bool too_large(zp_arena *arena, size_t limit, zp_str *why)
{
    if (limit >> 20)
        *why = zp_str_format(arena, "文件太大（最多 %zu MB）", limit >> 20);
    else
        *why = zp_str_format(arena, "文件太大（最多 %zu 字节）", limit);
    return false;
}

/* `expected`: how many bytes there probably are. */
static bool read_all(zp_arena *arena, int fd, size_t expected, size_t limit, zp_str *bytes,
                     zp_str *why)
{
    zp_buf buf = {.arena = arena};
    /* One more than expected, so that the end is seen without growing. */
    zp_buf_reserve(&buf, expected + 1);
    for (;;) {
        ssize_t got = read(fd, buf.p + buf.n, buf.capacity - buf.n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(arena, READING, errno, why);
        if (got == 0)
            break;
        buf.n += (size_t)got;
        if (buf.n > limit)
            return too_large(arena, limit, why);
        if (buf.n == buf.capacity)
            zp_buf_reserve(&buf, 1);
    }
    *bytes = zp_buf_str(&buf);
    return true;
}

bool zp_file_read_from(zp_arena *arena, int fd, size_t limit, zp_str *bytes, zp_str *why)
{
    return read_all(arena, fd, READ_PIECE, limit, bytes, why);
}

bool zp_file_read(zp_arena *arena, const char *path, size_t limit, zp_str *bytes, zp_str *why)
{
    record(arena, path, false);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fail(arena, READING, errno, why);
    struct stat status;
    bool ok;
    if (fstat(fd, &status) != 0)
        ok = fail(arena, READING, errno, why);
    else if (S_ISREG(status.st_mode) && (uintmax_t)status.st_size > limit)
        ok = too_large(arena, limit, why);
    else if (S_ISREG(status.st_mode))
        ok = read_all(arena, fd, (size_t)status.st_size, limit, bytes, why);
    else
        ok = read_all(arena, fd, READ_PIECE, limit, bytes, why);
    close(fd);
    return ok;
}

/* Whether the name alone stays below where it begins. */
static bool goes_down(zp_str relative)
{
    if (zp_str_starts(relative, ZP_STR("/")) || zp_str_find(relative, ZP_STR("\0"), 0) < relative.n)
        return false;
    for (size_t at = 0; at < relative.n;) {
        size_t end = zp_str_find(relative, ZP_STR("/"), at);
        if (zp_str_eq(zp_str_slice(relative, at, end), ZP_STR("..")))
            return false;
        at = end + 1;
    }
    return true;
}

/* Whether `path`, which has no links in it any more, is `folder` or below it. */
static bool is_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    if (n > 0 && folder[n - 1] == '/') /* the root of all */
        n--;
    return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

bool zp_path_is_inside(zp_arena *arena, zp_str root, zp_str relative)
{
    if (!root.n || !goes_down(relative))
        return false;
    char *folder = realpath(zp_str_cstr(arena, root), NULL);
    char *path = realpath(zp_str_cstr(arena, zp_path_join(arena, root, relative)), NULL);
    bool inside = !folder || !path || is_below(path, folder);
    free(folder);
    free(path);
    return inside;
}

bool zp_file_read_inside(zp_arena *arena, zp_str root, zp_str relative, size_t limit, zp_str *bytes,
                         zp_str *why)
{
    if (!zp_path_is_inside(arena, root, relative)) {
        *why = ZP_STR("它在文件夹之外");
        return false;
    }
    const char *path = zp_str_cstr(arena, zp_path_join(arena, root, relative));
    if (zp_path_kind_of(path) == ZP_PATH_OTHER) { /* opening a pipe would wait for its other end */
        *why = ZP_STR("这不是普通的文件");
        return false;
    }
    return zp_file_read(arena, path, limit, bytes, why);
}

/* --- Writing --------------------------------------------------------------------------------- */

/* 0, or an errno. */
static int write_all(int fd, zp_str bytes)
{
    for (size_t done = 0; done < bytes.n;) {
        ssize_t n = write(fd, bytes.p + done, bytes.n - done);
        if (n > 0) {
            done += (size_t)n;
        } else if (n == 0) {
            return EIO;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            if (poll(&ready, 1, -1) < 0 && errno != EINTR)
                return errno;
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

bool zp_file_write_to(zp_arena *arena, int fd, zp_str bytes, zp_str *why)
{
    int error = write_all(fd, bytes);
    return error ? fail(arena, WRITING, error, why) : true;
}

/* Where a write to `path` really ends: the file that a chain of links points to, there or not yet.
 */
static const char *follow_links(zp_arena *arena, const char *path)
{
    char target[PATH_MAX];
    for (int i = 0; i < LINKS_MAX; i++) {
        ssize_t n = readlink(path, target, sizeof target);
        if (n <= 0 || (size_t)n == sizeof target)
            break;
        zp_str joined =
            zp_path_join(arena, zp_path_folder(zp_str_from(path)), (zp_str){target, (size_t)n});
        path = zp_str_cstr(arena, joined);
    }
    return path;
}

/* Opens a new file in the folder; its path is in `*path`. -1 and errno when that fails. */
static int open_temporary(zp_arena *arena, zp_str folder, const char **path)
{
    int fd = -1;
    for (int i = 0; i < NAMES_TRIED; i++) {
        zp_str name = zp_str_format(arena, ZP_FILE_TEMPORARY "%ld-%d.tmp", (long)getpid(), i);
        *path = zp_str_cstr(arena, zp_path_join(arena, folder, name));
        fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    return fd;
}

/* What a sync came to: 0, or an errno. Some file systems cannot sync a folder, which is no failure.
 */
static int sync_result(int result)
{
    bool unable = result != 0 && (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP);
    return result == 0 || unable ? 0 : errno;
}

/* A rename is lasting only when the folder is on disk too. 0, or an errno; who may write into a
 * folder but not read it has to go without. */
static int sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    int error = sync_result(fsync(fd));
    close(fd);
    return error;
}

/* Fills the new file `fd` and gives it its `mode` unless that is 0; closes it. 0, or an errno. */
static int fill(int fd, mode_t mode, zp_str bytes)
{
    int error = write_all(fd, bytes);
    if (!error && mode && fchmod(fd, mode) != 0)
        error = errno;
    if (!error && fsync(fd) != 0)
        error = errno;
    if (close(fd) != 0 && !error)
        error = errno;
    return error;
}

/* 0, or an errno. `mode` is 0 for a file that was not there. */
static int replace(zp_arena *arena, const char *path, mode_t mode, zp_str bytes)
{
    zp_str folder = zp_path_folder(zp_str_from(path));
    const char *temporary;
    int fd = open_temporary(arena, folder, &temporary);
    if (fd < 0)
        return errno;
    int error = fill(fd, mode, bytes);
    if (!error && rename(temporary, path) != 0)
        error = errno;
    if (!error)
        return sync_folder(zp_str_cstr(arena, folder));
    unlink(temporary);
    return error;
}

/* Writes to what is there and is no regular file. 0, or an errno. */
static int write_device(const char *path, zp_str bytes)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return errno;
    int error = write_all(fd, bytes);
    if (close(fd) != 0 && !error)
        error = errno;
    return error;
}

bool zp_file_replace(zp_arena *arena, const char *path, zp_str bytes, zp_str *why)
{
    struct stat status;
    bool there = stat(path, &status) == 0;
    int error = there ? 0 : errno;
    if (there && !S_ISREG(status.st_mode))
        /* Before links are followed: /dev/stdout leads to names that cannot be opened. */
        error = write_device(path, bytes);
    else if (there && access(path, W_OK) != 0)
        /* rename would not ask; who made a file read-only wants to keep it. */
        error = errno;
    else if (there)
        error = replace(arena, follow_links(arena, path), status.st_mode & 07777, bytes);
    else if (error == ENOENT)
        error = replace(arena, follow_links(arena, path), 0, bytes);
    return error ? fail(arena, WRITING, error, why) : true;
}

/* --- Many files at once ---------------------------------------------------------------------- */

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

bool zp_file_stamp_of(const char *path, zp_file_stamp *stamp)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return false;
    bool link = S_ISLNK(status.st_mode), there = !link || stat(path, &status) == 0;
    int64_t written = nanoseconds(status.st_mtim), changed = nanoseconds(status.st_ctim);
    *stamp =
        (zp_file_stamp){there ? kind_of(&status) : ZP_PATH_NONE, link, (uint64_t)status.st_size,
                        (uint64_t)status.st_ino, written > changed ? written : changed};
    return true;
}

static int open_anew(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
}

bool zp_file_put(zp_arena *arena, const char *path, zp_str bytes, zp_str *why)
{
    int fd = open_anew(path);
    int error = fd < 0 ? errno : write_all(fd, bytes);
    if (fd >= 0 && close(fd) != 0 && !error)
        error = errno;
    return error ? fail(arena, WRITING, error, why) : true;
}

/* 0, or an errno; *what is the side that failed. `to` is -1 when nothing is to be written. */
static int copy_pieces(int from, int to, zp_hash *const *hashes, uint64_t *bytes, action *what)
{
    char piece[READ_PIECE];
    for (*bytes = 0;;) {
        ssize_t got = read(from, piece, sizeof piece);
        *what = READING;
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? errno : 0;
        zp_str bit = {piece, (size_t)got};
        for (size_t i = 0; hashes[i]; i++)
            zp_hash_add(hashes[i], bit);
        *bytes += bit.n;
        *what = WRITING;
        int error = to < 0 ? 0 : write_all(to, bit);
        if (error)
            return error;
    }
}

bool zp_file_copy(zp_arena *arena, const char *from, const char *to, zp_hash *const *hashes,
                  uint64_t *bytes, zp_str *why)
{
    int source = open(from, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (source < 0)
        return fail(arena, READING, errno, why);
    int target = to ? open_anew(to) : -1;
    action what = WRITING;
    int error = to && target < 0 ? errno : copy_pieces(source, target, hashes, bytes, &what);
    if (target >= 0 && close(target) != 0 && !error) {
        error = errno;
        what = WRITING;
    }
    close(source);
    return error ? fail(arena, what, error, why) : true;
}

bool zp_file_move(zp_arena *arena, const char *from, const char *to, zp_str *why)
{
    return rename(from, to) == 0 ? true : fail(arena, WRITING, errno, why);
}

bool zp_path_remove(zp_arena *arena, const char *path, zp_str *why)
{
    bool gone = unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR;
    if (!gone && (errno == EISDIR || errno == EPERM))
        gone = rmdir(path) == 0 || errno == ENOENT;
    return gone ? true : fail(arena, WRITING, errno, why);
}

/* `sync` of the open folder. */
static bool sync_by(zp_arena *arena, const char *folder, int (*sync_of)(int), zp_str *why)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail(arena, WRITING, errno, why);
    int error = sync_result(sync_of(fd));
    close(fd);
    return error ? fail(arena, WRITING, error, why) : true;
}

bool zp_disk_sync(zp_arena *arena, const char *folder, zp_str *why)
{
    return sync_by(arena, folder, syncfs, why);
}

bool zp_folder_sync(zp_arena *arena, const char *folder, zp_str *why)
{
    return sync_by(arena, folder, fsync, why);
}

/* A lock of the open file, not of the process: closing another descriptor of the same file does not
 * lose it. */
int zp_file_lock(zp_arena *arena, const char *path, bool *busy, zp_str *why)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    *busy = false;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        fail(arena, WRITING, errno, why);
        return -1;
    }
    if (fcntl(fd, F_OFD_SETLK, &whole) == 0)
        return fd;
    *busy = errno == EAGAIN || errno == EACCES;
    fail(arena, WRITING, errno, why);
    close(fd);
    return -1;
}

void zp_file_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

/* --- Folders --------------------------------------------------------------------------------- */

/* The folder named by the first `n` bytes of a path; true when it is there already. */
static bool make_part(const char *path, size_t n)
{
    char part[PATH_MAX];
    memcpy(part, path, n);
    part[n] = '\0';
    return mkdir(part, 0777) == 0 || errno == EEXIST;
}

/* Where the name of the folder above the first `n` bytes ends; 0: there is none. */
static size_t end_above(const char *path, size_t n)
{
    while (n > 0 && path[n - 1] == '/')
        n--;
    while (n > 0 && path[n - 1] != '/')
        n--;
    while (n > 1 && path[n - 1] == '/')
        n--;
    return n;
}

/* Mostly what is above is there: up to the first folder that can be made, and down again. */
bool zp_folder_make(zp_arena *arena, const char *path, zp_str *why)
{
    size_t whole = strlen(path), end = whole;
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    if (whole >= PATH_MAX)
        return fail(arena, WRITING, ENAMETOOLONG, why);
    while (end > 0 && !make_part(path, end)) {
        if (errno != ENOENT)
            return fail(arena, WRITING, errno, why);
        end = end_above(path, end);
    }
    while (end > 0 && end < whole) {
        end += strspn(path + end, "/");
        end += strcspn(path + end, "/");
        if (!make_part(path, end))
            return fail(arena, WRITING, errno, why);
    }
    if (stat(path, &status) != 0)
        return fail(arena, WRITING, errno, why);
    return S_ISDIR(status.st_mode) ? true : fail(arena, WRITING, EEXIST, why);
}

static int by_bytes(const void *a, const void *b)
{
    return zp_str_compare(*(const zp_str *)a, *(const zp_str *)b);
}

/* The names in an open folder; false and errno when reading fails. */
static bool read_names(zp_arena *arena, DIR *folder, zp_str **names, size_t *count)
{
    size_t capacity = 0;
    *names = NULL;
    *count = 0;
    errno = 0;
    for (struct dirent *entry; (entry = readdir(folder)); errno = 0) {
        zp_str name = zp_str_from(entry->d_name);
        if (zp_str_eq(name, ZP_STR(".")) || zp_str_eq(name, ZP_STR("..")))
            continue;
        zp_list_grow(arena, *names, *count, capacity);
        (*names)[(*count)++] = zp_str_copy(arena, name);
    }
    return errno == 0;
}

/* Sorted; false and an errno when that fails. */
static bool list(zp_arena *arena, const char *path, zp_str **names, size_t *count, int *error)
{
    DIR *folder = opendir(path);
    bool good = folder && read_names(arena, folder, names, count);
    *error = errno;
    if (folder)
        closedir(folder);
    if (good && *count > 0)
        qsort(*names, *count, sizeof **names, by_bytes);
    return good;
}

bool zp_folder_list(zp_arena *arena, const char *path, const zp_str **names, size_t *count,
                    zp_str *why)
{
    zp_str *found;
    int error;
    record(arena, path, true);
    if (!list(arena, path, &found, count, &error))
        return fail(arena, LISTING, error, why);
    *names = found;
    return true;
}
