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

enum { SUMMARY_FORMATS = 2, MARK_FILE = 128 };

typedef struct {
    zp_arena *arena;
    zp_engine engine; /* with its fonts, once something is to be written */
    zp_str archive;
    zp_catalog *catalog;
    zp_diag *diag;
} overview;

static zp_status complain(zp_arena *arena, const char *what, zp_str which, zp_str why)
{
    zp_complain(what, zp_str_cstr(arena, which), zp_str_cstr(arena, why));
    return ZP_ENVIRONMENT;
}

static zp_status write_file(overview *o, zp_str name, const zp_buf *bytes)
{
    zp_str why, path = zp_path_join(o->arena, o->archive, name);
    if (zp_file_replace(o->arena, zp_str_cstr(o->arena, path), zp_buf_str(bytes), &why))
        return ZP_DONE;
    return complain(o->arena, "写不了", path, why);
}

/* --- 汇总表 ----------------------------------------------------------------------------------- */

static const char summary_remark[] =
    "合计的执行率＝支出合计÷预算合计，按金额计，不是各单位执行率的平均；得分是有得分的各份的平均，"
    "每份算一次；预算数、支出数没有写全的不计入合计的金额；单位有整体支出报告的，它的项目报告的金额"
    "已在其中，不再计入。";

/* Units in one file of pages: a table is laid out whole, and memory must not grow with the district
 * (1,000 rows take about 120 MB). Further volumes are 汇总表-2023-2 and so on. */
enum { VOLUME_UNITS = 1000 };

/* The rows of `units` laid out, as PDF and HTML; the first volume begins with the grades. */
static zp_status write_volume(overview *o, zp_arena *arena, const zp_summary *summary,
                              const zp_rows *units, bool first, zp_str name)
{
    static const zp_str heads[] = {
#define X(column, head, width) ZP_STR(head),
        ZP_SUMMARY_TABLE(X)
#undef X
    };
    static const zp_str grade_heads[] = {ZP_STR("等级"), ZP_STR("份数"), ZP_STR("占比")};
    const zp_tabular tables[] = {
        {.caption = ZP_STR("等级分布"),
         .attributes = ZP_STR("style=three-line"),
         .heads = grade_heads,
         .aligned = "crr",
         .rows = &summary->grades},
        {.caption = ZP_STR("各单位情况"),
         .attributes = ZP_STR("page=landscape size=五号"),
         .unit = ZP_STR("万元"),
         .remark = ZP_STR(summary_remark),
         .heads = heads,
         .aligned = "cllrrrrrcr",
         .rows = units},
    };
    const size_t skipped = first ? 0 : 1;
    const zp_format *formats[SUMMARY_FORMATS] = {zp_format_find(ZP_STR("pdf"), false),
                                                 zp_format_find(ZP_STR("html"), false)};
    zp_output outputs[SUMMARY_FORMATS];
    zp_diag *diag = zp_diag_new(arena);
    zp_str title = zp_str_format(arena, "%.*s年度绩效自评情况汇总表", ZP_ARG(summary->year));
    zp_status status = zp_tabular_write(arena, &o->engine, name, title, tables + skipped,
                                        2 - skipped, formats, SUMMARY_FORMATS, outputs, diag);
    if (status != ZP_DONE)
        zp_telling_tell(&(zp_telling){.to = stderr}, arena, diag);
    for (size_t i = 0; status == ZP_DONE && i < SUMMARY_FORMATS; i++)
        status = write_file(o, zp_str_format(arena, "%.*s%s", ZP_ARG(name), formats[i]->ending),
                            &outputs[i].files[0]);
    return status;
}

/* The volume after the last, of a time when there were more units. */
static void drop_volume(overview *o, zp_arena *arena, zp_str name)
{
    static const char *const endings[] = {"pdf", "html"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        zp_str file = zp_str_format(arena, "%.*s.%s", ZP_ARG(name), endings[i]), why;
        zp_path_remove(arena, zp_str_cstr(arena, zp_path_join(arena, o->archive, file)), &why);
    }
}

static zp_status write_pages(overview *o, const zp_summary *summary, zp_str name)
{
    const zp_rows *all = &summary->units;
    zp_status status = ZP_DONE;
    size_t volume = 0, from = 0;
    do {
        zp_arena *arena = zp_arena_new();
        size_t count = all->rows - from < VOLUME_UNITS ? all->rows - from : VOLUME_UNITS;
        zp_rows units = {all->columns, count, all->cells + from * all->columns};
        zp_str called =
            volume == 0 ? name : zp_str_format(arena, "%.*s-%zu", ZP_ARG(name), volume + 1);
        status = write_volume(o, arena, summary, &units, volume == 0, called);
        from += count;
        volume++;
        if (status == ZP_DONE && from >= all->rows)
            drop_volume(o, arena, zp_str_format(arena, "%.*s-%zu", ZP_ARG(name), volume + 1));
        zp_arena_free(arena);
    } while (status == ZP_DONE && from < all->rows);
    return status;
}

