/* label.h: what the texts of a form or list say about themselves.
 *
 * People write 合 计, 全年预算数（Ａ）： and 其中：财政拨款, and mean 合计, 全年预算数(A) and
 * 财政拨款. Here is what records.h and form.h agree on: when two labels are the same, and which
 * rows sum up, close or introduce a list.
 */
#ifndef ZP_LABEL_H
#define ZP_LABEL_H

#include <stdbool.h>
#include "base/str.h"

/* A label's form for comparing: in half width (zp_code_narrow), without white space, 其中: in front
 * and a colon at the end. */
zp_str zp_label_fold(zp_arena *arena, zp_str text);

/* `text` without white space, in the width it has. */
zp_str zp_label_squeeze(zp_arena *arena, zp_str text);

/* Whether it begins with a folded label that goes on as no other word: 总分, 总分：100, not 总分值.
 */
bool zp_label_begins(zp_str text, zp_str label);

/* Whether a row's first text says that it sums up: 合计 总计 小计 共计, alone or with something
 * behind that continues no word (合计：, 小计（3项）, but not 总计划编制). */
bool zp_label_is_total(zp_str text);

/* Whether it says that the row is signed or noted below a list: 填表人 制表人 审核人 填报人 负责人
 * 联系人 and two more where the word ends there; 注 说明 备注 联系电话 单位负责人 and the like with
 * a colon behind. */
bool zp_label_is_closing(zp_str text);

/* Whether it only numbers a column: 1, （2）, 甲, 栏次, 6=4/5, —. *number: of the first two, else
 * 0. */
bool zp_label_is_numbering(zp_str text, unsigned *number);

/* The unit that a text like 单位：万元 or 编制单位：某某局 （金额单位：元） names for the whole
 * table, a slice of it; empty when it names none, as 单位：某某局 does not. 收支表（单位：元） does
 * when it stands `alone` in its row; elsewhere it may be a column's head. */
zp_str zp_label_table_unit(zp_str text, bool alone);

/* Whether a column or row of that (folded) name may have the table's unit: 预算数 may, 执行率 得分
 * 编码 and 序号 may not. */
bool zp_label_takes_unit(zp_str folded);

#endif
