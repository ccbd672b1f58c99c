/* tags_test.c: pages are written with marks, and a structure tree grows: which elements, in which
 * order, around which stretches.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "layout/page.h"
#include "press.h"
#include "write/content.h"

/* The tree in one line: Document(H1[1] Sect(H2[1] P[2])); in brackets, how many stretches an
 * element has. */
static zp_str print_tree(zp_arena *arena, const zp_tag *root)
{
    zp_buf out = {.arena = arena};
    const zp_tag *tag = root;
    bool entering = true;
    while (tag) {
        size_t own = 0, children = 0;
        for (const zp_tag *child = tag->first; child; child = child->next)
            zp_tag_name(child->type) ? children++ : own++;
        if (entering && zp_tag_name(tag->type)) {
            zp_buf_format(&out, "%s%s", out.n && out.p[out.n - 1] != '(' ? " " : "",
                          zp_tag_name(tag->type));
            if (own > 0)
                zp_buf_format(&out, "[%zu]", own);
            if (children > 0)
                zp_buf_byte(&out, '(');
        }
        if (!entering && children > 0)
            zp_buf_byte(&out, ')');
        if (entering && tag->first) {
            tag = tag->first;
        } else if (entering) {
            entering = false;
        } else if (tag == root) {
            tag = NULL;
        } else {
            entering = tag->next != NULL;
            tag = tag->next ? tag->next : tag->parent;
        }
    }
    return zp_buf_str(&out);
}

typedef struct {
    zp_tags *tags;
    zp_str streams; /* of all pages */
} written;

static written write_pages(press *p, zp_pages *pages)
{
    zp_content_uses uses = {.arena = p->arena};
    zp_buf streams = {.arena = p->arena};
    zp_targets *targets = zp_new(p->arena, zp_targets);
    size_t count;
    const zp_link_area *areas = zp_link_areas(p->arena, pages, &count);
    *targets = zp_targets_find(p->arena, pages, areas, count);
    uses.tags = zp_tags_new(p->arena, targets, pages->count, false);
    assert_true(zp_content_fonts(&uses, pages, zp_diag_new(p->arena)));
    for (size_t i = 0; i < pages->count; i++)
        zp_buf_add(&streams, zp_content_write(&uses, &pages->pages[i], i));
    zp_tags_finish(uses.tags);
    return (written){uses.tags, zp_buf_str(&streams)};
}

static zp_pages *lay_out(press *p, const char *text)
{
    press_begin(p);
    const zp_report *report = press_report(p, zp_str_from(text));
    assert_non_null(report);
    return (zp_pages *)zp_page_layout(p->arena, report, p->fonts,
                                      zp_pictures_new(p->arena, (zp_str){0}, p->diag), p->diag);
}

static void expect(press *p, const char *text, const char *tree)
{
    zp_tags *tags = write_pages(p, lay_out(p, text)).tags;
    assert_string_equal(zp_str_cstr(p->arena, print_tree(p->arena, tags->document)), tree);
}

static void headings_open_sections(void **state)
{
    expect(*state, "# 题\n\n## 一、甲\n\n文。\n\n### （一）乙\n\n文。\n\n## 二、丙\n\n文。\n",
           "Document(H1[1] Sect(H2[1] P[1] Sect(H3[1] P[1])) Sect(H2[1] P[1]))");
}

static void a_skipped_level_is_not_skipped_here(void **state)
{
    expect(*state, "# 题\n\n##### （1）甲\n\n文。\n\n###### 乙\n\n文。\n\n## 一、丙\n\n文。\n",
           "Document(H1[1] Sect(H2[1] P[1] Sect(H3[1] P[1])) Sect(H2[1] P[1]))");
}

static void a_heading_that_runs_in_is_followed_by_its_paragraph(void **state)
{
    expect(*state, "# 题\n\n## 一、甲：\n\n文。\n", "Document(H1[1] Sect(H2[1] P[1]))");
}

static void lists_have_labels_and_bodies(void **state)
{
    expect(*state, "# 题\n\n- 甲\n\n  1. 乙\n- 丙\n",
           "Document(H1[1] L(LI(Lbl[1] LBody(P[1] L(LI(Lbl[1] LBody(P[1]))))) "
           "LI(Lbl[1] LBody(P[1]))))");
}

static void notes_come_last_and_are_referred_to(void **state)
{
    expect(*state, "# 题\n\n甲[^1]乙。\n\n丙。\n\n[^1]: 注。\n\n    又。\n",
           "Document(H1[1] P[2](Reference[1]) P[1] Note(Lbl[1] P[1] P[1]))");
}

