/* ratio.c: rates against the figures that they are of.
 *
 * A rate whose name the lexicon knows (执行率 is 支出 ÷ 预算) is tried on the figures of its
 * sentence, else on those that the report has under these names; so is a share of something named
 * (占项目支出 的). Any other rate is tried on the figures that stand before it in its sentence: if
 * none gives it, and one nearly does, that is a slip.
 */
#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"

#include "base/utf8.h"

enum {
    PAIRED = 4,    /* figures before a rate that are tried with each other */
    CELL_MAX = 40, /* bytes of a cell that is a figure, and no text */
    STEM = 2,      /* characters that a rate and its figure share in their names */
};

enum { RATE, SHARE, QUOTIENT };

static const zp_rule rules[] = {
    [RATE] = {"figure-rate", ZP_ERROR, false, "比率与它的两个数不符",
              "执行率等于支出除以预算，其他比率照此；按印出的位数四舍五入后应当相符。分母以句子里写"
              "的为准，"
              "写了调整后预算的，是调整后预算。",
              "财预〔2020〕10号附件1：执行率为 B/A（全年执行数÷全年预算数）",
              "调整后预算数3074.03万元，实际支出数3062.66万元，预算执行率99.36%。",
              "调整后预算数3074.03万元，实际支出数3062.66万元，预算执行率99.63%。"},
    [SHARE] = {"figure-share", ZP_ERROR, false, "占比与它的两个数不符",
               "“占某数的百分之几”等于前面的数除以某数；按印出的位数四舍五入后应当相符。",
               "财预〔2020〕10号：数据真实", "支出200万元，其中基本支出150万元，占总支出的70%。",
               "支出200万元，其中基本支出150万元，占总支出的75%。"},
    [QUOTIENT] = {"figure-quotient", ZP_ERROR, false, "比率差一点就对得上",
                  "句子里两个数相除，与后面的比率只差一处笔误（两个数字颠倒、小数点错位、末位没有四"
                  "舍五入）。",
                  "财预〔2020〕10号：数据真实", "立案64件，办结61件，办结率95.13%。",
                  "立案64件，办结61件，办结率95.31%。"},
};

static const zp_quantity *at(const zp_checker *c, size_t index)
{
    return &c->quantities->all[index];
}

static bool is_rate(const zp_checker *c, size_t index)
{
    return zp_sentence_is_amount(c, index) && at(c, index)->unit.kind == ZP_UNIT_RATE;
}

static zp_verdict try(const zp_checker *c, const zp_quantity *rate, const zp_quantity *part,
                      const zp_quantity *whole)
{
    const zp_equation e = {ZP_EQUATION_RATIO, rate, {part, whole}, 2, 0};
    return zp_equation_try(c->arena, &e);
}

/* --- Any two figures before it ---------------------------------------------------------------- */

/* The last few amounts before `index` in its sentence, the nearest first. */
static size_t gather(const zp_checker *c, const zp_sentence *s, size_t index,
                     const zp_quantity **found)
{
    size_t count = 0;
    for (size_t i = index; i-- > s->first && count < PAIRED && index - i < ZP_SENTENCE_BACK;)
        if (zp_sentence_is_amount(c, i) && at(c, i)->unit.kind != ZP_UNIT_RATE)
            found[count++] = at(c, i);
    return count;
}

/* The smaller over the larger, or the other way for a rate over 100 %. */
static zp_equation pair(const zp_checker *c, const zp_quantity *rate, const zp_quantity *a,
                        const zp_quantity *b)
{
    bool over = zp_number_compare(a->value, b->value) > 0;
    bool swap = over == (zp_number_compare(rate->value, zp_number_int(c->arena, 1)) <= 0);
    return (zp_equation){ZP_EQUATION_RATIO, rate, {swap ? b : a, swap ? a : b}, 2, 0};
}

/* A difference over either of the two: 预决算差异率. */
static bool is_difference(const zp_checker *c, const zp_quantity *rate, const zp_quantity *a,
                          const zp_quantity *b)
{
    const zp_equation up = {ZP_EQUATION_GROWTH, rate, {a, b}, 2, 0};
    const zp_equation down = {ZP_EQUATION_GROWTH, rate, {b, a}, 2, 0};
    return zp_equation_try(c->arena, &up) == ZP_EQUATION_HOLDS ||
           zp_equation_try(c->arena, &down) == ZP_EQUATION_HOLDS;
}

