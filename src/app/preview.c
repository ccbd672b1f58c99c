/* preview.c: options in; a report on a page that follows it.
 *
 * A round makes a proof of the report (proof.h), puts its files before the server and tells
 * everybody; then, when nobody waits any more, it makes the files to be downloaded. Where the
 * report cannot be laid out the last good proof stays and only what is wrong is new; before there
 * is a good one, a draft takes its place.
 */
#include "app/preview.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "app/asset.h"
#include "app/build.h"
#include "app/input.h"
#include "app/proof.h"
#include "app/vigil.h"
#include "base/json.h"
#include "base/utf8.h"

enum { PORT = 8520 };

typedef struct {
    zp_build build;
    zp_http *http;
    zp_arena *shown_in; /* the arena of `shown`; NULL: nothing is shown yet */
    zp_proof shown;
    bool good; /* what is shown is no draft */
    unsigned rounds;
} preview;

/* One round on its way. */
typedef struct {
    preview *p;
    zp_build build;
    zp_arena *arena;
    zp_diag *diag;
    const zp_source *source; /* NULL: it cannot be read */
    zp_job job;
    unsigned begun;
} round_of;

/* --- The report ------------------------------------------------------------------------------- */

static bool read_source(round_of *r)
{
    zp_str why, path = r->build.plan.input;
    r->source = zp_input_read(r->arena, path, r->build.chosen->encoding, r->diag, &why);
    if (why.n > 0) {
        zp_str name = zp_utf8_clean(r->arena, path);
        zp_span whole = zp_span_file(zp_source_new(r->arena, name, ZP_STR("")));
        zp_diag_add(r->diag, ZP_ERROR, "unreadable", whole, NULL, "读不了：%.*s", ZP_ARG(why));
    }
    return r->source;
}

static bool make(round_of *r, const zp_facts_options *facts, zp_diag *diag, zp_proof *proof)
{
    const zp_proof *before = r->p->shown_in ? &r->p->shown : NULL;
    zp_status made = zp_job_make(r->arena, &r->build.engine, &r->build.front, facts, diag, &r->job);
    r->job.name = r->build.plan.stem;
    return made == ZP_DONE && zp_proof_layout(&r->job, before, proof);
}

/* As much of it as there is: what is missing is 【待填】. Its errors are those of the report, which
 * are known already. */
static bool make_draft(round_of *r, zp_proof *proof)
{
    zp_facts_options facts = r->build.facts;
    const zp_job whole = r->job;
    facts.draft = true;
    bool made = make(r, &facts, zp_diag_new(r->arena), proof);
    if (!made)
        r->job = whole;
    return made;
}

/* --- What the browser gets -------------------------------------------------------------------- */

static void put_all(zp_http *http, const zp_proof_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        zp_http_put(http, &files->all[i]);
}

static void put_asset(zp_http *http, const char *path, const char *type, zp_str policy,
                      zp_str bytes)
{
    zp_http_put(http, &(zp_http_file){zp_str_from(path), type, policy, false, bytes});
}

/* The page may run its own script and nothing else. */
static void put_assets(zp_arena *arena, zp_http *http)
{
    zp_str address = zp_http_address(http);
    zp_str behind = zp_str_slice(address, zp_str_find(address, ZP_STR(":"), 7), address.n);
    zp_str policy = zp_str_format(
        arena,
        "default-src 'none'; script-src http://127.0.0.1%.*spreview.js "
        "http://localhost%.*spreview.js; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
        ZP_ARG(behind), ZP_ARG(behind));
    put_asset(http, "", "text/html; charset=utf-8", policy, zp_asset_page);
    put_asset(http, "preview.css", "text/css; charset=utf-8", ZP_STR(""), zp_asset_style);
    put_asset(http, "preview.js", "text/javascript; charset=utf-8", ZP_STR(""), zp_asset_script);
}

static const char *state_of(const preview *p, bool made)
{
    if (made)
        return p->good ? "good" : "draft";
    return !p->shown_in ? "none" : p->good ? "kept" : "draft";
}

