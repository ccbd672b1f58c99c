/* check.c: options in; each input read, checked and told of, in the order of the inputs.
 *
 * A worker (crew.h) turns one input into a verdict: its findings as text that is ready to be
 * printed, and their numbers. Only the command's own thread prints.
 */
#include "app/check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "app/crew.h"
#include "app/engine.h"
#include "app/guess.h"
#include "app/input.h"
#include "app/inputs.h"
#include "app/opinion.h"
#include "app/paging.h"
#include "app/papers.h"
#include "app/plan.h"
#include "app/round.h"
#include "app/telling.h"
#include "base/listing.h"
#include "base/utf8.h"
#include "check/check.h"
#include "check/likeness.h"
#include "doc/plain.h"
#include "layout/page.h"

/* What an input came to. */
typedef struct {
    zp_str text; /* as rendered */
    size_t errors, warnings, hints;
    bool checked;
    zp_likeness_report marks; /* what may stand in another report too */
    zp_opinion opinion;       /* where tables are asked for */
} verdict;

typedef struct {
    const zp_options *chosen;
    zp_telling telling;
    zp_engine engine; /* what all workers' engines begin with */
    zp_inputs inputs;
    zp_arena *arena;
    zp_likeness_report *marks; /* of all inputs */
    zp_findings earlier;       /* of --since */
    zp_opinions *opinions;     /* of --report; NULL: none */
    verdict sum;
    size_t unchecked;
    bool public;   /* the public edition is checked */
    bool progress; /* a terminal shows how far we are */
} checking;

typedef struct {
    const checking *c;
    zp_engine engine;
    zp_arena *passing;       /* of the report */
    const zp_report *report; /* that is being checked; NULL where there is none */
    zp_str unit;             /* as its title has it, where nothing else says so */
} worker;

/* --- One report ------------------------------------------------------------------------------- */

/* A .txt is plain unless it has front matter; any other text, when nothing in it is a mark; never
 * what was made Markdown when it was read. */
static bool is_plain(const zp_input *input, const zp_source *source)
{
    bool marked = source->pieces || zp_str_starts(source->text, ZP_STR("---\n"));
    return !marked && (zp_str_ends(input->path, ZP_STR(".txt")) || zp_plain_is(source));
}

/* A report that cannot be laid out has no pages; what kept it from that is the build's to say. */
static void find_pages(worker *w, const zp_report *report, zp_diag *findings)
{
    zp_diag *unheard = zp_diag_new(w->passing);
    zp_pictures *pictures = zp_pictures_new(w->passing, report->folder, unheard);
    zp_pictures_enclose(pictures, report->source->enclosed, report->source->enclosed_count);
    const zp_pages *pages = zp_page_layout(w->passing, report, w->engine.fonts, pictures, unheard);
    if (pages)
        zp_paging_settle(w->passing, pages, findings);
}

/* The report at `input`, checked; false when that could not be. */
static bool examine(worker *w, const zp_input *input, zp_diag *diag, zp_likeness_report *marks)
{
    zp_arena *arena = w->passing;
    const zp_facts_options facts = {.reading = true, .public = w->c->public};
    const zp_template *template;
    zp_str why = input->why;
    const zp_source *source =
        why.n > 0 ? NULL : zp_input_read(arena, input->path, w->c->chosen->encoding, diag, &why);
    if (why.n > 0) {
        zp_str name = zp_utf8_clean(arena, zp_input_name(input->path));
        zp_span place = zp_span_file(zp_source_new(arena, name, ZP_STR("")));
        zp_diag_add(diag, ZP_ERROR, "unchecked", place, NULL, "没有检查：%.*s", ZP_ARG(why));
    }
    if (!source)
        return false;
    if (is_plain(input, source))
        source = zp_plain_read(arena, source);
    bool bare = !zp_str_starts(source->text, ZP_STR("---\n"));
    if (bare)
        w->unit = zp_guess_make(arena, source).unit;
    if (bare && input->papers == ZP_PAPERS_APART)
        zp_papers_tell_apart(arena, source, diag);
    if (bare && input->papers == ZP_PAPERS_OWN) {
        if (zp_engine_template(&w->engine, NULL, diag, &template) != ZP_DONE)
            return false;
        source = zp_papers_add(arena, source, template, diag);
    }
    zp_front front = zp_front_read(arena, source, diag);
    if (zp_engine_template(&w->engine, zp_front_template(&front), diag, &template) != ZP_DONE)
        return false;
    zp_report *report = zp_report_make(arena, &front, template, &facts, diag);
    w->report = report;
    if (report) {
        const zp_passages *passages = zp_check_report(arena, report, diag);
        *marks = zp_likeness_collect(arena, passages, zp_silences_read(arena, report));
    }
    if (report && w->engine.fonts)
        find_pages(w, report, diag);
    return report;
}

