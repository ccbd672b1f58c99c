/* placed.c: in goes Markdown with table blocks, out comes Markdown with pipe tables.
 *
 * Fences are looked for in the masked text (mask.h), where comments are blanked, line by line as
 * CommonMark has them. A text that nowhere has the word after a fence, which is nearly every text,
 * is not even masked.
 */
#include "doc/placed.h"

#include <string.h>

#include "base/utf8.h"
#include "data/yaml.h"
#include "doc/markdown.h"
#include "doc/mask.h"
#include "doc/pipe.h"

enum {
    INDENT_MAX = 3, /* spaces before a fence */
    FENCE_MIN = 3,
    NAMED_MAX = 20, /* hidden rows or columns that are named one by one */
    /* Of all sheets that are placed, cells, rows and columns looked at; bytes of the result. */
    LOOKED_MAX = 4 * ZP_SHEET_CELLS,
    TEXT_MAX = 64 << 20,
};

typedef struct {
    zp_arena *arena, *scratch;
    const zp_placed_options *options;
    zp_diag *diag;
    zp_span part;
    zp_str masked;
    zp_mapped out;
    size_t done;   /* of the part, what is in `out` */
    size_t looked; /* against LOOKED_MAX */
} placer;

/* ---- finding blocks ---- */

typedef struct {
    char mark; /* ` or ~ */
    size_t length, indent;
    zp_str word; /* what follows in the first line */
} fence;

/* Offset of the line end at or behind `at`. */
static size_t line_end(zp_str text, size_t at)
{
    const char *end = at < text.n ? memchr(text.p + at, '\n', text.n - at) : NULL;
    return end == NULL ? text.n : (size_t)(end - text.p);
}

static size_t run_length(zp_str line, size_t at)
{
    size_t end = at;
    while (end < line.n && line.p[end] == line.p[at])
        end++;
    return end - at;
}

