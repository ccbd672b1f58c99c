/* verify.c: an archive in, bag by bag what differs and a verdict out.
 *
 * A bag is 完好 when nothing differs, 中断 when something does and a journal is there that leads on
 * from it, else 损坏.
 */
#include "app/verify.h"

#include "app/crew.h"
#include "app/holding.h"
#include "app/overview.h"
#include "app/progress.h"
#include "archive/holdings.h"
#include "archive/journal.h"
#include "archive/verify.h"
#include "base/files.h"

enum { PIECE = 32 /* files that a worker takes at once */ };

typedef struct {
    zp_arena *arena;
    zp_telling telling;
    zp_str archive;
    size_t threads;
    bool interrupted;
    bool wrong; /* anything */
    /* Of the bag at hand: */
    zp_verifying bag;
    size_t differ;
    zp_progress progress;
} verifying;

/* --- One bag ---------------------------------------------------------------------------------- */

typedef struct {
    zp_str told;
    size_t differ;
} finding;

static void *hash_piece(void *state, size_t index, zp_arena *passing, zp_arena *keep)
{
    const verifying *v = state;
    zp_diag *diag = zp_diag_new(passing);
    zp_buf told = {.arena = passing};
    finding *found = zp_new(keep, finding);
    for (size_t i = index * PIECE; i < v->bag.count && i < (index + 1) * PIECE; i++)
        zp_verify_file(passing, &v->bag, i, diag);
    zp_telling_render(&v->telling, diag, &told);
    found->told = zp_str_copy(keep, zp_buf_str(&told));
    found->differ = zp_diag_count(diag, ZP_ERROR);
    return found;
}

static void deliver(void *user, size_t index, void *result)
{
    verifying *v = user;
    const finding *found = result;
    if (found->told.n > 0) {
        zp_progress_clear(&v->progress);
        zp_telling_put(&v->telling, v->arena, found->told);
    }
    v->differ += found->differ;
    zp_progress_step(&v->progress, index + 1);
}

static void conclude(verifying *v, zp_str name)
{
    const char *word = v->differ == 0 ? "完好" : v->interrupted ? "中断" : "损坏";
    const char *hint = v->differ == 0 || v->interrupted
                           ? NULL
                           : "从备份恢复这个包；没有备份的，移走它，用原来上报的文件夹再归档一次";
    size_t files = v->bag.bag ? v->bag.bag->count : 0;
    v->wrong = v->wrong || v->differ > 0;
    if (v->telling.form == ZP_FORM_TEXT) {
        printf("%.*s：%s，%zu 个文件", ZP_ARG(name), word, files);
        if (v->differ > 0)
            printf("，%zu 处不符", v->differ);
        puts("");
        if (hint)
            printf("   提示: %s\n", hint);
        return;
    }
    zp_diag *diag = zp_diag_new(v->arena);
    zp_span place =
        zp_span_file(zp_source_new(v->arena, zp_path_join(v->arena, v->archive, name), ZP_STR("")));
    zp_diag_add(diag, v->differ == 0 ? ZP_HINT : ZP_ERROR,
                v->differ == 0   ? "bag-whole"
                : v->interrupted ? "bag-interrupted"
                                 : "bag-broken",
                place, hint, "%s", word);
    zp_telling_tell(&v->telling, v->arena, diag);
}

static void verify_bag(verifying *v, zp_str name)
{
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    v->bag = zp_verify_begin(arena, v->archive, name, diag);
    v->differ = zp_diag_count(diag, ZP_ERROR);
    zp_telling_tell(&v->telling, v->arena, diag);
    const zp_crew crew = {.user = v,
                          .count = (v->bag.count + PIECE - 1) / PIECE,
                          .work = hash_piece,
                          .deliver = deliver};
    v->progress = zp_progress_begin("核对", crew.count, v->telling.form != ZP_FORM_TEXT);
    zp_crew_run(&crew, v->threads);
    conclude(v, name);
    zp_arena_free(arena);
}

/* One of the files above the bags, which can be made again. */
static void tell_of(const verifying *v, zp_diag *diag, zp_severity severity, const char *id,
                    zp_str name, const char *what)
{
    zp_str path = zp_path_join(v->arena, v->archive, name);
    zp_diag_add(diag, severity, id, zp_span_file(zp_source_new(v->arena, path, ZP_STR(""))),
                "运行 ziping catalog 照包重建", "%s", what);
}

static bool tell_missing(const verifying *v, zp_diag *diag, zp_str name)
{
    zp_str path = zp_path_join(v->arena, v->archive, name);
    bool missing = zp_path_kind_of(zp_str_cstr(v->arena, path)) != ZP_PATH_FILE;
    if (missing)
        tell_of(v, diag, ZP_HINT, "catalog-missing", name, "没有这个文件");
    return missing;
}

static void look_for_others(const verifying *v, zp_diag *diag, zp_catalog *catalog)
{
    static const char *const endings[] = {"html", "xlsx", "pdf"};
    zp_rows years = zp_catalog_years(catalog);
    if (!tell_missing(v, diag, ZP_STR(ZP_SEARCH_NAME)) && !zp_catalog_can_search(catalog))
        tell_of(v, diag, ZP_ERROR, "catalog-differs", ZP_STR(ZP_SEARCH_NAME), "读不了，或已经损坏");
    tell_missing(v, diag, ZP_STR("index.html"));
    for (size_t i = 0; i < years.rows * 3; i++)
        tell_missing(
            v, diag,
            zp_str_format(v->arena, "汇总表-%.*s.%s", ZP_ARG(years.cells[i / 3]), endings[i % 3]));
}