static bool says_change(const zp_checker *c, const zp_quantity *rate)
{
    static const char *const words[] = {"差异", "变动", "增", "减", "降", "节约", "升"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (zp_sentence_says(c, zp_judge_index(c, rate), zp_str_from(words[i])))
            return true;
    return false;
}

/* How many characters of the rate's stem (办结 of 办结率) the words before `q` have. */
static size_t shared_with(const zp_checker *c, const zp_quantity *q, zp_str stem)
{
    zp_str words = c->names[zp_judge_index(c, q)].words;
    size_t shared = 0;
    for (size_t i = 0; i < stem.n;) {
        size_t start = i;
        uint32_t code = zp_utf8_next(stem, &i);
        zp_str one = zp_str_slice(stem, start, i);
        shared += zp_code_is_han(code) && zp_str_find(words, one, 0) < words.n;
    }
    return shared;
}

/* The last characters before 率 of what the rate is called: 办结 of 投诉举报按期办结率. */
static zp_str stem_of(const zp_checker *c, size_t index)
{
    zp_str words = c->names[index].words, mark = ZP_STR("率");
    size_t at = words.n;
    for (size_t found = zp_str_find(words, mark, 0); found < words.n;
         found = zp_str_find(words, mark, found + mark.n))
        at = found;
    if (at == words.n)
        return ZP_STR("");
    size_t start = at;
    for (size_t n = 0; n < STEM && start > 0; n++) {
        char bytes[4];
        start -= zp_utf8_encode(zp_utf8_before(words, start), bytes);
    }
    return zp_str_slice(words, start, at);
}

/* 立案64件，办结61件，办结率95.31%: the rate has the name of the figure right before it, and so is
 * of that over the one before. */
static bool is_named_after(const zp_checker *c, size_t index, const zp_quantity *part,
                           const zp_quantity *whole)
{
    zp_str stem = stem_of(c, index);
    return stem.n > 0 && zp_judge_index(c, part) + 1 == index &&
           zp_judge_index(c, whole) + 2 == index && shared_with(c, part, stem) >= STEM &&
           shared_with(c, whole, stem) < STEM;
}

/* Whether two of the figures give the rate; then they and it are sound. */
static bool find_pair(zp_checker *c, const zp_quantity *rate, const zp_quantity **near,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) {
            if (!zp_sentence_alike(near[i], near[k]))
                continue;
            const zp_equation e = pair(c, rate, near[i], near[k]);
            if (zp_equation_try(c->arena, &e) == ZP_EQUATION_HOLDS)
                return zp_judge(c, &rules[QUOTIENT], &e, ZP_HUNCH, NULL, ZP_STR(""));
            if (says_change(c, rate) && is_difference(c, rate, near[i], near[k]))
                return true;
        }
    return false;
}

/* The two figures right before the rate: what its words say of them decides how sure it is. */
static void check_nearest(zp_checker *c, size_t index, const zp_quantity *part,
                          const zp_quantity *whole, bool alone)
{
    const zp_quantity *rate = at(c, index);
    bool share = zp_sentence_says(c, index, ZP_STR("占"));
    const zp_equation ratio = {ZP_EQUATION_RATIO, rate, {part, whole}, 2, 0};
    const zp_equation e = pair(c, rate, part, whole);
    if (is_named_after(c, index, part, whole))
        zp_judge(c, &rules[RATE], &ratio, ZP_CLAIMED, NULL, ZP_STR(""));
    else if (share)
        zp_judge(c, &rules[SHARE], &e, alone ? ZP_CLAIMED : ZP_LIKELY, NULL, ZP_STR("占比"));
    else
        zp_judge(c, &rules[QUOTIENT], &e, ZP_HUNCH, NULL, ZP_STR(""));
}

