/* arena.h: memory that lives exactly as long as one document.
 *
 * Everything made while reading, laying out and writing a document comes from one arena and goes
 * with it. Nothing is freed singly. Memory is zeroed and aligned for any type. When the system
 * has none left, the program says so in one line and ends with status 3: callers never see NULL.
 *
 * An arena belongs to one thread.
 */
#ifndef ZP_ARENA_H
#define ZP_ARENA_H

#include <stddef.h>

typedef struct zp_arena zp_arena;

zp_arena *zp_arena_new(void);

/* Frees all memory taken from `arena`, and the arena. NULL is allowed. */
void zp_arena_free(zp_arena *arena);

/* Gives back all memory taken, but keeps the blocks for the next document. */
void zp_arena_clear(zp_arena *arena);

/* `size` zeroed bytes; size 0 gives a valid pointer that must not be read. */
void *zp_arena_alloc(zp_arena *arena, size_t size);

/* The array `old` of `old_size` bytes made `new_size` bytes long (new_size >= old_size): in its
 * place when it was the last thing taken, else copied. The new part is zeroed. */
void *zp_arena_grow(zp_arena *arena, void *old, size_t old_size, size_t new_size);

/* Room for one more in a list that has `count`: one that is full (`count` = `capacity`) is made
 * twice as long, or of a first length, the new part zeroed. */
#define zp_list_grow(arena, list, count, capacity)                                                 \
    ((list) = zp_list_room((arena), (list), (count), &(capacity), sizeof *(list)))
void *zp_list_room(zp_arena *arena, void *list, size_t count, size_t *capacity, size_t size);

/* Bytes held from the system: for limits and benchmarks. */
size_t zp_arena_size(const zp_arena *arena);

/* One thing of somebody else's that goes with the arena and outlives its clearing: files.h keeps
 * there who wants to know what is read. NULL at first. */
void zp_arena_attach(zp_arena *arena, void *thing);
void *zp_arena_attached(const zp_arena *arena);

#define zp_new(arena, type) ((type *)zp_arena_alloc((arena), sizeof(type)))
#define zp_new_array(arena, type, count)                                                           \
    ((type *)zp_arena_alloc((arena), zp_array_size((count), sizeof(type))))

/* What every allocation does when the system has no memory: for libraries that allocate by
 * themselves and have found none. */
_Noreturn void zp_arena_exhausted(void);

/* count * size; ends the program when that overflows. */
size_t zp_array_size(size_t count, size_t size);

#endif
