/* crew.c: a ring of slots between the workers and the one who delivers.
 *
 * Slot i % slots belongs to piece i from when a worker takes it until it is delivered; a worker
 * that would run into a slot that is not free yet waits. One lock guards the counters; the work
 * itself is done outside it.
 */
#include "app/crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
#include "app/status.h"

typedef struct {
    zp_arena *keep;
    void *result;
    bool done;
} slot;

typedef struct {
    const zp_crew *crew;
    slot *slots;
    size_t slot_count;
    size_t taken, delivered;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a piece is done, or a slot is free */
} room;

/* The next piece whose slot is free; false when there is no more. */
static bool take(room *r, size_t *index)
{
    pthread_mutex_lock(&r->lock);
    while (r->taken < r->crew->count && r->taken >= r->delivered + r->slot_count)
        pthread_cond_wait(&r->changed, &r->lock);
    bool more = r->taken < r->crew->count;
    *index = r->taken;
    r->taken += more ? 1 : 0;
    pthread_mutex_unlock(&r->lock);
    return more;
}

/* --- A worker --------------------------------------------------------------------------------- */

typedef struct {
    const zp_crew *crew;
    zp_arena *lasting, *passing;
    void *state;
} worker;

static worker begin(const zp_crew *crew)
{
    worker w = {crew, zp_arena_new(), zp_arena_new(), crew->user};
    if (crew->begin)
        w.state = crew->begin(crew->user, w.lasting);
    return w;
}

static void *work(worker *w, size_t index, zp_arena *keep)
{
    void *result = w->crew->work(w->state, index, w->passing, keep);
    zp_arena_clear(w->passing);
    return result;
}

static void end(worker *w)
{
    zp_arena_free(w->passing);
    zp_arena_free(w->lasting);
}

/* --- All of them ------------------------------------------------------------------------------ */

static void *labour(void *user)
{
    room *r = user;
    worker w = begin(r->crew);
    for (size_t i; take(r, &i);) {
        slot *s = &r->slots[i % r->slot_count];
        void *result = work(&w, i, s->keep);
        pthread_mutex_lock(&r->lock);
        s->result = result;
        s->done = true;
        pthread_cond_broadcast(&r->changed);
        pthread_mutex_unlock(&r->lock);
    }
    end(&w);
    return NULL;
}

static void deliver_all(room *r)
{
    for (size_t i = 0; i < r->crew->count; i++) {
        slot *s = &r->slots[i % r->slot_count];
        pthread_mutex_lock(&r->lock);
        while (!s->done)
            pthread_cond_wait(&r->changed, &r->lock);
        pthread_mutex_unlock(&r->lock);
        r->crew->deliver(r->crew->user, i, s->result);
        zp_arena_clear(s->keep);
        pthread_mutex_lock(&r->lock);
        s->done = false;
        r->delivered = i + 1;
        pthread_cond_broadcast(&r->changed);
        pthread_mutex_unlock(&r->lock);
    }
}

static size_t count_threads(size_t wanted, size_t pieces)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads = wanted > 0 ? wanted : processors > 0 ? (size_t)processors : 1;
    threads = threads < ZP_CREW_MOST ? threads : ZP_CREW_MOST;
    return threads < pieces ? threads : pieces;
}

/* A system that gives no more threads gets along with those there are, in the end with none: then
 * the work is done here, piece by piece. */
static size_t start(room *r, pthread_t *threads, size_t count)
{
    size_t started = 0;
    while (started < count && pthread_create(&threads[started], NULL, labour, r) == 0)
        started++;
    return started;
}

static void work_alone(room *r)
{
    const zp_crew *crew = r->crew;
    zp_arena *keep = r->slots[0].keep;
    worker w = begin(crew);
    for (size_t i = 0; i < crew->count; i++) {
        crew->deliver(crew->user, i, work(&w, i, keep));
        zp_arena_clear(keep);
    }
    end(&w);
}

void zp_crew_run(const zp_crew *crew, size_t threads)
{
    pthread_t handles[ZP_CREW_MOST];
    slot slots[ZP_CREW_MOST * ZP_CREW_AHEAD] = {0};
    threads = count_threads(threads, crew->count);
    room r = {.crew = crew, .slots = slots, .slot_count = threads * ZP_CREW_AHEAD};
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.changed, NULL);
    for (size_t i = 0; i < r.slot_count; i++)
        slots[i].keep = zp_arena_new();
    size_t started = threads > 1 ? start(&r, handles, threads) : 0;
    if (started > 0)
        deliver_all(&r);
    else if (crew->count > 0)
        work_alone(&r);
    for (size_t i = 0; i < started; i++)
        pthread_join(handles[i], NULL);
    for (size_t i = 0; i < r.slot_count; i++)
        zp_arena_free(slots[i].keep);
    pthread_cond_destroy(&r.changed);
    pthread_mutex_destroy(&r.lock);
}

bool zp_crew_threads(const char *word, size_t *threads)
{
    char *end = NULL;
    unsigned long number = word ? strtoul(word, &end, 10) : 0;
    *threads = number < ZP_CREW_MOST ? number : ZP_CREW_MOST;
    if (!word || (word[0] >= '1' && word[0] <= '9' && *end == '\0'))
        return true;
    zp_complain("线程数写得不对", word, "写成 1 到 64 的整数");
    return false;
}
