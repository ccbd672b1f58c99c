/* breaker.c: measured tokens in, line ends out.
 *
 * A line from token i to token j is measured in constant time, so total fit is a plain shortest
 * path: best[j] is the least cost of all ways to break the text before token j. Every gap between
 * two Han is a possible line end and a line holds about thirty tokens, so the window is small and
 * the work linear.
 */
#include "layout/breaker.h"

#include "base/utf8.h"

/* Costs, 1/65536 each. The weights follow CLREQ's order of squeezing: a later step is dearer. */
#define COST          ((int64_t)1 << 16)
#define COST_LINE     COST
#define COST_LONE     (60 * COST)      /* 孤字: less than two characters in the last line */
#define COST_DASH     (5 * COST)       /* a line that begins with —— or …… */
#define COST_UNIT     (8 * COST)       /* a number parted from its unit */
#define COST_LEAD     (2 * COST)       /* 第 or 约 parted from its number */
#define COST_JOINT    (4 * COST)       /* a word that no line can hold, parted after / . - */
#define COST_WORD     (20 * COST)      /* elsewhere */
#define COST_LOOSE    (1000000 * COST) /* nothing to stretch */
#define COST_OVERFULL (10000000 * COST)
#define COST_NONE     INT64_MAX

/* The weights of squeezing, step by step. */
static const int64_t squeeze_weight[ZP_SQUEEZES] = {2 * COST,  10 * COST, 15 * COST,
                                                    30 * COST, 40 * COST, 80 * COST};

enum {
    BALANCED_MAX = 300, /* tokens of a title that is still balanced */
    BALANCED_LINES = 12,
};

static int64_t least_width(const zp_fit *f)
{
    int64_t width = f->width;
    for (zp_squeeze s = 0; s < ZP_SQUEEZES; s++)
        width -= f->squeeze[s];
    return width;
}

static int64_t squeeze_cost(const zp_fit *f, int64_t need)
{
    int64_t cost = 0;
    for (zp_squeeze s = 0; s < ZP_SQUEEZES && need > 0; s++) {
        int64_t used = f->squeeze[s] < need ? f->squeeze[s] : need;
        if (used == 0)
            continue;
        int64_t fraction = used * COST / f->squeeze[s];
        cost += (squeeze_weight[s] * fraction / COST) * fraction / COST;
        need -= used;
    }
    return need > 0 ? COST_OVERFULL : cost;
}

/* 100 (10 x)³ for a stretch of x em a place, and a trifle so that an even line wins over a
 * stretched one. */
static int64_t stretch_cost(const zp_fit *f, int64_t slack, zp_len em)
{
    for (zp_stretch t = 0; t < ZP_STRETCHES; t++)
        slack -= f->stretch[t] < slack ? f->stretch[t] : slack;
    if (slack == 0)
        return COST / 100;
    if (f->stretches == 0)
        return COST_LOOSE;
    int64_t x = slack * COST * 10 / ((int64_t)f->stretches * em);
    int64_t limit = 40 * COST; /* beyond, 64 bits would not hold the cube; no page is that loose */
    if (x > limit)
        x = limit;
    return (x * x / COST) * x / COST * 100 + COST / 100;
}

/* Of a line that is not justified: the square of what it lacks, in em. */
static int64_t ragged_cost(int64_t slack, zp_len em)
{
    int64_t x = slack * 256 / em;
    return x * x * (COST / 65536);
}

static bool is_one_of(uint32_t code, const uint32_t *set)
{
    for (; *set; set++)
        if (*set == code)
            return true;
    return false;
}

/* Whether b is the unit of the number a: 年月日时分元万亿件个项条份人次家名级类号位页. */
static bool is_unit(const zp_paragraph *p, const zp_token *a, const zp_token *b)
{
    static const uint32_t units[] = {0x5E74, 0x6708, 0x65E5, 0x65F6, 0x5206, 0x5143, 0x4E07, 0x4EBF,
                                     0x4EF6, 0x4E2A, 0x9879, 0x6761, 0x4EFD, 0x4EBA, 0x6B21, 0x5BB6,
                                     0x540D, 0x7EA7, 0x7C7B, 0x53F7, 0x4F4D, 0x9875, 0};
    uint32_t last = p->codes[a->first + a->count - 1];
    return a->class == ZP_CJK_W && last >= '0' && last <= '9' &&
           is_one_of(p->codes[b->first], units);
}

/* What a break between two tokens costs by itself: units belong to their number, 第 and 约 to what
 * they count. */
