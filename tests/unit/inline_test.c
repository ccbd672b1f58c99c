/* inline_test.c: paragraphs become lines of glyphs: chosen cases, and what must hold for any
 * paragraph, tried on thousands that a fixed seed makes. With the real fonts and the base
 * template's rules; where lines end is breaker_test.c's matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/utf8.h"
#include "layout/cjk.h"
#include "layout/inline.h"
#include "press.h"

enum {
    PARAGRAPHS = 2500,
    ATOMS_MAX = 120,
    RUNS_MAX = 6,
    NEAR = 8, /* units of length: what sums of rounded shares may be off */
};

/* The press with a setter for the paragraph at hand. */
typedef struct {
    zp_arena *arena;
    const zp_line_rules *rules; /* the base template's */
    zp_diag *diag;
    zp_setter *setter;
} bench;

static bench begin(void **state)
{
    press *p = *state;
    press_begin(p);
    return (bench){p->arena, &p->base->lines, p->diag, zp_setter_new(p->arena, p->fonts, p->diag)};
}

static zp_measure measure_of(const bench *b, zp_len width)
{
    return (zp_measure){.width = width, .rules = b->rules};
}

static zp_run run_of(zp_str text)
{
    return (zp_run){.text = text, .role = ZP_ROLE_FANGSONG, .size = 16 * ZP_PT, .cell = 16 * ZP_PT};
}

/* ---- lines read back ---- */

/* A glyph as it stands in a line. */
typedef struct {
    uint32_t code;
    unsigned repeat;
    size_t line;
    zp_len x, y, right;
    const zp_font *font;
} placed;

typedef struct {
    placed *glyphs;
    size_t count;
} placement;

static placement read_back(zp_arena *arena, const zp_lines *lines)
{
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++)
        for (uint32_t k = 0; k < lines->lines[i].count; k++)
            count += lines->lines[i].items[k].text.count;
    placement all = {zp_new_array(arena, placed, count), 0};
    for (size_t i = 0; i < lines->count; i++)
        for (uint32_t k = 0; k < lines->lines[i].count; k++) {
            const zp_item *item = &lines->lines[i].items[k];
            assert_int_equal(item->kind, ZP_ITEM_TEXT);
            for (uint32_t g = 0; g < item->text.count; g++) {
                const zp_glyph *glyph = &item->text.glyphs[g];
                zp_len x = item->x + glyph->x;
                all.glyphs[all.count++] =
                    (placed){glyph->code,
                             glyph->repeat,
                             i,
                             x,
                             item->y,
                             x + zp_font_advance(item->text.font, glyph->id, item->text.size),
                             item->text.font};
            }
        }
    return all;
}

/* The lines' characters, a bar between lines. */
static const char *text_of(zp_arena *arena, const zp_lines *lines)
{
    placement all = read_back(arena, lines);
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < all.count; i++) {
        for (size_t k = i ? all.glyphs[i - 1].line : 0; k < all.glyphs[i].line; k++)
            zp_buf_byte(&out, '|');
        for (unsigned k = 0; k < all.glyphs[i].repeat; k++)
            zp_buf_code(&out, all.glyphs[i].code);
    }
    return zp_str_cstr(arena, zp_buf_str(&out));
}

/* ---- chosen cases ---- */

static void a_gap_beside_latin_is_less_than_a_tenth_of_an_em(void **state)
{
    bench b = begin(state);
    zp_run run = run_of(zp_str_from("共有13件在一二三四五六七八九十一二三四五"));
    zp_measure measure = measure_of(&b, 12 * run.size + run.size / 3);
    zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
    placement all = read_back(b.arena, &lines);
    assert_true(lines.count > 1);
    zp_len before = all.glyphs[2].x - all.glyphs[1].right;
    zp_len after = all.glyphs[4].x - all.glyphs[3].right;
    assert_in_range(before, 1, run.size / 10);
    assert_in_range(after, 1, run.size / 10);
}

