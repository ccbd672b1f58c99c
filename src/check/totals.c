/* totals.c: rows that call themselves totals, against the rows they may be the total of.
 *
 * A total is over the rows up to the total before it, or, where it opens the table, over those
 * below. Which of these it adds is a reading: all of them; the subtotals among them; those of the
 * highest level by their numbers; all without the parts that follow 其中. A column in which any
 * reading fits is right. Of the others the reading is taken that fits most columns. Where none fits
 * any, a table that leaves only one reading is still wrong; one that leaves several is believed to
 * be, only where a slip of the hand in one cell explains it.
 */
#include "check/tables.h"

#include <string.h>
#include "check/misprint.h"

enum { READINGS = 6 };

typedef enum { UNJUDGED, FITS, OFF } fit;

typedef struct {
    const zp_table_look *look;
    const zp_matrix *m;
    uint32_t total, from, to; /* the row; the rows it may be over */
    uint8_t *taken[READINGS]; /* of each row from `from`, whether the reading adds it */
    size_t readings;
    fit *fits[READINGS]; /* of each column */
    size_t fitting[READINGS], judged;
} totals;

/* --- Readings --------------------------------------------------------------------------------- */

static bool same_reading(const totals *t, const uint8_t *a, const uint8_t *b)
{
    return memcmp(a, b, t->to - t->from) == 0;
}

/* Keeps a reading unless it adds the same rows as another, or none. */
static void keep(totals *t, uint8_t *taken)
{
    if (memchr(taken, 1, t->to - t->from) == NULL)
        return;
    for (size_t i = 0; i < t->readings; i++)
        if (same_reading(t, taken, t->taken[i]))
            return;
    t->taken[t->readings++] = taken;
}

static uint8_t *blank_reading(const totals *t)
{
    return zp_new_array(t->look->arena, uint8_t, t->to - t->from);
}

static const zp_matrix_row *row_at(const totals *t, uint32_t r)
{
    return &t->m->rows[r];
}

static bool is_addend(const totals *t, uint32_t r)
{
    return !row_at(t, r)->numbers_columns && row_at(t, r)->rank == ZP_ROW_PLAIN;
}

/* All rows but totals, and parts. */
static void read_plain(totals *t)
{
    uint8_t *taken = blank_reading(t);
    for (uint32_t r = t->from; r < t->to; r++)
        taken[r - t->from] = is_addend(t, r) && !row_at(t, r)->part;
    keep(t, taken);
}

/* The highest totals below this one, and the rows that none of them reaches: behind the last where
 * they close their groups, before the first where they open them. */
static void read_subtotals(totals *t)
{
    zp_row_rank highest = ZP_ROW_PLAIN;
    uint32_t first = t->to, last = t->from;
    for (uint32_t r = t->from; r < t->to; r++)
        if (row_at(t, r)->rank > highest)
            highest = row_at(t, r)->rank;
    if (highest == ZP_ROW_PLAIN)
        return;
    for (uint32_t r = t->from; r < t->to; r++)
        if (row_at(t, r)->rank == highest) {
            first = first < r ? first : r;
            last = r;
        }
    uint8_t *taken = blank_reading(t), *more = blank_reading(t);
    for (uint32_t r = t->from; r < t->to; r++) {
        bool plain = is_addend(t, r) && !row_at(t, r)->part;
        taken[r - t->from] = row_at(t, r)->rank == highest;
        more[r - t->from] = taken[r - t->from] || (plain && (first == t->from ? false : r > last));
    }
    keep(t, taken);
    keep(t, more);
}

/* The rows whose numbers are of the highest level, where there are several levels. */
static void read_levels(totals *t)
{
    int highest = 0;
    for (uint32_t r = t->from; r < t->to; r++)
        if (row_at(t, r)->level > 0 && (highest == 0 || row_at(t, r)->level < highest))
            highest = row_at(t, r)->level;
    if (highest == 0)
        return;
    uint8_t *taken = blank_reading(t);
    for (uint32_t r = t->from; r < t->to; r++)
        taken[r - t->from] = is_addend(t, r) && row_at(t, r)->level == highest;
    keep(t, taken);
}

/* Without the rows behind a first 其中 up to the next that has a number or stands at the end: how
 * far parts reach is nowhere said, so only all of them. */
static void read_without_parts(totals *t)
{
    uint8_t *taken = blank_reading(t);
    bool within = false, any = false;
    for (uint32_t r = t->from; r < t->to; r++) {
        within = row_at(t, r)->part || (within && row_at(t, r)->level == 0);
        any = any || within;
        taken[r - t->from] = is_addend(t, r) && !within;
    }
    if (any)
        keep(t, taken);
}

