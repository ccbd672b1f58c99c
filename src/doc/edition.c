/* edition.c: a settled tree in; out of it goes what is internal.
 *
 * Which columns go is known from the head; then every cell is moved and narrowed by what has gone
 * left of it and in it. A row of which only joins from above are left would be a blank line in the
 * table, so it goes too, and the cells that reached over it are one row shorter.
 */
#include "doc/edition.h"

#include "base/utf8.h"
#include "doc/caption.h"

typedef struct {
    zp_arena *arena;
    bool public;
    bool changed; /* something has gone */
} settler;

/* ---- the mark ---- */

static size_t drop_blanks(zp_str text, size_t end)
{
    for (size_t at = end; at > 0; end = at) {
        uint32_t code = zp_utf8_before(text, at);
        if (!zp_code_is_space(code))
            return end;
        char bytes[4];
        at -= zp_utf8_encode(code, bytes);
    }
    return end;
}

/* `end` moved before a mark that ends there, SIZE_MAX when there is none. */
static size_t drop_one_of(zp_str text, size_t end, zp_str half, zp_str wide)
{
    zp_str before = zp_str_slice(text, 0, end);
    if (zp_str_ends(before, half))
        return end - half.n;
    return zp_str_ends(before, wide) ? end - wide.n : SIZE_MAX;
}

/* How many bytes at the end of `text` are the mark, blanks around it included; 0: there is none. */
static size_t mark_length(zp_str text)
{
    zp_str word = ZP_STR("内部");
    size_t end = drop_one_of(text, drop_blanks(text, text.n), ZP_STR("}"), ZP_STR("｝"));
    if (end == SIZE_MAX)
        return 0;
    end = drop_blanks(text, end);
    if (!zp_str_ends(zp_str_slice(text, 0, end), word))
        return 0;
    end = drop_one_of(text, drop_blanks(text, end - word.n), ZP_STR("{"), ZP_STR("｛"));
    return end == SIZE_MAX ? 0 : text.n - drop_blanks(text, end);
}

/* Takes `count` bytes off the end of a TEXT or MONO; one of which nothing is left goes. */
static void cut_text(zp_node *text, size_t count)
{
    if (count == text->text.n) {
        zp_node_unlink(text);
        return;
    }
    bool verbatim = text->span.end - text->span.start == text->text.n;
    text->text.n -= count;
    text->span.end = verbatim ? text->span.start + text->text.n : text->span.start;
}

/* Takes `count` bytes, as zp_node_text counts them, off the end of what is below `cell`. */
static void cut_end(settler *s, zp_node *cell, size_t count)
{
    size_t n = 0, capacity = 0;
    zp_node **leaves = NULL;
    zp_walk walk = {cell, true};
    do {
        zp_node_kind kind = walk.node->kind;
        bool leaf = kind == ZP_NODE_TEXT || kind == ZP_NODE_MONO || kind == ZP_NODE_BREAK;
        if (!walk.entering || !leaf)
            continue;
        zp_list_grow(s->arena, leaves, n, capacity);
        leaves[n++] = walk.node;
    } while (zp_walk_next(&walk, cell));
    while (count > 0 && n-- > 0) {
        size_t length = leaves[n]->kind == ZP_NODE_BREAK ? 1 : leaves[n]->text.n;
        size_t cut = count < length ? count : length;
        count -= cut;
        if (leaves[n]->kind == ZP_NODE_BREAK)
            zp_node_unlink(leaves[n]);
        else
            cut_text(leaves[n], cut);
    }
}

static bool is_row(const zp_node *node)
{
    return node->kind == ZP_NODE_ROW;
}

/* Takes the marks off the head and says which columns they are on; how many. */
static uint32_t take_marks(settler *s, const zp_node *table, bool *gone)
{
    uint32_t count = 0;
    for (const zp_node *row = table->first; row != NULL; row = row->next) {
        if (!is_row(row) || !row->row.head)
            continue;
        for (zp_node *cell = row->first; cell != NULL; cell = cell->next) {
            size_t length = mark_length(zp_node_text(s->arena, cell));
            if (length == 0)
                continue;
            cut_end(s, cell, length);
            for (uint32_t k = 0; k < cell->cell.columns; k++) {
                count += !gone[cell->cell.column + k];
                gone[cell->cell.column + k] = true;
            }
        }
    }
    return count;
}

/* ---- columns that go ---- */

typedef struct {
    zp_node *table;
    const bool *gone;
    uint32_t *before; /* columns gone left of each, one behind included */
    zp_align *aligns; /* of each column */
} narrowing;

static void count_gone(zp_arena *arena, narrowing *n)
{
    uint32_t columns = n->table->table.columns;
    n->before = zp_new_array(arena, uint32_t, (size_t)columns + 1);
    n->aligns = zp_new_array(arena, zp_align, columns);
    for (uint32_t k = 0; k < columns; k++)
        n->before[k + 1] = n->before[k] + n->gone[k];
    for (const zp_node *row = n->table->first; row != NULL; row = row->next)
        for (const zp_node *cell = is_row(row) ? row->first : NULL; cell; cell = cell->next)
            n->aligns[cell->cell.column] = cell->cell.align;
}

/* A cell that loses its first column stands as the first one left does. */
static void narrow_cell(const narrowing *n, zp_node *cell)
{
    uint32_t first = cell->cell.column, end = first + cell->cell.columns;
    uint32_t left = cell->cell.columns - (n->before[end] - n->before[first]);
    if (left == 0) {
        zp_node_unlink(cell);
        return;
    }
    uint32_t kept = first;
    while (n->gone[kept])
        kept++;
    if (kept > first)
        cell->cell.align = n->aligns[kept];
    cell->cell.column = first - n->before[first];
    cell->cell.columns = left;
}