static void check_pairs(zp_checker *c, const zp_sentence *s, size_t index)
{
    const zp_quantity *near[PAIRED], *rate = at(c, index);
    size_t count = gather(c, s, index, near);
    bool named = count > 1 && zp_sentence_alike(near[0], near[1]) &&
                 is_named_after(c, index, near[0], near[1]);
    if (count < 2 || (!named && find_pair(c, rate, near, count)))
        return;
    if (zp_sentence_alike(near[0], near[1]))
        check_nearest(c, index, near[0], near[1], count == 2);
    for (size_t i = 0; i < count; i++)
        for (size_t k = i ? i + 1 : 2; k < count; k++) {
            const zp_equation e = pair(c, rate, near[i], near[k]);
            if (!c->blamed[index] && zp_sentence_alike(near[i], near[k]))
                zp_judge(c, &rules[QUOTIENT], &e, ZP_HUNCH, NULL, ZP_STR(""));
        }
}

/* --- Rates with a name ------------------------------------------------------------------------ */

/* What a rate may be of: the sentence's figures before those of the rest of the report. */
typedef struct {
    const zp_quantity *figure;
    bool here; /* in the rate's own paragraph */
} source;

static source look(const zp_checker *c, const zp_sentence *s, size_t index, const zp_term *term)
{
    const zp_name *name = &c->names[index];
    const zp_term *kind = c->names[index].term->part; /* 三公经费控制率 is of 三公经费's own 预算 */
    if (kind->group && term != kind && name->owner.n == 0) {
        zp_name like = *name;
        like.owner = kind->name;
        return (source){zp_report_find(c, term, &like, kind->name), false};
    }
    const zp_quantity *found = zp_sentence_find(c, s, index, term);
    const zp_term *group = zp_lexicon_term(c->lexicon, name->owner);
    bool own = group != NULL && group->group && term == c->names[index].term->part;
    if (found == NULL && own)
        found = zp_sentence_find_group(c, s, index, group);
    if (found != NULL)
        return (source){found, true};
    found = own ? zp_report_find(c, group, name, ZP_STR(""))
                : zp_report_find(c, term, name, name->owner);
    return (source){found, found != NULL && found->passage == at(c, index)->passage};
}

static bool is_clear(const zp_checker *c, const zp_quantity *q)
{
    return c->names[zp_judge_index(c, q)].clear;
}

static void check_named(zp_checker *c, const zp_sentence *s, size_t index)
{
    const zp_term *term = c->names[index].term;
    const zp_quantity *rate = at(c, index), *fits = NULL;
    source part = look(c, s, index, term->part), whole = {NULL, false};
    for (size_t w = 0; w < ZP_TERM_WHOLES && term->wholes[w] != NULL && part.figure; w++) {
        source found = look(c, s, index, term->wholes[w]);
        if (found.figure == NULL)
            continue;
        if (fits == NULL && try(c, rate, part.figure, found.figure) == ZP_EQUATION_HOLDS)
            fits = found.figure;
        if (whole.figure == NULL || (found.here && !whole.here))
            whole = found;
    }
    if (part.figure == NULL || whole.figure == NULL) {
        check_pairs(c, s, index);
        return;
    }
    if (fits != NULL && !whole.here) /* the sentence names no base: one that fits will do */
        whole.figure = fits;
    const zp_equation e = {ZP_EQUATION_RATIO, rate, {part.figure, whole.figure}, 2, 0};
    bool sure = (part.here && whole.here) ||
                (is_clear(c, part.figure) && is_clear(c, whole.figure) && is_clear(c, rate)) ||
                (part.figure->passage == rate->passage && whole.figure->passage == rate->passage);
    if (sure)
        zp_judge(c, &rules[RATE], &e, ZP_CLAIMED, fits == whole.figure ? NULL : fits, term->name);
    else
        zp_judge(c, &rules[RATE], &e, ZP_LIKELY, NULL, term->name);
}

/* The figure called `base` before `part` in its sentence that gives the rate; else the largest. */
static const zp_quantity *find_whole(const zp_checker *c, const zp_sentence *s,
                                     const zp_quantity *rate, const zp_quantity *part,
                                     const zp_term *base)
{
    const zp_quantity *largest = NULL;
    size_t index = zp_judge_index(c, part), tried = 0;
    for (size_t i = index; i-- > s->first && tried++ < ZP_SENTENCE_BACK;) {
        const zp_quantity *q = at(c, i);
        if (!zp_sentence_is_amount(c, i) || c->names[i].term != base || !zp_sentence_alike(q, part))
            continue;
        if (try(c, rate, part, q) == ZP_EQUATION_HOLDS)
            return q;
        if (largest == NULL || zp_number_compare(q->value, largest->value) > 0)
            largest = q;
    }
    return largest;
}

