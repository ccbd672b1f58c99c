/* entry.c: report.json in, rows out. */
#include "archive/entry.h"

#include "data/amount.h"
#include "data/json.h"

enum { RATE_PLACES = 6 };

/* A table that is being filled, cell after cell. */
typedef struct {
    zp_str *cells;
    size_t count, capacity;
} filling;

typedef struct {
    zp_arena *arena;
    const zp_entry_place *place;
    const zp_value *report;
    filling tables[ZP_ENTRY_TABLE_COUNT];
} reader;

static void put(reader *r, zp_entry_table table, zp_str cell)
{
    filling *f = &r->tables[table];
    zp_list_grow(r->arena, f->cells, f->count, f->capacity);
    f->cells[f->count++] = cell;
}

static void put_count(reader *r, zp_entry_table table, size_t count)
{
    put(r, table, zp_str_format(r->arena, "%zu", count));
}

/* The cells that every row begins with. */
static void begin_row(reader *r, zp_entry_table table)
{
    put(r, table, r->place->year);
    put(r, table, r->place->folder);
}

/* --- What values say -------------------------------------------------------------------------- */

static zp_str text_at(const zp_value *map, const char *path)
{
    return zp_value_text(zp_value_path(map, zp_str_from(path)));
}

static const zp_number *number_at(const reader *r, const zp_value *map, const char *path,
                                  const char *unit)
{
    zp_amount amount = zp_amount_read(r->arena, text_at(map, path), zp_str_from(unit));
    return amount.kind == ZP_AMOUNT_NUMBER ? amount.number : NULL;
}

static void put_number(reader *r, zp_entry_table table, const zp_number *number)
{
    put(r, table, zp_number_plain(r->arena, number));
}

/* The entries of a list; a map stands for a list of one. */
static const zp_value *first_of(const zp_value *list)
{
    if (!list)
        return NULL;
    return list->kind == ZP_VALUE_LIST ? list->first : list->kind == ZP_VALUE_MAP ? list : NULL;
}

static const zp_value *next_of(const zp_value *list, const zp_value *entry)
{
    return list->kind == ZP_VALUE_LIST ? entry->next : NULL;
}

static size_t count_of(const zp_value *list)
{
    bool many = list && list->kind == ZP_VALUE_LIST;
    return many ? list->count : first_of(list) ? 1 : 0;
}

/* The sum over all projects; NULL when one of them does not say. */
static const zp_number *sum_of_projects(const reader *r, const char *path)
{
    const zp_value *projects = zp_value_find(r->report, ZP_STR("projects"));
    const zp_number *sum = first_of(projects) ? zp_number_int(r->arena, 0) : NULL;
    for (const zp_value *p = first_of(projects); p; p = next_of(projects, p))
        sum = zp_number_add(r->arena, sum, number_at(r, p, path, "元"));
    return sum;
}

/* --- The report ------------------------------------------------------------------------------- */

/* The report's own word, or that of its only project. */
static zp_str own_or_project(const reader *r, const char *key)
{
    zp_str own = text_at(r->report, key);
    const zp_value *projects = zp_value_find(r->report, ZP_STR("projects"));
    return own.n == 0 && count_of(projects) == 1 ? text_at(first_of(projects), key) : own;
}

/* A figure with the unit that it says. */
static const zp_number *figure_at(const reader *r, const char *id)
{
    const zp_value *figure = zp_value_path(r->report, zp_str_format(r->arena, "figures.%s", id));
    zp_str unit = text_at(figure, "unit");
    return number_at(r, figure, "value", zp_str_cstr(r->arena, unit));
}

/* The template's own figure for it; else the department's; else the sum of projects. */
static const zp_number *money(const reader *r, const char *figure, const char *own,
                              const char *other, const char *project)
{
    zp_str unit = text_at(r->report, "budget.unit");
    const char *word = unit.n > 0 ? zp_str_cstr(r->arena, unit) : "元";
    const zp_number *number = figure_at(r, figure);
    if (!number)
        number = number_at(r, r->report, own, word);
    if (!number && other)
        number = number_at(r, r->report, other, word);
    return number ? number : sum_of_projects(r, project);
}

static size_t count_findings(const reader *r, const char *severity)
{
    size_t count = 0;
    const zp_value *findings = zp_value_find(r->report, ZP_STR("findings"));
    for (const zp_value *f = first_of(findings); f; f = next_of(findings, f))
        count += zp_str_eq(text_at(f, "severity"), zp_str_from(severity));
    return count;
}

