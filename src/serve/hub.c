/* hub.c: what is said in, each listener's bytes out.
 *
 * News are counted by who holds them: the hub, while they are the latest, and each listener that
 * has not heard them to the end.
 */
#include "serve/hub.h"

#include <string.h>

struct zp_news {
    zp_arena *arena; /* its own */
    size_t holders;
    zp_str bytes;
};

static void let_go(zp_news *news)
{
    if (news && --news->holders == 0)
        zp_arena_free(news->arena);
}

static zp_news *news_of(zp_str bytes)
{
    zp_arena *arena = zp_arena_new();
    zp_news *news = zp_new(arena, zp_news);
    *news = (zp_news){arena, 1, zp_str_copy(arena, bytes)};
    return news;
}

void zp_hub_say(zp_hub *hub, zp_str data)
{
    zp_arena *arena = zp_arena_new();
    zp_buf event = {.arena = arena};
    zp_buf_lit(&event, "data: ");
    zp_buf_add(&event, data);
    zp_buf_lit(&event, "\n\n");
    let_go(hub->latest);
    hub->latest = news_of(zp_buf_str(&event));
    hub->said++;
    zp_arena_free(arena);
}

void zp_hub_beat(zp_hub *hub)
{
    hub->beats++;
}

zp_listener zp_hub_join(const zp_hub *hub)
{
    return (zp_listener){.beats = hub->beats};
}

void zp_hub_leave(zp_listener *listener)
{
    let_go(listener->hearing);
    *listener = (zp_listener){0};
}

bool zp_hub_has_news(const zp_hub *hub, const zp_listener *listener)
{
    return listener->hearing || listener->said != hub->said || listener->beats != hub->beats;
}

/* What the listener hears next; NULL: nothing. */
static zp_news *begin(zp_hub *hub, zp_listener *listener)
{
    listener->heard = 0;
    if (listener->said != hub->said) {
        hub->latest->holders++;
        listener->hearing = hub->latest;
    } else if (listener->beats != hub->beats) {
        listener->hearing = news_of(ZP_STR(":\n\n"));
    }
    listener->said = hub->said;
    listener->beats = hub->beats;
    return listener->hearing;
}

size_t zp_hub_hear(zp_hub *hub, zp_listener *listener, char *room, size_t size)
{
    zp_news *news = listener->hearing ? listener->hearing : begin(hub, listener);
    if (!news)
        return 0;
    size_t left = news->bytes.n - listener->heard, n = left < size ? left : size;
    memcpy(room, news->bytes.p + listener->heard, n);
    listener->heard += n;
    if (n == left) {
        let_go(news);
        listener->hearing = NULL;
    }
    return n;
}

void zp_hub_close(zp_hub *hub)
{
    let_go(hub->latest);
    hub->latest = NULL;
    hub->said = 0;
}
