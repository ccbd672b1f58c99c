/* catalog.c: entries in, rows of two databases out, and back, by SQLite.
 *
 * A report's rows are never changed, only put in and taken out whole, known by the `state` beside
 * them. Values go into statements as parameters, never as text of a statement. The tables are
 * WITHOUT ROWID: what the file says does not depend on the order in which they came.
 */
#include "archive/catalog.h"

#include <sqlite3.h>
#include <assert.h>
#include <stdlib.h>
#include <unistd.h>
#include "archive/words.h"
#include "base/files.h"

/* user_version of both files: another one is of another version of this program. */
#define VERSION "1"

enum { WAIT = 10000 /* ms, for another process that writes */ };

struct zp_catalog {
    zp_arena *arena;
    sqlite3 *db;
    bool searchable;
};

/* A row of `words` is a unit's name and title, a chapter's heading, or a line; `indexed` says which
 * rows are whose. */
static const char search_schema[] =
    "CREATE VIRTUAL TABLE search.words USING fts5(year UNINDEXED, folder UNINDEXED, "
    "chapter UNINDEXED, n UNINDEXED, name, heading, body, tokenize = 'ascii');"
    "CREATE TABLE search.indexed(year TEXT, folder TEXT, first INTEGER, "
    "last INTEGER, PRIMARY KEY(year, folder)) WITHOUT ROWID;";

static const char *const table_names[] = {
#define X(table, name, columns, key) #name,
    ZP_ENTRY_TABLES(X)
#undef X
};

static const char main_schema[] =
#define X(table, name, columns, key)                                                               \
    "CREATE TABLE main." #name "(year TEXT, folder TEXT, " columns                                 \
    ", PRIMARY KEY(year, folder" key ")) WITHOUT ROWID;"
    ZP_ENTRY_TABLES(X)
#undef X
    ;

/* --- Statements ------------------------------------------------------------------------------- */

static bool explain(sqlite3 *db, zp_arena *arena, zp_str *why)
{
    int code = sqlite3_errcode(db);
    if (code == SQLITE_FULL)
        *why = ZP_STR("磁盘已满");
    else if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM)
        *why = ZP_STR("打不开文件：没有权限，或者磁盘已满");
    else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        *why = ZP_STR("另一个程序正在用它");
    else if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        *why = ZP_STR("文件已经损坏");
    else
        *why = zp_str_format(arena, "目录库出错（编号 %d）", sqlite3_extended_errcode(db));
    return false;
}

static bool execute(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* NULL when the tables are not as they should be; running it with NULL gives no row. */
static sqlite3_stmt *prepare(sqlite3 *db, zp_str sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql.p, (int)sql.n, &statement, NULL) != SQLITE_OK)
        return NULL;
    return statement;
}

/* Parameter `at` (from 1); what is empty is NULL. */
static void bind(sqlite3_stmt *statement, int at, zp_str text)
{
    if (text.n > 0)
        sqlite3_bind_text(statement, at, text.p, (int)text.n, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, at);
}

static void bind_all(sqlite3_stmt *statement, const zp_str *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bind(statement, (int)i + 1, values[i]);
}

/* Runs a statement that gives no rows. */
static bool run(sqlite3_stmt *statement)
{
    bool good = statement && sqlite3_step(statement) == SQLITE_DONE;
    if (statement)
        sqlite3_reset(statement);
    return good;
}

/* Prepares, runs once and forgets it. */
static bool run_once(sqlite3 *db, const char *sql, const zp_str *values, size_t count)
{
    sqlite3_stmt *statement = prepare(db, zp_str_from(sql));
    if (statement)
        bind_all(statement, values, count);
    bool good = run(statement);
    sqlite3_finalize(statement);
    return good;
}

static zp_str column_text(zp_arena *arena, sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    size_t n = (size_t)sqlite3_column_bytes(statement, column);
    return text ? zp_str_copy(arena, (zp_str){text, n}) : ZP_STR("");
}

/* All that a statement gives. False when it cannot be run to its end. */
static bool gather(zp_arena *arena, sqlite3_stmt *statement, zp_rows *rows)
{
    size_t capacity = 16, columns = (size_t)sqlite3_column_count(statement);
    zp_str *cells = zp_new_array(arena, zp_str, zp_array_size(capacity, columns));
    *rows = (zp_rows){.columns = columns};
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        if (rows->rows == capacity) {
            size_t row = zp_array_size(columns, sizeof *cells);
            cells = zp_arena_grow(arena, cells, capacity * row, zp_array_size(capacity * 2, row));
            capacity *= 2;
        }
        for (size_t c = 0; c < columns; c++)
            cells[rows->rows * columns + c] = column_text(arena, statement, (int)c);
        rows->rows++;
    }
    rows->cells = cells;
    return step == SQLITE_DONE;
}

