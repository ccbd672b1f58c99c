/* hanzi.h: the characters of 通用规范汉字表 (国发〔2013〕23号): 8105 in all. */
#ifndef ZP_HANZI_H
#define ZP_HANZI_H

#include <stdbool.h>
#include <stdint.h>

bool zp_code_is_standard(uint32_t code);

#endif
