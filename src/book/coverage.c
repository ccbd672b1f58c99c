/* coverage.c: a segment tree in which rows only grow: a join is noted once for each of the few
 * nodes that make up its width, and a question walks down only where something is covered.
 */
#include "book/coverage.h"

_Static_assert((ZP_SHEET_COLUMNS & (ZP_SHEET_COLUMNS - 1)) == 0, "the tree of columns is full");

zp_coverage zp_coverage_new(zp_arena *arena)
{
    size_t nodes = 2 * (size_t)ZP_SHEET_COLUMNS;
    return (zp_coverage){zp_new_array(arena, uint32_t, nodes),
                         zp_new_array(arena, uint32_t, nodes)};
}

/* A node and the columns that it stands for, the end exclusive. */
typedef struct {
    uint32_t node, first, end;
} stretch;

enum { STRETCHES = 32 }; /* to keep while walking down: at most two a level */

void zp_coverage_add(zp_coverage *c, uint32_t first, uint32_t end, uint32_t until)
{
    stretch stack[STRETCHES] = {{1, 0, ZP_SHEET_COLUMNS}};
    for (size_t depth = 1; depth;) {
        stretch at = stack[--depth];
        if (at.end <= first || end <= at.first)
            continue;
        if (c->free[at.node] < until)
            c->free[at.node] = until;
        if (first <= at.first && at.end <= end) {
            if (c->whole[at.node] < until)
                c->whole[at.node] = until;
            continue;
        }
        uint32_t middle = at.first + (at.end - at.first) / 2;
        stack[depth++] = (stretch){2 * at.node + 1, middle, at.end};
        stack[depth++] = (stretch){2 * at.node, at.first, middle};
    }
}

uint32_t zp_coverage_find(const zp_coverage *c, uint32_t first, uint32_t end, uint32_t row)
{
    stretch stack[STRETCHES] = {{1, 0, ZP_SHEET_COLUMNS}};
    for (size_t depth = 1; depth;) {
        stretch at = stack[--depth];
        if (at.end <= first || end <= at.first || c->free[at.node] <= row)
            continue;
        if (c->whole[at.node] > row || at.end - at.first == 1)
            return at.first > first ? at.first : first;
        uint32_t middle = at.first + (at.end - at.first) / 2;
        stack[depth++] = (stretch){2 * at.node + 1, middle, at.end};
        stack[depth++] = (stretch){2 * at.node, at.first, middle};
    }
    return end;
}