/* What outlives its report. */
static zp_likeness_report copy_marks(zp_arena *arena, const zp_likeness_report *marks)
{
    zp_likeness_mark *copies = zp_new_array(arena, zp_likeness_mark, marks->count);
    for (size_t i = 0; i < marks->count; i++) {
        copies[i] = marks->marks[i];
        copies[i].place = zp_str_copy(arena, copies[i].place);
        copies[i].beginning = zp_str_copy(arena, copies[i].beginning);
    }
    return (zp_likeness_report){zp_str_copy(arena, marks->file), copies, marks->count};
}

static verdict judge(worker *w, const zp_diag *diag, bool checked)
{
    verdict v = {.checked = checked};
    zp_listing listing = zp_listing_make(w->passing, diag, 0);
    v.hints = zp_diag_lost(diag, ZP_HINT);
    v.warnings = zp_diag_lost(diag, ZP_WARNING);
    v.errors = zp_diag_lost(diag, ZP_FLAW) + zp_diag_lost(diag, ZP_ERROR);
    for (size_t i = 0; i < listing.count; i++) {
        zp_severity severity = listing.rows[i].message->severity;
        v.hints += severity == ZP_HINT;
        v.warnings += severity == ZP_WARNING;
        v.errors += severity == ZP_FLAW || severity == ZP_ERROR;
    }
    return v;
}

/* For its table; before hints are dropped they have been compared. */
static zp_opinion opine(const worker *w, zp_arena *keep, zp_str file, const zp_diag *diag,
                        bool checked)
{
    zp_opinion opinion = {.file = zp_str_copy(keep, file), .checked = checked};
    if (!w->c->opinions)
        return opinion;
    opinion.found = zp_findings_of(keep, diag);
    opinion.unit = zp_str_copy(keep, w->unit);
    if (w->report) {
        if (w->report->department.n > 0)
            opinion.unit = zp_str_copy(keep, w->report->department);
        opinion.title = zp_str_copy(keep, w->report->title);
    }
    return opinion;
}

static void *check_input(void *state, size_t index, zp_arena *passing, zp_arena *keep)
{
    worker *w = state;
    w->passing = passing;
    verdict *v = zp_new(keep, verdict);
    zp_diag *diag = zp_diag_new(w->passing);
    zp_buf text = {.arena = w->passing};
    zp_likeness_report marks = {0};
    zp_str file = zp_input_name(w->c->inputs.all[index].path);
    zp_findings gone = {0};
    w->report = NULL;
    w->unit = ZP_STR("");
    bool checked = examine(w, &w->c->inputs.all[index], diag, &marks);
    *v = judge(w, diag, checked);
    v->marks = copy_marks(keep, &marks);
    if (checked && w->c->chosen->since)
        gone = zp_round_match(keep, &w->c->earlier, file, diag);
    if (!w->c->chosen->hints)
        zp_diag_drop_hints(diag);
    zp_telling_render(&w->c->telling, diag, &text);
    if (w->c->telling.form != ZP_FORM_SARIF)
        zp_round_write(&gone, w->c->telling.form == ZP_FORM_JSON, &text);
    v->opinion = opine(w, keep, file, diag, checked);
    v->opinion.gone = gone;
    v->text = zp_str_copy(keep, zp_buf_str(&text));
    return v;
}

static void *begin_worker(void *user, zp_arena *lasting)
{
    const checking *c = user;
    worker *w = zp_new(lasting, worker);
    *w = (worker){.c = c, .engine = c->engine};
    w->engine.arena = lasting;
    return w;
}

/* --- What is said ----------------------------------------------------------------------------- */

static void add_count(zp_buf *line, size_t count, const char *words)
{
    if (count == 0)
        return;
    if (line->n > 0)
        zp_buf_lit(line, "，");
    zp_buf_format(line, "%zu %s", count, words);
}

/* 2 处错误，3 处警告，4 条建议（--hints 列出） */
static zp_str in_words(const checking *c, zp_arena *arena, const verdict *v)
{
    zp_buf line = {.arena = arena};
    add_count(&line, v->errors, "处错误");
    add_count(&line, v->warnings, "处警告");
    add_count(&line, v->hints, c->chosen->hints ? "条建议" : "条建议（--hints 列出）");
    return line.n > 0 ? zp_buf_str(&line) : ZP_STR("没有发现问题");
}

static void say_progress(const checking *c, size_t done)
{
    if (c->progress)
        fprintf(stderr, "\r%zu/%zu\r", done, c->inputs.count);
}

