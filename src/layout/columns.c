/* columns.c: measured cells in, edges of columns out.
 *
 * A column whose text would be a_i wide in one line takes a_i / w_i lines in a width of w_i. The
 * sum of these is least, for a given sum of widths, when w_i is proportional to the root of a_i; a
 * column is never made narrower than its widest word nor wider than it wants to be. So one factor
 * settles all widths, and is found by halving.
 *
 * That is right for texts of many lines. Where it is a matter of one line or two, 字 are then moved
 * from column to column as long as that makes rows lower, by the count of lines in a sample of
 * them.
 */
#include "layout/columns.h"

enum {
    WORD_MAX = 10,       /* 字: a longer word does not make its column wide */
    ROOT_SCALE = 8,      /* bits below the point of a root */
    MOVES_MAX = 16,      /* of 字 between columns */
    MOVED_MAX = 4,       /* 字 at once */
    MOVED_COLUMNS = 24,  /* in a table of more columns none are moved */
    SAMPLE = 1000,       /* cells that are looked at for each move */
    WIDE = 2000 * ZP_PT, /* what is wider than any page need not be told apart: products stay within
                            64 bits */
};

/* At the style's size, without padding. */
struct zp_column_need {
    int64_t hard;         /* the widest character */
    int64_t word;         /* the widest piece that should not be parted */
    int64_t stacked;      /* enough, if joined cells use the lines that their rows have */
    int64_t natural;      /* all in one line */
    int64_t mass, moment; /* sums of the cells' natural widths and of their squares, in points */
};

static void raise(int64_t *least, int64_t width)
{
    width = width < WIDE ? width : WIDE;
    if (width > *least)
        *least = width;
}

/* ---- what cells ask for ---- */

/* The text in as many lines as the cell has rows, in whole 字. */
static int64_t stacked_width(const zp_grid_cell *cell, zp_len em)
{
    if (cell->rows == 1)
        return cell->natural < WIDE ? cell->natural : WIDE;
    int64_t lines = cell->rows;
    int64_t width = ((cell->natural + lines - 1) / lines + em - 1) / em * em;
    width = width > cell->word ? width : cell->word;
    return width < WIDE ? width : WIDE;
}

/* Two 字 at least, if there are two, where the text is not to be stacked. */
static int64_t word_width(const zp_grid_cell *cell, zp_len em)
{
    int64_t word = cell->word < WORD_MAX * em ? cell->word : WORD_MAX * em;
    int64_t two = cell->natural < 2 * em ? cell->natural : 2 * em;
    return cell->rows == 1 && word < two ? two : word;
}

static void ask_single(zp_column_need *need, const zp_grid_cell *cell, zp_len em)
{
    int64_t points = cell->natural / ZP_PT;
    raise(&need->word, word_width(cell, em));
    raise(&need->stacked, stacked_width(cell, em));
    raise(&need->natural, cell->natural);
    points = points < UINT16_MAX ? points : UINT16_MAX;
    need->mass += points;
    need->moment += points * points;
}

/* What a cell over several columns lacks is asked of each of them alike. */
static void ask_joined(zp_grid *g, const zp_grid_cell *cell)
{
    uint32_t first = cell->node->cell.column, columns = cell->node->cell.columns;
    int64_t between = (int64_t)(columns - 1) * 2 * zp_grid_padding(g->base);
    int64_t word = word_width(cell, g->base) - between;
    int64_t natural = (cell->natural < WIDE ? cell->natural : WIDE) - between;
    int64_t stacked = stacked_width(cell, g->base) - between;
    for (uint32_t c = first; c < first + columns; c++) {
        word -= g->needs[c].word;
        stacked -= g->needs[c].stacked;
        natural -= g->needs[c].natural;
    }
    for (uint32_t c = first; c < first + columns; c++) {
        g->needs[c].word += word > 0 ? word / columns + 1 : 0;
        g->needs[c].stacked += stacked > 0 ? stacked / columns + 1 : 0;
        g->needs[c].natural += natural > 0 ? natural / columns + 1 : 0;
    }
}

static void ask_cells(zp_grid *g, bool joined)
{
    for (uint32_t r = 0; r < g->rows; r++)
        for (uint32_t c = 0; c < g->columns; c++) {
            const zp_grid_cell *cell = zp_grid_at(g, r, c);
            if (cell->row != r || cell->node->cell.column != c)
                continue;
            if (cell->node->cell.columns > 1 && joined)
                ask_joined(g, cell);
            else if (cell->node->cell.columns == 1 && !joined)
                ask_single(&g->needs[c], cell, g->base);
        }
}

