/* watch.c: looks in, the moment of a change out.
 *
 * The folders of all paths are watched, and where a path is a link, also that in which the file
 * really stands. The system gives a folder the same number each time it is asked, so the list is
 * simply made anew before each wait; what is not in the new one is given up.
 */
#include "serve/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum {
    FOLDERS_MOST = 1000, /* the others are looked at once a second */
    EVENTS = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF |
             IN_MOVE_SELF,
    DECISIVE = IN_CLOSE_WRITE | IN_MOVED_TO | IN_Q_OVERFLOW,
};

typedef struct {
    int folders[FOLDERS_MOST]; /* the system's numbers */
    size_t count;
} list;

struct zp_watch {
    zp_arena *passing; /* cleared with each wait */
    int inotify;       /* -1: there is none, all is looked at once a second */
    int stop[2];       /* a pipe: who stops writes a byte, which is never read */
    list now;
};

zp_watch *zp_watch_open(zp_arena *arena)
{
    zp_watch *watch = zp_new(arena, zp_watch);
    if (pipe2(watch->stop, O_CLOEXEC) != 0)
        return NULL;
    watch->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    watch->passing = zp_arena_new();
    return watch;
}

void zp_watch_close(zp_watch *watch)
{
    if (!watch)
        return;
    if (watch->inotify >= 0)
        close(watch->inotify);
    close(watch->stop[0]);
    close(watch->stop[1]);
    zp_arena_free(watch->passing);
}

void zp_watch_stop(zp_watch *watch)
{
    while (write(watch->stop[1], "", 1) < 0 && errno == EINTR)
        ;
}

static bool holds(const list *l, int folder)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->folders[i] == folder)
            return true;
    return false;
}

static void add(const zp_watch *watch, list *l, const char *folder)
{
    int number = inotify_add_watch(watch->inotify, folder, EVENTS | IN_ONLYDIR);
    if (number >= 0 && !holds(l, number) && l->count < FOLDERS_MOST)
        l->folders[l->count++] = number;
}

static void add_path(const zp_watch *watch, list *l, const zp_look *look)
{
    const char *path = zp_str_cstr(watch->passing, look->path);
    add(watch, l, zp_str_cstr(watch->passing, zp_path_folder(look->path)));
    if (look->listed)
        add(watch, l, path);
    char *real = zp_path_is_link(path) ? realpath(path, NULL) : NULL;
    if (real)
        add(watch, l, zp_str_cstr(watch->passing, zp_path_folder(zp_str_from(real))));
    free(real);
}

static void watch_folders(zp_watch *watch, const zp_looks *looks)
{
    list *next = zp_new(watch->passing, list);
    if (watch->inotify < 0)
        return;
    for (size_t i = 0; i < looks->count; i++)
        add_path(watch, next, &looks->all[i]);
    for (size_t i = 0; i < watch->now.count; i++)
        if (!holds(next, watch->now.folders[i]))
            inotify_rm_watch(watch->inotify, watch->now.folders[i]);
    watch->now = *next;
}

/* All that the system has to say; their kinds together. */
static uint32_t read_events(const zp_watch *watch)
{
    _Alignas(struct inotify_event) char room[16 << 10];
    uint32_t kinds = 0;
    for (ssize_t n; (n = read(watch->inotify, room, sizeof room)) > 0;)
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *event = (const struct inotify_event *)(room + at);
            kinds |= event->mask;
            at += (ssize_t)(sizeof *event + event->len);
        }
    return kinds;
}

static bool any_stale(const zp_watch *watch, const zp_looks *looks)
{
    for (size_t i = 0; i < looks->count; i++)
        if (zp_look_is_stale(watch->passing, &looks->all[i]))
            return true;
    return false;
}

bool zp_watch_wait(zp_watch *watch, const zp_looks *looks)
{
    struct pollfd ready[] = {{.fd = watch->stop[0], .events = POLLIN},
                             {.fd = watch->inotify, .events = POLLIN}};
    bool look = true, waiting = false; /* look now; look when it has become quiet */
    zp_arena_clear(watch->passing);
    watch_folders(watch, looks);
    for (;;) {
        if (look && any_stale(watch, looks))
            return poll(ready, 1, 0) == 0;
        zp_arena_clear(watch->passing);
        int count = poll(ready, 2, waiting ? ZP_WATCH_QUIET : ZP_WATCH_ANYWAY);
        if (count > 0 && ready[0].revents)
            return false;
        uint32_t kinds = count > 0 ? read_events(watch) : 0;
        look = count <= 0 || kinds & DECISIVE;
        waiting = !look && (waiting || kinds != 0);
    }
}