static size_t count_blanks(zp_str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

static bool opens_fence(zp_str line, fence *open)
{
    size_t at = count_blanks(line);
    if (at > INDENT_MAX || at == line.n || (line.p[at] != '`' && line.p[at] != '~'))
        return false;
    *open = (fence){line.p[at], run_length(line, at), at, {0}};
    open->word = zp_str_trim(zp_str_slice(line, at + open->length, line.n));
    bool code = open->mark == '`' && zp_str_find(open->word, ZP_STR("`"), 0) < open->word.n;
    return open->length >= FENCE_MIN && !code;
}

static bool closes_fence(zp_str line, const fence *open)
{
    size_t at = count_blanks(line);
    if (at == line.n || line.p[at] != open->mark)
        return false;
    size_t length = run_length(line, at);
    return length >= open->length && zp_str_trim(zp_str_slice(line, at + length, line.n)).n == 0;
}

/* Whether the word table stands somewhere behind a fence: all that most texts are asked. */
static bool may_hold_block(zp_str text)
{
    zp_str word = ZP_STR("table");
    for (size_t at = zp_str_find(text, word, 0); at < text.n;
         at = zp_str_find(text, word, at + word.n)) {
        size_t before = at;
        while (before > 0 && (text.p[before - 1] == ' ' || text.p[before - 1] == '\t'))
            before--;
        if (before >= FENCE_MIN && (text.p[before - 1] == '`' || text.p[before - 1] == '~'))
            return true;
    }
    return false;
}

/* ---- what a block says ---- */

typedef struct {
    zp_span span;  /* from fence to fence, without the last line end */
    zp_str indent; /* before its fence */
    zp_str src;
    zp_span place;                      /* of src */
    int64_t head;                       /* 0: to be guessed */
    const zp_value *columns, *internal; /* NULL: none given */
} block;

static const zp_str keys[] = {
    {"src", 3},
    {"head", 4},
    {"columns", 7},
    {"internal", 8},
};

static void check_keys(const placer *p, const zp_value *map)
{
    size_t count = sizeof keys / sizeof *keys;
    for (const zp_value *entry = map->first; entry != NULL; entry = entry->next) {
        bool known = false;
        for (size_t i = 0; i < count; i++)
            known = known || zp_str_eq(entry->key, keys[i]);
        if (known)
            continue;
        zp_str nearest = zp_str_nearest(entry->key, keys, count);
        zp_str hint = nearest.n > 0 ? zp_str_format(p->arena, "是不是“%.*s”？", ZP_ARG(nearest))
                                    : ZP_STR("table 块里可以写：src head columns internal");
        zp_diag_add(p->diag, ZP_WARNING, "unknown-key", entry->key_span,
                    zp_str_cstr(p->arena, hint), "table 块没有名为“%.*s”的项目",
                    ZP_ARG(entry->key));
    }
}

static bool is_blank(const zp_value *value)
{
    return value == NULL || value->kind == ZP_VALUE_NULL ||
           (value->kind == ZP_VALUE_TEXT && zp_value_text(value).n == 0);
}

static bool refuse_value(const placer *p, const zp_value *value, const char *hint)
{
    zp_diag_add(p->diag, ZP_ERROR, "bad-value", value->span, hint, "“%.*s”写得不对",
                ZP_ARG(value->key));
    return false;
}

/* A list of names, or one name. */
static bool read_names(const placer *p, const zp_value *value, const zp_value **names)
{
    *names = NULL;
    if (is_blank(value))
        return true;
    bool sound = value->kind == ZP_VALUE_TEXT ||
                 (value->kind == ZP_VALUE_LIST && value->count <= ZP_MARKDOWN_COLUMNS);
    for (const zp_value *name = value->first; sound && name != NULL; name = name->next)
        sound = name->kind == ZP_VALUE_TEXT;
    *names = value->kind == ZP_VALUE_TEXT ? value : value->first;
    return sound || refuse_value(p, value, "写成 [列名, 列名]，最多 200 个");
}

static bool read_block(const placer *p, zp_span yaml, block *b)
{
    const zp_value *map = zp_yaml_read(p->scratch, yaml, p->diag);
    if (map == NULL)
        return false;
    check_keys(p, map);
    const zp_value *src = zp_value_find(map, ZP_STR("src"));
    const zp_value *head = zp_value_find(map, ZP_STR("head"));
    if (is_blank(src)) {
        zp_diag_add(p->diag, ZP_ERROR, "missing-key", src ? src->span : b->span,
                    "写明表格从哪里来，例如 src: 附表.xlsx#预算!A1:D20", "table 块缺少“src”");
        return false;
    }
    if (src->kind != ZP_VALUE_TEXT)
        return refuse_value(p, src, "写成 文件名#表名!区域，例如 附表.xlsx#预算!A1:D20");
    b->src = zp_str_copy(p->arena, zp_value_text(src));
    b->place = src->span;
    if (!is_blank(head) && !zp_value_int(head, 1, ZP_MARKDOWN_HEAD, &b->head))
        return refuse_value(p, head, "表头的行数是 1 到 10 的整数");
    return read_names(p, zp_value_find(map, ZP_STR("columns")), &b->columns) &&
           read_names(p, zp_value_find(map, ZP_STR("internal")), &b->internal);
}

/* ---- columns ---- */

static void refuse_column(const placer *p, const zp_pipe_view *view, const zp_value *name)
{
    size_t count = view->columns < ZP_MARKDOWN_COLUMNS ? view->columns : ZP_MARKDOWN_COLUMNS;
    zp_str *leaves = zp_new_array(p->scratch, zp_str, count);
    for (uint32_t k = 0; k < count; k++)
        leaves[k] = zp_pipe_leaf(view, k);
    zp_str word = zp_pipe_fold(p->scratch, zp_value_text(name));
    zp_str nearest = zp_str_nearest(word, leaves, count);
    zp_str hint = nearest.n > 0
                      ? zp_str_format(p->arena, "是不是“%.*s”？", ZP_ARG(nearest))
                      : ZP_STR("写表头里的文字；表头不止一行时用 head 说明行数；隐藏的列不能取");
    zp_diag_add(p->diag, ZP_ERROR, "missing-column", name->span, zp_str_cstr(p->arena, hint),
                "表头里没有“%.*s”这一列", ZP_ARG(word));
}

/* Marks the columns that each of `names` names with the number of the name, from 1, where they have
 * none yet. */
static bool mark_columns(const placer *p, const zp_pipe_view *view, const zp_value *names,
                         uint32_t *marks)
{
    bool sound = true;
    uint32_t number = 0;
    for (const zp_value *name = names; name != NULL; name = name->next) {
        zp_str wanted = zp_pipe_fold(p->scratch, zp_value_text(name));
        bool found = false;
        number++;
        for (uint32_t k = 0; k < view->columns; k++) {
            if (!zp_pipe_is_named(view, k, wanted))
                continue;
            found = true;
            marks[k] = marks[k] ? marks[k] : number;
        }
        if (!found)
            refuse_column(p, view, name);
        sound = sound && found;
    }
    return sound;
}

/* The columns of name `number` that are not left out. */
static void take_columns(zp_pipe_view *view, const uint32_t *chosen, uint32_t number,
                         const uint32_t *left_out)
{
    for (uint32_t k = 0; k < view->columns; k++)
        if (chosen[k] == number && !left_out[k])
            view->taken[view->taken_count++] = k;
}

static bool settle_columns(const placer *p, const block *b, zp_pipe_view *view)
{
    uint32_t *chosen = zp_new_array(p->scratch, uint32_t, view->columns);
    uint32_t *internal = zp_new_array(p->scratch, uint32_t, view->columns);
    uint32_t *none = zp_new_array(p->scratch, uint32_t, view->columns);
    bool sound = mark_columns(p, view, b->columns, chosen);
    sound = mark_columns(p, view, b->internal, internal) && sound;
    view->taken_count = 0;
    uint32_t number = b->columns ? 1 : 0;
    const zp_value *name = b->columns;
    do {
        take_columns(view, chosen, number++, p->options->public ? internal : none);
        name = name ? name->next : NULL;
    } while (name != NULL);
    return sound;
}

/* ---- what is hidden ---- */

/* Where the sheet's first row and column stand in its file, known from a cell that is not joined:
 * of a part of a sheet, cells are numbered from its corner, but their places are the file's. */
static void find_corner(const zp_sheet *sheet, size_t *row, size_t *column)
{
    *row = *column = 0;
    for (size_t i = sheet->count; i-- > 0;) {
        const zp_cell *cell = &sheet->cells[i];
        zp_span span = cell->span;
        if (cell->rows > 1 || cell->columns > 1 || span.source == NULL ||
            span.source->sheet.n == 0 || span.start == ZP_WHOLE_FILE)
            continue;
        size_t line, tabs = 0, characters;
        zp_source_place(span.source, span.start, &line, &characters);
        for (size_t at = span.source->lines[line - 1]; at < span.start; at++)
            tabs += span.source->text.p[at] == '\t';
        if (line - 1 >= cell->row && tabs >= cell->column) {
            *row = line - 1 - cell->row;
            *column = tabs - cell->column;
        }
        return;
    }
}

static void name_hidden(zp_buf *out, const uint32_t *hidden, size_t count, size_t corner,
                        bool columns)
{
    for (size_t i = 0; i < count && i < NAMED_MAX; i++) {
        zp_str cell = zp_cell_name(out->arena, 0, (uint32_t)(hidden[i] + corner));
        zp_buf_add(out, i > 0 ? ZP_STR("、") : ZP_STR(""));
        if (columns)
            zp_buf_add(out, zp_str_slice(cell, 0, cell.n - 1)); /* without its row, 1 */
        else
            zp_buf_uint(out, hidden[i] + corner + 1);
    }
    if (count > NAMED_MAX)
        zp_buf_lit(out, "等");
}

/* 2 行（第 3、5 行）、1 列（C 列） */
static void warn_hidden(const placer *p, const block *b, const zp_sheet *sheet)
{
    size_t rows = sheet->hidden_row_count, columns = sheet->hidden_column_count, row, column;
    if (rows + columns == 0)
        return;
    find_corner(sheet, &row, &column);
    zp_buf what = {.arena = p->arena};
    if (rows > 0) {
        zp_buf_format(&what, "%zu 行（第 ", rows);
        name_hidden(&what, sheet->hidden_rows, rows, row, false);
        zp_buf_lit(&what, " 行）");
    }
    if (columns > 0) {
        zp_buf_format(&what, "%s%zu 列（", rows > 0 ? "和 " : "", columns);
        name_hidden(&what, sheet->hidden_columns, columns, column, true);
        zp_buf_lit(&what, " 列）");
    }
    zp_diag_add(p->diag, ZP_WARNING, "hidden-rows", b->place,
                "要排印就在表格软件里取消隐藏，再存一次", "隐藏的 %.*s没有排印",
                ZP_ARG(zp_buf_str(&what)));
}

/* ---- a block replaced ---- */

static bool is_too_large(const zp_pipe_view *view)
{
    return view->taken_count > ZP_MARKDOWN_COLUMNS ||
           view->taken_count * (size_t)view->rows > ZP_MARKDOWN_CELLS;
}

static void write_stand_in(placer *p, const block *b, zp_str line)
{
    size_t start = p->out.text.n;
    zp_buf_add(&p->out.text, b->indent);
    zp_buf_add(&p->out.text, line);
    zp_buf_byte(&p->out.text, '\n');
    zp_mapped_piece(&p->out, start, false, b->span);
}

static void write_table(placer *p, const block *b, const zp_pipe_view *view)
{
    if (is_too_large(view)) {
        zp_diag_add(p->diag, ZP_FLAW, "too-many-cells", b->place,
                    "用 columns 或区域（表名!A1:D20）只取一部分",
                    "表格太大：一个表格最多 %d 列，一份报告最多 %d 格", (int)ZP_MARKDOWN_COLUMNS,
                    (int)ZP_MARKDOWN_CELLS);
        write_stand_in(p, b, ZP_STR("［表格太大，没有排印］"));
    } else if (view->taken_count == 0) {
        /* All of it is internal: so is its caption, which edition.c takes away with this. */
        write_stand_in(p, b, ZP_STR("| {内部} |"));
        write_stand_in(p, b, ZP_STR("| --- |"));
    } else {
        zp_pipe_write(p->scratch, view, b->indent, b->span, TEXT_MAX, true, &p->out);
    }
}

static bool is_within_limits(placer *p, const block *b, const zp_sheet *sheet)
{
    p->looked += sheet->count + sheet->row_count + sheet->column_count;
    if (p->looked <= LOOKED_MAX && p->out.text.n <= TEXT_MAX)
        return true;
    zp_diag_add(p->diag, ZP_ERROR, "expansion-too-large", b->place, "把报告分成几份",
                "放进报告的表格太多或太大");
    return false;
}

static void place_sheet(placer *p, const block *b)
{
    const zp_sheet *sheet = p->options->load(p->options->user, b->src, b->place);
    if (sheet == NULL || !is_within_limits(p, b, sheet))
        return;
    zp_pipe_view *view = zp_pipe_look(p->scratch, sheet, (uint32_t)b->head);
    warn_hidden(p, b, sheet);
    if (view->rows == 0) {
        zp_diag_add(p->diag, ZP_ERROR, "empty-table", b->place,
                    "看看表名和区域对不对，行和列是不是都隐藏了", "这个表里没有内容");
        return;
    }
    if (settle_columns(p, b, view))
        write_table(p, b, view);
    is_within_limits(p, b, &(zp_sheet){0});
}

/* Adds the part's text from where it was left off up to `end`. */
static void copy_until(placer *p, size_t end)
{
    size_t start = p->part.start;
    zp_mapped_copy(&p->out, zp_span_of(p->part.source, start + p->done, start + end));
    p->done = end;
}

/* Whether a blank line must part the table from the line at `at`. */
static bool needs_blank(zp_str text, size_t at)
{
    return at < text.n && zp_str_trim(zp_str_slice(text, at, line_end(text, at))).n > 0;
}

/* The block whose fence is the line at `start` and whose last line ends at `end`. */
static void replace(placer *p, const fence *open, size_t start, size_t yaml_end, size_t end)
{
    const zp_source *source = p->part.source;
    size_t from = p->part.start;
    block b = {.span = zp_span_of(source, from + start + open->indent, from + end),
               .indent = zp_str_slice(p->masked, start, start + open->indent)};
    size_t yaml = line_end(p->masked, start) + 1;
    copy_until(p, start);
    p->done = end < p->masked.n ? end + 1 : end;
    if (read_block(p, zp_span_of(source, from + yaml, from + yaml_end), &b)) {
        if (p->out.text.n > 0 && !zp_str_ends(zp_buf_str(&p->out.text), ZP_STR("\n\n")))
            write_stand_in(p, &b, ZP_STR(""));
        place_sheet(p, &b);
    }
    if (needs_blank(p->masked, p->done))
        write_stand_in(p, &b, ZP_STR(""));
}

static void refuse_open(placer *p, const fence *open, size_t start)
{
    size_t from = p->part.start + start + open->indent;
    zp_diag_add(p->diag, ZP_ERROR, "table-open",
                zp_span_of(p->part.source, from, from + open->length),
                "在表格说明的最后另起一行写 ```", "table 块没有结束");
    copy_until(p, start);
    p->done = p->masked.n;
}

/* The fence that begins with the line at `start`; offset behind its last line. */
static size_t pass_fence(placer *p, const fence *open, size_t start)
{
    bool wanted = zp_str_eq(open->word, ZP_STR("table"));
    for (size_t at = line_end(p->masked, start) + 1; at < p->masked.n;) {
        size_t end = line_end(p->masked, at);
        if (closes_fence(zp_str_slice(p->masked, at, end), open)) {
            if (wanted)
                replace(p, open, start, at, end);
            return end + 1;
        }
        at = end + 1;
    }
    if (wanted)
        refuse_open(p, open, start);
    return p->masked.n;
}

zp_span zp_placed_expand(zp_arena *arena, zp_span part, const zp_placed_options *options,
                         zp_diag *diag)
{
    zp_str text = zp_str_slice(part.source->text, part.start, part.end);
    if (!may_hold_block(text))
        return part;
    zp_arena *scratch = zp_arena_new();
    placer p = {.arena = arena,
                .scratch = scratch,
                .options = options,
                .diag = diag,
                .part = part,
                .masked = zp_mask_make(scratch, text),
                .out = {.text = {.arena = arena}}};
    for (size_t at = 0; at < text.n;) {
        fence open;
        size_t end = line_end(p.masked, at);
        bool opens = opens_fence(zp_str_slice(p.masked, at, end), &open);
        at = opens ? pass_fence(&p, &open, at) : end + 1;
    }
    bool changed = p.done > 0 || p.out.text.n > 0;
    copy_until(&p, text.n);
    zp_arena_free(scratch);
    if (!changed)
        return part;
    const zp_source *made = zp_mapped_source(&p.out, part.source->name);
    return zp_span_of(made, 0, made->text.n);
}
