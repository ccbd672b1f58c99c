/* Line ends of both breakers: 44 cases after CLREQ and GB/T 15834, and the invariants over random
 * text.
 *
 * Letters and digits are half an em, the Han–Latin gap 1/4 (1/8 to 1/2), a word space 1/3 (1/4 to
 * 1/2), so that no font matters. A case says its lines as text=natural width in em.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "layout/breaker.h"

enum {
    UNITS = ZP_EM * 16, /* of an em: thirds and eighths are whole */
    RANDOM_PARAGRAPHS = 10000,
    RANDOM_LENGTH = 120,
};

static const zp_line_rules test_rules = {
    .kinsoku = ZP_KINSOKU_GB_PLUS,
    .kern = true,
    .lone = true,
    .gap = ZP_EM / 4,
    .gap_min = ZP_EM / 8,
    .gap_max = ZP_EM / 2,
    .gap_limit = 100 * ZP_EM,
    .space = ZP_EM / 3,
    .space_min = ZP_EM / 4,
    .space_max = ZP_EM / 2,
};

typedef struct {
    const char *id, *text;
    int width, indent;
    const char *greedy, *total; /* NULL: the same */
    zp_kinsoku kinsoku;         /* 0: as in test_rules */
    zp_edge end;
    bool hang, ragged;
} line_case;

