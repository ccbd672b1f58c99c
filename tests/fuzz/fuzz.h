/* fuzz.h: what a target is to libFuzzer, and to driver.c. */
#ifndef ZP_TEST_FUZZ_H
#define ZP_TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* 0, whatever the bytes are. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
