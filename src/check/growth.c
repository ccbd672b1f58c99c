/* growth.c: this year, last year, the difference and the rate: any three settle the fourth.
 *
 * 支出比上年的6517.08万元增加467.25万元，增长7.17%: what is last year's is said by the words
 * (naming.h); this year's figure is the nearest other one of the sentence, or that of the same name
 * in the report.
 */
#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"

enum {
    WAYS = 4,
    DEALT = 6, /* rates that one 分别 deals out */
    BACK = 12, /* figures of the paragraph before, among which this year's is looked for */
};

enum { GROWTH, CHANGE };

static const zp_rule rules[] = {
    [GROWTH] =
        {"figure-growth", ZP_ERROR, false, "增长率与它的数不符",
         "增长率等于（本年数－上年数）÷上年数，或者增加额÷上年数；按印出的位数四舍五入后应当相符。",
         "财预〔2020〕10号：数据真实", "支出比上年的6517.08万元增加467.25万元，增长7.71%。",
         "支出比上年的6517.08万元增加467.25万元，增长7.17%。"},
    [CHANGE] = {"figure-change", ZP_ERROR, false, "增减额与前后两个数不符",
                "增加额等于本年数减上年数；预算调整数等于调整后预算减年初预算。",
                "财预〔2020〕10号：数据真实",
                "全年支出6984.33万元，比上年的6517.08万元增加476.25万元。",
                "全年支出6984.33万元，比上年的6517.08万元增加467.25万元。"},
};

/* What a sentence says of one change, up to a rate or a difference in it. */
typedef struct {
    const zp_quantity *now, *before, *difference;
} change;

static const zp_quantity *at(const zp_checker *c, size_t index)
{
    return &c->quantities->all[index];
}

/* A difference or rate of change: so called, or 低26元 right behind what it is compared with. */
static bool is_change(const zp_checker *c, size_t index)
{
    static const char *const words[] = {"低", "高", "多", "少", "节省"};
    const zp_name *name = &c->names[index];
    bool follows = index > 0 && c->names[index - 1].against &&
                   at(c, index - 1)->passage == at(c, index)->passage;
    for (size_t i = 0; follows && i < sizeof words / sizeof *words; i++)
        if (zp_str_eq(name->words, zp_str_from(words[i])))
            return true;
    return name->term != NULL && name->term->change;
}

