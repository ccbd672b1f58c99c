/* pipe.c: in goes a sheet, out come the lines of a pipe table and where each cell stands.
 *
 * A grid says which cell covers each place of what is shown. A run of one cell in a row is that
 * cell, or a part of it where other columns were taken from between; as every row of a joined cell
 * has the same runs, what they become is a rectangle again, and table.c can join it.
 */
#include "doc/pipe.h"

#include "base/utf8.h"
#include "data/escape.h"
#include "data/label.h"
#include "doc/markdown.h"
#include "doc/numeric.h"

/* ---- what is shown ---- */

/* A cell's corners among what is shown: first inclusive, end exclusive. */
typedef struct {
    uint32_t row, column, row_end, column_end;
} area;

static area area_of(const zp_pipe_view *view, const zp_cell *cell)
{
    const zp_sheet *sheet = view->sheet;
    uint32_t row_end = cell->row + cell->rows, column_end = cell->column + cell->columns;
    row_end = row_end < sheet->row_count ? row_end : sheet->row_count;
    column_end = column_end < sheet->column_count ? column_end : sheet->column_count;
    return (area){view->row_at[cell->row], view->column_at[cell->column], view->row_at[row_end],
                  view->column_at[column_end]};
}

static bool is_shown(area a)
{
    return a.row < a.row_end && a.column < a.column_end;
}

static bool has_text(const zp_cell *cell)
{
    for (size_t at = 0; at < cell->text.n;)
        if (!zp_code_is_space(zp_utf8_next(cell->text, &at)))
            return true;
    return false;
}

/* Numbers what is neither hidden nor outside [first, end); how many there are. */
static uint32_t number_shown(uint32_t *at, uint32_t count, const uint32_t *hidden, size_t hidden_n,
                             uint32_t first, uint32_t end)
{
    uint32_t shown = 0;
    size_t h = 0;
    for (uint32_t i = 0; i < count; i++) {
        at[i] = shown;
        while (h < hidden_n && hidden[h] < i)
            h++;
        bool is_hidden = h < hidden_n && hidden[h] == i;
        shown += i >= first && i < end && !is_hidden;
    }
    at[count] = shown;
    return shown;
}

static void number_all(zp_pipe_view *view, area edge)
{
    const zp_sheet *s = view->sheet;
    view->rows = number_shown(view->row_at, s->row_count, s->hidden_rows, s->hidden_row_count,
                              edge.row, edge.row_end);
    view->columns = number_shown(view->column_at, s->column_count, s->hidden_columns,
                                 s->hidden_column_count, edge.column, edge.column_end);
}

