/* overview.c: bags in, what people look into first out.
 */
#include "app/overview.h"

#include <stdio.h>
#include <string.h>
#include "app/holding.h"
#include "app/tabular.h"
#include "app/telling.h"
#include "archive/holdings.h"
#include "archive/indexpage.h"
#include "archive/summary.h"
#include "base/files.h"

enum { SUMMARY_FORMATS = 2, MARKS_FILE = 1 << 20 };

/* Files are gone through twice: once to list what there is to be, then to write what is due. */
typedef struct {
    zp_arena *arena, *lasting; /* `lasting`: of `diag` */
    zp_engine engine;          /* with its fonts, once something is to be written */
    zp_str archive;
    zp_str old;   /* the marks as they were found */
    zp_buf marks; /* as they are to be */
    bool listing;
    zp_diag *diag;
} overview;

static zp_status complain(zp_arena *arena, const char *what, zp_str which, zp_str why)
{
    zp_complain(what, zp_str_cstr(arena, which), zp_str_cstr(arena, why));
    return ZP_ENVIRONMENT;
}

static zp_status write_file(const overview *o, zp_arena *arena, zp_str name, zp_str bytes)
{
    zp_str why, path = zp_path_join(arena, o->archive, name);
    if (zp_file_replace(arena, zp_str_cstr(arena, path), bytes, &why))
        return ZP_DONE;
    return complain(arena, "写不了", path, why);
}

static bool is_there(const overview *o, zp_arena *arena, zp_str name)
{
    zp_str path = zp_path_join(arena, o->archive, name);
    return zp_path_kind_of(zp_str_cstr(arena, path)) == ZP_PATH_FILE;
}

/* --- Marks ------------------------------------------------------------------------------------
 *
 * .ziping/overview says of each file here, in lines as of a manifest, the hash of what it was made
 * of. While files are written the lines have no hash: whoever stops on the way leaves only names,
 * and all of them are made again.
 */

#define MARKS ZP_STR(ZP_STORE_PRIVATE "/overview")

static zp_str mark_line(zp_arena *arena, zp_str hash, zp_str name)
{
    return zp_str_format(arena, "%.*s  %.*s\n", ZP_ARG(hash), ZP_ARG(name));
}

/* Whether a file is to be written now; listed, if that is what is done now. */
static bool is_due(overview *o, zp_arena *arena, zp_str name, zp_str hash)
{
    zp_str line = mark_line(arena, hash, name);
    if (o->listing)
        zp_buf_add(&o->marks, line);
    return !o->listing && (zp_str_find(o->old, line, 0) == o->old.n || !is_there(o, arena, name));
}

/* The name in the line of marks at *at, which moves behind it; empty: it is no line. */
static zp_str next_name(zp_str marks, size_t *at)
{
    size_t end = zp_str_find(marks, ZP_STR("\n"), *at);
    size_t gap = zp_str_find(marks, ZP_STR("  "), *at);
    *at = end + 1;
    return gap < end ? zp_str_slice(marks, gap + 2, end) : ZP_STR("");
}

/* Names without hashes: of what was there, and of what is to be. */
static zp_status unmark(overview *o)
{
    zp_buf names = {.arena = o->arena};
    const zp_str both[] = {o->old, zp_buf_str(&o->marks)};
    for (size_t i = 0; i < 2; i++)
        for (size_t at = 0; at < both[i].n;)
            zp_buf_add(&names, mark_line(o->arena, ZP_STR(""), next_name(both[i], &at)));
    return write_file(o, o->arena, MARKS, zp_buf_str(&names));
}

/* What is of no year or volume any more goes. */
static zp_status mark(overview *o)
{
    zp_str marks = zp_buf_str(&o->marks), why;
    for (size_t at = 0; at < o->old.n;) {
        zp_str name = next_name(o->old, &at), line = mark_line(o->arena, ZP_STR(""), name);
        zp_str path = zp_path_join(o->arena, o->archive, zp_path_base(name));
        if (name.n > 0 && zp_str_find(marks, line, 0) == marks.n)
            (void)zp_path_remove(o->arena, zp_str_cstr(o->arena, path), &why);
    }
    return write_file(o, o->arena, MARKS, marks);
}

static void read_marks(overview *o)
{
    zp_str why, path = zp_path_join(o->arena, o->archive, MARKS);
    o->old = ZP_STR("");
    (void)zp_file_read(o->arena, zp_str_cstr(o->arena, path), MARKS_FILE, &o->old, &why);
}

/* Whether nothing has changed since the marks were written, and all files are there. */
static bool is_marked(const overview *o, zp_str index, zp_str state)
{
    bool whole = zp_str_find(o->old, mark_line(o->arena, state, index), 0) < o->old.n;
    for (size_t at = 0; whole && at < o->old.n;)
        whole = is_there(o, o->arena, next_name(o->old, &at));
    return whole;
}