/* 占项目支出的12.4%: the figure before it, over what is named: before that in the sentence, or in
 * the report. */
static void check_share(zp_checker *c, const zp_sentence *s, size_t index)
{
    const zp_quantity *near[PAIRED], *rate = at(c, index);
    const zp_name *name = &c->names[index];
    if (gather(c, s, index, near) == 0)
        return;
    source whole = {find_whole(c, s, rate, near[0], name->base), true};
    if (whole.figure == NULL)
        whole = (source){zp_report_find(c, name->base, name, ZP_STR("")), false};
    if (whole.figure == NULL || whole.figure == near[0] ||
        !zp_sentence_alike(near[0], whole.figure)) {
        check_pairs(c, s, index);
        return;
    }
    const zp_equation e = {ZP_EQUATION_RATIO, rate, {near[0], whole.figure}, 2, 0};
    bool sure = whole.here || (is_clear(c, whole.figure) && !name->base->loose);
    zp_judge(c, &rules[SHARE], &e, sure ? ZP_CLAIMED : ZP_LIKELY, NULL, ZP_STR("占比"));
}

/* A cell of a table: what stands beside it is asked there (rates.c). */
static bool is_in_table(const zp_checker *c, size_t index)
{
    uint32_t row, column;
    return zp_matrices_find(c->matrices, at(c, index)->passage, &row, &column) != NULL &&
           c->passages->all[at(c, index)->passage].text.n < CELL_MAX;
}

/* 占总支出的, 完成预算的. */
static bool is_share(const zp_checker *c, size_t index)
{
    return zp_sentence_says(c, index, ZP_STR("占")) ||
           (zp_sentence_says(c, index, ZP_STR("完成")) &&
            zp_str_ends(c->names[index].words, ZP_STR("的")));
}

/* 平均每笔17万元, 人均1.60万元: an amount over what is counted right before it. */
static void check_average(zp_checker *c, const zp_sentence *s, size_t index)
{
    const zp_quantity *money = NULL, *count = NULL;
    for (size_t i = index; i-- > s->first && index - i < PAIRED + 1;) {
        const zp_quantity *q = at(c, i);
        if (!zp_sentence_is_amount(c, i))
            continue;
        if (q->unit.kind == ZP_UNIT_MONEY && money == NULL)
            money = q;
        if (q->unit.kind == ZP_UNIT_COUNT && count == NULL)
            count = q;
    }
    const zp_equation e = {ZP_EQUATION_RATIO, at(c, index), {money, count}, 2, 0};
    if (money != NULL && count != NULL)
        zp_judge(c, &rules[QUOTIENT], &e, ZP_LIKELY, NULL, ZP_STR("平均"));
}

static bool is_average(const zp_checker *c, size_t index)
{
    return zp_sentence_is_amount(c, index) && at(c, index)->unit.kind == ZP_UNIT_MONEY &&
           (zp_sentence_says(c, index, ZP_STR("人均")) ||
            zp_sentence_says(c, index, ZP_STR("平均每")));
}

static void run(zp_checker *c)
{
    zp_sentence s;
    for (size_t position = 0; zp_sentence_next(c, &position, &s);) {
        bool deals = zp_sentence_deals(c, &s);
        for (size_t i = s.first; i < s.end && !deals; i++) {
            const zp_name *name = &c->names[i];
            if (is_average(c, i))
                check_average(c, &s, i);
            if (!is_rate(c, i) || is_in_table(c, i) || c->blamed[i] ||
                (name->term && name->term->change))
                continue;
            if (name->term != NULL && name->term->part != NULL)
                check_named(c, &s, i);
            else if (name->base != NULL && is_share(c, i))
                check_share(c, &s, i);
            else
                check_pairs(c, &s, i);
        }
    }
}

const zp_rule_group zp_ratio_rules = ZP_RULE_GROUP(rules, run);