/* The sheet's number of the shown row or column `shown`. */
static uint32_t back(const uint32_t *at, uint32_t count, uint32_t shown)
{
    uint32_t low = 0, high = count; /* at[low] <= shown < at[high] */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (at[middle] <= shown)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Drops blank rows and columns at the edges: those in which no text begins. */
static void trim_edges(zp_pipe_view *view)
{
    const zp_sheet *sheet = view->sheet;
    area edge = {UINT32_MAX, UINT32_MAX, 0, 0};
    for (size_t i = 0; i < sheet->count; i++) {
        area a = area_of(view, &sheet->cells[i]);
        if (!is_shown(a) || !has_text(&sheet->cells[i]))
            continue;
        edge.row = a.row < edge.row ? a.row : edge.row;
        edge.column = a.column < edge.column ? a.column : edge.column;
        edge.row_end = a.row + 1 > edge.row_end ? a.row + 1 : edge.row_end;
        edge.column_end = a.column + 1 > edge.column_end ? a.column + 1 : edge.column_end;
    }
    if (edge.row_end == 0) {
        view->rows = view->columns = 0;
        return;
    }
    number_all(view, (area){back(view->row_at, sheet->row_count, edge.row),
                            back(view->column_at, sheet->column_count, edge.column),
                            back(view->row_at, sheet->row_count, edge.row_end - 1) + 1,
                            back(view->column_at, sheet->column_count, edge.column_end - 1) + 1});
}

/* Cells that begin in the first `rows` shown rows. */
static size_t cells_in(const zp_pipe_view *view, uint32_t rows)
{
    const zp_sheet *sheet = view->sheet;
    if (rows >= view->rows)
        return sheet->count;
    return sheet->starts[back(view->row_at, sheet->row_count, rows)];
}

/* The rows at the top in which no more than one text begins, or that name the table's unit
 * (填报单位：某某局 … 单位：万元); of a sheet that has only such rows, none. */
static uint32_t count_lines(const zp_pipe_view *view)
{
    uint32_t texts[ZP_MARKDOWN_HEAD] = {0}, lines = 0;
    bool units[ZP_MARKDOWN_HEAD] = {false};
    size_t count = cells_in(view, ZP_MARKDOWN_HEAD);
    for (size_t i = 0; i < count; i++) {
        area a = area_of(view, &view->sheet->cells[i]);
        if (!is_shown(a) || !has_text(&view->sheet->cells[i]) || a.row >= ZP_MARKDOWN_HEAD)
            continue;
        texts[a.row]++;
        units[a.row] = units[a.row] || zp_label_table_unit(view->sheet->cells[i].text, false).n > 0;
    }
    while (lines < ZP_MARKDOWN_HEAD && lines < view->rows && (texts[lines] <= 1 || units[lines]))
        lines++;
    return lines < ZP_MARKDOWN_HEAD && lines < view->rows ? lines : 0;
}

/* The rows that joined cells of the heads reach down to. Where that is more than can stand above
 * the delimiter, the joins below it say so themselves. */
static uint32_t guess_head(const zp_pipe_view *view)
{
    uint32_t head = view->lines + 1;
    size_t count = cells_in(view, ZP_MARKDOWN_HEAD);
    for (size_t i = 0; i < count; i++) {
        area a = area_of(view, &view->sheet->cells[i]);
        if (is_shown(a) && a.row >= view->lines && a.row < head && a.row_end > head)
            head = a.row_end;
    }
    return head <= ZP_MARKDOWN_HEAD ? head : view->lines + 1;
}

/* ---- heads ---- */

zp_str zp_pipe_fold(zp_arena *arena, zp_str text)
{
    zp_str mark = ZP_STR("{内部}");
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t code = zp_utf8_next(text, &at);
        if (!zp_code_is_space(code))
            zp_buf_add(&out, zp_str_slice(text, start, at));
    }
    zp_str folded = zp_buf_str(&out);
    return zp_str_ends(folded, mark) ? zp_str_slice(folded, 0, folded.n - mark.n) : folded;
}

/* Line ends part what stands above one another: a folded text has none. */
static void read_heads(zp_arena *arena, zp_pipe_view *view)
{
    zp_buf *paths = zp_new_array(arena, zp_buf, view->columns);
    size_t count = cells_in(view, view->head);
    for (size_t i = 0; i < count; i++) {
        const zp_cell *cell = &view->sheet->cells[i];
        area a = area_of(view, cell);
        if (!is_shown(a) || a.row < view->lines || a.row >= view->head || !has_text(cell))
            continue;
        zp_str text = zp_pipe_fold(arena, cell->text);
        for (uint32_t k = a.column; k < a.column_end; k++) {
            paths[k].arena = arena;
            if (paths[k].n > 0)
                zp_buf_byte(&paths[k], '\n');
            zp_buf_add(&paths[k], text);
        }
    }
    view->heads = zp_new_array(arena, zp_str, view->columns);
    for (uint32_t k = 0; k < view->columns; k++)
        view->heads[k] = zp_buf_str(&paths[k]);
}

zp_str zp_pipe_leaf(const zp_pipe_view *view, uint32_t column)
{
    zp_str path = view->heads[column];
    size_t start = path.n;
    while (start > 0 && path.p[start - 1] != '\n')
        start--;
    return zp_str_slice(path, start, path.n);
}

static bool is_path(zp_str path, zp_str name)
{
    if (path.n != name.n)
        return false;
    for (size_t i = 0; i < path.n; i++)
        if ((path.p[i] == '\n' ? '/' : path.p[i]) != name.p[i])
            return false;
    return true;
}

bool zp_pipe_is_named(const zp_pipe_view *view, uint32_t column, zp_str name)
{
    zp_str path = view->heads[column];
    for (size_t at = 0, end; at < path.n; at = end + 1) {
        end = zp_str_find(path, ZP_STR("\n"), at);
        if (zp_str_eq(zp_str_slice(path, at, end), name))
            return true;
    }
    return path.n > 0 && is_path(path, name);
}

