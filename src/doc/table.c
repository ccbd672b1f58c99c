/* table.c: in go lines of masked text, out comes a TABLE of ROWs of CELLs.
 *
 * Joins are settled row by row with one array: the cell that covers each column of the row above. A
 * ^ must cover exactly the columns of the cell above it, and a < may only widen a cell that began
 * in its own row; so whatever is joined is a rectangle, and nothing has to be checked at the end.
 */
#include "doc/table.h"

#include <string.h>

#include "doc/markdown.h"
#include "doc/mask.h"

typedef struct {
    size_t start, end;
} range;

typedef struct {
    zp_arena *arena;
    zp_table_reader *reader;
    zp_diag *diag;
    zp_node *table;
    size_t columns;
    zp_align aligns[ZP_MARKDOWN_COLUMNS];
    zp_node *above[ZP_MARKDOWN_COLUMNS];
    range cells[ZP_MARKDOWN_COLUMNS]; /* of the row being read */
} reading;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static range line_at(zp_str text, size_t at)
{
    const char *end = at < text.n ? memchr(text.p + at, '\n', text.n - at) : NULL;
    return (range){at, end == NULL ? text.n : (size_t)(end - text.p)};
}

static range trim(zp_str text, range r)
{
    while (r.start < r.end && is_blank(text.p[r.start]))
        r.start++;
    while (r.end > r.start && is_blank(text.p[r.end - 1]))
        r.end--;
    return r;
}

static size_t find_bar(zp_str text, size_t at, size_t end)
{
    for (; at < end; at++) {
        if (text.p[at] == '\\')
            at++;
        else if (text.p[at] == '|')
            return at;
    }
    return end;
}

/* Cells of a line; at most `limit` of them are put in `cells`, all are counted. 0: no bar in it. */
static size_t split(zp_str text, range line, range *cells, size_t limit)
{
    line = trim(text, line);
    if (find_bar(text, line.start, line.end) == line.end)
        return 0;
    size_t count = 0, at = line.start;
    if (text.p[at] == '|')
        at++;
    do {
        size_t bar = find_bar(text, at, line.end);
        if (count < limit)
            cells[count] = trim(text, (range){at, bar});
        count++;
        at = bar + 1;
    } while (at < line.end);
    return count;
}

static bool is_rule(zp_str cell, zp_align *align)
{
    bool left = cell.n > 0 && cell.p[0] == ':';
    bool right = cell.n > 1 && cell.p[cell.n - 1] == ':';
    size_t dashes = cell.n - left - right;
    for (size_t i = left; i < left + dashes; i++)
        if (cell.p[i] != '-')
            return false;
    *align = left && right ? ZP_ALIGN_CENTER
             : left        ? ZP_ALIGN_LEFT
             : right       ? ZP_ALIGN_RIGHT
                           : ZP_ALIGN_NONE;
    return dashes > 0;
}

static bool is_indented(zp_str text, range line)
{
    size_t n = 0;
    for (; n < 4 && line.start + n < line.end && text.p[line.start + n] == ' '; n++)
        ;
    return n == 4 || (line.start + n < line.end && text.p[line.start + n] == '\t');
}

static bool is_delimiter(zp_str text, range line)
{
    range trimmed = trim(text, line);
    if (trimmed.start == trimmed.end || strchr("|:-", text.p[trimmed.start]) == NULL ||
        is_indented(text, line))
        return false;
    size_t at = trimmed.start + (text.p[trimmed.start] == '|'), cells = 0;
    bool bar = at > trimmed.start;
    for (; at < trimmed.end; cells++) {
        zp_align align;
        size_t end = find_bar(text, at, trimmed.end);
        range cell = trim(text, (range){at, end});
        if (!is_rule(zp_str_slice(text, cell.start, cell.end), &align))
            return false;
        bar = bar || end < trimmed.end;
        at = end + 1;
    }
    return bar && cells > 0;
}

/* Whether the line is a row: it has a bar and begins no other block. */
static bool is_row(zp_str text, range line)
{
    range trimmed = trim(text, line);
    if (trimmed.start == trimmed.end || is_indented(text, line) || text.p[trimmed.start] == '>')
        return false;
    size_t end = trimmed.start;
    while (end < trimmed.end && text.p[end] == ZP_MASK_NOTE)
        end++;
    bool note = end > trimmed.start && end < trimmed.end && text.p[end] == ':';
    return !note && find_bar(text, trimmed.start, trimmed.end) < trimmed.end;
}