static const line_case cases[] = {
    {.id = "T01",
     .text = "一二三四五六七八九十一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九十=10┃一二=2"},
    {.id = "T02",
     .text = "一二三四五六七八九，十一",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九，=19/2┃十一=2"},
    {.id = "T03",
     .text = "一二三四五六七八九十，一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九=9┃十，一二=4"},
    {.id = "T04",
     .text = "一二三，五六七八九十，一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三，五六七八九十，=21/2┃一二=2"},
    {.id = "T05",
     .text = "一（二）四五六七八九，十一",
     .width = 10,
     .indent = 0,
     .greedy = "一（二）四五六七八九，=21/2┃十一=2"},
    {.id = "T06",
     .text = "一（二，三）六七八九，十一",
     .width = 10,
     .indent = 0,
     .greedy = "一（二，三）六七八九，=21/2┃十一=2"},
    {.id = "T07",
     .text = "一二三。五六七八九十，一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三。五六七八九十，=21/2┃一二=2"},
    {.id = "T08",
     .text = "一二三四五六七八九“十一”",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九=9┃“十一”=3"},
    {.id = "T09",
     .text = "一二三四五六七八九十”一二三",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九=9┃十”一二三=5"},
    {.id = "T10",
     .text = "一二三四五六七八九十。”一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九=9┃十。”一二=9/2"},
    {.id = "T11",
     .text = "他说：“一二三四五六七八”。",
     .width = 28,
     .indent = 0,
     .greedy = "他说：“一二三四五六七八”。=25/2"},
    {.id = "T12",
     .text = "（一）、（二）和《三》《四》",
     .width = 28,
     .indent = 0,
     .greedy = "（一）、（二）和《三》《四》=23/2"},
    {.id = "T13",
     .text = "《〈一〉二》，三",
     .width = 28,
     .indent = 0,
     .greedy = "《〈一〉二》，三=13/2"},
    {.id = "T14",
     .text = "这是（？）一句",
     .width = 28,
     .indent = 0,
     .greedy = "这是（？）一句=13/2"},
    {.id = "T15",
     .text = "一二三四五六七八——九十一",
     .width = 9,
     .indent = 0,
     .greedy = "一二三四五六七八=8┃——九十一=5"},
    {.id = "T16",
     .text = "一二三四五六七八……九十一",
     .width = 9,
     .indent = 0,
     .greedy = "一二三四五六七八=8┃……九十一=5",
     .kinsoku = ZP_KINSOKU_GB},
    {.id = "T17",
     .text = "一二三四五六七八……九十一",
     .width = 9,
     .indent = 0,
     .greedy = "一二三四五六七=7┃八……九十一=6"},
    {.id = "T18",
     .text = "一二三四五六七八九十——一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九十=10┃——一二=4"},
    {.id = "T19",
     .text = "一二三四五六七八九十——一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九=9┃十——一二=5",
     .kinsoku = ZP_KINSOKU_STRICT},
    {.id = "T20",
     .text = "一二三四五六七八99.63%九十",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八=8┃99.63%九十=5"},
    {.id = "T21",
     .text = "一二三四五六七八￥1200元",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八=8┃￥1200元=17/4"},
    {.id = "T22",
     .text = "共收到2025年申请12345件。",
     .width = 28,
     .indent = 0,
     .greedy = "共收到2025年申请12345件。=13"},
    {.id = "T23",
     .text = "2025年一二三四五六七八九",
     .width = 10,
     .indent = 0,
     .greedy = "2025年一二三四五六=37/4┃七八九=3"},
    {.id = "T24",
     .text = "一二三四五六七，2025年八九",
     .width = 28,
     .indent = 0,
     .greedy = "一二三四五六七，2025年八九=53/4"},
    {.id = "T25",
     .text = "一5二6三四五六七，八",
     .width = 9,
     .indent = 0,
     .greedy = "一5二6三四五六七，=19/2┃八=1",
     .total = "一5二6三四五六=8┃七，八=3"},
    {.id = "T26",
     .text = "一二三四5G1六七八九，十一",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四5G1六七八=9┃九，十一=4"},
    {.id = "T27",
     .text = "（一二三四五六七八九十一二",
     .width = 10,
     .indent = 0,
     .greedy = "（一二三四五六七八九=19/2┃十一二=3"},
    {.id = "T28",
     .text = "“一二三四五六七八九十一二三四",
     .width = 12,
     .indent = 2,
     .greedy = "“一二三四五六七八九=23/2┃十一二三四=5"},
    {.id = "T29",
     .text = "一二三四五六七八九十一二三四",
     .width = 12,
     .indent = 2,
     .greedy = "一二三四五六七八九十=12┃一二三四=4"},
    {.id = "T30",
     .text = "约翰·史密斯一二三四五六七",
     .width = 10,
     .indent = 0,
     .greedy = "约翰·史密斯一二三四=19/2┃五六七=3"},
    {.id = "T31",
     .text = "一二三四五六七八九十·一二三",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九=9┃十·一二三=9/2"},
    {.id = "T32",
     .text = "一二三四五六七八九／十一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八=8┃九／十一二=9/2"},
    {.id = "T33",
     .text = "一二三四五六七八九十～十五二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九=9┃十～十五二=5"},
    {.id = "T34",
     .text = "一二三四五六七八？！九十一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八？！九=10┃十一二=3"},
    {.id = "T35",
     .text = "真好！！！一二三四五六七八",
     .width = 28,
     .indent = 0,
     .greedy = "真好！！！一二三四五六七八=12"},
    {.id = "T36",
     .text = "一二三四五六七八九十一二三四五六七八九十一",
     .width = 20,
     .indent = 0,
     .greedy = "一二三四五六七八九十一二三四五六七八九十=20┃一=1",
     .total = "一二三四五六七八九十一二三四五六七八九=19┃十一=2"},
    {.id = "T37",
     .text = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八。",
     .width = 28,
     .indent = 0,
     .greedy = "一二三四五六七八九十一二三四五六七八九十一二三四五六七=27┃八。=3/2",
     .total = "一二三四五六七八九十一二三四五六七八九十一二三四五六=26┃七八。=5/2"},
    {.id = "T38",
     .text = "一二三四五六七八九十，一二",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九十，=10┃一二=2",
     .hang = true},
    {.id = "T39",
     .text = "一二三四五六七八九，十一",
     .width = 10,
     .indent = 0,
     .greedy = "一二三四五六七八九，=10┃十一=2",
     .end = ZP_EDGE_ALLOW},
    {.id = "T40",
     .text = "2024年，本机关共收到政府信息公开申请12,345件，同比增长99.63%，其中予以公开9,"
             "876件，占80.00%。",
     .width = 28,
     .indent = 2,
     .greedy = "2024年，本机关共收到政府信息公开申请12,345件，同比=111/"
               "4┃增长99.63%，其中予以公开9,876件，占80.00%。=22"},
    {.id = "T41",
     .text = "采用 Open Data 格式发布。",
     .width = 28,
     .indent = 0,
     .greedy = "采用Open Data格式发布。=34/3"},
    {.id = "T42",
     .text = "（一）依申请公开",
     .width = 4,
     .indent = 0,
     .greedy = "（一）依=7/2┃申请公开=4",
     .ragged = true},
    {.id = "T43",
     .text = "收到“三公”经费、政府采购，",
     .width = 28,
     .indent = 0,
     .greedy = "收到“三公”经费、政府采购，=27/2"},
    {.id = "T44",
     .text = "一二三四五六七8.5%～9.3%八",
     .width = 9,
     .indent = 0,
     .greedy = "一二三四五六七=7┃8.5%～9.3%八=6"},
};

/* A paragraph without fonts: every character as wide as the cases take it. */
static zp_paragraph prepare(zp_arena *arena, const char *text, const zp_run *run,
                            const zp_measure *measure)
{
    zp_paragraph p = {.arena = arena, .measure = measure};
    zp_run *own = zp_new(arena, zp_run);
    *own = *run;
    own->text = zp_str_from(text);
    zp_paragraph_collect(&p, own, 1);
    zp_paragraph_cut(&p);
    for (size_t i = 0; i < p.count; i++)
        p.characters[i].advance = p.codes[i] < 0x250 ? UNITS / 2 : UNITS;
    zp_paragraph_size(&p);
    return p;
}

static const zp_run em_run = {.size = UNITS, .cell = UNITS};

/* "text=num/den┃…" of a breaking. */
static zp_str describe(zp_arena *arena, const zp_paragraph *p, const size_t *starts, size_t count)
{
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        zp_fit f;
        zp_paragraph_measure(p, starts[i], starts[i + 1], &f);
        if (i)
            zp_buf_lit(&out, "┃");
        for (size_t t = f.first; t < f.end; t++)
            for (uint32_t k = 0; k < p->tokens[t].count; k++)
                zp_buf_code(&out, p->codes[p->tokens[t].first + k]);
        int64_t num = f.width, den = UNITS;
        for (int64_t d = 2; d <= 5; d++)
            while (num % d == 0 && den % d == 0) {
                num /= d;
                den /= d;
            }
        zp_buf_format(&out, den == 1 ? "=%d" : "=%d/%d", (int)num, (int)den);
    }
    return zp_buf_str(&out);
}

static int check_case(zp_arena *arena, const line_case *c, bool greedy)
{
    zp_line_rules rules = test_rules;
    if (c->kinsoku)
        rules.kinsoku = c->kinsoku;
    rules.end = c->end;
    rules.hang = c->hang;
    zp_measure measure = {.width = c->width * UNITS,
                          .indent = c->indent * UNITS,
                          .align = c->ragged ? ZP_ALIGN_LEFT : ZP_ALIGN_NONE,
                          .rules = &rules};
    zp_paragraph p = prepare(arena, c->text, &em_run, &measure);
    size_t count;
    const size_t *starts =
        greedy ? zp_breaker_greedy(&p, &count) : zp_breaker_total_fit(&p, &count);
    const char *expected = greedy || !c->total ? c->greedy : c->total;
    zp_str got = describe(arena, &p, starts, count);
    if (zp_str_eq(got, zp_str_from(expected)))
        return 0;
    print_error("%s %s:\n  expected %s\n  got      %.*s\n", c->id, greedy ? "greedy" : "total fit",
                expected, ZP_ARG(got));
    return 1;
}

static void the_cases_hold_for_both_breakers(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        wrong += check_case(arena, &cases[i], true) + check_case(arena, &cases[i], false);
    zp_arena_free(arena);
    assert_int_equal(wrong, 0);
}

/* How a text breaks in ten em by total fit under other rules. */
static void assert_breaks(const zp_line_rules *rules, const char *text, const char *expected)
{
    zp_arena *arena = zp_arena_new();
    zp_measure measure = {.width = 10 * UNITS, .rules = rules};
    zp_paragraph p = prepare(arena, text, &em_run, &measure);
    size_t count;
    const size_t *starts = zp_breaker_total_fit(&p, &count);
    assert_string_equal(zp_str_cstr(arena, describe(arena, &p, starts, count)), expected);
    zp_arena_free(arena);
}

static void units_can_be_kept_for_good(void **state)
{
    (void)state;
    zp_line_rules rules = test_rules;
    rules.lone = false;
    const char *text = "一二三四五六七，1234万";
    assert_breaks(&rules, text, "一二三四五六七，1234=10┃万=1");
    rules.units = true;
    assert_breaks(&rules, text, "一二三四五六七，=15/2┃1234万=13/4");
}

static void tight_marks_give_both_halves(void **state)
{
    (void)state;
    zp_line_rules rules = test_rules;
    assert_breaks(&rules, "一）（二", "一）（二=7/2");
    rules.tight = true;
    assert_breaks(&rules, "一）（二", "一）（二=3");
    rules.kern = rules.tight = false;
    assert_breaks(&rules, "一）（二", "一）（二=4");
}

/* Characters of every class; the weights make most of it Han, as text is. */
static const char *random_text(unsigned *seed, char *text)
{
    static const char *const pieces[] = {
        "一",  "二",   "三", "年",  "万", "元",   "第", "共", "的", "和", "一", "二", "三", "四",
        "五",  "六",   "七", "八",  "九", "十",   "“",  "”",  "（", "）", "《", "》", "，", "、",
        "；",  "：",   "。", "？",  "！", "？！", "·",  "—",  "～", "／", "——", "……", "12", "3.5%",
        "abc", "GB/T", " ",  "a b", "￥", "№",    "％", "℃",  "-5", "x",  "①",  "○",
    };
    size_t n = 0, length = (size_t)rand_r(seed) % RANDOM_LENGTH + 1;
    for (size_t i = 0; i < length; i++) {
        const char *piece = pieces[(size_t)rand_r(seed) % (sizeof pieces / sizeof *pieces)];
        memcpy(text + n, piece, strlen(piece));
        n += strlen(piece);
    }
    text[n] = '\0';
    return text;
}

/* Whether some line between the starts is forced: longer than its measure even squeezed. */
static bool is_overfull(const zp_paragraph *p, size_t first, size_t end)
{
    zp_fit f;
    zp_paragraph_measure(p, first, end, &f);
    int64_t least = f.width;
    for (zp_squeeze s = 0; s < ZP_SQUEEZES; s++)
        least -= f.squeeze[s];
    return least > p->measure->width;
}

static void check_lines(const zp_paragraph *p, const size_t *starts, size_t count)
{
    assert_int_equal(starts[0], 0);
    assert_int_equal(starts[count], p->token_count);
    for (size_t i = 0; i < count; i++) {
        assert_true(starts[i] < starts[i + 1]);
        zp_fit f;
        zp_paragraph_measure(p, starts[i], starts[i + 1], &f);
        for (zp_squeeze s = 0; s < ZP_SQUEEZES; s++)
            assert_true(f.squeeze[s] >= 0);
        for (zp_stretch t = 0; t < ZP_STRETCHES; t++)
            assert_true(f.stretch[t] >= 0);
        if (i == 0)
            continue;
        const zp_token *a = &p->tokens[starts[i] - 1], *b = &p->tokens[starts[i]];
        assert_true(b->opens || zp_cjk_may_break((zp_cjk_class)a->class, (zp_cjk_class)b->class,
                                                 p->measure->rules->kinsoku));
    }
}

static void random_paragraphs_keep_the_rules(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    unsigned seed = 20231;
    char text[RANDOM_LENGTH * 8 + 1];
    for (int n = 0; n < RANDOM_PARAGRAPHS; n++) {
        zp_line_rules rules = test_rules;
        rules.kinsoku = (zp_kinsoku)(1 + rand_r(&seed) % 4);
        rules.end = (zp_edge)(rand_r(&seed) % 3);
        rules.hang = rand_r(&seed) % 4 == 0;
        zp_measure measure = {.width = (6 + rand_r(&seed) % 30) * UNITS,
                              .indent = rand_r(&seed) % 3 * UNITS,
                              .rules = &rules};
        zp_paragraph p = prepare(arena, random_text(&seed, text), &em_run, &measure);
        if (p.token_count == 0)
            continue;
        size_t greedy_count, total_count;
        const size_t *greedy = zp_breaker_greedy(&p, &greedy_count);
        const size_t *total = zp_breaker_total_fit(&p, &total_count);
        check_lines(&p, greedy, greedy_count);
        check_lines(&p, total, total_count);
        bool forced = false;
        for (size_t i = 0; i < greedy_count; i++)
            forced = forced || is_overfull(&p, greedy[i], greedy[i + 1]);
        if (!forced)
            assert_true(zp_breaker_cost(&p, total, total_count) <=
                        zp_breaker_cost(&p, greedy, greedy_count));
        zp_arena_clear(arena);
    }
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cases_hold_for_both_breakers),
        cmocka_unit_test(units_can_be_kept_for_good),
        cmocka_unit_test(tight_marks_give_both_halves),
        cmocka_unit_test(random_paragraphs_keep_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