/* 合计, and under it 其中: and more: all that is below. */
static void read_parts(totals *t)
{
    if (t->from != t->total + 1 || !row_at(t, t->from)->part)
        return;
    uint8_t *taken = blank_reading(t);
    for (uint32_t r = t->from; r < t->to; r++)
        taken[r - t->from] = is_addend(t, r);
    keep(t, taken);
}

/* --- Fitting ---------------------------------------------------------------------------------- */

/* A column of rates that are parts of one whole: its total is 100%. */
static bool is_whole(const totals *t, const zp_matrix_column *column, const zp_matrix_cell *total)
{
    const zp_number *one = zp_number_int(t->look->arena, 1);
    return column->uniform && column->kind.kind == ZP_UNIT_RATE && column->numbers > 2 &&
           zp_matrix_head_has(column, "占 比重 权重 构成") &&
           zp_number_compare(total->value, one) == 0;
}

typedef struct {
    const zp_number *sum, *largest;
    size_t count;
    bool text; /* a cell that is no figure: the sum is not known */
} sum;

static sum add_up(const totals *t, size_t reading, uint32_t column)
{
    zp_arena *arena = t->look->arena;
    sum s = {zp_number_int(arena, 0), NULL, 0, false};
    for (uint32_t r = t->from; r < t->to && !s.text; r++) {
        if (!t->taken[reading][r - t->from])
            continue;
        const zp_matrix_cell *cell = zp_matrix_at(t->m, r, column);
        s.text = cell->kind == ZP_AMOUNT_TEXT || cell->covered;
        if (cell->kind != ZP_AMOUNT_NUMBER)
            continue;
        s.sum = zp_number_add(arena, s.sum, cell->value);
        if (s.largest == NULL || zp_number_compare(cell->value, s.largest) > 0)
            s.largest = cell->value;
        s.count++;
    }
    return s;
}

/* What a form's earlier part adds to its total. */
static const zp_number *with_carried(const totals *t, uint32_t column, const zp_number *added)
{
    const zp_number *carried = t->m->columns[column].carried;
    return carried != NULL && row_at(t, t->total)->rank >= ZP_ROW_TOTAL
               ? zp_number_add(t->look->arena, added, carried)
               : added;
}

static fit judge(totals *t, size_t reading, uint32_t column)
{
    const zp_matrix_column *c = &t->m->columns[column];
    const zp_matrix_cell *total = zp_matrix_at(t->m, t->total, column);
    sum s = add_up(t, reading, column);
    if (s.text || s.count == 0 || s.sum == NULL)
        return UNJUDGED;
    bool many = s.count > 1 && zp_number_sign(s.sum) != 0;
    const zp_number *all = with_carried(t, column, s.sum);
    if (zp_table_is_sum(t->look->arena, c, total->value, s.sum, s.count) ||
        (all != s.sum && zp_table_is_sum(t->look->arena, c, total->value, all, s.count + 1))) {
        t->fitting[reading] += many; /* one addend, or noughts, bear nothing out */
        return FITS;
    }
    return many ? OFF : UNJUDGED;
}

static bool is_judged(const totals *t, uint32_t column)
{
    const zp_matrix_column *c = &t->m->columns[column];
    const zp_matrix_cell *total = zp_matrix_at(t->m, t->total, column);
    return total->kind == ZP_AMOUNT_NUMBER && (zp_table_adds(c) || is_whole(t, c, total));
}

static void try_all(totals *t)
{
    for (size_t i = 0; i < t->readings; i++)
        t->fits[i] = zp_new_array(t->look->arena, fit, t->m->column_count);
    for (uint32_t c = 0; c < t->m->column_count; c++) {
        if (!is_judged(t, c))
            continue;
        bool any = false;
        for (size_t i = 0; i < t->readings; i++) {
            t->fits[i][c] = judge(t, i, c);
            any = any || t->fits[i][c] != UNJUDGED;
        }
        t->judged += any;
    }
}

/* --- Findings --------------------------------------------------------------------------------- */

/* Whether some rows in a row make up what the addends have too much: parts that no 其中 marks, as
 * 人员经费 and 公用经费 under 基本支出. Figures are not below nought, or it is not looked for. */