static void say(round_of *r, bool made, zp_str findings)
{
    const preview *p = r->p;
    zp_buf news = {.arena = r->arena}, clock = {.arena = r->arena};
    zp_vigil_clock(&clock);
    zp_buf_format(&news, "{\"round\":%u,\"state\":\"%s\",\"took\":%u", p->rounds, state_of(p, made),
                  zp_vigil_ms() - r->begun);
    zp_json_key(&news, "time");
    zp_json_string(&news, zp_buf_str(&clock));
    zp_json_key(&news, "name");
    zp_json_string(&news, r->build.plan.name);
    zp_buf_format(&news, ",%.*s", ZP_ARG(findings));
    if (p->shown_in)
        zp_buf_format(&news, ",%.*s", ZP_ARG(p->shown.members));
    zp_buf_byte(&news, '}');
    zp_http_say(p->http, zp_buf_str(&news));
}

static void say_line(const round_of *r, bool made)
{
    static const char *const words[] = {"没有排成", "已更新"};
    zp_buf line = {.arena = r->arena};
    size_t errors = zp_diag_count(r->diag, ZP_ERROR) + zp_diag_count(r->diag, ZP_FLAW);
    size_t warnings = zp_diag_count(r->diag, ZP_WARNING);
    if (r->job.report) {
        errors += zp_diag_count(r->job.findings, ZP_ERROR);
        warnings += zp_diag_count(r->job.findings, ZP_WARNING);
    }
    zp_vigil_clock(&line);
    zp_buf_format(&line, " %u ms %s", zp_vigil_ms() - r->begun, words[made]);
    zp_vigil_count(&line, errors, warnings);
    fprintf(stderr, "%.*s\n", ZP_ARG(zp_buf_str(&line)));
}

/* To be downloaded: as `build` writes them. What fails leaves the last one. */
static void put_downloads(round_of *r)
{
    static const char *const wanted[][3] = {
        {"pdf", "report.pdf", "application/pdf"},
        {"html", "report.html", "application/octet-stream"},
    };
    for (const zp_format *f = zp_formats; f->name; f++)
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
            zp_output output;
            if (strcmp(f->name, wanted[i][0]) == 0 && zp_job_write(&r->job, &f, 1, &output))
                put_asset(r->p->http, wanted[i][1], wanted[i][2], ZP_STR(""),
                          zp_buf_str(&output.files[0]));
        }
}

/* --- A round ---------------------------------------------------------------------------------- */

/* What is shown from now on; true when the arena is kept for it. */
static bool show(round_of *r, bool made, bool draft, const zp_proof *proof)
{
    preview *p = r->p;
    if (!made && !draft)
        return false;
    zp_arena_free(p->shown_in);
    p->shown_in = r->arena;
    p->shown = *proof;
    p->good = made;
    zp_files_record(r->arena, NULL);
    return true;
}

static void one_round(void *user, zp_looks *looks)
{
    preview *p = user;
    zp_arena *arena = zp_arena_new();
    round_of *r = zp_new(arena, round_of);
    zp_proof proof, findings;
    *r = (round_of){.p = p, .arena = arena, .diag = zp_diag_new(arena), .begun = zp_vigil_ms()};
    p->rounds++;
    zp_files_record(arena, looks);
    zp_status ready = zp_build_renew(&p->build, arena, r->diag, &r->build);
    bool read = read_source(r) && ready == ZP_DONE;
    if (read)
        r->build.front = zp_front_read(arena, r->source, r->diag);
    bool made = read && make(r, &r->build.facts, r->diag, &proof);
    if (!made && zp_diag_count(r->diag, ZP_ERROR) == 0)
        zp_diag_add(r->diag, ZP_ERROR, "not-made", (zp_span){0}, NULL,
                    "没有排成，原因写在运行 ziping preview 的窗口里");
    zp_proof_findings(arena, &r->job, r->source, r->diag, &findings);
    bool draft = read && !made && !p->good && make_draft(r, &proof);
    bool kept = show(r, made, draft, &proof);
    if (p->shown_in)
        put_all(p->http, &p->shown.files);
    put_all(p->http, &findings.files);
    say(r, made, findings.members);
    say_line(r, made);
    if (made)
        put_downloads(r);
    zp_http_turn(p->http);
    if (!kept)
        zp_arena_free(arena);
}

/* --- The command ------------------------------------------------------------------------------ */

static bool read_port(const char *word, unsigned *port)
{
    char *end = NULL;
    unsigned long number = word ? strtoul(word, &end, 10) : PORT;
    *port = (unsigned)number;
    if (!word || (word[0] >= '0' && word[0] <= '9' && *end == '\0' && number < 65536))
        return true;
    zp_complain("端口写得不对", word, "写成 0 到 65535 的整数；0 是随便哪一个");
    return false;
}