/* The cell that reaches down over a column, and the first row below it. */
typedef struct {
    zp_node *cell;
    uint32_t end;
} reach;

/* The row `number` goes: cells that reach over it do so no more. */
static void drop_row(zp_node *row, reach *over, uint32_t columns, uint32_t number)
{
    for (uint32_t k = 0; k < columns;) {
        bool reaches = over[k].cell != NULL && over[k].end > number;
        uint32_t width = reaches ? over[k].cell->cell.columns : 1;
        if (reaches)
            over[k].cell->cell.rows--;
        for (uint32_t i = k; reaches && i < k + width; i++)
            over[i].end--;
        k += width;
    }
    zp_node_unlink(row);
}

static void narrow_rows(zp_arena *arena, const narrowing *n)
{
    uint32_t columns = n->table->table.columns, number = 0;
    reach *over = zp_new_array(arena, reach, columns);
    for (zp_node *row = n->table->first, *next; row != NULL; row = next) {
        next = row->next;
        if (!is_row(row))
            continue;
        bool empty = row->first == NULL;
        for (zp_node *cell = row->first, *following; cell != NULL; cell = following) {
            following = cell->next;
            narrow_cell(n, cell);
        }
        if (!empty && row->first == NULL) {
            drop_row(row, over, columns, number);
            continue;
        }
        for (zp_node *cell = row->first; cell != NULL; cell = cell->next)
            for (uint32_t k = 0; k < cell->cell.columns; k++)
                over[cell->cell.column + k] = (reach){cell, number + cell->cell.rows};
        number++;
    }
}

/* Where the width that begins at `at` ends; *next behind the comma, which may be a wide one. */
static size_t width_end(zp_str widths, size_t at, size_t *next)
{
    size_t end = zp_str_find(widths, ZP_STR(","), at), wide = zp_str_find(widths, ZP_STR("，"), at);
    *next = end < wide ? end + 1 : wide + sizeof "，" - 1;
    return end < wide ? end : wide;
}

/* Adds a list of widths without those of columns that are gone; as it is when it is another number
 * of them, which layout will say. */
static void add_widths(zp_buf *out, const narrowing *n, zp_str widths)
{
    size_t count = 0, begin = out->n, column = 0;
    for (size_t at = 0; at < widths.n; count++)
        width_end(widths, at, &at);
    bool fits = count == n->table->table.columns;
    for (size_t at = 0, next; at < widths.n; at = next, column++) {
        size_t end = width_end(widths, at, &next);
        if (fits && n->gone[column])
            continue;
        if (out->n > begin)
            zp_buf_byte(out, ',');
        zp_buf_add(out, zp_str_slice(widths, at, end));
    }
}

static void narrow_attributes(zp_arena *arena, const narrowing *n)
{
    zp_str text = n->table->text, key = ZP_STR("widths=");
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < text.n;) {
        size_t end = zp_str_find(text, ZP_STR(" "), at);
        zp_str word = zp_str_slice(text, at, end);
        if (out.n > 0)
            zp_buf_byte(&out, ' ');
        if (zp_str_starts(word, key)) {
            zp_buf_add(&out, key);
            add_widths(&out, n, zp_str_slice(word, key.n, word.n));
        } else {
            zp_buf_add(&out, word);
        }
        at = end + 1;
    }
    n->table->text = zp_buf_str(&out);
}

static void settle_table(settler *s, zp_node *table)
{
    bool *gone = zp_new_array(s->arena, bool, table->table.columns);
    uint32_t count = take_marks(s, table, gone);
    if (count == 0 || !s->public)
        return;
    s->changed = true;
    if (count == table->table.columns) {
        zp_node_unlink(table);
        return;
    }
    narrowing n = {.table = table, .gone = gone};
    count_gone(s->arena, &n);
    narrow_rows(s->arena, &n);
    narrow_attributes(s->arena, &n);
    table->table.columns -= count;
}

/* ---- what follows from it ---- */

static void number_captions(zp_node *root)
{
    uint32_t number = 0;
    for (const zp_node *table = root->first; table != NULL; table = table->next)
        for (zp_node *part = table->first; table->kind == ZP_NODE_TABLE && part; part = part->next)
            if (part->kind == ZP_NODE_CAPTION && part->caption.number > 0)
                part->caption.number = ++number;
}

/* Takes the notes out and puts those back that are still referred to, as footnote.c put them there.
 */
static void number_notes(zp_node *root)
{
    uint32_t number = 0;
    while (root->last != NULL && root->last->kind == ZP_NODE_NOTE) {
        root->last->note.number = 0;
        zp_node_unlink(root->last);
    }
    zp_walk walk = {root, true};
    do {
        if (!walk.entering || walk.node->kind != ZP_NODE_NOTEREF)
            continue;
        zp_node *note = walk.node->noteref.note;
        if (note != NULL && note->note.number == 0) {
            note->note.number = ++number;
            zp_node_append(root, note);
        }
    } while (zp_walk_next(&walk, root));
}

/* The next table behind `walk`, which then stands behind that table. */
static zp_node *next_table(zp_walk *walk, const zp_node *root)
{
    while (zp_walk_next(walk, root))
        if (walk->entering && walk->node->kind == ZP_NODE_TABLE)
            return walk->node;
    return NULL;
}

void zp_edition_settle(zp_arena *arena, zp_node *root, bool public)
{
    settler s = {.arena = arena, .public = public};
    zp_walk walk = {root, true};
    zp_node *table = next_table(&walk, root);
    while (table != NULL) {
        walk.entering = false; /* on from its end, which is known before it leaves the tree */
        zp_node *next = next_table(&walk, root);
        settle_table(&s, table);
        table = next;
    }
    if (!s.changed)
        return;
    number_captions(root);
    number_notes(root);
}
