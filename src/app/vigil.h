/* vigil.h: does something again each time what it looked at has changed, until it is told to end.
 *
 * What is done is done on a thread of its own; the one that keeps the vigil waits for SIGINT,
 * SIGTERM or SIGHUP. Between two rounds the end is orderly; within one the program ends there and
 * then, only not while files are being written (zp_vigil_hold).
 */
#ifndef ZP_VIGIL_H
#define ZP_VIGIL_H

#include "app/status.h"
#include "base/files.h"

typedef struct zp_vigil zp_vigil;

/* Before any thread is made: from here on signals wait for zp_vigil_keep. */
zp_vigil *zp_vigil_new(zp_arena *arena);

/* A round; what it looks at goes into `looks` (zp_files_record). */
typedef void zp_round(void *user, zp_looks *looks);

/* The first round at once. ZP_DONE when a signal ended it; ZP_ENVIRONMENT, and said so, when it
 * could not begin. */
zp_status zp_vigil_keep(zp_vigil *vigil, zp_round *round, void *user);

/* Between these, a signal waits. Of NULL, nothing. */
void zp_vigil_hold(zp_vigil *vigil);
void zp_vigil_release(zp_vigil *vigil);

/* Milliseconds, for differences; and the time of the day as 14:03:22. */
unsigned zp_vigil_ms(void);
void zp_vigil_clock(zp_buf *out);

/* ；2 处错误，1 处警告. Nothing where both are 0. */
void zp_vigil_count(zp_buf *out, size_t errors, size_t warnings);

#endif