static bool begins_with_bar(zp_str text, range line)
{
    range trimmed = trim(text, line);
    return trimmed.start < trimmed.end && text.p[trimmed.start] == '|';
}

/* How many head rows stand above a delimiter, from the line at `at` on; 0: no table begins there.
 */
static size_t count_heads(zp_str masked, size_t at)
{
    bool barred = true;
    for (size_t count = 1; count <= ZP_MARKDOWN_HEAD; count++) {
        range head = line_at(masked, at);
        barred = barred && begins_with_bar(masked, head);
        bool fits = count == 1 || barred;
        if (head.end + 1 >= masked.n || !fits || !is_row(masked, head))
            return 0;
        at = head.end + 1;
        if (is_delimiter(masked, line_at(masked, at)))
            return count;
    }
    return 0;
}

bool zp_table_begins(zp_str masked, size_t at)
{
    return count_heads(masked, at) > 0;
}

static zp_span span_of(const reading *r, range where)
{
    const zp_table_reader *reader = r->reader;
    return zp_span_of(reader->source, reader->place + where.start, reader->place + where.end);
}

static void report_ragged(reading *r, range line, size_t count)
{
    zp_diag_add(r->diag, ZP_WARNING, "ragged-row", span_of(r, trim(r->reader->masked, line)),
                count < r->columns ? "缺少的格已按空白补上；格数应与表头相同"
                                   : "多出的格没有排印；格中的竖线应写作 \\|",
                "表头有 %zu 格，这一行有 %zu 格", r->columns, count);
}

static bool count_cells(reading *r, range line)
{
    bool narrow = r->columns <= ZP_MARKDOWN_COLUMNS;
    r->reader->cells += narrow ? r->columns : 0;
    if (narrow && r->reader->cells <= ZP_MARKDOWN_CELLS)
        return true;
    zp_diag_add(r->diag, ZP_FLAW, "too-many-cells", span_of(r, trim(r->reader->masked, line)),
                "把表格拆成几个", "表格太大：一个表格最多 %d 列，一份报告最多 %d 格",
                (int)ZP_MARKDOWN_COLUMNS, (int)ZP_MARKDOWN_CELLS);
    return false;
}

/* Splits a row and makes it as long as the head. */
static void read_cells(reading *r, range line)
{
    size_t count = split(r->reader->masked, line, r->cells, r->columns);
    if (count != r->columns)
        report_ragged(r, line, count);
    size_t end = trim(r->reader->masked, line).end;
    for (size_t i = count; i < r->columns; i++)
        r->cells[i] = (range){end, end};
}

static bool is_join(const reading *r, size_t column, char mark)
{
    range cell = r->cells[column];
    return cell.end - cell.start == 1 && r->reader->masked.p[cell.start] == mark;
}

/* Whether the ^ in `column` and what stands right of it cover just the cell above. */
static bool can_join_above(const reading *r, size_t column)
{
    const zp_node *above = r->above[column];
    if (above == NULL || above->cell.column != column)
        return false;
    for (size_t i = 1; i < above->cell.columns; i++)
        if (!is_join(r, column + i, '^') && !is_join(r, column + i, '<'))
            return false;
    return true;
}

static zp_node *add_cell(reading *r, zp_node *row, size_t column)
{
    zp_node *cell = zp_node_new(r->arena, ZP_NODE_CELL, span_of(r, r->cells[column]));
    cell->cell.column = (uint32_t)column;
    cell->cell.columns = cell->cell.rows = 1;
    cell->cell.align = r->aligns[column];
    zp_node_append(row, cell);
    return cell;
}

/* The mark of a join that leads nowhere is text. */
static zp_node *refuse_join(reading *r, zp_node *row, size_t column)
{
    zp_diag_add(r->diag, ZP_FLAW, "bad-join", span_of(r, r->cells[column]),
                "若要写这个符号本身，在前面加 \\",
                "这一格不能合并：合并后的格必须在表格之内，并且是矩形");
    return add_cell(r, row, column);
}