static bool has_hidden_parts(const totals *t, size_t reading, uint32_t column,
                             const zp_number *excess)
{
    zp_arena *arena = t->look->arena;
    const zp_number *run = zp_number_int(arena, 0);
    uint32_t from = t->from;
    for (uint32_t r = t->from; r < t->to; r++) {
        const zp_matrix_cell *cell = zp_matrix_at(t->m, r, column);
        if (!t->taken[reading][r - t->from] || cell->kind != ZP_AMOUNT_NUMBER)
            continue;
        run = zp_number_add(arena, run, cell->value);
        for (; from < r && run != NULL && zp_number_compare(run, excess) > 0; from++) {
            const zp_matrix_cell *first = zp_matrix_at(t->m, from, column);
            if (t->taken[reading][from - t->from] && first->kind == ZP_AMOUNT_NUMBER)
                run = zp_number_sub(arena, run, first->value);
        }
        if (run != NULL && zp_number_compare(run, excess) == 0)
            return true;
    }
    return false;
}

/* Whether what is written may be something else than a sum: an average, or a total over rows some
 * of which are parts of others. */
static bool is_doubtful(const totals *t, size_t reading, uint32_t column, const sum *s)
{
    const zp_matrix_column *c = &t->m->columns[column];
    const zp_number *claimed = zp_matrix_at(t->m, t->total, column)->value;
    const zp_number *excess = zp_number_sub(t->look->arena, s->sum, claimed);
    if (zp_number_compare(claimed, s->largest) <= 0)
        return true;
    return excess != NULL && zp_number_sign(excess) > 0 && !zp_matrix_head_has(c, "分值 得分") &&
           has_hidden_parts(t, reading, column, excess);
}

/* The one cell whose slip explains the difference; NULL: none, or several. */
typedef struct {
    const zp_matrix_cell *cell;
    uint32_t row;
    zp_str right;
    zp_misprint kind;
    size_t count;
} suspect;

static void ask(const totals *t, const zp_matrix_column *column, uint32_t row,
                const zp_matrix_cell *cell, const zp_number *right, suspect *s)
{
    zp_arena *arena = t->look->arena;
    if (right == NULL || zp_number_sign(right) <= 0 || zp_number_sign(cell->value) <= 0)
        return;
    zp_str wanted = zp_matrix_shown(arena, column, right);
    zp_misprint kind = zp_misprint_between(zp_matrix_shown(arena, column, cell->value), wanted);
    if (kind == ZP_MISPRINT_NONE || kind == ZP_MISPRINT_CHANGED)
        return;
    *s = (suspect){cell, row, wanted, kind, s->count + 1};
}

static suspect find_suspect(const totals *t, size_t reading, uint32_t column,
                            const zp_number *added)
{
    zp_arena *arena = t->look->arena;
    const zp_matrix_column *c = &t->m->columns[column];
    const zp_matrix_cell *total = zp_matrix_at(t->m, t->total, column);
    const zp_number *missing = zp_number_sub(arena, total->value, added);
    suspect s = {0};
    ask(t, c, t->total, total, added, &s);
    for (uint32_t r = t->from; r < t->to; r++) {
        const zp_matrix_cell *cell = zp_matrix_at(t->m, r, column);
        if (t->taken[reading][r - t->from] && cell->kind == ZP_AMOUNT_NUMBER)
            ask(t, c, r, cell, zp_number_add(arena, cell->value, missing), &s);
    }
    if (s.count != 1)
        s.cell = NULL;
    return s;
}

/* `sure`: the table leaves no other reading. False when there was nothing to say. */
static bool report(const totals *t, size_t reading, uint32_t column, bool sure, bool confirmed)
{
    zp_arena *arena = t->look->arena;
    const zp_matrix_column *c = &t->m->columns[column];
    const zp_matrix_cell *total = zp_matrix_at(t->m, t->total, column);
    sum s = add_up(t, reading, column);
    s.sum = with_carried(t, column, s.sum);
    suspect guilty = find_suspect(t, reading, column, s.sum);
    sure = sure && !is_doubtful(t, reading, column, &s);
    bool average = zp_number_compare(total->value, s.largest) <= 0 &&
                   (guilty.cell != total || guilty.kind == ZP_MISPRINT_POINT);
    if (average || (!sure && !confirmed && guilty.cell == NULL))
        return false;
    const char *sign = c->kind.kind == ZP_UNIT_RATE ? "%" : "";
    zp_buf out = {.arena = arena};
    zp_buf_format(&out, "%.*s的%.*s是 %.*s，", ZP_ARG(zp_table_row_name(t->look, t->total)),
                  ZP_ARG(zp_table_column_name(t->look, column)),
                  ZP_ARG(zp_table_text(t->look, total)));
    zp_buf_format(
        &out, "它那一级各行相加是 %.*s%s，相差 %.*s%s", ZP_ARG(zp_matrix_shown(arena, c, s.sum)),
        sign, ZP_ARG(zp_matrix_shown(arena, c, zp_number_sub(arena, total->value, s.sum))), sign);
    if (guilty.cell != NULL)
        zp_buf_format(&out, "；可能是%.*s的 %.*s 应为 %.*s，%.*s",
                      ZP_ARG(zp_table_row_name(t->look, guilty.row)),
                      ZP_ARG(zp_table_text(t->look, guilty.cell)), ZP_ARG(guilty.right),
                      ZP_ARG(zp_misprint_words(guilty.kind)));
    bool other = guilty.cell != NULL && guilty.cell != total;
    zp_table_find(t->look, ZP_TABLE_SUM,
                  confirmed || (sure && guilty.count > 0) ? ZP_ERROR : ZP_WARNING, total,
                  other ? guilty.cell : NULL, guilty.cell == total ? guilty.right : ZP_STR(""),
                  zp_buf_str(&out));
    return true;
}