/* The user's browser, as a grandchild: nobody waits for it. Where there is no xdg-open, the address
 * has been said. */
static void open_browser(const char *address)
{
    pid_t child = fork();
    if (child == 0) {
        sigset_t none;
        sigemptyset(&none);
        pthread_sigmask(SIG_SETMASK, &none, NULL);
        int nowhere = open("/dev/null", O_RDWR);
        if (nowhere >= 0)
            for (int fd = 0; fd < 3; fd++)
                dup2(nowhere, fd);
        if (fork() == 0)
            execlp("xdg-open", "xdg-open", address, (char *)NULL);
        _exit(0);
    }
    if (child > 0)
        waitpid(child, NULL, 0);
}

static zp_status serve(preview *p, zp_vigil *vigil, unsigned port)
{
    zp_str why;
    zp_arena *arena = p->build.arena;
    p->http = zp_http_open(arena, port, &why);
    if (!p->http) {
        zp_complain("开不了预览", "127.0.0.1", zp_str_cstr(arena, why));
        return ZP_ENVIRONMENT;
    }
    put_assets(arena, p->http);
    zp_str address = zp_http_address(p->http);
    printf("%.*s\n", ZP_ARG(address));
    fflush(stdout);
    if (p->build.chosen->open)
        open_browser(zp_str_cstr(arena, address));
    zp_status result = zp_vigil_keep(vigil, one_round, p);
    zp_http_close(p->http);
    return result;
}

static zp_status run(const zp_options *chosen)
{
    unsigned port;
    zp_arena *arena = zp_arena_new();
    preview *p = zp_new(arena, preview);
    zp_status result = read_port(chosen->port, &port) ? ZP_DONE : ZP_USAGE;
    if (result == ZP_DONE && strcmp(chosen->input, "-") == 0) {
        zp_complain("不能预览", "标准输入", "先存成文件：ziping preview 报告.md");
        result = ZP_USAGE;
    }
    if (result == ZP_DONE)
        result = zp_build_settle(arena, chosen, &p->build);
    if (result == ZP_DONE) {
        zp_vigil *vigil = zp_vigil_new(arena);
        result = zp_build_open(&p->build, NULL);
        if (result == ZP_DONE)
            result = serve(p, vigil, port);
    }
    zp_arena_free(p->shown_in);
    zp_engine_close(&p->build.engine);
    zp_arena_free(arena);
    return result;
}

static const zp_option preview_options[] = {
    ZP_TEXT_OPTION("--port", NULL, "N", "端口，默认 8520；被占用时用下一个空着的；0 是随便哪一个",
                   port),
    ZP_FLAG_OPTION("--open", "打开浏览器", open),
    ZP_TEXT_OPTION("--template", NULL, "名称",
                   "模板的名称，或模板文件夹的路径；默认由报告开头的“模板”决定", template),
    {ZP_OPTION_LIST, "--data", NULL, "名称=文件", "再加一份数据，可以写多次", 0},
    ZP_TEXT_OPTION("--edition", NULL, "版本",
                   "public（公开）：标为“内部”的内容不排；full（完整，默认）", edition),
    ZP_TEXT_OPTION("--stamp", NULL, "文字", "盖在每一页右上方，如 征求意见稿", stamp),
    ZP_TEXT_OPTION("--encoding", NULL, "编码", "INPUT 的编码（如 GB18030）；默认自动判断",
                   encoding),
    {0},
};

const zp_command zp_preview_command = {
    .name = "preview",
    .usage = "ziping preview [选项] INPUT",
    .about = "在浏览器里看报告排出来的样子，一存盘就更新；查出的问题列在旁边，点一下就到那一行。\n"
             "INPUT 是 .md 文件，或含有 report.md（或唯一一个 .md "
             "文件）的文件夹。标准输出的第一行是网址，\n"
             "只有这台机器上知道网址的人能打开；Ctrl-C 结束。",
    .options = preview_options,
    .inputs = 1,
    .missing = "没有说预览哪份报告；写法：ziping preview 报告.md",
    .status = "0 已结束；2 用法不对；3 环境有问题（找不到输入、端口都被占用、缺字体、内存不足）。",
    .run = run,
};