static bool falls(const zp_checker *c, size_t index)
{
    static const char *const words[] = {"减", "降", "压", "少", "低", "节"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (zp_sentence_says(c, index, zp_str_from(words[i])))
            return true;
    return false;
}

/* This year's figure of what last year's is of, or the change at `index`: in the paragraph, else in
 * the report. */
static const zp_quantity *find_now(const zp_checker *c, const zp_quantity *before, size_t index)
{
    const zp_name *name = &c->names[zp_judge_index(c, before)];
    const zp_term *term = name->term ? name->term : c->names[index].base;
    if (term == NULL || c->year == 0)
        return NULL;
    for (size_t i = index; i-- > 0 && at(c, i)->passage == before->passage && index - i < BACK;)
        if (zp_sentence_is_amount(c, i) && c->names[i].term == term &&
            c->names[i].year == c->year && zp_str_eq(c->names[i].owner, name->owner))
            return at(c, i);
    zp_name now = *name;
    now.year = c->year;
    return zp_report_find(c, term, &now, name->owner);
}

/* The figures before `index` in its sentence, the nearest of each kind; what stands behind 其中
 * only where there is nothing else. */
static change look_back(const zp_checker *c, const zp_sentence *s, size_t index)
{
    change found = {NULL, NULL, NULL};
    const zp_quantity *part = NULL;
    for (size_t i = index; i-- > s->first && index - i < ZP_SENTENCE_BACK;) {
        const zp_quantity *q = at(c, i);
        if (q->unit.kind == ZP_UNIT_RATE || !zp_sentence_is_amount(c, i))
            continue;
        bool before = (c->year && c->names[i].year == c->year - 1) || c->names[i].against;
        const zp_quantity **place = is_change(c, i)     ? &found.difference
                                    : before            ? &found.before
                                    : c->names[i].parts ? &part
                                                        : &found.now;
        if (*place == NULL)
            *place = q;
    }
    if (found.now == NULL)
        found.now = part;
    if (found.before != NULL && found.now == NULL)
        found.now = find_now(c, found.before, index);
    if (found.before && found.now && !zp_sentence_alike(found.before, found.now))
        found.now = NULL;
    return found;
}

/* Whether last year's figure and this one's are said to be of one name. */
static bool of_one_name(const zp_checker *c, const change *x)
{
    const zp_name *now = &c->names[zp_judge_index(c, x->now)];
    const zp_name *before = &c->names[zp_judge_index(c, x->before)];
    return before->term == NULL || before->term == now->term || before->against;
}

/* The ways in which the rate may come of what the sentence says; how many. The first is what the
 * words claim, the others are as good where they hold. */
static size_t ways(const zp_quantity *rate, const change *x, bool fall, zp_equation *found)
{
    size_t count = 0;
    bool before = x->before && x->difference && zp_sentence_alike(x->before, x->difference);
    bool now = x->difference && x->now && zp_sentence_alike(x->difference, x->now);
    if (before)
        found[count++] = (zp_equation){ZP_EQUATION_RATIO, rate, {x->difference, x->before}, 2, 0};
    if (x->before && x->now)
        found[count++] = (zp_equation){ZP_EQUATION_GROWTH, rate, {x->now, x->before}, 2, 0};
    if (now) {
        found[count++] = (zp_equation){
            fall ? ZP_EQUATION_FALL : ZP_EQUATION_RISE, rate, {x->now, x->difference}, 2, 0};
        found[count++] = (zp_equation){ZP_EQUATION_RATIO, rate, {x->difference, x->now}, 2, 0};
    }
    return count;
}

static void check_rate(zp_checker *c, const zp_quantity *rate, const change *x, bool fall)
{
    zp_equation found[WAYS];
    size_t count = ways(rate, x, fall, found);
    for (size_t i = 0; i < count; i++)
        if (zp_equation_try(c->arena, &found[i]) == ZP_EQUATION_HOLDS) {
            zp_judge(c, &rules[GROWTH], &found[i], ZP_HUNCH, NULL, ZP_STR(""));
            return;
        }
    bool claimed = x->before && (x->difference || (x->now && of_one_name(c, x)));
    if (count > 0)
        zp_judge(c, &rules[GROWTH], &found[0], claimed ? ZP_CLAIMED : ZP_LIKELY, NULL,
                 ZP_STR("增减率"));
}

/* 与上年的46起、38人相比，分别下降19.57%和23.68%: as many rates as figures before and now, each
 * with its like. */
static void check_dealt(zp_checker *c, const zp_sentence *s, size_t index)
{
    const zp_quantity *now[DEALT], *before[DEALT];
    size_t rates = 0, nows = 0, befores = 0;
    while (index + rates < s->end && rates < DEALT && zp_sentence_is_amount(c, index + rates) &&
           at(c, index + rates)->unit.kind == ZP_UNIT_RATE)
        rates++;
    for (size_t i = index; i-- > s->first && (nows < rates || befores < rates);) {
        const zp_quantity *q = at(c, i);
        if (q->unit.kind == ZP_UNIT_RATE || !zp_sentence_is_amount(c, i) || is_change(c, i))
            continue;
        bool last = c->year && c->names[i].year == c->year - 1;
        if (last && befores < rates)
            before[befores++] = q;
        else if (!last && nows < rates)
            now[nows++] = q;
    }
    for (size_t i = 0; rates > 1 && nows == rates && befores == rates && i < rates; i++) {
        const zp_equation e = {ZP_EQUATION_GROWTH,
                               at(c, index + i),
                               {now[rates - 1 - i], before[rates - 1 - i]},
                               2,
                               0};
        if (zp_sentence_alike(e.operands[0], e.operands[1]))
            zp_judge(c, &rules[GROWTH], &e, ZP_CLAIMED, NULL, ZP_STR("增减率"));
    }
}

static void check_difference(zp_checker *c, const zp_quantity *difference, const change *x,
                             bool fall)
{
    if (!x->before || !x->now || !zp_sentence_alike(x->before, difference))
        return;
    const zp_equation e = {
        ZP_EQUATION_SUM, difference, {fall ? x->before : x->now, fall ? x->now : x->before}, 2, 1};
    if (of_one_name(c, x))
        zp_judge(c, &rules[CHANGE], &e, ZP_CLAIMED, NULL, ZP_STR("增减额"));
    else
        zp_judge(c, &rules[CHANGE], &e, ZP_HUNCH, NULL, ZP_STR(""));
}

static void run(zp_checker *c)
{
    zp_sentence s;
    for (size_t position = 0; zp_sentence_next(c, &position, &s);) {
        bool deals = zp_sentence_deals(c, &s);
        for (size_t i = s.first; i < s.end && deals; i++)
            if (is_change(c, i) && at(c, i)->unit.kind == ZP_UNIT_RATE &&
                zp_sentence_says(c, i, ZP_STR("分别"))) {
                check_dealt(c, &s, i);
                break;
            }
        for (size_t i = s.first; i < s.end && !deals; i++) {
            if (!is_change(c, i) || !zp_sentence_is_amount(c, i) || c->blamed[i])
                continue;
            change x = look_back(c, &s, i);
            if (at(c, i)->unit.kind == ZP_UNIT_RATE)
                check_rate(c, at(c, i), &x, falls(c, i));
            else
                check_difference(c, at(c, i), &x, falls(c, i));
        }
    }
}

const zp_rule_group zp_growth_rules = ZP_RULE_GROUP(rules, run);
