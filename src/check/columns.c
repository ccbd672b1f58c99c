/* columns.c: columns that call themselves totals, against those beside them.
 *
 * A column 合计 or 小计 is over the columns under the same head, where heads have two rows, or else
 * over its neighbours to the right, or to the left, up to the next total. Which of these it is, the
 * rows tell: the reading in which most rows fit. Only when at least two rows and most of them do
 * are the others wrong. 基本支出 + 项目支出 = 合计 needs no telling.
 */
#include "check/tables.h"

#include "check/misprint.h"

enum { WIDTH_MAX = 50 }; /* columns that one may be over */

typedef struct {
    const zp_table_look *look;
    uint32_t total, from, to; /* columns */
    size_t fitting, failing;
} reading;

static const zp_matrix_column *column_at(const zp_table_look *look, uint32_t c)
{
    return &look->matrix->columns[c];
}

static bool is_total(const zp_table_look *look, uint32_t c)
{
    return zp_matrix_head_is(column_at(look, c), "合计 小计 总计 总额 金额合计 共计 合计数");
}

/* Whether the column can be an addend of `total`: alike in unit, and under the same upper head. */
static bool is_addend(const zp_table_look *look, uint32_t c, uint32_t total)
{
    const zp_matrix_column *column = column_at(look, c), *sum = column_at(look, total);
    return !is_total(look, c) && zp_table_adds(column) && sum->uniform &&
           column->kind.kind == sum->kind.kind && column->kind.power == sum->kind.power &&
           zp_str_eq(column->kind.basic, sum->kind.basic) && zp_str_eq(column->above, sum->above);
}

/* What a row's cells are to the reading: OFF only where all of them are figures or blank. */
typedef enum { SILENT, FITS, OFF } verdict;

static verdict try_row(const reading *d, uint32_t row, const zp_number **sum)
{
    zp_arena *arena = d->look->arena;
    const zp_matrix *m = d->look->matrix;
    const zp_matrix_cell *total = zp_matrix_at(m, row, d->total);
    size_t count = 0;
    *sum = zp_number_int(arena, 0);
    for (uint32_t c = d->from; c < d->to; c++) {
        const zp_matrix_cell *cell = zp_matrix_at(m, row, c);
        if (cell->kind == ZP_AMOUNT_TEXT || cell->covered)
            return SILENT;
        if (cell->kind != ZP_AMOUNT_NUMBER)
            continue;
        *sum = zp_number_add(arena, *sum, cell->value);
        count++;
    }
    if (total->kind != ZP_AMOUNT_NUMBER || count == 0 || *sum == NULL)
        return SILENT;
    zp_matrix_column widest = *column_at(d->look, d->total);
    for (uint32_t c = d->from; c < d->to; c++)
        if (column_at(d->look, c)->places > widest.places)
            widest.places = column_at(d->look, c)->places;
    return zp_table_is_sum(arena, &widest, total->value, *sum, count) ? FITS : OFF;
}

static void count_rows(reading *d)
{
    const zp_number *sum;
    for (uint32_t r = 0; r < d->look->matrix->row_count; r++) {
        verdict v = try_row(d, r, &sum);
        d->fitting += v == FITS && zp_number_sign(sum) != 0;
        d->failing += v == OFF;
    }
}

/* 基本支出 + 项目支出, 财政拨款 + 其他资金: what the two make up, everybody knows. */
static bool is_known_pair(const reading *d)
{
    if (d->to != d->from + 2)
        return false;
    const zp_matrix_column *a = column_at(d->look, d->from), *b = column_at(d->look, d->from + 1);
    return (zp_matrix_head_is(a, "基本支出") && zp_matrix_head_is(b, "项目支出")) ||
           (zp_matrix_head_is(a, "财政拨款 当年财政拨款") && zp_matrix_head_is(b, "其他资金"));
}