/* The rows of one statement; none when it cannot be run. */
static zp_rows ask(zp_catalog *catalog, zp_str sql, const zp_str *values, size_t count)
{
    zp_rows rows = {0};
    sqlite3_stmt *statement = prepare(catalog->db, sql);
    if (statement) {
        bind_all(statement, values, count);
        gather(catalog->arena, statement, &rows);
    }
    sqlite3_finalize(statement);
    return rows;
}

/* --- Opening ---------------------------------------------------------------------------------- */

/* Never what SQLite might take for a URI. */
static zp_str path_of(zp_arena *arena, zp_str archive, const char *name)
{
    zp_str path = zp_path_join(arena, archive, zp_str_from(name));
    return zp_str_starts(path, ZP_STR("/")) ? path : zp_path_join(arena, ZP_STR("."), path);
}

/* Whether `schema` (main or search) was made by this version. */
static bool is_ours(zp_arena *arena, sqlite3 *db, const char *schema)
{
    zp_rows rows = {0};
    zp_str sql = zp_str_format(arena, "PRAGMA %s.user_version", schema);
    sqlite3_stmt *statement = prepare(db, sql);
    bool good = statement && gather(arena, statement, &rows) && rows.rows == 1 &&
                zp_str_eq(rows.cells[0], ZP_STR(VERSION));
    sqlite3_finalize(statement);
    return good;
}

