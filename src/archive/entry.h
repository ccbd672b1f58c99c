/* entry.h: a report as the catalogue has it: rows of tables.
 *
 * What report.json of one unit and year (write/json.h) says, taken apart. Cells are text; numbers
 * are plain decimals, money in 元, rates as ratios; what is not known is empty. The tables and
 * their columns are those of catalog.sqlite, and stand in one place, the list below.
 */
#ifndef ZP_ENTRY_H
#define ZP_ENTRY_H

#include "base/str.h"

/* X(TABLE, name, columns, key): the columns behind `year` and `folder`, which every table
 * begins with, as SQL declares them; the key behind these two. `folder` is that of the report in
 * the bag's data/: UNIT/NAME (store.h). In `report`, `bag` is the folder of the bag; `state`
 * changes when any file of the unit does; `budget` and `spent` are the figures total_budget and
 * total_spent where the template has them, else the department's, else the sum of its projects';
 * `rate` is their ratio, to six decimals. In `indicator`, `project` is empty for the department's
 * own. In `chapter`, `kind` is problems, measures, both or NULL (write/chapters.h). */
#define ZP_ENTRY_TABLES(X)                                                                         \
    X(REPORT, report,                                                                              \
      "bag TEXT, state TEXT, unit TEXT, code TEXT, name TEXT, title TEXT, date TEXT, template "    \
      "TEXT, "                                                                                     \
      "budget NUMERIC, spent NUMERIC, rate NUMERIC, score NUMERIC, grade TEXT, projects INTEGER, " \
      "project_budget NUMERIC, errors INTEGER, warnings INTEGER",                                  \
      "")                                                                                          \
    X(FIGURE, figure, "id TEXT, name TEXT, value NUMERIC, measure TEXT, printed TEXT", ", id")     \
    X(INDICATOR, indicator,                                                                        \
      "n INTEGER, project TEXT, level1 TEXT, level2 TEXT, level3 TEXT, target TEXT, actual TEXT, " \
      "points NUMERIC, score NUMERIC, reason TEXT",                                                \
      ", n")                                                                                       \
    X(PROJECT, project,                                                                            \
      "n INTEGER, code TEXT, name TEXT, budget NUMERIC, spent NUMERIC, score NUMERIC, grade TEXT", \
      ", n")                                                                                       \
    X(FINDING, finding, "n INTEGER, severity TEXT, rule TEXT, place TEXT, message TEXT", ", n")    \
    X(CHAPTER, chapter, "n INTEGER, level INTEGER, kind TEXT, heading TEXT", ", n")                \
    X(LINE, line, "chapter INTEGER, n INTEGER, text TEXT", ", chapter, n")                         \
    X(FILE, file, "path TEXT, kind TEXT, sha512 TEXT", ", path")

typedef enum {
#define X(table, name, columns, key) ZP_ENTRY_##table,
    ZP_ENTRY_TABLES(X)
#undef X
        ZP_ENTRY_TABLE_COUNT
} zp_entry_table;

/* Columns of `report`, year and folder among them. */
typedef enum {
    ZP_REPORT_YEAR,
    ZP_REPORT_FOLDER,
    ZP_REPORT_BAG,
    ZP_REPORT_STATE,
    ZP_REPORT_UNIT, /* its folder: the code, or else the name */
    ZP_REPORT_CODE,
    ZP_REPORT_NAME,
    ZP_REPORT_TITLE,
    ZP_REPORT_DATE,
    ZP_REPORT_TEMPLATE,
    ZP_REPORT_BUDGET,
    ZP_REPORT_SPENT,
    ZP_REPORT_RATE,
    ZP_REPORT_SCORE,
    ZP_REPORT_GRADE,
    ZP_REPORT_PROJECTS,
    ZP_REPORT_PROJECT_BUDGET,
    ZP_REPORT_ERRORS,
    ZP_REPORT_WARNINGS,
    ZP_REPORT_COLUMNS
} zp_report_column;

/* And of other tables. */
typedef enum {
    ZP_FIGURE_ID = 2,
    ZP_FIGURE_NAME,
    ZP_FIGURE_VALUE,
    ZP_FIGURE_MEASURE,
    ZP_FIGURE_PRINTED
} zp_figure_column;
typedef enum {
    ZP_INDICATOR_N = 2,
    ZP_INDICATOR_PROJECT,
    ZP_INDICATOR_LEVEL1,
    ZP_INDICATOR_LEVEL2,
    ZP_INDICATOR_LEVEL3,
    ZP_INDICATOR_TARGET,
    ZP_INDICATOR_ACTUAL,
    ZP_INDICATOR_POINTS,
    ZP_INDICATOR_SCORE,
    ZP_INDICATOR_REASON
} zp_indicator_column;
typedef enum {
    ZP_CHAPTER_N = 2,
    ZP_CHAPTER_LEVEL,
    ZP_CHAPTER_KIND,
    ZP_CHAPTER_HEADING
} zp_chapter_column;
typedef enum { ZP_TEXT_CHAPTER = 2, ZP_TEXT_N, ZP_TEXT_LINE } zp_text_column;

/* How many columns a table has, year and folder among them. */
size_t zp_entry_columns(zp_entry_table table);

/* A table of texts, row by row. */
typedef struct {
    size_t columns, rows;
    const zp_str *cells; /* rows * columns */
} zp_rows;

static inline zp_str zp_rows_at(const zp_rows *rows, size_t row, size_t column)
{
    return rows->cells[row * rows->columns + column];
}

/* One file of the unit in its bag. */
typedef struct {
    zp_str path;   /* within the bag: data/001/report.pdf */
    zp_str kind;   /* 正本, 网页, 数据 …: what the archive calls it */
    zp_str sha512; /* in hexadecimal */
} zp_entry_file;

/* Where a report stands in an archive. */
typedef struct {
    zp_str year, folder, bag, state; /* as in the tables */
    const zp_entry_file *files;
    size_t file_count;
} zp_entry_place;

typedef struct {
    zp_rows tables[ZP_ENTRY_TABLE_COUNT];
} zp_entry;

/* Of the bytes of a report.json; NULL when they are none. */
const zp_entry *zp_entry_read(zp_arena *arena, const zp_entry_place *place, zp_str json);

#endif