/* The catalogue says what the bags do. */
static void verify_catalog(verifying *v)
{
    zp_str why = ZP_STR("");
    zp_diag *diag = zp_diag_new(v->arena);
    const zp_str path = zp_path_join(v->arena, v->archive, ZP_STR(ZP_CATALOG_NAME));
    const zp_store *store = zp_store_open(v->arena, v->archive, diag);
    bool there = zp_path_kind_of(zp_str_cstr(v->arena, path)) == ZP_PATH_FILE, agrees = false;
    if (store && there) {
        zp_catalog_source source = zp_holdings_source(zp_holdings_make(v->arena, store));
        agrees = zp_catalog_agrees(v->arena, v->archive, &source, diag, &why);
    }
    zp_catalog *catalog = agrees ? zp_catalog_open(v->arena, v->archive, &why) : NULL;
    if (catalog)
        look_for_others(v, diag, catalog);
    else if (!tell_missing(v, diag, ZP_STR(ZP_CATALOG_NAME)))
        tell_of(v, diag, ZP_ERROR, "catalog-differs", ZP_STR(ZP_CATALOG_NAME),
                "目录和包里的不一致");
    zp_catalog_close(catalog);
    v->wrong = v->wrong || zp_diag_count(diag, ZP_ERROR) > 0;
    zp_telling_tell(&v->telling, v->arena, diag);
}

/* --- The archive ------------------------------------------------------------------------------ */

static zp_status verify_all(verifying *v)
{
    const zp_str *names;
    size_t count, bags = 0, number;
    zp_str why, year;
    const char *folder = zp_str_cstr(v->arena, v->archive);
    if (!zp_folder_list(v->arena, folder, &names, &count, &why)) {
        zp_complain("读不了归档文件夹", folder, zp_str_cstr(v->arena, why));
        return ZP_ENVIRONMENT;
    }
    v->interrupted = zp_journal_pending(v->arena, v->archive);
    if (v->interrupted) {
        zp_diag *diag = zp_diag_new(v->arena);
        zp_diag_add(diag, ZP_ERROR, "archive-interrupted",
                    zp_span_file(zp_source_new(v->arena, v->archive, ZP_STR(""))),
                    "运行 ziping verify --repair，或再归档一次", "上次归档中断了，还没有写完");
        zp_telling_tell(&v->telling, v->arena, diag);
        v->wrong = true;
    }
    for (size_t i = 0; i < count; i++) {
        zp_str path = zp_path_join(v->arena, v->archive, names[i]);
        if (!zp_bag_name_read(names[i], &year, &number) ||
            zp_path_kind_of(zp_str_cstr(v->arena, path)) != ZP_PATH_FOLDER)
            continue;
        verify_bag(v, names[i]);
        bags++;
    }
    if (bags == 0) {
        zp_complain("这里没有归档的包", folder, "写归档文件夹的名称，里面是 2023 这样的文件夹");
        return ZP_ENVIRONMENT;
    }
    if (!v->wrong)
        verify_catalog(v);
    return v->wrong ? ZP_REPORT : ZP_DONE;
}

/* What an interrupted run left to do is done, under the archive's lock. */
static zp_status repair(verifying *v)
{
    zp_holding holding;
    zp_telling unheard = {.to = stderr}; /* damage is told of afterwards, bag by bag */
    const char *folder = zp_str_cstr(v->arena, v->archive);
    if (zp_path_kind_of(folder) != ZP_PATH_FOLDER) {
        zp_complain("没有这个归档文件夹", folder, "请检查名称");
        return ZP_ENVIRONMENT;
    }
    zp_status status = zp_holding_open(v->arena, folder, &unheard, &holding);
    if (status != ZP_DONE)
        return status;
    status = zp_overview_write(holding.store, zp_diag_new(v->arena));
    zp_holding_close(&holding);
    return status == ZP_ENVIRONMENT ? status : ZP_DONE; /* the rest is told of afterwards */
}

static zp_status run(const zp_options *chosen)
{
    zp_arena *arena = zp_arena_new();
    verifying *v = zp_new(arena, verifying);
    *v = (verifying){.arena = arena, .archive = zp_str_from(chosen->input)};
    zp_status status = ZP_USAGE;
    if (zp_telling_choose(&v->telling, chosen->diagnostics, stdout) &&
        zp_crew_threads(chosen->threads, &v->threads)) {
        status = chosen->repair ? repair(v) : ZP_DONE;
        if (status == ZP_DONE)
            status = verify_all(v);
        zp_telling_end(&v->telling, arena);
    }
    zp_arena_free(arena);
    return status;
}

static const zp_option verify_options[] = {
    ZP_FLAG_OPTION("--repair", "上次归档中断了的，先接着写完，目录照包补齐；不生成任何报告",
                   repair),
    ZP_TEXT_OPTION("--jobs", "-j", "N", "同时核对几个文件；默认有几个处理器就几个", threads),
    ZP_TEXT_OPTION("--diagnostics", NULL, "样式", "text（默认，给人看）、json 或 sarif",
                   diagnostics),
    {0},
};

const zp_command zp_verify_command = {
    .name = "verify",
    .usage = "ziping verify [选项] ARCHIVE",
    .about = "核对归档：每个文件都在、校验值都对、没有多出来的，目录和包一致。每个包是完好、中断还"
             "是损坏，哪个文"
             "件不符，"
             "都写到标准输出。",
    .options = verify_options,
    .inputs = 1,
    .missing = "没有说核对哪个归档；写法：ziping verify 归档",
    .status = "0 完好；1 有不符；2 用法不对；3 环境有问题（读不了归档，别的程序正在归档）。",
    .run = run,
};