static void a_forced_line_end_is_not_filled_and_its_next_line_not_indented(void **state)
{
    bench b = begin(state);
    zp_run run = run_of(zp_str_from("一二\n三四"));
    zp_measure measure = measure_of(&b, 10 * run.size);
    measure.indent = 2 * run.size;
    zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
    placement all = read_back(b.arena, &lines);
    assert_int_equal(lines.count, 2);
    assert_int_equal(all.count, 4);
    assert_int_equal(all.glyphs[0].x, 2 * run.size);
    assert_int_equal(all.glyphs[1].x, 3 * run.size);
    assert_int_equal(all.glyphs[2].x, 0);
}

static void alignment_moves_lines_and_stretches_none(void **state)
{
    const zp_align aligns[] = {ZP_ALIGN_LEFT, ZP_ALIGN_CENTER, ZP_ALIGN_RIGHT};
    for (int i = 0; i < 3; i++) {
        bench b = begin(state);
        zp_run run = run_of(zp_str_from("一二三四五六"));
        zp_measure measure = measure_of(&b, 4 * run.size + run.size / 2);
        measure.align = aligns[i];
        zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
        placement all = read_back(b.arena, &lines);
        assert_int_equal(lines.count, 2);
        assert_int_equal(all.glyphs[0].x, i * run.size / 4);
        assert_int_equal(all.glyphs[3].right - all.glyphs[0].x, 4 * run.size);
    }
}

static void no_characters_no_lines(void **state)
{
    bench b = begin(state);
    zp_run run = run_of(zp_str_from(""));
    zp_measure measure = measure_of(&b, 10 * run.size);
    assert_int_equal(zp_inline_set(b.setter, &run, 1, &measure).count, 0);
    assert_int_equal(zp_inline_set(b.setter, NULL, 0, &measure).count, 0);
}

static void a_word_longer_than_the_line_is_parted_and_nothing_is_lost(void **state)
{
    bench b = begin(state);
    const char *text = "见https://www.example.com/a/long/path?query=value&other=value。";
    zp_measure measure = measure_of(&b, 8 * 16 * ZP_PT);
    zp_run run = run_of(zp_str_from(text));
    zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
    placement all = read_back(b.arena, &lines);
    assert_true(lines.count > 3);
    assert_int_equal(all.count, zp_utf8_count(run.text));
    for (size_t i = 0; i + 1 < all.count; i++) /* the last is 。, whose blank half may stand out */
        assert_true(all.glyphs[i].right <= measure.width + NEAR);
}

static void a_measure_narrower_than_a_character_still_takes_the_text(void **state)
{
    bench b = begin(state);
    zp_run run = run_of(zp_str_from("一二，（三）12"));
    zp_measure measure = measure_of(&b, ZP_PT);
    zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
    assert_int_equal(read_back(b.arena, &lines).count, 8);
}

static void a_note_mark_stays_with_what_precedes(void **state)
{
    bench b = begin(state);
    zp_run runs[] = {run_of(zp_str_from("一二三四五六七八九十")), run_of(zp_str_from("[12]")),
                     run_of(zp_str_from("甲乙丙"))};
    runs[1].note_mark = true;
    runs[1].size = runs[1].cell = 10 * ZP_PT;
    runs[1].rise = 5 * ZP_PT;
    zp_measure measure = measure_of(&b, 160 * ZP_PT);
    zp_lines lines = zp_inline_set(b.setter, runs, 3, &measure);
    assert_string_equal(text_of(b.arena, &lines), "一二三四五六七八九|十[12]甲乙丙");
    placement all = read_back(b.arena, &lines);
    assert_true(all.glyphs[10].y < all.glyphs[9].y); /* y grows downward */
}

static void a_dash_is_one_piece_two_ems_wide(void **state)
{
    bench b = begin(state);
    zp_run run = run_of(zp_str_from("甲——乙"));
    zp_measure measure = measure_of(&b, 160 * ZP_PT);
    zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
    placement all = read_back(b.arena, &lines);
    assert_string_equal(text_of(b.arena, &lines), "甲——乙");
    assert_int_equal(all.glyphs[all.count - 1].x - all.glyphs[0].x, 3 * run.size);
    assert_int_equal(all.glyphs[1].x, run.size);
    for (size_t i = 1; i + 1 < all.count; i++) /* no gap within */
        assert_true(all.glyphs[i].right >= all.glyphs[i + 1].x);
}