static int64_t break_cost(const zp_paragraph *p, const zp_token *a, const zp_token *b)
{
    static const uint32_t leads[] = {0x7B2C, 0x7EA6, 0x5171, 0x8FD1, 0x8D85, 0x8FBE, 0};
    static const uint32_t joints[] = {'/', '?', '&', '=', '-', '_', '.', 0};
    uint32_t last = p->codes[a->first + a->count - 1];
    int64_t cost = 0;
    if (is_unit(p, a, b))
        cost += COST_UNIT;
    if (b->class == ZP_CJK_W && is_one_of(last, leads))
        cost += COST_LEAD;
    if (b->class == ZP_CJK_DS || b->class == ZP_CJK_EL)
        cost += COST_DASH;
    if (b->opens)
        cost += is_one_of(last, joints) ? COST_JOINT : COST_WORD;
    return cost;
}

/* 孤字: the last line holds less than two characters, marks not counted. */
static bool is_lone(const zp_paragraph *p, size_t first)
{
    const unsigned counted = 1u << ZP_CJK_HAN | 1u << ZP_CJK_W | 1u << ZP_CJK_DS | 1u << ZP_CJK_EL;
    int64_t width = 0;
    for (size_t i = first; i < p->token_count; i++) {
        if (counted & 1u << p->tokens[i].class)
            width += p->tokens[i].width;
        if (width >= 2 * (int64_t)p->tokens[i].em)
            return false;
    }
    return true;
}

static bool may_break(const zp_paragraph *p, size_t before)
{
    if (before == p->token_count || p->tokens[before].opens)
        return true;
    const zp_token *a = &p->tokens[before - 1], *b = &p->tokens[before];
    if (p->measure->rules->units && is_unit(p, a, b))
        return false;
    return zp_cjk_may_break((zp_cjk_class)a->class, (zp_cjk_class)b->class,
                            p->measure->rules->kinsoku);
}

typedef struct {
    int64_t cost;
    size_t from; /* where the line that ends here begins */
} best;

/* Cost of a line that ends before token `end`, without what comes before it. */
static int64_t line_cost(const zp_paragraph *p, const zp_fit *f, size_t end)
{
    int64_t slack = p->measure->width - f->width, lone = 0;
    zp_len em = p->tokens[f->first].em;
    bool last = end == p->token_count;
    if (last && f->first > 0 && p->measure->rules->lone && is_lone(p, f->first))
        lone = COST_LONE;
    if (slack < 0)
        return squeeze_cost(f, -slack) + lone;
    if (last || slack == 0)
        return lone;
    return p->measure->align == ZP_ALIGN_NONE ? stretch_cost(f, slack, em) : ragged_cost(slack, em);
}

/* The nearest possible line start before `end`, however long the line becomes. */
static void take_overfull(best *b, size_t end)
{
    size_t i = end - 1;
    while (b[i].cost == COST_NONE)
        i--;
    b[end] = (best){b[i].cost + COST_OVERFULL + COST_LINE, i};
}

/* The least cost of a break before `end`. Line starts are tried from the fullest line on; once the
 * looseness alone costs more than the best so far, still looser lines cannot win. */
static void find_best(const zp_paragraph *p, best *b, size_t *window, size_t end)
{
    int64_t width = p->measure->width;
    zp_len slop = 2 * p->tokens[end - 1].em; /* edge trims make widths not quite monotonic */
    int64_t extra = COST_LINE;
    if (end < p->token_count)
        extra += break_cost(p, &p->tokens[end - 1], &p->tokens[end]);
    for (size_t i = *window; i < end; i++) {
        bool first = i == *window;
        if (b[i].cost == COST_NONE && !first)
            continue;
        zp_fit f;
        zp_paragraph_measure(p, i, end, &f);
        int64_t least = least_width(&f);
        if (first && least > width + slop && i + 1 < end)
            ++*window;
        if (b[i].cost == COST_NONE || (least > width && i + 1 < end))
            continue;
        int64_t cost = line_cost(p, &f, end);
        if (f.width < width && end < p->token_count && cost + extra > b[end].cost)
            break;
        if (b[i].cost + cost + extra <=
            b[end].cost) /* of equals the later start: a fuller first line */
            b[end] = (best){b[i].cost + cost + extra, i};
    }
    if (b[end].cost == COST_NONE)
        take_overfull(b, end);
}

/* Line starts, the text's end last; `count` lines. */
static size_t *trace(zp_arena *arena, const best *b, size_t end, size_t *count)
{
    *count = 0;
    for (size_t j = end; j > 0; j = b[j].from)
        ++*count;
    size_t *starts = zp_new_array(arena, size_t, *count + 1);
    size_t k = *count;
    for (size_t j = end; k > 0; j = b[j].from)
        starts[k--] = j;
    return starts;
}