static void read_report(reader *r)
{
    const zp_entry_table to = ZP_ENTRY_REPORT;
    zp_str name = text_at(r->report, "department.name");
    if (name.n == 0)
        name = text_at(r->report, "department");
    zp_str folder = r->place->folder;
    zp_str unit = zp_str_slice(folder, 0, zp_str_find(folder, ZP_STR("/"), 0));
    const zp_number *budget =
        money(r, "total_budget", "budget.adjusted", "budget.initial", "funds.total.budget");
    const zp_number *spent = money(r, "total_spent", "budget.spent", NULL, "funds.total.spent");
    const zp_number *rate = zp_number_div(r->arena, spent, budget);
    zp_amount score = zp_amount_read(r->arena, own_or_project(r, "score"), ZP_STR(""));
    begin_row(r, to);
    put(r, to, r->place->bag);
    put(r, to, r->place->state);
    put(r, to, unit);
    put(r, to, text_at(r->report, "department.code"));
    put(r, to, name.n > 0 ? name : unit);
    put(r, to, text_at(r->report, "title"));
    put(r, to, text_at(r->report, "date"));
    put(r, to, text_at(r->report, "template"));
    put_number(r, to, budget);
    put_number(r, to, spent);
    put_number(r, to, rate ? zp_number_round(r->arena, rate, RATE_PLACES) : NULL);
    put_number(r, to, score.kind == ZP_AMOUNT_NUMBER ? score.number : NULL);
    put(r, to, own_or_project(r, "grade"));
    const zp_value *projects = zp_value_find(r->report, ZP_STR("projects"));
    if (projects && projects->kind != ZP_VALUE_NULL)
        put_count(r, to, count_of(projects));
    else
        put(r, to, ZP_STR(""));
    put_number(r, to, sum_of_projects(r, "funds.total.budget"));
    put_count(r, to, count_findings(r, "error"));
    put_count(r, to, count_findings(r, "warning"));
}

/* --- Its parts -------------------------------------------------------------------------------- */

/* Rows are known by the figure's name; one that has none is no row. */
static void read_figures(reader *r)
{
    const zp_value *figures = zp_value_find(r->report, ZP_STR("figures"));
    bool some = figures && figures->kind == ZP_VALUE_MAP;
    for (const zp_value *f = some ? figures->first : NULL; f; f = f->next) {
        if (f->key.n == 0)
            continue;
        begin_row(r, ZP_ENTRY_FIGURE);
        put(r, ZP_ENTRY_FIGURE, f->key);
        put(r, ZP_ENTRY_FIGURE, text_at(f, "name"));
        put(r, ZP_ENTRY_FIGURE, text_at(f, "value"));
        put(r, ZP_ENTRY_FIGURE, text_at(f, "unit"));
        put(r, ZP_ENTRY_FIGURE, text_at(f, "printed"));
    }
}

static void read_indicators(reader *r, const zp_value *list, zp_str project, size_t *n)
{
    static const char *const texts[] = {"level1", "level2", "level3", "target", "actual"};
    const zp_entry_table to = ZP_ENTRY_INDICATOR;
    for (const zp_value *row = first_of(list); row; row = next_of(list, row)) {
        begin_row(r, to);
        put_count(r, to, ++*n);
        put(r, to, project);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            put(r, to, text_at(row, texts[i]));
        put_number(r, to, number_at(r, row, "points", ""));
        put_number(r, to, number_at(r, row, "score", ""));
        put(r, to, text_at(row, "reason"));
    }
}

static void read_projects(reader *r)
{
    const zp_entry_table to = ZP_ENTRY_PROJECT;
    const zp_value *projects = zp_value_find(r->report, ZP_STR("projects"));
    size_t n = 0, indicators = 0;
    read_indicators(r, zp_value_find(r->report, ZP_STR("indicators")), ZP_STR(""), &indicators);
    for (const zp_value *p = first_of(projects); p; p = next_of(projects, p)) {
        begin_row(r, to);
        put_count(r, to, ++n);
        put(r, to, text_at(p, "code"));
        put(r, to, text_at(p, "name"));
        put_number(r, to, number_at(r, p, "funds.total.budget", "元"));
        put_number(r, to, number_at(r, p, "funds.total.spent", "元"));
        put_number(r, to, number_at(r, p, "score", ""));
        put(r, to, text_at(p, "grade"));
        read_indicators(r, zp_value_find(p, ZP_STR("indicators")), text_at(p, "name"), &indicators);
    }
}

