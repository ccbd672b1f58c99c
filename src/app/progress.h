/* progress.h: how far a long command is, on stderr: a bar with rate and remaining time on a
 * terminal, else a line now and then.
 */
#ifndef ZP_PROGRESS_H
#define ZP_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    size_t total, done;
    const char *what; /* 归档 */
    bool terminal, silent;
    int64_t began, said; /* nanoseconds */
} zp_progress;

/* `silent`: nothing is said (messages are for programs). */
zp_progress zp_progress_begin(const char *what, size_t total, bool silent);
void zp_progress_step(zp_progress *progress, size_t done);

/* Takes the bar away, so that lines can be printed. */
void zp_progress_clear(const zp_progress *progress);

#endif
