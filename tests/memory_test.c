/* memory_test.c: memory runs out at every allocation that writing a PDF makes, libharu's among
 * them, all of which come from the arena. Each time the program says so and ends with status 3, and
 * the file that was there stays.
 *
 * The linker leads the calls of the arena here (--wrap); every point is a process of its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/files.h"
#include "layout/page.h"
#include "unit/press.h"
#include "write/pdf.h"

#define REPORT                                                                                     \
    "# 题\n\n## 一、甲\n\n正文[^1]与[链接](https://example.org)。\n\n- 项\n\n"          \
    "| 表头 | 数 |\n|---|---|\n| 格 | 1 |\n\n[^1]: 注。\n"

enum { OUT_OF_MEMORY = 3, POINTS_LEAST = 1000 };

void *__real_zp_arena_alloc(zp_arena *arena, size_t size);
void *__real_zp_arena_grow(zp_arena *arena, void *old, size_t old_size, size_t new_size);
void *__wrap_zp_arena_alloc(zp_arena *arena, size_t size);
void *__wrap_zp_arena_grow(zp_arena *arena, void *old, size_t old_size, size_t new_size);

static long calls, last_good = -1; /* calls so far; how many are granted, -1: all */

static void count_call(void)
{
    if (last_good >= 0 && calls >= last_good)
        zp_arena_exhausted();
    calls++;
}

void *__wrap_zp_arena_alloc(zp_arena *arena, size_t size)
{
    count_call();
    return __real_zp_arena_alloc(arena, size);
}

void *__wrap_zp_arena_grow(zp_arena *arena, void *old, size_t old_size, size_t new_size)
{
    count_call();
    return __real_zp_arena_grow(arena, old, old_size, new_size);
}

typedef struct {
    press *press;
    const zp_report *report;
    const zp_pages *pages;
    const char *path;
} work;

/* Writes the PDF in place of the file; the status the program would end with. */
static int write_once(const work *w)
{
    const zp_pdf_options options = {.producer = ZP_STR("ziping"),
                                    .standard = zp_standard_find(ZP_STR("a-2a+ua-1"))};
    zp_buf out = {.arena = w->press->arena};
    zp_str why;
    calls = 0;
    if (!zp_pdf_write(w->press->arena, w->report, w->pages, &options, w->press->diag, &out))
        return 1;
    return zp_file_replace(w->press->arena, w->path, zp_buf_str(&out), &why) ? 0 : 2;
}

/* In a process that is granted `granted` allocations; what it says goes nowhere. */
static int write_apart(const work *w, long granted)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(9);
        last_good = granted;
        _exit(write_once(w));
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : -1;
}

static bool is_old(const work *w)
{
    zp_str bytes, why;
    return zp_file_read(w->press->arena, w->path, 1 << 20, &bytes, &why) &&
           zp_str_eq(bytes, ZP_STR("old"));
}

static int run(const work *w)
{
    zp_str why;
    if (!zp_file_replace(w->press->arena, w->path, ZP_STR("old"), &why))
        return 1;
    for (long point = 0;; point++) {
        int status = write_apart(w, point);
        if (status == 0) {
            printf("%ld points\n", point);
            return point < POINTS_LEAST || is_old(w);
        }
        if (status != OUT_OF_MEMORY || (point % 100 == 0 && !is_old(w))) {
            printf("point %ld: status %d\n", point, status);
            return 1;
        }
    }
}

int main(void)
{
    char path[] = "ziping-memory-XXXXXX";
    void *state = NULL;
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0 || press_open(&state) != 0)
        return 1;
    press *p = state;
    const zp_report *report = press_report(p, ZP_STR(REPORT));
    const zp_pages *pages =
        report ? zp_page_layout(p->arena, report, p->fonts,
                                zp_pictures_new(p->arena, (zp_str){0}, p->diag), p->diag)
               : NULL;
    const work w = {p, report, pages, path};
    int failed = pages ? run(&w) : 1;
    press_close(&state);
    return unlink(path) != 0 || failed;
}