static zp_node *join_left(reading *r, zp_node *row, size_t column)
{
    zp_node *left = column > 0 ? r->above[column - 1] : NULL;
    if (left == NULL || left->parent != row)
        return refuse_join(r, row, column);
    left->cell.columns++;
    if (left->cell.align == ZP_ALIGN_CENTER && r->aligns[column] != ZP_ALIGN_CENTER)
        left->cell.align = ZP_ALIGN_NONE; /* a text across columns, no entry of one */
    return left;
}

static zp_node *join_above(reading *r, zp_node *row, size_t column)
{
    zp_node *above = r->above[column];
    above->cell.rows++;
    /* A head that reaches down takes its rows with it: that is how a head of two rows is written.
     */
    if (above->parent->row.head)
        row->row.head = true;
    return above;
}

/* r->above is overwritten from left to right, so left of `column` it holds this row. */
static void add_row(reading *r, range line, bool head)
{
    zp_node *row = zp_node_new(r->arena, ZP_NODE_ROW, span_of(r, trim(r->reader->masked, line)));
    row->row.head = head;
    zp_node_append(r->table, row);
    for (size_t column = 0; column < r->columns; column++) {
        if (is_join(r, column, '^') && can_join_above(r, column)) {
            zp_node *cell = join_above(r, row, column);
            column += cell->cell.columns - 1;
        } else if (is_join(r, column, '^')) {
            r->above[column] = refuse_join(r, row, column);
        } else if (is_join(r, column, '<')) {
            r->above[column] = join_left(r, row, column);
        } else {
            r->above[column] = add_cell(r, row, column);
        }
    }
}

static void read_aligns(reading *r, range line)
{
    read_cells(r, line);
    for (size_t i = 0; i < r->columns; i++)
        is_rule(zp_str_slice(r->reader->masked, r->cells[i].start, r->cells[i].end), &r->aligns[i]);
}

/* How many columns there are, the first head row says; how they are aligned, the delimiter row
 * below the last. */
static bool read_head(reading *r, size_t *at)
{
    zp_str text = r->reader->masked;
    range heads[ZP_MARKDOWN_HEAD] = {line_at(text, *at)};
    size_t count = count_heads(text, *at);
    for (size_t i = 0; i < count; i++) {
        heads[i] = line_at(text, *at);
        *at = heads[i].end + 1;
    }
    range rule = line_at(text, *at);
    *at = rule.end;
    r->columns = split(text, heads[0], NULL, 0);
    for (size_t i = 0; i < count; i++) {
        if (!count_cells(r, heads[i]))
            return false;
        if (i == 0)
            read_aligns(r, rule);
        read_cells(r, heads[i]);
        add_row(r, heads[i], true);
    }
    return true;
}

/* The line of a row that follows offset `at`. */
static bool next_row(const reading *r, size_t at, range *line)
{
    if (at >= r->reader->masked.n)
        return false;
    *line = line_at(r->reader->masked, at + 1);
    return is_row(r->reader->masked, *line);
}

static bool read_rows(reading *r, size_t *at)
{
    if (!read_head(r, at))
        return false;
    r->table->table.columns = (uint32_t)r->columns;
    for (range line; next_row(r, *at, &line); *at = line.end) {
        if (!count_cells(r, line))
            return false;
        read_cells(r, line);
        add_row(r, line, false);
    }
    return true;
}

/* What marks the place of a table that is too large. */
static zp_node *stand_in(const reading *r, size_t *at)
{
    for (range line; next_row(r, *at, &line);)
        *at = line.end;
    zp_node *paragraph = zp_node_new(r->arena, ZP_NODE_PARAGRAPH, r->table->span);
    zp_node *text = zp_node_new(r->arena, ZP_NODE_TEXT, r->table->span);
    text->text = ZP_STR("［表格太大，没有排印］");
    zp_node_append(paragraph, text);
    return paragraph;
}

zp_node *zp_table_read(zp_arena *arena, zp_table_reader *reader, zp_diag *diag, size_t *at)
{
    reading r = {.arena = arena, .reader = reader, .diag = diag};
    range first = trim(reader->masked, line_at(reader->masked, *at));
    r.table = zp_node_new(arena, ZP_NODE_TABLE, span_of(&r, first));
    zp_node *made = read_rows(&r, at) ? r.table : stand_in(&r, at);
    made->span.end = reader->place + *at;
    *at = *at < reader->masked.n ? *at + 1 : *at;
    return made;
}