void zp_columns_measure(zp_grid *g)
{
    g->needs = zp_new_array(g->column->arena, zp_column_need, g->columns);
    ask_cells(g, false);
    ask_cells(g, true);
    for (uint32_t c = 0; c < g->columns; c++) {
        zp_column_need *need = &g->needs[c];
        int64_t numbers = (int64_t)g->before[c] + g->after[c];
        need->hard = g->base;
        raise(&need->word, need->hard);
        raise(&need->word, numbers);
        raise(&need->stacked, need->word);
        raise(&need->natural, need->stacked);
        need->mass += need->natural / ZP_PT;
        need->moment += (need->natural / ZP_PT) * (need->natural / ZP_PT);
    }
}

/* ---- widths ---- */

/* Widths with padding, at the size and width at hand. */
typedef struct {
    uint32_t count;
    int64_t *low, *high, *width;
    int64_t *slope; /* how a column grows against the others */
} solution;

static int64_t at_size(const zp_grid *g, zp_len size, int64_t need)
{
    return (need * size + g->base - 1) / g->base + 2 * zp_grid_padding(size);
}

int64_t zp_columns_least(const zp_grid *g, zp_len size, bool whole_words)
{
    int64_t sum = 0;
    for (uint32_t c = 0; c < g->columns; c++)
        sum += at_size(g, size, whole_words ? g->needs[c].word : g->needs[c].hard);
    return sum;
}

static int64_t sum_of(const int64_t *widths, uint32_t count)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += widths[i];
    return sum;
}

/* Largest root with root * root <= n. */
static int64_t root_of(int64_t n)
{
    int64_t low = 0, high = INT32_MAX;
    while (low < high) {
        int64_t middle = (low + high + 1) / 2;
        if (middle * middle <= n)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static int64_t grow(solution *s, int64_t factor)
{
    for (uint32_t i = 0; i < s->count; i++) {
        int64_t width = factor * s->slope[i] >> ROOT_SCALE;
        s->width[i] = width < s->low[i] ? s->low[i] : width > s->high[i] ? s->high[i] : width;
    }
    return sum_of(s->width, s->count);
}

/* Widths along the slopes, within low and high, that fill `width` as far as high allows. */
static void fill(solution *s, int64_t width)
{
    int64_t low = 0, high = (int64_t)INT32_MAX << ROOT_SCALE;
    while (low < high) {
        int64_t middle = (low + high + 1) / 2;
        if (grow(s, middle) <= width)
            low = middle;
        else
            high = middle - 1;
    }
    grow(s, low);
}

/* Typical length of a column's text: of long texts more than of short ones. */
static int64_t typical(const zp_column_need *need)
{
    return need->mass ? need->moment / need->mass : 0;
}

/* The column that a further 字 would help most; count when none wants it. */
static uint32_t neediest(const zp_grid *g, const solution *s, int64_t room)
{
    uint32_t best = s->count;
    int64_t most = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        int64_t width = s->width[i] / ZP_PT + 1;
        int64_t gain = typical(&g->needs[i]) * 1000000 / (width * width);
        if (s->width[i] + g->size <= s->high[i] && g->size <= room && gain > most) {
            most = gain;
            best = i;
        }
    }
    return best;
}

/* Columns of text are cut to whole 字, and the 字 saved are given where they help most. */
static void snap(const zp_grid *g, solution *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        int64_t padding = 2 * zp_grid_padding(g->size);
        int64_t whole = (s->width[i] - padding) / g->size * g->size + padding;
        if (s->width[i] < s->high[i] && whole >= s->low[i])
            s->width[i] = whole;
    }
    int64_t room = g->width - sum_of(s->width, s->count);
    for (uint32_t i; (i = neediest(g, s, room)) < s->count; room -= g->size)
        s->width[i] += g->size;
}

/* About how many lines the cells of a row come to, side by side. */
static int64_t lines_of(const zp_grid *g, const solution *s, uint32_t row)
{
    int64_t most = 1, padding = 2 * zp_grid_padding(g->size);
    for (uint32_t c = 0; c < g->columns; c++) {
        const zp_grid_cell *cell = zp_grid_at(g, row, c);
        if (cell->rows > 1 || cell->node->cell.columns > 1)
            continue;
        int64_t inner = s->width[c] - padding;
        int64_t natural = (cell->natural < WIDE ? cell->natural : WIDE) * g->size / g->base;
        int64_t lines = (natural + inner - 1) / inner;
        most = lines > most ? lines : most;
    }
    return most;
}