const size_t *zp_breaker_total_fit(const zp_paragraph *p, size_t *count)
{
    best *b = zp_new_array(p->arena, best, p->token_count + 1);
    size_t window = 0;
    for (size_t end = 1; end <= p->token_count; end++) {
        b[end].cost = COST_NONE;
        if (may_break(p, end))
            find_best(p, b, &window, end);
    }
    return trace(p->arena, b, p->token_count, count);
}

/* ---- greedy: line after line ---- */

static size_t next_break(const zp_paragraph *p, size_t after)
{
    size_t end = after + 1;
    while (end < p->token_count && !may_break(p, end))
        end++;
    return end;
}

/* Whether a token that may begin no line (…… and —— count too) stands strictly between. */
static bool holds_no_start(const zp_paragraph *p, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        zp_cjk_class class = (zp_cjk_class)p->tokens[i].class;
        if (class == ZP_CJK_EL || class == ZP_CJK_DS ||
            !zp_cjk_may_break(ZP_CJK_HAN, class, ZP_KINSOKU_BASIC))
            return true;
    }
    return false;
}

/* Pushes the next piece in by squeezing where the break after `end` would have been forced by a
 * mark that may not begin a line, or where that is no worse than stretching (CLREQ 5.2: reduce
 * before expanding). */
static size_t push_in(const zp_paragraph *p, size_t first, size_t end)
{
    zp_fit natural;
    zp_paragraph_measure(p, first, end, &natural);
    if (end == p->token_count || natural.width >= p->measure->width)
        return end;
    size_t further = next_break(p, end);
    zp_fit squeezed;
    zp_paragraph_measure(p, first, further, &squeezed);
    if (least_width(&squeezed) > p->measure->width)
        return end;
    if (holds_no_start(p, end + 1, further))
        return further;
    zp_len half = zp_em_share(p->tokens[first].em, ZP_EM / 2);
    bool wide = p->measure->width - natural.width >= half;
    return wide && line_cost(p, &squeezed, further) <= line_cost(p, &natural, end) ? further : end;
}

/* The last possible end at which the line still fits, by its natural width if that can be; the
 * first one if none fits. */
static size_t fill_line(const zp_paragraph *p, size_t first)
{
    size_t natural = 0, squeezed = 0, end = first;
    zp_len slop = 6 * p->tokens[first].em; /* beyond it no trim or squeeze brings a line back */
    while (end < p->token_count) {
        end = next_break(p, end);
        zp_fit f;
        zp_paragraph_measure(p, first, end, &f);
        if (f.width <= p->measure->width)
            natural = end;
        if (least_width(&f) <= p->measure->width)
            squeezed = end;
        if (least_width(&f) > p->measure->width + slop)
            break;
    }
    if (natural)
        return push_in(p, first, natural);
    return squeezed ? squeezed : next_break(p, first);
}

const size_t *zp_breaker_greedy(const zp_paragraph *p, size_t *count)
{
    size_t *starts = zp_new_array(p->arena, size_t, p->token_count + 1);
    *count = 0;
    for (size_t first = 0; first < p->token_count; starts[*count] = first) {
        first = fill_line(p, first);
        ++*count;
    }
    return starts;
}

int64_t zp_breaker_cost(const zp_paragraph *p, const size_t *starts, size_t count)
{
    int64_t cost = 0;
    for (size_t i = 0; i < count; i++) {
        size_t first = starts[i], end = starts[i + 1];
        zp_fit f;
        zp_paragraph_measure(p, first, end, &f);
        cost += COST_LINE + line_cost(p, &f, end);
        if (end < p->token_count)
            cost += break_cost(p, &p->tokens[end - 1], &p->tokens[end]);
    }
    return cost;
}

/* ---- break a title: few lines of like lengths ---- */

static bool codes_match(const zp_paragraph *p, size_t at, zp_str phrase)
{
    for (size_t i = 0; i < phrase.n; at++)
        if (at >= p->count || p->codes[at] != zp_utf8_next(phrase, &i))
            return false;
    return true;
}

static void keep_between(zp_paragraph *p, size_t first, size_t end)
{
    for (size_t i = 1; i < p->token_count; i++)
        if (p->tokens[i].first > first && p->tokens[i].first < end)
            p->tokens[i].kept = true;
}

/* Phrases are kept unless they alone are longer than a line. */
static void keep_phrases(zp_paragraph *p)
{
    const zp_measure *m = p->measure;
    for (size_t k = 0; k < m->kept_count; k++) {
        size_t length = zp_utf8_count(m->kept[k]);
        if (length == 0 || (int64_t)length * p->tokens[0].em > m->width)
            continue;
        for (size_t i = 0; i + length <= p->count; i++)
            if (codes_match(p, i, m->kept[k]))
                keep_between(p, i, i + length);
    }
}

