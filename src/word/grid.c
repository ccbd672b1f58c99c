/* grid.c: cells in the order of the file in, a sheet out. */
#include "word/grid.h"

#include "base/utf8.h"
#include "word/word.h"

typedef struct {
    zp_word_cell cell;
    uint32_t row, column, rows;
} placed;

struct zp_word_grid {
    zp_arena *arena;
    placed *cells;
    size_t count, capacity;
    uint32_t rows, head;
    uint32_t next;                 /* column of the row's next cell */
    size_t above[ZP_WORD_COLUMNS]; /* number, from 1, of the cell that a join downwards began with
                                      in that column; 0: none */
    bool only_heads;
};

zp_word_grid *zp_word_grid_new(zp_arena *arena)
{
    zp_word_grid *grid = zp_new(arena, zp_word_grid);
    grid->arena = arena;
    grid->only_heads = true;
    return grid;
}

void zp_word_grid_row(zp_word_grid *grid, uint32_t before, bool head)
{
    grid->rows++;
    grid->next = before < ZP_WORD_COLUMNS ? before : ZP_WORD_COLUMNS - 1;
    grid->only_heads = grid->only_heads && head;
    grid->head += grid->only_heads;
}

/* --- Adding ----------------------------------------------------------------------------------- */

static void join_text(zp_word_grid *grid, placed *cell, zp_str text)
{
    if (zp_utf8_is_blank(text))
        return;
    cell->cell.text =
        zp_utf8_is_blank(cell->cell.text)
            ? text
            : zp_str_format(grid->arena, "%.*s\n%.*s", ZP_ARG(cell->cell.text), ZP_ARG(text));
}

/* The cell above that this one goes on with; NULL when there is none. */
static placed *cell_above(const zp_word_grid *grid, const zp_word_cell *cell)
{
    size_t number = grid->above[grid->next];
    placed *above = number > 0 ? &grid->cells[number - 1] : NULL;
    bool fits = above && above->column == grid->next && above->cell.columns == cell->columns &&
                above->row + above->rows == grid->rows - 1;
    return cell->down == ZP_WORD_GOES_ON && fits ? above : NULL;
}

static placed *last_of_row(const zp_word_grid *grid)
{
    placed *last = grid->count > 0 ? &grid->cells[grid->count - 1] : NULL;
    return last && last->row == grid->rows - 1 ? last : NULL;
}

static void append(zp_word_grid *grid, const zp_word_cell *cell)
{
    zp_list_grow(grid->arena, grid->cells, grid->count, grid->capacity);
    grid->cells[grid->count++] = (placed){*cell, grid->rows - 1, grid->next, 1};
}

void zp_word_grid_add(zp_word_grid *grid, const zp_word_cell *cell)
{
    placed *last = last_of_row(grid), *above;
    zp_word_cell made = *cell;
    uint32_t room = ZP_WORD_COLUMNS - grid->next;
    if (last && (room == 0 || made.right == ZP_WORD_GOES_ON)) {
        join_text(grid, last, made.text);
        if (room > 0) {
            last->cell.columns++;
            grid->above[grid->next++] = 0;
        }
        return;
    }
    if (room == 0) /* of a row that is nothing but joined to the one above */
        return;
    made.columns = made.columns == 0 ? 1 : made.columns > room ? room : made.columns;
    above = cell_above(grid, &made);
    size_t number = 0;
    if (above) {
        above->rows++;
        join_text(grid, above, made.text);
        number = grid->above[grid->next];
    } else {
        append(grid, &made);
        number = made.down != ZP_WORD_ALONE ? grid->count : 0;
    }
    for (uint32_t i = 0; i < made.columns; i++)
        grid->above[grid->next + i] = i == 0 ? number : 0;
    grid->next += made.columns;
}

/* --- Asking ----------------------------------------------------------------------------------- */

bool zp_word_grid_is_blank(const zp_word_grid *grid)
{
    for (size_t i = 0; i < grid->count; i++)
        if (!zp_utf8_is_blank(grid->cells[i].cell.text))
            return false;
    return true;
}

uint32_t zp_word_grid_head(const zp_word_grid *grid)
{
    return grid->head < grid->rows ? grid->head : 0;
}

uint32_t zp_word_grid_rows(const zp_word_grid *grid)
{
    return grid->rows;
}

/* --- Placing ---------------------------------------------------------------------------------- */

/* A text with blanks for what would end its line or cell; as long as it was. The source has no text
 * yet that zp_span_of could hold the place against. */
static zp_span place_text(const zp_source *source, zp_str text, zp_buf *out)
{
    size_t start = out->n;
    zp_buf_add(out, text);
    for (size_t i = start; i < out->n; i++)
        if (out->p[i] == '\n' || out->p[i] == '\t')
            out->p[i] = ' ';
    return (zp_span){source, start, out->n};
}

const zp_sheet *zp_word_grid_place(zp_word_grid *grid, const zp_source *source, zp_buf *text,
                                   zp_diag *diag)
{
    zp_sheet_maker maker = {.arena = grid->arena, .diag = diag};
    uint32_t row = 0, column = 0;
    zp_sheet_reserve(&maker, grid->count);
    for (size_t i = 0; i < grid->count; i++) {
        const placed *p = &grid->cells[i];
        for (; row < p->row; row++, column = 0)
            zp_buf_byte(text, '\n');
        for (; column < p->column; column++)
            zp_buf_byte(text, '\t');
        const zp_cell cell = {
            .kind = ZP_CELL_TEXT,
            .side = p->cell.side,
            .text = p->cell.text,
            .span = place_text(source, p->cell.text, text),
            .row = p->row,
            .column = p->column,
            .rows = p->rows,
            .columns = p->cell.columns,
        };
        zp_sheet_add(&maker, &cell);
    }
    for (; row < grid->rows; row++)
        zp_buf_byte(text, '\n');
    return zp_sheet_finish(&maker, source, ZP_STR(""), ZP_STR(""));
}
