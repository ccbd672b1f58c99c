/* tables.c: each table of the report as a matrix, and what is asked of it, one after the other. */
#include "check/tables.h"

#include "data/label.h"

enum { SHOWN_MAX = 60 }; /* bytes of a cell or label in a message */

static const zp_rule rules[] = {
    [ZP_TABLE_SUM] = {"table-sum", ZP_ERROR, false, "合计与各行之和不符",
                      "写着小计、合计、总计、总分的一行，应等于它那一级各行之和；其中的部分不重复相"
                      "加。各数四舍五"
                      "入造成的尾差不算。",
                      "《会计基础工作规范》第五十五条（账簿记录、报表数字相互一致）；财预〔2020〕10"
                      "号附件1（总分为各"
                      "指标得分之和）",
                      "甲 40.26，乙 30.15，合计 70.14", "甲 40.26，乙 30.15，合计 70.41"},
    [ZP_TABLE_PARTS] =
        {"table-parts", ZP_ERROR, false, "合计栏与各栏之和不符",
         "写着小计、合计、总额的一栏，应等于同一行里它的各栏之和，如 基本支出＋项目支出＝合计。",
         "《会计基础工作规范》第五十五条（账簿记录、报表数字相互一致）",
         "基本支出 80，项目支出 20，合计 110", "基本支出 80，项目支出 20，合计 100"},
    [ZP_TABLE_RATE] =
        {"table-rate", ZP_ERROR, false, "比率与所列的数不符",
         "执行率、完成率、增长率应由同一行的数算得出来：执行率＝执行数÷预算数，增长率＝（"
         "本年－上年）÷上年；最后一位四舍五入。",
         "财预〔2020〕10号附件1（执行率＝全年执行数÷全年预算数）",
         "预算数 200，执行数 190，执行率 98%", "预算数 200，执行数 190，执行率 95%"},
    [ZP_TABLE_SHARE] = {"table-share", ZP_ERROR, false, "占比与所列的数不符",
                        "占比、比重应是这一行的数在合计中所占的比例。",
                        "财预〔2020〕10号第十三条（各级权重合计100%）", "甲 25，合计 100，占比 52%",
                        "甲 25，合计 100，占比 25%"},
    [ZP_TABLE_POINTS] = {"table-points", ZP_ERROR, false, "得分超出分值",
                         "每项指标的得分在 0 分和分值之间。", "财预〔2020〕10号第十六条",
                         "分值 10，得分 11", "分值 10，得分 10"},
    [ZP_TABLE_BLOCK] =
        {"table-block", ZP_WARNING, false, "一级指标标明的分值与各行之和不符",
         "一级指标里写明的分值（如“产出指标（50分）”），应等于它下面各指标的分值之和。",
         "财预〔2020〕10号第十三条", "产出指标（50分）：20，20，5", "产出指标（50分）：20，20，10"},
    [ZP_TABLE_UNIT] = {"table-unit", ZP_WARNING, false, "金额的单位可能不同",
                       "以万元计的一栏里，有一格比其他各格大上千倍，除以 10000 "
                       "又与它们相近：可能是以元填的。",
                       "GB 3100—1993（同一量用同一单位）", "（万元）12.5，8.3，96000",
                       "（万元）12.5，8.3，9.6"},
};

/* --- For those that look ---------------------------------------------------------------------- */

static zp_where where_of(const zp_table_look *look, const zp_matrix_cell *cell)
{
    return (zp_where){cell->passage, 0, look->checker->passages->all[cell->passage].text.n};
}

void zp_table_find(const zp_table_look *look, zp_table_rule_name rule, zp_severity severity,
                   const zp_matrix_cell *cell, const zp_matrix_cell *also, zp_str expected,
                   zp_str message)
{
    const zp_where other = also != NULL ? where_of(look, also) : (zp_where){0};
    const zp_finding finding = {
        .expected = expected,
        .found = zp_table_text(look, cell),
        .also = &other,
        .also_count = also != NULL,
        .severity = severity,
        .other_severity = true,
    };
    zp_checker_find(look->checker, &rules[rule], where_of(look, cell), &finding, "%.*s",
                    ZP_ARG(message));
}

zp_quantity zp_table_quantity(const zp_table_look *look, uint32_t row, uint32_t column)
{
    const zp_matrix_cell *cell = zp_matrix_at(look->matrix, row, column);
    const zp_matrix_column *all = &look->matrix->columns[column];
    bool alike = all->uniform && all->kind.kind != ZP_UNIT_RATE;
    return (zp_quantity){
        .value = cell->value, .unit = cell->unit, .places = alike ? all->places : cell->places};
}

/* `text` without white space, cut between characters. */
static zp_str shorten(zp_arena *arena, zp_str text)
{
    zp_str all = zp_label_squeeze(arena, zp_str_slice(text, 0, text.n < 1000 ? text.n : 1000));
    size_t end = all.n < SHOWN_MAX ? all.n : SHOWN_MAX;
    while (end > 0 && end < all.n && ((unsigned char)all.p[end] & 0xC0U) == 0x80U)
        end--;
    return zp_str_slice(all, 0, end);
}

zp_str zp_table_text(const zp_table_look *look, const zp_matrix_cell *cell)
{
    return shorten(look->arena, look->checker->passages->all[cell->passage].text);
}