static void deliver(void *user, size_t index, void *result)
{
    checking *c = user;
    const verdict *v = result;
    zp_arena *arena = zp_arena_new();
    zp_str name = zp_utf8_clean(arena, zp_input_name(c->inputs.all[index].path));
    zp_telling_put(&c->telling, arena, v->text);
    if (c->telling.form == ZP_FORM_TEXT)
        printf("%.*s：%s%.*s\n", ZP_ARG(name), v->checked ? "" : "未检查；",
               ZP_ARG(in_words(c, arena, v)));
    c->sum.errors += v->errors;
    c->sum.warnings += v->warnings;
    c->sum.hints += v->hints;
    c->unchecked += !v->checked;
    c->marks[index] = copy_marks(c->arena, &v->marks);
    if (c->opinions)
        zp_opinions_add(c->opinions, &v->opinion);
    say_progress(c, index + 1);
    zp_arena_free(arena);
}

static void summarise(const checking *c, zp_arena *arena)
{
    if (c->telling.form != ZP_FORM_TEXT || c->inputs.count < 2)
        return;
    printf("共 %zu 份：", c->inputs.count);
    if (c->unchecked > 0)
        printf("%zu 份未检查；", c->unchecked);
    printf("%.*s\n", ZP_ARG(in_words(c, arena, &c->sum)));
}

/* --- What several reports share ----------------------------------------------------------------
 */

/* A text with as many lines as are needed for a place in a report that is gone. */
static const zp_source *ghost_of(zp_arena *arena, const zp_likeness_report *report)
{
    zp_source *ghost = zp_new(arena, zp_source);
    size_t lines = 0;
    for (size_t i = 0; i < report->count; i++)
        lines = report->marks[i].line > lines ? report->marks[i].line : lines;
    char *text = zp_arena_alloc(arena, lines);
    memset(text, '\n', lines);
    *ghost = *zp_source_new(arena, report->file, (zp_str){text, lines});
    zp_line_place *places = zp_new_array(arena, zp_line_place, ghost->line_count);
    for (size_t i = 0; i < report->count; i++)
        if (report->marks[i].at.kind != ZP_LINE_TEXT) {
            places[report->marks[i].line - 1] = report->marks[i].at;
            ghost->places = places;
        }
    return ghost;
}

static zp_span ghost_place(const zp_source *ghost, const zp_likeness_mark *mark)
{
    return mark->line > 0 ? zp_span_of(ghost, mark->line - 1, mark->line - 1) : zp_span_file(ghost);
}

static void add_likeness(const checking *c, zp_diag *diag, const zp_source **ghosts,
                         const zp_likeness *likeness)
{
    const zp_rule *rule = &zp_likeness_rules.rules[0];
    size_t pair[] = {likeness->later, likeness->earlier};
    for (size_t i = 0; i < 2; i++)
        if (ghosts[pair[i]] == NULL)
            ghosts[pair[i]] = ghost_of(c->arena, &c->marks[pair[i]]);
    const zp_likeness_mark *here = &c->marks[likeness->later].marks[likeness->later_mark];
    zp_span *other = zp_new(c->arena, zp_span);
    *other = ghost_place(ghosts[likeness->earlier],
                         &c->marks[likeness->earlier].marks[likeness->earlier_mark]);
    const zp_message message = {
        .severity = rule->severity,
        .id = rule->id,
        .span = ghost_place(ghosts[likeness->later], here),
        .message = zp_likeness_word(c->arena, c->marks, likeness),
        .place = here->place,
        .basis = zp_str_from(rule->basis),
        .others = other,
        .other_count = 1,
    };
    zp_diag_put(diag, &message);
}

/* A section of its own behind all files. */
static void tell_likeness(checking *c)
{
    size_t found;
    const zp_likeness *shared = zp_likeness_find(c->arena, c->marks, c->inputs.count, &found);
    const zp_source **ghosts = zp_new_array(c->arena, const zp_source *, c->inputs.count);
    zp_diag *diag = zp_diag_new(c->arena);
    for (size_t i = 0; i < found; i++)
        add_likeness(c, diag, ghosts, &shared[i]);
    if (found > 0 && c->telling.form == ZP_FORM_TEXT)
        printf("—— 几份报告之间：%zu 处雷同\n", found);
    zp_telling_tell(&c->telling, c->arena, diag);
    c->sum.warnings += found;
}

/* --- The command ------------------------------------------------------------------------------ */

static zp_status status_of(const checking *c)
{
    bool found = c->sum.errors > 0 || (c->chosen->strict && c->sum.warnings > 0);
    return found || c->unchecked > 0 ? ZP_REPORT : ZP_DONE;
}

