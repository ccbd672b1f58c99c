/* wording.h: numbers in Chinese words. */
#ifndef ZP_WORDING_H
#define ZP_WORDING_H

#include "base/number.h"

/* An amount of `yuan`, rounded to 分, as 大写金额: 叁仟零柒拾肆万零叁佰元整, 负伍角整, 零元整. 整
 * ends what ends in 元 or 角 (会计基础工作规范 art. 52); 零 stands for the noughts within, and
 * behind 元 where its own digit is 0 and that of 角 is not (支付结算办法, annex 1:
 * 壹拾万柒仟元零伍角叁分). Empty from 10^16 元 on, for which there is no settled word. */
zp_str zp_wording_money(zp_arena *arena, const zp_number *yuan);

/* A whole number in words: 三千零七十四, 十二, 负五. Empty for others, and from 10^16 on. */
zp_str zp_wording_number(zp_arena *arena, const zp_number *number);

#endif
