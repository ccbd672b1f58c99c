/* hub.h: news for any number of listeners, as server-sent events (HTML, 9.2).
 *
 * What is told is a state, not a step: who has missed some of it needs only the last. So there are
 * no queues to grow: a listener that is slow hears the end of what it is hearing, then the latest.
 * News live until the last listener has heard them and newer ones are there.
 *
 * Not locked: its owner sees to that.
 */
#ifndef ZP_HUB_H
#define ZP_HUB_H

#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

typedef struct zp_news zp_news;

/* Zeroed, nothing has been said yet. */
typedef struct {
    zp_news *latest;
    uint64_t said, beats; /* how often */
} zp_hub;

typedef struct {
    zp_news *hearing; /* NULL: nothing */
    size_t heard;     /* bytes of it */
    uint64_t said, beats;
} zp_listener;

/* `data`: one line. Who comes later hears the latest first. */
void zp_hub_say(zp_hub *hub, zp_str data);

/* A comment to everybody, for nothing but to see who is still there. */
void zp_hub_beat(zp_hub *hub);

/* A new listener to this hub; it must leave. */
zp_listener zp_hub_join(const zp_hub *hub);
void zp_hub_leave(zp_listener *listener);

/* Whether zp_hub_hear would give something. */
bool zp_hub_has_news(const zp_hub *hub, const zp_listener *listener);

/* The next bytes for the listener, at most `size`; 0: nothing new. */
size_t zp_hub_hear(zp_hub *hub, zp_listener *listener, char *room, size_t size);

/* Lets go of the latest; listeners may still be hearing it. */
void zp_hub_close(zp_hub *hub);

#endif
