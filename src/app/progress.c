/* progress.c: counts in, a bar or lines out. */
#include "app/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 24 };

#define SECOND     INT64_C(1000000000)
#define BAR_EVERY  (SECOND / 10)
#define LINE_EVERY (SECOND * 10)

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * SECOND + time.tv_nsec;
}

zp_progress zp_progress_begin(const char *what, size_t total, bool silent)
{
    bool terminal = isatty(STDERR_FILENO);
    return (zp_progress){.total = total,
                         .what = what,
                         .terminal = terminal,
                         .silent = silent || total < 2,
                         .began = now(),
                         .said = now()};
}

void zp_progress_clear(const zp_progress *progress)
{
    if (!progress->silent && progress->terminal)
        fputs("\r\033[K", stderr);
}

static void draw(const zp_progress *p)
{
    int full = (int)(p->done * BAR / p->total);
    fputs("\r[", stderr);
    for (int i = 0; i < BAR; i++)
        fputc(i < full ? '#' : '-', stderr);
    fputs("] ", stderr);
}

void zp_progress_step(zp_progress *progress, size_t done)
{
    int64_t time = now(), every = progress->terminal ? BAR_EVERY : LINE_EVERY;
    progress->done = done;
    if (progress->silent || done == 0 || (time - progress->said < every && done < progress->total))
        return;
    if (!progress->terminal && time - progress->began < LINE_EVERY)
        return;
    progress->said = time;
    double seconds = (double)(time - progress->began + 1) / (double)SECOND;
    double rate = (double)done / seconds;
    long left = (long)((double)(progress->total - done) / rate);
    if (progress->terminal)
        draw(progress);
    fprintf(stderr, "%s %zu/%zu，每秒 %.1f 份，还要 %ld:%02ld%s", progress->what, done,
            progress->total, rate, left / 60, left % 60, progress->terminal ? "\033[K" : "\n");
    if (progress->terminal && done == progress->total)
        zp_progress_clear(progress);
}
