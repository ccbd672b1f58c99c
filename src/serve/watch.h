/* watch.h: waits until something that was looked at is not as it was.
 *
 * What counts as changed is said by the marks of files.h, never by the system's messages: those
 * (inotify) only say when to look. A file closed after writing or renamed into its place is looked
 * at at once; one that was made, renamed away or deleted when nothing more has come for
 * ZP_WATCH_QUIET ms, since editors that save by renaming are then between two steps. And once a
 * second it is looked at anyway: network file systems send no messages, a folder may have been
 * deleted and made again, a link turned to another folder.
 */
#ifndef ZP_WATCH_H
#define ZP_WATCH_H

#include "base/files.h"

enum { ZP_WATCH_QUIET = 60, ZP_WATCH_ANYWAY = 1000 };

typedef struct zp_watch zp_watch;

/* Lives in the arena until it is closed. NULL: the system gives no descriptor for it. */
zp_watch *zp_watch_open(zp_arena *arena);
void zp_watch_close(zp_watch *watch);

/* Waits until one of `looks` is stale: at once when one is already. False when it was stopped. */
bool zp_watch_wait(zp_watch *watch, const zp_looks *looks);

/* Ends the waiting, now and for ever. Any thread, any number of times. */
void zp_watch_stop(zp_watch *watch);

#endif
