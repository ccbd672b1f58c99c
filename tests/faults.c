/* faults.c: system calls that fail when they are told to, for the program ziping_faults.
 *
 * ZIPING_FAULT=write:3 makes the third call of write() find the disk full; so with fsync, close and
 * rename. The linker leads the calls of our own objects here (--wrap).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 4096 }; /* bytes that one write takes, so that there are many */

ssize_t __real_write(int fd, const void *bytes, size_t count);
int __real_fsync(int fd);
int __real_close(int fd);
int __real_rename(const char *from, const char *to);
ssize_t __wrap_write(int fd, const void *bytes, size_t count);
int __wrap_fsync(int fd);
int __wrap_close(int fd);
int __wrap_rename(const char *from, const char *to);

static int fails(const char *name, int *calls)
{
    const char *told = getenv("ZIPING_FAULT");
    size_t length = strlen(name);
    ++*calls;
    if (!told || strncmp(told, name, length) != 0 || told[length] != ':')
        return 0;
    if (strtol(told + length + 1, NULL, 10) != *calls)
        return 0;
    errno = ENOSPC;
    return 1;
}

/* Half of what is asked for still finds room. */
ssize_t __wrap_write(int fd, const void *bytes, size_t count)
{
    static int calls;
    if (!fails("write", &calls))
        return __real_write(fd, bytes, count > PIECE ? PIECE : count);
    if (count > 1 && __real_write(fd, bytes, count / 2) < 0)
        return -1;
    errno = ENOSPC;
    return -1;
}

int __wrap_fsync(int fd)
{
    static int calls;
    return fails("fsync", &calls) ? -1 : __real_fsync(fd);
}

/* The descriptor is closed all the same (POSIX leaves it open what becomes of it). */
int __wrap_close(int fd)
{
    static int calls;
    int fault = fails("close", &calls), result = __real_close(fd);
    if (fault)
        errno = ENOSPC;
    return fault ? -1 : result;
}

int __wrap_rename(const char *from, const char *to)
{
    static int calls;
    return fails("rename", &calls) ? -1 : __real_rename(from, to);
}