zp_str zp_table_column_name(const zp_table_look *look, uint32_t column)
{
    zp_str name = shorten(look->arena, look->matrix->columns[column].full);
    return name.n > 0 ? zp_str_format(look->arena, "“%.*s”", ZP_ARG(name))
                      : zp_str_format(look->arena, "第%u列", column + 1);
}

zp_str zp_table_row_name(const zp_table_look *look, uint32_t row)
{
    zp_str name = shorten(look->arena, look->matrix->rows[row].label);
    return name.n > 0 ? zp_str_format(look->arena, "“%.*s”", ZP_ARG(name))
                      : zp_str_format(look->arena, "表头下第%u行", row + 1);
}

bool zp_table_adds(const zp_matrix_column *column)
{
    return column->numbers > 1 && column->uniform && column->kind.kind != ZP_UNIT_RATE &&
           !zp_matrix_head_is(column, "年度 年份 年 月份 比例 备注 说明 电话 分数线") &&
           !zp_matrix_head_has(column, "序号 编号 编码 代码 号码 单价 均 标准 指标值 完成值 目标值 "
                                       "实际值 计划值 基准 率 占比 比重 幅 % 排名 名次 日期 时间 "
                                       "系数 倍 累计") &&
           column->head.n < 200;
}

bool zp_table_is_sum(zp_arena *arena, const zp_matrix_column *column, const zp_number *claimed,
                     const zp_number *sum, size_t count)
{
    enum { POINTS_SLACK = 4 }; /* half units: points are rounded once, not each */
    const zp_number *difference = zp_number_sub(arena, claimed, sum);
    if (difference == NULL || zp_number_sign(difference) == 0)
        return true;
    bool counted = column->kind.kind == ZP_UNIT_COUNT ||
                   (column->kind.kind == ZP_UNIT_MONEY && column->kind.power == 0) ||
                   zp_matrix_head_has(column, "分 权重 个 人 件 次 项 户");
    if (column->places == 0 && counted)
        return false;
    int64_t halves = (int64_t)count + 1;
    if (zp_matrix_head_has(column, "分") && halves > POINTS_SLACK)
        halves = POINTS_SLACK;
    const zp_number *slack = zp_number_div(
        arena, zp_number_mul(arena, zp_matrix_ulp(arena, column), zp_number_int(arena, halves)),
        zp_number_int(arena, 2));
    if (zp_number_sign(difference) < 0)
        difference = zp_number_sub(arena, zp_number_int(arena, 0), difference);
    return slack == NULL || zp_number_compare(difference, slack) <= 0;
}

/* --- 元 in a column of 万元 ------------------------------------------------------------------- */

/* The two largest amounts of the column, totals aside; how many there are. */
static size_t find_largest(const zp_matrix *m, uint32_t c, const zp_matrix_cell **largest,
                           const zp_number **second)
{
    size_t count = 0;
    *largest = NULL;
    *second = NULL;
    for (uint32_t r = 0; r < m->row_count; r++) {
        const zp_matrix_cell *cell = zp_matrix_at(m, r, c);
        if (cell->kind != ZP_AMOUNT_NUMBER || m->rows[r].rank != ZP_ROW_PLAIN ||
            zp_number_sign(cell->value) <= 0)
            continue;
        count++;
        if (*largest == NULL || zp_number_compare(cell->value, (*largest)->value) > 0) {
            *second = *largest ? (*largest)->value : NULL;
            *largest = cell;
        } else if (*second == NULL || zp_number_compare(cell->value, *second) > 0) {
            *second = cell->value;
        }
    }
    return count;
}

static void look_at_unit(const zp_table_look *look, uint32_t c)
{
    enum { LEAST = 4, TIMES = 1000, WAN = 4 };
    const zp_matrix_column *column = &look->matrix->columns[c];
    const zp_matrix_cell *largest;
    const zp_number *second;
    if (column->kind.kind != ZP_UNIT_MONEY || column->kind.power != WAN || !column->uniform ||
        !zp_matrix_head_has(column, "金额 预算 支出 决算 资金 执行 收入 经费 投入 拨款") ||
        find_largest(look->matrix, c, &largest, &second) < LEAST)
        return;
    const zp_number *bound = zp_number_mul(look->arena, second, zp_number_int(look->arena, TIMES));
    if (bound == NULL || zp_number_compare(largest->value, bound) < 0)
        return;
    zp_str in_wan = zp_number_plain(look->arena, zp_number_scale(look->arena, largest->value, -8));
    zp_table_find(look, ZP_TABLE_UNIT, ZP_WARNING, largest, NULL, ZP_STR(""),
                  zp_str_format(look->arena,
                                "%.*s栏以万元计，这一格却比其他各格大上千倍，可能是以元填的；"
                                "如果是元，应为 %.*s 万元",
                                ZP_ARG(zp_table_column_name(look, c)), ZP_ARG(in_wan)));
}

/* --- All -------------------------------------------------------------------------------------- */

static void look_at(zp_checker *checker, const zp_matrix *matrix)
{
    const zp_table_look look = {checker, checker->arena, matrix};
    zp_table_sums(&look);
    zp_table_parts(&look);
    zp_table_rates(&look);
    zp_table_points(&look);
    for (uint32_t c = 0; c < matrix->column_count; c++)
        look_at_unit(&look, c);
}

static void run(zp_checker *checker)
{
    for (size_t i = 0; i < checker->matrices->count; i++)
        look_at(checker, checker->matrices->all[i].matrix);
}

const zp_rule_group zp_table_group = ZP_RULE_GROUP(rules, run);