static void a_table_has_all_its_cells(void **state)
{
    expect(*state,
           "# 题\n\n单位：元\n\n表：表\n\n| 甲 | 乙 |\n|----|----|\n| 并 | 1 |\n| ^ |  "
           "|\n\n注：注。\n",
           "Document(H1[1] P[1] Table(Caption[1] THead(TR(TH[1] TH[1])) "
           "TBody(TR(TH[1] TD[1]) TR(TD))) P[1])");
}

static void a_paragraph_over_two_pages_is_one(void **state)
{
    press *p = *state;
    press_begin(p);
    zp_buf text = {.arena = p->lasting};
    zp_buf_lit(&text, "# 题\n\n");
    for (int i = 0; i < 700; i++)
        zp_buf_lit(&text, "文");
    zp_buf_byte(&text, '\0');
    expect(p, text.p, "Document(H1[1] P[2])");
}

static void links_that_lead_nowhere_are_none(void **state)
{
    expect(*state, "# 题\n\n## 甲 {#a}\n\n[一](#a)，[二](https://example.org)。\n",
           "Document(H1[1] Sect(H2[1] P[2](Link[1] Link[1])))");
    press *p = *state;
    zp_pages *pages = lay_out(p, "# 题\n\n[二](#b)。\n");
    zp_str tree = print_tree(p->arena, write_pages(p, pages).tags->document);
    assert_string_equal(zp_str_cstr(p->arena, tree), "Document(H1[1] P[1])");
}

static void english_words_are_spans_but_not_abbreviations(void **state)
{
    expect(*state, "# 题\n\n看 the report of 2023，PDF、km、a.b.example、some_words。\n",
           "Document(H1[1] P[2](Span[1]))");
}

static void one_glyph_for_two_characters_tells_which(void **state)
{
    press *p = *state;
    zp_pages *pages = lay_out(p, "# 题\n\n**一⼀**\n"); /* U+4E00, U+2F00 */
    written w = write_pages(p, pages);
    assert_string_equal(zp_str_cstr(p->arena, print_tree(p->arena, w.tags->document)),
                        "Document(H1[1] P[1](Span[1]))");
    assert_true(zp_str_find(w.streams, ZP_STR("/ActualText<FEFF2F00>"), 0) < w.streams.n);
}

/* No font of ours holds any, so the page is made to: a glyph that stands for U+E000 reads 〓. */
static void a_private_character_has_words(void **state)
{
    press *p = *state;
    zp_pages *pages = lay_out(p, "# 题\n\n文。\n");
    for (size_t i = 0; i < pages->pages[0].count; i++) {
        zp_item *item = &pages->pages[0].items[i];
        if (item->kind == ZP_ITEM_TEXT && item->node && item->node->kind == ZP_NODE_PARAGRAPH)
            ((zp_glyph *)item->text.glyphs)[0].code = 0xE000;
    }
    written w = write_pages(p, pages);
    assert_string_equal(zp_str_cstr(p->arena, print_tree(p->arena, w.tags->document)),
                        "Document(H1[1] P[1](Span[1]))");
    assert_true(zp_str_find(w.streams, ZP_STR("/ActualText<FEFF3013>"), 0) < w.streams.n);
}

static void what_belongs_to_the_page_is_an_artifact(void **state)
{
    press *p = *state;
    written w = write_pages(p, lay_out(p, "# 题\n\n文。\n\n---\n\n文。\n"));
    zp_str footer = ZP_STR("/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
    assert_true(zp_str_find(w.streams, footer, 0) < w.streams.n);
    assert_true(zp_str_find(w.streams, ZP_STR("/Artifact BMC\n"), 0) < w.streams.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_open_sections),
        cmocka_unit_test(a_skipped_level_is_not_skipped_here),
        cmocka_unit_test(a_heading_that_runs_in_is_followed_by_its_paragraph),
        cmocka_unit_test(lists_have_labels_and_bodies),
        cmocka_unit_test(notes_come_last_and_are_referred_to),
        cmocka_unit_test(a_table_has_all_its_cells),
        cmocka_unit_test(a_paragraph_over_two_pages_is_one),
        cmocka_unit_test(links_that_lead_nowhere_are_none),
        cmocka_unit_test(english_words_are_spans_but_not_abbreviations),
        cmocka_unit_test(one_glyph_for_two_characters_tells_which),
        cmocka_unit_test(a_private_character_has_words),
        cmocka_unit_test(what_belongs_to_the_page_is_an_artifact),
    };
    return cmocka_run_group_tests(tests, press_open, press_close);
}
