/* http.h: a few files and one stream of events, over HTTP, for browsers on this machine.
 *
 * What can be had is what was put, under the names it was put by: no request leads to the disk.
 * The door is the loopback's alone, and narrow: the address begins with a secret that every request
 * must bear (compared in constant time); Host and Origin must be our own, so that a page from
 * elsewhere whose name suddenly means 127.0.0.1 (DNS rebinding) gets nothing; only GET and HEAD; a
 * request of more than 16 KB, its head included, is refused; of more connections than
 * ZP_HTTP_CONNECTIONS the rest waits; who does not move for ZP_HTTP_PATIENCE seconds is dropped.
 * Every answer says nosniff, no-referrer, same-origin.
 *
 * One thread of its own does all of it and never waits for anybody, so that a slow client costs
 * nothing but its place. libmicrohttpd does the protocol; it is opened when it is needed.
 */
#ifndef ZP_HTTP_H
#define ZP_HTTP_H

#include <stdbool.h>
#include "base/str.h"

enum {
    ZP_HTTP_CONNECTIONS = 256,
    ZP_HTTP_PATIENCE = 10,
    ZP_HTTP_PORTS_TRIED = 50,
    ZP_HTTP_PATH = 96, /* bytes at most */
};

typedef struct zp_http zp_http;

typedef struct {
    zp_str path;      /* below the secret; empty: the first page */
    const char *type; /* a media type */
    zp_str policy;    /* Content-Security-Policy; empty: nothing may be done with it */
    bool lasting;     /* its name stands for its bytes, as a hash: a browser may keep it */
    zp_str bytes;     /* copied */
} zp_http_file;

/* Listens on 127.0.0.1 at `port`, or the next free one of the ZP_HTTP_PORTS_TRIED after it; 0: any.
 * NULL: `why` says it in Chinese. It lives in the arena until it is closed. */
zp_http *zp_http_open(zp_arena *arena, unsigned port, zp_str *why);

/* The address of the first page: http://127.0.0.1:8520/SECRET/. */
zp_str zp_http_address(const zp_http *http);

/* All from here on from one thread. */

/* Puts a file there, or in the place of one of that path. A lasting one that is there already stays
 * as it is, and stays on. */
void zp_http_put(zp_http *http, const zp_http_file *file);

/* Lasting files that were not put again since the turn before this one are gone. */
void zp_http_turn(zp_http *http);

/* A line to everybody who listens at SECRET/events. */
void zp_http_say(zp_http *http, zp_str data);

/* Ends all streams and closes all connections. */
void zp_http_close(zp_http *http);

#endif
