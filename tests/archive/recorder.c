/* recorder.c: what a program does to the files below one folder, written down, cut short or
 * refused.
 *
 * Linked into ziping_recorded, and exported from it, so that calls from libraries (SQLite) come
 * here too. ZIPING_CALLS_ROOT is the folder, an absolute path without links in it; ZIPING_CALLS
 * says what to do, where N counts the calls that change something below it, from 1:
 *
 *     record:FILE   append each to FILE (power.py reads it)
 *     kill:N        before the N-th, or in the middle of it when it writes, SIGKILL
 *     full:N        from the N-th on the disk is full: nothing is written, nothing made
 *     fail:N        the N-th is refused with EIO, the others work
 *
 * A record is a line “CALL N inode offset n m”, then n bytes and m bytes and a line end; what came
 * to nothing is counted, and has none. One mutex around each call and its record: the order in the
 * file is the order in which things happened.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef enum { MAKES, WRITES, OTHER } effect;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long calls;
static int log_file = -1;

/* --- Where a call works ---------------------------------------------------------------------- */

/* The part of an absolute path below the root; NULL when it is elsewhere. */
static const char *below(const char *path)
{
    const char *root = getenv("ZIPING_CALLS_ROOT");
    size_t n = root ? strlen(root) : 0;
    if (n == 0 || strncmp(path, root, n) != 0 || (path[n] != '/' && path[n] != '\0'))
        return NULL;
    return path[n] ? path + n + 1 : path + n;
}

static void name_of(int fd, char path[PATH_MAX])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long n = syscall(SYS_readlinkat, AT_FDCWD, link, path, (size_t)PATH_MAX - 1);
    path[n > 0 ? n : 0] = '\0';
}

/* The path as an absolute one; what it is below the root, or NULL. */
static const char *place(int folder, const char *path, char whole[PATH_MAX])
{
    if (path[0] == '/') {
        snprintf(whole, PATH_MAX, "%s", path);
        return below(whole);
    }
    if (folder != AT_FDCWD)
        name_of(folder, whole);
    else if (!getcwd(whole, PATH_MAX))
        whole[0] = '\0';
    size_t n = strlen(whole);
    while (strncmp(path, "./", 2) == 0)
        path += 2;
    if (strcmp(path, ".") != 0)
        snprintf(whole + n, PATH_MAX - n, "/%s", path);
    return below(whole);
}

static const char *place_of(int fd, char whole[PATH_MAX])
{
    name_of(fd, whole);
    return below(whole);
}

static long inode_of(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 ? (long)status.st_ino : 0;
}

/* --- The record ------------------------------------------------------------------------------ */

static void put(const void *bytes, size_t n)
{
    for (const char *p = bytes; n > 0;) {
        long done = syscall(SYS_write, log_file, p, n);
        if (done <= 0)
            abort();
        p += done;
        n -= (size_t)done;
    }
}

static void record(const char *call, long inode, long offset, const void *one, size_t n,
                   const char *two)
{
    const char *told = getenv("ZIPING_CALLS");
    if (!told || strncmp(told, "record:", 7) != 0)
        return;
    int error = errno;
    if (log_file < 0)
        log_file = (int)syscall(SYS_openat, AT_FDCWD, told + 7,
                                O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    char line[128];
    size_t m = two ? strlen(two) : 0;
    int length =
        snprintf(line, sizeof line, "%s %ld %ld %ld %zu %zu\n", call, calls, inode, offset, n, m);
    put(line, (size_t)length);
    put(one, n);
    put(two, m);
    put("\n", 1);
    errno = error;
}

static void record_path(const char *call, long inode, const char *path)
{
    record(call, inode, 0, path, strlen(path), NULL);
}

/* --- Refusals -------------------------------------------------------------------------------- */

/* Counts a call that changes something. 0, or the errno to refuse it with; *half when a write is to
 * be done by half first. */
static int refusal(effect what, int *kills)
{
    const char *told = getenv("ZIPING_CALLS");
    const char *colon = told ? strchr(told, ':') : NULL;
    *kills = 0;
    calls++;
    if (!colon || strncmp(told, "record", 6) == 0)
        return 0;
    long n = strtol(colon + 1, NULL, 10);
    if (strncmp(told, "full", 4) == 0)
        return calls >= n && what != OTHER ? ENOSPC : 0;
    if (calls != n)
        return 0;
    *kills = strncmp(told, "kill", 4) == 0;
    if (*kills && what != WRITES)
        kill(getpid(), SIGKILL);
    return *kills ? EINTR : EIO;
}

static int refuses(effect what)
{
    int kills, error = refusal(what, &kills);
    if (error)
        errno = error;
    return error != 0;
}

/* --- The calls ------------------------------------------------------------------------------- */

#define LOCKED(result, body)                                                                       \
    pthread_mutex_lock(&mutex);                                                                    \
    body pthread_mutex_unlock(&mutex);                                                             \
    return result

static int open_at(int folder, const char *path, int flags, mode_t mode)
{
    char whole[PATH_MAX];
    const char *here = place(folder, path, whole);
    if (!here || !(flags & (O_CREAT | O_TRUNC)))
        return (int)syscall(SYS_openat, folder, path, flags, mode);
    int fd = -1;
    struct stat status;
    LOCKED(fd, {
        int there = fstatat(folder, path, &status, 0) == 0;
        if ((there && !(flags & O_TRUNC)) || !refuses(MAKES))
            fd = (int)syscall(SYS_openat, folder, path, flags, mode);
        if (fd >= 0 && !there)
            record_path("create", inode_of(fd), here);
        else if (fd >= 0 && (flags & O_TRUNC))
            record("truncate", inode_of(fd), 0, "", 0, NULL);
    });
}

#define MODE_OF(flags, mode)                                                                       \
    mode_t mode = 0;                                                                               \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                       \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode = va_arg(rest, mode_t);                                                               \
        va_end(rest);                                                                              \
    }