zp_pipe_view *zp_pipe_look(zp_arena *arena, const zp_sheet *sheet, uint32_t head)
{
    zp_pipe_view *view = zp_new(arena, zp_pipe_view);
    view->sheet = sheet;
    view->row_at = zp_new_array(arena, uint32_t, (size_t)sheet->row_count + 1);
    view->column_at = zp_new_array(arena, uint32_t, (size_t)sheet->column_count + 1);
    number_all(view, (area){0, 0, sheet->row_count, sheet->column_count});
    trim_edges(view);
    if (view->rows == 0)
        return view;
    view->lines = count_lines(view);
    if (head > 0 && view->lines >= head)
        view->lines = head - 1;
    view->head = head > 0 ? head : guess_head(view);
    view->head = view->head < view->rows ? view->head : view->rows;
    view->taken = zp_new_array(arena, uint32_t, view->columns);
    view->taken_count = view->columns;
    for (uint32_t i = 0; i < view->columns; i++)
        view->taken[i] = i;
    read_heads(arena, view);
    return view;
}

/* ---- writing ---- */

typedef struct {
    const zp_pipe_view *view;
    size_t columns;
    uint32_t *grid; /* number of the cell, from 1, that covers each place; 0: none */
    zp_mapped *out;
    zp_span place;
    bool printed;
    zp_arena *scratch;
    zp_landing landing;
    size_t since; /* where the text begins that has no piece yet */
} writer;

/* A row, and the columns among those taken, of which a cell covers some. */
typedef struct {
    area a;
    size_t first, end;
} stretch;

/* Where a cell may stand among the columns taken: `position` of each shown column, or SIZE_MAX. */
static stretch stretch_of(const writer *w, const size_t *position, area a)
{
    stretch s = {a, 0, w->columns};
    if (a.column_end - a.column > 1)
        return s;
    s.first = position[a.column];
    s.end = s.first == SIZE_MAX ? s.first : s.first + 1;
    return s;
}

static bool covers(const writer *w, const stretch *s, size_t column)
{
    uint32_t shown = w->view->taken[column];
    return s->a.column <= shown && shown < s->a.column_end;
}

/* Whether nothing stands yet where the cell does. Cells come in reading order, so two that overlap
 * do so in the later one's first row. */
static bool is_free(const writer *w, const stretch *s)
{
    const uint32_t *row = &w->grid[s->a.row * w->columns];
    for (size_t k = s->first; k < s->end; k++)
        if (covers(w, s, k) && row[k] != 0)
            return false;
    return true;
}

static void put_cell(writer *w, const stretch *s, uint32_t number)
{
    for (size_t row = s->a.row; row < s->a.row_end; row++)
        for (size_t k = s->first; k < s->end; k++)
            if (covers(w, s, k))
                w->grid[row * w->columns + k] = number;
}

/* A text at the top whose place was not taken stands in the last column, one of the left half in
 * the first when that is free: a unit must not be lost. */
static void keep_line(writer *w, const stretch *s, uint32_t number)
{
    uint32_t *row = &w->grid[s->a.row * w->columns];
    for (size_t k = 0; k < w->columns; k++)
        if (row[k] == number)
            return;
    bool left = s->a.column_end * 2 <= w->view->columns && w->columns > 1;
    size_t place = left && row[0] == 0 ? 0 : w->columns - 1;
    if (row[place] == 0)
        row[place] = number;
}

static void fill_grid(writer *w)
{
    const zp_pipe_view *view = w->view;
    size_t *position = zp_new_array(w->scratch, size_t, view->columns);
    for (uint32_t i = 0; i < view->columns; i++)
        position[i] = SIZE_MAX;
    for (size_t k = 0; k < w->columns; k++)
        position[view->taken[k]] = k;
    for (size_t i = 0; i < view->sheet->count; i++) {
        const zp_cell *cell = &view->sheet->cells[i];
        area a = area_of(view, cell);
        if (!is_shown(a))
            continue;
        stretch s = stretch_of(w, position, a);
        if (s.first != SIZE_MAX && is_free(w, &s))
            put_cell(w, &s, (uint32_t)i + 1);
        if (a.row < view->lines && has_text(cell))
            keep_line(w, &s, (uint32_t)i + 1);
    }
}

/* Blanks at the start of a text set it in under the one above; Markdown would drop them. */
static void write_indent(zp_buf *out, zp_str text)
{
    size_t blanks = 0;
    while (blanks < text.n && text.p[blanks] == ' ')
        blanks++;
    if (zp_text_is_number(zp_str_trim(text)))
        blanks = 0;
    for (size_t i = 0; i < blanks; i += 2)
        zp_buf_lit(out, "　");
}

