/* quote.c: what the text says of an indicator, against the indicator's row.
 *
 * A table of indicators has a name, a target and what was reached in each row. Where prose names
 * the indicator right in front of a figure of the same unit, that figure is one of the two.
 */
#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"

#include "data/amount.h"

enum {
    NAME_LEAST = 15, /* bytes of an indicator's name: five characters */
    ROWS_MAX = 400,  /* indicators of a report */
};

enum { DIFFERS, SLIP };

static const zp_rule rules[] = {
    [DIFFERS] = {"quote-differs", ZP_WARNING, false, "正文里指标的数与指标表不同",
                 "正文里写指标的名称和它的数，应当是指标表里的指标值或完成值。",
                 "财预〔2020〕10号：数据真实",
                 "指标表里“新建农村卫生厕所”完成1724户，正文写“新建农村卫生厕所1700户”。",
                 "正文写“新建农村卫生厕所1724户”。"},
    [SLIP] = {"quote-slip", ZP_ERROR, false, "正文里指标的数像是抄错了一个数字",
              "正文里指标的数与指标表里的只差一处笔误（两个数字颠倒、少一个数字、小数点错位）。",
              "财预〔2020〕10号：数据真实",
              "指标表里“新建农村卫生厕所”完成1724户，正文写“新建农村卫生厕所1742户”。",
              "正文写“新建农村卫生厕所1724户”。"},
};

/* A row of indicators: its name, and its amounts with the passages they stand in. */
typedef struct {
    zp_str name;
    const zp_matrix *matrix;
    zp_amount amounts[2];
    size_t passages[2];
    size_t count;
} indicator;

typedef struct {
    zp_checker *checker;
    indicator *all;
    size_t count;
} book;

/* --- Rows ------------------------------------------------------------------------------------- */

/* The name without what it counts: 更换分类垃圾桶数量 is about 更换分类垃圾桶. */
static zp_str bare_name(zp_str name)
{
    static const char *const ends[] = {"数量", "面积", "数", "情况"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        zp_str end = zp_str_from(ends[i]);
        if (zp_str_ends(name, end) && name.n >= end.n + NAME_LEAST)
            return zp_str_slice(name, 0, name.n - end.n);
    }
    return name;
}

/* The amount of a cell, whatever relation it has to the target: ≥3600个. */
static void add_amount(const book *b, const zp_matrix *m, uint32_t row, uint32_t column,
                       zp_str unit, indicator *one)
{
    const zp_matrix_cell *cell = zp_matrix_at(m, row, column);
    if (cell->passage == ZP_NO_PASSAGE || cell->covered || one->count == 2)
        return;
    zp_str text = b->checker->passages->all[cell->passage].text;
    zp_amount amount = zp_amount_read(b->checker->arena, text, unit);
    if (amount.kind != ZP_AMOUNT_NUMBER)
        return;
    one->amounts[one->count] = amount;
    one->passages[one->count++] = cell->passage;
}

static uint32_t find_column(const zp_matrix *m, const char *words)
{
    for (uint32_t c = 0; c < m->column_count; c++)
        if (zp_matrix_head_has(&m->columns[c], words))
            return c;
    return m->column_count;
}

static zp_str cell_text(const book *b, const zp_matrix *m, uint32_t row, uint32_t column)
{
    if (column == m->column_count)
        return ZP_STR("");
    const zp_matrix_cell *cell = zp_matrix_at(m, row, column);
    return cell->passage == ZP_NO_PASSAGE
               ? ZP_STR("")
               : zp_str_trim(b->checker->passages->all[cell->passage].text);
}

static void add_table(book *b, const zp_matrix *m)
{
    uint32_t name = find_column(m, "三级指标"), target = find_column(m, "指标值 目标值");
    uint32_t done = find_column(m, "完成值 实际值"), unit = find_column(m, "计量单位");
    name = name == m->column_count ? find_column(m, "指标名称") : name;
    if (name == m->column_count || target == m->column_count || done == m->column_count)
        return;
    for (uint32_t r = 0; r < m->row_count && b->count < ROWS_MAX; r++) {
        indicator one = {.name = bare_name(cell_text(b, m, r, name)), .matrix = m};
        if (one.name.n < NAME_LEAST)
            continue;
        add_amount(b, m, r, target, cell_text(b, m, r, unit), &one);
        add_amount(b, m, r, done, cell_text(b, m, r, unit), &one);
        if (one.count > 0)
            b->all[b->count++] = one;
    }
}