/* --- 汇总表 ----------------------------------------------------------------------------------- */

static const char summary_remark[] =
    "合计的执行率＝支出合计÷预算合计，按金额计，不是各单位执行率的平均；得分是有得分的各份的平均，"
    "每份算一次；预算数、支出数没有写全的不计入合计的金额；单位有整体支出报告的，它的项目报告的金额"
    "已在其中，不再计入。";

/* Units in one file of pages: a table is laid out whole, and memory must not grow with the district
 * (1,000 rows take about 120 MB). Further volumes are 汇总表-2023-2 and so on. */
enum { VOLUME_UNITS = 1000 };

static const zp_str whole_heads[] = {ZP_STR("报告"),    ZP_STR("项目数"), ZP_STR("预算数"),
                                     ZP_STR("支出数"),  ZP_STR("执行率"), ZP_STR("平均得分"),
                                     ZP_STR("查出错误")};

/* The totals by themselves, a row of their own. */
static zp_rows whole_of(zp_arena *arena, const zp_summary *summary)
{
    static const zp_summary_column columns[] = {
        ZP_SUMMARY_NAME, ZP_SUMMARY_PROJECTS, ZP_SUMMARY_BUDGET, ZP_SUMMARY_SPENT,
        ZP_SUMMARY_RATE, ZP_SUMMARY_SCORE,    ZP_SUMMARY_ERRORS};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    zp_str *cells = zp_new_array(arena, zp_str, COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = zp_rows_at(&summary->units, summary->units.rows - 1, columns[i]);
    return (zp_rows){COLUMNS, 1, cells};
}

/* The rows of `units` laid out, as PDF and HTML; the first volume begins with the totals and the
 * grades. */
static zp_status write_volume(overview *o, zp_arena *arena, const zp_summary *summary,
                              const zp_rows *units, bool first, zp_str name)
{
    static const zp_str heads[] = {
#define X(column, head, width) ZP_STR(head),
        ZP_SUMMARY_TABLE(X)
#undef X
    };
    static const zp_str grade_heads[] = {ZP_STR("等级"), ZP_STR("份数"), ZP_STR("占比")};
    const zp_rows whole = whole_of(arena, summary);
    const zp_tabular tables[] = {
        {.caption = ZP_STR("总体情况"),
         .attributes = ZP_STR("style=three-line"),
         .unit = ZP_STR("万元"),
         .heads = whole_heads,
         .aligned = "ccccccc",
         .rows = &whole},
        {.caption = ZP_STR("等级分布"),
         .attributes = ZP_STR("style=three-line"),
         .heads = grade_heads,
         .aligned = "ccc",
         .rows = &summary->grades},
        {.caption = ZP_STR("各单位情况"),
         .attributes = ZP_STR("page=landscape size=五号"),
         .unit = ZP_STR("万元"),
         .remark = ZP_STR(summary_remark),
         .heads = heads,
         .aligned = "cllrrrrrcr",
         .rows = units},
    };
    const size_t skipped = first ? 0 : 2;
    const zp_format *formats[SUMMARY_FORMATS] = {zp_format_find(ZP_STR("pdf"), false),
                                                 zp_format_find(ZP_STR("html"), false)};
    zp_output outputs[SUMMARY_FORMATS];
    zp_diag *diag = zp_diag_new(arena);
    zp_str title = zp_str_format(arena, "%.*s年度绩效自评情况汇总表", ZP_ARG(summary->year));
    zp_status status = zp_tabular_write(arena, &o->engine, name, title, tables + skipped,
                                        3 - skipped, formats, SUMMARY_FORMATS, outputs, diag);
    if (status != ZP_DONE)
        zp_telling_tell(&(zp_telling){.to = stderr}, arena, diag);
    for (size_t i = 0; status == ZP_DONE && i < SUMMARY_FORMATS; i++)
        status =
            write_file(o, arena, zp_str_format(arena, "%.*s%s", ZP_ARG(name), formats[i]->ending),
                       zp_buf_str(&outputs[i].files[0]));
    return status;
}

static void hash_rows(zp_hash *hash, const zp_rows *rows)
{
    for (size_t i = 0; i < rows->rows * rows->columns; i++) {
        zp_hash_add(hash, rows->cells[i]);
        zp_hash_add(hash, (zp_str){"", 1});
    }
}

/* The hash of what a file says. */
static zp_str hash_of(zp_arena *arena, const zp_rows *parts, size_t count)
{
    zp_hash *hash = zp_hash_new(arena, ZP_SHA256);
    zp_hash_add(hash, ZP_STR(ZIPING_VERSION "\n"));
    for (size_t i = 0; i < count; i++)
        hash_rows(hash, &parts[i]);
    return zp_hash_end(hash);
}

static zp_status see_to_pages(overview *o, const zp_summary *summary, zp_str name)
{
    const zp_rows *all = &summary->units;
    zp_status status = ZP_DONE;
    for (size_t volume = 1, from = 0; status == ZP_DONE && from < all->rows; volume++) {
        zp_arena *arena = zp_arena_new();
        size_t count = all->rows - from < VOLUME_UNITS ? all->rows - from : VOLUME_UNITS;
        zp_rows units = {all->columns, count, all->cells + from * all->columns};
        zp_str called = volume == 1 ? name : zp_str_format(arena, "%.*s-%zu", ZP_ARG(name), volume);
        const zp_rows parts[] = {units, summary->grades, whole_of(arena, summary)};
        zp_str hash = hash_of(arena, parts, volume == 1 ? 3 : 1);
        bool page = is_due(o, arena, zp_str_format(arena, "%.*s.html", ZP_ARG(called)), hash);
        bool pdf = is_due(o, arena, zp_str_format(arena, "%.*s.pdf", ZP_ARG(called)), hash);
        if (page || pdf)
            status = write_volume(o, arena, summary, &units, volume == 1, called);
        from += count;
        zp_arena_free(arena);
    }
    return status;
}

static zp_status see_to_book(overview *o, zp_arena *arena, const zp_summary *summary, zp_str name)
{
    zp_str why, file = zp_str_format(arena, "%.*s.xlsx", ZP_ARG(name));
    zp_buf book = {.arena = arena};
    const zp_rows parts[] = {summary->units, summary->grades};
    if (!is_due(o, arena, file, hash_of(arena, parts, 2)))
        return ZP_DONE;
    if (!zp_summary_xlsx(arena, summary, o->engine.date, &book, &why))
        return complain(arena, "汇总表没有写成 XLSX", name, why);
    return write_file(o, arena, file, zp_buf_str(&book));
}

static zp_status see_to_summary(overview *o, zp_catalog *catalog, zp_arena *arena, zp_str year)
{
    zp_str name = zp_str_format(arena, "汇总表-%.*s", ZP_ARG(year));
    zp_rows reports = zp_catalog_table(catalog, ZP_ENTRY_REPORT, year, ZP_STR(""));
    const zp_summary *summary = zp_summary_make(arena, year, &reports);
    zp_status status = see_to_book(o, arena, summary, name);
    return status == ZP_DONE ? see_to_pages(o, summary, name) : status;
}

/* --- All of it -------------------------------------------------------------------------------- */

#define INDEX ZP_STR("index.html")

static zp_status see_to_index(overview *o, zp_catalog *catalog, zp_arena *arena, zp_str state)
{
    zp_buf page = {.arena = arena};
    const zp_index_options options = {
        .title = ZP_STR("绩效自评报告档案"),
        .about = ZP_STR("按年度一个档案包；每份报告的网页、PDF 和盖章件都在包里，点击即可打开。"),
    };
    if (!is_due(o, arena, INDEX, state))
        return ZP_DONE;
    zp_rows reports = zp_catalog_index(catalog, ZP_STR(""));
    zp_index_write(arena, &reports, &options, &page);
    return write_file(o, arena, INDEX, zp_buf_str(&page));
}

/* The hash of all that the overview is made of: which reports in which state, and the program. */
static zp_str state_of(zp_arena *arena, const zp_catalog_source *source)
{
    zp_hash *hash = zp_hash_new(arena, ZP_SHA256);
    zp_hash_add(hash, ZP_STR(ZIPING_VERSION "\n"));
    for (size_t i = 0; i < source->count; i++) {
        const zp_entry_place *place = &source->places[i];
        zp_hash_add(hash,
                    zp_str_format(arena, "%.*s\t%.*s\t%.*s\t%.*s\n", ZP_ARG(place->year),
                                  ZP_ARG(place->folder), ZP_ARG(place->bag), ZP_ARG(place->state)));
    }
    return zp_hash_end(hash);
}

/* What is taken out of the catalogue goes again part by part: a year at a time is in memory. */
static zp_status see_to_part(overview *o, zp_str year, zp_str state)
{
    zp_str why;
    zp_arena *arena = zp_arena_new();
    zp_catalog *catalog = zp_catalog_open(arena, o->archive, &why);
    zp_status status = ZP_DONE;
    if (!catalog)
        status = complain(arena, "读不了目录", o->archive, why);
    else if (year.n > 0)
        status = see_to_summary(o, catalog, arena, year);
    else
        status = see_to_index(o, catalog, arena, state);
    zp_catalog_close(catalog);
    zp_arena_free(arena);
    return status;
}

static zp_status see_to_all(overview *o, const zp_rows *years, zp_str state)
{
    zp_status status = see_to_part(o, ZP_STR(""), state);
    for (size_t i = 0; status == ZP_DONE && i < years->rows; i++)
        status = see_to_part(o, zp_rows_at(years, i, 0), state);
    return status;
}

static zp_status write_all(overview *o, zp_str state)
{
    zp_str why;
    read_marks(o);
    if (is_marked(o, INDEX, state))
        return ZP_DONE;
    zp_catalog *catalog = zp_catalog_open(o->arena, o->archive, &why);
    if (!catalog)
        return complain(o->arena, "读不了目录", o->archive, why);
    zp_rows years = zp_catalog_years(catalog);
    zp_catalog_close(catalog);
    o->listing = true;
    zp_status status = see_to_all(o, &years, state);
    o->listing = false;
    if (status == ZP_DONE)
        status = unmark(o);
    if (status == ZP_DONE)
        status = zp_engine_open(o->lasting, NULL, true, o->diag, &o->engine);
    if (status == ZP_DONE)
        status = see_to_all(o, &years, state);
    zp_engine_close(&o->engine);
    return status == ZP_DONE ? mark(o) : status;
}

/* SQLite's journals above both databases outlive some power cuts. Once both have been opened and
 * changed they say nothing any more. */
static void clear_journals(overview *o)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    if (!zp_folder_list(o->arena, zp_str_cstr(o->arena, o->archive), &names, &count, &why))
        return;
    for (size_t i = 0; i < count; i++) {
        zp_str path = zp_path_join(o->arena, o->archive, names[i]);
        if (zp_str_starts(names[i], ZP_STR(ZP_CATALOG_NAME "-mj")) ||
            zp_str_starts(names[i], ZP_STR(ZP_SEARCH_NAME "-mj")))
            (void)zp_path_remove(o->arena, zp_str_cstr(o->arena, path), &why);
    }
}

