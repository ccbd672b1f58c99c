/* tables.h: what the figures of a table must be to one another, whatever its template.
 *
 * Nothing is asked of a table that its words do not claim: a row or column must call itself 合计, a
 * rate 执行率, a score 得分 beside 分值. Where the words leave open which rows a total is over,
 * each reading is tried, and the one that other columns bear out counts; where none does, only what
 * a slip of the hand explains is said.
 */
#ifndef ZP_TABLES_H
#define ZP_TABLES_H

#include "check/checker.h"
#include "check/matrix.h"
#include "check/rounding.h"

extern const zp_rule_group zp_table_group;

/* The group's rules, by what they are about. */
typedef enum {
    ZP_TABLE_SUM,    /* a row that is the total of others */
    ZP_TABLE_PARTS,  /* a column that is the total of others */
    ZP_TABLE_RATE,   /* 执行率 and the like */
    ZP_TABLE_SHARE,  /* 占比 */
    ZP_TABLE_POINTS, /* a score above its points */
    ZP_TABLE_BLOCK,  /* 产出指标（50分） and its rows */
    ZP_TABLE_UNIT,   /* 元 in a column of 万元 */
} zp_table_rule_name;

/* One table being looked at. */
typedef struct {
    zp_checker *checker;
    zp_arena *arena;
    const zp_matrix *matrix;
} zp_table_look;

/* A finding at a cell; `also`: another cell, or NULL; `expected`: empty where it is not clear. */
void zp_table_find(const zp_table_look *look, zp_table_rule_name rule, zp_severity severity,
                   const zp_matrix_cell *cell, const zp_matrix_cell *also, zp_str expected,
                   zp_str message);

/* The cell as a figure of rounding.h, with the places of its column: where others have decimals,
 * 200 is 200.00. */
zp_quantity zp_table_quantity(const zp_table_look *look, uint32_t row, uint32_t column);

/* The cell's text, without white space, and short. */
zp_str zp_table_text(const zp_table_look *look, const zp_matrix_cell *cell);

/* What messages call a column and a row: “支出数（万元）”, “合计”; 第3行 where it has no label. */
zp_str zp_table_column_name(const zp_table_look *look, uint32_t column);
zp_str zp_table_row_name(const zp_table_look *look, uint32_t row);

/* Whether its figures may be added to one another. */
bool zp_table_adds(const zp_matrix_column *column);

/* Whether `claimed` is the sum of `count` addends, as far as rounding lets one see: half a unit of
 * the column's last place each. Things that are counted, and points, are not rounded. */
bool zp_table_is_sum(zp_arena *arena, const zp_matrix_column *column, const zp_number *claimed,
                     const zp_number *sum, size_t count);

void zp_table_sums(const zp_table_look *look);   /* totals.c */
void zp_table_parts(const zp_table_look *look);  /* totals of columns: columns.c */
void zp_table_rates(const zp_table_look *look);  /* rates.c */
void zp_table_points(const zp_table_look *look); /* points.c */

#endif