static void read_findings(reader *r)
{
    const zp_value *findings = zp_value_find(r->report, ZP_STR("findings"));
    size_t n = 0;
    for (const zp_value *f = first_of(findings); f; f = next_of(findings, f)) {
        begin_row(r, ZP_ENTRY_FINDING);
        put_count(r, ZP_ENTRY_FINDING, ++n);
        put(r, ZP_ENTRY_FINDING, text_at(f, "severity"));
        put(r, ZP_ENTRY_FINDING, text_at(f, "id"));
        put(r, ZP_ENTRY_FINDING, text_at(f, "place"));
        put(r, ZP_ENTRY_FINDING, text_at(f, "message"));
    }
}

static zp_str kind_of(const zp_value *chapter)
{
    bool problems = zp_value_bool(zp_value_find(chapter, ZP_STR("problems")), false);
    bool measures = zp_value_bool(zp_value_find(chapter, ZP_STR("measures")), false);
    if (problems && measures)
        return ZP_STR("both");
    return problems ? ZP_STR("problems") : measures ? ZP_STR("measures") : ZP_STR("");
}

static void read_lines(reader *r, const zp_value *lines, size_t chapter)
{
    size_t n = 0;
    for (const zp_value *line = first_of(lines); line; line = next_of(lines, line)) {
        begin_row(r, ZP_ENTRY_LINE);
        put_count(r, ZP_ENTRY_LINE, chapter);
        put_count(r, ZP_ENTRY_LINE, ++n);
        put(r, ZP_ENTRY_LINE, zp_value_text(line));
    }
}

static void read_chapters(reader *r)
{
    const zp_value *chapters = zp_value_find(r->report, ZP_STR("chapters"));
    size_t n = 0;
    for (const zp_value *c = first_of(chapters); c; c = next_of(chapters, c)) {
        begin_row(r, ZP_ENTRY_CHAPTER);
        put_count(r, ZP_ENTRY_CHAPTER, ++n);
        put(r, ZP_ENTRY_CHAPTER, text_at(c, "level"));
        put(r, ZP_ENTRY_CHAPTER, kind_of(c));
        put(r, ZP_ENTRY_CHAPTER, text_at(c, "heading"));
        read_lines(r, zp_value_find(c, ZP_STR("lines")), n);
    }
}

static void list_files(reader *r)
{
    for (size_t i = 0; i < r->place->file_count; i++) {
        const zp_entry_file *file = &r->place->files[i];
        begin_row(r, ZP_ENTRY_FILE);
        put(r, ZP_ENTRY_FILE, file->path);
        put(r, ZP_ENTRY_FILE, file->kind);
        put(r, ZP_ENTRY_FILE, file->sha512);
    }
}

/* --- The whole -------------------------------------------------------------------------------- */

size_t zp_entry_columns(zp_entry_table table)
{
    static const char *const declared[] = {
#define X(table, name, columns, key) columns,
        ZP_ENTRY_TABLES(X)
#undef X
    };
    size_t columns = 3; /* year, folder, and one more than there are commas */
    for (const char *p = declared[table]; *p; p++)
        columns += *p == ',';
    return columns;
}

static const zp_entry *finish(reader *r)
{
    zp_entry *entry = zp_new(r->arena, zp_entry);
    for (size_t i = 0; i < ZP_ENTRY_TABLE_COUNT; i++) {
        zp_rows *rows = &entry->tables[i];
        rows->columns = zp_entry_columns((zp_entry_table)i);
        rows->rows = r->tables[i].count / rows->columns;
        rows->cells = r->tables[i].cells;
    }
    return entry;
}

const zp_entry *zp_entry_read(zp_arena *arena, const zp_entry_place *place, zp_str json)
{
    reader r = {.arena = arena, .place = place, .report = zp_json_read(arena, json)};
    if (!r.report)
        return NULL;
    read_report(&r);
    read_figures(&r);
    read_projects(&r);
    read_findings(&r);
    read_chapters(&r);
    list_files(&r);
    return finish(&r);
}
