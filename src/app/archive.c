/* archive.c: the command `ziping archive`: the steps of a run (archiving.h), what becomes of
 * reports that are in SOURCE no more, sealing, and what stands above the bags. */
#include "app/archive.h"

#include <string.h>
#include "app/archiving.h"
#include "app/crew.h"
#include "app/merge.h"
#include "app/overview.h"
#include "app/publish.h"
#include "app/recall.h"
#include "app/rollcall.h"
#include "app/status.h"

enum { GONE_NAMED = 20 };

/* --- What is there no more ------------------------------------------------------------------- */

static bool is_under_root(const zp_archiving *a, zp_str key)
{
    for (size_t i = 0; i < a->origins.root_count; i++) {
        zp_str root = a->origins.roots[i];
        bool below = zp_str_starts(key, root) && key.n > root.n;
        if (below && (key.p[root.n] == '/' || key.p[root.n] == '#'))
            return true;
    }
    return false;
}

/* Whether what an entry was made of is still where it was: a row of a table is thought to be. */
static bool is_there(const zp_archiving *a, zp_str key)
{
    return zp_str_find(key, ZP_STR("#"), 0) < key.n ||
           zp_path_kind_of(zp_str_cstr(a->arena, key)) != ZP_PATH_NONE;
}

/* Reports of the archive that come from a SOURCE of this run, or are of one of its years and from
 * nowhere known, and were not there. */
static const zp_stored_report **find_gone(zp_archiving *a)
{
    const zp_store *s = a->holding.store;
    const zp_cache *old = a->holding.cache;
    zp_nameset elsewhere = {.arena = a->arena};
    const zp_stored_report **gone =
        zp_new_array(a->arena, const zp_stored_report *, s->report_count);
    for (size_t i = 0; i < old->count; i++) {
        zp_str place = zp_recall_place(a->arena, old->entries[i].year, old->entries[i].folder);
        if (is_under_root(a, old->entries[i].key))
            zp_nameset_take(&a->ours, place);
        else if (is_there(a, old->entries[i].key))
            zp_nameset_take(&elsewhere, place);
    }
    for (size_t i = 0; i < s->report_count; i++) {
        zp_str place = zp_recall_place(a->arena, s->reports[i].year, s->reports[i].folder);
        if (s->reports[i].newest && !zp_nameset_has(&a->claimed, place) &&
            !zp_nameset_has(&elsewhere, place) &&
            (zp_nameset_has(&a->ours, place) || zp_nameset_has(&a->years, s->reports[i].year)))
            gone[a->gone++] = &s->reports[i];
    }
    return gone;
}

static zp_bag *bag_of(const zp_archiving *a, const zp_stored_report *report)
{
    for (size_t i = 0; i < a->holding.store->bag_count; i++)
        if (a->holding.store->bags[i] == report->bag)
            return a->holding.store->bags[i];
    return NULL;
}

static void prune(zp_archiving *a, const zp_stored_report *report, zp_str path)
{
    if (report->bag->sealed.n > 0) {
        zp_archiving_say(a, ZP_WARNING, "archive-gone", path, NULL,
                         "上报文件夹里已经没有这份报告；包已封存，留着");
        return;
    }
    zp_change_drop(a->change, bag_of(a, report), report->folder);
    zp_archiving_say(a, ZP_HINT, "archive-pruned", path, NULL,
                     "上报文件夹里已经没有这份报告，从归档里去掉");
}

static void deal_with_gone(zp_archiving *a)
{
    if (a->chosen->shard || a->chosen->input_count == 0)
        return;
    const zp_stored_report **gone = find_gone(a);
    for (size_t i = 0; i < a->gone; i++) {
        zp_str path = zp_store_path(a->arena, a->holding.folder, gone[i]->bag, gone[i]->folder);
        zp_str place = zp_recall_place(a->arena, gone[i]->year, gone[i]->folder);
        /* One of those that could not be read today may be it. */
        bool sure = a->failed == 0 || zp_nameset_has(&a->ours, place);
        if (a->chosen->prune && sure)
            prune(a, gone[i], path);
        else if (i < GONE_NAMED)
            zp_archiving_say(a, ZP_WARNING, "archive-gone", path,
                             sure ? "要去掉的，加 --prune"
                                  : "有报告没有归档，分不清是不是它，暂不能用 --prune 去掉",
                             "上报文件夹里已经没有这份报告，归档里还留着");
    }
}

