/* points.c: scores beside their points, and blocks that say how many points are theirs. */
#include "check/tables.h"

#include "data/label.h"

static const zp_matrix_column *column_at(const zp_table_look *look, uint32_t c)
{
    return &look->matrix->columns[c];
}

static bool is_points(const zp_matrix_column *column)
{
    return column->numbers > 0 && column->uniform && column->kind.kind != ZP_UNIT_RATE &&
           zp_matrix_head_is(column, "分值 权重 满分 标准分 标准分值 指标分值 权重分值 指标权重 "
                                     "分值(分) 权重(分) 指标权重(分)");
}

static bool is_score(const zp_matrix_column *column)
{
    return column->numbers > 0 && column->uniform && column->kind.kind != ZP_UNIT_RATE &&
           zp_matrix_head_is(column, "得分 自评得分 自评分 自评分数 实际得分 指标得分 评价得分 "
                                     "得分(分) 自评得分(分) 指标得分(分)");
}

/* The column of points that a column of scores goes with: the nearest on its left, else on its
 * right; the count of columns: none. */
static uint32_t points_of(const zp_table_look *look, uint32_t score)
{
    uint32_t count = look->matrix->column_count;
    for (uint32_t c = score; c-- > 0;)
        if (is_points(column_at(look, c)))
            return c;
    for (uint32_t c = score + 1; c < count; c++)
        if (is_points(column_at(look, c)))
            return c;
    return count;
}

static bool has(zp_str text, zp_str word)
{
    return zp_str_find(text, word, 0) < text.n;
}

/* 加分项 go beyond their points, 扣分项 below nought. */
static bool is_extra(const zp_matrix_row *row)
{
    return has(row->label, ZP_STR("加分")) || has(row->label, ZP_STR("扣分")) ||
           has(row->label, ZP_STR("附加"));
}

static void look_at_score(const zp_table_look *look, uint32_t row, uint32_t score, uint32_t points)
{
    const zp_matrix_cell *got = zp_matrix_at(look->matrix, row, score);
    const zp_matrix_cell *most = zp_matrix_at(look->matrix, row, points);
    if (got->kind != ZP_AMOUNT_NUMBER || is_extra(&look->matrix->rows[row]))
        return;
    zp_str name = zp_table_row_name(look, row), text = zp_table_text(look, got);
    if (zp_number_sign(got->value) < 0)
        zp_table_find(
            look, ZP_TABLE_POINTS, ZP_ERROR, got, NULL, ZP_STR(""),
            zp_str_format(look->arena, "%.*s得 %.*s 分，小于 0", ZP_ARG(name), ZP_ARG(text)));
    else if (most->kind == ZP_AMOUNT_NUMBER && zp_number_sign(most->value) > 0 &&
             zp_number_compare(got->value, most->value) > 0)
        zp_table_find(look, ZP_TABLE_POINTS, ZP_ERROR, got, most, ZP_STR(""),
                      zp_str_format(look->arena, "%.*s得 %.*s 分，超过了它的分值 %.*s",
                                    ZP_ARG(name), ZP_ARG(text), ZP_ARG(zp_table_text(look, most))));
}

/* --- Blocks ----------------------------------------------------------------------------------- */

/* The points that a label names in brackets at its end: 产出指标（50分）, 产出(50); NULL: none. */
static const zp_number *named_points(zp_arena *arena, zp_str text)
{
    zp_str label = zp_label_fold(arena, text), word = ZP_STR("分");
    if (!zp_str_ends(label, ZP_STR(")")))
        return NULL;
    size_t open = label.n;
    while (open > 0 && label.p[open - 1] != '(')
        open--;
    if (open < 2)
        return NULL;
    zp_str inner = zp_str_slice(label, open, label.n - 1);
    if (zp_str_ends(inner, word))
        inner.n -= word.n;
    return zp_number_read(arena, inner);
}

/* The sum of a column of points over rows; NULL where one is not known. */
static const zp_number *add_points(const zp_table_look *look, uint32_t points, uint32_t from,
                                   uint32_t to, size_t *count)
{
    const zp_number *sum = zp_number_int(look->arena, 0);
    *count = 0;
    for (uint32_t r = from; r < to; r++) {
        const zp_matrix_cell *cell = zp_matrix_at(look->matrix, r, points);
        if (look->matrix->rows[r].rank != ZP_ROW_PLAIN || is_extra(&look->matrix->rows[r]))
            continue;
        if (cell->kind == ZP_AMOUNT_TEXT)
            return NULL;
        if (cell->kind != ZP_AMOUNT_NUMBER)
            continue;
        sum = zp_number_add(look->arena, sum, cell->value);
        ++*count;
    }
    return sum;
}

/* Its rows: down to the next text in the same column, or to a total. */
static uint32_t block_end(const zp_table_look *look, uint32_t row, uint32_t column)
{
    const zp_matrix *m = look->matrix;
    uint32_t end = row + 1;
    while (end < m->row_count && m->rows[end].rank < ZP_ROW_TOTAL) {
        const zp_matrix_cell *cell = zp_matrix_at(m, end, column);
        if (cell->kind != ZP_AMOUNT_BLANK)
            break;
        end++;
    }
    return end;
}

static void look_at_block(const zp_table_look *look, uint32_t row, uint32_t column, uint32_t points)
{
    const zp_matrix_cell *cell = zp_matrix_at(look->matrix, row, column);
    if (cell->kind != ZP_AMOUNT_TEXT)
        return;
    zp_str text = look->checker->passages->all[cell->passage].text;
    const zp_number *claimed = text.n < 300 ? named_points(look->arena, text) : NULL;
    if (claimed == NULL)
        return;
    size_t count;
    const zp_number *sum = add_points(look, points, row, block_end(look, row, column), &count);
    if (sum == NULL || count < 2 || zp_number_compare(sum, claimed) == 0)
        return;
    zp_table_find(look, ZP_TABLE_BLOCK, ZP_WARNING, cell, NULL, ZP_STR(""),
                  zp_str_format(look->arena, "“%.*s”写明 %.*s 分，它下面各指标的分值相加是 %.*s",
                                ZP_ARG(zp_table_text(look, cell)),
                                ZP_ARG(zp_number_plain(look->arena, claimed)),
                                ZP_ARG(zp_number_plain(look->arena, sum))));
}

/* --- All -------------------------------------------------------------------------------------- */

void zp_table_points(const zp_table_look *look)
{
    const zp_matrix *m = look->matrix;
    uint32_t first = m->column_count, count = 0; /* columns of points */
    for (uint32_t c = 0; c < m->column_count; c++) {
        if (is_points(column_at(look, c))) {
            first = count == 0 ? c : first;
            count++;
        }
        uint32_t points = is_score(column_at(look, c)) ? points_of(look, c) : m->column_count;
        for (uint32_t r = 0; points < m->column_count && r < m->row_count; r++)
            look_at_score(look, r, c, points);
    }
    for (uint32_t c = 0; count == 1 && c < first; c++)
        for (uint32_t r = 0; r < m->row_count; r++)
            look_at_block(look, r, c, first);
}