static zp_status write_summary(overview *o, zp_str year)
{
    zp_arena *arena = zp_arena_new();
    zp_str why, name = zp_str_format(arena, "汇总表-%.*s", ZP_ARG(year));
    zp_rows reports = zp_catalog_table(o->catalog, ZP_ENTRY_REPORT, year, ZP_STR(""));
    const zp_summary *summary = zp_summary_make(arena, year, &reports);
    zp_buf book = {.arena = arena};
    zp_status status = ZP_DONE;
    if (zp_summary_xlsx(arena, summary, o->engine.date, &book, &why))
        status = write_file(o, zp_str_format(arena, "%.*s.xlsx", ZP_ARG(name)), &book);
    else
        status = complain(arena, "汇总表没有写成 XLSX", name, why);
    zp_status pages = write_pages(o, summary, name);
    zp_arena_free(arena);
    return status != ZP_DONE ? status : pages;
}

/* --- All of it -------------------------------------------------------------------------------- */

static zp_status write_index(overview *o)
{
    zp_rows reports = zp_catalog_index(o->catalog, ZP_STR(""));
    zp_buf page = {.arena = o->arena};
    const zp_index_options options = {
        .title = ZP_STR("绩效自评报告档案"),
        .about = ZP_STR("按年度一个档案包；每份报告的网页、PDF 和盖章件都在包里，点击即可打开。"),
    };
    zp_index_write(o->arena, &reports, &options, &page);
    return write_file(o, ZP_STR("index.html"), &page);
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

/* The state that index.html and 汇总表 were last made of, written after them: whoever stops on the
 * way leaves the one before. */
static const char *mark_path(overview *o)
{
    zp_str mark = ZP_STR(ZP_STORE_PRIVATE "/overview");
    return zp_str_cstr(o->arena, zp_path_join(o->arena, o->archive, mark));
}

static bool is_marked(overview *o, zp_str state)
{
    zp_str mark, why;
    return zp_file_read(o->arena, mark_path(o), MARK_FILE, &mark, &why) && zp_str_eq(mark, state);
}

static zp_status mark(overview *o, zp_str state)
{
    zp_str why;
    const char *path = mark_path(o);
    zp_str folder = zp_path_folder(zp_str_from(path));
    if (zp_folder_make(o->arena, zp_str_cstr(o->arena, folder), &why) &&
        zp_file_replace(o->arena, path, state, &why))
        return ZP_DONE;
    return complain(o->arena, "写不了", zp_str_from(path), why);
}

static bool is_there(overview *o, zp_str name)
{
    zp_str path = zp_path_join(o->arena, o->archive, name);
    return zp_path_kind_of(zp_str_cstr(o->arena, path)) == ZP_PATH_FILE;
}

/* Whether all that is made of the catalogue is there. */
static bool is_whole(overview *o, const zp_rows *years)
{
    static const char *const endings[] = {"xlsx", "html", "pdf"};
    bool whole = is_there(o, ZP_STR("index.html"));
    for (size_t i = 0; whole && i < years->rows * 3; i++)
        whole = is_there(o, zp_str_format(o->arena, "汇总表-%.*s.%s",
                                          ZP_ARG(zp_rows_at(years, i / 3, 0)), endings[i % 3]));
    return whole;
}

static zp_status write_all(overview *o, zp_str state)
{
    zp_rows years = zp_catalog_years(o->catalog);
    if (is_marked(o, state) && is_whole(o, &years))
        return ZP_DONE;
    zp_status status = zp_engine_open(o->arena, NULL, true, o->diag, &o->engine);
    if (status == ZP_DONE)
        status = write_index(o);
    for (size_t i = 0; status == ZP_DONE && i < years.rows; i++)
        status = write_summary(o, zp_rows_at(&years, i, 0));
    zp_engine_close(&o->engine);
    return status == ZP_DONE ? mark(o, state) : status;
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

zp_status zp_overview_write(zp_arena *arena, zp_str archive, zp_diag *diag)
{
    overview o = {.arena = arena, .archive = archive, .diag = diag};
    zp_str why, state = ZP_STR("");
    size_t changed = 0, before = zp_diag_count(diag, ZP_ERROR);
    zp_status status = ZP_DONE;
    const zp_store *store = zp_store_open(arena, archive, diag);
    if (!store) {
        status = ZP_REPORT;
    } else {
        zp_catalog_source source = zp_holdings_source(zp_holdings_make(arena, store));
        if (!zp_catalog_update(arena, archive, &source, &changed, diag, &why))
            status = complain(arena, "写不了目录", archive, why);
        else
            clear_journals(&o);
        state = state_of(arena, &source);
    }
    if (status == ZP_DONE) {
        o.catalog = zp_catalog_open(arena, archive, &why);
        status = o.catalog ? write_all(&o, state) : complain(arena, "读不了目录", archive, why);
    }
    zp_catalog_close(o.catalog);
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
    status = zp_overview_write(arena, holding.folder, diag);
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
    .run = run_catalog,
};