static void characters_without_glyph_are_reported_once_at_their_place(void **state)
{
    bench b = begin(state);
    const zp_source *source =
        zp_source_new(b.arena, ZP_STR("a.md"), ZP_STR("前言\xEE\x80\x80甲\xEE\x80\x80"));
    zp_run run = run_of(source->text);
    run.span = zp_span_of(source, 0, source->text.n);
    zp_measure measure = measure_of(&b, 160 * ZP_PT);
    assert_false(zp_setter_missed(b.setter));
    zp_inline_set(b.setter, &run, 1, &measure);
    zp_inline_set(b.setter, &run, 1, &measure);
    assert_true(zp_setter_missed(b.setter));
    size_t count;
    const zp_message *messages = zp_diag_messages(b.diag, &count);
    assert_int_equal(count, 1);
    assert_string_equal(messages[0].id, "missing-glyph");
    assert_int_equal(messages[0].severity, ZP_ERROR);
    assert_int_equal(messages[0].span.start, 6);
    assert_int_equal(messages[0].span.end, 9);
}

/* ---- titles ---- */

static zp_measure title_measure(const bench *b, const zp_str *kept, size_t count)
{
    return (zp_measure){.width = zp_len_mm10(1560),
                        .align = ZP_ALIGN_CENTER,
                        .rules = b->rules,
                        .balanced = true,
                        .kept = kept,
                        .kept_count = count};
}

static zp_run title_run(const char *text)
{
    return (zp_run){.text = zp_str_from(text),
                    .role = ZP_ROLE_XIAOBIAOSONG,
                    .size = 22 * ZP_PT,
                    .cell = 22 * ZP_PT};
}

static void a_title_keeps_its_phrases_in_balanced_lines(void **state)
{
    bench b = begin(state);
    const zp_str kept[] = {ZP_STR("广州市天河区人民代表大会常务委员会办公室"), ZP_STR("2023年度")};
    zp_measure measure = title_measure(&b, kept, 2);
    zp_run run = title_run("2023年度广州市天河区人民代表大会常务委员会办公室整体支出绩效自评报告");
    zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
    assert_string_equal(text_of(b.arena, &lines),
                        "2023年度|广州市天河区人民代表大会常务委员会办公室|整体支出绩效自评报告");
}

static void a_short_title_is_one_line_and_the_next_longer_two_of_like_lengths(void **state)
{
    bench b = begin(state);
    zp_measure measure = title_measure(&b, NULL, 0);
    zp_run run = title_run("示例单位整体支出绩效自评报告");
    zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
    assert_int_equal(lines.count, 1);
    run = title_run("关于示例单位二〇二三年度部门整体支出的绩效自评报告");
    lines = zp_inline_set(b.setter, &run, 1, &measure);
    assert_int_equal(lines.count, 2);
    zp_len difference = lines.lines[0].width - lines.lines[1].width;
    assert_in_range(difference + 3 * run.size, 0, 6 * run.size);
    placement all = read_back(b.arena, &lines);
    for (size_t i = 0; i < all.count; i++)
        if (i > 0 && all.glyphs[i].line > all.glyphs[i - 1].line)
            assert_int_not_equal(all.glyphs[i].code, 0x7684); /* 的 begins no line */
}

static void a_title_longer_than_can_be_balanced_is_still_set(void **state)
{
    bench b = begin(state);
    zp_buf text = {.arena = b.arena};
    for (int i = 0; i < 400; i++)
        zp_buf_lit(&text, "题");
    zp_buf_byte(&text, '\0');
    zp_measure measure = title_measure(&b, NULL, 0);
    zp_run run = title_run(text.p);
    zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
    assert_int_equal(read_back(b.arena, &lines).count, 400);
}

/* ---- what holds for any paragraph ---- */

typedef struct {
    uint64_t value;
} seed;