/* --- Sealing --------------------------------------------------------------------------------- */

static void seal(zp_archiving *a)
{
    zp_str year = zp_str_from(a->chosen->seal);
    size_t sealed = 0, already = 0;
    if (a->failed > 0 && a->chosen->input_count > 0) {
        zp_archiving_say(a, ZP_ERROR, "archive-seal", a->holding.folder, NULL,
                         "没有封存：有 %zu 份报告没有归档", a->failed);
        return;
    }
    for (size_t i = 0; i < a->holding.store->bag_count; i++) {
        zp_bag *bag = a->holding.store->bags[i];
        already += zp_str_eq(bag->year, year) && bag->sealed.n > 0;
        if (!zp_str_eq(bag->year, year) || bag->sealed.n > 0)
            continue;
        zp_change_seal(a->change, bag, a->holding.date);
        sealed++;
    }
    if (sealed == 0 && already == 0)
        zp_archiving_say(a, ZP_ERROR, "archive-seal", a->holding.folder, NULL,
                         "没有封存：没有 %s 年的包", a->chosen->seal);
    else if (sealed > 0)
        zp_archiving_say(a, ZP_HINT, "archive-sealed-now", a->holding.folder, NULL,
                         "%s 年已封存，以后的更正另存一包", a->chosen->seal);
}

/* --- The command ------------------------------------------------------------------------------ */

/* In the bags that this run has written. */
static size_t count_unnumbered(const zp_archiving *a)
{
    size_t count = 0;
    for (size_t i = 0; i < a->holding.store->bag_count; i++)
        count += a->holding.store->bags[i]->unnumbered;
    return count;
}

static void summarise(zp_archiving *a)
{
    zp_buf line = {.arena = a->arena};
    if (a->chosen->input_count == 0)
        return;
    zp_buf_format(&line, "归档：写入 %zu 份，未变 %zu 份", a->made, a->same);
    if (a->failed > 0)
        zp_buf_format(&line, "，没有归档 %zu 份", a->failed);
    if (a->flawed > 0)
        zp_buf_format(&line, "；其中 %zu 份缺了一部分", a->flawed);
    if (a->gone > 0)
        zp_buf_format(&line, "；上报文件夹里已经没有的 %zu 份", a->gone);
    if (a->errors + a->warnings > 0)
        zp_buf_format(&line, "；检查写入的各份：%zu 处错误，%zu 处警告", a->errors, a->warnings);
    if (a->older > 0)
        zp_buf_format(&line,
                      "；已封存的 %zu 份是用旧的模板、字体或程序生成的（--rebuild 年度 重做）",
                      a->older);
    if (count_unnumbered(a) > 0)
        zp_buf_format(&line,
                      "；归档文件目录里 %zu "
                      "份没有档号（没有写全宗号、保管期限，或件号重复，见 " ZP_RECORD_NAME "）",
                      count_unnumbered(a));
    if (a->telling.form == ZP_FORM_TEXT)
        fprintf(stderr, "%.*s\n", ZP_ARG(zp_buf_str(&line)));
    else
        zp_archiving_say(a, ZP_HINT, "archive-summary", ZP_STR(""), NULL, "%.*s",
                         ZP_ARG(zp_buf_str(&line)));
}

static bool mark_shard(zp_archiving *a)
{
    zp_str why;
    if (!a->chosen->shard ||
        zp_merge_mark(a->arena, a->holding.folder, zp_str_from(a->chosen->shard), &why))
        return true;
    zp_complain("写不了归档", a->chosen->output, zp_str_cstr(a->arena, why));
    a->status = ZP_ENVIRONMENT;
    return false;
}

/* What the run knew of every report is not needed any more: the memory is wanted for the pages. */
static void forget(zp_archiving *a)
{
    zp_engine_close(&a->engine);
    a->engine = (zp_engine){0};
    zp_arena_free(a->changing);
    zp_arena_free(a->arena);
    a->changing = NULL;
    a->arena = zp_arena_new();
}