/* --- Text ------------------------------------------------------------------------------------- */

static bool same_unit(const zp_amount *amount, const zp_quantity *q)
{
    return amount->unit.kind == q->unit.kind && amount->unit.kind != ZP_UNIT_NONE &&
           zp_str_eq(amount->unit.basic, q->unit.basic);
}

static zp_str digits_of(const zp_checker *c, const zp_number *value, const zp_quantity *q)
{
    return zp_number_fixed(c->arena, zp_number_scale(c->arena, value, -q->unit.power), q->places);
}

static void report(zp_checker *c, const indicator *one, const zp_quantity *q)
{
    const zp_where also = {one->passages[one->count - 1], 0,
                           c->passages->all[one->passages[one->count - 1]].text.n};
    zp_finding finding = {
        .found = zp_quantity_text(c->arena, c->passages, q), .also = &also, .also_count = 1};
    bool slip = false;
    for (size_t i = 0; i < one->count && !slip; i++) {
        zp_str right = digits_of(c, one->amounts[i].number, q);
        zp_misprint kind = zp_misprint_between(digits_of(c, q->value, q), right);
        slip = kind != ZP_MISPRINT_NONE && kind != ZP_MISPRINT_CHANGED;
        if (slip)
            finding.expected =
                zp_str_format(c->arena, "%.*s%.*s", ZP_ARG(right), ZP_ARG(q->unit.name));
    }
    c->blamed[zp_judge_index(c, q)] = true;
    zp_checker_find(c, &rules[slip ? SLIP : DIFFERS], zp_judge_where(q), &finding,
                    "“%.*s”与%.*s这个指标的数不同", ZP_ARG(zp_judge_quote(c, q)),
                    ZP_ARG(zp_checker_place(c, also.passage)));
}

static bool agrees(const indicator *one, const zp_quantity *q, bool *comparable)
{
    for (size_t i = 0; i < one->count; i++) {
        if (!same_unit(&one->amounts[i], q))
            continue;
        *comparable = true;
        if (zp_number_compare(one->amounts[i].number, q->value) == 0)
            return true;
    }
    return false;
}

/* The indicator that the words end in, or whose name they are the beginning of. */
static void check(const book *b, size_t index)
{
    zp_checker *c = b->checker;
    const zp_quantity *q = &c->quantities->all[index];
    zp_str words = c->names[index].words;
    for (size_t i = 0; i < b->count; i++) {
        const indicator *one = &b->all[i];
        bool comparable = false;
        bool named = zp_str_ends(words, one->name) ||
                     (words.n >= NAME_LEAST && zp_str_ends(one->name, words));
        if (!named || agrees(one, q, &comparable))
            continue;
        if (comparable)
            report(c, one, q);
        return;
    }
}

static void run(zp_checker *c)
{
    book b = {.checker = c, .all = zp_new_array(c->arena, indicator, ROWS_MAX)};
    for (size_t i = 0; i < c->matrices->count; i++)
        add_table(&b, c->matrices->all[i].matrix);
    for (size_t i = 0; b.count > 0 && i < c->quantities->count; i++) {
        uint32_t row, column;
        const zp_quantity *q = &c->quantities->all[i];
        bool prose = zp_matrices_find(c->matrices, q->passage, &row, &column) == NULL ||
                     c->names[i].words.n > 0;
        if (prose && q->kind == ZP_QUANTITY_FIGURE && q->value && !q->points && !c->blamed[i] &&
            q->unit.kind != ZP_UNIT_MONEY)
            check(&b, i);
    }
}

const zp_rule_group zp_quote_rules = ZP_RULE_GROUP(rules, run);