static uint32_t next(seed *s, uint32_t below)
{
    s->value ^= s->value << 13; /* xorshift: Marsaglia 2003 */
    s->value ^= s->value >> 7;
    s->value ^= s->value << 17;
    return (uint32_t)((s->value >> 33) % below);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static zp_str random_atom(seed *s)
{
    static const char *const han[] = {
        "天", "河", "区", "人", "大", "会", "的", "年", "第", "湴", "\xF0\xAC\xAD\x8E",
        "万", "元", "〇", "①"};
    static const char *const marks[] = {"“",  "（", "《", "〈", "‘",  "”",  "）", "》", "〉", "’",
                                        "，", "、", "；", "：", "。", "？", "！", "”",  "，", "。"};
    static const char *const rare[] = {"？！", "！！！", "·",  "–",  "—",  "～", "／", "/", "——",
                                       "……",   "…",      "￥", "№",  "％", "‰",  "℃",  "(", ")",
                                       "[",    "]",      ".",  "! ", "⸺",  "%",  "\"", "|"};
    static const char *const words[] = {
        "2023",
        "99.63%",
        "12,345",
        "-5.2℃",
        "GB/T",
        "it’s",
        "Open",
        "A",
        "¥380",
        "https://example.com/a/b?c=1&d=2",
        "Straße",
        "7",
        "2023-04",
        "±0.5",
        "a.b@example.com",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"};
    uint32_t kind = next(s, 100);
    if (kind < 62)
        return zp_str_from(han[next(s, COUNT(han))]);
    if (kind < 80)
        return zp_str_from(marks[next(s, COUNT(marks))]);
    if (kind < 87)
        return zp_str_from(rare[next(s, COUNT(rare))]);
    return kind < 94 ? zp_str_from(words[next(s, COUNT(words))]) : ZP_STR(" ");
}

static zp_str random_text(zp_arena *arena, seed *s)
{
    zp_buf text = {.arena = arena};
    for (uint32_t n = 1 + next(s, ATOMS_MAX); n > 0; n--)
        zp_buf_add(&text, random_atom(s));
    return zp_buf_str(&text);
}

typedef struct {
    zp_str text;
    uint32_t *codes;
    size_t count;
    zp_cjk_token *tokens;
    size_t token_count;
    size_t *token_of; /* by character; token_count: none */
} subject;

static subject dissect(zp_arena *arena, zp_str text)
{
    subject s = {.text = text, .codes = zp_new_array(arena, uint32_t, text.n)};
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        s.codes[s.count++] = code;
    }
    s.tokens = zp_new_array(arena, zp_cjk_token, s.count);
    s.token_count = zp_cjk_cut(s.codes, s.count, s.tokens);
    s.token_of = zp_new_array(arena, size_t, s.count);
    for (size_t i = 0; i < s.count; i++)
        s.token_of[i] = s.token_count;
    for (size_t t = 0; t < s.token_count; t++)
        for (uint32_t k = 0; k < s.tokens[t].count; k++)
            s.token_of[s.tokens[t].first + k] = t;
    return s;
}

/* A property that a made paragraph must have. */
static void hold(bool condition, const char *property, const subject *s)
{
    if (!condition)
        fail_msg("%s: “%.*s”", property, ZP_ARG(s->text));
}

static bool is_percent(uint32_t code)
{
    return code == '%' || code == 0x2030 || code == 0x2103;
}

/* A space that the author typed where the Han-Latin gap is anyway. */
static bool is_gap_space(const subject *s, size_t i)
{
    if (s->codes[i] != ' ' || i == 0 || i + 1 == s->count)
        return false;
    uint32_t a = s->codes[i - 1], b = s->codes[i + 1];
    return (zp_code_is_han(a) && zp_code_is_alnum(b)) ||
           ((zp_code_is_alnum(a) || is_percent(a)) && zp_code_is_han(b));
}

/* The text reads back whole, but for gap spaces; the character that each glyph begins with. */
static size_t *match_text(zp_arena *arena, const subject *s, const placement *all)
{
    size_t *from = zp_new_array(arena, size_t, all->count + 1);
    size_t at = 0;
    for (size_t i = 0; i < all->count; i++) {
        while (at < s->count && is_gap_space(s, at))
            at++;
        from[i] = at;
        for (unsigned k = 0; k < all->glyphs[i].repeat; k++, at++) {
            hold(at < s->count, "nothing is drawn twice", s);
            hold(all->glyphs[i].code == (s->codes[at] == '\t' ? ' ' : s->codes[at]),
                 "characters are drawn in order", s);
        }
    }
    while (at < s->count && is_gap_space(s, at))
        at++;
    hold(at == s->count, "all is drawn", s);
    from[all->count] = s->count;
    return from;
}

static zp_cjk_class class_at(const subject *s, size_t character)
{
    assert_true(s->token_of[character] < s->token_count);
    return (zp_cjk_class)s->tokens[s->token_of[character]].class;
}

/* Whether the rules allow a line to end before a glyph. */
static bool may_end(const subject *s, const size_t *from, size_t glyph, const zp_measure *measure)
{
    return s->token_of[from[glyph - 1]] != s->token_of[from[glyph]] &&
           zp_cjk_may_break(class_at(s, from[glyph - 1]), class_at(s, from[glyph]),
                            measure->rules->kinsoku);
}

/* Where a line ends: allowed, or within what is longer than a line and may end nowhere. */
static void check_break(const subject *s, const placement *all, const size_t *from, size_t glyph,
                        const zp_run *run, const zp_measure *measure)
{
    if (may_end(s, from, glyph, measure))
        return;
    size_t first = glyph - 1, end = glyph + 1;
    while (first > 0 && !may_end(s, from, first, measure))
        first--;
    while (end < all->count && !may_end(s, from, end, measure))
        end++;
    zp_len width = 0;
    for (size_t i = first; i < end; i++)
        width +=
            all->glyphs[i].code == ' ' ? run->size / 2 : all->glyphs[i].right - all->glyphs[i].x;
    hold(width > measure->width - measure->indent, "no forbidden mark begins or ends a line", s);
}

typedef struct {
    size_t first, last; /* glyphs of a line, without spaces at its end */
    size_t end;         /* with them */
} line_glyphs;

static line_glyphs glyphs_of(const placement *all, size_t first)
{
    line_glyphs line = {.first = first, .end = first};
    while (line.end < all->count && all->glyphs[line.end].line == all->glyphs[first].line)
        line.end++;
    line.last = line.end - 1;
    while (line.last > first && all->glyphs[line.last].code == ' ')
        line.last--;
    return line;
}

static bool is_narrow(zp_cjk_class class)
{
    return class == ZP_CJK_W || class == ZP_CJK_PR || class == ZP_CJK_PO;
}

static bool is_rigid(zp_cjk_class class)
{
    return class == ZP_CJK_HY || class == ZP_CJK_SL || class == ZP_CJK_SP;
}

/* Whether a line has a place that can be stretched; whether it could have ended earlier. */
static bool can_stretch(const subject *s, const size_t *from, line_glyphs line)
{
    for (size_t i = line.first; i < line.last; i++) {
        zp_cjk_class a = class_at(s, from[i]), b = class_at(s, from[i + 1]);
        if (s->token_of[from[i]] != s->token_of[from[i + 1]] && !is_rigid(a) && !is_rigid(b) &&
            !(is_narrow(a) && is_narrow(b)))
            return true;
    }
    return false;
}

static bool could_end_earlier(const subject *s, const size_t *from, line_glyphs line,
                              const zp_measure *measure)
{
    for (size_t i = line.first + 1; i <= line.last; i++)
        if (may_end(s, from, i, measure))
            return true;
    return false;
}

/* The range in which the last glyph's box should end; false for classes whose glyph does not fill
 * its place. The blank half of a mark may stand outside, all of it when it hangs. */
static bool expected_right(const subject *s, const placement *all, const size_t *from, size_t last,
                           const zp_run *run, const zp_measure *measure, zp_len right[2])
{
    zp_cjk_class class = class_at(s, from[last]);
    bool full = all->glyphs[last].right - all->glyphs[last].x == run->size;
    right[0] = right[1] = measure->width;
    if (zp_cjk_blank_right(class)) {
        right[0] += measure->rules->end == ZP_EDGE_TRIM ? run->size / 2 : 0;
        right[1] += measure->rules->hang                  ? run->size
                    : measure->rules->end == ZP_EDGE_KEEP ? 0
                                                          : run->size / 2;
    }
    return class == ZP_CJK_W || (full && (class == ZP_CJK_HAN || zp_cjk_blank_right(class)));
}

/* Counts that show that the properties were put to the test. */
typedef struct {
    size_t lines, filled, overfull, parted;
} tally;

static void check_line(const subject *s, const placement *all, const size_t *from, line_glyphs line,
                       const zp_run *run, const zp_measure *measure, tally *count)
{
    zp_len reached = 0;
    for (size_t i = line.first; i < line.end;
         i++) { /* an opening mark's left half may be given up */
        bool opens = class_at(s, from[i]) == ZP_CJK_OP;
        zp_len x = all->glyphs[i].x + (opens ? run->size / 2 : 0);
        hold(i == line.first || x >= reached - run->size / 20, "glyphs stand in order", s);
        reached = x;
    }
    count->lines++;
    bool last = line.end == all->count;
    zp_len right[2], end = all->glyphs[line.last].right;
    if (!expected_right(s, all, from, line.last, run, measure, right))
        return;
    if (end > right[1] + NEAR + run->size - run->cell) { /* the type may be larger than its cell */
        hold(!could_end_earlier(s, from, line, measure), "a line that need not be is not overfull",
             s);
        count->overfull++;
    } else if (!last && can_stretch(s, from, line)) {
        hold(end >= right[0] - NEAR && end <= right[1] + NEAR, "a full line ends at the margin", s);
        count->filled++;
    }
}

static void check_paragraph(const subject *s, const placement *all, const zp_run *run,
                            const zp_measure *measure, zp_arena *arena, tally *count)
{
    size_t *from = match_text(arena, s, all);
    for (size_t i = 0; i < all->count;) {
        line_glyphs line = glyphs_of(all, i);
        if (i > 0) {
            check_break(s, all, from, i, run, measure);
            count->parted += !may_end(s, from, i, measure);
        }
        check_line(s, all, from, line, run, measure, count);
        i = line.end;
    }
}

/* Rules as some other template might have them. */
static zp_line_rules random_rules(const bench *b, seed *s)
{
    zp_line_rules rules = *b->rules;
    if (next(s, 2))
        return rules;
    rules.kinsoku = (zp_kinsoku)next(s, ZP_KINSOKU_STRICT + 1);
    rules.start = next(s, 2) ? ZP_EDGE_TRIM : ZP_EDGE_KEEP;
    rules.end = (zp_edge)next(s, ZP_EDGE_KEEP + 1);
    rules.kern = next(s, 2);
    rules.hang = next(s, 2);
    rules.greedy = next(s, 2);
    rules.lone = next(s, 2);
    if (next(s, 2)) {
        rules.gap = ZP_EM / 4;
        rules.gap_min = ZP_EM / 8;
        rules.gap_max = rules.gap_limit = ZP_EM / 2;
    }
    return rules;
}

static zp_measure random_measure(seed *s, zp_len cell, const zp_line_rules *rules)
{
    zp_measure measure = {.width = (zp_len)(3 + next(s, 38)) * cell, .rules = rules};
    if (measure.width >= 8 * cell && next(s, 3) > 0)
        measure.indent = 2 * cell;
    if (next(s, 4) == 0)
        measure.width += cell / 3;
    return measure;
}

static zp_run random_run(zp_str text, seed *s)
{
    zp_run run = run_of(text);
    run.role = (zp_role)next(s, ZP_ROLE_LATIN);
    if (next(s, 2))
        run.cell = zp_len_scale(zp_len_mm10(1560), 1, 28);
    return run;
}

static void any_paragraph_is_whole_breaks_where_it_may_and_fills_its_lines(void **state)
{
    seed s = {20231231};
    tally count = {0};
    for (int i = 0; i < PARAGRAPHS; i++) {
        bench b = begin(state);
        subject text = dissect(b.arena, random_text(b.arena, &s));
        zp_run run = random_run(text.text, &s);
        zp_line_rules rules = random_rules(&b, &s);
        zp_measure measure = random_measure(&s, run.cell, &rules);
        zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
        placement all = read_back(b.arena, &lines);
        check_paragraph(&text, &all, &run, &measure, b.arena, &count);
        assert_int_equal(zp_diag_count(b.diag, ZP_ERROR), 0);
    }
    assert_true(count.filled > 2 * PARAGRAPHS);
    assert_true(count.parted > 100);
    assert_true(count.overfull < count.lines / 20);
}

/* The same text cut at any characters into runs set alike. */
static size_t cut_runs(const zp_run *whole, seed *s, zp_run *runs)
{
    size_t count = 0, start = 0;
    for (size_t at = 0; at < whole->text.n;) {
        zp_utf8_next(whole->text, &at);
        bool end = at == whole->text.n;
        if (!end && (count + 1 == RUNS_MAX || next(s, 12) > 0))
            continue;
        runs[count] = *whole;
        runs[count++].text = zp_str_slice(whole->text, start, at);
        start = at;
    }
    return count;
}

static void where_runs_end_changes_nothing(void **state)
{
    seed s = {97040};
    size_t several = 0;
    for (int i = 0; i < PARAGRAPHS; i++) {
        bench b = begin(state);
        zp_run whole = random_run(random_text(b.arena, &s), &s), runs[RUNS_MAX];
        zp_line_rules rules = random_rules(&b, &s);
        zp_measure measure = random_measure(&s, whole.cell, &rules);
        size_t count = cut_runs(&whole, &s, runs);
        zp_lines one = zp_inline_set(b.setter, &whole, 1, &measure);
        zp_lines other = zp_inline_set(b.setter, runs, count, &measure);
        placement p = read_back(b.arena, &one), q = read_back(b.arena, &other);
        assert_int_equal(one.count, other.count);
        assert_int_equal(p.count, q.count);
        for (size_t k = 0; k < p.count; k++) {
            assert_int_equal(p.glyphs[k].code, q.glyphs[k].code);
            assert_int_equal(p.glyphs[k].line, q.glyphs[k].line);
            assert_int_equal(p.glyphs[k].x, q.glyphs[k].x);
            assert_int_equal(p.glyphs[k].y, q.glyphs[k].y);
        }
        several += count > 2;
    }
    assert_true(several > PARAGRAPHS / 2);
}

static void any_title_is_whole_and_stays_within_its_measure(void **state)
{
    seed s = {150};
    for (int i = 0; i < 300; i++) {
        bench b = begin(state);
        subject text = dissect(b.arena, random_text(b.arena, &s));
        zp_run run = run_of(text.text);
        zp_measure measure = title_measure(&b, NULL, 0);
        measure.width = 28 * run.size;
        zp_lines lines = zp_inline_set(b.setter, &run, 1, &measure);
        placement all = read_back(b.arena, &lines);
        size_t *from = match_text(b.arena, &text, &all);
        for (size_t k = 0; k < all.count;) {
            line_glyphs line = glyphs_of(&all, k);
            if (k > 0)
                check_break(&text, &all, from, k, &run, &measure);
            if (could_end_earlier(&text, from, line, &measure))
                hold(lines.lines[all.glyphs[k].line].width <= measure.width,
                     "a title line is within its measure", &text);
            k = line.end;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_beside_latin_is_less_than_a_tenth_of_an_em),
        cmocka_unit_test(a_forced_line_end_is_not_filled_and_its_next_line_not_indented),
        cmocka_unit_test(alignment_moves_lines_and_stretches_none),
        cmocka_unit_test(no_characters_no_lines),
        cmocka_unit_test(a_word_longer_than_the_line_is_parted_and_nothing_is_lost),
        cmocka_unit_test(a_measure_narrower_than_a_character_still_takes_the_text),
        cmocka_unit_test(a_note_mark_stays_with_what_precedes),
        cmocka_unit_test(a_dash_is_one_piece_two_ems_wide),
        cmocka_unit_test(characters_without_glyph_are_reported_once_at_their_place),
        cmocka_unit_test(a_title_keeps_its_phrases_in_balanced_lines),
        cmocka_unit_test(a_short_title_is_one_line_and_the_next_longer_two_of_like_lengths),
        cmocka_unit_test(a_title_longer_than_can_be_balanced_is_still_set),
        cmocka_unit_test(any_paragraph_is_whole_breaks_where_it_may_and_fills_its_lines),
        cmocka_unit_test(where_runs_end_changes_nothing),
        cmocka_unit_test(any_title_is_whole_and_stays_within_its_measure),
    };
    return cmocka_run_group_tests(tests, press_open, press_close);
}
