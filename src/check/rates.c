/* rates.c: columns of rates against the figures of their rows, and of shares against their total.
 *
 * Heads say which columns a rate may be of; where several may be, the rows tell: the pair in which
 * most of them fit. A rate in a row of totals is that of the totals, so all rows are alike.
 */
#include "check/equation.h"
#include "check/tables.h"

#include <string.h>

typedef struct {
    const char *rate, *part, *whole;    /* words of their heads */
    enum { RATIO, GROWTH, BALANCE } of; /* part ÷ whole; (part − whole) ÷ whole; whole − part */
    const char *rule;                   /* in a message */
} kind;

static const kind kinds[] = {
    {"执行率 支出率 支付率 使用率", "执行 支出 支付 使用 决算", "预算 下达 安排 到位 指标数", RATIO,
     "执行数÷预算数"},
    {"完成率", "完成 实际", "计划 目标 指标值 任务 应完成", RATIO, "完成数÷计划数"},
    {"到位率", "到位", "预算 计划 下达 安排 应到", RATIO, "到位数÷预算数"},
    {"得分率", "得分", "分值 满分", RATIO, "得分÷分值"},
    {"增长率 增减率 变动率 增幅 增减幅 增长% 增减%", "本年 今年 本期 当年", "上年 去年 上期 同期",
     GROWTH, "（本年－上年）÷上年"},
    {"系数", "得分", "权重 分值", RATIO, "得分÷分值"},
    {"结转 结余 未执行", "执行 支出 支付 决算", "预算", BALANCE, "预算数－执行数"},
};

enum { CANDIDATES = 8 }; /* columns that a rate may be of */

typedef struct {
    const zp_table_look *look;
    const kind *kind;
    uint32_t rate, part, whole; /* columns */
    size_t fitting, failing, pairs;
    bool lettered; /* the head says which: 执行率(B/A) */
} pair;

static const zp_matrix_column *column_at(const zp_table_look *look, uint32_t c)
{
    return &look->matrix->columns[c];
}

/* --- One row ---------------------------------------------------------------------------------- */

static bool is_figure(const zp_matrix_cell *cell)
{
    return cell->kind == ZP_AMOUNT_NUMBER;
}

static bool same_unit(const zp_matrix_cell *a, const zp_matrix_cell *b)
{
    return a->unit.kind != ZP_UNIT_RATE && a->unit.kind == b->unit.kind &&
           zp_str_eq(a->unit.basic, b->unit.basic);
}

static zp_ratio try_balance(const pair *p, uint32_t row)
{
    zp_quantity rest = zp_table_quantity(p->look, row, p->rate);
    zp_quantity part = zp_table_quantity(p->look, row, p->part);
    zp_quantity whole = zp_table_quantity(p->look, row, p->whole);
    const zp_equation e = {ZP_EQUATION_SUM, &rest, {&whole, &part}, 2, 1};
    if (rest.unit.kind != whole.unit.kind)
        return ZP_RATIO_UNKNOWN;
    return zp_equation_try(p->look->arena, &e) == ZP_EQUATION_HOLDS ? ZP_RATIO_FITS : ZP_RATIO_OFF;
}

static zp_ratio try_row(const pair *p, uint32_t row)
{
    zp_arena *arena = p->look->arena;
    const zp_matrix *m = p->look->matrix;
    const zp_matrix_cell *rate = zp_matrix_at(m, row, p->rate);
    const zp_matrix_cell *part = zp_matrix_at(m, row, p->part);
    const zp_matrix_cell *whole = zp_matrix_at(m, row, p->whole);
    if (!is_figure(rate) || !is_figure(part) || !is_figure(whole) || !same_unit(part, whole) ||
        zp_number_sign(whole->value) <= 0)
        return ZP_RATIO_UNKNOWN;
    if (p->kind->of == BALANCE)
        return try_balance(p, row);
    if (rate->unit.kind != ZP_UNIT_RATE)
        return ZP_RATIO_UNKNOWN;
    zp_quantity r = zp_table_quantity(p->look, row, p->rate);
    zp_quantity a = zp_table_quantity(p->look, row, p->part);
    zp_quantity b = zp_table_quantity(p->look, row, p->whole);
    if (p->kind->of == GROWTH) /* (a − b) ÷ b is r where a ÷ b is 1 + r */
        r.value = zp_number_add(arena, r.value, zp_number_int(arena, 1));
    return zp_rounding_ratio(arena, &r, &a, &b);
}

static void count_rows(pair *p)
{
    for (uint32_t r = 0; r < p->look->matrix->row_count; r++) {
        zp_ratio ratio = try_row(p, r);
        p->fitting += ratio == ZP_RATIO_FITS;
        p->failing += ratio == ZP_RATIO_OFF || ratio == ZP_RATIO_CUT;
    }
}

/* --- Which columns ---------------------------------------------------------------------------- */