static void report(const reading *d, uint32_t row, const zp_number *sum)
{
    zp_arena *arena = d->look->arena;
    const zp_matrix *m = d->look->matrix;
    const zp_matrix_column *column = column_at(d->look, d->total);
    const zp_matrix_cell *total = zp_matrix_at(m, row, d->total), *cell = NULL;
    const zp_number *missing = zp_number_sub(arena, total->value, sum);
    zp_str wanted = zp_matrix_shown(arena, column, sum), right = wanted, guilty = ZP_STR("");
    zp_misprint kind = zp_misprint_between(zp_matrix_shown(arena, column, total->value), wanted);
    size_t suspects = 0;
    if (kind != ZP_MISPRINT_NONE && kind != ZP_MISPRINT_CHANGED) {
        cell = total;
        suspects++;
    }
    for (uint32_t c = d->from; c < d->to; c++) {
        const zp_matrix_cell *one = zp_matrix_at(m, row, c);
        if (one->kind != ZP_AMOUNT_NUMBER)
            continue;
        zp_str fixed = zp_matrix_shown(arena, column_at(d->look, c),
                                       zp_number_add(arena, one->value, missing));
        zp_misprint slip =
            zp_misprint_between(zp_matrix_shown(arena, column_at(d->look, c), one->value), fixed);
        if (slip == ZP_MISPRINT_NONE || slip == ZP_MISPRINT_CHANGED)
            continue;
        cell = one;
        right = fixed;
        guilty = zp_table_column_name(d->look, c);
        kind = slip;
        suspects++;
    }
    zp_buf out = {.arena = arena};
    zp_buf_format(&out, "%.*s的%.*s是 %.*s，", ZP_ARG(zp_table_row_name(d->look, row)),
                  ZP_ARG(zp_table_column_name(d->look, d->total)),
                  ZP_ARG(zp_table_text(d->look, total)));
    zp_buf_format(&out, "%.*s至%.*s相加是 %.*s", ZP_ARG(zp_table_column_name(d->look, d->from)),
                  ZP_ARG(zp_table_column_name(d->look, d->to - 1)), ZP_ARG(wanted));
    if (suspects == 1)
        zp_buf_format(&out, "；可能是%.*s %.*s 应为 %.*s，%.*s", ZP_ARG(guilty),
                      ZP_ARG(zp_table_text(d->look, cell)), ZP_ARG(right),
                      ZP_ARG(zp_misprint_words(kind)));
    bool own = suspects == 1 && cell == total;
    zp_table_find(d->look, ZP_TABLE_PARTS, ZP_ERROR, total, suspects == 1 && !own ? cell : NULL,
                  own ? right : ZP_STR(""), zp_buf_str(&out));
}

static void settle(const zp_table_look *look, uint32_t total, uint32_t from, uint32_t to,
                   reading *best)
{
    reading d = {look, total, from, to, 0, 0};
    if (to < from + 2 || to - from > WIDTH_MAX)
        return;
    count_rows(&d);
    if (best->look == NULL || d.fitting > best->fitting)
        *best = d;
}

void zp_table_parts(const zp_table_look *look)
{
    const zp_matrix *m = look->matrix;
    for (uint32_t c = 0; c < m->column_count; c++) {
        if (!is_total(look, c) || !column_at(look, c)->uniform)
            continue;
        uint32_t left = c, right = c + 1;
        while (left > 0 && is_addend(look, left - 1, c))
            left--;
        while (right < m->column_count && is_addend(look, right, c))
            right++;
        reading best = {0};
        settle(look, c, c + 1, right, &best);
        settle(look, c, left, c, &best);
        if (best.look == NULL || best.failing == 0)
            continue;
        bool sure = (best.fitting >= 2 && best.fitting > 2 * best.failing) ||
                    (is_known_pair(&best) && best.failing == 1);
        const zp_number *sum;
        for (uint32_t r = 0; sure && r < m->row_count; r++)
            if (try_row(&best, r, &sum) == OFF)
                report(&best, r, sum);
    }
}