/* What was written since the last cell's text is the block's. */
static void end_piece(writer *w)
{
    zp_mapped_piece(w->out, w->since, false, w->place);
    w->since = w->out->text.n;
}

/* A row of such texts above the delimiter would be taken for it. */
static bool looks_like_rule(zp_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '-' && text.p[i] != ':')
            return false;
    return text.n > 0;
}

static void write_text(writer *w, const zp_cell *cell, bool head)
{
    bool known = cell->span.source != NULL && cell->span.start != ZP_WHOLE_FILE;
    zp_span from = known ? cell->span : w->place;
    end_piece(w);
    zp_buf *out = &w->out->text;
    write_indent(out, cell->text);
    if (head && looks_like_rule(zp_str_trim(cell->text)))
        zp_buf_byte(out, '\\');
    zp_escape_markdown(&w->landing, zp_str_trim(cell->text), (zp_following){true, ' '}, true, out);
    zp_str made = zp_str_slice(zp_buf_str(out), w->since, out->n);
    bool verbatim = zp_str_eq(made, zp_str_slice(from.source->text, from.start, from.end));
    if (w->printed)
        zp_mapped_printed(w->out, w->since, verbatim, from);
    else
        zp_mapped_piece(w->out, w->since, verbatim, from);
    w->since = out->n;
}

static void write_row(writer *w, size_t row)
{
    const uint32_t *here = &w->grid[row * w->columns], *above = here - w->columns;
    for (size_t k = 0; k < w->columns; k++) {
        uint32_t number = here[k];
        zp_buf_lit(&w->out->text, "| ");
        if (number > 0 && row > 0 && above[k] == number)
            zp_buf_byte(&w->out->text, '^');
        else if (number > 0 && k > 0 && here[k - 1] == number)
            zp_buf_byte(&w->out->text, '<');
        else if (number > 0)
            write_text(w, &w->view->sheet->cells[number - 1], row < w->view->head);
        zp_buf_byte(&w->out->text, ' ');
    }
    zp_buf_lit(&w->out->text, "|\n");
}

/* How most texts below the head stand in each column. A cell that is joined over columns says
 * nothing of any. */
static zp_side *count_sides(const writer *w)
{
    typedef uint32_t votes[ZP_SIDE_RIGHT + 1];
    const zp_pipe_view *view = w->view;
    votes *said = zp_new_array(w->scratch, votes, w->columns);
    for (size_t i = view->head * w->columns; i < view->rows * w->columns; i++) {
        const zp_cell *cell = w->grid[i] > 0 ? &view->sheet->cells[w->grid[i] - 1] : NULL;
        if (cell != NULL && cell->columns == 1 && has_text(cell))
            said[i % w->columns][cell->side]++;
    }
    zp_side *sides = zp_new_array(w->scratch, zp_side, w->columns);
    for (size_t k = 0; k < w->columns; k++)
        for (zp_side side = ZP_SIDE_LEFT; side <= ZP_SIDE_RIGHT; side++)
            if (said[k][side] > said[k][sides[k]])
                sides[k] = side;
    return sides;
}

static void write_delimiter(writer *w)
{
    static const char *const rules[] = {"| --- ", "| :-- ", "| :-: ", "| --: "};
    const zp_side *sides = count_sides(w);
    for (size_t k = 0; k < w->columns; k++)
        zp_buf_add(&w->out->text, zp_str_from(rules[sides[k]]));
    zp_buf_lit(&w->out->text, "|\n");
}

void zp_pipe_write(zp_arena *scratch, const zp_pipe_view *view, zp_str indent, zp_span place,
                   size_t limit, bool printed, zp_mapped *out)
{
    writer w = {.view = view,
                .columns = view->taken_count,
                .out = out,
                .place = place,
                .printed = printed,
                .scratch = scratch,
                .since = out->text.n};
    w.landing.at = w.landing.line = out->text.n;
    w.grid = zp_new_array(scratch, uint32_t, zp_array_size(view->rows, w.columns));
    fill_grid(&w);
    for (size_t row = 0; row < view->rows && out->text.n <= limit; row++) {
        zp_buf_add(&out->text, indent);
        write_row(&w, row);
        if (row + 1 == view->head) {
            zp_buf_add(&out->text, indent);
            write_delimiter(&w);
        }
    }
    end_piece(&w);
}