/* What stands above the bags, in step with them; parts that are to be merged have none. */
static void look_over(zp_archiving *a)
{
    if (a->chosen->shard)
        return;
    forget(a);
    zp_diag *diag = zp_diag_new(a->arena);
    zp_status status = zp_overview_write(a->holding.store, diag);
    zp_archiving_tell(a, diag);
    if (a->chosen->roster && status < ZP_ENVIRONMENT) {
        zp_str archive = a->holding.folder;
        zp_status called = zp_rollcall_run(a->arena, archive, a->chosen, &a->telling);
        status = called > status ? called : status;
    }
    a->status = status > a->status ? status : a->status;
}

static void archive_all(zp_archiving *a)
{
    if (!zp_archiving_open(a, false))
        return;
    a->holding.date = zp_holding_day(a->arena, a->engine.date);
    zp_archiving_begin(a);
    if (!zp_archiving_find(a) || !zp_archiving_make(a))
        return;
    deal_with_gone(a);
    if (a->chosen->rebuild && !zp_nameset_has(&a->years, zp_str_from(a->chosen->rebuild)))
        zp_archiving_say(a, ZP_ERROR, "archive-rebuild", a->holding.folder, NULL,
                         "没有重做：上报的里面没有 %s 年的报告", a->chosen->rebuild);
    if (a->chosen->seal)
        seal(a);
    if (!zp_archiving_commit(a) || !mark_shard(a))
        return;
    if (a->flawed > 0 && a->status == ZP_DONE)
        a->status = ZP_REPORT;
    look_over(a);
    summarise(a);
}

static void merge_all(zp_archiving *a)
{
    if (!zp_archiving_open(a, false))
        return;
    a->holding.date = zp_holding_day(a->arena, a->engine.date);
    a->status = zp_merge_run(a->arena, a->chosen, &a->engine, &a->holding, a->threads, &a->telling);
    if (a->status <= ZP_REPORT)
        look_over(a);
}

static bool words_are_good(zp_archiving *a)
{
    const zp_options *c = a->chosen;
    const char *const years[] = {c->seal, c->rebuild};
    if (!c->output) {
        zp_complain("没有说归档到哪个文件夹", "-o", "写法：ziping archive 上报 -o 归档");
        return false;
    }
    if (c->input_count == 0 && !c->seal && !c->roster) {
        zp_complain("没有说归档哪些报告", c->output, "写法：ziping archive 上报 -o 归档");
        return false;
    }
    if (c->each && (c->input_count != 1 || zp_path_kind_of(c->input) != ZP_PATH_FILE)) {
        zp_complain("--each 要有一份报告", c->input,
                    "写法：ziping archive --each 单位.csv 报告.md -o 归档");
        return false;
    }
    for (size_t i = 0; i < c->input_count; i++)
        if (!c->public && zp_path_same(c->inputs[i], c->output)) {
            zp_complain("上报的文件夹和归档不能是同一个", c->output,
                        "写法：ziping archive 上报 -o 归档");
            return false;
        }
    for (size_t i = 0; i < 2; i++) {
        zp_str year;
        size_t number;
        if (years[i] && (!zp_bag_name_read(zp_str_from(years[i]), &year, &number) || number != 1)) {
            zp_complain("年度写得不对", years[i], "写成四位数字，如 2023");
            return false;
        }
    }
    return zp_crew_threads(c->threads, &a->threads) &&
           zp_telling_choose(&a->telling, c->diagnostics, stderr);
}

static zp_status run(const zp_options *chosen)
{
    zp_arena *lasting = zp_arena_new();
    zp_archiving *a = zp_new(lasting, zp_archiving);
    *a = (zp_archiving){.arena = zp_arena_new(), .chosen = chosen, .changing = zp_arena_new()};
    a->claimed.arena = a->years.arena = a->told.arena = a->ours.arena = a->arena;
    a->fresh = zp_new(a->arena, zp_cache);
    a->fresh->arena = a->arena;
    a->status = words_are_good(a) ? ZP_DONE : ZP_USAGE;
    if (a->status == ZP_DONE && chosen->public)
        a->status = zp_publish_run(lasting, chosen, a->threads, &a->telling);
    else if (a->status == ZP_DONE)
        a->status = zp_holding_open(lasting, chosen->output, &a->telling, &a->holding);
    if (a->holding.store && a->status == ZP_DONE) {
        if (chosen->merge)
            merge_all(a);
        else
            archive_all(a);
        zp_engine_close(&a->engine);
        zp_holding_close(&a->holding);
    }
    zp_telling_end(&a->telling, a->arena);
    zp_status status = a->status;
    zp_arena_free(a->changing);
    zp_arena_free(a->arena);
    zp_arena_free(lasting);
    return status;
}

