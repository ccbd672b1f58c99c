/* pdftext.c: a PDF's path in; what pdftotext prints, as pages, lines, paragraphs. */
#include "app/pdftext.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/utf8.h"
#include "doc/plain.h"

enum {
    SECONDS = 60,
    MEMORY = 1 << 30, /* bytes that the program may take */
    CHUNK = 64 << 10,
    NOT_FOUND = 127, /* the exit status of a program that is not there, as shells have it */
    NUMBER_MAX = 20, /* bytes of a line that may be a page's number */
};

/* --- The program ------------------------------------------------------------------------------ */

/* Never returns. Between fork and exec only what POSIX allows there. */
static void become(const char *path, int to)
{
    const struct rlimit processor = {SECONDS, SECONDS}, memory = {MEMORY, MEMORY};
    int nowhere = open("/dev/null", O_RDWR);
    if (nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0 ||
        dup2(to, STDOUT_FILENO) < 0 || setrlimit(RLIMIT_CPU, &processor) != 0 ||
        setrlimit(RLIMIT_AS, &memory) != 0)
        _exit(NOT_FOUND - 1);
    execlp("pdftotext", "pdftotext", "-q", "-enc", "UTF-8", "-eol", "unix", path, "-",
           (char *)NULL);
    _exit(NOT_FOUND);
}

static long now(void)
{
    struct timespec time;
    return clock_gettime(CLOCK_MONOTONIC, &time) == 0 ? (long)time.tv_sec : 0;
}

/* All that comes, as far as it may; false when it takes too long. */
static bool listen_to(int from, zp_buf *out)
{
    long end = now() + SECONDS;
    char chunk[CHUNK];
    while (out->n <= ZP_SOURCE_MAX) {
        struct pollfd waiting = {.fd = from, .events = POLLIN};
        long left = end - now();
        if (left <= 0 || poll(&waiting, 1, (int)left * 1000) == 0)
            return false;
        ssize_t n = read(from, chunk, sizeof chunk);
        if (n == 0 || (n < 0 && errno != EINTR))
            return true;
        if (n > 0)
            zp_buf_add(out, (zp_str){chunk, (size_t)n});
    }
    return true;
}

static zp_str judge(int status, bool in_time, const zp_buf *out)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
        return ZP_STR(
            "读 PDF 要用 pdftotext，这台电脑没有（Debian 里是 poppler-utils）；请另存为 .docx");
    if (!in_time || out->n > ZP_SOURCE_MAX)
        return ZP_STR("PDF 太大或太复杂，请另存为 .docx");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return ZP_STR("PDF 打不开：已损坏或设了密码，请另存为 .docx");
    if (zp_utf8_is_blank(zp_utf8_clean(out->arena, zp_buf_str(out))))
        return ZP_STR("PDF 里没有文字（多半是扫描件），请另存为 .docx");
    return ZP_STR("");
}

/* What the program prints; why there is nothing, or the empty string. */
static zp_str run(zp_arena *arena, zp_str path, zp_buf *out)
{
    int ends[2], status = 0;
    bool option = path.n > 0 && path.p[0] == '-';
    const char *name =
        zp_str_cstr(arena, zp_str_format(arena, "%s%.*s", option ? "./" : "", ZP_ARG(path)));
    if (pipe(ends) != 0)
        return ZP_STR("系统不让再开管道");
    pid_t child = fork();
    if (child == 0)
        become(name, ends[1]);
    close(ends[1]);
    bool in_time = child > 0 && listen_to(ends[0], out);
    close(ends[0]);
    if (child < 0)
        return ZP_STR("系统不让再开程序");
    if (!in_time || out->n > ZP_SOURCE_MAX)
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return judge(status, in_time, out);
}

/* --- Pages ------------------------------------------------------------------------------------ */

typedef struct {
    zp_buf text;
    zp_line_place *places;
    size_t count, capacity;
} pages;

static void add_line(pages *p, zp_str line, size_t page)
{
    zp_list_grow(p->text.arena, p->places, p->count, p->capacity);
    p->places[p->count++] = (zp_line_place){ZP_LINE_PAGE, (uint32_t)page, 0};
    zp_buf_add(&p->text, line);
    zp_buf_byte(&p->text, '\n');
}

/* — 5 —, - 5 -, 5, 第5页. */
static bool is_page_number(zp_str line)
{
    size_t digits = 0;
    line = zp_str_trim(line);
    if (line.n > NUMBER_MAX)
        return false;
    for (size_t at = 0; at < line.n;) {
        uint32_t code = zp_utf8_next(line, &at);
        digits += code < 0x80 && isdigit((int)code);
        if (!(code < 0x80 && isdigit((int)code)) && code != ' ' && code != '-' && code != 0x2014 &&
            code != 0x2013 && code != 0x2015 && code != 0x7B2C && code != 0x9875)
            return false;
    }
    return digits > 0;
}

/* A page's lines without the blank ones at its edges, so that a sentence goes on behind it, and
 * without its number. */
static void add_page(pages *p, zp_str text, size_t page)
{
    size_t pending = 0;
    bool begun = false;
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        end = zp_str_find(text, ZP_STR("\n"), at);
        zp_str line = zp_str_slice(text, at, end);
        bool last = zp_utf8_is_blank(zp_str_slice(text, end, text.n));
        if (zp_utf8_is_blank(line)) {
            pending += begun;
            continue;
        }
        if ((!begun || last) && is_page_number(line))
            continue;
        for (; pending > 0; pending--)
            add_line(p, ZP_STR(""), page);
        add_line(p, line, page);
        begun = true;
    }
}

const zp_source *zp_pdftext_read(zp_arena *arena, zp_str path, zp_diag *diag, zp_str *why)
{
    zp_buf out = {.arena = arena};
    *why = run(arena, path, &out);
    if (why->n > 0)
        return NULL;
    const zp_source *printed = zp_source_read(arena, path, zp_buf_str(&out), "UTF-8", diag);
    if (!printed)
        return NULL;
    pages p = {.text = {.arena = arena}};
    for (size_t at = 0, page = 1, end; at < printed->text.n; at = end + 1, page++) {
        end = zp_str_find(printed->text, ZP_STR("\f"), at);
        add_page(&p, zp_str_slice(printed->text, at, end), page);
    }
    add_line(&p, ZP_STR(""), 0); /* behind the last line end */
    p.text.n--;
    zp_source *lines = zp_new(arena, zp_source);
    *lines = *zp_source_new(arena, path, zp_buf_str(&p.text));
    lines->places = p.places;
    zp_diag_add(diag, ZP_WARNING, "pdf-text", zp_span_file(lines), "拿得到 .docx 的，请查 .docx",
                "PDF 的文字是由 pdftotext 取出、再把各行拼成段落的：表格和次序可能不准");
    return zp_plain_read(arena, lines);
}