/* Opens both; `flags` are SQLite's. What is attached in a read-only connection is read-only. */
static bool open_both(zp_arena *arena, zp_str archive, int flags, sqlite3 **db, bool *attached)
{
    const char *path = zp_str_cstr(arena, path_of(arena, archive, ZP_CATALOG_NAME));
    zp_str other = path_of(arena, archive, ZP_SEARCH_NAME);
    *attached = false;
    if (sqlite3_open_v2(path, db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return false;
    sqlite3_busy_timeout(*db, WAIT);
    sqlite3_db_config(*db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    *attached = run_once(*db, "ATTACH ?1 AS search", &other, 1);
    return true;
}

zp_catalog *zp_catalog_open(zp_arena *arena, zp_str archive, zp_str *why)
{
    const char *path = zp_str_cstr(arena, path_of(arena, archive, ZP_CATALOG_NAME));
    zp_catalog *catalog = zp_new(arena, zp_catalog);
    catalog->arena = arena;
    if (zp_path_kind_of(path) != ZP_PATH_FILE) {
        *why = zp_path_kind_of(zp_str_cstr(arena, archive)) == ZP_PATH_NONE
                   ? ZP_STR("没有这个文件夹")
                   : ZP_STR("里面没有 " ZP_CATALOG_NAME "，它不是档案，或者没有建完");
        return NULL;
    }
    bool attached,
        opened = open_both(arena, archive, SQLITE_OPEN_READONLY, &catalog->db, &attached);
    if (!opened || !is_ours(arena, catalog->db, "main")) {
        *why = ZP_STR("里面的 " ZP_CATALOG_NAME
                      " 已经损坏，或者是别的版本建的；用 ziping catalog 重建");
        sqlite3_close(catalog->db);
        return NULL;
    }
    catalog->searchable = attached && is_ours(arena, catalog->db, "search");
    return catalog;
}

bool zp_catalog_can_search(const zp_catalog *catalog)
{
    return catalog->searchable;
}

void zp_catalog_close(zp_catalog *catalog)
{
    if (catalog)
        sqlite3_close(catalog->db);
}

/* --- Writing ---------------------------------------------------------------------------------- */

typedef struct {
    zp_arena *arena, *passing; /* as long as the update; as long as a report */
    sqlite3 *db;
    bool with_words;     /* search.sqlite too */
    sqlite3_int64 words; /* the last row there */
    sqlite3_stmt *insert[ZP_ENTRY_TABLE_COUNT], *remove[ZP_ENTRY_TABLE_COUNT];
    sqlite3_stmt *add_words, *remove_words, *add_indexed, *remove_indexed;
    bool good;
} writer;

static sqlite3_stmt *prepared(writer *w, const char *sql)
{
    sqlite3_stmt *statement = prepare(w->db, zp_str_from(sql));
    w->good = w->good && statement;
    return statement;
}

static sqlite3_stmt *prepare_insert(writer *w, zp_entry_table table)
{
    zp_buf sql = {.arena = w->arena};
    zp_buf_format(&sql, "INSERT INTO main.%s VALUES(?", table_names[table]);
    for (size_t i = 1; i < zp_entry_columns(table); i++)
        zp_buf_lit(&sql, ",?");
    zp_buf_lit(&sql, ")");
    return prepared(w, zp_str_cstr(w->arena, zp_buf_str(&sql)));
}

static void prepare_all(writer *w)
{
    w->good = true;
    for (size_t i = 0; i < ZP_ENTRY_TABLE_COUNT; i++) {
        zp_str remove = zp_str_format(
            w->arena, "DELETE FROM main.%s WHERE year = ?1 AND folder = ?2", table_names[i]);
        w->insert[i] = prepare_insert(w, (zp_entry_table)i);
        w->remove[i] = prepared(w, zp_str_cstr(w->arena, remove));
    }
    if (!w->with_words)
        return;
    w->add_words = prepared(w, "INSERT INTO search.words(rowid, year, folder, chapter, n, name, "
                               "heading, body) VALUES(?8, ?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    w->remove_words =
        prepared(w, "DELETE FROM search.words WHERE rowid BETWEEN "
                    "(SELECT first FROM search.indexed WHERE year = ?1 AND folder = ?2)"
                    " AND "
                    "(SELECT last FROM search.indexed WHERE year = ?1 AND folder = ?2)");
    w->add_indexed = prepared(w, "INSERT INTO search.indexed VALUES(?1, ?2, ?3, ?4)");
    w->remove_indexed = prepared(w, "DELETE FROM search.indexed WHERE year = ?1 AND folder = ?2");
    sqlite3_stmt *last = prepared(w, "SELECT coalesce(max(last), 0) FROM search.indexed");
    w->good = w->good && sqlite3_step(last) == SQLITE_ROW;
    w->words = w->good ? sqlite3_column_int64(last, 0) : 0;
    sqlite3_finalize(last);
}

static void finalize_all(writer *w)
{
    sqlite3_stmt *others[] = {w->add_words, w->remove_words, w->add_indexed, w->remove_indexed};
    for (size_t i = 0; i < ZP_ENTRY_TABLE_COUNT; i++) {
        sqlite3_finalize(w->insert[i]);
        sqlite3_finalize(w->remove[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        sqlite3_finalize(others[i]);
}

static void run_with(writer *w, sqlite3_stmt *statement, const zp_str *values, size_t count)
{
    if (!w->good)
        return;
    bind_all(statement, values, count);
    w->good = run(statement);
}

static void remove_report(writer *w, const zp_str key[2])
{
    for (size_t i = 0; i < ZP_ENTRY_TABLE_COUNT; i++)
        run_with(w, w->remove[i], key, 2);
    if (!w->with_words)
        return;
    run_with(w, w->remove_words, key, 2);
    run_with(w, w->remove_indexed, key, 2);
}

enum { ADDED_NAME = 4, ADDED_HEADING, ADDED_BODY, ADDED_COLUMNS }; /* of a row of `words` */

/* `chapter` and `n` may be empty; `text` goes into `column`. A row without a word is not added. */
static void add_words(writer *w, const zp_str key[2], zp_str chapter, zp_str n, int column,
                      zp_str text)
{
    zp_str row[ADDED_COLUMNS] = {key[0], key[1], chapter, n};
    row[column] = zp_words_spread(w->passing, text);
    if (row[column].n == 0 || !w->good)
        return;
    sqlite3_bind_int64(w->add_words, ADDED_COLUMNS + 1, ++w->words);
    run_with(w, w->add_words, row, ADDED_COLUMNS);
}

static void index_report(writer *w, const zp_entry *entry)
{
    const zp_rows *report = &entry->tables[ZP_ENTRY_REPORT];
    const zp_rows *chapters = &entry->tables[ZP_ENTRY_CHAPTER];
    const zp_rows *lines = &entry->tables[ZP_ENTRY_LINE];
    const zp_str *key = report->cells, none = ZP_STR("");
    sqlite3_int64 before = w->words;
    add_words(w, key, none, none, ADDED_NAME,
              zp_str_format(w->passing, "%.*s　%.*s", ZP_ARG(key[ZP_REPORT_NAME]),
                            ZP_ARG(key[ZP_REPORT_TITLE])));
    for (size_t i = 0; i < chapters->rows; i++)
        add_words(w, key, zp_rows_at(chapters, i, ZP_CHAPTER_N), none, ADDED_HEADING,
                  zp_rows_at(chapters, i, ZP_CHAPTER_HEADING));
    for (size_t i = 0; i < lines->rows; i++)
        add_words(w, key, zp_rows_at(lines, i, ZP_TEXT_CHAPTER), zp_rows_at(lines, i, ZP_TEXT_N),
                  ADDED_BODY, zp_rows_at(lines, i, ZP_TEXT_LINE));
    if (!w->good || w->words == before)
        return;
    sqlite3_bind_int64(w->add_indexed, 3, before + 1);
    sqlite3_bind_int64(w->add_indexed, 4, w->words);
    run_with(w, w->add_indexed, key, 2);
}

static void insert_report(writer *w, const zp_entry *entry)
{
    for (size_t i = 0; i < ZP_ENTRY_TABLE_COUNT; i++) {
        const zp_rows *rows = &entry->tables[i];
        for (size_t row = 0; row < rows->rows; row++)
            run_with(w, w->insert[i], rows->cells + row * rows->columns, rows->columns);
    }
    if (w->with_words)
        index_report(w, entry);
}

/* Reads the report of that index and puts it in. */
static void take_in(writer *w, const zp_catalog_source *source, size_t index, zp_diag *diag)
{
    zp_arena_clear(w->passing);
    const zp_entry *entry = source->read(source->user, index, w->passing, diag);
    if (entry && w->good)
        insert_report(w, entry);
}

/* --- In step with the bags -------------------------------------------------------------------- */

static int compare_keys(zp_str year, zp_str folder, const zp_entry_place *place)
{
    int years = zp_str_compare(year, place->year);
    return years != 0 ? years : zp_str_compare(folder, place->folder);
}

/* Walks through what is there and what should be, both in order. How many reports differ. */
static size_t bring_in_step(writer *w, const zp_rows *there, const zp_catalog_source *source,
                            zp_diag *diag)
{
    enum { STATE = 2 };
    size_t changed = 0;
    for (size_t old = 0, new = 0; w->good && (old < there->rows || new < source->count);) {
        const zp_str *row = there->cells + old * there->columns;
        const zp_entry_place *place = &source->places[new];
        int order = old == there->rows     ? 1
                    : new == source->count ? -1
                                           : compare_keys(row[0], row[1], place);
        bool same = order == 0 && zp_str_eq(row[STATE], place->state);
        if (!same && order <= 0)
            remove_report(w, row);
        if (!same && order >= 0)
            take_in(w, source, new, diag);
        changed += !same;
        old += order <= 0;
        new += order >= 0;
    }
    return changed;
}

static bool make_tables(zp_arena *arena, sqlite3 *db)
{
    return execute(db, main_schema) && execute(db, search_schema) &&
           execute(db, "PRAGMA main.user_version = " VERSION
                       "; PRAGMA search.user_version = " VERSION) &&
           is_ours(arena, db, "main");
}

/* Opens both to be written, in a transaction; what is not ours is removed first. */
static bool open_to_write(zp_arena *arena, zp_str archive, sqlite3 **db)
{
    static const char *const names[] = {ZP_CATALOG_NAME, ZP_CATALOG_NAME "-journal", ZP_SEARCH_NAME,
                                        ZP_SEARCH_NAME "-journal"};
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    bool attached;
    if (open_both(arena, archive, flags, db, &attached) && attached &&
        execute(*db, "BEGIN IMMEDIATE")) {
        if (is_ours(arena, *db, "main") && is_ours(arena, *db, "search"))
            return true;
    } else if (sqlite3_errcode(*db) != SQLITE_NOTADB && sqlite3_errcode(*db) != SQLITE_CORRUPT) {
        return false;
    }
    sqlite3_close(*db);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(zp_str_cstr(arena, path_of(arena, archive, names[i])));
    return open_both(arena, archive, flags, db, &attached) && attached &&
           execute(*db, "BEGIN IMMEDIATE") && make_tables(arena, *db);
}

bool zp_catalog_update(zp_arena *arena, zp_str archive, const zp_catalog_source *source,
                       size_t *changed, zp_diag *diag, zp_str *why)
{
    writer w = {.arena = arena, .passing = zp_arena_new(), .with_words = true};
    zp_rows there = {0};
    *changed = 0;
    if (open_to_write(arena, archive, &w.db)) {
        sqlite3_stmt *all = prepare(w.db, ZP_STR("SELECT year, folder, state FROM main.report "
                                                 "ORDER BY year, folder"));
        prepare_all(&w);
        w.good = all && gather(arena, all, &there) && w.good;
        sqlite3_finalize(all);
        *changed = bring_in_step(&w, &there, source, diag);
    }
    w.good = w.good && execute(w.db, "COMMIT");
    if (!w.good)
        explain(w.db, arena, why);
    finalize_all(&w);
    sqlite3_close(w.db); /* a transaction that is still open is taken back */
    zp_arena_free(w.passing);
    return w.good;
}

/* The bags' rows of a report stand in `main`, which is in memory, and those of the catalogue in
 * `disk`; a statement a table. */
typedef struct {
    sqlite3_stmt *count, *differ, *clear, *total;
    sqlite3_int64 rows; /* of all reports so far */
} comparing;

static sqlite3_stmt *prepare_for(writer *w, const char *sql, const char *table)
{
    return prepared(w, zp_str_cstr(w->arena, zp_str_format(w->arena, sql, table, table)));
}

static void prepare_comparing(writer *w, comparing *tables)
{
    for (size_t i = 0; i < ZP_ENTRY_TABLE_COUNT; i++) {
        const char *name = table_names[i];
        tables[i] = (comparing){
            .count = prepare_for(w, "SELECT count(*) FROM main.%s", name),
            .differ = prepare_for(w,
                                  "SELECT EXISTS (SELECT * FROM main.%s EXCEPT SELECT * FROM "
                                  "disk.%s WHERE year = ?1 AND folder = ?2)",
                                  name),
            .clear = prepare_for(w, "DELETE FROM main.%s", name),
            .total = prepare_for(w, "SELECT count(*) FROM disk.%s", name)};
    }
}

static void finalize_comparing(comparing *tables)
{
    for (size_t i = 0; i < ZP_ENTRY_TABLE_COUNT; i++) {
        sqlite3_finalize(tables[i].count);
        sqlite3_finalize(tables[i].differ);
        sqlite3_finalize(tables[i].clear);
        sqlite3_finalize(tables[i].total);
    }
}

/* The number that a statement gives; -1 when it cannot be run. */
static sqlite3_int64 number_of(sqlite3_stmt *statement)
{
    bool good = statement && sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_int64 number = good ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_reset(statement);
    return number;
}

/* Whether the catalogue has all rows of the report that is in memory now; and makes room for the
 * next one. */
static bool has_rows(writer *w, comparing *tables, const zp_entry_place *place)
{
    const zp_str key[] = {place->year, place->folder};
    bool has = w->good;
    for (size_t i = 0; has && i < ZP_ENTRY_TABLE_COUNT; i++) {
        sqlite3_int64 rows = number_of(tables[i].count);
        bind_all(tables[i].differ, key, 2);
        has = rows >= 0 && number_of(tables[i].differ) == 0 && run(tables[i].clear);
        tables[i].rows += rows;
    }
    return has;
}

bool zp_catalog_agrees(zp_arena *arena, zp_str archive, const zp_catalog_source *source,
                       zp_diag *diag, zp_str *why)
{
    writer w = {.arena = arena, .passing = zp_arena_new()};
    comparing tables[ZP_ENTRY_TABLE_COUNT] = {0};
    const zp_str path = path_of(arena, archive, ZP_CATALOG_NAME);
    bool agrees = zp_path_kind_of(zp_str_cstr(arena, path)) == ZP_PATH_FILE &&
                  sqlite3_open(":memory:", &w.db) == SQLITE_OK && execute(w.db, main_schema) &&
                  run_once(w.db, "ATTACH ?1 AS disk", &path, 1) && is_ours(arena, w.db, "disk");
    if (agrees) {
        prepare_all(&w);
        prepare_comparing(&w, tables);
    }
    agrees = agrees && w.good;
    for (size_t i = 0; agrees && i < source->count; i++) {
        take_in(&w, source, i, diag);
        agrees = has_rows(&w, tables, &source->places[i]);
    }
    for (size_t i = 0; agrees && i < ZP_ENTRY_TABLE_COUNT; i++)
        agrees = tables[i].rows == number_of(tables[i].total);
    if (!agrees)
        *why = ZP_STR(ZP_CATALOG_NAME " 和档案包里的不一致");
    finalize_comparing(tables);
    finalize_all(&w);
    sqlite3_close(w.db);
    zp_arena_free(w.passing);
    return agrees;
}

/* --- What is asked of it ---------------------------------------------------------------------- */

zp_rows zp_catalog_years(zp_catalog *catalog)
{
    return ask(catalog, ZP_STR("SELECT DISTINCT year FROM main.report ORDER BY year"), NULL, 0);
}

zp_rows zp_catalog_table(zp_catalog *catalog, zp_entry_table table, zp_str year, zp_str folder)
{
    const zp_str values[] = {year, folder};
    zp_str sql = zp_str_format(catalog->arena,
                               "SELECT * FROM main.%s WHERE (?1 IS NULL OR year = ?1) AND "
                               "(?2 IS NULL OR folder = ?2)",
                               table_names[table]);
    return ask(catalog, sql, values, 2);
}

#define FILE_OF(kind_of_it)                                                                        \
    "(SELECT min(path) FROM main.file AS f WHERE f.year = r.year AND f.folder = r.folder AND "     \
    "f.kind = '" kind_of_it "')"

static const char index_query[] =
    "SELECT year, folder, bag, code, name, title, budget, spent, rate, score, grade, errors, "
    "warnings, " FILE_OF("网页") ", " FILE_OF("正本") ", " FILE_OF(
        "版式文件") " FROM main.report AS r WHERE ?1 IS NULL OR year = ?1 ORDER BY year DESC, "
                    "folder";

zp_rows zp_catalog_index(zp_catalog *catalog, zp_str year)
{
    return ask(catalog, ZP_STR(index_query), &year, 1);
}

/* What the index finds, as a condition on `words`. */
#define FOUND                                                                                      \
    " FROM search.words WHERE words MATCH ?1 AND (?2 IS NULL OR year = ?2) AND "                   \
    "(?3 IS NULL OR folder IN (SELECT folder FROM main.report WHERE ?3 IN (folder, unit, code, "   \
    "name)))"

/* A unit's name and title weigh more than a heading, and that more than a line (bm25, FTS5 5.1.1;
 * less is better). */
#define HITS                                                                                       \
    "SELECT w.year, w.folder, r.bag, r.name, r.title, c.heading, l.text FROM "                     \
    "(SELECT year, folder, chapter, n, bm25(words, 0, 0, 0, 0, 10, 4, 1) AS weight" FOUND          \
    " ORDER BY weight, year DESC, folder, CAST(chapter AS INTEGER), CAST(n AS INTEGER) "           \
    "LIMIT ?4) AS w "                                                                              \
    "JOIN main.report AS r ON r.year = w.year AND r.folder = w.folder "                            \
    "LEFT JOIN main.chapter AS c ON c.year = w.year AND c.folder = w.folder AND c.n = w.chapter "  \
    "LEFT JOIN main.line AS l ON l.year = w.year AND l.folder = w.folder AND l.chapter = "         \
    "w.chapter "                                                                                   \
    "AND l.n = w.n "                                                                               \
    "ORDER BY w.weight, w.year DESC, w.folder, CAST(w.chapter AS INTEGER), CAST(w.n AS INTEGER)"

bool zp_catalog_search(zp_catalog *catalog, zp_str query, zp_str year, zp_str unit, size_t limit,
                       zp_rows *hits, size_t *total, zp_str *why)
{
    const zp_str values[] = {query, year, unit};
    zp_rows count = {0};
    *hits = count;
    sqlite3_stmt *all = prepare(catalog->db, ZP_STR("SELECT count(*)" FOUND));
    sqlite3_stmt *best = prepare(catalog->db, ZP_STR(HITS));
    bool good = catalog->searchable && all && best;
    if (good) {
        bind_all(all, values, 3);
        bind_all(best, values, 3);
        sqlite3_bind_int64(best, 4, (sqlite3_int64)limit);
        good = gather(catalog->arena, all, &count) && gather(catalog->arena, best, hits);
    }
    *total = good && count.rows == 1
                 ? (size_t)strtoull(zp_str_cstr(catalog->arena, count.cells[0]), NULL, 10)
                 : 0;
    if (!good)
        *why = ZP_STR("里面的 " ZP_SEARCH_NAME " 不在或已经损坏；用 ziping catalog 重建");
    sqlite3_finalize(all);
    sqlite3_finalize(best);
    return good;
}
