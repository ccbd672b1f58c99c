/* arena.c: a chain of blocks and a pointer that moves through the current one.
 *
 * A block knows how far it was ever used (`dirty`): beyond that its memory is still zero from
 * calloc, so only what an earlier document used is zeroed again, and only when it is taken. What is
 * larger than LARGE gets a block of its own, so the tail left behind when a block is full stays
 * small.
 *
 * Under AddressSanitizer everything not taken is poisoned, with a gap after each piece.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(p, n)   ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
enum { GAP = 0 };
#endif

enum {
    ALIGN = alignof(max_align_t),
    BLOCK_MIN = 64 << 10,
    BLOCK_MAX = 1 << 20,
    LARGE = 16 << 10,
    LIST_FIRST = 16,   /* things in a list that grows */
    OUT_OF_MEMORY = 3, /* exit status: the environment's fault */
};

typedef struct block block;

struct block {
    block *next;
    size_t capacity;
    size_t used;
    size_t dirty; /* >= used: bytes that may differ from zero */
    alignas(max_align_t) char data[];
};

struct zp_arena {
    block *first, *current; /* equal blocks, filled one after the other */
    block *large;           /* one piece each */
    char *last;             /* the piece taken last from `current`, which can grow in its place */
    size_t held;
    void *attached;
};

_Noreturn void zp_arena_exhausted(void)
{
    fputs("ziping: 内存不足\n", stderr);
    exit(OUT_OF_MEMORY);
}

static block *new_block(zp_arena *arena, size_t capacity)
{
    block *made = calloc(1, sizeof *made + capacity);
    if (!made)
        zp_arena_exhausted();
    made->capacity = capacity;
    arena->held += sizeof *made + capacity;
    ASAN_POISON_MEMORY_REGION(made->data, capacity);
    return made;
}

static void free_blocks(zp_arena *arena, block *first)
{
    while (first) {
        block *next = first->next;
        arena->held -= sizeof *first + first->capacity;
        ASAN_UNPOISON_MEMORY_REGION(first->data, first->capacity);
        free(first);
        first = next;
    }
}

zp_arena *zp_arena_new(void)
{
    zp_arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        zp_arena_exhausted();
    arena->first = arena->current = new_block(arena, BLOCK_MIN);
    return arena;
}

void zp_arena_free(zp_arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena, arena->first);
    free_blocks(arena, arena->large);
    free(arena);
}

void zp_arena_clear(zp_arena *arena)
{
    /* Large blocks fit one piece of one document; the next document's would have another size. */
    free_blocks(arena, arena->large);
    arena->large = NULL;
    for (block *b = arena->first; b; b = b->next) {
        b->used = 0;
        ASAN_POISON_MEMORY_REGION(b->data, b->capacity);
    }
    arena->current = arena->first;
    arena->last = NULL;
}

/* What a piece of `size` bytes takes: at least one byte, so that no two pieces share an address. */
static size_t room_for(size_t size)
{
    if (size > PTRDIFF_MAX / 2)
        zp_arena_exhausted();
    return ((size ? size : 1) + ALIGN - 1) / ALIGN * ALIGN + GAP;
}

static void *take(block *b, size_t size, size_t room)
{
    char *piece = b->data + b->used;
    ASAN_UNPOISON_MEMORY_REGION(piece, size);
    if (b->used < b->dirty) {
        size_t stale = b->dirty - b->used;
        memset(piece, 0, stale < size ? stale : size);
    }
    b->used += room;
    if (b->dirty < b->used)
        b->dirty = b->used;
    return piece;
}

static void *take_large(zp_arena *arena, size_t size, size_t room)
{
    block *own = new_block(arena, room);
    own->next = arena->large;
    arena->large = own;
    return take(own, size, room);
}

/* Makes the next block the current one: one kept from an earlier document, or a new one twice as
 * large, up to BLOCK_MAX. */
static void advance(zp_arena *arena)
{
    block *full = arena->current;
    if (!full->next) {
        size_t capacity = full->capacity < BLOCK_MAX ? full->capacity * 2 : BLOCK_MAX;
        full->next = new_block(arena, capacity);
    }
    arena->current = full->next;
}

void *zp_arena_alloc(zp_arena *arena, size_t size)
{
    size_t room = room_for(size);
    if (room > LARGE)
        return take_large(arena, size, room);
    if (room > arena->current->capacity - arena->current->used)
        advance(arena);
    arena->last = take(arena->current, size, room);
    return arena->last;
}

void *zp_arena_grow(zp_arena *arena, void *old, size_t old_size, size_t new_size)
{
    assert(new_size >= old_size && (old || !old_size));
    size_t room = room_for(new_size);
    block *b = arena->current;
    if (old && old == arena->last && room <= LARGE &&
        room <= b->capacity - (size_t)(arena->last - b->data)) {
        size_t start = (size_t)(arena->last - b->data);
        b->used = start + old_size;
        take(b, new_size - old_size, room - old_size);
        return old;
    }
    void *grown = zp_arena_alloc(arena, new_size);
    assert(new_size >= old_size);
    if (old && old_size)
        memcpy(grown, old, old_size);
    return grown;
}

void *zp_list_room(zp_arena *arena, void *list, size_t count, size_t *capacity, size_t size)
{
    size_t old = *capacity;
    if (count < old)
        return list;
    *capacity = old ? zp_array_size(old, 2) : LIST_FIRST;
    return zp_arena_grow(arena, list, old * size, zp_array_size(*capacity, size));
}

size_t zp_arena_size(const zp_arena *arena)
{
    return arena->held;
}

void zp_arena_attach(zp_arena *arena, void *thing)
{
    arena->attached = thing;
}

void *zp_arena_attached(const zp_arena *arena)
{
    return arena->attached;
}

size_t zp_array_size(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        zp_arena_exhausted();
    return count * size;
}