static bool may_break_title(const zp_paragraph *p, size_t before)
{
    if (before == p->token_count)
        return true;
    const zp_token *t = &p->tokens[before];
    uint32_t code = p->codes[t->first];
    bool hanging_word = code == 0x7684 || code == 0x548C; /* 的, 和 begin no line */
    uint32_t last = p->codes[t->first - 1], previous = t->first > 1 ? p->codes[t->first - 2] : 0;
    bool after_about = previous == 0x5173 && last == 0x4E8E; /* 关于 ends none */
    return may_break(p, before) && !t->kept && !hanging_word && !after_about;
}

static int64_t width_of(const zp_paragraph *p, size_t first, size_t end)
{
    zp_fit f;
    zp_paragraph_measure(p, first, end, &f);
    return f.width;
}

/* Squared difference from the mean, in whole units of 1/16 em so that sums stay small. */
static int64_t unevenness(const zp_paragraph *p, size_t first, size_t end, int64_t mean)
{
    int64_t width = width_of(p, first, end);
    if (width > p->measure->width)
        return COST_NONE;
    int64_t difference = (width - mean) * 16 / p->tokens[0].em;
    return difference * difference;
}

/* best for exactly `lines` lines: row k holds the cost of k lines up to each token. */
static size_t *balance(const zp_paragraph *p, size_t lines)
{
    size_t n = p->token_count;
    int64_t mean = p->sums[n].width / (int64_t)lines;
    best *b = zp_new_array(p->arena, best, (lines + 1) * (n + 1));
    for (size_t i = 1; i <= n; i++)
        b[i].cost = COST_NONE;
    for (size_t k = 1; k <= lines; k++)
        for (size_t j = 0; j <= n; j++) {
            best *here = &b[k * (n + 1) + j];
            here->cost = COST_NONE;
            if (j == 0 || !may_break_title(p, j))
                continue;
            for (size_t i = k - 1; i < j; i++) {
                int64_t before = b[(k - 1) * (n + 1) + i].cost;
                int64_t cost = before == COST_NONE ? COST_NONE : unevenness(p, i, j, mean);
                if (cost != COST_NONE && before + cost < here->cost)
                    *here = (best){before + cost, i};
            }
        }
    if (b[lines * (n + 1) + n].cost == COST_NONE)
        return NULL;
    size_t *starts = zp_new_array(p->arena, size_t, lines + 1);
    starts[lines] = n;
    for (size_t k = lines; k > 0; k--)
        starts[k - 1] = b[k * (n + 1) + starts[k]].from;
    return starts;
}

/* Three lines must be 梯形 or 菱形 (GB/T 9704-2012 7.3.1): not all alike, the middle one not the
 * shortest. */
static int64_t shape_cost(const zp_paragraph *p, const int64_t width[3])
{
    const int64_t alike = p->tokens[0].em / 2, wrong = 256 * 256; /* as bad as lines 16 em apart */
    bool rectangle = width[0] - width[1] < alike && width[1] - width[0] < alike &&
                     width[1] - width[2] < alike && width[2] - width[1] < alike;
    bool hourglass = width[1] + alike < width[0] && width[1] + alike < width[2];
    return rectangle || hourglass ? wrong : 0;
}

/* All ways of breaking into three lines, which a title is short enough for. */
static size_t *balance_three(const zp_paragraph *p)
{
    size_t n = p->token_count;
    int64_t mean = p->sums[n].width / 3, least = COST_NONE;
    size_t *starts = zp_new_array(p->arena, size_t, 4);
    for (size_t i = 1; i + 1 < n; i++) {
        int64_t first = may_break_title(p, i) ? unevenness(p, 0, i, mean) : COST_NONE;
        for (size_t j = i + 1; first != COST_NONE && j < n; j++) {
            int64_t second = may_break_title(p, j) ? unevenness(p, i, j, mean) : COST_NONE;
            int64_t third = second == COST_NONE ? COST_NONE : unevenness(p, j, n, mean);
            if (third == COST_NONE)
                continue;
            const int64_t width[3] = {width_of(p, 0, i), width_of(p, i, j), width_of(p, j, n)};
            int64_t cost = first + second + third + shape_cost(p, width);
            if (cost < least) {
                least = cost;
                starts[1] = i;
                starts[2] = j;
                starts[3] = n;
            }
        }
    }
    return least == COST_NONE ? NULL : starts;
}

const size_t *zp_breaker_balance(zp_paragraph *p, size_t *count)
{
    if (p->token_count > BALANCED_MAX)
        return zp_breaker_total_fit(p, count);
    keep_phrases(p);
    for (*count = 1; *count <= BALANCED_LINES && *count <= p->token_count; ++*count) {
        const size_t *starts = *count == 3 ? balance_three(p) : balance(p, *count);
        if (starts)
            return starts;
    }
    return zp_breaker_total_fit(p, count);
}