static int64_t sample_lines(const zp_grid *g, const solution *s)
{
    int64_t sum = 0;
    uint32_t step = (uint32_t)((uint64_t)g->rows * g->columns / SAMPLE) + 1;
    for (uint32_t r = 0; r < g->rows; r += step)
        sum += lines_of(g, s, r);
    return sum;
}

/* Moves up to `width` from one column to another, as far as both allow; how much that was. */
static int64_t move(solution *s, uint32_t from, uint32_t to, int64_t width)
{
    int64_t spare = s->width[from] - s->low[from], room = s->high[to] - s->width[to];
    width = spare < width ? spare : width;
    width = room < width ? room : width;
    if (from == to || width <= 0)
        return 0;
    s->width[from] -= width;
    s->width[to] += width;
    return width;
}

/* Makes the move that saves most lines; false when none does. */
static bool move_best(const zp_grid *g, solution *s)
{
    int64_t least = sample_lines(g, s), best = 0;
    uint32_t best_from = 0, best_to = 0;
    for (uint32_t from = 0; from < s->count; from++)
        for (uint32_t to = 0; to < s->count; to++)
            for (int64_t step = 1, width = 1; step <= MOVED_MAX && width > 0; step++) {
                width = move(s, from, to, step * g->size);
                int64_t lines = width > 0 ? sample_lines(g, s) : least;
                s->width[from] += width;
                s->width[to] -= width;
                if (lines >= least)
                    continue;
                least = lines;
                best = width;
                best_from = from;
                best_to = to;
            }
    return move(s, best_from, best_to, best) > 0;
}

static void move_widths(const zp_grid *g, solution *s)
{
    if (s->count <= MOVED_COLUMNS)
        for (int i = 0; i < MOVES_MAX && move_best(g, s); i++)
            continue;
}

/* Gives out what is left over, in proportion to `shares`, and settles the edges to the unit. */
static void settle(zp_grid *g, const solution *s, const int64_t *shares)
{
    int64_t used = sum_of(s->width, s->count), total = sum_of(shares, s->count);
    int64_t at = 0, seen = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        at += s->width[i];
        seen += shares[i];
        int64_t edge = total > 0 && used < g->width ? at + (g->width - used) * seen / total : at;
        g->edges[i + 1] = (zp_len)(edge < g->width ? edge : g->width);
    }
    g->edges[s->count] = g->width;
}

static solution new_solution(const zp_grid *g)
{
    zp_arena *arena = g->column->arena;
    return (solution){g->columns, zp_new_array(arena, int64_t, g->columns),
                      zp_new_array(arena, int64_t, g->columns),
                      zp_new_array(arena, int64_t, g->columns),
                      zp_new_array(arena, int64_t, g->columns)};
}

static void solve_weights(zp_grid *g, solution *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        s->low[i] = at_size(g, g->size, g->needs[i].hard);
        s->high[i] = g->width;
        s->slope[i] = g->weights[i];
    }
    fill(s, g->width);
    settle(g, s, s->slope);
}

/* More is asked for than there is: by the roots of what the texts come to. */
static void solve_tight(zp_grid *g, solution *s)
{
    bool whole = zp_columns_least(g, g->size, true) <= g->width;
    for (uint32_t i = 0; i < s->count; i++) {
        const zp_column_need *need = &g->needs[i];
        s->low[i] = at_size(g, g->size, whole ? need->word : need->hard);
        s->high[i] = at_size(g, g->size, need->stacked);
        s->slope[i] = root_of(typical(need) << (2 * ROOT_SCALE));
    }
    fill(s, g->width);
    if (sum_of(s->high, s->count) > g->width) {
        snap(g, s);
        move_widths(g, s);
    }
    for (uint32_t i = 0; i < s->count; i++)
        s->slope[i] = at_size(g, g->size, g->needs[i].natural) - s->width[i];
    settle(g, s, s->slope);
}

void zp_columns_solve(zp_grid *g)
{
    solution s = new_solution(g);
    if (g->weights) {
        solve_weights(g, &s);
        return;
    }
    for (uint32_t i = 0; i < s.count; i++)
        s.width[i] = at_size(g, g->size, g->needs[i].natural);
    if (sum_of(s.width, s.count) <= g->width)
        settle(g, &s, s.width);
    else
        solve_tight(g, &s);
}