/* What --since and --report need; false, and said so, when it is not to be had. */
static bool prepare(checking *c, zp_arena *arena)
{
    bool compared = c->chosen->since != NULL;
    if (compared && !zp_round_read(arena, c->chosen->since, &c->earlier))
        return false;
    if (c->chosen->report)
        c->opinions = zp_opinions_new(arena, c->chosen->report, compared, c->engine.date);
    return c->opinions || !c->chosen->report;
}

static zp_status check_all(checking *c, zp_arena *arena, size_t threads)
{
    zp_diag *diag = zp_diag_new(arena);
    zp_status opened =
        zp_engine_open(arena, c->chosen->template, c->chosen->pages, diag, &c->engine);
    if (opened != ZP_DONE) {
        zp_telling_tell(&(zp_telling){.to = stderr}, arena, diag);
        return opened;
    }
    if (!prepare(c, arena)) {
        zp_engine_close(&c->engine);
        return ZP_ENVIRONMENT;
    }
    c->inputs = zp_inputs_find(arena, c->chosen->inputs, c->chosen->input_count);
    c->progress = c->inputs.count > 1 && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    const zp_crew crew = {.user = c,
                          .count = c->inputs.count,
                          .begin = begin_worker,
                          .work = check_input,
                          .deliver = deliver};
    c->marks = zp_new_array(arena, zp_likeness_report, c->inputs.count);
    zp_crew_run(&crew, threads);
    tell_likeness(c);
    summarise(c, arena);
    zp_telling_end(&c->telling, arena);
    zp_engine_close(&c->engine);
    bool written = !c->opinions || zp_opinions_end(c->opinions);
    return written ? status_of(c) : ZP_ENVIRONMENT;
}

static zp_status run(const zp_options *chosen)
{
    size_t threads;
    zp_arena *arena = zp_arena_new();
    checking *c = zp_new(arena, checking);
    c->chosen = chosen;
    c->arena = arena;
    bool good = zp_telling_choose(&c->telling, chosen->diagnostics, stdout) &&
                zp_edition_choose(chosen->edition, &c->public) &&
                zp_crew_threads(chosen->threads, &threads);
    zp_status result = good ? check_all(c, arena, threads) : ZP_USAGE;
    zp_arena_free(arena);
    return result;
}

/* --- The command ------------------------------------------------------------------------------ */

static const zp_option check_options[] = {
    ZP_FLAG_OPTION("--hints", "把建议也列出来", hints),
    ZP_FLAG_OPTION("--pages", "排一次版，说出每一处在 PDF 的第几页", pages),
    ZP_TEXT_OPTION(
        "--edition", NULL, "版本",
        "public（公开）：按公开版查，另查身份证号、手机号、账号、密级等；full（完整，默认）",
        edition),
    ZP_TEXT_OPTION("--report", NULL, "文件夹",
                   "每份报告写一张审核意见表（HTML 和 XLSX），另写汇总，放进这个文件夹", report),
    ZP_TEXT_OPTION("--since", NULL, "文件",
                   "和上次的检查结果（--diagnostics json 写出的）比，标明已改、未改、新增", since),
    ZP_FLAG_OPTION("--strict", "有警告时也以状态 1 结束", strict),
    ZP_TEXT_OPTION("--template", NULL, "名称",
                   "模板的名称，或模板文件夹的路径；默认由报告开头的“模板”决定", template),
    ZP_TEXT_OPTION("--encoding", NULL, "编码", "INPUT 的编码（如 GB18030）；默认自动判断",
                   encoding),
    ZP_TEXT_OPTION("--diagnostics", NULL, "样式",
                   "text（默认，给人看）、json（每行一条）或 sarif（SARIF 2.1.0），给程序看",
                   diagnostics),
    ZP_TEXT_OPTION("--jobs", "-j", "N", "同时检查几份；默认有几个处理器就几份", threads),
    {0},
};

const zp_command zp_check_command = {
    .name = "check",
    .usage = "ziping check [选项] INPUT…",
    .about = "INPUT 是 .docx、.md、.txt 文件，有文字的 .pdf，或放着报告的文件夹（逐层查看），或 "
             "-（标准输入）；可以写多个。\n"
             "一个单位的报告和它旁边的自评表、评分表（.xlsx）放在一个文件夹里，一起核对。\n"
             "查出来的写到标准输出。某一条要做什么、依据是什么：ziping explain 规则名。",
    .options = check_options,
    .inputs = ZP_OPTIONS_INPUTS,
    .missing = "没有说检查什么；写法：ziping check 报告.md",
    .status = "0 没有错误；1 有错误，或有的没能检查（--strict：有警告也是 1）；2 用法不对；\n"
              "3 环境有问题（缺模板或字体、磁盘或内存不足）。",
    .run = run,
};