static bool fits_any(const totals *t, uint32_t column)
{
    for (size_t i = 0; i < t->readings; i++)
        if (t->fits[i][column] == FITS)
            return true;
    return false;
}

static void report_all(const totals *t)
{
    size_t best = 0;
    for (size_t i = 1; i < t->readings; i++)
        if (t->fitting[i] > t->fitting[best])
            best = i;
    bool confirmed = t->fitting[best] > 0;
    bool sure = t->readings == 1 && row_at(t, t->total)->rank && !row_at(t, t->total)->named;
    for (uint32_t c = 0; c < t->m->column_count; c++) {
        if (t->fits[best][c] != OFF || fits_any(t, c))
            continue;
        bool said = report(t, best, c, sure, confirmed);
        if (said && !confirmed)
            return; /* where nothing adds up, a row may be missing: once is enough */
    }
}

/* --- Totals ----------------------------------------------------------------------------------- */

static void look_at(const zp_table_look *look, uint32_t total, uint32_t from, uint32_t to)
{
    totals t = {.look = look, .m = look->matrix, .total = total, .from = from, .to = to};
    if (from >= to)
        return;
    read_subtotals(&t);
    read_plain(&t);
    read_levels(&t);
    read_without_parts(&t);
    read_parts(&t);
    if (t.readings == 0)
        return;
    try_all(&t);
    report_all(&t);
}

/* 年度资金总额, and under it 其中：当年财政拨款 and others: a total without the name, if the
 * columns bear it out. */
static void look_at_parts(const zp_table_look *look, uint32_t whole)
{
    const zp_matrix *m = look->matrix;
    uint32_t end = whole + 1;
    if (m->rows[whole].part || end >= m->row_count || !m->rows[end].part)
        return;
    while (end < m->row_count && m->rows[end].rank == ZP_ROW_PLAIN && m->rows[end].level == 0)
        end++;
    totals t = {.look = look, .m = m, .total = whole, .from = whole + 1, .to = end};
    read_parts(&t);
    if (t.readings == 0)
        return;
    try_all(&t);
    report_all(&t);
}

/* Whether totals of a rank open their groups is as the first of them does. */
void zp_table_sums(const zp_table_look *look)
{
    const zp_matrix *m = look->matrix;
    uint32_t since[ZP_ROW_GRAND + 1] = {
        0}; /* for each rank, behind the last total of at least it */
    bool seen[ZP_ROW_GRAND + 1] = {false}, leads[ZP_ROW_GRAND + 1] = {false};
    for (uint32_t r = 0; r < m->row_count; r++) {
        zp_row_rank rank = m->rows[r].rank;
        if (m->rows[r].numbers_columns && since[ZP_ROW_GRAND] == r)
            for (size_t k = 0; k <= ZP_ROW_GRAND; k++)
                since[k] = r + 1;
        if (rank == ZP_ROW_PLAIN)
            look_at_parts(look, r);
        if (rank == ZP_ROW_PLAIN)
            continue;
        leads[rank] = seen[rank] ? leads[rank] : since[rank] == r;
        seen[rank] = true;
        uint32_t end = r + 1;
        while (leads[rank] && end < m->row_count && m->rows[end].rank < rank)
            end++;
        look_at(look, r, leads[rank] ? r + 1 : since[rank], leads[rank] ? end : r);
        for (size_t k = 0; k <= rank; k++)
            since[k] = r + 1;
    }
}