zp_status zp_overview_write(zp_store *store, zp_diag *diag)
{
    zp_arena *passing = zp_arena_new();
    overview o = {.arena = passing,
                  .lasting = store->arena,
                  .archive = store->folder,
                  .marks = {.arena = passing},
                  .diag = diag};
    zp_str why;
    size_t changed = 0, before = zp_diag_count(diag, ZP_ERROR);
    zp_store_refresh(store);
    zp_catalog_source source = zp_holdings_source(zp_holdings_make(passing, store));
    zp_status status = ZP_DONE;
    if (zp_catalog_update(passing, store->folder, &source, &changed, diag, &why)) {
        clear_journals(&o);
        status = write_all(&o, state_of(passing, &source));
    } else {
        status = complain(passing, "写不了目录", store->folder, why);
    }
    zp_arena_free(passing);
    return status == ZP_DONE && zp_diag_count(diag, ZP_ERROR) > before ? ZP_REPORT : status;
}

/* --- The command ------------------------------------------------------------------------------ */

/* While nobody else writes to the archive. */
static zp_status catalog_alone(zp_arena *arena, const char *archive, zp_telling *telling,
                               zp_diag *diag)
{
    zp_holding holding;
    if (zp_path_kind_of(archive) != ZP_PATH_FOLDER)
        return complain(arena, "没有这个档案", zp_str_from(archive), ZP_STR("请检查名称"));
    zp_status status = zp_holding_open(arena, archive, telling, &holding);
    if (status != ZP_DONE)
        return status;
    status = zp_overview_write(holding.store, diag);
    zp_holding_close(&holding);
    return status;
}

