/* summary.h: 汇总表, all units of a year in one table.
 *
 * The rules: numbers of reports and projects add up; money adds up over the reports that say both
 * budget and spending, but where a unit has a report on all that it spends (整体 in its title) not
 * over those on its projects, whose money is in that one; a total's rate is the sum of spending
 * over the sum of budgets, never a mean of rates; the mean score is that of the reports that have
 * one, each of them counting once; grades are counted. What a unit does not say is empty in its
 * row, and in no total.
 */
#ifndef ZP_SUMMARY_H
#define ZP_SUMMARY_H

#include "archive/entry.h"

/* Columns of the table, in text as they are shown: money in 万元 with two decimals. */
#define ZP_SUMMARY_TABLE(X)                                                                        \
    X(NUMBER, "序号", 6)                                                                           \
    X(CODE, "编码", 12)                                                                            \
    X(NAME, "单位", 36)                                                                            \
    X(PROJECTS, "项目数", 8)                                                                       \
    X(BUDGET, "预算数", 14)                                                                        \
    X(SPENT, "支出数", 14)                                                                         \
    X(RATE, "执行率", 10)                                                                          \
    X(SCORE, "得分", 8)                                                                            \
    X(GRADE, "等级", 8)                                                                            \
    X(ERRORS, "查出错误", 10)

typedef enum {
#define X(column, head, width) ZP_SUMMARY_##column,
    ZP_SUMMARY_TABLE(X)
#undef X
        ZP_SUMMARY_COLUMNS
} zp_summary_column;

typedef struct {
    zp_str year;
    zp_rows units;  /* a row each, and in the end the totals */
    zp_rows grades; /* grade, reports with it, their share */
    size_t reports, with_money, scored;
} zp_summary;

/* Of rows of the table `report`, all of one year. */
const zp_summary *zp_summary_make(zp_arena *arena, zp_str year, const zp_rows *reports);

/* As a workbook of two sheets; see zp_xlsx_write. */
bool zp_summary_xlsx(zp_arena *arena, const zp_summary *summary, int64_t date, zp_buf *out,
                     zp_str *why);

#endif
