/* form.h: values picked out of a form (自评表) by the labels beside them.
 *
 * A form is described by a MAP, an entry of `forms` in template.yaml:
 *
 *     title: 项目支出绩效自评表        a sheet is this form when a cell of it holds this text
 *     fields:                        label -> the cell right of it, or below: a dotted path each
 *       name: 项目名称
 *       department.name: 主管部门
 *       goal: {label: 预期目标, at: below}
 *       year: {label: 年度, at: inside}       the figures in the label's own cell: （2024年度）
 *     grids:                         row labels × column labels -> a map of maps
 *       funds:
 *         rows: {total: 年度资金总额, fiscal: 当年财政拨款, carried: 上年结转资金, other: 其他资金}
 *         columns: {initial: 年初预算数, budget: 全年预算数(A), spent: 全年执行数(B), points: 分值}
 *     lists:                         a header and the rows below it -> a list of maps
 *       indicators: {head: [一级指标, 三级指标], until: 总分, fill: [一级指标, 二级指标]}
 *
 * A label is found without regard to white space, full or half width, a colon at its end, the words
 * 其中：, and a unit in brackets that the sheet has behind it; alternatives are a list
 * [当年财政拨款, 财政拨款], of the title too. The first in reading order counts, whichever of them
 * it is. The value is in the next cell to the right that the label's cell does not cover, or below
 * it; `inside` takes the figures right before the label, else those behind it.
 *
 * A grid's header is where most of its column labels stand together; its rows are looked for below
 * that. A value has the unit that its column's head names, else that of its row's label, of a cell
 * left of this or of the heads (项目资金（万元）), or of the sheet's line 单位：万元: these only
 * where the head can have it (label.h), so 分值 and 执行率 have none.
 *
 * A list's header is the first row (and up to two below it, where cells are joined across) that
 * holds all the labels of `head`; its rows go to the row that begins with `until`, with 合计 (below
 * the first) or 填表人, or to the end. `fill` names columns in which a blank stands for the value
 * above. Keys are as in records.h: heads, with units taken off.
 */
#ifndef ZP_FORM_H
#define ZP_FORM_H

#include "book/sheet.h"
#include "data/value.h"

/* Whether `sheet` is a form of that description (it has the title). */
bool zp_form_matches(const zp_sheet *sheet, const zp_value *form);

/* A MAP with what was found. A label that is not on the sheet is `missing-label`, a warning that
 * names it (and the nearest text on the sheet); its entry is left out. A place that the label leads
 * to and that is blank is a NULL. `form` was checked by zp_form_check. */
zp_value *zp_form_read(zp_arena *arena, const zp_sheet *sheet, const zp_value *form, zp_diag *diag);

/* Whether a description is well formed; what is wrong is `bad-form`, an error at its place. */
bool zp_form_check(const zp_value *form, zp_diag *diag);

#endif
