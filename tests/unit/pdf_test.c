/* pdf_test.c: pages become a PDF: the file as bytes, what is the same and what differs. What
 * readers make of it is tests/pdf's matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <pthread.h>
#include <string.h>
#include <cmocka.h>
#include "layout/page.h"
#include "press.h"
#include "write/pdf.h"

#define REPORT                                                                                     \
    "---\ntitle: 示例单位自评报告\ndepartment: 示例单位\n---\n\n## "                   \
    "一、甲\n\n正文2023年，湴𬭎。\n\n"                                                  \
    "### （一）乙：\n\n正文。\n\n#### 1.丙\n\n正文。\n\n## 二、丁\n\n正文。\n"

static zp_pdf_options options_of(const char *standard)
{
    return (zp_pdf_options){.date = 1711929600,
                            .producer = ZP_STR("ziping 0.1.0"),
                            .standard = zp_standard_find(zp_str_from(standard))};
}

/* The report's PDF in the arena; empty when none is made. */
static zp_str print(const press *p, zp_arena *arena, zp_str text, const zp_pdf_options *with)
{
    zp_diag *diag = zp_diag_new(arena);
    const zp_source *source = zp_source_new(arena, ZP_STR("test.md"), text);
    const zp_report *report = zp_report_read(arena, source, p->base, diag);
    zp_buf out = {.arena = arena};
    const zp_pages *pages = report ? zp_page_layout(arena, report, p->fonts,
                                                    zp_pictures_new(arena, (zp_str){0}, diag), diag)
                                   : NULL;
    if (!pages || !zp_pdf_write(arena, report, pages, with, diag, &out))
        return (zp_str){0};
    return zp_buf_str(&out);
}

/* The same as PDF/A-1a, in which all but streams is readable as text. */
static zp_str print_plain(const press *p, zp_arena *arena, zp_str text)
{
    const zp_pdf_options options = options_of("a-1a");
    return print(p, arena, text, &options);
}

static size_t count_of(zp_str pdf, const char *needle)
{
    size_t count = 0;
    zp_str word = zp_str_from(needle);
    for (size_t at = 0; (at = zp_str_find(pdf, word, at)) < pdf.n; at += word.n)
        count++;
    return count;
}

static void assert_holds(zp_str pdf, const char *needle)
{
    if (count_of(pdf, needle) == 0)
        fail_msg("no %s in the file", needle);
}

static void a_file_begins_and_ends_as_pdf_does(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_str pdf = print_plain(p, p->arena, ZP_STR(REPORT));
    assert_true(zp_str_starts(pdf, ZP_STR("%PDF-1.4\n%")));
    assert_true(zp_str_ends(pdf, ZP_STR("%%EOF\n")));
    assert_int_equal(count_of(pdf, "\nstartxref\n"), 1);
}

static size_t number_at(zp_str pdf, size_t at)
{
    size_t number = 0;
    while (at < pdf.n && pdf.p[at] >= '0' && pdf.p[at] <= '9')
        number = number * 10 + (size_t)(pdf.p[at++] - '0');
    return number;
}

/* ISO 32000-1, 7.5.4: entries of 20 bytes, the first for object 0. */
static void cross_references_lead_to_their_objects(void **state)
{
    enum { ENTRY = 20 };
    press *p = *state;
    press_begin(p);
    zp_str pdf = print_plain(p, p->arena, ZP_STR(REPORT));
    zp_str mark = ZP_STR("\nstartxref\n");
    size_t table = number_at(pdf, zp_str_find(pdf, mark, 0) + mark.n);
    assert_true(zp_str_starts(zp_str_slice(pdf, table, pdf.n), ZP_STR("xref\n0 ")));
    size_t count = number_at(pdf, table + 7);
    size_t entries = zp_str_find(pdf, ZP_STR("\n"), table + 7) + 1;
    assert_true(count > 20);
    for (size_t i = 1; i < count; i++) {
        size_t offset = number_at(pdf, entries + i * ENTRY);
        zp_str expected = zp_str_format(p->arena, "%zu 0 obj\n", i);
        assert_true(zp_str_starts(zp_str_slice(pdf, offset, pdf.n), expected));
    }
    assert_int_equal(count_of(pdf, " 0 obj\n"), count - 1);
}

static void the_document_says_what_it_is(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_str pdf = print_plain(p, p->arena, ZP_STR(REPORT));
    assert_holds(pdf, "/Lang");
    assert_holds(pdf, "zh-CN");
    assert_holds(pdf, "D:20240401080000+08'00'");
    assert_holds(pdf, "ziping 0.1.0");
    assert_holds(pdf, "/DisplayDocTitle true");
    assert_int_equal(count_of(pdf, "/Type /Page\n"), 1);
}

