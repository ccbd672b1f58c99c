/* emphasis.h: runs of * and _ paired, the way people write them in Chinese.
 *
 * CommonMark's rules but one: beside Han or a Chinese mark a run of * opens where text follows and
 * closes where text precedes, whatever punctuation stands next to it.
 */
#ifndef ZP_EMPHASIS_H
#define ZP_EMPHASIS_H

#include <stdint.h>
#include "doc/node.h"

typedef struct {
    zp_node *node;     /* a TEXT that holds just the run */
    size_t at, length; /* in the text that was read, and as it was typed */
    char mark;
    bool first; /* in its line */
    bool opens, closes;
} zp_run;

/* Sets opens and closes by the characters on both sides; a line's or block's end is a space. */
void zp_run_classify(zp_run *run, uint32_t before, uint32_t after);

/* Pairs `count` runs, all children of one node and in order: what stands between two that belong
 * together becomes a STRONG or EMPH; what is left of a run stays TEXT. */
void zp_emphasis_pair(zp_arena *arena, zp_run *runs, size_t count);

#endif
