/* crew.h: the same work on many things, by several threads, delivered in order.
 *
 * Three lifetimes, each an arena of the crew's: `lasting` goes with the thread, `passing` with the
 * piece of work, and `keep`, where its result lives, when the piece is delivered. At most
 * ZP_CREW_AHEAD pieces a thread are kept until all before them are delivered: memory does not grow
 * with their number. What is delivered, and in which order, does not depend on how many threads
 * there are.
 */
#ifndef ZP_CREW_H
#define ZP_CREW_H

#include <stdbool.h>
#include "base/arena.h"

enum { ZP_CREW_AHEAD = 4, ZP_CREW_MOST = 64 };

typedef struct {
    void *user;
    size_t count; /* pieces of work */
    /* On the worker's thread: its state, of which nothing has to be closed. NULL: it is `user`,
     * which all workers then share and none changes. */
    void *(*begin)(void *user, zp_arena *lasting);
    /* On the worker's thread; what comes of the piece. */
    void *(*work)(void *state, size_t index, zp_arena *passing, zp_arena *keep);
    /* On the caller's thread, from 0 to count - 1. */
    void (*deliver)(void *user, size_t index, void *result);
} zp_crew;

/* The word of -j; 0 threads where it says nothing. False, and said so, when it is no number. */
bool zp_crew_threads(const char *word, size_t *threads);

/* `threads`: 0 as many as the machine has processors. */
void zp_crew_run(const zp_crew *crew, size_t threads);

#endif