static void headings_become_an_outline(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_str with = print_plain(p, p->arena, ZP_STR(REPORT));
    assert_holds(with, "/Outlines");
    assert_holds(with, "/Count 4"); /* all of them open */
    assert_int_equal(count_of(with, "/Dest "), 4);
    zp_str without = print_plain(p, p->arena, ZP_STR("# 题\n\n正文。\n"));
    assert_int_equal(count_of(without, "/Dest "), 0);
    assert_int_equal(count_of(without, "/PageMode"), 0);
}

static void the_same_report_gives_the_same_bytes(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_str one = print_plain(p, p->arena, ZP_STR(REPORT));
    zp_str two = print_plain(p, p->arena, ZP_STR(REPORT));
    assert_true(one.n > 0);
    assert_true(zp_str_eq(one, two));
}

static void another_date_or_text_gives_another_id(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_pdf_options later = options_of("a-1a");
    later.date++;
    zp_str one = print_plain(p, p->arena, ZP_STR(REPORT));
    zp_str two = print(p, p->arena, ZP_STR(REPORT), &later);
    zp_str three = print_plain(p, p->arena, ZP_STR(REPORT "\n又\n"));
    zp_str ids[3];
    const zp_str files[] = {one, two, three};
    for (int i = 0; i < 3; i++) {
        size_t at = zp_str_find(files[i], ZP_STR("/ID"), 0);
        assert_true(at + 60 < files[i].n);
        ids[i] = zp_str_slice(files[i], at, at + 60);
    }
    assert_false(zp_str_eq(ids[0], ids[1]));
    assert_false(zp_str_eq(ids[0], ids[2]));
}

static void only_the_fonts_used_are_in_the_file(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_str pdf = print_plain(p, p->arena, ZP_STR("# 题\n\n正文。\n"));
    assert_int_equal(count_of(pdf, "/Type0"), 3); /* 小标宋, 仿宋, and 宋体 of the page number */
    assert_true(pdf.n < 40000);
}

static void a_date_before_1970_or_far_ahead_is_still_a_date(void **state)
{
    press *p = *state;
    const int64_t dates[] = {-1, 0, 253402300799};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        press_begin(p);
        zp_pdf_options with = options_of("a-1a");
        with.date = dates[i];
        zp_str pdf = print(p, p->arena, ZP_STR("# 题\n\n正文。\n"), &with);
        assert_true(pdf.n > 0);
        assert_holds(pdf, "(D:");
    }
}

static void a_long_report_has_all_its_pages(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_buf text = {.arena = p->arena};
    zp_buf_lit(&text, "# 题\n");
    for (int i = 0; i < 22 * 300; i++)
        zp_buf_lit(&text, "\n一行。\n");
    zp_str pdf = print_plain(p, p->arena, zp_buf_str(&text));
    assert_int_equal(count_of(pdf, "/Type /Page\n"), 301);
}

/* ---- threads ---- */

enum { THREADS = 4, ROUNDS = 5 };

typedef struct {
    const press *press;
    zp_str expected;
    bool same;
} job;

static void *print_again(void *data)
{
    job *j = data;
    j->same = true;
    for (int i = 0; i < ROUNDS; i++) {
        zp_arena *arena = zp_arena_new();
        j->same = zp_str_eq(print_plain(j->press, arena, ZP_STR(REPORT)), j->expected) && j->same;
        zp_arena_free(arena);
    }
    return NULL;
}

static void threads_share_fonts_and_template_and_disturb_no_one(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_str expected = print_plain(p, p->arena, ZP_STR(REPORT));
    pthread_t threads[THREADS];
    job jobs[THREADS];
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (job){p, expected, false};
        assert_int_equal(pthread_create(&threads[i], NULL, print_again, &jobs[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_true(jobs[i].same);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_begins_and_ends_as_pdf_does),
        cmocka_unit_test(cross_references_lead_to_their_objects),
        cmocka_unit_test(the_document_says_what_it_is),
        cmocka_unit_test(headings_become_an_outline),
        cmocka_unit_test(the_same_report_gives_the_same_bytes),
        cmocka_unit_test(another_date_or_text_gives_another_id),
        cmocka_unit_test(only_the_fonts_used_are_in_the_file),
        cmocka_unit_test(a_date_before_1970_or_far_ahead_is_still_a_date),
        cmocka_unit_test(a_long_report_has_all_its_pages),
        cmocka_unit_test(threads_share_fonts_and_template_and_disturb_no_one),
    };
    return cmocka_run_group_tests(tests, press_open, press_close);
}
