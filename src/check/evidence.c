/* evidence.c: tables in, a copy of the report's data with their rows out.
 *
 * A table becomes a sheet, its caption a row above it, and is then read as sheets are (records.h,
 * form.h) and bound as data are (bind.h). What they would say of a data file is not said here: a
 * table of a report owes nothing to a schema.
 */
#include "check/evidence.h"

#include "book/sheet.h"
#include "data/bind.h"
#include "data/form.h"
#include "data/label.h"
#include "data/records.h"

enum {
    HEADS_LEAST = 3,     /* that the schema knows */
    TABLES_MAX = 200,    /* of a report that are read so */
    HEADS_MAX = 60,      /* of a table that are compared */
    CELLS_MAX = 1000000, /* of a table */
};

typedef struct {
    const zp_checker *checker;
    zp_arena *arena;
    zp_diag *unheard;
    zp_value *data; /* NULL until something is added */
    bool whole;     /* some table has a row of totals */
} gatherer;

/* One table: its passages, and the sheet made of them. */
typedef struct {
    size_t first, end;
    const zp_sheet *sheet;
    uint32_t top; /* the head's first row: behind the caption */
} table;

/* --- Sheets ----------------------------------------------------------------------------------- */

static const zp_passage *passage_at(const gatherer *g, size_t i)
{
    return &g->checker->passages->all[i];
}

static const zp_node *table_of(const zp_passage *passage)
{
    const zp_node *node = passage->node;
    while (node != NULL && node->kind != ZP_NODE_TABLE)
        node = node->parent;
    return node;
}

static bool is_printed(const gatherer *g, const table *t)
{
    for (size_t i = t->first; i < t->end; i++)
        if (zp_passage_is_printed(g->checker->passages, i, 0, passage_at(g, i)->text.n))
            return true;
    return false;
}

static void add_cell(const gatherer *g, zp_sheet_maker *maker, size_t i, uint32_t row)
{
    const zp_passage *p = passage_at(g, i);
    bool cell = p->node->kind == ZP_NODE_CELL;
    const zp_cell made = {
        .kind = ZP_CELL_TEXT,
        .text = zp_str_trim(p->text),
        .span = zp_passage_span(g->checker->passages, i, 0, p->text.n),
        .row = row,
        .column = cell ? p->node->cell.column : 0,
        .rows = cell ? p->node->cell.rows : 1,
        .columns = cell ? p->node->cell.columns : 1,
    };
    zp_sheet_add(maker, &made);
}

static void make_sheet(const gatherer *g, table *t)
{
    zp_sheet_maker maker = {.arena = g->arena, .diag = g->unheard};
    const zp_node *row = table_of(passage_at(g, t->first))->first;
    uint32_t number = 0;
    for (size_t i = t->first; i < t->end; i++) {
        const zp_node *node = passage_at(g, i)->node;
        if (node->kind == ZP_NODE_CAPTION || node->kind == ZP_NODE_UNIT) {
            add_cell(g, &maker, i, number++);
            t->top = number;
        }
        if (node->kind != ZP_NODE_CELL)
            continue;
        for (; row != node->parent; row = row->next)
            number += row->kind == ZP_NODE_ROW;
        add_cell(g, &maker, i, number);
    }
    t->sheet = zp_sheet_finish(&maker, g->checker->report->body.source, ZP_STR(""), ZP_STR(""));
}

/* --- Forms ------------------------------------------------------------------------------------ */

/* The schema's entry whose data files are that form. */
static const zp_value *entry_of_form(const zp_value *schema, zp_str form)
{
    for (const zp_value *entry = schema->first; entry != NULL; entry = entry->next)
        if (zp_str_eq(zp_value_text(zp_value_find(entry, ZP_STR("form"))), form))
            return entry;
    return NULL;
}

static zp_value *read_form(const gatherer *g, const table *t, const zp_value **entry)
{
    const zp_declarations *content = &g->checker->report->template->content;
    for (const zp_value *form = content->forms->first; form != NULL; form = form->next) {
        *entry = entry_of_form(content->schema, form->key);
        if (*entry != NULL && zp_form_matches(t->sheet, form))
            return zp_form_read(g->arena, t->sheet, form, g->unheard);
    }
    return NULL;
}

/* --- Lists ------------------------------------------------------------------------------------ */

/* How many heads of the table the list's fields answer to; 0 without one that is scored. */
static size_t count_heads(const gatherer *g, const table *t, const zp_value *fields)
{
    size_t known = 0;
    bool scored = false;
    const zp_cell *cells = t->sheet->cells;
    for (size_t i = 0, heads = 0; i < t->sheet->count && heads < HEADS_MAX; i++) {
        if (cells[i].row < t->top)
            continue;
        if (cells[i].row > t->top)
            break;
        heads++;
        zp_str rest, head = zp_label_fold(g->arena, cells[i].text);
        zp_unit_of_head(head, &rest);
        const zp_value *field = head.n < ZP_RECORDS_HEAD ? zp_schema_find(fields, rest) : NULL;
        if (field == NULL)
            continue;
        known++;
        scored = scored || zp_str_eq(field->key, ZP_STR("points")) ||
                 zp_str_eq(field->key, ZP_STR("score")) || zp_str_eq(field->key, ZP_STR("actual"));
    }
    return scored ? known : 0;
}

static bool is_list(const zp_value *entry)
{
    return zp_str_eq(zp_value_text(zp_value_find(entry, ZP_STR("type"))), ZP_STR("list")) &&
           zp_value_find(entry, ZP_STR("fields")) != NULL;
}

