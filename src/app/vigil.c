/* vigil.c: a round in, rounds out, until a signal.
 */
#include "app/vigil.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "serve/watch.h"

struct zp_vigil {
    sigset_t signals;
    zp_watch *watch;
    zp_round *round;
    void *user;
    pthread_mutex_t gate;
    bool busy, ending; /* behind the gate */
};

zp_vigil *zp_vigil_new(zp_arena *arena)
{
    zp_vigil *vigil = zp_new(arena, zp_vigil);
    sigemptyset(&vigil->signals);
    sigaddset(&vigil->signals, SIGINT);
    sigaddset(&vigil->signals, SIGTERM);
    sigaddset(&vigil->signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &vigil->signals, NULL);
    pthread_mutex_init(&vigil->gate, NULL);
    vigil->watch = zp_watch_open(arena);
    return vigil;
}

void zp_vigil_hold(zp_vigil *vigil)
{
    if (vigil)
        pthread_mutex_lock(&vigil->gate);
}

void zp_vigil_release(zp_vigil *vigil)
{
    if (vigil)
        pthread_mutex_unlock(&vigil->gate);
}

/* False when the end has come. */
static bool set_busy(zp_vigil *vigil, bool busy)
{
    zp_vigil_hold(vigil);
    vigil->busy = busy;
    bool goes_on = !vigil->ending;
    zp_vigil_release(vigil);
    return goes_on;
}

static void *labour(void *user)
{
    zp_vigil *vigil = user;
    zp_looks looks = {.arena = zp_arena_new()};
    bool goes_on = set_busy(vigil, true);
    while (goes_on) {
        zp_arena_clear(looks.arena);
        looks = (zp_looks){.arena = looks.arena};
        vigil->round(vigil->user, &looks);
        goes_on =
            set_busy(vigil, false) && zp_watch_wait(vigil->watch, &looks) && set_busy(vigil, true);
    }
    zp_arena_free(looks.arena);
    return NULL;
}

/* A round that is under way may take long; nothing waits for it. */
static void end(zp_vigil *vigil, pthread_t thread)
{
    pthread_mutex_lock(&vigil->gate);
    vigil->ending = true;
    if (vigil->busy) {
        fflush(stdout);
        _exit(ZP_DONE);
    }
    pthread_mutex_unlock(&vigil->gate);
    zp_watch_stop(vigil->watch);
    pthread_join(thread, NULL);
}

zp_status zp_vigil_keep(zp_vigil *vigil, zp_round *round, void *user)
{
    pthread_t thread;
    int signal;
    vigil->round = round;
    vigil->user = user;
    if (!vigil->watch || pthread_create(&thread, NULL, labour, vigil) != 0) {
        zp_complain("守不住文件", "系统没有足够的资源", "请关掉一些程序再试");
        return ZP_ENVIRONMENT;
    }
    sigwait(&vigil->signals, &signal);
    end(vigil, thread);
    zp_watch_close(vigil->watch);
    pthread_mutex_destroy(&vigil->gate);
    return ZP_DONE;
}

/* --- Time ------------------------------------------------------------------------------------- */

unsigned zp_vigil_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned)now.tv_sec * 1000U + (unsigned)(now.tv_nsec / 1000000);
}

void zp_vigil_clock(zp_buf *out)
{
    time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    zp_buf_format(out, "%02d:%02d:%02d", local.tm_hour, local.tm_min, local.tm_sec);
}

void zp_vigil_count(zp_buf *out, size_t errors, size_t warnings)
{
    if (errors > 0)
        zp_buf_format(out, "；%zu 处错误", errors);
    if (warnings > 0)
        zp_buf_format(out, "%s%zu 处警告", errors > 0 ? "，" : "；", warnings);
}
