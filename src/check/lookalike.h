/* lookalike.h: radicals and compatibility ideographs, and the ordinary characters they stand for.
 */
#ifndef ZP_LOOKALIKE_H
#define ZP_LOOKALIKE_H

#include <stdint.h>

/* ⼀ (U+2F00) is 一 (U+4E00); 0 for what stands for no other, as all ordinary characters do. */
uint32_t zp_code_meant(uint32_t code);

#endif