/* The column whose head has the letter in brackets; the count of columns: none. */
static uint32_t lettered(const zp_table_look *look, char letter)
{
    const char text[] = {'(', letter, ')', 0};
    for (uint32_t c = 0; c < look->matrix->column_count; c++)
        if (zp_matrix_head_has(column_at(look, c), text))
            return c;
    return look->matrix->column_count;
}

/* 执行率(B/A): the columns (B) and (A). */
static bool find_letters(pair *p)
{
    zp_str head = column_at(p->look, p->rate)->head;
    size_t slash = zp_str_find(head, ZP_STR("/"), 0);
    if (slash == 0 || slash + 1 >= head.n)
        return false;
    p->part = lettered(p->look, head.p[slash - 1]);
    p->whole = lettered(p->look, head.p[slash + 1]);
    uint32_t none = p->look->matrix->column_count;
    p->lettered = p->part < none && p->whole < none;
    return p->lettered;
}

static size_t candidates(const pair *p, const char *words, uint32_t *found)
{
    size_t count = 0;
    const zp_matrix_column *rate = column_at(p->look, p->rate);
    for (uint32_t c = 0; c < p->look->matrix->column_count && count < CANDIDATES; c++) {
        const zp_matrix_column *column = column_at(p->look, c);
        if (c != p->rate && column->numbers > 0 && zp_matrix_head_has(column, words) &&
            !zp_matrix_head_has(column, "率 占比 % 系数") &&
            (column->above.n == 0 || rate->above.n == 0 || zp_str_eq(column->above, rate->above)))
            found[count++] = c;
    }
    return count;
}

/* The pair in which most rows fit; false when there is none at all. */
static bool find_pair(pair *p)
{
    uint32_t parts[CANDIDATES], wholes[CANDIDATES];
    size_t part_count = candidates(p, p->kind->part, parts);
    size_t whole_count = candidates(p, p->kind->whole, wholes);
    pair best = {0};
    size_t pairs = 0;
    for (size_t i = 0; i < part_count; i++)
        for (size_t k = 0; k < whole_count; k++) {
            pair one = *p;
            one.part = parts[i];
            one.whole = wholes[k];
            if (one.part == one.whole)
                continue;
            count_rows(&one);
            pairs += one.fitting + one.failing > 0;
            if (best.look == NULL || one.fitting > best.fitting)
                best = one;
        }
    if (best.look != NULL)
        *p = best;
    p->pairs = pairs;
    return best.look != NULL;
}

/* --- Findings --------------------------------------------------------------------------------- */

static zp_str right_rate(const pair *p, uint32_t row)
{
    zp_arena *arena = p->look->arena;
    zp_quantity rate = zp_table_quantity(p->look, row, p->rate);
    zp_quantity a = zp_table_quantity(p->look, row, p->part);
    zp_quantity b = zp_table_quantity(p->look, row, p->whole);
    if (p->kind->of == BALANCE)
        return zp_rounding_print(arena, zp_number_sub(arena, b.value, a.value), &rate);
    if (p->kind->of == GROWTH)
        a.value = zp_number_sub(arena, a.value, b.value);
    return zp_rounding_print_ratio(arena, &rate, a.value, b.value);
}

static void report(const pair *p, uint32_t row, zp_ratio ratio)
{
    zp_arena *arena = p->look->arena;
    const zp_matrix *m = p->look->matrix;
    const zp_matrix_cell *rate = zp_matrix_at(m, row, p->rate);
    const zp_matrix_cell *part = zp_matrix_at(m, row, p->part);
    const zp_matrix_cell *whole = zp_matrix_at(m, row, p->whole);
    zp_str right = right_rate(p, row);
    zp_buf out = {.arena = arena};
    zp_buf_format(&out, "%.*s的%.*s是 %.*s，按%s应为 %.*s", ZP_ARG(zp_table_row_name(p->look, row)),
                  ZP_ARG(zp_table_column_name(p->look, p->rate)),
                  ZP_ARG(zp_table_text(p->look, rate)), p->kind->rule, ZP_ARG(right));
    zp_buf_format(&out, "（%.*s %.*s，", ZP_ARG(zp_table_column_name(p->look, p->part)),
                  ZP_ARG(zp_table_text(p->look, part)));
    zp_buf_format(&out, "%.*s %.*s）", ZP_ARG(zp_table_column_name(p->look, p->whole)),
                  ZP_ARG(zp_table_text(p->look, whole)));
    if (ratio == ZP_RATIO_CUT)
        zp_buf_lit(&out, "；最后一位应四舍五入，不是舍去");
    zp_table_find(p->look, ZP_TABLE_RATE, ZP_ERROR, rate, part, right, zp_buf_str(&out));
}

static void look_at_rate(const zp_table_look *look, const kind *k, uint32_t column)
{
    pair p = {.look = look, .kind = k, .rate = column};
    if (find_letters(&p))
        count_rows(&p);
    else if (!find_pair(&p))
        return;
    bool clear = p.lettered || (p.pairs == 1 && k->of != BALANCE);
    if (!(p.fitting >= 2 && p.fitting > p.failing) && !(clear && p.failing == 1))
        return;
    for (uint32_t r = 0; p.failing > 0 && r < look->matrix->row_count; r++) {
        zp_ratio ratio = try_row(&p, r);
        if (ratio == ZP_RATIO_OFF || ratio == ZP_RATIO_CUT)
            report(&p, r, ratio);
    }
}