static const zp_option archive_options[] = {
    ZP_TEXT_OPTION("--out", "-o", "ARCHIVE", "归档文件夹；每年一个 BagIt 包", output),
    ZP_TEXT_OPTION("--jobs", "-j", "N", "同时做几份；默认有几个处理器就几份", threads),
    ZP_TEXT_OPTION("--each", NULL, "表",
                   "表里每行归档一份，SOURCE 是那份报告：--each 单位.csv 报告.md", each),
    ZP_TEXT_OPTION("--template", NULL, "名称", "模板；默认由各份报告开头的“模板”决定", template),
    ZP_TEXT_OPTION("--encoding", NULL, "编码", "报告的编码；默认自动判断", encoding),
    ZP_TEXT_OPTION("--seal", NULL, "年度", "封存这一年的包：此后不再改写", seal),
    ZP_TEXT_OPTION("--reason", NULL, "原因", "更正已封存年度的原因；更正的报告另存一包，如 2023-2",
                   reason),
    ZP_TEXT_OPTION("--rebuild", NULL, "年度", "这一年的报告没有变也重新生成", rebuild),
    ZP_FLAG_OPTION("--prune", "上报文件夹里已经没有的报告，从没有封存的包里去掉", prune),
    ZP_TEXT_OPTION("--shard", NULL, "I/N",
                   "只做 N 份里的第 I 份，可以在几台机器上分头做；见 --merge", shard),
    ZP_FLAG_OPTION("--merge", "把几份（--shard 做的归档，写在 SOURCE 的位置）合成一个", merge),
    ZP_TEXT_OPTION("--roster", NULL, "名单",
                   "应报单位的名单（xlsx、csv；列：编码、名称、应报项目、应报金额）；"
                   "列出未报送、缺自评表、缺盖章件、多报的",
                   roster),
    ZP_TEXT_OPTION("--year", NULL, "年度", "名单是哪一年的；默认归档里最近的一年", year),
    ZP_FLAG_OPTION("--public",
                   "SOURCE 是一个归档：把其中每份报告的公开版（PDF、网页）和索引写到 -o 的文件夹，"
                   "没有原稿、附件和检查结果；先按公开版查，有身份证号、手机号、密级等的不公开",
                   public),
    ZP_FLAG_OPTION("--force", "公开前查出的都核对过了：有不能公开的内容的，也公开", force),
    ZP_TEXT_OPTION("--diagnostics", NULL, "样式", "text（默认，给人看）、json 或 sarif",
                   diagnostics),
    {0},
};

const zp_command zp_archive_command = {
    .name = "archive",
    .usage = "ziping archive [选项] SOURCE… -o ARCHIVE",
    .about =
        "SOURCE 是放着报告文件夹的文件夹（逐层查看；一个文件夹里有 report.md 或唯一一个 .md）。\n"
        "每年一个 BagIt 包，每份报告存 PDF、网页、源文件、数据、模板和“附件”里的文件；\n"
        "再运行一次只重做有变化的。\n"
        "SOURCE 里的 归档.yaml 写档号的各项：全宗号、保管期限、机构（或问题）、门类。\n"
        "不收报告、只对已有的归档做一件事：\n"
        "  ziping archive --seal 2023 -o ARCHIVE            封存一年\n"
        "  ziping archive --roster 名单.xlsx -o ARCHIVE     对名单，看谁没有报\n"
        "  ziping archive --merge PART… -o ARCHIVE          合并 --shard 分头做的\n"
        "  ziping archive ARCHIVE --public -o 公开          写出公开版",
    .options = archive_options,
    .inputs = ZP_OPTIONS_INPUTS,
    .status = "0 全部归档（公开）；1 有报告没有归档（公开），或缺了一部分；2 用法不对；\n"
              "3 环境有问题（缺字体、写不了归档、别的程序正在归档、磁盘或内存不足）。",
    .run = run,
};