int open(const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    return open_at(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    MODE_OF(flags, mode)
    return open_at(folder, path, flags, mode);
}

/* `offset` -1: where the file stands. */
static ssize_t write_at(int fd, const void *bytes, size_t n, off_t offset)
{
    char whole[PATH_MAX];
    ssize_t done = -1;
    int kills, error;
    const char *here = place_of(fd, whole);
    if (!here)
        return offset < 0 ? syscall(SYS_write, fd, bytes, n)
                          : syscall(SYS_pwrite64, fd, bytes, n, offset);
    LOCKED(done, {
        off_t at = offset < 0 ? lseek(fd, 0, SEEK_CUR) : offset;
        error = refusal(WRITES, &kills);
        size_t some = error ? n / 2 : n;
        if (some > 0 || !error)
            done = offset < 0 ? syscall(SYS_write, fd, bytes, some)
                              : syscall(SYS_pwrite64, fd, bytes, some, offset);
        if (kills)
            kill(getpid(), SIGKILL);
        if (done > 0 && !error)
            record("write", inode_of(fd), at, bytes, (size_t)done, NULL);
        if (error) {
            done = -1;
            errno = error;
        }
    });
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    return write_at(fd, bytes, n, -1);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t offset)
{
    return write_at(fd, bytes, n, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t offset)
{
    return write_at(fd, bytes, n, offset);
}

/* A call on an open file: what is said of it when it is done. */
#define ON_FILE(effect_of, expression, told_call, told_offset)                                     \
    char whole[PATH_MAX];                                                                          \
    int result = -1;                                                                               \
    if (!place_of(fd, whole))                                                                      \
        return (int)(expression);                                                                  \
    LOCKED(result, {                                                                               \
        if (!refuses(effect_of))                                                                   \
            result = (int)(expression);                                                            \
        if (result == 0)                                                                           \
            record(told_call, inode_of(fd), told_offset, "", 0, NULL);                             \
    })

int ftruncate(int fd, off_t size)
{
    ON_FILE(OTHER, syscall(SYS_ftruncate, fd, size), "truncate", size);
}

int ftruncate64(int fd, off64_t size)
{
    ON_FILE(OTHER, syscall(SYS_ftruncate, fd, size), "truncate", size);
}

/* A folder has no inode that power.py knows, so it goes by its name. The disk itself is not waited
 * for: nobody cuts the real power. */
static int sync_file(int fd)
{
    char whole[PATH_MAX];
    const char *here = place_of(fd, whole);
    struct stat status;
    int result = -1;
    if (!here || fstat(fd, &status) != 0)
        return 0;
    LOCKED(result, {
        result = refuses(OTHER) ? -1 : 0;
        if (result == 0 && S_ISDIR(status.st_mode))
            record_path("syncdir", 0, here);
        else if (result == 0)
            record("sync", (long)status.st_ino, 0, "", 0, NULL);
    });
}

int fsync(int fd)
{
    return sync_file(fd);
}

int fdatasync(int fd)
{
    return sync_file(fd);
}

/* Of all that is below the root; the real one would wait for the disks of others too. */
int syncfs(int fd)
{
    ON_FILE(OTHER, 0, "syncfs", 0);
}

/* A call on a name. */
#define ON_NAME(effect_of, folder, path, expression, told_call)                                    \
    char whole[PATH_MAX];                                                                          \
    const char *here = place(folder, path, whole);                                                 \
    int result = -1;                                                                               \
    if (!here)                                                                                     \
        return (int)(expression);                                                                  \
    LOCKED(result, {                                                                               \
        if (!refuses(effect_of))                                                                   \
            result = (int)(expression);                                                            \
        if (result == 0)                                                                           \
            record_path(told_call, 0, here);                                                       \
    })

int unlink(const char *path)
{
    ON_NAME(OTHER, AT_FDCWD, path, syscall(SYS_unlinkat, AT_FDCWD, path, 0), "remove");
}

int unlinkat(int folder, const char *path, int flags)
{
    ON_NAME(OTHER, folder, path, syscall(SYS_unlinkat, folder, path, flags), "remove");
}

int rmdir(const char *path)
{
    ON_NAME(OTHER, AT_FDCWD, path, syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR), "remove");
}

int mkdir(const char *path, mode_t mode)
{
    ON_NAME(MAKES, AT_FDCWD, path, syscall(SYS_mkdirat, AT_FDCWD, path, mode), "mkdir");
}

int mkdirat(int folder, const char *path, mode_t mode)
{
    ON_NAME(MAKES, folder, path, syscall(SYS_mkdirat, folder, path, mode), "mkdir");
}

/* From outside the root, or out of it, power.py could not follow: such a call ends the test. */
static int rename_at(int from_folder, const char *from, int to_folder, const char *to)
{
    char one[PATH_MAX], other[PATH_MAX];
    const char *start = place(from_folder, from, one), *end = place(to_folder, to, other);
    int result = -1;
    if (!start && !end)
        return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
    if (!start || !end)
        abort();
    LOCKED(result, {
        if (!refuses(OTHER))
            result = (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
        if (result == 0)
            record("rename", 0, 0, start, strlen(start), end);
    });
}

int rename(const char *from, const char *to)
{
    return rename_at(AT_FDCWD, from, AT_FDCWD, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return rename_at(from_folder, from, to_folder, to);
}