static const zp_value *entry_of_list(const gatherer *g, const table *t)
{
    const zp_value *best = NULL;
    const zp_value *schema = g->checker->report->template->content.schema;
    size_t most = HEADS_LEAST - 1;
    for (const zp_value *entry = schema->first; entry != NULL; entry = entry->next) {
        if (!is_list(entry))
            continue;
        size_t known = count_heads(g, t, zp_value_find(entry, ZP_STR("fields")));
        if (known > most) {
            most = known;
            best = entry;
        }
    }
    return best;
}

static zp_value *read_list(const gatherer *g, const table *t, const zp_value **entry)
{
    *entry = entry_of_list(g, t);
    if (*entry == NULL)
        return NULL;
    const zp_str until[] = {ZP_STR("总分"), ZP_STR("总得分"), ZP_STR("总分值")};
    const zp_records_options options = {.top = t->top,
                                        .unit = ZP_STR(""),
                                        .until = until,
                                        .until_count = sizeof until / sizeof *until};
    return zp_records_below(g->arena, t->sheet, &options, g->unheard);
}

/* --- Adding ----------------------------------------------------------------------------------- */

/* Whether the report's own data hold the list. */
static bool is_held(const gatherer *g, zp_str key)
{
    const zp_value *held = zp_value_find(g->checker->report->meta, key);
    return held != NULL && held->kind != ZP_VALUE_NULL && zp_value_text(held).n + held->count > 0;
}

/* The list under `key` in the copy, made where it is not there. */
static zp_value *list_for(gatherer *g, const zp_value *entry, zp_span span)
{
    if (g->data == NULL)
        g->data = zp_value_copy(g->arena, g->checker->report->meta);
    zp_value *list = (zp_value *)zp_value_find(g->data, entry->key);
    if (list == NULL) {
        list = zp_value_new(g->arena, ZP_VALUE_LIST, span);
        list->key = entry->key;
        zp_value_append(g->data, list);
    }
    list->kind = ZP_VALUE_LIST;
    list->rule = entry;
    return list;
}

static void add_row(const gatherer *g, zp_value *list, const zp_value *row)
{
    zp_value *copy = zp_new(g->arena, zp_value);
    *copy = *row;
    copy->next = NULL;
    copy->rule = list->rule;
    zp_value_append(list, copy);
}

/* A list whose table has no column of reasons does not owe them: they may stand in the text. */
static void excuse(const gatherer *g, const zp_value *list)
{
    const zp_str key = ZP_STR("reason");
    if (list->kind != ZP_VALUE_LIST || list->rule == NULL ||
        zp_schema_find(zp_value_find(list->rule, ZP_STR("fields")), key) == NULL)
        return;
    for (zp_value *row = list->first; row != NULL; row = row->next) {
        if (row->kind != ZP_VALUE_MAP || zp_value_find(row, key) != NULL)
            continue;
        zp_value *reason = zp_value_new(g->arena, ZP_VALUE_TEXT, row->span);
        reason->key = key;
        reason->text = ZP_STR("表中没有这一栏");
        zp_value_append(row, reason);
    }
}

static void add(gatherer *g, const zp_value *entry, const zp_value *value)
{
    const zp_bind_options options = {.money_unit = ZP_STR("")};
    const zp_value *bound = zp_bind_entry(g->arena, value, entry, &options, g->unheard);
    if (bound == NULL || is_held(g, entry->key))
        return;
    excuse(g, bound);
    for (const zp_value *part = bound->kind == ZP_VALUE_MAP ? bound->first : NULL; part != NULL;
         part = part->next)
        excuse(g, part);
    zp_value *list = list_for(g, entry, value->span);
    if (bound->kind == ZP_VALUE_MAP)
        add_row(g, list, bound);
    for (const zp_value *row = bound->kind == ZP_VALUE_LIST ? bound->first : NULL; row != NULL;
         row = row->next)
        add_row(g, list, row);
}

static bool has_total(const gatherer *g, const table *t)
{
    for (size_t i = 0; i < t->sheet->count; i++) {
        const zp_cell *cell = &t->sheet->cells[i];
        zp_str label = cell->column == 0 && cell->text.n < ZP_RECORDS_HEAD
                           ? zp_label_fold(g->arena, cell->text)
                           : ZP_STR("");
        if (zp_label_is_total(label) || zp_label_begins(label, ZP_STR("总分")) ||
            zp_label_begins(label, ZP_STR("总得分")))
            return true;
    }
    return false;
}

static void read_table(gatherer *g, table *t)
{
    if (t->end - t->first > CELLS_MAX || is_printed(g, t))
        return;
    make_sheet(g, t);
    const zp_value *entry;
    const zp_value *value = read_form(g, t, &entry);
    if (value == NULL)
        value = read_list(g, t, &entry);
    if (value == NULL)
        return;
    g->whole = g->whole || has_total(g, t);
    add(g, entry, value);
}

zp_value *zp_evidence_gather(const zp_checker *checker, bool *whole)
{
    gatherer g = {checker, checker->arena, zp_diag_new(checker->arena), NULL, false};
    const zp_passages *all = checker->passages;
    size_t tables = 0;
    for (size_t i = 1; i < all->count && tables < TABLES_MAX;) {
        const zp_node *node = table_of(&all->all[i]);
        table t = {i, i + 1, NULL, 0};
        while (node != NULL && t.end < all->count && table_of(&all->all[t.end]) == node)
            t.end++;
        i = t.end;
        if (node == NULL)
            continue;
        tables++;
        read_table(&g, &t);
    }
    *whole = g.whole;
    if (g.data != NULL)
        zp_figures_fill(g.arena, checker->report->template->content.figures, g.data);
    return g.data;
}