/* --- Shares ----------------------------------------------------------------------------------- */

/* The one row that is the total of all; the count of rows: none, or several. */
static uint32_t whole_row(const zp_matrix *m)
{
    zp_row_rank highest = ZP_ROW_SUBTOTAL;
    uint32_t found = m->row_count;
    for (uint32_t r = 0; r < m->row_count; r++)
        if (m->rows[r].rank > highest) {
            highest = m->rows[r].rank;
            found = r;
        } else if (m->rows[r].rank == highest) {
            found = m->row_count;
        }
    return found;
}

static zp_ratio try_share(const zp_table_look *look, uint32_t share, uint32_t column, uint32_t row,
                          uint32_t whole)
{
    const zp_matrix *m = look->matrix;
    const zp_matrix_cell *a = zp_matrix_at(m, row, share), *b = zp_matrix_at(m, row, column);
    const zp_matrix_cell *c = zp_matrix_at(m, whole, column);
    if (!is_figure(a) || !is_figure(b) || !is_figure(c) || a->unit.kind != ZP_UNIT_RATE ||
        !same_unit(b, c) || zp_number_sign(c->value) <= 0)
        return ZP_RATIO_UNKNOWN;
    zp_quantity rate = zp_table_quantity(look, row, share);
    zp_quantity part = zp_table_quantity(look, row, column);
    zp_quantity all = zp_table_quantity(look, whole, column);
    return zp_rounding_ratio(look->arena, &rate, &part, &all);
}

static void report_share(const zp_table_look *look, uint32_t share, uint32_t column, uint32_t row,
                         uint32_t whole)
{
    const zp_matrix *m = look->matrix;
    const zp_matrix_cell *cell = zp_matrix_at(m, row, share), *part = zp_matrix_at(m, row, column);
    zp_quantity rate = zp_table_quantity(look, row, share);
    zp_str right = zp_rounding_print_ratio(look->arena, &rate, part->value,
                                           zp_matrix_at(m, whole, column)->value);
    zp_buf out = {.arena = look->arena};
    zp_buf_format(&out, "%.*s的%.*s是 %.*s，", ZP_ARG(zp_table_row_name(look, row)),
                  ZP_ARG(zp_table_column_name(look, share)), ZP_ARG(zp_table_text(look, cell)));
    zp_buf_format(&out, "%.*s %.*s 在合计 %.*s 中应占 %.*s",
                  ZP_ARG(zp_table_column_name(look, column)), ZP_ARG(zp_table_text(look, part)),
                  ZP_ARG(zp_table_text(look, zp_matrix_at(m, whole, column))), ZP_ARG(right));
    zp_table_find(look, ZP_TABLE_SHARE, ZP_ERROR, cell, part, right, zp_buf_str(&out));
}

/* The column left of it, of which most shares are. */
static void look_at_share(const zp_table_look *look, uint32_t share)
{
    enum { LEAST = 3 };
    const zp_matrix *m = look->matrix;
    uint32_t whole = whole_row(m), best = 0;
    size_t most = 0, failing = 0;
    for (uint32_t c = share > CANDIDATES ? share - CANDIDATES : 0;
         whole < m->row_count && c < share; c++) {
        size_t fits = 0, fails = 0;
        for (uint32_t r = 0; r < m->row_count; r++) {
            zp_ratio ratio = r != whole ? try_share(look, share, c, r, whole) : ZP_RATIO_UNKNOWN;
            fits += ratio == ZP_RATIO_FITS;
            fails += ratio == ZP_RATIO_OFF || ratio == ZP_RATIO_CUT;
        }
        if (fits > most) {
            best = c;
            most = fits;
            failing = fails;
        }
    }
    if (failing == 0 || most + failing < LEAST || most <= 2 * failing - (most == 2))
        return;
    for (uint32_t r = 0; r < m->row_count; r++) {
        zp_ratio ratio = r != whole ? try_share(look, share, best, r, whole) : ZP_RATIO_UNKNOWN;
        if (ratio == ZP_RATIO_OFF || ratio == ZP_RATIO_CUT)
            report_share(look, share, best, r, whole);
    }
}

void zp_table_rates(const zp_table_look *look)
{
    for (uint32_t c = 0; c < look->matrix->column_count; c++) {
        const zp_matrix_column *column = column_at(look, c);
        if (column->numbers == 0)
            continue;
        if (zp_matrix_head_has(column, "占比 比重")) {
            look_at_share(look, c);
            continue;
        }
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (zp_matrix_head_has(column, kinds[i].rate)) {
                look_at_rate(look, &kinds[i], c);
                break;
            }
    }
}