static zp_status run_catalog(const zp_options *chosen)
{
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    zp_telling telling;
    zp_status status = ZP_USAGE;
    if (zp_telling_choose(&telling, chosen->diagnostics, stderr)) {
        status = catalog_alone(arena, chosen->input, &telling, diag);
        zp_telling_tell(&telling, arena, diag);
        zp_telling_end(&telling, arena);
    }
    zp_arena_free(arena);
    return status;
}

static const zp_option catalog_options[] = {
    ZP_TEXT_OPTION("--diagnostics", NULL, "样式", "text（默认）、json 或 sarif", diagnostics),
    {0},
};

const zp_command zp_catalog_command = {
    .name = "catalog",
    .usage = "ziping catalog [选项] ARCHIVE",
    .about =
        "照各年的档案包重建它们上面的东西：目录 catalog.sqlite、检索 search.sqlite、index.html、"
        "各年的汇总表（XLSX、网页、PDF）。\n"
        "没有变的不动。ziping archive 每次都会做这一步；自己拷进、拷出档案包以后才用得着。",
    .options = catalog_options,
    .inputs = 1,
    .missing = "没有说哪个档案；写法：ziping catalog 档案",
    .status = "0 都和包一致了；1 有的报告读不了，目录里没有它；2 用法不对；\n"
              "3 环境有问题（没有这个归档，写不了，别的程序正在归档，缺字体、磁盘或内存不足）。",
    .run = run_catalog,
};
